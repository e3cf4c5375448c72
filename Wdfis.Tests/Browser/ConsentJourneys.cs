using System.Text;
using Microsoft.Playwright;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

[Collection(nameof(Chromium))]
public sealed class ConsentJourneys(Chromium chromium, FamilyPortal families) : IClassFixture<FamilyPortal>
{
    private Task<Window> Open() => chromium.OpenAs("Ash Whitaker", families.Portal);

    // As somebody without a mouse gets there.
    internal static async Task TabTo(IPage page, ILocator aim)
    {
        for (var i = 0; i < 90; i++)
        {
            if (await aim.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail("The keyboard does not get there.");
    }

    [Fact]
    public async Task Permission_ByKeyboardAlone_IsGivenRenewedPrintedAndTakenBack()
    {
        await using var window = await Open();
        var page = window.Page;
        await page.GotoAsked($"/families/{families.Asked}/permissions/new");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What is asked" })).ToBeVisibleAsync();
        await window.IsAccessible();

        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name the body");
        await window.IsAccessible();

        async Task Type(string label, string text)
        {
            await TabTo(page, page.GetByLabel(label));
            await page.Keyboard.TypeAsync(text);
        }
        await Type("Its name", "Example Primary");
        await Type("What for", "so that support can be planned");
        await TabTo(page, page.GetByLabel("Ola"));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator(".say")).ToContainTextAsync("May we contact Example Primary for you, so that support can be planned?");
        await TabTo(page, page.GetByLabel("Who", new() { Exact = true }));
        await page.Keyboard.TypeAsync("Magda");
        await TabTo(page, page.GetByLabel("By what right"));
        await page.Keyboard.TypeAsync("Parent");
        await Type("What that rests on", "said so, mother");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Permission to contact Example Primary" })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .mark.good")).ToHaveTextAsync("Given");
        await window.IsAccessible();
        var address = await page.Address();

        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByLabel("Until")).ToBeFocusedAsync();
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "They said yes" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".head .mark.good")).ToHaveTextAsync("Given again");

        await page.Keyboard.PressAsync("p");
        await Expect(page.GetByLabel("How do you know that it is them?")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("known voice");
        await page.Keyboard.PressAsync("Enter");
        await window.IsAccessible();
        var released = page.GetByRole(AriaRole.Link, new() { Name = "Open the sheet to print it" });
        var sheet = new Uri(new Uri(address), "/" + await released.GetAttributeAsync("href")).ToString();
        await page.GotoAsync(sheet);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What you agreed to" })).ToBeVisibleAsync();
        await window.IsAccessible();
        Assert.Equal(410, (await page.GotoAsync(sheet))!.Status);

        await page.GotoAsked(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What happened" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("w");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it back now" })).ToBeFocusedAsync();
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".head .mark.late")).ToHaveTextAsync("Taken back");
        await Expect(page.GetByText("Nothing more may be said to the body.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Permission_HalfTypedAndReloaded_IsStillThere()
    {
        await using var window = await Open();
        var page = window.Page;
        await page.GotoAsked($"/families/{families.Asked}/permissions/new");
        await page.GetByLabel("Its name").FillAsync("Example High");
        await page.GetByText("Share information").ClickAsync();
        await page.GetByLabel("health", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");
        await page.ReloadAsked();
        await Expect(page.GetByLabel("Its name")).ToHaveValueAsync("Example High");
        await Expect(page.GetByLabel("health", new() { Exact = true })).ToBeCheckedAsync();
        await window.IsAccessible();
    }

    [Fact]
    public async Task Asked_AboutSomebodyKnown_ShowsTheSentenceAndNobody()
    {
        await using var window = await Open();
        var page = window.Page;
        await page.GotoAsync("/asked");
        await Expect(page.GetByText("I can neither confirm nor deny")).ToBeVisibleAsync();
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Read the sentence out first");
        await page.GetByLabel("Name as they give it").FillAsync("Viktor Falsowski");
        await page.GetByLabel("About whom").FillAsync("Magda Testowska");
        await page.GetByLabel("What they want to know and why").FillAsync("Where does she live now?");
        await page.GetByLabel("The sentence was said").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write it down" }).ClickAsync();
        await Expect(page.GetByText("There is nothing else to do.")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Testowska");
        await window.IsAccessible();
    }

    [Fact]
    public async Task Anonymity_OnRequest_DestroysAndSaysWhatRemains()
    {
        await using var window = await Open();
        var page = window.Page;
        await page.GotoAsked($"/families/{families.Leaving}/anonymity/{families.LeavingMother}");
        await Expect(page.GetByLabel("Pip")).ToBeCheckedAsync();
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take away who they are" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes, destroy it now" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What remains where" })).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Quillfeather");
        await window.IsAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "The proof" }).ClickAsync();
        await Expect(page.GetByText("became anonymous")).ToBeVisibleAsync();
        await window.IsAccessible();
        Assert.Empty(Disk.Holding(families.DataFolder, Encoding.UTF8.GetBytes("Quillfeather")));
    }
}
