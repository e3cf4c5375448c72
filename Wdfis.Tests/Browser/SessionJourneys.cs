using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal of its own whose times are seconds: long enough that two busy cores get through what is asked before it locks again.</summary>
public sealed class HastyPortal : IAsyncLifetime
{
    private PortalProcess? portal;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => portal = await PortalProcess.Start(null,
        ("Development__Families", "20"), ("Access__Sessions__Idle", "00:00:20"), ("Access__Sessions__Nudge", "00:00:10"), ("Access__Sessions__Look", "00:00:01"));

    public async Task DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }
}

[Collection(nameof(Chromium))]
public partial class SessionJourneys(Chromium chromium, HastyPortal hasty) : IClassFixture<HastyPortal>
{
    [Fact]
    public async Task Keys_TurnedOffInThisBrowser_PressNothingAlone_UntilTheyAreTurnedOn()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var (page, heading) = (window.Page, window.Page.GetByRole(AriaRole.Heading, new() { Name = "Families", Exact = true }));
        await Turn(false);
        await page.GotoAsync("/families");
        await Expect(heading).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("e");
        // What takes two keys goes on: the screen was hidden, and nothing else happened.
        await page.Keyboard.PressAsync("F9");
        await Expect(page.Locator("#hidden-screen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("F9");
        await Expect(page).ToHaveURLAsync(new Regex("/families$"));
        await Turn(true);
        await page.GotoAsync("/families");
        await Expect(heading).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("e");
        await Expect(page).ToHaveURLAsync(new Regex("/families/new"));

        async Task Turn(bool on)
        {
            await page.GotoAsync("/sessions");
            var keys = page.GetByLabel("One key alone presses what shows it");
            await Expect(keys).ToBeCheckedAsync(new() { Checked = !on });
            await Shots.Both(page, "keys");
            await keys.PressAsync("Space");
            await Expect(keys).ToBeCheckedAsync(new() { Checked = on });
            await window.IsAccessible();
        }
    }

    [Fact]
    public async Task Screen_LeftAlone_IsNudgedLockedAndOpensToTheSameColleagueWithTheWorkAsItWas()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", hasty.Portal);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Families", Exact = true }).ClickAsync();
        // The new page takes the focus once: not from what is typed here.
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Families", Exact = true })).ToBeFocusedAsync();
        var field = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" }).First;
        await field.FillAsync("half typ");
        await field.EvaluateAsync("field => field.setSelectionRange(2, 5)");
        await Expect(window.Page.Locator("#nudge")).ToBeVisibleAsync();
        await Shots.Take(window.Page, "nudge");
        await Expect(window.Page.Locator("#locked-screen")).ToBeVisibleAsync();
        await Shots.Take(window.Page, "locked");
        await window.IsAccessible();
        // Nothing of the page is there to be seen, and no key takes the cover off.
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.Keyboard.PressAsync("F9");
        await Expect(window.Page.Locator("#locked-screen")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("main")).ToBeHiddenAsync();
        // Nor does the server answer: another page leads to the sign-in.
        var second = await window.Context.NewPageAsync();
        await second.GotoAsync("/families");
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Sign in again" })).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Bryony Sykes" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("That was another colleague");
        await Expect(window.Page.Locator("#locked-screen")).ToBeVisibleAsync();
        await second.CloseAsync();
        var opening = window.Context.WaitForPageAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        var third = await opening;
        await third.GetByRole(AriaRole.Button, new() { Name = "Ash Whitaker" }).ClickAsync();
        await Expect(third.GetByRole(AriaRole.Heading, new() { Name = "The screen is open again" })).ToBeVisibleAsync();
        await Expect(window.Page.Locator("#locked-screen")).ToBeHiddenAsync();
        // The new tab stands in front: the colleague goes back to the old one.
        await window.Page.BringToFrontAsync();
        await Expect(field).ToHaveValueAsync("half typ");
        await Expect(field).ToBeFocusedAsync();
        Assert.Equal(2, await field.EvaluateAsync<int>("field => field.selectionStart"));
    }

    [Fact]
    public async Task Screen_LockedAndSomebodyElseSignedInBesideIt_StaysCoveredAndIsLedAway()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", hasty.Portal);
        await Expect(window.Page.Locator("#locked-screen")).ToBeVisibleAsync();
        await window.Page.EvaluateAsync("() => { window.wdfis.leave = why => { window.left = why; }; }");
        var second = await window.Context.NewPageAsync();
        await second.GotoAsync("/sign-in");
        await window.Page.RunAndWaitForResponseAsync(async () =>
        {
            await second.GetByRole(AriaRole.Button, new() { Name = "Bryony Sykes" }).ClickAsync();
            await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Desk" })).ToBeVisibleAsync();
        }, answer => answer.Url.Contains("/session?of=", StringComparison.Ordinal) && answer.Status == (int)HttpStatusCode.Unauthorized);
        await window.Page.WaitForFunctionAsync("() => window.left === 'SessionEnded'");
        await Expect(window.Page.Locator("#locked-screen")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("main")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task SignIn_InABrowserThatHasASession_EndsItWithItsConnections_AndNoPageOfItIsAnswered()
    {
        var cookies = new CookieContainer();
        using var browser = await hasty.Portal.SignedIn(cookies, Role.Adviser);
        var page = Mark().Match(await browser.GetStringAsync("/families")).Groups[1].Value;
        async Task<HttpStatusCode> Ask(HttpMethod method) => (await browser.SendAsync(new HttpRequestMessage(method, $"/session?of={page}"))).StatusCode;
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (await Ask(HttpMethod.Get), await Ask(HttpMethod.Post)));
        // Nothing is drawn over it that could be led away.
        await using var wire = await HubWire.Connect(hasty.Portal, cookies);
        Assert.True(await wire.Answers());
        var former = cookies.GetCookieHeader(new Uri(hasty.Portal.Address));
        using var other = await hasty.Portal.SignedIn(cookies, Role.TeamLead);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await Ask(HttpMethod.Get), await Ask(HttpMethod.Post)));
        Assert.Equal("/sign-in?to=%2F", await hasty.Portal.Led(former));
        Assert.Null(await hasty.Portal.Led(cookies.GetCookieHeader(new Uri(hasty.Portal.Address))));
        await wire.Closed();
    }

    [Fact]
    public async Task Window_OfARowThatRanOutOvernight_IsClosedThoughNobodyDidAnything()
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
        try
        {
            // Ten minutes before midnight in London, in winter; the file moves the portal's clock while it runs.
            var (days, evening) = (Path.Combine(folder, "days"), new DateTimeOffset(2027, 2, 1, 23, 50, 0, TimeSpan.Zero));
            var moved = (evening - DateTimeOffset.UtcNow).TotalDays;
            Task Move(TimeSpan more) => File.WriteAllTextAsync(days, (moved + more.TotalDays).ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            await Move(TimeSpan.Zero);
            var data = Path.Combine(folder, "data");
            await using var portal = await PortalProcess.Start(data, ("Development__Families", "3"), ("Clock__DaysFile", days), ("Access__Sessions__Look", "00:00:01"));
            await portal.Stop();
            using (var records = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, "records.db")};Pooling=False"))
            {
                records.Open();
                using var change = records.CreateCommand();
                change.CommandText = "UPDATE role SET until_on='2027-02-01' WHERE colleague=x'00000000000070008000000000000013'";
                Assert.Equal(1, change.ExecuteNonQuery());
            }
            await portal.Start();
            await using var window = await chromium.OpenAs("Callum Naylor", portal);
            // Ten minutes later his session is not even locked; it is another day. What is closed is loaded again.
            await Move(TimeSpan.FromMinutes(10));
            await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Your role does not open this page" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Session_EndedByALead_ClosesTheWindowOverThere()
    {
        await using var adviser = await chromium.OpenAs("Bryony Sykes");
        await using var lead = await chromium.OpenAs("Dilys Ackroyd");
        await lead.Page.GotoAsync("/colleagues");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Bryony Sykes" }).ClickAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(adviser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended");
        await adviser.Page.GotoAsync("/");
        await Expect(adviser.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await lead.IsAccessible();
    }

    [Fact]
    public async Task Window_ThatWillNotLeave_LosesItsCircuitWithinAMinute()
    {
        await using var adviser = await chromium.Open();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        adviser.Page.WebSocket += (_, socket) => socket.Close += (_, _) => closed.TrySetResult();
        await adviser.SignIn("Callum Naylor");
        await adviser.Page.EvaluateAsync("() => { window.wdfis.leave = () => {}; }");
        await using var lead = await chromium.OpenAs("Ewan Priestley");
        await lead.Page.GotoAsync("/colleagues/00000000-0000-7000-8000-000000000013");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task LiveEnquiry_Open_PutsTheLockOffAndItsEndBringsItBack()
    {
        await using var window = await chromium.OpenAs("Bryony Sykes", hasty.Portal);
        const string LocksIn = "async () => Number((await fetch('session', { method: 'POST', redirect: 'manual' })).headers.get('X-Locks-In'))";
        Assert.InRange(await window.Page.EvaluateAsync<long>(LocksIn), 1, 20_000);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Live enquiry" }).ClickAsync();
        await window.Page.Locator("[data-draft-form=live-enquiry]").First.WaitForAsync();
        Assert.InRange(await window.Page.EvaluateAsync<long>(LocksIn), 3_000_000, 3_600_000);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Families", Exact = true }).ClickAsync();
        await window.Page.WaitForFunctionAsync($"async () => await ({LocksIn})() <= 20000");
    }

    [Fact]
    public async Task Windows_TheSixth_SaysThatFiveAreOpen()
    {
        await using var window = await chromium.OpenAs("Callum Naylor");
        for (var i = 0; i < 4; i++)
        {
            var next = await window.Context.NewPageAsync();
            await next.GotoAsync("/");
            await Expect(next.GetByRole(AriaRole.Heading, new() { Name = "Desk" })).ToBeVisibleAsync();
        }
        var sixth = await window.Context.NewPageAsync();
        await sixth.GotoAsync("/");
        await Expect(sixth.GetByRole(AriaRole.Heading, new() { Name = "Too many windows are open" })).ToBeVisibleAsync();
        await window.Page.CloseAsync();
        await sixth.ReloadAsync();
        await Expect(sixth.GetByRole(AriaRole.Heading, new() { Name = "Desk" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task MySessions_SignOutEverywhere_EndsThisWindowToo()
    {
        await using var window = await chromium.OpenAs("Glenn Hepworth");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Signed in" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Where you are signed in" })).ToBeVisibleAsync();
        await Shots.Take(window.Page, "sessions");
        await window.IsAccessible();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended");
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Original-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    // A proxy that adds nothing and sends its own idea of the host; the browser says where the form stood.
    [InlineData("Origin", "https://wdfis.example.org")]
    [InlineData("Origin", "null")]
    public async Task DevelopmentSignIn_Forwarded_IsNotThere(string header, string value = "1.1 127.0.0.1")
    {
        async Task<HttpResponseMessage> Post(bool forwarded)
        {
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(chromium.Portal.Address) };
            var form = new Dictionary<string, string>
            {
                ["colleague"] = "00000000-0000-7000-8000-000000000011",
                ["__RequestVerificationToken"] = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value,
            };
            if (forwarded)
                client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
            return await client.PostAsync("/sign-in/development", new FormUrlEncodedContent(form));
        }
        var direct = await Post(forwarded: false);
        Assert.Equal(("/", HttpStatusCode.Redirect), (direct.Headers.Location?.OriginalString, direct.StatusCode));
        var forwarded = await Post(forwarded: true);
        Assert.Equal(HttpStatusCode.NotFound, forwarded.StatusCode);
        Assert.False(forwarded.Headers.Contains("Set-Cookie") && forwarded.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("wdfis=", StringComparison.Ordinal)));
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();

    [GeneratedRegex("data-session=\"([0-9a-f]{32})\"")]
    private static partial Regex Mark();
}
