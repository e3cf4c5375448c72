using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A version of the schedule as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class ScheduleFormat() : VersionedFormat<ScheduleVersion, ScheduleV1>(UnitKind.Schedule, RecordsJson.Default.ScheduleV1), ISearchCardFormat<ScheduleVersion>
{
    /// <summary>All of it: it is about nobody, and read at each start without an opening.</summary>
    public byte[] WriteCard(ScheduleVersion record, Envelope envelope) => Write(record);

    protected override ScheduleV1 ToDocument(ScheduleVersion record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Number = record.Number,
        ValidFrom = record.ValidFrom,
        Why = record.Why,
        Classes = [.. record.Classes.Select(line => new RetentionClassV1
        {
            Code = line.Code,
            Title = line.Title,
            Trigger = line.Trigger,
            Period = line.Period.ToString(),
            Action = line.Action,
            ShortRoad = line.ShortRoad,
            Source = line.Source,
            Confirmed = line.Confirmed,
            ValidFrom = line.ValidFrom,
            Since = line.Since,
        })],
        Steps = [.. record.Steps.Select(step => new ScheduleStepV1 { What = step.What, At = step.At, By = step.By.Value, Note = step.Note, Records = step.Records })],
    };

    protected override ScheduleVersion FromDocument(ScheduleV1 s) => ScheduleVersion.Restore(new(s.Id), s.Number,
        [.. s.Classes.Select(line => new RetentionClass
        {
            Code = line.Code,
            Title = line.Title,
            Trigger = Known(line.Trigger),
            Period = RetentionPeriod.TryParse(line.Period, out var period) ? period : throw new System.Text.Json.JsonException(),
            Action = Known(line.Action),
            ShortRoad = line.ShortRoad,
            Source = line.Source,
            Confirmed = line.Confirmed,
            ValidFrom = line.ValidFrom,
            Since = line.Since,
        })],
        s.ValidFrom, s.Why, [.. s.Steps.Select(step => new ScheduleStep(Known(step.What), step.At, new ColleagueId(step.By), step.Note, step.Records))]);
}

internal sealed class ScheduleV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required string Why { get; init; }
    public required RetentionClassV1[] Classes { get; init; }
    public required ScheduleStepV1[] Steps { get; init; }
}

internal sealed class RetentionClassV1
{
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required RetentionTrigger Trigger { get; init; }
    public required string Period { get; init; }
    public required DisposalAction Action { get; init; }
    public required bool ShortRoad { get; init; }
    public required string Source { get; init; }
    public required bool Confirmed { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required int Since { get; init; }
}

internal sealed class ScheduleStepV1
{
    public required ScheduleEvent What { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public string? Note { get; init; }
    public int? Records { get; init; }
}
