using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Bench;

/// <summary>The retention dashboard and its lists, each beside the plain SQL that answers the same from the file.</summary>
internal static class RetentionBench
{
    public static async Task Run(WebApplication app, string recordsFile, Colleague lead, Report report)
    {
        var columns = app.Services.GetRequiredService<EnvelopeColumns>();
        var desk = app.Services.GetRequiredService<RetentionDesk>();
        while (!desk.Ready)
            await Task.Delay(5);
        var errand = new Errand(lead, Purpose.RetentionReview, "bench");
        var all = new RecordQuery();
        var some = (await desk.Page(errand, all with { Size = 200 })).Rows;
        var records = desk.Figures(errand).Records;
        using var plain = new SqliteConnection($"Data Source={recordsFile};Mode=ReadOnly");
        plain.Open();
        void Sql(string text)
        {
            using var command = plain.CreateCommand();
            command.CommandText = text;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
            }
        }
        var today = desk.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // A change before each look, so that no figure is one remembered.
        var shown = await Times.Of(300, async i =>
        {
            var envelope = some[i % some.Length].Envelope;
            columns.Take(new Changed(0, envelope.Id, envelope.Kind, envelope.Family, false, envelope, default));
            desk.Figures(errand);
            desk.Trend(errand);
            await desk.Page(errand, all with { Filter = new RecordFilter { Due = RecordFilter.Overdue }, Size = 10 });
        });
        var counted = await Times.Of(5, _ =>
        {
            foreach (var by in (string[])["service", "kind", "keep_class", "classification", "owner", "substr(keep_until_on,1,7)"])
                Sql($"SELECT {by}, count(*), sum(keep_until_on<'{today}'), sum(special_handling), sum(review_by) FROM unit GROUP BY 1");
            return Task.CompletedTask;
        }, warmUp: 1);
        report.Add($"Retention dashboard, every figure new, of {records:N0} records", shown, counted, 20);

        RecordFilter[] filters = [new(), new() { Service = Service.FamiliesInformation }, new() { Kind = UnitKind.Enquiry, Due = 90 }, new() { Review = true }];
        var queries = (
            from filter in filters
            from sort in Enum.GetValues<RecordColumn>()
            from down in (bool[])[false, true]
            from edge in (PageFrom[])[PageFrom.First, PageFrom.Last, PageFrom.After]
            from size in (int[])[50, 200]
            select all with { Filter = filter, Sort = sort, Descending = down, From = edge, Size = size }).ToArray();
        var middle = new Dictionary<(RecordFilter, RecordColumn, bool), RecordPlace>();
        foreach (var query in queries.Where(query => query.From == PageFrom.First))
            middle[(query.Filter, query.Sort, query.Descending)] = (await desk.Page(errand, query)).Page.Rows.LastOrDefault();
        var pages = await Times.Of(queries.Length, i =>
        {
            var query = queries[i % queries.Length];
            return desk.Page(errand, query with { Place = middle[(query.Filter, query.Sort, query.Descending)] });
        }, warmUp: 0);
        string[] orders = ["created_on", "kind", "service", "classification", "keep_class", "keep_until_on", "owner"];
        var sorted = await Times.Of(21, i =>
        {
            Sql($"SELECT * FROM unit ORDER BY {orders[i % orders.Length]}{(i % 2 == 0 ? " DESC" : "")}, id LIMIT 50");
            return Task.CompletedTask;
        }, warmUp: 1);
        report.Add("Retention list: first, last and next page, 50 and 200 rows, by every column, four filters", pages, sorted, 50);
        report.Add(new Result("Retention columns in memory", $"{columns.BytesEach:0} bytes a record", "–", "–", "–", null));
    }
}
