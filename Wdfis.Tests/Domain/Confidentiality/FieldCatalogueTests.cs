using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Domain.Families;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Confidentiality;

/// <summary>What is not in the catalogue is not kept, and each line names the purposes that may ask for it (D2, D3).</summary>
public class FieldCatalogueTests
{
    private static readonly Assembly Domain = typeof(FieldCatalogue).Assembly;

    /// <summary>Every kind of record of the domain that the portal stores.</summary>
    private static IEnumerable<Type> Records => typeof(IRecordFormat<>).Assembly.GetTypes()
        .SelectMany(t => t.GetInterfaces()).Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRecordFormat<>))
        .Select(i => i.GetGenericArguments()[0]).Where(t => t.Assembly == Domain).Distinct();

    [Fact]
    public void Records_Stored_AreFound() => Assert.Contains(typeof(FamilyCard), Records);

    [Fact]
    public void Members_OfEveryStoredRecord_AreInTheCatalogue() => Assert.Empty(Records.SelectMany(r => Walk(r).Offenders));

    [Fact]
    public void Members_OutsideTheCatalogue_AreFound() => Assert.Equal(
        ["Offender.Cases", "Offender.Secret", "Offender.Wrong", "One.Inner", "Part.bare"], Walk(typeof(Offender)).Offenders.Order(StringComparer.Ordinal));

    [Fact]
    public void Lines_OfTheFamilyCard_AreAllUsed() => Assert.Equal(
        FieldCatalogue.All.Select(f => f.Id).Where(id => id.StartsWith("family.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        Walk(typeof(FamilyCard)).Used.Order(StringComparer.Ordinal));

    [Fact]
    public void Lines_ForSafety_NeverGoOut() =>
        Assert.All(FieldCatalogue.All.Where(f => f.Class == FieldClass.Safety), f => Assert.Null(f.OutName));

    [Fact]
    public void Lines_AnyOfThem_AreNotAskedForStatisticsOrWithoutPurpose() => Assert.All(FieldCatalogue.All, f =>
    {
        Assert.NotEmpty(f.Purposes);
        Assert.False(FieldCatalogue.Permits(f.Id, Purpose.Statistics));
        Assert.False(FieldCatalogue.Permits(f.Id, Purpose.Unknown));
    });

    [Fact]
    public void Permits_UnknownFieldOrPurpose_IsNo()
    {
        Assert.False(FieldCatalogue.Permits("family.carer.shoe-size", Purpose.CaseWork));
        Assert.False(FieldCatalogue.Permits("family.carer.surname", (Purpose)99));
        Assert.False(FieldCatalogue.Permits("family.child.sen-stage", Purpose.GiveInformation));
        Assert.True(FieldCatalogue.Permits("family.child.sen-stage", Purpose.Advise));
        Assert.Equal(2, FieldCatalogue.Refuse((Purpose)99, ["family.carer.surname", "nothing", "nothing"]).Count);
    }

    [Fact]
    public void Items_OfACard_SayWhomTheyStandWith()
    {
        var items = FieldItem.Of(Card.Plain()).ToList();
        Assert.Equal(Card.Id(1), Assert.Single(items, i => i.Field.Id == "family.contact.value").Person);
        Assert.Equal(Card.Id(2), Assert.Single(items, i => i.Field.Id == "family.child.forename").Person);
        Assert.Null(Assert.Single(items, i => i.Field.Id == "family.address.postcode").Person);
        Assert.All(items, i => Assert.Equal(i.Field.Id, i.ToString()));
    }

    [Fact]
    public void Inventory_Committed_IsTheCatalogue()
    {
        var file = Path.Combine(Checkout.Root, "docs", "data-inventory.md");
        var written = Inventory();
        if (Environment.GetEnvironmentVariable("WDFIS_WRITE_DOCS") == "1")
            File.WriteAllText(file, written);
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == written,
            "docs/data-inventory.md differs from the field catalogue: run the tests with WDFIS_WRITE_DOCS=1 and look at the difference.");
    }

    private static string Inventory()
    {
        var text = new StringBuilder("""
            # Data inventory

            Every field of every kind of record, from the field catalogue (`Wdfis.Domain/Confidentiality/FieldCatalogue.cs`).
            A test writes this file (`WDFIS_WRITE_DOCS=1`) and fails when it differs. *Purposes* may ask for the field and record it;
            a field without a name under *goes out as* never leaves the service.

            | Field | Label | Class | Marking | About | Purposes | Goes out as |
            |---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var f in FieldCatalogue.All)
            text.Append($"| `{f.Id}` | {f.Label} | {f.Class} | {f.Marking} | {f.About} | {string.Join(", ", f.Purposes)} | {f.OutName ?? "–"} |\n");
        return text.ToString();
    }

    /// <summary>Goes through everything that a type keeps (its fields, whatever their access): what carries no line of the catalogue is an offender.</summary>
    private static (ImmutableSortedSet<string> Offenders, ImmutableSortedSet<string> Used) Walk(Type root)
    {
        var offenders = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var used = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        var known = FieldCatalogue.All.Select(f => f.Id).ToHashSet();
        Visit(root);
        return (offenders.ToImmutable(), used.ToImmutable());

        void Visit(Type type)
        {
            if (!seen.Add(type))
                return;
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
                var id = type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetCustomAttribute<FieldAttribute>()?.Id;
                var held = Unwrapped(field.FieldType);
                if (id is not null && known.Contains(id))
                    used.Add(id);
                else if (id is null && held.IsClass && held != typeof(string) && (held.Assembly == Domain || held.Assembly == typeof(Offender).Assembly))
                    Visit(held);
                else if (id is not null || held != typeof(PersonId) && held != typeof(UnitId) && held != typeof(ColleagueId))
                    offenders.Add($"{type.Name}.{name}");
            }
            foreach (var other in type.Assembly.GetTypes().Where(t => t.BaseType == type).Append(type.BaseType is { } b && b.Assembly == type.Assembly ? b : type))
                Visit(other);
        }

        static Type Unwrapped(Type type) => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || type.GetGenericTypeDefinition() == typeof(Nullable<>))
            ? Unwrapped(type.GetGenericArguments()[0]) : type;
    }

    private sealed record Offender(PersonId Id, string Secret, Part Part, [property: Field("family.carer.shoe-size")] string Wrong, [property: Field("family.carer.surname")] string Right)
    {
        public ImmutableArray<string> Cases { get; init; } = [];
    }

    private abstract record Part
    {
        private readonly int bare = 1;

        public override string ToString() => $"{bare}";

        public sealed record One(string Inner) : Part;
    }
}
