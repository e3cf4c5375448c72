using System.Collections.Frozen;
using System.Collections.Immutable;
using P = Wdfis.Domain.Confidentiality.Purpose;

namespace Wdfis.Domain.Confidentiality;

/// <summary>How much harm a field could do in the wrong hands (field-guide.md section 6).</summary>
public enum FieldClass
{
    /// <summary>About our own work: says nothing about a person by itself.</summary>
    Working = 1,
    /// <summary>Personal.</summary>
    Personal = 2,
    /// <summary>Not on the law's list, handled as if it were: special educational needs, court orders, care status.</summary>
    AsSpecial = 3,
    /// <summary>Special category (Article 9).</summary>
    Special = 4,
    /// <summary>Keeps somebody safe: never goes out in any form.</summary>
    Safety = 5,
}

/// <summary>Whom a field is about; decides whose permission it needs and what is masked for others.</summary>
public enum AboutWhom
{
    /// <summary>The adult whose record it stands in.</summary>
    Person = 1,
    /// <summary>The child.</summary>
    Child = 2,
    /// <summary>Somebody else, or several people at once.</summary>
    Other = 3,
    /// <summary>Our own service.</summary>
    Service = 4,
}

/// <summary>One field of one kind of record, as forms, the purpose check, disclosures, packs, masking and the inventory know it.</summary>
/// <param name="Id">Its id; stored and used in addresses of problems: never rename one.</param>
/// <param name="Label">Its label on forms.</param>
/// <param name="Class">How much harm it could do.</param>
/// <param name="About">Whom it is about.</param>
/// <param name="Purposes">The purposes that may ask for it and record it (D3). Reading what is held is another matter: the access decision.</param>
/// <param name="OutName">The name under which it goes out; null when it never does.</param>
public sealed record CatalogueField(string Id, string Label, FieldClass Class, AboutWhom About, ImmutableSortedSet<P> Purposes, string? OutName)
{
    /// <summary>The marking of a page that shows it.</summary>
    public Marking Marking => Class switch
    {
        FieldClass.Working or FieldClass.Personal => Marking.Official,
        FieldClass.AsSpecial or FieldClass.Special or FieldClass.Safety => Marking.Sensitive,
    };
}

/// <summary>Says which field of the catalogue a member of a record is. A stored content member without it fails the build's tests.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string id) : Attribute
{
    /// <summary>The field's id in <see cref="FieldCatalogue"/>.</summary>
    public string Id { get; } = id;
}

/// <summary>
/// The one catalogue of every field of every kind of record (D1, D2, D3): what is not in it is not kept. To add a field, add a line here
/// and name it at the record's member with <see cref="FieldAttribute"/>.
/// </summary>
public static partial class FieldCatalogue
{
    private static readonly ImmutableSortedSet<P> Always = [P.GiveInformation, P.Advise, P.CaseWork, P.Share, P.Contact, P.RightsRequest, P.Safeguarding, P.Complaint, P.RetentionReview, P.QualityReview, P.Breach];
    private static readonly ImmutableSortedSet<P> ToReach = [P.GiveInformation, P.Advise, P.CaseWork, P.Share, P.Contact, P.RightsRequest, P.Safeguarding, P.Complaint, P.Breach];
    private static readonly ImmutableSortedSet<P> ToAdvise = [P.Advise, P.CaseWork, P.Share, P.Contact, P.RightsRequest, P.Safeguarding, P.Complaint];
    private static readonly ImmutableSortedSet<P> ToJudge = [P.Advise, P.CaseWork, P.Share, P.RightsRequest, P.Safeguarding];

    private static readonly FrozenDictionary<string, CatalogueField> ById = Lines().ToFrozenDictionary(f => f.Id, StringComparer.Ordinal);

    /// <summary>Every field, in the order of their ids.</summary>
    public static ImmutableArray<CatalogueField> All { get; } = [.. ById.Values.OrderBy(f => f.Id, StringComparer.Ordinal)];

    /// <summary>The field of this id.</summary>
    /// <exception cref="KeyNotFoundException">There is none: it may neither be asked nor kept.</exception>
    public static CatalogueField Get(string fieldId) => ById.TryGetValue(fieldId, out var field) ? field : throw new KeyNotFoundException($"The field catalogue has no {fieldId}.");

    /// <summary>The field of this id; null when there is none.</summary>
    public static CatalogueField? Find(string fieldId) => ById.GetValueOrDefault(fieldId);

    /// <summary>True when the field may be asked for and recorded for this purpose (D3). An unknown field or purpose never is.</summary>
    public static bool Permits(string fieldId, P purpose) => ById.TryGetValue(fieldId, out var field) && field.Purposes.Contains(purpose);

    /// <summary>One problem for each field that the purpose does not permit; the fields are named once each.</summary>
    public static IReadOnlyList<Problem> Refuse(P purpose, IEnumerable<string> fieldIds)
    {
        ArgumentNullException.ThrowIfNull(fieldIds);
        return [.. fieldIds.Distinct(StringComparer.Ordinal).Where(id => !Permits(id, purpose)).Select(id => new Problem(id,
            ById.TryGetValue(id, out var field)
                ? $"{field.Label} is not needed to {Words(purpose)}, so it is not recorded. Leave it out, or choose the purpose that needs it."
                : "This is not a field that we keep. Leave it out."))];
    }

    private static string Words(P purpose) => purpose switch
    {
        P.Unknown => "work without a purpose",
        P.GiveInformation => "give information",
        P.Advise => "advise",
        P.CaseWork => "do case work",
        P.Share => "share information",
        P.Contact => "contact a body",
        P.RightsRequest => "answer a rights request",
        P.Safeguarding => "safeguard",
        P.Complaint => "look into a complaint",
        P.RetentionReview => "review retention",
        P.QualityReview => "review quality",
        P.Breach => "handle a breach",
        P.Statistics => "count",
        _ => "work without a purpose",
    };

    private static CatalogueField F(string id, string label, FieldClass fieldClass, AboutWhom about, ImmutableSortedSet<P> purposes, string? outName = null) =>
        new(id, label, fieldClass, about, purposes, outName);

    // Given beside any act: kept by itself, sealed in the unit that it concerns.
    private static IEnumerable<CatalogueField> ReasonLines() => [F("reason.text", "Why it was done", FieldClass.Personal, AboutWhom.Other, Always, "Why we did it")];

    private static IEnumerable<CatalogueField> Lines() => [.. FamilyLines(), .. EnquiryLines(), .. PermissionLines(), .. AnonymisationLines(), .. RecipientLines(), .. HandlingLines(), .. HoldLines(), .. ScheduleLines(), .. DisposalLines(), .. DisclosureLines(), .. RightsLines(), .. PolicyLines(), .. BreachLines(), .. CuriosityLines(), .. ReasonLines()];
}
