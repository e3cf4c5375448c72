using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Disclosure;

/// <summary>What the gate answered, as it is kept: yes or no, it stays on record. Numbers are stored.</summary>
public enum DisclosureAnswer
{
    /// <summary>Allowed.</summary>
    Allowed = 1,
    /// <summary>Refused.</summary>
    Refused = 2,
    /// <summary>Waits for a second person.</summary>
    Waiting = 3,
}

/// <summary>What became of it. Numbers are stored.</summary>
public enum OutcomeKind
{
    /// <summary>Sent as shown.</summary>
    SentAsShown = 1,
    /// <summary>Sent changed: the words say how.</summary>
    SentChanged = 2,
    /// <summary>Not sent.</summary>
    NotSent = 3,
    /// <summary>Reached by telephone.</summary>
    Reached = 4,
    /// <summary>Nobody reached, no message left.</summary>
    NoMessageLeft = 5,
    /// <summary>They or we ring back: still open.</summary>
    CallBack = 6,
}

/// <summary>One thing that became of a disclosure. Shows no content.</summary>
public sealed record DisclosureOutcome
{
    /// <summary>Which.</summary>
    [Field("disclosure.outcome")]
    public required OutcomeKind Kind { get; init; }
    /// <summary>When it happened, UTC.</summary>
    [Field("disclosure.outcome-at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>Who recorded it.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>How it was changed, why it was not sent; a note.</summary>
    [Field("disclosure.outcome-words")]
    public string? Words { get; init; }
    /// <summary>The day of ringing back, London; null when none was agreed.</summary>
    [Field("disclosure.call-back-on")]
    public DateOnly? CallBackOn { get; init; }

    /// <summary>True when nothing is open after it.</summary>
    public bool Final => Kind != OutcomeKind.CallBack;

    /// <summary>Kind alone.</summary>
    public override string ToString() => $"{nameof(DisclosureOutcome)} {Kind}";
}

/// <summary>No notice can go to who was told: closed with nobody after it, or told by word of mouth. The reason ticks it. Shows no content.</summary>
public sealed record NoticeSettled
{
    /// <summary>Which notice was owed.</summary>
    [Field("disclosure.settled")]
    public required NoticeKind Why { get; init; }
    /// <summary>Why none goes.</summary>
    [Field("disclosure.settled-words")]
    public required string Words { get; init; }
    /// <summary>When that was recorded, UTC.</summary>
    [Field("disclosure.settled-at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>By whom.</summary>
    public required ColleagueId By { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(NoticeSettled);
}

/// <summary>
/// One request to the gate and what became of it (U1–U3): what exactly went, to whom, how, on what ground, when and by whom it was decided,
/// and the outcome. A refusal is a record too, with no text that could be taken for sent. Immutable; shows no content.
/// </summary>
public sealed record DisclosureRecord
{
    /// <summary>The unit: the request's id.</summary>
    public required UnitId Id { get; init; }
    /// <summary>The family; null for a general question that came of none.</summary>
    public UnitId? Family { get; init; }
    /// <summary>What was done.</summary>
    [Field("disclosure.act")]
    public required OutwardAct Act { get; init; }
    /// <summary>To whom.</summary>
    public required NamedBody Body { get; init; }
    /// <summary>Somebody of the family, where the recipient is one.</summary>
    public PersonId? Recipient { get; init; }
    /// <summary>For whose attention.</summary>
    [Field("disclosure.attention")]
    public string? Attention { get; init; }
    /// <summary>What for.</summary>
    [Field("disclosure.purpose")]
    public string Purpose { get; init; } = "";
    /// <summary>Channel code.</summary>
    [Field("disclosure.channel")]
    public string Channel { get; init; } = "";
    /// <summary>The number or address used.</summary>
    [Field("disclosure.address")]
    public string? Address { get; init; }
    /// <summary>Everybody who is identified by it.</summary>
    public ImmutableArray<PersonId> About { get; init; } = [];
    /// <summary>What was ticked.</summary>
    public ImmutableArray<DisclosureItem> Items { get; init; } = [];
    /// <summary>Who was masked.</summary>
    public ImmutableArray<PersonId> Masked { get; init; } = [];
    /// <summary>The text as it was shown: the sealed copy.</summary>
    [Field("disclosure.shown")]
    public string Shown { get; init; } = "";
    /// <summary>The marking that it carried.</summary>
    [Field("disclosure.marking")]
    public Marking Marking { get; init; }
    /// <summary>The ground.</summary>
    [Field("disclosure.ground")]
    public required GroundKind Ground { get; init; }
    /// <summary>What the ground says beside its kind: the proof, the document with power and officer; null for none.</summary>
    [Field("disclosure.ground-words")]
    public string? GroundWords { get; init; }
    /// <summary>The exemption's record; null on other grounds.</summary>
    public UnitId? Exemption { get; init; }
    /// <summary>The permissions on which it rests.</summary>
    public ImmutableArray<UnitId> Permissions { get; init; } = [];
    /// <summary>The disclosure of which this is a notice; null for none.</summary>
    public UnitId? NoticeOf { get; init; }
    /// <summary>Why that notice was owed; null for none.</summary>
    [Field("disclosure.notice-why")]
    public NoticeKind? NoticeWhy { get; init; }
    /// <summary>The gate's answer.</summary>
    [Field("disclosure.answer")]
    public required DisclosureAnswer Answer { get; init; }
    /// <summary>Names of the rules that stood against it, waited, or warned.</summary>
    [Field("disclosure.rule")]
    public ImmutableArray<string> Rules { get; init; } = [];
    /// <summary>Marks of the yes.</summary>
    [Field("disclosure.mark")]
    public ImmutableArray<AllowedMark> Marks { get; init; } = [];
    /// <summary>The fingerprint that was decided.</summary>
    [Field("disclosure.fingerprint")]
    public required string Fingerprint { get; init; }
    /// <summary>When it was decided, UTC.</summary>
    [Field("disclosure.decided-at")]
    public required DateTimeOffset DecidedAt { get; init; }
    /// <summary>Who asked the gate.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>When it was done, for a late entry, UTC; null for what was decided before.</summary>
    [Field("disclosure.done-at")]
    public DateTimeOffset? DoneAt { get; init; }
    /// <summary>The second person's agreement; null when none was needed.</summary>
    public Approval? Approval { get; init; }
    /// <summary>The day on which the sign-off is due, London; null when none is owed.</summary>
    [Field("disclosure.sign-off-due-on")]
    public DateOnly? SignOffDueOn { get; init; }
    /// <summary>The child whose own confidence it is: nobody else's statement shows it; null for none.</summary>
    public PersonId? ConfidenceOf { get; init; }
    /// <summary>What became of it, in order.</summary>
    public ImmutableArray<DisclosureOutcome> Outcomes { get; init; } = [];
    /// <summary>Whether the family was told.</summary>
    public ToldFamily ToldFamily { get; init; } = ToldFamily.NotSaid;
    /// <summary>Notices of it that could not go, with the reason.</summary>
    public ImmutableArray<NoticeSettled> Settled { get; init; } = [];

    /// <summary>True when somebody outside has it from us: told, about somebody, and neither their own copy nor a notice.</summary>
    public bool WentOutside => WasTold && Recipient is null && NoticeOf is null && Ground != GroundKind.NamesNobody;

    /// <summary>True for an entry made after the act.</summary>
    public bool Late => DoneAt is not null;

    /// <summary>True when it has to be taken as known to the recipient: allowed, and nobody recorded that it did not go.</summary>
    public bool WasTold => Answer == DisclosureAnswer.Allowed && Outcomes is not [.., { Kind: OutcomeKind.NotSent or OutcomeKind.NoMessageLeft }];

    /// <summary>True while somebody has to say what became of it.</summary>
    public bool Unanswered => Answer == DisclosureAnswer.Allowed && Outcomes is not [.., { Final: true }];

    /// <summary>The record of an answer of the gate, with the text as shown.</summary>
    /// <exception cref="ArgumentException">An allowed text is not the one that was decided.</exception>
    public static DisclosureRecord Of(GateAnswer answer, UnitId? family, string shown, Marking marking)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(shown);
        var r = answer.Request;
        if (answer is Allowed && r.Content != DisclosureText.Hash(shown))
            throw new ArgumentException("The text is not the one that was decided.", nameof(shown));
        var record = new DisclosureRecord
        {
            Id = r.Id,
            Family = family,
            Act = r.Act,
            Body = r.Recipient.Body,
            Recipient = r.Recipient.Person,
            Attention = r.Recipient.Attention,
            Purpose = r.Purpose,
            Channel = r.Channel,
            Address = r.Address,
            About = Look.SubjectsOf(r),
            Items = r.Items,
            Shown = shown,
            Marking = marking,
            Ground = r.Ground.Kind,
            GroundWords = r.Ground.Match<string?>(() => null, _ => null, own => own.Proof, law => $"{law.Document}; {law.Power}; {law.Officer}", _ => null, () => null, () => null),
            Exemption = (r.Ground as Ground.UnderExemption)?.Exemption.Id,
            NoticeOf = (r.Ground as Ground.NoticeOwed)?.Of,
            NoticeWhy = (r.Ground as Ground.NoticeOwed)?.Why,
            Answer = DisclosureAnswer.Refused,
            Fingerprint = answer.Fingerprint,
            DecidedAt = r.Now.At,
            By = r.Now.By,
            DoneAt = r.DoneAt,
            Approval = r.Approval,
            ConfidenceOf = r.ConfidenceOf,
        };
        return answer.Match(
            yes => record with
            {
                Answer = DisclosureAnswer.Allowed,
                Rules = Names(yes.Warnings),
                Marks = yes.Marks,
                Permissions = yes.Permissions,
                Masked = yes.MaskedPeople,
                SignOffDueOn = yes.SignOffDueOn,
                ToldFamily = (r.Ground as Ground.UnderExemption)?.Exemption.ToldFamily ?? ToldFamily.NotSaid,
            },
            no => record with { Answer = DisclosureAnswer.Refused, Rules = Names(no.Reasons) },
            waits => record with { Answer = DisclosureAnswer.Waiting, Rules = Names(waits.Reasons) });
    }

    /// <summary>Records what became of it. Refuses it for what was not allowed, after the end, for the future or before it was decided, and changed or not sent without a word of how or why.</summary>
    public Checked<DisclosureRecord> Complete(OutcomeKind kind, DateTimeOffset at, string? words, DateOnly? callBackOn, Stamp now) => Checked<DisclosureRecord>.From(
        [
            Answer != DisclosureAnswer.Allowed ? new Problem("disclosure.outcome", "This was not allowed, so nothing became of it.")
                : !Unanswered ? new Problem("disclosure.outcome", "What became of it is recorded already.")
                : Enum.IsDefined(kind) ? null : new Problem("disclosure.outcome", "Say what became of it."),
            now.RefuseFuture("disclosure.outcome-at", at) ?? (at < (DoneAt ?? DecidedAt) ? new Problem("disclosure.outcome-at", "This is before it was decided. Give the time at which it happened.") : null),
            kind is OutcomeKind.SentChanged or OutcomeKind.NotSent && string.IsNullOrWhiteSpace(words)
                ? new Problem("disclosure.outcome-words", kind == OutcomeKind.NotSent ? "Say why it was not sent." : "Say how it was changed.") : TypedText.Check("disclosure.outcome-words", words, TypedText.NoteLimit, lines: true),
            callBackOn is { } day && (kind != OutcomeKind.CallBack || day < now.On) ? new Problem("disclosure.call-back-on", "Choose a day from today on, for ringing back.") : null,
        ],
        () => this with { Outcomes = Outcomes.Add(new() { Kind = kind, At = at, By = now.By, Words = TypedText.Clean(words), CallBackOn = callBackOn }) });

    /// <summary>Records whether the family was told.</summary>
    public DisclosureRecord Telling(ToldFamily told) => this with { ToldFamily = told ?? throw new ArgumentNullException(nameof(told)) };

    /// <summary>Records that no notice of it can go. Refuses what nobody was told, and no reason.</summary>
    public Checked<DisclosureRecord> Settle(NoticeKind why, string? words, Stamp now) => Checked<DisclosureRecord>.From(
        [
            WasTold ? null : new Problem("", "Nobody was told this, so no notice is owed."),
            string.IsNullOrWhiteSpace(words) ? new Problem("disclosure.settled-words", "Say why no notice can go, or how they were told instead.") : TypedText.Check("disclosure.settled-words", words, 1_000, lines: true),
        ],
        () => this with { Settled = Settled.Add(new() { Why = why, Words = TypedText.Clean(words)!, At = now.At, By = now.By }) });

    /// <summary>
    /// The day on which it comes onto the desk, London: the working day after it was decided while nobody said what became of it, or the day
    /// of ringing back. Null when nothing is open.
    /// </summary>
    public DateOnly? DueOn(WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return !Unanswered ? null
            : Outcomes is [.., { CallBackOn: { } on }] ? on
            : days.Add(London.DateOf(Outcomes is [.., var last] ? last.At : DecidedAt), 1).On;
    }

    /// <summary>What a notice needs to know of it.</summary>
    public ToldBefore AsToldBefore => new(Id, Body, About, [.. Items.SelectMany(i => i.Scopes).Distinct(StringComparer.Ordinal)]);

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(DisclosureRecord);

    private static ImmutableArray<string> Names(ImmutableArray<GateReason> reasons) => [.. reasons.Select(r => r.Rule.Name).Distinct(StringComparer.Ordinal)];
}
