using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Wdfis.Domain.Identifiers;
using Wdfis.Domain.Recipients;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>A row that was left out, or part of one, with the line of the file on which it begins and why.</summary>
internal sealed record SkippedRow(int Line, string Why);

/// <summary>What a file of the schools register says about one local authority. With <see cref="Faults"/> nothing of it is used.</summary>
internal sealed record RegisterFile(ImmutableArray<RegisterEntry> Entries, int Rows, ImmutableArray<SkippedRow> Skipped, int SkippedCount, ImmutableArray<string> Faults)
{
    public static RegisterFile Refused(params ImmutableArray<string> faults) => new([], 0, [], 0, faults);

    public override string ToString() => nameof(RegisterFile);
}

/// <summary>
/// Reads the schools register's "establishment fields" as published: Windows-1252, a header, 139 columns. Reads as a stream: of some
/// 52,000 rows only those of the local authority are kept. A row is put together line by line, so that a quotation mark that nobody
/// closed costs one row and not the rest of the file.
/// </summary>
internal static class SchoolsRegister
{
    /// <summary>The most rows that are listed as skipped; all are counted.</summary>
    public const int MostListed = 200;

    // Longer than any row as published, and the most lines that one row may go over.
    private const int LongestLine = 64 * 1024;
    private const int MostLines = 20;

    private static readonly Encoding Published = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly string[] Needed =
    [
        "URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "CloseDate", "Street", "Locality", "Address3", "Town", "County (name)",
        "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle",
    ];

    /// <summary>Reads it all, says how far it is in hundredths, and leaves the stream open.</summary>
    public static RegisterFile Read(Stream stream, string localAuthority, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        Span<byte> start = stackalloc byte[4096];
        var begun = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (begun.StartsWith("PK\u0003\u0004"u8))
            return RegisterFile.Refused("This is a zip file. Unpack it, and choose the file edubasealldata….csv in it.");
        if (begun.Contains((byte)0))
            return RegisterFile.Refused("This is not a CSV file: it holds no text. Choose the file edubasealldata….csv of the schools register.");

        var lines = new Lines(new StreamReader(stream, Published, detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true));
        try
        {
            if (lines.Next() is not { Length: > 0 } head)
                return RegisterFile.Refused("The file is empty, or its first line is.");
            var header = Split(head, out _, out _).Select(name => name.Trim()).ToArray();
            if (Missing(header) is { IsEmpty: false } faults)
                return RegisterFile.Refused(faults);
            return Rows(lines, header, localAuthority, () => progress?.Report((int)(stream.Position * 100 / Math.Max(1, stream.Length))), cancel);
        }
        catch (LineTooLongException)
        {
            return RegisterFile.Refused($"Line {lines.Number + 1:N0} is longer than any row of the register. Something is wrong with the file: load it down again.");
        }
    }

