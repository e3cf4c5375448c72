using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal on a folder with one family, its school, and a school abroad.</summary>
public sealed class DisclosurePortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess? portal;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");
    internal UnitId Family { get; private set; }
    internal UnitId MayContact { get; private set; }
    internal Recipient School { get; private set; } = default!;
    internal Recipient Abroad { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        await using (var scene = await DisclosureRoom.Start(folder: folder))
        {
            MayContact = await scene.Agreed(PermissionKind.Contact);
            await scene.Agreed(PermissionKind.Share, "name", "child-name", "setting");
            (Family, School) = (scene.Family, scene.School);
            Abroad = (await scene.Room.Get<RecipientDesk>().Add(FamilyRoom.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = "Beispielschule", Country = "CH" },
                [new RecipientContact { Way = ContactWay.Email, Value = "post@beispiel.example.org" }])).OrThrow();
            var terms = PermissionTerms.Create(scene.Both, Abroad.Named(), PermissionKind.Contact, DisclosureRoom.WhatFor, [], ["email"], scene.Room.Today, scene.Room.Today.AddDays(300)).OrThrow();
            (await scene.Room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, Family, terms, scene.Grant())).OrThrow();
        }
        portal = await PortalProcess.Start(folder);
    }

    public async Task DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

[Collection(nameof(Chromium))]
public sealed class DisclosureJourneys(Chromium chromium, DisclosurePortal portal) : IClassFixture<DisclosurePortal>
{
    private async Task<Window> Open(string address)
    {
        var window = await chromium.OpenAs("Ash Whitaker", portal.Portal);
        await window.Page.GotoAsked(address);
        return window;
    }

    private static ILocator Gate(IPage page) => page.GetByRole(AriaRole.Complementary, new() { Name = "The gate" });

    // The whole page at once: what the bar at the foot covers for the moment is no target.
    private static async Task IsAccessible(Window window)
    {
        await window.Page.SetViewportSizeAsync(1366, 2600);
        await window.IsAccessible();
        await window.Page.SetViewportSizeAsync(1366, 768);
    }

