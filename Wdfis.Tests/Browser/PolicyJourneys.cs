using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>The policy's life in a browser: drafted, compared, approved by another, published, read by everybody, said in the call, public without a script.</summary>
[Collection(nameof(Chromium))]
public class PolicyJourneys(Chromium chromium) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess portal = default!;

    public async Task InitializeAsync() => portal = await PortalProcess.Start(folder);

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Edition_DraftedApprovedPublished_IsReadByColleaguesAndSaidInTheCall()
    {
        await using var officer = await chromium.OpenAs("Farah Iqbal", portal);
        await officer.Page.GotoAsync("/editions");
        await Expect(officer.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("2026.1") })).ToContainTextAsync("In force since");
        await Expect(officer.Page.Locator("#readers + .count")).ToHaveTextAsync("7 of 7");
        await officer.IsAccessible();
        await officer.Page.GetByRole(AriaRole.Link, new() { Name = "Draft an edition" }).ClickAsync();
        await officer.Page.GetByLabel("What changed, for colleagues").FillAsync("Plainer words about privacy.");
        await officer.Page.GetByLabel("Families are told again").CheckAsync();
        await officer.Page.GetByLabel("Confidential keeps").FillAsync("We tell nobody without asking you first.");
        var text = officer.Page.GetByLabel("Text Markdown");
        var words = await text.InputValueAsync();
        // A clause is missing: said beside the field, nothing lost.
        await text.FillAsync(words.Replace("**C5**", "", StringComparison.Ordinal));
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await Expect(officer.Page.Locator("#f-policy-text-problem")).ToContainTextAsync("C5");
        await text.FillAsync(words + "\n\nA sentence that is new.\n");
        await officer.IsAccessible();
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { Name = "Policy 2026.2" })).ToBeVisibleAsync();
        await Expect(officer.Page.GetByText("You wrote this.")).ToBeVisibleAsync();
        await Expect(officer.Page.Locator("ins").First).ToContainTextAsync("A sentence that is new.");
        await officer.IsAccessible();

        await using var lead = await chromium.OpenAs("Dilys Ackroyd", portal);
        await lead.Page.GotoAsync("/editions/2026.2");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Approve what stands here" }).ClickAsync();
        await Expect(lead.Page.GetByRole(AriaRole.Heading, new() { Name = "Approved, not published" })).ToBeVisibleAsync();
        await Expect(lead.Page.GetByText("The officer publishes it.")).ToBeVisibleAsync();

        await using var adviser = await chromium.OpenAs("Ash Whitaker", portal);
        await Expect(adviser.Page.GetByText("is in force since")).ToBeHiddenAsync();
        await officer.Page.ReloadAsync();
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Publish it" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^In force since") })).ToBeVisibleAsync();

        // In the window that was open all the time.
        var banner = adviser.Page.GetByRole(AriaRole.Region, new() { Name = "A new edition of the policy" });
        await Expect(banner).ToContainTextAsync("Plainer words about privacy.");
        await adviser.IsAccessible();
        await adviser.Page.GotoAsync("/live");
        await Expect(adviser.Page.GetByText("We tell nobody without asking you first.")).ToBeVisibleAsync();
        await banner.GetByRole(AriaRole.Button, new() { Name = "I have read it" }).ClickAsync();
        await Expect(banner).ToBeHiddenAsync();
        await officer.Page.GotoAsync("/editions");
        await Expect(officer.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("Ash Whitaker") })).Not.ToContainTextAsync("Not yet");
        await Expect(officer.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("Bryony Sykes") })).ToContainTextAsync("Not yet");

        await using var anybody = await chromium.Open(portal, script: false);
        await anybody.Page.GotoAsync("/policy");
        await Expect(anybody.Page.GetByText("A sentence that is new.")).ToBeVisibleAsync();
        await anybody.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Version 2026.1") }).ClickAsync();
        await Expect(anybody.Page.GetByText("An earlier edition.")).ToBeVisibleAsync();
        await Expect(anybody.Page.GetByText("A sentence that is new.")).ToBeHiddenAsync();
        await anybody.Page.GotoAsync("/policy/large-print");
        await Expect(anybody.Page.Locator(".large")).ToBeVisibleAsync();
        using var plain = new HttpClient { BaseAddress = new Uri(portal.Address) };
        Assert.Contains("A sentence that is new.", await plain.GetStringAsync("/policy.txt"), StringComparison.Ordinal);
        // Its own style sheet and no script: small enough for a slow line.
        Assert.InRange((await plain.GetByteArrayAsync("/policy")).Length + (await plain.GetByteArrayAsync("/public.css")).Length, 5_000, 30_000);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await plain.GetAsync("/policy/2031.1")).StatusCode);
    }

    [Fact]
    public async Task Officer_ReadsTheConformancePage_ReviewsThePolicy_AndAnAdviserSendsACopy()
    {
        await using var officer = await chromium.OpenAs("Farah Iqbal", portal);
        await officer.Page.GotoAsync("/conformance");
        await Expect(officer.Page.Locator("table.clauses tbody tr")).ToHaveCountAsync(Wdfis.Domain.Policy.PolicyClauses.All.Length);
        await officer.IsAccessible();
        await officer.Page.GotoAsync("/editions");
        await officer.Page.GetByRole(AriaRole.Link, new() { Name = "Record of processing" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { Name = "Answering rights requests" })).ToBeVisibleAsync();
        await officer.IsAccessible();
        var table = await officer.Page.RunAndWaitForDownloadAsync(() => officer.Page.GetByRole(AriaRole.Link, new() { Name = "Save it as a table (CSV)" }).ClickAsync());
        var record = await File.ReadAllTextAsync((await table.PathAsync())!);
        Assert.All(new[] { "Controller", "Joint controllers", "Data protection officer", "Appropriate policy document", "Lawful basis", "Special-category condition", "Recipients", "Third countries", "Kept", "Security", "Wakefield Council" }, part => Assert.Contains(part, record, StringComparison.Ordinal));
        Assert.Equal(1 + Wdfis.Domain.Processing.ProcessingRegister.All.Length, record.Split("Wakefield Council").Length);
        await officer.Page.GotoAsync("/editions");
        await officer.Page.GetByLabel("Look at the policy, because").SelectOptionAsync("Law");
        await officer.Page.GetByLabel("What brings it about").FillAsync("The duty to share changed.");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Begin a review" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { Name = "Edition 2026.1: The law changed" })).ToBeVisibleAsync();
        await officer.IsAccessible();
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the review" }).ClickAsync();
        await Expect(officer.Page.Locator("#f-policy-review-S1-problem")).ToBeVisibleAsync();
        foreach (var clause in Wdfis.Domain.Policy.PolicyClauses.All)
            await officer.Page.GetByRole(AriaRole.Radiogroup, new() { Name = $"Clause {clause}", Exact = true }).GetByText(clause == "U2" ? "Changes" : "Kept").ClickAsync();
        await officer.Page.GetByLabel("Why, clause U2").FillAsync("Name the new duty.");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the review" }).ClickAsync();
        await Expect(officer.Page.GetByText("changes are to be made")).ToBeVisibleAsync();

        await using var adviser = await chromium.OpenAs("Ash Whitaker", portal);
        await adviser.Page.GotoAsync("/copies");
        await adviser.Page.GetByLabel("How they want to have it").SelectOptionAsync("LargePrint");
        await adviser.Page.GetByLabel("Who asks, and where it goes").FillAsync("Juno Quillfeather, 1 Nowhere Lane");
        await adviser.Page.GetByRole(AriaRole.Button, new() { Name = "Register it" }).ClickAsync();
        await adviser.IsAccessible();
        await adviser.Page.Locator("#owed").Locator("xpath=../..").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(adviser.Page.GetByText("Juno Quillfeather, 1 Nowhere Lane")).ToBeVisibleAsync();
        await adviser.Page.GetByRole(AriaRole.Button, new() { Name = "It went today" }).ClickAsync();
        await Expect(adviser.Page.GetByText("Nobody waits for a copy.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Manager_ReadsTheStatistics_AndTakesThemAlong()
    {
        await using var adviser = await chromium.OpenAs("Ash Whitaker", portal);
        await adviser.Page.GotoAsync("/quick");
        await adviser.Page.GetByLabel("Topic").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await adviser.Page.GetByRole(AriaRole.Button, new() { Name = "Count it" }).ClickAsync();
        await Expect(adviser.Page.GetByText("1 counted today")).ToBeVisibleAsync();
        await using var manager = await chromium.OpenAs("Glenn Hepworth", portal);
        await manager.Page.GotoAsync("/statistics");
        await Expect(manager.Page.Locator("#counts")).ToBeVisibleAsync();
        await manager.IsAccessible();
        var saved = await manager.Page.RunAndWaitForDownloadAsync(() => manager.Page.GetByRole(AriaRole.Link, new() { Name = "For a spreadsheet" }).ClickAsync());
        Assert.Contains("Together", await File.ReadAllTextAsync((await saved.PathAsync())!), StringComparison.Ordinal);
    }
}
