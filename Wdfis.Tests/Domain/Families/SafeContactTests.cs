using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Families;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

public class SafeContactTests
{
    private static readonly EnquiryContext Call = new() { CameBy = ContactChannel.Mobile, Address = "07700 900123", LastOn = Today.AddDays(3) };
    private static readonly ContactAttempt Ring = new() { Channel = ContactChannel.Mobile, Address = "+44 7700 900 123", At = new(10, 0) };
    private static readonly SafeWay Mobile = new() { Channel = ContactChannel.Mobile, Until = new(15, 0) };

    private static bool Yes(ContactAnswer answer) => answer.Match(_ => true, _ => false, _ => false);

    [Fact]
    public void NothingAgreed_AnswerByTheWayTheyCame_IsAllowedUntilTheLastDayIncluded()
    {
        Assert.True(Yes(SafeContact.MayContact(null, Ring, Call.LastOn, Call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring, Call.LastOn.AddDays(1), Call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring, Today)));
    }

    [Fact]
    public void Answer_OverEaster_IsAllowedOnTheTenthWorkingDayAndNotOnTheEleventh()
    {
        var call = EnquiryContext.For(ContactChannel.Mobile, "07700 900123", new DateOnly(2026, 4, 1), new(BankHolidays.Published));
        Assert.Equal(new DateOnly(2026, 4, 17), call.LastOn);
        Assert.True(Yes(SafeContact.MayContact(null, Ring, new DateOnly(2026, 4, 17), call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring, new DateOnly(2026, 4, 20), call)));
    }

    [Fact]
    public void NothingAgreed_VoicemailPostOthersAndNewNumbers_StayNo()
    {
        Assert.False(Yes(SafeContact.MayContact(null, Ring with { Voicemail = true }, Today, Call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring with { SomebodyElses = true }, Today, Call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring with { Address = "07700 900124" }, Today, Call)));
        Assert.False(Yes(SafeContact.MayContact(null, Ring with { Channel = ContactChannel.Text }, Today, Call)));
        var letter = new EnquiryContext { CameBy = ContactChannel.Post, Address = "1 Made-up Street", LastOn = Today };
        Assert.False(Yes(SafeContact.MayContact(null, new() { Channel = ContactChannel.Post, Address = "1 Made-up Street", At = new(10, 0) }, Today, letter)));
    }

    [Fact]
    public void Agreed_OnlyTheAgreedWaysAndTimes_AreAllowed()
    {
        var safe = Safe(Mobile);
        Assert.True(Yes(SafeContact.MayContact(safe, Ring, Today)));
        Assert.False(Yes(SafeContact.MayContact(safe, Ring with { At = new(15, 0) }, Today, Call)));
        Assert.False(Yes(SafeContact.MayContact(safe, Ring with { Voicemail = true }, Today)));
        Assert.True(Yes(SafeContact.MayContact(safe with { Voicemail = true }, Ring with { Voicemail = true }, Today)));
        var mail = new EnquiryContext { CameBy = ContactChannel.Email, Address = "m@example.org", LastOn = Today };
        Assert.False(Yes(SafeContact.MayContact(safe, new() { Channel = ContactChannel.Email, Address = "m@example.org", At = new(10, 0) }, Today, mail)));
        Assert.False(Yes(SafeContact.MayContact(safe, Ring with { SomebodyElses = true }, Today)));
        Assert.True(Yes(SafeContact.MayContact(Safe(Mobile with { Address = "07700900123" }), Ring with { SomebodyElses = true }, Today)));
    }

    [Fact]
    public void Agreed_OverMidnight_IsKept()
    {
        var safe = Safe(Mobile with { From = new(22, 0), Until = new(2, 0) });
        Assert.Equal([true, true, false, false], new[] { 22, 1, 2, 12 }.Select(h => Yes(SafeContact.MayContact(safe, Ring with { At = new(h, 0) }, Today))));
    }

    [Fact]
    public void UnsafeAddress_InAnySpelling_IsNo() =>
        Assert.False(Yes(SafeContact.MayContact(Safe() with { UnsafeAddresses = ["0044 (0)7700 900123"] }, Ring, Today, Call)));

    [Fact]
    public void Summary_OfTheBanner_IsOneLineWithoutNumbers()
    {
        Assert.Equal("Safe contact: mobile only, before 3 pm, no voicemail", Safe(Mobile with { Address = "07700 900123" }).Summary);
        Assert.Equal("Safe contact: mobile or text only, 9:30 am to 3 pm, voicemail agreed, ask for the safe word",
            (Safe(Mobile with { From = new(9, 30) }, Mobile with { Channel = ContactChannel.Text, From = new(9, 30) }) with { Voicemail = true, SafeWord = "canary" }).Summary);
        Assert.Equal("Safe contact: do not contact", (Safe(Mobile) with { Danger = true }).Summary);
        Assert.Equal("Safe contact: answer only by the way they came, no voicemail", Safe().Summary);
    }

    private static readonly SafeContact[] Agreed = [.. Enumerable.Range(0, 200).Select(seed => From(seed).SafeContact ?? Safe(Mobile))];

    [Fact]
    public void Danger_Whatever_StopsEverything() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var r = new Random(seed);
        var safe = Agreed[r.Next(Agreed.Length)] with { Danger = true };
        var attempt = Ring with { Channel = Enum.GetValues<ContactChannel>()[r.Next(7)], At = new(r.Next(24), 0), Voicemail = r.Next(2) == 0 };
        var answer = SafeContact.MayContact(safe, attempt, Today, Call with { CameBy = attempt.Channel });
        return answer is ContactAnswer.DoNotContact && answer.Words.Length > 0;
    }).Hold();

    [Fact]
    public void CallerCheck_WhereASafeWordWasAgreed_OnlyTheWordConfirms()
    {
        var facts = CallerCheck.TwoFacts.Create(KnownFact.ChildBirth, KnownFact.Postcode).OrThrow();
        var safe = Safe() with { SafeWord = "canary" };
        Assert.True(facts.Confirms(null));
        Assert.False(facts.Confirms(safe));
        Assert.False(facts.Confirms(Safe() with { Danger = true }));
        Assert.False(new CallerCheck.KnownVoice().Confirms(safe));
        Assert.False(new CallerCheck.CallBack().Confirms(safe));
        Assert.True(new CallerCheck.CallBack().Confirms(null));
        Assert.True(new CallerCheck.SafeWord().Confirms(safe));
        Assert.False(new CallerCheck.SafeWord().Confirms(null));
        Assert.False(new CallerCheck.NotConfirmed().Confirms(null));
        Assert.False(CallerCheck.TwoFacts.Create(KnownFact.Postcode, KnownFact.Postcode).Accepted);
    }
}
