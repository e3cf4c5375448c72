using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Access;

/// <summary>Why a circuit is closed from this side.</summary>
internal enum CircuitEnd
{
    /// <summary>The session was ended, or is over.</summary>
    SessionEnded = 1,
    /// <summary>What the colleague may do was changed: the page is loaded again.</summary>
    RowsChanged = 2,
    /// <summary>Five windows are open already.</summary>
    TooMany = 3,
}

/// <summary>One open window of one colleague.</summary>
internal sealed record OpenCircuit(CircuitName Name, SessionId Session, Colleague Who, DateTimeOffset Since)
{
    public bool Connected { get; set; } = true;
}

/// <summary>
/// Every open circuit, looked at again every few seconds: a circuit's principal is fixed at its start, so that nothing else would notice
/// that a session or a row of the role table was ended. At most five for each colleague.
/// </summary>
internal sealed class Circuits(Sessions sessions, ColleagueTable colleagues, Sockets sockets, TimeProvider clock, ILogger<Circuits> log) : BackgroundService
{
    private readonly ConcurrentDictionary<CircuitName, OpenCircuit> open = new();

    public int Count => open.Count;

    public async Task Open(CircuitName name, ClaimsPrincipal user)
    {
        // Until it was looked at, and when that is refused, nothing is let through: its pages are drawn all the same.
        name.Admitted = () => throw new NotAssignedException();
        if (SignIn.SessionOf(user) is not { } session || sessions.Look(session).Standing == Standing.Ended || sessions.Whose(session) is not { } whose || await colleagues.Find(whose) is not { } who)
        {
            name.End(CircuitEnd.SessionEnded);
            return;
        }
        name.Admitted = async () =>
        {
            await sessions.WhenOpen(session, name.Closed);
            // Asked after the wait, in which it may have been ended.
            if (name.Ended is not null)
                throw new NotAssignedException();
        };
        name.Calling = () => sessions.InCall(session);
        var circuit = new OpenCircuit(name, session, who, clock.GetUtcNow());
        lock (open)
        {
            var others = open.Values.Where(other => other.Who.Id == whose && other.Name.Ended is null).ToList();
            open[name] = circuit;
            Meters.Circuits(1);
            if (others.Count < sessions.Limits.Circuits)
                return;
            // A window that was cut off and not closed makes room before anybody is refused.
            if (others.Where(other => !other.Connected).MinBy(other => other.Since) is { } left)
                left.Name.End(CircuitEnd.TooMany);
            else
                name.End(CircuitEnd.TooMany);
        }
    }

    public void Connected(CircuitName name, bool connected)
    {
        if (open.TryGetValue(name, out var circuit))
            circuit.Connected = connected;
    }

    public void Close(CircuitName name)
    {
        if (open.TryRemove(name, out _))
            Meters.Circuits(-1);
    }

    /// <summary>Closes every circuit whose session or rows are no longer what they were, and cuts what is left of it.</summary>
    public async Task Look(CancellationToken cancel = default)
    {
        foreach (var circuit in open.Values)
        {
            if (sessions.Look(circuit.Session).Standing == Standing.Ended)
                circuit.Name.End(CircuitEnd.SessionEnded);
            else if (await colleagues.Find(circuit.Who.Id, cancel) is not { } now || !now.Roles.SetEquals(circuit.Who.Roles) || !now.Services.SetEquals(circuit.Who.Services) || !now.DeputyFor.SetEquals(circuit.Who.DeputyFor))
                circuit.Name.End(CircuitEnd.RowsChanged);
        }
        await sockets.Look(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Again() => _ = Task.Run(() => Look(CancellationToken.None), CancellationToken.None);
        sessions.Ended += _ => Again();
        colleagues.Changed += _ => Again();
        using var timer = new PeriodicTimer(sessions.Limits.Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Each by itself: on a full disk nothing is written down, and windows are closed all the same.
            foreach (var (step, act) in new (string, Func<CancellationToken, Task>)[] { ("looked at", Look), ("written down", sessions.WriteDown) })
            {
                try
                {
                    await act(stoppingToken);
                }
                catch (Exception trouble) when (trouble is not OperationCanceledException)
                {
                    log.LogError("Open windows could not be {Step}: {Trouble}", step, trouble.GetType().Name);
                }
            }
        }
    }
}

/// <summary>
/// One circuit: a short random name, so that the audit log can tell windows apart without an address, and what lets its acts through.
/// </summary>
internal sealed class CircuitName : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private Action<CircuitEnd>? leave;

    public string Value { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));

    /// <summary>Returns when the circuit's acts may go on; waits while its session is locked.</summary>
    public Func<Task> Admitted { get; set; } = () => Task.CompletedTask;

    /// <summary>Says that a live enquiry is open in it.</summary>
    public Func<IDisposable> Calling { get; set; } = () => new CancellationTokenSource();

    /// <summary>Why it is closed from this side; null while it is not.</summary>
    public CircuitEnd? Ended { get; private set; }

    /// <summary>Cancelled when the circuit is gone.</summary>
    public CancellationToken Closed { get; }

    public CircuitName() => Closed = closed.Token;

    /// <summary>Takes the circuit's way out: called once, also when it was ended before.</summary>
    public void OnEnd(Action<CircuitEnd> act)
    {
        leave = act;
        if (Ended is { } why)
            act(why);
    }

    public void End(CircuitEnd why)
    {
        if (Ended is not null)
            return;
        Ended = why;
        leave?.Invoke(why);
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }
}

/// <summary>Tells <see cref="Circuits"/> of each circuit's life.</summary>
internal sealed class CircuitWatch(CircuitName name, Circuits circuits, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        // A circuit that was cut off gets the user of whoever's cookie finds it again.
        authentication.AuthenticationStateChanged += async found =>
        {
            if (SignIn.SessionOf((await found).User) != SignIn.SessionOf(user))
                name.End(CircuitEnd.SessionEnded);
        };
        await circuits.Open(name, user);
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Tell(true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Tell(false);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Close(name);
        return Task.CompletedTask;
    }

    private Task Tell(bool connected)
    {
        circuits.Connected(name, connected);
        return Task.CompletedTask;
    }
}

/// <summary>Thrown into a circuit to end it: the framework has no other way from this side.</summary>
internal sealed class CircuitEndedException() : Exception("This window was closed because its session ended, what its colleague may do was changed, or too many are open.");
