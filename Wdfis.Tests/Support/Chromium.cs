using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Wdfis.Tests.Support;

/// <summary>One Chromium and one portal with synthetic people for all browser tests that do not need their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? playwright;
    private PortalProcess? portal;

    public IBrowser Browser { get; private set; } = default!;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        var executable = Environment.GetEnvironmentVariable("WDFIS_CHROMIUM") ?? Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium was found. ./scripts/test.sh sees to it.");
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        portal = await PortalProcess.Start();
    }

    public async Task DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A new window, empty of cookies, on a council desktop's screen; <paramref name="through"/> is an address in front of the portal.</summary>
    internal async Task<Window> Open(PortalProcess? on = null, bool script = true, int width = 1366, int height = 768, string? through = null)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = through ?? (on ?? Portal).Address,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            JavaScriptEnabled = script,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        return new Window(context, await context.NewPageAsync());
    }

    /// <summary>A new window, signed in as one of the synthetic colleagues.</summary>
    internal async Task<Window> OpenAs(string colleague, PortalProcess? on = null, int width = 1366, int height = 768)
    {
        var window = await Open(on, width: width, height: height);
        await window.SignIn(colleague);
        return window;
    }
}

/// <summary>All browser tests share one Chromium and run one after another: two cores are soon full.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>;

/// <summary>A browser window that remembers what went wrong in it; disposing fails on a policy violation or script error.</summary>
internal sealed class Window : IAsyncDisposable
{
    // In the page itself, once for each that is loaded: no page of the portal has frames, for whose sake axe's own way opens a second page each time.
    private static readonly string Axe = $$"""
        async () => {
            if (!window.axe) {
                {{new BundledAxeScriptProvider().GetScript()}}
            }
            const found = await window.axe.run(document, {
                resultTypes: ["violations"],
                runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            });
            return found.violations.map((violation) => `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
        }
        """;
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];
    private readonly ConcurrentBag<string> addresses = [];

    public Window(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        // The context's events: a second page that the first one opens is watched too.
        // What the framework's script would still have answered as its page was left, or its circuit cut, nobody waits for.
        context.WebError += (_, error) =>
        {
            // What is typed while a circuit is cut has no form to go to: drafts.js says it again afterwards.
            if (error.Error.Contains("No interop methods are registered for renderer", StringComparison.Ordinal))
                return;
            // An event whose handler the server had taken away by the time it came; what fails in a handler of ours ends the circuit and comes otherwise. An act that was lost by it the journey itself misses.
            if (error.Error.Contains("There was an exception invoking 'DispatchEventAsync'", StringComparison.Ordinal))
                return;
            if (!(error.Error.Contains("the connection is not in the 'Connected' State", StringComparison.Ordinal) && error.Error.Contains("endInvokeJSFromDotNet", StringComparison.Ordinal)))
                faults.Add(error.Error);
        };
        context.Request += (_, request) => addresses.Add(request.Url);
        context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) || message.Text.Contains("Content-Security-Policy", StringComparison.OrdinalIgnoreCase))
                faults.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => context;

    /// <summary>Every address that was asked for so far: what a proxy's log would hold.</summary>
    public IReadOnlyCollection<string> Addresses => addresses;

    public async Task SignIn(string colleague)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex($"^{colleague}") }).ClickAsync();
        await Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Desk" }).WaitForAsync();
    }

    /// <summary>No violation of WCAG 2.0 to 2.2, A and AA, as axe finds them.</summary>
    public async Task IsAccessible()
    {
        var violations = await Page.EvaluateAsync<string[]>(Axe);
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.True(faults.Count == 0, $"In the window: {string.Join('\n', faults)}");
    }
}

internal static class Addresses
{
    /// <summary>Where the page is, asked of the browser itself: what <see cref="IPage.Url"/> says follows a moment later.</summary>
    public static Task<string> Address(this IPage page) => page.EvaluateAsync<string>("location.href");
}

/// <summary>The question that stands before a family of which no work of the colleague's says why.</summary>
internal static class Asking
{
    public static ILocator Asked(this IPage page) => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Why do you open this family?" });

    /// <summary>On a family's page or a form of it: answers where it is asked. For journeys whose matter is another.</summary>
    public static async Task SayWhy(this IPage page)
    {
        await page.Asked().Or(page.Locator("main .banner, main [data-draft-form^='family-']")).First.WaitForAsync();
        if (await page.Asked().IsVisibleAsync())
            await page.OnTheTelephone().ClickAsync();
    }

    /// <summary>Goes to another page of a family, and answers where it is asked.</summary>
    public static async Task GotoAsked(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.SayWhyBefore();
    }

    /// <summary>Loads such a page again: a new window, so that it may be asked again.</summary>
    public static async Task ReloadAsked(this IPage page)
    {
        await page.ReloadAsync();
        await page.SayWhyBefore();
    }

    private static ILocator OnTheTelephone(this IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^The family is on the telephone") });

    /// <summary>On the way to a page of a family: answers where it is asked.</summary>
    public static async Task SayWhyBefore(this IPage page)
    {
        var there = page.Locator("main:not(:has(#why-opened)) h1", new PageLocatorOptions { HasNotText = "One moment…" });
        await page.Asked().Or(there).First.WaitForAsync();
        // Each of two families asks.
        while (await page.Asked().IsVisibleAsync())
        {
            var family = await page.Locator("main a[href$='/conflict']").GetAttributeAsync("href");
            await page.OnTheTelephone().ClickAsync();
            await there.Or(page.Locator($"main:has(#why-opened) a[href$='/conflict']:not([href='{family}'])")).First.WaitForAsync();
        }
    }
}
