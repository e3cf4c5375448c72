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
    public void PageGuard_PlantedOffender_IsFound() => Assert.Contains(typeof(PlantedPage), PageGuard.Undeclared(typeof(PlantedPage).Assembly));
}
