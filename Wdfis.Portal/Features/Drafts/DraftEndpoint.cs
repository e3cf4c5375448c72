using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Drafts;

/// <summary><c>PUT /drafts/{id}</c>: changed fields over plain HTTP, so that typing does not depend on the circuit.</summary>
internal static class DraftEndpoint
{
    private const int MostBytes = 1_000_000;
    // Whoever pasted a whole book hears in words that it is too long: a browser that is cut off while it sends hears nothing.
    private const int MostHeard = 32_000_000;

    /// <summary>The answer to whoever is signed in no longer.</summary>
    internal static IResult SignedOut => Words(StatusCodes.Status401Unauthorized, "Not kept: you are signed out. Sign in again in another window; what you typed waits here and is kept then.");

    /// <summary>The answer to whoever takes no forms.</summary>
    internal static IResult NotTyped => Words(StatusCodes.Status403Forbidden, "Not kept: your role does not take this form.");

    private static string TooLong(string form) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"This text is too long to be kept: more than {Draft.FieldLimit(form):N0} characters in one box, or {Draft.MostText:N0} in one form. Shorten it; the rest of the page is kept.");

    public static void MapDrafts(this WebApplication app) =>
        app.MapPut("/drafts/{id}", Put).RequireAuthorization(RequiresAttribute.PolicyOf(Entitlement.TypeForms)).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostHeard));

    private static async Task<IResult> Put(string id, HttpContext context, DraftDesk drafts, IColleagues colleagues, CancellationToken cancel)
    {
        // A page of another origin cannot set this header without being asked first, and is not answered when it asks.
        if (!context.Request.Headers.ContainsKey("X-Wdfis-Draft") || !UnitId.TryParse(id, out var unit))
            return Words(StatusCodes.Status404NotFound, "There is no such draft.");
        if (SignIn.ColleagueOf(context.User) is not { } known || await colleagues.Find(known, cancel) is not { } who)
            return SignedOut;

        DraftFields? sent = null;
        try
        {
            using var body = new MemoryStream();
            if (!await CopyAtMost(context.Request.Body, body, cancel))
                return Words(StatusCodes.Status413PayloadTooLarge, TooLong(""));
            sent = JsonSerializer.Deserialize(body.ToArray(), DraftFieldsJson.Default.DraftFields);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Words(StatusCodes.Status413PayloadTooLarge, TooLong(""));
        }
        catch (JsonException)
        {
            sent = null;
        }
        if (sent?.Form is not { Length: > 0 and <= 40 } || sent.Fields is null || sent.Fields.Values.Any(value => value is null))
            return Words(StatusCodes.Status400BadRequest, "This could not be read. Load the page again.");

        var answer = await drafts.Keep(new Errand(who, Purpose.GiveInformation, "http"), unit, sent.Form, sent.Fields, cancel);
        return answer switch
        {
            DraftAnswer.Kept => Results.Ok(),
            DraftAnswer.TooLong => Words(StatusCodes.Status413PayloadTooLarge, TooLong(sent.Form)),
            DraftAnswer.TooMany => Words(StatusCodes.Status429TooManyRequests, $"Not kept yet: you have {Draft.MostPerOwner} forms unfinished. Save or drop some of them from the desk; this one is kept then."),
            DraftAnswer.NotYours => Words(StatusCodes.Status403Forbidden, "This is another colleague's unsaved work."),
            DraftAnswer.Gone => Words(StatusCodes.Status410Gone, "This was saved or dropped in another window. Open it again from the desk."),
            DraftAnswer.Busy => Words(StatusCodes.Status503ServiceUnavailable, "Not kept yet: the portal is busy. Trying again."),
            DraftAnswer.NoRoom => Words(StatusCodes.Status507InsufficientStorage, "Not kept: the portal's disk is full. Copy what matters to paper and tell your team lead. Trying again."),
            DraftAnswer.Damaged => Words(StatusCodes.Status409Conflict, "This draft can no longer be opened. Begin a new one and copy the text into it."),
        };
    }

    private static IResult Words(int status, string sentence) => Results.Text(sentence, statusCode: status);

    private static async Task<bool> CopyAtMost(Stream from, MemoryStream to, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        var (fits, read) = (true, 0);
        while ((read = await from.ReadAsync(buffer, cancel)) > 0)
        {
            fits &= to.Length + read <= MostBytes;
            if (fits)
                to.Write(buffer, 0, read);
        }
        return fits;
    }
}

internal sealed class DraftFields
{
    public string? Form { get; set; }
    public Dictionary<string, string>? Fields { get; set; }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(DraftFields))]
[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DraftFieldsJson : System.Text.Json.Serialization.JsonSerializerContext;
