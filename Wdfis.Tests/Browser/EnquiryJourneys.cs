using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

[Collection(nameof(Chromium))]
public class EnquiryJourneys(Chromium chromium)
{
    private const string Ash = "Ash Whitaker";

    [Fact]
    public async Task Call_NewFamilyThenKnownOne_IsTakenFromGreetingToClosing()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        await window.IsAccessible();
        await page.GetByLabel("Who they say they are").FillAsync("Magda, the mother");
        foreach (var line in new[] { "Confidential", "Your information", "What happens to it" })
            await page.GetByRole(AriaRole.Button, new() { Name = $"Told {line}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, go on" }).ClickAsync();
        await Expect(page.GetByText("policy 2026.1", new() { Exact = true })).ToHaveCountAsync(3);
        await Enter(page, "Magda", "Testkowalczyk", "Zofia", "12/3/2024");
        await window.IsAccessible();
        await Write(page);
        await Expect(page.GetByText(new Regex("^Kept until .*, because Families Information enquiries are kept two years"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close enquiry" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enquiry closed" })).ToBeFocusedAsync();
        await Expect(page.GetByText("because Families Information enquiries are kept two years")).ToBeVisibleAsync();
        await window.IsAccessible();

        // The same family rings again: found as heard, shut until confirmed, told already.
        await page.GetByRole(AriaRole.Link, new() { Name = "Next call" }).ClickAsync();
        await page.GetByLabel("Find the family").FillAsync("Testkovalchik");
        await page.GetByLabel("Find the family").ClearAsync();
        await page.GetByLabel("Find the family").FillAsync("Testkowalczyk");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Testkowalczyk, Magda") }).First.ClickAsync();
        await Expect(page.GetByText("The caller is not confirmed, so nothing is read out.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Zofia")).ToHaveCountAsync(0);
        await page.GetByLabel("Confirmed by").SelectOptionAsync("known-voice");
        await Expect(page.GetByText("Zofia, born 12 March 2024")).ToBeVisibleAsync();
        await page.GetByLabel("Magda Testkowalczyk").CheckAsync();
        await Expect(page.GetByText(new Regex("^Told of policy 2026.1 on "))).ToBeVisibleAsync();
        await page.GetByLabel("Number or e-mail they use now").FillAsync("07700 900456");
        await window.IsAccessible();

