using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Features.Retention;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>From the dashboard to the certificate (D5): one lead decides by keyboard, another agrees, a week passes.</summary>
[Collection(nameof(Chromium))]
public class DisposalJourney(Chromium chromium)
{
    private const int Records = 50;

    [Fact]
    public async Task Lead_DecidesFiftyRecordsByKeyboard_AnotherAgrees_AWeekPasses_AndTheCertificateIsThere()
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
        var days = Path.Combine(folder, "days");
        try
        {
            await using (var room = await DisposalRoom.Start(folder))
            {
                room.Room.Clock.Set(TimeProvider.System.GetUtcNow());
                for (var i = 0; i < Records; i++)
                    await room.Family();
            }
            await using var portal = await PortalProcess.Start(folder, ("Clock__DaysFile", days), ("Jobs__LookEvery", "00:00:01"));
            await using var first = await chromium.OpenAs("Dilys Ackroyd", portal);
            var page = first.Page;
            var rows = page.Locator("[data-row]");

            // The dashboard, its overdue list, and a disposal list of it.
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Retention") }).PressAsync("Enter");
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^Overdue {Records}") }).PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overdue records" })).ToBeVisibleAsync();
            await Expect(rows).ToHaveCountAsync(Records);
            await page.Keyboard.PressAsync("l");
            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^Disposal list D-") })).ToBeVisibleAsync();
            await first.IsAccessible();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than the screen.");

            // One is read, and goes; the next is kept; some one by one; the rest at once.
            await page.Keyboard.PressAsync("j");
            await Expect(rows.Nth(0)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByText("Testowska")).ToBeVisibleAsync();
            await first.IsAccessible();
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("d");
            await Expect(rows.Nth(0)).ToContainTextAsync("Dispose of");
            await rows.Nth(0).FocusAsync();
            await page.Keyboard.PressAsync("j");
            await Expect(rows.Nth(1)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("l");
            await Expect(page.GetByLabel("Keep until", new() { Exact = true })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByText("Say why it is kept.").First).ToBeVisibleAsync();
            await first.IsAccessible();
            await page.GetByLabel("Why", new() { Exact = true }).FillAsync("A claim may come.");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(rows.Nth(1)).ToContainTextAsync("A claim may come.");
            await rows.Nth(1).FocusAsync();
            for (var i = 2; i < 12; i++)
            {
                await page.Keyboard.PressAsync("j");
                await Expect(rows.Nth(i)).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("d");
                await Expect(rows.Nth(i)).ToContainTextAsync("Dispose of");
            }
            await page.Keyboard.PressAsync("j");
            await page.Keyboard.PressAsync("x");
            for (var i = 13; i < Records; i++)
                await page.Keyboard.PressAsync("Shift+J");
            await Expect(page.GetByText($"{Records - 12} chosen")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("d");
            await Expect(page.GetByText($"{Records - 1} dispose of, 1 keep")).ToBeVisibleAsync();
            // What the bar at the top half covers is no target of its own.
            await page.EvaluateAsync("scrollTo(0, 0)");
            await first.IsAccessible();
            await page.GetByRole(AriaRole.Button, new() { Name = "Hand over to a second person" }).PressAsync("Enter");
            await Expect(page.GetByText("Handed over.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Agree") })).ToHaveCountAsync(0);
            var address = page.Url;

            // Another lead finds it on the desk, and agrees.
            await using (var second = await chromium.OpenAs("Ewan Priestley", portal))
            {
                var other = second.Page;
                await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Disposal lists that wait for a second person" })).ToBeVisibleAsync();
                await other.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Disposal list D-") }).PressAsync("Enter");
                await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Your agreement" })).ToBeVisibleAsync();
                await second.IsAccessible();
                await other.GetByLabel("Why", new() { Exact = true }).FillAsync("Looked through; nothing open.");
                await other.Keyboard.PressAsync("Control+Enter");
                await Expect(other.GetByText("Approved, cooling off")).ToBeVisibleAsync();
                await second.IsAccessible();
            }
            await Expect(page.GetByText("Approved, cooling off")).ToBeVisibleAsync();

            // A week later it is gone, and the certificate says so.
            await File.WriteAllTextAsync(days, "7.01");
            // The sessions of a week ago have ended.
            await using var later = await chromium.OpenAs("Dilys Ackroyd", portal);
            page = later.Page;
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Link, new() { Name = "The certificate" }).PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^Certificate of disposal C-") })).ToBeVisibleAsync();
            await Expect(page.GetByText(string.Create(CultureInfo.InvariantCulture, $"{Records - 1} records were destroyed for good"))).ToBeVisibleAsync();
            await later.IsAccessible();
            await page.Keyboard.PressAsync("p");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open the sheet to print" })).ToBeVisibleAsync();
            await page.GotoAsync("/retention/disposal");
            await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^C-") })).ToBeVisibleAsync();
            await later.IsAccessible();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
