using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.Curiosity;

/// <summary>
/// Where a colleague lives, kept so that it can be compared and not read: HMAC-SHA256 of postcode and house under a key of its own, sealed
/// besides. Whoever has both could still guess at it. Compares by reference; shows no content.
/// </summary>
public sealed record OwnHome
{
    private OwnHome() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The random key, 32 bytes.</summary>
    [Field("own-home.token")]
    public ImmutableArray<byte> Key { get; private init; } = [];
    /// <summary>What the address came to under it, 32 bytes.</summary>
    [Field("own-home.token")]
    public ImmutableArray<byte> Token { get; private init; } = [];

    /// <summary>From what the colleague typed, which is not kept. Refuses what is no postcode, and an empty house.</summary>
    public static Checked<OwnHome> Create(UnitId id, string? postcode, string? house) => Checked<OwnHome>.From(
        [
            Postcode.TryParse(postcode, out _) ? null : new Problem("own-home.postcode", "Type the whole postcode."),
            HouseOf(house).Length > 0 ? null : new Problem("own-home.house", "Type the number or the name of the house."),
        ],
        () =>
        {
            var key = RandomNumberGenerator.GetBytes(32);
            return Restore(id, [.. key], [.. TokenOf(key, Postcode.Parse(postcode!), HouseOf(house))]);
        });

    /// <summary>Brings it back from storage.</summary>
    /// <exception cref="ArgumentException">The key or the token is not 32 bytes long.</exception>
    public static OwnHome Restore(UnitId id, ImmutableArray<byte> key, ImmutableArray<byte> token) =>
        key.Length == 32 && token.Length == 32 ? new OwnHome { Id = id, Key = key, Token = token } : throw new ArgumentException("A key and its token have 32 bytes each.", nameof(key));

    /// <summary>True when it is this address: the same postcode, and the same first number, or name, of the house.</summary>
    public bool Is(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Postcode.TryParse(address.Postcode, out var postcode)
            && CryptographicOperations.FixedTimeEquals(TokenOf([.. Key], postcode, HouseOf(address.Lines)), Token.AsSpan());
    }

    /// <summary>True when somebody on the card has the forename and the surname of which this name is made, in either order.</summary>
    public static bool Names(FamilyCard card, string? displayName)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Names(card.Carers.Select(one => (one.Forename, one.Surname)).Concat(card.Children.Select(one => (one.Forename, Surname: one.Surname ?? card.Carers.FirstOrDefault()?.Surname))), displayName);
    }

    /// <summary>The same of people whose names are known without the card.</summary>
    public static bool Names(IEnumerable<(string? Forename, string? Surname)> people, string? displayName)
    {
        ArgumentNullException.ThrowIfNull(people);
        var own = Words(displayName);
        return own.Count > 1 && people
            .Any(person => Words(person.Forename) is { Count: > 0 } forename && Words(person.Surname) is { Count: > 0 } surname && own.SetEquals(forename.Union(surname)));
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(OwnHome);

    /// <inheritdoc/>
    public bool Equals(OwnHome? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static byte[] TokenOf(byte[] key, Postcode postcode, string house) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{postcode.Canonical}|{house}"));

    // "14a, Example Road" and "14 A" are one house; without a number it is the first line's letters.
    private static string HouseOf(string? lines)
    {
        var text = Plain(lines);
        var at = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (at < 0)
            return string.Concat(text.Split(',', '\n')[0].Where(char.IsLetterOrDigit));
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var number = text[at..end];
        var rest = text[end..].TrimStart(' ');
        return rest.Length > 0 && char.IsLetter(rest[0]) && (rest.Length == 1 || !char.IsLetter(rest[1])) ? number + rest[0] : number;
    }

    private static HashSet<string> Words(string? name) => [.. Plain(name).Split([' ', ',', '-', '\''], StringSplitOptions.RemoveEmptyEntries)];

    // Without accents, in capitals.
    private static string Plain(string? text) => string.Concat((text ?? "").Normalize(NormalizationForm.FormD)
        .Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)).ToUpperInvariant();
}
