using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Recipients;

/// <summary><c>POST /recipients/register</c>: the schools register as a form with one file, streamed to the data folder and from there read.</summary>
internal static class ImportEndpoint
{
    /// <summary>The largest file taken; the register has some 60 MB.</summary>
    public const long MostBytes = 80_000_000;

    private const string TooLarge = "This file is larger than 80 MB. The schools register has about 60: choose the file edubasealldata….csv.";

    // The token comes in a header: in the form it would have to be looked for, and the whole file kept, before anybody is trusted.
    public static void MapSchoolsImport(this WebApplication app) =>
        app.MapPost("/recipients/register", Post).RequireAuthorization(RequiresAttribute.PolicyOf(Entitlement.CloseRecipients)).DisableAntiforgery();

    private static async Task<IResult> Post(HttpContext context, IAntiforgery antiforgery, IColleagues colleagues, SchoolsImport imports, Scratch scratch, CancellationToken cancel)
    {
        if (!context.Request.Headers.ContainsKey("RequestVerificationToken") || !await antiforgery.IsRequestValidAsync(context))
            return Words(StatusCodes.Status400BadRequest, "This page is too old. Load it again and choose the file once more.");
        if (SignIn.ColleagueOf(context.User) is not { } known || await colleagues.Find(known, cancel) is not { } who || !who.May(Entitlement.CloseRecipients))
            return Words(StatusCodes.Status403Forbidden, "A team lead brings in the schools register. Tell yours.");
        if (context.Request.ContentLength > MostBytes + 4096)
            return Words(StatusCodes.Status413PayloadTooLarge, TooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes + 4096;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return Words(StatusCodes.Status400BadRequest, "Choose a file.");

        var file = scratch.NewFile();
        try
        {
            var parts = new MultipartReader(boundary, context.Request.Body);
            while (await parts.ReadNextSectionAsync(cancel) is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var about) || !about.IsFileDisposition())
                    continue;
                await part.Body.CopyToAsync(file, cancel);
                if (file.Length == 0)
                    break;
                file.Position = 0;
                _ = imports.Begin(known, file);
                file = null;
                return Results.NoContent();
            }
            return Words(StatusCodes.Status400BadRequest, "Choose a file that holds something.");
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Words(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }
        catch (IOException)
        {
            return Words(StatusCodes.Status400BadRequest, "The file did not come whole. Choose it again.");
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync();
        }
    }

    private static IResult Words(int status, string sentence) => Results.Text(sentence, statusCode: status);
}
