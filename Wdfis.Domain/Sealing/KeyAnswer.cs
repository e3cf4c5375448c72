namespace Wdfis.Domain.Sealing;

/// <summary>The three answers to "what is this unit's key?". Erased stays erased: no key ever replaces a tombstone.</summary>
public abstract record KeyAnswer
{
    private KeyAnswer() { }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<DataKey, TResult> found, Func<DateTimeOffset, TResult> erased, Func<TResult> notMade);

    /// <summary>The type's name only.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>There is a key; who receives the answer disposes of it.</summary>
    public sealed record Found(DataKey Key) : KeyAnswer
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DataKey, TResult> found, Func<DateTimeOffset, TResult> erased, Func<TResult> notMade) => found(Key);
    }

    /// <summary>The key was destroyed at this instant (UTC).</summary>
    public sealed record Erased(DateTimeOffset At) : KeyAnswer
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DataKey, TResult> found, Func<DateTimeOffset, TResult> erased, Func<TResult> notMade) => erased(At);
    }

    /// <summary>No key was made for it, as far as this key file knows.</summary>
    public sealed record NotMade : KeyAnswer
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<DataKey, TResult> found, Func<DateTimeOffset, TResult> erased, Func<TResult> notMade) => notMade();
    }
}
