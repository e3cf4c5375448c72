using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wdfis.Domain.Sealing;

/// <summary>What a backup file holds: the two are kept apart, each with an age limit of its own. Numbers are authenticated: never reuse one.</summary>
public enum BackupPart
{
    /// <summary>Envelopes, sealed content and the audit.</summary>
    Records = 1,
    /// <summary>Wrapped keys and tombstones.</summary>
    Keys = 2,
}

/// <summary>Why a backup file did not open.</summary>
public enum BackupBreak
{
    /// <summary>It does not begin as a backup does.</summary>
    NoBackup = 1,
    /// <summary>Of a format that this build does not know.</summary>
    UnknownFormat = 2,
    /// <summary>Made under another key-encryption key (or its key check is damaged).</summary>
    WrongKey = 3,
    /// <summary>Shorter or longer than it says of itself.</summary>
    Cut = 4,
    /// <summary>Some byte, or the order of its chunks, was changed.</summary>
    Changed = 5,
}

/// <summary>A backup file did not open. Nothing of its content is in the message.</summary>
public sealed class BackupBrokenException : Exception
{
    internal BackupBrokenException(BackupBreak reason) : base($"A backup file did not open: {reason}.") => Reason = reason;

    /// <summary>Why.</summary>
    public BackupBreak Reason { get; }
}

/// <summary>What a backup file says of itself. Readable without a key, and to be believed only once <see cref="BackupFile.Open"/> came to its end.</summary>
/// <param name="Part">Which of the two.</param>
/// <param name="TakenAt">When copying began, UTC.</param>
/// <param name="Length">Of the content, in bytes.</param>
public sealed record BackupHeader(BackupPart Part, DateTimeOffset TakenAt, long Length);

/// <summary>
/// A file sealed as a whole for a backup (D7): AES-256-GCM in chunks of one megabyte, each bound to its place and to the whole header, which holds
/// the length; so a file that was cut, lengthened, re-ordered or changed anywhere does not open. Each file has a key of its own, derived from the
/// key-encryption key and a random salt. Every byte is in docs/formats.md.
/// </summary>
public static class BackupFile
{
    /// <summary>The length of every chunk but the last, in bytes.</summary>
    public const int ChunkLength = 1 << 20;

    private const byte Format = 1;
    private const int FormatAt = 12;
    private const int PartAt = 13;
    private const int TakenAt = 14;
    private const int LengthAt = 22;
    private const int SaltAt = 30;
    private const int CheckAt = 62;
    private const int HeaderLength = 78;
    private const int SaltLength = 32;
    private const int TagLength = 16;
    // More than any disk holds, and far from where sums overflow.
    private const long Longest = 1L << 50;

    private static ReadOnlySpan<byte> Word => "wdfis-backup"u8;

