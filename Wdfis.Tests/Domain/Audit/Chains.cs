using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Tests.Domain.Audit;

/// <summary>One stored row of the audit.</summary>
internal sealed record Row(long Sequence, byte[] Entry, byte[] Hash);

/// <summary>Chains made by the rules, to be damaged by tests.</summary>
internal static class Chains
{
    public static readonly DateTimeOffset Start = new(2026, 3, 31, 9, 0, 0, TimeSpan.Zero);
    public static readonly ColleagueId Ada = new(new Guid("01900000-0000-7000-8000-00000000000a"));

    public static UnitId Unit(int n) => new(new Guid(n, 1, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static AuditEntry Entry(long sequence, int epoch = 1) => new()
    {
        Sequence = sequence,
        Epoch = epoch,
        At = Start.AddSeconds(sequence),
        Who = Ada,
        Action = AuditAction.Opened,
        Purpose = Purpose.Advise,
        Circuit = "k7qfm2",
        Units = [Unit((int)sequence)],
    };

    public static List<Row> Make(int count)
    {
        var rows = new List<Row>(count);
        for (var i = 1; i <= count; i++)
            rows.Append(Entry(i));
        return rows;
    }

    /// <summary>Appends as the strongroom would.</summary>
    public static void Append(this List<Row> rows, AuditEntry entry)
    {
        var first = entry.Opening is not null || rows.Count == 0;
        var bytes = entry.ToBytes();
        rows.Add(new Row(entry.Sequence, bytes, AuditChain.Link(first ? AuditChain.Genesis(entry.Epoch) : rows[^1].Hash, bytes)));
    }

    public static ChainPoint Point(this List<Row> rows, int epoch = 1) => new(epoch, rows[^1].Sequence, rows[^1].Hash);

    public static AuditEntry Opening(HeadSigner signer, ChainPoint continued, ChainPoint abandoned)
    {
        var at = Start.AddDays(1);
        return new AuditEntry
        {
            Sequence = continued.Sequence + 1,
            Epoch = EpochOpening.EpochAfter(continued, abandoned),
            At = at,
            Who = ColleagueId.Portal,
            Action = AuditAction.EpochOpened,
            Opening = EpochOpening.Sign(signer, at, continued, abandoned),
        };
    }

    /// <summary>Hashes from this row on anew, as somebody who can write to the store but not sign would.</summary>
    public static void Forge(this List<Row> rows, int from)
    {
        for (var i = from; i < rows.Count; i++)
            rows[i] = rows[i] with { Hash = AuditChain.Link(i == 0 ? AuditChain.Genesis(1) : rows[i - 1].Hash, rows[i].Entry) };
    }

    public static ChainReport Verify(this IEnumerable<Row> rows, HeadSigner signer, params IEnumerable<SignedHead> heads)
    {
        using var verifier = new HeadVerifier([signer.PublicKey]);
        var chain = new ChainVerifier(verifier, heads);
        foreach (var row in rows)
            chain.Add(row.Sequence, row.Entry, row.Hash);
        return chain.Finish();
    }

    public static IEnumerable<ChainFault> Faults(params IEnumerable<(ChainFaultKind Kind, long At)> faults) =>
        faults.Select(fault => new ChainFault(fault.Kind, fault.At));
}
