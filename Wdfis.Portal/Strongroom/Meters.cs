using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wdfis.Domain.Audit;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// What the portal does, in numbers, for whatever collects them (OpenTelemetry, <c>dotnet-counters</c>): the meter <c>Wdfis.Portal</c>. Tags are
/// names of purposes and of reasons for refusals, never of anybody, and no ids.
/// </summary>
internal static class Meters
{
    public const string Name = "Wdfis.Portal";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> searches = Meter.CreateCounter<long>("wdfis.searches", "{search}", "Searches that settled.");
    private static readonly Counter<long> openings = Meter.CreateCounter<long>("wdfis.openings", "{opening}", "Records opened, by purpose; once in fifteen minutes for the same window.");
    private static readonly Counter<long> saves = Meter.CreateCounter<long>("wdfis.saves", "{record}", "Records made or saved.");
    private static readonly Counter<long> refusals = Meter.CreateCounter<long>("wdfis.refusals", "{refusal}", "What was refused, by reason.");
    private static readonly UpDownCounter<int> circuits = Meter.CreateUpDownCounter<int>("wdfis.circuits", "{circuit}", "Open windows.");
    private static readonly UpDownCounter<int> queue = Meter.CreateUpDownCounter<int>("wdfis.lane.queue", "{write}", "Writes that wait for their turn.");
    private static readonly Histogram<double> latency = Meter.CreateHistogram<double>("wdfis.lane.latency", "ms", "From asking for a write until it is durable.");

    /// <summary>Counts what an entry of the audit says.</summary>
    public static void Entry(Line line)
    {
        if (line.Action == AuditAction.Found)
            searches.Add(1);
        else if (line.Action is AuditAction.Opened or AuditAction.BreakGlass)
            openings.Add(1, new KeyValuePair<string, object?>("purpose", line.Errand.Purpose.ToString()));
        else if (line.Action == AuditAction.Refused)
            refusals.Add(1, new KeyValuePair<string, object?>("reason", line.Reason?.ToString()));
        if (line.ContentHash.Length > 0)
            saves.Add(1);
    }

    public static void Circuits(int more) => circuits.Add(more);

    public static void Queued(int more) => queue.Add(more);

    /// <param name="asked">When, as the stopwatch counts.</param>
    public static void Waited(long asked) => latency.Record(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
}