    [Fact]
    public async Task School_ContactedSharedWithAndWithdrawn_IsOnRecordWithWhatBecameOfIt()
    {
        // By telephone: decided before, completed after, by keyboard.
        await using var window = await Open($"/families/{portal.Family}/disclose?act=contact&body={portal.School.Id}");
        var page = window.Page;
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await Expect(page.GetByLabel("What for")).ToHaveValueAsync(DisclosureRoom.WhatFor);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Topic", Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("starting school");
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("starting school");
        await IsAccessible(window);
        await page.ReloadAsked();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Topic", Exact = true })).ToHaveValueAsync("starting school");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Say this" })).ToBeVisibleAsync();
        await Expect(page.Locator("#outlet-address")).ToHaveTextAsync("01632 960123");
        await IsAccessible(window);
        await page.GetByLabel("Reached, said as shown").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contact, Example Primary" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Reached, said as shown")).ToBeVisibleAsync();
        await IsAccessible(window);

        // Two items, ticked one by one, exactly as previewed.
        await page.GotoAsked($"/families/{portal.Family}/disclose?act=share&body={portal.School.Id}");
        await page.GetByLabel("School or setting: Example Primary").CheckAsync();
        await page.GetByLabel("Forename: Ola").CheckAsync();
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("School or setting: Example Primary");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await IsAccessible(window);
        var preview = await Gate(page).Locator(".sheet-text").TextContentAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToHaveTextAsync(preview!);
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByText("Copied.").Or(page.GetByText("It is marked: press Ctrl C to copy it."))).ToBeVisibleAsync();
        await page.GetByLabel("Sent, but changed").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say how it was changed.");
        await page.GetByLabel("Sent as shown").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Share, Example Primary" })).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(preview!.Split('\n')[3]);

        // What is not named in the permission, then a withdrawal in another window: no, with the reasons and the ways on.
        await page.GotoAsked($"/families/{portal.Family}/disclose?act=share&body={portal.School.Id}");
        await page.GetByLabel("School or setting: Example Primary").CheckAsync();
        await page.GetByLabel("◆ health").CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Ola has asthma.");
        await Expect(Gate(page)).ToContainTextAsync("This has to be named in the words of the permission: health");
        await IsAccessible(window);
        await using (var other = await Open($"/permissions/{portal.MayContact}"))
        {
            await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Permission to contact" })).ToBeVisibleAsync();
            await other.Page.Keyboard.PressAsync("w");
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back now" }).ClickAsync();
            await Expect(other.Page.Locator(".head .mark.late")).ToHaveTextAsync("Taken back");
        }
        await page.GotoAsked($"/families/{portal.Family}/disclose?act=contact&body={portal.School.Id}");
        await page.GetByLabel("Ola").CheckAsync();
        await Expect(Gate(page)).ToContainTextAsync("The permission was withdrawn");
        await Expect(Gate(page).GetByRole(AriaRole.Link, new() { Name = "ask for permission", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep on record that it was refused" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Share_ByKeyboardAlone_IsComposedReleasedAndAnswered()
    {
        await using var window = await Open($"/families/{portal.Family}/disclose?act=share&body={portal.School.Id}");
        var page = window.Page;
        await Expect(Gate(page)).ToBeVisibleAsync();
        await ConsentJourneys.TabTo(page, page.GetByLabel("School or setting: Example Primary"));
        await page.Keyboard.PressAsync("Space");
        await Expect(Gate(page).Locator(".sheet-text")).ToContainTextAsync("School or setting: Example Primary");
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("School or setting: Example Primary");
        await ConsentJourneys.TabTo(page, page.GetByLabel("Sent as shown"));
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Share, Example Primary" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Sent as shown")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SwissSchool_WithPermission_IsRefusedWithTheReason()
    {
        await using var window = await Open($"/families/{portal.Family}/disclose?act=contact&body={portal.Abroad.Id}");
        await window.Page.GetByText("E-mail", new() { Exact = true }).ClickAsync();
        await Expect(Gate(window.Page)).ToContainTextAsync("This recipient is outside the United Kingdom and the EEA.");
    }

    [Fact]
    public async Task Question_AboutNoFamily_GoesWithoutPermissionOnceItIsRead()
    {
        await using var window = await Open("/ask");
        var page = window.Page;
        await page.GetByLabel("To from the directory").FillAsync("Example Prim");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Your question" }).FillAsync("Do you have places on Fridays? Ring us on 07700 900456.");
        await Expect(Gate(page)).ToContainTextAsync("The text holds what looks like a name");
        await IsAccessible(window);
        await page.GetByLabel("I read it: it is about no family").CheckAsync();
        await Expect(Gate(page)).ToContainTextAsync("Allowed: nothing about anybody");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#outlet-text")).ToContainTextAsync("Do you have places on Fridays?");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the record" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "General question, Example Primary" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task LateEntry_OfAnEarlierDay_WaitsForALeadAndIsEnteredFromTheDesk()
    {
        await using var window = await Open($"/families/{portal.Family}/disclose?act=share&body={portal.School.Id}");
        var page = window.Page;
        await page.GetByLabel("School or setting: Example Primary").CheckAsync();
        await page.GetByLabel("It was done already").CheckAsync();
        await page.GetByLabel("On", new() { Exact = true }).FillAsync(DateTimeOffset.UtcNow.AddDays(-10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("at", new() { Exact = true }).FillAsync("10:15");
        await page.GetByLabel("at", new() { Exact = true }).PressAsync("Tab");
        await Expect(Gate(page)).ToContainTextAsync("Somebody else has to agree first: a team lead");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(Gate(page)).ToContainTextAsync("on their list");
        await IsAccessible(window);
        await using (var lead = await chromium.OpenAs("Dilys Ackroyd", portal.Portal))
        {
            await lead.Page.GotoAsync("/worklists/waits-for-second");
            await lead.Page.Locator("main a[href^='disclosures/']").ClickAsync();
            await Expect(lead.Page.GetByText("Nothing has left.")).ToBeVisibleAsync();
            await IsAccessible(lead);
            await lead.Page.GetByLabel("Why").FillAsync("The portal was down that day.");
            await lead.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(lead.Page.GetByText("agreed on")).ToBeVisibleAsync();
        }
        await page.GotoAsync("/worklists/agreed");
        await page.Locator("main a[href^='disclosures/']").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on and release it" }).ClickAsync();
        await Expect(page.GetByLabel("School or setting: Example Primary")).ToBeCheckedAsync();
        await Expect(Gate(page)).ToContainTextAsync("Allowed: permission");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText(": a late entry")).ToBeVisibleAsync();
        await Expect(page.GetByText("by Dilys Ackroyd: The portal was down that day.")).ToBeVisibleAsync();
        await page.GetByLabel("Sent as shown").CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What became of it", Exact = true })).ToBeVisibleAsync();
        await IsAccessible(window);
    }
}
