using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Rights;

/// <summary>Who asks. Numbers are stored: never reuse one.</summary>
public enum Asker
{
    /// <summary>The person themselves, a child included.</summary>
    Themselves = 1,
    /// <summary>Somebody with parental responsibility, for a child.</summary>
    Parent = 2,
    /// <summary>A representative: a solicitor, an advocate, a deputy.</summary>
    Representative = 3,
    /// <summary>The council's own request desk, complaints team, audit or Ofsted; the answer still goes to the person alone (S3).</summary>
    Council = 4,
}

/// <summary>What happened to a request. Numbers are stored: never reuse one.</summary>
public enum RightsEvent
{
    /// <summary>One family or anonymous enquiry in which the person occurs.</summary>
    Named = 1,
    /// <summary>Somebody of the same name who is not the person.</summary>
    NotTheSame = 2,
    /// <summary>Proof of identity was asked for: only where there is real doubt.</summary>
    IdentityAsked = 3,
    /// <summary>It arrived.</summary>
    IdentityCame = 4,
    /// <summary>We asked what is meant.</summary>
    ClarificationAsked = 5,
    /// <summary>The answer came.</summary>
    ClarificationCame = 6,
    /// <summary>They were told, with reasons, that it takes longer.</summary>
    Extended = 7,
    /// <summary>The authority to ask for somebody else was seen.</summary>
    AuthoritySeen = 8,
    /// <summary>A competence note on a child: what they understand, and what they want.</summary>
    Competence = 9,
    /// <summary>A place outside the portal was searched, or cannot be.</summary>
    PlaceSearched = 10,
    /// <summary>Something was put right: what it was, what it is, on what evidence.</summary>
    Corrected = 11,
    /// <summary>On what lawful basis we hold what an objection or an erasure is about.</summary>
    BasisFound = 12,
    /// <summary>A complaint was acknowledged: its own clock is kept.</summary>
    Acknowledged = 13,
    /// <summary>A note.</summary>
    Noted = 14,
    /// <summary>The answer went.</summary>
    Released = 15,
    /// <summary>Closed.</summary>
    Closed = 16,
    /// <summary>A family in which the person may occur is looked at: who of it they are, or that they are not, is said next.</summary>
    LookedAt = 17,
    /// <summary>The registers of breaches, of earlier requests and of copies asked for were read for them.</summary>
    RegistersSearched = 18,
    /// <summary>One record of a register that concerns them.</summary>
    FoundInRegister = 19,
    /// <summary>An erasure that the lawful basis allows was granted: what it names is held no more, so that it can go.</summary>
    Granted = 20,
}

/// <summary>How a request ended. Numbers are stored by name: never rename one.</summary>
public enum RightsOutcome
{
    /// <summary>Done as asked.</summary>
    Done = 1,
    /// <summary>Done in part: the reasons say what was not, and why.</summary>
    InPart = 2,
    /// <summary>Refused: the reasons say why.</summary>
    Refused = 3,
    /// <summary>Taken back by whoever asked.</summary>
    TakenBack = 4,
    /// <summary>No answer to what we had to ask, after a reasonable time.</summary>
    NoAnswer = 5,
    /// <summary>Nothing is held.</summary>
    NothingHeld = 6,
}

/// <summary>A place outside the portal in which something may be held.</summary>
public enum OtherPlace
{
    /// <summary>The shared mailbox.</summary>
    Mailbox = 1,
    /// <summary>Paper files.</summary>
    Paper = 2,
    /// <summary>Recordings of calls.</summary>
    Recordings = 3,
    /// <summary>An old system.</summary>
    OldSystem = 4,
}

/// <summary>What came of searching a place: three things that are never taken for one another.</summary>
public enum SearchResult
{
    /// <summary>Searched, held.</summary>
    Held = 1,
    /// <summary>Searched, nothing held.</summary>
    NothingHeld = 2,
    /// <summary>Could not be searched.</summary>
    NotSearchable = 3,
}

