using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>What happened to a version of the schedule. Numbers are stored: never reuse one.</summary>
public enum ScheduleEvent
{
    /// <summary>Written, or changed while it was a draft.</summary>
    Drafted = 1,
    /// <summary>Handed to a second person.</summary>
    Proposed = 2,
    /// <summary>Sent back by the second person: a draft again.</summary>
    SentBack = 3,
    /// <summary>Agreed to by the second person: counts from its first day.</summary>
    Approved = 4,
    /// <summary>The records began to be worked out anew.</summary>
    Begun = 5,
    /// <summary>Every record stands as this version has it.</summary>
    Applied = 6,
}

/// <summary>One step in the life of a <see cref="ScheduleVersion"/>.</summary>
/// <param name="What">What was done.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">By whom.</param>
/// <param name="Note">Why, as typed; null where there is nothing to say.</param>
/// <param name="Records">At the beginning how many records are to be worked out anew, at the end how many were; null at other steps.</param>
public sealed record ScheduleStep(ScheduleEvent What, DateTimeOffset At, ColleagueId By, string? Note = null, int? Records = null)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(ScheduleStep);
}

/// <summary>
/// One version of the retention schedule (D5): drafted by the information-governance officer, looked at beforehand, agreed to by a second
/// person, valid from a day, then applied to every record. Version 1 is what the configuration held at the beginning. A version that was
/// agreed to is never changed again. Compares by reference.
/// </summary>
public sealed record ScheduleVersion
{
    private ScheduleVersion() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>Counts up from 1.</summary>
    [Field("schedule.number")]
    public int Number { get; private init; }
    /// <summary>All lines, those that it does not change included.</summary>
    [Field("schedule.lines")]
    public ImmutableArray<RetentionClass> Classes { get; private init; } = [];
    /// <summary>The first day on which it counts, London's.</summary>
    [Field("schedule.valid-from")]
    public DateOnly ValidFrom { get; private init; }
    /// <summary>Why it is made.</summary>
    [Field("schedule.why")]
    public string Why { get; private init; } = "";
    /// <summary>What was done, oldest first; never empty.</summary>
    [Field("schedule.steps")]
    public ImmutableArray<ScheduleStep> Steps { get; private init; } = [];

    /// <summary>Where it stands.</summary>
    public ScheduleEvent State => Steps[^1].What;

    /// <summary>True while the officer may still change it.</summary>
    public bool IsDraft => State is ScheduleEvent.Drafted or ScheduleEvent.SentBack;

    /// <summary>True on a day from which on it counts. Once it began to be applied it counts, whatever became of the clock.</summary>
    public bool InForce(DateOnly today) => State is ScheduleEvent.Begun or ScheduleEvent.Applied || State == ScheduleEvent.Approved && ValidFrom <= today;

    /// <summary>True when it counts and the records are not yet all worked out anew.</summary>
    public bool Waits(DateOnly today) => State != ScheduleEvent.Applied && InForce(today);

    /// <summary>The lines that this version changed.</summary>
    public IEnumerable<RetentionClass> Changed => Classes.Where(line => line.Since == Number);

    /// <summary>The configuration's schedule, kept so that it stays readable when the file changes.</summary>
    public static ScheduleVersion Configured(UnitId id, Schedule configured, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(configured);
        return Restore(id, 1, configured.Classes, configured.Classes.Max(line => line.ValidFrom), "As configured at the beginning.", [new ScheduleStep(ScheduleEvent.Applied, at, ColleagueId.Portal)]);
    }

    /// <summary>
    /// Drafts the version after the last. Refuses a list with other codes than the last one's, one that changes nothing, everything that
    /// <see cref="Schedule.Check"/> finds, a first day before today, and a missing reason.
    /// </summary>
    public static Checked<ScheduleVersion> Draft(UnitId id, ScheduleVersion last, IReadOnlyCollection<RetentionClass> lines, DateOnly? validFrom, string? why, PeriodBounds bounds, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(last);
        return Make(id, last, lines, validFrom, why, bounds, now, []);
    }

