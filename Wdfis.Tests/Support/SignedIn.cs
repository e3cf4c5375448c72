using Microsoft.AspNetCore.Components.Authorization;
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
