using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Rights requests and the answers to them (D6). How we worked on a request goes out in no pack; what was asked of us does.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> RightsLines() =>
    [
        F("rights.kind", "What is asked for", Working, AboutWhom.Person, Always, "What you asked of us"),
        F("rights.received-on", "Received on", Working, AboutWhom.Person, Always, "When it reached us"),
        F("rights.how", "How it came", Working, AboutWhom.Person, Always, "How it reached us"),
        F("rights.words", "In their words", Personal, AboutWhom.Other, Always, "What you asked, in your words"),
        F("rights.asker", "Who asks, as a kind", Working, AboutWhom.Person, Always),
        F("rights.asker-name", "Who asks", Personal, AboutWhom.Other, Always, "Who asked"),
        F("rights.reach", "Where the answer goes", Personal, AboutWhom.Other, Always),
        F("rights.reference", "Reference of somebody anonymous", Personal, AboutWhom.Person, Always, "Reference"),
        F("rights.agreed-on", "Date that came with it", Working, AboutWhom.Service, Always),
        F("rights.step", "What was done", Working, AboutWhom.Service, Always),
        F("rights.step-on", "Day", Working, AboutWhom.Service, Always),
        F("rights.step-at", "Recorded at", Working, AboutWhom.Service, Always),
        F("rights.step-code", "Choice", Working, AboutWhom.Service, Always),
        F("rights.step-words", "In words", Personal, AboutWhom.Other, Always),

        F("pack.item", "Item decided on", Working, AboutWhom.Service, Always),
        F("pack.verdict", "Decision", Working, AboutWhom.Service, Always),
        F("pack.exemption", "Exemption", AsSpecial, AboutWhom.Other, Always),
        F("pack.reason", "Why", AsSpecial, AboutWhom.Other, Always),
        F("pack.instead", "What is supplied instead", Special, AboutWhom.Other, Always),
        F("pack.at", "Decided at", Working, AboutWhom.Service, Always),
        F("pack.shown", "The answer as it went", Special, AboutWhom.Other, Always),
        F("pack.marking", "Security marking", Working, AboutWhom.Service, Always),
        F("pack.fingerprint", "Fingerprint", Working, AboutWhom.Service, Always),
        F("pack.proof", "What proved who they are", Personal, AboutWhom.Other, Always),
        F("pack.asked-at", "Second person asked at", Working, AboutWhom.Service, Always),
        F("pack.released-at", "Released at", Working, AboutWhom.Service, Always),
    ];
}
