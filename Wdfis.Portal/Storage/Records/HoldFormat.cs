using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A hold as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class HoldFormat() : VersionedFormat<Hold, HoldV1>(UnitKind.Hold, RecordsJson.Default.HoldV1)
{
    protected override HoldV1 ToDocument(Hold record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Kind = record.Kind,
        Unit = record.Unit?.Value,
        Class = record.Class,
        Reference = record.Reference,
        ConfirmedBy = record.ConfirmedBy,
        Steps = [.. record.Steps.Select(step => new HoldStepV1 { What = step.What, At = step.At, By = step.By.Value, Why = step.Why, ReviewOn = step.ReviewOn })],
    };

    protected override Hold FromDocument(HoldV1 s) => Hold.Restore(
        new(s.Id), Known(s.Kind), s.Unit is { } unit ? new UnitId(unit) : null, s.Class, s.Reference, s.ConfirmedBy,
        [.. s.Steps.Select(step => new HoldStep(Known(step.What), step.At, new ColleagueId(step.By), step.Why, step.ReviewOn))]);
}

internal sealed class HoldV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required HoldKind Kind { get; init; }
    public Guid? Unit { get; init; }
    public string? Class { get; init; }
    public string? Reference { get; init; }
    public string? ConfirmedBy { get; init; }
    public required HoldStepV1[] Steps { get; init; }
}

internal sealed class HoldStepV1
{
    public required HoldEvent What { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public required string Why { get; init; }
    public DateOnly? ReviewOn { get; init; }
}
