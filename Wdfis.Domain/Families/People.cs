using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Families;

/// <summary>From whom we have an item (D1). Numbers are stored: never reuse one.</summary>
public enum Source
{
    /// <summary>The person themselves.</summary>
    Themselves = 1,
    /// <summary>Another family member.</summary>
    FamilyMember = 2,
    /// <summary>A professional.</summary>
    Professional = 3,
    /// <summary>A record.</summary>
    Record = 4,
}

/// <summary>The kind of another name. Numbers are stored: never reuse one.</summary>
public enum OtherNameKind
{
    /// <summary>Any other.</summary>
    Other = 1,
    /// <summary>Before marriage.</summary>
    Maiden = 2,
    /// <summary>The same name written in other letters.</summary>
    Transliterated = 3,
    /// <summary>Used before.</summary>
    Former = 4,
}

/// <summary>Another name that somebody is known by; found by search like the first.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">Of what kind.</param>
public sealed record OtherName(string Name, OtherNameKind Kind)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(OtherName);
}

/// <summary>The kind of a contact point. Numbers are stored: never reuse one.</summary>
public enum ContactKind
{
    /// <summary>Mobile telephone.</summary>
    Mobile = 1,
    /// <summary>Telephone at a place.</summary>
    Landline = 2,
    /// <summary>E-mail.</summary>
    Email = 3,
    /// <summary>A postal address.</summary>
    Post = 4,
    /// <summary>Any other, described in the note.</summary>
    Other = 5,
}

