using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A family card as stored. Version 1; its members never change meaning or name.</summary>
internal sealed class FamilyCardFormat() : VersionedFormat<FamilyCard, FamilyDocument>(UnitKind.Family, FamilyJson.Default.FamilyDocument)
{
    protected override FamilyDocument ToDocument(FamilyCard card) => new()
    {
        V = Current,
        Carers = List(card.Carers, c => new CarerDocument
        {
            Id = c.Id.Value,
            Ladder = Ladder(c.Ladder),
            Forename = c.Forename,
            Surname = c.Surname,
            Handle = c.Handle,
            KnownAs = Names(c.KnownAs),
            Birth = BirthText(c.Birth),
            Relationship = c.Relationship,
            Contacts = List(c.Contacts, p => new ContactDocument { Kind = p.Kind, Value = p.Value, Note = p.Note, SomebodyElses = p.SomebodyElses, Unsafe = p.Unsafe, Source = p.Source }),
            Responsibilities = List(c.Responsibilities, r => new ResponsibilityDocument { Child = r.Child?.Value, State = r.State, Evidence = r.EvidenceSeen, SeenOn = r.SeenOn, Source = r.Source }),
            Source = c.Source,
        }),
        Children = List(card.Children, c => new ChildDocument
        {
            Id = c.Id.Value,
            Ladder = Ladder(c.Ladder),
            Forename = c.Forename,
            Surname = c.Surname,
            Handle = c.Handle,
            KnownAs = Names(c.KnownAs),
            Birth = BirthText(c.Birth),
            Setting = c.Setting,
            SenStage = c.SenStage,
            Facts = List(c.Facts, f => f),
            Source = c.Source,
        }),
        Orders = List(card.CourtOrders, o => new OrderDocument
        {
            Kind = o.Kind,
            MadeOn = o.MadeOn,
            Binds = List(o.Binds, b => b.Value),
            OnContact = o.OnContact,
            OnSharing = o.OnSharing,
            Words = o.Words,
            CopySeenOn = o.CopySeenOn,
            EndsOn = o.EndsOn,
            Source = o.Source,
        }),
        Address = card.Address is { } a ? new AddressDocument { Lines = a.Lines, Postcode = a.Postcode, Source = a.Source } : null,
        Communication = card.Communication is { } k
            ? new CommunicationDocument { Languages = List(k.Languages, l => l), Interpreter = k.Interpreter, Formats = List(k.Formats, f => f), Source = k.Source } : null,
        Safe = card.SafeContact is { } s ? new SafeDocument
        {
            Danger = s.Danger,
            Ways = List(s.Ways, w => new WayDocument { Channel = w.Channel, Address = w.Address, From = w.From, Until = w.Until, Note = w.Note }),
            Voicemail = s.Voicemail,
            MaySay = s.MaySay,
            Word = s.SafeWord,
            UnsafeAddresses = List(s.UnsafeAddresses, u => u),
            NeverDiscloseTo = List(s.NeverDiscloseTo, n => n),
            ReviewedOn = s.ReviewedOn,
            SetBy = s.SetBy.Value,
            Source = s.Source,
        } : null,
        Representatives = List(card.Standing.Representatives, r => new RepresentativeDocument
        {
            Person = r.Person.Value,
            Who = r.Who.Value,
            Name = r.Name,
            Contact = r.Contact,
            Capacity = r.Capacity,
            Document = r.Document,
            SeenOn = r.SeenOn,
            From = r.From,
            Until = r.Until,
            Receives = r.Receives,
            Decides = r.Decides,
            Limits = r.Limits,
            Source = r.Source,
        }),
        Competences = List(card.Standing.Competences, c => new CompetenceDocument
        {
            Person = c.Person.Value,
            For = c.For,
            Able = c.Able,
            Decision = c.Decision,
            AssessedOn = c.AssessedOn,
            By = c.By.Value,
            Note = c.Note,
        }),
        Restrictions = List(card.Standing.Restrictions, r => new RestrictionDocument
        {
            Person = r.Person.Value,
            Ground = r.Ground,
            Reason = r.Reason,
            PlacedOn = r.PlacedOn,
            PlacedBy = r.PlacedBy.Value,
            Request = r.Request?.Value,
            ToldOn = r.ToldOn,
            ToldHow = r.ToldHow,
            LiftedOn = r.LiftedOn,
            LiftedBy = r.LiftedBy?.Value,
        }),
        KeptFrom = List(card.Standing.KeptFrom, k => new KeptFromDocument { Person = k.Person?.Value, How = k.How, Body = k.Body == default ? null : k.Body.Value, Name = k.Name, SetOn = k.SetOn, Source = k.Source }),
        Told = List(card.Told, t => new ToldDocument
        {
            Person = t.Person.Value,
            Version = t.Version.ToString(),
            What = t.What,
            How = t.How,
            At = t.At.ToUniversalTime(),
            By = t.By.Value,
            Language = t.Language,
            Interpreter = t.Interpreter,
        }),
        CheckedOn = card.CheckedOn,
        CheckedBy = card.CheckedBy.Value,
    };

