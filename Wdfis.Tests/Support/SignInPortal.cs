using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Wdfis.Tests.Support;

/// <summary>
/// The portal in front of a real OpenID provider (oidc-provider, in Node) on loopback. Between them stands a proxy that passes everything on
/// as it is, unless a test asks it to alter the answers: what such a provider cannot do wrong by itself.
/// </summary>
public sealed partial class SignInPortal : IAsyncLifetime
{
    public const string Tenant = "11111111-1111-4111-8111-111111111111", OtherTenant = "99999999-9999-4999-8999-999999999999", Client = "22222222-2222-4222-8222-222222222222";

    private const string SecretiveClient = "55555555-5555-4555-8555-555555555555";
    private const string Secret = "a secret of the tests alone, long enough";
    private readonly HttpClient behind = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private RSA signing = RSA.Create(2048);
    private string keyId = "first";
    private WebApplication? proxy;
    private Process? provider;
    private PortalProcess? portal, secretive;
    private Uri? inner;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");

    /// <summary>A portal that shows itself to the provider with a secret instead of a certificate, and locks after twenty seconds; started when first asked for.</summary>
    internal async Task<PortalProcess> WithSecret()
    {
        if (secretive is null)
        {
            secretive = await PortalProcess.Start(null, [.. Settings(SecretiveClient), ("AzureAd__ClientSecret", Secret), ("Access__Sessions__Idle", "00:00:20")]);
            await StopProvider();
            await StartProvider();
        }
        return secretive;
    }

    /// <summary>Where somebody was led who signed in before the provider ever answered.</summary>
    public string BeforeItAnswered { get; private set; } = "";

    /// <summary>Alters the identity token's header and claims, which then are signed again; null leaves the provider's answer alone.</summary>
    public Action<JsonObject, JsonObject>? Alter { get; set; }

    /// <summary>The key that altered tokens are signed with; null for the provider's own.</summary>
    public RSA? SignWith { get; set; }

    /// <summary>Leaves the signature out.</summary>
    public bool Unsigned { get; set; }

    /// <summary>Sends each code to the provider twice and passes the second answer on.</summary>
    public bool Twice { get; set; }

    /// <summary>Cuts every connection to the token endpoint.</summary>
    public bool Down { get; set; }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        proxy = builder.Build();
        proxy.Run(Pass);
        await proxy.StartAsync();
        var certificate = Certificate();
        var pfx = Convert.ToBase64String(certificate.Export(X509ContentType.Pfx));
        portal = await PortalProcess.Start(null,
            [.. Settings(Client), ("AzureAd__ClientCertificates__0__SourceType", "Base64Encoded"), ("AzureAd__ClientCertificates__0__Base64EncodedValue", pfx)]);
        assertions = JsonWebKeyConverter.ConvertFromX509SecurityKey(new X509SecurityKey(certificate), representAsRsaKey: true);
        using (var early = new Visitor(Portal))
            BeforeItAnswered = (await early.Get("/sign-in/entra")).Headers.Location!.OriginalString;
        await StartProvider();
    }

    private (string Key, string Value)[] Settings(string client) =>
    [
        ("AzureAd__Instance", proxy!.Urls.First()), ("AzureAd__TenantId", Tenant), ("AzureAd__ClientId", client),
        ("Access__FirstLead", Person("lead")), ("Access__FirstOfficer", Person("officer")), ("Development__Families", "3"),
    ];

    private JsonWebKey? assertions;

    public async Task DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        if (secretive is not null)
            await secretive.DisposeAsync();
        await StopProvider();
        if (proxy is not null)
            await proxy.DisposeAsync();
        behind.Dispose();
        signing.Dispose();
    }

    /// <summary>The object id of one of the provider's people.</summary>
    public static string Person(string login) => $"33333333-3333-4333-8333-{login.Sum(letter => letter):d12}";

    /// <summary>As the directory does from time to time: another key, and the old one is published no more.</summary>
    public async Task RotateKeys()
    {
        await StopProvider();
        signing.Dispose();
        (signing, keyId) = (RSA.Create(2048), keyId + ", and another");
        await StartProvider();
    }

    public void AsItIs() => (Alter, SignWith, Unsigned, Twice, Down) = (null, null, false, false, false);

    internal static X509Certificate2 Certificate(int fromDay = -1, int untilDay = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=wdfis tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDay), DateTimeOffset.UtcNow.AddDays(untilDay));
    }

    private static JsonObject Known(string name, string login, bool role = true) =>
        new() { ["tid"] = Tenant, ["oid"] = Person(login), ["name"] = name, ["roles"] = role ? new JsonArray("Wdfis.Colleague") : new JsonArray() };

    private IEnumerable<JsonObject> Clients()
    {
        static JsonObject Registered(string client, PortalProcess on) => new()
        {
            ["client_id"] = client,
            ["redirect_uris"] = new JsonArray($"{on.Address}/signin-oidc"),
            ["grant_types"] = new JsonArray("authorization_code"),
            ["response_types"] = new JsonArray("code"),
            ["require_auth_time"] = true,
        };
        var certified = Registered(Client, Portal);
        certified["token_endpoint_auth_method"] = "private_key_jwt";
        certified["token_endpoint_auth_signing_alg"] = "PS256";
        certified["jwks"] = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["n"] = assertions!.N, ["e"] = assertions.E, ["kid"] = assertions.Kid }) };
        yield return certified;
        if (secretive is null)
            yield break;
        var other = Registered(SecretiveClient, secretive);
        other["token_endpoint_auth_method"] = "client_secret_post";
        other["client_secret"] = Secret;
        yield return other;
    }

    private async Task StartProvider()
    {
        var folder = Path.Combine(Checkout.Root, "Wdfis.Tests", "Provider");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "Run 'npm ci' in Wdfis.Tests/Provider; ./scripts/test.sh does.");
        var parameters = signing.ExportParameters(true);
        JsonObject Jwk() => new()
        {
            ["kty"] = "RSA",
            ["kid"] = keyId,
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["n"] = Text(parameters.Modulus),
            ["e"] = Text(parameters.Exponent),
            ["d"] = Text(parameters.D),
            ["p"] = Text(parameters.P),
            ["q"] = Text(parameters.Q),
            ["dp"] = Text(parameters.DP),
            ["dq"] = Text(parameters.DQ),
            ["qi"] = Text(parameters.InverseQ),
        };
        var settings = new JsonObject
        {
            ["issuer"] = $"{proxy!.Urls.First()}/{Tenant}/v2.0",
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwk()) },
            ["clients"] = new JsonArray([.. Clients()]),
            ["people"] = new JsonObject
            {
                ["lead"] = Known("Dilys Ackroyd", "lead"),
                ["officer"] = Known("Farah Iqbal", "officer"),
                ["newcomer"] = Known("Ash Whitaker", "newcomer"),
                ["outsider"] = Known("Glenn Hepworth", "outsider", role: false),
            },
        };
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("WDFIS_NODE") ?? "node", "provider.mjs") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PROVIDER"] = settings.ToJsonString();
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        provider = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Read(string? line)
        {
            said.Enqueue(line ?? "");
            if (line is not null && Listening().Match(line) is { Success: true } found)
                listening.TrySetResult(int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
        provider.OutputDataReceived += (_, e) => Read(e.Data);
        provider.ErrorDataReceived += (_, e) => Read(e.Data);
        provider.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The provider stopped: {string.Join('\n', said)}"));
        provider.Start();
        provider.BeginOutputReadLine();
        provider.BeginErrorReadLine();
        inner = new Uri($"http://127.0.0.1:{await listening.Task.WaitAsync(TimeSpan.FromSeconds(60))}");
    }

    private async Task StopProvider()
    {
        if (provider is null)
            return;
        provider.Kill();
        await provider.WaitForExitAsync();
        provider.Dispose();
        provider = null;
        inner = null;
    }

    private async Task Pass(HttpContext context)
    {
        var token = context.Request.Path.Value!.EndsWith("/token", StringComparison.Ordinal);
        if (inner is null || token && Down)
        {
            context.Abort();
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (token && Twice)
            (await behind.SendAsync(Request(context, body.ToArray()))).Dispose();
        using var answer = await behind.SendAsync(Request(context, body.ToArray()));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (token && Alter is not null && answer.IsSuccessStatusCode)
            bytes = Altered(bytes);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection" or "Keep-Alive")))
            context.Response.Headers[name] = values.ToArray();
        if (bytes.Length > 0)
            await context.Response.Body.WriteAsync(bytes);
    }

    private HttpRequestMessage Request(HttpContext context, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(inner!, context.Request.Path + context.Request.QueryString));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Content-Length" or "Transfer-Encoding" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        return request;
    }

    private byte[] Altered(byte[] answer)
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        var parts = json["id_token"]!.GetValue<string>().Split('.');
        var (header, claims) = (JsonNode.Parse(Base64UrlEncoder.Decode(parts[0]))!.AsObject(), JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!.AsObject());
        if (Unsigned)
            header["alg"] = "none";
        Alter!(header, claims);
        var text = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        json["id_token"] = $"{text}.{(Unsigned ? "" : Text((SignWith ?? signing).SignData(System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes!);

    [GeneratedRegex(@"^listening on (\d+)$")]
    private static partial Regex Listening();
}

