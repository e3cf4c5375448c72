using System.Text;
using Microsoft.AspNetCore.OutputCaching;
using Wdfis.Domain.Processing;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Processing;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Shell;

namespace Wdfis.Portal.Features.Policy;

/// <summary>The policy for everybody (C4): the same for whoever asks, so that it is made once and kept until it changes, a minute at most.</summary>
internal static class PublicPages
{
    /// <summary>The name of the caching rule that public pages carry.</summary>
    public const string Cached = "public";

    public static IServiceCollection AddPublicPages(this IServiceCollection services) => services
        .AddOutputCache(options => options.AddPolicy(Cached, policy => policy.Expire(TimeSpan.FromMinutes(1)).Tag(Cached).SetVaryByQuery([])));

    public static void MapPolicy(this WebApplication app)
    {
        var cache = app.Services.GetRequiredService<IOutputCacheStore>();
        app.Services.GetRequiredService<PolicyShelf>().Changed = () => _ = cache.EvictByTagAsync(Cached, CancellationToken.None).AsTask();
        app.MapGet("/policy.txt", (PolicyShelf shelf) => Results.Text(PolicyDocument.Plain(shelf), "text/plain", Encoding.UTF8))
            .WithMetadata(new OpenToAllAttribute("The policy is public: C4.")).CacheOutput(Cached);
        // The record of processing names nobody: it passes no gate, and is for whoever keeps the registers (Article 30).
        app.MapGet("/processing.csv", (ScheduleShelf schedules, IConfiguration settings) => Results.Text(EnvelopeCsv.Text(
                [[.. Controller.Lines(settings).Select(line => line.Heading), .. ProcessingRegister.Headings], .. ProcessingRegister.All.Select(one => (IEnumerable<string>)[.. Controller.Lines(settings).Select(line => line.Text), .. ProcessingRegister.Row(one, schedules.Current)])]), "text/csv", Encoding.UTF8))
            .RequireAuthorization(RequiresAttribute.PolicyOf(Entitlement.KeepRegisters));
    }
}
