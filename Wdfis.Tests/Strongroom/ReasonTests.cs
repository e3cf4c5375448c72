using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class ReasonTests
{
    private const string Words = "Canary Wheatear lives next door to the caller";

    private static Task<Outcome> Do(StrongroomFixture room, Colleague who, AuditAction action, UnitId about, string words, params Change[] changes) =>
        room.Keeper.Do(new Act(For(who), action, [.. changes]) { Reason = new Reason(about, words) });

    private static async Task<IReadOnlyList<GivenReason>> Read(StrongroomFixture room, UnitId unit, Colleague? who = null) =>
        Assert.IsType<Opening<Reasons>.Opened>(await room.Keeper.Reasons(For(who ?? Lead), unit)) is var opened ? opened.Record.Open(opened.Clearance).Given : [];

    [Fact]
    public async Task Reason_GivenWithAnyAct_IsReadAsContent_AndStandsInNoFile()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("a record");
        Assert.IsType<Outcome.Done>(await Do(room, Lead, AuditAction.RoleChanged, unit, Words, new Assign(unit, OtherAdviser.Id)));
        Assert.IsType<Outcome.Done>(await Do(room, Adviser, AuditAction.Saved, unit, "with a save", Put((await room.Keeper.Envelope(unit))!, "again", 1)));
        Assert.IsType<Outcome.Done>(await Do(room, Manager, AuditAction.BreakGlass, unit, "in an emergency"));
        var made = room.Envelope();
        Assert.IsType<Outcome.Done>(await Do(room, Adviser, AuditAction.Created, made.Id, "with its making", Put(made, "new"), Put(room.Envelope(), "beside")));
        await room.Restart();
        Assert.Equal([(Lead.Id, AuditAction.RoleChanged, Words), (Adviser.Id, AuditAction.Saved, "with a save"), (Manager.Id, AuditAction.BreakGlass, "in an emergency")],
            (await Read(room, unit)).Select(given => (given.Who, given.Action, given.Text)));
        Assert.Equal("with its making", Assert.Single(await Read(room, made.Id)).Text);
        // One entry for each act of one change, the openings of the two reads, and nothing twice.
        Assert.Equal([AuditAction.Created, AuditAction.RoleChanged, AuditAction.Saved, AuditAction.BreakGlass, AuditAction.Created, AuditAction.Created, AuditAction.Opened, AuditAction.Opened],
            Log.Of(room).Select(entry => entry.Action));
        Assert.Empty(Disk.Holding(room.Folder, "Wheatear"u8.ToArray()));
        Assert.IsType<Opening<Reasons>.Refused>(await room.Keeper.Reasons(For(Manager), unit));
        Assert.True((await room.Verify()).IsSound, string.Join('\n', (await room.Verify()).Faults));
    }

    [Fact]
    public async Task Reason_OfAnActThatFails_OrAboutWhatMayNotBeOpened_IsNotKept()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("a record");
        var envelope = (await room.Keeper.Envelope(unit))!;
        Assert.IsType<Outcome.Refused>(await Do(room, Adviser, AuditAction.RoleChanged, unit, Words, new Assign(unit, OtherAdviser.Id)));
        Assert.IsType<Outcome.Conflict>(await Do(room, Adviser, AuditAction.Saved, unit, Words, Put(envelope, "late", 7)));
        Assert.IsType<Outcome.Refused>(await Do(room, Manager, AuditAction.Saved, unit, Words));
        Assert.IsType<Outcome.Gone>(await Do(room, Adviser, AuditAction.Saved, UnitId.Create(room.Clock), Words));
        await Assert.ThrowsAsync<ArgumentException>(() => Do(room, Lead, AuditAction.HoldPlaced, unit, "turned \u202E round"));
        Assert.Empty(await Read(room, unit));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Reason_OfADestroyedUnit_GoesWithItsKey()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("a record");
        var other = await room.Save("another");
        await Do(room, Lead, AuditAction.HoldPlaced, unit, Words);
        await Do(room, Lead, AuditAction.HoldPlaced, other, "stays");
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        Assert.IsType<Opening<Reasons>.Erased>(await room.Keeper.Reasons(For(Lead), unit));
        Assert.Equal(0L, Disk.Ask(room, "records.db", "SELECT count(*) FROM reason WHERE unit=$id", unit));
        Assert.Equal("stays", Assert.Single(await Read(room, other)).Text);
        Assert.True((await room.Verify()).IsSound);
    }

    [Theory]
    [InlineData("UPDATE reason SET sealed=substr(sealed,1,40)||zeroblob(length(sealed)-40) WHERE seq=2", "at entry 2 is not the one")]
    [InlineData("UPDATE reason SET sealed=(SELECT sealed FROM reason WHERE seq=3) WHERE seq=2", "at entry 2 is not the one")]
    [InlineData("UPDATE reason SET seq=9 WHERE seq=2", "at entry 9 is not the one")]
    [InlineData("DELETE FROM reason WHERE seq=2", "at entry 2 is missing")]
    public async Task Reason_ChangedMovedOrLost_IsNamed(string sql, string named)
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("a record");
        await Do(room, Lead, AuditAction.HoldPlaced, unit, "first");
        await Do(room, Lead, AuditAction.HoldLifted, unit, "second");
        Disk.Run(room, "records.db", sql);
        Assert.Contains((await room.Verify()).Faults, fault => fault.StartsWith($"records.db, table reason: the reason of unit {unit} {named}", StringComparison.Ordinal));
        if (sql.StartsWith("UPDATE reason SET sealed", StringComparison.Ordinal))
            Assert.Equal(Keeper.Broken, Assert.IsType<Opening<Reasons>.Damaged>(await room.Keeper.Reasons(For(Lead), unit)).What);
    }
}
