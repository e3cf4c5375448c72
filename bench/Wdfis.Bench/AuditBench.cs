using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Audit;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Bench;

/// <summary>The audit room on a million entries of its own, beside the bare count of them by SQLite.</summary>
internal static class AuditBench
{
    public static async Task Run(WebApplication app, Colleague lead, Colleague adviser, Report report)
    {
        const int Entries = 1_000_000;
        var (lane, desk) = (app.Services.GetRequiredService<WriteLane>(), app.Services.GetRequiredService<AuditDesk>());
        var units = Enumerable.Range(0, 50_000).Select(_ => UnitId.Create(TimeProvider.System)).ToArray();
        foreach (var some in Enumerable.Range(0, Entries).Chunk(10_000))
        {
            await Task.WhenAll(some.Select(i => lane.Note(new Line(new Errand(i % 9 == 0 ? lead : adviser, Purpose.CaseWork, "bench"), AuditAction.Opened, [units[i % units.Length]]))));
        }
        var errand = new Errand(lead, Purpose.QualityReview, "bench");
        var bare = await Times.Of(5, _ => lane.Alone(records => records.One<long>("SELECT count(*) FROM audit WHERE substr(bytes,38,2)=x'ffff'")), warmUp: 1);
        report.Add("Audit room, a colleague's newest page of a million entries", await Times.Of(50, _ => desk.Ask(errand, new AuditQuestion { Who = lead.Id }, null), warmUp: 3), bare, 50);
        report.Add("Audit room, who opened one record", await Times.Of(50, _ => desk.Ask(errand, new AuditQuestion { About = units[7], Openings = true }, null), warmUp: 3), bare, 50);
        report.Add("Audit room, looked for and nowhere there", await Times.Of(10, _ => desk.Ask(errand, new AuditQuestion { Action = AuditAction.KeyRotated }, null), warmUp: 1), bare, 1_000);
    }
}
