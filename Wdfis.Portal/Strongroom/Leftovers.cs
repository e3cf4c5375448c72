using Wdfis.Domain.Retention;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>Looks, after a disposal, whether anything is left of what was destroyed.</summary>
internal sealed class Leftovers(DataFolder folder, WriteLane lane, TimeProvider clock)
{
    // Random by themselves, and no store of anything: the ballast, and the notes of what to look for.
    private static readonly string[] NotSearched = ["ballast", "lock", "remnants"];

    // What was found once is looked for again.
    private IReadOnlyList<byte[]> left = [];

    /// <summary>
    /// Clears the destroyed keys out of the key file and looks for their bytes in every file of the data folder, and for remnants of sealed
    /// values in the record file. Null while a reader stands in the way: asked again, it goes on where it stopped.
    /// </summary>
    public async Task<LeftoverCheck?> Check(CancellationToken cancel = default)
    {
        if (await lane.ClearDisposed(left, cancel) is not { } cleared)
            return null;
        return await Task.Run(() =>
        {
            var keys = cleared.SelectMany(Remnants.RunsOf).ToHashSet();
            var destroyed = Remnants.Destroyed(folder.Remnants).ToHashSet();
            var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !NotSearched.Contains(Path.GetFileName(file)));
            var found = Remnants.Found(files, keys.Concat(destroyed).ToHashSet());
            var keysFound = cleared.Count(key => Remnants.RunsOf(key).Any(found.Contains));
            left = keysFound > 0 ? cleared : [];
            return new LeftoverCheck(cleared.Count, keysFound, destroyed.Count, destroyed.Count(found.Contains), clock.GetUtcNow());
        }, cancel);
    }
}