/// <summary>One way to reach a carer. That we hold it does not make it safe: <see cref="SafeContact.MayContact"/> decides.</summary>
public sealed record ContactPoint
{
    /// <summary>Its kind.</summary>
    [Field("family.contact.kind")]
    public required ContactKind Kind { get; init; }
    /// <summary>The number or address, as typed.</summary>
    [Field("family.contact.value")]
    public required string Value { get; init; }
    /// <summary>A note: whose it is, when to use it.</summary>
    [Field("family.contact.note")]
    public string? Note { get; init; }
    /// <summary>True when it is somebody else's, or shared: stays "no" until agreed.</summary>
    [Field("family.contact.somebody-elses")]
    public bool SomebodyElses { get; init; }
    /// <summary>True when they told us that it is not safe: never used, never shown in what goes out.</summary>
    [Field("family.contact.unsafe")]
    public bool Unsafe { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(ContactPoint);
}

/// <summary>Whether somebody holds parental responsibility (field-guide.md 1.4). Numbers are stored: never reuse one. Only Yes is authority.</summary>
public enum Responsibility
{
    /// <summary>Nobody has said.</summary>
    Unknown = 0,
    /// <summary>They hold it.</summary>
    Yes = 1,
    /// <summary>They do not.</summary>
    No = 2,
    /// <summary>They share it with the council under a care order.</summary>
    SharedWithCouncil = 3,
    /// <summary>They hold it, and an order restricts its use.</summary>
    RestrictedByOrder = 4,
}

/// <summary>One carer's parental responsibility, for one child or for every child on the card, and what we saw of it.</summary>
public sealed record ParentalResponsibility
{
    /// <summary>For which child; null for each that has no line of its own.</summary>
    public PersonId? Child { get; init; }
    /// <summary>Whether they hold it.</summary>
    [Field("family.carer.responsibility")]
    public required Responsibility State { get; init; }
    /// <summary>What we saw (birth certificate, order); null when we were told only.</summary>
    [Field("family.carer.responsibility-evidence")]
    public string? EvidenceSeen { get; init; }
    /// <summary>The day on which we saw it, London; null when nothing was seen.</summary>
    [Field("family.carer.responsibility-seen-on")]
    public DateOnly? SeenOn { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(ParentalResponsibility);
}

/// <summary>A parent, carer or young person for whom the card is kept. "Parent" covers carers. Nothing but the id and the ladder is compulsory (D3).</summary>
public sealed record Carer
{
    /// <summary>Who, inside this family.</summary>
    public required PersonId Id { get; init; }
    /// <summary>How much they let us know (C2). Below <see cref="Rung.Named"/> there are no names; at <see cref="Rung.Anonymous"/> no handle and no way to reach them.</summary>
    public required Ladder Ladder { get; init; }
    /// <summary>Forename.</summary>
    [Field("family.carer.forename")]
    public string? Forename { get; init; }
    /// <summary>Surname.</summary>
    [Field("family.carer.surname")]
    public string? Surname { get; init; }
    /// <summary>The name that they chose instead of their own.</summary>
    [Field("family.carer.handle")]
    public string? Handle { get; init; }
    /// <summary>Maiden, transliterated and former names.</summary>
    [Field("family.carer.known-as")]
    public ImmutableArray<OtherName> KnownAs { get; init; } = [];
    /// <summary>Birth, where it is needed to tell two people apart or for a young person.</summary>
    [Field("family.carer.birth")]
    public Birth Birth { get; init; } = Birth.NotKnown;
    /// <summary>Relationship to the children, a code of <see cref="FamilyCodes.Relationships"/>.</summary>
    [Field("family.carer.relationship")]
    public string? Relationship { get; init; }
    /// <summary>Ways to reach them.</summary>
    public ImmutableArray<ContactPoint> Contacts { get; init; } = [];
    /// <summary>Parental responsibility: at most one line for each child and one for all others.</summary>
    public ImmutableArray<ParentalResponsibility> Responsibilities { get; init; } = [];
    /// <summary>From whom we have it. <see cref="Source.Themselves"/> says that they have been in contact and are to be told of the policy.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Carer);
}

/// <summary>What is held about a child beyond the ordinary, only where the purpose needs it. Numbers are stored: never reuse one.</summary>
public enum ChildFact
{
    /// <summary>A disability.</summary>
    Disability = 1,
    /// <summary>Looked after by a council.</summary>
    LookedAfter = 2,
    /// <summary>Child in need.</summary>
    InNeed = 3,
    /// <summary>Child-protection plan.</summary>
    ProtectionPlan = 4,
    /// <summary>Young carer.</summary>
    YoungCarer = 5,
}

/// <summary>A child of the family, born or expected. Nothing but the id and the ladder is compulsory (D3).</summary>
public sealed record Child
{
    /// <summary>Who, inside this family.</summary>
    public required PersonId Id { get; init; }
    /// <summary>How much the family lets us know (C2).</summary>
    public required Ladder Ladder { get; init; }
    /// <summary>Forename.</summary>
    [Field("family.child.forename")]
    public string? Forename { get; init; }
    /// <summary>Surname, where it is another than the carer's or known.</summary>
    [Field("family.child.surname")]
    public string? Surname { get; init; }
    /// <summary>A name chosen instead of their own.</summary>
    [Field("family.child.handle")]
    public string? Handle { get; init; }
    /// <summary>Other names.</summary>
    [Field("family.child.known-as")]
    public ImmutableArray<OtherName> KnownAs { get; init; } = [];
    /// <summary>Date or year of birth, expected, or unknown.</summary>
    [Field("family.child.birth")]
    public Birth Birth { get; init; } = Birth.NotKnown;
    /// <summary>School, nursery or childminder.</summary>
    [Field("family.child.setting")]
    public string? Setting { get; init; }
    /// <summary>Stage of special educational needs, a code of <see cref="FamilyCodes.SenStages"/>.</summary>
    [Field("family.child.sen-stage")]
    public string? SenStage { get; init; }
    /// <summary>Facts beyond the ordinary, each once.</summary>
    [Field("family.child.fact")]
    public ImmutableArray<ChildFact> Facts { get; init; } = [];
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Child);
}

/// <summary>What an order does to contact or to sharing. Numbers are stored: never reuse one. Unknown binds as the strictest does.</summary>
public enum OrderEffect
{
    /// <summary>Nobody has read it for this.</summary>
    Unknown = 0,
    /// <summary>Nothing.</summary>
    None = 1,
    /// <summary>Limits it; the words say how.</summary>
    Limits = 2,
    /// <summary>Forbids it.</summary>
    Forbids = 3,
}

/// <summary>An order of a court that binds somebody on the card (field-guide.md 1.4).</summary>
public sealed record CourtOrder
{
    /// <summary>Its kind, a code of <see cref="FamilyCodes.Orders"/>.</summary>
    [Field("family.order.kind")]
    public required string Kind { get; init; }
    /// <summary>The day on which it was made, London; null when we were not told.</summary>
    [Field("family.order.made-on")]
    public DateOnly? MadeOn { get; init; }
    /// <summary>Whom it binds; all are on the card.</summary>
    public ImmutableArray<PersonId> Binds { get; init; } = [];
    /// <summary>What it does to contact.</summary>
    [Field("family.order.on-contact")]
    public OrderEffect OnContact { get; init; }
    /// <summary>What it does to sharing.</summary>
    [Field("family.order.on-sharing")]
    public OrderEffect OnSharing { get; init; }
    /// <summary>Its effect in words.</summary>
    [Field("family.order.words")]
    public string? Words { get; init; }
    /// <summary>The day on which we saw a copy, London; null when we did not.</summary>
    [Field("family.order.copy-seen-on")]
    public DateOnly? CopySeenOn { get; init; }
    /// <summary>Its last day, included, London; null while it is open.</summary>
    [Field("family.order.ends-on")]
    public DateOnly? EndsOn { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>True on every day from the making to the last, both included; an unknown beginning counts as begun.</summary>
    public bool InForceOn(DateOnly day) => (MadeOn is not { } made || made <= day) && (EndsOn is not { } ends || day <= ends);

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(CourtOrder);
}

/// <summary>Where the family lives.</summary>
public sealed record Address
{
    /// <summary>House, street and town, one to a line.</summary>
    [Field("family.address.lines")]
    public string? Lines { get; init; }
    /// <summary>Postcode, as typed.</summary>
    [Field("family.address.postcode")]
    public string? Postcode { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Address);
}

/// <summary>In which languages and formats the family wants to be spoken and written to.</summary>
public sealed record Communication
{
    /// <summary>Languages, the preferred first.</summary>
    [Field("family.communication.language")]
    public ImmutableArray<string> Languages { get; init; } = [];
    /// <summary>The interpreter needed, in words ("Polish, by telephone", "British Sign Language"); null for none.</summary>
    [Field("family.communication.interpreter")]
    public string? Interpreter { get; init; }
    /// <summary>Accessible formats, codes of <see cref="FamilyCodes.Formats"/>.</summary>
    [Field("family.communication.format")]
    public ImmutableArray<string> Formats { get; init; } = [];
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Communication);
}

/// <summary>The codes that a card may hold, with their words. Codes are stored: never rename one; a code that is gone from the list still reads.</summary>
public static class FamilyCodes
{
    /// <summary>Relationships of a carer to the children.</summary>
    public static ImmutableDictionary<string, string> Relationships { get; } = Codes(
        ("mother", "Mother"), ("father", "Father"), ("parent", "Parent"), ("step-parent", "Step-parent"), ("grandparent", "Grandparent"),
        ("adoptive-parent", "Adoptive parent"), ("foster-carer", "Foster carer"), ("special-guardian", "Special guardian"),
        ("relative", "Another relative"), ("young-person", "The young person"), ("expecting", "Expecting a child"), ("other", "Other"));

