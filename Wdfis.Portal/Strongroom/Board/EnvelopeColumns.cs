using System.Collections.Concurrent;
using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// The envelopes of all records as columns in memory, for the retention dashboard and its lists: every figure comes from one pass, every
/// page from another, whatever the filter and the order. Drafts are not in it: they are not yet records. Fed by the audit sequence;
/// whatever was durable before a call is in its answer.
/// </summary>
internal sealed class EnvelopeColumns(Func<(HashSet<UnitId> Units, HashSet<string> Classes)> heldNow)
{
    // Changes wait until somebody reads, so that the write lane never waits for a reader; but not without end.
    private const int MostWaiting = 4096;
    private const byte ReviewFlag = 1, HoldFlag = 2, BirthUnknownFlag = 4;
    private const int NoDate = int.MaxValue;

    private readonly Lock gate = new();
    private readonly ConcurrentQueue<Changed> waiting = new();
    private readonly Dictionary<UnitId, int> rows = [];
    private readonly Interned<string> classes = new();
    private readonly Interned<ColleagueId> owners = new();
    private HashSet<UnitId>? newer = [];
    private (HashSet<UnitId> Units, HashSet<string> Classes) held = ([], []);
    private bool holdsChanged = true;
    private UnitId[] id = new UnitId[1024], family = new UnitId[1024];
    private int[] keep = new int[1024], made = new int[1024];
    private byte[] kind = new byte[1024], service = new byte[1024], classification = new byte[1024], flags = new byte[1024];
    private ushort[] keepClass = new ushort[1024], owner = new ushort[1024], version = new ushort[1024];
    // What the dates were counted from.
    private int[] opened = new int[1024], closed = new int[1024], contact = new int[1024], ended = new int[1024], born = new int[1024], notBefore = new int[1024];
    private RecordFigures? figures;
    private int count;

    /// <summary>False until everything that was stored at the start has been read.</summary>
    public bool Ready { get; private set; }

    /// <summary>A durable change; quick, for the write lane.</summary>
    public void Take(Changed change)
    {
        if (!Counts(change.Kind))
            return;
        waiting.Enqueue(change);
        if (waiting.Count > MostWaiting && gate.TryEnter())
        {
            try
            {
                Drain();
            }
            finally
            {
                gate.Exit();
            }
        }
    }

    /// <summary>Envelopes as they were stored at the start. What has changed since is newer and stays.</summary>
    public void Fill(IEnumerable<Envelope> stored)
    {
        foreach (var some in stored.Where(envelope => Counts(envelope.Kind)).Chunk(MostWaiting))
        {
            lock (gate)
            {
                Drain();
                figures = null;
                foreach (var envelope in some)
                {
                    if (!newer!.Contains(envelope.Id))
                        Put(envelope);
                }
            }
        }
        lock (gate)
        {
            Drain();
            newer = null;
            Ready = true;
        }
    }

