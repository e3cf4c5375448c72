using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Handling;

/// <summary>Why a family's record is not open to everybody on duty. Numbers are stored: never reuse one.</summary>
public enum HandlingKind
{
    /// <summary>Need to know: only assigned colleagues and leads (S1).</summary>
    SpecialHandling = 1,
    /// <summary>Closed to one colleague, who declared a conflict of interest.</summary>
    Conflict = 2,
    /// <summary>Opened by one colleague in an emergency, for a reason (break-glass): what a lead reviews afterwards.</summary>
    Emergency = 3,
}

/// <summary>What ties a colleague to a family. Numbers are stored: never reuse one.</summary>
public enum ConflictTie
{
    /// <summary>They live near each other.</summary>
    Neighbour = 1,
    /// <summary>They are related, or as good as.</summary>
    Relative = 2,
    /// <summary>The colleague is on the other side of the matter, or somebody close is.</summary>
    OtherParty = 3,
    /// <summary>Something else.</summary>
    Other = 4,
}

/// <summary>What happened to a <see cref="HandlingNote"/>. Numbers are stored: never reuse one.</summary>
public enum HandlingEvent
{
    /// <summary>Set, or declared.</summary>
    Begun = 1,
    /// <summary>Looked at by a lead, and it goes on.</summary>
    Reviewed = 2,
    /// <summary>Lifted, or the record opened to the colleague again.</summary>
    Ended = 3,
}

/// <summary>One step in the life of a <see cref="HandlingNote"/>. Shows no content.</summary>
/// <param name="What">What was done.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">By whom.</param>
/// <param name="Why">Why, as typed; null where nothing was.</param>
public sealed record HandlingStep(
    [property: Field("handling.what")] HandlingEvent What,
    [property: Field("handling.at")] DateTimeOffset At,
    ColleagueId By,
    [property: Field("handling.why")] string? Why)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(HandlingStep);
}

/// <summary>
/// Why a family is under special handling, or closed to one colleague, with everything that was decided about it since. Only leads read
/// it; that it is in force is enforced elsewhere, by the strongroom. Compares by reference; shows no content.
/// </summary>
public sealed record HandlingNote
{
    /// <summary>Special handling is looked at this many months after it was set or last looked at.</summary>
    public const int ReviewMonths = 6;

    private HandlingNote() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>Special handling or a conflict.</summary>
    [Field("handling.kind")]
    public HandlingKind Kind { get; private init; }
    /// <summary>For a conflict: what ties them.</summary>
    [Field("handling.tie")]
    public ConflictTie? Tie { get; private init; }
    /// <summary>For a conflict: the colleague to whom the record is closed; for an emergency, who opened it.</summary>
    public ColleagueId? Colleague { get; private init; }
    /// <summary>What was done, oldest first; never empty.</summary>
    public ImmutableArray<HandlingStep> Steps { get; private init; } = [];

    /// <summary>The state on the envelope of an emergency that no lead has reviewed: what opens the family.</summary>
    public const string Unreviewed = "emergency";

    /// <summary>False once it was lifted.</summary>
    public bool InForce => Steps[^1].What != HandlingEvent.Ended;

    /// <summary>True for a conflict or an emergency at which no lead has looked yet.</summary>
    public bool WaitsForLead => Kind != HandlingKind.SpecialHandling && Steps.Length == 1;

    /// <summary>The London day on which special handling in force has to be looked at; null for a conflict and once lifted.</summary>
    public DateOnly? ReviewOn => Kind == HandlingKind.SpecialHandling && InForce ? CorrespondingDate.AddMonths(London.DateOf(Steps[^1].At), ReviewMonths) : null;

    /// <summary>The London day on which it was lifted; null while it is in force.</summary>
    public DateOnly? EndedOn => InForce ? null : London.DateOf(Steps[^1].At);

