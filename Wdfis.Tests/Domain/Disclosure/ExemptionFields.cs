using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Disclosure.World;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>What the record of an exemption needs, field by field (field-guide.md section 3), and what comes after: sign-off, outcome, notices, statement.</summary>
public class ExemptionFields
{
    private static readonly Stamp Now = new(Ann, Monday.AddHours(1)), Second = new(Lead, Monday.AddHours(2));

    private static string Missing(Exemption form, DateOnly? today = null) => string.Join(' ', form.Missing(today ?? Today).Select(problem => problem.Field["exemption.".Length..]));

    private static readonly Exemption Whole = Form() with { Urgent = true, Feared = "harm", WhatIsTold = "it", WhyNow = "now" };

    [Fact]
    public void Form_WithoutAField_NamesItAlone()
    {
        var long_ = new string('x', TypedText.NoteLimit + 1);
        foreach (var (kind, change, missing) in new (ExemptionKind, Func<Exemption, Exemption>, string)[]
        {
            (ExemptionKind.X1, e => e, ""), (ExemptionKind.X2, e => e, ""), (ExemptionKind.X3, e => e, ""), (ExemptionKind.LifeAtRisk, e => e, ""),
            (ExemptionKind.X1, e => e with { Hook = null }, "hook"), (ExemptionKind.X1, e => e with { Hook = "dpa-sch2-2" }, "hook"), (ExemptionKind.X1, e => e with { Hook = "ca2004-16la" }, "hook"), (ExemptionKind.LifeAtRisk, e => e with { Hook = "ca1989-47" }, "hook"),
            (ExemptionKind.X1, e => e with { Who = " " }, "who"), (ExemptionKind.X1, e => e with { Facts = null }, "facts"), (ExemptionKind.X1, e => e with { Opinion = "a\0" }, "opinion"), (ExemptionKind.X1, e => e with { Opinion = "a\nb" }, ""), (ExemptionKind.X1, e => e with { Risk = "" }, "risk"),
            (ExemptionKind.X1, e => e with { ToWhom = null }, "to-whom"), (ExemptionKind.X1, e => e with { Necessity = null }, "necessity"), (ExemptionKind.X1, e => e with { Minimum = null }, "minimum"), (ExemptionKind.X1, e => e with { NoPermission = null }, "no-permission"),
            (ExemptionKind.X1, e => e with { NoPermission = (NoPermissionReason)9 }, "no-permission"), (ExemptionKind.X1, e => e with { Prejudice = null, Matter = null }, ""), (ExemptionKind.X2, e => e with { Prejudice = " " }, "prejudice"), (ExemptionKind.X2, e => e with { Matter = " " }, "matter"),
            (ExemptionKind.X2, e => e with { NoPermission = null }, ""), (ExemptionKind.X3, e => e with { Matter = null, Prejudice = null }, "prejudice matter"), (ExemptionKind.X1, e => e with { Views = null }, "views"), (ExemptionKind.X1, e => e with { RecipientCheck = null }, "recipient-check"),
            (ExemptionKind.X1, e => e with { ReviewOn = null }, "review-on"), (ExemptionKind.X1, e => e with { Facts = long_ }, "facts"), (ExemptionKind.X1, e => e with { Facts = "two\nlines" }, ""), (ExemptionKind.X1, e => e with { Kind = (ExemptionKind)9 }, "kind"),
            (ExemptionKind.X2, e => e with { Decision = ExemptionDecision.NotToShare, ToWhom = null, Necessity = null, Minimum = null, NoPermission = null, Prejudice = null, RecipientCheck = null }, ""), (ExemptionKind.X2, e => e with { Decision = ExemptionDecision.NotToShare, Risk = null, Matter = null, Views = null }, "risk matter views"),
        })
            Assert.Equal(missing, Missing(change(Form(kind))));
        Assert.Equal(["disclosure.told"], (Form() with { ToldFamily = ToldFamily.NotSaid }).Missing(Today).Select(problem => problem.Field));
        Assert.Equal(("hook", ""), (Missing(Form(), new(2018, 5, 24)), Missing(Form(), new(2018, 5, 25))));
        Assert.Equal("who feared to-whom told why-now", Missing(Urgent() with { Who = null, Feared = " ", ToWhom = null, WhatIsTold = null, WhyNow = null }));
        foreach (var change in new Func<Exemption, Exemption>[] { e => e with { Who = "" }, e => e with { Feared = "" }, e => e with { ToWhom = "" }, e => e with { WhatIsTold = "" }, e => e with { WhyNow = "" } })
            Assert.Single(change(Urgent()).Missing(Today));
    }

