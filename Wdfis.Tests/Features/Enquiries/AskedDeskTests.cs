using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Enquiries;

public sealed class AskedDeskTests
{
    private static AskedQuestion Question(string about, string asker = "Viktor Falsowski") => new()
    {
        Asker = asker,
        Organisation = "says he is from the school",
        CallBack = "07700 900999",
        About = about,
        Words = "Is she in touch with you?",
        Channel = "phone",
        SentenceGiven = true,
    };

    private static async Task<(FamilyRoom Room, UnitId Family)> Start(SafeContact? safe)
    {
        var room = await FamilyRoom.Start();
        var family = await room.Save(room.Card([room.Carer("Magda", "Testowska")], [], safe));
        return (room, family);
    }

    private static SafeContact Never(params string[] names) => new() { NeverDiscloseTo = [.. names], ReviewedOn = Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves };

    private static readonly DateOnly Today = DateOnly.FromDateTime(new TestClock().GetUtcNow().UtcDateTime);

    private static async Task<IReadOnlyList<Envelope>> Notices(FamilyRoom room) => await room.Keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Asked, State = AskedDesk.Notice });

    [Fact]
    public async Task Record_AboutSomebodyKnown_IsLoggedAndAnswersTheSameAsAboutAStranger()
    {
        var (room, family) = await Start(Never("Viktor Falsowski"));
        await using var _ = room;
        var other = StrongroomFixture.For(StrongroomFixture.OtherAdviser);
        var known = await room.Get<AskedDesk>().Record(other, Question("Magda Testowska"));
        var stranger = await room.Get<AskedDesk>().Record(other, Question("Nobody Atall"));
        Assert.True(known.Accepted && stranger.Accepted);
        Assert.Empty(known.Value.NeverDiscloseMatches);
        Assert.Equal(await room.Keeper.Envelope(stranger.Value.Id) is { Family: null, State: AskedDesk.Written }, await room.Keeper.Envelope(known.Value.Id) is { Family: null, State: AskedDesk.Written });
        var log = Log.Of(room.Room);
        Assert.Contains(log, entry => entry.Action == AuditAction.Asked && entry.Who == other.Who.Id && entry.Units.Contains(known.Value.Id));
        // Nobody's card was opened, and nothing was found, to write it down.
        Assert.DoesNotContain(log, entry => entry.Action is AuditAction.Opened or AuditAction.Found && entry.Units.Contains(family));
    }

    [Fact]
    public async Task Record_AskerWhoMustNotKnow_TheOwnerIsToldAndNobodyElse()
    {
        var (room, family) = await Start(Never("Viktor FALSOWSKI"));
        await using var _ = room;
        var desk = room.Get<AskedDesk>();
        var taker = StrongroomFixture.For(StrongroomFixture.OtherAdviser, Purpose.Safeguarding);
        await desk.Record(taker, Question("Magda Testowska"));
        var notice = Assert.Single(await Notices(room));
        Assert.Equal((family, StrongroomFixture.Adviser.Id, room.Today), (notice.Family!.Value, notice.Owner, notice.DueOn!.Value));
        Assert.NotNull((await desk.Open(taker, notice.Id)).Trouble);
        var owner = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Safeguarding);
        var shown = await desk.Open(owner, notice.Id);
        Assert.True(shown.AskerMustNotKnow);
        Assert.True(await desk.SeenTo(owner, notice.Id));
        Assert.Empty(await Notices(room));
    }

    [Fact]
    public async Task Record_AskerWithAnotherName_TheOwnerReadsThatNoNameMatches()
    {
        var (room, _) = await Start(Never("Somebody Else"));
        await using var r = room;
        await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.OtherAdviser), Question("Magda Testowska"));
        var shown = await room.Get<AskedDesk>().Open(StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Safeguarding), Assert.Single(await Notices(room)).Id);
        Assert.False(shown.AskerMustNotKnow);
    }

    [Fact]
    public async Task Record_FamilyWithoutSafeContact_MakesNoNotice()
    {
        var (room, _) = await Start(null);
        await using var r = room;
        await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.OtherAdviser), Question("Magda Testowska"));
        Assert.Empty(await Notices(room));
    }

    [Fact]
    public async Task Record_FamilyUnderSpecialHandling_ItsOwnerIsToldAllTheSame()
    {
        await using var room = await FamilyRoom.Start();
        await room.Save(room.Card([room.Carer("Magda", "Testowska")], [], Never("Viktor Falsowski")), envelope => envelope with { SpecialHandling = true });
        Assert.True((await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.OtherAdviser), Question("Magda Testowska"))).Accepted);
        Assert.True(Assert.Single(await Notices(room)).SpecialHandling);
    }

    [Fact]
    public async Task Record_MoreFamiliesOfTheNameThanAPageShows_EveryOneGetsItsNotice()
    {
        await using var room = await FamilyRoom.Start();
        var latest = room.Card([room.Carer("Magda", "Testowska")], []);
        var families = new List<UnitId>();
        for (var i = 0; i < 30; i++)
            families.Add(await room.Save(room.Card([room.Carer("Magda", "Testowska")], [], Never("Viktor Falsowski"))));
        // Families without an agreement fill the first page and must not push the others out.
        for (var i = 0; i < 30; i++)
            await room.Save(latest);
        await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.OtherAdviser), Question("Magda Testowska"));
        Assert.Equal(families.Order(), (await Notices(room)).Select(notice => notice.Family!.Value).Order());
    }

    [Fact]
    public async Task Record_MoreThanOwnersAreToldAtOnce_GoesToTheLead()
    {
        await using var room = await FamilyRoom.Start();
        for (var i = 0; i <= AskedDesk.MostNotices; i++)
            await room.Save(room.Card([room.Carer("Magda", "Testowska")], [], Never("Viktor Falsowski")));
        var asked = await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.OtherAdviser), Question("Magda Testowska"));
        var list = Wdfis.Portal.Features.Desk.Worklist.Find("asked-unseen")!;
        var desk = room.Get<Wdfis.Portal.Features.Desk.WorklistDesk>();
        Assert.Equal(asked.Value!.Id, Assert.Single(await desk.Rows(StrongroomFixture.For(StrongroomFixture.Lead), list, 9)).Id);
        Assert.Empty(await desk.Rows(StrongroomFixture.For(StrongroomFixture.OtherAdviser), list, 9));
        Assert.False(await room.Get<AskedDesk>().SeenTo(StrongroomFixture.For(StrongroomFixture.OtherAdviser, Purpose.Safeguarding), asked.Value.Id));
        Assert.True(await room.Get<AskedDesk>().SeenTo(StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Safeguarding), asked.Value.Id));
        Assert.Empty(await desk.Rows(StrongroomFixture.For(StrongroomFixture.Lead), list, 9));
    }

    [Fact]
    public async Task Record_SentenceNotSaidAndNobodyNamed_BothAreSaid()
    {
        await using var room = await FamilyRoom.Start();
        var asked = await room.Get<AskedDesk>().Record(StrongroomFixture.For(StrongroomFixture.Adviser), Question(" ") with { SentenceGiven = false });
        Assert.Equal([AskedQuestion.AboutField, AskedQuestion.SaidField], asked.Problems.Select(problem => problem.Field));
    }

    [Theory]
    [InlineData("Viktor Falsowski", true)]
    [InlineData("FALSOWSKI, Viktor", true)]
    [InlineData("Viktor Jan Falsowski", true)]
    [InlineData("Viktor", false)]
    [InlineData("", false)]
    [InlineData("Wiktor Falsowski", false)]
    public void Matches_NameOfTheAsker_WordForWord(string asker, bool matches) => Assert.Equal(matches, AskedDesk.Matches(asker, ["Viktor Falsowski"]));
}
