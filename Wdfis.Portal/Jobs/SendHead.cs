using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary><c>Jobs:Head</c>.</summary>
internal sealed record SendHeadOptions
{
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Sends a signed head of the audit to the second place, one at the end, and one for the end of each year that is over.</summary>
internal sealed class SendHead(Heads heads, AuditYears years, IConfiguration configuration) : IJob
{
    private readonly SendHeadOptions options = configuration.GetSection("Jobs:Head").Get<SendHeadOptions>() ?? new();

    public string Name => "head";

    public bool AtTheEnd => true;

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => last is null || now - last >= options.Every;

    public async Task<string> Run(CancellationToken cancel)
    {
        await years.Close(cancel);
        return heads.SignHead() ? "the head stands in the second place" : "no head was signed: run verify";
    }
}

/// <summary>Sends a head as soon as something left or was disposed of: what a loss of this machine would leave unproved is what was since.</summary>
internal sealed class HeadAfter(WriteLane lane, Heads heads, ILogger<HeadAfter> log) : BackgroundService
{
    private readonly SemaphoreSlim due = new(0, 1);

    /// <summary>Called after each.</summary>
    internal Action? Sent { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lane.HeadDue = () =>
        {
            if (due.CurrentCount == 0)
                due.Release();
        };
        while (true)
        {
            await due.WaitAsync(stoppingToken);
            try
            {
                heads.SignHead();
            }
            // Whatever it is, the next one tries again; thrown on, it would stop the portal.
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogError("The second place takes no head at present: {Trouble}", trouble.GetType().Name);
            }
            Sent?.Invoke();
        }
    }

    public override void Dispose()
    {
        due.Dispose();
        base.Dispose();
    }
}
