using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Rights;

/// <summary>
/// Rights requests (D6, C3): taken by anybody on duty, worked by the officer. What an open request names is held, and is what the officer
/// may open; nothing else.
/// </summary>
internal sealed class RightsDesk(Keeper keeper, Envelopes envelopes, FamilyDesk cards, SheetRenderer sheets, WorkingDays workingDays, FamilyBoard board, FamilySearch families, CuriosityDesk watch, TimeProvider clock)
{
    private const int Most = 10_000;
    private const int Tries = 5;

    /// <summary>
    /// Takes a request, one for each person it is about, and holds from this moment what it names. Somebody anonymous is asked for nothing
    /// but the reference that they hold (C2).
    /// </summary>
    public async Task<TakenRequest> Take(Errand<May.TakeRights> errand, RightsIntake intake, IReadOnlyList<RightsSubject> people, CancellationToken cancel = default)
    {
        var subjects = people.Select(one => ImmutableArray.Create(one)).ToList();
        if (!string.IsNullOrWhiteSpace(intake.Reference))
        {
            if (await Anonymous(errand, intake.Reference, cancel) is not { } held)
                return TakenRequest.Not([new Problem(RightsFields.Reference, "Nothing is held under this reference. Ask them to read it out again; do not ask who they are.")]);
            subjects = [[held]];
        }
        if (subjects.Count == 0)
            subjects.Add([]);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = new List<RightsRequest>();
        foreach (var about in subjects)
        {
            var request = RightsRequest.Take(UnitId.Create(clock), intake with { About = about }, now);
            if (!request.Accepted)
                return TakenRequest.Not(request.Problems);
            made.Add(request.Value);
        }
        var changes = made.SelectMany(request => (IEnumerable<Change>)
        [
            new Put<RightsRequest>(envelopes.Of(request, null, errand.Who.Services.Order().FirstOrDefault(Service.FamiliesInformation), workingDays, now.On), request, 0),
            .. request.About.Select(one => new Bind(request.Id, one.Unit, null)),
        ]);
        var outcome = await keeper.Do(new Act((Errand)errand with { Purpose = Purpose.RightsRequest }, AuditAction.RightsRequested, [.. changes]), cancel);
        return outcome is Outcome.Done
            ? new TakenRequest([.. made.Select(request => (request.Id, request.Read(workingDays, now.On)))], [])
            : TakenRequest.Not([new Problem("", outcome.Words("What it names is not there any more. Search again."))]);
    }

    /// <summary>The people of a family of whom a request may be taken; null with the reason where its card is closed to this colleague.</summary>
    public async Task<(FamilyCard? Card, string? Trouble)> People(Errand<May.TakeRights> errand, UnitId family, CancellationToken cancel = default) =>
        await Card(errand, family, cancel);

