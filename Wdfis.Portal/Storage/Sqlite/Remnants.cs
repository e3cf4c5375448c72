namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>Looks for bytes that should be gone.</summary>
internal static class Remnants
{
    /// <summary>True when a file holds any run of eight bytes of one of these wrapped keys, format byte aside.</summary>
    internal static bool In(string path, IReadOnlyList<byte[]> wrapped)
    {
        const int Run = 8, Block = 1 << 20;
        if (!File.Exists(path))
            return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var buffer = new byte[Block + Run];
        var kept = 0;
        for (int read; (read = file.Read(buffer, kept, Block)) > 0;)
        {
            var block = buffer.AsSpan(0, kept + read);
            foreach (var key in wrapped)
            {
                for (var at = 1; at + Run <= key.Length; at += Run)
                {
                    if (block.IndexOf(key.AsSpan(at, Run)) >= 0)
                        return true;
                }
            }
            kept = Math.Min(Run - 1, block.Length);
            block[^kept..].CopyTo(buffer);
        }
        return false;
    }
}
