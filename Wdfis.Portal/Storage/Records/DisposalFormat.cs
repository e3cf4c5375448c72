using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A disposal list as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class DisposalListFormat() : VersionedFormat<DisposalList, DisposalListV1>(UnitKind.DisposalList, RecordsJson.Default.DisposalListV1)
{
    protected override DisposalListV1 ToDocument(DisposalList r) => new()
    {
        V = Current,
        Id = r.Id.Value,
        Number = r.Number,
        Cause = r.Cause,
        Class = r.Class,
        ScheduleVersion = r.ScheduleVersion,
        ShortRoad = r.ShortRoad,
        Service = r.Service,
        PreparedBy = r.PreparedBy.Value,
        PreparedAt = r.PreparedAt,
        Items = [.. r.Items.Select(i => new DisposalItemV1 { Unit = i.Unit.Value, Kind = i.Kind, Version = i.Version, KeptUntil = i.KeptUntil, Decision = i.Decision, By = i.By?.Value, At = i.At, Why = i.Why, Until = i.Until })],
        ReviewedBy = r.ReviewedBy?.Value,
        ReviewedAt = r.ReviewedAt,
        Approval = r.Approval?.ToDocument(),
        CoolsUntil = r.CoolsUntil,
        BegunAt = r.BegunAt,
        EndedAt = r.EndedAt,
        StoppedBy = r.StoppedBy?.Value,
        StoppedWhy = r.StoppedWhy,
    };

    protected override DisposalList FromDocument(DisposalListV1 s) => DisposalList.Restore(
        new(s.Id), s.Number, Known(s.Cause), s.Class, s.ScheduleVersion, s.ShortRoad, Known(s.Service), new(s.PreparedBy), s.PreparedAt,
        [.. s.Items.Select(i => new DisposalItem(new(i.Unit), Known(i.Kind), i.Version, i.KeptUntil) { Decision = i.Decision is { } d ? Known(d) : null, By = Who(i.By), At = i.At, Why = i.Why, Until = i.Until })],
        Who(s.ReviewedBy), s.ReviewedAt, s.Approval?.Restore(), s.CoolsUntil, s.BegunAt, s.EndedAt, Who(s.StoppedBy), s.StoppedWhy);

    private static ColleagueId? Who(Guid? id) => id is { } value ? new ColleagueId(value) : null;
}

/// <summary>The certificate of a disposal as stored, version 1.</summary>
internal sealed class CertificateFormat() : VersionedFormat<DisposalCertificate, CertificateV1>(UnitKind.DisposalCertificate, RecordsJson.Default.CertificateV1)
{
    protected override CertificateV1 ToDocument(DisposalCertificate r) => new()
    {
        V = Current,
        Id = r.Id.Value,
        List = r.List.Value,
        Number = r.Number,
        Cause = r.Cause,
        Class = r.Class,
        ScheduleVersion = r.ScheduleVersion,
        Trigger = r.Trigger,
        Service = r.Service,
        ShortRoad = r.ShortRoad,
        PreparedBy = r.PreparedBy.Value,
        PreparedAt = r.PreparedAt,
        ReviewedBy = [.. r.ReviewedBy.Select(by => by.Value)],
        ReviewedAt = r.ReviewedAt,
        ApprovedBy = r.ApprovedBy.Value,
        ApprovedAt = r.ApprovedAt,
        BegunAt = r.BegunAt,
        EndedAt = r.EndedAt,
        Earliest = r.Earliest,
        Latest = r.Latest,
        Destroyed = [.. r.Destroyed.Select(d => new DestroyedV1 { Unit = d.Unit.Value, Kind = d.Kind, PassedOn = d.PassedOn })],
        Kept = r.Kept,
        Held = r.Held,
        Left = [.. r.Left.Select(l => new LeftV1 { Bar = l.Bar, Count = l.Count })],
        Leftover = new LeftoverV1 { Keys = r.Leftover.Keys, KeysFound = r.Leftover.KeysFound, Sealed = r.Leftover.Sealed, SealedFound = r.Leftover.SealedFound, At = r.Leftover.At },
        BackupsGoneOn = r.BackupsGoneOn,
    };

