using System.Buffers;
using Wdfis.Domain.Calendar;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>Finds families by one line as typed: what was typed exactly, then as a beginning, then as it sounds; among equals the latest contact first.</summary>
internal sealed class FamilyFinder(FamilyIndex index)
{
    /// <summary>Picks what the question means, closest first.</summary>
    internal void Find(BoardQuery query, Picked picked)
    {
        var held = new Held();
        if (query.Reference is not null)
        {
            for (var walk = index.Exact(query.Reference); walk.Move();)
                if (index.Open(walk.Row, held).References.Contains(query.Reference))
                    Offer(walk.Row, held, query, Closeness.Exact, "reference", picked);
            if (picked.Any)
                return;
        }
        using var within = index.None();
        var why = Narrow(query, within, held);
        if (query.Names.Count == 0)
        {
            if (why is not null)
                Walk(within, null, picked, row =>
                {
                    Offer(row, index.Open(row, held), query, Closeness.Exact, why, picked);
                    return true;
                });
            return;
        }
        var asked = query.Names.Select(static words => new Asked(words)).ToArray();
        using var done = index.None();
        for (var closeness = Closeness.Exact; closeness <= Closeness.Sound && !picked.Full; closeness++)
        {
            using var candidates = index.None();
            foreach (var way in asked)
                Candidates(way, closeness, candidates);
            if (why is not null)
                candidates.And(within);
            Walk(candidates, done, picked, row =>
            {
                index.Open(row, held);
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
            Keep(index.BornOn(born), "date of birth");
        if (query.Postcode is { } postcode && query.PostcodeWhole)
            Keep(index.At(postcode), "postcode");
        else if (query.Postcode is { } beginning)
            Keep(index.AtPostcodes(beginning, query.District!.Length + 3), "postcode");
        else if (query.District is { } name)
            Keep(index.InDistrict(name), "district");
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

    /// <summary>The families that hold just this.</summary>
    internal Bits Exact(string key, Held held, Func<Held, string, bool> has)
    {
        var bits = index.None();
        for (var walk = index.Exact(key); walk.Move();)
            if (has(index.Open(walk.Row, held), key))
                bits.Set(walk.Row);
        return bits;
    }

    /// <summary>The families in which every word stands somewhere, at least so close; whether it is the same person is seen when the record is open.</summary>
    private void Candidates(Asked way, Closeness closeness, Bits into)
    {
        using var all = index.None();
        var terms = new List<Term>();
        for (var i = 0; i < way.Words.Length; i++)
        {
            terms.Clear();
            if (closeness == Closeness.Exact)
            {
                if (index.Vocabulary.Exact(way.Words[i]) is { } term)
                    terms.Add(term);
            }
            else
            {
                index.Vocabulary.Beginning(way.Words[i], terms);
                if (closeness == Closeness.Sound)
                    index.Vocabulary.Sounding(way.Sounds(i), terms);
            }
            using var one = index.None();
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
    internal void Walk(Bits from, Bits? done, Picked picked, Func<int, bool> take)
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
                keys[n++] = (ulong)(ushort.MaxValue - index.Contact(row)) << 32 | (uint)row;
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

    internal static bool Fits(Name? name, Asked way, int i, Closeness closeness)
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

    internal static bool SoundsAlike(Term term, (string First, string Second) codes) =>
        codes.First.Length > 0 && (term.First == codes.First || term.Second == codes.First)
        || codes.Second.Length > 0 && (term.First == codes.Second || term.Second == codes.Second);

    private void Offer(int row, Held held, BoardQuery query, Closeness closeness, string why, Picked picked)
    {
        if (picked.Warned && held.SafetyWarning is null)
            return;
        var id = index.Family(row);
        var special = index.IsSpecial(row);
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

    internal FoundFamily Row(int row, Held held, Closeness closeness, string why)
    {
        var contactOn = index.LastContactOn(row);
        var children = held.ChildCount switch { 0 => "no children", 1 => "1 child", var n => $"{n} children" };
        return new FoundFamily
        {
            Family = index.Family(row),
            Label = held.Label,
            Line = contactOn is { } on ? $"{children} · last contact {on.Words()}" : children,
            District = index.District(row),
            Why = why,
            Closeness = closeness,
            LastContactOn = contactOn,
            SafetyWarning = held.SafetyWarning,
        };
    }
}
