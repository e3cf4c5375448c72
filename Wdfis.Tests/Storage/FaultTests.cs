using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Storage;

/// <summary>
/// Faults from fixed seeds: a few here, as many as the promise says with <c>WDFIS_FAULTS=long</c>. Kills: <see cref="KillTests"/>; a full disk:
/// <see cref="FullDiskTests"/>; a stale migration lock: <see cref="StartTests"/>. What long runs gave stands in docs/security/faults.md.
/// </summary>
[Collection(nameof(Chromium))]
public sealed partial class FaultTests(Chromium chromium, ITestOutputHelper output) : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("WDFIS_FAULTS") == "long";
    private readonly BackupPlace place = new();

    public void Dispose() => place.Dispose();

    /// <summary>Keys, sealed values and audit of a folder, as bytes; one line that says why where they cannot be read to their end.</summary>
    private static List<string> Kept(string folder)
    {
        var kept = new List<string>();
        try
        {
            foreach (var (file, sql) in new[] { ("records.db", "SELECT unit, sealed FROM content UNION ALL SELECT unit, sealed FROM card UNION ALL SELECT seq, hex(bytes)||hex(hash) FROM audit"), ("keys.db", "SELECT unit, hex(id)||coalesce(hex(wrapped), '') FROM key") })
            {
                using var database = Pragmas.Open(Path.Combine(folder, file));
                using var command = database.CreateCommand();
                command.CommandText = sql;
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    kept.Add($"{file} {string.Join(' ', Enumerable.Range(0, 2).Select(i => reader[i] is byte[] bytes ? Convert.ToHexString(bytes) : reader[i].ToString()))}");
            }
        }
        catch (SqliteException trouble)
        {
            return [trouble.Message];
        }
        kept.Sort(StringComparer.Ordinal);
        return kept;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("lock" or "ballast") && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, Path.GetRelativePath(from, file)))!);
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }

    [Fact]
    public async Task Bits_FlippedInDatabaseAndJournal_NeverGiveWrongText_AndAreNamedWhereTheyHitWhatIsKept()
    {
        var flips = Long ? 1_000 : 40;
        var texts = new Dictionary<UnitId, string>();
        var whole = Path.Combine(place.Root, "whole");
        await using (var room = await StrongroomFixture.Start(folder: place.Data))
        {
            for (var i = 0; i < 40; i++)
            {
                texts[await room.Save($"as written {i} {new string('x', i * 40)}")] = "";
                // The first half stands in the files, the second in the journals.
                if (i == 20)
                    Disk.Run(room, "keys.db", "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            foreach (var (i, unit) in texts.Keys.ToList().Index())
            {
                texts[unit] = $"as it is {i} {new string('y', i * 40)}";
                Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put((await room.Keeper.Envelope(unit))!, texts[unit], 1)));
                if (i == 20)
                    Disk.Run(room, "records.db", "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            room.Services.GetRequiredService<Heads>().SignHead();
            Copy(place.Data, whole);
        }
        var random = new Random(20261122);
        string[] files = ["records.db", "records.db", "records.db-wal", "keys.db", "keys.db-wal"];
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(whole, file)).Length > 0, $"{file} is empty: nothing to flip."));
        var untouched = Path.Combine(place.Root, "untouched");
        Copy(whole, untouched);
        var before = Kept(untouched);
        Assert.True(before.Count > 150, $"{before.Count} values: {before[0]}");
        var (hit, named, refused) = (0, 0, 0);
        for (var flip = 0; flip < flips; flip++)
        {
            var folder = Path.Combine(place.Root, "flipped");
            Copy(whole, folder);
            var file = files[flip % files.Length];
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file));
            var bit = random.NextInt64(bytes.Length * 8L);
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes);
            var where = $"flip {flip}, {file}, bit {bit}";
            await using (var room = StrongroomFixture.Prepare(folder: folder))
            {
                room.Clock.Advance(TimeSpan.FromHours(1));
                room.Build();
                var report = await room.Verify();
                await room.Stop();
                var kept = Kept(folder);
                var changed = !kept.SequenceEqual(before);
                hit += changed ? 1 : 0;
                named += report.IsSound ? 0 : 1;
                Assert.False(changed && report.IsSound, $"{where}: what is kept was hit, and verify does not say so: {string.Join("; ", kept.Except(before).Select(line => line[..Math.Min(line.Length, 90)]))}");
                try
                {
                    await room.Start();
                    foreach (var (unit, text) in texts)
                    {
                        // An older text can only stand where the journal's end was lost, and then verify has said so.
                        if (await room.Keeper.Open<Slip>(For(Adviser), unit) is Opening<Slip>.Opened opened && opened.Record.Open(opened.Clearance).Text is var read && read != text)
                            Assert.True(!report.IsSound && read == $"as written{text["as it is".Length..].Replace('y', 'x')}", $"{where}: wrong text.");
                    }
                }
                catch (Exception trouble) when (trouble is StartRefused or SqliteException or InvalidOperationException or FormatException or ArgumentException or InvalidCastException)
                {
                    Assert.False(report.IsSound, $"{where}: {trouble.GetType().Name}, and verify found nothing.");
                    refused++;
                }
            }
            Directory.Delete(folder, recursive: true);
        }
        output.WriteLine($"{flips} flips, {hit} changed what is kept, {named} named by verify, {refused} started no more or read no further, 0 wrong texts, 0 unnamed");
        Assert.True(hit > flips / 10, $"Only {hit} of {flips} hit anything.");
    }

    [Fact]
    public async Task Bits_FlippedInABackup_AreRefusedAndRestoreNothing()
    {
        TestClock clock;
        await using (var room = await StrongroomFixture.Start(folder: place.Data))
        {
            for (var i = 0; i < 10; i++)
                await room.Save($"record {i}");
            await BackupPlace.Take(room);
            clock = room.Clock;
        }
        var files = Directory.EnumerateFiles(place.Data + "-backups", "*.backup", SearchOption.AllDirectories).ToList();
        Assert.Equal(2, files.Count);
        var random = new Random(20261123);
        await using var machine = place.NewMachine(clock);
        for (var flip = 0; flip < (Long ? 200 : 10); flip++)
        {
            var file = files[flip % 2];
            var whole = await File.ReadAllBytesAsync(file);
            var bytes = whole.ToArray();
            var bit = random.NextInt64(bytes.Length * 8L);
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            await File.WriteAllBytesAsync(file, bytes);
            await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(machine, new RestoreAsked()));
            Assert.False(File.Exists(Path.Combine(place.Elsewhere, "records.db")), $"flip {flip}, {Path.GetFileName(file)}, bit {bit}");
            await File.WriteAllBytesAsync(file, whole);
        }
        await BackupPlace.Restored(machine, new RestoreAsked());
    }

    [Fact]
    public async Task Database_LockedByAnotherProcess_HoldsUpSavingAndNoReading_AndLosesNothing()
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var unit = await room.Save("before");
        using var other = Process.Start(new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, ArgumentList = { typeof(KillChild).Assembly.Location, "lock-child", Path.Combine(room.Folder, "records.db") } })!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync());
        var saving = room.Save("meanwhile");
        Assert.NotNull(await room.Keeper.Envelope(unit));
        // A real wait, longer than the database's own patience of five seconds.
        await Task.Delay(TimeSpan.FromSeconds(7));
        Assert.False(saving.IsCompleted);
        await other.StandardInput.WriteLineAsync("let go");
        Assert.Equal("meanwhile", await room.Read(await saving));
        await other.WaitForExitAsync();
        await BackupPlace.Sound(room);
    }

    /// <summary>Longer than anybody waits for it, here made short: an answer in words for everybody, drafts included, and then it goes on.</summary>
    [Fact]
    public async Task Database_HeldForTooLong_IsSaidInWords_ChangesNothing_AndThenSavesAgain()
    {
        await using var room = await FamilyRoom.Start(place.Data);
        var drafts = room.Get<DraftDesk>();
        var draft = UnitId.Create(room.Room.Clock);
        var unit = await room.Room.Save("before");
        await room.Room.Lane.Alone(records =>
        {
            records.Run("PRAGMA busy_timeout=20");
            return true;
        });
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(room.Room.Folder, "records.db")};Pooling=False"))
        {
            other.Open();
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();
            var outcome = await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(room.Room.Envelope(), "meanwhile"));
            Assert.Equal(new Outcome.NoRoom(Held: true), outcome);
            Assert.Contains("another program holds its files", outcome.Words(), StringComparison.Ordinal);
            Assert.True(Assert.IsType<Opening<Slip>.NoRoom>(await room.Keeper.Open<Slip>(StrongroomFixture.For(StrongroomFixture.Lead), unit)).Held);
            Assert.Equal(DraftAnswer.Busy, await drafts.Keep(FamilyRoom.Adviser, draft, "hold", new Dictionary<string, string> { ["why"] = "half a sentence" }));
        }
        Assert.Equal(DraftAnswer.Kept, await drafts.Keep(FamilyRoom.Adviser, draft, "hold", new Dictionary<string, string> { ["why"] = "half a sentence" }));
        await BackupPlace.Sound(room.Room);
    }

    /// <summary>Another program that holds the record file until it is told to let go.</summary>
    internal static async Task<int> Child(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        Console.WriteLine("locked");
        await Console.In.ReadLineAsync();
        return 0;
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(4_000)]
    public async Task Clock_Moved_LosesNothing_AndTheChainHolds(int days)
    {
        await using var room = await StrongroomFixture.Start(folder: place.Data);
        var before = await room.Save("before");
        room.Services.GetRequiredService<Heads>().SignHead();
        room.Clock.Advance(TimeSpan.FromDays(days));
        var after = await room.Save("after");
        room.Services.GetRequiredService<Heads>().SignHead();
        await room.Restart();
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put((await room.Keeper.Envelope(before))!, "again", 1)));
        room.Clock.Advance(TimeSpan.FromDays(-days));
        var back = await room.Save("back");
        foreach (var (unit, text) in new[] { (before, "again"), (after, "after"), (back, "back") })
            Assert.Equal(text, await room.Read(unit));
        Assert.Equal(3, (await room.Keeper.Envelopes(new EnvelopeQuery { Take = 10 })).Count);
        await BackupPlace.Sound(room);
    }

    // The hub's own methods, so that what is malformed comes as far as it can.
    private static readonly string[] Methods = ["StartCircuit", "ConnectCircuit", "ResumeCircuit", "PauseCircuit", "BeginInvokeDotNetFromJS", "EndInvokeJSFromDotNet", "ReceiveByteArray", "ReceiveJSDataChunk", "SendDotNetStreamToJS", "OnRenderCompleted", "OnLocationChanged", "OnLocationChanging", "UpdateRootComponents"];

    // What it is, and whether the hub can still tell where the next message begins.
    private static (byte[] Bytes, bool Whole) Malformed(Random random)
    {
        byte[] Noise(int most)
        {
            var noise = new byte[random.Next(1, most)];
            random.NextBytes(noise);
            return noise;
        }
        byte[] Value() => random.Next(8) switch
        {
            0 => [0xc0],
            1 => [0xc3],
            2 => [(byte)random.Next(0x80)],
            3 => [0xd3, .. Noise(9), 0, 0, 0, 0, 0, 0, 0, 0],
            4 => [0xd9, 5, .. "[{}]x"u8],
            5 => [0xda, 0xff, 0xff, .. Noise(40)],
            6 => [0xdd, 0x7f, 0xff, 0xff, 0xff],
            _ => [0xdb, 0, 0, 4, 0, .. Enumerable.Repeat((byte)random.Next(32, 127), 1024)],
        };
        var method = Methods[random.Next(Methods.Length)];
        var call = HubWire.Call(method, $"m{random.Next(9)}");
        return random.Next(6) switch
        {
            0 => (Noise(400), false),
            1 => (HubWire.Framed(Noise(400)), true),
            // A known method with whatever arguments; the last two bytes of a call are its two empty lists.
            2 => (HubWire.Framed([.. call[..^2], (byte)(0x90 | random.Next(8)), .. Enumerable.Range(0, random.Next(8)).SelectMany(_ => Value()), 0x90]), true),
            3 => (HubWire.Framed(call.AsSpan(0, random.Next(1, call.Length))), true),
            4 => ([.. HubWire.Framed(call)[..^random.Next(1, 5)], .. Noise(20)], false),
            _ => (HubWire.Framed([0x92, (byte)random.Next(12), .. Value()]), true),
        };
    }

    [Fact]
    public async Task Frames_MalformedAllOfThem_EndNoProcessNorAnotherCircuit_AndLeaveNoMemory()
    {
        const int Hands = 20;
        var frames = Long ? 100_000 : 3_000;
        await using var portal = await PortalProcess.Start(null, ("Development__Families", "3"));
        await using var window = await chromium.OpenAs("Ash Whitaker", portal);
        // As the hub takes no more of one colleague than their windows need.
        var cookies = await Task.WhenAll(Enumerable.Range(0, Hands).Select(async hand =>
        {
            var own = new CookieContainer();
            (await portal.SignedIn(own, Enum.GetValues<Role>()[hand % 4])).Dispose();
            return own;
        }));
        var taken = 0;
        // Several at once, as from many browsers; each from a seed of its own.
        Task Send(int count, int seed) => Task.WhenAll(Enumerable.Range(0, Hands).Select(async hand =>
        {
            var random = new Random(seed + hand);
            for (var sent = 0; sent < count / Hands;)
            {
                var shakes = random.Next(50) > 0;
                await using var wire = await HubWire.Connect(portal, cookies[hand], shakes ? null : Malformed(random).Bytes);
                // Each is answered for before the next goes; whatever closes the connection, the next one goes on.
                for (var open = true; open && sent < count / Hands; sent++)
                {
                    var (bytes, whole) = Malformed(random);
                    open = await wire.Raw(bytes) && whole && shakes && await wire.Answers(TimeSpan.FromSeconds(1));
                    if (open)
                        Interlocked.Increment(ref taken);
                }
            }
        }));
        async Task Works(string text)
        {
            var field = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find a family" });
            await field.FillAsync(text);
            await Expect(window.Page.GetByText("Nothing found.").First).ToBeVisibleAsync();
            await field.FillAsync("");
        }
        await Works("nobodyatall");
        await Send(800, 20261124);
        var before = await Settled(portal, 0);
        var clock = Stopwatch.StartNew();
        await Send(frames, 20261224);
        var (sending, after) = (clock.Elapsed, await Settled(portal, before + 50));
        await Works("nobodyelse");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frames} frames, {taken} of all taken without closing, in {sending.TotalSeconds:F0} s, memory {before} MB before, {after} MB after"));
        Assert.True(after <= before + 50, $"{before} MB before, {after} MB after.");
        Assert.DoesNotContain(portal.Output, line => line.Contains("Unhandled exception. ", StringComparison.Ordinal));
    }

    /// <summary>Megabytes that the process holds, as soon as they are no more than that, at the latest after a minute.</summary>
    private static async Task<long> Settled(PortalProcess portal, long most)
    {
        var least = long.MaxValue;
        for (var look = 0; look < 30 && least > most; look++)
        {
            var line = (await File.ReadAllLinesAsync($"/proc/{portal.ProcessId}/status")).Single(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
            least = Math.Min(least, long.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture) / 1024);
            if (most == 0 && look == 5)
                break;
            // Real time: the memory is the process's own, and it gives it back when it likes.
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
        return least;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
