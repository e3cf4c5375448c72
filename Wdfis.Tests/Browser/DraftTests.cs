using System.Net;
using System.Text;
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
        Assert.Equal(HttpStatusCode.Redirect, (await client.PutAsync($"/drafts/{Id}", Body("{}"))).StatusCode);
    }
}
