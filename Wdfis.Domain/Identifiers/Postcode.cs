using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Identifiers;

/// <summary>
/// A full United Kingdom postcode in one spelling (field-guide.md section 10). About fifteen homes share one, so it identifies;
/// its <see cref="District"/> does not. Checks the shape, not that the Royal Mail uses it: the published lists of letters in
/// third place disagree, so any is taken there. <c>ZZ99</c> pseudo codes (no fixed abode) and <c>GIR 0AA</c> count.
/// <c>default</c> is no postcode. Equal when the spelling without the space is; not ordered.
/// </summary>
public readonly record struct Postcode
{
    private readonly string? outward;
    private readonly string? inward;

    private Postcode(string outward, string inward)
    {
        this.outward = outward;
        this.inward = inward;
    }

    /// <summary>True for <c>default</c>: no postcode.</summary>
    public bool IsEmpty => outward is null;

    /// <summary>The outward part, such as <c>WF1</c>: coarse enough for worklists and statistics. Empty for <c>default</c>.</summary>
    public string District => outward ?? "";

    /// <summary>Capitals without a space, such as <c>WF12EB</c>: what is compared and searched. Empty for <c>default</c>.</summary>
    public string Canonical => outward + inward;

    /// <summary>True for a <c>ZZ99</c> code, which stands for no fixed abode or an unknown address.</summary>
    public bool IsPseudo => outward == "ZZ99";

    /// <summary>As people write it: <c>WF1 2EB</c>. Empty for <c>default</c>.</summary>
    public string Format() => IsEmpty ? "" : $"{outward} {inward}";

    /// <summary>Reads any spelling: small letters, spaces or hyphens anywhere.</summary>
    public static bool TryParse(string? text, out Postcode postcode)
    {
        postcode = default;
        if (Spelling.Squeeze(text) is not { Length: >= 5 and <= 7 } code || !Fits(code))
            return false;
        postcode = new Postcode(code[..^3], code[^3..]);
        return true;
    }

    /// <summary>Reads any spelling.</summary>
    /// <exception cref="FormatException">Not a full postcode. The message does not repeat it.</exception>
    public static Postcode Parse(string text) => TryParse(text, out var read) ? read : throw new FormatException("Not a full postcode.");

    /// <summary>What is wrong with a typed postcode; null for a good one and for empty text.</summary>
    public static Problem? Check(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) || TryParse(text, out _) ? null : new Problem(field, "This is not a full postcode. Write it like WF1 2EB, or leave it empty.");

    /// <summary>The type's name: a postcode is personal.</summary>
    public override string ToString() => nameof(Postcode);

    /// <summary>True when folded text without spaces has the shape of a full postcode.</summary>
    internal static bool Fits(ReadOnlySpan<char> code)
    {
        if (code.Length is < 5 or > 7)
            return false;
        var inward = code[^3..];
        var outward = code[..^3];
        if (!char.IsAsciiDigit(inward[0]) || !char.IsAsciiLetterUpper(inward[1]) || !char.IsAsciiLetterUpper(inward[2]))
            return false;
        // Pseudo codes end in letters that no real code has (ZZ99 3VZ), so they come before the letter rules.
        if (outward is "ZZ99" || outward is "GIR" && inward is "0AA")
            return true;
        const string neverLast = "CIKMOV";
        return !neverLast.Contains(inward[1]) && !neverLast.Contains(inward[2]) && OutwardFits(outward);
    }

    private static bool OutwardFits(ReadOnlySpan<char> outward)
    {
        if (!char.IsAsciiLetterUpper(outward[0]) || outward[0] is 'Q' or 'V' or 'X')
            return false;
        var letters = char.IsAsciiLetterUpper(outward[1]) ? 2 : 1;
        if (letters == 2 && outward[1] is 'I' or 'J' or 'Z')
            return false;
        var rest = outward[letters..];
        return rest.Length switch
        {
            1 => char.IsAsciiDigit(rest[0]),
            2 => char.IsAsciiDigit(rest[0]) && char.IsAsciiLetterOrDigit(rest[1]),
            _ => false,
        };
    }
}
