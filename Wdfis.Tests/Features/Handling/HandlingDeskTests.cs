using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Handling;

public sealed class HandlingDeskTests : IAsyncLifetime
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Safeguarding);
    private static readonly Errand Other = StrongroomFixture.For(StrongroomFixture.OtherAdviser, Purpose.Safeguarding, "window-2");
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Safeguarding, "window-3");
    private FamilyRoom room = default!;
    private Carer mother = default!, father = default!;
    private UnitId family;

    private HandlingDesk Desk => room.Get<HandlingDesk>();

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        mother = room.Carer("Magda", "Testowska") with { Birth = new Birth.OnDate(new DateOnly(1988, 4, 3)) };
        father = room.Carer("Jan", "Testowski");
        family = await room.Save(room.Card([mother, father], []));
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task Special_ByALead_ClosesToAllButTheAssigned_UntilItIsLifted()
    {
        var draft = await Type(Lead, ("why", "A relative works here"), (HandlingDesk.WhoField(Adviser.Who.Id), "yes"));
        Assert.Empty(await Desk.Special(Lead, family, draft, HandlingEvent.Begun));
        Assert.Null(await room.Keeper.Envelope(draft));
        Assert.True(await Opens(Adviser));
        Assert.True(await Opens(Lead));
        Assert.Equal(RefusalReason.SpecialHandling, await WhyNot(Other));
        // The search knows it at once: the exact name and birth date give one line, and nothing else anything.
        Assert.Empty(Find(Other, "Testowska").Restricted);
        Assert.Empty(Find(Other, "Testowska").Rows);
        Assert.Single(Find(Other, "Magda Testowska 3/4/1988").Restricted);

        var note = Assert.Single(await room.Keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Handling }));
        Assert.Equal((Envelopes.SpecialHandling, room.Today.AddMonths(6)), (note.State, note.DueOn!.Value));
        room.Room.Clock.Advance(TimeSpan.FromDays(190));
        Assert.Equal(note.Id, Assert.Single(await room.Get<WorklistDesk>().Rows(StrongroomFixture.For(Lead.Who), Worklist.Find("special-handling")!, 9)).Id);
        Assert.Equal("handling.why", Assert.Single(await Desk.Special(Lead, family, await Type(Lead), HandlingEvent.Reviewed)).Field);
        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "Still so"), (HandlingDesk.WhoField(Adviser.Who.Id), ""), (HandlingDesk.WhoField(Other.Who.Id), "yes")), HandlingEvent.Reviewed));
        Assert.Empty(await room.Get<WorklistDesk>().Rows(StrongroomFixture.For(Lead.Who), Worklist.Find("special-handling")!, 9));
        Assert.Equal((false, true), (await Opens(Adviser), await Opens(Other)));

        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "They left")), HandlingEvent.Ended));
        Assert.Equal((true, true), (await Opens(Adviser), await Opens(Other)));
        Assert.Equal(["A relative works here", "Still so", "They left"], (await Desk.Look(Lead, family)).Notes.Single().Note.Steps.Select(step => step.Why));
        Assert.True(Log.Of(room.Room).Count(entry => entry.Action == AuditAction.NeedToKnowChanged && entry.Units.Contains(family)) >= 3);
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Conflict_Declared_ClosesAtOnce_TellsTheLeadsAlone_AndOnlyALeadOpensItAgain()
    {
        Assert.Equal("handling.tie", Assert.Single(await Desk.Declare(Adviser, family, await Type(Adviser))).Field);
        Assert.True(await Opens(Adviser));
        Assert.Empty(await Desk.Declare(Adviser, family, await Type(Adviser, ("tie", "Neighbour"), ("why", "next door"))));
        Assert.Equal(RefusalReason.Conflict, await WhyNot(Adviser));
        Assert.True(await Opens(Other));
        var note = Assert.Single(await room.Get<WorklistDesk>().Rows(StrongroomFixture.For(Lead.Who), Worklist.Find("conflicts")!, 9));
        Assert.DoesNotContain(Worklist.For(Other.Who), list => list.Code == "conflicts");
        foreach (var who in new[] { Adviser, Other })
        {
            Assert.IsType<Opening<HandlingNote>.Refused>(await room.Keeper.Open<HandlingNote>(who, note.Id));
        }
        Assert.Equal(RefusalReason.Conflict, await WhyNot(Adviser));

        Assert.Empty(await Desk.Settle(Lead, family, note.Id, default, open: false));
        Assert.Empty(await room.Get<WorklistDesk>().Rows(StrongroomFixture.For(Lead.Who), Worklist.Find("conflicts")!, 9));
        Assert.Equal(RefusalReason.Conflict, await WhyNot(Adviser));
        Assert.Equal($"handling.why-{note.Id}", Assert.Single(await Desk.Settle(Lead, family, note.Id, default, open: true)).Field);
        Assert.Empty(await Desk.Settle(Lead, family, note.Id, await Type(Lead, ($"why-{note.Id}", "moved away")), open: true));
        Assert.True(await Opens(Adviser));
    }

    [Fact]
    public async Task Emergency_OpensForAnHour_TellsTheLeads_IsReviewed_AndEndsNoConflict()
    {
        Assert.Contains("already", Assert.Single(await Desk.OpenInEmergency(Adviser, family, await Type(Adviser, ("why", "no need")))).Sentence, StringComparison.Ordinal);
        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "A relative works here")), HandlingEvent.Begun));
        Assert.Equal("handling.why", Assert.Single(await Desk.OpenInEmergency(Adviser, family, await Type(Adviser))).Field);
        Assert.False(await Opens(Adviser));
        Assert.Empty(await Desk.OpenInEmergency(Adviser, family, await Type(Adviser, ("why", "A child is alone at home"))));
        var told = Log.Of(room.Room).Last(entry => entry.Action == AuditAction.BreakGlass);
        Assert.Contains(family, told.Units);
        Assert.Equal((true, false), (await Opens(Adviser), await Opens(Other)));

        // It ends by itself; the leads have it from the first second, until one says what came of it.
        var note = Assert.Single(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find("emergencies")!, 9));
        Assert.Equal(room.Get<WorkingDays>().Add(room.Today, 5).On, note.DueOn);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await Opens(Adviser));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalReason.SpecialHandling, await WhyNot(Adviser));
        Assert.Empty(await Desk.OpenInEmergency(Adviser, family, await Type(Adviser, ("why", "Still alone"))));
        await room.Room.Restart();
        Assert.True(await Opens(Adviser));
        foreach (var row in await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find("emergencies")!, 9))
        {
            Assert.Equal($"handling.why-{row.Id}", Assert.Single(await Desk.Settle(Lead, family, row.Id, default, open: true)).Field);
            Assert.Empty(await Desk.Settle(Lead, family, row.Id, await Type(Lead, ($"why-{row.Id}", "It was needed")), open: true));
        }
        Assert.False(await Opens(Adviser));
        Assert.Empty(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find("emergencies")!, 9));

        Assert.Empty(await Desk.Declare(Other with { Who = StrongroomFixture.Lead with { Id = Other.Who.Id } }, family, await Type(Other, ("tie", "Neighbour"))));
        Assert.Contains("conflict", Assert.Single(await Desk.OpenInEmergency(Other, family, await Type(Other, ("why", "now")))).Sentence, StringComparison.Ordinal);
        Assert.IsType<Outcome.Refused>(await room.Keeper.Do(new Act(Other, AuditAction.BreakGlass, [new Put<HandlingNote>(note with { Id = UnitId.Create(room.Room.Clock), Version = 0, Owner = Other.Who.Id },
            HandlingNote.OpenInEmergency(UnitId.Create(room.Room.Clock), "forged", Stamp.Now(Other.Who.Id, room.Room.Clock)).OrThrow(), 0)])));
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Emergency_WhatWasMadeInIt_ClosesToItsMakerWithIt_AndStaysOpenToWhoeverNeedsToKnow()
    {
        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "A relative works here"), (HandlingDesk.WhoField(Other.Who.Id), "yes")), HandlingEvent.Begun));
        Assert.Empty(await Desk.OpenInEmergency(Adviser, family, await Type(Adviser, ("why", "A child is alone at home"))));
        var made = new Dictionary<Errand, UnitId>();
        foreach (var who in new[] { Adviser, Other, Lead })
        {
            var enquiry = room.Room.Envelope(UnitKind.Enquiry, family, owner: who.Who) with { SpecialHandling = true };
            Assert.IsType<Outcome.Done>(await room.Room.Do(who.Who, AuditAction.Created, StrongroomFixture.Put(enquiry, "Rang at once")));
            made[who] = enquiry.Id;
        }
        Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.Open<Slip>(Adviser, made[Adviser]));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal([RefusalReason.SpecialHandling], Assert.IsType<Opening<Slip>.Refused>(await room.Keeper.Open<Slip>(Adviser, made[Adviser])).Reasons.AsEnumerable());
        Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.Open<Slip>(Other, made[Other]));
        Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.Open<Slip>(Lead, made[Lead]));
    }

    [Fact]
    public async Task Officer_ToWhomALeadGivesWhatARequestNames_OpensIt_UntilTheyDeclareAConflict()
    {
        var officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RightsRequest, "window-9");
        Assert.Single((await room.Get<RightsDesk>().Take(StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise), new RightsIntake { Kind = RightKind.Access, ReceivedOn = room.Today, How = "phone" }, [new RightsSubject(family, mother.Id)])).Requests);
        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "A relative works here")), HandlingEvent.Begun));
        Assert.Equal(RefusalReason.SpecialHandling, await WhyNot(officer));
        Assert.Contains(await Desk.Assignable(), one => one.Id == officer.Who.Id);
        Assert.Empty(await Desk.Special(Lead, family, await Type(Lead, ("why", "The request is answered"), (HandlingDesk.WhoField(officer.Who.Id), "yes")), HandlingEvent.Reviewed));
        Assert.True(await Opens(officer));
        Assert.False(await Opens(officer with { Purpose = Purpose.Advise }));

        var safe = officer with { Purpose = Purpose.Safeguarding };
        Assert.Empty(await Desk.Declare(safe, family, await Type(safe, ("tie", nameof(ConflictTie.Relative)))));
        Assert.Equal(RefusalReason.Conflict, await WhyNot(officer));
        Assert.Single(await room.Get<WorklistDesk>().Rows(Lead, Worklist.Find("conflicts")!, 9));
    }

    [Fact]
    public async Task Conflict_OfALead_ClosesTheNotesToThemToo()
    {
        Assert.Empty(await Desk.Declare(Lead, family, await Type(Lead, ("tie", "Relative"))));
        Assert.Equal(RefusalReason.Conflict, await WhyNot(Lead));
        Assert.NotNull((await Desk.Look(Lead, family)).Trouble);
    }

    [Fact]
    public async Task Conflict_OutlivesTheFamilysOldUnit_WhenSomebodyOfItGoesDownTheLadder()
    {
        Assert.Empty(await Desk.Declare(Adviser, family, await Type(Adviser, ("tie", "Neighbour"))));
        Assert.NotNull((await room.Get<AnonymityDesk>().Descend(Other, family, [mother.Id], Rung.Anonymous)).Trouble);
        var gone = await room.Get<AnonymityDesk>().Descend(Lead, family, [mother.Id], Rung.Anonymous);
        family = gone.Family!.Value;
        Assert.Equal(RefusalReason.Conflict, await WhyNot(Adviser));
        Assert.True(await Opens(Other));
        Assert.Single((await Desk.Look(Lead, family)).Notes);
    }

    private async Task<bool> Opens(Errand who) => await room.Keeper.Open<FamilyCard>(who, family) is Opening<FamilyCard>.Opened;

    private async Task<RefusalReason> WhyNot(Errand who) => Assert.Single(Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(who, family)).Reasons);

    private Wdfis.Portal.Strongroom.Board.BoardAnswer Find(Errand who, string text) => room.Board.Find(text, (id, _) => room.Keeper.MayOpen(who, id) is AccessDecision.Allowed, room.Today);

    private async Task<UnitId> Type(Errand who, params (string Field, string Value)[] typed)
    {
        room.Room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var draft = UnitId.Create(room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await room.Get<DraftDesk>().Keep(who, draft, HandlingDesk.Form, typed.ToDictionary(field => field.Field, field => field.Value)));
        return draft;
    }
}
