namespace Wdfis.Domain.Sealing;

/// <summary>
/// Identifies one data key. A UUID of version 7; never reused, also not after the key is destroyed.
/// <c>default</c> means "no key of its own": what is sealed under the root key or one derived from it.
/// </summary>
public readonly record struct KeyId(Guid Value)
{
    /// <summary>A new id, ordered by the moment of its making.</summary>
    public static KeyId Create(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <summary>True for <c>default</c>.</summary>
    public bool IsEmpty => Value == Guid.Empty;

    /// <summary>The 16 bytes, big-endian, as stored and as sealed into associated data.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    /// <summary>Reads the 16 big-endian bytes written by <see cref="ToBytes"/>.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static KeyId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
