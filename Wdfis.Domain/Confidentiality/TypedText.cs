namespace Wdfis.Domain.Confidentiality;

/// <summary>What is wrong with one field, in a sentence that says what to do. Never repeats what was typed.</summary>
/// <param name="Field">The field's id in the catalogue or form; empty for the whole form.</param>
/// <param name="Sentence">A clear sentence in British English.</param>
public sealed record Problem(string Field, string Sentence);

/// <summary>Checks what people type or paste. Letters of every script and emoji are welcome; what can hide or reorder text is not.</summary>
public static class TypedText
{
    /// <summary>The longest single-line value, in UTF-16 units.</summary>
    public const int LineLimit = 200;

    /// <summary>The longest note, in UTF-16 units.</summary>
    public const int NoteLimit = 20_000;

    /// <summary>Says what is wrong with a text, or null when nothing is. Empty text is never wrong here.</summary>
    public static Problem? Check(string field, string? text, int limit = LineLimit, bool lines = false)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > limit)
            return new Problem(field, $"This is {text.Length:N0} characters long. Keep it under {limit:N0}.");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (lines && c is '\n' or '\r' or '\t')
                continue;
            if (char.IsControl(c))
                return new Problem(field, $"Character {i + 1:N0} is a control character that cannot be shown. Delete it and type the text again.");
            if (c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u061C')
                return new Problem(field, $"Character {i + 1:N0} is an invisible sign that turns the reading direction. Delete it and type the text again.");
            if (char.IsSurrogate(c))
            {
                if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                    i++;
                else
                    return new Problem(field, $"Character {i + 1:N0} is broken. Delete it and type it again.");
            }
        }
        return null;
    }

    /// <summary>Trims, brings letters to one form (NFC) and line ends to <c>\n</c>; null for nothing. Call after <see cref="Check"/>.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.Trim().ReplaceLineEndings("\n").Normalize(System.Text.NormalizationForm.FormC);
    }
}
