using System.Globalization;

namespace Wdfis.Domain.Calendar;

/// <summary>Whether a day is a working day.</summary>
/// <param name="IsWorking">True from Monday to Friday outside bank holidays.</param>
/// <param name="Certain">False when the day lies outside the known bank holidays, so that one could still be proclaimed.</param>
public readonly record struct WorkingDayAnswer(bool IsWorking, bool Certain);

/// <summary>A date worked out over working days.</summary>
/// <param name="On">The date.</param>
/// <param name="Certain">False when a day on the way lies outside the known bank holidays: show the date as provisional.</param>
public readonly record struct WorkingDate(DateOnly On, bool Certain);

/// <summary>
/// Working days in England and Wales: Monday to Friday outside bank holidays (field-guide.md sections 1.1 and 9). Closure days of the
/// council and school holidays are working days.
/// </summary>
public sealed class WorkingDays(BankHolidays holidays)
{
    /// <summary>The bank holidays that it goes by.</summary>
    public BankHolidays Holidays { get; } = holidays ?? throw new ArgumentNullException(nameof(holidays));

    /// <summary>Whether a day is a working day; weekends are certain for ever.</summary>
    public WorkingDayAnswer IsWorkingDay(DateOnly on) =>
        IsWeekend(on) ? new WorkingDayAnswer(false, true) : new WorkingDayAnswer(Holidays.Find(on) is null, Holidays.IsKnown(on));

    /// <summary>Why a day is no working day ("Saturday", "Good Friday"), for the line that explains a due date; null when it is one.</summary>
    public string? WhyNot(DateOnly on) =>
        IsWeekend(on) ? CultureInfo.GetCultureInfo("en-GB").DateTimeFormat.GetDayName(on.DayOfWeek) : Holidays.Find(on)?.Name;

    /// <summary>The day itself when it is a working day, else the next that is.</summary>
    public WorkingDate NextOrSame(DateOnly on) => Add(on, 0);

    /// <summary>
    /// The <paramref name="days"/>th working day after <paramref name="from"/>, which itself is not counted. Nought gives
    /// <see cref="NextOrSame"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public WorkingDate Add(DateOnly from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var on = from;
        var certain = true;
        if (days > 0)
            on = on.AddDays(1);
        for (var left = Math.Max(days, 1); ; on = on.AddDays(1))
        {
            var day = IsWorkingDay(on);
            certain &= day.Certain;
            if (day.IsWorking && --left == 0)
                return new WorkingDate(on, certain);
        }
    }

    /// <summary>The office hours between two instants, nine to five in London on working days; none when the second is not later. Counts a year back at most.</summary>
    public TimeSpan Hours(DateTimeOffset from, DateTimeOffset to)
    {
        var last = London.DateOf(to);
        var first = from > to ? last.AddDays(1) : London.DateOf(from) is var day && day > last.AddDays(-366) ? day : last.AddDays(-366);
        var hours = TimeSpan.Zero;
        for (var on = first; on <= last; on = on.AddDays(1))
        {
            if (!IsWorkingDay(on).IsWorking)
                continue;
            var (opens, closes) = (London.At(on, new TimeOnly(9, 0)), London.At(on, new TimeOnly(17, 0)));
            var (begin, end) = (from > opens ? from : opens, to < closes ? to : closes);
            if (end > begin)
                hours += end - begin;
        }
        return hours;
    }

    private static bool IsWeekend(DateOnly on) => on.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
