using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Curiosity;

/// <summary>A month for a lead to look through, or why it cannot be shown. Shows nothing of itself.</summary>
internal sealed record MonthShown(MonthlyLook? Look, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>Alerts of the month that are not about whoever looks.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];
    /// <summary>Openings by chance, not those of whoever looks; what the first left to another, to all others then.</summary>
    public ImmutableArray<AuditEntry> Sample { get; init; } = [];
    /// <summary>Their own openings by chance, left to another with their signature.</summary>
    public ImmutableArray<AuditEntry> Own { get; init; } = [];
    /// <summary>Which of the sample were opened while a reason said before still stood, by their sequence.</summary>
    public ImmutableHashSet<long> SaidBefore { get; init; } = [];
    /// <summary>How many openings there were.</summary>
    public int Openings { get; init; }
    /// <summary>How often each reason was given, the most frequent first.</summary>
    public ImmutableArray<(OpeningReason Reason, long Times)> Reasons { get; init; } = [];
    /// <summary>Who holds roles and did nothing with them for a while.</summary>
    public ImmutableArray<Colleague> Unused { get; init; } = [];
    /// <summary>How many exemptions were recorded in the month.</summary>
    public int Exemptions { get; init; }
    /// <summary>How exemptions (X1 to X3) and accuracy (D4) stand today.</summary>
    public ImmutableArray<ClauseStanding> Clauses { get; init; } = [];

    public override string ToString() => nameof(MonthShown);
}

/// <summary>The one monthly list: alerts, a sample of openings, unused rights, exemption and accuracy figures; signed as looked through by a lead, whose own openings another looks at.</summary>
internal sealed class MonthlyDesk(Keeper keeper, CuriosityDesk curiosity, ConformanceDesk conformance, Envelopes envelopes, DraftDesk drafts, AuditTrail trail, IColleagues colleagues, WorkingDays days, CuriositySettings settings, TimeProvider clock)
{
    /// <summary>The form of a month's page.</summary>
    public const string Form = "monthly";
    public const string NoteField = "note";

    // Coming and going, and what was not allowed, uses no right.
    private static readonly AuditAction[] NoUse = [AuditAction.SignedIn, AuditAction.SignedOut, AuditAction.Refused];

    // What nobody but a lead or an officer does: of such a role beside another it tells whether it was used.
    private static readonly AuditAction[] Leading =
    [
        AuditAction.SignedOff, AuditAction.RoleChanged, AuditAction.AuditRead, AuditAction.Exported, AuditAction.RightsAnswered, AuditAction.PolicyChanged, AuditAction.VerifiedNow, AuditAction.HoldPlaced, AuditAction.HoldLifted,
        AuditAction.KeepUntilChanged, AuditAction.DisposalDecided, AuditAction.DisposalApproved, AuditAction.SegmentAsked, AuditAction.SegmentAgreed,
    ];

    public int UnusedDays => settings.UnusedDays;

