using System.Collections.Immutable;
using System.Text.RegularExpressions;

using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Enquiries;

/// <summary>One choice on a list: its stored code, the words on the screen, and the services that offer it.</summary>
/// <param name="Code">1 to 40 small letters, digits and hyphens; stored, so never given a new meaning.</param>
/// <param name="Label">What the screen says.</param>
/// <param name="Services">The services that offer it; never empty.</param>
public sealed record Choice(string Code, string Label, ImmutableArray<Service> Services);

/// <summary>
/// Topics, channels and outcomes of enquiries: configurable, with field-guide.md section 7 as defaults.
/// A code that is on no list, or not offered by the service, is refused as a <see cref="Problem"/>.
/// </summary>
public sealed partial class EnquiryLists
{
    private static readonly ImmutableArray<Service> All = [Service.ChoiceAdvice, Service.FamiliesInformation, Service.ParentPartnership];
    private static readonly ImmutableArray<Service> Choosing = [Service.ChoiceAdvice];
    private static readonly ImmutableArray<Service> Informing = [Service.FamiliesInformation];
    private static readonly ImmutableArray<Service> Partnering = [Service.ParentPartnership];
    private static readonly ImmutableArray<Service> Advising = [Service.ChoiceAdvice, Service.ParentPartnership];

    private EnquiryLists(ImmutableArray<Choice> topics, ImmutableArray<Choice> channels, ImmutableArray<Choice> outcomes)
    {
        Topics = topics;
        Channels = channels;
        Outcomes = outcomes;
    }

    /// <summary>What enquiries are about, in the order of the screen.</summary>
    public ImmutableArray<Choice> Topics { get; }

    /// <summary>The ways in which people reach the service.</summary>
    public ImmutableArray<Choice> Channels { get; }

    /// <summary>How enquiries end.</summary>
    public ImmutableArray<Choice> Outcomes { get; }

    /// <summary>The topics that a service offers.</summary>
    public ImmutableArray<Choice> TopicsOf(Service service) => [.. Topics.Where(c => c.Services.Contains(service))];

    /// <summary>The channels that a service offers.</summary>
    public ImmutableArray<Choice> ChannelsOf(Service service) => [.. Channels.Where(c => c.Services.Contains(service))];

    /// <summary>The outcomes that a service offers.</summary>
    public ImmutableArray<Choice> OutcomesOf(Service service) => [.. Outcomes.Where(c => c.Services.Contains(service))];

    /// <summary>The words for a code on a list; the code itself when it is no longer on it (an old record keeps its code).</summary>
    public static string LabelOf(ImmutableArray<Choice> list, string code) => list.FirstOrDefault(c => c.Code == code)?.Label ?? code;

    /// <summary>Null when the service offers the topic.</summary>
    public Problem? CheckTopic(Service service, string? code) => Check(Topics, EnquiryFields.Topic, "topic", service, code);

    /// <summary>Null when the service offers the channel.</summary>
    public Problem? CheckChannel(Service service, string? code) => Check(Channels, EnquiryFields.Channel, "channel", service, code);

    /// <summary>Null when the service offers the outcome.</summary>
    public Problem? CheckOutcome(Service service, string? code) => Check(Outcomes, EnquiryFields.Outcome, "outcome", service, code);

    private static Problem? Check(ImmutableArray<Choice> list, string field, string noun, Service service, string? code)
    {
        if (string.IsNullOrEmpty(code))
            return new Problem(field, $"Choose {(noun == "outcome" ? "an" : "a")} {noun}.");
        return list.Any(c => c.Code == code && c.Services.Contains(service))
            ? null
            : new Problem(field, $"This {noun} is not on the list of {service.Label()}. Choose one from the list.");
    }

    /// <summary>Lists from configuration. Refuses an empty list, a code twice or in other letters, a label missing or too long, and a choice without a service.</summary>
    public static Checked<EnquiryLists> Create(IEnumerable<Choice> topics, IEnumerable<Choice> channels, IEnumerable<Choice> outcomes)
    {
        ImmutableArray<Choice> t = [.. topics], c = [.. channels], o = [.. outcomes];
        return Checked<EnquiryLists>.From(
            [.. Faults("topics", t), .. Faults("channels", c), .. Faults("outcomes", o)],
            () => new EnquiryLists(t, c, o));
    }

