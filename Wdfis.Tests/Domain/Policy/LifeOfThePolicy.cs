using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Policy;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Policy;

/// <summary>Editions, their comparison, reviews, acknowledgement and registration (A1, C4, R1).</summary>
public sealed class LifeOfThePolicy
{
    private static readonly Stamp Author = new(new ColleagueId(Guid.NewGuid()), At("2026-11-20"));
    private static readonly Stamp Second = new(new ColleagueId(Guid.NewGuid()), At("2026-11-21"));
    private static readonly Dictionary<string, string> Same = [];

    private static DateTimeOffset At(string day) => London.At(On(day), new TimeOnly(10, 0));

    private static DateOnly On(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    private static string Text => ShippedPolicy.Text.Markdown;

    private static PolicyEdition Draft(string number = "2026.2", string? text = null) =>
        PolicyEdition.Create(PolicyNumber.Parse(number), text ?? Text, Same, true, "Clause U2 says more.", Author).OrThrow();

    [Fact]
    public void Edition_ByItsAuthor_IsNotApproved()
    {
        Assert.Equal(["policy.approved-by"], Draft().Approve(Author).Problems.Select(problem => problem.Field));
        Assert.Equal(EditionState.Approved, Draft().Approve(Second).OrThrow().State);
    }

    [Fact]
    public void Edition_RewrittenAfterApproval_NeedsANewOne() =>
        Assert.Equal(EditionState.Draft, Draft().Approve(Second).OrThrow().Rewrite(Text, Same, false, "Again.", Author).OrThrow().State);

    [Fact]
    public void Edition_WithoutApprovalOrWithAnotherPublishedAlready_IsNotPublished()
    {
        var first = Draft("2026.3").Approve(Second).OrThrow().Publish(On("2026-12-01"), [], Second).OrThrow();
        Assert.False(Draft().Publish(On("2026-12-01"), [], Second).Accepted);
        Assert.Equal(["policy.version", "policy.published-on"], Draft("2026.3").Approve(Second).OrThrow().Publish(On("2026-11-30"), [Draft("2027.1").Approve(Second).OrThrow().Publish(On("2027-01-01"), [], Second).OrThrow()], Second).Problems.Select(problem => problem.Field));
        Assert.False(first.Rewrite(Text, Same, false, "Again.", Author).Accepted);
    }

    [Fact]
    public void Edition_InForce_IsTheLatestOfThoseWhoseDayHasCome()
    {
        var first = Draft("2026.2").Approve(Second).OrThrow().Publish(On("2026-12-01"), [], Second).OrThrow();
        var next = Draft("2027.1").Approve(Second).OrThrow().Publish(On("2027-01-01"), [first], Second).OrThrow();
        Assert.Null(PolicyEdition.InForce([first, next], On("2026-11-30")));
        Assert.Equal(first, PolicyEdition.InForce([next, first], On("2026-12-31")));
        Assert.Equal(next, PolicyEdition.InForce([next, first], On("2027-01-01")));
    }

    [Fact]
    public void Script_Reworded_KeepsEveryLine()
    {
        var said = PolicyEdition.Create(PolicyNumber.Parse("2026.2"), Text, new Dictionary<string, string> { ["in-private"] = "Can you talk now?" }, false, "Shorter.", Author).OrThrow().Script;
        Assert.Equal(Script.Draft.Lines.Length, said.Lines.Length);
        Assert.Equal("Can you talk now?", said.Line("in-private")!.Words);
        Assert.False(Script.Draft.Reworded("x", new Dictionary<string, string> { ["in-private"] = " " }).Accepted);
        Assert.False(Script.Draft.Reworded("x", new Dictionary<string, string> { ["nothing"] = "Hello" }).Accepted);
    }

    [Fact]
    public void Comparison_OfOneChangedClause_NamesItAlone()
    {
        var other = PolicyText.Create("2026.2", Text.Replace("We ask only for what we need to help you.", "We ask for little.", StringComparison.Ordinal)).OrThrow();
        var changed = Assert.Single(PolicyComparison.Between(ShippedPolicy.Text, other), clause => clause.Changed);
        Assert.Equal("D3", changed.Clause);
        Assert.Equal(PolicyClauses.All.Length + 1, PolicyComparison.Between(ShippedPolicy.Text, other).Length);
    }

    [Fact]
    public void Comparison_OfAnyTwoTexts_GivesBothBackWordForWord()
    {
        var text = Gen.Elements("we", "ask", "first", "you", "may", "not").ArrayOf().Select(words => string.Join(' ', words));
        Prop.ForAll(text.Two().ToArbitrary(), pair =>
        {
            var runs = PolicyComparison.Compare(pair.Item1, pair.Item2);
            string Side(WordsAre left) => string.Join(' ', runs.Where(run => run.Are == WordsAre.Kept || run.Are == left).Select(run => run.Text));
            return Side(WordsAre.Gone) == pair.Item1 && Side(WordsAre.New) == pair.Item2 && (runs.All(run => run.Are == WordsAre.Kept) == (pair.Item1 == pair.Item2));
        }).Hold();
    }

    [Fact]
    public void Review_Yearly_OpensSixtyDaysBefore()
    {
        Checked<PolicyReview> Open(string today) => PolicyReview.Open(UnitId.Create(TimeProvider.System), ReviewTrigger.Yearly, null, PolicyNumber.Parse("2026.1"), On("2027-03-01"), new Stamp(Author.By, At(today)));
        Assert.False(Open("2026-12-30").Accepted);
        Assert.True(Open("2026-12-31").Accepted);
        Assert.Equal(On("2029-02-28"), PolicyReview.NextAfter(On("2028-02-29")));
    }

    [Fact]
    public void Review_WithAClauseUnsaid_IsNotSigned()
    {
        var review = PolicyReview.Open(UnitId.Create(TimeProvider.System), ReviewTrigger.Law, "An Act came into force.", PolicyNumber.Parse("2026.1"), null, Author).OrThrow();
        foreach (var clause in PolicyClauses.All.Skip(1))
            review = review.Say(clause, true, null).OrThrow();
        Assert.Equal(["policy.review.S1"], review.Sign([], On("2027-11-20"), Author).Problems.Select(problem => problem.Field));
        Assert.False(review.Say("S1", false, null).Accepted);
        var signed = review.Say("S1", false, "Two services now.").OrThrow().Sign([], On("2027-11-20"), Author).OrThrow();
        Assert.False(signed.NoChange);
        Assert.False(signed.Say("S1", true, null).Accepted);
        Assert.False(PolicyReview.Open(signed.Id, ReviewTrigger.Law, " ", PolicyNumber.Parse("2026.1"), null, Author).Accepted);
    }

    [Fact]
    public void Acknowledgement_IsDueInFiveWorkingDaysFromTheLaterOfDayAndStart()
    {
        var days = new WorkingDays(BankHolidays.Published);
        Assert.Equal(On("2026-12-31"), Acknowledging.DueOn(On("2026-12-22"), On("2026-01-05"), days).On);
        Assert.Equal(On("2027-01-11"), Acknowledging.DueOn(On("2026-12-22"), On("2027-01-04"), days).On);
        Assert.True(Acknowledging.MayStart(false, On("2026-12-31"), On("2026-12-31")));
        Assert.False(Acknowledging.MayStart(false, On("2026-12-31"), On("2027-01-01")));
        Assert.True(Acknowledging.MayStart(true, On("2026-12-31"), On("2027-01-01")));
    }

    [Theory]
    [InlineData("2026-10-01", null)]
    [InlineData("2026-10-02", 60)]
    [InlineData("2026-11-01", 30)]
    [InlineData("2026-11-24", 7)]
    [InlineData("2026-12-01", 7)]
    [InlineData("2026-12-02", 0)]
    public void Registration_NearItsEnd_Warns(string today, int? warning) =>
        Assert.Equal(warning, Registration.Create("za 123456", On("2026-12-01"), 3).OrThrow().WarningOn(On(today)));

    [Theory]
    [InlineData("123456")]
    [InlineData("ZC123456")]
    [InlineData("Z")]
    [InlineData("ZA12345X")]
    public void Registration_WithANumberThatCannotBe_IsRefused(string number) => Assert.False(Registration.Create(number, On("2026-12-01"), 3).Accepted);
}
