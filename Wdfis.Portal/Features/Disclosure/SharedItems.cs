using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Families;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>One value of the record that can be ticked: what it is, about whom, and its words with everybody else masked.</summary>
/// <param name="Key">Stays the same while the record does: the field, the person and its place among their values. Never the value.</param>
/// <param name="Item">As the gate sees it.</param>
/// <param name="Label">The name under which it goes out.</param>
/// <param name="Words">The value in words, as it would go out.</param>
/// <param name="Mentioned">Who else is named in it, and was masked.</param>
internal sealed record SharedItem(string Key, DisclosureItem Item, string Label, string Words, ImmutableArray<PersonId> Mentioned)
{
    /// <summary>True for what stands for the family as a whole: an address, a court order.</summary>
    public bool OfFamily { get; init; }

    public override string ToString() => Key;
}

/// <summary>
/// What of a family's card can go out (U2): every value whose field has a name to go out under, one line each, so that each is ticked for
/// itself. What keeps somebody safe has none and is never offered.
/// </summary>
internal static class SharedItems
{
    internal const string Masked = "[another person]";

    /// <summary>Every value that can be ticked, in the order of the card. What stands for the family as a whole is about everybody chosen.</summary>
    public static ImmutableArray<SharedItem> Of(FamilyCard card, IReadOnlyCollection<PersonId> about)
    {
        var items = ImmutableArray.CreateBuilder<SharedItem>();
        var places = new Dictionary<(string, PersonId?), int>();
        foreach (var item in FieldItem.Of(card))
        {
            if (item.Field.OutName is not { } label || item.Field.Class == FieldClass.Safety || item.Field.Class == FieldClass.Working)
                continue;
            if (item.Person is { } person && !about.Contains(person))
                continue;
            var place = places[(item.Field.Id, item.Person)] = places.GetValueOrDefault((item.Field.Id, item.Person)) + 1;
            var decided = DisclosureItem.From(item);
            if (item.Person is null)
                decided = decided with { About = [.. about.OrderBy(id => id.Value)] };
            var (words, mentioned) = Mask(Words(item), card, about);
            items.Add(new SharedItem(string.Create(CultureInfo.InvariantCulture, $"{item.Field.Id}|{item.Person}|{place}"), decided, label, words, mentioned) { OfFamily = item.Person is null });
        }
        return items.ToImmutable();
    }

