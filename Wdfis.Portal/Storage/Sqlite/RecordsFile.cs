using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>A stored envelope with what else an access decision rests on. What binds the family binds what belongs to it.</summary>
internal sealed record StoredUnit(Envelope Envelope, KeyId Key)
{
    public bool Assigned { get; init; }
    public bool Conflict { get; init; }
    public bool SpecialHandling { get; init; }
    public bool Restricted { get; init; }
    /// <summary>When the colleague last opened it, or its family, in an emergency that no lead has reviewed.</summary>
    public DateTimeOffset? EmergencyAt { get; init; }
    public bool OnHold => Envelope.OnHold;
    /// <summary>An open rights request names it, or its family.</summary>
    public bool NamedByRequest { get; init; }
    /// <summary>An open breach names it, or its family.</summary>
    public bool NamedByBreach { get; init; }
    /// <summary>Its destruction is decided: nothing may be done with it any more.</summary>
    public bool Erasing { get; init; }
}

/// <summary>Everything that is said to the record file in SQLite's own words.</summary>
internal sealed class RecordsFile(SqliteConnection connection) : Statements(connection)
{
    private static readonly string[] Names =
    [
        "id", "kind", "family", "service", "classification", "descriptor", "keep_until_on", "keep_class", "keep_because", "review_by",
        "special_handling", "restricted", "owner", "state", "topic", "channel", "outcome", "level", "district", "due_on",
        "not_told", "private_promised", "reference", "created_on", "touched_on", "version",
        "keep_version", "not_before", "opened_on", "closed_on", "contact_on", "ended_on", "born_by", "birth_unknown", "key_id",
    ];

    // Worked out at each reading, so that it is true for as long as the last hold binds, also for what came after it. A draft is not yet a
    // record, and a hold's own record binds itself by binding something: a family's hold keeps neither from being saved.
    private static readonly string Held =
        "EXISTS(SELECT 1 FROM held WHERE unit=u.id) OR EXISTS(SELECT 1 FROM held WHERE hold=u.id) OR " +
        $"u.kind NOT IN ({(int)UnitKind.Draft},{(int)UnitKind.Hold}) AND (EXISTS(SELECT 1 FROM held WHERE unit=u.family) OR EXISTS(SELECT 1 FROM held WHERE class=u.keep_class))";

    private static readonly string Columns = "u." + string.Join(",u.", Names) + $",({Held})";

    // The names, and whether it is held.
    private static readonly int Width = Names.Length + 1;

    private static readonly string InsertUnit =
        $"INSERT INTO unit({string.Join(',', Names)}) VALUES({string.Join(',', Names.Select((_, i) => "$" + (i + 1)))})";

    private static readonly string UpdateUnit =
        $"UPDATE unit SET {string.Join(',', Names.Select((name, i) => $"{name}=${i + 1}").Skip(1))} WHERE id=$1";

    private static readonly string FindUnit =
        $"SELECT {Columns}, EXISTS(SELECT 1 FROM assignment WHERE unit IN (u.id,u.family) AND colleague=$2), " +
        "EXISTS(SELECT 1 FROM conflict WHERE unit IN (u.id,u.family) AND colleague=$2), " +
        "coalesce(f.special_handling,0), coalesce(f.restricted,0), EXISTS(SELECT 1 FROM erasure WHERE unit=u.id), " +
        // What an open request or breach binds it names: the same row freezes disposal and lets the officer in.
        $"{NamedBy(UnitKind.RightsRequest)}, {NamedBy(UnitKind.Breach)}, " +
        // Ids are in order of their making, and hold when that was.
        $"(SELECT max(e.id) FROM unit e WHERE e.family=coalesce(u.family,u.id) AND e.kind={(int)UnitKind.Handling} AND e.owner=$2 AND e.state='{HandlingNote.Unreviewed}') " +
        "FROM unit u LEFT JOIN unit f ON f.id=u.family WHERE u.id=$1";

    private static string NamedBy(UnitKind kind) => $"EXISTS(SELECT 1 FROM held h JOIN unit r ON r.id=h.hold WHERE h.unit IN (u.id,u.family) AND r.kind={(int)kind})";