    private static ImmutableArray<string> Missing(string[] header)
    {
        if (!Needed.Any(name => header.Contains(name, StringComparer.OrdinalIgnoreCase)))
            return ["This is not the schools register: none of its columns is in the first line. Choose the file edubasealldata….csv (“establishment fields”)."];
        return
        [
            .. Needed.Where(name => !header.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name => $"The column “{name}” is missing."),
            .. Needed.Where(name => header.Count(has => has.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1).Select(name => $"The column “{name}” is there twice."),
        ];
    }

    private static RegisterFile Rows(Lines lines, string[] header, string localAuthority, Action progress, CancellationToken cancel)
    {
        var at = Needed.ToDictionary(name => name, name => Array.FindIndex(header, has => has.Equals(name, StringComparison.OrdinalIgnoreCase)));
        var authority = at["LA (code)"];
        var entries = new Dictionary<int, RegisterEntry>();
        var skipped = ImmutableArray.CreateBuilder<SkippedRow>();
        var (rows, count) = (0, 0);
        void Skip(int line, string why)
        {
            if (count++ < MostListed)
                skipped.Add(new SkippedRow(line, why));
        }
        while (lines.Next() is { } text)
        {
            if (text.Length == 0)
                continue;
            var line = lines.Number;
            if (++rows % 512 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress();
            }
            if (!IsWhole(text) && Joined(lines, text, header.Length) is var joined)
            {
                if (joined is null)
                {
                    Skip(line, "A quotation mark is not closed.");
                    continue;
                }
                text = joined;
            }
            var row = Split(text, out var columns, out var bad, parser => parser.Count == header.Length && parser[authority].Trim() == localAuthority);
            if (columns != header.Length)
                Skip(line, $"It has {columns:N0} columns; the first line has {header.Length:N0}.");
            else if (row.Length == 0)
                continue;
            else if (bad)
                Skip(line, "A quotation mark stands inside a text.");
            else if (Entry(row, at, line, Skip) is { } entry && !entries.TryAdd(entry.Urn, entry))
                Skip(line, $"URN {entry.Urn} is on line {entries[entry.Urn].Line:N0} already.");
        }
        progress();
        return new RegisterFile([.. entries.Values], rows, skipped.ToImmutable(), count, []);
    }

    private static RegisterEntry? Entry(string[] row, Dictionary<string, int> at, int line, Action<int, string> skip)
    {
        string? Text(string column) => row[at[column]].Trim() is { Length: > 0 } text && text is not ("Not applicable" or "Not recorded") ? text : null;
        if (!int.TryParse(Text("URN"), NumberStyles.None, CultureInfo.InvariantCulture, out var urn) || !RecipientDetails.IsUrn(urn))
        {
            skip(line, "The URN is not a number of six digits.");
            return null;
        }
        if (Text("EstablishmentName") is not { } name)
        {
            skip(line, "It has no name.");
            return null;
        }
        var status = Text("EstablishmentStatus (name)");
        if (status is not ("Open" or "Closed" or "Open, but proposed to close"))
        {
            skip(line, status == "Proposed to open" ? "It is not open yet." : "Its status is none that we know.");
            return null;
        }
        var telephone = Text("TelephoneNum");
        if (telephone is not null && !TelephoneNumber.TryParse(telephone, out _))
        {
            skip(line, "Its telephone number cannot be read and is left out; the rest of the row is used.");
            telephone = null;
        }
        var website = Text("SchoolWebsite");
        if (website is not null && !RegisterEntry.IsWebsite(website))
        {
            skip(line, "Its website cannot be read and is left out; the rest of the row is used.");
            website = null;
        }
        static string? Join(string between, params string?[] parts) => string.Join(between, parts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
        return new RegisterEntry
        {
            Urn = urn,
            Line = line,
            Name = name,
            Sort = Text("TypeOfEstablishment (name)"),
            Closed = status == "Closed",
            ClosedOn = DateOnly.TryParseExact(Text("CloseDate"), "dd-MM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var closed) ? closed : null,
            HeadRole = Text("HeadPreferredJobTitle"),
            Head = Join(" ", Text("HeadTitle (name)"), Text("HeadFirstName"), Text("HeadLastName")),
            Address = Join("\n", Text("Street"), Text("Locality"), Text("Address3"), Text("Town"), Text("County (name)"), Text("Postcode")),
            Telephone = telephone,
            Website = website,
        };
    }

    private static bool IsWhole(string text) => text.AsSpan().Count('"') % 2 == 0;

    // A text over several lines is taken only when the row comes out whole: otherwise one open mark would eat its neighbours.
    private static string? Joined(Lines lines, string first, int columns)
    {
        var joined = new StringBuilder(first);
        var open = true;
        for (var ahead = 0; ahead < MostLines && lines.Peek(ahead) is { } next; ahead++)
        {
            joined.Append('\n').Append(next);
            open ^= !IsWhole(next);
            if (open)
                continue;
            var text = joined.ToString();
            _ = Split(text, out var has, out _, _ => false);
            if (has != columns)
                return null;
            lines.Take(ahead + 1);
            return text;
        }
        return null;
    }

    // Texts are made only of a row that is wanted: most are of other authorities.
    private static string[] Split(string record, out int columns, out bool bad, Func<CsvParser, bool>? wanted = null)
    {
        var found = false;
        var how = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = _ => found = true };
        using var parser = new CsvParser(new StringReader(record), how);
        columns = parser.Read() ? parser.Count : 0;
        var fields = columns > 0 && (wanted is null || wanted(parser)) ? parser.Record! : [];
        bad = found;
        return fields;
    }

    private sealed class LineTooLongException : Exception;

    /// <summary>Lines with their numbers, some of them looked at ahead; never more of the file in memory than that.</summary>
    private sealed class Lines(StreamReader reader)
    {
        private readonly List<string> ahead = [];
        private readonly char[] buffer = new char[32 * 1024];
        private readonly StringBuilder rest = new();
        private int from, to;

        /// <summary>The number of the line that was given out last, from 1.</summary>
        public int Number { get; private set; }

        public string? Next()
        {
            var line = Peek(0);
            if (line is not null)
                Take(1);
            return line;
        }

        public string? Peek(int further)
        {
            while (ahead.Count <= further)
            {
                if (Read() is not { } line)
                    return null;
                ahead.Add(line);
            }
            return ahead[further];
        }

        public void Take(int count)
        {
            ahead.RemoveRange(0, count);
            Number += count;
        }

        private string? Read()
        {
            rest.Clear();
            while (true)
            {
                if (from == to)
                {
                    (from, to) = (0, reader.Read(buffer));
                    if (to == 0)
                        return rest.Length == 0 ? null : rest.ToString();
                }
                var end = buffer.AsSpan(from, to - from).IndexOf('\n');
                var length = end < 0 ? to - from : end;
                if (rest.Length + length > LongestLine)
                    throw new LineTooLongException();
                rest.Append(buffer, from, length);
                from += end < 0 ? length : length + 1;
                if (end < 0)
                    continue;
                if (rest.Length > 0 && rest[^1] == '\r')
                    rest.Length--;
                return rest.ToString();
            }
        }
    }
}
