using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

public sealed class KeepingUntil
{
    private static readonly Arbitrary<DateOnly> Days =
        Gen.Choose(new DateOnly(1995, 1, 1).DayNumber, new DateOnly(2035, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static DateOnly On(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    private static RetentionFacts Closed(string on) => new() { OpenedOn = On(on).AddDays(-30), ClosedOn = On(on) };

    [Fact]
    public void FamiliesInformationEnquiry_Closed_IsKeptTwoYearsFromTheFinancialYear() =>
        Assert.Equal(
            "Kept until 31 March 2029, because Families Information enquiries are kept two years from the end of the financial year in which they close.",
            Shipped.Schedule.KeepUntil(RetentionCodes.FisEnquiry, Closed("2026-11-22")).Sentence);

    [Theory]
    [InlineData("fis-enquiry", "2027-03-31", "Kept until 31 March 2029, because Families Information enquiries are kept two years from the end of the financial year in which they close.")]
    [InlineData("fis-enquiry", "2027-04-01", "Kept until 31 March 2030, because Families Information enquiries are kept two years from the end of the financial year in which they close.")]
    [InlineData("fis-anonymous", "2026-11-22", "Kept until 31 March 2029, because anonymous Families Information enquiries are kept two years from the end of the financial year in which they close.")]
    [InlineData("choice-advice-enquiry", "2026-11-22", "Kept until 31 August 2029, because Choice Advice enquiries are kept two years from the end of the school year in which they close.")]
    [InlineData("pp-level1", "2028-02-29", "Kept until 1 March 2034, because Parent Partnership level 1 enquiries are kept six years from the day on which they close.")]
    [InlineData("rights-request", "2026-11-22", "Kept until 22 November 2029, because rights requests are kept three years from the day on which they close.")]
    [InlineData("audit", "2026-12-31", "Kept until 31 December 2056, because audit years are kept thirty years from the day on which they close.")]
    [InlineData("asked-about", "2026-11-22", "Kept until 23 October 2028, because notes of somebody asking about a person are kept two years from the day on which they are made.")]
    [InlineData("draft", "2026-11-22", "Kept until 6 November 2026, because drafts are kept fourteen days from the day on which they are made.")]
    public void Record_ClosedOnADay_SaysUntilWhenAndWhy(string code, string closed, string sentence) =>
        Assert.Equal(sentence, Shipped.Schedule.KeepUntil(code, Closed(closed)).Sentence);

    [Fact]
    public void Permission_Ended_IsKeptSixYearsFromItsEnd()
    {
        var facts = new RetentionFacts { OpenedOn = On("2026-01-01"), EndedOn = On("2026-11-22") };
        Assert.Equal("Kept until 22 November 2032, because permissions are kept six years from the day on which they end.", Shipped.Schedule.KeepUntil("permission", facts).Sentence);
        Assert.Null(Shipped.Schedule.KeepUntil("permission", facts with { EndedOn = null, ClosedOn = On("2026-11-22") }).On);
    }

    [Theory]
    [InlineData("2015-05-10", "31 August 2040")]
    [InlineData("2015-08-31", "31 August 2040")]
    [InlineData("2015-09-01", "31 August 2041")]
    [InlineData("2020-02-29", "31 August 2045")]
    public void Case_WithTheYoungestChildsBirthDate_RoundsUpToTheThirtyFirstOfAugust(string born, string until) =>
        Assert.Equal(
            $"Kept until {until}, because Parent Partnership cases are kept until the 31 August that follows the youngest child's 25th birthday.",
            Shipped.Schedule.KeepUntil("pp-case", Closed("2026-11-22") with { YoungestBorn = On(born) }).Sentence);

    [Fact]
    public void Case_WithoutABirthDate_IsForReviewSixYearsAfterClosing()
    {
        var keep = Shipped.Schedule.KeepUntil("pp-case", Closed("2026-11-22") with { AnyBirthUnknown = true });
        Assert.Equal("Review by 22 November 2032, because Parent Partnership cases are looked at six years from the day on which they close when a child's birth date is not known.", keep.Sentence);
        Assert.True(keep.ReviewBy);
        Assert.True(Shipped.Schedule.KeepUntil("pp-case", Closed("2026-11-22")).ReviewBy);
    }

    [Fact]
    public void Case_WithOneBirthDateOfTwo_IsForReviewOnTheLaterDay()
    {
        var facts = Closed("2026-11-22") with { AnyBirthUnknown = true, YoungestBorn = On("2015-05-10") };
        var keep = Shipped.Schedule.KeepUntil("pp-case", facts);
        Assert.Equal((On("2040-08-31"), true), (keep.On!.Value, keep.ReviewBy));
        Assert.Equal(On("2032-11-22"), Shipped.Schedule.KeepUntil("pp-case", facts with { YoungestBorn = On("2003-05-10") }).On);
    }

    [Theory]
    [InlineData("fis-enquiry")]
    [InlineData("choice-advice-enquiry")]
    [InlineData("pp-level1")]
    [InlineData("pp-case")]
    [InlineData("permission")]
    [InlineData("complaint")]
    public void Record_WhileOpen_HasNoDateAndIsForNobodysReview(string code)
    {
        var facts = new RetentionFacts { OpenedOn = On("2026-11-22"), LastContactOn = On("2026-11-23"), YoungestBorn = On("2015-05-10") };
        var keep = Shipped.Schedule.KeepUntil(code, facts);
        Assert.Null(keep.On);
        Assert.False(keep.ReviewBy);
        Assert.StartsWith("Kept while open, because ", keep.Sentence);
    }

    [Fact]
    public void Record_OfAClassThatNoLongerExists_IsForReviewSinceItsLastDate()
    {
        Assert.Equal("Review by 22 November 2026, because its schedule class no longer exists.", Shipped.Schedule.KeepUntil("telex", Closed("2026-11-22")).Sentence);
        Assert.Equal(new KeepUntil(On("2026-01-01"), "telex", "its schedule class no longer exists", true) { Facts = new RetentionFacts { OpenedOn = On("2026-01-01") } }, Shipped.Schedule.KeepUntil("telex", new RetentionFacts { OpenedOn = On("2026-01-01") }));
    }

    [Fact]
    public void FamilyCard_WithEnquiries_TakesTheLatestAndKeepsItsOwnClass()
    {
        var schedule = Shipped.Schedule;
        var card = new RetentionFacts { OpenedOn = On("2024-01-01"), LastContactOn = On("2026-11-22") };
        Assert.Equal("Kept until 22 November 2028, because family cards are kept two years from the last contact.", schedule.KeepUntil("family-card", card, []).Sentence);
        var closed = new[] { schedule.KeepUntil("fis-enquiry", Closed("2025-05-01")), schedule.KeepUntil("pp-level1", Closed("2025-05-01")) };
        var kept = schedule.KeepUntil("family-card", card, closed);
        Assert.Equal(("family-card", On("2031-05-01")), (kept.ClassCode, kept.On!.Value));
        Assert.Contains("level 1 enquiries", kept.Sentence);
        var open = schedule.KeepUntil("fis-enquiry", new RetentionFacts { OpenedOn = On("2026-11-22") });
        Assert.Null(schedule.KeepUntil("family-card", card, [.. closed, open]).On);
    }

    [Fact]
    public void RetentionFacts_InWordsForLogs_ShowNoDate() =>
        Assert.Equal("RetentionFacts", (Closed("2026-11-22") with { YoungestBorn = On("2015-05-10") }).ToString());

    [Fact]
    public void Case_WithAnyBirthDate_NeverTellsTheBirthdayAndNeverGoesEarly() =>
        Prop.ForAll(Days, Days, (born, closed) =>
        {
            var on = Shipped.Schedule.KeepUntil("pp-case", new RetentionFacts { OpenedOn = closed, ClosedOn = closed, YoungestBorn = born }).On!.Value;
            var age = on.Year - born.Year - (on < born.AddYears(on.Year - born.Year) ? 1 : 0);
            return on is { Month: 8, Day: 31 } && age == 25;
        }).Hold();

    [Fact]
    public void Record_ClosedLater_IsNeverKeptShorter() =>
        Prop.ForAll(Days, Days, Gen.Elements(Shipped.Schedule.Classes.ToArray()).ToArbitrary(), (a, b, line) =>
        {
            DateOnly? Kept(DateOnly on) => Shipped.Schedule.KeepUntil(line.Code, new RetentionFacts { OpenedOn = on, ClosedOn = on, LastContactOn = on, EndedOn = on }).On;
            return a > b || Kept(a) <= Kept(b) && Kept(a) >= a;
        }).Hold();

    [Fact]
    public void Keepings_Folded_AreTheLatestInAnyOrder()
    {
        var keepings = Gen.ArrayOf(Days.Generator.Zip(Gen.Choose(0, 5)).Select(p => new KeepUntil(p.Item2 == 0 ? null : p.Item1, "x", "y"))).ToArbitrary();
        var card = new RetentionFacts { OpenedOn = On("1990-01-01") };
        Prop.ForAll(keepings, others =>
        {
            var there = Shipped.Schedule.KeepUntil("family-card", card, others).On;
            var back = Shipped.Schedule.KeepUntil("family-card", card, others.Reverse()).On;
            return there == back && (others.Any(other => other.On is null) ? there is null : others.All(other => other.On <= there));
        }).Hold();
    }
}
