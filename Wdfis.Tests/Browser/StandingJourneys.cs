using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>Who speaks for whom, what a child decides, from whom they are kept and what is only stored: entered by keyboard on the family's page.</summary>
[Collection(nameof(Chromium))]
public class StandingJourneys(FamilyPortal families, Chromium chromium) : IClassFixture<FamilyPortal>
{
    private static ILocator Field(Window window, string label) => window.Page.Locator("main").GetByLabel(new Regex($"^{label}")).First;

    private static async Task Open(Window window, string link)
    {
        await window.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(link) }).First.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save") })).ToBeVisibleAsync();
    }

    private static async Task Saved(Window window, string shown)
    {
        await window.IsAccessible();
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(window.Page.Locator("section[aria-labelledby=speaks]")).ToContainTextAsync(shown);
    }

    [Fact]
    public async Task Standing_EnteredByKeyboard_IsMarkedWhereverThePersonShows()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", families.Portal);
        await window.Page.GotoAsync($"/families/{families.Asked}");
        await window.Page.SayWhy();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Magda Testowska" })).ToBeVisibleAsync();

        await Open(window, "Add who speaks for somebody");
        await Field(window, "Speaks for").SelectOptionAsync(new SelectOptionValue { Label = "Magda Testowska" });
        await Field(window, "Name").FillAsync("Jo Sample, Sample Solicitors");
        await Field(window, "In what capacity").SelectOptionAsync("Solicitor");
        await window.Page.GetByRole(AriaRole.Checkbox, new() { Name = "They may be given what we hold" }).CheckAsync();
        await Saved(window, "not proved");

        await Open(window, "^What they can decide.*Ola");
        await Field(window, "What was looked at").SelectOptionAsync("Permissions");
        await Field(window, "What was found").SelectOptionAsync("yes");
        await Field(window, "Which decision").FillAsync("whether the school may know");
        await Field(window, "What the finding rests on").FillAsync("Said it back in her own words.");
        // What was typed is a draft: a reload loses nothing.
        await Expect(window.Page.GetByText(new Regex("Draft kept"))).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await window.Page.SayWhy();
        await Expect(Field(window, "Which decision")).ToHaveValueAsync("whether the school may know");
        await Saved(window, "they decide themselves");

        await Open(window, "Keep somebody from a recipient");
        await Field(window, "Who").SelectOptionAsync(new SelectOptionValue { Label = "Ola" });
        await Field(window, "What they asked").SelectOptionAsync("NotNamed");
        await Field(window, "From whom").FillAsync("Listed Example");
        await Expect(window.Page.GetByRole(AriaRole.Option, new() { Name = "Listed Example Primary" })).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(Field(window, "From whom")).ToHaveValueAsync("Listed Example Primary");
        await Saved(window, "of the directory");

        await Open(window, "^Store only.*Ola");
        await Field(window, "Why they may ask it").SelectOptionAsync("Accuracy");
        await Field(window, "What they asked").FillAsync("The setting is said to be wrong.");
        await Saved(window, "since");
        await Expect(window.Page.GetByText("Stored only, as they asked.")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("▲ Ola: store only")).ToBeVisibleAsync();
        await window.IsAccessible();

        await Open(window, "Lift the restriction of Ola");
        await Field(window, "Told that it is lifted").FillAsync("1/1/2020");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("before it was placed");
        await window.Page.GotoAsync($"/families/{families.Asked}?for=Safeguarding");
        await window.Page.SayWhy();
        await Expect(window.Page.GetByText("Stored only, as they asked.")).ToBeHiddenAsync();
    }
}
