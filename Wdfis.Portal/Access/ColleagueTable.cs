using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;

namespace Wdfis.Portal.Access;

/// <summary>The role table as stored. Looked up anew every few seconds, so that an ended row opens nothing for long.</summary>
internal sealed class ColleagueTable(IDbContextFactory<RecordsContext> contexts, TimeProvider clock) : IColleagues, IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 2_000 });

    public async Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default)
    {
        if (known.TryGetValue(id, out Colleague? colleague))
            return colleague;
        colleague = (await Read(row => row.Id == id, cancel)).SingleOrDefault();
        known.Set(id, colleague, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Remembered, Size = 1 });
        return colleague;
    }

    public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Read(_ => true, cancel);

    public void Dispose() => known.Dispose();

    private async Task<IReadOnlyList<Colleague>> Read(System.Linq.Expressions.Expression<Func<ColleagueRow, bool>> which, CancellationToken cancel)
    {
        var today = London.Today(clock);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Set<ColleagueRow>().AsNoTracking().Where(which)
            .Join(context.Set<RoleRow>(), colleague => colleague.Id, role => role.Colleague, (colleague, role) => new { colleague.Id, colleague.DisplayName, role.Role, role.Services, role.FromOn, role.UntilOn })
            .ToListAsync(cancel);
        return [.. rows.Where(row => row.FromOn <= today && (row.UntilOn is null || row.UntilOn >= today))
            .GroupBy(row => (row.Id, row.DisplayName))
            .Select(group => new Colleague(
                group.Key.Id,
                group.Key.DisplayName,
                [.. group.Select(row => row.Role)],
                [.. Enum.GetValues<Service>().Where(service => group.Any(row => (row.Services & (1 << (int)service)) != 0))]))
            .OrderBy(colleague => colleague.DisplayName, StringComparer.Ordinal)];
    }

    /// <summary>Writes the synthetic colleagues of Development into a table that holds nobody.</summary>
    public static async Task SeedDevelopment(IDbContextFactory<RecordsContext> contexts, DateOnly today)
    {
        await using var context = await contexts.CreateDbContextAsync();
        if (await context.Set<ColleagueRow>().AnyAsync())
            return;
        foreach (var colleague in DevelopmentColleagues.All)
        {
            context.Add(new ColleagueRow { Id = colleague.Id, Tenant = "development", DirectoryId = colleague.Id.ToString(), DisplayName = colleague.DisplayName });
            foreach (var role in colleague.Roles)
            {
                context.Add(new RoleRow
                {
                    Colleague = colleague.Id,
                    Role = role,
                    Services = colleague.Services.Sum(service => 1 << (int)service),
                    FromOn = today,
                    GrantedBy = ColleagueId.Portal,
                    ApprovedBy = ColleagueId.Portal,
                });
            }
        }
        await context.SaveChangesAsync();
    }
}
