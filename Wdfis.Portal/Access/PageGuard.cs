using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Wdfis.Portal.Access;

/// <summary>Finds pages that declare neither a permission nor that they are open to all. The portal does not start with one.</summary>
internal static class PageGuard
{
    public static IReadOnlyList<Type> Undeclared(Assembly assembly) =>
        [.. assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any())
            .Where(type => type.GetCustomAttribute<RequiresAttribute>() is null && type.GetCustomAttribute<OpenToAllAttribute>() is null)];

    public static void RefuseUndeclared(Assembly assembly)
    {
        var undeclared = Undeclared(assembly);
        if (undeclared.Count > 0)
            throw new InvalidOperationException($"These pages declare no permission: {string.Join(", ", undeclared.Select(type => type.Name))}.");
    }
}
