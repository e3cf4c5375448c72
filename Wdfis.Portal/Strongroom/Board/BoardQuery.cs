using System.Globalization;
using System.Text.RegularExpressions;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// One line as typed, read as what it can be: a telephone number, e-mail, birth date, postcode or district taken out of it, and the
/// words that remain as names. Everything found must hold together ("kowalczyk wf5"). Never stored, never logged.
/// </summary>
internal sealed partial class BoardQuery
{
    /// <summary>Longer text is not a search; it finds nothing.</summary>
    private const int Longest = 200;

    private const int MostWords = 6;

    private BoardQuery() { }

    internal string? Telephone { get; private set; }
    internal string? Email { get; private set; }
    internal DateOnly? BornOn { get; private set; }

    /// <summary>Without the space; a beginning of one where <see cref="PostcodeWhole"/> is false (<c>WF58</c>).</summary>
    internal string? Postcode { get; private set; }

    internal bool PostcodeWhole { get; private set; }
    internal string? District { get; private set; }

    /// <summary>The whole text as a reference would be written, for references are never combined; null when it cannot be one.</summary>
    internal string? Reference { get; private set; }

    /// <summary>The ways to take the words as names: as they are, and with neighbours written together (O Brien, van der Berg).</summary>
    internal IReadOnlyList<string[]> Names { get; private set; } = [];

    /// <summary>All words written together, to compare with a full name.</summary>
    internal string FullName { get; private set; } = "";

    internal bool Nothing =>
        Names.Count == 0 && Telephone is null && Email is null && BornOn is null && Postcode is null && District is null && Reference is null;

    internal static BoardQuery Parse(string? text, DateOnly today)
    {
        var query = new BoardQuery();
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
            return query;
        var rest = text.Trim();
        if (AnonymousReference.TryParse(rest, out var reference))
            query.Reference = reference.Format();
        rest = query.TakeEmail(rest);
        rest = query.TakeTelephone(rest);
        rest = query.TakeDate(rest, today);
        rest = query.TakePostcode(rest);
        var words = Folding.Words(rest);
        if (words.Length > MostWords)
            words = [.. words[..(MostWords - 1)], string.Concat(words[(MostWords - 1)..])];
        if (words.Length > 0)
        {
            query.FullName = string.Concat(words);
            query.Names = [.. Ways(words)];
        }
        return query;
    }

    public override string ToString() => nameof(BoardQuery);

    private static IEnumerable<string[]> Ways(string[] words)
    {
        yield return words;
        for (var start = 0; start < words.Length; start++)
            for (var end = start + 2; end <= words.Length; end++)
                yield return [.. words[..start], string.Concat(words[start..end]), .. words[end..]];
    }

    private string TakeEmail(string text)
    {
        if (!text.Contains('@'))
            return text;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!EmailAddress.TryParse(word.Trim(',', ';'), out var address))
                continue;
            Email = address.Canonical;
            return text.Replace(word, " ", StringComparison.Ordinal);
        }
        return text;
    }

    private string TakeTelephone(string text)
    {
        foreach (Match match in DigitRun().Matches(text))
        {
            if (match.Value.Count(char.IsAsciiDigit) < 9 && match.Length < text.Length || !TelephoneNumber.TryParse(match.Value, out var number))
                continue;
            // A date in a form such as 2019-04-03 has eight digits and no number here has so few, save Childline's.
            Telephone = number.Digits;
            return text.Remove(match.Index, match.Length).Insert(match.Index, " ");
        }
        return text;
    }

    private string TakeDate(string text, DateOnly today)
    {
        foreach (Match match in Dates().Matches(text))
        {
            if (Read(match, today) is not { } day)
                continue;
            BornOn = day;
            return text.Remove(match.Index, match.Length).Insert(match.Index, " ");
        }
        return text;
    }

    private static DateOnly? Read(Match match, DateOnly today)
    {
        var year = int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["y"].Length == 2)
            year += year + 2000 <= today.Year ? 2000 : 1900;
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        var month = match.Groups["m"].Success
            ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture)
            : 1 + Array.FindIndex(Months, name => match.Groups["name"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return year is >= 1850 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    private string TakePostcode(string text)
    {
        foreach (Match match in Postcodes().Matches(text))
        {
            var outward = match.Groups["out"].Value.ToUpperInvariant();
            var inward = match.Groups["in"].Value.ToUpperInvariant();
            if (inward.Length == 3)
            {
                if (!Wdfis.Domain.Identifiers.Postcode.TryParse(outward + inward, out var code))
                    continue;
                Postcode = code.Canonical;
                PostcodeWhole = true;
            }
            else if (inward.Length > 0)
            {
                Postcode = outward + inward;
            }
            District = outward;
            return text.Remove(match.Index, match.Length).Insert(match.Index, " ");
        }
        return text;
    }

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    [GeneratedRegex(@"(?<![\p{L}\d])(\+|\()?\d[\d \u00A0().\-/]*\d", RegexOptions.CultureInvariant)]
    private static partial Regex DigitRun();

    [GeneratedRegex("""
        (?<![\p{L}\d])(?:
          (?<y>\d{4})\s*[-./]\s*(?<m>\d{1,2})\s*[-./]\s*(?<d>\d{1,2})
        | (?<d>\d{1,2})\s*[-./\ ]\s*(?<m>\d{1,2})\s*[-./\ ]\s*(?<y>\d{4}|\d{2})
        | (?<d>\d{1,2})(?:st|nd|rd|th)?[-.\s]*(?:of\s+)?(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-.,\s]*(?<y>\d{4}|\d{2})
        | (?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?<d>\d{1,2})(?:st|nd|rd|th)?[,\s]+(?<y>\d{4})
        )(?![\p{L}\d])
        """, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Dates();

    [GeneratedRegex("""
        (?<![\p{L}\d])(?:
          (?<out>[a-z]{1,2}\d[a-z\d]?)\s*(?<in>\d[a-z]{2})
        | (?<out>[a-z]{1,2}\d[a-z\d]?)\s+(?<in>\d[a-z]?)
        | (?<out>[a-z]{1,2}\d[a-z\d]?)(?<in>)
        )(?![\p{L}\d'’-])
        """, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Postcodes();
}
