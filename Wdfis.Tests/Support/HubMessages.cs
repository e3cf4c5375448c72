using System.Text;

namespace Wdfis.Tests.Support;

/// <summary>What is said on the wire, as bytes: for the tests and for the bench.</summary>
internal sealed partial class HubWire
{
    /// <summary>A message with its length before it.</summary>
    public static byte[] Framed(ReadOnlySpan<byte> message)
    {
        var framed = new List<byte>(message.Length + 5);
        for (var left = (uint)message.Length; ;)
        {
            var seven = (byte)(left & 0x7f);
            left >>= 7;
            framed.Add(left > 0 ? (byte)(seven | 0x80) : seven);
            if (left == 0)
                break;
        }
        framed.AddRange(message);
        return [.. framed];
    }

    /// <summary>A call of a method, in MessagePack; arguments are texts, numbers or nothing. Without an id nobody waits for an answer.</summary>
    public static byte[] Call(string method, string? id, params object?[] arguments) => [0x96, 1, 0x80, .. Packed(id), .. Packed(method), (byte)(0x90 | arguments.Length), .. arguments.SelectMany(Packed), 0x90];

    private static byte[] Packed(object? value) => value switch
    {
        null => [0xc0],
        bool yes => [(byte)(yes ? 0xc3 : 0xc2)],
        long number => [0xd3, .. BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(number))],
        string text when Encoding.UTF8.GetBytes(text) is var bytes => [0xda, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes],
        _ => throw new ArgumentException("Only texts and numbers.", nameof(value)),
    };
}
