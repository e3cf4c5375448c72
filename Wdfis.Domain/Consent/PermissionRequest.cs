using System.Collections.Immutable;
using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Consent;

/// <summary>
/// What is said when a permission is asked for: the body by name, the items by name, how long, and that it can be taken back
/// (field-guide.md section 2). The text that was read out is kept with the grant, beside its version.
/// </summary>
public static class PermissionRequest
{
    /// <summary>The version of the wording below; a changed word is a new version.</summary>
    public const string Version = "ask-2026.1";

    /// <summary>The words to read out for these terms.</summary>
    public static string Words(PermissionTerms terms) => Words(terms, terms?.Until ?? default);

    /// <summary>The words to read out when these terms are to go on until another day, included.</summary>
    public static string Words(PermissionTerms terms, DateOnly last)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var until = last.Words();
        var items = terms.Items.Select(code => ScopeItems.Find(code)?.Label ?? code);
        var ask = terms.Kind == PermissionKind.Contact
            ? $"May we contact {terms.Body.Name} for you, {terms.PurposeWords}? We would say only {List(items)}; nothing else."
            : $"May we share these with {terms.Body.Name}, {terms.PurposeWords}: {List(items)}? Nothing else would go, and to nobody else.";
        return $"{ask} It is up to you: if you say no, we help you just the same. A yes lasts until {until}, and you can take it back at any time by telling us.";
    }

    private static string List(IEnumerable<string> items)
    {
        ImmutableArray<string> all = [.. items];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
