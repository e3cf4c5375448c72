using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Retention;

/// <summary>Disposal lists (D5): made, reviewed by a lead, agreed to by a second person, aborted; and the register of certificates. What was agreed to is carried out by <see cref="Disposer"/>.</summary>
internal sealed class DisposalDesk(
    Keeper keeper, Envelopes envelopes, EnvelopeColumns columns, ScheduleShelf schedules, RecordReader reader, SheetRenderer sheets, OutletDoor door, WorkingDays days, ContactPause pause, DisposalTerms terms, TimeProvider clock)
{
    /// <summary>The longest that one decision keeps a record, in years.</summary>
    public const int MostYears = 10;

    private const int MostAttempts = 5;
    private const string Gone = "This list is not there any more. Open the lists again.";
    private const string Busy = "Others are changing this list at the same time. Try again.";

    public DisposalTerms Terms => terms;

    public DateOnly LatestKeep => London.Today(clock).AddYears(MostYears);

    /// <summary>All lists, or all certificates, the newest first; from envelopes alone.</summary>
    public async Task<IReadOnlyList<Envelope>> Register(Errand<May.SeeRetention> errand, UnitKind kind, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = kind, Take = 10_000 }, cancel)).OrderByDescending(envelope => envelope.Id)];

    /// <summary>How many lists wait in a stage.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public Task<int> Waiting(DisposalStage stage, CancellationToken cancel = default) =>
        keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList, State = stage.Code() }, cancel);

    /// <summary>Opens a list; null with the reason where that cannot be.</summary>
    public async Task<(DisposalList? List, Envelope? Envelope, string? Trouble)> Open(Errand<May.SeeRetention> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<DisposalList>(errand, id, cancel)).Read("There is no such list.", "There is no such list any more.", OutcomeWords.WhoeverRunsIt);

    /// <summary>The records of a list as they are now, with whether this colleague may open each; what has gone is missing.</summary>
    public IReadOnlyDictionary<UnitId, (Envelope Envelope, bool MayOpen)> Now(Errand<May.SeeRetention> errand, IEnumerable<UnitId> units) => keeper.Shown(errand, units).ToDictionary(row => row.Envelope.Id);

    /// <summary>
    /// Makes lists of these records, one for each class and service, and more where they are too many for one. What cannot be disposed of
    /// today, and what stands in an open list already, is left out.
    /// </summary>
    public async Task<(ImmutableArray<UnitId> Lists, ImmutableArray<Problem> Problems)> Prepare(Errand<May.Lead> errand, IEnumerable<UnitId> units, DisposalCause cause = DisposalCause.DatePassed, CancellationToken cancel = default)
    {
        var taken = await InOpenLists(cancel);
        var today = London.Today(clock);
        var now = Stamp.Now(errand.Who.Id, clock);
        var free = new List<Envelope>();
        foreach (var (envelope, _) in keeper.Shown(errand, units.Distinct().Where(unit => !taken.Contains(unit))))
        {
            if (envelope.Kind is not UnitKind.Draft && DisposalList.Bar(envelope, cause, null, false, await Disposer.Paused(keeper, pause, envelope, today), today) is null)
                free.Add(envelope);
        }
        if (free.Count == 0)
            return ([], [new Problem("", "None of these records can go on a list today: they are on hold, on another list, looked at by a person first, touched in the last weeks, or their last day has not passed for certain.")]);
        var made = ImmutableArray.CreateBuilder<UnitId>();
        foreach (var group in free.GroupBy(envelope => (Class: cause == DisposalCause.DatePassed ? envelope.KeepUntil.ClassCode : "", envelope.Service)).OrderBy(group => group.Any(envelope => envelope.Kind == UnitKind.Family)).ThenBy(group => group.Key))
        {
            var shortRoad = schedules.Current.Find(group.Key.Class)?.ShortRoad == true && group.All(envelope => envelope.Level is null or 1);
            foreach (var some in group.OrderBy(envelope => envelope.KeepUntil.On).ThenBy(envelope => envelope.Id).Chunk(shortRoad ? DisposalList.Most : DisposalList.MostReviewed))
            {
                var list = DisposalList.Prepare(UnitId.Create(clock), "D", cause, group.Key.Class, schedules.Current.Version, shortRoad, group.Key.Service,
                    some.Select(envelope => new DisposalItem(envelope.Id, envelope.Kind, envelope.Version, envelope.KeepUntil.On)), now).OrThrow();
                if (await Save(errand, list, cancel) is { } problem)
                    return (made.ToImmutable(), [problem]);
                made.Add(list.Id);
            }
        }
        return (made.ToImmutable(), []);
    }

    /// <summary>As <see cref="Prepare"/>, of every record that a filter finds, for the class and service of each.</summary>
    public Task<(ImmutableArray<UnitId> Lists, ImmutableArray<Problem> Problems)> Prepare(Errand<May.Lead> errand, RecordFilter filter, CancellationToken cancel = default) =>
        Prepare(errand, columns.Page(new RecordQuery { Filter = filter with { Due = RecordFilter.Overdue }, Size = DisposalList.Most }, London.Today(clock), _ => "", _ => "").Rows.Select(row => row.Unit), cancel: cancel);

    /// <summary>False for the seconds after a start in which the envelopes are being read.</summary>
    public bool Ready => columns.Ready;

    /// <summary>Decides about records as they were shown. A keeping binds with the handing over.</summary>
    public Task<ImmutableArray<Problem>> Decide(Errand<May.Lead> errand, UnitId id, IReadOnlyCollection<DisposalItem> shown, DisposalDecision decision, DateOnly? until = null, string? why = null, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.DisposalDecided, async (list, now) =>
        {
            var rows = Now((Errand)errand, shown.Select(item => item.Unit));
            if (await Against(errand, list, shown, rows, decision, cancel) is { } problem)
                return (problem, []);
            return (list.Decide(shown, rows.ToDictionary(row => row.Key, row => row.Value.Envelope.Version), decision, until, LatestKeep, why, now), []);
        }, cancel);

    /// <summary>Places a hold on each of these records, and says so in the list. An inquiry has its own form: it needs a reference.</summary>
    public Task<ImmutableArray<Problem>> Hold(Errand<May.Lead> errand, UnitId id, IReadOnlyCollection<DisposalItem> shown, HoldKind? kind, string? why, DateOnly? reviewOn, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.HoldPlaced, async (list, now) =>
        {
            var rows = Now((Errand)errand, shown.Select(item => item.Unit));
            if (await Against(errand, list, shown, rows, null, cancel) is { } problem)
                return (problem, []);
            var changes = ImmutableArray.CreateBuilder<Change>();
            foreach (var (unit, (envelope, _)) in rows.Where(row => !row.Value.Envelope.OnHold))
            {
                var hold = Wdfis.Domain.Retention.Hold.Place(UnitId.Create(clock), kind, unit, null, why, reviewOn, null, null, now);
                if (!hold.Accepted)
                    return (Checked<DisposalList>.From(hold.Problems, () => list), []);
                changes.Add(new Put<Hold>(envelopes.Of(hold.Value, errand.Who.Id, null, envelope, now.On), hold.Value, 0));
                changes.Add(new Bind(hold.Value.Id, unit, null));
            }
            return (list.Decide(shown, rows.ToDictionary(row => row.Key, row => row.Value.Envelope.Version), DisposalDecision.Hold, null, LatestKeep, null, now), changes.ToImmutable());
        }, cancel);

    /// <summary>Hands the list to a second person; what is kept is kept from now on, and with it the family's card.</summary>
    public Task<ImmutableArray<Problem>> HandOver(Errand<May.Lead> errand, UnitId id, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.DisposalDecided, async (list, now) =>
        {
            var over = list.HandOver(await SampleLeft((Errand)errand, list, cancel), now);
            return (over, over.Accepted ? await Keeping(list, cancel) : []);
        }, cancel);

    /// <summary>How many of the sample nobody has opened since the list was made, by the audit's own word.</summary>
    public async Task<int> SampleLeft(Errand<May.SeeRetention> errand, DisposalList list, CancellationToken cancel = default)
    {
        var left = 0;
        foreach (var unit in list.Sample(terms.SamplePercent))
            left += await Opened(errand, list, unit, cancel) ? 0 : 1;
        return left;
    }

    /// <summary>True when a lead opened the record for a retention review since the list was made.</summary>
    public async Task<bool> Opened(Errand<May.SeeRetention> errand, DisposalList list, UnitId unit, CancellationToken cancel = default) =>
        errand.Who.Is(Role.TeamLead) && (await keeper.WhoOpened(errand, unit, cancel)).Any(opening => opening.Purpose == Purpose.RetentionReview && opening.At >= list.PreparedAt - Keeper.OpeningStands);

    /// <summary>Sends a list back to its review.</summary>
    public Task<ImmutableArray<Problem>> Return(Errand<May.SignOff> errand, UnitId id, string? why, CancellationToken cancel = default) => Change(errand, id, AuditAction.DisposalDecided, (list, now) => list.Return(why, now), cancel);

    /// <summary>The second person agrees.</summary>
    public Task<ImmutableArray<Problem>> Approve(Errand<May.SignOff> errand, UnitId id, string? why, CancellationToken cancel = default) => Change(errand, id, AuditAction.DisposalApproved,
        (list, now) => list.Approve(errand.Who.Is(Role.TeamLead) ? Role.TeamLead : Role.InformationGovernance, why, terms.CoolingOffDays, now), cancel);

    /// <summary>Gives a list up before its destruction begins.</summary>
    public Task<ImmutableArray<Problem>> Abort(Errand<May.SignOff> errand, UnitId id, string? why, CancellationToken cancel = default) => Change(errand, id, AuditAction.DisposalDecided, (list, now) => list.Abort(why, now), cancel);

    /// <summary>What a record says, line by line, for a retention review: opened, and written down, as any other.</summary>
    public Task<RecordReading> Read(Errand<May.Lead> errand, UnitId unit, CancellationToken cancel = default) =>
        reader.Read((Errand)errand with { Purpose = Purpose.RetentionReview }, unit, cancel);

    /// <summary>Opens a certificate; null with the reason where that cannot be.</summary>
    public async Task<(DisposalCertificate? Certificate, string? Trouble)> Certificate(Errand<May.SeeRetention> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<DisposalCertificate>(errand, id, cancel)).Read("There is no such certificate.", "There is no such certificate any more.", OutcomeWords.WhoeverRunsIt) is var (record, _, trouble) ? (record, trouble) : default;

    /// <summary>The certificate of a list; null when there is none.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public UnitId? CertificateOf(string list) => keeper.UnitUnder(UnitKind.DisposalCertificate, Envelopes.CertificateOf(list));

    /// <summary>The certificate as a sheet to print, through the one way out; the address where it waits, or why not.</summary>
    public async Task<(string? Address, string? Trouble)> Print(Errand<May.SeeRetention> errand, UnitId id, IReadOnlyDictionary<ColleagueId, string> names, CancellationToken cancel = default)
    {
        var (certificate, trouble) = await Certificate(errand, id, cancel);
        if (certificate is null)
            return (null, trouble);
        var sheet = await sheets.Render<CertificateSheet>($"Certificate {Envelopes.CertificateOf(certificate.Number)}", Marking.Official, new() { [nameof(CertificateSheet.Certificate)] = certificate, [nameof(CertificateSheet.Names)] = names });
        // It holds ids and figures alone, so the gate is asked for what names nobody.
        var answer = DisclosureGate.Decide(new DisclosureRequest
        {
            Id = UnitId.Create(clock),
            Act = OutwardAct.Export,
            Recipient = new RecipientFacts { Body = NamedBody.Create(BodyKind.Other, "The council's records of disposal").OrThrow() },
            Ground = new Ground.NamesNobody(),
            Purpose = "to show what was disposed of",
            Channel = "letter",
            Content = DisclosureText.Hash(sheet),
            Scan = TextScan.Clean,
            Now = Stamp.Now(errand.Who.Id, clock),
        }, new DisclosureFacts { WorkingDays = days });
        if (answer is not Allowed allowed)
            return (null, string.Join(" ", ((Refused)answer).Reasons.Select(reason => $"{reason.Sentence} {reason.NextStep}")));
        await keeper.Note(errand, AuditAction.Printed, [id], cancel);
        return (door.Hand(errand.Who.Id, new Outlet(allowed, OutletForm.Print, sheet)), null);
    }

    // What stands against a lead's decision about these records, before the list itself is asked.
    private async Task<Problem?> Against(Errand errand, DisposalList list, IReadOnlyCollection<DisposalItem> shown, IReadOnlyDictionary<UnitId, (Envelope Envelope, bool MayOpen)> rows, DisposalDecision? decision, CancellationToken cancel)
    {
        if (shown.Any(item => !rows.ContainsKey(item.Unit)))
            return new Problem("", "One of these records has gone meanwhile. Open the page again.");
        if (rows.Values.Any(row => !row.MayOpen))
            return new Problem("", "One of these records is closed to you. Leave it to another lead.");
        if (rows.Values.Any(row => row.Envelope.Owner == errand.Who.Id))
            return new Problem("", "One of these records is your own. Somebody other than its owner decides: leave it to another lead.");
        if (decision == DisposalDecision.Hold && rows.Values.Any(row => !row.Envelope.OnHold))
            return new Problem("", "No hold binds one of these yet. Place it first.");
        if (decision is DisposalDecision.Keep && rows.Values.Any(row => row.Envelope.OnHold))
            return new Problem("", "A hold binds one of these: it is kept as it is. Mark it as held.");
        if (decision is not (DisposalDecision.Dispose or DisposalDecision.PassOn))
            return null;
        if (decision == DisposalDecision.Dispose && schedules.Current.Find(list.Class)?.Action == DisposalAction.PassOn)
            return new Problem("", "Records of this class are passed on before they go. Pass them on at the family, through the gate; then decide \"passed on\" here.");
        foreach (var (envelope, _) in rows.Values)
        {
            if (DisposalList.Bar(envelope, list.Cause, null, false, await Disposer.Paused(keeper, pause, envelope, London.Today(clock)), London.Today(clock)) is { } bar)
                return new Problem("", $"One of these cannot go: {bar.Words()}. {(bar == DisposalBar.Held ? "Mark it as held." : "Keep it until a later date.")}");
            if (decision == DisposalDecision.PassOn && (envelope.Family is not { } family || !(await keeper.Envelopes(new EnvelopeQuery { Family = family, Kind = UnitKind.Disclosure, Take = 1_000 }, cancel))
                .Any(told => told.State is Envelopes.DisclosureDone or Envelopes.DisclosureOpen)))
                return new Problem("", "Nothing of one of these has gone to anybody yet. Pass it on at the family first, through the gate; then decide here.");
        }
        return null;
    }

    // Keeping binds what is kept, and the card of its family, from the moment of the handing over (D5).
    private async Task<ImmutableArray<Change>> Keeping(DisposalList list, CancellationToken cancel)
    {
        var until = new Dictionary<UnitId, DateOnly>();
        foreach (var item in list.Items.Where(item => item.Decision == DisposalDecision.Keep))
        {
            until[item.Unit] = item.Until!.Value;
            if (await keeper.Envelope(item.Unit, cancel) is { Family: { } family } && family != item.Unit && (!until.TryGetValue(family, out var known) || known < item.Until))
                until[family] = item.Until.Value;
        }
        var marks = ImmutableArray.CreateBuilder<Change>();
        foreach (var (unit, on) in until)
        {
            if (await keeper.Envelope(unit, cancel) is { KeepUntil.On: { } before } envelope && before < on)
                marks.Add(new Mark(unit, envelope.Version, e => e with { KeepUntil = e.KeepUntil.DecidedUntil(on) }));
        }
        return marks.ToImmutable();
    }

    private async Task<HashSet<UnitId>> InOpenLists(CancellationToken cancel)
    {
        var taken = new HashSet<UnitId>();
        foreach (var stage in Enum.GetValues<DisposalStage>().Except([DisposalStage.Done, DisposalStage.Aborted]))
        {
            foreach (var envelope in await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList, State = stage.Code(), Take = 10_000 }, cancel))
            {
                if (await keeper.Open<DisposalList>(Disposer.ErrandOf(""), envelope.Id, cancel) is Opening<DisposalList>.Opened found)
                    taken.UnionWith(found.Record.Open(found.Clearance).Items.Select(item => item.Unit));
            }
        }
        return taken;
    }

    // Numbers stand once: whoever comes second takes the next.
    private async Task<Problem?> Save(Errand errand, DisposalList list, CancellationToken cancel)
    {
        var next = await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.DisposalList }, cancel);
        while (true)
        {
            var numbered = list.Numbered(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"D-{London.Today(clock).Year}-{++next:000}"));
            var outcome = await keeper.Do(new Act(errand, AuditAction.DisposalDecided, [new Put<DisposalList>(envelopes.Of(numbered, null, London.Today(clock)), numbered, 0)]), cancel);
            if (outcome is not Outcome.Conflict { CurrentVersion: 0 })
                return outcome.Problems(Gone, Busy).FirstOrDefault();
        }
    }

    private Task<ImmutableArray<Problem>> Change(Errand errand, UnitId id, AuditAction action, Func<DisposalList, Stamp, Checked<DisposalList>> change, CancellationToken cancel) =>
        Change(errand, id, action, (list, now) => Task.FromResult<(Checked<DisposalList>, ImmutableArray<Change>)>((change(list, now), [])), cancel);

    // Somebody saved in between: everything is asked again of the list as it is now, so that neither's decision is lost.
    private async Task<ImmutableArray<Problem>> Change(Errand errand, UnitId id, AuditAction action, Func<DisposalList, Stamp, Task<(Checked<DisposalList> Made, ImmutableArray<Change> With)>> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await Open(errand, id, cancel) is not ({ } list, { } envelope, _))
                return [new Problem("", Gone)];
            var now = Stamp.Now(errand.Who.Id, clock);
            var (made, with) = await change(list, now);
            if (!made.Accepted)
                return made.Problems;
            var outcome = await keeper.Do(new Act(errand, with.Any(change => change is Mark) ? AuditAction.KeepUntilChanged : action, [.. with, new Put<DisposalList>(envelopes.Of(made.Value, envelope, now.On), made.Value, envelope.Version)]), cancel);
            if (outcome is not Outcome.Conflict)
                return outcome.Problems(Gone, Busy);
        }
        return [new Problem("", Busy)];
    }
}
