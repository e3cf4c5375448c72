using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Audit;

/// <summary>What can be wrong with a chain.</summary>
public enum ChainFaultKind
{
    /// <summary>The entry, or the hash before it, is not what was written.</summary>
    Edited = 1,
    /// <summary>Entries are missing from here.</summary>
    Gap = 2,
    /// <summary>An entry stands in another's place.</summary>
    ReOrdered = 3,
    /// <summary>An entry that stood before is there a second time.</summary>
    Replayed = 4,
    /// <summary>Entries that a signed head covers are missing from here to the epoch's end.</summary>
    TailCut = 5,
    /// <summary>A head for this place is not signed by a known key.</summary>
    HeadForged = 6,
    /// <summary>The chain fits together, but a signed head has another hash here: it was written anew.</summary>
    Rewritten = 7,
    /// <summary>Another epoch begins here without a signed opening that names the heads truly.</summary>
    EpochBroken = 8,
    /// <summary>The hash is right, but the bytes are no entry that this build can read.</summary>
    Unreadable = 9,
    /// <summary>What came before is gone, and what says that it was dropped is not signed by a known key.</summary>
    DropForged = 10,
}

/// <summary>One fault and where.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Sequence">The sequence where it begins.</param>
public readonly record struct ChainFault(ChainFaultKind Kind, long Sequence)
{
    /// <summary>One sentence for the operator.</summary>
    public string Sentence => Kind switch
    {
        ChainFaultKind.Edited => $"Entry {Sequence}, or the hash before it, was changed.",
        ChainFaultKind.Gap => $"Entries are missing from {Sequence} on.",
        ChainFaultKind.ReOrdered => $"At {Sequence} stands an entry from another place.",
        ChainFaultKind.Replayed => $"At {Sequence} stands an entry for a second time.",
        ChainFaultKind.TailCut => $"The end is missing from {Sequence} on: a signed head covers more.",
        ChainFaultKind.HeadForged => $"A head for entry {Sequence} is not signed by a key that we know.",
        ChainFaultKind.Rewritten => $"Up to entry {Sequence} the chain was written anew: a signed head has another hash.",
        ChainFaultKind.EpochBroken => $"At {Sequence} another epoch begins without a signed opening that fits.",
        ChainFaultKind.DropForged => $"What came before entry {Sequence} is gone, and that it was dropped is not signed by a key that we know.",
        ChainFaultKind.Unreadable => $"Entry {Sequence} cannot be read by this version.",
    };
}

/// <summary>What a verification found.</summary>
/// <param name="Entries">How many entries were fed.</param>
/// <param name="HeadsCompared">How many signed heads met their entry. What comes after the last of them rests on the store alone.</param>
/// <param name="Head">The last place, which <see cref="HeadSigner.Sign"/> may sign when the chain is sound.</param>
/// <param name="FaultCount">How many faults there are.</param>
/// <param name="Faults">The first <see cref="ChainVerifier.MostFaults"/> of them, in the order found.</param>
public sealed record ChainReport(long Entries, int HeadsCompared, ChainPoint Head, long FaultCount, ImmutableArray<ChainFault> Faults)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsSound => FaultCount == 0;

    /// <summary>Counts only.</summary>
    public override string ToString() => $"ChainReport to {Head}: {Entries} entries, {HeadsCompared} heads, {FaultCount} faults";
}

/// <summary>
/// Verifies a chain in one pass: feed every stored entry in the order of its sequence, then ask for the report. Works on
/// past a fault, so that each shows where it is. Allocates only for faults and epochs. For one thread.
/// </summary>
public sealed class ChainVerifier
{
    /// <summary>The most faults that a report lists.</summary>
    public const int MostFaults = 1_000;

    private readonly HeadVerifier signatures;
    private readonly List<ChainPoint> heads = [];
    private readonly List<(long From, long To)> missing = [];
    private readonly HashSet<long> displaced = [];
    private readonly ImmutableArray<ChainFault>.Builder faults = ImmutableArray.CreateBuilder<ChainFault>();
    private readonly byte[] last = new byte[AuditChain.HashLength];
    private int epoch;
    private long sequence;
    private long entries;
    private long faultCount;
    private int nextHead;
    private int compared;
    private bool finished;

