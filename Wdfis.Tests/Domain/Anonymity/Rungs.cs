using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Anonymity;

/// <summary>The ladder rung by rung and the answer to "please forget who I am", fact by fact (C2; field-guide.md sections 1.3 and 4).</summary>
public class Rungs
{
    private static readonly AnonymousReference Reference = AnonymousReference.Parse("K7-QFM2"), Other = AnonymousReference.Parse("2346-79");

    private static Descent.Done Down(Rung from, Rung to) => Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts { From = from, To = to }));

    private static RungAgreement Agreed(Rung to, int minutes = 0) => new(to, AgreedHow.Spoken, Now.AddMinutes(minutes), Ada);

    /// <summary>Up only by an agreement that is whole, to a higher rung, not of the future and not before the last.</summary>
    [Fact]
    public void Climb_FromEveryRungToEveryRung()
    {
        foreach (var from in Enum.GetValues<Rung>())
        {
            foreach (var to in Enum.GetValues<Rung>())
            {
                var ladder = Ladder.Restore(from, Reference, [Agreed(from, -10)]);
                Assert.Equal(to > from ? "" : "family.person.rung", ladder.Climb(Agreed(to), Now).Fields());
                if (to > from)
                {
                    var climbed = ladder.Climb(Agreed(to, -10), Now).OrThrow();
                    Assert.Equal((to, Reference, 2, Agreed(to, -10)), (climbed.Rung, climbed.Reference, climbed.Agreements.Length, climbed.Agreements[^1]));
                    Assert.Equal("family.person.rung-agreement", ladder.Climb(Agreed(to, 1), Now).Fields());
                    Assert.Equal("family.person.rung-agreement", ladder.Climb(Agreed(to, -11), Now).Fields());
                }
                Assert.Equal(to < from, Descent.Decide(new DescentFacts { From = from, To = to }) is Descent.Done);
            }
        }
        foreach (var broken in new[] { null, Agreed((Rung)9), Agreed(Rung.Named) with { How = (AgreedHow)9 }, Agreed(Rung.Named) with { By = default } })
            Assert.Equal("family.person.rung", Ladder.Anonymous(Reference).Climb(broken, Now).Fields());
    }

    [Fact]
    public void Descend_KeepsTheReferenceThatTheyHold_AndTheAgreementsThatStillHold()
    {
        var climbed = Ladder.Restore(Rung.Named, Reference, [Agreed(Rung.Handle, -2), Agreed(Rung.Named, -1)]);
        var handle = climbed.Descend(Down(Rung.Named, Rung.Handle), Other);
        Assert.Equal((Rung.Handle, Reference), (handle.Rung, handle.Reference));
        Assert.Equal([Agreed(Rung.Handle, -2)], handle.Agreements.AsEnumerable());
        Assert.Empty(handle.Descend(Down(Rung.Handle, Rung.Anonymous), Other).Agreements);
        Assert.Equal(Other, Ladder.Named.Descend(Down(Rung.Named, Rung.Anonymous), Other).Reference);
        Assert.Throws<InvalidOperationException>(() => climbed.Descend(Down(Rung.Handle, Rung.Anonymous), Other));
        foreach (var broken in (Action[])[() => Ladder.Named.Descend(Down(Rung.Named, Rung.Handle), default), () => Ladder.Anonymous(default), () => Ladder.Handle(default), () => Ladder.Restore(Rung.Handle, default, []), () => Ladder.Restore((Rung)9, Reference, [])])
            Assert.Throws<ArgumentException>(broken);
        Assert.Equal(Rung.Named, Ladder.Restore(Rung.Named, default, []).Rung);
    }

    [Fact]
    public void Ladders_AreTheSameByRungReferenceAndAgreements()
    {
        var one = Ladder.Restore(Rung.Named, Reference, [Agreed(Rung.Named)]);
        Assert.Equal(one, Ladder.Restore(Rung.Named, Reference, [Agreed(Rung.Named)]));
        Assert.True(one.Equals((object)Ladder.Restore(Rung.Named, Reference, [Agreed(Rung.Named)])));
        Assert.All([Ladder.Restore(Rung.Handle, Reference, [Agreed(Rung.Named)]), Ladder.Restore(Rung.Named, Other, [Agreed(Rung.Named)]), Ladder.Restore(Rung.Named, Reference, []), null], other => Assert.False(one.Equals(other)));
    }

    /// <summary>What the law holds is refused; what is open defers; the rest is done. Of several the strongest is said.</summary>
    [Fact]
    public void Descent_ByWhatBinds()
    {
        foreach (var bits in Enumerable.Range(0, 16))
        {
            var facts = new DescentFacts { From = Rung.Named, To = Rung.Anonymous, HeldByLaw = (bits & 8) > 0, RightsRequestOpen = (bits & 4) > 0, ClaimOpen = (bits & 2) > 0, OnHold = (bits & 1) > 0 };
            var answer = Descent.Decide(facts).Match(_ => "done", deferred => deferred.Words, refused => refused.Words);
            var alone = bits == 0 ? "done" : Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Anonymous, HeldByLaw = bits >= 8, RightsRequestOpen = bits is < 8 and >= 4, ClaimOpen = bits is 2 or 3, OnHold = bits == 1 }).Match(_ => "done", deferred => deferred.Words, refused => refused.Words);
            Assert.Equal(alone, answer);
            Assert.Equal(bits >= 8, Descent.Decide(facts) is Descent.Refused);
            Assert.Equal(bits is > 0 and < 8, Descent.Decide(facts) is Descent.Deferred);
        }
        Assert.IsType<Descent.Refused>(Descent.Decide(new DescentFacts { From = (Rung)9, To = Rung.Anonymous }));
        Assert.IsType<Descent.Refused>(Descent.Decide(new DescentFacts { From = Rung.Named, To = 0 }));
        Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Handle, RewordedNote = "two\nlines" }));
        Assert.IsType<Descent.Refused>(Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Handle, RewordedNote = new string('x', TypedText.NoteLimit + 1) }));
    }

    /// <summary>They hear where something of them remains: once or several times are two sentences, and nothing that is not so is said.</summary>
    [Theory]
    [InlineData(0, 0, false, "audit")]
    [InlineData(1, 0, false, "sent audit")]
    [InlineData(0, 1, false, "elsewhere audit")]
    [InlineData(2, 3, true, "backups sent elsewhere audit")]
    public void Done_SaysWhatRemainsWhere(int sent, int elsewhere, bool backups, string where)
    {
        var done = Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Handle, DisclosuresSent = sent, KeptElsewhere = elsewhere, BackupsUntil = backups ? Today : null }));
        Assert.Equal(where, string.Join(' ', done.Remains.Select(one => one.Where)));
        Assert.Equal(backups ? [Today] : [], done.Remains.Select(one => one.Until).OfType<DateOnly>());
        Assert.Equal((sent > 1, elsewhere > 1), (done.Remains.Any(one => one.Words.Contains($" {sent} occasions", StringComparison.Ordinal)), done.Remains.Any(one => one.Words.StartsWith($"{elsewhere} other records", StringComparison.Ordinal))));
        Assert.Equal((Rung.Named, Rung.Handle), (done.From, done.To));
        // The name that they chose goes with everything else, and stays where they are known by it.
        Assert.NotEqual(done.Destroyed[0], Down(Rung.Named, Rung.Anonymous).Destroyed[0]);
    }

    [Fact]
    public void Anonymisation_OfNobodyOrNowhere_IsNoProof()
    {
        var unit = new UnitId(Id(50).Value);
        Anonymisation Made(UnitId? id = null, Rung to = Rung.Anonymous, int people = 1, SearchedPlace place = SearchedPlace.Keys, int looked = 0, int destroyed = 0) =>
            Anonymisation.Restore(id ?? unit, Now, Ada, to, people, true, [new(place, looked, destroyed)], [new("audit", "x", Today)]);
        var made = Made(people: 2, looked: 3, destroyed: 1);
        Assert.Equal((unit, Now, Ada, Rung.Anonymous, 2, true, new Searched(SearchedPlace.Keys, 3, 1), new Remaining("audit", "x", Today)), (made.Id, made.At, made.By, made.To, made.People, made.NoteStays, made.Searched.Single(), made.Remains.Single()));
        foreach (var broken in (Action[])[() => Made(default(UnitId)), () => Made(people: 0), () => Made(to: 0), () => Made(place: 0), () => Made(looked: -1), () => Made(destroyed: -1)])
            Assert.Throws<ArgumentException>(broken);
    }

    [Fact]
    public void Reference_AtItsBounds()
    {
        Assert.Equal(23, AnonymousReference.Alphabet.Distinct().Count());
        Assert.True(AnonymousReference.TryParse("K7-QFM2" + new string(' ', 33), out _));
        Assert.False(AnonymousReference.TryParse("K7-QFM2" + new string(' ', 34), out _));
        foreach (var dash in "-\u2010\u2011\u2012\u2013\u2014\u2212\t")
            Assert.True(AnonymousReference.TryParse($"K7{dash}QFM2", out var read) && read == Reference);
        Assert.Equal((true, "", "K7-QFM2"), (default(AnonymousReference).IsEmpty, default(AnonymousReference).Format(), Reference.ToString()));
        Assert.False(Reference.IsEmpty);
        Assert.Throws<FormatException>(() => AnonymousReference.Parse("x"));
        var n = 0;
        Assert.Equal(AnonymousReference.Alphabet[..6], AnonymousReference.Draw(below => below == AnonymousReference.Alphabet.Length ? n++ : throw new InvalidOperationException()).Format().Replace("-", "", StringComparison.Ordinal));
    }
}
