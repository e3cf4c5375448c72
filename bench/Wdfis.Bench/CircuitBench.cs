using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Operations.Synthetic;
using Wdfis.Portal.Storage;
using Wdfis.Tests.Support;

namespace Wdfis.Bench;

/// <summary>
/// Many colleagues at once, and many signing in at nine o'clock: the portal in a process of its own, the load in this one, in between the wire
/// protocol that a browser speaks; and the bare template beside it, under the same load.
/// </summary>
internal sealed class CircuitBench : IAsyncDisposable
{
    private const int Families = 20_000;
    private const int Seed = 1;
    private const int Each = 5;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RunIn = TimeSpan.FromSeconds(30);

    /// <summary>For how long it is measured.</summary>
    public static TimeSpan Measured { get; set; } = TimeSpan.FromSeconds(60);

    private static readonly KnownBy[] Marks = [new("find", "id", "find"), new("check", "data-key", "k"), new("why", "data-key", "1"), new("count", "class", "btn btn-primary")];
    private static readonly byte[] StillRight = "Checked, still right"u8.ToArray(), NotOpened = "Search again"u8.ToArray(), Asked = "Why do you open this family?"u8.ToArray(), Nothing = "Nothing found."u8.ToArray(),
        Found = "families found."u8.ToArray(), One = "One family found."u8.ToArray(), Many = "there are more."u8.ToArray(), Right = "Checked today"u8.ToArray(), Counted = "Current count"u8.ToArray(), Anything = [];

    private readonly CannedDirectory directory;
    private readonly SyntheticFamily[] families;
    private readonly Task<string>[] cookies;
    private readonly List<string> troubles = [];
    private readonly int[] acts = new int[4];
    private Served portal = null!;

    private CircuitBench(CannedDirectory directory, int circuits)
    {
        this.directory = directory;
        cookies = new Task<string>[(circuits + Each - 1) / Each];
        families = [.. SyntheticFamilies.Make(Families, Seed, London.Today(TimeProvider.System)).Where(family => !family.SpecialHandling && Name(family) is not null)];
        new Random(7).Shuffle(families);
    }

    public static async Task Circuits(Func<string, Task<Microsoft.AspNetCore.Builder.WebApplication>> start, string folder, int circuits, Report report)
    {
        await using var bench = await Start(start, folder, circuits);
        var full = await bench.Load(bench.portal, circuits, bench.Colleague, "portal");
        await using var template = await Served.Start("template", folder, ("Urls", "http://127.0.0.1:0"));
        var bare = await bench.Load(template, circuits, async _ =>
        {
            var window = await HubWindow.Open(template.Site, "counter", "none=", Marks, [], Counted);
            return new Worker(window, async () => (await window.Until(() => window.Click("count"), Anything)).Took);
        }, "template");
        report.Add(new Result($"{circuits:N0} circuits, each an action every {Pace.TotalSeconds:0} s ({full.Times.Count:N0} in {Measured.TotalSeconds:0} s: {full.Acts[0]:N0} searches, {full.Acts[1]:N0} families opened, {full.Acts[2]:N0} saves), event to answer",
            $"{Quantiles(full.Times)}, {Troubles(full.Troubles)}", $"Bare template, a click: {Quantiles(bare.Times)}, {Troubles(bare.Troubles)}", $"{full.Times.At(0.5) / bare.Times.At(0.5):0.0} × (p50)", "p95 ≤ 50 ms, p99 ≤ 200 ms, no error",
            full.Times.At(0.95) <= 50 && full.Times.At(0.99) <= 200 && full.Troubles is []));
        report.Add(new Result("Processor meanwhile, the load's own taken off", $"{full.Cores:0.00} cores (the load {full.Own:0.00})", $"Bare template: {bare.Cores:0.00} (the load {bare.Own:0.00})", $"{full.Cores / bare.Cores:0.0} ×", "≤ 1 core", full.Cores <= 1));
        report.Add(new Result("Memory of one circuit on the family page, all that its process holds more", $"{full.Kilobytes:N0} KB ({full.Live:N0} KB of it live objects)", $"Bare template: {bare.Kilobytes:N0} KB ({bare.Live:N0} KB)", $"{full.Kilobytes / bare.Kilobytes:0.0} ×", "≤ 400 KB", full.Kilobytes <= 400));
        await bench.SignIns(report);
    }