        // Permission is asked for in the words that are kept.
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = false }).First.ClickAsync();
        await page.GetByLabel("Its name").FillAsync("Sample Nursery");
        await page.GetByLabel("What for").FillAsync("to ask about a place");
        await page.GetByLabel("Their right to say yes").FillAsync("mother, said so");
        await page.GetByLabel("Their right to say yes").BlurAsync();
        await Expect(page.GetByText("May we contact Sample Nursery for you, to ask about a place?")).ToBeVisibleAsync();
        // Tall enough that the foot, which stays in sight, covers no button.
        await page.SetViewportSizeAsync(1366, 2600);
        await window.IsAccessible();
        await page.SetViewportSizeAsync(1366, 768);
        await page.GetByRole(AriaRole.Button, new() { Name = "They said yes" }).ClickAsync();
        await Expect(page.GetByText(new Regex("^School: contact until "))).ToBeVisibleAsync();

        await Write(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave open" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enquiry saved, still open" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the enquiry" }).ClickAsync();
        await Expect(page.GetByText("Place from January, mornings.")).ToBeVisibleAsync();
        await window.IsAccessible();

        // The saved enquiry: note, close, open again.
        await page.GetByLabel("New note").FillAsync("Rang back, sent the list.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).GetByText("Rang back, sent the list.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("New note")).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close enquiry" }).ClickAsync();
        await Expect(page.GetByLabel("Why it is opened again")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words why it is opened again.");
        await page.GetByLabel("Why it is opened again").FillAsync("They rang again");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open again" }).ClickAsync();
        await Expect(page.GetByText("Open again", new() { Exact = true }).First).ToBeVisibleAsync();
        await window.IsAccessible();

        // Her own goes to her where she rang from, and to no other number.
        await Expect(page.GetByText("They used 07700 900456")).ToBeVisibleAsync();
        var family = await page.GetByRole(AriaRole.Link, new() { Name = "Open family" }).GetAttributeAsync("href");
        await page.GotoAsked($"/{family}/disclose?act=copy");
        await page.GetByLabel("To whom", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Magda Testkowalczyk" });
        await page.GetByLabel("Forename: Magda").CheckAsync();
        await page.GetByText("Telephone", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("What proved who they are").FillAsync("known voice");
        await page.GetByRole(AriaRole.Radio, new() { Name = "07700 900123" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "The gate" })).ToContainTextAsync("They did not use this number or address for the enquiry.");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("07700 900456 they asked from here: answer until ") }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "The gate" })).ToContainTextAsync("Allowed: to the person themselves");
        await page.SetViewportSizeAsync(1366, 2600);
        await window.IsAccessible();
    }

    [Fact]
    public async Task Call_Anonymous_GivesAReferenceAndWarnsOfWhatLooksIdentifying()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        await page.GetByLabel("Who they say they are").FillAsync("Somebody Testname");
        await page.GetByText("Anonymous", new() { Exact = true }).ClickAsync();
        var reference = page.Locator(".reference");
        await Expect(reference).ToHaveTextAsync(new Regex("^[2-9A-Z]{2}-[2-9A-Z]{4}$"));
        await Expect(page.GetByLabel("Who they say they are")).ToHaveCountAsync(0);
        await page.GetByLabel("What they need").FillAsync("Ring Mrs Testname on 07700 900123");
        await Expect(page.GetByText("This looks like a telephone number.")).ToBeVisibleAsync();
        await window.IsAccessible();
        var given = await reference.TextContentAsync();
        await page.ReloadAsync();
        await Expect(reference).ToHaveTextAsync(given!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close enquiry" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a topic");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose an outcome");
        await window.IsAccessible();
        await page.GetByLabel("Topic").SelectOptionAsync("benefits");
        await page.GetByLabel("Outcome").SelectOptionAsync("information-given");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close enquiry" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enquiry closed" })).ToBeVisibleAsync();
        await Expect(page.GetByText(given!)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Call_ReloadedInTheMiddle_ComesBackAsItWas()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await Begin(page);
        await page.GetByLabel("What they need").FillAsync("A place near Ossett,\nmornings.");
        await page.GetByLabel("Topic").SelectOptionAsync("childcare-search");
        await page.GetByRole(AriaRole.Button, new() { Name = "Told Confidential" }).ClickAsync();
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("A place near Ossett,\nmornings.");
        await Expect(page.GetByLabel("Topic")).ToHaveValueAsync("childcare-search");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Told Confidential" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Call_PortalKilledAndStartedAgain_ComesBackWithTheText()
    {
        await using var portal = await PortalProcess.Start();
        await using var window = await chromium.OpenAs(Ash, portal);
        var page = window.Page;
        await Begin(page);
        await page.GetByLabel("What they need").FillAsync("Typed before the power went.");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.before = true");
        await portal.Kill();
        await page.GetByLabel("What we answered").FillAsync("Typed while it was away.");
        await Expect(page.Locator("[data-draft-status]")).ToContainTextAsync("connection is cut");
        await portal.Start();
        // Nobody presses anything: the page sends what was typed, then loads itself again.
        await page.WaitForFunctionAsync("() => !window.before && document.readyState === 'complete'", null, new() { Timeout = 60_000 });
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("Typed before the power went.");
        await Expect(page.GetByLabel("What we answered")).ToHaveValueAsync("Typed while it was away.");
    }

    [Fact]
    public async Task Call_ConnectionCutInTheMiddle_LosesNothing()
    {
        await using var cable = new CuttingProxy(chromium.Portal);
        await using var window = await chromium.Open(through: cable.Address);
        await window.SignIn(Ash);
        var page = window.Page;
        await Begin(page);
        await page.GetByText("Anonymous", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator(".reference")).ToBeVisibleAsync();
        await page.GetByLabel("Topic").SelectOptionAsync("benefits");
        await page.GetByLabel("Outcome").SelectOptionAsync("information-given");
        await page.GetByLabel("What they need").FillAsync("Before the cut.");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        cable.Cut();
        await page.GetByLabel("What we answered").FillAsync("During the cut.");
        await Expect(page.Locator("[data-draft-status]")).ToContainTextAsync("connection is cut");
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("#components-reconnect-modal")).ToContainTextAsync("Go on typing");
        cable.Mend();
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave open" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the enquiry" }).ClickAsync();
        await Expect(page.GetByText("Before the cut.")).ToBeVisibleAsync();
        await Expect(page.GetByText("During the cut.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Call_ByKeyboardAlone_IsTakenFromGreetingToClosing()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        var keys = page.Keyboard;
        await page.GotoAsync("/live");
        await Expect(page.GetByLabel("Who they say they are")).ToBeFocusedAsync();
        await keys.TypeAsync("A father");
        // Back to the ladder: one radio group, arrows choose.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Named" }).FocusAsync();
        await keys.PressAsync("ArrowLeft");
        await Expect(page.GetByLabel("The name they choose")).ToBeVisibleAsync();
        await TabTo(page, page.GetByLabel("The name they choose"));
        await keys.TypeAsync("Robin");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Leave open" }));
        foreach (var key in new[] { "1", "2", "3", "4" })
            await keys.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes, go on" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Told What happens to it" })).ToHaveAttributeAsync("aria-pressed", "true");
        await TabTo(page, page.GetByLabel("Topic"));
        await keys.TypeAsync("Benefits");
        await TabTo(page, page.GetByLabel("What they need"));
        await keys.TypeAsync("Which benefits there are.");
        await TabTo(page, page.GetByLabel("Outcome"));
        await keys.TypeAsync("Information given");
        await TabTo(page, page.GetByLabel("What we answered"));
        await keys.TypeAsync("Went through them.");
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enquiry closed" })).ToBeFocusedAsync();
        await keys.PressAsync("n");
        await Expect(page.GetByLabel("Who they say they are")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task QuickEnquiry_ByKeyboard_CountsAndBeginsAgainAtTheTopic()
    {
        await using var window = await chromium.OpenAs(Ash);
        var page = window.Page;
        await page.GotoAsync("/quick");
        var topic = page.GetByLabel("Topic");
        await Expect(topic).ToBeFocusedAsync();
        await window.IsAccessible();
        var before = int.Parse(Regex.Match((await page.GetByText(new Regex("counted today")).TextContentAsync())!, @"\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
        await page.GetByRole(AriaRole.Button, new() { Name = "Count it" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a topic.");
        await window.IsAccessible();
        await topic.FocusAsync();
        await page.Keyboard.TypeAsync("Benefits");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText($"{before + 1} counted today")).ToBeVisibleAsync();
        await Expect(topic).ToBeFocusedAsync();
        await Expect(topic).ToHaveValueAsync("");
    }

    private static async Task Begin(IPage page)
    {
        await page.GotoAsync("/live");
        await Expect(page.GetByLabel("What they need")).ToBeVisibleAsync();
    }

    private static async Task Enter(IPage page, string forename, string surname, string child, string born)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter a new family" }).ClickAsync();
        await page.GetByLabel("Forename").FillAsync(forename);
        await page.GetByLabel("Surname").FillAsync(surname);
        await page.GetByLabel("Telephone").FillAsync("07700 900123");
        await page.GetByLabel("Child's name").FillAsync(child);
        await page.GetByLabel("Child's date of birth").FillAsync(born);
        await page.GetByLabel("Postcode").FillAsync("WF5 8AA");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter this family" }).ClickAsync();
        await Expect(page.GetByText($"{surname}, {forename}")).ToBeVisibleAsync();
    }

    private static async Task Write(IPage page)
    {
        await page.GetByLabel("Topic").SelectOptionAsync("childcare-search");
        await page.GetByLabel("What they need").FillAsync("Place from January, mornings.");
        await page.GetByLabel("What we answered").FillAsync("Sent the list of settings.");
        await page.GetByLabel("Outcome").SelectOptionAsync("information-given");
    }

    // Tab, one step at a time, until the control has the focus: what a keyboard cannot reach is never found.
    private static async Task TabTo(IPage page, ILocator aim)
    {
        for (var step = 0; step < 80; step++)
        {
            if (await aim.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail("The keyboard does not reach the control.");
    }
}
