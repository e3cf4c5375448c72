using System.Globalization;
using Wdfis.Domain.Calendar;

namespace Wdfis.Portal.Components;

/// <summary>Dates and times as screens show them: British, in London.</summary>
internal static class Dates
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>31 March 2029, for sentences.</summary>
    public static string Long(this DateOnly date) => date.Words();

    /// <summary>31 Mar 2029, for tables.</summary>
    public static string Short(this DateOnly date) => date.ToString("d MMM yyyy", British);

    /// <summary>10:42, London time.</summary>
    public static string Clock(this DateTimeOffset at) => London.Local(at).ToString("HH:mm", British);

    /// <summary>31 March 2029, 10:42, London time.</summary>
    public static string Moment(this DateTimeOffset at) => London.Local(at).ToString("d MMMM yyyy, HH:mm", British);

    /// <summary>The day that a date field holds (2029-03-31); null when it holds none.</summary>
    public static DateOnly? Day(this string? typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : null;
}
