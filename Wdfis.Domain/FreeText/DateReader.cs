using System.Globalization;

namespace Wdfis.Domain.FreeText;

/// <summary>Dates in numbers: day, month, year with strokes, dots, hyphens or spaces, or year first.</summary>
internal static class NumericDate
{
    /// <summary>The date that starts at a group of digits, and where it ends; null when none does.</summary>
    public static (DateOnly On, int End)? At(Marks marks, List<(int Start, int End)> groups, int first)
    {
        if (first + 2 >= groups.Count)
            return null;
        var (a, b, c) = (groups[first], groups[first + 1], groups[first + 2]);
        var separator = Separator(marks, a.End, b.Start);
        if (separator == '\0' || Separator(marks, b.End, c.Start) != separator)
            return null;
        var (la, lb, lc) = (a.End - a.Start, b.End - b.Start, c.End - c.Start);
        if (la == 4 && lb <= 2 && lc <= 2)
            return Make(Value(marks, a), Value(marks, b), Value(marks, c)) is { } on ? (on, c.End) : null;
        // Two figures of a year are believed only where the separators say "date": 1.2.10 is a heading.
        var year = lc == 4 || lc == 2 && (separator is '/' or '-' || separator == '.' && la == 2 && lb == 2);
        if (la > 2 || lb > 2 || !year)
            return null;
        return (Make(Value(marks, c), Value(marks, b), Value(marks, a)) ?? Make(Value(marks, c), Value(marks, a), Value(marks, b))) is { } date ? (date, c.End) : null;
    }

    /// <summary>A date; two figures of a year mean one from 1932 to 2031. Null when there is no such day.</summary>
    public static DateOnly? Make(int year, int month, int day)
    {
        if (year is >= 0 and < 100)
            year += year <= 31 ? 2000 : 1900;
        return year is >= 1900 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Value(Marks marks, (int Start, int End) group) =>
        int.Parse(marks.Folded.AsSpan(group.Start, group.End - group.Start), NumberStyles.None, CultureInfo.InvariantCulture);

    private static char Separator(Marks marks, int from, int to)
    {
        if (to - from > 3)
            return '\0';
        var separator = ' ';
        for (var i = from; i < to; i++)
        {
            marks.Look();
            var c = marks.Text[i];
            if (char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Format)
                continue;
            var sign = c is '/' or '.' ? c : marks.Folded[i] == Marks.Gap ? '-' : '\0';
            if (sign == '\0' || separator != ' ')
                return '\0';
            separator = sign;
        }
        return separator;
    }
}

/// <summary>Dates that may be somebody's birth: in numbers, with the month's name, and without a year beside a word such as "born".</summary>
internal sealed class DateReader(Marks marks, Words words, DateOnly? today)
{
    private const int Near = 40;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private readonly List<int> births = [];

    public void Read()
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words.Small(i) is "born" or "dob" or "birth" or "birthday" or "birthdate"
                || words.Small(i) == "d" && words.IsSign(i + 1, '.') && words.Small(i + 2) == "o" && words.IsSign(i + 3, '.') && words.Small(i + 4) == "b")
                births.Add(words[i].Start);
        }
        var groups = NumberReader.Groups(marks);
        for (var g = 0; g < groups.Count; g++)
        {
            if (NumericDate.At(marks, groups, g) is { } date)
                Mark(groups[g].Start, date.End, date.On);
        }
        for (var i = 0; i < words.Count; i++)
        {
            if (MonthOf(i) is > 0 and var month)
                Named(i, month);
        }
    }

    /// <summary>"3rd of April 2015", "April 3, 2015", around the month's name.</summary>
    private void Named(int i, int month)
    {
        var (first, next) = (i, i + 1);
        var before = i - 1;
        if (words.Small(before) == "of")
            before--;
        if (IsOrdinal(before))
            before--;
        var day = words.Length(before) <= 2 ? words.Value(before) : -1;
        if (day > 0)
        {
            first = before;
        }
        else if (words.Length(next) <= 2 && words.Value(next) > 0)
        {
            day = words.Value(next++);
            if (IsOrdinal(next))
                next++;
        }
        else
        {
            return;
        }
        var end = words[next - 1].End;
        if (words.IsSign(next, ','))
            next++;
        var shortened = words.IsSign(next, '\'') || words.IsSign(next, '’');
        if (shortened)
            next++;
        var year = words.Length(next) is 4 or 2 && words.Follows(next) ? words.Value(next) : -1;
        if (year >= 0 && NumericDate.Make(year, month, day) is { } on)
            Mark(words[first].Start, words[next].End, on);
        else if (NumericDate.Make(2000, month, day) is not null && NearBirth(words[first].Start))
            marks.Mark(words[first].Start, end, IdentifierKind.DateOfBirth);
    }

    private bool IsOrdinal(int i) => words.Small(i) is "st" or "nd" or "rd" or "th";

    private int MonthOf(int i)
    {
        var word = words.Small(i);
        if (word.Length < 3 || Array.IndexOf(Months, word[..3]) is not (>= 0 and var month))
            return 0;
        var full = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month];
        return word.Length == 3 || word == "sept" || word.Equals(full, StringComparison.OrdinalIgnoreCase) ? month + 1 : 0;
    }

    private void Mark(int start, int end, DateOnly on)
    {
        if (today is not { } day || on <= day || NearBirth(start))
            marks.Mark(start, end, IdentifierKind.DateOfBirth);
    }

    private bool NearBirth(int start)
    {
        var i = births.BinarySearch(start);
        i = i < 0 ? ~i : i;
        return i > 0 && start - births[i - 1] <= Near || i < births.Count && births[i] - start <= Near;
    }
}
