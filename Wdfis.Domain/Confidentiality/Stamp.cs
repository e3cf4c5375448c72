namespace Wdfis.Domain.Confidentiality;

/// <summary>Who acts, and now: the instant (UTC) and the London date that it falls on. Acts take it instead of a clock.</summary>
/// <param name="By">The colleague who acts.</param>
/// <param name="At">The instant, UTC.</param>
/// <param name="On">London's date at that instant.</param>
public readonly record struct Stamp(ColleagueId By, DateTimeOffset At, DateOnly On)
{
    /// <summary>A problem when the instant lies after now; the same instant is allowed.</summary>
    public Problem? RefuseFuture(string field, DateTimeOffset at) =>
        at > At ? new Problem(field, "This time is in the future. Give the time at which it happened.") : null;

    /// <summary>A problem when the date lies after today; today is allowed.</summary>
    public Problem? RefuseFuture(string field, DateOnly on) =>
        on > On ? new Problem(field, "This date is in the future. Give the day on which it happened.") : null;
}
