using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>Why disposal is stopped (D5; field-guide.md section 4). Sealed: never plain. Numbers are stored: never reuse one.</summary>
public enum HoldKind
{
    /// <summary>A complaint is open.</summary>
    Complaint = 1,
    /// <summary>A claim is made or expected.</summary>
    Claim = 2,
    /// <summary>A case is before a tribunal.</summary>
    Tribunal = 3,
    /// <summary>A rights request is open.</summary>
    RightsRequest = 4,
    /// <summary>An inquiry asked for it; needs its reference and who confirmed it (Inquiries Act 2005, section 35).</summary>
    Inquiry = 5,
    /// <summary>The police asked for it.</summary>
    Police = 6,
    /// <summary>Another reason, in a lead's words.</summary>
    Manual = 7,
}

/// <summary>What happened to a hold. Numbers are stored: never reuse one.</summary>
public enum HoldEvent
{
    /// <summary>Placed.</summary>
    Placed = 1,
    /// <summary>Looked at, and it goes on.</summary>
    Reviewed = 2,
    /// <summary>Lifted.</summary>
    Lifted = 3,
}

/// <summary>One step in the life of a <see cref="Hold"/>. Shows no content.</summary>
/// <param name="What">What was done.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">By whom.</param>
/// <param name="Why">Why, as typed.</param>
/// <param name="ReviewOn">The day, London's, on which somebody has to look again; null once lifted.</param>
public sealed record HoldStep(
    [property: Field("hold.what")] HoldEvent What,
    [property: Field("hold.at")] DateTimeOffset At,
    ColleagueId By,
    [property: Field("hold.why")] string Why,
    [property: Field("hold.review")] DateOnly? ReviewOn)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(HoldStep);
}

/// <summary>
/// A hold on one record, on a family with everything of it, or on a class of the schedule: nothing that it binds is destroyed, kept shorter
/// or overwritten without its earlier version being kept (D5). That it binds is enforced by the strongroom. Compares by reference; shows
/// no content.
/// </summary>
public sealed record Hold
{
    /// <summary>A hold is looked at within so many months, the corresponding day included.</summary>
    public const int ReviewMonths = 12;

    private Hold() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>Why, as a kind.</summary>
    [Field("hold.kind")]
    public HoldKind Kind { get; private init; }
    /// <summary>The record or family that is held; null for a class.</summary>
    public UnitId? Unit { get; private init; }
    /// <summary>The code of the schedule class that is held; null for a record or family.</summary>
    [Field("hold.class")]
    public string? Class { get; private init; }
    /// <summary>The reference of whoever asked for it; always there for an inquiry.</summary>
    [Field("hold.reference")]
    public string? Reference { get; private init; }
    /// <summary>Who confirmed that it is asked for; always there for an inquiry.</summary>
    [Field("hold.confirmed-by")]
    public string? ConfirmedBy { get; private init; }
    /// <summary>What was done, oldest first; never empty.</summary>
    public ImmutableArray<HoldStep> Steps { get; private init; } = [];

    /// <summary>False once lifted.</summary>
    public bool Binds => Steps[^1].What != HoldEvent.Lifted;

    /// <summary>The day on which somebody has to look again; null once lifted.</summary>
    public DateOnly? ReviewOn => Steps[^1].ReviewOn;

    /// <summary>The London day on which it was lifted; null while it binds.</summary>
    public DateOnly? LiftedOn => Binds ? null : London.DateOf(Steps[^1].At);

