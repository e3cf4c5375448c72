using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features.Recipients;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>The names of the fields in which a permission is asked for during a call.</summary>
internal static class AskFields
{
    public const string Open = "ask-open";
    public const string BodyKind = "ask-body-kind";
    public const string Body = "ask-body";
    public const string BodyChosen = "ask-body-id";
    public const string Kind = "ask-kind";
    public const string Purpose = "ask-purpose";
    public const string Channels = "ask-channels";
    public const string Until = "ask-until";
    public const string How = "ask-how";
    public const string Evidence = "ask-evidence";

    public static string Item(ScopeItem item) => $"ask-item-{item.Code}";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Open, BodyKind, Body, BodyChosen, Kind, Purpose, Channels, Until, How, Evidence, .. ScopeItems.All.Select(Item)];
}

/// <summary>Reads what was typed about a permission during a call.</summary>
internal static class AskForm
{
    /// <summary>The choices of ways, most usual first: code of the choice, its words, the channels.</summary>
    public static ImmutableArray<(string Code, string Words, ImmutableArray<string> Channels)> Ways { get; } =
    [
        ("phone-email", "Telephone and e-mail", ["phone", "email"]),
        ("phone", "Telephone only", ["phone"]),
        ("email", "E-mail only", ["email"]),
        ("letter", "Letter only", ["letter"]),
        ("any", "Telephone, e-mail, letter, meetings", ["phone", "email", "letter", "video", "home-visit"]),
    ];

    /// <summary>The last day that is offered: a school year is what most of this is about.</summary>
    public static DateOnly UsualUntil(DateOnly today) => SchoolYear.EndOf(today);

    /// <summary>The terms as typed; children of the card, or the caller alone where there is none, are whom it is about.</summary>
    public static Checked<PermissionTerms> Terms(Call call, FamilyCard card, RecipientDirectory directory, DateOnly today)
    {
        var body = directory.Named(BodyKindOf(call), call.Text(AskFields.Body), new(Guid.TryParse(call[AskFields.BodyChosen], out var picked) ? picked : Guid.Empty));
        var asked = Kind(call);
        var until = call.Text(AskFields.Until) is null ? UsualUntil(today) : call.Date(AskFields.Until);
        if (until is null || !body.Accepted)
            return Checked<PermissionTerms>.From([.. body.Problems, until is null ? new Problem(PermissionFields.Until, "Choose the last day.") : null], () => throw new InvalidOperationException());
        return PermissionTerms.Create(About(call, card), body.Value, asked, call.Text(AskFields.Purpose),
            asked == PermissionKind.Contact ? [] : ScopeItems.All.Where(item => call[AskFields.Item(item)] == "yes").Select(item => item.Code),
            (Ways.FirstOrDefault(way => way.Code == call[AskFields.Channels]) is { Code: not null } chosen ? chosen : Ways[0]).Channels,
            today, until.Value, call.Service == Service.ParentPartnership);
    }

    public static BodyKind BodyKindOf(Call call) => Enum.TryParse<BodyKind>(call[AskFields.BodyKind], out var kind) ? kind : BodyKind.School;

    public static PermissionKind Kind(Call call) => call[AskFields.Kind] == "share" ? PermissionKind.Share : PermissionKind.Contact;

    /// <summary>The yes of the caller, given now.</summary>
    public static Grant Grant(Call call, FamilyCard card, PermissionTerms terms, DateTimeOffset now) => new()
    {
        By = call.Caller ?? default,
        Capacity = card.Children is [] ? GrantCapacity.AdultForThemselves : GrantCapacity.ParentWithResponsibility,
        Evidence = call.Text(AskFields.Evidence),
        How = Enum.TryParse<GivenHow>(call[AskFields.How], out var how) ? how : GivenHow.Spoken,
        TextVersion = PermissionRequest.Version,
        Words = PermissionRequest.Words(terms),
        GivenAt = now,
    };

    private static IEnumerable<PersonId> About(Call call, FamilyCard card) =>
        card.Children is not [] ? card.Children.Select(child => child.Id) : call.Caller is { } caller ? [caller] : [];
}
