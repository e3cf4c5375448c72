using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Wdfis.Portal.Access;

namespace Wdfis.Portal.Shell;

/// <summary>What the service is called and how to reach it, from the section <c>Service</c>.</summary>
internal sealed class ServiceIdentity
{
    public string Name { get; set; } = "";
    public string ShortName { get; set; } = "";
    public string Telephone { get; set; } = "";
    public string Email { get; set; } = "";
    public string Regulator { get; set; } = "";
    public string RegistrationNumber { get; set; } = "";
    public DateOnly? RegistrationExpiresOn { get; set; }
    public int RegistrationTier { get; set; } = 3;

    /// <summary>The registration with the regulator (R1); null while a number or a date is missing or cannot be one.</summary>
    public Wdfis.Domain.Policy.Registration? Registration => RegistrationExpiresOn is { } expires ? Wdfis.Domain.Policy.Registration.Create(RegistrationNumber, expires, RegistrationTier).Value : null;
}

internal static class ShellSetup
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<ServiceIdentity>(builder.Configuration.GetSection("Service"));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A call cut off for three minutes finds its circuit again.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            options.DetailedErrors = false;
        });
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = builder.Environment.IsDevelopment() ? "wdfis-form" : "__Host-wdfis-form";
            options.Cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    public static void UseShellErrors(this WebApplication app)
    {
        app.UseExceptionHandler("/trouble", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
    }

    /// <summary>Nothing from outside, no inline script, no framing; what a signed-in colleague sees is never kept by a browser or proxy.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
            "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        context.Response.OnStarting(() =>
        {
            if (context.User.Identity?.IsAuthenticated == true && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        await next();
    });

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    public static void MapShell(this WebApplication app) => app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        options.ContentSecurityFrameAncestorsPolicy = null); // the header above says it for every page
}
