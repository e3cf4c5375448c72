using Wdfis.Domain.Disclosure;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>Exemptions in words.</summary>
internal static class ExemptionWords
{
    public static string Words(this ExemptionKind kind) => kind switch
    {
        ExemptionKind.X1 => "Child protection (X1)",
        ExemptionKind.X2 => "Crime or taxation (X2)",
        ExemptionKind.X3 => "Failing provision (X3)",
        ExemptionKind.LifeAtRisk => "An adult's life at risk",
    };

    public static string Words(this NoPermissionReason reason) => reason switch
    {
        NoPermissionReason.CannotBeGiven => "It cannot be given",
        NoPermissionReason.CannotReasonablyBeObtained => "We cannot reasonably be expected to obtain it",
        NoPermissionReason.AskingWouldPrejudice => "Asking would put the protection at risk",
    };

    public static string Words(this ExemptionOutcome outcome) => outcome switch
    {
        ExemptionOutcome.Waiting => "Waits for a second person",
        ExemptionOutcome.Agreed => "Agreed, and shared",
        ExemptionOutcome.WentUnsigned => "Went at once, not signed yet",
        ExemptionOutcome.WentAgreed => "Went at once, the lead agrees",
        ExemptionOutcome.WentDisagreed => "Went at once, the lead disagrees",
        ExemptionOutcome.NotShared => "Decided not to share",
    };

    public static string Words(this SignOffTime time) => time switch
    {
        SignOffTime.NotOwed => "not owed",
        SignOffTime.InTime => "in time",
        SignOffTime.Late => "late",
        SignOffTime.Owed => "owed",
        SignOffTime.Overdue => "overdue",
    };

    public static string Words(this FamilyTold told) => told switch
    {
        FamilyTold.NotSaid => "not said",
        FamilyTold.Told => "told",
        FamilyTold.NotTold => "not told",
    };

    /// <summary>The class of the mark that stands for it.</summary>
    public static string Mark(this ExemptionOutcome outcome) => outcome switch
    {
        ExemptionOutcome.Waiting or ExemptionOutcome.WentUnsigned => "due",
        ExemptionOutcome.WentDisagreed => "late",
        ExemptionOutcome.Agreed or ExemptionOutcome.WentAgreed => "good",
        ExemptionOutcome.NotShared => "official",
    };
}
