using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Wdfis.Portal.Access;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Operations;

/// <summary>What whoever starts the portal is told when it cannot: one plain sentence, and exit code 1.</summary>
public sealed class StartRefusals : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-start-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int Code, string Said)> Run(string[] arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Checkout.PortalFolder, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { Checkout.PortalAssembly } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["Storage__Folder"] = folder;
        start.Environment["Development__Families"] = "3";
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
        return (process.ExitCode, await output + await error);
    }

    [Theory]
    [InlineData("Service__Name", "Service:Name")]
    [InlineData("Retention__Classes__fis-enquiry__Period", "Retention:Classes:fis-enquiry:Period")]
    public async Task Start_ARequiredKeyIsMissing_IsNamed(string variable, string key)
    {
        var (code, said) = await Run([], (variable, " "));
        Assert.Equal(1, code);
        Assert.Contains(key, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    // What a start outside Development needs to let anybody in.
    private static readonly (string Key, string Value)[] Entra =
    [
        ("AzureAd__TenantId", "11111111-1111-4111-8111-111111111111"), ("AzureAd__ClientId", "22222222-2222-4222-8222-222222222222"), ("AzureAd__ClientSecret", "a secret of the test"),
        ("Access__FirstLead", "33333333-3333-4333-8333-333333333333"), ("Access__FirstOfficer", "44444444-4444-4444-8444-444444444444"),
    ];

    [Theory]
    [InlineData("AzureAd__TenantId", " ", "AzureAd:TenantId")]
    [InlineData("AzureAd__TenantId", "common", "AzureAd:TenantId")]
    [InlineData("AzureAd__ClientId", " ", "AzureAd:ClientId")]
    [InlineData("AzureAd__ClientSecret", " ", "AzureAd:ClientSecret")]
    [InlineData("AzureAd__Instance", "http://login.example.org/", "AzureAd:Instance")]
    [InlineData("AzureAd__CallbackPath", "signin-oidc", "AzureAd:CallbackPath")]
    [InlineData("AzureAd__ClientCertificates__0__SourceType", "KeyVault", "AzureAd:ClientCertificates:0:SourceType")]
    [InlineData("Access__AppRole", "", "Access:AppRole")]
    [InlineData("Access__FirstLead", "44444444-4444-4444-8444-444444444444", "Access:FirstLead")]
    [InlineData("Access__FirstLead", " ", "Access:FirstLead")]
    [InlineData("Access__Sessions__Idle", "00:20:00", "Access:Sessions:Idle")]
    [InlineData("Access__DevelopmentSignIn", "true", "Access:DevelopmentSignIn")]
    public async Task Start_OutsideDevelopmentWithoutTheDirectorysSignIn_IsRefusedWithTheKeysName(string variable, string value, string key)
    {
        var (code, said) = await Run([], [("ASPNETCORE_ENVIRONMENT", "Production"), .. Entra, (variable, value)]);
        Assert.Equal(1, code);
        Assert.Contains(key, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret of the test", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public async Task Start_DevelopmentSignInInAnyOtherEnvironment_IsRefused(string environment)
    {
        var (code, said) = await Run([], [("ASPNETCORE_ENVIRONMENT", environment), .. Entra, ("Access__DevelopmentSignIn", "true")]);
        Assert.Equal(1, code);
        Assert.Contains("Access:DevelopmentSignIn", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DevelopmentSignInBeyondLoopback_IsRefused()
    {
        var (code, said) = await Run([], ("Urls", "http://0.0.0.0:0"));
        Assert.Equal(1, code);
        Assert.Contains("only on loopback", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InDevelopment_PrintsWhereToGoAndWhoCanSignIn()
    {
        await using var portal = await PortalProcess.Start(folder, ("Development__Families", "3"));
        // The last line of what is printed comes a moment after the first.
        Assert.True(SpinWait.SpinUntil(() => portal.Output.Contains("Stop with Ctrl+C."), TimeSpan.FromSeconds(30)));
        Assert.Contains(portal.Output, line => line.Contains($":{new Uri(portal.Address).Port}/sign-in", StringComparison.Ordinal));
        Assert.All(DevelopmentColleagues.All, colleague => Assert.Contains(portal.Output, line => line.Contains(colleague.DisplayName, StringComparison.Ordinal) && line.EndsWith(RoleWords.Of(colleague), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Start_ThePortIsInUse_IsSaid()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said) = await Run([], ("Urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"));
        Assert.Equal(1, code);
        Assert.Contains("The address is already in use", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TheFolderHoldsRealPeople_IsRefusedInDevelopmentAndTheReverse()
    {
        Assert.Equal(0, (await Run(["seed", "--families", "3"])).Code);
        var (code, said) = await Run([], [("ASPNETCORE_ENVIRONMENT", "Production"), .. Entra]);
        Assert.Equal(1, code);
        Assert.Contains("synthetic", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_TwiceWithoutAdd_IsRefusedAndWithAddIsNot()
    {
        Assert.Equal(0, (await Run(["seed", "--families", "5", "--seed", "3"])).Code);
        var (code, said) = await Run(["seed", "--families", "5", "--seed", "4"]);
        Assert.Equal(1, code);
        Assert.Contains("--add", said, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(["seed", "--families", "5", "--seed", "4", "--add"])).Code);
        // Once more, as after a stop in the middle: what is there is passed over.
        var (again, made) = await Run(["seed", "--families", "5", "--seed", "4", "--add"]);
        Assert.Equal(0, again);
        Assert.Contains("(0 units)", made, StringComparison.Ordinal);
        var (verified, words) = await Run(["verify"]);
        Assert.Equal(0, verified);
        Assert.Contains("All is well", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AByteOfARecordAndAnEnvelopeChanged_SaysWhereAndEndsWithOne()
    {
        Assert.Equal(0, (await Run(["seed", "--families", "5"])).Code);
        using (var records = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "records.db")};Pooling=False"))
        {
            records.Open();
            using var change = records.CreateCommand();
            change.CommandText = "UPDATE content SET sealed = substr(sealed,1,40) || CASE WHEN substr(sealed,41,1)=x'00' THEN x'01' ELSE x'00' END || substr(sealed,42) WHERE unit = (SELECT unit FROM content LIMIT 1)";
            Assert.Equal(1, change.ExecuteNonQuery());
            change.CommandText = "UPDATE unit SET classification = 9 WHERE id = (SELECT id FROM unit ORDER BY id DESC LIMIT 1)";
            Assert.Equal(1, change.ExecuteNonQuery());
        }
        var (code, said) = await Run(["verify"]);
        Assert.Equal(1, code);
        Assert.Contains("records.db, table content", said, StringComparison.Ordinal);
        Assert.Contains("in the column classification", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WhileThePortalRuns_ComesBackElsewhere_AndOverItOnlyWhenItIsStopped()
    {
        (string, string)[] places = [("Backup__Records", Path.Combine(folder, "b", "records")), ("Backup__Keys", Path.Combine(folder, "b", "keys"))];
        var (data, elsewhere) = (Path.Combine(folder, "data"), Path.Combine(folder, "elsewhere"));
        await using (var portal = await PortalProcess.Start(data, [("Development__Families", "5"), .. places]))
        {
            var (code, said) = await Run(["backup", "--data", data], places);
            Assert.True(code == 0, said);
            Assert.Contains("Backed up and verified", said, StringComparison.Ordinal);
            (code, said) = await Run(["restore", "--data", data, "--replace"], places);
            Assert.Equal(1, code);
            Assert.Contains("Stop the running portal first", said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
            await portal.Stop();
        }
        Directory.CreateDirectory(Path.Combine(elsewhere, "keys"));
        File.Copy(Path.Combine(data, "keys", "kek"), Path.Combine(elsewhere, "keys", "kek"));
        foreach (var arguments in new string[][] { ["restore", "--data", elsewhere], ["restore", "--data", data, "--replace"] })
        {
            var (code, said) = await Run(arguments, places);
            Assert.True(code == 0, said);
            Assert.Contains("Restored and verified", said, StringComparison.Ordinal);
            Assert.Contains("All is well", (await Run(["verify", "--data", arguments[2]])).Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_NoDatabase_IsSaid()
    {
        var (code, said) = await Run(["verify"]);
        Assert.Equal(1, code);
        Assert.Contains("no database", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("seed", "--help")]
    [InlineData("verify", "--help")]
    [InlineData("backup", "--help")]
    [InlineData("restore", "--help")]
    public async Task Verb_Help_IsThere(params string[] arguments)
    {
        var (code, said) = await Run(arguments);
        Assert.Equal(0, code);
        Assert.Contains("Usage", said, StringComparison.Ordinal);
    }
}
