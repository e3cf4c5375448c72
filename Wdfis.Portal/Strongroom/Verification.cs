using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>What a verification found: every fault a sentence with file, table and id; no content.</summary>
internal sealed record VerifyReport(ImmutableArray<string> Faults, long Units, long Entries, int HeadsCompared)
{
    public bool IsSound => Faults.IsEmpty;

    public override string ToString() => $"{Units:N0} units and {Entries:N0} audit entries, {HeadsCompared:N0} signed heads met, {Faults.Length:N0} faults";
}

/// <summary>Looks at everything that is stored and says what is wrong and where. Reads only; may run while the portal works.</summary>
internal sealed class Verification(DataFolder folder, KeyRing ring, Heads heads, ErasureLedger ledger)
{
    private const int MostFaults = 1_000;
    private const int Told = 25_000;

    public Task<VerifyReport> Verify(IProgress<string>? progress = null, CancellationToken cancel = default) =>
        Behind.Run(() => Run(progress, cancel), cancel);

    private VerifyReport Run(IProgress<string>? progress, CancellationToken cancel)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        void Fault(string sentence)
        {
            if (faults.Count < MostFaults)
                faults.Add(sentence);
        }
        foreach (var file in new[] { folder.RecordsPath, folder.KeysPath })
        {
            progress?.Report($"Checking {Path.GetFileName(file)}");
            if (!File.Exists(file))
                Fault($"{Path.GetFileName(file)} is missing.");
            else
                CheckFile(file, Fault);
        }
        if (!faults.Any(fault => fault.Contains("missing", StringComparison.Ordinal)))
            ring.Load(create: false);
        if (faults.Count > 0 || ring.Fault is { } closed && Add(closed))
            return new VerifyReport(faults.ToImmutable(), 0, 0, 0);
        bool Add(string sentence)
        {
            Fault("keys.db: " + sentence);
            return true;
        }

