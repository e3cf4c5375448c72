using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Wdfis.Portal;
using Wdfis.Portal.Access;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access;

/// <summary>Where the certificate that the portal shows to the directory may come from.</summary>
public sealed class EntraSettingsTests
{
    private static EntraSettings? Read(params (string Key, string Value)[] certificate) => EntraSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            [new("AzureAd:TenantId", SignInPortal.Tenant), new("AzureAd:ClientId", SignInPortal.Client), new("Access:AppRole", "Wdfis.Colleague"),
             .. certificate.Select(one => new KeyValuePair<string, string?>($"AzureAd:ClientCertificates:0:{one.Key}", one.Value))]).Build(),
        new HostingEnvironment { EnvironmentName = Environments.Production });

    private static EntraSettings? Read(X509Certificate2 certificate) =>
        Read(("SourceType", "Base64Encoded"), ("Base64EncodedValue", Convert.ToBase64String(certificate.Export(X509ContentType.Pfx))));

    [Fact]
    public void Certificate_InAFileOrInTheStore_IsRead()
    {
        using var certificate = SignInPortal.Certificate();
        var (file, pfx) = (Path.GetTempFileName(), certificate.Export(X509ContentType.Pfx, "a password"));
        using var kept = X509CertificateLoader.LoadPkcs12(pfx, "a password", X509KeyStorageFlags.PersistKeySet);
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadWrite);
        try
        {
            File.WriteAllBytes(file, pfx);
            store.Add(kept);
            foreach (var source in new (string, string)[][]
            {
                [("SourceType", "Path"), ("CertificateDiskPath", file), ("CertificatePassword", "a password")],
                [("SourceType", "StoreWithThumbprint"), ("CertificateStorePath", "CurrentUser/My"), ("CertificateThumbprint", certificate.Thumbprint)],
                [("SourceType", "StoreWithThumbprint"), ("CertificateThumbprint", certificate.Thumbprint)],
            })
                Assert.Equal(certificate.Thumbprint, Read(source)!.Certificate!.Thumbprint);
            Assert.Throws<StartRefused>(() => Read(("SourceType", "Path"), ("CertificateDiskPath", file), ("CertificatePassword", "another")));
            Assert.Throws<StartRefused>(() => Read(("SourceType", "StoreWithThumbprint"), ("CertificateThumbprint", new string('0', 40))));
        }
        finally
        {
            store.Remove(kept);
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(-30, -1)]
    [InlineData(1, 30)]
    public void Certificate_ThatDoesNotCountToday_StopsTheStart(int from, int until)
    {
        using var counts = SignInPortal.Certificate();
        Assert.NotNull(Read(counts));
        using var does = SignInPortal.Certificate(from, until);
        var refused = Assert.Throws<StartRefused>(() => Read(does));
        Assert.Contains("AzureAd:ClientCertificates:0", refused.Message, StringComparison.Ordinal);
        Assert.Contains("counts today", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_WithoutItsKey_StopsTheStart()
    {
        using var certificate = SignInPortal.Certificate();
        using var open = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        Assert.Throws<StartRefused>(() => Read(open));
    }
}
