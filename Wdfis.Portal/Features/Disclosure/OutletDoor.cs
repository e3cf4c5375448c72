using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// Hands outlets over to the browser: an address of chance alone, for the colleague who released it, once and within ten minutes. Nothing
/// waits on disk.
/// </summary>
[OpenToAll(OpenBecause.OutletDoor)]
internal sealed class OutletDoor(TimeProvider clock)
{
    internal static readonly TimeSpan Waits = TimeSpan.FromMinutes(10);
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, (ColleagueId Who, Outlet Outlet, DateTimeOffset Until)> waiting = new();

    /// <summary>The address, relative to the portal's own, at which the colleague fetches it.</summary>
    public string Hand(ColleagueId who, Outlet outlet)
    {
        var now = clock.GetUtcNow();
        foreach (var (ticket, held) in waiting)
        {
            if (held.Until <= now || waiting.Count >= Most)
                waiting.TryRemove(ticket, out _);
        }
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        waiting[number] = (who, outlet, now + Waits);
        return $"out/{number}";
    }

    /// <summary>Takes it away; null when it is not there, not theirs or too old. Somebody else's stays where it is.</summary>
    public Outlet? Take(string ticket, ColleagueId who) =>
        waiting.TryGetValue(ticket, out var held) && held.Who == who && held.Until > clock.GetUtcNow() && waiting.TryRemove(ticket, out held) ? held.Outlet : null;

    public static void Map(WebApplication app) =>
        app.MapGet("/out/{ticket}", async (string ticket, HttpContext context, OutletDoor door, IColleagues colleagues, CancellationToken cancel) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (SignIn.ColleagueOf(context.User) is not { } id || await colleagues.Find(id, cancel) is null || door.Take(ticket, id) is not { } outlet)
                return Results.Text("This was opened already, or waited too long. Go back to the record and release it again.", statusCode: StatusCodes.Status410Gone);
            if (outlet.Form == OutletForm.Csv)
                context.Response.Headers.ContentDisposition = new StringValues("attachment; filename=\"wdfis.csv\"");
            if (outlet.Form == OutletForm.File)
                context.Response.Headers.ContentDisposition = new StringValues("attachment; filename=\"what-we-hold.html\"");
            return Results.Bytes(outlet.Bytes, outlet.Form switch
            {
                OutletForm.Print or OutletForm.Letter or OutletForm.File => "text/html; charset=utf-8",
                OutletForm.Paste => "text/plain; charset=utf-8",
                OutletForm.Csv => "text/csv; charset=utf-8",
            });
        }).RequireAuthorization(RequiresAttribute.PolicyOf(Entitlement.UseDesk));
}
