using Wdfis.Domain.Policy;
using Wdfis.Portal.Components;

namespace Wdfis.Portal.Features.Policy;

/// <summary>The words of the policy's life.</summary>
internal static class PolicyWords
{
    /// <summary>How far an edition has come, as of today.</summary>
    public static string StateOf(PolicyEdition edition, PolicyNumber? inForce, DateOnly today) => edition.State switch
    {
        EditionState.Draft => "Draft",
        EditionState.Approved => "Approved, not published",
        EditionState.Published when edition.PublishedOn > today => $"Published from {edition.PublishedOn.Value.Long()}",
        EditionState.Published => edition.Number == inForce ? $"In force since {edition.PublishedOn!.Value.Long()}" : $"Published {edition.PublishedOn!.Value.Long()}, replaced",
    };

    public static string Words(this ReviewTrigger trigger) => trigger switch
    {
        ReviewTrigger.Yearly => "The year is over",
        ReviewTrigger.Law => "The law changed",
        ReviewTrigger.Guidance => "Guidance or best practice moved",
        ReviewTrigger.Breach => "A personal-data breach",
        ReviewTrigger.Complaint => "A complaint",
        ReviewTrigger.Exemptions => "What a review of exemptions showed",
    };

    public static string Words(this Standing standing) => standing switch
    {
        Standing.Kept => "✓ Kept",
        Standing.Watch => "◆ To be looked at",
        Standing.Broken => "✕ Not kept",
    };

    public static string Tone(this Standing standing) => standing switch
    {
        Standing.Kept => "official",
        Standing.Watch => "due",
        Standing.Broken => "late",
    };
}
