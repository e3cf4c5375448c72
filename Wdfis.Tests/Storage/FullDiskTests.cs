using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Storage;

/// <summary>A disk that is really full: a small file system of its own, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Null, with what was said, when this process may mount nothing.</summary>
    public static SmallDisk? Mount(int megabytes, out string said)
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-disk-").FullName;
        (var code, said) = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        if (code == 0)
            return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Takes what room there is, to the last block.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, 0);
        foreach (var size in new[] { 1 << 20, 1 << 16, 1 << 12 })
        {
            try
            {
                for (var block = new byte[size]; ;)
                    file.Write(block);
            }
            catch (IOException)
            {
                // Full for this size of block; a smaller one may still fit.
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void MakeReadOnly() => Assert.Equal((0, ""), Run("mount", "-o", "remount,ro", Folder));

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    internal static (int Code, string Said) Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said.Trim());
    }
}

public class FullDiskTests
{
    private const int Megabytes = 64;

    [Fact]
    public async Task Folder_ThatTakesNoWriting_IsRefusedInOneSentence()
    {
        // Root is stopped by the file system alone; everybody else by a mode.
        using var disk = Environment.IsPrivilegedProcess ? SmallDisk.Mount(1, out var said) ?? throw new InvalidOperationException($"Root could not mount a file system: {said}") : null;
        var folder = disk?.Folder ?? Directory.CreateTempSubdirectory("wdfis-").FullName;
        if (disk is not null)
            disk.MakeReadOnly();
        else
            SmallDisk.Run("chmod", "500", folder);
        await using var room = StrongroomFixture.Prepare(folder: folder);
        var refused = await Assert.ThrowsAsync<StartRefused>(room.Start);
        Assert.Contains($"The data folder {folder} cannot be written to", refused.Message, StringComparison.Ordinal);
        if (disk is null)
            Directory.Delete(folder);
    }

    [Fact]
    public Task Disk_ReallyFull_RefusesInPlainWords_ReadsOn_WritesDownFromTheBallast_AndComesBackSound() => OnASmallDisk("records");

    [Fact]
    public Task Disk_ThatFillsDuringABackupOrARestore_RefusesInPlainWords_AndLeavesWhatWasThere() => OnASmallDisk("backup");

    private static async Task OnASmallDisk(string what)
    {
        using var disk = SmallDisk.Mount(Megabytes, out var said);
        if (disk is not null)
        {
            await (what == "backup" ? FillDuringBackup(disk) : Fill(disk));
            return;
        }
        // Who may not mount may be root of a namespace of their own: the same there, in a process of its own.
        var (code, inside) = SmallDisk.Run("unshare", "-Urm", "dotnet", typeof(KillChild).Assembly.Location, "full-disk", what);
        Assert.True(code == 0, $"This test fills a small file system and has to mount it: run it as root, or allow user namespaces. mount: {said}. unshare: {inside}");
    }

    /// <summary>The test's process in a namespace of its own.</summary>
    internal static async Task<int> Child(string[] what)
    {
        using var disk = SmallDisk.Mount(Megabytes, out var said) ?? throw new InvalidOperationException(said);
        await (what is ["backup"] ? FillDuringBackup(disk) : Fill(disk));
        return 0;
    }

    private static async Task FillDuringBackup(SmallDisk disk)
    {
        using var place = new BackupPlace();
        await using var room = StrongroomFixture.Prepare(folder: place.Data);
        room.Settings["Backup:Records"] = Path.Combine(disk.Folder, "records");
        room.Settings["Backup:Keys"] = Path.Combine(disk.Folder, "keys");
        await room.Start();
        // Larger than what is left when a part of the disk is still free by the last block.
        for (var i = 0; i < 20; i++)
            await room.Save(new string('x', 100_000));
        var backups = room.Services.GetRequiredService<Backups>();
        foreach (var step in new[] { "heads", "records", "verified", "closed" })
        {
            room.Clock.Advance(TimeSpan.FromMinutes(1));
            backups.Step = at => { if (at == step) disk.Fill(); };
            var refused = await Assert.ThrowsAsync<StartRefused>(() => backups.Take());
            Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFiles(disk.Folder, "*.backup*", SearchOption.AllDirectories));
            // Full from the start is said before anything is written.
            backups.Step = null;
            refused = await Assert.ThrowsAsync<StartRefused>(() => backups.Take());
            Assert.Contains("There is no room for a backup", refused.Message, StringComparison.Ordinal);
            disk.MakeRoom();
        }
        await BackupPlace.Take(room);
        Assert.True((await room.Verify()).IsSound);
        await room.Stop();

