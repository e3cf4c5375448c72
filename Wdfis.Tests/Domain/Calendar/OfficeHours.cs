using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Calendar;

public class OfficeHours
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);

    private static DateTimeOffset At(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture) is var at ? London.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : default;

    [Theory]
    [InlineData("2026-11-20T16:00", "2026-11-23T10:00", 2)]
    [InlineData("2026-11-23T09:00", "2026-11-23T17:00", 8)]
    [InlineData("2026-11-23T06:00", "2026-11-23T23:00", 8)]
    [InlineData("2026-07-01T08:00", "2026-07-01T10:30", 1.5)]
    [InlineData("2026-11-21T09:00", "2026-11-22T17:00", 0)]
    [InlineData("2026-12-24T16:00", "2026-12-29T10:00", 2)]
    [InlineData("2026-11-23T12:00", "2026-11-23T12:00", 0)]
    [InlineData("2026-11-23T12:00", "2026-11-23T11:00", 0)]
    [InlineData("2026-11-24T12:00", "2026-11-23T16:00", 0)]
    public void Hours_BetweenTwoInstants_AreThoseOfTheOffice(string from, string to, double hours) => Assert.Equal(TimeSpan.FromHours(hours), Working.Hours(At(from), At(to)));

    [Fact]
    public void Hours_OfMoreThanAYear_AreCountedAYearBack()
    {
        var to = At("2027-11-23T17:00");
        Assert.Equal(Working.Hours(At("2026-11-22T00:00"), to), Working.Hours(At("2020-01-01T00:00"), to));
        Assert.Equal(Working.Hours(At("2026-11-22T00:00"), to), Working.Hours(At("2026-11-23T00:00"), to) + Working.Hours(At("2026-11-22T00:00"), At("2026-11-23T00:00")));
    }

    [Fact]
    public void Hours_OfTwoStretches_AreThoseOfBothTogether() =>
        Prop.ForAll(Gen.Choose(0, 500_000).ToArbitrary(), Gen.Choose(0, 60_000).ToArbitrary(), Gen.Choose(0, 60_000).ToArbitrary(), (start, first, second) =>
        {
            var from = At("2026-01-01T00:00").AddMinutes(start);
            var (middle, to) = (from.AddMinutes(first), from.AddMinutes(first + second));
            return Working.Hours(from, middle) + Working.Hours(middle, to) == Working.Hours(from, to) && Working.Hours(from, to) <= to - from;
        }).Hold();
}