    [Fact]
    public void Hooks_ForAKindOnADay_AreThoseInForce()
    {
        Assert.Equal(["dpa-sch1-18", "ca1989-47", "ca2004-11", "public-interest", "vital-interests"], ExemptionHooks.For(ExemptionKind.X1, Today).Select(hook => hook.Code));
        Assert.Equal(["public-interest", "dpa-sch2-2", "dpa-sch1-10"], ExemptionHooks.For(ExemptionKind.X2, Today).Select(hook => hook.Code));
        Assert.Equal(["public-interest", "dpa-sch2-7", "dpa-sch2-10"], ExemptionHooks.For(ExemptionKind.X3, Today).Select(hook => hook.Code));
        Assert.Equal(["dpa-sch1-18", "public-interest", "vital-interests"], ExemptionHooks.For(ExemptionKind.LifeAtRisk, Today).Select(hook => hook.Code));
        Assert.Equal(["ca1989-47"], ExemptionHooks.For(ExemptionKind.X1, new(2005, 9, 30)).Select(hook => hook.Code));
        Assert.Equal(["ca1989-47", "ca2004-11"], ExemptionHooks.For(ExemptionKind.X1, new(2005, 10, 1)).Select(hook => hook.Code));
        Assert.Equal(["dpa-sch1-18", "vital-interests"], ExemptionHooks.All.Where(hook => hook.AsksNoPermissionReason).Select(hook => hook.Code));
        Assert.Equal(["dpa-sch2-2", "dpa-sch1-10", "dpa-sch2-7", "dpa-sch2-10"], ExemptionHooks.All.Where(hook => hook.AsksPrejudice).Select(hook => hook.Code));
    }

    /// <summary>Only a child in danger or a life at risk goes at once, and only when it is to be shared (X1).</summary>
    [Fact]
    public void GoesAtOnce_ByKindUrgencyAndDecision()
    {
        foreach (var kind in Enum.GetValues<ExemptionKind>())
        {
            foreach (var urgent in (bool[])[true, false])
            {
                foreach (var decision in Enum.GetValues<ExemptionDecision>())
                {
                    var form = Urgent(kind) with { Urgent = urgent, Decision = decision };
                    var atOnce = urgent && decision == ExemptionDecision.Share && new[] { ExemptionKind.X1, ExemptionKind.LifeAtRisk }.Contains(kind);
                    Assert.Equal((atOnce, atOnce ? Today.AddDays(1) : null), (form.GoesAtOnce, form.SignOffDueOn(Days)));
                    Assert.Equal(decision == ExemptionDecision.NotToShare ? ExemptionOutcome.NotShared : atOnce ? ExemptionOutcome.WentUnsigned : ExemptionOutcome.Waiting, ExemptionRegister.OutcomeOf(form));
                    Assert.Equal(atOnce ? SignOffTime.Owed : SignOffTime.NotOwed, ExemptionRegister.TimeOf(form, Today.AddDays(1), Days));
                    Assert.Equal(atOnce ? SignOffTime.Overdue : SignOffTime.NotOwed, ExemptionRegister.TimeOf(form, Today.AddDays(2), Days));
                }
            }
        }
        Assert.Equal(ExemptionOutcome.Agreed, ExemptionRegister.OutcomeOf(Form() with { Approval = Approval.Create("x", Ann, Role.TeamLead, "y", Monday.AddDays(1), new(Lead, Monday)).OrThrow() }));
    }

