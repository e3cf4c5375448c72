using System.Buffers.Binary;

namespace Wdfis.Tests.Support;

/// <summary>MessagePack, as far as a hub speaks it.</summary>
internal ref struct Unpacked(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> rest = rest;

    /// <summary>How many follow in an array.</summary>
    public int Array() => Take(1)[0] switch
    {
        var few and >= 0x90 and <= 0x9f => few & 0xf,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        var other => throw new InvalidDataException($"No array: {other:x2}."),
    };

    public long Integer() => Take(1)[0] switch
    {
        var few and <= 0x7f => few,
        var below and >= 0xe0 => (sbyte)below,
        0xcc => Take(1)[0],
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf or 0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xd0 => (sbyte)Take(1)[0],
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var other => throw new InvalidDataException($"No number: {other:x2}."),
    };

    /// <summary>A text or bytes; empty for nothing.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(1)[0] switch
    {
        0xc0 => [],
        var few and >= 0xa0 and <= 0xbf => Take(few & 0x1f),
        0xc4 or 0xd9 => Take(Take(1)[0]),
        0xc5 or 0xda => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xc6 or 0xdb => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var other => throw new InvalidDataException($"No text: {other:x2}."),
    };

    /// <summary>True for a no.</summary>
    public bool Failed() => Take(1)[0] == 0xc2;

    /// <summary>Whatever comes next.</summary>
    public void Skip()
    {
        switch (rest[0])
        {
            case 0xc0 or 0xc2 or 0xc3:
                Take(1);
                break;
            case >= 0x80 and <= 0x8f:
                for (var left = 2 * (Take(1)[0] & 0xf); left > 0; left--)
                    Skip();
                break;
            case (>= 0x90 and <= 0x9f) or 0xdc:
                for (var left = Array(); left > 0; left--)
                    Skip();
                break;
            case (>= 0xa0 and <= 0xbf) or 0xc4 or 0xc5 or 0xc6 or 0xd9 or 0xda or 0xdb:
                Bytes();
                break;
            default:
                Integer();
                break;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

/// <summary>What a circuit tells the browser to draw, read as far as it says who hears a click: five tables, whose places stand at the end.</summary>
internal readonly ref struct Batch(ReadOnlySpan<byte> bytes)
{
    private const int Element = 1, Attribute = 3, Component = 4, Region = 5;
    private const int PrependFrame = 1, SetAttribute = 3;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Notes the handlers of the elements that are known by one of the marks, and those that were replaced since.</summary>
    public void Read(ReadOnlySpan<KnownBy> marks, Dictionary<(string Mark, string Event), Handler> handlers)
    {
        var components = At(bytes.Length - 20);
        for (var i = At(components); i > 0; i--)
        {
            var diff = At(components + 4 * i);
            var component = At(diff);
            for (var (edit, left) = (diff + 8, At(diff + 4)); left > 0; edit += 16, left--)
            {
                if (At(edit) == PrependFrame)
                    Inserted(component, At(edit + 8), marks, handlers);
                else if (At(edit) == SetAttribute && Frame(At(edit + 8)) is var frame && Name(frame) is { } name)
                    foreach (var (key, _) in handlers.Where(held => held.Value.Component == component && held.Key.Event == name).ToArray())
                        handlers[key] = new Handler(component, Id(frame));
            }
        }
    }

    /// <summary>Every text that it draws, names of elements and attributes among them.</summary>
    public IReadOnlyList<string> Texts()
    {
        var texts = new string[(bytes.Length - 20 - At(bytes.Length - 4)) / 4];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = System.Text.Encoding.UTF8.GetString(Text(i));
        return texts;
    }

    private void Inserted(int component, int first, ReadOnlySpan<KnownBy> marks, Dictionary<(string Mark, string Event), Handler> handlers)
    {
        var end = first + (At(Frame(first)) is Element or Component or Region ? At(Frame(first) + 4) : 1);
        for (var i = first; i < end; i++)
        {
            if (At(Frame(i)) != Element)
                continue;
            foreach (var mark in marks)
            {
                var (found, disabled) = (false, false);
                for (var a = i + 1; a < end && At(Frame(a)) == Attribute; a++)
                {
                    var name = Text(At(Frame(a) + 4));
                    found |= name.SequenceEqual(mark.Attribute) && Text(At(Frame(a) + 8)).SequenceEqual(mark.Value);
                    disabled |= name.SequenceEqual("disabled"u8);
                }
                if (!found)
                    continue;
                for (var a = i + 1; a < end && At(Frame(a)) == Attribute; a++)
                {
                    if (Name(Frame(a)) is not { } name)
                        continue;
                    if (disabled)
                        handlers.Remove((mark.Name, name));
                    else
                        handlers[(mark.Name, name)] = new Handler(component, Id(Frame(a)));
                }
            }
        }
    }

    // Of the event that an attribute's frame hears; null where it hears none.
    private string? Name(int frame) => Id(frame) > 0 && Text(At(frame + 4)) is [(byte)'o', (byte)'n', .. var name] ? System.Text.Encoding.UTF8.GetString(name) : null;

    private long Id(int frame) => BinaryPrimitives.ReadInt64LittleEndian(bytes[(frame + 12)..]);

    private int Frame(int index) => At(bytes.Length - 16) + 4 + 20 * index;

    private ReadOnlySpan<byte> Text(int index)
    {
        if (index < 0)
            return [];
        var at = At(At(bytes.Length - 4) + 4 * index);
        var (length, shift) = (0, 0);
        byte seven;
        do
        {
            seven = bytes[at++];
            length |= (seven & 0x7f) << shift;
            shift += 7;
        }
        while (seven >= 0x80);
        return bytes.Slice(at, length);
    }

    private int At(int place) => BinaryPrimitives.ReadInt32LittleEndian(bytes[place..]);
}

/// <summary>By which attribute an element is known.</summary>
internal sealed class KnownBy(string name, string attribute, string value)
{
    public string Name => name;
    public byte[] Attribute { get; } = System.Text.Encoding.UTF8.GetBytes(attribute);
    public byte[] Value { get; } = System.Text.Encoding.UTF8.GetBytes(value);
}

/// <summary>Who hears an event.</summary>
internal readonly record struct Handler(int Component, long Id);
