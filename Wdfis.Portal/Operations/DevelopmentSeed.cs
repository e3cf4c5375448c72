using Microsoft.EntityFrameworkCore;
using Wdfis.Domain.Calendar;
using Wdfis.Portal.Access;
using Wdfis.Portal.Storage;

namespace Wdfis.Portal.Operations;

/// <summary>Fills a new Development folder with synthetic colleagues and families, so that the first call can be taken at once.</summary>
internal static class DevelopmentSeed
{
    public static async Task SeedDevelopment(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;
        await ColleagueTable.SeedDevelopment(
            app.Services.GetRequiredService<IDbContextFactory<RecordsContext>>(),
            London.Today(app.Services.GetRequiredService<TimeProvider>()));
    }
}
