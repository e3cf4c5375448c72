using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>An audit entry before it has its place in the chain.</summary>
internal sealed record Line(Errand Errand, AuditAction Action, ImmutableArray<UnitId> Units)
{
    public byte[] ContentHash { get; init; } = [];
    public RefusalReason? Reason { get; init; }
    /// <summary>Signs what is dropped, for the entry's own instant.</summary>
    public Func<DateTimeOffset, SegmentLink>? Link { get; init; }
}

/// <summary>A <see cref="Put"/> with its record already sealed, on the caller's thread.</summary>
internal sealed record SealedPut(Put Put, UnitKind Kind, KeyId Key, byte[] Content, byte[]? Card, byte[]? CardPlain)
{
    /// <summary>The new unit's wrapped key; null when the unit has its key already.</summary>
    public byte[]? NewKey { get; init; }

    /// <summary>What the audit holds of this save: over content and card, so that neither can be rolled back.</summary>
    public byte[] Hash { get; } = HashOf(Content, Card);

    public static byte[] HashOf(byte[] content, byte[]? card) => Seal.Hash(card is null ? content : [.. content, .. card]);

    public override string ToString() => $"SealedPut {Put.Envelope.Id}";
}

/// <summary>
/// The one lane for all writes of the process: a thread with its own connections, one transaction for everything that waits,
/// a savepoint for each act. New keys are durable before the rows sealed with them; destruction runs in the order
/// intent, tombstone, rows, and <see cref="Recover"/> finishes what a stop left between them.
/// </summary>
internal sealed class WriteLane(DataFolder folder, TimeProvider clock, ILogger<WriteLane> log, EmergencyTerms terms) : IAsyncDisposable
{
    private const int MostJobs = 256;

    /// <summary>Up to so many destroyed keys, looking for each is cheaper than a vacuum.</summary>
    private const int FewKeys = 4;

    /// <summary>Longer than any batch takes.</summary>
    private static readonly TimeSpan OneBatch = TimeSpan.FromMinutes(1);

    /// <summary>The portal itself, about nobody.</summary>
    internal static Errand Portal { get; } = new(Colleague.Portal, Purpose.Unknown, "");

    private readonly Channel<Job> waiting = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock subscription = new();
    private ImmutableArray<Action<Changed>> subscribers = [];
    private RecordsFile? records;
    private KeysFile? keys;
    private Thread? thread;

    // Of the batch at hand.
    private readonly List<(UnitId Unit, KeyId Id, byte[] Wrapped)> newKeys = [];
    private readonly List<Changed> changes = [];
    private readonly List<byte[]> unscrubbed = [];
    // Of disposals, whose keys are cleared out of the file together at the end: between two batches nobody waits for that.
    private readonly List<byte[]> disposed = [];
    private readonly Dictionary<(string What, Service Service, DateOnly On), int> counted = [];
    private StoredUnit? lastFamily;
    private SealedReason? reason;
    private bool unfinished;
    private int epoch;
    private long sequence;
    private byte[] hash = [];

    /// <summary>What left, and what was destroyed by decision: a head follows at once.</summary>
    private static readonly AuditAction[] Weighty = [AuditAction.Disclosed, AuditAction.GroundReliedOn, AuditAction.Exported, AuditAction.Printed, AuditAction.RightsAnswered, AuditAction.Anonymised, AuditAction.Disposed];

    private bool weighty;

    /// <summary>Called after entries of what left or was disposed of are durable.</summary>
    internal Action? HeadDue { get; set; }

    /// <summary>Called at each step of the protocols, so that tests can stop there.</summary>
    internal Action<string>? Step { get; set; }

    internal RecordsFile Records => records ?? throw new InvalidOperationException("The strongroom has not been started.");

    private KeysFile Keys => keys ?? throw new InvalidOperationException("The strongroom has not been started.");

