using System.Text.RegularExpressions;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Architecture;

/// <summary>What the security documents point to is there.</summary>
public partial class SecurityDocs
{
    private static string Text(string name) => File.ReadAllText(Path.Combine(Checkout.Root, "docs", "security", name));

    private static IEnumerable<string> Missing(string text) => Named().Matches(text).Select(found => found.Groups[1].Value)
        .Where(path => !File.Exists(Path.Combine(Checkout.Root, path)) && !Directory.Exists(Path.Combine(Checkout.Root, path)));

    [Theory]
    [InlineData("asvs.md")]
    [InlineData("threats.md")]
    [InlineData("faults.md")]
    public void Files_NamedInADocument_Exist(string document)
    {
        Assert.True(Named().Count(Text(document)) > 3);
        Assert.Empty(Missing(Text(document)));
    }

    /// <summary>Each measure of the impact assessment names where it is tried: a test class that there is.</summary>
    [Fact]
    public void Tests_NamedInTheImpactAssessment_Exist()
    {
        var named = Test().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "dpia.md"))).Select(found => found.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 15);
        Assert.Empty(named.Except(typeof(SecurityDocs).Assembly.GetTypes().Select(type => type.Name)));
    }

    [Fact]
    public void File_ThatIsGone_IsFound() => Assert.Single(Missing("see `Wdfis.Tests/Gone.cs` and `docs/operations.md`"));

    /// <summary>ASVS 5.0 has 253 requirements of the levels 1 and 2: each is answered once.</summary>
    [Fact]
    public void Requirements_OfBothLevels_AreEachAnsweredOnce()
    {
        var text = Text("asvs.md");
        var rows = Row().Matches(text).Select(row => row.Groups[1].Value).ToList();
        var not = Id().Matches(text[text.IndexOf("# What does not apply", StringComparison.Ordinal)..text.IndexOf("# Level 3", StringComparison.Ordinal)]).Select(id => id.Value).ToList();
        Assert.Equal(253, rows.Concat(not).Distinct().Count());
        Assert.Equal(253, rows.Count + not.Count);
        // What "see gaps" points to is there.
        var gaps = text[..text.IndexOf("# What applies", StringComparison.Ordinal)];
        Assert.All(Row().Matches(text).Where(row => row.Groups[2].Value.Contains("see gaps", StringComparison.Ordinal)), row => Assert.Contains(row.Groups[1].Value, gaps, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`((?:Wdfis\.\w+|docs|scripts|bench)/[^`]*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"`(\w+(?:Tests|Facts|Journeys|Properties))`")]
    private static partial Regex Test();

    [GeneratedRegex(@"^\| (V\d+\.\d+\.\d+) \| [12] \| (.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"V\d+\.\d+\.\d+")]
    private static partial Regex Id();
}
