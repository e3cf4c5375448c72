using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>Signing in through an OpenID provider that is not ours, rightly and wrongly.</summary>
[Collection(nameof(Chromium))]
public class SignInJourneys(Chromium chromium, SignInPortal directory) : IClassFixture<SignInPortal>
{
    private async Task<Window> SignIn(string login)
    {
        var window = await chromium.Open(directory.Portal);
        await window.Page.GotoAsync("/retention");
        await window.IsAccessible();
        await Shots.Take(window.Page, "sign-in");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your council account" }).ClickAsync();
        await window.Page.Locator("input[name=login]").FillAsync(login);
        await window.Page.Locator("input[name=password]").FillAsync("any");
        await window.Page.Locator("button[type=submit]").ClickAsync();
        return window;
    }

    private async Task<(string To, HttpStatusCode Desk)> Visit(string login)
    {
        using var visitor = new Visitor(directory.Portal);
        return (await visitor.SignIn(login), await visitor.Desk());
    }

    [Fact]
    public async Task Newcomer_GrantedByTheLeadAndApprovedByTheOfficer_ComesIn()
    {
        directory.AsItIs();
        await using (var early = await SignIn("newcomer"))
        {
            await Expect(early.Page.GetByRole(AriaRole.Heading, new() { Name = "You are not assigned to WDFIS today" })).ToBeVisibleAsync();
            await early.IsAccessible();
            await early.Page.GotoAsync("/");
            await Expect(early.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        }
        await using (var lead = await SignIn("lead"))
        {
            // Back to the page that was asked for.
            await Expect(lead.Page.GetByRole(AriaRole.Heading, new() { Name = "Retention", Exact = true })).ToBeVisibleAsync();
            await Expect(lead.Page.Locator(".who")).ToContainTextAsync("Dilys Ackroyd");
            await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Colleagues" }).ClickAsync();
            await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Ash Whitaker" }).ClickAsync();
            await lead.Page.GetByLabel("Role").SelectOptionAsync("Adviser");
            await lead.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(lead.Page.Locator(".problems")).ToContainTextAsync("Choose at least one service");
            await lead.Page.GetByLabel("Families Information").CheckAsync();
            await lead.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(lead.Page.GetByText("Waits", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(lead.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
            await lead.IsAccessible();
            await Shots.Take(lead.Page, "colleague");
        }
        await using (var officer = await SignIn("officer"))
        {
            // The second person sees that somebody waits, and no more once they approved.
            await officer.Page.GetByRole(AriaRole.Link, new() { Name = "Colleagues 1 that wait for your approval" }).ClickAsync();
            await Expect(officer.Page.Locator("#waiting")).ToBeVisibleAsync();
            await officer.IsAccessible();
            await Shots.Take(officer.Page, "colleagues");
            await officer.Page.Locator("[aria-labelledby=waiting]").GetByRole(AriaRole.Link, new() { Name = "Ash Whitaker" }).ClickAsync();
            await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
            await Expect(officer.Page.GetByText("Counts today")).ToBeVisibleAsync();
            await Expect(officer.Page.GetByRole(AriaRole.Link, new() { Name = "Colleagues", Exact = true })).ToBeVisibleAsync();
        }
        using (var visitor = new Visitor(directory.Portal))
        {
            Assert.Equal("/signed-in?to=%2F", await visitor.SignIn("newcomer"));
            Assert.Equal(HttpStatusCode.OK, await visitor.Desk());
        }
    }

    public static TheoryData<string> Wrongs => ["issuer", "audience", "nonce", "no nonce", "expired", "not yet", "key", "unsigned", "tenant", "no object id", "role", "code twice", "down"];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task SignIn_WithAnAnswerThatIsWrong_LetsNobodyIn(string wrong)
    {
        directory.AsItIs();
        using var other = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        directory.Alter = (_, claims) =>
        {
            var (claim, value) = wrong switch
            {
                "issuer" => ("iss", $"https://login.example.org/{SignInPortal.Tenant}/v2.0"),
                "audience" => ("aud", SignInPortal.OtherTenant),
                "nonce" => ("nonce", "another"),
                "expired" => ("exp", now - 120),
                "not yet" => ("nbf", now + 600),
                "tenant" => ("tid", SignInPortal.OtherTenant),
                "role" => ("roles", new JsonArray("Another.Role")),
                _ => ("unchanged", (JsonNode)true),
            };
            claims[claim] = value;
            if (wrong is "no nonce" or "no object id")
                claims.Remove(wrong == "no nonce" ? "nonce" : "oid");
        };
        directory.SignWith = wrong == "key" ? other : null;
        directory.Unsigned = wrong == "unsigned";
        directory.Twice = wrong == "code twice";
        directory.Down = wrong == "down";
        var (to, desk) = await Visit("lead");
        directory.AsItIs();
        Assert.Equal($"/sign-in?trouble={wrong switch { "tenant" or "no object id" => "tenant", "role" => "role", "code twice" => "code", "down" => "unreachable", _ => "token" }}", to);
        Assert.Equal(HttpStatusCode.Redirect, desk);
    }

    [Fact]
    public async Task SignIn_TheAnswerSignedAgainUnaltered_LetsIn()
    {
        // So that each of the wrongs above is what refuses, and not the signing anew.
        directory.AsItIs();
        directory.Alter = (_, _) => { };
        Assert.Equal(("/signed-in?to=%2F", HttpStatusCode.OK), await Visit("lead"));
        directory.AsItIs();
    }

    [Fact]
    public async Task SignIn_WithoutTheAppRole_SaysSo()
    {
        directory.AsItIs();
        Assert.Equal(("/sign-in?trouble=role", HttpStatusCode.Redirect), await Visit("outsider"));
    }

    [Fact]
    public async Task Callback_ReplayedByTheSameBrowserOrAnother_LetsNobodyIn()
    {
        directory.AsItIs();
        using var visitor = new Visitor(directory.Portal);
        await visitor.SignIn("lead");
        Assert.Equal("/sign-in?trouble=again", (await visitor.Get(visitor.Callback)).Headers.Location!.OriginalString);
        using var thief = new Visitor(directory.Portal);
        Assert.Equal("/sign-in?trouble=again", (await thief.Get(visitor.Callback)).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, await thief.Desk());
    }

    [Fact]
    public async Task SignIn_OfAPortalWithASecret_LetsIn()
    {
        // Everybody else's portal in these tests shows a certificate.
        directory.AsItIs();
        using var visitor = new Visitor(await directory.WithSecret());
        Assert.Equal("/signed-in?to=%2F", await visitor.SignIn("officer"));
        Assert.Equal(HttpStatusCode.OK, await visitor.Desk());
    }

    [Fact]
    public void Provider_ThatNeverAnswered_IsSaid() => Assert.Equal("/sign-in?trouble=unreachable", directory.BeforeItAnswered);

    [Fact]
    public async Task Keys_ChangedInTheMiddle_AreFetchedAgain()
    {
        directory.AsItIs();
        Assert.Equal(HttpStatusCode.OK, (await Visit("lead")).Desk);
        // The second change within minutes of the first: it is not asked for at each unknown key, but soon.
        for (var changes = 0; changes < 2; changes++)
        {
            await directory.RotateKeys();
            var since = Stopwatch.StartNew();
            HttpStatusCode desk;
            do
                desk = (await Visit("lead")).Desk;
            while (desk != HttpStatusCode.OK && since.Elapsed < TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.OK, desk);
        }
    }

    [Fact]
    public async Task SignIn_InABrowserThatHasASession_GoesOnWithItWhileItIsOpen_AndAsksForThePasswordAndEndsItWhenItIsLocked()
    {
        directory.AsItIs();
        var portal = await directory.WithSecret();
        using var visitor = new Visitor(portal);
        await visitor.SignIn("officer");
        var (former, since) = (visitor.Cookie, Stopwatch.StartNew());
        Assert.Equal("/signed-in?to=%2Ffamilies", await visitor.SignIn("officer", "/sign-in/entra?to=/families"));
        Assert.Null(await portal.Led(former));
        while ((await visitor.Get("/session")).StatusCode != (HttpStatusCode)423)
        {
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
        Assert.StartsWith("/sign-in?again=true", await portal.Led(former), StringComparison.Ordinal);
        // The directory's own session, without the password, leads past no lock.
        directory.Alter = (_, claims) => claims["auth_time"] = claims["auth_time"]!.GetValue<long>() - 3600;
        Assert.Equal("/sign-in?trouble=not-fresh", await visitor.SignIn("officer", change: address => address.Replace("&prompt=login", "", StringComparison.Ordinal)));
        directory.AsItIs();
        Assert.Equal("/signed-in?to=%2F", await visitor.SignIn("lead"));
        Assert.Equal((HttpStatusCode.OK, "/sign-in?to=%2F"), (await visitor.Desk(), await portal.Led(former)));
    }

    [Fact]
    public async Task SignInAgain_WithoutTypingThePassword_OrAsAnother_OpensNothing()
    {
        directory.AsItIs();
        using var visitor = new Visitor(directory.Portal);
        await visitor.SignIn("lead");
        Assert.Equal("/signed-in?again=true", await visitor.SignIn("lead", "/sign-in/entra?again=true"));
        Assert.Equal("/sign-in?again=true&trouble=somebody-else", await visitor.SignIn("officer", "/sign-in/entra?again=true"));
        // Whoever finds the desk takes "ask for the password" out of the address: the provider's own session signs them in, and it is not enough.
        directory.Alter = (_, claims) => claims["auth_time"] = claims["auth_time"]!.GetValue<long>() - 3600;
        Assert.Equal("/sign-in?trouble=not-fresh", await visitor.SignIn("lead", "/sign-in/entra?again=true", address => address.Replace("&prompt=login", "", StringComparison.Ordinal)));
        directory.AsItIs();
        Assert.Equal(HttpStatusCode.OK, await visitor.Desk());
    }
}

/// <summary>Pictures for whoever looks at the screens (WDFIS_SHOTS names the folder).</summary>
internal static class Shots
{
    public static async Task Take(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WDFIS_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>The whole page at both sizes of the service's screens.</summary>
    public static async Task Both(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WDFIS_SHOTS") is not { Length: > 0 } folder)
            return;
        foreach (var (wide, high) in new[] { (1366, 768), (1920, 1080) })
        {
            await page.SetViewportSizeAsync(wide, high);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{wide}.png"), FullPage = true });
        }
    }
}
