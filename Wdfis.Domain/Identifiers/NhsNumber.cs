namespace Wdfis.Domain.Identifiers;

/// <summary>
/// An NHS number: ten digits, the last a check digit modulo 11 (field-guide.md section 10). The ten numbers of one repeated digit
/// pass the sum and are refused all the same: nobody has them. Never asked for; known so that it can be recognised.
/// <c>default</c> is no number. Equal when the digits are; not ordered.
/// </summary>
public readonly record struct NhsNumber
{
    private readonly string? digits;

    private NhsNumber(string digits) => this.digits = digits;

    /// <summary>True for <c>default</c>: no number.</summary>
    public bool IsEmpty => digits is null;

    /// <summary>Ten digits. Empty for <c>default</c>.</summary>
    public string Canonical => digits ?? "";

    /// <summary>As written on letters, 3-3-4: <c>943 476 5919</c>. Empty for <c>default</c>.</summary>
    public string Format() => digits is null ? "" : $"{digits[..3]} {digits[3..6]} {digits[6..]}";

    /// <summary>Reads it with spaces or hyphens anywhere.</summary>
    public static bool TryParse(string? text, out NhsNumber number)
    {
        number = default;
        if (Spelling.Squeeze(text) is not { } signs || !Fits(signs))
            return false;
        number = new NhsNumber(signs);
        return true;
    }

    /// <summary>The type's name: the number is personal.</summary>
    public override string ToString() => nameof(NhsNumber);

    internal static bool Fits(ReadOnlySpan<char> signs)
    {
        if (signs.Length != 10 || signs.ContainsAnyExceptInRange('0', '9') || !signs.ContainsAnyExcept(signs[0]))
            return false;
        var check = 11 - Weighted.Sum(signs[..9], 10, -1) % 11;
        return check != 10 && check % 11 == signs[9] - '0';
    }
}
