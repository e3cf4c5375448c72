using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Anonymity;

/// <summary>
/// Takes people down the ladder on request and lets them up by agreement (C2). Down is one act: new units with what may stay, and the old
/// ones destroyed with their keys, so that no older version, journal or index can be read either. What cannot be opened here is not
/// guessed at: then nothing is done, and a lead is named.
/// </summary>
internal sealed class AnonymityDesk(Keeper keeper, DraftDesk drafts, Envelopes envelopes, ScheduleShelf schedules, TimeProvider clock)
{
    private const int Tries = 3;
    private const int MostOfOneFamily = 2_000;
    private const string NoFamily = "This family is not there any more. Search again.";
    private const string Closed = "One record of this family cannot be opened here, so that nothing was changed. Ask your team lead to do this.";

    /// <summary>What would happen to this person and, when asked, to everybody else on the card who stands higher; opens everything that it rests on.</summary>
    public async Task<AnonymityLook> Look(Errand<May.WorkWithFamilies> errand, UnitId family, PersonId person, CancellationToken cancel = default)
    {
        var (household, trouble) = await Gather(errand, family, cancel);
        if (household is null)
            return new AnonymityLook(null, default, [], 0, trouble);
        if (household.Card.People.FirstOrDefault(p => p.Id == person).Ladder is not { } ladder)
            return new AnonymityLook(null, default, [], 0, "This person is no longer on the card. Open the family again.");
        return new AnonymityLook(household.Card, ladder.Rung,
            [.. Enum.GetValues<Rung>().Where(rung => rung < ladder.Rung).Select(rung => (rung, Decide(household, ladder.Rung, rung, null)))],
            household.Enquiries.Count(enquiry => Concerns(enquiry.Record, [person])), null);
    }

    /// <summary>What looks identifying in a note that is to stay, each kind once. Finding nothing proves nothing.</summary>
    public static IReadOnlyList<string> Warn(FreeTextGuard guard, string? note) => [.. guard.Scan(note).Select(finding => finding.Sentence).Distinct()];

