using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Rights;

/// <summary>The answer to a mother's request, on a real database: what is hers, what is masked, who releases it (D6, U1, S3).</summary>
public sealed class PackDeskTests
{
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RightsRequest, "window-9");
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.RightsRequest, "window-8");

    private const string FathersAddress = "12 Hidden Lane, WF2 9ZZ";

    private static readonly HashSet<string> CodeNames = [.. typeof(RightsPack).Assembly.GetTypes().Where(type => type.IsEnum).SelectMany(Enum.GetNames).Concat(typeof(RightsPack).Assembly.GetTypes().Select(type => type.Name)).Where(IsCodeName)];

    private static bool IsCodeName(string word) => word.Skip(1).Any(char.IsUpper) && word.Any(char.IsLower) && word.All(char.IsLetterOrDigit);

    /// <summary>A mother and a father who live apart, two children, an enquiry of hers that speaks of all of them, and one of his.</summary>
    private sealed record Scene(DisclosureRoom Room, Carer Father, Child Sibling, UnitId Request) : IAsyncDisposable
    {
        public PackDesk Desk => Room.Room.Get<PackDesk>();
        public RightsDesk Rights => Room.Room.Get<RightsDesk>();
        public PersonId Mother => Room.Mother.Id;

        public static async Task<Scene> Start(RightKind kind = RightKind.Access, Func<Scene, PersonId>? about = null, Asker asker = Asker.Themselves)
        {
            var room = await DisclosureRoom.Start();
            var father = room.Room.Carer("Viktor", "Falsowski") with { Relationship = "father", Contacts = [new ContactPoint { Kind = ContactKind.Post, Value = FathersAddress, Source = Source.Themselves }] };
            var sibling = room.Room.Child("Leon", room.Room.Today.AddYears(-9)) with { Setting = "Sibling Academy", SenStage = "ehc-plan" };
            var families = room.Room.Get<Wdfis.Portal.Features.Families.FamilyDesk>();
            var version = (await room.Room.Keeper.Envelope(room.Family))!.Version;
            Assert.IsType<Wdfis.Portal.Features.Families.FamilyAnswer.Done>(await families.Change(FamilyRoom.Adviser, room.Family, version,
                card => card.AddCarer(father, room.Room.Today).OrThrow().AddChild(sibling, room.Room.Today)));
            var scene = new Scene(room, father, sibling, default);
            await scene.Enquire(room.Mother.Id, [room.Child.Id], $"Leon now lives with Viktor at {FathersAddress}. She asks about a place for Ola.");
            await scene.Enquire(father.Id, [sibling.Id], "He asks about Sibling Academy.");
            await room.Agreed(PermissionKind.Share, "name", "child-name", "setting");
            await room.Sent(await room.Ticked(room.Form(), "family.carer.forename", "family.child.setting"));
            var taken = await scene.Rights.Take(FamilyRoom.Adviser, new RightsIntake { Kind = kind, ReceivedOn = room.Room.Today, How = "phone", Asker = asker, AskerName = asker == Asker.Representative ? "Example & Co" : null },
                [new RightsSubject(room.Family, about?.Invoke(scene) ?? room.Mother.Id)]);
            return scene with { Request = Assert.Single(taken.Requests).Id };
        }

        public async Task Enquire(PersonId caller, ImmutableArray<PersonId> children, string words, string? confided = null)
        {
            var now = Stamp.Now(StrongroomFixture.Adviser.Id, Room.Room.Room.Clock);
            var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(Room.Room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateNamed(Room.Family, caller) }, EnquiryLists.Defaults, now).OrThrow()
                .Concerns(children).OrThrow().Ask(words).OrThrow();
            if (confided is not null)
                enquiry = enquiry.AddNote(new EnquiryNote(now.At, now.By, confided, NoteSource.Colleague, Rewording: true, Confidence: true), now).OrThrow();
            Assert.IsType<Outcome.Done>(await Room.Room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
                [new Put<Enquiry>(Room.Room.Get<Envelopes>().Of(enquiry, StrongroomFixture.Adviser.Id, null, await Room.Room.Keeper.Envelope(Room.Family), null, now.On, now.On), enquiry, 0)])));
        }

        public async Task SearchElsewhere()
        {
            foreach (var place in Enum.GetValues<OtherPlace>())
                Assert.Empty(await Rights.Take(Officer, Request, RightsEvent.PlaceSearched, null, "her name", $"{place}:{(place == OtherPlace.OldSystem ? SearchResult.NotSearchable : SearchResult.NothingHeld)}"));
            Assert.Empty(await Desk.SearchRegisters(Officer, Request));
        }

        public async Task DecideAll(ItemVerdict verdict = ItemVerdict.WithoutThem, Func<PackItem, bool>? which = null)
        {
            var waiting = (await Desk.Gather(Officer, Request)).Items.Where(item => item.Waits && which?.Invoke(item) != false).Select(item => item.Key).ToArray();
            Assert.Empty(await Desk.Decide(Officer, Request, waiting, verdict, null, "She knows it, they are not identified.", null));
        }

        public async Task<string> Released()
        {
            Assert.Empty(await Desk.Prepare(Officer, Request, (await Desk.Gather(Officer, Request)).Receivers[0].Id, "passport seen"));
            Assert.Empty(await Desk.Agree(Lead, Request, "Read and right."));
            var (outlet, problems) = await Desk.Release(Officer, Request);
            Assert.Empty(problems);
            Assert.Equal(OutletForm.File, outlet!.Form);
            var html = Encoding.UTF8.GetString(outlet.Bytes);
            // Whoever reads it knows none of our names for things.
            Assert.DoesNotContain(Regex.Matches(SheetRenderer.Words(html), @"\w+"), word => CodeNames.Contains(word.Value));
            return html;
        }

        public ValueTask DisposeAsync() => Room.DisposeAsync();
    }

    [Fact]
    public async Task Pack_OfTheMother_HoldsWhatIsHersAndNothingOfTheFatherOrTheSibling()
    {
        await using var scene = await Scene.Start();
        await scene.SearchElsewhere();
        var gathered = await scene.Desk.Gather(Officer, scene.Request);
        Assert.All(gathered.Items.Where(item => item.Waits), item => Assert.Null(item.Shown));
        Assert.All(gathered.Items.Where(item => !item.Theirs), item => Assert.Null(item.Shown));
        var note = Assert.Single(gathered.Items, item => item.Words.Contains(FathersAddress, StringComparison.Ordinal) && item.Theirs);
        Assert.Equal($"{SharedItems.Masked} now lives with {SharedItems.Masked} at {SharedItems.Masked}. She asks about a place for {SharedItems.Masked}.", note.Without);
        Assert.Contains("Leon", note.About);

        // Nothing goes while an item waits; a decision on an item that is not hers is none.
        Assert.NotEmpty(await scene.Desk.Prepare(Officer, scene.Request, scene.Mother, "passport seen"));
        Assert.NotEmpty(await scene.Desk.Decide(Officer, scene.Request, [gathered.Items.First(item => !item.Theirs).Key], ItemVerdict.Reasonable, null, "why not", null));
        await scene.DecideAll();
        var html = await scene.Released();
        Assert.Contains("07700 900123", html, StringComparison.Ordinal);
        Assert.Contains("She asks about a place for", html, StringComparison.Ordinal);
        Assert.Contains("Example Primary", html, StringComparison.Ordinal);
        foreach (var others in new[] { FathersAddress, "Hidden Lane", "Viktor", "Falsowski", "Leon", "Sibling Academy", "EHC plan" })
            Assert.DoesNotContain(others, html, StringComparison.OrdinalIgnoreCase);
        // One file that needs nothing beside it, with its marking.
        Assert.Contains("OFFICIAL-SENSITIVE", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    /// <summary>What the law has it say besides: what she was told, how long each is kept, who opened it, what for, who may get it, her rights (Article 15).</summary>
    [Fact]
    public async Task Pack_OfTheMother_SaysWhatSheWasToldHowLongWhoOpenedItAndWhatFor()
    {
        await using var scene = await Scene.Start();
        var families = scene.Room.Room.Get<Wdfis.Portal.Features.Families.FamilyDesk>();
        Assert.IsType<Wdfis.Portal.Features.Families.FamilyAnswer.Done>(await families.Change(FamilyRoom.Adviser, scene.Room.Family, (await scene.Room.Room.Keeper.Envelope(scene.Room.Family))!.Version,
            card => card.RecordTold([new Wdfis.Domain.Policy.Telling { Person = scene.Mother, Version = new(2026, 1), What = Wdfis.Domain.Policy.ToldWhat.RightToSeeInformation, How = Wdfis.Domain.Policy.ToldHow.ReadAloud, At = scene.Room.Room.Room.Clock.GetUtcNow(), By = StrongroomFixture.Adviser.Id }], scene.Room.Room.Room.Clock.GetUtcNow())));
        await scene.SearchElsewhere();
        await scene.DecideAll();
        var words = SheetRenderer.Words(await scene.Released());
        foreach (var part in new[] { "What we told you\nThe right to see what we hold", "How we told you\nread aloud", "Policy version\n2026.1", "Kept while open", "Advisers, ", "the information-governance officer", "Example Primary", "On what ground: permission",
            "Answering rights requests\nA legal obligation: UK GDPR Articles 12 to 22", "Whom the permission names", "Where we have it from", "put right what is wrong, to erase it, to store it", "complain to us or to the", "a court", "Our other records\nSearched, nothing held", "decided about you by a machine alone" })
            Assert.Contains(part, words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Coverage_TheAuditAndTheDatabase_Agree()
    {
        await using var scene = await Scene.Start();
        await scene.SearchElsewhere();
        var gathered = await scene.Desk.Gather(Officer, scene.Request);
        foreach (var (kind, records) in gathered.Coverage)
        {
            var stored = await scene.Room.Room.Keeper.Envelopes(new EnvelopeQuery { Kind = kind, Family = scene.Room.Family, Take = 1_000 });
            Assert.Equal(stored.Count, records);
            foreach (var envelope in stored)
                Assert.Contains(await scene.Room.Room.Keeper.WhoOpened(Lead, envelope.Id), opening => opening.Who == StrongroomFixture.Officer.Id && opening.Purpose == Purpose.RightsRequest);
        }
        Assert.Equal(2, gathered.Coverage.Single(line => line.Kind == UnitKind.Enquiry).Records);
        await scene.DecideAll();
        var words = SheetRenderer.Words(await scene.Released());
        Assert.Contains("Paper files\nSearched, nothing held", words, StringComparison.Ordinal);
        Assert.Contains("An old system\nCould not be searched\nher name", words, StringComparison.Ordinal);
        Assert.Contains("Enquiries\nSearched, held\n1", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registers_AreReadOnce_AndGiveWhatConcernsThemAlone()
    {
        await using var scene = await Scene.Start();
        var (room, keeper) = (scene.Room.Room, scene.Room.Room.Keeper);
        Assert.Contains(Against(await scene.Desk.Gather(Officer, scene.Request)), problem => problem.Sentence.Contains("registers", StringComparison.Ordinal));
        // An earlier request of hers and one of his, a breach that names her and one that names nobody, her copy of the policy.
        async Task<UnitId> Asked(PersonId person)
        {
            var id = Assert.Single((await scene.Rights.Take(FamilyRoom.Adviser, new RightsIntake { Kind = RightKind.Erasure, ReceivedOn = room.Today, How = "phone", Words = "All of it, as I said before." }, [new RightsSubject(scene.Room.Family, person)])).Requests).Id;
            Assert.Empty(await scene.Rights.Close(Officer, id, RightsOutcome.TakenBack, null));
            return id;
        }
        var (hers, his) = (await Asked(scene.Mother), await Asked(scene.Father.Id));
        async Task<UnitId> Broke(string facts)
        {
            var draft = UnitId.Create(room.Room.Clock);
            await room.Get<Wdfis.Portal.Features.Drafts.DraftDesk>().Keep(FamilyRoom.Adviser, draft, Wdfis.Portal.Features.Breaches.BreachDesk.Form, new Dictionary<string, string> { ["breach.facts"] = facts });
            return (await room.Get<Wdfis.Portal.Features.Breaches.BreachDesk>().Report(FamilyRoom.Adviser, draft)).OrThrow().Id;
        }
        var (named, other) = (await Broke("A letter for 07700 900123 and for Viktor was read by a neighbour."), await Broke("A bag was left on a bus."));
        var copy = Wdfis.Domain.Policy.CopyRequest.Create(UnitId.Create(room.Room.Clock), Wdfis.Domain.Policy.CopyFormat.Paper, null, "Magda Testowska, 3 Example Row", room.Today, Stamp.Now(StrongroomFixture.Adviser.Id, room.Room.Clock)).OrThrow();
        Assert.IsType<Outcome.Done>(await keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created, [new Put<Wdfis.Domain.Policy.CopyRequest>(room.Get<Envelopes>().Of(copy, StrongroomFixture.Adviser, null, room.Today, room.Today), copy, 0)])));
        Assert.All((await scene.Desk.Gather(Officer, scene.Request)).Coverage.Where(line => PackDesk.Registers.Contains(line.Kind)), line => Assert.Null(line.Records));

        // One that is closed to the officer was not searched, and is not taken for nothing held.
        var hidden = await Broke("Magda Testowska was spoken of in the lift.");
        Assert.IsType<Outcome.Done>(await keeper.Do(new Act(Lead with { Purpose = Purpose.Breach }, AuditAction.NeedToKnowChanged, [new DeclareConflict(hidden, StrongroomFixture.Officer.Id)])));

        await scene.SearchElsewhere();
        Assert.Empty(await scene.Desk.SearchRegisters(Officer, scene.Request));
        Assert.Equal(1, (await scene.Desk.Gather(Officer, scene.Request)).Closed);
        Assert.IsType<Outcome.Done>(await keeper.Do(new Act(Lead with { Purpose = Purpose.Breach }, AuditAction.NeedToKnowChanged, [new DeclareConflict(hidden, StrongroomFixture.Officer.Id, Holds: false)])));
        Assert.Empty(await scene.Desk.SearchRegisters(Officer, scene.Request));
        var gathered = await scene.Desk.Gather(Officer, scene.Request);
        Assert.Equal(new[] { hers, named, hidden, copy.Id }.Order(), gathered.Request!.InRegisters.Order());
        Assert.Equal(new (UnitKind, int?)[] { (UnitKind.RightsRequest, 1), (UnitKind.CopyRequest, 1), (UnitKind.Breach, 2) }, gathered.Coverage.Where(line => PackDesk.Registers.Contains(line.Kind)));
        foreach (var unit in new[] { hers, his, named, other, copy.Id })
            Assert.Contains(await keeper.WhoOpened(Lead, unit), opening => opening.Who == StrongroomFixture.Officer.Id && opening.Purpose == Purpose.RightsRequest);
        // What is over is held with the request; what is open goes on.
        Assert.Equal((true, false), ((await keeper.Envelope(hers))!.OnHold, (await keeper.Envelope(named))!.OnHold));
        // What went wrong is decided item by item; what she asked for is hers.
        Assert.All(gathered.Items.Where(item => item.Unit == named && item.Theirs), item => Assert.True(item.Waits));
        await scene.DecideAll();
        var words = SheetRenderer.Words(await scene.Released());
        Assert.Contains("All of it, as I said before.", words, StringComparison.Ordinal);
        Assert.Contains($"and for {SharedItems.Masked} was read by a neighbour", words, StringComparison.Ordinal);
        Assert.Contains("Earlier requests\nSearched, held\n1", words, StringComparison.Ordinal);
        foreach (var part in new[] { "What you asked of us\nErase it", "How it reached us\nBy telephone", "Format\nOn paper" })
            Assert.Contains(part, words, StringComparison.Ordinal);
        Assert.DoesNotContain("left on a bus", words, StringComparison.Ordinal);

        ImmutableArray<Problem> Against(Gathered all) => PackDesk.Missing(all, scene.Mother, "seen");
    }

    [Fact]
    public async Task Release_IsASecondPersonsAndOfExactlyWhatTheyRead()
    {
        await using var scene = await Scene.Start();
        await scene.SearchElsewhere();
        await scene.DecideAll();
        Assert.NotEmpty(await scene.Desk.Prepare(Officer, scene.Request, scene.Father.Id, "passport seen"));
        Assert.NotEmpty(await scene.Desk.Prepare(Officer, scene.Request, scene.Mother, " "));
        Assert.Empty(await scene.Desk.Prepare(Officer, scene.Request, scene.Mother, "passport seen"));
        Assert.NotEmpty((await scene.Desk.Release(Officer, scene.Request)).Problems);
        Assert.NotEmpty(await scene.Desk.Agree(Officer, scene.Request, "mine"));
        Assert.Empty(await scene.Desk.Agree(Lead, scene.Request, "Read and right."));
        Assert.NotEmpty((await scene.Desk.Release(Lead, scene.Request)).Problems);

        // What is decided anew has to be read anew.
        var item = (await scene.Desk.Gather(Officer, scene.Request)).Items.First(one => one.Decision is not null).Key;
        Assert.Empty(await scene.Desk.Decide(Officer, scene.Request, [item], ItemVerdict.Withheld, "third-party", "After all not.", null));
        Assert.NotEmpty((await scene.Desk.Release(Officer, scene.Request)).Problems);
        var html = await scene.Released();
        Assert.Contains("Left out: it is about somebody else", html, StringComparison.Ordinal);
        Assert.NotEmpty((await scene.Desk.Release(Officer, scene.Request)).Problems);

        // The copy stays under its own class, sealed; the request closes, and the officer's way in with it.
        var pack = (await scene.Room.Room.Keeper.Envelope(RightsPack.IdOf(scene.Request)))!;
        Assert.Equal("rights-pack", pack.KeepUntil.ClassCode);
        Assert.Equal(scene.Room.Room.Today.AddYears(1), pack.KeepUntil.On);
        Assert.Empty(await scene.Rights.Close(Officer, scene.Request, RightsOutcome.Done, null));
        Assert.Equal(html, (await scene.Desk.Gather(Officer, scene.Request)).Pack.Copy!.Shown);
        Assert.IsType<Opening<RightsPack>.Refused>(await scene.Room.Room.Keeper.Open<RightsPack>(FamilyRoom.Adviser with { Purpose = Purpose.RightsRequest }, pack.Id));
    }

    [Fact]
    public async Task Exemption_NotTold_LeavesNoTraceWhenItIsLeftOut()
    {
        await using var scene = await Scene.Start();
        var form = scene.Room.Form(ground: new Ground.UnderExemption(scene.Room.Urgent())) with { Text = "Seen bruises.", About = [scene.Mother] };
        await scene.Room.Sent(form);
        await scene.SearchElsewhere();
        var gathered = await scene.Desk.Gather(Officer, scene.Request);
        Assert.Equal(1, gathered.Coverage.Single(line => line.Kind == UnitKind.Exemption).Records);
        bool OfIt(PackItem item) => gathered.Records.Any(record => record.Envelope.Kind is UnitKind.Exemption && record.Envelope.Id == item.Unit || record.Items.Any(one => one.Key == item.Key) && record.Items.Any(one => one.Words.Contains("bruises", StringComparison.Ordinal)));
        Assert.All(gathered.Items.Where(item => OfIt(item) && item.Theirs), item => Assert.True(item.Waits));
        var byRecord = gathered.Items.Where(item => OfIt(item) && item.Waits).Select(item => item.Key).GroupBy(key => key.Split('|')[0]).ToList();
        Assert.True(byRecord.Count > 1);
        // Never a whole category: what is left out is decided record by record.
        Assert.Equal(["pack.item"], (await scene.Desk.Decide(Officer, scene.Request, [.. byRecord.SelectMany(keys => keys)], ItemVerdict.Withheld, "child-abuse", "It would warn.", null)).Select(problem => problem.Field));
        foreach (var keys in byRecord)
            Assert.Empty(await scene.Desk.Decide(Officer, scene.Request, [.. keys], ItemVerdict.Withheld, "child-abuse", "It would warn.", null));
        var decided = (await scene.Desk.Gather(Officer, scene.Request)).Pack.Decisions;
        Assert.All(decided, one => Assert.Equal(("child-abuse", "It would warn.", Officer.Who.Id, scene.Room.Room.Room.Clock.GetUtcNow()), (one.Exemption, one.Reason, one.By, one.At)));
        await scene.DecideAll();
        var html = await scene.Released();
        foreach (var trace in new[] { "bruises", "child protection", "Exemption", "front door", "harm" })
            Assert.DoesNotContain(trace, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Child_AParentAsks_GoesToWhoHoldsResponsibilityAndShowsNoOtherParent()
    {
        await using var scene = await Scene.Start(about: scene => scene.Room.Child.Id, asker: Asker.Parent);
        await scene.SearchElsewhere();
        await scene.DecideAll();
        var gathered = await scene.Desk.Gather(Officer, scene.Request);
        Assert.Contains(gathered.Receivers, one => one.Id == scene.Mother);
        Assert.DoesNotContain(gathered.Receivers, one => one.Id == scene.Father.Id);
        Assert.Empty(await scene.Desk.Prepare(Officer, scene.Request, scene.Mother, "known voice"));
        var shown = (await scene.Desk.Gather(Officer, scene.Request)).Pack.Copy!.Shown;
        Assert.Contains("Ola", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden Lane", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Leon", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Representative_AndCorporateRequest_GetNothingWithoutTheRightPerson()
    {
        await using var scene = await Scene.Start(RightKind.Corporate, asker: Asker.Representative);
        await scene.SearchElsewhere();
        await scene.DecideAll();
        Assert.NotEmpty(await scene.Desk.Prepare(Officer, scene.Request, new PersonId(scene.Request.Value), "letter of authority"));
        Assert.Empty(await scene.Rights.Take(Officer, scene.Request, RightsEvent.AuthoritySeen, null, "signed by her on 1 May"));
        Assert.Contains((await scene.Desk.Gather(Officer, scene.Request)).Receivers, one => one.Name == "Example & Co");
        Assert.Empty(await scene.Desk.Prepare(Officer, scene.Request, new PersonId(scene.Request.Value), "letter of authority"));
    }

    /// <summary>What the council's desk asked for goes to the person, and to nobody of the council (S3).</summary>
    [Fact]
    public async Task CorporateRequest_OfTheCouncilsDesk_GoesToThePersonAlone()
    {
        await using var scene = await Scene.Start(RightKind.Corporate, asker: Asker.Council);
        Assert.Equal([scene.Mother], (await scene.Desk.Gather(Officer, scene.Request)).Receivers.Select(one => one.Id));
        await scene.SearchElsewhere();
        await scene.DecideAll();
        Assert.Equal(["pack.receiver"], (await scene.Desk.Prepare(Officer, scene.Request, new PersonId(scene.Request.Value), "the council's card")).Select(problem => problem.Field));
    }

    /// <summary>A family that was entered twice is one: what was asked of the card that is gone, and who opened it, belongs to the answer of the one that stayed.</summary>
    [Fact]
    public async Task Pack_OfAJoinedFamily_FollowsTheCardThatIsGone()
    {
        await using var room = await FamilyRoom.Start();
        var (rights, desk) = (room.Get<RightsDesk>(), room.Get<PackDesk>());
        async Task<(UnitId Family, Carer Mother)> Saved()
        {
            var mother = room.Carer("Magda", "Testowska");
            return (await room.Save(room.Card([mother], [])), mother);
        }
        async Task<UnitId> Asked((UnitId Family, Carer Mother) of, RightKind kind) => Assert.Single((await rights.Take(FamilyRoom.Adviser, new RightsIntake { Kind = kind, ReceivedOn = room.Today, How = "phone", Words = "As I said in the spring." }, [new RightsSubject(of.Family, of.Mother.Id)])).Requests).Id;
        async Task Joined((UnitId Family, Carer Mother) into, (UnitId Family, Carer Mother) from) => Assert.Empty(await room.Get<Wdfis.Portal.Features.Families.JoiningDesk>().Join(FamilyRoom.Lead with { Purpose = Purpose.QualityReview }, into.Family, from.Family, new Dictionary<PersonId, PersonId> { [from.Mother.Id] = into.Mother.Id }, "One family."));
        var (first, second, third) = (await Saved(), await Saved(), await Saved());
        var earlier = await Asked(first, RightKind.Objection);
        Assert.Empty(await rights.Close(Officer, earlier, RightsOutcome.TakenBack, null));
        // An erasure that was granted ends with the identity on the card that it is on now, not with the card that was joined away.
        var erasure = await Asked(first, RightKind.Erasure);
        Assert.Empty(await rights.Take(Officer, erasure, RightsEvent.BasisFound, null, null, nameof(LawfulBasis.Consent)));
        Assert.Empty(await rights.Grant(Officer, erasure, "all of it", null));
        Assert.IsType<Opening<FamilyCard>.Opened>(await room.Keeper.Open<FamilyCard>(FamilyRoom.Adviser, first.Family));
        await Joined(second, first);
        await Joined(third, second);
        Assert.Equal(third.Family, room.Keeper.JoinedInto(first.Family));
        Assert.Equal(third.Family, Assert.Single((await rights.Open(Officer, erasure)).Still).Id);
        Assert.Equal([RightsFields.Outcome], (await rights.Close(Officer, erasure, RightsOutcome.Done, null)).Select(problem => problem.Field));

        var now = await Asked(third, RightKind.Access);
        Assert.Empty(await desk.SearchRegisters(Officer, now));
        var gathered = await desk.Gather(Officer, now);
        Assert.Equal(new[] { earlier, erasure }.Order(), gathered.Request!.InRegisters.Order());
        // Under which id she stands on the card by now nobody wrote down: the officer decides, and nothing goes by itself.
        var said = gathered.Items.Where(item => item.Words == "As I said in the spring.").ToList();
        Assert.Equal(2, said.Count);
        Assert.All(said, item => Assert.True(item.Waits));
        Assert.Contains("advisers", gathered.OpenedBy);
    }

    /// <summary>Every choice that has a name to go out under has words to go out in, and whatever is no text, date or number is known here: else an answer shows the name that it has in the code.</summary>
    [Fact]
    public void Values_OfEveryFieldThatGoesOut_HaveWords()
    {
        static Type Plain(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? Plain(type.GetGenericArguments()[0]) : Nullable.GetUnderlyingType(type) ?? type;
        var types = typeof(FieldItem).Assembly.GetTypes().SelectMany(type => type.GetProperties())
            .Where(property => property.GetCustomAttribute<FieldAttribute>() is { } field && FieldCatalogue.Get(field.Id) is { OutName: not null, Class: not FieldClass.Safety })
            .Select(property => Plain(property.PropertyType)).Distinct().ToList();
        Assert.DoesNotContain(types.Where(type => type.IsEnum).SelectMany(type => Enum.GetValues(type).Cast<Enum>()).Select(SharedItems.Words), word => IsCodeName(word));
        Assert.Equal(["AnonymousReference", "Birth", "Boolean", "DateOnly", "DateTimeOffset", "Int32", "Marking", "OtherName", "PersonId", "PolicyNumber", "RungAgreement", "Stamp", "String"],
            types.Where(type => !type.IsEnum).Select(type => type.Name).Order(StringComparer.Ordinal));
        var (at, by) = (new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero), StrongroomFixture.Adviser.Id);
        Assert.Equal("25 November 2026", SharedItems.Words(new FieldItem(FieldCatalogue.Get("copy.sent"), null, new Stamp(by, at))));
        Assert.StartsWith("named, spoken, ", SharedItems.Words(new FieldItem(FieldCatalogue.Get("family.person.rung-agreement"), null, new RungAgreement(Rung.Named, AgreedHow.Spoken, at, by))), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Forename", SharedItems.Words(new FieldItem(FieldCatalogue.Get("disclosure.item"), null, "family.carer.forename")));
        Assert.StartsWith("Children Act 1989", SharedItems.Words(new FieldItem(FieldCatalogue.Get("exemption.hook"), null, "ca1989-47")), StringComparison.Ordinal);
    }

    /// <summary>A kind of record that nobody thought of in answers would be left out of every copy in silence.</summary>
    [Fact]
    public async Task Note_ThatAChildGaveInConfidence_WaitsForADecisionInTheMothersAnswer()
    {
        await using var scene = await Scene.Start();
        await scene.Enquire(scene.Mother, [scene.Room.Child.Id], "She asks about clubs.", "Wants it kept between us.");
        var note = Assert.Single((await scene.Desk.Gather(Officer, scene.Request)).Items, item => item.Words == "Wants it kept between us.");
        Assert.True(note.Waits);
        Assert.Null(note.Shown);
    }

    [Fact]
    public void Kinds_AllOfThem_AreSearchedOrSaidNotToBe() =>
        Assert.Equal(Enum.GetValues<UnitKind>().Order(), PackDesk.Searched.Concat(PackDesk.NotSearched).Order());
}