    protected override DisposalCertificate FromDocument(CertificateV1 s) => new()
    {
        Id = new(s.Id),
        List = new(s.List),
        Number = s.Number,
        Cause = Known(s.Cause),
        Class = s.Class,
        ScheduleVersion = s.ScheduleVersion,
        Trigger = s.Trigger is { } trigger ? Known(trigger) : null,
        Service = Known(s.Service),
        ShortRoad = s.ShortRoad,
        PreparedBy = new(s.PreparedBy),
        PreparedAt = s.PreparedAt,
        ReviewedBy = [.. s.ReviewedBy.Select(by => new ColleagueId(by))],
        ReviewedAt = s.ReviewedAt,
        ApprovedBy = new(s.ApprovedBy),
        ApprovedAt = s.ApprovedAt,
        BegunAt = s.BegunAt,
        EndedAt = s.EndedAt,
        Earliest = s.Earliest,
        Latest = s.Latest,
        Destroyed = [.. s.Destroyed.Select(d => new DestroyedRecord(new(d.Unit), Known(d.Kind), d.PassedOn))],
        Kept = s.Kept,
        Held = s.Held,
        Left = [.. s.Left.Select(l => new LeftRecords(Known(l.Bar), l.Count))],
        Leftover = new LeftoverCheck(s.Leftover.Keys, s.Leftover.KeysFound, s.Leftover.Sealed, s.Leftover.SealedFound, s.Leftover.At),
        BackupsGoneOn = s.BackupsGoneOn,
    };
}

internal sealed class DisposalListV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required DisposalCause Cause { get; init; }
    public required string Class { get; init; }
    public required int ScheduleVersion { get; init; }
    public required bool ShortRoad { get; init; }
    public required Service Service { get; init; }
    public required Guid PreparedBy { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }
    public required DisposalItemV1[] Items { get; init; }
    public Guid? ReviewedBy { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    public ApprovalV1? Approval { get; init; }
    public DateTimeOffset? CoolsUntil { get; init; }
    public DateTimeOffset? BegunAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public Guid? StoppedBy { get; init; }
    public string? StoppedWhy { get; init; }
}

internal sealed class DisposalItemV1
{
    public required Guid Unit { get; init; }
    public required UnitKind Kind { get; init; }
    public required int Version { get; init; }
    public DateOnly? KeptUntil { get; init; }
    public DisposalDecision? Decision { get; init; }
    public Guid? By { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Why { get; init; }
    public DateOnly? Until { get; init; }
}

internal sealed class CertificateV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required Guid List { get; init; }
    public required string Number { get; init; }
    public required DisposalCause Cause { get; init; }
    public required string Class { get; init; }
    public required int ScheduleVersion { get; init; }
    public RetentionTrigger? Trigger { get; init; }
    public required Service Service { get; init; }
    public required bool ShortRoad { get; init; }
    public required Guid PreparedBy { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }
    public required Guid[] ReviewedBy { get; init; }
    public required DateTimeOffset ReviewedAt { get; init; }
    public required Guid ApprovedBy { get; init; }
    public required DateTimeOffset ApprovedAt { get; init; }
    public required DateTimeOffset BegunAt { get; init; }
    public required DateTimeOffset EndedAt { get; init; }
    public DateOnly? Earliest { get; init; }
    public DateOnly? Latest { get; init; }
    public required DestroyedV1[] Destroyed { get; init; }
    public required int Kept { get; init; }
    public required int Held { get; init; }
    public required LeftV1[] Left { get; init; }
    public required LeftoverV1 Leftover { get; init; }
    public DateOnly? BackupsGoneOn { get; init; }
}

internal sealed class DestroyedV1
{
    public required Guid Unit { get; init; }
    public required UnitKind Kind { get; init; }
    public required bool PassedOn { get; init; }
}

internal sealed class LeftV1
{
    public required DisposalBar Bar { get; init; }
    public required int Count { get; init; }
}

internal sealed class LeftoverV1
{
    public required int Keys { get; init; }
    public required int KeysFound { get; init; }
    public required int Sealed { get; init; }
    public required int SealedFound { get; init; }
    public required DateTimeOffset At { get; init; }
}
