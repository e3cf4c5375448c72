using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Families;

/// <summary>In what capacity somebody speaks for another. Numbers are stored: never reuse one.</summary>
public enum RepresentativeCapacity
{
    /// <summary>A solicitor.</summary>
    Solicitor = 1,
    /// <summary>A supporter of IPSEA, a SENDIASS or another advice service.</summary>
    Supporter = 2,
    /// <summary>An attorney under a lasting power.</summary>
    Attorney = 3,
    /// <summary>A deputy of the Court of Protection.</summary>
    CourtDeputy = 4,
    /// <summary>Named by the young person as their supporter.</summary>
    NominatedSupporter = 5,
    /// <summary>Any other, as the document says.</summary>
    Other = 6,
}

/// <summary>How far somebody's authority to speak for another reaches on a day. Ordered: the last is the best.</summary>
public enum Authority
{
    /// <summary>Nothing is on record.</summary>
    None = 0,
    /// <summary>Nobody has seen on what it rests.</summary>
    NotProved = 1,
    /// <summary>It begins on a later day.</summary>
    NotYet = 2,
    /// <summary>Its last day is past.</summary>
    Ended = 3,
    /// <summary>It stands, and does not cover this.</summary>
    Elsewhere = 4,
    /// <summary>It stands and covers this.</summary>
    Stands = 5,
}

/// <summary>Somebody who speaks for a person of the family, and what proved it (D6, field-guide.md sections 1.4 and 2).</summary>
public sealed record Representative
{
    /// <summary>For whom: somebody of the card.</summary>
    public required PersonId Person { get; init; }
    /// <summary>The representative: a carer of the card, or an id of their own.</summary>
    public required PersonId Who { get; init; }
    /// <summary>Their name, with the firm or service; null for a carer of the card.</summary>
    [Field("family.representative.name")]
    public string? Name { get; init; }
    /// <summary>How to reach them; null for a carer of the card.</summary>
    [Field("family.representative.contact")]
    public string? Contact { get; init; }
    /// <summary>In what capacity.</summary>
    [Field("family.representative.capacity")]
    public required RepresentativeCapacity Capacity { get; init; }
    /// <summary>Which document was seen; null while none was.</summary>
    [Field("family.representative.document")]
    public string? Document { get; init; }
    /// <summary>The day on which it was seen, London; null while it was not.</summary>
    [Field("family.representative.seen-on")]
    public DateOnly? SeenOn { get; init; }
    /// <summary>The first day of the authority, included, London; null for the day on which it was seen.</summary>
    [Field("family.representative.from")]
    public DateOnly? From { get; init; }
    /// <summary>The last day of the authority, included, London; null while it has no end.</summary>
    [Field("family.representative.until")]
    public DateOnly? Until { get; init; }
    /// <summary>True when they may be given what is held about the person.</summary>
    [Field("family.representative.receives")]
    public bool Receives { get; init; }
    /// <summary>True when they may decide about permissions.</summary>
    [Field("family.representative.decides")]
    public bool Decides { get; init; }
    /// <summary>What limits it, in words; null for nothing.</summary>
    [Field("family.representative.limits")]
    public string? Limits { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>Whether it stands on a day for deciding, or for being given what is held. A day before it was seen is not proved.</summary>
    public Authority On(DateOnly day, bool deciding) =>
        string.IsNullOrWhiteSpace(Document) || SeenOn is not { } seen || day < seen ? Authority.NotProved
        : day < From ? Authority.NotYet
        : day > Until ? Authority.Ended
        : (deciding ? Decides : Receives) ? Authority.Stands : Authority.Elsewhere;

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Representative);
}

/// <summary>What a child was found able to do for themselves. Numbers are stored: never reuse one.</summary>
public enum CompetenceFor
{
    /// <summary>To say who may be told or contacted.</summary>
    Permissions = 1,
    /// <summary>To ask for what is held about them.</summary>
    OwnInformation = 2,
}

