using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Somebody of whom others told us, as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class HeardOfFormat() : VersionedFormat<HeardOf, HeardOfV1>(UnitKind.HeardOf, RecordsJson.Default.HeardOfV1)
{
    protected override HeardOfV1 ToDocument(HeardOf record) => new()
    {
        V = Current,
        Person = record.Person.Value,
        HeardOn = record.HeardOn,
        ToldOn = record.ToldOn,
        ToldHow = record.ToldHow,
        Because = record.Because,
        Reason = record.Reason,
        By = record.Settled?.By.Value,
        At = record.Settled?.At,
    };

    protected override HeardOf FromDocument(HeardOfV1 s) => HeardOf.Restore(
        new(s.Person), s.HeardOn, s.ToldOn, s.ToldHow, s.Because is { } because ? Known(because) : null, s.Reason, s is { By: { } by, At: { } at } ? new Stamp(new ColleagueId(by), at) : null);
}

internal sealed class HeardOfV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Person { get; init; }
    public required DateOnly HeardOn { get; init; }
    public DateOnly? ToldOn { get; init; }
    public string? ToldHow { get; init; }
    public NotToldBecause? Because { get; init; }
    public string? Reason { get; init; }
    public Guid? By { get; init; }
    public DateTimeOffset? At { get; init; }
}
