using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;

namespace Wdfis.Domain.Breaches;

/// <summary>How likely a breach harms somebody's rights (Articles 33 and 34). Numbers are stored.</summary>
public enum BreachRisk
{
    /// <summary>Unlikely: the regulator need not be told.</summary>
    Unlikely = 1,
    /// <summary>A risk: the regulator is told.</summary>
    Likely = 2,
    /// <summary>A high risk: the people are told too.</summary>
    High = 3,
}

/// <summary>What was decided or done about a breach. Numbers are stored.</summary>
public enum BreachEvent
{
    /// <summary>Written down, nothing more.</summary>
    Noted = 1,
    /// <summary>Decided that the regulator is not notified.</summary>
    NotToNotify = 2,
    /// <summary>Decided that the regulator is notified.</summary>
    ToNotify = 3,
    /// <summary>The regulator was notified, or told a further part.</summary>
    Notified = 4,
    /// <summary>The people concerned were told.</summary>
    PeopleTold = 5,
    /// <summary>Decided that the people concerned are not told.</summary>
    PeopleNotTold = 6,
    /// <summary>Closed.</summary>
    Closed = 7,
    /// <summary>We were aware of it at another moment than was written down: its instant is that moment.</summary>
    AwareCorrected = 8,
}

/// <summary>One step with its reasons.</summary>
/// <param name="What">What was decided or done.</param>
/// <param name="HappenedAt">When it was, UTC.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="By">Who decided or did it, and recorded it.</param>
/// <param name="Words">The reasons, or how.</param>
/// <param name="Late">Why the regulator was notified after the 72 hours; null when it was in time.</param>
public sealed record BreachStep(
    [property: Field("breach.step")] BreachEvent What,
    [property: Field("breach.step-happened-at")] DateTimeOffset HappenedAt,
    [property: Field("breach.step-at")] DateTimeOffset At,
    ColleagueId By,
    [property: Field("breach.step-words")] string Words,
    [property: Field("breach.step-late")] string? Late = null)
{
    /// <summary>The type alone.</summary>
    public override string ToString() => $"{nameof(BreachStep)} {What}";
}

/// <summary>What the register holds of a breach (Article 33(5)); everything but the facts may still be missing while it is open. Shows no content.</summary>
public sealed record BreachContents
{
    /// <summary>What happened.</summary>
    [Field("breach.facts")]
    public string? Facts { get; init; }
    /// <summary>Why it could happen.</summary>
    [Field("breach.cause")]
    public string? Cause { get; init; }
    /// <summary>The London day on which it happened.</summary>
    [Field("breach.occurred-on")]
    public DateOnly? OccurredOn { get; init; }
    /// <summary>The London day on which somebody came upon it; the awareness of a breach may be later.</summary>
    [Field("breach.discovered-on")]
    public DateOnly? DiscoveredOn { get; init; }
    /// <summary>The categories of people.</summary>
    [Field("breach.people")]
    public string? People { get; init; }
    /// <summary>How many people, about.</summary>
    [Field("breach.people-count")]
    public int? PeopleCount { get; init; }
    /// <summary>The categories of data.</summary>
    [Field("breach.data")]
    public string? Data { get; init; }
    /// <summary>How many records, about.</summary>
    [Field("breach.record-count")]
    public int? RecordCount { get; init; }
    /// <summary>What it has done or may do to them.</summary>
    [Field("breach.effects")]
    public string? Effects { get; init; }
    /// <summary>What was done to contain it and to make it good.</summary>
    [Field("breach.containment")]
    public string? Containment { get; init; }
    /// <summary>How the risk to the people was judged; null while it was not.</summary>
    [Field("breach.risk")]
    public BreachRisk? Risk { get; init; }
    /// <summary>Why it was judged so.</summary>
    [Field("breach.risk-reasons")]
    public string? RiskReasons { get; init; }
    /// <summary>What is done so that it does not happen again.</summary>
    [Field("breach.lessons")]
    public string? Lessons { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(BreachContents);

    internal IEnumerable<(string Field, string? Text, string Missing)> Texts =>
    [
        ("breach.facts", Facts, "Say what happened."),
        ("breach.cause", Cause, "Say why it could happen."),
        ("breach.people", People, "Say what kinds of people it concerns."),
        ("breach.data", Data, "Say what kinds of information it concerns."),
        ("breach.effects", Effects, "Say what it has done or may do to them."),
        ("breach.containment", Containment, "Say what was done to contain it and to make it good."),
        ("breach.risk-reasons", RiskReasons, "Say why the risk was judged so."),
        ("breach.lessons", Lessons, "Say what is done so that it does not happen again."),
    ];

    internal BreachContents Clean() => this with
    {
        Facts = TypedText.Clean(Facts),
        Cause = TypedText.Clean(Cause),
        People = TypedText.Clean(People),
        Data = TypedText.Clean(Data),
        Effects = TypedText.Clean(Effects),
        Containment = TypedText.Clean(Containment),
        RiskReasons = TypedText.Clean(RiskReasons),
        Lessons = TypedText.Clean(Lessons),
    };
}

/// <summary>
/// A personal-data breach (Articles 33 and 34; field-guide.md section 11): reported by anybody, worked by the officer, kept in the register
/// whether or not the regulator is told of it. Immutable; shows no content.
/// </summary>
public sealed record Breach
{
    private const int LongestStep = 4_000;
    private const int MostCounted = 1_000_000;

