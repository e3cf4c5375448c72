using Microsoft.Extensions.Configuration;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;

namespace Wdfis.Tests.Support;

/// <summary>What appsettings.json ships, read as the portal reads it.</summary>
internal static class Shipped
{
    public static Schedule Schedule { get; } = ServiceSettings.Schedule(Settings());

    public static IConfiguration Settings(params (string Key, string? Value)[] changed) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(Checkout.Root, "appsettings.json"))
        .AddInMemoryCollection(changed.Select(change => KeyValuePair.Create(change.Key, change.Value)))
        .Build();
}
