using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

/// <summary>A version of the schedule from its draft to its last record (D5; field-guide.md section 4): every act in every state, and who may take it.</summary>
public sealed class ScheduleVersions
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 1), Latest = new(2027, 1, 1);
    private static readonly UnitId Id = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly ColleagueId Officer = new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), Handed = new(Guid.Parse("00000000-0000-7000-8000-00000000000b")), Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    private static readonly Schedule Shipped = Support.Shipped.Schedule;
    private static readonly ScheduleVersion First = ScheduleVersion.Configured(Id, Shipped, Noon);

    private static Stamp By(ColleagueId who, int day = 0) => new(who, Noon.AddDays(day));

    private static ImmutableArray<RetentionClass> Longer(string code = "permission") => [.. First.Classes.Select(line => line.Code == code ? line with { Period = RetentionPeriod.Years(7) } : line)];

    private static Checked<ScheduleVersion> Draft(IReadOnlyCollection<RetentionClass>? lines = null, string? from = "2026-06-01", string? why = "as confirmed", PeriodBounds? bounds = null) =>
        ScheduleVersion.Draft(Id, First, lines ?? Longer(), from is null ? null : DateOnly.ParseExact(from, "yyyy-MM-dd"), why, bounds ?? PeriodBounds.Default, By(Officer));

    private static ScheduleVersion In(ScheduleEvent state, int from = 0) => ScheduleVersion.Restore(Id, 2, Longer(), Today.AddDays(from), "why",
        [new(ScheduleEvent.Drafted, Noon, Officer), new(ScheduleEvent.Proposed, Noon, Handed), .. state is ScheduleEvent.Proposed ? (ScheduleStep[])[] : [new(state, Noon, Lead)]]);

    [Fact]
    public void Configured_CountsFromItsLatestLineAndIsAppliedAlready()
    {
        Assert.Equal((1, First.Classes.Max(line => line.ValidFrom), ScheduleEvent.Applied, ColleagueId.Portal), (First.Number, First.ValidFrom, First.State, Assert.Single(First.Steps).By));
        var later = ScheduleVersion.Configured(Id, Schedule.Create(1, Longer().SetItem(3, First.Classes[3] with { ValidFrom = Latest })), Noon);
        Assert.Equal(Latest, later.ValidFrom);
    }

    [Fact]
    public void Draft_KeepsWhatItDoesNotChange_AndMarksWhatItDoes()
    {
        // What the page hands back as its own first day or version of an unchanged line says nothing.
        var typed = Longer().Select(line => line with { Since = 9, ValidFrom = Today.AddDays(50) }).Reverse().ToList();
        var draft = Draft(typed, "2026-07-01", " why\r\nnow ").OrThrow();
        Assert.Equal((2, new DateOnly(2026, 7, 1), "why\nnow", ScheduleEvent.Drafted, Officer, true), (draft.Number, draft.ValidFrom, draft.Why, draft.State, draft.Steps[^1].By, draft.IsDraft));
        var changed = Assert.Single(draft.Changed);
        Assert.Equal(("permission", 2, draft.ValidFrom, RetentionPeriod.Years(7)), (changed.Code, changed.Since, changed.ValidFrom, changed.Period));
        Assert.Equal(First.Classes.Where(line => line.Code != "permission").OrderBy(line => line.Code), draft.Classes.Where(line => line.Code != "permission").OrderBy(line => line.Code));
        var again = draft.Change(First, Longer("draft"), new DateOnly(2026, 8, 1), "otherwise", PeriodBounds.Default, By(Handed)).OrThrow();
        Assert.Equal((Id, 2, "draft", 2, Handed), (again.Id, again.Number, Assert.Single(again.Changed).Code, again.Steps.Length, again.Steps[^1].By));
    }

    [Fact]
    public void Draft_ThatSaysTooLittleOrTooMuch_NamesWhat()
    {
        Assert.Equal("", Draft(First.Classes).Fields());
        Assert.False(Draft(First.Classes).Accepted);
        Assert.False(Draft(Longer().RemoveAt(0)).Accepted);
        Assert.False(Draft(Longer().Add(First.Classes[0] with { Code = "telex" })).Accepted);
        Assert.Equal("permission", Draft(bounds: new PeriodBounds(RetentionPeriod.Create(1, PeriodUnit.Days), RetentionPeriod.Years(100)) { ByClass = ImmutableDictionary<string, PeriodBounds>.Empty.Add("permission", new(RetentionPeriod.Years(1), RetentionPeriod.Years(6))) }).Fields());
        Assert.Equal("schedule.valid-from", Draft(from: null).Fields());
        Assert.Equal("schedule.valid-from", Draft(from: "2026-05-31").Fields());
        Assert.True(Draft(from: "2026-06-01").Accepted);
        Assert.Equal("schedule.why", Draft(why: " ").Fields());
        Assert.Equal("schedule.why", Draft(why: new string('x', 1001)).Fields());
        Assert.True(Draft(why: "two\nlines").Accepted);
        Assert.Equal(" schedule.valid-from schedule.why", Draft(First.Classes, null, null).Fields());
    }

    /// <summary>Each act is of one turn: what waits for somebody else is moved by nobody, and only what two agreed to is ever applied.</summary>
    [Fact]
    public void Acts_InEveryState_AreTakenInTheirTurnAlone()
    {
        foreach (var state in Enum.GetValues<ScheduleEvent>())
        {
            var version = In(state);
            bool Throws(Func<ScheduleVersion> act) => Record.Exception(act) is InvalidOperationException;
            Assert.Equal(state is ScheduleEvent.Drafted or ScheduleEvent.SentBack, version.IsDraft);
            Assert.Equal(version.IsDraft, version.Change(First, Longer(), Today, "why", PeriodBounds.Default, By(Officer)).Accepted);
            Assert.Equal(version.IsDraft, version.Propose(By(Officer)).Accepted);
            Assert.Equal(state == ScheduleEvent.Proposed, version.SendBack("no", By(Lead)).Accepted);
            Assert.Equal(state == ScheduleEvent.Proposed, version.Approve("yes", By(Lead)).Accepted);
            Assert.Equal(state != ScheduleEvent.Approved, Throws(() => version.Begin(7, Noon)));
            Assert.Equal(state != ScheduleEvent.Begun, Throws(() => version.Finish(7, Noon)));
            foreach (var from in (int[])[-1, 0, 1])
            {
                var counts = state is ScheduleEvent.Begun or ScheduleEvent.Applied || state is ScheduleEvent.Approved && from <= 0;
                Assert.Equal((counts, counts && state != ScheduleEvent.Applied), (In(state, from).InForce(Today), In(state, from).Waits(Today)));
            }
        }
    }

    [Fact]
    public void SecondPerson_IsWhoeverNeitherWroteNorHandedItOn_AndSaysWhy()
    {
        var proposed = In(ScheduleEvent.Proposed);
        foreach (var act in (Func<string?, Stamp, Checked<ScheduleVersion>>[])[proposed.Approve, proposed.SendBack])
        {
            Assert.True(act("because", By(Officer)).NotItsTurn());
            Assert.True(act("because", By(Handed)).NotItsTurn());
            Assert.Equal("schedule.note", act(" ", By(Lead)).Fields());
            Assert.Equal("schedule.note", act(new string('x', 1001), By(Lead)).Fields());
            var step = act(" be\r\ncause ", By(Lead, 0)).OrThrow().Steps[^1];
            Assert.Equal((Lead, Noon, "be\ncause", null), (step.By, step.At, step.Note, step.Records));
        }
        // Whoever sent it back wrote nothing of it, and may agree to it the second time.
        Assert.True(proposed.SendBack("no", By(Lead)).OrThrow().Propose(By(Officer)).OrThrow().Approve("yes", By(Lead)).Accepted);
        var applied = proposed.Approve("yes", By(Lead)).OrThrow().Begin(7, Noon).Finish(8, Noon.AddHours(1));
        Assert.Equal([(ScheduleEvent.Begun, 7, ColleagueId.Portal, Noon), (ScheduleEvent.Applied, 8, ColleagueId.Portal, Noon.AddHours(1))], applied.Steps[^2..].Select(step => (step.What, step.Records!.Value, step.By, step.At)));
    }

    [Fact]
    public void FirstDay_ThatHasPassedMeanwhile_IsGivenAnewBeforeItIsHandedOnOrAgreedTo()
    {
        Assert.True(In(ScheduleEvent.Drafted).Propose(By(Officer)).Accepted);
        Assert.True(In(ScheduleEvent.Drafted).Propose(By(Officer, 1)).NotItsTurn());
        Assert.True(In(ScheduleEvent.Proposed).Approve("yes", By(Lead)).Accepted);
        Assert.True(In(ScheduleEvent.Proposed).Approve("yes", By(Lead, 1)).NotItsTurn());
        Assert.True(In(ScheduleEvent.Proposed).SendBack("too late", By(Lead, 1)).Accepted);
    }

    [Fact]
    public void Schedule_OfAVersion_TakesClassesOfALaterReleaseFromTheConfigurationAndNothingElse()
    {
        var version = ScheduleVersion.Restore(Id, 4, [.. Longer().Where(line => line.Code != "audit")], Today, "why", [new(ScheduleEvent.Applied, Noon, Lead)]);
        var schedule = version.ToSchedule(Shipped);
        Assert.Equal((4, RetentionPeriod.Years(7), Shipped.Find("audit")), (schedule.Version, schedule.Find("permission")!.Period, schedule.Find("audit")));
        Assert.Equal(Shipped.Classes.Length, version.Completed(Shipped).Length);
        Assert.Equal("audit", version.Completed(Shipped)[^1].Code);
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        ImmutableArray<ScheduleStep> steps = [new(ScheduleEvent.Drafted, Noon, Officer)];
        foreach (var broken in (Action[])
        [
            () => ScheduleVersion.Restore(default, 1, Longer(), Today, "why", steps),
            () => ScheduleVersion.Restore(Id, 0, Longer(), Today, "why", steps),
            () => ScheduleVersion.Restore(Id, 1, [], Today, "why", steps),
            () => ScheduleVersion.Restore(Id, 1, default, Today, "why", steps),
            () => ScheduleVersion.Restore(Id, 1, Longer(), Today, "why", []),
        ])
            Assert.Throws<ArgumentException>(broken);
        Assert.Equal(1, ScheduleVersion.Restore(Id, 1, Longer(), Today, "why", steps).Number);
    }

    [Fact]
    public void ContactPause_GoesByTheFamilysLastContact_ElseByWhatWasTouched()
    {
        var pause = new ContactPause(RetentionPeriod.Create(10, PeriodUnit.Days));
        Envelope Unit(int touched, int? contact) => new()
        {
            Id = Id,
            Kind = UnitKind.Enquiry,
            Service = Service.ParentPartnership,
            Marking = Marking.Official,
            KeepUntil = new KeepUntil(null, "x", "y") { Facts = contact is { } days ? new RetentionFacts { OpenedOn = Today, LastContactOn = Today.AddDays(-days) } : null },
            Owner = Officer,
            State = "closed",
            CreatedOn = Today,
            TouchedOn = Today.AddDays(-touched),
        };
        Assert.Equal(Today, pause.EndsOn(Today.AddDays(-10)));
        foreach (var (unit, family, binds) in new (Envelope, Envelope?, bool)[]
        {
            (Unit(9, null), null, true), (Unit(10, null), null, false), (Unit(20, 9), null, true), (Unit(0, 10), null, false),
            (Unit(0, 0), Unit(10, null), false), (Unit(20, 20), Unit(9, null), true), (Unit(20, 20), Unit(20, 9), true),
        })
            Assert.Equal(binds, pause.Binds(unit, family, Today));
        Assert.Equal(Today.AddMonths(1), new ContactPause(RetentionPeriod.Create(1, PeriodUnit.Months)).EndsOn(Today));
    }
}
