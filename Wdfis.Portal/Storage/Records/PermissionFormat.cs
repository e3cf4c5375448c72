using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Permission = Wdfis.Domain.Consent.Permission;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Permissions as stored, version 1. Names and values here are a file format: never rename one, add only what may be missing.</summary>
internal sealed class PermissionFormat() : VersionedFormat<Permission, PermissionV1>(UnitKind.Permission, RecordsJson.Default.PermissionV1)
{
    protected override PermissionV1 ToDocument(Permission record) =>
        new()
        {
            V = Current,
            Id = record.Id.Value,
            Family = record.Family.Value,
            About = [.. record.Terms.About.Select(p => p.Value)],
            Body = new BodyV1
            {
                Id = record.Terms.Body.Id == default ? null : record.Terms.Body.Id.Value,
                Kind = record.Terms.Body.Kind,
                Name = record.Terms.Body.Name,
                Country = record.Terms.Body.Country,
            },
            Kind = record.Terms.Kind,
            Purpose = record.Terms.PurposeWords,
            SendMatter = record.Terms.SendMatter,
            Items = [.. record.Terms.Items],
            Channels = [.. record.Terms.Channels],
            From = record.Terms.From,
            Until = record.Terms.Until,
            Events = [.. record.Events.Select(Store)],
        };

    protected override Permission FromDocument(PermissionV1 s) => Permission.Restore(
        new(s.Id),
        new(s.Family),
        PermissionTerms.Restore(
            s.About.Select(p => new PersonId(p)),
            NamedBody.Restore(s.Body.Kind, s.Body.Name, s.Body.Country, new(s.Body.Id ?? Guid.Empty)),
            s.Kind, s.Purpose, s.Items, s.Channels, s.From, s.Until, s.SendMatter),
        s.Events.Select(Restore));

    private static PermissionEventV1 Store(PermissionEvent e) => new()
    {
        Kind = e.Kind,
        At = e.At,
        RecordedAt = e.RecordedAt,
        RecordedBy = e.RecordedBy.Value,
        Person = e.Person?.Value,
        Until = e.Until,
        Why = e.Why,
        Lead = e.Lead?.Value,
        Grant = e.Grant is not { } g ? null : new GrantV1
        {
            By = g.By.Value,
            Capacity = g.Capacity,
            Evidence = g.Evidence,
            How = g.How,
            TextVersion = g.TextVersion,
            Words = g.Words,
            GivenAt = g.GivenAt,
        },
    };

    private static PermissionEvent Restore(PermissionEventV1 e) => new()
    {
        Kind = e.Kind,
        At = e.At,
        RecordedAt = e.RecordedAt,
        RecordedBy = new(e.RecordedBy),
        Person = e.Person is { } person ? new PersonId(person) : null,
        Until = e.Until,
        Why = e.Why,
        Lead = e.Lead is { } lead ? new ColleagueId(lead) : null,
        Grant = e.Grant is not { } g ? null : new Grant
        {
            By = new(g.By),
            Capacity = g.Capacity,
            Evidence = g.Evidence,
            How = g.How,
            TextVersion = g.TextVersion,
            Words = g.Words,
            GivenAt = g.GivenAt,
        },
    };
}

internal sealed class PermissionV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required Guid Family { get; init; }
    public required Guid[] About { get; init; }
    public required BodyV1 Body { get; init; }
    public required PermissionKind Kind { get; init; }
    public required string Purpose { get; init; }
    public bool SendMatter { get; init; }
    public required string[] Items { get; init; }
    public required string[] Channels { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required PermissionEventV1[] Events { get; init; }
}

internal sealed class BodyV1
{
    public Guid? Id { get; init; }
    public required BodyKind Kind { get; init; }
    public required string Name { get; init; }
    public required string Country { get; init; }
}

internal sealed class PermissionEventV1
{
    public required PermissionEventKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required Guid RecordedBy { get; init; }
    public Guid? Person { get; init; }
    public DateOnly? Until { get; init; }
    public string? Why { get; init; }
    public Guid? Lead { get; init; }
    public GrantV1? Grant { get; init; }
}

internal sealed class GrantV1
{
    public required Guid By { get; init; }
    public required GrantCapacity Capacity { get; init; }
    public string? Evidence { get; init; }
    public required GivenHow How { get; init; }
    public required string TextVersion { get; init; }
    public string? Words { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
}
