using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Anonymity;

/// <summary>Where something about a person was looked for. Numbers are stored: never reuse one.</summary>
public enum SearchedPlace
{
    /// <summary>The family's card.</summary>
    FamilyCard = 1,
    /// <summary>What searching uses, on disk and in memory.</summary>
    Search = 2,
    /// <summary>Enquiries with their notes.</summary>
    Enquiries = 3,
    /// <summary>Permissions with their evidence.</summary>
    Permissions = 4,
    /// <summary>Notices that somebody asked about the family.</summary>
    Notices = 5,
    /// <summary>Unsaved work of whoever did this.</summary>
    OwnDrafts = 6,
    /// <summary>Unsaved work of other colleagues, which only they can open.</summary>
    OthersDrafts = 7,
    /// <summary>Keys: what a destroyed key sealed can be read by nobody, in the tables, their history or their journals.</summary>
    Keys = 8,
}

/// <summary>One place: how many records of the family were looked at there, and how many destroyed.</summary>
/// <param name="Place">Which.</param>
/// <param name="Looked">Looked at.</param>
/// <param name="Destroyed">Destroyed.</param>
public sealed record Searched(
    [property: Field("anonymisation.place")] SearchedPlace Place,
    [property: Field("anonymisation.looked")] int Looked,
    [property: Field("anonymisation.destroyed")] int Destroyed)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(Searched);
}

/// <summary>
/// The proof of an anonymisation (C2): what was searched, what was destroyed, what stays and what remains where. Says of nobody who they are
/// or were: no name, no family, no reference.
/// </summary>
public sealed record Anonymisation
{
    private Anonymisation() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>When, UTC.</summary>
    [Field("anonymisation.at")]
    public DateTimeOffset At { get; private init; }
    /// <summary>The colleague who did it.</summary>
    public ColleagueId By { get; private init; }
    /// <summary>The rung reached.</summary>
    [Field("anonymisation.to")]
    public Rung To { get; private init; }
    /// <summary>How many people came down together.</summary>
    [Field("anonymisation.people")]
    public int People { get; private init; }
    /// <summary>True when a reworded note stays.</summary>
    [Field("anonymisation.note-stays")]
    public bool NoteStays { get; private init; }
    /// <summary>What was searched.</summary>
    public ImmutableArray<Searched> Searched { get; private init; } = [];
    /// <summary>What remains where.</summary>
    public ImmutableArray<Remaining> Remains { get; private init; } = [];

    /// <summary>A record of what was done, new or from storage.</summary>
    /// <exception cref="ArgumentException">No id, nobody, no such rung or place, or a negative count.</exception>
    public static Anonymisation Restore(UnitId id, DateTimeOffset at, ColleagueId by, Rung to, int people, bool noteStays, IEnumerable<Searched> searched, IEnumerable<Remaining> remains)
    {
        ImmutableArray<Searched> places = [.. searched];
        if (id.IsEmpty || people < 1 || !Enum.IsDefined(to) || places.Any(p => !Enum.IsDefined(p.Place) || p.Looked < 0 || p.Destroyed < 0))
            throw new ArgumentException("An anonymisation has an id, somebody, a rung and places.", nameof(searched));
        return new() { Id = id, At = at, By = by, To = to, People = people, NoteStays = noteStays, Searched = places, Remains = [.. remains] };
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Anonymisation);
}

/// <summary>The words for places.</summary>
public static class SearchedPlaces
{
    /// <summary>As on the screen.</summary>
    public static string Words(this SearchedPlace place) => place switch
    {
        SearchedPlace.FamilyCard => "The family's card, with every older version of it",
        SearchedPlace.Search => "What searching uses, on disk and in memory",
        SearchedPlace.Enquiries => "Enquiries and their notes",
        SearchedPlace.Permissions => "Permissions and their evidence",
        SearchedPlace.Notices => "Notices that somebody asked about the family",
        SearchedPlace.OwnDrafts => "Your own unsaved work",
        SearchedPlace.OthersDrafts => "Unsaved work of colleagues, which only they can open; it is kept as long as drafts are",
        SearchedPlace.Keys => "Keys: without its key nothing of a record can be read, in tables, history or journals",
    };
}