    /// <summary>Every request that is open, or was closed in the last year, and what there is to count: from envelopes alone.</summary>
    public async Task<RightsFigures> Figures(Errand<May.AnswerRights> errand, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var all = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.RightsRequest, Take = Most }, cancel);
        return RightsFigures.Of(all, today);
    }

    /// <summary>How many are past their date, for the menu.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public Task<int> Overdue(CancellationToken cancel = default) => keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.RightsRequest, DueOnOrBefore = London.Today(clock).AddDays(-1) }, cancel);

    /// <summary>Opens a request with what stands around it: the names and cards of those it names, as far as they open.</summary>
    public async Task<ShownRequest> Open(Errand<May.AnswerRights> errand, UnitId id, CancellationToken cancel = default)
    {
        var (request, envelope, trouble) = await Read(errand, id, cancel);
        if (request is null)
            return ShownRequest.Not(trouble!);
        var cards = ImmutableDictionary.CreateBuilder<UnitId, FamilyCard>();
        var closed = ImmutableDictionary.CreateBuilder<UnitId, string>();
        var still = ImmutableArray.CreateBuilder<Envelope>();
        // Once it is closed it names nothing any more.
        foreach (var unit in request.IsOpen ? request.Units : [])
        {
            if (await keeper.Envelope(unit, cancel) is not { } there)
                continue;
            still.Add(there);
            // Somebody anonymous stands on no card. Granted, it holds nothing, and its officer opens nothing by it.
            if (there.Kind != UnitKind.Family)
                continue;
            watch.Works((Errand)errand, unit);
            if (request.IsGranted)
                continue;
            var (card, why) = await Card(errand, unit, cancel);
            if (card is not null)
                cards[unit] = card;
            else
                closed[unit] = why!;
        }
        var today = London.Today(clock);
        return new ShownRequest
        {
            Request = request,
            Envelope = envelope,
            Reading = request.Read(workingDays, today),
            Today = today,
            Cards = cards.ToImmutable(),
            Closed = closed.ToImmutable(),
            Still = still.ToImmutable(),
            Told = await Told(errand, request, cancel),
        };
    }

    /// <summary>One step more.</summary>
    public Task<ImmutableArray<Problem>> Take(Errand<May.AnswerRights> errand, UnitId id, RightsEvent what, DateOnly? on, string? words, string? code = null, CancellationToken cancel = default) => what switch
    {
        RightsEvent.Named or RightsEvent.NotTheSame or RightsEvent.LookedAt or RightsEvent.RegistersSearched or RightsEvent.FoundInRegister or RightsEvent.Granted or RightsEvent.Released or RightsEvent.Closed => throw new ArgumentOutOfRangeException(nameof(what), "This step has a way of its own."),
        _ => Change(errand, id, AuditAction.Saved, (request, now) => request.With(what, on, words, code, workingDays, now), _ => [], cancel),
    };

    /// <summary>Looks at a family in which they may occur: from now on it is held, and open to the officer. That the officer did so is on the leads' list.</summary>
    public async Task<ImmutableArray<Problem>> LookAt(Errand<May.AnswerRights> errand, UnitId id, UnitId family, string? why, CancellationToken cancel = default)
    {
        var wrong = await Change(errand, id, AuditAction.RightsRequested,
            (request, now) => request.With(RightsEvent.LookedAt, null, why, null, workingDays, now, new RightsSubject(family, default)),
            request => request.Units.Contains(family) ? [] : [new Bind(id, family, null)], cancel);
        if (wrong.IsEmpty)
            await watch.Named(errand, family);
        return wrong;
    }

    /// <summary>Says who of a family that was looked at they are, or that they are nobody of it.</summary>
    public Task<ImmutableArray<Problem>> Name(Errand<May.AnswerRights> errand, UnitId id, RightsSubject subject, string? why, CancellationToken cancel = default) => Change(errand, id, AuditAction.Saved,
        (request, now) => !request.Units.Contains(subject.Unit) ? new Problem("", "Look at this family first.")
            : string.IsNullOrWhiteSpace(why) ? new Problem(RightsWords.FieldOf(RightsEvent.Named), "Say how you know: a name alone tells nobody apart.")
            : request.With(subject.Person == default ? RightsEvent.NotTheSame : RightsEvent.Named, null, why, null, workingDays, now, subject),
        _ => [], cancel);

    /// <summary>
    /// Grants an erasure: what it names is held no more, closed to the officer again, and on the leads' list until it is gone. A lead takes the
    /// identity away; nothing is destroyed here. Whoever was told about them hears of it before, while it is still known who that is (Article 19).
    /// </summary>
    public async Task<ImmutableArray<Problem>> Grant(Errand<May.AnswerRights> errand, UnitId id, string? what, string? untold, CancellationToken cancel = default)
    {
        var (open, _, trouble) = await Read(errand, id, cancel);
        if (open is null)
            return [new Problem("", trouble!)];
        if (string.IsNullOrWhiteSpace(untold) && (await Told(errand, open, cancel)).Count(one => !one.Knows) is > 0 and var owed)
            return [new Problem("rights.untold", $"{(owed == 1 ? "One body that we told does" : $"{owed} bodies that we told do")} not know of it yet (Article 19), and afterwards nobody can say any more who was told. Send each the notice, or say why that is impossible or out of proportion.")];
        return await Change(errand, id, AuditAction.RightsAnswered,
            (request, now) => request.With(RightsEvent.Granted, null, string.IsNullOrWhiteSpace(untold) || string.IsNullOrWhiteSpace(what) ? what : $"{what}\nNot told: {untold}", null, workingDays, now), _ => [new Release(id)], cancel);
    }

    /// <summary>
    /// Carries a granted erasure out on the enquiry of somebody anonymous, whose identity cannot be taken away on a card: it is destroyed with its
    /// key. Refused for anything else, and for an enquiry that has come to belong to a family.
    /// </summary>
    public async Task<ImmutableArray<Problem>> Erase(Errand<May.Lead> errand, UnitId id, UnitId enquiry, CancellationToken cancel = default)
    {
        var shown = await Open((Errand)errand, id, cancel);
        return shown.Request is not { IsOpen: true, IsGranted: true } || !shown.Still.Any(one => one.Id == enquiry && IsNobodys(one))
            ? [new Problem("", shown.Trouble ?? "Only what a granted erasure names is destroyed here, and only the enquiry of somebody anonymous.")]
            : (await keeper.Do(new Act(errand, AuditAction.Erased, [new Destroy(enquiry, "erasure-granted")]), cancel)).Problems();
    }

    /// <summary>True for an enquiry that belongs to no family.</summary>
    public static bool IsNobodys(Envelope unit) => unit is { Kind: UnitKind.Enquiry, Family: null };

    /// <summary>Marks on every card that an open request to restrict or to object names that what is theirs is stored, and nothing else (Article 18); nobody else has to edit the card.</summary>
    public Task<ImmutableArray<Problem>> Restrict(Errand<May.AnswerRights> errand, UnitId id, RestrictionGround? ground, string? reason, CancellationToken cancel = default) =>
        OnCards(errand, id, restricted: false, (unit, person) => ground is { } on ? cards.Restrict((Errand)errand, unit, person, on, reason, id, cancel)
            : Task.FromResult<FamilyAnswer>(new FamilyAnswer.Wrong([new Problem("family.restriction.ground", "Choose on which ground.")])), cancel);

    /// <summary>Lifts it again while the request is open, once they were told (Article 18(3)).</summary>
    public Task<ImmutableArray<Problem>> Lift(Errand<May.AnswerRights> errand, UnitId id, DateOnly? toldOn, string? toldHow, CancellationToken cancel = default) =>
        OnCards(errand, id, restricted: true, (unit, person) => cards.LiftRestriction((Errand)errand, unit, person, toldOn, toldHow, cancel), cancel);

    private async Task<ImmutableArray<Problem>> OnCards(Errand errand, UnitId id, bool restricted, Func<UnitId, PersonId, Task<FamilyAnswer>> act, CancellationToken cancel)
    {
        var shown = await Open(errand, id, cancel);
        if (shown.Request is not { IsOpen: true, Kind: RightKind.Restriction or RightKind.Objection } request)
            return [new Problem("", shown.Trouble ?? "Only an open request to restrict or to object does this.")];
        var theirs = request.About.Where(one => shown.Cards.TryGetValue(one.Unit, out var held) && held.Standing.IsRestricted(one.Person) == restricted).ToList();
        foreach (var one in theirs)
        {
            var problems = (await act(one.Unit, one.Person)).Match<ImmutableArray<Problem>>(_ => [], _ => [new Problem("", "Somebody changed this in between. Open the page again.")], _ => [new Problem("", "What it names is not there any more.")],
                wrong => wrong.Problems, no => [new Problem("", no.Words)]);
            if (!problems.IsEmpty)
                return problems;
        }
        return theirs.Count > 0 ? [] : [new Problem("", restricted ? "Nothing of theirs is restricted." : "There is nothing left to mark: it is marked already, or they stand on no card.")];
    }

    /// <summary>
    /// The letter on how a request ended, with its reasons and where to complain (Article 12(4)), through the one way out. It goes to whoever
    /// asked, about their own request, and says nothing of what is held.
    /// </summary>
    public async Task<(Outlet? Outlet, ImmutableArray<Problem> Problems)> Letter(Errand<May.AnswerRights> errand, UnitId id, string? to, CancellationToken cancel = default)
    {
        var (request, envelope, trouble) = await Read(errand, id, cancel);
        if (request is not { Reasons: not null })
            return (null, [new Problem("", trouble ?? "It has not ended with reasons yet: there is nothing to write.")]);
        if (NamedBody.Create(BodyKind.Other, to) is not { Accepted: true } body)
            return (null, [new Problem(RightsFields.AskerName, "Say to whom the letter goes.")]);
        var now = Stamp.Now(errand.Who.Id, clock);
        var html = await sheets.Render<EndLetter>("Your request", envelope!.Marking, new() { [nameof(EndLetter.Request)] = request, [nameof(EndLetter.To)] = body.Value.Name, [nameof(EndLetter.On)] = now.On });
        var asker = new PersonId(request.Id.Value);
        var answer = DisclosureGate.Decide(new DisclosureRequest
        {
            Id = UnitId.Create(clock),
            Act = OutwardAct.Copy,
            Recipient = new RecipientFacts { Body = body.Value, Person = asker },
            About = [asker],
            Items = [new DisclosureItem { FieldId = DisclosureFields.Text, About = [asker] }],
            Channel = DisclosureRequest.Meeting,
            Ground = new Ground.ToThemselves(asker, "their own request, answered where they asked"),
            Content = DisclosureText.Hash(html),
            Scan = TextScan.ReadAndPassed,
            Now = now,
        }, new DisclosureFacts { WorkingDays = workingDays, People = [new PersonFacts { Id = asker }] });
        if (answer is not Allowed allowed)
            return (null, answer.Problems());
        await keeper.Note(errand, AuditAction.Printed, [id], cancel);
        return (new Outlet(allowed, OutletForm.Print, html), []);
    }

    /// <summary>Closes it: what it held is free, and closed to the officer again.</summary>
    public async Task<ImmutableArray<Problem>> Close(Errand<May.AnswerRights> errand, UnitId id, RightsOutcome? outcome, string? reasons, CancellationToken cancel = default)
    {
        var (open, _, _) = await Read(errand, id, cancel);
        if (open is not null && outcome is RightsOutcome.Done or RightsOutcome.InPart && string.IsNullOrWhiteSpace(reasons) && (await Told(errand, open!, cancel)).Count(one => !one.Knows) is > 0 and var owed)
            return [new Problem(RightsFields.Reasons, $"{(owed == 1 ? "One body that we told does" : $"{owed} bodies that we told do")} not know of it yet (Article 19). Send each the notice, or say why that is impossible or out of proportion.")];
        if (open is { Kind: RightKind.Restriction, IsOpen: true } && outcome is RightsOutcome.Done or RightsOutcome.InPart && !await Restricted(errand, open!, cancel))
            return [new Problem(RightsFields.Outcome, "It is not marked on the family's page yet that what is theirs is only stored. Mark it first.")];
        if (open is { Kind: RightKind.Objection, IsOpen: true } && outcome is RightsOutcome.Done && string.IsNullOrWhiteSpace(reasons) && !await Restricted(errand, open!, cancel))
            return [new Problem(RightsFields.Reasons, "Mark what is theirs as only stored, or say what was stopped, and how.")];
        if (open is { Kind: RightKind.Erasure, IsOpen: true, IsGranted: true } && outcome is RightsOutcome.Done && (await Open(errand, id, cancel)).Still is { IsEmpty: false })
            return [new Problem(RightsFields.Outcome, "What it names is still there as it was. A lead carries it out first: it stands on their list. Where something has to stay, close it as done in part, with the reason.")];
        // An answer that never went is work of nobody any more.
        var pack = await keeper.Envelope(RightsPack.IdOf(id), cancel) is { State: not Envelopes.PackReleased } left ? new Destroy(left.Id, "request-closed") : null;
        return await Change(errand, id, AuditAction.RightsAnswered, (request, now) => request.Close(outcome, reasons, workingDays, now), _ => pack is null ? [new Release(id)] : [new Release(id), pack], cancel);
    }

    /// <summary>
    /// Looks for families in which the person may occur. What was found is written down with the request; which cards may be opened follows
    /// from naming them alone.
    /// </summary>
    public async Task<(ImmutableArray<RightsMatch> Found, string? Trouble)> Search(Errand<May.AnswerRights> errand, UnitId id, string? text, CancellationToken cancel = default)
    {
        if (await Read(errand, id, cancel) is not ({ IsOpen: true } request, _, _))
            return ([], RefusalReason.NotYourRole.Words());
        if (string.IsNullOrWhiteSpace(text))
            return ([], null);
        try
        {
            families.Count(errand.Who.Id);
        }
        catch (TooFastException)
        {
            return ([], TooFastException.Sentence);
        }
        // What no request names yet is closed to the officer by role alone, and is what is looked for; whatever else closes it hides it.
        var answer = board.Find(text, (family, _) => keeper.MayOpen(errand, family) is AccessDecision.Allowed or AccessDecision.Refused { Reasons: [RefusalReason.NotYourRole] }, London.Today(clock));
        await keeper.Note(errand, AuditAction.Found, [id, .. answer.Rows.Select(row => row.Family)], cancel);
        return ([.. answer.Rows.Select(row => new RightsMatch(row.Family, row.Label, row.District, request.Units.Contains(row.Family)))],
            answer.Restricted.Count > 0 ? "Something else matches that only a team lead may see. Ask the duty lead to look." : null);
    }

    // A card that it names may have become part of another since it was granted or closed.
    internal async Task<(RightsRequest? Request, Envelope? Envelope, string? Trouble)> Read(Errand<May.AnswerRights> errand, UnitId id, CancellationToken cancel) =>
        (await keeper.Open<RightsRequest>(errand, id, cancel)).Read("There is no such request.", "There is no such request any more.") is var (request, envelope, trouble) ? (request?.Joined(keeper.JoinedInto), envelope, trouble) : default;

    internal async Task<ImmutableArray<Problem>> Change(Errand<May.AnswerRights> errand, UnitId id, AuditAction action, Func<RightsRequest, Stamp, Checked<RightsRequest>> change, Func<RightsRequest, ImmutableArray<Change>> more, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (request, envelope, trouble) = await Read(errand, id, cancel);
            if (request is null)
                return [new Problem("", trouble!)];
            var now = Stamp.Now(errand.Who.Id, clock);
            var changed = change(request, now);
            if (!changed.Accepted)
                return changed.Problems;
            var put = new Put<RightsRequest>(envelopes.Of(changed.Value, envelope, envelope!.Service, workingDays, now.On), changed.Value, envelope.Version);
            var others = more(request);
            // Released first: the request, too, is bound for as long as it binds something.
            var outcome = await keeper.Do(new Act(errand, action, others is [Release, ..] ? [.. others, put] : [put, .. others]), cancel);
            if (outcome is Outcome.Done)
                return [];
            if (outcome is not Outcome.Conflict)
                return [new Problem("", outcome.Words("What it names is not there any more. Search again."))];
        }
        return [new Problem("", "The portal is busy with this request. Try again in a moment.")];
    }

    private async Task<bool> Restricted(Errand errand, RightsRequest request, CancellationToken cancel)
    {
        foreach (var subject in request.About)
        {
            if (await Card(errand, subject.Unit, cancel) is not ({ } card, _) || !card.Standing.IsRestricted(subject.Person))
                return false;
        }
        return true;
    }

    // Whoever was told hears of what was put right, erased or restricted: one line for each body, the last telling first.
    private async Task<ImmutableArray<RightsTold>> Told(Errand errand, RightsRequest request, CancellationToken cancel)
    {
        if (!request.IsOpen || request.Kind is not (RightKind.Rectification or RightKind.Erasure or RightKind.Restriction))
            return [];
        var all = new List<DisclosureRecord>();
        foreach (var subject in request.About)
        {
            var found = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Disclosure, Family = subject.Unit, Take = Most }, cancel);
            var openings = await Task.WhenAll(found.Select(envelope => keeper.Open<DisclosureRecord>(errand, envelope.Id, cancel)));
            all.AddRange(openings.OfType<Opening<DisclosureRecord>.Opened>().Select(one => one.Record.Open(one.Clearance)).Where(one => one.WasTold && one.Recipient is null && one.About.Contains(subject.Person)));
        }
        var told = ImmutableArray.CreateBuilder<RightsTold>();
        foreach (var one in all.Where(one => one.NoticeOf is null).OrderByDescending(one => one.DecidedAt))
        {
            if (!told.Any(line => line.Body.IsSameAs(one.Body)))
                told.Add(new RightsTold(one.Id, one.Body, London.DateOf(one.DoneAt ?? one.DecidedAt), all.Exists(notice => notice.NoticeOf is not null && notice.Body.IsSameAs(one.Body) && London.DateOf(notice.DecidedAt) >= request.ReceivedOn)));
        }
        return told.ToImmutable();
    }

    private async Task<(FamilyCard? Card, string? Trouble)> Card(Errand errand, UnitId family, CancellationToken cancel) =>
        (await keeper.Open<FamilyCard>(errand, family, cancel)).Read("This family is not there any more.", "This family is not there any more.") is var (record, _, trouble) ? (record, trouble) : default;

    private async Task<RightsSubject?> Anonymous(Errand errand, string typed, CancellationToken cancel)
    {
        if (!AnonymousReference.TryParse(typed, out var reference) || keeper.EnquiryUnder(reference.Format()) is not { } unit)
            return null;
        return await keeper.Open<Enquiry>(errand, unit, cancel) is Opening<Enquiry>.Opened found ? new RightsSubject(unit, found.Record.Open(found.Clearance).Caller.Person) : null;
    }
}

