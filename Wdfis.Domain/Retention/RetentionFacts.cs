using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Retention;

/// <summary>
/// The dates on which one record's keeping rests; nothing else is looked at. All are legal dates in London. A birth date is personal:
/// it goes in, and only the coarse form is stored.
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

    /// <summary>
    /// Coarse enough for an envelope: a birth date becomes the 31 August that follows it, and is left out of a class that does not count from
    /// it. Whole years later that is the same 31 August, so nothing is lost to the schedule.
    /// </summary>
    internal RetentionFacts Coarse(bool birth) => this with { YoungestBorn = birth && YoungestBorn is { } born ? SchoolYear.EndOf(born) : null, AnyBirthUnknown = birth && AnyBirthUnknown };

    /// <summary>The type's name: birth dates are personal.</summary>
    public override string ToString() => nameof(RetentionFacts);
}