    /// <summary>All figures in one pass, and from then on without any until something changes.</summary>
    public RecordFigures Figures(DateOnly today)
    {
        lock (gate)
        {
            Drain();
            if (figures?.Today == today)
                return figures;
            var now = today.DayNumber;
            var first = Month.Of(today);
            // The last day of each month ahead: what falls due is counted by looking its date up here.
            var months = Enumerable.Range(0, RecordFigures.MonthsAhead).Select(i => first.Add(i).Last.DayNumber).ToArray();
            var byMonth = new int[months.Length];
            var byService = new Tally[256];
            var byKind = new Tally[256];
            var byMarking = new Tally[256];
            var byClass = new Tally[classes.Count];
            var byOwner = new Tally[owners.Count];
            var all = default(Tally);
            int in30 = 0, in60 = 0, review = 0, overdueOnHold = 0, oldest = NoDate;
            for (var row = 0; row < count; row++)
            {
                var on = keep[row];
                var held = (flags[row] & HoldFlag) != 0;
                var tally = new Tally { Records = 1, Overdue = on < now ? 1 : 0, Due = on >= now && on <= now + 90 ? 1 : 0, OnHold = held ? 1 : 0 };
                all.Add(tally);
                byService[service[row]].Add(tally);
                byKind[kind[row]].Add(tally);
                byMarking[classification[row]].Add(tally);
                byClass[keepClass[row]].Add(tally);
                byOwner[owner[row]].Add(tally);
                if ((flags[row] & ReviewFlag) != 0)
                    review++;
                if (on < now)
                {
                    oldest = Math.Min(oldest, on);
                    if (held)
                        overdueOnHold++;
                }
                else if (on <= months[^1])
                {
                    if (on <= now + 60)
                        in60++;
                    if (on <= now + 30)
                        in30++;
                    var month = Array.BinarySearch(months, on);
                    byMonth[month < 0 ? ~month : month]++;
                }
            }
            return figures = new RecordFigures
            {
                Today = today,
                Records = all.Records,
                Overdue = all.Overdue,
                OverdueOnHold = overdueOnHold,
                Oldest = oldest == NoDate ? null : DateOnly.FromDayNumber(oldest),
                In30 = in30,
                In60 = in60,
                In90 = all.Due,
                OnHold = all.OnHold,
                Review = review,
                Months = [.. byMonth],
                ByService = Lines(byService, i => new RecordFilter { Service = (Service)i }),
                ByKind = Lines(byKind, i => new RecordFilter { Kind = (UnitKind)i }),
                ByMarking = Lines(byMarking, i => new RecordFilter { Classification = (Classification)i }),
                ByClass = Lines(byClass, i => new RecordFilter { Class = classes[i] }),
                ByOwner = Lines(byOwner, i => new RecordFilter { Owner = owners[i] }),
            };
        }
    }

