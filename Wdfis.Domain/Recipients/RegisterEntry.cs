using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.Recipients;

/// <summary>What the schools register says of one establishment, as far as the directory keeps it. Shows no content: it names a head.</summary>
public sealed record RegisterEntry
{
    /// <summary>Its number, 100000 to 999999.</summary>
    public required int Urn { get; init; }
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>The line of the file on which it stands, from 1.</summary>
    public int Line { get; init; }
    /// <summary>The register's type, such as "Academy converter".</summary>
    public string? Sort { get; init; }
    /// <summary>True for a closed one.</summary>
    public bool Closed { get; init; }
    /// <summary>When it closed; null when the register does not say.</summary>
    public DateOnly? ClosedOn { get; init; }
    /// <summary>The title of whoever leads it: "Headteacher".</summary>
    public string? HeadRole { get; init; }
    /// <summary>Who leads it.</summary>
    public string? Head { get; init; }
    /// <summary>Its postal address, line by line.</summary>
    public string? Address { get; init; }
    /// <summary>Its telephone number, readable or null.</summary>
    public string? Telephone { get; init; }
    /// <summary>Its web page, readable or null.</summary>
    public string? Website { get; init; }

    /// <summary>A nursery school is a nursery; everything else in the register counts as a school.</summary>
    public BodyKind Kind => Sort?.Contains("nursery", StringComparison.OrdinalIgnoreCase) == true ? BodyKind.Nursery : BodyKind.School;

    internal ImmutableArray<RecipientContact> Contacts =>
    [
        .. new (ContactWay Way, string? Value)[] { (ContactWay.Telephone, Telephone), (ContactWay.Letter, Address), (ContactWay.Website, Website) }
            .Where(way => !string.IsNullOrWhiteSpace(way.Value))
            .Select(way => new RecipientContact { Way = way.Way, Value = way.Value!, Registered = true }),
    ];

    /// <summary>True when a website is one that the directory takes.</summary>
    public static bool IsWebsite(string text) => new RecipientContact { Way = ContactWay.Website, Value = text }.Faults().All(fault => fault is null);

    /// <summary>A new entry of the directory.</summary>
    public Checked<Recipient> ToRecipient(BodyId id, Stamp now) => Recipient.Create(id, Details(new RecipientDetails { Kind = Kind, Name = Name, Urn = Urn }), Contacts, now);

    /// <summary>
    /// What the directory holds, brought up to the register: name, type, head and the contact points that came from it. What colleagues
    /// entered by hand stays, the role to ask for too.
    /// </summary>
    public Checked<Recipient> Update(Recipient held, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(held);
        return held.Change(Details(held.Details), [.. Contacts, .. held.Contacts.Where(contact => !contact.Registered)], now);
    }

    private RecipientDetails Details(RecipientDetails held) => held with { Name = Name, Sort = Sort, Head = Head, AskFor = held.AskFor ?? HeadRole };

    /// <summary>What is another in <paramref name="after"/> than in <paramref name="before"/>: what is called what, before and after. Days of checks do not count.</summary>
    public static ImmutableArray<(string What, string? Before, string? After)> Differences(Recipient before, Recipient after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return
        [
            .. new (string What, string? Before, string? After)[]
            {
                ("Name", before.Name, after.Name),
                ("Sort", before.Details.Sort, after.Details.Sort),
                ("Head", before.Details.Head, after.Details.Head),
                ("Ask for", before.Details.AskFor, after.Details.AskFor),
                ("Telephone", Ways(before, ContactWay.Telephone), Ways(after, ContactWay.Telephone)),
                ("Post", Ways(before, ContactWay.Letter), Ways(after, ContactWay.Letter)),
                ("Website", Ways(before, ContactWay.Website), Ways(after, ContactWay.Website)),
                ("Closed", before.End?.How.ToString(), after.End?.How.ToString()),
            }.Where(line => line.Before != line.After),
        ];
    }

    private static string? Ways(Recipient of, ContactWay way) =>
        string.Join("; ", of.Contacts.Where(contact => contact.Way == way).Select(contact => contact.Value.ReplaceLineEndings(", ")).Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(RegisterEntry);
}
