using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Retention;

/// <summary>
/// Destroys what two people approved (D5), as the portal itself: each record is looked at again in the transaction that decides its
/// destruction, its key goes first, and the list ends in one act with its certificate. A stop at any step is gone on from: what a list has
/// destroyed already stands in the audit under its number, so nothing is done twice, and nothing ends without a certificate.
/// </summary>
[OpenToAll(OpenBecause.OwnWork)]
internal sealed class Disposer(Keeper keeper, Envelopes envelopes, ScheduleShelf schedules, Leftovers leftovers, Heads heads, Backups backups, ContactPause pause, TimeProvider clock)
{
    /// <summary>So many records go in one act: whoever saves or searches meanwhile waits for one of these at most.</summary>
    internal const int AtOnce = 12;

    // What leans on a family's card, which goes after it; evidence alone does not keep a card that rested on a permission taken back.
    private static readonly ImmutableArray<UnitKind> Ground = [UnitKind.Enquiry, UnitKind.Exemption, UnitKind.Finding], Evidence = [UnitKind.Permission, UnitKind.Disclosure];

    private readonly SemaphoreSlim alone = new(1);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Called at each step, so that tests can stop there.</summary>
    internal Action<string>? Step { get; set; }

    /// <summary>How often a run tries to clear the key file before it leaves it to the next minute.</summary>
    internal int Tries { get; set; } = 5;

    /// <summary>How far the list at hand is.</summary>
    public DisposalProgress? Progress { get; private set; }

    /// <summary>True when some list has cooled off or was interrupted.</summary>
    public async Task<bool> AnyDue() => (await Due()).Count > 0;

    /// <summary>Destroys whatever is due; says what came of it, of nobody.</summary>
    public async Task<string> RunDue(CancellationToken cancel = default)
    {
        var said = new List<string>();
        // In the order of their numbers: of lists made together, that of the families' cards comes last.
        foreach (var due in (await Due()).OrderBy(list => list.Reference, StringComparer.Ordinal))
        {
            if (await Run(due.Id, cancel) is { } words)
                said.Add(words);
        }
        return said.Count == 0 ? "nothing was due" : string.Join("; ", said);
    }

    /// <summary>Destroys one list; null when it is not its time. One at a time: whoever comes second finds it done.</summary>
    public async Task<string?> Run(UnitId id, CancellationToken cancel = default)
    {
        await alone.WaitAsync(cancel);
        try
        {
            return await RunAlone(id, cancel);
        }
        finally
        {
            alone.Release();
        }
    }

    private async Task<string?> RunAlone(UnitId id, CancellationToken cancel)
    {
        if (await Open(id, cancel) is not { } found)
            return null;
        var (list, envelope) = found;
        var errand = ErrandOf(list.Number);
        if (list.Stage == DisposalStage.Approved)
        {
            if (!list.MayBegin(clock.GetUtcNow()))
                return null;
            list = list.Begin(clock.GetUtcNow());
            var next = envelopes.Of(list, envelope, London.Today(clock));
            // Aborted in this very moment: then it is.
            if (await keeper.Do(new Act(errand, AuditAction.DisposalDecided, [new Put<DisposalList>(next, list, envelope.Version)]), cancel) is not Outcome.Done done)
                return null;
            envelope = next with { Version = done.Versions[id] };
            Step?.Invoke("begun");
        }
        if (list.Stage != DisposalStage.Destroying)
            return null;
        var going = list.Going.OrderBy(item => item.Kind == UnitKind.Family).ToList();
        try
        {
            var looked = 0;
            foreach (var some in going.Chunk(AtOnce))
            {
                cancel.ThrowIfCancellationRequested();
                Progress = new DisposalProgress(id, looked, going.Count, null);
                await Destroy(list, errand, some, cancel);
                looked += some.Length;
                Step?.Invoke("batch");
            }
            Progress = new DisposalProgress(id, looked, going.Count, null);
            for (var attempt = 1; ; attempt++)
            {
                if (await leftovers.Check(cancel) is { KeysFound: 0 } leftover)
                {
                    Step?.Invoke("searched");
                    return await Certify(list, envelope, errand, leftover, cancel);
                }
                Progress = Progress with { Waits = "A reader keeps the key file's journal from being emptied. It is tried again until it is done; the certificate waits for it." };
                if (attempt >= Tries)
                    return $"{list.Number} waits: a reader keeps the key file from being cleared";
                await Task.Delay(Again, clock, cancel);
            }
        }
        finally
        {
            if (Progress?.Waits is null)
                Progress = null;
        }
    }

