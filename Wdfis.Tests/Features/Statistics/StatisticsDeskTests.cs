using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Portal.Features.Statistics;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Statistics;

public class StatisticsDeskTests
{
    [Fact]
    public async Task Table_OfClosedEnquiries_IsCountedByServiceAndMonth_ForManagersAndNotForAdvisers()
    {
        await using var room = await FamilyRoom.Start();
        var (desk, today) = (room.Get<StatisticsDesk>(), room.Today);
        async Task Close(Service service, string topic, int times) => Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Counted,
            [.. Enumerable.Range(0, times).SelectMany(_ => EnquiryFigures.Of(service, topic, "information-given", "phone", today, level: 2, district: "WF1")).Select(figure => new Count(figure.Name, figure.Month))])));
        await Close(Service.FamiliesInformation, "childcare-search", 7);
        await Close(Service.FamiliesInformation, "post-16", 6);
        await Close(Service.ChoiceAdvice, "post-16", 9);
        var all = desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), null, CountedBy.Topic)!;
        Assert.Equal(2, all.Rows.Length);
        Assert.Equal(22, all[2, StatisticsDesk.Months]);
        Assert.Equal(13, desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), Service.FamiliesInformation, CountedBy.District)![0, StatisticsDesk.Months - 1]);
        Assert.Equal("Level 2", Assert.Single(desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), Service.ChoiceAdvice, CountedBy.Level)!.Rows));
        Assert.StartsWith("\"Together\"," + string.Concat(Enumerable.Repeat("0,", StatisticsDesk.Months - 1)) + "22,22", StatisticsDesk.Csv(all).Split("\r\n")[3], StringComparison.Ordinal);
        // By service: each and all together, whatever service the other tables are narrowed to.
        var services = desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), Service.ChoiceAdvice, CountedBy.Service)!;
        Assert.Equal(Enum.GetValues<Service>().Select(one => one.Label()), services.Rows);
        Assert.Equal(((long?)9, (long?)13, (long?)22), (services[Array.IndexOf(Enum.GetValues<Service>(), Service.ChoiceAdvice), StatisticsDesk.Months], services[Array.IndexOf(Enum.GetValues<Service>(), Service.FamiliesInformation), StatisticsDesk.Months], services[3, StatisticsDesk.Months]));
        await Close(Service.FamiliesInformation, "ehcp", 2);
        Assert.Contains(",x", StatisticsDesk.Csv(desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), null, CountedBy.Topic)!), StringComparison.Ordinal);
        await Close(Service.ChoiceAdvice, "ehcp", 9);
        // What one service hides is not all three less the others.
        long? Of(Service? one) { var table = desk.Table(StrongroomFixture.For(StrongroomFixture.Manager), one, CountedBy.Topic)!; return table[table.Rows.IndexOf(table.Rows.First(row => row.Contains("EHC", StringComparison.OrdinalIgnoreCase))), StatisticsDesk.Months]; }
        Assert.Null(Of(Service.FamiliesInformation));
        Assert.Contains((Service?[])[null, Service.ChoiceAdvice, Service.ParentPartnership], one => Of(one) is null);
    }
}
