using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A team lead reads the retention dashboard and walks through its lists without a mouse (D5).</summary>
[Collection(nameof(Chromium))]
public class RetentionJourneys(Chromium chromium)
{
    [Fact]
    public async Task Lead_ReadsTheDashboard_AndChoosesRecordsByKeyboardAlone()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd");
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Retention") }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Falling due, month by month" })).ToBeVisibleAsync();
        await window.IsAccessible();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than the screen.");

        // A figure leads to its list.
        var records = page.GetByRole(AriaRole.Link, new() { Name = "All records" });
        await records.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-row]").Nth(5)).ToBeVisibleAsync();
        await window.IsAccessible();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The list is wider than the screen.");

        // J goes to the first row and on, X chooses, Shift and J choose on the way, K goes back.
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("[data-row]").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("1 chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Shift+J");
        await page.Keyboard.PressAsync("Shift+J");
        await Expect(page.GetByText("3 chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("[data-row]").Nth(2)).ToBeFocusedAsync();

        // N turns the page, and the keys go on there; what was chosen stays chosen.
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByText(new Regex("^51 to 100 of"))).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByText("53 chosen")).ToBeVisibleAsync();
        await window.IsAccessible();

        // Sorted by another column, grouped, filtered: still accessible, and Enter opens the record of the row.
        await page.GetByRole(AriaRole.Button, new() { Name = "Owner" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Owner" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await page.GetByLabel("Group by").SelectOptionAsync("service");
        await page.GetByLabel("Kind").SelectOptionAsync("family");
        await Expect(page.Locator(".group-row").First).ToContainTextAsync("Choice Advice");
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/families/[0-9a-f]{32}"));
    }

    [Fact]
    public async Task Lead_HoldsAFamily_AndLiftsTheHold_ByKeyboardAlone()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd");
        var page = window.Page;
        await page.GotoAsync("/retention/records?kind=family&down=yes");
        await page.Locator("[data-row] a").First.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Hold", Exact = true }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hold this record" })).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByLabel("Because of").SelectOptionAsync("Inquiry");
        await page.GetByLabel("Look again on").FillAsync(DateTime.UtcNow.AddMonths(6).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Why").FillAsync("The inquiry asked for everything about this matter.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Give the inquiry's reference.").First).ToBeVisibleAsync();
        await page.GetByLabel("Reference").FillAsync("IGG/77");
        await page.GetByLabel("Who confirmed it").FillAsync("The information-governance officer");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("The hold binds from now.")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Placed") }).PressAsync("Enter");
        await Expect(page.GetByText("IGG/77")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByLabel("Why").FillAsync("The inquiry has all that it asked for.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift the hold" }).PressAsync("Enter");
        await Expect(page.GetByText("The hold is lifted.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Lead_SavesAListByKeyboard_WithoutIds_AndOnce()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd");
        var page = window.Page;
        await page.GotoAsync("/retention/records?kind=family");
        await Expect(page.Locator("[data-row]").First).ToBeVisibleAsync();
        var records = int.Parse(Regex.Match(await page.GetByText(new Regex("^1 to .* of")).InnerTextAsync(), "[0-9,]+$").Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
        await page.Keyboard.PressAsync("e");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Save the list" })).ToBeFocusedAsync();
        await window.IsAccessible();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.Equal("wdfis.csv", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("\"Kind\",\"Level\",\"Service\",\"Class\",\"Kept until\",\"Schedule class\",\"Because\",\"State\",\"Owner\",\"Made\"", lines[0]);
        Assert.Equal(records, lines.Length - 1);
        Assert.All(lines.Skip(1), line => Assert.Matches("^\"Family card\",(\"[^\"]*\",?){9}$", line));
        Assert.DoesNotContain(lines, line => Regex.IsMatch(line, "[0-9a-f]{32}"));
    }

    [Fact]
    public async Task Adviser_IsRefusedTheDashboard()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Retention") })).ToHaveCountAsync(0);
        await window.Page.GotoAsync("/retention");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Falling due, month by month" })).ToHaveCountAsync(0);
        await Expect(window.Page).ToHaveURLAsync(new Regex("/refused"));
    }
}
