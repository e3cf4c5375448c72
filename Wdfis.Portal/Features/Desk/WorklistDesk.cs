using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Desk;

/// <summary>Worklists and their counts from envelopes, and word that something changed, so that every window stays up to date.</summary>
internal sealed class WorklistDesk : IDisposable
{
    /// <summary>Changes are told at most this often: fifty saves a second are one look.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Keeper keeper;
    private readonly TimeProvider clock;
    private readonly IDisposable feed;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private ImmutableArray<Func<Task>> watchers = [];
    private int waiting;

    public WorklistDesk(Keeper keeper, TimeProvider clock)
    {
        this.keeper = keeper;
        this.clock = clock;
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        feed = keeper.Subscribe(Take);
    }

    /// <summary>How many rows a list has.</summary>
    public async Task<int> Count(Errand<May.UseDesk> errand, Worklist list, CancellationToken cancel = default)
    {
        if (!Worklist.For(errand.Who).Contains(list))
            return 0;
        var count = 0;
        foreach (var query in list.Asked(errand.Who, London.Today(clock)))
            count += await keeper.CountEnvelopes(query, cancel);
        return count;
    }

    /// <summary>The first rows of a list: those that are due first, then the oldest.</summary>
    public async Task<IReadOnlyList<Envelope>> Rows(Errand<May.UseDesk> errand, Worklist list, int most, CancellationToken cancel = default)
    {
        if (!Worklist.For(errand.Who).Contains(list))
            return [];
        var rows = new List<Envelope>();
        foreach (var query in list.Asked(errand.Who, London.Today(clock)))
            rows.AddRange(await keeper.Envelopes(query with { ByDueDate = true, Take = most }, cancel));
        return [.. rows.OrderBy(row => row.DueOn ?? DateOnly.MaxValue).ThenBy(row => row.Id).Take(most)];
    }

    /// <summary>Calls back a second after something changed, until disposed.</summary>
    public IDisposable Watch(Func<Task> changed)
    {
        lock (gate)
            watchers = watchers.Add(changed);
        return new Watching(this, changed);
    }

    public void Dispose()
    {
        feed.Dispose();
        timer.Dispose();
    }

    // On the lane: no work here.
    private void Take(Changed change)
    {
        if (Interlocked.Exchange(ref waiting, 1) == 0)
            timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private void Tell()
    {
        Volatile.Write(ref waiting, 0);
        foreach (var watcher in watchers)
            _ = Quietly(watcher);
    }

    // A window that went away in this moment is no trouble for the others.
    private static async Task Quietly(Func<Task> watcher)
    {
        try
        {
            await watcher();
        }
        catch (Exception gone) when (gone is ObjectDisposedException or NotAssignedException or Microsoft.JSInterop.JSDisconnectedException)
        {
        }
    }

    private sealed class Watching(WorklistDesk desk, Func<Task> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (desk.gate)
                desk.watchers = desk.watchers.Remove(changed);
        }
    }
}
