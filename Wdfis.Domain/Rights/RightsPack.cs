using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Rights;

/// <summary>What was decided on one item that is not theirs alone (field-guide.md section 1.3). Numbers are stored: never reuse one.</summary>
public enum ItemVerdict
{
    /// <summary>It can be supplied without identifying anybody else: with them left out.</summary>
    WithoutThem = 1,
    /// <summary>Supplied: they agreed.</summary>
    Agreed = 2,
    /// <summary>Supplied: it is reasonable without their agreement.</summary>
    Reasonable = 3,
    /// <summary>Left out, under an exemption.</summary>
    Withheld = 4,
}

/// <summary>Why something may be left out of an answer.</summary>
/// <param name="Code">As stored.</param>
/// <param name="Words">In words, with where it comes from.</param>
/// <param name="Says">False where even the gap would tell: then nothing shows that something was left out.</param>
public sealed record PackExemption(string Code, string Words, bool Says)
{
    /// <summary>All of them. Each is used for one item, to the extent that it holds, and never for a category.</summary>
    public static ImmutableArray<PackExemption> All { get; } =
    [
        new("third-party", "It is about somebody else (Schedule 2, paragraph 16)", true),
        new("privilege", "Legal professional privilege (Schedule 2, paragraph 19)", true),
        new("reference", "A confidential reference (Schedule 2, paragraph 24)", true),
        new("crime-tax", "It would prejudice crime or tax work (Schedule 2, paragraph 2)", false),
        new("public-functions", "It would prejudice functions that protect the public (Schedule 2, paragraphs 6 and 7)", false),
        new("serious-harm", "Serious harm to somebody's health is likely (Schedule 3)", false),
        new("child-abuse", "Child abuse data, not in the child's best interests (Schedule 3, Part 5)", false),
        new("in-confidence", "It was given in the expectation that it does not reach whoever asks (Schedule 3)", false),
    ];

    /// <summary>The one of a code; null when there is none.</summary>
    public static PackExemption? Find(string? code) => All.FirstOrDefault(one => one.Code == code);
}

/// <summary>A decision on one item. Shows no content.</summary>
/// <param name="Item">The item's key: its unit, field and place, and a hash of its words, so that what was changed since is decided anew.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Exemption">Code of the exemption; null where it is supplied.</param>
/// <param name="Reason">Why.</param>
/// <param name="Instead">What is supplied instead, in the officer's words; null for the words with everybody else masked.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When, UTC.</param>
public sealed record ItemDecision(
    [property: Field("pack.item")] string Item,
    [property: Field("pack.verdict")] ItemVerdict Verdict,
    [property: Field("pack.exemption")] string? Exemption,
    [property: Field("pack.reason")] string Reason,
    [property: Field("pack.instead")] string? Instead,
    ColleagueId By,
    [property: Field("pack.at")] DateTimeOffset At)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(ItemDecision);
}

/// <summary>The answer as a second person reads it and as it goes: the sealed copy. Shows no content.</summary>
public sealed record PackCopy
{
    /// <summary>The whole document, to the letter.</summary>
    [Field("pack.shown")]
    public required string Shown { get; init; }
    /// <summary>The marking that it carries.</summary>
    [Field("pack.marking")]
    public required Marking Marking { get; init; }
    /// <summary>What the gate decided on.</summary>
    [Field("pack.fingerprint")]
    public required string Fingerprint { get; init; }
    /// <summary>Who gets it.</summary>
    public required PersonId Receiver { get; init; }
    /// <summary>What proved who they are.</summary>
    [Field("pack.proof")]
    public required string Proof { get; init; }
    /// <summary>Who asked the second person.</summary>
    public required ColleagueId AskedBy { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("pack.asked-at")]
    public required DateTimeOffset AskedAt { get; init; }
    /// <summary>The second person's agreement; null while it is awaited.</summary>
    public Approval? Approval { get; init; }
    /// <summary>When it went, UTC; null until then.</summary>
    [Field("pack.released-at")]
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(PackCopy);
}

/// <summary>The answer to one request: what was decided on each item, and the copy that went (D6). Compares by reference; shows no content.</summary>
public sealed record RightsPack
{
    private RightsPack() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The request.</summary>
    public UnitId Request { get; private init; }
    /// <summary>What was decided, the last word on each item.</summary>
    public ImmutableArray<ItemDecision> Decisions { get; private init; } = [];
    /// <summary>The copy; null while none was put together, and again when something is decided anew.</summary>
    public PackCopy? Copy { get; private init; }