/// <summary>
/// A child's or young person's assessed competence for one kind of decision (field-guide.md sections 1.4 and 2): never a matter of age. The
/// latest assessment of a kind speaks. Without one they are presumed able from 16, and a holder of parental responsibility decides before.
/// </summary>
public sealed record Competence
{
    /// <summary>Who was assessed.</summary>
    public required PersonId Person { get; init; }
    /// <summary>For what kind of decision.</summary>
    [Field("family.competence.for")]
    public required CompetenceFor For { get; init; }
    /// <summary>True when they understand enough to decide.</summary>
    [Field("family.competence.able")]
    public required bool Able { get; init; }
    /// <summary>Which decision was looked at, in words.</summary>
    [Field("family.competence.decision")]
    public required string Decision { get; init; }
    /// <summary>The day, London.</summary>
    [Field("family.competence.assessed-on")]
    public required DateOnly AssessedOn { get; init; }
    /// <summary>The colleague who assessed.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>What the finding rests on.</summary>
    [Field("family.competence.note")]
    public required string? Note { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Competence);
}

/// <summary>The four grounds of Article 18(1). Numbers are stored: never reuse one.</summary>
public enum RestrictionGround
{
    /// <summary>They say that it is not accurate.</summary>
    Accuracy = 1,
    /// <summary>The use was unlawful, and they oppose erasure.</summary>
    UnlawfulUse = 2,
    /// <summary>They need it for a legal claim, and we no longer do.</summary>
    LegalClaim = 3,
    /// <summary>They objected, and the answer is pending.</summary>
    Objection = 4,
}

/// <summary>One person's restriction under Article 18: what is theirs is stored, and nothing else, until it is lifted. Stays on record afterwards.</summary>
public sealed record PersonRestriction
{
    /// <summary>Whose.</summary>
    public required PersonId Person { get; init; }
    /// <summary>On which ground.</summary>
    [Field("family.restriction.ground")]
    public required RestrictionGround Ground { get; init; }
    /// <summary>Why, in words; null once they are anonymous.</summary>
    [Field("family.restriction.reason")]
    public required string? Reason { get; init; }
    /// <summary>The first day, included, London.</summary>
    [Field("family.restriction.placed-on")]
    public required DateOnly PlacedOn { get; init; }
    /// <summary>Who placed it.</summary>
    public required ColleagueId PlacedBy { get; init; }
    /// <summary>The rights request that asked for it; null for none.</summary>
    public UnitId? Request { get; init; }
    /// <summary>The day on which they were told that it would be lifted, London; null while it stands.</summary>
    [Field("family.restriction.told-on")]
    public DateOnly? ToldOn { get; init; }
    /// <summary>How they were told; null while it stands.</summary>
    [Field("family.restriction.told-how")]
    public string? ToldHow { get; init; }
    /// <summary>The day on which it was lifted, London; null while it stands.</summary>
    [Field("family.restriction.lifted-on")]
    public DateOnly? LiftedOn { get; init; }
    /// <summary>Who lifted it; null while it stands.</summary>
    public ColleagueId? LiftedBy { get; init; }

    /// <summary>True until it is lifted.</summary>
    public bool Stands => LiftedOn is null;

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(PersonRestriction);
}

/// <summary>How somebody is kept from a recipient. Numbers are stored: never reuse one.</summary>
public enum KeptHow
{
    /// <summary>Known to us, but not named to this body on a permission (C2).</summary>
    NotNamed = 1,
    /// <summary>Never told anything, not even that the family is known; only what goes at once passes (U1).</summary>
    NeverTold = 2,
}

/// <summary>Somebody who is not to be named, or never to be known, to one recipient: an entry of the directory or a name.</summary>
public sealed record KeptFrom
{
    /// <summary>Whom it protects; null for everybody of the family.</summary>
    public PersonId? Person { get; init; }
    /// <summary>Not named, or never told.</summary>
    [Field("family.kept-from.how")]
    public required KeptHow How { get; init; }
    /// <summary>The entry of the directory; <c>default</c> for a name alone.</summary>
    [Field("family.kept-from.body-id")]
    public BodyId Body { get; init; }
    /// <summary>The recipient's name.</summary>
    [Field("family.kept-from.name")]
    public required string Name { get; init; }
    /// <summary>The day on which it was set, London.</summary>
    [Field("family.kept-from.set-on")]
    public required DateOnly SetOn { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    private static readonly char[] Breaks = [' ', ',', '.', '-', '(', ')', '\t', '\n'];

    /// <summary>True when it keeps from this recipient: the entry of the directory or one that was merged into it, the name where either has no entry, or the name of who is to read it.</summary>
    public bool Binds(NamedBody body, string? attention, ImmutableArray<BodyId> before)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Body != default && (Body == body.Id || before.Contains(Body))
            || (Body == default || body.Id == default) && Means(body.Name, Name)
            || Means(attention, Name);
    }