    /// <summary>Places a hold on a unit or on a class. Refuses a missing reason, a review today, earlier, or later than twelve months from now, and an inquiry without reference or confirmation.</summary>
    /// <exception cref="ArgumentException">On both a unit and a class, or on neither.</exception>
    public static Checked<Hold> Place(UnitId id, HoldKind? kind, UnitId? unit, string? classCode, string? why, DateOnly? reviewOn, string? reference, string? confirmedBy, Stamp now) => Checked<Hold>.From(
        [
            kind is { } chosen && Enum.IsDefined(chosen) ? null : new Problem("hold.kind", "Choose why it is held."),
            Reason(why),
            Review(reviewOn, now),
            kind == HoldKind.Inquiry && string.IsNullOrWhiteSpace(reference) ? new Problem("hold.reference", "Give the inquiry's reference.") : TypedText.Check("hold.reference", reference),
            kind == HoldKind.Inquiry && string.IsNullOrWhiteSpace(confirmedBy) ? new Problem("hold.confirmed-by", "Say who confirmed that the inquiry asks for it.") : TypedText.Check("hold.confirmed-by", confirmedBy),
        ],
        () => Restore(id, kind!.Value, unit, classCode, TypedText.Clean(reference), TypedText.Clean(confirmedBy), [new HoldStep(HoldEvent.Placed, now.At, now.By, TypedText.Clean(why)!, reviewOn)]));

    /// <summary>A lead looked at it and it goes on until the next look. Refused once lifted, without a reason, or with a review as at the beginning.</summary>
    public Checked<Hold> Look(string? why, DateOnly? reviewOn, Stamp now) => Take(HoldEvent.Reviewed, why, reviewOn, now, Review(reviewOn, now));

    /// <summary>A lead lifts it. Refused once lifted, and without a reason.</summary>
    public Checked<Hold> Lift(string? why, Stamp now) => Take(HoldEvent.Lifted, why, null, now, null);

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Without an id or steps, on nothing or on two things, something after the end, or an inquiry without its reference.</exception>
    public static Hold Restore(UnitId id, HoldKind kind, UnitId? unit, string? classCode, string? reference, string? confirmedBy, ImmutableArray<HoldStep> steps) =>
        id.IsEmpty || unit is null == classCode is null || steps is not [{ What: HoldEvent.Placed }, ..] || steps[..^1].Any(step => step.What == HoldEvent.Lifted)
            || kind == HoldKind.Inquiry && (reference is null || confirmedBy is null)
            ? throw new ArgumentException("A hold binds one thing, begins once and ends at most once.", nameof(steps))
            : new Hold { Id = id, Kind = kind, Unit = unit, Class = classCode, Reference = reference, ConfirmedBy = confirmedBy, Steps = steps };

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Hold);

    /// <inheritdoc/>
    public bool Equals(Hold? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private Checked<Hold> Take(HoldEvent what, string? why, DateOnly? reviewOn, Stamp now, Problem? review) => Checked<Hold>.From(
        [Binds ? null : new Problem("", "This hold was lifted already. Open the page again."), Reason(why), review],
        () => this with { Steps = Steps.Add(new HoldStep(what, now.At, now.By, TypedText.Clean(why)!, reviewOn)) });

    private static Problem? Reason(string? why) =>
        string.IsNullOrWhiteSpace(why) ? new Problem("hold.why", "Say why, in a sentence or two.") : TypedText.Check("hold.why", why, TypedText.NoteLimit, lines: true);

    private static Problem? Review(DateOnly? on, Stamp now) =>
        on is { } day && day > now.On && day <= CorrespondingDate.AddMonths(now.On, ReviewMonths) ? null : new Problem("hold.review", "Give a day for the review: tomorrow at the earliest, in twelve months at the latest.");
}

/// <summary>The words for holds.</summary>
public static class HoldWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this HoldKind kind) => kind switch
    {
        HoldKind.Complaint => "Complaint",
        HoldKind.Claim => "Claim",
        HoldKind.Tribunal => "Tribunal",
        HoldKind.RightsRequest => "Open rights request",
        HoldKind.Inquiry => "Inquiry",
        HoldKind.Police => "Police request",
        HoldKind.Manual => "Another reason",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this HoldEvent what) => what switch
    {
        HoldEvent.Placed => "Placed",
        HoldEvent.Reviewed => "Reviewed, goes on",
        HoldEvent.Lifted => "Lifted",
    };
}
