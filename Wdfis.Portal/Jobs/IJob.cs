namespace Wdfis.Portal.Jobs;

/// <summary>Something that the portal does by itself from time to time: a class, its options (<c>Jobs:NAME</c>), and a last-run row.</summary>
internal interface IJob
{
    /// <summary>The key of its last-run row: stays as it is.</summary>
    string Name { get; }

    /// <summary>True for a job that runs once more when the portal is stopped.</summary>
    bool AtTheEnd => false;

    /// <summary>True for a job that a stop interrupts without harm: it goes on at the next start, not an hour later.</summary>
    bool GoesOn => false;

    /// <summary>False for a job that waits for something to do, so that no clock says when it runs next.</summary>
    bool ByTheClock => true;

    /// <summary>True when it is time. <paramref name="last"/> is when its last run began; null when there was none, or it failed.</summary>
    bool Due(DateTimeOffset? last, DateTimeOffset now);

    /// <summary>Does it, and says in a few words what came of it; of nobody. What it throws is a failure, tried again in an hour.</summary>
    Task<string> Run(CancellationToken cancel);
}