    // All of them in one act, or, when one has moved in this moment, each by itself.
    private async Task Destroy(DisposalList list, Errand errand, IReadOnlyCollection<DisposalItem> items, CancellationToken cancel)
    {
        var ready = (await Bars(list, items, cancel)).Where(row => row.Bar is null).ToList();
        if (ready.Count == 0)
            return;
        var kept = ready.Where(row => schedules.Current.Find(row.Now!.KeepUntil.ClassCode)?.Action == DisposalAction.AnonymiseAndKeepStatistic).GroupBy(row => KeptStatistic.Of(row.Now!));
        var outcome = await keeper.Do(new Act(errand, AuditAction.Erased,
        [
            new Unchanged(null, ready.ToImmutableDictionary(row => row.Item.Unit, row => row.Now!.Version)),
            .. ready.Select(row => new Destroy(row.Item.Unit, "disposed")),
            .. kept.Select(group => new Count(group.Key.Name, group.Key.Month, group.Count())),
        ]), cancel);
        if (outcome is Outcome.NoRoom)
            throw new NoRoomException();
        if (outcome is not Outcome.Done && ready.Count > 1)
        {
            foreach (var row in ready)
                await Destroy(list, errand, [row.Item], cancel);
        }
    }

    private async Task<List<(DisposalItem Item, Envelope? Now, DisposalBar? Bar)>> Bars(DisposalList list, IReadOnlyCollection<DisposalItem> items, CancellationToken cancel)
    {
        var now = keeper.Shown(ErrandOf(list.Number), items.Select(item => item.Unit)).ToDictionary(row => row.Envelope.Id, row => row.Envelope);
        var today = London.Today(clock);
        var bars = new List<(DisposalItem, Envelope?, DisposalBar?)>(items.Count);
        foreach (var item in items)
        {
            var envelope = now.GetValueOrDefault(item.Unit);
            var leaned = envelope is { Kind: UnitKind.Family } && await LeanedOn(envelope.Id, list.Cause, cancel);
            bars.Add((item, envelope, DisposalList.Bar(envelope, list.Cause, item.Version, leaned, envelope is not null && await Paused(keeper, pause, envelope, today), today)));
        }
        return bars;
    }

    /// <summary>True while a contact with the family, or about a record without one, pauses its disposal.</summary>
    internal static async Task<bool> Paused(Keeper keeper, ContactPause pause, Envelope unit, DateOnly today) =>
        pause.Binds(unit, unit.Family is { } family && family != unit.Id ? await keeper.Envelope(family) : null, today);

    // Nothing is left without the people it is about.
    private async Task<bool> LeanedOn(UnitId family, DisposalCause cause, CancellationToken cancel)
    {
        foreach (var kind in cause == DisposalCause.GroundWithdrawn ? Ground : [.. Ground, .. Evidence])
        {
            if (await keeper.CountEnvelopes(new EnvelopeQuery { Family = family, Kind = kind }, cancel) > 0)
                return true;
        }
        return false;
    }

