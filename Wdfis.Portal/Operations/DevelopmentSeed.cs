using Microsoft.EntityFrameworkCore;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary>Fills a new Development folder with synthetic colleagues and families, so that the first call can be taken at once.</summary>
internal static class DevelopmentSeed
{
    private const int Families = 400;

    public static async Task SeedDevelopment(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;
        if (app.Services.GetRequiredService<DevelopmentSignInSettings>().On)
            await app.SeedColleagues();
        // Only a folder that never held anything is filled: what somebody erased does not come back.
        var keeper = app.Services.GetRequiredService<Keeper>();
        if (app.Services.GetRequiredService<KeyRing>().Fault is null && await keeper.CountEnvelopes(new EnvelopeQuery()) == 0)
        {
            await app.Services.GetRequiredService<PolicyDesk>().SeedDevelopment();
            await app.Services.GetRequiredService<Seeding>().Recipients();
            await app.Services.GetRequiredService<Seeding>().Run(app.Configuration.GetValue("Development:Families", Families), seed: 1);
        }
    }

    public static Task SeedColleagues(this WebApplication app) => ColleagueTable.SeedDevelopment(
        app.Services.GetRequiredService<IDbContextFactory<RecordsContext>>(),
        London.Today(app.Services.GetRequiredService<TimeProvider>()));
}