    [Fact]
    public void SignOff_IsSomebodyElses_OnceAndWithTheWholeForm()
    {
        Assert.Equal("", Whole.Sign(true, null, Second).Fields());
        Assert.Equal("exemption.signed-by", Whole.Sign(true, null, Now).Fields());
        Assert.Equal("exemption.learnt", Whole.Sign(false, " ", Second).Fields());
        Assert.Equal("exemption.learnt", Whole.Sign(true, "a\0", Second).Fields());
        Assert.Equal("exemption.views", (Whole with { Views = null }).Sign(true, null, Second).Fields());
        Assert.True(Form().Sign(true, null, Second).NotItsTurn());
        var signed = Whole.Sign(false, " be\r\nsides ", Second).OrThrow();
        Assert.Equal((Lead, Second.At, false, "be\nsides"), (signed.SignOff!.By, signed.SignOff.At, signed.SignOff.Agreed, signed.SignOff.Learnt));
        Assert.True(signed.Sign(true, null, Second).NotItsTurn());
        Assert.Equal("exemption.transfer-ground", Form().StateTransfer(" ", Role.InformationGovernance, Second).Fields());
        Assert.Equal("exemption.transfer-ground", Form().StateTransfer("x", Role.TeamLead, Second).Fields());
        Assert.Equal(("Article 49", Lead, Second.At), Form().StateTransfer(" Article 49 ", Role.InformationGovernance, Second).OrThrow().Transfer is { } ground ? (ground.Words, ground.By, ground.At) : default);
    }

    [Fact]
    public void Family_ToldOrNot_SaysWhenAndHowOrWhyAndUntilWhen()
    {
        Assert.Equal(("disclosure.told-at", "disclosure.told-words", ""), (ToldFamily.Told(Now.At.AddTicks(1), "x", Now).Fields(), ToldFamily.Told(Monday, " ", Now).Fields(), ToldFamily.Told(Now.At, "x\ny", Now).Fields()));
        Assert.Equal("disclosure.told-words", ToldFamily.Told(Monday, new string('x', 1001), Now).Fields());
        Assert.Equal(("disclosure.told-words", "disclosure.told-revisit-on", "disclosure.told-revisit-on", ""),
            (ToldFamily.NotTold(null, Today.AddDays(1), Now).Fields(), ToldFamily.NotTold("x", null, Now).Fields(), ToldFamily.NotTold("x", Today, Now).Fields(), ToldFamily.NotTold("x\ny", Today.AddDays(1), Now).Fields()));
        var (told, not) = (ToldFamily.Told(Monday, " x ", Now).OrThrow(), ToldFamily.NotTold(" y ", Today.AddDays(1), Now).OrThrow());
        Assert.Equal((FamilyTold.Told, Monday, "x", null), (told.State, told.At!.Value, told.Words, told.RevisitOn));
        Assert.Equal((FamilyTold.NotTold, null, "y", Today.AddDays(1)), (not.State, not.At, not.Words, not.RevisitOn!.Value));
        Assert.Same(ToldFamily.NotSaid, ToldFamily.Restore(FamilyTold.NotSaid, Monday, "x", Today));
    }

    private static DisclosureRecord Record(DisclosureRequest? request = null, DisclosureFacts? facts = null) => DisclosureRecord.Of(DisclosureGate.Decide(request ?? Share(), facts ?? Facts()), Family, "the text", Marking.Official);

