using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features.Breaches;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Breaches;

/// <summary>Breaches on a real database (D7): a wrong recipient opens one, it names what the officer may open, and its hours stand on the desk.</summary>
public sealed class BreachDeskTests
{
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.Breach, "window-9");

    private static async Task<UnitId> Typed(FamilyRoom room, Errand errand, params (string Field, string Text)[] fields)
    {
        var draft = UnitId.Create(room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await room.Get<DraftDesk>().Keep(errand, draft, BreachDesk.Form, fields.ToDictionary(field => field.Field, field => field.Text)));
        return draft;
    }

    [Fact]
    public async Task WrongRecipient_OpensABreach_ThatNamesWhatTheOfficerMayOpen_UntilItIsClosed()
    {
        await using var scene = await DisclosureRoom.Start();
        var (room, desk) = (scene.Room, scene.Room.Get<BreachDesk>());
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var told = (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"))).Record;
        Assert.IsType<Opening<DisclosureRecord>.Refused>(await room.Keeper.Open<DisclosureRecord>(Officer, told.Id));
        var aware = room.Room.Clock.GetUtcNow();
        room.Room.Clock.Advance(TimeSpan.FromHours(5));
        var amends = (await room.Get<AmendsDesk>().Report(scene.Adviser, told.Id, NoticeKind.WrongRecipient, [], null, "Two letters were swapped.", aware, default)).OrThrow();

        // The 72 hours began when we were aware, not when it was reported.
        var counting = Assert.Single(await desk.Counting());
        Assert.InRange(aware.AddHours(72) - counting.NotifyBy, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.False(counting.Late);
        Assert.Equal($"breaches/{counting.Id}", Assert.Single(await desk.Notices(StrongroomFixture.For(StrongroomFixture.Officer))).Link);
        Assert.Empty(await desk.Notices(StrongroomFixture.For(StrongroomFixture.Adviser)));

        // The officer opens what it names for this purpose, and nothing around it.
        var shown = await desk.Open(Officer, counting.Id);
        Assert.Equal(("Two letters were swapped.", told.Id, amends.Id), (shown.Breach!.Contents.Facts, shown.Told!.Id, shown.Amends!.Id));
        Assert.IsType<Opening<DisclosureRecord>.Refused>(await room.Keeper.Open<DisclosureRecord>(Officer with { Purpose = Purpose.Share }, told.Id));
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Keeper.Open<FamilyCard>(Officer, scene.Family));
        // Nor does an open breach open anything for a rights request.
        Assert.IsType<Opening<DisclosureRecord>.Refused>(await room.Keeper.Open<DisclosureRecord>(Officer with { Purpose = Purpose.RightsRequest }, told.Id));
        Assert.IsType<Opening<Breach>.Refused>(await room.Keeper.Open<Breach>(scene.Lead, counting.Id));
        Assert.IsType<Outcome.OnHold>(await room.Keeper.Do(new Act(scene.Lead, AuditAction.Erased, [new Destroy(told.Id, "due")])));

        // Not to notify is open for an unlikely risk alone; then what is missing keeps it open.
        Assert.Equal(["breach.step"], (await desk.Take(Officer, counting.Id, BreachEvent.NotToNotify, null, "Unopened.", null)).Select(problem => problem.Field));
        var known = await Typed(room, Officer, ("breach.cause", "Swapped"), ("breach.people", "A child"), ("breach.effects", "None"), ("breach.containment", "Came back"), ("breach.risk", "Unlikely"), ("breach.risk-reasons", "Unopened"), ("breach.lessons", "Read back"), ("breach.people-count", "x"));
        Assert.Equal(["breach.people-count"], (await desk.Work(Officer, counting.Id, 1, known)).Select(problem => problem.Field));
        await room.Get<DraftDesk>().Keep(Officer, known, BreachDesk.Form, new Dictionary<string, string> { ["breach.people-count"] = "1" });
        Assert.Empty(await desk.Work(Officer, counting.Id, 1, known));
        Assert.NotEmpty(await desk.Work(Officer, counting.Id, 1, await Typed(room, Officer, ("breach.cause", "Another"))));
        Assert.Empty(await desk.Take(Officer, counting.Id, BreachEvent.NotToNotify, null, "Unopened.", null));
        Assert.Empty(await desk.Counting());
        Assert.Equal(["breach.step"], (await desk.Close(Officer, counting.Id)).Select(problem => problem.Field));
        Assert.Empty(await desk.Take(Officer, counting.Id, BreachEvent.PeopleTold, null, "Rung.", null));
        Assert.Empty(await desk.Close(Officer, counting.Id));
        Assert.False((await room.Keeper.Envelope(told.Id))!.OnHold);
        Assert.NotNull((await room.Keeper.Envelope(counting.Id))!.KeepUntil.On);
        Assert.IsType<Opening<DisclosureRecord>.Refused>(await room.Keeper.Open<DisclosureRecord>(Officer with { Circuit = "later" }, told.Id));
    }

    [Fact]
    public async Task QuickReport_ByAnAdviser_CountsFromNow_AndIsLateAMinuteAfterItsHours()
    {
        await using var room = await FamilyRoom.Start();
        var desk = room.Get<BreachDesk>();
        Assert.Equal("breach.facts", Assert.Single((await desk.Report(FamilyRoom.Adviser, default)).Problems).Field);
        Assert.Equal(BreachDesk.AwareField, Assert.Single((await desk.Report(FamilyRoom.Adviser, await Typed(room, FamilyRoom.Adviser, ("breach.facts", "A bag was left on a bus."), (BreachDesk.AwareField, "soon")))).Problems).Field);
        var draft = await Typed(room, FamilyRoom.Adviser, ("breach.facts", "A bag was left on a bus."));
        var breach = (await desk.Report(FamilyRoom.Adviser, draft)).OrThrow();
        Assert.Null(await room.Keeper.Envelope(draft));
        Assert.IsType<Opening<Breach>.Refused>(await room.Keeper.Open<Breach>(FamilyRoom.Adviser, breach.Id));
        room.Room.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(2));
        Assert.False(Assert.Single(await desk.Counting()).Late);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(Assert.Single(await desk.Notices(StrongroomFixture.For(StrongroomFixture.Lead))).Late);
        Assert.Empty(await desk.Take(Officer, breach.Id, BreachEvent.Notified, null, "Form", "Nobody was here."));
        Assert.Empty(await desk.Counting());
    }
}
