using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wdfis.Domain.Audit;

/// <summary>The hash that ties each entry to all before it: SHA-256, each use with a 16-byte label of its own.</summary>
public static class AuditChain
{
    /// <summary>The length of every hash in the chain, in bytes.</summary>
    public const int HashLength = 32;

    private const int LabelLength = 16;

    /// <summary>The hash of an entry that follows the entry with <paramref name="previousHash"/>.</summary>
    public static byte[] Link(ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> entryBytes)
    {
        var hash = new byte[HashLength];
        Link(previousHash, entryBytes, hash);
        return hash;
    }

    /// <summary>What the first entry of an epoch follows.</summary>
    public static byte[] Genesis(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        Span<byte> bytes = stackalloc byte[LabelLength + 4];
        "wdfis/audit/zero"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[LabelLength..], epoch);
        return SHA256.HashData(bytes);
    }

    /// <summary>As the other one, into 32 bytes of the caller's: verifying a million entries should not allocate a million hashes.</summary>
    internal static void Link(ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> entryBytes, Span<byte> to)
    {
        if (previousHash.Length != HashLength)
            throw new ArgumentException("A hash has 32 bytes.", nameof(previousHash));
        var length = LabelLength + HashLength + entryBytes.Length;
        var bytes = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        "wdfis/audit/link"u8.CopyTo(bytes);
        previousHash.CopyTo(bytes[LabelLength..]);
        entryBytes.CopyTo(bytes[(LabelLength + HashLength)..]);
        SHA256.HashData(bytes[..length], to);
    }
}
