using System.Collections.Immutable;

namespace Wdfis.Domain.Disclosure;

/// <summary>What an exemption's form is for. Numbers are stored: never reuse one.</summary>
public enum ExemptionKind
{
    /// <summary>A child-protection issue.</summary>
    X1 = 1,
    /// <summary>A request connected with crime or taxation.</summary>
    X2 = 2,
    /// <summary>Provision that fails legal or quality requirements.</summary>
    X3 = 3,
    /// <summary>An adult's life at risk: no exemption of the policy's, but the same form; counted apart.</summary>
    LifeAtRisk = 4,
}

/// <summary>Words of the kinds.</summary>
public static class ExemptionKinds
{
    /// <summary>The ground as which it is counted.</summary>
    public static GroundKind Ground(this ExemptionKind kind) => kind switch
    {
        ExemptionKind.X1 => GroundKind.X1,
        ExemptionKind.X2 => GroundKind.X2,
        ExemptionKind.X3 => GroundKind.X3,
        ExemptionKind.LifeAtRisk => GroundKind.LifeAtRisk,
    };

    /// <summary>True for the kinds that may go at once on five fields and are signed after.</summary>
    public static bool MayBeUrgent(this ExemptionKind kind) => kind is ExemptionKind.X1 or ExemptionKind.LifeAtRisk;
}

/// <summary>One statutory hook of an exemption (field-guide.md section 3).</summary>
/// <param name="Code">Stored; never given a new meaning.</param>
/// <param name="Label">As on the form.</param>
/// <param name="For">The kinds for which it can be chosen.</param>
/// <param name="AsksNoPermissionReason">True when one of the three reasons for having no permission has to be recorded.</param>
/// <param name="AsksPrejudice">True when it has to be said what would be prejudiced otherwise.</param>
/// <param name="ValidFrom">The first day on which it may be chosen, included, London; null while it is not in force.</param>
public sealed record ExemptionHook(string Code, string Label, ImmutableArray<ExemptionKind> For, bool AsksNoPermissionReason, bool AsksPrejudice, DateOnly? ValidFrom);

/// <summary>The hooks that an exemption can rest on; the form asks for one first.</summary>
public static class ExemptionHooks
{
    // DPA 2018 and UK GDPR: 25 May 2018.
    private static readonly DateOnly Dpa2018 = new(2018, 5, 25);

    /// <summary>Every hook, in the order of the form.</summary>
    public static ImmutableArray<ExemptionHook> All { get; } =
    [
        new("dpa-sch1-18", "DPA 2018 Schedule 1 paragraph 18: safeguarding of children and of individuals at risk", [ExemptionKind.X1, ExemptionKind.LifeAtRisk], true, false, Dpa2018),
        new("ca1989-47", "Children Act 1989 section 47: the council's enquiries", [ExemptionKind.X1], false, false, new(1991, 10, 14)),
        new("ca2004-11", "Children Act 2004 section 11: safeguarding and promoting welfare", [ExemptionKind.X1], false, false, new(2005, 10, 1)),
        // Inserted by the Children's Wellbeing and Schools Act 2026 section 4; needs commencement regulations (field-guide.md section 0).
        new("ca2004-16la", "Children Act 2004 section 16LA: duty to share", [ExemptionKind.X1], false, false, null),
        new("public-interest", "Common law: overriding public interest", [ExemptionKind.X1, ExemptionKind.X2, ExemptionKind.X3, ExemptionKind.LifeAtRisk], false, false, Dpa2018),
        new("vital-interests", "UK GDPR Articles 6(1)(d) and 9(2)(c): vital interests", [ExemptionKind.X1, ExemptionKind.LifeAtRisk], true, false, Dpa2018),
        new("dpa-sch2-2", "DPA 2018 Schedule 2 paragraph 2: crime and taxation", [ExemptionKind.X2], false, true, Dpa2018),
        new("dpa-sch1-10", "DPA 2018 Schedule 1 paragraph 10: preventing or detecting unlawful acts", [ExemptionKind.X2], false, true, Dpa2018),
        new("dpa-sch2-7", "DPA 2018 Schedule 2 paragraph 7: functions that protect the public", [ExemptionKind.X3], false, true, Dpa2018),
        new("dpa-sch2-10", "DPA 2018 Schedule 2 paragraph 10: complaints about health and children's services", [ExemptionKind.X3], false, true, Dpa2018),
    ];

    /// <summary>The hook of a code; null when there is none.</summary>
    public static ExemptionHook? Find(string? code) => All.FirstOrDefault(h => h.Code == code);

    /// <summary>The hooks in force for a kind on a day.</summary>
    public static IEnumerable<ExemptionHook> For(ExemptionKind kind, DateOnly today) => All.Where(h => h.For.Contains(kind) && h.ValidFrom <= today);
}
