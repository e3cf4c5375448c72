using System.Collections;
using System.Reflection;

namespace Wdfis.Tests.Support;

/// <summary>Where two records differ, member by member, whatever their own equality says.</summary>
internal static class Deep
{
    /// <summary>The paths of members that differ; empty when nothing does. Names members, never values.</summary>
    public static IEnumerable<string> Differences(object? a, object? b, string path = "")
    {
        if (a is null || b is null)
            return a is null && b is null ? [] : [path];
        if (a.GetType() != b.GetType())
            return [path];
        if (a is string || a is not IEnumerable && a.GetType().IsValueType)
            return a.Equals(b) ? [] : [path];
        if (a is IEnumerable left && b is IEnumerable right)
        {
            var (x, y) = (left.Cast<object?>().ToList(), right.Cast<object?>().ToList());
            return x.Count != y.Count ? [path] : x.SelectMany((item, i) => Differences(item, y[i], $"{path}[{i}]"));
        }
        return a.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(f => Differences(f.GetValue(a), f.GetValue(b), $"{path}.{f.Name}"));
    }
}