    private Breach() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>When we were aware of it, UTC, as it was written down at first.</summary>
    [Field("breach.aware-at")]
    public DateTimeOffset FirstAwareAt { get; private init; }
    /// <summary>When we were aware of it, UTC, as corrected last: the 72 hours start here. Never later than its report.</summary>
    public DateTimeOffset AwareAt => Steps.LastOrDefault(step => step.What == BreachEvent.AwareCorrected)?.HappenedAt ?? FirstAwareAt;
    /// <summary>When it was reported, UTC.</summary>
    [Field("breach.reported-at")]
    public DateTimeOffset ReportedAt { get; private init; }
    /// <summary>Who reported it.</summary>
    public ColleagueId By { get; private init; }
    /// <summary>The disclosure that reached the wrong body; null for another breach.</summary>
    public UnitId? Disclosure { get; private init; }
    /// <summary>The amends under which everybody is told of that; null for another breach.</summary>
    public UnitId? Amends { get; private init; }
    /// <summary>What the register holds of it.</summary>
    public BreachContents Contents { get; private init; } = new();
    /// <summary>What was decided and done, in order.</summary>
    public ImmutableArray<BreachStep> Steps { get; private init; } = [];

    /// <summary>The instant, UTC, by which the regulator is notified, unless a risk is unlikely.</summary>
    public DateTimeOffset NotifyBy => BreachClock.NotifyBy(AwareAt);

    /// <summary>The step that closed it; null while it is open.</summary>
    public BreachStep? End => Steps.LastOrDefault(step => step.What == BreachEvent.Closed);

    /// <summary>True until it is closed.</summary>
    public bool IsOpen => End is null;

    /// <summary>The decision on the regulator that stands; null when there is none. A decision not to notify falls when the risk turns out not to be unlikely.</summary>
    public BreachStep? Decision => Steps.LastOrDefault(step => step.What is BreachEvent.ToNotify or BreachEvent.NotToNotify) is { } last
        && (last.What == BreachEvent.ToNotify || Contents.Risk == BreachRisk.Unlikely) ? last : null;

    /// <summary>True when the regulator was notified.</summary>
    public bool Notified => Steps.Any(step => step.What == BreachEvent.Notified);

    /// <summary>True while the 72 hours run, or are over and nothing came of them.</summary>
    public bool Counts => IsOpen && !Notified && Decision?.What != BreachEvent.NotToNotify;

    /// <summary>Reports it. Refuses no words, an awareness or a day ahead of now, and days in the wrong order.</summary>
    public static Checked<Breach> Report(UnitId id, BreachContents contents, DateTimeOffset awareAt, UnitId? disclosure, UnitId? amends, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return Checked<Breach>.From(
            [.. Check(contents, awareAt, now), now.RefuseFuture("breach.aware-at", awareAt)],
            () => new Breach { Id = id, FirstAwareAt = awareAt.ToUniversalTime(), ReportedAt = now.At, By = now.By, Disclosure = disclosure, Amends = amends, Contents = contents.Clean() });
    }

