using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;

namespace Wdfis.Portal.Access;

/// <summary>The cookie with its two claims, the ways in and out, the lock, and the policies read from the role table.</summary>
internal static class SignIn
{
    /// <summary>The claim that carries the colleague's id; everything else is looked up in the role table.</summary>
    public const string ColleagueClaim = "wdfis:colleague";

    /// <summary>The claim that carries the session's id.</summary>
    public const string SessionClaim = "wdfis:session";

    /// <param name="builder">The portal's.</param>
    /// <param name="serving">False for verbs: nobody signs in, and nothing has to be set up for it.</param>
    public static void AddSignIn(this WebApplicationBuilder builder, bool serving)
    {
        var development = builder.Environment.IsDevelopment();
        var entra = serving ? EntraSettings.Read(builder.Configuration, builder.Environment) : null;
        builder.Services.AddSingleton(DevelopmentSignIn.Read(builder.Configuration, builder.Environment, entra));
        var schemes = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                // A __Host- cookie needs TLS, which the Development listener on loopback has not.
                options.Cookie.Name = development ? "wdfis" : "__Host-wdfis";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.Cookie.SecurePolicy = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.SlidingExpiration = false;
                options.LoginPath = "/sign-in";
                options.AccessDeniedPath = "/refused";
                options.ReturnUrlParameter = "to";
                options.Events.OnValidatePrincipal = async context =>
                {
                    var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
                    if (SessionOf(context.Principal) is { } id && sessions.Look(id).Standing != Standing.Ended)
                        return;
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync();
                };
                // A window is led to a page; a script that keeps what is being typed is told in words.
                options.Events.OnRedirectToLogin = context => Lead(context, Features.Drafts.DraftEndpoint.SignedOut);
                options.Events.OnRedirectToAccessDenied = context => Lead(context, Features.Drafts.DraftEndpoint.NotTyped);
                // Not "cookies": that would clear those of every other site under the council's name too.
                options.Events.OnSigningOut = context =>
                {
                    context.HttpContext.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
                    return Task.CompletedTask;
                };
            });
        if (entra is not null)
            schemes.AddEntra(entra, development);
        builder.Services.AddAuthorization(options =>
        {
            foreach (var entitlement in Enum.GetValues<Entitlement>())
                options.AddPolicy(RequiresAttribute.PolicyOf(entitlement), policy => policy.AddRequirements(new EntitlementRequirement(entitlement)));
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });
        builder.Services.AddSingleton<ColleagueTable>();
        builder.Services.AddSingleton<IColleagues>(services => services.GetRequiredService<ColleagueTable>());
        builder.Services.AddSingleton(SessionLimits.Read(builder.Configuration));
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddSingleton<Sockets>();
        builder.Services.AddSingleton<Circuits>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Circuits>());
        builder.Services.AddDataProtection().SetApplicationName("wdfis");
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<KeyManagementOptions>, SealedRingSetup>();
        builder.Services.AddScoped<IAuthorizationHandler, EntitlementHandler>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<CircuitName>();
        builder.Services.AddScoped<CircuitHandler, CircuitWatch>();
        builder.Services.AddScoped<Errands>();
    }

    /// <summary>A locked session gets no page and no answer, but what it needs to be opened again and to keep what was typed.</summary>
    public static void UseLock(this WebApplication app)
    {
        var sessions = app.Services.GetRequiredService<Sessions>();
        app.Use(async (context, next) =>
        {
            if (SessionOf(context.User) is { } id && sessions.Look(id).Standing == Standing.Locked && !GoesOn(context))
            {
                if (HttpMethods.IsGet(context.Request.Method))
                    context.Response.Redirect($"/sign-in?again=true&to={Uri.EscapeDataString(context.Request.Path)}");
                else
                    context.Response.StatusCode = StatusCodes.Status423Locked;
                return;
            }
            await next();
        });
    }

    // A circuit's own acts wait for the lock in Errands.
    private static bool GoesOn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || context.Request.Path.StartsWithSegments("/_blazor") || context.Request.Path.StartsWithSegments("/drafts")
        || context.Request.Path == "/session" || context.Request.Path == "/sign-out";

    public static void MapSignIn(this WebApplication app)
    {
        // How the session stands, for the script that covers the screen; a POST is a sign of the colleague. A page says of which session it
        // is: by now the browser's cookie may be another colleague's, who must not uncover it.
        app.MapMethods("/session", ["GET", "POST"], (HttpContext context, string? of, Sessions sessions) =>
        {
            var id = SessionOf(context.User)!.Value;
            if (of is not null && of != MarkOf(context.User))
                return Results.StatusCode(StatusCodes.Status401Unauthorized);
            if (HttpMethods.IsPost(context.Request.Method))
                sessions.Active(id);
            var (standing, left) = sessions.Look(id);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Locks-In"] = ((long)left.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Results.StatusCode(standing == Standing.Open ? StatusCodes.Status204NoContent : StatusCodes.Status423Locked);
        }).WithMetadata(new Microsoft.AspNetCore.Mvc.SkipStatusCodePagesAttribute());
        app.MapPost("/sign-out", async (HttpContext context, Sessions sessions, IColleagues colleagues) =>
        {
            if (SessionOf(context.User) is { } id && sessions.Whose(id) is { } whose)
                await sessions.End(id, await colleagues.Find(whose) ?? new Colleague(whose, "", [], []));
            await context.SignOutAsync();
            return Results.Redirect("/sign-in");
        });
        app.MapDevelopmentSignIn();
        app.MapEntra();
    }

    private static Task Lead(RedirectContext<CookieAuthenticationOptions> context, IResult words)
    {
        if (HttpMethods.IsPut(context.Request.Method))
            return words.ExecuteAsync(context.HttpContext);
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>Opens the locked session of this browser to the colleague who has just shown who they are; gives where to go on.</summary>
    public static async Task<string> Again(this Sessions sessions, SessionId id, Colleague who, string? to) =>
        await sessions.Unlock(id, who) ? IsPlainPath(to) ? to! : "/signed-in?again=true" : "/sign-in?again=true&trouble=somebody-else";

    /// <summary>A path of this portal, and not of its sign-in.</summary>
    public static bool IsPlainPath(string? to) =>
        to is ['/', ..] && (to.Length == 1 || to[1] is not ('/' or '\\')) && !to.StartsWith("/sign", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl);

    public static ClaimsPrincipal PrincipalOf(Colleague colleague, SessionId session = default) =>
        new(new ClaimsIdentity([new Claim(ColleagueClaim, colleague.Id.ToString()), new Claim(SessionClaim, session.ToString())], CookieAuthenticationDefaults.AuthenticationScheme));

    public static ColleagueId? ColleagueOf(ClaimsPrincipal? principal) => Claimed(principal, ColleagueClaim) is { } id ? new ColleagueId(id) : null;

    public static SessionId? SessionOf(ClaimsPrincipal? principal) => Claimed(principal, SessionClaim) is { } id ? new SessionId(id) : null;

    /// <summary>What a page says of the session that it was loaded in, without saying its id.</summary>
    public static string? MarkOf(ClaimsPrincipal? principal) => SessionOf(principal) is { } id ? Convert.ToHexStringLower(SHA256.HashData(id.ToBytes()), 0, 16) : null;

    private static Guid? Claimed(ClaimsPrincipal? principal, string claim) =>
        principal?.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}

internal sealed record EntitlementRequirement(Entitlement Entitlement) : IAuthorizationRequirement;

internal sealed class EntitlementHandler(IColleagues colleagues) : AuthorizationHandler<EntitlementRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, EntitlementRequirement requirement)
    {
        if (SignIn.ColleagueOf(context.User) is { } id && await colleagues.Find(id) is { } colleague && colleague.May(requirement.Entitlement))
            context.Succeed(requirement);
    }
}

/// <summary>Somebody is not signed in, or no longer assigned to WDFIS.</summary>
internal sealed class NotAssignedException() : Exception("You are not assigned to WDFIS today. Ask your team lead.");
