using System.Diagnostics;
using Wdfis.Domain.Calendar;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>restore</c>: brings the records of a backup back, and nobody who was destroyed.</summary>
internal static class RestoreVerb
{
    public static async Task<int> Run(RestoreAsked asked, string? dataFolder, CancellationToken cancel)
    {
        await using var app = Portal.Build([], quiet: true, dataFolder);
        var watch = Stopwatch.StartNew();
        var done = await app.Services.GetRequiredService<Restore>().Run(asked, new Spoken(), cancel);
        Console.WriteLine($"Restored and verified in {watch.Elapsed.TotalSeconds:N1} s: {done.Report}.");
        Console.WriteLine($"The records are of {London.Local(done.TakenAt):d MMMM yyyy HH:mm:ss}; what was saved after that is lost.");
        Console.WriteLine($"{done.StayDestroyed:N0} records of the backup had been destroyed since, and stay destroyed. {done.LonelyKeys:N0} keys without a record were destroyed.");
        Console.WriteLine($"{done.Carried:N0} audit entries from after the backup came along, and a new epoch of the audit was opened.");
        if (done.HoldsLost is not 0)
            Console.WriteLine($"Holds placed after the backup, which bind nothing now: {(done.HoldsLost is { } lost ? $"{lost:N0}" : "how many cannot be told")}. Place them again before anything is disposed of; the audit names them.");
        if (done.Kept is { } kept)
            Console.WriteLine($"What was there before is kept: {kept}");
        return 0;
    }
}

/// <summary>Progress on the console, in the order in which it came.</summary>
internal sealed class Spoken : IProgress<string>
{
    public void Report(string value) => Console.Error.WriteLine(value);
}
