using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

public class Holds
{
    private static readonly UnitId Id = new(Guid.Parse("00000000-0000-7000-8000-0000000000bb")), Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000bc"));
    private static readonly Stamp Now = new(new ColleagueId(Guid.Parse("00000000-0000-7000-8000-0000000000aa")), new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private static readonly DateOnly Year = new(2027, 11, 23);

    private static Checked<Hold> Place(HoldKind? kind = HoldKind.Claim, string? why = "A claim is expected", DateOnly? review = null, string? reference = null, string? confirmed = null, bool ofClass = false) =>
        Hold.Place(Id, kind, ofClass ? null : Family, ofClass ? "fis-enquiry" : null, why, review ?? Year, reference, confirmed, Now);

    [Fact]
    public void Hold_Placed_BindsUntilItIsLifted_AndIsLookedAtWithinAYear()
    {
        Assert.Equal("hold.kind", Place(kind: null).Fields());
        Assert.Equal("hold.kind", Place(kind: (HoldKind)99).Fields());
        Assert.Equal("hold.why", Place(why: " ").Fields());
        Assert.Equal("hold.review", Place(review: Year.AddDays(1)).Fields());
        Assert.Equal("hold.review", Place(review: Now.On).Fields());
        Assert.Equal("hold.reference hold.confirmed-by", Place(HoldKind.Inquiry, reference: " ").Fields());
        Assert.Equal("hold.confirmed-by", Place(HoldKind.Inquiry, reference: "IQ-1").Fields());
        var inquiry = Place(HoldKind.Inquiry, reference: " IQ-1 ", confirmed: "The chair").OrThrow();
        Assert.Equal(("IQ-1", "The chair"), (inquiry.Reference, inquiry.ConfirmedBy));
        Assert.Equal((null, "fis-enquiry"), (Place(ofClass: true).OrThrow().Unit, Place(ofClass: true).OrThrow().Class));

        var hold = Place(review: Now.On.AddDays(1)).OrThrow();
        Assert.Equal((Family, null, true, Now.On.AddDays(1), null), (hold.Unit!.Value, hold.Class, hold.Binds, hold.ReviewOn!.Value, hold.LiftedOn));
        Assert.Equal("hold.review", hold.Look("Goes on", null, Now).Fields());
        Assert.Equal("hold.why", hold.Look(null, Year, Now).Fields());
        var looked = hold.Look("Goes on", Year, Now).OrThrow();
        Assert.Equal((true, Year, HoldEvent.Reviewed), (looked.Binds, looked.ReviewOn!.Value, looked.Steps[^1].What));
        Assert.Equal("hold.why", looked.Lift("", Now).Fields());
        var lifted = looked.Lift("Settled", Now).OrThrow();
        Assert.Equal((false, null, Now.On), (lifted.Binds, lifted.ReviewOn, lifted.LiftedOn!.Value));
        Assert.Equal("", Assert.Single(lifted.Lift("Again", Now).Problems).Field);
        Assert.Equal("", Assert.Single(lifted.Look("Again", Year, Now).Problems).Field);
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        HoldStep Step(HoldEvent what) => new(what, Now.At, Now.By, "x", Year);
        Assert.True(Hold.Restore(Id, HoldKind.Inquiry, Family, null, "IQ-1", "The chair", [Step(HoldEvent.Placed), Step(HoldEvent.Reviewed)]).Binds);
        foreach (var broken in (Action[])
        [
            () => Hold.Restore(default, HoldKind.Claim, Family, null, null, null, [Step(HoldEvent.Placed)]),
            () => Hold.Restore(Id, HoldKind.Claim, null, null, null, null, [Step(HoldEvent.Placed)]),
            () => Hold.Restore(Id, HoldKind.Claim, Family, "fis-enquiry", null, null, [Step(HoldEvent.Placed)]),
            () => Hold.Restore(Id, HoldKind.Claim, Family, null, null, null, []),
            () => Hold.Restore(Id, HoldKind.Claim, Family, null, null, null, [Step(HoldEvent.Lifted)]),
            () => Hold.Restore(Id, HoldKind.Claim, Family, null, null, null, [Step(HoldEvent.Placed), Step(HoldEvent.Lifted), Step(HoldEvent.Reviewed)]),
            () => Hold.Restore(Id, HoldKind.Inquiry, Family, null, null, "The chair", [Step(HoldEvent.Placed)]),
            () => Hold.Restore(Id, HoldKind.Inquiry, Family, null, "IQ-1", null, [Step(HoldEvent.Placed)]),
        ])
            Assert.Throws<ArgumentException>(broken);
    }
}
