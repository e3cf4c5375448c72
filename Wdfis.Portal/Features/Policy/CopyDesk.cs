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

/// <summary>Copies of the policy that somebody asked for (C4): taken by any adviser, sent, and late when five working days have gone (<c>Policy:CopyWorkingDays</c>).</summary>
internal sealed class CopyDesk(Keeper keeper, DraftDesk drafts, Envelopes envelopes, WorkingDays days, IConfiguration configuration, TimeProvider clock)
{
    public const string Form = "policy-copy";
    public const string FormatField = "format";
    public const string LanguageField = "language";
    public const string ToField = "to";
    public const string AskedField = "asked-on";

    private readonly int within = configuration.GetValue("Policy:CopyWorkingDays", 5);

    /// <summary>The envelopes of the copies that are owed, the first due first.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public Task<IReadOnlyList<Envelope>> Owed(CancellationToken cancel = default) =>
        keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.CopyRequest, State = Envelopes.CopyOwed, ByDueDate = true, Take = 500 }, cancel);

    /// <summary>Opens a request; null with the reason where that cannot be.</summary>
    public async Task<(CopyRequest? Copy, Envelope? Envelope, string? Trouble)> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<CopyRequest>(errand, id, cancel)).Read("There is no such request.", "This request was destroyed when its time was over.");

    /// <summary>Takes a request from the draft.</summary>
    public async Task<ImmutableArray<Problem>> Take(Errand<May.WorkWithFamilies> errand, UnitId draft, CancellationToken cancel = default)
    {
        var typed = await drafts.Open((Errand)errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var asked = typed?[AskedField].Day() ?? now.On;
        var made = CopyRequest.Create(UnitId.Create(clock), Enum.TryParse<CopyFormat>(typed?[FormatField], out var format) ? format : null, typed?[LanguageField], typed?[ToField], asked, now);
        return !made.Accepted ? made.Problems : (await keeper.Do(new Act(errand, AuditAction.Created,
            [new Put<CopyRequest>(envelopes.Of(made.Value, errand.Who, null, made.Value.DueOn(days, within).On, now.On), made.Value, 0), DraftDesk.Dropping(draft)]), cancel)).Problems();
    }

    /// <summary>It went; counted for the yearly review.</summary>
    public async Task<ImmutableArray<Problem>> Send(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        if (await Open(errand, id, cancel) is not ({ } copy, { } envelope, _))
            return [new Problem("", "This request is not there any more.")];
        var sent = copy.Send(Stamp.Now(errand.Who.Id, clock));
        return !sent.Accepted ? sent.Problems : (await keeper.Do(new Act(errand, AuditAction.Closed,
        [
            new Put<CopyRequest>(envelopes.Of(sent.Value, errand.Who, envelope, envelope.DueOn ?? London.Today(clock), London.Today(clock)), sent.Value, envelope.Version),
            new Count($"policy-copies/{(int)copy.Format}", Month.Of(London.Today(clock)).First),
        ]), cancel)).Problems();
    }
}