/// <summary>One step of a request. Shows no content.</summary>
/// <param name="What">What happened.</param>
/// <param name="On">On which day, London.</param>
/// <param name="At">When it was written down, UTC.</param>
/// <param name="By">By whom.</param>
/// <param name="Words">In words; null for none.</param>
/// <param name="Code">A choice: the outcome, the place, its result, the basis; null for none.</param>
/// <param name="Unit">The family or anonymous enquiry; null where none is meant.</param>
/// <param name="Person">The person in it.</param>
public sealed record RightsStep(
    [property: Field("rights.step")] RightsEvent What,
    [property: Field("rights.step-on")] DateOnly On,
    [property: Field("rights.step-at")] DateTimeOffset At,
    ColleagueId By,
    [property: Field("rights.step-words")] string? Words = null,
    [property: Field("rights.step-code")] string? Code = null,
    UnitId? Unit = null,
    PersonId? Person = null)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => $"{nameof(RightsStep)} {What}";
}

/// <summary>One place in which the person occurs: a family, or the enquiry of somebody anonymous.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Person">They, in it.</param>
public readonly record struct RightsSubject(UnitId Unit, PersonId Person);

/// <summary>What one search of another place came to.</summary>
/// <param name="Place">The place.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Terms">What was looked for, or why it could not be.</param>
/// <param name="On">The day, London.</param>
/// <param name="By">By whom.</param>
public sealed record PlaceSearched(OtherPlace Place, SearchResult Result, string Terms, DateOnly On, ColleagueId By)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(PlaceSearched);
}

/// <summary>What is typed when a request is taken.</summary>
public sealed record RightsIntake
{
    /// <summary>What is asked for.</summary>
    public RightKind? Kind { get; init; }
    /// <summary>The day on which it reached any of us, London; null for none typed.</summary>
    public DateOnly? ReceivedOn { get; init; }
    /// <summary>Code of the way in which it came.</summary>
    public string? How { get; init; }
    /// <summary>Who asks.</summary>
    public Asker Asker { get; init; } = Asker.Themselves;
    /// <summary>Their name, where they do not stand on the card.</summary>
    public string? AskerName { get; init; }
    /// <summary>Where the answer goes.</summary>
    public string? Reach { get; init; }
    /// <summary>What they ask, in their words.</summary>
    public string? Words { get; init; }
    /// <summary>The reference that somebody anonymous holds.</summary>
    public string? Reference { get; init; }
    /// <summary>The date that a corporate request brought with it.</summary>
    public DateOnly? AgreedOn { get; init; }
    /// <summary>The places in which the person is known to occur: all of them the same human being.</summary>
    public ImmutableArray<RightsSubject> About { get; init; } = [];

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(RightsIntake);
}

/// <summary>
/// A rights request from its receipt to its answer (D6, C3; field-guide.md section 1): about one person, wherever they occur. All that
/// follows is read from its steps. Immutable, compares by reference, shows no content.
/// </summary>
public sealed record RightsRequest
{
    // What stood under the reasons of every end once, with the regulator's name of then. The letter says it now, with the name of the settings.
    private const string OnceUnder = "You may ask us to look at this again, complain to us or to the Information Commissioner, and ask a court to decide.";

    private RightsRequest() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>What is asked for.</summary>
    [Field("rights.kind")]
    public RightKind Kind { get; private init; }
    /// <summary>The day on which it reached any of us, London.</summary>
    [Field("rights.received-on")]
    public DateOnly ReceivedOn { get; private init; }
    /// <summary>Code of the way in which it came.</summary>
    [Field("rights.how")]
    public string How { get; private init; } = "";
    /// <summary>Who asks.</summary>
    [Field("rights.asker")]
    public Asker Asker { get; private init; }
    /// <summary>Their name, where they do not stand on the card.</summary>
    [Field("rights.asker-name")]
    public string? AskerName { get; private init; }
    /// <summary>Where the answer goes.</summary>
    [Field("rights.reach")]
    public string? Reach { get; private init; }
    /// <summary>In their words.</summary>
    [Field("rights.words")]
    public string? Words { get; private init; }
    /// <summary>The reference of somebody anonymous, as they hold it.</summary>
    [Field("rights.reference")]
    public string? Reference { get; private init; }
    /// <summary>The date that came with it.</summary>
    [Field("rights.agreed-on")]
    public DateOnly? AgreedOn { get; private init; }
    /// <summary>Who took it.</summary>
    public ColleagueId TakenBy { get; private init; }
    /// <summary>What happened, in the order in which it was written down.</summary>
    public ImmutableArray<RightsStep> Steps { get; private init; } = [];

