using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
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
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Families;

/// <summary>
/// Joins two cards of one family that was entered twice (D4, D5): in one act the other card's people and everything that belongs to it come
/// under this one, every keep-until date is worked out anew, and what is left of the other is destroyed. Nobody decides here which of two
/// facts is right: whatever differs is refused until the forms that exist have made it agree.
/// </summary>
internal sealed class JoiningDesk(Keeper keeper, Envelopes envelopes, IServiceProvider formats, TimeProvider clock)
{
    /// <summary>The field of the reason, and the fields of problems that no field of the card carries.</summary>
    public const string ReasonField = "reason.text", HandlingField = "handling", HoldField = "hold", OtherField = "other";

    /// <summary>The form of the draft.</summary>
    public const string Form = "family-join";

    private delegate Task<(Put? Put, string? Trouble)> Moving(JoiningDesk desk, Errand errand, Envelope envelope, IReadOnlyDictionary<Guid, Guid> ids, CancellationToken cancel);

    private static readonly ImmutableDictionary<UnitKind, Moving> Movings = new Dictionary<UnitKind, Moving>
    {
        [UnitKind.Enquiry] = Of<Enquiry>(),
        [UnitKind.Permission] = Of<Permission>(),
        [UnitKind.Disclosure] = Of<DisclosureRecord>(),
        [UnitKind.Exemption] = Of<Exemption>(),
        [UnitKind.Finding] = Of<AuthorityFinding>(),
        [UnitKind.Amends] = Of<Amends>(),
        [UnitKind.Asked] = Of<AskedAbout>(),
        [UnitKind.Anonymisation] = Of<Anonymisation>(),
        [UnitKind.HeardOf] = Of<HeardOf>(),
        [UnitKind.Handling] = Of<HandlingNote>(),
        [UnitKind.Hold] = Of<Hold>(),
    }.ToImmutableDictionary();

    /// <summary>The kinds that come along with a card.</summary>
    public static IEnumerable<UnitKind> Moved => Movings.Keys;

    /// <summary>Both cards, what would move, and everything that stands against joining them; changes nothing.</summary>
    /// <param name="errand">Who looks.</param>
    /// <param name="into">The family that stays.</param>
    /// <param name="from">The family that becomes part of it.</param>
    /// <param name="same">Who of the other card is who of this one; null for a proposal.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<JoiningLook> Look(Errand<May.Lead> errand, UnitId into, UnitId from, IReadOnlyDictionary<PersonId, PersonId>? same = null, CancellationToken cancel = default)
    {
        if (into == from)
            return JoiningLook.Not("This is the same family. Find the other card.");
        var (card, envelope, trouble) = await Open(errand, into, cancel);
        if (card is null)
            return JoiningLook.Not(trouble!);
        var (other, around, closed) = await Open(errand, from, cancel);
        if (other is null)
            return JoiningLook.Not($"The other family: {closed}");
        var pairs = same ?? Proposed(card, other);
        var held = await keeper.Envelopes(new EnvelopeQuery { Family = into, Take = int.MaxValue }, cancel);
        var units = (await keeper.Envelopes(new EnvelopeQuery { Family = from, Take = int.MaxValue }, cancel)).Where(unit => unit.Id != from).ToImmutableArray();
        var joined = card.Join(other, pairs, London.Today(clock));
        return new JoiningLook
        {
            Into = card,
            IntoEnvelope = envelope,
            From = other,
            FromEnvelope = around,
            Same = pairs.ToImmutableDictionary(),
            Held = [.. held.Where(unit => unit.Id != into)],
            Units = units,
            Joined = joined.Value,
            Against = [.. await Against(errand, around!, units, cancel), .. StoredOnly(errand, card, other, pairs), .. joined.Problems],
        };
    }

