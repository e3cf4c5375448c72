using System.Collections.Concurrent;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>How a session stands.</summary>
internal enum Standing
{
    /// <summary>Somebody is there.</summary>
    Open = 1,
    /// <summary>Nobody was there for a while: nothing is answered until the same colleague signs in again. What was begun waits.</summary>
    Locked = 2,
    /// <summary>Signed out, ended by a lead, or older than twelve hours.</summary>
    Ended = 3,
}

/// <summary>
/// Sessions are rows; how each stands now is kept in memory and written down every few seconds. A lock is decided here and not in the
/// browser, which only covers the screen.
/// </summary>
[OpenToAll("Whoever signed in has their own sessions, also when no row of theirs counts any more; those of others are refused here.")]
internal sealed class Sessions(DataFolder folder, WriteLane lane, SessionLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(366);
    private readonly ConcurrentDictionary<SessionId, Live> lives = new();

    /// <summary>Called when a session was ended.</summary>
    public event Action<SessionId>? Ended;

    public SessionLimits Limits => limits;

    /// <summary>How many are kept in memory.</summary>
    public int Count => lives.Count;

    /// <summary>A new session of a colleague who has just shown who they are, in the place of the browser's former one if it had one.</summary>
    /// <exception cref="NoRoomException">The disk is full, the ballast included.</exception>
    public async Task<SessionId> Begin(Colleague who, SessionId? former = null, CancellationToken cancel = default)
    {
        // As signing out: no window of the one goes on beside the cookie of the other.
        if (former is { } left && Whose(left) is { } whose)
            await End(left, new Colleague(whose, "", [], []), cancel);
        var now = clock.GetUtcNow();
        var row = new SessionRow { Id = new SessionId(Guid.CreateVersion7(now)), Colleague = who.Id, CreatedAt = now, SeenAt = now };
        await Act(who, AuditAction.SignedIn, row.Id, records =>
        {
            SessionTable.Forget(records, now - KeptFor);
            SessionTable.Insert(records, row);
            return null;
        }, cancel);
        lives[row.Id] = new Live(row);
        return row.Id;
    }

    /// <summary>How it stands, and how long it stays open without a sign of its colleague.</summary>
    public (Standing Standing, TimeSpan LocksIn) Look(SessionId id) => Find(id) is { } live ? Look(live) : (Standing.Ended, TimeSpan.Zero);

    /// <summary>Whose it is; null when there is no such session.</summary>
    public ColleagueId? Whose(SessionId id) => Find(id)?.Row.Colleague;

    /// <summary>A sign of its colleague. None counts while it is locked.</summary>
    public void Active(SessionId id)
    {
        if (Find(id) is { } live)
        {
            lock (live)
            {
                if (Look(live).Standing == Standing.Open)
                    (live.Row.SeenAt, live.Unwritten) = (clock.GetUtcNow(), true);
            }
        }
    }

    /// <summary>A live enquiry is open in it, until disposed.</summary>
    public IDisposable InCall(SessionId id)
    {
        if (Find(id) is not { } live)
            return new Over(() => { });
        lock (live)
        {
            // What is locked already stays so.
            Look(live);
            live.Calls++;
        }
        return new Over(() =>
        {
            lock (live)
                live.Calls--;
        });
    }

    /// <summary>Returns when it is open: at once, or when the same colleague has signed in again.</summary>
    /// <exception cref="NotAssignedException">It has ended.</exception>
    public async Task WhenOpen(SessionId id, CancellationToken cancel)
    {
        while (true)
        {
            var live = Find(id) ?? throw new NotAssignedException();
            Task unlocking;
            lock (live)
            {
                var standing = Look(live).Standing;
                if (standing == Standing.Open)
                    return;
                if (standing == Standing.Ended)
                    throw new NotAssignedException();
                unlocking = (live.Unlocking ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await unlocking.WaitAsync(cancel);
        }
    }

    /// <summary>Opens a locked session to the colleague who has just shown who they are; false for anybody else, and what is behind it stays hidden.</summary>
    public async Task<bool> Unlock(SessionId id, Colleague who, CancellationToken cancel = default)
    {
        var live = Find(id);
        var same = live is not null && live.Row.Colleague == who.Id && Look(live).Standing != Standing.Ended;
        await lane.Note(new Line(ErrandOf(who), same ? AuditAction.SignedIn : AuditAction.Refused, [About(id)]) { Reason = same ? null : RefusalReason.NotYours }, cancel);
        if (!same)
            return false;
        lock (live!)
        {
            live.Locked = false;
            (live.Row.SeenAt, live.Unwritten) = (clock.GetUtcNow(), true);
            live.Unlocking?.TrySetResult();
            live.Unlocking = null;
        }
        return true;
    }

    /// <summary>Ends one: the colleague's own, or anybody's by a lead or officer.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another's.</exception>
    public async Task End(SessionId id, Colleague by, CancellationToken cancel = default)
    {
        if (Find(id) is not { Row.EndedAt: null } live)
            return;
        Refuse(by, live.Row.Colleague);
        var now = clock.GetUtcNow();
        await Act(by, AuditAction.SignedOut, id, records =>
        {
            SessionTable.End(records, id, now, by.Id);
            return null;
        }, cancel);
        lock (live)
        {
            (live.Row.EndedAt, live.Row.EndedBy) = (now, by.Id);
            live.Unlocking?.TrySetResult();
        }
        lock (lives)
            lives.TryRemove(id, out _);
        Ended?.Invoke(id);
    }

    /// <summary>Ends every session of a colleague.</summary>
    /// <exception cref="UnauthorizedAccessException">They are another's.</exception>
    public async Task EndAll(ColleagueId colleague, Colleague by, CancellationToken cancel = default)
    {
        foreach (var session in Of(by, colleague).Where(session => session.EndedAt is null))
            await End(session.Id, by, cancel);
    }

    /// <summary>The open sessions of a colleague and the twenty newest, newest first.</summary>
    /// <exception cref="UnauthorizedAccessException">They are another's.</exception>
    public IReadOnlyList<SessionRow> Of(Colleague who, ColleagueId colleague)
    {
        Refuse(who, colleague);
        return [.. folder.Records.Use(records => SessionTable.Of(records, colleague)).Select(row => lives.TryGetValue(row.Id, out var live) ? live.Row : row)];
    }

    /// <summary>Writes down who was last seen when, and ends what is over twelve hours old.</summary>
    public async Task WriteDown(CancellationToken cancel = default)
    {
        foreach (var live in lives.Values)
            Look(live);
        var seen = lives.Values.Where(live => live.Unwritten).ToList();
        if (seen.Count > 0)
        {
            // One wait for the disk for all of them: every save waits behind this.
            await lane.Alone(records =>
            {
                records.Together(() =>
                {
                    foreach (var live in seen)
                        SessionTable.Seen(records, live.Row.Id, live.Row.SeenAt);
                });
                return 0;
            }, cancel);
            seen.ForEach(live => live.Unwritten = false);
        }
        foreach (var id in folder.Records.Use(records => SessionTable.OpenSince(records, clock.GetUtcNow() - limits.Longest)))
            await End(id, Colleague.Portal, cancel);
    }

    private static void Refuse(Colleague who, ColleagueId colleague)
    {
        if (who.Id != colleague && who.Id != ColleagueId.Portal && !who.May(Entitlement.KeepColleagues))
            throw new UnauthorizedAccessException("Another colleague's sessions are for team leads and the information-governance officer.");
    }

    // The lock file lets no other process write, so what was read once is what is stored.
    private Live? Find(SessionId id)
    {
        if (lives.TryGetValue(id, out var live))
            return live;
        // One at a time with the end of one: what was read before it is not kept after it. What has ended is not kept at all.
        lock (lives)
        {
            return folder.Records.Use(records => SessionTable.Find(records, id)) is not { } row ? null
                : row.EndedAt is null ? lives.GetOrAdd(id, new Live(row)) : new Live(row);
        }
    }

    private (Standing Standing, TimeSpan LocksIn) Look(Live live)
    {
        lock (live)
        {
            var now = clock.GetUtcNow();
            if (live.Row.EndedAt is not null || now - live.Row.CreatedAt >= limits.Longest)
                return (Standing.Ended, TimeSpan.Zero);
            var left = live.Row.SeenAt + (live.Calls > 0 ? limits.IdleInCall : limits.Idle) - now;
            live.Locked |= left <= TimeSpan.Zero;
            return live.Locked ? (Standing.Locked, TimeSpan.Zero) : (Standing.Open, left);
        }
    }

    private async Task Act(Colleague who, AuditAction action, SessionId id, Func<RecordsFile, Outcome?> write, CancellationToken cancel)
    {
        if (await lane.Do(new Act(ErrandOf(who), action, [new Enter(About(id), write)]), [], cancel: cancel) is not Outcome.Done)
            throw new NoRoomException();
    }

    private static Errand ErrandOf(Colleague who) => new(who, Purpose.Unknown, "");

    private static UnitId About(SessionId id) => new(id.Value);

    private sealed class Live(SessionRow row)
    {
        public SessionRow Row { get; } = row;
        public bool Locked { get; set; }
        public bool Unwritten { get; set; }
        public int Calls { get; set; }
        public TaskCompletionSource? Unlocking { get; set; }
    }

    private sealed class Over(Action act) : IDisposable
    {
        private Action? act = act;

        public void Dispose() => Interlocked.Exchange(ref act, null)?.Invoke();
    }
}
