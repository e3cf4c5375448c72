using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Families;

/// <summary>Two cards of one family joined by a lead: everything comes along in one act, every date is worked out anew, and nothing is joined around what protects somebody.</summary>
public class JoiningDeskTests
{
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview, "window-3");
    private const string Why = "The same mother, by her own word on the telephone.";

    /// <summary>A card with the mother and Ola, and a second one of the same two with a permission and a disclosure.</summary>
    private sealed record Twice(DisclosureRoom Second, UnitId First, Carer Mother, Child Ola) : IAsyncDisposable
    {
        public FamilyRoom Room => Second.Room;
        public Keeper Keeper => Room.Keeper;
        public JoiningDesk Desk => Room.Get<JoiningDesk>();
        public Dictionary<PersonId, PersonId> Same => new() { [Second.Mother.Id] = Mother.Id, [Second.Child.Id] = Ola.Id };

        public static async Task<Twice> Start(Func<Carer, Carer>? mother = null)
        {
            var second = await DisclosureRoom.Start();
            var first = (mother ?? (one => one))(second.Mother with { Id = PersonId.Create(second.Room.Room.Clock) });
            var ola = second.Child with { Id = PersonId.Create(second.Room.Room.Clock) };
            return new Twice(second, await second.Room.Save(second.Room.Card([first], [ola])), first, ola);
        }

        public async Task<UnitId> Enquire(UnitId family, PersonId caller, Service service = Service.FamiliesInformation, FamilyCard? card = null)
        {
            var now = Stamp.Now(StrongroomFixture.Adviser.Id, Room.Room.Clock);
            var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(Room.Room.Clock), Service = service, Channel = "phone", Caller = Caller.CreateNamed(family, caller) }, EnquiryLists.Defaults, now).OrThrow();
            var envelope = Room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, await Keeper.Envelope(family), card?.YoungestBorn, now.On, now.On);
            Assert.IsType<Outcome.Done>(await Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created, [new Put<Enquiry>(envelope, enquiry, 0)])));
            return enquiry.Id;
        }

        public async Task Change(UnitId family, Func<FamilyCard, Checked<FamilyCard>> change) =>
            Assert.IsType<FamilyAnswer.Done>(await Room.Get<FamilyDesk>().Change(FamilyRoom.Adviser, family, (await Keeper.Envelope(family))!.Version, change));

        public async Task<T> Read<T>(UnitId unit) where T : class =>
            Assert.IsType<Opening<T>.Opened>(await Keeper.Open<T>(Lead, unit)) is var found ? found.Record.Open(found.Clearance) : throw new InvalidOperationException();

        public Task<ImmutableArray<Problem>> Join() => Desk.Join(Lead, First, Second.Family, Same, Why);

        public ValueTask DisposeAsync() => Second.DisposeAsync();
    }

    private static Carer Father(Twice twice) => twice.Room.Carer("Jan", "Testowski") with { Relationship = "father", Contacts = [], Source = Source.FamilyMember };

    [Fact]
    public async Task Join_BringsEverythingUnderOneFamily_WorksEveryDateOutAnew_AndSurvivesARestart()
    {
        await using var twice = await Twice.Start();
        var (into, from) = (twice.First, twice.Second.Family);
        // On this card: a case that is kept by the youngest child. On the other: a younger child, a permission, a disclosure, an enquiry, somebody of whom she told us.
        var mine = await twice.Enquire(into, twice.Mother.Id, Service.ParentPartnership, twice.Room.Card([twice.Mother], [twice.Ola]));
        var now = Stamp.Now(StrongroomFixture.Adviser.Id, twice.Room.Room.Clock);
        var levelled = (await twice.Read<Enquiry>(mine)).RaiseLevel(2, now).OrThrow();
        var around = (await twice.Keeper.Envelope(mine))!;
        Assert.IsType<Outcome.Done>(await twice.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Saved,
            [new Put<Enquiry>(twice.Room.Get<Envelopes>().Of(levelled, around.Owner, around, null, twice.Room.Card([twice.Mother], [twice.Ola]).YoungestBorn, now.On, now.On), levelled, around.Version)])));
        var (pip, father) = (twice.Room.Child("Pip", twice.Room.Today.AddYears(-1)), Father(twice));
        await twice.Change(from, card => card.CorrectCarer(card.Carers[0] with { Responsibilities = [card.Carers[0].Responsibilities[0] with { Child = twice.Second.Child.Id }] }, twice.Room.Today));
        await twice.Change(into, card => card.CorrectCarer(card.Carers[0] with { Responsibilities = [card.Carers[0].Responsibilities[0] with { Child = twice.Ola.Id }] }, twice.Room.Today));
        await twice.Change(from, card => card.AddChild(pip, twice.Room.Today));
        await twice.Change(from, card => card.AddCarer(father, twice.Room.Today));
        await twice.Change(from, card => card.SetAddress(new Address { Postcode = "WF5 9AA", Source = Source.Themselves }, twice.Room.Today));
        var theirs = await twice.Enquire(from, twice.Second.Mother.Id);
        var permission = await twice.Second.Agreed(PermissionKind.Share, "name", "child-name", "setting");
        var went = (await twice.Second.Sent(await twice.Second.Ticked(twice.Second.Form(), "family.carer.forename", "family.child.setting"))).Record.Id;
        var units = (await twice.Keeper.Envelopes(new EnvelopeQuery { Family = from })).Where(unit => unit.Id != from).ToList();
        var caseBefore = (await twice.Keeper.Envelope(mine))!.KeepUntil;

        var look = await twice.Desk.Look(Lead, into, from);
        Assert.Equal(twice.Same.OrderBy(pair => pair.Key.Value), look.Same.OrderBy(pair => pair.Key.Value));
        Assert.Empty(look.Against);
        Assert.Equal(units.Select(unit => unit.Id).Order(), look.Units.Select(unit => unit.Id).Order());
        Assert.Equal(JoiningDesk.ReasonField, Assert.Single(await twice.Desk.Join(Lead, into, from, look.Same, " ")).Field);
        Assert.Empty(await twice.Join());

        await twice.Room.Room.Restart();
        Assert.Empty((await twice.Room.Room.Verify()).Faults);
        var after = (await twice.Keeper.Envelopes(new EnvelopeQuery { Family = into })).ToDictionary(unit => unit.Id);
        Assert.All(units, unit => Assert.Contains(unit.Id, after.Keys));
        Assert.Empty(await twice.Keeper.Envelopes(new EnvelopeQuery { Family = from }));
        Assert.IsType<Opening<FamilyCard>.Erased>(await twice.Keeper.Open<FamilyCard>(Lead, from));
        Assert.Equal(into, twice.Room.Get<FamilyDesk>().JoinedInto(FamilyRoom.Adviser, from));
        var card = await twice.Read<FamilyCard>(into);
        Assert.Equal([twice.Mother.Id, father.Id, twice.Ola.Id, pip.Id], card.People.Select(one => one.Id));
        Assert.Equal("WF5 9AA", card.Address!.Postcode);
        // Inside what came along it is this family and its people that are named.
        Assert.Equal((into, twice.Mother.Id), Assert.IsType<Caller.Named>((await twice.Read<Enquiry>(theirs)).Caller) is var caller ? (caller.Family, caller.Person) : default);
        var agreed = await twice.Read<Permission>(permission);
        Assert.Equal((into, twice.Mother.Id), (agreed.Family, agreed.LastGrant!.By));
        Assert.True(agreed.Terms.About.ToHashSet().SetEquals([twice.Mother.Id, twice.Ola.Id]));
        var disclosed = await twice.Read<DisclosureRecord>(went);
        Assert.Equal(into, disclosed.Family);
        Assert.DoesNotContain(twice.Second.Child.Id, disclosed.About);
        Assert.Equal(into, after[HeardOf.IdOf(father.Id)].Family);
        // Kept by the younger child, and the card by what is kept longest of both.
        Assert.True(after[mine].KeepUntil.Facts!.YoungestBorn > caseBefore.Facts!.YoungestBorn);
        Assert.Equal(SchoolYear.EndOf(pip.Birth.Latest!.Value), after[mine].KeepUntil.Facts!.YoungestBorn);
        Assert.All(after.Values.Where(unit => Schedule.Leans(unit.Kind)), unit => Assert.False(unit.KeepUntil.IsLaterThan(after[into].KeepUntil)));
        // One entry names both, and whoever opened the other card has opened this one.
        Assert.Equal([into, from], Assert.Single(Log.Of(twice.Room.Room), entry => entry is { Action: AuditAction.Joined, Units.Length: 2 }).Units.AsEnumerable());
        Assert.Equal(Why, Assert.Single((await Reasons(twice)).Given).Text);
        Assert.Contains(await twice.Keeper.WhoOpened(Lead, into), opening => opening.Who == StrongroomFixture.Adviser.Id && opening.Purpose == Purpose.Share);
    }

    private static async Task<Reasons> Reasons(Twice twice) =>
        Assert.IsType<Opening<Reasons>.Opened>(await twice.Keeper.Reasons(Lead, twice.First)) is var found ? found.Record.Open(found.Clearance) : throw new InvalidOperationException();

    [Fact]
    public async Task Join_LeavesTheSearchOneFamily_AndTheGateWithWhatTheOtherCardRestricted()
    {
        await using var twice = await Twice.Start();
        var from = twice.Second.Family;
        var father = Father(twice);
        await twice.Change(from, card => card.CorrectCarer(card.Carers[0] with { Responsibilities = [] }, twice.Room.Today));
        await twice.Change(twice.First, card => card.CorrectCarer(card.Carers[0] with { Responsibilities = [] }, twice.Room.Today));
        await twice.Change(from, card => card.AddCarer(father, twice.Room.Today));
        await twice.Change(from, card => card.SetKeptFrom([new KeptFrom { How = KeptHow.NeverTold, Body = twice.Second.School.Id, Name = "Example Primary", SetOn = twice.Room.Today, Source = Source.Themselves }], twice.Room.Today));
        await twice.Change(from, card => card.MarkDanger(twice.Room.Today, StrongroomFixture.Adviser.Id, Source.Themselves));
        Assert.IsType<FamilyAnswer.Done>(await twice.Room.Get<FamilyDesk>().Restrict(FamilyRoom.Adviser, from, father.Id, RestrictionGround.Accuracy, "He says that it is wrong."));
        var permission = (await twice.Keeper.Envelope(await twice.Second.Agreed(PermissionKind.Share, "name")))!.KeepUntil;
        var kept = (await twice.Keeper.Envelope(twice.First))!.KeepUntil;
        Assert.Empty(await twice.Join());
        // What leans longer keeps the card that it leans on now.
        Assert.True(permission.IsLaterThan(kept));
        Assert.Equal(permission.On, (await twice.Keeper.Envelope(twice.First))!.KeepUntil.On);
        Assert.Equal([twice.First], (await twice.Room.Get<FamilySearch>().Search(FamilyRoom.Adviser, "Testowski", default, atOnce: true)).Rows.Select(row => row.Family));
        var card = await twice.Read<FamilyCard>(twice.First);
        Assert.True(card.Standing.IsRestricted(father.Id));
        Assert.IsType<ContactAnswer.DoNotContact>(card.MayContact(new ContactAttempt { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new TimeOnly(11, 0) }, twice.Room.Today));
        var asked = await twice.Second.Desk.Compose(twice.Second.Adviser, await twice.Second.Ticked(twice.Second.Form() with { Family = twice.First, About = [twice.Mother.Id, twice.Ola.Id] }, "family.carer.forename"));
        Assert.NotEmpty(Assert.IsType<Refused>(asked.Answer).Reasons);
    }

    [Fact]
    public async Task Join_OfSomebodyOfWhomOthersToldUsTwice_KeepsTheEarlierDay_AndOneNote()
    {
        await using var twice = await Twice.Start();
        var (his, again) = (Father(twice), Father(twice));
        await twice.Change(twice.Second.Family, card => card.AddCarer(again, twice.Room.Today));
        var day = twice.Room.Today;
        twice.Room.Room.Clock.Advance(TimeSpan.FromDays(5));
        await twice.Change(twice.First, card => card.AddCarer(his, twice.Room.Today));
        var same = twice.Same;
        same[again.Id] = his.Id;
        Assert.Empty(await twice.Desk.Join(Lead, twice.First, twice.Second.Family, same, Why));
        var heard = await twice.Read<HeardOf>(HeardOf.IdOf(his.Id));
        Assert.Equal((his.Id, day), (heard.Person, heard.HeardOn));
        var note = Assert.Single(await twice.Keeper.Envelopes(new EnvelopeQuery { Family = twice.First, Kind = UnitKind.HeardOf }));
        Assert.Equal((HeardOf.IdOf(his.Id), Envelopes.HeardOfOwed, heard.DueOn), (note.Id, note.State, note.DueOn!.Value));
    }

    [Fact]
    public async Task Join_OfSomebodyOfWhomOnlyTheOtherCardWasTold_TakesTheNoteAlong()
    {
        await using var twice = await Twice.Start();
        var father = Father(twice);
        await twice.Change(twice.Second.Family, card => card.AddCarer(father, twice.Room.Today));
        // Entered on this card by hand, before anybody kept such notes.
        var his = father with { Id = PersonId.Create(twice.Room.Room.Clock) };
        var before = (await twice.Keeper.Envelope(twice.First))!;
        var card = (await twice.Read<FamilyCard>(twice.First)).AddCarer(his, twice.Room.Today).OrThrow();
        Assert.IsType<Outcome.Done>(await twice.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Saved, [new Put<FamilyCard>(before, card, before.Version)])));
        var same = twice.Same;
        same[father.Id] = his.Id;
        Assert.Empty(await twice.Desk.Join(Lead, twice.First, twice.Second.Family, same, Why));
        Assert.Equal(his.Id, (await twice.Read<HeardOf>(HeardOf.IdOf(his.Id))).Person);
        Assert.Equal(HeardOf.IdOf(his.Id), Assert.Single(await twice.Keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.HeardOf })).Id);
    }

    /// <summary>What stands against it at the other family, and the word by which it is refused.</summary>
    public static TheoryData<string, string> Bars => new()
    {
        { "hold", JoiningDesk.HoldField }, { "request", JoiningDesk.HoldField }, { "special", JoiningDesk.HandlingField }, { "conflict", JoiningDesk.HandlingField }, { "assigned", JoiningDesk.HandlingField },
        { "waits", JoiningDesk.OtherField }, { "differs", "family.carer.forename" }, { "stored only", "family.person" },
    };

    [Theory]
    [MemberData(nameof(Bars))]
    public async Task Join_WhereSomethingBindsTheOtherFamily_IsRefused_AndChangesNothing(string what, string field)
    {
        await using var twice = await Twice.Start(what == "differs" ? mother => mother with { Forename = "Maggie" } : null);
        var (room, from) = (twice.Room, twice.Second.Family);
        async Task<UnitId> Typed(Errand who, params (string Field, string Value)[] fields)
        {
            var draft = UnitId.Create(room.Room.Clock);
            Assert.Equal(DraftAnswer.Kept, await room.Get<DraftDesk>().Keep(who, draft, "handling", fields.ToDictionary(one => one.Field, one => one.Value)));
            return draft;
        }
        var safeguarding = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Safeguarding);
        switch (what)
        {
            case "hold":
                Assert.IsType<Outcome.Done>(await twice.Keeper.Do(new Act(Lead, AuditAction.HoldPlaced, [new Bind(UnitId.Create(room.Room.Clock), from, null)])));
                break;
            case "request":
                await room.Get<RightsDesk>().Take(FamilyRoom.Adviser, new RightsIntake { Kind = RightKind.Access, ReceivedOn = room.Today, How = "phone", Asker = Asker.Themselves }, [new RightsSubject(from, twice.Second.Mother.Id)]);
                break;
            case "special":
                Assert.Empty(await room.Get<HandlingDesk>().Special(safeguarding, from, await Typed(safeguarding, ("why", "A relative works here")), HandlingEvent.Begun));
                break;
            case "conflict":
                Assert.Empty(await room.Get<HandlingDesk>().Declare(FamilyRoom.Adviser, from, await Typed(FamilyRoom.Adviser, (HandlingDesk.TieField, nameof(ConflictTie.Relative)), (HandlingDesk.WhyField, "A cousin"))));
                break;
            case "assigned":
                Assert.IsType<Outcome.Done>(await twice.Keeper.Do(new Act(Lead, AuditAction.NeedToKnowChanged, [new Assign(from, StrongroomFixture.OtherAdviser.Id)])));
                break;
            case "waits":
                var record = room.Room.Envelope(UnitKind.Exemption, from) with { State = AccessDecision.WaitsForSecond };
                Assert.IsType<Outcome.Done>(await twice.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created, [new Put<Exemption>(record, twice.Second.Full(ExemptionKind.X2) with { Id = record.Id, Family = from }, 0)])));
                break;
            case "stored only":
                Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Restrict(FamilyRoom.Adviser, from, twice.Second.Mother.Id, RestrictionGround.Accuracy, "She says that it is wrong."));
                break;
        }
        var before = await twice.Keeper.Envelopes(new EnvelopeQuery());
        Assert.Contains(await twice.Join(), problem => problem.Field.Split('#')[0] == field);
        Assert.Equal(before, await twice.Keeper.Envelopes(new EnvelopeQuery()));
    }

    [Fact]
    public async Task Join_WhenTheOtherFamilyGainsARecordInBetween_ChangesNothing()
    {
        await using var twice = await Twice.Start();
        var (into, from) = (await twice.Keeper.Envelope(twice.First), await twice.Keeper.Envelope(twice.Second.Family));
        await twice.Enquire(from!.Id, twice.Second.Mother.Id);
        var stale = new Unchanged(from.Id, ImmutableDictionary<UnitId, int>.Empty.Add(from.Id, from.Version)) { Whole = true };
        Assert.IsType<Outcome.Conflict>(await twice.Keeper.Do(new Act(Lead, AuditAction.Joined, [stale, new Destroy(from.Id, "joined")]) { Joins = [into!.Id, from.Id] }));
        Assert.NotNull(await twice.Keeper.Envelope(from.Id));
    }

    [Fact]
    public async Task Join_IsForLeads_AndOfTwoFamilies()
    {
        await using var twice = await Twice.Start();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => twice.Desk.Join(FamilyRoom.Adviser, twice.First, twice.Second.Family, twice.Same, Why));
        Assert.Equal("This is the same family. Find the other card.", (await twice.Desk.Look(Lead, twice.First, twice.First)).Trouble);
        Assert.NotNull((await twice.Desk.Look(Lead, twice.First, UnitId.Create(twice.Room.Room.Clock))).Trouble);
    }

    [Fact]
    public void Moved_AreAllTheKindsThatBelongToAFamily() =>
        // A kind that is new has to be looked at here: it comes along with a card, or it belongs to no family.
        Assert.Equal(Enum.GetValues<UnitKind>().Except([UnitKind.Family, UnitKind.Draft, UnitKind.Recipient, UnitKind.DisposalList, UnitKind.DisposalCertificate, UnitKind.RightsRequest, UnitKind.RightsPack,
            UnitKind.PolicyEdition, UnitKind.PolicyReview, UnitKind.Acknowledgement, UnitKind.CopyRequest, UnitKind.Schedule, UnitKind.Breach, UnitKind.Alert, UnitKind.MonthlyLook, UnitKind.OwnHome]).Order(), JoiningDesk.Moved.Order());
}
