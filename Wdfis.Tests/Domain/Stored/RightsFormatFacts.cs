using System.Text;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Storage.Records;

namespace Wdfis.Tests.Domain.Stored;

/// <summary>The golden texts of rights requests: they must open, and come out the same, in every build to come.</summary>
public sealed class RightsFormatFacts
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly RightsSubject Mother = new(new(Guid.Parse("00000000-0000-7000-8000-0000000000fe")), new(Guid.Parse("00000000-0000-7000-8000-00000000000b")));

    private static Stamp Day(int day) => new(Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private const string RequestV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","kind":"Corporate","receivedOn":"2026-06-01","how":"letter","asker":"Representative","askerName":"Zo\u00EB","reach":"by post","words":"all of \u0022it\u0022","agreedOn":"2026-07-01","takenBy":"00000000-0000-7000-8000-00000000000a","steps":[{"what":"Named","on":"2026-06-01","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","unit":"00000000-0000-7000-8000-0000000000fe","person":"00000000-0000-7000-8000-00000000000b"},{"what":"PlaceSearched","on":"2026-06-02","at":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","words":"their name","code":"Paper:NothingHeld"},{"what":"Closed","on":"2026-06-03","at":"2026-06-03T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","code":"TakenBack"}]}
        """;

    [Fact]
    public void Request_Golden_OpensAndIsWrittenTheSame()
    {
        var request = RightsRequest.Take(new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), new RightsIntake
        {
            Kind = RightKind.Corporate,
            ReceivedOn = Day(0).On,
            How = "letter",
            Asker = Asker.Representative,
            AskerName = "Zoë",
            Reach = "by post",
            Words = "all of \"it\"",
            AgreedOn = new DateOnly(2026, 7, 1),
            About = [Mother],
        }, Day(0)).OrThrow().With(RightsEvent.PlaceSearched, null, "their name", "Paper:NothingHeld", Working, Day(1)).OrThrow().Close(RightsOutcome.TakenBack, null, Working, Day(2)).OrThrow();
        var format = new RightsRequestFormat();
        Assert.Equal(RequestV1, Encoding.UTF8.GetString(format.Write(request)));
        Assert.Equivalent(request, format.Read(Encoding.UTF8.GetBytes(RequestV1)), strict: true);
    }

    private const string PackV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000fe","request":"00000000-0000-7000-8000-0000000000ff","decisions":[{"item":"a|b","verdict":"Withheld","exemption":"third-party","reason":"his","by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"},{"item":"c|d","verdict":"WithoutThem","reason":"no names","instead":"in other words","by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"}],"copy":{"shown":"\u003Chtml\u003E","classification":"OfficialSensitive","descriptor":"PERSONAL","fingerprint":"0f","receiver":"00000000-0000-7000-8000-00000000000b","proof":"passport","askedBy":"00000000-0000-7000-8000-00000000000a","askedAt":"2026-06-02T10:00:00+00:00","approval":{"of":"0f","askedBy":"00000000-0000-7000-8000-00000000000a","by":"00000000-0000-7000-8000-00000000000e","as":"TeamLead","reason":"read","at":"2026-06-03T10:00:00+00:00","until":"2026-06-05T10:00:00+00:00"},"releasedAt":"2026-06-04T10:00:00+00:00"}}
        """;

    [Fact]
    public void Pack_Golden_OpensAndIsWrittenTheSame()
    {
        var pack = RightsPack.Of(new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")))
            .Decide(["a|b"], ItemVerdict.Withheld, "third-party", "his", null, Day(0)).OrThrow()
            .Decide(["c|d"], ItemVerdict.WithoutThem, null, "no names", "in other words", Day(0)).OrThrow()
            .Before(new PackCopy { Shown = "<html>", Marking = Marking.OfficialSensitive("PERSONAL"), Fingerprint = "0f", Receiver = Mother.Person, Proof = "passport", AskedBy = Ann, AskedAt = Day(1).At })
            .Agree(Role.TeamLead, "read", Day(4).At, Day(2) with { By = new(Guid.Parse("00000000-0000-7000-8000-00000000000e")) }).OrThrow()
            .Released(Day(3).At);
        var format = new RightsPackFormat();
        Assert.Equal(PackV1, Encoding.UTF8.GetString(format.Write(pack)));
        Assert.Equivalent(pack, format.Read(Encoding.UTF8.GetBytes(PackV1)), strict: true);
    }

    [Fact]
    public void Pack_OfARequest_IsFoundFromItAndBack() => Assert.Equal(Mother.Unit, RightsPack.IdOf(RightsPack.IdOf(Mother.Unit)));
}
