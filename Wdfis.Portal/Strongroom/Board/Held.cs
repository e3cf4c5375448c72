namespace Wdfis.Portal.Strongroom.Board;

/// <summary>A family read back from its bytes; one is filled again and again.</summary>
internal sealed class Held
{
    internal readonly List<HeldPerson> People = [];
    internal string[] Telephones = [];
    internal string[] Emails = [];
    internal string? Postcode;
    internal string[] References = [];
    internal string? SafetyWarning;
    internal string Label = "";
    internal int ChildCount;
}

/// <summary>A person of a family, as the board holds them.</summary>
internal sealed class HeldPerson
{
    internal bool IsChild { get; init; }
    internal Name? Forename { get; init; }
    internal Name? Surname { get; init; }
    internal Name[] OtherNames { get; init; } = [];
    internal Name? Handle { get; init; }
    internal DateOnly? BornOn { get; init; }
    internal int? BornYear { get; init; }

    /// <summary>True when the words typed, written together, are the forename (and other names) and surname, in either order.</summary>
    internal bool IsNamed(string together)
    {
        if (Forename is null || Surname is null)
            return false;
        var first = Folding.Whole(Forename.Text);
        var last = Folding.Whole(Surname.Text);
        var middle = string.Concat(OtherNames.Select(static other => Folding.Whole(other.Text)));
        return together == first + last || together == last + first || together == first + middle + last || together == last + first + middle;
    }
}

/// <summary>A name as it is written, once for all who have it, with its words in the vocabulary.</summary>
internal sealed class Name(int id, string text, Term[] terms)
{
    internal readonly int Id = id;
    internal readonly string Text = text;
    internal readonly Term[] Terms = terms;
    internal int Uses;
}