    /// <summary>Brings it back from storage.</summary>
    public static Breach Restore(UnitId id, DateTimeOffset awareAt, DateTimeOffset reportedAt, ColleagueId by, UnitId? disclosure, UnitId? amends, BreachContents contents, IEnumerable<BreachStep> steps) =>
        new() { Id = id, FirstAwareAt = awareAt, ReportedAt = reportedAt, By = by, Disclosure = disclosure, Amends = amends, Contents = contents, Steps = [.. steps] };

    /// <summary>What is known of it by now. Refused once it is closed, and for what <see cref="Report"/> refuses.</summary>
    public Checked<Breach> Work(BreachContents contents, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return !IsOpen ? AlreadyClosed : Checked<Breach>.From(Check(contents, AwareAt, now), () => this with { Contents = contents.Clean() });
    }

    /// <summary>
    /// One step more. Refuses one without its reasons, at an instant to come or before we were aware, and a decision not to notify where a
    /// risk is not unlikely (Article 33(1)); a first notification after the 72 hours needs the reasons for the delay. The moment of awareness is
    /// corrected to one at which it could be: not before it happened or was come upon, not after it was reported or anything was done about it;
    /// where the notification then was late, the reasons are given with the correction.
    /// </summary>
    public Checked<Breach> With(BreachEvent what, DateTimeOffset happenedAt, string? words, string? late, Stamp now)
    {
        if (!IsOpen)
            return AlreadyClosed;
        if (what == BreachEvent.Closed)
            throw new ArgumentOutOfRangeException(nameof(what), "It is closed by itself.");
        var corrected = what == BreachEvent.AwareCorrected;
        var delayed = corrected
            ? Steps.FirstOrDefault(step => step.What == BreachEvent.Notified) is { Late: null } told && told.HappenedAt > BreachClock.NotifyBy(happenedAt) && !Steps.Any(step => step is { What: BreachEvent.AwareCorrected, Late: not null })
            : what == BreachEvent.Notified && !Notified && happenedAt > NotifyBy;
        return Checked<Breach>.From(
            [
                string.IsNullOrWhiteSpace(words) ? new Problem("breach.step-words", what == BreachEvent.Notified ? "Say how, and the reference that was given." : "Give the reasons, or say how.") : TypedText.Check("breach.step-words", words, LongestStep, lines: true),
                what == BreachEvent.NotToNotify && Contents.Risk != BreachRisk.Unlikely ? new Problem("breach.step", "Only a breach that is unlikely to harm anybody is not notified. Judge the risk first, and save it.") : null,
                delayed && string.IsNullOrWhiteSpace(late) ? new Problem("breach.step-late", "It was notified after the 72 hours: give the reasons for the delay.") : TypedText.Check("breach.step-late", late, LongestStep, lines: true),
                corrected ? Wrong(happenedAt) : now.RefuseFuture("breach.step-happened-at", happenedAt) ?? (happenedAt < AwareAt ? new Problem("breach.step-happened-at", "This is before we were aware of it.") : null),
            ],
            () => this with { Steps = Steps.Add(new BreachStep(what, happenedAt.ToUniversalTime(), now.At, now.By, TypedText.Clean(words)!, delayed ? TypedText.Clean(late) : null)) });
    }

    /// <summary>Closes it. Refused while anything is missing that the register must hold, is undecided, or was decided and not done.</summary>
    public Checked<Breach> Close(Stamp now) => !IsOpen ? AlreadyClosed : Checked<Breach>.From(Missing,
        () => this with { Steps = Steps.Add(new BreachStep(BreachEvent.Closed, now.At, now.At, now.By, "")) });

