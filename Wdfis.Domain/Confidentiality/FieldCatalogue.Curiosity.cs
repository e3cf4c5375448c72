using static Wdfis.Domain.Confidentiality.AboutWhom;
using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>The watch for openings without need. About colleagues; it goes out in no pack of a family.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> CuriosityLines() =>
    [
        F("alert.kind", "What was noticed", Working, AboutWhom.Service, Always),
        F("alert.at", "When it was noticed", Working, AboutWhom.Service, Always),
        F("alert.end", "What was made of it", Working, AboutWhom.Service, Always),
        F("alert.closed", "Who looked, and when", Working, AboutWhom.Service, Always),
        F("alert.note", "What came of it", Personal, Other, Always),
        F("own-home.token", "Where a colleague lives, to be compared and not read", Personal, AboutWhom.Service, Always),
        F("monthly.month", "Month looked through", Working, AboutWhom.Service, Always),
        F("monthly.sample", "Openings looked at", Working, AboutWhom.Service, Always),
        F("monthly.note", "What was seen", Personal, Other, Always),
        F("monthly.looked", "Who looked, and when", Working, AboutWhom.Service, Always),
    ];
}
