using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Versions of the retention schedule: about nobody. They go out in no pack.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> ScheduleLines() =>
    [
        F("schedule.number", "Number of the version", Working, AboutWhom.Service, Always),
        F("schedule.lines", "Classes with their periods and sources", Working, AboutWhom.Service, Always),
        F("schedule.valid-from", "First day on which it counts", Working, AboutWhom.Service, Always),
        F("schedule.why", "Why it is made", Working, AboutWhom.Service, Always),
        F("schedule.steps", "What was done with it, when, by whom", Working, AboutWhom.Service, Always),
    ];
}
