using System.Reflection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>
/// An errand whose colleague holds the entitlement: what a service method takes, so that what it declares and what it refuses are one.
/// Made from an <see cref="Errand"/> where the method is called, before anything of it runs.
/// </summary>
/// <typeparam name="TNeeds">One of <see cref="May"/>.</typeparam>
internal sealed class Errand<TNeeds>
{
    /// <summary>What the method needs.</summary>
    public static readonly Entitlement Needed = Enum.Parse<Entitlement>(typeof(TNeeds).Name);

    private readonly Errand errand;

    private Errand(Errand errand) => this.errand = errand;

    public Colleague Who => errand.Who;

    public Purpose Purpose => errand.Purpose;

    public string Circuit => errand.Circuit;

    /// <exception cref="UnauthorizedAccessException">The colleague does not hold it. That they asked is written down by then.</exception>
    public static implicit operator Errand<TNeeds>(Errand errand)
    {
        // What the portal does by itself is nobody's: no one can sign in as it.
        if (errand.Who.May(Needed) || errand.Who.Id == ColleagueId.Portal)
            return new Errand<TNeeds>(errand);
        errand.Refused?.Invoke(errand);
        throw new UnauthorizedAccessException(RefusalReason.NotYourRole.Words());
    }

    public static implicit operator Errand(Errand<TNeeds> errand) => errand.errand;
}

/// <summary>The entitlements as service methods declare them, under their own names.</summary>
internal static class May
{
    public interface UseDesk;
    public interface TypeForms;
    public interface WorkWithFamilies;
    public interface Lead;
    public interface SeeRetention;
    public interface KeepSchedule;
    public interface SignOff;
    public interface KeepPolicy;
    public interface ApprovePolicy;
    public interface SeeConformance;
    public interface SeeStatistics;
    public interface KeepDirectory;
    public interface CloseRecipients;
    public interface TakeRights;
    public interface AnswerRights;
    public interface ReportBreach;
    public interface KeepRegisters;
    public interface SeeAudit;
    public interface KeepColleagues;
}

/// <summary>Why a service or a method of one asks for no entitlement.</summary>
internal static class OpenBecause
{
    public const string NothingOpened = "It works something out, or keeps or gives what the portal publishes or its pages hold: no record is opened.";
    public const string EnvelopesAlone = "It reads envelopes or counts alone: no record is opened.";
    public const string Colleagues = "It gives colleagues and what rows they have, which every colleague may know.";
    public const string ToldThat = "It tells that something changed, and not what.";
    public const string OwnWork = "The portal's own work asks it, in nobody's name.";
    public const string SigningIn = "It is asked before anybody is known who could hold an entitlement.";
    public const string Import = "A file of the public register, before anything of it counts: it comes in by a way that asks for the entitlement, and is applied under an errand.";
    public const string OutletDoor = "It hands a sheet to the colleague for whom the gate has let it out, once.";
    public const string Directory = "Organisations, not families; its pages ask for the entitlement.";
}

/// <summary>Finds service methods that declare neither an entitlement nor why they need none. The portal does not start with one.</summary>
internal static class ServiceGuard
{
    // What lets colleagues in, and nothing that they ask for.
    private static readonly Type[] Gate = [typeof(Circuits), typeof(CircuitName), typeof(CircuitWatch), typeof(Sockets), typeof(Errands), typeof(EntitlementHandler), typeof(SealedRingSetup), typeof(EntraHandler), typeof(EntraSettings)];

    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What a method needs of the colleague who asks; null when it takes no declared errand.</summary>
    public static Entitlement? Needs(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType)
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Errand<>)) is { } errand
        ? (Entitlement)errand.GetField(nameof(Errand<May.Lead>.Needed))!.GetValue(null)!
        : null;

    /// <summary>The methods of services that others can call; what a property says, the portal says of itself.</summary>
    public static IEnumerable<MethodInfo> Methods(IEnumerable<Type> services) => services
        .Where(type => type is { IsClass: true, Namespace: { } space } && (space.StartsWith("Wdfis.Portal.Features", StringComparison.Ordinal) || space.StartsWith("Wdfis.Portal.Access", StringComparison.Ordinal)))
        .Except(Gate)
        .SelectMany(type => type.GetMethods(Own))
        .Where(method => method is { IsPrivate: false, IsSpecialName: false, Name: not nameof(IDisposable.Dispose) } && !method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));

    public static IReadOnlyList<MethodInfo> Undeclared(IEnumerable<Type> services) =>
        [.. Methods(services).Where(method => Needs(method) is null && !method.IsDefined(typeof(OpenToAllAttribute)) && !method.DeclaringType!.IsDefined(typeof(OpenToAllAttribute)))];

    public static void RefuseUndeclared(IServiceCollection services)
    {
        var undeclared = Undeclared(services.Select(service => service.ImplementationType ?? service.ServiceType));
        if (undeclared.Count > 0)
            throw new InvalidOperationException($"These service methods declare no permission: {string.Join(", ", undeclared.Select(method => $"{method.DeclaringType!.Name}.{method.Name}"))}.");
    }
}
