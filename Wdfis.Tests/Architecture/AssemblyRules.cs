using System.Reflection;
using System.Runtime.CompilerServices;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Tests.Access;

namespace Wdfis.Tests.Architecture;

/// <summary>A planted offender: a record whose text would print what it holds.</summary>
public sealed record PlantedTalker([property: Field("family.carer.surname")] string Surname);

public class AssemblyRules
{
    private static readonly Assembly Domain = typeof(Envelope).Assembly;

    /// <summary>Nouns whose records hold what families say.</summary>
    private static readonly string[] PersonalNouns = ["Families", "Enquiries", "Consent", "Anonymity", "Recipients", "Disclosure"];

    private static IEnumerable<string> Outsiders(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(name => name.Name!)
        .Where(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib"));

    [Fact]
    public void Domain_ItsReferences_AreTheFrameworkAlone() => Assert.Empty(Outsiders(Domain));

    [Fact]
    public void Domain_TheSameLookAtThePortal_FindsPackages() => Assert.Contains("Radzen.Blazor", Outsiders(typeof(RequiresAttribute).Assembly));

    [Fact]
    public void Services_EveryMethod_DeclaresWhatItNeedsOrWhyNothing()
    {
        Assert.Empty(ServiceGuard.Undeclared(ServiceGuardTests.Services).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
        // The whole portal is not built otherwise.
        Assert.NotEmpty(HeaderTests.Built());
    }

    // What the catalogue lists is what families say; codes and labels are not in it.
    private static bool HoldsContent(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Any(property => property.GetCustomAttribute<FieldAttribute>() is not null);

    private static bool PrintsItself(Type type) =>
        type.GetMethod("<Clone>$") is not null
        && type.GetMethod(nameof(ToString), Type.EmptyTypes) is { } text
        && text.GetCustomAttribute<CompilerGeneratedAttribute>(inherit: false) is not null
        && HoldsContent(type);

    [Fact]
    public void Records_ThatHoldWhatFamiliesSay_NeverPrintIt()
    {
        var talkers = Domain.GetTypes()
            .Where(type => PersonalNouns.Any(noun => type.Namespace == $"Wdfis.Domain.{noun}"))
            .Where(PrintsItself)
            .Select(type => type.FullName);
        Assert.Empty(talkers);
    }

    [Fact]
    public void Records_PlantedTalker_IsFound() => Assert.True(PrintsItself(typeof(PlantedTalker)));

    [Fact]
    public void Classified_HasNoWayOutButAClearance()
    {
        var ways = typeof(Classified<string>).GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member switch
            {
                PropertyInfo property => property.PropertyType == typeof(string),
                FieldInfo field => field.FieldType == typeof(string),
                MethodInfo method => method.ReturnType == typeof(string) && method.Name != nameof(ToString),
                _ => false,
            })
            .ToArray();
        var open = Assert.IsAssignableFrom<MethodInfo>(Assert.Single(ways));
        Assert.Equal(typeof(Clearance), Assert.Single(open.GetParameters()).ParameterType);
        Assert.Empty(typeof(Clearance).GetConstructors());
    }
}
