namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// What colleagues on duty may sort by without opening a record: coarse facts of which none says who anybody is.
/// A date derived from a birth date is rounded up to 31 August before it comes here; hold kinds, health, SEN, police and
/// child protection never do.
/// </summary>
public sealed record Envelope
{
    /// <summary>The unit.</summary>
    public required UnitId Id { get; init; }
    /// <summary>Its kind.</summary>
    public required UnitKind Kind { get; init; }
    /// <summary>The family that it belongs to; null for one without (anonymous enquiry). For a family card, its own id.</summary>
    public UnitId? Family { get; init; }
    /// <summary>The service that it belongs to.</summary>
    public required Service Service { get; init; }
    /// <summary>Its marking.</summary>
    public required Marking Marking { get; init; }
    /// <summary>Until when, and why.</summary>
    public required KeepUntil KeepUntil { get; init; }
    /// <summary>True while a hold binds; the kind of hold is never plain.</summary>
    public bool OnHold { get; init; }
    /// <summary>True while only assigned colleagues and leads may open it.</summary>
    public bool SpecialHandling { get; init; }
    /// <summary>True while processing is restricted (Article 18): store only.</summary>
    public bool Restricted { get; init; }
    /// <summary>The colleague whose work it is.</summary>
    public required ColleagueId Owner { get; init; }
    /// <summary>A state by its code from the noun's own list (<c>open</c>, <c>closed</c>, <c>given</c>…).</summary>
    public required string State { get; init; }
    /// <summary>Topic code, for enquiries.</summary>
    public string? Topic { get; init; }
    /// <summary>Channel code, for enquiries.</summary>
    public string? Channel { get; init; }
    /// <summary>Outcome code, for enquiries.</summary>
    public string? Outcome { get; init; }
    /// <summary>Intervention level 1 to 4, for Parent Partnership.</summary>
    public int? Level { get; init; }
    /// <summary>Outward postcode (<c>WF1</c>), for families.</summary>
    public string? District { get; init; }
    /// <summary>The next date on which somebody has to do something: follow-up, end of a permission, accuracy check.</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>True when somebody in it has not been told of the policy version that counts (C1).</summary>
    public bool NotTold { get; init; }
    /// <summary>True when a talk in private was promised and has not taken place (C5).</summary>
    public bool PrivatePromised { get; init; }
    /// <summary>The random reference that an anonymous caller holds (<c>K7-QFM2</c>); matched exactly.</summary>
    public string? Reference { get; init; }
    /// <summary>The day on which it was made, London.</summary>
    public required DateOnly CreatedOn { get; init; }
    /// <summary>The day of the last contact or change of meaning, London.</summary>
    public required DateOnly TouchedOn { get; init; }
    /// <summary>Counts up with each save, from 1; a save against an older version is a conflict.</summary>
    public int Version { get; init; }
}
