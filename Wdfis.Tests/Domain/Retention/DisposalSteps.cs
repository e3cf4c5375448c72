using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

/// <summary>Each step of a disposal list at its bounds, and what an agreement covers (D5; field-guide.md section 4).</summary>
public sealed class DisposalSteps
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 1), Latest = new(2027, 6, 1);
    private static readonly UnitId Id = Unit(77_777);
    private static readonly Stamp First = new(new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), Noon), Second = First with { By = new(Guid.Parse("00000000-0000-7000-8000-00000000000e")) };

    private static UnitId Unit(int number) => new(new Guid($"{number + 1:x8}-0000-7000-8000-000000000001"));

    private static Checked<DisposalList> Prepare(int records, bool shortRoad = false, int same = -1) => DisposalList.Prepare(Id, "D-2026-001", DisposalCause.DatePassed, "pp-case", 3, shortRoad, Service.ParentPartnership,
        Enumerable.Range(0, records).Select(i => new DisposalItem(Unit(i == same ? 0 : i), UnitKind.Enquiry, 4, null)), First);

    private static DisposalList Made(int records = 2, bool shortRoad = false) => Prepare(records, shortRoad).OrThrow();

    private static Checked<DisposalList> Decide(DisposalList list, DisposalDecision decision, DateOnly? until = null, string? why = "because", int record = 0) =>
        list.Decide([list.Items[record]], new Dictionary<UnitId, int> { [list.Items[record].Unit] = 5 }, decision, until, Latest, why, First);

    private static DisposalList Reviewed() => Decide(Made(1), DisposalDecision.Dispose).OrThrow().HandOver(0, First).OrThrow();

    private static DisposalList Agreed() => Reviewed().Approve(Role.TeamLead, "agreed", 7, Second).OrThrow();

    [Theory]
    [InlineData(-1, 50, "CoolingOffDays")]
    [InlineData(0, 1, null)]
    [InlineData(90, 100, null)]
    [InlineData(91, 50, "CoolingOffDays")]
    [InlineData(7, 0, "SamplePercent")]
    [InlineData(7, 101, "SamplePercent")]
    public void Terms_OutsideTheirBounds_AreRefused(int days, int percent, string? field) => Assert.Equal(field, DisposalTerms.Check(new() { CoolingOffDays = days, SamplePercent = percent })?.Field);

    [Fact]
    public void List_OfNone_OfTooMany_OrOfOneTwice_IsNotMade()
    {
        Assert.True(Prepare(0).NotItsTurn());
        Assert.True(Prepare(DisposalList.MostReviewed).Accepted);
        Assert.True(Prepare(DisposalList.MostReviewed + 1).NotItsTurn());
        Assert.True(Prepare(DisposalList.MostReviewed + 1, shortRoad: true).Accepted);
        Assert.True(Prepare(DisposalList.Most + 1, shortRoad: true).NotItsTurn());
        Assert.True(Prepare(3, same: 2).NotItsTurn());
        var list = Made();
        Assert.Equal((Id, DisposalCause.DatePassed, "pp-case", 3, false, Service.ParentPartnership, First.By, Noon, DisposalStage.Prepared, true),
            (list.Id, list.Cause, list.Class, list.ScheduleVersion, list.ShortRoad, list.Service, list.PreparedBy, list.PreparedAt, list.Stage, list.IsOpen));
        Assert.Equal(("D-2026-002", list.Items), (list.Numbered("D-2026-002").Number, list.Numbered("D-2026-002").Items));
    }

    [Fact]
    public void Deciding_TakesADayAndAReasonWhereItHasTo_AndTheVersionThatWasLookedAt()
    {
        foreach (var (decision, until, why, fields) in new (DisposalDecision, DateOnly?, string?, string)[]
        {
            (DisposalDecision.Keep, null, "x", "disposal.until"), (DisposalDecision.Keep, Today, "x", "disposal.until"), (DisposalDecision.Keep, Latest.AddDays(1), "x", "disposal.until"),
            (DisposalDecision.Keep, Today.AddDays(1), "x", ""), (DisposalDecision.Keep, Latest, "x", ""), (DisposalDecision.Keep, Latest, " ", "disposal.why"), (DisposalDecision.PassOn, null, null, "disposal.why"),
            (DisposalDecision.PassOn, null, "to the archive", ""), (DisposalDecision.Dispose, null, null, ""), (DisposalDecision.Hold, null, null, ""), (DisposalDecision.Dispose, null, new string('x', 1001), "disposal.why"),
            (DisposalDecision.Dispose, null, "two\nlines", ""),
        })
        {
            var made = Decide(Made(), decision, until, why);
            Assert.Equal((fields, fields.Length == 0), (made.Fields(), made.Accepted));
            if (made.Value is not { } list)
                continue;
            var item = list.Items[0];
            Assert.Equal((decision, 5, First.By, Noon, TypedText.Clean(why), decision == DisposalDecision.Keep ? until : null), (item.Decision!.Value, item.Version, item.By!.Value, item.At!.Value, item.Why, item.Until));
            Assert.Equal((null, 4), (list.Items[1].Decision, list.Items[1].Version));
            Assert.Equal((1, decision is DisposalDecision.Dispose or DisposalDecision.PassOn ? 1 : 0), (list.Undecided, list.Going.Count()));
        }
        // A day that was typed beside another decision is not kept with it.
        Assert.Null(Decide(Made(), DisposalDecision.Dispose, Latest).OrThrow().Items[0].Until);
        var none = Made();
        Assert.True(none.Decide([], new Dictionary<UnitId, int>(), DisposalDecision.Dispose, null, Latest, null, First).NotItsTurn());
        Assert.True(none.Decide([none.Items[0] with { Unit = Unit(9) }], new Dictionary<UnitId, int>(), DisposalDecision.Dispose, null, Latest, null, First).NotItsTurn());
        Assert.Equal(4, none.Decide([none.Items[0]], new Dictionary<UnitId, int>(), DisposalDecision.Dispose, null, Latest, null, First).OrThrow().Items[0].Version);
    }

    [Fact]
    public void HandingOver_BeforeEverythingIsDecidedOrOpened_IsRefused_AndEndsWhatDestroysNothing()
    {
        Assert.True(Decide(Made(), DisposalDecision.Dispose).OrThrow().HandOver(0, First).NotItsTurn());
        Assert.True(Made(2, shortRoad: true).HandOver(1, First).NotItsTurn());
        Assert.Equal((0, 2), (Made(2, shortRoad: true).Undecided, Made().Undecided));
        var reviewed = Reviewed();
        Assert.Equal((DisposalStage.Reviewed, First.By, Noon, null), (reviewed.Stage, reviewed.ReviewedBy!.Value, reviewed.ReviewedAt!.Value, reviewed.EndedAt));
        var kept = Decide(Made(1), DisposalDecision.Keep, Latest).OrThrow().HandOver(0, First).OrThrow();
        Assert.Equal((DisposalStage.Aborted, Noon, false), (kept.Stage, kept.EndedAt!.Value, kept.IsOpen));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(100, 1, 1)]
    [InlineData(101, 1, 2)]
    [InlineData(101, 5, 6)]
    [InlineData(7, 100, 7)]
    public void Sample_IsRoundedUp_AndForEachListItsOwn(int records, int percent, int opened)
    {
        var list = Made(records, shortRoad: true);
        Assert.Equal(opened, list.Sample(percent).Distinct().Count());
        Assert.Subset(list.Items.Select(item => item.Unit).ToHashSet(), list.Sample(percent).ToHashSet());
        Assert.Empty(Made(records).Sample(percent));
    }

    [Fact]
    public void SentBack_IsReviewedAnew_AndSaysWhoAndWhy()
    {
        Assert.Equal("disposal.stopped-why", Reviewed().Return(" ", Second).Fields());
        Assert.Equal("disposal.stopped-why", Reviewed().Return(new string('x', 1001), Second).Fields());
        Assert.True(Made().Return("look again", Second).NotItsTurn());
        var back = Reviewed().Return("look\r\nagain ", Second).OrThrow();
        Assert.Equal((DisposalStage.Prepared, null, null, Second.By, "look\nagain"), (back.Stage, back.ReviewedBy, back.ReviewedAt, back.StoppedBy!.Value, back.StoppedWhy));
    }

    [Fact]
    public void Agreement_IsOfSomebodyElse_AndCoolsOff()
    {
        Assert.Equal("approval.by", Reviewed().Approve(Role.TeamLead, "agreed", 7, First).Fields());
        Assert.Equal("approval.reason", Reviewed().Approve(Role.TeamLead, " ", 7, Second).Fields());
        Assert.True(Made().Approve(Role.TeamLead, "agreed", 7, Second).NotItsTurn());
        // Somebody who decided about one record and handed over nothing is no second person either.
        var shared = Decide(Made(1), DisposalDecision.Dispose).OrThrow().HandOver(0, Second).OrThrow();
        Assert.Equal(("approval.by", "approval.by"), (shared.Approve(Role.TeamLead, "agreed", 7, First).Fields(), shared.Approve(Role.TeamLead, "agreed", 7, Second).Fields()));
        Assert.Equal((Noon.AddDays(7), DisposalStage.Approved), (Agreed().CoolsUntil!.Value, Agreed().Stage));
        Assert.Equal(Noon, Made(2, shortRoad: true).HandOver(0, First).OrThrow().Approve(Role.TeamLead, "agreed", 7, Second).OrThrow().CoolsUntil);
    }

    [Fact]
    public void Aborting_UntilItBegins_AndEndingNeverBeforeItBegan()
    {
        var destroying = Agreed().Begin(Noon.AddDays(7));
        foreach (var list in (DisposalList[])[Made(), Reviewed(), Agreed()])
        {
            var aborted = list.Abort(" not now ", Second).OrThrow();
            Assert.Equal((DisposalStage.Aborted, Noon, Second.By, "not now"), (aborted.Stage, aborted.EndedAt!.Value, aborted.StoppedBy!.Value, aborted.StoppedWhy));
            Assert.Equal("disposal.stopped-why", list.Abort("", Second).Fields());
            Assert.True(aborted.Abort("again", Second).NotItsTurn());
            Assert.Throws<InvalidOperationException>(() => list.Finish(Noon));
        }
        Assert.True(destroying.Abort("too late", Second).NotItsTurn());
        Assert.Equal((DisposalStage.Destroying, Noon.AddDays(7), true), (destroying.Stage, destroying.BegunAt!.Value, destroying.IsOpen));
        // A clock that was put back while it ran.
        Assert.Equal(Noon.AddDays(7), destroying.Finish(Noon).EndedAt);
        var done = destroying.Finish(Noon.AddDays(8));
        Assert.Equal((Noon.AddDays(8), DisposalStage.Done, false), (done.EndedAt!.Value, done.Stage, done.IsOpen));
    }

    [Fact]
    public void Fingerprint_OfAnythingThatIsAgreedTo_IsItsOwn()
    {
        var list = Reviewed();
        DisposalList With(DisposalItem item, UnitId? id = null) => DisposalList.Restore(id ?? list.Id, "n", list.Cause, "", 1, false, list.Service, First.By, Noon, [item], First.By, Noon, null, null, null, null, null, null);
        var item = list.Items[0];
        string[] prints =
        [
            list.Fingerprint(), With(item, Unit(5)).Fingerprint(), With(item with { Unit = Unit(6) }).Fingerprint(), With(item with { Version = 6 }).Fingerprint(),
            With(item with { Decision = DisposalDecision.PassOn }).Fingerprint(), With(item with { Decision = null }).Fingerprint(), With(item with { Until = Latest }).Fingerprint(), With(item with { Until = Latest.AddDays(1) }).Fingerprint(),
        ];
        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(list.Fingerprint(), With(item with { Why = "other words" }).Fingerprint());
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        var agreed = Agreed();
        DisposalList Stored(UnitId? id = null, string number = "D-2026-001", ImmutableArray<DisposalItem>? items = null, bool by = true, bool at = true, bool approved = true, bool cools = true, bool begun = true) =>
            DisposalList.Restore(id ?? Id, number, agreed.Cause, agreed.Class, 3, false, agreed.Service, First.By, Noon, items ?? agreed.Items, by ? First.By : null, at ? Noon : null,
                approved ? agreed.Approval : null, cools ? Noon : null, begun ? Noon : null, null, null, null);
        Assert.Equal(DisposalStage.Destroying, Stored().Stage);
        Assert.Equal(DisposalStage.Prepared, Stored(by: false, at: false, approved: false, cools: false, begun: false).Stage);
        foreach (var broken in (Action[])
        [
            () => Stored(default(UnitId)), () => Stored(number: ""), () => Stored(items: []), () => Stored(by: false), () => Stored(at: false), () => Stored(by: false, at: false),
            () => Stored(cools: false), () => Stored(approved: false),
        ])
            Assert.Throws<ArgumentException>(broken);
    }

    private static Envelope Envelope(UnitKind kind, string state, string? topic = null) => new()
    {
        Id = Id,
        Kind = kind,
        Service = Service.ChoiceAdvice,
        Marking = Marking.Official,
        KeepUntil = new KeepUntil(null, "x", "y"),
        Owner = First.By,
        State = state,
        Topic = topic,
        CreatedOn = new DateOnly(2026, 5, 31),
        TouchedOn = Today,
    };

    [Fact]
    public void Statistic_ThatStays_IsOfAMonthAServiceAndATopic()
    {
        Assert.Equal(("statistic/" + (int)Service.ChoiceAdvice + "/sen", new DateOnly(2026, 5, 1)), KeptStatistic.Of(Envelope(UnitKind.Enquiry, "closed", "sen")));
        Assert.EndsWith("/none", KeptStatistic.Of(Envelope(UnitKind.Enquiry, "closed")).Name, StringComparison.Ordinal);
    }

    /// <summary>A permission that was taken back leaves no ground only where nothing else ever gave one (U2, D5).</summary>
    [Fact]
    public void Ground_OfAPermissionTakenBack_WasTheOnlyOneWhereNothingElseGivesOne()
    {
        foreach (var state in Enum.GetValues<PermissionState>())
        {
            var lasts = state is PermissionState.Unknown or PermissionState.Requested or PermissionState.Given or PermissionState.Renewed;
            Assert.Equal(!lasts, WithdrawnGround.WasTheOnlyOne([Envelope(UnitKind.Permission, state.Code())]));
            Assert.Equal(!lasts, WithdrawnGround.WasTheOnlyOne([Envelope(UnitKind.Permission, "withdrawn"), Envelope(UnitKind.Permission, state.Code()), Envelope(UnitKind.Family, "current")]));
        }
        Assert.True(WithdrawnGround.WasTheOnlyOne([Envelope(UnitKind.Permission, "notice-owed")]));
        Assert.False(WithdrawnGround.WasTheOnlyOne([]));
        Assert.False(WithdrawnGround.WasTheOnlyOne([Envelope(UnitKind.Family, "withdrawn")]));
        foreach (var kind in Enum.GetValues<UnitKind>().Where(kind => kind != UnitKind.Permission))
            Assert.Equal(kind is not (UnitKind.Enquiry or UnitKind.Exemption or UnitKind.Finding), WithdrawnGround.WasTheOnlyOne([Envelope(UnitKind.Permission, "withdrawn"), Envelope(kind, "closed")]));
    }

    /// <summary>The order in which somebody has to look, a day before, on and after each bound.</summary>
    [Fact]
    public void State_OfARecord_OneDayBeforeOnAndAfter()
    {
        foreach (var (days, review, hold, state) in new (int?, bool, bool, RetentionState)[]
        {
            (-1, false, false, RetentionState.Overdue), (-1, true, false, RetentionState.Overdue), (0, false, false, RetentionState.Due), (0, true, false, RetentionState.Review),
            (90, false, false, RetentionState.Due), (91, false, false, RetentionState.Kept), (91, true, false, RetentionState.Review), (null, false, false, RetentionState.Open), (null, true, false, RetentionState.Review),
            (-1, false, true, RetentionState.OnHold), (null, true, true, RetentionState.OnHold),
        })
        {
            DateOnly? on = days is { } ahead ? Today.AddDays(ahead) : null;
            Assert.Equal(state, RetentionStates.Of(on, review, hold, Today));
            Assert.Equal(state, (Envelope(UnitKind.Enquiry, "closed") with { OnHold = hold, KeepUntil = new KeepUntil(on, "x", "y", review) }).StateOn(Today));
        }
    }
}
