namespace Wdfis.Portal.Strongroom.Board;

/// <summary>The rows that a word, day or postcode stands in: unordered, each once. <c>default</c> is empty.</summary>
internal struct Postings
{
    private int[]? rows;

    internal int Count { get; private set; }

    internal readonly ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    internal void Add(int row)
    {
        // One card adds all of a word's uses in a row, so a double is always the last one.
        if (Count > 0 && rows![Count - 1] == row)
            return;
        if (rows is null)
            rows = new int[1];
        else if (Count == rows.Length)
            Array.Resize(ref rows, Math.Max(Count + Count / 2, 2));
        rows[Count++] = row;
    }

    internal void Remove(int row)
    {
        var at = Rows.IndexOf(row);
        if (at < 0)
            return;
        rows![at] = rows[--Count];
        if (Count == 0)
            rows = null;
    }
}

/// <summary>
/// Many rows by a hash of 32 bits, for what is nearly unique (telephones, e-mails, references, ids): 16 bytes an entry instead of a
/// dictionary's hundred. Hashes collide, so whoever asks compares with the row itself.
/// </summary>
internal sealed class RowsByHash
{
    private int[] heads = new int[256];
    private Entry[] entries = new Entry[256];
    private int used;
    private int free;

    internal void Add(uint hash, int row)
    {
        var at = free;
        if (at != 0)
        {
            free = entries[at - 1].Next;
        }
        else
        {
            if (used == entries.Length)
                Grow();
            at = ++used;
        }
        ref var head = ref heads[hash & (uint)(heads.Length - 1)];
        entries[at - 1] = new Entry(hash, row, head);
        head = at;
    }

    internal void Remove(uint hash, int row)
    {
        ref var link = ref heads[hash & (uint)(heads.Length - 1)];
        while (link != 0)
        {
            ref var entry = ref entries[link - 1];
            if (entry.Hash == hash && entry.Row == row)
            {
                var at = link;
                link = entry.Next;
                entry = new Entry(0, -1, free);
                free = at;
                return;
            }
            link = ref entry.Next;
        }
    }

    internal Walk Of(uint hash) => new(this, hash);

    private void Grow()
    {
        Array.Resize(ref entries, entries.Length * 2);
        heads = new int[heads.Length * 2];
        for (var i = 0; i < used; i++)
        {
            // Only called with no free entries, so every one is in use.
            ref var head = ref heads[entries[i].Hash & (uint)(heads.Length - 1)];
            entries[i].Next = head;
            head = i + 1;
        }
    }

    private struct Entry(uint hash, int row, int next)
    {
        internal readonly uint Hash = hash;
        internal readonly int Row = row;
        internal int Next = next;
    }

    internal struct Walk(RowsByHash of, uint hash)
    {
        private int next = of.heads[hash & (uint)(of.heads.Length - 1)];

        internal int Row { get; private set; }

        internal bool Move()
        {
            while (next != 0)
            {
                ref readonly var entry = ref of.entries[next - 1];
                next = entry.Next;
                if (entry.Hash != hash)
                    continue;
                Row = entry.Row;
                return true;
            }
            return false;
        }
    }
}

/// <summary>One folded word, the families that it stands in, by what it is there, and how it sounds.</summary>
internal sealed class Term(string text, string first, string second)
{
    internal readonly string Text = text;
    internal readonly string First = first;
    internal readonly string Second = second;

    /// <summary>Surnames, handles and other names.</summary>
    internal Postings Surnames;

    /// <summary>Forenames of children.</summary>
    internal Postings Children;

    /// <summary>Forenames of adults: found together with a surname only.</summary>
    internal Postings Adults;

    /// <summary>How many names in use have it.</summary>
    internal int Names;
}

/// <summary>The folded words in order, so that every beginning is a range; new ones wait in a short tail that is merged when it has grown.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, Term> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Term>> bySound = new(StringComparer.Ordinal);
    private readonly List<Term> tail = [];
    private List<Term> ordered = [];

    internal Term Use(string word)
    {
        if (!byText.TryGetValue(word, out var term))
        {
            var (first, second) = DoubleMetaphone.Of(word);
            term = new Term(word, first, second);
            byText.Add(word, term);
            Sound(first, term);
            if (second != first)
                Sound(second, term);
            tail.Add(term);
            if (tail.Count > 64 + ordered.Count / 16)
                Merge();
        }
        term.Names++;
        return term;
    }

    internal void Release(Term term)
    {
        if (--term.Names > 0)
            return;
        byText.Remove(term.Text);
        Unsound(term.First, term);
        if (term.Second != term.First)
            Unsound(term.Second, term);
        if (!tail.Remove(term))
            ordered.RemoveAt(LowerBound(term.Text));
    }

    internal Term? Exact(string word) => byText.GetValueOrDefault(word);

    internal void Beginning(string word, List<Term> into)
    {
        for (var i = LowerBound(word); i < ordered.Count && ordered[i].Text.StartsWith(word, StringComparison.Ordinal); i++)
            into.Add(ordered[i]);
        foreach (var term in tail)
            if (term.Text.StartsWith(word, StringComparison.Ordinal))
                into.Add(term);
    }

    internal void Sounding((string First, string Second) codes, List<Term> into)
    {
        if (codes.First.Length > 0 && bySound.TryGetValue(codes.First, out var terms))
            into.AddRange(terms);
        if (codes.Second.Length > 0 && codes.Second != codes.First && bySound.TryGetValue(codes.Second, out terms))
            into.AddRange(terms);
    }

    private void Merge()
    {
        tail.Sort(static (a, b) => string.CompareOrdinal(a.Text, b.Text));
        var merged = new List<Term>(ordered.Count + tail.Count + tail.Count / 2);
        int i = 0, j = 0;
        while (i < ordered.Count || j < tail.Count)
            merged.Add(j == tail.Count || i < ordered.Count && string.CompareOrdinal(ordered[i].Text, tail[j].Text) < 0 ? ordered[i++] : tail[j++]);
        ordered = merged;
        tail.Clear();
    }

    private int LowerBound(string word)
    {
        int low = 0, high = ordered.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(ordered[middle].Text, word) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Sound(string code, Term term)
    {
        if (code.Length == 0)
            return;
        if (!bySound.TryGetValue(code, out var terms))
            bySound.Add(code, terms = []);
        terms.Add(term);
    }

    private void Unsound(string code, Term term)
    {
        if (code.Length == 0)
            return;
        var terms = bySound[code];
        terms.Remove(term);
        if (terms.Count == 0)
            bySound.Remove(code);
    }
}
