using System.Collections.Immutable;

using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;
using Wdfis.Domain.Policy;

namespace Wdfis.Domain.Enquiries;

/// <summary>
/// One enquiry from greeting to closing (policy S1, S2; field-guide.md section 7). Immutable: every act gives a new one or the
/// problems why not. Almost nothing is compulsory (D3): a channel to open, a topic and an outcome to close.
/// A closed enquiry refuses every act but <see cref="Reopen"/>. Shows no content.
/// </summary>
public sealed record Enquiry
{
    private Enquiry() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The service that it belongs to; never changes.</summary>
    [Field("enquiry.service")]
    public Service Service { get; private init; }
    /// <summary>Channel code.</summary>
    [Field("enquiry.channel")]
    public string Channel { get; private init; } = "";
    /// <summary>Topic code; null until chosen.</summary>
    [Field("enquiry.topic")]
    public string? Topic { get; private init; }
    /// <summary>What they need.</summary>
    [Field("enquiry.requirement")]
    public string? Requirement { get; private init; }
    /// <summary>What we answered.</summary>
    [Field("enquiry.response")]
    public string? Response { get; private init; }
    /// <summary>Outcome code; null until chosen.</summary>
    [Field("enquiry.outcome")]
    public string? Outcome { get; private init; }
    /// <summary>Who they say they are.</summary>
    public Caller Caller { get; private init; } = null!;
    /// <summary>How that was confirmed.</summary>
    [Field("enquiry.caller")]
    public CallerConfirmation Confirmation { get; private init; }
    /// <summary>The number or e-mail that a named caller used, where we may answer for ten working days (C5); null when it was not asked.</summary>
    [Field("enquiry.came-from")]
    public string? CameFrom { get; private init; }
    /// <summary>The persons of the family whom it is about, beside the caller; empty when nobody in particular.</summary>
    [Field("enquiry.about")]
    public ImmutableArray<PersonId> About { get; private init; } = [];
    /// <summary>Levels in the order in which they were reached; empty outside Parent Partnership.</summary>
    public ImmutableArray<LevelChange> Levels { get; private init; } = [];
    /// <summary>What is to be done later.</summary>
    public FollowUp? FollowUp { get; private init; }
    /// <summary>Notes, oldest first; of two with the same instant the one that was written first.</summary>
    public ImmutableArray<EnquiryNote> Notes { get; private init; } = [];
    /// <summary>Whether they could talk.</summary>
    [Field("enquiry.privacy")]
    public PrivacyAsked Privacy { get; private init; }
    /// <summary>The private talk promised last.</summary>
    public PrivateTalk? PrivateTalk { get; private init; }
    /// <summary>What an anonymous caller, or one under a chosen name, was told: they have no card to keep it on (C1). It goes to the card when they are named.</summary>
    public ImmutableArray<Telling> Tellings { get; private init; } = [];
    /// <summary>Its life so far; the first is its opening.</summary>
    public ImmutableArray<EnquiryEvent> History { get; private init; } = [];

    /// <summary>The family that it belongs to; null for a caller who is not on a card.</summary>
    public UnitId? Family => (Caller as Caller.Named)?.Family;

    /// <summary>The reference that the caller holds; null for a named one.</summary>
    public AnonymousReference? Reference => Caller.Match<AnonymousReference?>(a => a.Reference, h => h.Reference, _ => null);

    /// <summary>The highest level reached, which is the one reported; null outside Parent Partnership.</summary>
    public int? HighestLevel => Levels.IsEmpty ? null : Levels.Max(l => l.Level);

    /// <summary>Where it stands.</summary>
    public EnquiryState State => History[^1].Kind switch
    {
        EnquiryEventKind.Opened => EnquiryState.Open,
        EnquiryEventKind.Closed => EnquiryState.Closed,
        EnquiryEventKind.Reopened => EnquiryState.Reopened,
    };

    /// <summary>The London date on which it was opened.</summary>
    public DateOnly OpenedOn => History[0].On;

