using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Tests.Support;

/// <summary>One colleague at a screen that is rendered without a browser; who it is may change between two looks.</summary>
internal sealed class SignedIn(Func<Colleague> who) : AuthenticationStateProvider, IColleagues
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(SignIn.PrincipalOf(who())));

    public Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => Task.FromResult<Colleague?>(who());

    public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Colleague>>([who()]);
}

/// <summary>Screens that are rendered without a browser, over the files of a real strongroom.</summary>
internal static class Screens
{
    /// <summary>What every screen asks for: its window, the portal's clock, and who sits there.</summary>
    public static IServiceCollection Open(this BunitContext screens, StrongroomFixture room, AuthenticationStateProvider who) =>
        screens.Services.AddScoped<CircuitName>().AddScoped<Errands>().AddSingleton(room.Lane).AddSingleton<TimeProvider>(room.Clock).AddSingleton(who);
}
