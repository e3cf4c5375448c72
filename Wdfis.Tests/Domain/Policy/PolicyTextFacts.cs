using Wdfis.Domain.Policy;

namespace Wdfis.Tests.Domain.Policy;

public sealed class PolicyTextFacts
{
    private static readonly string Whole = string.Join("\n\n", PolicyClauses.All.Select(id => $"**{id}** words"));

    [Fact]
    public void Text_WithEveryClauseOnce_Accepted() => Assert.True(PolicyText.Create("2026.1", Whole).Accepted);

    [Fact]
    public void Text_WithAClauseMissingDoubledOrUnknown_EachIsNamed() =>
        Assert.Equal(
            ["Clause U2 is missing. Write **U2** where the text keeps it.", "Clause C1 stands twice.", "There is no clause Z9."],
            PolicyText.Create("2026.1", Whole.Replace("**U2**", "**C1** **Z9**", StringComparison.Ordinal)).Problems.Select(p => p.Sentence));

    [Fact]
    public void Text_WithAFiveMegabytePicture_Refused() => Assert.False(PolicyText.Create("2026.1", Whole + new string('A', 5_000_000)).Accepted);

    [Fact]
    public void Clauses_AreTwentyFour_EachOnce() => Assert.Equal(24, PolicyClauses.All.Distinct().Count());

    [Fact]
    public void Script_EachLine_IsSaidInTwentySecondsAndCitesItsClauses() => Assert.All(Script.Draft.Lines, line =>
    {
        // Two and a half words a second is a calm speaking pace.
        Assert.InRange(line.Words.Split(' ').Length, 5, 50);
        Assert.NotEmpty(line.Clauses);
        Assert.All(line.Clauses, c => Assert.Contains(c, PolicyClauses.All));
        Assert.Same(line, Script.Draft.Line(line.Id));
    });

    [Fact]
    public void Script_SaysWhatMustBeTold() => Assert.All(
        new[] { "C1", "C2", "C3", "C5", "D1" },
        clause => Assert.Contains(Script.Draft.Lines, l => l.Clauses.Contains(clause)));
}
