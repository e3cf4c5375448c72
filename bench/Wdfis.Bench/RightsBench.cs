using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Bench;

/// <summary>The answer to a request of a person with 1,000 items: from gathering to the sealed copy before a second person.</summary>
internal static class RightsBench
{
    private const int Enquiries = 130, Items = 1_000;

    public static async Task Run(WebApplication app, Colleague adviser, Colleague officer, Report report)
    {
        var services = app.Services;
        var (keeper, envelopes, rights, desk) = (services.GetRequiredService<Keeper>(), services.GetRequiredService<Envelopes>(), services.GetRequiredService<RightsDesk>(), services.GetRequiredService<PackDesk>());
        var now = Stamp.Now(adviser.Id, TimeProvider.System);
        Errand For(Colleague who, string circuit, Purpose purpose) => new(who, purpose, circuit);

        var mother = new Carer { Id = PersonId.Create(TimeProvider.System), Ladder = Ladder.Named, Forename = "Pack", Surname = "Testowska", Source = Source.Themselves };
        var child = new Child { Id = PersonId.Create(TimeProvider.System), Ladder = Ladder.Named, Forename = "Ola", Birth = new Birth.OnDate(now.On.AddYears(-6)), Source = Source.FamilyMember };
        var card = FamilyCard.Create([mother], [child], now.On, adviser.Id).OrThrow();
        var family = UnitId.Create(TimeProvider.System);
        Sure(await keeper.Do(new Act(For(adviser, "fill", Purpose.Advise), AuditAction.Created, [new Put<FamilyCard>(envelopes.Of(card, family, Service.FamiliesInformation, adviser.Id, null, now.On, [], now.On), card, 0)])));
        var around = (await keeper.Envelope(family))!;
        Sure(await keeper.Do(new Act(For(adviser, "fill", Purpose.Advise), AuditAction.Created, [.. Enumerable.Range(0, Enquiries).Select(i =>
        {
            var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(TimeProvider.System), Service = Service.FamiliesInformation, Channel = "phone", Caller = Caller.CreateNamed(family, mother.Id) }, EnquiryLists.Defaults, now).OrThrow()
                .Concerns([child.Id]).OrThrow().Ask($"Question {i}: " + new string('x', 400)).OrThrow().Answer($"Answer {i} about Ola: " + new string('y', 400)).OrThrow();
            return (Change)new Put<Enquiry>(envelopes.Of(enquiry, adviser.Id, null, around, null, now.On, now.On), enquiry, 0);
        })])));
        var request = (await rights.Take(For(adviser, "fill", Purpose.Advise), new RightsIntake { Kind = RightKind.Access, ReceivedOn = now.On, How = "phone" }, [new RightsSubject(family, mother.Id)])).Requests[0].Id;
        var working = For(officer, "fill", Purpose.RightsRequest);
        foreach (var place in Enum.GetValues<OtherPlace>())
            await rights.Take(working, request, RightsEvent.PlaceSearched, null, "their name", $"{place}:{SearchResult.NothingHeld}");
        if (await desk.SearchRegisters(working, request) is [var trouble, ..])
            throw new InvalidOperationException(trouble.Sentence);
        var gathered = await desk.Gather(working, request);
        if (gathered.Items.Count() < Items)
            throw new InvalidOperationException($"Only {gathered.Items.Count()} items were gathered.");
        await desk.Decide(working, request, [.. gathered.Items.Where(item => item.Waits).Select(item => item.Key)], ItemVerdict.WithoutThem, null, "not identified", null);

        async Task Prepare(int round)
        {
            if (await desk.Prepare(For(officer, $"pack-{round}", Purpose.RightsRequest), request, mother.Id, "passport seen") is [var problem, ..])
                throw new InvalidOperationException(problem.Sentence);
        }
        await Prepare(-1);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Environment.WorkingSet;
        var most = before;
        using var watching = new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 5);
        var times = new Times();
        for (var round = 0; round < 12; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await Prepare(round);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
        var megabytes = (most - before) / 1e6;
        report.Add($"The answer of a person with {gathered.Items.Count():N0} items, put together", times, null, 2_000);
        report.Add(new Result("Its memory above what was there before", $"{megabytes:0} MB", "–", "–", "≤ 50 MB", megabytes <= 50));
    }

    private static void Sure(Outcome outcome)
    {
        if (outcome is not Outcome.Done)
            throw new InvalidOperationException($"The bench could not be filled: {outcome}.");
    }
}
