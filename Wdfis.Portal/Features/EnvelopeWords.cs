using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Drafts;

namespace Wdfis.Portal.Features;

/// <summary>Envelopes in words for lists, and where their records open. They say who nobody is.</summary>
internal static class EnvelopeWords
{
    /// <summary>What it is, so far as an envelope says.</summary>
    public static string What(this Envelope row, EnquiryLists lists) => row.Kind switch
    {
        UnitKind.Enquiry => row.Reference ?? (row.Topic is { } topic ? EnquiryLists.LabelOf(lists.Topics, topic) : "Enquiry without a topic"),
        UnitKind.Family => $"Family in {row.District ?? "an unknown district"}, known since {row.CreatedOn.Short()}",
        UnitKind.Permission => $"Permission, recorded {row.CreatedOn.Short()}",
        UnitKind.Draft => $"{DraftForms.Title(row.State)}, begun {row.CreatedOn.Short()}",
        UnitKind.Asked => row.Family is null ? $"Asked {row.CreatedOn.Short()}, not every family compared" : $"Somebody asked {row.CreatedOn.Short()}",
        UnitKind.Handling => row.State == HandlingNote.Unreviewed ? $"Opened in an emergency {row.CreatedOn.Short()}" : row.State == Envelopes.SpecialHandling ? $"Special handling since {row.CreatedOn.Short()}" : $"Conflict declared {row.CreatedOn.Short()}",
        UnitKind.Anonymisation => $"Anonymised {row.CreatedOn.Short()}",
        UnitKind.Recipient => $"Recipient, added {row.CreatedOn.Short()}",
        UnitKind.Disclosure => $"Decided {row.CreatedOn.Short()}",
        UnitKind.Exemption => $"Exemption, {row.CreatedOn.Short()}",
        UnitKind.Finding => $"Finding of {row.CreatedOn.Short()}",
        UnitKind.Amends => $"Put right, reported {row.CreatedOn.Short()}",
        UnitKind.Hold => $"Hold, placed {row.CreatedOn.Short()}",
        UnitKind.DisposalList => $"Disposal list {row.Reference}",
        UnitKind.DisposalCertificate => $"Certificate {row.Reference}",
        UnitKind.RightsRequest => $"{RightsWords.KindOf(row.Topic)}, received {row.CreatedOn.Short()}",
        UnitKind.RightsPack => $"Answer to a rights request, {row.CreatedOn.Short()}",
        UnitKind.PolicyEdition => $"Policy {row.Topic}",
        UnitKind.PolicyReview => $"Review of the policy, opened {row.CreatedOn.Short()}",
        UnitKind.Acknowledgement => $"Policy {row.Topic} acknowledged {row.CreatedOn.Short()}",
        UnitKind.CopyRequest => $"Copy asked for {row.CreatedOn.Short()}",
        UnitKind.HeardOf => $"Others told us {row.CreatedOn.Short()}",
        UnitKind.Breach => $"Breach, reported {row.CreatedOn.Short()}",
        UnitKind.Alert => $"Alert of {row.CreatedOn.Short()}",
        UnitKind.MonthlyLook => $"Openings of {row.Topic}",
        UnitKind.OwnHome => $"A colleague's own address, said {row.CreatedOn.Short()}",
        UnitKind.Schedule => $"Schedule, drafted {row.CreatedOn.Short()}",
    };

