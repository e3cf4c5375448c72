using System.Globalization;

namespace Wdfis.Portal.Strongroom;

/// <summary><c>Access:Emergency</c>: how long a family stays open that somebody opened in an emergency, and within how many working days a lead looks at it.</summary>
/// <param name="Minutes">From 1 to 60.</param>
/// <param name="ReviewDays">From 1 to 20.</param>
internal sealed record EmergencyTerms(int Minutes = 60, int ReviewDays = 5)
{
    /// <exception cref="StartRefused">A number is out of its range.</exception>
    public static EmergencyTerms Read(IConfiguration configuration)
    {
        int Number(string name, int otherwise, int most) => configuration[$"Access:Emergency:{name}"] is not { Length: > 0 } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
            : throw new StartRefused($"Access:Emergency:{name} is a number from 1 to {most}.");
        return new EmergencyTerms(Number(nameof(Minutes), 60, 60), Number(nameof(ReviewDays), 5, 20));
    }

    /// <summary>Whether what was opened then is open now; at the end of its last minute it is not.</summary>
    public bool Stands(DateTimeOffset? at, DateTimeOffset now) => at <= now && now < EndOf(at);

    /// <summary>The first instant at which it is closed again.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset? at) => at?.AddMinutes(Minutes);
}
