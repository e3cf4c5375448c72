using System.Collections.Immutable;

namespace Wdfis.Portal.Features.Drafts;

/// <summary>
/// Work typed but not yet saved: the fields of one form, by name. A unit with its own key from the first keystroke;
/// not searched, not backed up. Saving re-seals it as a record, dropping destroys it.
/// </summary>
internal sealed class Draft(string form, ImmutableSortedDictionary<string, string> fields)
{
    /// <summary>The most that one field of a form may hold, in UTF-16 units: the whole policy is one field.</summary>
    public static int FieldLimit(string form) => form == Policy.PolicyDesk.Form ? Domain.Policy.PolicyText.Limit : 20_000;

    /// <summary>The most fields that one form may have.</summary>
    public const int MostFields = 200;

    /// <summary>The most that all fields of one form may hold together, names included, in UTF-16 units.</summary>
    public const int MostText = 1_000_000;

    /// <summary>The most forms that one colleague may have unfinished.</summary>
    public const int MostPerOwner = 200;

    /// <summary>Whether it is a form that somebody typed: its fields together are within what is kept.</summary>
    public bool Fits => Fields.Count <= MostFields && Fields.Sum(one => one.Key.Length + one.Value.Length) <= MostText;

    /// <summary>The code of the form, for instance <c>live-enquiry</c>.</summary>
    public string Form { get; } = form;

    /// <summary>What was typed, by field name.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; } = fields;

    /// <summary>What was typed into a field; empty when nothing was.</summary>
    public string this[string field] => Fields.GetValueOrDefault(field, "");

    public Draft With(IEnumerable<KeyValuePair<string, string>> changed) => new(Form, Fields.SetItems(changed));

    /// <summary>The form's code only.</summary>
    public override string ToString() => $"Draft {Form}";
}
