namespace Wdfis.Domain.Calendar;

/// <summary>The one place where instants become days. Legal dates are London's, summer time included.</summary>
public static class London
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Today's date in London.</summary>
    public static DateOnly Today(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOf(clock.GetUtcNow());
    }

    /// <summary>The same instant with London's clock time and offset, for showing.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The London day that an instant falls on.</summary>
    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>
    /// The instant, in UTC, at which London's clocks show a time that somebody typed. The hour that October repeats is taken the first
    /// time (summer time); a time that March leaves out is taken an hour later, as a clock not yet put forward would show it.
    /// </summary>
    public static DateTimeOffset At(DateOnly on, TimeOnly time)
    {
        var local = on.ToDateTime(time, DateTimeKind.Unspecified);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
