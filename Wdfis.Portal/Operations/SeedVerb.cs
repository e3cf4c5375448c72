using System.Diagnostics;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>seed</c>: fills a synthetic folder with made-up families.</summary>
internal static class SeedVerb
{
    public static async Task<int> Run(int families, int seed, bool add, string? dataFolder, CancellationToken cancel)
    {
        // Synthetic people never come near a real folder: the stamp is that of Development, whatever the environment says.
        await using var app = Portal.Build(["--environment", "Development"], quiet: true, dataFolder);
        await app.Services.StartStrongroom(cancel);
        await app.SeedColleagues();
        var keeper = app.Services.GetRequiredService<Keeper>();
        if (!add && await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }, cancel) > 0)
            throw new StartRefused("The database holds families already. Give --add to add to them, or name an empty folder with --data.");
        if (await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Recipient }, cancel) == 0)
            await app.Services.GetRequiredService<Seeding>().Recipients(cancel);
        var watch = Stopwatch.StartNew();
        var units = await app.Services.GetRequiredService<Seeding>().Run(families, seed, new Progress<int>(done => Console.Error.Write($"\r{done:N0} of {families:N0} families")), cancel);
        Console.Error.WriteLine();
        app.Services.GetRequiredService<Heads>().SignHead();
        Console.WriteLine($"Made {families:N0} synthetic families ({units:N0} units) in {watch.Elapsed.TotalSeconds:N1} s: {families / watch.Elapsed.TotalSeconds:N0} families a second.");
        return 0;
    }
}
