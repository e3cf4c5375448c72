using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;

namespace Wdfis.Portal.Features.Rights;

/// <summary>One value that is held, as it bears on one person's request. Content: shows nothing of itself.</summary>
/// <param name="Key">The unit, the field, its place, and a hash of the words: a changed text is another item.</param>
/// <param name="Unit">The record that it stands in.</param>
/// <param name="Label">The name under which it goes out.</param>
/// <param name="Words">As held.</param>
/// <param name="Without">With everybody else masked.</param>
/// <param name="About">Whom it is about, by name; empty for our own handling of it.</param>
/// <param name="Theirs">True when it is about them at all.</param>
/// <param name="Decides">True when it waits for a decision: it is about somebody else too, or telling could do harm.</param>
public sealed record PackItem(string Key, UnitId Unit, string Label, string Words, string Without, ImmutableArray<string> About, bool Theirs, bool Decides)
{
    /// <summary>What was decided; null where nothing has to be, or nothing was yet.</summary>
    public ItemDecision? Decision { get; init; }

    /// <summary>True while it is masked because nobody decided.</summary>
    public bool Waits => Theirs && Decides && Decision is null;

    /// <summary>As it goes out; null where it does not, and nothing shows that it does not.</summary>
    public string? Shown => !Theirs || Waits ? null
        : Decision is not { } decided ? Words
        : decided.Verdict switch
        {
            ItemVerdict.WithoutThem => decided.Instead ?? Without,
            ItemVerdict.Agreed or ItemVerdict.Reasonable => Words,
            ItemVerdict.Withheld => PackExemption.Find(decided.Exemption) is { Says: true } exemption ? $"[Left out: {char.ToLowerInvariant(exemption.Words[0])}{exemption.Words[1..]}]" : null,
        };

    public override string ToString() => Key;
}

/// <summary>What a record says, and of whom, for one person's request.</summary>
internal static class PackItems
{
    /// <summary>
    /// Every value of a record that has a name to go out under, tagged with whom it is about: the person in whose part it stands, else
    /// whoever the record is about, and everybody who is named in it or whose number or address it holds. What keeps somebody safe never
    /// goes into any copy.
    /// </summary>
    public static IEnumerable<PackItem> Of(UnitId unit, object record, RightsSubject subject, PersonId receiver, FamilyCard? card, EnquiryLists lists)
    {
        var (people, primary, guarded) = Principals(record, subject, receiver, card);
        var places = new Dictionary<(string, PersonId?), int>();
        var theirNames = card is null ? [] : SharedItems.NamesOf(card, subject.Person).ToArray();
        var elses = card?.Carers.SelectMany(carer => carer.Contacts).Where(contact => contact.SomebodyElses).Select(contact => contact.Value).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var item in FieldItem.Of(record))
        {
            if (item.Field.OutName is not { } label || item.Field.Class == FieldClass.Safety)
                continue;
            var place = places[(item.Field.Id, item.Person)] = places.GetValueOrDefault((item.Field.Id, item.Person)) + 1;
            var words = item.Value is PersonId named ? NameOf(card, named) : SharedItems.Words(item, lists);
            var (without, mentioned) = item.Value is PersonId one && one != subject.Person ? (SharedItems.Masked, ImmutableArray.Create(one)) : Masked(words, subject, card);
            ImmutableArray<PersonId> about = item.Person is { } person ? [person]
                : item.Field.Class == FieldClass.Working || item.Field.About == AboutWhom.Service ? []
                : item.Field.About == AboutWhom.Person && primary is { } first ? [first]
                : people;
            var namesThem = item.Value is string && theirNames.Any(name => SharedItems.Says(words, name));
            var theirs = about.Contains(subject.Person) || about.IsEmpty && people.Contains(subject.Person) || namesThem;
            var others = about.Concat(mentioned).Where(other => other != subject.Person).Distinct().ToArray();
            ImmutableArray<PersonId> all = namesThem && !about.Contains(subject.Person) ? about.Add(subject.Person) : about;
            yield return new PackItem(
                string.Create(CultureInfo.InvariantCulture, $"{unit}|{item.Field.Id}|{item.Person}|{place}|{DisclosureText.Hash(words)[..12]}"), unit, label, words, without,
                [.. all.Concat(mentioned).Distinct().Select(other => NameOf(card, other))], theirs, guarded || others.Length > 0 || elses.Contains(words));
        }
    }

    // Names, and every number and address of somebody else: a father's address in a note is his, whoever wrote it down.
    private static (string Text, ImmutableArray<PersonId> Mentioned) Masked(string text, RightsSubject subject, FamilyCard? card)
    {
        if (card is null)
            return (text, []);
        var (masked, mentioned) = SharedItems.Mask(text, card, [subject.Person]);
        var own = card.FindCarer(subject.Person)?.Contacts.Select(contact => contact.Value).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var carer in card.Carers.Where(carer => carer.Id != subject.Person))
        {
            foreach (var contact in carer.Contacts.Where(contact => contact.Value.Length > 4 && !own.Contains(contact.Value)))
            {
                var before = masked;
                masked = SharedItems.Replace(masked, contact.Value);
                if (masked != before && !mentioned.Contains(carer.Id))
                    mentioned = mentioned.Add(carer.Id);
            }
        }
        return (masked, mentioned);
    }

    // Whom a record is about, who speaks in it, and whether telling of it at all is decided item by item.
    private static (ImmutableArray<PersonId> People, PersonId? Primary, bool Guarded) Principals(object record, RightsSubject subject, PersonId receiver, FamilyCard? card) => record switch
    {
        FamilyCard family => ([.. family.People.Select(one => one.Id)], null, false),
        // Of an enquiry with a note that a child gave in confidence, everything is decided item by item, but for that child.
        Enquiry enquiry => ([.. enquiry.About.Prepend(enquiry.Caller.Person).Distinct()], enquiry.Caller.Person,
            enquiry.Notes.Any(note => note.Confidence) && !(enquiry.About.Append(enquiry.Caller.Person).Distinct().Where(one => card?.FindChild(one) is not null).ToArray() is [var only] && only == receiver)),
        Permission permission => (permission.Terms.About, permission.LastGrant?.By, false),
        DisclosureRecord disclosure => (disclosure.About, null, !Statement.Shows(subject.Person, disclosure) || disclosure.ConfidenceOf is { } child && child != receiver),
        AuthorityFinding finding => ([finding.Child, finding.Prevails], null, true),
        RightsRequest request when request.About.Where(one => one.Unit == subject.Unit).Select(one => one.Person).ToImmutableArray() is var asked && (card is null || asked.All(person => card.People.Any(one => one.Id == person))) => (asked, null, false),
        // Why somebody was not told may warn them, or give away who came to us.
        HeardOf heard => ([heard.Person], heard.Person, true),
        // What was asked about them, an exemption, a request that names nobody of the card any more, and whatever comes later: about everybody of the family, and never told by itself.
        _ => (card is null ? [subject.Person] : [.. card.People.Select(one => one.Id)], null, true),
    };

    private static string NameOf(FamilyCard? card, PersonId person) => card is not null && card.People.Any(one => one.Id == person) ? FamilyWords.NameOf(card, person) : "somebody who is not on the card";
}
