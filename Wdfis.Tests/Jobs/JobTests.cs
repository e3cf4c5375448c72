using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Jobs;

public class JobTests
{
    private static Task<StrongroomFixture> Start(params IJob[] jobs) => StrongroomFixture.Start(services =>
    {
        // The strongroom's own jobs; those of a feature need the feature.
        if (jobs.Length == 0)
            services.AddSingleton<IJob, SendHead>().AddSingleton<IJob, Tidy>().AddSingleton<IJob, BackUp>();
        services.AddSingleton<JobRunner>();
        foreach (var job in jobs)
            services.AddSingleton(job);
    });

    private static JobRow? Last(StrongroomFixture room, string name) =>
        room.Services.GetRequiredService<DataFolder>().Records.Use(records => JobTable.Find(records, name));

    private static Task RunDue(StrongroomFixture room) => room.Services.GetRequiredService<JobRunner>().RunDue();

    [Fact]
    public async Task Backups_OfTheVerb_StandInTheAuditOnce_LikeTheNightlyOnes()
    {
        await using var room = await StrongroomFixture.Start(services => services.AddSingleton<JobLog>().AddSingleton<IJob, BackUp>().AddSingleton<IJob, NoteBackups>().AddSingleton<JobRunner>());
        try
        {
            await room.Save("one");
            int Noted() => Log.Of(room).Count(entry => entry.Action == AuditAction.BackedUp);
            async Task Verb()
            {
                room.Clock.Advance(TimeSpan.FromMinutes(1));
                await room.Services.GetRequiredService<Backups>().Take();
                room.Clock.Advance(TimeSpan.FromMinutes(1));
            }
            await Verb();
            Assert.Equal(0, Noted());
            await RunDue(room);
            await RunDue(room);
            Assert.Equal(1, Noted());
            room.Clock.Set(new DateTimeOffset(2026, 3, 10, 1, 30, 0, TimeSpan.Zero));
            await RunDue(room);
            await RunDue(room);
            Assert.Equal(2, Noted());
            await room.Restart();
            await Verb();
            await RunDue(room);
            await RunDue(room);
            Assert.Equal(3, Noted());
            Assert.All(room.Services.GetRequiredService<JobRunner>().Stands(), job => Assert.NotNull(job.Last));
            Assert.Equal(new DateTimeOffset(2026, 3, 11, 1, 0, 0, TimeSpan.Zero), room.Services.GetRequiredService<JobRunner>().Stands()[0].Next);
        }
        finally
        {
            Directory.Delete(room.Folder + "-backups", recursive: true);
        }
    }

