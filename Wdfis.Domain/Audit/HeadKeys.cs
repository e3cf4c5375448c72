using System.Security.Cryptography;

namespace Wdfis.Domain.Audit;

/// <summary>The private ECDSA P-256 key that signs heads. Safe to use from several threads.</summary>
public sealed class HeadSigner : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock gate = new();

    private HeadSigner(ECDsa key)
    {
        this.key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        PublicKeyId = SHA256.HashData(PublicKey);
    }

    /// <summary>A new random key.</summary>
    public static HeadSigner Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="ToPkcs8"/> gave.</summary>
    /// <exception cref="CryptographicException">No private key on P-256.</exception>
    public static HeadSigner FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read != pkcs8.Length)
                throw new CryptographicException("There are bytes after the key.");
            HeadVerifier.RequireP256(key);
            return new HeadSigner(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key, to be sealed under the root key at once and zeroed by the caller.</summary>
    public byte[] ToPkcs8() => key.ExportPkcs8PrivateKey();

    /// <summary>The public key as SubjectPublicKeyInfo, for <see cref="HeadVerifier"/>.</summary>
    public byte[] PublicKey { get; }

    /// <summary>SHA-256 of <see cref="PublicKey"/>.</summary>
    public byte[] PublicKeyId { get; }

    /// <summary>Signs the chain's head as it stands.</summary>
    public SignedHead Sign(ChainPoint point, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new SignedHead(point, at, PublicKeyId, SignBytes(SignedHead.SignedBytes(point, at, PublicKeyId)));
    }

    internal byte[] SignBytes(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
            return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Lets the key go.</summary>
    public void Dispose() => key.Dispose();

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(HeadSigner);
}

/// <summary>Knows the public keys that heads were ever signed with, and says whether a signature is by one of them. Safe to use from several threads.</summary>
public sealed class HeadVerifier : IDisposable
{
    private readonly Dictionary<string, ECDsa> keys = [];
    private readonly Lock gate = new();

    /// <summary>Takes public keys as SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">One of them is no public key on P-256.</exception>
    public HeadVerifier(IEnumerable<byte[]> publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        foreach (var bytes in publicKeys)
        {
            var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out _);
            RequireP256(key);
            keys[Convert.ToHexStringLower(SHA256.HashData(bytes))] = key;
        }
    }

    /// <summary>True when one of the known keys signed exactly this head.</summary>
    public bool IsSound(SignedHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return IsSigned(head.PublicKeyId, SignedHead.SignedBytes(head.Point, head.At, head.PublicKeyId), head.Signature);
    }

    /// <summary>True when the entry opens an epoch, and one of the known keys signed that, for this very place and instant.</summary>
    public bool IsSound(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry is { Action: AuditAction.EpochOpened, Opening: { } opening }
            && opening.Abandoned.CompareTo(opening.Continued) >= 0
            // Not by EpochAfter: a forged epoch at the end of the numbers must be refused, not stop the verifier.
            && entry.Epoch - 1 == Math.Max(opening.Continued.Epoch, opening.Abandoned.Epoch)
            && entry.Sequence == opening.Continued.Sequence + 1
            && IsSigned(opening.PublicKeyId, opening.SignedBytes(entry.At), opening.Signature);
    }

    /// <summary>True when the entry says what was dropped before it, and one of the known keys signed that for this instant.</summary>
    public bool IsSoundDrop(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry is { Action: AuditAction.SegmentDropped, Link: { } link } && link.To.CompareTo(link.From) >= 0 && link.To.Sequence < entry.Sequence
            && IsSigned(link.PublicKeyId, link.SignedBytes(entry.At), link.Signature);
    }

    private bool IsSigned(byte[] publicKeyId, byte[] bytes, byte[] signature)
    {
        lock (gate)
        {
            return keys.TryGetValue(Convert.ToHexStringLower(publicKeyId), out var key)
                && key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value != "1.2.840.10045.3.1.7")
            throw new CryptographicException("Audit heads are signed on the curve P-256.");
    }

    /// <summary>Lets the keys go.</summary>
    public void Dispose()
    {
        foreach (var key in keys.Values)
            key.Dispose();
    }
}
