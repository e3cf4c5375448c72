using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Tests.Domain.Families;
using static Wdfis.Tests.Domain.Disclosure.World;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>What went and what became of it; notices, statements, exemptions and their register; the buttons of the family page.</summary>
public class RecordTests
{
    private static readonly WorkingDays Days = new(BankHolidays.Published);
    private static readonly Stamp Later = new(Ann, Monday.AddHours(1));

    private static DisclosureRecord Record(DisclosureRequest? request = null, DisclosureFacts? facts = null, PersonId? confidenceOf = null) =>
        DisclosureRecord.Of(DisclosureGate.Decide(request ?? Share(), facts ?? Facts()), Family, "the text", Marking.Official) with { ConfidenceOf = confidenceOf };

    private static ToldFamily Told => ToldFamily.Told(Monday, "by telephone", Later).OrThrow();

    [Fact]
    public void Record_OfAnAnswer_KeepsItWhateverItWas()
    {
        var yes = Record();
        Assert.Equal((DisclosureAnswer.Allowed, "the text", GroundKind.Permission), (yes.Answer, yes.Shown, yes.Ground));
        Assert.Equal([Unit(10)], yes.Permissions.AsEnumerable());
        Assert.Equal([Mother, Ola], yes.About.AsEnumerable());
        var no = Record(Share(OtherSchool));
        Assert.Equal(DisclosureAnswer.Refused, no.Answer);
        Assert.Contains("ATickForTheCouncilOpensNoOtherDoor", no.Rules);
        Assert.False(no.WasTold || no.Unanswered);
        Assert.Equal(DisclosureAnswer.Waiting, Record(Under(Form())).Answer);
        Assert.Equal(nameof(DisclosureRecord), yes.ToString());
    }

    [Fact]
    public void Record_OfAnotherTextThanWasDecided_Throws() =>
        Assert.Throws<ArgumentException>(() => DisclosureRecord.Of(DisclosureGate.Decide(Share(), Facts()), Family, "another text", Marking.Official));

    [Fact]
    public void Record_Unanswered_IsDueTheWorkingDayAfterAndAfterCallBackOnItsDay()
    {
        var record = Record();
        Assert.Equal(Today.AddDays(1), record.DueOn(Days));
        Assert.Equal(new DateOnly(2026, 12, 29), Record(Share() with { Now = new(Ann, new(2026, 12, 24, 10, 0, 0, TimeSpan.Zero)) }).DueOn(Days));
        var back = record.Complete(OutcomeKind.CallBack, Monday, null, Today.AddDays(3), Later).OrThrow();
        Assert.Equal(Today.AddDays(3), back.DueOn(Days));
        var reached = back.Complete(OutcomeKind.Reached, Later.At, null, null, Later).OrThrow();
        Assert.Null(reached.DueOn(Days));
        Assert.True(reached.WasTold);
        Assert.False(reached.Complete(OutcomeKind.SentAsShown, Later.At, null, null, Later).Accepted);
    }

    [Fact]
    public void Outcome_ThatCannotBe_IsRefused()
    {
        Assert.False(Record().Complete(OutcomeKind.SentChanged, Monday, " ", null, Later).Accepted);
        Assert.False(Record().Complete(OutcomeKind.NotSent, Monday, null, null, Later).Accepted);
        Assert.False(Record().Complete(OutcomeKind.SentAsShown, Monday.AddMinutes(-1), null, null, Later).Accepted);
        Assert.False(Record().Complete(OutcomeKind.SentAsShown, Monday.AddDays(1), null, null, Later).Accepted);
        Assert.False(Record(Share(OtherSchool)).Complete(OutcomeKind.SentAsShown, Monday, null, null, Later).Accepted);
    }

