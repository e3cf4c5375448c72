using System.Net;
using System.Net.WebSockets;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access;

/// <summary>What a browser could say to the circuits' hub if it were not the portal's own script that speaks there.</summary>
[Collection(nameof(Chromium))]
public class ForgedHubTests(Chromium chromium)
{
    private const string Forged = """{"type":"server","key":{"locationHash":"x","formattedComponentKey":""},"sequence":0,"descriptor":"CfDJ8ForgedForgedForged","prerenderId":null}""";

    private readonly CookieContainer cookies = new();

    [Fact]
    public async Task Hub_WithoutACookie_OrFromAnotherSitesPage_IsNotReached()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => HubWire.Connect(chromium.Portal, new CookieContainer()));
        using var client = await chromium.Portal.SignedIn(cookies);
        foreach (var origin in (string[])["https://evil.example.org", "null", "http://localhost:1", chromium.Portal.Address + ".example.org"])
        {
            await Assert.ThrowsAsync<WebSocketException>(() => HubWire.Connect(chromium.Portal, cookies, origin: origin));
            using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
            negotiate.Headers.TryAddWithoutValidation("Origin", origin);
            using var answer = await client.SendAsync(negotiate);
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{origin}: {answer.StatusCode}");
        }
        await using var own = await HubWire.Connect(chromium.Portal, cookies);
        Assert.True(await own.Answers());
    }

    [Fact]
    public async Task Hub_AskedToCompress_DoesNot()
    {
        using var client = await chromium.Portal.SignedIn(cookies);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Origin", chromium.Portal.Address);
        await socket.ConnectAsync(new Uri(chromium.Portal.Address.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), default);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", socket.HttpResponseHeaders!.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Hub_ForgedEventsOfAColleague_AreRefusedWithoutAWord_AndOtherCircuitsGoOn()
    {
        using var client = await chromium.Portal.SignedIn(cookies);
        await using var other = await HubWire.Connect(chromium.Portal, cookies);
        var (address, page) = (chromium.Portal.Address + "/", chromium.Portal.Address + "/families");
        Assert.Contains("a1", await other.Ask("StartCircuit", address, page, "[]", ""), StringComparison.Ordinal);

        // Before there is a circuit, with components that nobody offered, and with a circuit that is none.
        foreach (var (method, arguments) in new (string, object?[])[]
        {
            ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, "[]"]),
            ("OnLocationChanged", [page, null, false]),
            ("StartCircuit", [address, page, $"[{Forged}]", ""]),
            ("StartCircuit", ["not an address", page, "[]", ""]),
            ("ConnectCircuit", ["CfDJ8ForgedForgedForged"]),
        })
        {
            await using var wire = await HubWire.Connect(chromium.Portal, cookies);
            Silent(await wire.Ask(method, arguments));
            Assert.True(await other.Answers(), method);
        }

        // In a circuit of one's own: methods and objects that were never offered, events of nothing, a second circuit.
        foreach (var (method, arguments) in new (string, object?[])[]
        {
            ("BeginInvokeDotNetFromJS", ["1", "Wdfis.Portal", "Open", 0L, "[]"]),
            ("BeginInvokeDotNetFromJS", ["1", "System.Private.CoreLib", "ReadAllText", 0L, """["/etc/passwd"]"""]),
            ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 999L, """[{"eventHandlerId":1,"eventName":"click"},{}]"""]),
            ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, """[{"eventHandlerId":424242,"eventName":"click","eventFieldInfo":null},{"type":"click"}]"""]),
            ("UpdateRootComponents", [$$"""{"batchId":1,"operations":[{"type":"add","ssrComponentId":1,"marker":{{Forged}}}]}""", ""]),
            ("EndInvokeJSFromDotNet", [77L, true, "[77,true,null]"]),
            ("OnRenderCompleted", [424242L, null]),
            ("StartCircuit", [address, page, "[]", ""]),
        })
        {
            await using var wire = await HubWire.Connect(chromium.Portal, cookies);
            Assert.NotNull(await wire.Ask("StartCircuit", address, page, "[]", ""));
            Silent(await wire.Ask(method, arguments));
            Silent(await wire.Ask("NobodyOffersThis"));
            Assert.True(await other.Answers(), method);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    // Neither what failed inside nor anything that is kept.
    private static void Silent(string? heard)
    {
        foreach (var leak in (string[])["   at ", "Wdfis.Portal.", "root:", " System.", "Testowska"])
            Assert.DoesNotContain(leak, heard ?? "", StringComparison.Ordinal);
    }
}
