using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Enquiries;

public sealed class EnquiryDeskTests : IAsyncLifetime
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser);
    private static readonly Errand Other = StrongroomFixture.For(StrongroomFixture.OtherAdviser, circuit: "window-2");
    private FamilyRoom room = default!;

    private EnquiryDesk Desk => room.Get<EnquiryDesk>();
    private DraftDesk Drafts => room.Get<DraftDesk>();

    public async Task InitializeAsync() => room = await FamilyRoom.Start();

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task Save_AnonymousAndClosed_KeepsNothingIdentifyingAndDestroysTheDraft()
    {
        var draft = await Type(
            ("rung", "anonymous"), ("reference", "K7-QFM2"), ("asker", "Canary Person"), ("topic", "benefits"), ("outcome", "information-given"), ("need", "Which benefits"),
            ("said-confidential", Instant()));
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: true));
        Assert.Equal("K7-QFM2", saved.Reference);
        Assert.Equal(new DateOnly(2028, 3, 31), saved.KeepUntil.On);
        Assert.Equal("fis-anonymous", saved.KeepUntil.ClassCode);
        var enquiry = (await Desk.Open(Adviser, saved.Enquiry)).Enquiry!;
        Assert.Equal(EnquiryState.Closed, enquiry.State);
        Assert.Empty(enquiry.Notes);
        Assert.Equal(ToldWhat.ConfidentialityPolicy, Assert.Single(enquiry.Tellings).What);
        Assert.NotNull((await Desk.Resume(Adviser, draft)).Trouble);
        Assert.Equal(1, await room.Keeper.Figure("enquiries/families-information/topic/benefits", new DateOnly(2026, 3, 1)));
    }

    [Fact]
    public async Task Resume_AfterSaving_LeadsToTheEnquiryThatTheCallBecame()
    {
        var draft = await Type(("rung", "anonymous"), ("reference", "K7-QFM2"), ("topic", "benefits"), ("outcome", "information-given"));
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: true));
        Assert.Equal(saved.Enquiry, (await Desk.Resume(Adviser, draft)).Saved);
        var dropped = await Type(("need", "nothing"));
        await Drafts.Drop(Adviser, dropped);
        Assert.Null((await Desk.Resume(Adviser, dropped)).Saved);
    }

    [Fact]
    public async Task AnonymousCaller_WithoutACard_ClimbsByTheReference_ToANameTheyChoose_AndToAPersonOfAFamily()
    {
        var draft = await Type(("rung", "anonymous"), ("reference", "K7-QFM2"), ("topic", "benefits"), ("said-confidential", Instant()));
        var id = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: false)).Enquiry;
        var search = room.Get<Wdfis.Portal.Strongroom.Board.FamilySearch>();
        Assert.Equal(id, (await search.Search(Other, "k7 qfm2", default, atOnce: true)).Enquiry);
        Assert.Null((await search.Search(Other, "k7-qfm", default, atOnce: true)).Enquiry);
        Assert.Contains(Wdfis.Tests.Strongroom.Log.Of(room.Room), entry => entry.Action == Wdfis.Domain.Audit.AuditAction.Found && entry.Units.Contains(id));

        Assert.Equal(EnquiryFields.Caller, Assert.Single(Assert.IsType<SaveAnswer.Refused>(await Desk.CallThem(Other, id, AgreedHow.Spoken, " ")).Problems).Field);
        Assert.IsType<SaveAnswer.Saved>(await Desk.CallThem(Other, id, AgreedHow.Spoken, "Robin"));
        var known = (await Desk.Open(Other, id)).Enquiry!;
        Assert.Equal("Robin", Assert.IsType<Caller.Handle>(known.Caller).Name);
        Assert.Contains("Agreed spoken", Assert.Single(known.Notes).Text, StringComparison.Ordinal);

        var (family, carer) = await Family();
        // The enquiry is a colleague's: whoever takes the second call says why they open the family.
        Assert.Equal(RefusalReason.NoReason.Words(), Assert.IsType<SaveAnswer.Trouble>(await Desk.TheyAre(Other, id, family, carer, AgreedHow.Spoken)).Words);
        Assert.Empty(await room.Get<Wdfis.Portal.Features.Curiosity.CuriosityDesk>().Say(Other, family, Wdfis.Domain.Curiosity.OpeningReason.Here, null));
        Assert.IsType<SaveAnswer.Refused>(await Desk.TheyAre(Other, id, family, PersonId.Create(room.Room.Clock), AgreedHow.Spoken));
        Assert.IsType<SaveAnswer.Saved>(await Desk.TheyAre(Other, id, family, carer, AgreedHow.Electronic));
        Assert.Equal(family, (await Desk.Open(Other, id)).Enquiry!.Family);
        var card = await Card(family);
        Assert.Equal((carer, ToldWhat.ConfidentialityPolicy), (Assert.Single(card.Told).Person, card.Told[0].What));
        Assert.Equal(("K7-QFM2", AgreedHow.Electronic), (card.Carers[0].Ladder.Reference.Format(), Assert.Single(card.Carers[0].Ladder.Agreements).How));
        // The reference stays theirs: it finds the family now.
        Assert.Equal(family, Assert.Single((await search.Search(Other, "K7-QFM2", default, atOnce: true)).Rows).Family);
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Save_ReferenceThatSomebodyHolds_IsRefusedAtTheCaller()
    {
        foreach (var expected in new[] { true, false })
        {
            var answer = await Desk.Save(Adviser, await Type(("rung", "anonymous"), ("reference", "K7-QFM2"), ("topic", "benefits"), ("outcome", "information-given")), close: true);
            if (expected)
                Assert.IsType<SaveAnswer.Saved>(answer);
            else
                Assert.Equal(EnquiryFields.Caller, Assert.Single(Assert.IsType<SaveAnswer.Refused>(answer).Problems).Field);
        }
    }

    [Fact]
    public async Task Save_WithAlmostNothing_NamesEverythingThatIsMissing()
    {
        var refused = Assert.IsType<SaveAnswer.Refused>(await Desk.Save(Adviser, await Type(("need", "Something")), close: true));
        Assert.Equal(
            [EnquiryFields.Caller, EnquiryFields.Outcome, EnquiryFields.Topic],
            refused.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Save_ForgedCodesAndDates_AreRefusedAtTheirFields()
    {
        var draft = await Type(("rung", "anonymous"), ("topic", "no-such-topic"), ("outcome", "no-such-outcome"), ("channel", "drum"), ("follow-on", "2026-02-31"), ("need", "a\u0000b"));
        var refused = Assert.IsType<SaveAnswer.Refused>(await Desk.Save(Adviser, draft, close: false));
        Assert.Superset(
            new HashSet<string> { EnquiryFields.Topic, EnquiryFields.Outcome, EnquiryFields.Channel, EnquiryFields.FollowUp, EnquiryFields.Requirement },
            refused.Problems.Select(problem => problem.Field).ToHashSet());
    }

    [Fact]
    public async Task Save_ConfirmedPersonOfAFamily_TellsTheLedgerAndKeepsTheFamilyAsLong()
    {
        var (family, carer) = await Family();
        var draft = await Type(
            ("family", family.ToString()), ("caller", carer.ToString()), ("confirmed", "known-voice"), ("topic", "childcare-search"), ("outcome", "information-given"),
            ("said-confidential", Instant()), ("said-your-information", Instant()), ("said-what-happens", Instant()));
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: true));
        var card = await Card(family);
        Assert.Equal(3, card.Told.Length);
        Assert.All(card.Told, telling => Assert.Equal(carer, telling.Person));
        var envelope = (await room.Keeper.Envelope(family))!;
        Assert.False(envelope.NotTold);
        Assert.Equal(saved.KeepUntil.On, envelope.KeepUntil.On);
        Assert.Equal(CallerConfirmation.KnownVoice, (await Desk.Open(Adviser, saved.Enquiry)).Enquiry!.Confirmation);
    }

    [Theory]
    [InlineData("known-voice", true)]
    [InlineData("", false)]
    public async Task Save_WhereTheyRangFrom_IsKeptOfSomebodyOfTheCardAlone(string confirmed, bool kept)
    {
        var (family, carer) = await Family();
        (string, string)[] call = [("family", family.ToString()), ("caller", carer.ToString()), ("confirmed", confirmed), ("came-from", "07700 900456")];
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, await Type(call), close: false));
        Assert.Equal(kept ? "07700 900456" : null, (await Desk.Open(Adviser, saved.Enquiry)).Enquiry!.CameFrom);
        var wrong = await Desk.Save(Adviser, await Type([.. call[..3], ("came-from", "her sister's")]), close: false);
        if (kept)
            Assert.Equal(EnquiryFields.CameFrom, Assert.Single(Assert.IsType<SaveAnswer.Refused>(wrong).Problems).Field);
        else
            Assert.IsType<SaveAnswer.Saved>(wrong);
    }

    [Fact]
    public async Task Save_CallerNotConfirmed_TouchesTheFamilyWithoutOpeningIt()
    {
        var (family, _) = await Family();
        room.Room.Clock.Advance(TimeSpan.FromDays(40));
        var draft = await Type(("family", family.ToString()), ("asker", "Their aunt"), ("topic", "benefits"), ("outcome", "information-given"), ("said-confidential", Instant()));
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: true));
        Assert.Equal(room.Today, (await room.Keeper.Envelope(family))!.TouchedOn);
        Assert.Empty(await room.Keeper.WhoOpened(FamilyRoom.Lead, family));
        var enquiry = (await Desk.Open(Adviser, saved.Enquiry)).Enquiry!;
        Assert.Equal(CallerConfirmation.NotConfirmed, enquiry.Confirmation);
        Assert.Equal(family, enquiry.Family);
        Assert.Equal(2, enquiry.Notes.Length);
    }

    [Fact]
    public async Task Save_NobodyOfTheFamilyChosen_AsksWhoIsCalling()
    {
        var (family, _) = await Family();
        var draft = await Type(("family", family.ToString()), ("confirmed", "known-voice"), ("topic", "benefits"), ("outcome", "information-given"));
        Assert.Equal(EnquiryFields.Caller, Assert.Single(Assert.IsType<SaveAnswer.Refused>(await Desk.Save(Adviser, draft, close: true)).Problems).Field);
        await Drafts.Keep(Adviser, draft, CallFields.Form, new Dictionary<string, string> { ["caller"] = CallFields.SomebodyElse });
        Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: true));
        Assert.Empty((await Card(family)).Told);
    }

    [Fact]
    public async Task OpenFamily_CallerNotConfirmed_DoesNotOpenTheFamily()
    {
        var (family, _) = await Family();
        var side = await Desk.OpenFamily(Adviser, new Call(new Dictionary<string, string> { ["family"] = family.ToString(), ["family-warning"] = "Safe contact: mobile only" }));
        Assert.Null(side.Card);
        Assert.Equal("Safe contact: mobile only", side.Warning);
        Assert.NotNull(side.Words);
        Assert.Empty(await room.Keeper.WhoOpened(FamilyRoom.Lead, family));
    }

    [Theory]
    [InlineData("known-voice", "", false)]
    [InlineData("safe-word", "wrong", false)]
    [InlineData("safe-word", "", false)]
    [InlineData("safe-word", "marigold", true)]
    public async Task OpenFamily_SafeWordAgreed_OnlyTheWordConfirms(string confirmed, string said, bool shown)
    {
        var safe = new SafeContact { SafeWord = "Marigold", ReviewedOn = room.Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves };
        var (family, _) = await Family(safe);
        var side = await Desk.OpenFamily(Adviser, new Call(new Dictionary<string, string> { ["family"] = family.ToString(), ["confirmed"] = confirmed, ["said-word"] = said }));
        Assert.Equal(shown, side.Card is not null);
        Assert.Equal(!shown, side.Words is not null);
        Assert.NotNull(side.Warning);
    }

    [Theory]
    [InlineData(false, "two-facts", "ChildBirth", "Postcode", true)]
    [InlineData(false, "two-facts", "Postcode", "Postcode", false)]
    [InlineData(false, "two-facts", "Postcode", "", false)]
    [InlineData(false, "two-facts", "", "", false)]
    [InlineData(false, "call-back", "", "", true)]
    [InlineData(false, "safe-word", "", "", false)]
    [InlineData(true, "two-facts", "ChildBirth", "Postcode", false)]
    [InlineData(true, "call-back", "", "", false)]
    public async Task OpenFamily_TwoFactsOrCallBack_ConfirmOnlyWhereNoDangerAndNoWordSpeakAgainstThem(bool danger, string confirmed, string first, string second, bool shown)
    {
        foreach (var word in danger ? [null, "Marigold"] : new string?[] { null })
        {
            var (family, _) = await Family(new SafeContact { Danger = danger && word is null, SafeWord = word, ReviewedOn = room.Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves });
            var side = await Desk.OpenFamily(Adviser, new Call(new Dictionary<string, string> { ["family"] = family.ToString(), ["confirmed"] = confirmed, [CallFields.Fact1] = first, [CallFields.Fact2] = second }));
            Assert.Equal((shown, !shown), (side.Card is not null, side.Words is not null));
        }
    }

    [Fact]
    public async Task Save_FamilyChangedInBetween_KeepsBothAdvisersTellings()
    {
        var (family, carer) = await Family();
        async Task<UnitId> Draft(Errand who, string line) => await Type(who,
            ("family", family.ToString()), ("caller", carer.ToString()), ("confirmed", "known-voice"), ("topic", "benefits"), ("outcome", "information-given"), (line, Instant()));
        var mine = await Draft(Adviser, "said-confidential");
        var theirs = await Draft(Other, "said-your-information");
        var both = await Task.WhenAll(Desk.Save(Adviser, mine, close: true), Desk.Save(Other, theirs, close: true));
        Assert.All(both, answer => Assert.IsType<SaveAnswer.Saved>(answer));
        Assert.Equal([ToldWhat.ConfidentialityPolicy, ToldWhat.RightToSeeInformation], (await Card(family)).Told.Select(telling => telling.What).Order());
    }

    [Fact]
    public async Task Save_AnotherColleaguesDraft_IsRefused()
    {
        var draft = await Type(("rung", "anonymous"), ("topic", "benefits"), ("outcome", "information-given"));
        Assert.IsType<SaveAnswer.Trouble>(await Desk.Save(Other, draft, close: true));
        Assert.NotNull((await Desk.Resume(Other, draft)).Trouble);
    }

    [Fact]
    public async Task Save_TalkPromised_StandsOnTheWorklistUntilItWasHeld()
    {
        var draft = await Type(("rung", "anonymous"), ("topic", "benefits"), ("outcome", "information-given"), ("privacy", "ring-back"), ("slot-on", "2026-03-10"), ("slot-at", "14:30"));
        Assert.Contains(EnquiryFields.Privacy, Assert.IsType<SaveAnswer.Refused>(await Desk.Save(Adviser, draft, close: true)).Problems.Select(problem => problem.Field));
        var saved = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: false));
        Assert.True((await room.Keeper.Envelope(saved.Enquiry))!.PrivatePromised);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 14, 30, 0, TimeSpan.Zero), (await Desk.Open(Adviser, saved.Enquiry)).Enquiry!.PrivateTalk!.Slot);
        Assert.IsType<SaveAnswer.Saved>(await Desk.SettleTalk(Adviser, saved.Enquiry, held: true));
        Assert.False((await room.Keeper.Envelope(saved.Enquiry))!.PrivatePromised);
    }

    [Fact]
    public async Task EnterFamily_FewFields_MakesAFamilyThatIsItsCallersOwn()
    {
        var draft = await Type(("new-forename", "Magda"), ("new-surname", "Testkowalczyk"), ("new-telephone", "07700 900123"), ("new-child", "Zofia"), ("new-birth", "12/3/2024"), ("new-postcode", "wf5 8aa"));
        var made = (await Desk.EnterFamily(Adviser, draft)).OrThrow();
        Assert.Equal("Testkowalczyk, Magda", made.Label);
        var side = await Desk.OpenFamily(Adviser, new Call(new Dictionary<string, string> { ["family"] = made.Family.ToString(), ["family-is-new"] = "yes" }));
        Assert.Equal("Zofia", Assert.Single(side.Card!.Children).Forename);
        Assert.Equal("WF5", (await room.Keeper.Envelope(made.Family))!.District);
        Assert.True((await room.Keeper.Envelope(made.Family))!.NotTold);
        // Another colleague's draft that claims to have entered it opens nothing.
        Assert.Null((await Desk.OpenFamily(Other, new Call(new Dictionary<string, string> { ["family"] = made.Family.ToString(), ["family-is-new"] = "yes" }))).Card);
    }

    [Fact]
    public async Task EnterFamily_WithFaults_NamesEachFieldAndSavesNothing()
    {
        var draft = await Type(("new-telephone", "12"), ("new-email", "not mail"), ("new-birth", "31/2/2024"), ("new-postcode", "nowhere"));
        var refused = await Desk.EnterFamily(Adviser, draft);
        Assert.Equal(["new-birth", "new-email", "new-postcode", "new-surname", "new-telephone"], refused.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Equal(0, await room.Keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }));
    }

    [Fact]
    public async Task RecordPermission_InTheCall_StandsAtTheFamily()
    {
        var (family, carer) = await Family();
        var draft = await Type(("family", family.ToString()), ("confirmed", "known-voice"), ("caller", carer.ToString()), ("ask-body", "Sample Nursery"), ("ask-body-kind", "Nursery"),
            ("ask-purpose", "to ask about a place"), ("ask-evidence", "mother, said so"));
        Assert.Empty(await Desk.RecordPermission(Adviser, draft, yes: true));
        var side = await Desk.OpenFamily(Adviser, new Call((await Desk.Resume(Adviser, draft)).Fields));
        Assert.Contains(side.Permissions, sentence => sentence.StartsWith("Nursery: contact until 31 August 2026", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecordPermission_CallerNotConfirmed_IsRefused()
    {
        var (family, carer) = await Family();
        var draft = await Type(("family", family.ToString()), ("caller", carer.ToString()), ("ask-body", "Sample Nursery"), ("ask-purpose", "a place"), ("ask-evidence", "mother"));
        Assert.Single(await Desk.RecordPermission(Adviser, draft, yes: true));
        Assert.Equal(0, await room.Keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Permission }));
    }

    [Fact]
    public async Task ClosedEnquiry_RefusesEverythingButReopening()
    {
        var id = await Closed();
        Assert.IsType<SaveAnswer.Refused>(await Desk.FollowUpOn(Adviser, id, room.Today, null));
        Assert.Equal(EnquiryFields.Why, Assert.Single(Assert.IsType<SaveAnswer.Refused>(await Desk.Reopen(Adviser, id, " ")).Problems).Field);
        Assert.Equal(EnquiryState.Reopened, Assert.IsType<SaveAnswer.Saved>(await Desk.Reopen(Adviser, id, "They rang again")).State);
        Assert.Null((await room.Keeper.Envelope(id))!.KeepUntil.On);
        Assert.IsType<SaveAnswer.Saved>(await Desk.Close(Adviser, id, null, "signposted"));
        // Closed twice, counted once.
        Assert.Equal(1, await room.Keeper.Figure("enquiries/families-information/channel/phone", new DateOnly(2026, 3, 1)));
    }

    [Fact]
    public async Task AddNote_FromItsDraft_IsKeptAndTheDraftDestroyed()
    {
        var id = await Open();
        var draft = UnitId.Create(room.Room.Clock);
        await Drafts.Keep(Adviser, draft, "enquiry-note", new Dictionary<string, string> { ["note"] = "Rang back." });
        Assert.IsType<SaveAnswer.Saved>(await Desk.AddNote(Adviser, id, draft, NoteSource.Caller));
        Assert.Equal("Rang back.", Assert.Single((await Desk.Open(Adviser, id)).Enquiry!.Notes).Text);
        Assert.Null(await Drafts.Open(Adviser, draft));
        Assert.Equal(EnquiryFields.Note, Assert.Single(Assert.IsType<SaveAnswer.Refused>(await Desk.AddNote(Adviser, id, UnitId.Create(room.Room.Clock), NoteSource.Caller)).Problems).Field);
    }

    [Fact]
    public async Task Respond_SomebodySavedInBetween_IsNotWrittenOverUnseen()
    {
        var id = await Open();
        var shown = (await Desk.Open(Adviser, id)).Envelope!.Version;
        Assert.IsType<SaveAnswer.Saved>(await Desk.FollowUpOn(Other, id, room.Today.AddDays(7), "List"));
        var draft = UnitId.Create(room.Room.Clock);
        await Drafts.Keep(Adviser, draft, "enquiry-note", new Dictionary<string, string> { ["answer"] = "Another answer." });
        Assert.IsType<SaveAnswer.Trouble>(await Desk.Respond(Adviser, id, draft, shown));
        Assert.Equal("Another answer.", (await Drafts.Open(Adviser, draft))!["answer"]);
        Assert.IsType<SaveAnswer.Saved>(await Desk.Respond(Adviser, id, draft, shown + 1));
    }

    [Fact]
    public async Task FollowUp_SetAndDone_ComesAndGoesOnTheWorklist()
    {
        var id = await Open();
        Assert.IsType<SaveAnswer.Saved>(await Desk.FollowUpOn(Adviser, id, room.Today.AddDays(3), null));
        Assert.Equal(room.Today.AddDays(3), (await room.Keeper.Envelope(id))!.DueOn);
        Assert.IsType<SaveAnswer.Saved>(await Desk.FollowUpDone(Adviser, id));
        Assert.Null((await room.Keeper.Envelope(id))!.DueOn);
        Assert.Equal(EnquiryFields.FollowUp, Assert.Single(Assert.IsType<SaveAnswer.Refused>(await Desk.FollowUpOn(Adviser, id, null, null)).Problems).Field);
    }

    [Fact]
    public async Task RaiseLevel_ToCasework_IsMarkedAndKeptAsACase()
    {
        var draft = await Type(("rung", "anonymous"), ("service", "parent-partnership"), ("topic", "ehc-plan"), ("level", "1"));
        var id = Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, draft, close: false)).Enquiry;
        Assert.IsType<SaveAnswer.Saved>(await Desk.RaiseLevel(Adviser, id, 2));
        var envelope = (await room.Keeper.Envelope(id))!;
        Assert.Equal(2, envelope.Level);
        Assert.Equal(Marking.OfficialSensitive("PERSONAL"), envelope.Marking);
        Assert.Equal("pp-case", envelope.KeepUntil.ClassCode);
        Assert.IsType<SaveAnswer.Refused>(await Desk.RaiseLevel(Adviser, id, 2));
    }

    [Fact]
    public async Task CountQuick_ByCodes_CountsAndKeepsNoRecord()
    {
        Assert.Empty(await Desk.CountQuick(Adviser, Service.FamiliesInformation, "funded-2", "information-given", "phone"));
        Assert.Empty(await Desk.CountQuick(Other, Service.FamiliesInformation, "funded-2", "signposted", null));
        Assert.Equal(2, await Desk.QuickToday());
        Assert.Equal(2, await room.Keeper.Figure("enquiries/families-information/topic/funded-2", new DateOnly(2026, 3, 1)));
        Assert.Equal(0, await room.Keeper.CountEnvelopes(new EnvelopeQuery()));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Desk.QuickToday());
    }

    [Fact]
    public async Task CountQuick_ForgedCode_IsRefusedAndNotCounted()
    {
        Assert.Equal(EnquiryFields.Topic, Assert.Single(await Desk.CountQuick(Adviser, Service.FamiliesInformation, "Canary Person", "information-given", "phone")).Field);
        Assert.Equal(0, await Desk.QuickToday());
    }

    [Fact]
    public void Warn_TextsThatLookIdentifying_NamesEachKindOnce() =>
        Assert.Single(EnquiryDesk.Warn(new FreeTextGuard(), ["Ring 07700 900123", "or 07700 900124", "about a nursery place"]));

    [Fact]
    public void StartedAt_DraftsId_TellsTheMoment()
    {
        var now = room.Room.Clock.GetUtcNow();
        var draft = UnitId.Create(room.Room.Clock);
        Assert.Equal(now, EnquiryDesk.StartedAt(draft, now.AddMinutes(4)));
        Assert.Equal(now, EnquiryDesk.StartedAt(new UnitId(new Guid("ffffffff-ffff-4fff-8fff-ffffffffffff")), now));
    }

    private string Instant() => room.Room.Clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private Task<UnitId> Type(params (string Field, string Value)[] fields) => Type(Adviser, fields);

    private async Task<UnitId> Type(Errand who, params (string Field, string Value)[] fields)
    {
        room.Room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var draft = UnitId.Create(room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await Drafts.Keep(who, draft, CallFields.Form, fields.Append(("service", "families-information")).DistinctBy(field => field.Item1).ToDictionary(field => field.Item1, field => field.Item2)));
        return draft;
    }

    private async Task<(UnitId Family, PersonId Carer)> Family(SafeContact? safe = null)
    {
        var carer = room.Carer("Magda", "Testkowalczyk");
        return (await room.Save(room.Card([carer], [room.Child("Zofia", new DateOnly(2022, 3, 12))], safe)), carer.Id);
    }

    private async Task<FamilyCard> Card(UnitId family)
    {
        var found = Assert.IsType<Opening<FamilyCard>.Opened>(await room.Keeper.Open<FamilyCard>(Adviser, family));
        return found.Record.Open(found.Clearance);
    }

    private async Task<UnitId> Open() =>
        Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, await Type(("rung", "anonymous"), ("topic", "benefits")), close: false)).Enquiry;

    private async Task<UnitId> Closed() =>
        Assert.IsType<SaveAnswer.Saved>(await Desk.Save(Adviser, await Type(("rung", "anonymous"), ("topic", "benefits"), ("outcome", "information-given")), close: true)).Enquiry;
}
