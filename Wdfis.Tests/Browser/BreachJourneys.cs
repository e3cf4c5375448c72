using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A breach in a browser: an adviser reports it by keyboard, the officer finds its hours on the desk, works and closes it (D7).</summary>
[Collection(nameof(Chromium))]
public class BreachJourneys(Chromium chromium) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess portal = default!;

    public async Task InitializeAsync() => portal = await PortalProcess.Start(folder);

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Breach_ReportedByAnAdviser_CountsOnTheOfficersDesk_AndIsClosedWhenAllIsThere()
    {
        await using (var adviser = await chromium.OpenAs("Ash Whitaker", portal))
        {
            await adviser.Page.GetByRole(AriaRole.Link, new() { Name = "Report a breach" }).ClickAsync();
            await Expect(adviser.Page.GetByLabel("What happened", new() { Exact = false }).First).ToBeVisibleAsync();
            await adviser.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(adviser.Page.Locator("#f-breach-facts-problem")).ToBeVisibleAsync();
            await adviser.IsAccessible();
            await Shots.Both(adviser.Page, "breach-new");
            await adviser.Page.Locator("#f-breach-facts").FillAsync("A bag with three letters was left on a bus.");
            await adviser.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(adviser.Page.GetByRole(AriaRole.Heading, new() { Name = "Reported", Exact = true })).ToBeVisibleAsync();
            await adviser.IsAccessible();
            await Expect(adviser.Page.GetByRole(AriaRole.Link, new() { Name = "Work on it" })).ToBeHiddenAsync();
        }
        await using var officer = await chromium.OpenAs("Farah Iqbal", portal);
        var page = officer.Page;
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^A personal-data breach waits for its decision: 71 hours left") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The 72 hours" })).ToBeVisibleAsync();
        await officer.IsAccessible();
        // Nothing is lost by trying to close it, and what is missing is said.
        await page.GetByLabel("Why it could happen").FillAsync("Letters are carried home.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the breach" }).ClickAsync();
        await Expect(page.Locator("#f-breach-lessons-problem")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Why it could happen")).ToHaveValueAsync("Letters are carried home.");
        await officer.IsAccessible();
        foreach (var (label, text) in new[]
        {
            ("Happened on", null), ("Discovered on", null), ("Kinds of people", "Two mothers, a child"), ("Kinds of information", "Names, a school"), ("How many people, about", "3"), ("How many records, about", "3"),
            ("What it has done or may do to them", "Somebody may read them."), ("Contained and made good", "The bus company holds the bag."), ("Why it is judged so", "It was locked."), ("So that it does not happen again", "Nothing is carried home."),
        })
            await page.GetByLabel(label).FillAsync(text ?? DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Risk to the people").SelectOptionAsync("Unlikely");
        // Nothing typed is lost by loading the page again.
        await page.GetByLabel("Reasons, or how").FillAsync("It came back locked.");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Reasons, or how")).ToHaveValueAsync("It came back locked.");
        await Expect(page.GetByLabel("Risk to the people")).ToHaveValueAsync("Unlikely");
        await Expect(page.GetByLabel("Kinds of people")).ToHaveValueAsync("Two mothers, a child");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Risk to the people")).ToHaveValueAsync("Unlikely");
        await Expect(page.GetByLabel("How many people, about")).ToHaveValueAsync("3");
        foreach (var (step, words) in new[] { ("NotToNotify", "It came back locked."), ("PeopleTold", "Rung, all three.") })
        {
            await page.GetByLabel("Step").SelectOptionAsync(step);
            await page.GetByLabel("Reasons, or how").FillAsync(words);
            await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = words })).ToBeVisibleAsync();
        }
        // When we were aware was a slip: it is put right with the reason, and shows who did.
        await page.GetByLabel("Step").SelectOptionAsync("AwareCorrected");
        await page.GetByLabel("We were aware").FillAsync(DateTime.UtcNow.AddHours(-6).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Reasons, or how").FillAsync("The depot rang us at noon.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.GetByText("corrected by Farah Iqbal")).ToBeVisibleAsync();
        await Shots.Both(page, "breach");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the breach" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close the breach" })).ToBeHiddenAsync();
        await officer.IsAccessible();
        await page.GotoAsync("/breaches");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Closed" })).ToBeVisibleAsync();
        await Shots.Both(page, "breaches");
        await officer.IsAccessible();
    }
}
