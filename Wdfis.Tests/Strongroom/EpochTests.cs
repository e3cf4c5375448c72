using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class EpochTests
{
    private static string Records(StrongroomFixture room) => Path.Combine(room.Folder, "records.db");

    private static Task Note(StrongroomFixture room) => room.Keeper.Note(For(Adviser), AuditAction.Found, []);

    private static void Sign(StrongroomFixture room) => Assert.True(room.Services.GetRequiredService<Heads>().SignHead());

    private static async Task<StrongroomFixture> WithACopy()
    {
        var room = await StrongroomFixture.Start();
        await room.Save("kept");
        await Note(room);
        Sign(room);
        await room.Stop();
        File.Copy(Records(room), Records(room) + ".copy");
        await room.Start();
        return room;
    }

    private static async Task PutBack(StrongroomFixture room)
    {
        await room.Stop();
        File.Copy(Records(room) + ".copy", Records(room), overwrite: true);
    }

    private static async Task Restore(StrongroomFixture room, ChainPoint? replaced = null)
    {
        await PutBack(room);
        room.Build();
        await room.Services.StartStrongroom(restored: new Restored(replaced));
    }

    private static void Append(StrongroomFixture room, AuditEntry entry, byte[] hash) =>
        Disk.Run(room, "records.db", $"INSERT INTO audit VALUES({entry.Sequence}, x'{Convert.ToHexString(entry.ToBytes())}', x'{Convert.ToHexString(hash)}')");

    [Fact]
    public async Task Restore_OfAnOlderFile_OpensAnEpochThatOwnsToTheLoss_AndWorkGoesOn()
    {
        await using var room = await WithACopy();
        await Note(room);
        await Note(room);
        Sign(room);
        await Note(room);
        var replaced = room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.ChainHead())!.Value;
        await Restore(room, new ChainPoint(1, replaced.Sequence, replaced.Hash));
        var opened = Log.Of(room)[^1];
        Assert.Equal((3L, 2, AuditAction.EpochOpened), (opened.Sequence, opened.Epoch, opened.Action));
        Assert.Equal(((1, 2L), (1, 5L)), ((opened.Opening!.Continued.Epoch, opened.Opening.Continued.Sequence), (opened.Opening.Abandoned.Epoch, opened.Opening.Abandoned.Sequence)));
        await room.Save("after");
        Sign(room);
        await room.Restart();
        await Note(room);
        Assert.Equal(2, Log.Of(room)[^1].Epoch);
        var report = await room.Verify();
        Assert.True(report.IsSound, string.Join('\n', report.Faults));
        // A second time, from the same copy: above every epoch that anybody outside knows of.
        await Restore(room);
        Assert.Equal(3, Log.Of(room)[^1].Epoch);
        Assert.DoesNotContain((await room.Verify()).Faults, fault => fault.Contains("table audit:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OlderFile_PutBackWithoutARestore_IsFound()
    {
        await using var room = await WithACopy();
        await Note(room);
        Sign(room);
        await PutBack(room);
        await room.Start();
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("a signed head covers more", StringComparison.Ordinal));
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await Note(room);
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("written anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Epoch_OpenedByAStranger_OrElsewhere_IsBroken()
    {
        await using var room = await WithACopy();
        await Note(room);
        Sign(room);
        await PutBack(room);
        room.Build();
        using var stranger = HeadSigner.Generate();
        var (sequence, _, hash) = room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.ChainHead())!.Value;
        var (here, lost) = (new ChainPoint(1, sequence, hash), new ChainPoint(1, 9, new byte[32]));
        var at = room.Clock.GetUtcNow();
        AuditEntry Opening(HeadSigner signer, ChainPoint continued) => new()
        {
            Sequence = sequence + 1,
            Epoch = 2,
            At = at,
            Who = ColleagueId.Portal,
            Action = AuditAction.EpochOpened,
            Opening = EpochOpening.Sign(signer, at, continued, lost),
        };
        var ours = room.Services.GetRequiredService<KeyRing>();
        ours.Load(create: false);
        foreach (var forged in new[] { Opening(stranger, here), Opening(ours.Signer, new ChainPoint(1, sequence, new byte[32])) })
        {
            Append(room, forged, AuditChain.Link(AuditChain.Genesis(2), forged.ToBytes()));
            var faults = (await room.Verify()).Faults;
            Assert.Contains(faults, fault => fault.Contains($"At {sequence + 1} another epoch begins without a signed opening", StringComparison.Ordinal));
            Assert.Contains(faults, fault => fault.Contains("a signed head covers more", StringComparison.Ordinal));
            Disk.Run(room, "records.db", $"DELETE FROM audit WHERE seq={sequence + 1}");
        }
    }

    [Fact]
    public async Task Restore_OfAChainWrittenAnew_OrUnderAForeignHead_GetsNoSignatureAndStaysAsItIs()
    {
        await using var room = await WithACopy();
        await PutBack(room);
        // Fits together, but is not what was signed.
        var entry = new AuditEntry { Sequence = 1, Epoch = 1, At = room.Clock.GetUtcNow(), Who = Lead.Id, Action = AuditAction.Counted };
        var next = entry with { Sequence = 2 };
        var first = AuditChain.Link(AuditChain.Genesis(1), entry.ToBytes());
        Disk.Run(room, "records.db", "DELETE FROM audit");
        Append(room, entry, first);
        Append(room, next, AuditChain.Link(first, next.ToBytes()));
        room.Build();
        var refused = await Assert.ThrowsAsync<StartRefused>(() => room.Services.StartStrongroom(restored: new Restored(null)));
        Assert.Contains("not the one whose head was signed at entry 2", refused.Message, StringComparison.Ordinal);

        await PutBack(room);
        using var stranger = HeadSigner.Generate();
        await File.AppendAllTextAsync(Path.Combine(room.Folder, "heads.txt"), stranger.Sign(new ChainPoint(1, 90, new byte[32]), room.Clock.GetUtcNow()).ToLine() + "\n");
        room.Build();
        refused = await Assert.ThrowsAsync<StartRefused>(() => room.Services.StartStrongroom(restored: new Restored(null)));
        Assert.Contains("a head for entry 90 is not signed", refused.Message, StringComparison.Ordinal);
        await room.Stop();
        room.Build();
        Assert.DoesNotContain(Log.Of(room), line => line.Action == AuditAction.EpochOpened);
    }
}
