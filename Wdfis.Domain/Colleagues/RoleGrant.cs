using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Colleagues;

/// <summary>
/// One dated row of the role table (S3: "assigned in writing"): what a colleague may be, for which services, from and until which day,
/// granted by one and approved by another. A deputy's row names the colleague they stand in for. Holds nothing about families.
/// </summary>
public sealed record RoleGrant
{
    private RoleGrant() { }

    /// <summary>Its number in the table; 0 before it is stored.</summary>
    public int Id { get; private init; }
    /// <summary>Whose row it is.</summary>
    public ColleagueId Colleague { get; private init; }
    /// <summary>As what.</summary>
    public Role Role { get; private init; }
    /// <summary>For which services; never empty.</summary>
    public ImmutableHashSet<Service> Services { get; private init; } = [];
    /// <summary>The first day, London.</summary>
    public DateOnly From { get; private init; }
    /// <summary>The last day, included; null until further notice, never so for a deputy.</summary>
    public DateOnly? Until { get; private init; }
    /// <summary>For whom they stand in; null for a row of their own.</summary>
    public ColleagueId? DeputyOf { get; private init; }
    /// <summary>Who granted it.</summary>
    public ColleagueId GrantedBy { get; private init; }
    /// <summary>Who approved it; null while it waits, and then it opens nothing.</summary>
    public ColleagueId? ApprovedBy { get; private init; }
    /// <summary>Who ended it before its last day, or withdrew it.</summary>
    public ColleagueId? EndedBy { get; private init; }
    /// <summary>When, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>True while it waits for the second person.</summary>
    public bool Waits => ApprovedBy is null && EndedAt is null;

    /// <summary>True when it counts on this day: approved, not ended, both ends included.</summary>
    public bool Counts(DateOnly today) => ApprovedBy is not null && EndedAt is null && From <= today && (Until is null || Until >= today);

    /// <summary>
    /// Grants, which opens nothing before another approves. Refuses the granter themselves, no service, a first day before today, a last day
    /// before the first, a deputy for themselves or without a last day.
    /// </summary>
    public static Checked<RoleGrant> Create(
        ColleagueId colleague, Role? role, IEnumerable<Service> services, DateOnly? from, DateOnly? until, ColleagueId? deputyOf, Stamp now)
    {
        ImmutableHashSet<Service> chosen = [.. services];
        return Checked<RoleGrant>.From(
            [
                colleague == now.By ? new Problem("", "Nobody grants or approves a row of their own. Ask another lead or the information-governance officer.") : null,
                role is { } one && Enum.IsDefined(one) ? null : new Problem("role.role", "Choose a role."),
                chosen.IsEmpty ? new Problem("role.services", "Choose at least one service.") : null,
                from is null || from < now.On ? new Problem("role.from", "Choose a first day, today or later.") : null,
                until < from ? new Problem("role.until", "Choose a last day that is not before the first.") : null,
                deputyOf == colleague ? new Problem("role.deputy", "A deputy stands in for somebody else.") : null,
                deputyOf is not null && until is null ? new Problem("role.until", "A deputy's row needs a last day.") : null,
            ],
            () => Restore(0, colleague, role!.Value, chosen, from!.Value, until, deputyOf, now.By, null, null, null));
    }

    /// <summary>Brings it back from storage.</summary>
    public static RoleGrant Restore(
        int id, ColleagueId colleague, Role role, ImmutableHashSet<Service> services, DateOnly from, DateOnly? until, ColleagueId? deputyOf,
        ColleagueId grantedBy, ColleagueId? approvedBy, ColleagueId? endedBy, DateTimeOffset? endedAt) =>
        new()
        {
            Id = id,
            Colleague = colleague,
            Role = role,
            Services = services,
            From = from,
            Until = until,
            DeputyOf = deputyOf,
            GrantedBy = grantedBy,
            ApprovedBy = approvedBy,
            EndedBy = endedBy,
            EndedAt = endedAt,
        };

    /// <summary>Why this colleague may not approve it, or null when they may: the granter and whose row it is never do.</summary>
    public Problem? RefuseApproval(ColleagueId by) =>
        !Waits ? new Problem("", "This row was approved or ended meanwhile.")
        : by == Colleague ? new Problem("", "Nobody approves a row of their own. Ask another lead or the information-governance officer.")
        : by == GrantedBy ? new Problem("", "Somebody other than the colleague who granted it has to approve it.")
        : null;

    /// <summary>Number and role.</summary>
    public override string ToString() => $"RoleGrant {Id} {Role}";
}
