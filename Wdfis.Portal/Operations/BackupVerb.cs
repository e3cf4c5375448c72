using System.Diagnostics;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>backup</c>: takes a verified backup of the data folder, also while the portal runs.</summary>
internal static class BackupVerb
{
    public static async Task<int> Run(string? dataFolder, CancellationToken cancel)
    {
        await using var app = Portal.Build([], quiet: true, dataFolder);
        // No lock: a backup reads. So it may run beside the portal, which writes it down in the audit within a minute, or when it is started.
        var watch = Stopwatch.StartNew();
        var taken = await app.Services.GetRequiredService<Backups>().Take(new Spoken(), cancel: cancel);
        foreach (var file in new[] { taken.Records, taken.Keys })
            Console.WriteLine($"{file.Path} ({file.Header.Length >> 10:N0} KB)");
        Console.WriteLine($"Backed up and verified in {watch.Elapsed.TotalSeconds:N1} s: {taken.Report}. Keep the key-encryption key somewhere else: without it neither file opens.");
        return 0;
    }
}
