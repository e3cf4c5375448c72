using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Storage;

namespace Wdfis.Portal.Access;

/// <summary>
/// Every connection to the circuits' hub, whether anything is drawn over it or not: twice as many for each colleague as windows, because one
/// that was cut off is noticed late; and none for long of a session that is over, or of somebody without a row.
/// </summary>
internal sealed class Sockets(Sessions sessions, IColleagues colleagues, TimeProvider clock) : IHubFilter
{
    // So long a window has to be led away before it is cut.
    private static readonly TimeSpan ToLeave = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Socket> open = new();

    private sealed record Socket(HubCallerContext Caller, ColleagueId Whose, SessionId Session)
    {
        public DateTimeOffset? OverAt { get; set; }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var caller = context.Context;
        lock (open)
        {
            if (SignIn.ColleagueOf(caller.User) is { } whose && SignIn.SessionOf(caller.User) is { } session
                && open.Values.Count(other => other.Whose == whose) < 2 * sessions.Limits.Circuits)
                open[caller.ConnectionId] = new Socket(caller, whose, session);
        }
        if (open.ContainsKey(caller.ConnectionId))
            return next(context);
        caller.Abort();
        return Task.CompletedTask;
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        open.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    /// <summary>Cuts what should have gone and did not.</summary>
    public async Task Look(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        foreach (var socket in open.Values)
        {
            if (sessions.Look(socket.Session).Standing != Standing.Ended && await colleagues.Find(socket.Whose, cancel) is not null)
                socket.OverAt = null;
            else if (now - (socket.OverAt ??= now) >= ToLeave)
                socket.Caller.Abort();
        }
    }
}
