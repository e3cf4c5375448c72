using static Wdfis.Domain.Confidentiality.FieldClass;

namespace Wdfis.Domain.Confidentiality;

/// <content>The policy's own papers (A1, C4). Nothing in them is about a family, but for where a copy is sent.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> PolicyLines() =>
    [
        F("policy.version", "Edition", Working, AboutWhom.Service, Always),
        F("policy.text", "Text of the policy", Working, AboutWhom.Service, Always),
        F("policy.script", "What is said in a call", Working, AboutWhom.Service, Always),
        F("policy.material", "Families are told again", Working, AboutWhom.Service, Always),
        F("policy.what-changed", "What changed", Working, AboutWhom.Service, Always),
        F("policy.drafted", "Who wrote it, and when", Working, AboutWhom.Service, Always),
        F("policy.approved", "Who approved it, and when", Working, AboutWhom.Service, Always),
        F("policy.published-on", "Published on", Working, AboutWhom.Service, Always),
        F("policy.acknowledged", "Who has read it, and when", Working, AboutWhom.Service, Always),
        F("policy.review.trigger", "Why the policy is looked at", Working, AboutWhom.Service, Always),
        F("policy.review.because", "What brought it about", Working, AboutWhom.Service, Always),
        F("policy.review.opened", "Who opened the review, and when", Working, AboutWhom.Service, Always),
        F("policy.review.figures", "Figures of the year", Working, AboutWhom.Service, Always),
        F("policy.review.verdicts", "What is kept and what changes", Working, AboutWhom.Service, Always),
        F("policy.review.signed", "Who signed it, and when", Working, AboutWhom.Service, Always),
        F("policy.review.next-on", "Next review", Working, AboutWhom.Service, Always),
        F("copy.format", "Format of the copy", Working, AboutWhom.Service, Always, "Format"),
        F("copy.language", "Language of the copy", Personal, AboutWhom.Person, Always, "Language"),
        F("copy.to", "Who asked, and where it goes", Personal, AboutWhom.Person, ToReach, "Where it was sent"),
        F("copy.asked-on", "Asked on", Working, AboutWhom.Service, Always, "Asked on"),
        F("copy.sent", "Who sent it, and when", Working, AboutWhom.Service, Always, "Sent"),
    ];
}
