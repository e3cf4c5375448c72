using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Retention;
using Wdfis.Portal;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;
using Outcome = Wdfis.Portal.Strongroom.Outcome;

namespace Wdfis.Tests.Strongroom;

public class AuditYearTests
{
    private static readonly KeepUntil Over = new(new DateOnly(2026, 12, 31), RetentionCodes.Audit, "audit years are kept until they close");

    private static AuditYears Years(StrongroomFixture room) => room.Services.GetRequiredService<AuditYears>();

    /// <summary>Two years of work, with records, openings and a reason of the first that stay; in the third.</summary>
    private static async Task<(StrongroomFixture Room, UnitId Kept, UnitId Changed)> Worked(bool close = true, bool agree = true)
    {
        var room = await StrongroomFixture.Start();
        var kept = await room.Save("of the first year");
        var changed = await room.Save("of both");
        var gone = await room.Save("destroyed since");
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(For(Lead), AuditAction.RoleChanged, [new Assign(kept, OtherAdviser.Id)]) { Reason = new Reason(kept, "Canary Wheatear") }));
        for (var i = 0; i < 20; i++)
            await room.Keeper.Note(For(Adviser), AuditAction.Found, [kept]);
        room.Clock.Set(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        if (close)
            await Years(room).Close();
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put((await room.Keeper.Envelope(changed))!, "again", 1)));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(gone, "dropped")));
        await room.Keeper.Note(For(Adviser), AuditAction.Found, [kept]);
        room.Services.GetRequiredService<Heads>().SignHead();
        room.Clock.Set(new DateTimeOffset(2028, 1, 3, 9, 0, 0, TimeSpan.Zero));
        if (agree)
            await Agreed(room);
        return (room, kept, changed);
    }

    /// <summary>The lead asks, the officer agrees.</summary>
    private static async Task Agreed(StrongroomFixture room, int year = 2026)
    {
        Assert.Null(await Years(room).Ask(For(Lead), year, Over));
        Assert.Null(await Years(room).Agree(For(Officer), year, Over));
    }

    private static async Task Refused(StrongroomFixture room, string why, int year = 2026, KeepUntil? keep = null)
    {
        var before = Log.Of(room).Count;
        Assert.Contains(why, (await Assert.ThrowsAsync<StartRefused>(() => Years(room).Drop(year, keep ?? Over))).Message, StringComparison.Ordinal);
        Assert.Equal(before, Log.Of(room).Count);
    }

    [Fact]
    public async Task Year_Closed_HasAHeadAtItsLastEntryInLondon_OnceOnly()
    {
        await using var room = await StrongroomFixture.Start();
        room.Clock.Set(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero));
        await room.Save("last of the year");
        await Years(room).Close();
        room.Clock.Set(new DateTimeOffset(2027, 1, 1, 0, 0, 1, TimeSpan.Zero));
        await room.Save("first of the next");
        await Years(room).Close();
        var closing = Log.Of(room)[^1];
        Assert.Equal(AuditAction.SegmentClosed, closing.Action);
        var end = Log.Of(room).Last(entry => entry.At.Year == 2026);
        Assert.Contains(room.Services.GetRequiredService<Heads>().Read().Sent, head => head.Sequence == end.Sequence && head.Hash.AsSpan().SequenceEqual(closing.ContentHash));
        await room.Restart();
        await Years(room).Close();
        Assert.Equal(1, Log.Of(room).Count(entry => entry.Action == AuditAction.SegmentClosed));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Year_Dropped_LeavesASignedLink_AndEverythingElseVerifies_AlsoFromABackup()
    {
        var (room, kept, changed) = await Worked();
        await using var _ = room;
        var of2026 = Log.Of(room).Where(entry => entry.At.Year == 2026).ToList();
        Assert.Equal(of2026.Count, await Years(room).Drop(2026, Over));
        var left = Log.Of(room);
        Assert.DoesNotContain(left, entry => entry.At.Year == 2026);
        Assert.Equal((1L, of2026[^1].Sequence, of2026.Count), (left[^1].Link!.From.Sequence, left[^1].Link!.To.Sequence, left[^1].Link!.Count));
        // The one that nobody saved since says again what it was; no other does.
        Assert.Equal([kept], left.Where(entry => entry.Action == AuditAction.SegmentCarried).SelectMany(entry => entry.Units));
        var report = await room.Verify();
        Assert.Empty(report.Faults);
        Assert.True(report.HeadsCompared >= 2);
        Assert.Equal(("of the first year", "again"), (await room.Read(kept), await room.Read(changed)));
        Assert.Empty(Assert.IsType<Opening<Reasons>.Opened>(await room.Keeper.Reasons(For(Lead), kept)) is var reasons ? reasons.Record.Open(reasons.Clearance).Given : default);
        try
        {
            Assert.Empty((await room.Services.GetRequiredService<Backups>().Take()).Report.Faults);
        }
        finally
        {
            Directory.Delete(room.Folder + "-backups", recursive: true);
        }
        await room.Restart();
        await room.Save("work goes on");
        // What was rolled back to its value of the dropped year is still found.
        Disk.Run(room, "records.db", "UPDATE content SET sealed=(SELECT sealed FROM content WHERE unit<>$id LIMIT 1) WHERE unit=$id", kept);
        Assert.NotEmpty((await room.Verify()).Faults);

        // A year later the next one goes too.
        await using var later = (await Worked()).Room;
        await Years(later).Drop(2026, Over);
        await Years(later).Close();
        await Agreed(later, 2027);
        await Years(later).Drop(2027, Over);
        Assert.Empty((await later.Verify()).Faults);
        Assert.Equal(2028, Log.Of(later)[0].At.Year);
        await Refused(later, "Nothing of 2027 or before is in the audit", 2027);
        Assert.Contains("Nothing of 2027", await Years(later).Ask(For(Lead), 2027, Over), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Year_IsDroppedOnlyWhenOneAskedAndAnotherAgreed_ToExactlyThat()
    {
        var (room, _, _) = await Worked(agree: false);
        await using var __ = room;
        var kept = Over with { On = new DateOnly(2028, 1, 3) };
        Assert.Contains("is kept until 3 January 2028", await Years(room).Ask(For(Lead), 2026, kept), StringComparison.Ordinal);
        Assert.Contains("Nobody asked", await Years(room).Agree(For(Officer), 2026, Over), StringComparison.Ordinal);
        await Refused(room, "Nobody asked for 2026 to be dropped");
        Assert.Null(await Years(room).Ask(For(Lead), 2026, Over));
        var asked = Log.Of(room)[^1];
        Assert.Equal((AuditAction.SegmentAsked, Lead.Id), (asked.Action, asked.Who));
        Assert.Equal(Log.Of(room).Last(entry => entry.At.Year == 2026).Sequence, room.Services.GetRequiredService<Heads>().Read().Sent.Single(head => head.Hash.AsSpan().SequenceEqual(asked.ContentHash)).Sequence);
        // Whoever asked does not agree, also not over a restart, and not by asking twice.
        Assert.Contains("You asked for it yourself", await Years(room).Agree(For(Lead), 2026, Over), StringComparison.Ordinal);
        Assert.Contains("asked for it already", await Years(room).Ask(For(Officer), 2026, Over), StringComparison.Ordinal);
        await room.Restart();
        Assert.Contains("You asked for it yourself", await Years(room).Agree(For(Lead), 2026, Over), StringComparison.Ordinal);
        await Refused(room, "nobody else agreed");
        Assert.Contains("is kept until", await Years(room).Agree(For(Officer), 2026, kept), StringComparison.Ordinal);
        Assert.Null(await Years(room).Agree(For(Officer), 2026, Over));
        Assert.Contains("agreed to it already", await Years(room).Agree(For(Officer), 2026, Over), StringComparison.Ordinal);
        // What was agreed to is that year, and no later one.
        await Years(room).Close();
        await Refused(room, "Nobody asked for 2027", 2027);
        await Years(room).Drop(2026, Over);
        Assert.Empty((await room.Verify()).Faults);
        Assert.Equal([AuditAction.SegmentAsked, AuditAction.SegmentAgreed], Log.Of(room).Select(entry => entry.Action).Where(action => action is AuditAction.SegmentAsked or AuditAction.SegmentAgreed));
    }

    [Fact]
    public async Task Restore_OfABackupFromBeforeTheDrop_BringsTheYearBackSound_FromAfterIt_DoesNot()
    {
        var (room, kept, changed) = await Worked();
        await using var _ = room;
        try
        {
            await BackupPlace.Take(room);
            await Years(room).Drop(2026, Over);
            await room.Save("after the drop");
            await BackupPlace.Restored(room, new RestoreAsked { Replace = true, Records = Oldest(room) });
            await room.Start();
            Assert.Empty((await room.Verify()).Faults);
            Assert.Equal(2026, Log.Of(room)[0].At.Year);
            Assert.Equal(("of the first year", "again"), (await room.Read(kept), await room.Read(changed)));

            // What the two agreed to is in the backup, and about exactly this year.
            await Years(room).Drop(2026, Over);
            await BackupPlace.Take(room);
            await room.Save("lost again");
            await BackupPlace.Restored(room, new RestoreAsked { Replace = true });
            await room.Start();
            Assert.Empty((await room.Verify()).Faults);
            Assert.Equal(2027, Log.Of(room)[0].At.Year);
            Assert.Equal(("of the first year", "again"), (await room.Read(kept), await room.Read(changed)));
        }
        finally
        {
            Directory.Delete(room.Folder + "-backups", recursive: true);
        }

        static string Oldest(StrongroomFixture room) => room.Services.GetRequiredService<Backups>().Kept(Wdfis.Domain.Sealing.BackupPart.Records)[^1].Path;
    }

    [Fact]
    public async Task Year_Dropped_AndTheRestTamperedWithAnywhere_IsFound()
    {
        var (room, _, _) = await Worked();
        await using var __ = room;
        Disk.Run(room, "records.db", "CREATE TABLE before AS SELECT * FROM audit");
        await Years(room).Drop(2026, Over);
        Disk.Run(room, "records.db", "CREATE TABLE kept AS SELECT * FROM audit");
        Assert.True((await room.Verify()).IsSound);
        var sequences = Log.Of(room).Select(entry => entry.Sequence).ToArray();
        var damages = (from at in Gen.Elements(sequences)
                       from kind in Gen.Elements(
            "DELETE FROM audit WHERE seq={0}",
            "DELETE FROM audit WHERE seq>={0}",
            "DELETE FROM audit WHERE seq<={0}",
            "UPDATE audit SET bytes=(SELECT bytes FROM kept WHERE seq<>{0} ORDER BY random() LIMIT 1) WHERE seq={0}",
            "UPDATE audit SET hash=randomblob(32) WHERE seq={0}",
            "UPDATE audit SET bytes=substr(bytes,1,60)||x'ff'||substr(bytes,62) WHERE seq={0} AND length(bytes)>61 OR seq={0} AND (SELECT 0 FROM audit WHERE length(bytes)>61 AND seq={0}) IS NULL",
            "INSERT INTO audit SELECT * FROM before WHERE seq<(SELECT min(seq) FROM kept) AND seq>1 ORDER BY seq DESC LIMIT 1+{0}%5",
            "INSERT INTO audit SELECT 1, bytes, hash FROM kept WHERE seq={0}")
                       select string.Format(System.Globalization.CultureInfo.InvariantCulture, kind, at)).ToArbitrary();
        Prop.ForAll(damages, sql =>
        {
            Disk.Run(room, "records.db", sql);
            var found = !room.Verify().GetAwaiter().GetResult().IsSound;
            Disk.Run(room, "records.db", "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
            return found;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
        // Another year taken out in the same way by somebody without the key: the entry that says so is not signed for it.
        var link = Log.Of(room)[^1];
        Disk.Run(room, "records.db", $"DELETE FROM audit WHERE seq<{link.Sequence}");
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("Entries are missing from 1 on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Year_ThatIsHeld_NotOver_StillKept_OrWithoutAHeadAtItsEnd_IsNotDropped()
    {
        var (room, kept, changed) = await Worked(close: false);
        await using var _ = room;
        await Refused(room, "No signed head in heads.txt closes 2026");
        await Years(room).Close();
        await Refused(room, "is not over", 2028);
        await Refused(room, "is kept until 31 December 2056", keep: Shipped.Schedule.KeepUntil(RetentionCodes.Audit, new RetentionFacts { OpenedOn = new DateOnly(2026, 1, 1), ClosedOn = new DateOnly(2026, 12, 31) }));
        foreach (var (unit, keepClass) in ((UnitId?, string?)[])[(kept, null), (changed, null), (null, RetentionCodes.Audit), (null, "fis-enquiry")])
        {
            var hold = await room.Hold(unit, keepClass);
            await Refused(room, "A hold");
            Assert.IsType<Outcome.Done>(await room.Do(Lead, AuditAction.HoldLifted, new Release(hold)));
        }
        Disk.Run(room, "records.db", "UPDATE audit SET hash=randomblob(32) WHERE seq=4");
        await Refused(room, "Something does not verify");
    }

    [Fact]
    public async Task Head_FollowsAtOnce_WhateverLeavesOrIsDisposedOf()
    {
        await using var room = await StrongroomFixture.Start();
        var heads = room.Services.GetRequiredService<Heads>();
        using var after = new HeadAfter(room.Lane, heads, NullLogger<HeadAfter>.Instance);
        var sent = new SemaphoreSlim(0);
        after.Sent = () => sent.Release();
        await after.StartAsync(default);
        foreach (var action in (AuditAction[])[AuditAction.Disclosed, AuditAction.GroundReliedOn, AuditAction.Exported, AuditAction.RightsAnswered, AuditAction.Disposed])
        {
            await room.Keeper.Note(For(Adviser), AuditAction.Found, []);
            Assert.NotEqual(Log.Of(room)[^1].Sequence, heads.Last()?.Head.Sequence);
            await room.Keeper.Note(For(Adviser), action, []);
            Assert.True(await sent.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(Log.Of(room)[^1].Sequence, heads.Last()!.Value.Head.Sequence);
        }
        // A second place that is away stops nobody, and is tried again with the next.
        File.Move(Path.Combine(room.Folder, "heads.txt"), Path.Combine(room.Folder, "away.txt"));
        Directory.CreateDirectory(Path.Combine(room.Folder, "heads.txt"));
        await room.Keeper.Note(For(Adviser), AuditAction.Disclosed, []);
        Assert.True(await sent.WaitAsync(TimeSpan.FromSeconds(30)));
        Directory.Delete(Path.Combine(room.Folder, "heads.txt"));
        File.Move(Path.Combine(room.Folder, "away.txt"), Path.Combine(room.Folder, "heads.txt"));
        await room.Keeper.Note(For(Adviser), AuditAction.Disclosed, []);
        Assert.True(await sent.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(Log.Of(room)[^1].Sequence, heads.Last()!.Value.Head.Sequence);
        // Nor does trouble of any other kind end it.
        Disk.Run(room, "records.db", "ALTER TABLE audit RENAME TO away");
        room.Lane.HeadDue!();
        Assert.True(await sent.WaitAsync(TimeSpan.FromSeconds(30)));
        Disk.Run(room, "records.db", "ALTER TABLE away RENAME TO audit");
        await room.Keeper.Note(For(Adviser), AuditAction.Disclosed, []);
        Assert.True(await sent.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(Log.Of(room)[^1].Sequence, heads.Last()!.Value.Head.Sequence);
        await after.StopAsync(default);
    }

    [Fact]
    public async Task Head_IsDueAtOnce_AfterARealReleaseUnderAnExemption_AndADestruction_NotAfterADraftThatIsDropped()
    {
        await using var scene = await DisclosureRoom.Start();
        var (room, due) = (scene.Room.Room, 0);
        // On the lane, before the act returns.
        room.Lane.HeadDue = () => due++;
        await scene.Sent(scene.Form(ground: new Ground.UnderExemption(scene.Urgent())) with { Text = "She said she is afraid to go home." });
        Assert.Equal((1, true), (due, Log.Of(room).Any(entry => entry.Action == AuditAction.GroundReliedOn)));
        var (kept, draft) = (await room.Save("to be erased"), await room.Save("half typed", envelope => envelope with { Kind = UnitKind.Draft }));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(draft, "dropped")));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put((await room.Keeper.Envelope(kept))!, "again", 1)));
        Assert.Equal(1, due);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(kept, "erasure-granted")));
        Assert.Equal(2, due);
    }
}
