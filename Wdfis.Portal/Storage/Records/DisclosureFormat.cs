using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;

namespace Wdfis.Portal.Storage.Records;

/// <summary>What the gate answered and what went, as stored, version 1. Names and values here are a file format: never rename one.</summary>
internal sealed class DisclosureFormat() : VersionedFormat<DisclosureRecord, DisclosureV1>(UnitKind.Disclosure, RecordsJson.Default.DisclosureV1)
{
    protected override DisclosureV1 ToDocument(DisclosureRecord r) => new()
    {
        V = Current,
        Id = r.Id.Value,
        Family = r.Family?.Value,
        Act = r.Act,
        Body = r.Body.ToDocument(),
        Recipient = r.Recipient?.Value,
        Attention = r.Attention,
        Purpose = r.Purpose,
        Channel = r.Channel,
        Address = r.Address,
        About = [.. r.About.Select(p => p.Value)],
        Items = [.. r.Items.Select(i => new DisclosureItemV1
        {
            Field = i.FieldId,
            About = [.. i.About.Select(p => p.Value)],
            Mentions = [.. i.Mentions.Select(p => p.Value)],
            Scopes = [.. i.Scopes],
        })],
        Masked = [.. r.Masked.Select(p => p.Value)],
        Shown = r.Shown,
        Classification = r.Marking.Classification,
        Descriptor = r.Marking.Descriptor,
        Ground = r.Ground,
        GroundWords = r.GroundWords,
        Exemption = r.Exemption?.Value,
        Permissions = [.. r.Permissions.Select(p => p.Value)],
        NoticeOf = r.NoticeOf?.Value,
        NoticeWhy = r.NoticeWhy,
        Answer = r.Answer,
        Rules = [.. r.Rules],
        Marks = [.. r.Marks],
        Fingerprint = r.Fingerprint,
        DecidedAt = r.DecidedAt,
        By = r.By.Value,
        DoneAt = r.DoneAt,
        Approval = r.Approval?.ToDocument(),
        SignOffDueOn = r.SignOffDueOn,
        ConfidenceOf = r.ConfidenceOf?.Value,
        Outcomes = [.. r.Outcomes.Select(o => new DisclosureOutcomeV1 { Kind = o.Kind, At = o.At, By = o.By.Value, Words = o.Words, CallBackOn = o.CallBackOn })],
        ToldFamily = r.ToldFamily.ToDocument(),
        Settled = r.Settled.IsEmpty ? null : [.. r.Settled.Select(n => new NoticeSettledV1 { Why = n.Why, Words = n.Words, At = n.At, By = n.By.Value })],
    };

    protected override DisclosureRecord FromDocument(DisclosureV1 s) => new()
    {
        Id = new(s.Id),
        Family = s.Family is { } family ? new UnitId(family) : null,
        Act = Known(s.Act),
        Body = s.Body.Restore(),
        Recipient = s.Recipient is { } recipient ? new PersonId(recipient) : null,
        Attention = s.Attention,
        Purpose = s.Purpose,
        Channel = s.Channel,
        Address = s.Address,
        About = [.. s.About.Select(p => new PersonId(p))],
        Items = [.. s.Items.Select(i => new DisclosureItem
        {
            FieldId = i.Field,
            About = [.. i.About.Select(p => new PersonId(p))],
            Mentions = [.. i.Mentions.Select(p => new PersonId(p))],
            Scopes = [.. i.Scopes],
        })],
        Masked = [.. s.Masked.Select(p => new PersonId(p))],
        Shown = s.Shown,
        Marking = s.Classification == Classification.OfficialSensitive ? Marking.OfficialSensitive(s.Descriptor!) : s.Classification == Classification.Official ? Marking.Official : Marking.Unknown,
        Ground = Known(s.Ground),
        GroundWords = s.GroundWords,
        Exemption = s.Exemption is { } exemption ? new UnitId(exemption) : null,
        Permissions = [.. s.Permissions.Select(p => new UnitId(p))],
        NoticeOf = s.NoticeOf is { } notice ? new UnitId(notice) : null,
        // Before the others came, every notice was of a withdrawal.
        NoticeWhy = s.NoticeOf is null ? null : Known(s.NoticeWhy ?? NoticeKind.Withdrawal),
        Answer = Known(s.Answer),
        Rules = [.. s.Rules],
        Marks = [.. s.Marks.Select(Known)],
        Fingerprint = s.Fingerprint,
        DecidedAt = s.DecidedAt,
        By = new(s.By),
        DoneAt = s.DoneAt,
        Approval = s.Approval?.Restore(),
        SignOffDueOn = s.SignOffDueOn,
        ConfidenceOf = s.ConfidenceOf is { } child ? new PersonId(child) : null,
        Outcomes = [.. s.Outcomes.Select(o => new DisclosureOutcome { Kind = Known(o.Kind), At = o.At, By = new(o.By), Words = o.Words, CallBackOn = o.CallBackOn })],
        ToldFamily = s.ToldFamily.Restore(),
        Settled = [.. (s.Settled ?? []).Select(n => new NoticeSettled { Why = Known(n.Why), Words = n.Words, At = n.At, By = new(n.By) })],
    };
}

