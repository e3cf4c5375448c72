using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Curiosity;
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
        Assert.Single((await desk.Figures(StrongroomFixture.For(StrongroomFixture.Officer))).Closed);
    }

    [Fact]
    public async Task Request_OfSeveralPeople_IsOneForEach()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var child = (await desk.People(FamilyRoom.Adviser, family)).Card!.Children[0].Id;
        Assert.Equal(2, (await desk.Take(FamilyRoom.Adviser, Intake(room) with { Asker = Asker.Parent }, [new(family, mother.Id), new(family, child)])).Requests.Length);
        Assert.Equal(2, (await desk.Figures(StrongroomFixture.For(StrongroomFixture.Lead))).Open.Length);
        Assert.True((await room.Keeper.Envelope(family))!.OnHold);
    }

    [Fact]
    public async Task Search_ShowsNothingOfAFamilyThatIsClosedByMoreThanTheRole()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = await Taken(room, desk, new(family, mother.Id));
        var lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.RightsRequest, "window-8");
        var other = await room.Save(room.Card([room.Carer("Magda", "Testowska")], []));
        await room.Save(room.Card([room.Carer("Magda", "Testowska")], []), envelope => envelope with { SpecialHandling = true });
        foreach (var who in new[] { Officer, lead })
        {
            Assert.Contains((await desk.Search(who, id, "Testowska")).Found, match => match.Family == other);
            Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(who with { Purpose = Purpose.Safeguarding }, AuditAction.NeedToKnowChanged, [new DeclareConflict(other, who.Who.Id)])));
            room.Room.Clock.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.Equal([family], (await desk.Search(Officer, id, "Testowska")).Found.Select(match => match.Family));
        Assert.DoesNotContain((await desk.Search(lead, id, "Testowska")).Found, match => match.Family == other);
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
        var watch = room.Get<CuriosityDesk>();
        var lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview);
        Assert.Empty(await watch.Alerts(lead));
        Assert.Empty(await desk.LookAt(Officer, id, other, "same name and district"));
        // Their word opened it: the leads are told, once, and they are not. A lead opens families without it.
        Assert.Empty(await desk.LookAt(Officer, id, other, "again"));
        var alert = (await watch.Open(lead, Assert.Single(await watch.Alerts(lead)).Id)).Alert!;
        Assert.Equal((AlertKind.NamedThemselves, Officer.Who.Id, other), (alert.Kind, alert.About, alert.Family!.Value));
        Assert.Empty(await watch.Alerts(Officer));
        var shown = await desk.Open(Officer, id);
        Assert.Equal([other], shown.Request!.Undecided);
        var person = shown.Cards[other].Carers[0].Id;
        Assert.NotEmpty(await desk.Name(Officer, id, new(other, person), null));
        Assert.Empty(await desk.Name(Officer, id, new(other, default), "another birth date"));
        shown = await desk.Open(Officer, id);
        Assert.Empty(shown.Request!.Undecided);
        Assert.Equal([new RightsSubject(family, mother.Id)], shown.Request.About);
        Assert.Empty(await desk.LookAt(lead with { Purpose = Purpose.RightsRequest }, id, await room.Save(room.Card([room.Carer("Magda", "Testowska")], [])), "same name"));
        Assert.Single(await watch.Alerts(lead));
        // Whoever is at the request has a reason for what it names, in any window, and for nothing else.
        var working = lead with { Purpose = Purpose.Advise, Circuit = "window-8" };
        Assert.True(await watch.Asks(working, family));
        await desk.Open(lead with { Purpose = Purpose.RightsRequest }, id);
        Assert.False(await watch.Asks(working, family));
        Assert.True(await watch.Asks(working, await room.Save(room.Card([room.Carer("Olga", "Testowska")], []))));
    }

    private static async Task<Enquiry> Anonymous(FamilyRoom room)
    {
        var now = Stamp.Now(StrongroomFixture.Adviser.Id, room.Room.Clock);
        var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateAnonymous(PersonId.Create(room.Room.Clock), AnonymousReference.Parse("K7-QFM2")) }, EnquiryLists.Defaults, now).OrThrow();
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
            [new Put<Enquiry>(room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, null, null, now.On, now.On), enquiry, 0)])));
        return enquiry;
    }

    [Fact]
    public async Task Reference_OfSomebodyAnonymous_IsEnoughAndAWrongOneIsNothing()
    {
        var (room, desk, _, _) = await Start();
        await using var _1 = room;
        var enquiry = await Anonymous(room);
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
        Assert.Equal((0, 0), ((await desk.Figures(StrongroomFixture.For(StrongroomFixture.Officer))).Overdue, await desk.Overdue()));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.ClarificationAsked, null, "which years"));
        Assert.Equal(1, (await desk.Figures(StrongroomFixture.For(StrongroomFixture.Officer))).In("paused"));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.ClarificationCame, null, "all"));
        room.Room.Clock.Advance(TimeSpan.FromDays(due.DayNumber - room.Today.DayNumber + 1));
        Assert.Equal((1, 1), ((await desk.Figures(StrongroomFixture.For(StrongroomFixture.Officer))).Overdue, await desk.Overdue()));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Figures(StrongroomFixture.For(StrongroomFixture.Adviser)));
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
    public async Task Restriction_PlacedByTheOfficerAlone_StandsOnTheCard_AndIsLiftedOnlyOnceTheyWereTold()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        // A card of before, with somebody on it of whom others told us.
        var old = (await room.Keeper.Envelope(family))!;
        var told = (await desk.People(FamilyRoom.Adviser, family)).Card!.AddCarer(room.Carer("Viktor", "Falsowski") with { Source = Source.FamilyMember }, room.Today).OrThrow();
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Saved, [new Put<FamilyCard>(old, told, old.Version)])));
        var access = await Taken(room, desk, new(family, mother.Id));
        Assert.NotEmpty(await desk.Restrict(Officer, access, RestrictionGround.Accuracy, "The address is wrong."));
        var id = await Taken(room, desk, new(family, mother.Id), RightKind.Restriction);
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.Equal(["family.restriction.ground"], (await desk.Restrict(Officer, id, null, "The address is wrong.")).Select(problem => problem.Field));
        Assert.Equal(["family.restriction.reason"], (await desk.Restrict(Officer, id, RestrictionGround.Accuracy, " ")).Select(problem => problem.Field));
        Assert.Empty(await desk.Restrict(Officer, id, RestrictionGround.Accuracy, "The address is wrong."));
        var placed = Assert.Single((await desk.Open(Officer, id)).Cards[family].Standing.Restrictions);
        Assert.Equal((mother.Id, Officer.Who.Id, id, true), (placed.Person, placed.PlacedBy, placed.Request!.Value, placed.Stands));
        Assert.NotEmpty(await desk.Restrict(Officer, id, RestrictionGround.Accuracy, "Again."));

        Assert.Equal(["family.restriction.told-on", "family.restriction.told-how"], (await desk.Lift(Officer, id, null, null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Lift(Officer, id, room.Today, "by telephone"));
        Assert.Equal(Officer.Who.Id, Assert.Single((await desk.Open(Officer, id)).Cards[family].Standing.Restrictions).LiftedBy);
        Assert.Empty(await desk.Restrict(Officer, id, RestrictionGround.Accuracy, "The address is wrong."));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Done, null));
        // Nothing open names the family any more: neither way.
        Assert.NotEmpty(await desk.Lift(Officer, id, room.Today, "by telephone"));
    }

    [Fact]
    public async Task Refusal_GoesAsALetterWithItsReasonsAndEveryRouteOfComplaint()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = await Taken(room, desk, new(family, mother.Id), RightKind.Erasure);
        Assert.NotEmpty((await desk.Letter(Officer, id, "Magda Testowska")).Problems);
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.PublicTask)));
        Assert.Equal([RightsFields.Reasons], (await desk.Close(Officer, id, RightsOutcome.Refused, " ")).Select(problem => problem.Field));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Refused, "The law gives us the task <of advising>."));
        Assert.Equal([RightsFields.AskerName], (await desk.Letter(Officer, id, " ")).Problems.Select(problem => problem.Field));
        var (outlet, problems) = await desk.Letter(Officer, id, "Magda Testowska");
        Assert.Empty(problems);
        Assert.Equal(Wdfis.Portal.Features.Disclosure.OutletForm.Print, outlet!.Form);
        var words = Wdfis.Portal.Features.Disclosure.SheetRenderer.Words(outlet.Content);
        foreach (var part in new[] { "To: Magda Testowska", "erase it", "The law gives us the task <of advising>.", "the right to erasure does not apply", "complain to us", "information-governance officer", "watches over data protection", "a court" })
            Assert.Contains(part, words, StringComparison.Ordinal);
        Assert.Contains("OFFICIAL-SENSITIVE", outlet.Content, StringComparison.Ordinal);
    }

    /// <summary>The council's desk hears the same, whatever is held and however it ended (S3, U1).</summary>
    [Fact]
    public async Task Letter_ToTheCouncilsDesk_IsTheSameWhateverIsHeld()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var letters = new List<string>();
        foreach (var (known, kind, outcome) in new[] { (true, RightKind.Corporate, RightsOutcome.Refused), (false, RightKind.Corporate, RightsOutcome.NothingHeld), (true, RightKind.Other, RightsOutcome.Refused) })
        {
            var id = Assert.Single((await desk.Take(FamilyRoom.Adviser, Intake(room, kind) with { Asker = Asker.Council, AskerName = "Request desk" }, known ? [new(family, mother.Id)] : [])).Requests).Id;
            Assert.Empty(await desk.Close(Officer, id, outcome, "Magda Testowska came to us in May."));
            letters.Add(Wdfis.Portal.Features.Disclosure.SheetRenderer.Words((await desk.Letter(Officer, id, "Request desk")).Outlet!.Content));
        }
        Assert.Single(letters.Distinct());
        Assert.Contains("neither confirm nor deny", letters[0], StringComparison.Ordinal);
        Assert.All(new[] { "Magda", "Refused", "Nothing is held", "reasons" }, word => Assert.DoesNotContain(word, letters[0], StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Granted is not done: it ends when a lead has taken away what it names, and nothing can go before it was granted.</summary>
    [Fact]
    public async Task Erasure_FollowsTheBasis_IsGranted_AndEndsOnlyWhenItIsGone()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = await Taken(room, desk, new(family, mother.Id), RightKind.Erasure);
        var anonymity = room.Get<Wdfis.Portal.Features.Anonymity.AnonymityDesk>();
        Task<Wdfis.Portal.Features.Anonymity.AnonymityAnswer> Away() => anonymity.Descend(FamilyRoom.Lead, family, [mother.Id], Rung.Anonymous);
        async Task<IEnumerable<UnitId>> OnTheList() => (await room.Get<Wdfis.Portal.Features.Desk.WorklistDesk>().Rows(StrongroomFixture.For(StrongroomFixture.Lead), Wdfis.Portal.Features.Desk.Worklist.Find("erasures")!, 5)).Select(row => row.Id);

        Assert.Equal([RightsFields.Basis], (await desk.Grant(Officer, id, "all of it", null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.PublicTask)));
        Assert.Contains("task that the law gives us", Assert.Single(await desk.Grant(Officer, id, "all of it", null)).Sentence, StringComparison.Ordinal);
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.Consent)));
        Assert.NotNull((await Away()).Trouble);
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.NotEmpty(await desk.Grant(Officer, id, " ", null));
        Assert.Empty(await OnTheList());

        Assert.Empty(await desk.Grant(Officer, id, "all of hers", null));
        Assert.Equal([id], await OnTheList());
        Assert.False((await room.Keeper.Envelope(family))!.OnHold);
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer with { Circuit = "later" }, family));
        Assert.Equal(family, Assert.Single((await desk.Open(Officer, id)).Still).Id);
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.Null((await Away()).Trouble);
        Assert.Empty((await desk.Open(Officer, id)).Still);
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Done, null));
        Assert.Empty(await OnTheList());
    }

    /// <summary>Somebody anonymous stands on no card: their enquiry itself has to be gone before the request is done, by a lead, or it is done in part with the reason.</summary>
    [Fact]
    public async Task Erasure_OfAnAnonymousEnquiry_IsDoneOnceALeadDestroyedItOrInPartWithTheReason()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var (enquiry, other) = (await Anonymous(room), await Taken(room, desk, new(family, mother.Id), RightKind.Erasure));
        async Task<UnitId> Asked() => Assert.Single((await desk.Take(FamilyRoom.Adviser, Intake(room, RightKind.Erasure) with { Reference = "K7-QFM2" }, [])).Requests).Id;
        async Task<UnitId> Granted(UnitId id)
        {
            Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.Consent)));
            Assert.Empty(await desk.Grant(Officer, id, "all of it", null));
            return id;
        }
        var kept = await Granted(await Asked());
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, kept, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.Equal([RightsFields.Reasons], (await desk.Close(Officer, kept, RightsOutcome.InPart, null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Close(Officer, kept, RightsOutcome.InPart, "A claim needs it."));
        Assert.NotNull(await room.Keeper.Envelope(enquiry.Id));

        var (id, lead) = (await Asked(), FamilyRoom.Lead with { Purpose = Purpose.RightsRequest });
        Assert.NotEmpty(await desk.Erase(lead, id, enquiry.Id));
        await Granted(id);
        await Granted(other);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Erase(Officer, id, enquiry.Id));
        // Nothing that it does not name, and no family.
        Assert.NotEmpty(await desk.Erase(lead, other, enquiry.Id));
        Assert.NotEmpty(await desk.Erase(lead, other, family));
        Assert.Equal([RightsFields.Outcome], (await desk.Close(Officer, id, RightsOutcome.Done, null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Erase(lead, id, enquiry.Id));
        Assert.Null(await room.Keeper.Envelope(enquiry.Id));
        Assert.IsType<Opening<Enquiry>.Erased>(await room.Keeper.Open<Enquiry>(lead, enquiry.Id));
        Assert.Empty(await desk.Close(Officer, id, RightsOutcome.Done, null));
    }

    [Fact]
    public async Task Erasure_OfWhatWasTold_IsGrantedOnceWhoeverWasToldKnowsOrWithTheReason()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"));
        var desk = scene.Room.Get<RightsDesk>();
        var id = await Taken(scene.Room, desk, new(scene.Family, scene.Child.Id), RightKind.Erasure);
        Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.Consent)));
        Assert.Equal(["rights.untold"], (await desk.Grant(Officer, id, "all of it", null)).Select(problem => problem.Field));
        Assert.Empty(await desk.Grant(Officer, id, "all of it", "The school has closed."));
        Assert.Equal("all of it\nNot told: The school has closed.", Assert.Single((await desk.Open(Officer, id)).Request!.Of(RightsEvent.Granted)).Words);
    }

    /// <summary>What the officer counts: days left, paused, extended, overdue, by kind, and days to the end on average.</summary>
    [Fact]
    public async Task Counters_OfRequestsOfEveryState_AreByKindAndWithTheAverage()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        async Task<UnitId> Of(RightKind kind) => await Taken(room, desk, new(family, mother.Id), kind);
        var (paused, extended, plain, closed, quick) = (await Of(RightKind.Access), await Of(RightKind.Access), await Of(RightKind.Objection), await Of(RightKind.Complaint), await Of(RightKind.Complaint));
        Assert.Empty(await desk.Close(Officer, quick, RightsOutcome.TakenBack, null));
        room.Room.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Empty(await desk.Take(Officer, paused, RightsEvent.ClarificationAsked, null, "which years"));
        Assert.Empty(await desk.Take(Officer, extended, RightsEvent.Extended, null, "four requests at once"));
        Assert.Empty(await desk.Close(Officer, closed, RightsOutcome.TakenBack, null));
        async Task<RightsFigures> Figures() => await desk.Figures(StrongroomFixture.For(StrongroomFixture.Officer));
        var now = await Figures();
        Assert.Equal((3, 1, 1, 0, 2, 2.0), (now.Open.Length, now.In("paused"), now.In("extended"), now.Overdue, now.Closed.Length, now.AverageDays));
        Assert.Equal([(RightKind.Access.Words(), 2, 0), (RightKind.Objection.Words(), 1, 0), (RightKind.Complaint.Words(), 0, 2)], now.ByKind.Select(line => (line.Kind, line.Of.Open.Length, line.Of.Closed.Length)));
        // The extended one has three months from its start; what runs plainly is over after one; what is paused never is.
        room.Room.Clock.Advance(TimeSpan.FromDays(40));
        now = await Figures();
        Assert.Equal((1, plain), (now.Overdue, now.Open.Single(one => one.DueOn < now.Today).Id));
        Assert.Equal(1, now.ByKind.Single(line => line.Kind == RightKind.Objection.Words()).Of.Overdue);
        Assert.True(now.Open.Single(one => one.Id == extended).DueOn > now.Today);
        Assert.Null(now.Open.Single(one => one.Id == paused).DueOn);
    }

    [Fact]
    public async Task Representative_WithoutAuthorityOnTheCard_IsSeenAsSuch_AndOneWhoWasProvedIsNot()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        var id = Assert.Single((await desk.Take(FamilyRoom.Adviser, Intake(room) with { Asker = Asker.Representative, AskerName = "Jo Example of Example & Co" }, [new(family, mother.Id)])).Requests).Id;
        Assert.True((await desk.Open(Officer, id)).Request!.AuthorityMissing);
        foreach (var (seenOn, name, expected) in new (DateOnly?, string, Authority?)[] { (null, "Jo Example", Authority.NotProved), (room.Today, "Somebody Else", null), (room.Today, "Jo Example", Authority.Stands) })
        {
            var version = (await room.Keeper.Envelope(family))!.Version;
            Assert.IsType<Wdfis.Portal.Features.Families.FamilyAnswer.Done>(await room.Get<Wdfis.Portal.Features.Families.FamilyDesk>().Change(FamilyRoom.Adviser, family, version, card => card.SetRepresentatives(
                [new Representative { Person = mother.Id, Who = new PersonId(Guid.Parse("00000000-0000-7000-8000-0000000000cc")), Name = name, Capacity = RepresentativeCapacity.Solicitor, Document = seenOn is null ? null : "signed authority", SeenOn = seenOn, Receives = true, Source = Source.Record }], room.Today)));
            var shown = await desk.Open(Officer, id);
            Assert.Equal(expected is null ? [] : [expected.Value], shown.OnCards.SelectMany(one => shown.Request!.SpeakOn(one.Card, room.Today)).Select(one => one.State));
        }
    }

    [Fact]
    public async Task Objection_IsDoneOnceItIsOnlyStoredOrItIsSaidWhatWasStopped()
    {
        var (room, desk, family, mother) = await Start();
        await using var _ = room;
        async Task<UnitId> Asked()
        {
            var id = await Taken(room, desk, new(family, mother.Id), RightKind.Objection);
            Assert.Equal([RightsFields.Basis], (await desk.Close(Officer, id, RightsOutcome.Refused, "We need it.")).Select(problem => problem.Field));
            Assert.Empty(await desk.Take(Officer, id, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.PublicTask)));
            return id;
        }
        var said = await Asked();
        Assert.Equal([RightsFields.Reasons], (await desk.Close(Officer, said, RightsOutcome.Done, " ")).Select(problem => problem.Field));
        Assert.Empty(await desk.Close(Officer, said, RightsOutcome.Done, "We write no newsletters to her any more."));
        var stored = await Asked();
        Assert.Empty(await desk.Restrict(Officer, stored, RestrictionGround.Objection, "She does not want it used."));
        Assert.Empty(await desk.Close(Officer, stored, RightsOutcome.Done, null));
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
