using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Features.Retention;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>From the dashboard to the certificate (D5): one lead decides by keyboard, another agrees, a week passes; and no backup brings anybody back.</summary>
[Collection(nameof(Chromium))]
public class DisposalJourney(Chromium chromium)
{
    private const int Records = 50;

    [Fact]
    public async Task Lead_DecidesFiftyRecordsByKeyboard_AnotherAgrees_AWeekPasses_AndLastWeeksBackupBringsNobodyBack()
    {
        var root = Directory.CreateTempSubdirectory("wdfis-").FullName;
        // Backups stand beside the folder.
        var (folder, days) = (Path.Combine(root, "data"), Path.Combine(root, "days"));
        try
        {
            await using (var room = await DisposalRoom.Start(folder))
            {
                room.Room.Clock.Set(TimeProvider.System.GetUtcNow());
                for (var i = 0; i < Records; i++)
                    await room.Family();
            }
            await using var portal = await PortalProcess.Start(folder, ("Clock__DaysFile", days), ("Jobs__LookEvery", "00:00:01"), ("Jobs__Backup__EveryDays", "1000"),
                // Between one and five at night the portal would make the list itself, before anybody pressed a key.
                ("Jobs__DisposalLists__Until", "01:00"));
            var (code, said) = await PortalProcess.Verb(folder, "backup");
            Assert.True(code == 0, said);
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
            var gone = await rows.Nth(0).GetAttributeAsync("data-row");
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
            var address = await page.Address();

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

            // The backup of a week ago, restored over it: the one that was kept is found, and none of the others.
            await portal.Stop();
            (code, said) = await PortalProcess.Verb(folder, "restore", "--replace");
            Assert.True(code == 0, said);
            Assert.Contains($"{Records - 1} records of the backup had been destroyed since, and stay destroyed", said, StringComparison.Ordinal);
            await portal.Start();
            await using var restored = await chromium.OpenAs("Dilys Ackroyd", portal);
            page = restored.Page;
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" }).FillAsync("Testowska");
            await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
            await page.GotoAsync($"/families/{gone}");
            await Expect(page.GetByText("was erased on")).ToBeVisibleAsync();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