    /// <summary>
    /// Opens the lane: after a restore the new epoch first of all, then recovery, then whatever waits. <paramref name="standsAt"/> is the chain's
    /// hash where the restored records stand, when entries from after that moment were carried over.
    /// </summary>
    public void Start(Func<ChainPoint, DateTimeOffset, EpochOpening>? openEpoch = null, byte[]? standsAt = null)
    {
        if (thread is not null)
            return;
        records = new RecordsFile(Pragmas.Open(folder.RecordsPath));
        keys = new KeysFile(Pragmas.Open(folder.KeysPath));
        if (openEpoch is not null)
            OpenEpoch(openEpoch, standsAt);
        Recover();
        // Ids are random within their day, so a bulk act touches every page of every index: what does not fit is written twice.
        Records.Run("PRAGMA cache_size=-131072");
        Keys.Run("PRAGMA cache_size=-32768");
        thread = new Thread(Run) { IsBackground = true, Name = "write lane" };
        thread.Start();
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="NoRoomException">The disk is full, the ballast included, or another program holds the files.</exception>
    public async Task Note(Line line, CancellationToken cancel = default)
    {
        var job = new NoteJob(line);
        await Enqueue(job, cancel);
        await job.Done.Task;
    }

    public async Task<Outcome> Do(Act act, ImmutableArray<SealedPut> puts, SealedReason? reason = null, CancellationToken cancel = default)
    {
        var job = new ActJob(act, puts, reason);
        await Enqueue(job, cancel);
        return await job.Done.Task;
    }

    /// <summary>Runs something on the record file by itself, between two batches: everybody else waits, and nobody is told that the database is locked.</summary>
    public async Task<T> Alone<T>(Func<RecordsFile, T> work, CancellationToken cancel = default)
    {
        var job = new AloneJob<T>(() => work(Records));
        await Enqueue(job, cancel);
        return await job.Done.Task;
    }

    public IDisposable Subscribe(Action<Changed> handler)
    {
        lock (subscription)
            subscribers = subscribers.Add(handler);
        return new Subscription(this, handler);
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        if (thread is not null)
            await Task.Run(thread.Join);
        records?.Dispose();
        keys?.Dispose();
    }

    private async Task Enqueue(Job job, CancellationToken cancel)
    {
        // A job that waits cannot be taken back: from here on its outcome counts, not the caller's patience.
        cancel.ThrowIfCancellationRequested();
        await waiting.Writer.WriteAsync(job, cancel);
        Meters.Queued(1);
    }

    private void Run()
    {
        var batch = new List<Job>(MostJobs);
        var ready = waiting.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            if (unscrubbed.Count > 0 && !ready.Wait(TimeSpan.FromSeconds(1)))
            {
                Scrub([]);
                continue;
            }
            if (!ready.GetAwaiter().GetResult())
                return;
            batch.Clear();
            while (batch.Count < MostJobs && waiting.Reader.TryRead(out var job))
                batch.Add(job);
            Meters.Queued(-batch.Count);
            var took = batch.ConvertAll(job => job.Asked);
            var alone = batch.FindAll(job => job.Alone is not null);
            batch.RemoveAll(job => job.Alone is not null);
            try
            {
                Run(batch);
            }
            catch (Exception trouble)
            {
                log.LogError("A batch of {Jobs} writes failed: {Trouble}", batch.Count, Describe(trouble));
                foreach (var job in batch)
                    job.Fail(trouble);
            }
            took.ForEach(Meters.Waited);
            foreach (var job in alone)
                job.Alone!();
            ready = waiting.Reader.WaitToReadAsync().AsTask();
        }
    }

    private void Run(List<Job> batch)
    {
        if (folder.BallastGone && !folder.RemakeBallast())
            RefuseAllBut(batch);
        try
        {
            Commit(batch);
        }
        catch (SqliteException trouble) when (IsFull(trouble))
        {
            log.LogError("The disk of the data folder is full: records are refused, audit entries and destruction go on from the ballast.");
            var gaveUp = folder.GiveUpBallast();
            Step?.Invoke("ballast");
            RefuseAllBut(batch);
            try
            {
                if (gaveUp)
                    Commit(batch);
                else
                    RefuseAll(batch);
            }
            catch (SqliteException again) when (IsFull(again))
            {
                RefuseAll(batch);
            }
        }
        catch (SqliteException trouble) when (IsHeld(trouble))
        {
            log.LogError("Another program holds the files of the data folder: whoever waits is refused, and nothing was changed.");
            RefuseAll(batch, held: true);
        }
    }

    private static bool IsHeld(SqliteException trouble) => trouble.SqliteErrorCode == 5;

    private static void RefuseAllBut(List<Job> batch)
    {
        foreach (var job in batch.Where(job => !job.MayUseBallast))
            job.NoRoom();
        batch.RemoveAll(job => !job.MayUseBallast);
    }

    private static void RefuseAll(List<Job> batch, bool held = false)
    {
        foreach (var job in batch)
            job.NoRoom(held);
    }

    private void Commit(List<Job> batch)
    {
        if (batch.Count == 0)
            return;
        newKeys.Clear();
        changes.Clear();
        reason = null;
        if (unfinished)
            FinishErasures(AuditAction.Recovered);
        var destroys = false;
        var keysDurable = false;
        try
        {
            BeginPatiently();
            ReadHead();
            foreach (var job in batch)
                destroys |= Run(job);
            Step?.Invoke("run");
            if (newKeys.Count > 0)
            {
                foreach (var (unit, id, wrapped) in newKeys)
                    Keys.Insert(unit, id, KeyRing.Version, wrapped, clock.GetUtcNow());
                Keys.Commit();
                keysDurable = true;
                Step?.Invoke("keys");
            }
            else
            {
                Keys.Rollback();
            }
            Records.Commit();
        }
        catch
        {
            Rollback(keysDurable);
            throw;
        }
        Publish();
        foreach (var job in batch)
        {
            if (!job.Destroys)
                job.Complete();
        }
        if (!destroys)
            return;
        Step?.Invoke("intent");
        try
        {
            FinishErasures(AuditAction.Erased);
        }
        catch (SqliteException trouble) when (IsFull(trouble) || IsHeld(trouble))
        {
            // The decision is durable, so it is carried out: from the ballast now, else with the next batch or at the next start.
            unfinished = true;
            if (IsHeld(trouble) || !folder.GiveUpBallast())
                throw new NoRoomException(IsHeld(trouble));
            FinishErasures(AuditAction.Erased);
        }
        foreach (var job in batch)
            job.Complete();
    }

