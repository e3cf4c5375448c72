using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

[Collection(nameof(Chromium))]
public class FamilyFormJourneys(Chromium chromium)
{
    private const string Ash = "Ash Whitaker";

    private static async Task Begin(IPage page)
    {
        await page.GotoAsync("/families/new");
        await Expect(page.GetByLabel("Surname", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("draft="));
    }

    private static ILocator Address(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true });

    private static ILocator Child(IPage page, int at, string label) =>
        page.GetByRole(AriaRole.Group, new() { Name = at == 0 ? "Child" : $"Child {at + 1}", Exact = true }).GetByLabel(label);

    /// <summary>The family's id.</summary>
    private static async Task<string> Enter(IPage page, string surname, string? telephone = null)
    {
        await Begin(page);
        await page.GetByLabel("Surname", new() { Exact = true }).FillAsync(surname);
        await page.GetByLabel("Forename", new() { Exact = true }).First.FillAsync("Magda");
        if (telephone is not null)
            await page.GetByLabel("Telephone").FillAsync(telephone);
        await Child(page, 0, "Forename").FillAsync("Zofia");
        await Child(page, 0, "Date of birth").FillAsync("12/3/2019");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the family" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/families/[0-9a-f]{32}$"));
        return (await page.Address())[^32..];
    }

    private static async Task Edit(IPage page, string family, string part, string purpose = "Advise")
    {
        await page.GotoAsync($"/families/{family}/edit/{part}");
        await Expect(page).ToHaveURLAsync(new Regex("draft="));
        await page.SayWhy();
        await page.GetByLabel("What is it for?").SelectOptionAsync(purpose);
        if (part == "address")
            await Expect(Address(page)).ToHaveCountAsync(purpose == "Advise" ? 1 : 0);
    }

    private static async Task Save(IPage page, string family)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/families/{family}$"));
        await Expect(page.Locator("[aria-live=polite].rz-notification")).ToContainTextAsync("The family card is saved.");
    }

    // The sentence stands in the summary and beside the field, and the field points to it.
    private static async Task Refused(ILocator field, string sentence)
    {
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(sentence)));
        await Expect(field.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link, new() { Name = sentence }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NewFamily_LikeAKnownOne_ShowsItBesideTheForm()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var first = await Enter(page, "Testduplicatska", "07700 900731");
        await Begin(page);
        await window.IsAccessible();
        await page.GetByLabel("Telephone").FillAsync("+44 7700 900731");
        await page.GetByLabel("Telephone").BlurAsync();
        var known = page.GetByRole(AriaRole.Region, new() { Name = "Known already?" });
        await Expect(known.GetByRole(AriaRole.Link, new() { Name = "Testduplicatska, Magda" })).ToHaveAttributeAsync("href", $"families/{first}");
        await window.IsAccessible();
    }

    [Fact]
    public async Task NewFamily_Reloaded_KeepsWhatWasTyped()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        await page.GetByLabel("Surname", new() { Exact = true }).FillAsync("Testreloadska");
        await page.GetByRole(AriaRole.Button, new() { Name = "Another child" }).ClickAsync();
        await Child(page, 1, "Date of birth").FillAsync("expected");
        await Expect(page.GetByText("Draft kept")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Surname", new() { Exact = true })).ToHaveValueAsync("Testreloadska");
        await Expect(Child(page, 1, "Date of birth")).ToHaveValueAsync("expected");
    }

    [Fact]
    public async Task NewFamily_ByKeyboardAlone_IsEntered()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        await page.GetByLabel("Surname", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("Testkeyska");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Ewa");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/families/[0-9a-f]{32}$"));
    }

    [Fact]
    public async Task Address_ChangedInTwoWindows_EndsInBothVersionsAndLosesNeither()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testtwowindska", "07700 900732");
        await Edit(page, family, "address");
        await Address(page).FillAsync("1 Sample Row");
        await page.GetByLabel("Postcode").FillAsync("WF1 2AB");

        await using var other = await chromium.OpenAs("Bryony Sykes");
        var second = other.Page;
        await Edit(second, family, "address");
        await Address(second).FillAsync("2 Sample Row");
        await Save(second, family);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A colleague changed this while you typed" })).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Group, new() { Name = "Address", Exact = true });
        await Expect(row).ToContainTextAsync("It was: Nothing");
        await Expect(row.GetByLabel("Theirs")).Not.ToBeCheckedAsync();
        await Expect(row).ToContainTextAsync("1 Sample Row");
        await Expect(row).ToContainTextAsync("2 Sample Row");
        await window.IsAccessible();
        // Nobody else can choose where both wrote.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save what is chosen" }).ClickAsync();
        await Expect(row.GetByText("Choose which to keep: Address.")).ToBeVisibleAsync();
        await row.GetByLabel("Yours").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save what is chosen" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/families/{family}$"));
        await Edit(page, family, "address");
        await Expect(Address(page)).ToHaveValueAsync("1 Sample Row");
        await Expect(page.GetByLabel("Postcode")).ToHaveValueAsync("WF1 2AB");
    }

    [Fact]
    public async Task Family_ErasedWhileItsFormIsOpen_ClosesItAndShowsWhatWasTyped()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testerasedska");
        await Edit(page, family, "address");
        await Address(page).FillAsync("1 Sample Row");

        await using var other = await chromium.OpenAs("Bryony Sykes");
        await other.Page.GotoAsync($"/families/{family}");
        await other.Page.SayWhy();
        await other.Page.GetByRole(AriaRole.Link, new() { Name = "Anonymity of Magda Testerasedska" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Take away who they are" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, destroy it now" }).ClickAsync();
        await Expect(other.Page.GetByText("What said who they are is destroyed.")).ToBeVisibleAsync();

        // The form closes by itself.
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not there any more");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What you typed" })).ToContainTextAsync("1 Sample Row");
        await window.IsAccessible();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("erased");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all that is kept" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Typed before" })).ToContainTextAsync("1 Sample Row");
        await window.IsAccessible();
        await Shots.Both(page, "draft-of-something-gone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Drop it for good" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Desk" })).ToBeVisibleAsync();
        await page.GotoAsync($"/families/{family}");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("erased");
    }

    [Fact]
    public async Task Family_ClosedWhileSomebodyWorksWithIt_GoesFromTheirScreen_AndOpensInAnEmergency_ByKeyboard()
    {
        await using var lead = await chromium.OpenAs("Dilys Ackroyd");
        var family = await Enter(lead.Page, "Testurgentska");

        // Whatever page of the family the address leads to, it is asked first.
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await page.GotoAsync($"/families/{family}/disclose");
        await Expect(page.Asked()).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Testurgentska");
        await window.IsAccessible();
        await Shots.Both(page, "asked-before-a-page");
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contact or share" })).ToBeFocusedAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Testurgentska");

        await lead.Page.GotoAsked($"/families/{family}/handling");
        await lead.Page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Why") }).FillAsync("A relative works here");
        await lead.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(lead.Page.GetByText("Special handling is in force from now.")).ToBeVisibleAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A colleague holds this");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Family", Exact = true })).ToBeFocusedAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Testurgentska");
        await Expect(page).ToHaveTitleAsync("Family · WDFIS");
        await window.IsAccessible();
        await Shots.Both(page, "closed-while-open");
        await page.Keyboard.PressAsync("e");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Open this family in an emergency" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox).FillAsync("A child is alone at home");
        await window.IsAccessible();
        await Shots.Both(page, "emergency");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("Testurgentska") })).ToBeVisibleAsync();

        await lead.Page.GotoAsync("/worklists/emergencies");
        await lead.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Opened in an emergency") }).Last.ClickAsync();
        await Expect(lead.Page.GetByText("A child is alone at home")).ToBeVisibleAsync();
        await lead.IsAccessible();
        await Shots.Both(lead.Page, "emergency-review");
    }

    [Fact]
    public async Task Conflict_Declared_ClosesTheFamily_AndWaitsOnTheLeadsDesk()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testneighbourska");
        await page.GetByRole(AriaRole.Link, new() { Name = "Declare a conflict" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Close this record") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose what ties you to them.");
        await window.IsAccessible();
        await page.GetByLabel("Neighbour").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Close this record") }).ClickAsync();
        await Expect(page.GetByText("closed to you from now")).ToBeVisibleAsync();
        await page.GotoAsync($"/families/{family}");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("closed to you because of a declared conflict");

        await using var lead = await chromium.OpenAs("Dilys Ackroyd");
        await lead.Page.GetByRole(AriaRole.Region, new() { Name = "Conflicts declared" }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Conflict declared") }).Last.ClickAsync();
        await Expect(lead.Page.GetByRole(AriaRole.Group, new() { Name = "Ash Whitaker, neighbour" }).First).ToBeVisibleAsync();
        await lead.IsAccessible();
        await lead.Page.GetByLabel("Ash Whitaker", new() { Exact = true }).CheckAsync();
        await lead.Page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Why") }).FillAsync("They work next door");
        await lead.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Set special handling") }).ClickAsync();
        await Expect(lead.Page.GetByText("Special handling is in force from now.")).ToBeVisibleAsync();
        await Expect(lead.Page.GetByText("In force", new() { Exact = false }).First).ToBeVisibleAsync();
        await lead.IsAccessible();
    }

    [Fact]
    public async Task Address_WhosePurposeIsChangedWhileOpen_KeepsWhatTheCardHolds()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testpurposka");
        await Edit(page, family, "address");
        await Address(page).FillAsync("1 Sample Row");
        await Save(page, family);
        await Edit(page, family, "address", "GiveInformation");
        await page.GetByLabel("Postcode").FillAsync("WF1 2AB");
        await page.GetByLabel("What is it for?").SelectOptionAsync("Advise");
        await Expect(Address(page)).ToHaveValueAsync("1 Sample Row");
        await Save(page, family);
        await Edit(page, family, "address");
        await Expect(Address(page)).ToHaveValueAsync("1 Sample Row");
        await Expect(page.GetByLabel("Postcode")).ToHaveValueAsync("WF1 2AB");
    }

    [Fact]
    public async Task SafeContact_RowsAddedInTwoWindows_AreBothKept()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testbothska");
        await Edit(page, family, "safe");
        await page.GetByLabel("Never disclose to").FillAsync("Alex Example");
        await page.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("Mobile");
        await page.GetByLabel("From 09:00").FillAsync("9:00");

        await using var other = await chromium.OpenAs("Bryony Sykes");
        await Edit(other.Page, family, "safe");
        await other.Page.GetByLabel("Never disclose to").FillAsync("Sam Example");
        await other.Page.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("Email");
        await other.Page.GetByLabel("There is danger").CheckAsync();
        await Save(other.Page, family);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A colleague changed this while you typed" })).ToBeVisibleAsync();
        foreach (var both in await page.GetByLabel("Keep both").AllAsync())
            await both.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save what is chosen" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/families/{family}$"));
        await Edit(page, family, "safe");
        await Expect(page.GetByLabel("Never disclose to")).ToHaveValueAsync("Sam Example\nAlex Example");
        await Expect(page.GetByLabel("There is danger")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("By", new() { Exact = true }).Nth(0)).ToHaveValueAsync("Email");
        await Expect(page.GetByLabel("By", new() { Exact = true }).Nth(1)).ToHaveValueAsync("Mobile");
        await window.IsAccessible();
    }

    [Fact]
    public async Task BadInput_StandsBesideItsField_AndNothingTypedIsLost()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        var (surname, forename, birth) = (page.GetByLabel("Surname", new() { Exact = true }), page.GetByLabel("Forename", new() { Exact = true }).First, Child(page, 0, "Date of birth"));
        (ILocator Field, string Typed, string Sentence)[] bad =
        [
            (birth, "31/2/2020", "There is no such date."),
            (birth, "last Tuesday", "There is no such date."),
            (birth, "1/1/2190", "This date is in the future."),
            (birth, "2190", "This year is in the future."),
            (surname, "Test\u0007ska", "is a control character"),
            (surname, "Test\u0000ska", "is a control character"),
            (surname, "Test\u202Eska", "turns the reading direction"),
            (surname, new string('x', 300), "Keep it under 200."),
            (page.GetByLabel("Telephone"), "12", "telephone"),
            (page.GetByLabel("E-mail"), "nobody", "mail"),
            (page.GetByLabel("Postcode"), "nowhere", "postcode"),
        ];
        foreach (var (field, typed, sentence) in bad)
        {
            await surname.FillAsync("Testbadska");
            await field.FillAsync(typed);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save the family" }).ClickAsync();
            await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(sentence)));
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(sentence);
            await Expect(field).ToHaveValueAsync(typed);
            await field.FillAsync("");
        }
        await window.IsAccessible();
        await surname.FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the family" }).ClickAsync();
        await Refused(surname, "Enter a surname or a forename. Somebody who gives no name is taken as an anonymous enquiry.");
        // Letters of every script and emoji are names.
        await surname.FillAsync("Zażółć 王 🌻");
        await forename.FillAsync("Ó");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the family" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/families/[0-9a-f]{32}$"));
    }

    [Fact]
    public async Task Child_OlderThanTheCarer_IsRefusedBesideTheBirth()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testolderska");
        await Edit(page, family, "carer/new");
        await page.GetByLabel("Forename").FillAsync("Young");
        await page.GetByLabel("Date of birth").FillAsync("1/1/2020");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Refused(page.GetByLabel("Date of birth"), "This child would be older than the carer. Check both dates of birth.");
        await Expect(page.GetByLabel("Forename")).ToHaveValueAsync("Young");
        await window.IsAccessible();
    }

    [Fact]
    public async Task CourtOrders_ForAPurposeThatDoesNotNeedThem_AreNeitherShownNorAccepted()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testorderska");
        await Edit(page, family, "order/new");
        await page.GetByLabel("What is it for?").SelectOptionAsync("GiveInformation");
        await Expect(page.GetByLabel("Kind of order")).ToHaveCountAsync(0);
        await page.GetByLabel("What is it for?").SelectOptionAsync("Advise");
        await page.GetByLabel("Kind of order").SelectOptionAsync("non-molestation");
        await page.GetByLabel("Made on").FillAsync("31/2/2026");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Refused(page.GetByLabel("Made on"), "There is no such date. Write it as 12/3/2026.");
        await page.GetByLabel("Made on").FillAsync("3/2/2026");
        await window.IsAccessible();
        await Save(page, family);
    }

    [Fact]
    public async Task Note_OfTenMegabytesPasted_IsRefusedInWordsAndThePageLives()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var family = await Enter(page, "Testpasteska");
        await Edit(page, family, "address");
        var lines = Address(page);
        await lines.EvaluateAsync("e => { e.value = 'x'.repeat(10000000); e.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save") }).ClickAsync();
        await Refused(lines, "This is 10,000,000 characters long. Keep it under 20,000.");
        Assert.Equal(10_000_000, await lines.EvaluateAsync<int>("e => e.value.length"));
        await lines.FillAsync("1 Sample Row");
        await Save(page, family);
    }
}
