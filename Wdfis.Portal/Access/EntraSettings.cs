using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Access;

/// <summary>
/// The council's Microsoft Entra ID, from the section <c>AzureAd</c> in the shape that Microsoft.Identity.Web reads, and from
/// <c>Access</c> what is the portal's own: the app role, the first lead and officer.
/// </summary>
internal sealed record EntraSettings
{
    public required Uri Instance { get; init; }
    public required Guid Tenant { get; init; }
    public required Guid Client { get; init; }
    public string? Secret { get; init; }
    public X509Certificate2? Certificate { get; init; }
    public required string CallbackPath { get; init; }
    public required string AppRole { get; init; }
    public required IReadOnlyList<(string DirectoryId, Role Role)> First { get; init; }

    /// <summary>The one issuer whose tokens count.</summary>
    public string Issuer => $"{Instance}{Tenant}/v2.0";

    /// <summary>The settings; null in Development when none are given.</summary>
    /// <exception cref="StartRefused">One is missing or wrong; the sentence names it and says what is allowed.</exception>
    public static EntraSettings? Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("AzureAd");
        string? Text(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();
        if (environment.IsDevelopment() && Text("TenantId") is null && Text("ClientId") is null)
            return null;
        var instance = Text("Instance") ?? "https://login.microsoftonline.com/";
        if (!Uri.TryCreate(instance.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps && !(environment.IsDevelopment() && address.IsLoopback && address.Scheme == Uri.UriSchemeHttp))
            throw Wrong("Instance", "an https address, as https://login.microsoftonline.com/");
        var callback = Text("CallbackPath") ?? "/signin-oidc";
        if (!SignIn.IsPlainPath(callback) && callback != "/signin-oidc")
            throw Wrong("CallbackPath", "a path of the portal, as /signin-oidc");
        var certificate = Certificates.FirstOf(section.GetSection("ClientCertificates"), MovedClock.Choose(configuration, environment).GetUtcNow());
        var secret = Text("ClientSecret");
        if (secret is null == certificate is null)
            throw Wrong("ClientSecret", "set, or one of ClientCertificates is; not both");
        var lead = Id(configuration, "Access:FirstLead");
        var officer = Id(configuration, "Access:FirstOfficer");
        if (lead is not null && lead == officer)
            throw new StartRefused("Access:FirstLead and Access:FirstOfficer are two people: one grants, the other approves.");
        return new EntraSettings
        {
            Instance = address,
            Tenant = Guid.TryParse(Text("TenantId"), out var tenant) ? tenant : throw Wrong("TenantId", "the directory's id, as 00000000-0000-0000-0000-000000000000; not a name, and not \"common\""),
            Client = Guid.TryParse(Text("ClientId"), out var client) ? client : throw Wrong("ClientId", "the application's id, as 00000000-0000-0000-0000-000000000000"),
            Secret = secret,
            Certificate = certificate,
            CallbackPath = callback,
            AppRole = configuration["Access:AppRole"] is { Length: > 0 } role ? role : throw new StartRefused("Configuration is missing Access:AppRole: the value of the one app role that lets somebody in."),
            First = [.. new[] { (Id: lead, Role: Role.TeamLead), (Id: officer, Role: Role.InformationGovernance) }.Where(one => one.Id is not null).Select(one => (one.Id!, one.Role))],
        };
    }

    /// <summary>The type alone: a secret is in it.</summary>
    public override string ToString() => nameof(EntraSettings);

    private static string? Id(IConfiguration configuration, string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null
        : Guid.TryParse(configuration[key], out var id) ? id.ToString("D")
        : throw new StartRefused($"{key} is the object id of a person in the directory, as 00000000-0000-0000-0000-000000000000.");

    private static StartRefused Wrong(string key, string allowed) => new($"AzureAd:{key} is missing or wrong. It is {allowed}.");

    private static class Certificates
    {
        public static X509Certificate2? FirstOf(IConfigurationSection section, DateTimeOffset now)
        {
            if (section.GetChildren().FirstOrDefault() is not { } one)
                return null;
            try
            {
                var certificate = one["SourceType"] switch
                {
                    "Path" => X509CertificateLoader.LoadPkcs12FromFile(one["CertificateDiskPath"]!, one["CertificatePassword"]),
                    "Base64Encoded" => X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(one["Base64EncodedValue"]!), one["CertificatePassword"]),
                    "StoreWithThumbprint" => InStore(one["CertificateStorePath"] ?? "CurrentUser/My", one["CertificateThumbprint"]!),
                    _ => throw Wrong("ClientCertificates:0:SourceType", "Path, Base64Encoded or StoreWithThumbprint"),
                };
                return !certificate.HasPrivateKey ? throw Wrong("ClientCertificates:0", "a certificate with its private key")
                    : now < certificate.NotBefore || now > certificate.NotAfter ? throw Wrong("ClientCertificates:0", string.Create(CultureInfo.InvariantCulture, $"a certificate that counts today; this one counts from {certificate.NotBefore:d MMMM yyyy} to {certificate.NotAfter:d MMMM yyyy}"))
                    : certificate;
            }
            catch (Exception trouble) when (trouble is not StartRefused)
            {
                throw Wrong("ClientCertificates:0", $"a certificate with its private key that can be read ({trouble.GetType().Name})");
            }
        }

        private static X509Certificate2 InStore(string path, string thumbprint)
        {
            var parts = path.Split('/');
            using var store = new X509Store(parts[^1], Enum.Parse<StoreLocation>(parts[0]), OpenFlags.ReadOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false)[0];
        }
    }
}
