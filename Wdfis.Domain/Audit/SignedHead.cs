using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Wdfis.Domain.Audit;

/// <summary>
/// A place in the chain with its hash. <see cref="Sequence"/> 0 with <see cref="AuditChain.Genesis"/> is the place before the
/// first entry. Ordered by epoch, then sequence; equal when all three are.
/// </summary>
public sealed record ChainPoint : IComparable<ChainPoint>
{
    internal const int Length = 4 + 8 + AuditChain.HashLength;

    /// <summary>Names a place.</summary>
    /// <exception cref="ArgumentException">An epoch below 1, a negative sequence, or a hash of another length.</exception>
    public ChainPoint(int epoch, long sequence, byte[] hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        if (hash is not { Length: AuditChain.HashLength })
            throw new ArgumentException("A hash has 32 bytes.", nameof(hash));
        Epoch = epoch;
        Sequence = sequence;
        Hash = hash;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }
    /// <summary>The entry's sequence.</summary>
    public long Sequence { get; }
    /// <summary>The chain's hash there, 32 bytes.</summary>
    public byte[] Hash { get; }

    /// <inheritdoc/>
    public int CompareTo(ChainPoint? other) => other is null ? 1 : (Epoch, Sequence).CompareTo((other.Epoch, other.Sequence));

    /// <inheritdoc/>
    public bool Equals(ChainPoint? other) => other is not null && CompareTo(other) == 0 && Hash.AsSpan().SequenceEqual(other.Hash);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Sequence);

    /// <summary>Epoch and sequence.</summary>
    public override string ToString() => $"{Epoch}/{Sequence}";

    internal void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, Epoch);
        BinaryPrimitives.WriteInt64BigEndian(to[4..], Sequence);
        Hash.CopyTo(to[12..]);
    }

    internal static ChainPoint Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt32BigEndian(from), BinaryPrimitives.ReadInt64BigEndian(from[4..]), from[12..Length].ToArray());

    internal static bool IsShaped(ReadOnlySpan<byte> from) =>
        BinaryPrimitives.ReadInt32BigEndian(from) >= 1 && BinaryPrimitives.ReadInt64BigEndian(from[4..]) >= 0;
}

/// <summary>
/// The chain's head at one moment, signed, as it goes to the second place. Whoever can change the store but has not the
/// signing key can then neither rewrite nor shorten what came before. Made by <see cref="HeadSigner"/>; read by <see cref="TryParse"/>.
/// Being readable says nothing: ask <see cref="HeadVerifier"/>.
/// </summary>
public sealed record SignedHead
{
    private const byte Format = 1;
    private const string Word = "wdfis-head-1";

    internal SignedHead(ChainPoint point, DateTimeOffset at, byte[] publicKeyId, byte[] signature)
    {
        Point = point;
        At = at.ToUniversalTime();
        PublicKeyId = publicKeyId;
        Signature = signature;
    }

