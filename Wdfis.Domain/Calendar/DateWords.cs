using System.Globalization;

namespace Wdfis.Domain.Calendar;

/// <summary>Dates as sentences show them, here and on every screen.</summary>
public static class DateWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>31 March 2029.</summary>
    public static string Words(this DateOnly on) => on.ToString("d MMMM yyyy", British);
}
