using Radzen;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Features.Statistics;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Operations;
using Wdfis.Portal.Shell;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal;

/// <summary>Builds and runs the portal; reads as a table of contents.</summary>
internal static class Portal
{
    private static volatile bool started;

    public static async Task<int> Run(string[] args)
    {
        await using var app = Build(args);
        await app.Services.StartStrongroom();
        app.Services.GetRequiredService<Backups>().ClearUnfinished();
        await app.SeedDevelopment();
        await app.Services.BeginColleagues();
        await app.StartAsync();
        app.RefuseOtherThanLoopback();
        started = true;
        Announcement.Write(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Builds the whole portal. Verbs build it too, quietly, and use its parts without listening.</summary>
    public static WebApplication Build(string[] args, bool quiet = false, string? dataFolder = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settingsFolder = builder.Configuration.AddTopLevelSettings(builder.Environment.ContentRootPath);
        if (dataFolder is not null)
            builder.Configuration["Storage:Folder"] = Path.GetFullPath(dataFolder);
        builder.Configuration.RefuseMissing();
        // The style sheets and scripts that the build compressed, each under a name of its own for good. By default a portal that was
        // built, not published, sends the files of the project folder uncompressed, so that they can be edited while it runs (true: so again).
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        if (quiet)
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        // What is typed goes over the circuit: at their most talkative these would write each message down, arguments and all.
        foreach (var talkative in (string[])["Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.Components"])
            builder.Logging.AddFilter(talkative, LogLevel.Information);
        // A start that fails says so in one sentence (Program), not in a trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
        builder.Services.AddSingleton(new SettingsFolder(settingsFolder));
        builder.Services.AddSingleton(MovedClock.Choose(builder.Configuration, builder.Environment));

        builder.Services.AddStrongroom();
        builder.Services.AddBoard();
        builder.Services.AddJobs();
        builder.AddSignIn(serving: !quiet);
        builder.AddSignInPace();
        builder.AddShell();
        builder.Services.AddFeatures(builder.Configuration);
        builder.Services.AddRadzenComponents();
        builder.Services.AddHealthChecks().AddCheck<StrongroomHealth>("strongroom");

        ServiceGuard.RefuseUndeclared(builder.Services);
        var app = builder.Build();
        PageGuard.RefuseUndeclared(typeof(Portal).Assembly);

        app.UseShellErrors();
        app.UseSecurityHeaders();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseOwnPages();
        app.UseLock();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseOutputCache();
        // Only these are compressed: they are the same for everybody. Pages never are, because compressing what is secret together with
        // what a request brings in would tell the secret by its length (BREACH).
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapSignIn();
        app.MapDrafts();
        OutletDoor.Map(app);
        app.MapSchoolsImport();
        app.MapPolicy();
        app.MapStatistics();
        app.MapShell();
        return app;
    }
}

/// <summary>The folder of appsettings.json; relative paths in it start here.</summary>
internal sealed record SettingsFolder(string Path)
{
    public string Resolve(string path) => System.IO.Path.GetFullPath(path, Path);
}
