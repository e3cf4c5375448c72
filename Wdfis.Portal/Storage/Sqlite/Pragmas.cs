using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>The settings that every connection needs, because SQLite forgets them with the connection.</summary>
internal sealed class Pragmas : DbConnectionInterceptor
{
    // secure_delete and synchronous=FULL are what erasing and "durable when it returns" rest on.
    // busy_timeout: without it the driver sleeps between tries and 50 writers wait a second each.
    private const string Text =
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; " +
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;";

    internal static Pragmas Interceptor { get; } = new();

    // Counting its memory takes one lock for the whole process at each piece of it that SQLite asks for or gives back: with many readers they
    // wait for each other there, for a figure that nobody reads. It can be said only before the first file is opened.
    static Pragmas()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    internal static SqliteConnection Open(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        // Unpooled: the strongroom keeps its own connections with their prepared commands, and a closed one must let go of the file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    private static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }
}
