using System.Collections.Concurrent;
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

    // A thousand windows that draw at once make everybody's next key wait; a few at a time, nobody notices.
    private const int AtOnce = 10;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    private readonly Keeper keeper;
    private readonly TimeProvider clock;
    private readonly IDisposable feed;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<UnitKind, ConcurrentDictionary<EnvelopeQuery, int>> counted = new();
    private ImmutableArray<(Func<Task> Tell, UnitKind[] Of)> watchers = [];
    private HashSet<UnitKind> changed = [];
    private bool telling;

    public WorklistDesk(Keeper keeper, TimeProvider clock)
    {
        this.keeper = keeper;
        this.clock = clock;
        timer = clock.CreateTimer(_ => _ = Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        feed = keeper.Subscribe(Take);
    }

    /// <summary>How many rows a list has; counted once for all the windows that show it, until something of its kind changes.</summary>
    public async Task<int> Count(Errand<May.UseDesk> errand, Worklist list, CancellationToken cancel = default)
    {
        if (!Worklist.For(errand.Who).Contains(list))
            return 0;
        var count = 0;
        foreach (var query in list.Asked(errand.Who, London.Today(clock)))
        {
            // A change puts away the whole of its kind: what was counted before it is then kept by nobody.
            var known = counted.GetOrAdd(query.Kind ?? default, _ => new());
            if (!known.TryGetValue(query, out var rows))
                known[query] = rows = await keeper.CountEnvelopes(query, cancel);
            count += rows;
        }
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

    /// <summary>Calls back a second after something changed (of these kinds; none for any), or a little later where very many watch, until disposed.</summary>
    [OpenToAll(OpenBecause.ToldThat)]
    public IDisposable Watch(Func<Task> tell, params UnitKind[] of)
    {
        lock (gate)
            watchers = watchers.Add((tell, of));
        return new Watching(this, (tell, of));
    }

    public void Dispose()
    {
        feed.Dispose();
        timer.Dispose();
    }

    // On the lane: no work here.
    private void Take(Changed change)
    {
        counted.TryRemove(change.Kind, out _);
        lock (gate)
        {
            changed.Add(change.Kind);
            if (!telling)
                timer.Change(Pause, Timeout.InfiniteTimeSpan);
            telling = true;
        }
    }

    private async Task Tell()
    {
        HashSet<UnitKind> kinds;
        lock (gate)
            (kinds, changed) = (changed, []);
        var some = watchers.Where(watcher => watcher.Of is [] || watcher.Of.Any(kinds.Contains)).Chunk(AtOnce).ToList();
        for (var i = 0; i < some.Count; i++)
        {
            if (i > 0)
                await Task.Delay(Between, clock);
            foreach (var (tell, _) in some[i])
                _ = Quietly(tell);
        }
        // What changed meanwhile is told to everybody, after another pause.
        lock (gate)
        {
            telling = changed.Count > 0;
            if (telling)
                timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
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

    private sealed class Watching(WorklistDesk desk, (Func<Task> Tell, UnitKind[] Of) watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (desk.gate)
                desk.watchers = desk.watchers.Remove(watcher);
        }
    }
}
