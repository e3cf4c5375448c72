using System.Net;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

[Collection(nameof(Chromium))]
public class ShellJourneys(Chromium chromium)
{
    [Fact]
    public async Task SignIn_AsSyntheticColleague_LeadsToTheDesk()
    {
        await using var window = await chromium.Open();
        await window.Page.GotoAsync("/sign-in");
        await window.IsAccessible();
        await window.SignIn("Ash Whitaker");
        await Expect(window.Page.Locator(".who")).ToContainTextAsync("Families Information");
        await window.IsAccessible();
    }

    [Fact]
    public async Task SignIn_ForwardedByAProxy_IsRefused()
    {
        using var client = new HttpClient { BaseAddress = new Uri(chromium.Portal.Address) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        var page = await client.GetStringAsync("/sign-in");
        Assert.DoesNotContain("Ash Whitaker", page, StringComparison.Ordinal);
        Assert.Contains("answers only on the machine", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedOut_AnyPageOfTheDesk_LeadsToSignIn()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(chromium.Portal.Address) };
        var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task SignOut_FromTheBar_EndsTheSession()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await window.Page.GotoAsync("/");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Desk_ToANewBrowser_ComesSmallCompressedAndToBeKept()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        // What came over the wire, and how many style sheets and scripts came as large as they are.
        var loaded = await window.Page.EvaluateAsync<double[]>(
            "() => { const all = performance.getEntriesByType('resource').filter(r => /\\.(css|js)$/.test(r.name)); return [all.length, all.reduce((sum, r) => sum + r.encodedBodySize, 0), all.filter(r => r.encodedBodySize >= r.decodedBodySize).length]; }");
        Assert.InRange(loaded[0], 4, 12);
        Assert.InRange(loaded[1], 20_000, 120_000);
        Assert.Equal(0, loaded[2]);
        using var client = new HttpClient { BaseAddress = new Uri(chromium.Portal.Address) };
        var script = await window.Page.Locator("script[src*='blazor.web']").GetAttributeAsync("src");
        Assert.Contains("immutable", (await client.GetAsync(script)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Empty((await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { AcceptEncoding = { new("gzip") } } })).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Policy_WithoutScriptOrSignIn_ShowsEveryClause()
    {
        await using var window = await chromium.Open(script: false);
        await window.Page.GotoAsync("/policy");
        foreach (var clause in (string[])["S1", "S2", "S3", "U1", "U2", "U3", "C1", "C2", "C3", "C4", "C5", "R1", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "X1", "X2", "X3", "A1"])
            await Expect(window.Page.Locator($"[id=\"{clause}\"]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Policy_InChromium_IsAccessible()
    {
        await using var window = await chromium.Open();
        await window.Page.GotoAsync("/policy");
        await window.IsAccessible();
    }

    [Fact]
    public async Task F9_InAField_HidesTheScreenAndComesBackToTheSamePlace()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var field = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" });
        await field.FillAsync("abcdef");
        await field.EvaluateAsync("field => field.setSelectionRange(2, 4)");
        await window.Page.Keyboard.PressAsync("F9");
        await Expect(window.Page.Locator("#hidden-screen")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.Locator("#hidden-screen")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("F9");
        await Expect(window.Page.Locator("#hidden-screen")).ToBeHiddenAsync();
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync("abcdef");
        Assert.Equal(2, await field.EvaluateAsync<int>("field => field.selectionStart"));
    }

    [Fact]
    public async Task HideScreen_ByItsButton_ComesBackToTheFieldThatHadTheFocus()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var field = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" });
        await field.FillAsync("abcdef");
        await field.EvaluateAsync("field => field.setSelectionRange(2, 4)");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Hide screen" }).ClickAsync();
        await Expect(window.Page.Locator("#hidden-screen")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show the screen" }).ClickAsync();
        await Expect(window.Page.Locator("#hidden-screen")).ToBeHiddenAsync();
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync("abcdef");
        Assert.Equal(2, await field.EvaluateAsync<int>("field => field.selectionStart"));
    }

    [Fact]
    public async Task Health_OnceStarted_IsLiveAndReady()
    {
        using var client = new HttpClient { BaseAddress = new Uri(chromium.Portal.Address) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }
}
