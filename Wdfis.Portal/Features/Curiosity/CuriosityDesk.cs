using System.Collections.Concurrent;
using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Curiosity;

/// <summary>
/// The watch for openings without need (S2): whoever opens a family of which no work of theirs says why gives a reason first; what wants to be
/// looked at becomes an alert for the leads and the officer, never for the one whom it is about.
/// </summary>
internal sealed class CuriosityDesk(Keeper keeper, Envelopes envelopes, DraftDesk drafts, AuditTrail trail, CuriositySettings settings, TimeProvider clock, ILogger<CuriosityDesk> log) : IWatch
{
    /// <summary>The form of an alert's page.</summary>
    public const string Form = "alert";
    public const string NoteField = "note";
    private const int MostUnits = 1_000;
    private const string AnyWindow = "";
    // What somebody asked us only to store opens for the second alone.
    private static readonly Purpose[] Daily = [Purpose.GiveInformation, Purpose.Safeguarding];

    internal static readonly Errand Portal = new(Colleague.Portal, Purpose.QualityReview, "watch");

    private readonly ConcurrentDictionary<(ColleagueId Who, UnitId Family, string Circuit), DateTimeOffset> said = new();
    private readonly ConcurrentDictionary<ColleagueId, Task<OwnHome?>> homes = new();
    private DateTimeOffset swept;
    private readonly Lock gate = new();
    // Of one day.
    private readonly HashSet<(ColleagueId, AlertKind, UnitId?)> raised = [];
    private readonly Dictionary<ColleagueId, HashSet<UnitId>> opened = [];
    private DateOnly day;

