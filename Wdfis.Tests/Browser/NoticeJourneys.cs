using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A portal of its own on a family whose school was told something on a live permission.</summary>
public sealed class ToldPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;

    internal PortalProcess Portal { get; private set; } = default!;
    internal UnitId Family { get; private set; }
    internal UnitId Permission { get; private set; }
    internal PersonId Mother { get; private set; }

    public async Task InitializeAsync()
    {
        await using (var scene = await DisclosureRoom.Start(folder: folder))
        {
            (Family, Mother) = (scene.Family, scene.Mother.Id);
            Permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
            await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting", "family.child.forename"));
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
public sealed class NoticeJourneys(Chromium chromium, ToldPortal told) : IClassFixture<ToldPortal>
{
    [Fact]
    public async Task Withdrawal_InOneWindow_GreysTheOtherAndEndsInANoticeAndAStatement()
    {
        await using var watching = await chromium.OpenAs("Ash Whitaker", told.Portal);
        await watching.Page.GotoAsync($"/families/{told.Family}");
        await watching.Page.SayWhy();
        var panel = watching.Page.GetByRole(AriaRole.Region, new() { Name = "Contact and share" });
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Share Example Primary", Exact = true })).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Contact Example Primary" })).ToHaveAttributeAsync("aria-disabled", "true");
        await watching.IsAccessible();

        await using var window = await chromium.OpenAs("Dilys Ackroyd", told.Portal);
        var page = window.Page;
        await page.GotoAsked($"/permissions/{told.Permission}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What happened" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("w");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it back now" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        // Nobody touched the other window.
        var grey = panel.GetByRole(AriaRole.Button, new() { Name = "Share Example Primary" });
        await Expect(grey).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(panel.GetByText("withdrawn today")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Share Example Primary", Exact = true })).ToHaveCountAsync(0);
        await watching.IsAccessible();

        // Who was told is listed, and ticked by the notice itself.
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "Send the notice to Example Primary" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "As they get it" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Do not use what we told you any further")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Control+Enter");
        var text = page.GetByRole(AriaRole.Link, new() { Name = "Open the text to copy it" });
        await Expect(text).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GotoAsked($"/permissions/{told.Permission}");
        await Expect(page.GetByText("✓ Notice sent")).ToBeVisibleAsync();

        // Ask now leads to the form with the body filled in, and it stays.
        page = watching.Page;
        await panel.GetByRole(AriaRole.Link, new() { Name = "Ask now for Example Primary" }).ClickAsync();
        await Expect(page.GetByLabel("Its name")).ToHaveValueAsync("Example Primary");
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");

        await page.GotoAsked($"/families/{told.Family}/disclosures");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await watching.IsAccessible();

        await page.GotoAsked($"/families/{told.Family}/statement/{told.Mother}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Statement for Magda Testowska" })).ToBeVisibleAsync();
        await watching.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release the statement" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what proved who they are");
        await page.GetByLabel("How do you know that it is them?").FillAsync("passport seen");
        await page.Keyboard.PressAsync("Enter");
        var sheet = "/" + await page.GetByRole(AriaRole.Link, new() { Name = "Open the sheet to print it" }).GetAttributeAsync("href");
        await page.GotoAsync(sheet);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What we hold about Magda Testowska" })).ToBeVisibleAsync();
        await watching.IsAccessible();
    }
}