    /// <summary>What is still missing before it can be closed, each with what to do.</summary>
    public ImmutableArray<Problem> Missing =>
    [
        .. Contents.Texts.Where(text => string.IsNullOrWhiteSpace(text.Text)).Select(text => new Problem(text.Field, text.Missing)),
        .. new[]
        {
            Contents.OccurredOn is null ? new Problem("breach.occurred-on", "Give the day on which it happened, as near as is known.") : null,
            Contents.DiscoveredOn is null ? new Problem("breach.discovered-on", "Give the day on which somebody came upon it.") : null,
            Contents.PeopleCount is null ? new Problem("breach.people-count", "Say about how many people it concerns.") : null,
            Contents.RecordCount is null ? new Problem("breach.record-count", "Say about how many records it concerns.") : null,
            Contents.Risk is null ? new Problem("breach.risk", "Judge the risk to the people.") : null,
            Counts ? new Problem("breach.step", Decision is null ? "Decide whether the regulator is notified." : "It was decided to notify the regulator: note when that was done.") : null,
            Steps.Any(step => step.What is BreachEvent.PeopleTold || step.What is BreachEvent.PeopleNotTold) ? null : new Problem("breach.step", "Note that the people were told, or why they are not."),
        }.OfType<Problem>(),
    ];

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Breach);

    private static Problem AlreadyClosed => new("", "This breach is closed. Report a new one if more came to light.");

    private Problem? Wrong(DateTimeOffset awareAt) =>
        awareAt > ReportedAt ? new Problem("breach.step-happened-at", "It was reported before this, so we were aware of it.")
        : London.DateOf(awareAt) < (Contents.DiscoveredOn ?? Contents.OccurredOn) ? new Problem("breach.step-happened-at", "This is before it happened or was discovered. Put that right first.")
        : Steps.Any(step => step.What != BreachEvent.AwareCorrected && step.HappenedAt < awareAt) ? new Problem("breach.step-happened-at", "Something was done about it before this.")
        : null;

    private static IEnumerable<Problem?> Check(BreachContents contents, DateTimeOffset awareAt, Stamp now) =>
    [
        string.IsNullOrWhiteSpace(contents.Facts) ? new Problem("breach.facts", "Say what happened.") : null,
        .. contents.Texts.Select(text => TypedText.Check(text.Field, text.Text, TypedText.NoteLimit, lines: true)),
        contents.OccurredOn is { } occurred ? now.RefuseFuture("breach.occurred-on", occurred)
            ?? (occurred > London.DateOf(awareAt) ? new Problem("breach.occurred-on", "This is after we were aware of it.") : null) : null,
        contents.DiscoveredOn is { } discovered ? now.RefuseFuture("breach.discovered-on", discovered)
            ?? (discovered < contents.OccurredOn ? new Problem("breach.discovered-on", "This is before it happened.")
                : discovered > London.DateOf(awareAt) ? new Problem("breach.discovered-on", "This is after we were aware of it.") : null) : null,
        contents.PeopleCount is < 0 or > MostCounted ? new Problem("breach.people-count", $"Give a number up to {MostCounted:N0}.") : null,
        contents.RecordCount is < 0 or > MostCounted ? new Problem("breach.record-count", $"Give a number up to {MostCounted:N0}.") : null,
        contents.Risk is { } risk && !Enum.IsDefined(risk) ? new Problem("breach.risk", "Choose how the risk is judged.") : null,
    ];
}

/// <summary>The words of breaches.</summary>
public static class BreachWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this BreachRisk risk) => risk switch
    {
        BreachRisk.Unlikely => "Unlikely to harm anybody",
        BreachRisk.Likely => "A risk to somebody",
        BreachRisk.High => "A high risk to somebody",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this BreachEvent what) => what switch
    {
        BreachEvent.Noted => "Note",
        BreachEvent.NotToNotify => "Decided: the regulator is not notified",
        BreachEvent.ToNotify => "Decided: the regulator is notified",
        BreachEvent.Notified => "The regulator was notified",
        BreachEvent.PeopleTold => "The people were told",
        BreachEvent.PeopleNotTold => "Decided: the people are not told",
        BreachEvent.Closed => "Closed",
        BreachEvent.AwareCorrected => "When we were aware: corrected",
    };

    /// <summary>"41 hours left", "2 hours over": whole hours, rounded against us.</summary>
    public static string HoursLeft(DateTimeOffset notifyBy, DateTimeOffset now)
    {
        var hours = (notifyBy - now).TotalHours;
        return hours >= 0 ? $"{Hours(Math.Floor(hours))} left" : $"{Hours(Math.Ceiling(-hours))} over";
    }

    private static string Hours(double hours) => hours == 1 ? "1 hour" : $"{hours:0} hours";
}
