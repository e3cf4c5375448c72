using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

/// <summary>Another schedule is worked out from the envelope's coarse facts, and comes to what the record itself would give (D5).</summary>
public class WorkedOutAnew
{
    private static readonly Gen<DateOnly> Day = Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2040, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    // Leap days are rare among all days, and are where periods differ.
    private static readonly Gen<DateOnly> AnyDay = Gen.Frequency((9, Day), (1, Gen.Elements(new DateOnly(2004, 2, 29), new DateOnly(2024, 2, 29), new DateOnly(2028, 8, 31), new DateOnly(2028, 9, 1))));

    private static readonly Gen<DateOnly?> Perhaps = Gen.Frequency((3, AnyDay.Select(day => (DateOnly?)day)), (1, Gen.Constant((DateOnly?)null)));

    private static readonly Gen<RetentionFacts> Facts =
        from opened in AnyDay
        from closed in Perhaps
        from contact in Perhaps
        from ended in Perhaps
        from born in Perhaps
        from unknown in Gen.Elements(true, false)
        select new RetentionFacts { OpenedOn = opened, ClosedOn = closed, LastContactOn = contact, EndedOn = ended, YoungestBorn = born, AnyBirthUnknown = unknown };

    private static Gen<RetentionClass> Line(int since) =>
        from trigger in Gen.Elements(Enum.GetValues<RetentionTrigger>())
        from unit in Gen.Elements(Enum.GetValues<PeriodUnit>())
        from count in Gen.Choose(1, 60)
        select Shipped.Schedule.Classes[0] with { Trigger = trigger, Period = RetentionPeriod.Create(count, trigger == RetentionTrigger.YoungestChildBirth ? PeriodUnit.Years : unit), Since = since };

    private static KeepUntil Of(RetentionClass line, RetentionFacts facts) => Schedule.Create(line.Since, [line]).KeepUntil(line.Code, facts);

    [Fact]
    public void AnotherSchedule_FromTheEnvelope_ComesToWhatTheRecordWouldGive() =>
        Prop.ForAll(Line(1).ToArbitrary(), Line(2).ToArbitrary(), Facts.ToArbitrary(), (old, changed, facts) =>
        {
            var again = Schedule.Create(2, [changed]).Again(Of(old, facts), onHold: false);
            var whole = Of(changed, facts);
            // What no envelope says cannot be counted from: then somebody looks, and nothing goes by itself.
            return changed.Trigger == RetentionTrigger.YoungestChildBirth && old.Trigger != RetentionTrigger.YoungestChildBirth
                ? again.ReviewBy && again.On == Of(changed, facts with { YoungestBorn = null }).On
                : again == whole;
        }).Hold();

    [Fact]
    public void Envelope_NeverHoldsABirthDate() =>
        Prop.ForAll(Line(1).ToArbitrary(), Facts.ToArbitrary(), (line, facts) =>
        {
            var kept = Of(line, facts).Facts!;
            return line.Trigger == RetentionTrigger.YoungestChildBirth
                ? kept.YoungestBorn == (facts.YoungestBorn is { } born ? SchoolYear.EndOf(born) : null)
                : kept is { YoungestBorn: null, AnyBirthUnknown: false };
        }).Hold();

    [Fact]
    public void WhatBinds_IsNeverGoneBelow_WhateverTheSchedule() =>
        Prop.ForAll(Line(1).Zip(Line(2)).ToArbitrary(), Facts.ToArbitrary(), AnyDay.ToArbitrary(), (lines, facts, day) =>
        {
            var before = Of(lines.Item1, facts);
            var next = Schedule.Create(2, [lines.Item2]);
            var held = next.Again(before, onHold: true);
            if (before.IsLaterThan(held) || held.Facts != next.Again(before, onHold: false).Facts)
                return false;
            if (before.On is not { } on || day <= on)
                return true;
            var decided = next.Again(before.DecidedUntil(day), onHold: false);
            return (decided.On is null || decided.On >= day) && next.Again(decided, onHold: false) == decided;
        }).Hold();

    [Fact]
    public void Again_TwiceByTheSameSchedule_ChangesNothing() =>
        Prop.ForAll(Line(1).Zip(Line(2)).ToArbitrary(), Facts.ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (lines, facts, hold) =>
        {
            var next = Schedule.Create(2, [lines.Item2]);
            var once = next.Again(Of(lines.Item1, facts), hold);
            return next.Again(once, hold) == once;
        }).Hold();

    [Fact]
    public void AClassThatNoLongerExists_IsForReview_AndKeepsItsDateWhereNothingElseIsKnown()
    {
        var other = Schedule.Create(2, [Shipped.Schedule.Find("permission")!]);
        var counted = Shipped.Schedule.KeepUntil("fis-enquiry", new RetentionFacts { OpenedOn = new(2026, 1, 5), ClosedOn = new(2026, 1, 9) });
        Assert.Equal((new DateOnly(2026, 1, 9), true), (other.Again(counted, false).On!.Value, other.Again(counted, false).ReviewBy));
        Assert.Equal(counted.On, other.Again(counted, onHold: true).On);
        var bare = new KeepUntil(new(2028, 3, 31), "telex", "of the test");
        Assert.Equal(bare with { Because = "its schedule class no longer exists", ReviewBy = true }, other.Again(bare, false));
        Assert.Equal(new KeepUntil(new(2028, 3, 31), "permission", "of the test"), other.Again(new KeepUntil(new(2028, 3, 31), "permission", "of the test"), false));
    }

    [Fact]
    public void Sentence_FromTheSecondVersionOn_NamesIt()
    {
        var facts = new RetentionFacts { OpenedOn = new(2026, 1, 5), EndedOn = new(2026, 1, 9) };
        var line = Shipped.Schedule.Find("permission")! with { Period = RetentionPeriod.Years(7), Since = 3 };
        var keep = Schedule.Create(4, [line]).Again(Shipped.Schedule.KeepUntil("permission", facts), false);
        Assert.Equal("Kept until 9 January 2033, because permissions are kept seven years from the day on which they end (schedule version 3).", keep.Sentence);
        Assert.Equal("Kept until 1 May 2040, because a lead decided to keep it until then.", keep.DecidedUntil(new(2040, 5, 1)).Sentence);
        Assert.Throws<ArgumentOutOfRangeException>(() => keep.DecidedUntil(keep.On!.Value));
    }

    [Fact]
    public void ContactPause_EndsAfterItsLength()
    {
        var pause = new ContactPause(RetentionPeriod.Create(42, PeriodUnit.Days));
        Assert.Equal((true, false, false), (pause.Binds(new DateOnly(2026, 3, 1), new(2026, 4, 11)), pause.Binds(new DateOnly(2026, 3, 1), new(2026, 4, 12)), pause.Binds(null, new(2026, 3, 1))));
    }
}
