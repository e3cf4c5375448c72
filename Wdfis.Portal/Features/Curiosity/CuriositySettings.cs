using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;

namespace Wdfis.Portal.Features.Curiosity;

/// <summary><c>Curiosity</c>: from how many families a day a lead is told, and what the monthly list holds.</summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed record CuriositySettings
{
    /// <summary>How many families a colleague of each role opens on one day without a lead being told; of several roles the highest counts.</summary>
    public required ImmutableDictionary<Role, int> FamiliesADay { get; init; }
    /// <summary>How many openings of a month a lead looks at.</summary>
    public required int Sample { get; init; }
    /// <summary>After how many days without a single act a right counts as unused.</summary>
    public required int UnusedDays { get; init; }
    /// <summary>Within how many working days a month is looked through.</summary>
    public required int LookWithinDays { get; init; }

    /// <exception cref="StartRefused">A setting is missing or out of its range.</exception>
    public static CuriositySettings Read(IConfiguration configuration)
    {
        int Number(string name, int most) => int.TryParse(configuration[$"Curiosity:{name}"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
            : throw new StartRefused($"Curiosity:{name} is a number from 1 to {most}. Add it to {Settings.FileName}.");
        return new CuriositySettings
        {
            FamiliesADay = new[] { Role.Adviser, Role.TeamLead, Role.InformationGovernance }.ToImmutableDictionary(role => role, role => Number($"{nameof(FamiliesADay)}:{role}", 1_000)),
            Sample = Number(nameof(Sample), 200),
            UnusedDays = Number(nameof(UnusedDays), 366),
            LookWithinDays = Number(nameof(LookWithinDays), 20),
        };
    }

    public int MostOf(IEnumerable<Role> roles) => roles.Select(role => FamiliesADay.GetValueOrDefault(role)).DefaultIfEmpty().Max();
}