/// <summary>What was taken: each request with its clock; or what is wrong.</summary>
internal sealed record TakenRequest(ImmutableArray<(UnitId Id, ClockReading Reading)> Requests, ImmutableArray<Problem> Problems)
{
    public static TakenRequest Not(ImmutableArray<Problem> problems) => new([], problems);

    public override string ToString() => nameof(TakenRequest);
}

/// <summary>A body that we told about them, and whether it had a notice since the request came.</summary>
public sealed record RightsTold(UnitId Disclosure, Wdfis.Domain.Consent.NamedBody Body, DateOnly On, bool Knows)
{
    public override string ToString() => nameof(RightsTold);
}

/// <summary>A family in which the person may occur.</summary>
internal sealed record RightsMatch(UnitId Family, string Label, string? District, bool Named)
{
    public override string ToString() => nameof(RightsMatch);
}

/// <summary>A request for its page, or why it cannot be shown. Content: shows nothing of itself.</summary>
public sealed record ShownRequest
{
    public RightsRequest? Request { get; init; }
    public Envelope? Envelope { get; init; }
    public ClockReading? Reading { get; init; }
    public DateOnly Today { get; init; }
    /// <summary>The cards of the families that it names.</summary>
    public ImmutableDictionary<UnitId, FamilyCard> Cards { get; init; } = ImmutableDictionary<UnitId, FamilyCard>.Empty;
    /// <summary>Why a family that it names does not open.</summary>
    public ImmutableDictionary<UnitId, string> Closed { get; init; } = ImmutableDictionary<UnitId, string>.Empty;
    /// <summary>What it names and is still there, families and enquiries of somebody anonymous: of a granted erasure, what is left to do.</summary>
    public ImmutableArray<Envelope> Still { get; init; } = [];
    /// <summary>Whom we told about them, where they are owed word of what becomes of the request.</summary>
    public ImmutableArray<RightsTold> Told { get; init; } = [];
    public string? Trouble { get; init; }

