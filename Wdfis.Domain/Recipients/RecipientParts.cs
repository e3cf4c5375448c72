using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.Recipients;

/// <summary>A way to reach a recipient. Numbers are stored.</summary>
public enum ContactWay
{
    /// <summary>A telephone number.</summary>
    Telephone = 1,
    /// <summary>An e-mail address.</summary>
    Email = 2,
    /// <summary>A postal address, in one line or several.</summary>
    Letter = 3,
    /// <summary>A web page or portal.</summary>
    Website = 4,
}

/// <summary>One way to reach a recipient, with who looked last whether it is right. Shows no content.</summary>
public sealed record RecipientContact
{
    /// <summary>Which way.</summary>
    [Field("recipient.contact-way")]
    public required ContactWay Way { get; init; }
    /// <summary>The number or address, in one spelling.</summary>
    [Field("recipient.contact")]
    public required string Value { get; init; }
    /// <summary>What it is for: "out of hours", "secure mail".</summary>
    [Field("recipient.contact-note")]
    public string? Note { get; init; }
    /// <summary>True when the schools register gave it: an import may change it.</summary>
    [Field("recipient.contact-registered")]
    public bool Registered { get; init; }
    /// <summary>The London day on which it was last found right.</summary>
    [Field("recipient.contact-checked")]
    public DateOnly CheckedOn { get; init; }
    /// <summary>The colleague who found it so.</summary>
    public ColleagueId CheckedBy { get; init; }

    internal IEnumerable<Problem?> Faults() =>
    [
        Enum.IsDefined(Way) ? null : new Problem(RecipientFields.Contact, "Choose the way."),
        TypedText.Check(RecipientFields.Contact, Value, 400, lines: true),
        TypedText.Check(RecipientFields.Contact, Note),
        Way switch
        {
            ContactWay.Telephone => TelephoneNumber.Check(RecipientFields.Contact, Value),
            ContactWay.Email => EmailAddress.Check(RecipientFields.Contact, Value),
            // Shown as text to paste, never followed: what could run is refused all the same.
            ContactWay.Website => Uri.TryCreate(Value.Contains("://", StringComparison.Ordinal) ? Value : "https://" + Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.')
                ? null : new Problem(RecipientFields.Contact, "This is not a web address. Write it like www.example.org."),
            _ => null,
        },
    ];

    internal RecipientContact Cleaned()
    {
        var value = TypedText.Clean(Value) ?? "";
        return this with
        {
            Value = Way switch
            {
                ContactWay.Telephone when TelephoneNumber.TryParse(value, out var number) => number.Format(),
                ContactWay.Email when EmailAddress.TryParse(value, out var address) => address.Format(),
                _ => value,
            },
            Note = TypedText.Clean(Note),
        };
    }

    /// <summary>The way alone.</summary>
    public override string ToString() => $"{nameof(RecipientContact)} {Way}";
}

/// <summary>How a recipient ended. Numbers are stored.</summary>
public enum RecipientEnding
{
    /// <summary>It closed; a successor may have taken over.</summary>
    Closed = 1,
    /// <summary>It was merged into another.</summary>
    Merged = 2,
}

/// <summary>That a recipient ended, when, and who took over.</summary>
public sealed record RecipientEnd
{
    /// <summary>Closed or merged.</summary>
    [Field("recipient.end")]
    public required RecipientEnding How { get; init; }
    /// <summary>The first day on which it is no longer there.</summary>
    [Field("recipient.ended-on")]
    public required DateOnly On { get; init; }
    /// <summary>Who took over; null for nobody.</summary>
    [Field("recipient.successor")]
    public BodyId? Successor { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(RecipientEnd);
}

/// <summary>Ids of the fields of a recipient.</summary>
public static class RecipientFields
{
    /// <summary>What sort of body.</summary>
    public const string Kind = "recipient.kind";
    /// <summary>Its name.</summary>
    public const string Name = "recipient.name";
    /// <summary>Its country.</summary>
    public const string Country = "recipient.country";
    /// <summary>The role to ask for.</summary>
    public const string AskFor = "recipient.ask-for";
    /// <summary>Who is at its head.</summary>
    public const string Head = "recipient.head";
    /// <summary>More about its sort.</summary>
    public const string Sort = "recipient.sort";
    /// <summary>Offered first in danger.</summary>
    public const string Urgent = "recipient.urgent";
    /// <summary>Number of the schools register.</summary>
    public const string Urn = "recipient.urn";
    /// <summary>Last day of the contract.</summary>
    public const string ContractUntil = "recipient.contract-until";
    /// <summary>What the contract is for.</summary>
    public const string ContractFor = "recipient.contract-for";
    /// <summary>A way to reach it.</summary>
    public const string Contact = "recipient.contact";
    /// <summary>Closed or merged.</summary>
    public const string End = "recipient.end";
    /// <summary>When it ended.</summary>
    public const string EndedOn = "recipient.ended-on";
    /// <summary>Who took over.</summary>
    public const string Successor = "recipient.successor";
}
