using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Recipients as stored, version 1. Names and values here are a file format: never rename one, add only what may be missing.</summary>
internal sealed class RecipientFormat() : VersionedFormat<Recipient, RecipientV1>(UnitKind.Recipient, RecordsJson.Default.RecipientV1), ISearchCardFormat<Recipient>
{
    /// <summary>What the directory holds in memory: all of a body; of a person nothing by which they are reached, which is opened when it is needed.</summary>
    public byte[] WriteCard(Recipient record, Envelope envelope) => Write(record.Listed());

    protected override RecipientV1 ToDocument(Recipient record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Kind = record.Kind,
        Name = record.Name,
        Country = record.Details.Country,
        AskFor = record.Details.AskFor,
        Head = record.Details.Head,
        Sort = record.Details.Sort,
        Urgent = record.Details.Urgent,
        Urn = record.Details.Urn,
        ContractUntil = record.Details.ContractUntil,
        ContractFor = record.Details.ContractFor,
        Contacts = [.. record.Contacts.Select(contact => new RecipientContactV1
        {
            Way = contact.Way,
            Value = contact.Value,
            Note = contact.Note,
            Registered = contact.Registered,
            CheckedOn = contact.CheckedOn,
            CheckedBy = contact.CheckedBy.Value,
        })],
        End = record.End is not { } end ? null : new RecipientEndV1 { How = end.How, On = end.On, Successor = end.Successor?.Value },
    };

    protected override Recipient FromDocument(RecipientV1 s) => Recipient.Restore(
        new BodyId(s.Id),
        new RecipientDetails
        {
            Kind = s.Kind,
            Name = s.Name,
            Country = s.Country,
            AskFor = s.AskFor,
            Head = s.Head,
            Sort = s.Sort,
            Urgent = s.Urgent,
            Urn = s.Urn,
            ContractUntil = s.ContractUntil,
            ContractFor = s.ContractFor,
        },
        s.Contacts.Select(contact => new RecipientContact
        {
            Way = Known(contact.Way),
            Value = contact.Value,
            Note = contact.Note,
            Registered = contact.Registered,
            CheckedOn = contact.CheckedOn,
            CheckedBy = new ColleagueId(contact.CheckedBy),
        }),
        s.End is not { } end ? null : new RecipientEnd { How = Known(end.How), On = end.On, Successor = end.Successor is { } successor ? new BodyId(successor) : null });
}

internal sealed class RecipientV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required BodyKind Kind { get; init; }
    public required string Name { get; init; }
    public required string Country { get; init; }
    public string? AskFor { get; init; }
    public string? Head { get; init; }
    public string? Sort { get; init; }
    public bool Urgent { get; init; }
    public int? Urn { get; init; }
    public DateOnly? ContractUntil { get; init; }
    public string? ContractFor { get; init; }
    public required RecipientContactV1[] Contacts { get; init; }
    public RecipientEndV1? End { get; init; }
}

internal sealed class RecipientContactV1
{
    public required ContactWay Way { get; init; }
    public required string Value { get; init; }
    public string? Note { get; init; }
    public bool Registered { get; init; }
    public required DateOnly CheckedOn { get; init; }
    public required Guid CheckedBy { get; init; }
}

internal sealed class RecipientEndV1
{
    public required RecipientEnding How { get; init; }
    public required DateOnly On { get; init; }
    public Guid? Successor { get; init; }
}