    /// <summary>Takes these people down. Everything or nothing.</summary>
    public async Task<AnonymityAnswer> Descend(Errand<May.WorkWithFamilies> errand, UnitId family, IReadOnlyCollection<PersonId> people, Rung to, string? note = null, string? handle = null, UnitId draft = default, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (household, trouble) = await Gather(errand, family, cancel);
            if (household is null)
                return new AnonymityAnswer(Trouble: trouble);
            var coming = household.Card.People.Where(p => people.Contains(p.Id) && p.Ladder.Rung > to).ToList();
            if (coming.Count == 0)
                return new AnonymityAnswer(Trouble: "We already know no more than this, so there is nothing to take away.");
            var card = household.Card;
            var references = new Dictionary<PersonId, AnonymousReference>();
            Descent.Done? done = null;
            foreach (var (id, ladder) in coming)
            {
                var words = Decide(household, ladder.Rung, to, note).Match<string?>(decided => { done = decided; return null; }, later => later.Words, no => no.Words);
                if (words is not null)
                    return new AnonymityAnswer(Trouble: words);
                references[id] = ladder.Reference.IsEmpty ? await NewReference(cancel) : ladder.Reference;
                card = card.Descend(id, done!, references[id]);
                if (to == Rung.Handle && !string.IsNullOrWhiteSpace(handle))
                {
                    if (Name(card, id, to, handle, null, London.Today(clock)) is { Accepted: false } wrong)
                        return new AnonymityAnswer(Trouble: wrong.Problems[0].Sentence);
                    card = Name(card, id, to, handle, null, London.Today(clock)).OrThrow();
                }
            }
            var plan = new Plan(household, card, references, to, TypedText.Clean(note), Stamp.Now(errand.Who.Id, clock));
            var changes = await Changes(errand, plan, done!, draft, cancel);
            var outcome = await keeper.Do(new Act(errand, AuditAction.Anonymised, changes.Changes), cancel);
            var answer = outcome.Match<AnonymityAnswer?>(
                done: _ => new AnonymityAnswer(changes.Proof, plan.Stays ? plan.Family : null, [.. people.Where(references.ContainsKey).Select(id => references[id])]),
                conflict: _ => null,
                gone: _ => null,
                refused: no => new AnonymityAnswer(Trouble: no.Reasons.Words()),
                noRoom: _ => new AnonymityAnswer(Trouble: NoRoomException.Sentence),
                onHold: _ => new AnonymityAnswer(Trouble: HeldWords),
                damaged: broken => new AnonymityAnswer(Trouble: $"It cannot be done: {broken.What} Tell your team lead."));
            if (answer is not null)
                return answer;
        }
        return new AnonymityAnswer(Trouble: "Somebody is changing this family at this moment. Nothing was changed: try again.");
    }

    /// <summary>Lets somebody up by their agreement, with the name that they chose or their own.</summary>
    public async Task<Checked<FamilyCard>> Climb(Errand<May.WorkWithFamilies> errand, UnitId family, PersonId person, Rung to, AgreedHow how, string? name, string? surname, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await keeper.Open<FamilyCard>(errand, family, cancel) is not Opening<FamilyCard>.Opened found)
                return new Problem("", NoFamily);
            var now = Stamp.Now(errand.Who.Id, clock);
            var climbed = found.Record.Open(found.Clearance).Climb(person, new RungAgreement(to, how, now.At, now.By), now.At);
            if (string.IsNullOrWhiteSpace(name) && (to == Rung.Handle || string.IsNullOrWhiteSpace(surname)))
                return new Problem("anonymity.name", to == Rung.Handle ? "Give the name that they chose." : "Give a forename or a surname.");
            var named = climbed.Match(card => Name(card, person, to, name, surname, now.On), problems => problems[0]);
            if (!named.Accepted)
                return named;
            var envelope = found.Envelope with { TouchedOn = now.On };
            var outcome = await keeper.Do(new Act(errand, AuditAction.Saved, [new Put<FamilyCard>(envelope, named.Value, found.Envelope.Version)]), cancel);
            if (outcome is Outcome.Conflict)
                continue;
            return outcome is Outcome.Done ? named : new Problem("", outcome is Outcome.NoRoom ? NoRoomException.Sentence : outcome is Outcome.Refused no ? no.Reasons.Words() : NoFamily);
        }
        return new Problem("", "Somebody is changing this family at this moment. Try again.");
    }

    /// <summary>Opens the proof of an anonymisation.</summary>
    public async Task<(Anonymisation? Proof, Envelope? Envelope, string? Trouble)> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<Anonymisation>(errand, id, cancel)).Read("There is nothing here. Look at the address.", "This was erased at the end of its keeping.");

    private static string HeldWords => Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Anonymous, OnHold = true }).Match(_ => "", later => later.Words, no => no.Words);

    private static Checked<FamilyCard> Name(FamilyCard card, PersonId person, Rung to, string? name, string? surname, DateOnly today) =>
        card.FindCarer(person) is { } carer ? card.CorrectCarer(to == Rung.Handle ? carer with { Handle = name } : carer with { Forename = name, Surname = surname }, today)
        : card.FindChild(person) is { } child ? card.CorrectChild(to == Rung.Handle ? child with { Handle = name } : child with { Forename = name, Surname = surname }, today)
        : new Problem("family.person", "This person is no longer on the card. Open it again.");

    private static Descent Decide(Household household, Rung from, Rung to, string? note) => Descent.Decide(new DescentFacts
    {
        From = from,
        To = to,
        OnHold = household.Held,
        RewordedNote = note,
        KeptElsewhere = 0,
    });

    private static bool Concerns(Enquiry enquiry, IEnumerable<PersonId> people) => people.Any(person => enquiry.Caller.Person == person || enquiry.About.Contains(person));

    // Everything of the family, opened: what cannot be opened cannot be judged.
    private async Task<(Household?, string?)> Gather(Errand errand, UnitId family, CancellationToken cancel)
    {
        var opening = await keeper.Open<FamilyCard>(errand, family, cancel);
        if (opening is Opening<FamilyCard>.Refused no)
            return (null, no.Reasons.Words());
        if (opening is Opening<FamilyCard>.NoRoom)
            return (null, NoRoomException.Sentence);
        if (opening is not Opening<FamilyCard>.Opened found)
            return (null, NoFamily);
        // Who needs to know it, and who must not, stands beside the unit and would be lost with it.
        if (found.Envelope.SpecialHandling)
            return (null, "This family is under special handling. A lead has to end that first: ask the duty lead.");
        var around = (await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = MostOfOneFamily }, cancel)).Where(envelope => envelope.Id != family).ToList();
        var enquiries = await OpenAll<Enquiry>(errand, around, UnitKind.Enquiry, cancel);
        var permissions = await OpenAll<Permission>(errand, around, UnitKind.Permission, cancel);
        var notices = await OpenAll<AskedAbout>(errand, around, UnitKind.Asked, cancel);
        // Only a lead opens these: who may see the family is not lost with its old unit.
        var handling = await OpenAll<HandlingNote>(errand, around, UnitKind.Handling, cancel);
        var heardOf = await OpenAll<HeardOf>(errand, around, UnitKind.HeardOf, cancel);
        return enquiries is null || heardOf is null || permissions is null || notices is null || handling is null || around.Count == MostOfOneFamily
            ? (null, Closed)
            : (new Household(found.Record.Open(found.Clearance), found.Envelope, enquiries, permissions, notices, handling, heardOf), null);
    }

    private async Task<List<Held<T>>?> OpenAll<T>(Errand errand, IEnumerable<Envelope> around, UnitKind kind, CancellationToken cancel) where T : class
    {
        var all = new List<Held<T>>();
        foreach (var envelope in around.Where(envelope => envelope.Kind == kind))
        {
            if (await keeper.Open<T>(errand, envelope.Id, cancel) is not Opening<T>.Opened found)
                return null;
            all.Add(new Held<T>(found.Record.Open(found.Clearance), found.Envelope));
        }
        return all;
    }

    private async Task<(ImmutableArray<Change> Changes, UnitId Proof)> Changes(Errand errand, Plan plan, Descent.Done done, UnitId draft, CancellationToken cancel)
    {
        var puts = ImmutableArray.CreateBuilder<Change>();
        var destroyed = ImmutableArray.CreateBuilder<Change>();
        void Drop(UnitId unit) => destroyed.Add(new Destroy(unit, "anonymised"));
        var (before, now) = (plan.Before, plan.Now);

        plan.Family = UnitId.Create(clock);
        if (plan.Stays)
            puts.Add(new Put<FamilyCard>(before.Envelope with { Id = plan.Family, Family = plan.Family, Version = 0, District = plan.Card.District, TouchedOn = now.On }, plan.Card, 0));
        Drop(before.Envelope.Id);

        // The latest enquiry carries the reference in the open, by which the person is found again; one envelope alone can.
        var carried = new HashSet<PersonId>();
        var gone = 0;
        var noteLeft = plan.Note;
        foreach (var (enquiry, around) in before.Enquiries.OrderByDescending(held => held.Record.History[^1].At))
        {
            if (plan.Stays && !Concerns(enquiry, plan.References.Keys))
            {
                puts.Add(new Put<Enquiry>(around with { Family = plan.Family }, enquiry.MoveTo(plan.Family), around.Version));
                continue;
            }
            gone++;
            Drop(around.Id);
            var caller = enquiry.Caller.Person;
            var comes = plan.References.TryGetValue(caller, out var reference) || !plan.Stays;
            if (reference.IsEmpty)
                reference = plan.Card.People.FirstOrDefault(person => person.Id == caller).Ladder?.Reference ?? default;
            if (reference.IsEmpty)
                reference = plan.References.Values.First();
            var rest = enquiry.WithoutIdentity(
                UnitId.Create(clock),
                !comes ? Caller.CreateNamed(plan.Family, caller)
                : plan.To == Rung.Handle && plan.HandleOf(caller) is { } handle ? Caller.RestoreHandle(caller, reference, handle)
                : Caller.CreateAnonymous(caller, reference),
                comes ? [] : enquiry.About.Where(person => !plan.References.ContainsKey(person)),
                noteLeft is null ? null : new EnquiryNote(now.At, now.By, noteLeft, NoteSource.Colleague, Rewording: true));
            noteLeft = null;
            var envelope = envelopes.Of(rest, around.Owner, null, comes ? null : before.Envelope, null, around.TouchedOn, now.On) with
            {
                District = around.District,
                CreatedOn = around.CreatedOn,
                TouchedOn = around.TouchedOn,
                Reference = comes && carried.Add(caller) && await Free(reference, cancel) ? reference.Format() : null,
            };
            puts.Add(new Put<Enquiry>(envelope, rest, 0));
        }

        var permissionsGone = 0;
        foreach (var (permission, around) in before.Permissions)
        {
            if (plan.Stays && permission.Terms.About.Any(person => !plan.References.ContainsKey(person)))
            {
                puts.Add(new Put<Permission>(around with { Family = plan.Family }, permission.MoveTo(plan.Family), around.Version));
                continue;
            }
            permissionsGone++;
            Drop(around.Id);
        }

        // A notice holds a name as a stranger said it. It stays where it is about those who stay.
        var noticesGone = 0;
        foreach (var (asked, around) in before.Notices)
        {
            if (plan.Stays && !plan.Names().Any(name => Folding.Words(asked.Words).Contains(name)))
            {
                puts.Add(new Mark(around.Id, around.Version, envelope => envelope with { Family = plan.Family }));
                continue;
            }
            noticesGone++;
            Drop(around.Id);
        }

        foreach (var (heard, around) in before.HeardOf)
        {
            if (plan.Stays && !plan.References.ContainsKey(heard.Person))
            {
                puts.Add(new Mark(around.Id, around.Version, envelope => envelope with { Family = plan.Family }));
                continue;
            }
            noticesGone++;
            Drop(around.Id);
        }

        foreach (var (note, around) in before.Handling)
        {
            if (!plan.Stays || !note.InForce)
            {
                noticesGone++;
                Drop(around.Id);
                continue;
            }
            puts.Add(new Mark(around.Id, around.Version, envelope => envelope with { Family = plan.Family }));
            if (note.Colleague is { } colleague)
                puts.Add(new DeclareConflict(plan.Family, colleague));
        }

        var (own, ownGone, others) = await Unsaved(errand, before.Envelope.Id, draft, cancel);
        foreach (var id in ownGone)
            destroyed.Add(DraftDesk.Dropping(id));

        var proof = Anonymisation.Restore(UnitId.Create(clock), now.At, now.By, plan.To, plan.References.Count, plan.Note is not null && noteLeft is null,
            [
                new(SearchedPlace.FamilyCard, 1, 1),
                new(SearchedPlace.Search, 1, 1),
                new(SearchedPlace.Enquiries, before.Enquiries.Count, gone),
                new(SearchedPlace.Permissions, before.Permissions.Count, permissionsGone),
                new(SearchedPlace.Notices, before.Notices.Count + before.Handling.Count + before.HeardOf.Count, noticesGone),
                new(SearchedPlace.OwnDrafts, own, ownGone.Count),
                new(SearchedPlace.OthersDrafts, others, 0),
                new(SearchedPlace.Keys, destroyed.Count, destroyed.Count),
            ],
            [
                .. done.Remains,
                new("questions", "If somebody asked us about you, our note of that question is kept sealed for its own two years, and may hold the name that they said."),
                new("paper", "Paper, and letters or e-mails that were sent to you, are not in this system."),
            ]);
        puts.Add(new Put<Anonymisation>(new Envelope
        {
            Id = proof.Id,
            Kind = UnitKind.Anonymisation,
            Service = before.Envelope.Service,
            Marking = Marking.Official,
            KeepUntil = schedules.Current.KeepUntil(RetentionCodes.Anonymisation, new RetentionFacts { OpenedOn = now.On }),
            Owner = now.By,
            State = "done",
            CreatedOn = now.On,
            TouchedOn = now.On,
        }, proof, 0));
        return ([.. puts, .. destroyed], proof.Id);
    }

    // Drafts open for whoever types them and nobody else: those of others are counted, and go by themselves.
    private async Task<(int Own, List<UnitId> Gone, int Others)> Unsaved(Errand errand, UnitId family, UnitId draft, CancellationToken cancel)
    {
        var (own, gone) = (0, new List<UnitId>());
        foreach (var envelope in await drafts.Mine(errand, cancel))
        {
            own++;
            if (envelope.Id == draft || await drafts.Open(errand, envelope.Id, cancel) is { } typed && typed.Fields.Values.Any(value => value.Contains(family.ToString(), StringComparison.OrdinalIgnoreCase)))
                gone.Add(envelope.Id);
        }
        return (own, gone, Math.Max(0, await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Draft }, cancel) - own));
    }

    private async Task<bool> Free(AnonymousReference reference, CancellationToken cancel) =>
        (await keeper.Envelopes(new EnvelopeQuery { Reference = reference.Format(), Take = 1 }, cancel)).Count == 0;

    private async Task<AnonymousReference> NewReference(CancellationToken cancel)
    {
        while (true)
        {
            var reference = AnonymousReference.Create();
            if (await Free(reference, cancel))
                return reference;
        }
    }

    private sealed record Held<T>(T Record, Envelope Envelope)
    {
        public override string ToString() => nameof(Held<T>);
    }

    private sealed record Household(FamilyCard Card, Envelope Envelope, List<Held<Enquiry>> Enquiries, List<Held<Permission>> Permissions, List<Held<AskedAbout>> Notices, List<Held<HandlingNote>> Handling, List<Held<HeardOf>> HeardOf)
    {
        public bool Held => Envelope.OnHold || Enquiries.Any(held => held.Envelope.OnHold) || Permissions.Any(held => held.Envelope.OnHold) || Notices.Any(held => held.Envelope.OnHold) || Handling.Any(held => held.Envelope.OnHold) || HeardOf.Any(held => held.Envelope.OnHold);

        public override string ToString() => nameof(Household);
    }

    private sealed record Plan(Household Before, FamilyCard Card, IReadOnlyDictionary<PersonId, AnonymousReference> References, Rung To, string? Note, Stamp Now)
    {
        /// <summary>The new unit of the family; not used when nobody stays.</summary>
        public UnitId Family { get; set; }

        /// <summary>False when everybody on the card is anonymous now: then there is no family any more.</summary>
        public bool Stays => Card.People.Any(person => person.Ladder.Rung != Rung.Anonymous);

        public string? HandleOf(PersonId person) => Card.FindCarer(person)?.Handle ?? Card.FindChild(person)?.Handle;

        /// <summary>Every word of the names of those who come down, folded.</summary>
        public HashSet<string> Names() => [.. Before.Card.Carers.Where(carer => References.ContainsKey(carer.Id)).SelectMany(carer => (IEnumerable<string?>)[carer.Forename, carer.Surname, carer.Handle, .. carer.KnownAs.Select(other => other.Name)])
            .Concat(Before.Card.Children.Where(child => References.ContainsKey(child.Id)).SelectMany(child => (IEnumerable<string?>)[child.Forename, child.Surname, child.Handle, .. child.KnownAs.Select(other => other.Name)]))
            .OfType<string>().SelectMany(Folding.Words)];

        public override string ToString() => nameof(Plan);
    }
}

/// <summary>Where somebody stands and what each way down would do; or why nothing can be said. Content: shows nothing of itself.</summary>
internal sealed record AnonymityLook(FamilyCard? Card, Rung Rung, ImmutableArray<(Rung To, Descent Descent)> Down, int Enquiries, string? Trouble)
{
    public override string ToString() => nameof(AnonymityLook);
}

/// <summary>What came of going down: the proof, the family's new unit where one stays, and the references to give to the people, in the order in which they were named; or why not.</summary>
internal sealed record AnonymityAnswer(UnitId Proof = default, UnitId? Family = null, ImmutableArray<AnonymousReference> References = default, string? Trouble = null);
