using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// All families that can be searched, in memory and nowhere else. One writer at a time, any number of readers; a put or forget holds
/// readers up for microseconds, a search holds the writer up for as long as it takes. What is forgotten stays forgotten, whatever
/// card comes after it, and a card older than the one held is passed over, so that loading and the change feed may overtake each other.
/// </summary>
internal sealed class FamilyBoard : IDisposable
{
    internal const int MostRows = 25;
    internal const int MostDuplicates = 5;

    private readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.NoRecursion);
    private readonly HashSet<UnitId> forgotten = [];
    private readonly FamilyIndex index = new();
    private readonly FamilyFinder finder;
    private readonly DuplicateFinder duplicates;

    private int expected;
    private readonly TaskCompletionSource filling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool opened;

    /// <summary>How many families are held.</summary>
    internal int Count => index.Count;

    /// <summary>How much of the board is filled, 0 to 100; 100 only after <see cref="Opened"/>.</summary>
    internal int Ready => opened ? 100 : expected == 0 ? 0 : (int)Math.Min(99, Count * 100L / expected);

    public FamilyBoard()
    {
        finder = new FamilyFinder(index);
        duplicates = new DuplicateFinder(index, finder);
    }

    /// <summary>Says how many families are going to be put at start.</summary>
    internal void Opening(int families) => expected = families;

    /// <summary>Says that all of them have been.</summary>
    internal void Opened()
    {
        opened = true;
        filling.TrySetResult();
    }

    /// <summary>Done when the start is over for the board, filled or not: what can wait begins then.</summary>
    internal Task Filling => filling.Task;

    /// <summary>Says that it could not be filled.</summary>
    internal void GaveUp() => filling.TrySetResult();

    /// <summary>Holds a family's card, in place of the one held before.</summary>
    internal void Put(SearchCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        gate.EnterWriteLock();
        try
        {
            if (!forgotten.Contains(card.Family))
                index.Put(card);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Forgets a family for good; its bytes are overwritten and the words that only it had are dropped.</summary>
    internal void Forget(UnitId id)
    {
        gate.EnterWriteLock();
        try
        {
            forgotten.Add(id);
            index.Remove(id);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Answers one line as typed.</summary>
    internal BoardAnswer Find(string? text, Sees sees, DateOnly today) => Find(text, today, new Picked(sees, MostRows));

    /// <summary>Families that carry a safety warning and that the line could mean, far beyond a page, for the portal itself: no colleague sees them.</summary>
    internal BoardAnswer Warned(string? text, DateOnly today, int most) => Find(text, today, new Picked(static (_, _) => true, most) { Warned = true });

    private BoardAnswer Find(string? text, DateOnly today, Picked picked)
    {
        var query = BoardQuery.Parse(text, today);
        if (!query.Nothing)
        {
            gate.EnterReadLock();
            try
            {
                finder.Find(query, picked);
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
        return picked.Answer(GettingReady);
    }

    /// <summary>Families that are likely the one being entered: at most five, likeliest first, each with what they share.</summary>
    internal BoardAnswer Duplicates(FamilyFacts facts, Sees sees)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(sees);
        var picked = new Picked(sees, MostDuplicates);
        gate.EnterReadLock();
        try
        {
            duplicates.Find(facts, picked);
        }
        finally
        {
            gate.ExitReadLock();
        }
        return picked.Answer(GettingReady) with { More = false };
    }

    public void Dispose() => gate.Dispose();

    private int? GettingReady => opened ? null : Ready;
}