/// <summary>What is made good after something told was not right, or reached the wrong body, as stored, version 1.</summary>
internal sealed class AmendsFormat() : VersionedFormat<Amends, AmendsV1>(UnitKind.Amends, RecordsJson.Default.AmendsV1)
{
    protected override AmendsV1 ToDocument(Amends r) => new()
    {
        V = Current,
        Id = r.Id.Value,
        Family = r.Family?.Value,
        Why = r.Why,
        Words = r.Words,
        Of = [.. r.Of.Select(id => id.Value)],
        Reached = r.Reached?.ToDocument(),
        People = [.. r.People.Select(p => p.Value)],
        AwareAt = r.AwareAt,
        By = r.By.Value,
        Told = [.. r.Told.Select(t => new AmendsToldV1 { Person = t.Person.Value, Told = t.Told, Words = t.Words, At = t.At, By = t.By.Value })],
    };

    protected override Amends FromDocument(AmendsV1 s) => Amends.Restore(
        new(s.Id), s.Family is { } family ? new UnitId(family) : null, Known(s.Why), s.Words, s.Of.Select(id => new UnitId(id)), s.Reached?.Restore(),
        s.People.Select(p => new PersonId(p)), s.AwareAt, new(s.By),
        s.Told.Select(t => new AmendsTold { Person = new(t.Person), Told = t.Told, Words = t.Words, At = t.At, By = new(t.By) }));
}

/// <summary>The use of an exemption, or the decision against it, as stored, version 1.</summary>
internal sealed class ExemptionFormat() : VersionedFormat<Exemption, ExemptionV1>(UnitKind.Exemption, RecordsJson.Default.ExemptionV1)
{
    protected override ExemptionV1 ToDocument(Exemption r) => new()
    {
        V = Current,
        Id = r.Id.Value,
        Family = r.Family?.Value,
        AskedBy = r.AskedBy.Value,
        AskedAt = r.AskedAt,
        Kind = r.Kind,
        Urgent = r.Urgent,
        Decision = r.Decision,
        Who = r.Who,
        Feared = r.Feared,
        ToWhom = r.ToWhom,
        WhatIsTold = r.WhatIsTold,
        WhyNow = r.WhyNow,
        Hook = r.Hook,
        NoPermission = r.NoPermission,
        NoPermissionWords = r.NoPermissionWords,
        Facts = r.Facts,
        Opinion = r.Opinion,
        Risk = r.Risk,
        Necessity = r.Necessity,
        Minimum = r.Minimum,
        Prejudice = r.Prejudice,
        Matter = r.Matter,
        Views = r.Views,
        RecipientCheck = r.RecipientCheck,
        WhyNamed = r.WhyNamed,
        Transfer = r.Transfer is { } t ? new TransferV1 { Words = t.Words, By = t.By.Value, At = t.At } : null,
        ToldFamily = r.ToldFamily.ToDocument(),
        ReviewOn = r.ReviewOn,
        LinkedRefusals = [.. r.LinkedRefusals.Select(id => id.Value)],
        Approval = r.Approval?.ToDocument(),
        SignOff = r.SignOff is { } s ? new SignOffV1 { By = s.By.Value, At = s.At, Agreed = s.Agreed, Learnt = s.Learnt } : null,
    };

