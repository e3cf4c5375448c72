using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Operations;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>The schedule changes by the officer's hand and a second person's, and every record follows it (D5).</summary>
public class ScheduleTests
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise);
    private static readonly (string, string)[] Longer = [("fis-enquiry.period", "3 years"), ("pp-case.period", "26 years"), ("permission.trigger", "Opening"), ("valid-from", "2026-03-09"), ("why", "the council confirmed it")];

    [Fact]
    public async Task Schedule_IsChangedByTheOfficerAlone_AndAgreedToByAnother()
    {
        await using var room = await RetentionRoom.Start();
        var desk = room.Families.Get<ScheduleDesk>();
        var shelf = room.Families.Get<ScheduleShelf>();

        // Problems stand beside their lines; nothing is stored but what was configured.
        var wrong = await desk.Save(RetentionRoom.Officer, null, await Type(room, ("fis-enquiry.period", "2 fortnights"), ("audit.period", "5 years"), ("pp-case.source", " "), ("valid-from", "2026-03-08")));
        Assert.Equal(["audit", "fis-enquiry", "pp-case", "schedule.valid-from", "schedule.why"], wrong.Problems.Select(problem => problem.Field).Order());
        Assert.Equal("Nothing is changed. Change at least one line.", Assert.Single((await desk.Save(RetentionRoom.Officer, null, await Type(room, ("valid-from", "2026-03-09"), ("why", "none")))).Problems).Sentence);
        Assert.Equal([1], shelf.Versions.Select(version => version.Number));

        var second = (await desk.Save(RetentionRoom.Officer, null, await Type(room, Longer))).OrThrow();
        Assert.Equal(["fis-enquiry", "permission", "pp-case"], second.Changed.Select(line => line.Code).Order(StringComparer.Ordinal));
        Assert.Contains("not finished", Assert.Single((await desk.Save(RetentionRoom.Officer, null, await Type(room, Longer))).Problems).Sentence);
        Assert.NotEmpty(await desk.Decide(RetentionRoom.Lead, second.Id, await Note(room, RetentionRoom.Lead, "too early"), agrees: true));
        Assert.Empty(await desk.Propose(RetentionRoom.Officer, second.Id));
        Assert.Contains("somebody else", Assert.Single(await desk.Decide(RetentionRoom.Officer, second.Id, await Note(room, RetentionRoom.Officer, "mine"), agrees: true)).Sentence);
        Assert.Equal("schedule.note", Assert.Single(await desk.Decide(RetentionRoom.Lead, second.Id, default, agrees: true)).Field);
        // Sent back it is a draft again, and whoever agrees agrees to what stands then.
        Assert.Empty(await desk.Decide(RetentionRoom.Lead, second.Id, await Note(room, RetentionRoom.Lead, "twenty-six is too long"), agrees: false));
        Assert.True((await desk.Save(RetentionRoom.Officer, second.Id, await Type(room, ("pp-case.period", "25 years")))).Accepted);
        Assert.Empty(await desk.Propose(RetentionRoom.Officer, second.Id));
        Assert.Empty(await desk.Decide(RetentionRoom.Lead, second.Id, await Note(room, RetentionRoom.Lead, "as decided"), agrees: true));
        Assert.Equal(["fis-enquiry", "permission"], shelf.Find(second.Id)!.Value.Version.Changed.Select(line => line.Code).Order(StringComparer.Ordinal));
        Assert.NotEmpty((await desk.Save(RetentionRoom.Officer, second.Id, await Type(room, Longer))).Problems);
        Assert.NotEmpty(await desk.Drop(RetentionRoom.Officer, second.Id));

        // It counts from its day; the old one stays readable; a restart finds both, whatever the file says now.
        Assert.Equal(2, shelf.Current.Version);
        Assert.Equal(RetentionPeriod.Years(2), shelf.Versions[0].Classes.First(line => line.Code == "fis-enquiry").Period);
        await room.Room.Restart();
        Assert.Equal((2, RetentionPeriod.Years(3)), (room.Families.Get<ScheduleShelf>().Current.Version, room.Families.Get<ScheduleShelf>().Current.Find("fis-enquiry")!.Period));
        Assert.Equal(25, room.Families.Get<ScheduleShelf>().Current.Find("pp-case")!.Period.Count);
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Version_CountsFromItsDayInLondon_AndOnceApplied_WhateverTheClockSays()
    {
        await using var room = await RetentionRoom.Start();
        var shelf = room.Families.Get<ScheduleShelf>();
        // The night in which summer time begins: London's 29 March begins at midnight UTC, its 30 March at 23:00 UTC.
        var second = await Agreed(room, [("fis-enquiry.period", "3 years"), ("valid-from", "2026-03-30"), ("why", "later")]);
        int At(string instant)
        {
            room.Room.Clock.Set(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
            return shelf.Current.Version;
        }
        Assert.Equal((1, 2, 1), (At("2026-03-29T22:59Z"), At("2026-03-29T23:00Z"), At("2026-03-29T22:59Z")));
        Assert.False(Job(room).Due(room.Room.Clock.GetUtcNow(), room.Room.Clock.GetUtcNow()));
        At("2026-03-29T23:00Z");
        Assert.True(Job(room).Due(room.Room.Clock.GetUtcNow(), room.Room.Clock.GetUtcNow()));
        await Job(room).Run(default);
        Assert.Equal(ScheduleEvent.Applied, shelf.Find(second)!.Value.Version.State);
        Assert.Equal(2, At("2026-03-28T12:00Z"));
    }

    [Fact]
    public async Task Application_ComesToWhatTheRecordsThemselvesGive_InBatchesWithOneEntryEach_AndAsThePreviewSaid()
    {
        await using var room = await Seeded(150);
        var held = room.Columns.Page(new RecordQuery { Filter = new() { Class = "permission" }, Descending = true }, room.Room.Today, _ => "", _ => "").Rows[0].Unit;
        await room.Room.Hold(held);
        var before = Envelopes(room);
        // Under the schedule that is in force nothing moves: every path that saved these came to the same.
        Assert.Empty(room.Columns.Under(room.Families.Get<ScheduleShelf>().Current, room.Room.Today).Moved);
        var second = await Agreed(room, Longer);
        var effects = room.Families.Get<ScheduleDesk>().Preview(StrongroomFixture.For(StrongroomFixture.Officer), room.Families.Get<ScheduleShelf>().Find(second)!.Value.Version)!.Value;
        var entries = room.Entries().Count(entry => entry.Action == AuditAction.Opened);
        await Job(room, 100).Run(default);

        var after = Envelopes(room);
        var moved = after.Values.Where(envelope => envelope.KeepUntil != before[envelope.Id].KeepUntil).ToArray();
        // Another room whose schedule was so from the beginning worked the same families out from their records.
        var settings = Shipped.Settings(("Retention:Classes:fis-enquiry:Period", "3 years"), ("Retention:Classes:pp-case:Period", "26 years"), ("Retention:Classes:permission:Trigger", "Opening"));
        await using var whole = await FamilyRoom.Start(settings: settings);
        await whole.Get<Seeding>().Run(150, 7);
        foreach (var envelope in whole.Keeper.EveryEnvelope())
        {
            var worked = after[envelope.Id].KeepUntil;
            if (envelope.Id == held)
                Assert.Equal(before[held].KeepUntil.On, worked.On);
            else if (envelope.Family != after[held].Family || envelope.Kind != UnitKind.Family)
                Assert.Equal((envelope.KeepUntil.On, envelope.KeepUntil.Because, envelope.KeepUntil.ReviewBy, envelope.KeepUntil.Facts), (worked.On, worked.Because, worked.ReviewBy, worked.Facts));
        }
        Assert.All(after.Values.Where(envelope => envelope.Kind == UnitKind.Enquiry && envelope.KeepUntil is { ClassCode: "fis-enquiry", On: not null }), envelope => Assert.EndsWith("(schedule version 2).", envelope.KeepUntil.Sentence));
        foreach (var effect in effects)
        {
            var those = after.Values.Where(envelope => envelope.KeepUntil.ClassCode == effect.Class).Select(envelope => (Was: before[envelope.Id], Now: envelope)).ToArray();
            Assert.Equal((those.Count(e => e.Was.KeepUntil.IsLaterThan(e.Now.KeepUntil)), those.Count(e => e.Now.KeepUntil.IsLaterThan(e.Was.KeepUntil))), (effect.Earlier, effect.Later));
            Assert.Equal(those.Count(e => !e.Now.OnHold && !e.Now.KeepUntil.ReviewBy && e.Now.KeepUntil.On < room.Room.Today && !(e.Was.KeepUntil.On < room.Room.Today)), effect.AtOnce);
        }
        Assert.Equal(1, effects.Sum(effect => effect.Held));
        var batches = room.Entries().Where(entry => entry.Action == AuditAction.Recounted).ToArray();
        Assert.InRange(batches.Length, moved.Length / 100, moved.Length / 100 + 2);
        Assert.All(batches, entry => Assert.Equal(second, Assert.Single(entry.Units)));
        Assert.Equal(entries, room.Entries().Count(entry => entry.Action == AuditAction.Opened));
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Application_KilledInTheMiddle_GoesOnWithWhatIsLeft_AndDoesNothingTwice()
    {
        var folder = Directory.CreateTempSubdirectory("wdfis-schedule-").FullName;
        try
        {
            UnitId second;
            int all;
            await using (var room = await Seeded(80, folder))
            {
                second = await Agreed(room, Longer);
                all = room.Columns.Under(room.Families.Get<ScheduleShelf>().Current, room.Room.Today).Moved.Count;
            }
            Assert.True(all > 60);
            foreach (var batches in new[] { 1, 2, 3 })
                await KillAfter(folder, batches);
            await using var after = await RetentionRoom.Start(folder: folder);
            var shelf = after.Families.Get<ScheduleShelf>();
            var left = after.Columns.Under(shelf.Current, after.Room.Today).Moved.Count;
            Assert.InRange(left, 1, all - 60);
            Assert.Equal((ScheduleEvent.Begun, (int?)all), (shelf.Find(second)!.Value.Version.State, shelf.Find(second)!.Value.Version.Steps[^1].Records));
            Assert.Equal((all - left, all), after.Families.Get<ScheduleDesk>().Progress(StrongroomFixture.For(StrongroomFixture.Officer), shelf.Find(second)!.Value.Version));
            // It goes on at once, not an hour after it was killed.
            Assert.True(Job(after).GoesOn);
            Assert.Equal($"{left:N0} records worked out anew by version 2", await Job(after).Run(default));
            Assert.Equal(ScheduleEvent.Applied, shelf.Find(second)!.Value.Version.State);
            // Each once: a save has the version after the one that it found.
            Assert.All(Envelopes(after).Values.Where(envelope => envelope.Kind == UnitKind.Enquiry), envelope => Assert.InRange(envelope.Version, 1, 2));
            Assert.True((await after.Room.Verify()).IsSound);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task WhateverMovesADate_MovesItAtOnce()
    {
        await using var room = await RetentionRoom.Start();
        var families = room.Families.Get<FamilyDesk>();
        var enquiries = room.Families.Get<EnquiryDesk>();
        var magda = room.Families.Carer("Magda", "Testowska");
        var zofia = room.Families.Child("Zofia", new DateOnly(2018, 5, 10));
        var family = await room.Families.Save(room.Families.Card([magda], [zofia]));
        async Task<KeepUntil> Kept(UnitId unit) => (await room.Room.Keeper.Envelope(unit))!.KeepUntil;
        // Whatever was done, nothing is left for the daily round to move.
        void NothingWaits() => Assert.Empty(room.Columns.Under(room.Families.Get<ScheduleShelf>().Current, room.Room.Today).Moved);

        // A case, open, keeps its family's card open; closing dates both, reopening undoes it.
        var call = await Type(room, "live-enquiry", Adviser, ("service", "parent-partnership"), ("family", family.ToString()), ("caller", magda.Id.ToString()), ("confirmed", "known-voice"), ("topic", "ehc-plan"), ("level", "2"));
        var id = Assert.IsType<SaveAnswer.Saved>(await enquiries.Save(Adviser, call, close: false)).Enquiry;
        Assert.Null((await Kept(id)).On);
        Assert.Null((await Kept(family)).On);
        NothingWaits();
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Close(Adviser, id, "ehc-plan", "information-given"));
        Assert.Equal(new DateOnly(2043, 8, 31), (await Kept(id)).On);
        Assert.Equal(new DateOnly(2043, 8, 31), (await Kept(family)).On);
        NothingWaits();
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Reopen(Adviser, id, "they called again"));
        Assert.Null((await Kept(id)).On);
        Assert.Null((await Kept(family)).On);
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Close(Adviser, id, "ehc-plan", "information-given"));

        // A corrected birth date moves the case that nobody opened, and the card with it; neither holds the date itself.
        var card = await room.Room.Keeper.Envelope(family);
        var corrected = await families.Change(Adviser, family, card!.Version, now => now.CorrectChild(zofia with { Birth = new Birth.OnDate(new DateOnly(2020, 9, 2)) }, room.Room.Today));
        Assert.IsType<FamilyAnswer.Done>(corrected);
        Assert.Equal((new DateOnly(2046, 8, 31), new DateOnly(2021, 8, 31)), ((await Kept(id)).On!.Value, (await Kept(id)).Facts!.YoungestBorn!.Value));
        Assert.Equal(new DateOnly(2046, 8, 31), (await Kept(family)).On);
        NothingWaits();

        // Contact moves the card's own date, and pauses disposal.
        var lone = await room.Families.Save(room.Families.Card([room.Families.Carer("Ola", "Testowska")], []));
        room.Room.Clock.Advance(TimeSpan.FromDays(100));
        Assert.IsType<FamilyAnswer.Done>(await families.Touch(Adviser, lone));
        Assert.Equal(room.Room.Today.AddYears(2), (await Kept(lone)).On);
        var pause = room.Families.Get<ContactPause>();
        var touched = (await room.Room.Keeper.Envelope(lone))!;
        Assert.Equal((true, false), (pause.Binds(touched, touched, room.Room.Today.AddDays(41)), pause.Binds(touched, touched, room.Room.Today.AddDays(42))));
        NothingWaits();

        // A lead's decision binds what comes later: a save, another schedule.
        var until = new DateOnly(2050, 1, 1);
        var stands = (await room.Room.Keeper.Envelope(id))!;
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, new Mark(id, stands.Version, e => e with { KeepUntil = e.KeepUntil.DecidedUntil(until) })));
        await Agreed(room, [("pp-case.period", "10 years"), ("valid-from", "2026-06-17"), ("why", "shorter")]);
        await Job(room).Run(default);
        Assert.Equal((until, until), ((await Kept(id)).On!.Value, (await Kept(id)).NotBefore!.Value));
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Reopen(Adviser, id, "again"));
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Close(Adviser, id, "ehc-plan", "information-given"));
        Assert.Equal(until, (await Kept(id)).On);
    }

    /// <summary>What the kill kills: the job, in small batches that are said aloud.</summary>
    internal static async Task<int> Child(string folder)
    {
        await using var room = await RetentionRoom.Start(folder: folder);
        // Goes on when it is told to, so that a slow parent kills it in the middle all the same.
        var job = Job(room, 10, () =>
        {
            Console.Out.WriteLine("batch");
            Console.Out.Flush();
            Console.In.ReadLine();
        });
        await job.Run(default);
        return 0;
    }

    private static async Task KillAfter(string folder, int batches)
    {
        using var child = new Process { StartInfo = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, ArgumentList = { typeof(ScheduleTests).Assembly.Location, "schedule-child", folder } } };
        child.Start();
        for (var seen = 0; seen < batches;)
        {
            var line = await child.StandardOutput.ReadLineAsync();
            Assert.NotNull(line);
            if (line != "batch")
                continue;
            seen++;
            await child.StandardInput.WriteLineAsync("on");
        }
        // Somewhere in the next batch, which is done wholly or not at all.
        child.Kill();
        await child.WaitForExitAsync();
    }

    private static ApplySchedule Job(RetentionRoom room, int batch = 5_000, Action? done = null) =>
        new(room.Room.Keeper, room.Families.Get<ScheduleDesk>(), room.Families.Get<ScheduleShelf>(), room.Columns, room.Room.Clock) { Batch = batch, Done = done };

    private static async Task<RetentionRoom> Seeded(int families, string? folder = null)
    {
        var room = await RetentionRoom.Start(filled: false, folder: folder);
        await room.Families.Get<Seeding>().Run(families, 7);
        room.Fill();
        return room;
    }

    private static Dictionary<UnitId, Envelope> Envelopes(RetentionRoom room) =>
        room.Room.Keeper.EveryEnvelope().Where(envelope => envelope.Kind is not (UnitKind.Schedule or UnitKind.Draft)).ToDictionary(envelope => envelope.Id, envelope => (room.Room.Keeper.Envelope(envelope.Id).Result)!);

    private static async Task<UnitId> Agreed(RetentionRoom room, (string, string)[] typed)
    {
        var desk = room.Families.Get<ScheduleDesk>();
        var made = (await desk.Save(RetentionRoom.Officer, null, await Type(room, typed))).OrThrow();
        Assert.Empty(await desk.Propose(RetentionRoom.Officer, made.Id));
        Assert.Empty(await desk.Decide(RetentionRoom.Lead, made.Id, await Note(room, RetentionRoom.Lead, "as decided"), agrees: true));
        return made.Id;
    }

    private static Task<UnitId> Note(RetentionRoom room, Errand who, string text) => Type(room, ScheduleDesk.NoteForm, who, (ScheduleDesk.NoteField, text));

    private static Task<UnitId> Type(RetentionRoom room, params (string, string)[] fields) => Type(room, ScheduleDesk.Form, RetentionRoom.Officer, fields);

    private static async Task<UnitId> Type(RetentionRoom room, string form, Errand who, params (string Field, string Value)[] fields)
    {
        room.Room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var draft = UnitId.Create(room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await room.Families.Get<DraftDesk>().Keep(who, draft, form, fields.ToDictionary(field => field.Field, field => field.Value)));
        return draft;
    }
}
