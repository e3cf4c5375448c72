using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Figures;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Retention;

/// <summary>How records stand with their keep-until dates, from envelopes alone (D5): it opens none.</summary>
internal sealed class RetentionDesk(Keeper keeper, EnvelopeColumns columns, ScheduleShelf schedules, IColleagues colleagues, TimeProvider clock)
{
    /// <summary>Months back in the trend, this month included.</summary>
    public const int TrendMonths = 12;

    private static readonly TimeSpan NamesStand = TimeSpan.FromMinutes(1);
    private (DateTimeOffset At, Dictionary<ColleagueId, string> Names)? known;

    public DateOnly Today => London.Today(clock);

    /// <summary>False for the seconds after a start in which the envelopes are being read.</summary>
    public bool Ready => columns.Ready;

    /// <summary>The figures of today.</summary>
    public RecordFigures Figures(Errand<May.SeeRetention> errand)
    {
        return columns.Figures(Today);
    }

    /// <summary>Created, disposed and extended in the last months, the oldest first, over all services.</summary>
    public ImmutableArray<TrendMonth> Trend(Errand<May.SeeRetention> errand)
    {
        var first = Month.Of(Today).Add(1 - TrendMonths);
        var figures = keeper.Figures(RetentionTrend.Prefix, first.First).ToLookup(figure => (figure.Month, figure.Name.Split('/')[1]));
        int Sum(Month month, string what) => (int)figures[(month.First, what)].Sum(figure => figure.Value);
        return [.. Enumerable.Range(0, TrendMonths).Select(i => first.Add(i)).Select(month =>
            new TrendMonth(month, Sum(month, RetentionTrend.Created), Sum(month, RetentionTrend.Disposed), Sum(month, RetentionTrend.Extended)))];
    }

    /// <summary>One page of a list. What this colleague may not open for a retention review is a bare row.</summary>
    public async Task<RecordList> Page(Errand<May.SeeRetention> errand, RecordQuery query, CancellationToken cancel = default)
    {
        var names = await Names(cancel);
        var page = columns.Page(query, Today, owner => NameOf(names, owner), TitleOf);
        var shown = keeper.Shown(errand, page.Rows.Select(row => row.Unit)).ToDictionary(row => row.Envelope.Id);
        return new RecordList(page, [.. page.Rows.Where(row => shown.ContainsKey(row.Unit)).Select(row => new RecordRow(row, shown[row.Unit].Envelope, shown[row.Unit].MayOpen))]);
    }

    /// <summary>Who owns records, by id, for as long as a page stands.</summary>
    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<IReadOnlyDictionary<ColleagueId, string>> Names(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        if (known is not { } names || now - names.At > NamesStand || now < names.At)
            known = names = (now, (await colleagues.Today(cancel)).ToDictionary(colleague => colleague.Id, colleague => colleague.DisplayName));
        return names.Names;
    }

    public static string NameOf(IReadOnlyDictionary<ColleagueId, string> names, ColleagueId owner) =>
        owner == ColleagueId.Portal ? "The portal" : names.GetValueOrDefault(owner) ?? "A former colleague";

    /// <summary>What a schedule class is called, with a capital.</summary>
    [OpenToAll(OpenBecause.NothingOpened)]
    public string TitleOf(string code) => schedules.Current.Find(code)?.Title is { } title ? char.ToUpperInvariant(title[0]) + title[1..] : $"{code} (no longer in the schedule)";
}

/// <summary>One month of the trend.</summary>
internal sealed record TrendMonth(Month Month, int Created, int Disposed, int Extended);

/// <summary>One row: its place in the list, its envelope, and whether this colleague may open it.</summary>
public sealed record RecordRow(RecordPlace Place, Envelope Envelope, bool MayOpen);

/// <summary>A page with its rows. Rows that went in this moment are missing from it.</summary>
public sealed record RecordList(RecordPage Page, ImmutableArray<RecordRow> Rows);
