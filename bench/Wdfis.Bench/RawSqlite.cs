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
        Run("CREATE TABLE family(id BLOB PRIMARY KEY, surname TEXT, telephone TEXT, label TEXT, content TEXT) WITHOUT ROWID; CREATE INDEX by_surname ON family(surname); CREATE INDEX by_telephone ON family(telephone);");
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Fill(IEnumerable<(byte[] Id, string Surname, string Telephone, string Label, string Content)> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO family VALUES($1,$2,$3,$4,$5)";
        var parameters = Enumerable.Range(1, 5).Select(i => insert.Parameters.Add(new SqliteParameter($"${i}", null))).ToArray();
        foreach (var row in rows)
        {
            (parameters[0].Value, parameters[1].Value, parameters[2].Value, parameters[3].Value, parameters[4].Value) = (row.Id, row.Surname, row.Telephone, row.Label, row.Content);
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

    public void Dispose() => connection.Dispose();

    private string? One(string sql, object value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", value);
        return command.ExecuteScalar() as string;
    }
}
