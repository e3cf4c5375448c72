using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Sealing;

/// <summary>256 secret bits, zeroed when disposed of. Pinned, so that the collector leaves no copy behind when it moves objects.</summary>
internal sealed class Secret : IDisposable
{
    public const int Length = 32;

    // Pinned memory is dear to make and is given back by full collections alone: what is zeroed serves again.
    private static readonly ConcurrentBag<byte[]> Spare = [];

    private readonly byte[] bytes = Spare.TryTake(out var zeroed) ? zeroed : GC.AllocateUninitializedArray<byte>(Length, pinned: true);
    private readonly Lock gate = new();
    private AesGcm? cipher;
    private bool gone;

    public Secret(ReadOnlySpan<byte> from) => from.CopyTo(bytes);

    private Secret() { }

    public static Secret Generate()
    {
        var secret = new Secret();
        RandomNumberGenerator.Fill(secret.bytes);
        return secret;
    }

    public static Secret Unwrap(Secret under, SealContext ctx, ReadOnlySpan<byte> wrapped)
    {
        var secret = new Secret();
        Seal.UnwrapKey(under, ctx, wrapped, secret.bytes);
        return secret;
    }

    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            // A zeroed key would seal happily, and anybody could open it.
            ObjectDisposedException.ThrowIf(gone, this);
            return bytes;
        }
    }

    // Setting a cipher up costs several times what it then does, so each key has one; AesGcm is not promised to be safe for several threads.
    public void Encrypt(ReadOnlySpan<byte> nonce, Span<byte> inPlace, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        lock (gate)
            Cipher(tag.Length).Encrypt(nonce, inPlace, inPlace, tag, associated);
    }

    /// <exception cref="AuthenticationTagMismatchException">Anything but what <see cref="Encrypt"/> gave.</exception>
    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> tag, Span<byte> to, ReadOnlySpan<byte> associated)
    {
        lock (gate)
            Cipher(tag.Length).Decrypt(nonce, encrypted, tag, to, associated);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (gone)
                return;
            gone = true;
            cipher?.Dispose();
            CryptographicOperations.ZeroMemory(bytes);
            Spare.Add(bytes);
        }
    }

    private AesGcm Cipher(int tagLength)
    {
        ObjectDisposedException.ThrowIf(gone, this);
        return cipher ??= new AesGcm(bytes, tagLength);
    }
}

/// <summary>
/// The 256-bit key that comes from outside (a file with owner-only rights, the environment) and does one thing: it unwraps
/// the root key at start. Memory is zeroed on dispose; its text form, being a string, is not: drop it soon.
/// </summary>
public sealed class KeyEncryptionKey : IDisposable
{
    private readonly Secret secret;

    private KeyEncryptionKey(Secret secret) => this.secret = secret;

    /// <summary>A new random key.</summary>
    public static KeyEncryptionKey Generate() => new(Secret.Generate());

    /// <summary>Reads 32 bytes as base64 (white space around is allowed). Refuses any other length, and a key of zeros.</summary>
    public static bool TryParse(string? base64, [NotNullWhen(true)] out KeyEncryptionKey? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[Secret.Length];
        if (base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length)
            && length == bytes.Length && bytes.ContainsAnyExcept((byte)0))
            key = new KeyEncryptionKey(new Secret(bytes));
        CryptographicOperations.ZeroMemory(bytes);
        return key is not null;
    }

    /// <summary>The form that <see cref="TryParse"/> reads: for writing the key file, nothing else.</summary>
    public string ToBase64() => Convert.ToBase64String(secret.Bytes);

    internal Secret Secret => secret;

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => secret.Dispose();

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(KeyEncryptionKey);
}

/// <summary>
/// The one 256-bit key under which every unit's data key is wrapped. It never encrypts by itself: each use has a key of its
/// own derived from it (HKDF-SHA256), so that no two uses can be played against each other. Zeroed on dispose.
/// </summary>
public sealed class RootKey : IDisposable
{
    private static readonly SealContext WrapContext = new(SealedKind.RootKey, default, default, 1);