    /// <summary>Takes a request in any form. Refuses one of the future, and one that says neither who asks nor whom it is about.</summary>
    public static Checked<RightsRequest> Take(UnitId id, RightsIntake intake, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(intake);
        return Checked<RightsRequest>.From(
            [
                intake.Kind is { } kind && Enum.IsDefined(kind) ? null : new Problem(RightsFields.Kind, "Choose what is asked for."),
                intake.ReceivedOn is { } on ? now.RefuseFuture(RightsFields.Received, on) : new Problem(RightsFields.Received, "Give the day on which it reached us."),
                intake.How is { } how && RightsWords.Ways.ContainsKey(how) ? null : new Problem(RightsFields.How, "Choose how it came."),
                Enum.IsDefined(intake.Asker) ? null : new Problem(RightsFields.Asker, "Choose who asks."),
                TypedText.Check(RightsFields.AskerName, intake.AskerName),
                TypedText.Check(RightsFields.Reach, intake.Reach),
                TypedText.Check(RightsFields.Words, intake.Words, WordsLimit, lines: true),
                intake.About.IsEmpty && string.IsNullOrWhiteSpace(intake.AskerName) && string.IsNullOrWhiteSpace(intake.Reference)
                    ? new Problem(RightsFields.AskerName, "Say who asks: a name, or the reference that they hold.") : null,
                intake.Asker is Asker.Representative && string.IsNullOrWhiteSpace(intake.AskerName) ? new Problem(RightsFields.AskerName, "Say who the representative is.") : null,
                intake.Kind is not RightKind.Corporate && intake.AgreedOn is not null ? new Problem(RightsFields.Agreed, "Only a corporate request brings a date with it.") : null,
                intake.AgreedOn < intake.ReceivedOn ? new Problem(RightsFields.Agreed, "This is before the day on which it came.") : null,
            ],
            () => new RightsRequest
            {
                Id = id,
                Kind = intake.Kind!.Value,
                ReceivedOn = intake.ReceivedOn!.Value,
                How = intake.How!,
                Asker = intake.Asker,
                AskerName = TypedText.Clean(intake.AskerName),
                Reach = TypedText.Clean(intake.Reach),
                Words = TypedText.Clean(intake.Words),
                Reference = TypedText.Clean(intake.Reference),
                AgreedOn = intake.AgreedOn,
                TakenBy = now.By,
                Steps = [.. intake.About.Distinct().Select(one => new RightsStep(RightsEvent.Named, now.On, now.At, now.By, null, null, one.Unit, one.Person))],
            });
    }

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">Without an id, or with something after the end.</exception>
    public static RightsRequest Restore(UnitId id, RightKind kind, DateOnly receivedOn, string how, Asker asker, string? askerName, string? reach, string? words, string? reference, DateOnly? agreedOn, ColleagueId takenBy, ImmutableArray<RightsStep> steps) =>
        id.IsEmpty || !Enum.IsDefined(kind) || !Enum.IsDefined(asker) || steps.SkipLast(1).Any(step => step.What == RightsEvent.Closed)
            ? throw new ArgumentException("A request has an id and one end at most.", nameof(steps))
            : new RightsRequest
            {
                Id = id,
                Kind = kind,
                ReceivedOn = receivedOn,
                How = how,
                Asker = asker,
                AskerName = askerName,
                Reach = reach,
                Words = words,
                Reference = reference,
                AgreedOn = agreedOn,
                TakenBy = takenBy,
                Steps = steps,
            };

    /// <summary>Where the person occurs, so far as anybody said.</summary>
    public IEnumerable<RightsSubject> About => Of(RightsEvent.Named).Select(step => new RightsSubject(step.Unit!.Value, step.Person!.Value)).Distinct();

