using System.Text;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Anonymity;

public sealed class AnonymityDeskTests
{
    private const string Canary = "Quillfeather";

    private sealed record Scene(FamilyRoom Room, UnitId Family, Carer Mother, Child Child) : IAsyncDisposable
    {
        public AnonymityDesk Desk => Room.Get<AnonymityDesk>();

        public static async Task<Scene> Start()
        {
            var room = await FamilyRoom.Start();
            var mother = room.Carer("Magda", Canary);
            var child = room.Child("Ola", room.Today.AddYears(-6));
            return new Scene(room, await room.Save(room.Card([mother], [child])), mother, child);
        }

        public async Task<UnitId> Ask(PersonId caller, string need)
        {
            var now = Stamp.Now(StrongroomFixture.Adviser.Id, Room.Room.Clock);
            Room.Room.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var enquiry = Enquiry.Open(new EnquiryOpening
            {
                Id = UnitId.Create(Room.Room.Clock),
                Service = Service.FamiliesInformation,
                Channel = "phone",
                Topic = "funded-2",
                Caller = Caller.CreateNamed(Family, caller),
            }, EnquiryLists.Defaults, now).OrThrow().Ask(need).OrThrow();
            var family = (await Room.Keeper.Envelope(Family))!;
            var envelope = Room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, family, null, Room.Today, Room.Today);
            Assert.IsType<Outcome.Done>(await Room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created, [new Put<Enquiry>(envelope, enquiry, 0)])));
            return enquiry.Id;
        }

        public Task<AnonymityAnswer> Go(Rung to, string? note, params PersonId[] people) => Desk.Descend(FamilyRoom.Adviser, Family, people, to, note);

        public async Task<T> Read<T>(UnitId id) where T : class
        {
            var found = Assert.IsType<Opening<T>.Opened>(await Room.Keeper.Open<T>(FamilyRoom.Adviser, id));
            return found.Record.Open(found.Clearance);
        }

        public ValueTask DisposeAsync() => Room.DisposeAsync();
    }

    [Fact]
    public async Task Descend_WithEverybody_LeavesTheCodedStatisticAndNothingElse()
    {
        await using var scene = await Scene.Start();
        var board = scene.Room.Board;
        var asked = await scene.Ask(scene.Mother.Id, $"{Canary} looks for a place");
        var permission = (await scene.Room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, scene.Family, PermissionTerms.Create([scene.Child.Id], NamedBody.Create(BodyKind.School, Canary + " School").OrThrow(),
            PermissionKind.Contact, "x", [], ["phone"], scene.Room.Today, scene.Room.Today.AddDays(9)).OrThrow(), new Grant
            {
                By = scene.Mother.Id,
                Capacity = GrantCapacity.ParentWithResponsibility,
                Evidence = "said so",
                How = GivenHow.Spoken,
                TextVersion = "1",
                GivenAt = scene.Room.Room.Clock.GetUtcNow(),
            })).OrThrow().Id;
        var draft = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(FamilyRoom.Adviser, draft, "live-enquiry", new Dictionary<string, string> { ["family"] = scene.Family.ToString(), ["need"] = Canary });

        var answer = await scene.Go(Rung.Anonymous, null, scene.Mother.Id, scene.Child.Id);

        Assert.Null(answer.Trouble);
        Assert.Null(answer.Family);
        foreach (var gone in (UnitId[])[scene.Family, asked, permission, draft])
            Assert.Null(await scene.Room.Keeper.Envelope(gone));
        Assert.IsType<Opening<FamilyCard>.Erased>(await scene.Room.Keeper.Open<FamilyCard>(FamilyRoom.Adviser, scene.Family));
        var stays = Assert.Single(await scene.Room.Keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Enquiry }));
        Assert.Equal((null, "funded-2", answer.References[0].Format()), (stays.Family, stays.Topic, stays.Reference));
        var left = await scene.Read<Enquiry>(stays.Id);
        Assert.IsType<Caller.Anonymous>(left.Caller);
        Assert.Equal((null, 0), (left.Requirement, left.Notes.Length));
        Assert.Empty(board.Find(Canary, (_, _) => true, scene.Room.Today).Rows);
        var proof = await scene.Read<Anonymisation>(answer.Proof);
        Assert.Equal(2, proof.People);
        Assert.Equal(new Searched(SearchedPlace.Enquiries, 1, 1), proof.Searched.Single(place => place.Place == SearchedPlace.Enquiries));
        Assert.Equal(new Searched(SearchedPlace.OwnDrafts, 1, 1), proof.Searched.Single(place => place.Place == SearchedPlace.OwnDrafts));
        Assert.Contains(Log.Of(scene.Room.Room), entry => entry.Action == AuditAction.Anonymised);
        Assert.True((await scene.Room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Descend_AfterwardsInEveryFile_NoNameStands()
    {
        await using var scene = await Scene.Start();
        await scene.Ask(scene.Mother.Id, $"{Canary} looks for a place");
        Assert.Null((await scene.Go(Rung.Anonymous, null, scene.Mother.Id, scene.Child.Id)).Trouble);
        Assert.Empty(Disk.Holding(scene.Room.Room.Folder, Encoding.UTF8.GetBytes(Canary)));
        await scene.Room.Room.Stop();
        Assert.Empty(Disk.Holding(scene.Room.Room.Folder, Encoding.UTF8.GetBytes(Canary)));
        await scene.Room.Room.Start();
    }

    [Fact]
    public async Task Descend_OfOneOfTwo_TheOtherStaysNamedInANewUnit()
    {
        await using var scene = await Scene.Start();
        var board = scene.Room.Board;
        var father = scene.Room.Carer("Piotr", "Stayhere");
        var card = (await scene.Read<FamilyCard>(scene.Family)).AddCarer(father, scene.Room.Today).OrThrow();
        var envelope = (await scene.Room.Keeper.Envelope(scene.Family))!;
        Assert.IsType<Outcome.Done>(await scene.Room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Saved, [new Put<FamilyCard>(envelope, card, envelope.Version)])));
        var hers = await scene.Ask(scene.Mother.Id, Canary);
        var his = await scene.Ask(father.Id, "his own question");

        var answer = await scene.Go(Rung.Anonymous, "Works shifts.", scene.Mother.Id);

        Assert.Null(answer.Trouble);
        var now = await scene.Read<FamilyCard>(answer.Family!.Value);
        Assert.Equal("Piotr", now.FindCarer(father.Id)!.Forename);
        Assert.Null(now.FindCarer(scene.Mother.Id)!.Surname);
        Assert.Null(await scene.Room.Keeper.Envelope(scene.Family));
        Assert.Null(await scene.Room.Keeper.Envelope(hers));
        var kept = await scene.Read<Enquiry>(his);
        Assert.Equal((answer.Family, "his own question"), (kept.Family, kept.Requirement));
        Assert.Equal(answer.Family, (await scene.Room.Keeper.Envelope(his))!.Family);
        var reference = answer.References.Single();
        var anonymous = Assert.Single(await scene.Room.Keeper.Envelopes(new EnvelopeQuery { Reference = reference.Format() }));
        var note = Assert.Single((await scene.Read<Enquiry>(anonymous.Id)).Notes);
        Assert.Equal(("Works shifts.", true), (note.Text, note.Rewording));
        Assert.Empty(board.Find(Canary, (_, _) => true, scene.Room.Today).Rows);
        Assert.Single(board.Find("Stayhere", (_, _) => true, scene.Room.Today).Rows);
    }

    [Fact]
    public async Task Descend_WhileAHoldBinds_IsDeferredInWordsAndChangesNothing()
    {
        await using var scene = await Scene.Start();
        var held = await scene.Ask(scene.Mother.Id, "x");
        await scene.Room.Room.Hold(held);
        var answer = await scene.Go(Rung.Anonymous, null, scene.Mother.Id);
        Assert.Contains("the law forbids us to alter it meanwhile", answer.Trouble, StringComparison.Ordinal);
        Assert.NotNull(await scene.Room.Keeper.Envelope(scene.Family));
        Assert.All((await scene.Desk.Look(FamilyRoom.Adviser, scene.Family, scene.Mother.Id)).Down, down => Assert.IsType<Descent.Deferred>(down.Descent));
    }

    [Fact]
    public async Task Descend_ToAChosenName_IsFoundByThatNameAlone()
    {
        await using var scene = await Scene.Start();
        var board = scene.Room.Board;
        var answer = await scene.Desk.Descend(FamilyRoom.Adviser, scene.Family, [scene.Mother.Id], Rung.Handle, handle: "Bluebell");
        Assert.Null(answer.Trouble);
        Assert.Single(board.Find("Bluebell", (_, _) => true, scene.Room.Today).Rows);
        Assert.Empty(board.Find(Canary, (_, _) => true, scene.Room.Today).Rows);
    }

    [Fact]
    public async Task Descend_FamilyUnderSpecialHandling_IsLeftToALead()
    {
        await using var room = await FamilyRoom.Start();
        var mother = room.Carer("Magda", Canary);
        var family = await room.Save(room.Card([mother], []), envelope => envelope with { SpecialHandling = true });
        Assert.NotNull((await room.Get<AnonymityDesk>().Descend(FamilyRoom.Adviser, family, [mother.Id], Rung.Anonymous)).Trouble);
        Assert.NotNull(await room.Keeper.Envelope(family));
    }

    [Fact]
    public async Task Climb_ByAgreement_NamesThemAndKeepsTheAgreement()
    {
        await using var room = await FamilyRoom.Start();
        var caller = new Carer { Id = PersonId.Create(room.Room.Clock), Ladder = Ladder.Anonymous(AnonymousReference.Create()), Source = Source.Themselves };
        var family = await room.Save(room.Card([caller], []));
        var desk = room.Get<AnonymityDesk>();
        Assert.Equal("anonymity.name", Assert.Single((await desk.Climb(FamilyRoom.Adviser, family, caller.Id, Rung.Named, AgreedHow.Spoken, " ", null)).Problems).Field);
        var named = (await desk.Climb(FamilyRoom.Adviser, family, caller.Id, Rung.Named, AgreedHow.Spoken, "Magda", "Testowska")).OrThrow().FindCarer(caller.Id)!;
        Assert.Equal((Rung.Named, "Testowska", Rung.Named), (named.Ladder.Rung, named.Surname, named.Ladder.Agreements.Single().To));
    }
}
