using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Policy;

public class ToldTests
{
    private static readonly PolicyVersion[] Versions =
    [
        new(new(2025, 1), Today.AddDays(-300), false),
        new(new(2026, 1), Today.AddDays(-200), true),
        new(new(2026, 2), Today.AddDays(-100), false),
        new(new(2027, 1), Today.AddDays(1), true),
    ];

    private static Telling Told(ToldWhat what, int year, int issue) => new() { Person = Id(1), Version = new(year, issue), What = what, How = ToldHow.ReadAloud, At = Now, By = Ada };

    [Fact]
    public void Told_OfTheLastMaterialVersionOrLater_Counts()
    {
        var state = ToldState.For(Id(1), [Told(ToldWhat.ConfidentialityPolicy, 2026, 1), Told(ToldWhat.RightToSeeInformation, 2026, 2), Told(ToldWhat.UseOfInformation, 2025, 1)], Versions, Today);
        Assert.Equal([ToldWhat.UseOfInformation], state.StillToTell.AsEnumerable());
        Assert.Equal(new PolicyNumber(2026, 2), state.Current);
    }

    [Fact]
    public void Told_WhenAMaterialChangeIsPublished_StartsAgainOnThatDay()
    {
        Telling[] all = [.. ToldState.Everything.Select(w => Told(w, 2026, 2))];
        Assert.True(ToldState.For(Id(1), all, Versions, Today).Complete);
        Assert.Equal(3, ToldState.For(Id(1), all, Versions, Today.AddDays(1)).StillToTell.Length);
    }

    [Fact]
    public void Told_SomebodyElseOrAVersionNotYetPublished_DoesNotCount()
    {
        Assert.Equal(3, ToldState.For(Id(2), [Told(ToldWhat.ConfidentialityPolicy, 2026, 2)], Versions, Today).StillToTell.Length);
        Assert.Equal(3, ToldState.For(Id(1), [Told(ToldWhat.ConfidentialityPolicy, 2027, 1)], Versions, Today).StillToTell.Length);
    }

    [Fact]
    public void Told_WithNoVersionPublished_NobodyIsTold()
    {
        var state = ToldState.For(Id(1), [Told(ToldWhat.ConfidentialityPolicy, 2026, 1)], [], Today);
        Assert.Null(state.Current);
        Assert.Equal(ToldState.Everything.AsEnumerable(), state.StillToTell.AsEnumerable());
    }

    [Fact]
    public void Told_FirstVersionNotMarked_CountsFromItOn() =>
        Assert.Equal(2, ToldState.For(Id(1), [Told(ToldWhat.ConfidentialityPolicy, 2025, 1)], Versions[..1], Today).StillToTell.Length);

    [Fact]
    public void Told_MoreTellings_NeverLeaveMoreToTell() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var r = new Random(seed);
        Telling[] all = [.. Enumerable.Range(0, 8).Select(_ => Told((ToldWhat)r.Next(1, 4), r.Next(2025, 2028), r.Next(1, 3)))];
        return Enumerable.Range(1, 7).All(n => ToldState.For(Id(1), all[..n], Versions, Today).StillToTell.Length >= ToldState.For(Id(1), all[..(n + 1)], Versions, Today).StillToTell.Length);
    }).Hold();

    [Fact]
    public void Number_OrdersByIssueNotByText()
    {
        Assert.True(PolicyNumber.Parse("2026.10").CompareTo(PolicyNumber.Parse("2026.2")) > 0);
        Assert.Equal("2026.10", PolicyNumber.Parse("2026.10").ToString());
        Assert.All((string?[])[null, "", "2026", "2026.0", "26.1", "2026.1.1", "2026.-1", " 2026.1"], t => Assert.False(PolicyNumber.TryParse(t, out _)));
    }
}
