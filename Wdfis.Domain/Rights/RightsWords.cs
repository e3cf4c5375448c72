using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Rights;

/// <summary>The lawful bases on which something is held (Article 6). Numbers are stored by name: never rename one.</summary>
public enum LawfulBasis
{
    /// <summary>Consent.</summary>
    Consent = 1,
    /// <summary>A legal obligation.</summary>
    LegalObligation = 2,
    /// <summary>A public task.</summary>
    PublicTask = 3,
    /// <summary>Vital interests.</summary>
    VitalInterests = 4,
    /// <summary>A recognised legitimate interest.</summary>
    RecognisedInterest = 5,
    /// <summary>Legitimate interests.</summary>
    LegitimateInterests = 6,
}

/// <summary>What the law grants on which basis (field-guide.md section 1.5), and the words for rights requests.</summary>
public static class RightsWords
{
    /// <summary>The ways in which a request comes, in words, by their codes.</summary>
    public static ImmutableDictionary<string, string> Ways { get; } = new Dictionary<string, string>
    {
        ["phone"] = "By telephone",
        ["email"] = "By e-mail",
        ["letter"] = "By letter",
        ["in-person"] = "In person",
        ["online"] = "By an online form or social media",
        ["passed-on"] = "Passed on by another team",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Whether the law grants it on this basis, and the sentence that says why. Erasure is for what rests on consent or legitimate interests
    /// alone, objection for what rests on a public task or on interests; everything else is granted on any basis.
    /// </summary>
    public static (bool Granted, string Sentence) Grants(RightKind kind, LawfulBasis basis) => kind switch
    {
        RightKind.Erasure => basis switch
        {
            LawfulBasis.Consent => (true, "We hold it because you agreed, and you may take that back: what rests on nothing else is erased."),
            LawfulBasis.LegitimateInterests or LawfulBasis.RecognisedInterest => (true, "We hold it for an interest that you may object to: it is erased unless there are compelling grounds to keep it."),
            LawfulBasis.LegalObligation => (false, "The law obliges us to hold it, so the right to erasure does not apply (Article 17(3)(b))."),
            LawfulBasis.PublicTask => (false, "We hold it for a task that the law gives us, so the right to erasure does not apply (Article 17(3)(b))."),
            LawfulBasis.VitalInterests => (false, "We hold it to protect somebody's life, so the right to erasure does not apply."),
        },
        RightKind.Objection => basis switch
        {
            LawfulBasis.PublicTask or LawfulBasis.RecognisedInterest or LawfulBasis.LegitimateInterests => (true, "We stop, unless there are compelling grounds that outweigh yours, or a claim (Article 21(1))."),
            LawfulBasis.Consent => (false, "We hold it because you agreed: you need not object, you can take your agreement back, and we have told you how."),
            LawfulBasis.LegalObligation => (false, "The law obliges us to hold it, so there is no right to object (Article 21(1))."),
            LawfulBasis.VitalInterests => (false, "We hold it to protect somebody's life, so there is no right to object (Article 21(1))."),
        },
        RightKind.Access or RightKind.Rectification or RightKind.Restriction or RightKind.Other or RightKind.Complaint or RightKind.Corporate => (true, "It applies whatever the lawful basis."),
    };

    /// <summary>
    /// What to think of when a request is about a child. The right is the child's, and there is no age below which it is not (field-guide.md
    /// section 1.4): twelve and sixteen are prompts, never gates.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="bornOn">When they were born; null for somebody who is no child, or unknown.</param>
    /// <param name="today">The day, London.</param>
    /// <param name="found">What was found of their competence to ask for their own information, on the family's card; null for nothing.</param>
    public static ImmutableArray<string> Prompts(RightsRequest request, DateOnly? bornOn, DateOnly today, Competence? found = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (bornOn is not { } born || today >= CorrespondingDate.AddYears(born, 18, LeapDay.ToFirstOfMarch))
            return [];
        var prompts = ImmutableArray.CreateBuilder<string>();
        var noted = found is not null || request.Of(RightsEvent.Competence).Any();
        if (today >= CorrespondingDate.AddYears(born, 16, LeapDay.ToFirstOfMarch))
            prompts.Add(found is { Able: false } ? $"They are 16 or over, and were found unable to ask for this themselves on {found.AssessedOn.Words()}: look whether that still holds."
                : "They are 16 or over: presumed to decide for themselves. The answer goes to them, or to whoever they choose.");
        else if (today >= CorrespondingDate.AddYears(born, 12, LeapDay.ToFirstOfMarch) && !noted)
            prompts.Add("They are 12 or over: ask what they understand and want, and note it. This is a prompt and no bar; younger children may decide too.");
        else if (!noted)
            prompts.Add("The right is the child's own, at any age. Note what they understand and want, or why they were not asked.");
        if (today >= SendTransfer.On(born))
            prompts.Add($"Decisions on special educational needs are theirs since {SendTransfer.On(born).Words()}.");
        return prompts.ToImmutable();
    }

    /// <summary>As on the screen.</summary>
    public static string Words(this RightKind kind) => kind switch
    {
        RightKind.Access => "A copy of what we hold",
        RightKind.Rectification => "Put right what is wrong",
        RightKind.Erasure => "Erase it",
        RightKind.Restriction => "Store it and do nothing else",
        RightKind.Objection => "Stop using it",
        RightKind.Other => "Another right, answered by letter",
        RightKind.Complaint => "A data-protection complaint",
        RightKind.Corporate => "A corporate request: council desk, audit, Ofsted",
    };

    /// <summary>The kind's code, as on an envelope.</summary>
    public static string Code(this RightKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind of a code, in words.</summary>
    public static string KindOf(string? code) => Enum.TryParse<RightKind>(code, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind.Words() : "Rights request";

    /// <summary>As on the screen.</summary>
    public static string Words(this Asker asker) => asker switch
    {
        Asker.Themselves => "The person themselves",
        Asker.Parent => "Somebody with parental responsibility",
        Asker.Representative => "A representative",
        Asker.Council => "The council's own desk, audit or Ofsted",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this RightsEvent what) => what switch
    {
        RightsEvent.Named => "Found in our records",
        RightsEvent.NotTheSame => "Another person of the same name",
        RightsEvent.IdentityAsked => "Proof of identity asked for",
        RightsEvent.IdentityCame => "Proof of identity arrived",
        RightsEvent.ClarificationAsked => "Asked what is meant",
        RightsEvent.ClarificationCame => "They said what is meant",
        RightsEvent.Extended => "Told that it takes longer",
        RightsEvent.AuthoritySeen => "Authority seen",
        RightsEvent.Competence => "Competence note",
        RightsEvent.PlaceSearched => "Another place searched",
        RightsEvent.Corrected => "Put right",
        RightsEvent.BasisFound => "Lawful basis",
        RightsEvent.Acknowledged => "Acknowledged",
        RightsEvent.Noted => "Note",
        RightsEvent.Released => "Answer released",
        RightsEvent.Closed => "Closed",
        RightsEvent.LookedAt => "Looked at",
        RightsEvent.RegistersSearched => "Registers searched",
        RightsEvent.FoundInRegister => "Found in a register",
        RightsEvent.Granted => "Granted: free to be erased",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this RightsOutcome outcome) => outcome switch
    {
        RightsOutcome.Done => "Done as asked",
        RightsOutcome.InPart => "Done in part",
        RightsOutcome.Refused => "Refused",
        RightsOutcome.TakenBack => "Taken back by them",
        RightsOutcome.NoAnswer => "Closed: no answer to what we asked",
        RightsOutcome.NothingHeld => "Nothing is held",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this OtherPlace place) => place switch
    {
        OtherPlace.Mailbox => "The shared mailbox",
        OtherPlace.Paper => "Paper files",
        OtherPlace.Recordings => "Recordings of calls",
        OtherPlace.OldSystem => "An old system",
    };

    /// <summary>As on the screen and in the answer.</summary>
    public static string Words(this SearchResult result) => result switch
    {
        SearchResult.Held => "Searched, held",
        SearchResult.NothingHeld => "Searched, nothing held",
        SearchResult.NotSearchable => "Could not be searched",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this LawfulBasis basis) => basis switch
    {
        LawfulBasis.Consent => "Consent",
        LawfulBasis.LegalObligation => "A legal obligation",
        LawfulBasis.PublicTask => "A public task",
        LawfulBasis.VitalInterests => "Somebody's life",
        LawfulBasis.RecognisedInterest => "A recognised legitimate interest",
        LawfulBasis.LegitimateInterests => "Legitimate interests",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this ClockState state) => state switch
    {
        ClockState.NoClock => "No clock",
        ClockState.WaitsForIdentity => "Waits for identity",
        ClockState.Running => "Running",
        ClockState.Paused => "Paused",
        ClockState.Extended => "Extended",
        ClockState.Overdue => "Overdue",
        ClockState.Answered => "Answered",
    };

    /// <summary>The field beside which a problem with a step stands.</summary>
    public static string FieldOf(RightsEvent what) => what switch
    {
        RightsEvent.IdentityAsked or RightsEvent.IdentityCame => RightsFields.Identity,
        RightsEvent.ClarificationAsked or RightsEvent.ClarificationCame => RightsFields.Clarification,
        RightsEvent.Extended => RightsFields.Extension,
        RightsEvent.Closed => RightsFields.Outcome,
        RightsEvent.BasisFound => RightsFields.Basis,
        RightsEvent.Named or RightsEvent.NotTheSame or RightsEvent.LookedAt or RightsEvent.AuthoritySeen or RightsEvent.Competence or RightsEvent.PlaceSearched or RightsEvent.Corrected
            or RightsEvent.Acknowledged or RightsEvent.Noted or RightsEvent.Released or RightsEvent.RegistersSearched or RightsEvent.FoundInRegister or RightsEvent.Granted => $"rights.{what.ToString().ToLowerInvariant()}",
    };

    /// <summary>What asking for proof of identity now does to the date, beside the field (field-guide.md section 1.1): it starts the time, and is no pause.</summary>
    public static string IdentityMoves(RightsRequest request, ClockReading reading, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reading);
        return request.Kind is RightKind.Complaint or RightKind.Corporate ? "Asking moves no date."
            : reading.State is ClockState.Overdue or ClockState.Extended ? "You can still ask, and nothing goes to them before it arrives; but the date stays as it is."
            : reading.State == ClockState.Paused || today <= reading.DueOn ? $"Ask at once, while it is new: the month starts when the proof arrives. Asked after {(reading.DueOn ?? today).Words()}, it moves nothing."
            : "Nothing goes to them before it arrives.";
    }

    /// <summary>What is said where a step's words are missing; null for a step that needs none.</summary>
    public static string? Needs(RightsEvent what) => what switch
    {
        RightsEvent.IdentityAsked => "Say why there is real doubt: no proof is asked of somebody whom we know.",
        RightsEvent.IdentityCame => "Say what proved who they are.",
        RightsEvent.ClarificationAsked => "Say what was asked, and why it is needed to find the information.",
        RightsEvent.ClarificationCame => "Say what they answered.",
        RightsEvent.Extended => "Give the reasons that they were told: complexity, or the number of their requests.",
        RightsEvent.AuthoritySeen => "Say what was seen: the signed authority, the order, its date.",
        RightsEvent.Competence => "Say who spoke with them, what they understand, and what they want.",
        RightsEvent.PlaceSearched => "Say what was looked for, or why it cannot be searched.",
        RightsEvent.Corrected => "Say what it was, what it is now, and on what evidence.",
        RightsEvent.NotTheSame => "Say how you know that it is somebody else.",
        RightsEvent.LookedAt => "Say why it may be them: a name alone is not enough to open a family's card.",
        RightsEvent.Noted => "The note is empty.",
        RightsEvent.Granted => "Say what of it is erased, for whoever carries it out.",
        RightsEvent.Named or RightsEvent.BasisFound or RightsEvent.Acknowledged or RightsEvent.Released or RightsEvent.Closed
            or RightsEvent.RegistersSearched or RightsEvent.FoundInRegister => null,
    };
}
