using System.Collections.Immutable;

namespace Wdfis.Domain.Consent;

/// <summary>One kind of information that a permission can name.</summary>
/// <param name="Code">Stored; never given a new meaning.</param>
/// <param name="Label">As it is said to the family.</param>
/// <param name="SpecialCategory">True for what article 9 or the service holds to be special (field-guide.md section 6): it counts only when named.</param>
public sealed record ScopeItem(string Code, string Label, bool SpecialCategory = false);

/// <summary>What can be named in a permission to share. There is no "everything": each item is said by name (U2, field-guide.md sections 2 and 6).</summary>
public static class ScopeItems
{
    /// <summary>All of them, in the order in which they are said.</summary>
    public static ImmutableArray<ScopeItem> All { get; } =
    [
        new("name", "your name"),
        new("child-name", "your child's name"),
        new("helped", "that our service is helping you"),
        new("topic", "what it is about"),
        new("contact-details", "how to reach you"),
        new("child-birth-date", "your child's date of birth"),
        new("setting", "which school or nursery your child goes to"),
        new("request", "what you asked us"),
        new("advice", "what we answered"),
        new("documents", "the documents that you gave us"),
        new("sen", "your child's special educational needs", true),
        new("health", "health", true),
        new("ethnicity", "ethnic background", true),
        new("religion", "religion or belief", true),
        new("social-care", "contact with social care", true),
        new("domestic-abuse", "domestic abuse", true),
        new("benefits", "benefits and free school meals", true),
        new("immigration", "immigration", true),
        new("family-breakdown", "separation and court orders", true),
    ];

    /// <summary>What a permission to contact carries, and no more (U3): name, child, that WDFIS helps, the topic.</summary>
    public static ImmutableArray<string> ContactMinimum { get; } = ["name", "child-name", "helped", "topic"];

    /// <summary>The item of a code; null when there is none.</summary>
    public static ScopeItem? Find(string code) => All.FirstOrDefault(i => i.Code == code);
}
