using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Features.Families;

/// <summary>How one field of a form is typed.</summary>
public enum PartKind
{
    /// <summary>One line.</summary>
    Line,
    /// <summary>Several lines.</summary>
    Area,
    /// <summary>One of a list.</summary>
    Choice,
    /// <summary>Yes or no.</summary>
    Check,
    /// <summary>A recipient: an entry of the directory or a name. Its entry's id is kept in the field of the same name with <c>-id</c> behind.</summary>
    Body,
    /// <summary>What the form keeps for itself.</summary>
    Kept,
}

/// <summary>One field of a form, its name in the draft, and the field of the catalogue that it is.</summary>
public sealed record PartField(string Name, string Label, string Catalogue, PartKind Kind = PartKind.Line)
{
    /// <summary>How to write it.</summary>
    public string? Hint { get; init; }
    /// <summary>For a choice: code and words.</summary>
    public ImmutableArray<(string Code, string Words)> Options { get; init; } = [];
    /// <summary>Fields of one group stand together and are chosen together when two colleagues saved.</summary>
    public string? Group { get; init; }
    /// <summary>The group's heading.</summary>
    public string? GroupLabel { get; init; }
}

/// <summary>
/// A part of a family card as a form: its fields, what they hold, and how what was typed becomes a new card. Fields that the purpose does
/// not need are not in it (D3) and keep what they hold. Content: shows none of itself.
/// </summary>
internal sealed record FamilyPart
{
    private readonly Func<FamilyCard, Typed, Checked<FamilyCard>> apply;

    public FamilyPart(string title, Purpose purpose, IEnumerable<(PartField Field, string? Value)> fields, Func<FamilyCard, Typed, Checked<FamilyCard>> apply)
    {
        Title = title;
        var permitted = fields.Where(field => FieldCatalogue.Permits(field.Field.Catalogue, purpose)).ToList();
        Fields = [.. permitted.Select(field => field.Field)];
        Values = permitted.ToImmutableSortedDictionary(field => field.Field.Name, field => field.Value ?? "", StringComparer.Ordinal);
        this.apply = apply;
    }

    public string Title { get; }
    public ImmutableArray<PartField> Fields { get; }
    public ImmutableSortedDictionary<string, string> Values { get; }

    /// <summary>The card with what was typed, or every problem, each at the form's own field.</summary>
    public Checked<FamilyCard> Apply(FamilyCard card, IReadOnlyDictionary<string, string> typed)
    {
        var values = new Typed([.. Fields.Select(field => field.Name)], typed);
        var result = apply(card, values);
        if (values.Problems.Count == 0 && result.Accepted)
            return result;
        // What the form said already of one row, the domain says again of the person: it names no row and would be shown at the first.
        var more = result.Problems.Where(problem => values.Problems.All(known => known.Sentence != problem.Sentence)).Select(AtForm).Where(problem => values.Problems.All(known => known.Field != problem.Field));
        return Checked<FamilyCard>.From([.. values.Problems, .. more], () => card);
    }

    public override string ToString() => nameof(FamilyPart);

    // The domain names fields by the catalogue with the person behind a '#'; the screen by their place in the form.
    internal Problem AtForm(Problem problem)
    {
        if (Fields.Any(field => field.Name == problem.Field))
            return problem;
        var catalogue = problem.Field.Split('#')[0];
        // A child older than the carer: what is wrong with the child's birth can come of the carer's, which is the one being typed.
        return problem with { Field = (Fields.FirstOrDefault(field => field.Catalogue == catalogue) ?? (catalogue == "family.child.birth" ? Fields.FirstOrDefault(field => field.Catalogue == "family.carer.birth") : null))?.Name ?? "" };
    }
}

/// <summary>What was typed into a form, read as the domain's values; what cannot be read becomes a problem. Content.</summary>
internal sealed class Typed(ImmutableHashSet<string> shown, IReadOnlyDictionary<string, string> values)
{
    public List<Problem> Problems { get; } = [];

    /// <summary>The text of a field; what was held when the field is not in the form.</summary>
    public string? Text(string name, string? held = null) => !shown.Contains(name) ? held : Raw(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public bool Yes(string name, bool held = false) => shown.Contains(name) ? Raw(name) == "yes" : held;

    public ImmutableArray<string> Lines(string name, ImmutableArray<string> held) =>
        shown.Contains(name) ? [.. (Raw(name) ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : held;

    public T One<T>(string name, T held) where T : struct, Enum =>
        shown.Contains(name) && Enum.TryParse<T>(Raw(name), out var one) && Enum.IsDefined(one) ? one : held;

    public Birth Birth(string name, Birth held)
    {
        if (!shown.Contains(name))
            return held;
        if (Wdfis.Domain.Families.Birth.TryParse(Raw(name), out var birth))
            return birth;
        Problems.Add(new Problem(name, "There is no such date. Write it as 12/3/2019, or the year alone, or “expected”, or leave it empty."));
        return held;
    }

    public DateOnly? Date(string name, DateOnly? held)
    {
        if (Text(name) is not { } text)
            return shown.Contains(name) ? null : held;
        if (Wdfis.Domain.Families.Birth.TryParse(text, out var birth) && birth is Birth.OnDate(var on))
            return on;
        Problems.Add(new Problem(name, "There is no such date. Write it as 12/3/2026."));
        return held;
    }

    public TimeOnly? Time(string name, TimeOnly? held)
    {
        if (Text(name) is not { } text)
            return shown.Contains(name) ? null : held;
        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "H.mm", "%H"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time))
            return time;
        Problems.Add(new Problem(name, "There is no such time. Write it as 15:00."));
        return held;
    }

    public void Check(Problem? problem)
    {
        if (problem is not null)
            Problems.Add(problem);
    }

    public override string ToString() => nameof(Typed);

    private string? Raw(string name) => values.GetValueOrDefault(name);
}

/// <summary>Forms' values.</summary>
internal static class FormValues
{
    /// <summary>What a form held, with what was typed over it.</summary>
    public static Dictionary<string, string> With(this Dictionary<string, string> held, IReadOnlyDictionary<string, string> typed)
    {
        foreach (var (name, value) in typed)
            held[name] = value;
        return held;
    }
}
