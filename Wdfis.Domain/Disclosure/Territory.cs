using System.Collections.Frozen;

namespace Wdfis.Domain.Disclosure;

/// <summary>Where an organisation may be without the gate stopping (D8, field-guide.md section 8): the United Kingdom and the European Economic Area.</summary>
public static class Territory
{
    /// <summary>
    /// The thirty members of the EEA, ISO 3166 (Greece is GR): the 27 of the European Union, Iceland, Liechtenstein and Norway. Switzerland,
    /// Jersey, Guernsey, the Isle of Man, Gibraltar, Andorra, Monaco, San Marino and the Vatican are not members.
    /// </summary>
    public static FrozenSet<string> Eea { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
        "IS", "LI", "NO");

    /// <summary>True for the United Kingdom and the EEA; a code that is unknown, old or in small letters is outside.</summary>
    public static bool IsInside(string? country) => country is "GB" || country is not null && Eea.Contains(country);
}
