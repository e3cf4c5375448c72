using Microsoft.AspNetCore.Components;
using Wdfis.Portal.Access;

namespace Wdfis.Tests.Access;

/// <summary>A planted offender: a page that declares nothing.</summary>
[Route("/planted")]
public sealed class PlantedPage : ComponentBase;

public class PageGuardTests
{
    [Fact]
    public void Portal_EveryPage_DeclaresWhoMayOpenIt() => Assert.Empty(PageGuard.Undeclared(typeof(RequiresAttribute).Assembly));

    [Fact]
    public void PageGuard_PlantedOffender_RefusesTheStart() =>
        Assert.Contains(nameof(PlantedPage), Assert.Throws<InvalidOperationException>(() => PageGuard.RefuseUndeclared(typeof(PlantedPage).Assembly)).Message, StringComparison.Ordinal);

    /// <summary>As it was compiled: whatever is built goes by both.</summary>
    [Theory]
    [InlineData(typeof(PageGuard), nameof(PageGuard.RefuseUndeclared))]
    [InlineData(typeof(ServiceGuard), nameof(ServiceGuard.RefuseUndeclared))]
    public void Portal_Built_AsksTheGuard(Type guard, string method)
    {
        const byte Call = 0x28;
        var built = typeof(Wdfis.Portal.Portal).GetMethod(nameof(Wdfis.Portal.Portal.Build))!.GetMethodBody()!.GetILAsByteArray();
        Assert.True(built.AsSpan().IndexOf([Call, .. BitConverter.GetBytes(guard.GetMethod(method)!.MetadataToken)]) >= 0);
    }

    [Fact]
    public void PageGuard_PlantedOffender_IsFound() => Assert.Contains(typeof(PlantedPage), PageGuard.Undeclared(typeof(PlantedPage).Assembly));
}
