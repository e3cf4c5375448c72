using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Families;

/// <summary>Word owed to people of whom others told us (D1, Article 14). What puts somebody onto the list is the saving of a card: <see cref="Envelopes.HeardOf"/>.</summary>
internal sealed class HeardOfDesk(Keeper keeper, Envelopes envelopes, TimeProvider clock)
{
    /// <summary>Opens one with the card on which they stand.</summary>
    public async Task<ShownHeardOf> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        var (heard, envelope, trouble) = (await keeper.Open<HeardOf>(errand, id, cancel)).Read("There is nothing here. Look at the address.", "This was destroyed when its time was over.");
        if (heard is null)
            return new(null, null, null, trouble);
        var card = await keeper.Open<FamilyCard>(errand, envelope!.Family!.Value, cancel) is Opening<FamilyCard>.Opened opened ? opened.Record.Open(opened.Clearance) : null;
        return new(heard, envelope, card, card is null ? "The family's card does not open. Ask the duty lead." : null);
    }

    /// <summary>They were told.</summary>
    public Task<ImmutableArray<Problem>> Tell(Errand<May.WorkWithFamilies> errand, UnitId id, DateOnly? on, string? how, CancellationToken cancel = default) =>
        Settle(errand, id, AuditAction.Told, (heard, now) => heard.Tell(on, how, now), cancel);

    /// <summary>They are not told, and why.</summary>
    public Task<ImmutableArray<Problem>> LeaveUntold(Errand<May.WorkWithFamilies> errand, UnitId id, NotToldBecause? because, string? reason, CancellationToken cancel = default) =>
        Settle(errand, id, AuditAction.Saved, (heard, now) => heard.LeaveUntold(because, reason, now), cancel);

    private async Task<ImmutableArray<Problem>> Settle(Errand errand, UnitId id, AuditAction action, Func<HeardOf, Stamp, Checked<HeardOf>> settle, CancellationToken cancel)
    {
        var (heard, envelope, _, trouble) = await Open(errand, id, cancel);
        if (heard is null)
            return [new Problem("", trouble!)];
        var now = Stamp.Now(errand.Who.Id, clock);
        var settled = settle(heard, now);
        if (!settled.Accepted)
            return settled.Problems;
        var outcome = await keeper.Do(new Act(errand, action, [new Put<HeardOf>(envelopes.Of(settled.Value, envelope, null, now.On), settled.Value, envelope!.Version)]), cancel);
        return outcome.Problems();
    }
}

/// <summary>Somebody of whom others told us for their page, or why it cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownHeardOf(HeardOf? Heard, Envelope? Envelope, FamilyCard? Card, string? Trouble)
{
    public override string ToString() => nameof(ShownHeardOf);
}
