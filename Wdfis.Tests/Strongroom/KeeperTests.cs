using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

/// <summary>Nothing is read without a purpose, a decision and an entry that is durable first (S2, D7).</summary>
public class KeeperTests
{
    [Fact]
    public async Task Record_Saved_OpensAgainAlsoAfterARestart()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("Zsófia asked about 30 hours", e => e with { DueOn = room.Today, Reference = "K7-QFM2", Topic = "childcare", Level = 2 });
        Assert.Equal("Zsófia asked about 30 hours", await room.Read(unit));
        await room.Restart();
        Assert.Equal("Zsófia asked about 30 hours", await room.Read(unit));
        var envelope = await room.Keeper.Envelope(unit);
        Assert.NotNull(envelope);
        Assert.Equal((1, "K7-QFM2", "childcare", 2, room.Today, Marking.OfficialSensitive("PERSONAL")),
            (envelope.Version, envelope.Reference, envelope.Topic, envelope.Level!.Value, envelope.DueOn!.Value, envelope.Marking));
        Assert.Equal(room.Envelope(id: unit).KeepUntil, envelope.KeepUntil);
        Assert.True((await room.Verify()).IsSound, string.Join('\n', (await room.Verify()).Faults));
    }

    [Fact]
    public async Task Record_SavedAgainstAnOlderVersion_IsAConflictAndNothingChanges()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("first");
        var envelope = (await room.Keeper.Envelope(unit))!;
        var second = Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(envelope, "second", 1)));
        Assert.Equal(2, second.Versions[unit]);
        var other = room.Envelope();
        var conflict = Assert.IsType<Outcome.Conflict>(await room.Do(OtherAdviser, AuditAction.Saved, Put(other, "beside"), Put(envelope, "lost?", 1)));
        Assert.Equal((unit, 2), (conflict.Unit, conflict.CurrentVersion));
        Assert.Equal("second", await room.Read(unit));
        Assert.Null(await room.Keeper.Envelope(other.Id));
        Assert.IsType<Outcome.Conflict>(await room.Do(Adviser, AuditAction.Created, Put(envelope, "again")));
    }

    [Fact]
    public async Task Reference_InUse_IsAConflictOfVersionZero()
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("one", e => e with { Reference = "K7-QFM2" });
        var conflict = Assert.IsType<Outcome.Conflict>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope() with { Reference = "K7-QFM2" }, "two")));
        Assert.Equal(0, conflict.CurrentVersion);
    }

    [Fact]
    public async Task Record_DestroyedWhileOpen_IsGoneForASaveAndErasedForAnOpening()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("to go");
        var envelope = (await room.Keeper.Envelope(unit))!;
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        Assert.Equal(unit, Assert.IsType<Outcome.Gone>(await room.Do(Adviser, AuditAction.Saved, Put(envelope, "late", 1))).Unit);
        Assert.IsType<Outcome.Gone>(await room.Do(Adviser, AuditAction.Created, Put(envelope, "anew")));
        Assert.Equal(room.Clock.GetUtcNow(), Assert.IsType<Opening<Slip>.Erased>(await room.Keeper.Open<Slip>(For(Adviser), unit)).At);
        Assert.IsType<Opening<Slip>.Missing>(await room.Keeper.Open<Slip>(For(Adviser), UnitId.Create(room.Clock)));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Record_AskedForAsAnotherKind_IsMissing()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("an enquiry");
        Assert.IsType<Opening<Scrap>.Missing>(await room.Keeper.Open<Scrap>(For(Adviser), unit));
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.InformationGovernance)]
    public async Task Opening_Refused_IsWrittenDownAndGivesNothing(Role role)
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("not for everybody");
        var who = role == Role.Manager ? Manager : Officer;
        var refused = Assert.IsType<Opening<Slip>.Refused>(await room.Keeper.Open<Slip>(For(who), unit));
        Assert.Contains(RefusalReason.NotYourRole, refused.Reasons);
        var last = Log.Of(room)[^1];
        Assert.Equal((AuditAction.Refused, who.Id, RefusalReason.NotYourRole), (last.Action, last.Who, last.RefusalReason!.Value));
        Assert.Equal(unit, Assert.Single(last.Units));
    }

    [Fact]
    public async Task Act_Refused_ChangesNothingAndIsWrittenDown()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("as it was");
        var before = Log.Of(room).Count;
        var envelope = (await room.Keeper.Envelope(unit))!;
        Assert.IsType<Outcome.Refused>(await room.Do(Manager, AuditAction.Saved, Put(envelope, "forged", 1)));
        Assert.IsType<Outcome.Refused>(await room.Do(Manager, AuditAction.Created, Put(room.Envelope(), "forged")));
        Assert.IsType<Outcome.Refused>(await room.Do(Manager, AuditAction.Erased, new Destroy(unit, "forged")));
        Assert.IsType<Outcome.Refused>(await room.Do(Manager, AuditAction.Saved, new Mark(unit, 1, e => e with { State = "closed" })));
        Assert.IsType<Outcome.Refused>(await room.Do(Manager, AuditAction.Counted, new Count("quick", room.Today)));
        Assert.IsType<Outcome.Refused>(await room.Do(Adviser, AuditAction.RoleChanged, new Assign(unit, Adviser.Id)));
        Assert.Equal("as it was", await room.Read(unit));
        Assert.Equal(6, Log.Of(room).Skip(before).Count(entry => entry.Action == AuditAction.Refused));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task SpecialHandling_OfTheFamily_BindsWhatBelongsToIt()
    {
        await using var room = await StrongroomFixture.Start(services => services.AddSingleton<IRecordFormat<Household>, HouseholdFormat>());
        var family = room.Envelope(UnitKind.Family) with { SpecialHandling = true };
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, new Put<Household>(family, new Household(), 0)));
        var unit = await room.Save("about them", e => e with { Family = family.Id });
        Assert.Equal("about them", await room.Read(unit));
        var refused = Assert.IsType<Opening<Slip>.Refused>(await room.Keeper.Open<Slip>(For(OtherAdviser), unit));
        Assert.Equal(RefusalReason.SpecialHandling, Assert.Single(refused.Reasons));
        Assert.IsType<Outcome.Refused>(await room.Do(OtherAdviser, AuditAction.Created, Put(room.Envelope(family: family.Id, owner: OtherAdviser), "more")));
        Assert.IsType<Outcome.Done>(await room.Do(Lead, AuditAction.RoleChanged, new Assign(family.Id, OtherAdviser.Id)));
        Assert.Equal("about them", await room.Read(unit, OtherAdviser));
        Assert.IsType<Outcome.Done>(await room.Do(OtherAdviser, AuditAction.RoleChanged, new DeclareConflict(family.Id, OtherAdviser.Id)));
        Assert.IsType<Outcome.Refused>(await room.Do(OtherAdviser, AuditAction.RoleChanged, new DeclareConflict(family.Id, OtherAdviser.Id, Holds: false)));
        Assert.Equal(RefusalReason.Conflict, Assert.Single(Assert.IsType<Opening<Slip>.Refused>(await room.Keeper.Open<Slip>(For(OtherAdviser), unit)).Reasons));
    }

    [Fact]
    public async Task Draft_OfAnotherColleague_IsRefused()
    {
        await using var room = await StrongroomFixture.Start();
        var draft = room.Envelope(UnitKind.Draft);
        Assert.IsType<Outcome.Refused>(await room.Do(OtherAdviser, AuditAction.Created, Put(draft, "in somebody's name")));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, Put(draft, "half a sentence")));
        Assert.Equal(RefusalReason.NotYours, Assert.Single(Assert.IsType<Opening<Scrap>.Refused>(await room.Keeper.Open<Scrap>(For(Lead), draft.Id)).Reasons));
        Assert.IsType<Outcome.Refused>(await room.Do(Lead, AuditAction.Erased, new Destroy(draft.Id, "dropped")));
        Assert.IsType<Opening<Scrap>.Opened>(await room.Keeper.Open<Scrap>(For(Adviser), draft.Id));
    }

    [Fact]
    public async Task Opening_WithinFifteenMinutes_IsOneEntryPerColleaguePurposeAndCircuit()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("read often");
        int Opened() => Log.Of(room).Count(entry => entry.Action == AuditAction.Opened);
        await room.Read(unit);
        room.Clock.Advance(TimeSpan.FromMinutes(14));
        await room.Read(unit);
        Assert.Equal(1, Opened());
        await room.Keeper.Open<Slip>(For(Adviser, circuit: "window-2"), unit);
        await room.Keeper.Open<Slip>(For(Adviser, Purpose.Safeguarding), unit);
        await room.Read(unit, OtherAdviser);
        Assert.Equal(4, Opened());
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await room.Read(unit);
        Assert.Equal(5, Opened());
        var openings = await room.Keeper.WhoOpened(For(Lead), unit);
        Assert.Equal(5, openings.Count);
        Assert.Equal((Adviser.Id, Purpose.GiveInformation), (openings[0].Who, openings[0].Purpose));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => room.Keeper.WhoOpened(For(Adviser), unit));
    }

    [Fact]
    public async Task Hold_BindsDestructionAndShortening_AlsoTheFamilys()
    {
        await using var room = await StrongroomFixture.Start(services => services.AddSingleton<IRecordFormat<Household>, HouseholdFormat>());
        var family = room.Envelope(UnitKind.Family);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, new Put<Household>(family, new Household(), 0)));
        var own = await room.Save("held");
        await room.Hold(family.Id);
        await room.Hold(own);
        var belonging = await room.Save("held with the family", e => e with { Family = family.Id });
        foreach (var unit in new[] { own, belonging })
        {
            Assert.Equal(unit, Assert.IsType<Outcome.OnHold>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test"))).Unit);
            Assert.IsType<Outcome.OnHold>(await room.Do(Adviser, AuditAction.Anonymised, Put(room.Envelope(), "what stays"), new Destroy(unit, "test")));
            Assert.IsType<Outcome.OnHold>(await room.Keeper.Do(new Act(For(new Colleague(ColleagueId.Portal, "", [], [])), AuditAction.Erased, [new Destroy(unit, "due")])));
            Assert.IsType<Outcome.OnHold>(await room.Do(Adviser, AuditAction.KeepUntilChanged,
                new Mark(unit, 1, e => e with { KeepUntil = e.KeepUntil with { On = new DateOnly(2027, 1, 1) } })));
            Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.KeepUntilChanged,
                new Mark(unit, 1, e => e with { KeepUntil = e.KeepUntil with { On = new DateOnly(2035, 1, 1) } })));
        }
        var draft = room.Envelope(UnitKind.Draft, family.Id);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Created, Put(draft, "typing")));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, Put(room.Envelope(family: family.Id), "typed"), new Destroy(draft.Id, "saved")));
    }

    [Fact]
    public async Task Family_ThatIsGone_TakesNothingMore()
    {
        await using var room = await StrongroomFixture.Start();
        var nowhere = UnitId.Create(room.Clock);
        Assert.Equal(nowhere, Assert.IsType<Outcome.Gone>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(family: nowhere), "about them"))).Unit);
    }

    [Fact]
    public async Task Act_ThatThrows_FailsAloneAndTheLaneGoesOn()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("stays");
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => room.Do(Adviser, AuditAction.Saved, new Mark(unit, 1, _ => throw new InvalidTimeZoneException())));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Saved, new Mark(unit, 1, e => e with { State = "closed" })));
        Assert.Equal("closed", (await room.Keeper.Envelope(unit))!.State);
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Changes_AreToldInOrderBeforeTheActReturns()
    {
        await using var room = await StrongroomFixture.Start();
        var told = new List<Changed>();
        using (room.Keeper.Subscribe(told.Add))
        {
            var unit = await room.Save("Ngozi");
            Assert.Equal("card of Ngozi", System.Text.Encoding.UTF8.GetString(told[^1].Card.Span));
            Assert.Equal(1, told[^1].Envelope!.Version);
            await room.Do(Adviser, AuditAction.Saved, new Mark(unit, 1, e => e with { State = "closed" }));
            Assert.Equal("closed", told[^1].Envelope!.State);
            await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test"));
            Assert.Equal((unit, true), (told[^1].Unit, told[^1].Gone));
            Assert.Equal(told.Select(change => change.Sequence).Order(), told.Select(change => change.Sequence));
        }
        await room.Save("after");
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task Cards_AreOpenedAllAtOnce_AndADamagedOneIsNamed()
    {
        await using var room = await StrongroomFixture.Start();
        var units = new List<UnitId>();
        for (var i = 0; i < 20; i++)
            units.Add(await room.Save($"family {i}"));
        await room.Do(Adviser, AuditAction.Erased, new Destroy(units[3], "test"));
        Disk.Run(room, "records.db", "UPDATE card SET sealed=substr(sealed,1,40)||zeroblob(length(sealed)-40) WHERE unit=$id", units[5]);
        var damaged = new List<UnitId>();
        var cards = new Dictionary<UnitId, string>();
        await foreach (var (envelope, card) in room.Keeper.Cards(UnitKind.Enquiry, damaged.Add))
            cards.Add(envelope.Id, System.Text.Encoding.UTF8.GetString(card));
        Assert.Equal([units[5]], damaged);
        Assert.Equal(18, cards.Count);
        Assert.Equal("card of family 7", cards[units[7]]);
    }

    [Fact]
    public async Task Envelopes_AreFoundByEveryCondition_PageByPage()
    {
        await using var room = await StrongroomFixture.Start();
        var due = await room.Save("due", e => e with { DueOn = new DateOnly(2026, 3, 10), NotTold = true });
        var later = await room.Save("later", e => e with { DueOn = new DateOnly(2026, 3, 11), State = "closed", PrivatePromised = true }, OtherAdviser);
        var reference = await room.Save("anonymous", e => e with { Reference = "K7-QFM2", Service = Service.ChoiceAdvice });
        var all = await room.Keeper.Envelopes(new EnvelopeQuery());
        async Task<UnitId[]> Find(EnvelopeQuery query)
        {
            var found = await room.Keeper.Envelopes(query);
            Assert.Equal(found.Select(envelope => envelope.Id), all.Where(query.Holds).Select(envelope => envelope.Id));
            Assert.Equal(found.Count, await room.Keeper.CountEnvelopes(query));
            return [.. found.Select(envelope => envelope.Id)];
        }
        Assert.Equal([due], await Find(new EnvelopeQuery { DueOnOrBefore = new DateOnly(2026, 3, 10) }));
        Assert.Equal([later], await Find(new EnvelopeQuery { State = "closed" }));
        Assert.Equal([later], await Find(new EnvelopeQuery { Owner = OtherAdviser.Id }));
        Assert.Equal([later], await Find(new EnvelopeQuery { PrivatePromised = true }));
        Assert.Equal([due], await Find(new EnvelopeQuery { NotTold = true }));
        Assert.Equal([reference], await Find(new EnvelopeQuery { Reference = "K7-QFM2" }));
        Assert.Equal([reference], await Find(new EnvelopeQuery { Service = Service.ChoiceAdvice, Kind = UnitKind.Enquiry }));
        Assert.Empty(await Find(new EnvelopeQuery { Kind = UnitKind.Family }));
        Assert.Equal([later], await Find(new EnvelopeQuery { DueOnOrAfter = new DateOnly(2026, 3, 11) }));
        Assert.Equal([due, reference], await Find(new EnvelopeQuery { NotOwner = OtherAdviser.Id }));
        Assert.Equal([later, reference], await Find(new EnvelopeQuery { NotTold = false, After = due }));
        Assert.Equal([due, reference], await Find(new EnvelopeQuery { PrivatePromised = false }));
        Assert.Empty(await Find(new EnvelopeQuery { Family = all[0].Family ?? UnitId.Create(TimeProvider.System), Owner = OtherAdviser.Id, State = "open" }));
        Assert.Equal([due, later], (await room.Keeper.Envelopes(new EnvelopeQuery { Take = 2 })).Select(envelope => envelope.Id));
        Assert.Equal([reference], (await room.Keeper.Envelopes(new EnvelopeQuery { Take = 2, After = later })).Select(envelope => envelope.Id));
        // The three savings, and nothing for looking at envelopes.
        Assert.Equal(3, Log.Of(room).Count);
    }

    [Fact]
    public async Task Writers_FiftyAtOnce_AllSucceedAndTheChainHolds()
    {
        await using var room = await StrongroomFixture.Start();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var unit = await room.Save($"writer {writer} record {i}");
                Assert.Equal($"writer {writer} record {i}", await room.Read(unit));
            }
        })));
        Assert.Equal(1000, await room.Keeper.CountEnvelopes(new EnvelopeQuery()));
        var report = await room.Verify();
        Assert.True(report.IsSound, string.Join('\n', report.Faults));
        Assert.Equal(2000, report.Entries);
    }

    [Fact]
    public async Task Figures_AddUp()
    {
        await using var room = await StrongroomFixture.Start();
        var month = new DateOnly(2026, 3, 1);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Counted, new Count("quick/childcare", month)));
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Counted, new Count("quick/childcare", month, 4)));
        Assert.Equal(5L, Disk.Ask(room, "records.db", "SELECT value FROM figure WHERE name='quick/childcare' AND month='2026-03-01'"));
    }

    [Fact]
    public async Task Recount_WorkedOutBeforehand_StandsForWhatHasNotMovedSince_AndTheRestIsWorkedOutThen()
    {
        await using var room = await StrongroomFixture.Start();
        var (still, moved) = (room.Envelope(), room.Envelope());
        foreach (var unit in new[] { still, moved })
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Adviser, AuditAction.Saved, StrongroomFixture.Put(unit, "a slip")));
        var times = 0;
        var ahead = room.Keeper.Ahead(new Recount([still.Id, moved.Id], (unit, _) =>
        {
            times++;
            return unit.KeepUntil with { On = unit.KeepUntil.On!.Value.AddDays(1) };
        }));
        Assert.Equal(2, times);
        var later = moved.KeepUntil.On!.Value.AddYears(1);
        Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, new Mark(moved.Id, 1, unit => unit with { KeepUntil = unit.KeepUntil with { On = later } })));
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(new Errand(new Colleague(ColleagueId.Portal, "", [], []), Purpose.Unknown, ""), AuditAction.Recounted, [ahead])));
        Assert.Equal(3, times);
        Assert.Equal((still.KeepUntil.On!.Value.AddDays(1), 2), await Stands(still));
        Assert.Equal((later.AddDays(1), 3), await Stands(moved));

        async Task<(DateOnly?, int)> Stands(Envelope unit) => await room.Keeper.Envelope(unit.Id) is { } now ? (now.KeepUntil.On, now.Version) : default;
    }
}
