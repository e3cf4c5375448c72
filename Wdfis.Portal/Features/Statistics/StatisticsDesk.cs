using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Figures;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Statistics;

/// <summary>By what enquiries are counted. The word in the figure's name: never rename one.</summary>
internal enum CountedBy
{
    Topic = 1,
    Channel = 2,
    Outcome = 3,
    Level = 4,
    District = 5,
    Service = 6,
}

/// <summary>Counts of enquiries for managers and returns: from the figures that closing leaves behind, never from records; small counts do not show.</summary>
internal sealed class StatisticsDesk(Keeper keeper, EnquiryLists lists, TimeProvider clock)
{
    public const int Months = 12;

    /// <summary>
    /// One table of the last twelve months, this one included: what is counted, by month. Null service for all three; by service it is always
    /// all three. The three and their sum are made together, so that none gives away what another hides.
    /// </summary>
    public SmallCells? Table(Errand<May.SeeStatistics> errand, Service? service, CountedBy by)
    {
        var first = Month.Of(London.Today(clock)).Add(1 - Months);
        var months = Enumerable.Range(0, Months).Select(i => first.Add(i)).ToImmutableArray();
        var services = Enum.GetValues<Service>();
        var found = keeper.Figures("enquiries/", first.First).Select(figure => (Parts: figure.Name.Split('/'), figure.Month, figure.Value))
            .Where(figure => figure.Parts is [_, _, var of, _] && of == Code(by))
            .GroupBy(figure => (Service: figure.Parts[1], Of: figure.Parts[3], figure.Month)).ToDictionary(group => group.Key, group => group.Sum(figure => figure.Value));
        var codes = found.Keys.Select(key => key.Of).Distinct().OrderBy(code => Label(by, code), StringComparer.CurrentCultureIgnoreCase).ToImmutableArray();
        var stacked = SmallCells.Stacked(services.Length, [.. codes.Select(code => Label(by, code))], [.. months.Select(month => month.First.ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-GB")))],
            (part, row, column) => found.GetValueOrDefault((services[part].Code(), codes[row], months[column].First)));
        return by == CountedBy.Service ? SmallCells.Sums([.. services.Select(one => one.Label())], stacked)
            : stacked[service is { } chosen ? Array.IndexOf(services, chosen) : services.Length];
    }

    /// <summary>The same for a spreadsheet (RFC 4180): counts alone, "fewer than 5 or hidden" where none shows.</summary>
    public static string Csv(SmallCells table)
    {
        var text = new StringBuilder().AppendJoin(',', ["", .. table.Columns.Select(EnvelopeCsv.Cell), "Together"]).Append("\r\n");
        for (var row = 0; row <= table.Rows.Length; row++)
            text.AppendJoin(',', [EnvelopeCsv.Cell(row < table.Rows.Length ? table.Rows[row] : "Together"), .. Enumerable.Range(0, table.Columns.Length + 1).Select(column => table[row, column]?.ToString(CultureInfo.InvariantCulture) ?? Hidden)]).Append("\r\n");
        return text.ToString();
    }

    /// <summary>What stands in place of a count that does not show.</summary>
    public const string Hidden = "x";

    internal static string Code(CountedBy by) => by switch
    {
        // Each enquiry has one topic: by it, the services are counted too.
        CountedBy.Topic or CountedBy.Service => "topic",
        CountedBy.Channel => "channel",
        CountedBy.Outcome => "outcome",
        CountedBy.Level => "level",
        CountedBy.District => "district",
    };

    private string Label(CountedBy by, string code) => by switch
    {
        CountedBy.Topic or CountedBy.Service => EnquiryLists.LabelOf(lists.Topics, code),
        CountedBy.Channel => EnquiryLists.LabelOf(lists.Channels, code),
        CountedBy.Outcome => EnquiryLists.LabelOf(lists.Outcomes, code),
        CountedBy.Level => $"Level {code}",
        CountedBy.District => code,
    };
}

/// <summary><c>GET /statistics.csv</c>: a table of counts as the page shows it; nobody is in it, so it passes no gate.</summary>
internal static class StatisticsDoor
{
    public static void MapStatistics(this WebApplication app) => app.MapGet("/statistics.csv", async (HttpContext context, string? service, CountedBy? by, StatisticsDesk desk, IColleagues colleagues, CancellationToken cancel) =>
        SignIn.ColleagueOf(context.User) is { } id && await colleagues.Find(id, cancel) is { } who && desk.Table(new Errand(who, Purpose.Statistics, "http"), Enum.TryParse<Service>(service, out var one) ? one : null, by ?? CountedBy.Topic) is { } table
            ? Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(StatisticsDesk.Csv(table))).ToArray(), "text/csv; charset=utf-8", "enquiries.csv")
            : Results.NotFound()).RequireAuthorization(RequiresAttribute.PolicyOf(Entitlement.SeeStatistics));
}