    public static string Link(this Envelope row) => row.Kind switch
    {
        UnitKind.Enquiry => $"enquiries/{row.Id}",
        UnitKind.Family => $"families/{row.Id}",
        UnitKind.Permission => $"permissions/{row.Id}",
        UnitKind.Draft => $"unfinished/{row.Id}",
        UnitKind.Asked => $"asked/{row.Id}",
        UnitKind.Handling => $"families/{row.Family}/handling",
        UnitKind.Anonymisation => $"anonymisations/{row.Id}",
        UnitKind.Recipient => $"recipients/{row.Id}",
        UnitKind.Disclosure => $"disclosures/{row.Id}",
        UnitKind.Exemption => $"exemptions/{row.Id}",
        UnitKind.Finding => $"families/{row.Family}",
        UnitKind.Amends => $"amends/{row.Id}",
        UnitKind.Hold => $"retention/holds/{row.Id}",
        UnitKind.DisposalList => $"retention/disposal/{row.Id}",
        UnitKind.DisposalCertificate => $"retention/certificates/{row.Id}",
        UnitKind.RightsRequest => $"rights/{row.Id}",
        UnitKind.RightsPack => $"rights/{RightsPack.IdOf(row.Id)}/pack",
        UnitKind.PolicyEdition or UnitKind.Acknowledgement => $"editions/{row.Topic}",
        UnitKind.PolicyReview => $"reviews/{row.Id}",
        UnitKind.CopyRequest => $"copies/{row.Id}",
        UnitKind.HeardOf => $"heard-of/{row.Id}",
        UnitKind.Breach => $"breaches/{row.Id}",
        UnitKind.Alert => $"alerts/{row.Id}",
        UnitKind.MonthlyLook => $"monthly/{row.Id}",
        UnitKind.OwnHome => "sessions",
        UnitKind.Schedule => $"retention/schedule/{row.Id}",
    };

    public static string Word(this UnitKind kind) => kind switch
    {
        UnitKind.Enquiry => "Enquiry",
        UnitKind.Family => "Family card",
        UnitKind.Permission => "Permission",
        UnitKind.Draft => "Draft",
        UnitKind.Asked => "Somebody asked",
        UnitKind.Handling => "Handling",
        UnitKind.Anonymisation => "Anonymisation",
        UnitKind.Recipient => "Recipient",
        UnitKind.Disclosure => "Disclosure",
        UnitKind.Exemption => "Exemption",
        UnitKind.Finding => "Finding",
        UnitKind.Amends => "Put right",
        UnitKind.Hold => "Hold",
        UnitKind.DisposalList => "Disposal list",
        UnitKind.DisposalCertificate => "Certificate",
        UnitKind.RightsRequest => "Rights request",
        UnitKind.RightsPack => "Answer to a rights request",
        UnitKind.PolicyEdition => "Policy edition",
        UnitKind.PolicyReview => "Policy review",
        UnitKind.Acknowledgement => "Acknowledgement",
        UnitKind.CopyRequest => "Copy of the policy",
        UnitKind.HeardOf => "Others told us of them",
        UnitKind.Breach => "Breach",
        UnitKind.Alert => "Alert",
        UnitKind.MonthlyLook => "Monthly list",
        UnitKind.OwnHome => "Own address",
        UnitKind.Schedule => "Schedule",
    };

    public static string Word(this Classification classification) => classification switch
    {
        Classification.None => "NOT CLASSIFIED",
        Classification.Official => "OFFICIAL",
        Classification.OfficialSensitive => "OFFICIAL-SENSITIVE",
        Classification.Unknown => "UNKNOWN",
    };

    public static string Word(this RetentionState state) => state switch
    {
        RetentionState.Overdue => "Overdue",
        RetentionState.Review => "To be looked at",
        RetentionState.Due => "Due",
        RetentionState.Kept => "Kept",
        RetentionState.Open => "Open",
        RetentionState.OnHold => "On hold",
    };

    /// <summary>Why, without saying again of what: "two years from …".</summary>
    public static string Because(this KeepUntil keep) =>
        keep.Because.IndexOf(" are kept ", StringComparison.Ordinal) is var at and >= 0 ? keep.Because[(at + " are kept ".Length)..]
        : keep.Because.IndexOf(" are ", StringComparison.Ordinal) is var looked and >= 0 ? keep.Because[(looked + " are ".Length)..]
        : keep.Because;
}
