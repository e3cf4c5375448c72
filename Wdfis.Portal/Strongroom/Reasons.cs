using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// Why an act was done, in somebody's own words: sealed in the unit that it concerns and gone with it, while the audit holds its hash.
/// The unit is there already, or the same act makes it. What belongs to a record goes into the record; this is for what has no other place
/// (an assignment, a conflict, a hold, an emergency).
/// </summary>
internal sealed record Reason(UnitId Unit, string Text)
{
    /// <summary>The longest, in UTF-16 units.</summary>
    internal const int Limit = 2_000;

    /// <summary>What is wrong with what was typed; null for nothing.</summary>
    internal static Problem? Check(string field, string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? new Problem(field, "Say why, in a few words.") : TypedText.Check(field, typed, Limit, lines: true);

    public override string ToString() => $"Reason {Unit}";
}

/// <summary>A <see cref="Reason"/> sealed under its unit's key, on the caller's thread.</summary>
internal sealed record SealedReason(UnitId Unit, Wdfis.Domain.Sealing.KeyId Key, byte[] Sealed)
{
    public override string ToString() => $"SealedReason {Unit}";
}

/// <summary>One reason as it was given.</summary>
internal sealed record GivenReason(DateTimeOffset At, ColleagueId Who, AuditAction Action, [property: Field("reason.text")] string Text)
{
    public override string ToString() => nameof(GivenReason);
}

/// <summary>All reasons that were given about one unit, in the order of their acts.</summary>
internal sealed record Reasons(ImmutableArray<GivenReason> Given)
{
    public override string ToString() => nameof(Reasons);
}
