using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Recipients;

namespace Wdfis.Domain.Consent;

/// <summary>What sort of body it is. Numbers are stored.</summary>
public enum BodyKind
{
    /// <summary>A school.</summary>
    School = 1,
    /// <summary>A nursery or other early-years setting.</summary>
    Nursery = 2,
    /// <summary>A GP practice.</summary>
    Gp = 3,
    /// <summary>One team of the council that has no kind of its own here: an outsider like any other (S3).</summary>
    CouncilTeam = 4,
    /// <summary>Another health body.</summary>
    Health = 5,
    /// <summary>Any other body or person.</summary>
    Other = 6,
    /// <summary>A childminder.</summary>
    Childminder = 7,
    /// <summary>The council's school admissions team.</summary>
    SchoolAdmissions = 8,
    /// <summary>The council's SEN casework team.</summary>
    SenCasework = 9,
    /// <summary>The council's children's social care, its front door included.</summary>
    SocialCare = 10,
    /// <summary>The council's early help.</summary>
    EarlyHelp = 11,
    /// <summary>The council's corporate request desk (S3).</summary>
    CorporateRequests = 12,
    /// <summary>A police force or one of its teams.</summary>
    Police = 13,
    /// <summary>HM Revenue and Customs.</summary>
    Hmrc = 14,
    /// <summary>Ofsted.</summary>
    Ofsted = 15,
    /// <summary>A voluntary body.</summary>
    Voluntary = 16,
    /// <summary>Somebody who works for us under contract: interpreters, IT.</summary>
    Processor = 17,
    /// <summary>One person, for nobody else.</summary>
    Individual = 18,
}

/// <summary>Words of the kinds of body.</summary>
public static class BodyKinds
{
    /// <summary>All kinds, in the order in which they are offered.</summary>
    public static ImmutableArray<BodyKind> All { get; } =
    [
        BodyKind.School, BodyKind.Nursery, BodyKind.Childminder, BodyKind.Gp,
        BodyKind.SchoolAdmissions, BodyKind.SenCasework, BodyKind.SocialCare, BodyKind.EarlyHelp, BodyKind.CorporateRequests, BodyKind.CouncilTeam,
        BodyKind.Health, BodyKind.Police, BodyKind.Hmrc, BodyKind.Ofsted, BodyKind.Voluntary, BodyKind.Processor, BodyKind.Individual, BodyKind.Other,
    ];

    /// <summary>As a summary begins: "School", "Council teams".</summary>
    public static string Label(this BodyKind kind) => kind switch
    {
        BodyKind.School => "School",
        BodyKind.Nursery => "Nursery",
        BodyKind.Childminder => "Childminder",
        BodyKind.Gp => "GP",
        BodyKind.SchoolAdmissions => "School admissions",
        BodyKind.SenCasework => "SEN casework",
        BodyKind.SocialCare => "Children's social care",
        BodyKind.EarlyHelp => "Early help",
        BodyKind.CorporateRequests => "Corporate request desk",
        BodyKind.CouncilTeam => "Council teams",
        BodyKind.Health => "Health",
        BodyKind.Police => "Police",
        BodyKind.Hmrc => "HMRC",
        BodyKind.Ofsted => "Ofsted",
        BodyKind.Voluntary => "Voluntary body",
        BodyKind.Processor => "Under contract",
        BodyKind.Individual => "Individual",
        BodyKind.Other => "Others",
    };

    /// <summary>As one of the kind is called: "School", "A council team".</summary>
    public static string One(this BodyKind kind) => kind switch
    {
        BodyKind.CouncilTeam => "Another council team",
        BodyKind.Health => "Another health body",
        BodyKind.Processor => "Processor under contract",
        BodyKind.Other => "Another body",
        _ => kind.Label(),
    };

    /// <summary>True for the council's own teams: outsiders like any other (S3).</summary>
    public static bool IsCouncil(this BodyKind kind) =>
        kind is BodyKind.CouncilTeam or BodyKind.SchoolAdmissions or BodyKind.SenCasework or BodyKind.SocialCare or BodyKind.EarlyHelp or BodyKind.CorporateRequests;
}

/// <summary>Identifies a body in the directory. <c>default</c>: not in the directory.</summary>
public readonly record struct BodyId(Guid Value)
{
    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>
/// The one body that a permission names (U2, U3): a tick for the council opens no other door, so there are no kinds of
/// permission for "any school". Shows no content, as which school it is may say who the child is.
/// </summary>
public sealed record NamedBody
{
    private NamedBody(BodyId id, BodyKind kind, string name, string country) => (Id, Kind, Name, Country) = (id, kind, name, country);

    /// <summary>Its id in the directory; <c>default</c> while it is known by name only.</summary>
    [Field("permission.body-id")]
    public BodyId Id { get; }
    /// <summary>What sort of body it is.</summary>
    [Field("permission.body-kind")]
    public BodyKind Kind { get; }
    /// <summary>Its name.</summary>
    [Field("permission.body")]
    public string Name { get; }
    /// <summary>Its country, two capital letters of ISO 3166 (D8).</summary>
    [Field("permission.body-country")]
    public string Country { get; }

    /// <summary>Names a body. Refuses an empty name and a country that is not on the list.</summary>
    public static Checked<NamedBody> Create(BodyKind kind, string? name, string country = "GB", BodyId id = default) =>
        Checked<NamedBody>.From(
            [
                Enum.IsDefined(kind) ? null : new Problem(PermissionFields.Body, "Choose what sort of body it is."),
                string.IsNullOrWhiteSpace(name) ? new Problem(PermissionFields.Body, "Name the body: which school, which practice, which team.") : TypedText.Check(PermissionFields.Body, name),
                Countries.IsKnown(country) ? null : new Problem(PermissionFields.Body, "Choose the country from the list: two letters, such as GB."),
            ],
            () => new NamedBody(id, kind, TypedText.Clean(name)!, country));

    /// <summary>Brings a body back from storage.</summary>
    /// <exception cref="ArgumentException">A kind or name that was never there.</exception>
    public static NamedBody Restore(BodyKind kind, string name, string country, BodyId id) =>
        Enum.IsDefined(kind) && !string.IsNullOrEmpty(name) ? new NamedBody(id, kind, name, country) : throw new ArgumentException("A body has a kind and a name.", nameof(name));

    /// <summary>True when both are the same body: by directory id when both have one, else by kind, country and name without regard to case.</summary>
    public bool IsSameAs(NamedBody other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Id != default && other.Id != default
            ? Id == other.Id
            : Kind == other.Kind && Country == other.Country && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(NamedBody);
}
