using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features;

/// <summary>Each noun's one service, and how its records are stored: a line each.</summary>
internal static class FeatureSetup
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<IRecordFormat<Draft>, DraftFormat>();
        services.AddSingleton<DraftDesk>();
        services.AddSingleton<PolicyShelf>();
        return services;
    }
}
