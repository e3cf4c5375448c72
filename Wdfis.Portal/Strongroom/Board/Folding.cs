using System.Globalization;
using System.Text;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// Brings the spellings of one name together: no accents, no capitals, ł as l, ø as o, ß as ss, apostrophes of every kind gone;
/// everything else that is neither letter nor digit parts two words. Folding what is folded changes nothing.
/// </summary>
internal static class Folding
{
    /// <summary>The whole as one word: <c>O'Brien</c> is <c>obrien</c>, <c>Smith-Jones</c> is <c>smithjones</c>.</summary>
    internal static string Whole(string text) => string.Concat(Words(text));

    /// <summary>What a stored name is found by: each of its words, and the whole. No doubles.</summary>
    internal static string[] Terms(string text)
    {
        var words = Words(text);
        return words.Length < 2 ? words : [.. words.Append(string.Concat(words)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The words in their order.</summary>
    internal static string[] Words(string text)
    {
        var folded = new StringBuilder(text.Length + 4);
        foreach (var c in Decomposed(text))
            Append(folded, c);
        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Decomposed(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair (it reads as U+FFFD) cannot be normalised; the acute accent as an apostrophe would become a space.
            if (rune.Value != 0xFFFD && !IsApostrophe(rune.Value))
                kept.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return kept.ToString().Normalize(NormalizationForm.FormKD);
    }

    private static bool IsApostrophe(int c) =>
        c is '\'' or '`' or 0xB4 or (>= 0x2B0 and <= 0x2FF) or (>= 0x2018 and <= 0x201B) or 0x2032 or 0x2035 or 0xFF07 or 0x55A or 0x5F3;

    private static void Append(StringBuilder to, char c)
    {
        if (char.IsAsciiLetterOrDigit(c))
        {
            to.Append(char.ToLowerInvariant(c));
            return;
        }
        if (IsApostrophe(c))
            return;
        switch (char.ToLowerInvariant(c))
        {
            case 'ł': to.Append('l'); break;
            case 'ø': to.Append('o'); break;
            case 'ß': to.Append("ss"); break;
            case 'đ' or 'ð': to.Append('d'); break;
            case 'þ': to.Append("th"); break;
            case 'æ': to.Append("ae"); break;
            case 'œ': to.Append("oe"); break;
            case 'ı': to.Append('i'); break;
            case 'ħ': to.Append('h'); break;
            case 'ŋ': to.Append('n'); break;
            case var lower:
                if (char.IsLetterOrDigit(lower) || char.IsSurrogate(lower))
                    to.Append(lower);
                else if (char.GetUnicodeCategory(lower) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format))
                    to.Append(' ');
                break;
        }
    }
}
