using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>What the handler needs beside the framework's own.</summary>
internal sealed class EntraOptions : OAuthOptions
{
    public EntraSettings Settings { get; set; } = default!;

    /// <summary>The directory's published addresses and keys, kept and renewed.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Published { get; set; } = default!;

    /// <summary>Checked when the settings were read; the framework's check knows no certificates, and addresses come from the directory.</summary>
    public override void Validate()
    {
    }
}

/// <summary>Why nobody was let in; <see cref="Code"/> is one of a few words that the sign-in page has a sentence for.</summary>
internal sealed class SignInRefusedException(string code, Exception? inner = null) : Exception($"Refused: {code}.", inner)
{
    public string Code { get; } = code;
}

/// <summary>
/// Signing in through the council's Microsoft Entra ID: authorisation code with PKCE, state and nonce on the framework's handler; the identity
/// token is checked for signature, issuer, audience, times, nonce, tenant and the one app role. It says who somebody is, and nothing else:
/// what they may do stands in the role table.
/// </summary>
internal sealed class EntraHandler(IOptionsMonitor<EntraOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<EntraOptions>(options, logger, encoder)
{
    public const string SchemeName = "entra", AgainKey = "again", FormerKey = "former", FreshKey = "fresh", ObjectId = "oid", TenantId = "tid", Name = "name";
    private const string NonceKey = "nonce", AskedKey = "asked";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    private EntraSettings Settings => Options.Settings;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            Options.AuthorizationEndpoint = (await Published()).AuthorizationEndpoint;
        }
        catch (SignInRefusedException refused)
        {
            Response.Redirect($"/sign-in?trouble={refused.Code}");
            return;
        }
        properties.Items[NonceKey] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        properties.Items[AskedKey] = TimeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var address = QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), "nonce", properties.Items[NonceKey]!);
        // At a locked screen, to open it or to sign in beside it, the directory asks for the password again; a session of its own is not enough.
        return properties.Items.ContainsKey(FreshKey) ? QueryHelpers.AddQueryString(address, "prompt", "login") : address;
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var endpoint = (await Published()).TokenEndpoint;
        var form = new Dictionary<string, string>
        {
            ["client_id"] = Settings.Client.ToString(),
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier))
            form[OAuthConstants.CodeVerifierKey] = verifier!;
        if (Settings.Certificate is { } certificate)
        {
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            form["client_assertion"] = Assertion(certificate, endpoint);
        }
        else
        {
            form["client_secret"] = Settings.Secret!;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await Backchannel.SendAsync(request, Context.RequestAborted);
            // What the directory says of a refusal can name people: it is not passed on.
            return answer.IsSuccessStatusCode
                ? OAuthTokenResponse.Success(await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(Context.RequestAborted), cancellationToken: Context.RequestAborted))
                : OAuthTokenResponse.Failed(new SignInRefusedException("code"));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or OperationCanceledException or JsonException)
        {
            return OAuthTokenResponse.Failed(new SignInRefusedException("unreachable", trouble));
        }
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var token = tokens.Response?.RootElement.TryGetProperty("id_token", out var text) == true ? text.GetString() : null;
        // A nonce serves once.
        properties.Items.Remove(NonceKey, out var nonce);
        var claims = await Check(token, nonce);
        if (properties.Items.ContainsKey(FreshKey) && !(claims.TryGetValue("auth_time", out var at)
                && long.TryParse(Convert.ToString(at, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var shown)
                && shown + (long)Skew.TotalSeconds >= long.Parse(properties.Items[AskedKey]!, CultureInfo.InvariantCulture)))
            throw new SignInRefusedException("not-fresh");
        foreach (var claim in (string[])[ObjectId, TenantId, Name])
            identity.AddClaim(new Claim(claim, claims.TryGetValue(claim, out var value) ? value as string ?? "" : ""));
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private async Task<IDictionary<string, object>> Check(string? token, string? nonce)
    {
        var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            // Keys that are not known are fetched again, so that the directory may change them at any time.
            ConfigurationManager = Options.Published,
            ValidIssuer = Settings.Issuer,
            ValidAudience = Settings.Client.ToString(),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => until > (TimeProvider.GetUtcNow() - Skew).UtcDateTime && (from is null || from <= (TimeProvider.GetUtcNow() + Skew).UtcDateTime),
        });
        if (!result.IsValid)
            throw new SignInRefusedException("token", result.Exception);
        string? One(string claim) => result.Claims.TryGetValue(claim, out var value) ? value as string : null;
        if (nonce is null || !CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(One("nonce") ?? ""), System.Text.Encoding.UTF8.GetBytes(nonce)))
            throw new SignInRefusedException("token");
        if (!Guid.TryParse(One(TenantId), out var tenant) || tenant != Settings.Tenant || !Guid.TryParse(One(ObjectId), out _))
            throw new SignInRefusedException("tenant");
        var roles = result.ClaimsIdentity.FindAll("roles").Select(claim => claim.Value);
        return roles.Contains(Settings.AppRole, StringComparer.Ordinal) ? result.Claims : throw new SignInRefusedException("role");
    }

    private string Assertion(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, string audience)
    {
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        return Tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Settings.Client.ToString(),
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = Settings.Client.ToString(), ["jti"] = Guid.NewGuid().ToString() },
            AdditionalHeaderClaims = new Dictionary<string, object> { ["x5t#S256"] = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) },
            SigningCredentials = new X509SigningCredentials(certificate, SecurityAlgorithms.RsaSsaPssSha256),
        });
    }

    private async Task<OpenIdConnectConfiguration> Published()
    {
        try
        {
            return await Options.Published.GetConfigurationAsync(Context.RequestAborted);
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException)
        {
            throw new SignInRefusedException("unreachable", trouble);
        }
    }
}

