using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Calendar;

public sealed class BankHolidayList
{
    /// <summary>The published lists, complete; s marks a substitute day.</summary>
    [Theory]
    [InlineData(2019, "1/1 19/4 22/4 6/5 27/5 26/8 25/12 26/12")]
    [InlineData(2020, "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12s")]
    [InlineData(2021, "1/1 2/4 5/4 3/5 31/5 30/8 27/12s 28/12s")]
    [InlineData(2022, "3/1s 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12s")]
    [InlineData(2023, "2/1s 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12")]
    [InlineData(2024, "1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12")]
    [InlineData(2025, "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12")]
    [InlineData(2026, "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12s")]
    [InlineData(2027, "1/1 26/3 29/3 3/5 31/5 30/8 27/12s 28/12s")]
    [InlineData(2028, "3/1s 14/4 17/4 1/5 29/5 28/8 25/12 26/12")]
    public void BankHolidays_OfAPublishedYear_AreExactlyThese(int year, string days)
    {
        var list = BankHolidays.Published.In(year);
        Assert.Equal(days, string.Join(' ', list.Select(holiday => $"{holiday.On.Day}/{holiday.On.Month}{(holiday.Substitute ? "s" : "")}")));
        Assert.All(list, holiday => Assert.Equal(holiday, BankHolidays.Published.Find(holiday.On)));
        Assert.All(list, holiday => Assert.True(BankHolidays.Published.IsKnown(holiday.On)));
    }

    [Fact]
    public void BankHolidays_ByName_SayWhichDayIsKept()
    {
        var christmas2022 = BankHolidays.Published.In(2022).TakeLast(2);
        Assert.Equal(["Boxing Day", "Christmas Day"], christmas2022.Select(holiday => holiday.Name));
        Assert.Equal("Platinum Jubilee bank holiday", BankHolidays.Published.Find(new DateOnly(2022, 6, 3))!.Name);
        Assert.Null(BankHolidays.Published.Find(new DateOnly(2026, 6, 15)));
    }

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Easter_OfAYearWithAKnownDate_IsThatDay(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), BankHolidays.EasterSunday(year));

    [Fact]
    public void BankHolidays_ByRule_AreEightWeekdaysInEveryYear() =>
        Prop.ForAll(Gen.Choose(2029, 2400).ToArbitrary(), year =>
        {
            var list = BankHolidays.Published.In(year);
            return list.Count == 8
                && list.All(holiday => holiday.On.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && holiday.On.Year == year)
                && list.Select(holiday => holiday.On).Distinct().Count() == 8
                && list.All(holiday => !BankHolidays.Published.IsKnown(holiday.On));
        }).Hold();

    [Fact]
    public void BankHolidays_WithAProclaimedDay_KeepItUnderItsName()
    {
        var holidays = BankHolidays.Create([new(new DateOnly(2027, 6, 14), "Royal wedding"), new(new DateOnly(2029, 5, 7), "Moved to Friday", Removed: true)], new DateOnly(2029, 12, 31));
        Assert.Equal("Royal wedding", holidays.Find(new DateOnly(2027, 6, 14))!.Name);
        Assert.Null(holidays.Find(new DateOnly(2029, 5, 7)));
        Assert.True(holidays.IsKnown(new DateOnly(2029, 12, 31)));
        Assert.False(holidays.IsKnown(new DateOnly(2030, 1, 1)));
        Assert.False(holidays.IsKnown(new DateOnly(2018, 12, 31)));
        Assert.Null(BankHolidays.Published.Find(new DateOnly(2027, 6, 14)));
    }

    [Fact]
    public void BankHolidays_WithChangesThatContradict_AreRefusedByDay()
    {
        BankHolidayChange[] changes =
        [
            new(new DateOnly(2027, 6, 14), " "),
            new(new DateOnly(2027, 7, 1), "One"), new(new DateOnly(2027, 7, 1), "Two"),
            new(new DateOnly(2027, 12, 27), "Again"),
            new(new DateOnly(2027, 12, 29), "Not there", Removed: true),
        ];
        Assert.Equal(["2027-06-14", "2027-07-01", "2027-12-27", "2027-12-29"], BankHolidays.Check(changes).Select(problem => problem.Field));
        Assert.Throws<ArgumentException>(() => BankHolidays.Create(changes));
    }

    [Fact]
    public void BankHolidays_KnownUntilAnEarlierDayThanPublished_StayKnownAsPublished() =>
        Assert.Equal(BankHolidays.PublishedUntil, BankHolidays.Create([], new DateOnly(2020, 1, 1)).KnownUntil);
}
