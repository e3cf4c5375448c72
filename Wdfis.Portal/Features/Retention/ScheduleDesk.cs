using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Retention;

/// <summary>
/// The retention schedule and its versions (D5): changed by the information-governance officer alone, looked at before, agreed to by a
/// second person, and applied by a job. Nothing here opens a record of a family.
/// </summary>
internal sealed class ScheduleDesk(Keeper keeper, ScheduleShelf shelf, EnvelopeColumns columns, DraftDesk drafts, PeriodBounds bounds, TimeProvider clock)
{
    public const string Form = "schedule";
    public const string NoteForm = "schedule-note";
    public const string FromField = "valid-from";
    public const string WhyField = "why";
    public const string NoteField = "note";

    private const string Gone = "This version is not there any more. Open the schedule again.";

    /// <summary>For each line the columns that the form lets the officer change.</summary>
    public const string Period = "period", Trigger = "trigger", Action = "action", Road = "road", Source = "source", Confirmed = "confirmed", Yes = "yes", No = "no";

    /// <summary>The name of a field of the form.</summary>
    public static string FieldOf(string code, string column) => $"{code}.{column}";

    /// <summary>The schedule in force.</summary>
    public Schedule Current(Errand<May.SeeRetention> errand) => shelf.Current;

    /// <summary>All versions, the newest first.</summary>
    public ImmutableArray<ScheduleVersion> Versions(Errand<May.SeeRetention> errand) => shelf.Versions.Reverse().ToImmutableArray();

    /// <summary>A version, and the one before it; null when there is none.</summary>
    public (ScheduleVersion Version, ScheduleVersion? Before)? Find(Errand<May.SeeRetention> errand, UnitId id) => shelf.Find(id) is (var version, _)
        ? (version, shelf.Versions.LastOrDefault(other => other.Number < version.Number)) : null;

    /// <summary>What a version would do to the records, by class; null while the envelopes are still being read after a start.</summary>
    public ImmutableArray<ScheduleEffect>? Preview(Errand<May.SeeRetention> errand, ScheduleVersion version) =>
        columns.Ready ? columns.Under(version.ToSchedule(shelf.Configured), London.Today(clock)).Effects : null;

    /// <summary>How many records of a version that is being applied stand as it has them, and of how many.</summary>
    public (int Done, int All)? Progress(Errand<May.SeeRetention> errand, ScheduleVersion version)
    {
        if (version.Steps[^1] is not { What: ScheduleEvent.Begun, Records: { } all } || !columns.Ready)
            return null;
        var left = columns.Under(version.ToSchedule(shelf.Configured), London.Today(clock)).Moved.Count;
        return (Math.Max(0, all - left), Math.Max(all, left));
    }

    /// <summary>What stands in the way of a new version; null for nothing.</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public string? Unfinished() => shelf.Versions is [.., { State: not ScheduleEvent.Applied } open] ? $"Version {open.Number} is not finished: a new one begins when it is applied or dropped." : null;

    /// <summary>The lines from which a form begins: the draft's own, or those of the last version.</summary>
    public ImmutableArray<RetentionClass> LinesOf(Errand<May.SeeRetention> errand, UnitId? version) =>
        (version is { } id ? shelf.Find(id)?.Version : shelf.Versions.LastOrDefault())?.Completed(shelf.Configured) ?? shelf.Configured.Classes;

    /// <summary>Drafts the next version, or changes a draft, from what was typed. Everything wrong otherwise.</summary>
    public async Task<Checked<ScheduleVersion>> Save(Errand<May.KeepSchedule> errand, UnitId? version, UnitId draft, CancellationToken cancel = default)
    {
        var typed = (await drafts.Open((Errand)errand, draft, cancel))?.Fields ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty;
        var now = Stamp.Now(errand.Who.Id, clock);
        await Begin(now.At, cancel);
        var open = version is { } id ? shelf.Find(id) : null;
        if (version is not null && open is null)
            return new Problem("", Gone);
        if (version is null && Unfinished() is { } unfinished)
            return new Problem("", unfinished);
        var last = shelf.Versions.Last(other => other.Number < (open?.Version.Number ?? int.MaxValue));
        var wrong = new List<Problem>();
        var lines = LinesOf((Errand)errand, version).Select(line => Typed(line, typed, wrong)).ToArray();
        // What a later release brought with it belongs to the last version as if it had always been there.
        var before = ScheduleVersion.Restore(last.Id, last.Number, last.Completed(shelf.Configured), last.ValidFrom, last.Why, last.Steps);
        var from = typed.TryGetValue(FromField, out var text) ? text.Day() : open?.Version.ValidFrom;
        var why = typed.GetValueOrDefault(WhyField) ?? open?.Version.Why;
        var made = open is var (changing, _) ? changing.Change(before, lines, from, why, bounds, now) : ScheduleVersion.Draft(UnitId.Create(clock), before, lines, from, why, bounds, now);
        if (wrong.Count > 0)
            return Checked<ScheduleVersion>.From([.. wrong, .. made.Problems.Where(problem => problem.Field.Length > 0 && !wrong.Exists(other => other.Field == problem.Field))], () => made.Value!);
        return made.Accepted && await Put(errand, AuditAction.Saved, made.Value, open?.Saved ?? 0, draft, cancel) is { } problem ? problem : made;
    }