    /// <summary>Joins them. Nothing when it was done, else everything that stands against it.</summary>
    public async Task<ImmutableArray<Problem>> Join(Errand<May.Lead> errand, UnitId into, UnitId from, IReadOnlyDictionary<PersonId, PersonId> same, string? reason, UnitId draft = default, CancellationToken cancel = default)
    {
        var look = await Look(errand, into, from, same, cancel);
        if (look.Trouble is { } trouble)
            return [new Problem("", trouble)];
        if (Reason.Check(ReasonField, reason) is { } wordless)
            return [wordless, .. look.Against];
        if (look is not { Against: [], Joined: { } card, IntoEnvelope: { } here, FromEnvelope: { } there })
            return look.Against;
        var today = London.Today(clock);
        var ids = same.ToDictionary(pair => pair.Key.Value, pair => pair.Value.Value);
        ids[from.Value] = into.Value;
        // The last contact with either was one with the family, and the children are those of both.
        var last = new[] { here, there }.Max(one => one.KeepUntil.Facts?.LastContactOn ?? one.KeepUntil.Facts?.OpenedOn ?? one.CreatedOn);
        var (touched, born) = (Envelopes.InTouch(last), Envelopes.Born(card.YoungestBorn));
        RetentionFacts Facts(RetentionClass line, RetentionFacts facts) => touched(line, born(line, facts));
        var (recounted, leaning) = await envelopes.Recounted(keeper, into, Facts, cancel: cancel);
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(Seen(here, look.Held));
        changes.Add(Seen(there, look.Units));
        var moved = look.Units.Select(unit => unit with { Family = into, SpecialHandling = unit.SpecialHandling || here.SpecialHandling, KeepUntil = envelopes.Again(unit, Facts) }).ToList();
        var next = envelopes.Of(card, into, here.Service, here.Owner, here, last, [.. leaning, .. moved.Where(unit => Schedule.Leans(unit.Kind)).Select(unit => unit.KeepUntil)], today);
        changes.Add(new Put<FamilyCard>(next with
        {
            Marking = Marking.Stricter(next.Marking, there.Marking),
            KeepUntil = there.KeepUntil.NotBefore is { } decided && !(next.KeepUntil.NotBefore >= decided) ? next.KeepUntil.Under(there.KeepUntil, onHold: false) : next.KeepUntil,
        }, card, here.Version));
        var (heard, met, unheard) = await Word(errand, card, next, look, same, moved, cancel);
        if (unheard is not null)
            return [unheard];
        foreach (var unit in moved.Where(unit => !met.Contains(unit.Id)))
        {
            var (put, closed) = await Movings[unit.Kind](this, errand, unit, ids, cancel);
            if (put is null)
                return [new Problem(OtherField, closed!)];
            changes.Add(put);
        }
        changes.AddRange(heard);
        changes.AddRange(recounted);
        changes.Add(new Destroy(from, "joined"));
        changes.AddRange(await keeper.Dropping(draft, cancel));
        var outcome = await keeper.Do(new Act(errand, AuditAction.Joined, changes.ToImmutable()) { Reason = new Reason(into, reason!), Joins = [into, from] }, cancel);
        return outcome.Problems(busy: "Somebody changed one of the two families in between. Nothing was joined: look at both again.");
    }

    // Those who go by one name, and whose births do not differ.
    private static Dictionary<PersonId, PersonId> Proposed(FamilyCard card, FamilyCard other)
    {
        static IEnumerable<(PersonId Id, bool Child, string Name, Birth Birth)> All(FamilyCard of) =>
            of.Carers.Select(one => (one.Id, false, FamilyWords.NameOf(one), one.Birth)).Concat(of.Children.Select(one => (one.Id, true, FamilyWords.NameOf(one), one.Birth)));
        var same = new Dictionary<PersonId, PersonId>();
        foreach (var theirs in All(other))
        {
            var mine = All(card).FirstOrDefault(one => one.Child == theirs.Child && string.Equals(one.Name, theirs.Name, StringComparison.OrdinalIgnoreCase)
                && (one.Birth.IsNothing || theirs.Birth.IsNothing || one.Birth == theirs.Birth) && !same.ContainsValue(one.Id));
            if (mine != default)
                same[theirs.Id] = mine.Id;
        }
        return same;
    }