    /// <summary>Begins.</summary>
    /// <param name="signatures">The public keys to believe.</param>
    /// <param name="outsideHeads">Every head from the second place, in any order.</param>
    /// <param name="dropped">The entry that says what was dropped before the first that is fed; null when the chain begins with its first entry.</param>
    public ChainVerifier(HeadVerifier signatures, IEnumerable<SignedHead> outsideHeads, AuditEntry? dropped = null)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(outsideHeads);
        this.signatures = signatures;
        var before = dropped?.Link?.To ?? new ChainPoint(1, 0, AuditChain.Genesis(1));
        (epoch, sequence) = (before.Epoch, before.Sequence);
        before.Hash.CopyTo(last, 0);
        if (dropped is not null && !signatures.IsSoundDrop(dropped))
            Fault(ChainFaultKind.DropForged, sequence + 1);
        foreach (var head in outsideHeads)
        {
            if (!signatures.IsSound(head))
                Fault(ChainFaultKind.HeadForged, head.Sequence);
            else if ((head.Epoch, head.Sequence).CompareTo((epoch, sequence)) > 0)
                heads.Add(head.Point);
            else if (head.Epoch == epoch && head.Sequence == sequence)
                Compare(head.Point);
        }
        heads.Sort();
    }

    /// <summary>Takes the next stored entry: the sequence it is stored under, its bytes, and its stored hash.</summary>
    public void Add(long at, ReadOnlySpan<byte> entryBytes, ReadOnlySpan<byte> hash)
    {
        if (finished)
            throw new InvalidOperationException("The report was already made.");
        entries++;
        if (at <= sequence)
        {
            Fault(IsMissing(at) ? ChainFaultKind.ReOrdered : ChainFaultKind.Replayed, at);
            return;
        }
        var gap = at > sequence + 1;
        if (gap)
        {
            Fault(ChainFaultKind.Gap, sequence + 1);
            missing.Add((sequence + 1, at - 1));
        }
        Judge(at, entryBytes, hash, gap);
        sequence = at;
        if (hash.Length == last.Length)
            hash.CopyTo(last);
        for (; nextHead < heads.Count && (heads[nextHead].Epoch, heads[nextHead].Sequence).CompareTo((epoch, at)) <= 0; nextHead++)
        {
            // A head inside a gap has nothing to meet; the gap itself is the fault.
            if (heads[nextHead].Epoch == epoch && heads[nextHead].Sequence == at)
                Compare(heads[nextHead]);
        }
    }

    /// <summary>Ends: what no entry was found for is missing.</summary>
    public ChainReport Finish()
    {
        finished = true;
        if (nextHead < heads.Count)
            Fault(ChainFaultKind.TailCut, sequence + 1);
        nextHead = heads.Count;
        return new ChainReport(entries, compared, new ChainPoint(epoch, sequence, [.. last]), faultCount, faults.ToImmutable());
    }

    private void Judge(long at, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> hash, bool gap)
    {
        var readable = AuditEntry.TryMeasure(bytes, out var shape);
        var follows = Follows(last, bytes, hash);
        var sameEpoch = !readable || shape.Epoch == epoch && (shape.Action != AuditAction.EpochOpened || at == 1);
        // Another place's entry is named as such before anything that follows from it.
        if (readable && shape.Sequence != at)
        {
            var seen = shape.Sequence < at && !displaced.Contains(shape.Sequence) && !IsMissing(shape.Sequence);
            displaced.Add(at);
            Fault(seen ? ChainFaultKind.Replayed : ChainFaultKind.ReOrdered, at);
        }
        else if (!sameEpoch && (follows || gap || Follows(AuditChain.Genesis(shape.Epoch), bytes, hash)))
            OpenEpoch(at, AuditEntry.FromBytes(bytes), hash);
        // After a gap there is nothing to follow; the gap is the fault.
        else if (!follows && !gap)
            Fault(ChainFaultKind.Edited, at);
        else if (!readable)
            Fault(ChainFaultKind.Unreadable, at);
    }

    private void OpenEpoch(long at, AuditEntry entry, ReadOnlySpan<byte> hash)
    {
        var here = new ChainPoint(epoch, sequence, [.. last]);
        var sound = signatures.IsSound(entry) && entry.Opening!.Continued.Equals(here)
            && Follows(AuditChain.Genesis(entry.Epoch), entry.ToBytes(), hash);
        if (!sound)
            Fault(ChainFaultKind.EpochBroken, at);
        // Heads of what was lost are excused as far as the opening owns to the loss, and no further.
        var cut = false;
        for (; nextHead < heads.Count && heads[nextHead].Epoch < entry.Epoch; nextHead++)
        {
            var beyond = !sound || heads[nextHead].CompareTo(entry.Opening!.Abandoned) is var order && order > 0;
            if (beyond && !cut)
                Fault(ChainFaultKind.TailCut, at);
            else if (!beyond && heads[nextHead].CompareTo(entry.Opening!.Abandoned) == 0 && !heads[nextHead].Equals(entry.Opening.Abandoned))
                Fault(ChainFaultKind.Rewritten, heads[nextHead].Sequence);
            cut |= beyond;
        }
        epoch = entry.Epoch;
    }

    private void Compare(ChainPoint head)
    {
        compared++;
        if (!head.Hash.AsSpan().SequenceEqual(last))
            Fault(ChainFaultKind.Rewritten, head.Sequence);
    }

    // In a method of its own: written in place, its closure would be allocated for every entry.
    private bool IsMissing(long at) => missing.Exists(range => range.From <= at && at <= range.To);

    private static bool Follows(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> hash)
    {
        Span<byte> expected = stackalloc byte[AuditChain.HashLength];
        AuditChain.Link(previous, bytes, expected);
        return expected.SequenceEqual(hash);
    }

    private void Fault(ChainFaultKind kind, long at)
    {
        faultCount++;
        if (faults.Count < MostFaults)
            faults.Add(new ChainFault(kind, at));
    }
}
