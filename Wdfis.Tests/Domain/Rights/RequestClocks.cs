using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Rights;

/// <summary>The vectors of sections 1.1 and 13 of the field guide, and what must hold for every request (D6).</summary>
public sealed class RequestClocks
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);

    private static DateOnly On(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    private static ClockFacts Access(string receivedOn) => new() { Kind = RightKind.Access, ReceivedOn = On(receivedOn) };

    private static ClockReading Read(ClockFacts facts, string? today = null) => RightsClock.Read(facts, Working, today is null ? facts.ReceivedOn : On(today));

    [Theory]
    [InlineData("2026-09-03", "2026-10-05")]
    [InlineData("2026-01-31", "2026-03-02")]
    [InlineData("2028-01-31", "2028-02-29")]
    [InlineData("2026-03-03", "2026-04-07")]
    [InlineData("2026-11-25", "2026-12-29")]
    public void Request_OfAnyDay_IsDueOnTheCorrespondingWorkingDay(string receivedOn, string due) => Assert.Equal(On(due), Read(Access(receivedOn)).DueOn);

    /// <summary>Every right has the one clock; complaints have their own, and a corporate request brings its date.</summary>
    [Fact]
    public void Request_OfAnyOtherRight_HasTheSameClock() =>
        Assert.Equal([RightKind.Access, RightKind.Rectification, RightKind.Erasure, RightKind.Restriction, RightKind.Objection, RightKind.Other],
            Enum.GetValues<RightKind>().Where(kind => Read(Access("2026-01-31") with { Kind = kind }).DueOn == On("2026-03-02")));

    [Theory]
    [InlineData("2026-01-31", "2026-02-10", "2026-04-30")]
    [InlineData("2028-01-31", "2028-02-10", "2028-05-02")]
    public void Extension_ToldInTime_CountsFromTheOriginalStart(string receivedOn, string toldOn, string due)
    {
        var reading = Read(Access(receivedOn) with { ExtensionToldOn = On(toldOn) }, toldOn);
        Assert.Equal((On(due), ClockState.Extended), (reading.DueOn!.Value, reading.State));
    }

    [Fact]
    public void Extension_ToldAfterTheMonth_IsRefusedAndChangesNothing()
    {
        var late = Access("2026-01-31") with { ExtensionToldOn = On("2026-03-03") };
        Assert.Equal([RightsFields.Extension], RightsClock.Check(late, Working, On("2026-03-03")).Select(problem => problem.Field));
        Assert.Equal(On("2026-03-02"), Read(late, "2026-03-03").DueOn);
        Assert.Empty(RightsClock.Check(late with { ExtensionToldOn = On("2026-03-02") }, Working, On("2026-03-03")));
    }

    [Fact]
    public void Identity_AskedFor_StartsTheMonthWhenItArrives()
    {
        var waiting = Access("2026-09-01") with { Identity = new Asked(On("2026-09-02"), null) };
        Assert.Equal((ClockState.WaitsForIdentity, null), (Read(waiting, "2026-09-10").State, Read(waiting, "2026-09-10").DueOn));
        var came = Read(waiting with { Identity = new Asked(On("2026-09-02"), On("2026-09-20")) }, "2026-09-20");
        Assert.Equal(On("2026-10-20"), came.DueOn);
        Assert.Contains(came.Steps, step => step.On == On("2026-09-20"));
    }

    [Theory]
    // On the last day there still is time; on the day after it is up, whether or not it arrives.
    [InlineData("2026-10-05", null, null, ClockState.WaitsForIdentity, null)]
    [InlineData("2026-10-06", null, null, ClockState.Overdue, "2026-10-05")]
    [InlineData("2026-10-06", "2026-10-07", null, ClockState.Overdue, "2026-10-05")]
    // Once they were told that it takes longer, it takes so long and no longer.
    [InlineData("2026-09-21", "2026-10-07", "2026-09-20", ClockState.Extended, "2026-12-03")]
    [InlineData("2026-09-10", "2026-09-12", "2026-09-20", ClockState.Extended, "2026-12-14")]
    public void Identity_AskedForWhenTheTimeWasUpOrIsLonger_MovesNothing(string askedOn, string? cameOn, string? toldOn, ClockState state, string? due)
    {
        var facts = Access("2026-09-03") with { Identity = new Asked(On(askedOn), cameOn is null ? null : On(cameOn)), ExtensionToldOn = toldOn is null ? null : On(toldOn) };
        Assert.Empty(RightsClock.Check(facts, Working, On("2026-10-08")));
        var reading = Read(facts, "2026-10-08");
        Assert.Equal((state, due is null ? null : (DateOnly?)On(due)), (reading.State, reading.DueOn));
    }

    [Fact]
    public void Clarification_Answered_AddsItsDaysBeforeTheRoll()
    {
        var reading = Read(Access("2026-09-03") with { Clarifications = [new Asked(On("2026-09-10"), On("2026-09-14"))] }, "2026-09-20");
        // 3 October, 4 days paused: Wednesday 7 October; counting both ends, Thursday 8.
        Assert.Equal((On("2026-10-07"), On("2026-10-08")), (reading.DueOn!.Value, reading.LatestOn!.Value));
    }

    [Fact]
    public void Clarification_Unanswered_PausesAndIsNeverOverdue()
    {
        var reading = Read(Access("2026-09-03") with { Clarifications = [new Asked(On("2026-09-10"), null)] }, "2027-01-04");
        Assert.Equal(ClockState.Paused, reading.State);
        Assert.True(reading.DueOn > On("2027-01-04"));
    }

    [Fact]
    public void Clarification_AskedWhenTheTimeWasUp_StopsNothing()
    {
        var reading = Read(Access("2026-09-03") with { Clarifications = [new Asked(On("2026-10-06"), null)] }, "2026-10-08");
        Assert.Equal((ClockState.Overdue, On("2026-10-05")), (reading.State, reading.DueOn!.Value));
    }

    [Fact]
    public void Complaint_IsAcknowledgedWithinThirtyDaysRolled()
    {
        Assert.Equal(On("2026-12-29"), Read(new ClockFacts { Kind = RightKind.Complaint, ReceivedOn = On("2026-11-27") }).DueOn);
        Assert.Equal(ClockState.NoClock, Read(new ClockFacts { Kind = RightKind.Complaint, ReceivedOn = On("2026-06-18") }).State);
    }

    [Fact]
    public void Breach_HoursDoNotStopForHolidays() =>
        Assert.Equal(London.At(On("2027-12-27"), new TimeOnly(16, 0)), BreachClock.NotifyBy(London.At(On("2027-12-24"), new TimeOnly(16, 0))));

    [Theory]
    [InlineData("2026-09-04", null, null, RightsFields.Received)]
    [InlineData("2026-09-01", "2026-08-31", null, RightsFields.Clarification)]
    [InlineData("2026-09-01", "2026-09-02", "2026-09-01", RightsFields.Clarification)]
    [InlineData("2026-09-01", "2026-09-02", "2026-09-04", RightsFields.Clarification)]
    public void Facts_ThatCannotBe_AreRefusedBesideTheirField(string receivedOn, string? askedOn, string? answeredOn, string field)
    {
        var facts = Access(receivedOn);
        if (askedOn is not null)
            facts = facts with { Clarifications = [new Asked(On(askedOn), answeredOn is null ? null : On(answeredOn))] };
        Assert.Contains(field, RightsClock.Check(facts, Working, On("2026-09-03")).Select(problem => problem.Field));
    }

    private sealed record Case(ClockFacts Facts, DateOnly Today);

    private static Arbitrary<Case> Cases()
    {
        var start = On("2026-02-05").DayNumber;
        var pause = Gen.Choose(0, 60).SelectMany(asked => Gen.Choose(-5, 40).Select(took => (asked, took)));
        return Gen.Choose(0, 600).SelectMany(day => pause.ArrayOf().SelectMany(pauses => Gen.Choose(0, 120).Select(seen =>
        {
            var received = DateOnly.FromDayNumber(start + day);
            return new Case(
                new ClockFacts
                {
                    Kind = RightKind.Access,
                    ReceivedOn = received,
                    Clarifications = [.. pauses.Take(4).Select(p => new Asked(received.AddDays(p.asked), p.took < 0 ? null : received.AddDays(p.asked + p.took)))],
                },
                received.AddDays(seen));
        }))).ToArbitrary();
    }

    [Fact]
    public void AnyRequest_IsDueOnAWorkingDayNeverBeforeTheMonthNorAfterTheOuterLimit() => Prop.ForAll(Cases(), one =>
    {
        var reading = RightsClock.Read(one.Facts, Working, one.Today);
        return Working.IsWorkingDay(reading.DueOn!.Value).IsWorking
            && reading.DueOn >= one.Facts.ReceivedOn.AddMonths(1) && reading.DueOn <= reading.LatestOn
            && reading.Steps[^1].On == reading.DueOn;
    }).Hold();

    [Fact]
    public void AnyRequest_WithItsQuestionsInAnotherOrder_IsDueOnTheSameDay() => Prop.ForAll(Cases(), one =>
        RightsClock.Read(one.Facts, Working, one.Today).DueOn
        == RightsClock.Read(one.Facts with { Clarifications = [.. one.Facts.Clarifications.Reverse()] }, Working, one.Today).DueOn)
        .Hold();

    [Fact]
    public void AnyRequest_ExtendedInTime_IsNeverDueEarlier() => Prop.ForAll(Cases(), one =>
    {
        var plain = RightsClock.Read(one.Facts, Working, one.Today);
        var longer = RightsClock.Read(one.Facts with { ExtensionToldOn = plain.ExtendBy }, Working, one.Today);
        return longer.DueOn > plain.DueOn;
    }).Hold();

    /// <summary>Proof of identity starts the time, or moves nothing at all: a date that has passed is never asked away, and an answer to it changes nothing then.</summary>
    [Fact]
    public void AnyRequest_WithIdentityAskedForOnAnyDay_StartsAnewWhileThereIsTimeAndElseKeepsItsDate() => Prop.ForAll(Cases(), Gen.Choose(0, 150).SelectMany(asked => Gen.Choose(-5, 60).Select(took => (asked, took))).ToArbitrary(), (one, proof) =>
    {
        var (askedOn, plain) = (one.Facts.ReceivedOn.AddDays(proof.asked), RightsClock.Read(one.Facts, Working, one.Today));
        var cameOn = proof.took < 0 ? null : (DateOnly?)askedOn.AddDays(proof.took);
        var reading = RightsClock.Read(one.Facts with { Identity = new Asked(askedOn, cameOn) }, Working, one.Today);
        return askedOn > plain.DueOn ? (reading.DueOn, reading.State, reading.ExtendBy) == (plain.DueOn, plain.State, plain.ExtendBy)
            : cameOn is null ? reading is { State: ClockState.WaitsForIdentity, DueOn: null }
            : reading.DueOn >= cameOn.Value.AddMonths(1) && reading.DueOn is { } due && Working.IsWorkingDay(due).IsWorking;
    }).Hold();
}