    /// <summary>Every month, the newest first: envelopes alone.</summary>
    public async Task<IReadOnlyList<Envelope>> All(Errand<May.SeeAudit> errand, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.MonthlyLook, Take = int.MaxValue }, cancel)).OrderByDescending(month => month.Id)];

    /// <summary>A month with everything to look at; that it was looked at is on record.</summary>
    public async Task<MonthShown> Open(Errand<May.SeeAudit> errand, UnitId id, CancellationToken cancel = default)
    {
        var shown = await Sampled(errand, id, cancel);
        if (shown.Look is not { } look)
            return shown;
        var month = Month.Of(look.Month);
        var alerts = ImmutableArray.CreateBuilder<Alert>();
        foreach (var state in (DateOnly?[])[null, month.First])
        {
            foreach (var one in await curiosity.Alerts((Errand)errand, state, cancel))
            {
                if (Month.Of(one.CreatedOn) == month && (await curiosity.Open((Errand)errand, one.Id, cancel)).Alert is { } alert)
                    alerts.Add(alert);
            }
        }
        var unusedFrom = London.Today(clock).AddDays(-settings.UnusedDays);
        var acted = trail.Since(new AuditQuestion { From = unusedFrom }).Select(entry => (entry.Who, entry.Action)).Distinct().ToLookup(entry => entry.Who, entry => entry.Action);
        var unused = ImmutableArray.CreateBuilder<Colleague>();
        foreach (var colleague in await colleagues.Today(cancel))
        {
            var roles = Unused(colleague, acted[colleague.Id]);
            if (!roles.IsEmpty && !(await colleagues.StartedOn(colleague.Id, cancel) > unusedFrom))
                unused.Add(colleague with { Roles = roles });
        }
        return shown with
        {
            Alerts = [.. alerts.OrderBy(alert => alert.At)],
            Reasons = [.. keeper.Figures("opened-because/", month.First).Where(figure => figure.Month == month.First)
                .Select(figure => ((OpeningReason)int.Parse(figure.Name["opened-because/".Length..], System.Globalization.CultureInfo.InvariantCulture), figure.Value)).OrderByDescending(one => one.Value)],
            Unused = unused.ToImmutable(),
            Exemptions = (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Exemption, Take = int.MaxValue }, cancel)).Count(one => Month.Of(one.CreatedOn) == month),
            Clauses = [.. (await conformance.Now((Errand)errand, cancel)).Where(clause => clause.About.Clause is "X1" or "X2" or "X3" or "D4")],
        };
    }

    /// <summary>The roles that these acts did not use.</summary>
    internal static ImmutableHashSet<Role> Unused(Colleague colleague, IEnumerable<AuditAction> acts)
    {
        var used = acts.Except(NoUse).ToList();
        return [.. colleague.Roles.Where(role => used.Count == 0 || colleague.Roles.Count > 1 && role is (Role.TeamLead or Role.InformationGovernance) && !used.Exists(Leading.Contains))];
    }

    // The month and its sample alone: what is signed.
    private async Task<MonthShown> Sampled(Errand errand, UnitId id, CancellationToken cancel)
    {
        var (look, envelope, trouble) = (await keeper.Open<MonthlyLook>(errand with { Purpose = Purpose.QualityReview }, id, cancel))
            .Read("There is no such month.", "This month's list was destroyed when its time was over.", OutcomeWords.WhoeverRunsIt);
        if (look is null)
            return new MonthShown(null, null, trouble);
        var month = Month.Of(look.Month);
        var all = trail.Since(new AuditQuestion { From = month.First, Until = month.Last, Openings = true }).Where(entry => entry.Who != ColleagueId.Portal).ToList();
        var wanted = look.WaitsFor is not { } by ? look.Sample.Union(look.Left) : by == errand.Who.Id ? look.Sample : look.Left.AsEnumerable();
        var chosen = look.Looked is null ? MonthlyLook.Choose(all.FindAll(entry => entry.Who != errand.Who.Id), settings.Sample) : [.. all.Where(entry => wanted.Contains(entry.Sequence)).Reverse()];
        await keeper.Note(errand, AuditAction.AuditRead, [.. chosen.Select(entry => entry.Units[0]).Distinct()], cancel);
        // A reason stands for the family and the window for a while: what was opened in it was asked about, just before.
        var before = chosen.Where(entry => keeper.FamilyOf(entry.Units[0]) is { } family && all.Exists(said => said.ReasonHash.Length > 0 && said.Who == entry.Who && said.Circuit == entry.Circuit
            && said.Units[0] == family && entry.At >= said.At && entry.At - said.At < Keeper.OpeningStands)).Select(entry => entry.Sequence);
        return new MonthShown(look, envelope) { SaidBefore = [.. before], Sample = chosen, Own = MonthlyLook.Choose(all.FindAll(entry => entry.Who == errand.Who.Id), settings.Sample), Openings = all.Count };
    }

    /// <summary>It was looked through, with the note of the draft, as it was shown in that version; what whoever signs opened themselves stays for another.</summary>
    public async Task<ImmutableArray<Problem>> Sign(Errand<May.SeeAudit> errand, UnitId id, int version, UnitId draft, CancellationToken cancel = default)
    {
        if (await Sampled(errand, id, cancel) is not { Look: { } look, Envelope: { } envelope } shown)
            return [new Problem("", "There is no such month. Open the list again.")];
        if (envelope.Version != version)
            return [new Problem("", "Somebody signed this month meanwhile. Open it again and look at what is left.")];
        var signed = look.Sign([.. shown.Sample.Select(entry => entry.Sequence)], [.. shown.Own.Select(entry => entry.Sequence)], (await drafts.Open((Errand)errand, draft, cancel))?[NoteField], Stamp.Now(errand.Who.Id, clock));
        return !signed.Accepted ? signed.Problems : (await keeper.Do(new Act((Errand)errand with { Purpose = Purpose.QualityReview }, AuditAction.Closed,
            [new Put<MonthlyLook>(envelopes.Of(signed.Value, envelope, envelope.DueOn, London.Today(clock)), signed.Value, envelope.Version), .. await keeper.Dropping(draft, cancel)]), cancel)).Problems();
    }

    /// <summary>Puts last month onto the leads' list, once; a month in which nobody opened anything is left out.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal async Task<bool> Prepare(CancellationToken cancel)
    {
        var today = London.Today(clock);
        var month = Month.Of(today).Add(-1);
        if (keeper.UnitUnder(UnitKind.MonthlyLook, Envelopes.ReferenceOf(month)) is not null || !trail.Since(new AuditQuestion { From = month.First, Until = month.Last, Openings = true }).Any(entry => entry.Who != ColleagueId.Portal))
            return false;
        var look = MonthlyLook.Restore(UnitId.Create(clock), month.First);
        return await keeper.Do(new Act(CuriosityDesk.Portal, AuditAction.Created,
            [new Put<MonthlyLook>(envelopes.Of(look, null, days.Add(today, settings.LookWithinDays).On, today), look, 0)]), cancel) is Outcome.Done;
    }

    /// <summary>The first day of a month on which somebody works.</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    internal DateOnly FirstOf(DateOnly today) => days.NextOrSame(Month.Of(today).First).On;
}

/// <summary>On the first working day of a month: last month's list for the leads, and where those live who have left is forgotten.</summary>
[OpenToAll(OpenBecause.OwnWork)]
internal sealed class PrepareMonth(MonthlyDesk desk, CuriosityDesk curiosity, IColleagues colleagues) : IJob
{
    public string Name => "monthly-list";

    public bool Due(DateTimeOffset? last, DateTimeOffset now) =>
        London.DateOf(now) is var today && desk.FirstOf(today) is var first && today >= first && (last is not { } before || London.DateOf(before) < first);

    public async Task<string> Run(CancellationToken cancel)
    {
        var forgotten = await curiosity.ForgetLeavers((await colleagues.Today(cancel)).Select(one => one.Id), cancel);
        return $"{(await desk.Prepare(cancel) ? "last month's list is with the leads" : "nothing to look through")}; {forgotten} addresses of leavers forgotten";
    }
}
