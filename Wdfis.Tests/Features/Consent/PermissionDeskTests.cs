using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Consent;

public sealed class PermissionDeskTests
{
    private sealed record Scene(FamilyRoom Room, UnitId Family, Carer Mother, Child Child) : IAsyncDisposable
    {
        public PermissionDesk Desk => Room.Get<PermissionDesk>();

        public static async Task<Scene> Start(DateOnly? bornOn = null, Func<Carer, Carer>? mother = null)
        {
            var room = await FamilyRoom.Start();
            var carer = room.Carer("Magda", "Testowska");
            carer = mother?.Invoke(carer) ?? carer;
            var child = room.Child("Ola", bornOn ?? room.Today.AddYears(-6));
            return new Scene(room, await room.Save(room.Card([carer], [child])), carer, child);
        }

        public PermissionTerms Terms(PermissionKind kind = PermissionKind.Contact, bool send = false, params string[] items) => PermissionTerms.Create(
            [Child.Id], NamedBody.Create(BodyKind.School, "Example Primary").OrThrow(), kind, "so that support can be planned", items, ["phone"], Room.Today, Room.Today.AddDays(100), send).OrThrow();

        public Grant Yes(int daysAgo = 0) => new()
        {
            By = Mother.Id,
            Capacity = GrantCapacity.ParentWithResponsibility,
            Evidence = "said so",
            How = GivenHow.Spoken,
            TextVersion = PermissionRequest.Version,
            GivenAt = Room.Room.Clock.GetUtcNow().AddDays(-daysAgo),
        };

        public async Task<UnitId> Recorded(Grant? yes = null) => (await Desk.Record(FamilyRoom.Adviser, Family, Terms(), yes ?? Yes())).OrThrow().Id;

        public async Task<PermissionState> State()
        {
            var all = await Desk.ForFamily(FamilyRoom.Adviser, Family);
            return all.StateOf(Assert.Single(all.All));
        }

        public async Task<Envelope> Envelope(UnitId id) => (await Room.Keeper.Envelope(id))!;

        public ValueTask DisposeAsync() => Room.DisposeAsync();
    }

    [Fact]
    public async Task KeepUntil_OfTheFamily_IsNeverEarlierThanAPermissionOnIt_WhoeverSaves()
    {
        await using var scene = await Scene.Start();
        var permission = await scene.Envelope(await scene.Recorded());
        Assert.Equal(permission.KeepUntil.On, (await scene.Envelope(scene.Family)).KeepUntil.On);
        // A call without a card read touches the family; saved, closed, and shorter kept than the permission.
        var draft = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(FamilyRoom.Adviser, draft, "live-enquiry", new Dictionary<string, string> { ["family"] = scene.Family.ToString(), ["service"] = Service.FamiliesInformation.Code(), ["topic"] = "benefits", ["outcome"] = "information-given", ["asker"] = "Their aunt" });
        Assert.IsType<SaveAnswer.Saved>(await scene.Room.Get<EnquiryDesk>().Save(FamilyRoom.Adviser, draft, close: true));
        Assert.Equal(permission.KeepUntil.On, (await scene.Envelope(scene.Family)).KeepUntil.On);
        Assert.IsType<FamilyAnswer.Done>(await scene.Room.Get<FamilyDesk>().CheckedRight(FamilyRoom.Adviser, scene.Family));
        Assert.Equal(permission.KeepUntil.On, (await scene.Envelope(scene.Family)).KeepUntil.On);
    }

