using System.Buffers.Binary;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>Looks for bytes that should be gone.</summary>
internal static class Remnants
{
    // What tells a sealed value among all others: the first eight bytes of its nonce, after the format byte.
    private const int Tell = 8;

    /// <summary>What tells the sealed values of a unit that is about to be destroyed.</summary>
    internal static byte[] Of(RecordsFile records, UnitId unit)
    {
        using var reader = records.Read("SELECT substr(sealed,2,8) FROM content WHERE unit=$1 UNION ALL SELECT substr(sealed,2,8) FROM card WHERE unit=$1 UNION ALL SELECT substr(sealed,2,8) FROM reason WHERE unit=$1 UNION ALL SELECT substr(sealed,2,8) FROM earlier WHERE unit=$1", unit.ToBytes());
        var tells = new List<byte>();
        while (reader.Read())
        {
            if (reader[0] is byte[] { Length: Tell } tell)
                tells.AddRange(tell);
        }
        return [.. tells];
    }

    /// <summary>Notes destroyed values in a file of their own. The note is for counting alone: without room for it, it is left out.</summary>
    internal static void Note(string path, byte[] tells)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(tells);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The values noted since the record file was last written anew.</summary>
    internal static IReadOnlyCollection<ulong> Destroyed(string path) => !File.Exists(path) ? [] :
        [.. File.ReadAllBytes(path).Chunk(Tell).Where(tell => tell.Length == Tell).Select(tell => BinaryPrimitives.ReadUInt64BigEndian(tell))];

    /// <summary>Drops the first so many notes; those made meanwhile stay. Gives how many stay.</summary>
    internal static int Forget(string path, int count)
    {
        if (!File.Exists(path))
            return 0;
        var rest = File.ReadAllBytes(path)[(count * Tell)..];
        if (rest.Length == 0)
            File.Delete(path);
        else
            File.WriteAllBytes(path, rest);
        return rest.Length / Tell;
    }

    /// <summary>How many of these values stand anywhere in a file or its journal.</summary>
    internal static int Count(string path, IReadOnlyCollection<ulong> destroyed) => Found([path, path + "-wal"], destroyed.ToHashSet()).Count;

    /// <summary>The runs of eight bytes, read as numbers, that tell a wrapped key: one after another, the format byte aside.</summary>
    internal static IEnumerable<ulong> RunsOf(byte[] wrapped)
    {
        for (var at = 1; at + Tell <= wrapped.Length; at += Tell)
            yield return BinaryPrimitives.ReadUInt64BigEndian(wrapped.AsSpan(at));
    }

    /// <summary>Which of these runs of eight bytes stand anywhere in these files. Many are looked for in one pass.</summary>
    internal static HashSet<ulong> Found(IEnumerable<string> files, IReadOnlySet<ulong> wanted)
    {
        var found = new HashSet<ulong>();
        if (wanted.Count == 0)
            return found;
        // Nearly every place is passed over by three bytes of it.
        const int Low = (1 << 24) - 1;
        var possible = new System.Collections.BitArray(Low + 1);
        foreach (var run in wanted)
            possible[(int)(run & Low)] = true;
        var block = new byte[1 << 20];
        foreach (var file in files.Where(File.Exists))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var window = 0UL;
            for (int read; (read = stream.Read(block)) > 0;)
            {
                foreach (var b in block.AsSpan(0, read))
                {
                    window = window << 8 | b;
                    if (possible[(int)(window & Low)] && wanted.Contains(window))
                        found.Add(window);
                }
            }
        }
        return found;
    }

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
