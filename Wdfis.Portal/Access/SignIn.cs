using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>The cookie, its one claim, and the policies read from the role table.</summary>
internal static class SignIn
{
    /// <summary>The claim that carries the colleague's id; everything else is looked up in the role table.</summary>
    public const string ColleagueClaim = "wdfis:colleague";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
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
            });
        builder.Services.AddAuthorization(options =>
        {
            foreach (var entitlement in Enum.GetValues<Entitlement>())
                options.AddPolicy(RequiresAttribute.PolicyOf(entitlement), policy => policy.AddRequirements(new EntitlementRequirement(entitlement)));
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });
        builder.Services.AddSingleton<IColleagues, ColleagueTable>();
        builder.Services.AddDataProtection().SetApplicationName("wdfis");
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<KeyManagementOptions>, SealedRingSetup>();
        builder.Services.AddScoped<IAuthorizationHandler, EntitlementHandler>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<CircuitName>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitName>());
        builder.Services.AddScoped<Errands>();
    }

    public static ClaimsPrincipal PrincipalOf(Colleague colleague) =>
        new(new ClaimsIdentity([new Claim(ColleagueClaim, colleague.Id.ToString())], CookieAuthenticationDefaults.AuthenticationScheme));

    public static ColleagueId? ColleagueOf(ClaimsPrincipal? principal) =>
        principal?.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ColleagueClaim), out var id)
            ? new ColleagueId(id)
            : null;
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

/// <summary>A short random name for one circuit, so that the audit log can tell windows apart without an address.</summary>
internal sealed class CircuitName : CircuitHandler
{
    public string Value { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
}

/// <summary>Somebody is not signed in, or no longer assigned to WDFIS.</summary>
internal sealed class NotAssignedException() : Exception("You are not assigned to WDFIS today. Ask your team lead.");
