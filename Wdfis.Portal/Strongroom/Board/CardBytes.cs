using System.Buffers.Binary;
using System.Text;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>A growing run of bytes: whole numbers as LEB128, texts as UTF-8 after their length plus one (0 is "none").</summary>
internal sealed class CardWriter
{
    private byte[] buffer = new byte[512];
    private int length;

    internal ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    internal void Clear()
    {
        buffer.AsSpan(0, length).Clear();
        length = 0;
    }

    internal void Byte(byte value)
    {
        Room(1);
        buffer[length++] = value;
    }

    internal void Number(ulong value)
    {
        Room(10);
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        buffer[length++] = (byte)value;
    }

    internal void Number(int value) => Number((ulong)value);

    internal void Id(Guid value)
    {
        Room(16);
        value.TryWriteBytes(buffer.AsSpan(length), bigEndian: true, out _);
        length += 16;
    }

    internal void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }
        var bytes = Encoding.UTF8.GetByteCount(value);
        Number((ulong)bytes + 1);
        Room(bytes);
        length += Encoding.UTF8.GetBytes(value, buffer.AsSpan(length));
    }

    internal void Texts(IReadOnlyList<string> values)
    {
        Number(values.Count);
        for (var i = 0; i < values.Count; i++)
            Text(values[i]);
    }

    private void Room(int more)
    {
        if (buffer.Length - length < more)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
    }
}

/// <summary>Reads what <see cref="CardWriter"/> wrote; anything cut short or out of range is an <see cref="InvalidDataException"/> that repeats nothing.</summary>
internal ref struct CardReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    internal readonly bool AtEnd => at == bytes.Length;

    internal byte Byte() => at < bytes.Length ? bytes[at++] : throw Broken();

    internal ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
        throw Broken();
    }

    internal int Int()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Broken();
    }

    /// <summary>A count of things of which each takes at least one byte: never more than there are bytes left.</summary>
    internal int Count()
    {
        var value = Number();
        return value <= (ulong)(bytes.Length - at) ? (int)value : throw Broken();
    }

    internal Guid Id() => new(Take(16), bigEndian: true);

    internal string? Text()
    {
        var length = Number();
        if (length == 0)
            return null;
        if (length > int.MaxValue)
            throw Broken();
        return Encoding.UTF8.GetString(Take((int)length - 1));
    }

    internal string[] Texts()
    {
        var count = Count();
        if (count == 0)
            return [];
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = Text() ?? throw Broken();
        return texts;
    }

    internal static InvalidDataException Broken() => new("A search card cannot be read: its bytes are not those of a card.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at)
            throw Broken();
        var span = bytes.Slice(at, count);
        at += count;
        return span;
    }
}
