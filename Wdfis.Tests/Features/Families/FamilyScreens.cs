using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Families;

/// <summary>What search, desk, family page and the call's "who" show in each state, over a real strongroom.</summary>
public sealed class FamilyScreens : IAsyncLifetime
{
    private readonly BunitContext screens = new();
    private FamilyRoom room = default!;
    private Colleague who = StrongroomFixture.Adviser;

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var service in (object[])[room.Get<FamilyDesk>(), room.Get<Wdfis.Portal.Features.Curiosity.CuriosityDesk>(), room.Get<PermissionDesk>(), room.Get<Wdfis.Portal.Features.Disclosure.DisclosureDesk>(), room.Get<WorklistDesk>(), room.Get<EnquiryDesk>(), room.Get<HandlingDesk>(), room.Get<DraftDesk>(), room.Get<EnquiryLists>(), room.Get<PolicyShelf>(), room.Get<PolicyDesk>(), room.Get<Wdfis.Portal.Jobs.JobLog>(), room.Get<Wdfis.Portal.Features.Breaches.BreachDesk>(), room.Get<IColleagues>()])
            screens.Services.AddSingleton(service is IColleagues ? typeof(IColleagues) : service.GetType(), service);
        screens.Services.AddSingleton(room.Get<Microsoft.Extensions.Configuration.IConfiguration>());
        screens.Open(room.Room, new SignedIn(() => who));
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await room.DisposeAsync();
    }

    private UnitId Family { get; set; }

    private async Task Known(bool special = false) => Family = await room.Save(
        room.Card([room.Carer("Magda", "Testowska") with { Birth = new Birth.OnDate(new DateOnly(1988, 4, 3)) }], []), envelope => envelope with { SpecialHandling = special, Owner = StrongroomFixture.Adviser.Id });

    private IRenderedComponent<FindBox> Find(string text, FamilySearch? search = null)
    {
        screens.Services.AddSingleton(search ?? room.Get<FamilySearch>());
        var box = screens.Render<FindBox>();
        box.Find("input").Input(text);
        // Enter does not wait until the typing settles.
        box.Find("input").KeyDown("Enter");
        return box;
    }

    [Fact]
    public async Task FindBox_Rows_ComeWithWhatMatched()
    {
        await Known();
        var box = Find("testowska");
        box.WaitForAssertion(() => Assert.Equal("Testowska, Magda", Assert.Single(box.FindAll("[role=option] strong")).TextContent));
        Assert.Equal("true", box.Find("input").GetAttribute("aria-expanded"));
        Assert.Equal("One family found.", box.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task FindBox_Nothing_OffersToEnterTheFamily()
    {
        await Known();
        var box = Find("nobodyatall");
        box.WaitForAssertion(() => Assert.Contains("Nothing found.", box.Find(".pad").TextContent, StringComparison.Ordinal));
        Assert.Equal("families/new", box.Find(".pad a").GetAttribute("href"));
    }

    [Fact]
    public async Task FindBox_SpecialHandling_IsOneLineForTheExactNameAndBirthDate_AndNothingElse()
    {
        await Known(special: true);
        who = StrongroomFixture.OtherAdviser;
        var box = Find("Magda Testowska 3/4/1988");
        box.WaitForAssertion(() => Assert.StartsWith(RestrictedHit.Sentence, box.Find(".notice.special").TextContent, StringComparison.Ordinal));
        Assert.Empty(box.FindAll("[role=option]"));
        Assert.DoesNotContain("Testowska", box.Find(".found-panel").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Family.ToString(), box.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void FindBox_WhileTheBoardFills_SaysHowFarItIs()
    {
        using var board = new FamilyBoard();
        board.Opening(10);
        var box = Find("testowska", new FamilySearch(board, new Full(false), static (_, _, _) => true, room.Room.Clock));
        box.WaitForAssertion(() => Assert.Contains("Search is getting ready, 0 %.", box.Find(".found-panel").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing found", box.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void FindBox_DiskFull_SaysSoAndShowsNothing()
    {
        using var board = new FamilyBoard();
        board.Opened();
        var box = Find("testowska", new FamilySearch(board, new Full(true), static (_, _, _) => true, room.Room.Clock));
        box.WaitForAssertion(() => Assert.Equal(NoRoomException.NotSearched, box.Find(".notice.late").TextContent));
        Assert.False(box.Find(".found-panel").HasAttribute("hidden"));
    }

    [Fact]
    public async Task FindBox_FasterThanAnybodyTypes_SaysSoAndKeepsWhatWasTyped()
    {
        await Known();
        var search = room.Get<FamilySearch>();
        for (var i = 0; i < FamilySearch.MostASecond; i++)
            search.Count(who.Id);
        var box = Find("testowska");
        box.WaitForAssertion(() => Assert.Equal(TooFastException.Sentence, box.Find(".notice.late").TextContent));
        Assert.Equal("testowska", box.Find("input").GetAttribute("value"));
        room.Room.Clock.Advance(TimeSpan.FromSeconds(1));
        box.Find("input").KeyDown("Enter");
        box.WaitForAssertion(() => Assert.Single(box.FindAll("[role=option]")));
    }

    [Fact]
    public async Task FindBox_RoleThatDoesNotSearch_IsRefusedInWords()
    {
        await Known();
        who = StrongroomFixture.Manager;
        var box = Find("testowska");
        box.WaitForAssertion(() => Assert.Equal(RefusalReason.NotYourRole.Words(), box.Find(".notice.late").TextContent));
        Assert.Empty(box.FindAll("[role=option]"));
    }

    [Fact]
    public async Task Desk_ListsWithRowsStandByThemselves_TheRestInOneCard()
    {
        await Known();
        await room.Get<DraftDesk>().Keep(FamilyRoom.Adviser, UnitId.Create(room.Room.Clock), "permission", new Dictionary<string, string> { ["body"] = "x" });
        var desk = screens.Render<DeskPage>();
        desk.WaitForAssertion(() => Assert.Contains("Permission, begun", desk.Find("section[aria-labelledby=list-unfinished] td a").TextContent, StringComparison.Ordinal));
        var nothing = desk.Find("section[aria-labelledby=list-nothing]").TextContent;
        Assert.Contains("Nobody asked about anybody of yours.", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("Unfinished", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("Conflicts declared", desk.Markup, StringComparison.Ordinal);
        who = StrongroomFixture.Lead;
        var leads = screens.Render<DeskPage>();
        leads.WaitForAssertion(() => Assert.Contains("Conflicts declared", leads.Markup, StringComparison.Ordinal));
        who = StrongroomFixture.Manager;
        var counts = screens.Render<DeskPage>();
        counts.WaitForAssertion(() => Assert.Contains("Your role works without families' records", counts.Markup, StringComparison.Ordinal));
        Assert.Empty(counts.FindAll("table"));
    }

    [Fact]
    public async Task FamilyPage_RemindsOfWhatTimeOvertook_OffersHandlingToLeadsAlone_AndClosesInWords()
    {
        var child = room.Child("Ola", room.Today) with { Birth = new Birth.Expected(room.Today.AddDays(5)) };
        Family = await room.Save(room.Card([room.Carer("Magda", "Testowska")], [child]));
        room.Room.Clock.Advance(TimeSpan.FromDays(60));
        var page = screens.Render<FamilyPage>(parameters => parameters.Add(p => p.Id, Family.ToString()));
        page.WaitForElement("button[data-key='1']").Click();
        page.WaitForAssertion(() => Assert.Contains("due more than a month ago", page.Find(".notice.due").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[href$='/handling']"));
        Assert.Single(page.FindAll("a[href$='/conflict']"));
        who = StrongroomFixture.Lead;
        var leads = screens.Render<FamilyPage>(parameters => parameters.Add(p => p.Id, Family.ToString()));
        leads.WaitForElement("button[data-key='1']").Click();
        leads.WaitForAssertion(() => Assert.Single(leads.FindAll("a[href$='/handling']")));
        who = StrongroomFixture.Adviser;
        await room.Keeper.Do(new Act(FamilyRoom.Adviser, Wdfis.Domain.Audit.AuditAction.NeedToKnowChanged, [new DeclareConflict(Family, who.Id)]));
        var closed = screens.Render<FamilyPage>(parameters => parameters.Add(p => p.Id, Family.ToString()));
        closed.WaitForAssertion(() => Assert.Equal(RefusalReason.Conflict.Words(), closed.Find("[role=alert]").TextContent));
        Assert.DoesNotContain("Testowska", closed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FamilyPage_OnTheScreen_ClosesWhenTheMinutesOfAnEmergencyAreOver_AndWithAConflictDeclaredElsewhere_WithoutAnAttempt()
    {
        var clock = new Alarm(room.Room.Clock);
        screens.Services.AddSingleton<TimeProvider>(clock);
        Family = await room.Save(room.Card([room.Carer("Magda", "Testowska")], []), envelope => envelope with { SpecialHandling = true });
        who = StrongroomFixture.OtherAdviser;
        var errand = StrongroomFixture.For(who, Purpose.Safeguarding);
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(errand, draft, HandlingDesk.Form, new Dictionary<string, string> { [HandlingDesk.WhyField] = "A child is alone at home" });
        Assert.Empty(await room.Get<HandlingDesk>().OpenInEmergency(errand, Family, draft));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(59));
        var page = screens.Render<FamilyPage>(parameters => parameters.Add(p => p.Id, Family.ToString()));
        page.WaitForAssertion(() => Assert.Equal(TimeSpan.FromMinutes(1), clock.Due));
        Assert.Contains("Testowska", page.Markup, StringComparison.Ordinal);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        clock.Rings!();
        page.WaitForAssertion(() => Assert.Equal(RefusalReason.SpecialHandling.Words(), page.Find("[role=alert]").TextContent));
        Assert.DoesNotContain("Testowska", page.Markup, StringComparison.Ordinal);

        await Known();
        who = StrongroomFixture.Adviser;
        var open = screens.Render<FamilyPage>(parameters => parameters.Add(p => p.Id, Family.ToString()));
        open.WaitForAssertion(() => Assert.Contains("Testowska", open.Markup, StringComparison.Ordinal));
        var note = UnitId.Create(room.Room.Clock);
        errand = StrongroomFixture.For(who, Purpose.Safeguarding, "window-2");
        await room.Get<DraftDesk>().Keep(errand, note, HandlingDesk.Form, new Dictionary<string, string> { [HandlingDesk.TieField] = nameof(Wdfis.Domain.Handling.ConflictTie.Neighbour) });
        Assert.Empty(await room.Get<HandlingDesk>().Declare(errand, Family, note));
        open.WaitForAssertion(() => Assert.Equal(RefusalReason.Conflict.Words(), open.Find("[role=alert]").TextContent));
        Assert.DoesNotContain("Testowska", open.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Wdfis.Tests.Strongroom.Log.Of(room.Room), entry => entry.Who == who.Id && entry.Action == Wdfis.Domain.Audit.AuditAction.Refused);
    }

    /// <summary>A clock whose one alarm a test lets ring.</summary>
    private sealed class Alarm(TimeProvider clock) : TimeProvider
    {
        public TimeSpan? Due { get; private set; }

        public Action? Rings { get; private set; }

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (Due, Rings) = (dueTime, () => callback(state));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public async Task WhoColumn_OfAnAnonymousCaller_OffersNoSearch_AndOfANamedOneFindsAndRefuses()
    {
        await Known(special: true);
        screens.Services.AddSingleton(room.Get<FamilySearch>());
        var anonymous = screens.Render<WhoColumn>(parameters => parameters.Add(p => p.Draft, UnitId.Create(room.Room.Clock)).Add(p => p.Call, new Call(new Dictionary<string, string> { ["rung"] = "anonymous", ["reference"] = "K7-QFM2" })));
        Assert.Equal("K7-QFM2", anonymous.Find(".reference").TextContent);
        Assert.Empty(anonymous.FindAll("input"));
        who = StrongroomFixture.OtherAdviser;
        var named = screens.Render<WhoColumn>(parameters => parameters.Add(p => p.Draft, UnitId.Create(room.Room.Clock)).Add(p => p.Call, new Call(new Dictionary<string, string>())).Add(p => p.Purpose, Purpose.GiveInformation));
        named.Find("#find-family").Input("Magda Testowska 3/4/1988");
        named.Find("#find-family").KeyDown("Enter");
        named.WaitForAssertion(() => Assert.StartsWith(RestrictedHit.Sentence, named.Find(".notice.special").TextContent, StringComparison.Ordinal));
        Assert.Empty(named.FindAll("[role=option]"));
    }

    [Fact]
    public void WhoColumn_OfSomebodyOfTheCard_AsksWhereTheyRingFromAndKeepsIt()
    {
        screens.Services.AddSingleton(room.Get<FamilySearch>());
        var carer = room.Carer("Magda", "Testowska");
        var fields = new Dictionary<string, string> { [CallFields.Family] = UnitId.Create(room.Room.Clock).ToString() };
        (string Field, string Value)[] set = [];
        IRenderedComponent<WhoColumn> Column() => screens.Render<WhoColumn>(parameters => parameters.Add(p => p.Call, new Call(fields)).Add(p => p.Side, new FamilySide(null, null, room.Card([carer], []))).Add(p => p.OnSet, kept => set = kept));
        Assert.Empty(Column().FindAll("[name=came-from]"));
        fields[CallFields.Caller] = carer.Id.ToString();
        var column = Column();
        var field = column.Find("[name=came-from]");
        Assert.Contains("ten working days", column.Find($"label[for='{field.Id}']").TextContent, StringComparison.Ordinal);
        field.Change("07700 900456");
        Assert.Equal([(CallFields.CameFrom, "07700 900456")], set);
    }

    private sealed class Full(bool full) : IFoundLog
    {
        public Task Found(Errand errand, IReadOnlyList<UnitId> shown) => full ? throw new NoRoomException() : Task.CompletedTask;

        public Task Hidden(Errand errand, IReadOnlyList<UnitId> families) => Task.CompletedTask;
    }
}
