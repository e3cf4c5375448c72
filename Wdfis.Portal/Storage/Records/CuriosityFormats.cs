using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Curiosity;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Alerts as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class AlertFormat() : VersionedFormat<Alert, AlertV1>(UnitKind.Alert, RecordsJson.Default.AlertV1)
{
    protected override AlertV1 ToDocument(Alert record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Kind = record.Kind,
        About = record.About.Value,
        Family = record.Family?.Value,
        At = record.At,
        End = record.Closing?.How,
        Note = record.Closing?.Note,
        Closed = record.Closing is { } closing ? SignedV1.Of(closing.Made) : null,
    };

    protected override Alert FromDocument(AlertV1 s) => Alert.Restore(new(s.Id), Known(s.Kind), new(s.About), s.Family is { } family ? new UnitId(family) : null, s.At,
        s.Closed is { } closed ? new AlertClosing(Known(s.End!.Value), s.Note!, closed.Stamp) : null);
}

/// <summary>Where colleagues live as stored, version 1.</summary>
internal sealed class OwnHomeFormat() : VersionedFormat<OwnHome, OwnHomeV1>(UnitKind.OwnHome, RecordsJson.Default.OwnHomeV1)
{
    protected override OwnHomeV1 ToDocument(OwnHome record) => new() { V = Current, Id = record.Id.Value, Key = [.. record.Key], Token = [.. record.Token] };

    protected override OwnHome FromDocument(OwnHomeV1 s) => OwnHome.Restore(new(s.Id), [.. s.Key], [.. s.Token]);
}

/// <summary>Months looked through as stored, version 1.</summary>
internal sealed class MonthlyLookFormat() : VersionedFormat<MonthlyLook, MonthlyLookV1>(UnitKind.MonthlyLook, RecordsJson.Default.MonthlyLookV1)
{
    protected override MonthlyLookV1 ToDocument(MonthlyLook record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Month = record.Month,
        Sample = [.. record.Sample],
        Note = record.Note,
        Looked = record.Looked is { } looked ? SignedV1.Of(looked) : null,
        Left = record.Left.IsEmpty ? null : [.. record.Left],
        LeftNote = record.LeftNote,
        LeftLooked = record.LeftLooked is { } other ? SignedV1.Of(other) : null,
    };

    protected override MonthlyLook FromDocument(MonthlyLookV1 s) => MonthlyLook.Restore(new(s.Id), s.Month, [.. s.Sample], s.Note, s.Looked?.Stamp, s.Left is { } left ? [.. left] : [], s.LeftNote, s.LeftLooked?.Stamp);
}

internal sealed class AlertV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required AlertKind Kind { get; init; }
    public required Guid About { get; init; }
    public Guid? Family { get; init; }
    public required DateTimeOffset At { get; init; }
    public AlertEnd? End { get; init; }
    public string? Note { get; init; }
    public SignedV1? Closed { get; init; }
}

internal sealed class OwnHomeV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required byte[] Key { get; init; }
    public required byte[] Token { get; init; }
}

internal sealed class MonthlyLookV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly Month { get; init; }
    public required long[] Sample { get; init; }
    public string? Note { get; init; }
    public SignedV1? Looked { get; init; }
    public long[]? Left { get; init; }
    public string? LeftNote { get; init; }
    public SignedV1? LeftLooked { get; init; }
}
