using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Rights;

/// <summary>
/// The answer to a request for what is held (D6, U1; field-guide.md sections 1.2 and 1.3): everything on one person wherever the request names
/// them, each item tagged and decided for itself, released by a second person through the gate and the one way out.
/// </summary>
internal sealed class PackDesk(Keeper keeper, RightsDesk rights, StatementDesk statements, SheetRenderer sheets, Envelopes envelopes, EnquiryLists lists, WorkingDays workingDays, TimeProvider clock)
{
    private const int Most = 100_000;
    private static readonly TimeSpan ApprovalStands = TimeSpan.FromDays(7);

    private delegate Task<(object? Record, bool Refused)> Reading(Keeper keeper, Errand errand, UnitId unit, CancellationToken cancel);

    /// <summary>How each kind of record is read for an answer.</summary>
    private static readonly ImmutableDictionary<UnitKind, Reading> Readings = new Dictionary<UnitKind, Reading>
    {
        [UnitKind.Family] = Read<FamilyCard>,
        [UnitKind.Enquiry] = Read<Enquiry>,
        [UnitKind.Permission] = Read<Permission>,
        [UnitKind.Disclosure] = Read<DisclosureRecord>,
        [UnitKind.Exemption] = Read<Exemption>,
        [UnitKind.Finding] = Read<AuthorityFinding>,
        [UnitKind.Amends] = Read<Amends>,
        [UnitKind.Asked] = Read<AskedAbout>,
        [UnitKind.Anonymisation] = Read<Anonymisation>,
        [UnitKind.HeardOf] = Read<HeardOf>,
        [UnitKind.Breach] = Read<Breach>,
        [UnitKind.RightsRequest] = async (keeper, errand, unit, cancel) => await Read<RightsRequest>(keeper, errand, unit, cancel) is var (record, refused) ? ((record as RightsRequest)?.Joined(keeper.JoinedInto), refused) : default,
        [UnitKind.CopyRequest] = Read<CopyRequest>,
    }.ToImmutableDictionary();

    /// <summary>The registers that no family leads to: read whole, once, at the officer's word.</summary>
    public static ImmutableArray<UnitKind> Registers { get; } = [UnitKind.Breach, UnitKind.RightsRequest, UnitKind.CopyRequest];

    /// <summary>The kinds that hold nothing of anybody that goes out, or are no record of anybody yet, or a copy of what is searched: they are not searched.</summary>
    public static ImmutableHashSet<UnitKind> NotSearched { get; } = [UnitKind.PolicyEdition, UnitKind.Acknowledgement, UnitKind.PolicyReview, UnitKind.Draft, UnitKind.Recipient, UnitKind.Handling, UnitKind.Hold, UnitKind.Schedule, UnitKind.DisposalList, UnitKind.DisposalCertificate, UnitKind.RightsPack, UnitKind.Alert, UnitKind.MonthlyLook, UnitKind.OwnHome];

    /// <summary>The kinds that an answer reads.</summary>
    public static IEnumerable<UnitKind> Searched => Readings.Keys;

