using System.Collections.Immutable;

namespace Wdfis.Domain.Confidentiality;

/// <summary>A colleague as the role table knows them on one day. Holds no content about families.</summary>
public sealed record Colleague(ColleagueId Id, string DisplayName, ImmutableHashSet<Role> Roles, ImmutableHashSet<Service> Services)
{
    /// <summary>The portal itself, where nobody asked: it holds no role.</summary>
    public static Colleague Portal { get; } = new(ColleagueId.Portal, "The portal", [], []);

    /// <summary>For whom they stand in today as a lead; the role is among <see cref="Roles"/>.</summary>
    public ImmutableHashSet<ColleagueId> DeputyFor { get; init; } = [];

    /// <summary>True when the colleague holds the role today.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>The id only.</summary>
    public override string ToString() => $"Colleague {Id}";
}

/// <summary>The facts on which one access decision rests; nothing else is looked at.</summary>
public sealed record AccessFacts
{
    /// <summary>Who asks.</summary>
    public required Colleague Who { get; init; }
    /// <summary>For what.</summary>
    public required Purpose Purpose { get; init; }
    /// <summary>The unit asked for.</summary>
    public required UnitId Unit { get; init; }
    /// <summary>Its kind.</summary>
    public required UnitKind Kind { get; init; }
    /// <summary>Its marking.</summary>
    public required Marking Marking { get; init; }
    /// <summary>True when it is under special handling (need to know).</summary>
    public bool SpecialHandling { get; init; }
    /// <summary>True when the colleague is assigned to it.</summary>
    public bool Assigned { get; init; }
    /// <summary>True when the colleague declared a conflict of interest.</summary>
    public bool Conflict { get; init; }
    /// <summary>True when processing is restricted (Article 18): store only.</summary>
    public bool Restricted { get; init; }
    /// <summary>True while the colleague has the family open in an emergency, for a reason on record (break-glass). It opens need-to-know and what is restricted to advisers and leads; it ends no conflict.</summary>
    public bool Emergency { get; init; }
    /// <summary>True when the unit is the colleague's own draft, or was made by the colleague just now.</summary>
    public bool Own { get; init; }
    /// <summary>The state on its envelope; empty for a unit that is about to be made.</summary>
    public string State { get; init; } = "";
    /// <summary>True when an open rights request names the unit.</summary>
    public bool NamedByRequest { get; init; }
    /// <summary>True when an open breach names the unit.</summary>
    public bool NamedByBreach { get; init; }
}

/// <summary>Why an opening was refused. Each has words for the screen in <see cref="RefusalReasons"/>.</summary>
public enum RefusalReason
{
    /// <summary>No purpose was stated, or one that opens no content.</summary>
    NoPurpose = 1,
    /// <summary>The colleague's roles do not open this kind of record for this purpose.</summary>
    NotYourRole = 2,
    /// <summary>Under special handling, and the colleague is not assigned.</summary>
    SpecialHandling = 3,
    /// <summary>The colleague declared a conflict.</summary>
    Conflict = 4,
    /// <summary>Processing is restricted.</summary>
    Restricted = 5,
    /// <summary>Another colleague's unsaved work.</summary>
    NotYours = 6,
    /// <summary>Nobody said why, and no work says it: the colleague is asked first, which refuses nothing yet and is not on record.</summary>
    NoReason = 7,
    /// <summary>It is about the colleague who asks.</summary>
    AboutYourself = 8,
}

/// <summary>The words that a refusal is shown with: why, and what to do next.</summary>
public static class RefusalReasons
{
    /// <summary>All of them, a sentence each.</summary>
    public static string Words(this IEnumerable<RefusalReason> reasons) => string.Join(" ", reasons.Select(reason => reason.Words()));

    /// <summary>One sentence with the reason and the next step.</summary>
    public static string Words(this RefusalReason reason) => reason switch
    {
        RefusalReason.NoPurpose => "Say first what you need the record for.",
        RefusalReason.NotYourRole => "Your role does not open this record for that purpose. Ask your team lead.",
        RefusalReason.SpecialHandling => "A colleague holds this: ask the duty lead.",
        RefusalReason.Conflict => "This record is closed to you because of a declared conflict. Ask the duty lead to give it to a colleague.",
        RefusalReason.Restricted => "The person asked us to store this and do nothing else with it. Ask the information-governance officer.",
        RefusalReason.NotYours => "This is another colleague's unsaved work.",
        RefusalReason.NoReason => "Say first why you open this family: go to its page and choose a reason.",
        RefusalReason.AboutYourself => "This is about yourself: another lead or the information-governance officer looks at it.",
    };
}

