using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Sealing;
using Wdfis.Portal;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

/// <summary>A place of its own: the data folder, the folders of its backups beside it, and room for a second machine.</summary>
internal sealed class BackupPlace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("wdfis-backup-").FullName;
    public string Data => Path.Combine(Root, "data");
    public string Elsewhere => Path.Combine(Root, "elsewhere");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Another machine with the same key-encryption key and the same places for backups.</summary>
    public StrongroomFixture NewMachine(TestClock clock)
    {
        Directory.CreateDirectory(Path.Combine(Elsewhere, "keys"));
        File.Copy(Path.Combine(Data, "keys", "kek"), Path.Combine(Elsewhere, "keys", "kek"));
        var room = Prepare(folder: Elsewhere);
        room.Settings["Backup:Records"] = Data + "-backups/records";
        room.Settings["Backup:Keys"] = Data + "-backups/keys";
        room.Clock.Set(clock.GetUtcNow());
        return room;
    }

    /// <summary>Takes a backup, a minute after whatever was before.</summary>
    public static Task<BackupTaken> Take(StrongroomFixture room, bool age = true, Said? said = null)
    {
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        return room.Services.GetRequiredService<Backups>().Take(said, age);
    }

    /// <summary>As the verb does: on a folder that nobody has started.</summary>
    public static async Task<RestoreDone> Restored(StrongroomFixture room, RestoreAsked asked, Action<string>? step = null, Said? said = null)
    {
        await room.Stop();
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        room.Build();
        try
        {
            var restore = room.Services.GetRequiredService<Restore>();
            restore.Step = step;
            return await restore.Run(asked, said);
        }
        finally
        {
            await room.Stop();
        }
    }

    /// <summary>Every file with its bytes, but the lock, and the notes that SQLite keeps of who reads.</summary>
    public static string Fingerprint(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order()
        .Where(file => Path.GetFileName(file) != "lock" && !file.EndsWith("-shm", StringComparison.Ordinal))
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    public static async Task Sound(StrongroomFixture room)
    {
        var report = await room.Verify();
        Assert.True(report.IsSound, string.Join('\n', report.Faults));
    }
}

/// <summary>What was reported, in its order.</summary>
internal sealed class Said : IProgress<string>
{
    private readonly List<string> lines = [];

    public void Report(string value)
    {
        lock (lines)
            lines.Add(value);
    }

    /// <summary>Each of these began a line, in this order; whatever else was said between them.</summary>
    public void InOrder(params string[] beginnings)
    {
        var from = 0;
        foreach (var beginning in beginnings)
        {
            from = lines.FindIndex(from, line => line.StartsWith(beginning, StringComparison.Ordinal)) + 1;
            Assert.True(from > 0, $"{beginning} is not among, or not at its place in: {string.Join(" | ", lines)}");
        }
    }
}

public sealed class BackupTests : IDisposable
{
    private readonly BackupPlace place = new();

    public void Dispose() => place.Dispose();

    private static byte[] KeyOf(StrongroomFixture room, UnitId unit) => ((byte[])Disk.Ask(room, "keys.db", "SELECT wrapped FROM key WHERE unit=$id", unit)!)[1..];

    private static async Task FillBoard(FamilyRoom room)
    {
        await foreach (var (_, card) in room.Keeper.Cards(UnitKind.Family, _ => { }, default))
            room.Board.Put(SearchCard.Read(card));
    }

