using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>Topics, channels and outcomes from the section <c>EnquiryLists</c>; a list that is not there is the domain's own.</summary>
internal static class EnquirySettings
{
    /// <exception cref="StartRefused">A configured list cannot be used; the message names the setting.</exception>
    public static EnquiryLists Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("EnquiryLists");
        var made = EnquiryLists.Create(
            List(section.GetSection("Topics")) ?? EnquiryLists.Defaults.Topics,
            List(section.GetSection("Channels")) ?? EnquiryLists.Defaults.Channels,
            List(section.GetSection("Outcomes")) ?? EnquiryLists.Defaults.Outcomes);
        return made.Match(
            lists => lists,
            problems => throw new StartRefused($"The setting EnquiryLists:{problems[0].Field} cannot be used. {problems[0].Sentence}"));
    }

    /// <summary>The guard of free text, which lets the service's own number and the helplines pass.</summary>
    public static FreeTextGuard Guard(IConfiguration configuration) =>
        new(TelephoneNumber.TryParse(configuration["Service:Telephone"], out var own) ? [.. FreeTextGuard.Helplines, own] : FreeTextGuard.Helplines);

    private static IEnumerable<Choice>? List(IConfigurationSection section) =>
        !section.Exists() ? null : section.GetChildren().Select(line => new Choice(
            line["Code"] ?? "",
            line["Label"] ?? "",
            [.. line.GetSection("Services").GetChildren().Select(code => Array.FindIndex(Codes, one => one == code.Value) is >= 0 and var at ? Enum.GetValues<Service>()[at]
                : throw new StartRefused($"The setting {code.Path} cannot be used. Allowed: {string.Join(", ", Codes)}."))]));

    private static readonly string[] Codes = [.. Enum.GetValues<Service>().Select(service => service.Code())];
}
