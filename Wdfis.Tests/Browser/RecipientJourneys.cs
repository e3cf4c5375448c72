using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Features.Recipients;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>The directory on a portal of its own: what these journeys close and bring in is nobody else's.</summary>
public sealed class DirectoryPortal : IAsyncLifetime
{
    internal PortalProcess Portal { get; private set; } = default!;

    public async Task InitializeAsync() => Portal = await PortalProcess.Start(null, ("Development__Families", "40"));

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}

[Collection(nameof(Chromium))]
public sealed class RecipientJourneys(Chromium chromium, DirectoryPortal directory) : IClassFixture<DirectoryPortal>
{
    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    [Fact]
    public async Task Directory_ByKeyboardAlone_IsFilteredCheckedAddedToAndClosed()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd", directory.Portal);
        var page = window.Page;
        await page.GotoAsync("/recipients");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Recipients" })).ToBeVisibleAsync();
        await window.IsAccessible();

        // What was checked a year ago: one key an entry, and the next one is at hand.
        await page.GetByText("To check").ClickAsync();
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("j");
        var first = await page.Locator("#chosen h2").TextContentAsync();
        var due = await page.Locator("tbody tr").CountAsync();
        await window.IsAccessible();
        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(due - 1);
        await Expect(page.Locator("#chosen h2")).Not.ToHaveTextAsync(first!);

        await page.GetByText("All", new() { Exact = true }).ClickAsync();
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.TypeAsync("front door");
        await Expect(page.Locator("#filter")).ToHaveValueAsync("front door");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#chosen h2")).ToHaveTextAsync("Children's front door");
        await Expect(page.Locator("#chosen [data-key=c]")).ToBeFocusedAsync();
        await Expect(page.Locator("#chosen")).ToContainTextAsync("01632 960101");

