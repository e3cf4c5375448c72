using System.Globalization;

namespace Wdfis.Portal;

/// <summary>
/// The system's clock, moved by as many days as a file says (<c>Clock:DaysFile</c>): lets a test or a demonstration see what a week changes.
/// Exists in Development alone.
/// </summary>
internal sealed class MovedClock(string file) : TimeProvider
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private long lookedAt;
    private double days;

    /// <exception cref="StartRefused">The setting is there outside Development.</exception>
    public static TimeProvider Choose(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["Clock:DaysFile"] is not { Length: > 0 } file ? System
        : environment.IsDevelopment() ? new MovedClock(file)
        : throw new StartRefused("The setting Clock:DaysFile cannot be used outside Development. Take it out.");

    public override DateTimeOffset GetUtcNow()
    {
        if (lookedAt == 0 || GetElapsedTime(Volatile.Read(ref lookedAt)) > LookEvery)
        {
            Volatile.Write(ref days, File.Exists(file) && double.TryParse(File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var moved) ? moved : 0);
            Volatile.Write(ref lookedAt, GetTimestamp());
        }
        return base.GetUtcNow().AddDays(Volatile.Read(ref days));
    }
}
