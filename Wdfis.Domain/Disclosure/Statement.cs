using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Disclosure;

/// <summary>One line of a statement: whom we told, when, what and on what ground. No address, nobody else. Shows no content.</summary>
/// <param name="On">The day, London.</param>
/// <param name="Act">What we did.</param>
/// <param name="Body">Whom we told; null for somebody who is not a body ("another person").</param>
/// <param name="Items">What, under its headings; only what is about this person.</param>
/// <param name="Ground">On what ground.</param>
public sealed record StatementLine(DateOnly On, OutwardAct Act, string? Body, ImmutableArray<string> Items, GroundKind Ground)
{
    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(StatementLine);
}

/// <summary>
/// Whom we told about one person, for that person's statement (not a family's). What was done under X1 or X2 or is marked "not told" stays
/// out until telling is recorded, and nothing shows that it does: no count, no gap, no number.
/// </summary>
public static class Statement
{
    /// <summary>The lines, the oldest first.</summary>
    public static ImmutableArray<StatementLine> Lines(PersonId person, IEnumerable<DisclosureRecord> disclosures)
    {
        ArgumentNullException.ThrowIfNull(disclosures);
        return [.. disclosures.Where(d => Shows(person, d)).OrderBy(d => d.DoneAt ?? d.DecidedAt).ThenBy(d => d.Id).Select(d => new StatementLine(
            London.DateOf(d.DoneAt ?? d.DecidedAt),
            d.Act,
            d.Recipient is null ? d.Body.Name : null,
            [.. d.Items.Where(i => i.About.Contains(person)).SelectMany(i => i.Scopes).Distinct(StringComparer.Ordinal).Select(s => ScopeItems.Find(s)?.Label ?? "something else")],
            d.Ground))];
    }

    /// <summary>True when it is released by two, as a rights pack is: any exemption is on record for the family, told or not. For colleagues' eyes alone.</summary>
    public static bool NeedsTwo(IEnumerable<Exemption> exemptions, IEnumerable<DisclosureRecord> disclosures) =>
        exemptions.Any() || disclosures.Any(d => d.Exemption is not null);

    /// <summary>Whether this person's statement shows it.</summary>
    public static bool Shows(PersonId person, DisclosureRecord disclosure)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        return disclosure.WasTold
            && disclosure.About.Contains(person)
            && (disclosure.ConfidenceOf is null || disclosure.ConfidenceOf == person)
            && (disclosure.ToldFamily.State == FamilyTold.Told || disclosure.ToldFamily.State != FamilyTold.NotTold && disclosure.Ground is not (GroundKind.X1 or GroundKind.X2));
    }
}
