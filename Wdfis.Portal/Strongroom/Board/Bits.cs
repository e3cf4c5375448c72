using System.Buffers;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>One bit per row, from the pool.</summary>
internal sealed class Bits : IDisposable
{
    private readonly ulong[] words;
    private readonly int length;

    internal Bits(int rows)
    {
        length = (rows + 63) / 64;
        words = ArrayPool<ulong>.Shared.Rent(Math.Max(length, 1));
        words.AsSpan(0, length).Clear();
    }

    internal void Set(int row) => words[row >> 6] |= 1UL << row;

    internal void Set(ReadOnlySpan<int> rows)
    {
        var into = words;
        foreach (var row in rows)
            into[row >> 6] |= 1UL << row;
    }

    internal void Or(Bits other)
    {
        for (var i = 0; i < length; i++)
            words[i] |= other.words[i];
    }

    internal void OrBoth(Bits a, Bits b)
    {
        for (var i = 0; i < length; i++)
            words[i] |= a.words[i] & b.words[i];
    }

    internal void And(Bits other)
    {
        for (var i = 0; i < length; i++)
            words[i] &= other.words[i];
    }

    internal void Without(Bits other)
    {
        for (var i = 0; i < length; i++)
            words[i] &= ~other.words[i];
    }

    internal int Count()
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
            sum += System.Numerics.BitOperations.PopCount(words[i]);
        return sum;
    }

    public IEnumerator<int> GetEnumerator()
    {
        for (var i = 0; i < length; i++)
            for (var word = words[i]; word != 0; word &= word - 1)
                yield return i * 64 + System.Numerics.BitOperations.TrailingZeroCount(word);
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(words);
}
