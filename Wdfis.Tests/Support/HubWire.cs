using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Tests.Support;

/// <summary>
/// A connection to the circuits' hub without a browser: says what it is told to, well formed or not, and hears whether it is still listened to.
/// </summary>
internal sealed partial class HubWire : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource over = new();
    private int asked;

    /// <summary>Connects with a colleague's cookies, and shakes hands unless the handshake is the test's own.</summary>
    public static async Task<HubWire> Connect(PortalProcess portal, CookieContainer cookies, byte[]? handshake = null, string? origin = null)
    {
        var wire = new HubWire();
        wire.over.CancelAfter(TimeSpan.FromSeconds(60));
        wire.socket.Options.Cookies = cookies;
        wire.socket.Options.SetRequestHeader("Origin", origin ?? portal.Address);
        await wire.socket.ConnectAsync(new Uri(portal.Address.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), wire.over.Token);
        await wire.Raw(handshake ?? Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        return wire;
    }

    /// <summary>Bytes as they are; false when nobody takes them any more.</summary>
    public async Task<bool> Raw(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, over.Token);
            return true;
        }
        catch (Exception closed) when (closed is WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>One message of the hub's protocol: its length, then what it is.</summary>
    public Task<bool> Message(ReadOnlySpan<byte> message) => Raw(Framed(message));

    /// <summary>True when the hub still answers here, within the time if one is given; false when it has closed the connection. No answer in time closes it from here.</summary>
    public async Task<bool> Answers(TimeSpan? within = null) => await Ask(within, "NobodyOffersThis") is not null;

    /// <summary>Everything that the hub said until it had answered, as text; null when it has closed the connection.</summary>
    public Task<string?> Ask(string method, params object?[] arguments) => Ask(null, method, arguments);

    private async Task<string?> Ask(TimeSpan? within, string method, params object?[] arguments)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        late.CancelAfter(within ?? Timeout.InfiniteTimeSpan);
        var id = $"a{++asked}";
        if (!await Message(Call(method, id, arguments)))
            return null;
        var heard = new List<byte>();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer, late.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                    return null;
                heard.AddRange(buffer.AsSpan(0, got.Count));
                if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(heard).IndexOf(Encoding.UTF8.GetBytes(id)) >= 0)
                    return Encoding.UTF8.GetString([.. heard]);
            }
        }
        catch (Exception closed) when (closed is WebSocketException or IOException || closed is OperationCanceledException && within is not null)
        {
            return null;
        }
    }

    /// <summary>Returns when the portal has closed the connection; throws when it does not within a minute.</summary>
    public async Task Closed()
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, over.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        over.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static partial class SigningIn
{
    /// <summary>The synthetic colleague of a role.</summary>
    public static ColleagueId Colleague(this Role role) => new(new Guid("00000000-0000-7000-8000-0000000000" + role switch
    {
        Role.Adviser => "11",
        Role.TeamLead => "14",
        Role.InformationGovernance => "16",
        Role.Manager => "17",
    }));

    /// <summary>A client without a browser, signed in as the synthetic colleague of a role.</summary>
    public static async Task<HttpClient> SignedIn(this PortalProcess portal, CookieContainer cookies, Role role = Role.TeamLead)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = cookies }) { BaseAddress = new Uri(portal.Address) };
        await client.SignIn(role);
        return client;
    }

    /// <summary>Signs in, or in again to a session that is locked.</summary>
    public static async Task SignIn(this HttpClient client, Role role, bool again = false)
    {
        using var answer = await client.PostAsync("/sign-in/development", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["colleague"] = role.Colleague().ToString(),
            ["again"] = again ? "true" : "false",
            ["__RequestVerificationToken"] = await client.FormToken(again ? "/sign-in?again=true" : "/sign-in"),
        }));
        Assert.Equal(again ? "/signed-in?again=true" : "/", answer.Headers.Location?.OriginalString);
    }

    /// <summary>What a form of the page proves with that it is the portal's own.</summary>
    public static async Task<string> FormToken(this HttpClient client, string page) => Token().Match(await client.GetStringAsync(page)).Groups[1].Value;

    /// <summary>Where the desk leads whoever comes with a cookie; null when they may stay.</summary>
    public static async Task<string?> Led(this PortalProcess portal, string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, portal.Address + "/") { Headers = { { "Cookie", cookie } } };
        using var answer = await client.SendAsync(request);
        return answer.Headers.Location is { } to ? new Uri(request.RequestUri!, to).PathAndQuery : null;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