    /// <summary>Stages of special educational needs.</summary>
    public static ImmutableDictionary<string, string> SenStages { get; } = Codes(
        ("none", "None"), ("worried", "Worried, nothing in place"), ("sen-support", "SEN support"), ("ehc-requested", "EHC assessment requested"),
        ("ehc-assessment", "EHC assessment"), ("ehc-refused", "EHC assessment or plan refused"), ("ehc-plan", "EHC plan"));

    /// <summary>Kinds of court orders.</summary>
    public static ImmutableDictionary<string, string> Orders { get; } = Codes(
        ("child-arrangements", "Child arrangements"), ("prohibited-steps", "Prohibited steps"), ("specific-issue", "Specific issue"),
        ("parental-responsibility", "Parental responsibility"), ("special-guardianship", "Special guardianship"), ("care", "Care order"),
        ("interim-care", "Interim care order"), ("supervision", "Supervision order"), ("emergency-protection", "Emergency protection"),
        ("non-molestation", "Non-molestation"), ("occupation", "Occupation"), ("adoption", "Adoption or placement"), ("other", "Other order"));

    /// <summary>Accessible formats.</summary>
    public static ImmutableDictionary<string, string> Formats { get; } = Codes(
        ("large-print", "Large print"), ("easy-read", "Easy read"), ("braille", "Braille"), ("audio", "Audio"), ("plain-text", "Plain text by e-mail"),
        ("bsl", "British Sign Language"), ("coloured-paper", "Coloured paper"), ("text-relay", "Text relay"));

    private static ImmutableDictionary<string, string> Codes(params (string Code, string Words)[] codes) =>
        codes.ToImmutableDictionary(c => c.Code, c => c.Words, StringComparer.Ordinal);
}
