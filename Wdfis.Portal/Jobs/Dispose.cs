using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Jobs;

/// <summary>Carries out what two people approved, as soon as it has cooled off; goes on where a stop came between (D5).</summary>
internal sealed class Dispose(Disposer disposer) : IJob
{
    public string Name => "dispose";

    public bool ByTheClock => false;

    // From envelopes alone, and done when it returns.
    public bool Due(DateTimeOffset? last, DateTimeOffset now) => disposer.AnyDue().GetAwaiter().GetResult();

    public Task<string> Run(CancellationToken cancel) => disposer.RunDue(cancel);
}

/// <summary><c>Jobs:DisposalLists</c>. Hours are London's; <see cref="From"/> is included, <see cref="Until"/> is not.</summary>
internal sealed record PrepareListsOptions
{
    public TimeOnly From { get; init; } = new(1, 0);
    public TimeOnly Until { get; init; } = new(5, 0);
}

/// <summary>Each night makes disposal lists of what is overdue and stands in none, while none that it made waits for its review; of cards whose only ground was taken back; and destroys drafts that have outlived their days.</summary>
internal sealed class PrepareLists(DisposalDesk desk, EnvelopeColumns columns, Keeper keeper, ScheduleShelf schedules, IConfiguration configuration, TimeProvider clock) : IJob
{
    private const int AtOnce = 40;

    // Days: longer than the portal may stand still.
    private const int LookedBack = 7;

    private readonly PrepareListsOptions options = configuration.GetSection("Jobs:DisposalLists").Get<PrepareListsOptions>() ?? new();

    public string Name => "disposal-lists";

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => columns.Ready
        && (last is not { } before || London.DateOf(before) < London.DateOf(now)) && TimeOnly.FromDateTime(London.Local(now).DateTime).IsBetween(options.From, options.Until);

    public async Task<string> Run(CancellationToken cancel)
    {
        var portal = Disposer.ErrandOf("");
        var waiting = (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList, State = DisposalStage.Prepared.Code(), Take = 10_000 }, cancel)).Where(list => list.Owner == ColleagueId.Portal).ToList();
        var made = 0;
        // What nobody has looked at yet is not made longer each night.
        if (waiting.Count == 0)
            made = (await desk.Prepare(portal, new RecordFilter(), cancel)).Lists.Length;
        var today = London.Today(clock);
        made += await Withdrawn(portal, today, cancel);
        var outlived = (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Draft, Take = int.MaxValue }, cancel))
            .Where(draft => schedules.Current.KeepUntil(RetentionCodes.Draft, new RetentionFacts { OpenedOn = draft.TouchedOn }).On < today).ToList();
        var dropped = 0;
        foreach (var some in outlived.Chunk(AtOnce))
            dropped += await keeper.Do(new Act(portal, Wdfis.Domain.Audit.AuditAction.Erased, [.. some.Select(draft => new Destroy(draft.Id, "outlived"))]), cancel) is Outcome.Done ? some.Length : 0;
        return $"{made:N0} lists made, {dropped:N0} drafts outlived";
    }

    // A card that rested on permissions alone, of which one was taken back in the last days, goes to a review before its date (U2, D5).
    private async Task<int> Withdrawn(Errand portal, DateOnly today, CancellationToken cancel)
    {
        var made = 0;
        var families = new HashSet<UnitId>();
        foreach (var state in (string[])[PermissionState.Withdrawn.Code(), Envelopes.NoticeOwed])
            families.UnionWith((await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Permission, State = state, Take = int.MaxValue }, cancel)).Where(ended => ended.TouchedOn >= today.AddDays(-LookedBack)).Select(ended => ended.Family!.Value));
        foreach (var family in families)
        {
            var all = await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = int.MaxValue }, cancel);
            if (WithdrawnGround.WasTheOnlyOne(all) && all.FirstOrDefault(unit => unit.Id == family) is { KeepUntil.NotBefore: null })
                made += (await desk.Prepare(portal, [family], DisposalCause.GroundWithdrawn, cancel)).Lists.Length;
        }
        return made;
    }
}