    /// <summary>Seals everything from <paramref name="plain"/>, whose length must be known and not zero. Reports how much is done, from 0 to 1.</summary>
    public static void Close(KeyEncryptionKey kek, BackupPart part, DateTimeOffset takenAt, Stream plain, Stream to, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(kek);
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(to);
        var length = plain.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(plain));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest, nameof(plain));
        var header = new byte[HeaderLength];
        Word.CopyTo(header);
        header[FormatAt] = Format;
        header[PartAt] = (byte)part;
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(TakenAt), takenAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(LengthAt), length);
        RandomNumberGenerator.Fill(header.AsSpan(SaltAt, SaltLength));
        using var key = Derive(kek, header.AsSpan(SaltAt, SaltLength), header.AsSpan(CheckAt));
        to.Write(header);
        var buffer = new byte[ChunkLength + TagLength];
        for (long done = 0, index = 0; done < length; index++)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(ChunkLength, length - done));
            plain.ReadExactly(chunk);
            var tag = buffer.AsSpan(chunk.Length, TagLength);
            key.Encrypt(Nonce(index), chunk, tag, Associated(header, index));
            to.Write(buffer.AsSpan(0, chunk.Length + TagLength));
            done += chunk.Length;
            progress?.Invoke((double)done / length);
        }
    }

    /// <summary>What a file says of itself; null when it is no backup of a known format, or has not the length that it says.</summary>
    public static BackupHeader? Peek(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        try
        {
            return Read(from).Header;
        }
        catch (BackupBrokenException)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens into <paramref name="to"/>. Each chunk is written only once it is authenticated, and the whole counts only when this returns: on an
    /// exception, throw away what was written.
    /// </summary>
    /// <exception cref="BackupBrokenException">Anything but what <see cref="Close"/> wrote under the same key.</exception>
    public static BackupHeader Open(KeyEncryptionKey kek, Stream from, Stream to, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(kek);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var (header, bytes) = Read(from);
        Span<byte> check = stackalloc byte[HeaderLength - CheckAt];
        using var key = Derive(kek, bytes.AsSpan(SaltAt, SaltLength), check);
        if (!CryptographicOperations.FixedTimeEquals(check, bytes.AsSpan(CheckAt)))
            throw new BackupBrokenException(BackupBreak.WrongKey);
        var closed = new byte[ChunkLength + TagLength];
        var plain = new byte[ChunkLength];
        for (long done = 0, index = 0; done < header.Length; index++)
        {
            var length = (int)Math.Min(ChunkLength, header.Length - done);
            from.ReadExactly(closed.AsSpan(0, length + TagLength));
            try
            {
                key.Decrypt(Nonce(index), closed.AsSpan(0, length), closed.AsSpan(length, TagLength), plain.AsSpan(0, length), Associated(bytes, index));
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new BackupBrokenException(BackupBreak.Changed);
            }
            to.Write(plain.AsSpan(0, length));
            done += length;
            progress?.Invoke((double)done / header.Length);
        }
        return header;
    }

    private static (BackupHeader Header, byte[] Bytes) Read(Stream from)
    {
        var bytes = new byte[HeaderLength];
        var there = from.ReadAtLeast(bytes, HeaderLength, throwOnEndOfStream: false);
        if (!bytes.AsSpan(0, Math.Min(there, Word.Length)).SequenceEqual(Word[..Math.Min(there, Word.Length)]) || there == 0)
            throw new BackupBrokenException(BackupBreak.NoBackup);
        if (there > FormatAt && bytes[FormatAt] != Format)
            throw new BackupBrokenException(BackupBreak.UnknownFormat);
        if (there < HeaderLength)
            throw new BackupBrokenException(BackupBreak.Cut);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(TakenAt));
        var length = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(LengthAt));
        if (!Enum.IsDefined((BackupPart)bytes[PartAt]) || ticks < 0 || ticks > DateTime.MaxValue.Ticks || length is < 1 or > Longest)
            throw new BackupBrokenException(BackupBreak.Changed);
        if (from.Length != HeaderLength + length + (length + ChunkLength - 1) / ChunkLength * TagLength)
            throw new BackupBrokenException(BackupBreak.Cut);
        return (new BackupHeader((BackupPart)bytes[PartAt], new DateTimeOffset(ticks, TimeSpan.Zero), length), bytes);
    }

    private static Secret Derive(KeyEncryptionKey kek, ReadOnlySpan<byte> salt, Span<byte> check)
    {
        Span<byte> derived = stackalloc byte[Secret.Length + HeaderLength - CheckAt];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, kek.Secret.Bytes, derived, salt, "wdfis/1/backup"u8);
        derived[Secret.Length..].CopyTo(check);
        var key = new Secret(derived[..Secret.Length]);
        CryptographicOperations.ZeroMemory(derived);
        return key;
    }

    // The key is this file's alone, so that a place may be its own nonce.
    private static byte[] Nonce(long index)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), index);
        return nonce;
    }

    private static byte[] Associated(byte[] header, long index)
    {
        var bytes = new byte[HeaderLength + 8];
        header.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(HeaderLength), index);
        return bytes;
    }
}
