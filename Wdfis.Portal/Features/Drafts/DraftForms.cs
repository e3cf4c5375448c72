using System.Collections.Immutable;
using System.Text.Json;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Features.Drafts;

/// <summary>What a draft tells of the form that it belongs to: its name in words, where it goes on, and what its fields are called.</summary>
internal static class DraftForms
{
    internal const string AtField = "at";

    private static readonly string[] Places = ["families/", "enquiries/", "recipients/", "disclosures/", "exemptions/", "retention/schedule/", "editions/", "reviews/", "copies/", "breaches/", "rights/", "heard-of/", "alerts/", "monthly/", "amends/", "permissions/", "retention/disposal/"];

    private static readonly ImmutableDictionary<string, string> Titles = new Dictionary<string, string>
    {
        ["live-enquiry"] = "Call",
        ["enquiry-note"] = "Note on an enquiry",
        ["asked"] = "Somebody asks about a person",
        ["permission"] = "Permission",
        ["permission-change"] = "Change of a permission",
        ["sign-off"] = "Signature under an exemption",
        ["statement"] = "Statement for somebody",
        ["disposal"] = "Disposal list",
        ["disclosure"] = "Disclosure, contact or question",
        ["disclosure-record"] = "What became of a disclosure",
        ["notice"] = "Notice owed",
        ["amends"] = "Something told that was not right",
        ["amends-told"] = "Telling somebody what was not right",
        ["anonymity"] = "Anonymity",
        ["urgent"] = "Urgent disclosure",
        ["exemption"] = "Exemption",
        ["authority"] = "Whose answer prevails",
        ["handling"] = "Special handling or conflict",
        ["alert"] = "Alert about openings",
        ["monthly"] = "Month looked through",
        ["hold"] = "Hold",
        ["schedule"] = "Retention schedule",
        ["schedule-note"] = "Agreement to a schedule",
        ["family-new"] = "New family",
        ["family-join"] = "Joining two cards",
        ["family-carer"] = "Parent or carer",
        ["family-child"] = "Child",
        ["family-order"] = "Court order",
        ["family-address"] = "Address",
        ["family-communication"] = "Language and format",
        ["family-safe"] = "Safe contact",
        ["policy"] = "Edition of the policy",
        ["policy-review"] = "Review of the policy",
        ["policy-copy"] = "Copy of the policy",
        ["family-representative"] = "Who speaks for somebody",
        ["family-kept-from"] = "Kept from a recipient",
        ["family-competence"] = "What a child can decide",
        ["family-restriction"] = "Restriction",
        ["recipient"] = "Entry of the directory",
        ["breach"] = "Personal-data breach",
        ["heard-of"] = "Others told us of somebody",
        ["rights-new"] = "Rights request",
        ["rights"] = "Work on a rights request",
        ["rights-pack"] = "Answer to a rights request",
    }.ToImmutableDictionary();

    // Where the field's own name does not say it. Rows of a list carry their number behind.
    private static readonly ImmutableDictionary<string, string> Labels = new Dictionary<string, string>
    {
        ["asker"] = "Who asks",
        ["about"] = "About whom",
        ["words"] = "What they said",
        ["said"] = "The sentence was said",
        ["call-back"] = "Number or address they gave",
        ["kind"] = "Kind",
        ["body"] = "Which body",
        ["body-kind"] = "Kind of body",
        ["send"] = "Special educational needs matter",
        ["by"] = "Who gives it",
        ["capacity"] = "In what capacity",
        ["evidence"] = "Evidence",
        ["given"] = "When it was given",
        ["how"] = "How",
        ["why"] = "Why",
        ["value"] = "Number or address",
        ["elses"] = "It is somebody else's",
        ["may-say"] = "What may be said",
        ["word"] = "Safe word",
        ["never"] = "Never disclose to",
        ["unsafe"] = "Not safe",
        ["known-as"] = "Also known as",
        ["sen-stage"] = "Special educational needs",
        ["source"] = "Where we have it from",
    }.ToImmutableDictionary();

    /// <summary>The form in words.</summary>
    public static string Title(string? form) => form is not null && Titles.TryGetValue(form, out var title) ? title : "Form";

    /// <summary>The form's code for the envelope; one that nobody knows is not written down there.</summary>
    public static string Code(string form) => Titles.ContainsKey(form) ? form : "form";

    /// <summary>What a form's <c>data-draft-with</c> holds, so that its draft leads back to it.</summary>
    public static string At(string address) => JsonSerializer.Serialize(new Dictionary<string, string> { [AtField] = address });

    /// <summary>Where the draft goes on; null when it does not say.</summary>
    public static string? AddressOf(UnitId id, Draft draft) =>
        draft.Form == "live-enquiry" ? $"live/{id}"
        : draft.Form == "asked" ? $"asked/new/{id}"
        : draft[AtField] is { } at && (at is "ask" or "urgent" or "exemption" || Places.Any(place => at.StartsWith(place, StringComparison.Ordinal)))
            ? at.EndsWith(id.ToString(), StringComparison.Ordinal) ? at : $"{at}{(at.Contains('?') ? '&' : '?')}draft={id}"
        : null;

    /// <summary>What was typed, each field with its name in words; what the form keeps for itself is left out.</summary>
    public static IEnumerable<(string Label, string Value)> Words(Draft draft) => draft.Fields
        .Where(field => field.Value.Trim().Length > 0 && field.Key is not (AtField or "version" or "purpose") && !field.Key.Contains('|') && !Guid.TryParse(field.Value, out _))
        .Select(field => (Label(field.Key), field.Value == "yes" ? "Yes" : field.Value));

    private static string Label(string field)
    {
        var parts = field.Split('.');
        var last = parts[^1];
        var words = Labels.TryGetValue(last, out var known) ? known : last.Split('-') is [var of, ..] && Guid.TryParse(last[(of.Length == last.Length ? 0 : of.Length + 1)..], out _) ? of : last.Replace('-', ' ');
        var row = parts.Length > 2 && int.TryParse(parts[1], out var at) ? $" {at + 1}" : "";
        return (words.Length > 0 ? char.ToUpperInvariant(words[0]) + words[1..] : words) + row;
    }
}