    internal StoredUnit? Find(UnitId unit, ColleagueId who)
    {
        using var reader = Read(FindUnit, unit.ToBytes(), Bytes(who));
        return reader.Read() ? Unit(reader) : null;
    }

    /// <summary>Envelope, content and card as of one save.</summary>
    internal (StoredUnit Unit, byte[] Content)? FindContent(UnitId unit)
    {
        using var reader = Read($"SELECT {Columns}, 0,0,0,0,0,0,0,NULL, c.sealed FROM unit u JOIN content c ON c.unit=u.id WHERE u.id=$1", unit.ToBytes());
        return reader.Read() ? (Unit(reader), Blob(reader, Width + 8)) : null;
    }

    internal byte[]? FindCard(UnitId unit)
    {
        using var reader = Read("SELECT sealed FROM card WHERE unit=$1", unit.ToBytes());
        return reader.Read() ? Blob(reader, 0) : null;
    }

    internal void Insert(Envelope envelope, KeyId key) => Run(InsertUnit, Values(envelope, key));

    internal void Update(Envelope envelope, KeyId key) => Run(UpdateUnit, Values(envelope, key));

    /// <summary>
    /// The keeping alone, worked out anew by another schedule, contact or birth date; nothing else of what it was counted from changes so, the
    /// class neither. False when the unit is not in the version before any more, when its destruction is decided, or when a hold does not let it go earlier.
    /// </summary>
    internal bool UpdateKeeping(Envelope unit) => Run(
        "UPDATE unit AS u SET keep_until_on=$2, keep_because=$3, review_by=$4, keep_version=$5, contact_on=$6, born_by=$7, birth_unknown=$8, version=$9 " +
        $"WHERE u.id=$1 AND u.version=$9-1 AND u.keep_class=$10 AND NOT EXISTS(SELECT 1 FROM erasure WHERE unit=u.id) AND ($2 IS NULL OR $2>=u.keep_until_on OR NOT ({Held}))",
        unit.Id.ToBytes(), Text(unit.KeepUntil.On), unit.KeepUntil.Because, unit.KeepUntil.ReviewBy, unit.KeepUntil.ScheduleVersion, Text(unit.KeepUntil.Facts?.LastContactOn),
        Text(unit.KeepUntil.Facts?.YoungestBorn), unit.KeepUntil.Facts?.AnyBirthUnknown ?? false, unit.Version, unit.KeepUntil.ClassCode) == 1;

    internal void PutContent(UnitId unit, byte[] content) =>
        Run("INSERT INTO content(unit,sealed) VALUES($1,$2) ON CONFLICT(unit) DO UPDATE SET sealed=excluded.sealed", unit.ToBytes(), content);

    internal void PutCard(UnitId unit, byte[]? card)
    {
        if (card is null)
            Run("DELETE FROM card WHERE unit=$1", unit.ToBytes());
        else
            Run("INSERT INTO card(unit,sealed) VALUES($1,$2) ON CONFLICT(unit) DO UPDATE SET sealed=excluded.sealed", unit.ToBytes(), card);
    }

    /// <summary>Every row of the unit; only the audit still names its id.</summary>
    internal void Delete(UnitId unit)
    {
        var id = unit.ToBytes();
        Run("DELETE FROM content WHERE unit=$1", id);
        Run("DELETE FROM card WHERE unit=$1", id);
        Run("DELETE FROM reason WHERE unit=$1", id);
        Run("DELETE FROM earlier WHERE unit=$1", id);
        Run("DELETE FROM assignment WHERE unit=$1", id);
        Run("DELETE FROM conflict WHERE unit=$1", id);
        Run("DELETE FROM unit WHERE id=$1", id);
        Run("DELETE FROM erasure WHERE unit=$1", id);
    }

    /// <summary>Binds a unit or a class to a hold.</summary>
    internal void Bind(UnitId hold, UnitId? unit, string? keepClass) =>
        Run("INSERT INTO held(hold,unit,class) VALUES($1,$2,$3)", hold.ToBytes(), unit?.ToBytes(), keepClass);

    /// <summary>Every hold that binds something.</summary>
    internal HashSet<UnitId> Holds()
    {
        using var reader = Read("SELECT DISTINCT hold FROM held");
        var holds = new HashSet<UnitId>();
        while (reader.Read())
            holds.Add(UnitId.FromBytes((byte[])reader[0]));
        return holds;
    }

