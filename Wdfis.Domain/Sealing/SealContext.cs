using System.Buffers.Binary;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Sealing;

/// <summary>What a sealed value is. Numbers are sealed into associated data: never reuse one.</summary>
public enum SealedKind
{
    /// <summary>A record's content.</summary>
    Content = 1,
    /// <summary>What the search index is built from.</summary>
    SearchCard = 2,
    /// <summary>A typed reason, of which the audit holds the hash alone.</summary>
    Reason = 3,
    /// <summary>The root key, under the key-encryption key.</summary>
    RootKey = 4,
    /// <summary>A unit's data key, under the root key.</summary>
    DataKey = 5,
    /// <summary>One element of the sign-in cookies' key ring.</summary>
    Ring = 6,
    /// <summary>The private key that signs audit heads.</summary>
    AuditSigningKey = 7,
}

/// <summary>
/// Where a sealed value belongs. It is authenticated with the value, so that a value moved to another record, kind or key
/// does not open. Holds ids and numbers only.
/// </summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Record">The record that it is of; <c>default</c> for what belongs to the portal itself.</param>
/// <param name="Key">The data key that seals it; <c>default</c> for a key derived from the root key.</param>
/// <param name="KeyVersion">Which version of that key, from 1.</param>
public readonly record struct SealContext(SealedKind Kind, UnitId Record, KeyId Key, int KeyVersion)
{
    /// <summary>The length of the associated data, in bytes.</summary>
    internal const int Length = 1 + 2 + 16 + 16 + 4;

    /// <summary>Writes the associated data as docs/formats.md fixes it; never names of tables or columns, which change.</summary>
    internal void Write(byte format, Span<byte> to)
    {
        to[0] = format;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], checked((ushort)Kind));
        Record.Value.TryWriteBytes(to[3..19], bigEndian: true, out _);
        Key.Value.TryWriteBytes(to[19..35], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(to[35..], KeyVersion);
    }
}

/// <summary>Why a sealed value did not open.</summary>
public enum SealBreak
{
    /// <summary>Another key, another place, or changed bytes: authentication cannot tell these apart.</summary>
    WrongKeyOrChanged = 1,
    /// <summary>Shorter than any sealed value.</summary>
    TooShort = 2,
    /// <summary>Its first byte, or what is inside, is of no format that this build knows.</summary>
    UnknownFormat = 3,
}

/// <summary>A sealed value did not open. Names the place by ids; nothing of the value itself, or of any key, is in it.</summary>
public sealed class SealBrokenException : Exception
{
    internal SealBrokenException(SealContext context, SealBreak reason)
        : base($"A sealed value did not open ({reason}): {context.Kind} of record {context.Record}, key {context.Key}, version {context.KeyVersion}.")
    {
        Context = context;
        Reason = reason;
    }

    /// <summary>Where the value stands.</summary>
    public SealContext Context { get; }

    /// <summary>Why it did not open.</summary>
    public SealBreak Reason { get; }
}
