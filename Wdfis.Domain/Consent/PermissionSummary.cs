using System.Collections.Immutable;
using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Consent;

/// <summary>
/// Permissions of a family in sentences for the screen: "School: contact until 31 July 2027. Council teams: never asked."
/// Content, as it names bodies when there are two of a kind.
/// </summary>
public static class PermissionSummary
{
    /// <summary>One sentence for each kind of body: school and council teams always, the others when something is on record.</summary>
    /// <param name="permissions">All permissions of the family.</param>
    /// <param name="today">London.</param>
    /// <param name="transferOn">The SEND transfer date for one permission; null when unknown or none.</param>
    public static ImmutableArray<string> Sentences(IEnumerable<Permission> permissions, DateOnly today, Func<Permission, DateOnly?>? transferOn = null)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var byKind = permissions.ToLookup(p => p.Terms.Body.Kind);
        var council = byKind.Any(same => same.Key.IsCouncil());
        return [.. BodyKinds.All
            .Where(kind => byKind[kind].Any() || kind is BodyKind.School || kind is BodyKind.CouncilTeam && !council)
            .Select(kind => $"{kind.Label()}: {OfKind([.. byKind[kind]], today, transferOn ?? (_ => null))}.")];
    }

    private static string OfKind(ImmutableArray<Permission> permissions, DateOnly today, Func<Permission, DateOnly?> transferOn)
    {
        if (permissions.IsEmpty)
            return "never asked";
        var bodies = new List<List<Permission>>();
        foreach (var permission in permissions)
        {
            if (bodies.Find(b => b[0].Terms.Body.IsSameAs(permission.Terms.Body)) is { } same)
                same.Add(permission);
            else
                bodies.Add([permission]);
        }
        return string.Join("; ", bodies.Select(b =>
            (bodies.Count > 1 ? $"{b[0].Terms.Body.Name} " : "") + string.Join(", ", b
                .GroupBy(p => p.Terms.Kind)
                .OrderBy(g => g.Key)
                .Select(g => Phrase(Telling(g, today, transferOn), today, transferOn)))));
    }

    // One that counts speaks for its kind; else the one that was touched last.
    private static Permission Telling(IEnumerable<Permission> same, DateOnly today, Func<Permission, DateOnly?> transferOn) => same
        .OrderByDescending(p => p.StateOn(today, transferOn(p)).Counts())
        .ThenByDescending(p => p.StateOn(today, transferOn(p)).Counts() ? p.Until : null)
        .ThenByDescending(p => p.Events[^1].At)
        .First();

    /// <summary>One permission in a few words: "contact until 31 July 2027", "share withdrawn 3 May 2026".</summary>
    public static string Phrase(Permission permission, DateOnly today, Func<Permission, DateOnly?>? transferOn = null)
    {
        ArgumentNullException.ThrowIfNull(permission);
        var what = permission.Terms.Kind == PermissionKind.Contact ? "contact" : "share";
        var transfer = transferOn?.Invoke(permission);
        return permission.StateOn(today, transfer) switch
        {
            PermissionState.Given or PermissionState.Renewed => $"{what} until {permission.Until!.Value.Words()}",
            PermissionState.Requested => permission.NeedsLead ? $"{what} entered late, waits for a lead" : $"{what} asked, no answer yet",
            PermissionState.Refused => $"{what} refused {Last(permission, today).On.Words()}",
            PermissionState.Expired => $"{what} ended {permission.Until!.Value.Words()}",
            PermissionState.Withdrawn => $"{what} withdrawn {Last(permission, today, PermissionEventKind.Withdrawn).On.Words()}",
            PermissionState.Revoked => $"{what} revoked {Last(permission, today, PermissionEventKind.Revoked).On.Words()}",
            PermissionState.Invalidated => $"{what} not valid",
            PermissionState.Superseded => $"{what}: the young person decides now",
            PermissionState.Unknown => permission.Terms.From > today && permission.LastGrant is not null ? $"{what} from {permission.Terms.From.Words()}" : $"{what} never asked",
        };
    }

    private static PermissionEvent Last(Permission permission, DateOnly today, PermissionEventKind kind = PermissionEventKind.Refused) =>
        permission.Events.Last(e => e.Kind == kind && e.On <= today);

}