    private static IEnumerable<Problem> Faults(string list, ImmutableArray<Choice> choices)
    {
        if (choices.IsEmpty)
            yield return new Problem(list, "The list is empty. Configure at least one choice.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < choices.Length; i++)
        {
            var (code, label, services) = choices[i];
            var at = $"{list}:{i}";
            if (code is null || !CodePattern().IsMatch(code))
                yield return new Problem(at, "A code is 1 to 40 small letters, digits and hyphens.");
            else if (!seen.Add(code))
                yield return new Problem(at, "This code is on the list twice.");
            if (string.IsNullOrWhiteSpace(label) || TypedText.Check(at, label, 80) is not null)
                yield return new Problem(at, "A choice has a label of at most 80 characters.");
            if (services.IsDefaultOrEmpty || services.Any(s => !Enum.IsDefined(s)))
                yield return new Problem(at, "A choice belongs to one of the three services at least.");
        }
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\\z")]
    private static partial Regex CodePattern();

    /// <summary>The lists of field-guide.md section 7.</summary>
    public static EnquiryLists Defaults { get; } = Create(
        [
            new("childcare-search", "Looking for childcare", Informing),
            new("funded-2", "Funded hours, two-year-olds", Informing),
            new("funded-3-4", "Funded hours, three- and four-year-olds", Informing),
            new("funded-9m", "Funded hours from nine months, working parents", Informing),
            new("paying-for-childcare", "Tax-Free Childcare and Universal Credit", Informing),
            new("brokerage", "No suitable childcare found (brokerage)", Informing),
            new("becoming-provider", "Becoming a childcare provider", Informing),
            new("activities", "Activities and holiday clubs", Informing),
            new("family-hub", "Family hubs and parenting", Informing),
            new("benefits", "Benefits", Informing),
            new("local-offer", "Local Offer", [Service.FamiliesInformation, Service.ParentPartnership]),
            new("sen-support", "SEN support in school or nursery", Partnering),
            new("ehc-request", "Asking for an EHC needs assessment", Partnering),
            new("ehc-plan", "EHC plan", Partnering),
            new("ehc-review", "Annual review", Partnering),
            new("mediation-tribunal", "Mediation and tribunal", Partnering),
            new("exclusion", "Exclusion", Advising),
            new("attendance", "Attendance", Advising),
            new("transport", "School transport", Advising),
            new("admissions", "School admissions", Choosing),
            new("appeals", "Admission appeals", Choosing),
            new("in-year", "Changing school during the year", Choosing),
            new("health", "Health", [Service.FamiliesInformation, Service.ParentPartnership]),
            new("post-16", "After 16", All),
            new("provision-complaint", "Complaint about a provision", All),
            new("bullying", "Bullying", Advising),
            new("other", "Something else", All),
        ],
        [
            new("phone", "Telephone", All),
            new("email", "E-mail", All),
            new("web-form", "Web form", All),
            new("chat", "Web chat", All),
            new("text", "Text message", All),
            new("social", "Social media", All),
            new("letter", "Letter", All),
            new("drop-in", "Drop-in", All),
            new("home-visit", "Home visit", All),
            new("outreach", "Outreach", All),
            new("video", "Video call", All),
            new("professional", "Referred by a professional", All),
        ],
        [
            new("information-given", "Information given", All),
            new("advice-given", "Advice given", All),
            new("signposted", "Signposted", All),
            new("referred-consent", "Referred with permission", All),
            new("referred-exemption", "Referred under an exemption", All),
            new("meeting-attended", "Meeting attended", Advising),
            new("documents", "Help with documents", Advising),
            new("mediation", "Mediation", Partnering),
            new("appeal-lodged", "Appeal lodged", Advising),
            new("appeal-conceded", "Appeal conceded", Advising),
            new("appeal-won", "Appeal won", Advising),
            new("appeal-lost", "Appeal lost", Advising),
            new("no-further-contact", "No further contact", All),
            new("declined", "Declined", All),
            new("out-of-area", "Out of area", All),
            new("anonymous-closed", "Closed, caller anonymous", All),
        ]).OrThrow();
}

/// <summary>The names of the three services on screens, and their codes in figures.</summary>
public static class ServiceNames
{
    /// <summary>As screens say it: "Families Information".</summary>
    public static string Label(this Service service) => service switch
    {
        Service.ChoiceAdvice => "Choice Advice",
        Service.FamiliesInformation => "Families Information",
        Service.ParentPartnership => "Parent Partnership",
    };

    /// <summary>As figures say it: <c>families-information</c>.</summary>
    public static string Code(this Service service) => service switch
    {
        Service.ChoiceAdvice => "choice-advice",
        Service.FamiliesInformation => "families-information",
        Service.ParentPartnership => "parent-partnership",
    };
}

/// <summary>Ids of the fields of an enquiry, as problems and the field catalogue name them.</summary>
public static class EnquiryFields
{
    /// <summary>Channel.</summary>
    public const string Channel = "enquiry.channel";
    /// <summary>Topic.</summary>
    public const string Topic = "enquiry.topic";
    /// <summary>What they need.</summary>
    public const string Requirement = "enquiry.requirement";
    /// <summary>What we answered.</summary>
    public const string Response = "enquiry.response";
    /// <summary>Outcome.</summary>
    public const string Outcome = "enquiry.outcome";
    /// <summary>Intervention level.</summary>
    public const string Level = "enquiry.level";
    /// <summary>Follow-up date and what it is for.</summary>
    public const string FollowUp = "enquiry.follow-up";
    /// <summary>Notes.</summary>
    public const string Note = "enquiry.note";
    /// <summary>Who they say they are, and how it was confirmed.</summary>
    public const string Caller = "enquiry.caller";
    /// <summary>The number or e-mail that a named caller used.</summary>
    public const string CameFrom = "enquiry.came-from";
    /// <summary>Talk in private.</summary>
    public const string Privacy = "enquiry.privacy";
    /// <summary>When it was opened, closed or re-opened.</summary>
    public const string When = "enquiry.when";
    /// <summary>Why it was re-opened.</summary>
    public const string Why = "enquiry.why";
    /// <summary>What was told during the call.</summary>
    public const string Told = "enquiry.told";
}
