using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>A connection with its commands, each prepared once. For one thread at a time.</summary>
internal abstract class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (sqlite3_stmt Statement, int[] Places)> bare = new(StringComparer.Ordinal);

    internal SqliteConnection Connection { get; } = connection;

    internal void Begin() => Run("BEGIN IMMEDIATE");

    /// <summary>Begins, unless that was done already.</summary>
    internal void BeginOnce()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle) != 0)
            Begin();
    }

    internal void Commit() => Run("COMMIT");

    /// <summary>Rolls back whatever is open; SQLite itself already has when the disk was full.</summary>
    internal void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
            Run("ROLLBACK");
    }

    /// <summary>Everything of it or nothing, with one wait for the disk.</summary>
    internal void Together(Action work)
    {
        Begin();
        try
        {
            work();
            Commit();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>Runs with parameters $1, $2…; gives the number of rows changed. What is written goes past the driver's commands, which cost more than the rows.</summary>
    internal int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
        {
        }
        Reset(statement);
        return raw.sqlite3_changes(Connection.Handle);
    }

    /// <summary>Whether it gives a row.</summary>
    internal bool Any(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        var any = raw.sqlite3_step(statement) == raw.SQLITE_ROW;
        Reset(statement);
        return any;
    }

    internal SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    internal T One<T>(string sql, params ReadOnlySpan<object?> values) => (T)Command(sql, values).ExecuteScalar()!;

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!bare.TryGetValue(sql, out var known))
        {
            Check(raw.sqlite3_prepare_v3(Connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var made));
            // SQLite counts parameters as they first appear in the text.
            known = (made, [.. Enumerable.Range(1, values.Length).Select(i => raw.sqlite3_bind_parameter_index(made, "$" + i))]);
            bare.Add(sql, known);
        }
        var (statement, places) = known;
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, places[i]),
                byte[] bytes => raw.sqlite3_bind_blob(statement, places[i], bytes),
                string text => raw.sqlite3_bind_text(statement, places[i], text),
                bool yes => raw.sqlite3_bind_int(statement, places[i], yes ? 1 : 0),
                int number => raw.sqlite3_bind_int(statement, places[i], number),
                long number => raw.sqlite3_bind_int64(statement, places[i], number),
                _ => throw new InvalidOperationException("A value of a type that is not stored."),
            });
        }
        return statement;
    }

    // What went wrong in a step is said once more by the reset after it.
    private void Reset(sqlite3_stmt statement) => Check(raw.sqlite3_reset(statement));

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, Connection.Handle);

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
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
        foreach (var (statement, _) in bare.Values)
            statement.Dispose();
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