    /// <summary>Releases what a hold binds. What is held no more has no earlier versions any more.</summary>
    internal void Release(UnitId hold)
    {
        Run("DELETE FROM held WHERE hold=$1", hold.ToBytes());
        Run($"DELETE FROM earlier WHERE unit IN (SELECT u.id FROM earlier e JOIN unit u ON u.id=e.unit WHERE NOT ({Held}))");
    }

    /// <summary>Whoever leaves a held family or a held class does not leave the hold.</summary>
    internal void StayHeld(Envelope before) => Run(
        "INSERT INTO held(hold,unit) SELECT DISTINCT hold,$1 FROM held WHERE unit=$2 OR class=$3",
        before.Id.ToBytes(), before.Family?.ToBytes(), before.KeepUntil.ClassCode);

    /// <summary>Keeps what a held unit's content is now, because it is about to be overwritten.</summary>
    internal void KeepEarlier(UnitId unit, int version) =>
        Run("INSERT INTO earlier(unit,version,sealed) SELECT unit,$2,sealed FROM content WHERE unit=$1", unit.ToBytes(), version);

    internal List<int> EarlierVersions(UnitId unit)
    {
        using var reader = Read("SELECT version FROM earlier WHERE unit=$1 ORDER BY version", unit.ToBytes());
        var versions = new List<int>();
        while (reader.Read())
            versions.Add(reader.GetInt32(0));
        return versions;
    }

    internal byte[]? FindEarlier(UnitId unit, int version)
    {
        using var reader = Read("SELECT sealed FROM earlier WHERE unit=$1 AND version=$2", unit.ToBytes(), version);
        return reader.Read() ? Blob(reader, 0) : null;
    }