    private readonly Secret secret;
    private readonly Secret wrapping;

    private RootKey(Secret secret)
    {
        this.secret = secret;
        Span<byte> derived = stackalloc byte[Secret.Length];
        Expand("wdfis/1/wrap", derived);
        wrapping = new Secret(derived);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>A new random key.</summary>
    public static RootKey Generate() => new(Secret.Generate());

    /// <summary>This key, sealed under the key from outside: 61 bytes.</summary>
    public byte[] Wrap(KeyEncryptionKey kek)
    {
        ArgumentNullException.ThrowIfNull(kek);
        return Seal.WrapKey(kek.Secret, WrapContext, secret.Bytes);
    }

    /// <summary>Opens what <see cref="Wrap"/> gave.</summary>
    /// <exception cref="SealBrokenException">Another key-encryption key, or changed bytes.</exception>
    public static RootKey Unwrap(KeyEncryptionKey kek, ReadOnlySpan<byte> wrapped)
    {
        ArgumentNullException.ThrowIfNull(kek);
        return new RootKey(Secret.Unwrap(kek.Secret, WrapContext, wrapped));
    }

    /// <summary>
    /// Bytes for one labelled use, the same each time for the same root key. The label is 1 to 64 lower-case letters, digits
    /// and hyphens; the length 16 to 64 bytes. The caller zeroes them.
    /// </summary>
    public byte[] Derive(string label, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 64);
        if (label.Length > 64 || label.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
            throw new ArgumentException("A label is up to 64 lower-case letters, digits and hyphens.", nameof(label));
        var bytes = new byte[length];
        Expand("wdfis/1/use/" + label, bytes);
        return bytes;
    }

    /// <summary>A key for one labelled use that seals through <see cref="Seal"/>, with <c>default</c> as its key id.</summary>
    public DataKey DeriveKey(string label)
    {
        var bytes = Derive(label, Secret.Length);
        try
        {
            return new DataKey(new Secret(bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The derived key under which data keys are wrapped.</summary>
    internal Secret Wrapping => wrapping;

    private void Expand(string use, Span<byte> to) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes, to, salt: default, Encoding.ASCII.GetBytes(use));

    /// <summary>Zeroes the key and what was derived from it for wrapping.</summary>
    public void Dispose()
    {
        secret.Dispose();
        wrapping.Dispose();
    }

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(RootKey);
}

/// <summary>
/// The 256-bit key of one unit. Destroying every wrapped copy of it erases the unit. Hold it for as long as one act takes,
/// then dispose of it: its memory is zeroed. Safe to use from several threads until then.
/// </summary>
public sealed class DataKey : IDisposable
{
    private readonly Secret secret;

    internal DataKey(Secret secret) => this.secret = secret;

    /// <summary>A new random key.</summary>
    public static DataKey Generate() => new(Secret.Generate());

    /// <summary>This key, sealed under the root key for this key id and unit and no other: 61 bytes.</summary>
    public byte[] Wrap(RootKey root, KeyId id, UnitId unit)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (id.IsEmpty || unit.IsEmpty)
            throw new ArgumentException("A data key belongs to a unit and has an id.", nameof(id));
        return Seal.WrapKey(root.Wrapping, Context(id, unit), secret.Bytes);
    }

    /// <summary>Opens what <see cref="Wrap"/> gave for the same key id and unit.</summary>
    /// <exception cref="SealBrokenException">Another root key, id or unit, or changed bytes.</exception>
    public static DataKey Unwrap(RootKey root, KeyId id, UnitId unit, ReadOnlySpan<byte> wrapped)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new DataKey(Secret.Unwrap(root.Wrapping, Context(id, unit), wrapped));
    }

    private static SealContext Context(KeyId id, UnitId unit) => new(SealedKind.DataKey, unit, id, 1);

    internal Secret Secret => secret;

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => secret.Dispose();

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(DataKey);
}
