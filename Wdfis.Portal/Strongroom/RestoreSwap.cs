namespace Wdfis.Portal.Strongroom;

/// <summary>
/// The last step of a restore: the completed files take the place of those that were there. Whatever instant a stop comes at, the folder is
/// the old or, once the mark is durable, becomes the new; the next to take the folder finishes it.
/// </summary>
internal static class RestoreSwap
{
    private const string MarkName = "complete";

    // Keys first: old records beside newest keys open, new records beside old keys might not.
    private static readonly string[] Names = ["keys.db", "records.db"];

    /// <summary>The folder in which a restore is completed.</summary>
    public static string Side(string folder) => Path.Combine(folder, "restoring");

    public static bool IsReady(string folder) => File.Exists(Mark(folder));

    /// <summary>From here on the restored files are the ones that count.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="aside">Where the files that were there go; null when they go nowhere.</param>
    public static void MarkReady(string folder, string? aside)
    {
        foreach (var name in Names)
        {
            using var whole = new FileStream(Path.Combine(Side(folder), name), FileMode.Open, FileAccess.ReadWrite);
            whole.Flush(flushToDisk: true);
        }
        var making = Mark(folder) + ".new";
        using (var file = new FileStream(making, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(aside ?? ""));
            file.Flush(flushToDisk: true);
        }
        File.Move(making, Mark(folder));
    }

    /// <summary>Finishes a restore that is ready, and drops what is left of one that is not. Only while holding the folder's lock.</summary>
    public static void Finish(string folder, Action<string>? step = null)
    {
        var side = Side(folder);
        if (!Directory.Exists(side))
            return;
        if (IsReady(folder))
        {
            var aside = File.ReadAllText(Mark(folder));
            foreach (var name in Names.Where(name => File.Exists(Path.Combine(side, name))))
            {
                var there = Path.Combine(folder, name);
                // The old journal would be played into the new file.
                foreach (var old in new[] { there + "-wal", there + "-shm", there }.Where(File.Exists))
                {
                    if (aside.Length == 0)
                        File.Delete(old);
                    else
                        File.Move(old, Path.Combine(Directory.CreateDirectory(aside).FullName, Path.GetFileName(old)), overwrite: true);
                }
                step?.Invoke("swap");
                File.Move(Path.Combine(side, name), there);
                step?.Invoke("swapped");
            }
            // What it counted was in the file that is gone.
            File.Delete(Path.Combine(folder, "remnants"));
        }
        // The mark goes last: without it, what is left here would be no restore.
        foreach (var rest in Directory.EnumerateFiles(side).Where(file => file != Mark(folder)))
            File.Delete(rest);
        Directory.Delete(side, recursive: true);
    }

    private static string Mark(string folder) => Path.Combine(Side(folder), MarkName);
}
