using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary><c>Jobs:Head</c>.</summary>
internal sealed record SendHeadOptions
{
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Sends a signed head of the audit to the second place, and one at the end.</summary>
internal sealed class SendHead(Heads heads, IConfiguration configuration) : IJob
{
    private readonly SendHeadOptions options = configuration.GetSection("Jobs:Head").Get<SendHeadOptions>() ?? new();

    public string Name => "head";

    public bool AtTheEnd => true;

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => last is null || now - last >= options.Every;

    public Task<string> Run(CancellationToken cancel) =>
        Task.FromResult(heads.SignHead() ? "the head stands in the second place" : "no head was signed: run verify");
}
