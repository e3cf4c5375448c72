using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Breaches;

/// <summary>
/// The register of personal-data breaches (Articles 33 and 34, D7): reported by anybody on duty or by a report that something reached the
/// wrong body, worked by the officer. What an open breach names is kept from disposal, and is what the officer may open for it.
/// </summary>
internal sealed class BreachDesk(Keeper keeper, Envelopes envelopes, DraftDesk drafts, TimeProvider clock) : IWrongRecipientHeard
{
    public const string Form = "breach";
    public const string AwareField = "breach.aware-at";

    private const int Most = 10_000;
    private const int Tries = 5;

    /// <summary>Reports one from the draft; without a time we are aware of it now.</summary>
    public async Task<Checked<Breach>> Report(Errand<May.ReportBreach> errand, UnitId draft, CancellationToken cancel = default)
    {
        var typed = new Typed(await drafts.Open((Errand)errand, draft, cancel));
        var now = Stamp.Now(errand.Who.Id, clock);
        var aware = typed[AwareField, null] is { } text ? Instant(text) : now.At;
        if (aware is not { } at)
            return new Problem(AwareField, "This is no time. Leave it empty for now.");
        var made = Breach.Report(UnitId.Create(clock), new BreachContents { Facts = typed["breach.facts", null], Containment = typed["breach.containment", null] }, at, null, null, now);
        if (!made.Accepted)
            return made;
        var outcome = await keeper.Do(new Act(errand, AuditAction.BreachRecorded,
            [new Put<Breach>(envelopes.Of(made.Value, null, ServiceOf(errand.Who), now.On), made.Value, 0), .. await keeper.Dropping(draft, cancel)]), cancel);
        return outcome.Problems() is [var refused] ? refused : made;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Change>> Heard(Errand<May.ReportBreach> errand, Amends report, DisclosureRecord told, CancellationToken cancel)
    {
        var now = Stamp.Now(errand.Who.Id, clock);
        var scopes = told.AsToldBefore.Scopes.Select(code => ScopeItems.Find(code)?.Label).OfType<string>();
        var breach = Breach.Report(UnitId.Create(clock), new BreachContents
        {
            Facts = report.Words,
            OccurredOn = London.DateOf(told.DecidedAt),
            DiscoveredOn = London.DateOf(report.AwareAt),
            PeopleCount = told.About.Length,
            Data = string.Join("; ", scopes),
            RecordCount = 1,
        }, report.AwareAt, told.Id, report.Id, now).OrThrow();
        return Task.FromResult<ImmutableArray<Change>>(
            [new Put<Breach>(envelopes.Of(breach, null, ServiceOf(errand.Who), now.On), breach, 0), new Bind(breach.Id, told.Id, null), new Bind(breach.Id, report.Id, null)]);
    }

    /// <summary>Every breach, from envelopes alone: those whose hours run first, then the open ones, then the closed.</summary>
    public async Task<ImmutableArray<Envelope>> All(Errand<May.KeepRegisters> errand, CancellationToken cancel = default) =>
    [
        .. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Breach, Take = Most }, cancel))
            .OrderBy(one => Envelopes.NotifyBy(one) ?? DateTimeOffset.MaxValue).ThenBy(one => one.State == Envelopes.BreachClosed).ThenByDescending(one => one.CreatedOn),
    ];

    /// <summary>Those whose hours run or are over, the most urgent first: from envelopes alone, so that nothing is opened for a figure.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<ImmutableArray<CountingBreach>> Counting(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Breach, State = Envelopes.BreachCounts, Take = Most }, cancel))
                .Select(one => (one.Id, By: Envelopes.NotifyBy(one) ?? DateTimeOffset.MinValue)).OrderBy(one => one.By).Select(one => new CountingBreach(one.Id, one.By, now)),
        ];
    }

    /// <summary>What stands on the desk of whoever works the register: each breach with its hours and where it leads.</summary>
    public async Task<ImmutableArray<(string Words, string Link, bool Late)>> Notices(Errand<May.UseDesk> errand, CancellationToken cancel = default) => !errand.Who.May(Entitlement.KeepRegisters) ? [] :
        [.. (await Counting(cancel)).Select(one => ($"A personal-data breach waits for its decision: {one.Left}, until {one.NotifyBy.Moment()}.", $"breaches/{one.Id}", one.Late))];

    /// <summary>Opens one with what it names.</summary>
    public async Task<ShownBreach> Open(Errand<May.KeepRegisters> errand, UnitId id, CancellationToken cancel = default)
    {
        var (breach, envelope, trouble) = await Read(errand, id, cancel);
        if (breach is null)
            return new ShownBreach(null, null, trouble);
        // Once it is closed it names nothing any more.
        return new ShownBreach(breach, envelope)
        {
            Told = breach is { IsOpen: true, Disclosure: { } told } && await keeper.Open<DisclosureRecord>(errand, told, cancel) is Opening<DisclosureRecord>.Opened one ? one.Record.Open(one.Clearance) : null,
            Amends = breach is { IsOpen: true, Amends: { } amends } && await keeper.Open<Amends>(errand, amends, cancel) is Opening<Amends>.Opened other ? other.Record.Open(other.Clearance) : null,
        };
    }

    /// <summary>Saves what is known by now, from the draft over what was shown.</summary>
    public async Task<ImmutableArray<Problem>> Work(Errand<May.KeepRegisters> errand, UnitId id, int shownVersion, UnitId draft, CancellationToken cancel = default)
    {
        var (breach, envelope, trouble) = await Read(errand, id, cancel);
        if (breach is null)
            return [new Problem("", trouble!)];
        var (typed, shown) = (new Typed(await drafts.Open((Errand)errand, draft, cancel)), breach.Contents);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        T? Parsed<T>(string field, T? before, Func<string, T?> parse, string wrong) where T : struct
        {
            if (!typed.Has(field) || typed[field, null] is not { } text)
                return typed.Has(field) ? null : before;
            var value = parse(text);
            if (value is null)
                problems.Add(new Problem(field, wrong));
            return value;
        }
        DateOnly? Day(string field, DateOnly? before) => Parsed(field, before, text => text.Day(), "This is no date.");
        int? Number(string field, int? before) => Parsed<int>(field, before, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, "Give a whole number.");
        var contents = new BreachContents
        {
            Facts = typed["breach.facts", shown.Facts],
            Cause = typed["breach.cause", shown.Cause],
            OccurredOn = Day("breach.occurred-on", shown.OccurredOn),
            DiscoveredOn = Day("breach.discovered-on", shown.DiscoveredOn),
            People = typed["breach.people", shown.People],
            PeopleCount = Number("breach.people-count", shown.PeopleCount),
            Data = typed["breach.data", shown.Data],
            RecordCount = Number("breach.record-count", shown.RecordCount),
            Effects = typed["breach.effects", shown.Effects],
            Containment = typed["breach.containment", shown.Containment],
            Risk = Parsed<BreachRisk>("breach.risk", shown.Risk, text => Enum.TryParse<BreachRisk>(text, out var risk) && Enum.IsDefined(risk) ? risk : null, "Choose how the risk is judged."),
            RiskReasons = typed["breach.risk-reasons", shown.RiskReasons],
            Lessons = typed["breach.lessons", shown.Lessons],
        };
        var now = Stamp.Now(errand.Who.Id, clock);
        var worked = breach.Work(contents, now);
        return problems.Count > 0 || !worked.Accepted ? [.. problems, .. worked.Problems]
            : (await keeper.Do(new Act(errand, AuditAction.BreachRecorded,
                [new Put<Breach>(envelopes.Of(worked.Value, envelope, envelope!.Service, now.On), worked.Value, shownVersion), .. await keeper.Dropping(draft, cancel)]), cancel)).Problems();
    }

    /// <summary>One step more. Without a time it was now.</summary>
    public Task<ImmutableArray<Problem>> Take(Errand<May.KeepRegisters> errand, UnitId id, BreachEvent what, DateTimeOffset? happenedAt, string? words, string? late, CancellationToken cancel = default) =>
        Change(errand, id, (breach, now) => breach.With(what, happenedAt ?? now.At, words, late, now), [], cancel);

    /// <summary>Closes it: what it held is free, and closed to the officer again.</summary>
    public Task<ImmutableArray<Problem>> Close(Errand<May.KeepRegisters> errand, UnitId id, CancellationToken cancel = default) =>
        Change(errand, id, (breach, now) => breach.Close(now), [new Release(id)], cancel);

    private async Task<ImmutableArray<Problem>> Change(Errand errand, UnitId id, Func<Breach, Stamp, Checked<Breach>> change, ImmutableArray<Change> first, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (breach, envelope, trouble) = await Read(errand, id, cancel);
            if (breach is null)
                return [new Problem("", trouble!)];
            var now = Stamp.Now(errand.Who.Id, clock);
            var changed = change(breach, now);
            if (!changed.Accepted)
                return changed.Problems;
            // Released first: the breach, too, is bound for as long as it binds something.
            var outcome = await keeper.Do(new Act(errand, AuditAction.BreachRecorded, [.. first, new Put<Breach>(envelopes.Of(changed.Value, envelope, envelope!.Service, now.On), changed.Value, envelope.Version)]), cancel);
            if (outcome is not Outcome.Conflict)
                return outcome.Problems();
        }
        return [new Problem("", "Somebody is changing this at this moment. Nothing was changed: try again.")];
    }

    private async Task<(Breach? Breach, Envelope? Envelope, string? Trouble)> Read(Errand errand, UnitId id, CancellationToken cancel) =>
        (await keeper.Open<Breach>(errand, id, cancel)).Read("There is no such breach.", "This was destroyed when its time was over.");

    private static Service ServiceOf(Colleague who) => who.Services.Order().FirstOrDefault(Service.FamiliesInformation);

    private static DateTimeOffset? Instant(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? London.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : null;

    // What was typed over what was shown; nothing for what was emptied.
    private sealed class Typed(Draft? draft)
    {
        public bool Has(string field) => draft?.Fields.ContainsKey(field) == true;

        public string? this[string field, string? shown] => draft?.Fields.GetValueOrDefault(field) is { } text ? string.IsNullOrWhiteSpace(text) ? null : text : shown;
    }
}

/// <summary>A breach whose hours run or are over.</summary>
internal sealed record CountingBreach(UnitId Id, DateTimeOffset NotifyBy, DateTimeOffset Now)
{
    public bool Late => NotifyBy < Now;

    /// <summary>"41 hours left".</summary>
    public string Left => BreachWords.HoursLeft(NotifyBy, Now);
}

/// <summary>A breach for its page, or why it cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownBreach(Breach? Breach, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>What reached the wrong body.</summary>
    public DisclosureRecord? Told { get; init; }

    /// <summary>Who has been told of that.</summary>
    public Amends? Amends { get; init; }

    public override string ToString() => nameof(ShownBreach);
}
