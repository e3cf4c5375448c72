namespace Wdfis.Domain.Calendar;

/// <summary>What becomes of 29 February in a year without one.</summary>
public enum LeapDay
{
    /// <summary>28 February: months end with months. For clocks that bind us.</summary>
    ToLastOfFebruary = 1,
    /// <summary>1 March: nothing goes a day early. For retention (field-guide.md section 4).</summary>
    ToFirstOfMarch = 2,
}

/// <summary>
/// The same day number in another month or year (field-guide.md section 1.1). Count months from the original start in one step: a date
/// that was already brought back to a month's end must not be counted on from.
/// </summary>
public static class CorrespondingDate
{
    /// <summary>The same day number <paramref name="months"/> months on; the month's last day where it has no such number.</summary>
    public static DateOnly AddMonths(DateOnly on, int months) => on.AddMonths(months);

    /// <summary>The same day and month <paramref name="years"/> years on; the caller says what becomes of 29 February.</summary>
    public static DateOnly AddYears(DateOnly on, int years, LeapDay leapDay)
    {
        var clamped = on.AddYears(years);
        var lost = clamped.Day != on.Day;
        return leapDay switch
        {
            LeapDay.ToLastOfFebruary => clamped,
            LeapDay.ToFirstOfMarch => lost ? clamped.AddDays(1) : clamped,
        };
    }
}
