using Microsoft.EntityFrameworkCore;
using Wdfis.Domain.Audit;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// Said by a restore alone: the record file is an older one, so that a new epoch of the audit begins before anything else is written.
/// <paramref name="Replaced"/> is the head of the store that was replaced, when it could still be read.
/// </summary>
internal sealed record Restored(ChainPoint? Replaced);

/// <summary>Registers the strongroom, and starts it in its order.</summary>
internal static class StrongroomSetup
{
    public static IServiceCollection AddStrongroom(this IServiceCollection services)
    {
        services.AddSingleton(sp => new DataFolder(sp.GetRequiredService<IConfiguration>(), sp.GetRequiredService<TimeProvider>(), sp.GetService<SettingsFolder>()));
        services.AddSingleton<KeyRing>();
        services.AddSingleton(sp => EmergencyTerms.Read(sp.GetRequiredService<IConfiguration>()));
        services.AddSingleton<WriteLane>();
        services.AddSingleton<Keeper>();
        services.AddSingleton<ErasureLedger>();
        services.AddSingleton<Heads>();
        services.AddSingleton<Verification>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditYears>();
        services.AddSingleton<VerificationRun>();
        services.AddSingleton<Backups>();
        services.AddSingleton<Restore>();
        services.AddSingleton<Leftovers>();
        services.AddPooledDbContextFactory<RecordsContext>((sp, options) => Use(options, sp.GetRequiredService<DataFolder>().RecordsPath));
        services.AddPooledDbContextFactory<KeysContext>((sp, options) => Use(options, sp.GetRequiredService<DataFolder>().KeysPath));
        return services;
    }

    /// <summary>Lock, stamps, migrations, keys, recovery, head: before the first request.</summary>
    /// <exception cref="StartRefused">With the sentence for whoever starts the portal.</exception>
    public static async Task StartStrongroom(this IServiceProvider services, CancellationToken cancel = default, Restored? restored = null)
    {
        var folder = services.GetRequiredService<DataFolder>();
        folder.Take();
        var kind = services.GetRequiredService<IHostEnvironment>().IsDevelopment() ? Stamp.Synthetic : Stamp.Real;
        Stamp.RefuseOther(folder, kind);
        Stamp.RefuseHalf(folder);
        await Migrating.Run(services.GetRequiredService<IDbContextFactory<KeysContext>>(), cancel);
        await Migrating.Run(services.GetRequiredService<IDbContextFactory<RecordsContext>>(), cancel);
        folder.CloseFiles();
        Stamp.Put(folder, kind, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var ring = services.GetRequiredService<KeyRing>();
        ring.Load(create: true);
        if (ring.Fault is { } fault)
            services.GetRequiredService<ILogger<KeyRing>>().LogError("Records stay closed: {Fault}", fault);
        var heads = services.GetRequiredService<Heads>();
        services.GetRequiredService<WriteLane>().Start(restored is null ? null : (continued, at) => heads.Open(continued, restored.Replaced, at));
        heads.Start();
    }

    /// <summary>The same on another folder, under the same key-encryption key: for a copy that is being verified or completed. Starts nothing.</summary>
    public static ServiceProvider Beside(IServiceProvider services, string path, string heads) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddConfiguration(services.GetRequiredService<IConfiguration>())
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Folder"] = path,
                ["Storage:KeyEncryptionKeyFile"] = services.GetRequiredService<DataFolder>().KeyEncryptionKeyPath,
                ["Audit:HeadsFile"] = heads,
            })
            .Build())
        .AddSingleton(services.GetRequiredService<TimeProvider>())
        .AddSingleton(services.GetRequiredService<IHostEnvironment>())
        .AddSingleton(services.GetRequiredService<ILoggerFactory>())
        .AddLogging()
        .AddStrongroom()
        .BuildServiceProvider();

    private static void Use(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite($"Data Source={file};Pooling=False").AddInterceptors(Pragmas.Interceptor);
}
