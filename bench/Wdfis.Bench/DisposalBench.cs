using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Bench;

/// <summary>The disposal of ten thousand records with its certificate and the search for leftovers, while others search; beside a plain delete of as many rows.</summary>
internal static class DisposalBench
{
    private const int Searchers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    public static async Task Run(WebApplication app, RawSqlite? raw, IReadOnlyList<byte[]> rows, string[] prefixes, Colleague lead, Colleague second, Report report)
    {
        var keeper = app.Services.GetRequiredService<Keeper>();
        var desk = app.Services.GetRequiredService<DisposalDesk>();
        var finder = app.Services.GetRequiredService<FamilySearch>();
        var errand = new Errand(lead, Purpose.RetentionReview, "bench");
        var today = London.Today(TimeProvider.System);

        var pause = app.Services.GetRequiredService<ContactPause>();
        var cards = keeper.EveryEnvelope().Where(envelope => envelope.Kind == UnitKind.Family).ToDictionary(envelope => envelope.Id);

        // Enquiries of the simple class, wherever they lie in the file, made overdue.
        var due = keeper.EveryEnvelope().Where(envelope => envelope is { Kind: UnitKind.Enquiry, OnHold: false, Restricted: false } && envelope.KeepUntil.ClassCode == RetentionCodes.FisEnquiry && envelope.Level is null or 1)
            .Where(envelope => envelope.Family is not { } family || !pause.Binds(envelope, cards.GetValueOrDefault(family), today))
            .OrderBy(envelope => envelope.Id.GetHashCode()).Take(DisposalList.Most).ToList();
        foreach (var some in due.Chunk(2_000))
        {
            var made = await keeper.Do(new Act(errand, AuditAction.Saved, [.. some.Select(envelope => new Mark(envelope.Id, envelope.Version, e => e with
            {
                KeepUntil = new KeepUntil(today.AddDays(-30), e.KeepUntil.ClassCode, "of the bench"),
                TouchedOn = today.AddDays(-90),
            }))]));
            if (made is not Outcome.Done)
                throw new InvalidOperationException("The records could not be made overdue.");
        }
        var watch = Stopwatch.StartNew();
        var (lists, problems) = await desk.Prepare(errand, due.Select(envelope => envelope.Id));
        if (lists is not [var id])
            throw new InvalidOperationException($"{lists.Length} lists: {problems.FirstOrDefault()?.Sentence}");
        report.Add(new Result($"Preparing a disposal list of {due.Count:N0} records", $"{watch.Elapsed.TotalSeconds:0.00} s", "–", "–", "–", null));
        var list = (await desk.Open(errand, id)).List!;
        foreach (var unit in list.Sample(desk.Terms.SamplePercent))
            await keeper.Open<Enquiry>(errand, unit);
        if (!(await desk.HandOver(errand, id)).IsEmpty || !(await desk.Approve(new Errand(second, Purpose.RetentionReview, "bench-2"), id, "bench")).IsEmpty)
            throw new InvalidOperationException("The list was not approved.");

        // Whoever searches comes at their time, whether the last search is done or not: waiting counts.
        var times = new Times();
        using var over = new CancellationTokenSource();
        async Task Search(int searcher)
        {
            var running = new List<Task>();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                var at = Pace * i + Pace / Searchers * searcher;
                if (at - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
                var prefix = prefixes[(i * Searchers + searcher) % prefixes.Length];
                var number = i;
                running.Add(Task.Run(async () =>
                {
                    var begun = Stopwatch.GetTimestamp();
                    await finder.Search(new Errand(lead with { Id = new ColleagueId(Guid.CreateVersion7()) }, Purpose.CaseWork, $"s{searcher}-{number % 1000}"), prefix, default, atOnce: true);
                    times.Add(Stopwatch.GetElapsedTime(begun));
                }));
            }
            await Task.WhenAll(running);
        }
        var searching = Enumerable.Range(0, Searchers).Select(Search).ToArray();
        watch.Restart();
        var disposer = app.Services.GetRequiredService<Disposer>();
        var cleared = TimeSpan.Zero;
        disposer.Step = step => { if (step == "batch") cleared = watch.Elapsed; };
        var said = await disposer.Run(id);
        var took = watch.Elapsed;
        await over.CancelAsync();
        await Task.WhenAll(searching);
        var certificate = (await desk.Certificate(errand, desk.CertificateOf(list.Number)!.Value)).Certificate!;
        Console.WriteLine($"       ({said}; the records {cleared.TotalSeconds:0.0} s, clearing, searching for leftovers and certificate {(took - cleared).TotalSeconds:0.0} s; {certificate.Leftover})");

        double? plain = null;
        if (raw is not null)
        {
            watch.Restart();
            raw.Delete(rows.Take(certificate.Destroyed.Length));
            plain = watch.Elapsed.TotalSeconds;
        }
        report.Add(new Result($"Disposal of {certificate.Destroyed.Length:N0} records: keys, rows, leftovers, certificate, head", $"{took.TotalSeconds:0.0} s",
            plain is { } seconds ? $"{seconds:0.00} s, one transaction" : "–", plain is { } by ? $"{took.TotalSeconds / by:0} ×" : "–", "≤ 60 s", took.TotalSeconds <= 60 && certificate.Leftover.KeysFound == 0));
        report.Add($"Searching meanwhile, {1000 / Pace.TotalMilliseconds * Searchers:0} a second", times, null, 50);
    }
}
