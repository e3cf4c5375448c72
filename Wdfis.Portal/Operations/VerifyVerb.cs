using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>verify</c>: says whether everything stored is whole, and if not, what is wrong and where.</summary>
internal static class VerifyVerb
{
    public static async Task<int> Run(string? dataFolder, CancellationToken cancel)
    {
        await using var app = Portal.Build([], quiet: true, dataFolder);
        var folder = app.Services.GetRequiredService<DataFolder>();
        if (!File.Exists(folder.RecordsPath))
            throw new StartRefused($"There is no database in {folder.Path}. Name the data folder with --data.");
        // Looks and changes nothing: no migration, no recovery, whatever the environment. The lock keeps others from writing meanwhile.
        folder.Take();
        app.Services.GetRequiredService<KeyRing>().Load(create: false);
        var report = await app.Services.GetRequiredService<Verification>().Verify(new Progress<string>(step => Console.Error.WriteLine(step)), cancel);
        foreach (var fault in report.Faults)
            Console.WriteLine(fault);
        Console.WriteLine(report.IsSound ? $"All is well: {report}." : $"Not well: {report}.");
        return report.IsSound ? 0 : 1;
    }
}
