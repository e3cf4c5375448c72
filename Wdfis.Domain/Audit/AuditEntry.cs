using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Audit;

/// <summary>
/// One line of the audit: who did what to which units, when and for what. Ids, numbers and hashes only: there is no free
/// text for personal data to get into, so an erasure never has to change it (S2, D7). Equal when all bytes are.
/// Values out of range are refused with an <see cref="ArgumentException"/>, at the latest by <see cref="ToBytes"/>.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>The most units that one search may show.</summary>
    public const int MostFound = 25;
    /// <summary>The most units of any other entry.</summary>
    public const int MostUnits = 250;
    /// <summary>The longest circuit id.</summary>
    public const int CircuitLimit = 16;

    private const byte Format = 1;
    private const int HeaderLength = 45;

    private readonly DateTimeOffset at;
    private readonly string circuit = "";
    private readonly byte[] contentHash = [];
    private readonly byte[] reasonHash = [];
    private readonly ImmutableArray<UnitId> units = [];

    /// <summary>Counts up by one from 1, through all epochs.</summary>
    public required long Sequence { get; init; }
    /// <summary>The epoch, from 1; a new one begins only with <see cref="AuditAction.EpochOpened"/>.</summary>
    public required int Epoch { get; init; }
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get => at; init => at = value.ToUniversalTime(); }
    /// <summary>Who; <see cref="ColleagueId.Portal"/> for jobs and recovery.</summary>
    public required ColleagueId Who { get; init; }
    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }
    /// <summary>For what; <see cref="Purpose.Unknown"/> where no content was asked for.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>A short opaque id of the circuit that the portal made up: up to 16 ASCII letters, digits, hyphens and underscores; empty for jobs.</summary>
    public string Circuit
    {
        get => circuit;
        init => circuit = value is not null && value.Length <= CircuitLimit && value.All(IsCircuit) ? value
            : throw new ArgumentException("A circuit id is up to 16 letters, digits, hyphens and underscores.", nameof(value));
    }

    /// <summary>The units concerned, in the order shown; at most <see cref="MostFound"/> for a search, else <see cref="MostUnits"/>.</summary>
    public ImmutableArray<UnitId> Units { get => units; init => units = value.IsDefault ? [] : value; }

    /// <summary>SHA-256 of the sealed bytes that were saved; empty where nothing was.</summary>
    public byte[] ContentHash { get => contentHash; init => contentHash = Hash(value); }

    /// <summary>Why it was refused; only beside <see cref="AuditAction.Refused"/>.</summary>
    public RefusalReason? RefusalReason { get; init; }

    /// <summary>SHA-256 of the sealed reason that was typed (it stays in the unit it concerns); empty for none.</summary>
    public byte[] ReasonHash { get => reasonHash; init => reasonHash = Hash(value); }

    /// <summary>The two heads that a new epoch names, signed; only beside <see cref="AuditAction.EpochOpened"/>, and always there from epoch 2.</summary>
    public EpochOpening? Opening { get; init; }

    /// <summary>What was dropped, signed; only beside <see cref="AuditAction.SegmentDropped"/>, and always there.</summary>
    public SegmentLink? Link { get; init; }

    private SignedPlaces? Places => (SignedPlaces?)Opening ?? Link;

    /// <summary>The canonical bytes (docs/formats.md): the same entry always gives the same ones.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Circuit.Length + 16 * Units.Length + ContentHash.Length + ReasonHash.Length
            + (Places is null ? 0 : SignedPlaces.Length)];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Sequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), Epoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(13), At.UtcTicks);
        Who.Value.TryWriteBytes(bytes.AsSpan(21), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(37), checked((ushort)Action));
        bytes[39] = checked((byte)Purpose);
        bytes[40] = checked((byte)(RefusalReason ?? 0));
        bytes[41] = (byte)((ContentHash.Length > 0 ? 1 : 0) | (ReasonHash.Length > 0 ? 2 : 0) | (Opening is null ? 0 : 4) | (Link is null ? 0 : 8));
        bytes[42] = (byte)Circuit.Length;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(43), checked((ushort)Units.Length));
        var rest = bytes.AsSpan(HeaderLength);
        rest = rest[Encoding.ASCII.GetBytes(Circuit, rest)..];
        foreach (var unit in Units)
        {
            unit.Value.TryWriteBytes(rest, bigEndian: true, out _);
            rest = rest[16..];
        }
        ContentHash.CopyTo(rest);
        rest = rest[ContentHash.Length..];
        ReasonHash.CopyTo(rest);
        Places?.Write(rest[ReasonHash.Length..]);
        // One rule book for writing and reading: what could not be read back is not written.
        if (!TryMeasure(bytes, out _))
            throw new ArgumentException($"An audit entry of the action {Action} is not made like this.");
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">Anything else, a byte too many included.</exception>
    public static AuditEntry FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (!TryMeasure(bytes, out var shape))
            throw new FormatException("These bytes are no audit entry.");
        var rest = bytes[HeaderLength..];
        var circuit = Encoding.ASCII.GetString(rest[..bytes[42]]);
        rest = rest[bytes[42]..];
        var units = ImmutableArray.CreateBuilder<UnitId>(shape.Units);
        for (var i = 0; i < shape.Units; i++)
            units.Add(UnitId.FromBytes(rest.Slice(16 * i, 16)));
        rest = rest[(16 * shape.Units)..];
        var contentHash = (bytes[41] & 1) != 0 ? rest[..32].ToArray() : [];
        rest = rest[contentHash.Length..];
        var reasonHash = (bytes[41] & 2) != 0 ? rest[..32].ToArray() : [];
        rest = rest[reasonHash.Length..];
        return new AuditEntry
        {
            Sequence = shape.Sequence,
            Epoch = shape.Epoch,
            At = new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes[13..]), TimeSpan.Zero),
            Who = new ColleagueId(new Guid(bytes[21..37], bigEndian: true)),
            Action = shape.Action,
            Purpose = (Purpose)bytes[39],
            RefusalReason = bytes[40] == 0 ? null : (RefusalReason)bytes[40],
            Circuit = circuit,
            Units = units.MoveToImmutable(),
            ContentHash = contentHash,
            ReasonHash = reasonHash,
            Opening = (bytes[41] & 4) != 0 ? EpochOpening.Read(rest) : null,
            Link = (bytes[41] & 8) != 0 ? SegmentLink.Read(rest) : null,
        };
    }

    /// <summary>What the verifier needs of an entry, read without allocating.</summary>
    internal readonly record struct Shape(long Sequence, int Epoch, AuditAction Action, int Units);

    /// <summary>True when the bytes are an entry in canonical form, every value in range.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> bytes, out Shape shape)
    {
        shape = default;
        if (bytes.Length < HeaderLength || bytes[0] != Format)
            return false;
        var read = new Shape(
            BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[9..]),
            (AuditAction)BinaryPrimitives.ReadUInt16BigEndian(bytes[37..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[43..]));
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[13..]);
        int flags = bytes[41], circuit = bytes[42];
        bool opening = (flags & 4) != 0, link = (flags & 8) != 0;
        if (read.Sequence < 1 || read.Epoch < 1
            || ticks < 0 || ticks > DateTime.MaxValue.Ticks
            || !bytes[21..37].ContainsAnyExcept((byte)0)
            || !Enum.IsDefined(read.Action) || !Enum.IsDefined((Purpose)bytes[39])
            || bytes[40] != 0 && (read.Action != AuditAction.Refused || !Enum.IsDefined((RefusalReason)bytes[40]))
            || flags > 15 || circuit > CircuitLimit
            || read.Units > (read.Action == AuditAction.Found ? MostFound : MostUnits)
            || opening != (read.Action == AuditAction.EpochOpened && read.Epoch > 1)
            || link != (read.Action == AuditAction.SegmentDropped)
            || bytes.Length != HeaderLength + circuit + 16 * read.Units + 32 * (flags & 1) + 16 * (flags & 2) + (opening || link ? SignedPlaces.Length : 0))
            return false;
        foreach (var letter in bytes.Slice(HeaderLength, circuit))
        {
            if (!IsCircuit((char)letter))
                return false;
        }
        for (var i = 0; i < read.Units; i++)
        {
            if (!bytes.Slice(HeaderLength + circuit + 16 * i, 16).ContainsAnyExcept((byte)0))
                return false;
        }
        if ((opening || link) && !SignedPlaces.IsShaped(bytes[^SignedPlaces.Length..]))
            return false;
        shape = read;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(AuditEntry? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequence, Epoch, At, Action);

    /// <summary>Sequence, epoch and action.</summary>
    public override string ToString() => $"AuditEntry {Sequence} of epoch {Epoch}: {Action}";

    private static bool IsCircuit(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static byte[] Hash(byte[] value) => value is { Length: 0 or 32 } ? value
        : throw new ArgumentException("A hash has 32 bytes, or none.", nameof(value));
}