    protected override FamilyCard FromDocument(FamilyDocument d) => FamilyCard.Restore(
        Array(d.Carers, c => new Carer
        {
            Id = new(c.Id),
            Ladder = Ladder(c.Ladder),
            Forename = c.Forename,
            Surname = c.Surname,
            Handle = c.Handle,
            KnownAs = Names(c.KnownAs),
            Birth = BirthFrom(c.Birth),
            Relationship = c.Relationship,
            Contacts = Array(c.Contacts, p => new ContactPoint { Kind = Known(p.Kind), Value = p.Value, Note = p.Note, SomebodyElses = p.SomebodyElses, Unsafe = p.Unsafe, Source = Known(p.Source) }),
            Responsibilities = Array(c.Responsibilities, r => new ParentalResponsibility
            {
                Child = r.Child is { } child ? new PersonId(child) : null,
                State = Known(r.State),
                EvidenceSeen = r.Evidence,
                SeenOn = r.SeenOn,
                Source = Known(r.Source),
            }),
            Source = Known(c.Source),
        }),
        Array(d.Children, c => new Child
        {
            Id = new(c.Id),
            Ladder = Ladder(c.Ladder),
            Forename = c.Forename,
            Surname = c.Surname,
            Handle = c.Handle,
            KnownAs = Names(c.KnownAs),
            Birth = BirthFrom(c.Birth),
            Setting = c.Setting,
            SenStage = c.SenStage,
            Facts = Array(c.Facts, Known),
            Source = Known(c.Source),
        }),
        Array(d.Orders, o => new CourtOrder
        {
            Kind = o.Kind,
            MadeOn = o.MadeOn,
            Binds = Array(o.Binds, b => new PersonId(b)),
            OnContact = Known(o.OnContact),
            OnSharing = Known(o.OnSharing),
            Words = o.Words,
            CopySeenOn = o.CopySeenOn,
            EndsOn = o.EndsOn,
            Source = Known(o.Source),
        }),
        d.Address is { } a ? new Address { Lines = a.Lines, Postcode = a.Postcode, Source = Known(a.Source) } : null,
        d.Communication is { } k ? new Communication { Languages = Array(k.Languages, l => l), Interpreter = k.Interpreter, Formats = Array(k.Formats, f => f), Source = Known(k.Source) } : null,
        d.Safe is { } s ? new SafeContact
        {
            Danger = s.Danger,
            Ways = Array(s.Ways, w => new SafeWay { Channel = Known(w.Channel), Address = w.Address, From = w.From, Until = w.Until, Note = w.Note }),
            Voicemail = s.Voicemail,
            MaySay = s.MaySay,
            SafeWord = s.Word,
            UnsafeAddresses = Array(s.UnsafeAddresses, u => u),
            NeverDiscloseTo = Array(s.NeverDiscloseTo, n => n),
            ReviewedOn = s.ReviewedOn,
            SetBy = new(s.SetBy),
            Source = Known(s.Source),
        } : null,
        Array(d.Told, t => new Telling
        {
            Person = new(t.Person),
            Version = PolicyNumber.Parse(t.Version),
            What = Known(t.What),
            How = Known(t.How),
            At = t.At,
            By = new(t.By),
            Language = t.Language,
            Interpreter = t.Interpreter,
        }),
        d.CheckedOn,
        new(d.CheckedBy),
        new Domain.Families.Standing
        {
            Representatives = Array(d.Representatives, r => new Representative
            {
                Person = new(r.Person),
                Who = new(r.Who),
                Name = r.Name,
                Contact = r.Contact,
                Capacity = Known(r.Capacity),
                Document = r.Document,
                SeenOn = r.SeenOn,
                From = r.From,
                Until = r.Until,
                Receives = r.Receives,
                Decides = r.Decides,
                Limits = r.Limits,
                Source = Known(r.Source),
            }),
            Competences = Array(d.Competences, c => new Competence
            {
                Person = new(c.Person),
                For = Known(c.For),
                Able = c.Able,
                Decision = c.Decision,
                AssessedOn = c.AssessedOn,
                By = new(c.By),
                Note = c.Note,
            }),
            Restrictions = Array(d.Restrictions, r => new PersonRestriction
            {
                Person = new(r.Person),
                Ground = Known(r.Ground),
                Reason = r.Reason,
                PlacedOn = r.PlacedOn,
                PlacedBy = new(r.PlacedBy),
                Request = r.Request is { } request ? new UnitId(request) : null,
                ToldOn = r.ToldOn,
                ToldHow = r.ToldHow,
                LiftedOn = r.LiftedOn,
                LiftedBy = r.LiftedBy is { } by ? new ColleagueId(by) : null,
            }),
            KeptFrom = Array(d.KeptFrom, k => new KeptFrom
            {
                Person = k.Person is { } person ? new PersonId(person) : null,
                How = Known(k.How),
                Body = new(k.Body ?? Guid.Empty),
                Name = k.Name,
                SetOn = k.SetOn,
                Source = Known(k.Source),
            }),
        });

