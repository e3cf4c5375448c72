using System.Collections.Frozen;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.FreeText;

/// <summary>
/// Telephone numbers, NHS numbers and learner numbers, spelt in groups of digits. From each group it looks at no more than the twenty
/// signs that a number can have, so that its time is proportional to the text.
/// </summary>
internal sealed class NumberReader(Marks marks, FrozenSet<string> allowed)
{
    private const int LongestNumber = 19;
    private const int LongestGap = 3;
    private readonly List<(int Start, int End)> groups = Groups(marks);

    public void Read()
    {
        var telephonesFrom = 0;
        var numbersFrom = 0;
        for (var g = 0; g < groups.Count; g++)
        {
            if (g < numbersFrom || NumericDate.At(marks, groups, g) is not null)
                continue;
            var start = groups[g].Start;
            var plus = start > 0 && marks.Folded[start - 1] == '+';
            var (telephone, passes, tenDigits) = Windows(g, plus, g >= telephonesFrom);
            if (passes > 0)
            {
                telephonesFrom = numbersFrom = passes;
                continue;
            }
            if (tenDigits > 0)
                MarkTenDigits(start, groups[tenDigits - 1].End);
            if (telephone > 0)
            {
                marks.Mark(start - (plus ? 1 : 0), groups[telephone - 1].End, IdentifierKind.Telephone);
                telephonesFrom = telephone;
                // After + or 00 the digits can be nothing else.
                if (plus || marks.Folded.AsSpan(start, 2) is ['0', '0'])
                    numbersFrom = telephone;
            }
        }
    }

    /// <summary>All windows that start at a group: the group after the longest telephone number, after an allowed one, and after ten digits.</summary>
    private (int Telephone, int Allowed, int TenDigits) Windows(int first, bool plus, bool telephones)
    {
        Span<char> signs = stackalloc char[LongestNumber + 1];
        var n = 0;
        if (plus)
            signs[n++] = '+';
        var (telephone, passes, tenDigits) = (0, 0, 0);
        for (var g = first; g < groups.Count; g++)
        {
            var (from, to) = groups[g];
            if (g > first && !Joined(groups[g - 1].End, from) || to - from + n > signs.Length)
                break;
            for (var i = from; i < to; i++)
                signs[n++] = marks.Folded[i];
            marks.Look(n);
            if (n == 10 && !plus)
                tenDigits = g + 1;
            if (!telephones || signs[0] is not ('+' or '0' or '7' or '4') || n < 8 || TelephoneNumber.ReadDigits(new string(signs[..n])) is not { } digits)
                continue;
            if (allowed.Contains(digits))
                passes = g + 1;
            telephone = g + 1;
        }
        return (telephone, passes, tenDigits);
    }

    private void MarkTenDigits(int start, int end)
    {
        var digits = Array.FindAll(marks.Folded[start..end], char.IsAsciiDigit);
        if (NhsNumber.Fits(digits))
            marks.Mark(start, end, IdentifierKind.NhsNumber);
        if (Uln.Fits(digits))
            marks.Mark(start, end, IdentifierKind.Uln);
    }

    private bool Joined(int from, int to)
    {
        var seen = 0;
        for (var i = from; i < to; i++)
        {
            marks.Look();
            if (marks.Folded[i] == Marks.Invisible)
                continue;
            if (++seen > LongestGap || marks.Folded[i] is not (Marks.Gap or '.' or '(' or ')'))
                return false;
        }
        return true;
    }

    internal static List<(int Start, int End)> Groups(Marks marks)
    {
        var groups = new List<(int, int)>();
        for (var i = 0; i < marks.Folded.Length; i++)
        {
            if (!char.IsAsciiDigit(marks.Folded[i]))
                continue;
            var start = i;
            while (i < marks.Folded.Length && char.IsAsciiDigit(marks.Folded[i]))
                i++;
            groups.Add((start, i));
        }
        return groups;
    }
}
