using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>
/// Signing in as a synthetic colleague: exists only in Development, and answers only a caller on loopback that no proxy forwarded.
/// </summary>
internal static class DevelopmentSignIn
{
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";

    public static void MapDevelopmentSignIn(this WebApplication app)
    {
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            return Results.Redirect("/sign-in");
        });
        if (!app.Environment.IsDevelopment())
            return;
        app.MapPost("/sign-in/development", async (HttpContext context, [FromForm] Guid colleague, [FromForm] string? to, IColleagues colleagues) =>
        {
            if (!IsLocal(context))
                return Results.NotFound();
            if (await colleagues.Find(new ColleagueId(colleague)) is not { } found)
                return Results.Redirect("/sign-in");
            await context.SignInAsync(SignIn.PrincipalOf(found));
            return Results.LocalRedirect(IsPlainPath(to) ? to! : "/");
        }).AllowAnonymous();
    }

    private static bool IsPlainPath(string? to) =>
        to is ['/', ..] && (to.Length == 1 || to[1] is not ('/' or '\\')) && !to.StartsWith("/sign-", StringComparison.Ordinal);
}
