using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Families;

/// <summary>Word owed to people of whom others told us (Article 14, D1): who stands on the list, until when, and what takes them off it.</summary>
public sealed class HeardOfFacts
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly Worklist List = Worklist.Find("heard-of")!;

    private static async Task<(FamilyRoom Room, HeardOfDesk Desk, UnitId Family, Carer Father)> Start(Func<Carer, Carer>? father = null)
    {
        var room = await FamilyRoom.Start();
        var mother = room.Carer("Magda", "Testowska");
        var other = (father ?? (one => one))(room.Carer("Viktor", "Falsowski") with { Relationship = "father", Contacts = [], Source = Source.FamilyMember });
        var made = Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Create(FamilyRoom.Adviser, room.Card([mother, other], [room.Child("Ola", room.Today.AddYears(-6))]), Service.FamiliesInformation));
        return (room, room.Get<HeardOfDesk>(), made.Family, other);
    }

    private static Task<IReadOnlyList<Envelope>> Rows(FamilyRoom room) => room.Get<WorklistDesk>().Rows(StrongroomFixture.For(StrongroomFixture.Lead), List, 10);

    private static async Task Change(FamilyRoom room, UnitId family, Func<FamilyCard, Checked<FamilyCard>> change) =>
        Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Change(FamilyRoom.Adviser, family, (await room.Keeper.Envelope(family))!.Version, change));

    [Fact]
    public async Task Father_OfWhomTheMotherTold_IsOwedWordUntilHeIsToldOrAReasonIsWrittenDown()
    {
        var (room, desk, family, father) = await Start();
        await using var _ = room;
        var row = Assert.Single(await Rows(room));
        Assert.Equal((HeardOf.IdOf(father.Id), family, room.Today.AddMonths(1)), (row.Id, row.Family!.Value, row.DueOn!.Value));
        // Saving again makes no second one.
        await Change(room, family, card => card.CheckedRight(room.Today, Ann));
        var shown = await desk.Open(FamilyRoom.Adviser, row.Id);
        Assert.Equal((father.Id, room.Today), (shown.Heard!.Person, shown.Heard.HeardOn));
        Assert.Contains(shown.Card!.Carers, carer => carer.Id == father.Id);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => desk.Tell(StrongroomFixture.For(StrongroomFixture.Officer, Purpose.Advise), row.Id, room.Today, "our letter"));
        Assert.Equal(["heard-of.reason"], (await desk.LeaveUntold(FamilyRoom.Adviser, row.Id, NotToldBecause.Danger, null)).Select(problem => problem.Field));
        Assert.Empty(await desk.LeaveUntold(FamilyRoom.Adviser, row.Id, NotToldBecause.Confidence, "It would say who came to us."));
        Assert.Empty(await Rows(room));
        Assert.Empty(await desk.Tell(FamilyRoom.Adviser, row.Id, room.Today, "our letter"));
        Assert.Equal(("our letter", null), ((await desk.Open(FamilyRoom.Adviser, row.Id)).Heard!.ToldHow, (await desk.Open(FamilyRoom.Adviser, row.Id)).Heard!.Because));
    }

    [Fact]
    public async Task Word_IsOwedNoMore_OnceTheLedgerTellsTheyComeThemselvesOrLeaveTheCard()
    {
        foreach (var ends in new Func<FamilyRoom, Carer, Func<FamilyCard, Checked<FamilyCard>>>[]
        {
            (room, father) => card => card.RecordTold([new Telling { Person = father.Id, Version = PolicyNumber.Parse("2026.1"), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.Letter, At = room.Room.Clock.GetUtcNow(), By = Ann }], room.Room.Clock.GetUtcNow()),
            (room, father) => card => card.CorrectCarer(father with { Source = Source.Themselves }, room.Today),
            (room, father) => card => card.RemovePerson(father.Id, room.Today),
        })
        {
            var (room, _, family, father) = await Start();
            await using var _1 = room;
            Assert.Single(await Rows(room));
            await Change(room, family, ends(room, father));
            Assert.Empty(await Rows(room));
        }
    }

    [Fact]
    public async Task NobodyWhoCameThemselves_IsOnTheList_AndWhoeverIsAddedLaterIs()
    {
        var (room, _, family, father) = await Start(one => one with { Source = Source.Themselves });
        await using var _1 = room;
        Assert.Empty(await Rows(room));
        await Change(room, family, card => card.AddCarer(room.Carer("Una", "Falsowska") with { Relationship = "grandparent", Source = Source.Professional }, room.Today));
        Assert.Single(await Rows(room));
    }
}