/// <summary>The answer to "may this person, for this purpose?": allowed with a clearance, or refused with every reason.</summary>
public abstract record AccessDecision
{
    private AccessDecision() { }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<Clearance, TResult> allowed, Func<ImmutableArray<RefusalReason>, TResult> refused);

    /// <summary>Allowed: the clearance opens this unit for this purpose and nothing else.</summary>
    public sealed record Allowed : AccessDecision
    {
        internal Allowed(Clearance clearance) => Clearance = clearance;
        /// <summary>The clearance.</summary>
        public Clearance Clearance { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Clearance, TResult> allowed, Func<ImmutableArray<RefusalReason>, TResult> refused) => allowed(Clearance);
    }

    /// <summary>Refused, for all of these reasons (never empty).</summary>
    public sealed record Refused : AccessDecision
    {
        internal Refused(ImmutableArray<RefusalReason> reasons) => Reasons = reasons;
        /// <summary>All reasons that hold.</summary>
        public ImmutableArray<RefusalReason> Reasons { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Clearance, TResult> allowed, Func<ImmutableArray<RefusalReason>, TResult> refused) => refused(Reasons);
    }

    /// <summary>The state of a disclosure or an exemption that waits for a second person's agreement beforehand.</summary>
    public const string WaitsForSecond = "waits-for-second";

    /// <summary>The state of an exemption that went at once and waits for the sign-off.</summary>
    public const string WaitsForSignOff = "waits-for-sign-off";

    /// <summary>Decides, from the facts alone (S2, S3, C2). What no rule allows is refused.</summary>
    public static AccessDecision Decide(AccessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var reasons = ImmutableArray.CreateBuilder<RefusalReason>();
        if (facts.Purpose is Purpose.Unknown or Purpose.Statistics || !Enum.IsDefined(facts.Purpose))
            reasons.Add(RefusalReason.NoPurpose);
        // Why something is held (a police request, a claim) is for leads alone.
        if (!RoleOpens(facts) || IsRights(facts) && facts.Purpose != Purpose.RightsRequest || facts.Kind == UnitKind.Breach && facts.State.Length > 0 && facts.Purpose is not (Purpose.Breach or Purpose.RightsRequest) || facts.Kind == UnitKind.Hold && !facts.Who.Is(Role.TeamLead))
            reasons.Add(RefusalReason.NotYourRole);
        var emergency = facts.Emergency && (facts.Who.Is(Role.Adviser) || facts.Who.Is(Role.TeamLead));
        if (facts.SpecialHandling && !facts.Assigned && !emergency && !facts.Who.Is(Role.TeamLead))
            reasons.Add(RefusalReason.SpecialHandling);
        if (facts.Conflict)
            reasons.Add(RefusalReason.Conflict);
        if (facts.Restricted && !emergency && !ReadsRestricted(facts.Purpose))
            reasons.Add(RefusalReason.Restricted);
        // Why access is limited is for leads, and for whoever writes it down.
        if (facts.Kind == UnitKind.Handling && !facts.Own && !facts.Who.Is(Role.TeamLead) && !reasons.Contains(RefusalReason.NotYourRole))
            reasons.Add(RefusalReason.NotYourRole);
        if (facts is { Kind: UnitKind.Alert, Own: true, State.Length: > 0 })
            reasons.Add(RefusalReason.AboutYourself);
        if (facts.Kind == UnitKind.Draft && !facts.Own)
            reasons.Add(RefusalReason.NotYours);
        return reasons.Count == 0
            ? new Allowed(new Clearance(facts.Who.Id, facts.Purpose, facts.Unit))
            : new Refused(reasons.ToImmutable());
    }

    /// <summary>True for the purposes for which what is restricted is still read (Article 18(2)): rights, safeguarding, breaches.</summary>
    public static bool ReadsRestricted(Purpose purpose) => purpose is Purpose.RightsRequest or Purpose.Safeguarding or Purpose.Breach;

    // What waits for a second person (X1–X3, D8) names itself: the officer opens it while it waits, and nothing around it; never the family's card.
    private static bool WaitsForAnother(AccessFacts facts) => facts is
    { Kind: UnitKind.Disclosure, State: WaitsForSecond } or { Kind: UnitKind.Exemption, State: WaitsForSecond or WaitsForSignOff };

    private static bool IsRights(AccessFacts facts) => facts.Kind is UnitKind.RightsRequest or UnitKind.RightsPack;

    private static bool RoleOpens(AccessFacts facts) => facts.Purpose switch
    {
        // What is about nobody is kept for one purpose and no other.
        not Purpose.RetentionReview when facts.Kind == UnitKind.Schedule => false,
        not Purpose.QualityReview when facts.Kind is UnitKind.PolicyEdition or UnitKind.PolicyReview or UnitKind.Acknowledgement or UnitKind.Alert or UnitKind.MonthlyLook or UnitKind.OwnHome => false,
        // The policy's own papers hold nothing about families: the officer keeps them, and everybody says for themselves what they have read (A1).
        Purpose.QualityReview when facts.Kind is UnitKind.PolicyEdition or UnitKind.PolicyReview && facts.Who.Is(Role.InformationGovernance) => true,
        Purpose.QualityReview when facts.Kind == UnitKind.Acknowledgement => facts.Own,
        // The portal makes what it noticed and compares addresses; leads and the officer look, each for the other (S2).
        Purpose.QualityReview when facts.Kind is UnitKind.Alert or UnitKind.MonthlyLook => facts.State.Length == 0 ? facts.Who.Id == ColleagueId.Portal : facts.Who.Is(Role.TeamLead) || facts.Who.Is(Role.InformationGovernance),
        Purpose.QualityReview when facts.Kind == UnitKind.OwnHome => facts.Own || facts.Who.Id == ColleagueId.Portal,
        Purpose.Share or Purpose.Safeguarding when facts.Who.Is(Role.InformationGovernance) && WaitsForAnother(facts) => true,
        // Whoever has a conflict says so; the note is for leads alone from then on.
        Purpose.Safeguarding when facts is { Kind: UnitKind.Handling, Own: true } && facts.Who.Is(Role.InformationGovernance) => true,
        // Whatever colleagues have forms for, what they type is kept for them.
        _ when facts.Kind == UnitKind.Draft && facts.Own && facts.Who.Is(Role.InformationGovernance) => true,
        // The schedule is the officer's, and the portal's that applies it: about nobody.
        Purpose.RetentionReview when facts.Kind == UnitKind.Schedule && (facts.Who.Is(Role.InformationGovernance) || facts.Who.Id == ColleagueId.Portal) => true,
        // Whoever comes upon a breach reports it, whatever they were doing; from then on it is the officer's and the leads'.
        _ when facts is { Kind: UnitKind.Breach, State: "" } => facts.Who.Is(Role.Adviser) || facts.Who.Is(Role.TeamLead) || facts.Who.Is(Role.InformationGovernance),
        Purpose.Breach when facts.Kind == UnitKind.Breach => facts.Who.Is(Role.InformationGovernance) || facts.Who.Is(Role.TeamLead),
        // Registers that no family leads to are read whole for an answer (D6).
        Purpose.RightsRequest when facts.Kind is UnitKind.Breach or UnitKind.CopyRequest => facts.Who.Is(Role.InformationGovernance) || facts.Who.Is(Role.TeamLead),
        Purpose.GiveInformation or Purpose.Advise or Purpose.CaseWork or Purpose.Share or Purpose.Contact or Purpose.Safeguarding
            => facts.Who.Is(Role.Adviser) || facts.Who.Is(Role.TeamLead),
        // Lists and certificates of disposal name nobody: the officer agrees to them, and the portal itself carries them out (D5).
        Purpose.RetentionReview when facts.Kind is UnitKind.DisposalList or UnitKind.DisposalCertificate && (facts.Who.Is(Role.InformationGovernance) || facts.Who.Id == ColleagueId.Portal) => true,
        Purpose.Complaint or Purpose.RetentionReview or Purpose.QualityReview => facts.Who.Is(Role.TeamLead),
        // Anybody who works with families takes a request; from then on it is the officer's and the leads'.
        Purpose.RightsRequest when IsRights(facts) => facts.Who.Is(Role.InformationGovernance) || facts.Who.Is(Role.TeamLead)
            || facts.Who.Is(Role.Adviser) && facts is { Kind: UnitKind.RightsRequest, State: "" },
        // The officer opens only what open work of this purpose names, never by free reason.
        Purpose.RightsRequest => facts.Who.Is(Role.InformationGovernance) && facts.NamedByRequest || facts.Who.Is(Role.TeamLead),
        Purpose.Breach => facts.Who.Is(Role.InformationGovernance) && facts.NamedByBreach || facts.Who.Is(Role.TeamLead),
        Purpose.Unknown or Purpose.Statistics => false,
        _ => false,
    };
}

/// <summary>
/// Leave for one colleague to read one unit for one purpose. Made only by <see cref="AccessDecision.Decide"/>.
/// </summary>
public sealed record Clearance
{
    internal Clearance(ColleagueId who, Purpose purpose, UnitId unit)
    {
        Who = who;
        Purpose = purpose;
        Unit = unit;
    }

    /// <summary>The colleague.</summary>
    public ColleagueId Who { get; }
    /// <summary>The purpose.</summary>
    public Purpose Purpose { get; }
    /// <summary>The one unit that it opens.</summary>
    public UnitId Unit { get; }
}
