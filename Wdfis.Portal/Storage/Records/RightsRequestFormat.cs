using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A rights request as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class RightsRequestFormat() : VersionedFormat<RightsRequest, RightsRequestV1>(UnitKind.RightsRequest, RecordsJson.Default.RightsRequestV1)
{
    protected override RightsRequestV1 ToDocument(RightsRequest record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Kind = record.Kind,
        ReceivedOn = record.ReceivedOn,
        How = record.How,
        Asker = record.Asker,
        AskerName = record.AskerName,
        Reach = record.Reach,
        Words = record.Words,
        Reference = record.Reference,
        AgreedOn = record.AgreedOn,
        TakenBy = record.TakenBy.Value,
        Steps = [.. record.Steps.Select(step => new RightsStepV1 { What = step.What, On = step.On, At = step.At, By = step.By.Value, Words = step.Words, Code = step.Code, Unit = step.Unit?.Value, Person = step.Person?.Value })],
    };

    protected override RightsRequest FromDocument(RightsRequestV1 s) => RightsRequest.Restore(
        new(s.Id), Known(s.Kind), s.ReceivedOn, s.How, Known(s.Asker), s.AskerName, s.Reach, s.Words, s.Reference, s.AgreedOn, new ColleagueId(s.TakenBy),
        [.. s.Steps.Select(step => new RightsStep(Known(step.What), step.On, step.At, new ColleagueId(step.By), step.Words, step.Code,
            step.Unit is { } unit ? new UnitId(unit) : null, step.Person is { } person ? new PersonId(person) : null))]);
}

internal sealed class RightsRequestV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required RightKind Kind { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required string How { get; init; }
    public required Asker Asker { get; init; }
    public string? AskerName { get; init; }
    public string? Reach { get; init; }
    public string? Words { get; init; }
    public string? Reference { get; init; }
    public DateOnly? AgreedOn { get; init; }
    public required Guid TakenBy { get; init; }
    public required RightsStepV1[] Steps { get; init; }
}

internal sealed class RightsStepV1
{
    public required RightsEvent What { get; init; }
    public required DateOnly On { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public string? Words { get; init; }
    public string? Code { get; init; }
    public Guid? Unit { get; init; }
    public Guid? Person { get; init; }
}
