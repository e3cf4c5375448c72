using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class ErasureTests
{
    private static byte[] KeyOf(StrongroomFixture room, UnitId unit) =>
        ((byte[])Disk.Ask(room, "keys.db", "SELECT wrapped FROM key WHERE unit=$id", unit)!)[1..];

    [Fact]
    public async Task Destruction_LeavesNoByteOfTheKeyInAnyFile()
    {
        await using var room = await StrongroomFixture.Start();
        // Enough for the key file to have split its pages, in an order that splits them in the middle.
        var units = new List<UnitId>();
        foreach (var number in Enumerable.Range(0, 400).OrderBy(number => number * 7919 % 400))
        {
            var unit = new UnitId(new Guid($"{number:x8}-0000-7000-8000-000000000001"));
            units.Add(unit);
            Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(id: unit), "x")));
        }
        var condemned = units.Where((_, i) => i % 5 == 0).ToList();
        var keys = condemned.ToDictionary(unit => unit, unit => KeyOf(room, unit));
        Assert.All(keys.Values, key => Assert.NotEmpty(Disk.Holding(room.Folder, key)));

        // One by one, two at once, and all that is left in one act.
        foreach (var unit in condemned.Take(10))
            Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, [.. condemned.Skip(10).Take(2).Select(unit => new Destroy(unit, "test"))]));
        Assert.All(condemned.Take(12), unit => Assert.Empty(Disk.Holding(room.Folder, keys[unit])));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, [.. condemned.Skip(12).Select(unit => new Destroy(unit, "test"))]));
        Assert.All(keys.Values, key => Assert.Empty(Disk.Holding(room.Folder, key)));

        Assert.Equal(320, await room.Keeper.CountEnvelopes(new EnvelopeQuery()));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Anonymising_IsOneAct_WhatMayStayIsNewAndTheRestIsGone()
    {
        await using var room = await StrongroomFixture.Start();
        var named = await room.Save("Canary Whitethroat asked about 30 hours");
        var kept = room.Envelope();
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Anonymised, Put(kept, "somebody asked about 30 hours"), new Destroy(named, "anonymised")));
        Assert.Equal("somebody asked about 30 hours", await room.Read(kept.Id));
        Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(For(Adviser), named));
        Assert.Equal([AuditAction.Created, AuditAction.Anonymised, AuditAction.ErasureIntended, AuditAction.Erased],
            Log.Of(room).Select(entry => entry.Action).Take(4));
        foreach (var table in new[] { "unit WHERE id", "content WHERE unit", "card WHERE unit", "erasure WHERE unit" })
            Assert.Equal(0L, Disk.Ask(room, "records.db", $"SELECT count(*) FROM {table}=$id", named));
        Assert.Empty(Disk.Holding(room.Folder, "Whitethroat"u8.ToArray()));
    }

    [Theory]
    [InlineData("run", false)]
    [InlineData("keys", false)]
    [InlineData("intent", true)]
    [InlineData("tombstone", true)]
    [InlineData("scrub", true)]
    [InlineData("rows", true)]
    public async Task Stop_AtAnyStep_LeavesTheOldOrTheNewAfterRecovery_NeverHalf(string step, bool decided)
    {
        await using var room = await StrongroomFixture.Start();
        var old = await room.Save("the old");
        var beside = await room.Save("beside");
        var key = KeyOf(room, old);
        var kept = room.Envelope();
        var copy = Directory.CreateTempSubdirectory("wdfis-").FullName;
        var reached = false;
        room.Lane.Step = at =>
        {
            if (at != step || reached)
                return;
            reached = true;
            // What a power cut at this instant would leave.
            foreach (var file in Directory.EnumerateFiles(room.Folder, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(room.Folder, file);
                if (name is "lock" or "ballast" || name.EndsWith("-shm", StringComparison.Ordinal))
                    continue;
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, name))!);
                File.Copy(file, Path.Combine(copy, name));
            }
        };
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Anonymised, Put(kept, "the new"), new Destroy(old, "anonymised")));
        Assert.True(reached);

        try
        {
            await using var after = await StrongroomFixture.Start(folder: copy);
            Assert.Equal("beside", await after.Read(beside));
            if (decided)
            {
                Assert.Equal("the new", await after.Read(kept.Id));
                Assert.IsType<Opening<Slip>.Erased>(await after.Keeper.Open<Slip>(For(Adviser), old));
                Assert.Empty(Disk.Holding(copy, key));
            }
            else
            {
                Assert.Equal("the old", await after.Read(old));
                Assert.Null(await after.Keeper.Envelope(kept.Id));
            }
            Assert.Equal(0L, Disk.Ask(after, "records.db", "SELECT count(*) FROM erasure"));
            var report = await after.Verify();
            Assert.True(report.IsSound, string.Join('\n', report.Faults));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Draft_SavedAsARecord_IsOneActToo()
    {
        await using var room = await StrongroomFixture.Start();
        var draft = room.Envelope(UnitKind.Draft);
        await room.Do(Adviser, AuditAction.Created, Put(draft, "typed"));
        var key = KeyOf(room, draft.Id);
        var record = room.Envelope();
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, Put(record, "typed"), new Destroy(draft.Id, "saved")));
        Assert.Equal("typed", await room.Read(record.Id));
        Assert.Empty(Disk.Holding(room.Folder, key));
    }
}
