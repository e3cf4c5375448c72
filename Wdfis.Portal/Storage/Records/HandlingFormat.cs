using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Handling;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A note about who may see a family, as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class HandlingFormat() : VersionedFormat<HandlingNote, HandlingV1>(UnitKind.Handling, RecordsJson.Default.HandlingV1)
{
    protected override HandlingV1 ToDocument(HandlingNote record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Kind = record.Kind,
        Tie = record.Tie,
        Colleague = record.Colleague?.Value,
        Steps = [.. record.Steps.Select(step => new HandlingStepV1 { What = step.What, At = step.At, By = step.By.Value, Why = step.Why })],
    };

    protected override HandlingNote FromDocument(HandlingV1 s) => HandlingNote.Restore(
        new(s.Id), Known(s.Kind), s.Tie is { } tie ? Known(tie) : null, s.Colleague is { } colleague ? new ColleagueId(colleague) : null,
        [.. s.Steps.Select(step => new HandlingStep(Known(step.What), step.At, new ColleagueId(step.By), step.Why))]);
}

internal sealed class HandlingV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required HandlingKind Kind { get; init; }
    public ConflictTie? Tie { get; init; }
    public Guid? Colleague { get; init; }
    public required HandlingStepV1[] Steps { get; init; }
}

internal sealed class HandlingStepV1
{
    public required HandlingEvent What { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public string? Why { get; init; }
}
