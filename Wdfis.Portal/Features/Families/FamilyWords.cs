using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Features.Families;

/// <summary>The words that screens use for a family's facts.</summary>
internal static class FamilyWords
{
    public static string Words(this Source source) => source switch
    {
        Source.Themselves => "They told us themselves",
        Source.FamilyMember => "Another family member told us",
        Source.Professional => "A professional told us",
        Source.Record => "From a record",
    };

    public static string Words(this ContactKind kind) => kind switch
    {
        ContactKind.Mobile => "Mobile",
        ContactKind.Landline => "Landline",
        ContactKind.Email => "E-mail",
        ContactKind.Post => "Post",
        ContactKind.Other => "Another way",
    };

    public static string Words(this Responsibility state) => state switch
    {
        Responsibility.Unknown => "Not known",
        Responsibility.Yes => "Yes",
        Responsibility.No => "No",
        Responsibility.SharedWithCouncil => "Shared with the council",
        Responsibility.RestrictedByOrder => "Restricted by an order",
    };

    public static string Words(this OrderEffect effect) => effect switch
    {
        OrderEffect.Unknown => "Not known",
        OrderEffect.None => "No effect",
        OrderEffect.Limits => "Limits it",
        OrderEffect.Forbids => "Forbids it",
    };

    public static string Words(this ChildFact fact) => fact switch
    {
        ChildFact.Disability => "Disabled",
        ChildFact.LookedAfter => "Looked after by the council",
        ChildFact.InNeed => "Child in need",
        ChildFact.ProtectionPlan => "Child protection plan",
        ChildFact.YoungCarer => "Young carer",
    };

    public static string Words(this RepresentativeCapacity capacity) => capacity switch
    {
        RepresentativeCapacity.Solicitor => "Solicitor",
        RepresentativeCapacity.Supporter => "Supporter (IPSEA, a SENDIASS, another advice service)",
        RepresentativeCapacity.Attorney => "Attorney under a lasting power",
        RepresentativeCapacity.CourtDeputy => "Deputy of the Court of Protection",
        RepresentativeCapacity.NominatedSupporter => "Supporter whom the young person named",
        RepresentativeCapacity.Other => "Another capacity",
    };

    public static string Words(this CompetenceFor kind) => kind switch
    {
        CompetenceFor.Permissions => "Who may be told or contacted",
        CompetenceFor.OwnInformation => "Asking for what is held about them",
    };

    public static string Words(this RestrictionGround ground) => ground switch
    {
        RestrictionGround.Accuracy => "They say that it is not accurate",
        RestrictionGround.UnlawfulUse => "The use was unlawful, and they do not want it erased",
        RestrictionGround.LegalClaim => "They need it for a legal claim",
        RestrictionGround.Objection => "They objected, and wait for the answer",
    };

    public static string Words(this KeptHow how) => how switch
    {
        KeptHow.NotNamed => "Not named to them",
        KeptHow.NeverTold => "Never told anything",
    };

    public static string Words(this NotToldBecause because) => because switch
    {
        NotToldBecause.Knows => "They know it already",
        NotToldBecause.Disproportionate => "Impossible, or out of all proportion",
        NotToldBecause.Danger => "It would endanger a child or somebody else",
        NotToldBecause.Confidence => "It was told us in confidence",
        NotToldBecause.Law => "The law says that we hold it",
    };

    public static string Words(this Authority state) => state switch
    {
        Authority.None => "nothing on record",
        Authority.NotProved => "not proved",
        Authority.NotYet => "not begun",
        Authority.Ended => "ended",
        Authority.Elsewhere => "not for this",
        Authority.Stands => "proved",
    };

    public static string Words(this Purpose purpose) => purpose switch
    {
        Purpose.GiveInformation => "Give information",
        Purpose.Advise => "Advise",
        Purpose.CaseWork => "Case work",
        Purpose.Share => "Share information",
        Purpose.Contact => "Contact a body",
        Purpose.RightsRequest => "Rights request",
        Purpose.Safeguarding => "Safeguarding",
        Purpose.Complaint => "Complaint",
        Purpose.RetentionReview => "Retention review",
        Purpose.QualityReview => "Quality review",
        Purpose.Breach => "Breach",
        Purpose.Statistics => "Statistics",
        Purpose.Unknown => "No purpose",
    };

    public static string NameOf(Carer carer) => Name(carer.Ladder, carer.Forename, carer.Surname, carer.Handle);

    public static string NameOf(Child child) =>
        child.Birth is Birth.Expected && child.Forename is null ? "An expected child" : Name(child.Ladder, child.Forename, child.Surname, child.Handle);

    public static string NameOf(FamilyCard card, PersonId person) =>
        card.FindCarer(person) is { } carer ? NameOf(carer) : card.FindChild(person) is { } child ? NameOf(child)
        : card.Standing.Representatives.FirstOrDefault(one => one.Who == person && one.Name is not null)?.Name ?? "Somebody no longer on the card";

    private static string Name(Ladder ladder, string? forename, string? surname, string? handle)
    {
        var name = ladder.Rung switch
        {
            Rung.Named => string.Join(' ', new[] { forename, surname }.Where(part => part is not null)),
            Rung.Handle => handle ?? "",
            Rung.Anonymous => "",
        };
        return name.Length > 0 ? name : ladder.Reference.IsEmpty ? "No name held" : ladder.Reference.Format();
    }
}