    /// <summary>True once it went.</summary>
    public bool WasReleased => Copy?.ReleasedAt is not null;

    /// <summary>The London day on which it went; null until then.</summary>
    public DateOnly? ReleasedOn => Copy?.ReleasedAt is { } at ? London.DateOf(at) : null;

    /// <summary>The unit of a request's answer: a request has one, and it is found without a list.</summary>
    public static UnitId IdOf(UnitId request)
    {
        var bytes = request.ToBytes();
        bytes[^1] ^= 1;
        return UnitId.FromBytes(bytes);
    }

    /// <summary>An answer on which nothing is decided yet.</summary>
    public static RightsPack Of(UnitId request) => new() { Id = IdOf(request), Request = request };

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Not the answer of its request, or an item decided twice.</exception>
    public static RightsPack Restore(UnitId id, UnitId request, ImmutableArray<ItemDecision> decisions, PackCopy? copy) =>
        id != IdOf(request) || decisions.DistinctBy(one => one.Item).Count() != decisions.Length
            ? throw new ArgumentException("An answer belongs to its request, and decides on each item once.", nameof(decisions))
            : new() { Id = id, Request = request, Decisions = decisions, Copy = copy };

    /// <summary>
    /// Decides on items, on each for itself. Refused without a reason, without an exemption for what is left out, with one for what is
    /// supplied, for items of several records that are left out at once, and once it went. What was put together before has to be put together again.
    /// </summary>
    public Checked<RightsPack> Decide(IReadOnlyCollection<string> items, ItemVerdict? verdict, string? exemption, string? reason, string? instead, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Checked<RightsPack>.From(
            [
                WasReleased ? new Problem("", "The answer went already.") : null,
                items.Count == 0 ? new Problem("pack.item", "Tick what you decide on.") : null,
                verdict is { } known && Enum.IsDefined(known) ? null : new Problem("pack.verdict", "Choose what you decide."),
                verdict == ItemVerdict.Withheld && items.Select(item => item.Split('|')[0]).Distinct().Count() > 1 ? new Problem("pack.item", "What is left out is decided record by record, each item for itself: never a whole category at once.") : null,
                verdict == ItemVerdict.Withheld && PackExemption.Find(exemption) is null ? new Problem("pack.exemption", "Choose the exemption: nothing is left out without one.") : null,
                string.IsNullOrWhiteSpace(reason) ? new Problem("pack.reason", "Say why, for these items.") : TypedText.Check("pack.reason", reason, 2_000, lines: true),
                items.Count > 1 && !string.IsNullOrWhiteSpace(instead) ? new Problem("pack.instead", "Words of your own are for one item at a time.") : TypedText.Check("pack.instead", instead, TypedText.NoteLimit, lines: true),
            ],
            () => this with
            {
                Copy = null,
                Decisions =
                [
                    .. Decisions.Where(one => !items.Contains(one.Item)),
                    .. items.Distinct(StringComparer.Ordinal).Select(item => new ItemDecision(item, verdict!.Value, verdict == ItemVerdict.Withheld ? exemption : null, TypedText.Clean(reason)!,
                        verdict == ItemVerdict.WithoutThem ? TypedText.Clean(instead) : null, now.By, now.At)),
                ],
            });
    }

    /// <summary>Puts it before a second person.</summary>
    /// <exception cref="InvalidOperationException">It went already.</exception>
    public RightsPack Before(PackCopy copy) => WasReleased ? throw new InvalidOperationException("The answer went already.") : this with { Copy = copy };

    /// <summary>A second person agrees to exactly this. Refused to whoever asked, without a reason, and where nothing waits.</summary>
    public Checked<RightsPack> Agree(Role @as, string? reason, DateTimeOffset until, Stamp now) =>
        Copy is not { Approval: null } copy ? new Problem("", "Nothing waits for a second person.")
        : Approval.Create(copy.Fingerprint, copy.AskedBy, @as, reason, until, now).Match<Checked<RightsPack>>(
            approval => this with { Copy = copy with { Approval = approval } }, problems => problems[0]);

    /// <summary>It went.</summary>
    public RightsPack Released(DateTimeOffset at) => this with { Copy = Copy! with { ReleasedAt = at } };

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(RightsPack);

    /// <inheritdoc/>
    public bool Equals(RightsPack? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