    /// <summary>True where the council's own desk, its auditors or Ofsted asked: they learn nothing of it, not even how it ended (S3, U1).</summary>
    public bool IsCouncils => Kind == RightKind.Corporate || Asker == Asker.Council;

    /// <summary>True once an erasure was granted: what it names is free to go.</summary>
    public bool IsGranted => Of(RightsEvent.Granted).Any();

    /// <summary>True until it is closed.</summary>
    public bool IsOpen => End is null;

    /// <summary>How it ended; null while it is open.</summary>
    public RightsStep? End => Steps is [.., { What: RightsEvent.Closed } end] ? end : null;

    /// <summary>How it ended, as a kind.</summary>
    public RightsOutcome? Outcome => End is { Code: { } code } ? Enum.Parse<RightsOutcome>(code) : null;

    /// <summary>The reasons that they get; null while it is open, and where it ended without.</summary>
    public string? Reasons => End?.Words is { } words && words.EndsWith(OnceUnder, StringComparison.Ordinal) ? words[..^OnceUnder.Length].TrimEnd() : End?.Words;

    /// <summary>True once the registers were read for them.</summary>
    public bool RegistersSearched => Of(RightsEvent.RegistersSearched).Any();

    /// <summary>How many records of the registers were closed to whoever searched them last, and how many did not open.</summary>
    public (int Closed, int Broken) UnreadInRegisters => Of(RightsEvent.RegistersSearched).LastOrDefault()?.Code?.Split(':') is [var closed, var broken] && int.TryParse(closed, out var shut) && int.TryParse(broken, out var damaged) ? (shut, damaged) : (0, 0);

    /// <summary>What was found in the registers.</summary>
    public IEnumerable<UnitId> InRegisters => Of(RightsEvent.FoundInRegister).Select(step => step.Unit!.Value).Distinct();

    /// <summary>Who speaks for the person on a card under the name of whoever asks, with how far that reaches on a day for being given what is held.</summary>
    public IEnumerable<(Representative Who, Authority State)> SpeakOn(FamilyCard card, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Standing.Representatives
            .Where(one => About.Any(about => about.Person == one.Person)
                && (one.Name ?? (card.FindCarer(one.Who) is { } carer ? $"{carer.Forename} {carer.Surname}" : null)) is { } name && AskerName is { } asker && (KeptFrom.Means(asker, name) || KeptFrom.Means(name, asker)))
            .Select(one => (one, one.On(day, deciding: false)));
    }

    /// <summary>True while somebody asks for somebody else, and nobody saw on what authority.</summary>
    public bool AuthorityMissing => Asker == Asker.Representative && !Of(RightsEvent.AuthoritySeen).Any();

    /// <summary>On what lawful basis we hold it; null while nobody looked.</summary>
    public LawfulBasis? Basis => Of(RightsEvent.BasisFound).LastOrDefault() is { Code: { } code } ? Enum.Parse<LawfulBasis>(code) : null;

    /// <summary>Everything that it binds: where they occur, and what is or was looked at.</summary>
    public IEnumerable<UnitId> Units => Steps.Where(step => step.What is RightsEvent.Named or RightsEvent.LookedAt).Select(step => step.Unit!.Value).Distinct();

    /// <summary>What was looked at, and nobody has said yet whether it is them.</summary>
    public IEnumerable<UnitId> Undecided => Of(RightsEvent.LookedAt).Select(step => step.Unit!.Value).Distinct()
        .Where(unit => !Steps.Any(step => step.What is RightsEvent.Named or RightsEvent.NotTheSame && step.Unit == unit));

    /// <summary>What was last said of each other place.</summary>
    public IEnumerable<PlaceSearched> Places => Of(RightsEvent.PlaceSearched)
        .Select(step => (step, parts: step.Code!.Split(':')))
        .GroupBy(one => one.parts[0])
        .Select(same => same.Last())
        .Select(one => new PlaceSearched(Enum.Parse<OtherPlace>(one.parts[0]), Enum.Parse<SearchResult>(one.parts[1]), one.step.Words!, one.step.On, one.step.By));

