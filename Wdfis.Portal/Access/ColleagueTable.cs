using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Colleagues;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>Somebody the directory let in, with every row they have or had.</summary>
internal sealed record KnownColleague(ColleagueId Id, string DisplayName, ImmutableArray<RoleGrant> Rows);

/// <summary>
/// The role table as stored. Looked up anew every few seconds, so that an ended row opens nothing for long. Each change of it is an act of
/// its own, and its entry in the audit names the colleague whose row it is.
/// </summary>
internal sealed class ColleagueTable(IDbContextFactory<RecordsContext> contexts, WriteLane lane, TimeProvider clock) : IColleagues
{
    private const string SignsOff = "role IN (2,3) AND approved_by IS NOT NULL AND ended_at IS NULL AND from_on<=$1 AND (until_on IS NULL OR until_on>=$1)";
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private volatile Standing? standing;
    private volatile int changes;

    /// <summary>Who may do what today, all of them read at once.</summary>
    private sealed record Standing(IReadOnlyList<Colleague> All, FrozenDictionary<ColleagueId, Colleague> ById, long ReadAt);

    /// <summary>Called after each change of somebody's rows.</summary>
    public event Action<ColleagueId>? Changed;

    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => (await Now(cancel)).ById.GetValueOrDefault(id);

    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => (await Now(cancel)).All;