    [Fact]
    public async Task Tidy_RunsOnceAWeekAndAtNightInLondon_AlsoAcrossARestart()
    {
        await using var room = await Start();
        await room.Save("one");
        async Task<bool> RanAt(string at)
        {
            room.Clock.Set(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            var before = Last(room, "tidy")?.StartedAt;
            await RunDue(room);
            return Last(room, "tidy")?.StartedAt != before;
        }
        Assert.False(await RanAt("2026-03-23T14:00Z"));
        Assert.False(await RanAt("2026-03-24T01:59Z"));
        Assert.True(await RanAt("2026-03-24T02:00Z"));
        Assert.False(await RanAt("2026-03-24T03:00Z"));
        Assert.False(await RanAt("2026-03-30T02:30Z"));
        await room.Restart();
        // From 29 March London is an hour ahead: 01:00 UTC is two in the morning there, and 04:00 is five.
        Assert.False(await RanAt("2026-03-31T00:59Z"));
        Assert.False(await RanAt("2026-03-31T04:00Z"));
        Assert.True(await RanAt("2026-03-31T01:00Z"));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Tidy_WhileOthersSaveAndRead_ClearsAndCountsRemnants_AndNobodyIsRefused()
    {
        await using var room = await Start();
        var folder = room.Services.GetRequiredService<DataFolder>();
        // As page splits would, but for certain: what is deleted stays in the file.
        room.Lane.Records.Run("PRAGMA secure_delete=OFF");
        var kept = await room.Save("kept");
        for (var i = 0; i < 40; i++)
        {
            var unit = await room.Save(new string('x', 300));
            if (i % 2 == 0)
                Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        }
        Assert.Equal(40, new FileInfo(folder.Remnants).Length / 8);
        room.Clock.Set(new DateTimeOffset(2026, 3, 24, 2, 30, 0, TimeSpan.Zero));
        using var done = new CancellationTokenSource();
        var others = Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            var saved = 0;
            for (; saved < 5 || !done.IsCancellationRequested; saved++)
            {
                var unit = await room.Save($"writer {writer}");
                Assert.Equal($"writer {writer}", await room.Read(unit));
            }
            return saved;
        })).ToList();
        await RunDue(room);
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(others), saved => Assert.True(saved >= 5));
        var said = Last(room, "tidy")!.Outcome!;
        var numbers = said.Split(' ').Where(word => int.TryParse(word, out _)).Select(int.Parse).ToArray();
        Assert.Equal(40, numbers[0]);
        Assert.InRange(numbers[1], 1, 40);
        Assert.Equal(0, numbers[2]);
        Assert.False(File.Exists(folder.Remnants));
        Assert.Equal("kept", await room.Read(kept));
        Assert.True((await room.Verify()).IsSound);
        Assert.Equal(2L, room.Lane.Records.One<long>("PRAGMA temp_store"));
    }

    [Fact]
    public async Task Head_IsSentEachHour()
    {
        await using var room = await Start();
        var heads = Path.Combine(room.Folder, "heads.txt");
        await room.Save("one");
        await RunDue(room);
        Assert.Single(await File.ReadAllLinesAsync(heads));
        await room.Save("two");
        room.Clock.Advance(TimeSpan.FromMinutes(59));
        await RunDue(room);
        Assert.Single(await File.ReadAllLinesAsync(heads));
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunDue(room);
        Assert.Equal(2, (await File.ReadAllLinesAsync(heads)).Length);
    }

    [Fact]
    public async Task Backup_IsTakenEachNight_AndWrittenDown_AndARefusalIsSaid()
    {
        await using var room = await Start();
        var places = Directory.CreateTempSubdirectory("wdfis-backups-").FullName;
        try
        {
            room.Settings["Backup:Records"] = Path.Combine(places, "records");
            room.Settings["Backup:Keys"] = Path.Combine(places, "keys");
            await room.Restart();
            await room.Save("one");
            room.Clock.Set(new DateTimeOffset(2026, 3, 24, 0, 59, 0, TimeSpan.Zero));
            await RunDue(room);
            Assert.Null(Last(room, "backup"));
            room.Clock.Set(new DateTimeOffset(2026, 3, 24, 1, 0, 0, TimeSpan.Zero));
            await RunDue(room);
            Assert.StartsWith("wdfis-records-20260324T010000Z.backup and wdfis-keys-20260324T010000Z.backup: 1 units", Last(room, "backup")!.Outcome, StringComparison.Ordinal);
            Assert.Contains(Log.Of(room), entry => entry.Action == AuditAction.BackedUp);
            room.Clock.Advance(TimeSpan.FromHours(2));
            await RunDue(room);
            Assert.Single(Directory.EnumerateFiles(Path.Combine(places, "keys")));
            // A file where the folder should be.
            Directory.Delete(Path.Combine(places, "keys"), recursive: true);
            await File.WriteAllTextAsync(Path.Combine(places, "keys"), "");
            room.Clock.Advance(TimeSpan.FromDays(1));
            await RunDue(room);
            Assert.StartsWith("failed: No backup was made", Last(room, "backup")!.Outcome, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(places, recursive: true);
        }
    }

    [Fact]
    public async Task Job_ThatFails_StopsNoOther_SaysSo_AndIsTriedAgainInAnHour()
    {
        var failing = new Counting("failing") { Fails = true };
        var sound = new Counting("sound");
        await using var room = await Start(failing, sound);
        await RunDue(room);
        Assert.Equal((1, 1), (failing.Runs, sound.Runs));
        Assert.Equal("failed: InvalidTimeZoneException", Last(room, "failing")!.Outcome);
        Assert.Equal("run 1", Last(room, "sound")!.Outcome);
        room.Clock.Advance(TimeSpan.FromMinutes(59));
        await RunDue(room);
        Assert.Equal((1, 1), (failing.Runs, sound.Runs));
        failing.Fails = false;
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunDue(room);
        Assert.Equal((2, 1), (failing.Runs, sound.Runs));
        Assert.Equal("run 2", Last(room, "failing")!.Outcome);
        // A clock put back: the next day of the new time counts.
        room.Clock.Advance(TimeSpan.FromDays(-30));
        await RunDue(room);
        Assert.Equal((3, 2), (failing.Runs, sound.Runs));
    }

    [Fact]
    public async Task Job_ThatThrowsInLookingWhetherItIsDue_FailsAlone_AndThePortalLives()
    {
        // A share that is away, or a backup aged away while it was looked at.
        var broken = new Counting("broken") { DueFails = new IOException("the share is away") };
        var timedOut = new Counting("timed-out") { DueFails = new TaskCanceledException() };
        var sound = new Counting("sound");
        await using var room = await Start(broken, timedOut, sound);
        await RunDue(room);
        Assert.Equal((0, 0, 1), (broken.Runs, timedOut.Runs, sound.Runs));
        // As the operator's page shows them.
        var stands = room.Services.GetRequiredService<JobRunner>().Stands();
        Assert.Equal(["failed: IOException", "failed: TaskCanceledException", "run 1"], stands.Select(job => job.Last!.Outcome!));
        Assert.Equal([true, true, false], stands.Select(job => job.Next is null));
        broken.DueFails = null;
        room.Clock.Advance(TimeSpan.FromHours(1));
        await RunDue(room);
        Assert.Equal((1, 0, 1), (broken.Runs, timedOut.Runs, sound.Runs));
        Assert.Equal("run 1", Last(room, "broken")!.Outcome);
    }

    private sealed class Counting(string name) : IJob
    {
        public bool Fails { get; set; }
        public Exception? DueFails { get; set; }
        public int Runs { get; private set; }
        public string Name => name;
        public bool Due(DateTimeOffset? last, DateTimeOffset now) => DueFails is not null ? throw DueFails : last is null || now - last >= TimeSpan.FromDays(1);
        public Task<string> Run(CancellationToken cancel)
        {
            Runs++;
            return Fails ? throw new InvalidTimeZoneException() : Task.FromResult($"run {Runs}");
        }
    }
}
