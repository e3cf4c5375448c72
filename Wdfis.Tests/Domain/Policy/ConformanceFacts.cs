using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Policy;

namespace Wdfis.Tests.Domain.Policy;

public class ConformanceFacts
{
    [Fact]
    public void Clauses_InTheTable_AreThoseOfThePolicyInItsOrder() => Assert.Equal(PolicyClauses.All, Conformance.Clauses.Select(clause => clause.Clause));

    [Fact]
    public void Measures_OfEveryClause_AreThereAndNamedOnce()
    {
        Assert.All(Conformance.Clauses, clause => Assert.NotEmpty(clause.Measures));
        var ids = Conformance.Clauses.SelectMany(clause => clause.Measures).Select(measure => measure.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Clause_WithAFigureThatCouldNotBeCounted_AsksForALook() =>
        Assert.All(Conformance.Of(new Dictionary<string, long>()), clause => Assert.Equal(Standing.Watch, clause.Standing));

    [Theory]
    [InlineData(0, Standing.Kept)]
    [InlineData(1, Standing.Watch)]
    [InlineData(999, Standing.Watch)]
    [InlineData(1_000, Standing.Broken)]
    public void OverdueRecords_ByTheStatedThresholds_GiveTheVerdict(long overdue, Standing expected)
    {
        var values = Conformance.Clauses.SelectMany(clause => clause.Measures).ToDictionary(measure => measure.Id, _ => 0L);
        values["overdue"] = overdue;
        Assert.Equal(expected, Conformance.Of(values).Single(clause => clause.About.Clause == "D5").Standing);
        Assert.All(Conformance.Of(values).Where(clause => clause.About.Clause != "D5"), clause => Assert.Equal(Standing.Kept, clause.Standing));
    }

    [Fact]
    public void FigureWithAThreshold_LeadsToItsWorklist() =>
        Assert.All(Conformance.Clauses.SelectMany(clause => clause.Measures).Where(measure => measure.Thresholds is not null || measure.Id.StartsWith("went-", StringComparison.Ordinal)), measure => Assert.NotNull(measure.Link));

    [Fact]
    public void ShareOfFamilies_IsSaidAsThePerCentThatWereTold()
    {
        var told = Conformance.Clauses.Single(clause => clause.Clause == "C1").Measures.Single(measure => measure.PerMille);
        Assert.Equal(("98.4 %", "100.0 %", "to be looked at from 95.0 %, not kept from 80.0 %"), (told.Said(16), told.Said(0), told.Thresholds));
    }

    [Fact]
    public void Standing_WithALargerFigure_IsNeverBetter()
    {
        var cases = from measure in Gen.Elements(Conformance.Clauses.SelectMany(clause => clause.Measures).ToArray())
                    from less in Gen.Choose(0, 2_000)
                    from more in Gen.Choose(less, 4_000)
                    select (measure, less, more);
        Prop.ForAll(cases.ToArbitrary(), one => one.measure.Of(one.less) <= one.measure.Of(one.more)).Check(Config.QuickThrowOnFailure);
    }
}
