using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>What of a family card can be searched. Never: names not to be disclosed to, safe words, health, orders.</summary>
internal static class SearchCards
{
    /// <summary>
    /// The search card of a family. Anonymous persons are left out and found by their reference alone (C2); where they live is left out
    /// when it has to be kept from somebody (field-guide.md section 7: a safe address is hidden from every search).
    /// </summary>
    internal static SearchCard From(FamilyCard card, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(envelope);
        var people = new List<SearchPerson>(card.Carers.Length + card.Children.Length);
        var telephones = new List<string>();
        var emails = new List<string>();
        var references = new List<string>();
        string? label = null;
        foreach (var carer in card.Carers)
        {
            AddReference(carer.Ladder);
            if (Person(carer.Id, carer.Ladder, isChild: false, carer.Forename, carer.Surname, carer.Handle, carer.KnownAs, carer.Birth) is not { } person)
                continue;
            people.Add(person);
            label ??= Label(person);
            foreach (var point in carer.Contacts)
            {
                if (TelephoneNumber.TryParse(point.Value, out var number))
                    Add(telephones, number.Digits);
                else if (EmailAddress.TryParse(point.Value, out var address))
                    Add(emails, address.Canonical);
            }
        }
        foreach (var child in card.Children)
        {
            AddReference(child.Ladder);
            if (Person(child.Id, child.Ladder, isChild: true, child.Forename, child.Surname, child.Handle, child.KnownAs, child.Birth) is { } person)
                people.Add(person);
        }
        var hideHome = card.SafeContact?.Danger == true || card.NeverTold.Any();
        return new SearchCard
        {
            Family = envelope.Id,
            Version = envelope.Version,
            People = people,
            Postcode = !hideHome && Postcode.TryParse(card.Address?.Postcode, out var postcode) ? postcode.Canonical : null,
            District = hideHome ? null : card.District,
            Telephones = telephones,
            Emails = emails,
            References = references,
            SpecialHandling = envelope.SpecialHandling,
            SafetyWarning = card.SafeContact?.Summary,
            CarerLabel = label ?? people.Select(Label).FirstOrDefault(static one => one is not null) ?? references.FirstOrDefault() ?? "No name given",
            ChildCount = card.Children.Length,
            LastContactOn = envelope.TouchedOn,
        };

        void AddReference(Ladder ladder)
        {
            if (!ladder.Reference.IsEmpty)
                Add(references, ladder.Reference.Format());
        }
    }

    private static SearchPerson? Person(PersonId id, Ladder ladder, bool isChild, string? forename, string? surname, string? handle, IReadOnlyList<OtherName> others, Birth birth)
    {
        if (ladder.Rung == Rung.Anonymous)
            return null;
        if (ladder.Rung == Rung.Handle)
            return new SearchPerson { Id = id, IsChild = isChild, Handle = handle };
        return new SearchPerson
        {
            Id = id,
            IsChild = isChild,
            Forename = forename,
            Surname = surname,
            // An adult who gave a first name only is found by it, as somebody with a chosen name is.
            Handle = isChild || surname is not null ? null : forename,
            OtherNames = others.Count == 0 ? [] : [.. others.Select(static other => other.Name)],
            BornOn = birth.Match(static on => (DateOnly?)on, static _ => null, static _ => null, static () => null),
            BornYear = birth.Match(static _ => (int?)null, static year => year, static _ => null, static () => null),
        };
    }

    private static string? Label(SearchPerson person) => (person.Surname, person.Forename) switch
    {
        ({ } surname, { } forename) => $"{surname}, {forename}",
        ({ } surname, null) => surname,
        (null, { } forename) => forename,
        (null, null) => person.Handle,
    };

    private static void Add(List<string> to, string text)
    {
        if (!to.Contains(text))
            to.Add(text);
    }
}
