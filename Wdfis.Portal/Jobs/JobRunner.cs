using Microsoft.Data.Sqlite;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary>Looks every minute which jobs are due and runs them one after another. What was run survives a restart.</summary>
internal sealed class JobRunner(IEnumerable<IJob> jobs, DataFolder folder, WriteLane lane, IConfiguration configuration, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    internal const string Failed = "failed: ";

    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(configuration.GetValue("Jobs:LookEvery", TimeSpan.FromMinutes(1)), clock);
        try
        {
            while (await minute.WaitForNextTickAsync(stoppingToken))
                await RunDue(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var job in jobs.Where(job => job.AtTheEnd))
                await Run(job, CancellationToken.None);
        }
    }

    /// <summary>Runs what is due now; one that fails stops no other.</summary>
    internal async Task RunDue(CancellationToken cancel = default)
    {
        foreach (var job in jobs)
            await Run(job, cancel, whenDue: true);
    }

    private bool IsDue(IJob job, DateTimeOffset now)
    {
        var last = folder.Records.Use(records => JobTable.Find(records, job.Name));
        // A clock that was put back is no reason to wait for the old time to come again.
        var begun = last?.StartedAt is { } at && at <= now ? last.StartedAt : null;
        var failed = last is not null && (last.EndedAt is null && !job.GoesOn || last.Outcome?.StartsWith(Failed, StringComparison.Ordinal) == true);
        return (!failed || begun is null || now - begun >= AfterFailure) && job.Due(failed || last?.EndedAt is null ? null : begun, now);
    }

    /// <summary>Each job with its last run, and when it runs next as far as that follows from the clock: within eight days, to a quarter of an hour.</summary>
    internal IReadOnlyList<(string Name, JobRow? Last, DateTimeOffset? Next)> Stands()
    {
        var now = clock.GetUtcNow();
        var first = now.AddTicks(-(now.Ticks % Quarter.Ticks)) + Quarter;
        return [.. jobs.Select(job =>
        {
            var last = folder.Records.Use(records => JobTable.Find(records, job.Name));
            return (job.Name, last, job.ByTheClock ? Next(job, last, first) : null);
        })];
    }

    // What cannot say when it is due stands on the page all the same.
    private static DateTimeOffset? Next(IJob job, JobRow? last, DateTimeOffset first)
    {
        try
        {
            return Enumerable.Range(0, 8 * 24 * 4).Select(quarter => (DateTimeOffset?)(first + quarter * Quarter)).FirstOrDefault(at => job.Due(last?.StartedAt, at!.Value));
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Runs one job now, whether or not it is due, and gives what came of it.</summary>
    internal async Task<string> RunNow(string name, CancellationToken cancel = default)
    {
        await Run(jobs.Single(job => job.Name == name), cancel);
        return folder.Records.Use(records => JobTable.Find(records, name))?.Outcome ?? "";
    }

    // Whatever a job throws, in the run or in looking whether it is due, is its own failure: thrown on, it would stop the portal.
    private async Task Run(IJob job, CancellationToken cancel, bool whenDue = false)
    {
        var now = clock.GetUtcNow();
        var row = new JobRow { Name = job.Name, StartedAt = now };
        try
        {
            if (whenDue && !IsDue(job, now))
                return;
            await lane.Alone(records => JobTable.Put(records, row));
            row.Outcome = await job.Run(cancel);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // The type alone, or a sentence made for operators: what a job was about stays out of logs.
            row.Outcome = Failed + (trouble is StartRefused ? trouble.Message : Words(trouble));
            log.LogError("The job {Job} {Outcome}", job.Name, row.Outcome);
        }
        row.EndedAt = clock.GetUtcNow();
        try
        {
            await lane.Alone(records => JobTable.Put(records, row));
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError("The last run of {Job} could not be written down: {Trouble}", job.Name, Words(trouble));
        }
    }

    private static string Words(Exception trouble) => trouble is SqliteException sqlite ? $"SQLite {sqlite.SqliteExtendedErrorCode}" : trouble.GetType().Name;
}

internal static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<IJob, SendHead>()
        .AddSingleton<IJob, Tidy>()
        .AddSingleton<IJob, BackUp>()
        .AddSingleton<IJob, NoteBackups>()
        .AddSingleton(sp => MailOptions.Read(sp.GetRequiredService<IConfiguration>()))
        .AddSingleton<IJob, MailLeads>()
        .AddSingleton<IJob>(sp => sp.GetRequiredService<Features.Policy.WebsiteCheck>())
        .AddSingleton<IJob, Features.Policy.MonthlyFigures>()
        .AddHostedService<HeadAfter>()
        .AddSingleton<JobRunner>()
        .AddHostedService(sp => sp.GetRequiredService<JobRunner>());
}
