namespace Wdfis.Domain.Retention;

/// <summary>
/// The dates on which one record's keeping rests; nothing else is looked at. All are legal dates in London. A birth date is personal:
/// it goes in, only the rounded date comes out, and this is never stored.
/// </summary>
public sealed record RetentionFacts
{
    /// <summary>The day on which the record was made.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The day on which it closed; null while it is open, and again when it is re-opened.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The day of the last contact; null when there was none since opening.</summary>
    public DateOnly? LastContactOn { get; init; }

    /// <summary>The birth date of the youngest child whose birth date is known.</summary>
    public DateOnly? YoungestBorn { get; init; }

    /// <summary>True when a child's birth date is not known to the day, or a child is expected.</summary>
    public bool AnyBirthUnknown { get; init; }

    /// <summary>The last day of what the record is about (a permission); null while it lasts.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The type's name: birth dates are personal.</summary>
    public override string ToString() => nameof(RetentionFacts);
}
