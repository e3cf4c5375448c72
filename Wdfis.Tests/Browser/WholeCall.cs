using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>
/// A portal that was just started, a call from greeting to closing by keyboard, a reload in the middle, the record found again by
/// a misspelt surname; then <c>verify</c>, and every byte that was left behind is searched for what the caller said.
/// </summary>
[Collection(nameof(Chromium))]
public class WholeCall(Chromium chromium)
{
    // Planted: nobody else in the folder is called this.
    private static readonly string[] Canaries = ["Zephyrina", "Quillfeather", "Xanthippe", "07700 900777", "447700900777", "7700900777", "WF5 8ZZ", "WF58ZZ", "marmalade-canary", "Kestrelwing"];

    [Fact]
    public async Task Call_OnAFreshPortal_LeavesNoNameInAnyFile()
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-whole-").FullName;
        try
        {
            // Telling everything that it can tell: what is typed goes over the circuit, whose messages the framework would write down.
            var portal = await PortalProcess.Start(folder, ("Development__Families", "40"), ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"));
            await using (portal)
            {
                await TakeCall(portal);
                await portal.Stop();
            }
            Assert.True(portal.Output.Count > 1_000, "It said too little to be a test of what it says.");
            Assert.Empty(Support.Canaries.In(portal.Output.Select((line, number) => ($"line {number} of the output: {line[..Math.Min(line.Length, 80)]}", Encoding.UTF8.GetBytes(line))), Canaries));
            var (code, said) = await PortalProcess.Verb(folder, "verify");
            Assert.True(code == 0, said);
            Assert.Contains("All is well", said, StringComparison.Ordinal);
            Assert.Empty(Support.Canaries.In(folder, Canaries));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task TakeCall(PortalProcess portal)
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", portal);
        var page = window.Page;
        var keys = page.Keyboard;
        await page.Locator("h1").FocusAsync();
        await keys.PressAsync("n");
        await Expect(page.GetByLabel("Who they say they are")).ToBeFocusedAsync();
        await keys.TypeAsync("Zephyrina, the mother");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Leave open" }));
        foreach (var key in new[] { "1", "2", "3", "4" })
            await keys.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes, go on" })).ToHaveAttributeAsync("aria-pressed", "true");
        await keys.PressAsync("e");
        foreach (var (label, text) in new[] { ("Forename", "Zephyrina"), ("Surname", "Quillfeather"), ("Telephone", "07700 900777"), ("Child's name", "Xanthippe"), ("Child's date of birth", "12/3/2024"), ("Postcode", "WF5 8ZZ") })
        {
            await TabTo(page, page.GetByLabel(label).First);
            await keys.TypeAsync(text);
        }
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Enter this family" }));
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("Quillfeather, Zephyrina")).ToBeVisibleAsync();
        await TabTo(page, page.GetByLabel("Topic"));
        await keys.TypeAsync("Looking for childcare");
        await TabTo(page, page.GetByLabel("What they need"));
        await keys.TypeAsync("A place for Xanthippe, marmalade-canary, near Kestrelwing.");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByLabel("What they need")).ToHaveValueAsync("A place for Xanthippe, marmalade-canary, near Kestrelwing.");
        await TabTo(page, page.GetByLabel("What we answered"));
        await keys.TypeAsync("Sent the list.");
        await TabTo(page, page.GetByLabel("Outcome"));
        await keys.TypeAsync("Information given");
        await Expect(page.Locator("[data-draft-status][data-state=kept]")).ToBeVisibleAsync();
        // The README's picture: scripts/picture.sh takes it from here.
        await page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, "artifacts", "live-enquiry.png") });
        // While the draft and the journals are there, too.
        Assert.NotEmpty(Directory.EnumerateFiles(portal.DataFolder, "*-wal"));
        Assert.Empty(Support.Canaries.In(portal.DataFolder, Canaries));
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Enquiry closed" })).ToBeFocusedAsync();

        // Found again as heard.
        await keys.PressAsync("/");
        await keys.TypeAsync("Kwillfether");
        await Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Quillfeather, Zephyrina") })).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("Quillfeather") }).First).ToBeVisibleAsync();
        Assert.True(window.Addresses.Count > 20);
        Assert.Empty(Support.Canaries.In([("the addresses", Encoding.UTF8.GetBytes(string.Join('\n', window.Addresses)))], Canaries));
        Assert.DoesNotContain("Quillfeather", await page.TitleAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("{}", await page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage, ...sessionStorage })"));
    }

    private static async Task TabTo(IPage page, ILocator aim)
    {
        await Expect(aim).ToBeVisibleAsync();
        for (var step = 0; step < 120; step++)
        {
            if (await aim.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail("The keyboard does not reach the control.");
    }
}
