using System.Text;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Golden;

/// <summary>What was once written must open in every build to come: these files are added to, never rewritten.</summary>
public sealed class GoldenTests
{
    private static readonly UnitId Unit = new(new Guid("01900000-0000-7000-8000-000000000001"));
    private static readonly KeyId Key = new(new Guid("01900000-0000-7000-8000-000000000002"));

    [Fact]
    public void SealingFormat1_FromTheKeyFromOutsideToTheText_Opens()
    {
        var golden = Read("sealing-1.txt").ToDictionary(line => line.Name, line => line.Value);
        Assert.Equal(golden["unit"], Unit.ToString());
        Assert.Equal(golden["key"], Key.ToString());
        Assert.True(KeyEncryptionKey.TryParse(golden["key-encryption-key"], out var kek));
        using var root = RootKey.Unwrap(kek, Bytes(golden["root-key-wrapped"]));
        Assert.Equal(Bytes(golden["derived-golden-32"]), root.Derive("golden", 32));
        using var key = DataKey.Unwrap(root, Key, Unit, Bytes(golden["data-key-wrapped"]));
        var closed = Bytes(golden["content-sealed"]);
        var plain = Seal.Open(key, new SealContext(SealedKind.Content, Unit, Key, 1), closed);
        Assert.Equal("A synthetic note: Zoë Łukasz-O’Brien asked about the 30 hours, and 🙂 was the answer.", Encoding.UTF8.GetString(plain));
        Assert.Equal(Bytes(golden["content-plain"]), plain);
        Assert.Equal(Bytes(golden["content-hash"]), Seal.Hash(closed));
        Assert.Empty(Seal.Open(key, new SealContext(SealedKind.SearchCard, Unit, Key, 1), Bytes(golden["empty-card-sealed"])));
        using var derived = root.DeriveKey("golden");
        using var signer = HeadSigner.FromPkcs8(Seal.Open(derived, new SealContext(SealedKind.AuditSigningKey, default, default, 1), Bytes(golden["signing-key-sealed"])));
        Assert.Equal(Read("audit-1.txt").Single(line => line.Name == "public-key").Value, Convert.ToHexStringLower(signer.PublicKey));
        kek.Dispose();
    }

    [Fact]
    public void ReasonFormat1_UnderItsUnitsKey_Opens()
    {
        var sealing = Read("sealing-1.txt").ToDictionary(line => line.Name, line => line.Value);
        var golden = Read("reason-1.txt").ToDictionary(line => line.Name, line => line.Value);
        Assert.True(KeyEncryptionKey.TryParse(sealing["key-encryption-key"], out var kek));
        using var root = RootKey.Unwrap(kek, Bytes(sealing["root-key-wrapped"]));
        kek.Dispose();
        using var key = DataKey.Unwrap(root, Key, Unit, Bytes(sealing["data-key-wrapped"]));
        var closed = Bytes(golden["reason-sealed"]);
        Assert.Equal("Zoë Łukasz-O’Brien asked for another adviser.", Encoding.UTF8.GetString(Seal.Open(key, Keeper.ReasonContext(Unit, Key), closed)));
        Assert.Equal(Bytes(golden["reason-hash"]), Seal.Hash(closed));
    }

    [Fact]
    public void BackupFormat1_UnderItsKey_Opens()
    {
        var golden = Read("backup-1.txt").ToDictionary(line => line.Name, line => line.Value);
        Assert.True(KeyEncryptionKey.TryParse(golden["key-encryption-key"], out var kek));
        using var to = new MemoryStream();
        var header = BackupFile.Open(kek, new MemoryStream(Bytes(golden["backup"])), to);
        Assert.Equal(new BackupHeader(BackupPart.Keys, new DateTimeOffset(2026, 3, 24, 1, 0, 0, TimeSpan.Zero), to.Length), header);
        Assert.Equal("What stands in a backup, Zoë Łukasz-O’Brien’s name for one, comes back as it was.", Encoding.UTF8.GetString(to.ToArray()));
        kek.Dispose();
    }

    [Fact]
    public void AuditFormat1_EntriesChainEpochAndHeads_Verify()
    {
        var golden = Read("audit-1.txt");
        using var verifier = new HeadVerifier([Bytes(golden.Single(line => line.Name == "public-key").Value)]);
        var heads = golden.Where(line => line.Name == "head").Select(line =>
        {
            Assert.True(SignedHead.TryParse(line.Value, out var head));
            Assert.True(verifier.IsSound(head));
            return head;
        }).ToList();
        Assert.Equal([(1, 3L), (1, 5L), (2, 6L)], heads.Select(head => (head.Epoch, head.Sequence)));
        var chain = new ChainVerifier(verifier, heads);
        foreach (var row in Rows(golden))
        {
            chain.Add(row.Sequence, row.Entry, row.Hash);
            Assert.Equal(row.Entry, AuditEntry.FromBytes(row.Entry).ToBytes());
        }
        var report = chain.Finish();
        Assert.Empty(report.Faults);
        Assert.Equal((6L, 2, heads[^1].Point), (report.Entries, report.HeadsCompared, report.Head));
    }

