using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;

namespace Wdfis.Domain.Disclosure;

/// <summary>The outward acts. Numbers are stored: never reuse one.</summary>
public enum OutwardAct
{
    /// <summary>Getting in touch with a body about a family (U3).</summary>
    Contact = 1,
    /// <summary>Asking a body in general, about no family.</summary>
    GeneralQuestion = 2,
    /// <summary>Sharing items (U2).</summary>
    Share = 3,
    /// <summary>Raising a family's matter without identifying anybody.</summary>
    Raise = 4,
    /// <summary>Giving a copy: print, download, statement.</summary>
    Copy = 5,
    /// <summary>Exporting lists.</summary>
    Export = 6,
}

/// <summary>What the scan of the texts found (identifiers, names). <c>default</c> is not scanned, and does not pass.</summary>
public enum TextScan
{
    /// <summary>Not scanned.</summary>
    NotScanned = 0,
    /// <summary>Nothing found.</summary>
    Clean = 1,
    /// <summary>Something found.</summary>
    Found = 2,
    /// <summary>Something found, and a colleague read it: it is about no family.</summary>
    ReadAndPassed = 3,
}

/// <summary>Where a recipient stands in the directory.</summary>
public enum RecipientState
{
    /// <summary>Nobody has said: not used.</summary>
    Unknown = 0,
    /// <summary>Open.</summary>
    Open = 1,
    /// <summary>Closed, or merged into another.</summary>
    Gone = 2,
}

/// <summary>What the gate needs to know of the recipient, whatever the directory keeps beside it. Shows no content.</summary>
public sealed record RecipientFacts
{
    /// <summary>Which body, as a permission names one. For somebody of the family: kind other, their name.</summary>
    public required NamedBody Body { get; init; }
    /// <summary>Open, or gone.</summary>
    public RecipientState State { get; init; } = RecipientState.Open;
    /// <summary>Somebody of the family's card, or their representative there; null for a body or an outsider.</summary>
    public PersonId? Person { get; init; }
    /// <summary>The person or post who will read it: "the SENCo", a name.</summary>
    public string? Attention { get; init; }
    /// <summary>The last day of the contract, included, London, for a processor; null for any other.</summary>
    public DateOnly? ContractUntil { get; init; }
    /// <summary>Entries of the directory that were merged into this one: who is kept from them is kept from it.</summary>
    public ImmutableArray<BodyId> Before { get; init; } = [];

    /// <summary>A body or person of the directory.</summary>
    public static RecipientFacts Of(Recipient recipient, string? attention = null)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return new()
        {
            Body = recipient.Named(),
            State = recipient.IsOpen ? RecipientState.Open : RecipientState.Gone,
            Attention = attention,
            ContractUntil = recipient.Kind == BodyKind.Processor ? recipient.Details.ContractUntil : null,
        };
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(RecipientFacts);
}

/// <summary>A decision of the gate, as it is brought back at release.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Fingerprint">The fingerprint that was decided.</param>
public sealed record DecidedBefore(UnitId Id, string Fingerprint);

/// <summary>
/// What somebody is about to do, and on what ground: the claim. What is held about the people is <see cref="DisclosureFacts"/>. Shows no content.
/// </summary>
public sealed record DisclosureRequest
{
    /// <summary>Its id, and that of the record that will keep it: one id goes out once.</summary>
    public required UnitId Id { get; init; }
    /// <summary>What is done.</summary>
    public required OutwardAct Act { get; init; }
    /// <summary>To whom.</summary>
    public required RecipientFacts Recipient { get; init; }
    /// <summary>Who is identified by it; whoever an item is about counts too. Empty for a general question.</summary>
    public ImmutableArray<PersonId> About { get; init; } = [];
    /// <summary>What goes.</summary>
    public ImmutableArray<DisclosureItem> Items { get; init; } = [];
    /// <summary>What for, in the words of the permission.</summary>
    public string Purpose { get; init; } = "";
    /// <summary>The channel code of what is handed over, or read out, in a meeting.</summary>
    public const string Meeting = "meeting";

