using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Families;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Curiosity;

public class OpeningReasonTests
{
    private static readonly ColleagueId Me = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly ColleagueId Other = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static Envelope Of(UnitKind kind, ColleagueId owner, string state, UnitId? family) => new()
    {
        Id = kind == UnitKind.Family ? Family : new UnitId(Guid.CreateVersion7()),
        Kind = kind,
        Family = family,
        Service = Service.ParentPartnership,
        Marking = Marking.Official,
        KeepUntil = Shipped.Schedule.KeepUntil(RetentionCodes.FamilyCard, new RetentionFacts { OpenedOn = Today }),
        Owner = owner,
        State = state,
        CreatedOn = Today,
        TouchedOn = Today,
    };

    /// <summary>Whatever else lies around the family: only what is the colleague's own and open, or entered that day, or a purpose that names the work, is a reason.</summary>
    [Fact]
    public void Reason_OfAnyFamilyAndWork_StandsByTheColleaguesOwnAlone()
    {
        Purpose[] named = [Purpose.RightsRequest, Purpose.RetentionReview, Purpose.QualityReview, Purpose.Complaint, Purpose.Breach];
        var unit =
            from kind in Gen.Elements(UnitKind.Enquiry, UnitKind.Permission, UnitKind.Disclosure)
            from owner in Gen.Elements(Me, Other)
            from state in Gen.Elements("open", "reopened", "closed", "given")
            from family in Gen.Elements<UnitId?>(Family, null, new UnitId(Guid.Parse("00000000-0000-7000-8000-0000000000fd")))
            select Of(kind, owner, state, family);
        var all =
            from purpose in Gen.Elements(Enum.GetValues<Purpose>())
            from owner in Gen.Elements(Me, Other)
            from units in unit.ListOf()
            from entrusted in Gen.Elements(true, false)
            from age in Gen.Elements(0, 1, 400)
            select (purpose, card: Of(UnitKind.Family, owner, "open", Family) with { CreatedOn = Today.AddDays(-age) }, units, entrusted);
        Prop.ForAll(all.ToArbitrary(), one =>
        {
            var reason = OpeningReasons.StandsBy(Me, one.purpose, Today, one.card, one.units, one.entrusted);
            var enquiry = one.units.Any(of => of is { Kind: UnitKind.Enquiry, State: "open" or "reopened" } && of.Owner == Me && of.Family == Family);
            return reason is not null == (named.Contains(one.purpose) || one.card.Owner == Me && one.card.CreatedOn == Today || enquiry || one.entrusted)
                && (reason != StandingReason.Enquiry || enquiry) && (reason != StandingReason.Entrusted || one.entrusted);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("wf5 9aa", "14", "14, Example Road\nOssett", "WF5 9AA", true)]
    [InlineData("WF59AA", "14a", "14 A Example Road", "WF5 9AA", true)]
    [InlineData("WF5 9AA", "14", "14a Example Road", "WF5 9AA", false)]
    [InlineData("WF5 9AA", "1", "14 Example Road", "WF5 9AA", false)]
    [InlineData("WF5 9AA", "14", "14 Example Road", "WF5 9AB", false)]
    [InlineData("WF5 9AA", "Rose Cottage", "Rose Cottage, Example Lane", "WF5 9AA", true)]
    [InlineData("WF5 9AA", "Rose Cottage", "Thorn Cottage\nExample Lane", "WF5 9AA", false)]
    [InlineData("WF5 9AA", "14", null, null, false)]
    public void OwnHome_ComparedWithAnAddress_IsTheSameHouseAlone(string postcode, string house, string? lines, string? theirs, bool same)
    {
        var home = OwnHome.Create(Family, postcode, house).OrThrow();
        Assert.Equal(same, home.Is(new Address { Lines = lines, Postcode = theirs, Source = Source.Themselves }));
        // Two colleagues of one house have nothing alike.
        Assert.NotEqual(home.Token, OwnHome.Create(Family, postcode, house).OrThrow().Token);
    }

    [Theory]
    [InlineData("", "14", "own-home.postcode")]
    [InlineData("WF5", "14", "own-home.postcode")]
    [InlineData("WF5 9AA", " ", "own-home.house")]
    public void OwnHome_WithoutPostcodeOrHouse_IsRefused(string postcode, string house, string field) =>
        Assert.Equal(field, Assert.Single(OwnHome.Create(Family, postcode, house).Problems).Field);

    [Theory]
    [InlineData("Zoë Testowska", true)]
    [InlineData("TESTOWSKA, Zoe", true)]
    [InlineData("Zoe", false)]
    [InlineData("Zoe Testowski", false)]
    [InlineData("Zoe Anna Testowska", false)]
    public void Names_OfAColleague_AreTheirsOnTheCardInEitherOrder(string name, bool own)
    {
        var carer = new Carer { Id = new PersonId(Guid.CreateVersion7()), Ladder = Wdfis.Domain.Anonymity.Ladder.Named, Forename = "Zoe", Surname = "Testowska", Source = Source.Themselves };
        Assert.Equal(own, OwnHome.Names(FamilyCard.Create([carer], [], Today, Me).OrThrow(), name));
    }

    [Fact]
    public void Alert_IsClosedOnce_WithAWord_AndNeverByTheOneWhomItIsAbout()
    {
        var at = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var alert = Alert.Restore(Family, AlertKind.ManyFamilies, Me, null, at);
        Assert.False(alert.Close(AlertEnd.Explained, "It was the half-term rush.", new Stamp(Me, at)).Accepted);
        Assert.Equal("alert.note", Assert.Single(alert.Close(AlertEnd.Explained, " ", new Stamp(Other, at)).Problems).Field);
        var closed = alert.Close(AlertEnd.TakenFurther, "With the manager.", new Stamp(Other, at)).OrThrow();
        Assert.False(closed.Close(AlertEnd.Explained, "Again.", new Stamp(Other, at)).Accepted);
    }

    /// <summary>The sample is of the openings and of none else, as many as asked for, and the same for everybody who asks.</summary>
    [Fact]
    public void Sample_OfAnyMonth_IsTheSameForAll_AndChangesWithItsLastEntry()
    {
        static AuditEntry Entry(long sequence) => new() { Sequence = sequence, Epoch = 1, At = DateTimeOffset.UnixEpoch.AddSeconds(sequence), Who = Me, Action = AuditAction.Opened, Purpose = Purpose.Advise, Units = [Family] };
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte>().Zip(Gen.Choose(1, 60)).ToArbitrary(), one =>
        {
            var (count, size) = (one.Item1, one.Item2);
            var entries = Enumerable.Range(1, count).Select(i => Entry(i * 3L)).ToList();
            var chosen = MonthlyLook.Choose(entries, size);
            return chosen.Length == Math.Min(count, size) && chosen.SequenceEqual(MonthlyLook.Choose([.. entries.AsEnumerable().Reverse()], size)) && chosen.All(entries.Contains)
                && chosen.Zip(chosen.Skip(1), (first, next) => first.Sequence < next.Sequence).All(rises => rises);
        }).QuickCheckThrowOnFailure();
        var month = Enumerable.Range(1, 500).Select(i => Entry(i)).ToList();
        Assert.NotEqual(MonthlyLook.Choose(month, 20), MonthlyLook.Choose([.. month, Entry(501)], 20).AsEnumerable());
    }
}
