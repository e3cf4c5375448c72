using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;

namespace Wdfis.Portal.Storage.Records;

/// <summary>"Somebody asked about a person" as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class AskedFormat() : VersionedFormat<AskedAbout, AskedV1>(UnitKind.Asked, RecordsJson.Default.AskedV1)
{
    protected override AskedV1 ToDocument(AskedAbout record) =>
        new()
        {
            V = Current,
            Id = record.Id.Value,
            Service = record.Service,
            Channel = record.Channel,
            Asker = record.Asker,
            Words = record.Words,
            CallBack = record.CallBack,
            SentenceGiven = record.SentenceGiven,
            AskedAt = record.AskedAt,
            By = record.By.Value,
            NeverDisclose = [.. record.NeverDiscloseMatches.Select(m => m.Value)],
        };

    protected override AskedAbout FromDocument(AskedV1 s) => AskedAbout.Restore(
        new(s.Id), s.Service, s.Channel, s.Asker, s.Words, s.CallBack, s.SentenceGiven, s.AskedAt, new(s.By), s.NeverDisclose.Select(m => new UnitId(m)));
}

internal sealed class AskedV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required Service Service { get; init; }
    public required string Channel { get; init; }
    public string? Asker { get; init; }
    public required string Words { get; init; }
    public string? CallBack { get; init; }
    public required bool SentenceGiven { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required Guid By { get; init; }
    public Guid[] NeverDisclose { get; set; } = [];
}
