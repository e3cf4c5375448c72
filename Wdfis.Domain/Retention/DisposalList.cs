using System.Collections.Immutable;
using System.Security.Cryptography;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>What a lead decided about one record (D5; field-guide.md section 4). Numbers are stored: never reuse one.</summary>
public enum DisposalDecision
{
    /// <summary>It goes.</summary>
    Dispose = 1,
    /// <summary>It is kept until a later date, for a reason.</summary>
    Keep = 2,
    /// <summary>A hold binds it.</summary>
    Hold = 3,
    /// <summary>It was passed on through the gate, and goes here.</summary>
    PassOn = 4,
}

/// <summary>Where a list stands. Worked out, never stored.</summary>
public enum DisposalStage
{
    /// <summary>Made; a lead reviews it.</summary>
    Prepared = 1,
    /// <summary>Reviewed and handed over: waits for a second person.</summary>
    Reviewed = 2,
    /// <summary>Approved: cools off, and can still be aborted.</summary>
    Approved = 3,
    /// <summary>Destruction has begun: it is finished whatever happens.</summary>
    Destroying = 4,
    /// <summary>Destroyed, with a certificate.</summary>
    Done = 5,
    /// <summary>Given up before anything was destroyed, or nothing was to go.</summary>
    Aborted = 6,
}

/// <summary>Why a list was made. Numbers are stored: never reuse one.</summary>
public enum DisposalCause
{
    /// <summary>The last day of keeping has passed.</summary>
    DatePassed = 1,
    /// <summary>The permission that was the only ground was taken back (issue of consent, U2).</summary>
    GroundWithdrawn = 2,
}

/// <summary>Why a record that was to go stays for now. Numbers are stored: never reuse one.</summary>
public enum DisposalBar
{
    /// <summary>A hold binds it.</summary>
    Held = 1,
    /// <summary>Its last day of keeping has not passed for certain.</summary>
    NotDue = 2,
    /// <summary>It was changed after somebody decided.</summary>
    Changed = 3,
    /// <summary>Something is still kept that leans on it.</summary>
    LeanedOn = 4,
    /// <summary>It had gone already, by another act.</summary>
    Gone = 5,
    /// <summary>The family was in touch in the last weeks.</summary>
    Paused = 6,
    /// <summary>Its processing is restricted (Article 18): it is stored and nothing else.</summary>
    Restricted = 7,
    /// <summary>A person has to look first: a birth date is missing, or its class no longer exists.</summary>
    DateUnknown = 8,
}

