using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Retention;

/// <summary>Whether a permission that was taken back was the only ground on which a family's card is kept (U2, D5).</summary>
public static class WithdrawnGround
{
    private static readonly HashSet<string> Ended = [.. new[] { PermissionState.Refused, PermissionState.Expired, PermissionState.Withdrawn, PermissionState.Revoked, PermissionState.Invalidated, PermissionState.Superseded }.Select(state => state.Code()), "notice-owed"];

    /// <summary>
    /// True when the family has permissions and none of them lasts, and nothing else gives a ground: no enquiry, open or closed, no exemption,
    /// no finding. Looks at envelopes alone.
    /// </summary>
    public static bool WasTheOnlyOne(IEnumerable<Envelope> ofFamily)
    {
        ArgumentNullException.ThrowIfNull(ofFamily);
        var all = ofFamily.ToList();
        var permissions = all.Where(unit => unit.Kind == UnitKind.Permission).ToList();
        return permissions.Count > 0 && permissions.TrueForAll(unit => Ended.Contains(unit.State))
            && !all.Exists(unit => unit.Kind is UnitKind.Enquiry or UnitKind.Exemption or UnitKind.Finding);
    }
}
