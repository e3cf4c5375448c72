namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// The bytes of a million small records in pages of one megabyte: no object each. What is freed is overwritten at once, and a page
/// that is mostly empty moves its rest away. A place is never 0.
/// </summary>
internal sealed class FamilyRecords
{
    private const int PageSize = 1 << 20;
    private readonly List<Page?> pages = [null];
    private int current;

    internal ReadOnlySpan<byte> this[uint place]
    {
        get
        {
            var page = pages[(int)(place >> 20)]!.Bytes;
            var offset = (int)(place & (PageSize - 1));
            return page.AsSpan(offset + 4, BitConverter.ToInt32(page, offset));
        }
    }

    internal uint Add(ReadOnlySpan<byte> record)
    {
        var needed = record.Length + 4;
        if (current == 0 || pages[current]!.Bytes.Length - pages[current]!.Used < needed)
        {
            var page = new Page(new byte[Math.Max(PageSize, needed)]);
            current = pages.IndexOf(null, 1);
            if (current < 0)
            {
                current = pages.Count;
                pages.Add(page);
            }
            else
            {
                pages[current] = page;
            }
        }
        var into = pages[current]!;
        var place = (uint)current << 20 | (uint)into.Used;
        BitConverter.TryWriteBytes(into.Bytes.AsSpan(into.Used), record.Length);
        record.CopyTo(into.Bytes.AsSpan(into.Used + 4));
        into.Used += needed;
        into.Live += needed;
        return place;
    }

    /// <summary>Overwrites a record. True when its page is now worth emptying with <see cref="Empty"/>.</summary>
    internal bool Free(uint place)
    {
        var number = (int)(place >> 20);
        var page = pages[number]!;
        var offset = (int)(place & (PageSize - 1));
        var length = BitConverter.ToInt32(page.Bytes, offset) + 4;
        page.Bytes.AsSpan(offset, length).Clear();
        page.Live -= length;
        return number != current && page.Live < PageSize / 4;
    }

    /// <summary>Moves what is left on the page of <paramref name="place"/>; <paramref name="places"/> are all places in use (0 for none).</summary>
    internal void Empty(uint place, Span<uint> places)
    {
        var number = place >> 20;
        foreach (ref var one in places)
            if (one != 0 && one >> 20 == number)
                one = Add(this[one]);
        pages[(int)number]!.Bytes.AsSpan().Clear();
        pages[(int)number] = null;
    }

    private sealed class Page(byte[] bytes)
    {
        internal readonly byte[] Bytes = bytes;
        internal int Used;
        internal int Live;
    }
}