    private async Task<IEnumerable<Problem>> Against(Errand errand, Envelope from, ImmutableArray<Envelope> units, CancellationToken cancel)
    {
        var notes = units.Where(unit => unit.Kind == UnitKind.Handling && unit.State != "ended");
        return new[]
        {
            from.OnHold || units.Any(unit => unit.OnHold) ? new Problem(HoldField, "Something of the other family is on hold, for a hold, an open rights request or a breach. Wait until that is over, or join from the other side: this card then becomes part of that one.") : null,
            from.SpecialHandling || units.Any(unit => unit.SpecialHandling) ? new Problem(HandlingField, "The other family is under special handling, which would not come along. Join from the other side: this card then becomes part of that one. Where both are, lift it on one first.") : null,
            notes.Any(note => note.State != Envelopes.SpecialHandling) ? new Problem(HandlingField, "A conflict was declared with the other family, or it was opened in an emergency that nobody reviewed. Settle that first.") : null,
            !from.SpecialHandling && (await keeper.Assigned(errand, from.Id, cancel)).Count > 0 ? new Problem(HandlingField, "Colleagues are still assigned to the other family. Take the assignments back first.") : null,
            units.Any(unit => unit.Kind is UnitKind.Disclosure or UnitKind.Exemption && unit.State is AccessDecision.WaitsForSecond or AccessDecision.WaitsForSignOff or Envelopes.DisclosureAgreed)
                ? new Problem(OtherField, "Something of the other family waits for a second person, who would be agreeing to something else. Let it be decided first.") : null,
            units.Any(unit => !Movings.ContainsKey(unit.Kind)) ? new Problem(OtherField, "The other family has a record that cannot be moved. Tell the information-governance officer.") : null,
            units.Any(unit => keeper.MayOpen(errand, unit.Id) is not AccessDecision.Allowed) ? new Problem(OtherField, "A record of the other family is closed to you, so you cannot move it. Ask the duty lead.") : null,
        }.OfType<Problem>();
    }

    private static IEnumerable<Problem> StoredOnly(Errand errand, FamilyCard card, FamilyCard other, IReadOnlyDictionary<PersonId, PersonId> same) => same
        .Where(pair => other.IsStoredOnly(pair.Key, errand.Purpose) || card.IsStoredOnly(pair.Value, errand.Purpose))
        .Select(pair => new Problem(Of(pair.Value), "They asked us to store what we hold and do nothing else with it. Leave them as two people, or lift the restriction first."));

    private static string Of(PersonId person) => $"family.person#{person}";

    private static Unchanged Seen(Envelope family, IEnumerable<Envelope> units) =>
        new(family.Id, units.Append(family).ToImmutableDictionary(unit => unit.Id, unit => unit.Version)) { Whole = true };

