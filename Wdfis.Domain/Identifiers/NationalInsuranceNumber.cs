namespace Wdfis.Domain.Identifiers;

/// <summary>
/// A National Insurance number: two letters, six digits, a letter A to D (field-guide.md section 10). It has no check digit, so any of
/// the right shape is taken. <c>default</c> is no number. Equal when the signs are; not ordered.
/// </summary>
public readonly record struct NationalInsuranceNumber
{
    private readonly string? signs;

    private NationalInsuranceNumber(string signs) => this.signs = signs;

    /// <summary>True for <c>default</c>: no number.</summary>
    public bool IsEmpty => signs is null;

    /// <summary>Nine signs in capitals. Empty for <c>default</c>.</summary>
    public string Canonical => signs ?? "";

    /// <summary>As printed, in pairs: <c>AB 12 34 56 C</c>. Empty for <c>default</c>.</summary>
    public string Format() => signs is null ? "" : $"{signs[..2]} {signs[2..4]} {signs[4..6]} {signs[6..8]} {signs[8..]}";

    /// <summary>Reads it with small letters, and spaces or hyphens anywhere.</summary>
    public static bool TryParse(string? text, out NationalInsuranceNumber number)
    {
        number = default;
        if (Spelling.Squeeze(text) is not { } read || !Fits(read))
            return false;
        number = new NationalInsuranceNumber(read);
        return true;
    }

    /// <summary>The type's name: the number is personal.</summary>
    public override string ToString() => nameof(NationalInsuranceNumber);

    internal static bool Fits(ReadOnlySpan<char> signs) =>
        signs.Length == 9 && PrefixFits(signs) && DigitsFit(signs) && signs[8] is >= 'A' and <= 'D';

    /// <summary>As <see cref="Fits"/>, and also without the last letter, and the administrative numbers given out before a real one.</summary>
    internal static bool LooksLike(ReadOnlySpan<char> signs)
    {
        if (signs.Length is not (8 or 9) || !DigitsFit(signs))
            return false;
        if (signs[..2] is "OO" or "TN" or "BG" or "GB" or "KN" or "NK" or "NT" or "ZZ")
            return signs.Length == 8 || char.IsAsciiLetterUpper(signs[8]);
        return signs.Length == 8 ? PrefixFits(signs) : Fits(signs);
    }

    private static bool DigitsFit(ReadOnlySpan<char> signs) => !signs[2..8].ContainsAnyExceptInRange('0', '9');

    private static bool PrefixFits(ReadOnlySpan<char> signs)
    {
        const string never = "DFIQUV";
        return char.IsAsciiLetterUpper(signs[0]) && char.IsAsciiLetterUpper(signs[1])
            && !never.Contains(signs[0]) && !never.Contains(signs[1]) && signs[1] != 'O'
            && signs[..2] is not ("BG" or "GB" or "KN" or "NK" or "NT" or "TN" or "ZZ");
    }
}
