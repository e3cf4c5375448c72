using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Operations.Synthetic;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary>Puts synthetic families into the strongroom, through the same sealing, audit and lane as any other save.</summary>
internal sealed class Seeding(Keeper keeper, Envelopes envelopes, PolicyShelf policy, TimeProvider clock)
{
    // An act of many families is one transaction with one wait for the disk; while the lane writes one, the next are made and sealed.
    private const int AtOnce = 1000;
    private const int OnTheWay = 2;

    /// <summary>Makes them, and passes over those that are there: the same numbers on the same day finish what was cut off, because an act has whole families.</summary>
    public async Task<long> Run(int families, int seed, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var advisers = DevelopmentColleagues.All.Where(colleague => colleague.Is(Role.Adviser)).ToArray();
        var empty = await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }, cancel) == 0;
        var done = 0;
        var units = 0L;
        await Parallel.ForEachAsync(
            SyntheticFamilies.Make(families, seed, today).Chunk(AtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = OnTheWay, CancellationToken = cancel },
            async (some, stop) =>
            {
                var missing = new List<SyntheticFamily>(some.Length);
                foreach (var family in some)
                    if (empty || await keeper.Envelope(family.Id, stop) is null)
                        missing.Add(family);
                // One act for each colleague who owns some of them: an act has one errand. While the lane writes one, the next is sealed.
                var acts = missing.OrderBy(family => family.Id).GroupBy(family => advisers.First(adviser => adviser.Services.Contains(family.Service)))
                    .Select(owned => new Act(new Errand(owned.Key, Purpose.CaseWork, "seed"), AuditAction.Seeded, [.. owned.SelectMany(family => ChangesOf(family, owned.Key, today))]))
                    .Select(async act => await keeper.Do(act, stop) is Outcome.Done ? act.Changes.Length
                        : throw new StartRefused("The synthetic families could not be saved. See the lines above, make room or start with an empty data folder."));
                Interlocked.Add(ref units, (await Task.WhenAll(acts)).Sum());
                progress?.Report(Interlocked.Add(ref done, some.Length));
            });
        return units;
    }

    /// <summary>Fills an empty directory with made-up recipients.</summary>
    public async Task Recipients(CancellationToken cancel = default)
    {
        var who = DevelopmentColleagues.All.First(colleague => colleague.Is(Role.TeamLead));
        var puts = SyntheticRecipients.Make(who.Id, clock).Select(made => (Change)new Put<Recipient>(envelopes.Of(made, who, null, London.Today(clock)), made, 0));
        if (await keeper.Do(new Act(new Errand(who, Purpose.GiveInformation, "seed"), AuditAction.Seeded, [.. puts]), cancel) is not Outcome.Done)
            throw new StartRefused("The synthetic directory could not be saved. See the lines above, make room or start with an empty data folder.");
    }

    private ImmutableArray<Change> ChangesOf(SyntheticFamily made, Colleague owner, DateOnly today)
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
        // The whole envelope is not worked out twice: walking the card for its marking costs more than sealing it.
        card = card with
        {
            KeepUntil = envelopes.KeptFamily(family.CreatedOn, family.LastContactOn, enquiries.Select(enquiry => enquiry.Envelope.KeepUntil).Concat(permissions.Select(permission => permission.Envelope.KeepUntil))),
        };
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(new Put<FamilyCard>(card, family.Card, 0));
        changes.AddRange(enquiries.Select(enquiry => new Put<Enquiry>(enquiry.Envelope, enquiry.Enquiry, 0)));
        changes.AddRange(permissions);
        // Whoever a telling has not reached is owed word since the family was last in touch.
        changes.AddRange(family.Card.OwedWord.Select(person => HeardOf.Of(person, family.LastContactOn)).Select(heard => new Put<HeardOf>(envelopes.Of(heard, null, card, today), heard, 0)));
        return changes.ToImmutable();
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
        var tellings = family.Card.StillToTell(policy.Versions, today).Concat(family.Card.OwedWord).SelectMany(person => Enum.GetValues<ToldWhat>().Select(what => new Telling
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
