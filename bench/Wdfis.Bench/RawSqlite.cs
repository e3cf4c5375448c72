using Microsoft.Data.Sqlite;

namespace Wdfis.Bench;

/// <summary>The same work without sealing, audit or lane: plain rows, one index for each way of searching.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly SqliteConnection connection;

    public RawSqlite(string file)
    {
        connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
        Run("CREATE TABLE family(id BLOB PRIMARY KEY, surname TEXT, telephone TEXT, email TEXT, reference TEXT, label TEXT, content TEXT) WITHOUT ROWID; CREATE INDEX by_surname ON family(surname); CREATE INDEX by_telephone ON family(telephone); CREATE INDEX by_email ON family(email); CREATE INDEX by_reference ON family(reference);");
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Fill(IEnumerable<(byte[] Id, string Surname, string? Telephone, string? Email, string? Reference, string Label, string Content)> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO family VALUES($1,$2,$3,$4,$5,$6,$7)";
        var parameters = Enumerable.Range(1, 7).Select(i => insert.Parameters.Add(new SqliteParameter($"${i}", null))).ToArray();
        foreach (var row in rows)
        {
            object?[] values = [row.Id, row.Surname, row.Telephone, row.Email, row.Reference, row.Label, row.Content];
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public int Search(string prefix)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, label FROM family WHERE surname >= $1 AND surname < $2 ORDER BY surname LIMIT 25";
        command.Parameters.AddWithValue("$1", prefix);
        command.Parameters.AddWithValue("$2", prefix + "\uffff");
        using var reader = command.ExecuteReader();
        var rows = 0;
        while (reader.Read())
        {
            _ = reader.GetString(1);
            rows++;
        }
        return rows;
    }

    public string? Telephone(string number) => One("SELECT label FROM family WHERE telephone = $1 LIMIT 25", number);

    public string? Email(string address) => One("SELECT label FROM family WHERE email = $1 LIMIT 25", address);

    public string? Reference(string reference) => One("SELECT label FROM family WHERE reference = $1 LIMIT 25", reference);

    public string? Open(byte[] id) => One("SELECT content FROM family WHERE id = $1", id);

    public void Save(byte[] id, string content)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE family SET content = $2 WHERE id = $1";
        command.Parameters.AddWithValue("$1", id);
        command.Parameters.AddWithValue("$2", content);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    public void Delete(IEnumerable<byte[]> ids)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM family WHERE id = $1";
        var id = command.Parameters.Add(new SqliteParameter("$1", null));
        foreach (var one in ids)
        {
            id.Value = one;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private string? One(string sql, object value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", value);
        return command.ExecuteScalar() as string;
    }
}
