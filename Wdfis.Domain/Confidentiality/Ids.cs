namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// Identifies one unit: what is kept, held and destroyed as one (a family card, an enquiry, a permission, a draft…).
/// A UUID of version 7; says nothing about whom it concerns. <c>default</c> means "no unit" and is never stored.
/// </summary>
public readonly record struct UnitId(Guid Value) : IComparable<UnitId>
{
    /// <summary>A new id, ordered by the moment of its making.</summary>
    public static UnitId Create(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <summary>True for <c>default</c>: no unit.</summary>
    public bool IsEmpty => Value == Guid.Empty;

    /// <summary>The 16 bytes, big-endian, as stored and as sealed into associated data.</summary>
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    /// <summary>Reads the 16 big-endian bytes written by <see cref="ToBytes"/>.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static UnitId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>Reads the 32 hexadecimal digits (with or without hyphens) that addresses carry.</summary>
    public static bool TryParse(string? text, out UnitId id)
    {
        var read = Guid.TryParse(text, out var value) && value != Guid.Empty;
        id = read ? new UnitId(value) : default;
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(UnitId other) => Value.CompareTo(other.Value);

    /// <summary>32 hexadecimal digits, as used in addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Identifies one person inside one family. The same human being in two families is two persons.</summary>
public readonly record struct PersonId(Guid Value)
{
    /// <summary>A new id.</summary>
    public static PersonId Create(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Identifies a colleague: somebody assigned to WDFIS in writing (S3). Never an e-mail address.</summary>
public readonly record struct ColleagueId(Guid Value)
{
    /// <summary>The portal itself: jobs and recovery, never a person.</summary>
    public static readonly ColleagueId Portal = new(new Guid("00000000-0000-7000-8000-000000000001"));

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
