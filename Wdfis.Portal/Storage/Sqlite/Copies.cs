using Microsoft.Data.Sqlite;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>What SQLite does for backups and restores: copying while others write, and fitting a record file and a key file to each other.</summary>
internal static class Copies
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    /// <summary>One moment of a database, written anew into a file that is not there yet: nothing of its unused pages comes along. Writers go on meanwhile.</summary>
    internal static void Take(string from, string to)
    {
        // Carried to the disk as it grows: one heap of unwritten pages at its end would keep every commit meanwhile waiting.
        using var flushed = new Timer(_ =>
        {
            try
            {
                using var file = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.FlushToDisk(file);
            }
            catch (IOException)
            {
                // Not there yet, or no room: what goes wrong with the copy, the copy itself says.
            }
        }, null, Often, Often);
        using var connection = Pragmas.Open(from);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $to";
        command.Parameters.AddWithValue("$to", to);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Makes one whole of two copies that were taken one after the other: without drafts, without what was destroyed or decided to be
    /// between the two, and without keys of what the records do not hold.
    /// </summary>
    internal static void Prune(string recordsPath, string keysPath, DateTimeOffset at)
    {
        using var keys = new KeysFile(Pragmas.Open(keysPath));
        using var records = new RecordsFile(Pragmas.Open(recordsPath));
        keys.Begin();
        foreach (var (unit, _) in records.Intended())
            keys.Tombstone(unit, at);
        keys.Commit();
        records.Run("ATTACH $1 AS k", keysPath);
        records.Begin();
        foreach (var unit in Units(records, $"SELECT id FROM unit WHERE kind={(int)UnitKind.Draft} UNION SELECT u.id FROM unit u JOIN k.key x ON x.unit=u.id WHERE x.wrapped IS NULL"))
            records.Delete(unit);
        records.Run("DELETE FROM erasure");
        records.Commit();
        records.Run("DETACH k");
        keys.DropWithout(recordsPath);
    }

    /// <summary>Adds what another key file of the same root knows: its tombstones in any case, its keys where these have none and the records need them.</summary>
    internal static void Unite(KeysFile keys, string otherKeysPath, string recordsPath)
    {
        keys.Run("ATTACH $1 AS o", otherKeysPath);
        keys.Run("ATTACH $1 AS r", recordsPath);
        keys.Begin();
        keys.Run("UPDATE main.key SET wrapped=NULL, erased_at=(SELECT x.erased_at FROM o.key x WHERE x.unit=main.key.unit) WHERE wrapped IS NOT NULL AND unit IN (SELECT unit FROM o.key WHERE erased_at IS NOT NULL)");
        keys.Run("INSERT INTO main.key(unit,id,version,wrapped,made_at,erased_at) SELECT unit,id,version,wrapped,made_at,erased_at FROM o.key x " +
            "WHERE NOT EXISTS(SELECT 1 FROM main.key WHERE unit=x.unit) AND (wrapped IS NULL OR unit IN (SELECT id FROM r.unit))");
        keys.Commit();
        keys.Run("DETACH o");
        keys.Run("DETACH r");
    }

    /// <summary>
    /// Tombstones for all that was ever destroyed, and for each key without a record. Gives the units that are still in the records although they were
    /// destroyed, and how many keys were without a record.
    /// </summary>
    internal static (List<UnitId> Destroyed, int Lonely) Condemn(KeysFile keys, string recordsPath, IEnumerable<(UnitId Unit, DateTimeOffset At)> ledger, DateTimeOffset now)
    {
        keys.Run("ATTACH $1 AS r", recordsPath);
        keys.Begin();
        foreach (var (unit, at) in ledger)
        {
            if (!keys.Knows(unit))
                keys.Insert(unit, KeyId.FromBytes(unit.ToBytes()), 1, null, at);
            keys.Tombstone(unit, at);
        }
        var lonely = keys.Run("UPDATE main.key SET wrapped=NULL, erased_at=$1 WHERE wrapped IS NOT NULL AND unit NOT IN (SELECT id FROM r.unit)", now.UtcTicks);
        var destroyed = Units(keys, "SELECT u.id FROM r.unit u JOIN main.key x ON x.unit=u.id WHERE x.wrapped IS NULL");
        keys.Commit();
        keys.Run("DETACH r");
        keys.Vacuum();
        keys.Checkpoint();
        return (destroyed, lonely);
    }

    /// <summary>True when the file was brought to a shape that this version does not know.</summary>
    internal static bool IsNewer(string file, IEnumerable<string> known)
    {
        using var connection = Pragmas.Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";
        using var reader = command.ExecuteReader();
        var applied = new List<string>();
        while (reader.Read())
            applied.Add(reader.GetString(0));
        return applied.Except(known, StringComparer.Ordinal).Any();
    }

    /// <summary>The pages of the file and its journal, in bytes; what a copy of it needs at most.</summary>
    internal static long Size(string file) => new[] { file, file + "-wal" }.Where(File.Exists).Sum(part => new FileInfo(part).Length);

    /// <summary>Whether that was for want of room. What SQLite maps into memory fails without saying so: then a place without room is the answer.</summary>
    internal static bool IsFull(Exception trouble, params IEnumerable<string> places) => trouble switch
    {
        SqliteException { SqliteErrorCode: 13 } => true,
        SqliteException { SqliteErrorCode: 10 or 14 } => places.Any(place => Directory.Exists(place) && new DriveInfo(place).AvailableFreeSpace < 1 << 20),
        IOException => (trouble.HResult & 0xffff) is 28 or 112,
        _ => false,
    };

    /// <summary>What people a file is stamped as holding.</summary>
    internal static string? StampOf(string file)
    {
        using var connection = Pragmas.Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT kind FROM stamp WHERE id=1";
        return command.ExecuteScalar() as string;
    }

    private static List<UnitId> Units(Statements file, string sql)
    {
        using var reader = file.Read(sql);
        var units = new List<UnitId>();
        while (reader.Read())
            units.Add(UnitId.FromBytes((byte[])reader[0]));
        return units;
    }
}
