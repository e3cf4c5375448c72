using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Consent;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// A disclosure as its form's draft holds it, read as what the fields mean (U1–U3). A value that means nothing reads as not given. The names
/// are those of the draft's fields, which outlive a new version of the portal: never give one a new meaning. Content: shows nothing of itself.
/// </summary>
internal sealed class OutwardForm(IEnumerable<KeyValuePair<string, string>> fields)
{
    public const string Form = "disclosure";
    public const string Act = "act", Body = "body", BodyChosen = "body-id", Attention = "attention", Text = "text", TextRead = "text-read", Purpose = "what-for", Channel = "channel",
        Address = "address", Voicemail = "voicemail", GroundField = "ground", Person = "person", Proof = "proof", Document = "document", Power = "power", Officer = "officer",
        ExemptionField = "exemption", Confidence = "confidence-of", Done = "done", DoneOn = "done-on", DoneAt = "done-at";

    /// <summary>What a draft must hold from its first save, whatever was typed first.</summary>
    public static ImmutableArray<string> Kept { get; } = [Act, Body, BodyChosen, Purpose, Channel, Address, GroundField, ExemptionField, Confidence];

    private readonly Dictionary<string, string> fields = new(fields, StringComparer.Ordinal);

    public static string About(PersonId person) => $"about-{person}";
    public static string Pick(string key) => $"pick|{key}";
    public static string Scope(string code) => $"under-{code}";

    public string this[string field]
    {
        get => fields.TryGetValue(field, out var value) ? value : Usual(field);
        set => fields[field] = value;
    }

    public bool Has(string field) => this[field] == "yes";

    /// <summary>True when nothing of it is about anybody: no people, no items, no purpose of a permission.</summary>
    public bool NamesNobody => this[GroundField] == "nobody";

    public bool ToThemselves => this[GroundField] == "themselves";

    public OutwardAct Outward => this[Act] switch
    {
        "share" => OutwardAct.Share,
        "raise" => OutwardAct.Raise,
        "copy" => OutwardAct.Copy,
        "question" => OutwardAct.GeneralQuestion,
        _ => OutwardAct.Contact,
    };

    /// <summary>The id of the request that belongs to a draft, and the draft's that belongs to a request: neither needs to be kept for the other to be found.</summary>
    public static UnitId Other(UnitId id)
    {
        var bytes = id.ToBytes();
        bytes[15] ^= 1;
        return UnitId.FromBytes(bytes);
    }

    /// <summary>Where the form of a request is, so that it goes on where it was.</summary>
    public static string AddressOf(UnitId? family, UnitId draft) => $"{(family is { } of ? $"families/{of}/disclose" : "ask")}?draft={draft}";

    /// <summary>Where what goes under an exemption is put together.</summary>
    public static string Under(Exemption exemption) => $"{(exemption.Family is { } of ? $"families/{of}/disclose" : "ask")}?exemption={exemption.Id}";

    /// <summary>The directory's contact points that a channel uses.</summary>
    public static ContactWay? WayOf(string channel) => channel switch
    {
        "phone" => ContactWay.Telephone,
        "email" => ContactWay.Email,
        "letter" => ContactWay.Letter,
        _ => null,
    };

    public BodyId BodyId => new(Guid.TryParse(this[BodyChosen], out var id) ? id : Guid.Empty);

    public PersonId? Receiver => ToThemselves && Guid.TryParse(this[Person], out var id) && id != Guid.Empty ? new PersonId(id) : null;

    /// <summary>What is missing before a late entry can be read.</summary>
    public Problem? Late => Has(Done) && DoneThen is null ? new Problem("disclosure.done-at", "Give the day and the time at which it was done.") : null;

    /// <summary>What the gate is asked.</summary>
    public DisclosureForm Read(UnitId draft, UnitId? family, FamilyCard? card, IEnumerable<SharedItem> offered, Exemption? exemption)
    {
        var act = Outward;
        ImmutableArray<PersonId> about = NamesNobody || card is null ? [] : [.. card.People.Select(one => one.Id).Where(id => Has(About(id)))];
        var channel = this[Channel];
        return new DisclosureForm
        {
            Id = Other(draft),
            Family = family,
            Act = act,
            Body = ToThemselves ? default : BodyId,
            Person = Receiver,
            Attention = this[Attention],
            About = about,
            Items = NamesNobody || act == OutwardAct.Contact ? [] : [.. offered.Select(item => item.Key).Where(key => Has(Pick(key)))],
            Text = this[Text],
            TextScopes = NamesNobody || act == OutwardAct.Contact ? [] : [.. ScopeItems.All.Select(item => item.Code).Where(code => Has(Scope(code)))],
            TextRead = Has(TextRead),
            Purpose = NamesNobody ? "" : this[Purpose],
            Channel = channel,
            Address = this[Address],
            Voicemail = Has(Voicemail),
            Ground = this[GroundField] switch
            {
                "nobody" => new Ground.NamesNobody(),
                "themselves" => new Ground.ToThemselves(about is [var own] ? own : Receiver ?? default, this[Proof]),
                "contract" => new Ground.UnderContract(),
                "law" => new Ground.RequiredByLaw(Typed(Document), Typed(Power), Typed(Officer)),
                "exemption" when exemption is not null => new Ground.UnderExemption(exemption),
                _ => new Ground.OnPermission(),
            },
            DoneAt = Has(Done) ? DoneThen : null,
            ConfidenceOf = !NamesNobody && Guid.TryParse(this[Confidence], out var child) && card?.FindChild(new(child)) is { } told ? told.Id : null,
            Draft = draft,
        };
    }

    public override string ToString() => nameof(OutwardForm);

    private string? Typed(string field) => TypedText.Clean(this[field]);

    private DateTimeOffset? DoneThen =>
        this[DoneOn].Day() is { } on && TimeOnly.TryParseExact(this[DoneAt], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? London.At(on, at) : null;

    private string Usual(string field) => field switch
    {
        Act => "contact",
        Channel => Outward == OutwardAct.Contact ? "phone" : "email",
        GroundField => Outward is OutwardAct.Raise or OutwardAct.GeneralQuestion ? "nobody" : Outward == OutwardAct.Copy ? "themselves" : this[ExemptionField].Length > 0 ? "exemption" : "permission",
        _ => "",
    };
}
