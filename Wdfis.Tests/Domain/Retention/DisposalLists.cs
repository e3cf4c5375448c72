using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

/// <summary>A disposal list as a state machine (D5): whatever is tried in whatever order, nothing goes that two people did not agree to.</summary>
public class DisposalLists
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);
    private static readonly ColleagueId[] People = [.. Enumerable.Range(1, 3).Select(i => new ColleagueId(new Guid($"00000000-0000-7000-8000-00000000000{i}")))];
    private static readonly DateOnly Latest = new(2036, 3, 9);

    private static UnitId Unit(int number) => new(new Guid($"{number + 1:x8}-0000-7000-8000-000000000001"));

    private static DisposalList Made(int records, bool shortRoad = false) => DisposalList.Prepare(Unit(9_999_999), "D-2026-001", DisposalCause.DatePassed, "pp-case", 1, shortRoad, Service.ParentPartnership,
        Enumerable.Range(0, records).Select(i => new DisposalItem(Unit(i), UnitKind.Enquiry, 1, new DateOnly(2026, 1, 31))), new Stamp(People[0], Start)).OrThrow();

    private static Checked<DisposalList> Decide(DisposalList list, int record, DisposalDecision decision, Stamp now) =>
        list.Decide([list.Items[record]], new Dictionary<UnitId, int>(), decision, decision == DisposalDecision.Keep ? now.On.AddYears(1) : null, Latest, "because", now);

    [Fact]
    public void AnyOrderOfActs_ByAnybody_NothingBeginsWithoutTwoPeopleAndTheCoolingOff() => Prop.ForAll(
        Gen.Choose(0, 9_999).ListOf().Where(acts => acts.Count > 0).ToArbitrary(),
        acts =>
        {
            var list = Made(2);
            var now = Start;
            var agreedAt = default(DateTimeOffset?);
            foreach (var act in acts)
            {
                now = now.AddHours(act % 7 * 9 - 3);
                var who = new Stamp(People[act / 10 % 3], now);
                var before = list;
                var made = (act % 10) switch
                {
                    0 or 1 => Decide(list, act / 100 % 2, DisposalDecision.Dispose, who),
                    2 => Decide(list, act / 100 % 2, DisposalDecision.Keep, who),
                    3 or 4 => list.HandOver(0, who),
                    5 or 6 => list.Approve(Role.TeamLead, "agreed", 7, who),
                    7 => list.Return("look again", who),
                    8 when act / 1_000 == 0 => list.Abort("not now", who),
                    _ => list.MayBegin(now) ? list.Begin(now) : new Problem("", "not yet"),
                };
                list = made.Accepted ? made.Value : before;
                if (list.Approval is not null && before.Approval is null)
                    agreedAt = now;
                if (list.Stage == DisposalStage.Destroying)
                {
                    var (reviewer, second) = (list.ReviewedBy!.Value, list.Approval!.By);
                    Assert.NotEqual(reviewer, second);
                    Assert.DoesNotContain(list.Items, item => item.By == second || item.Decision is null);
                    Assert.True(list.BegunAt >= agreedAt!.Value.AddDays(7));
                    Assert.NotEmpty(list.Going);
                    Assert.False(list.Abort("too late", who).Accepted);
                    Assert.False(Decide(list, 0, DisposalDecision.Keep, who).Accepted);
                }
                if (before.Stage is DisposalStage.Aborted or DisposalStage.Done)
                    Assert.Same(before, list);
            }
            return true;
        }).Hold();

    [Fact]
    public void Agreement_IsToExactlyThisList()
    {
        var list = Decide(Made(1), 0, DisposalDecision.Dispose, new Stamp(People[0], Start)).OrThrow().HandOver(0, new Stamp(People[0], Start)).OrThrow().Approve(Role.TeamLead, "agreed", 7, new Stamp(People[1], Start)).OrThrow();
        Assert.True(list.MayBegin(Start.AddDays(7)));
        Assert.False(list.MayBegin(Start.AddDays(7).AddTicks(-1)));
        // A record that was put in afterwards, past every method: the agreement does not cover it.
        var forged = DisposalList.Restore(list.Id, list.Number, list.Cause, list.Class, list.ScheduleVersion, list.ShortRoad, list.Service, list.PreparedBy, list.PreparedAt,
            [.. list.Items, list.Items[0] with { Unit = Unit(5) }], list.ReviewedBy, list.ReviewedAt, list.Approval, list.CoolsUntil, null, null, null, null);
        Assert.False(forged.MayBegin(Start.AddDays(7)));
        Assert.Throws<InvalidOperationException>(() => forged.Begin(Start.AddDays(7)));
    }

    [Fact]
    public void TwoWhoSawTheSame_TheSecondChangesNothingOfTheFirst()
    {
        var list = Made(3);
        var seen = list.Items;
        var first = list.Decide([seen[0], seen[1]], new Dictionary<UnitId, int>(), DisposalDecision.Dispose, null, Latest, null, new Stamp(People[0], Start)).OrThrow();
        Assert.False(first.Decide([seen[1], seen[2]], new Dictionary<UnitId, int>(), DisposalDecision.Keep, Latest, Latest, "because", new Stamp(People[1], Start)).Accepted);
        var second = first.Decide([seen[2]], new Dictionary<UnitId, int>(), DisposalDecision.Keep, Latest, Latest, "because", new Stamp(People[1], Start)).OrThrow();
        Assert.Equal([DisposalDecision.Dispose, DisposalDecision.Dispose, DisposalDecision.Keep], second.Items.Select(item => item.Decision!.Value));
    }

    [Fact]
    public void ShortRoad_GoesAsAWholeAfterTheSample_WithoutCoolingOff()
    {
        var list = Made(101, shortRoad: true);
        var sample = list.Sample(5);
        Assert.Equal(6, sample.Distinct().Count());
        Assert.Equal(sample, list.Sample(5));
        Assert.False(list.HandOver(1, new Stamp(People[0], Start)).Accepted);
        var over = list.HandOver(0, new Stamp(People[0], Start)).OrThrow();
        Assert.False(over.Approve(Role.TeamLead, "agreed", 7, new Stamp(People[0], Start)).Accepted);
        Assert.False(over.Approve(Role.Adviser, "agreed", 7, new Stamp(People[1], Start)).Accepted);
        var agreed = over.Approve(Role.InformationGovernance, "agreed", 7, new Stamp(People[1], Start)).OrThrow();
        Assert.True(agreed.MayBegin(Start));
        Assert.Equal(101, agreed.Going.Count());
        // One that somebody looked at and keeps does not go with the rest.
        Assert.Equal(100, Decide(list, 7, DisposalDecision.Keep, new Stamp(People[0], Start)).OrThrow().Going.Count());
    }

    [Fact]
    public void Bar_DayBeforeDayAndDayAfter_AndAClockThatIsADayAhead()
    {
        var on = new DateOnly(2028, 2, 29);
        var envelope = new Envelope
        {
            Id = Unit(1),
            Kind = UnitKind.Enquiry,
            Service = Service.ParentPartnership,
            Marking = Marking.Official,
            KeepUntil = new KeepUntil(on, "pp-case", "of the test"),
            Owner = People[0],
            State = "closed",
            CreatedOn = on.AddYears(-6),
            TouchedOn = on.AddYears(-6),
            Version = 4,
        };
        DisposalBar? Of(Envelope? now, DateOnly today, int? decidedOn = 4, bool leaned = false, bool paused = false, DisposalCause cause = DisposalCause.DatePassed) => DisposalList.Bar(now, cause, decidedOn, leaned, paused, today);
        Assert.Equal(DisposalBar.NotDue, Of(envelope, on));
        // The day after it is overdue; a clock that runs a day ahead says so already on its last day, so it waits one more.
        Assert.Equal(DisposalBar.NotDue, Of(envelope, on.AddDays(1)));
        Assert.Null(Of(envelope, on.AddDays(2)));
        var later = on.AddDays(2);
        Assert.Equal(DisposalBar.Gone, Of(null, later));
        Assert.Equal(DisposalBar.Held, Of(envelope with { OnHold = true }, later));
        Assert.Equal(DisposalBar.Restricted, Of(envelope with { Restricted = true }, later));
        Assert.Equal(DisposalBar.Changed, Of(envelope, later, decidedOn: 3));
        Assert.Equal(DisposalBar.LeanedOn, Of(envelope, later, leaned: true));
        Assert.Equal(DisposalBar.Paused, Of(envelope, later, paused: true));
        Assert.Equal(DisposalBar.DateUnknown, Of(envelope with { KeepUntil = envelope.KeepUntil with { ReviewBy = true } }, later));
        Assert.Equal(DisposalBar.NotDue, Of(envelope with { KeepUntil = envelope.KeepUntil with { On = null } }, later));
        // What was kept on a permission alone goes before its date, and not against a hold.
        Assert.Null(Of(envelope, on.AddYears(-1), cause: DisposalCause.GroundWithdrawn));
        Assert.Equal(DisposalBar.Held, Of(envelope with { OnHold = true }, on.AddYears(-1), cause: DisposalCause.GroundWithdrawn));
    }
}