    [Fact]
    public void Withdrawal_ListsWhoHadBeenToldOnceEachUntilANoticeTicksIt()
    {
        var told = Record();
        var again = Record() with { Id = Unit(101), DecidedAt = Monday.AddMinutes(5) };
        var notSent = Record(Share(OtherSchool), Facts(Given(Terms(body: OtherSchool)))).Complete(OutcomeKind.NotSent, Later.At, "they rang", null, Later).OrThrow() with { Id = Unit(102) };
        Assert.Empty(Notices.OwedAfter(Given(), [told]));
        var withdrawn = Given(then: Event(PermissionEventKind.Withdrawn, Monday.AddHours(2), Mother));
        var line = Assert.Single(Notices.OwedAfter(withdrawn, [told, again, notSent]));
        Assert.Equal((Unit(101), null), (line.Of, line.TickedBy));
        var notice = Record(Share() with { Id = Unit(103), Ground = new Ground.NoticeOwed(NoticeKind.Withdrawal, line.Of), Now = new(Ann, Monday.AddHours(3)) }, Facts(withdrawn) with { ToldBefore = [told.AsToldBefore, again.AsToldBefore] });
        Assert.Equal(Unit(103), Assert.Single(Notices.OwedAfter(withdrawn, [told, again, notice])).TickedBy);
    }

    [Fact]
    public void Statement_OfThePerson_LeavesOutWhatWasNotTold()
    {
        var shared = Record();
        var x1 = Record(Under(Urgent()));
        var secret = Record() with { ToldFamily = ToldFamily.NotTold("danger", Today.AddDays(9), Later).OrThrow() };
        var confidence = Record(confidenceOf: Ola);
        var refused = Record(Share(OtherSchool));
        DisclosureRecord[] all = [shared, x1, secret, confidence, refused];
        var line = Assert.Single(Statement.Lines(Mother, all));
        Assert.Equal(("Example Primary", GroundKind.Permission), (line.Body, line.Ground));
        Assert.Equal(["your name"], line.Items.AsEnumerable());
        Assert.Equal(2, Statement.Lines(Ola, all).Length);
        Assert.Empty(Statement.Lines(Father, all));
        Assert.Equal(3, Statement.Lines(Mother, [shared, x1.Telling(Told), secret.Telling(Told), confidence]).Length);
        Assert.True(Statement.NeedsTwo([], all));
        Assert.False(Statement.NeedsTwo([], [shared]));
    }

    [Fact]
    public void Statement_WithWhatIsNotTold_ReadsLikeOneWithout()
    {
        var without = Statement.Lines(Mother, [Record()]);
        var with = Statement.Lines(Mother, [Record(Under(Urgent())) with { Id = Unit(9) }, Record(), Record(Under(Form(ExemptionKind.X2)).Agreed(Facts())) with { Id = Unit(8) }]);
        Assert.Equal(without.Select(l => (l.On, l.Act, l.Body, l.Ground)), with.Select(l => (l.On, l.Act, l.Body, l.Ground)));
    }

    [Fact]
    public void Exemption_Urgent_NeedsFiveFieldsAndTheRestWithTheSignature()
    {
        Assert.Empty(Urgent().Missing(Today));
        Assert.Equal(5, (Urgent() with { Who = "", Feared = null, ToWhom = " ", WhatIsTold = null, WhyNow = null }).Missing(Today).Count());
        Assert.Equal(Today.AddDays(1), Urgent().SignOffDueOn(Days));
        Assert.False(Urgent().Sign(true, null, new(Lead, Monday)).Accepted);
        var whole = Form() with { Urgent = true, Feared = "harm", WhatIsTold = "it", WhyNow = "now" };
        Assert.False(whole.Sign(true, null, new(Ann, Monday)).Accepted);
        Assert.False(whole.Sign(false, " ", new(Lead, Monday)).Accepted);
        var signed = whole.Sign(false, "ring the front door first", new(Lead, Monday)).OrThrow();
        Assert.Equal((false, (DateOnly?)null, ExemptionDecision.Share), (signed.SignOff!.Agreed, signed.SignOffDueOn(Days), signed.Decision));
        Assert.False(signed.Sign(true, null, new(Lead, Monday)).Accepted);
    }

    [Theory]
    [InlineData("dpa-sch1-18", true), InlineData("ca1989-47", false), InlineData("public-interest", false)]
    public void Exemption_ReasonForNoPermission_IsAskedOnlyWhereTheHookAsks(string hook, bool asked) =>
        Assert.Equal(asked, (Form() with { Hook = hook, NoPermission = null }).Missing(Today).Any(p => p.Field == "exemption.no-permission"));

