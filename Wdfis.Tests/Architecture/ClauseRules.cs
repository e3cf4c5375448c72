using System.Text.RegularExpressions;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Architecture;

/// <summary>Each clause of the policy has a rule, a figure and a test: found by reading the code, not by a list.</summary>
public partial class ClauseRules
{
    // These name every clause, whatever the code does.
    private static readonly string[] Lists = ["PolicyText.cs", "Conformance.cs", "ClauseRules.cs", "ShellJourneys.cs", "ConformanceFacts.cs"];

    [Fact]
    public void EveryClause_IsCitedByARuleAFigureAndATest() => Assert.Empty(Uncited(
        Sources("Wdfis.Domain").Concat(Sources("Wdfis.Portal")), Counted(Desk), Sources("Wdfis.Tests").Where(text => text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal))));

    /// <summary>A figure that the page shows and that nobody counts is no figure.</summary>
    [Fact]
    public void AFigureThatIsNotCounted_IsFound() => Assert.Equal(["A1"], PolicyClauses.All.Except(Counted(Desk.Replace("\"unread\"", "", StringComparison.Ordinal))));

    private static string Desk => File.ReadAllText(Path.Combine(Checkout.Root, "Wdfis.Portal", "Features", "Policy", "ConformanceDesk.cs"));

    private static IEnumerable<string> Counted(string desk) => Conformance.Clauses.Where(clause => !clause.Measures.IsEmpty && clause.Measures.All(measure => desk.Contains($"\"{measure.Id}\"", StringComparison.Ordinal))).Select(clause => clause.Clause);

    [Fact]
    public void AClauseWithoutARuleAFigureOrATest_IsFound()
    {
        Assert.Equal(["D5: no rule"], Uncited(PolicyClauses.All.Remove("D5").Select(id => $"/// ({id})"), PolicyClauses.All, PolicyClauses.All.Select(id => $"// {id}")));
        Assert.Equal(["U2: no figure"], Uncited(PolicyClauses.All.Select(id => $"/// ({id})"), PolicyClauses.All.Remove("U2"), PolicyClauses.All.Select(id => $"// {id}")));
        Assert.Equal(["X3: no test"], Uncited(PolicyClauses.All.Select(id => $"/// ({id})"), PolicyClauses.All, PolicyClauses.All.Remove("X3").Select(id => $"// {id}")));
    }

    private static IEnumerable<string> Uncited(IEnumerable<string> rules, IEnumerable<string> figures, IEnumerable<string> tests)
    {
        var (cited, counted, tried) = (Cited(rules), figures.ToHashSet(), Cited(tests));
        foreach (var id in PolicyClauses.All)
        {
            if (!cited.Contains(id))
                yield return $"{id}: no rule";
            if (!counted.Contains(id))
                yield return $"{id}: no figure";
            if (!tried.Contains(id))
                yield return $"{id}: no test";
        }
    }

    private static HashSet<string> Cited(IEnumerable<string> sources) => [.. sources.SelectMany(text => Clause().Matches(text)).Select(match => match.Value)];

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(Path.Combine(Checkout.Root, project), "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Lists.Contains(Path.GetFileName(file)))
        .Select(File.ReadAllText);

    [GeneratedRegex(@"\b[SUCRDXA][0-9]\b")]
    private static partial Regex Clause();
}
