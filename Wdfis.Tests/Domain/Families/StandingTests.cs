using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

/// <summary>What a child can decide is found, and never a matter of age alone; who leaves the card leaves nothing behind.</summary>
public class StandingTests
{
    private static Competence Found(bool able, DateOnly on, CompetenceFor kind = CompetenceFor.Permissions) =>
        new() { Person = Id(2), For = kind, Able = able, Decision = "x", AssessedOn = on, By = Ada, Note = "x" };

    [Fact]
    public void Decides_TheLatestFindingOfItsKind_WinsOverEveryAge()
    {
        DateOnly nine = Today.AddYears(-9), sixteen = Today.AddYears(-16);
        Assert.False(Standing.None.Decides(Id(2), CompetenceFor.Permissions, nine, Today));
        Assert.False(Standing.None.Decides(Id(2), CompetenceFor.Permissions, sixteen.AddDays(1), Today));
        Assert.True(Standing.None.Decides(Id(2), CompetenceFor.Permissions, sixteen, Today));
        Assert.False(Standing.None.Decides(Id(2), CompetenceFor.Permissions, null, Today));
        var able = new Standing { Competences = [Found(false, Today), Found(true, Today.AddDays(-1))] };
        Assert.False(able.Decides(Id(2), CompetenceFor.Permissions, sixteen, Today));
        able = able with { Competences = able.Competences.Add(Found(true, Today)) };
        Assert.True(able.Decides(Id(2), CompetenceFor.Permissions, nine, Today));
        Assert.False(able.Decides(Id(2), CompetenceFor.OwnInformation, nine, Today));
    }

    [Theory]
    [InlineData(11, 364, null, false)]
    [InlineData(12, 0, null, true)]
    [InlineData(12, 0, -10, false)]
    [InlineData(16, 0, -400, true)]
    [InlineData(16, 20, -10, false)]
    [InlineData(18, 0, null, false)]
    public void Prompt_AtTwelveAndSixteen_AsksWhatNobodyLookedAtSince(int years, int days, int? assessed, bool asks)
    {
        var child = Ola with { Birth = new Birth.OnDate(Today.AddYears(-years).AddDays(-days)) };
        var standing = new Standing { Competences = assessed is { } ago ? [Found(true, Today.AddDays(ago))] : [] };
        Assert.Equal(asks, standing.Prompt(child, Today) is not null);
    }

    [Fact]
    public void RemovePerson_WithStanding_LeavesNothingOfThem()
    {
        var card = FamilyCard.Create([Magda], [Ola], Today, Ada).OrThrow()
            .SetRepresentatives([new Representative { Person = Id(2), Who = Id(1), Capacity = RepresentativeCapacity.Other, Source = Source.Record }], Today).OrThrow()
            .Assess(Found(true, Today), Today).OrThrow()
            .SetKeptFrom([new KeptFrom { Person = Id(2), How = KeptHow.NeverTold, Name = "x", SetOn = Today, Source = Source.Record }], Today).OrThrow();
        Assert.Contains(Id(1), card.RemovePerson(Id(2), Today).OrThrow().Receivers);
        var left = card.RemovePerson(Id(2), Today).OrThrow().Standing;
        Assert.True(left.Representatives.IsEmpty && left.Competences.IsEmpty && left.KeptFrom.IsEmpty);
        Assert.Empty(card.RemovePerson(Id(1), Today).OrThrow().Standing.Representatives);
    }

    [Fact]
    public void LiftRestriction_BeforeTheyWereTold_IsRefused()
    {
        var card = FamilyCard.Create([Magda], [Ola], Today.AddDays(-9), Ada).OrThrow().Restrict(Id(1), RestrictionGround.LegalClaim, "x", new(Ada, Now.AddDays(-3))).OrThrow();
        Assert.False(card.Restrict(Id(1), RestrictionGround.Objection, "x", new(Ada, Now)).Accepted);
        foreach (var told in new DateOnly?[] { null, Today.AddDays(-4), Today.AddDays(1) })
            Assert.Equal("family.restriction.told-on", Assert.Single(card.LiftRestriction(Id(1), told, "x", new(Ada, Now)).Problems).Field);
        Assert.False(card.LiftRestriction(Id(1), Today, " ", new(Ada, Now)).Accepted);
        var lifted = card.LiftRestriction(Id(1), Today, "x", new(Ada, Now)).OrThrow();
        Assert.False(lifted.Standing.IsRestricted(Id(1)));
        Assert.True(lifted.Restrict(Id(1), RestrictionGround.Objection, "x", new(Ada, Now)).OrThrow().IsStoredOnly(Id(1), Purpose.Advise));
        Assert.False(card.IsStoredOnly(Id(1), Purpose.Safeguarding));
    }
}
