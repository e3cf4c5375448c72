using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Figures;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Breaches;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Shell;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Policy;

/// <summary>The figures behind the conformance page (A1): counted from envelopes, columns and last runs; no record is opened.</summary>
internal sealed class ConformanceDesk(
    Keeper keeper, PolicyShelf shelf, PolicyDesk readings, BreachDesk breaches, EnvelopeColumns columns, RecipientDirectory directory, IColleagues colleagues, JobLog jobs, IOptions<ServiceIdentity> service, TimeProvider clock)
{
    private const string Prefix = "conformance/";

    /// <summary>Every clause as it stands now; empty for a colleague who may not see it.</summary>
    public async Task<ImmutableArray<ClauseStanding>> Now(Errand<May.SeeConformance> errand, CancellationToken cancel = default) =>
        Conformance.Of(await Values(cancel));

    /// <summary>The figures of now as they are kept with a review and, month by month, for the trend.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<ImmutableArray<Figure>> Snapshot(CancellationToken cancel = default)
    {
        var month = Month.Of(London.Today(clock)).First;
        return [.. (await Values(cancel)).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => new Figure(Prefix + value.Key, month, value.Value))];
    }

    /// <summary>Keeps the snapshot of a month; the first one of a month stays. Says how many figures were kept.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    public async Task<int> Keep(CancellationToken cancel = default)
    {
        var month = Month.Of(London.Today(clock)).First;
        if (keeper.Figures(Prefix, month).Any(figure => figure.Month == month))
            return 0;
        var figures = await Snapshot(cancel);
        var portal = new Errand(Colleague.Portal, Purpose.Statistics, "job");
        await keeper.Do(new Act(portal, AuditAction.Counted, [.. figures.Select(figure => new Count(figure.Name, figure.Month, (int)Math.Min(int.MaxValue, figure.Value)))]), cancel);
        return figures.Length;
    }

    /// <summary>The kept snapshots of one figure in the last months, the oldest first; a month in which it was not counted is left out, one of nought is not.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public IReadOnlyList<Figure> Trend(string measure, int months = 12)
    {
        var from = Month.Of(London.Today(clock)).Add(1 - months).First;
        return [.. keeper.Figures(Prefix + measure, from).Where(figure => figure.Name == Prefix + measure).OrderBy(figure => figure.Month)];
    }

    // What cannot be counted is left out, and stands as "to be looked at".
    private async Task<Dictionary<string, long>> Values(CancellationToken cancel)
    {
        var today = London.Today(clock);
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        async Task Count(string measure, params EnvelopeQuery[] queries)
        {
            long sum = 0;
            foreach (var query in queries)
                sum += await keeper.CountEnvelopes(query, cancel);
            values[measure] = sum;
        }
        // The figure is what the list behind it shows to whoever sees all of it.
        Task OfList(string measure, string list) => Count(measure, [.. Worklist.Find(list)!.Queries(today)]);

        await Count("families", new EnvelopeQuery { Kind = UnitKind.Family });
        var staff = await colleagues.Today(cancel);
        values["services-unstaffed"] = Enum.GetValues<Service>().Count(one => !staff.Any(colleague => colleague.Is(Role.Adviser) && colleague.Services.Contains(one)));
        values["colleagues"] = staff.Count;
        await OfList("handling-overdue", "special-handling");
        await OfList("asked-unseen", "asked-unseen");
        await OfList("late-permissions", "late-permissions");
        await OfList("to-complete", "to-complete");
        await OfList("not-told", Worklist.NotTold);
        values["not-told-per-mille"] = values["families"] == 0 ? 0 : values["not-told"] * 1_000 / values["families"];
        values["right-not-told"] = values["fairness-not-told"] = values["not-told"];
        await Count("anonymised", new EnvelopeQuery { Kind = UnitKind.Anonymisation });
        values["unpublished"] = shelf.InForce is null ? 1 : 0;
        values["website-differs"] = jobs.Last(WebsiteCheck.JobName)?.Outcome?.StartsWith(WebsiteCheck.Same, StringComparison.Ordinal) == true ? 0 : 1;
        await Count("copies-overdue", new EnvelopeQuery { Kind = UnitKind.CopyRequest, State = Envelopes.CopyOwed, DueOnOrBefore = today.AddDays(-1) });
        await OfList("private-talks", "private-talks");
        if (service.Value.RegistrationExpiresOn is { } expires)
            values["registration-ends"] = Math.Max(0, Registration.WarnAt[0] - (expires.DayNumber - today.DayNumber));
        await Count("heard-of-overdue", new EnvelopeQuery { Kind = UnitKind.HeardOf, State = Envelopes.HeardOfOwed, DueOnOrBefore = today.AddDays(-1) });
        await OfList("permissions-ending", Worklist.Ending);
        await OfList("permissions-expired", Worklist.Ended);
        values["fields"] = FieldCatalogue.All.Length;
        await OfList("accuracy-due", "accuracy-checks");
        if (columns.Ready)
        {
            var records = columns.Figures(today);
            (values["records"], values["overdue"]) = (records.Records, records.Overdue - records.OverdueOnHold);
        }
        await Count("holds-due", new EnvelopeQuery { Kind = UnitKind.Hold, State = Envelopes.HoldBinds, DueOnOrBefore = today });
        await Count("rights-open", new EnvelopeQuery { Kind = UnitKind.RightsRequest });
        values["rights-open"] -= await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.RightsRequest, State = Envelopes.RightsClosed }, cancel);
        await Count("rights-overdue", new EnvelopeQuery { Kind = UnitKind.RightsRequest, DueOnOrBefore = today.AddDays(-1) });
        await OfList("erasures-waiting", "erasures");
        Since("hours-since-head", "head", TimeSpan.FromHours(1));
        Since("days-since-backup", "backup", TimeSpan.FromDays(1));
        var counting = await breaches.Counting(cancel);
        values["breaches-late"] = counting.Count(one => one.Late);
        values["breaches-counting"] = counting.Length - values["breaches-late"];
        values["recipients-abroad"] = directory.All.Count(line => line.Recipient.IsOpen && !Territory.IsInside(line.Recipient.Details.Country));
        await Count("unsigned-overdue", new EnvelopeQuery { Kind = UnitKind.Exemption, State = Envelopes.ExemptionUnsigned, DueOnOrBefore = today.AddDays(-1) });
        await OfList("waits-for-second", Worklist.SecondPerson);
        await OfList("exemption-reviews", "exemption-reviews");
        var went = keeper.Figures("disclosures/", Month.Of(today).Add(-11).First).ToLookup(figure => int.TryParse(figure.Name["disclosures/".Length..], out var ground) ? (GroundKind)ground : default, figure => figure.Value);
        values["disclosures-permission"] = went[GroundKind.Permission].Sum();
        (values["went-x1"], values["went-x2"], values["went-x3"]) = (went[GroundKind.X1].Sum(), went[GroundKind.X2].Sum(), went[GroundKind.X3].Sum());
        values["outside-policy"] = Enum.GetValues<GroundKind>().Where(ground => ground.IsOutsidePolicyText()).Sum(ground => went[ground].Sum());
        if (shelf.ReviewOn is { } review)
            values["review-overdue"] = Math.Max(0, today.DayNumber - review.DayNumber);
        values["unread"] = await readings.Overdue(cancel);
        return values;

        void Since(string measure, string job, TimeSpan unit)
        {
            if (jobs.Last(job) is { EndedAt: { } ended, Outcome: var outcome } && outcome?.StartsWith(JobRunner.Failed, StringComparison.Ordinal) != true)
                values[measure] = Math.Max(0, (long)((clock.GetUtcNow() - ended) / unit));
        }
    }
}