    /// <summary>Whether the colleague has to say why before the family is opened. <paramref name="during"/>: the enquiry in which it is looked up; a reason only while it is open and theirs.</summary>
    public async Task<bool> Asks(Errand<May.TakeRights> errand, UnitId family, UnitId? during = null, CancellationToken cancel = default)
    {
        if (errand.Who.Id == ColleagueId.Portal || Said(errand.Who.Id, family, errand.Circuit) || Said(errand.Who.Id, family, AnyWindow)
            || await keeper.Envelope(family, cancel) is not { } card)
            return false;
        var units = await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = int.MaxValue }, cancel);
        return OpeningReasons.StandsBy(errand.Who.Id, errand.Purpose, London.Today(clock), card, units.Where(unit => unit.Kind == UnitKind.Enquiry), keeper.Entrusted(errand, family)) is null
            && !(during is { } work && await keeper.Envelope(work, cancel) is { } enquiry && enquiry.IsOpen() && enquiry.Owner == errand.Who.Id)
            && !Listed(errand.Who, units);
    }

    /// <summary>The families to which these units belong, each once. Envelopes alone.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public IReadOnlyList<UnitId> FamiliesOf(IEnumerable<UnitId> units) => [.. units.Select(keeper.FamilyOf).OfType<UnitId>().Distinct()];

    /// <summary>
    /// The first of these families about which the colleague has to say why, and for what it opens to them then: what is closed to them for every
    /// daily purpose is refused by its page, without a question. <paramref name="named"/>: what the address names. When that itself waits on a
    /// list of theirs, also on one that everybody of the service has, it is their work; so is an exemption to whoever signs exemptions off.
    /// </summary>
    public async Task<(UnitId? Family, Purpose Purpose)> AsksFirst(Errand<May.WorkWithFamilies> errand, IEnumerable<UnitId> families, IEnumerable<UnitId> named, CancellationToken cancel = default)
    {
        var works = new HashSet<UnitId>();
        var waiting = Waiting(errand.Who).ToList();
        foreach (var unit in named)
            if (await keeper.Envelope(unit, cancel) is { Family: { } of } envelope && (waiting.Any(query => query.Holds(envelope)) || envelope.Kind == UnitKind.Exemption && errand.Who.May(Entitlement.SignOff)))
                works.Add(of);
        foreach (var family in families.Where(family => !works.Contains(family)))
        {
            var opens = Daily.Select(purpose => (Errand)errand with { Purpose = purpose }).FirstOrDefault(daily => keeper.MayOpen(daily, family) is AccessDecision.Allowed);
            if (opens is not null && await Asks(opens, family, cancel: cancel))
                return (family, opens.Purpose);
        }
        return default;
    }

    /// <summary>The family is shown in the colleague's live enquiry, or in a rights request that they opened: nobody asks about it, in any window of theirs, as long as an opening stands.</summary>
    public void Works(Errand<May.TakeRights> errand, UnitId family) => Stands((errand.Who.Id, family, AnyWindow));

    /// <summary>Says why: it stands in the audit's entry of this opening, and for this family and window as long as an opening does.</summary>
    public async Task<ImmutableArray<Problem>> Say(Errand<May.WorkWithFamilies> errand, UnitId family, OpeningReason reason, string? words, CancellationToken cancel = default)
    {
        if (!Enum.IsDefined(reason) || reason == OpeningReason.Other && string.IsNullOrWhiteSpace(words))
            return [new Problem("curiosity.words", "Say in a few words what you were asked to do.")];
        if (TypedText.Check("curiosity.words", words) is { } problem)
            return [problem];
        var outcome = await keeper.Reasoned(errand, new Reason(family, reason == OpeningReason.Other ? $"{reason.Words()}: {TypedText.Clean(words)}" : reason.Words()),
            new Count($"opened-because/{(int)reason}", Month.Of(London.Today(clock)).First), cancel);
        if (outcome is Outcome.Done)
            Stands((errand.Who.Id, family, errand.Circuit));
        return outcome.Problems();
    }

    private void Stands((ColleagueId Who, UnitId Family, string Circuit) where)
    {
        var now = clock.GetUtcNow();
        said[where] = now;
        // All of them are gone through at most once for each time that one stands.
        if (now - swept < Keeper.OpeningStands)
            return;
        swept = now;
        foreach (var old in said.Where(one => now - one.Value >= Keeper.OpeningStands))
            said.TryRemove(old);
    }

    private bool Said(ColleagueId who, UnitId family, string circuit) => said.TryGetValue((who, family, circuit), out var at) && clock.GetUtcNow() - at < Keeper.OpeningStands;

    /// <summary>The alerts that are open, or closed since a day, oldest first; never those about whoever asks. Envelopes alone.</summary>
    public async Task<IReadOnlyList<Envelope>> Alerts(Errand<May.SeeAudit> errand, DateOnly? closedSince = null, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Alert, NotOwner = errand.Who.Id, State = closedSince is null ? Envelopes.AlertOpen : Envelopes.AlertClosed, Take = MostUnits }, cancel)).Where(alert => closedSince is null || alert.TouchedOn >= closedSince)];

    /// <summary>Opens an alert; else why not.</summary>
    public async Task<(Alert? Alert, Envelope? Envelope, string? Trouble)> Open(Errand<May.SeeAudit> errand, UnitId id, CancellationToken cancel = default) =>
        (await keeper.Open<Alert>((Errand)errand with { Purpose = Purpose.QualityReview }, id, cancel)).Read("There is no such alert.", "This alert was destroyed when its time was over.", OutcomeWords.WhoeverRunsIt);

    /// <summary>Closes an alert with the note of the draft.</summary>
    public async Task<ImmutableArray<Problem>> Close(Errand<May.SeeAudit> errand, UnitId id, UnitId draft, AlertEnd how, CancellationToken cancel = default)
    {
        var (alert, envelope, trouble) = await Open(errand, id, cancel);
        if (alert is null || envelope is null)
            return [new Problem("", trouble!)];
        var closed = alert.Close(how, (await drafts.Open((Errand)errand, draft, cancel))?[NoteField], Stamp.Now(errand.Who.Id, clock));
        return !closed.Accepted ? closed.Problems : (await keeper.Do(new Act((Errand)errand with { Purpose = Purpose.QualityReview }, AuditAction.Closed,
            [new Put<Alert>(envelopes.Of(closed.Value, envelope, envelope.Service, London.Today(clock)), closed.Value, envelope.Version), .. await keeper.Dropping(draft, cancel)]), cancel)).Problems();
    }

    /// <summary>The envelope of what the colleague said about where they live; null when they did not.</summary>
    public async Task<Envelope?> Home(Errand<May.WorkWithFamilies> errand, CancellationToken cancel = default) => await HomeOf(errand.Who.Id, cancel);

    /// <summary>Keeps where the colleague lives so that it can be compared; without a postcode and a house it is forgotten.</summary>
    public async Task<ImmutableArray<Problem>> LiveAt(Errand<May.WorkWithFamilies> errand, string? postcode, string? house, CancellationToken cancel = default)
    {
        var before = await HomeOf(errand.Who.Id, cancel);
        var forget = before is null ? ImmutableArray<Change>.Empty : [new Destroy(before.Id, "own-home-replaced")];
        var working = (Errand)errand with { Purpose = Purpose.QualityReview };
        Act act;
        if (string.IsNullOrWhiteSpace(postcode) && string.IsNullOrWhiteSpace(house))
            act = new Act(working, AuditAction.Erased, forget);
        else
        {
            var made = OwnHome.Create(UnitId.Create(clock), postcode, house);
            if (!made.Accepted)
                return made.Problems;
            act = new Act(working, AuditAction.Saved, [new Put<OwnHome>(envelopes.Of(made.Value, errand.Who, London.Today(clock)), made.Value, 0), .. forget]);
        }
        if (act.Changes.IsEmpty)
            return [];
        var outcome = await keeper.Do(act, cancel);
        homes.TryRemove(errand.Who.Id, out _);
        return outcome.Problems();
    }

    /// <summary>Forgets where those live who hold no role any more. How many.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal async Task<int> ForgetLeavers(IEnumerable<ColleagueId> here, CancellationToken cancel)
    {
        var stay = here.ToHashSet();
        var gone = (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.OwnHome, Take = int.MaxValue }, cancel)).Where(home => !stay.Contains(home.Owner)).ToList();
        foreach (var home in gone)
        {
            await keeper.Do(new Act(Portal, AuditAction.Erased, [new Destroy(home.Id, "own-home-of-a-leaver")]), cancel);
            homes.TryRemove(home.Owner, out _);
        }
        return gone.Count;
    }

    Task IWatch.Opened(Errand errand, Envelope unit, object record) => Watching(() => Look(errand, unit, record));

    // Nobody's work fails because it was watched.
    private async Task Watching(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            log.LogError("An opening could not be looked at: {Trouble}", trouble.GetType().Name);
        }
    }

    /// <summary>The colleague named a family in a rights request by their own word. Whoever opens by what names them alone has opened it to themselves: the leads are told.</summary>
    public Task Named(Errand<May.AnswerRights> errand, UnitId family) =>
        errand.Who.May(Entitlement.WorkWithFamilies) ? Task.CompletedTask : Watching(() => Raise(errand.Who, AlertKind.NamedThemselves, family));

    private async Task Look(Errand errand, Envelope unit, object record)
    {
        if (errand.Who.Id == ColleagueId.Portal || unit.Family is not { } family)
            return;
        // Of what else belongs to a family its search card tells the names, and no house.
        if (record is FamilyCard read ? OwnHome.Names(read, errand.Who.DisplayName) : keeper.Card(family) is { } bytes && NamedOn(SearchCard.Read(bytes), errand.Who.DisplayName))
            await Raise(errand.Who, AlertKind.OwnName, family);
        if (record is FamilyCard { Address: { } address } && await OwnHomeOf(errand.Who.Id) is { } home && home.Is(address))
            await Raise(errand.Who, AlertKind.OwnAddress, family);
        if (IsOneTooMany(errand.Who, family))
            await Raise(errand.Who, AlertKind.ManyFamilies, null);
    }

    Task IWatch.Refused(Errand errand, Envelope unit, ImmutableArray<RefusalReason> reasons) =>
        reasons.Contains(RefusalReason.Conflict) && unit.Family is { } family ? Watching(() => Raise(errand.Who, AlertKind.Conflict, family)) : Task.CompletedTask;

    // Something of the family waits on one of the colleague's lists. Lists that everybody of a service has are no reason for the family: nearly every one comes onto one.
    private bool Listed(Colleague who, IEnumerable<Envelope> units)
    {
        var waiting = Waiting(who, WorkOf.Services).ToList();
        return units.Any(unit => waiting.Any(query => query.Holds(unit)));
    }

    // Lists of families themselves are no reason, nor what somebody began to type.
    private IEnumerable<EnvelopeQuery> Waiting(Colleague who, WorkOf? but = null) =>
        Worklist.For(who).Where(list => list.Whose != but).SelectMany(list => list.Asked(who, London.Today(clock))).Where(query => query.Kind is not (UnitKind.Family or UnitKind.Draft));

    // A restart counts on from what the audit says of today; a new day begins at nothing.
    private bool IsOneTooMany(Colleague who, UnitId family)
    {
        lock (gate)
        {
            Turn();
            if (!opened.TryGetValue(who.Id, out var families))
            {
                opened[who.Id] = families = [.. trail.Since(new AuditQuestion { Who = who.Id, From = day, Openings = true }).SelectMany(entry => entry.Units)
                    .Distinct().Where(unit => unit != family).Select(unit => keeper.FamilyOf(unit)).OfType<UnitId>().Where(one => one != family)];
            }
            families.Add(family);
            return families.Count > settings.MostOf(who.Roles);
        }
    }

    private static bool NamedOn(SearchCard card, string name) =>
        OwnHome.Names(card.People.Select(one => (one.Forename, one.Surname ?? (one.IsChild ? card.People.FirstOrDefault(carer => !carer.IsChild)?.Surname : null))), name);

    private void Turn()
    {
        if (London.Today(clock) is var today && today == day)
            return;
        day = today;
        raised.Clear();
        opened.Clear();
    }

    // Once a day for each colleague, kind and family. It stops nobody: what cannot be saved is named in the log, of nobody.
    private async Task Raise(Colleague who, AlertKind kind, UnitId? family)
    {
        lock (gate)
        {
            Turn();
            if (!raised.Add((who.Id, kind, family)))
                return;
        }
        var saved = false;
        try
        {
            saved = await Save(who, kind, family);
        }
        finally
        {
            // The next opening tries again.
            if (!saved)
                lock (gate)
                    raised.Remove((who.Id, kind, family));
        }
    }

    private async Task<bool> Save(Colleague who, AlertKind kind, UnitId? family)
    {
        var alert = Alert.Restore(UnitId.Create(clock), kind, who.Id, family, clock.GetUtcNow());
        var outcome = await keeper.Do(new Act(Portal, AuditAction.Created, [new Put<Alert>(envelopes.Of(alert, null, who.Services.Order().FirstOrDefault(Service.FamiliesInformation), London.Today(clock)), alert, 0)]));
        if (outcome is not Outcome.Done)
            log.LogError("An alert of the kind {Kind} could not be saved: {Outcome}", kind, outcome.GetType().Name);
        return outcome is Outcome.Done;
    }

    private async Task<Envelope?> HomeOf(ColleagueId who, CancellationToken cancel) =>
        (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.OwnHome, Owner = who, Take = 1 }, cancel)) is [var envelope] ? envelope : null;

    // Held in memory once it was read, or is known not to be there; what could not be read is read again at the next opening.
    private async Task<OwnHome?> OwnHomeOf(ColleagueId who)
    {
        var reading = homes.GetOrAdd(who, ReadHome);
        try
        {
            return await reading;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            homes.TryRemove(new KeyValuePair<ColleagueId, Task<OwnHome?>>(who, reading));
            log.LogError("Where a colleague lives could not be compared: {Trouble}", trouble.GetType().Name);
            return null;
        }
    }

    private async Task<OwnHome?> ReadHome(ColleagueId who) => await HomeOf(who, default) is not { } envelope ? null
        : await keeper.Open<OwnHome>(Portal, envelope.Id) is Opening<OwnHome>.Opened found ? found.Record.Open(found.Clearance)
        : throw new InvalidOperationException("What the colleague said of it did not open.");
}