    /// <summary>True when every word of the name stands in the recipient's: "Mr John Testman" is John Testman; two who share a surname are not one.</summary>
    internal static bool Means(string? recipient, string name)
    {
        if (string.IsNullOrWhiteSpace(recipient))
            return false;
        var words = name.Split(Breaks, StringSplitOptions.RemoveEmptyEntries);
        var there = recipient.Split(Breaks, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.All(w => there.Contains(w, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(KeptFrom);
}

/// <summary>
/// How the people of a card stand towards us and others beside who they are: who was proved to speak for them, what they were found able to
/// decide, what is only stored, and from whom they are kept. The gate decides from it.
/// </summary>
public sealed record Standing
{
    /// <summary>Nothing of it.</summary>
    public static Standing None { get; } = new();

    /// <summary>Who speaks for whom, ended ones too.</summary>
    public ImmutableArray<Representative> Representatives { get; init; } = [];
    /// <summary>Assessments, in the order of entry.</summary>
    public ImmutableArray<Competence> Competences { get; init; } = [];
    /// <summary>Restrictions, lifted ones too, in the order of entry.</summary>
    public ImmutableArray<PersonRestriction> Restrictions { get; init; } = [];
    /// <summary>From whom somebody is kept.</summary>
    public ImmutableArray<KeptFrom> KeptFrom { get; init; } = [];

    /// <summary>True while what is this person's is stored and nothing else (Article 18).</summary>
    public bool IsRestricted(PersonId person) => Restrictions.Any(r => r.Person == person && r.Stands);

    /// <summary>The latest assessment of this kind; null when there was none.</summary>
    public Competence? Assessed(PersonId person, CompetenceFor kind) => Competences.Where(c => c.Person == person && c.For == kind).OrderBy(c => c.AssessedOn).LastOrDefault();

    /// <summary>Whether they decide for themselves on a day: as assessed last, else as presumed from 16, the last day on which they can have been born.</summary>
    public bool Decides(PersonId person, CompetenceFor kind, DateOnly? born, DateOnly today) => Assessed(person, kind)?.Able ?? born is { } on && today >= on.AddYears(16);

    /// <summary>
    /// What to ask about a child's competence on a day: at 12 whether it was looked at, at 16 whether what was found before still holds. A prompt
    /// and no more: it opens and closes nothing (field-guide.md section 1.4). Null for nothing.
    /// </summary>
    public string? Prompt(Child child, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (child.Birth.Latest is not { } born || today < born.AddYears(12) || today >= born.AddYears(18))
            return null;
        var last = Assessed(child.Id, CompetenceFor.Permissions)?.AssessedOn;
        return today >= born.AddYears(16)
            ? last is null || last < born.AddYears(16) ? "16 or over: presumed able to decide. Ask them themselves, and record it if they were found unable." : null
            : last is null ? "12 or over: ask whether they can decide for themselves, and record what was found." : null;
    }

    /// <summary>Without what concerns somebody who left the card.</summary>
    internal Standing Without(PersonId person) => new()
    {
        Representatives = Representatives.RemoveAll(r => r.Person == person || r.Who == person),
        Competences = Competences.RemoveAll(c => c.Person == person),
        Restrictions = Restrictions.RemoveAll(r => r.Person == person),
        KeptFrom = KeptFrom.RemoveAll(k => k.Person == person),
    };

    /// <summary>For somebody whose identity goes: words and names about them go, what they asked us to store only stays so.</summary>
    internal Standing Unnamed(PersonId person) => Without(person) with
    {
        Restrictions = [.. Restrictions.Select(r => r.Person == person ? r with { Reason = null, ToldHow = null } : r)],
    };

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Standing);
}
