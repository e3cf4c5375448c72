using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Recipients;

/// <summary>
/// A body or person outside the service, in the directory (S3, U2, U3, D8): the council's other teams are bodies like any other. Holds
/// nothing about families; a contact point may be somebody's own, so it shows no content. Immutable; compares by reference to its parts.
/// </summary>
public sealed record Recipient
{
    /// <summary>A contact point is looked at again after so many months.</summary>
    public const int CheckedMonths = 12;

    /// <summary>The most ways to reach one recipient.</summary>
    public const int MostContacts = 12;

    private Recipient() { }

    /// <summary>Its id, which permissions name.</summary>
    [Field("recipient.id")]
    public BodyId Id { get; private init; }
    /// <summary>What is known of it.</summary>
    public RecipientDetails Details { get; private init; } = null!;
    /// <summary>The ways to reach it, in the order in which they are tried.</summary>
    public ImmutableArray<RecipientContact> Contacts { get; private init; } = [];
    /// <summary>How it ended; null while it is there.</summary>
    public RecipientEnd? End { get; private init; }

    /// <summary>What sort of body it is.</summary>
    public BodyKind Kind => Details.Kind;
    /// <summary>Its name.</summary>
    public string Name => Details.Name!;
    /// <summary>True while it is neither closed nor merged.</summary>
    public bool IsOpen => End is null;
    /// <summary>True for one person: their contact points are personal.</summary>
    public bool IsPersonal => Kind is BodyKind.Individual or BodyKind.Childminder;
    /// <summary>The London day of the oldest check of a contact point; null when there is none to check.</summary>
    public DateOnly? CheckedOn => Contacts.IsEmpty ? null : Contacts.Min(contact => contact.CheckedOn);

    /// <summary>The first London day on which somebody should look whether it is still right; null once it has ended.</summary>
    public DateOnly? CheckDueOn(DateOnly addedOn) => IsOpen ? CheckedOn?.AddMonths(CheckedMonths) ?? addedOn : null;

    /// <summary>True when a contact point was checked a year ago or longer, or there is none.</summary>
    public bool NeedsCheck(DateOnly today) => IsOpen && (CheckedOn is not { } on || on.AddMonths(CheckedMonths) <= today);

    /// <summary>True when it works under a contract that covers the day; the last day is included.</summary>
    public bool UnderContract(DateOnly today) => IsOpen && Kind == BodyKind.Processor && Details.ContractUntil >= today;

    /// <summary>As a permission names it.</summary>
    public NamedBody Named() => NamedBody.Create(Kind, Name, Details.Country, Id).OrThrow();

    /// <summary>A new one. Its contact points count as checked now, by who enters it.</summary>
    public static Checked<Recipient> Create(BodyId id, RecipientDetails details, IEnumerable<RecipientContact> contacts, Stamp now)
    {
        if (id == default)
            throw new ArgumentException("A recipient has an id.", nameof(id));
        return Made(new Recipient { Id = id }, details, contacts, now);
    }

    /// <summary>What is known of it is another now. A contact point that stays the same keeps the day of its check.</summary>
    public Checked<Recipient> Change(RecipientDetails details, IEnumerable<RecipientContact> contacts, Stamp now) => Made(this, details, contacts, now);

    /// <summary>Somebody looked today: all of it is still right. Refused for one that has ended.</summary>
    public Checked<Recipient> Confirm(Stamp now) => Checked<Recipient>.From(
        [IsOpen ? null : new Problem("", "This body is closed or merged, so there is nothing to check."), Contacts.IsEmpty ? new Problem(RecipientFields.Contact, "There is no contact point yet. Add one.") : null],
        () => this with { Contacts = [.. Contacts.Select(contact => contact with { CheckedOn = now.On, CheckedBy = now.By })] });

    /// <summary>It closed, or it was merged into another. Refused for one that has ended, a day to come, itself as successor, and a merger into nobody.</summary>
    public Checked<Recipient> Finish(RecipientEnding how, DateOnly on, BodyId? successor, Stamp now) => Checked<Recipient>.From(
        [
            IsOpen ? null : new Problem("", "This body has ended already."),
            Enum.IsDefined(how) ? null : new Problem(RecipientFields.End, "Say whether it closed or was merged."),
            now.RefuseFuture(RecipientFields.EndedOn, on),
            successor == Id ? new Problem(RecipientFields.Successor, "A body is not its own successor. Choose another.") : null,
            how == RecipientEnding.Merged && successor is null ? new Problem(RecipientFields.Successor, "Choose the body that it was merged into.") : null,
        ],
        () => this with { End = new RecipientEnd { How = how, On = on, Successor = successor } });

    /// <summary>It had not ended after all. Refused while it is there.</summary>
    public Checked<Recipient> Reopen() => IsOpen ? new Problem("", "This body is open.") : this with { End = null };

