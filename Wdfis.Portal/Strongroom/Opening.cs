using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>What came of asking for a record.</summary>
internal abstract record Opening<T> where T : class
{
    private Opening() { }

    public abstract TResult Match<TResult>(
        Func<Opened, TResult> opened,
        Func<Refused, TResult> refused,
        Func<Missing, TResult> missing,
        Func<Erased, TResult> erased,
        Func<Damaged, TResult> damaged,
        Func<NoRoom, TResult> noRoom);

    /// <summary>The record, with the leave to read it and its envelope as of the same save.</summary>
    internal sealed record Opened(Classified<T> Record, Clearance Clearance, Envelope Envelope) : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => opened(this);
    }

    /// <summary>Not permitted; the attempt is on record.</summary>
    internal sealed record Refused(ImmutableArray<RefusalReason> Reasons) : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => refused(this);
    }

    /// <summary>There is no such record of this kind.</summary>
    internal sealed record Missing : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => missing(this);
    }

    /// <summary>There was one; its key was destroyed at this instant.</summary>
    internal sealed record Erased(DateTimeOffset At) : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => erased(this);
    }

    /// <summary>It cannot be read: its key is missing or wrong, or its sealed value is broken. Everything else works on.</summary>
    internal sealed record Damaged(UnitId Unit, string What) : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => damaged(this);
    }

    /// <summary>The disk is so full, or another program holds the files, that the opening cannot be written down; so there is none.</summary>
    internal sealed record NoRoom(bool Held = false) : Opening<T>
    {
        public override TResult Match<TResult>(Func<Opened, TResult> opened, Func<Refused, TResult> refused, Func<Missing, TResult> missing, Func<Erased, TResult> erased, Func<Damaged, TResult> damaged, Func<NoRoom, TResult> noRoom) => noRoom(this);
    }
}

/// <summary>One opening of a record, for "who opened this record".</summary>
internal sealed record OpenedBy(ColleagueId Who, DateTimeOffset At, Purpose Purpose, AuditAction Action);

/// <summary>
/// One durable change, numbered by the audit entry that recorded it: what everything live is fed by.
/// <see cref="Envelope"/> is null and <see cref="Card"/> empty when gone; null too where a hold began or ceased to bind, whose unit is then named. Handlers run one after another on the lane: be quick.
/// </summary>
internal sealed record Changed(long Sequence, UnitId Unit, UnitKind Kind, UnitId? Family, bool Gone, Envelope? Envelope, ReadOnlyMemory<byte> Card)
{
    public override string ToString() => $"Changed {Sequence} {Unit}";
}

/// <summary>Which envelopes; every condition that is set must hold. In order of id, which is the order of making.</summary>
internal sealed record EnvelopeQuery
{
    public UnitKind? Kind { get; init; }
    public UnitId? Family { get; init; }
    public ColleagueId? Owner { get; init; }
    /// <summary>All but this colleague's.</summary>
    public ColleagueId? NotOwner { get; init; }
    public Service? Service { get; init; }
    public string? State { get; init; }
    /// <summary>The last day, included.</summary>
    public DateOnly? DueOnOrBefore { get; init; }
    /// <summary>The first day, included.</summary>
    public DateOnly? DueOnOrAfter { get; init; }
    /// <summary>True for the earliest due date first; paging by <see cref="After"/> is by id alone and does not go with it.</summary>
    public bool ByDueDate { get; init; }
    public bool? NotTold { get; init; }
    public bool? PrivatePromised { get; init; }
    /// <summary>Matched exactly.</summary>
    public string? Reference { get; init; }
    /// <summary>Only those after this one: the next page.</summary>
    public UnitId? After { get; init; }
    public int Take { get; init; } = 100;

    /// <summary>Whether an envelope that is at hand already meets every condition: the same answer as the file's.</summary>
    public bool Holds(Envelope unit) =>
        (Kind is null || unit.Kind == Kind) && (Family is null || unit.Family == Family) && (Owner is null || unit.Owner == Owner) && (NotOwner is null || unit.Owner != NotOwner)
        && (Service is null || unit.Service == Service) && (State is null || unit.State == State)
        && (DueOnOrBefore is null || unit.DueOn <= DueOnOrBefore) && (DueOnOrAfter is null || unit.DueOn >= DueOnOrAfter)
        && (NotTold is null || unit.NotTold == NotTold) && (PrivatePromised is null || unit.PrivatePromised == PrivatePromised)
        && (Reference is null || unit.Reference == Reference) && (After is not { } after || unit.Id.CompareTo(after) > 0);
}

/// <summary>The disk is full, or another program holds the files, so that what has to be written down first cannot be.</summary>
internal sealed class NoRoomException(bool held = false) : Exception(held ? "Another program holds the files of the data folder." : "The disk of the data folder is full.")
{
    private const string Cause = "The portal's disk is full, or another program holds its files";

    /// <summary>What everybody reads of it; whom to tell comes after.</summary>
    internal const string Nothing = $"{Cause}, so nothing can be opened or saved at present.";

    /// <summary>What a colleague reads instead of what they asked for.</summary>
    internal const string Sentence = $"{Nothing} Tell your team lead.";

    /// <summary>The same beside a form that is kept as it stands.</summary>
    internal const string TypedStays = $"{Nothing} What you typed stays here: tell your team lead.";

    /// <summary>The same of what somebody asked, which does not wait for the portal.</summary>
    internal const string OnPaper = $"{Nothing} Write it on paper and tell your team lead.";

    /// <summary>The same for whoever others tell.</summary>
    internal const string ForLeads = $"{Nothing} Tell whoever runs the portal.";

    /// <summary>A search that is not on record shows nothing.</summary>
    internal const string NotSearched = $"{Cause}. A search has to be written down first, so nothing can be searched at present: tell your team lead.";

    /// <summary>Nor does a look at anything else.</summary>
    internal const string NotShown = $"{Cause}, so that this look cannot be written down, and nothing is shown.";

    public bool Held { get; } = held;
}
