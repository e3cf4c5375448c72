using System.Collections.Immutable;

namespace Wdfis.Domain.FreeText;

/// <summary>What a piece of free text can look like.</summary>
public enum IdentifierKind
{
    /// <summary>An NHS number, by its check digit.</summary>
    NhsNumber = 1,
    /// <summary>A unique pupil number, by its check letter.</summary>
    Upn = 2,
    /// <summary>A unique learner number, by its check digit.</summary>
    Uln = 3,
    /// <summary>A National Insurance number, also without its last letter, or an administrative one.</summary>
    NationalInsuranceNumber = 4,
    /// <summary>A full postcode; the district alone identifies nobody.</summary>
    Postcode = 5,
    /// <summary>A telephone number that is not one of the allowed ones.</summary>
    Telephone = 6,
    /// <summary>An e-mail address.</summary>
    Email = 7,
    /// <summary>A date that may be somebody's birth.</summary>
    DateOfBirth = 8,
    /// <summary>A name after a title, or after words such as "my son".</summary>
    Name = 9,
}

/// <summary>A place in a text that looks identifying: where, and every kind that it could be. Holds none of the text.</summary>
/// <param name="Start">The index of its first sign, in UTF-16 units.</param>
/// <param name="Length">How many units it spans.</param>
/// <param name="Kinds">Every kind that it could be, in the order of <see cref="IdentifierKind"/>; never empty.</param>
public sealed record Finding(int Start, int Length, ImmutableArray<IdentifierKind> Kinds)
{
    /// <summary>The warning: "This looks like a telephone number. Leave it out unless it is needed."</summary>
    public string Sentence => $"This looks like {string.Join(" or ", Kinds.Select(Words))}. Leave it out unless it is needed.";

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Finding);

    private static string Words(IdentifierKind kind) => kind switch
    {
        IdentifierKind.NhsNumber => "an NHS number",
        IdentifierKind.Upn => "a pupil number",
        IdentifierKind.Uln => "a learner number",
        IdentifierKind.NationalInsuranceNumber => "a National Insurance number",
        IdentifierKind.Postcode => "a full postcode",
        IdentifierKind.Telephone => "a telephone number",
        IdentifierKind.Email => "an e-mail address",
        IdentifierKind.DateOfBirth => "a date of birth",
        IdentifierKind.Name => "a name",
    };
}
