using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage.Records;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Breaches;

/// <summary>The register of breaches (Article 33, D7): its hours, what may be decided on which risk, and what must be there before it is closed.</summary>
public class BreachFacts
{
    private static readonly DateTimeOffset Friday = London.At(new DateOnly(2027, 12, 24), new TimeOnly(16, 0));
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));

    private static readonly BreachContents Full = new()
    {
        Facts = "A letter went astray.",
        Cause = "Two digits were swapped.",
        OccurredOn = new DateOnly(2027, 12, 23),
        DiscoveredOn = new DateOnly(2027, 12, 24),
        People = "A mother and her child",
        PeopleCount = 2,
        Data = "Names, school",
        RecordCount = 1,
        Effects = "A neighbour knows the school.",
        Containment = "It came back unopened.",
        Risk = BreachRisk.Unlikely,
        RiskReasons = "Nobody read it.",
        Lessons = "Addresses are read back.",
    };

    private static Stamp At(double hours) => new(Ann, Friday.AddHours(hours));

    private static Breach Reported(BreachContents? contents = null) => Breach.Report(new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), contents ?? Full, Friday, null, null, At(1)).OrThrow();

    private static string[] Fields(Checked<Breach> answer) => [.. answer.Problems.Select(problem => problem.Field)];

    [Fact]
    public void Hours_OverChristmas_RunOn()
    {
        var breach = Reported();
        Assert.Equal(London.At(new DateOnly(2027, 12, 27), new TimeOnly(16, 0)), breach.NotifyBy);
        Assert.Equal("72 hours left", BreachWords.HoursLeft(breach.NotifyBy, Friday));
        Assert.Equal("0 hours left", BreachWords.HoursLeft(breach.NotifyBy, Friday.AddHours(71.9)));
        Assert.Equal("1 hour over", BreachWords.HoursLeft(breach.NotifyBy, Friday.AddHours(72.1)));
    }

    [Fact]
    public void Report_AheadOfNowInTheWrongOrderOrWithoutWords_IsRefused()
    {
        Assert.Equal(["breach.aware-at"], Fields(Breach.Report(UnitId.Create(TimeProvider.System), Full, Friday.AddHours(2), null, null, At(1))));
        Assert.Equal(["breach.facts"], Fields(Breach.Report(UnitId.Create(TimeProvider.System), Full with { Facts = " " }, Friday, null, null, At(1))));
        Assert.Equal(["breach.discovered-on"], Fields(Reported().Work(Full with { DiscoveredOn = new DateOnly(2027, 12, 22) }, At(2))));
        Assert.Equal(["breach.occurred-on"], Fields(Reported().Work(Full with { OccurredOn = new DateOnly(2027, 12, 25), DiscoveredOn = null }, At(48))));
        Assert.Equal(["breach.people-count"], Fields(Reported().Work(Full with { PeopleCount = -1 }, At(2))));
    }

    [Fact]
    public void Notification_AfterTheHours_NeedsTheReasonsForTheDelay_InTimeNone()
    {
        Assert.True(Reported().With(BreachEvent.Notified, Friday.AddHours(72), "Form, reference 1", null, At(80)).Accepted);
        Assert.Equal(["breach.step-late"], Fields(Reported().With(BreachEvent.Notified, Friday.AddHours(72.01), "Form, reference 1", null, At(80))));
        var late = Reported().With(BreachEvent.Notified, Friday.AddHours(73), "Form, reference 1", "The portal was down.", At(80)).OrThrow();
        // A further part needs no reasons again.
        Assert.True(late.With(BreachEvent.Notified, Friday.AddHours(90), "The rest", null, At(91)).Accepted);
        Assert.Equal(["breach.step-happened-at"], Fields(Reported().With(BreachEvent.Notified, Friday.AddMinutes(-1), "x", null, At(2))));
    }

    [Fact]
    public void Breach_WithARisk_IsNeverOneThatNeedNotBeNotified()
    {
        var steps = Gen.Elements(Enum.GetValues<BreachEvent>()).Where(what => what != BreachEvent.Closed).Select(what => (BreachEvent?)what);
        var moves = Gen.Frequency((3, steps.Select(what => (What: what, Risk: default(BreachRisk?)))), (2, Gen.Elements<BreachRisk?>(null, BreachRisk.Unlikely, BreachRisk.Likely, BreachRisk.High).Select(risk => (What: default(BreachEvent?), Risk: risk))));
        Prop.ForAll(moves.ListOf().ToArbitrary(), run =>
        {
            var breach = Reported();
            foreach (var (what, risk) in run)
            {
                var next = what is { } step ? breach.With(step, Friday.AddHours(2), "because", null, At(3)) : breach.Work(Full with { Risk = risk }, At(3));
                breach = next.Value ?? breach;
            }
            // Its hours run until the regulator was told, or for a reason that still holds; and while they run it cannot be closed.
            return breach.Counts == (!breach.Notified && !(breach.Contents.Risk == BreachRisk.Unlikely && breach.Steps.LastOrDefault(step => step.What is BreachEvent.ToNotify or BreachEvent.NotToNotify)?.What == BreachEvent.NotToNotify))
                && (!breach.Close(At(4)).Accepted || !breach.Counts && breach.Steps.Any(step => step.What is BreachEvent.PeopleTold or BreachEvent.PeopleNotTold));
        }).Hold();
    }

    [Fact]
    public void Breach_WithAnythingMissing_IsNotClosed_AndNothingChangesAClosedOne()
    {
        Assert.Equal(14, Reported(new BreachContents { Facts = "It is gone." }).Missing.Length);
        var ready = Reported().With(BreachEvent.NotToNotify, Friday.AddHours(2), "Unopened.", null, At(3)).OrThrow().With(BreachEvent.PeopleTold, Friday.AddHours(3), "Rung.", null, At(4)).OrThrow();
        foreach (var hole in new[] { Full with { Lessons = null }, Full with { PeopleCount = null }, Full with { OccurredOn = null }, Full with { Effects = " " } })
            Assert.Single(Fields(ready.Work(hole, At(5)).OrThrow().Close(At(6))));
        var closed = ready.Close(At(6)).OrThrow();
        Assert.False(closed.Work(Full, At(7)).Accepted || closed.With(BreachEvent.Noted, Friday.AddHours(5), "x", null, At(7)).Accepted || closed.Close(At(7)).Accepted);
    }

    /// <summary>However often the moment of awareness is corrected: the hours count from the last one that stood, which is never later than the report, and who changed it stays.</summary>
    [Fact]
    public void Awareness_Corrected_MovesTheHoursAndIsNeverLaterThanTheReport() => Prop.ForAll(Gen.Choose(-120, 120).ListOf().ToArbitrary(), hours =>
    {
        var breach = Reported();
        foreach (var by in hours)
        {
            var next = breach.With(BreachEvent.AwareCorrected, Friday.AddHours(by), "Heard by another team first.", null, At(130));
            var could = by <= 1 && London.DateOf(Friday.AddHours(by)) >= Full.DiscoveredOn;
            if (next.Accepted != could || next.Accepted && (next.Value.NotifyBy != Friday.AddHours(by + 72) || next.Value.FirstAwareAt != Friday || next.Value.Steps[^1].By != Ann))
                return false;
            breach = next.Value ?? breach;
        }
        return breach.AwareAt <= breach.ReportedAt && breach.Steps.Length == hours.Count(by => by <= 1 && London.DateOf(Friday.AddHours(by)) >= Full.DiscoveredOn);
    }).Hold();

    [Fact]
    public void Awareness_CorrectedSoThatItWasToldTooLate_NeedsTheReasons_AndStopsBeforeWhatWasDone()
    {
        Assert.Equal(["breach.step-words"], Fields(Reported().With(BreachEvent.AwareCorrected, Friday.AddHours(-1), " ", null, At(2))));
        var told = Reported().With(BreachEvent.Notified, Friday.AddHours(71), "Form", null, At(80)).OrThrow();
        Assert.Equal(["breach.step-late"], Fields(told.With(BreachEvent.AwareCorrected, Friday.AddHours(-2), "Heard on the bus.", null, At(80))));
        var late = told.With(BreachEvent.AwareCorrected, Friday.AddHours(-2), "Heard on the bus.", "Nobody passed it on.", At(80)).OrThrow();
        Assert.Equal("Nobody passed it on.", late.Steps[^1].Late);
        var noted = Reported().With(BreachEvent.Noted, Friday, "Rung.", null, At(1)).OrThrow();
        Assert.Equal(["breach.step-happened-at"], Fields(noted.With(BreachEvent.AwareCorrected, Friday.AddMinutes(30), "Later.", null, At(2))));
        // As it is stored, and read again.
        Assert.Equivalent(late, new BreachFormat().Read(new BreachFormat().Write(late)), strict: true);
    }

    private const string V1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","awareAt":"2027-12-24T16:00:00+00:00","reportedAt":"2027-12-24T17:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","facts":"A letter went astray.","cause":"Two digits were swapped.","occurredOn":"2027-12-23","discoveredOn":"2027-12-24","people":"A mother and her child","peopleCount":2,"data":"Names, school","recordCount":1,"effects":"A neighbour knows the school.","containment":"It came back unopened.","risk":"Unlikely","riskReasons":"Nobody read it.","lessons":"Addresses are read back.","steps":[{"what":"Notified","happenedAt":"2027-12-27T17:00:00+00:00","at":"2027-12-28T00:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","words":"Form","late":"It was Christmas."}]}
        """;

    [Fact]
    public void Golden_OpensAndIsWrittenTheSame()
    {
        var breach = Reported().With(BreachEvent.Notified, Friday.AddHours(73), "Form", "It was Christmas.", At(80)).OrThrow();
        Assert.Equal(V1, Encoding.UTF8.GetString(new BreachFormat().Write(breach)));
        Assert.Equivalent(breach, new BreachFormat().Read(Encoding.UTF8.GetBytes(V1)), strict: true);
    }
}
