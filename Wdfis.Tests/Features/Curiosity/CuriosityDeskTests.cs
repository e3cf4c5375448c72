using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Portal;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Curiosity;

/// <summary>Who has to say why, what is noticed, and who looks at it.</summary>
public sealed class CuriosityDeskTests : IAsyncLifetime
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise);
    private static readonly Errand Other = StrongroomFixture.For(StrongroomFixture.OtherAdviser, Purpose.Advise, "window-2");
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview, "window-3");
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.QualityReview, "window-4");
    private FamilyRoom room = default!;
    private UnitId family;

    private CuriosityDesk Desk => room.Get<CuriosityDesk>();

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start(settings: Shipped.Settings(("Curiosity:FamiliesADay:Adviser", "3")));
        family = await Family();
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    private Task<UnitId> Family(string forename = "Magda", string surname = "Testowska", Address? address = null) => room.Save(address is null ? room.Card([room.Carer(forename, surname)], [])
        : room.Card([room.Carer(forename, surname)], []).SetAddress(address, room.Today).OrThrow());

    private async Task<bool> Opens(Errand who, UnitId? one = null) => await room.Get<FamilyDesk>().Open(who, one ?? family) switch
    {
        Opening<FamilyCard>.Opened => true,
        Opening<FamilyCard>.Refused { Reasons: [RefusalReason.NoReason] } => false,
        var answer => throw new InvalidOperationException(answer.GetType().Name),
    };

    private async Task<Alert> TheAlert(Errand? by = null) => (await Desk.Open(by ?? Lead, Assert.Single(await Desk.Alerts(by ?? Lead)).Id)).Alert!;

    private async Task<UnitId> Typed(Errand who, string note)
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(who, draft, CuriosityDesk.Form, new Dictionary<string, string> { ["note"] = note });
        return draft;
    }

    private List<AuditEntry> Entries(ColleagueId who) => [.. room.Get<AuditTrail>().Since(new AuditQuestion { From = room.Today, Who = who })];

    [Fact]
    public async Task Family_OfNoWorkOfTheColleagues_OpensForAReason_InThisWindow_WhileAnOpeningStands()
    {
        Assert.True(await Opens(Adviser));
        Assert.False(await Opens(Other));
        Assert.DoesNotContain(Entries(Other.Who.Id), entry => entry.Action is AuditAction.Opened or AuditAction.Refused);
        Assert.Single(await Desk.Say(Other, family, OpeningReason.Other, " "));
        Assert.Single(await Desk.Say(Other, family, (OpeningReason)9, null));
        Assert.False(await Opens(Other));

        Assert.Empty(await Desk.Say(Other, family, OpeningReason.Other, "The head asked me to look"));
        Assert.True(await Opens(Other));
        // One entry: the opening itself, with the reason sealed in the family.
        var entry = Assert.Single(Entries(Other.Who.Id), one => one.Action == AuditAction.Opened);
        Assert.Equal(32, entry.ReasonHash.Length);
        var reasons = Assert.IsType<Opening<Reasons>.Opened>(await room.Keeper.Reasons(Other, family));
        Assert.Equal("Something else that I was asked to do: The head asked me to look", Assert.Single(reasons.Record.Open(reasons.Clearance).Given).Text);
        Assert.False(await Opens(Other with { Circuit = "window-9" }));
        Assert.False(await Opens(Other, await Family()));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await Opens(Other));
        // What was typed is saved all the same.
        Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().CheckedRight(Other, family));
    }

    [Fact]
    public async Task Work_OfTheColleagues_IsTheReason()
    {
        var enquiry = room.Room.Envelope(UnitKind.Enquiry, family, owner: StrongroomFixture.OtherAdviser) with { State = "open", DueOn = room.Today.AddDays(3) };
        Assert.IsType<Outcome.Done>(await room.Room.Do(Other.Who, AuditAction.Created, StrongroomFixture.Put(enquiry, "Rang about a place")));
        Assert.True(await Opens(Other));
        await Mark(enquiry.Id, one => one with { State = "closed" });
        Assert.False(await Opens(Other));
        // A lead's reason is what stands on their list: a follow-up of anybody, once it is due.
        var lead = Lead with { Purpose = Purpose.Advise };
        Assert.False(await Opens(lead));
        await Mark(enquiry.Id, one => one with { State = "reopened", DueOn = room.Today });
        Assert.True(await Opens(lead));
        await Mark(enquiry.Id, one => one with { State = "closed" });
        Assert.False(await Opens(lead));
        Assert.True(await Opens(lead with { Purpose = Purpose.RightsRequest }));
        // What everybody of the service has on a list, for years, is nobody's reason.
        await Mark(enquiry.Id, one => one with { PrivatePromised = true });
        Assert.Contains(await room.Get<WorklistDesk>().Rows(Other, Worklist.Find("private-talks")!, 9), row => row.Id == enquiry.Id);
        Assert.False(await Opens(Other));
        // Nor is it to have typed the card, once that day is over.
        Assert.True(await Opens(Adviser));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await Opens(Adviser));

        async Task Mark(UnitId unit, Func<Envelope, Envelope> change) => Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(Other, AuditAction.Saved, [new Mark(unit, (await room.Keeper.Envelope(unit))!.Version, change)])));
    }

    [Fact]
    public async Task Enquiry_OfSomebodyElse_AsksOfWhichFamily()
    {
        var enquiry = room.Room.Envelope(UnitKind.Enquiry, family) with { State = "closed" };
        Assert.IsType<Outcome.Done>(await room.Room.Do(Adviser.Who, AuditAction.Created, StrongroomFixture.Put(enquiry, "Rang about a place")));
        Assert.Equal(family, (await room.Get<EnquiryDesk>().Open(Other, enquiry.Id)).Asks);
        Assert.Null((await room.Get<EnquiryDesk>().Open(Adviser, enquiry.Id)).Asks);
        Assert.Empty(await Desk.Say(Other, family, OpeningReason.Covering, null));
        Assert.Null((await room.Get<EnquiryDesk>().Open(Other, enquiry.Id)).Asks);
    }

    [Fact]
    public async Task Enquiry_InWhichAFamilyIsLookedUp_IsAReasonToItsOwnerAlone_WhileItIsOpen()
    {
        var enquiry = room.Room.Envelope(UnitKind.Enquiry, owner: StrongroomFixture.OtherAdviser) with { State = "open" };
        Assert.IsType<Outcome.Done>(await room.Room.Do(Other.Who, AuditAction.Created, StrongroomFixture.Put(enquiry, "Gave no name")));
        var third = Other with { Who = Other.Who with { Id = new ColleagueId(Guid.CreateVersion7()) } };
        Assert.True(await Desk.Asks(third, family, enquiry.Id));
        Assert.False(await Desk.Asks(Other, family, enquiry.Id));
        Assert.True(await Desk.Asks(Other, family));
    }

    [Fact]
    public async Task Alert_ThatFoundNoRoom_IsRaisedAtTheNextOpening_AndTheAddressIsReadAgain()
    {
        var home = new Address { Lines = "14 Example Road", Postcode = "WF5 9AA", Source = Source.Themselves };
        var card = room.Card([room.Carer("Magda", "Testowska")], []).SetAddress(home, room.Today).OrThrow();
        var theirs = (await room.Keeper.Envelope(await room.Save(card)))!;
        var named = Adviser with { Who = Adviser.Who with { DisplayName = "Magda Testowska" } };
        Assert.Empty(await Desk.LiveAt(named, "WF5 9AA", "14"));
        // As on a full disk: the ballast has room for the audit, and none for records.
        void Limit(int pages) => room.Room.Lane.Records.Run($"PRAGMA max_page_count={pages}");
        room.Room.Lane.Step = step =>
        {
            if (step == "ballast")
                Limit(1_000_000);
        };
        Limit(1);
        Assert.IsType<Outcome.NoRoom>(await room.Room.Do(Adviser.Who, AuditAction.Created, StrongroomFixture.Put(room.Room.Envelope(), new string('x', 200_000))));
        Assert.True(await Opens(named, theirs.Id));
        Assert.Empty(await Desk.Alerts(Lead));
        room.Room.Lane.Step = null;
        room.Room.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.True(await Opens(named, theirs.Id));
        Assert.Equal(2, (await Desk.Alerts(Lead)).Count);

        // Full to the last byte, so that not even the reading can be written down: what was said of their house is read again when there is room.
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        var again = ActivatorUtilities.CreateInstance<CuriosityDesk>(room.Room.Services);
        Limit(1);
        for (var i = 0; i < 1_000 && await room.Keeper.Open<FamilyCard>(Other with { Circuit = $"window-{i}" }, theirs.Id) is not Opening<FamilyCard>.NoRoom; i++)
        {
        }
        await ((IWatch)again).Opened(Adviser, theirs, card);
        Assert.Equal(2, (await Desk.Alerts(Lead)).Count);
        Limit(1_000_000);
        room.Room.Clock.Advance(TimeSpan.FromSeconds(6));
        await ((IWatch)again).Opened(Adviser, theirs, card);
        Assert.Equal(3, (await Desk.Alerts(Lead)).Count);
    }

    [Fact]
    public async Task WhatBelongsToAFamilyOfTheirName_Opened_IsNoticedWithoutItsCard()
    {
        var enquiry = room.Room.Envelope(UnitKind.Enquiry, family) with { State = "closed" };
        Assert.IsType<Outcome.Done>(await room.Room.Do(Adviser.Who, AuditAction.Created, StrongroomFixture.Put(enquiry, "Rang about a place")));
        Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.Open<Slip>(Other with { Who = Other.Who with { DisplayName = "TESTOWSKA, Magda" } }, enquiry.Id));
        Assert.Equal((AlertKind.OwnName, family), ((await TheAlert()).Kind, (await TheAlert()).Family!.Value));
        Assert.DoesNotContain(Entries(Other.Who.Id), entry => entry.Units.Contains(family));
    }

    [Fact]
    public async Task FamiliesOfADay_WhenTheLimitFallsDuringIt_AreNoticedAtTheNext()
    {
        var both = Adviser with { Who = Adviser.Who with { Roles = [Role.Adviser, Role.TeamLead] } };
        for (var i = 0; i < 5; i++)
            Assert.True(await Opens(both, await Family()));
        Assert.Empty(await Desk.Alerts(Lead));
        Assert.True(await Opens(Adviser, await Family()));
        Assert.Equal(AlertKind.ManyFamilies, (await TheAlert()).Kind);
    }

    [Fact]
    public async Task Conflict_AskedFor_TellsTheLeads_OnceADay_AndALeadClosesIt()
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(Other, draft, HandlingDesk.Form, new Dictionary<string, string> { [HandlingDesk.TieField] = nameof(ConflictTie.Neighbour) });
        Assert.Empty(await room.Get<HandlingDesk>().Declare(Other, family, draft));
        Assert.Empty(await Desk.Alerts(Lead));
        for (var i = 0; i < 2; i++)
            Assert.Equal(RefusalReason.Conflict, Assert.Single(Assert.IsType<Opening<FamilyCard>.Refused>(await room.Get<FamilyDesk>().Open(Other, family)).Reasons));
        var alert = await TheAlert();
        Assert.Equal((AlertKind.Conflict, Other.Who.Id, family, (AlertClosing?)null), (alert.Kind, alert.About, alert.Family!.Value, alert.Closing));
        // The file tells neither for what nor of which family.
        Assert.Equal((null, null, null), ((await room.Keeper.Envelope(alert.Id))!.Family, (await room.Keeper.Envelope(alert.Id))!.Topic, (await room.Keeper.Envelope(alert.Id))!.Reference));
        Assert.Equal(alert.Id, Assert.Single(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find(Worklist.Alerts)!, 9)).Id);
        Assert.Empty(await room.Get<WorklistDesk>().Rows(Other, Worklist.Find(Worklist.Alerts)!, 9));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await Desk.Alerts(Other));

        Assert.Equal("alert.note", Assert.Single(await Desk.Close(Lead, alert.Id, await Typed(Lead, ""), AlertEnd.Explained)).Field);
        Assert.Empty(await Desk.Close(Lead, alert.Id, await Typed(Lead, "They took the call before they saw who it was."), AlertEnd.Explained));
        Assert.Empty(await Desk.Alerts(Lead));
        Assert.Single(await Desk.Alerts(Lead, room.Today));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        await room.Get<FamilyDesk>().Open(Other, family);
        Assert.Single(await Desk.Alerts(Lead));
    }

    [Fact]
    public async Task OwnAddress_Opened_IsNoticed_AfterItWasSaid_UntilItIsForgotten_AndStandsNowhere()
    {
        var home = new Address { Lines = "14 Example Road", Postcode = "WF5 9AA", Source = Source.Themselves };
        var theirs = await Family(address: home);
        Assert.True(await Opens(Adviser, theirs));
        Assert.Empty(await Desk.Alerts(Lead));
        Assert.Equal("own-home.postcode", Assert.Single(await Desk.LiveAt(Adviser, "WF5", "14")).Field);
        Assert.Empty(await Desk.LiveAt(Adviser, "wf59aa", "14"));
        Assert.True(await Opens(Adviser, theirs));
        Assert.Equal((AlertKind.OwnAddress, theirs), ((await TheAlert()).Kind, (await TheAlert()).Family!.Value));
        // Nobody opens what is kept but its colleague and the portal.
        var kept = (await Desk.Home(Adviser))!.Id;
        Assert.IsType<Opening<OwnHome>.Refused>(await room.Keeper.Open<OwnHome>(Lead, kept));
        Assert.Empty(await Desk.LiveAt(Adviser, null, null));
        Assert.IsType<Opening<OwnHome>.Erased>(await room.Keeper.Open<OwnHome>(Adviser with { Purpose = Purpose.QualityReview }, kept));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Desk.Say(Adviser, theirs, OpeningReason.Here, null));
        Assert.True(await Opens(Adviser, theirs));
        Assert.Single(await Desk.Alerts(Lead));
    }

    [Fact]
    public async Task ALeadsOwnName_OpenedByThem_IsNotShownToThem_AndTheOfficerClosesIt()
    {
        var named = Lead with { Who = Lead.Who with { DisplayName = "Magda Testowska" }, Purpose = Purpose.RightsRequest };
        Assert.True(await Opens(named));
        Assert.Empty(await Desk.Alerts(Lead));
        Assert.Empty(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find(Worklist.Alerts)!, 9));
        var alert = await TheAlert(Officer);
        Assert.Equal((AlertKind.OwnName, Lead.Who.Id), (alert.Kind, alert.About));
        Assert.Equal(RefusalReason.AboutYourself.Words(), (await Desk.Open(Lead, alert.Id)).Trouble);
        Assert.Equal(RefusalReason.AboutYourself.Words(), Assert.Single(await Desk.Close(Lead, alert.Id, await Typed(Lead, "Only a namesake."), AlertEnd.Explained)).Sentence);
        Assert.Equal(alert.Id, Assert.Single(await room.Get<WorklistDesk>().Rows(Officer, Worklist.Find(Worklist.Alerts)!, 9)).Id);
        Assert.Empty(await Desk.Close(Officer, alert.Id, await Typed(Officer, "A namesake."), AlertEnd.Explained));
    }

    [Fact]
    public async Task FamiliesOfADay_MoreThanTheRoleOpens_AreNoticedOnce_AndARestartCountsOn()
    {
        Assert.True(await Opens(Adviser));
        for (var i = 0; i < 2; i++)
            Assert.True(await Opens(Adviser, await Family()));
        Assert.True(await Opens(Adviser));
        Assert.Empty(await Desk.Alerts(Lead));
        // As after a restart: what it knows of today is in the audit.
        var again = ActivatorUtilities.CreateInstance<CuriosityDesk>(room.Room.Services);
        var fourth = await Family();
        await ((IWatch)again).Opened(Adviser, (await room.Keeper.Envelope(fourth))!, new object());
        Assert.Equal((AlertKind.ManyFamilies, null), ((await TheAlert()).Kind, (await TheAlert()).Family));
        await ((IWatch)again).Opened(Adviser, (await room.Keeper.Envelope(await Family()))!, new object());
        Assert.Single(await Desk.Alerts(Lead));
    }

    [Fact]
    public async Task Month_IsPreparedOnItsFirstWorkingDay_HoldsEverything_AndIsSignedByTwo()
    {
        var job = room.Room.Services.GetServices<IJob>().OfType<PrepareMonth>().Single();
        Assert.True(await Opens(Adviser));
        Assert.Empty(await Desk.Say(Other, family, OpeningReason.Covering, null));
        Assert.True(await Opens(Other));
        await room.Keeper.Open<FamilyCard>(Lead with { Purpose = Purpose.Advise }, family);
        // To the first working day of the next month.
        var month = Wdfis.Domain.Calendar.Month.Of(room.Today);
        var days = room.Get<Wdfis.Domain.Calendar.WorkingDays>();
        var first = days.NextOrSame(month.Add(1).First).On;
        room.Room.Clock.Advance(TimeSpan.FromDays(first.AddDays(-1).DayNumber - room.Today.DayNumber));
        var before = room.Room.Clock.GetUtcNow();
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((false, true, true, false), (job.Due(null, before) && room.Today.Day > 1 && month.Add(1).First < first, job.Due(null, room.Room.Clock.GetUtcNow()), job.Due(before, room.Room.Clock.GetUtcNow()), job.Due(room.Room.Clock.GetUtcNow(), room.Room.Clock.GetUtcNow().AddDays(1))));
        await job.Run(default);
        await job.Run(default);

        var desk = room.Get<MonthlyDesk>();
        var row = Assert.Single(await desk.All(Lead));
        Assert.Equal((row.Id, days.Add(first, 10).On), Assert.Single((await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find(Worklist.Monthly)!, 9)).Select(one => (one.Id, one.DueOn!.Value))));
        var shown = await desk.Open(Lead, row.Id);
        Assert.Equal((3, month.First), (shown.Openings, shown.Look!.Month));
        // A lead's own openings are another's to look at.
        Assert.Equal([Adviser.Who.Id, Other.Who.Id], shown.Sample.Select(entry => entry.Who).OrderBy(who => who.Value));
        Assert.Equal((OpeningReason.Covering, 1), Assert.Single(shown.Reasons));
        Assert.Equal(["D4", "X1", "X2", "X3"], shown.Clauses.Select(clause => clause.About.Clause).Order());
        // Coming and being refused uses nothing.
        foreach (var action in (AuditAction[])[AuditAction.SignedIn, AuditAction.SignedOut, AuditAction.Refused])
            await room.Keeper.Note(Officer, action, []);
        Assert.Equal([StrongroomFixture.Officer.Id, StrongroomFixture.Manager.Id], (await desk.Open(Lead, row.Id)).Unused.Select(one => one.Id).OrderBy(who => who.Value));

        Assert.Equal([shown.Sample.Single(entry => entry.Who == Other.Who.Id).Sequence], shown.Sample.Where(entry => entry.ReasonHash.Length > 0 || shown.SaidBefore.Contains(entry.Sequence)).Select(entry => entry.Sequence));

        Assert.Equal("monthly.note", Assert.Single(await desk.Sign(Lead, row.Id, 1, await Typed(Lead, ""))).Field);
        Assert.Empty(await desk.Sign(Lead, row.Id, 1, await Typed(Lead, "Nothing out of the way.")));
        Assert.Equal(shown.Sample.Select(entry => entry.Sequence), (await desk.Open(Lead, row.Id)).Sample.Select(entry => entry.Sequence));
        // What the lead opened is on everybody's list but theirs, with its day, until another has looked: at that, and not at what was shown before.
        Assert.Empty(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find(Worklist.Monthly)!, 9));
        Assert.Single(await desk.Sign(Lead, row.Id, 2, await Typed(Lead, "Mine.")));
        Assert.Equal(days.Add(first, 10).On, Assert.Single(await room.Get<WorklistDesk>().Rows(Officer, Worklist.Find(Worklist.Monthly)!, 9)).DueOn);
        Assert.Equal(Lead.Who.Id, Assert.Single((await desk.Open(Officer, row.Id)).Sample).Who);
        Assert.Contains("meanwhile", Assert.Single(await desk.Sign(Officer, row.Id, 1, await Typed(Officer, "All of it."))).Sentence, StringComparison.Ordinal);
        Assert.Empty(await desk.Sign(Officer, row.Id, 2, await Typed(Officer, "Their own, as it should be.")));
        Assert.Empty(await room.Get<WorklistDesk>().Rows(Officer, Worklist.Find(Worklist.Monthly)!, 9));
        Assert.Single(await desk.Sign(Lead, row.Id, 3, await Typed(Lead, "Again.")));
        Assert.Equal((3, true), ((await desk.Open(Lead, row.Id)).Sample.Length, (await desk.Open(Lead, row.Id)).Look!.IsOver));
    }

    [Fact]
    public void Role_BesideAnother_IsUsedByWhatOnlyItDoes()
    {
        Role[] Unused(Role[] roles, params AuditAction[] acts) => [.. MonthlyDesk.Unused(Adviser.Who with { Roles = [.. roles] }, acts).Order()];
        Assert.Equal([Role.TeamLead], Unused([Role.Adviser, Role.TeamLead], AuditAction.Opened, AuditAction.Saved));
        Assert.Empty(Unused([Role.Adviser, Role.TeamLead], AuditAction.SignedOff));
        Assert.Empty(Unused([Role.TeamLead], AuditAction.Opened));
        Assert.Equal([Role.Adviser, Role.TeamLead], Unused([Role.Adviser, Role.TeamLead], AuditAction.SignedIn, AuditAction.Refused));
    }

    [Theory]
    [InlineData("FamiliesADay:Adviser", "0")]
    [InlineData("FamiliesADay:TeamLead", "")]
    [InlineData("Sample", "201")]
    [InlineData("UnusedDays", "often")]
    [InlineData("LookWithinDays", "-1")]
    public void Settings_OutOfRange_RefuseTheStart(string name, string value) => Assert.Contains($"Curiosity:{name}", Assert.Throws<StartRefused>(() => CuriositySettings.Read(Shipped.Settings(($"Curiosity:{name}", value)))).Message, StringComparison.Ordinal);
}
