using Microsoft.Data.Sqlite;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>What SQLite itself can say of the rows beside the sealed values; for <c>verify</c>. Names tables, columns and ids, never a value.</summary>
internal static class Survey
{
    private static readonly (string Table, string Column)[] RecordIds =
    [
        ("unit", "id"), ("unit", "family"), ("unit", "owner"), ("unit", "key_id"), ("content", "unit"), ("card", "unit"), ("reason", "unit"), ("assignment", "unit"),
        ("conflict", "unit"), ("erasure", "unit"), ("audit_unit", "unit"),
    ];

    private static readonly (string Table, string Column)[] KeyIds = [("key", "unit"), ("key", "id")];

    // What an envelope may hold, column by column; anything that is not true is wrong.
    private static readonly string WrongColumn = $"CASE {string.Concat(new (string Column, string Legal)[]
    {
        ("kind", In<UnitKind>("kind")),
        ("service", In<Service>("service")),
        ("classification", In<Classification>("classification")),
        ("descriptor", $"CASE classification WHEN {(int)Classification.OfficialSensitive} THEN trim(descriptor)<>'' AND descriptor NOT GLOB '*[^A-Z0-9 -]*' ELSE descriptor IS NULL END"),
        ("family", $"kind<>{(int)UnitKind.Family} OR family=id"),
        ("keep_until_on", Date("keep_until_on")),
        ("keep_class", "keep_class<>'' AND keep_class NOT GLOB '*[^a-z0-9-]*'"),
        ("keep_because", "keep_because<>''"),
        ("review_by", "review_by IN (0,1)"),
        ("keep_version", "typeof(keep_version)='integer' AND keep_version>=1"),
        ("not_before", Date("not_before")),
        ("opened_on", Date("opened_on")),
        ("closed_on", Date("closed_on")),
        ("contact_on", Date("contact_on")),
        ("ended_on", Date("ended_on")),
        // Rounded before it came here: any other day would be a birth date.
        ("born_by", "born_by IS NULL OR substr(born_by,5)='-08-31'"),
        ("birth_unknown", "birth_unknown IN (0,1)"),
        ("special_handling", "special_handling IN (0,1)"),
        ("restricted", "restricted IN (0,1)"),
        ("not_told", "not_told IN (0,1)"),
        ("private_promised", "private_promised IN (0,1)"),
        ("state", "state<>''"),
        ("level", "level IS NULL OR level BETWEEN 1 AND 4"),
        ("due_on", Date("due_on")),
        ("created_on", $"created_on IS NOT NULL AND ({Date("created_on")})"),
        ("touched_on", $"touched_on IS NOT NULL AND ({Date("touched_on")})"),
        ("version", "typeof(version)='integer' AND version>=1"),
    }.Select(rule => $"WHEN ({rule.Legal}) IS NOT 1 THEN '{rule.Column}' "))}END";

    /// <summary>Ids that are none, in either file: whoever reads on would stumble over them.</summary>
    internal static IEnumerable<string> BrokenIds(Statements file, bool keys)
    {
        foreach (var (table, column) in keys ? KeyIds : RecordIds)
        {
            var rows = file.One<long>($"SELECT count(*) FROM \"{table}\" WHERE {column} IS NOT NULL AND (typeof({column})<>'blob' OR length({column})<>16)");
            if (rows > 0)
                yield return $"{(keys ? "keys.db" : "records.db")}, table {table}: {rows:N0} rows have in the column {column} what is no id.";
        }
    }

    /// <summary>Envelopes with a value that none may have.</summary>
    internal static IEnumerable<string> Envelopes(RecordsFile records) =>
        Each(records, $"SELECT id, {WrongColumn} AS wrong FROM unit WHERE wrong IS NOT NULL ORDER BY id",
            row => $"records.db, table unit: unit {Id(row)} has in the column {row.GetString(1)} what no envelope may have.");

    /// <summary>Rows about a unit that has no envelope.</summary>
    internal static IEnumerable<string> WithoutEnvelope(RecordsFile records) =>
        RecordIds.Where(place => place.Table is not ("unit" or "audit_unit")).SelectMany(place =>
            Each(records, $"SELECT DISTINCT unit FROM {place.Table} t WHERE NOT EXISTS (SELECT 1 FROM unit WHERE id=t.unit) ORDER BY unit",
                row => $"records.db, table {place.Table}: unit {Id(row)} has no envelope."));

    /// <summary>The index beside the chain against what the chain's entries name: neither may say more than the other.</summary>
    internal static IEnumerable<string> Index(RecordsFile records, List<(UnitId Unit, long Sequence)> named)
    {
        named.Sort();
        var next = 0;
        using var reader = records.Read("SELECT unit, seq FROM audit_unit ORDER BY unit, seq");
        while (reader.Read())
        {
            var there = (Unit: Id(reader), Sequence: reader.GetInt64(1));
            for (; next < named.Count && named[next].CompareTo(there) < 0; next++)
                yield return $"records.db, table audit_unit: entry {named[next].Sequence} names unit {named[next].Unit}, and the index does not say so.";
            if (next == named.Count || named[next] != there)
                yield return $"records.db, table audit_unit: the index says that entry {there.Sequence} names unit {there.Unit}, and it does not.";
            while (next < named.Count && named[next] == there)
                next++;
        }
        for (; next < named.Count; next++)
            yield return $"records.db, table audit_unit: entry {named[next].Sequence} names unit {named[next].Unit}, and the index does not say so.";
    }

    private static IEnumerable<string> Each(RecordsFile records, string sql, Func<SqliteDataReader, string> say)
    {
        using var reader = records.Read(sql);
        while (reader.Read())
            yield return say(reader);
    }

    private static UnitId Id(SqliteDataReader row) => UnitId.FromBytes((byte[])row[0]);

    private static string In<T>(string column) where T : struct, Enum =>
        $"{column} IN ({string.Join(',', Enum.GetValues<T>().Select(value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)))})";

    // SQLite rolls the 31st of February over to March, so that it does not come back as it was.
    private static string Date(string column) => $"{column} IS NULL OR date({column})={column}";
}
