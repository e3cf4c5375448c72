using System.Security.Cryptography;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>The root key is not to be had; the message says why and names no secret.</summary>
internal sealed class KeyRingClosedException(string sentence) : Exception(sentence);

/// <summary>The keys of this process: the root key from start to end, a unit's key for as long as one act takes.</summary>
internal sealed class KeyRing(DataFolder folder, IConfiguration configuration) : IDisposable
{
    /// <summary>Only one version of a unit's key exists until keys are changed for new ones.</summary>
    internal const int Version = 1;

    internal const string RootName = "root";

    private const string SignerName = "head-signer";

    private static readonly SealContext SignerContext = new(SealedKind.AuditSigningKey, default, default, 1);

    private RootKey? root;
    private HeadSigner? signer;
    private string fault = "The strongroom has not been started.";

    /// <summary>Why nothing can be sealed or opened; null when all is well.</summary>
    public string? Fault => root is null ? fault : null;

    public RootKey Root => root ?? throw new KeyRingClosedException(fault);

    /// <summary>False when the key file has lost the key that signs heads.</summary>
    public bool Signs => signer is not null;

    public HeadSigner Signer => signer ?? throw new KeyRingClosedException(fault);

    /// <summary>
    /// Opens the root key, or makes it in an empty key file. A missing or wrong key-encryption key does not stop the portal:
    /// envelopes and the public pages work, and every opening names the fault.
    /// </summary>
    public void Load(bool create)
    {
        if (root is not null)
            return;
        var wrapped = folder.Keys.Use(keys => keys.Root(RootName));
        if (wrapped is null && !create)
        {
            fault = "The key file holds no root key.";
            return;
        }
        using var kek = FindKek(create: wrapped is null && create);
        if (kek is null)
            return;
        try
        {
            root = wrapped is null ? Make(kek) : RootKey.Unwrap(kek, wrapped);
            using var sealing = root.DeriveKey("audit-signing");
            var stored = folder.Keys.Use(keys => keys.Root(SignerName));
            if (stored is null && create)
            {
                signer = HeadSigner.Generate();
                var pkcs8 = signer.ToPkcs8();
                var closed = Seal.Close(sealing, SignerContext, pkcs8);
                CryptographicOperations.ZeroMemory(pkcs8);
                folder.Keys.Use(keys => { keys.SetRoot(SignerName, closed); return true; });
            }
            else if (stored is not null)
            {
                var pkcs8 = Seal.Open(sealing, SignerContext, stored);
                signer = HeadSigner.FromPkcs8(pkcs8);
                CryptographicOperations.ZeroMemory(pkcs8);
            }
        }
        catch (SealBrokenException)
        {
            root?.Dispose();
            root = null;
            fault = "The key-encryption key does not open this key file. Put back the one that belongs to it.";
        }
    }

    /// <summary>What the key file says of a unit. Who receives a key disposes of it.</summary>
    /// <exception cref="KeyRingClosedException">There is no root key.</exception>
    /// <exception cref="SealBrokenException">The wrapped key does not open.</exception>
    public (KeyAnswer Answer, KeyId Id) Find(UnitId unit)
    {
        var stored = folder.Keys.Use(keys => keys.Find(unit));
        return stored is { } row ? (Answer(row), row.Id) : (new KeyAnswer.NotMade(), default);
    }

    public KeyAnswer Answer(StoredKey row) => row switch
    {
        { ErasedAt: { } at } => new KeyAnswer.Erased(at),
        { Wrapped: { } wrapped } => new KeyAnswer.Found(DataKey.Unwrap(Root, row.Id, row.Unit, wrapped)),
        _ => new KeyAnswer.NotMade(),
    };

    /// <summary>The key-encryption key for as long as one piece of work takes: for backups, which stand apart from the key file.</summary>
    /// <exception cref="KeyRingClosedException">It is missing.</exception>
    public T WithKey<T>(Func<KeyEncryptionKey, T> work)
    {
        using var kek = FindKek(create: false) ?? throw new KeyRingClosedException(fault);
        return work(kek);
    }

    public void Dispose()
    {
        root?.Dispose();
        signer?.Dispose();
    }

    private RootKey Make(KeyEncryptionKey kek)
    {
        var made = RootKey.Generate();
        folder.Keys.Use(keys => { keys.SetRoot(RootName, made.Wrap(kek)); return true; });
        return made;
    }

    private KeyEncryptionKey? FindKek(bool create)
    {
        KeyEncryptionKey? kek;
        if (configuration["Storage:KeyEncryptionKey"] is { Length: > 0 } given)
        {
            if (!KeyEncryptionKey.TryParse(given, out kek))
                fault = "Storage:KeyEncryptionKey is not 32 bytes as base64.";
            return kek;
        }
        var path = folder.KeyEncryptionKeyPath;
        if (File.Exists(path))
        {
            if (!KeyEncryptionKey.TryParse(File.ReadAllText(path), out kek))
                fault = $"The file {path} is not 32 bytes as base64.";
            return kek;
        }
        if (!create)
        {
            fault = $"The key-encryption key is missing: neither Storage:KeyEncryptionKey nor the file {path} is there.";
            return null;
        }
        kek = KeyEncryptionKey.Generate();
        // Whole or not at all, and owner-only from its first byte.
        var making = path + ".new";
        File.Delete(making);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(making, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(kek.ToBase64()));
            file.Flush(flushToDisk: true);
        }
        File.Move(making, path);
        return kek;
    }
}
