using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Components;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>
/// An entry of the directory as its form's draft holds it, over what is stored: the draft has only what was typed. The names are those of
/// the draft's fields, which outlive a new version of the portal: never give one a new meaning.
/// </summary>
internal sealed class RecipientForm(Recipient? stored, IEnumerable<KeyValuePair<string, string>> typed)
{
    public const string Form = "recipient";
    public const string Kind = "kind", Name = "name", Country = "country", AskFor = "ask-for", Head = "head", Sort = "sort", Urgent = "urgent",
        Urn = "urn", ContractUntil = "contract-until", ContractFor = "contract-for", Version = "version", Row = "row";

    private readonly Dictionary<string, string> typed = new(typed, StringComparer.Ordinal);

    public static string Way(int row) => $"way-{row}";
    public static string Value(int row) => $"value-{row}";
    public static string Note(int row) => $"note-{row}";

    public string this[string field]
    {
        get => typed.TryGetValue(field, out var value) ? value : Held(field) ?? "";
        set => typed[field] = value;
    }

    public BodyKind KindChosen => Enum.TryParse<BodyKind>(this[Kind], out var kind) ? kind : default;

    /// <summary>The entry's version when the typing began; null when nothing was typed yet.</summary>
    public int? ReadAt => int.TryParse(typed.GetValueOrDefault(Version), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>How many rows of contact points have something in them.</summary>
    public int Rows => Math.Max(stored?.Contacts.Length ?? 0, Enumerable.Range(0, Recipient.MostContacts).LastOrDefault(row => this[Value(row)].Length > 0, -1) + 1);

    public RecipientDetails Details() => new()
    {
        Kind = KindChosen,
        Name = this[Name],
        Country = this[Country],
        AskFor = this[AskFor],
        Head = this[Head],
        Sort = this[Sort],
        Urgent = this[Urgent] == "yes",
        Urn = this[Urn].Trim() is not { Length: > 0 } urn ? null : int.TryParse(urn, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1,
        ContractUntil = this[ContractUntil].Day(),
        ContractFor = this[ContractFor],
    };

    public ImmutableArray<RecipientContact> Contacts() => [.. Enumerable.Range(0, Recipient.MostContacts)
        .Where(row => this[Value(row)].Trim().Length > 0)
        .Select(row => new RecipientContact
        {
            Way = Enum.TryParse<ContactWay>(this[Way(row)], out var way) ? way : default,
            Value = this[Value(row)],
            Note = this[Note(row)],
            // What somebody changed by hand is theirs: an import leaves it alone.
            Registered = stored is not null && row < stored.Contacts.Length && stored.Contacts[row] is { Registered: true } held && held.Value == this[Value(row)].Trim(),
        })];

    private string? Held(string field) => field switch
    {
        Kind => (stored?.Kind ?? BodyKind.School).ToString(),
        Name => stored?.Name,
        Country => stored?.Details.Country ?? Countries.UnitedKingdom,
        AskFor => stored?.Details.AskFor,
        Head => stored?.Details.Head,
        Sort => stored?.Details.Sort,
        Urgent => stored?.Details.Urgent == true ? "yes" : "",
        Urn => stored?.Details.Urn?.ToString(CultureInfo.InvariantCulture),
        ContractUntil => stored?.Details.ContractUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ContractFor => stored?.Details.ContractFor,
        _ when Part(field, "way-") is { } row => (stored?.Contacts.ElementAtOrDefault(row)?.Way ?? Usual(row)).ToString(),
        _ when Part(field, "value-") is { } row => stored?.Contacts.ElementAtOrDefault(row)?.Value,
        _ when Part(field, "note-") is { } row => stored?.Contacts.ElementAtOrDefault(row)?.Note,
        _ => null,
    };

    private static ContactWay Usual(int row) => row switch { 1 => ContactWay.Email, 2 => ContactWay.Letter, _ => ContactWay.Telephone };

    private static int? Part(string field, string prefix) =>
        field.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(field.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(RecipientForm);
}