    /// <summary>The London date of the closing that stands; null while it is open.</summary>
    public DateOnly? ClosedOn => State == EnquiryState.Closed ? History[^1].On : null;

    /// <summary>Its marking.</summary>
    public Marking Marking => EnquiryRules.MarkingOf(Service, HighestLevel);

    /// <summary>Its class on the retention schedule.</summary>
    public string RetentionClass => EnquiryRules.RetentionClassOf(Service, HighestLevel, Caller is Caller.Anonymous);

    /// <summary>What its content is used for (D2).</summary>
    public Purpose Purpose => EnquiryRules.PurposeOf(Service, HighestLevel);

    /// <summary>Opens an enquiry; Parent Partnership starts at level 1. Refuses an unknown channel or topic, a day in the future, and a number or e-mail that is none or of a caller who is not named.</summary>
    public static Checked<Enquiry> Open(EnquiryOpening opening, EnquiryLists lists, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(lists);
        var on = opening.On ?? now.On;
        return Checked<Enquiry>.From(
            [
                lists.CheckChannel(opening.Service, opening.Channel),
                opening.Topic is null ? null : lists.CheckTopic(opening.Service, opening.Topic),
                CheckCameFrom(opening),
                now.RefuseFuture(EnquiryFields.When, on),
            ],
            () => new Enquiry
            {
                Id = opening.Id,
                Service = opening.Service,
                Channel = opening.Channel,
                Topic = opening.Topic,
                Caller = opening.Caller,
                Confirmation = opening.Confirmation,
                CameFrom = TypedText.Clean(opening.CameFrom),
                Levels = opening.Service == Service.ParentPartnership ? [new LevelChange(1, on, now.By)] : [],
                History = [new EnquiryEvent(EnquiryEventKind.Opened, on, now.At, now.By)],
            });
    }

    /// <summary>Says who they are, anew: up the ladder with their agreement, or found on a card. Whom it is about is dropped with another family.</summary>
    public Checked<Enquiry> IsFrom(Caller caller, CallerConfirmation confirmation) => Change(
        [],
        () => this with { Caller = caller, Confirmation = confirmation, About = (caller as Caller.Named)?.Family == Family ? About : [] });

    /// <summary>Says whom of the family it is about. Refused without a family.</summary>
    public Checked<Enquiry> Concerns(IEnumerable<PersonId> about)
    {
        ImmutableArray<PersonId> persons = [.. about.Distinct()];
        return Change(
            [Family is null && !persons.IsEmpty ? new Problem(EnquiryFields.Caller, "Find or enter the family first: an enquiry without one is about nobody in particular.") : null],
            () => this with { About = persons });
    }

    /// <summary>Sets the topic.</summary>
    public Checked<Enquiry> SetTopic(string topic, EnquiryLists lists) => Change([lists.CheckTopic(Service, topic)], () => this with { Topic = topic });

    /// <summary>Sets the channel.</summary>
    public Checked<Enquiry> SetChannel(string channel, EnquiryLists lists) => Change([lists.CheckChannel(Service, channel)], () => this with { Channel = channel });

    /// <summary>Sets what they need; nothing clears it.</summary>
    public Checked<Enquiry> Ask(string? requirement) => Change(
        [CheckText(EnquiryFields.Requirement, requirement)],
        () => this with { Requirement = TypedText.Clean(requirement) });

    /// <summary>Sets what we answered; nothing clears it.</summary>
    public Checked<Enquiry> Answer(string? response) => Change(
        [CheckText(EnquiryFields.Response, response)],
        () => this with { Response = TypedText.Clean(response) });

    /// <summary>Sets the outcome without closing.</summary>
    public Checked<Enquiry> SetOutcome(string outcome, EnquiryLists lists) => Change([lists.CheckOutcome(Service, outcome)], () => this with { Outcome = outcome });

