using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Policy;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>What the public reads and what is printed, without a script: the policy's page, the bundle for the council's website, a sheet of many pages (C4, R1).</summary>
[Collection(nameof(Chromium))]
public sealed partial class PublicPagesJourneys(Chromium chromium)
{
    [Fact]
    public async Task PolicyPage_WithoutAScript_SaysWhenItWasPublishedWhoIsRegisteredAndHowToAsk_AndTheBundleSaysTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-public-").FullName;
        try
        {
            await using var portal = await PortalProcess.Start(Path.Combine(folder, "data"));
            await using var window = await chromium.Open(portal, script: false);
            await window.Page.GotoAsync("/policy");
            await Says(window.Page);
            await window.Page.GotoAsync("/accessibility");
            await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Accessibility statement" })).ToBeVisibleAsync();
            // Printed, nothing of it is cut off, and it takes a few sheets at most.
            await window.Page.GotoAsync("/policy");
            Assert.InRange(Pdf.Pages(await window.Page.PdfAsync(new() { Format = "A4" })).Count, 1, 5);

            // The bundle, while the portal runs: the same words from files alone, and no link that leads nowhere.
            var into = Path.Combine(folder, "site");
            var (code, said) = await PortalProcess.Verb(portal.DataFolder, "export-policy", into);
            Assert.True(code == 0, said);
            string[] files = ["policy/index.html", "policy/large-print/index.html", "policy/2026.1/index.html", "policy.txt", "accessibility/index.html", "public.css"];
            Assert.Equal(files.Order(), Directory.EnumerateFiles(into, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(into, file)).Order());
            foreach (var page in files.Where(file => file.EndsWith(".html", StringComparison.Ordinal)))
            {
                var html = await File.ReadAllTextAsync(Path.Combine(into, page));
                Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
                foreach (var link in Link().Matches(html).Select(match => match.Groups[1].Value).Where(link => !link.Contains(':', StringComparison.Ordinal) && link[0] != '#'))
                {
                    var at = Path.GetFullPath(Path.Combine(into, Path.GetDirectoryName(page)!, link.Split('#')[0]));
                    Assert.True(File.Exists(at) || File.Exists(Path.Combine(at, "index.html")), $"{page} leads to {link}");
                }
            }
            await using var file = await chromium.Open(portal);
            await file.Page.GotoAsync($"file://{into}/policy/index.html");
            await Says(file.Page);
            await file.IsAccessible();
            Assert.Equal(await Clauses(window.Page), await Clauses(file.Page));
            await file.Page.GotoAsync($"file://{into}/policy/large-print/index.html");
            await Expect(file.Page.Locator(".large")).ToHaveCSSAsync("font-size", "26px");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static Task<string> Clauses(IPage page) => page.Locator("main ul").AllInnerTextsAsync().ContinueWith(texts => string.Join("\n", texts.Result), TaskScheduler.Default);

        static async Task Says(IPage page)
        {
            await Expect(page.Locator("main")).ToContainTextAsync(new Regex(@"Version 2026\.1, published \d+ \w+ 20\d\d\. Next review: \d+ \w+ 20\d\d\."));
            await Expect(page.Locator("footer")).ToContainTextAsync(new Regex(@"Registered with the .+: Z0000000, until 31 March 2027\."));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ask for a copy, or for what we hold on you" })).ToBeVisibleAsync();
            await Expect(page.Locator("footer")).ToContainTextAsync("Telephone 01632 960100");
            foreach (var clause in Wdfis.Domain.Policy.PolicyClauses.All)
                await Expect(page.Locator($"#{clause}")).ToHaveTextAsync(clause);
        }
    }

    /// <summary>The marking stands at the head and at the foot of every page, and no line of the text under it.</summary>
    [Fact]
    public async Task Sheet_OfManyPages_CarriesItsMarkingOnEveryPageAndNothingUnderIt()
    {
        await using var room = await FamilyRoom.Start();
        var sheet = await room.Get<SheetRenderer>().Render<AccessibilityText>("Many pages", room.Get<Envelopes>().Sensitive, [], whole: true);
        await using var window = await chromium.Open(script: false);
        await window.Page.SetContentAsync(sheet.Replace("</main>", $"{string.Concat(Enumerable.Range(0, 100).Select(line => $"<p>Line {line}</p>"))}</main>", StringComparison.Ordinal));
        var pages = Pdf.Pages(await window.Page.PdfAsync(new() { Format = "A4" }));
        Assert.InRange(pages.Count, 3, 20);
        Assert.All(pages, page =>
        {
            var marks = page.Where(line => line.Text == "OFFICIAL-SENSITIVE [PERSONAL]").Select(line => line.Y).ToList();
            Assert.InRange(marks.Count, 2, 3);
            Assert.All(page.Where(line => line.Text.StartsWith("Line ", StringComparison.Ordinal)), line => Assert.InRange(line.Y, marks.Min() + 9, marks.Max() - 9));
        });
        Assert.Equal(100, pages.Sum(page => page.Count(line => line.Text.StartsWith("Line ", StringComparison.Ordinal))));
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();
}
