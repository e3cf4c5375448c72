using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Strongroom.Board;

/// <summary>The columns give what a plain look through all envelopes would give.</summary>
public class EnvelopeColumnsTests
{
    private static readonly DateOnly Today = new(2026, 3, 9);
    private readonly TestClock clock = new();
    private readonly Random random = new(11);
    private readonly UnitId[] families = [.. Enumerable.Range(0, 40).Select(_ => new UnitId(Guid.NewGuid()))];
    private readonly (HashSet<UnitId> Units, HashSet<string> Classes) held = ([], []);

    private Envelope Make()
    {
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var review = random.Next(20) == 0;
        var id = UnitId.Create(clock);
        return new Envelope
        {
            Id = id,
            Kind = (UnitKind)random.Next(1, 7),
            Family = random.Next(2) == 0 ? null : families[random.Next(families.Length)],
            Service = (Service)random.Next(1, 4),
            Marking = random.Next(3) switch { 0 => Marking.Official, 1 => Marking.OfficialSensitive("PERSONAL"), _ => Marking.Unknown },
            KeepUntil = new KeepUntil(random.Next(8) == 0 ? null : Today.AddDays(random.Next(-40, 900)), $"class-{random.Next(4)}", "records are kept two years", review),
            Owner = new ColleagueId(new Guid($"00000000-0000-7000-8000-0000000000{random.Next(16, 20):x2}")),
            State = "open",
            CreatedOn = Today.AddDays(-random.Next(800)),
            TouchedOn = Today,
        };
    }

    private static string Name(ColleagueId owner) => string.Concat(owner.Value.ToString().Reverse());

    private static string Title(string code) => code == "class-1" ? "zz" : code;

    private static Changed Change(Envelope envelope, bool gone = false) => new(0, envelope.Id, envelope.Kind, envelope.Family, gone, gone ? null : envelope, default);

    /// <summary>Columns that were read at the start, changed and thinned since, and the envelopes that should be in them.</summary>
    private (EnvelopeColumns Columns, Dictionary<UnitId, Envelope> Plain) Made(int count = 3000)
    {
        var columns = new EnvelopeColumns(() => held);
        var stored = Enumerable.Range(0, count).Select(_ => Make()).ToArray();
        var plain = stored.ToDictionary(envelope => envelope.Id);
        // Changed and gone before the reading got to them: what was read is older.
        foreach (var envelope in stored.Take(50))
        {
            plain[envelope.Id] = Make() with { Id = envelope.Id, Kind = envelope.Kind };
            columns.Take(Change(plain[envelope.Id]));
        }
        foreach (var envelope in stored.Skip(50).Take(50))
        {
            plain.Remove(envelope.Id);
            columns.Take(Change(envelope, gone: true));
        }
        columns.Fill(stored);
        foreach (var envelope in stored.Skip(200).Take(300))
        {
            plain.Remove(envelope.Id);
            columns.Take(Change(envelope, gone: true));
        }
        for (var i = 0; i < 200; i++)
        {
            var more = Make();
            plain[more.Id] = more;
            columns.Take(Change(more));
        }
        // Holds on records, on families and on a class, placed at last; as the record file does it, the envelopes say so.
        held.Units.UnionWith(plain.Keys.Where(_ => random.Next(30) == 0).Concat(families.Take(3)));
        held.Classes.Add("class-3");
        columns.Take(Change(Make() with { Kind = UnitKind.Hold }, gone: true));
        foreach (var (id, envelope) in plain.ToArray())
            plain[id] = envelope with { OnHold = held.Units.Contains(id) || envelope.Family is { } family && held.Units.Contains(family) || envelope.KeepUntil.ClassCode == "class-3" };
        foreach (var draft in plain.Values.Where(envelope => envelope.Kind == UnitKind.Draft).ToArray())
            plain.Remove(draft.Id);
        return (columns, plain);
    }

