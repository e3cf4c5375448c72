using Microsoft.Playwright;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal of its own on a mother and a father who live apart, and their two children.</summary>
public sealed class ApartPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;

    internal PortalProcess Portal { get; private set; } = default!;
    internal UnitId Family { get; private set; }

    /// <summary>What somebody who gave no name holds, of an enquiry of theirs.</summary>
    internal const string Reference = "K7-QFM2";

    public async Task InitializeAsync()
    {
        await using (var room = await FamilyRoom.Start(folder))
        {
            var father = room.Carer("Viktor", "Falsowski") with { Relationship = "father", Source = Source.FamilyMember, Contacts = [new ContactPoint { Kind = ContactKind.Post, Value = "12 Hidden Lane, WF2 9ZZ", Source = Source.Themselves }] };
            var card = FamilyCard.Create([room.Carer("Magda", "Testowska"), father], [room.Child("Ola", room.Today.AddYears(-6)), room.Child("Leon", room.Today.AddYears(-9)) with { Setting = "Sibling Academy", SenStage = "ehc-plan" }],
                room.Today, StrongroomFixture.Adviser.Id, address: new Address { Lines = "3 Example Row", Postcode = "WF1 2AB", Source = Source.Themselves }).OrThrow();
            Family = Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Create(FamilyRoom.Adviser, card, Service.FamiliesInformation)).Family;
            // In an enquiry of hers the father, his address and the brother are spoken of.
            var now = Stamp.Now(StrongroomFixture.Adviser.Id, room.Room.Clock);
            var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateNamed(Family, card.Carers[0].Id) }, EnquiryLists.Defaults, now).OrThrow()
                .Concerns([card.Children[0].Id]).OrThrow().Ask("Leon lives with Viktor at 12 Hidden Lane, WF2 9ZZ. She asks about a place for Ola.").OrThrow();
            Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
                [new Put<Enquiry>(room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, await room.Keeper.Envelope(Family), null, now.On, now.On), enquiry, 0)])));
            var nobodys = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateAnonymous(PersonId.Create(room.Room.Clock), AnonymousReference.Parse(Reference)) }, EnquiryLists.Defaults, now).OrThrow();
            Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
                [new Put<Enquiry>(room.Get<Envelopes>().Of(nobodys, StrongroomFixture.Adviser.Id, null, null, null, now.On, now.On), nobodys, 0)])));
        }
        Portal = await PortalProcess.Start(folder);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

