using Microsoft.Playwright;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>
/// Somebody at the keyboard, by the keystroke-level model: 0.28 s for each key (a capital is two), as at 40 words a minute, and 1.35 s of thought
/// before each field or choice. What the portal itself takes, and what the caller says meanwhile, come on top.
/// </summary>
internal sealed class Typist(IPage page)
{
    public int Keys { get; private set; }
    public int Choices { get; private set; }
    public double Seconds => Keys * 0.28 + Choices * 1.35;

    /// <summary>One more choice: a key, or two at once, where the focus is.</summary>
    public async Task Press(params string[] keys)
    {
        Choices++;
        Keys += keys.Length;
        await page.Keyboard.PressAsync(string.Join('+', keys));
    }

    /// <summary>One field: to it, and what goes into it.</summary>
    public async Task Type(ILocator field, string text)
    {
        await Reach(field);
        Keys += text.Length + text.Count(char.IsUpper);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>To a control, by the tabulator alone.</summary>
    public async Task Reach(ILocator aim)
    {
        Choices++;
        await Expect(aim).ToBeVisibleAsync();
        for (var step = 0; step < 120; step++, Keys++)
        {
            if (await aim.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail("The keyboard does not reach the control.");
    }
}

/// <summary>
/// A rights request on the telephone, from the desk to the date by which they hear, by keyboard alone and by any adviser: within a minute by the
/// model of <see cref="Typist"/>. The figures stand in docs/dpia.md, and have to be those that are counted here.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class TelephoneRequest(Chromium chromium, ApartPortal apart, ITestOutputHelper output) : IClassFixture<ApartPortal>
{
    [Fact]
    public async Task Request_OnTheTelephone_IsTakenInUnderAMinute()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", apart.Portal);
        // The mother asks for her own; and a solicitor asks, for both children, that everything be erased: the longest that a form can come to.
        var mother = await Taken(window, RightKind.Access, ["Magda Testowska"], Asker.Themselves, null, "by post, to her address", "Everything since the spring.");
        var solicitor = await Taken(window, RightKind.Erasure, ["Ola", "Leon"], Asker.Representative, "Jo Example", "jo@example.org", "All of it, for both children.");
        foreach (var (who, typist) in new[] { ("The mother", mother), ("The solicitor", solicitor) })
        {
            output.WriteLine($"{who}: {typist.Keys} keys, {typist.Choices} fields and choices, {typist.Seconds:0} s");
            Assert.InRange(typist.Seconds, 1, 60);
            Assert.Contains($"{typist.Keys} keys and {typist.Choices} choices, {typist.Seconds:0} s", await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "dpia.md")), StringComparison.Ordinal);
        }
    }

    private static async Task<Typist> Taken(Window window, RightKind kind, string[] about, Asker asker, string? name, string reach, string words)
    {
        var (page, typist) = (window.Page, new Typist(window.Page));
        await page.GotoAsync("/");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await typist.Type(page.Locator("#find"), "testowska");
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await typist.Press("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option).First).ToHaveAttributeAsync("aria-selected", "true");
        await typist.Press("Enter");
        var open = page.GetByRole(AriaRole.Link, new() { Name = "Rights request R", Exact = true });
        await Expect(page.Asked().Or(open)).ToBeVisibleAsync();
        // A moment before it follows, the focus is still in the search, and keys are typed there.
        await Expect(page.Locator("main h1")).ToBeFocusedAsync();
        // Why, where it is asked; it always counts.
        await typist.Press(await page.Asked().IsVisibleAsync() ? "1" : "Shift");
        await Expect(open).ToBeVisibleAsync();
        await typist.Press("r");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Somebody asks about their information" })).ToBeFocusedAsync();
        if (kind != RightKind.Access)
            await typist.Type(page.GetByLabel("What they ask"), kind.Words()[..1]);
        if (asker != Asker.Themselves)
            await typist.Type(page.GetByLabel("Who asks", new() { Exact = true }), asker.Words()[..1]);
        foreach (var one in about)
        {
            await typist.Reach(page.GetByLabel(one));
            await typist.Press("Space");
        }
        if (name is not null)
            await typist.Type(page.GetByLabel("Name of whoever asks"), name);
        await typist.Type(page.GetByLabel("Where the answer goes"), reach);
        await typist.Type(page.GetByLabel("In their words"), words);
        await typist.Press("Control", "Enter");
        await Expect(page.GetByText("Due by")).ToHaveCountAsync(about.Length);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Taken", Exact = true })).ToBeVisibleAsync();
        await window.IsAccessible();
        return typist;
    }
}
