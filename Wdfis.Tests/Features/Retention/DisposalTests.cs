using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>Review by one, agreement by another, cooling off, destruction, certificate (D5), on real files.</summary>
public class DisposalTests
{
    [Fact]
    public async Task Class_ThatIsPassedOn_IsNotDestroyedBeforeSomethingOfItWent()
    {
        await using var room = await DisposalRoom.Start();
        var (shelf, desk) = (room.Families.Get<ScheduleShelf>(), room.Families.Get<ScheduleDesk>());
        await desk.Begin(room.Room.Clock.GetUtcNow(), default);
        var now = Wdfis.Domain.Confidentiality.Stamp.Now(StrongroomFixture.Officer.Id, room.Room.Clock);
        var passing = ScheduleVersion.Draft(UnitId.Create(room.Room.Clock), shelf.Versions[0], [.. shelf.Versions[0].Classes.Select(line => line.Code == "pp-case" ? line with { Action = DisposalAction.PassOn } : line)],
            now.On, "to the archive", PeriodBounds.Default, now).OrThrow().Propose(now).OrThrow().Approve("agreed", Wdfis.Domain.Confidentiality.Stamp.Now(StrongroomFixture.Lead.Id, room.Room.Clock)).OrThrow();
        await desk.Step(passing, default);

        var family = await room.Families.Save(room.Families.Card([room.Families.Carer("Magda", "Testowska")], []));
        var unit = Assert.Single(await room.Records(1, family: family));
        room.Room.Clock.Advance(TimeSpan.FromDays(400));
        var list = await room.Prepared([unit]);
        var item = (await room.List(list)).Items;
        Assert.Contains("passed on before they go", Assert.Single(await room.Desk.Decide(DisposalRoom.Lead, list, item, DisposalDecision.Dispose)).Sentence, StringComparison.Ordinal);
        Assert.Contains("has gone to anybody", Assert.Single(await room.Desk.Decide(DisposalRoom.Lead, list, item, DisposalDecision.PassOn, why: "to the archive")).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FromReviewToCertificate_LeavesNothingButTheCertificateAndTheCount()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(95);
        var key = ((byte[])Disk.Ask(room.Room, "keys.db", "SELECT wrapped FROM key WHERE unit=$id", units[3])!)[1..];
        var heads = Path.Combine(room.Room.Folder, "heads.txt");
        var list = await room.Prepared(units);
        Assert.NotEmpty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        await room.Decide(list, DisposalDecision.Keep, item => item.Unit == units[0], room.Room.Today.AddYears(2));
        await room.Decide(list, DisposalDecision.Dispose, item => item.Decision is null && item.Unit != units[1]);
        Assert.NotEmpty(await room.Desk.Decide(DisposalRoom.Lead, list, [(await room.List(list)).Items.Single(item => item.Unit == units[1])], DisposalDecision.PassOn, why: "to the archive"));
        Assert.Empty(await room.Desk.Hold(DisposalRoom.Lead, list, [(await room.List(list)).Items.Single(item => item.Unit == units[1])], HoldKind.Claim, "a claim is expected", room.Room.Today.AddMonths(6)));
        Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        Assert.NotEmpty(await room.Desk.Approve(DisposalRoom.Lead, list, "my own"));
        Assert.Empty(await room.Desk.Approve(DisposalRoom.Second, list, "looked through"));
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        room.Room.Clock.Advance(TimeSpan.FromDays(7).Subtract(TimeSpan.FromTicks(1)));
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        room.Room.Clock.Advance(TimeSpan.FromTicks(1));
        var sent = File.Exists(heads) ? (await File.ReadAllLinesAsync(heads)).Length : 0;
        await room.Disposer.RunDue();

        var certificate = (await room.Certificate(list))!;
        Assert.Equal(DisposalStage.Done, (await room.List(list)).Stage);
        Assert.Equal(units.Skip(2), certificate.Destroyed.Select(record => record.Unit));
        Assert.Equal((1, 1, 0), (certificate.Kept, certificate.Held, certificate.Left.Length));
        Assert.Equal((93, 0), (certificate.Leftover.Keys, certificate.Leftover.KeysFound));
        Assert.Equal((StrongroomFixture.Lead.Id, DisposalRoom.SecondLead.Id), (Assert.Single(certificate.ReviewedBy), certificate.ApprovedBy));
        Assert.Null(certificate.BackupsGoneOn);
        Assert.Equal(room.Room.Today.AddDays(-47), certificate.Earliest);
        foreach (var unit in units.Skip(2))
            Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(StrongroomFixture.For(StrongroomFixture.Adviser), unit));
        Assert.Equal("Whitethroat 0", await room.Room.Read(units[0]));
        Assert.Equal("Whitethroat 1", await room.Room.Read(units[1]));
        // Bytes: no key, no name, in no file.
        Assert.Empty(Disk.Holding(room.Room.Folder, key));
        Assert.Empty(Disk.Holding(room.Room.Folder, "Whitethroat"u8.ToArray()));
        // What stays is one in a count by month, service and topic.
        var kept = Assert.Single(room.Keeper.Figures(KeptStatistic.Prefix, default));
        Assert.Equal(("statistic/2/childcare", 93L), (kept.Name, kept.Value));
        // Its hash stands in the chain, and a head was sent.
        var entry = Log.Of(room.Room).Last(one => one.Action == AuditAction.Disposed && one.Units.Contains(certificate.Id));
        Assert.Equal(32, entry.ContentHash.Length);
        Assert.True((await File.ReadAllLinesAsync(heads)).Length > sent);
        Assert.True(SignedHead.TryParse((await File.ReadAllLinesAsync(heads))[^1], out var head) && head.Sequence >= entry.Sequence);
        var report = await room.Room.Verify();
        Assert.True(report.IsSound, string.Join('\n', report.Faults));
        // Nothing is left to do, and nothing is done twice.
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        Assert.Single(await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Officer), UnitKind.DisposalCertificate));
    }

    [Fact]
    public async Task AtDestruction_WhatMovedSinceTheReview_Stays()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(6);
        var list = await room.Prepared(units);
        await room.Decide(list, DisposalDecision.Dispose);
        Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        Assert.Empty(await room.Desk.Approve(DisposalRoom.Second, list, "looked through"));
        room.Room.Clock.Advance(TimeSpan.FromDays(7));
        // A hold, a save, another date, a restriction; and one that somebody erased on request.
        await room.Room.Hold(units[0]);
        await Mark(units[1], e => e);
        await Mark(units[2], e => e with { KeepUntil = e.KeepUntil with { On = room.Room.Today.AddDays(-1) } });
        await Mark(units[3], e => e with { Restricted = true });
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Erased, new Destroy(units[4], "asked")));
        await room.Disposer.RunDue();
        var certificate = (await room.Certificate(list))!;
        Assert.Equal(units[5], Assert.Single(certificate.Destroyed).Unit);
        Assert.Equal([(DisposalBar.Held, 1), (DisposalBar.NotDue, 1), (DisposalBar.Changed, 1), (DisposalBar.Gone, 1), (DisposalBar.Restricted, 1)], certificate.Left.Select(left => (left.Bar, left.Count)));
        foreach (var unit in units.Take(4))
            Assert.NotNull(await room.Keeper.Envelope(unit));

        async Task Mark(UnitId unit, Func<Envelope, Envelope> change)
        {
            var version = (await room.Keeper.Envelope(unit))!.Version;
            Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Saved, new Mark(unit, version, change)));
        }
    }

    [Fact]
    public async Task Keeping_BindsLaterRuns_AndTheFamilysCard_WhateverIsWorkedOutAfterwards()
    {
        await using var room = await DisposalRoom.Start();
        var family = await room.Family();
        var unit = Assert.Single(await room.Records(1, family: family));
        var list = await room.Prepared([unit]);
        var until = room.Room.Today.AddYears(2);
        await room.Decide(list, DisposalDecision.Keep, until: until);
        // Nothing goes, so it ends here; what was decided binds.
        Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        Assert.Equal(DisposalStage.Aborted, (await room.List(list)).Stage);
        Assert.Equal((until, until), ((await room.Keeper.Envelope(unit))!.KeepUntil.On, (await room.Keeper.Envelope(family))!.KeepUntil.On));
        Assert.Contains("a lead decided", (await room.Keeper.Envelope(unit))!.KeepUntil.Sentence, StringComparison.Ordinal);
        Assert.NotEmpty((await room.Desk.Prepare(DisposalRoom.Lead, [unit, family])).Problems);
        // A schedule that changed, or a save that works the date out anew: the decision stands until it is later.
        foreach (var (worked, stands) in new[] { (until.AddYears(-3), until), (until.AddYears(1), until.AddYears(1)) })
        {
            var before = (await room.Keeper.Envelope(unit))!;
            var next = before.KeepUntil with { On = worked, Because = "worked out" };
            Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(Disposer.ErrandOf(""), AuditAction.KeepUntilChanged, [new Mark(unit, before.Version, e => e with { KeepUntil = next })])));
            Assert.Equal(stands, (await room.Keeper.Envelope(unit))!.KeepUntil.On);
        }
    }

    [Fact]
    public async Task FamilysCard_GoesAfterWhatLeansOnIt_AndStaysWhileSomethingDoes()
    {
        await using var room = await DisposalRoom.Start();
        async Task<(UnitId Family, UnitId Enquiry)> Make()
        {
            var family = await room.Family();
            return (family, Assert.Single(await room.Records(1, family: family)));
        }
        var (going, itsEnquiry) = await Make();
        var (staying, _) = await Make();
        var (lists, problems) = await room.Desk.Prepare(DisposalRoom.Lead, [going, itsEnquiry, staying]);
        Assert.Empty(problems);
        Assert.Equal(2, lists.Length);
        foreach (var list in lists)
            await room.Decide(list, DisposalDecision.Dispose);
        foreach (var list in lists)
        {
            Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
            Assert.Empty(await room.Desk.Approve(DisposalRoom.Second, list, "looked through"));
        }
        room.Room.Clock.Advance(TimeSpan.FromDays(7));
        // Enquiries first, as the lists were made: the card after them.
        await room.Disposer.RunDue();
        Assert.Null(await room.Keeper.Envelope(itsEnquiry));
        var cards = (await Task.WhenAll(lists.Select(room.Certificate))).Single(certificate => certificate!.Class == "family-card")!;
        Assert.NotNull(await room.Keeper.Envelope(staying));
        Assert.Contains(cards.Left, left => left.Bar == DisposalBar.LeanedOn);
        if (await room.Keeper.Envelope(going) is null)
            Assert.Equal(0, (await room.Families.Get<FamilySearch>().Search(FamilyRoomAdviser, "Testowska", default, atOnce: true)).Rows.Count(row => row.Family == going));
    }

    private static readonly Errand FamilyRoomAdviser = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise);

    [Fact]
    public async Task TwoLeads_DecidingAtOnce_LoseNothing_AndTheOwnerDecidesAboutNothingOfTheirs()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(20);
        var list = await room.Prepared(units);
        var seen = (await room.List(list)).Items;
        var answers = await Task.WhenAll(seen.Select((item, i) => Task.Run(() => room.Desk.Decide(i % 2 == 0 ? DisposalRoom.Lead : DisposalRoom.Second, list, [item], DisposalDecision.Dispose))));
        // Whoever met too many others at once was told so; of what was answered with done, nothing is lost.
        var now = (await room.List(list)).Items;
        for (var i = 0; i < answers.Length; i++)
            Assert.Equal(answers[i].IsEmpty ? (i % 2 == 0 ? StrongroomFixture.Lead.Id : DisposalRoom.SecondLead.Id) : null, now[i].By);
        Assert.Contains(answers, answer => answer.IsEmpty);
        // Both at the same record, having seen the same: one is told.
        var again = await room.Prepared(await room.Records(1));
        var one = (await room.List(again)).Items;
        var both = await Task.WhenAll(room.Desk.Decide(DisposalRoom.Lead, again, one, DisposalDecision.Dispose), room.Desk.Decide(DisposalRoom.Second, again, one, DisposalDecision.Keep, room.Room.Today.AddYears(1), "evidence"));
        Assert.Single(both, answer => answer.IsEmpty);
        // The owner, an adviser, the officer and a lead with a conflict decide about none.
        var own = room.Overdue("pp-case") with { Owner = StrongroomFixture.Lead.Id };
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Lead, AuditAction.Created, StrongroomFixture.Put(own, "mine")));
        var mine = await room.Prepared([own.Id]);
        var items = (await room.List(mine)).Items;
        Assert.Contains("your own", Assert.Single(await room.Desk.Decide(DisposalRoom.Lead, mine, items, DisposalDecision.Dispose)).Sentence, StringComparison.Ordinal);
        await room.Keeper.Do(new Act(DisposalRoom.Second, AuditAction.Saved, [new DeclareConflict(own.Id, DisposalRoom.SecondLead.Id)]));
        Assert.Contains("closed to you", Assert.Single(await room.Desk.Decide(DisposalRoom.Second, mine, items, DisposalDecision.Dispose)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShortRoad_NeedsItsSampleOpened_AndGoesAtOnce()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(41, "fis-enquiry");
        var list = await room.Prepared(units);
        var sample = (await room.List(list)).Sample(room.Desk.Terms.SamplePercent);
        Assert.Equal(3, sample.Count);
        Assert.Contains("3 of the sample", Assert.Single(await room.Desk.HandOver(DisposalRoom.Lead, list)).Sentence, StringComparison.Ordinal);
        // Opened for another purpose, or by an adviser, is not opened for this.
        await room.Keeper.Open<Slip>(StrongroomFixture.For(StrongroomFixture.Adviser), sample[0]);
        Assert.Equal(3, await room.Desk.SampleLeft(DisposalRoom.Lead, await room.List(list)));
        foreach (var unit in sample)
            await room.Keeper.Open<Slip>(DisposalRoom.Lead, unit);
        Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        Assert.Empty(await room.Desk.Approve(DisposalRoom.Officer, list, "as a whole"));
        await room.Disposer.RunDue();
        Assert.Equal(41, (await room.Certificate(list))!.Destroyed.Length);
    }

    [Fact]
    public async Task AReaderInTheWay_HoldsTheCertificateUp_UntilItIsGone()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(9);
        var key = ((byte[])Disk.Ask(room.Room, "keys.db", "SELECT wrapped FROM key WHERE unit=$id", units[0])!)[1..];
        var list = await room.Prepared(units);
        await room.Approved(list);
        using (var reader = Pragmas.Open(Path.Combine(room.Room.Folder, "keys.db")))
        {
            using var command = reader.CreateCommand();
            command.CommandText = "BEGIN; SELECT count(*) FROM key";
            command.ExecuteScalar();
            Assert.Contains("waits", await room.Disposer.RunDue(), StringComparison.Ordinal);
            Assert.NotNull(room.Disposer.Progress!.Waits);
            Assert.Null(await room.Certificate(list));
            Assert.Equal(DisposalStage.Destroying, (await room.List(list)).Stage);
            Assert.NotEmpty(await room.Desk.Abort(DisposalRoom.Lead, list, "too late"));
        }
        await room.Disposer.RunDue();
        Assert.Equal((9, 0), ((await room.Certificate(list))!.Leftover.Keys, (await room.Certificate(list))!.Leftover.KeysFound));
        Assert.Empty(Disk.Holding(room.Room.Folder, key));
        Assert.Null(room.Disposer.Progress);
    }

    [Fact]
    public async Task ClockMovedBackOrForward_DestroysNothingEarly_AndLosesNothing()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(3);
        var list = await room.Prepared(units);
        await room.Approved(list);
        room.Room.Clock.Advance(TimeSpan.FromDays(-8));
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        room.Room.Clock.Advance(TimeSpan.FromDays(9));
        await room.Disposer.RunDue();
        Assert.Equal(3, (await room.Certificate(list))!.Destroyed.Length);
        // A clock a day ahead: what is to be kept until today in truth goes on no list.
        var kept = room.Overdue("pp-case") with { KeepUntil = new KeepUntil(room.Room.Today, "pp-case", "of the test") };
        await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(kept, "until today"));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotEmpty((await room.Desk.Prepare(DisposalRoom.Lead, [kept.Id])).Problems);
    }

    [Fact]
    public async Task Numbers_AndRecords_StandInOneListEach_AlsoWhenMadeAtOnce()
    {
        await using var room = await DisposalRoom.Start();
        var sets = new List<System.Collections.Immutable.ImmutableArray<UnitId>>();
        for (var i = 0; i < 5; i++)
            sets.Add(await room.Records(2));
        var made = await Task.WhenAll(sets.Select(units => Task.Run(() => room.Desk.Prepare(DisposalRoom.Lead, units))));
        Assert.All(made, one => Assert.Empty(one.Problems));
        Assert.Equal(5, (await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList)).Select(list => list.Reference).Distinct().Count());
        Assert.NotEmpty((await room.Desk.Prepare(DisposalRoom.Lead, sets[0])).Problems);
        Assert.Empty(await room.Desk.Abort(DisposalRoom.Second, Assert.Single(made[0].Lists), "not now"));
        Assert.Empty((await room.Desk.Prepare(DisposalRoom.Lead, sets[0])).Problems);
    }

    [Fact]
    public async Task PermissionTakenBack_ThatWasTheOnlyGround_LeadsToAReview_AndItsEvidenceStays()
    {
        await using var room = await DisposalRoom.Start();
        var mother = room.Families.Carer("Magda", "Testowska");
        var (alone, advised) = (await room.Families.Save(room.Families.Card([mother], [])), await room.Families.Save(room.Families.Card([mother], [])));
        var enquiry = room.Overdue("pp-case", advised) with { KeepUntil = new KeepUntil(room.Room.Today.AddYears(5), "pp-case", "of the test") };
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(enquiry, "x")));
        var permissions = room.Families.Get<PermissionDesk>();
        async Task<UnitId> Given(UnitId family) => (await permissions.Record(FamilyRoomAdviser, family,
            PermissionTerms.Create([mother.Id], NamedBody.Create(BodyKind.School, "Example Primary").OrThrow(), PermissionKind.Contact, "so that support can be planned", [], ["phone"], room.Room.Today, room.Room.Today.AddDays(100), false).OrThrow(),
            new Grant { By = mother.Id, Capacity = GrantCapacity.AdultForThemselves, Evidence = "said so", How = GivenHow.Spoken, TextVersion = PermissionRequest.Version, GivenAt = room.Room.Clock.GetUtcNow() })).OrThrow().Id;
        var (lasting, first, second) = (await Given(alone), await Given(alone), await Given(advised));
        await permissions.Withdraw(FamilyRoomAdviser, first, mother.Id);
        await permissions.Withdraw(FamilyRoomAdviser, second, mother.Id);
        var night = room.Room.Services.GetServices<Wdfis.Portal.Jobs.IJob>().Single(job => job.Name == "disposal-lists");
        room.Families.Get<EnvelopeColumns>().Fill(room.Keeper.EveryEnvelope());
        await night.Run(default);
        Assert.Empty(await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList));
        await permissions.Withdraw(FamilyRoomAdviser, lasting, mother.Id);
        await night.Run(default);
        await night.Run(default);
        var list = Assert.Single(await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList)).Id;
        Assert.Equal((DisposalCause.GroundWithdrawn, alone), ((await room.List(list)).Cause, Assert.Single((await room.List(list)).Items).Unit));
        await room.Approved(list);
        await room.Disposer.RunDue();
        Assert.Null(await room.Keeper.Envelope(alone));
        Assert.NotNull(await room.Keeper.Envelope(first));
    }

    [Fact]
    public async Task Night_MakesListsOfWhatIsOverdue_AndNoMoreWhileTheyWait()
    {
        await using var room = await DisposalRoom.Start();
        await room.Records(3);
        await room.Records(2, "fis-enquiry");
        var columns = room.Families.Get<EnvelopeColumns>();
        using var feed = room.Keeper.Subscribe(columns.Take);
        columns.Fill(room.Keeper.EveryEnvelope());
        var night = room.Room.Services.GetServices<Wdfis.Portal.Jobs.IJob>().Single(job => job.Name == "disposal-lists");
        async Task<string> Lists() => string.Join(" and ", (await Task.WhenAll((await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList)).Select(list => room.List(list.Id)))).Where(list => list.IsOpen).Select(list => list.Items.Length).Order());
        await night.Run(default);
        Assert.Equal("2 and 3", await Lists());
        await room.Records(4);
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.StartsWith("0 lists made", await night.Run(default), StringComparison.Ordinal);
        Assert.Equal("2 and 3", await Lists());
        // Once nobody has to look at them any more, what came since is listed with what they gave back.
        foreach (var list in await room.Desk.Register(StrongroomFixture.For(StrongroomFixture.Lead), UnitKind.DisposalList))
            Assert.Empty(await room.Desk.Abort(DisposalRoom.Lead, list.Id, "begun anew"));
        await night.Run(default);
        Assert.Equal("2 and 7", await Lists());
    }

    [Fact]
    public async Task Night_DestroysADraftThatNobodyTouchedForItsDays_AndNoneBefore()
    {
        await using var room = await DisposalRoom.Start();
        var night = room.Room.Services.GetServices<Wdfis.Portal.Jobs.IJob>().Single(job => job.Name == "disposal-lists");
        room.Families.Get<EnvelopeColumns>().Fill(room.Keeper.EveryEnvelope());
        var drafts = room.Families.Get<Wdfis.Portal.Features.Drafts.DraftDesk>();
        var draft = UnitId.Create(room.Room.Clock);
        var typed = new Dictionary<string, string> { ["family"] = (await room.Family()).ToString(), ["need"] = "Whitethroat" };
        await drafts.Keep(FamilyRoomAdviser, draft, "live-enquiry", typed);
        room.Room.Clock.Advance(TimeSpan.FromDays(10));
        await drafts.Keep(FamilyRoomAdviser, draft, "live-enquiry", typed);
        room.Room.Clock.Advance(TimeSpan.FromDays(14));
        await night.Run(default);
        Assert.NotNull(await room.Keeper.Envelope(draft));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.EndsWith("1 drafts outlived", await night.Run(default), StringComparison.Ordinal);
        Assert.Null(await room.Keeper.Envelope(draft));
        Assert.Null(await drafts.Open(FamilyRoomAdviser, draft));
    }

    [Fact]
    public async Task Deputy_Approves_ButNothingThatTheyReviewedOrDecided()
    {
        await using var room = await DisposalRoom.Start();
        var deputy = DisposalRoom.Second with { Who = DisposalRoom.SecondLead with { DeputyFor = [StrongroomFixture.Lead.Id] } };
        var (reviewed, decided, other) = (await room.Prepared(await room.Records(2)), await room.Prepared(await room.Records(2)), await room.Prepared(await room.Records(2)));
        await room.Decide(reviewed, DisposalDecision.Dispose);
        Assert.Empty(await room.Desk.HandOver(deputy, reviewed));
        await room.Decide(decided, DisposalDecision.Dispose, errand: deputy);
        await room.Decide(other, DisposalDecision.Dispose);
        foreach (var list in new[] { decided, other })
            Assert.Empty(await room.Desk.HandOver(DisposalRoom.Lead, list));
        foreach (var list in new[] { reviewed, decided })
            Assert.NotEmpty(await room.Desk.Approve(deputy, list, "as their deputy"));
        Assert.Empty(await room.Desk.Approve(deputy, other, "as their deputy"));
        room.Room.Clock.Advance(TimeSpan.FromDays(7));
        await room.Disposer.RunDue();
        Assert.Equal([DisposalStage.Reviewed, DisposalStage.Reviewed, DisposalStage.Done], (await Task.WhenAll(new[] { reviewed, decided, other }.Select(room.List))).Select(list => list.Stage));
    }

    [Fact]
    public async Task Aborted_AfterItsApproval_DestroysNothingAWeekLater()
    {
        await using var room = await DisposalRoom.Start();
        var units = await room.Records(2);
        var list = await room.Prepared(units);
        await room.Approved(list);
        Assert.Empty(await room.Desk.Abort(DisposalRoom.Lead, list, "they rang"));
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        room.Room.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("nothing was due", await room.Disposer.RunDue());
        Assert.Equal(["Whitethroat 0", "Whitethroat 1"], await Task.WhenAll(units.Select(unit => room.Room.Read(unit))));
        Assert.Null(await room.Certificate(list));
    }

    [Fact]
    public async Task FamilyInTouch_AfterTheApproval_PausesItsRecords()
    {
        await using var room = await DisposalRoom.Start();
        var family = await room.Family();
        var (own, apart) = (await room.Records(1, family: family), await room.Records(1));
        var list = await room.Prepared([.. own, .. apart]);
        await room.Approved(list);
        Assert.IsType<Wdfis.Portal.Features.Families.FamilyAnswer.Done>(await room.Families.Get<Wdfis.Portal.Features.Families.FamilyDesk>().Touch(FamilyRoomAdviser, family));
        await room.Disposer.RunDue();
        Assert.Equal((DisposalBar.Paused, 1), (Assert.Single((await room.Certificate(list))!.Left).Bar, (await room.Certificate(list))!.Left[0].Count));
        Assert.Equal("Whitethroat 0", await room.Room.Read(own[0]));
        Assert.Null(await room.Keeper.Envelope(apart[0]));
    }

    [Fact]
    public async Task Certificate_Printed_LeavesThroughTheGate()
    {
        await using var room = await DisposalRoom.Start();
        var list = await room.Prepared(await room.Records(2));
        await room.Approved(list);
        await room.Disposer.RunDue();
        var id = room.Desk.CertificateOf((await room.List(list)).Number)!.Value;
        var (address, trouble) = await room.Desk.Print(DisposalRoom.Officer, id, new Dictionary<ColleagueId, string>());
        Assert.Null(trouble);
        var outlet = room.Families.Get<Wdfis.Portal.Features.Disclosure.OutletDoor>().Take(address![4..], StrongroomFixture.Officer.Id)!;
        Assert.Contains("Certificate of disposal C-2026-001", outlet.Content, StringComparison.Ordinal);
        Assert.Contains(Log.Of(room.Room), entry => entry.Action == AuditAction.Printed && entry.Units.Contains(id));
    }
}
