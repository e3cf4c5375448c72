namespace Wdfis.Domain.Identifiers;

/// <summary>
/// A unique learner number: ten digits, the last a check digit (field-guide.md section 10). Never asked for; known so that it can be
/// recognised. <c>default</c> is no number. Equal when the digits are; not ordered.
/// </summary>
public readonly record struct Uln
{
    private readonly string? digits;

    private Uln(string digits) => this.digits = digits;

    /// <summary>True for <c>default</c>: no number.</summary>
    public bool IsEmpty => digits is null;

    /// <summary>Ten digits. Empty for <c>default</c>.</summary>
    public string Canonical => digits ?? "";

    /// <summary>Ten digits without spaces, as written. Empty for <c>default</c>.</summary>
    public string Format() => Canonical;

    /// <summary>Reads it with spaces or hyphens anywhere.</summary>
    public static bool TryParse(string? text, out Uln number)
    {
        number = default;
        if (Spelling.Squeeze(text) is not { } signs || !Fits(signs))
            return false;
        number = new Uln(signs);
        return true;
    }

    /// <summary>The type's name: the number is personal.</summary>
    public override string ToString() => nameof(Uln);

    internal static bool Fits(ReadOnlySpan<char> signs)
    {
        if (signs.Length != 10 || signs.ContainsAnyExceptInRange('0', '9'))
            return false;
        var rest = Weighted.Sum(signs[..9], 10, -1) % 11;
        return rest != 0 && 10 - rest == signs[9] - '0';
    }
}