    protected override Exemption FromDocument(ExemptionV1 s) => new()
    {
        Id = new(s.Id),
        Family = s.Family is { } family ? new UnitId(family) : null,
        AskedBy = new(s.AskedBy),
        AskedAt = s.AskedAt,
        Kind = Known(s.Kind),
        Urgent = s.Urgent,
        Decision = Known(s.Decision),
        Who = s.Who,
        Feared = s.Feared,
        ToWhom = s.ToWhom,
        WhatIsTold = s.WhatIsTold,
        WhyNow = s.WhyNow,
        Hook = s.Hook,
        NoPermission = s.NoPermission is { } reason ? Known(reason) : null,
        NoPermissionWords = s.NoPermissionWords,
        Facts = s.Facts,
        Opinion = s.Opinion,
        Risk = s.Risk,
        Necessity = s.Necessity,
        Minimum = s.Minimum,
        Prejudice = s.Prejudice,
        Matter = s.Matter,
        Views = s.Views,
        RecipientCheck = s.RecipientCheck,
        WhyNamed = s.WhyNamed,
        Transfer = s.Transfer is { } t ? new TransferGround { Words = t.Words, By = new(t.By), At = t.At } : null,
        ToldFamily = s.ToldFamily.Restore(),
        ReviewOn = s.ReviewOn,
        LinkedRefusals = [.. s.LinkedRefusals.Select(id => new UnitId(id))],
        Approval = s.Approval?.Restore(),
        SignOff = s.SignOff is { } signed ? new SignOff { By = new(signed.By), At = signed.At, Agreed = signed.Agreed, Learnt = signed.Learnt } : null,
    };
}

/// <summary>A lead's finding on whose answer prevails, as stored, version 1.</summary>
internal sealed class FindingFormat() : VersionedFormat<AuthorityFinding, FindingV1>(UnitKind.Finding, RecordsJson.Default.FindingV1)
{
    protected override FindingV1 ToDocument(AuthorityFinding r) => new()
    {
        V = Current,
        Child = r.Child.Value,
        Body = r.Body.ToDocument(),
        Prevails = r.Prevails.Value,
        Why = r.Why,
        By = r.By.Value,
        At = r.At,
    };

    protected override AuthorityFinding FromDocument(FindingV1 s) => new()
    {
        Child = new(s.Child),
        Body = s.Body.Restore(),
        Prevails = new(s.Prevails),
        Why = s.Why,
        By = new(s.By),
        At = s.At,
    };
}

/// <summary>The parts that several of these records hold.</summary>
internal static class DisclosureParts
{
    public static BodyV1 ToDocument(this NamedBody body) =>
        new() { Id = body.Id == default ? null : body.Id.Value, Kind = body.Kind, Name = body.Name, Country = body.Country };

    public static NamedBody Restore(this BodyV1 body) => NamedBody.Restore(body.Kind, body.Name, body.Country, new(body.Id ?? Guid.Empty));

    public static ApprovalV1 ToDocument(this Approval approval) => new()
    {
        Of = approval.Of,
        AskedBy = approval.AskedBy.Value,
        By = approval.By.Value,
        As = approval.As,
        Reason = approval.Reason,
        At = approval.At,
        Until = approval.Until,
    };

    public static Approval Restore(this ApprovalV1 s) => Approval.Restore(s.Of, new(s.AskedBy), new(s.By), s.As, s.Reason, s.At, s.Until);

    public static ToldFamilyV1 ToDocument(this ToldFamily told) => new() { State = told.State, At = told.At, Words = told.Words, RevisitOn = told.RevisitOn };

    public static ToldFamily Restore(this ToldFamilyV1 s) =>
        ToldFamily.Restore(Enum.IsDefined(s.State) ? s.State : throw new System.Text.Json.JsonException(), s.At, s.Words, s.RevisitOn);
}

