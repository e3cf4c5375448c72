using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A lead asks the audit who opened a family, takes the answer along, and has the chain verified (D7).</summary>
[Collection(nameof(Chromium))]
public class AuditJourneys(Chromium chromium, FamilyPortal families) : IClassFixture<FamilyPortal>
{
    [Fact]
    public async Task Lead_AsksWhoOpenedAFamily_ExportsIt_AndVerifies_ByKeyboardAlone()
    {
        await using (var adviser = await chromium.OpenAs("Ash Whitaker", families.Portal))
        {
            await adviser.Page.GotoAsync($"/families/{families.Asked}");
            await adviser.Page.SayWhy();
            await Expect(adviser.Page.GetByRole(AriaRole.Heading, new() { Name = "Magda Testowska" }).First).ToBeVisibleAsync();
        }
        await using var window = await chromium.OpenAs("Dilys Ackroyd", families.Portal);
        var page = window.Page;
        await page.GotoAsync($"/families/{families.Asked}");
        await page.SayWhy();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who opened this family" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who opened it" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row]", new() { HasText = "Ash Whitaker" })).ToHaveCountAsync(1);
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Testowska");
        await window.IsAccessible();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The list is wider than the screen.");

        // The looking itself is the newest entry that another question finds.
        await page.GetByLabel("Record").FillAsync("");
        await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Looked into the audit" });
        await page.GetByLabel("What", new() { Exact = true }).PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).PressAsync("Enter");
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("Dilys Ackroyd");
        // The page puts the focus there a moment later: a key before it would go astray.
        await Expect(page.Locator("[data-row]").First).ToBeFocusedAsync();
        await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).PressAsync("Enter");
        await Expect(page.Locator("[data-row]").Nth(5)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("e");
        var save = page.GetByRole(AriaRole.Link, new() { Name = "Save the file" });
        await Expect(save).ToBeFocusedAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => save.PressAsync("Enter"));
        var text = await File.ReadAllTextAsync((await file.PathAsync())!);
        Assert.Contains("Looked into the audit", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Testowska", text, StringComparison.Ordinal);
        await window.IsAccessible();

        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "State of the audit" })).ToBeVisibleAsync();
        await Expect(page.GetByText("heads.txt")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("v");
        await Expect(page.GetByText(new Regex("^All is well"))).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "How the portal runs" })).ToBeVisibleAsync();
        ILocator Tile(string name) => page.Locator(".tile", new() { HasText = name });
        await Expect(Tile("Records and keys")).ToHaveTextAsync(new Regex(@"[1-9]\d* MB"));
        await Expect(Tile("Last backup").Locator("strong")).ToHaveTextAsync(new Regex("None|min ago"));
        await Expect(Tile("Open windows").Locator("strong")).ToHaveTextAsync(new Regex("^[1-9]$"));
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^head") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^mail") })).ToContainTextAsync("Off");
        await window.IsAccessible();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than the screen.");
    }
}
