using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Figures;

namespace Wdfis.Domain.Policy;

/// <summary>Why the policy is looked at. Numbers are stored.</summary>
public enum ReviewTrigger
{
    /// <summary>The year is over.</summary>
    Yearly = 1,
    /// <summary>The law changed.</summary>
    Law = 2,
    /// <summary>Guidance or best practice moved.</summary>
    Guidance = 3,
    /// <summary>A personal-data breach.</summary>
    Breach = 4,
    /// <summary>A complaint.</summary>
    Complaint = 5,
    /// <summary>What a review of exemptions showed.</summary>
    Exemptions = 6,
}

/// <summary>What a review says of one clause.</summary>
/// <param name="Clause">The clause's id.</param>
/// <param name="Kept">True when it stays as it is; false when it changes; null while nobody has said.</param>
/// <param name="Why">The reason; needed for a change.</param>
public sealed record ClauseVerdict(string Clause, bool? Kept, string? Why);

/// <summary>
/// One review of the policy (A1): opened, filled in clause by clause beside the year's figures, signed, with the date of the next. A signed
/// review stays as it is.
/// </summary>
public sealed record PolicyReview
{
    private PolicyReview() { }

    /// <summary>Days before its date on which a yearly review opens.</summary>
    public const int OpensDaysBefore = 60;

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>Why it was opened.</summary>
    [Field("policy.review.trigger")]
    public ReviewTrigger Trigger { get; private init; }
    /// <summary>What brought it about, for a review outside the year; null for the yearly one.</summary>
    [Field("policy.review.because")]
    public string? Because { get; private init; }
    /// <summary>The edition that is looked at.</summary>
    [Field("policy.version")]
    public PolicyNumber Edition { get; private init; }
    /// <summary>Who opened it, and when.</summary>
    [Field("policy.review.opened")]
    public Stamp Opened { get; private init; }
    /// <summary>The figures gathered when it was signed; empty until then.</summary>
    [Field("policy.review.figures")]
    public ImmutableArray<Figure> Figures { get; private init; } = [];
    /// <summary>One verdict for each clause, in the policy's order.</summary>
    [Field("policy.review.verdicts")]
    public ImmutableArray<ClauseVerdict> Verdicts { get; private init; } = [];
    /// <summary>Who signed it, and when; null while it is open.</summary>
    [Field("policy.review.signed")]
    public Stamp? Signed { get; private init; }
    /// <summary>The day of the next yearly review; null while this one is open.</summary>
    [Field("policy.review.next-on")]
    public DateOnly? NextOn { get; private init; }

    /// <summary>The outcome in a word: true when every clause is kept.</summary>
    public bool NoChange => Verdicts.All(verdict => verdict.Kept == true);

    /// <summary>The first day on which the yearly review of a date is open, included.</summary>
    public static DateOnly OpensOn(DateOnly reviewOn) => reviewOn.AddDays(-OpensDaysBefore);

    /// <summary>The next yearly date: the corresponding date a year on.</summary>
    public static DateOnly NextAfter(DateOnly reviewOn) => CorrespondingDate.AddYears(reviewOn, 1, LeapDay.ToLastOfFebruary);

    /// <summary>Opens a review. One outside the year says what brought it about; a yearly one is refused before its sixty days.</summary>
    public static Checked<PolicyReview> Open(UnitId id, ReviewTrigger trigger, string? because, PolicyNumber edition, DateOnly? reviewOn, Stamp now) => Checked<PolicyReview>.From(
        [
            Enum.IsDefined(trigger) ? null : new Problem("policy.review.trigger", "Say why the policy is looked at."),
            trigger == ReviewTrigger.Yearly
                ? reviewOn is { } on && now.On < OpensOn(on) ? new Problem("policy.review.trigger", $"The yearly review opens {OpensDaysBefore} days before its date. Until then, say what brings it about.") : null
                : string.IsNullOrWhiteSpace(because) ? new Problem("policy.review.because", "Say what brings it about.") : TypedText.Check("policy.review.because", because, 1_000, lines: true),
            edition == default ? new Problem("policy.version", "There is no published policy to look at.") : null,
        ],
        () => new PolicyReview
        {
            Id = id,
            Trigger = trigger,
            Because = trigger == ReviewTrigger.Yearly ? null : TypedText.Clean(because),
            Edition = edition,
            Opened = now,
            Verdicts = [.. PolicyClauses.All.Select(clause => new ClauseVerdict(clause, null, null))],
        });

    /// <summary>Brings a review back from storage.</summary>
    public static PolicyReview Restore(
        UnitId id, ReviewTrigger trigger, string? because, PolicyNumber edition, Stamp opened, IEnumerable<Figure> figures, IEnumerable<ClauseVerdict> verdicts, Stamp? signed, DateOnly? nextOn) => new()
        {
            Id = id,
            Trigger = trigger,
            Because = because,
            Edition = edition,
            Opened = opened,
            Figures = [.. figures],
            Verdicts = [.. verdicts],
            Signed = signed,
            NextOn = nextOn,
        };

