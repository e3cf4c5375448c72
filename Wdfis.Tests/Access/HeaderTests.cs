using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Portal.Shell;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access;

/// <summary>What every answer carries and what no request may exceed, asked of every endpoint that the portal has by real requests.</summary>
[Collection(nameof(Chromium))]
public sealed partial class HeaderTests(Chromium chromium) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HttpClient Client(bool signedIn = true) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = signedIn ? cookies : new CookieContainer() }) { BaseAddress = new Uri(chromium.Portal.Address) };

    private Task<HttpClient> SignedIn() => chromium.Portal.SignedIn(cookies);

    /// <summary>Every endpoint, as the portal itself lists them.</summary>
    internal static IReadOnlyList<RouteEndpoint> Built()
    {
        using var app = Wdfis.Portal.Portal.Build(["--environment=Development", $"--contentRoot={Checkout.PortalFolder}", "--applicationName=Wdfis.Portal"], dataFolder: Path.Combine(Path.GetTempPath(), "wdfis-never-started"));
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>One of its methods, and an address that can be asked for.</summary>
    internal static (HttpMethod Method, string Path) Address(RouteEndpoint endpoint) => (new HttpMethod((endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])[0]),
        "/" + Parameter().Replace(endpoint.RoutePattern.RawText!, "01234567-89ab-7def-8123-456789abcdef").TrimStart('/'));

    private static List<(HttpMethod Method, string Path, bool Asset)> Endpoints() =>
        [.. Built()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && !path.Contains("{*", StringComparison.Ordinal) && !path.EndsWith(".gz", StringComparison.Ordinal) && !path.EndsWith(".br", StringComparison.Ordinal))
            .Select(endpoint => (Address(endpoint).Method, Address(endpoint).Path, endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null))
            .Distinct().OrderBy(endpoint => endpoint.Item2 == "/sign-out").ThenBy(endpoint => endpoint.Item2, StringComparer.Ordinal)];

    [Fact]
    public async Task Answers_OfEveryEndpoint_CarryThePolicyAndAreKeptNowhereOnceSignedIn()
    {
        var endpoints = Endpoints();
        Assert.True(endpoints.Count(endpoint => !endpoint.Asset) > 80, $"{endpoints.Count} endpoints only.");
        using var inside = await SignedIn();
        using var outside = Client(signedIn: false);
        var faults = new List<string>();
        foreach (var (method, path, asset) in endpoints)
        {
            foreach (var client in (HttpClient[])[outside, inside])
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(method, path), HttpCompletionOption.ResponseHeadersRead);
                string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
                void Expect(string name, string value)
                {
                    if (Header(name) != value)
                        faults.Add($"{method} {path} ({(client == inside ? "signed in" : "from outside")}, {(int)answer.StatusCode}): {name} is {Header(name)}");
                }
                Expect("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'");
                Expect("X-Content-Type-Options", "nosniff");
                Expect("X-Frame-Options", "DENY");
                Expect("Referrer-Policy", "no-referrer");
                Expect("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
                Expect("Cross-Origin-Opener-Policy", "same-origin");
                Expect("Cross-Origin-Resource-Policy", "same-origin");
                Expect("X-Permitted-Cross-Domain-Policies", "none");
                Expect("Server", "");
                if (client == inside && !asset && !Header("Cache-Control").Contains("no-store", StringComparison.Ordinal))
                    faults.Add($"{method} {path} ({(int)answer.StatusCode}): a browser may keep it: {Header("Cache-Control")}");
                if (path == "/sign-out" && client == inside)
                    Expect("Clear-Site-Data", "\"cache\", \"storage\"");
                if (answer.Content.Headers.ContentType is { MediaType: "text/html" or "text/plain" or "text/csv", CharSet: not "utf-8" })
                    faults.Add($"{method} {path}: {answer.Content.Headers.ContentType} without its character set.");
                if ((int)answer.StatusCode >= 500)
                    faults.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Message_LargerThanTheLimit_ClosesItsConnectionAndNoOther()
    {
        using var client = await SignedIn();
        await using var other = await HubWire.Connect(chromium.Portal, cookies);
        await using var wire = await HubWire.Connect(chromium.Portal, cookies);
        await wire.Message(HubWire.Call(new string('x', 200), "id"));
        Assert.True(await wire.Answers());
        Assert.True(await other.Answers());
        await wire.Message(new byte[ShellSetup.MostMessageBytes + 1]);
        Assert.False(await wire.Answers());
        Assert.True(await other.Answers());
    }

    [Fact]
    public async Task Request_LargerThanTheLimit_IsRefusedInWordsWhereSomebodyTypes()
    {
        using var client = await SignedIn();
        foreach (var size in (int[])[1_500_000, ShellSetup.MostRequestBytes + 1])
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/drafts/01234567-89ab-7def-8123-456789abcdef") { Content = new ByteArrayContent(new byte[size]) };
            request.Headers.Add("X-Wdfis-Draft", "1");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Contains("too long to be kept", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        foreach (var (size, status) in ((int, HttpStatusCode)[])[(ShellSetup.MostRequestBytes, HttpStatusCode.Redirect), (ShellSetup.MostRequestBytes + 1, HttpStatusCode.RequestEntityTooLarge)])
        {
            // The token stands in the header: otherwise the form is read for it, and what is wrong with it is said otherwise.
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/development") { Content = new StringContent("colleague=01234567-89ab-7def-8123-456789abcdef&to=".PadRight(size, 'x'), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded") };
            request.Headers.Add("RequestVerificationToken", await client.FormToken("/sign-in"));
            using var answer = await client.SendAsync(request);
            Assert.Equal((size, status), (size, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Session_Ended_IsClearedFromTheBrowserAtItsNextRequest()
    {
        using var client = await SignedIn();
        var cookie = cookies.GetCookieHeader(new Uri(chromium.Portal.Address));
        using var elsewhere = Client(signedIn: false);
        elsewhere.DefaultRequestHeaders.Add("Cookie", cookie);
        (await elsewhere.PostAsync("/sign-out", null)).Dispose();
        using var answer = await client.GetAsync("/");
        Assert.Equal("/sign-in", new Uri(client.BaseAddress!, answer.Headers.Location!).AbsolutePath);
        Assert.Equal("\"cache\", \"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        Assert.StartsWith("wdfis=;", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    /// <summary>As the council runs it: TLS, its own name, the directory; nothing of Development.</summary>
    [Fact]
    public async Task Production_SendsCookiesOfItsOwnHostAlone_AndSlowsAFloodOfSignIns()
    {
        var pfx = Path.Combine(folder, "tls.pfx");
        using var certificate = X509CertificateLoader.LoadPkcs12(SignInPortal.Certificate().Export(X509ContentType.Pfx), null);
        await File.WriteAllBytesAsync(pfx, certificate.Export(X509ContentType.Pfx));
        var pem = Path.Combine(folder, "tls.pem");
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        await using var directory = await CannedDirectory.Start(certificate);
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        await using var portal = await PortalProcess.Start(data, [("ASPNETCORE_ENVIRONMENT", "Production"), ("Urls", "https://127.0.0.1:0"), ("AllowedHosts", "wdfis.example.org"),
            ("Kestrel__Certificates__Default__Path", pfx), ("SSL_CERT_FILE", pem), ("Access__SignInsASecond", "1"), .. directory.Settings]);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
        {
            BaseAddress = new Uri(portal.Address.Replace("http:", "https:", StringComparison.Ordinal)),
            DefaultRequestHeaders = { Host = "wdfis.example.org" },
        };
        Task<HttpResponseMessage> Get(string path) => client.GetAsync(path);
        using var page = await Get("/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.DoesNotContain("/sign-in/development", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The one that waits for the directory's answer, taken back when it comes, and the session's.
        var set = (await CannedDirectory.SignIn(client.BaseAddress!.ToString().TrimEnd('/'), CannedDirectory.FirstLead, client)).Set;
        Assert.Single(set, CorrelationCookie().IsMatch);
        Assert.Single(set, SessionCookie().IsMatch);
        Assert.All(set, cookie => Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal));

        // Two at once and one a second: of thirty at once some are turned away, and nothing else is.
        var flood = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Get("/sign-in/entra")));
        Assert.Contains(flood, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var turned = flood.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains("Wait a few seconds", await turned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(turned.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await Get("/sign-in")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "localhost" } })).StatusCode);
    }

    [GeneratedRegex("^__Host-wdfis=[^;]{100,}; path=/; secure; samesite=strict; httponly$")]
    private static partial Regex SessionCookie();

    [GeneratedRegex("^__Host-wdfis-correlation\\.[^;]+=N; expires=[^;]+; path=/; secure; samesite=lax; httponly$")]
    private static partial Regex CorrelationCookie();

    [Fact]
    public async Task Window_InWhichThePolicyIsViolated_FailsItsTest()
    {
        var window = await chromium.Open();
        await window.Page.GotoAsync("/policy");
        await window.Page.EvaluateAsync("() => { const planted = document.createElement('script'); planted.textContent = '1'; document.head.append(planted); }");
        await Assert.ThrowsAnyAsync<Exception>(async () => await window.DisposeAsync());
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

}
