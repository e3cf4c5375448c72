using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Personal-data breaches (Article 33(5)). In an answer to a rights request each item of one is decided on.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> BreachLines() =>
    [
        F("breach.aware-at", "Aware of it at", Working, AboutWhom.Service, Always),
        F("breach.reported-at", "Reported at", Working, AboutWhom.Service, Always),
        F("breach.facts", "What happened", Special, AboutWhom.Other, Always, "What happened"),
        F("breach.cause", "Why it could happen", Personal, AboutWhom.Other, Always),
        F("breach.occurred-on", "Happened on", Working, AboutWhom.Service, Always, "Happened on"),
        F("breach.discovered-on", "Discovered on", Working, AboutWhom.Service, Always),
        F("breach.people", "Kinds of people", Personal, AboutWhom.Other, Always),
        F("breach.people-count", "How many people", Working, AboutWhom.Service, Always),
        F("breach.data", "Kinds of information", Personal, AboutWhom.Other, Always, "Which information"),
        F("breach.record-count", "How many records", Working, AboutWhom.Service, Always),
        F("breach.effects", "Effects", Special, AboutWhom.Other, Always, "What it has done or may do"),
        F("breach.containment", "Contained and made good", Personal, AboutWhom.Other, Always, "What was done about it"),
        F("breach.risk", "Risk to the people", Working, AboutWhom.Service, Always),
        F("breach.risk-reasons", "Why the risk was judged so", Special, AboutWhom.Other, Always),
        F("breach.lessons", "Lessons", Personal, AboutWhom.Other, Always),
        F("breach.step", "Decided or done", Working, AboutWhom.Service, Always),
        F("breach.step-happened-at", "When", Working, AboutWhom.Service, Always),
        F("breach.step-at", "Recorded at", Working, AboutWhom.Service, Always),
        F("breach.step-words", "Reasons, or how", Personal, AboutWhom.Other, Always),
        F("breach.step-late", "Why after the 72 hours", Personal, AboutWhom.Other, Always),
    ];
}