    /// <summary>Architecture, section 3: nobody disposed of comes back from any older backup (D5).</summary>
    [Theory]
    [InlineData("over what is there")]
    [InlineData("elsewhere, with the newest key backup")]
    [InlineData("elsewhere, with an old key backup and the second place")]
    public async Task Family_DestroyedAfterTheBackup_CannotBeReadNorFound_WhateverIsRestored(string how)
    {
        BackupTaken before;
        UnitId gone, stays;
        byte[] key;
        TestClock clock;
        await using (var room = await FamilyRoom.Start(place.Data))
        {
            clock = room.Room.Clock;
            gone = await room.Save(room.Card([room.Carer("Sorrel", "Whitethroat")], []));
            stays = await room.Save(room.Card([room.Carer("Bramley", "Fieldfare")], []));
            key = KeyOf(room.Room, gone);
            before = await BackupPlace.Take(room.Room);
            clock.Advance(TimeSpan.FromDays(7));
            Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Lead, AuditAction.Erased, [new Destroy(gone, "test")])));
            Assert.True(room.Get<Heads>().SignHead());
            if (how.Contains("newest", StringComparison.Ordinal))
                await BackupPlace.Take(room.Room, age: false);
            if (how.StartsWith("over", StringComparison.Ordinal))
                Assert.Equal(1, (await BackupPlace.Restored(room.Room, new RestoreAsked { Records = before.Records.Path, Replace = true })).StayDestroyed);
        }
        var folder = place.Data;
        if (how.StartsWith("elsewhere", StringComparison.Ordinal))
        {
            folder = place.Elsewhere;
            await using var machine = place.NewMachine(clock);
            if (how.Contains("second place", StringComparison.Ordinal))
            {
                foreach (var head in Directory.EnumerateFiles(place.Data, "heads.txt*"))
                    File.Copy(head, Path.Combine(place.Elsewhere, Path.GetFileName(head)));
            }
            Assert.Equal(1, (await BackupPlace.Restored(machine, new RestoreAsked { Records = before.Records.Path })).StayDestroyed);
        }
        await using (var room = await FamilyRoom.Start(folder))
        {
            await FillBoard(room);
            Assert.IsType<Opening<FamilyCard>.Erased>(await room.Keeper.Open<FamilyCard>(FamilyRoom.Adviser, gone));
            Assert.Null(await room.Keeper.Envelope(gone));
            Assert.Empty((await room.Get<FamilySearch>().Search(FamilyRoom.Adviser, "Whitethroat", default, atOnce: true)).Rows);
            Assert.Equal(stays, Assert.Single((await room.Get<FamilySearch>().Search(FamilyRoom.Adviser, "Fieldfare", default, atOnce: true)).Rows).Family);
            Assert.IsType<Opening<FamilyCard>.Opened>(await room.Keeper.Open<FamilyCard>(FamilyRoom.Adviser, stays));
            Assert.Empty(Disk.Holding(folder, key));
            await BackupPlace.Sound(room.Room);
        }
    }

    [Fact]
    public async Task Restore_OverNewerRecords_LosesWhatWasSaved_CarriesTheAudit_AndVerifiesForGood()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var first = await room.Save("first");
        var later = await room.Save("to go");
        var bound = await room.Save("bound");
        var held = await room.Hold(bound);
        var (saidThen, said) = (new Said(), new Said());
        var taken = await BackupPlace.Take(room, said: saidThen);
        saidThen.InOrder("Copying the records", "Copying the keys", "Checking records.db", "Opening every sealed value", "Sealing wdfis-keys", "Sealing wdfis-records");
        // Two holds since, of which the backup knows nothing; one that it knows was lifted.
        await room.Hold(bound);
        await room.Hold(null, "pp-case");
        Assert.IsType<Outcome.Done>(await room.Do(Lead, AuditAction.HoldLifted, new Release(held)));
        var envelope = (await room.Keeper.Envelope(first))!;
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(envelope, "second", 1)));
        var lost = await room.Save("made after");
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(later, "test")));
        room.Services.GetRequiredService<Heads>().SignHead();
        await room.Read(first, OtherAdviser);
        var entries = Log.Of(room).Count;
        var lostKey = KeyOf(room, lost);

        var done = await BackupPlace.Restored(room, new RestoreAsked { Records = taken.Records.Path, Replace = true }, said: said);
        said.InOrder("Opening the backup", "Applying every destruction", "Opening every sealed value", "Making a safety copy", "Sealing wdfis-records", "Putting the restored files");
        Assert.Equal((1, 1, 2), (done.StayDestroyed, done.LonelyKeys, done.HoldsLost));
        // The safety copy is a backup like any other.
        Assert.Equal(done.Kept, Backups.In(Path.GetDirectoryName(taken.Records.Path)!, BackupPart.Records)[0].Path);
        await room.Start();
        Assert.Equal("first", await room.Read(first));
        Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(For(Adviser), lost));
        Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(For(Adviser), later));
        Assert.Empty(Disk.Holding(place.Data, lostKey));
        var log = Log.Of(room);
        Assert.Equal([AuditAction.EpochOpened, AuditAction.Restored, AuditAction.Recovered], log.Skip(entries).Take(3).Select(entry => entry.Action));
        Assert.Contains(log, entry => entry.Who == OtherAdviser.Id && entry.Action == AuditAction.Opened);
        Assert.Equal(2, log[^1].Epoch);
        await BackupPlace.Sound(room);

        // Work goes on, and what is rolled back past a restore is found as before.
        envelope = (await room.Keeper.Envelope(first))!;
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(envelope, "third", envelope.Version)));
        room.Services.GetRequiredService<Heads>().SignHead();
        await room.Restart();
        await BackupPlace.Sound(room);
        Disk.Run(room, "records.db", "CREATE TABLE kept AS SELECT * FROM content WHERE unit=$id", first);
        envelope = (await room.Keeper.Envelope(first))!;
        await room.Do(Adviser, AuditAction.Saved, Put(envelope, "fourth", envelope.Version));
        Disk.Run(room, "records.db", "UPDATE content SET sealed=(SELECT sealed FROM kept) WHERE unit=$id; ", first);
        Assert.Contains("older value", Assert.Single((await room.Verify()).Faults), StringComparison.Ordinal);
        Disk.Run(room, "records.db", "DROP TABLE kept");

        // The same backup once more: nothing that is there now stands in its way.
        await BackupPlace.Restored(room, new RestoreAsked { Records = taken.Records.Path, Replace = true, SetAside = true });
        await room.Start();
        Assert.Equal("first", await room.Read(first));
        await BackupPlace.Sound(room);
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.EnumerateDirectories(place.Data, "replaced-*")), "records.db")));
    }

    [Fact]
    public async Task Backup_WhileManyWriteAndErase_VerifiesAndComesBackElsewhere()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var kept = await room.Save("kept");
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 10).Select(writer => Task.Run(async () =>
        {
            var acts = 0;
            for (; !done.IsCancellationRequested; acts++)
            {
                var unit = await room.Save($"writer {writer}");
                var draft = room.Envelope(UnitKind.Draft, owner: Adviser);
                Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(draft, "typed so far")));
                if (acts % 2 == 0)
                    Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test"), new Destroy(draft.Id, "test")));
            }
            return acts;
        })).ToList();
        for (var i = 0; i < 3; i++)
        {
            room.Services.GetRequiredService<Heads>().SignHead();
            await BackupPlace.Take(room);
        }
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(writers), acts => Assert.True(acts > 0));
        await BackupPlace.Sound(room);
        await using var machine = place.NewMachine(room.Clock);
        await BackupPlace.Restored(machine, new RestoreAsked());
        await machine.Start();
        Assert.Equal("kept", await machine.Read(kept));
        await BackupPlace.Sound(machine);
        Assert.Empty(await machine.Keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Draft }));
    }

    [Fact]
    public async Task Backup_HoldsNothingPlain_NoDraft_AndLeavesNothingBehind()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        await room.Save("Canary Whitethroat");
        var draft = room.Envelope(UnitKind.Draft);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(draft, "Canary Whitethroat typed so far")));
        var before = BackupPlace.Fingerprint(place.Data);
        var taken = await BackupPlace.Take(room);
        Assert.Equal(before, BackupPlace.Fingerprint(place.Data));
        foreach (var file in new[] { taken.Records.Path, taken.Keys.Path })
        {
            foreach (var plain in new[] { "Whitethroat"u8.ToArray(), "SQLite format 3"u8.ToArray(), "fis-enquiry"u8.ToArray() })
                Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(plain));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        Assert.Equal(["lock", Path.GetFileName(taken.Keys.Path), Path.GetFileName(taken.Records.Path)],
            Directory.EnumerateFileSystemEntries(place.Data + "-backups", "*", SearchOption.AllDirectories).Where(File.Exists).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var machine = place.NewMachine(room.Clock);
        await BackupPlace.Restored(machine, new RestoreAsked());
        Assert.Equal(0L, Disk.Ask(machine, "records.db", $"SELECT count(*) FROM unit WHERE kind={(int)UnitKind.Draft}"));
        Assert.Equal(0L, Disk.Ask(machine, "keys.db", "SELECT count(*) FROM key WHERE unit=$id", draft.Id));
    }

    [Fact]
    public async Task Backups_AgeOutEachInItsOwnTime_ButTheNewestStay()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        room.Settings["Backup:KeepRecordsDays"] = "20";
        await room.Restart();
        var backups = room.Services.GetRequiredService<Backups>();
        (int, int) Kept() => (backups.Kept(BackupPart.Records).Count, backups.Kept(BackupPart.Keys).Count);
        await room.Save("kept");
        Assert.Null(backups.LastKeyBackupGoneOn());
        await BackupPlace.Take(room);
        Assert.Equal(room.Today.AddDays(8), backups.LastKeyBackupGoneOn());
        room.Clock.Advance(TimeSpan.FromDays(7));
        await BackupPlace.Take(room);
        Assert.Equal((2, 2), Kept());
        room.Clock.Advance(TimeSpan.FromDays(1));
        backups.Age();
        Assert.Equal((2, 1), Kept());
        room.Clock.Advance(TimeSpan.FromDays(30));
        backups.Age();
        Assert.Equal((1, 1), Kept());
        await BackupPlace.Take(room);
        Assert.Equal((1, 1), Kept());
        Assert.Equal(room.Clock.GetUtcNow(), backups.Kept(BackupPart.Records)[0].Header.TakenAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Backup_OfRecordsThatDoNotVerify_DoesNotCount()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var unit = await room.Save("whole");
        Disk.Run(room, "records.db", "UPDATE content SET sealed=CAST(substr(sealed,1,40)||CASE WHEN substr(sealed,41,1)=x'00' THEN x'01' ELSE x'00' END||substr(sealed,42) AS BLOB) WHERE unit=$id", unit);
        var refused = await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Take(room));
        Assert.Contains("does not verify", refused.Message, StringComparison.Ordinal);
        Assert.Contains(unit.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Equal(["lock"], Directory.EnumerateFiles(place.Data + "-backups", "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task DamagedDatabase_IsReplacedOnlyWhenItsFilesAreSetAside()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var unit = await room.Save("kept");
        var taken = await BackupPlace.Take(room);
        await room.Stop();
        var records = Path.Combine(place.Data, "records.db");
        var damaged = await File.ReadAllBytesAsync(records);
        new Random(1).NextBytes(damaged.AsSpan(0, 8192));
        await File.WriteAllBytesAsync(records, damaged);
        var before = BackupPlace.Fingerprint(place.Data);
        var refused = await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(room, new RestoreAsked { Replace = true }));
        Assert.Contains("--set-aside", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, BackupPlace.Fingerprint(place.Data));
        var done = await BackupPlace.Restored(room, new RestoreAsked { Replace = true, SetAside = true });
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path.Combine(done.Kept!, "records.db")));
        Assert.Null(done.HoldsLost);
        await room.Start();
        Assert.Equal("kept", await room.Read(unit));
        await BackupPlace.Sound(room);
        Assert.Equal(taken.Records.Header.TakenAt, done.TakenAt);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "no --replace", "Give --replace" },
        { "another key", "under another key-encryption key" },
        { "another key over what is there", "under another key-encryption key" },
        { "no key", "key-encryption key is missing" },
        { "damaged", "damaged, or somebody changed it" },
        { "cut", "not whole" },
        { "no backup", "This is no backup" },
        { "missing", "There is no file" },
        { "the two mixed up", "keys, not of the records" },
        { "older keys", "is a newer key backup" },
        { "keys older than the records", "is older than the records" },
        { "newer version", "made by a newer version" },
        { "other people", "The backup is of synthetic people" },
        { "a stranger's line in the second place", "line 1 was not written by the portal" },
        { "a stranger's head in the second place", "is not signed by a key that we know" },
        { "the portal runs", "Stop the running portal first" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Restore_Refused_SaysWhy_AndLeavesTheFolderAsItWas(string why, string sentence)
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        await room.Save("kept");
        var old = await BackupPlace.Take(room);
        if (why == "newer version")
            Disk.Run(room, "records.db", "INSERT INTO \"__EFMigrationsHistory\" VALUES('29991231235959_Later','99')");
        await room.Save("after");
        var taken = await BackupPlace.Take(room);
        room.Services.GetRequiredService<Heads>().SignHead();
        await room.Stop();
        await using var machine = place.NewMachine(room.Clock);
        var (target, asked) = (machine, new RestoreAsked());
        async Task Change(Func<byte[], byte[]> change) => await File.WriteAllBytesAsync(taken.Records.Path, change(await File.ReadAllBytesAsync(taken.Records.Path)));
        StrongroomFixture? running = null;
        using var stranger = HeadSigner.Generate();
        switch (why)
        {
            case "no --replace":
                target = room;
                break;
            case "another key" or "another key over what is there":
                (target, asked) = why == "another key" ? (machine, asked) : (room, new RestoreAsked { Replace = true });
                target.Settings["Storage:KeyEncryptionKey"] = Convert.ToBase64String(SHA256.HashData("another"u8));
                break;
            case "no key":
                File.Delete(Path.Combine(place.Elsewhere, "keys", "kek"));
                break;
            case "damaged":
                await Change(bytes => { bytes[^20] ^= 4; return bytes; });
                break;
            case "cut":
                asked = new RestoreAsked { Records = taken.Records.Path };
                await Change(bytes => bytes[..^1]);
                break;
            case "no backup":
                asked = new RestoreAsked { Records = Path.Combine(place.Data, "records.db") };
                break;
            case "missing":
                asked = new RestoreAsked { Records = Path.Combine(place.Root, "nowhere.backup") };
                break;
            case "the two mixed up":
                asked = new RestoreAsked { Records = taken.Keys.Path };
                break;
            case "older keys":
                (target, asked) = (room, new RestoreAsked { Keys = old.Keys.Path, Replace = true });
                break;
            case "keys older than the records":
                File.Delete(taken.Keys.Path);
                break;
            case "other people":
                machine.Environment = Environments.Production;
                break;
            case "a stranger's line in the second place":
                var line = $"wdfis-erased-1 {UnitId.Create(room.Clock)} {room.Clock.GetUtcNow().UtcDateTime:O} {new string('0', 64)}\n";
                await File.WriteAllTextAsync(Path.Combine(place.Elsewhere, "heads.txt.erased"), line);
                break;
            case "a stranger's head in the second place":
                (target, asked) = (room, new RestoreAsked { Replace = true });
                await File.AppendAllTextAsync(Path.Combine(place.Data, "heads.txt"), stranger.Sign(new ChainPoint(1, 90, new byte[32]), room.Clock.GetUtcNow()).ToLine() + "\n");
                break;
            case "the portal runs":
                running = await StrongroomFixture.Start(folder: place.Data);
                (target, asked) = (room, new RestoreAsked { Replace = true });
                break;
        }
        var before = BackupPlace.Fingerprint(target.Folder);
        var refused = await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(target, asked));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, BackupPlace.Fingerprint(target.Folder));
        Assert.False(Directory.Exists(RestoreSwap.Side(target.Folder)));
        if (running is not null)
            await running.DisposeAsync();
    }

    [Fact]
    public async Task OlderKeyFile_PutBackByHand_IsFound()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var unit = await room.Save("to go");
        await room.Stop();
        var keys = Path.Combine(place.Data, "keys.db");
        File.Copy(keys, keys + ".old");
        await room.Start();
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        room.Services.GetRequiredService<Heads>().SignHead();
        await BackupPlace.Sound(room);
        await room.Stop();
        File.Move(keys + ".old", keys, overwrite: true);
        room.Build();
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains($"the key of unit {unit} was destroyed and is there again", StringComparison.Ordinal));
    }

    /// <summary>Kill −9 at each step in turn, until one run comes to its end.</summary>
    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Process_KilledAtAnyStep_LeavesTheOldOrTheNew(string what)
    {
        UnitId unit;
        await using (var room = await StrongroomFixture.Start(folder: place.Data))
        {
            unit = await room.Save("old");
            await BackupPlace.Take(room);
            var envelope = (await room.Keeper.Envelope(unit))!;
            Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(envelope, "new", 1)));
        }
        var ended = false;
        var seen = new HashSet<string>();
        for (var step = 1; !ended; step++)
        {
            Assert.True(step < 30);
            using var copy = new BackupPlace();
            foreach (var file in Directory.EnumerateFiles(place.Root, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(copy.Root, Path.GetRelativePath(place.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
            using (var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(KillChild).Assembly.Location, "backup-child", what, copy.Data, step.ToString(CultureInfo.InvariantCulture)]))!)
            {
                await child.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
                ended = child.ExitCode == 0;
            }
            await using var room = Prepare(folder: copy.Data);
            room.Clock.Advance(TimeSpan.FromHours(3));
            await room.Start();
            seen.Add(await room.Read(unit));
            await BackupPlace.Sound(room);
            Assert.False(Directory.Exists(RestoreSwap.Side(copy.Data)));
            // Whatever counts opens, and the next one comes about.
            var backups = room.Services.GetRequiredService<Backups>();
            backups.ClearUnfinished();
            Assert.Empty(Directory.EnumerateFiles(copy.Data + "-backups", "*.part", SearchOption.AllDirectories));
            Assert.Empty(Directory.EnumerateDirectories(copy.Data + "-backups/records"));
            await BackupPlace.Take(room);
            foreach (var backup in backups.Kept(BackupPart.Records))
                Assert.Contains(backups.Kept(BackupPart.Keys), keys => keys.Header.TakenAt >= backup.Header.TakenAt);
            await BackupPlace.Restored(room, new RestoreAsked { Replace = true });
            await room.Start();
            Assert.Contains(await room.Read(unit), seen);
        }
        Assert.Equal(what == "backup" ? ["new"] : ["new", "old"], seen.Order());
    }

    /// <summary>The process that dies at its nth step.</summary>
    internal static async Task<int> Child(string what, string folder, int dies)
    {
        await using var room = Prepare(folder: folder);
        room.Clock.Advance(TimeSpan.FromHours(1));
        var steps = 0;
        void Step(string _)
        {
            if (++steps != dies)
                return;
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
        if (what == "restore")
        {
            await BackupPlace.Restored(room, new RestoreAsked { Replace = true }, Step);
            return 0;
        }
        await room.Start();
        var backups = room.Services.GetRequiredService<Backups>();
        backups.Step = Step;
        await backups.Take();
        return 0;
    }
}
