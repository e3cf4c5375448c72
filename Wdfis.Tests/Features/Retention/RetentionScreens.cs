using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>The dashboard and its lists in each state, over a real strongroom (D5).</summary>
public class RetentionScreens
{
    [Fact]
    public async Task Dashboard_AndEveryList_OpenNoRecordAndWriteNothingDown()
    {
        await using var room = await RetentionRoom.Start();
        for (var day = -3; day < 100; day += 10)
            await room.Keep(day);
        var before = room.Entries().Count();
        await using var screens = room.Screens(StrongroomFixture.Lead);
        screens.Render<RetentionPage>().WaitForElement("table.records");
        foreach (var sort in Enum.GetValues<RecordColumn>())
            ListAt(screens, new RecordQuery { Sort = sort, Group = sort }).WaitForElement("table.records");
        // Not only none opened: nothing at all was done to anybody's record.
        Assert.Equal(before, room.Entries().Count());
        Assert.DoesNotContain(room.Entries(), entry => entry.Action is AuditAction.Opened or AuditAction.Found);
    }

    [Fact]
    public async Task Dashboard_EachFigure_LeadsToTheListOfExactlyThose()
    {
        await using var room = await RetentionRoom.Start();
        await room.Keep(-12);
        await room.Keep(0);
        await room.Keep(31);
        await room.Keep(89, e => e with { KeepUntil = e.KeepUntil with { ReviewBy = true } });
        await room.Room.Hold(await room.Keep(null));
        await using var screens = room.Screens(StrongroomFixture.Lead);
        var page = screens.Render<RetentionPage>();
        page.WaitForElement("a.tile");
        var tiles = page.FindAll("a.tile").Select(tile => (Value: tile.QuerySelector("strong")!.TextContent, Link: tile.GetAttribute("href")!)).ToArray();
        Assert.Equal(["1", "1", "2", "3", "1", "1"], tiles.Select(tile => tile.Value));
        var links = page.FindAll("a[href^='retention/records?']").Select(link => (link.GetAttribute("href")!, Number(link.QuerySelector("strong")?.TextContent ?? link.TextContent)));
        var checkedLinks = 0;
        foreach (var (link, said) in links.Where(link => link.Item2 is not null))
        {
            var list = await room.Desk.Page(RetentionRoom.Lead, RecordAddress.Parse(link[link.IndexOf('?', StringComparison.Ordinal)..]));
            Assert.Equal(said, list.Page.Count);
            checkedLinks++;
        }
        Assert.True(checkedLinks > 10);
        Assert.Contains("oldest 12 days", page.Markup, StringComparison.Ordinal);
        Assert.Contains("In the next two years 3 records fall due", page.Markup, StringComparison.Ordinal);
        // The table twin holds a line for each of the bars.
        Assert.Equal(RecordFigures.MonthsAhead, page.FindAll("section[aria-labelledby=falling-due] tbody tr").Count);
        Assert.Equal(RecordFigures.MonthsAhead, page.FindAll("section[aria-labelledby=falling-due] .bars li").Count);

        static int? Number(string text) => text.Split(':')[^1].Trim() is var last && int.TryParse(new string([.. last.TakeWhile(char.IsAsciiDigit)]), out var number) ? number : null;
    }