    /// <summary>A lead sets special handling. Refused without a reason.</summary>
    public static Checked<HandlingNote> SetSpecial(UnitId id, string? why, Stamp now) =>
        Checked<HandlingNote>.From([Reason(why, needed: true)], () => Restore(id, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Begun, why, now)]));

    /// <summary>A colleague declares a conflict of their own. Refused without what ties them; the words may be missing.</summary>
    public static Checked<HandlingNote> DeclareConflict(UnitId id, ConflictTie? tie, string? words, Stamp now) => Checked<HandlingNote>.From(
        [
            tie is { } chosen && Enum.IsDefined(chosen) ? null : new Problem("handling.tie", "Choose what ties you to them."),
            Reason(words, needed: tie == ConflictTie.Other),
        ],
        () => Restore(id, HandlingKind.Conflict, tie, now.By, [Step(HandlingEvent.Begun, words, now)]));

    /// <summary>A colleague opens the family in an emergency. Refused without a reason.</summary>
    public static Checked<HandlingNote> OpenInEmergency(UnitId id, string? why, Stamp now) =>
        Checked<HandlingNote>.From([Reason(why, needed: true)], () => Restore(id, HandlingKind.Emergency, null, now.By, [Step(HandlingEvent.Begun, why, now)]));

    /// <summary>A lead looked at it and it goes on. Refused once lifted; for special handling a reason is needed.</summary>
    public Checked<HandlingNote> Review(string? why, Stamp now) => Take(HandlingEvent.Reviewed, why, needed: Kind == HandlingKind.SpecialHandling, now);

    /// <summary>A lead lifts it. Refused once lifted, and without a reason.</summary>
    public Checked<HandlingNote> End(string? why, Stamp now) => Take(HandlingEvent.Ended, why, needed: true, now);

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Without an id or steps, something after its end, or a conflict of nobody.</exception>
    public static HandlingNote Restore(UnitId id, HandlingKind kind, ConflictTie? tie, ColleagueId? colleague, ImmutableArray<HandlingStep> steps) =>
        id.IsEmpty || steps is not [{ What: HandlingEvent.Begun }, ..] || steps[..^1].Any(step => step.What == HandlingEvent.Ended)
            || steps[1..].Any(step => step.What == HandlingEvent.Begun) || (kind == HandlingKind.Conflict) != (tie is not null) || (kind != HandlingKind.SpecialHandling) != (colleague is not null)
            ? throw new ArgumentException("A note begins once, ends at most once and says whom it binds.", nameof(steps))
            : new HandlingNote { Id = id, Kind = kind, Tie = tie, Colleague = colleague, Steps = steps };

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(HandlingNote);

    /// <inheritdoc/>
    public bool Equals(HandlingNote? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private Checked<HandlingNote> Take(HandlingEvent what, string? why, bool needed, Stamp now) => Checked<HandlingNote>.From(
        [InForce ? null : new Problem("", "This was lifted already. Open the page again."), Reason(why, needed)],
        () => this with { Steps = Steps.Add(Step(what, why, now)) });

    private static HandlingStep Step(HandlingEvent what, string? why, Stamp now) => new(what, now.At, now.By, TypedText.Clean(why));

    private static Problem? Reason(string? why, bool needed) =>
        needed && string.IsNullOrWhiteSpace(why) ? new Problem("handling.why", "Say why, in a sentence or two.") : TypedText.Check("handling.why", why, TypedText.NoteLimit, lines: true);
}

/// <summary>The words for what ties a colleague to a family, and for what was done.</summary>
public static class HandlingWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this ConflictTie tie) => tie switch
    {
        ConflictTie.Neighbour => "Neighbour",
        ConflictTie.Relative => "Relative or close friend",
        ConflictTie.OtherParty => "Other party in the matter",
        ConflictTie.Other => "Something else",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this HandlingEvent what, HandlingKind kind) => (what, kind) switch
    {
        (HandlingEvent.Begun, HandlingKind.SpecialHandling) => "Set",
        (HandlingEvent.Begun, HandlingKind.Conflict) => "Declared",
        (HandlingEvent.Reviewed, HandlingKind.SpecialHandling) => "Reviewed, still needed",
        (HandlingEvent.Reviewed, HandlingKind.Conflict) => "Seen by a lead, stays closed",
        (HandlingEvent.Ended, HandlingKind.SpecialHandling) => "Lifted",
        (HandlingEvent.Ended, HandlingKind.Conflict) => "Opened to them again",
        (HandlingEvent.Begun, HandlingKind.Emergency) => "Opened",
        (HandlingEvent.Ended, HandlingKind.Emergency) => "Reviewed",
        _ => "",
    };
}
