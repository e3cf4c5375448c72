using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// All records of a small kind in memory, as their sealed cards hold them: read when first asked for, and kept by the change feed from then
/// on. For the few kinds of which there are hundreds and not thousands, and whose cards name nobody's family.
/// </summary>
internal sealed class CardShelf<T> : IDisposable where T : class
{
    private readonly Keeper keeper;
    private readonly IRecordFormat<T> format;
    private readonly ILogger log;
    private readonly IDisposable feed;
    private readonly Lock gate = new();
    private readonly Lazy<Task> filled;
    private readonly HashSet<UnitId> gone = [];
    private ImmutableDictionary<UnitId, Shelved<T>> records = ImmutableDictionary<UnitId, Shelved<T>>.Empty;

    public CardShelf(Keeper keeper, IRecordFormat<T> format, ILogger log)
    {
        (this.keeper, this.format, this.log) = (keeper, format, log);
        feed = keeper.Subscribe(Take);
        filled = new(() => Task.Run(Fill));
    }

    /// <summary>Called after a record came, changed or went.</summary>
    public Action? Changed { get; set; }

    /// <summary>Every record. The first to ask waits until all are read.</summary>
    public ImmutableDictionary<UnitId, Shelved<T>> All
    {
        get
        {
            filled.Value.GetAwaiter().GetResult();
            return Volatile.Read(ref records);
        }
    }

    public void Dispose() => feed.Dispose();

    private async Task Fill()
    {
        await foreach (var (envelope, card) in keeper.Cards(format.Kind, id => log.LogWarning("The {Kind} {Unit} does not open.", format.Kind, id)))
            Put(envelope, card);
        Changed?.Invoke();
    }

    private void Take(Changed change)
    {
        if (change.Kind != format.Kind)
            return;
        if (!change.Gone && !change.Card.IsEmpty)
        {
            Put(change.Envelope!, change.Card.Span);
        }
        else if (change.Gone)
        {
            lock (gate)
            {
                gone.Add(change.Unit);
                Volatile.Write(ref records, records.Remove(change.Unit));
            }
        }
        Changed?.Invoke();
    }

    private void Put(Envelope envelope, ReadOnlySpan<byte> card)
    {
        var record = format.Read(card);
        lock (gate)
        {
            if (!gone.Contains(envelope.Id) && !(records.TryGetValue(envelope.Id, out var held) && held.Envelope.Version >= envelope.Version))
                Volatile.Write(ref records, records.SetItem(envelope.Id, new Shelved<T>(record, envelope)));
        }
    }
}

/// <summary>A record as its card holds it, and its envelope as of that save.</summary>
internal sealed record Shelved<T>(T Record, Envelope Envelope) where T : class
{
    public override string ToString() => $"Shelved {typeof(T).Name}";
}