    /// <summary>Channel code (<c>phone</c>, <c>email</c>, <c>letter</c>…).</summary>
    public string Channel { get; init; } = "";
    /// <summary>True when it is handed over or read out where they are or see each other; every other channel needs a number or an address.</summary>
    public bool FaceToFace => Channel is Meeting or "home-visit" or "video";
    /// <summary>The number or address that will be used; empty for a meeting.</summary>
    public string? Address { get; init; }
    /// <summary>How it reaches somebody of the family, where the recipient is one; null else.</summary>
    public ContactAttempt? Attempt { get; init; }
    /// <summary>The ground that is claimed.</summary>
    public required Ground Ground { get; init; }
    /// <summary>The hash of the text as it will be shown (<see cref="DisclosureText.Hash"/>).</summary>
    public string Content { get; init; } = "";
    /// <summary>What the scan of that text found.</summary>
    public TextScan Scan { get; init; }
    /// <summary>Who asks, and now.</summary>
    public required Stamp Now { get; init; }
    /// <summary>When it was done, UTC, for a late entry; null when it is about to be done.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    /// <summary>The child or young person who told us this in confidence from their parents; null for nobody.</summary>
    public PersonId? ConfidenceOf { get; init; }
    /// <summary>A second person's agreement to exactly this; null when none was asked.</summary>
    public Approval? Approval { get; init; }
    /// <summary>At release: what was decided before; null when it is decided for the first time.</summary>
    public DecidedBefore? Decided { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(DisclosureRequest);
}

/// <summary>One holder of authority for a child, as the card has it.</summary>
/// <param name="Person">The holder.</param>
/// <param name="State">Whether they hold it; only yes is authority.</param>
public readonly record struct HolderOfAuthority(PersonId Person, Responsibility State);

/// <summary>What is held of one person of the family, as far as the gate needs it.</summary>
public sealed record PersonFacts
{
    /// <summary>Who.</summary>
    public required PersonId Id { get; init; }
    /// <summary>True for a child: others may hold authority.</summary>
    public bool Child { get; init; }
    /// <summary>How much they let us know.</summary>
    public Rung Rung { get; init; } = Rung.Named;
    /// <summary>For a child: true when they decide about permissions themselves, as assessed or presumed (<see cref="Standing.Decides"/>).</summary>
    public bool DecidesForThemselves { get; init; }
    /// <summary>For a child: true when they ask for what is held about them themselves, so that nobody asks instead of them.</summary>
    public bool AsksForThemselves { get; init; }
    /// <summary>For a child: who holds parental responsibility, as known.</summary>
    public ImmutableArray<HolderOfAuthority> Holders { get; init; } = [];
    /// <summary>Who was entered as speaking for them, proved or not, ended or not.</summary>
    public ImmutableArray<Representative> Representatives { get; init; } = [];
    /// <summary>For a child: the last day on which a parent decides in SEND matters; null when unknown.</summary>
    public DateOnly? TransferOn { get; init; }
    /// <summary>True while processing of what is theirs is restricted (Article 18).</summary>
    public bool Restricted { get; init; }
    /// <summary>From whom they are kept (C2, U1).</summary>
    public ImmutableArray<KeptFrom> KeptFrom { get; init; } = [];

    /// <summary>How far somebody's authority to speak for them reaches on a day; of several entries the best, with its last day.</summary>
    public (Authority State, DateOnly? Until, bool Limited) AuthorityOf(PersonId who, DateOnly day, bool deciding)
    {
        (Authority State, DateOnly? Until, bool Limited) best = default;
        foreach (var one in Representatives)
        {
            if (one.Who == who && one.On(day, deciding) is var state && (best.State == Authority.None || (state, one.Limits is null, one.Until ?? DateOnly.MaxValue).CompareTo((best.State, !best.Limited, best.Until ?? DateOnly.MaxValue)) > 0))
                best = (state, one.Until, one.Limits is not null);
        }
        return best;
    }

    /// <summary>True for a holder of parental responsibility for a child who does not ask for their own information themselves (field-guide.md section 1.4).</summary>
    public bool IsAskedForBy(PersonId who) => Child && !AsksForThemselves && Holders.Any(h => h.Person == who && h.State == Responsibility.Yes);