internal sealed class DisclosureV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public Guid? Family { get; init; }
    public required OutwardAct Act { get; init; }
    public required BodyV1 Body { get; init; }
    public Guid? Recipient { get; init; }
    public string? Attention { get; init; }
    public required string Purpose { get; init; }
    public required string Channel { get; init; }
    public string? Address { get; init; }
    public required Guid[] About { get; init; }
    public required DisclosureItemV1[] Items { get; init; }
    public Guid[] Masked { get; set; } = [];
    public required string Shown { get; init; }
    public required Classification Classification { get; init; }
    public string? Descriptor { get; init; }
    public required GroundKind Ground { get; init; }
    public string? GroundWords { get; init; }
    public Guid? Exemption { get; init; }
    public Guid[] Permissions { get; set; } = [];
    public Guid? NoticeOf { get; init; }
    public NoticeKind? NoticeWhy { get; init; }
    public required DisclosureAnswer Answer { get; init; }
    public string[] Rules { get; set; } = [];
    public AllowedMark[] Marks { get; set; } = [];
    public required string Fingerprint { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public required Guid By { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public ApprovalV1? Approval { get; init; }
    public DateOnly? SignOffDueOn { get; init; }
    public Guid? ConfidenceOf { get; init; }
    public DisclosureOutcomeV1[] Outcomes { get; set; } = [];
    public required ToldFamilyV1 ToldFamily { get; init; }
    public NoticeSettledV1[]? Settled { get; init; }
}

internal sealed class NoticeSettledV1
{
    public required NoticeKind Why { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
}

internal sealed class AmendsV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public Guid? Family { get; init; }
    public required NoticeKind Why { get; init; }
    public required string Words { get; init; }
    public required Guid[] Of { get; init; }
    public BodyV1? Reached { get; init; }
    public required Guid[] People { get; init; }
    public required DateTimeOffset AwareAt { get; init; }
    public required Guid By { get; init; }
    public required AmendsToldV1[] Told { get; init; }
}

internal sealed class AmendsToldV1
{
    public required Guid Person { get; init; }
    public required bool Told { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
}

internal sealed class DisclosureItemV1
{
    public required string Field { get; init; }
    public required Guid[] About { get; init; }
    public Guid[] Mentions { get; set; } = [];
    public required string[] Scopes { get; init; }
}

internal sealed class DisclosureOutcomeV1
{
    public required OutcomeKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public string? Words { get; init; }
    public DateOnly? CallBackOn { get; init; }
}

internal sealed class ToldFamilyV1
{
    public required FamilyTold State { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Words { get; init; }
    public DateOnly? RevisitOn { get; init; }
}

internal sealed class ApprovalV1
{
    public required string Of { get; init; }
    public required Guid AskedBy { get; init; }
    public required Guid By { get; init; }
    public required Role As { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Until { get; init; }
}

internal sealed class ExemptionV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public Guid? Family { get; init; }
    public required Guid AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required ExemptionKind Kind { get; init; }
    public bool Urgent { get; init; }
    public required ExemptionDecision Decision { get; init; }
    public string? Who { get; init; }
    public string? Feared { get; init; }
    public string? ToWhom { get; init; }
    public string? WhatIsTold { get; init; }
    public string? WhyNow { get; init; }
    public string? Hook { get; init; }
    public NoPermissionReason? NoPermission { get; init; }
    public string? NoPermissionWords { get; init; }
    public string? Facts { get; init; }
    public string? Opinion { get; init; }
    public string? Risk { get; init; }
    public string? Necessity { get; init; }
    public string? Minimum { get; init; }
    public string? Prejudice { get; init; }
    public string? Matter { get; init; }
    public string? Views { get; init; }
    public string? RecipientCheck { get; init; }
    public string? WhyNamed { get; init; }
    public TransferV1? Transfer { get; init; }
    public required ToldFamilyV1 ToldFamily { get; init; }
    public DateOnly? ReviewOn { get; init; }
    public Guid[] LinkedRefusals { get; set; } = [];
    public ApprovalV1? Approval { get; init; }
    public SignOffV1? SignOff { get; init; }
}

internal sealed class TransferV1
{
    public required string Words { get; init; }
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class SignOffV1
{
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required bool Agreed { get; init; }
    public string? Learnt { get; init; }
}

internal sealed class FindingV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Child { get; init; }
    public required BodyV1 Body { get; init; }
    public required Guid Prevails { get; init; }
    public required string Why { get; init; }
    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
}