    /// <summary>Gathers everything that is held on the person, with what was decided so far.</summary>
    public async Task<Gathered> Gather(Errand<May.AnswerRights> errand, UnitId id, CancellationToken cancel = default)
    {
        var (request, _, trouble) = await rights.Read(errand, id, cancel);
        if (request is null)
            return Gathered.Not(trouble!);
        var (pack, around) = await Pack(errand, id, cancel);
        if (!request.IsOpen)
            return new Gathered { Request = request, Pack = pack, PackEnvelope = around };
        var decisions = pack.Decisions.ToDictionary(one => one.Item, StringComparer.Ordinal);
        var records = ImmutableArray.CreateBuilder<PackRecord>();
        var facts = new DisclosureFacts { WorkingDays = workingDays };
        var people = ImmutableArray.CreateBuilder<(PersonId Id, string Name)>();
        var told = new List<StatementLine>();
        var (closed, broken, name) = (0, 0, "");
        (var cards, PersonId receiver) = (new Dictionary<UnitId, FamilyCard>(), default);
        ImmutableArray<PackItem> Decided(IEnumerable<PackItem> items) => [.. items.Select(item => decisions.TryGetValue(item.Key, out var decision) ? item with { Decision = decision } : item)];
        foreach (var subject in request.About)
        {
            var units = await Units(subject.Unit, cancel);
            var read = await Task.WhenAll(units.Select(async unit => (Unit: unit, Found: await Readings[unit.Kind](keeper, errand, unit.Id, cancel))));
            var card = read.Select(one => one.Found.Record).OfType<FamilyCard>().FirstOrDefault();
            closed += read.Count(one => one.Found.Refused);
            broken += read.Count(one => one.Found is { Record: null, Refused: false });
            var receivers = Receivers(request, subject, card, London.Today(clock));
            people.AddRange(receivers);
            receiver = pack.Copy?.Receiver ?? receivers.FirstOrDefault().Id;
            if (card is not null)
            {
                cards[subject.Unit] = card;
                name = name.Length > 0 ? name : FamilyWords.NameOf(card, subject.Person);
                facts = Joined(facts, DisclosureFacts.Of(card, [], workingDays, London.Today(clock)));
                told.AddRange(Statement.Lines(subject.Person, read.Select(one => one.Found.Record).OfType<DisclosureRecord>().Where(one => one.ConfidenceOf is null || one.ConfidenceOf == receiver)));
            }
            else
                facts = facts with { People = facts.People.Add(new PersonFacts { Id = subject.Person, Rung = Rung.Anonymous }) };
            foreach (var (unit, found) in read.Where(one => one.Found.Record is not null))
                records.Add(new PackRecord(unit, Decided(PackItems.Of(unit.Id, found.Record!, subject, receiver, card, lists))));
        }
        (closed, broken) = (closed + request.UnreadInRegisters.Closed, broken + request.UnreadInRegisters.Broken);
        foreach (var unit in request.About.Any() ? request.InRegisters : [])
        {
            if (await keeper.Envelope(unit, cancel) is not { } envelope)
                continue;
            var (record, refused) = await Readings[envelope.Kind](keeper, errand, unit, cancel);
            (closed, broken) = (closed + (refused ? 1 : 0), broken + (record is null && !refused ? 1 : 0));
            // Where the two meet; for what names no family, the first.
            var subject = request.About.FirstOrDefault(one => record is RightsRequest other && other.About.Any(theirs => theirs.Unit == one.Unit), request.About.First());
            if (record is not null)
                records.Add(new PackRecord(envelope, Decided(PackItems.Of(unit, record, subject, receiver, cards.GetValueOrDefault(subject.Unit), lists))));
        }
        return new Gathered
        {
            Request = request,
            Pack = pack,
            PackEnvelope = around,
            Name = name.Length > 0 ? name : request.Reference is { } reference ? $"Whoever holds {reference}" : request.Asker == Asker.Themselves ? request.AskerName ?? "" : "",
            Records = records.ToImmutable(),
            Closed = closed,
            Broken = broken,
            Receivers = [.. people.Distinct()],
            Told = [.. told.OrderBy(line => line.On)],
            OpenedBy = await statements.Roles((Errand)errand, records.Select(one => one.Envelope.Id), cancel),
            Facts = facts,
            On = London.Today(clock),
        };
    }

