using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal on a folder with one family and whom it may be spoken of with: nobody has agreed to anything yet.</summary>
public sealed class TellingPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;

    internal PortalProcess Portal { get; private set; } = default!;
    internal UnitId Family { get; private set; }
    internal PersonId Mother { get; private set; }
    internal PersonId Child { get; private set; }
    internal BodyId School { get; private set; }
    internal BodyId Abroad { get; private set; }

    public async Task InitializeAsync()
    {
        await using (var scene = await DisclosureRoom.Start(folder: folder))
        {
            (Family, Mother, Child, School) = (scene.Family, scene.Mother.Id, scene.Child.Id, scene.School.Id);
            async Task<BodyId> Add(BodyKind kind, string name, ContactWay way, string at, bool urgent = false, string country = "GB") => (await scene.Room.Get<RecipientDesk>().Add(FamilyRoom.Adviser,
                new RecipientDetails { Kind = kind, Name = name, Country = country, Urgent = urgent }, [new RecipientContact { Way = way, Value = at }])).OrThrow().Id;
            await Add(BodyKind.Nursery, "Tiny Steps Nursery", ContactWay.Email, "post@nursery.example.org");
            await Add(BodyKind.SocialCare, "Children's front door", ContactWay.Telephone, "01632 960101", urgent: true);
            await Add(BodyKind.Other, "Revenue Example Office", ContactWay.Email, "case@revenue.example.org");
            await Add(BodyKind.Other, "Example County Court", ContactWay.Letter, "1 Court Row, Sampleton");
            Abroad = await Add(BodyKind.School, "Beispielschule", ContactWay.Email, "post@beispiel.example.org", country: "CH");
        }
        Portal = await PortalProcess.Start(folder);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What leaves, and whom it reaches: from a yes during a call to a letter to the court, and what is made good when it went wrong.</summary>
[Collection(nameof(Chromium))]
public sealed class TellingJourneys(Chromium chromium, TellingPortal telling) : IClassFixture<TellingPortal>
{
    private async Task<Window> As(string colleague, string address)
    {
        var window = await chromium.OpenAs(colleague, telling.Portal);
        await window.Page.GotoAsked(address);
        return window;
    }

    private static ILocator Gate(IPage page) => page.GetByRole(AriaRole.Complementary, new() { Name = "The gate" });

    private static async Task IsAccessible(Window window)
    {
        await window.Page.SetViewportSizeAsync(1366, 2600);
        await window.IsAccessible();
        await window.Page.SetViewportSizeAsync(1366, 768);
    }

    private static async Task To(IPage page, string name)
    {
        await page.GetByLabel("To from the directory").FillAsync(name);
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex($"^{name}") }).ClickAsync();
        await Expect(page.GetByLabel("To from the directory")).ToHaveValueAsync(name);
    }

    private static Task Text(IPage page, string words) => page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(words);

    private static async Task Agree(IPage page, string why)
    {
        await page.GotoAsync("/worklists/waits-for-second");
        await page.Locator("main a[href^='disclosures/']").First.ClickAsync();
        await page.GetByLabel("Why").FillAsync(why);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("agreed on").Or(page.GetByText("agreed to it"))).ToBeVisibleAsync();
    }

    private static async Task GoOn(IPage page)
    {
        await page.GotoAsync("/worklists/agreed");
        await page.Locator("main a[href^='disclosures/']").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Go on and release it") }).ClickAsync();
    }

    [Fact]
    public async Task Telling_FromAYesDuringACallToItsWithdrawal_AndEveryOtherWayOut()
    {
        // Asked in the middle of a call, in the words that are read out; the call stays open meanwhile.
        await using var calling = await As("Ash Whitaker", "/live");
        var call = calling.Page;
        await call.GetByLabel("Find the family").FillAsync("Testowska");
        await call.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Testowska, Magda") }).First.ClickAsync();
        await call.GetByLabel("Confirmed by").SelectOptionAsync("known-voice");
        await call.GetByLabel("Magda Testowska").CheckAsync();
        foreach (var share in new[] { false, true })
        {
            await call.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Ask") }).First.ClickAsync();
            await call.GetByLabel("May we").SelectOptionAsync(share ? "share" : "contact");
            await call.GetByLabel("Its name").FillAsync("Example Primary");
            await call.GetByLabel("What for").FillAsync("so that support can be planned");
            if (share)
            {
                await call.GetByLabel("your child's name", new() { Exact = true }).CheckAsync();
                await call.GetByLabel("which school or nursery your child goes to").CheckAsync();
            }
            await call.GetByLabel("Their right to say yes").FillAsync("mother, certificate seen");
            await call.GetByLabel("Their right to say yes").BlurAsync();
            await Expect(call.Locator(".ask .say")).ToContainTextAsync("Example Primary");
            await calling.IsAccessible();
            await call.GetByRole(AriaRole.Button, new() { Name = "They said yes" }).ClickAsync();
            await Expect(call.GetByText(new Regex(share ? "^School: .*share" : "^School: contact until "))).ToBeVisibleAsync();
        }

        // Now the school may be contacted, and told two things.
        await using var window = await As("Ash Whitaker", $"/families/{telling.Family}");
        var page = window.Page;
        await page.SayWhy();
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Contact and share" });
        await panel.GetByRole(AriaRole.Link, new() { Name = "Contact Example Primary", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Topic", Exact = true }).FillAsync("starting school");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("starting school");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByLabel("Reached, said as shown").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contact, Example Primary" })).ToBeVisibleAsync();
        await page.GotoAsync($"/families/{telling.Family}");
        await page.SayWhy();
        await panel.GetByRole(AriaRole.Link, new() { Name = "Share Example Primary", Exact = true }).ClickAsync();
        await page.GetByLabel("School or setting: Example Primary").CheckAsync();
        await page.GetByLabel("Forename: Ola").CheckAsync();
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("School or setting: Example Primary");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByLabel("Sent as shown").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Share, Example Primary" })).ToBeVisibleAsync();

        // Taken back: the button of an open window greys at once, and nobody touched it.
        await using (var watching = await As("Dilys Ackroyd", $"/families/{telling.Family}"))
        {
            await watching.Page.SayWhy();
            var seen = watching.Page.GetByRole(AriaRole.Region, new() { Name = "Contact and share" });
            await Expect(seen.GetByRole(AriaRole.Link, new() { Name = "Share Example Primary", Exact = true })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "The permission" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Permission to share with Example Primary" })).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("w");
            await page.GetByRole(AriaRole.Button, new() { Name = "Take it back now" }).ClickAsync();
            await Expect(seen.GetByRole(AriaRole.Button, new() { Name = "Share Example Primary" })).ToHaveAttributeAsync("aria-disabled", "true");
            await Expect(seen.GetByText("withdrawn today")).ToBeVisibleAsync();
            await watching.IsAccessible();
        }

        // A nursery is asked in general: no permission is needed, and nobody is named.
        await page.GotoAsync("/ask");
        await To(page, "Tiny Steps Nursery");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Your question" }).FillAsync("Do you have places on Fridays?");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: nothing about anybody");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("Do you have places on Fridays?");

        // What cannot wait goes in five fields, and lands on the lead's list.
        await page.GotoAsked($"/families/{telling.Family}/urgent");
        await page.GetByLabel("1. Who").FillAsync("Ola");
        await page.GetByLabel("2. What is feared").FillAsync("Harm at home tonight.");
        await page.GetByLabel("3. Why now").FillAsync("School ends at three.");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByLabel("4. To whom")).ToHaveValueAsync("Children's front door");
        await page.GetByLabel("5. What is told").FillAsync("She is afraid to go home.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Released: tell them now" })).ToBeVisibleAsync();
        await using var lead = await As("Dilys Ackroyd", "/");
        await Expect(lead.Page.GetByRole(AriaRole.Region, new() { Name = "Urgent acts to sign" }).GetByRole(AriaRole.Link).First).ToBeVisibleAsync();

        // X2 waits for the lead, and goes on the lead's yes to exactly this.
        await page.GotoAsked($"/families/{telling.Family}/exemption");
        await Fill(page, "Crime or taxation (X2)", "dpa-sch2-2", "Magda Testowska", "Revenue Example Office");
        await Expect(page).ToHaveURLAsync(new Regex("disclose\\?exemption="));
        await To(page, "Revenue Example Office");
        await page.GetByLabel("Magda Testowska").CheckAsync();
        await Text(page, "She asked about the allowance on 2 March.");
        await page.GetByLabel("what you asked us").CheckAsync();
        await Expect(Gate(page)).ToContainTextAsync("Somebody else has to agree first");
        await IsAccessible(window);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(Gate(page)).ToContainTextAsync("on their list");
        await Agree(lead.Page, "The power is named, and one date is all they get.");
        await GoOn(page);
        await Expect(Gate(page)).ToContainTextAsync("Allowed: crime or taxation (X2)");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("She asked about the allowance");

        // Outside the United Kingdom and the EEA nothing goes, with the reason.
        await page.GotoAsked($"/families/{telling.Family}/disclose?act=contact&body={telling.Abroad}");
        await page.GetByLabel("Ola").CheckAsync();
        await page.GetByText("E-mail", new() { Exact = true }).ClickAsync();
        await Expect(Gate(page)).ToContainTextAsync("This recipient is outside the United Kingdom and the EEA.");
        await IsAccessible(window);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Keep on record that it was refused") })).ToBeDisabledAsync();

        // Once an exemption is on record, her own statement is read by two, and says nothing of it.
        await page.GotoAsked($"/families/{telling.Family}/statement/{telling.Mother}");
        await Expect(page.GetByText("Every statement of this kind is released by two.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Permission to contact Example Primary" })).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Revenue");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("front door");
        await IsAccessible(window);
        await page.GetByLabel("How do you know that it is them?").FillAsync("known voice");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("It waits for a team lead")).ToBeVisibleAsync();
        await lead.Page.GotoAsync("/worklists/waits-for-second");
        await lead.Page.Locator("main a[href^='disclosures/']").First.ClickAsync();
        await Expect(lead.Page.GetByText("What we hold about Magda Testowska")).ToBeVisibleAsync();
        await IsAccessible(lead);
        await lead.Page.GetByLabel("Why").FillAsync("Nothing of it hints at anything.");
        await lead.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(lead.Page.GetByText("agreed on")).ToBeVisibleAsync();
        await GoOn(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Release what was agreed" }).ClickAsync();
        var sheet = "/" + await page.GetByRole(AriaRole.Link, new() { Name = "Open the sheet to print it" }).GetAttributeAsync("href");
        await page.GotoAsync(sheet);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What we hold about Magda Testowska" })).ToBeVisibleAsync();
        await window.IsAccessible();
    }

    private static async Task Fill(IPage page, string kind, string hook, string who, string to)
    {
        await page.GetByText(kind).ClickAsync();
        await page.GetByLabel("What the law rests it on").SelectOptionAsync(hook);
        if (kind.Contains("X2", StringComparison.Ordinal))
        {
            await page.GetByLabel("What would be prejudiced otherwise").FillAsync("The claim would be warned.");
            await page.GetByLabel("Which offence or tax").FillAsync("Suspected fraud; an inspector, section 29.");
        }
        await page.GetByLabel("Who it is about").FillAsync(who);
        await page.GetByLabel("To whom").FillAsync(to);
        await page.Locator("#f-exemption-facts").FillAsync("It was said on the telephone.");
        await page.GetByLabel("What may happen").FillAsync("Nobody looks into it.");
        await page.GetByLabel("Why it is necessary").FillAsync("Only we know it.");
        await page.GetByLabel("Why less would not do").FillAsync("One sentence.");
        await page.GetByLabel("Who the recipient is").FillAsync("We rang the switchboard.");
        await page.GetByLabel("The child's and the parent's views").FillAsync("Not known: asking would warn.");
        await page.GetByText("Not told", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Why not").FillAsync("It would warn.");
        await page.GetByLabel("Look at that again on").FillAsync("2099-01-01");
        await page.GetByLabel("Look at the whole again on").FillAsync("2099-01-01");
        await page.Keyboard.PressAsync("Control+Enter");
    }

    [Fact]
    public async Task Exemption_OfACallerWithoutACard_GoesThroughTheGateToo()
    {
        await using var window = await As("Ash Whitaker", "/exemption");
        var page = window.Page;
        await Fill(page, "Child protection (X1)", "ca1989-47", "A caller who gave no name", "Children's front door");
        await Expect(page).ToHaveURLAsync(new Regex("ask\\?exemption="));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Share under an exemption" })).ToBeVisibleAsync();
        await To(page, "Children's front door");
        await page.GetByText("Telephone", new() { Exact = true }).ClickAsync();
        await Text(page, "About a caller who gave no name: the child at 3 Example Road is left alone.");
        await page.GetByLabel("◆ contact with social care").CheckAsync();
        await Expect(Gate(page)).ToContainTextAsync("Somebody else has to agree first");
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("left alone");
        await IsAccessible(window);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(Gate(page)).ToContainTextAsync("on their list");
        await using (var lead = await As("Dilys Ackroyd", "/"))
            await Agree(lead.Page, "It cannot be left.");
        await GoOn(page);
        await Expect(Gate(page)).ToContainTextAsync("Allowed: child protection (X1)");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("left alone");
        await IsAccessible(window);
    }

    [Fact]
    public async Task RequiredByLaw_IsReadByTheOfficer_AndItsLetterIsPrinted()
    {
        await using var window = await As("Ash Whitaker", $"/families/{telling.Family}/disclose?act=share");
        var page = window.Page;
        await To(page, "Example County Court");
        await page.GetByText("Letter", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("1 Court Row, Sampleton")).ToBeCheckedAsync();
        await page.GetByLabel("Ola").CheckAsync();
        await page.GetByLabel("School or setting: Example Primary").CheckAsync();
        await page.GetByLabel("Ground", new() { Exact = true }).SelectOptionAsync("law");
        await page.GetByLabel("Which document").FillAsync("order of 3 May 2026, number 12");
        await page.GetByLabel("By what power").FillAsync("Family Procedure Rules, part 21");
        await page.GetByLabel("Who requires it").FillAsync("the court officer");
        await page.GetByLabel("Who requires it").BlurAsync();
        await Expect(Gate(page)).ToContainTextAsync("Somebody else has to agree first: the information-governance officer");
        await IsAccessible(window);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(Gate(page)).ToContainTextAsync("on their list");
        await using (var officer = await As("Farah Iqbal", "/"))
        {
            await officer.Page.GotoAsync("/worklists/waits-for-second");
            await officer.Page.Locator("main a[href^='disclosures/']").First.ClickAsync();
            await Expect(officer.Page.GetByText("required by law: order of 3 May 2026, number 12")).ToBeVisibleAsync();
            await IsAccessible(officer);
            await officer.Page.GetByLabel("Why").FillAsync("I read the order.");
            await officer.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(officer.Page.Locator("main")).Not.ToContainTextAsync("Do you agree to exactly this?");
        }
        await GoOn(page);
        await Expect(Gate(page)).ToContainTextAsync("Allowed: required by law. Counted apart");
        await page.Keyboard.PressAsync("Control+Enter");
        var sheet = "/" + await page.GetByRole(AriaRole.Link, new() { Name = "Open the sheet to print" }).GetAttributeAsync("href");
        var went = await page.Locator("#outlet-text").TextContentAsync();
        await page.GotoAsync(sheet);
        await Expect(page.Locator("body")).ToContainTextAsync("Given as required: order of 3 May 2026, number 12.");
        await Expect(page.Locator("body")).ToContainTextAsync("Example County Court");
        Assert.Contains("School or setting: Example Primary", went, StringComparison.Ordinal);
        await window.IsAccessible();
        // On paper: the marking, and nothing of the portal around it.
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("body")).ToContainTextAsync("OFFICIAL");
        await Expect(page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Copy_ToThePersonThemselves_GoesOnProof()
    {
        await using var window = await As("Ash Whitaker", $"/families/{telling.Family}/disclose?act=copy");
        var page = window.Page;
        await page.GetByLabel("To whom", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Magda Testowska" });
        await page.GetByLabel("Forename: Magda").CheckAsync();
        await page.GetByText("E-mail", new() { Exact = true }).ClickAsync();
        await Expect(Gate(page)).ToContainTextAsync("It is not said what proved who the recipient is.");
        await page.GetByLabel("What proved who they are").FillAsync("passport seen");
        await page.GetByLabel("What proved who they are").BlurAsync();
        // The card holds no e-mail of hers, so that it would go nowhere.
        await Expect(Gate(page)).ToContainTextAsync("It is not said how it reaches them.");
        await page.GetByText("Meeting", new() { Exact = true }).ClickAsync();
        await Expect(Gate(page)).ToContainTextAsync("Allowed: to the person themselves");
        await IsAccessible(window);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("Forename: Magda");
        await page.GetByLabel("Sent as shown").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Give a copy, Magda Testowska" })).ToBeVisibleAsync();
        // Somebody's own copy is owed no notice.
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^It was wrong") })).ToHaveCountAsync(0);
    }
}
