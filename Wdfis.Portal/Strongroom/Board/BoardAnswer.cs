using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>May the colleague who searches see this family? Asked for each match, inside the board's read lock: quick, and it never calls the board.</summary>
internal delegate bool Sees(UnitId family, bool specialHandling);

/// <summary>How close a match is; the lower, the better. A number, mail address or reference that matches is exact.</summary>
internal enum Closeness
{
    Exact = 0,
    Prefix = 1,
    Sound = 2,
}

/// <summary>One row of a search. Content: shows nothing of itself.</summary>
internal sealed record FoundFamily
{
    internal required UnitId Family { get; init; }

    /// <summary><c>Kowalczyk, Magda</c></summary>
    internal required string Label { get; init; }

    /// <summary><c>2 children · last contact 3 March 2026</c></summary>
    internal required string Line { get; init; }

    internal string? District { get; init; }

    /// <summary>What matched: "sounds alike", "telephone", "child"…</summary>
    internal required string Why { get; init; }

    internal required Closeness Closeness { get; init; }
    internal DateOnly? LastContactOn { get; init; }
    internal string? SafetyWarning { get; init; }

    public override string ToString() => nameof(FoundFamily);
}

/// <summary>
/// All that is shown of a family under special handling to a colleague who may not see it, and only when the full name and the
/// birth date were typed (issue of the search, special handling): one sentence, any safety warning, no id.
/// </summary>
internal sealed record RestrictedHit(string? SafetyWarning)
{
    internal static string Sentence => RefusalReason.SpecialHandling.Words();

    public override string ToString() => nameof(RestrictedHit);
}

/// <summary>The answer to one search.</summary>
internal sealed record BoardAnswer
{
    /// <summary>At most 25, best first: exact, prefix, sound, then the latest contact.</summary>
    internal IReadOnlyList<FoundFamily> Rows { get; init; } = [];

    /// <summary>True when there are more than the rows show.</summary>
    internal bool More { get; init; }

    internal IReadOnlyList<RestrictedHit> Restricted { get; init; } = [];

    /// <summary>Families that matched and are hidden from this colleague: for the lead's list, never for the screen.</summary>
    internal IReadOnlyList<UnitId> HiddenMatches { get; init; } = [];

    /// <summary>The enquiry of somebody without a name, where their whole reference was typed.</summary>
    internal UnitId? Enquiry { get; init; }

    /// <summary>How much of the board is filled, in whole percent; null when all of it is.</summary>
    internal int? GettingReady { get; init; }

    public override string ToString() => nameof(BoardAnswer);
}

/// <summary>What is known of a family that is being entered, to look for the same family in the board. Content: shows nothing of itself.</summary>
internal sealed record FamilyFacts
{
    internal string? Surname { get; init; }
    internal string? Forename { get; init; }
    internal DateOnly? BornOn { get; init; }
    internal IReadOnlyList<(string? Forename, DateOnly? BornOn)> Children { get; init; } = [];
    internal IReadOnlyList<string> Telephones { get; init; } = [];
    internal string? Postcode { get; init; }

    public override string ToString() => nameof(FamilyFacts);
}
