using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.FreeText;

/// <summary>
/// Postcodes, National Insurance numbers and pupil numbers: letters and digits that start with a letter. From each start it looks at no
/// more than thirteen signs and the gaps between them.
/// </summary>
internal sealed class CodeReader(Marks marks)
{
    private const int Longest = 13;
    private const int LongestGap = 2;

    public void Read()
    {
        var before = '\n';
        for (var i = 0; i < marks.Folded.Length; i++)
        {
            var c = marks.Folded[i];
            if (c == Marks.Invisible)
                continue;
            if (char.IsAsciiLetterUpper(c) && !char.IsLetterOrDigit(before))
                From(i);
            before = c;
        }
    }

    private void From(int start)
    {
        Span<char> signs = stackalloc char[Longest];
        var gaps = 0; // bit k: a gap before sign k
        var small = 0; // bit k: sign k was a small letter
        var (n, gap) = (0, 0);
        for (var i = start; i < marks.Folded.Length && n < Longest; i++)
        {
            var c = marks.Folded[i];
            marks.Look();
            if (c == Marks.Invisible)
                continue;
            if (c == Marks.Gap)
            {
                if (++gap > LongestGap)
                    return;
                continue;
            }
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
                return;
            if (gap > 0)
                gaps |= 1 << n;
            if (char.IsLower(marks.Text[i]))
                small |= 1 << n;
            gap = 0;
            signs[n++] = c;
            if (n >= 5 && EndsAt(i + 1) && Kind(signs[..n], gaps, small) is { } kind)
                marks.Mark(start, i + 1, kind);
        }
    }

    private bool EndsAt(int i)
    {
        for (; i < marks.Folded.Length; i++)
        {
            marks.Look();
            if (marks.Folded[i] != Marks.Invisible)
                return !char.IsLetterOrDigit(marks.Folded[i]);
        }
        return true;
    }

    private static IdentifierKind? Kind(ReadOnlySpan<char> signs, int gaps, int small) => signs.Length switch
    {
        <= 7 when Postcode.Fits(signs) && PostcodeGaps(signs, gaps, small) => IdentifierKind.Postcode,
        8 or 9 when NationalInsuranceNumber.LooksLike(signs) && InsuranceGaps(signs.Length, gaps, small) => IdentifierKind.NationalInsuranceNumber,
        13 when Upn.Fits(signs) => IdentifierKind.Upn,
        _ => null,
    };

    /// <summary>A gap belongs before the last three signs; after the area's letters only where they are capitals, else prose would match.</summary>
    private static bool PostcodeGaps(ReadOnlySpan<char> signs, int gaps, int small)
    {
        var letters = signs.IndexOfAnyInRange('0', '9');
        var allowed = 1 << (signs.Length - 3);
        if ((small & ((1 << letters) - 1)) == 0)
            allowed |= 1 << letters;
        return (gaps & ~allowed) == 0;
    }

    /// <summary>Written in pairs; small letters only where the whole is there without a gap after the first two.</summary>
    private static bool InsuranceGaps(int length, int gaps, int small) =>
        (gaps & ~0b1_0101_0100) == 0 && ((small & 0b11) == 0 || length == 9 && (gaps & 0b100) == 0);
}