    /// <summary>Epoch, sequence and hash in one.</summary>
    public ChainPoint Point { get; }
    /// <summary>The epoch.</summary>
    public int Epoch => Point.Epoch;
    /// <summary>The last entry that the head covers.</summary>
    public long Sequence => Point.Sequence;
    /// <summary>The chain's hash there, 32 bytes.</summary>
    public byte[] Hash => Point.Hash;
    /// <summary>When it was signed, UTC.</summary>
    public DateTimeOffset At { get; }
    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo), 32 bytes.</summary>
    public byte[] PublicKeyId { get; }
    /// <summary>ECDSA P-256 with SHA-256 as r and s, 64 bytes.</summary>
    public byte[] Signature { get; }

    /// <summary>What is signed.</summary>
    internal static byte[] SignedBytes(ChainPoint point, DateTimeOffset at, ReadOnlySpan<byte> publicKeyId)
    {
        var bytes = new byte[16 + 1 + ChainPoint.Length + 8 + 32];
        "wdfis/audit/head"u8.CopyTo(bytes);
        bytes[16] = Format;
        point.Write(bytes.AsSpan(17));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17 + ChainPoint.Length), at.UtcTicks);
        publicKeyId.CopyTo(bytes.AsSpan(25 + ChainPoint.Length));
        return bytes;
    }

    /// <summary>One line of ASCII without a line end, for the second place.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{Word} {Epoch} {Sequence} {At.UtcDateTime:O} {Convert.ToHexStringLower(Hash)} {Convert.ToHexStringLower(PublicKeyId)} {Convert.ToBase64String(Signature)}");

    /// <summary>Reads exactly what <see cref="ToLine"/> writes: no other spelling of the same head.</summary>
    public static bool TryParse(string? line, [NotNullWhen(true)] out SignedHead? head)
    {
        head = null;
        if (line is null || line.Length > 400)
            return false;
        var parts = line.Split(' ');
        var hash = new byte[AuditChain.HashLength];
        var publicKeyId = new byte[32];
        var signature = new byte[64];
        if (parts.Length == 7
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch >= 1
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && DateTime.TryParseExact(parts[3], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at.Kind == DateTimeKind.Utc
            && Convert.FromHexString(parts[4], hash, out _, out var hashLength) == System.Buffers.OperationStatus.Done && hashLength == hash.Length
            && Convert.FromHexString(parts[5], publicKeyId, out _, out var idLength) == System.Buffers.OperationStatus.Done && idLength == publicKeyId.Length
            && Convert.TryFromBase64String(parts[6], signature, out var length) && length == signature.Length)
        {
            var read = new SignedHead(new ChainPoint(epoch, sequence, hash), new DateTimeOffset(at), publicKeyId, signature);
            if (read.ToLine() == line)
                head = read;
        }
        return head is not null;
    }

    /// <inheritdoc/>
    public bool Equals(SignedHead? other) => other is not null && ToLine() == other.ToLine();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Point, At);

    /// <summary>Epoch and sequence.</summary>
    public override string ToString() => $"SignedHead {Point}";
}

/// <summary>Two places of the chain, signed for the instant of the entry that holds them.</summary>
public abstract record SignedPlaces
{
    internal const int Length = 2 * ChainPoint.Length + 32 + 64;

    private protected SignedPlaces(ChainPoint first, ChainPoint second, byte[] publicKeyId, byte[] signature)
    {
        First = first;
        Second = second;
        PublicKeyId = publicKeyId;
        Signature = signature;
    }

    private protected ChainPoint First { get; }
    private protected ChainPoint Second { get; }
    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo), 32 bytes.</summary>
    public byte[] PublicKeyId { get; }
    /// <summary>ECDSA P-256 with SHA-256 as r and s, 64 bytes.</summary>
    public byte[] Signature { get; }

    private protected abstract string Label { get; }

    internal byte[] SignedBytes(DateTimeOffset at) => SignedBytes(Label, at, First, Second, PublicKeyId);

    // Epoch and sequence of the entry follow from the two places, or are held by the chain.
    private protected static byte[] SignedBytes(string label, DateTimeOffset at, ChainPoint first, ChainPoint second, ReadOnlySpan<byte> publicKeyId)
    {
        var bytes = new byte[16 + 1 + 8 + 2 * ChainPoint.Length + 32];
        Encoding.ASCII.GetBytes(label, bytes);
        bytes[16] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), at.UtcTicks);
        first.Write(bytes.AsSpan(25));
        second.Write(bytes.AsSpan(25 + ChainPoint.Length));
        publicKeyId.CopyTo(bytes.AsSpan(25 + 2 * ChainPoint.Length));
        return bytes;
    }

    internal void Write(Span<byte> to)
    {
        First.Write(to);
        Second.Write(to[ChainPoint.Length..]);
        PublicKeyId.CopyTo(to[(2 * ChainPoint.Length)..]);
        Signature.CopyTo(to[(2 * ChainPoint.Length + 32)..]);
    }

    private protected static (ChainPoint First, ChainPoint Second, byte[] PublicKeyId, byte[] Signature) ReadPlaces(ReadOnlySpan<byte> from) => (
        ChainPoint.Read(from), ChainPoint.Read(from[ChainPoint.Length..]),
        from.Slice(2 * ChainPoint.Length, 32).ToArray(), from.Slice(2 * ChainPoint.Length + 32, 64).ToArray());

    internal static bool IsShaped(ReadOnlySpan<byte> from) => ChainPoint.IsShaped(from) && ChainPoint.IsShaped(from[ChainPoint.Length..]);
}

