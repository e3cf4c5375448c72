using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal on a family of which two schools were told; one of them has closed since, and the permission for it was taken back.</summary>
public sealed class AmendsPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;

    internal PortalProcess Portal { get; private set; } = default!;
    internal UnitId Told { get; private set; }
    internal UnitId Ended { get; private set; }

    public async Task InitializeAsync()
    {
        await using (var scene = await DisclosureRoom.Start(folder: folder))
        {
            await scene.Agreed(PermissionKind.Share, "child-name", "setting");
            Told = (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting", "family.child.forename"))).Record.Id;
            var gone = (await scene.Room.Get<RecipientDesk>().Add(scene.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = "Gone Primary" }, [new RecipientContact { Way = ContactWay.Email, Value = "office@gone.example.org" }])).OrThrow();
            var there = scene with { School = gone };
            Ended = await there.Agreed(PermissionKind.Share, "child-name", "setting");
            await there.Sent(await there.Ticked(there.Form() with { About = [scene.Child.Id], Address = "office@gone.example.org" }, "family.child.setting"));
            (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, Ended, scene.Mother.Id)).OrThrow();
            (await scene.Room.Get<RecipientDesk>().Finish(FamilyRoom.Lead, gone.Id, RecipientEnding.Closed, scene.Room.Today, null)).OrThrow();
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
public sealed class AmendsJourneys(Chromium chromium, AmendsPortal amends) : IClassFixture<AmendsPortal>
{
    private async Task<Window> Open(string address)
    {
        var window = await chromium.OpenAs("Ash Whitaker", amends.Portal);
        await window.Page.GotoAsked(address);
        return window;
    }

    private static ILocator Lines(IPage page, string card) => page.GetByRole(AriaRole.Region, new() { Name = card });

    [Fact]
    public async Task WrongRecipient_ReportedByKeyboard_IsOwedUntilItIsBackAndThePersonKnows()
    {
        await using var window = await Open($"/disclosures/{amends.Told}");
        var page = window.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Share, Example Primary" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^It was wrong") })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByLabel("What happened")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what happened.");
        await window.IsAccessible();
        await page.GetByLabel("Who got it").FillAsync("A neighbour of the school");
        await page.GetByLabel("What happened").FillAsync("Two letters of the address were swapped.");
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");
        await page.ReloadAsked();
        await Expect(page.GetByLabel("Who got it")).ToHaveValueAsync("A neighbour of the school");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It reached the wrong body" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Word is owed")).ToBeVisibleAsync();
        await window.IsAccessible();

        // No directory has the neighbour, so that no letter goes: they were rung.
        await page.GetByRole(AriaRole.Link, new() { Name = "Send the notice to A neighbour of the school" }).ClickAsync();
        await page.GetByLabel("Why, or how").FillAsync("Rang them: deleted while we listened.");
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tick it with this reason" }).ClickAsync();
        await Expect(Lines(page, "Ask for it back").GetByText("✓ No notice goes")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record it for Ola Testowska" }).ClickAsync();
        await page.GetByLabel("How").FillAsync("The mother was rung.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("✓ Everybody knows")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GotoAsked($"/disclosures/{amends.Told}");
        await Expect(page.GetByText("it reached the wrong body: Rang them: deleted while we listened.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^It was wrong") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rectification_ListsWhoWasTold_AndItsNoticeTicksIt()
    {
        await using var window = await Open($"/disclosures/{amends.Told}/wrong");
        var page = window.Page;
        await page.GetByText("It was not right", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("which school or nursery your child goes to").CheckAsync();
        await page.GetByLabel("What was not right, and what is").FillAsync("She goes to Sample Primary.");
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What we told was not right" })).ToBeVisibleAsync();
        var lines = Lines(page, "Who has it from us");
        await Expect(lines.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        var address = await page.Address();
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Notices owed to whom we told" }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Put right, reported") }).First).ToBeVisibleAsync();
        await page.GotoAsked(address);
        await lines.GetByRole(AriaRole.Link, new() { Name = "Send the notice to Example Primary" }).ClickAsync();
        await Expect(page.GetByText("has been put right as above. Correct what you hold")).ToBeVisibleAsync();
        await Expect(page.GetByText("She goes to Sample Primary.").Last).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open the text to copy it" })).ToBeVisibleAsync();
        await page.GotoAsked(address);
        await Expect(lines.GetByText("✓ Notice sent")).ToBeVisibleAsync();
        await Expect(page.GetByText("Word is owed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Notice_ToABodyThatClosed_IsTickedWithTheReason()
    {
        await using var window = await Open($"/permissions/{amends.Ended}");
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Send the notice to Gone Primary" }).ClickAsync();
        await Expect(page.GetByText("Gone Primary has closed. Nobody is there to be told: write that down below.")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tick it with this reason" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why no notice can go");
        await page.GetByLabel("Why, or how").FillAsync("Closed: nobody to tell.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("✓ No notice goes")).ToBeVisibleAsync();
        await window.IsAccessible();
    }
}
