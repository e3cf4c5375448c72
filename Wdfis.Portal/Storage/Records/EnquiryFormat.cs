using System.Text.Json.Serialization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Policy;

namespace Wdfis.Portal.Storage.Records;

/// <summary>Enquiries as stored, version 1. Names and values here are a file format: never rename one, add only what may be missing.</summary>
internal sealed class EnquiryFormat() : VersionedFormat<Enquiry, EnquiryV1>(UnitKind.Enquiry, RecordsJson.Default.EnquiryV1)
{
    protected override EnquiryV1 ToDocument(Enquiry record) =>
        new()
        {
            V = Current,
            Id = record.Id.Value,
            Service = record.Service,
            Channel = record.Channel,
            Topic = record.Topic,
            Requirement = record.Requirement,
            Response = record.Response,
            Outcome = record.Outcome,
            Caller = record.Caller.Match(
                a => new CallerV1 { Kind = CallerKindV1.Anonymous, Person = a.Person.Value, Reference = a.Reference.Format() },
                h => new CallerV1 { Kind = CallerKindV1.Handle, Person = h.Person.Value, Reference = h.Reference.Format(), Name = h.Name },
                n => new CallerV1 { Kind = CallerKindV1.Named, Person = n.Person.Value, Family = n.Family.Value }),
            Confirmation = record.Confirmation,
            CameFrom = record.CameFrom,
            About = [.. record.About.Select(p => p.Value)],
            Levels = [.. record.Levels.Select(l => new LevelV1(l.Level, l.On, l.By.Value))],
            FollowUp = record.FollowUp is { } f ? new FollowUpV1(f.On, f.What) : null,
            Notes = [.. record.Notes.Select(n => new NoteV1(n.At, n.By.Value, n.Text, n.Source, n.Rewording, n.Confidence ? true : null))],
            Privacy = record.Privacy,
            PrivateTalk = record.PrivateTalk is { } t ? new PrivateTalkV1(t.PromisedAt, t.By.Value, t.Held, t.Slot, t.How, t.SettledAt) : null,
            Tellings = [.. record.Tellings.Select(t => new TellingV1(t.Person.Value, t.Version.ToString(), t.What, t.How, t.At, t.By.Value, t.Interpreter, t.Language))],
            History = [.. record.History.Select(e => new EnquiryEventV1(e.Kind, e.On, e.At, e.By.Value, e.Why))],
        };

    protected override Enquiry FromDocument(EnquiryV1 s) => Enquiry.Restore(
        new EnquiryOpening { Id = new(s.Id), Service = s.Service, Channel = s.Channel, Topic = s.Topic, Caller = Restore(s.Caller), Confirmation = s.Confirmation, CameFrom = s.CameFrom },
        s.Requirement,
        s.Response,
        s.Outcome,
        s.About.Select(p => new PersonId(p)),
        s.Levels.Select(l => new LevelChange(l.Level, l.On, new(l.By))),
        s.FollowUp is { } f ? new FollowUp(f.On, f.What) : null,
        s.Notes.Select(n => new EnquiryNote(n.At, new(n.By), n.Text, n.Source, n.Rewording, n.Confidence == true)),
        s.Privacy,
        s.PrivateTalk is { } t ? new PrivateTalk(t.PromisedAt, new(t.By), t.Slot, t.How, t.SettledAt, t.Held) : null,
        s.Tellings.Select(t => new Telling
        {
            Person = new(t.Person),
            Version = PolicyNumber.Parse(t.Version),
            What = t.What,
            How = t.How,
            At = t.At,
            By = new(t.By),
            Language = t.Language,
            Interpreter = t.Interpreter,
        }),
        s.History.Select(e => new EnquiryEvent(e.Kind, e.On, e.At, new(e.By), e.Why)));

    private static Caller Restore(CallerV1 stored) => stored.Kind switch
    {
        CallerKindV1.Anonymous => Caller.CreateAnonymous(new(stored.Person), AnonymousReference.Parse(stored.Reference!)),
        CallerKindV1.Handle => Caller.RestoreHandle(new(stored.Person), AnonymousReference.Parse(stored.Reference!), stored.Name!),
        CallerKindV1.Named => Caller.CreateNamed(new(stored.Family!.Value), new(stored.Person)),
    };
}

internal enum CallerKindV1
{
    Anonymous = 1,
    Handle = 2,
    Named = 3,
}

internal sealed class EnquiryV1
{
    [JsonPropertyOrder(-1)]
    public required int V { get; init; }
    public required Guid Id { get; init; }
    public required Service Service { get; init; }
    public required string Channel { get; init; }
    public string? Topic { get; init; }
    public string? Requirement { get; init; }
    public string? Response { get; init; }
    public string? Outcome { get; init; }
    public required CallerV1 Caller { get; init; }
    public required CallerConfirmation Confirmation { get; init; }
    public string? CameFrom { get; init; }
    public Guid[] About { get; set; } = [];
    public LevelV1[] Levels { get; set; } = [];
    public FollowUpV1? FollowUp { get; init; }
    public NoteV1[] Notes { get; set; } = [];
    public PrivacyAsked Privacy { get; init; }
    public PrivateTalkV1? PrivateTalk { get; init; }
    public TellingV1[] Tellings { get; set; } = [];
    public required EnquiryEventV1[] History { get; init; }
}

internal sealed class CallerV1
{
    public required CallerKindV1 Kind { get; init; }
    public required Guid Person { get; init; }
    public Guid? Family { get; init; }
    public string? Reference { get; init; }
    public string? Name { get; init; }
}

internal sealed class LevelV1(int level, DateOnly on, Guid by)
{
    public int Level { get; } = level;
    public DateOnly On { get; } = on;
    public Guid By { get; } = by;
}

internal sealed class FollowUpV1(DateOnly on, string? what = null)
{
    public DateOnly On { get; } = on;
    public string? What { get; } = what;
}

internal sealed class NoteV1(DateTimeOffset at, Guid by, string text, NoteSource source, bool rewording, bool? confidence = null)
{
    public DateTimeOffset At { get; } = at;
    public Guid By { get; } = by;
    public string Text { get; } = text;
    public NoteSource Source { get; } = source;
    public bool Rewording { get; } = rewording;
    public bool? Confidence { get; } = confidence;
}

internal sealed class PrivateTalkV1(DateTimeOffset promisedAt, Guid by, bool held, DateTimeOffset? slot = null, string? how = null, DateTimeOffset? settledAt = null)
{
    public DateTimeOffset PromisedAt { get; } = promisedAt;
    public Guid By { get; } = by;
    public DateTimeOffset? Slot { get; } = slot;
    public string? How { get; } = how;
    public DateTimeOffset? SettledAt { get; } = settledAt;
    public bool Held { get; } = held;
}

internal sealed class TellingV1(Guid person, string version, ToldWhat what, ToldHow how, DateTimeOffset at, Guid by, bool interpreter, string? language = null)
{
    public Guid Person { get; } = person;
    public string Version { get; } = version;
    public ToldWhat What { get; } = what;
    public ToldHow How { get; } = how;
    public DateTimeOffset At { get; } = at;
    public Guid By { get; } = by;
    public string? Language { get; } = language;
    public bool Interpreter { get; } = interpreter;
}

internal sealed class EnquiryEventV1(EnquiryEventKind kind, DateOnly on, DateTimeOffset at, Guid by, string? why = null)
{
    public EnquiryEventKind Kind { get; } = kind;
    public DateOnly On { get; } = on;
    public DateTimeOffset At { get; } = at;
    public Guid By { get; } = by;
    public string? Why { get; } = why;
}
