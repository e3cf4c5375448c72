using System.Security.Cryptography;

namespace Wdfis.Domain.Anonymity;

/// <summary>
/// The random reference that an anonymous person keeps, such as <c>K7-QFM2</c> (C2). It is drawn, never worked out from anything,
/// and holds six signs of an alphabet without those that are mistaken for others (0 O, 1 I L, 5 S, Z, B, G, U) and without vowels, which
/// would make words: 148 million references. Equal when the signs are; not ordered. <c>default</c> is no reference.
/// </summary>
public readonly record struct AnonymousReference
{
    /// <summary>The signs in use. Never take one out: references given to callers must stay readable.</summary>
    public const string Alphabet = "2346789CDFHJKMNPQRTVWXY";

    private const int Length = 6;
    private readonly string? signs;

    private AnonymousReference(string signs) => this.signs = signs;

    /// <summary>True for <c>default</c>: no reference.</summary>
    public bool IsEmpty => signs is null;

    /// <summary>A new one from the system's random source. Whoever stores it checks that it is not in use and draws again if it is.</summary>
    public static AnonymousReference Create() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>One drawn by the caller's own means, for synthetic people; <paramref name="below"/> answers a number from 0 up to, not including, its argument.</summary>
    public static AnonymousReference Draw(Func<int, int> below)
    {
        ArgumentNullException.ThrowIfNull(below);
        return new(string.Create(Length, below, static (span, draw) =>
        {
            foreach (ref var sign in span)
                sign = Alphabet[draw(Alphabet.Length)];
        }));
    }

    /// <summary>Reads any spelling: small letters, spaces, hyphens and dashes anywhere.</summary>
    public static bool TryParse(string? text, out AnonymousReference reference)
    {
        reference = default;
        if (text is null || text.Length > 40)
            return false;
        Span<char> read = stackalloc char[Length];
        var n = 0;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c is '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212')
                continue;
            var sign = char.IsAsciiLetterLower(c) ? (char)(c - 32) : c;
            if (n == Length || !Alphabet.Contains(sign))
                return false;
            read[n++] = sign;
        }
        if (n != Length)
            return false;
        reference = new AnonymousReference(new string(read));
        return true;
    }

    /// <summary>Reads any spelling that <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">Not a reference. The message does not repeat it.</exception>
    public static AnonymousReference Parse(string text) => TryParse(text, out var read) ? read : throw new FormatException("Not a reference.");

    /// <summary>As given to the caller and as stored: <c>K7-QFM2</c>. Empty for <c>default</c>.</summary>
    public string Format() => signs is null ? "" : $"{signs[..2]}-{signs[2..]}";

    /// <summary>The same as <see cref="Format"/>: the reference says nothing about who holds it.</summary>
    public override string ToString() => Format();
}
