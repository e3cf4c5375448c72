using System.Globalization;
using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Retention;

/// <summary>The unit that a retention period is counted in.</summary>
public enum PeriodUnit
{
    /// <summary>Days.</summary>
    Days = 1,
    /// <summary>Calendar months.</summary>
    Months = 2,
    /// <summary>Calendar years.</summary>
    Years = 3,
}

/// <summary>
/// How long something is kept: so many days, months or years, one or more. Written <c>2 years</c> in configuration.
/// <c>default</c> is no period and is refused by a schedule. Equal when count and unit are: 12 months and 1 year differ.
/// </summary>
public readonly record struct RetentionPeriod
{
    private const int Longest = 9_999;

    private static readonly string[] Small =
    [
        "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private RetentionPeriod(int count, PeriodUnit unit)
    {
        Count = count;
        Unit = unit;
    }

    /// <summary>How many; nought only for <c>default</c>.</summary>
    public int Count { get; }

    /// <summary>Of what.</summary>
    public PeriodUnit Unit { get; }

    /// <summary>True for <c>default</c>: no period.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>So many of a unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to 9,999, or no unit.</exception>
    public static RetentionPeriod Create(int count, PeriodUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Longest);
        if (!Enum.IsDefined(unit))
            throw new ArgumentOutOfRangeException(nameof(unit));
        return new RetentionPeriod(count, unit);
    }

    /// <summary>So many years.</summary>
    public static RetentionPeriod Years(int count) => Create(count, PeriodUnit.Years);

    /// <summary>Reads <c>2 years</c>, <c>1 month</c>, <c>30 days</c>.</summary>
    public static bool TryParse(string? text, out RetentionPeriod period)
    {
        period = default;
        var parts = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is not [var number, var word] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > Longest)
            return false;
        PeriodUnit? unit = word switch
        {
            "day" or "days" => PeriodUnit.Days,
            "month" or "months" => PeriodUnit.Months,
            "year" or "years" => PeriodUnit.Years,
            _ => null,
        };
        if (unit is null)
            return false;
        period = new RetentionPeriod(count, unit.Value);
        return true;
    }

    /// <summary>The day so much later; 29 February rolls to 1 March, so that nothing goes a day early.</summary>
    public DateOnly From(DateOnly on) => Unit switch
    {
        PeriodUnit.Days => on.AddDays(Count),
        PeriodUnit.Months => CorrespondingDate.AddMonths(on, Count),
        PeriodUnit.Years => CorrespondingDate.AddYears(on, Count, LeapDay.ToFirstOfMarch),
    };

    /// <summary>In words up to ninety-nine: <c>two years</c>, <c>one month</c>, <c>365 days</c>.</summary>
    public string Words() => $"{Number()} {Noun()}";

    /// <summary>As in configuration: <c>2 years</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Noun()}");

    private string Number() => Count switch
    {
        < 20 => Small[Count],
        < 100 when Count % 10 == 0 => Tens[Count / 10],
        < 100 => $"{Tens[Count / 10]}-{Small[Count % 10]}",
        _ => Count.ToString("N0", CultureInfo.GetCultureInfo("en-GB")),
    };

    private string Noun()
    {
        var noun = Unit switch { PeriodUnit.Days => "day", PeriodUnit.Months => "month", PeriodUnit.Years => "year", _ => "" };
        return Count == 1 ? noun : noun + "s";
    }
}