/// <summary>One record of a list: ids, coarse facts and what was decided. Shows no content; compares by value.</summary>
/// <param name="Unit">The record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Version">The version of the record that was looked at: any later one is not what was decided on.</param>
/// <param name="KeptUntil">Its last day of keeping, London; null where there was none.</param>
public sealed record DisposalItem(
    UnitId Unit,
    [property: Field("disposal.kind")] UnitKind Kind,
    [property: Field("disposal.version")] int Version,
    [property: Field("disposal.kept-until")] DateOnly? KeptUntil)
{
    /// <summary>What was decided; null for nothing yet.</summary>
    [Field("disposal.decision")]
    public DisposalDecision? Decision { get; init; }
    /// <summary>Who decided.</summary>
    public ColleagueId? By { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("disposal.decided-at")]
    public DateTimeOffset? At { get; init; }
    /// <summary>Why, as typed; always there for keeping and passing on.</summary>
    [Field("disposal.why")]
    public string? Why { get; init; }
    /// <summary>For keeping: the new last day, London.</summary>
    [Field("disposal.until")]
    public DateOnly? Until { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(DisposalItem);
}

/// <summary>The council's choices about disposal (D5); bounds in <see cref="Check"/>.</summary>
public sealed record DisposalTerms
{
    /// <summary>Days between approval and destruction; none on the short road.</summary>
    public required int CoolingOffDays { get; init; }
    /// <summary>How much of a list on the short road is opened before it is handed over, in percent, rounded up.</summary>
    public required int SamplePercent { get; init; }

    /// <summary>What is wrong with them, or null: 0 to 90 days of cooling off, a sample of 1 to 100 %.</summary>
    public static Problem? Check(DisposalTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.CoolingOffDays is < 0 or > 90 ? new Problem(nameof(CoolingOffDays), "0 to 90 days")
            : terms.SamplePercent is < 1 or > 100 ? new Problem(nameof(SamplePercent), "1 to 100 percent")
            : null;
    }
}

/// <summary>
/// A list of records to be disposed of (D5): prepared, reviewed by one lead, approved by a second person, cooled off, destroyed. Every step is
/// a method that refuses what is not its turn. Holds ids and decisions, of families nothing. Compares by reference.
/// </summary>
public sealed record DisposalList
{
    /// <summary>The most records that somebody is asked to review one by one in one list.</summary>
    public const int MostReviewed = 500;
    /// <summary>The most records of a list on the short road.</summary>
    public const int Most = 10_000;

    private DisposalList() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>Its number, <c>D-2026-014</c>: names it in the audit, and never stands for two lists.</summary>
    [Field("disposal.number")]
    public string Number { get; private init; } = "";
    /// <summary>Why it was made.</summary>
    [Field("disposal.cause")]
    public DisposalCause Cause { get; private init; }
    /// <summary>The class of the schedule; empty for a list that goes across classes.</summary>
    [Field("disposal.class")]
    public string Class { get; private init; } = "";
    /// <summary>The schedule's version when it was made.</summary>
    [Field("disposal.schedule-version")]
    public int ScheduleVersion { get; private init; }
    /// <summary>True when the list is approved as a whole after a sample was opened.</summary>
    [Field("disposal.short-road")]
    public bool ShortRoad { get; private init; }
    /// <summary>The service.</summary>
    [Field("disposal.service")]
    public Service Service { get; private init; }
    /// <summary>Who made it; the portal for the job.</summary>
    public ColleagueId PreparedBy { get; private init; }
    /// <summary>When it was made, UTC.</summary>
    [Field("disposal.prepared-at")]
    public DateTimeOffset PreparedAt { get; private init; }
    /// <summary>Its records; never empty.</summary>
    public ImmutableArray<DisposalItem> Items { get; private init; } = [];
    /// <summary>Who reviewed it and handed it over.</summary>
    public ColleagueId? ReviewedBy { get; private init; }
    /// <summary>When, UTC.</summary>
    [Field("disposal.reviewed-at")]
    public DateTimeOffset? ReviewedAt { get; private init; }
    /// <summary>The second person's agreement to exactly this list.</summary>
    public Approval? Approval { get; private init; }
    /// <summary>The instant before which nothing is destroyed, UTC.</summary>
    [Field("disposal.cools-until")]
    public DateTimeOffset? CoolsUntil { get; private init; }
    /// <summary>When destruction began, UTC.</summary>
    [Field("disposal.begun-at")]
    public DateTimeOffset? BegunAt { get; private init; }
    /// <summary>When it ended with a certificate, or the list was aborted, UTC.</summary>
    [Field("disposal.ended-at")]
    public DateTimeOffset? EndedAt { get; private init; }
    /// <summary>Who sent it back or aborted it last.</summary>
    public ColleagueId? StoppedBy { get; private init; }
    /// <summary>Why it was sent back or aborted last.</summary>
    [Field("disposal.stopped-why")]
    public string? StoppedWhy { get; private init; }

    /// <summary>Where it stands.</summary>
    public DisposalStage Stage =>
        EndedAt is not null ? BegunAt is null ? DisposalStage.Aborted : DisposalStage.Done
        : BegunAt is not null ? DisposalStage.Destroying
        : Approval is not null ? DisposalStage.Approved
        : ReviewedAt is not null ? DisposalStage.Reviewed
        : DisposalStage.Prepared;

    /// <summary>True while its records are in no other list.</summary>
    public bool IsOpen => Stage is not (DisposalStage.Done or DisposalStage.Aborted);

    /// <summary>The records that go: on the short road all, else those decided so.</summary>
    public IEnumerable<DisposalItem> Going => Items.Where(item => item.Decision is DisposalDecision.Dispose or DisposalDecision.PassOn || ShortRoad && item.Decision is null);

    /// <summary>Records about which nobody has decided; none on the short road.</summary>
    public int Undecided => ShortRoad ? 0 : Items.Count(item => item.Decision is null);

    /// <summary>Makes a list. Refuses none, too many for its road, and a record twice.</summary>
    public static Checked<DisposalList> Prepare(UnitId id, string number, DisposalCause cause, string keepClass, int scheduleVersion, bool shortRoad, Service service, IEnumerable<DisposalItem> items, Stamp now)
    {
        var listed = items.ToImmutableArray();
        var most = shortRoad ? Most : MostReviewed;
        return Checked<DisposalList>.From(
            [
                listed.IsEmpty ? new Problem("", "None of these records can be disposed of today.") : null,
                listed.Length > most ? new Problem("", $"A list holds at most {most:N0} records.") : null,
                listed.Select(item => item.Unit).Distinct().Count() < listed.Length ? new Problem("", "A record stands in a list once.") : null,
            ],
            () => new DisposalList
            {
                Id = id,
                Number = number,
                Cause = cause,
                Class = keepClass,
                ScheduleVersion = scheduleVersion,
                ShortRoad = shortRoad,
                Service = service,
                PreparedBy = now.By,
                PreparedAt = now.At,
                Items = listed,
            });
    }

    /// <summary>The same under another number: the one before was taken.</summary>
    public DisposalList Numbered(string number) => this with { Number = number };

    /// <summary>
    /// Decides about records as they were <paramref name="shown"/> to the colleague, in the <paramref name="versions"/> that they have now.
    /// Refused when the list is past its review, a record was decided about by somebody else meanwhile, keeping has no later date (at most
    /// <paramref name="latest"/>) or no reason, or passing on has no reason.
    /// </summary>
    public Checked<DisposalList> Decide(IReadOnlyCollection<DisposalItem> shown, IReadOnlyDictionary<UnitId, int> versions, DisposalDecision decision, DateOnly? until, DateOnly latest, string? why, Stamp now)
    {
        var there = Items.ToDictionary(item => item.Unit);
        return Checked<DisposalList>.From(
            [
                At(DisposalStage.Prepared),
                shown.Count == 0 ? new Problem("", "Choose at least one record.") : null,
                shown.Any(item => !there.TryGetValue(item.Unit, out var stands) || stands != item) ? new Problem("", "Somebody decided about one of these meanwhile. Look at it again: nothing of theirs was changed.") : null,
                decision == DisposalDecision.Keep && (until is not { } day || day <= now.On || day > latest) ? new Problem("disposal.until", $"Give a day after today, {latest.Words()} at the latest.") : null,
                decision is DisposalDecision.Keep or DisposalDecision.PassOn && string.IsNullOrWhiteSpace(why) ? new Problem("disposal.why", decision == DisposalDecision.Keep ? "Say why it is kept." : "Say to whom it was passed on, and why.") : null,
                TypedText.Check("disposal.why", why, 1_000, lines: true),
            ],
            () =>
            {
                var decided = shown.Select(item => item.Unit).ToHashSet();
                return this with
                {
                    Items = [.. Items.Select(item => !decided.Contains(item.Unit) ? item : item with
                    {
                        Version = versions.GetValueOrDefault(item.Unit, item.Version),
                        Decision = decision,
                        By = now.By,
                        At = now.At,
                        Why = TypedText.Clean(why),
                        Until = decision == DisposalDecision.Keep ? until : null,
                    })],
                };
            });
    }

    /// <summary>The records of the short road that are opened before it is handed over: chosen by chance, the same each time. Empty on the long road.</summary>
    public IReadOnlyList<UnitId> Sample(int percent) => !ShortRoad ? [] :
        [.. Items.Select(item => item.Unit).OrderBy(unit => Convert.ToHexString(SHA256.HashData([.. Id.ToBytes(), .. unit.ToBytes()])), StringComparer.Ordinal).Take((Items.Length * percent + 99) / 100)];

    /// <summary>Hands it to a second person; where nothing is to go, it ends here. Refused before every record was decided about, or before the whole sample was opened.</summary>
    public Checked<DisposalList> HandOver(int sampleLeft, Stamp now) => Checked<DisposalList>.From(
        [
            At(DisposalStage.Prepared),
            Undecided > 0 ? new Problem("", $"{Undecided:N0} {(Undecided == 1 ? "record is" : "records are")} still undecided. Decide about each, then hand over.") : null,
            sampleLeft > 0 ? new Problem("", $"{sampleLeft:N0} of the sample {(sampleLeft == 1 ? "has" : "have")} not been opened. Open each, then hand over.") : null,
        ],
        () => this with { ReviewedBy = now.By, ReviewedAt = now.At, EndedAt = Going.Any() ? null : now.At });

    /// <summary>Sends it back to its review. Refused without a reason.</summary>
    public Checked<DisposalList> Return(string? why, Stamp now) => Checked<DisposalList>.From(
        [At(DisposalStage.Reviewed), Reason(why)],
        () => this with { ReviewedBy = null, ReviewedAt = null, StoppedBy = now.By, StoppedWhy = TypedText.Clean(why) });

    /// <summary>
    /// The second person agrees to exactly this list. Refused to whoever handed it over or decided about one of its records, and to roles that
    /// agree to nothing. From then it cools off; not on the short road.
    /// </summary>
    public Checked<DisposalList> Approve(Role @as, string? why, int coolingOffDays, Stamp now)
    {
        if (At(DisposalStage.Reviewed) is { } notNow)
            return notNow;
        if (Items.Any(item => item.By == now.By))
            return new Problem("approval.by", "You decided about a record of this list. Somebody else has to agree.");
        var approval = Approval.Create(Fingerprint(), ReviewedBy!.Value, @as, why, DateTimeOffset.MaxValue, now);
        return approval.Match<Checked<DisposalList>>(
            agreed => this with { Approval = agreed, CoolsUntil = ShortRoad ? now.At : now.At.AddDays(coolingOffDays) },
            refused => Checked<DisposalList>.From(refused, () => this));
    }

    /// <summary>Gives it up. Refused once destruction has begun, and without a reason.</summary>
    public Checked<DisposalList> Abort(string? why, Stamp now) => Checked<DisposalList>.From(
        [
            Stage is DisposalStage.Prepared or DisposalStage.Reviewed or DisposalStage.Approved ? null : new Problem("", Stage == DisposalStage.Destroying ? "Destruction has begun: it can no longer be aborted." : "This list has ended. Open the page again."),
            Reason(why),
        ],
        () => this with { EndedAt = now.At, StoppedBy = now.By, StoppedWhy = TypedText.Clean(why) });

    /// <summary>True when it may be destroyed at this instant: approved by two, for exactly what stands here, and cooled off.</summary>
    public bool MayBegin(DateTimeOffset now) => Stage == DisposalStage.Approved && CoolsUntil <= now && Approval!.Covers(Fingerprint(), ReviewedBy!.Value, now);

    /// <summary>Begins the destruction.</summary>
    /// <exception cref="InvalidOperationException">It may not.</exception>
    public DisposalList Begin(DateTimeOffset now) => MayBegin(now) ? this with { BegunAt = now } : throw new InvalidOperationException("A list that is not approved and cooled off is not destroyed.");

    /// <summary>Ends it, together with its certificate.</summary>
    /// <exception cref="InvalidOperationException">It has not begun.</exception>
    public DisposalList Finish(DateTimeOffset now) => Stage == DisposalStage.Destroying ? this with { EndedAt = now < BegunAt ? BegunAt : now } : throw new InvalidOperationException("Only what has begun can end.");

    /// <summary>SHA-256 of what is agreed to: the list, its records, the version of each, and what was decided.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Id.ToBytes());
        foreach (var item in Items)
        {
            hash.AppendData(item.Unit.ToBytes());
            hash.AppendData(BitConverter.GetBytes(item.Version));
            hash.AppendData([(byte)(item.Decision ?? 0)]);
            hash.AppendData(BitConverter.GetBytes(item.Until?.DayNumber ?? -1));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Why a record must not go at this moment, or null. Asked when a list is prepared and again for each record at its destruction. A day of
    /// grace is between the last day of keeping and disposal: a clock that runs a day ahead destroys nothing that is still to be kept.
    /// It looks at the envelope as it is <paramref name="now"/> (null when the record has gone), at the version that was decided on (null
    /// for nothing decided yet), at whether something of the family is still kept that leans on this card, and at whether a contact pauses it.
    /// </summary>
    public static DisposalBar? Bar(Envelope? now, DisposalCause cause, int? decidedOn, bool leanedOn, bool paused, DateOnly today) =>
        now is null ? DisposalBar.Gone
        : now.OnHold ? DisposalBar.Held
        : now.Restricted ? DisposalBar.Restricted
        : cause == DisposalCause.DatePassed && now.KeepUntil.ReviewBy ? DisposalBar.DateUnknown
        : cause == DisposalCause.DatePassed && !(now.KeepUntil.On is { } on && on.AddDays(1) < today) ? DisposalBar.NotDue
        : decidedOn is { } version && version != now.Version ? DisposalBar.Changed
        : cause == DisposalCause.DatePassed && paused ? DisposalBar.Paused
        : leanedOn ? DisposalBar.LeanedOn
        : null;

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Without records, or a step without the one before it.</exception>
    public static DisposalList Restore(UnitId id, string number, DisposalCause cause, string keepClass, int scheduleVersion, bool shortRoad, Service service, ColleagueId preparedBy, DateTimeOffset preparedAt,
        ImmutableArray<DisposalItem> items, ColleagueId? reviewedBy, DateTimeOffset? reviewedAt, Approval? approval, DateTimeOffset? coolsUntil, DateTimeOffset? begunAt, DateTimeOffset? endedAt, ColleagueId? stoppedBy, string? stoppedWhy) =>
        id.IsEmpty || string.IsNullOrEmpty(number) || items.IsDefaultOrEmpty || reviewedBy is null != reviewedAt is null || approval is not null && (reviewedAt is null || coolsUntil is null) || begunAt is not null && approval is null
            ? throw new ArgumentException("A list holds records, and each of its steps follows the one before.", nameof(items))
            : new DisposalList
            {
                Id = id,
                Number = number,
                Cause = cause,
                Class = keepClass,
                ScheduleVersion = scheduleVersion,
                ShortRoad = shortRoad,
                Service = service,
                PreparedBy = preparedBy,
                PreparedAt = preparedAt,
                Items = items,
                ReviewedBy = reviewedBy,
                ReviewedAt = reviewedAt,
                Approval = approval,
                CoolsUntil = coolsUntil,
                BegunAt = begunAt,
                EndedAt = endedAt,
                StoppedBy = stoppedBy,
                StoppedWhy = stoppedWhy,
            };

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(DisposalList);

    /// <inheritdoc/>
    public bool Equals(DisposalList? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private Problem? At(DisposalStage stage) => Stage == stage ? null : new Problem("", $"This list is {Stage.Words().ToLowerInvariant()} by now. Open the page again.");

    private static Problem? Reason(string? why) => string.IsNullOrWhiteSpace(why) ? new Problem("disposal.stopped-why", "Say why, in a sentence.") : TypedText.Check("disposal.stopped-why", why, 1_000, lines: true);
}

/// <summary>The words for disposal.</summary>
public static class DisposalWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this DisposalStage stage) => stage switch
    {
        DisposalStage.Prepared => "In review",
        DisposalStage.Reviewed => "Waiting for a second person",
        DisposalStage.Approved => "Approved, cooling off",
        DisposalStage.Destroying => "Being destroyed",
        DisposalStage.Done => "Destroyed",
        DisposalStage.Aborted => "Ended, nothing destroyed",
    };

    /// <summary>The code on the envelope.</summary>
    public static string Code(this DisposalStage stage) => stage switch
    {
        DisposalStage.Prepared => "prepared",
        DisposalStage.Reviewed => "reviewed",
        DisposalStage.Approved => "approved",
        DisposalStage.Destroying => "destroying",
        DisposalStage.Done => "done",
        DisposalStage.Aborted => "aborted",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this DisposalDecision decision) => decision switch
    {
        DisposalDecision.Dispose => "Dispose of",
        DisposalDecision.Keep => "Keep",
        DisposalDecision.Hold => "On hold",
        DisposalDecision.PassOn => "Passed on, dispose of",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this DisposalCause cause) => cause switch
    {
        DisposalCause.DatePassed => "The last day of keeping has passed",
        DisposalCause.GroundWithdrawn => "The permission that was the only ground was taken back",
    };

    /// <summary>Why it stays, as the end of "left where it is: ".</summary>
    public static string Words(this DisposalBar bar) => bar switch
    {
        DisposalBar.Held => "a hold binds it",
        DisposalBar.NotDue => "its last day of keeping has not passed",
        DisposalBar.Changed => "it was changed after somebody decided",
        DisposalBar.LeanedOn => "something of the family is still kept",
        DisposalBar.Gone => "it had gone already",
        DisposalBar.Paused => "the family was in touch in the last weeks",
        DisposalBar.Restricted => "its processing is restricted",
        DisposalBar.DateUnknown => "a date is not known",
    };
}