    /// <summary>What its clock goes by.</summary>
    public ClockFacts Clock => new()
    {
        Kind = Kind,
        ReceivedOn = ReceivedOn,
        Identity = Of(RightsEvent.IdentityAsked).LastOrDefault() is { } asked ? new Asked(asked.On, Of(RightsEvent.IdentityCame).LastOrDefault()?.On) : null,
        Clarifications = Pairs(),
        ExtensionToldOn = Of(RightsEvent.Extended).LastOrDefault()?.On,
        AgreedOn = AgreedOn,
        AnsweredOn = (Kind == RightKind.Complaint ? Of(RightsEvent.Acknowledged).FirstOrDefault() : null)?.On ?? Of(RightsEvent.Released).LastOrDefault()?.On ?? End?.On,
    };

    /// <summary>What the clock says on a day.</summary>
    public ClockReading Read(WorkingDays days, DateOnly today) => RightsClock.Read(Clock, days, today);

    /// <summary>
    /// One step more. Refused once closed, without the words that it needs, on a day before receipt or after today, and where the clock
    /// refuses it: an extension that is told too late, an answer before its question.
    /// </summary>
    public Checked<RightsRequest> With(RightsEvent what, DateOnly? on, string? words, string? code, WorkingDays days, Stamp now, RightsSubject? subject = null)
    {
        var field = RightsWords.FieldOf(what);
        var day = on ?? now.On;
        Problem? wrong = !IsOpen ? new Problem("", "This request is closed. Open the page again.")
            : what is RightsEvent.Named && (subject is null || subject.Value.Person == default) || what is RightsEvent.NotTheSame or RightsEvent.LookedAt or RightsEvent.FoundInRegister && subject is null ? new Problem(field, "Choose who it is.")
            : what == RightsEvent.Named && About.Contains(subject!.Value) ? new Problem(field, "This one is named already.")
            : RightsWords.Needs(what) is { } sentence && string.IsNullOrWhiteSpace(words) ? new Problem(field, sentence)
            : what == RightsEvent.IdentityAsked && Of(RightsEvent.IdentityAsked).Any() ? new Problem(field, "Proof of identity was asked for already.")
            : what == RightsEvent.IdentityCame && (!Of(RightsEvent.IdentityAsked).Any() || Of(RightsEvent.IdentityCame).Any()) ? new Problem(field, "No proof of identity is awaited.")
            : what == RightsEvent.ClarificationAsked && Pairs() is [.., { AnsweredOn: null }] ? new Problem(field, "A question waits for its answer already.")
            : what == RightsEvent.ClarificationCame && Pairs() is not [.., { AnsweredOn: null }] ? new Problem(field, "Nothing was asked that could be answered.")
            : what == RightsEvent.Extended && Of(RightsEvent.Extended).Any() ? new Problem(field, "It is extended already.")
            : what == RightsEvent.PlaceSearched && !IsPlace(code) ? new Problem(field, "Choose the place, and what came of it.")
            : what == RightsEvent.BasisFound && !Enum.TryParse<LawfulBasis>(code, out _) ? new Problem(field, "Choose the lawful basis.")
            : what == RightsEvent.Granted && (Kind != RightKind.Erasure || IsGranted) ? new Problem(field, "Only an erasure is granted, and once.")
            : what == RightsEvent.Granted && (Basis is not { } basis || !RightsWords.Grants(Kind, basis).Granted) ? new Problem(RightsFields.Basis, Basis is { } no ? RightsWords.Grants(Kind, no).Sentence : "Say first on what lawful basis we hold it: what they may ask follows from that.")
            : what == RightsEvent.Acknowledged && Kind != RightKind.Complaint ? new Problem(field, "Only a complaint is acknowledged.")
            : day < ReceivedOn ? new Problem(field, "This is before the day on which the request came.")
            : now.RefuseFuture(field, day) ?? TypedText.Check(field, words, WordsLimit, lines: true);
        if (wrong is not null)
            return wrong;
        var next = this with { Steps = Steps.Add(new RightsStep(what, day, now.At, now.By, TypedText.Clean(words), code, subject?.Unit, subject?.Person is { } person && person != default ? person : null)) };
        return RightsClock.Check(next.Clock, days, now.On) is { IsEmpty: false } problems ? problems[0] : next;
    }

