using System.Collections.Immutable;
using System.Globalization;

namespace Wdfis.Domain.Policy;

/// <summary>How a clause stands today, by the thresholds stated beside its figures.</summary>
public enum Standing
{
    /// <summary>No figure has reached a threshold.</summary>
    Kept = 1,
    /// <summary>A figure asks somebody to look.</summary>
    Watch = 2,
    /// <summary>A figure says that the clause is not kept.</summary>
    Broken = 3,
}

/// <summary>One figure that bears on a clause.</summary>
/// <param name="Id">Under which it is counted, snapshots included: never rename one.</param>
/// <param name="Words">What it counts, to stand behind the number.</param>
/// <param name="Link">The worklist that it leads to; null where there is none.</param>
/// <param name="WatchFrom">From how many somebody should look, included; null for a figure that is for information.</param>
/// <param name="BrokenFrom">From how many the clause is not kept, included; null for never by this figure alone.</param>
/// <param name="PerMille">True when it counts how many of a thousand are missing; it is shown as the per cent that are not.</param>
public sealed record ClauseMeasure(string Id, string Words, string? Link = null, long? WatchFrom = null, long? BrokenFrom = null, bool PerMille = false)
{
    /// <summary>A value of it as it stands before the words.</summary>
    public string Said(long value) => PerMille ? $"{((1_000 - value) / 10m).ToString("0.0", CultureInfo.InvariantCulture)} %" : value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>How the clause stands by this figure. A figure that could not be counted asks to be looked at.</summary>
    public Standing Of(long? value) =>
        value is null ? Standing.Watch
        : value >= BrokenFrom ? Standing.Broken
        : value >= WatchFrom ? Standing.Watch
        : Standing.Kept;

    /// <summary>The thresholds as a sentence; null for a figure that is for information.</summary>
    public string? Thresholds => (WatchFrom, BrokenFrom) switch
    {
        (null, null) => null,
        ({ } look, null) => $"to be looked at from {Said(look)}",
        (null, { } broken) => $"not kept from {Said(broken)}",
        ({ } look, { } broken) when look == broken => $"not kept from {Said(broken)}",
        ({ } look, { } broken) => $"to be looked at from {Said(look)}, not kept from {Said(broken)}",
    };
}

/// <summary>What keeps one clause, and by which figures one sees it.</summary>
/// <param name="Clause">The clause's id.</param>
/// <param name="Says">The clause in a few words.</param>
/// <param name="Enforced">What enforces it, in one plain sentence.</param>
/// <param name="Measures">At least one.</param>
public sealed record ClauseConformance(string Clause, string Says, string Enforced, ImmutableArray<ClauseMeasure> Measures);

/// <summary>A clause as it stands.</summary>
/// <param name="About">The clause.</param>
/// <param name="Values">The value of each of its figures, in their order; null where one could not be counted.</param>
/// <param name="Standing">The worst of them.</param>
public sealed record ClauseStanding(ClauseConformance About, ImmutableArray<long?> Values, Standing Standing);