        // The other way round: the data folder on the small disk.
        var data = Path.Combine(disk.Folder, "data");
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        File.Copy(Path.Combine(place.Data, "keys", "kek"), Path.Combine(data, "keys", "kek"));
        await using var target = StrongroomFixture.Prepare(folder: data);
        foreach (var part in new[] { "records", "keys" })
        {
            Directory.CreateDirectory(Path.Combine(place.Root, part));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(disk.Folder, part)))
                File.Copy(file, Path.Combine(place.Root, part, Path.GetFileName(file)));
            Directory.Delete(Path.Combine(disk.Folder, part), recursive: true);
            target.Settings["Backup:" + part] = Path.Combine(place.Root, part);
        }
        var before = BackupPlace.Fingerprint(data);
        foreach (var step in new[] { "opened", "keys", "united" })
        {
            var refused = await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(target, new RestoreAsked(), at => { if (at == step) disk.Fill(); }));
            Assert.True(refused.Message.Contains("is full", StringComparison.Ordinal), step + ": " + refused.Message);
            refused = await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(target, new RestoreAsked()));
            Assert.Contains("There is no room to restore", refused.Message, StringComparison.Ordinal);
            disk.MakeRoom();
            Assert.Equal(before, BackupPlace.Fingerprint(data));
        }
        await BackupPlace.Restored(target, new RestoreAsked());
        await target.Start();
        Assert.Equal(20, await target.Keeper.CountEnvelopes(new EnvelopeQuery()));
    }

    private static async Task Fill(SmallDisk disk)
    {
        await using var room = await StrongroomFixture.Start(folder: disk.Folder);
        var units = new List<UnitId>();
        for (var i = 0; i < 20; i++)
            units.Add(await room.Save($"record {i}"));
        disk.Fill();

        // Records are refused once the last room inside the files is used up; what was acknowledged until then stays.
        var big = new string('x', 100_000);
        Outcome outcome;
        var tries = 0;
        do
        {
            var envelope = room.Envelope();
            outcome = await room.Do(Adviser, AuditAction.Created, Put(envelope, big));
            if (outcome is Outcome.Done)
                units.Add(envelope.Id);
        }
        while (outcome is Outcome.Done && tries++ < 200);
        Assert.IsType<Outcome.NoRoom>(outcome);
        Assert.False(File.Exists(Path.Combine(disk.Folder, "ballast")));

        // The ballast's room is for the audit and for destruction: opening goes on, and is written down.
        var entries = Log.Of(room).Count;
        for (var i = 0; i < 20; i++)
            Assert.Equal($"record {i}", await room.Read(units[i]));
        Assert.Equal(entries + 20, Log.Of(room).Count);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(units[0], "test")));
        Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(For(Adviser), units[0]));
        Assert.IsType<Outcome.NoRoom>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(), "small")));

        // Full again, ballast and all: content stays closed, for its opening cannot be written down; envelopes show.
        disk.Fill();
        Opening<Slip> opening;
        var windows = 0;
        do
            opening = await room.Keeper.Open<Slip>(For(Adviser, circuit: $"window-{++windows}"), units[1]);
        while (opening is Opening<Slip>.Opened && windows < 2_000);
        Assert.IsType<Opening<Slip>.NoRoom>(opening);
        Assert.NotNull(await room.Keeper.Envelope(units[1]));

        disk.MakeRoom();
        room.Clock.Advance(TimeSpan.FromSeconds(6));
        units.Add(await room.Save("after"));
        Assert.True(File.Exists(Path.Combine(disk.Folder, "ballast")));
        await room.Restart();
        Assert.Equal("after", await room.Read(units[^1]));
        foreach (var unit in units.Skip(1))
            Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.Open<Slip>(For(Adviser), unit));
        var report = await room.Verify();
        Assert.True(report.IsSound, string.Join('\n', report.Faults));
    }
}
