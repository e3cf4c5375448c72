using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>
/// The keys that protect cookies and forms, sealed under the root key in the data folder: a copied folder without the
/// key-encryption key signs nobody in, and a restart keeps everybody signed in.
/// </summary>
internal sealed class SealedRing(DataFolder folder, KeyRing ring) : IXmlRepository
{
    private static readonly SealContext Context = new(SealedKind.Ring, default, default, 1);

    private string Place => Path.Combine(folder.Path, "keys", "ring");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        if (!Directory.Exists(Place) || ring.Fault is not null)
            return [];
        using var key = ring.Root.DeriveKey("data-protection");
        return [.. Directory.EnumerateFiles(Place, "*.sealed").Order(StringComparer.Ordinal).Select(file =>
            XElement.Load(new MemoryStream(Seal.Open(key, Context, File.ReadAllBytes(file)))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        Directory.CreateDirectory(Place);
        using var plain = new MemoryStream();
        element.Save(plain);
        using var key = ring.Root.DeriveKey("data-protection");
        var path = Path.Combine(Place, $"{Guid.CreateVersion7():N}.sealed");
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(Seal.Close(key, Context, plain.ToArray()));
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path);
    }
}

/// <summary>Puts the sealed ring in the place of the framework's own.</summary>
internal sealed class SealedRingSetup(DataFolder folder, KeyRing ring) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = new SealedRing(folder, ring);
}
