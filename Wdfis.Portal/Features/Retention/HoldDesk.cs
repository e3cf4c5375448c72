using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Retention;

/// <summary>Holds: placed, looked at and lifted by leads (D5). What they bind is enforced by the strongroom.</summary>
internal sealed class HoldDesk(Keeper keeper, DraftDesk drafts, Envelopes envelopes, TimeProvider clock)
{
    public const string Form = "hold";
    public const string KindField = "kind";
    public const string WhyField = "why";
    public const string ReviewField = "review";
    public const string ReferenceField = "reference";
    public const string ConfirmedField = "confirmed-by";

    private const string Gone = "This record is not there any more. Open the list again.";

    /// <summary>The envelopes of all holds that bind, the first to be looked at first. Opens none.</summary>
    public Task<IReadOnlyList<Envelope>> Holds(Errand<May.SeeRetention> errand, CancellationToken cancel = default) =>
        keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Hold, State = Envelopes.HoldBinds, ByDueDate = true, Take = 1_000 }, cancel);

    /// <summary>How many holds are due for their look.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public Task<int> ToLookAt(DateOnly today, CancellationToken cancel = default) =>
        keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Hold, State = Envelopes.HoldBinds, DueOnOrBefore = today }, cancel);

    /// <summary>Opens a hold; null with the reason where that cannot be.</summary>
    public async Task<(Hold? Hold, Envelope? Envelope, string? Trouble)> Open(Errand<May.Lead> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<Hold>(errand, id, cancel)).Read("There is no such hold.", "There is no such hold any more.", OutcomeWords.WhoeverRunsIt);

    /// <summary>Places a hold on a unit, or on a class, from the draft. Nothing when done, else everything wrong.</summary>
    public async Task<ImmutableArray<Problem>> Place(Errand<May.Lead> errand, UnitId? unit, string? keepClass, UnitId draft, CancellationToken cancel = default)
    {
        var held = unit is { } target ? await keeper.Envelope(target, cancel) : null;
        if (unit is not null && held is null or { Kind: UnitKind.Draft or UnitKind.Hold })
            return [new Problem("", Gone)];
        var typed = await Typed(errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = Hold.Place(UnitId.Create(clock), Enum.TryParse<HoldKind>(typed.GetValueOrDefault(KindField), out var kind) ? kind : null, unit, keepClass,
            typed.GetValueOrDefault(WhyField), typed.GetValueOrDefault(ReviewField).Day(), typed.GetValueOrDefault(ReferenceField), typed.GetValueOrDefault(ConfirmedField), now);
        return !made.Accepted ? made.Problems : (await keeper.Do(new Act(errand, AuditAction.HoldPlaced,
        [
            new Put<Hold>(envelopes.Of(made.Value, errand.Who.Id, null, held, now.On), made.Value, 0),
            new Bind(made.Value.Id, unit, keepClass),
            .. await keeper.Dropping(draft, cancel),
        ]), cancel)).Problems(Gone);
    }

    /// <summary>A lead looked at it and it goes on, or lifts it.</summary>
    public async Task<ImmutableArray<Problem>> Change(Errand<May.Lead> errand, UnitId id, UnitId draft, bool lift, CancellationToken cancel = default)
    {
        if (await Open(errand, id, cancel) is not ({ } hold, { } envelope, _))
            return [new Problem("", Gone)];
        var typed = await Typed(errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var why = typed.GetValueOrDefault(WhyField);
        var made = lift ? hold.Lift(why, now) : hold.Look(why, typed.GetValueOrDefault(ReviewField).Day(), now);
        return !made.Accepted ? made.Problems : (await keeper.Do(new Act(errand, lift ? AuditAction.HoldLifted : AuditAction.Saved,
        [
            // Released first: its own record, too, is bound for as long as it binds something.
            .. lift ? [new Release(id)] : Array.Empty<Change>(),
            new Put<Hold>(envelopes.Of(made.Value, envelope.Owner, envelope, null, now.On), made.Value, envelope.Version),
            .. await keeper.Dropping(draft, cancel),
        ]), cancel)).Problems(Gone);
    }

    private async Task<IReadOnlyDictionary<string, string>> Typed(Errand errand, UnitId draft, CancellationToken cancel) =>
        (await drafts.Open(errand, draft, cancel))?.Fields ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty;
}
