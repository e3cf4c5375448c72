using System.Text.Json.Serialization;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A personal-data breach as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class BreachFormat() : VersionedFormat<Breach, BreachV1>(UnitKind.Breach, RecordsJson.Default.BreachV1)
{
    protected override BreachV1 ToDocument(Breach record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        AwareAt = record.FirstAwareAt,
        ReportedAt = record.ReportedAt,
        By = record.By.Value,
        Disclosure = record.Disclosure?.Value,
        Amends = record.Amends?.Value,
        Facts = record.Contents.Facts,
        Cause = record.Contents.Cause,
        OccurredOn = record.Contents.OccurredOn,
        DiscoveredOn = record.Contents.DiscoveredOn,
        People = record.Contents.People,
        PeopleCount = record.Contents.PeopleCount,
        Data = record.Contents.Data,
        RecordCount = record.Contents.RecordCount,
        Effects = record.Contents.Effects,
        Containment = record.Contents.Containment,
        Risk = record.Contents.Risk,
        RiskReasons = record.Contents.RiskReasons,
        Lessons = record.Contents.Lessons,
        Steps = [.. record.Steps.Select(step => new BreachStepV1 { What = step.What, HappenedAt = step.HappenedAt, At = step.At, By = step.By.Value, Words = step.Words, Late = step.Late })],
    };

    protected override Breach FromDocument(BreachV1 s) => Breach.Restore(
        new(s.Id), s.AwareAt, s.ReportedAt, new ColleagueId(s.By), s.Disclosure is { } disclosure ? new UnitId(disclosure) : null, s.Amends is { } amends ? new UnitId(amends) : null,
        new BreachContents
        {
            Facts = s.Facts,
            Cause = s.Cause,
            OccurredOn = s.OccurredOn,
            DiscoveredOn = s.DiscoveredOn,
            People = s.People,
            PeopleCount = s.PeopleCount,
            Data = s.Data,
            RecordCount = s.RecordCount,
            Effects = s.Effects,
            Containment = s.Containment,
            Risk = s.Risk is { } risk ? Known(risk) : null,
            RiskReasons = s.RiskReasons,
            Lessons = s.Lessons,
        },
        s.Steps.Select(step => new BreachStep(Known(step.What), step.HappenedAt, step.At, new ColleagueId(step.By), step.Words, step.Late)));
}

internal sealed class BreachV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required DateTimeOffset AwareAt { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required Guid By { get; init; }
    public Guid? Disclosure { get; init; }
    public Guid? Amends { get; init; }
    public string? Facts { get; init; }
    public string? Cause { get; init; }
    public DateOnly? OccurredOn { get; init; }
    public DateOnly? DiscoveredOn { get; init; }
    public string? People { get; init; }
    public int? PeopleCount { get; init; }
    public string? Data { get; init; }
    public int? RecordCount { get; init; }
    public string? Effects { get; init; }
    public string? Containment { get; init; }
    public BreachRisk? Risk { get; init; }
    public string? RiskReasons { get; init; }
    public string? Lessons { get; init; }
    public required BreachStepV1[] Steps { get; init; }
}

internal sealed class BreachStepV1
{
    public required BreachEvent What { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public required string Words { get; init; }
    public string? Late { get; init; }
}
