using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Bench;

/// <summary>The conformance page's figures, and the public policy page from the same machine beside the bare answer of the process.</summary>
internal static class PolicyBench
{
    public static async Task Run(WebApplication app, Colleague lead, Report report)
    {
        var (conformance, keeper) = (app.Services.GetRequiredService<ConformanceDesk>(), app.Services.GetRequiredService<Keeper>());
        var shown = await Times.Of(50, _ => conformance.Now(new Errand(lead, Purpose.Statistics, "bench")), warmUp: 3);
        var plain = await Times.Of(50, _ => keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }), warmUp: 3);
        report.Add("Conformance page, every figure counted, beside one count of families", shown, plain, 300);

        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = new Uri(app.Urls.First()) };
        var wire = (await client.GetByteArrayAsync("/policy")).Length + (await client.GetByteArrayAsync("/public.css")).Length;
        await PerSecond(client, "/policy", TimeSpan.FromSeconds(1));
        var (policy, bare) = (await PerSecond(client, "/policy", TimeSpan.FromSeconds(4)), await PerSecond(client, "/health/live", TimeSpan.FromSeconds(4)));
        report.Add(new Result("/policy, asked for by 32 connections of the same process", $"{policy:N0} a second", $"{bare:N0} a second (/health/live)", $"{bare / policy:0.0}", "≥ 2,000 a second", policy >= 2_000));
        report.Add(new Result("/policy with its styles over the wire", $"{wire / 1024.0:0.0} KB", "–", "–", "≤ 30 KB", wire <= 30 * 1024));
    }

    private static async Task<double> PerSecond(HttpClient client, string address, TimeSpan time)
    {
        var (count, started) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                using var answer = await client.GetAsync(address);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                Interlocked.Increment(ref count);
            }
        })));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
