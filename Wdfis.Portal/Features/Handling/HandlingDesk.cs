using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Handling;

/// <summary>
/// Who may see a family (S1): leads set, review and lift special handling and say who needs to know; anybody closes a record to
/// themselves because of a conflict, and only a lead opens it to them again. What is not allowed here stays closed.
/// </summary>
internal sealed class HandlingDesk(Keeper keeper, DraftDesk drafts, Envelopes envelopes, IColleagues colleagues, WorkingDays days, EmergencyTerms terms, TimeProvider clock)
{
    /// <summary>The form of both pages' drafts.</summary>
    public const string Form = "handling";

    /// <summary>The reason of special handling; with a note's id behind it, that of a conflict.</summary>
    public const string WhyField = "why";

    public const string TieField = "tie";

    private const int Tries = 5;
    private const string NoFamily = "This family is not there any more. Search again.";
    private const string Busy = "Somebody is changing this family at this moment. Nothing was changed: try again.";

    /// <summary>The field that says whether a colleague needs to know.</summary>
    public static string WhoField(ColleagueId colleague) => $"who-{colleague}";

    /// <summary>Those who can be assigned, the officer for what a request names: leads may see it anyhow.</summary>
    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<IReadOnlyList<Colleague>> Assignable(CancellationToken cancel = default) =>
        [.. (await colleagues.Today(cancel)).Where(colleague => colleague.May(Entitlement.TakeRights) && !colleague.Is(Role.TeamLead))];

