using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Wdfis.Tests.Support;

/// <summary>What stands on the pages of a PDF that Chromium made: as much of the format as that takes.</summary>
internal static partial class Pdf
{
    /// <summary>The lines of each page, with their height above its foot in points.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Y, string Text)>> Pages(byte[] pdf)
    {
        var objects = Object().Matches(Encoding.Latin1.GetString(pdf)).ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value);
        var fonts = objects.Where(one => one.Value.Contains("/ToUnicode", StringComparison.Ordinal)).ToDictionary(one => one.Key, one => Letters(Content(objects[Reference("ToUnicode", one.Value)!])));
        return [.. objects.Values.Where(one => PageType().IsMatch(one)).Select(page => Lines(page, objects, fonts))];
    }

    private static List<(double, string)> Lines(string page, Dictionary<string, string> objects, Dictionary<string, Dictionary<int, string>> fonts)
    {
        var named = Font().Matches(Reference("Resources", page) is { } resources ? objects[resources] : page).ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value);
        var (lines, kept, at, font) = (new List<(double Y, string Text)>(), new Stack<Matrix3x2>(), Matrix3x2.Identity, new Dictionary<int, string>());
        foreach (Match found in Operation().Matches(Content(objects[Reference("Contents", page)!])))
        {
            if (found.Groups["font"] is { Success: true } name)
                font = fonts.GetValueOrDefault(named.GetValueOrDefault(name.Value, ""), []);
            else if (found.Groups["text"] is { Success: true } text)
                lines[^1] = (lines[^1].Y, lines[^1].Text + string.Concat(text.Value.Chunk(4).Select(glyph => font.GetValueOrDefault(Hex(new string(glyph)), "?"))));
            else if (found.Groups["numbers"] is { Success: true } numbers)
            {
                var n = numbers.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
                var matrix = new Matrix3x2(n[0], n[1], n[2], n[3], n[4], n[5]) * at;
                if (found.Groups["what"].Value == "cm")
                    at = matrix;
                else
                    lines.Add((matrix.M32, ""));
            }
            else if (found.Value == "q")
                kept.Push(at);
            else
                at = kept.Pop();
        }
        return lines;
    }

    private static string Content(string made)
    {
        var start = Stream().Match(made);
        var bytes = Encoding.Latin1.GetBytes(made.Substring(start.Index + start.Length, int.Parse(Length().Match(made).Groups[1].Value, CultureInfo.InvariantCulture)));
        if (!made[..start.Index].Contains("/FlateDecode", StringComparison.Ordinal))
            return Encoding.Latin1.GetString(bytes);
        using var open = new StreamReader(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.Latin1);
        return open.ReadToEnd();
    }

    private static Dictionary<int, string> Letters(string map)
    {
        var letters = new Dictionary<int, string>();
        foreach (Match range in Range().Matches(map))
        {
            var (from, to, letter) = (Hex(range.Groups[1].Value), Hex(range.Groups[2] is { Success: true } last ? last.Value : range.Groups[1].Value), Hex(range.Groups[3].Value));
            for (var glyph = from; glyph <= to; glyph++)
                letters[glyph] = letter + glyph - from is < 0xD800 and var code ? char.ConvertFromUtf32(code) : "?";
        }
        return letters;
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string? Reference(string name, string made) => Regex.Match(made, $@"/{name} (\d+) 0 R") is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex(@"(?<=\n)(\d+) 0 obj\s(.*?)endobj", RegexOptions.Singleline)]
    private static partial Regex Object();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PageType();

    [GeneratedRegex(@"/(F\d+) (\d+) 0 R")]
    private static partial Regex Font();

    [GeneratedRegex(@"stream\r?\n")]
    private static partial Regex Stream();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>\s*)?<([0-9A-Fa-f]{4})>\s*$", RegexOptions.Multiline)]
    private static partial Regex Range();

    [GeneratedRegex(@"/(?<font>F\d+) [\d.]+ Tf|<(?<text>[0-9A-Fa-f]+)> Tj|(?<numbers>(?:-?[\d.]+ ){6})(?<what>cm|Tm)\b|(?<![^\s])[qQ](?=\s)")]
    private static partial Regex Operation();
}
