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
}