    /// <summary>How a family is handled and why; for leads to whom it is not closed.</summary>
    public async Task<HandlingLook> Look(Errand<May.Lead> errand, UnitId family, CancellationToken cancel = default)
    {
        if (await keeper.Envelope(family, cancel) is not { Kind: UnitKind.Family } around)
            return new HandlingLook(null, NoFamily);
        var notes = ImmutableArray.CreateBuilder<(HandlingNote, Envelope)>();
        if (keeper.MayOpen(errand, family) is AccessDecision.Refused refused)
            return new HandlingLook(null, refused.Reasons.Words());
        foreach (var envelope in await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Handling, Family = family, Take = 1_000 }, cancel))
        {
            if (await keeper.Open<HandlingNote>(errand, envelope.Id, cancel) is not Opening<HandlingNote>.Opened found)
                return new HandlingLook(null, "A note about this family cannot be opened. Tell the information-governance officer; nothing can be changed here until it is looked at.");
            notes.Add((found.Record.Open(found.Clearance), found.Envelope));
        }
        return new HandlingLook(around) { Notes = notes.ToImmutable(), Assigned = [.. await keeper.Assigned(errand, family, cancel)] };
    }

    /// <summary>Sets, reviews or lifts special handling from the draft: why, and who needs to know. Nothing when done, else everything wrong.</summary>
    public async Task<ImmutableArray<Problem>> Special(Errand<May.Lead> errand, UnitId family, UnitId draft, HandlingEvent what, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var look = await Look(errand, family, cancel);
            if (look.Family is not { } around)
                return [new Problem("", look.Trouble!)];
            if ((what == HandlingEvent.Begun) == around.SpecialHandling)
                return [new Problem("", around.SpecialHandling ? "This family is under special handling already." : "This family is not under special handling any more.")];
            if (await keeper.Open<FamilyCard>(errand, family, cancel) is not Opening<FamilyCard>.Opened found)
                return [new Problem("", NoFamily)];
            var typed = (await drafts.Open((Errand)errand, draft, cancel))?.Fields ?? ImmutableSortedDictionary<string, string>.Empty;
            var why = typed.GetValueOrDefault(WhyField);
            var now = Stamp.Now(errand.Who.Id, clock);
            // A family that came under special handling without a note gets one with the first look.
            var (before, envelope) = (look.Special?.Note, look.Special?.Envelope);
            var made = before is null ? HandlingNote.SetSpecial(UnitId.Create(clock), why, now) : (Checked<HandlingNote>)before;
            if (made.Accepted && (before is not null || what == HandlingEvent.Ended))
                made = what == HandlingEvent.Ended ? made.Value.End(why, now) : made.Value.Review(why, now);
            if (!made.Accepted)
                return made.Problems;
            var changes = ImmutableArray.CreateBuilder<Change>();
            // The card is sealed anew with it, so that what the search knows of the family says so too.
            changes.Add(new Put<FamilyCard>(found.Envelope with { SpecialHandling = what != HandlingEvent.Ended, Marking = Marking.Stricter(found.Envelope.Marking, envelopes.Sensitive) },
                found.Record.Open(found.Clearance), found.Envelope.Version));
            changes.Add(new Put<HandlingNote>(envelopes.Of(made.Value, errand.Who.Id, envelope, around, now.On), made.Value, envelope?.Version ?? 0));
            foreach (var colleague in await Assignable(cancel))
            {
                var needed = what != HandlingEvent.Ended && (typed.TryGetValue(WhoField(colleague.Id), out var yes) ? yes == "yes" : look.Assigned.Contains(colleague.Id));
                if (needed != look.Assigned.Contains(colleague.Id))
                    changes.Add(new Assign(family, colleague.Id, needed));
            }
            if (what == HandlingEvent.Ended)
            {
                // What was saved meanwhile took it over from the family.
                foreach (var bound in (await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = int.MaxValue }, cancel)).Where(one => one.SpecialHandling && one.Id != family))
                    changes.Add(new Mark(bound.Id, bound.Version, one => one with { SpecialHandling = false }));
            }
            if (Answer(await keeper.Do(new Act(errand, AuditAction.NeedToKnowChanged, [.. changes, .. await keeper.Dropping(draft, cancel)]), cancel)) is { } answer)
                return answer;
        }
        return [new Problem("", Busy)];
    }

    /// <summary>Closes the family to the colleague who says so, at once, and puts it on the leads' list. Opens nothing.</summary>
    public async Task<ImmutableArray<Problem>> Declare(Errand<May.TakeRights> errand, UnitId family, UnitId draft, CancellationToken cancel = default)
    {
        if (await keeper.Envelope(family, cancel) is not { Kind: UnitKind.Family } around)
            return [new Problem("", NoFamily)];
        var typed = await drafts.Open((Errand)errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = HandlingNote.DeclareConflict(UnitId.Create(clock), Enum.TryParse<ConflictTie>(typed?[TieField], out var tie) ? tie : null, typed?[WhyField], now);
        return !made.Accepted ? made.Problems : Answer(await keeper.Do(new Act(errand, AuditAction.NeedToKnowChanged,
        [
            new Put<HandlingNote>(envelopes.Of(made.Value, errand.Who.Id, null, around, now.On), made.Value, 0),
            new DeclareConflict(family, errand.Who.Id),
            .. await keeper.Dropping(draft, cancel),
        ]), cancel)) ?? [new Problem("", Busy)];
    }

    /// <summary>
    /// Opens a family that is closed by special handling or a restriction alone, for minutes, to the colleague who says why they must act now;
    /// the leads see it at once and review it. A conflict stays closed.
    /// </summary>
    public async Task<ImmutableArray<Problem>> OpenInEmergency(Errand<May.WorkWithFamilies> errand, UnitId family, UnitId draft, CancellationToken cancel = default)
    {
        if (await keeper.Envelope(family, cancel) is not { Kind: UnitKind.Family } around)
            return [new Problem("", NoFamily)];
        if (keeper.MayOpen(errand, family) is not AccessDecision.Refused closed)
            return [new Problem("", "This family is open to you already.")];
        if (!Opens(closed.Reasons))
            return [new Problem("", closed.Reasons.Words())];
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = HandlingNote.OpenInEmergency(UnitId.Create(clock), (await drafts.Open((Errand)errand, draft, cancel))?[WhyField], now);
        return !made.Accepted ? made.Problems : Answer(await keeper.Do(new Act(errand, AuditAction.BreakGlass,
        [
            new Put<HandlingNote>(envelopes.Of(made.Value, errand.Who.Id, null, around, now.On, days.Add(now.On, terms.ReviewDays).On), made.Value, 0),
            new Enter(family, _ => null),
            .. await keeper.Dropping(draft, cancel),
        ]), cancel)) ?? [new Problem("", Busy)];
    }

    /// <summary>Whether an emergency opens what is closed for these reasons.</summary>
    public static bool Opens(IEnumerable<RefusalReason> reasons) => reasons.All(reason => reason is RefusalReason.SpecialHandling or RefusalReason.Restricted);

    /// <summary>A lead has looked at an emergency, with what came of it; or at a conflict: it goes on, or the record is opened to the colleague again. Nobody decides about their own.</summary>
    public async Task<ImmutableArray<Problem>> Settle(Errand<May.Lead> errand, UnitId family, UnitId note, UnitId draft, bool open, CancellationToken cancel = default)
    {
        var look = await Look(errand, family, cancel);
        if (look.Family is not { } around)
            return [new Problem("", look.Trouble!)];
        if (look.Notes.FirstOrDefault(one => one.Note.Id == note && one.Note.Kind != HandlingKind.SpecialHandling) is not ({ Colleague: { } colleague } before, var envelope))
            return [new Problem("", "There is no such note any more. Open the page again.")];
        if (colleague == errand.Who.Id)
            return [new Problem("", "Another lead has to decide about your own.")];
        var why = (await drafts.Open((Errand)errand, draft, cancel))?[$"{WhyField}-{note}"];
        var now = Stamp.Now(errand.Who.Id, clock);
        var changed = open ? before.End(why, now) : before.Review(why, now);
        if (!changed.Accepted)
            return [.. changed.Problems.Select(problem => problem with { Field = problem.Field.Length == 0 ? "" : $"{problem.Field}-{note}" })];
        // Two notes of one colleague: the record opens with the last of them.
        var opens = open && before.Kind == HandlingKind.Conflict && !look.Notes.Any(one => one.Note.InForce && one.Note.Id != note && one.Note.Kind == HandlingKind.Conflict && one.Note.Colleague == colleague);
        return Answer(await keeper.Do(new Act(errand, AuditAction.NeedToKnowChanged,
        [
            new Put<HandlingNote>(envelopes.Of(changed.Value, envelope.Owner, envelope, around, now.On), changed.Value, envelope.Version),
            .. opens ? [new DeclareConflict(family, colleague, Holds: false)] : Array.Empty<Change>(),
            .. await keeper.Dropping(draft, cancel),
        ]), cancel)) ?? [new Problem("", Busy)];
    }

    // Null: somebody saved in between, try again.
    private static ImmutableArray<Problem>? Answer(Outcome outcome) => outcome.Match<ImmutableArray<Problem>?>(
        done: _ => [],
        conflict: _ => null,
        gone: _ => [new Problem("", NoFamily)],
        refused: no => [new Problem("", no.Reasons.Words())],
        noRoom: _ => [new Problem("", NoRoomException.Sentence)],
        onHold: _ => [new Problem("", "A hold binds this record, so this cannot be done until it is lifted.")],
        damaged: broken => [new Problem("", $"It cannot be saved. {broken.What} Tell the information-governance officer.")]);
}

/// <summary>How a family is handled, or why that cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record HandlingLook(Envelope? Family, string? Trouble = null)
{
    /// <summary>Every note, oldest first.</summary>
    public ImmutableArray<(HandlingNote Note, Envelope Envelope)> Notes { get; init; } = [];

    public ImmutableHashSet<ColleagueId> Assigned { get; init; } = [];

    /// <summary>The note of the special handling in force; null when there is none, also where nobody wrote one.</summary>
    public (HandlingNote Note, Envelope Envelope)? Special => Notes.Where(one => one.Note is { Kind: HandlingKind.SpecialHandling, InForce: true }).Select(one => ((HandlingNote, Envelope)?)one).LastOrDefault();

    public override string ToString() => nameof(HandlingLook);
}
