using static Wdfis.Domain.Confidentiality.AboutWhom;
using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Enquiries, and somebody asking about a person.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> EnquiryLines() =>
    [
        F("enquiry.service", "Service", Working, AboutWhom.Service, Always, "Service"),
        F("enquiry.channel", "Channel", Working, Person, Always, "How you reached us"),
        F("enquiry.topic", "Topic", Working, Person, Always, "Topic"),
        F("enquiry.requirement", "What they need", Personal, Other, Always, "What you asked"),
        F("enquiry.response", "What we answered", Personal, Other, Always, "What we answered"),
        F("enquiry.outcome", "Outcome", Working, Person, Always, "Outcome"),
        F("enquiry.about", "Whom it is about", Working, Other, Always, "Whom it is about"),
        F("enquiry.level", "Level of intervention", Working, AboutWhom.Service, ToAdvise, "Level of our help"),
        F("enquiry.level-on", "Level from", Working, AboutWhom.Service, ToAdvise, "Level from"),
        F("enquiry.caller", "Confirmed by", Working, Person, Always, "How we knew that it was you"),
        F("enquiry.came-from", "Number or e-mail they used", Personal, Person, ToReach, "Number or e-mail that you used"),
        F("enquiry.caller.reference", "Reference", Personal, Person, Always, "Reference"),
        F("enquiry.caller.name", "A name they choose", Personal, Person, ToReach, "Name chosen"),
        F("enquiry.privacy", "Can they talk?", Working, Person, Always, "Whether you could talk in private"),
        F("enquiry.private-talk", "Talk in private promised", Working, Person, Always, "Talk in private promised"),
        F("enquiry.private-slot", "Time of the talk in private", Personal, Person, Always, "Time of the talk in private"),
        F("enquiry.private-how", "How to talk in private", Personal, Person, Always, "How we agreed to talk in private"),
        F("enquiry.private-settled", "Talk in private settled", Working, Person, Always, "When the talk in private was settled"),
        F("enquiry.private-held", "Talk in private took place", Working, Person, Always, "Whether we talked in private"),
        F("enquiry.follow-up", "Follow up on", Working, Person, Always, "Follow-up"),
        F("enquiry.follow-up-for", "Follow-up for", Personal, Person, Always, "What the follow-up was for"),
        F("enquiry.note", "Note", Personal, Other, Always, "Note"),
        F("enquiry.note-at", "Time of the note", Working, AboutWhom.Service, Always, "Time of the note"),
        F("enquiry.note-source", "Source of the note", Working, AboutWhom.Service, Always, "Where we have it from"),
        F("enquiry.note-confidence", "A child's own confidence", Safety, Child, Always),
        F("enquiry.note-rewording", "Reworded to name nobody", Working, AboutWhom.Service, Always),
        F("enquiry.event", "Opened, closed, opened again", Working, AboutWhom.Service, Always, "What happened"),
        F("enquiry.when", "Day", Working, AboutWhom.Service, Always, "Day"),
        F("enquiry.event-at", "Recorded at", Working, AboutWhom.Service, Always, "Recorded at"),
        F("enquiry.why", "Why it was opened again", Personal, Person, Always, "Why we opened it again"),

        F("asked.service", "Service", Working, AboutWhom.Service, Always, "Service"),
        F("asked.channel", "Channel", Working, Other, Always),
        F("asked.when", "When somebody asked", Working, Person, Always, "When somebody asked about you"),
        F("asked.asker", "Who asked", Personal, Other, Always, "Who asked about you"),
        F("asked.words", "What was asked", Personal, Other, Always, "What was asked about you"),
        F("asked.call-back", "Where to ring back", Personal, Other, Always),
        F("asked.sentence-given", "Told that we neither confirm nor deny", Working, AboutWhom.Service, Always, "What we told them"),
        F("asked.never-disclose", "Matches a never-disclose-to name", Safety, Other, Always),
    ];

    private static IEnumerable<CatalogueField> PermissionLines() =>
    [
        F("permission.about", "Whom it is about", Working, Other, Always, "Whom it is about"),
        F("permission.body", "Body", Personal, Person, Always, "With whom"),
        F("permission.body-id", "Body in the directory", Working, AboutWhom.Service, Always),
        F("permission.body-kind", "Kind of body", Working, Person, Always, "Kind of body"),
        F("permission.body-country", "Country", Working, Person, Always, "Country"),
        F("permission.kind", "Contact or share", Working, Person, Always, "Contact or share"),
        F("permission.purpose", "What for", Personal, Other, Always, "What for"),
        F("permission.send-matter", "Special educational needs matter", AsSpecial, Child, Always, "Special educational needs matter"),
        F("permission.items", "What may be shared", Personal, Other, Always, "What may be shared"),
        F("permission.channels", "How", Working, Person, Always, "How"),
        F("permission.from", "From", Working, Person, Always, "From"),
        F("permission.until", "Until", Working, Person, Always, "Until"),
        F("permission.by", "Given by", Personal, Person, Always, "Given by"),
        F("permission.capacity", "In what capacity", Personal, Person, Always, "In what capacity"),
        F("permission.evidence", "Evidence of authority", Personal, Person, Always, "What the authority rests on"),
        F("permission.how", "How it was given", Working, Person, Always, "How it was given"),
        F("permission.text-version", "Version of the text", Working, AboutWhom.Service, Always, "Version of the text"),
        F("permission.words", "Text read out or signed", Personal, Person, Always, "Text read out or signed"),
        F("permission.given-at", "Given at", Working, Person, Always, "Given at"),
        F("permission.event", "What happened", Working, Person, Always, "What happened"),
        F("permission.event-at", "When it happened", Working, Person, Always, "When it happened"),
        F("permission.recorded-at", "Recorded at", Working, AboutWhom.Service, Always, "Recorded at"),
        F("permission.why", "Why it ended", Personal, Person, Always, "Why it ended"),
    ];

    private static IEnumerable<CatalogueField> AnonymisationLines() =>
    [
        F("anonymisation.at", "When", Working, AboutWhom.Service, Always, "When"),
        F("anonymisation.to", "Rung reached", Working, Other, Always, "How much we know"),
        F("anonymisation.people", "How many people", Working, Other, Always, "How many people"),
        F("anonymisation.note-stays", "Reworded note stays", Working, AboutWhom.Service, Always, "Reworded note stays"),
        F("anonymisation.place", "Place searched", Working, AboutWhom.Service, Always, "Place searched"),
        F("anonymisation.looked", "Looked at", Working, AboutWhom.Service, Always, "Looked at"),
        F("anonymisation.destroyed", "Destroyed", Working, AboutWhom.Service, Always, "Destroyed"),
        F("anonymisation.remains-where", "What remains, where", Working, AboutWhom.Service, Always, "What remains, where"),
        F("anonymisation.remains-words", "What remains, in words", Working, AboutWhom.Service, Always, "What remains, in words"),
        F("anonymisation.remains-until", "What remains, until", Working, AboutWhom.Service, Always, "What remains, until"),
    ];
}
