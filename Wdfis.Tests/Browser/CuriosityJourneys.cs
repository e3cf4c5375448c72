using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A folder in which somebody was at work last month, and one family bears the name of a colleague.</summary>
public sealed class WatchedPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess? portal;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        await using (var room = await FamilyRoom.Start(folder))
        {
            await room.Save(room.Card([room.Carer("Ash", "Whitaker")], []));
            var family = await room.Save(room.Card([room.Carer("Juno", "Quillfeather")], []));
            await room.Keeper.Open<Wdfis.Domain.Families.FamilyCard>(FamilyRoom.Adviser, family);
            room.Room.Clock.Advance(TimeSpan.FromDays(31));
            Assert.True(await room.Get<MonthlyDesk>().Prepare(default));
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

/// <summary>A family found by search asks why; what wants to be looked at reaches a lead, and never the one whom it is about.</summary>
[Collection(nameof(Chromium))]
public class CuriosityJourneys(Chromium chromium, WatchedPortal watched) : IClassFixture<WatchedPortal>
{
    [Fact]
    public async Task Family_FoundBySearch_AsksWhy_OneKeyOpensIt_AndALeadClosesTheAlert_ByKeyboardAlone()
    {
        await using (var window = await chromium.OpenAs("Ash Whitaker", watched.Portal))
        {
            var page = window.Page;
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" }).FillAsync("Whitaker");
            await Expect(page.Locator("#find-list [role=option]")).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Asked()).ToBeVisibleAsync();
            await Expect(page.Locator("main h1")).ToBeFocusedAsync();
            await Expect(page.Locator("main")).Not.ToContainTextAsync("07700 900123");
            await window.IsAccessible();
            await Shots.Both(page, "why");
            await page.Keyboard.PressAsync("6");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words what you were asked to do.");
            await window.IsAccessible();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
            await page.Keyboard.PressAsync("2");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ash Whitaker" })).ToBeVisibleAsync();
            // In this window nobody asks again, at the family's forms neither.
            await page.GetByRole(AriaRole.Link, new() { Name = "Change address" }).ClickAsync();
            await Expect(page.GetByLabel("Postcode")).ToBeVisibleAsync();
            await page.GotoAsync("/alerts");
            await Expect(page).ToHaveURLAsync(new Regex("/refused"));

            await page.GotoAsync("/sessions");
            await page.GetByLabel("House").FillAsync("14");
            await page.GetByLabel("Postcode").FillAsync("WF5 9AA");
            await window.IsAccessible();
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByText("Said on")).ToBeVisibleAsync();
            await Expect(page.GetByLabel("House")).ToHaveValueAsync("");
        }

        await using var lead = await chromium.OpenAs("Dilys Ackroyd", watched.Portal);
        var desk = lead.Page;
        await desk.GetByRole(AriaRole.Region, new() { Name = "Alerts about openings" }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Alert of") }).PressAsync("Enter");
        await Expect(desk.GetByText("Opened a family in which somebody bears their own name")).ToBeVisibleAsync();
        await lead.IsAccessible();
        await Shots.Both(desk, "alert");
        await desk.Keyboard.PressAsync("Control+Enter");
        await Expect(desk.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what came of it");
        await desk.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^What came of it") }).FillAsync("A namesake, called back about a nursery place.");
        await desk.Keyboard.PressAsync("Control+Enter");
        await Expect(desk.GetByText("No alert waits for a lead.")).ToBeVisibleAsync();
        await lead.IsAccessible();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Month by month" }).PressAsync("Enter");
        await desk.Locator("main a[href^='monthly/']").PressAsync("Enter");
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Openings by chance" })).ToBeVisibleAsync();
        await Expect(desk.GetByRole(AriaRole.Region, new() { Name = "Openings by chance" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(desk.Locator("main")).Not.ToContainTextAsync("Quillfeather");
        await lead.IsAccessible();
        await Shots.Both(desk, "monthly");
        await desk.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^What you saw") }).FillAsync("Nothing out of the way.");
        await desk.Keyboard.PressAsync("Control+Enter");
        await Expect(desk.GetByText(new Regex("^Looked through on .* by Dilys Ackroyd"))).ToBeVisibleAsync();
        await lead.IsAccessible();
        await desk.GotoAsync("/");
        await Expect(desk.GetByRole(AriaRole.Region, new() { Name = "Nothing waiting" })).ToContainTextAsync("Every month was looked through.");
    }
}