    /// <summary>What is left of a chain whose first three entries were dropped.</summary>
    [Fact]
    public void AuditFormat1_AfterADrop_VerifiesFromItsLink()
    {
        var golden = Read("audit-drop-1.txt");
        using var verifier = new HeadVerifier([Bytes(golden.Single(line => line.Name == "public-key").Value)]);
        var rows = Rows(golden);
        var dropped = AuditEntry.FromBytes(rows[^1].Entry);
        Assert.Equal((1L, 3L, 3L), (dropped.Link!.From.Sequence, dropped.Link.To.Sequence, dropped.Link.Count));
        var chain = new ChainVerifier(verifier, golden.Where(line => line.Name == "head").Select(line => SignedHead.TryParse(line.Value, out var head) ? head : throw new FormatException()), dropped);
        foreach (var row in rows)
        {
            chain.Add(row.Sequence, row.Entry, row.Hash);
            Assert.Equal(row.Entry, AuditEntry.FromBytes(row.Entry).ToBytes());
        }
        var report = chain.Finish();
        Assert.Empty(report.Faults);
        Assert.Equal((3L, 2), (report.Entries, report.HeadsCompared));
    }

    [Fact]
    public void AuditFormat1_ARefusal_ReadsAsWritten()
    {
        var entry = AuditEntry.FromBytes(Rows(Read("audit-1.txt"))[3].Entry);
        Assert.Equal(new AuditEntry
        {
            Sequence = 4,
            Epoch = 1,
            At = new DateTimeOffset(2026, 3, 31, 9, 0, 4, TimeSpan.Zero).AddTicks(1234567),
            Who = new ColleagueId(new Guid("01900000-0000-7000-8000-00000000000a")),
            Action = AuditAction.Refused,
            Purpose = Purpose.Contact,
            Circuit = "k7qfm2",
            Units = [Unit, new UnitId(new Guid("01900000-0000-7000-8000-000000000003"))],
            RefusalReason = RefusalReason.Conflict,
            ReasonHash = Bytes(Read("sealing-1.txt").Single(line => line.Name == "content-hash").Value),
        }, entry);
    }

    /// <summary>The numbers are hashed and sealed: one that moves makes every old entry say something else.</summary>
    [Fact]
    public void NumbersInTheFormats_AsFirstWritten_HaveNotMoved()
    {
        AssertHolds<SealedKind>("Content=1 SearchCard=2 Reason=3 RootKey=4 DataKey=5 Ring=6 AuditSigningKey=7");
        AssertHolds<BackupPart>("Records=1 Keys=2");
        AssertHolds<AuditAction>(
            "Opened=1 Found=2 Saved=3 Created=4 Refused=5 Asked=6 Told=7 Printed=8 Counted=9 BreakGlass=10 Closed=11 Reopened=12 "
            + "SignedIn=20 SignedOut=21 RoleChanged=22 ErasureIntended=30 Erased=31 Recovered=32 HoldPlaced=33 HoldLifted=34 "
            + "KeepUntilChanged=35 DisposalApproved=36 Anonymised=37 Recounted=39 PermissionGiven=40 PermissionEnded=41 DisclosureAsked=42 "
            + "Disclosed=43 DisclosureStopped=44 GroundReliedOn=45 SignedOff=46 RightsRequested=50 RightsAnswered=51 Rectified=52 "
            + "RestrictionChanged=53 BreachRecorded=54 PolicyChanged=60 EpochOpened=80 HeadSigned=81 SegmentClosed=82 Migrated=83 "
            + "Seeded=84 VerifiedNow=85 BackedUp=86 Restored=87 KeyRotated=88");
    }

    // New names may come at any number that is free.
    private static void AssertHolds<T>(string numbers) where T : struct, Enum =>
        Assert.Empty(numbers.Split(' ').Except(Enum.GetValues<T>().Select(value => $"{value}={Convert.ToInt32(value)}")));

    private static List<(string Name, string Value)> Read(string file) =>
        [.. File.ReadLines(Path.Combine(Checkout.Root, "Wdfis.Tests", "Golden", file))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(" = ", 2))
            .Select(parts => (parts[0], parts[1]))];

    private static List<(long Sequence, byte[] Entry, byte[] Hash)> Rows(List<(string Name, string Value)> golden) =>
        [.. golden.Where(line => line.Name == "row").Select(line => line.Value.Split(' '))
            .Select(parts => (long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Bytes(parts[1]), Bytes(parts[2])))];

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
