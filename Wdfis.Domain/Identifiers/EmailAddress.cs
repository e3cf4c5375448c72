using System.Globalization;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Identifiers;

/// <summary>
/// An e-mail address in one spelling: small letters throughout, the domain in its ASCII form. Checks the shape that mail is sent to
/// in practice (no quoted names, no address literals, at least two domain parts), not that anybody reads it. Letters of every
/// script are taken before the @. <c>default</c> is no address. Equal when <see cref="Canonical"/> is; not ordered.
/// </summary>
public readonly record struct EmailAddress
{
    private const int Longest = 254;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private readonly string? canonical;

    private EmailAddress(string canonical) => this.canonical = canonical;

    /// <summary>True for <c>default</c>: no address.</summary>
    public bool IsEmpty => canonical is null;

    /// <summary>The one spelling: what is compared and searched. Empty for <c>default</c>.</summary>
    public string Canonical => canonical ?? "";

    /// <summary>As written to: the same as <see cref="Canonical"/>.</summary>
    public string Format() => Canonical;

    /// <summary>Reads an address, also between <c>&lt;</c> and <c>&gt;</c> or after <c>mailto:</c>, with space around it.</summary>
    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        if (text is null || text.Length > Longest + 40)
            return false;
        var bare = text.Trim();
        if (bare is ['<', .., '>'])
            bare = bare[1..^1].Trim();
        if (bare.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            bare = bare[7..];
        var at = bare.LastIndexOf('@');
        if (at <= 0 || LocalPart(bare[..at]) is not { } local || Domain(bare[(at + 1)..]) is not { } domain)
            return false;
        if (local.Length + 1 + domain.Length > Longest)
            return false;
        address = new EmailAddress($"{local}@{domain}");
        return true;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">Not an e-mail address. The message does not repeat it.</exception>
    public static EmailAddress Parse(string text) => TryParse(text, out var read) ? read : throw new FormatException("Not an e-mail address.");

    /// <summary>What is wrong with a typed address; null for a good one and for empty text.</summary>
    public static Problem? Check(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) || TryParse(text, out _) ? null : new Problem(field, "This is not an e-mail address. Write it like name@example.org.");

    /// <summary>The type's name: an e-mail address is personal.</summary>
    public override string ToString() => nameof(EmailAddress);

    /// <summary>True for a sign that may stand before the @ (a dot too, though not first, last or twice).</summary>
    internal static bool IsLocalSign(char c) => char.IsLetterOrDigit(c) || c is '.' or '!' or '#' or '$' or '%' or '&' or '\'' or '*' or '+' or '-' or '/' or '=' or '?'
        or '^' or '_' or '`' or '{' or '|' or '}' or '~';

    private static string? LocalPart(string text)
    {
        if (text.Length is 0 or > 64 || text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
            return null;
        foreach (var c in text)
        {
            if (!IsLocalSign(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
                return null;
        }
        return text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static string? Domain(string text)
    {
        if (text.Length is 0 or > 253 || !text.Contains('.') || text[0] == '.' || text[^1] == '.')
            return null;
        try
        {
            var ascii = Idn.GetAscii(text).ToLowerInvariant();
            // A last part of digits alone would be an address of a machine, not a domain.
            return char.IsAsciiLetter(ascii[ascii.LastIndexOf('.') + 1]) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
