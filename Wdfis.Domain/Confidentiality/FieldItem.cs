using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Wdfis.Domain.Confidentiality;

/// <summary>One value that a record holds: of which field, about whom, and the value. What packs, masking and the purpose check walk over.</summary>
/// <param name="Field">The field.</param>
/// <param name="Person">The person in whose part of the record it stands; null for the family as a whole.</param>
/// <param name="Value">The value, never null.</param>
public sealed record FieldItem(CatalogueField Field, PersonId? Person, object Value)
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<Member>> Shapes = new();

    /// <summary>
    /// Every value that the record holds, in the order of its members; empty texts and lists, <c>false</c>, zero and "unknown" are no values.
    /// A list under one field gives one item for each element.
    /// </summary>
    public static IEnumerable<FieldItem> Of(object record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var items = new List<FieldItem>();
        Walk(record, null, items);
        return items;
    }

    /// <summary>The ids of fields in which <paramref name="after"/> holds a value that <paramref name="before"/> did not; taking values away counts as nothing. For a new record <paramref name="before"/> is null.</summary>
    public static IReadOnlyList<string> Added(object? before, object after)
    {
        var held = (before is null ? [] : Of(before)).GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        var added = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in Of(after))
        {
            if (held.TryGetValue(item, out var left) && left > 0)
                held[item] = left - 1;
            else
                added.Add(item.Field.Id);
        }
        return [.. added];
    }

    /// <summary>The field's id: never the value.</summary>
    public override string ToString() => Field.Id;

    private static void Walk(object part, PersonId? person, List<FieldItem> items)
    {
        var shape = Shapes.GetOrAdd(part.GetType(), ShapeOf);
        foreach (var member in shape)
        {
            if (member.NamesPerson && member.Values(part) is [PersonId id])
                person = id;
        }
        foreach (var member in shape)
        {
            if (member.Field is null && !member.Descends)
                continue;
            foreach (var value in member.Values(part))
            {
                if (member.Field is { } field)
                    items.Add(new(field, person, value));
                else
                    Walk(value, person, items);
            }
        }
    }

    private static ImmutableArray<Member> ShapeOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).Select(p =>
        {
            var id = p.GetCustomAttribute<FieldAttribute>()?.Id;
            return new Member(Reader(p), id is null ? null : FieldCatalogue.Get(id), Descends(p), p.Name is "Id" or "Person" && p.PropertyType == typeof(PersonId));
        }).Where(m => m.Field is not null || m.Descends || m.NamesPerson)];

    // Only what is kept (an automatic property) is walked; worked-out members would repeat it.
    private static bool Descends(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            type = type.GetGenericArguments()[0];
        return type.IsClass && type.Assembly == typeof(FieldItem).Assembly
            && property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null;
    }

    // Walking a record is part of every save, so a member is read by a delegate made once, not by reflection.
    private static Func<object, object[]> Reader(PropertyInfo property)
    {
        var type = property.PropertyType;
        var many = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
        var element = many ? type.GetGenericArguments()[0] : type;
        var plain = Nullable.GetUnderlyingType(element) ?? element;
        var nothing = plain.IsValueType && plain != typeof(DateOnly) && plain != typeof(TimeOnly) ? Activator.CreateInstance(plain) : null;
        var reader = typeof(FieldItem).GetMethod(many ? nameof(Many) : nameof(One), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (Func<object, object[]>)reader.MakeGenericMethod(property.DeclaringType!, element).Invoke(null, [property.GetMethod!, nothing])!;
    }

    private static Func<object, object[]> One<TPart, TValue>(MethodInfo getter, object? nothing)
    {
        var get = getter.CreateDelegate<Func<TPart, TValue>>();
        return part => (object?)get((TPart)part) is { } value && !IsNothing(value, nothing) ? [value] : [];
    }

    private static Func<object, object[]> Many<TPart, TValue>(MethodInfo getter, object? nothing)
    {
        var get = getter.CreateDelegate<Func<TPart, ImmutableArray<TValue>>>();
        return part => get((TPart)part) is { IsDefaultOrEmpty: false } values ? [.. values.Cast<object>().Where(value => !IsNothing(value, nothing))] : [];
    }

    private static bool IsNothing(object value, object? nothing) => value switch
    {
        string text => text.Length == 0,
        IMayBeNothing may => may.IsNothing,
        _ => value.Equals(nothing),
    };

    private sealed record Member(Func<object, object[]> Values, CatalogueField? Field, bool Descends, bool NamesPerson);
}

/// <summary>A value of which one case says that nothing is known.</summary>
public interface IMayBeNothing
{
    /// <summary>True when it says nothing.</summary>
    bool IsNothing { get; }
}
