using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Holds: what stops disposal. They go out in no pack.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> HoldLines() =>
    [
        F("hold.kind", "Why it is held, as a kind", AsSpecial, AboutWhom.Other, Always),
        F("hold.class", "Schedule class that is held", Working, AboutWhom.Service, Always),
        F("hold.reference", "Reference", Personal, AboutWhom.Other, Always),
        F("hold.confirmed-by", "Who confirmed it", Personal, AboutWhom.Other, Always),
        F("hold.what", "What was done", Working, AboutWhom.Service, Always),
        F("hold.at", "When it was done", Working, AboutWhom.Service, Always),
        F("hold.why", "Why it is held", AsSpecial, AboutWhom.Other, Always),
        F("hold.review", "To be looked at on", Working, AboutWhom.Service, Always),
    ];
}
