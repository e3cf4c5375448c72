using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>Why there is no permission, where the hook asks (DPA 2018 Schedule 1 paragraph 18). Numbers are stored.</summary>
public enum NoPermissionReason
{
    /// <summary>It cannot be given.</summary>
    CannotBeGiven = 1,
    /// <summary>We cannot reasonably be expected to obtain it.</summary>
    CannotReasonablyBeObtained = 2,
    /// <summary>Asking would prejudice the protection.</summary>
    AskingWouldPrejudice = 3,
}

/// <summary>What was decided. Numbers are stored.</summary>
public enum ExemptionDecision
{
    /// <summary>To share.</summary>
    Share = 1,
    /// <summary>Not to share: recorded too.</summary>
    NotToShare = 2,
}

/// <summary>Whether the family was told of it. Numbers are stored.</summary>
public enum FamilyTold
{
    /// <summary>Nobody has said yet.</summary>
    NotSaid = 0,
    /// <summary>Told.</summary>
    Told = 1,
    /// <summary>Not told, for a reason, to be looked at again.</summary>
    NotTold = 2,
}

/// <summary>Told the family or not: when and how, or why not and when that is looked at again. Shows no content.</summary>
public sealed record ToldFamily
{
    private ToldFamily() { }

    /// <summary>Nobody has said yet.</summary>
    public static ToldFamily NotSaid { get; } = new();

    /// <summary>Which of the three.</summary>
    [Field("disclosure.told")]
    public FamilyTold State { get; private init; }
    /// <summary>When they were told, UTC.</summary>
    [Field("disclosure.told-at")]
    public DateTimeOffset? At { get; private init; }
    /// <summary>How they were told, or why not.</summary>
    [Field("disclosure.told-words")]
    public string? Words { get; private init; }
    /// <summary>The day on which "not told" is looked at again, London.</summary>
    [Field("disclosure.told-revisit-on")]
    public DateOnly? RevisitOn { get; private init; }

    /// <summary>Told. Refuses a time ahead, and no word of how.</summary>
    public static Checked<ToldFamily> Told(DateTimeOffset at, string? how, Stamp now) => Checked<ToldFamily>.From(
        [
            now.RefuseFuture(DisclosureFields.ToldAt, at),
            string.IsNullOrWhiteSpace(how) ? new Problem(DisclosureFields.ToldWords, "Say how they were told.") : TypedText.Check(DisclosureFields.ToldWords, how, 1000, lines: true),
        ],
        () => Restore(FamilyTold.Told, at, TypedText.Clean(how), null));

    /// <summary>Not told. Refuses no reason, and no day after today on which it is looked at again.</summary>
    public static Checked<ToldFamily> NotTold(string? why, DateOnly? revisitOn, Stamp now) => Checked<ToldFamily>.From(
        [
            string.IsNullOrWhiteSpace(why) ? new Problem(DisclosureFields.ToldWords, "Say why they are not told.") : TypedText.Check(DisclosureFields.ToldWords, why, 1000, lines: true),
            revisitOn is null || revisitOn <= now.On ? new Problem(DisclosureFields.ToldRevisitOn, "Choose a day after today on which this is looked at again.") : null,
        ],
        () => Restore(FamilyTold.NotTold, null, TypedText.Clean(why), revisitOn));

    /// <summary>Brings it back from storage.</summary>
    public static ToldFamily Restore(FamilyTold state, DateTimeOffset? at, string? words, DateOnly? revisitOn) =>
        state == FamilyTold.NotSaid ? NotSaid : new() { State = state, At = at, Words = words, RevisitOn = revisitOn };

    /// <summary>State alone.</summary>
    public override string ToString() => $"{nameof(ToldFamily)} {State}";
}

/// <summary>A lead's word on what went at once. A lead who disagrees records what was learnt; the act is never undone. Shows no content.</summary>
public sealed record SignOff
{
    /// <summary>Who signed: never who asked.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("exemption.signed-at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>True when they agree.</summary>
    [Field("exemption.agreed")]
    public required bool Agreed { get; init; }
    /// <summary>What was learnt; never empty when they disagree.</summary>
    [Field("exemption.learnt")]
    public string? Learnt { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(SignOff);
}

/// <summary>The ground on which something may leave the UK and the EEA (D8), stated by the information-governance officer. Shows no content.</summary>
public sealed record TransferGround
{
    /// <summary>The ground, in the officer's words.</summary>
    [Field("exemption.transfer-ground")]
    public required string Words { get; init; }
    /// <summary>The officer.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("exemption.transfer-at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(TransferGround);
}

/// <summary>
/// The record of one use of X1, X2, X3 or of an adult's life at risk (field-guide.md section 3), and of a decision not to share. An urgent
/// one is complete with five fields; the rest comes with the sign-off. What exactly went, to whom and how stands in the disclosure.
/// Texts may be empty while the form is filled; <see cref="Missing"/> says what is still needed. Shows no content.
/// </summary>
public sealed record Exemption
{
    /// <summary>The unit.</summary>
    public required UnitId Id { get; init; }
    /// <summary>The family; null when it is known by no card.</summary>
    public UnitId? Family { get; init; }
    /// <summary>Who asks.</summary>
    public required ColleagueId AskedBy { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("exemption.asked-at")]
    public required DateTimeOffset AskedAt { get; init; }
    /// <summary>What for.</summary>
    [Field("exemption.kind")]
    public required ExemptionKind Kind { get; init; }
    /// <summary>True when it goes at once and is signed after.</summary>
    [Field("exemption.urgent")]
    public bool Urgent { get; init; }
    /// <summary>To share or not.</summary>
    [Field("exemption.decision")]
    public ExemptionDecision Decision { get; init; } = ExemptionDecision.Share;

