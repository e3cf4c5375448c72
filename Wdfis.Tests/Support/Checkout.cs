namespace Wdfis.Tests.Support;

/// <summary>Where the checkout is that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string PortalFolder => Path.Combine(Root, "Wdfis.Portal");

    public static string PortalAssembly
    {
        get
        {
            // Wdfis.Tests/bin/<configuration>/net10.0/ beside Wdfis.Portal/bin/<configuration>/net10.0/
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(PortalFolder, "bin", output.Parent!.Name, output.Name, "Wdfis.Portal.dll");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Wdfis.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run from inside the checkout: no Wdfis.sln above them.");
    }
}
