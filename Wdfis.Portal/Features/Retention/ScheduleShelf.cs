using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Retention;

/// <summary>
/// The versions of the retention schedule, and the one in force. Whoever works out a date asks here each time, so that a later version
/// counts from its first day. Read from the sealed cards when it is first asked for, and kept by the change feed from then on.
/// </summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed class ScheduleShelf : IDisposable
{
    /// <summary>The state of every version's envelope: with the portal as their owner they are found at once.</summary>
    public const string State = "schedule";

    private readonly Keeper? keeper;
    private readonly TimeProvider clock;
    private readonly ScheduleFormat format = new();
    private readonly IDisposable? feed;
    private readonly Lock gate = new();
    private ImmutableDictionary<UnitId, (ScheduleVersion Version, int Saved)>? stored;
    private (ScheduleVersion? Version, Schedule Schedule) last;

    /// <param name="configured">What appsettings.json says: version 1 until it is stored.</param>
    /// <param name="keeper">Where later versions are stored; none for a schedule that stays.</param>
    /// <param name="clock">Which day it is.</param>
    public ScheduleShelf(Schedule configured, Keeper? keeper = null, TimeProvider? clock = null)
    {
        (Configured, this.keeper, this.clock) = (configured, keeper, clock ?? TimeProvider.System);
        last = (null, configured);
        feed = keeper?.Subscribe(Take);
    }

    /// <summary>What appsettings.json says today.</summary>
    public Schedule Configured { get; }

    /// <summary>All versions in their order, drafts included.</summary>
    public ImmutableArray<ScheduleVersion> Versions => [.. Stored().Values.Select(line => line.Version).OrderBy(version => version.Number)];

    /// <summary>The schedule in force today.</summary>
    public Schedule Current
    {
        get
        {
            var today = London.Today(clock);
            var version = Stored().Values.Select(line => line.Version).Where(version => version.InForce(today)).MaxBy(version => version.Number);
            var shown = last;
            return ReferenceEquals(shown.Version, version) ? shown.Schedule : (last = (version, version?.ToSchedule(Configured) ?? Configured)).Schedule;
        }
    }

    /// <summary>A version, and which saving of it that is; null when there is none.</summary>
    public (ScheduleVersion Version, int Saved)? Find(UnitId id) => Stored().TryGetValue(id, out var found) ? found : null;

    public void Dispose() => feed?.Dispose();

    private ImmutableDictionary<UnitId, (ScheduleVersion Version, int Saved)> Stored()
    {
        if (Volatile.Read(ref stored) is { } there)
            return there;
        lock (gate)
            return stored ??= keeper is null ? [] : Read(keeper);
    }

    private ImmutableDictionary<UnitId, (ScheduleVersion, int)> Read(Keeper from) => from
        .Envelopes(new EnvelopeQuery { Kind = UnitKind.Schedule, Owner = ColleagueId.Portal, State = State, Take = int.MaxValue }).GetAwaiter().GetResult()
        .Select(envelope => (envelope.Id, envelope.Version, Card: from.Card(envelope.Id)))
        .Where(line => line.Card is not null)
        .ToImmutableDictionary(line => line.Id, line => (format.Read(line.Card), line.Version));

    private void Take(Changed change)
    {
        if (change.Kind != UnitKind.Schedule)
            return;
        lock (gate)
        {
            // Not yet read: whoever reads finds it.
            if (stored is null)
                return;
            if (change.Gone)
                Volatile.Write(ref stored, stored.Remove(change.Unit));
            else if (change.Envelope is { } envelope && !change.Card.IsEmpty && !(stored.TryGetValue(change.Unit, out var held) && held.Saved >= envelope.Version))
                Volatile.Write(ref stored, stored.SetItem(change.Unit, (format.Read(change.Card.Span), envelope.Version)));
        }
    }
}
