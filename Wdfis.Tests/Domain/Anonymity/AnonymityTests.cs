using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Anonymity;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Anonymity;

public class AnonymityTests
{
    [Theory]
    [InlineData("K7-QFM2")]
    [InlineData("k7qfm2")]
    [InlineData(" k7 – qf m2 ")]
    public void Reference_AnySpelling_IsTheSame(string text) => Assert.Equal("K7-QFM2", AnonymousReference.Parse(text).Format());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K7-QFM")]
    [InlineData("K7-QFM22")]
    [InlineData("K0-QFM2")]
    [InlineData("K7-QFI2")]
    [InlineData("\u212a7-QFM2")]
    public void Reference_WhatIsNone_IsRefused(string? text) => Assert.False(AnonymousReference.TryParse(text, out _));

    [Fact]
    public void Reference_Drawn_ReadsBackInAnyCase() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var drawn = AnonymousReference.Draw(new Random(seed).Next);
        return AnonymousReference.Parse(drawn.Format().ToLowerInvariant()) == drawn && !drawn.Format().Any("0O1ILS5ZBGUAE".Contains);
    }).Hold();

    [Fact]
    public void Reference_Created_HardlyEverTwice() =>
        Assert.InRange(Enumerable.Range(0, 1_000).Select(_ => AnonymousReference.Create()).Distinct().Count(), 998, 1_000);

    [Fact]
    public void Ladder_WalkedAtRandom_NeverClimbsWithoutAgreement() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var r = new Random(seed);
        var ladder = r.Next(2) == 0 ? Ladder.Anonymous(AnonymousReference.Create()) : Ladder.Named;
        for (var step = 0; step < 20; step++)
        {
            var before = ladder;
            if (r.Next(2) == 0)
            {
                var agreement = r.Next(4) == 0 ? null : new RungAgreement((Rung)r.Next(0, 5), (AgreedHow)r.Next(0, 5), Now.AddHours(r.Next(-5, 2)), r.Next(4) == 0 ? default : Ada);
                ladder = ladder.Climb(agreement, Now).Match(l => l, _ => before);
                if (ladder.Rung > before.Rung && (agreement is null || agreement.To != ladder.Rung || agreement.By == default || agreement.At > Now || !ladder.Agreements.Contains(agreement)))
                    return false;
            }
            else
            {
                ladder = Descent.Decide(new DescentFacts { From = ladder.Rung, To = (Rung)r.Next(0, 5), RightsRequestOpen = r.Next(3) == 0 })
                    .Match(done => before.Descend(done, AnonymousReference.Create()), _ => before, _ => before);
                if (ladder.Rung > before.Rung)
                    return false;
            }
            if (ladder.Rung < before.Rung && ladder.Agreements.Any(a => a.To > ladder.Rung) || ladder.Rung != Rung.Named && ladder.Reference.IsEmpty)
                return false;
        }
        return true;
    }).Hold();

    [Fact]
    public void Climb_DatedInTheFutureOrBeforeTheLast_IsRefused()
    {
        var ladder = Ladder.Anonymous(AnonymousReference.Create());
        Assert.False(ladder.Climb(new(Rung.Handle, AgreedHow.Spoken, Now.AddTicks(1), Ada), Now).Accepted);
        var handle = ladder.Climb(new(Rung.Handle, AgreedHow.Spoken, Now, Ada), Now).OrThrow();
        Assert.False(handle.Climb(new(Rung.Named, AgreedHow.Spoken, Now.AddDays(-1), Ada), Now).Accepted);
    }

    [Fact]
    public void Descent_WhileSomethingIsOpen_IsDeferredInWords()
    {
        var facts = new DescentFacts { From = Rung.Named, To = Rung.Anonymous };
        Assert.False(string.IsNullOrEmpty(Assert.IsType<Descent.Deferred>(Descent.Decide(facts with { RightsRequestOpen = true })).Words));
        Assert.False(string.IsNullOrEmpty(Assert.IsType<Descent.Deferred>(Descent.Decide(facts with { ClaimOpen = true })).Words));
        Assert.False(string.IsNullOrEmpty(Assert.IsType<Descent.Refused>(Descent.Decide(facts with { HeldByLaw = true })).Words));
        Assert.IsType<Descent.Refused>(Descent.Decide(facts with { To = Rung.Named }));
        Assert.IsType<Descent.Refused>(Descent.Decide(facts with { RewordedNote = "a\0b" }));
    }

    [Fact]
    public void Descent_Done_SaysWhatIsDestroyedStaysAndRemains()
    {
        var done = Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts
        {
            From = Rung.Named,
            To = Rung.Anonymous,
            DisclosuresSent = 2,
            KeptElsewhere = 1,
            BackupsUntil = new(2027, 1, 14),
            RewordedNote = " Asked about places. ",
        }));
        Assert.Equal(["backups", "sent", "elsewhere", "audit"], done.Remains.Select(r => r.Where));
        Assert.Contains("14 January 2027", done.Remains[0].Words, StringComparison.Ordinal);
        Assert.Equal("Asked about places.", done.Note);
        Assert.Equal(2, done.Stays.Length);
        Assert.NotEmpty(done.Destroyed);
        Assert.Equal("Done", done.ToString());
    }

    [Fact]
    public void Descent_WithoutANote_KeepsTheStatisticAlone()
    {
        var done = Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts { From = Rung.Handle, To = Rung.Anonymous }));
        Assert.Null(done.Note);
        Assert.Single(done.Stays);
        Assert.Equal(["audit"], done.Remains.Select(r => r.Where));
    }
}
