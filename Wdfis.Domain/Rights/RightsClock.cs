using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Rights;

/// <summary>Something that was asked of the requester, and when it came.</summary>
/// <param name="AskedOn">The day on which it was asked, London.</param>
/// <param name="AnsweredOn">The day on which it came, London; null while it is awaited.</param>
public readonly record struct Asked(DateOnly AskedOn, DateOnly? AnsweredOn);

/// <summary>What the clock of one request goes by.</summary>
public sealed record ClockFacts
{
    /// <summary>What is asked for.</summary>
    public required RightKind Kind { get; init; }
    /// <summary>The day on which it reached any of us, in any form, working day or not, London. The time starts on it, not after it.</summary>
    public required DateOnly ReceivedOn { get; init; }
    /// <summary>Proof of identity, where there was real doubt; null when none was asked for. It starts the time only where it was asked for while the month ran, and before anybody was told that it takes longer.</summary>
    public Asked? Identity { get; init; }
    /// <summary>What we had to ask in order to know what is meant, in any order.</summary>
    public ImmutableArray<Asked> Clarifications { get; init; } = [];
    /// <summary>The day on which the requester was told, with reasons, that it takes longer; null when they were not.</summary>
    public DateOnly? ExtensionToldOn { get; init; }
    /// <summary>The date that a corporate request brought with it; null when none.</summary>
    public DateOnly? AgreedOn { get; init; }
    /// <summary>The day of the answer; null while it is open.</summary>
    public DateOnly? AnsweredOn { get; init; }
}

/// <summary>How a clock stands.</summary>
public enum ClockState
{
    /// <summary>The law gives no time and none was agreed.</summary>
    NoClock = 1,
    /// <summary>Identity was asked for and has not arrived: the time has not started.</summary>
    WaitsForIdentity = 2,
    /// <summary>Running.</summary>
    Running = 3,
    /// <summary>Stopped until what was asked is answered.</summary>
    Paused = 4,
    /// <summary>Running, with the longer time.</summary>
    Extended = 5,
    /// <summary>The last day has passed without an answer.</summary>
    Overdue = 6,
    /// <summary>Answered.</summary>
    Answered = 7,
}

/// <summary>One line of how a due date was reached.</summary>
/// <param name="Words">What happened or which rule was applied.</param>
/// <param name="On">The date that came of it.</param>
public sealed record ClockStep(string Words, DateOnly On);

/// <summary>What a clock says on a day.</summary>
public sealed record ClockReading
{
    /// <summary>How it stands.</summary>
    public required ClockState State { get; init; }
    /// <summary>The day by which to answer, included; null without a clock and while it has not started. While it is paused: as if the answer came today.</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>The outer limit where counting both ends of a pause gives another date than <see cref="DueOn"/>; else the same.</summary>
    public DateOnly? LatestOn { get; init; }
    /// <summary>The last day on which the requester may still be told that it takes longer, included; null when that is not possible.</summary>
    public DateOnly? ExtendBy { get; init; }
    /// <summary>False when a day on the way lies outside the known bank holidays: show the date as provisional.</summary>
    public bool Certain { get; init; } = true;
    /// <summary>Every step from receipt to due date, in order.</summary>
    public ImmutableArray<ClockStep> Steps { get; init; } = [];

    /// <summary>Days from a day to the due date: 0 on the day itself, negative after it; null without a due date.</summary>
    public int? DaysLeft(DateOnly today) => DueOn is { } due ? due.DayNumber - today.DayNumber : null;
}

/// <summary>
/// The clock of a rights request (D6; field-guide.md section 1.1). In this order and no other: months from the start, back to the month's
/// end where the number is missing, paused days on top, and only then over weekends and bank holidays. Months are always counted from the
/// original start.
/// </summary>
public static class RightsClock
{
    /// <summary>All that is wrong with the facts on a day.</summary>
    public static ImmutableArray<Problem> Check(ClockFacts facts, WorkingDays days, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(days);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        void When(bool wrong, string field, string sentence)
        {
            if (wrong)
                problems.Add(new Problem(field, sentence));
        }
        When(facts.ReceivedOn > today, RightsFields.Received, "This date is in the future. Give the day on which it reached us.");
        if (facts.Identity is { } identity)
            CheckAsked(identity, RightsFields.Identity, "identity");
        foreach (var clarification in facts.Clarifications)
            CheckAsked(clarification, RightsFields.Clarification, "the answer");
        When(facts.AnsweredOn > today, RightsFields.Answered, "This date is in the future. Give the day on which the answer went.");
        When(facts.AnsweredOn < facts.ReceivedOn, RightsFields.Answered, "The answer cannot have gone before the request came.");
        if (facts.ExtensionToldOn is { } told && problems.Count == 0)
        {
            When(told > today, RightsFields.Extension, "This date is in the future. Give the day on which the requester was told.");
            var counted = Counted(facts, days, today);
            var plain = Read(counted with { ExtensionToldOn = null, AnsweredOn = null }, days, told);
            When(plain.State == ClockState.NoClock || plain.State == ClockState.WaitsForIdentity || Start(counted) > told, RightsFields.Extension, "There is no time yet that could be extended.");
            When(plain.State != ClockState.NoClock && ClockRule.For(facts.Kind, facts.ReceivedOn) is not { ExtendedMonths: > 0 }, RightsFields.Extension, "The law gives no longer time for this.");
            When(told > plain.ExtendBy, RightsFields.Extension, $"It was too late to extend: the requester had to be told by {(plain.ExtendBy ?? told).Words()}.");
        }
        return problems.ToImmutable();

        void CheckAsked(Asked asked, string field, string what)
        {
            When(asked.AskedOn < facts.ReceivedOn, field, "It cannot have been asked before the request came.");
            When(asked.AskedOn > today, field, "This date is in the future. Give the day on which it was asked.");
            When(asked.AnsweredOn > today, field, $"This date is in the future. Give the day on which {what} came.");
            When(asked.AnsweredOn < asked.AskedOn, field, "It cannot have been answered before it was asked.");
        }
    }