    /// <summary>First of five: who it is about, as far as known.</summary>
    [Field("exemption.who")]
    public string? Who { get; init; }
    /// <summary>Second: what is feared.</summary>
    [Field("exemption.feared")]
    public string? Feared { get; init; }
    /// <summary>Third: to whom.</summary>
    [Field("exemption.to-whom")]
    public string? ToWhom { get; init; }
    /// <summary>Fourth: what is told.</summary>
    [Field("exemption.told")]
    public string? WhatIsTold { get; init; }
    /// <summary>Fifth: why now.</summary>
    [Field("exemption.why-now")]
    public string? WhyNow { get; init; }

    /// <summary>The statutory hook, a code of <see cref="ExemptionHooks"/>.</summary>
    [Field("exemption.hook")]
    public string? Hook { get; init; }
    /// <summary>Why there is no permission; only where the hook asks.</summary>
    [Field("exemption.no-permission")]
    public NoPermissionReason? NoPermission { get; init; }
    /// <summary>That in words: why it was not asked for, or that it was refused.</summary>
    [Field("exemption.no-permission-words")]
    public string? NoPermissionWords { get; init; }
    /// <summary>The facts.</summary>
    [Field("exemption.facts")]
    public string? Facts { get; init; }
    /// <summary>What is opinion, and whose; empty when there is none.</summary>
    [Field("exemption.opinion")]
    public string? Opinion { get; init; }
    /// <summary>What may happen if nothing is shared; for a decision not to share, what was weighed.</summary>
    [Field("exemption.risk")]
    public string? Risk { get; init; }
    /// <summary>Why it is necessary.</summary>
    [Field("exemption.necessity")]
    public string? Necessity { get; init; }
    /// <summary>Why not less would do.</summary>
    [Field("exemption.minimum")]
    public string? Minimum { get; init; }
    /// <summary>What would be prejudiced; only where the hook asks.</summary>
    [Field("exemption.prejudice")]
    public string? Prejudice { get; init; }
    /// <summary>Which offence, tax or failing, and who asked with what power: for X2 and X3.</summary>
    [Field("exemption.matter")]
    public string? Matter { get; init; }
    /// <summary>The child's and the parent's views, or why they are not known.</summary>
    [Field("exemption.views")]
    public string? Views { get; init; }
    /// <summary>Who the recipient is, in what role, and how that was checked.</summary>
    [Field("exemption.recipient-check")]
    public string? RecipientCheck { get; init; }
    /// <summary>Why the parent is named, for X3; null leaves them out.</summary>
    [Field("exemption.why-named")]
    public string? WhyNamed { get; init; }
    /// <summary>On what ground it may leave the UK and the EEA.</summary>
    public TransferGround? Transfer { get; init; }
    /// <summary>Whether the family was told.</summary>
    public ToldFamily ToldFamily { get; init; } = ToldFamily.NotSaid;
    /// <summary>The day on which it is looked at again, London.</summary>
    [Field("exemption.review-on")]
    public DateOnly? ReviewOn { get; init; }
    /// <summary>Permissions that were refused before.</summary>
    public ImmutableArray<UnitId> LinkedRefusals { get; init; } = [];
    /// <summary>The agreement beforehand, of what did not go at once.</summary>
    public Approval? Approval { get; init; }
    /// <summary>The sign-off afterwards, of what went at once.</summary>
    public SignOff? SignOff { get; init; }

    /// <summary>True when it may go at once: urgent, of a kind that may be, and to share.</summary>
    public bool GoesAtOnce => Urgent && Kind.MayBeUrgent() && Decision == ExemptionDecision.Share;

    /// <summary>What is missing for the act: the five fields when it goes at once, the full form otherwise.</summary>
    public IEnumerable<Problem> Missing(DateOnly today) => GoesAtOnce ? MissingFive() : Enum.IsDefined(Kind) ? MissingForm(today) : [new Problem("exemption.kind", "Choose the exemption.")];

    /// <summary>The five fields that an urgent act needs, and nothing else.</summary>
    public IEnumerable<Problem> MissingFive() => new[]
    {
        Needed("exemption.who", Who, "Say who it is about, as far as you know."),
        Needed("exemption.feared", Feared, "Say what is feared."),
        Needed("exemption.to-whom", ToWhom, "Say to whom it goes."),
        Needed("exemption.told", WhatIsTold, "Say what is told."),
        Needed("exemption.why-now", WhyNow, "Say why it cannot wait."),
    }.OfType<Problem>();