    [Fact]
    public void Outcome_OneFaultAtATime()
    {
        var record = Record();
        foreach (var (got, fields) in new (Checked<DisclosureRecord>, string)[]
        {
            (record.Complete(OutcomeKind.SentAsShown, Monday, null, null, Now), ""), (record.Complete(OutcomeKind.SentAsShown, Now.At, null, null, Now), ""), (record.Complete(0, Monday, null, null, Now), "disclosure.outcome"),
            (record.Complete(OutcomeKind.SentAsShown, Monday.AddTicks(-1), null, null, Now), "disclosure.outcome-at"), (record.Complete(OutcomeKind.SentAsShown, Now.At.AddTicks(1), null, null, Now), "disclosure.outcome-at"),
            (record.Complete(OutcomeKind.SentChanged, Monday, " ", null, Now), "disclosure.outcome-words"), (record.Complete(OutcomeKind.NotSent, Monday, null, null, Now), "disclosure.outcome-words"), (record.Complete(OutcomeKind.Reached, Monday, "a\0", null, Now), "disclosure.outcome-words"),
            (record.Complete(OutcomeKind.NotSent, Monday, "a\nb", null, Now), ""), (record.Complete(OutcomeKind.CallBack, Monday, null, Today, Now), ""), (record.Complete(OutcomeKind.CallBack, Monday, null, Today.AddDays(-1), Now), "disclosure.call-back-on"),
            (record.Complete(OutcomeKind.Reached, Monday, null, Today, Now), "disclosure.call-back-on"), (Record(Share(OtherSchool)).Complete(OutcomeKind.SentAsShown, Monday, null, null, Now), "disclosure.outcome"),
            ((record with { DoneAt = Monday.AddHours(-1) }).Complete(OutcomeKind.SentAsShown, Monday.AddHours(-1), null, null, Now), ""),
        })
            Assert.Equal(fields, got.Fields());
        var back = record.Complete(OutcomeKind.CallBack, Monday, " busy ", Today.AddDays(2), Now).OrThrow();
        Assert.Equal((OutcomeKind.CallBack, Monday, Ann, "busy", Today.AddDays(2)), Assert.Single(back.Outcomes) is var one ? (one.Kind, one.At, one.By, one.Words, one.CallBackOn!.Value) : default);
        Assert.Equal((true, Today.AddDays(2)), (back.Unanswered, back.DueOn(Days)!.Value));
        // Without a day of ringing back it comes up on the working day after the last try.
        Assert.Equal(Today.AddDays(3), Record(Share() with { Now = new(Ann, Monday) }).Complete(OutcomeKind.CallBack, Monday.AddDays(2), null, null, new(Ann, Monday.AddDays(2))).OrThrow().DueOn(Days));
        Assert.Equal("disclosure.outcome", record.Complete(OutcomeKind.Reached, Monday, null, null, Now).OrThrow().Complete(OutcomeKind.Reached, Monday, null, null, Now).Fields());
        Assert.Equal(("", "disclosure.settled-words"), (record.Settle(NoticeKind.Withdrawal, "closed", Now).Fields(), record.Settle(NoticeKind.Withdrawal, " ", Now).Fields()));
        Assert.True(Record(Share(OtherSchool)).Settle(NoticeKind.Withdrawal, "closed", Now).NotItsTurn());
        Assert.Equal((NoticeKind.Rectification, "closed", Now.At, Ann), record.Settle(NoticeKind.Rectification, " closed ", Now).OrThrow().Settled[0] is var settled ? (settled.Why, settled.Words, settled.At, settled.By) : default);
    }

    /// <summary>What somebody outside has from us: told, about somebody, neither their own copy nor a notice; and until when it is open.</summary>
    [Fact]
    public void WhatWent_IsToldUnlessSomebodySaysThatItDidNot()
    {
        foreach (var kind in Enum.GetValues<OutcomeKind>())
        {
            var record = Record() with { Outcomes = [new() { Kind = kind, At = Monday, By = Ann }] };
            Assert.Equal((kind is not (OutcomeKind.NotSent or OutcomeKind.NoMessageLeft), kind == OutcomeKind.CallBack), (record.WasTold, record.Unanswered));
            Assert.Equal(record.WasTold, record.WentOutside);
        }
        foreach (var answer in Enum.GetValues<DisclosureAnswer>())
            Assert.Equal((answer == DisclosureAnswer.Allowed, answer == DisclosureAnswer.Allowed), ((Record() with { Answer = answer }).WasTold, (Record() with { Answer = answer }).Unanswered));
        Assert.False((Record() with { Recipient = Mother }).WentOutside || (Record() with { NoticeOf = Unit(1) }).WentOutside || (Record() with { Ground = GroundKind.NamesNobody }).WentOutside);
        Assert.Equal((false, true), (Record().Late, (Record() with { DoneAt = Monday }).Late));
    }