    // The unit of somebody of whom others told us carries their id in its own: for whoever is on this card already it becomes theirs here.
    private async Task<(ImmutableArray<Change> Changes, HashSet<UnitId> Met, Problem? Trouble)> Word(
        Errand errand, FamilyCard card, Envelope family, JoiningLook look, IReadOnlyDictionary<PersonId, PersonId> same, IReadOnlyList<Envelope> moved, CancellationToken cancel)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var met = new HashSet<UnitId>();
        var owed = card.OwedWord.ToHashSet();
        foreach (var (theirs, mine) in same)
        {
            if (moved.FirstOrDefault(unit => unit.Id == HeardOf.IdOf(theirs)) is not { } envelope)
                continue;
            if (await keeper.Open<HeardOf>(errand, envelope.Id, cancel) is not Opening<HeardOf>.Opened found)
                return ([], met, new Problem(OtherField, "The note of somebody of whom others told us cannot be opened. Tell the information-governance officer."));
            var now = HeardOf.Of(mine, DateOnly.MaxValue).Join(found.Record.Open(found.Clearance)).OrThrow();
            var before = look.Held.FirstOrDefault(unit => unit.Id == now.Id);
            switch (await keeper.Open<HeardOf>(errand, now.Id, cancel))
            {
                case Opening<HeardOf>.Missing:
                    break;
                case Opening<HeardOf>.Opened held when held.Record.Open(held.Clearance).Join(now) is { Accepted: true } both:
                    now = both.Value;
                    break;
                default:
                    return ([], met, new Problem(Of(mine), "That others told us of them was settled on both cards. Leave them as two people, so that neither is lost."));
            }
            var after = (before ?? envelope) with { Id = now.Id };
            after = envelopes.Of(now, after, family, London.Today(clock));
            changes.Add(new Put<HeardOf>(owed.Contains(mine) ? after : after with { State = Envelopes.HeardOfOver, DueOn = null }, now, before?.Version ?? 0));
            changes.Add(new Destroy(envelope.Id, "joined"));
            met.UnionWith([envelope.Id, now.Id]);
        }
        // Whoever was told by the other card's ledger is owed no word any more.
        changes.AddRange((await envelopes.HeardOf(keeper, errand, card, family, London.Today(clock), cancel)).Where(change => change is not Put put ? change is not Mark mark || !met.Contains(mark.Unit) : !met.Contains(put.Envelope.Id)));
        return (changes.ToImmutable(), met, null);
    }

    private static Moving Of<T>() where T : class => (desk, errand, envelope, ids, cancel) => desk.Move<T>(errand, envelope, ids, cancel);

    private async Task<(Put? Put, string? Trouble)> Move<T>(Errand errand, Envelope envelope, IReadOnlyDictionary<Guid, Guid> ids, CancellationToken cancel) where T : class =>
        (await keeper.Open<T>(errand, envelope.Id, cancel)).Match<(Put?, string?)>(
            opened: found => (new Put<T>(envelope, formats.GetRequiredService<IRecordFormat<T>>().Renamed(found.Record.Open(found.Clearance), ids), envelope.Version), null),
            refused: no => (null, no.Reasons.Words()),
            missing: _ => (null, FamilyDesk.Busy),
            erased: _ => (null, FamilyDesk.Busy),
            damaged: broken => (null, $"A record of the other family cannot be opened. {broken.What} Tell your team lead."),
            noRoom: _ => (null, NoRoomException.TypedStays));

    private async Task<(FamilyCard? Card, Envelope? Envelope, string? Trouble)> Open(Errand errand, UnitId id, CancellationToken cancel)
    {
        var opening = await keeper.Open<FamilyCard>(errand, id, cancel);
        return opening is Opening<FamilyCard>.Opened found ? (found.Record.Open(found.Clearance), found.Envelope, null) : (null, null, FamilyPage.WordsOf(opening));
    }
}

/// <summary>Two cards side by side with all that bears on joining them, or why they cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record JoiningLook
{
    public FamilyCard? Into { get; init; }
    public Envelope? IntoEnvelope { get; init; }
    public FamilyCard? From { get; init; }
    public Envelope? FromEnvelope { get; init; }
    /// <summary>Who of the other card is who of this one.</summary>
    public ImmutableDictionary<PersonId, PersonId> Same { get; init; } = ImmutableDictionary<PersonId, PersonId>.Empty;
    /// <summary>What belongs to the family that stays.</summary>
    public ImmutableArray<Envelope> Held { get; init; } = [];
    /// <summary>What belongs to the other and would move.</summary>
    public ImmutableArray<Envelope> Units { get; init; } = [];
    public FamilyCard? Joined { get; init; }
    public ImmutableArray<Problem> Against { get; init; } = [];
    public string? Trouble { get; init; }

    internal static JoiningLook Not(string trouble) => new() { Trouble = trouble };

    public override string ToString() => nameof(JoiningLook);
}
