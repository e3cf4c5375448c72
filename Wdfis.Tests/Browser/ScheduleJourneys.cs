using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wdfis.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Wdfis.Tests.Browser;

/// <summary>The officer changes the retention schedule, sees what that does, and a lead agrees, without a mouse (D5).</summary>
[Collection(nameof(Chromium))]
public class ScheduleJourneys(Chromium chromium)
{
    [Fact]
    public async Task Officer_DraftsAVersion_SeesWhatItDoes_AndALeadAgrees_ByKeyboardAlone()
    {
        string address;
        await using (var window = await chromium.OpenAs("Farah Iqbal"))
        {
            var page = window.Page;
            await page.GotoAsync("/retention");
            await page.GetByRole(AriaRole.Link, new() { Name = "Schedule", Exact = true }).PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Retention schedule" })).ToBeVisibleAsync();
            await window.IsAccessible();
            await page.GetByRole(AriaRole.Link, new() { Name = "New version" }).PressAsync("Enter");
            var period = page.GetByLabel("Families Information enquiries: period", new() { Exact = true });
            await Expect(period).ToHaveValueAsync("2 years");
            await period.FillAsync("2 fortnights");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByText("Give a number with days, months or years, as in 2 years.").First).ToBeVisibleAsync();
            await Expect(page.GetByText("Say why the schedule changes.").First).ToBeVisibleAsync();
            await window.IsAccessible();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The form is wider than the screen.");
            await period.FillAsync("3 years");
            // A day far ahead: the journeys beside this one keep their dates.
            await page.GetByLabel("Valid from").FillAsync(DateTime.UtcNow.AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await page.GetByLabel("Why it changes").FillAsync("The council confirmed three years.");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Version 2 of the schedule" })).ToBeVisibleAsync();
            await Expect(page.GetByText(new Regex("^0 records would be kept shorter, [0-9,]+ longer"))).ToBeVisibleAsync();
            await window.IsAccessible();
            await page.GetByRole(AriaRole.Button, new() { Name = "Hand to a second person" }).PressAsync("Enter");
            await Expect(page.GetByText("A second person can agree now.")).ToBeVisibleAsync();
            address = await page.Address();
        }
        await using (var window = await chromium.OpenAs("Dilys Ackroyd"))
        {
            var page = window.Page;
            await page.GotoAsync(new Uri(address).PathAndQuery);
            await page.GetByLabel("Why", new() { Exact = true }).FillAsync("As the cabinet decided.");
            await window.IsAccessible();
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByText(new Regex("^Agreed. It counts from"))).ToBeVisibleAsync();
            // The change itself is not a lead's.
            await page.GotoAsync("/retention/schedule/change");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lines" })).ToHaveCountAsync(0);
        }
    }
}
