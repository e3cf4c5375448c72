using System.Diagnostics;
using System.Globalization;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using Stamp = Wdfis.Domain.Confidentiality.Stamp;

namespace Wdfis.Tests.Features.Retention;

public class DisposalKillTests
{
    // More than one act of destruction for each list, and a last one that is not full.
    private const int Records = 2 * Wdfis.Portal.Features.Retention.Disposer.AtOnce + 7;

    /// <summary>The steps of the two-file erasure and of the disposal around it.</summary>
    private static readonly string[] Steps = ["run", "keys", "intent", "tombstone", "scrub", "rows", "begun", "batch", "searched", "certified"];

    /// <summary>
    /// Kill −9 at each step of disposal, also while going on after a kill, from a fixed seed: nothing half destroyed, no certificate without
    /// destruction, none destroyed without a certificate, nothing counted twice (D5). WDFIS_KILLS asks for more than an ordinary run.
    /// </summary>
    [Fact]
    public async Task Disposal_KilledAtEachStep_GoesOnWhereItStopped()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("WDFIS_KILLS") ?? "12", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("wdfis-kill-").FullName;
        Directory.CreateDirectory(folder + "-keys");
        try
        {
            var killed = 0;
            for (var cycle = 0; killed < kills; cycle++)
            {
                Assert.True(cycle < 3 * kills + 10, "The steps at which to kill are not reached.");
                using (var child = Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { typeof(KillChild).Assembly.Location, "disposal-child", folder, cycle.ToString(CultureInfo.InvariantCulture) } })!)
                {
                    await child.WaitForExitAsync();
                    Assert.True(child.ExitCode is 0 or 137, $"Cycle {cycle} ended with {child.ExitCode}.");
                    killed += child.ExitCode == 137 ? 1 : 0;
                }
                await using var room = await DisposalRoom.Start(folder);
                room.Room.Clock.Set(TimeProvider.System.GetUtcNow());
                var report = await room.Room.Verify();
                Assert.True(report.IsSound, $"After cycle {cycle}: {string.Join('\n', report.Faults)}");
                await Check(room, cycle, finished: false);
                // Every other time the next process goes on, and is killed at it.
                if (cycle % 2 == 0 || killed == kills)
                {
                    await room.Disposer.RunDue();
                    await Check(room, cycle, finished: true);
                    // No byte of a key that was destroyed before the kill or after it.
                    var keys = Directory.EnumerateFiles(folder + "-keys").SelectMany(File.ReadLines).Select(Convert.FromHexString).SelectMany(Remnants.RunsOf).ToHashSet();
                    Assert.NotEmpty(keys);
                    Assert.Empty(Remnants.Found(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("ballast" or "lock")), keys));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(folder + "-keys", recursive: true);
        }
    }

    private static async Task Check(DisposalRoom room, int cycle, bool finished)
    {
        var destroyed = 0;
        foreach (var envelope in await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList))
        {
            var list = await room.List(envelope.Id);
            var certificate = await room.Certificate(envelope.Id);
            Assert.Equal(list.Stage == DisposalStage.Done, certificate is not null);
            Assert.False(finished && list.Stage is DisposalStage.Approved or DisposalStage.Destroying, $"After cycle {cycle}, {list.Number} has not ended.");
            if (certificate is not null)
                Assert.Equal(list.Items.Select(item => item.Unit), certificate.Destroyed.Select(record => record.Unit));
            foreach (var item in list.Items)
            {
                var gone = (await room.Keeper.Open<Slip>(StrongroomFixture.For(StrongroomFixture.Adviser), item.Unit)).Match(
                    opened => false, refused => throw new InvalidOperationException(), missing => throw new InvalidOperationException("lost"), erased => true, damaged => throw new InvalidOperationException("half"), noRoom => throw new InvalidOperationException());
                Assert.True(!gone || list.Stage is DisposalStage.Destroying or DisposalStage.Done, $"After cycle {cycle}: destroyed, and {list.Number} is {list.Stage}.");
                Assert.True(gone || certificate is null, $"After cycle {cycle}: certified, and not destroyed.");
                destroyed += gone ? 1 : 0;
            }
        }
        Assert.Equal(destroyed, room.Keeper.Figures(KeptStatistic.Prefix, default).Sum(figure => figure.Value));
    }

    /// <summary>Goes on with what a kill left, makes one more list, has it approved and destroys it; kills itself at a step that the seed names.</summary>
    internal static async Task<int> Child(string folder, int seed)
    {
        var random = new Random(20260309 + seed);
        var (step, left) = (Steps[seed % Steps.Length], 0);
        await using var room = await DisposalRoom.Start(folder);
        room.Room.Clock.Set(TimeProvider.System.GetUtcNow());
        void At(string at)
        {
            if (at != step || left-- != 1)
                return;
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
        room.Room.Lane.Step = At;
        room.Disposer.Step = At;
        // Before the making of the next list: while going on after the last kill.
        left = seed % 3 == 0 ? 1 : 0;
        await room.Disposer.RunDue();
        left = 0;
        var units = new List<UnitId>();
        for (var i = 0; i < Records; i++)
            units.Add(room.Overdue("pp-case").Id);
        await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, [.. units.Select(unit => StrongroomFixture.Put(room.Overdue("pp-case") with { Id = unit }, "x"))]);
        // What the parent looks for when they are destroyed.
        await File.WriteAllLinesAsync(Path.Combine(folder + "-keys", $"{seed}"), units.Select(unit => Convert.ToHexString((byte[])Wdfis.Tests.Strongroom.Disk.Ask(room.Room, "keys.db", "SELECT wrapped FROM key WHERE unit=$id", unit)!)));
        var list = await room.Prepared(units);
        await room.Decide(list, DisposalDecision.Dispose);
        var (made, stored, _) = await room.Desk.Open(DisposalRoom.Lead, list);
        var now = room.Room.Clock.GetUtcNow();
        var agreed = made!.HandOver(0, new Stamp(StrongroomFixture.Lead.Id, now)).OrThrow().Approve(Role.TeamLead, "agreed", 0, new Stamp(DisposalRoom.SecondLead.Id, now)).OrThrow();
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(DisposalRoom.Second, AuditAction.DisposalApproved, [new Put<DisposalList>(room.Families.Get<Envelopes>().Of(agreed, stored, room.Room.Today), agreed, stored!.Version)])));
        // "begun", "searched" and "certified" come once; the others with each act.
        left = step is "begun" or "searched" or "certified" or "keys" ? 1 : random.Next(1, 4);
        await room.Disposer.RunDue();
        return 0;
    }
}
