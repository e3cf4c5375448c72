using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Drafts;

public class DraftDeskTests
{
    private static readonly Dictionary<string, string> Typed = new() { ["why"] = "half a sentence" };

    [Fact]
    public async Task Draft_OfTheOfficer_IsKeptForTheOfficerAlone()
    {
        await using var room = await FamilyRoom.Start();
        var (desk, id) = (room.Get<DraftDesk>(), UnitId.Create(room.Room.Clock));
        var officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.GiveInformation);
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(officer, id, "hold", Typed));
        Assert.Equal("half a sentence", (await desk.Open(officer with { Purpose = Purpose.QualityReview }, id))!["why"]);
        Assert.Null(await desk.Open(FamilyRoom.Lead, id));
        Assert.Equal(DraftAnswer.NotYours, await desk.Keep(FamilyRoom.Adviser, id, "hold", Typed));
    }

    [Fact]
    public async Task Draft_ThatGrowsByManySmallSaves_IsRefusedBeyondWhatAFormHolds()
    {
        await using var room = await FamilyRoom.Start();
        var (desk, id) = (room.Get<DraftDesk>(), UnitId.Create(room.Room.Clock));
        static Dictionary<string, string> Fields(int from, int count, string text) => Enumerable.Range(from, count).ToDictionary(number => $"field-{number}", _ => text);
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, id, "hold", Fields(0, Draft.MostFields - 1, "")));
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, id, "hold", Fields(Draft.MostFields - 1, 1, "the last")));
        Assert.Equal(DraftAnswer.TooLong, await desk.Keep(FamilyRoom.Adviser, id, "hold", Fields(Draft.MostFields, 1, "one more")));
        var text = new string('x', Draft.FieldLimit("hold"));
        var most = Draft.MostText / text.Length;
        for (var field = 0; field < most - 1; field++)
            Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, id, "hold", Fields(field, 1, text)));
        Assert.Equal(DraftAnswer.TooLong, await desk.Keep(FamilyRoom.Adviser, id, "hold", Fields(most, 1, text)));
        Assert.Equal("the last", (await desk.Open(FamilyRoom.Adviser, id))![$"field-{Draft.MostFields - 1}"]);
    }

    [Fact]
    public async Task Drafts_OfOneColleague_AreSoMany_AndOneThatGoesMakesRoom()
    {
        await using var room = await FamilyRoom.Start();
        var desk = room.Get<DraftDesk>();
        var drafts = Enumerable.Range(0, Draft.MostPerOwner + 1).Select(_ => UnitId.Create(room.Room.Clock)).ToArray();
        foreach (var id in drafts[1..])
            Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, id, "hold", Typed));
        Assert.Equal(DraftAnswer.TooMany, await desk.Keep(FamilyRoom.Adviser, drafts[0], "hold", Typed));
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, drafts[1], "hold", Typed));
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(StrongroomFixture.For(StrongroomFixture.OtherAdviser), UnitId.Create(room.Room.Clock), "hold", Typed));
        await desk.Drop(FamilyRoom.Adviser, drafts[1]);
        Assert.Equal(DraftAnswer.Kept, await desk.Keep(FamilyRoom.Adviser, drafts[0], "hold", Typed));
    }
}