/// <summary>Each clause of the policy with what enforces it and the figures that show it (A1). One table; nothing is judged elsewhere.</summary>
public static class Conformance
{
    /// <summary>Every clause, in the order of the policy.</summary>
    public static ImmutableArray<ClauseConformance> Clauses { get; } =
    [
        new("S1", "One service of three", "Every record belongs to one of the three services, and colleagues of all three may work with a family.",
            [new("families", "families", "families"), new("services-unstaffed", "services without a colleague", "colleagues", 1, 3)]),
        new("S2", "Details stay confidential", "Every record is sealed with a key of its own, carries its marking, and is opened only for a stated purpose, on record.",
            [new("records", "records, each sealed", "retention/records"), new("handling-overdue", "special handlings overdue for review", "worklists/special-handling", 1, 20)]),
        new("S3", "The service keeps ownership", "Nobody comes in without a dated row in the role table; everybody else in the council is an outsider.",
            [new("colleagues", "colleagues assigned today", "colleagues", 500)]),
        new("U1", "Everything is confidential", "Who asks about somebody hears that we can neither confirm nor deny; nothing is read out to a caller who is not confirmed.",
            [new("asked-unseen", "questions not yet compared by hand", "worklists/asked-unseen", 1, 50)]),
        new("U2", "No sharing without permission", "Nothing leaves but through the gate, which asks for live permission of the right person for that body and scope, or an exemption.",
            [new("late-permissions", "late entries that wait for a lead", "worklists/late-permissions", 1, 25), new("disclosures-permission", "went on permission this year", "exemptions")]),
        new("U3", "Permission before contact", "Contact is a permission of its own; the buttons read it live, and the gate decides again when it goes.",
            [new("to-complete", "releases of which nobody said what became", "worklists/to-complete", 1, 50)]),
        new("C1", "Every user is told", "The call's script ticks the told-ledger; who is still to be told stands on a worklist.",
            [new("not-told", "families with somebody still to be told", "worklists/not-told", 1), new("not-told-per-mille", "of the families told", "worklists/not-told", 50, 200, PerMille: true)]),
        new("C2", "Anonymity is honoured", "Without a name nothing identifying is asked; on request identity is destroyed in one act, key first.",
            [new("anonymised", "people made anonymous on request, on record", "retention/records?kind=anonymisation")]),
        new("C3", "The right to see", "The script says it; a request is taken by any colleague and worked to the legal clock.",
            [new("right-not-told", "families with somebody still to be told", "worklists/not-told", 1)]),
        new("C4", "On the internet, and copies", "The policy is public without signing in, and the council's website is compared with it every day.",
            [new("unpublished", "no edition is published", "editions", BrokenFrom: 1), new("website-differs", "the website differs, does not answer, or is not configured", "editions", 1), new("copies-overdue", "copies overdue", "copies", 1, 10)]),
        new("C5", "Talk in private", "The script asks; a “no” opens a slot that stays on the worklist until it is honoured.",
            [new("private-talks", "private talks promised", "worklists/private-talks", 25, 100)]),
        new("R1", "Registered", "Number and expiry stand on every public page; warnings come at 60, 30 and 7 days.",
            [new("registration-ends", "days into the sixty before the registration ends", "processing", 1, 61)]),
        new("D1", "Fair and lawful", "Every item has its source; people are told what is done with their information.",
            [new("fairness-not-told", "families with somebody still to be told", "worklists/not-told", 1), new("heard-of-overdue", "people of whom others told us, past the month", "worklists/heard-of", 1, 50)]),
        new("D2", "Limited purposes", "Every opening and every field belongs to a purpose of the register; another purpose asks again.",
            [new("permissions-ending", "permissions that end in thirty days", "worklists/permissions-ending"), new("permissions-expired", "permissions that ended and were not renewed", "worklists/permissions-ended")]),
        new("D3", "Not excessive", "A field that the purpose does not need is neither asked nor accepted by the service behind the form.",
            [new("fields", "fields in the one catalogue", "processing")]),
        new("D4", "Accurate", "Every card has a day on which it is checked; what was corrected is told to whoever had it.",
            [new("accuracy-due", "accuracy checks due", "worklists/accuracy-checks", 1, 500)]),
        new("D5", "Not kept longer", "Every record has a keep-until date with its reason; disposal is reviewed by two and proved by a certificate.",
            [new("overdue", "records past their date without a decision", "retention", 1, 1_000), new("holds-due", "holds to be looked at", "retention/holds", 1, 20)]),
        new("D6", "Rights", "Every request has its clock, shown line by line; an open request stops disposal of what it covers.",
            [new("rights-open", "requests open", "rights"), new("rights-overdue", "requests overdue", "rights", null, 1), new("erasures-waiting", "erasures granted and not carried out yet", "worklists/erasures", 1, 20)]),
        new("D7", "Secure", "Roles, sealing and audit are tested with forged events and planted names; a signed head leaves the machine every hour; every breach has its 72 hours.",
            [new("hours-since-head", "hours since the last signed head left", "operations", 3, 26), new("days-since-backup", "days since the last backup", "operations", 2, 8),
             new("breaches-counting", "breaches of which the 72 hours run", "breaches", 1), new("breaches-late", "breaches past their 72 hours, neither notified nor decided", "breaches", null, 1)]),
        new("D8", "Not outside the EEA", "Recipients carry their country, and the gate stops whatever is neither the United Kingdom nor the EEA.",
            [new("recipients-abroad", "recipients outside the United Kingdom and the EEA", "recipients")]),
        new("X1", "Child protection", "Five fields and it goes at once; a lead signs on the next working day.",
            [new("unsigned-overdue", "urgent acts overdue for signing", "worklists/sign-offs", 1, 1), new("went-x1", "went under it in twelve months", "exemptions")]),
        new("X2", "Crime or taxation", "It waits for an authoriser who is not the asker, with the statutory hook on record.",
            [new("waits-for-second", "disclosures that wait for a second person", "worklists/waits-for-second", 5, 50), new("went-x2", "went under it in twelve months", "exemptions")]),
        new("X3", "Failing provision", "The provider's facts go without who the parent is, unless the form says why not.",
            [new("went-x3", "went under it in twelve months", "exemptions"), new("exemption-reviews", "exemptions to look at again", "worklists/exemption-reviews", 1, 50), new("outside-policy", "went this year on grounds outside the policy's text", "exemptions")]),
        new("A1", "Reviewed every year", "The yearly review opens sixty days before its date; every colleague reads every edition.",
            [new("review-overdue", "days since the review was due", "editions", null, 1), new("unread", "colleagues overdue to read the edition in force", "editions", 1, 10)]),
    ];

    /// <summary>How every clause stands by these values; a figure that is missing asks to be looked at.</summary>
    public static ImmutableArray<ClauseStanding> Of(IReadOnlyDictionary<string, long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. Clauses.Select(clause =>
        {
            var read = clause.Measures.Select(measure => values.TryGetValue(measure.Id, out var value) ? value : (long?)null).ToImmutableArray();
            return new ClauseStanding(clause, read, clause.Measures.Zip(read, (measure, value) => measure.Of(value)).Max());
        })];
    }
}
