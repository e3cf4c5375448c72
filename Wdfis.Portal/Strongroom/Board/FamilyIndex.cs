using System.Runtime.InteropServices;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// What the board holds and by what it is found: a row for each family, its packed record, and for each way of asking the rows that answer.
/// It knows of no search and of no lock: the board sees to both.
/// </summary>
internal sealed class FamilyIndex
{
    private const byte Special = 1;
    private static readonly int FirstContactDay = new DateOnly(1970, 1, 1).DayNumber;

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

    /// <summary>How many families are held.</summary>
    internal int Count => Volatile.Read(ref count);

    /// <summary>The words of all names.</summary>
    internal Vocabulary Vocabulary => vocabulary;

    /// <summary>Puts a card in place of the one held before; one older than that is passed over.</summary>
    internal void Put(SearchCard card)
    {
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

    /// <summary>Takes a family out; its bytes are overwritten and the words that only it had are dropped.</summary>
    internal void Remove(UnitId id)
    {
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

    // ---- asking

    internal UnitId Family(int row) => new(family[row]);

    internal bool IsSpecial(int row) => (flags[row] & Special) != 0;

    internal string? District(int row) => districtNames[district[row]];

    /// <summary>The later the contact, the greater; 0 for none.</summary>
    internal ushort Contact(int row) => contact[row];

    internal DateOnly? LastContactOn(int row) => contact[row] == 0 ? null : DateOnly.FromDayNumber(FirstContactDay + contact[row]);

    /// <summary>No row yet, with room for all; who asks for bits gives them back.</summary>
    internal Bits None() => new(rows);

    /// <summary>The rows that may have this telephone, e-mail or reference: others can share its hash.</summary>
    internal RowsByHash.Walk Exact(string key) => exact.Of(Hash(key));

    internal Bits BornOn(DateOnly day) => Of(births.GetValueOrDefault(day));

    internal Bits At(string postcode) => Of(postcodes.GetValueOrDefault(postcode));

    /// <summary>At the postcodes of that length that begin so.</summary>
    internal Bits AtPostcodes(string beginning, int length)
    {
        var bits = None();
        foreach (var (code, postings) in postcodes)
            if (code.Length == length && code.StartsWith(beginning, StringComparison.Ordinal))
                bits.Set(postings.Rows);
        return bits;
    }

    internal Bits InDistrict(string name)
    {
        var bits = None();
        if (districts.TryGetValue(name, out var id))
            for (var row = 0; row < rows; row++)
                if (district[row] == id)
                    bits.Set(row);
        return bits;
    }

    /// <summary>Reads a row's record.</summary>
    internal Held Open(int row, Held into)
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

    private Bits Of(Postings postings)
    {
        var bits = None();
        bits.Set(postings.Rows);
        return bits;
    }

    // ---- keeping

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
        district[row] = DistrictId(card.District);
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

    private ushort DistrictId(string? name)
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

    private enum Place
    {
        Surnames,
        Children,
        Adults,
    }
}
