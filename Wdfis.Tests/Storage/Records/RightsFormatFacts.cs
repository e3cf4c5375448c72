using System.Text;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Storage.Records;

namespace Wdfis.Tests.Storage.Records;

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
}
