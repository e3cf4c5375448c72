using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Recipients;

namespace Wdfis.Portal.Features.Consent;

/// <summary>
/// A permission as its form's draft holds it, read as what the fields mean. A value that means nothing reads as not given. The names are
/// those of the draft's fields, which outlive a new version of the portal: never give one a new meaning. Content: shows nothing of itself.
/// </summary>
internal sealed class PermissionForm(IEnumerable<KeyValuePair<string, string>> fields, DateOnly today)
{
    public const string Form = "permission";
    public const string Kind = "kind", BodyKindField = "body-kind", Body = "body", BodyChosen = "body-id", Purpose = "purpose", Send = "send", From = "from", Until = "until",
        By = "by", Capacity = "capacity", Evidence = "evidence", How = "how", Given = "given", GivenOn = "given-on", GivenAt = "given-at";

    private readonly Dictionary<string, string> fields = new(fields, StringComparer.Ordinal);

    /// <summary>The ways that are offered, with their words.</summary>
    public static ImmutableArray<(string Code, string Words)> Ways { get; } =
        [("phone", "Telephone"), ("email", "E-mail"), ("letter", "Letter"), ("video", "Video call"), ("home-visit", "Meeting")];

    public static string About(PersonId person) => $"about-{person}";
    public static string Scope(string code) => $"item-{code}";
    public static string Way(string code) => $"way-{code}";

    public string this[string field]
    {
        get => fields.TryGetValue(field, out var value) ? value : Usual(field);
        set => fields[field] = value;
    }

    public bool Has(string field) => this[field] == "yes";

    public PermissionKind KindAsked => this[Kind] == "share" ? PermissionKind.Share : PermissionKind.Contact;

    public BodyKind BodyKindAsked => Enum.TryParse<BodyKind>(this[BodyKindField], out var kind) ? kind : BodyKind.School;

    /// <summary>True when it was given before now, so that the day and time are asked.</summary>
    public bool Earlier => this[Given] == "earlier";

    public PersonId? Giver => Guid.TryParse(this[By], out var id) && id != Guid.Empty ? new PersonId(id) : null;

    /// <summary>The terms as typed, or everything that is wrong with them.</summary>
    public Checked<PermissionTerms> Terms(FamilyCard card, RecipientDirectory directory)
    {
        var kind = BodyKindAsked;
        var body = directory.Named(kind, this[Body], new(Guid.TryParse(this[BodyChosen], out var chosen) ? chosen : Guid.Empty));
        var (from, until) = (Date(From), Date(Until));
        var known = body.Value ?? NamedBody.Create(kind, "?").OrThrow();
        var terms = PermissionTerms.Create(
            card.People.Where(person => Has(About(person.Id))).Select(person => person.Id), known, KindAsked, this[Purpose],
            KindAsked == PermissionKind.Contact ? [] : ScopeItems.All.Select(item => item.Code).Where(code => Has(Scope(code))),
            Ways.Select(way => way.Code).Where(code => Has(Way(code))), from ?? today, until ?? from ?? today, Has(Send));
        return Checked<PermissionTerms>.From(
            [
                .. body.Problems,
                from is null ? new Problem(PermissionFields.From, "Give the first day as a date that exists.") : null,
                until is null ? new Problem(PermissionFields.Until, "Give the last day as a date that exists.") : null,
                .. terms.Problems,
            ],
            terms.OrThrow);
    }

