using System.Globalization;

namespace Wdfis.Domain.Identifiers;

/// <summary>Brings the many spellings of an identifier to one: capitals, plain digits, no spaces, hyphens or invisible signs.</summary>
internal static class Spelling
{
    /// <summary>No identifier here is spelt with more signs than this; longer text is refused unread.</summary>
    public const int Limit = 64;

    /// <summary>
    /// One sign as it counts: full-width and foreign decimal digits as ASCII, small letters as capitals; <c>\0</c> for what
    /// carries nothing (spaces, hyphens and dashes, and the invisible marks that pasting brings along).
    /// </summary>
    public static char Fold(char c)
    {
        if (char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))
            return c;
        if (char.IsAsciiLetterLower(c))
            return (char)(c - 32);
        if (c is >= '\uFF01' and <= '\uFF5E')
            return Fold((char)(c - 0xFEE0));
        if (c is '-' or ' ')
            return '\0';
        if (c < 128)
            return c is '\t' or '\n' or '\r' ? '\0' : c == '\0' ? '?' : c; // a NUL is no spelling of anything
        if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            return (char)('0' + digit);
        return char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Format or UnicodeCategory.DashPunctuation
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || c == '\u2212'
            ? '\0'
            : c;
    }

    /// <summary>The text folded sign by sign, without <paramref name="alsoIgnored"/>; null when empty or past <see cref="Limit"/>.</summary>
    public static string? Squeeze(string? text, string alsoIgnored = "")
    {
        if (string.IsNullOrEmpty(text) || text.Length > Limit)
            return null;
        Span<char> kept = stackalloc char[Limit];
        var n = 0;
        foreach (var c in text)
        {
            if (Fold(c) is not '\0' and var folded && !alsoIgnored.Contains(folded, StringComparison.Ordinal))
                kept[n++] = folded;
        }
        return n == 0 ? null : new string(kept[..n]);
    }
}
