using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Curiosity;

/// <summary>A lead's look at one month: alerts, a sample of openings, unused rights, exemptions, accuracy. Shows no content.</summary>
public sealed record MonthlyLook
{
    private MonthlyLook() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The first day of the month looked at.</summary>
    [Field("monthly.month")]
    public DateOnly Month { get; private init; }
    /// <summary>The audit entries of the sample that was looked at, by their sequence; empty before.</summary>
    [Field("monthly.sample")]
    public ImmutableArray<long> Sample { get; private init; } = [];
    /// <summary>What came of it, as typed.</summary>
    [Field("monthly.note")]
    public string? Note { get; private init; }
    /// <summary>Who looked, and when; null while nobody did.</summary>
    [Field("monthly.looked")]
    public Stamp? Looked { get; private init; }

    /// <summary>The entries of what whoever looked opened themselves, left to another; empty when they opened nothing.</summary>
    [Field("monthly.sample")]
    public ImmutableArray<long> Left { get; private init; } = [];
    /// <summary>What came of those, as the other typed it.</summary>
    [Field("monthly.note")]
    public string? LeftNote { get; private init; }
    /// <summary>Who looked at those, and when; null while nobody did.</summary>
    [Field("monthly.looked")]
    public Stamp? LeftLooked { get; private init; }

    /// <summary>True when nothing of the month is left to look at.</summary>
    public bool IsOver => Looked is not null && (Left.IsEmpty || LeftLooked is not null);

    /// <summary>Whose own openings wait for another; null when nobody's do.</summary>
    public ColleagueId? WaitsFor => IsOver ? null : Looked?.By;

    /// <summary>Brings it back from storage, or makes one.</summary>
    /// <exception cref="ArgumentException">No first day of a month.</exception>
    public static MonthlyLook Restore(UnitId id, DateOnly month, ImmutableArray<long> sample = default, string? note = null, Stamp? looked = null, ImmutableArray<long> left = default, string? leftNote = null, Stamp? leftLooked = null) =>
        month.Day == 1 ? new MonthlyLook { Id = id, Month = month, Sample = sample.IsDefault ? [] : sample, Note = note, Looked = looked, Left = left.IsDefault ? [] : left, LeftNote = leftNote, LeftLooked = leftLooked } : throw new ArgumentException("A month is named by its first day.", nameof(month));

    /// <summary>
    /// It was looked through; then what whoever did so opened themselves (<paramref name="left"/>), by another. Refused when all of it was, by the
    /// same colleague a second time, and without a word of what was seen.
    /// </summary>
    public Checked<MonthlyLook> Sign(ImmutableArray<long> sample, ImmutableArray<long> left, string? note, Stamp now) => Checked<MonthlyLook>.From(
        [
            IsOver ? new Problem("", "This month was looked through already.") : WaitsFor == now.By ? new Problem("", "What you opened yourself is for another lead or the information-governance officer to look at.") : null,
            string.IsNullOrWhiteSpace(note) ? new Problem("monthly.note", "Say what you saw, in a sentence or two.") : TypedText.Check("monthly.note", note, TypedText.NoteLimit, lines: true),
        ],
        () => Looked is null ? this with { Sample = sample, Left = left, Note = TypedText.Clean(note), Looked = now } : this with { LeftNote = TypedText.Clean(note), LeftLooked = now });

    /// <summary>
    /// So many of these openings by chance, the oldest first. The last of them seeds it: nobody can tell before the month is over, and
    /// everybody gets the same afterwards.
    /// </summary>
    public static ImmutableArray<AuditEntry> Choose(IReadOnlyCollection<AuditEntry> openings, int size)
    {
        ArgumentNullException.ThrowIfNull(openings);
        if (openings.Count == 0)
            return [];
        var seed = SHA256.HashData(openings.MaxBy(entry => entry.Sequence)!.ToBytes());
        UInt128 Drawn(AuditEntry entry)
        {
            Span<byte> text = stackalloc byte[40];
            seed.CopyTo(text);
            BinaryPrimitives.WriteInt64BigEndian(text[32..], entry.Sequence);
            return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(text));
        }
        return [.. openings.OrderBy(Drawn).Take(size).OrderBy(entry => entry.Sequence)];
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(MonthlyLook);
}
