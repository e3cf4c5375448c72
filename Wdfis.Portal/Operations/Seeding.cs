using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Operations.Synthetic;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary>Puts synthetic families into the strongroom, through the same sealing, audit and lane as any other save.</summary>
internal sealed class Seeding(Keeper keeper, Envelopes envelopes, PolicyShelf policy, TimeProvider clock)
{
    // Enough acts on the way that each of the lane's transactions is full, few enough that memory stays small.
    private const int OnTheWay = 1024;

    public async Task<long> Run(int families, int seed, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var advisers = DevelopmentColleagues.All.Where(colleague => colleague.Is(Role.Adviser)).ToArray();
        var done = 0;
        var units = 0L;
        await Parallel.ForEachAsync(
            SyntheticFamilies.Make(families, seed, today),
            new ParallelOptions { MaxDegreeOfParallelism = OnTheWay, CancellationToken = cancel },
            async (family, stop) =>
            {
                var owner = advisers.First(adviser => adviser.Services.Contains(family.Service));
                var act = ActOf(family, owner, today);
                if (await keeper.Do(act, stop) is not Outcome.Done)
                    throw new StartRefused("The synthetic families could not be saved. See the lines above, make room or start with an empty data folder.");
                Interlocked.Add(ref units, act.Changes.Length);
                var now = Interlocked.Increment(ref done);
                if (now % 1000 == 0 || now == families)
                    progress?.Report(now);
            });
        return units;
    }

    private Act ActOf(SyntheticFamily made, Colleague owner, DateOnly today)
    {
        var family = made with { Card = Told(made, owner.Id, today) };
        var youngest = family.Card.YoungestBorn;
        var card = envelopes.Of(family.Card, family.Id, family.Service, owner.Id, null, family.LastContactOn, [], family.CreatedOn) with
        {
            SpecialHandling = family.SpecialHandling,
            TouchedOn = family.LastContactOn,
        };
        var enquiries = family.Enquiries.Select(enquiry => (Enquiry: enquiry, Envelope: envelopes.Of(enquiry, owner.Id, null, card, youngest, family.LastContactOn, enquiry.OpenedOn))).ToArray();
        var permissions = family.Permissions.Select(permission => new Put<Permission>(envelopes.Of(permission, owner.Id, null, card, null, today), permission, 0)).ToArray();
        card = envelopes.Of(family.Card, family.Id, family.Service, owner.Id, card, family.LastContactOn, enquiries.Select(enquiry => enquiry.Envelope.KeepUntil).Concat(permissions.Select(permission => permission.Envelope.KeepUntil)), family.LastContactOn) with { NotTold = family.Card.StillToTell(policy.Versions, today).Any() };
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(new Put<FamilyCard>(card, family.Card, 0));
        changes.AddRange(enquiries.Select(enquiry => new Put<Enquiry>(enquiry.Envelope, enquiry.Enquiry, 0)));
        changes.AddRange(permissions);
        return new Act(new Errand(owner, Purpose.CaseWork, "seed"), AuditAction.Seeded, changes.ToImmutable());
    }

    // Most have been told of the policy: at their last contact, or by letter when the version came out after it. A few wait.
    private FamilyCard Told(SyntheticFamily family, ColleagueId by, DateOnly today)
    {
        if (family.Id.Value.ToByteArray()[^1] % 32 == 0)
            return family.Card;
        var version = policy.Versions[^1];
        var spoken = family.LastContactOn >= version.PublishedOn;
        var on = spoken ? family.LastContactOn : version.PublishedOn;
        if (on > today)
            return family.Card;
        var at = London.At(on, new TimeOnly(11, 0));
        var now = clock.GetUtcNow();
        var tellings = family.Card.StillToTell(policy.Versions, today).SelectMany(person => Enum.GetValues<ToldWhat>().Select(what => new Telling
        {
            Person = person,
            Version = version.Number,
            What = what,
            How = spoken ? ToldHow.ReadAloud : ToldHow.Letter,
            At = at > now ? now : at,
            By = by,
        }));
        return family.Card.RecordTold(tellings, now).OrThrow();
    }
}