    /// <summary>Changes a draft; as <see cref="Draft"/>. Refused once it was handed on.</summary>
    public Checked<ScheduleVersion> Change(ScheduleVersion last, IReadOnlyCollection<RetentionClass> lines, DateOnly? validFrom, string? why, PeriodBounds bounds, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(last);
        return IsDraft ? Make(Id, last, lines, validFrom, why, bounds, now, Steps) : new Problem("", "This version was handed on already. Open the page again.");
    }

    /// <summary>Hands it to a second person. Refused when it is no draft, and after its first day has passed.</summary>
    public Checked<ScheduleVersion> Propose(Stamp now) => Checked<ScheduleVersion>.From(
        [IsDraft ? null : Elsewhere, Late(now.On)],
        () => With(new ScheduleStep(ScheduleEvent.Proposed, now.At, now.By)));

    /// <summary>The second person does not agree, and says why: it is a draft again.</summary>
    public Checked<ScheduleVersion> SendBack(string? note, Stamp now) => Checked<ScheduleVersion>.From(
        [State == ScheduleEvent.Proposed ? null : Elsewhere, Second(now.By), Reason("schedule.note", note, "Say what should be otherwise.")],
        () => With(new ScheduleStep(ScheduleEvent.SentBack, now.At, now.By, TypedText.Clean(note))));

    /// <summary>The second person agrees. Refused to whoever wrote or handed on any of it, without a reason, and after its first day has passed.</summary>
    public Checked<ScheduleVersion> Approve(string? note, Stamp now) => Checked<ScheduleVersion>.From(
        [State == ScheduleEvent.Proposed ? null : Elsewhere, Second(now.By), Late(now.On), Reason("schedule.note", note, "Say why you agree.")],
        () => With(new ScheduleStep(ScheduleEvent.Approved, now.At, now.By, TypedText.Clean(note))));

    /// <summary>The records begin to be worked out anew.</summary>
    /// <exception cref="InvalidOperationException">It was not agreed to.</exception>
    public ScheduleVersion Begin(int records, DateTimeOffset at) => State == ScheduleEvent.Approved
        ? With(new ScheduleStep(ScheduleEvent.Begun, at, ColleagueId.Portal, Records: records)) : throw new InvalidOperationException("Only what was agreed to is applied.");

    /// <summary>Every record stands as it has it.</summary>
    /// <exception cref="InvalidOperationException">It did not begin.</exception>
    public ScheduleVersion Finish(int records, DateTimeOffset at) => State == ScheduleEvent.Begun
        ? With(new ScheduleStep(ScheduleEvent.Applied, at, ColleagueId.Portal, Records: records)) : throw new InvalidOperationException("What did not begin does not end.");

    /// <summary>As a schedule. Classes that a later release brought with it come from the configuration.</summary>
    public Schedule ToSchedule(Schedule configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        return Schedule.Restore(Number, Completed(configured));
    }

    /// <summary>Its lines, with those that a later release brought with it.</summary>
    public ImmutableArray<RetentionClass> Completed(Schedule configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        return [.. Classes, .. configured.Classes.Where(line => !Classes.Any(known => known.Code == line.Code))];
    }

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Without an id, a number, a line or a step.</exception>
    public static ScheduleVersion Restore(UnitId id, int number, ImmutableArray<RetentionClass> classes, DateOnly validFrom, string why, ImmutableArray<ScheduleStep> steps) =>
        id.IsEmpty || number < 1 || classes.IsDefaultOrEmpty || steps.IsDefaultOrEmpty
            ? throw new ArgumentException("A version of the schedule has a number, lines and steps.", nameof(number))
            : new ScheduleVersion { Id = id, Number = number, Classes = classes, ValidFrom = validFrom, Why = why, Steps = steps };

    /// <summary>The type's name and number.</summary>
    public override string ToString() => $"{nameof(ScheduleVersion)} {Number}";

