using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Figures;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Editions of the policy as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class PolicyEditionFormat() : VersionedFormat<PolicyEdition, PolicyEditionV1>(UnitKind.PolicyEdition, RecordsJson.Default.PolicyEditionV1), ISearchCardFormat<PolicyEdition>
{
    /// <summary>All of it: every call and the public page read it.</summary>
    public byte[] WriteCard(PolicyEdition record, Envelope envelope) => Write(record);

    protected override PolicyEditionV1 ToDocument(PolicyEdition record) => new()
    {
        V = Current,
        Number = record.Number.ToString(),
        Text = record.Text.Markdown,
        Said = record.Script.Lines.ToDictionary(line => line.Id, line => line.Words),
        Material = record.MaterialChange,
        WhatChanged = record.WhatChanged,
        Drafted = SignedV1.Of(record.Drafted),
        Approved = record.Approved is { } second ? SignedV1.Of(second) : null,
        PublishedOn = record.PublishedOn,
    };

    protected override PolicyEdition FromDocument(PolicyEditionV1 s) => PolicyEdition.Restore(
        PolicyNumber.Parse(s.Number), PolicyText.Create(s.Number, s.Text).OrThrow(), Script.Draft.Reworded(s.Number, s.Said).OrThrow(), s.Material, s.WhatChanged,
        s.Drafted.Stamp, s.Approved?.Stamp, s.PublishedOn);
}

/// <summary>Reviews of the policy as stored, version 1.</summary>
internal sealed class PolicyReviewFormat() : VersionedFormat<PolicyReview, PolicyReviewV1>(UnitKind.PolicyReview, RecordsJson.Default.PolicyReviewV1)
{
    protected override PolicyReviewV1 ToDocument(PolicyReview record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Trigger = record.Trigger,
        Because = record.Because,
        Edition = record.Edition.ToString(),
        Opened = SignedV1.Of(record.Opened),
        Figures = [.. record.Figures.Select(figure => new FigureV1 { Name = figure.Name, Month = figure.Month, Value = figure.Value })],
        Verdicts = [.. record.Verdicts.Select(verdict => new VerdictV1 { Clause = verdict.Clause, Kept = verdict.Kept, Why = verdict.Why })],
        Signed = record.Signed is { } signed ? SignedV1.Of(signed) : null,
        NextOn = record.NextOn,
    };

    protected override PolicyReview FromDocument(PolicyReviewV1 s) => PolicyReview.Restore(
        new(s.Id), Known(s.Trigger), s.Because, PolicyNumber.Parse(s.Edition), s.Opened.Stamp,
        s.Figures.Select(figure => new Figure(figure.Name, figure.Month, figure.Value)), s.Verdicts.Select(verdict => new ClauseVerdict(verdict.Clause, verdict.Kept, verdict.Why)),
        s.Signed?.Stamp, s.NextOn);
}

/// <summary>Acknowledgements as stored, version 1.</summary>
internal sealed class AcknowledgementFormat() : VersionedFormat<Acknowledgement, AcknowledgementV1>(UnitKind.Acknowledgement, RecordsJson.Default.AcknowledgementV1)
{
    protected override AcknowledgementV1 ToDocument(Acknowledgement record) => new() { V = Current, Id = record.Id.Value, Edition = record.Edition.ToString(), Made = SignedV1.Of(record.Made) };

    protected override Acknowledgement FromDocument(AcknowledgementV1 s) => new(new(s.Id), PolicyNumber.Parse(s.Edition), s.Made.Stamp);
}

/// <summary>Requests for a copy as stored, version 1.</summary>
internal sealed class CopyRequestFormat() : VersionedFormat<CopyRequest, CopyRequestV1>(UnitKind.CopyRequest, RecordsJson.Default.CopyRequestV1)
{
    protected override CopyRequestV1 ToDocument(CopyRequest record) => new()
    {
        V = Current,
        Id = record.Id.Value,
        Format = record.Format,
        Language = record.Language,
        To = record.To,
        AskedOn = record.AskedOn,
        Sent = record.Sent is { } sent ? SignedV1.Of(sent) : null,
    };

    protected override CopyRequest FromDocument(CopyRequestV1 s) => CopyRequest.Restore(new(s.Id), Known(s.Format), s.Language, s.To, s.AskedOn, s.Sent?.Stamp);
}

internal sealed class PolicyEditionV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required string Number { get; init; }
    public required string Text { get; init; }
    public required Dictionary<string, string> Said { get; init; }
    public required bool Material { get; init; }
    public required string WhatChanged { get; init; }
    public required SignedV1 Drafted { get; init; }
    public SignedV1? Approved { get; init; }
    public DateOnly? PublishedOn { get; init; }
}

internal sealed class PolicyReviewV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required ReviewTrigger Trigger { get; init; }
    public string? Because { get; init; }
    public required string Edition { get; init; }
    public required SignedV1 Opened { get; init; }
    public required FigureV1[] Figures { get; init; }
    public required VerdictV1[] Verdicts { get; init; }
    public SignedV1? Signed { get; init; }
    public DateOnly? NextOn { get; init; }
}

internal sealed class FigureV1
{
    public required string Name { get; init; }
    public required DateOnly Month { get; init; }
    public required long Value { get; init; }
}

internal sealed class VerdictV1
{
    public required string Clause { get; init; }
    public bool? Kept { get; init; }
    public string? Why { get; init; }
}

internal sealed class AcknowledgementV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required string Edition { get; init; }
    public required SignedV1 Made { get; init; }
}

internal sealed class CopyRequestV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required CopyFormat Format { get; init; }
    public string? Language { get; init; }
    public required string To { get; init; }
    public required DateOnly AskedOn { get; init; }
    public SignedV1? Sent { get; init; }
}

/// <summary>Who and when.</summary>
internal sealed class SignedV1
{
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }

    [JsonIgnore]
    public Stamp Stamp => new(new ColleagueId(By), At);

    public static SignedV1 Of(Stamp stamp) => new() { By = stamp.By.Value, At = stamp.At };
}