    /// <summary>Who it is about, by the first card that names them.</summary>
    public string Name => Request is null ? "" : Request.About.Select(one => Cards.TryGetValue(one.Unit, out var card) && card.People.Any(person => person.Id == one.Person) ? FamilyWords.NameOf(card, one.Person) : null)
        .OfType<string>().FirstOrDefault() ?? (Request.Reference is { } reference ? $"Whoever holds {reference}" : !Request.IsOpen ? "Closed: it names nobody any more" : Request.Asker == Asker.Themselves ? Request.AskerName ?? "Nobody named yet" : "Nobody named yet");

    /// <summary>The card and the person of each place in which they occur, so far as it opens.</summary>
    public IEnumerable<(FamilyCard Card, PersonId Person)> OnCards => Request?.About.Where(one => Cards.ContainsKey(one.Unit)).Select(one => (Cards[one.Unit], one.Person)) ?? [];

    /// <summary>What was found last of a child's competence to ask for their own information.</summary>
    public Competence? Competence => OnCards.Select(one => one.Card.Standing.Assessed(one.Person, CompetenceFor.OwnInformation)).OfType<Competence>().MaxBy(one => one.AssessedOn);

    /// <summary>Their birth date where they are a child on a card.</summary>
    public DateOnly? BornOn => Request?.About.Select(one => Cards.GetValueOrDefault(one.Unit)?.FindChild(one.Person)?.Birth.Latest).OfType<DateOnly>().Cast<DateOnly?>().FirstOrDefault();