    /// <summary>
    /// Reads the registers that no family leads to (breaches, earlier requests, copies asked for) and writes down what in them concerns the
    /// person: a breach of what was told about them, a request that names them, and whatever says their whole name, number or address. What is
    /// over and done with is held with the request, as everything that it covers.
    /// </summary>
    public async Task<ImmutableArray<Problem>> SearchRegisters(Errand<May.AnswerRights> errand, UnitId id, CancellationToken cancel = default)
    {
        var shown = await rights.Open(errand, id, cancel);
        if (shown.Request is not { IsOpen: true } request)
            return [new Problem("", shown.Trouble ?? "This request is closed.")];
        string[] clues = [.. shown.OnCards.SelectMany(one => SharedItems.NamesOf(one.Card, one.Person).Where(name => name.Contains(' ', StringComparison.Ordinal))
            .Concat(one.Card.FindCarer(one.Person)?.Contacts.Select(contact => contact.Value).Where(value => value.Length > 4) ?? [])).Distinct(StringComparer.OrdinalIgnoreCase)];
        var (found, read, closed, broken) = (new List<Envelope>(), new Dictionary<UnitKind, int>(), 0, 0);
        foreach (var kind in Registers)
        {
            foreach (var envelope in (await keeper.Envelopes(new EnvelopeQuery { Kind = kind, Take = Most }, cancel)).Where(one => one.Id != id))
            {
                var (record, refused) = await Readings[kind](keeper, errand, envelope.Id, cancel);
                read[kind] = read.GetValueOrDefault(kind) + (record is null ? 0 : 1);
                (closed, broken) = (closed + (refused ? 1 : 0), broken + (record is null && !refused ? 1 : 0));
                if (record is not null && await Concerns(errand, record, request, shown.Cards, clues, cancel))
                    found.Add(envelope);
            }
        }
        var words = $"Read: {string.Join(", ", Registers.Select(kind => $"{kind.Word().ToLowerInvariant()} {read.GetValueOrDefault(kind):N0}"))}. Concerning them: {found.Count:N0}.{(closed + broken > 0 ? $" Could not be read: {closed + broken:N0}." : "")}";
        return await rights.Change(errand, id, AuditAction.Saved,
            (now, stamp) => found.Where(one => !now.InRegisters.Contains(one.Id)).Aggregate(now.With(RightsEvent.RegistersSearched, null, words, $"{closed}:{broken}", workingDays, stamp),
                (next, one) => next.Accepted ? next.Value.With(RightsEvent.FoundInRegister, null, one.Kind.Word(), null, workingDays, stamp, new RightsSubject(one.Id, default)) : next),
            now => [.. found.Where(one => !now.InRegisters.Contains(one.Id) && one.State is Envelopes.BreachClosed or Envelopes.CopySent).Select(one => new Bind(id, one.Id, null))], cancel);
    }

    private async Task<bool> Concerns(Errand errand, object record, RightsRequest request, IReadOnlyDictionary<UnitId, FamilyCard> cards, string[] clues, CancellationToken cancel) =>
        // Whoever was named on a card that became part of this one may stand on it under another id: then the officer decides.
        record is RightsRequest other && (other.About.Any(one => request.About.Any(mine => mine == one || mine.Unit == one.Unit && cards.TryGetValue(mine.Unit, out var card) && !card.People.Any(person => person.Id == one.Person))) || other.Reference is not null && other.Reference == request.Reference)
        || record is Breach { Disclosure: { } told } && (await Read<DisclosureRecord>(keeper, errand, told, cancel)).Record is DisclosureRecord went && request.About.Any(one => went.About.Contains(one.Person))
        || record is Breach or CopyRequest && FieldItem.Of(record).Select(item => item.Value).OfType<string>().Any(text => clues.Any(clue => SharedItems.Says(text, clue)));

    /// <summary>Decides on items of this answer, each for itself.</summary>
    public async Task<ImmutableArray<Problem>> Decide(Errand<May.AnswerRights> errand, UnitId id, IReadOnlyCollection<string> items, ItemVerdict? verdict, string? exemption, string? reason, string? instead, CancellationToken cancel = default)
    {
        var gathered = await Gather(errand, id, cancel);
        if (gathered.Trouble is { } trouble)
            return [new Problem("", trouble)];
        var there = gathered.Items.Where(item => item.Theirs && item.Decides).Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        if (!items.All(there.Contains))
            return [new Problem("", "Something was changed in between. Look at it again.")];
        var decided = gathered.Pack.Decide(items, verdict, exemption, reason, instead, Stamp.Now(errand.Who.Id, clock));
        return decided.Accepted ? await Save(errand, gathered, decided.Value, cancel) : decided.Problems;
    }