    /// <summary>Everything that the full form needs (field-guide.md section 3): before the act, or with the sign-off of an urgent one.</summary>
    public IEnumerable<Problem> MissingForm(DateOnly today)
    {
        var hook = ExemptionHooks.Find(Hook);
        var share = Decision == ExemptionDecision.Share;
        return new[]
        {
            hook is null || !hook.For.Contains(Kind) ? new Problem("exemption.hook", "Choose first what the law rests it on.")
                : hook.ValidFrom is not { } from || from > today ? new Problem("exemption.hook", "This is not in force yet. Choose another.") : null,
            Needed("exemption.who", Who, "Say who it is about."),
            Needed("exemption.facts", Facts, "Write down the facts, apart from opinion."),
            TypedText.Check("exemption.opinion", Opinion, TypedText.NoteLimit, lines: true),
            Needed("exemption.risk", Risk, share ? "Say what may happen if nothing is shared." : "Say what was weighed."),
            share ? Needed("exemption.to-whom", ToWhom, "Say to whom it goes.") : null,
            share ? Needed("exemption.necessity", Necessity, "Say why it is necessary.") : null,
            share ? Needed("exemption.minimum", Minimum, "Say why less would not do.") : null,
            share && hook?.AsksNoPermissionReason == true && (NoPermission is not { } reason || !Enum.IsDefined(reason)) ? new Problem("exemption.no-permission", "Choose why there is no permission: this ground asks for one of the three reasons.") : null,
            share && hook?.AsksPrejudice == true ? Needed("exemption.prejudice", Prejudice, "Say what would be prejudiced otherwise.") : null,
            Kind is ExemptionKind.X2 or ExemptionKind.X3 ? Needed("exemption.matter", Matter, "Say which offence, tax or failing it is, and who asks with what power.") : null,
            Needed("exemption.views", Views, "Write down the child's and the parent's views, or why they are not known."),
            share ? Needed("exemption.recipient-check", RecipientCheck, "Say who the recipient is and how that was checked.") : null,
            ToldFamily.State == FamilyTold.NotSaid ? new Problem("disclosure.told", "Say whether the family is told.") : null,
            ReviewOn is null ? new Problem("exemption.review-on", "Choose a day on which it is looked at again.") : null,
        }.OfType<Problem>();
    }

    /// <summary>The day on which the sign-off is due, London: the next working day after it went. Null where none is owed.</summary>
    public DateOnly? SignOffDueOn(WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return GoesAtOnce && SignOff is null ? days.Add(London.DateOf(AskedAt), 1).On : null;
    }

    /// <summary>
    /// Signs what went at once; agreeing or not, it stays done. Refuses the asker, a second sign-off, a form that is not complete by now, and
    /// disagreeing without what was learnt.
    /// </summary>
    public Checked<Exemption> Sign(bool agreed, string? learnt, Stamp lead) => Checked<Exemption>.From(
        [
            !GoesAtOnce ? new Problem("", "Only what went at once is signed afterwards.") : SignOff is not null ? new Problem("", "It was signed already.") : null,
            lead.By == AskedBy ? new Problem("exemption.signed-by", "Somebody other than the colleague who asked has to sign.") : null,
            !agreed && string.IsNullOrWhiteSpace(learnt) ? new Problem("exemption.learnt", "Say what was learnt. What went stays done.") : TypedText.Check("exemption.learnt", learnt, TypedText.NoteLimit, lines: true),
            .. MissingForm(lead.On),
        ],
        () => this with { SignOff = new() { By = lead.By, At = lead.At, Agreed = agreed, Learnt = TypedText.Clean(learnt) } });

    /// <summary>States the ground on which it may leave the UK and the EEA (D8). Refuses anybody but the information-governance officer, the asker too, and no words.</summary>
    public Checked<Exemption> StateTransfer(string? words, Role @as, Stamp officer) => Checked<Exemption>.From(
        [
            @as != Role.InformationGovernance || officer.By == AskedBy ? new Problem("exemption.transfer-ground", "The information-governance officer states the transfer ground.") : null,
            Needed("exemption.transfer-ground", words, "State the transfer ground."),
        ],
        () => this with { Transfer = new() { Words = TypedText.Clean(words)!, By = officer.By, At = officer.At } });

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Exemption);

    // Everything on which an agreement rests: agreeing to one form is not agreeing to another.
    internal IEnumerable<string?> Parts =>
    [
        Id.ToString(), ((int)Kind).ToString(System.Globalization.CultureInfo.InvariantCulture), Urgent ? "urgent" : "", ((int)Decision).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Who, Feared, ToWhom, WhatIsTold, WhyNow, Hook, ((int?)NoPermission)?.ToString(System.Globalization.CultureInfo.InvariantCulture), NoPermissionWords, Facts, Opinion, Risk,
        Necessity, Minimum, Prejudice, Matter, Views, RecipientCheck, WhyNamed, Transfer?.Words,
    ];

    private static Problem? Needed(string field, string? text, string sentence) =>
        string.IsNullOrWhiteSpace(text) ? new Problem(field, sentence) : TypedText.Check(field, text, TypedText.NoteLimit, lines: true);
}
