using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Wdfis.Portal.Access;

/// <summary>How many arrivals at the sign-in one address may make: enough for a whole council behind one proxy at nine o'clock, too few for a flood.</summary>
internal static class SignInPace
{
    public const string Key = "Access:SignInsASecond";
    private const int Usual = 60;

    // Each writes an audit entry or asks the directory something.
    private static readonly string[] Counted = ["/sign-in/entra", "/sign-in/development"];

    /// <exception cref="StartRefused">The setting is no number from 1 to 1,000.</exception>
    public static void AddSignInPace(this WebApplicationBuilder builder)
    {
        var each = builder.Configuration[Key] is not { Length: > 0 } text ? Usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000 ? number
            : throw new StartRefused($"{Key} is a number from 1 to 1,000.");
        string[] counted = [.. Counted, builder.Configuration["AzureAd:CallbackPath"] ?? "/signin-oidc"];
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                counted.FirstOrDefault(path => context.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase)) is { } path
                    ? RateLimitPartition.GetTokenBucketLimiter($"{context.Connection.RemoteIpAddress} {path}", _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = 2 * each,
                        TokensPerPeriod = each,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    })
                    : RateLimitPartition.GetNoLimiter(""));
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (refused, cancel) =>
            {
                refused.HttpContext.Response.Headers.RetryAfter = "2";
                await refused.HttpContext.Response.WriteAsync("Many people are signing in at this moment. Wait a few seconds, go back, and sign in again.", cancel);
            };
        });
    }
}
