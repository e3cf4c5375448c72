using static Wdfis.Domain.Confidentiality.AboutWhom;
using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Special handling and conflicts of interest: what access rests on. It goes out in no pack.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> HandlingLines() =>
    [
        F("handling.kind", "Special handling or conflict", Working, Other, Always),
        F("handling.tie", "What ties the colleague to the family", Personal, AboutWhom.Service, Always),
        F("handling.what", "What was decided", Working, AboutWhom.Service, Always),
        F("handling.at", "When it was decided", Working, AboutWhom.Service, Always),
        F("handling.why", "Why access is limited", Safety, Other, Always),
    ];
}
