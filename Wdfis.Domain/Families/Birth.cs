using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Families;

/// <summary>
/// When somebody was born, as far as we know: a date, a year, expected, or unknown. Legal dates of London; shows no content.
/// Equal when case and date are.
/// </summary>
public abstract record Birth : IMayBeNothing
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] Dates = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d M yyyy", "d MMMM yyyy", "d MMM yyyy", "yyyy-M-d"];
    private static readonly string[] Months = ["M/yyyy", "MMMM yyyy", "MMM yyyy", "yyyy-M"];

    private Birth() { }

    /// <summary>Nothing is known.</summary>
    public static Birth NotKnown { get; } = new Unknown();

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<DateOnly, TResult> onDate, Func<int, TResult> inYear, Func<DateOnly?, TResult> expected, Func<TResult> unknown);

    /// <summary>True for unknown.</summary>
    public bool IsNothing => this is Unknown;

    /// <summary>The first day on which it can have been; null when it has not been or is unknown.</summary>
    public DateOnly? Earliest => Match<DateOnly?>(on => on, year => new DateOnly(year, 1, 1), _ => null, () => null);

    /// <summary>The last day on which it can have been or will be; null when unknown.</summary>
    public DateOnly? Latest => Match<DateOnly?>(on => on, year => new DateOnly(year, 12, 31), due => due, () => null);

    /// <summary>Born on this day.</summary>
    public sealed record OnDate(DateOnly On) : Birth
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DateOnly, TResult> onDate, Func<int, TResult> inYear, Func<DateOnly?, TResult> expected, Func<TResult> unknown) => onDate(On);
        /// <summary>The type's name.</summary>
        public override string ToString() => nameof(Birth);
    }

    /// <summary>Born in this year, 1 to 9999.</summary>
    public sealed record InYear(int Year) : Birth
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DateOnly, TResult> onDate, Func<int, TResult> inYear, Func<DateOnly?, TResult> expected, Func<TResult> unknown) => inYear(Year);
        /// <summary>The type's name.</summary>
        public override string ToString() => nameof(Birth);
    }

    /// <summary>Not yet born; the day on which it is due, or null.</summary>
    public sealed record Expected(DateOnly? DueOn) : Birth
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DateOnly, TResult> onDate, Func<int, TResult> inYear, Func<DateOnly?, TResult> expected, Func<TResult> unknown) => expected(DueOn);
        /// <summary>The type's name.</summary>
        public override string ToString() => nameof(Birth);
    }

    /// <summary>Nothing is known.</summary>
    public sealed record Unknown : Birth
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DateOnly, TResult> onDate, Func<int, TResult> inYear, Func<DateOnly?, TResult> expected, Func<TResult> unknown) => unknown();
        /// <summary>The type's name.</summary>
        public override string ToString() => nameof(Birth);
    }

    /// <summary>
    /// Reads what is typed: <c>12/3/2019</c>, <c>12 March 2019</c>, <c>2019-03-12</c>, <c>2019</c>, <c>expected</c>, <c>due 4/2/2027</c>, nothing.
    /// A two-digit year is refused (it could be of either century), and so is a day that does not exist. A month without a day keeps the year only.
    /// </summary>
    public static bool TryParse(string? text, out Birth birth)
    {
        birth = NotKnown;
        var typed = text?.Trim() ?? "";
        if (typed.Length == 0)
            return true;
        if (typed.Length > 40)
            return false;
        foreach (var word in (ReadOnlySpan<string>)["expected", "due"])
        {
            if (!typed.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = typed[word.Length..].Trim();
            if (rest.StartsWith("on ", StringComparison.OrdinalIgnoreCase))
                rest = rest[3..].Trim();
            birth = new Expected(null);
            if (rest.Length == 0)
                return true;
            if (!Exact(rest, Dates, out var due))
                return false;
            birth = new Expected(due);
            return true;
        }
        if (typed.Length == 4 && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0)
            birth = new InYear(year);
        else if (Exact(typed, Dates, out var on))
            birth = new OnDate(on);
        else if (Exact(typed, Months, out var month))
            birth = new InYear(month.Year);
        else
            return false;
        return true;
    }

    /// <summary>As written on the screen and as read by <see cref="TryParse"/>: <c>12 March 2019</c>, <c>2019</c>, <c>expected 4 February 2027</c>; empty for unknown.</summary>
    public string Format() => Match(
        on => on.Words(),
        year => year.ToString("0000", CultureInfo.InvariantCulture),
        due => due is { } day ? $"expected {day.Words()}" : "expected",
        () => "");

    private static bool Exact(string text, string[] formats, out DateOnly date) =>
        DateOnly.TryParseExact(text, formats, English, DateTimeStyles.AllowWhiteSpaces, out date);
}
