using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary><c>drop-audit-year</c>: drops years of the audit whose time is over and of which two people said so.</summary>
internal static class DropAuditYearVerb
{
    public static async Task<int> Run(int year, string? dataFolder, CancellationToken cancel)
    {
        if (year is < 2000 or > 9000)
            throw new StartRefused("Name a year, such as 2026.");
        await using var app = Portal.Build([], quiet: true, dataFolder);
        await app.Services.StartStrongroom(cancel);
        var keep = AuditYears.KeepUntil(app.Services.GetRequiredService<ScheduleShelf>().Current, year);
        var dropped = await app.Services.GetRequiredService<AuditYears>().Drop(year, keep, new Spoken(), cancel);
        Console.WriteLine($"{dropped:N0} entries up to the end of {year} were dropped. A signed entry says so, and its head stands in the second place.");
        return 0;
    }
}
