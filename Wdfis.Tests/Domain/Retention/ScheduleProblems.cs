using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

public sealed class ScheduleProblems
{
    private static readonly RetentionClass Good = Shipped.Schedule.Find("permission")!;

    [Fact]
    public void Schedule_ByDefault_HasEveryCodeAndConfirmsNone()
    {
        var codes = typeof(RetentionCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(codes.Order(), Shipped.Schedule.Classes.Select(line => line.Code).Order());
        Assert.All(Shipped.Schedule.Classes, line => Assert.False(line.Confirmed));
        Assert.Equal(1, Shipped.Schedule.Version);
    }

    [Fact]
    public void Schedule_WithADoubledCode_IsRefused() =>
        Assert.Equal(("permission", "This code is used twice. Give each class a code of its own."), Only([Good, Good]));

    [Fact]
    public void Schedule_WithNothing_IsRefused() => Assert.Equal(("", "A schedule holds at least one class."), Only([]));

    [Fact]
    public void Schedule_WithAPeriodOutsideItsBounds_IsRefused()
    {
        var bounds = new PeriodBounds(RetentionPeriod.Create(6, PeriodUnit.Months), RetentionPeriod.Years(30));
        Assert.Equal("A period lies between six months and thirty years.", Only([Good with { Period = RetentionPeriod.Create(5, PeriodUnit.Months) }], bounds).Sentence);
        Assert.Equal("A period lies between six months and thirty years.", Only([Good with { Period = RetentionPeriod.Years(31) }], bounds).Sentence);
        Assert.Empty(Schedule.Check([Good with { Period = RetentionPeriod.Create(6, PeriodUnit.Months) }], bounds));
        Assert.Empty(Schedule.Check([Good with { Period = RetentionPeriod.Years(30) }], bounds));
    }

    [Fact]
    public void Schedule_WithLinesThatSayNothing_NamesEachProblem()
    {
        var broken = Good with { Code = "Telex Messages", Title = " ", Source = "", Trigger = 0, Action = (DisposalAction)9, Period = default };
        Assert.Equal(6, Schedule.Check([broken]).Count);
        Assert.Throws<ArgumentException>(() => Schedule.Create(1, [broken]));
    }

    [Fact]
    public void Schedule_PassingOnByTheShortRoad_IsRefused()
    {
        Assert.Equal("What is passed on is decided one by one: it cannot take the short road.", Only([Good with { Action = DisposalAction.PassOn, ShortRoad = true }]).Sentence);
        Assert.Empty(Schedule.Check([Good with { Action = DisposalAction.PassOn, ShortRoad = false }]));
    }

    [Fact]
    public void Schedule_CountingABirthInMonths_IsRefused() =>
        Assert.Equal("Count from a birth in whole years.", Only([Good with { Trigger = RetentionTrigger.YoungestChildBirth, Period = RetentionPeriod.Create(300, PeriodUnit.Months) }]).Sentence);

    [Theory]
    [InlineData("2 years", "two years")]
    [InlineData("1 year", "one year")]
    [InlineData("6 months", "six months")]
    [InlineData("30 days", "thirty days")]
    [InlineData("25 years", "twenty-five years")]
    [InlineData("365 days", "365 days")]
    public void RetentionPeriod_FromConfiguration_ReadsAndSpeaks(string text, string words)
    {
        Assert.True(RetentionPeriod.TryParse(text, out var period));
        Assert.Equal(words, period.Words());
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two years")]
    [InlineData("0 years")]
    [InlineData("-1 years")]
    [InlineData("2 fortnights")]
    [InlineData("10000 days")]
    [InlineData("2")]
    public void RetentionPeriod_OfAnotherShape_IsRefused(string text) => Assert.False(RetentionPeriod.TryParse(text, out _));

    [Fact]
    public void RetentionPeriod_OfAnyLength_WritesWhatItReads() =>
        Prop.ForAll(Gen.Choose(1, 9999).Zip(Gen.Elements(Enum.GetValues<PeriodUnit>())).ToArbitrary(), p =>
        {
            var period = RetentionPeriod.Create(p.Item1, p.Item2);
            return RetentionPeriod.TryParse(period.ToString(), out var read) && read == period;
        }).Hold();

    private static (string Field, string Sentence) Only(RetentionClass[] classes, PeriodBounds? bounds = null)
    {
        var problem = Assert.Single(Schedule.Check(classes, bounds));
        return (problem.Field, problem.Sentence);
    }
}