    /// <summary>What the clock says on a day. Facts that <see cref="Check"/> refuses are read as far as they go, on the side of the earlier date.</summary>
    public static ClockReading Read(ClockFacts facts, WorkingDays days, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(days);
        var steps = ImmutableArray.CreateBuilder<ClockStep>();
        steps.Add(new ClockStep("Received: the time counts from this day, whatever the hour, the form or whoever of us it reached.", facts.ReceivedOn));
        if (ClockRule.For(facts.Kind, facts.ReceivedOn) is not { } rule)
        {
            if (facts.AgreedOn is { } agreed)
                steps.Add(new ClockStep("The date that came with the request.", agreed));
            return new ClockReading { State = State(facts, facts.AgreedOn, today, facts.AgreedOn is null ? ClockState.NoClock : ClockState.Running), DueOn = facts.AgreedOn, LatestOn = facts.AgreedOn, Steps = steps.ToImmutable() };
        }
        var asked = facts.Identity;
        facts = Counted(facts, days, today);
        if (rule.IdentityStarts && asked is { } late && facts.Identity is null)
            steps.Add(new ClockStep("Proof of identity was asked for too late to start the time anew: the date stays as it was.", late.AskedOn));
        if (rule.IdentityStarts && facts.Identity is { } identity)
        {
            steps.Add(new ClockStep("Proof of identity was asked for.", identity.AskedOn));
            if (identity.AnsweredOn is not { } came)
                return new ClockReading { State = State(facts, null, today, ClockState.WaitsForIdentity), Steps = steps.ToImmutable() };
            steps.Add(new ClockStep("It arrived: the time starts here, not at receipt.", came));
        }
        var start = Start(facts);
        var plain = Limit(start, rule, rule.Months, facts, days, today, null);
        var extended = facts.ExtensionToldOn is { } told && rule.ExtendedMonths > 0 && told >= start && told <= plain.Due.On;
        if (extended)
            steps.Add(new ClockStep($"The requester was told, with reasons, that it takes longer; {rule.ExtendedMonths} months now count from the original start.", facts.ExtensionToldOn!.Value));
        var limit = Limit(start, rule, extended ? rule.ExtendedMonths : rule.Months, facts, days, today, steps);
        return new ClockReading
        {
            State = State(facts, limit.Due.On, today, limit.Paused ? ClockState.Paused : extended ? ClockState.Extended : ClockState.Running),
            DueOn = limit.Due.On,
            LatestOn = limit.Latest.On,
            ExtendBy = rule.ExtendedMonths > 0 && !extended ? plain.Due.On : null,
            Certain = limit.Due.Certain && limit.Latest.Certain,
            Steps = steps.ToImmutable(),
        };
    }

    // What is asked for when the time was up, or once they were told that it takes longer, moves nothing: else a date that has passed could be asked away.
    private static ClockFacts Counted(ClockFacts facts, WorkingDays days, DateOnly today) => facts.Identity is { } identity
        && (facts.ExtensionToldOn <= identity.AskedOn || identity.AskedOn > Read(facts with { Identity = null, ExtensionToldOn = null }, days, today).DueOn) ? facts with { Identity = null } : facts;

    private static DateOnly Start(ClockFacts facts) =>
        facts.Identity?.AnsweredOn is { } came && came > facts.ReceivedOn && ClockRule.For(facts.Kind, facts.ReceivedOn) is { IdentityStarts: true } ? came : facts.ReceivedOn;

    private static ClockState State(ClockFacts facts, DateOnly? due, DateOnly today, ClockState running) =>
        facts.AnsweredOn is not null ? ClockState.Answered
        : running != ClockState.Paused && due < today ? ClockState.Overdue
        : running;

