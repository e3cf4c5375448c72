using Wdfis.Domain.Calendar;
using Wdfis.Domain.Retention;

namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// Until when a record is kept and why (D5). The date is the last day of keeping, included, a legal date in London.
/// No date means that none can be worked out yet: the record is kept and stands on the review list.
/// </summary>
/// <param name="On">The last day on which the record is kept; null while it is open or its trigger is unknown.</param>
/// <param name="ClassCode">The schedule class, for instance <c>fis-enquiry</c>.</param>
/// <param name="Because">Why, as the end of a sentence: "Families Information enquiries are kept two years from …". Names nobody.</param>
/// <param name="ReviewBy">True when a person has to look because the trigger is not fully known (a birth date is missing).</param>
public sealed record KeepUntil(DateOnly? On, string ClassCode, string Because, bool ReviewBy = false)
{
    private const string ALead = "a lead decided to keep it until then";

    /// <summary>The version of the schedule that last changed the line by which this was worked out.</summary>
    public int ScheduleVersion { get; init; } = 1;

    /// <summary>From what it was counted, coarse enough for an envelope, so that a new version is worked out without opening anything; null where that was not kept.</summary>
    public RetentionFacts? Facts { get; init; }

    /// <summary>A lead decided to keep it at least until this day, included: no schedule and no save goes below. Null for no decision.</summary>
    public DateOnly? NotBefore { get; init; }

    /// <summary>One sentence for the screen: "Kept until 31 March 2029, because … (schedule version 3)." The first version goes without saying.</summary>
    public string Sentence =>
        $"{(On is { } on ? $"{(ReviewBy ? "Review by" : "Kept until")} {on.Words()}" : "Kept while open")}, because {Because}{(ScheduleVersion > 1 && Because != ALead ? $" (schedule version {ScheduleVersion})" : "")}.";

    /// <summary>The later of two keepings; one without a date is the latest of all (mixed triggers take the latest). Of one day, that which somebody has to look at, then that of the newer version.</summary>
    public static KeepUntil Latest(KeepUntil a, KeepUntil b) => b.Rank.CompareTo(a.Rank) > 0 ? b : a;

    /// <summary>True when it is kept longer than the other.</summary>
    public bool IsLaterThan(KeepUntil other) => Rank.Day > other.Rank.Day;

    /// <summary>A lead decided that it is kept longer than until now (D5). The reason is sealed in the act; this binds later schedules and saves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not later than it is kept anyway.</exception>
    public KeepUntil DecidedUntil(DateOnly day) => On is { } on && day > on ? Until(day) : throw new ArgumentOutOfRangeException(nameof(day));

    /// <summary>
    /// What was worked out, under what binds it (D5): never before the day on which a lead decided, and while a hold binds never before
    /// what stood.
    /// </summary>
    public KeepUntil Under(KeepUntil? before, bool onHold)
    {
        var worked = this with { NotBefore = before?.NotBefore };
        if (worked is { NotBefore: { } decided, On: { } on } && on < decided)
            worked = worked.Until(decided);
        return onHold && before?.IsLaterThan(worked) == true
            ? before with { ClassCode = worked.ClassCode, Facts = worked.Facts, NotBefore = worked.NotBefore }
            : worked;
    }

    private (int Day, bool ReviewBy, int Version) Rank => (On?.DayNumber ?? int.MaxValue, ReviewBy, ScheduleVersion);

    private KeepUntil Until(DateOnly day) => this with { On = day, Because = ALead, ReviewBy = false, NotBefore = day };
}