    [Fact]
    public void Record_OfEachGround_KeepsWhatItRestsOn()
    {
        DisclosureRecord On(Ground ground) => Record(Share() with { Ground = ground });
        Assert.Equal("passport", On(new Ground.ToThemselves(Mother, "passport")).GroundWords);
        Assert.Equal("order; section 1; the usher", On(new Ground.RequiredByLaw("order", "section 1", "the usher")).GroundWords);
        var notice = On(new Ground.NoticeOwed(NoticeKind.Rectification, Unit(300)));
        Assert.Equal((Unit(300), NoticeKind.Rectification, null), (notice.NoticeOf!.Value, notice.NoticeWhy!.Value, notice.GroundWords));
        var x1 = Record(Under(Urgent() with { ToldFamily = ToldFamily.Told(Monday, "x", Now).OrThrow() }));
        Assert.Equal((Unit(51), FamilyTold.Told, Today.AddDays(1), null), (x1.Exemption!.Value, x1.ToldFamily.State, x1.SignOffDueOn!.Value, x1.NoticeOf));
        Assert.Contains(AllowedMark.SignOffOwed, x1.Marks);
        Assert.Equal((FamilyTold.NotSaid, null), (Record().ToldFamily.State, Record().Exemption));
        var whole = Share() with { Recipient = new() { Body = School, Attention = "the SENCo" }, DoneAt = Monday, ConfidenceOf = Ola, Items = [DisclosureItem.Of("name", Mother) with { Mentions = [Father] }] };
        var record = Record(whole.Agreed(Facts()));
        Assert.Equal((whole.Id, Family, OutwardAct.Share, School, null, "the SENCo", World.Support, "email"), (record.Id, record.Family!.Value, record.Act, record.Body, record.Recipient, record.Attention, record.Purpose, record.Channel));
        Assert.Equal(("office@example.org", Monday, Ann, Monday, Ola, Lead), (record.Address, record.DecidedAt, record.By, record.DoneAt!.Value, record.ConfidenceOf!.Value, record.Approval!.By));
        Assert.Equal(DisclosureGate.Decide(whole, Facts()).Fingerprint, record.Fingerprint);
        Assert.Equal([Father], Record(whole with { ConfidenceOf = null, DoneAt = null }).Masked.AsEnumerable());
        Assert.Equal(["name"], record.AsToldBefore.Scopes.AsEnumerable());
    }

    /// <summary>A statement is of one person and shows nothing of X1 or X2, or of what was decided not to be told, until telling is on record (field-guide.md section 3).</summary>
    [Fact]
    public void Statement_ShowsByGroundTellingAndConfidence()
    {
        foreach (var ground in Enum.GetValues<GroundKind>())
        {
            foreach (var (told, shown) in new[] { (ToldFamily.NotSaid, ground is not (GroundKind.X1 or GroundKind.X2)), (ToldFamily.Told(Monday, "x", Now).OrThrow(), true), (ToldFamily.NotTold("x", Today.AddDays(1), Now).OrThrow(), false) })
            {
                var record = Record() with { Ground = ground, ToldFamily = told };
                Assert.Equal((shown, false), (Statement.Shows(Ola, record), Statement.Shows(Father, record)));
                Assert.Equal((shown, false), (Statement.Shows(Ola, record with { ConfidenceOf = Ola }), Statement.Shows(Mother, record with { ConfidenceOf = Ola })));
                Assert.False(Statement.Shows(Ola, record with { Answer = DisclosureAnswer.Refused }));
            }
        }
        var lines = Statement.Lines(Ola, [Record() with { Id = Unit(2) }, Record() with { Id = Unit(1), Recipient = Mother }, Record() with { DoneAt = Monday.AddDays(-3) }]);
        Assert.Equal([(Today.AddDays(-3), "Example Primary"), (Today, null), (Today, "Example Primary")], lines.Select(line => (line.On, line.Body)));
        Assert.True(Statement.NeedsTwo([Form()], []));
        Assert.True(Statement.NeedsTwo([], [Record() with { Exemption = Unit(1) }]));
    }

