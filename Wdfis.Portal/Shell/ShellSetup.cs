using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
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
    /// <summary>The largest message over a circuit: text goes by HTTP (drafts), so that events and clicks are all there is.</summary>
    public const int MostMessageBytes = 32 * 1024;

    /// <summary>The largest request over HTTP.</summary>
    public const int MostRequestBytes = 2_000_000;

    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<ServiceIdentity>(builder.Configuration.GetSection("Service"));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A call cut off for three minutes finds its circuit again.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            options.DetailedErrors = false;
            // What one circuit may hold, and how many that were cut off wait: five for each of the council's few hundred colleagues at most.
            options.DisconnectedCircuitMaxRetained = 1_000;
            options.MaxBufferedUnacknowledgedRenderBatches = 10;
            options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
            // No state of a circuit that is over is kept: what was typed is a draft.
            options.PersistedCircuitInMemoryMaxRetained = 0;
        }).AddHubOptions(options =>
        {
            options.MaximumReceiveMessageSize = MostMessageBytes;
            options.MaximumParallelInvocationsPerClient = 1;
            options.StreamBufferCapacity = 1;
            options.EnableDetailedErrors = false;
            options.AddFilter<Sockets>();
        });
        builder.Services.AddHsts(options => (options.MaxAge, options.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // The schools register alone is larger, and says so itself.
            options.Limits.MaxRequestBodySize = MostRequestBytes;
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
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/trouble",
            CreateScopeForErrors = true,
            // What was wrong with the request, too large for instance, is not the portal's own trouble.
            StatusCodeSelector = trouble => trouble is BadHttpRequestException wrong ? wrong.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
    }

    /// <summary>Nothing from outside, no inline script, no framing; what a signed-in colleague sees is never kept by a browser or proxy.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: whoever answers for an error throws away what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
                "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["X-Permitted-Cross-Domain-Policies"] = "none";
            if (context.Response.ContentType == "text/plain")
                context.Response.ContentType = "text/plain; charset=utf-8";
            // Style sheets and scripts are the same for everybody.
            if (context.User.Identity?.IsAuthenticated == true && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next();
    });

    /// <summary>
    /// The circuits' hub listens to signed-in colleagues on the portal's own pages alone: no rule of the browser keeps another site's script
    /// from opening a WebSocket with a colleague's cookie, and no page for everybody needs a circuit.
    /// </summary>
    public static void UseOwnPages(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Upgrade.Count == 0)
            return next();
        var own = Uri.TryCreate(context.Request.Headers.Origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
        if (own && context.User.Identity?.IsAuthenticated == true)
            return next();
        context.Response.StatusCode = own ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    public static void MapShell(this WebApplication app) => app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
    {
        options.ContentSecurityFrameAncestorsPolicy = null; // the header above says it for every page
        // What is secret is not compressed together with what a request brings in; and each circuit's compressor would hold more memory than all else of it.
        options.DisableWebSocketCompression = true;
    });
}
