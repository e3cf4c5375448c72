using Microsoft.Data.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>What a database may hold, written into it when it is made: synthetic people never meet real ones.</summary>
internal static class Stamp
{
    internal const string Synthetic = "synthetic";
    internal const string Real = "real";

    /// <summary>Refuses a file of the other kind, before anything in it is changed.</summary>
    internal static void RefuseOther(DataFolder folder, string kind)
    {
        foreach (var file in new[] { folder.RecordsPath, folder.KeysPath })
        {
            if (Read(file) is not { } stamped || stamped == kind)
                continue;
            throw new StartRefused(stamped == Real
                ? $"{file} is stamped as holding real people, and Development opens synthetic ones only. Name another folder in Storage:Folder."
                : $"{file} is stamped as holding synthetic people, and only Development opens those. Name another folder in Storage:Folder.");
        }
    }

    /// <summary>Refuses a folder in which one file of the two is missing: going on would destroy or orphan what the other holds.</summary>
    internal static void RefuseHalf(DataFolder folder)
    {
        var (records, keys) = (Holds(folder.RecordsPath, "unit", "SELECT 1 FROM unit LIMIT 1"), Holds(folder.KeysPath, "key", "SELECT 1 FROM key WHERE wrapped IS NOT NULL LIMIT 1"));
        if (keys && !File.Exists(folder.RecordsPath))
            throw new StartRefused($"{folder.KeysPath} holds keys, and {folder.RecordsPath} is missing. Put the record file back, or name another folder in Storage:Folder.");
        if (records && !File.Exists(folder.KeysPath))
            throw new StartRefused($"{folder.RecordsPath} holds records, and {folder.KeysPath} is missing. Put the key file back, or name another folder in Storage:Folder.");
    }

    internal static void Put(DataFolder folder, string kind, DateTimeOffset at)
    {
        foreach (var file in new[] { folder.RecordsPath, folder.KeysPath })
        {
            using var connection = Pragmas.Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO stamp(id,kind,made_at) VALUES(1,$kind,$at) ON CONFLICT DO NOTHING";
            command.Parameters.AddWithValue("$kind", kind);
            command.Parameters.AddWithValue("$at", at.UtcTicks);
            command.ExecuteNonQuery();
        }
    }

    private static string? Read(string file) => Ask(file, "stamp", "SELECT kind FROM stamp WHERE id=1") as string;

    private static bool Holds(string file, string table, string sql) => Ask(file, table, sql) is not null;

    private static object? Ask(string file, string table, string sql)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            using var connection = Pragmas.Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name=$table";
            command.Parameters.AddWithValue("$table", table);
            if ((long)command.ExecuteScalar()! == 0)
                return null;
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
        catch (SqliteException)
        {
            throw new StartRefused($"{file} cannot be read: it is damaged, no database, or not ours to read. Put back the last good copy, or name another folder in Storage:Folder.");
        }
    }
}