[Collection(nameof(Chromium))]
public sealed class RightsJourneys(Chromium chromium, ApartPortal apart) : IClassFixture<ApartPortal>
{
    [Fact]
    public async Task Mother_AsksOnTheTelephone_GetsWhatIsHersAfterASecondPersonReadIt()
    {
        // On the telephone: from the family's page, by keyboard, with the date by which she hears.
        await using var taking = await chromium.OpenAs("Ash Whitaker", apart.Portal);
        await taking.Page.GotoAsync($"/families/{apart.Family}");
        await taking.Page.SayWhy();
        await taking.Page.GetByRole(AriaRole.Link, new() { Name = "Rights request R", Exact = true }).ClickAsync();
        await Expect(taking.Page.GetByRole(AriaRole.Heading, new() { Name = "Somebody asks about their information" })).ToBeVisibleAsync();
        await taking.IsAccessible();
        await taking.Page.GetByLabel("Magda Testowska").CheckAsync();
        await Kept(taking.Page, "In their words", "Everything since the spring.");
        await Expect(taking.Page.GetByLabel("Magda Testowska")).ToBeCheckedAsync();
        await Shots.Both(taking.Page, "rights-new");
        await taking.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(taking.Page.GetByText("Due by")).ToBeVisibleAsync();
        await Expect(taking.Page.GetByText("Received: the time counts from this day")).ToBeVisibleAsync();
        await taking.IsAccessible();

        // The officer sees it on the list, how the date was reached, and checks who she is.
        await using var officer = await chromium.OpenAs(Officer, apart.Portal);
        var page = officer.Page;
        await page.GotoAsync("/rights");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "A copy of what we hold" })).ToBeVisibleAsync();
        await officer.IsAccessible();
        await Shots.Both(page, "rights");
        await page.GetByRole(AriaRole.Link, new() { Name = "A copy of what we hold" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "When it is due, and why" })).ToBeVisibleAsync();
        await Kept(page, "Reasons, as they get them", "Not sent yet.");
        await Step(page, "IdentityAsked", "The voice was not known.");
        await Expect(page.GetByText("Waits for identity").First).ToBeVisibleAsync();
        await Step(page, "IdentityCame", "Passport seen at the counter.");
        await Expect(page.GetByText("It arrived: the time starts here, not at receipt.")).ToBeVisibleAsync();
        foreach (var place in new[] { "Mailbox", "Paper", "Recordings", "OldSystem" })
        {
            await page.GetByLabel("Place", new() { Exact = true }).SelectOptionAsync(place);
            await page.GetByLabel("Terms, or why it cannot be").FillAsync($"her name in {place}");
            await page.GetByRole(AriaRole.Region, new() { Name = "Other places" }).GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = $"her name in {place}" })).ToBeVisibleAsync();
        }
        await officer.IsAccessible();
        // One form of the page was done after the other: what was typed into the rest stays.
        await Expect(page.GetByLabel("Reasons, as they get them")).ToHaveValueAsync("Not sent yet.");
        await Shots.Both(page, "request");

        // What is hers and somebody else's is decided one by one: the father's address and the brother in her own words are masked until then,
        // and what stands on the card of them is no part of it.
        await page.GetByRole(AriaRole.Link, new() { Name = "The answer" }).ClickAsync();
        await Expect(page.GetByText("Masked until decided").First).ToBeVisibleAsync();
        var note = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "12 Hidden Lane" });
        await Expect(note).ToContainTextAsync("Masked until decided");
        await Expect(note).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Without them: .+ lives with .+ at .+\\. She asks about a place for"));
        await Expect(page.GetByText("Sibling Academy")).ToHaveCountAsync(0);
        await officer.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tick all that wait" }).ClickAsync();
        await Shots.Both(page, "pack");
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("WithoutThem");
        await page.GetByLabel("Why, for these").FillAsync("She knows of them; they are not named.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Masked until decided")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search the registers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Search the registers again" })).ToBeVisibleAsync();
        await Kept(page, "How do you know that it is them?", "passport seen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask a second person" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Waits for a second person" })).ToBeVisibleAsync();
        var answer = await page.Address();

        // A second person reads exactly that, and agrees.
        await using var second = await chromium.OpenAs("Dilys Ackroyd", apart.Portal);
        await second.Page.GotoAsked(answer);
        await Expect(second.Page.GetByText("What we hold about Magda Testowska")).ToBeVisibleAsync();
        await second.Page.GetByLabel("Why you agree").FillAsync("Read, nothing of anybody else's.");
        await second.IsAccessible();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "I read it, and agree" }).ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Heading, new() { Name = "Agreed, ready to go" })).ToBeVisibleAsync();

        // The officer releases it: one file, once.
        await page.ReloadAsked();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release the answer" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save the file" }).ClickAsync());
        var html = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("07700 900123", html, StringComparison.Ordinal);
        Assert.Contains("3 Example Row", html, StringComparison.Ordinal);
        Assert.Contains("She asks about a place for", html, StringComparison.Ordinal);
        foreach (var others in new[] { "Hidden Lane", "Viktor", "Leon", "Sibling Academy" })
            Assert.DoesNotContain(others, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Searched, nothing held", html, StringComparison.Ordinal);

        // On its own, without the portal, it reads well for everybody.
        await using var file = await chromium.Open(apart.Portal);
        await file.Page.SetContentAsync(html);
        await Expect(file.Page.GetByRole(AriaRole.Heading, new() { Name = "What we searched" })).ToBeVisibleAsync();
        await file.IsAccessible();
    }

    [Fact]
    public async Task Representative_WithoutAuthority_IsToldSo_AndGetsALetterWithTheReasonsAfterWhatIsHersWasStoredOnly()
    {
        await using var taking = await chromium.OpenAs("Ash Whitaker", apart.Portal);
        await taking.Page.GotoAsked($"/rights/new?family={apart.Family}");
        await Expect(taking.Page.GetByRole(AriaRole.Heading, new() { Name = "Somebody asks about their information" })).ToBeVisibleAsync();
        await taking.Page.GetByLabel("What they ask").SelectOptionAsync("Restriction");
        await taking.Page.GetByLabel("Who asks", new() { Exact = true }).SelectOptionAsync("Representative");
        await Expect(taking.Page.GetByText("Nobody has seen on what authority they ask.")).ToBeVisibleAsync();
        await taking.Page.GetByLabel("Magda Testowska").CheckAsync();
        await Kept(taking.Page, "Name of whoever asks", "Jo Example");
        await taking.IsAccessible();
        await taking.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(taking.Page.GetByText("Due by")).ToBeVisibleAsync();

        await using var officer = await chromium.OpenAs(Officer, apart.Portal);
        var page = officer.Page;
        await page.GotoAsync("/rights");
        await page.GetByRole(AriaRole.Link, new() { Name = "Store it and do nothing else" }).ClickAsync();
        await Expect(page.GetByText("Jo Example asks as a representative")).ToBeVisibleAsync();
        // The officer marks it alone; and lifting it is refused before she was told.
        await page.GetByLabel("On which ground").SelectOptionAsync("Accuracy");
        await Kept(page, "What they asked, and why", "The school is wrong.");
        await Shots.Both(page, "restriction");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark it: store only" }).ClickAsync();
        await Expect(page.GetByText("What is theirs is stored, and nothing else")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).ClickAsync();
        await Expect(page.Locator("#f-family-restriction-told-on-problem")).ToBeVisibleAsync();
        await officer.IsAccessible();
        // A refusal without reasons is none; with them it is a letter.
        await page.GetByLabel("How it ended").SelectOptionAsync("Refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the request" }).ClickAsync();
        await Expect(page.Locator("#f-rights-reasons-problem")).ToBeVisibleAsync();
        await page.GetByLabel("Reasons, as they get them").FillAsync("We have not seen that you may ask for her.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the request" }).ClickAsync();
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("Jo Example");
        await Shots.Both(page, "refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print the letter" }).ClickAsync();
        var letter = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Open the letter to print it" }).ClickAsync());
        await Expect(letter.GetByText("We have not seen that you may ask for her.")).ToBeVisibleAsync();
        await Expect(letter.GetByText("Ask a court to decide.")).ToBeVisibleAsync();
        await Expect(letter.GetByText("Magda")).ToHaveCountAsync(0);
        await Shots.Take(letter, "letter");
        await letter.CloseAsync();
        await officer.IsAccessible();
    }

    [Fact]
    public async Task Father_OfWhomTheMotherTold_IsNotTold_WithTheReasonWrittenDown()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", apart.Portal);
        var page = window.Page;
        await page.GotoAsync($"/families/{apart.Family}");
        await page.SayWhy();
        await Expect(page.GetByText("Others told us of Viktor Falsowski: to be told by")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GotoAsync("/worklists/heard-of");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new System.Text.RegularExpressions.Regex("^Others told us") }).First.ClickAsync();
        await page.SayWhyBefore();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Viktor Falsowski" })).ToBeVisibleAsync();
        await Kept(page, "Why, for this person", "It would say who came to us.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the reason down" }).ClickAsync();
        await Expect(page.Locator("#f-heard-of-because-problem")).ToBeVisibleAsync();
        await window.IsAccessible();
        await Shots.Both(page, "heard-of");
        await page.GetByLabel("Because").SelectOptionAsync("Confidence");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the reason down" }).ClickAsync();
        await Expect(page.GetByText("It was told us in confidence: It would say who came to us.")).ToBeVisibleAsync();
        await page.GotoAsync("/worklists/heard-of");
        await Expect(page.GetByText("Of everybody of whom others told us")).ToBeVisibleAsync();
    }

    private const string Officer = "Farah Iqbal";

    // What was typed is there after the page was loaded again.
    private static async Task Kept(IPage page, string label, string words)
    {
        await page.GetByLabel(label).FillAsync(words);
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        await page.ReloadAsked();
        await Expect(page.GetByLabel(label)).ToHaveValueAsync(words);
    }

    private static async Task Step(IPage page, string what, string words)
    {
        var card = page.GetByRole(AriaRole.Region, new() { Name = "What happened" });
        await card.GetByLabel("Step").SelectOptionAsync(what);
        await card.GetByLabel("In words").FillAsync(words);
        await card.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Steps" }).GetByText(words)).ToBeVisibleAsync();
    }
}