    /// <summary>Puts the answer together and before a second person. Refused with everything that stands against it.</summary>
    public async Task<ImmutableArray<Problem>> Prepare(Errand<May.AnswerRights> errand, UnitId id, PersonId receiver, string? proof, CancellationToken cancel = default)
    {
        var gathered = await Gather(errand, id, cancel);
        var wrong = Missing(gathered, receiver, proof);
        if (!wrong.IsEmpty)
            return wrong;
        var marking = gathered.Items.Where(item => item.Shown is not null).Any() ? envelopes.Sensitive : Marking.Official;
        var html = await sheets.Render<AnswerSheet>("What we hold", marking, new() { [nameof(AnswerSheet.Answer)] = gathered }, whole: true);
        var now = Stamp.Now(errand.Who.Id, clock);
        var copy = new PackCopy { Shown = html, Marking = marking, Fingerprint = "", Receiver = receiver, Proof = TypedText.Clean(proof)!, AskedBy = errand.Who.Id, AskedAt = now.At };
        var answer = Ask(gathered, copy, now, null);
        return answer is Refused no
            ? [.. no.Reasons.Select(reason => new Problem("", $"{reason.Sentence} {reason.NextStep}"))]
            : await Save(errand, gathered, gathered.Pack.Before(copy with { Fingerprint = answer.Fingerprint }), cancel);
    }

    /// <summary>A second person agrees to exactly what they read.</summary>
    public async Task<ImmutableArray<Problem>> Agree(Errand<May.AnswerRights> errand, UnitId id, string? reason, CancellationToken cancel = default)
    {
        var gathered = await Gather(errand, id, cancel);
        if (gathered.Trouble is { } trouble)
            return [new Problem("", trouble)];
        var now = Stamp.Now(errand.Who.Id, clock);
        var agreed = gathered.Pack.Agree(errand.Who.Is(Role.InformationGovernance) ? Role.InformationGovernance : Role.TeamLead, reason, now.At + ApprovalStands, now);
        return agreed.Accepted ? await Save(errand, gathered, agreed.Value, cancel, AuditAction.SignedOff) : agreed.Problems;
    }

    /// <summary>Releases it to the letter as the second person read it; the copy stays, under a class of its own.</summary>
    public async Task<(Outlet? Outlet, ImmutableArray<Problem> Problems)> Release(Errand<May.AnswerRights> errand, UnitId id, CancellationToken cancel = default)
    {
        var gathered = await Gather(errand, id, cancel);
        if (gathered.Trouble is { } trouble)
            return (null, [new Problem("", trouble)]);
        if (gathered.Pack.Copy is not { } copy)
            return (null, [new Problem("", "Nothing was put together yet.")]);
        var now = Stamp.Now(errand.Who.Id, clock);
        var answer = Ask(gathered, copy, now, new DecidedBefore(gathered.Pack.Id, copy.Fingerprint));
        if (answer is not Allowed allowed)
            return (null, answer.Problems());
        var (request, envelope, _) = await rights.Read(errand, id, cancel);
        var next = request!.With(RightsEvent.Released, null, null, null, workingDays, now);
        if (!next.Accepted)
            return (null, next.Problems);
        var problems = await Save(errand, gathered, gathered.Pack.Released(now.At), cancel, AuditAction.RightsAnswered,
            new Put<RightsRequest>(envelopes.Of(next.Value, envelope, envelope!.Service, workingDays, now.On), next.Value, envelope.Version),
            new Count($"disclosures/{(int)GroundKind.ToThemselves}", Month.Of(now.On).First));
        return problems.IsEmpty ? (new Outlet(allowed, OutletForm.File, copy.Shown), []) : (null, problems);
    }

