using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>The directory of recipients: bodies and people outside. About families it holds nothing.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> RecipientLines() =>
    [
        F("recipient.id", "Number in the directory", Working, AboutWhom.Service, Always),
        F("recipient.kind", "Sort of body", Working, AboutWhom.Other, Always, "Sort of body"),
        F("recipient.name", "Name", Personal, AboutWhom.Other, Always, "Name"),
        F("recipient.country", "Country", Working, AboutWhom.Other, Always, "Country"),
        F("recipient.ask-for", "Role to ask for", Working, AboutWhom.Other, Always, "Role to ask for"),
        F("recipient.head", "Head", Personal, AboutWhom.Other, Always, "Head"),
        F("recipient.sort", "Which sort exactly", Working, AboutWhom.Other, Always, "Which sort exactly"),
        F("recipient.urgent", "First in an emergency", Working, AboutWhom.Service, Always),
        F("recipient.urn", "Number in the schools register", Working, AboutWhom.Other, Always, "Number in the schools register"),
        F("recipient.contract-until", "Contract until", Working, AboutWhom.Service, Always),
        F("recipient.contract-for", "Contract for", Working, AboutWhom.Service, Always),
        F("recipient.contact-way", "Way to reach it", Working, AboutWhom.Other, Always, "Way"),
        F("recipient.contact", "Contact point", Personal, AboutWhom.Other, Always, "Contact point"),
        F("recipient.contact-note", "What the contact point is for", Working, AboutWhom.Other, Always, "What it is for"),
        F("recipient.contact-registered", "From the schools register", Working, AboutWhom.Service, Always),
        F("recipient.contact-checked", "Contact point checked on", Working, AboutWhom.Service, Always, "Checked on"),
        F("recipient.end", "Closed or merged", Working, AboutWhom.Other, Always, "Closed or merged"),
        F("recipient.ended-on", "Closed or merged on", Working, AboutWhom.Other, Always, "Since"),
        F("recipient.successor", "Successor", Working, AboutWhom.Other, Always),
    ];
}
