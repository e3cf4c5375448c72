using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.FreeText;

/// <summary>E-mail addresses: from each @ outwards, as far as an address can reach.</summary>
internal sealed class EmailReader(Marks marks)
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;

    public void Read()
    {
        var text = marks.Text;
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && at - start < LongestLocal && EmailAddress.IsLocalSign(text[start - 1]) && !(text[start - 1] == '.' && start < at && text[start] == '.'))
                start--;
            while (start < at && text[start] is '.' or '\'' or '`' or '/' or '=' or '*')
                start++;
            var end = at + 1;
            while (end < text.Length && end - at <= LongestDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.') && !(text[end] == '.' && text[end - 1] == '.'))
                end++;
            while (end > at + 1 && text[end - 1] is '.' or '-')
                end--;
            marks.Look(end - start);
            if (EmailAddress.TryParse(text[start..end], out _))
                marks.Mark(start, end, IdentifierKind.Email);
        }
    }
}