    [Fact]
    public void Amends_OfWhatWentWrong_AreOwedToWhoHasItAndWhomItIsAbout()
    {
        var told = Record() with { Items = [DisclosureItem.Of("name", Mother), DisclosureItem.Of("sen", Ola)] };
        Checked<Amends> Wrong(DisclosureRecord? of = null, NamedBody? reached = null, string? words = "sent to another", DateTimeOffset? aware = null) => Amends.WrongRecipient(Unit(9), of ?? told, reached, words, aware ?? Now.At, Now);
        Assert.Equal(("", "amends.words", "amends.aware-at", "amends.aware-at", ""), (Wrong().Fields(), Wrong(words: " ").Fields(), Wrong(aware: Now.At.AddTicks(1)).Fields(), Wrong(aware: Monday.AddTicks(-1)).Fields(), Wrong(aware: Monday).Fields()));
        Assert.True(Wrong(told with { Answer = DisclosureAnswer.Refused }).NotItsTurn());
        var made = Wrong(reached: OtherSchool).OrThrow();
        Assert.Equal((Unit(9), Family, NoticeKind.WrongRecipient, "sent to another", OtherSchool, Now.At, Ann), (made.Id, made.Family!.Value, made.Why, made.Words, made.Reached, made.AwareAt, made.By));
        Assert.Equal([told.Id], made.Of.AsEnumerable());
        Assert.Equal([Mother, Ola], made.StillToTell.AsEnumerable());
        Assert.Null(Wrong(reached: School).OrThrow().Reached);
        foreach (var (got, fields) in new (Checked<Amends>, string)[] { (made.Tell(Ola, true, "by telephone", Now), ""), (made.Tell(Father, true, "x", Now), "amends.told"), (made.Tell(Ola, false, " ", Now), "amends.told-words"), (made.Tell(Ola, true, "a\nb", Now), ""), (made.Tell(Ola, true, "x", Now).OrThrow().Tell(Ola, true, "x", Now), "amends.told") })
            Assert.Equal(fields, got.Fields());
        var one = made.Tell(Ola, false, " danger ", Now).OrThrow();
        Assert.Equal((Ola, false, "danger", Now.At, Ann), one.Told[0] is var t ? (t.Person, t.Told, t.Words, t.At, t.By) : default);
        Assert.Equal([Mother], one.StillToTell.AsEnumerable());

        var others = new[]
        {
            told with { Id = Unit(201), Body = OtherSchool }, told with { Id = Unit(202), Items = [DisclosureItem.Of("topic", Ola)] }, told with { Id = Unit(203), Answer = DisclosureAnswer.Refused }, told with { Id = Unit(204), Items = [DisclosureItem.Of("sen", Sibling)] }, told,
            told with { Id = Unit(205), Items = [DisclosureItem.Of("topic", Ola), DisclosureItem.Of("sen", Sibling, Ola) with { Scopes = ["sen", "topic"] }] },
        };
        Checked<Amends> Right(params string[] scopes) => Amends.Rectification(Unit(9), told, scopes, others, "was 3, is 4", Now);
        Assert.Equal(("amends.scopes", "amends.scopes", "amends.scopes"), (Right().Fields(), Right("topic").Fields(), Right("sen", "topic").Fields()));
        Assert.Equal([told.Id, Unit(201), Unit(205)], Right("sen").OrThrow().Of.AsEnumerable());
        Assert.Empty(Right("sen").OrThrow().People);
        foreach (var broken in (Action[])[() => Restored(NoticeKind.Withdrawal), () => Restored(NoticeKind.Rectification, false)])
            Assert.Throws<ArgumentException>(broken);
        Assert.Equal(NoticeKind.Rectification, Restored(NoticeKind.Rectification).Why);

        Amends Restored(NoticeKind why, bool of = true) => Amends.Restore(Unit(9), null, why, "x", of ? [told.Id] : [], null, [], Monday, Ann, []);
    }

