using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Strongroom.Board;

/// <summary>Search cards of invented families, made from as little as a test needs to say.</summary>
internal static class Cards
{
    internal static readonly DateOnly Today = new(2026, 11, 22);
    internal static readonly Sees All = static (_, _) => true;
    internal static readonly Sees NotSpecial = static (_, special) => !special;

    internal static UnitId Id(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));

    internal static SearchPerson Adult(string? forename, string? surname, DateOnly? born = null, string? handle = null, bool anonymous = false) =>
        new() { Id = new PersonId(Id(900).Value), Forename = forename, Surname = surname, BornOn = born, Handle = handle, Anonymous = anonymous };

    internal static SearchPerson Child(string? forename, string? surname = null, DateOnly? born = null) =>
        new() { Id = new PersonId(Id(901).Value), IsChild = true, Forename = forename, Surname = surname, BornOn = born };

    internal static SearchCard Card(int n, params SearchPerson[] people) => Card(n, people, null);

    internal static SearchCard Card(
        int n,
        SearchPerson[] people,
        string? postcode = null,
        string[]? telephones = null,
        string[]? emails = null,
        string? reference = null,
        bool special = false,
        string? warning = null,
        DateOnly? contact = null,
        int version = 1) => new()
        {
            Family = Id(n),
            Version = version,
            People = people,
            Postcode = postcode,
            District = postcode?[..^3],
            Telephones = telephones ?? [],
            Emails = emails ?? [],
            References = reference is null ? [] : [reference],
            SpecialHandling = special,
            SafetyWarning = warning,
            CarerLabel = people.FirstOrDefault() is { Surname: not null } first ? $"{first.Surname}, {first.Forename}" : "Somebody",
            ChildCount = people.Count(person => person.IsChild),
            LastContactOn = contact ?? new DateOnly(2026, 3, 3),
        };

    internal static FamilyBoard BoardOf(params SearchCard[] cards)
    {
        var board = new FamilyBoard();
        foreach (var card in cards)
            board.Put(card);
        board.Opened();
        return board;
    }

    internal static int[] Found(this FamilyBoard board, string text, Sees? sees = null) =>
        [.. board.Find(text, sees ?? All, Today).Rows.Select(row => BitConverter.ToInt32(row.Family.Value.ToByteArray(), 0))];
}
