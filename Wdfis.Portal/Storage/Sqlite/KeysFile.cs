using Microsoft.Data.Sqlite;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>A unit's row in the key file: a wrapped key, or the tombstone in its place.</summary>
internal readonly record struct StoredKey(UnitId Unit, KeyId Id, int Version, byte[]? Wrapped, DateTimeOffset MadeAt, DateTimeOffset? ErasedAt)
{
    public override string ToString() => $"Key {Id} of {Unit}";
}

/// <summary>Everything that is said to the key file in SQLite's own words.</summary>
internal sealed class KeysFile(SqliteConnection connection) : Statements(connection)
{
    private const string Columns = "unit, id, version, wrapped, made_at, erased_at";

    internal StoredKey? Find(UnitId unit)
    {
        using var reader = Read($"SELECT {Columns} FROM key WHERE unit=$1", unit.ToBytes());
        return reader.Read() ? Key(reader) : null;
    }

    /// <summary>Whether the unit has a key, or had one.</summary>
    internal bool Knows(UnitId unit) => Any("SELECT 1 FROM key WHERE unit=$1", unit.ToBytes());

    /// <summary>In order of unit; the connection is busy until the last was taken.</summary>
    internal IEnumerable<StoredKey> All()
    {
        using var reader = Read($"SELECT {Columns} FROM key ORDER BY unit");
        while (reader.Read())
            yield return Key(reader);
    }

    /// <summary>Newest first; the connection is busy until the last was taken.</summary>
    internal IEnumerable<StoredKey> Newest()
    {
        using var reader = Read($"SELECT {Columns} FROM key ORDER BY number DESC");
        while (reader.Read())
            yield return Key(reader);
    }

    internal void Insert(UnitId unit, KeyId id, int version, byte[]? wrapped, DateTimeOffset at) =>
        Run("INSERT INTO key(unit,id,version,wrapped,made_at) VALUES($1,$2,$3,$4,$5)", unit.ToBytes(), id.ToBytes(), version, wrapped, at.UtcTicks);

    /// <summary>Puts the tombstone in the key's place; one that stands there already keeps its instant.</summary>
    internal void Tombstone(UnitId unit, DateTimeOffset at) =>
        Run("UPDATE key SET wrapped=NULL, erased_at=$2 WHERE unit=$1 AND erased_at IS NULL", unit.ToBytes(), at.UtcTicks);

    /// <summary>Of a copy alone: drops the keys of what a record file does not hold. Tombstones stay.</summary>
    internal void DropWithout(string recordsPath)
    {
        Run("ATTACH $1 AS r", recordsPath);
        Run("DELETE FROM key WHERE wrapped IS NOT NULL AND unit NOT IN (SELECT id FROM r.unit)");
        Run("DETACH r");
    }

    internal long Living() => One<long>("SELECT count(*) FROM key WHERE wrapped IS NOT NULL");

    internal void Vacuum() => Run("VACUUM");

    internal byte[]? Root(string name)
    {
        using var reader = Read("SELECT wrapped FROM root WHERE name=$1", name);
        return reader.Read() ? (byte[])reader[0] : null;
    }

    internal void SetRoot(string name, byte[] wrapped) => Run("INSERT INTO root(name,wrapped) VALUES($1,$2)", name, wrapped);

    private static StoredKey Key(SqliteDataReader reader) => new(
        UnitId.FromBytes((byte[])reader[0]),
        KeyId.FromBytes((byte[])reader[1]),
        reader.GetInt32(2),
        reader.IsDBNull(3) ? null : Blob(reader, 3),
        new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
        reader.IsDBNull(5) ? null : new DateTimeOffset(reader.GetInt64(5), TimeSpan.Zero));
}
