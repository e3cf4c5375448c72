using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Jobs;

/// <summary>
/// Applies a version of the schedule that counts from today (D5), and once a day sees to it that every record stands as the schedule in force
/// has it: a family's card follows what leans on it. What is left to do is worked out from the records themselves, so that a stop at any moment
/// loses nothing and does nothing twice. Batches, each a transaction with one entry; between two of them whoever waits has their turn.
/// </summary>
internal sealed class ApplySchedule(Keeper keeper, ScheduleDesk desk, ScheduleShelf shelf, EnvelopeColumns columns, TimeProvider clock) : IJob
{
    private readonly SemaphoreSlim one = new(1);

    public string Name => "schedule";

    public bool GoesOn => true;

    /// <summary>Records in one transaction.</summary>
    internal int Batch { get; init; } = 5_000;

    /// <summary>Called after each batch, so that tests can stop there.</summary>
    internal Action? Done { get; set; }

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => columns.Ready
        && (last is not { } before || London.DateOf(before) < London.DateOf(now) || shelf.Versions.Any(version => version.Waits(London.DateOf(now))));

    public async Task<string> Run(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            return await Apply(cancel);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<string> Apply(CancellationToken cancel)
    {
        await desk.Begin(clock.GetUtcNow(), cancel);
        var today = London.Today(clock);
        var schedule = shelf.Current;
        var by = shelf.Versions.LastOrDefault(version => version.Number == schedule.Version);
        var moved = columns.Under(schedule, today).Moved;
        if (by?.State == ScheduleEvent.Approved)
            await desk.Step(by = by.Begin(moved.Count, clock.GetUtcNow()), cancel);
        var records = 0;
        while (moved.Count > 0)
        {
            foreach (var batch in moved.Chunk(Batch))
            {
                cancel.ThrowIfCancellationRequested();
                var recount = new Recount([.. batch], (unit, leaning) => schedule.Again(unit.KeepUntil, unit.OnHold, leaning), by?.Id);
                if (await keeper.Do(new Act(ScheduleDesk.Portal, AuditAction.Recounted, [keeper.Ahead(recount)]), cancel) is not Outcome.Done)
                    throw new NoRoomException();
                records += batch.Length;
                Done?.Invoke();
            }
            // What was saved meanwhile by the old version is met here; what cannot be worked out would come back for ever.
            if (columns.Under(schedule, today).Moved is var left && left.Count >= moved.Count)
                throw new InvalidOperationException($"{left.Count} records do not follow the schedule.");
            moved = left;
        }
        if (by?.State == ScheduleEvent.Begun)
            await desk.Step(by.Finish(Math.Max(by.Steps[^1].Records ?? 0, records), clock.GetUtcNow()), cancel);
        return records == 0 ? $"every record stands as version {schedule.Version} has it" : $"{records:N0} records worked out anew by version {schedule.Version}";
    }
}