    /// <summary>
    /// Closes it. Whatever is not done as asked has its reasons; an objection or an erasure its lawful basis; and one that the law grants on
    /// that basis is not refused as if it did not. A representative without authority gets nothing.
    /// </summary>
    public Checked<RightsRequest> Close(RightsOutcome? outcome, string? reasons, WorkingDays days, Stamp now)
    {
        var word = outcome is { } known && Enum.IsDefined(known) ? known : (RightsOutcome?)null;
        ImmutableArray<Problem> problems =
        [
            .. new[]
            {
                word is null ? new Problem(RightsFields.Outcome, "Choose how it ended.") : null,
                word is RightsOutcome.InPart or RightsOutcome.Refused or RightsOutcome.NoAnswer && string.IsNullOrWhiteSpace(reasons)
                    ? new Problem(RightsFields.Reasons, "Say why, in the words that they get: what was not done, and the reason.") : null,
                word is RightsOutcome.Done or RightsOutcome.InPart && AuthorityMissing ? new Problem(RightsFields.Outcome, "Nobody saw on what authority the representative asks: nothing goes to them.") : null,
                word is RightsOutcome.Done or RightsOutcome.InPart or RightsOutcome.Refused && Kind is RightKind.Erasure or RightKind.Objection && Basis is null
                    ? new Problem(RightsFields.Basis, "Say first on what lawful basis we hold it: what they may ask follows from that.") : null,
                word is RightsOutcome.Done or RightsOutcome.InPart && Kind is RightKind.Access or RightKind.Corporate && !Of(RightsEvent.Released).Any()
                    ? new Problem(RightsFields.Outcome, "The answer has not been released yet.") : null,
                word is RightsOutcome.Done or RightsOutcome.InPart && Kind == RightKind.Erasure && Basis is not null && !IsGranted
                    ? new Problem(RightsFields.Outcome, "Grant it first: until then what it names is held, and nothing of it can go.") : null,
                word is RightsOutcome.Done && Kind == RightKind.Rectification && !Of(RightsEvent.Corrected).Any()
                    ? new Problem(RightsFields.Outcome, "Say first what was put right: what it was, and what it is.") : null,
            }.OfType<Problem>(),
        ];
        return problems.IsEmpty
            ? With(RightsEvent.Closed, null, reasons, word!.Value.ToString(), days, now)
            : Checked<RightsRequest>.From(problems, () => this);
    }

    /// <summary>The same request with each card that became part of another named as that other; the people keep the ids under which they were named.</summary>
    /// <param name="into">The family of which a family is part by now; null where it never was joined.</param>
    public RightsRequest Joined(Func<UnitId, UnitId?> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        return this with { Steps = [.. Steps.Select(step => step.Unit is { } unit && into(unit) is { } now ? step with { Unit = now } : step)] };
    }

    /// <summary>The steps of a kind, in order.</summary>
    public IEnumerable<RightsStep> Of(RightsEvent what) => Steps.Where(step => step.What == what);

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(RightsRequest);

    /// <inheritdoc/>
    public bool Equals(RightsRequest? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private const int WordsLimit = 4_000;

    // A question waits for the next answer that was written down after it.
    private ImmutableArray<Asked> Pairs()
    {
        var pairs = ImmutableArray.CreateBuilder<Asked>();
        foreach (var step in Steps)
        {
            if (step.What == RightsEvent.ClarificationAsked)
                pairs.Add(new Asked(step.On, null));
            else if (step.What == RightsEvent.ClarificationCame)
                pairs[^1] = pairs[^1] with { AnsweredOn = step.On };
        }
        return pairs.ToImmutable();
    }

    private static bool IsPlace(string? code) =>
        code?.Split(':') is [var place, var result] && Enum.TryParse<OtherPlace>(place, out var at) && Enum.IsDefined(at) && Enum.TryParse<SearchResult>(result, out var found) && Enum.IsDefined(found);
}