    /// <summary>The officer hands a draft to a second person.</summary>
    public Task<ImmutableArray<Problem>> Propose(Errand<May.KeepSchedule> errand, UnitId id, CancellationToken cancel = default) =>
        Move(errand, id, AuditAction.Saved, default, (version, _, now) => version.Propose(now), cancel);

    /// <summary>A second person agrees, or sends it back, with what they typed.</summary>
    public Task<ImmutableArray<Problem>> Decide(Errand<May.SignOff> errand, UnitId id, UnitId draft, bool agrees, CancellationToken cancel = default) =>
        Move(errand, id, AuditAction.SignedOff, draft, (version, note, now) => agrees ? version.Approve(note, now) : version.SendBack(note, now), cancel);

    /// <summary>The officer drops a draft: it is destroyed, and its number is free again.</summary>
    public async Task<ImmutableArray<Problem>> Drop(Errand<May.KeepSchedule> errand, UnitId id, CancellationToken cancel = default) =>
        shelf.Find(id) is not ({ IsDraft: true }, _) ? [new Problem("", Gone)]
        : (await keeper.Do(new Act(errand, AuditAction.Erased, [new Destroy(id, "dropped")]), cancel)).Problems(Gone);

    /// <summary>Stores what the configuration says as version 1, once: from then on the file changes nothing that a version says.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal async Task Begin(DateTimeOffset at, CancellationToken cancel)
    {
        if (shelf.Versions.IsEmpty)
            await Put(Portal, AuditAction.PolicyChanged, ScheduleVersion.Configured(UnitId.Create(clock), shelf.Configured, at), 0, default, cancel);
    }

    /// <summary>The job's own saving of a step.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal async Task Step(ScheduleVersion version, CancellationToken cancel)
    {
        if (await Put(Portal, AuditAction.PolicyChanged, version, shelf.Find(version.Id)?.Saved ?? 0, default, cancel) is { } problem)
            throw new InvalidOperationException(problem.Sentence);
    }

    /// <summary>The portal itself, that applies what was agreed to.</summary>
    internal static Errand Portal { get; } = new(Colleague.Portal, Purpose.RetentionReview, "");

    private async Task<ImmutableArray<Problem>> Move(Errand errand, UnitId id, AuditAction action, UnitId draft, Func<ScheduleVersion, string?, Stamp, Checked<ScheduleVersion>> step, CancellationToken cancel)
    {
        if (shelf.Find(id) is not var (version, saved))
            return [new Problem("", Gone)];
        var note = draft.IsEmpty ? null : (await drafts.Open(errand, draft, cancel))?.Fields.GetValueOrDefault(NoteField);
        var moved = step(version, note, Stamp.Now(errand.Who.Id, clock));
        return !moved.Accepted ? moved.Problems : await Put(errand, action, moved.Value, saved, draft, cancel) is { } problem ? [problem] : [];
    }

    private async Task<Problem?> Put(Errand errand, AuditAction action, ScheduleVersion version, int saved, UnitId draft, CancellationToken cancel)
    {
        var today = London.Today(clock);
        var envelope = new Envelope
        {
            Id = version.Id,
            Kind = UnitKind.Schedule,
            Service = Service.FamiliesInformation,
            Marking = Marking.Official,
            KeepUntil = new KeepUntil(null, RetentionCodes.Audit, "versions of the schedule are kept as long as records name them"),
            Owner = ColleagueId.Portal,
            State = ScheduleShelf.State,
            CreatedOn = today,
            TouchedOn = today,
        };
        if (saved > 0)
            envelope = (await keeper.Envelope(version.Id, cancel))! with { TouchedOn = today };
        var dropping = await keeper.Dropping(draft, cancel);
        return (await keeper.Do(new Act(errand, action, [new Put<ScheduleVersion>(envelope, version, saved), .. dropping]), cancel)).Problems(Gone).FirstOrDefault();
    }

    private static RetentionClass Typed(RetentionClass line, IReadOnlyDictionary<string, string> typed, List<Problem> wrong)
    {
        string? Of(string column) => typed.TryGetValue(FieldOf(line.Code, column), out var value) ? value : null;
        var period = line.Period;
        if (Of(Period) is { } text && !RetentionPeriod.TryParse(text, out period))
            wrong.Add(new Problem(line.Code, "Give a number with days, months or years, as in 2 years."));
        return line with
        {
            Period = period.IsEmpty ? line.Period : period,
            Trigger = Enum.TryParse<RetentionTrigger>(Of(Trigger), out var trigger) ? trigger : line.Trigger,
            Action = Enum.TryParse<DisposalAction>(Of(Action), out var action) ? action : line.Action,
            ShortRoad = Of(Road) is { } road ? road == Yes : line.ShortRoad,
            Source = TypedText.Clean(Of(Source)) ?? (typed.ContainsKey(FieldOf(line.Code, Source)) ? "" : line.Source),
            Confirmed = Of(Confirmed) is { } confirmed ? confirmed == Yes : line.Confirmed,
        };
    }
}