    /// <summary>The yes as typed; a time that does not exist reads as one to come, which is refused.</summary>
    public Grant Grant(PermissionTerms terms, DateTimeOffset now) => new()
    {
        By = Giver ?? default,
        Capacity = Enum.TryParse<GrantCapacity>(this[Capacity], out var capacity) ? capacity : default,
        Evidence = this[Evidence],
        How = Enum.TryParse<GivenHow>(this[How], out var how) ? how : default,
        TextVersion = PermissionRequest.Version,
        Words = PermissionRequest.Words(terms),
        GivenAt = !Earlier ? now
            : Date(GivenOn) is { } on && TimeOnly.TryParseExact(this[GivenAt], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? London.At(on, at)
            : DateTimeOffset.MaxValue,
    };

    /// <summary>The day on which it was given, when that is not today.</summary>
    public DateOnly? LateOn => Earlier && Date(GivenOn) is { } on && on < today ? on : null;

    /// <summary>Somebody who comes by name, as the form names them.</summary>
    public static string NameOf(FamilyCard? card, PersonId? id)
    {
        if (id is not { } person || card is null)
            return "somebody";
        if (card.FindCarer(person) is { } carer)
            return Name(carer.Forename, carer.Surname, carer.Handle, carer.Ladder);
        return card.FindChild(person) is { } child ? Name(child.Forename, child.Surname, child.Handle, child.Ladder)
            : card.Standing.Representatives.FirstOrDefault(one => one.Who == person && one.Name is not null)?.Name ?? "somebody who is no longer on the card";
    }

    public override string ToString() => nameof(PermissionForm);

    private static string Name(string? forename, string? surname, string? handle, Ladder ladder)
    {
        var name = string.Join(' ', new[] { forename, surname }.Where(part => !string.IsNullOrEmpty(part)));
        return name.Length > 0 ? name : handle ?? (ladder.Reference.IsEmpty ? "name not given" : ladder.Reference.Format());
    }

    private DateOnly? Date(string field) => this[field].Day();

    /// <summary>As the browser's own date field reads it.</summary>
    public static string WriteDate(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A school year is what most permissions are about.
    private string Usual(string field) => field switch
    {
        Kind => "contact",
        BodyKindField => nameof(BodyKind.School),
        From or GivenOn => WriteDate(today),
        Until => WriteDate(SchoolYear.EndOf(today.AddDays(30))),
        How => nameof(GivenHow.Spoken),
        Given => "now",
        "way-phone" or "way-email" => "yes",
        _ => "",
    };
}

/// <summary>What screens call states, ways of giving and what happened.</summary>
internal static class PermissionWords
{
    public static string Words(this PermissionState state) => state switch
    {
        PermissionState.Unknown => "Does not count yet",
        PermissionState.Requested => "Asked, no answer yet",
        PermissionState.Given => "Given",
        PermissionState.Renewed => "Given again",
        PermissionState.Refused => "Refused",
        PermissionState.Expired => "Ended",
        PermissionState.Withdrawn => "Taken back",
        PermissionState.Revoked => "Revoked",
        PermissionState.Invalidated => "Not valid",
        PermissionState.Superseded => "The young person decides now",
    };

    public static string Mark(this PermissionState state) => state.Counts() ? "good" : state is PermissionState.Requested or PermissionState.Unknown ? "due" : "late";

    /// <summary>What an adviser does about a state that does not count.</summary>
    public static string? Advice(this PermissionState state) => state switch
    {
        PermissionState.Given or PermissionState.Renewed => null,
        PermissionState.Unknown => "Nothing may be said to the body yet.",
        PermissionState.Requested => "Nothing may be said to the body until there is an answer that counts.",
        PermissionState.Refused => "They said no. Nothing may be said to the body. Ask again only if something has changed.",
        PermissionState.Expired => "Its last day is past. Nothing may be said to the body until it is given again.",
        PermissionState.Withdrawn or PermissionState.Revoked or PermissionState.Invalidated => "Nothing more may be said to the body. It is never brought back: ask for a new one.",
        PermissionState.Superseded => "What the parent agreed counts no longer. Ask the young person, and record their own answer as a new permission.",
    };

    public static string Words(this PermissionEventKind kind) => kind switch
    {
        PermissionEventKind.Requested => "Asked",
        PermissionEventKind.Given => "Given",
        PermissionEventKind.Refused => "Refused",
        PermissionEventKind.Renewed => "Given again",
        PermissionEventKind.Withdrawn => "Taken back",
        PermissionEventKind.Revoked => "Revoked",
        PermissionEventKind.Invalidated => "Found not valid",
        PermissionEventKind.Superseded => "The young person decides now",
    };

    public static string Words(this GrantCapacity capacity) => capacity switch
    {
        GrantCapacity.ParentWithResponsibility => "parent or carer with parental responsibility",
        GrantCapacity.YoungPerson => "young person, for themselves",
        GrantCapacity.Representative => "representative",
        GrantCapacity.AdultForThemselves => "adult, for themselves",
    };

    public static string Words(this GivenHow how) => how switch
    {
        GivenHow.Spoken => "spoken, the words were read out",
        GivenHow.Written => "in writing",
        GivenHow.Electronic => "by e-mail or form",
    };

    public static string Words(this PermissionPrompt prompt) => prompt switch
    {
        PermissionPrompt.EndsSoon => "It ends within 30 days: ask whether they want it to go on.",
        PermissionPrompt.TwoYearsOld => "It is two years old: ask whether it still holds.",
        PermissionPrompt.YoungPersonDecidesSoon => "The young person decides for themselves within 30 days: ask them.",
        PermissionPrompt.PurposeChanged => "The purpose is another now: ask anew.",
        PermissionPrompt.BodyChanged => "The body has changed: ask anew.",
        PermissionPrompt.AuthorityChanged => "Who gave it may no longer be the one who decides: look at the family's card.",
        PermissionPrompt.NeedsLead => "It was recorded on a later day than it was given: it counts when a team lead agrees.",
    };

    /// <summary>The channels in words: telephone, e-mail.</summary>
    public static string Channels(IEnumerable<string> codes) => string.Join(", ", codes.Select(code =>
        PermissionForm.Ways.FirstOrDefault(way => way.Code == code).Words?.ToLowerInvariant() ?? code));

    /// <summary>The items in the order in which they are said.</summary>
    public static string Items(PermissionTerms terms) => string.Join(", ", terms.Items.Select(code => ScopeItems.Find(code)?.Label ?? code));
}