    /// <summary>Says of a clause whether it is kept. A change says why.</summary>
    public Checked<PolicyReview> Say(string clause, bool kept, string? why) => Checked<PolicyReview>.From(
        [
            Signed is null ? null : new Problem("", "This review is signed and stays as it is. Open another."),
            PolicyClauses.All.Contains(clause) ? null : new Problem("policy.review.clause", $"There is no clause {clause}."),
            !kept && string.IsNullOrWhiteSpace(why) ? new Problem($"policy.review.{clause}", "Say what changes, and why.") : TypedText.Check($"policy.review.{clause}", why, 2_000, lines: true),
        ],
        () => this with { Verdicts = [.. Verdicts.Select(verdict => verdict.Clause == clause ? new ClauseVerdict(clause, kept, TypedText.Clean(why)) : verdict)] });

    /// <summary>Signs it, with the figures and the next date. Refused while a clause has no verdict, and with a next date that is past or more than a year off.</summary>
    public Checked<PolicyReview> Sign(IEnumerable<Figure> figures, DateOnly nextOn, Stamp now) => Checked<PolicyReview>.From(
        [
            Signed is null ? null : new Problem("", "This review is signed already."),
            .. Verdicts.Where(verdict => verdict.Kept is null).Select(verdict => new Problem($"policy.review.{verdict.Clause}", $"Say of clause {verdict.Clause} whether it is kept.")),
            nextOn <= now.On ? new Problem("policy.review.next-on", "Choose a day to come.")
                // A day more: there may be a 29 February between here and there.
                : nextOn > NextAfter(now.On).AddDays(OpensDaysBefore + 1) ? new Problem("policy.review.next-on", "The policy is looked at every year. Choose an earlier day.") : null,
        ],
        () => this with { Figures = [.. figures], Signed = now, NextOn = nextOn });

    /// <summary>Trigger and whether it is signed.</summary>
    public override string ToString() => $"{nameof(PolicyReview)} {Trigger}{(Signed is null ? "" : ", signed")}";
}

/// <summary>Colleagues acknowledge each edition (A1): within five working days of its day, or of their own first day when that is later.</summary>
public static class Acknowledging
{
    /// <summary>Working days to do it in.</summary>
    public const int WorkingDays = 5;

    /// <summary>The last day to acknowledge an edition, included.</summary>
    public static WorkingDate DueOn(DateOnly publishedOn, DateOnly startedOn, WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return days.Add(publishedOn > startedOn ? publishedOn : startedOn, WorkingDays);
    }

    /// <summary>
    /// Whether a colleague may start a new enquiry that is not urgent: always while the time runs, and afterwards only once the edition is
    /// acknowledged. An open call and an urgent act are never stopped by it.
    /// </summary>
    public static bool MayStart(bool acknowledged, DateOnly dueOn, DateOnly today) => acknowledged || today <= dueOn;
}

/// <summary>The council's registration with the information regulator (R1).</summary>
/// <param name="Number">As the register writes it: Z, ZA or ZB and digits.</param>
/// <param name="ExpiresOn">The last day on which it holds, included.</param>
/// <param name="Tier">The fee tier, 1 to 3.</param>
public sealed record Registration(string Number, DateOnly ExpiresOn, int Tier)
{
    /// <summary>Days before the end on which somebody is warned, the first warning first.</summary>
    public static ImmutableArray<int> WarnAt { get; } = [60, 30, 7];

    /// <summary>A registration. Refuses a number that the register could not have given, and a tier outside 1 to 3.</summary>
    public static Checked<Registration> Create(string? number, DateOnly expiresOn, int tier)
    {
        var clean = (number ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var digits = clean.TrimStart('Z', 'A', 'B');
        return Checked<Registration>.From(
            [
                clean.Length is >= 6 and <= 10 && clean[..^digits.Length] is "Z" or "ZA" or "ZB" && digits.All(char.IsAsciiDigit)
                    ? null : new Problem("policy.registration.number", "Give the number as the register writes it: Z, ZA or ZB, then digits."),
                tier is >= 1 and <= 3 ? null : new Problem("policy.registration.tier", "The tier is 1, 2 or 3."),
            ],
            () => new Registration(clean, expiresOn, tier));
    }

    /// <summary>The warning that stands on a day: 60, 30 or 7 when at most so many days are left, 0 when it has ended, null when none.</summary>
    public int? WarningOn(DateOnly today)
    {
        var left = ExpiresOn.DayNumber - today.DayNumber;
        return left < 0 ? 0 : WarnAt.Where(days => left <= days).Select(days => (int?)days).LastOrDefault();
    }
}