    private async ValueTask<Standing> Now(CancellationToken cancel)
    {
        if (standing is { } kept && Stopwatch.GetElapsedTime(kept.ReadAt) < Remembered)
            return kept;
        var (readAt, before) = (Stopwatch.GetTimestamp(), changes);
        Colleague[] all = [.. (await Read(cancel)).Select(Today).OfType<Colleague>()];
        var now = new Standing(all, all.ToFrozenDictionary(one => one.Id), readAt);
        standing = now;
        // What was read before a change of it is not kept after it.
        if (changes != before)
            standing = null;
        return now;
    }

    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<IReadOnlyDictionary<ColleagueId, string>> Names(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Set<ColleagueRow>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancel);
    }

    /// <summary>Everybody who ever came, by name, with all rows: for leads and officers.</summary>
    public Task<IReadOnlyList<KnownColleague>> Everybody(Errand<May.KeepColleagues> errand, CancellationToken cancel = default)
    {
        return Read(cancel);
    }

    /// <summary>The colleague whom the directory knows by this object id; made when they come for the first time. They may do nothing by that.</summary>
    [OpenToAll(OpenBecause.SigningIn)]
    public async Task<ColleagueId> Arrived(string tenant, string directoryId, string displayName, CancellationToken cancel = default)
    {
        var fresh = UnitId.Create(clock);
        var (arrived, changed) = await lane.Alone(records =>
        {
            var rows = records.Run("INSERT INTO colleague(id,tenant,directory_id,display_name) VALUES($1,$2,$3,$4) " +
                "ON CONFLICT(tenant,directory_id) DO UPDATE SET display_name=excluded.display_name WHERE display_name<>excluded.display_name",
                fresh.ToBytes(), tenant, directoryId, displayName);
            return (new ColleagueId(new Guid(records.One<byte[]>("SELECT id FROM colleague WHERE tenant=$1 AND directory_id=$2", tenant, directoryId), bigEndian: true)), rows > 0);
        }, cancel);
        // At nine o'clock everybody comes at once, and most are known.
        if (changed)
            Forget();
        return arrived;
    }

    /// <summary>Grants a row, which waits for another's approval.</summary>
    public async Task<ImmutableArray<Problem>> Grant(
        Errand<May.KeepColleagues> errand, ColleagueId colleague, Role? role, IEnumerable<Service> services, DateOnly? from, DateOnly? until, ColleagueId? deputyOf, CancellationToken cancel = default)
    {
        var granted = RoleGrant.Create(colleague, role, services, from, until, deputyOf, Domain.Confidentiality.Stamp.Now(errand.Who.Id, clock));
        if (!granted.Accepted)
            return granted.Problems;
        if (deputyOf is { } away && await Find(away, cancel) is var absent && absent?.Is(role!.Value) != true)
            return [new Problem("role.deputy", "A deputy gets the role of the colleague they stand in for. Choose one who holds it today.")];
        return await Change(errand, colleague, records =>
        {
            if (!records.Any("SELECT 1 FROM colleague WHERE id=$1", Bytes(colleague)))
                return new Outcome.Gone(About(colleague));
            Insert(records, granted.Value);
            return null;
        }, cancel);
    }

    /// <summary>Approves a row that another granted.</summary>
    public async Task<ImmutableArray<Problem>> Approve(Errand<May.KeepColleagues> errand, RoleGrant row, CancellationToken cancel = default)
    {
        if (row.RefuseApproval(errand.Who.Id) is { } problem)
            return [problem];
        // What the screen showed is asked again where it is written.
        return await Change(errand, row.Colleague, records => records.Run(
            "UPDATE role SET approved_by=$2 WHERE id=$1 AND colleague=$3 AND approved_by IS NULL AND ended_at IS NULL AND granted_by<>$2 AND colleague<>$2",
            row.Id, Bytes(errand.Who.Id), Bytes(row.Colleague)) == 1 ? null : new Outcome.Conflict(About(row.Colleague), 0), cancel);
    }

    /// <summary>Ends a row at once, or withdraws one that waits: one person is enough to take away. Two who can grant and approve always stay.</summary>
    public async Task<ImmutableArray<Problem>> End(Errand<May.KeepColleagues> errand, RoleGrant row, CancellationToken cancel = default)
    {
        var tooFew = false;
        var problems = await Change(errand, row.Colleague, records =>
        {
            if (records.Run("UPDATE role SET ended_by=$2, ended_at=$3 WHERE id=$1 AND colleague=$4 AND ended_at IS NULL",
                    row.Id, Bytes(errand.Who.Id), clock.GetUtcNow().UtcTicks, Bytes(row.Colleague)) == 0)
                return new Outcome.Conflict(About(row.Colleague), 0);
            // Rows that run out do not stay: neither are they counted nor do they have to.
            tooFew = row.Counts(London.Today(clock)) && row.Until is null && row.Role is Role.TeamLead or Role.InformationGovernance && row.ApprovedBy is not null
                && records.One<long>($"SELECT count(DISTINCT colleague) FROM role WHERE {SignsOff} AND until_on IS NULL", Iso(London.Today(clock))) < 2;
            return tooFew ? new Outcome.Conflict(About(row.Colleague), 0) : null;
        }, cancel);
        return tooFew ? [new Problem("", "Two leads or officers have to stay, so that one can grant and another approve. Assign somebody else first.")] : problems;
    }

    /// <summary>
    /// The first lead and officer, from the configuration, while nobody holds either role: two, so that one can grant and the other approve.
    /// </summary>
    [OpenToAll(OpenBecause.SigningIn)]
    public async Task Begin(string tenant, IReadOnlyCollection<(string DirectoryId, Role Role)> first, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        if (first.Count == 0 || await lane.Alone(records => records.Any($"SELECT 1 FROM role WHERE {SignsOff}", Iso(today)), cancel))
            return;
        var portal = new Errand(Colleague.Portal, Purpose.Unknown, "");
        foreach (var (directoryId, role) in first)
        {
            var colleague = await Arrived(tenant, directoryId, role == Role.TeamLead ? "First team lead" : "First information-governance officer", cancel);
            await Change(portal, colleague, records =>
            {
                Insert(records, RoleGrant.Restore(0, colleague, role, [.. Enum.GetValues<Service>()], today, null, null, ColleagueId.Portal, ColleagueId.Portal, null, null));
                return null;
            }, cancel);
        }
    }

    /// <summary>Looks everybody up anew at the next question.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal void Forget()
    {
        Interlocked.Increment(ref changes);
        standing = null;
    }

    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<DateOnly?> StartedOn(ColleagueId id, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Set<RoleRow>().Where(row => row.Colleague == id && row.ApprovedBy != null).MinAsync(row => (DateOnly?)row.FromOn, cancel);
    }

    private async Task<ImmutableArray<Problem>> Change(Errand errand, ColleagueId colleague, Func<RecordsFile, Outcome?> write, CancellationToken cancel)
    {
        var outcome = await lane.Do(new Act(errand with { Purpose = Purpose.Unknown }, AuditAction.RoleChanged, [new Enter(About(colleague), write)]), [], cancel: cancel);
        Forget();
        if (outcome is Outcome.Done)
            Changed?.Invoke(colleague);
        return outcome.Match<ImmutableArray<Problem>>(
            done: _ => [],
            conflict: _ => [new Problem("", "Somebody changed this row meanwhile. Look again.")],
            gone: _ => [new Problem("", "This colleague is not there any more.")],
            refused: refused => [new Problem("", refused.Reasons.Words())],
            noRoom: _ => [new Problem("", NoRoomException.ForLeads)],
            onHold: _ => throw new InvalidOperationException(),
            damaged: _ => throw new InvalidOperationException());
    }

    private async Task<IReadOnlyList<KnownColleague>> Read(CancellationToken cancel)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var colleagues = await context.Set<ColleagueRow>().AsNoTracking().ToListAsync(cancel);
        var rowsOf = (await context.Set<RoleRow>().AsNoTracking().ToListAsync(cancel)).ToLookup(row => row.Colleague);
        return [.. colleagues
            .Select(one => new KnownColleague(one.Id, one.DisplayName, [.. rowsOf[one.Id].OrderByDescending(row => row.Id).Select(row => RoleGrant.Restore(
                row.Id, row.Colleague, row.Role, [.. Enum.GetValues<Service>().Where(service => (row.Services & (1 << (int)service)) != 0)],
                row.FromOn, row.UntilOn, row.DeputyOf, row.GrantedBy, row.ApprovedBy, row.EndedBy, row.EndedAt))]))
            .OrderBy(one => one.DisplayName, StringComparer.Ordinal)];
    }

    private Colleague? Today(KnownColleague colleague)
    {
        var today = London.Today(clock);
        var rows = colleague.Rows.Where(row => row.Counts(today)).ToList();
        return rows.Count == 0 ? null : new Colleague(colleague.Id, colleague.DisplayName, [.. rows.Select(row => row.Role)], [.. rows.SelectMany(row => row.Services)])
        {
            DeputyFor = [.. rows.Where(row => row.Role == Role.TeamLead).Select(row => row.DeputyOf).OfType<ColleagueId>()],
        };
    }

    private static void Insert(RecordsFile records, RoleGrant row) => records.Run(
        "INSERT INTO role(colleague,role,services,from_on,until_on,deputy_of,granted_by,approved_by) VALUES($1,$2,$3,$4,$5,$6,$7,$8)",
        Bytes(row.Colleague), (int)row.Role, row.Services.Sum(service => 1 << (int)service), Iso(row.From), row.Until is { } until ? Iso(until) : null,
        row.DeputyOf is { } away ? Bytes(away) : null, Bytes(row.GrantedBy), row.ApprovedBy is { } by ? Bytes(by) : null);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Bytes(ColleagueId id) => id.Value.ToByteArray(bigEndian: true);

    private static UnitId About(ColleagueId colleague) => new(colleague.Value);

    /// <summary>Writes the synthetic colleagues of Development into a table that holds nobody.</summary>
    public static async Task SeedDevelopment(IDbContextFactory<RecordsContext> contexts, DateOnly today)
    {
        await using var context = await contexts.CreateDbContextAsync();
        if (await context.Set<ColleagueRow>().AnyAsync())
            return;
        foreach (var colleague in DevelopmentColleagues.All)
        {
            context.Add(new ColleagueRow { Id = colleague.Id, Tenant = "development", DirectoryId = colleague.Id.ToString(), DisplayName = colleague.DisplayName });
            foreach (var role in colleague.Roles)
            {
                context.Add(new RoleRow
                {
                    Colleague = colleague.Id,
                    Role = role,
                    Services = colleague.Services.Sum(service => 1 << (int)service),
                    FromOn = today,
                    GrantedBy = ColleagueId.Portal,
                    ApprovedBy = ColleagueId.Portal,
                });
            }
        }
        await context.SaveChangesAsync();
    }
}