/// <summary>Somebody with a browser of few words: follows redirects, keeps cookies, fills in the provider's form.</summary>
internal sealed partial class Visitor(PortalProcess portal) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? browser;

    private HttpClient client => browser ??= new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new Uri(portal.Address) };

    /// <summary>What the browser sends with each request now.</summary>
    public string Cookie => cookies.GetCookieHeader(new Uri(portal.Address));

    /// <summary>The address with which the provider last sent this visitor back.</summary>
    public string Callback { get; private set; } = "";

    public Task<HttpResponseMessage> Get(string address) => client.GetAsync(address);

    /// <summary>Signs in at the provider as one of its people; gives where the portal leads to.</summary>
    public async Task<string> SignIn(string login, string from = "/sign-in/entra", Func<string, string>? change = null)
    {
        var answer = await Get(from);
        var at = new Uri(change?.Invoke(answer.Headers.Location!.ToString()) ?? answer.Headers.Location!.ToString());
        for (var steps = 0; steps < 12; steps++)
        {
            if (at.GetLeftPart(UriPartial.Authority) == portal.Address)
            {
                Callback = at.ToString();
                return (await client.GetAsync(at)).Headers.Location!.OriginalString;
            }
            answer = await client.GetAsync(at);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                // Its form for signing in, or, for another person than before, the one that signs the first out.
                var page = await answer.Content.ReadAsStringAsync();
                var fields = Hidden().Matches(page).ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
                (fields["login"], fields["password"]) = (login, "any");
                answer = await client.PostAsync(new Uri(at, WebUtility.HtmlDecode(Form().Match(page).Groups[1].Value)), new FormUrlEncodedContent(fields));
            }
            at = new Uri(at, answer.Headers.Location ?? throw new InvalidOperationException($"{at}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"));
        }
        throw new InvalidOperationException($"The provider leads round and round: {at}");
    }

    /// <summary>What the desk answers: 200 to somebody who is signed in, a redirect to everybody else.</summary>
    public async Task<HttpStatusCode> Desk() => (await Get("/")).StatusCode;

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<form[^>]*action=\"([^\"]+)\"")]
    private static partial Regex Form();
}
