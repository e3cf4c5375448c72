using System.Diagnostics;
using System.Text.Json;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Operations;

public class BillOfMaterials
{
    [Fact]
    public async Task Bill_WrittenTwice_IsTheSameAndNamesEveryPackageOfThePortalAndNoneOfTheTests()
    {
        var first = await Written();
        Assert.Equal(first, await Written());
        using var bill = JsonDocument.Parse(first);
        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        var named = bill.RootElement.GetProperty("components").EnumerateArray().Select(part => part.GetProperty("purl").GetString()!).ToHashSet();
        using var locked = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.PortalFolder, "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject().Where(one => one.Value.TryGetProperty("resolved", out _)).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, one => Assert.Contains($"pkg:nuget/{one.Name}@{one.Value.GetProperty("resolved").GetString()}", named));
        Assert.Contains(named, one => one.StartsWith("pkg:nuget/Microsoft.AspNetCore.App.Runtime.", StringComparison.Ordinal));
        Assert.DoesNotContain(named, one => one.StartsWith("pkg:npm/", StringComparison.Ordinal) || one.Contains("xunit", StringComparison.Ordinal));
    }

    private static async Task<string> Written()
    {
        using var script = Process.Start(new ProcessStartInfo("bash", Path.Combine(Checkout.Root, "scripts", "sbom.sh")) { RedirectStandardOutput = true })!;
        await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
        return await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "artifacts", "sbom.json"));
    }
}