    public static ShownRequest Not(string trouble) => new() { Trouble = trouble };

    public override string ToString() => nameof(ShownRequest);
}

/// <summary>What there is to count of requests, from envelopes alone.</summary>
internal sealed record RightsFigures
{
    public required DateOnly Today { get; init; }
    /// <summary>The open ones: overdue first, then by date; without a date last.</summary>
    public required ImmutableArray<Envelope> Open { get; init; }
    /// <summary>The closed ones of the last twelve months, the last first.</summary>
    public required ImmutableArray<Envelope> Closed { get; init; }
    public int Overdue => Open.Count(one => one.DueOn < Today);
    public int InWeek => Open.Count(one => one.DueOn >= Today && one.DueOn <= Today.AddDays(7));
    public int In(string state) => Open.Count(one => one.State == state);
    /// <summary>Days from receipt to the end, on average; null when none was closed.</summary>
    public double? AverageDays => Closed.IsEmpty ? null : Closed.Average(one => one.TouchedOn.DayNumber - one.CreatedOn.DayNumber);
    public IEnumerable<(string Kind, RightsFigures Of)> ByKind => Enum.GetValues<RightKind>()
        .Select(kind => (kind.Words(), Of: this with { Open = [.. Open.Where(one => one.Topic == kind.Code())], Closed = [.. Closed.Where(one => one.Topic == kind.Code())] })).Where(line => line.Of.Open.Length + line.Of.Closed.Length > 0);

    public static RightsFigures Of(IReadOnlyList<Envelope> all, DateOnly today) => new()
    {
        Today = today,
        Open = [.. all.Where(one => one.State != Envelopes.RightsClosed).OrderBy(one => one.DueOn ?? DateOnly.MaxValue).ThenBy(one => one.Id)],
        Closed = [.. all.Where(one => one.State == Envelopes.RightsClosed && one.TouchedOn > today.AddYears(-1)).OrderByDescending(one => one.TouchedOn)],
    };
}