    [Fact]
    public async Task Record_OnTheDayItWasGiven_CountsAndIsSaidInOneSentence()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded();
        Assert.Equal(PermissionState.Given, await scene.State());
        var all = await scene.Desk.ForFamily(FamilyRoom.Adviser, scene.Family);
        Assert.StartsWith("School: contact until ", all.Sentences[0], StringComparison.Ordinal);
        Assert.Equal("Council teams: never asked.", all.Sentences[1]);
        var envelope = await scene.Envelope(id);
        Assert.Equal(("given", scene.Room.Today.AddDays(100), Marking.Official), (envelope.State, envelope.DueOn, envelope.Marking));
        Assert.Equal("permission", envelope.KeepUntil.ClassCode);
        Assert.Equal(scene.Room.Today.AddDays(100).AddYears(6), envelope.KeepUntil.On);
        Assert.Contains(Log.Of(scene.Room.Room), entry => entry.Action == AuditAction.PermissionGiven && entry.Units.Contains(id));
    }

    [Fact]
    public async Task Record_WithASpecialItemNamed_IsMarkedSensitive()
    {
        await using var scene = await Scene.Start();
        var made = (await scene.Desk.Record(FamilyRoom.Adviser, scene.Family, scene.Terms(PermissionKind.Share, items: ["name", "sen"]), scene.Yes())).OrThrow();
        Assert.Equal(Marking.OfficialSensitive("PERSONAL"), (await scene.Envelope(made.Id)).Marking);
    }

    [Fact]
    public async Task Withdraw_WithoutAnyReason_EndsItAtOnce()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded();
        scene.Room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await scene.Desk.Withdraw(FamilyRoom.Adviser, id, scene.Mother.Id)).Accepted);
        Assert.Equal(PermissionState.Withdrawn, await scene.State());
        var envelope = await scene.Envelope(id);
        Assert.Equal(("withdrawn", (DateOnly?)null, scene.Room.Today.AddYears(6)), (envelope.State, envelope.DueOn, envelope.KeepUntil.On));
        Assert.False((await scene.Desk.Renew(FamilyRoom.Adviser, id, scene.Yes(), scene.Room.Today.AddDays(300))).Accepted);
    }

    [Fact]
    public async Task Withdraw_UnderAHold_IsNotStoppedByIt()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded();
        var before = await scene.Envelope(id);
        await scene.Room.Room.Hold(id);
        scene.Room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await scene.Desk.Withdraw(FamilyRoom.Adviser, id, scene.Mother.Id)).Accepted);
        Assert.Equal(PermissionState.Withdrawn, await scene.State());
        Assert.Equal(before.KeepUntil.On, (await scene.Envelope(id)).KeepUntil.On);
    }

    [Fact]
    public async Task Renew_UntilALaterDay_MovesTheDueDay()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded();
        scene.Room.Room.Clock.Advance(TimeSpan.FromDays(80));
        Assert.True((await scene.Desk.Renew(FamilyRoom.Adviser, id, scene.Yes(), scene.Room.Today.AddDays(200))).Accepted);
        Assert.Equal(PermissionState.Renewed, await scene.State());
        Assert.Equal(scene.Room.Today.AddDays(200), (await scene.Envelope(id)).DueOn);
    }

    [Fact]
    public async Task Record_GivenYesterday_WaitsForALeadAndCountsWhenOneAgrees()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded(scene.Yes(daysAgo: 1) with { });
        Assert.NotEqual(PermissionState.Given, await scene.State());
        Assert.Equal((Envelopes.WaitsForLead, scene.Room.Today), ((await scene.Envelope(id)).State, (await scene.Envelope(id)).DueOn));
        Assert.True((await scene.Desk.AgreeLate(FamilyRoom.Lead, id)).Accepted);
        Assert.Equal(PermissionState.Given, await scene.State());
        Assert.Equal("given", (await scene.Envelope(id)).State);
    }

    [Fact]
    public async Task AgreeLate_ByTheLeadWhoRecordedIt_Refused()
    {
        await using var scene = await Scene.Start();
        var made = (await scene.Desk.Record(FamilyRoom.Lead, scene.Family, scene.Terms(), scene.Yes(daysAgo: 1))).OrThrow();
        Assert.Equal(PermissionFields.Lead, Assert.Single((await scene.Desk.AgreeLate(FamilyRoom.Lead, made.Id)).Problems).Field);
    }

    [Fact]
    public async Task Record_BySomebodyWhoIsNotOfTheFamily_Refused()
    {
        await using var scene = await Scene.Start();
        var stranger = scene.Yes() with { By = PersonId.Create(scene.Room.Room.Clock) };
        Assert.Equal(PermissionFields.By, Assert.Single((await scene.Desk.Record(FamilyRoom.Adviser, scene.Family, scene.Terms(), stranger)).Problems).Field);
        Assert.Empty((await scene.Desk.ForFamily(FamilyRoom.Adviser, scene.Family)).All);
    }

    [Fact]
    public async Task Record_ByACarerWithoutResponsibility_Refused()
    {
        await using var scene = await Scene.Start(mother: carer => carer with
        {
            Responsibilities = [new ParentalResponsibility { State = Responsibility.No, Source = Source.Themselves }],
        });
        Assert.Equal(PermissionFields.Capacity, Assert.Single((await scene.Desk.Record(FamilyRoom.Adviser, scene.Family, scene.Terms(), scene.Yes())).Problems).Field);
    }

    [Fact]
    public async Task SendMatter_AfterTheTransfer_TheYoungPersonDecides()
    {
        var now = new TestClock().GetUtcNow();
        var june = new DateOnly(now.Year + 1, 6, 30);
        // Turns 16 in the school year that ends next summer.
        await using var scene = await Scene.Start(bornOn: june.AddYears(-16).AddDays(-60));
        var terms = PermissionTerms.Create([scene.Child.Id], NamedBody.Create(BodyKind.School, "Example High").OrThrow(), PermissionKind.Share, "x", ["sen"], ["phone"],
            scene.Room.Today, scene.Room.Today.AddMonths(23), sendMatter: true).OrThrow();
        var id = (await scene.Desk.Record(FamilyRoom.Adviser, scene.Family, terms, scene.Yes())).OrThrow().Id;
        Assert.Equal(PermissionState.Given, await scene.State());
        Assert.Equal(new DateOnly(june.Year, 8, 31), (await scene.Envelope(id)).DueOn);
        scene.Room.Room.Clock.Advance(TimeSpan.FromDays(june.DayNumber - scene.Room.Today.DayNumber + 1));
        Assert.Equal(PermissionState.Superseded, await scene.State());
        Assert.Contains("the young person decides now", (await scene.Desk.ForFamily(FamilyRoom.Adviser, scene.Family)).Sentences[0], StringComparison.Ordinal);
        var again = await scene.Desk.Record(FamilyRoom.Adviser, scene.Family, terms, scene.Yes());
        Assert.Equal(PermissionFields.Capacity, Assert.Single(again.Problems).Field);
    }

    [Fact]
    public async Task Sheet_GoesThroughTheGateToWhoeverAnsweredAndProvedWhoTheyAre()
    {
        await using var scene = await Scene.Start();
        var id = await scene.Recorded();
        Assert.IsType<Released.Not>(await scene.Desk.Give(FamilyRoom.Adviser, id, scene.Mother.Id, " "));
        Assert.IsType<Released.Not>(await scene.Desk.Give(FamilyRoom.Adviser, id, scene.Child.Id, "known voice"));
        Assert.DoesNotContain(Log.Of(scene.Room.Room), entry => entry.Action == AuditAction.Printed);
        var sheet = Assert.IsType<Released.Out>(await scene.Desk.Give(FamilyRoom.Adviser, id, scene.Mother.Id, "known voice"));
        Assert.Contains("What you agreed to", sheet.Outlet.Content, StringComparison.Ordinal);
        Assert.Contains(Log.Of(scene.Room.Room), entry => entry.Action == AuditAction.Printed && entry.Units.Contains(sheet.Record.Id));
    }

    [Fact]
    public async Task Open_AfterTheFamilyWasRead_NamesNobodyInItsOwnWords()
    {
        await using var scene = await Scene.Start();
        var shown = await scene.Desk.Open(FamilyRoom.Adviser, await scene.Recorded());
        Assert.Equal("ShownPermission", shown.ToString());
        Assert.Equal("Magda", shown.Card!.FindCarer(shown.Permission!.LastGrant!.By)!.Forename);
    }
}
