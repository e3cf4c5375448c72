namespace Wdfis.Domain.Identifiers;

/// <summary>
/// A unique pupil number: a check letter and twelve digits, or eleven and a letter while temporary (field-guide.md section 10).
/// The check letter is the sum of signs 2 to 13, each times its place, modulo 23, in an alphabet without I, O and S.
/// <c>default</c> is no number. Equal when the signs are; not ordered.
/// </summary>
public readonly record struct Upn
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRTUVWXYZ";
    private readonly string? signs;

    private Upn(string signs) => this.signs = signs;

    /// <summary>True for <c>default</c>: no number.</summary>
    public bool IsEmpty => signs is null;

    /// <summary>Thirteen signs in capitals. Empty for <c>default</c>.</summary>
    public string Canonical => signs ?? "";

    /// <summary>True while the number is temporary: its last sign is a letter.</summary>
    public bool IsTemporary => signs is not null && char.IsAsciiLetterUpper(signs[12]);

    /// <summary>Thirteen signs without spaces, as written. Empty for <c>default</c>.</summary>
    public string Format() => Canonical;

    /// <summary>Reads it with small letters, and spaces or hyphens anywhere.</summary>
    public static bool TryParse(string? text, out Upn number)
    {
        number = default;
        if (Spelling.Squeeze(text) is not { } read || !Fits(read))
            return false;
        number = new Upn(read);
        return true;
    }

    /// <summary>The type's name: the number is personal.</summary>
    public override string ToString() => nameof(Upn);

    internal static bool Fits(ReadOnlySpan<char> signs)
    {
        if (signs.Length != 13 || signs[1..12].ContainsAnyExceptInRange('0', '9'))
            return false;
        var last = char.IsAsciiDigit(signs[12]) ? signs[12] - '0' : Alphabet.IndexOf(signs[12]);
        return last >= 0 && Alphabet[(Weighted.Sum(signs[1..12], 2, 1) + last * 13) % 23] == signs[0];
    }
}