    /// <summary>Raises the level (2 to 4). Refused outside Parent Partnership, and when it is not higher than the one reached.</summary>
    public Checked<Enquiry> RaiseLevel(int level, Stamp now) => Change(
        [
            Service != Service.ParentPartnership ? new Problem(EnquiryFields.Level, "Only Parent Partnership enquiries have a level.")
            : level is < 1 or > 4 ? new Problem(EnquiryFields.Level, "Levels go from 1 to 4.")
            : level <= HighestLevel ? new Problem(EnquiryFields.Level, $"Level {HighestLevel} was reached already; the highest is the one that is reported.")
            : null,
        ],
        () => this with { Levels = Levels.Add(new LevelChange(level, now.On, now.By)) });

    /// <summary>Sets what is to be done later. Refuses a day before today.</summary>
    public Checked<Enquiry> FollowUpOn(DateOnly on, string? what, Stamp now) => Change(
        [
            on < now.On ? new Problem(EnquiryFields.FollowUp, "This day is past. Choose today or a later day.") : null,
            TypedText.Check(EnquiryFields.FollowUp, what),
        ],
        () => this with { FollowUp = new FollowUp(on, TypedText.Clean(what)) });

    /// <summary>Takes the follow-up away: it was done, or is no longer needed.</summary>
    public Checked<Enquiry> ClearFollowUp() => Change([], () => this with { FollowUp = null });

    /// <summary>Adds a note in its place in time. Refuses an empty one and one of the future.</summary>
    public Checked<Enquiry> AddNote(EnquiryNote note, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Change(
            [
                string.IsNullOrWhiteSpace(note.Text) ? new Problem(EnquiryFields.Note, "The note is empty.") : CheckText(EnquiryFields.Note, note.Text),
                now.RefuseFuture(EnquiryFields.Note, note.At),
            ],
            () => this with { Notes = Ordered(Notes.Add(note with { Text = TypedText.Clean(note.Text)! })) });
    }

    /// <summary>Records what the caller was told. Refused for a named caller, whose card keeps it, for another person, and for the future.</summary>
    public Checked<Enquiry> Tell(Telling telling, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(telling);
        return Change(
            [
                Caller is Caller.Named ? new Problem(EnquiryFields.Told, "What a named person was told stands on the family's card.")
                : telling.Person != Caller.Person ? new Problem(EnquiryFields.Told, "Only the caller can be told here.") : null,
                now.RefuseFuture(EnquiryFields.Told, telling.At),
            ],
            () => this with { Tellings = Tellings.Add(telling) });
    }

    /// <summary>Records the answer to "is now a good time to talk?" (C5).</summary>
    public Checked<Enquiry> AskedInPrivate(bool canTalk) => Change([], () => this with { Privacy = canTalk ? PrivacyAsked.CanTalk : PrivacyAsked.CannotTalk });

    /// <summary>Promises a talk in private. Refused while another is owed, and for a time that is past.</summary>
    /// <param name="slot">When, UTC; null while no time is agreed.</param>
    /// <param name="how">Ring back, a private room…</param>
    /// <param name="now">Who promises it.</param>
    public Checked<Enquiry> PromisePrivateTalk(DateTimeOffset? slot, string? how, Stamp now) => Change(
        [
            PrivateTalk is { Owed: true } ? new Problem(EnquiryFields.Privacy, "A talk in private is promised already. Record how it went first.") : null,
            slot < now.At ? new Problem(EnquiryFields.Privacy, "This time is past. Choose a later one.") : null,
            TypedText.Check(EnquiryFields.Privacy, how),
        ],
        () => this with { Privacy = PrivacyAsked.CannotTalk, PrivateTalk = new PrivateTalk(now.At, now.By, slot, TypedText.Clean(how)) });

    /// <summary>Records that the promised talk took place, or that the caller let it go. Refused when none is owed.</summary>
    public Checked<Enquiry> SettlePrivateTalk(bool held, Stamp now) => Change(
        [PrivateTalk is { Owed: true } ? null : new Problem(EnquiryFields.Privacy, "No talk in private is promised.")],
        () => this with { PrivateTalk = PrivateTalk! with { SettledAt = now.At, Held = held } });

