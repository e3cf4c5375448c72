using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>Whether anybody may sign in as a synthetic colleague (<c>Access:DevelopmentSignIn</c>).</summary>
internal sealed record DevelopmentSignInSettings(bool On);

/// <summary>
/// Signing in as a synthetic colleague: exists only in Development, where the directory's sign-in is not set up, listens only on loopback, and
/// answers nobody whom a proxy forwarded.
/// </summary>
internal static class DevelopmentSignIn
{
    private const string Key = "Access:DevelopmentSignIn";

    /// <exception cref="StartRefused">Asked for outside Development.</exception>
    public static DevelopmentSignInSettings Read(IConfiguration configuration, IHostEnvironment environment, EntraSettings? entra)
    {
        var asked = configuration.GetValue<bool?>(Key);
        if (asked == true && !environment.IsDevelopment())
            throw new StartRefused($"{Key} is set, and this is not Development: nobody signs in without the directory here. Remove it.");
        return new DevelopmentSignInSettings(environment.IsDevelopment() && (asked ?? entra is null));
    }

    /// <summary>Every address that is listened on is loopback's.</summary>
    /// <exception cref="StartRefused">One is not.</exception>
    public static void RefuseOtherThanLoopback(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<DevelopmentSignInSettings>().On)
            return;
        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.Any(address => !BindingAddress.Parse(address).IsLoopback()))
            throw new StartRefused("The sign-in for Development listens only on loopback. Set Urls to http://localhost:5080, or set up AzureAd.");
    }

    private static bool IsLoopback(this BindingAddress address) =>
        address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.Keys.Any(header => header.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
            || header.StartsWith("X-Original", StringComparison.OrdinalIgnoreCase) || header.StartsWith("X-Real", StringComparison.OrdinalIgnoreCase)
            || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || header.Equals("Via", StringComparison.OrdinalIgnoreCase))
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        // What a proxy says nothing of, the browser does. (Also "null" is no address: the page asks for better.)
        && (context.Request.Headers.Origin.Count == 0 || Uri.TryCreate(context.Request.Headers.Origin, UriKind.Absolute, out var from) && from.IsLoopback);

    public static void MapDevelopmentSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<DevelopmentSignInSettings>().On)
            return;
        app.MapPost("/sign-in/development", async (HttpContext context, [FromForm] Guid colleague, [FromForm] string? to, [FromForm] bool? again, IColleagues colleagues, Sessions sessions) =>
        {
            if (!IsLocal(context))
                return Results.NotFound();
            if (await colleagues.Find(new ColleagueId(colleague)) is not { } found)
                return Results.Redirect("/sign-in");
            var former = SignIn.SessionOf(context.User);
            if (again == true && former is { } locked)
                return Results.LocalRedirect(await sessions.Again(locked, found, to));
            await context.SignInAsync(SignIn.PrincipalOf(found, await sessions.Begin(found, former)));
            return Results.LocalRedirect(SignIn.IsPlainPath(to) ? to! : "/");
        }).AllowAnonymous();
    }
}
