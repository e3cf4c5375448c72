using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Families;
using Wdfis.Domain.Identifiers;
using Wdfis.Portal.Operations.Synthetic;

namespace Wdfis.Tests.Operations.Synthetic;

public sealed class SyntheticFamiliesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void Families_OfOneSeed_AreTheSameAndOfAnotherAreNot()
    {
        static IEnumerable<object?> Told(int seed) => SyntheticFamilies.Make(200, seed, Today)
            .SelectMany(f => new object?[] { f.Id, f.Card.Carers[0].Surname, f.Card.Address?.Postcode, f.LastContactOn, f.Enquiries.Length, f.Permissions.FirstOrDefault()?.Id });
        Assert.Equal(Told(1), Told(1));
        Assert.NotEqual(Told(1), Told(2));
    }

    [Fact]
    public void Families_Made_KeepTheRulesOfACard() =>
        Assert.All(SyntheticFamilies.Make(2_000, 3, Today), f => Assert.Empty(FamilyCard.Create(
            f.Card.Carers, f.Card.Children, Today, f.Card.CheckedBy, f.Card.CourtOrders, f.Card.Address, f.Card.Communication, f.Card.SafeContact).Problems));

    [Fact]
    public void Families_Made_AreOfEveryKind()
    {
        var made = SyntheticFamilies.Make(4_000, 5, Today).ToList();
        Assert.Equal(made.Count, made.Select(f => f.Id).Distinct().Count());
        Assert.Contains(made, f => f.SpecialHandling);
        Assert.Contains(made, f => f.Card.Carers[0].Ladder.Rung == Rung.Handle);
        Assert.Contains(made, f => f.Card.Carers[0].Ladder.Rung == Rung.Anonymous);
        Assert.Contains(made, f => f.Card.SafeContact is { Danger: true });
        Assert.Contains(made, f => f.Card.CourtOrders.Length > 0);
        Assert.Contains(made, f => f.Card.Children.Any(c => c.Birth is Birth.Unknown));
        Assert.Contains(made, f => f.Card.Children.Any(c => c.Birth is Birth.Expected));
        Assert.Contains(made, f => f.Card.Carers.Any(c => c.Surname == "Kowalczyk"));
        Assert.Equal([0, 1, 2, 3], made.Select(f => f.Enquiries.Length).Distinct().Order());
        Assert.Equal([0, 1, 2], made.Select(f => f.Permissions.Length).Distinct().Order());
        Assert.All(made, f => Assert.InRange(f.LastContactOn, f.CreatedOn, Today));
        Assert.All(made.Where(f => f.Card.Address is not null), f => Assert.StartsWith("WF", f.Card.District, StringComparison.Ordinal));
    }

    [Fact]
    public void Contacts_Made_ReachNobody()
    {
        var points = SyntheticFamilies.Make(3_000, 7, Today).SelectMany(f => f.Card.Carers).SelectMany(c => c.Contacts).ToList();
        Assert.NotEmpty(points);
        Assert.All(points, p => Assert.True(
            EmailAddress.TryParse(p.Value, out var mail) && mail.Canonical.EndsWith("@example.org", StringComparison.Ordinal)
            || TelephoneNumber.TryParse(p.Value, out var number) && (number.Digits.StartsWith("447700900", StringComparison.Ordinal)
                || number.Digits.StartsWith("441632960", StringComparison.Ordinal)
                || number.Digits.StartsWith("442079460", StringComparison.Ordinal)), p.Kind.ToString()));
    }
}