/// <summary>Registers the handler, and says what becomes of an answer.</summary>
internal static class Entra
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void AddEntra(this AuthenticationBuilder schemes, EntraSettings settings, bool development)
    {
        // Whoever finds an unknown key waits for the new ones, instead of being refused while they are fetched.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        schemes.Services.AddSingleton(settings);
        schemes.AddOAuth<EntraOptions, EntraHandler>(EntraHandler.SchemeName, options =>
        {
            options.Settings = settings;
            options.ClientId = settings.Client.ToString();
            options.CallbackPath = settings.CallbackPath;
            options.UsePkce = true;
            options.SaveTokens = false;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("profile");
            options.BackchannelTimeout = Patience;
            options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
            options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(15);
            // The answer is a plain navigation, for which Lax is enough; the prefix keeps other hosts of the council from setting it.
            options.CorrelationCookie.Name = development ? "wdfis-correlation." : "__Host-wdfis-correlation.";
            options.CorrelationCookie.Path = "/";
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            var http = new HttpDocumentRetriever(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience })
            {
                RequireHttps = settings.Instance.Scheme == Uri.UriSchemeHttps,
            };
            options.Published = new ConfigurationManager<OpenIdConnectConfiguration>($"{settings.Issuer}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), http)
            {
                // A second change of keys within minutes is followed too, and so is one after a token that was wrong.
                RefreshInterval = TimeSpan.FromSeconds(5),
            };
            options.Events.OnTicketReceived = Received;
            options.Events.OnRemoteFailure = Failed;
        });
    }

    public static void MapEntra(this WebApplication app)
    {
        if (app.Services.GetService<EntraSettings>() is null)
            return;
        app.MapGet("/sign-in/entra", (HttpContext context, string? to, bool? again, Sessions sessions) =>
        {
            var properties = new AuthenticationProperties { RedirectUri = SignIn.IsPlainPath(to) ? to : again == true ? "" : "/" };
            // The cookie does not come with the directory's answer, which leads here from another site.
            if (SignIn.SessionOf(context.User) is { } session)
            {
                properties.Items[again == true ? EntraHandler.AgainKey : EntraHandler.FormerKey] = session.ToString();
                if (again == true || sessions.Look(session).Standing == Standing.Locked)
                    properties.Items[EntraHandler.FreshKey] = "";
            }
            return Results.Challenge(properties, [EntraHandler.SchemeName]);
        }).AllowAnonymous();
    }

    /// <summary>The first lead and officer, before anybody can sign in.</summary>
    /// <exception cref="StartRefused">Nobody could assign anybody.</exception>
    public static async Task BeginColleagues(this IServiceProvider services)
    {
        if (services.GetService<EntraSettings>() is not { } settings)
            return;
        var table = services.GetRequiredService<ColleagueTable>();
        if (settings.First.Count == 2)
            await table.Begin(settings.Tenant.ToString(), settings.First);
        else if (!(await table.Today()).Any(colleague => colleague.May(Entitlement.KeepColleagues)))
            throw new StartRefused("Nobody could assign anybody. Set Access:FirstLead and Access:FirstOfficer to the object ids of two people in the directory.");
    }

    private static async Task Received(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var table = services.GetRequiredService<ColleagueTable>();
        var sessions = services.GetRequiredService<Sessions>();
        string Claim(string name) => context.Principal!.FindFirstValue(name) ?? "";
        var name = TypedText.Clean(Claim(EntraHandler.Name)) is { } shown && TypedText.Check("", shown) is null ? shown : "Colleague without a name";
        var id = await table.Arrived(Guid.Parse(Claim(EntraHandler.TenantId)).ToString(), Guid.Parse(Claim(EntraHandler.ObjectId)).ToString(), name);
        var colleague = await table.Find(id);
        SessionId? Session(string key) => context.Properties!.Items.TryGetValue(key, out var text) && Guid.TryParse(text, out var session) ? new SessionId(session) : null;
        if (Session(EntraHandler.AgainKey) is { } locked)
        {
            Go(context, await sessions.Again(locked, colleague ?? new Colleague(id, name, [], []), context.ReturnUri));
            return;
        }
        if (colleague is null)
        {
            await services.GetRequiredService<WriteLane>().Note(new Line(new Errand(new Colleague(id, name, [], []), Purpose.Unknown, ""), AuditAction.Refused, []) { Reason = RefusalReason.NotYourRole });
            Go(context, "/not-assigned");
            return;
        }
        // The cookie is not sent along a redirect that began at the directory (it is strict): the next page goes on from here.
        var to = $"/signed-in?to={Uri.EscapeDataString(SignIn.IsPlainPath(context.ReturnUri) ? context.ReturnUri! : "/")}";
        var former = Session(EntraHandler.FormerKey);
        // In each of ten tabs that a browser brought back the colleague signs in, and it is one session.
        if (former is { } open && sessions.Whose(open) == id && sessions.Look(open).Standing == Standing.Open)
        {
            Go(context, to);
            return;
        }
        context.Principal = SignIn.PrincipalOf(colleague, await sessions.Begin(colleague, former));
        context.Properties = new AuthenticationProperties();
        context.ReturnUri = to;
    }

    private static Task Failed(RemoteFailureContext context)
    {
        var code = context.Failure switch
        {
            SignInRefusedException refused => refused.Code,
            { InnerException: SignInRefusedException inner } => inner.Code,
            HttpRequestException => "unreachable",
            _ => "again",
        };
        context.HttpContext.RequestServices.GetRequiredService<ILogger<EntraHandler>>().LogWarning("A sign-in was refused: {Why} ({Trouble})", code,
            (context.Failure?.InnerException ?? context.Failure)?.GetType().Name);
        context.Response.Redirect($"/sign-in?trouble={code}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static void Go(TicketReceivedContext context, string to)
    {
        context.Response.Redirect(to);
        context.HandleResponse();
    }
}
