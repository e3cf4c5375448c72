using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Calendar;

/// <summary>One bank holiday.</summary>
/// <param name="On">The day on which it is kept.</param>
/// <param name="Name">Its name, as in "Good Friday".</param>
/// <param name="Substitute">True when it is kept on another day than its own because that is a weekend.</param>
public sealed record BankHoliday(DateOnly On, string Name, bool Substitute = false);

/// <summary>A day that configuration adds to the bank holidays, or takes out of them (a royal proclamation).</summary>
/// <param name="On">The day.</param>
/// <param name="Name">Why: the holiday's name, or what took it away. Never empty.</param>
/// <param name="Removed">True when the day is taken out.</param>
public sealed record BankHolidayChange(DateOnly On, string Name, bool Removed = false);

/// <summary>
/// The bank holidays of England and Wales (field-guide.md section 9): the rule, the one-offs of 2019 to 2028 as published on
/// 21 August 2026, and the changes from configuration. Answers for every year, and is <see cref="IsKnown">known</see> only from
/// <see cref="KnownFrom"/> to <see cref="KnownUntil"/>, both included: elsewhere the rule alone speaks.
/// </summary>
public sealed class BankHolidays
{
    /// <summary>The first day for which the list is checked against the published one, included.</summary>
    public static readonly DateOnly KnownFrom = new(2019, 1, 1);

    /// <summary>The last day of the built-in list, included.</summary>
    public static readonly DateOnly PublishedUntil = new(2028, 12, 31);

    private static readonly ImmutableArray<BankHolidayChange> OneOffs =
    [
        new(new DateOnly(2020, 5, 4), "Moved to 8 May for VE Day", Removed: true),
        new(new DateOnly(2020, 5, 8), "Early May bank holiday (VE Day)"),
        new(new DateOnly(2022, 5, 30), "Moved to 2 June for the Platinum Jubilee", Removed: true),
        new(new DateOnly(2022, 6, 2), "Spring bank holiday"),
        new(new DateOnly(2022, 6, 3), "Platinum Jubilee bank holiday"),
        new(new DateOnly(2022, 9, 19), "State funeral of Queen Elizabeth II"),
        new(new DateOnly(2023, 5, 8), "Coronation of King Charles III"),
    ];

    private readonly ImmutableArray<BankHolidayChange> changes;

    private BankHolidays(ImmutableArray<BankHolidayChange> changes, DateOnly knownUntil)
    {
        this.changes = changes;
        KnownUntil = knownUntil;
    }

    /// <summary>The published list alone.</summary>
    public static BankHolidays Published { get; } = new(OneOffs, PublishedUntil);

    /// <summary>The last day for which the list is known, included. Beyond it answers are the rule's, and not certain.</summary>
    public DateOnly KnownUntil { get; }

    /// <summary>The published list with changes from configuration, known until a later day when somebody has checked it.</summary>
    /// <exception cref="ArgumentException"><see cref="Check"/> finds a problem with the changes.</exception>
    public static BankHolidays Create(IEnumerable<BankHolidayChange> changes, DateOnly? knownUntil = null)
    {
        var listed = changes.ToImmutableArray();
        if (Check(listed) is [var problem, ..])
            throw new ArgumentException($"{problem.Field}: {problem.Sentence}", nameof(changes));
        return new BankHolidays(OneOffs.AddRange(listed), knownUntil is { } until && until > PublishedUntil ? until : PublishedUntil);
    }

    /// <summary>What is wrong with configured changes: no name, one day named twice, adding what is there, removing what is not.</summary>
    public static IReadOnlyList<Problem> Check(IEnumerable<BankHolidayChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<Problem>();
        var seen = new HashSet<DateOnly>();
        foreach (var change in changes)
        {
            var field = change.On.ToString("O");
            if (string.IsNullOrWhiteSpace(change.Name))
                problems.Add(new Problem(field, "Say which holiday this is, or why it is taken out."));
            if (!seen.Add(change.On))
                problems.Add(new Problem(field, "This day is named twice. Keep one of them."));
            else if (change.Removed == (Published.Find(change.On) is null))
                problems.Add(new Problem(field, change.Removed ? "This day is no bank holiday, so it cannot be taken out." : "This day is a bank holiday already."));
        }
        return problems;
    }

    /// <summary>True for a day inside the known list.</summary>
    public bool IsKnown(DateOnly on) => on >= KnownFrom && on <= KnownUntil;

    /// <summary>The holiday kept on a day; null when there is none.</summary>
    public BankHoliday? Find(DateOnly on) => In(on.Year).FirstOrDefault(holiday => holiday.On == on);

    /// <summary>The holidays kept in a calendar year, in order.</summary>
    public IReadOnlyList<BankHoliday> In(int year)
    {
        var days = ByRule(year).ToDictionary(holiday => holiday.On);
        foreach (var change in changes)
        {
            if (change.On.Year != year)
                continue;
            if (change.Removed)
                days.Remove(change.On);
            else
                days[change.On] = new BankHoliday(change.On, change.Name);
        }
        return [.. days.Values.OrderBy(holiday => holiday.On)];
    }

    private static IEnumerable<BankHoliday> ByRule(int year)
    {
        var newYear = new DateOnly(year, 1, 1);
        yield return newYear.DayOfWeek switch
        {
            DayOfWeek.Saturday => new BankHoliday(newYear.AddDays(2), "New Year's Day", Substitute: true),
            DayOfWeek.Sunday => new BankHoliday(newYear.AddDays(1), "New Year's Day", Substitute: true),
            _ => new BankHoliday(newYear, "New Year's Day"),
        };
        var easter = EasterSunday(year);
        yield return new BankHoliday(easter.AddDays(-2), "Good Friday");
        yield return new BankHoliday(easter.AddDays(1), "Easter Monday");
        yield return new BankHoliday(MondayFrom(new DateOnly(year, 5, 1)), "Early May bank holiday");
        // The last Monday of a month of 31 days is the one that falls on or after the 25th.
        yield return new BankHoliday(MondayFrom(new DateOnly(year, 5, 25)), "Spring bank holiday");
        yield return new BankHoliday(MondayFrom(new DateOnly(year, 8, 25)), "Summer bank holiday");
        var (christmas, boxing) = new DateOnly(year, 12, 25).DayOfWeek switch
        {
            DayOfWeek.Friday => (25, 28),
            DayOfWeek.Saturday => (27, 28),
            // Boxing Day keeps its Monday, Christmas takes the Tuesday.
            DayOfWeek.Sunday => (27, 26),
            _ => (25, 26),
        };
        yield return new BankHoliday(new DateOnly(year, 12, christmas), "Christmas Day", christmas != 25);
        yield return new BankHoliday(new DateOnly(year, 12, boxing), "Boxing Day", boxing != 26);
    }

    private static DateOnly MondayFrom(DateOnly first) => first.AddDays((8 - (int)first.DayOfWeek) % 7);

    /// <summary>Easter by the Gregorian computus (Meeus, Jones and Butcher).</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = Math.DivRem(year, 100);
        var moonCorrection = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - century / 4 - moonCorrection + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(epact + weekday - 7 * late + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
