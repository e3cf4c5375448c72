using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wdfis.Domain.Sealing;

/// <summary>
/// Seals content under a data key and opens it again (S2, D7): AES-256-GCM with a random 96-bit nonce, bound to its
/// <see cref="SealContext"/>. Lengths are rounded up inside to <see cref="Block"/> bytes. Every byte is in docs/formats.md.
/// </summary>
public static class Seal
{
    /// <summary>Plain text with its length is padded to a multiple of this many bytes, so that sizes tell less.</summary>
    public const int Block = 64;

    private const byte Format = 1;
    private const int NonceAt = 1;
    private const int TagAt = 13;
    private const int CipherAt = 29;
    private const int LengthPrefix = 4;

    /// <summary>Seals; each call takes a fresh nonce, so the same text twice gives different bytes.</summary>
    /// <exception cref="ArgumentException">The kind is a wrapped key's, or content without a record or key id.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public static byte[] Close(DataKey key, SealContext ctx, ReadOnlySpan<byte> plain)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!Enum.IsDefined(ctx.Kind) || ctx.Kind is SealedKind.RootKey or SealedKind.DataKey)
            throw new ArgumentException("Keys are wrapped by their own types, and other kinds are not known.", nameof(ctx));
        if (ctx.Kind is SealedKind.Content or SealedKind.SearchCard or SealedKind.Reason && (ctx.Record.IsEmpty || ctx.Key.IsEmpty))
            throw new ArgumentException("Content is sealed to a record and a key.", nameof(ctx));
        var inner = checked(LengthPrefix + plain.Length + Block - 1) / Block * Block;
        var result = new byte[checked(CipherAt + inner)];
        var body = result.AsSpan(CipherAt);
        BinaryPrimitives.WriteInt32BigEndian(body, plain.Length);
        plain.CopyTo(body[LengthPrefix..]);
        Encrypt(key.Secret, ctx, result);
        return result;
    }

    /// <summary>Opens what <see cref="Close"/> sealed for the same place under the same key.</summary>
    /// <exception cref="SealBrokenException">Anything else: never other text.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public static byte[] Open(DataKey key, SealContext ctx, ReadOnlySpan<byte> sealedBytes)
    {
        ArgumentNullException.ThrowIfNull(key);
        var secret = key.Secret;
        CheckShape(ctx, sealedBytes, CipherAt + Block);
        // An odd length cannot come from Close; saying so before decrypting keeps the padding check below simple.
        if ((sealedBytes.Length - CipherAt) % Block != 0)
            throw new SealBrokenException(ctx, SealBreak.WrongKeyOrChanged);
        var inner = new byte[sealedBytes.Length - CipherAt];
        try
        {
            Decrypt(secret, ctx, sealedBytes, inner);
            var length = BinaryPrimitives.ReadInt32BigEndian(inner);
            if (length < 0 || length > inner.Length - LengthPrefix || inner.Length - LengthPrefix - length >= Block
                || inner.AsSpan(LengthPrefix + length).ContainsAnyExcept((byte)0))
                throw new SealBrokenException(ctx, SealBreak.UnknownFormat);
            return inner.AsSpan(LengthPrefix, length).ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    /// <summary>SHA-256 of the sealed bytes: what the audit holds of a save.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> sealedBytes) => SHA256.HashData(sealedBytes);

    /// <summary>Wraps a 32-byte key: the same layout without length and padding, since all keys are of one length.</summary>
    internal static byte[] WrapKey(Secret under, SealContext ctx, ReadOnlySpan<byte> secret)
    {
        var result = new byte[CipherAt + secret.Length];
        secret.CopyTo(result.AsSpan(CipherAt));
        Encrypt(under, ctx, result);
        return result;
    }

    /// <summary>Unwraps into <paramref name="secret"/>, which is left zero when the wrap does not open.</summary>
    internal static void UnwrapKey(Secret under, SealContext ctx, ReadOnlySpan<byte> wrapped, Span<byte> secret)
    {
        CheckShape(ctx, wrapped, CipherAt + secret.Length);
        if (wrapped.Length != CipherAt + secret.Length)
            throw new SealBrokenException(ctx, SealBreak.WrongKeyOrChanged);
        Decrypt(under, ctx, wrapped, secret);
    }

    private static void CheckShape(SealContext ctx, ReadOnlySpan<byte> bytes, int least)
    {
        if (bytes.Length == 0)
            throw new SealBrokenException(ctx, SealBreak.TooShort);
        if (bytes[0] != Format)
            throw new SealBrokenException(ctx, SealBreak.UnknownFormat);
        if (bytes.Length < least)
            throw new SealBrokenException(ctx, SealBreak.TooShort);
    }

    // In place: the plain text never stands in a second buffer that would have to be wiped.
    private static void Encrypt(Secret secret, SealContext ctx, Span<byte> all)
    {
        Span<byte> associated = stackalloc byte[SealContext.Length];
        ctx.Write(Format, associated);
        all[0] = Format;
        var nonce = all[NonceAt..TagAt];
        RandomNumberGenerator.Fill(nonce);
        secret.Encrypt(nonce, all[CipherAt..], all[TagAt..CipherAt], associated);
    }

    private static void Decrypt(Secret secret, SealContext ctx, ReadOnlySpan<byte> all, Span<byte> to)
    {
        Span<byte> associated = stackalloc byte[SealContext.Length];
        ctx.Write(Format, associated);
        try
        {
            secret.Decrypt(all[NonceAt..TagAt], all[CipherAt..], all[TagAt..CipherAt], to, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(to);
            throw new SealBrokenException(ctx, SealBreak.WrongKeyOrChanged);
        }
    }
}
