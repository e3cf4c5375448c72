using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>The shortest and the longest period that a schedule may hold, both included.</summary>
/// <param name="Floor">The shortest.</param>
/// <param name="Ceiling">The longest.</param>
public sealed record PeriodBounds(RetentionPeriod Floor, RetentionPeriod Ceiling)
{
    /// <summary>Narrower bounds of single classes, by code.</summary>
    public ImmutableDictionary<string, PeriodBounds> ByClass { get; init; } = ImmutableDictionary<string, PeriodBounds>.Empty;

    /// <summary>The bounds of a class: its own, else these.</summary>
    public PeriodBounds Of(string classCode) => ByClass.GetValueOrDefault(classCode) ?? this;

    /// <summary>From one day to a hundred years.</summary>
    public static PeriodBounds Default { get; } = new(RetentionPeriod.Create(1, PeriodUnit.Days), RetentionPeriod.Years(100));

    // Compared from a first of January, where a year is 365 days: bounds are coarse.
    private static readonly DateOnly Yardstick = new(2001, 1, 1);

    /// <summary>True when a period is neither shorter nor longer than the bounds.</summary>
    public bool Hold(RetentionPeriod period) => period.From(Yardstick) >= Floor.From(Yardstick) && period.From(Yardstick) <= Ceiling.From(Yardstick);
}

/// <summary>
/// The retention schedule: which class of record is kept how long, from when, on whose word (D5; field-guide.md section 4). A change is a new
/// version; every record's date names the class, and is worked out here and nowhere else.
/// </summary>
public sealed class Schedule
{
    // A record with an unknown birth date is never disposed of by itself: somebody looks at it (field-guide.md section 4).
    private static readonly RetentionPeriod UnknownBirthReview = RetentionPeriod.Years(6);

    private const string Gone = "its schedule class no longer exists";

    // Each class with why its records are kept, put into words once: a preview asks for every record that there is.
    private readonly Dictionary<string, (RetentionClass Line, string Because, string Review)> byCode;

    private Schedule(int version, ImmutableArray<RetentionClass> classes)
    {
        Version = version;
        Classes = classes;
        byCode = classes.ToDictionary(line => line.Code, line => (line, BecauseOf(line),
            $"{line.Title} are looked at {UnknownBirthReview.Words()} from the day on which they close when a child's birth date is not known"), StringComparer.Ordinal);
    }

    /// <summary>Counts up with each change, from 1.</summary>
    public int Version { get; }

    /// <summary>The classes, in the schedule's order.</summary>
    public ImmutableArray<RetentionClass> Classes { get; }

    /// <summary>A schedule of these classes.</summary>
    /// <exception cref="ArgumentException"><see cref="Check"/> finds a problem.</exception>
    public static Schedule Create(int version, IEnumerable<RetentionClass> classes, PeriodBounds? bounds = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        var listed = classes.ToImmutableArray();
        if (Check(listed, bounds) is [var problem, ..])
            throw new ArgumentException($"{problem.Field}: {problem.Sentence}", nameof(classes));
        return new Schedule(version, listed);
    }

    /// <summary>From storage: bounds that were narrowed since do not undo what was agreed to.</summary>
    internal static Schedule Restore(int version, ImmutableArray<RetentionClass> classes) => new(version, classes);

    /// <summary>
    /// What is wrong with a list of classes: none, a code that is doubled or misspelt, nothing said of what or why, a period outside the
    /// bounds, a birth trigger not counted in years. The field of each problem is the class's code.
    /// </summary>
    public static IReadOnlyList<Problem> Check(IReadOnlyCollection<RetentionClass> classes, PeriodBounds? bounds = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        bounds ??= PeriodBounds.Default;
        var problems = new List<Problem>();
        if (classes.Count == 0)
            problems.Add(new Problem("", "A schedule holds at least one class."));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in classes)
        {
            void Say(string sentence) => problems.Add(new Problem(line.Code, sentence));
            if (line.Code.Length == 0 || line.Code.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
                Say("Write the code in small letters, digits and hyphens.");
            else if (!seen.Add(line.Code))
                Say("This code is used twice. Give each class a code of its own.");
            if (string.IsNullOrWhiteSpace(line.Title))
                Say("Say what is kept, in the plural, as in \"permissions\".");
            if (string.IsNullOrWhiteSpace(line.Source))
                Say("Say where the period comes from.");
            if (!Enum.IsDefined(line.Trigger))
                Say("Choose the day from which the period counts.");
            if (!Enum.IsDefined(line.Action))
                Say("Choose what happens when the time has come.");
            else if (line is { Action: DisposalAction.PassOn, ShortRoad: true })
                Say("What is passed on is decided one by one: it cannot take the short road.");
            if (line.Period.IsEmpty)
                Say("Give a period, such as 2 years.");
            else if (bounds.Of(line.Code) is var own && !own.Hold(line.Period))
                Say($"A period lies between {own.Floor.Words()} and {own.Ceiling.Words()}.");
            else if (line.Trigger == RetentionTrigger.YoungestChildBirth && line.Period.Unit != PeriodUnit.Years)
                Say("Count from a birth in whole years.");
        }
        return problems;
    }

