using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Families;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Curiosity;

/// <summary>What the portal notices of its own colleagues, and how it is closed (S2, S3).</summary>
public sealed class Noticing
{
    private static readonly UnitId Unit = new(Id(50).Value);
    private static readonly Stamp Lead = new(new(Id(60).Value), Now);

    [Fact]
    public void Alert_IsClosedOnceBySomebodyElse_InWords()
    {
        var alert = Alert.Restore(Unit, AlertKind.OwnName, Ada, new UnitId(Id(51).Value), Now);
        Assert.Equal((Unit, AlertKind.OwnName, Ada, Id(51).Value, Now, null), (alert.Id, alert.Kind, alert.About, alert.Family!.Value.Value, alert.At, alert.Closing));
        Assert.True(alert.Close(AlertEnd.Explained, "x", new(Ada, Now)).NotItsTurn());
        Assert.True(alert.Close((AlertEnd)9, "x", Lead).NotItsTurn());
        Assert.Equal(("alert.note", "alert.note", ""), (alert.Close(AlertEnd.Explained, " ", Lead).Fields(), alert.Close(AlertEnd.Explained, "a\0", Lead).Fields(), alert.Close(AlertEnd.Explained, "a\nb", Lead).Fields()));
        var closed = alert.Close(AlertEnd.TakenFurther, " x ", Lead).OrThrow();
        Assert.Equal(new AlertClosing(AlertEnd.TakenFurther, "x", Lead), closed.Closing);
        Assert.True(closed.Close(AlertEnd.Explained, "x", Lead).NotItsTurn());
    }

    [Fact]
    public void Month_IsLookedThroughOnce_InWords()
    {
        var month = MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 1));
        Assert.Equal((Unit, new DateOnly(2026, 5, 1), 0, null), (month.Id, month.Month, month.Sample.Length, month.Looked));
        Assert.Equal([7L], MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 1), [7]).Sample.AsEnumerable());
        Assert.Throws<ArgumentException>(() => MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 2)));
        Assert.Equal(("monthly.note", ""), (month.Sign([3], [], " ", Lead).Fields(), month.Sign([3], [], "a\nb", Lead).Fields()));
        var signed = month.Sign([3, 8], [], " x ", Lead).OrThrow();
        Assert.Equal(("x", Lead, 8L), (signed.Note, signed.Looked!.Value, signed.Sample[^1]));
        Assert.Equal((true, null), (signed.IsOver, signed.WaitsFor));
        Assert.True(signed.Sign([3], [], "x", new(Ada, Now)).NotItsTurn());
    }

    [Fact]
    public void Month_WhoLookedThrough_LeavesTheirOwnOpeningsToAnother()
    {
        var month = MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 1)).Sign([3], [4, 9], "x", Lead).OrThrow();
        Assert.Equal((false, Lead.By), (month.IsOver, month.WaitsFor!.Value));
        Assert.True(month.Sign([4, 9], [], "x", Lead).NotItsTurn());
        Assert.Equal("monthly.note", month.Sign([4, 9], [], null, new(Ada, Now)).Fields());
        var over = month.Sign([], [], "y", new(Ada, Now)).OrThrow();
        Assert.Equal((true, "x", "y", Lead.By, Ada), (over.IsOver, over.Note, over.LeftNote, over.Looked!.Value.By, over.LeftLooked!.Value.By));
        Assert.Equal([4L, 9L], over.Left.AsEnumerable());
        Assert.Equal([3L], over.Sample.AsEnumerable());
        Assert.True(over.Sign([], [], "z", new(Ada, Now)).NotItsTurn());
    }

    /// <summary>One house in the spellings that people use, and no other: nothing of the address itself is kept.</summary>
    [Theory]
    [InlineData("14 Example Road", "14, example road", true)]
    [InlineData("14a Example Road", "14 A", true)]
    [InlineData("14a Example Road", "14 Example Road", false)]
    [InlineData("14 An Example Road", "14", true)]
    [InlineData("Flat 2, 14 Road", "2", true)]
    [InlineData("The Cottage, Lane", "the cottage\nElsewhere", true)]
    [InlineData("The Cottage, Lane", "The Barn", false)]
    [InlineData("Zoë House", "zoe house", true)]
    [InlineData("14b", "14B", true)]
    public void OwnHome_IsTheSameHouse(string typed, string lines, bool same)
    {
        var home = OwnHome.Create(Unit, "WF1 2EB", typed).OrThrow();
        Assert.Equal((same, false), (home.Is(new Address { Lines = lines, Postcode = "wf12eb", Source = Source.Record }), home.Is(new Address { Lines = typed, Postcode = "WF1 2ED", Source = Source.Record })));
        Assert.False(home.Is(new Address { Lines = typed, Source = Source.Record }));
        Assert.NotEqual(home.Token.AsEnumerable(), OwnHome.Create(Unit, "WF1 2EB", typed).OrThrow().Token.AsEnumerable());
    }

    [Fact]
    public void OwnHome_NeedsPostcodeAndHouse()
    {
        Assert.Equal(("own-home.postcode", "own-home.house", "own-home.postcode own-home.house"), (OwnHome.Create(Unit, "WF1", "14").Fields(), OwnHome.Create(Unit, "WF1 2EB", " , ").Fields(), OwnHome.Create(Unit, null, null).Fields()));
        foreach (var (key, token) in new[] { (31, 32), (32, 31) })
            Assert.Throws<ArgumentException>(() => OwnHome.Restore(Unit, [.. new byte[key]], [.. new byte[token]]));
        Assert.Equal(32, OwnHome.Restore(Unit, [.. new byte[32]], [.. new byte[32]]).Token.Length);
    }

    /// <summary>Somebody of the family bears the colleague's name, however it is written; a child without a surname has the first carer's.</summary>
    [Theory]
    [InlineData("Magda Testowska", true)]
    [InlineData("TESTOWSKA, Magda", true)]
    [InlineData("Ola Testowska", true)]
    [InlineData("Ola Other", false)]
    [InlineData("Kim Other", true)]
    [InlineData("Kim Testowska", false)]
    [InlineData("Magda", false)]
    [InlineData("Magda Maria Testowska", false)]
    [InlineData(null, false)]
    public void OwnName_OnACard(string? displayed, bool names)
    {
        var card = FamilyCard.Create([Magda], [Ola, Ola with { Id = Id(4), Forename = "Kim", Surname = "Other" }], Today, Ada).OrThrow();
        Assert.Equal(names, OwnHome.Names(card, displayed));
        Assert.False(OwnHome.Names(FamilyCard.Create([], [Ola], Today, Ada).OrThrow(), "Ola Testowska"));
    }
}
