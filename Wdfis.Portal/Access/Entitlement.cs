using Microsoft.AspNetCore.Authorization;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>
/// What a colleague may do (<em>permission</em> is the policy's word for what a family agreed to). Every page and every
/// service method names one; who holds it stands in <see cref="RoleTable"/>.
/// </summary>
public enum Entitlement
{
    /// <summary>See the desk and the published policy as a signed-in colleague.</summary>
    UseDesk = 1,
    /// <summary>Have what is typed into a form kept until it is saved.</summary>
    TypeForms = 6,
    /// <summary>Take enquiries, open families, record permissions and anonymity.</summary>
    WorkWithFamilies = 2,
    /// <summary>See who opened a record.</summary>
    SeeWhoOpened = 3,
    /// <summary>Agree to a late entry, say which authority prevails.</summary>
    Lead = 4,
    /// <summary>See how records stand with their keep-until dates, from envelopes alone (D5).</summary>
    SeeRetention = 5,
    /// <summary>Draft versions of the retention schedule and hand them to a second person.</summary>
    KeepSchedule = 35,
    /// <summary>Agree beforehand to what waits for a second person, and sign afterwards what went at once.</summary>
    SignOff = 12,
    /// <summary>Write, publish and review the policy; see who has read it (A1).</summary>
    KeepPolicy = 13,
    /// <summary>Approve an edition of the policy that somebody else wrote.</summary>
    ApprovePolicy = 14,
    /// <summary>See how each clause of the policy is kept, in figures (A1).</summary>
    SeeConformance = 15,
    /// <summary>See counts of enquiries, in which nobody is and small ones do not show.</summary>
    SeeStatistics = 16,
    /// <summary>Read the directory of recipients, add to it, say that an entry is still right.</summary>
    KeepDirectory = 20,
    /// <summary>Close and merge entries of the directory, bring in the schools register.</summary>
    CloseRecipients = 21,
    /// <summary>Take a rights request in whatever form it comes (D6).</summary>
    TakeRights = 40,
    /// <summary>Work and answer rights requests.</summary>
    AnswerRights = 41,
    /// <summary>Report a personal-data breach.</summary>
    ReportBreach = 60,
    /// <summary>Work the register of breaches and see the record of processing. Leads stand in for the officer: the 72 hours wait for nobody.</summary>
    KeepRegisters = 61,
    /// <summary>Look into the audit: who did what and when, how the chain stands, how the portal runs.</summary>
    SeeAudit = 80,
    /// <summary>Grant, approve and end rows of the role table, end colleagues' sessions.</summary>
    KeepColleagues = 70,
}

/// <summary>The one table of role × entitlement. What is not in it is refused.</summary>
internal static class RoleTable
{
    private static readonly Dictionary<Entitlement, Role[]> Holders = new()
    {
        [Entitlement.UseDesk] = [Role.Adviser, Role.TeamLead, Role.InformationGovernance, Role.Manager],
        [Entitlement.TypeForms] = [Role.Adviser, Role.TeamLead, Role.InformationGovernance],
        [Entitlement.WorkWithFamilies] = [Role.Adviser, Role.TeamLead],
        [Entitlement.SeeWhoOpened] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.Lead] = [Role.TeamLead],
        [Entitlement.SeeRetention] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.KeepSchedule] = [Role.InformationGovernance],
        [Entitlement.SignOff] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.KeepPolicy] = [Role.InformationGovernance],
        [Entitlement.ApprovePolicy] = [Role.InformationGovernance, Role.TeamLead],
        [Entitlement.SeeConformance] = [Role.TeamLead, Role.InformationGovernance, Role.Manager],
        [Entitlement.SeeStatistics] = [Role.TeamLead, Role.InformationGovernance, Role.Manager],
        [Entitlement.KeepDirectory] = [Role.Adviser, Role.TeamLead],
        [Entitlement.CloseRecipients] = [Role.TeamLead],
        [Entitlement.TakeRights] = [Role.Adviser, Role.TeamLead, Role.InformationGovernance],
        [Entitlement.AnswerRights] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.ReportBreach] = [Role.Adviser, Role.TeamLead, Role.InformationGovernance],
        [Entitlement.KeepRegisters] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.SeeAudit] = [Role.TeamLead, Role.InformationGovernance],
        [Entitlement.KeepColleagues] = [Role.TeamLead, Role.InformationGovernance],
    };

    public static bool May(this Colleague colleague, Entitlement entitlement) =>
        Holders.TryGetValue(entitlement, out var roles) && roles.Any(colleague.Is);
}

/// <summary>A page that only colleagues with this entitlement open. The start fails when a page declares none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute : AuthorizeAttribute
{
    /// <summary>The entitlement that opens the page.</summary>
    public RequiresAttribute(Entitlement entitlement)
        : base(PolicyOf(entitlement)) => Entitlement = entitlement;

    /// <summary>The entitlement that opens the page.</summary>
    public Entitlement Entitlement { get; }

    internal static string PolicyOf(Entitlement entitlement) => $"entitlement:{entitlement}";
}

/// <summary>A page for everybody, or a service or a method of one that asks for no entitlement of its own; with the reason why it may be.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute(string because) : Attribute, IAllowAnonymous
{
    /// <summary>Why it needs none.</summary>
    public string Because { get; } = because;
}
