using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

[Collection(nameof(Chromium))]
public partial class FamilyJourneys(Chromium chromium)
{
    private static ILocator Field(Window window, string label) => window.Page.Locator("main").GetByLabel(new Regex($"^{label}")).First;

    private static ILocator Find(Window window) => window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" });

    private static ILocator Rows(Window window) => window.Page.Locator("#find-list [role=option]");

    private static Task Press(Window window, string button) => window.Page.Locator("main").GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{button}") }).ClickAsync();

    private static async Task<string> Enter(Window window, string surname, string forename, string? telephone = null)
    {
        await window.Page.GotoAsync("/families/new");
        await Field(window, "Surname").FillAsync(surname);
        await Field(window, "Forename").FillAsync(forename);
        if (telephone is not null)
            await Field(window, "Telephone").FillAsync(telephone);
        await Press(window, "Save the family");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = $"{forename} {surname}" })).ToBeVisibleAsync();
        return await window.Page.Address();
    }

    private static async Task Change(Window window, string family, string part)
    {
        await window.Page.GotoAsync($"{family}/edit/{part}");
        await window.Page.SayWhy();
        await Expect(window.Page.Locator("main").GetByRole(AriaRole.Button, new() { NameRegex = Save() })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_BySoundAndByTelephoneInAnySpelling_FindsTheFamilyByKeysAlone()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await Enter(window, "Catherwood", "Orla", "07700 900 771");
        await window.Page.GotoAsync("/");
        await Expect(Find(window)).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("Kathirwood");
        await Expect(Rows(window).First).ToContainTextAsync("Catherwood, Orla");
        await Expect(Rows(window).First).ToContainTextAsync("sounds alike");
        await window.IsAccessible();
        await Find(window).FillAsync("+44 (0)7700-900771");
        await Expect(Rows(window).First).ToContainTextAsync("Catherwood, Orla");
        await Expect(window.Page).ToHaveURLAsync(new Regex("/$"));
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Orla Catherwood" })).ToBeVisibleAsync();
        await Expect(window.Page).ToHaveTitleAsync("Family · WDFIS");
        await window.IsAccessible();
    }

    [Fact]
    public async Task Search_WithoutAnyMatch_LeadsToANewFamily()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await Find(window).FillAsync("zzqxwv");
        await Expect(window.Page.GetByText("Nothing found. Try another spelling")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.GetByText("Nothing found. Try another spelling")).ToBeHiddenAsync();
        await window.Page.GotoAsync("/families");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await window.IsAccessible();
    }

    [Fact]
    public async Task NewFamily_LikeOneThatIsKnown_ShowsItBesideTheForm()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await Enter(window, "Ravensthorpe", "Una", "01632 960 442");
        await window.Page.GotoAsync("/families/new");
        await Field(window, "Surname").FillAsync("Ravensthorpe");
        await Field(window, "Telephone").FillAsync("01632960442");
        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Ravensthorpe, Una" })).ToBeVisibleAsync();
        await window.IsAccessible();
    }

    [Fact]
    public async Task Edit_ByTwoColleaguesAtOnce_ShowsBothVersionsAndLosesNeither()
    {
        await using var first = await chromium.OpenAs("Ash Whitaker");
        await using var second = await chromium.OpenAs("Dilys Ackroyd");
        var family = await Enter(first, "Featherstone", "Mina");
        await Change(first, family, "communication");
        await Change(second, family, "communication");
        await Field(first, "Languages").FillAsync("Polish");
        await Field(first, "Interpreter").FillAsync("Polish, by telephone");
        await Field(second, "Languages").FillAsync("Romanian");
        await Field(second, "Interpreter").FillAsync("Romanian, in person");
        await Press(first, "Save");
        await Expect(first.Page.GetByRole(AriaRole.Heading, new() { Name = "Mina Featherstone" })).ToBeVisibleAsync();
        await Press(second, "Save");
        var main = second.Page.Locator("main");
        await Expect(main.GetByText("A colleague changed this while you typed")).ToBeVisibleAsync();
        await Expect(main.GetByText("Polish, by telephone")).ToBeVisibleAsync();
        await Expect(main.GetByText("Romanian, in person")).ToBeVisibleAsync();
        await second.IsAccessible();
        // Nothing is chosen for them where both changed the same.
        await Press(second, "Save what is chosen");
        await Expect(main.GetByRole(AriaRole.Link, new() { NameRegex = Choose() })).ToHaveCountAsync(2);
        await main.GetByRole(AriaRole.Group, new() { Name = "Languages" }).GetByLabel("Keep both").CheckAsync();
        await main.GetByRole(AriaRole.Group, new() { Name = "Interpreter" }).GetByLabel("Yours").CheckAsync();
        await Press(second, "Save what is chosen");
        await Expect(main.GetByText("Polish, Romanian · interpreter: Romanian, in person")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_OfAnotherPartThanTheColleagues_KeepsBothWithoutAsking()
    {
        await using var first = await chromium.OpenAs("Ash Whitaker");
        await using var second = await chromium.OpenAs("Dilys Ackroyd");
        var family = await Enter(first, "Holdsworth", "Petra");
        await Change(first, family, "address");
        await Change(second, family, "communication");
        await Field(first, "Postcode").FillAsync("WF9 2AB");
        await Field(second, "Languages").FillAsync("Kurdish");
        await Press(first, "Save");
        await Expect(first.Page.GetByText("WF9 2AB")).ToBeVisibleAsync();
        await Press(second, "Save");
        await Expect(second.Page.GetByText("Kurdish")).ToBeVisibleAsync();
        await Expect(second.Page.GetByText("WF9 2AB")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhoOpened_ForALead_NamesTheAdviser_AndIsNotThereForAdvisers()
    {
        await using var adviser = await chromium.OpenAs("Ash Whitaker");
        var family = await Enter(adviser, "Ainscough", "Bell");
        await Expect(adviser.Page.GetByRole(AriaRole.Heading, new() { Name = "Who opened this record" })).ToHaveCountAsync(0);
        await using var lead = await chromium.OpenAs("Dilys Ackroyd");
        await lead.Page.GotoAsync(family);
        await lead.Page.SayWhy();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        var rows = lead.Page.GetByRole(AriaRole.Region, new() { Name = "Who opened this record" }).GetByRole(AriaRole.Row);
        await Expect(rows.Filter(new() { HasText = "Ash Whitaker" })).ToHaveCountAsync(1);
        await Expect(rows.Filter(new() { HasText = "Dilys Ackroyd" })).ToHaveCountAsync(1);
        await lead.IsAccessible();
    }

    [Theory]
    [InlineData("Date of birth", "1/1/2199", "future")]
    [InlineData("Date of birth", "31 February 2020", "There is no such date")]
    [InlineData("Date of birth", "soon", "There is no such date")]
    [InlineData("Forename", "A\u0007nn", "control character")]
    [InlineData("Forename", "Ann\u202Enna", "reading direction")]
    public async Task Edit_WithBadInput_SaysSoBesideTheFieldAndLosesNothing(string label, string text, string words)
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var family = await Enter(window, "Badsworth", "Ivy");
        await Change(window, family, "child/new");
        await Field(window, "School or setting").FillAsync("Example Academy 🎈");
        var field = Field(window, label);
        await field.FillAsync(text);
        await Press(window, "Save");
        await Expect(window.Page.Locator(".problems")).ToContainTextAsync(words);
        await Expect(window.Page.Locator(".fields .problem")).ToContainTextAsync(words);
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveValueAsync(text);
        await window.IsAccessible();
        // Put right, the rest of it is still there, emoji included.
        await field.FillAsync(label == "Forename" ? "Ann" : "12/3/2019");
        await Press(window, "Save");
        await Expect(window.Page.GetByText("Example Academy 🎈")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_WithTenMegabytesPasted_SaysSoBesideTheFieldAndGoesOn()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var family = await Enter(window, "Longbottom", "Fay");
        await Change(window, family, "child/new");
        await Field(window, "School or setting").FillAsync("Sample Nursery");
        var field = Field(window, "Also known as");
        await field.EvaluateAsync("field => { field.value = 'x'.repeat(10_000_000); field.dispatchEvent(new Event('input', { bubbles: true })); }");
        await Press(window, "Save");
        await Expect(window.Page.Locator(".fields .problem")).ToContainTextAsync("10,000,000 characters long");
        await field.FillAsync("Fay-Ann");
        await Press(window, "Save");
        await Expect(window.Page.GetByText("Sample Nursery")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_OfAChildOlderThanTheCarer_IsRefused()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd");
        var family = await Enter(window, "Crofton", "May");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Change May Crofton" }).ClickAsync();
        await Field(window, "Date of birth").FillAsync("12/3/2000");
        await Press(window, "Save");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToBeVisibleAsync();
        await Change(window, family, "child/new");
        await Field(window, "Date of birth").FillAsync("12/3/1990");
        await Press(window, "Save");
        await Expect(window.Page.Locator(".fields .problem")).ToContainTextAsync("older than the carer");
    }

    [Fact]
    public async Task Danger_ByOneButton_StopsContactAtOnce()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        var family = await Enter(window, "Walton", "Joy");
        await Change(window, family, "safe");
        await window.IsAccessible();
        await Press(window, "Do not contact, from now");
        await Expect(window.Page.GetByText("Nobody is to be contacted from now")).ToBeVisibleAsync();
        await window.Page.GotoAsync(family);
        await Expect(window.Page.GetByText("Safe contact: do not contact")).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".head .mark")).ToHaveTextAsync("OFFICIAL-SENSITIVE [PERSONAL]");
    }

    [Theory]
    [InlineData("/worklists/not-told", "Not yet told of the policy")]
    [InlineData("/worklists/nothing", "No such worklist")]
    [InlineData("/families/01900000-0000-7000-8000-000000000000", "Family")]
    [InlineData("/families/new", "New family")]
    public async Task Page_OfThisPart_IsAccessible(string address, string heading)
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await window.Page.GotoAsync(address);
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("One moment…")).ToHaveCountAsync(0);
        await window.IsAccessible();
    }

    [Fact]
    public async Task NotYetTold_AfterTelling_CountsDownInAnotherWindow()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await using var other = await chromium.OpenAs("Ash Whitaker");
        var family = await Enter(window, "Kinsley", "Dot");
        await other.Page.GotoAsync("/");
        var count = other.Page.Locator("nav[aria-label=Main] a[href='worklists/not-told'] .count");
        await Expect(count).ToBeVisibleAsync();
        var before = int.Parse(await count.InnerTextAsync(), System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
        await window.Page.GotoAsync(family);
        await Press(window, "Told now, read aloud");
        await Expect(window.Page.GetByText("The confidentiality policy")).ToBeVisibleAsync();
        await Expect(count).ToHaveTextAsync((before - 1).ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("^Choose which")]
    private static partial Regex Choose();

    [GeneratedRegex("^Save")]
    private static partial Regex Save();
}
