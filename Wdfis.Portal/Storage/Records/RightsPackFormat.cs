using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;

namespace Wdfis.Portal.Storage.Records;

/// <summary>The answer to a rights request as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class RightsPackFormat() : VersionedFormat<RightsPack, RightsPackV1>(UnitKind.RightsPack, RecordsJson.Default.RightsPackV1)
{
    protected override RightsPackV1 ToDocument(RightsPack record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Request = record.Request.Value,
        Decisions = [.. record.Decisions.Select(one => new ItemDecisionV1 { Item = one.Item, Verdict = one.Verdict, Exemption = one.Exemption, Reason = one.Reason, Instead = one.Instead, By = one.By.Value, At = one.At })],
        Copy = record.Copy is { } copy ? new PackCopyV1
        {
            Shown = copy.Shown,
            Classification = copy.Marking.Classification,
            Descriptor = copy.Marking.Descriptor,
            Fingerprint = copy.Fingerprint,
            Receiver = copy.Receiver.Value,
            Proof = copy.Proof,
            AskedBy = copy.AskedBy.Value,
            AskedAt = copy.AskedAt,
            Approval = copy.Approval?.ToDocument(),
            ReleasedAt = copy.ReleasedAt,
        } : null,
    };

    protected override RightsPack FromDocument(RightsPackV1 s) => RightsPack.Restore(
        new(s.Id), new(s.Request),
        [.. s.Decisions.Select(one => new ItemDecision(one.Item, Known(one.Verdict), one.Exemption, one.Reason, one.Instead, new ColleagueId(one.By), one.At))],
        s.Copy is { } copy ? new PackCopy
        {
            Shown = copy.Shown,
            Marking = copy.Classification == Classification.OfficialSensitive ? copy.Descriptor is { } descriptor ? Marking.OfficialSensitive(descriptor) : Marking.Sensitive : copy.Classification == Classification.Official ? Marking.Official : Marking.Unknown,
            Fingerprint = copy.Fingerprint,
            Receiver = new PersonId(copy.Receiver),
            Proof = copy.Proof,
            AskedBy = new ColleagueId(copy.AskedBy),
            AskedAt = copy.AskedAt,
            Approval = copy.Approval?.Restore(),
            ReleasedAt = copy.ReleasedAt,
        } : null);
}

internal sealed class RightsPackV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required Guid Request { get; init; }
    public required ItemDecisionV1[] Decisions { get; init; }
    public PackCopyV1? Copy { get; init; }
}

internal sealed class ItemDecisionV1
{
    public required string Item { get; init; }
    public required ItemVerdict Verdict { get; init; }
    public string? Exemption { get; init; }
    public required string Reason { get; init; }
    public string? Instead { get; init; }
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class PackCopyV1
{
    public required string Shown { get; init; }
    public required Classification Classification { get; init; }
    public string? Descriptor { get; init; }
    public required string Fingerprint { get; init; }
    public required Guid Receiver { get; init; }
    public required string Proof { get; init; }
    public required Guid AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public ApprovalV1? Approval { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
}