/// <summary>
/// What the first entry of a new epoch names, signed: the head that the chain goes on from, and the head that was lost (the
/// furthest known from the second place or the replaced store). Equal when nothing was lost.
/// </summary>
public sealed record EpochOpening : SignedPlaces
{
    private const string Word = "wdfis/audit/open";

    private EpochOpening(ChainPoint continued, ChainPoint abandoned, byte[] publicKeyId, byte[] signature)
        : base(continued, abandoned, publicKeyId, signature)
    {
    }

    /// <summary>The last entry before this epoch that is still there; this epoch's first sequence is one more.</summary>
    public ChainPoint Continued => First;
    /// <summary>The furthest head that was known and is not there any more, or <see cref="Continued"/>.</summary>
    public ChainPoint Abandoned => Second;

    private protected override string Label => Word;

    /// <summary>The number of the epoch that may follow these heads: one above both.</summary>
    public static int EpochAfter(ChainPoint continued, ChainPoint abandoned) => checked(Math.Max(continued.Epoch, abandoned.Epoch) + 1);

    /// <summary>
    /// Signs for the entry with this instant, whose epoch is <see cref="EpochAfter"/> and whose sequence is one above
    /// <paramref name="continued"/>; the entry follows <see cref="AuditChain.Genesis"/> of that epoch.
    /// </summary>
    /// <exception cref="ArgumentException">The abandoned head is before the one that the chain goes on from.</exception>
    public static EpochOpening Sign(HeadSigner signer, DateTimeOffset at, ChainPoint continued, ChainPoint abandoned)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(continued);
        ArgumentNullException.ThrowIfNull(abandoned);
        if (abandoned.CompareTo(continued) < 0)
            throw new ArgumentException("The abandoned head cannot be before the one that goes on.", nameof(abandoned));
        return new EpochOpening(continued, abandoned, signer.PublicKeyId, signer.SignBytes(SignedBytes(Word, at, continued, abandoned, signer.PublicKeyId)));
    }

    internal static EpochOpening Read(ReadOnlySpan<byte> from)
    {
        var (continued, abandoned, publicKeyId, signature) = ReadPlaces(from);
        return new EpochOpening(continued, abandoned, publicKeyId, signature);
    }

    /// <summary>The two places.</summary>
    public override string ToString() => $"EpochOpening after {Continued}, abandoning {Abandoned}";
}

/// <summary>
/// What is left of years of the audit that were dropped whole (D5), signed: their first and their last place. The chain goes on from
/// <see cref="To"/>, which a signed head in the second place closed before.
/// </summary>
public sealed record SegmentLink : SignedPlaces
{
    private const string Word = "wdfis/audit/drop";

    private SegmentLink(ChainPoint from, ChainPoint to, byte[] publicKeyId, byte[] signature)
        : base(from, to, publicKeyId, signature)
    {
    }

    /// <summary>The first entry that was dropped.</summary>
    public ChainPoint From => First;
    /// <summary>The last entry that was dropped.</summary>
    public ChainPoint To => Second;
    /// <summary>How many were.</summary>
    public long Count => To.Sequence - From.Sequence + 1;

    private protected override string Label => Word;

    /// <summary>Signs for the entry with this instant.</summary>
    /// <exception cref="ArgumentException">The last comes before the first.</exception>
    public static SegmentLink Sign(HeadSigner signer, DateTimeOffset at, ChainPoint from, ChainPoint to)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (to.CompareTo(from) < 0)
            throw new ArgumentException("The last entry cannot be before the first.", nameof(to));
        return new SegmentLink(from, to, signer.PublicKeyId, signer.SignBytes(SignedBytes(Word, at, from, to, signer.PublicKeyId)));
    }

    internal static SegmentLink Read(ReadOnlySpan<byte> from)
    {
        var (first, last, publicKeyId, signature) = ReadPlaces(from);
        return new SegmentLink(first, last, publicKeyId, signature);
    }

    /// <summary>The two places.</summary>
    public override string ToString() => $"SegmentLink from {From} to {To}";
}