    /// <summary>Everything that stands against putting it together now.</summary>
    public static ImmutableArray<Problem> Missing(Gathered gathered, PersonId receiver, string? proof) => gathered.Trouble is { } trouble ? [new Problem("", trouble)] :
    [
        .. new[]
        {
            gathered.Pack.WasReleased ? new Problem("", "The answer went already.") : null,
            gathered.Request!.Clock is { Identity: { AnsweredOn: null } } ? new Problem("", "Proof of identity is awaited.") : null,
            gathered.Request.AuthorityMissing ? new Problem("", "Nobody saw on what authority the representative asks.") : null,
            gathered.Request.Undecided.Any() ? new Problem("", "Say first whether the families that were looked at are theirs.") : null,
            gathered.Request.Places.Count() < Enum.GetValues<OtherPlace>().Length ? new Problem("", "Say first of each other place what came of searching it.") : null,
            gathered.Request.RegistersSearched ? null : new Problem("", "Search the registers first: breaches, earlier requests, copies asked for."),
            gathered.Closed > 0 ? new Problem("", gathered.Closed == 1 ? "One record is closed to you. Ask the duty lead to let you see it." : $"{gathered.Closed:N0} records are closed to you. Ask the duty lead to let you see them.") : null,
            gathered.Waiting is > 0 and var waiting ? new Problem("", waiting == 1 ? "One item waits for a decision." : $"{waiting:N0} items wait for a decision.") : null,
            gathered.Receivers.Any(one => one.Id == receiver) ? null : new Problem("pack.receiver", "Choose who gets it: the person, or whoever was proved to act for them."),
            string.IsNullOrWhiteSpace(proof) ? new Problem("pack.proof", "Say what proved who they are.") : TypedText.Check("pack.proof", proof),
        }.OfType<Problem>(),
    ];

    private GateAnswer Ask(Gathered gathered, PackCopy copy, Stamp now, DecidedBefore? decided)
    {
        var subject = gathered.Request!.About.First().Person;
        var facts = gathered.Facts! with { ByTwo = true, Released = gathered.Pack.WasReleased };
        // A parent is asked about at the gate; who represents them was proved on the request itself.
        if (copy.Receiver == new PersonId(gathered.Request.Id.Value) && !gathered.Request.AuthorityMissing)
        {
            var proved = new Representative { Person = subject, Who = copy.Receiver, Capacity = RepresentativeCapacity.Other, Document = "seen at the request", SeenOn = now.On, Receives = true, Source = Source.Record };
            facts = facts with { People = [.. facts.People.Select(person => person.Id == subject ? person with { Representatives = person.Representatives.Add(proved) } : person)] };
        }
        var name = gathered.Receivers.FirstOrDefault(one => one.Id == copy.Receiver).Name ?? gathered.Name;
        return DisclosureGate.Decide(new DisclosureRequest
        {
            Id = gathered.Pack.Id,
            Act = OutwardAct.Copy,
            Recipient = new RecipientFacts { Body = NamedBody.Create(BodyKind.Other, name).OrThrow(), Person = copy.Receiver },
            About = [subject],
            Items = [new DisclosureItem { FieldId = DisclosureFields.Text, About = [subject] }],
            Channel = DisclosureRequest.Meeting,
            Ground = new Ground.ToThemselves(subject, copy.Proof),
            Content = DisclosureText.Hash(copy.Shown),
            Scan = TextScan.ReadAndPassed,
            Now = now,
            Approval = copy.Approval,
            Decided = decided,
        }, facts);
    }

    private async Task<ImmutableArray<Problem>> Save(Errand errand, Gathered gathered, RightsPack pack, CancellationToken cancel, AuditAction action = AuditAction.Saved, params Change[] more)
    {
        var before = gathered.PackEnvelope;
        var envelope = envelopes.Of(pack, errand.Who.Id, before, before?.Service ?? errand.Who.Services.Order().FirstOrDefault(Service.FamiliesInformation), London.Today(clock));
        var outcome = await keeper.Do(new Act(errand, action, [new Put<RightsPack>(envelope, pack, before?.Version ?? 0), .. more]), cancel);
        return outcome.Problems();
    }

