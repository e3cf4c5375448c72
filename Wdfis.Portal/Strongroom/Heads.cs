using System.Security.Cryptography;
using System.Text;
using Wdfis.Domain.Audit;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// The signed heads in the second place, one a line, and beside them the public keys that they are signed with: whoever can
/// write both databases still cannot pass off another signing key as ours.
/// </summary>
internal sealed class Heads(DataFolder folder, KeyRing ring, ErasureLedger ledger, TimeProvider clock, ILogger<Heads> log)
{
    private const string KeyWord = "wdfis-head-key-1 ";

    private readonly Lock gate = new();
    private long signed;
    private bool stopped;

    /// <summary>Leaves the public key beside the heads if none is there, compares it, and signs the first head of this run.</summary>
    public void Start()
    {
        if (ring.Fault is not null)
            return;
        // Heads signed with another key, and no file to say which is right: a person has to look.
        if (!File.Exists(folder.HeadKeys) && Read().Sent.All(head => head.PublicKeyId.AsSpan().SequenceEqual(ring.Signer.PublicKeyId)))
        {
            var making = folder.HeadKeys + ".new";
            using (var file = new FileStream(making, FileMode.Create, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes(KeyWord + Convert.ToBase64String(ring.Signer.PublicKey) + "\n"));
                file.Flush(flushToDisk: true);
            }
            File.Move(making, folder.HeadKeys);
        }
        if (Keys().Fault is { } fault)
        {
            stopped = true;
            log.LogError("No head is signed: {Fault} Run verify.", fault);
        }
        SignHead();
    }

    /// <summary>
    /// Signs the opening of the epoch that follows a restore: it owns to what was lost as far as anything outside knows of it, the second
    /// place or the store that was replaced. A chain that some head does not fit is no older one of ours, and gets no signature.
    /// </summary>
    /// <exception cref="StartRefused">With the sentence for whoever restores.</exception>
    public EpochOpening Open(ChainPoint continued, ChainPoint? replaced, DateTimeOffset at)
    {
        if ((ring.Fault ?? Keys().Fault) is { } fault)
            throw new StartRefused($"No new epoch of the audit can be opened. {fault}");
        var (sent, unreadable) = Read();
        using var signatures = new HeadVerifier(Keys().Known);
        var furthest = replaced is not null && replaced.CompareTo(continued) > 0 ? replaced : continued;
        foreach (var head in sent)
        {
            if (!signatures.IsSound(head))
                throw new StartRefused($"No new epoch of the audit can be opened: a head for entry {head.Sequence} is not signed by a key that we know. Run verify.");
            // Heads of epochs before were judged when theirs was left.
            if (head.Epoch == continued.Epoch && head.Sequence <= continued.Sequence
                && folder.Records.Use(records => records.ChainHash(head.Sequence))?.AsSpan().SequenceEqual(head.Hash) != true)
                throw new StartRefused($"No new epoch of the audit can be opened: the restored audit is not the one whose head was signed at entry {head.Sequence}.");
            if (head.Point.CompareTo(furthest) > 0)
                furthest = head.Point;
        }
        if (unreadable.Count > 0)
            throw new StartRefused($"No new epoch of the audit can be opened: {Path.GetFileName(folder.Heads)}, line {unreadable[0]} is no signed head.");
        return EpochOpening.Sign(ring.Signer, at, continued, furthest);
    }

    /// <summary>The public keys that the second place knows, and what is wrong with them or with ours.</summary>
    public (IReadOnlyList<byte[]> Known, string? Fault) Keys()
    {
        var name = Path.GetFileName(folder.HeadKeys);
        var known = new List<byte[]>();
        if (!File.Exists(folder.HeadKeys))
            return (known, File.Exists(folder.Heads) ? $"{name} is missing beside the signed heads." : null);
        foreach (var line in File.ReadLines(folder.HeadKeys))
        {
            try
            {
                var key = Convert.FromBase64String(line.StartsWith(KeyWord, StringComparison.Ordinal) ? line[KeyWord.Length..] : "");
                new HeadVerifier([key]).Dispose();
                known.Add(key);
            }
            catch (Exception none) when (none is FormatException or CryptographicException)
            {
                return (known, $"{name}, line {known.Count + 1} is no public key.");
            }
        }
        return (known, !ring.Signs ? "keys.db, table root: the key that signs heads is missing."
            : known.Any(key => key.AsSpan().SequenceEqual(ring.Signer.PublicKey)) ? null
            : $"keys.db, table root: the key that signs heads is not one that {name} knows. It was exchanged, or the file belongs to another portal.");
    }

    /// <summary>
    /// Signs the chain's durable head and sends it to the second place, unless it stands there already; before it, what was destroyed since
    /// the one before. False when the keys are not in order.
    /// </summary>
    public bool SignHead()
    {
        lock (gate)
        {
            if (stopped || ring.Fault is not null)
                return false;
            if (folder.Records.Use(records => records.ChainHead()) is not { } head || head.Sequence == signed)
                return true;
            ledger.Send(signed > 0 ? signed : LastSent(), head.Sequence);
            Send(new ChainPoint(AuditEntry.FromBytes(head.Entry).Epoch, head.Sequence, head.Hash));
            signed = head.Sequence;
            return true;
        }
    }

    /// <summary>Signs an earlier place of the chain, the end of a year, unless its head stands there. True when it was signed now.</summary>
    public bool SignEnd(ChainPoint end)
    {
        lock (gate)
        {
            if (stopped || ring.Fault is not null || Closing(end) is not null)
                return false;
            Send(end);
            return true;
        }
    }

    /// <summary>The head in the second place that closes the chain at this place, signed by a key that we know; null for none.</summary>
    public SignedHead? Closing(ChainPoint end)
    {
        using var signatures = new HeadVerifier(Keys().Known);
        return Read().Sent.FirstOrDefault(head => head.Point.Equals(end) && signatures.IsSound(head));
    }

    private void Send(ChainPoint point)
    {
        var line = ring.Signer.Sign(point, clock.GetUtcNow()).ToLine();
        using var file = new FileStream(folder.Heads, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutTornLine(file);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.ASCII.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The head that was sent last and where it stands; null when none was.</summary>
    public (SignedHead Head, string Place)? Last() => Read().Sent.MaxBy(head => (head.At, head.Epoch, head.Sequence)) is { } last ? (last, folder.Heads) : null;

    /// <summary>Every head that was sent, and the numbers of lines that are none.</summary>
    public (IReadOnlyList<SignedHead> Sent, IReadOnlyList<int> Unreadable) Read()
    {
        var sent = new List<SignedHead>();
        var unreadable = new List<int>();
        if (File.Exists(folder.Heads))
        {
            var number = 0;
            foreach (var line in File.ReadLines(folder.Heads))
            {
                number++;
                if (SignedHead.TryParse(line, out var head))
                    sent.Add(head);
                else
                    unreadable.Add(number);
            }
        }
        return (sent, unreadable);
    }

    // Of an earlier run: the last head that is of this very chain.
    private long LastSent() => !File.Exists(folder.Erased) ? 0 : Read().Sent.OrderBy(head => head.Point).LastOrDefault(head =>
        folder.Records.Use(records => records.ChainHash(head.Sequence))?.AsSpan().SequenceEqual(head.Hash) == true)?.Sequence ?? 0;

    /// <summary>A kill in the middle of a line leaves it without an end; it never counted.</summary>
    internal static void CutTornLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
                break;
            end--;
        }
        file.SetLength(end);
    }
}