    /// <summary>True when somebody else may be given what is held of them: a parent who asks for a child, or who was proved to represent them for that.</summary>
    public bool MayReceive(PersonId who, DateOnly day) => IsAskedForBy(who) || AuthorityOf(who, day, deciding: false).State == Authority.Stands;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(PersonFacts);
}

/// <summary>A lead's record of whose answer prevails where two holders of authority differ (U2). Shows no content.</summary>
public sealed record AuthorityFinding
{
    /// <summary>The child.</summary>
    public required PersonId Child { get; init; }
    /// <summary>The body for which it was found.</summary>
    public required NamedBody Body { get; init; }
    /// <summary>Whose answer prevails.</summary>
    public required PersonId Prevails { get; init; }
    /// <summary>Why: what the authority rests on.</summary>
    [Field("finding.why")]
    public required string Why { get; init; }
    /// <summary>The lead.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>When, UTC: answers after it are not covered.</summary>
    [Field("finding.at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(AuthorityFinding);
}

/// <summary>An earlier disclosure, as far as a notice needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Body">Who was told.</param>
/// <param name="About">Whom it was about.</param>
/// <param name="Scopes">Under which items it fell.</param>
public sealed record ToldBefore(UnitId Id, NamedBody Body, ImmutableArray<PersonId> About, ImmutableArray<string> Scopes)
{
    /// <summary>Who stands in for it: its successor, or who got it by mistake.</summary>
    public ImmutableArray<NamedBody> OrTo { get; init; } = [];

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(ToldBefore);
}

/// <summary>What is on record today about the family of a request; their order does not matter. Shows no content.</summary>
public sealed record DisclosureFacts
{
    /// <summary>Everybody of the family.</summary>
    public ImmutableArray<PersonFacts> People { get; init; } = [];
    /// <summary>Every permission of the family.</summary>
    public ImmutableArray<Permission> Permissions { get; init; } = [];
    /// <summary>Leads' findings on whose answer prevails.</summary>
    public ImmutableArray<AuthorityFinding> Findings { get; init; } = [];
    /// <summary>Court orders on the card.</summary>
    public ImmutableArray<CourtOrder> Orders { get; init; } = [];
    /// <summary>What was agreed about safe contact; null when nothing was.</summary>
    public SafeContact? SafeContact { get; init; }
    /// <summary>Numbers and addresses marked unsafe beside the agreement.</summary>
    public ImmutableArray<string> UnsafeAddresses { get; init; } = [];
    /// <summary>The enquiry that is being answered, where somebody of the family is the recipient.</summary>
    public EnquiryContext? Answering { get; init; }
    /// <summary>True when the family as a whole is restricted (Article 18).</summary>
    public bool Restricted { get; init; }
    /// <summary>Earlier disclosures, for notices.</summary>
    public ImmutableArray<ToldBefore> ToldBefore { get; init; } = [];
    /// <summary>True when what is given to the person themselves is released by two, whatever the reason.</summary>
    public bool ByTwo { get; init; }
    /// <summary>True when this request's id went out already.</summary>
    public bool Released { get; init; }
    /// <summary>Working days, for sign-offs and late entries.</summary>
    public required WorkingDays WorkingDays { get; init; }

    /// <summary>Facts of a card on a day.</summary>
    public static DisclosureFacts Of(FamilyCard card, IEnumerable<Permission> permissions, WorkingDays days, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(card);
        var standing = card.Standing;
        PersonFacts Person(PersonId id, Ladder ladder) => new()
        {
            Id = id,
            Rung = ladder.Rung,
            Representatives = [.. standing.Representatives.Where(r => r.Person == id)],
            Restricted = standing.IsRestricted(id),
            KeptFrom = [.. standing.KeptFrom.Where(k => k.Person is null || k.Person == id)],
        };
        return new()
        {
            People =
            [
                .. card.Carers.Select(c => Person(c.Id, c.Ladder)),
                .. card.Children.Select(c => Person(c.Id, c.Ladder) with
                {
                    // Parental responsibility ends at 18 (field-guide.md section 1.4); an unknown birth leaves the child a child.
                    Child = c.Birth.Latest is not { } latest || today < latest.AddYears(18),
                    DecidesForThemselves = standing.Decides(c.Id, CompetenceFor.Permissions, c.Birth.Latest, today),
                    AsksForThemselves = standing.Decides(c.Id, CompetenceFor.OwnInformation, c.Birth.Latest, today),
                    Holders = [.. card.Carers.Select(p => new HolderOfAuthority(p.Id, card.ResponsibilityOf(p.Id, c.Id)))],
                    TransferOn = c.Birth is Birth.OnDate date ? SendTransfer.On(date.On) : null,
                }),
            ],
            Permissions = [.. permissions],
            Orders = card.CourtOrders,
            SafeContact = card.SafeContact,
            WorkingDays = days,
            UnsafeAddresses = [.. card.Carers.SelectMany(c => c.Contacts).Where(c => c.Unsafe).Select(c => c.Value)],
        };
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(DisclosureFacts);
}

/// <summary>The text of a disclosure.</summary>
public static class DisclosureText
{
    /// <summary>SHA-256 of the text as it is shown, in hexadecimal: ties the decision to it.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}

/// <summary>Ids of the fields of disclosures that code names.</summary>
public static class DisclosureFields
{
    /// <summary>A text written for the recipient.</summary>
    public const string Text = "disclosure.text";
    /// <summary>A text that is about no family.</summary>
    public const string Question = "disclosure.question";
    /// <summary>When the family was told.</summary>
    public const string ToldAt = "disclosure.told-at";
    /// <summary>How, or why not.</summary>
    public const string ToldWords = "disclosure.told-words";
    /// <summary>When "not told" is looked at again.</summary>
    public const string ToldRevisitOn = "disclosure.told-revisit-on";
}
