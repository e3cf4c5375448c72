using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>Two erasures by keyboard alone: of a mother on a family's card, and of somebody who gave no name; granted by the officer, carried out by a lead, closed when they are gone.</summary>
[Collection(nameof(Chromium))]
public sealed class ErasureJourney(Chromium chromium, ApartPortal apart) : IClassFixture<ApartPortal>
{
    [Fact]
    public async Task Erasure_GrantedByTheOfficerAndCarriedOutByALead_IsClosedWhenItIsGone()
    {
        await using var taking = await chromium.OpenAs("Ash Whitaker", apart.Portal);
        foreach (var (address, label) in new[] { ($"/rights/new?family={apart.Family}", "Magda Testowska"), ("/rights/new", "Reference they hold") })
        {
            await taking.Page.GotoAsked(address);
            await Expect(taking.Page.GetByRole(AriaRole.Heading, new() { Name = "Somebody asks about their information" })).ToBeFocusedAsync();
            var keys = new Typist(taking.Page);
            await keys.Type(taking.Page.GetByLabel("What they ask"), "E");
            await keys.Reach(taking.Page.GetByLabel(label));
            await (label.StartsWith("Reference", StringComparison.Ordinal) ? keys.Type(taking.Page.GetByLabel(label), ApartPortal.Reference) : keys.Press("Space"));
            await keys.Press("Control", "Enter");
            await Expect(taking.Page.GetByText("Due by")).ToBeVisibleAsync();
        }

        await using var officer = await chromium.OpenAs("Farah Iqbal", apart.Portal);
        await officer.Page.GotoAsync("/rights");
        var links = officer.Page.GetByRole(AriaRole.Link, new() { Name = "Erase it" });
        await Expect(links).ToHaveCountAsync(2);
        var requests = await links.EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))");
        foreach (var request in requests)
            await Grant(officer, request);

        await using var lead = await chromium.OpenAs("Dilys Ackroyd", apart.Portal);
        foreach (var request in requests)
            await CarryOut(lead, request);

        foreach (var request in requests)
        {
            var (page, keys) = (officer.Page, new Typist(officer.Page));
            await page.GotoAsync($"/{request}");
            await Expect(page.GetByText("It is gone. Close the request.")).ToBeVisibleAsync();
            await Shots.Both(page, "erasure-gone");
            await officer.IsAccessible();
            await Close(page, keys);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Close it" })).ToHaveCountAsync(0);
        }
    }

    private static async Task Grant(Window officer, string request)
    {
        var (page, keys) = (officer.Page, new Typist(officer.Page));
        await page.GotoAsync($"/{request}");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "The erasure" });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What happened" })).ToBeVisibleAsync();
        await Expect(card).ToHaveCountAsync(0);
        await keys.Type(page.GetByLabel("Step", new() { Exact = true }), "Lawful");
        await keys.Type(page.GetByLabel("Lawful basis"), "Consent");
        await keys.Reach(page.GetByRole(AriaRole.Region, new() { Name = "What happened" }).GetByRole(AriaRole.Button, new() { Name = "Write it down" }));
        await keys.Press("Enter");
        await Expect(card).ToBeVisibleAsync();
        await Shots.Both(page, "erasure");
        await officer.IsAccessible();
        // Not without saying what.
        await keys.Reach(card.GetByRole(AriaRole.Button, new() { Name = "Grant it" }));
        await keys.Press("Enter");
        await Expect(page.Locator("#f-rights-granted-problem")).ToBeVisibleAsync();
        await officer.IsAccessible();
        await keys.Type(card.GetByLabel("What of it is erased"), "Everything of theirs.");
        await keys.Reach(card.GetByRole(AriaRole.Button, new() { Name = "Grant it" }));
        await keys.Press("Enter");
        await Expect(card.GetByText("A lead carries it out. It is on their list.")).ToBeVisibleAsync();
        await Shots.Both(page, "erasure-granted");
        await officer.IsAccessible();
        // It is not done before it is gone.
        await Close(page, keys);
        await Expect(page.Locator("#f-rights-outcome-problem")).ToBeVisibleAsync();
    }

    private static async Task CarryOut(Window lead, string request)
    {
        var (page, keys) = (lead.Page, new Typist(lead.Page));
        await page.GotoAsync("/worklists/erasures");
        await keys.Reach(page.Locator($"a[href$='{request}']"));
        await keys.Press("Enter");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "The erasure" });
        await Expect(card).ToBeVisibleAsync();
        await Shots.Both(page, "erasure-lead");
        await lead.IsAccessible();
        var away = card.GetByRole(AriaRole.Link, new() { Name = "Take their identity away" });
        await Expect(away.Or(card.GetByRole(AriaRole.Button, new() { Name = "Destroy the enquiry" }))).ToBeVisibleAsync();
        if (await away.IsVisibleAsync())
        {
            await keys.Reach(away);
            await keys.Press("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "How much they let us know" })).ToBeFocusedAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take away who they are" })).ToBeVisibleAsync();
            await Shots.Both(page, "erasure-away");
            await keys.Reach(page.GetByRole(AriaRole.Button, new() { Name = "Take away who they are" }));
            await keys.Press("Enter");
            await keys.Reach(page.GetByRole(AriaRole.Button, new() { Name = "Yes, destroy it now" }));
            await keys.Press("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What was searched and destroyed" })).ToBeVisibleAsync();
            return;
        }
        await keys.Reach(card.GetByRole(AriaRole.Button, new() { Name = "Destroy the enquiry" }));
        await keys.Press("Enter");
        await keys.Reach(card.GetByRole(AriaRole.Button, new() { Name = "Yes, destroy it now" }));
        await Shots.Both(page, "erasure-sure");
        await lead.IsAccessible();
        await keys.Press("Enter");
        await Expect(card.GetByText("It is gone.")).ToBeVisibleAsync();
    }

    private static async Task Close(IPage page, Typist keys)
    {
        await keys.Type(page.GetByLabel("How it ended"), "Done as");
        await keys.Reach(page.GetByRole(AriaRole.Button, new() { Name = "Close the request" }));
        await keys.Press("Enter");
    }
}
