using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.FreeText;

/// <summary>One text under the guard's eyes: its signs folded place by place, and what the readers marked in it.</summary>
internal sealed class Marks
{
    /// <summary>Stands for a sign that nobody sees; readers pass over it.</summary>
    public const char Invisible = '\u0001';

    /// <summary>Stands for a space, hyphen or dash.</summary>
    public const char Gap = ' ';

    private readonly List<(int Start, int End, IdentifierKind Kind)> found = [];

    public Marks(string text)
    {
        Text = text;
        Folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var folded = Spelling.Fold(c);
            Folded[i] = c is '\n' or '\r' ? '\n'
                : folded != '\0' ? folded
                : char.GetUnicodeCategory(c) == UnicodeCategory.Format ? Invisible
                : Gap;
        }
    }

    /// <summary>The text as written.</summary>
    public string Text { get; }

    /// <summary>The same places, folded: capitals, plain digits, <see cref="Gap"/>, <see cref="Invisible"/>, <c>\n</c>, the rest as written.</summary>
    public char[] Folded { get; }

    /// <summary>How many signs the readers' inner loops looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>Counts looks.</summary>
    public void Look(int signs = 1) => Looks += signs;

    /// <summary>Marks a place; <paramref name="end"/> is not included.</summary>
    public void Mark(int start, int end, IdentifierKind kind) => found.Add((start, end, kind));

    /// <summary>The marks in order, those that overlap made one with all their kinds.</summary>
    public IReadOnlyList<Finding> Merged()
    {
        var findings = new List<Finding>();
        foreach (var (start, end, kind) in found.OrderBy(mark => mark.Start).ThenBy(mark => mark.End))
        {
            if (findings is [.., var last] && start < last.Start + last.Length)
            {
                findings[^1] = new Finding(
                    last.Start,
                    Math.Max(last.Start + last.Length, end) - last.Start,
                    last.Kinds.Contains(kind) ? last.Kinds : [.. last.Kinds.Add(kind).Order()]);
            }
            else
            {
                findings.Add(new Finding(start, end - start, [kind]));
            }
        }
        return findings;
    }
}
