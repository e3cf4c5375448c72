using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>export-policy</c>: the public pages as files (C4).</summary>
internal static class ExportPolicyVerb
{
    public static async Task<int> Run(string into, string? dataFolder, CancellationToken cancel)
    {
        await using var app = Portal.Build([], quiet: true, dataFolder);
        var folder = app.Services.GetRequiredService<DataFolder>();
        if (!File.Exists(folder.RecordsPath))
            throw new StartRefused($"There is no database in {folder.Path}. Name the data folder with --data.");
        // Reads alone, so that the portal may run meanwhile.
        app.Services.GetRequiredService<KeyRing>().Load(create: false);
        try
        {
            foreach (var file in await app.Services.GetRequiredService<PolicyBundle>().Write(Path.GetFullPath(into), cancel))
                Console.WriteLine(file);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The folder cannot be written: {into}. Choose another, or make room.");
        }
        return 0;
    }
}
