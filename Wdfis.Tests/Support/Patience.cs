using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.Playwright;

namespace Wdfis.Tests.Support;

/// <summary>How long a test waits for a condition before it fails: long, because two busy cores are slow, and free when all is well.</summary>
internal static class Patience
{
    [ModuleInitializer]
    internal static void Set()
    {
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Assertions.SetDefaultExpectTimeout(30_000);
    }
}
