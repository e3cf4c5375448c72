using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>One way to take the words typed, with their sounds worked out when they are first needed.</summary>
internal sealed class Asked(string[] words)
{
    private readonly (string, string)?[] sounds = new (string, string)?[words.Length];

    internal string[] Words { get; } = words;

    internal (string First, string Second) Sounds(int i) => sounds[i] ??= DoubleMetaphone.Of(Words[i]);
}

/// <summary>What one search has picked for whom, and what it must not show.</summary>
internal sealed class Picked(Sees sees, int most)
{
    internal readonly Sees Sees = sees ?? throw new ArgumentNullException(nameof(sees));

    /// <summary>Only families with a safety warning.</summary>
    internal bool Warned { get; init; }

    internal readonly List<FoundFamily> Rows = new(most + 1);
    internal readonly List<RestrictedHit> Restricted = [];
    private const int MostHidden = 25;
    private readonly List<UnitId> hidden = [];

    /// <summary>One more than is shown has been found.</summary>
    internal bool Full => Rows.Count > most;

    internal bool Any => Rows.Count > 0 || hidden.Count > 0;

    internal void Hide(UnitId id)
    {
        if (hidden.Count < MostHidden)
            hidden.Add(id);
    }

    internal BoardAnswer Answer(int? gettingReady) => new()
    {
        Rows = Full ? [.. Rows[..most]] : [.. Rows],
        More = Full,
        Restricted = [.. Restricted],
        HiddenMatches = [.. hidden],
        GettingReady = gettingReady,
    };
}
