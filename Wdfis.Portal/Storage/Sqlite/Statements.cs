using Microsoft.Data.Sqlite;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>A connection with its commands, each prepared once. For one thread at a time.</summary>
internal abstract class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal SqliteConnection Connection { get; } = connection;

    internal void Begin() => Run("BEGIN IMMEDIATE");

    internal void Commit() => Run("COMMIT");

    /// <summary>Rolls back whatever is open; SQLite itself already has when the disk was full.</summary>
    internal void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0)
            Run("ROLLBACK");
    }

    /// <summary>Runs with parameters $1, $2…; gives the number of rows changed.</summary>
    internal int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    internal SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    internal T One<T>(string sql, params ReadOnlySpan<object?> values) => (T)Bind(sql, values).ExecuteScalar()!;

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (i + 1) });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <summary>A sealed value; one that somebody turned into something else opens as little as an empty one.</summary>
    protected static byte[] Blob(SqliteDataReader reader, int column) => reader[column] as byte[] ?? [];

    /// <summary>Empties the journal into the file and cuts it to nothing; false while a reader stands in the way.</summary>
    internal bool Checkpoint()
    {
        using var reader = Read("PRAGMA wal_checkpoint(TRUNCATE)");
        return reader.Read() && reader.GetInt64(0) == 0;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }
}

/// <summary>Connections for reading, lent to one operation each and kept for the next.</summary>
internal sealed class Pool<T>(Func<T> open) : IDisposable where T : Statements
{
    private readonly System.Collections.Concurrent.ConcurrentBag<T> idle = [];
    private volatile bool closed;

    internal TResult Use<TResult>(Func<T, TResult> read)
    {
        var lent = idle.TryTake(out var kept) ? kept : open();
        try
        {
            var result = read(lent);
            if (closed)
                lent.Dispose();
            else
                idle.Add(lent);
            return result;
        }
        catch
        {
            // Whatever state it is in, nobody else gets it.
            lent.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var kept))
            kept.Dispose();
    }
}
