using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Strongroom;

/// <summary>What stands in the files, past the strongroom.</summary>
internal static class Disk
{
    public static void Run(StrongroomFixture room, string file, string sql, UnitId unit = default)
    {
        using var connection = Pragmas.Open(Path.Combine(room.Folder, file));
        using var command = Command(connection, sql, unit);
        command.ExecuteNonQuery();
    }

    public static object? Ask(StrongroomFixture room, string file, string sql, UnitId unit = default)
    {
        using var connection = Pragmas.Open(Path.Combine(room.Folder, file));
        using var command = Command(connection, sql, unit);
        return command.ExecuteScalar();
    }

    /// <summary>The files in which any run of eight bytes of these stands.</summary>
    public static IEnumerable<string> Holding(string folder, byte[] bytes) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("ballast" or "lock"))
            .Where(file => Remnants.In(file, [[0, .. bytes]])).Select(file => Path.GetFileName(file));

    private static SqliteCommand Command(SqliteConnection connection, string sql, UnitId unit)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        if (!unit.IsEmpty)
            command.Parameters.AddWithValue("$id", unit.ToBytes());
        return command;
    }
}

/// <summary>The audit as it is stored.</summary>
internal static class Log
{
    public static IReadOnlyList<AuditEntry> Of(StrongroomFixture room) =>
        room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.Chain().Select(row => AuditEntry.FromBytes(row.Entry)).ToImmutableArray());
}

/// <summary>A family card for tests of the strongroom alone.</summary>
internal sealed record Household;

internal sealed class HouseholdFormat : IRecordFormat<Household>
{
    public UnitKind Kind => UnitKind.Family;

    public byte[] Write(Household record) => [1];

    public Household Read(ReadOnlySpan<byte> utf8) => new();
}
