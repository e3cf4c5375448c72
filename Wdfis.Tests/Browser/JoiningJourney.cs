using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>A family that was entered twice: a lead finds the second card, makes the two agree where they differ, and joins them, by keyboard.</summary>
[Collection(nameof(Chromium))]
public sealed class JoiningJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess portal = null!;
    private UnitId first, second;

    public async Task InitializeAsync()
    {
        await using (var room = await FamilyRoom.Start(folder))
        {
            first = await room.Save(room.Card([room.Carer("Magda", "Testowska")], [room.Child("Ola", room.Today.AddYears(-6))]));
            second = await room.Save(room.Card([room.Carer("Magda", "Testowska")], [room.Child("Ola", room.Today.AddYears(-6)) with { Setting = "Example Primary" }, room.Child("Pip", room.Today.AddYears(-1))]));
        }
        portal = await PortalProcess.Start(folder);
    }

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Join_ByALead_WithTheKeyboard_LeavesOneFamilyWithEverythingOfBoth()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd", portal);
        await window.Page.GotoAsync($"/families/{first}");
        await window.Page.SayWhy();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Magda Testowska" })).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Join a second card" }).PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "The other card" })).ToBeVisibleAsync();
        await window.IsAccessible();
        var find = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find the other card of this family" });
        await find.FillAsync("Testowska");
        await Expect(window.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        // The same family is not its own second card.
        await find.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Alert).Or(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Who is who" }))).ToBeVisibleAsync();
        await window.Page.GotoAsked($"/families/{first}/join?with={second}");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Who is who" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Nothing. The two cards agree.")).ToBeVisibleAsync();

        // Pip is not Ola: what differs is named, and where it is put right.
        await window.Page.GetByLabel("Pip is").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(window.Page.Locator("section[aria-labelledby=against]")).ToContainTextAsync("Choose again who is who.");
        await window.Page.GetByLabel("Ola is").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await Expect(window.Page.GetByText("▲ Differs")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("section[aria-labelledby=against]").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^This card") }).First).ToBeVisibleAsync();
        await window.IsAccessible();
        await window.Page.GetByLabel("Pip is").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await window.Page.GetByLabel("Ola is").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(window.Page.GetByText("Nothing. The two cards agree.")).ToBeVisibleAsync();

        var why = window.Page.GetByLabel("How do you know that it is one family?");
        await why.FocusAsync();
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(window.Page.Locator("section.problems")).ToContainTextAsync("Say why, in a few words.");
        await why.FillAsync("The same mother, by her own word.");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(window.Page).ToHaveURLAsync(new Regex($"/families/{first}$"));
        await window.Page.SayWhy();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Magda Testowska" })).ToBeVisibleAsync();
        await Expect(window.Page.Locator("section[aria-labelledby=people]")).ToContainTextAsync("Pip");
        await Expect(window.Page.Locator("section[aria-labelledby=people]")).ToContainTextAsync("Example Primary");

        await window.Page.GotoAsync($"/families/{second}");
        await window.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("It was joined") }).PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync(new Regex($"/families/{first}$"));
        await window.Page.SayWhy();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Magda Testowska" })).ToBeVisibleAsync();
    }
}
