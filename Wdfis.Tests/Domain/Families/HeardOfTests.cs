using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Portal.Storage.Records;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

/// <summary>Word owed to people of whom others told us (Article 14, D1): until when, and what settles it.</summary>
public sealed class HeardOfTests
{
    private static readonly PersonId Father = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));

    private static Stamp At(DateOnly on) => new(Ann, new DateTimeOffset(on, new TimeOnly(12, 0), TimeSpan.Zero));

    [Fact]
    public void Word_IsDueWithinTheMonth_AndSettledOnlyByADayOrAReason() => Prop.ForAll(Gen.Choose(0, 2_000).ToArbitrary(), days =>
    {
        var on = new DateOnly(2026, 1, 1).AddDays(days);
        var heard = HeardOf.Of(Father, on);
        return heard.DueOn > on && heard.DueOn <= on.AddDays(31) && (heard.DueOn.Day == on.Day || heard.DueOn.AddDays(1).Day == 1)
            && !heard.Tell(null, "our letter", At(on)).Accepted && !heard.Tell(on.AddDays(1), "our letter", At(on)).Accepted && !heard.Tell(on, " ", At(on)).Accepted
            && !heard.LeaveUntold(null, "why", At(on)).Accepted && !heard.LeaveUntold(NotToldBecause.Danger, " ", At(on)).Accepted
            && heard.LeaveUntold(NotToldBecause.Danger, "He must not learn of it.", At(on)).OrThrow().Tell(on, "our letter", At(on)).OrThrow() is { Because: null, Reason: null, ToldOn: not null } told
            && !told.LeaveUntold(NotToldBecause.Knows, "why", At(on)).Accepted && !told.Tell(on, "again", At(on)).Accepted;
    }).QuickCheckThrowOnFailure();

    private const string V1 = """{"v":1,"person":"00000000-0000-7000-8000-00000000000b","heardOn":"2026-11-22","because":"Confidence","reason":"It would say who came to us.","by":"00000000-0000-7000-8000-00000000000a","at":"2026-11-30T12:00:00+00:00"}""";

    [Fact]
    public void Golden_OpensAndIsWrittenTheSame()
    {
        var heard = HeardOf.Of(Father, new DateOnly(2026, 11, 22)).LeaveUntold(NotToldBecause.Confidence, "It would say who came to us.", At(new DateOnly(2026, 11, 30))).OrThrow();
        Assert.Equal(V1, Encoding.UTF8.GetString(new HeardOfFormat().Write(heard)));
        Assert.Equivalent(heard, new HeardOfFormat().Read(Encoding.UTF8.GetBytes(V1)), strict: true);
    }

    [Fact]
    public void Settled_SaysWhoWhenAndHow()
    {
        var told = HeardOf.Of(Father, Today).Tell(Today, " our letter ", At(Today)).OrThrow();
        Assert.Equal((Today, "our letter", null, null, At(Today)), (told.ToldOn!.Value, told.ToldHow, told.Because, told.Reason, told.Settled!.Value));
        Assert.Equal("heard-of.told-how", HeardOf.Of(Father, Today).Tell(Today, new string('x', 201), At(Today)).Fields());
        Assert.Equal("heard-of.told-on heard-of.told-how", HeardOf.Of(Father, Today).Tell(null, null, At(Today)).Fields());
        foreach (var because in Enum.GetValues<NotToldBecause>())
        {
            var left = HeardOf.Of(Father, Today).LeaveUntold(because, " a\r\nb ", At(Today)).OrThrow();
            Assert.Equal((because, "a\nb", null, At(Today)), (left.Because!.Value, left.Reason, left.ToldOn, left.Settled!.Value));
        }
        Assert.Equal("heard-of.because", HeardOf.Of(Father, Today).LeaveUntold((NotToldBecause)9, "x", At(Today)).Fields());
        Assert.Equal("heard-of.reason", HeardOf.Of(Father, Today).LeaveUntold(NotToldBecause.Law, new string('x', TypedText.NoteLimit + 1), At(Today)).Fields());
    }

    /// <summary>One person on two cards is owed one word, since the earlier day, and nothing that was settled is lost.</summary>
    [Fact]
    public void Joined_IsOwedSinceTheEarlierDay_AndSettledAsOneOfTheTwoWas()
    {
        HeardOf open = HeardOf.Of(Father, Today), later = HeardOf.Of(Id(9), Today.AddDays(3)), told = later.Tell(Today.AddDays(3), "our letter", At(Today.AddDays(3))).OrThrow();
        foreach (var (one, other, how) in new (HeardOf, HeardOf, string?)[] { (open, later, null), (open, told, "our letter") })
        {
            foreach (var (a, b) in new[] { (one, other), (other, one) })
            {
                var joined = a.Join(b).OrThrow();
                Assert.Equal((a.Person, Today, how), (joined.Person, joined.HeardOn, joined.ToldHow));
            }
        }
        Assert.Equal($"family.person#{Father}", open.LeaveUntold(NotToldBecause.Knows, "x", At(Today)).OrThrow().Join(told).Fields());
        Assert.NotEqual(Father.Value, HeardOf.IdOf(Father).Value);
        Assert.Equal(Father.Value, HeardOf.IdOf(new(HeardOf.IdOf(Father).Value)).Value);
        Assert.Equal(HeardOf.IdOf(Father), open.Id);
    }
}
