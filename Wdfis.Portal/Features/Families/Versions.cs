using System.Collections.Immutable;

namespace Wdfis.Portal.Features.Families;

/// <summary>Which of two versions of a field is kept.</summary>
public enum Kept
{
    /// <summary>What a colleague saved in between.</summary>
    Theirs,
    /// <summary>What was typed here.</summary>
    Mine,
    /// <summary>One after the other: neither is lost.</summary>
    Both,
}

/// <summary>One field, or one row of a list, in which two colleagues differ. Content.</summary>
/// <param name="Key">The field's name, or the row's.</param>
/// <param name="Label">What the screen calls it.</param>
/// <param name="Was">What the form showed when the typing began, in words; null when nobody knows any more.</param>
/// <param name="Theirs">What a colleague saved, in words.</param>
/// <param name="Mine">What was typed here, in words.</param>
/// <param name="CanBoth">True for lists and longer texts.</param>
/// <param name="Proposed">What is proposed because only one of the two changed it; null when both did.</param>
public sealed record Difference(string Key, string Label, string? Was, string Theirs, string Mine, bool CanBoth, Kept? Proposed)
{
    public override string ToString() => nameof(Difference);
}

/// <summary>Two versions of one form: where they differ, and the form that comes of choosing.</summary>
internal static class Versions
{
    /// <summary>
    /// Where what was typed and what a colleague saved differ, in the order of the form.
    /// </summary>
    /// <param name="fields">The form's fields, of both versions.</param>
    /// <param name="read">What the form showed when the typing began; null when nobody knows any more.</param>
    /// <param name="theirs">What is stored now.</param>
    /// <param name="mine">What was typed.</param>
    public static ImmutableArray<Difference> Between(IEnumerable<PartField> fields, IReadOnlyDictionary<string, string>? read, IReadOnlyDictionary<string, string> theirs, IReadOnlyDictionary<string, string> mine) =>
    [
        .. fields.GroupBy(Key).Select(group =>
        {
            var rows = group.ToList();
            var first = rows[0];
            if (rows.All(field => Same(theirs, mine, field)))
                return null;
            // A way of reaching somebody is a row of its own; what applies, or whom an order binds, are ticks under one heading.
            var both = IsRow(first) && rows.Any(field => Of(theirs, field).Length > 0) && rows.Any(field => Of(mine, field).Length > 0) || first.Kind == PartKind.Area;
            Kept? proposed = read is null ? null
                : rows.All(field => Same(read, mine, field)) ? Kept.Theirs
                : rows.All(field => Same(read, theirs, field)) ? Kept.Mine
                : null;
            return new Difference(group.Key, (first.GroupLabel ?? first.Label) + (first.Group is not null && !IsRow(first) ? $": {first.Label}" : ""), read is null ? null : Words(rows, read), Words(rows, theirs), Words(rows, mine), both, proposed);
        }).OfType<Difference>(),
    ];

    /// <summary>The form after choosing: everything that was not asked about is what was typed, where it differs from nothing.</summary>
    public static ImmutableSortedDictionary<string, string> Choose(IReadOnlyCollection<PartField> fields, IReadOnlyDictionary<string, string> theirs, IReadOnlyDictionary<string, string> mine, IReadOnlyDictionary<string, Kept> chosen)
    {
        var merged = mine.ToImmutableSortedDictionary(StringComparer.Ordinal).ToBuilder();
        var free = fields.Where(IsRow).Select(field => RowOf(field.Name)).DefaultIfEmpty(-1).Max();
        foreach (var group in fields.GroupBy(Key))
        {
            if (!chosen.TryGetValue(group.Key, out var kept) || kept == Kept.Mine)
                continue;
            var moved = kept == Kept.Both && IsRow(group.First()) ? ++free : -1;
            foreach (var field in group)
            {
                if (moved >= 0)
                    merged[Move(field.Name, moved)] = Of(mine, field);
                merged[field.Name] = kept == Kept.Both && field.Kind == PartKind.Area && moved < 0
                    ? string.Join('\n', Of(theirs, field).Split('\n').Concat(Of(mine, field).Split('\n')).Where(line => line.Trim().Length > 0).Distinct())
                    : Of(theirs, field);
            }
        }
        return merged.ToImmutable();
    }

    /// <summary>How many rows a form needs to show all of these values.</summary>
    public static int RowsIn(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith("contact.", StringComparison.Ordinal) || name.StartsWith("way.", StringComparison.Ordinal) || name.StartsWith("child.", StringComparison.Ordinal))
            .Select(RowOf).DefaultIfEmpty(-1).Max() + 1;

    private static string Key(PartField field) => IsRow(field) ? field.Group! : field.Name;

    private static bool IsRow(PartField field) => field.Group is { } group && RowOf(group + ".") >= 0;

    // contact.2.value → 2
    private static int RowOf(string name) => name.Split('.') is [_, var row, ..] && int.TryParse(row, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : -1;

    private static string Move(string name, int row)
    {
        var parts = name.Split('.');
        parts[1] = row.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join('.', parts);
    }

    private static string Of(IReadOnlyDictionary<string, string> values, PartField field) => values.GetValueOrDefault(field.Name, "").ReplaceLineEndings("\n").Trim();

    private static bool Same(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b, PartField field) => Of(a, field) == Of(b, field);

    /// <summary>What a field or row holds, in words.</summary>
    internal static string Words(IReadOnlyList<PartField> fields, IReadOnlyDictionary<string, string> values)
    {
        var words = fields.Select(field => (Field: field, Value: Of(values, field))).Where(one => one.Value.Length > 0).Select(one => one.Field.Kind switch
        {
            PartKind.Check => fields.Count == 1 ? "Yes" : one.Field.Label,
            PartKind.Choice => one.Field.Options.FirstOrDefault(option => option.Code == one.Value).Words ?? one.Value,
            PartKind.Line or PartKind.Area => one.Value,
            _ => one.Value,
        }).ToList();
        return words.Count > 0 ? string.Join(", ", words) : fields is [{ Kind: PartKind.Check }] ? "No" : "Nothing";
    }
}
