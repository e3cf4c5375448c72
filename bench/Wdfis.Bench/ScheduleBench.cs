using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Bench;

/// <summary>Another version of the retention schedule: its preview, and its application to every record while somebody else saves. Last of all, for it moves the dates.</summary>
internal static class ScheduleBench
{
    public static async Task Run(WebApplication app, string recordsFile, Colleague lead, Report report)
    {
        var services = app.Services;
        var columns = services.GetRequiredService<EnvelopeColumns>();
        var shelf = services.GetRequiredService<ScheduleShelf>();
        var desk = services.GetRequiredService<ScheduleDesk>();
        var keeper = services.GetRequiredService<Keeper>();
        var clock = TimeProvider.System;
        while (!columns.Ready)
            await Task.Delay(5);
        await desk.Begin(clock.GetUtcNow(), default);
        var officer = new Stamp(new ColleagueId(Guid.CreateVersion7()), clock.GetUtcNow());
        // Every class longer, so that every record moves.
        var first = shelf.Versions[0];
        var lines = first.Classes.Select(line => line with { Period = RetentionPeriod.Create(line.Period.Count + 1, line.Period.Unit) }).ToArray();
        var second = ScheduleVersion.Draft(UnitId.Create(clock), first, lines, officer.On, "bench", PeriodBounds.Default, officer).OrThrow().Propose(officer).OrThrow().Approve("bench", new Stamp(lead.Id, officer.At)).OrThrow();
        var schedule = second.ToSchedule(shelf.Configured);
        var all = columns.Under(schedule, London.Today(clock)).Effects.Sum(effect => effect.Records);

        var copy = recordsFile + ".plain";
        using (var source = new SqliteConnection($"Data Source={recordsFile};Mode=ReadOnly;Pooling=False"))
        {
            source.Open();
            using var command = source.CreateCommand();
            command.CommandText = $"VACUUM INTO '{copy}'";
            command.ExecuteNonQuery();
        }
        using var plain = new SqliteConnection($"Data Source={copy};Pooling=False");
        plain.Open();
        int Sql(string text)
        {
            using var command = plain.CreateCommand();
            command.CommandText = text;
            return command.ExecuteNonQuery();
        }
        Sql("PRAGMA journal_mode=WAL");

        var preview = await Times.Of(20, _ => Task.FromResult(columns.Under(schedule, London.Today(clock))), warmUp: 2);
        var counted = await Times.Of(3, _ =>
        {
            using var command = plain.CreateCommand();
            command.CommandText = "SELECT keep_class, count(*), sum(date(keep_until_on,'+1 year')<date('now')) FROM unit GROUP BY 1";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
            }
            return Task.CompletedTask;
        }, warmUp: 1);
        report.Add($"Preview of a schedule that moves all of {all:N0} records", preview, counted, 1000);

        // Somebody saves all the while: how long the slowest of them waits is the longest lock-out.
        await desk.Step(second, default);
        var longest = TimeSpan.Zero;
        var waits = new Times();
        using var stop = new CancellationTokenSource();
        var other = Task.Run(async () =>
        {
            var errand = new Errand(lead, Purpose.CaseWork, "bench-schedule");
            while (!stop.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                await keeper.Do(new Act(errand, AuditAction.Saved, [new Count("bench/schedule", new DateOnly(2026, 1, 1))]));
                var took = Stopwatch.GetElapsedTime(start);
                waits.Add(took);
                if (took > longest)
                    longest = took;
                await Task.Delay(5);
            }
        });
        var watch = Stopwatch.StartNew();
        await services.GetServices<IJob>().OfType<ApplySchedule>().Single().Run(default);
        var applied = watch.Elapsed;
        await stop.CancelAsync();
        await other;
        if (shelf.Find(second.Id)!.Value.Version.State != ScheduleEvent.Applied || columns.Under(shelf.Current, London.Today(clock)).Moved.Count > 0)
            throw new InvalidOperationException("The schedule was not applied.");
        watch.Restart();
        Sql("UPDATE unit SET keep_until_on=date(keep_until_on,'+1 year'), keep_because=keep_because||' ', keep_version=2, version=version+1");
        var update = watch.Elapsed;
        report.Add(new Result($"Applying it, in batches of 5,000 with an entry each", $"{applied.TotalSeconds:0.0} s", $"{update.TotalSeconds:0.00} s, one UPDATE", $"{applied / update:0.0} ×", "≤ 60 s", applied.TotalSeconds <= 60));
        report.Add(new Result("Meanwhile the longest wait of somebody who saves", string.Create(CultureInfo.InvariantCulture, $"{longest.TotalMilliseconds:0} ms (p50 {waits.At(0.5):0} ms)"), "–", "–", "≤ 500 ms", longest.TotalMilliseconds <= 500));
    }
}
