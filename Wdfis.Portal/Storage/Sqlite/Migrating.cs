using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>Brings a file to this version's shape. Call only while holding the data folder's lock.</summary>
internal static class Migrating
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    internal static async Task Run<T>(IDbContextFactory<T> contexts, CancellationToken cancel) where T : DbContext
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var file = context.Database.GetDbConnection().DataSource;
        if ((await context.Database.GetAppliedMigrationsAsync(cancel)).Except(context.Database.GetMigrations(), StringComparer.Ordinal).Any())
            throw new StartRefused($"{file} was made by a newer version of the portal. Start that version, or restore an older backup.");
        if (!(await context.Database.GetPendingMigrationsAsync(cancel)).Any())
            return;
        ClearStaleLock(file);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bounded.CancelAfter(Limit);
        try
        {
            await context.Database.MigrateAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new StartRefused($"Bringing {file} to this version's shape took longer than {Limit.TotalMinutes:0} minutes. Stop whatever else uses the file and start again.");
        }
    }

    // A kill during a migration leaves this row, and every later start would wait for it for ever.
    // We hold the folder's lock, so nobody else can be migrating.
    private static void ClearStaleLock(string file)
    {
        if (!File.Exists(file))
            return;
        using var connection = Pragmas.Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name='__EFMigrationsLock'";
        if ((long)command.ExecuteScalar()! == 0)
            return;
        command.CommandText = "DELETE FROM \"__EFMigrationsLock\"";
        command.ExecuteNonQuery();
    }
}
