using System.Collections.Frozen;
using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Disclosure;

/// <summary>How careful the gate is with an item. Ordered: higher is stricter.</summary>
public enum ItemCategory
{
    /// <summary>Says nothing about a family.</summary>
    Nothing = 0,
    /// <summary>About a family, ordinary.</summary>
    Ordinary = 1,
    /// <summary>Special category, or handled as such (SEN, care status, court orders, child protection): named in the words of the permission, or it stays.</summary>
    Special = 2,
    /// <summary>Keeps somebody safe: never goes out in any form.</summary>
    Safety = 3,
}

/// <summary>
/// One ticked item of a disclosure: which field, whom it is about, who else is mentioned in it, and under which items of a permission it
/// falls. The text itself travels beside it and is bound by <see cref="DisclosureRequest.Content"/>. Shows no content.
/// </summary>
public sealed record DisclosureItem
{
    private static readonly FrozenDictionary<string, string> ScopeOf = new Dictionary<string, string>
    {
        ["family.carer.forename"] = "name",
        ["family.carer.surname"] = "name",
        ["family.carer.handle"] = "name",
        ["family.carer.known-as"] = "name",
        ["family.carer.relationship"] = "name",
        ["family.carer.responsibility"] = "family-breakdown",
        ["family.carer.responsibility-evidence"] = "family-breakdown",
        ["family.carer.responsibility-seen-on"] = "family-breakdown",
        ["family.contact.kind"] = "contact-details",
        ["family.contact.value"] = "contact-details",
        ["family.contact.note"] = "contact-details",
        ["family.address.lines"] = "contact-details",
        ["family.address.postcode"] = "contact-details",
        ["family.communication.language"] = "contact-details",
        ["family.communication.interpreter"] = "contact-details",
        ["family.communication.format"] = "health",
        ["family.child.forename"] = "child-name",
        ["family.child.surname"] = "child-name",
        ["family.child.handle"] = "child-name",
        ["family.child.known-as"] = "child-name",
        ["family.child.birth"] = "child-birth-date",
        ["family.child.setting"] = "setting",
        ["family.child.sen-stage"] = "sen",
        ["family.order.kind"] = "family-breakdown",
        ["family.order.made-on"] = "family-breakdown",
        ["family.order.on-contact"] = "family-breakdown",
        ["family.order.on-sharing"] = "family-breakdown",
        ["family.order.words"] = "family-breakdown",
        ["family.order.ends-on"] = "family-breakdown",
        ["enquiry.service"] = "helped",
        ["enquiry.topic"] = "topic",
        ["enquiry.came-from"] = "contact-details",
        ["enquiry.requirement"] = "request",
        ["enquiry.response"] = "advice",
        ["enquiry.outcome"] = "advice",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The field: one of the catalogue. A text written for this disclosure is <see cref="DisclosureFields.Text"/>.</summary>
    [Field("disclosure.item")]
    public required string FieldId { get; init; }
    /// <summary>Whom it is about: each has to agree, or a holder of authority for them.</summary>
    public ImmutableArray<PersonId> About { get; init; } = [];
    /// <summary>Who else is named in it: masked.</summary>
    public ImmutableArray<PersonId> Mentions { get; init; } = [];
    /// <summary>Codes of <see cref="ScopeItems"/> under which it falls, each of which the permission has to name; a text about two things has two.</summary>
    [Field("disclosure.item-scope")]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The item for a value of a record, with the scope that its field has; add what its words say besides.</summary>
    public static DisclosureItem From(FieldItem item, params ImmutableArray<string> alsoSays)
    {
        ArgumentNullException.ThrowIfNull(item);
        string? scope = item.Value switch
        {
            ChildFact.Disability => "health",
            ChildFact.LookedAfter or ChildFact.InNeed or ChildFact.ProtectionPlan or ChildFact.YoungCarer => "social-care",
            _ => ScopeOf.GetValueOrDefault(item.Field.Id),
        };
        return new()
        {
            FieldId = item.Field.Id,
            About = item.Person is { } person ? [person] : [],
            Scopes = [.. (scope is null ? alsoSays : alsoSays.Add(scope)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>An item of a permission's own list, about somebody: what a contact says ("name", "helped"), or a text under that heading.</summary>
    public static DisclosureItem Of(string scope, params ImmutableArray<PersonId> about) => new() { FieldId = DisclosureFields.Text, About = about, Scopes = [scope] };

    /// <summary>A text that says nothing about a family.</summary>
    public static DisclosureItem NoFamilyFact { get; } = new() { FieldId = DisclosureFields.Question };

    /// <summary>How careful to be: the stricter of its field's class and of its scopes; a field that the catalogue does not know is as strict as safety.</summary>
    public ItemCategory Category
    {
        get
        {
            if (FieldCatalogue.Find(FieldId) is not { } line)
                return ItemCategory.Safety;
            var category = line.Class switch
            {
                FieldClass.Working => About.IsEmpty && Scopes.IsEmpty ? ItemCategory.Nothing : ItemCategory.Ordinary,
                FieldClass.Personal => ItemCategory.Ordinary,
                FieldClass.AsSpecial or FieldClass.Special => ItemCategory.Special,
                FieldClass.Safety => ItemCategory.Safety,
            };
            foreach (var scope in Scopes)
            {
                // A scope that is gone from the list is taken for a special one.
                if (category < ItemCategory.Special && ScopeItems.Find(scope)?.SpecialCategory != false)
                    category = ItemCategory.Special;
            }
            return category == ItemCategory.Nothing && !Mentions.IsEmpty ? ItemCategory.Ordinary : category;
        }
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(DisclosureItem);
}
