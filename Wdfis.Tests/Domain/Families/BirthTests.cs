using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Families;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Families;

public class BirthTests
{
    [Theory]
    [InlineData("12/3/2019")]
    [InlineData("12 March 2019")]
    [InlineData(" 12 mar 2019 ")]
    [InlineData("2019-03-12")]
    [InlineData("12.03.2019")]
    public void Parse_Dates_InTheSpellingsPeopleUse(string text)
    {
        Assert.True(Birth.TryParse(text, out var birth));
        Assert.Equal(new Birth.OnDate(new(2019, 3, 12)), birth);
    }

    [Theory]
    [InlineData("31/2/2020")]
    [InlineData("29/2/2019")]
    [InlineData("12/3/19")]
    [InlineData("32 March 2019")]
    [InlineData("tomorrow")]
    [InlineData("0000")]
    [InlineData("due soonish")]
    public void Parse_WhatIsNoBirth_IsRefused(string text) => Assert.False(Birth.TryParse(text, out _));

    [Fact]
    public void Parse_LessThanADate_IsTaken()
    {
        Assert.True(Birth.TryParse("", out var nothing) && nothing == Birth.NotKnown);
        Assert.True(Birth.TryParse("2019", out var year) && year == new Birth.InYear(2019));
        Assert.True(Birth.TryParse("March 2019", out var month) && month == new Birth.InYear(2019));
        Assert.True(Birth.TryParse("expected", out var expected) && expected == new Birth.Expected(null));
        Assert.True(Birth.TryParse("Due on 4/2/2027", out var due) && due == new Birth.Expected(new(2027, 2, 4)));
    }

    [Fact]
    public void Format_AnyBirth_ReadsBack() => Prop.ForAll(Gen.Choose(0, 3_000_000).ToArbitrary(), n =>
    {
        Birth birth = (n % 4) switch
        {
            0 => new Birth.OnDate(DateOnly.MinValue.AddDays(n)),
            1 => new Birth.InYear(1 + n % 9999),
            2 => new Birth.Expected(n % 8 == 2 ? null : DateOnly.MinValue.AddDays(n)),
            _ => Birth.NotKnown,
        };
        return Birth.TryParse(birth.Format(), out var read) && read == birth;
    }).Hold();
}
