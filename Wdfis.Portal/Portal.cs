using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Radzen;
using Wdfis.Portal.Access;
using Wdfis.Portal.Shell;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal;

/// <summary>Builds and runs the portal; reads as a table of contents.</summary>
internal static class Portal
{
    public static async Task<int> Run(string[] args)
    {
        await using var app = Build(args);
        await app.Services.StartStrongroom();
        await app.StartAsync();
        Announcement.Write(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settingsFolder = builder.Configuration.AddTopLevelSettings(builder.Environment.ContentRootPath);
        builder.Configuration.RefuseMissing();
        builder.Services.AddSingleton(new SettingsFolder(settingsFolder));
        builder.Services.AddSingleton(TimeProvider.System);

        builder.Services.AddStrongroom();
        builder.AddSignIn();
        builder.AddShell();
        builder.Services.AddRadzenComponents();
        builder.Services.AddHealthChecks();

        var app = builder.Build();
        PageGuard.RefuseUndeclared(typeof(Portal).Assembly);

        app.UseShellErrors();
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapDevelopmentSignIn();
        app.MapShell();
        return app;
    }
}

/// <summary>The folder of appsettings.json; relative paths in it start here.</summary>
internal sealed record SettingsFolder(string Path)
{
    public string Resolve(string path) => System.IO.Path.GetFullPath(path, Path);
}
