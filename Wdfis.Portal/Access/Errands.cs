using Microsoft.AspNetCore.Components.Authorization;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>
/// Who is here, looked up in the role table at each act: a row that ended an hour ago opens nothing now. While the session is locked an act
/// waits: it goes on when the same colleague has signed in again.
/// </summary>
internal sealed class Errands(AuthenticationStateProvider authentication, IColleagues colleagues, CircuitName circuit, WriteLane lane)
{
    /// <summary>The signed-in colleague as the role table knows them now.</summary>
    /// <exception cref="NotAssignedException">Nobody is signed in, the session ended, or no row counts today.</exception>
    public async Task<Colleague> Who()
    {
        await circuit.Admitted();
        var state = await authentication.GetAuthenticationStateAsync();
        return SignIn.ColleagueOf(state.User) is { } id && await colleagues.Find(id) is { } colleague
            ? colleague
            : throw new NotAssignedException();
    }

    /// <summary>An errand of the signed-in colleague, for one purpose.</summary>
    public async Task<Errand> For(Purpose purpose = Purpose.Unknown) => new(await Who(), purpose, circuit.Value) { Refused = WriteDown };

    // Away from the circuit's own turn, which waits for it here.
    private void WriteDown(Errand errand) => Task.Run(() => lane.Note(new Line(errand, AuditAction.Refused, []) { Reason = RefusalReason.NotYourRole })).GetAwaiter().GetResult();

    /// <summary>Says that a live enquiry is open in this window, until disposed: the screen locks later.</summary>
    public IDisposable Calling() => circuit.Calling();
}
