using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Rights;

/// <summary>Requests taken, named, held and closed, on a real database (D6, D5, S3).</summary>
public sealed class RightsDeskTests
{
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RightsRequest, "window-9");

    private static RightsIntake Intake(FamilyRoom room, RightKind kind = RightKind.Access) => new() { Kind = kind, ReceivedOn = room.Today, How = "phone" };

    private static async Task<(FamilyRoom Room, RightsDesk Desk, UnitId Family, Carer Mother)> Start()
    {
        var room = await FamilyRoom.Start();
        var mother = room.Carer("Magda", "Testowska");
        return (room, room.Get<RightsDesk>(), await room.Save(room.Card([mother], [room.Child("Ola", room.Today.AddYears(-6))])), mother);
    }

    private static async Task<UnitId> Taken(FamilyRoom room, RightsDesk desk, RightsSubject about, RightKind kind = RightKind.Access) =>
        Assert.Single((await desk.Take(FamilyRoom.Adviser, Intake(room, kind), [about])).Requests).Id;

    [Fact]
    public async Task Request_TakenByAnAdviser_NamesHoldsAndLetsTheOfficerIn()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer, family));
        var taken = await desk.Take(FamilyRoom.Adviser, Intake(room), [new RightsSubject(family, mother.Id)]);
        var (id, reading) = Assert.Single(taken.Requests);
        Assert.NotNull(reading.DueOn);

        // The officer opens what it names, for this purpose and no other; the adviser who took it does not open it again.
        Assert.IsType<Opening<FamilyCard>.Opened>(await room.Keeper.Open<FamilyCard>(Officer, family));
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer with { Purpose = Purpose.CaseWork }, family));
        Assert.IsType<Opening<RightsRequest>.Refused>(await room.Keeper.Open<RightsRequest>(FamilyRoom.Adviser with { Purpose = Purpose.RightsRequest }, id));
        Assert.Equal("Magda Testowska", (await desk.Open(Officer, id)).Name);

        // It freezes disposal as long as it is open, and not a day longer.
        Assert.IsType<Outcome.OnHold>(await room.Keeper.Do(new Act(FamilyRoom.Lead, AuditAction.Erased, [new Destroy(family, "due")])));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.TakenBack, null));
        Assert.False((await room.Keeper.Envelope(family))!.OnHold);
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer with { Circuit = "later" }, family));
        Assert.NotNull((await room.Keeper.Envelope(id))!.KeepUntil.On);
        Assert.Single((await desk.Figures(StrongroomFixture.Officer)).Closed);
    }

    [Fact]
    public async Task Request_OfSeveralPeople_IsOneForEach()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var child = (await desk.People(FamilyRoom.Adviser, family)).Card!.Children[0].Id;
        Assert.Equal(2, (await desk.Take(FamilyRoom.Adviser, Intake(room) with { Asker = Asker.Parent }, [new(family, mother.Id), new(family, child)])).Requests.Length);
        Assert.Equal(2, (await desk.Figures(StrongroomFixture.Lead)).Open.Length);
        Assert.True((await room.Keeper.Envelope(family))!.OnHold);
    }

    [Fact]
    public async Task Namesake_InAnotherFamily_IsNamedOnlyWithAReason()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var other = await room.Save(room.Card([room.Carer("Magda", "Testowska")], []));
        var id = await Taken(room, desk, new(family, mother.Id));
        var (found, _) = await desk.Search(Officer, id, "Testowska");
        Assert.Contains(found, match => match.Family == other && !match.Named);
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer, other));
        Assert.NotEmpty(await desk.LookAt(Officer, id, other, " "));
        Assert.Empty(await desk.LookAt(Officer, id, other, "same name and district"));
        var shown = await desk.Open(Officer, id);
        Assert.Equal([other], shown.Request!.Undecided);
        var person = shown.Cards[other].Carers[0].Id;
        Assert.NotEmpty(await desk.Name(Officer, id, new(other, person), null));
        Assert.Empty(await desk.Name(Officer, id, new(other, default), "another birth date"));
        shown = await desk.Open(Officer, id);
        Assert.Empty(shown.Request!.Undecided);
        Assert.Equal([new RightsSubject(family, mother.Id)], shown.Request.About);
    }

    [Fact]
    public async Task Reference_OfSomebodyAnonymous_IsEnoughAndAWrongOneIsNothing()
    {
        var (room, desk, _, _) = await Start();
        await using var _1 = room;
        var reference = AnonymousReference.Parse("K7-QFM2");
        var now = Stamp.Now(StrongroomFixture.Adviser.Id, room.Room.Clock);
        var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateAnonymous(PersonId.Create(room.Room.Clock), reference) }, EnquiryLists.Defaults, now).OrThrow();
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
            [new Put<Enquiry>(room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, null, null, now.On, now.On), enquiry, 0)])));
        Assert.Equal([RightsFields.Reference], (await desk.Take(FamilyRoom.Adviser, Intake(room) with { Reference = "K7-QFM3" }, [])).Problems.Select(problem => problem.Field));
        var id = Assert.Single((await desk.Take(FamilyRoom.Adviser, Intake(room) with { Reference = "k7 qfm2" }, [])).Requests).Id;
        Assert.Equal(enquiry.Id, Assert.Single((await desk.Open(Officer, id)).Request!.About).Unit);
        Assert.True((await room.Keeper.Envelope(enquiry.Id))!.OnHold);
        Assert.IsType<Opening<Enquiry>.Opened>(await room.Keeper.Open<Enquiry>(Officer, enquiry.Id));
    }

    [Fact]
    public async Task Binding_WithoutARequest_IsForLeadsAlone()
    {
        var (room, _, family, _) = await Start();
        await using var _1 = room;
        foreach (var who in new[] { StrongroomFixture.Officer, StrongroomFixture.Adviser })
            Assert.IsType<Outcome.Refused>(await room.Keeper.Do(new Act(StrongroomFixture.For(who, Purpose.RightsRequest), AuditAction.HoldPlaced, [new Bind(UnitId.Create(room.Room.Clock), family, null)])));
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer, family));
    }

    [Fact]
    public async Task Worklist_OnEachDay_CountsFromEnvelopesAlone()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = await Taken(room, desk, new(family, mother.Id));
        var due = (await room.Keeper.Envelope(id))!.DueOn!.Value;
        Assert.Equal((0, 0), ((await desk.Figures(StrongroomFixture.Officer)).Overdue, await desk.Overdue()));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.ClarificationAsked, null, "which years"));
        Assert.Equal(1, (await desk.Figures(StrongroomFixture.Officer)).In("paused"));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.ClarificationCame, null, "all"));
        room.Room.Clock.Advance(TimeSpan.FromDays(due.DayNumber - room.Today.DayNumber + 1));
        Assert.Equal((1, 1), ((await desk.Figures(StrongroomFixture.Officer)).Overdue, await desk.Overdue()));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Figures(StrongroomFixture.Adviser));
        Assert.NotNull((await desk.Open(FamilyRoom.Adviser, id)).Trouble);
    }

    [Fact]
    public async Task Rectification_OfWhatWasTold_EndsWhenWhoeverWasToldKnowsOrWithTheReason()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var told = (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"))).Record;
        var (room, desk) = (scene.Room, scene.Room.Get<RightsDesk>());
        var id = await Taken(room, desk, new(scene.Family, scene.Child.Id), RightKind.Rectification);
        Assert.Equal((told.Id, false), (Assert.Single((await desk.Open(Officer, id)).Told).Disclosure, (await desk.Open(Officer, id)).Told[0].Knows));
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, "said")).Select(problem => problem.Field));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.Corrected, null, "It was Example Primary, it is Other Primary: school's letter seen."));
        Assert.Equal([RightsFields.Reasons], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Done, "The school has closed: there is nobody to tell."));
    }

    [Fact]
    public async Task Restriction_IsDoneOnceTheFamilysPageSaysSo()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = await Taken(room, desk, new(family, mother.Id), RightKind.Restriction);
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        var envelope = (await room.Keeper.Envelope(family))!;
        Assert.IsType<Wdfis.Portal.Features.Families.FamilyAnswer.Done>(await room.Get<Wdfis.Portal.Features.Families.FamilyDesk>().Change(FamilyRoom.Adviser, family, envelope.Version,
            card => card.Restrict(mother.Id, RestrictionGround.Objection, "as she asked", Stamp.Now(StrongroomFixture.Adviser.Id, room.Room.Clock), id)));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Done, null));
    }
}
