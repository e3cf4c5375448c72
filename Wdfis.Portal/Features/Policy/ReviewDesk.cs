using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Policy;

/// <summary>Reviews of the policy (A1): the yearly one and those with a trigger of their own, clause by clause beside the year's figures.</summary>
internal sealed class ReviewDesk(Keeper keeper, PolicyShelf shelf, ConformanceDesk conformance, DraftDesk drafts, Envelopes envelopes, TimeProvider clock)
{
    public const string Form = "policy-review";
    public const string TriggerField = "trigger";
    public const string BecauseField = "because";
    public const string NextField = "next";
    public const string KeptField = "kept.";
    public const string WhyField = "why.";

    /// <summary>The envelopes of all reviews, the newest first.</summary>
    public async Task<IReadOnlyList<Envelope>> All(Errand<May.ApprovePolicy> errand, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.PolicyReview, Take = 1_000 }, cancel)).OrderByDescending(review => review.Id)];

    /// <summary>Opens a review to read or fill it in; null with the reason where that cannot be.</summary>
    public async Task<(PolicyReview? Review, Envelope? Envelope, string? Trouble)> Open(Errand<May.ApprovePolicy> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<PolicyReview>(errand, id, cancel)).Read("There is no such review.", "There is no such review any more.", OutcomeWords.WhoeverRunsIt);

    /// <summary>Begins a review from the draft. The id of the new review when there is no problem.</summary>
    public async Task<(UnitId Id, ImmutableArray<Problem> Problems)> Begin(Errand<May.KeepPolicy> errand, UnitId draft, CancellationToken cancel = default)
    {
        var typed = await drafts.Open((Errand)errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = PolicyReview.Open(UnitId.Create(clock), Enum.TryParse<ReviewTrigger>(typed?[TriggerField], out var trigger) ? trigger : default,
            typed?[BecauseField], shelf.InForce?.Number ?? default, shelf.ReviewOn, now);
        return !made.Accepted ? (default, made.Problems)
            : (made.Value.Id, (await keeper.Do(new Act(errand, AuditAction.Created,
                [new Put<PolicyReview>(envelopes.Of(made.Value, errand.Who, null, now.On), made.Value, 0), .. await keeper.Dropping(draft, cancel)]), cancel)).Problems());
    }

    /// <summary>Keeps what was said of the clauses; and signs it, with the figures of this moment, when <paramref name="sign"/> is true.</summary>
    public async Task<ImmutableArray<Problem>> Save(Errand<May.KeepPolicy> errand, UnitId id, UnitId draft, bool sign, CancellationToken cancel = default)
    {
        if (await Open((Errand)errand, id, cancel) is not ({ } review, { } envelope, _))
            return [new Problem("", "This review is not there any more. Open the list again.")];
        var typed = await drafts.Open((Errand)errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var verdict in review.Verdicts)
        {
            var kept = typed?.Fields.GetValueOrDefault(KeptField + verdict.Clause) is { } said ? said == "yes" : verdict.Kept;
            if (kept is null)
                continue;
            var step = review.Say(verdict.Clause, kept.Value, typed?.Fields.GetValueOrDefault(WhyField + verdict.Clause) ?? verdict.Why);
            problems.AddRange(step.Problems);
            review = step.Value ?? review;
        }
        if (sign)
        {
            var next = typed?[NextField].Day() ?? SuggestedNext(review.Trigger);
            var signed = review.Sign(await conformance.Snapshot(cancel), next, now);
            problems.AddRange(signed.Problems);
            review = signed.Value ?? review;
        }
        return problems.Count > 0 ? problems.ToImmutable() : (await keeper.Do(new Act(errand, sign ? AuditAction.SignedOff : AuditAction.Saved,
            [new Put<PolicyReview>(envelopes.Of(review, errand.Who, envelope, now.On), review, envelope.Version), .. await keeper.Dropping(draft, cancel)]), cancel)).Problems();
    }

    /// <summary>The next yearly date: a year after the one that was due; one outside the year leaves it as it is.</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public DateOnly SuggestedNext(ReviewTrigger trigger)
    {
        var (today, due) = (London.Today(clock), shelf.ReviewOn);
        var next = trigger == ReviewTrigger.Yearly && due is { } on ? PolicyReview.NextAfter(on) : due;
        return next > today ? next.Value : PolicyReview.NextAfter(today);
    }
}
