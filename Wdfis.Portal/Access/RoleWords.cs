using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>Roles and services in the words that screens use.</summary>
internal static class RoleWords
{
    private const string Former = "a former colleague";

    public static string Word(this Role role) => role switch
    {
        Role.Adviser => "Adviser",
        Role.TeamLead => "Team lead",
        Role.InformationGovernance => "Information-governance officer",
        Role.Manager => "Manager (counts only)",
    };

    public static string Word(this Service service) => service switch
    {
        Service.ChoiceAdvice => "Choice Advice",
        Service.FamiliesInformation => "Families Information",
        Service.ParentPartnership => "Parent Partnership",
    };

    public static string ServicesOf(Colleague colleague) => ServicesOf(colleague.Services);

    public static string ServicesOf(IEnumerable<Service> services) =>
        services.Distinct().Order().ToList() is var all && all.Count == Enum.GetValues<Service>().Length ? "all services" : string.Join(", ", all.Select(Word));

    public static string NameOf(IReadOnlyList<KnownColleague> everybody, ColleagueId id) =>
        id == ColleagueId.Portal ? "The portal" : everybody.FirstOrDefault(one => one.Id == id)?.DisplayName ?? "Somebody";

    public static string NameOf(IReadOnlyDictionary<ColleagueId, string> names, ColleagueId id) => names.GetValueOrDefault(id, Former);

    public static async Task<string> NameOf(this IColleagues colleagues, ColleagueId id) => (await colleagues.Find(id))?.DisplayName ?? Former;

    public static string Of(Colleague colleague) => $"{string.Join(", ", colleague.Roles.Select(Word))}, {ServicesOf(colleague)}";
}
