using Microsoft.AspNetCore.Authorization;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>What a colleague may do. Every page and every service method names one; who holds it stands in <see cref="RoleTable"/>.</summary>
public enum Permission
{
    /// <summary>See the desk and the published policy as a signed-in colleague.</summary>
    UseDesk = 1,
    /// <summary>Take enquiries, open families, record permissions and anonymity.</summary>
    WorkWithFamilies = 2,
    /// <summary>See who opened a record.</summary>
    SeeWhoOpened = 3,
    /// <summary>Agree to a late entry, prevail between two authorities.</summary>
    Lead = 4,
}

/// <summary>The one table of role × permission. What is not in it is refused.</summary>
internal static class RoleTable
{
    private static readonly Dictionary<Permission, Role[]> Holders = new()
    {
        [Permission.UseDesk] = [Role.Adviser, Role.TeamLead, Role.InformationGovernance, Role.Manager],
        [Permission.WorkWithFamilies] = [Role.Adviser, Role.TeamLead],
        [Permission.SeeWhoOpened] = [Role.TeamLead, Role.InformationGovernance],
        [Permission.Lead] = [Role.TeamLead],
    };

    public static bool May(this Colleague colleague, Permission permission) =>
        Holders.TryGetValue(permission, out var roles) && roles.Any(colleague.Is);
}

/// <summary>A page that only colleagues with this permission open. The start fails when a page declares none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute : AuthorizeAttribute
{
    /// <summary>The permission that opens the page.</summary>
    public RequiresAttribute(Permission permission)
        : base(PolicyOf(permission)) => Permission = permission;

    /// <summary>The permission that opens the page.</summary>
    public Permission Permission { get; }

    internal static string PolicyOf(Permission permission) => $"permission:{permission}";
}

/// <summary>A page for everybody, with the reason why it may be.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute(string because) : Attribute, IAllowAnonymous
{
    /// <summary>Why nobody needs to sign in for it.</summary>
    public string Because { get; } = because;
}