    private static LadderDocument Ladder(Ladder l) => new()
    {
        Rung = l.Rung,
        Reference = l.Reference.IsEmpty ? null : l.Reference.Format(),
        Agreements = List(l.Agreements, a => new AgreementDocument { To = a.To, How = a.How, At = a.At.ToUniversalTime(), By = a.By.Value }),
    };

    private static Ladder Ladder(LadderDocument l) => Wdfis.Domain.Anonymity.Ladder.Restore(
        l.Rung,
        l.Reference is null ? default : AnonymousReference.Parse(l.Reference),
        Array(l.Agreements, a => new RungAgreement(Known(a.To), Known(a.How), a.At, new(a.By))));

    private static List<NameDocument>? Names(ImmutableArray<OtherName> names) => List(names, n => new NameDocument { Name = n.Name, Kind = n.Kind });

    private static ImmutableArray<OtherName> Names(List<NameDocument>? names) => Array(names, n => new OtherName(n.Name, Known(n.Kind)));

    // 2019-03-12, 2019, expected, expected 2027-02-04, or nothing.
    private static string? BirthText(Birth birth) => birth.Match<string?>(
        on => on.ToString("O", CultureInfo.InvariantCulture),
        year => year.ToString("0000", CultureInfo.InvariantCulture),
        due => due is { } day ? "expected " + day.ToString("O", CultureInfo.InvariantCulture) : "expected",
        () => null);

    private static Birth BirthFrom(string? text) => Birth.TryParse(text, out var birth) ? birth : throw new JsonException();

    private static List<TOut>? List<TIn, TOut>(ImmutableArray<TIn> items, Func<TIn, TOut> map) => items.IsEmpty ? null : [.. items.Select(map)];

    private static ImmutableArray<TOut> Array<TIn, TOut>(List<TIn>? items, Func<TIn, TOut> map) => items is null ? [] : [.. items.Select(map)];
}

internal sealed class FamilyDocument
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public List<CarerDocument>? Carers { get; init; }
    public List<ChildDocument>? Children { get; init; }
    public List<OrderDocument>? Orders { get; init; }
    public AddressDocument? Address { get; init; }
    public CommunicationDocument? Communication { get; init; }
    public SafeDocument? Safe { get; init; }
    public List<RepresentativeDocument>? Representatives { get; init; }
    public List<CompetenceDocument>? Competences { get; init; }
    public List<RestrictionDocument>? Restrictions { get; init; }
    public List<KeptFromDocument>? KeptFrom { get; init; }
    public List<ToldDocument>? Told { get; init; }
    public required DateOnly CheckedOn { get; init; }
    public required Guid CheckedBy { get; init; }
}

internal sealed class LadderDocument
{
    public required Rung Rung { get; init; }
    public string? Reference { get; init; }
    public List<AgreementDocument>? Agreements { get; init; }
}