    /// <summary>The text with the names of everybody on the card who is not among those it is about left out, and who they were.</summary>
    public static (string Text, ImmutableArray<PersonId> Mentioned) Mask(string text, FamilyCard card, IReadOnlyCollection<PersonId> about)
    {
        var mentioned = ImmutableArray.CreateBuilder<PersonId>();
        var kept = card.People.Where(person => about.Contains(person.Id)).SelectMany(person => NamesOf(card, person.Id)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, _) in card.People.Where(person => !about.Contains(person.Id)))
        {
            var before = text;
            // The longest first, so that a whole name becomes one mask; a surname that those it is about share gives nobody away.
            foreach (var name in NamesOf(card, id).Where(name => !kept.Contains(name)).OrderByDescending(name => name.Length))
                text = Replace(text, name);
            if (!ReferenceEquals(before, text) && before != text)
                mentioned.Add(id);
        }
        return (text, mentioned.ToImmutable());
    }

    internal static string Replace(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var end = at + name.Length;
            var whole = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
            if (!whole)
            {
                at = end;
                continue;
            }
            text = string.Concat(text.AsSpan(0, at), Masked, text.AsSpan(end));
            at += Masked.Length;
        }
        return text;
    }

    /// <summary>Whether a text names somebody by this name, as a whole word.</summary>
    internal static bool Says(string text, string name) => Replace(text, name) != text;

    internal static IEnumerable<string> NamesOf(FamilyCard card, PersonId person)
    {
        var (forename, surname, handle, others) = card.FindCarer(person) is { } carer ? (carer.Forename, carer.Surname, carer.Handle, carer.KnownAs)
            : card.FindChild(person) is { } child ? (child.Forename, child.Surname, child.Handle, child.KnownAs) : (null, null, null, []);
        return new[] { forename is not null && surname is not null ? $"{forename} {surname}" : null, forename, surname, handle }
            .Concat(others.Select(other => (string?)other.Name)).OfType<string>().Where(name => name.Length > 1).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A value as it goes out: whoever reads it knows none of our codes.</summary>
    /// <param name="item">The value.</param>
    /// <param name="lists">What codes of enquiries mean; null where there are none.</param>
    internal static string Words(FieldItem item, EnquiryLists? lists = null) => item.Value switch
    {
        DateOnly on => on.Long(),
        DateTimeOffset at => at.Moment(),
        // Who of us it was is no part of it.
        Stamp made => made.On.Long(),
        true => "yes",
        false => "no",
        Birth birth => birth.Match(on => on.Long(), year => year.ToString(CultureInfo.InvariantCulture), due => due is { } on ? $"expected {on.Long()}" : "expected", () => "not known"),
        OtherName name => name.Name,
        RungAgreement agreed => $"{agreed.To.Words()}, {agreed.How.Words()}, {agreed.At.Moment()}",
        Enum choice => Words(choice),
        string code => item.Field.Id switch
        {
            "family.carer.relationship" => FamilyCodes.Relationships.GetValueOrDefault(code, code),
            "family.child.sen-stage" => FamilyCodes.SenStages.GetValueOrDefault(code, code),
            "family.order.kind" => FamilyCodes.Orders.GetValueOrDefault(code, code),
            "family.communication.format" => FamilyCodes.Formats.GetValueOrDefault(code, code),
            "enquiry.topic" when lists is not null => EnquiryLists.LabelOf(lists.Topics, code),
            "enquiry.channel" when lists is not null => EnquiryLists.LabelOf(lists.Channels, code),
            "enquiry.outcome" when lists is not null => EnquiryLists.LabelOf(lists.Outcomes, code),
            "permission.items" or "disclosure.item-scope" => ScopeItems.Find(code)?.Label ?? code,
            "permission.channels" or "disclosure.channel" => PermissionWords.Channels([code]),
            "permission.body-country" => Domain.Recipients.Countries.NameOf(code),
            "disclosure.item" => FieldCatalogue.Find(code)?.OutName ?? "something else",
            "exemption.hook" => ExemptionHooks.Find(code)?.Label ?? code,
            "rights.how" => RightsWords.Ways.GetValueOrDefault(code, code),
            _ => code,
        },
        _ => Convert.ToString(item.Value, CultureInfo.GetCultureInfo("en-GB")) ?? "",
    };

    /// <summary>A choice as it goes out. One whose name is a single plain word needs no other.</summary>
    internal static string Words(Enum choice) => choice switch
    {
        ChildFact fact => fact.Words(),
        Responsibility state => state.Words(),
        OrderEffect effect => effect.Words(),
        ContactKind kind => kind.Words(),
        Source source => source.Words(),
        NoteSource source => source.Words(),
        RepresentativeCapacity capacity => capacity.Words(),
        CompetenceFor kind => kind.Words(),
        RestrictionGround ground => ground.Words(),
        NotToldBecause because => because.Words(),
        ToldWhat what => what.Words(),
        ToldHow how => how.Words(),
        Rung rung => rung.Words(),
        Service service => service.Label(),
        CallerConfirmation how => how switch
        {
            CallerConfirmation.NotConfirmed => "not confirmed",
            CallerConfirmation.SafeWord => "your safe word",
            CallerConfirmation.TwoFacts => "two facts that you gave",
            CallerConfirmation.CallBack => "we rang the number that we hold",
            CallerConfirmation.KnownVoice => "a colleague knew your voice",
        },
        PrivacyAsked asked => asked switch
        {
            PrivacyAsked.NotAsked => "not asked",
            PrivacyAsked.CanTalk => "yes",
            PrivacyAsked.CannotTalk => "not then, or not there",
        },
        GrantCapacity capacity => capacity.Words(),
        GivenHow how => how.Words(),
        PermissionEventKind kind => kind.Words(),
        BodyKind kind => kind.Label(),
        OutwardAct act => act.Words(),
        GroundKind ground => ground.Words(),
        DisclosureAnswer answer => answer.Words(),
        AllowedMark mark => mark.Words(),
        OutcomeKind kind => kind.Words(),
        NoticeKind why => why.Words(),
        FamilyTold told => told.Words(),
        ExemptionKind kind => kind.Words(),
        ExemptionDecision decision => decision == ExemptionDecision.Share ? "to share" : "not to share",
        NoPermissionReason reason => reason.Words(),
        Role role => role.Word(),
        RightKind kind => kind.Words(),
        SearchedPlace place => place.Words(),
        CopyFormat format => format.Words(),
        _ => choice.ToString(),
    };
}
