using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>A colleague's word that they have read an edition of the policy (A1).</summary>
/// <param name="Id">The unit.</param>
/// <param name="Edition">What they have read.</param>
/// <param name="Made">Who, and when.</param>
public sealed record Acknowledgement(
    UnitId Id,
    [property: Field("policy.version")] PolicyNumber Edition,
    [property: Field("policy.acknowledged")] Stamp Made)
{
    /// <summary>The edition.</summary>
    public override string ToString() => $"{nameof(Acknowledgement)} {Edition}";
}
