using System.Collections.Immutable;
using System.Text.RegularExpressions;

using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>The clauses of the confidentiality policy, by the ids that code, tests and pages cite.</summary>
public static class PolicyClauses
{
    /// <summary>All ids, in the order of the policy.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "S1", "S2", "S3", "U1", "U2", "U3", "C1", "C2", "C3", "C4", "C5", "R1",
        "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "X1", "X2", "X3", "A1",
    ];
}

/// <summary>
/// One text of the policy: Markdown in which every clause id stands once, in bold (<c>**U2**</c>). Public; holds nothing about
/// anybody.
/// </summary>
public sealed partial record PolicyText
{
    private PolicyText(string version, string markdown) => (Version, Markdown) = (version, markdown);

    /// <summary>The longest text, in UTF-16 units: about forty pages; a pasted picture is refused by it.</summary>
    public const int Limit = 100_000;

    /// <summary>Its version, such as <c>2026.1-draft</c>.</summary>
    public string Version { get; }

    /// <summary>The text.</summary>
    public string Markdown { get; }

    /// <summary>Takes a text. Refuses one that is empty, too long, or in which a clause is missing, doubled or unknown; each is named.</summary>
    public static Checked<PolicyText> Create(string? version, string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return new Problem("policy.text", "The text is empty.");
        var found = ClausePattern().Matches(markdown).Select(m => m.Groups[1].Value).ToList();
        return Checked<PolicyText>.From(
            [
                string.IsNullOrWhiteSpace(version) ? new Problem("policy.version", "Give the text a version.") : TypedText.Check("policy.version", version, 40),
                TypedText.Check("policy.text", markdown, Limit, lines: true),
                .. PolicyClauses.All.Where(id => !found.Contains(id)).Select(id => new Problem("policy.text", $"Clause {id} is missing. Write **{id}** where the text keeps it.")),
                .. PolicyClauses.All.Where(id => found.Count(f => f == id) > 1).Select(id => new Problem("policy.text", $"Clause {id} stands twice.")),
                .. found.Except(PolicyClauses.All).Select(id => new Problem("policy.text", $"There is no clause {id}.")),
            ],
            () => new PolicyText(version!.Trim(), markdown));
    }

    /// <summary>
    /// The words of each clause: from its id to the next clause, heading or end; under the empty id, everything else, headings included.
    /// </summary>
    public IReadOnlyDictionary<string, string> Clauses()
    {
        var words = new Dictionary<string, System.Text.StringBuilder>(StringComparer.Ordinal);
        var clause = "";
        foreach (var line in Markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var id = ClausePattern().Match(line);
            if (id.Success)
                clause = id.Groups[1].Value;
            else if (line.StartsWith('#'))
                clause = "";
            if (!words.TryGetValue(clause, out var kept))
                words[clause] = kept = new System.Text.StringBuilder();
            kept.Append(id.Success ? line[(id.Index + id.Length)..] : line).Append('\n');
        }
        return words.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\*\*([A-Z][0-9]{1,2})\*\*")]
    private static partial Regex ClausePattern();

    /// <summary>Version only.</summary>
    public override string ToString() => $"{nameof(PolicyText)} {Version}";
}
