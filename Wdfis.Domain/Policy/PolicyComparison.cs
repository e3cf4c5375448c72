using System.Collections.Immutable;

namespace Wdfis.Domain.Policy;

/// <summary>What became of a run of words between two texts.</summary>
public enum WordsAre
{
    /// <summary>In both.</summary>
    Kept = 1,
    /// <summary>In the earlier text only.</summary>
    Gone = 2,
    /// <summary>In the later text only.</summary>
    New = 3,
}

/// <summary>A run of words.</summary>
/// <param name="Are">What became of them.</param>
/// <param name="Text">The words, single spaces between them.</param>
public sealed record WordRun(WordsAre Are, string Text);

/// <summary>One clause, or the words outside all clauses (id empty), in two texts.</summary>
/// <param name="Clause">The clause's id; empty for headings and the words between clauses.</param>
/// <param name="Runs">The words of both texts, in the order in which one reads them.</param>
public sealed record ClauseComparison(string Clause, ImmutableArray<WordRun> Runs)
{
    /// <summary>True when anything but white space differs.</summary>
    public bool Changed => Runs.Any(run => run.Are != WordsAre.Kept);
}

/// <summary>Two texts of the policy, clause by clause, so that an approver sees what changed (A1).</summary>
public static class PolicyComparison
{
    // Beyond so many words on both sides together the words between the common beginning and end are shown as replaced.
    private const int MostCells = 4_000_000;

    /// <summary>Every clause in the policy's order, then what stands outside the clauses.</summary>
    public static ImmutableArray<ClauseComparison> Between(PolicyText before, PolicyText after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before.Clauses(), after.Clauses());
        return [.. PolicyClauses.All.Append("").Select(id => new ClauseComparison(id, Compare(old.GetValueOrDefault(id, ""), now.GetValueOrDefault(id, ""))))];
    }

    /// <summary>The words of two texts, run by run. White space alone is no difference.</summary>
    public static ImmutableArray<WordRun> Compare(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (a, b) = (Words(before), Words(after));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
            start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
            end++;
        var pieces = new List<(WordsAre Are, string Word)>();
        pieces.AddRange(a[..start].Select(word => (WordsAre.Kept, word)));
        pieces.AddRange(Middle(a[start..(a.Length - end)], b[start..(b.Length - end)]));
        pieces.AddRange(a[(a.Length - end)..].Select(word => (WordsAre.Kept, word)));
        var runs = ImmutableArray.CreateBuilder<WordRun>();
        for (var i = 0; i < pieces.Count;)
        {
            var from = i;
            while (i < pieces.Count && pieces[i].Are == pieces[from].Are)
                i++;
            runs.Add(new WordRun(pieces[from].Are, string.Join(' ', pieces[from..i].Select(piece => piece.Word))));
        }
        return runs.ToImmutable();
    }

    private static IEnumerable<(WordsAre, string)> Middle(string[] a, string[] b)
    {
        if ((long)(a.Length + 1) * (b.Length + 1) > MostCells)
            return [.. a.Select(word => (WordsAre.Gone, word)), .. b.Select(word => (WordsAre.New, word))];
        // longest[i, j]: the longest common sequence of what follows word i of the one and word j of the other.
        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }
        var pieces = new List<(WordsAre, string)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                pieces.Add((WordsAre.Kept, a[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j == b.Length || i < a.Length && longest[i + 1, j] >= longest[i, j + 1])
            {
                pieces.Add((WordsAre.Gone, a[i++]));
            }
            else
            {
                pieces.Add((WordsAre.New, b[j++]));
            }
        }
        return pieces;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
