using Wdfis.Domain.Audit;

namespace Wdfis.Portal.Strongroom;

/// <summary>How far a verification is, or what came of it. Only one runs at a time, whoever looks.</summary>
internal sealed record VerificationStands(Domain.Confidentiality.ColleagueId By, DateTimeOffset BegunAt, string Step)
{
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Null while it runs, and when it was stopped.</summary>
    public VerifyReport? Report { get; init; }
}

/// <summary>The verification that somebody asked for while the portal works: on a thread of its own, over what stands at one moment, so that nobody waits for it.</summary>
internal sealed class VerificationRun(Verification verification, WriteLane lane, TimeProvider clock, ILogger<VerificationRun> log)
{
    private readonly Lock gate = new();
    private CancellationTokenSource? running;

    /// <summary>Called at each step.</summary>
    public event Action? Changed;

    /// <summary>The last since the start of the portal; null for none.</summary>
    public VerificationStands? Stands { get; private set; }

    /// <summary>Begins one, on record; nothing when one runs.</summary>
    public async Task Begin(Errand errand, CancellationToken cancel = default)
    {
        CancellationTokenSource mine;
        lock (gate)
        {
            if (running is not null)
                return;
            mine = running = new CancellationTokenSource();
        }
        try
        {
            await lane.Note(new Line(errand, AuditAction.VerifiedNow, []), cancel);
        }
        catch
        {
            End(mine);
            throw;
        }
        Say(new VerificationStands(errand.Who.Id, clock.GetUtcNow(), "Beginning"));
        _ = Run(mine);
    }

    public void Stop()
    {
        lock (gate)
            running?.Cancel();
    }

    private async Task Run(CancellationTokenSource mine)
    {
        VerifyReport? report = null;
        try
        {
            report = await verification.Verify(new Steps(step => Say(Stands! with { Step = step })), mine.Token);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception trouble)
        {
            log.LogError("A verification broke off: {Trouble}", trouble.GetType().Name);
        }
        End(mine);
        Say(Stands! with { EndedAt = clock.GetUtcNow(), Report = report });
    }

    private void End(CancellationTokenSource mine)
    {
        lock (gate)
            running = null;
        mine.Dispose();
    }

    private void Say(VerificationStands now)
    {
        Stands = now;
        Changed?.Invoke();
    }

    // In the order in which they come, on the thread that works.
    private sealed class Steps(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