    public static async Task SignIns(Func<string, Task<Microsoft.AspNetCore.Builder.WebApplication>> start, string folder, Report report)
    {
        await using var bench = await Start(start, folder, 1_000);
        await bench.SignIns(report);
    }

    /// <summary>Minutes of work; what the process holds is looked at every ten seconds, after the first minutes.</summary>
    public static async Task Soak(Func<string, Task<Microsoft.AspNetCore.Builder.WebApplication>> start, string folder, int circuits, int minutes, Report report)
    {
        var unseen = TimeSpan.FromMinutes(Math.Min(5, minutes / 2.0));
        await using var bench = await Start(start, folder, circuits);
        var workers = await Open(circuits, bench.Colleague);
        var samples = new List<(double Minute, double Megabytes)>();
        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        async Task Look()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
            while (await timer.WaitForNextTickAsync(over.Token))
                if (Stopwatch.GetElapsedTime(began) is var at && at >= unseen)
                    samples.Add((at.TotalMinutes, bench.portal.WorkingSet / 1e6));
        }
        async Task Signs()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(5));
            while (await timer.WaitForNextTickAsync(over.Token))
                foreach (var cookie in bench.cookies)
                    await HubWindow.SignOfLife(bench.portal.Site, await cookie);
        }
        var aside = Task.WhenAll(Look(), Signs());
        var times = await bench.Work(workers, unseen, TimeSpan.FromMinutes(minutes) - unseen);
        await over.CancelAsync();
        await aside.ContinueWith(_ => { }, TaskScheduler.Default);
        // Half leave as a browser does, the others are cut off and wait three minutes to be found again.
        for (var i = 0; i < workers.Count; i++)
            await workers[i].Window.Leave(cut: i % 2 == 1);
        var waited = Stopwatch.GetTimestamp();
        var left = await bench.portal.Held();
        while (left.Circuits > 0 && Stopwatch.GetElapsedTime(waited) < TimeSpan.FromMinutes(5))
        {
            await Task.Delay(5_000);
            left = await bench.portal.Held();
        }
        var slope = Slope(samples);
        report.Add(new Result($"{minutes} minutes' soak, {circuits} circuits working ({times.Count:N0} acts after the first {unseen.TotalMinutes:0.#} minutes)", $"{slope:0.00} MB a minute ({samples[0].Megabytes:N0} to {samples[^1].Megabytes:N0} MB), {Quantiles(times)}, {Troubles([.. bench.troubles])}",
            "–", "–", "≤ 1 MB a minute", slope <= 1 && bench.troubles.Count == 0));
        report.Add(new Result("Circuits left over after it, half of them cut off", $"{left.Circuits} after {Stopwatch.GetElapsedTime(waited).TotalSeconds:0} s", "–", "–", "none", left.Circuits == 0));
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        await directory.DisposeAsync();
    }

    private static async Task<CircuitBench> Start(Func<string, Task<Microsoft.AspNetCore.Builder.WebApplication>> start, string folder, int circuits)
    {
        var bench = new CircuitBench(await CannedDirectory.Start(), circuits);
        var data = Directory.CreateDirectory(Path.Combine(folder, "circuits")).FullName;
        await using (var app = await start(data))
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContextAsync())
        {
            for (var i = 0; i < bench.cookies.Length; i++)
            {
                var id = new ColleagueId(Guid.CreateVersion7());
                context.Add(new ColleagueRow { Id = id, Tenant = CannedDirectory.TenantId, DirectoryId = CannedDirectory.Person(i), DisplayName = $"Bench Colleague {i}" });
                context.Add(new RoleRow { Colleague = id, Role = Role.Adviser, Services = Enum.GetValues<Service>().Sum(service => 1 << (int)service), FromOn = new DateOnly(2026, 1, 1), GrantedBy = ColleagueId.Portal, ApprovedBy = ColleagueId.Portal });
            }
            await context.SaveChangesAsync();
        }
        bench.portal = await Served.Start("portal", Directory.GetCurrentDirectory(),
            [.. bench.directory.Settings, ("Urls", "http://127.0.0.1:0"), ("Storage__Folder", data), ("Development__Families", $"{Families}"), ("Jobs__DisposalLists__Until", "01:00")]);
        return bench;
    }

    private sealed record Worker(HubWindow Window, Func<Task<TimeSpan?>> Act);

    private sealed record Loaded(Times Times, string[] Troubles, double Cores, double Own, double Kilobytes, double Live, int[] Acts);

    // One round for what the first use leaves behind (compiled code, pools); then all at once, idle, and at work.
    private async Task<Loaded> Load(Served served, int circuits, Func<int, Task<Worker>> open, string what)
    {
        Console.Error.WriteLine($"{what}: warming up");
        troubles.Clear();
        var first = await Open(Math.Min(circuits, 100), open);
        await Work(first, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Task.WhenAll(first.Select(worker => worker.Window.Leave()));
        await Task.Delay(3_000);
        var before = await served.Held();
        Console.Error.WriteLine($"{what}: opening {circuits:N0}");
        var workers = await Open(circuits, open);
        await Task.Delay(5_000);
        var held = await served.Held();
        Console.Error.WriteLine($"{what}: {held.Circuits:N0} circuits, {before.WorkingSet >> 20} MB before, {held.WorkingSet >> 20} MB now");
        var (processor, own, from) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        var times = await Work(workers, RunIn, Measured, () => (processor, own, from) = (served.Processor, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp()));
        var took = Stopwatch.GetElapsedTime(from);
        var loaded = new Loaded(times, [.. troubles], (served.Processor - processor) / took, (Environment.CpuUsage.TotalTime - own) / took,
            (held.WorkingSet - before.WorkingSet) / 1024.0 / circuits, (held.Live - before.Live) / 1024.0 / circuits, [.. acts]);
        await Task.WhenAll(workers.Select(worker => worker.Window.Leave()));
        return loaded;
    }

    private static async Task<List<Worker>> Open(int circuits, Func<int, Task<Worker>> open)
    {
        var workers = new List<Worker>(circuits);
        foreach (var some in Enumerable.Range(0, circuits).Chunk(4))
            workers.AddRange(await Task.WhenAll(some.Select(open)));
        return workers;
    }

    /// <summary>Everybody acts once in each pace, spread over it; the times of the first while do not count.</summary>
    private async Task<Times> Work(List<Worker> workers, TimeSpan unseen, TimeSpan seen, Action? begun = null)
    {
        var times = new Times();
        var began = Stopwatch.GetTimestamp();
        async Task Run(Worker worker, TimeSpan due)
        {
            for (; due < unseen + seen; due += Pace)
            {
                if (due - Stopwatch.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                try
                {
                    if (await worker.Act() is { } took && due >= unseen)
                        times.Add(took);
                }
                catch (Exception trouble) when (trouble is InvalidOperationException or TimeoutException or System.Net.WebSockets.WebSocketException)
                {
                    lock (troubles)
                        troubles.Add(trouble.Message);
                    if (troubles.Count <= 5)
                        Console.Error.WriteLine(trouble.Message);
                    return;
                }
            }
        }
        var all = workers.Select((worker, i) => Run(worker, Pace * i / workers.Count)).ToList();
        if (begun is not null)
        {
            await Task.Delay(unseen);
            Array.Clear(acts);
            begun();
        }
        await Task.WhenAll(all);
        return times;
    }

    // Searches for a family by name, opens the one found first, says that it is right; and so on, with another family each time.
    private async Task<Worker> Colleague(int number)
    {
        var cookie = await (cookies[number / Each] ??= CannedDirectory.SignIn(portal.Site, number / Each).ContinueWith(signedIn => signedIn.GetAwaiter().GetResult().Cookie, TaskScheduler.Default));
        var next = number * (Families / (cookies.Length * Each));
        var (step, nothing, searchedAt) = (0, false, "");
        SyntheticFamily Next() => families[next++ % families.Length];
        // Between two families the page is drawn again only where they differ.
        byte[][] opening = [NotOpened, Asked, Right, StillRight, HubWindow.Here];
        var window = await HubWindow.Open(portal.Site, $"families/{Next().Id}", cookie, Marks, [StillRight, Right], opening[..4]);
        if (window.Hears("why", "click"))
            await window.Until(() => window.Click("why"), opening[2..]);
        async Task<TimeSpan?> Act()
        {
            // What somebody else has said meanwhile to be right is not said again: nothing would be drawn.
            if (step == 2 && window.Told == 1)
                step = 0;
            // Who was stopped between the last letter and Enter has the answer before the Enter, which then opens the first.
            if (step == 1 && window.At != searchedAt)
                step = window.Hears("why", "click") ? 3 : 0;
            switch (step)
            {
                case 0:
                    searchedAt = window.At;
                    if (nothing)
                        await window.Type("find", "");
                    await window.Type("find", Name(Next())!);
                    var (searched, which) = await window.Until(() => window.Press("find", "Enter"), Nothing, Found, One, Many);
                    nothing = which == 0;
                    step = nothing ? 0 : 1;
                    Interlocked.Increment(ref acts[0]);
                    return searched;
                case 1 or 3:
                    var (opened, how) = step == 3 ? (TimeSpan.Zero, 1) : await window.Until(() => window.Press("find", "Enter"), opening);
                    if (how == 1)
                    {
                        // A family of which no work of theirs says why: one key more, and its time counts too.
                        var (said, after) = await window.Until(() => window.Click("why"), NotOpened, Right, StillRight);
                        (opened, how) = (opened + said, after == 0 ? 0 : 2);
                    }
                    step = how >= 2 ? 2 : 0;
                    Interlocked.Increment(ref acts[how >= 2 ? 1 : 3]);
                    return how < 0 ? null : opened;
                default:
                    step = 0;
                    Interlocked.Increment(ref acts[2]);
                    return (await window.Until(() => window.Click("check"), Right)).Took;
            }
        }
        return new Worker(window, Act);
    }

    private async Task SignIns(Report report)
    {
        const int Rate = 60, Seconds = 10;
        async Task<Times> Round(int count)
        {
            var times = new Times();
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
            {
                await Task.Delay(TimeSpan.FromSeconds((double)i / Rate));
                times.Add((await CannedDirectory.SignIn(portal.Site, i % cookies.Length)).Took);
            }));
            return times;
        }
        await Round(Rate);
        await Task.Delay(3_000);
        var (processor, own, from) = (portal.Processor, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var times = await Round(Rate * Seconds);
        var took = Stopwatch.GetElapsedTime(from);
        report.Add(new Result($"{Rate} sign-ins a second for {Seconds} s, with a canned token", $"{Quantiles(times)}; {(portal.Processor - processor) / took:0.00} cores (the load and the directory {(Environment.CpuUsage.TotalTime - own) / took:0.00})", "–", "–", "p95 ≤ 300 ms", times.At(0.95) <= 300));
    }

    private static string? Name(SyntheticFamily family) => family.Card.Carers.Where(carer => carer is { Surname: not null, Forename: not null }).Select(carer => $"{carer.Surname} {carer.Forename}").FirstOrDefault();

    private static string Quantiles(Times times) => $"p50 {times.At(0.5):0.0} · p95 {times.At(0.95):0.0} · p99 {times.At(0.99):0.0} ms";

    private static string Troubles(string[] troubles) => troubles is [var first, ..] ? $"{troubles.Length} ERRORS ({first})" : "no error";

    // Of the line with the least squares.
    private static double Slope(List<(double X, double Y)> samples)
    {
        var (x, y) = (samples.Average(sample => sample.X), samples.Average(sample => sample.Y));
        return samples.Sum(sample => (sample.X - x) * (sample.Y - y)) / samples.Sum(sample => (sample.X - x) * (sample.X - x));
    }
}
