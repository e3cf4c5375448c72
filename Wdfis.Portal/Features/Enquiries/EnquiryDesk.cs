using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>
/// Takes calls, saves them as enquiries, and changes saved ones. Trusts no screen: what is saved is read from the draft, whom the
/// caller was confirmed as is judged by the family's card, and marking, keeping and worklists are worked out from the domain.
/// </summary>
internal sealed class EnquiryDesk(Keeper keeper, DraftDesk drafts, FamilyDesk families, CuriosityDesk curiosity, PermissionDesk permissions, ScheduleShelf schedules, Envelopes envelopes, EnquiryLists lists, RecipientDirectory directory, PolicyShelf policy, PolicyDesk readings, TimeProvider clock)
{
    private const int Tries = 5;
    private const string Busy = "The portal is busy with this record. Nothing was lost: try again in a moment.";
    private const string SavedWords = "This call was saved or dropped already.";

    /// <summary>The lists from which topic, channel and outcome are chosen.</summary>
    public EnquiryLists Lists => lists;

    /// <summary>The service that a new call is for.</summary>
    public static Service UsualService(Colleague who) => who.Services.Order().FirstOrDefault(Service.FamiliesInformation);

    /// <summary>What was typed in a call so far.</summary>
    public async Task<ResumedCall> Resume(Errand<May.WorkWithFamilies> errand, UnitId draft, CancellationToken cancel = default)
    {
        var opening = await keeper.Open<Draft>(Working(errand), draft, cancel);
        // Only a call that is about to begin can wait for that; one in which something was typed goes on (A1).
        if (opening is Opening<Draft>.Missing && await MustRead(errand, cancel) is { } words)
            return new ResumedCall([], words);
        return opening.Match(
            opened: found => found.Record.Open(found.Clearance) is { Form: CallFields.Form } call
                ? new ResumedCall(call.Fields.ToImmutableDictionary())
                : new ResumedCall([], "This is unfinished work of another kind. Open it from the desk."),
            refused: _ => new ResumedCall([], RefusalReason.NotYours.Words()),
            missing: _ => new ResumedCall([]),
            erased: _ => new ResumedCall([], SavedWords) { Saved = keeper.MayOpen(Working(errand), EnquiryOf(draft)) is AccessDecision.Allowed ? EnquiryOf(draft) : null },
            damaged: _ => new ResumedCall([], "What was typed in this call can no longer be opened. Begin a new one, and tell your team lead."),
            noRoom: _ => new ResumedCall([], NoRoomException.TypedStays));
    }

    // Null while the colleague may begin an enquiry that is not urgent.
    private async Task<string?> MustRead(Errand errand, CancellationToken cancel) => await readings.Owed(errand, cancel) is { MayStart: false, Edition: var edition }
        ? $"Policy {edition.Number} has been in force since {edition.PublishedOn!.Value.Words()} and you have not yet said that you read it. Do that first, above; what is urgent goes on without it." : null;

    /// <summary>A reference that nobody holds.</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public async Task<AnonymousReference> NewReference(CancellationToken cancel = default)
    {
        while (true)
        {
            var reference = AnonymousReference.Create();
            if ((await keeper.Envelopes(new EnvelopeQuery { Reference = reference.Format(), Take = 1 }, cancel)).Count == 0)
                return reference;
        }
    }

    /// <summary>Until when the call will be kept once it is closed today (D5).</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public KeepUntil KeptUntil(Service service, int level, Rung rung, YoungestBorn? youngest)
    {
        var today = London.Today(clock);
        int? reached = service == Service.ParentPartnership ? level : null;
        return schedules.Current.KeepUntil(EnquiryRules.RetentionClassOf(service, reached, rung == Rung.Anonymous), new RetentionFacts
        {
            OpenedOn = today,
            ClosedOn = today,
            LastContactOn = today,
            YoungestBorn = youngest?.On,
            AnyBirthUnknown = youngest is not { Known: true },
        });
    }

    /// <summary>The version of the policy that is told.</summary>
    public PolicyNumber PolicyVersion => policy.Number;

    /// <summary>What is said in a call today.</summary>
    public Script Script => policy.Script;

