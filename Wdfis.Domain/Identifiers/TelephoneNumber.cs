using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Identifiers;

/// <summary>
/// A telephone number in one spelling, whatever the spelling that it came in (field-guide.md section 10). United Kingdom numbers:
/// <c>0</c>, <c>+44</c>, <c>0044</c>, <c>44</c> or <c>+44 (0)</c> before 01, 02, 03, 07, 08 or 09 numbers of nine or ten digits (nine
/// only for 01 and 08), a mobile number that lost its first nought, and Childline's 0800 1111. Other countries: <c>+</c> or
/// <c>00</c> and 8 to 15 digits. Short codes (999, 111) and extensions are refused. <c>default</c> is no number. Equal when
/// <see cref="Digits"/> are; not ordered.
/// </summary>
public readonly record struct TelephoneNumber
{
    private const string Childline = "8001111";
    private readonly string? digits;

    private TelephoneNumber(string digits) => this.digits = digits;

    /// <summary>True for <c>default</c>: no number.</summary>
    public bool IsEmpty => digits is null;

    /// <summary>Country code and number, digits alone, such as <c>447700900123</c>: what is compared and searched. Empty for <c>default</c>.</summary>
    public string Digits => digits ?? "";

    /// <summary>True for a United Kingdom number.</summary>
    public bool IsDomestic => digits?.StartsWith("44", StringComparison.Ordinal) == true;

    /// <summary>True for a United Kingdom mobile number: 07, but not 070 (personal) nor 076 (pagers).</summary>
    public bool IsMobile => IsDomestic && digits![2] == '7' && digits[3] is not ('0' or '6');

    /// <summary>As people here dial and read it: <c>07700 900123</c>, <c>020 7946 0000</c>; abroad <c>+33…</c>. Empty for <c>default</c>.</summary>
    public string Format()
    {
        if (digits is null)
            return "";
        if (!IsDomestic)
            return "+" + digits;
        var number = "0" + digits[2..];
        return number[1] switch
        {
            '2' => $"{number[..3]} {number[3..7]} {number[7..]}",
            '1' when number.Length == 11 && (number[2] == '1' || number[3] == '1') => $"{number[..4]} {number[4..7]} {number[7..]}",
            '1' or '7' => $"{number[..5]} {number[5..]}",
            _ when number.Length == 8 => $"{number[..4]} {number[4..]}",
            _ => $"{number[..4]} {number[4..7]} {number[7..]}",
        };
    }

    /// <summary>Reads any spelling: spaces, dots, hyphens, slashes, brackets and invisible marks are passed over.</summary>
    public static bool TryParse(string? text, out TelephoneNumber number)
    {
        number = default;
        if (Spelling.Squeeze(text, ".()/") is not { } signs || ReadDigits(signs) is not { } digits)
            return false;
        number = new TelephoneNumber(digits);
        return true;
    }

    /// <summary>Reads any spelling.</summary>
    /// <exception cref="FormatException">Not a telephone number. The message does not repeat it.</exception>
    public static TelephoneNumber Parse(string text) => TryParse(text, out var read) ? read : throw new FormatException("Not a telephone number.");

    /// <summary>What is wrong with a typed number; null for a good one and for empty text.</summary>
    public static Problem? Check(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) || TryParse(text, out _)
            ? null
            : new Problem(field, "This is not a telephone number. Write it with its area code, like 01632 960123, or from abroad with + and the country. An extension goes into the note.");

    /// <summary>The type's name: a telephone number is personal.</summary>
    public override string ToString() => nameof(TelephoneNumber);

    /// <summary>The canonical digits of folded signs (digits, at most a leading <c>+</c>); null when they make no number.</summary>
    internal static string? ReadDigits(string signs)
    {
        var plus = signs[0] == '+';
        var all = plus ? signs[1..] : signs;
        if (all.Length is < 8 or > 19 || all.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return null;
        if (!plus && all.StartsWith("00", StringComparison.Ordinal))
        {
            plus = true;
            all = all[2..];
        }
        if (plus)
        {
            if (all.StartsWith("44", StringComparison.Ordinal))
                return Domestic(all[(all.Length > 2 && all[2] == '0' ? 3 : 2)..]);
            return all.Length is >= 8 and <= 15 && all[0] != '0' ? all : null;
        }
        if (all[0] == '0')
            return Domestic(all[1..]);
        // Spreadsheets eat the first nought; only for mobiles can it be put back without guessing.
        if (all.Length == 10 && all[0] == '7')
            return Domestic(all);
        return all.Length == 12 && all.StartsWith("44", StringComparison.Ordinal) ? Domestic(all[2..]) : null;
    }

    private static string? Domestic(string number) => (number.Length, number.Length == 0 ? ' ' : number[0]) switch
    {
        (10, '1' or '2' or '3' or '7' or '8' or '9') => "44" + number,
        (9, '1' or '8') => "44" + number,
        _ => number == Childline ? "44" + number : null,
    };
}
