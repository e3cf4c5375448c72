using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wdfis.Bench;

/// <summary>Times of one piece of work, in milliseconds.</summary>
internal sealed class Times
{
    private readonly List<double> milliseconds = [];

    public int Count => milliseconds.Count;

    public void Add(TimeSpan time)
    {
        lock (milliseconds)
            milliseconds.Add(time.TotalMilliseconds);
    }

    public double At(double quantile)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted is [] ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))];
    }

    public static async Task<Times> Of(int rounds, Func<int, Task> work, int warmUp = 20)
    {
        for (var i = 0; i < warmUp; i++)
            await work(i);
        var times = new Times();
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await work(warmUp + i);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
        return times;
    }
}

/// <summary>One line of the table.</summary>
internal sealed record Result(string What, string Figure, string Baseline, string Ratio, string Target, bool? Met);

/// <summary>The table, for the console and for the file.</summary>
internal sealed class Report
{
    private readonly List<Result> results = [];

    public void Add(string what, Times times, Times? baseline, double target, double quantile = 0.95)
    {
        var figure = times.At(quantile);
        Add(new Result(
            what,
            $"p50 {times.At(0.5):0.00} · p95 {times.At(0.95):0.00} · p99 {times.At(0.99):0.00} ms",
            baseline is null ? "–" : $"p50 {baseline.At(0.5):0.00} · p95 {baseline.At(0.95):0.00} ms",
            baseline is null ? "–" : $"{times.At(0.5) / baseline.At(0.5):0.0} × (p50)",
            $"p{quantile * 100:0} ≤ {target:0.##} ms",
            figure <= target));
    }

    public void Add(Result result)
    {
        results.Add(result);
        Console.WriteLine($"{(result.Met switch { true => "met   ", false => "MISSED", null => "      " })} {result.What}: {result.Figure} | baseline {result.Baseline} | {result.Ratio} | target {result.Target}");
    }

    public string ToMarkdown(string heading) => string.Join('\n',
    [
        heading,
        "",
        "| What | Measured | Raw SQLite, no sealing, no audit | Ratio | Target | |",
        "|---|---|---|---|---|---|",
        .. results.Select(result => $"| {result.What} | {result.Figure} | {result.Baseline} | {result.Ratio} | {result.Target} | {result.Met switch { true => "met", false => "**missed**", null => "" }} |"),
        "",
    ]);
}

/// <summary>How many circuits the portal holds, the cut-off ones that wait to be found again included.</summary>
internal sealed class OpenCircuits : IDisposable
{
    private readonly MeterListener listener = new();
    private int open;

    public OpenCircuits()
    {
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "aspnetcore.components.circuit.active")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, by, _, _) => Interlocked.Add(ref open, (int)by));
        listener.Start();
    }

    public int Now => Volatile.Read(ref open);

    public async Task Are(int wanted)
    {
        while (Now != wanted)
            await Task.Delay(50);
    }

    public void Dispose() => listener.Dispose();
}
