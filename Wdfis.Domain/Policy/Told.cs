using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>The number of a policy version, such as <c>2026.2</c>: the year and the issue in it. Ordered by both. <c>default</c> is no version.</summary>
/// <param name="Year">Four digits.</param>
/// <param name="Issue">From 1 in each year.</param>
public readonly record struct PolicyNumber(int Year, int Issue) : IComparable<PolicyNumber>
{
    /// <summary>Reads <c>2026.2</c>.</summary>
    public static bool TryParse(string? text, out PolicyNumber number)
    {
        number = default;
        var dot = text?.IndexOf('.') ?? -1;
        if (dot != 4 || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var issue) || year < 1997 || issue is < 1 or > 999)
            return false;
        number = new(year, issue);
        return true;
    }

    /// <summary>Reads <c>2026.2</c>.</summary>
    /// <exception cref="FormatException">Not a version number.</exception>
    public static PolicyNumber Parse(string text) => TryParse(text, out var read) ? read : throw new FormatException("Not a version number of the policy.");

    /// <inheritdoc/>
    public int CompareTo(PolicyNumber other) => (Year, Issue).CompareTo((other.Year, other.Issue));

    /// <summary>As written: <c>2026.2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}.{Issue}");
}

/// <summary>A published version of the confidentiality policy, as the told-ledger needs it (C1, A1).</summary>
/// <param name="Number">Its number.</param>
/// <param name="PublishedOn">The day from which it counts, included, London.</param>
/// <param name="MaterialChange">True when people told of an earlier version must be told again. The first version always counts as one.</param>
public sealed record PolicyVersion(PolicyNumber Number, DateOnly PublishedOn, bool MaterialChange);

/// <summary>What a person is told (C1, C3, D1). Numbers are stored: never reuse one.</summary>
public enum ToldWhat
{
    /// <summary>The confidentiality policy (C1).</summary>
    ConfidentialityPolicy = 1,
    /// <summary>Their right to see what is held on them and their children (C3).</summary>
    RightToSeeInformation = 2,
    /// <summary>What is done with their information (D1).</summary>
    UseOfInformation = 3,
}

/// <summary>How they were told. Numbers are stored: never reuse one.</summary>
public enum ToldHow
{
    /// <summary>Read aloud.</summary>
    ReadAloud = 1,
    /// <summary>In our letter.</summary>
    Letter = 2,
    /// <summary>By e-mail.</summary>
    Email = 3,
    /// <summary>Through an interpreter.</summary>
    Interpreter = 4,
    /// <summary>A copy was given.</summary>
    GivenCopy = 5,
    /// <summary>They read it on the website.</summary>
    Website = 6,
    /// <summary>By text message with a link.</summary>
    Text = 7,
}

/// <summary>One line of the told-ledger: who was told what, of which version, how, when and by whom (C1).</summary>
public sealed record Telling
{
    /// <summary>Who was told.</summary>
    public required PersonId Person { get; init; }
    /// <summary>Of which version.</summary>
    [Field("family.told.version")]
    public required PolicyNumber Version { get; init; }
    /// <summary>What.</summary>
    [Field("family.told.what")]
    public required ToldWhat What { get; init; }
    /// <summary>How.</summary>
    [Field("family.told.how")]
    public required ToldHow How { get; init; }
    /// <summary>When, UTC.</summary>
    [Field("family.told.at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>By whom.</summary>
    public required ColleagueId By { get; init; }
    /// <summary>In which language; null for English.</summary>
    [Field("family.told.language")]
    public string? Language { get; init; }
    /// <summary>True when an interpreter was there.</summary>
    [Field("family.told.interpreter")]
    public bool Interpreter { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Telling);
}

/// <summary>What one person has been told of the policy that counts on a day, and what is still to be told (C1, C3, D1).</summary>
public sealed record ToldState
{
    private ToldState() { }

    /// <summary>All that a person is told, in the order of the script.</summary>
    public static ImmutableArray<ToldWhat> Everything { get; } = [.. Enum.GetValues<ToldWhat>()];

    /// <summary>The version to tell today; null when none is published, and then nobody counts as told.</summary>
    public PolicyNumber? Current { get; private init; }

    /// <summary>What is still to be told, in the order of the script; empty when nothing is.</summary>
    public required ImmutableArray<ToldWhat> StillToTell { get; init; }

    /// <summary>The latest telling that counts, for each thing told.</summary>
    public required ImmutableDictionary<ToldWhat, Telling> Counting { get; init; }

    /// <summary>True when nothing is left to tell.</summary>
    public bool Complete => StillToTell.IsEmpty;

    /// <summary>
    /// Works it out for the versions published on or before <paramref name="today"/>. A telling counts when its version is published and is
    /// the last materially changed one or a later one; a version that is not material does not make anybody be told again.
    /// </summary>
    public static ToldState For(PersonId person, IEnumerable<Telling> tellings, IEnumerable<PolicyVersion> versions, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(tellings);
        ArgumentNullException.ThrowIfNull(versions);
        var published = versions.Where(v => v.PublishedOn <= today).OrderBy(v => v.PublishedOn).ThenBy(v => v.Number).ToList();
        var since = Math.Max(0, published.FindLastIndex(v => v.MaterialChange));
        var enough = published.Skip(since).Select(v => v.Number).ToHashSet();
        var counting = tellings.Where(t => t.Person == person && enough.Contains(t.Version)).GroupBy(t => t.What)
            .ToImmutableDictionary(g => g.Key, g => g.MaxBy(t => t.At)!);
        return new ToldState
        {
            Current = published is [.., var last] ? last.Number : null,
            StillToTell = [.. Everything.Where(w => !counting.ContainsKey(w))],
            Counting = counting,
        };
    }

    /// <summary>The type's name and how much is left.</summary>
    public override string ToString() => $"{nameof(ToldState)}, {StillToTell.Length} to tell";
}

/// <summary>The words of the told-ledger.</summary>
public static class ToldWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this ToldWhat what) => what switch
    {
        ToldWhat.ConfidentialityPolicy => "The confidentiality policy",
        ToldWhat.RightToSeeInformation => "The right to see what we hold",
        ToldWhat.UseOfInformation => "What we do with their information",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this ToldHow how) => how switch
    {
        ToldHow.ReadAloud => "read aloud",
        ToldHow.Letter => "in our letter",
        ToldHow.Email => "by e-mail",
        ToldHow.Interpreter => "through an interpreter",
        ToldHow.GivenCopy => "given a copy",
        ToldHow.Website => "read on the website",
        ToldHow.Text => "by text message",
    };
}
