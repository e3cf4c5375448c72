using Wdfis.Domain.Audit;

namespace Wdfis.Portal.Features.Audit;

/// <summary>What was done, in the words that screens use.</summary>
internal static class AuditWords
{
    /// <summary>What stands on the chain's page and the operator's while heads go nowhere else.</summary>
    public const string NoSecondPlace = "There is no second place: signed heads stand in the portal's own folder, and whoever can rewrite the audit can rewrite them too. Whoever runs the portal names another place in Audit:HeadsFile.";

    public static string Words(this AuditAction action) => action switch
    {
        AuditAction.Opened => "Opened",
        AuditAction.Found => "Found by searching",
        AuditAction.Saved => "Saved",
        AuditAction.Created => "Made",
        AuditAction.Refused => "Refused",
        AuditAction.Asked => "Somebody asked about a person",
        AuditAction.Told => "Told of the policy or a right",
        AuditAction.Printed => "Printed",
        AuditAction.Counted => "Counted from envelopes",
        AuditAction.BreakGlass => "Opened in an emergency",
        AuditAction.Closed => "Enquiry closed",
        AuditAction.Reopened => "Enquiry opened again",
        AuditAction.Joined => "Joined with another card of the family",
        AuditAction.SignedIn => "Signed in",
        AuditAction.SignedOut => "Signed out",
        AuditAction.RoleChanged => "Roles changed",
        AuditAction.NeedToKnowChanged => "Who needs to know changed",
        AuditAction.ErasureIntended => "Destruction decided",
        AuditAction.Erased => "Destroyed",
        AuditAction.Recovered => "Destruction finished after a stop",
        AuditAction.HoldPlaced => "Hold placed",
        AuditAction.HoldLifted => "Hold lifted",
        AuditAction.KeepUntilChanged => "Keep-until date decided",
        AuditAction.DisposalApproved => "Disposal agreed to",
        AuditAction.Anonymised => "Made anonymous",
        AuditAction.DisposalDecided => "Disposal list worked on",
        AuditAction.Disposed => "Disposal ended",
        AuditAction.Recounted => "Keep-until dates worked out anew",
        AuditAction.PermissionGiven => "Permission recorded",
        AuditAction.PermissionEnded => "Permission refused or ended",
        AuditAction.DisclosureAsked => "Gate asked",
        AuditAction.Disclosed => "Disclosed",
        AuditAction.DisclosureStopped => "Stopped at the gate",
        AuditAction.GroundReliedOn => "Exemption or ground relied on",
        AuditAction.SignedOff => "Second person decided",
        AuditAction.Exported => "Taken as a file",
        AuditAction.RightsRequested => "Rights request received",
        AuditAction.RightsAnswered => "Rights request answered",
        AuditAction.Rectified => "Corrected",
        AuditAction.RestrictionChanged => "Restriction changed",
        AuditAction.BreachRecorded => "Breach worked on",
        AuditAction.PolicyChanged => "Policy or setting changed",
        AuditAction.EpochOpened => "New epoch of the audit",
        AuditAction.HeadSigned => "Head signed",
        AuditAction.SegmentClosed => "Audit year closed",
        AuditAction.Migrated => "Storage brought to a newer shape",
        AuditAction.Seeded => "Synthetic families made",
        AuditAction.VerifiedNow => "Verification asked for",
        AuditAction.BackedUp => "Backed up",
        AuditAction.Restored => "Restored from a backup",
        AuditAction.KeyRotated => "Key changed",
        AuditAction.SegmentDropped => "Audit years dropped",
        AuditAction.SegmentCarried => "Carried over from a dropped year",
        AuditAction.SegmentAsked => "Asked to drop audit years",
        AuditAction.SegmentAgreed => "Agreed to drop audit years",
        AuditAction.AuditRead => "Looked into the audit",
    };
}
