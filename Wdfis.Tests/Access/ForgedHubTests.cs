using System.Net;
using System.Net.WebSockets;
using System.Text;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Browser;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access;

/// <summary>What a browser could say to the circuits' hub if it were not the portal's own script that speaks there.</summary>
[Collection(nameof(Chromium))]
public class ForgedHubTests(Chromium chromium, HastyPortal hasty) : IClassFixture<HastyPortal>
{
    private const string Forged = """{"type":"server","key":{"locationHash":"x","formattedComponentKey":""},"sequence":0,"descriptor":"CfDJ8ForgedForgedForged","prerenderId":null}""";

    private const string RefusedTitle = "Not for your role · WDFIS", DeskTitle = "Desk · WDFIS";
    private static readonly KnownBy[] Marks = [new("why", "data-key", "1")];
    private static readonly byte[] Refused = "Your role does not open this page"u8.ToArray(), Desk = Encoding.UTF8.GetBytes(DeskTitle), Asked = "Why do you open this family?"u8.ToArray(),
        Waits = "Opening the family"u8.ToArray(), Shown = "What must not be missed"u8.ToArray(), Wrong = "Something went wrong on this page"u8.ToArray();

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

    /// <summary>A circuit of a colleague's own, as the portal's script opens it, then told that its address is one that the colleague's role does not open.</summary>
    [Theory]
    [InlineData(Role.Adviser)]
    [InlineData(Role.InformationGovernance)]
    [InlineData(Role.Manager)]
    public async Task Circuit_LedToAPageOfAnotherRole_ShowsThatItIsRefusedAndNothingOfIt(Role role)
    {
        using var client = await chromium.Portal.SignedIn(cookies, role);
        var window = await Open(chromium.Portal, "", Desk);
        var opened = Openings(chromium.Portal, role);
        var pages = MatrixTests.Addresses.Where(page => !MatrixTests.As(role).May(page.Needs)).ToList();
        Assert.True(pages.Count > 10, $"{pages.Count} pages");
        foreach (var (path, _) in pages)
        {
            var titles = new HashSet<string>();
            window.Drawn = texts => titles.UnionWith(texts.Where(text => text.EndsWith("· WDFIS", StringComparison.Ordinal)));
            Assert.Equal((path, 0), (path, (await window.Until(() => window.Go(path.TrimStart('/')), Refused, Wrong)).Which));
            await window.Until(() => window.Go(""), Desk);
            Assert.Equal((path, $"{DeskTitle}, {RefusedTitle}"), (path, string.Join(", ", titles.Order(StringComparer.Ordinal))));
        }
        Assert.Equal(opened, Openings(chromium.Portal, role));
        await window.Leave();
    }

    /// <summary>The button that says why a family is opened: after its page was left, and from a circuit in which it never was.</summary>
    [Fact]
    public async Task Event_OfAHandlerThatIsGoneOrAnothers_IsRefusedWithoutAWordAndChangesNothing()
    {
        var family = $"families/{Families(chromium.Portal)[0]}";
        using var client = await chromium.Portal.SignedIn(cookies, Role.Adviser);
        var (own, fresh) = (await Open(chromium.Portal, family, Asked), await Open(chromium.Portal, "", Desk));
        // Numbers are each circuit's own, and the later a handler came the higher it is.
        for (var i = 0; i < 5; i++)
        {
            await own.Until(() => own.Go(""), Desk);
            await own.Until(() => own.Go(family), Asked);
        }
        var why = own.HandlerOf("why", "click");
        await own.Until(() => own.Go(""), Desk);
        var entries = Audit(chromium.Portal).Count(entry => entry.Who == Role.Adviser.Colleague());
        foreach (var window in (HubWindow[])[own, fresh])
        {
            Silent((await Assert.ThrowsAsync<InvalidOperationException>(() => window.Until(() => window.Dispatch(why, "click", """{"type":"click","detail":1}"""), Shown))).Message);
            await window.Leave();
        }
        Assert.Equal(entries, Audit(chromium.Portal).Count(entry => entry.Who == Role.Adviser.Colleague()));
    }

