using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Confidentiality;

/// <summary>Who acts, and now. Acts take it instead of a clock.</summary>
/// <param name="By">The colleague who acts.</param>
/// <param name="At">The instant, UTC.</param>
public readonly record struct Stamp(ColleagueId By, DateTimeOffset At)
{
    /// <summary>This colleague, now.</summary>
    public static Stamp Now(ColleagueId by, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new Stamp(by, clock.GetUtcNow());
    }

    /// <summary>London's date at that instant.</summary>
    public DateOnly On => London.DateOf(At);

    /// <summary>A problem when the instant lies after now; the same instant is allowed.</summary>
    public Problem? RefuseFuture(string field, DateTimeOffset at) =>
        at > At ? new Problem(field, "This time is in the future. Give the time at which it happened.") : null;

    /// <summary>A problem when the date lies after today; today is allowed.</summary>
    public Problem? RefuseFuture(string field, DateOnly on) =>
        on > On ? new Problem(field, "This date is in the future. Give the day on which it happened.") : null;
}