    // Another program holds the file: nothing was begun, so waiting for it loses nothing. Six times five seconds, then whoever waits is told.
    private void BeginPatiently()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Records.Begin();
                return;
            }
            catch (SqliteException locked) when (IsHeld(locked) && tries < 6)
            {
                log.LogWarning("Another program holds the record file: saving waits for it.");
            }
        }
    }

    private void Rollback(bool keysDurable)
    {
        Records.Rollback();
        Keys.Rollback();
        if (!keysDurable)
            return;
        // Keys without rows: gone now if that can be, else at the next start.
        try
        {
            foreach (var (unit, _, _) in newKeys)
                Keys.Tombstone(unit, clock.GetUtcNow());
        }
        catch (SqliteException trouble)
        {
            log.LogWarning("Keys without rows are left for the next start: {Trouble}", Describe(trouble));
        }
    }

    private void Publish()
    {
        if (weighty)
        {
            weighty = false;
            HeadDue?.Invoke();
        }
        foreach (var change in changes)
        {
            foreach (var handler in subscribers)
            {
                try
                {
                    handler(change);
                }
                catch (Exception trouble)
                {
                    log.LogError("A subscriber failed at change {Sequence}: {Trouble}", change.Sequence, Describe(trouble));
                }
            }
        }
        changes.Clear();
    }

    /// <summary>Runs one job inside the batch's transaction; true when it leaves destructions to finish.</summary>
    private bool Run(Job job)
    {
        if (job is NoteJob note)
        {
            Append(note.Line);
            return false;
        }
        var act = (ActJob)job;
        act.Begin();
        var (keysBefore, changesBefore, sequenceBefore, hashBefore) = (newKeys.Count, changes.Count, sequence, hash);
        void Undo()
        {
            Records.Run("ROLLBACK TO act");
            Records.Run("RELEASE act");
            reason = null;
            newKeys.RemoveRange(keysBefore, newKeys.Count - keysBefore);
            changes.RemoveRange(changesBefore, changes.Count - changesBefore);
            (sequence, hash) = (sequenceBefore, hashBefore);
        }
        Records.Run("SAVEPOINT act");
        try
        {
            act.Outcome = Apply(act);
            if (act.Outcome is Outcome.Done)
            {
                Records.Run("RELEASE act");
                return act.Destroys;
            }
            Undo();
        }
        catch (Exception trouble) when (!IsFull(trouble) && Records.Connection.Handle is { } handle && SQLitePCL.raw.sqlite3_get_autocommit(handle) == 0)
        {
            Undo();
            if (trouble is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } && act.Puts.Length > 0)
                act.Outcome = new Outcome.Conflict(act.Puts[0].Put.Envelope.Id, 0);
            else
                act.Trouble = trouble;
        }
        act.Destroys = false;
        if (act.Outcome is Outcome.Refused refused)
            Append(new Line(act.Act.Errand, AuditAction.Refused, act.Touched) { Reason = refused.Reasons[0] });
        return false;
    }

    private Outcome Apply(ActJob job)
    {
        var act = job.Act;
        var versions = new Dictionary<UnitId, int>();
        var marked = new List<Envelope>();
        var recounted = new List<Envelope>();
        var destroyed = ImmutableArray.CreateBuilder<UnitId>();
        var other = ImmutableArray.CreateBuilder<UnitId>();
        var nextPut = 0;
        lastFamily = null;
        counted.Clear();
        reason = job.Reason;
        if (job.Touched.IsEmpty && job.Reason is null && Refusal(act.Errand, UnitKind.Enquiry, Nothing, null, Marking.Official) is { } notHere)
            return notHere;
        foreach (var change in act.Changes)
        {
            if (change is not Put)
                lastFamily = null;
            var failed = change switch
            {
                Put => Apply(act, job.Puts[nextPut++], versions),
                Destroy destroy => Apply(act, destroy, destroyed),
                Mark mark => Apply(act, mark, versions, marked),
                Assign assign => Apply(act, assign, other),
                DeclareConflict conflict => Apply(act, conflict, other),
                Recount recount => Apply(recount, recounted, other),
                Count count => Apply(count),
                Unchanged unchanged => Apply(unchanged),
                Bind bind => Apply(act, bind, other),
                Release release => Apply(act, release, other),
                Enter enter => Apply(enter, other),
                _ => throw new InvalidOperationException("A change that the lane does not know."),
            };
            if (failed is not null)
                return failed;
        }
        if (job.Reason is { } given)
        {
            var about = Records.Find(given.Unit, act.Errand.Who.Id);
            if (about is null or { Erasing: true })
                return new Outcome.Gone(given.Unit);
            // Breaking the glass is the one act that gives its reason against the ordinary decision.
            if (act.Action != AuditAction.BreakGlass && !job.Touched.Contains(given.Unit) && Refusal(act.Errand, about) is { } refused)
                return refused;
            if (about.Key != given.Key)
                return new Outcome.Damaged(given.Unit, Keeper.WrongKey);
            if (job.Touched.IsEmpty)
                other.Add(given.Unit);
        }
        foreach (var ((what, service, on), by) in counted)
            Records.Count($"{RetentionTrend.Prefix}{what}/{service.Code()}", on, by);
        // An entry holds one hash, so each save has its own; everything else of the act shares one.
        other.AddRange(marked.Select(envelope => envelope.Id));
        if (destroyed.Count > 0 && job.Puts.IsEmpty && act.Action is not (AuditAction.Erased or AuditAction.ErasureIntended))
            other.AddRange(destroyed);
        if (!act.Joins.IsEmpty)
            Append(new Line(act.Errand, act.Action, act.Joins));
        if (job.Puts.IsEmpty && destroyed.Count == 0 || other.Count > 0)
            AppendAll(act.Errand, act.Joins.IsEmpty ? act.Action : AuditAction.Saved, other.ToImmutable());
        if (reason is not null)
            Append(new Line(act.Errand, act.Action, [reason.Unit]));
        foreach (var envelope in marked.Concat(recounted))
            changes.Add(new Changed(sequence, envelope.Id, envelope.Kind, envelope.Family, false, envelope, default));
        if (destroyed.Count > 0)
            AppendAll(act.Errand, AuditAction.ErasureIntended, destroyed.ToImmutable());
        return new Outcome.Done(versions);
    }

    private static readonly UnitId Nothing = new(new Guid("00000000-0000-7000-8000-000000000002"));

    private Outcome? Apply(Act act, SealedPut ready, Dictionary<UnitId, int> versions)
    {
        var put = ready.Put;
        var envelope = put.Envelope;
        StoredUnit? made = null;
        if (envelope.Kind != ready.Kind)
            throw new InvalidOperationException($"An envelope of the kind {envelope.Kind} goes around a record of the kind {ready.Kind}.");
        if (put.ExpectedVersion == 0)
        {
            // A key is durable before its row: without a key there is no row, unless this batch makes it, and then the insert fails.
            Keys.BeginOnce();
            if (Keys.Knows(envelope.Id))
                return Records.Find(envelope.Id, act.Errand.Who.Id) is { } there ? new Outcome.Conflict(envelope.Id, there.Envelope.Version) : new Outcome.Gone(envelope.Id);
            StoredUnit? family = null;
            if (envelope.Family is { } of && of != envelope.Id)
            {
                if (lastFamily is not { } last || last.Envelope.Id != of)
                    lastFamily = Records.Find(of, act.Errand.Who.Id);
                family = lastFamily;
                if (family is null or { Erasing: true })
                    return new Outcome.Gone(of);
            }
            if (envelope.Owner != act.Errand.Who.Id && envelope.Kind == UnitKind.Draft)
                return new Outcome.Refused([RefusalReason.NotYours]);
            // The note of an emergency is what opens the family: nothing but a conflict or a role stands against it.
            if (Refusal(act.Errand, envelope.Kind, envelope.Id, family, envelope.Marking, act.Action == AuditAction.BreakGlass && envelope.Kind == UnitKind.Handling) is { } refused)
                return refused;
            envelope = envelope with { Version = 1 };
            newKeys.Add((envelope.Id, ready.Key, ready.NewKey!));
            Records.Insert(envelope, ready.Key);
            Trend(RetentionTrend.Created, envelope, envelope.CreatedOn);
            // Whoever makes a record under special handling needs to know it; not who is there in an emergency alone, whose minutes end.
            var knows = envelope.SpecialHandling && (family is not { SpecialHandling: true, Assigned: false } || act.Errand.Who.Is(Role.TeamLead));
            if (knows)
                Records.Assign(envelope.Id, act.Errand.Who.Id, needed: true);
            made = new StoredUnit(envelope, ready.Key) { Assigned = knows, SpecialHandling = envelope.SpecialHandling, Restricted = envelope.Restricted };
        }
        else
        {
            var stored = Records.Find(envelope.Id, act.Errand.Who.Id);
            if (stored is null or { Erasing: true })
                return new Outcome.Gone(envelope.Id);
            if (Refusal(act.Errand, stored) is { } refused)
                return refused;
            if (stored.Envelope.Version != put.ExpectedVersion)
                return new Outcome.Conflict(envelope.Id, stored.Envelope.Version);
            envelope = Bound(stored, envelope);
            if (Shortened(stored, envelope))
                return new Outcome.OnHold(envelope.Id);
            if (stored.Envelope.Kind != envelope.Kind)
                throw new InvalidOperationException("A unit does not change its kind.");
            if (stored.Key != ready.Key)
                return new Outcome.Damaged(envelope.Id, Keeper.WrongKey);
            if (stored.OnHold)
                Records.KeepEarlier(envelope.Id, stored.Envelope.Version);
            envelope = envelope with { Version = stored.Envelope.Version + 1 };
            Update(stored, envelope);
        }
        Records.PutContent(envelope.Id, ready.Content);
        if (ready.Card is not null || put.ExpectedVersion > 0)
            Records.PutCard(envelope.Id, ready.Card);
        Append(new Line(act.Errand, act.Action, [envelope.Id]) { ContentHash = ready.Hash });
        if (envelope.Kind == UnitKind.Family)
            lastFamily = made;
        versions[envelope.Id] = envelope.Version;
        changes.Add(new Changed(sequence, envelope.Id, envelope.Kind, envelope.Family, false, envelope, ready.CardPlain));
        return null;
    }

    private Outcome? Apply(Act act, Destroy destroy, ImmutableArray<UnitId>.Builder destroyed)
    {
        var stored = Records.Find(destroy.Unit, act.Errand.Who.Id);
        if (stored is null or { Erasing: true })
            return new Outcome.Gone(destroy.Unit);
        if (act.Errand.Who.Id != ColleagueId.Portal && Refusal(act.Errand, stored) is { } refused)
            return refused;
        if (stored.OnHold)
            return new Outcome.OnHold(destroy.Unit);
        Records.Intend(destroy.Unit, destroy.Why, clock.GetUtcNow());
        Trend(RetentionTrend.Disposed, stored.Envelope, London.Today(clock));
        destroyed.Add(destroy.Unit);
        return null;
    }

    private Outcome? Apply(Act act, Mark mark, Dictionary<UnitId, int> versions, List<Envelope> marked)
    {
        var stored = Records.Find(mark.Unit, act.Errand.Who.Id);
        if (stored is null or { Erasing: true })
            return new Outcome.Gone(mark.Unit);
        if (act.Errand.Who.Id != ColleagueId.Portal && Refusal(act.Errand, stored) is { } refused)
            return refused;
        if (stored.Envelope.Version != mark.ExpectedVersion)
            return new Outcome.Conflict(mark.Unit, stored.Envelope.Version);
        var envelope = Bound(stored, mark.Change(stored.Envelope));
        if (envelope.Id != mark.Unit || envelope.Kind != stored.Envelope.Kind)
            throw new InvalidOperationException("A mark changes neither id nor kind.");
        if (Shortened(stored, envelope))
            return new Outcome.OnHold(mark.Unit);
        envelope = envelope with { Version = stored.Envelope.Version + 1 };
        Update(stored, envelope);
        if (act.Action == AuditAction.KeepUntilChanged && envelope.KeepUntil.IsLaterThan(stored.Envelope.KeepUntil))
            Trend(RetentionTrend.Extended, envelope, London.Today(clock));
        versions[envelope.Id] = envelope.Version;
        marked.Add(envelope);
        return null;
    }

    private Outcome? Apply(Recount recount, List<Envelope> recounted, ImmutableArray<UnitId>.Builder other)
    {
        foreach (var unit in recount.Units)
        {
            if (!recount.Ready.TryGetValue(unit, out var envelope) || !Records.UpdateKeeping(envelope))
            {
                if (Records.Find(unit, ColleagueId.Portal) is not { Erasing: false } stored)
                    continue;
                envelope = recount.Of(Records, stored.Envelope);
                if (envelope.KeepUntil == stored.Envelope.KeepUntil || !Records.UpdateKeeping(envelope))
                    continue;
            }
            recounted.Add(envelope);
            if (recount.By is null)
                other.Add(unit);
        }
        if (recount.By is { } version)
            other.Add(version);
        return null;
    }

    private Outcome? Apply(Act act, Assign assign, ImmutableArray<UnitId>.Builder other)
    {
        if (Records.Find(assign.Unit, act.Errand.Who.Id) is not { Erasing: false })
            return new Outcome.Gone(assign.Unit);
        if (!act.Errand.Who.Is(Role.TeamLead))
            return new Outcome.Refused([RefusalReason.NotYourRole]);
        Records.Assign(assign.Unit, assign.Colleague, assign.Needed);
        other.Add(assign.Unit);
        return null;
    }

    private Outcome? Apply(Act act, DeclareConflict conflict, ImmutableArray<UnitId>.Builder other)
    {
        if (Records.Find(conflict.Unit, act.Errand.Who.Id) is not { Erasing: false })
            return new Outcome.Gone(conflict.Unit);
        var own = conflict.Holds && conflict.Colleague == act.Errand.Who.Id;
        if (!own && !(act.Errand.Who.Is(Role.TeamLead) && conflict.Colleague != act.Errand.Who.Id))
            return new Outcome.Refused([RefusalReason.NotYourRole]);
        Records.DeclareConflict(conflict.Unit, conflict.Colleague, conflict.Holds);
        other.Add(conflict.Unit);
        return null;
    }

    // Of records alone: drafts come and go with every form.
    private void Trend(string what, Envelope envelope, DateOnly on)
    {
        if (envelope.Kind != UnitKind.Draft)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counted, (what, envelope.Service, Month.Of(on).First), out _)++;
    }

    private Outcome.Conflict? Apply(Unchanged unchanged)
    {
        var seen = unchanged.Seen;
        foreach (var (unit, version) in seen)
        {
            if (Records.Find(unit, ColleagueId.Portal) is not { Erasing: false } stored || stored.Envelope.Version != version)
                return new Outcome.Conflict(unit, 0);
        }
        return unchanged.Family is { } family && (unchanged.Whole ? [null] : Unchanged.Kinds)
            .SelectMany(kind => Records.Envelopes(new EnvelopeQuery { Family = family, Kind = kind, Take = seen.Count + 1 }))
            .FirstOrDefault(envelope => !seen.ContainsKey(envelope.Id)) is { } added ? new Outcome.Conflict(added.Id, 0) : null;
    }

    private void Update(StoredUnit stored, Envelope next)
    {
        if (stored.OnHold && (next.Family != stored.Envelope.Family || next.KeepUntil.ClassCode != stored.Envelope.KeepUntil.ClassCode))
            Records.StayHeld(stored.Envelope);
        Records.Update(next, stored.Key);
    }

    private Outcome? Apply(Act act, Bind bind, ImmutableArray<UnitId>.Builder other)
    {
        var asked = bind.Class is null ? OpenWork(act, bind.Hold) : null;
        // A rights request or a breach binds what it names from the moment in which somebody takes it; later the officer names more.
        var names = asked is not null && (act.Errand.Who.Is(Role.InformationGovernance) || asked.Version == 1 && asked.Owner == act.Errand.Who.Id);
        if (!act.Errand.Who.Is(Role.TeamLead) && !names)
            return new Outcome.Refused([RefusalReason.NotYourRole]);
        if (bind.Unit is { } unit)
        {
            var stored = Records.Find(unit, act.Errand.Who.Id);
            if (stored is null or { Erasing: true })
                return new Outcome.Gone(unit);
            if ((names ? stored.Conflict ? new Outcome.Refused([RefusalReason.Conflict]) : null : Refusal(act.Errand, stored)) is { } refused)
                return refused;
            other.Add(unit);
        }
        Records.Bind(bind.Hold, bind.Unit, bind.Class);
        changes.Add(new Changed(sequence, bind.Hold, UnitKind.Hold, null, false, null, default));
        return null;
    }

    private Outcome? Apply(Act act, Release release, ImmutableArray<UnitId>.Builder other)
    {
        if (!act.Errand.Who.Is(Role.TeamLead) && !(act.Errand.Who.Is(Role.InformationGovernance) && OpenWork(act, release.Hold) is not null))
            return new Outcome.Refused([RefusalReason.NotYourRole]);
        Records.Release(release.Hold);
        changes.Add(new Changed(sequence, release.Hold, UnitKind.Hold, null, false, null, default));
        other.Add(release.Hold);
        return null;
    }

    // A breach is reported in the course of other work: in its first version whatever the purpose of that was.
    private Envelope? OpenWork(Act act, UnitId unit) => Records.Find(unit, act.Errand.Who.Id) is { Erasing: false, Envelope: var envelope }
        && (envelope.Kind == UnitKind.RightsRequest && act.Errand.Purpose == Purpose.RightsRequest
            || envelope.Kind == UnitKind.Breach && (act.Errand.Purpose == Purpose.Breach || envelope.Version == 1)) ? envelope : null;

    private Outcome? Apply(Enter enter, ImmutableArray<UnitId>.Builder other)
    {
        if (enter.Write(Records) is { } failed)
            return failed;
        other.Add(enter.About);
        return null;
    }

    private Outcome? Apply(Count count)
    {
        Records.Count(count.Name, count.Month, count.By);
        return null;
    }

    private bool Emergency(StoredUnit? stored) => terms.Stands(stored?.EmergencyAt, clock.GetUtcNow());

    private Outcome? Refusal(Errand errand, StoredUnit stored) =>
        Keeper.Decide(errand, stored, Emergency(stored)).Match<Outcome?>(_ => null, reasons => new Outcome.Refused(reasons));

    // A unit that is not there yet: its maker needs no assignment of their own, but what binds the family binds here.
    private Outcome? Refusal(Errand errand, UnitKind kind, UnitId unit, StoredUnit? family, Marking marking, bool emergency = false)
    {
        if (unit == Nothing && errand.Who.Id == ColleagueId.Portal)
            return null;
        return AccessDecision.Decide(new AccessFacts
        {
            Who = errand.Who,
            Purpose = errand.Purpose,
            Unit = unit,
            Kind = kind,
            Marking = marking,
            SpecialHandling = family?.SpecialHandling ?? false,
            Assigned = family?.Assigned ?? true,
            Conflict = family?.Conflict ?? false,
            Restricted = family?.Restricted ?? false,
            Emergency = emergency || Emergency(family),
            Own = true,
        }).Match<Outcome?>(_ => null, reasons => new Outcome.Refused(reasons));
    }

    // What a lead decided to keep longer stays so, whatever comes afterwards: no path has to remember it (D5).
    private static Envelope Bound(StoredUnit stored, Envelope next) =>
        stored.Envelope.KeepUntil.NotBefore is { } decided && (next.KeepUntil.NotBefore is not { } later || later <= decided) ? next with { KeepUntil = next.KeepUntil.Under(stored.Envelope.KeepUntil, onHold: false) } : next;

    private static bool Shortened(StoredUnit stored, Envelope next) =>
        stored.OnHold && next.KeepUntil.On is { } on
        && (stored.Envelope.KeepUntil.On is not { } before || on < before);

    private void ReadHead()
    {
        var head = Records.ChainHead();
        if (head is not { } at)
            (epoch, sequence, hash) = (1, 0, AuditChain.Genesis(1));
        else if (at.Sequence != sequence || epoch == 0)
            (epoch, sequence, hash) = (AuditEntry.FromBytes(at.Entry).Epoch, at.Sequence, at.Hash);
        else
            hash = at.Hash;
    }

    private void OpenEpoch(Func<ChainPoint, DateTimeOffset, EpochOpening> sign, byte[]? standsAt)
    {
        Records.Begin();
        try
        {
            ReadHead();
            var at = clock.GetUtcNow();
            var opening = sign(new ChainPoint(epoch, sequence, hash), at);
            var next = EpochOpening.EpochAfter(opening.Continued, opening.Abandoned);
            var entry = new AuditEntry { Sequence = sequence + 1, Epoch = next, At = at, Who = ColleagueId.Portal, Action = AuditAction.EpochOpened, Opening = opening }.ToBytes();
            (epoch, sequence, hash) = (next, sequence + 1, AuditChain.Link(AuditChain.Genesis(next), entry));
            Records.Append(sequence, entry, hash, []);
            // Whoever signed out after the backup, or was signed out, stays so.
            SessionTable.EndAll(Records, at, ColleagueId.Portal);
            if (standsAt is not null)
                Append(new Line(Portal, AuditAction.Restored, []) { ContentHash = standsAt });
            Records.Commit();
        }
        catch
        {
            Records.Rollback();
            throw;
        }
    }

    /// <summary>
    /// Drops the entries up to one whose time is over, in one transaction: what stays says again as what it was last saved, and a signed entry
    /// says what is gone. Gives how many went.
    /// </summary>
    public Task<long> DropAudit(ChainPoint from, ChainPoint to, HeadSigner signer, CancellationToken cancel = default) => Alone(records =>
    {
        var lost = records.Restores();
        var saved = new Dictionary<UnitId, byte[]>();
        foreach (var (at, bytes, _) in records.Chain())
        {
            if (AuditEntry.FromBytes(bytes) is not { ContentHash.Length: > 0, Units: [var unit] } entry || lost.Exists(range => range.After < at && at < range.Before))
                continue;
            if (at <= to.Sequence)
                saved[unit] = entry.ContentHash;
            else
                saved.Remove(unit);
        }
        records.Begin();
        try
        {
            ReadHead();
            foreach (var (unit, content) in saved.Where(one => records.Find(one.Key, ColleagueId.Portal) is not null))
                Append(new Line(Portal, AuditAction.SegmentCarried, [unit]) { ContentHash = content });
            records.DropAudit(to.Sequence);
            Append(new Line(Portal, AuditAction.SegmentDropped, []) { Link = at => SegmentLink.Sign(signer, at, from, to) });
            records.Commit();
            records.Checkpoint();
            return to.Sequence - from.Sequence + 1;
        }
        catch
        {
            records.Rollback();
            throw;
        }
    }, cancel);

    private void AppendAll(Errand errand, AuditAction action, ImmutableArray<UnitId> units)
    {
        if (units.IsEmpty)
            Append(new Line(errand, action, []));
        foreach (var some in units.Chunk(AuditEntry.MostUnits))
            Append(new Line(errand, action, [.. some]));
    }

    private void Append(Line line)
    {
        // The entry that holds a reason's hash names its unit and no other, so that the two are found together.
        var held = reason is not null && line.Units is [var only] && only == reason.Unit && line.Action != AuditAction.ErasureIntended ? reason : null;
        var at = clock.GetUtcNow();
        weighty |= Weighty.Contains(line.Action);
        Meters.Entry(line);
        var entry = new AuditEntry
        {
            Sequence = sequence + 1,
            Epoch = epoch,
            At = at,
            Who = line.Errand.Who.Id,
            Action = line.Action,
            Purpose = line.Errand.Purpose,
            Circuit = line.Errand.Circuit,
            Units = line.Units,
            ContentHash = line.ContentHash,
            ReasonHash = held is null ? [] : Seal.Hash(held.Sealed),
            RefusalReason = line.Reason,
            Link = line.Link?.Invoke(at),
        }.ToBytes();
        var next = AuditChain.Link(hash, entry);
        Records.Append(sequence + 1, entry, next, line.Units);
        if (held is not null)
        {
            Records.PutReason(sequence + 1, held.Unit, held.Sealed);
            reason = null;
        }
        (sequence, hash) = (sequence + 1, next);
    }

    /// <summary>Finishes every decided destruction: tombstone, then rows. Running it twice does nothing more.</summary>
    private void FinishErasures(AuditAction action)
    {
        var intended = Records.Intended();
        if (intended.Count == 0)
            return;
        var units = intended.ConvertAll(row => row.Unit);
        var (wrapped, later) = (new List<byte[]>(), new List<byte[]>());
        Keys.Begin();
        try
        {
            foreach (var (unit, why) in intended)
            {
                if (Keys.Find(unit)?.Wrapped is { } bytes)
                    (why == Destroy.Disposed ? later : wrapped).Add(bytes);
                Keys.Tombstone(unit, clock.GetUtcNow());
            }
            Keys.Commit();
            disposed.AddRange(later);
        }
        catch
        {
            Keys.Rollback();
            throw;
        }
        Step?.Invoke("tombstone");
        Scrub(wrapped);
        Step?.Invoke("scrub");
        try
        {
            Records.Begin();
            ReadHead();
            var gone = units.Select(unit => (unit, Records.Find(unit, ColleagueId.Portal)?.Envelope)).ToList();
            AppendAll(Portal, action, [.. units]);
            // A disposal list's head follows its end, and a draft is nothing that anybody was promised.
            weighty |= intended.Zip(gone).Any(one => one.First.Why != Destroy.Disposed && one.Second.Envelope is { Kind: not UnitKind.Draft });
            foreach (var (unit, envelope) in gone)
            {
                Remnants.Note(folder.Remnants, Remnants.Of(Records, unit));
                Records.Delete(unit);
                if (envelope is not null)
                    changes.Add(new Changed(sequence, unit, envelope.Kind, envelope.Family, true, null, default));
            }
            Records.Commit();
        }
        catch
        {
            Records.Rollback();
            throw;
        }
        unfinished = false;
        Step?.Invoke("rows");
        Publish();
    }

    /// <summary>
    /// Clears the keys of disposals out of the key file, after the last of them: the file is written anew once, whatever is known here of the
    /// keys, because a stop may have come between. Gives what to look for afterwards, those of <paramref name="again"/> among them, or null while a reader keeps the journal from being emptied.
    /// </summary>
    public Task<IReadOnlyList<byte[]>?> ClearDisposed(IReadOnlyList<byte[]> again, CancellationToken cancel = default) => Alone<IReadOnlyList<byte[]>?>(records =>
    {
        disposed.AddRange(again.Except(disposed));
        if (!Keys.Checkpoint())
            return null;
        Keys.Vacuum();
        if (!Keys.Checkpoint())
            return null;
        unscrubbed.Clear();
        byte[][] cleared = [.. disposed];
        disposed.Clear();
        records.Checkpoint();
        return cleared;
    }, cancel);

    /// <summary>
    /// Sees to it that no byte of these wrapped keys is left in the key file. The tombstone has overwritten each in its place;
    /// a copy that a page split left elsewhere is found by looking, and then, or when there are many, the file is vacuumed.
    /// </summary>
    private void Scrub(IReadOnlyCollection<byte[]> wrapped)
    {
        unscrubbed.AddRange(wrapped);
        if (unscrubbed.Count == 0)
            return;
        // The tombstone stands in the journal until the checkpoint carries it over the key's bytes; only then is looking worth while.
        var empty = Keys.Checkpoint();
        if (empty && (unscrubbed.Count > FewKeys || Remnants.In(folder.KeysPath, unscrubbed)))
        {
            Keys.Vacuum();
            empty = Keys.Checkpoint();
        }
        if (empty)
            unscrubbed.Clear();
        else
            log.LogWarning("A reader keeps the key file's journal from being emptied; it is tried again in a second.");
    }

    /// <summary>Before the first request: finishes every destruction, and drops the keys whose rows never came.</summary>
    private void Recover()
    {
        var orphans = new List<StoredKey>();
        DateTimeOffset? newest = null;
        foreach (var key in Keys.Newest())
        {
            newest ??= key.MadeAt;
            // A kill leaves the keys of one batch, the newest. Anything more is not ours to destroy: verify names it.
            if (newest - key.MadeAt > OneBatch || key.Wrapped is not null && Records.Find(key.Unit, ColleagueId.Portal) is not null)
                break;
            if (key.Wrapped is not null)
                orphans.Add(key);
        }
        if (orphans.Count > 0)
        {
            Keys.Begin();
            foreach (var orphan in orphans)
                Keys.Tombstone(orphan.Unit, clock.GetUtcNow());
            Keys.Commit();
            Scrub([.. orphans.Select(orphan => orphan.Wrapped!)]);
            log.LogWarning("{Count} keys without rows were destroyed: a stop had come between.", orphans.Count);
        }
        // A stop between tombstone and scrub leaves the key's bytes in the journal; the tombstone no longer says which.
        if (Records.Intended() is { Count: > 0 } intended)
        {
            log.LogWarning("{Count} destructions that a stop had interrupted are being finished.", intended.Count);
            FinishErasures(AuditAction.Recovered);
            Keys.Vacuum();
            Keys.Checkpoint();
        }
        ReadHead();
    }

    private static bool IsFull(Exception trouble) => trouble is SqliteException { SqliteErrorCode: 13 };

    // The type and code only: SQLite's own text can name values.
    private static string Describe(Exception trouble) => trouble is SqliteException sqlite ? $"SQLite {sqlite.SqliteExtendedErrorCode}" : trouble.GetType().Name;

    private abstract class Job
    {
        public long Asked { get; } = System.Diagnostics.Stopwatch.GetTimestamp();
        public bool Destroys { get; set; }
        public virtual Action? Alone => null;
        public abstract bool MayUseBallast { get; }
        public abstract void Complete();
        public abstract void NoRoom(bool held = false);
        public abstract void Fail(Exception trouble);
    }

    private sealed class NoteJob(Line line) : Job
    {
        public Line Line { get; } = line;
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public override bool MayUseBallast => true;
        public override void Complete() => Done.TrySetResult();
        public override void NoRoom(bool held = false) => Done.TrySetException(new NoRoomException(held));
        public override void Fail(Exception trouble) => Done.TrySetException(trouble);
    }

    private sealed class AloneJob<T>(Func<T> work) : Job
    {
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public override Action Alone => () =>
        {
            try
            {
                Done.TrySetResult(work());
            }
            catch (Exception trouble)
            {
                Done.TrySetException(trouble);
            }
        };
        public override bool MayUseBallast => false;
        public override void Complete() { }
        public override void NoRoom(bool held = false) => Done.TrySetException(new NoRoomException(held));
        public override void Fail(Exception trouble) => Done.TrySetException(trouble);
    }

    private sealed class ActJob : Job
    {
        public ActJob(Act act, ImmutableArray<SealedPut> puts, SealedReason? reason)
        {
            Act = act;
            Puts = puts;
            Reason = reason;
            Begin();
            Touched = [.. act.Changes.Select(change => change switch
            {
                Put put => put.Envelope.Id,
                Destroy destroy => destroy.Unit,
                Mark mark => mark.Unit,
                Recount recount => recount.By ?? recount.Units.FirstOrDefault(),
                Assign assign => assign.Unit,
                DeclareConflict conflict => conflict.Unit,
                Bind bind => bind.Unit ?? bind.Hold,
                Release release => release.Hold,
                Enter enter => enter.About,
                _ => default,
            }).Where(unit => !unit.IsEmpty).Distinct().Take(AuditEntry.MostUnits)];
        }

        public Act Act { get; }
        public ImmutableArray<SealedPut> Puts { get; }
        public SealedReason? Reason { get; }
        public ImmutableArray<UnitId> Touched { get; }
        public Outcome? Outcome { get; set; }
        public Exception? Trouble { get; set; }
        public TaskCompletionSource<Outcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public override bool MayUseBallast => Puts.IsEmpty && Act.Changes.Any(change => change is Destroy or Enter);

        /// <summary>An act is tried again only as a whole.</summary>
        public void Begin()
        {
            (Outcome, Trouble) = (null, null);
            Destroys = Act.Changes.Any(change => change is Destroy);
        }

        public override void Complete()
        {
            if (Trouble is not null)
                Done.TrySetException(Trouble);
            else
                Done.TrySetResult(Outcome!);
        }

        public override void NoRoom(bool held = false) => Done.TrySetResult(new Outcome.NoRoom(held));

        public override void Fail(Exception trouble) => Done.TrySetException(trouble);
    }

    private sealed class Subscription(WriteLane lane, Action<Changed> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (lane.subscription)
                lane.subscribers = lane.subscribers.Remove(handler);
        }
    }
}
