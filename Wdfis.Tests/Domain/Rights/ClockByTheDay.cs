using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Rights;

/// <summary>The clock against one that crosses days off a calendar (D6; field-guide.md section 1.1): for every kind of request, with identity, questions and a longer time.</summary>
public sealed class ClockByTheDay
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);

    private static DateOnly On(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    private sealed record Expected(ClockState State, DateOnly? Due, DateOnly? Latest, DateOnly? ExtendBy, bool Certain, List<DateOnly> Steps);

    // The first working day from a day on, and whether a holiday could still be proclaimed on one that was passed.
    private static (DateOnly On, bool Certain) Roll(DateOnly on)
    {
        for (var certain = true; ; on = on.AddDays(1))
        {
            var weekday = on.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            certain &= !weekday || on >= BankHolidays.KnownFrom && on <= BankHolidays.PublishedUntil;
            if (weekday && BankHolidays.Published.In(on.Year).All(holiday => holiday.On != on))
                return (on, certain);
        }
    }

    private static DateOnly Months(DateOnly from, int months)
    {
        var (year, month) = (from.Year + (from.Month - 1 + months) / 12, (from.Month - 1 + months) % 12 + 1);
        return new DateOnly(year, month, Math.Min(from.Day, DateTime.DaysInMonth(year, month)));
    }

    // Which months or days count, by kind and day of receipt, as sections 0 and 1.1 have it.
    private static (int Months, int Days, int Longer)? Law(RightKind kind, DateOnly received) => kind switch
    {
        RightKind.Corporate => null,
        RightKind.Complaint => received < On("2026-06-19") ? null : (0, 30, 0),
        _ => received < On("2018-05-25") ? null : (1, 0, 3),
    };

    private static Expected ByTheDay(ClockFacts facts, DateOnly today)
    {
        var steps = new List<DateOnly> { facts.ReceivedOn };
        ClockState Ended(DateOnly? due, ClockState running) => facts.AnsweredOn is not null ? ClockState.Answered : running != ClockState.Paused && due < today ? ClockState.Overdue : running;
        if (Law(facts.Kind, facts.ReceivedOn) is not var (months, days, longer))
        {
            if (facts.AgreedOn is { } agreed)
                steps.Add(agreed);
            return new(Ended(facts.AgreedOn, facts.AgreedOn is null ? ClockState.NoClock : ClockState.Running), facts.AgreedOn, facts.AgreedOn, null, true, steps);
        }
        var start = facts.ReceivedOn;
        // A complaint about data is acknowledged whoever sends it: identity and questions are the matter of requests.
        if (facts.Kind != RightKind.Complaint && facts.Identity is { } identity)
        {
            steps.Add(identity.AskedOn);
            // Proof that is asked for when the time was up, or once they were told that it takes longer, moves nothing.
            var inTime = !(facts.ExtensionToldOn <= identity.AskedOn) && identity.AskedOn <= ByTheDay(facts with { Identity = null, ExtensionToldOn = null }, today).Due;
            if (inTime && identity.AnsweredOn is null)
                return new(Ended(null, ClockState.WaitsForIdentity), null, null, null, true, steps);
            if (inTime && identity.AnsweredOn is { } came)
            {
                steps.Add(came);
                start = came > start ? came : start;
            }
        }
        var (plain, _, _, _) = Count(months);
        var extended = longer > 0 && facts.ExtensionToldOn >= start && facts.ExtensionToldOn <= plain.On;
        if (extended)
            steps.Add(facts.ExtensionToldOn!.Value);
        var (due, latest, paused, on) = Count(extended ? longer : months);
        steps.AddRange(on);
        return new(Ended(due.On, paused ? ClockState.Paused : extended ? ClockState.Extended : ClockState.Running), due.On, latest.On, longer > 0 && !extended ? plain.On : null, due.Certain && latest.Certain, steps);

        ((DateOnly On, bool Certain) Due, (DateOnly On, bool Certain) Latest, bool Paused, List<DateOnly> Steps) Count(int howMany)
        {
            var last = days > 0 ? start.AddDays(days) : Months(start, howMany);
            var along = new List<DateOnly> { last };
            var (crossed, withBothEnds, waits) = (new HashSet<DateOnly>(), new HashSet<DateOnly>(), false);
            foreach (var one in facts.Clarifications.Where(_ => facts.Kind != RightKind.Complaint).OrderBy(one => one.AskedOn).ThenBy(one => one.AnsweredOn is null).ThenBy(one => one.AnsweredOn))
            {
                var before = withBothEnds.Count == 0 ? DateOnly.MinValue : withBothEnds.Max();
                var until = one.AnsweredOn ?? new[] { today, start, one.AskedOn, before }.Max();
                if (one.AskedOn > Roll(last.AddDays(crossed.Count)).On || until < one.AskedOn || until < start || until < before)
                    continue;
                for (var day = one.AskedOn; day <= until; day = day.AddDays(1))
                {
                    if (day < start)
                        continue;
                    withBothEnds.Add(day);
                    if (day < until)
                        crossed.Add(day);
                }
                waits |= one.AnsweredOn is null;
                along.Add(last.AddDays(crossed.Count));
            }
            var rolled = Roll(last.AddDays(crossed.Count));
            if (rolled.On != along[^1])
                along.Add(rolled.On);
            return (rolled, crossed.Count == withBothEnds.Count ? rolled : Roll(last.AddDays(withBothEnds.Count)), waits, along);
        }
    }

    private sealed record Case(ClockFacts Facts, DateOnly Today);

    private static readonly Arbitrary<Case> Cases = (
        from kind in Gen.Frequency((6, Gen.Constant(RightKind.Access)), (4, Gen.Elements(Enum.GetValues<RightKind>())))
        from around in Gen.Elements("2018-05-24", "2018-12-20", "2026-02-03", "2026-06-17", "2027-01-29", "2028-01-28", "2028-11-20", "2029-03-01")
        from later in Gen.Frequency((1, Gen.Choose(0, 3)), (2, Gen.Choose(0, 60)))
        let received = On(around).AddDays(later)
        let day = Gen.Choose(-3, 70).Select(received.AddDays)
        let perhaps = Gen.Frequency((3, day.Select(one => (DateOnly?)one)), (1, Gen.Constant((DateOnly?)null)))
        let asked = day.SelectMany(first => Gen.Choose(0, 15).Zip(Gen.Elements(true, true, true, false)).Select(took => new Asked(first, took.Item2 ? first.AddDays(took.Item1) : null)))
        from identity in Gen.Frequency((1, asked.Select(one => (Asked?)one)), (2, Gen.Constant((Asked?)null)))
        from questions in Gen.Choose(0, 3).SelectMany(count => asked.ListOf(count))
        from told in perhaps
        from agreed in perhaps
        from answered in Gen.Frequency((3, Gen.Constant((DateOnly?)null)), (1, perhaps))
        from seen in Gen.Choose(0, 140)
        select new Case(new ClockFacts { Kind = kind, ReceivedOn = received, Identity = identity, Clarifications = [.. questions], ExtensionToldOn = told, AgreedOn = agreed, AnsweredOn = answered }, received.AddDays(seen))).ToArbitrary();

    [Fact]
    public void AnyClock_SaysWhatTheCalendarSays() => Prop.ForAll(Cases, one => Same(one.Facts, one.Today)).Hold();

    /// <summary>The days around each bound, walked one by one: the month's end, what was told, asked and answered around it, and two questions that touch.</summary>
    [Fact]
    public void Clock_AroundItsBounds_SaysWhatTheCalendarSays()
    {
        foreach (var received in new[] { "2026-01-31", "2026-09-03", "2028-11-29" }.Select(On))
        {
            Asked? Pair(int? asked, int? took) => asked is { } days ? new Asked(received.AddDays(days), took is { } more ? received.AddDays(days + more) : null) : null;
            int?[] around = [null, -1, 0, 1, 28, 29, 30, 31, 32, 33, 34];
            int?[] answered = [null, 0, 1, 4];
            foreach (var at in around)
            {
                foreach (var seen in new[] { 0, 5, 29, 30, 31, 32, 33, 34, 90 }.Select(received.AddDays))
                {
                    foreach (var kind in (RightKind[])[RightKind.Access, RightKind.Complaint, RightKind.Corporate])
                    {
                        DateOnly? day = at is { } days ? received.AddDays(days) : null;
                        Same(new() { Kind = kind, ReceivedOn = received, ExtensionToldOn = day, AgreedOn = day }, seen);
                        Same(new() { Kind = kind, ReceivedOn = received, AnsweredOn = day }, seen);
                    }
                    foreach (var took in answered)
                    {
                        if (Pair(at, took) is not { } pair)
                            continue;
                        Same(new() { Kind = RightKind.Access, ReceivedOn = received, Clarifications = [pair] }, seen);
                        Same(new() { Kind = RightKind.Access, ReceivedOn = received, Identity = pair, ExtensionToldOn = received.AddDays(1), Clarifications = [new(received, received.AddDays(1))] }, seen);
                    }
                }
            }
            foreach (var (first, second) in from a in new[] { 0, 3, 5, 8 } from b in answered from c in answered select (Pair(3, b)!.Value, Pair(a, c)!.Value))
                Same(new() { Kind = RightKind.Access, ReceivedOn = received, Clarifications = [second, first] }, received.AddDays(20));
        }
    }

    private static bool Same(ClockFacts facts, DateOnly today)
    {
        var (read, expected) = (RightsClock.Read(facts, Working, today), ByTheDay(facts, today));
        Assert.Equal((expected.State, expected.Due, expected.Latest, expected.ExtendBy, expected.Certain), (read.State, read.DueOn, read.LatestOn, read.ExtendBy, read.Certain));
        Assert.Equal(expected.Steps, read.Steps.Select(step => step.On));
        Assert.Equal(expected.Due is { } due ? due.DayNumber - today.DayNumber : null, read.DaysLeft(today));
        return true;
    }

    /// <summary>The law of the day of receipt governs for good: a day before and on each day on which it changed.</summary>
    [Theory]
    [InlineData("2018-05-24", null, null)]
    [InlineData("2018-05-25", "2018-05-25", null)]
    [InlineData("2026-02-04", "2018-05-25", null)]
    [InlineData("2026-02-05", "2026-02-05", null)]
    [InlineData("2026-06-18", "2026-02-05", null)]
    [InlineData("2026-06-19", "2026-02-05", "2026-06-19")]
    public void Rule_OfTheDayOfReceipt_GovernsEveryKind(string received, string? request, string? complaint)
    {
        foreach (var kind in Enum.GetValues<RightKind>())
        {
            var from = kind == RightKind.Corporate ? null : kind == RightKind.Complaint ? complaint : request;
            Assert.Equal(from is null ? null : On(from), ClockRule.For(kind, On(received))?.ValidFrom);
        }
    }

    private static string[] Wrong(ClockFacts facts) => [.. RightsClock.Check(facts, Working, On("2026-09-30")).Select(problem => problem.Field)];

    private static readonly ClockFacts Access = new() { Kind = RightKind.Access, ReceivedOn = On("2026-09-03") };

    private static Asked Pair(string asked, string? came) => new(On(asked), came is null ? null : On(came));

    [Theory]
    [InlineData("2026-09-02", null, 1)]
    [InlineData("2026-09-03", null, 0)]
    [InlineData("2026-09-30", "2026-09-30", 0)]
    [InlineData("2026-10-01", null, 1)]
    [InlineData("2026-09-10", "2026-09-09", 1)]
    [InlineData("2026-09-10", "2026-09-10", 0)]
    [InlineData("2026-09-10", "2026-10-01", 1)]
    [InlineData("2026-09-02", "2026-10-01", 2)]
    public void Asked_BetweenReceiptAndToday_AndAnsweredAfterIt(string asked, string? came, int problems)
    {
        Assert.Equal(Enumerable.Repeat(RightsFields.Identity, problems), Wrong(Access with { Identity = Pair(asked, came) }));
        Assert.Equal(Enumerable.Repeat(RightsFields.Clarification, problems), Wrong(Access with { Clarifications = [Pair(asked, came)] }));
    }

    [Theory]
    [InlineData("2026-09-02", 1)]
    [InlineData("2026-09-03", 0)]
    [InlineData("2026-09-30", 0)]
    [InlineData("2026-10-01", 1)]
    public void Answer_BetweenReceiptAndToday(string answered, int problems) => Assert.Equal(Enumerable.Repeat(RightsFields.Answered, problems), Wrong(Access with { AnsweredOn = On(answered) }));

    [Fact]
    public void Receipt_UntilToday()
    {
        Assert.Empty(Wrong(Access with { ReceivedOn = On("2026-09-30") }));
        Assert.Equal([RightsFields.Received], Wrong(Access with { ReceivedOn = On("2026-10-01") }));
    }

    /// <summary>A longer time is told while the plain one runs, and only where the law gives one (Article 12(3)).</summary>
    [Fact]
    public void Extension_WhileThePlainTimeRuns_AndWhereTheLawGivesOne()
    {
        int Of(ClockFacts facts, string told)
        {
            var wrong = Wrong(facts with { ExtensionToldOn = On(told) });
            Assert.All(wrong, field => Assert.Equal(RightsFields.Extension, field));
            return wrong.Length;
        }
        var early = Access with { ReceivedOn = On("2026-08-03") };
        Assert.Equal((0, 0, 1), (Of(early, "2026-08-03"), Of(early, "2026-09-03"), Of(early, "2026-09-04")));
        Assert.Equal((1, 0, 1), (Of(Access, "2026-09-02"), Of(Access, "2026-09-30"), Of(Access, "2026-10-01")));
        // The answer has gone meanwhile: whether it was extended in time is asked all the same.
        Assert.Equal(0, Of(early with { AnsweredOn = On("2026-09-29") }, "2026-09-03"));
        // A pause moves the last day for telling too.
        Assert.Equal(0, Of(early with { Clarifications = [Pair("2026-08-10", "2026-08-11")] }, "2026-09-04"));
        Assert.Equal((1, 1, 0), (Of(Access with { Identity = Pair("2026-09-04", null) }, "2026-09-10"), Of(Access with { Identity = Pair("2026-09-04", "2026-09-11") }, "2026-09-10"), Of(Access with { Identity = Pair("2026-09-04", "2026-09-11") }, "2026-09-11")));
        Assert.Equal(1, Of(Access with { Kind = RightKind.Complaint }, "2026-09-10"));
        Assert.Equal((1, 1), (Of(Access with { Kind = RightKind.Corporate }, "2026-09-10"), Of(Access with { Kind = RightKind.Corporate, AgreedOn = On("2026-09-20") }, "2026-09-10")));
        // Beside another fault nothing is said of it: it is worked out from what is wrong.
        Assert.Equal([RightsFields.Answered], Wrong(Access with { AnsweredOn = On("2026-10-01"), ExtensionToldOn = On("2026-12-01") }));
    }
}