    /// <summary>Brings one back from storage.</summary>
    /// <exception cref="ArgumentException">It has no id, name or kind.</exception>
    public static Recipient Restore(BodyId id, RecipientDetails details, IEnumerable<RecipientContact> contacts, RecipientEnd? end)
    {
        ArgumentNullException.ThrowIfNull(details);
        return id != default && Enum.IsDefined(details.Kind) && !string.IsNullOrEmpty(details.Name)
            ? new Recipient { Id = id, Details = details, Contacts = [.. contacts], End = end }
            : throw new ArgumentException("A recipient has an id, a kind and a name.", nameof(id));
    }

    /// <summary>As lists show it: of a person nothing by which they are reached, though the day of the check stays.</summary>
    public Recipient Listed() => IsPersonal ? this with { Contacts = [.. Contacts.Select(contact => contact with { Value = "", Note = null })] } : this;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Recipient);

    private static Checked<Recipient> Made(Recipient before, RecipientDetails details, IEnumerable<RecipientContact> contacts, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(details);
        var ways = contacts.Select(contact => contact.Cleaned()).Where(contact => contact.Value.Length > 0).ToImmutableArray();
        return Checked<Recipient>.From(
            [
                .. details.Faults(),
                .. ways.SelectMany(contact => contact.Faults()),
                ways.Length > MostContacts ? new Problem(RecipientFields.Contact, $"Keep at most {MostContacts} contact points.") : null,
            ],
            () => before with
            {
                Details = details.Cleaned(),
                Contacts = [.. ways.DistinctBy(contact => (contact.Way, contact.Value)).Select(contact =>
                    before.Contacts.FirstOrDefault(held => held.Way == contact.Way && held.Value == contact.Value) is { } held
                        ? contact with { CheckedOn = held.CheckedOn, CheckedBy = held.CheckedBy }
                        : contact with { CheckedOn = now.On, CheckedBy = now.By })],
            });
    }
}

/// <summary>What is known of a recipient besides the ways to reach it. Shows no content.</summary>
public sealed record RecipientDetails
{
    /// <summary>What sort of body it is.</summary>
    [Field("recipient.kind")]
    public required BodyKind Kind { get; init; }
    /// <summary>Its name.</summary>
    [Field("recipient.name")]
    public required string? Name { get; init; }
    /// <summary>Its country, two capital letters of ISO 3166-1 (D8).</summary>
    [Field("recipient.country")]
    public string Country { get; init; } = Countries.UnitedKingdom;
    /// <summary>The role to ask for: "designated safeguarding lead".</summary>
    [Field("recipient.ask-for")]
    public string? AskFor { get; init; }
    /// <summary>Who is at its head, where that is published: a headteacher.</summary>
    [Field("recipient.head")]
    public string? Head { get; init; }
    /// <summary>More about its sort, such as "Academy converter".</summary>
    [Field("recipient.sort")]
    public string? Sort { get; init; }
    /// <summary>True for one that is offered first when a child or an adult is in danger: the front door, the police (X1).</summary>
    [Field("recipient.urgent")]
    public bool Urgent { get; init; }
    /// <summary>Its number in the schools register, 100000 to 999999; null for what is not in it.</summary>
    [Field("recipient.urn")]
    public int? Urn { get; init; }
    /// <summary>For a processor: the last day of the contract, included.</summary>
    [Field("recipient.contract-until")]
    public DateOnly? ContractUntil { get; init; }
    /// <summary>For a processor: what it does for us.</summary>
    [Field("recipient.contract-for")]
    public string? ContractFor { get; init; }

    /// <summary>True for a number that the schools register may give.</summary>
    public static bool IsUrn(int number) => number is >= 100_000 and <= 999_999;

    internal IEnumerable<Problem?> Faults() =>
    [
        Enum.IsDefined(Kind) ? null : new Problem(RecipientFields.Kind, "Choose what sort of body it is."),
        string.IsNullOrWhiteSpace(Name) ? new Problem(RecipientFields.Name, "Give the name.") : TypedText.Check(RecipientFields.Name, Name),
        Countries.IsKnown(Country) ? null : new Problem(RecipientFields.Country, "Choose the country from the list."),
        TypedText.Check(RecipientFields.AskFor, AskFor),
        TypedText.Check(RecipientFields.Head, Head),
        TypedText.Check(RecipientFields.Sort, Sort),
        TypedText.Check(RecipientFields.ContractFor, ContractFor),
        Urn is { } urn && !IsUrn(urn) ? new Problem(RecipientFields.Urn, "A number of the schools register has six digits.") : null,
        Kind == BodyKind.Processor && ContractUntil is null ? new Problem(RecipientFields.ContractUntil, "Give the last day of the contract: without one it is no processor of ours.") : null,
    ];

    internal RecipientDetails Cleaned() => this with
    {
        Name = TypedText.Clean(Name),
        AskFor = TypedText.Clean(AskFor),
        Head = TypedText.Clean(Head),
        Sort = TypedText.Clean(Sort),
        ContractUntil = Kind == BodyKind.Processor ? ContractUntil : null,
        ContractFor = Kind == BodyKind.Processor ? TypedText.Clean(ContractFor) : null,
    };

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(RecipientDetails);
}
