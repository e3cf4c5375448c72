using Wdfis.Domain.Audit;

namespace Wdfis.Portal.Strongroom;

/// <summary>The signed heads in the second place, one a line.</summary>
internal sealed class Heads(DataFolder folder, KeyRing ring, TimeProvider clock)
{
    private readonly Lock gate = new();
    private long signed;

    /// <summary>Signs the chain's durable head and sends it to the second place; nothing when it stands there already.</summary>
    public void SignHead()
    {
        lock (gate)
        {
            if (ring.Fault is not null || folder.Records.Use(records => records.ChainHead()) is not { } head || head.Sequence == signed)
                return;
            var line = ring.Signer.Sign(new ChainPoint(AuditEntry.FromBytes(head.Entry).Epoch, head.Sequence, head.Hash), clock.GetUtcNow()).ToLine();
            using var file = new FileStream(folder.Heads, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            CutTornLine(file);
            file.Seek(0, SeekOrigin.End);
            file.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
            file.Flush(flushToDisk: true);
            signed = head.Sequence;
        }
    }

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

    // A kill in the middle of a line leaves it without an end; it was never a head.
    private static void CutTornLine(FileStream file)
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
