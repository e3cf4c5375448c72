using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage;

/// <summary>A unit's envelope: narrow and plain, so that filters never walk over content.</summary>
internal sealed class UnitRow
{
    public UnitId Id { get; set; }
    public UnitKind Kind { get; set; }
    public UnitId? Family { get; set; }
    public Service Service { get; set; }
    public Classification Classification { get; set; }
    public string? Descriptor { get; set; }
    public DateOnly? KeepUntilOn { get; set; }
    public required string KeepClass { get; set; }
    public required string KeepBecause { get; set; }
    public bool ReviewBy { get; set; }
    public int KeepVersion { get; set; }
    public DateOnly? NotBefore { get; set; }
    public DateOnly? OpenedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public DateOnly? ContactOn { get; set; }
    public DateOnly? EndedOn { get; set; }
    public DateOnly? BornBy { get; set; }
    public bool BirthUnknown { get; set; }
    public bool SpecialHandling { get; set; }
    public bool Restricted { get; set; }
    public ColleagueId Owner { get; set; }
    public required string State { get; set; }
    public string? Topic { get; set; }
    public string? Channel { get; set; }
    public string? Outcome { get; set; }
    public int? Level { get; set; }
    public string? District { get; set; }
    public DateOnly? DueOn { get; set; }
    public bool NotTold { get; set; }
    public bool PrivatePromised { get; set; }
    public string? Reference { get; set; }
    public DateOnly CreatedOn { get; set; }
    public DateOnly TouchedOn { get; set; }
    public int Version { get; set; }
    public required byte[] KeyId { get; set; }
}

/// <summary>A unit's sealed content.</summary>
internal sealed class ContentRow
{
    public UnitId Unit { get; set; }
    public required byte[] Sealed { get; set; }
}

/// <summary>Why something was done with a unit, sealed under its key; numbered by the audit entry that holds its hash.</summary>
internal sealed class ReasonRow
{
    public long Sequence { get; set; }
    public UnitId Unit { get; set; }
    public required byte[] Sealed { get; set; }
}

/// <summary>What a hold binds: one unit (a family's with everything of it), or one class of the schedule. That it does, and no more.</summary>
internal sealed class HeldRow
{
    public long Number { get; set; }
    public UnitId Hold { get; set; }
    public UnitId? Unit { get; set; }
    public string? Class { get; set; }
}

/// <summary>What a held unit's content was before a save, sealed under the same key; goes with the last hold.</summary>
internal sealed class EarlierRow
{
    public UnitId Unit { get; set; }
    public int Version { get; set; }
    public required byte[] Sealed { get; set; }
}

/// <summary>A unit's sealed search card, apart so that the board starts without reading content.</summary>
internal sealed class CardRow
{
    public UnitId Unit { get; set; }
    public required byte[] Sealed { get; set; }
}

/// <summary>One link of the audit chain.</summary>
internal sealed class AuditRow
{
    public long Sequence { get; set; }
    public required byte[] Bytes { get; set; }
    public required byte[] Hash { get; set; }
}

/// <summary>Which entries name a unit: an index beside the chain, rebuilt from it at will.</summary>
internal sealed class AuditUnitRow
{
    public UnitId Unit { get; set; }
    public long Sequence { get; set; }
}

/// <summary>A count: name, month, value.</summary>
internal sealed class FigureRow
{
    public required string Name { get; set; }
    public DateOnly Month { get; set; }
    public int Value { get; set; }
}

/// <summary>A destruction that was decided and is not finished: recovery finishes it before the first request.</summary>
internal sealed class ErasureRow
{
    public UnitId Unit { get; set; }
    public required string Why { get; set; }
    public DateTimeOffset DecidedAt { get; set; }
}

/// <summary>A colleague who needs to know a unit under special handling.</summary>
internal sealed class AssignmentRow
{
    public UnitId Unit { get; set; }
    public ColleagueId Colleague { get; set; }
}

/// <summary>A colleague to whom a unit is closed because of a declared conflict.</summary>
internal sealed class ConflictRow
{
    public UnitId Unit { get; set; }
    public ColleagueId Colleague { get; set; }
}

/// <summary>Somebody assigned to WDFIS in writing (S3).</summary>
internal sealed class ColleagueRow
{
    public ColleagueId Id { get; set; }
    public required string Tenant { get; set; }
    public required string DirectoryId { get; set; }
    public required string DisplayName { get; set; }
}

/// <summary>A role of a colleague, both ends included; no end means until further notice.</summary>
internal sealed class RoleRow
{
    public int Id { get; set; }
    public ColleagueId Colleague { get; set; }
    public Role Role { get; set; }
    /// <summary>Bit n stands for the service numbered n.</summary>
    public int Services { get; set; }
    public DateOnly FromOn { get; set; }
    public DateOnly? UntilOn { get; set; }
    public ColleagueId? DeputyOf { get; set; }
    public ColleagueId GrantedBy { get; set; }
    public ColleagueId? ApprovedBy { get; set; }
    public ColleagueId? EndedBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>One sign-in of a colleague in one browser, until it is ended; no longer than twelve hours.</summary>
internal sealed class SessionRow
{
    public SessionId Id { get; set; }
    public ColleagueId Colleague { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public ColleagueId? EndedBy { get; set; }
}

/// <summary>Identifies one session. Known to the cookie and the audit; it opens nothing by itself.</summary>
internal readonly record struct SessionId(Guid Value)
{
    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public override string ToString() => Value.ToString("N");
}

/// <summary>Says of a database what it may hold.</summary>
internal sealed class StampRow
{
    public int Id { get; set; }
    public required string Kind { get; set; }
    public DateTimeOffset MadeAt { get; set; }
}

/// <summary>The last run of a job.</summary>
internal sealed class JobRow
{
    public required string Name { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Outcome { get; set; }
}

/// <summary>A unit's wrapped key, or, when erased, the tombstone in its place.</summary>
internal sealed class KeyRow
{
    public long Number { get; set; }
    public UnitId Unit { get; set; }
    public required byte[] Id { get; set; }
    public int Version { get; set; }
    public byte[]? Wrapped { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}

/// <summary>A secret of the whole strongroom, wrapped: the root key under the key-encryption key, the signing key under the root key.</summary>
internal sealed class RootRow
{
    public required string Name { get; set; }
    public required byte[] Wrapped { get; set; }
}
