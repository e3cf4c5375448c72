using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>What was looked for after a destruction, and what was found.</summary>
/// <param name="Keys">Destroyed keys whose bytes were looked for in every file; those of a run that a stop interrupted are gone with the rewriting of the key file at the start, and not counted.</param>
/// <param name="KeysFound">Of them, those of which a byte run was found; a certificate is made with none.</param>
/// <param name="Sealed">Sealed values that were destroyed since the record file was last written anew.</param>
/// <param name="SealedFound">Of them, those of which unreadable remnants stand until the weekly tidying.</param>
/// <param name="At">When, UTC.</param>
public sealed record LeftoverCheck(
    [property: Field("disposal.leftover-keys")] int Keys,
    [property: Field("disposal.leftover-keys-found")] int KeysFound,
    [property: Field("disposal.leftover-sealed")] int Sealed,
    [property: Field("disposal.leftover-sealed-found")] int SealedFound,
    [property: Field("disposal.leftover-at")] DateTimeOffset At);

/// <summary>One record that was destroyed: its id, which says whom it meant to nobody any more.</summary>
/// <param name="Unit">The id.</param>
/// <param name="Kind">What it was.</param>
/// <param name="PassedOn">True when it had been passed on before.</param>
public sealed record DestroyedRecord(
    UnitId Unit,
    [property: Field("disposal.kind")] UnitKind Kind,
    [property: Field("disposal.passed-on")] bool PassedOn);

/// <summary>Records that were to go and stayed, by the reason.</summary>
/// <param name="Bar">Why.</param>
/// <param name="Count">How many.</param>
public sealed record LeftRecords(
    [property: Field("disposal.bar")] DisposalBar Bar,
    [property: Field("disposal.count")] int Count);

/// <summary>
/// The certificate of one disposal (D5; field-guide.md section 4, "record of destruction"): figures, ids, colleagues, dates; of families
/// nothing. Compares by reference.
/// </summary>
public sealed record DisposalCertificate
{
    /// <summary>How: the same for every record.</summary>
    public const string Method = "The record's own key was destroyed first, in its place and in the file's journal; then its rows, search card, earlier versions and typed reasons were deleted and overwritten. Copies of the records are unreadable without that key.";

    /// <summary>The unit.</summary>
    public required UnitId Id { get; init; }
    /// <summary>The list's id.</summary>
    public required UnitId List { get; init; }
    /// <summary>The list's number.</summary>
    [Field("disposal.number")]
    public required string Number { get; init; }
    /// <summary>Why the list was made.</summary>
    [Field("disposal.cause")]
    public required DisposalCause Cause { get; init; }
    /// <summary>The class of the schedule; empty across classes.</summary>
    [Field("disposal.class")]
    public required string Class { get; init; }
    /// <summary>The schedule's version.</summary>
    [Field("disposal.schedule-version")]
    public required int ScheduleVersion { get; init; }
    /// <summary>From which day the class counts; null across classes, or when the class is gone.</summary>
    [Field("disposal.trigger")]
    public RetentionTrigger? Trigger { get; init; }
    /// <summary>The service.</summary>
    [Field("disposal.service")]
    public required Service Service { get; init; }
    /// <summary>True when a sample was opened and the list approved as a whole.</summary>
    [Field("disposal.short-road")]
    public required bool ShortRoad { get; init; }
    /// <summary>Who made the list.</summary>
    public required ColleagueId PreparedBy { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("disposal.prepared-at")]
    public required DateTimeOffset PreparedAt { get; init; }
    /// <summary>Who decided about its records or opened the sample, and handed it over; each once.</summary>
    public required ImmutableArray<ColleagueId> ReviewedBy { get; init; }
    /// <summary>When it was handed over, UTC.</summary>
    [Field("disposal.reviewed-at")]
    public required DateTimeOffset ReviewedAt { get; init; }
    /// <summary>The second person: none of the others.</summary>
    public required ColleagueId ApprovedBy { get; init; }
    /// <summary>When they agreed, UTC.</summary>
    [Field("disposal.approved-at")]
    public required DateTimeOffset ApprovedAt { get; init; }
    /// <summary>When destruction began, UTC.</summary>
    [Field("disposal.begun-at")]
    public required DateTimeOffset BegunAt { get; init; }
    /// <summary>When the last record was gone and the files were searched, UTC: each record's hold was looked at between the two, in the transaction that destroyed it.</summary>
    [Field("disposal.ended-at")]
    public required DateTimeOffset EndedAt { get; init; }
    /// <summary>The earliest last day of keeping among what was destroyed; null when none had one.</summary>
    [Field("disposal.earliest")]
    public DateOnly? Earliest { get; init; }
    /// <summary>The latest.</summary>
    [Field("disposal.latest")]
    public DateOnly? Latest { get; init; }
    /// <summary>What was destroyed.</summary>
    public required ImmutableArray<DestroyedRecord> Destroyed { get; init; }
    /// <summary>How many a lead decided to keep.</summary>
    [Field("disposal.kept")]
    public required int Kept { get; init; }
    /// <summary>How many a hold bound in the review.</summary>
    [Field("disposal.held")]
    public required int Held { get; init; }
    /// <summary>What was to go and stayed when it was looked at again.</summary>
    public required ImmutableArray<LeftRecords> Left { get; init; }
    /// <summary>What was looked for afterwards.</summary>
    public required LeftoverCheck Leftover { get; init; }
    /// <summary>The first day, London, on which no backup of the key file that still holds one of the keys is kept any more; null when none did.</summary>
    [Field("disposal.backups-gone")]
    public DateOnly? BackupsGoneOn { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(DisposalCertificate);

    /// <inheritdoc/>
    public bool Equals(DisposalCertificate? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>
/// What stays of a destroyed record: one more in a count of at most three dimensions (month of making, service, topic), and never a row of
/// its own (D1, D5).
/// </summary>
public static class KeptStatistic
{
    /// <summary>What the names of these figures begin with; then the service's number, a slash and the topic's code.</summary>
    public const string Prefix = "statistic/";

    /// <summary>The figure's name and month (its first day) for a record whose class keeps the statistic.</summary>
    public static (string Name, DateOnly Month) Of(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return ($"{Prefix}{(int)envelope.Service}/{envelope.Topic ?? "none"}", new DateOnly(envelope.CreatedOn.Year, envelope.CreatedOn.Month, 1));
    }
}