    /// <summary>
    /// Closes it. Refuses a day in the future or before its opening, an unknown outcome, a missing topic, and while a talk in
    /// private or a follow-up is still owed.
    /// </summary>
    public Checked<Enquiry> Close(DateOnly on, string? outcome, EnquiryLists lists, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return Change(
            [
                now.RefuseFuture(EnquiryFields.When, on),
                on < History[^1].On ? new Problem(EnquiryFields.When, "This is before the day on which it was opened.") : null,
                lists.CheckOutcome(Service, outcome),
                Topic is null ? new Problem(EnquiryFields.Topic, "Choose a topic before closing: it is what stays for the statistics.") : null,
                PrivateTalk is { Owed: true } ? new Problem(EnquiryFields.Privacy, "A talk in private is promised. Record that it took place, or that the caller let it go, before closing.") : null,
                FollowUp is not null ? new Problem(EnquiryFields.FollowUp, "A follow-up is due. Leave the enquiry open, or take the follow-up away.") : null,
            ],
            () => this with { Outcome = outcome, History = History.Add(new EnquiryEvent(EnquiryEventKind.Closed, on, now.At, now.By)) });
    }

    /// <summary>Opens a closed enquiry again. Refused while it is open, without a reason, and for a day in the future or before its closing.</summary>
    public Checked<Enquiry> Reopen(DateOnly on, string? why, Stamp now) => Checked<Enquiry>.From(
        [
            State == EnquiryState.Closed ? null : new Problem(EnquiryFields.When, "This enquiry is open."),
            now.RefuseFuture(EnquiryFields.When, on),
            on < History[^1].On ? new Problem(EnquiryFields.When, "This is before the day on which it was closed.") : null,
            string.IsNullOrWhiteSpace(why) ? new Problem(EnquiryFields.Why, "Say in a few words why it is opened again.") : TypedText.Check(EnquiryFields.Why, why),
        ],
        () => this with { History = History.Add(new EnquiryEvent(EnquiryEventKind.Reopened, on, now.At, now.By, TypedText.Clean(why))) });

    private Checked<Enquiry> Change(IEnumerable<Problem?> problems, Func<Enquiry> make) =>
        State == EnquiryState.Closed ? ClosedProblem : Checked<Enquiry>.From(problems, make);

    private static readonly Problem ClosedProblem = new("", "This enquiry is closed. Open it again to change it.");

    private static Problem? CheckCameFrom(EnquiryOpening opening) => TypedText.Check(EnquiryFields.CameFrom, opening.CameFrom) ?? (
        TypedText.Clean(opening.CameFrom) is not { } typed ? null
        : opening.Caller is not Caller.Named ? new Problem(EnquiryFields.CameFrom, "Of a caller who is not named no number or e-mail is kept. Leave it empty.")
        : TelephoneNumber.TryParse(typed, out _) || EmailAddress.TryParse(typed, out _) ? null
        : new Problem(EnquiryFields.CameFrom, "This is neither a telephone number nor an e-mail address. Write it like 01632 960123 or name@example.org, or leave it empty."));

    private static Problem? CheckText(string field, string? text) => TypedText.Check(field, text, TypedText.NoteLimit, lines: true);

    // OrderBy is stable: of two notes with one instant the first written stays first.
    private static ImmutableArray<EnquiryNote> Ordered(IEnumerable<EnquiryNote> notes) => [.. notes.OrderBy(n => n.At)];