    /// <summary>The class of a code; null when the schedule has none.</summary>
    public RetentionClass? Find(string classCode) => byCode.TryGetValue(classCode, out var found) ? found.Line : null;

    /// <summary>The kinds of record that keep their family's card: none of them is left without the people it is about.</summary>
    public static bool Leans(UnitKind kind) => kind is UnitKind.Enquiry or UnitKind.Permission or UnitKind.Disclosure or UnitKind.Exemption or UnitKind.Finding or UnitKind.Amends;

    /// <summary>
    /// Until when a record is kept, and why. No date while it is open. With a birth date missing the date is one of review. A class that no
    /// longer exists is for review since the record's last date, and is never disposed of by itself.
    /// </summary>
    public KeepUntil KeepUntil(string classCode, RetentionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (!byCode.TryGetValue(classCode, out var found))
            return new KeepUntil(facts.EndedOn ?? facts.ClosedOn ?? facts.LastContactOn ?? facts.OpenedOn, classCode, Gone, ReviewBy: true) { ScheduleVersion = Version, Facts = facts.Coarse(birth: true) };
        var (line, because, review) = found;
        var (on, why, look) = line.Trigger switch
        {
            RetentionTrigger.Closure => Counted(facts.ClosedOn),
            RetentionTrigger.LastContact => Counted(facts.LastContactOn ?? facts.OpenedOn),
            RetentionTrigger.EndOfFinancialYearOfClosure => Counted(facts.ClosedOn is { } closed ? FinancialYear.EndOf(closed) : null),
            RetentionTrigger.EndOfSchoolYearOfClosure => Counted(facts.ClosedOn is { } closed ? SchoolYear.EndOf(closed) : null),
            RetentionTrigger.YoungestChildBirth => FromBirth(),
            RetentionTrigger.End => Counted(facts.EndedOn),
            RetentionTrigger.Opening => Counted(facts.OpenedOn),
        };
        return new KeepUntil(on, line.Code, why, look) { ScheduleVersion = line.Since, Facts = facts.Coarse(line.Trigger == RetentionTrigger.YoungestChildBirth) };

        (DateOnly?, string, bool) Counted(DateOnly? from) => (from is { } day ? line.Period.From(day) : null, because, false);

        (DateOnly?, string, bool) FromBirth()
        {
            DateOnly? birthday = facts.YoungestBorn is { } born ? SchoolYear.EndOf(line.Period.From(born)) : null;
            if (birthday is not null && !facts.AnyBirthUnknown)
                return (facts.ClosedOn is null ? null : birthday, because, false);
            // The child without a date may be the youngest: what is known of the others can only make it later.
            return facts.ClosedOn is not { } closed ? (null, review, true)
                : UnknownBirthReview.From(closed) is var look && birthday > look ? (birthday, because, true) : (look, review, true);
        }
    }

    /// <summary>
    /// Until when a record is kept that others lean on: its own date or the latest of theirs (a family card takes the latest of its
    /// enquiries; an open one keeps it open). The class stays the record's own; the reason is that of the date that counts.
    /// </summary>
    public KeepUntil KeepUntil(string classCode, RetentionFacts facts, IEnumerable<KeepUntil> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var own = KeepUntil(classCode, facts);
        return others.Aggregate(own, Confidentiality.KeepUntil.Latest) with { ClassCode = classCode, Facts = own.Facts, NotBefore = null };
    }

    /// <summary>
    /// A stored keeping worked out anew from the coarse facts beside it, under what binds it: the same as from the record itself. Where the
    /// facts were not kept it stays as it is, but for a class that no longer exists.
    /// </summary>
    /// <param name="before">As stored.</param>
    /// <param name="onHold">True while a hold binds the record.</param>
    /// <param name="leaning">For a family's card: the keepings of what leans on it, as they are now.</param>
    public KeepUntil Again(KeepUntil before, bool onHold, params IEnumerable<KeepUntil> leaning)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before.Facts is { } facts ? KeepUntil(before.ClassCode, facts, leaning).Under(before, onHold)
            : byCode.ContainsKey(before.ClassCode) || before.Because == Gone ? before
            : before with { Because = Gone, ReviewBy = true };
    }

    private static string BecauseOf(RetentionClass line) => line.Trigger == RetentionTrigger.YoungestChildBirth
        ? $"{line.Title} are kept until the 31 August that follows the youngest child's {Ordinal(line.Period.Count)} birthday"
        : $"{line.Title} are kept {line.Period.Words()} " + line.Trigger switch
        {
            RetentionTrigger.Closure => "from the day on which they close",
            RetentionTrigger.LastContact => "from the last contact",
            RetentionTrigger.EndOfFinancialYearOfClosure => "from the end of the financial year in which they close",
            RetentionTrigger.EndOfSchoolYearOfClosure => "from the end of the school year in which they close",
            RetentionTrigger.YoungestChildBirth => "",
            RetentionTrigger.End => "from the day on which they end",
            RetentionTrigger.Opening => "from the day on which they are made",
        };

    private static string Ordinal(int number) => number + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
