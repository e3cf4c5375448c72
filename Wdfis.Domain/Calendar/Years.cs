using System.Globalization;

namespace Wdfis.Domain.Calendar;

/// <summary>The council's financial year: 1 April to 31 March, both included.</summary>
public static class FinancialYear
{
    /// <summary>The 31 March that ends the financial year of a day; that day itself when it is one.</summary>
    public static DateOnly EndOf(DateOnly on) => new(on.Month > 3 ? on.Year + 1 : on.Year, 3, 31);
}

/// <summary>The school year: 1 September to 31 August, both included.</summary>
public static class SchoolYear
{
    /// <summary>The 31 August that ends the school year of a day; that day itself when it is one.</summary>
    public static DateOnly EndOf(DateOnly on) => new(on.Month > 8 ? on.Year + 1 : on.Year, 8, 31);

    /// <summary>The last Friday in June of a calendar year: the school leaving date.</summary>
    public static DateOnly LastFridayInJune(int year)
    {
        var last = new DateOnly(year, 6, 30);
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));
    }
}

/// <summary>When decisions about special educational needs pass from the parent to the young person.</summary>
public static class SendTransfer
{
    /// <summary>
    /// The last Friday in June of the school year in which the child turns 16 (field-guide.md section 1.4). The parent's permission counts
    /// on that day for the last time. Those born in July and August cross it while still 15.
    /// </summary>
    public static DateOnly On(DateOnly bornOn) => SchoolYear.LastFridayInJune(bornOn.Year + (bornOn.Month < 9 ? 16 : 17));
}

/// <summary>A calendar month, for figures and trends. <c>default</c> is January of year 1. Ordered by time.</summary>
public readonly record struct Month : IComparable<Month>
{
    private readonly int index;

    private Month(int index) => this.index = index;

    /// <summary>The month that a day falls in.</summary>
    public static Month Of(DateOnly on) => new((on.Year - 1) * 12 + on.Month - 1);

    /// <summary>Its first day.</summary>
    public DateOnly First => new(index / 12 + 1, index % 12 + 1, 1);

    /// <summary>Its last day, included.</summary>
    public DateOnly Last => new(First.Year, First.Month, DateTime.DaysInMonth(First.Year, First.Month));

    /// <summary>The month so many months later, or earlier when negative.</summary>
    public Month Add(int months) => new(index + months);

    /// <inheritdoc/>
    public int CompareTo(Month other) => index.CompareTo(other.index);

    /// <summary>For people: <c>November 2026</c>.</summary>
    public string Format() => First.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));

    /// <summary>For sorting and files: <c>2026-11</c>.</summary>
    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