    /// <summary>The enquiry that a call becomes. It follows from the draft, so that an old address of the call leads to it and a call saved twice is one enquiry.</summary>
    public static UnitId EnquiryOf(UnitId draft)
    {
        var bytes = draft.ToBytes();
        var more = System.Security.Cryptography.SHA256.HashData([.. "wdfis/enquiry-of/"u8, .. bytes]);
        more.AsSpan(0, 10).CopyTo(bytes.AsSpan(6));
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x70);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return UnitId.FromBytes(bytes);
    }

    /// <summary>When a call began, which its draft's id tells; now for an id that cannot be one of ours.</summary>
    public static DateTimeOffset StartedAt(UnitId draft, DateTimeOffset now)
    {
        var milliseconds = (long)System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(draft.ToBytes()) >>> 16;
        return draft.Value.Version == 7 && milliseconds > 0 && milliseconds <= now.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : now;
    }

    /// <summary>What looks identifying in the texts, each kind once. Finding nothing proves nothing.</summary>
    public static IReadOnlyList<string> Warn(FreeTextGuard guard, IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => guard.Scan(text)).Select(finding => finding.Sentence).Distinct()];

    /// <summary>Makes the family that was typed in a call. Everything wrong with it otherwise.</summary>
    public async Task<Checked<EnteredFamily>> EnterFamily(Errand<May.WorkWithFamilies> errand, UnitId draft, CancellationToken cancel = default)
    {
        var resumed = await Resume(errand, draft, cancel);
        if (resumed.Trouble is { } trouble)
            return new Problem("", trouble);
        var call = new Call(resumed.Fields);
        var now = Now(errand);
        var read = FamilyEntry.Read(call, now, clock);
        if (!read.Accepted)
            return Checked<EnteredFamily>.From(read.Problems, () => throw new InvalidOperationException());
        var card = read.Value;
        var answer = await families.Create(For(errand, call), card, call.Service ?? UsualService(errand.Who), null, cancel);
        return answer.Match<Checked<EnteredFamily>>(
            done: made => new EnteredFamily(made.Family, card.Carers[0].Id, string.Join(", ", new[] { card.Carers[0].Surname, card.Carers[0].Forename }.Where(part => part is not null))),
            conflict: _ => new Problem("", Busy),
            gone: _ => new Problem("", Busy),
            wrong: refused => Checked<EnteredFamily>.From(refused.Problems, () => throw new InvalidOperationException()),
            trouble: said => new Problem("", said.Words));
    }

    /// <summary>
    /// The family of the call. It is not opened while the caller is not confirmed (U1), and not shown when its card says that the way of
    /// confirming is not enough. A family entered in this very call is its caller's own.
    /// </summary>
    public async Task<FamilySide> OpenFamily(Errand<May.WorkWithFamilies> errand, Call call, CancellationToken cancel = default)
    {
        var warning = call.Text(CallFields.FamilyWarning);
        if (call.Family is not { } family)
            return new FamilySide(null, null);
        var entered = await EnteredNow(errand, call, cancel);
        if (!entered && call.Check is CallerCheck.NotConfirmed)
            return new FamilySide(call.Check.WhyNot(null), warning);
        var opening = await keeper.Open<FamilyCard>(For(errand, call), family, cancel);
        return await opening.Match(
            opened: async found =>
            {
                var card = found.Record.Open(found.Clearance);
                var safety = card.SafeContact?.Summary;
                if (!entered && WhyNot(call, card) is { } why)
                    return new FamilySide(why, safety);
                curiosity.Works((Errand)errand, family);
                var permitted = await permissions.ForFamily(For(errand, call), family, card, cancel);
                return new FamilySide(null, safety, card, found.Envelope.KeepUntil) { Permissions = [.. permitted.Trouble is { } trouble ? [trouble] : Array.Empty<string>(), .. permitted.Sentences] };
            },
            refused: no => Task.FromResult(new FamilySide(no.Reasons[0].Words(), warning)),
            missing: _ => Task.FromResult(new FamilySide("This family is not there any more. Search again.", null)),
            erased: _ => Task.FromResult(new FamilySide("This family was erased. Search again, or enter the family anew.", null)),
            damaged: _ => Task.FromResult(new FamilySide("This family's record cannot be opened. Take the call without it, and tell your team lead.", warning)),
            noRoom: _ => Task.FromResult(new FamilySide(NoRoomException.TypedStays, warning)));
    }

    /// <summary>Records the yes or the no to the permission that was asked for in the call. What is missing otherwise.</summary>
    public async Task<ImmutableArray<Problem>> RecordPermission(Errand<May.WorkWithFamilies> errand, UnitId draft, bool yes, CancellationToken cancel = default)
    {
        var resumed = await Resume(errand, draft, cancel);
        if (resumed.Trouble is { } trouble)
            return [new Problem("", trouble)];
        var call = new Call(resumed.Fields);
        if ((await OpenFamily(errand, call, cancel)).Card is not { } card || call.Family is not { } family)
            return [new Problem("", "Confirm the caller and find the family first: a permission is given by somebody who may give it.")];
        if (call.Caller is not { } caller || card.People.All(one => one.Id != caller))
            return [new Problem(PermissionFields.By, "Choose first who of the family is calling.")];
        var now = Now(errand);
        var terms = AskForm.Terms(call, card, directory, now.On);
        if (!terms.Accepted)
            return terms.Problems;
        var working = For(errand, call);
        var recorded = yes
            ? await permissions.Record(working, family, terms.Value, AskForm.Grant(call, card, terms.Value, now.At), cancel)
            : await permissions.RecordRefusal(working, family, terms.Value, caller, cancel);
        return recorded.Problems;
    }

    /// <summary>What a person of the family was told and is still to be told (C1).</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public ToldState ToldStateOf(FamilyCard card, PersonId person) => card.ToldStateOf(person, policy.Versions, London.Today(clock));

    /// <summary>Saves a call as an enquiry, open or closed, tells the family's ledger, and destroys the draft: one act.</summary>
    public async Task<SaveAnswer> Save(Errand<May.WorkWithFamilies> errand, UnitId draft, bool close, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var resumed = await Resume(errand, draft, cancel);
            if (resumed.Trouble is { } words)
                return new SaveAnswer.Trouble(words);
            var call = new Call(resumed.Fields);
            var family = await FamilyOf(errand, call, cancel);
            if (family.Trouble is { } trouble)
                return new SaveAnswer.Trouble(trouble);
            var now = Now(errand);
            var made = Make(EnquiryOf(draft), call, family, errand.Who, now, close);
            if (!made.Accepted)
                return new SaveAnswer.Refused(made.Problems);
            var (enquiry, card) = made.Value;
            var envelope = envelopes.Of(enquiry, now.By, null, family.Envelope, (card ?? family.Card)?.YoungestBorn, now.On, now.On) with
            {
                // Nobody can be told later who is on no card and whose enquiry is closed.
                NotTold = !close && enquiry.Family is null && ToldNow(call, now).Count < ToldState.Everything.Length,
            };
            var changes = ImmutableArray.CreateBuilder<Change>();
            if (family.Envelope is { } around)
                changes.AddRange(await FamilyChange(errand, around, card, envelope, now, cancel));
            changes.Add(new Put<Enquiry>(envelope, enquiry, 0));
            if (await keeper.Envelope(draft, cancel) is not null)
                changes.Add(DraftDesk.Dropping(draft));
            if (close)
                changes.AddRange(Counts(enquiry, envelope.District, now.On));
            var outcome = await keeper.Do(new Act((Errand)errand with { Purpose = enquiry.Purpose }, close ? AuditAction.Closed : AuditAction.Created, changes.ToImmutable()), cancel);
            if (Answer(outcome, enquiry, envelope.KeepUntil) is { } answer)
                return answer;
        }
        return new SaveAnswer.Trouble(Busy);
    }

    /// <summary>Opens a saved enquiry to look at; where neither it nor other work is the colleague's, they say first why.</summary>
    public async Task<ShownEnquiry> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        await keeper.Envelope(id, cancel) is { Kind: UnitKind.Enquiry, Family: { } family } about && about.Owner != errand.Who.Id
            && keeper.MayOpen(errand, id) is AccessDecision.Allowed && await curiosity.Asks((Errand)errand, family, cancel: cancel)
            ? new ShownEnquiry(null, null, RefusalReason.NoReason.Words()) { Asks = family } : await Look(errand, id, cancel);

    private async Task<ShownEnquiry> Look(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel)
    {
        var purpose = await PurposeOf(id, cancel);
        var opening = await keeper.Open<Enquiry>((Errand)errand with { Purpose = purpose }, id, cancel);
        return opening.Match(
            opened: found => new ShownEnquiry(found.Record.Open(found.Clearance), found.Envelope),
            refused: no => new ShownEnquiry(null, null, no.Reasons.Words()),
            missing: _ => new ShownEnquiry(null, null, "There is no such enquiry. Look at the address, or search for the family."),
            erased: at => new ShownEnquiry(null, null, $"This enquiry was erased on {London.DateOf(at.At).Long()}. Nothing of it can be read any more."),
            damaged: broken => new ShownEnquiry(null, null, $"This enquiry cannot be opened. {broken.What} Tell your team lead; everything else works on."),
            noRoom: _ => new ShownEnquiry(null, null, NoRoomException.TypedStays));
    }

    /// <summary>Adds a note from the draft's field <c>note</c>, and destroys the draft.</summary>
    public Task<SaveAnswer> AddNote(Errand<May.WorkWithFamilies> errand, UnitId id, UnitId draft, NoteSource source, bool confidence = false, CancellationToken cancel = default) =>
        FromDraft(errand, id, draft, "note", (enquiry, text, now) => enquiry.AddNote(new EnquiryNote(now.At, now.By, text, Enum.IsDefined(source) ? source : NoteSource.Colleague, Confidence: confidence), now), null, cancel);

    /// <summary>Sets what we answered from the draft's field <c>answer</c>. Refused when somebody saved the enquiry after it was shown: their answer is not written over unseen.</summary>
    public Task<SaveAnswer> Respond(Errand<May.WorkWithFamilies> errand, UnitId id, UnitId draft, int shownVersion, CancellationToken cancel = default) =>
        FromDraft(errand, id, draft, "answer", (enquiry, text, _) => enquiry.Answer(text), shownVersion, cancel);

    /// <summary>Sets what is to be done later.</summary>
    public Task<SaveAnswer> FollowUpOn(Errand<May.WorkWithFamilies> errand, UnitId id, DateOnly? on, string? what, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (enquiry, now) => on is { } day ? enquiry.FollowUpOn(day, what, now) : new Problem(EnquiryFields.FollowUp, "Choose the day of the follow-up."), cancel);

    /// <summary>The follow-up was done.</summary>
    public Task<SaveAnswer> FollowUpDone(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (enquiry, _) => enquiry.ClearFollowUp(), cancel);

    /// <summary>The promised talk took place, or the caller let it go.</summary>
    public Task<SaveAnswer> SettleTalk(Errand<May.WorkWithFamilies> errand, UnitId id, bool held, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (enquiry, now) => enquiry.SettlePrivateTalk(held, now), cancel);

    /// <summary>Raises the level of a Parent Partnership enquiry.</summary>
    public Task<SaveAnswer> RaiseLevel(Errand<May.WorkWithFamilies> errand, UnitId id, int level, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (enquiry, now) => enquiry.RaiseLevel(level, now), cancel);

    /// <summary>Sets topic and outcome and closes.</summary>
    public Task<SaveAnswer> Close(Errand<May.WorkWithFamilies> errand, UnitId id, string? topic, string? outcome, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Closed, (enquiry, now) => string.IsNullOrEmpty(topic) || topic == enquiry.Topic
            ? enquiry.Close(now.On, outcome, lists, now)
            : enquiry.SetTopic(topic, lists).Match(set => set.Close(now.On, outcome, lists, now), problems => problems[0]), cancel);

    /// <summary>Opens a closed enquiry again.</summary>
    public Task<SaveAnswer> Reopen(Errand<May.WorkWithFamilies> errand, UnitId id, string? why, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Reopened, (enquiry, now) => enquiry.Reopen(now.On, why, now), cancel);

    /// <summary>A caller without a name agreed to be called by one that they choose (C2).</summary>
    public Task<SaveAnswer> CallThem(Errand<May.WorkWithFamilies> errand, UnitId id, AgreedHow how, string? name, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (enquiry, now) => enquiry.Caller is not Caller.Anonymous caller
            ? new Problem(EnquiryFields.Caller, "They let us know this much already.")
            : Caller.CreateHandle(caller.Person, caller.Reference, name).Match<Checked<Enquiry>>(
                handle => enquiry.IsFrom(handle, CallerConfirmation.NotConfirmed).Match<Checked<Enquiry>>(known => known.AddNote(Agreed(how, "to be called by a name that they choose", now), now), problems => problems[0]),
                problems => problems[0]), cancel);

    /// <summary>
    /// A caller without their name agreed to be known as a person of a family (C2): the enquiry becomes the family's, what they were told
    /// goes into its ledger, and their reference stays theirs, on the card.
    /// </summary>
    public async Task<SaveAnswer> TheyAre(Errand<May.WorkWithFamilies> errand, UnitId id, UnitId family, PersonId person, AgreedHow how, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Look(errand, id, cancel);
            if (shown is not { Enquiry: { } enquiry, Envelope: { } envelope })
                return new SaveAnswer.Trouble(shown.Trouble!);
            var working = (Errand)errand with { Purpose = enquiry.Purpose };
            var opening = await families.Open(working, family, id, cancel);
            if (opening is not Opening<FamilyCard>.Opened found)
                return new SaveAnswer.Trouble(FamilyPage.WordsOf(opening));
            if (enquiry.Reference is not { } reference)
                return new SaveAnswer.Refused([new Problem(EnquiryFields.Caller, "They let us know who they are already.")]);
            var now = Now(errand);
            var card = found.Record.Open(found.Clearance).Recognise(person, reference, new RungAgreement(Rung.Named, how, now.At, now.By), now.At)
                .Match<Checked<FamilyCard>>(known => known.RecordTold(enquiry.Tellings.Select(telling => telling with { Person = person }), now.At), problems => problems[0]);
            var named = enquiry.IsFrom(Caller.CreateNamed(family, person), CallerConfirmation.NotConfirmed)
                .Match<Checked<Enquiry>>(known => known.AddNote(Agreed(how, "to be known by name", now), now), problems => problems[0]);
            if (!card.Accepted || !named.Accepted)
                return new SaveAnswer.Refused([.. card.Problems.Concat(named.Problems).Select(problem => problem with { Field = EnquiryFields.Caller })]);
            var after = envelopes.Of(named.Value, envelope.Owner, envelope, found.Envelope, card.Value.YoungestBorn, now.On, now.On);
            var outcome = await keeper.Do(new Act(working, AuditAction.Saved, [.. await FamilyChange(working, found.Envelope, card.Value, after, now, cancel), new Put<Enquiry>(after, named.Value, envelope.Version)]), cancel);
            if (outcome is Outcome.Done)
                curiosity.Works((Errand)errand, family);
            if (Answer(outcome, named.Value, after.KeepUntil) is { } answer)
                return answer;
        }
        return new SaveAnswer.Trouble(Busy);
    }

    private static EnquiryNote Agreed(AgreedHow how, string to, Stamp now) => new(now.At, now.By, $"Agreed {how.Words()} {to}.", NoteSource.Caller, Rewording: true);

    /// <summary>Counts a quick enquiry. Null when it was counted; what is missing otherwise.</summary>
    public async Task<ImmutableArray<Problem>> CountQuick(Errand<May.WorkWithFamilies> errand, Service service, string? topic, string? outcome, string? channel, CancellationToken cancel = default)
    {
        if (await MustRead(errand, cancel) is { } words)
            return [new Problem("", words)];
        var today = London.Today(clock);
        var quick = QuickEnquiry.Create(service, topic, outcome, string.IsNullOrEmpty(channel) ? null : channel, lists, today);
        if (!quick.Accepted)
            return quick.Problems;
        Change[] counts = [.. quick.Value.Figures.Select(figure => new Count(figure.Name, figure.Month)), new Count(DayFigure(today), quick.Value.Month)];
        var done = await keeper.Do(new Act(Working(errand), AuditAction.Counted, [.. counts]), cancel);
        return done is Outcome.Done ? [] : [new Problem("", done is Outcome.NoRoom ? NoRoomException.TypedStays : Busy)];
    }

    /// <summary>How many quick enquiries the service as a whole counted today.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<long> QuickToday(CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        return await keeper.Figure(DayFigure(today), Month.Of(today).First, cancel);
    }

    private static string DayFigure(DateOnly today) => string.Create(CultureInfo.InvariantCulture, $"quick-enquiries/day/{today.Day:00}");

    // Drafts and counts are nobody's record: any purpose of working with families does.
    private static Errand Working(Errand errand) => errand.Purpose is Purpose.Unknown or Purpose.Statistics ? errand with { Purpose = Purpose.GiveInformation } : errand;

    private static Errand For(Errand errand, Call call)
    {
        var service = call.Service ?? UsualService(errand.Who);
        return errand with { Purpose = EnquiryRules.PurposeOf(service, service == Service.ParentPartnership ? call.Level : null) };
    }

    private Stamp Now(Errand errand) => Stamp.Now(errand.Who.Id, clock);

    // A family that this colleague entered today and that the draft says came from this call has nobody else's secrets in it.
    private async Task<bool> EnteredNow(Errand errand, Call call, CancellationToken cancel) =>
        call is { FamilyIsNew: true, Family: { } id }
        && await keeper.Envelope(id, cancel) is { Version: 1 } family && family.Owner == errand.Who.Id && family.CreatedOn == London.Today(clock);

    private static string? WhyNot(Call call, FamilyCard card)
    {
        if (call.Check.WhyNot(card.SafeContact) is { } why)
            return why;
        if (call.Check is not CallerCheck.SafeWord)
            return null;
        var said = TypedText.Clean(call[CallFields.SaidWord]);
        return said is null ? "Type the safe word as the caller said it."
            : string.Equals(said, card.SafeContact!.SafeWord, StringComparison.OrdinalIgnoreCase) ? null
            : "That is not the safe word. Read nothing out, and do not say whether we know the family.";
    }

    // What saving needs of the family: always its envelope, its card only when the caller was confirmed.
    private sealed record CallFamily(Envelope? Envelope, FamilyCard? Card, string? Trouble = null)
    {
        public override string ToString() => nameof(CallFamily);
    }

    private async Task<CallFamily> FamilyOf(Errand errand, Call call, CancellationToken cancel)
    {
        if (call.Family is not { } id)
            return new CallFamily(null, null);
        var side = await OpenFamily(errand, call, cancel);
        return await keeper.Envelope(id, cancel) is { Kind: UnitKind.Family } envelope
            ? keeper.MayOpen(For(errand, call), id) is AccessDecision.Refused refused
                ? new CallFamily(null, null, refused.Reasons[0].Words())
                : new CallFamily(envelope, side.Card)
            : new CallFamily(null, null, "The family was erased while this call was open. Search again, or enter it anew; what you typed is kept.");
    }

    private sealed record MadeCall(Enquiry Enquiry, FamilyCard? Card)
    {
        public override string ToString() => nameof(MadeCall);
    }

    private Checked<MadeCall> Make(UnitId id, Call call, CallFamily family, Colleague who, Stamp now, bool close)
    {
        var problems = new List<Problem>();
        var service = call.Service ?? UsualService(who);
        var channel = call.Text(CallFields.Channel) ?? "phone";
        var person = family.Card is { } card && call.Caller is { } chosen && card.People.Any(one => one.Id == chosen) ? chosen
            : call.Person ?? PersonId.Create(clock);

        var reference = call.Reference.IsEmpty ? AnonymousReference.Create() : call.Reference;
        var caller = call.Rung switch
        {
            Rung.Anonymous => Caller.CreateAnonymous(person, reference),
            Rung.Handle => Caller.CreateHandle(person, reference, call.Text(CallFields.Handle)),
            Rung.Named => family.Envelope is { } found
                ? Caller.CreateNamed(found.Id, person)
                : (Checked<Caller>)new Problem(EnquiryFields.Caller, "Find the family or enter it, or choose Anonymous."),
        };
        problems.AddRange(caller.Problems);
        // Without it nobody's ledger says that they were told.
        if (family.Card is not null && call.Text(CallFields.Caller) is null)
            problems.Add(new Problem(EnquiryFields.Caller, "Choose who of the family is calling."));

        var opened = Enquiry.Open(new EnquiryOpening
        {
            Id = id,
            Service = service,
            Channel = channel,
            Topic = call.Text(CallFields.Topic),
            // Somebody has to stand there until every problem is found; a refused call is not saved.
            Caller = caller.Value ?? Caller.CreateNamed(UnitId.Create(clock), person),
            Confirmation = family.Card is null || call.FamilyIsNew ? CallerConfirmation.NotConfirmed : call.Check.Match(
                () => CallerConfirmation.SafeWord, (_, _) => CallerConfirmation.TwoFacts, () => CallerConfirmation.CallBack,
                () => CallerConfirmation.KnownVoice, () => CallerConfirmation.NotConfirmed),
            // Only somebody of the card is ever answered there: of nobody else is it kept.
            CameFrom = family.Card?.People.Any(one => one.Id == person) == true ? call.Text(CallFields.CameFrom) : null,
        }, lists, now);
        if (!opened.Accepted)
        {
            problems.AddRange(opened.Problems);
            // The rest is looked at all the same, on an enquiry without what was refused: one list of everything that is missing.
            opened = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(clock), Service = service, Channel = lists.ChannelsOf(service)[0].Code, Caller = Caller.CreateNamed(UnitId.Create(clock), person) }, lists, now);
        }
        var enquiry = opened.OrThrow();
        void Step(Func<Enquiry, Checked<Enquiry>> act)
        {
            var after = act(enquiry);
            problems.AddRange(after.Problems);
            enquiry = after.Value ?? enquiry;
        }

        Step(e => e.Ask(call.Text(CallFields.Need)));
        Step(e => e.Answer(call.Text(CallFields.Answer)));
        if (service == Service.ParentPartnership && call.Level > 1)
            Step(e => e.RaiseLevel(call.Level, now));
        if (!close && call.Text(CallFields.Outcome) is { } outcome)
            Step(e => e.SetOutcome(outcome, lists));
        if (call[CallFields.Privacy] == "yes")
            Step(e => e.AskedInPrivate(canTalk: true));
        else if (call[CallFields.Privacy] == "ring-back")
            Step(e => call.Text(CallFields.SlotOn) is not null && call.Slot is null
                ? new Problem(EnquiryFields.Privacy, "Give the day and the time of the private talk, or neither while none is agreed.")
                : e.PromisePrivateTalk(call.Slot, "Ring back", now));
        if (call.Text(CallFields.FollowOn) is not null)
            Step(e => call.Date(CallFields.FollowOn) is { } on ? e.FollowUpOn(on, null, now) : new Problem(EnquiryFields.FollowUp, "This is not a day. Choose it from the calendar."));
        if (call.Rung == Rung.Named && call.Text(CallFields.Asker) is { } asker)
            Step(e => TypedText.Check(EnquiryFields.Caller, asker) is { } wrong ? wrong : e.AddNote(new EnquiryNote(now.At, now.By, $"Said who they are: {asker.Trim()}", NoteSource.Caller), now));

        var tellings = ToldNow(call, now);
        FamilyCard? told = null;
        if (family.Card is { } ledger && ledger.People.Any(one => one.Id == person))
        {
            var recorded = ledger.RecordTold(tellings.Select(telling => telling with { Person = person }), now.At);
            problems.AddRange(recorded.Problems);
            told = recorded.Value;
        }
        else if (call.Rung != Rung.Named)
        {
            foreach (var telling in tellings)
                Step(e => e.Caller is Caller.Named ? e : e.Tell(telling with { Person = person }, now));
        }
        else if (tellings is not [])
        {
            // Told, but nobody knows whom: no ledger to write it into, so the enquiry says it.
            Step(e => e.AddNote(new EnquiryNote(now.At, now.By, $"Told in this call, policy {tellings[0].Version}: {string.Join(", ", tellings.Select(t => t.What.Words().ToLowerInvariant()))}.", NoteSource.Colleague, Rewording: true), now));
        }
        if (close)
            Step(e => e.Close(now.On, call.Text(CallFields.Outcome), lists, now));
        return Checked<MadeCall>.From(problems.DistinctBy(p => (p.Field, p.Sentence)), () => new MadeCall(enquiry, told));
    }

    private IReadOnlyList<Telling> ToldNow(Call call, Stamp now) =>
    [
        .. policy.Script.Lines.Where(line => CallScript.Tells(line) is not null && call.SaidAt(line, now.At) is not null).Select(line => new Telling
        {
            Person = default,
            Version = policy.Number,
            What = CallScript.Tells(line)!.Value,
            How = CallScript.How(call.Text(CallFields.Channel) ?? "phone", call[CallFields.Interpreter] == "yes"),
            At = call.SaidAt(line, now.At)!.Value,
            By = now.By,
            Language = call.Text(CallFields.Language),
            Interpreter = call[CallFields.Interpreter] == "yes",
        }),
    ];

    private async Task<ImmutableArray<Change>> FamilyChange(Errand errand, Envelope family, FamilyCard? told, Envelope enquiry, Stamp now, CancellationToken cancel)
    {
        if (told is null)
            return await envelopes.Touched(keeper, family, enquiry, now.On, cancel);
        var (recounted, leaning) = await envelopes.Recounted(keeper, family.Id, Envelopes.InTouch(now.On), enquiry, cancel);
        return recounted.Insert(0, new Put<FamilyCard>(envelopes.Of(told, family.Id, family.Service, family.Owner, family, now.On, leaning, now.On), told, family.Version)).AddRange(await envelopes.HeardOf(keeper, errand, told, family, now.On, cancel));
    }

    // Once for each enquiry: one that is opened again and closed again is not a second one.
    private static IEnumerable<Change> Counts(Enquiry enquiry, string? district, DateOnly on) =>
        enquiry.History.Count(step => step.Kind == EnquiryEventKind.Closed) == 1
            ? EnquiryFigures.Of(enquiry.Service, enquiry.Topic, enquiry.Outcome, enquiry.Channel, on, enquiry.HighestLevel, district).Select(figure => new Count(figure.Name, figure.Month))
            : [];

    /// <summary>What an outcome is for the screen; null when the act is to be tried again on what is there now.</summary>
    private static SaveAnswer? Answer(Outcome outcome, Enquiry enquiry, KeepUntil keep) => outcome.Match<SaveAnswer?>(
        done: _ => new SaveAnswer.Saved(enquiry.Id, enquiry.State, keep, enquiry.Reference?.Format()),
        conflict: taken => taken.CurrentVersion == 0
            ? new SaveAnswer.Refused([new Problem(EnquiryFields.Caller, "This reference was given to somebody else a moment ago. Draw a new one and tell the caller.")])
            : null,
        gone: _ => new SaveAnswer.Trouble("This record was erased or saved in another window in the meantime. Open it again from the desk."),
        refused: no => new SaveAnswer.Trouble(no.Reasons.Words()),
        noRoom: _ => new SaveAnswer.Trouble(NoRoomException.TypedStays),
        onHold: _ => new SaveAnswer.Trouble("A hold binds this record, so this cannot be done until it is lifted."),
        damaged: broken => new SaveAnswer.Trouble($"It cannot be saved. {broken.What} What you typed is kept: tell your team lead."));

    private async Task<Purpose> PurposeOf(UnitId id, CancellationToken cancel) =>
        await keeper.Envelope(id, cancel) is { Kind: UnitKind.Enquiry } envelope ? EnquiryRules.PurposeOf(envelope.Service, envelope.Level) : Purpose.GiveInformation;

    private async Task<SaveAnswer> FromDraft(Errand errand, UnitId id, UnitId draft, string field, Func<Enquiry, string, Stamp, Checked<Enquiry>> act, int? shownVersion, CancellationToken cancel)
    {
        var text = (await drafts.Open(Working(errand), draft, cancel))?[field] ?? "";
        return await Change(errand, id, AuditAction.Saved, (enquiry, now) => act(enquiry, text, now), cancel, draft, shownVersion);
    }

    private async Task<SaveAnswer> Change(Errand errand, UnitId id, AuditAction action, Func<Enquiry, Stamp, Checked<Enquiry>> act, CancellationToken cancel, UnitId draft = default, int? shownVersion = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Look(errand, id, cancel);
            if (shown is not { Enquiry: { } enquiry, Envelope: { } envelope })
                return new SaveAnswer.Trouble(shown.Trouble!);
            if (shownVersion is { } seen && seen != envelope.Version)
                return new SaveAnswer.Trouble("Somebody else saved this enquiry while you were writing. It is shown as it is now, and your text is kept below: look at both, then save again.");
            var now = Now(errand);
            var changed = act(enquiry, now);
            if (!changed.Accepted)
                return new SaveAnswer.Refused(changed.Problems);
            var working = errand with { Purpose = changed.Value.Purpose };
            var family = changed.Value.Family is { } of ? await keeper.Envelope(of, cancel) : null;
            var card = family is not null && schedules.Current.Find(changed.Value.RetentionClass)?.Trigger == RetentionTrigger.YoungestChildBirth
                && await keeper.Open<FamilyCard>(working, family.Id, cancel) is Opening<FamilyCard>.Opened found ? found.Record.Open(found.Clearance) : null;
            var after = envelopes.Of(changed.Value, envelope.Owner, envelope, family, card?.YoungestBorn, now.On, now.On);
            var changes = ImmutableArray.CreateBuilder<Change>();
            if (family is not null)
                changes.AddRange(await FamilyChange(errand, family, null, after, now, cancel));
            changes.Add(new Put<Enquiry>(after, changed.Value, envelope.Version));
            if (!draft.IsEmpty && await keeper.Envelope(draft, cancel) is not null)
                changes.Add(DraftDesk.Dropping(draft));
            if (action == AuditAction.Closed)
                changes.AddRange(Counts(changed.Value, after.District, now.On));
            if (Answer(await keeper.Do(new Act(working, action, changes.ToImmutable()), cancel), changed.Value, after.KeepUntil) is { } answer)
                return answer;
        }
        return new SaveAnswer.Trouble(Busy);
    }
}
