using System.Text.Json.Serialization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage.Records;

/// <summary>An anonymisation as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class AnonymisationFormat() : VersionedFormat<Anonymisation, AnonymisationV1>(UnitKind.Anonymisation, RecordsJson.Default.AnonymisationV1)
{
    protected override AnonymisationV1 ToDocument(Anonymisation record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        At = record.At,
        By = record.By.Value,
        To = record.To,
        People = record.People,
        NoteStays = record.NoteStays,
        Searched = [.. record.Searched.Select(s => new SearchedV1 { Place = s.Place, Looked = s.Looked, Destroyed = s.Destroyed })],
        Remains = [.. record.Remains.Select(r => new RemainingV1 { Where = r.Where, Words = r.Words, Until = r.Until })],
    };

    protected override Anonymisation FromDocument(AnonymisationV1 s) => Anonymisation.Restore(
        new(s.Id), s.At, new(s.By), s.To, s.People, s.NoteStays,
        s.Searched.Select(p => new Searched(p.Place, p.Looked, p.Destroyed)),
        s.Remains.Select(r => new Remaining(r.Where, r.Words, r.Until)));
}

internal sealed class AnonymisationV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public required Rung To { get; init; }
    public required int People { get; init; }
    public bool NoteStays { get; init; }
    public required SearchedV1[] Searched { get; init; }
    public required RemainingV1[] Remains { get; init; }
}

internal sealed class SearchedV1
{
    public required SearchedPlace Place { get; init; }
    public required int Looked { get; init; }
    public required int Destroyed { get; init; }
}

internal sealed class RemainingV1
{
    public required string Where { get; init; }
    public required string Words { get; init; }
    public DateOnly? Until { get; init; }
}