        // A new one, with a mistake first.
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Add to the directory" })).ToBeVisibleAsync();
        await page.GetByLabel("Number or address 1").FillAsync("ring Pat");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".problems")).ToContainTextAsync("Give the name");
        await Expect(page.Locator(".problems")).ToContainTextAsync("not a telephone number");
        await window.IsAccessible();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Acorn Example Nursery");
        await page.GetByLabel("Number or address 1").FillAsync("01632 960 555");
        await page.GetByLabel("Sort of body").SelectOptionAsync("Nursery");
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Acorn Example Nursery");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#chosen h2")).ToHaveTextAsync("Acorn Example Nursery");
        await Expect(page.Locator("#chosen")).ToContainTextAsync("01632 960555");

        // Merged into another, which is chosen by typing.
        await page.Keyboard.PressAsync("m");
        await page.GetByText("It was merged").ClickAsync();
        await Button(page, "Record the merger").ClickAsync();
        await Expect(page.Locator("#ending")).ToContainTextAsync("Choose the body that it was merged into");
        await page.GetByLabel("Who took over").FocusAsync();
        await page.Keyboard.TypeAsync("tiny");
        await Expect(page.Locator("#ending [role=option]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Who took over")).ToHaveValueAsync("Tiny Steps Nursery");
        await Button(page, "Record the merger").ClickAsync();
        await Expect(page.Locator("#chosen .notice.late")).ToContainTextAsync("Merged");
        await Expect(page.Locator("#chosen .notice.late")).ToContainTextAsync("Tiny Steps Nursery");
    }

    [Fact]
    public async Task Adviser_KeepsEntries_AndCannotCloseOrImport()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", directory.Portal);
        var page = window.Page;
        await page.GotoAsync("/recipients");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(Button(page, "Still right today")).ToBeVisibleAsync();
        await Expect(Button(page, "Close or merge")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Schools register" })).ToHaveCountAsync(0);
        await page.GotoAsync("/recipients/import");
        await Expect(page.GetByLabel("CSV file")).ToHaveCountAsync(0);
        var answer = await page.EvaluateAsync<int>("fetch('/recipients/register', { method: 'POST', headers: { RequestVerificationToken: 'x' }, body: new FormData(), redirect: 'manual' }).then(a => a.status)");
        Assert.Contains(answer, new[] { 0, 302, 403 });
    }

    [Fact]
    public async Task Import_OfABrokenFileAndThenAGoodOne_SaysWhatIsWrong_ShowsAndBringsIn()
    {
        await using var window = await chromium.OpenAs("Dilys Ackroyd", directory.Portal);
        var page = window.Page;
        async Task Choose(byte[] bytes, string name)
        {
            await page.GotoAsync("/recipients/import");
            await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = bytes });
            await Button(page, "Read it").ClickAsync();
        }
        await page.GotoAsync("/recipients/import");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Choose the file" })).ToBeVisibleAsync();
        await window.IsAccessible();

        await Choose([(byte)'P', (byte)'K', 3, 4, 20, 0, 0, 0], "register.csv");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is a zip file");
        await window.IsAccessible();
        var lines = RegisterText.Lines();
        await Choose(RegisterText.File([lines[0].Replace("Postcode", "Post code", StringComparison.Ordinal), .. lines[1..]]).ToArray(), "register.csv");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The column “Postcode” is missing.");
        Assert.False(Directory.Exists(Path.Combine(directory.Portal.DataFolder, "scratch")) && Directory.EnumerateFiles(Path.Combine(directory.Portal.DataFolder, "scratch")).Any());

        lines[3] = lines[3].Replace("\"Sample Nursery\"", "\"Sample Nursery", StringComparison.Ordinal);
        lines[4] += ",x";
        await Choose(RegisterText.File(lines).ToArray(), "register.csv");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it would change" })).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("1 new, 1 changed, 1 closed, 3 skipped");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Changed" })).ToContainTextAsync("01632 960299");
        await Expect(page.Locator("section[aria-labelledby=skipped]")).ToContainTextAsync("A quotation mark is not closed.");
        await window.IsAccessible();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("main .notice.good")).ToContainTextAsync("Brought in: 3 entries.");

        await page.GotoAsync("/recipients");
        await page.GetByLabel("Filter by name, sort, place or number").FillAsync("invented");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Choose(RegisterText.File(lines).ToArray(), "register.csv");
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing to do");
    }

    [Fact]
    public async Task Import_Of60MegabytesAndOfWhatIsNoCsv_IsReadWithItsProgress_OrRefusedInWords()
    {
        // Each lead has a file of their own in hand; the journey beside this one leaves one.
        await using var window = await chromium.OpenAs("Ewan Priestley", directory.Portal);
        var page = window.Page;
        var path = Path.Combine(Directory.CreateTempSubdirectory("wdfis-register-").FullName, "edubasealldata20261122.csv");
        try
        {
            var rows = 0;
            await using (var file = File.Create(path))
            {
                for (; file.Length < 60_000_000; rows += 20_000)
                    RegisterText.Write(file, 20_000, rows);
            }
            await page.GotoAsync("/recipients/import");
            await page.GetByLabel("CSV file").SetInputFilesAsync(path);
            await Button(page, "Read it").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Progressbar).Or(page.GetByRole(AriaRole.Heading, new() { Name = "What it would change" }))).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it would change" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator("main")).ToContainTextAsync($"{rows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} rows read");
            await window.IsAccessible();

            await Button(page, "Drop").ClickAsync();
            // A picture by a table's name: nothing of it is brought in.
            await File.WriteAllBytesAsync(path, [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. new byte[4096]]);
            await page.GotoAsync("/recipients/import");
            await page.GetByLabel("CSV file").SetInputFilesAsync(path);
            await Button(page, "Read it").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This file cannot be used" })).ToBeVisibleAsync();
            await Expect(page.GetByText("Nothing was changed.")).ToBeVisibleAsync();
            await window.IsAccessible();
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public async Task Permission_NamesABodyOfTheDirectory_ByTyping()
    {
        await using var window = await chromium.OpenAs("Ash Whitaker", directory.Portal);
        var page = window.Page;
        await page.GotoAsync("/families");
        await page.Locator("#find-here").FillAsync("a");
        await page.Locator("main [role=option]").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/families/[0-9a-f]{32}$"));
        await page.GotoAsked(await page.Address() + "/permissions/new");
        await page.GetByLabel("Its name").FocusAsync();
        await page.Keyboard.TypeAsync("front");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Children's front door" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Its name")).ToHaveValueAsync("Children's front door");
        await Expect(page.GetByLabel("With which sort of body")).ToHaveValueAsync("SocialCare");
        await Expect(page.Locator("[data-draft-status]")).ToHaveAttributeAsync("data-state", "kept");
        await page.ReloadAsked();
        await Expect(page.GetByLabel("Its name")).ToHaveValueAsync("Children's front door");
        await window.IsAccessible();
    }
}
