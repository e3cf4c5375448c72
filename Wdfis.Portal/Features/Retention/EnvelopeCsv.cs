using System.Globalization;
using System.Text;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;

namespace Wdfis.Portal.Features.Retention;

/// <summary>
/// A list of envelopes as text for a spreadsheet (RFC 4180). Envelopes are personal data too: without ids unless they are asked for, and
/// what this colleague may not open has neither id nor owner. It makes text alone; how it leaves is the outlet's matter.
/// </summary>
internal static class EnvelopeCsv
{
    public static string Write(IEnumerable<(Envelope Envelope, bool MayOpen)> rows, bool ids, IReadOnlyDictionary<ColleagueId, string> names, DateOnly today)
    {
        var text = new StringBuilder();
        string[] headings = ["Kind", "Level", "Service", "Class", "Kept until", "Schedule class", "Because", "State", "Owner", "Made"];
        Line(text, ids ? ["Record", .. headings] : headings);
        foreach (var (envelope, mayOpen) in rows)
        {
            string[] cells =
            [
                envelope.Kind.Word(),
                envelope.Level?.ToString(CultureInfo.InvariantCulture) ?? "",
                envelope.Service.Word(),
                envelope.Marking.ToString(),
                Date(envelope.KeepUntil.On),
                envelope.KeepUntil.ClassCode,
                envelope.KeepUntil.Because,
                envelope.StateOn(today).Word(),
                mayOpen ? RetentionDesk.NameOf(names, envelope.Owner) : "",
                Date(envelope.CreatedOn),
            ];
            Line(text, ids ? [mayOpen ? envelope.Id.ToString() : "", .. cells] : cells);
        }
        return text.ToString();
    }

    /// <summary>Rows of cells as they are, for tables that name nobody.</summary>
    public static string Text(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            Line(text, row);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>A cell of text. A spreadsheet takes what begins as some do for a formula; the apostrophe makes it text.</summary>
    public static string Cell(string value) =>
        $"\"{(value.Length > 0 && "=+-@\t\r\n".Contains(value[0], StringComparison.Ordinal) ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Date(DateOnly? on) => on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
