using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>What cannot wait, and who signs it (X1, X2), on a portal of its own.</summary>
[Collection(nameof(Chromium))]
public sealed class ExemptionJourneys(Chromium chromium, FamilyPortal families, DirectoryPortal directory) : IClassFixture<FamilyPortal>, IClassFixture<DirectoryPortal>
{
    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{name}") });

    [Fact]
    public async Task ChildProtection_InFiveFieldsByKeyboard_GoesAtOnce_LandsOnTheLeadsList_AndIsSigned()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", directory.Portal);
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Urgent: at risk" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A child or an adult at risk" })).ToBeVisibleAsync();
        await Button(page, "Release it now").ClickAsync();
        await Expect(page.Locator(".problems li")).ToHaveCountAsync(5);
        await window.IsAccessible();
        // One key chooses to whom; the checked number stands beside it.
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByLabel("4. To whom")).ToHaveValueAsync("Children's front door");
        await Expect(page.Locator("dl.facts")).ToContainTextAsync("01632 960101");
        await page.GetByLabel("1. Who").FillAsync("Nell Madeup, five, 3 Example Road");
        await page.GetByLabel("2. What is feared").FillAsync("Harm at home tonight.");
        await page.GetByLabel("3. Why now").FillAsync("School ends at three.");
        await page.GetByLabel("5. What is told").FillAsync("She told us that she is afraid to go home.");
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");
        await page.ReloadAsked();
        await Expect(page.GetByLabel("5. What is told")).ToHaveValueAsync("She told us that she is afraid to go home.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Released: tell them now" })).ToBeVisibleAsync();
        await Expect(page.Locator(".typed")).ToContainTextAsync("She told us that she is afraid to go home.");
        await Expect(page.Locator("dl.facts")).ToContainTextAsync("01632 960101");
        await window.IsAccessible();

        // The rest comes from the asker; the signature from a lead.
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByText("Went at once, not signed yet")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("f");
        await Expect(page.Locator("#f-exemption-facts")).ToHaveValueAsync("She told us that she is afraid to go home.");
        await page.GetByLabel("What the law rests it on").SelectOptionAsync("dpa-sch1-18");
        await page.GetByText("It cannot be given").ClickAsync();
        await page.GetByLabel("Why less would not do").FillAsync("Name and sentence alone.");
        await page.GetByLabel("The child's and the parent's views").FillAsync("Not asked: it would warn.");
        await page.GetByLabel("Who the recipient is").FillAsync("The directory's number.");
        await page.GetByText("Not told", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Why not").FillAsync("It would warn.");
        await page.GetByLabel("Look at that again on").FillAsync("2099-01-01");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".problems li")).ToHaveCountAsync(1);
        await window.IsAccessible();
        await page.GetByLabel("Look at the whole again on").FillAsync("2099-01-01");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#form ~ .mark")).ToHaveCountAsync(0);

        await using var lead = await chromium.OpenAs("Dilys Ackroyd", directory.Portal);
        await lead.Page.GetByRole(AriaRole.Region, new() { Name = "Urgent acts to sign" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(lead.Page.GetByText("Harm at home tonight.").First).ToBeVisibleAsync();
        await lead.IsAccessible();
        await lead.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(lead.Page.GetByRole(AriaRole.Heading, new() { Name = "Signed" })).ToBeVisibleAsync();
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "All exemptions" }).ClickAsync();
        await Expect(lead.Page.GetByRole(AriaRole.Cell, new() { Name = "Went at once, the lead agrees" }).First).ToBeVisibleAsync();
        await lead.IsAccessible();
    }

    [Fact]
    public async Task CrimeRequest_AsksForTheHookFirstAndWhatItAsks_AndIsSavedToWaitForSomebodyElse()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", families.Portal);
        var page = window.Page;
        await page.GotoAsked($"/families/{families.Asked}/exemption");
        await page.GetByText("Crime or taxation (X2)").ClickAsync();
        await Expect(page.GetByLabel("What would be prejudiced otherwise")).ToBeHiddenAsync();
        await page.GetByLabel("What the law rests it on").SelectOptionAsync("dpa-sch2-2");
        await page.GetByLabel("What would be prejudiced otherwise").FillAsync("The claim would be warned.");
        await Expect(page.GetByText("Why there is no permission")).ToBeHiddenAsync();
        await page.GetByLabel("Which offence or tax").FillAsync("Suspected fraud; an inspector, section 29.");
        await page.GetByLabel("Who it is about").FillAsync("Magda Testowska");
        await page.GetByLabel("To whom").FillAsync("HMRC, compliance team");
        await page.Locator("#f-exemption-facts").FillAsync("A letter of 2 March asks for one date.");
        await page.GetByLabel("What may happen").FillAsync("The claim is not looked into.");
        await page.GetByLabel("Why it is necessary").FillAsync("Only we know the date.");
        await page.GetByLabel("Why less would not do").FillAsync("The date alone.");
        await page.GetByLabel("Who the recipient is").FillAsync("We rang the switchboard.");
        await page.GetByLabel("The child's and the parent's views").FillAsync("Not known: asking would warn.");
        await page.GetByText("Not told", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Why not").FillAsync("It would warn.");
        await page.GetByLabel("Look at that again on").FillAsync("2099-01-01");
        await page.GetByLabel("Look at the whole again on").FillAsync("2099-01-01");
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page).ToHaveURLAsync(new Regex("disclose\\?exemption="));
        var id = Regex.Match(await page.Address(), "exemption=([0-9a-f]{32})").Groups[1].Value;
        await page.GotoAsked($"/exemptions/{id}");
        await Expect(page.GetByText("Waits for a second person")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Officer_SeesWhatWaitsOnTheDesk_AndNoFamily()
    {
        await using var asks = await chromium.OpenAs("Ash Whitaker", families.Portal);
        await asks.Page.GotoAsked($"/families/{families.Leaving}/urgent");
        await asks.Page.GetByLabel("1. Who").FillAsync("Pip");
        await asks.Page.GetByLabel("2. What is feared").FillAsync("Being left alone.");
        await asks.Page.GetByLabel("3. Why now").FillAsync("This evening.");
        // This folder's directory is empty: what is typed is enough.
        await asks.Page.GetByLabel("4. To whom").FillAsync("The front door");
        await asks.Page.GetByLabel("5. What is told").FillAsync("Pip said so.");
        await asks.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(asks.Page.GetByText("Not in the directory")).ToBeVisibleAsync();
        await Expect(asks.Page.Locator(".typed")).ToContainTextAsync("To: The front door");

        await using var window = await chromium.OpenAs("Farah Iqbal", families.Portal);
        await window.Page.GetByRole(AriaRole.Region, new() { Name = "Urgent acts to sign" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(window.Page.GetByText("Being left alone.")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("signs this")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Open the family" })).ToHaveCountAsync(0);
        await window.IsAccessible();
        await window.Page.GotoAsync("/exemptions");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Waiting" })).ToBeVisibleAsync();
        await window.IsAccessible();
    }
}