    private async Task<(RightsPack Pack, Envelope? Envelope)> Pack(Errand errand, UnitId request, CancellationToken cancel) =>
        await keeper.Open<RightsPack>(errand, RightsPack.IdOf(request), cancel) is Opening<RightsPack>.Opened found ? (found.Record.Open(found.Clearance), found.Envelope) : (RightsPack.Of(request), null);

    private async Task<IReadOnlyList<Envelope>> Units(UnitId unit, CancellationToken cancel) =>
        await keeper.Envelope(unit, cancel) is not { } envelope ? []
        : envelope.Kind == UnitKind.Family ? [.. (await keeper.Envelopes(new EnvelopeQuery { Family = unit, Take = Most }, cancel)).Where(one => Readings.ContainsKey(one.Kind)).OrderBy(one => one.Kind != UnitKind.Family).ThenBy(one => one.Kind).ThenBy(one => one.Id)]
        : [envelope];

    private static async Task<(object? Record, bool Refused)> Read<T>(Keeper keeper, Errand errand, UnitId unit, CancellationToken cancel) where T : class =>
        (await keeper.Open<T>(errand, unit, cancel)) switch
        {
            Opening<T>.Opened found => (found.Record.Open(found.Clearance), false),
            Opening<T>.Refused => (null, true),
            _ => (null, false),
        };

    // The person; for a child whoever is known to hold parental responsibility; a representative whose authority was seen.
    private static IEnumerable<(PersonId Id, string Name)> Receivers(RightsRequest request, RightsSubject subject, FamilyCard? card, DateOnly today)
    {
        yield return (subject.Person, card is not null && card.People.Any(one => one.Id == subject.Person) ? FamilyWords.NameOf(card, subject.Person) : request.Reference is { } reference ? $"Whoever holds {reference}" : "The person");
        if (request.Asker == Asker.Parent && card?.FindChild(subject.Person) is { } child && !(child.Birth.Latest is { } born && today >= born.AddYears(18)))
        {
            foreach (var carer in card.Carers.Where(carer => card.ResponsibilityOf(carer.Id, subject.Person) == Responsibility.Yes))
                yield return (carer.Id, FamilyWords.NameOf(card, carer.Id));
        }
        if (request is { Asker: Asker.Representative, AskerName: { } name, AuthorityMissing: false })
            yield return (new PersonId(request.Id.Value), name);
    }

    private static DisclosureFacts Joined(DisclosureFacts all, DisclosureFacts one) => one with
    {
        People = all.People.AddRange(one.People),
        Orders = all.Orders.AddRange(one.Orders),
        UnsafeAddresses = all.UnsafeAddresses.AddRange(one.UnsafeAddresses),
        SafeContact = all.SafeContact is { } before && (one.SafeContact is null || !before.NeverDiscloseTo.IsEmpty) ? before : one.SafeContact,
    };
}

/// <summary>One record with what of it bears on the request. Content: shows nothing of itself.</summary>
public sealed record PackRecord(Envelope Envelope, ImmutableArray<PackItem> Items)
{
    /// <summary>As the person reads it.</summary>
    public string Title => Envelope.Kind switch
    {
        UnitKind.Family => "Your details on the family's card",
        UnitKind.Enquiry => $"Enquiry of {Envelope.CreatedOn.Long()}",
        UnitKind.Permission => $"Permission recorded on {Envelope.CreatedOn.Long()}",
        UnitKind.Disclosure => $"What was decided or told on {Envelope.CreatedOn.Long()}",
        UnitKind.RightsRequest => $"What you asked of us, {Envelope.CreatedOn.Long()}",
        UnitKind.CopyRequest => $"A copy of our policy that you asked for, {Envelope.CreatedOn.Long()}",
        UnitKind.Breach => $"Something that went wrong with information, reported on {Envelope.CreatedOn.Long()}",
        UnitKind.Asked => $"Somebody asked, {Envelope.CreatedOn.Long()}",
        _ => $"{Envelope.Kind.Word()}, {Envelope.CreatedOn.Long()}",
    };