    /// <summary>One notice for each body that was told, ticked by one that went since, or by the reason why none can (field-guide.md section 2).</summary>
    [Fact]
    public void Notices_AreOwedToEachBodyOnce_UntilOneWentSinceOrCannotGo()
    {
        DisclosureRecord first = Record(), again = first with { Id = Unit(101), DecidedAt = Monday.AddMinutes(1) }, other = first with { Id = Unit(102), Body = OtherSchool }, elsewhere = first with { Id = Unit(103), Permissions = [Unit(99)] };
        var end = Monday.AddHours(3);
        foreach (var kind in Enum.GetValues<PermissionEventKind>())
        {
            var ends = kind is PermissionEventKind.Withdrawn or PermissionEventKind.Refused or PermissionEventKind.Revoked or PermissionEventKind.Invalidated;
            Assert.Equal(ends ? 2 : 0, Notices.OwedAfter(Given(then: kind is PermissionEventKind.Given or PermissionEventKind.Renewed ? Event(kind, end, grant: Yes(at: end)) : Event(kind, end, Mother)), [first, again, other, elsewhere]).Length);
        }
        var withdrawn = Given(then: Event(PermissionEventKind.Withdrawn, end, Mother));
        DisclosureRecord Notice(int id, NoticeKind why = NoticeKind.Withdrawal, UnitId? of = null, DateTimeOffset? at = null) => first with { Id = Unit(id), Body = Admissions, NoticeOf = of ?? first.Id, NoticeWhy = why, DecidedAt = at ?? end, Permissions = [] };
        NoticeLine Line(params DisclosureRecord[] more) => Notices.OwedAfter(withdrawn, [first, again, .. more]).Single();
        Assert.Equal((again.Id, School, null, true), (Line().Of, Line().Body, Line().TickedBy, Line().Owed));
        foreach (var (notice, ticks) in new[] { (Notice(300), true), (Notice(300, of: again.Id), true), (Notice(300, NoticeKind.Rectification), false), (Notice(300, of: other.Id), false), (Notice(300, at: end.AddTicks(-1)), false), (Notice(300) with { Answer = DisclosureAnswer.Refused }, false) })
            Assert.Equal((ticks ? Unit(300) : null, !ticks), ((UnitId?)Line(notice).TickedBy, Line(notice).Owed));
        Assert.Equal(Unit(301), Line(Notice(300), Notice(301, at: end.AddMinutes(1))).TickedBy);
        DisclosureRecord Settled(NoticeKind why, DateTimeOffset at) => other with { Settled = [new() { Why = why, Words = "closed", At = at, By = Ann }] };
        NoticeLine Closed(DisclosureRecord told, params DisclosureRecord[] more) => Notices.OwedAfter(withdrawn, [told, .. more]).Single(line => line.Body == OtherSchool);
        Assert.Equal((false, true, true), (Closed(Settled(NoticeKind.Withdrawal, end)).Owed, Closed(Settled(NoticeKind.Rectification, end)).Owed, Closed(Settled(NoticeKind.Withdrawal, end.AddTicks(-1))).Owed));
        Assert.Null(Closed(Settled(NoticeKind.Withdrawal, end), Notice(300, of: other.Id)).Settled);
        var amends = Amends.WrongRecipient(Unit(9), first, Admissions, "x", end, new(Ann, end)).OrThrow();
        var owed = Assert.Single(Notices.OwedAfter(amends, [first, other]));
        Assert.Equal((first.Id, Admissions, true), (owed.Of, owed.Body, owed.Owed));
        Assert.False(Assert.Single(Notices.OwedAfter(amends, [first, Notice(300, NoticeKind.WrongRecipient)])).Owed);
    }