internal sealed class AgreementDocument
{
    public required Rung To { get; init; }
    public required AgreedHow How { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
}

internal sealed class NameDocument
{
    public required string Name { get; init; }
    public required OtherNameKind Kind { get; init; }
}

internal sealed class CarerDocument
{
    public required Guid Id { get; init; }
    public required LadderDocument Ladder { get; init; }
    public string? Forename { get; init; }
    public string? Surname { get; init; }
    public string? Handle { get; init; }
    public List<NameDocument>? KnownAs { get; init; }
    public string? Birth { get; init; }
    public string? Relationship { get; init; }
    public List<ContactDocument>? Contacts { get; init; }
    public List<ResponsibilityDocument>? Responsibilities { get; init; }
    public required Source Source { get; init; }
}

internal sealed class ContactDocument
{
    public required ContactKind Kind { get; init; }
    public required string Value { get; init; }
    public string? Note { get; init; }
    public bool SomebodyElses { get; init; }
    public bool Unsafe { get; init; }
    public required Source Source { get; init; }
}

internal sealed class ResponsibilityDocument
{
    public Guid? Child { get; init; }
    public required Responsibility State { get; init; }
    public string? Evidence { get; init; }
    public DateOnly? SeenOn { get; init; }
    public required Source Source { get; init; }
}

internal sealed class ChildDocument
{
    public required Guid Id { get; init; }
    public required LadderDocument Ladder { get; init; }
    public string? Forename { get; init; }
    public string? Surname { get; init; }
    public string? Handle { get; init; }
    public List<NameDocument>? KnownAs { get; init; }
    public string? Birth { get; init; }
    public string? Setting { get; init; }
    public string? SenStage { get; init; }
    public List<ChildFact>? Facts { get; init; }
    public required Source Source { get; init; }
}

internal sealed class OrderDocument
{
    public required string Kind { get; init; }
    public DateOnly? MadeOn { get; init; }
    public List<Guid>? Binds { get; init; }
    public required OrderEffect OnContact { get; init; }
    public required OrderEffect OnSharing { get; init; }
    public string? Words { get; init; }
    public DateOnly? CopySeenOn { get; init; }
    public DateOnly? EndsOn { get; init; }
    public required Source Source { get; init; }
}

internal sealed class AddressDocument
{
    public string? Lines { get; init; }
    public string? Postcode { get; init; }
    public required Source Source { get; init; }
}

internal sealed class CommunicationDocument
{
    public List<string>? Languages { get; init; }
    public string? Interpreter { get; init; }
    public List<string>? Formats { get; init; }
    public required Source Source { get; init; }
}

internal sealed class SafeDocument
{
    public required bool Danger { get; init; }
    public List<WayDocument>? Ways { get; init; }
    public required bool Voicemail { get; init; }
    public string? MaySay { get; init; }
    public string? Word { get; init; }
    public List<string>? UnsafeAddresses { get; init; }
    public List<string>? NeverDiscloseTo { get; init; }
    public required DateOnly ReviewedOn { get; init; }
    public required Guid SetBy { get; init; }
    public required Source Source { get; init; }
}

internal sealed class WayDocument
{
    public required ContactChannel Channel { get; init; }
    public string? Address { get; init; }
    public TimeOnly? From { get; init; }
    public TimeOnly? Until { get; init; }
    public string? Note { get; init; }
}

internal sealed class RepresentativeDocument
{
    public required Guid Person { get; init; }
    public required Guid Who { get; init; }
    public string? Name { get; init; }
    public string? Contact { get; init; }
    public required RepresentativeCapacity Capacity { get; init; }
    public string? Document { get; init; }
    public DateOnly? SeenOn { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public required bool Receives { get; init; }
    public required bool Decides { get; init; }
    public string? Limits { get; init; }
    public required Source Source { get; init; }
}

internal sealed class CompetenceDocument
{
    public required Guid Person { get; init; }
    public required CompetenceFor For { get; init; }
    public required bool Able { get; init; }
    public required string Decision { get; init; }
    public required DateOnly AssessedOn { get; init; }
    public required Guid By { get; init; }
    public string? Note { get; init; }
}

internal sealed class RestrictionDocument
{
    public required Guid Person { get; init; }
    public required RestrictionGround Ground { get; init; }
    public string? Reason { get; init; }
    public required DateOnly PlacedOn { get; init; }
    public required Guid PlacedBy { get; init; }
    public Guid? Request { get; init; }
    public DateOnly? ToldOn { get; init; }
    public string? ToldHow { get; init; }
    public DateOnly? LiftedOn { get; init; }
    public Guid? LiftedBy { get; init; }
}

internal sealed class KeptFromDocument
{
    public Guid? Person { get; init; }
    public required KeptHow How { get; init; }
    public Guid? Body { get; init; }
    public required string Name { get; init; }
    public required DateOnly SetOn { get; init; }
    public required Source Source { get; init; }
}

internal sealed class ToldDocument
{
    public required Guid Person { get; init; }
    public required string Version { get; init; }
    public required ToldWhat What { get; init; }
    public required ToldHow How { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid By { get; init; }
    public string? Language { get; init; }
    public bool Interpreter { get; init; }
}

[JsonSerializable(typeof(FamilyDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
internal sealed partial class FamilyJson : JsonSerializerContext;