    /// <summary>The lines that go out.</summary>
    public IEnumerable<(string Label, string Words)> Lines => Items.Where(item => item.Shown is not null).Select(item => (item.Label, item.Shown!));

    public override string ToString() => nameof(PackRecord);
}

/// <summary>Everything on one person, as it stands now, or why it cannot be gathered. Content: shows nothing of itself.</summary>
public sealed record Gathered
{
    public RightsRequest? Request { get; init; }
    public RightsPack Pack { get; init; } = null!;
    public Envelope? PackEnvelope { get; init; }
    /// <summary>Whom it is about.</summary>
    public string Name { get; init; } = "";
    public ImmutableArray<PackRecord> Records { get; init; } = [];
    /// <summary>Records that are closed to this colleague.</summary>
    public int Closed { get; init; }
    /// <summary>Records that cannot be read.</summary>
    public int Broken { get; init; }
    /// <summary>Who may get it.</summary>
    public ImmutableArray<(PersonId Id, string Name)> Receivers { get; init; } = [];
    public ImmutableArray<StatementLine> Told { get; init; } = [];
    /// <summary>Roles that opened any of it.</summary>
    public ImmutableArray<string> OpenedBy { get; init; } = [];
    public DisclosureFacts? Facts { get; init; }
    public DateOnly On { get; init; }
    public string? Trouble { get; init; }

    public IEnumerable<PackItem> Items => Records.SelectMany(record => record.Items);
    public int Waiting => Items.Count(item => item.Waits);

    /// <summary>What was searched, kind by kind, and how many records were read: for the officer; agrees with the audit.</summary>
    public IEnumerable<(UnitKind Kind, int? Records)> Coverage => PackDesk.Searched.Order().Select(kind => (kind, Request!.RegistersSearched || !PackDesk.Registers.Contains(kind) ? Records.Count(record => record.Envelope.Kind == kind) : (int?)null));

    /// <summary>The same as the person reads it: only what shows in the answer counts, so that nothing that has to stay out leaves a trace.</summary>
    public IEnumerable<(string Place, SearchResult Result, string Words)> Searched =>
    [
        .. new (UnitKind? Kind, string Place)[] { (UnitKind.Family, "Family cards"), (UnitKind.Enquiry, "Enquiries"), (UnitKind.Permission, "Permissions"), (UnitKind.Disclosure, "What we told others"), (UnitKind.RightsRequest, "Earlier requests"), (UnitKind.CopyRequest, "Copies of our policy that you asked for"), (UnitKind.Breach, "What went wrong with information"), (null, "Our other records") }
            .Select(one => (one.Place, Count: Records.Count(record => (one.Kind is { } kind ? record.Envelope.Kind == kind : !Named.Contains(record.Envelope.Kind)) && record.Lines.Any())))
            .Select(one => (one.Place, one.Count > 0 ? SearchResult.Held : SearchResult.NothingHeld, one.Count > 0 ? $"{one.Count:N0}" : "")),
        .. Broken > 0 ? new[] { ("Records that do not open", SearchResult.NotSearchable, Broken == 1 ? "one record" : $"{Broken:N0} records") } : [],
        .. Request!.Places.OrderBy(place => place.Place).Select(place => (place.Place.Words(), place.Result, place.Result == SearchResult.NotSearchable ? place.Terms : "")),
    ];

    // What has a line of its own in the answer's list of what was searched; the rest stands together.
    private static readonly UnitKind[] Named = [UnitKind.Family, UnitKind.Enquiry, UnitKind.Permission, UnitKind.Disclosure, UnitKind.RightsRequest, UnitKind.CopyRequest, UnitKind.Breach];

    internal static Gathered Not(string trouble) => new() { Trouble = trouble };

    public override string ToString() => nameof(Gathered);
}