    [Fact]
    public void SignOff_IsOfTheLeadsWhoAreThere_AndNeverTheAskers()
    {
        ColleagueId Colleague(int n) => new(Person(n).Value);
        var (deputy, officer, other) = (Colleague(41), Colleague(42), Colleague(43));
        LeadDeputy away = new(Lead, deputy, Today, Today);
        foreach (var (leads, deputies, asker, day, may) in new (ColleagueId[], LeadDeputy[], ColleagueId, int, ColleagueId[])[]
        {
            ([Lead, other], [away], Ann, 0, [other, deputy]), ([Lead, other], [away], Ann, -1, [Lead, other]), ([Lead, other], [away], Ann, 1, [Lead, other]), ([Lead, Lead], [], Ann, 0, [Lead]), ([Lead], [], Lead, 0, [officer]), ([], [], officer, 0, []),
        })
            Assert.Equal(may, SignOffs.WhoMaySign(leads, deputies, [officer, officer], asker, Today.AddDays(day)).AsEnumerable());
    }

    [Fact]
    public void Recipient_OfTheDirectory_AsTheGateSeesIt()
    {
        var made = Recipient.Create(new(Person(1).Value), new() { Kind = BodyKind.Processor, Name = "Example Interpreters", ContractUntil = Today }, [], Now).OrThrow();
        Assert.Equal((RecipientState.Open, "Ms Sample", Today, "Example Interpreters"), RecipientFacts.Of(made, "Ms Sample") is var facts ? (facts.State, facts.Attention, facts.ContractUntil!.Value, facts.Body.Name) : default);
        Assert.Equal(RecipientState.Gone, RecipientFacts.Of(made.Finish(RecipientEnding.Closed, Today, null, Now).OrThrow()).State);
        Assert.Null(RecipientFacts.Of(Recipient.Create(new(Person(1).Value), new() { Kind = BodyKind.School, Name = "x", ContractUntil = Today }, [], Now).OrThrow()).ContractUntil);
        Assert.Equal([true, true, true, false, false], new[] { DisclosureRequest.Meeting, "home-visit", "video", "phone", "" }.Select(channel => (Share() with { Channel = channel }).FaceToFace));
    }

    /// <summary>How careful with an item: the stricter of its field and its headings, and never less than ordinary where somebody is named (section 6).</summary>
    [Fact]
    public void Category_OfAnItem_IsTheStricter()
    {
        foreach (var (field, scopes, about, mentions, category) in new (string, string[], bool, bool, ItemCategory)[]
        {
            (DisclosureFields.Question, [], false, false, ItemCategory.Nothing), (DisclosureFields.Question, [], false, true, ItemCategory.Ordinary), (DisclosureFields.Question, [], true, false, ItemCategory.Ordinary), (DisclosureFields.Question, ["topic"], false, false, ItemCategory.Ordinary),
            (DisclosureFields.Question, ["sen"], false, false, ItemCategory.Special), ("family.carer.surname", ["name"], true, false, ItemCategory.Ordinary), ("family.carer.surname", ["health"], true, false, ItemCategory.Special), ("family.child.sen-stage", [], true, false, ItemCategory.Special),
            ("family.safe.word", ["name"], true, false, ItemCategory.Safety), ("gone", [], false, false, ItemCategory.Safety), ("family.carer.surname", ["gone"], true, false, ItemCategory.Special),
        })
            Assert.Equal(category, new DisclosureItem { FieldId = field, Scopes = [.. scopes], About = about ? [Ola] : [], Mentions = mentions ? [Father] : [] }.Category);
        foreach (var fact in Enum.GetValues<ChildFact>())
            Assert.Equal([fact == ChildFact.Disability ? "health" : "social-care"], DisclosureItem.From(new(FieldCatalogue.Get("family.child.fact"), Ola, fact)).Scopes.AsEnumerable());
        var said = DisclosureItem.From(new(FieldCatalogue.Get("family.carer.surname"), Mother, "x"), "sen", "name");
        Assert.Equal(["sen", "name"], said.Scopes.AsEnumerable());
        Assert.Equal([Mother], said.About.AsEnumerable());
        Assert.Empty(DisclosureItem.From(new(FieldCatalogue.Get("family.source"), null, Source.Record)).Scopes);
        Assert.Empty(DisclosureItem.From(new(FieldCatalogue.Get("family.source"), null, Source.Record)).About);
    }
}
