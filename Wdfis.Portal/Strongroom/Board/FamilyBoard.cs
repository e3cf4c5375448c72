using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// All families that can be searched, in memory and nowhere else. One writer at a time, any number of readers; a put or forget holds
/// readers up for microseconds, a search holds the writer up for as long as it takes. What is forgotten stays forgotten, whatever
/// card comes after it, and a card older than the one held is passed over, so that loading and the change feed may overtake each other.
/// </summary>
internal sealed class FamilyBoard : IDisposable
{
    internal const int MostRows = 25;
    internal const int MostDuplicates = 5;
    private const int MostHidden = 25;
    private const byte Special = 1;
    private static readonly int FirstContactDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.NoRecursion);
    private readonly HashSet<UnitId> forgotten = [];
    private readonly Dictionary<string, Name> names = new(StringComparer.Ordinal);
    private readonly List<Name?> namesById = [null];
    private readonly Stack<int> freeNames = [];
    private readonly Vocabulary vocabulary = new();
    private readonly Dictionary<DateOnly, Postings> births = [];
    private readonly Dictionary<string, Postings> postcodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> districts = new(StringComparer.Ordinal);
    private readonly List<string?> districtNames = [null];
    private readonly RowsByHash exact = new();
    private readonly RowsByHash byFamily = new();
    private readonly FamilyRecords records = new();
    private readonly Stack<int> freeRows = [];
    private readonly CardWriter scratch = new();

    // One column per fact that is looked at without opening a record.
    private Guid[] family = new Guid[256];
    private int[] version = new int[256];
    private uint[] place = new uint[256];
    private ushort[] contact = new ushort[256];
    private ushort[] district = new ushort[256];
    private byte[] flags = new byte[256];
    private int rows;
    private int count;

    private int expected;
    private readonly TaskCompletionSource filling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool opened;

    /// <summary>How many families are held.</summary>
    internal int Count => Volatile.Read(ref count);

    /// <summary>How much of the board is filled, 0 to 100; 100 only after <see cref="Opened"/>.</summary>
    internal int Ready => opened ? 100 : expected == 0 ? 0 : (int)Math.Min(99, Count * 100L / expected);

    /// <summary>Says how many families are going to be put at start.</summary>
    internal void Opening(int families) => expected = families;

    /// <summary>Says that all of them have been.</summary>
    internal void Opened()
    {
        opened = true;
        filling.TrySetResult();
    }

    /// <summary>Done when the start is over for the board, filled or not: what can wait begins then.</summary>
    internal Task Filling => filling.Task;

    /// <summary>Says that it could not be filled.</summary>
    internal void GaveUp() => filling.TrySetResult();

    /// <summary>Holds a family's card, in place of the one held before.</summary>
    internal void Put(SearchCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        gate.EnterWriteLock();
        try
        {
            if (forgotten.Contains(card.Family))
                return;
            var row = RowOf(card.Family);
            if (row >= 0)
            {
                if (version[row] > card.Version)
                    return;
                Unindex(row);
            }
            else
            {
                row = NewRow(card.Family);
            }
            Index(row, card);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Forgets a family for good; its bytes are overwritten and the words that only it had are dropped.</summary>
    internal void Forget(UnitId id)
    {
        gate.EnterWriteLock();
        try
        {
            forgotten.Add(id);
            var row = RowOf(id);
            if (row < 0)
                return;
            Unindex(row);
            byFamily.Remove(Hash(id.Value), row);
            family[row] = default;
            version[row] = 0;
            freeRows.Push(row);
            count--;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Answers one line as typed.</summary>
    internal BoardAnswer Find(string? text, Sees sees, DateOnly today) => Find(text, today, new Picked(sees, MostRows));

    /// <summary>Families that carry a safety warning and that the line could mean, far beyond a page, for the portal itself: no colleague sees them.</summary>
    internal BoardAnswer Warned(string? text, DateOnly today, int most) => Find(text, today, new Picked(static (_, _) => true, most) { Warned = true });

    private BoardAnswer Find(string? text, DateOnly today, Picked picked)
    {
        var query = BoardQuery.Parse(text, today);
        if (!query.Nothing)
        {
            gate.EnterReadLock();
            try
            {
                Find(query, picked);
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
        return picked.Answer(GettingReady);
    }

    /// <summary>Families that are likely the one being entered: at most five, likeliest first, each with what they share.</summary>
    internal BoardAnswer Duplicates(FamilyFacts facts, Sees sees)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(sees);
        var picked = new Picked(sees, MostDuplicates);
        gate.EnterReadLock();
        try
        {
            Duplicates(facts, picked);
        }
        finally
        {
            gate.ExitReadLock();
        }
        return picked.Answer(GettingReady) with { More = false };
    }

    public void Dispose() => gate.Dispose();

    private int? GettingReady => opened ? null : Ready;

    // ---- writing

    private void Index(int row, SearchCard card)
    {
        var to = scratch;
        to.Clear();
        to.Number(card.People.Count(person => !person.Anonymous));
        foreach (var person in card.People)
        {
            if (person.Anonymous)
                continue;
            to.Byte((byte)((person.IsChild ? 1 : 0) | (person.OtherNames.Count > 0 ? 2 : 0) | (person.Handle is not null ? 4 : 0)
                | (person.BornOn is not null ? 8 : 0) | (person.BornYear is not null ? 16 : 0)));
            to.Number(Use(person.Forename, row, person.IsChild ? Place.Children : Place.Adults));
            to.Number(Use(person.Surname, row, Place.Surnames));
            if (person.OtherNames.Count > 0)
            {
                to.Number(person.OtherNames.Count);
                foreach (var other in person.OtherNames)
                    to.Number(Use(other, row, Place.Surnames));
            }
            if (person.Handle is not null)
                to.Number(Use(person.Handle, row, Place.Surnames));
            if (person.BornOn is { } born)
            {
                SearchCard.WriteDay(to, born);
                CollectionsMarshal.GetValueRefOrAddDefault(births, born, out _).Add(row);
            }
            if (person.BornYear is { } year)
                to.Number(year);
        }
        to.Texts(card.Telephones);
        foreach (var telephone in card.Telephones)
            exact.Add(Hash(telephone), row);
        to.Texts(card.Emails);
        foreach (var email in card.Emails)
            exact.Add(Hash(email), row);
        to.Text(card.Postcode);
        if (card.Postcode is not null)
            CollectionsMarshal.GetValueRefOrAddDefault(postcodes, card.Postcode, out _).Add(row);
        to.Texts(card.References);
        foreach (var reference in card.References)
            exact.Add(Hash(reference), row);
        to.Text(card.SafetyWarning);
        to.Text(card.CarerLabel);
        to.Number(card.ChildCount);

        place[row] = records.Add(to.Written);
        to.Clear();
        version[row] = card.Version;
        contact[row] = (ushort)Math.Clamp((card.LastContactOn?.DayNumber ?? 0) - FirstContactDay, 0, ushort.MaxValue);
        district[row] = District(card.District);
        flags[row] = (byte)(card.SpecialHandling ? Special : 0);
    }

    private void Unindex(int row)
    {
        var held = new Held();
        Open(row, held);
        foreach (var person in held.People)
        {
            Release(person.Forename, row, person.IsChild ? Place.Children : Place.Adults);
            Release(person.Surname, row, Place.Surnames);
            foreach (var other in person.OtherNames)
                Release(other, row, Place.Surnames);
            Release(person.Handle, row, Place.Surnames);
            if (person.BornOn is { } born)
                Remove(births, born, row);
        }
        foreach (var telephone in held.Telephones)
            exact.Remove(Hash(telephone), row);
        foreach (var email in held.Emails)
            exact.Remove(Hash(email), row);
        if (held.Postcode is not null)
            Remove(postcodes, held.Postcode, row);
        foreach (var reference in held.References)
            exact.Remove(Hash(reference), row);
        var was = place[row];
        place[row] = 0;
        if (records.Free(was))
            records.Empty(was, place.AsSpan(0, rows));
        contact[row] = 0;
        district[row] = 0;
        flags[row] = 0;
    }

    private static void Remove<TKey>(Dictionary<TKey, Postings> from, TKey key, int row) where TKey : notnull
    {
        ref var postings = ref CollectionsMarshal.GetValueRefOrNullRef(from, key);
        // A family with twins removes the day twice.
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref postings))
            return;
        postings.Remove(row);
        if (postings.Count == 0)
            from.Remove(key);
    }

    private int Use(string? text, int row, Place into)
    {
        if (text is null)
            return 0;
        if (!names.TryGetValue(text, out var name))
        {
            if (!freeNames.TryPop(out var id))
            {
                id = namesById.Count;
                namesById.Add(null);
            }
            name = new Name(id, text, [.. Folding.Terms(text).Select(vocabulary.Use)]);
            names.Add(text, name);
            namesById[id] = name;
        }
        name.Uses++;
        foreach (var term in name.Terms)
            In(term, into).Add(row);
        return name.Id;
    }

    private void Release(Name? name, int row, Place from)
    {
        if (name is null)
            return;
        foreach (var term in name.Terms)
            In(term, from).Remove(row);
        if (--name.Uses > 0)
            return;
        foreach (var term in name.Terms)
            vocabulary.Release(term);
        names.Remove(name.Text);
        namesById[name.Id] = null;
        freeNames.Push(name.Id);
    }

    private static ref Postings In(Term term, Place at)
    {
        if (at == Place.Surnames)
            return ref term.Surnames;
        if (at == Place.Children)
            return ref term.Children;
        return ref term.Adults;
    }

    private ushort District(string? name)
    {
        if (name is null)
            return 0;
        if (!districts.TryGetValue(name, out var id))
        {
            id = checked((ushort)districtNames.Count);
            districts.Add(name, id);
            districtNames.Add(name);
        }
        return id;
    }

    private int NewRow(UnitId id)
    {
        if (!freeRows.TryPop(out var row))
        {
            row = rows++;
            if (rows > family.Length)
            {
                var size = family.Length + family.Length / 2;
                Array.Resize(ref family, size);
                Array.Resize(ref version, size);
                Array.Resize(ref place, size);
                Array.Resize(ref contact, size);
                Array.Resize(ref district, size);
                Array.Resize(ref flags, size);
            }
        }
        family[row] = id.Value;
        byFamily.Add(Hash(id.Value), row);
        count++;
        return row;
    }

    private int RowOf(UnitId id)
    {
        for (var walk = byFamily.Of(Hash(id.Value)); walk.Move();)
            if (family[walk.Row] == id.Value)
                return walk.Row;
        return -1;
    }

    // .NET seeds these hashes anew in every process, so nobody can prepare texts that collide.
    private static uint Hash(string text) => (uint)text.GetHashCode(StringComparison.Ordinal);

    private static uint Hash(Guid id) => (uint)HashCode.Combine(id);

    // ---- finding

    private void Find(BoardQuery query, Picked picked)
    {
        var held = new Held();
        if (query.Reference is not null)
        {
            for (var walk = exact.Of(Hash(query.Reference)); walk.Move();)
                if (Open(walk.Row, held).References.Contains(query.Reference))
                    Offer(walk.Row, held, query, Closeness.Exact, "reference", picked);
            if (picked.Any)
                return;
        }
        using var within = new Bits(rows);
        var why = Narrow(query, within, held);
        if (query.Names.Count == 0)
        {
            if (why is not null)
                Walk(within, null, picked, row =>
                {
                    Offer(row, Open(row, held), query, Closeness.Exact, why, picked);
                    return true;
                });
            return;
        }
        var asked = query.Names.Select(static words => new Asked(words)).ToArray();
        using var done = new Bits(rows);
        for (var closeness = Closeness.Exact; closeness <= Closeness.Sound && !picked.Full; closeness++)
        {
            using var candidates = new Bits(rows);
            foreach (var way in asked)
                Candidates(way, closeness, candidates);
            if (why is not null)
                candidates.And(within);
            Walk(candidates, done, picked, row =>
            {
                Open(row, held);
                if (NameMatch(held, asked, closeness) is not { } matched)
                    return false;
                Offer(row, held, query, closeness, why is null ? matched : $"{matched}, {why}", picked);
                return true;
            });
        }
    }

    /// <summary>The families that everything but the names leaves, and how to say it; null when nothing but names was typed.</summary>
    private string? Narrow(BoardQuery query, Bits within, Held held)
    {
        string? why = null;
        if (query.Telephone is { } telephone)
            Keep(Exact(telephone, held, static (h, key) => h.Telephones.Contains(key)), "telephone");
        if (query.Email is { } email)
            Keep(Exact(email, held, static (h, key) => h.Emails.Contains(key)), "e-mail");
        if (query.BornOn is { } born)
            Keep(Of(births.GetValueOrDefault(born)), "date of birth");
        if (query.Postcode is { } postcode && query.PostcodeWhole)
        {
            Keep(Of(postcodes.GetValueOrDefault(postcode)), "postcode");
        }
        else if (query.Postcode is { } beginning)
        {
            var bits = new Bits(rows);
            foreach (var (code, postings) in postcodes)
                if (code.Length == query.District!.Length + 3 && code.StartsWith(beginning, StringComparison.Ordinal))
                    bits.Set(postings.Rows);
            Keep(bits, "postcode");
        }
        else if (query.District is { } name)
        {
            var bits = new Bits(rows);
            if (districts.TryGetValue(name, out var id))
                for (var row = 0; row < rows; row++)
                    if (district[row] == id)
                        bits.Set(row);
            Keep(bits, "district");
        }
        return why;

        void Keep(Bits found, string label)
        {
            using (found)
            {
                if (why is null)
                    within.Or(found);
                else
                    within.And(found);
            }
            why = why is null ? label : $"{why}, {label}";
        }
    }

    private Bits Exact(string key, Held held, Func<Held, string, bool> has)
    {
        var bits = new Bits(rows);
        for (var walk = exact.Of(Hash(key)); walk.Move();)
            if (has(Open(walk.Row, held), key))
                bits.Set(walk.Row);
        return bits;
    }

    private Bits Of(Postings postings)
    {
        var bits = new Bits(rows);
        bits.Set(postings.Rows);
        return bits;
    }

    /// <summary>The families in which every word stands somewhere, at least so close; whether it is the same person is seen when the record is open.</summary>
    private void Candidates(Asked way, Closeness closeness, Bits into)
    {
        using var all = new Bits(rows);
        var terms = new List<Term>();
        for (var i = 0; i < way.Words.Length; i++)
        {
            terms.Clear();
            if (closeness == Closeness.Exact)
            {
                if (vocabulary.Exact(way.Words[i]) is { } term)
                    terms.Add(term);
            }
            else
            {
                vocabulary.Beginning(way.Words[i], terms);
                if (closeness == Closeness.Sound)
                    vocabulary.Sounding(way.Sounds(i), terms);
            }
            using var one = new Bits(rows);
            foreach (var term in terms)
            {
                one.Set(term.Surnames.Rows);
                one.Set(term.Children.Rows);
                if (way.Words.Length > 1)
                    one.Set(term.Adults.Rows);
            }
            if (i == 0)
                all.Or(one);
            else
                all.And(one);
        }
        into.Or(all);
    }

    /// <summary>Takes the rows in the order of their last contact, latest first, until enough are picked.</summary>
    private void Walk(Bits from, Bits? done, Picked picked, Func<int, bool> take)
    {
        if (done is not null)
            from.Without(done);
        var total = from.Count();
        if (total == 0)
            return;
        var keys = ArrayPool<ulong>.Shared.Rent(total);
        try
        {
            var n = 0;
            foreach (var row in from)
                keys[n++] = (ulong)(ushort.MaxValue - contact[row]) << 32 | (uint)row;
            var first = Math.Min(n, 64);
            if (first < n)
                SmallestFirst(keys.AsSpan(0, n), first);
            keys.AsSpan(0, first).Sort();
            for (var i = 0; i < n && !picked.Full; i++)
            {
                if (i == first)
                    keys.AsSpan(first, n - first).Sort();
                var row = (int)(uint)keys[i];
                if (take(row))
                    done?.Set(row);
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    /// <summary>Brings the smallest <paramref name="wanted"/> keys to the front, in no order: a heap of them, greatest on top.</summary>
    private static void SmallestFirst(Span<ulong> keys, int wanted)
    {
        var heap = keys[..wanted];
        for (var i = wanted / 2 - 1; i >= 0; i--)
            Sift(heap, i);
        for (var i = wanted; i < keys.Length; i++)
        {
            if (keys[i] >= heap[0])
                continue;
            (heap[0], keys[i]) = (keys[i], heap[0]);
            Sift(heap, 0);
        }

        static void Sift(Span<ulong> heap, int at)
        {
            while (true)
            {
                var child = 2 * at + 1;
                if (child >= heap.Length)
                    return;
                if (child + 1 < heap.Length && heap[child + 1] > heap[child])
                    child++;
                if (heap[at] >= heap[child])
                    return;
                (heap[at], heap[child]) = (heap[child], heap[at]);
                at = child;
            }
        }
    }

    /// <summary>How the closest person matches, in words; null when nobody does as closely as asked.</summary>
    private static string? NameMatch(Held held, Asked[] asked, Closeness closeness)
    {
        foreach (var way in asked)
            foreach (var person in held.People)
                if (Match(held, person, way, closeness) is { } how)
                    return closeness == Closeness.Sound ? "sounds alike" : how;
        return null;
    }

    private static string? Match(Held held, HeldPerson person, Asked way, Closeness closeness)
    {
        bool bySurname = false, byForename = false, byHandle = false;
        for (var i = 0; i < way.Words.Length; i++)
        {
            var surname = Fits(person.Surname, way, i, closeness)
                // A child without a surname of its own goes by those of the adults.
                || way.Words.Length > 1 && person is { IsChild: true, Surname: null } && held.People.Exists(adult => !adult.IsChild && Fits(adult.Surname, way, i, closeness));
            var handle = Fits(person.Handle, way, i, closeness);
            var forename = (way.Words.Length > 1 || person.IsChild) && Fits(person.Forename, way, i, closeness);
            // Maiden, former and transliterated names are found as the surname is.
            surname |= Array.Exists(person.OtherNames, other => Fits(other, way, i, closeness));
            if (!surname && !handle && !forename)
                return null;
            bySurname |= surname;
            byHandle |= handle;
            byForename |= forename;
        }
        if (!bySurname && !byHandle && !person.IsChild)
            return null;
        return byForename && person.IsChild ? "child" : byForename || byHandle && !bySurname ? "name" : "surname";
    }

    private static bool Fits(Name? name, Asked way, int i, Closeness closeness)
    {
        if (name is null)
            return false;
        var word = way.Words[i];
        foreach (var term in name.Terms)
        {
            if (term.Text == word
                || closeness >= Closeness.Prefix && term.Text.StartsWith(word, StringComparison.Ordinal)
                || closeness == Closeness.Sound && SoundsAlike(term, way.Sounds(i)))
                return true;
        }
        return false;
    }

    private static bool SoundsAlike(Term term, (string First, string Second) codes) =>
        codes.First.Length > 0 && (term.First == codes.First || term.Second == codes.First)
        || codes.Second.Length > 0 && (term.First == codes.Second || term.Second == codes.Second);

    private void Offer(int row, Held held, BoardQuery query, Closeness closeness, string why, Picked picked)
    {
        if (picked.Warned && held.SafetyWarning is null)
            return;
        var id = new UnitId(family[row]);
        var special = (flags[row] & Special) != 0;
        if (picked.Sees(id, special))
        {
            picked.Rows.Add(Row(row, held, closeness, why));
            return;
        }
        picked.Hide(id);
        if (special && query.BornOn is { } born && query.FullName.Length > 0
            && held.People.Exists(person => person.BornOn == born && person.IsNamed(query.FullName)))
            picked.Restricted.Add(new RestrictedHit(held.SafetyWarning));
    }

    private FoundFamily Row(int row, Held held, Closeness closeness, string why)
    {
        DateOnly? contactOn = contact[row] == 0 ? null : DateOnly.FromDayNumber(FirstContactDay + contact[row]);
        var children = held.ChildCount switch { 0 => "no children", 1 => "1 child", var n => $"{n} children" };
        return new FoundFamily
        {
            Family = new UnitId(family[row]),
            Label = held.Label,
            Line = contactOn is { } on ? $"{children} · last contact {on.Words()}" : children,
            District = districtNames[district[row]],
            Why = why,
            Closeness = closeness,
            LastContactOn = contactOn,
            SafetyWarning = held.SafetyWarning,
        };
    }

    // ---- duplicates

    private void Duplicates(FamilyFacts facts, Picked picked)
    {
        const int enough = 5;
        const int mostLookedAt = 2_000;
        var held = new Held();
        var phones = facts.Telephones.Select(text => TelephoneNumber.TryParse(text, out var read) ? read.Digits : null).OfType<string>().ToArray();
        var postcode = Postcode.TryParse(facts.Postcode, out var code) ? code.Canonical : null;
        var surname = Word(facts.Surname);
        var forename = Word(facts.Forename);
        var children = facts.Children.Select(child => (Name: Word(child.Forename), child.BornOn)).ToArray();

        using var candidates = new Bits(rows);
        foreach (var phone in phones)
            using (var found = Exact(phone, held, static (h, key) => h.Telephones.Contains(key)))
                candidates.Or(found);
        // Any two of these together make a family worth a look.
        var clues = new List<Bits>();
        try
        {
            if (surname is not null)
                clues.Add(Named(surname, static term => term.Surnames.Rows));
            if (forename is not null)
                clues.Add(Named(forename, static term => term.Adults.Rows));
            if (postcode is not null)
                clues.Add(Of(postcodes.GetValueOrDefault(postcode)));
            foreach (var day in children.Select(child => child.BornOn).Append(facts.BornOn).OfType<DateOnly>().Distinct())
                clues.Add(Of(births.GetValueOrDefault(day)));
            foreach (var child in children)
                if (child.Name is not null)
                    clues.Add(Named(child.Name, static term => term.Children.Rows));
            for (var i = 0; i < clues.Count; i++)
                for (var j = i + 1; j < clues.Count; j++)
                    candidates.OrBoth(clues[i], clues[j]);
        }
        finally
        {
            clues.ForEach(static clue => clue.Dispose());
        }

        var scored = new List<(int Score, int Row, string Why)>();
        var looked = 0;
        Walk(candidates, null, picked, row =>
        {
            if (looked++ < mostLookedAt && Score(Open(row, held)) is { Points: >= enough } score)
                scored.Add((score.Points, row, score.Why));
            return true;
        });
        foreach (var (_, row, why) in scored.OrderByDescending(one => one.Score).ThenByDescending(one => contact[one.Row]))
        {
            if (picked.Rows.Count == MostDuplicates)
                return;
            var id = new UnitId(family[row]);
            if (picked.Sees(id, (flags[row] & Special) != 0))
                picked.Rows.Add(Row(row, Open(row, held), Closeness.Exact, why));
            else
                picked.Hide(id);
        }

        static Asked? Word(string? name) => name is not null && Folding.Whole(name) is { Length: > 0 } whole ? new Asked([whole]) : null;

        Bits Named(Asked word, Func<Term, ReadOnlySpan<int>> at)
        {
            var terms = new List<Term>();
            if (vocabulary.Exact(word.Words[0]) is { } same)
                terms.Add(same);
            vocabulary.Sounding(word.Sounds(0), terms);
            var bits = new Bits(rows);
            foreach (var term in terms)
                bits.Set(at(term));
            return bits;
        }

        (int Points, string Why) Score(Held family)
        {
            var points = 0;
            var shared = new List<string>(4);
            if (Array.Exists(phones, family.Telephones.Contains))
                Count(6, "same telephone");
            if (postcode is not null && family.Postcode == postcode)
                Count(2, "same postcode");
            if (surname is not null)
            {
                if (family.People.Exists(person => Fits(person.Surname, surname, 0, Closeness.Exact)))
                    Count(3, "same surname");
                else if (family.People.Exists(person => Alike(person.Surname, surname)))
                    Count(2, "surname sounds alike");
            }
            if (forename is not null)
            {
                if (family.People.Exists(person => !person.IsChild && Fits(person.Forename, forename, 0, Closeness.Exact)))
                    Count(2, "same first name");
                else if (family.People.Exists(person => !person.IsChild && Alike(person.Forename, forename)))
                    Count(1, "first name sounds alike");
            }
            if (facts.BornOn is { } born && family.People.Exists(person => !person.IsChild && person.BornOn == born))
                Count(3, "same birth date");
            foreach (var (name, bornOn) in children)
            {
                var best = 0;
                foreach (var person in family.People)
                {
                    if (!person.IsChild)
                        continue;
                    var named = name is not null && (Fits(person.Forename, name, 0, Closeness.Exact) || Alike(person.Forename, name));
                    var sameDay = bornOn is not null && person.BornOn == bornOn;
                    best = Math.Max(best, (named ? 2 : 0) + (sameDay ? 3 : 0));
                }
                if (best > 0)
                    Count(best, best switch { 2 => "a child of the same name", 3 => "a child born the same day", _ => "same child" });
            }
            return (points, string.Join(", ", shared.Distinct()));

            void Count(int more, string what)
            {
                points += more;
                shared.Add(what);
            }
        }

        static bool Alike(Name? name, Asked word) => name is not null && Array.Exists(name.Terms, term => SoundsAlike(term, word.Sounds(0)));
    }

    // ---- reading a record

    private Held Open(int row, Held into)
    {
        var from = new CardReader(records[place[row]]);
        into.People.Clear();
        for (var left = from.Int(); left > 0; left--)
        {
            var what = from.Byte();
            into.People.Add(new HeldPerson
            {
                IsChild = (what & 1) != 0,
                Forename = namesById[from.Int()],
                Surname = namesById[from.Int()],
                OtherNames = (what & 2) != 0 ? Others(ref from) : [],
                Handle = (what & 4) != 0 ? namesById[from.Int()] : null,
                BornOn = (what & 8) != 0 ? SearchCard.ReadDay(ref from) : null,
                BornYear = (what & 16) != 0 ? from.Int() : null,
            });
        }
        into.Telephones = from.Texts();
        into.Emails = from.Texts();
        into.Postcode = from.Text();
        into.References = from.Texts();
        into.SafetyWarning = from.Text();
        into.Label = from.Text()!;
        into.ChildCount = from.Int();
        return into;

        Name[] Others(ref CardReader from)
        {
            var others = new Name[from.Int()];
            for (var i = 0; i < others.Length; i++)
                others[i] = namesById[from.Int()]!;
            return others;
        }
    }

    private enum Place
    {
        Surnames,
        Children,
        Adults,
    }

    private sealed class Name(int id, string text, Term[] terms)
    {
        internal readonly int Id = id;
        internal readonly string Text = text;
        internal readonly Term[] Terms = terms;
        internal int Uses;
    }

    private sealed class HeldPerson
    {
        internal bool IsChild { get; init; }
        internal Name? Forename { get; init; }
        internal Name? Surname { get; init; }
        internal Name[] OtherNames { get; init; } = [];
        internal Name? Handle { get; init; }
        internal DateOnly? BornOn { get; init; }
        internal int? BornYear { get; init; }

        /// <summary>True when the words typed, written together, are the forename (and other names) and surname, in either order.</summary>
        internal bool IsNamed(string together)
        {
            if (Forename is null || Surname is null)
                return false;
            var first = Folding.Whole(Forename.Text);
            var last = Folding.Whole(Surname.Text);
            var middle = string.Concat(OtherNames.Select(static other => Folding.Whole(other.Text)));
            return together == first + last || together == last + first || together == first + middle + last || together == last + first + middle;
        }
    }

    private sealed class Held
    {
        internal readonly List<HeldPerson> People = [];
        internal string[] Telephones = [];
        internal string[] Emails = [];
        internal string? Postcode;
        internal string[] References = [];
        internal string? SafetyWarning;
        internal string Label = "";
        internal int ChildCount;
    }

    /// <summary>One way to take the words typed, with their sounds worked out when they are first needed.</summary>
    private sealed class Asked(string[] words)
    {
        private readonly (string, string)?[] sounds = new (string, string)?[words.Length];

        internal string[] Words { get; } = words;

        internal (string First, string Second) Sounds(int i) => sounds[i] ??= DoubleMetaphone.Of(Words[i]);
    }

    private sealed class Picked(Sees sees, int most)
    {
        internal readonly Sees Sees = sees ?? throw new ArgumentNullException(nameof(sees));

        /// <summary>Only families with a safety warning.</summary>
        internal bool Warned { get; init; }

        internal readonly List<FoundFamily> Rows = new(most + 1);
        internal readonly List<RestrictedHit> Restricted = [];
        private readonly List<UnitId> hidden = [];

        /// <summary>One more than is shown has been found.</summary>
        internal bool Full => Rows.Count > most;

        internal bool Any => Rows.Count > 0 || hidden.Count > 0;

        internal void Hide(UnitId id)
        {
            if (hidden.Count < MostHidden)
                hidden.Add(id);
        }

        internal BoardAnswer Answer(int? gettingReady) => new()
        {
            Rows = Full ? [.. Rows[..most]] : [.. Rows],
            More = Full,
            Restricted = [.. Restricted],
            HiddenMatches = [.. hidden],
            GettingReady = gettingReady,
        };
    }

    /// <summary>One bit per row, from the pool.</summary>
    private sealed class Bits : IDisposable
    {
        private readonly ulong[] words;
        private readonly int length;

        internal Bits(int rows)
        {
            length = (rows + 63) / 64;
            words = ArrayPool<ulong>.Shared.Rent(Math.Max(length, 1));
            words.AsSpan(0, length).Clear();
        }

        internal void Set(int row) => words[row >> 6] |= 1UL << row;

        internal void Set(ReadOnlySpan<int> rows)
        {
            var into = words;
            foreach (var row in rows)
                into[row >> 6] |= 1UL << row;
        }

        internal void Or(Bits other)
        {
            for (var i = 0; i < length; i++)
                words[i] |= other.words[i];
        }

        internal void OrBoth(Bits a, Bits b)
        {
            for (var i = 0; i < length; i++)
                words[i] |= a.words[i] & b.words[i];
        }

        internal void And(Bits other)
        {
            for (var i = 0; i < length; i++)
                words[i] &= other.words[i];
        }

        internal void Without(Bits other)
        {
            for (var i = 0; i < length; i++)
                words[i] &= ~other.words[i];
        }

        internal int Count()
        {
            var sum = 0;
            for (var i = 0; i < length; i++)
                sum += System.Numerics.BitOperations.PopCount(words[i]);
            return sum;
        }

        public IEnumerator<int> GetEnumerator()
        {
            for (var i = 0; i < length; i++)
                for (var word = words[i]; word != 0; word &= word - 1)
                    yield return i * 64 + System.Numerics.BitOperations.TrailingZeroCount(word);
        }

        public void Dispose() => ArrayPool<ulong>.Shared.Return(words);
    }
}
