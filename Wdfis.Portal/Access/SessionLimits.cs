using System.Globalization;

namespace Wdfis.Portal.Access;

/// <summary><c>Access:Sessions</c>: how long a session goes on. A council may shorten each; none may be longer than its default.</summary>
internal sealed record SessionLimits
{
    /// <summary>Without a sign of the colleague the screen locks after this.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>The same, while a live enquiry is open: who listens on the telephone does not type.</summary>
    public TimeSpan IdleInCall { get; init; } = TimeSpan.FromMinutes(60);
    /// <summary>So long before it locks the screen says so.</summary>
    public TimeSpan Nudge { get; init; } = TimeSpan.FromMinutes(2);
    /// <summary>A session ends after this, whatever is done in it.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(12);
    /// <summary>How often every open circuit is looked at again. Twice this, and what the role table remembers, stay within a minute.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>How many windows one colleague may have open.</summary>
    public int Circuits { get; init; } = 5;

    /// <exception cref="StartRefused">A limit is longer than its default, or nothing.</exception>
    public static SessionLimits Read(IConfiguration configuration)
    {
        var longest = new SessionLimits();
        var section = configuration.GetSection("Access:Sessions");
        TimeSpan Span(string name, TimeSpan most) => section[name] is not { Length: > 0 } text ? most
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span <= most ? span
            : throw new StartRefused($"Access:Sessions:{name} is a time of at most {most:c} (as in 00:15:00), and not nothing.");
        return new SessionLimits
        {
            Idle = Span(nameof(Idle), longest.Idle),
            IdleInCall = Span(nameof(IdleInCall), longest.IdleInCall),
            Nudge = Span(nameof(Nudge), longest.Nudge),
            Longest = Span(nameof(Longest), longest.Longest),
            Look = Span(nameof(Look), longest.Look),
            Circuits = section[nameof(Circuits)] is not { Length: > 0 } number ? longest.Circuits
                : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var many) && many >= 1 && many <= longest.Circuits ? many
                : throw new StartRefused($"Access:Sessions:Circuits is a number from 1 to {longest.Circuits}."),
        };
    }
}