    [Fact]
    public void Exemption_Prejudice_IsAskedForCrimeAndProvisionAlone()
    {
        Assert.Contains((Form(ExemptionKind.X2) with { Prejudice = null }).Missing(Today), p => p.Field == "exemption.prejudice");
        Assert.Empty((Form() with { Prejudice = null, Matter = null }).Missing(Today));
        Assert.Contains((Form(ExemptionKind.X2) with { Hook = "dpa-sch1-18" }).Missing(Today), p => p.Field == "exemption.hook");
        Assert.All(Enum.GetValues<ExemptionKind>(), kind => Assert.NotEmpty(ExemptionHooks.For(kind, Today)));
    }

    [Fact]
    public void Exemption_DecisionNotToShare_IsWholeWithoutARecipient() =>
        Assert.Empty((Form() with { Decision = ExemptionDecision.NotToShare, ToWhom = null, Necessity = null, Minimum = null, NoPermission = null, RecipientCheck = null }).Missing(Today));

    [Fact]
    public void Exemption_TransferGround_IsTheOfficersAlone()
    {
        Assert.False(Form().StateTransfer("Article 49", Role.TeamLead, new(Lead, Monday)).Accepted);
        Assert.False(Form().StateTransfer("Article 49", Role.InformationGovernance, new(Ann, Monday)).Accepted);
        Assert.Equal(Lead, Form().StateTransfer("Article 49", Role.InformationGovernance, new(Lead, Monday)).OrThrow().Transfer!.By);
    }

    [Fact]
    public void Register_Counts_ByExemptionOutcomeTimeAndTold()
    {
        var whole = Form() with { Urgent = true, Feared = "harm", WhatIsTold = "it", WhyNow = "now" };
        var rows = ExemptionRegister.Count(
            [
                Urgent(), Urgent(), whole.Sign(true, null, new(Lead, Monday.AddDays(1))).OrThrow(), whole.Sign(false, "x", new(Lead, Monday.AddDays(2))).OrThrow(),
                Form(ExemptionKind.X2), Form() with { Decision = ExemptionDecision.NotToShare, ToldFamily = Told },
            ], Today.AddDays(2), Days);
        Assert.Equal(
            [
                new(ExemptionKind.X1, ExemptionOutcome.WentUnsigned, SignOffTime.Overdue, FamilyTold.NotSaid, 2),
                new(ExemptionKind.X1, ExemptionOutcome.WentAgreed, SignOffTime.InTime, FamilyTold.NotTold, 1),
                new(ExemptionKind.X1, ExemptionOutcome.WentDisagreed, SignOffTime.Late, FamilyTold.NotTold, 1),
                new(ExemptionKind.X1, ExemptionOutcome.NotShared, SignOffTime.NotOwed, FamilyTold.Told, 1),
                new(ExemptionKind.X2, ExemptionOutcome.Waiting, SignOffTime.NotOwed, FamilyTold.NotTold, 1),
            ],
            rows.AsEnumerable());
    }

    [Fact]
    public void SignOff_WithoutALead_IsTheDeputysThenTheOfficers()
    {
        var (deputy, officer) = (new ColleagueId(Guid.NewGuid()), new ColleagueId(Guid.NewGuid()));
        LeadDeputy away = new(Lead, deputy, Today, Today.AddDays(1));
        Assert.Equal([Lead], SignOffs.WhoMaySign([Lead], [], [officer], Ann, Today).AsEnumerable());
        Assert.Equal([deputy], SignOffs.WhoMaySign([Lead], [away], [officer], Ann, Today.AddDays(1)).AsEnumerable());
        Assert.Equal([Lead], SignOffs.WhoMaySign([Lead], [away], [officer], Ann, Today.AddDays(2)).AsEnumerable());
        Assert.Equal([officer], SignOffs.WhoMaySign([], [], [officer], Ann, Today).AsEnumerable());
        Assert.Equal([officer], SignOffs.WhoMaySign([Lead], [away], [officer], deputy, Today).AsEnumerable());
    }