    /// <summary>Every unit and every class that a hold binds.</summary>
    internal (HashSet<UnitId> Units, HashSet<string> Classes) HeldNow()
    {
        using var reader = Read("SELECT unit, class FROM held");
        var units = new HashSet<UnitId>();
        var classes = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader[0] is byte[] unit)
                units.Add(UnitId.FromBytes(unit));
            else
                classes.Add(reader.GetString(1));
        }
        return (units, classes);
    }

    internal void PutReason(long sequence, UnitId unit, byte[] reason) =>
        Run("INSERT INTO reason(seq,unit,sealed) VALUES($1,$2,$3)", sequence, unit.ToBytes(), reason);

    /// <summary>The reasons of one unit, or of all, with their entries, in order of unit and entry; an entry that is not there is empty.</summary>
    internal IEnumerable<(long Sequence, UnitId Unit, byte[] Sealed, byte[] Entry)> Reasons(UnitId? of = null)
    {
        using var reader = Read("SELECT r.seq, r.unit, r.sealed, a.bytes FROM reason r LEFT JOIN audit a ON a.seq=r.seq WHERE $1 IS NULL OR r.unit=$1 ORDER BY r.unit, r.seq", of?.ToBytes());
        while (reader.Read())
            yield return (reader.GetInt64(0), UnitId.FromBytes((byte[])reader[1]), Blob(reader, 2), Blob(reader, 3));
    }

    internal void Intend(UnitId unit, string why, DateTimeOffset at) =>
        Run("INSERT INTO erasure(unit,why,decided_at) VALUES($1,$2,$3)", unit.ToBytes(), why, at.UtcTicks);

    internal List<(UnitId Unit, string Why)> Intended()
    {
        using var reader = Read("SELECT unit, why FROM erasure ORDER BY unit");
        var units = new List<(UnitId, string)>();
        while (reader.Read())
            units.Add((UnitId.FromBytes((byte[])reader[0]), reader.GetString(1)));
        return units;
    }

    internal void Count(string name, DateOnly month, int by) =>
        Run("INSERT INTO figure(name,month,value) VALUES($1,$2,$3) ON CONFLICT(name,month) DO UPDATE SET value=value+excluded.value", name, Text(month), by);

    internal long Figure(string name, DateOnly month)
    {
        using var reader = Read("SELECT value FROM figure WHERE name=$1 AND month=$2", name, Text(month));
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    /// <summary>The figures whose names begin so, from a month on.</summary>
    internal List<Wdfis.Domain.Figures.Figure> Figures(string prefix, DateOnly from)
    {
        using var reader = Read("SELECT name, month, value FROM figure WHERE name>=$1 AND name<$2 AND month>=$3", prefix, prefix + "\uffff", Text(from));
        var figures = new List<Wdfis.Domain.Figures.Figure>();
        while (reader.Read())
            figures.Add(new(reader.GetString(0), Date(reader, 1)!.Value, reader.GetInt64(2)));
        return figures;
    }

    internal void Assign(UnitId unit, ColleagueId colleague, bool needed) => Run(
        needed ? "INSERT INTO assignment(unit,colleague) VALUES($1,$2) ON CONFLICT DO NOTHING" : "DELETE FROM assignment WHERE unit=$1 AND colleague=$2",
        unit.ToBytes(), Bytes(colleague));

    internal List<ColleagueId> Assigned(UnitId unit)
    {
        using var reader = Read("SELECT colleague FROM assignment WHERE unit=$1 ORDER BY colleague", unit.ToBytes());
        var colleagues = new List<ColleagueId>();
        while (reader.Read())
            colleagues.Add(new ColleagueId(new Guid((byte[])reader[0], true)));
        return colleagues;
    }

    internal void DeclareConflict(UnitId unit, ColleagueId colleague, bool holds) => Run(
        holds ? "INSERT INTO conflict(unit,colleague) VALUES($1,$2) ON CONFLICT DO NOTHING" : "DELETE FROM conflict WHERE unit=$1 AND colleague=$2",
        unit.ToBytes(), Bytes(colleague));

    internal (long Sequence, byte[] Entry, byte[] Hash)? ChainHead()
    {
        using var reader = Read("SELECT seq, bytes, hash FROM audit ORDER BY seq DESC LIMIT 1");
        return reader.Read() ? (reader.GetInt64(0), (byte[])reader[1], (byte[])reader[2]) : null;
    }

    /// <summary>The first entry that is still there; 1 for none.</summary>
    internal long ChainStart() => One<long>("SELECT coalesce(min(seq),1) FROM audit");

    internal byte[]? ChainHash(long sequence)
    {
        using var reader = Read("SELECT hash FROM audit WHERE seq=$1", sequence);
        return reader.Read() ? Blob(reader, 0) : null;
    }

    internal void Append(long sequence, byte[] entry, byte[] hash, IReadOnlyList<UnitId> units)
    {
        Run("INSERT INTO audit(seq,bytes,hash) VALUES($1,$2,$3)", sequence, entry, hash);
        foreach (var unit in units)
            Run("INSERT INTO audit_unit(unit,seq) VALUES($1,$2) ON CONFLICT DO NOTHING", unit.ToBytes(), sequence);
    }

    /// <summary>The chain from its first entry; the connection is busy until the last was taken.</summary>
    internal IEnumerable<(long Sequence, byte[] Entry, byte[] Hash)> Chain()
    {
        using var reader = Read("SELECT seq, bytes, hash FROM audit ORDER BY seq");
        while (reader.Read())
            yield return (reader.GetInt64(0), Blob(reader, 1), Blob(reader, 2));
    }

    /// <summary>The chain after one of its entries; the connection is busy until the last was taken.</summary>
    internal IEnumerable<(long Sequence, byte[] Entry, byte[] Hash)> ChainAfter(long sequence)
    {
        using var reader = Read("SELECT seq, bytes, hash FROM audit WHERE seq>$1 ORDER BY seq", sequence);
        while (reader.Read())
            yield return (reader.GetInt64(0), Blob(reader, 1), Blob(reader, 2));
    }

    /// <summary>The last entry of before an instant; null for none. Reads back from the end.</summary>
    internal ChainPoint? LastBefore(DateTimeOffset at)
    {
        using var reader = Read("SELECT bytes, hash FROM audit WHERE substr(bytes,14,8)<$1 ORDER BY seq DESC LIMIT 1", Instant(at));
        return reader.Read() && AuditEntry.FromBytes(Blob(reader, 0)) is var entry ? new ChainPoint(entry.Epoch, entry.Sequence, Blob(reader, 1)) : null;
    }

    /// <summary>The entry that says what was dropped before this one; null when nothing says so.</summary>
    internal AuditEntry? DroppedBefore(long first)
    {
        using var reader = Read($"SELECT bytes FROM audit WHERE {ActionIs(AuditAction.SegmentDropped)} ORDER BY seq DESC");
        while (reader.Read())
        {
            if (AuditEntry.FromBytes(Blob(reader, 0)) is { Link: { } link } entry && link.To.Sequence == first - 1)
                return entry;
        }
        return null;
    }

    /// <summary>Whether a hold or open work binds something that an entry up to this one names, or the audit itself.</summary>
    internal bool IsHeld(long upTo) =>
        Any($"SELECT 1 FROM held WHERE class='{RetentionCodes.Audit}' UNION ALL SELECT 1 FROM held h JOIN audit_unit n ON n.unit=h.unit WHERE n.seq<=$1 " +
            $"UNION ALL SELECT 1 FROM unit u WHERE ({Held}) AND EXISTS(SELECT 1 FROM audit_unit n WHERE n.unit=u.id AND n.seq<=$1)", upTo);

    /// <summary>Deletes the entries up to one, with the reasons that were typed with them. They were written down as dropped in the same transaction.</summary>
    internal void DropAudit(long upTo)
    {
        Run("DELETE FROM reason WHERE seq<=$1", upTo);
        Run("DELETE FROM audit_unit WHERE seq<=$1", upTo);
        Run("DELETE FROM audit WHERE seq<=$1", upTo);
    }

    /// <summary>The units that the entries after one and up to another say are gone.</summary>
    internal List<UnitId> ErasedBetween(long after, long upTo)
    {
        using var reader = Read($"SELECT bytes FROM audit WHERE seq>$1 AND seq<=$2 AND {ActionIs(AuditAction.Erased, AuditAction.Recovered)} ORDER BY seq", after, upTo);
        var units = new List<UnitId>();
        while (reader.Read())
            units.AddRange(AuditEntry.FromBytes(Blob(reader, 0)).Units);
        return units;
    }

    /// <summary>Each restore that carried entries over: what was saved between these two is lost. Only the entry behind an epoch's opening counts. Where it went back to may have been dropped since.</summary>
    internal List<(long After, long Before)> Restores()
    {
        using var reader = Read($"SELECT seq, coalesce((SELECT min(b.seq) FROM audit b WHERE b.hash=substr(a.bytes,-32) AND b.seq<a.seq), CASE WHEN (SELECT min(seq) FROM audit)>1 THEN 0 END) FROM audit a WHERE {ActionIs(AuditAction.Restored)} AND (SELECT substr(b.bytes,38,2)=x'{(int)AuditAction.EpochOpened:x4}' FROM audit b WHERE b.seq=a.seq-1)");
        var ranges = new List<(long, long)>();
        while (reader.Read())
        {
            if (!reader.IsDBNull(1))
                ranges.Add((reader.GetInt64(1), reader.GetInt64(0)));
        }
        return ranges;
    }

    // Where an entry has its action, as docs/formats.md says.
    private static string ActionIs(params AuditAction[] actions) => $"substr(bytes,38,2) IN ({string.Join(',', actions.Select(action => $"x'{(int)action:x4}'"))})";

    private static byte[] Instant(DateTimeOffset at)
    {
        var bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.UtcTicks);
        return bytes;
    }

    /// <summary>The entries that name a unit, newest first.</summary>
    internal List<byte[]> Entries(UnitId unit)
    {
        using var reader = Read("SELECT a.bytes FROM audit_unit n JOIN audit a ON a.seq=n.seq WHERE n.unit=$1 ORDER BY n.seq DESC", unit.ToBytes());
        var entries = new List<byte[]>();
        while (reader.Read())
            entries.Add((byte[])reader[0]);
        return entries;
    }

    /// <summary>A family's card and every card that was joined into it, however often, by the entries that say so.</summary>
    internal List<UnitId> WithJoined(UnitId unit)
    {
        var from = new List<UnitId>();
        using (var reader = Read($"SELECT a.bytes FROM audit_unit n JOIN audit a ON a.seq=n.seq WHERE n.unit=$1 AND {ActionIs(AuditAction.Joined)}", unit.ToBytes()))
        {
            while (reader.Read())
            {
                if (AuditEntry.FromBytes(Blob(reader, 0)) is { Units: [var stayed, var joined] } && stayed == unit)
                    from.Add(joined);
            }
        }
        return [unit, .. from.SelectMany(WithJoined)];
    }

    /// <summary>What a colleague declared a conflict about.</summary>
    internal List<UnitId> Conflicts(ColleagueId colleague)
    {
        using var reader = Read("SELECT unit FROM conflict WHERE colleague=$1", Bytes(colleague));
        var units = new List<UnitId>();
        while (reader.Read())
            units.Add(UnitId.FromBytes(Blob(reader, 0)));
        return units;
    }

    /// <summary>Rows of the role table that wait for a second person: whose each is and who granted it.</summary>
    internal List<(ColleagueId Colleague, ColleagueId GrantedBy)> RolesWaiting()
    {
        using var reader = Read("SELECT colleague, granted_by FROM role WHERE approved_by IS NULL AND ended_at IS NULL");
        var rows = new List<(ColleagueId, ColleagueId)>();
        while (reader.Read())
            rows.Add((new ColleagueId(new Guid(Blob(reader, 0), bigEndian: true)), new ColleagueId(new Guid(Blob(reader, 1), bigEndian: true))));
        return rows;
    }

    /// <summary>
    /// The entries that a question asks for, newest first: below one sequence, not below another, so many at most. By what it is about over the
    /// index, otherwise over that stretch of the chain.
    /// </summary>
    internal List<AuditEntry> Audit(AuditQuestion asked, long below, long from, int take)
    {
        var where = new StringBuilder();
        var bound = new List<object?> { below, from };
        void And(string condition, byte[]? value)
        {
            if (value is null)
                return;
            bound.Add(value);
            where.Append(CultureInfo.InvariantCulture, $" AND {condition}${bound.Count}");
        }
        // Where an entry has these, as docs/formats.md says.
        And("substr(a.bytes,22,16)=", asked.Who is { } who ? Bytes(who) : null);
        And("substr(a.bytes,14,8)>=", asked.From is { } first ? Instant(London.At(first, TimeOnly.MinValue)) : null);
        And("substr(a.bytes,14,8)<", asked.Until is { } last ? Instant(London.At(last.AddDays(1), TimeOnly.MinValue)) : null);
        if (asked.Action is { } action)
            where.Append(" AND ").Append(ActionIs(action));
        if (asked.Openings)
            where.Append(" AND ").Append(ActionIs(AuditAction.Opened, AuditAction.BreakGlass));
        if (asked.Refused is { } refused)
            where.Append(refused ? " AND " : " AND NOT ").Append(ActionIs(AuditAction.Refused));
        var source = "audit a";
        if (asked.About is { } about)
        {
            var units = string.Join(',', WithJoined(about).Select(unit => { bound.Add(unit.ToBytes()); return $"${bound.Count}"; }));
            source = $"(SELECT seq FROM audit_unit WHERE unit IN ({units}) UNION SELECT n.seq FROM unit u JOIN audit_unit n ON n.unit=u.id WHERE u.family IN ({units})) f CROSS JOIN audit a ON a.seq=f.seq";
        }
        bound.Add(take);
        using var reader = Read($"SELECT a.bytes FROM {source} WHERE a.seq<$1 AND a.seq>=$2{where} ORDER BY a.seq DESC LIMIT ${bound.Count}", [.. bound]);
        var found = new List<AuditEntry>();
        while (reader.Read())
            found.Add(AuditEntry.FromBytes(Blob(reader, 0)));
        return found;
    }

    internal List<Envelope> Envelopes(EnvelopeQuery query)
    {
        var where = Where(query, out var values);
        using var reader = Read($"SELECT {Columns} FROM unit u{where} ORDER BY {(query.ByDueDate ? "u.due_on IS NULL,u.due_on," : "")}u.id LIMIT ${values.Length + 1}", [.. values, query.Take]);
        var found = new List<Envelope>();
        while (reader.Read())
            found.Add(Envelope(reader));
        return found;
    }

    internal int Count(EnvelopeQuery query)
    {
        var where = Where(query, out var values);
        return (int)One<long>($"SELECT count(*) FROM unit u{where}", values);
    }

    /// <summary>Every envelope; the connection is busy until the last was taken.</summary>
    internal IEnumerable<Envelope> EveryEnvelope()
    {
        using var reader = Read($"SELECT {Columns} FROM unit u");
        while (reader.Read())
            yield return Envelope(reader);
    }

    /// <summary>Units of one kind with their sealed cards, in order of id; the connection is busy until the last was taken.</summary>
    internal IEnumerable<(Envelope Envelope, KeyId Key, byte[] Card)> Cards(UnitKind kind)
    {
        using var reader = Read($"SELECT {Columns}, c.sealed FROM card c JOIN unit u ON u.id=c.unit WHERE u.kind=$1 ORDER BY c.unit", (int)kind);
        while (reader.Read())
            yield return (Envelope(reader), Key(reader), Blob(reader, Width));
    }

    /// <summary>Every unit with whatever sealed values it has, in order of id; the connection is busy until the last was taken.</summary>
    internal IEnumerable<(UnitId Unit, KeyId Key, byte[]? Content, byte[]? Card)> Everything()
    {
        using var reader = Read("SELECT u.id, u.key_id, c.sealed, k.sealed FROM unit u LEFT JOIN content c ON c.unit=u.id LEFT JOIN card k ON k.unit=u.id ORDER BY u.id");
        while (reader.Read())
            yield return (UnitId.FromBytes((byte[])reader[0]), KeyId.FromBytes((byte[])reader[1]), reader.IsDBNull(2) ? null : Blob(reader, 2), reader.IsDBNull(3) ? null : Blob(reader, 3));
    }

    /// <summary>Writes the file anew. True when its journal was emptied too; else the next checkpoint does it.</summary>
    internal bool Tidy(string folder)
    {
        // The copy may be as large as the file: not in memory, and nowhere but beside the file.
        Run("PRAGMA temp_store=FILE");
        Run($"PRAGMA temp_store_directory='{folder.Replace("'", "''", StringComparison.Ordinal)}'");
        try
        {
            Run("VACUUM");
        }
        finally
        {
            Run("PRAGMA temp_store_directory=''");
            Run("PRAGMA temp_store=MEMORY");
        }
        return Checkpoint();
    }

    internal long Units() => One<long>("SELECT count(*) FROM unit");

    private static string Where(EnvelopeQuery query, out object?[] values)
    {
        var where = new StringBuilder();
        var bound = new List<object?>();
        void And(string condition, object? value)
        {
            if (value is null)
                return;
            bound.Add(value);
            where.Append(where.Length == 0 ? " WHERE " : " AND ").Append(condition).Append('$').Append(bound.Count);
        }
        // Written out: an index of the few that are so cannot serve a question whose answer comes as a parameter.
        void Is(string column, bool? value)
        {
            if (value is { } yes)
                where.Append(where.Length == 0 ? " WHERE " : " AND ").Append(column).Append(yes ? "=1" : "=0");
        }
        // A family has few records and a kind has many: without the plus, SQLite may look through the kind.
        And(query.Family is null ? "u.kind=" : "+u.kind=", (int?)query.Kind);
        And("u.family=", query.Family?.ToBytes());
        And("u.owner=", query.Owner is { } owner ? Bytes(owner) : null);
        And("u.owner<>", query.NotOwner is { } not ? Bytes(not) : null);
        And("u.service=", (int?)query.Service);
        And("u.state=", query.State);
        And("u.due_on<=", query.DueOnOrBefore is { } due ? Text(due) : null);
        And("u.due_on>=", query.DueOnOrAfter is { } from ? Text(from) : null);
        Is("u.not_told", query.NotTold);
        Is("u.private_promised", query.PrivatePromised);
        And("u.reference=", query.Reference);
        And("u.id>", query.After?.ToBytes());
        values = [.. bound];
        return where.ToString();
    }

    private static object?[] Values(Envelope unit, KeyId key) =>
    [
        unit.Id.ToBytes(), (int)unit.Kind, unit.Family?.ToBytes(), (int)unit.Service, (int)unit.Marking.Classification, unit.Marking.Descriptor,
        Text(unit.KeepUntil.On), unit.KeepUntil.ClassCode, unit.KeepUntil.Because, unit.KeepUntil.ReviewBy,
        unit.SpecialHandling, unit.Restricted, Bytes(unit.Owner), unit.State, unit.Topic, unit.Channel, unit.Outcome, unit.Level,
        unit.District, Text(unit.DueOn), unit.NotTold, unit.PrivatePromised, unit.Reference, Text(unit.CreatedOn), Text(unit.TouchedOn),
        unit.Version, unit.KeepUntil.ScheduleVersion, Text(unit.KeepUntil.NotBefore), Text(unit.KeepUntil.Facts?.OpenedOn), Text(unit.KeepUntil.Facts?.ClosedOn),
        Text(unit.KeepUntil.Facts?.LastContactOn), Text(unit.KeepUntil.Facts?.EndedOn), Text(unit.KeepUntil.Facts?.YoungestBorn), unit.KeepUntil.Facts?.AnyBirthUnknown ?? false,
        key.ToBytes(),
    ];

    private static StoredUnit Unit(SqliteDataReader reader)
    {
        var envelope = Envelope(reader);
        var more = Width;
        return new StoredUnit(envelope, Key(reader))
        {
            Assigned = reader.GetBoolean(more),
            Conflict = reader.GetBoolean(more + 1),
            SpecialHandling = envelope.SpecialHandling || reader.GetBoolean(more + 2),
            Restricted = envelope.Restricted || reader.GetBoolean(more + 3),
            Erasing = reader.GetBoolean(more + 4),
            NamedByRequest = reader.GetBoolean(more + 5),
            NamedByBreach = reader.GetBoolean(more + 6),
            EmergencyAt = reader[more + 7] is byte[] id ? DateTimeOffset.FromUnixTimeMilliseconds(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(id) >>> 16) : null,
        };
    }

    private static KeyId Key(SqliteDataReader reader) => KeyId.FromBytes((byte[])reader[Names.Length - 1]);

    private static Envelope Envelope(SqliteDataReader reader) => new()
    {
        Id = UnitId.FromBytes((byte[])reader[0]),
        Kind = (UnitKind)reader.GetInt32(1),
        Family = reader[2] is byte[] family ? UnitId.FromBytes(family) : null,
        Service = (Service)reader.GetInt32(3),
        Marking = (Classification)reader.GetInt32(4) switch
        {
            Classification.None => Marking.None,
            Classification.Official => Marking.Official,
            Classification.OfficialSensitive => reader.IsDBNull(5) ? Marking.Sensitive : Marking.OfficialSensitive(reader.GetString(5)),
            Classification.Unknown => Marking.Unknown,
        },
        KeepUntil = new KeepUntil(Date(reader, 6), reader.GetString(7), reader.GetString(8), reader.GetBoolean(9))
        {
            ScheduleVersion = reader.GetInt32(26),
            NotBefore = Date(reader, 27),
            Facts = Date(reader, 28) is not { } opened ? null : new RetentionFacts
            {
                OpenedOn = opened,
                ClosedOn = Date(reader, 29),
                LastContactOn = Date(reader, 30),
                EndedOn = Date(reader, 31),
                YoungestBorn = Date(reader, 32),
                AnyBirthUnknown = reader.GetBoolean(33),
            },
        },
        OnHold = reader.GetBoolean(Width - 1),
        SpecialHandling = reader.GetBoolean(10),
        Restricted = reader.GetBoolean(11),
        Owner = new ColleagueId(new Guid((byte[])reader[12], true)),
        State = reader.GetString(13),
        Topic = reader[14] as string,
        Channel = reader[15] as string,
        Outcome = reader[16] as string,
        Level = reader.IsDBNull(17) ? null : reader.GetInt32(17),
        District = reader[18] as string,
        DueOn = Date(reader, 19),
        NotTold = reader.GetBoolean(20),
        PrivatePromised = reader.GetBoolean(21),
        Reference = reader[22] as string,
        CreatedOn = Date(reader, 23)!.Value,
        TouchedOn = Date(reader, 24)!.Value,
        Version = reader.GetInt32(25),
    };

    private static DateOnly? Date(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(DateOnly? date) => date?.ToString("o", CultureInfo.InvariantCulture);

    private static byte[] Bytes(ColleagueId colleague) => colleague.Value.ToByteArray(bigEndian: true);
}
