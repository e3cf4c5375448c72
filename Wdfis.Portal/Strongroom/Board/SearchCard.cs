using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>One person on a search card. Content: shows nothing of itself.</summary>
internal sealed class SearchPerson
{
    internal required PersonId Id { get; init; }
    internal bool IsChild { get; init; }
    internal string? Forename { get; init; }
    internal string? Surname { get; init; }
    internal IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The name that a person with a handle chose; found as a surname is.</summary>
    internal string? Handle { get; init; }

    internal DateOnly? BornOn { get; init; }

    /// <summary>Only where the day is not known.</summary>
    internal int? BornYear { get; init; }

    /// <summary>Never indexed: found by the card's reference alone (C2).</summary>
    internal bool Anonymous { get; init; }

    public override string ToString() => nameof(SearchPerson);
}

/// <summary>
/// What of one family can be searched, and what one row of the result shows: a small record sealed beside the family card
/// under the same key. Dates are London's; telephones, e-mails and postcode in the one spelling of <c>Wdfis.Domain.Identifiers</c>.
/// </summary>
internal sealed class SearchCard
{
    private const byte Format = 1;
    private const int FirstYear = 1800;
    private static readonly int FirstDay = new DateOnly(FirstYear, 1, 1).DayNumber;

    internal required UnitId Family { get; init; }

    /// <summary>The version of the family card that it was made from.</summary>
    internal int Version { get; init; }

    internal IReadOnlyList<SearchPerson> People { get; init; } = [];
    internal string? Postcode { get; init; }
    internal IReadOnlyList<string> Telephones { get; init; } = [];
    internal IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>What the people hold who came without a name (<c>K7-QFM2</c>); found by it and nothing near it.</summary>
    internal IReadOnlyList<string> References { get; init; } = [];

    internal bool SpecialHandling { get; init; }

    /// <summary>One short sentence that even a restricted line shows; it says how to act, never who or why.</summary>
    internal string? SafetyWarning { get; init; }

    /// <summary>How a row names the family: <c>Kowalczyk, Magda</c>.</summary>
    internal required string CarerLabel { get; init; }

    internal int ChildCount { get; init; }
    internal string? District { get; init; }
    internal DateOnly? LastContactOn { get; init; }

    /// <summary>The bytes that are sealed; the format is in docs/formats.md and held by a golden test.</summary>
    internal byte[] Write()
    {
        var to = new CardWriter();
        to.Byte(Format);
        to.Id(Family.Value);
        to.Number(Version);
        to.Byte((byte)(SpecialHandling ? 1 : 0));
        to.Text(CarerLabel);
        to.Number(ChildCount);
        to.Text(District);
        to.Text(Postcode);
        to.Texts(References);
        to.Text(SafetyWarning);
        WriteDay(to, LastContactOn);
        to.Texts(Telephones);
        to.Texts(Emails);
        to.Number(People.Count);
        foreach (var person in People)
        {
            to.Id(person.Id.Value);
            to.Byte((byte)((person.IsChild ? 1 : 0) | (person.Anonymous ? 2 : 0)));
            to.Text(person.Forename);
            to.Text(person.Surname);
            to.Texts(person.OtherNames);
            to.Text(person.Handle);
            WriteDay(to, person.BornOn);
            to.Number(person.BornYear ?? 0);
        }
        return to.Written.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Cut short, followed by more, or of a format that this build does not know.</exception>
    internal static SearchCard Read(ReadOnlySpan<byte> bytes)
    {
        var from = new CardReader(bytes);
        if (from.Byte() is var format && format != Format)
            throw new InvalidDataException($"A search card of format {format} cannot be read by this version of the portal.");
        var family = new UnitId(from.Id());
        var version = from.Int();
        var special = from.Byte() != 0;
        var label = from.Text() ?? throw CardReader.Broken();
        var children = from.Int();
        var district = from.Text();
        var postcode = from.Text();
        var references = from.Texts();
        var warning = from.Text();
        var contact = ReadDay(ref from);
        var telephones = from.Texts();
        var emails = from.Texts();
        var people = new SearchPerson[from.Count()];
        for (var i = 0; i < people.Length; i++)
        {
            var id = new PersonId(from.Id());
            var flags = from.Byte();
            people[i] = new SearchPerson
            {
                Id = id,
                IsChild = (flags & 1) != 0,
                Anonymous = (flags & 2) != 0,
                Forename = from.Text(),
                Surname = from.Text(),
                OtherNames = from.Texts(),
                Handle = from.Text(),
                BornOn = ReadDay(ref from),
                BornYear = from.Int() is var year && year > 0 ? year : null,
            };
        }
        if (!from.AtEnd)
            throw CardReader.Broken();
        return new SearchCard
        {
            Family = family,
            Version = version,
            SpecialHandling = special,
            CarerLabel = label,
            ChildCount = children,
            District = district,
            Postcode = postcode,
            References = references,
            SafetyWarning = warning,
            LastContactOn = contact,
            Telephones = telephones,
            Emails = emails,
            People = people,
        };
    }

    public override string ToString() => nameof(SearchCard);

    /// <summary>0 is "none"; a day before 1800 is nobody's and is kept as none.</summary>
    internal static void WriteDay(CardWriter to, DateOnly? day) =>
        to.Number(day is { } on && on.DayNumber >= FirstDay ? on.DayNumber - FirstDay + 1 : 0);

    internal static DateOnly? ReadDay(ref CardReader from)
    {
        var day = from.Int();
        if (day == 0)
            return null;
        return day - 1 <= DateOnly.MaxValue.DayNumber - FirstDay ? DateOnly.FromDayNumber(day - 1 + FirstDay) : throw CardReader.Broken();
    }
}
