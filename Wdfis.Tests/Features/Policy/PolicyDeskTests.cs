using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Policy;

/// <summary>The policy's life on a real strongroom (A1, C1, C4).</summary>
public sealed class PolicyDeskTests : IAsyncLifetime
{
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.QualityReview);
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview);
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.QualityReview);
    private static readonly PolicyNumber First = new(2026, 1), Second = new(2026, 2);

    private FamilyRoom room = default!;

    public async Task InitializeAsync() => room = await FamilyRoom.Start();

    public async Task DisposeAsync() => await room.DisposeAsync();

    private PolicyDesk Desk => room.Get<PolicyDesk>();
    private PolicyShelf Shelf => room.Get<PolicyShelf>();

    private async Task<System.Collections.Immutable.ImmutableArray<Problem>> Write(Errand errand, PolicyNumber? number, params (string Field, string Text)[] typed)
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(errand, draft, PolicyDesk.Form, typed.ToDictionary(one => one.Field, one => one.Text));
        return await Desk.Write(errand, number, Shelf.Find(number ?? default)?.Envelope.Version ?? 0, draft);
    }

    private async Task Publish(PolicyNumber number, bool material = true)
    {
        Assert.Empty(await Write(Officer, null, (PolicyDesk.NumberField, number.ToString()), (PolicyDesk.ChangedField, "Plainer words."), (PolicyDesk.MaterialField, material ? "yes" : ""), (PolicyDesk.SaidField + "confidential", $"Said as of {number}.")));
        Assert.Empty(await Desk.Approve(Lead, number, Shelf.Find(number)!.Envelope.Version));
        Assert.Empty(await Desk.Publish(Officer, number, Shelf.Find(number)!.Envelope.Version, room.Today));
    }

    [Fact]
    public async Task Edition_FromDraftToPublished_NeedsTwoPeopleAndChangesTheScript()
    {
        Assert.Null(Shelf.InForce);
        Assert.Empty(await Write(Officer, null, (PolicyDesk.NumberField, "2026.1"), (PolicyDesk.ChangedField, "The first."), (PolicyDesk.SaidField + "in-private", "Can you talk?")));
        var drafted = Shelf.Find(First)!;
        Assert.Equal(Script.Draft, Shelf.Script);
        Assert.Contains(await Desk.Approve(Officer, First, drafted.Envelope.Version), problem => problem.Field == "policy.approved-by");
        Assert.NotEmpty(await Desk.Publish(Officer, First, drafted.Envelope.Version, room.Today));
        Assert.Empty(await Desk.Approve(Lead, First, drafted.Envelope.Version));
        Assert.Empty(await Desk.Publish(Officer, First, Shelf.Find(First)!.Envelope.Version, room.Today));
        Assert.Equal("Can you talk?", Shelf.Script.Line("in-private")!.Words);
        Assert.Equal(First, room.Get<EnquiryDesk>().PolicyVersion);
        Assert.NotEmpty(await Write(Officer, First, (PolicyDesk.ChangedField, "Once more.")));
    }

    [Fact]
    public async Task Approval_OfATextThatChangedSinceItWasShown_IsRefused()
    {
        Assert.Empty(await Write(Officer, null, (PolicyDesk.NumberField, "2026.1"), (PolicyDesk.ChangedField, "The first.")));
        var shown = Shelf.Find(First)!.Envelope.Version;
        Assert.Empty(await Write(Officer, First, (PolicyDesk.SaidField + "confidential", "Something else.")));
        Assert.NotEmpty(await Desk.Approve(Lead, First, shown));
        Assert.Equal(EditionState.Draft, Shelf.Find(First)!.Record.State);
    }

    [Fact]
    public async Task TwoOfficers_PublishingAtOnce_PublishOnce()
    {
        Assert.Empty(await Write(Officer, null, (PolicyDesk.NumberField, "2026.1"), (PolicyDesk.ChangedField, "The first.")));
        Assert.Empty(await Desk.Approve(Lead, First, Shelf.Find(First)!.Envelope.Version));
        var shown = Shelf.Find(First)!.Envelope.Version;
        var answers = await Task.WhenAll(Desk.Publish(Officer, First, shown, room.Today), Desk.Publish(Officer, First, shown, room.Today.AddDays(3)));
        Assert.Single(answers, answer => answer.IsEmpty);
        Assert.Equal(EditionState.Published, Shelf.Find(First)!.Record.State);
    }

    [Fact]
    public async Task TextWithoutAClause_IsRefusedByItsName_AndTheDraftStays()
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(Officer, draft, PolicyDesk.Form, new Dictionary<string, string> { [PolicyDesk.TextField] = ShippedPolicy.Text.Markdown.Replace("**U2**", "", StringComparison.Ordinal), [PolicyDesk.ChangedField] = "x" });
        Assert.Contains(await Desk.Write(Officer, null, 0, draft), problem => problem.Field == "policy.text" && problem.Sentence.Contains("U2", StringComparison.Ordinal));
        Assert.NotNull(await room.Get<DraftDesk>().Open(Officer, draft));
    }

    [Fact]
    public async Task Reading_AfterFiveWorkingDays_StopsANewCall_NeverAnOpenOne()
    {
        await Publish(First);
        var (calls, open, later) = (room.Get<EnquiryDesk>(), UnitId.Create(room.Room.Clock), UnitId.Create(room.Room.Clock));
        var owed = await Desk.Owed(StrongroomFixture.For(StrongroomFixture.Adviser));
        Assert.True(owed!.MayStart);
        Assert.Equal(room.Get<WorkingDays>().Add(room.Today, 5).On, owed.DueOn);
        Assert.Null((await calls.Resume(FamilyRoom.Adviser, open)).Trouble);
        await room.Get<DraftDesk>().Keep(FamilyRoom.Adviser, open, CallFields.Form, new Dictionary<string, string> { [CallFields.Topic] = "childcare-search" });
        room.Room.Clock.Advance(TimeSpan.FromDays(owed.DueOn.DayNumber - room.Today.DayNumber + 1));
        Assert.Null((await calls.Resume(FamilyRoom.Adviser, open)).Trouble);
        Assert.Contains("2026.1", (await calls.Resume(FamilyRoom.Adviser, later)).Trouble, StringComparison.Ordinal);
        Assert.Contains("2026.1", (await calls.CountQuick(FamilyRoom.Adviser, Service.FamiliesInformation, "childcare-search", "information-given", "phone")).Single().Sentence, StringComparison.Ordinal);
        Assert.Empty(await Desk.Acknowledge(Adviser, First));
        Assert.Empty(await Desk.Acknowledge(Adviser, First));
        Assert.Null(await Desk.Owed(StrongroomFixture.For(StrongroomFixture.Adviser)));
        Assert.Null((await calls.Resume(FamilyRoom.Adviser, later)).Trouble);
        Assert.Equal([StrongroomFixture.Adviser.Id], (await Desk.Readers(StrongroomFixture.For(StrongroomFixture.Officer), First)).Where(line => line.ReadOn is not null).Select(line => line.Who.Id));
        Assert.Equal(1, await room.Keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Acknowledgement }));
    }

    /// <summary>Whoever has not read the edition in time begins no new enquiry; what cannot wait goes all the same (X1).</summary>
    [Fact]
    public async Task Reading_Overdue_NeverStopsAnUrgentAct()
    {
        await using var scene = await DisclosureRoom.Start();
        await room.DisposeAsync();
        room = scene.Room;
        await Publish(First);
        room.Room.Clock.Advance(TimeSpan.FromDays(14));
        Assert.False((await Desk.Owed(StrongroomFixture.For(StrongroomFixture.Adviser)))!.MayStart);
        Assert.NotNull((await room.Get<EnquiryDesk>().Resume(FamilyRoom.Adviser, UnitId.Create(room.Room.Clock))).Trouble);
        await scene.Sent(scene.Form(ground: new Wdfis.Domain.Disclosure.Ground.UnderExemption(scene.Urgent())) with { Text = "Seen bruises.", About = [scene.Mother.Id] });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NextEdition_TellsFamiliesAgain_OnlyWhenItIsMaterial(bool material)
    {
        await Publish(First);
        var family = await room.Save(room.Card([room.Carer("Magda", "Testowska")], []));
        room.Room.Clock.Advance(TimeSpan.FromDays(3));
        await Publish(Second, material);
        Assert.Equal(Second, Shelf.Number);
        var touched = await room.Get<Envelopes>().Touched(room.Keeper, (await room.Keeper.Envelope(family))!, null, room.Today);
        Assert.Equal(material, touched.OfType<Mark>().Single().Change((await room.Keeper.Envelope(family))! with { NotTold = false }).NotTold);
        Assert.Equal([First, Second], Shelf.Versions.Select(version => version.Number));
    }
}