    private static (WorkingDate Due, WorkingDate Latest, bool Paused) Limit(
        DateOnly start, ClockRule rule, int months, ClockFacts facts, WorkingDays days, DateOnly today, ImmutableArray<ClockStep>.Builder? steps)
    {
        var due = rule.Days > 0 ? start.AddDays(rule.Days) : CorrespondingDate.AddMonths(start, months);
        steps?.Add(new ClockStep(
            rule.Days > 0 ? $"{rule.Days} days, of which the day after is the first ({rule.Source})."
            : due.Day == start.Day ? $"The same day number, {Months(months)} on ({rule.Source})."
            : $"{char.ToUpperInvariant(Months(months)[0])}{Months(months)[1..]} on; that month has no day {start.Day}, so its last ({rule.Source}).", due));
        var (between, inclusive, paused, pausedUntil) = (0, 0, false, DateOnly.MinValue);
        if (rule.ClarificationPauses)
        {
            foreach (var one in facts.Clarifications.OrderBy(one => one.AskedOn).ThenBy(one => one.AnsweredOn ?? DateOnly.MaxValue))
            {
                // What was asked when the time was up stops nothing; days before the start, and days of an earlier pause, are not counted twice.
                var from = Later(Later(one.AskedOn, start), pausedUntil);
                var until = one.AnsweredOn ?? Later(today, from);
                if (one.AskedOn > days.NextOrSame(due.AddDays(between)).On || until < from || until < start)
                    continue;
                var touches = from == pausedUntil;
                between += until.DayNumber - from.DayNumber;
                inclusive += until.DayNumber - from.DayNumber + (touches ? 0 : 1);
                paused |= one.AnsweredOn is null;
                pausedUntil = until;
                var count = until.DayNumber - from.DayNumber;
                steps?.Add(new ClockStep(one.AnsweredOn is null
                    ? $"Asked what is meant on {one.AskedOn.Words()}, no answer yet: {Days(count)} paused until today."
                    : $"Asked what is meant on {one.AskedOn.Words()}, answered on {until.Words()}: {Days(count)} paused.", due.AddDays(between)));
            }
        }
        var rolled = days.NextOrSame(due.AddDays(between));
        if (rolled.On != due.AddDays(between))
            steps?.Add(new ClockStep($"{due.AddDays(between).Words()} is no working day ({days.WhyNot(due.AddDays(between))}): the next that is.", rolled.On));
        return (rolled, inclusive == between ? rolled : days.NextOrSame(due.AddDays(inclusive)), paused);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Months(int months) => months == 1 ? "one month" : $"{months} months";

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

}

/// <summary>The hours in which the regulator is told of a personal-data breach (Article 33; field-guide.md section 11).</summary>
public static class BreachClock
{
    /// <summary>The clock hours from becoming aware; weekends and bank holidays count.</summary>
    public const int Hours = 72;

    /// <summary>The instant, UTC, by which the regulator is told, or the reasons for the delay are recorded.</summary>
    public static DateTimeOffset NotifyBy(DateTimeOffset awareAt) => awareAt.ToUniversalTime().AddHours(Hours);
}

/// <summary>Ids of the fields of a rights request.</summary>
public static class RightsFields
{
    /// <summary>When it reached us.</summary>
    public const string Received = "rights.received-on";
    /// <summary>What is asked for.</summary>
    public const string Kind = "rights.kind";
    /// <summary>How it came.</summary>
    public const string How = "rights.how";
    /// <summary>Who asks, as a kind.</summary>
    public const string Asker = "rights.asker";
    /// <summary>Who asks.</summary>
    public const string AskerName = "rights.asker-name";
    /// <summary>Where the answer goes.</summary>
    public const string Reach = "rights.reach";
    /// <summary>In their words.</summary>
    public const string Words = "rights.words";
    /// <summary>The reference of somebody anonymous.</summary>
    public const string Reference = "rights.reference";
    /// <summary>The date that came with it.</summary>
    public const string Agreed = "rights.agreed-on";
    /// <summary>Whom it is about.</summary>
    public const string About = "rights.about";
    /// <summary>The lawful basis.</summary>
    public const string Basis = "rights.basis";
    /// <summary>How it ended.</summary>
    public const string Outcome = "rights.outcome";
    /// <summary>The reasons that they get.</summary>
    public const string Reasons = "rights.reasons";
    /// <summary>Proof of identity.</summary>
    public const string Identity = "rights.identity";
    /// <summary>What we had to ask.</summary>
    public const string Clarification = "rights.clarification";
    /// <summary>The longer time.</summary>
    public const string Extension = "rights.extension";
    /// <summary>The answer.</summary>
    public const string Answered = "rights.answered-on";
}