        try
        {
            using var records = new RecordsFile(Pragmas.Open(folder.RecordsPath));
            using var keys = new KeysFile(Pragmas.Open(folder.KeysPath));
            // One moment of the record file for envelopes, chain and content alike.
            records.Run("BEGIN");
            progress?.Report("Checking the envelopes");
            foreach (var broken in Survey.BrokenIds(records, keys: false).Concat(Survey.BrokenIds(keys, keys: true)))
                Fault(broken);
            if (faults.Count > 0)
                return new VerifyReport(faults.ToImmutable(), 0, 0, 0);
            foreach (var wrong in Survey.Envelopes(records).Concat(Survey.WithoutEnvelope(records)))
                Fault(wrong);
            progress?.Report("Checking the audit chain");
            // What a restore went back behind was saved, and is not there any more; what was destroyed meanwhile stays destroyed.
            var lost = records.Restores();
            bool Lost(long sequence) => lost.Exists(range => range.After < sequence && sequence < range.Before);
            var (chain, hashes, reasons) = CheckChain(records, Lost, Fault, progress, cancel);
            progress?.Report("Opening every sealed value");
            var units = CheckUnits(records, keys, hashes, Lost, Fault, progress, cancel);
            CheckReasons(records, keys, reasons, Fault);
            CheckLedger(keys, Fault);
            foreach (var (unit, _) in records.Intended())
                Fault($"records.db, table erasure, unit {unit}: its destruction was decided and is not finished.");
            return new VerifyReport(faults.ToImmutable(), units, chain.Entries, chain.HeadsCompared);
        }
        catch (SqliteException trouble)
        {
            Fault(trouble.SqliteErrorCode == 1
                ? "The files are of an older version's shape: start this version once, then verify again."
                : $"The files cannot be read to their end (SQLite {trouble.SqliteExtendedErrorCode}).");
            return new VerifyReport(faults.ToImmutable(), 0, 0, 0);
        }
        catch (Exception trouble) when (trouble is FormatException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            Fault($"The files cannot be read to their end: a row holds what no version writes ({trouble.GetType().Name}).");
            return new VerifyReport(faults.ToImmutable(), 0, 0, 0);
        }
    }

    private static void CheckFile(string file, Action<string> fault)
    {
        try
        {
            using var connection = Pragmas.Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(20)";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (reader.GetString(0) is var line && line != "ok")
                    fault($"{Path.GetFileName(file)}: {line}");
            }
        }
        catch (SqliteException trouble)
        {
            fault($"{Path.GetFileName(file)} cannot be read as a database (SQLite {trouble.SqliteExtendedErrorCode}).");
        }
    }

    private (ChainReport Report, Dictionary<UnitId, byte[]> Hashes, Dictionary<long, (UnitId Unit, byte[] Hash)> Reasons) CheckChain(RecordsFile records, Func<long, bool> lost, Action<string> fault, IProgress<string>? progress, CancellationToken cancel)
    {
        var (sent, unreadable) = heads.Read();
        foreach (var line in unreadable)
            fault($"{Path.GetFileName(folder.Heads)}, line {line} is no signed head.");
        // The second place is believed, not the key file beside the chain: whoever rewrites the one can exchange the other.
        var (known, exchanged) = heads.Keys();
        if (exchanged is not null)
            fault(exchanged);
        using var signatures = new HeadVerifier(known.Count > 0 || !ring.Signs ? known : [ring.Signer.PublicKey]);
        var verifier = new ChainVerifier(signatures, sent, records.ChainStart() is > 1 and var first ? records.DroppedBefore(first) : null);
        var hashes = new Dictionary<UnitId, byte[]>();
        var reasons = new Dictionary<long, (UnitId Unit, byte[] Hash)>();
        var named = new List<(UnitId, long)>();
        foreach (var (sequence, bytes, hash) in records.Chain())
        {
            cancel.ThrowIfCancellationRequested();
            if (sequence % Told == 0)
                progress?.Report($"Checking the audit chain: {sequence:N0} entries");
            verifier.Add(sequence, bytes, hash);
            try
            {
                var entry = AuditEntry.FromBytes(bytes);
                foreach (var unit in entry.Units)
                    named.Add((unit, sequence));
                if (entry.ReasonHash.Length > 0 && entry.Units.Length == 1 && !lost(sequence))
                    reasons[sequence] = (entry.Units[0], entry.ReasonHash);
                if (entry.ContentHash.Length > 0 && entry.Units.Length == 1 && !lost(sequence))
                    hashes[entry.Units[0]] = entry.ContentHash;
                else if (entry.Action is AuditAction.Erased or AuditAction.Recovered)
                {
                    foreach (var unit in entry.Units)
                        hashes.Remove(unit);
                }
            }
            catch (FormatException)
            {
                // The chain's own fault says so.
            }
        }
        var report = verifier.Finish();
        foreach (var found in report.Faults)
            fault($"records.db, table audit: {found.Sentence}");
        foreach (var wrong in Survey.Index(records, named))
            fault(wrong);
        return (report, hashes, reasons);
    }

    private void CheckReasons(RecordsFile records, KeysFile keys, Dictionary<long, (UnitId Unit, byte[] Hash)> known, Action<string> fault)
    {
        foreach (var (sequence, unit, closed, _) in records.Reasons())
        {
            if (!known.Remove(sequence, out var held) || held.Unit != unit || !held.Hash.AsSpan().SequenceEqual(Seal.Hash(closed)))
                fault($"records.db, table reason: the reason of unit {unit} at entry {sequence} is not the one that the audit holds.");
            else if (!Opens(unit, closed))
                fault($"records.db, table reason: the reason of unit {unit} at entry {sequence} does not open.");
        }
        foreach (var (sequence, held) in known.Where(left => records.Find(left.Value.Unit, ColleagueId.Portal) is not null))
            fault($"records.db, table reason: the reason of unit {held.Unit} at entry {sequence} is missing.");

        // A unit's key that is missing or does not open was named with the unit.
        bool Opens(UnitId unit, byte[] closed)
        {
            if (keys.Find(unit) is not { Wrapped: { } wrapped } stored)
                return true;
            try
            {
                using var key = DataKey.Unwrap(ring.Root, stored.Id, unit, wrapped);
                Seal.Open(key, Keeper.ReasonContext(unit, stored.Id), closed);
                return true;
            }
            catch (SealBrokenException broken)
            {
                return broken.Context.Kind == SealedKind.DataKey;
            }
        }
    }

    private long CheckUnits(RecordsFile records, KeysFile keys, Dictionary<UnitId, byte[]> hashes, Func<long, bool> lost, Action<string> fault, IProgress<string>? progress, CancellationToken cancel)
    {
        var units = 0L;
        var seen = new HashSet<UnitId>();
        using var key = keys.All().GetEnumerator();
        var more = key.MoveNext();
        foreach (var (unit, id, content, card) in records.Everything())
        {
            cancel.ThrowIfCancellationRequested();
            if (++units % Told == 0)
                progress?.Report($"Opening every sealed value: {units:N0} records");
            while (more && key.Current.Unit.CompareTo(unit) < 0)
            {
                Lonely(key.Current);
                more = key.MoveNext();
            }
            StoredKey? stored = more && key.Current.Unit == unit ? key.Current : null;
            if (stored is not null)
                more = key.MoveNext();
            hashes.Remove(unit, out var hash);
            if (Judge(unit, id, content, card, stored, hash) is { } wrong && Still(unit))
                fault(wrong);
        }
        for (; more; more = key.MoveNext())
            Lonely(key.Current);
        foreach (var unit in hashes.Keys.Where(unit => Living(unit) && !Present(unit)))
            fault($"records.db, table unit: unit {unit} was saved and never erased, and is not there.");
        return units;

        void Lonely(StoredKey stored)
        {
            if (stored.Wrapped is not null && Living(stored.Unit) && !Present(stored.Unit))
                fault($"keys.db, table key: the key of unit {stored.Unit} belongs to no record.");
        }
        // The two files are not read at one instant: what looks wrong is looked at again.
        bool Present(UnitId unit) => folder.Records.Use(now => now.Find(unit, ColleagueId.Portal)) is not null;
        bool Living(UnitId unit) => folder.Keys.Use(now => now.Find(unit)) is { ErasedAt: null };
        bool Still(UnitId unit) => folder.Records.Use(now => now.Find(unit, ColleagueId.Portal)) is { Erasing: false } now
            && Judge(unit, now.Key,
                folder.Records.Use(file => file.FindContent(unit))?.Content,
                folder.Records.Use(file => file.FindCard(unit)),
                folder.Keys.Use(file => file.Find(unit)),
                Latest(unit)) is not null;
        byte[]? Latest(UnitId unit) => folder.Records.Use(file => file.Entries(unit))
            .Select(bytes => AuditEntry.FromBytes(bytes)).FirstOrDefault(entry => entry.ContentHash.Length > 0 && !lost(entry.Sequence))?.ContentHash;
    }

    // An older key file that was put back past the portal holds keys that were destroyed.
    private void CheckLedger(KeysFile keys, Action<string> fault)
    {
        var (sent, foreign) = ledger.Read();
        foreach (var line in foreign)
            fault($"{Path.GetFileName(folder.Erased)}, line {line} is none of this portal's.");
        foreach (var (unit, _) in sent)
        {
            if (keys.Find(unit) is { ErasedAt: null })
                fault($"keys.db, table key: the key of unit {unit} was destroyed and is there again.");
        }
    }

    private string? Judge(UnitId unit, KeyId id, byte[]? content, byte[]? card, StoredKey? stored, byte[]? hash)
    {
        if (stored is not { } row)
            return $"keys.db, table key: unit {unit} has no key.";
        if (row.ErasedAt is { } at)
            return $"records.db, table unit: unit {unit} is still there, though its key was destroyed at {at.UtcDateTime:u}.";
        if (row.Id != id || row.Wrapped is null)
            return $"keys.db, table key: the key of unit {unit} is not the one that it was sealed with.";
        if (content is null)
            return $"records.db, table content: unit {unit} has no content.";
        try
        {
            using var key = DataKey.Unwrap(ring.Root, id, unit, row.Wrapped);
            Seal.Open(key, new SealContext(SealedKind.Content, unit, id, KeyRing.Version), content);
            if (card is not null)
                Seal.Open(key, Keeper.CardContext(unit, id), card);
        }
        catch (SealBrokenException broken)
        {
            return broken.Context.Kind switch
            {
                SealedKind.DataKey => $"keys.db, table key: the key of unit {unit} does not open.",
                SealedKind.SearchCard => $"records.db, table card: the sealed value of unit {unit} does not open.",
                _ => $"records.db, table content: the sealed value of unit {unit} does not open.",
            };
        }
        if (hash is null || !hash.AsSpan().SequenceEqual(SealedPut.HashOf(content, card)))
            return $"records.db, tables content and card: unit {unit} is not as it was last saved; an older value was put back, or the audit does not know this one.";
        return null;
    }
}
