using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>The role table as it stands on one day (S3): who is assigned to WDFIS, as what, for which services.</summary>
internal interface IColleagues
{
    /// <summary>The colleague with the rows that count today; null when there is none.</summary>
    Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default);

    /// <summary>The first day of a colleague's first row, included; null when it is not known.</summary>
    Task<DateOnly?> StartedOn(ColleagueId id, CancellationToken cancel = default) => Task.FromResult<DateOnly?>(null);

    /// <summary>Everybody with a row that counts today, by name.</summary>
    Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default);

    /// <summary>What everybody is called who is or was here: for the audit, which names people who have left.</summary>
    async Task<IReadOnlyDictionary<ColleagueId, string>> Names(CancellationToken cancel = default) => (await Today(cancel)).ToDictionary(one => one.Id, one => one.DisplayName);
}

/// <summary>Synthetic colleagues, for Development alone.</summary>
internal static class DevelopmentColleagues
{
    public static readonly ImmutableArray<Colleague> All =
    [
        Make(0x11, "Ash Whitaker", [Role.Adviser], [Service.FamiliesInformation]),
        Make(0x12, "Bryony Sykes", [Role.Adviser], [Service.ParentPartnership]),
        Make(0x13, "Callum Naylor", [Role.Adviser], [Service.ChoiceAdvice]),
        Make(0x14, "Dilys Ackroyd", [Role.TeamLead], Enum.GetValues<Service>()),
        Make(0x15, "Ewan Priestley", [Role.TeamLead], Enum.GetValues<Service>()),
        Make(0x16, "Farah Iqbal", [Role.InformationGovernance], Enum.GetValues<Service>()),
        Make(0x17, "Glenn Hepworth", [Role.Manager], Enum.GetValues<Service>()),
    ];

    private static Colleague Make(byte number, string name, Role[] roles, Service[] services) =>
        new(new ColleagueId(new Guid($"00000000-0000-7000-8000-0000000000{number:x2}")), name, [.. roles], [.. services]);
}