    /// <summary>Behind a locked screen, whose cover is the browser's and which a forger need not draw, and after the session was ended.</summary>
    [Fact]
    public async Task Circuit_OfALockedOrEndedSession_OpensNothingByWhateverEvent()
    {
        var families = Families(hasty.Portal);
        using var client = await hasty.Portal.SignedIn(cookies, Role.Adviser);
        var (window, other) = (await Open(hasty.Portal, $"families/{families[0]}", Asked), await Open(hasty.Portal, "", Desk));
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
            while ((await client.GetAsync("/session")).StatusCode != HttpStatusCode.Locked)
                await timer.WaitForNextTickAsync();
        var drawn = new List<string>();
        other.Drawn = drawn.AddRange;
        await window.Click("why");
        await other.Until(() => other.Go($"families/{families[1]}"), Waits);
        // Somebody else's entry is written meanwhile, and none of this colleague's.
        using (await hasty.Portal.SignedIn(new CookieContainer()))
            Assert.Equal(0, Openings(hasty.Portal, Role.Adviser));
        Assert.DoesNotContain(drawn, text => text.Contains("Why do you open", StringComparison.Ordinal));
        await window.Until(() => client.SignIn(Role.Adviser, again: true), Shown);
        var mine = Audit(hasty.Portal).Where(entry => entry.Who == Role.Adviser.Colleague()).Select(entry => entry.Action).ToList();
        Assert.True(mine.IndexOf(AuditAction.Opened) > mine.LastIndexOf(AuditAction.SignedIn), string.Join(' ', mine));

        // Ended: the circuit has three seconds to leave, and this one stays as long as it can.
        var opened = Openings(hasty.Portal, Role.Adviser);
        await other.Leave();
        other = await Open(hasty.Portal, $"families/{families[1]}", Asked);
        (window.Stays, other.Stays) = (true, true);
        (await client.PostAsync("/sign-out", null)).Dispose();
        await window.Go($"families/{families[2]}");
        await other.Click("why");
        Assert.All(await Task.WhenAll(window.Over, other.Over).WaitAsync(TimeSpan.FromSeconds(60)), Silent);
        Assert.Equal(opened, Openings(hasty.Portal, Role.Adviser));
    }

    private Task<HubWindow> Open(PortalProcess portal, string path, byte[] awaited) =>
        HubWindow.Open(portal.Address, path, cookies.GetCookieHeader(new Uri(portal.Address)), Marks, [], awaited);

    private static T In<T>(PortalProcess portal, Func<RecordsFile, T> read)
    {
        using var records = new RecordsFile(Pragmas.Open(Path.Combine(portal.DataFolder, "records.db")));
        return read(records);
    }

    private static List<AuditEntry> Audit(PortalProcess portal) => In(portal, records => records.Chain().Select(link => AuditEntry.FromBytes(link.Entry)).ToList());

    private static int Openings(PortalProcess portal, Role role) => Audit(portal).Count(entry => entry.Who == role.Colleague() && entry.Action == AuditAction.Opened);

    // Those of which no work of the adviser's says why they are opened.
    private static List<UnitId> Families(PortalProcess portal) =>
        In(portal, records => records.Envelopes(new EnvelopeQuery { Kind = UnitKind.Family, NotOwner = Role.Adviser.Colleague() }).Where(family => !family.SpecialHandling).Select(family => family.Id).ToList());

    [Fact]
    public async Task Hub_MoreConnectionsThanAColleaguesWindowsNeed_AreCut_AndNobodyElses()
    {
        // Nothing is drawn over them: no circuit of theirs is counted.
        const int Most = 10;
        using var client = await chromium.Portal.SignedIn(cookies, Role.Manager);
        var wires = new List<HubWire>();
        for (var i = 0; i < Most; i++)
        {
            wires.Add(await HubWire.Connect(chromium.Portal, cookies));
            Assert.True(await wires[i].Answers());
        }
        // Signing in once more gives no others.
        var elsewhere = new CookieContainer();
        using var again = await chromium.Portal.SignedIn(elsewhere, Role.Manager);
        foreach (var own in (CookieContainer[])[cookies, elsewhere])
        {
            await using var more = await HubWire.Connect(chromium.Portal, own);
            Assert.False(await more.Answers());
        }
        using var colleague = await chromium.Portal.SignedIn(elsewhere);
        await using (var other = await HubWire.Connect(chromium.Portal, elsewhere))
            Assert.True(await other.Answers());
        foreach (var wire in wires)
        {
            Assert.True(await wire.Answers());
            await wire.DisposeAsync();
        }
    }

    // Neither what failed inside nor anything that is kept.
    private static void Silent(string? heard)
    {
        foreach (var leak in (string[])["   at ", "Wdfis.Portal.", "root:", " System.", "Testowska"])
            Assert.DoesNotContain(leak, heard ?? "", StringComparison.Ordinal);
    }
}
