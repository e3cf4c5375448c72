using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Rights;

/// <summary>The answer to a request, item by item, and the second person before it goes (D6; field-guide.md section 1.3).</summary>
public sealed class Packs
{
    private static readonly UnitId Request = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly Stamp Officer = new(new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), new DateTimeOffset(2026, 6, 1, 22, 30, 0, TimeSpan.Zero)), Lead = Officer with { By = new(Guid.Parse("00000000-0000-7000-8000-00000000000e")) };
    private static readonly PackCopy Copy = new() { Shown = "x", Marking = Marking.Official, Fingerprint = "0f", Receiver = new(Guid.Parse("00000000-0000-7000-8000-00000000000b")), Proof = "passport", AskedBy = Officer.By, AskedAt = Officer.At };

    private static RightsPack Empty => RightsPack.Of(Request);

    private static Checked<RightsPack> Decide(RightsPack pack, string[] items, ItemVerdict? verdict = ItemVerdict.Agreed, string? exemption = null, string? reason = "because", string? instead = null) => pack.Decide(items, verdict, exemption, reason, instead, Officer);

    [Fact]
    public void Deciding_ItemByItem_NamesWhatIsMissing()
    {
        foreach (var (got, fields) in new (Checked<RightsPack>, string)[]
        {
            (Decide(Empty, ["a|1"]), ""), (Decide(Empty, []), "pack.item"), (Decide(Empty, ["a|1"], null), "pack.verdict"), (Decide(Empty, ["a|1"], (ItemVerdict)9), "pack.verdict"),
            (Decide(Empty, ["a|1"], ItemVerdict.Withheld), "pack.exemption"), (Decide(Empty, ["a|1"], ItemVerdict.Withheld, "habit"), "pack.exemption"), (Decide(Empty, ["a|1", "a|2"], ItemVerdict.Withheld, "privilege"), ""),
            (Decide(Empty, ["a|1", "b|1"], ItemVerdict.Withheld, "privilege"), "pack.item"), (Decide(Empty, ["a|1", "b|1"], ItemVerdict.Reasonable), ""), (Decide(Empty, ["a|1"], reason: " "), "pack.reason"),
            (Decide(Empty, ["a|1"], reason: new string('x', 2001)), "pack.reason"), (Decide(Empty, ["a|1"], reason: "two\nlines"), ""), (Decide(Empty, ["a|1", "a|2"], ItemVerdict.WithoutThem, instead: "own words"), "pack.instead"),
            (Decide(Empty, ["a|1"], ItemVerdict.WithoutThem, instead: "own\nwords"), ""), (Decide(Empty, ["a|1"], ItemVerdict.WithoutThem, instead: new string('x', TypedText.NoteLimit + 1)), "pack.instead"),
        })
            Assert.Equal(fields, got.Fields());
        // Of what the gap alone would tell nothing shows that it was left out (section 1.3).
        Assert.Equal(["third-party", "privilege", "reference"], PackExemption.All.Where(one => one.Says).Select(one => one.Code));
        foreach (var exemption in PackExemption.All)
            Assert.Equal(exemption.Code, Assert.Single(Decide(Empty, ["a|1"], ItemVerdict.Withheld, exemption.Code).OrThrow().Decisions).Exemption);
    }

    [Fact]
    public void Decided_Anew_CountsTheLastWordOnEachItem_AndIsPutTogetherAnew()
    {
        var pack = Decide(Decide(Empty, ["a|1", "a|1", "a|2"], ItemVerdict.Agreed, "privilege", " be\r\ncause ", null).OrThrow().Before(Copy), ["a|2"], ItemVerdict.WithoutThem, "privilege", "x", " in other words ").OrThrow();
        Assert.Equal([("a|1", ItemVerdict.Agreed, null, "be\ncause", null), ("a|2", ItemVerdict.WithoutThem, null, "x", "in other words")], pack.Decisions.Select(one => (one.Item, one.Verdict, one.Exemption, one.Reason, one.Instead)));
        Assert.All(pack.Decisions, one => Assert.Equal((Officer.By, Officer.At), (one.By, one.At)));
        Assert.Null(pack.Copy);
        // Words of one's own belong to what is supplied without somebody else, and to nothing besides.
        Assert.Null(Decide(Empty, ["a|1"], ItemVerdict.Reasonable, instead: "own words").OrThrow().Decisions[0].Instead);
    }

    [Fact]
    public void Answer_GoesOnce_AfterASecondPerson()
    {
        Assert.Equal((RightsPack.IdOf(Request), Request, false, null), (Empty.Id, Empty.Request, Empty.WasReleased, Empty.ReleasedOn));
        Assert.NotEqual(Request, RightsPack.IdOf(Request));
        Assert.True(Empty.Agree(Role.TeamLead, "read", Officer.At.AddDays(1), Lead).NotItsTurn());
        var waits = Empty.Before(Copy);
        Assert.Equal("approval.by", waits.Agree(Role.TeamLead, "read", Officer.At.AddDays(1), Officer).Fields());
        Assert.Equal("approval.reason", waits.Agree(Role.TeamLead, null, Officer.At.AddDays(1), Lead).Fields());
        var agreed = waits.Agree(Role.TeamLead, "read", Officer.At.AddDays(1), Lead).OrThrow();
        Assert.Equal(("0f", Officer.By, Lead.By), (agreed.Copy!.Approval!.Of, agreed.Copy.Approval.AskedBy, agreed.Copy.Approval.By));
        Assert.True(agreed.Agree(Role.TeamLead, "again", Officer.At.AddDays(1), Lead).NotItsTurn());
        // Half past ten in the evening of UTC is tomorrow already for no London day in winter, and for this one in June it is half past eleven.
        var went = agreed.Released(Officer.At.AddHours(1));
        Assert.Equal((true, new DateOnly(2026, 6, 2)), (went.WasReleased, went.ReleasedOn!.Value));
        Assert.Equal(new DateOnly(2026, 6, 1), agreed.Released(Officer.At).ReleasedOn);
        Assert.True(Decide(went, ["a|1"]).NotItsTurn());
        Assert.Throws<InvalidOperationException>(() => went.Before(Copy));
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        var one = Decide(Empty, ["a|1"]).OrThrow().Decisions[0];
        Assert.Single(RightsPack.Restore(Empty.Id, Request, [one], null).Decisions);
        Assert.Throws<ArgumentException>(() => RightsPack.Restore(Request, Request, [one], null));
        Assert.Throws<ArgumentException>(() => RightsPack.Restore(Empty.Id, Request, [one, one], null));
    }
}
