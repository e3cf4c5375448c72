using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Retention;

/// <summary>A list of records as an address, both ways: each figure leads to its list, and a list can be sent to a colleague. No place and no unit is in it.</summary>
internal static class RecordAddress
{
    public const string Page = "retention/records";
    public static readonly int[] Sizes = [25, 50, 100, 200];

    /// <summary>Without a slash at its beginning. What is as usual is left out.</summary>
    public static string Format(RecordQuery query)
    {
        var filter = query.Filter;
        var usual = new RecordQuery();
        var parts = new Dictionary<string, string?>
        {
            ["due"] = filter.Due is { } due ? due == RecordFilter.Overdue ? "overdue" : due.ToString(CultureInfo.InvariantCulture) : null,
            ["month"] = filter.Month?.ToString(),
            ["hold"] = filter.OnHold ? "yes" : null,
            ["review"] = filter.Review ? "yes" : null,
            ["kind"] = Code(filter.Kind),
            ["service"] = Code(filter.Service),
            ["marking"] = Code(filter.Classification),
            ["class"] = filter.Class,
            ["owner"] = filter.Owner?.ToString(),
            ["group"] = Code(query.Group),
            ["sort"] = query.Sort == usual.Sort ? null : Code<RecordColumn>(query.Sort),
            ["down"] = query.Descending ? "yes" : null,
            ["size"] = query.Size == usual.Size ? null : query.Size.ToString(CultureInfo.InvariantCulture),
        };
        return QueryHelpers.AddQueryString(Page, parts.Where(part => part.Value is not null).ToDictionary());
    }

    /// <summary>Reads what stands behind the question mark. What is not understood is left out.</summary>
    public static RecordQuery Parse(string? queryString)
    {
        var parts = QueryHelpers.ParseQuery(queryString);
        string? Of(string name) => parts.TryGetValue(name, out var value) ? value.ToString() : null;
        return new RecordQuery
        {
            Filter = new RecordFilter
            {
                Due = Of("due") is var due && due == "overdue" ? RecordFilter.Overdue : int.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500 ? days : null,
                Month = DateOnly.TryParseExact(Of("month") + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? Month.Of(first) : null,
                OnHold = Of("hold") == "yes",
                Review = Of("review") == "yes",
                Kind = Known<UnitKind>(Of("kind")),
                Service = Known<Service>(Of("service")),
                Classification = Known<Classification>(Of("marking")),
                Class = Of("class") is { Length: > 0 and <= 100 } code ? code : null,
                Owner = Guid.TryParse(Of("owner"), out var owner) ? new ColleagueId(owner) : null,
            },
            Group = Known<RecordColumn>(Of("group")),
            Sort = Known<RecordColumn>(Of("sort")) ?? new RecordQuery().Sort,
            Descending = Of("down") == "yes",
            Size = int.TryParse(Of("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && Sizes.Contains(size) ? size : new RecordQuery().Size,
        };
    }

    public static string? Code<T>(T? value) where T : struct, Enum => value?.ToString().ToLowerInvariant();

    public static T? Known<T>(string? code) where T : struct, Enum =>
        code is { Length: > 0 } && Enum.GetValues<T>().FirstOrDefault(value => string.Equals(value.ToString(), code, StringComparison.OrdinalIgnoreCase)) is var found && string.Equals(found.ToString(), code, StringComparison.OrdinalIgnoreCase) ? found : null;
}
