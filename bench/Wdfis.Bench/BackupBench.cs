using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Bench;

/// <summary>A backup of the running portal beside searches, and a restore of it with destructions to apply, each beside the plain copy of the two files.</summary>
internal static class BackupBench
{
    public static async Task Run(WebApplication app, string folder, Func<Errand> anybody, Errand errand, string[] prefixes, Report report)
    {
        var backups = app.Services.GetRequiredService<Backups>();
        var finder = app.Services.GetRequiredService<FamilySearch>();
        var keeper = app.Services.GetRequiredService<Keeper>();
        async Task<Times> SearchedUntil(Task end)
        {
            var times = new Times();
            for (var i = 0; !end.IsCompleted; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await finder.Search(anybody(), prefixes[i % prefixes.Length], default, atOnce: true);
                times.Add(Stopwatch.GetElapsedTime(start));
                // As somebody types, not as fast as can be: flat out, searching alone would take one of two cores.
                await Task.Delay(10);
            }
            return times;
        }
        await SearchedUntil(Task.Delay(2_000));
        var quiet = await SearchedUntil(Task.Delay(10_000));
        var watch = Stopwatch.StartNew();
        foreach (var file in new[] { "records.db", "keys.db" })
            File.Copy(Path.Combine(folder, file), Path.Combine(folder, file + ".plain"), overwrite: true);
        var copy = watch.Elapsed;
        foreach (var file in new[] { "records.db.plain", "keys.db.plain" })
            File.Delete(Path.Combine(folder, file));

        var processor = Environment.CpuUsage.TotalTime;
        watch.Restart();
        var taking = Task.Run(() => backups.Take(new Said(what =>
        {
            Console.Error.WriteLine($"       {watch.Elapsed.TotalSeconds,6:0.0} s  {what}");
        })));
        var busy = await SearchedUntil(taking);
        var taken = await taking;
        var took = watch.Elapsed;
        processor = Environment.CpuUsage.TotalTime - processor;
        report.Add(new Result($"Backup while in use: copy, integrity check, chain, every seal opened, sealed ({(taken.Records.Header.Length + taken.Keys.Header.Length) >> 20:N0} MB, {taken.Report.Units:N0} units, {taken.Report.Entries:N0} entries)",
            $"{took.TotalSeconds:0.0} s, {processor.TotalSeconds:0.0} s of processor with the searches beside it", $"{copy.TotalSeconds:0.00} s to copy both files", $"{took / copy:0} ×", "≤ 60 s", took.TotalSeconds <= 60));
        report.Add(new Result("Search meanwhile", $"p50 {busy.At(0.5):0.00} · p95 {busy.At(0.95):0.00} ms ({busy.Count:N0} searches)", $"p95 {quiet.At(0.95):0.00} ms without a backup", $"{busy.At(0.95) / quiet.At(0.95):0.0} × (p95)", "p95 ≤ 2 ×", busy.At(0.95) <= 2 * quiet.At(0.95)));

        // A thousand units destroyed since, which the restore has to keep destroyed.
        var gone = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Enquiry, Take = 1_000 });
        foreach (var some in gone.Chunk(250))
            await keeper.Do(new Act(errand, Wdfis.Domain.Audit.AuditAction.Erased, [.. some.Select(unit => new Destroy(unit.Id, "bench"))]));
        app.Services.GetRequiredService<Heads>().SignHead();
    }

    /// <summary>On a folder whose portal was stopped.</summary>
    public static async Task Restore(string folder, Report report)
    {
        await using var app = Wdfis.Portal.Portal.Build(["--environment", "Development", "--applicationName", "Wdfis.Portal"], quiet: true, folder);
        var watch = Stopwatch.StartNew();
        var size = 0L;
        foreach (var file in new[] { "records.db", "keys.db" })
        {
            File.Copy(Path.Combine(folder, file), Path.Combine(folder, file + ".plain"), overwrite: true);
            size += new FileInfo(Path.Combine(folder, file + ".plain")).Length;
            File.Delete(Path.Combine(folder, file + ".plain"));
        }
        var copy = watch.Elapsed;
        var processor = Environment.CpuUsage.TotalTime;
        watch.Restart();
        var done = await app.Services.GetRequiredService<Restore>().Run(new RestoreAsked { Replace = true }, new Said(what => Console.Error.WriteLine($"       {watch.Elapsed.TotalSeconds,6:0.0} s  {what}")));
        report.Add(new Result($"Restore over what was there: safety copy, {done.StayDestroyed:N0} destructions applied again, {done.Carried:N0} entries carried over, verified ({size >> 20:N0} MB)",
            $"{watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.0} s of processor", $"{copy.TotalSeconds:0.00} s to copy both files", $"{watch.Elapsed / copy:0} ×", "≤ 5 minutes", watch.Elapsed.TotalMinutes <= 5));
    }

    private sealed class Said(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
