using static Wdfis.Domain.Confidentiality.AboutWhom;
using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Disclosures, exemptions, and what a second person agreed to.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> DisclosureLines() =>
    [
        F("disclosure.act", "What was done", Working, AboutWhom.Service, Always, "What we did"),
        F("disclosure.attention", "For the attention of", Personal, Other, Always, "For the attention of"),
        F("disclosure.purpose", "What for", Personal, Other, Always, "What for"),
        F("disclosure.channel", "How", Working, Person, Always, "How"),
        F("disclosure.address", "Number or address used", Personal, Other, Always),
        F("disclosure.item", "Items ticked", Working, AboutWhom.Service, Always, "What went"),
        F("disclosure.item-scope", "Headings of the items", Working, AboutWhom.Service, Always, "Under which headings"),
        F("disclosure.text", "Text", Personal, Other, Always, "What we said"),
        F("disclosure.question", "General question", Working, AboutWhom.Service, Always, "General question"),
        F("disclosure.shown", "Text as the recipient got it", Special, Other, Always, "What we said"),
        F("disclosure.marking", "Marking", Working, AboutWhom.Service, Always, "Security marking"),
        F("disclosure.ground", "Ground", Working, Person, Always, "On what ground"),
        F("disclosure.ground-words", "Ground in words", Personal, Other, Always, "On what ground, in words"),
        F("disclosure.answer", "Answer of the gate", Working, AboutWhom.Service, Always, "What was decided"),
        F("disclosure.rule", "Rules that stood against it", Working, AboutWhom.Service, Always),
        F("disclosure.mark", "Marks", Working, AboutWhom.Service, Always, "Remarks"),
        F("disclosure.fingerprint", "Fingerprint", Working, AboutWhom.Service, Always),
        F("disclosure.decided-at", "Decided at", Working, AboutWhom.Service, Always, "Decided at"),
        F("disclosure.done-at", "Done at", Working, AboutWhom.Service, Always, "Done at"),
        F("disclosure.sign-off-due-on", "Sign-off due on", Working, AboutWhom.Service, Always),
        F("disclosure.outcome", "What became of it", Working, AboutWhom.Service, Always, "What became of it"),
        F("disclosure.outcome-at", "When that was", Working, AboutWhom.Service, Always, "When that was"),
        F("disclosure.outcome-words", "That in words", Personal, Other, Always, "That in words"),
        F("disclosure.call-back-on", "Ring back on", Working, AboutWhom.Service, Always),
        F("disclosure.told", "Family told", Working, Person, Always, "Whether you were told"),
        F("disclosure.told-at", "Family told at", Working, Person, Always, "When you were told"),
        F("disclosure.told-words", "How they were told, or why not", Personal, Other, Always),
        F("disclosure.told-revisit-on", "Look again at not telling", Working, AboutWhom.Service, Always),

        F("exemption.asked-at", "Asked at", Working, AboutWhom.Service, Always, "Asked at"),
        F("exemption.kind", "Exemption", AsSpecial, Other, Always, "Exemption"),
        F("exemption.urgent", "Goes at once", Working, AboutWhom.Service, Always, "Went at once"),
        F("exemption.decision", "To share or not", Working, AboutWhom.Service, Always, "Decision"),
        F("exemption.who", "Who it is about", Special, Other, Always, "Whom it was about"),
        F("exemption.feared", "What is feared", Special, Other, Always, "What was feared"),
        F("exemption.to-whom", "To whom", Personal, Other, Always, "To whom"),
        F("exemption.told", "What is told", Special, Other, Always, "What was told"),
        F("exemption.why-now", "Why now", Special, Other, Always, "Why it could not wait"),
        F("exemption.hook", "Rests on", Working, AboutWhom.Service, Always, "On which law"),
        F("exemption.no-permission", "Why there is no permission", Working, Other, Always, "Why permission was not asked"),
        F("exemption.no-permission-words", "That in words", Special, Other, Always, "That in words"),
        F("exemption.facts", "Facts", Special, Other, Always, "Facts"),
        F("exemption.opinion", "Opinion", Special, Other, Always, "Opinion"),
        F("exemption.risk", "Risk if nothing is shared", Special, Other, Always, "Risk"),
        F("exemption.necessity", "Why it is necessary", Special, Other, Always, "Why it was necessary"),
        F("exemption.minimum", "Why less would not do", Special, Other, Always, "Why less would not do"),
        F("exemption.prejudice", "What would be prejudiced", Special, Other, Always),
        F("exemption.matter", "Offence, tax or failing", Special, Other, Always),
        F("exemption.views", "Views of child and parent", Special, Other, Always, "Views"),
        F("exemption.recipient-check", "Recipient checked", Personal, Other, Always, "How the recipient was checked"),
        F("exemption.why-named", "Why the parent is named", Personal, Other, Always, "Why you were named"),
        F("exemption.transfer-ground", "Transfer ground", Working, AboutWhom.Service, Always, "On what ground it left the country"),
        F("exemption.transfer-at", "Transfer ground stated at", Working, AboutWhom.Service, Always, "When that was stated"),
        F("exemption.review-on", "Look at it again on", Working, AboutWhom.Service, Always),
        F("exemption.signed-at", "Signed at", Working, AboutWhom.Service, Always, "Signed at"),
        F("exemption.agreed", "Lead agrees", Working, AboutWhom.Service, Always),
        F("exemption.learnt", "What was learnt", Personal, Other, Always),

        F("finding.why", "Why this answer prevails", AsSpecial, Other, Always, "Why one answer prevailed"),
        F("finding.at", "Found at", Working, AboutWhom.Service, Always, "Found at"),

        F("approval.of", "Agreed to", Working, AboutWhom.Service, Always),
        F("approval.role", "Agreed as", Working, AboutWhom.Service, Always, "Agreed as"),
        F("approval.reason", "Why it was agreed", Personal, Other, Always, "Why it was agreed"),
        F("approval.at", "Agreed at", Working, AboutWhom.Service, Always, "Agreed at"),
        F("approval.until", "Agreed until", Working, AboutWhom.Service, Always),
    ];
}
