using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Wdfis.Tests.Support;

/// <summary>How properties of the domain are tried.</summary>
internal static class Properties
{
    /// <summary>So many cases each, in every run. Fewer where a run repeats them thousands of times, as mutation testing does.</summary>
    public static int Cases { get; } = int.TryParse(Environment.GetEnvironmentVariable("WDFIS_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : 10_000;

    /// <summary>Fails with the smallest case found, and the seed that makes it again.</summary>
    public static void Hold(this Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
