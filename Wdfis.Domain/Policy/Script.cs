using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>One thing to say in a call: short enough to be said in twenty seconds.</summary>
/// <param name="Id">Stored beside ticks: <c>confidential</c>, <c>your-information</c>, <c>what-happens</c>, <c>in-private</c>.</param>
/// <param name="Heading">The heading on the screen.</param>
/// <param name="Words">What is said.</param>
/// <param name="Clauses">The clauses of the policy that it keeps.</param>
public sealed record ScriptLine(string Id, string Heading, string Words, ImmutableArray<string> Clauses);

/// <summary>What is said to every caller about the policy (C1, C3, C5, D1), in a version that the ledger points at.</summary>
/// <param name="Version">The version of the words; a changed word is a new version.</param>
/// <param name="Lines">In the order in which they are said.</param>
public sealed record Script(string Version, ImmutableArray<ScriptLine> Lines)
{
    /// <summary>The script that ships, a draft until the policy is published.</summary>
    public static Script Draft { get; } = new("2026.1-draft",
    [
        new("confidential", "Confidential",
            "What you tell us stays with us. We ask before we share anything, unless a child is at risk or the law says so. You do not have to give your name.",
            ["U1", "U2", "U3", "C1", "C2"]),
        new("your-information", "Your information",
            "You can ask to see what we hold about you and your children. It is free.",
            ["C3", "D6"]),
        new("what-happens", "What happens to it",
            "We write down only what we need to help you, keep it locked, and delete it when its time is over. I can tell you when that is.",
            ["D1", "D3", "D5", "D7"]),
        new("in-private", "In private?",
            "Is now a good time to talk? I can ring you back, or we can meet in a private room.",
            ["C5"]),
    ]);

    /// <summary>The line of an id; null when there is none.</summary>
    public ScriptLine? Line(string id) => Lines.FirstOrDefault(l => l.Id == id);

    /// <summary>The same lines in other words, by their ids; what is not named stays as it is. Refuses words that could not be said in half a minute.</summary>
    public Checked<Script> Reworded(string version, IReadOnlyDictionary<string, string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Checked<Script>.From(
            [
                .. words.Keys.Where(id => Line(id) is null).Select(id => new Problem("policy.script", $"The script has no line {id}.")),
                .. Lines.Where(line => words.ContainsKey(line.Id)).Select(line => string.IsNullOrWhiteSpace(words[line.Id])
                    ? new Problem($"policy.script.{line.Id}", "Write what is said. Callers must hear it.")
                    : TypedText.Check($"policy.script.{line.Id}", words[line.Id], LongestLine)),
            ],
            () => new Script(version, [.. Lines.Select(line => words.TryGetValue(line.Id, out var said) ? line with { Words = TypedText.Clean(said)! } : line)]));
    }

    /// <summary>The longest line, in UTF-16 units: about half a minute of speech.</summary>
    public const int LongestLine = 400;

    /// <summary>Version only.</summary>
    public override string ToString() => $"{nameof(Script)} {Version}";
}
