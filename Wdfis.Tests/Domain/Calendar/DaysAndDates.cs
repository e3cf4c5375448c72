using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Calendar;

public sealed class DaysAndDates
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);

    private static readonly Arbitrary<DateOnly> Days =
        Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2060, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static DateOnly On(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Theory]
    [InlineData("2026-07-01T23:30:00Z", "2026-07-02", "00:30")]
    [InlineData("2026-12-01T23:30:00Z", "2026-12-01", "23:30")]
    [InlineData("2026-03-29T00:59:00Z", "2026-03-29", "00:59")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29", "02:00")]
    [InlineData("2026-10-25T00:59:00Z", "2026-10-25", "01:59")]
    [InlineData("2026-10-25T01:00:00Z", "2026-10-25", "01:00")]
    public void London_AroundMidnightAndSummerTime_ShowsItsOwnDayAndTime(string utc, string day, string time)
    {
        var at = DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(On(day), London.Today(new StoppedClock(at)));
        Assert.Equal(time, London.Local(at).ToString("HH:mm"));
        Assert.Equal(at, London.Local(at));
    }

    [Theory]
    [InlineData("2026-07-01", 9, 0, "2026-07-01T08:00")]
    [InlineData("2026-12-01", 9, 0, "2026-12-01T09:00")]
    [InlineData("2026-10-25", 1, 30, "2026-10-25T00:30")]
    [InlineData("2026-03-29", 1, 30, "2026-03-29T01:30")]
    public void London_OfATypedTime_IsTheInstantItsClocksShowIt(string day, int hour, int minute, string utc) =>
        Assert.Equal(utc, London.At(On(day), new TimeOnly(hour, minute)).ToString("yyyy-MM-ddTHH:mm"));

    [Fact]
    public void London_OfAnyTypedTime_FallsOnTheDayTyped()
    {
        var typed = Days.Generator.Zip(Gen.Choose(0, 24 * 60 - 1)).ToArbitrary();
        Prop.ForAll(typed, t =>
        {
            var at = London.At(t.Item1, TimeOnly.MinValue.AddMinutes(t.Item2));
            return at.Offset == TimeSpan.Zero && London.DateOf(at) == t.Item1;
        }).Hold();
    }

    /// <summary>The vectors of sections 1.1 and 13: corresponding date, month's end, then the roll.</summary>
    [Theory]
    [InlineData("2026-09-03", 1, "2026-10-05")]
    [InlineData("2026-01-31", 1, "2026-03-02")]
    [InlineData("2026-01-31", 3, "2026-04-30")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2028-01-31", 3, "2028-05-02")]
    [InlineData("2026-03-03", 1, "2026-04-07")]
    [InlineData("2026-11-25", 1, "2026-12-29")]
    [InlineData("2026-09-20", 1, "2026-10-20")]
    public void CorrespondingDate_MonthsThenRolled_IsTheDueDate(string from, int months, string due)
    {
        var date = Working.NextOrSame(CorrespondingDate.AddMonths(On(from), months));
        Assert.Equal(On(due), date.On);
        Assert.True(date.Certain);
    }

    [Fact]
    public void WorkingDays_AfterThirtyDaysForAComplaint_RollPastTheSubstituteDay() =>
        Assert.Equal(On("2026-12-29"), Working.NextOrSame(On("2026-11-27").AddDays(30)).On);

    [Theory]
    [InlineData("2024-02-29", 25, LeapDay.ToFirstOfMarch, "2049-03-01")]
    [InlineData("2024-02-29", 25, LeapDay.ToLastOfFebruary, "2049-02-28")]
    [InlineData("2024-02-29", 4, LeapDay.ToFirstOfMarch, "2028-02-29")]
    [InlineData("2023-02-28", 1, LeapDay.ToFirstOfMarch, "2024-02-28")]
    [InlineData("2026-08-31", 6, LeapDay.ToFirstOfMarch, "2032-08-31")]
    public void CorrespondingDate_Years_TakeTheLeapDayWhereTheCallerSays(string from, int years, LeapDay leapDay, string expected) =>
        Assert.Equal(On(expected), CorrespondingDate.AddYears(On(from), years, leapDay));

    [Fact]
    public void CorrespondingDate_Months_KeepTheDayOrEndTheMonth() =>
        Prop.ForAll(Days, Gen.Choose(0, 60).ToArbitrary(), (from, months) =>
        {
            var to = CorrespondingDate.AddMonths(from, months);
            return Month.Of(to) == Month.Of(from).Add(months) && (to.Day == from.Day || to == Month.Of(to).Last && from.Day > to.Day);
        }).Hold();

    [Fact]
    public void CorrespondingDate_YearsForRetention_AreNeverEarlierThanForClocks_AndKeepOrder()
    {
        Prop.ForAll(Days, Days, Gen.Choose(0, 100).ToArbitrary(), (a, b, years) =>
        {
            var kept = CorrespondingDate.AddYears(a, years, LeapDay.ToFirstOfMarch);
            var other = CorrespondingDate.AddYears(b, years, LeapDay.ToFirstOfMarch);
            return kept >= CorrespondingDate.AddYears(a, years, LeapDay.ToLastOfFebruary) && (a > b || kept <= other);
        }).Hold();
    }

    [Theory]
    [InlineData("2026-04-03", false, "Good Friday")]
    [InlineData("2026-04-04", false, "Saturday")]
    [InlineData("2026-04-07", true, null)]
    [InlineData("2026-12-28", false, "Boxing Day")]
    public void WorkingDays_OfADay_SayWhyItIsNone(string day, bool working, string? why)
    {
        Assert.Equal(new WorkingDayAnswer(working, true), Working.IsWorkingDay(On(day)));
        Assert.Equal(why, Working.WhyNot(On(day)));
    }

    [Theory]
    [InlineData("2026-11-20", 1, "2026-11-23")]
    [InlineData("2026-11-21", 1, "2026-11-23")]
    [InlineData("2026-12-23", 3, "2026-12-30")]
    [InlineData("2026-11-23", 10, "2026-12-07")]
    [InlineData("2026-11-23", 0, "2026-11-23")]
    [InlineData("2026-11-22", 0, "2026-11-23")]
    public void WorkingDays_Added_DoNotCountTheFirstDay(string from, int days, string expected) =>
        Assert.Equal(new WorkingDate(On(expected), true), Working.Add(On(from), days));

    [Fact]
    public void WorkingDays_AddedBackwards_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Working.Add(On("2026-11-23"), -1));

    [Fact]
    public void WorkingDays_PastTheKnownList_AnswerAndSayThatTheyAreNotCertain()
    {
        Assert.Equal(new WorkingDate(On("2028-12-29"), true), Working.NextOrSame(On("2028-12-29")));
        Assert.Equal(new WorkingDate(On("2029-01-02"), false), Working.NextOrSame(On("2028-12-30")));
        Assert.Equal(new WorkingDayAnswer(false, false), Working.IsWorkingDay(On("2029-12-25")));
        Assert.Equal(new WorkingDayAnswer(false, true), Working.IsWorkingDay(On("2029-12-22")));
        Assert.False(Working.Add(On("2028-12-28"), 5).Certain);
    }

    [Fact]
    public void WorkingDays_NextOrSame_IsTheFirstWorkingDayFromThere() =>
        Prop.ForAll(Days, from =>
        {
            var (on, _) = Working.NextOrSame(from);
            return on >= from && Working.IsWorkingDay(on).IsWorking
                && Enumerable.Range(0, on.DayNumber - from.DayNumber).All(i => !Working.IsWorkingDay(from.AddDays(i)).IsWorking)
                && Working.NextOrSame(on).On == on;
        }).Hold();

    [Fact]
    public void WorkingDays_AddedInTwoSteps_AreTheSameAsInOne() =>
        Prop.ForAll(Days, Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (from, a, b) =>
            Working.Add(Working.Add(from, a).On, b).On == Working.Add(from, a + b).On).Hold();

    [Theory]
    [InlineData("2026-03-31", "2026-03-31")]
    [InlineData("2026-04-01", "2027-03-31")]
    [InlineData("2026-12-31", "2027-03-31")]
    [InlineData("2027-01-01", "2027-03-31")]
    public void FinancialYear_OfADay_EndsOnItsThirtyFirstOfMarch(string day, string end) => Assert.Equal(On(end), FinancialYear.EndOf(On(day)));

    [Theory]
    [InlineData("2026-08-31", "2026-08-31")]
    [InlineData("2026-09-01", "2027-08-31")]
    public void SchoolYear_OfADay_EndsOnItsThirtyFirstOfAugust(string day, string end) => Assert.Equal(On(end), SchoolYear.EndOf(On(day)));

    [Fact]
    public void Years_OfAnyDay_EndWithinTheYearThatFollowsIt() =>
        Prop.ForAll(Days, day =>
        {
            var financial = FinancialYear.EndOf(day).DayNumber - day.DayNumber;
            var school = SchoolYear.EndOf(day).DayNumber - day.DayNumber;
            return financial is >= 0 and <= 365 && school is >= 0 and <= 365;
        }).Hold();

    [Theory]
    [InlineData("2010-07-20", "2026-06-26")]
    [InlineData("2010-08-31", "2026-06-26")]
    [InlineData("2010-09-01", "2027-06-25")]
    [InlineData("2007-09-23", "2024-06-28")]
    public void SendTransfer_OfTheVectors_IsTheLastFridayInJune(string born, string on) => Assert.Equal(On(on), SendTransfer.On(On(born)));

    [Fact]
    public void SendTransfer_OfAnyBirthDate_IsTheLastFridayOfJuneInTheSchoolYearOfTheSixteenthBirthday() =>
        Prop.ForAll(Days, born =>
        {
            var on = SendTransfer.On(born);
            var sixteen = CorrespondingDate.AddYears(born, 16, LeapDay.ToLastOfFebruary);
            return on.DayOfWeek == DayOfWeek.Friday && on.Month == 6 && on.AddDays(7).Month == 7 && SchoolYear.EndOf(on) == SchoolYear.EndOf(sixteen);
        }).Hold();

    [Fact]
    public void Month_OfADay_HoldsItAndReadsBothWays() =>
        Prop.ForAll(Days, day =>
        {
            var month = Month.Of(day);
            return month.First <= day && day <= month.Last && Month.Of(month.Last.AddDays(1)) == month.Add(1)
                && month.CompareTo(month.Add(1)) < 0 && month.ToString() == day.ToString("yyyy-MM");
        }).Hold();

    [Fact]
    public void Month_ForPeople_IsNamed() => Assert.Equal("November 2026", Month.Of(On("2026-11-22")).Format());
}