    [Fact]
    public void Figures_AfterChangesBeforeAndAfterTheReading_AreThoseOfAPlainLook()
    {
        var (columns, plain) = Made();
        Assert.True(columns.Ready);
        var figures = columns.Figures(Today);
        var all = plain.Values;
        int Within(int days) => all.Count(e => e.KeepUntil.On >= Today && e.KeepUntil.On <= Today.AddDays(days));
        Assert.Equal((all.Count, Within(30), Within(60), Within(90)), (figures.Records, figures.In30, figures.In60, figures.In90));
        Assert.Equal(all.Count(e => e.KeepUntil.On < Today), figures.Overdue);
        Assert.Equal(all.Count(e => e.KeepUntil.On < Today && e.OnHold), figures.OverdueOnHold);
        Assert.Equal(all.Min(e => e.KeepUntil.On), figures.Oldest);
        Assert.Equal((all.Count(e => e.OnHold), all.Count(e => e.KeepUntil.ReviewBy)), (figures.OnHold, figures.Review));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => Month.Of(Today).Add(i)).Select(month => all.Count(e => e.KeepUntil.On is { } on && on >= Today && Month.Of(on) == month)), figures.Months);
        foreach (var lines in new[] { figures.ByService, figures.ByKind, figures.ByClass, figures.ByMarking, figures.ByOwner })
        {
            Assert.Equal(all.Count, lines.Sum(line => line.Records));
            Assert.All(lines, line =>
            {
                var those = all.Where(e => Fits(e, line.Which)).ToArray();
                Assert.Equal((those.Length, those.Count(e => e.KeepUntil.On < Today), those.Count(e => e.OnHold)), (line.Records, line.Overdue, line.OnHold));
                Assert.Equal(those.Count(e => Fits(e, line.Which with { Due = 90 })), line.Due);
            });
        }
        // The next day nothing is the same.
        Assert.Equal(all.Count(e => e.KeepUntil.On <= Today), columns.Figures(Today.AddDays(1)).Overdue);
    }

    [Fact]
    public void Page_OfAnyFilterOrderAndGroup_WalkedBothWays_IsThePlainListInPieces()
    {
        var (columns, plain) = Made();
        RecordFilter[] filters =
        [
            new(), new() { Due = RecordFilter.Overdue }, new() { Due = 60 }, new() { Month = Month.Of(Today).Add(3) }, new() { Month = Month.Of(Today) }, new() { OnHold = true }, new() { Review = true },
            new() { Kind = UnitKind.Permission }, new() { Service = Service.ChoiceAdvice, Classification = Classification.Unknown }, new() { Class = "class-2" }, new() { Class = "never" },
            new() { Owner = plain.Values.First().Owner, Due = 90 },
        ];
        foreach (var filter in filters)
        {
            foreach (var sort in Enum.GetValues<RecordColumn>())
            {
                foreach (var (down, group) in new (bool, RecordColumn?)[] { (false, null), (true, null), (true, RecordColumn.Owner), (false, RecordColumn.KeptUntil) })
                {
                    var query = new RecordQuery { Filter = filter, Sort = sort, Descending = down, Group = group, Size = 170 };
                    var fitting = plain.Values.Where(e => Fits(e, filter)).OrderBy(e => group is { } by ? GroupKey(e, by) : 0);
                    var expected = (down ? fitting.ThenByDescending(e => Key(e, sort)) : fitting.ThenBy(e => Key(e, sort))).ThenBy(e => e.Id).Select(e => e.Id).ToArray();
                    Assert.Equal(expected, Walk(columns, query, PageFrom.First, PageFrom.After).SelectMany(page => page.Rows.Select(row => row.Unit)));
                    Assert.Equal(expected, Walk(columns, query, PageFrom.Last, PageFrom.Before).Reverse().SelectMany(page => page.Rows.Select(row => row.Unit)));
                }
            }
        }
    }

    [Fact]
    public void Page_Grouped_CountsEachGroupWhole()
    {
        var (columns, plain) = Made();
        var page = columns.Page(new RecordQuery { Group = RecordColumn.Service, Size = 10 }, Today, Name, Title);
        var (group, count) = Assert.Single(page.Groups);
        Assert.Equal(plain.Values.Count(e => (int)e.Service == group), count);
    }

    private static IEnumerable<RecordPage> Walk(EnvelopeColumns columns, RecordQuery query, PageFrom from, PageFrom then)
    {
        var at = query with { From = from };
        var seen = 0;
        while (true)
        {
            var page = columns.Page(at, Today, Name, Title);
            if (page.Rows.Length == 0)
                yield break;
            seen += page.Rows.Length;
            Assert.Equal(then == PageFrom.After ? seen - page.Rows.Length : page.Count - seen, page.Before);
            yield return page;
            at = query with { From = then, Place = then == PageFrom.After ? page.Rows[^1] : page.Rows[0] };
        }
    }

    private static bool Fits(Envelope e, RecordFilter filter) =>
        (filter.Due is not { } due || (due == RecordFilter.Overdue ? e.KeepUntil.On < Today : e.KeepUntil.On >= Today && e.KeepUntil.On <= Today.AddDays(due)))
        && (filter.Month is not { } month || e.KeepUntil.On is { } on && on >= Today && Month.Of(on) == month)
        && (filter.Kind is null || e.Kind == filter.Kind) && (filter.Service is null || e.Service == filter.Service)
        && (filter.Classification is null || e.Marking.Classification == filter.Classification)
        && (filter.Class is null || e.KeepUntil.ClassCode == filter.Class) && (filter.Owner is null || e.Owner == filter.Owner)
        && (!filter.OnHold || e.OnHold) && (!filter.Review || e.KeepUntil.ReviewBy);

    private static IComparable Key(Envelope e, RecordColumn sort) => sort switch
    {
        RecordColumn.Made => e.CreatedOn,
        RecordColumn.Kind => e.Kind,
        RecordColumn.Service => e.Service,
        RecordColumn.Marking => e.Marking.Strictness,
        RecordColumn.Class => new Ordinal(Title(e.KeepUntil.ClassCode)),
        RecordColumn.KeptUntil => e.KeepUntil.On ?? DateOnly.MaxValue,
        RecordColumn.State => e.StateOn(Today),
        RecordColumn.Owner => new Ordinal(Name(e.Owner)),
    };

    private static IComparable GroupKey(Envelope e, RecordColumn by) =>
        by == RecordColumn.KeptUntil ? e.KeepUntil.On is { } on ? new DateOnly(on.Year, on.Month, 1) : DateOnly.MaxValue : Key(e, by);

    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? other) => string.CompareOrdinal(Text, ((Ordinal)other!).Text);
    }
}