    /// <summary>One page, by key: the first, the last, and the neighbours of a place cost the same.</summary>
    /// <param name="query">Which records, in which order, from where.</param>
    /// <param name="today">What is due is counted from it.</param>
    /// <param name="ownerName">What owners are sorted by.</param>
    /// <param name="classTitle">What schedule classes are sorted by.</param>
    public RecordPage Page(RecordQuery query, DateOnly today, Func<ColleagueId, string> ownerName, Func<string, string> classTitle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Size, 1);
        lock (gate)
        {
            Drain();
            var matches = Matcher(query.Filter, today);
            var ranks = new Ranks(owners.Rank(ownerName), classes.Rank(classTitle), today);
            var backwards = query.From is PageFrom.Before or PageFrom.Last;
            var best = new Nearest(query.Size, backwards);
            var groups = new Dictionary<int, int>();
            int total = 0, before = 0;
            for (var row = 0; row < count; row++)
            {
                if (!matches(row))
                    continue;
                total++;
                long value = Value(query.Sort, row, ranks);
                if (query.Descending)
                    value = int.MaxValue - value;
                if (query.Group is { } group)
                {
                    var number = Group(group, row, ranks);
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(groups, number, out _)++;
                    value |= (long)number << 32;
                }
                var place = new RecordPlace(value, id[row]);
                if (query.From == PageFrom.After && place.CompareTo(query.Place) <= 0)
                {
                    before++;
                    continue;
                }
                if (query.From == PageFrom.Before)
                {
                    if (place.CompareTo(query.Place) >= 0)
                        continue;
                    before++;
                }
                best.Add(place);
            }
            var page = best.Sorted();
            if (backwards)
                before = (query.From == PageFrom.Last ? total : before) - page.Length;
            var shown = page.Select(RecordPage.GroupOf).Distinct().Where(groups.ContainsKey).ToDictionary(number => number, number => groups[number]);
            return new RecordPage(page, before, total, shown);
        }
    }

    /// <summary>
    /// What another schedule would do to every record, by class; and which records do not stand as it would have them, families after what
    /// leans on them. One pass, from the coarse facts beside each date: it opens nothing, and reckons as a save does.
    /// </summary>
    public (ImmutableArray<ScheduleEffect> Effects, List<UnitId> Moved) Under(Schedule schedule, DateOnly today)
    {
        lock (gate)
        {
            Drain();
            var effects = new Effect[classes.Count];
            var moved = new List<UnitId>();
            var latest = new Dictionary<UnitId, KeepUntil>();
            var families = new List<int>();
            for (var row = 0; row < count; row++)
            {
                if (kind[row] == (byte)UnitKind.Family)
                    families.Add(row);
                else if (Look(row, []) is var now && Schedule.Leans((UnitKind)kind[row]) && family[row] is { IsEmpty: false } of)
                    latest[of] = latest.TryGetValue(of, out var before) ? KeepUntil.Latest(before, now) : now;
            }
            foreach (var row in families)
                Look(row, latest.TryGetValue(id[row], out var leaning) ? [leaning] : []);
            return ([.. effects.Select((effect, i) => effect.For(classes[i])).Where(effect => effect.Records > 0)], moved);

            KeepUntil Look(int row, KeepUntil[] leaning)
            {
                var before = KeepingOf(row);
                var held = (flags[row] & HoldFlag) != 0;
                var now = schedule.Again(before, held, leaning);
                effects[keepClass[row]].Add(before, now, held, today, held && schedule.Again(before, false, leaning).On != now.On,
                    before.Facts is null && schedule.Find(before.ClassCode)?.Since > before.ScheduleVersion);
                if (now.On != before.On || now.ReviewBy != before.ReviewBy || now.ScheduleVersion != before.ScheduleVersion)
                    moved.Add(id[row]);
                return now;
            }
        }
    }

    /// <summary>Bytes held for each record, the index included.</summary>
    internal double BytesEach
    {
        get
        {
            lock (gate)
                return count == 0 ? 0 : (id.Length * (2 * 16 + 8 * 4 + 4 + 3 * 2) + rows.EnsureCapacity(0) * 32.0) / count;
        }
    }

    private Func<int, bool> Matcher(RecordFilter filter, DateOnly today)
    {
        var (from, to) = filter.Due switch
        {
            null => (int.MinValue, int.MaxValue),
            RecordFilter.Overdue => (int.MinValue, today.DayNumber - 1),
            { } days => (today.DayNumber, today.DayNumber + days),
        };
        if (filter.Month is { } month)
            (from, to) = (Math.Max(from, Math.Max(month.First.DayNumber, today.DayNumber)), Math.Min(to, month.Last.DayNumber));
        var all = filter.Due is null && filter.Month is null;
        var classAt = filter.Class is { } code ? classes.Find(code) : 0;
        var ownerAt = filter.Owner is { } whose ? owners.Find(whose) : 0;
        return row => (all || keep[row] >= from && keep[row] <= to)
            && (filter.Kind is null || kind[row] == (byte)filter.Kind)
            && (filter.Service is null || service[row] == (byte)filter.Service)
            && (filter.Classification is null || classification[row] == (byte)filter.Classification)
            && (filter.Class is null || keepClass[row] == classAt)
            && (filter.Owner is null || owner[row] == ownerAt)
            && (!filter.OnHold || (flags[row] & HoldFlag) != 0)
            && (!filter.Review || (flags[row] & ReviewFlag) != 0);
    }

    private int Value(RecordColumn column, int row, Ranks ranks) => column switch
    {
        // The id itself is in the order of making.
        RecordColumn.Made => made[row],
        RecordColumn.Kind => kind[row],
        RecordColumn.Service => service[row],
        RecordColumn.Marking => Strictness(classification[row]),
        RecordColumn.Class => ranks.Classes[keepClass[row]],
        RecordColumn.KeptUntil => keep[row],
        RecordColumn.State => (int)StateOf(row, ranks.Today),
        RecordColumn.Owner => ranks.Owners[owner[row]],
    };

    private int Group(RecordColumn column, int row, Ranks ranks) => column switch
    {
        RecordColumn.Made => MonthOf(made[row]),
        RecordColumn.KeptUntil => keep[row] == NoDate ? int.MaxValue : MonthOf(keep[row]),
        _ => Value(column, row, ranks),
    };

    private static int MonthOf(int day) => DateOnly.FromDayNumber(day) is var on ? on.Year * 12 + on.Month : 0;

    private RetentionState StateOf(int row, DateOnly today) => RetentionStates.Of(
        keep[row] == NoDate ? null : DateOnly.FromDayNumber(keep[row]), (flags[row] & ReviewFlag) != 0, (flags[row] & HoldFlag) != 0, today);

    private static int Strictness(byte classification) => (Classification)classification == Classification.Unknown ? 4 : classification;

    private void Drain()
    {
        while (waiting.TryDequeue(out var change))
        {
            newer?.Add(change.Unit);
            figures = null;
            if (change.Gone)
                Remove(change.Unit);
            else if (change.Envelope is { } envelope)
                Put(envelope);
            holdsChanged |= change.Kind == UnitKind.Hold;
        }
        if (!holdsChanged)
            return;
        holdsChanged = false;
        figures = null;
        held = heldNow();
        for (var row = 0; row < count; row++)
            flags[row] = (byte)(flags[row] & ~HoldFlag | (Held(row) ? HoldFlag : 0));
    }

    // As the record file works it out: for each reading from what holds bind, not from the envelope, which another's hold does not change.
    private bool Held(int row) => held.Units.Contains(id[row])
        || kind[row] != (byte)UnitKind.Hold && (held.Units.Contains(family[row]) || held.Classes.Contains(classes[keepClass[row]]));

    // A draft is not yet a record, and the schedule's own versions are about nobody.
    private static bool Counts(UnitKind kind) => kind is not (UnitKind.Draft or UnitKind.Schedule);

    private KeepUntil KeepingOf(int row)
    {
        static DateOnly? Day(int number) => number == NoDate ? null : DateOnly.FromDayNumber(number);
        return new KeepUntil(Day(keep[row]), classes[keepClass[row]], "", (flags[row] & ReviewFlag) != 0)
        {
            ScheduleVersion = version[row],
            NotBefore = Day(notBefore[row]),
            Facts = Day(opened[row]) is not { } on ? null : new RetentionFacts
            {
                OpenedOn = on,
                ClosedOn = Day(closed[row]),
                LastContactOn = Day(contact[row]),
                EndedOn = Day(ended[row]),
                YoungestBorn = Day(born[row]),
                AnyBirthUnknown = (flags[row] & BirthUnknownFlag) != 0,
            },
        };
    }

    private void Put(Envelope envelope)
    {
        if (!rows.TryGetValue(envelope.Id, out var row))
        {
            row = count++;
            if (row == id.Length)
                Grow();
            rows.Add(envelope.Id, row);
            id[row] = envelope.Id;
        }
        // Whoever leaves a held family or class stays held by name.
        else if ((flags[row] & HoldFlag) != 0 && (family[row] != (envelope.Family ?? default) || classes[keepClass[row]] != envelope.KeepUntil.ClassCode))
        {
            holdsChanged = true;
        }
        family[row] = envelope.Family ?? default;
        keep[row] = Number(envelope.KeepUntil.On);
        made[row] = envelope.CreatedOn.DayNumber;
        kind[row] = (byte)envelope.Kind;
        service[row] = (byte)envelope.Service;
        classification[row] = (byte)envelope.Marking.Classification;
        keepClass[row] = classes.Of(envelope.KeepUntil.ClassCode);
        var facts = envelope.KeepUntil.Facts;
        flags[row] = (byte)((envelope.KeepUntil.ReviewBy ? ReviewFlag : 0) | (Held(row) ? HoldFlag : 0) | (facts?.AnyBirthUnknown == true ? BirthUnknownFlag : 0));
        version[row] = (ushort)Math.Min(envelope.KeepUntil.ScheduleVersion, ushort.MaxValue);
        (opened[row], closed[row], contact[row]) = (Number(facts?.OpenedOn), Number(facts?.ClosedOn), Number(facts?.LastContactOn));
        (ended[row], born[row], notBefore[row]) = (Number(facts?.EndedOn), Number(facts?.YoungestBorn), Number(envelope.KeepUntil.NotBefore));
        owner[row] = owners.Of(envelope.Owner);
    }

    private static int Number(DateOnly? day) => day?.DayNumber ?? NoDate;

    // The last row moves into the gap, so that a pass meets no holes.
    private void Remove(UnitId unit)
    {
        if (!rows.Remove(unit, out var row))
            return;
        var last = --count;
        if (row == last)
            return;
        rows[id[last]] = row;
        (id[row], family[row], keep[row], made[row]) = (id[last], family[last], keep[last], made[last]);
        (kind[row], service[row], classification[row], flags[row]) = (kind[last], service[last], classification[last], flags[last]);
        (keepClass[row], owner[row], version[row]) = (keepClass[last], owner[last], version[last]);
        (opened[row], closed[row], contact[row], ended[row], born[row], notBefore[row]) = (opened[last], closed[last], contact[last], ended[last], born[last], notBefore[last]);
    }

    private void Grow()
    {
        var length = id.Length + Math.Max(id.Length / 4, 1024);
        Array.Resize(ref id, length);
        Array.Resize(ref family, length);
        Array.Resize(ref keep, length);
        Array.Resize(ref made, length);
        Array.Resize(ref kind, length);
        Array.Resize(ref service, length);
        Array.Resize(ref classification, length);
        Array.Resize(ref flags, length);
        Array.Resize(ref keepClass, length);
        Array.Resize(ref owner, length);
        Array.Resize(ref version, length);
        Array.Resize(ref opened, length);
        Array.Resize(ref closed, length);
        Array.Resize(ref contact, length);
        Array.Resize(ref ended, length);
        Array.Resize(ref born, length);
        Array.Resize(ref notBefore, length);
    }

    private static ImmutableArray<RecordLine> Lines(Tally[] tallies, Func<int, RecordFilter> which) =>
        [.. tallies.Select((tally, i) => (tally, i)).Where(line => line.tally.Records > 0).Select(line => new RecordLine(which(line.i), line.tally.Records, line.tally.Due, line.tally.Overdue, line.tally.OnHold))];

    private struct Effect
    {
        private int records, earlier, later, atOnce, look, held, unknown;

        public void Add(KeepUntil before, KeepUntil now, bool onHold, DateOnly today, bool bound, bool unknownFacts)
        {
            records++;
            earlier += before.IsLaterThan(now) ? 1 : 0;
            later += now.IsLaterThan(before) ? 1 : 0;
            atOnce += !onHold && !now.ReviewBy && now.On < today && !(before.On < today) ? 1 : 0;
            look += now.ReviewBy && !before.ReviewBy ? 1 : 0;
            held += bound ? 1 : 0;
            unknown += unknownFacts ? 1 : 0;
        }

        public readonly ScheduleEffect For(string code) => new(code, records, earlier, later, atOnce, look, held, unknown);
    }

    private struct Tally
    {
        public int Records, Due, Overdue, OnHold;

        public void Add(in Tally other)
        {
            Records += other.Records;
            Due += other.Due;
            Overdue += other.Overdue;
            OnHold += other.OnHold;
        }
    }

    private readonly record struct Ranks(int[] Owners, int[] Classes, DateOnly Today);

    /// <summary>Few values that many rows share, by number.</summary>
    private sealed class Interned<T> where T : notnull
    {
        private readonly Dictionary<T, ushort> numbers = [];
        private readonly List<T> values = [];

        public int Count => values.Count;
        public T this[int number] => values[number];

        public ushort Of(T value)
        {
            if (!numbers.TryGetValue(value, out var number))
            {
                number = checked((ushort)values.Count);
                numbers.Add(value, number);
                values.Add(value);
            }
            return number;
        }

        /// <summary>-1 when no row ever had it.</summary>
        public int Find(T value) => numbers.TryGetValue(value, out var number) ? number : -1;

        /// <summary>For each number its place in the order of names; equal names share one.</summary>
        public int[] Rank(Func<T, string> name)
        {
            var names = values.Select(name).ToArray();
            var order = names.Distinct().Order(StringComparer.Ordinal).ToArray();
            return [.. names.Select(one => Array.BinarySearch(order, one, StringComparer.Ordinal))];
        }
    }

    /// <summary>The so many nearest to the beginning, or to the end, of all that are added.</summary>
    private sealed class Nearest(int size, bool fromEnd)
    {
        private readonly RecordPlace[] best = new RecordPlace[Math.Max(4 * size, 256)];
        private readonly Comparison<RecordPlace> order = fromEnd ? (a, b) => b.CompareTo(a) : (a, b) => a.CompareTo(b);
        private int held;
        private RecordPlace? worst;

        public void Add(RecordPlace place)
        {
            if (worst is { } limit && order(place, limit) >= 0)
                return;
            best[held++] = place;
            if (held == best.Length)
                Cut();
        }

        public ImmutableArray<RecordPlace> Sorted()
        {
            Cut();
            if (fromEnd)
                best.AsSpan(0, held).Reverse();
            return [.. best.AsSpan(0, held)];
        }

        private void Cut()
        {
            best.AsSpan(0, held).Sort(order);
            held = Math.Min(held, size);
            if (held == size)
                worst = best[size - 1];
        }
    }
}
