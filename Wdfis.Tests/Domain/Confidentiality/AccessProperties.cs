using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Confidentiality;

/// <summary>Who opens what for which purpose (S2, S3, C2): for any facts, and for each kind as the policy has it.</summary>
public class AccessProperties
{
    private static readonly ColleagueId Somebody = new(Guid.Parse("00000000-0000-7000-8000-0000000000aa"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000bb"));
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    private static AccessFacts From(int seed)
    {
        var r = new Random(seed);
        bool Perhaps(int of = 2) => r.Next(of) == 0;
        return new AccessFacts
        {
            Who = new Colleague(Perhaps(12) ? ColleagueId.Portal : Somebody, "Sorrel Example", [.. Roles.Where(_ => Perhaps())], []),
            Purpose = Enum.GetValues<Purpose>()[r.Next(Enum.GetValues<Purpose>().Length)],
            Unit = Unit,
            Kind = Enum.GetValues<UnitKind>()[r.Next(Enum.GetValues<UnitKind>().Length)],
            Marking = Marking.Official,
            SpecialHandling = Perhaps(4),
            Assigned = Perhaps(),
            Conflict = Perhaps(6),
            Restricted = Perhaps(4),
            Emergency = Perhaps(4),
            Own = Perhaps(),
            State = ((string[])["", "open", AccessDecision.WaitsForSecond, AccessDecision.WaitsForSignOff])[r.Next(4)],
            NamedByRequest = Perhaps(),
            NamedByBreach = Perhaps(),
        };
    }

    private static bool Opens(AccessFacts facts) => AccessDecision.Decide(facts).Match(
        clearance => clearance == AccessDecision.Decide(facts).Match(again => again, _ => throw new InvalidOperationException())
            && (clearance.Who, clearance.Purpose, clearance.Unit) == (facts.Who.Id, facts.Purpose, facts.Unit) ? true : throw new InvalidOperationException("A clearance for something else."),
        reasons => reasons is [_, ..] && reasons.Distinct().Count() == reasons.Length ? false : throw new InvalidOperationException("No reason, or one twice."));

    [Fact]
    public void Restriction_MoreOfAny_NeverOpensWhatWasClosed() => Prop.ForAll(Seeds, seed =>
    {
        var facts = From(seed);
        AccessFacts[] tighter =
        [
            facts with { SpecialHandling = true }, facts with { Conflict = true }, facts with { Restricted = true }, facts with { Assigned = false },
            // What is noticed about a colleague is closed to them, and to them alone.
            facts with { Own = facts.Kind == UnitKind.Alert },
            facts with { Emergency = false }, facts with { NamedByRequest = false }, facts with { NamedByBreach = false },
            .. Roles.Select(role => facts with { Who = facts.Who with { Roles = facts.Who.Roles.Remove(role) } }),
        ];
        return Opens(facts) || !tighter.Any(Opens);
    }).Hold();

    [Fact]
    public void Conflict_OrNoPurposeOrNoRole_ClosesWhateverElseHolds() => Prop.ForAll(Seeds, seed =>
    {
        var facts = From(seed);
        return !Opens(facts with { Conflict = true }) && !Opens(facts with { Purpose = Purpose.Unknown }) && !Opens(facts with { Purpose = Purpose.Statistics }) && !Opens(facts with { Purpose = (Purpose)99 })
            && (facts.Own || facts.Who.Id == ColleagueId.Portal || !Opens(facts with { Who = facts.Who with { Roles = [] } }) && !Opens(facts with { Who = facts.Who with { Roles = [Role.Manager] } }))
            && AccessDecision.Decide(facts with { Conflict = true }).Match(_ => false, reasons => reasons.Contains(RefusalReason.Conflict));
    }).Hold();

    [Fact]
    public void NeedToKnow_OpensToWhoeverIsAssignedToLeadsAndInAnEmergencyOnly() => Prop.ForAll(Seeds, seed =>
    {
        var facts = From(seed) with { Conflict = false, Restricted = false };
        var plain = Opens(facts with { SpecialHandling = false });
        var lead = facts.Who.Is(Role.TeamLead);
        return Opens(facts with { SpecialHandling = true }) == (plain && (lead || facts.Assigned || facts.Emergency && facts.Who.Is(Role.Adviser)));
    }).Hold();

    [Fact]
    public void Restricted_IsReadForRightsSafeguardingAndBreachesAndInAnEmergencyOnly() => Prop.ForAll(Seeds, seed =>
    {
        var facts = From(seed) with { Conflict = false, SpecialHandling = false };
        var reads = facts.Purpose is Purpose.RightsRequest or Purpose.Safeguarding or Purpose.Breach || facts.Emergency && (facts.Who.Is(Role.Adviser) || facts.Who.Is(Role.TeamLead));
        return Opens(facts with { Restricted = true }) == (Opens(facts with { Restricted = false }) && reads);
    }).Hold();

    /// <summary>A: advisers, L: team leads, I: information governance, P: the portal itself. Purposes that are not named open to nobody.</summary>
    [Theory]
    [InlineData(UnitKind.Family, "", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Family, "", "request", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:LI Breach:L")]
    [InlineData(UnitKind.Family, "", "breach", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:LI")]
    [InlineData(UnitKind.Disclosure, "waits-for-second", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:ALI Contact:AL Safeguarding:ALI Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Disclosure, "waits-for-sign-off", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Exemption, "waits-for-sign-off", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:ALI Contact:AL Safeguarding:ALI Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Exemption, "decided", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Hold, "", "", "GiveInformation:L Advise:L CaseWork:L Share:L Contact:L Safeguarding:L Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Handling, "", "", "GiveInformation:L Advise:L CaseWork:L Share:L Contact:L Safeguarding:L Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Handling, "", "own", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:ALI Complaint:L RetentionReview:L QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.Draft, "", "own", "GiveInformation:ALI Advise:ALI CaseWork:ALI Share:ALI Contact:ALI Safeguarding:ALI Complaint:LI RetentionReview:LI QualityReview:LI RightsRequest:LI Breach:LI")]
    [InlineData(UnitKind.Draft, "", "", "")]
    [InlineData(UnitKind.Schedule, "", "", "RetentionReview:LIP")]
    [InlineData(UnitKind.DisposalList, "", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:LIP QualityReview:L RightsRequest:L Breach:L")]
    [InlineData(UnitKind.PolicyEdition, "", "", "QualityReview:LI")]
    [InlineData(UnitKind.PolicyReview, "", "", "QualityReview:LI")]
    [InlineData(UnitKind.Acknowledgement, "", "", "")]
    [InlineData(UnitKind.Acknowledgement, "", "own", "QualityReview:ALIMP")]
    [InlineData(UnitKind.RightsRequest, "", "", "RightsRequest:ALI")]
    [InlineData(UnitKind.RightsRequest, "open", "", "RightsRequest:LI")]
    [InlineData(UnitKind.RightsPack, "", "", "RightsRequest:LI")]
    [InlineData(UnitKind.Breach, "", "", "GiveInformation:ALI Advise:ALI CaseWork:ALI Share:ALI Contact:ALI Safeguarding:ALI Complaint:ALI RetentionReview:ALI QualityReview:ALI RightsRequest:ALI Breach:ALI")]
    [InlineData(UnitKind.Breach, "open", "", "RightsRequest:LI Breach:LI")]
    [InlineData(UnitKind.CopyRequest, "", "", "GiveInformation:AL Advise:AL CaseWork:AL Share:AL Contact:AL Safeguarding:AL Complaint:L RetentionReview:L QualityReview:L RightsRequest:LI Breach:L")]
    public void Kind_ForEachPurpose_OpensToTheseRolesAlone(UnitKind kind, string state, string with, string expected)
    {
        var people = new Dictionary<char, Colleague>
        {
            ['A'] = Person(Role.Adviser),
            ['L'] = Person(Role.TeamLead),
            ['I'] = Person(Role.InformationGovernance),
            ['M'] = Person(Role.Manager),
            ['P'] = new(ColleagueId.Portal, "", [], []),
        };
        Assert.Equal(expected, string.Join(' ', Order.Select(purpose => $"{purpose}:{string.Concat(people.Where(one => Opens(new AccessFacts
        {
            Who = one.Value,
            Purpose = purpose,
            Unit = Unit,
            Kind = kind,
            Marking = Marking.Official,
            State = state,
            Own = with == "own",
            NamedByRequest = with == "request",
            NamedByBreach = with == "breach",
        })).Select(one => one.Key))}").Where(line => line[^1] != ':')));
    }

    private static readonly Purpose[] Order =
    [
        Purpose.GiveInformation, Purpose.Advise, Purpose.CaseWork, Purpose.Share, Purpose.Contact, Purpose.Safeguarding, Purpose.Complaint,
        Purpose.RetentionReview, Purpose.QualityReview, Purpose.RightsRequest, Purpose.Breach,
    ];

    private static Colleague Person(Role role) => new(Somebody, "Sorrel Example", [role], []);
}
