using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>What leaves a form over plain HTTP, tried on the real portal: kept, merged, refused in words.</summary>
[Collection(nameof(Chromium))]
public class DraftTests(Chromium chromium)
{
    private const string Id = "0198f000000070008000000000000001";

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> Put(Window window, string id, string json, bool header = true)
    {
        var cookies = await window.Context.CookiesAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(chromium.Portal.Address) };
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        if (header)
            client.DefaultRequestHeaders.Add("X-Wdfis-Draft", "1");
        return await client.PutAsync($"/drafts/{id}", Body(json));
    }

    [Fact]
    public async Task Draft_FieldsSentTwice_AreMergedAndKept()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var id = Guid.CreateVersion7().ToString("N");
        Assert.Equal(HttpStatusCode.OK, (await Put(window, id, """{"form":"test","fields":{"a":"1"}}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(window, id, """{"form":"test","fields":{"b":"2"}}""")).StatusCode);
    }

    /// <summary>At most two seconds behind: the page's own clock stands still between the keys, so that a busy machine makes no difference.</summary>
    [Fact]
    public async Task Typing_WithoutAPause_IsSentEveryTwoSeconds()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var page = window.Page;
        await page.Clock.InstallAsync();
        await page.AddInitScriptAsync("""
            window.sent = []; window.away = 0;
            const plain = window.fetch;
            window.fetch = (where, how) => {
                if (how?.method !== "PUT") return plain(where, how);
                sent.push(Date.now()); away++;
                return window.last = plain(where, how).finally(() => away--);
            };
            """);
        await page.GotoAsync("/live");
        var field = page.GetByLabel("What they need");
        await Expect(field).ToBeVisibleAsync();
        await field.FocusAsync();
        await page.Clock.PauseAtAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)await page.EvaluateAsync<double>("() => Date.now()") + 5_000).UtcDateTime);
        var began = await page.EvaluateAsync<double>("() => Date.now()");
        double[] sent = [];
        for (var key = 0; key < 120 && sent.Length < 3; key++)
        {
            await page.Keyboard.PressAsync("a");
            await page.Clock.RunForAsync(100);
            sent = await page.EvaluateAsync<double[]>("async () => { while (away > 0) await last.catch(() => {}); return sent; }");
        }
        Assert.Equal(3, sent.Length);
        Assert.All(sent.Prepend(began).Zip(sent), pair => Assert.InRange(pair.Second - pair.First, 0, 2_000));
    }

    [Fact]
    public async Task Draft_OfAnotherColleague_IsRefusedInWords()
    {
        var id = Guid.CreateVersion7().ToString("N");
        await using var window = await chromium.OpenAs("Ash Whitaker");
        Assert.Equal(HttpStatusCode.OK, (await Put(window, id, """{"form":"test","fields":{"a":"1"}}""")).StatusCode);
        await using var other = await chromium.OpenAs("Bryony Sykes");
        var answer = await Put(other, id, """{"form":"test","fields":{"a":"2"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("another colleague", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"form":"test","fields":null}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"form":"","fields":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"form":"test","fields":{"a":null}}""", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    public async Task Draft_Unreadable_IsRefused(string json, HttpStatusCode expected)
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        Assert.Equal(expected, (await Put(window, Id, json)).StatusCode);
    }

    [Fact]
    public async Task Draft_TenMegabytes_IsRefusedInWords()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var answer = await Put(window, Id, "{\"form\":\"test\",\"fields\":{\"a\":\"" + new string('x', 10_000_000) + "\"}}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("too long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_FromAnotherOriginsForm_IsNotFound()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        Assert.Equal(HttpStatusCode.NotFound, (await Put(window, Id, """{"form":"test","fields":{}}""", header: false)).StatusCode);
    }

    [Fact]
    public async Task Draft_ByAManager_IsRefused()
    {
        await using var window = await chromium.OpenAs("Glenn Hepworth");
        Assert.NotEqual(HttpStatusCode.OK, (await Put(window, Guid.CreateVersion7().ToString("N"), """{"form":"test","fields":{"a":"1"}}""")).StatusCode);
    }

    [Fact]
    public async Task Draft_SignedOut_IsNotKept()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(chromium.Portal.Address) };
        client.DefaultRequestHeaders.Add("X-Wdfis-Draft", "1");
        var answer = await client.PutAsync($"/drafts/{Id}", Body("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("you are signed out", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static ILocator Status(IPage page) => page.Locator("[data-draft-status]");

    private static async Task<IPage> Call(Window window)
    {
        await window.Page.GotoAsync("/live");
        await Expect(window.Page.GetByLabel("What they need")).ToBeVisibleAsync();
        return window.Page;
    }

    /// <summary>What a form asks before it saves; empty for "everything is kept".</summary>
    private static Task<string> Flush(IPage page) => page.EvaluateAsync<string>("() => wdfis.flushDraft(document.querySelector('[data-draft]').dataset.draft)");

    [Fact]
    public async Task Saving_WhileThePortalDoesNotAnswer_IsHeldUp()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var page = await Call(window);
        await page.RouteAsync("**/drafts/**", _ => Task.CompletedTask);
        await page.GetByLabel("What they need").FillAsync("Half a word");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave open" }).ClickAsync();
        // The form itself gives up waiting after eight seconds.
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not saved. Not kept yet", new() { Timeout = 30_000 });
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("Half a word");
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    }

    /// <summary>The field that is too long holds saving up until it is shorter, whatever else is kept meanwhile, also what is typed while the answer is on its way.</summary>
    [Fact]
    public async Task Saving_WithAFieldThatIsTooLong_IsHeldUpUntilItIsShorter()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var page = await Call(window);
        var answered = 0;
        await page.RouteAsync("**/drafts/**", async route =>
        {
            var answer = await route.FetchAsync();
            if (answer.Status == (int)HttpStatusCode.RequestEntityTooLarge && answered++ == 0)
                await page.GetByLabel("What we answered").FillAsync("Typed meanwhile");
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.GetByLabel("What they need").FillAsync(new string('x', 20_001));
        await Expect(Status(page)).ToContainTextAsync("too long");
        await page.GetByLabel("Who they say they are").FillAsync("A mother");
        Assert.Contains("too long", await Flush(page), StringComparison.Ordinal);
        await Expect(Status(page)).ToContainTextAsync("too long");
        await page.GetByLabel("What they need").FillAsync("Shorter");
        Assert.Equal("", await Flush(page));
        await page.ReloadAsync();
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("Shorter");
        await Expect(page.GetByLabel("What we answered")).ToHaveValueAsync("Typed meanwhile");
    }

    [Fact]
    public async Task Trouble_IsSaidInWords_NeverAsAPage_AndASignedOutColleagueHearsSo()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var page = await Call(window);
        await page.RouteAsync("**/drafts/**", route => route.FulfillAsync(new() { Status = 500, ContentType = "text/html", Body = "<h1>Something went wrong here</h1>" }));
        await page.GetByLabel("What they need").FillAsync("A word");
        await Expect(Status(page)).ToHaveTextAsync("Not kept yet: trying again.");
        // Before the way is free: else what is tried again in between is kept, and nobody hears of anything.
        var cookies = await window.Context.CookiesAsync();
        await window.Context.ClearCookiesAsync();
        await page.UnrouteAllAsync();
        await Expect(Status(page)).ToContainTextAsync("you are signed out");
        await window.Context.AddCookiesAsync(cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = chromium.Portal.Address }));
        await Expect(Status(page)).ToHaveAttributeAsync("data-state", "kept");
    }

    /// <summary>A form whose fields live in the circuit hears after a cut what was typed meanwhile.</summary>
    [Fact]
    public async Task Form_TypedIntoDuringACut_IsSavedWithAllOfIt()
    {
        await using var cable = new CuttingProxy(chromium.Portal);
        await using var window = await chromium.Open(through: cable.Address);
        await window.SignIn("Ash Whitaker");
        var page = window.Page;
        await page.GotoAsync("/rights/new");
        await page.GetByLabel("Where the answer goes").FillAsync("By post");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        cable.Cut();
        await page.GetByLabel("Name of whoever asks").FillAsync("Magda Testowska");
        await Expect(Status(page)).ToContainTextAsync("connection is cut");
        cable.Mend();
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take the request") }).ClickAsync();
        await Expect(page.GetByText("Name of whoever asks")).ToBeHiddenAsync();
    }
}