    /// <summary>Brings an enquiry back from storage. Codes are not checked against today's lists: an old record keeps its code.</summary>
    /// <exception cref="ArgumentException">A state that no act could have made.</exception>
    public static Enquiry Restore(EnquiryOpening opening, string? requirement, string? response, string? outcome, IEnumerable<PersonId> about,
        IEnumerable<LevelChange> levels, FollowUp? followUp, IEnumerable<EnquiryNote> notes, PrivacyAsked privacy, PrivateTalk? privateTalk, IEnumerable<Telling> tellings, IEnumerable<EnquiryEvent> history)
    {
        ArgumentNullException.ThrowIfNull(opening);
        var restored = new Enquiry
        {
            Id = opening.Id,
            Service = opening.Service,
            Channel = opening.Channel,
            Topic = opening.Topic,
            Caller = opening.Caller,
            Confirmation = opening.Confirmation,
            CameFrom = opening.CameFrom,
            Requirement = requirement,
            Response = response,
            Outcome = outcome,
            About = [.. about],
            Levels = [.. levels],
            FollowUp = followUp,
            Notes = Ordered(notes),
            Privacy = privacy,
            PrivateTalk = privateTalk,
            Tellings = [.. tellings],
            History = [.. history],
        };
        if (restored.Id.IsEmpty || !Enum.IsDefined(restored.Service) || !Enum.IsDefined(restored.Confirmation) || !Enum.IsDefined(restored.Privacy))
            throw new ArgumentException("An enquiry has an id, a service, and known answers.", nameof(opening));
        if (!PossibleLife(restored.History))
            throw new ArgumentException("An enquiry is opened first, then closed and re-opened in turn.", nameof(history));
        if (restored.Levels.Any(l => l.Level is < 1 or > 4) || !restored.Levels.IsEmpty && restored.Service != Service.ParentPartnership)
            throw new ArgumentException("Levels go from 1 to 4 and are Parent Partnership's.", nameof(levels));
        return restored;
    }

    private static bool PossibleLife(ImmutableArray<EnquiryEvent> history)
    {
        for (var i = 0; i < history.Length; i++)
        {
            var expected = i == 0 ? EnquiryEventKind.Opened : i % 2 == 1 ? EnquiryEventKind.Closed : EnquiryEventKind.Reopened;
            if (history[i].Kind != expected || i > 0 && history[i].On < history[i - 1].On)
                return false;
        }
        return history.Length > 0;
    }

    /// <summary>
    /// What may stay when somebody in it takes their identity back (C2): the coded parts and the dates, under a new id. Every free text goes:
    /// where they rang or wrote from, what was asked and answered, notes, what a follow-up or talk was for, why it was opened again. A reworded note may stay.
    /// </summary>
    public Enquiry WithoutIdentity(UnitId id, Caller caller, IEnumerable<PersonId> about, EnquiryNote? reworded) => this with
    {
        Id = id.IsEmpty || id == Id ? throw new ArgumentException("What stays is a new unit.", nameof(id)) : id,
        Caller = caller,
        Confirmation = CallerConfirmation.NotConfirmed,
        CameFrom = null,
        About = [.. about],
        Requirement = null,
        Response = null,
        Notes = reworded is null ? [] : [reworded],
        FollowUp = FollowUp is null ? null : FollowUp with { What = null },
        PrivateTalk = PrivateTalk is null ? null : PrivateTalk with { How = null },
        Tellings = [.. Tellings.Select(t => t with { Language = null })],
        History = [.. History.Select(e => e with { Why = null })],
    };

    /// <summary>The same enquiry of a family that has become a new unit.</summary>
    public Enquiry MoveTo(UnitId family) => this with { Caller = Caller is Caller.Named named ? Caller.CreateNamed(family, named.Person) : Caller };

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Enquiry);
}

/// <summary>What an enquiry is opened with. Shows no content.</summary>
public sealed record EnquiryOpening
{
    /// <summary>The new unit.</summary>
    public required UnitId Id { get; init; }
    /// <summary>The service.</summary>
    public required Service Service { get; init; }
    /// <summary>Channel code.</summary>
    public required string Channel { get; init; }
    /// <summary>Topic code, when it is known.</summary>
    public string? Topic { get; init; }
    /// <summary>Who they say they are.</summary>
    public required Caller Caller { get; init; }
    /// <summary>How that was confirmed.</summary>
    public CallerConfirmation Confirmation { get; init; }
    /// <summary>The number or e-mail that they used, when it is known.</summary>
    public string? CameFrom { get; init; }
    /// <summary>The day of the contact, London, when it is not today.</summary>
    public DateOnly? On { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(EnquiryOpening);
}
