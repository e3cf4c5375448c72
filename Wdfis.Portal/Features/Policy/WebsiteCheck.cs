using System.Net;
using System.Text.RegularExpressions;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Jobs;

namespace Wdfis.Portal.Features.Policy;

/// <summary>
/// Reads the page at <c>Policy:PublicAddress</c> every day and says whether the edition in force stands there (C4): each clause with all its
/// words, whatever the website puts around them. It sends nothing but the request.
/// </summary>
[OpenToAll(OpenBecause.OwnWork)]
internal sealed partial class WebsiteCheck(PolicyShelf shelf, IHttpClientFactory clients, IConfiguration configuration) : IJob
{
    public const string JobName = "website";
    public const string Same = "the same";
    private const int MostBytes = 2_000_000;

    /// <summary>Where the council publishes the policy; null when nobody has said.</summary>
    public Uri? Address { get; } = Uri.TryCreate(configuration["Policy:PublicAddress"], UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) ? address : null;

    public string Name => JobName;

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => Address is not null && (last is not { } before || London.DateOf(before) < London.DateOf(now));

    public async Task<string> Run(CancellationToken cancel)
    {
        if (Address is null)
            return "no address is configured (Policy:PublicAddress)";
        if (shelf.InForce is not { } edition)
            return "no edition is published";
        string page;
        try
        {
            using var client = clients.CreateClient(JobName);
            client.Timeout = TimeSpan.FromSeconds(20);
            client.MaxResponseContentBufferSize = MostBytes;
            page = await client.GetStringAsync(Address, cancel);
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return silence is HttpRequestException { StatusCode: { } status } ? $"no answer: the website says {(int)status}" : "no answer";
        }
        return Missing(page, edition.Text) is { Count: > 0 } missing ? $"differs from {edition.Number}: {string.Join(", ", missing)}" : $"{Same} as {edition.Number}";
    }

    /// <summary>The clauses whose words do not stand in a page in their order, by id.</summary>
    internal static IReadOnlyList<string> Missing(string page, PolicyText text)
    {
        var stands = Words(WebUtility.HtmlDecode(Tags().Replace(page, " ")));
        return [.. text.Clauses().Where(clause => clause.Key.Length > 0 && !stands.Contains(Words(PolicyRenderer.ToPlain(clause.Value)), StringComparison.Ordinal)).Select(clause => clause.Key)];
    }

    // Letters and digits alone: a website's quotation marks and spaces are its own.
    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}

/// <summary>Keeps the figures of the conformance page once a month, for the trend and the yearly review (A1).</summary>
[OpenToAll(OpenBecause.OwnWork)]
internal sealed class MonthlyFigures(ConformanceDesk desk) : IJob
{
    public string Name => "conformance";

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => last is not { } before || Month.Of(London.DateOf(before)) != Month.Of(London.DateOf(now));

    public async Task<string> Run(CancellationToken cancel) => $"{await desk.Keep(cancel)} figures kept";
}