    [Fact]
    public async Task Dashboard_BeforeTheEnvelopesAreRead_SaysThatItGetsReady_AndThenWithoutRecordsThatThereAreNone()
    {
        await using var room = await RetentionRoom.Start(filled: false);
        await using (var early = room.Screens(StrongroomFixture.Lead))
            Assert.Contains("Getting ready", early.Render<RetentionPage>().Find("[role=status]").TextContent, StringComparison.Ordinal);
        room.Fill();
        await using var screens = room.Screens(StrongroomFixture.Lead);
        var page = screens.Render<RetentionPage>();
        page.WaitForAssertion(() => Assert.Contains("Nothing is overdue", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Nothing falls due in the next two years.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No record is like this.", ListAt(screens, new RecordQuery()).WaitForElement(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WhatAColleagueMayNotOpen_IsABareRow()
    {
        await using var room = await RetentionRoom.Start();
        var open = await room.Keep(-1);
        var closed = await room.Keep(-2);
        await room.Room.Keeper.Do(new Act(StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Advise), AuditAction.Saved, [new DeclareConflict(closed, StrongroomFixture.Lead.Id)]));
        await using var screens = room.Screens(StrongroomFixture.Lead);
        var list = ListAt(screens, new RecordQuery { Filter = new() { Due = RecordFilter.Overdue } });
        list.WaitForElement("table.records");
        Assert.Equal([$"families/{open}"], list.FindAll("tbody a").Select(link => link.GetAttribute("href")));
        var bare = list.FindAll("tbody tr")[0];
        Assert.Contains("Closed to you", bare.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("WF1", bare.TextContent, StringComparison.Ordinal);
        // The officer sees dates and may open none.
        await using var officer = room.Screens(StrongroomFixture.Officer);
        var dates = ListAt(officer, new RecordQuery());
        dates.WaitForElement("table.records");
        Assert.Equal(2, dates.FindAll("tbody tr").Count);
        Assert.Empty(dates.FindAll("tbody a"));
        Assert.Throws<UnauthorizedAccessException>(() => room.Desk.Figures(StrongroomFixture.For(StrongroomFixture.Adviser)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => room.Desk.Page(StrongroomFixture.For(StrongroomFixture.Manager), new RecordQuery()));
    }

    [Fact]
    public async Task List_Turned_KeepsWhatWasChosenOnOtherPages()
    {
        await using var room = await RetentionRoom.Start();
        for (var i = 0; i < 30; i++)
            await room.Keep(i);
        await using var screens = room.Screens(StrongroomFixture.Lead);
        var list = ListAt(screens, new RecordQuery { Size = 25 });
        list.WaitForElement("[data-key=a]").Click();
        list.Find("[data-key=n]").Click();
        list.WaitForAssertion(() => Assert.Contains("26 to 30 of 30", list.Markup, StringComparison.Ordinal));
        list.FindAll("tbody input")[1].Change(true);
        list.WaitForAssertion(() => Assert.Contains("26 chosen", list.Markup, StringComparison.Ordinal));
        Assert.True(list.Find("[data-key=n]").HasAttribute("disabled"));
        list.Find("[data-key=p]").Click();
        list.WaitForAssertion(() => Assert.Equal(25, list.FindAll("tr.sel").Count));
        // Another order is the same list; another filter is not.
        list.FindAll("button.sort")[^1].Click();
        list.WaitForAssertion(() => Assert.Equal("ascending", list.FindAll("th")[^1].GetAttribute("aria-sort")));
        Assert.Contains("26 chosen", list.Markup, StringComparison.Ordinal);
        list.Find("#due").Change("30");
        list.WaitForAssertion(() => Assert.Contains("None chosen", list.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trend_IsCountedWhereItHappens_DraftsApart()
    {
        await using var room = await RetentionRoom.Start();
        var kept = await room.Keep(3, e => e with { CreatedOn = room.Room.Today.AddMonths(-2) });
        var gone = await room.Keep(4);
        await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(room.Room.Envelope(UnitKind.Draft), "typed"));
        await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Erased, new Destroy(gone, "due"));
        var longer = new Mark(kept, 1, e => e with { KeepUntil = e.KeepUntil with { On = room.Room.Today.AddYears(1) } });
        await room.Room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, longer);
        // Refused, so neither done nor counted.
        await room.Room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, longer);
        var trend = room.Desk.Trend(StrongroomFixture.For(StrongroomFixture.Lead));
        var now = Month.Of(room.Room.Today);
        Assert.Equal(new TrendMonth(now, 1, 1, 1), trend[^1]);
        Assert.Equal(new TrendMonth(now.Add(-2), 1, 0, 0), trend[^3]);
        Assert.Equal(2, trend.Sum(month => month.Created));
    }

    [Fact]
    public void Address_OfEveryQuery_ReadsBackAsItself()
    {
        RecordQuery[] queries =
        [
            new(),
            new() { Filter = new() { Due = RecordFilter.Overdue, Service = Service.ParentPartnership, OnHold = true }, Sort = RecordColumn.Owner, Descending = true, Group = RecordColumn.Kind, Size = 200 },
            new() { Filter = new() { Due = 60, Month = Month.Of(new DateOnly(2027, 3, 9)), Review = true, Kind = UnitKind.Asked, Classification = Classification.OfficialSensitive, Class = "pp-case", Owner = StrongroomFixture.Lead.Id } },
        ];
        Assert.All(queries, query => Assert.Equal(query, RecordAddress.Parse(new Uri(new Uri("https://example.org/"), RecordAddress.Format(query)).Query)));
        Assert.Equal(new RecordQuery(), RecordAddress.Parse("?due=yesterday&kind=99&sort=&size=7&month=13&owner=me&class="));
    }

    private static IRenderedComponent<RecordListPage> ListAt(BunitContext screens, RecordQuery query)
    {
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo(RecordAddress.Format(query));
        return screens.Render<RecordListPage>();
    }
}