    public static TheoryData<string, string> Buttons => new()
    {
        { "given", "until 3 March 2027" }, { "none", "never asked" }, { "ended", "permission ended 3 May" }, { "withdrawn", "withdrawn yesterday" }, { "refused", "refused today" },
        { "asked", "asked, no answer yet" }, { "restricted", "they asked us to store what we hold and do nothing else with it" },
    };

    [Theory]
    [MemberData(nameof(Buttons))]
    public void Button_OfTheSchool_SaysWhereItStands(string state, string words)
    {
        var facts = state switch
        {
            "given" or "restricted" => Facts(Given()) with { Restricted = state == "restricted" },
            "ended" => Facts(Given(Terms(from: new(2025, 5, 1), until: new(2026, 5, 3)), Yes(at: Monday.AddYears(-1)))),
            "withdrawn" => Facts(Given(then: Event(PermissionEventKind.Withdrawn, Monday.AddDays(-1), Mother))),
            "refused" => Facts(No(Mother, Monday)),
            "asked" => Facts(Permission.Request(Unit(10), Family, Terms(), new(Ann, Monday)).OrThrow()),
            _ => Facts() with { Permissions = [] },
        };
        var reading = GateReading.Of(new() { Body = School }, OutwardAct.Share, facts, new(Ann, Monday));
        Assert.Equal((state == "given", words), (reading.Ready, reading.Words));
        Assert.Equal(state == "given", reading.Ways.IsEmpty);
        Assert.Equal(state is not "restricted" and not "given", reading.Ways.Contains(WayForward.AskNow));
        Assert.False(GateReading.Of(new() { Body = School }, OutwardAct.Contact, facts, new(Ann, Monday)).Ready);
    }

    [Fact]
    public void Facts_OfACard_AreThoseOfTheCard()
    {
        var card = Card.Plain(Card.Safe() with { NeverDiscloseTo = ["Jo Example"] });
        var facts = DisclosureFacts.Of(card, [], World.Days, Card.Today);
        Assert.Equal([Card.Id(1), Card.Id(2)], facts.People.Select(p => p.Id));
        var child = facts.People[1];
        Assert.True(child is { Child: true, DecidesForThemselves: false });
        Assert.Equal([new HolderOfAuthority(Card.Id(1), Responsibility.Unknown)], child.Holders.AsEnumerable());
        Assert.Equal(SendTransfer.On(new(2022, 3, 4)), child.TransferOn);
        Assert.True(DisclosureFacts.Of(card, [], World.Days, new(2038, 3, 4)).People[1] is { Child: true, DecidesForThemselves: true });
        Assert.False(DisclosureFacts.Of(card, [], World.Days, new(2040, 3, 4)).People[1].Child);
        Assert.Equal(card.SafeContact, facts.SafeContact);
    }

    [Fact]
    public void Items_OfACard_FallUnderTheirHeadings()
    {
        var items = FieldItem.Of(Card.Plain()).Select(i => DisclosureItem.From(i)).ToList();
        Assert.Equal(["child-name"], Assert.Single(items, i => i.FieldId == "family.child.forename").Scopes.AsEnumerable());
        Assert.Equal([Card.Id(2)], Assert.Single(items, i => i.FieldId == "family.child.birth").About.AsEnumerable());
        var fact = DisclosureItem.From(new(FieldCatalogue.Get("family.child.fact"), Ola, ChildFact.ProtectionPlan));
        Assert.Equal((ItemCategory.Special, "social-care"), (fact.Category, Assert.Single(fact.Scopes)));
        Assert.Equal(ItemCategory.Safety, DisclosureItem.From(new(FieldCatalogue.Get("family.safe.word"), Mother, "kettle")).Category);
        Assert.Equal(ItemCategory.Nothing, DisclosureItem.NoFamilyFact.Category);
        Assert.Equal(ItemCategory.Special, DisclosureItem.Of("gone-from-the-list", Ola).Category);
    }
}