    /// <inheritdoc/>
    public bool Equals(ScheduleVersion? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static Problem Elsewhere => new("", "Somebody has moved this version on. Open the page again.");

    private static Checked<ScheduleVersion> Make(UnitId id, ScheduleVersion last, IReadOnlyCollection<RetentionClass> lines, DateOnly? validFrom, string? why, PeriodBounds bounds, Stamp now, ImmutableArray<ScheduleStep> steps)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var number = last.Number + 1;
        var from = validFrom ?? now.On;
        var before = last.Classes.ToDictionary(line => line.Code);
        // A line that stays keeps its own first day and version.
        ImmutableArray<RetentionClass> all =
        [
            .. lines.Select(line => before.GetValueOrDefault(line.Code) is { } old && line with { Since = old.Since, ValidFrom = old.ValidFrom } == old ? old : line with { Since = number, ValidFrom = from }),
        ];
        return Checked<ScheduleVersion>.From(
            [
                .. Schedule.Check(all, bounds),
                all.Select(line => line.Code).Order().SequenceEqual(before.Keys.Order()) ? null : new Problem("", "The classes are not those of the version before. Open the page again."),
                all.Any(line => line.Since == number) ? null : new Problem("", "Nothing is changed. Change at least one line."),
                validFrom is { } day && day >= now.On ? null : new Problem("schedule.valid-from", $"Give the first day on which it counts: {now.On.Words()} or later."),
                Reason("schedule.why", why, "Say why the schedule changes."),
            ],
            () => Restore(id, number, all, from, TypedText.Clean(why)!, steps.Add(new ScheduleStep(ScheduleEvent.Drafted, now.At, now.By))));
    }

    private static Problem? Reason(string field, string? text, string sentence) =>
        string.IsNullOrWhiteSpace(text) ? new Problem(field, sentence) : TypedText.Check(field, text, 1000, lines: true);

    private Problem? Late(DateOnly today) => ValidFrom >= today ? null : new Problem("", $"The day from which it was to count, {ValidFrom.Words()}, has passed. Give it a later one first.");

    private Problem? Second(ColleagueId by) => Steps.Any(step => step.What is ScheduleEvent.Drafted or ScheduleEvent.Proposed && step.By == by)
        ? new Problem("", "You wrote this version, so somebody else has to agree to it.") : null;

    private ScheduleVersion With(ScheduleStep step) => this with { Steps = Steps.Add(step) };
}

/// <summary>The words for the schedule.</summary>
public static class ScheduleWords
{
    /// <summary>As on the screen, of a version.</summary>
    public static string Words(this ScheduleEvent what) => what switch
    {
        ScheduleEvent.Drafted => "Draft",
        ScheduleEvent.Proposed => "Waits for a second person",
        ScheduleEvent.SentBack => "Sent back",
        ScheduleEvent.Approved => "Agreed to",
        ScheduleEvent.Begun => "Being applied",
        ScheduleEvent.Applied => "Applied",
    };

    /// <summary>From which day a period counts, as in "from the closure".</summary>
    public static string Words(this RetentionTrigger trigger) => trigger switch
    {
        RetentionTrigger.Closure => "Closure",
        RetentionTrigger.LastContact => "Last contact",
        RetentionTrigger.EndOfFinancialYearOfClosure => "End of the financial year of closure",
        RetentionTrigger.EndOfSchoolYearOfClosure => "End of the school year of closure",
        RetentionTrigger.YoungestChildBirth => "Birth of the youngest child",
        RetentionTrigger.End => "End of what it is about",
        RetentionTrigger.Opening => "Making",
    };

    /// <summary>What happens then.</summary>
    public static string Words(this DisposalAction action) => action switch
    {
        DisposalAction.Destroy => "Destroy",
        DisposalAction.AnonymiseAndKeepStatistic => "Anonymise, keep the statistic",
        DisposalAction.PassOn => "Pass on",
    };
}

/// <summary>New contact pauses disposal (D5): whoever was in touch in the last weeks may need the record still.</summary>
/// <param name="Length">For how long after a contact nothing is disposed of.</param>
public sealed record ContactPause(RetentionPeriod Length)
{
    /// <summary>The first day on which disposal may go on after a contact.</summary>
    public DateOnly EndsOn(DateOnly contactOn) => Length.From(contactOn);

    /// <summary>True while the last contact with the family, or about a record without one, pauses the record's disposal.</summary>
    public bool Binds(Envelope unit, Envelope? family, DateOnly today) => (family ?? unit) is var of && Binds(of.KeepUntil.Facts?.LastContactOn ?? of.TouchedOn, today);

    /// <summary>True while a contact of that day pauses disposal.</summary>
    public bool Binds(DateOnly? contactOn, DateOnly today) => contactOn is { } on && today < EndsOn(on);
}
