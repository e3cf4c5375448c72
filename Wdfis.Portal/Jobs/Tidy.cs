using Wdfis.Domain.Calendar;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary><c>Jobs:Tidy</c>. Hours are London's; <see cref="From"/> is included, <see cref="Until"/> is not, and midnight may lie between.</summary>
internal sealed record TidyOptions
{
    public int EveryDays { get; init; } = 7;
    public TimeOnly From { get; init; } = new(2, 0);
    public TimeOnly Until { get; init; } = new(5, 0);
}

/// <summary>
/// Once a week, at night, writes the record file anew, which clears what page splits left of destroyed values (sealed, and unreadable
/// without their keys), and counts it before and after. It takes its turn in the write lane: whoever saves meanwhile waits and is not refused;
/// whoever reads does not notice. Only the whole will do: SQLite's incremental vacuum gives back empty pages and leaves the used ones as they are.
/// </summary>
internal sealed class Tidy(DataFolder folder, WriteLane lane, IConfiguration configuration) : IJob
{
    private readonly TidyOptions options = configuration.GetSection("Jobs:Tidy").Get<TidyOptions>() ?? new();

    public string Name => "tidy";

    public bool Due(DateTimeOffset? last, DateTimeOffset now) =>
        (last is not { } before || London.DateOf(before).AddDays(options.EveryDays) <= London.DateOf(now))
        && TimeOnly.FromDateTime(London.Local(now).DateTime).IsBetween(options.From, options.Until);

    public async Task<string> Run(CancellationToken cancel)
    {
        var size = new FileInfo(folder.RecordsPath).Length;
        // The file anew, and once more in its journal until the checkpoint.
        if (new DriveInfo(folder.Path).AvailableFreeSpace < 2 * size + 2L * DataFolder.BallastLength)
            throw new NoRoomException();
        var destroyed = Remnants.Destroyed(folder.Remnants);
        var before = Remnants.Count(folder.RecordsPath, destroyed);
        var emptied = await lane.Alone(records => records.Tidy(folder.Path));
        var after = Remnants.Count(folder.RecordsPath, destroyed);
        if (emptied && after == 0)
            await lane.Alone(_ => Remnants.Forget(folder.Remnants, destroyed.Count));
        return $"of {destroyed.Count:N0} destroyed values {before:N0} had left remnants and {after:N0} still have; {size >> 20:N0} MB before and {new FileInfo(folder.RecordsPath).Length >> 20:N0} MB after";
    }
}
