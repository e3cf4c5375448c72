using Microsoft.Extensions.Diagnostics.HealthChecks;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary>Ready when the records can be read and the keys are open. Says which, never more.</summary>
internal sealed class StrongroomHealth(KeyRing ring, Keeper keeper) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (ring.Fault is not null)
            return HealthCheckResult.Unhealthy("keys");
        await keeper.CountEnvelopes(new EnvelopeQuery { Take = 1, State = "-" }, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
