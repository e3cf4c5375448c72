using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// The ids of destroyed units, sent to the second place with each signed head: a restore applies them, so that nobody comes back although
/// the newest key file is lost. Each line is authenticated under the root key: whoever can write there cannot have a living record destroyed.
/// </summary>
internal sealed class ErasureLedger(DataFolder folder, KeyRing ring)
{
    private const string Word = "wdfis-erased-1";

    /// <summary>Sends what the entries after one and up to another say was destroyed; durable when it returns.</summary>
    public void Send(long after, long upTo)
    {
        var gone = folder.Records.Use(records => records.ErasedBetween(after, upTo));
        var lines = new StringBuilder();
        using var mac = Authenticator();
        foreach (var unit in gone)
        {
            // The tombstone has the last word: what still lives is never in the ledger.
            if (folder.Keys.Use(keys => keys.Find(unit)) is { ErasedAt: { } at })
                lines.Append(Line(mac, unit, at)).Append('\n');
        }
        if (lines.Length == 0)
            return;
        using var file = new FileStream(folder.Erased, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Heads.CutTornLine(file);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.ASCII.GetBytes(lines.ToString()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every destroyed unit that was sent, and the numbers of lines that this portal did not write.</summary>
    public (IReadOnlyList<(UnitId Unit, DateTimeOffset At)> Sent, IReadOnlyList<int> Foreign) Read()
    {
        var sent = new List<(UnitId, DateTimeOffset)>();
        var foreign = new List<int>();
        if (!File.Exists(folder.Erased))
            return (sent, foreign);
        using var mac = Authenticator();
        var text = File.ReadAllText(folder.Erased);
        // What has no end was cut off by a stop, and comes again.
        var whole = text[..(text.LastIndexOf('\n') + 1)].Split('\n')[..^1];
        for (var i = 0; i < whole.Length; i++)
        {
            if (whole[i].Split(' ') is [Word, var id, var instant, _] && UnitId.TryParse(id, out var unit)
                && DateTime.TryParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at.Kind == DateTimeKind.Utc
                && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Line(mac, unit, at)), Encoding.ASCII.GetBytes(whole[i])))
                sent.Add((unit, at));
            else
                foreign.Add(i + 1);
        }
        return (sent, foreign);
    }

    private HMACSHA256 Authenticator()
    {
        var key = ring.Root.Derive("erasure-ledger", 32);
        var mac = new HMACSHA256(key);
        CryptographicOperations.ZeroMemory(key);
        return mac;
    }

    private static string Line(HMACSHA256 mac, UnitId unit, DateTimeOffset at)
    {
        var said = new byte[24];
        unit.ToBytes().CopyTo(said, 0);
        BinaryPrimitives.WriteInt64BigEndian(said.AsSpan(16), at.UtcTicks);
        return string.Create(CultureInfo.InvariantCulture, $"{Word} {unit} {at.UtcDateTime:O} {Convert.ToHexStringLower(mac.ComputeHash(said))}");
    }
}