    private async Task<string> Certify(DisposalList list, Envelope envelope, Errand errand, LeftoverCheck leftover, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var going = list.Going.ToList();
        var left = (await Bars(list, going, cancel)).Where(row => row.Now is not null).ToDictionary(row => row.Item.Unit, row => row.Bar ?? DisposalBar.Changed);
        var here = keeper.Destroyed(list.Number, going.Select(item => item.Unit).Where(unit => !left.ContainsKey(unit)));
        var destroyed = going.Where(item => here.Contains(item.Unit)).ToList();
        var ended = list.Finish(now);
        var next = envelopes.Of(ended, envelope, today);
        var certificate = new DisposalCertificate
        {
            Id = UnitId.Create(clock),
            List = list.Id,
            Number = list.Number,
            Cause = list.Cause,
            Class = list.Class,
            ScheduleVersion = list.ScheduleVersion,
            Trigger = schedules.Current.Find(list.Class)?.Trigger,
            Service = list.Service,
            ShortRoad = list.ShortRoad,
            PreparedBy = list.PreparedBy,
            PreparedAt = list.PreparedAt,
            ReviewedBy = [.. list.Items.Select(item => item.By).Append(list.ReviewedBy).OfType<ColleagueId>().Distinct()],
            ReviewedAt = list.ReviewedAt!.Value,
            ApprovedBy = list.Approval!.By,
            ApprovedAt = list.Approval.At,
            BegunAt = list.BegunAt!.Value,
            EndedAt = ended.EndedAt!.Value,
            Earliest = destroyed.Min(item => item.KeptUntil),
            Latest = destroyed.Max(item => item.KeptUntil),
            Destroyed = [.. destroyed.Select(item => new DestroyedRecord(item.Unit, item.Kind, item.Decision == DisposalDecision.PassOn))],
            Kept = list.Items.Count(item => item.Decision == DisposalDecision.Keep),
            Held = list.Items.Count(item => item.Decision == DisposalDecision.Hold),
            Left = [.. left.Values.Concat(Enumerable.Repeat(DisposalBar.Gone, going.Count - left.Count - destroyed.Count)).GroupBy(bar => bar).OrderBy(group => group.Key).Select(group => new LeftRecords(group.Key, group.Count()))],
            Leftover = leftover,
            BackupsGoneOn = backups.LastKeyBackupGoneOn(),
        };
        // Nothing destroyed, nothing to certify.
        var outcome = await keeper.Do(new Act(errand, destroyed.Count > 0 ? AuditAction.Disposed : AuditAction.DisposalDecided,
        [
            .. destroyed.Count > 0 ? [new Put<DisposalCertificate>(envelopes.Of(certificate, today), certificate, 0)] : Array.Empty<Change>(),
            new Put<DisposalList>(next, ended, envelope.Version),
        ]), cancel);
        if (outcome is not Outcome.Done)
            throw outcome is Outcome.NoRoom ? new NoRoomException() : new InvalidOperationException($"A certificate could not be saved: {outcome.GetType().Name}.");
        Step?.Invoke("certified");
        heads.SignHead();
        Progress = null;
        return $"{list.Number}: {destroyed.Count:N0} destroyed, {left.Count:N0} left where they are";
    }

    private async Task<(DisposalList List, Envelope Envelope)?> Open(UnitId id, CancellationToken cancel) =>
        await keeper.Open<DisposalList>(ErrandOf(""), id, cancel) is Opening<DisposalList>.Opened found ? (found.Record.Open(found.Clearance), found.Envelope) : null;

    private async Task<IReadOnlyList<Envelope>> Due() =>
    [
        .. await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList, State = DisposalStage.Destroying.Code(), Take = 100 }),
        .. await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList, State = DisposalStage.Approved.Code(), DueOnOrBefore = London.Today(clock), Take = 100 }),
    ];

    /// <summary>The portal itself, under the number of a list.</summary>
    internal static Errand ErrandOf(string number) => new(Colleague.Portal, Purpose.RetentionReview, number);
}

/// <summary>How far a destruction is.</summary>
/// <param name="List">The list.</param>
/// <param name="Looked">Records dealt with.</param>
/// <param name="Of">Records that go.</param>
/// <param name="Waits">What it waits for, as a sentence; null for nothing.</param>
internal sealed record DisposalProgress(UnitId List, int Looked, int Of, string? Waits);
