using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Wdfis.Tests.Support;

/// <summary>
/// A directory that lets everybody in at once, for measuring the portal's half of a sign-in: its codes say who and with which nonce, and its
/// tokens are signed like the real one's. Whether they are checked is for the tests against a real provider.
/// </summary>
internal sealed class CannedDirectory : IAsyncDisposable
{
    private const string Tenant = "11111111-1111-4111-8111-111111111111", Client = "22222222-2222-4222-8222-222222222222";

    /// <summary>Of its people, the one who may sign in before anybody was assigned.</summary>
    public const int FirstLead = 1_000_001;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly RSA key = RSA.Create(2048);
    private readonly WebApplication app;

    private CannedDirectory(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        app = builder.Build();
        app.MapGet($"/{Tenant}/v2.0/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
        }));
        app.MapGet($"/{Tenant}/v2.0/keys", () => key.ExportParameters(false) is var published
            ? Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "bench", n = Base64UrlEncoder.Encode(published.Modulus), e = Base64UrlEncoder.Encode(published.Exponent) } } }) : null);
        app.MapPost($"/{Tenant}/v2.0/token", async (HttpContext context) => await context.Request.ReadFormAsync() is var form ? Answer(form["code"].ToString().Split('.'), form["code_verifier"].ToString()) : null);
    }

    private string Issuer => $"{app.Urls.First()}/{Tenant}/v2.0";

    /// <summary>What the portal has to be told of it.</summary>
    public (string, string)[] Settings =>
    [
        ("AzureAd__Instance", app.Urls.First()), ("AzureAd__TenantId", Tenant), ("AzureAd__ClientId", Client), ("AzureAd__ClientSecret", "of the bench alone"),
        ("Access__FirstLead", Person(FirstLead)), ("Access__FirstOfficer", Person(FirstLead + 1)),
    ];

    public static string TenantId => Tenant;

    /// <summary>With a certificate, over TLS.</summary>
    public static async Task<CannedDirectory> Start(X509Certificate2? certificate = null)
    {
        var directory = new CannedDirectory(certificate);
        await directory.app.StartAsync();
        return directory;
    }

    /// <summary>The object id of one of its people.</summary>
    public static string Person(int number) => $"44444444-4444-4444-8444-{number:d12}";

    /// <summary>Signs somebody in as a browser would: to the directory, which sends them back at once, and in with what it sent. Gives the session's cookie, and each cookie as it was set.</summary>
    public static async Task<(string Cookie, string[] Set, TimeSpan Took)> SignIn(string portal, int person, HttpClient? http = null)
    {
        http ??= Http;
        var began = Stopwatch.GetTimestamp();
        using var sent = await http.GetAsync($"{portal}/sign-in/entra");
        var asked = QueryHelpers.ParseQuery(sent.Headers.Location is { IsAbsoluteUri: true } to ? to.Query : throw new InvalidOperationException($"{sent.StatusCode} {sent.Headers.Location}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{portal}/signin-oidc?code={person}.{asked["nonce"]}.{asked["code_challenge"]}&state={Uri.EscapeDataString(asked["state"].ToString())}");
        request.Headers.Add("Cookie", string.Join("; ", Cookies(sent).Select(Pair)));
        using var signedIn = await http.SendAsync(request);
        return Cookies(signedIn).FirstOrDefault(cookie => cookie.StartsWith("wdfis=", StringComparison.Ordinal) || cookie.StartsWith("__Host-wdfis=", StringComparison.Ordinal)) is { } session
            ? (Pair(session), [.. Cookies(sent), .. Cookies(signedIn)], Stopwatch.GetElapsedTime(began))
            : throw new InvalidOperationException($"{signedIn.StatusCode} {signedIn.Headers.Location}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private static string Pair(string cookie) => cookie.Split(';')[0];

    private static string[] Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var all) ? [.. all] : [];

    private IResult Answer(string[] code, string verifier)
    {
        if (Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier))) != code[2])
            return Results.BadRequest();
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Client,
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["nonce"] = code[1], ["tid"] = Tenant, ["oid"] = Person(int.Parse(code[0], System.Globalization.CultureInfo.InvariantCulture)), ["name"] = "Bench Colleague", ["roles"] = new[] { "Wdfis.Colleague" } },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key) { KeyId = "bench" }, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { token_type = "Bearer", access_token = "none", id_token = token });
    }
}
