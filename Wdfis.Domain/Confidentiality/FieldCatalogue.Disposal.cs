using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>Disposal: lists and certificates. Ids, dates, figures, and why colleagues decided; they go out in no pack.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> DisposalLines() =>
    [
        .. new (string Id, string Label)[]
        {
            ("number", "Number of the list"), ("cause", "Why the list was made"), ("class", "Schedule class"), ("schedule-version", "Version of the schedule"), ("trigger", "From which day it counts"),
            ("short-road", "Approved as a whole"), ("service", "Service"), ("kind", "Kind of record"), ("version", "Version that was looked at"), ("kept-until", "Last day of keeping"),
            ("decision", "What was decided"), ("decided-at", "When it was decided"), ("until", "Kept longer until"), ("prepared-at", "When the list was made"), ("reviewed-at", "When it was handed over"),
            ("approved-at", "When it was approved"), ("cools-until", "Nothing is destroyed before"), ("begun-at", "When destruction began"), ("ended-at", "When it ended"), ("passed-on", "Passed on before"),
            ("bar", "Why it stayed"), ("count", "How many"), ("earliest", "Earliest last day of keeping"), ("latest", "Latest last day of keeping"), ("kept", "How many are kept"), ("held", "How many are held"),
            ("leftover-keys", "Destroyed keys looked for"), ("leftover-keys-found", "Destroyed keys found"), ("leftover-sealed", "Destroyed sealed values"), ("leftover-sealed-found", "Sealed remnants"),
            ("leftover-at", "When the files were searched"), ("backups-gone", "When the last copy of a key has aged out"),
        }.Select(line => F($"disposal.{line.Id}", line.Label, Working, AboutWhom.Service, Always)),
        F("disposal.why", "Why it is kept or passed on", Personal, AboutWhom.Other, Always),
        F("disposal.stopped-why", "Why a list was sent back or aborted", Working, AboutWhom.Service, Always),
    ];
}
