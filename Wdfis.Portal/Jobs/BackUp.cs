using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary><c>Jobs:Backup</c>. Hours are London's; <see cref="From"/> is included, <see cref="Until"/> is not, and midnight may lie between.</summary>
internal sealed record BackUpOptions
{
    public int EveryDays { get; init; } = 1;
    public TimeOnly From { get; init; } = new(1, 0);
    public TimeOnly Until { get; init; } = new(6, 0);
}

/// <summary>Takes a backup each night while whoever works goes on, and lets old ones go, which they do also when no new one came about.</summary>
internal sealed class BackUp(Backups backups, WriteLane lane, IConfiguration configuration) : IJob
{
    private readonly BackUpOptions options = configuration.GetSection("Jobs:Backup").Get<BackUpOptions>() ?? new();

    public string Name => "backup";

    public bool Due(DateTimeOffset? last, DateTimeOffset now) =>
        (last is not { } before || London.DateOf(before).AddDays(options.EveryDays) <= London.DateOf(now))
        && TimeOnly.FromDateTime(London.Local(now).DateTime).IsBetween(options.From, options.Until);

    public async Task<string> Run(CancellationToken cancel)
    {
        backups.Age();
        var taken = await backups.Take(cancel: cancel);
        await lane.Note(new Line(WriteLane.Portal, AuditAction.BackedUp, []), cancel);
        return $"{Path.GetFileName(taken.Records.Path)} and {Path.GetFileName(taken.Keys.Path)}: {taken.Report}";
    }
}
