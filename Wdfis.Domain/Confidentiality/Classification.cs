namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// The government security classifications that the council uses (field-guide.md section 5), and the two ways of having none.
/// </summary>
public enum Classification
{
    /// <summary>Nobody has said. Treated as the strictest of all.</summary>
    Unknown = 0,

    /// <summary>Looked at and found to need none: published text.</summary>
    None = 1,

    /// <summary>OFFICIAL: all personal data is at least this.</summary>
    Official = 2,

    /// <summary>OFFICIAL-SENSITIVE: a need-to-know flag inside OFFICIAL, not a fourth tier.</summary>
    OfficialSensitive = 3,
}

/// <summary>
/// A security marking: a classification with, for OFFICIAL-SENSITIVE, the configured descriptor.
/// <c>default</c> is <see cref="Classification.Unknown"/>, the strictest. Equal when both parts are.
/// </summary>
public readonly record struct Marking
{
    private Marking(Classification classification, string? descriptor)
    {
        Classification = classification;
        Descriptor = descriptor;
    }

    /// <summary>The tier.</summary>
    public Classification Classification { get; }

    /// <summary>The descriptor, for instance <c>PERSONAL</c>; only beside OFFICIAL-SENSITIVE.</summary>
    public string? Descriptor { get; }

    /// <summary>Nobody has said: the strictest.</summary>
    public static Marking Unknown => default;

    /// <summary>Needs no marking.</summary>
    public static Marking None { get; } = new(Classification.None, null);

    /// <summary>OFFICIAL.</summary>
    public static Marking Official { get; } = new(Classification.Official, null);

    /// <summary>OFFICIAL-SENSITIVE before the council's descriptor is put beside it: a rule knows the tier only.</summary>
    public static Marking Sensitive { get; } = new(Classification.OfficialSensitive, null);

    /// <summary>OFFICIAL-SENSITIVE with a descriptor.</summary>
    /// <exception cref="ArgumentException"><see cref="IsDescriptor"/> refuses it.</exception>
    public static Marking OfficialSensitive(string descriptor) =>
        IsDescriptor(descriptor) ? new Marking(Classification.OfficialSensitive, descriptor) : throw new ArgumentException("A descriptor is written in capital letters.", nameof(descriptor));

    /// <summary>True for capital letters, digits, spaces and hyphens, not all of them spaces.</summary>
    public static bool IsDescriptor(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '-');

    /// <summary>This marking with a descriptor where one is still to be said; else itself.</summary>
    public Marking Described(string descriptor) => this == Sensitive ? OfficialSensitive(descriptor) : this;

    /// <summary>Where this marking stands: higher is stricter, and unknown is the highest.</summary>
    public int Strictness => Classification switch
    {
        Classification.None => 0,
        Classification.Official => 1,
        Classification.OfficialSensitive => 2,
        Classification.Unknown => 3,
    };

    /// <summary>The stricter of two; the first when they are equally strict.</summary>
    public static Marking Stricter(Marking a, Marking b) => b.Strictness > a.Strictness ? b : a;

    /// <summary>As printed at the head of a page: <c>OFFICIAL-SENSITIVE [PERSONAL]</c>; unknown says that it is handled as such.</summary>
    public override string ToString() => Classification switch
    {
        Classification.None => "NOT CLASSIFIED",
        Classification.Official => "OFFICIAL",
        Classification.OfficialSensitive => Descriptor is null ? "OFFICIAL-SENSITIVE" : $"OFFICIAL-SENSITIVE [{Descriptor}]",
        Classification.Unknown => "UNKNOWN: HANDLE AS OFFICIAL-SENSITIVE",
    };
}
