using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>What came of an exemption.</summary>
public enum ExemptionOutcome
{
    /// <summary>Still being filled or waiting for a second person.</summary>
    Waiting = 1,
    /// <summary>Agreed beforehand.</summary>
    Agreed = 2,
    /// <summary>Went at once; the sign-off is owed.</summary>
    WentUnsigned = 3,
    /// <summary>Went at once, and the lead agrees.</summary>
    WentAgreed = 4,
    /// <summary>Went at once, and the lead does not agree: what was learnt is on record.</summary>
    WentDisagreed = 5,
    /// <summary>It was decided not to share.</summary>
    NotShared = 6,
}

/// <summary>How long the sign-off took.</summary>
public enum SignOffTime
{
    /// <summary>None is owed.</summary>
    NotOwed = 1,
    /// <summary>Until the day on which it was due, included.</summary>
    InTime = 2,
    /// <summary>Later.</summary>
    Late = 3,
    /// <summary>Still owed, not yet due.</summary>
    Owed = 4,
    /// <summary>Still owed, and overdue.</summary>
    Overdue = 5,
}

/// <summary>One row of the register: a count, nobody in it.</summary>
public sealed record RegisterRow(ExemptionKind Kind, ExemptionOutcome Outcome, SignOffTime SignOff, FamilyTold Told, int Count);

/// <summary>The register of exemptions, counted for the lead's monthly list and the policy's yearly review (A1).</summary>
public static class ExemptionRegister
{
    /// <summary>Counts by exemption, outcome, time to sign-off, told or not; rows without a count are left out.</summary>
    public static ImmutableArray<RegisterRow> Count(IEnumerable<Exemption> exemptions, DateOnly today, WorkingDays days) =>
    [
        .. exemptions
            .GroupBy(e => (e.Kind, Outcome: OutcomeOf(e), SignOff: TimeOf(e, today, days), Told: e.ToldFamily.State))
            .OrderBy(g => g.Key)
            .Select(g => new RegisterRow(g.Key.Kind, g.Key.Outcome, g.Key.SignOff, g.Key.Told, g.Count())),
    ];

    /// <summary>What came of one.</summary>
    public static ExemptionOutcome OutcomeOf(Exemption exemption)
    {
        ArgumentNullException.ThrowIfNull(exemption);
        return exemption switch
        {
            { Decision: ExemptionDecision.NotToShare } => ExemptionOutcome.NotShared,
            { GoesAtOnce: true, SignOff: null } => ExemptionOutcome.WentUnsigned,
            { GoesAtOnce: true, SignOff.Agreed: true } => ExemptionOutcome.WentAgreed,
            { GoesAtOnce: true } => ExemptionOutcome.WentDisagreed,
            { Approval: not null } => ExemptionOutcome.Agreed,
            _ => ExemptionOutcome.Waiting,
        };
    }

    /// <summary>How long the sign-off of one took.</summary>
    public static SignOffTime TimeOf(Exemption exemption, DateOnly today, WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(exemption);
        if (!exemption.GoesAtOnce)
            return SignOffTime.NotOwed;
        var due = (exemption with { SignOff = null }).SignOffDueOn(days)!.Value;
        return exemption.SignOff is { } signed ? London.DateOf(signed.At) <= due ? SignOffTime.InTime : SignOffTime.Late
            : today <= due ? SignOffTime.Owed : SignOffTime.Overdue;
    }
}

/// <summary>A deputy of a lead, from and until a day, both included, London.</summary>
public sealed record LeadDeputy(ColleagueId Lead, ColleagueId Deputy, DateOnly From, DateOnly Until);

/// <summary>Whose a sign-off is.</summary>
public static class SignOffs
{
    /// <summary>
    /// Who may sign for this asker today: the leads who are there and the deputies of those days, else the officers; never the asker. Empty
    /// only where nobody else exists, and even then nothing urgent is blocked.
    /// </summary>
    /// <param name="leads">The leads.</param>
    /// <param name="deputies">Deputies: while one stands in, their lead is away.</param>
    /// <param name="officers">The information-governance officers.</param>
    /// <param name="asker">Who asked.</param>
    /// <param name="today">London.</param>
    public static ImmutableArray<ColleagueId> WhoMaySign(IEnumerable<ColleagueId> leads, IEnumerable<LeadDeputy> deputies, IEnumerable<ColleagueId> officers, ColleagueId asker, DateOnly today)
    {
        var standing = deputies.Where(d => d.From <= today && today <= d.Until).ToList();
        ImmutableArray<ColleagueId> found = [.. leads.Where(l => standing.TrueForAll(d => d.Lead != l)).Concat(standing.Select(d => d.Deputy)).Where(c => c != asker).Distinct()];
        return found.IsEmpty ? [.. officers.Where(o => o != asker).Distinct()] : found;
    }
}
