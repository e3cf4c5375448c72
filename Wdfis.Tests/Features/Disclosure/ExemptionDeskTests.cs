using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>Exemptions on a real database: at once on five fields, the whole form, signatures, the register (X1–X3, D8).</summary>
public sealed class ExemptionDeskTests
{
    private static readonly Errand Asks = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Safeguarding);
    private static readonly Errand Signs = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Safeguarding, "window-2");
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.Safeguarding, "window-3");

    private static readonly (string, string)[] Five =
        [("who", "Ola, six"), ("feared", "harm at home today"), ("to-whom", "the front door"), ("told", "She said she is afraid to go home."), ("why-now", "they go home at three")];

    private static readonly (string, string)[] Rest =
    [
        ("hook", "dpa-sch1-18"), ("no-permission", nameof(NoPermissionReason.AskingWouldPrejudice)), ("facts", "She said so."), ("risk", "Harm."), ("necessity", "They alone can act."), ("minimum", "Name and sentence."),
        ("views", "Not asked: it would warn."), ("recipient-check", "The directory's number."), ("family-told", nameof(FamilyTold.NotTold)), ("family-told-words", "It would warn."), ("family-revisit-on", "2099-01-01"), ("review-on", "2099-01-01"),
    ];

    private static async Task<UnitId> Typed(DisclosureRoom scene, string form, params (string Name, string Value)[] fields)
    {
        var draft = UnitId.Create(scene.Room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await scene.Room.Get<DraftDesk>().Keep(Asks, draft, form, fields.ToDictionary(one => one.Name, one => one.Value)));
        return draft;
    }

    private static ExemptionDesk Desk(DisclosureRoom scene) => scene.Room.Get<ExemptionDesk>();

    private static async Task<UrgentDone> Goes(DisclosureRoom scene, UnitId? family, params (string, string)[] fields) =>
        await Desk(scene).Urgent(Asks, family, await Typed(scene, ExemptionForm.Urgent, fields), UnitId.Create(scene.Room.Room.Clock));

    [Fact]
    public async Task Urgent_EachOfTheFiveEmpty_IsNamedAndNothingElseIsAsked()
    {
        await using var scene = await DisclosureRoom.Start();
        foreach (var (name, _) in Five)
        {
            var done = await Goes(scene, scene.Family, [.. Five.Where(field => field.Item1 != name)]);
            Assert.Equal([ExemptionForm.FieldOf(name)], done.Problems.Select(problem => problem.Field));
        }
        Assert.Empty(await scene.Desk.OfFamily(Asks, scene.Family));
        Assert.NotNull((await Goes(scene, scene.Family, Five)).Released);
    }

    [Fact]
    public async Task Urgent_OfAFamily_NamesWhoIsMeantDropsTheDraftAndLandsOnTheLeadsList()
    {
        await using var scene = await DisclosureRoom.Start();
        var draft = await Typed(scene, ExemptionForm.Urgent, [.. Five, ("body-id", scene.School.Id.ToString())]);
        var done = await Desk(scene).Urgent(Asks, scene.Family, draft, UnitId.Create(scene.Room.Room.Clock));
        Assert.Contains("She said she is afraid to go home.", done.Released!.Outlet.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Magda", done.Released.Outlet.Content, StringComparison.Ordinal);
        Assert.Equal([scene.Child.Id], done.Released.Record.About.ToArray());
        Assert.Equal("01632 960123", done.Released.Record.Address);
        Assert.Null(await scene.Room.Keeper.Envelope(draft));
        var list = Worklist.Find(Worklist.SignOffs)!;
        Assert.Equal([done.Exemption], (await new WorklistDesk(scene.Room.Keeper, scene.Room.Room.Clock).Rows(StrongroomFixture.For(StrongroomFixture.Lead), list, 5)).Select(row => row.Id));
    }

    [Theory]
    [InlineData("Rooms were locked from outside on 2 March.", typeof(NeedsAuthoriser))]
    [InlineData("Rooms were locked from outside, Mrs Testname says.", typeof(Refused))]
    public async Task Failing_WithTheParentLeftOut_GoesToASecondPersonUnlessItNamesSomebody(string text, Type answer)
    {
        await using var scene = await DisclosureRoom.Start();
        var full = scene.Full(ExemptionKind.X3) with { WhyNamed = null };
        Assert.IsType(answer, (await scene.Desk.Compose(Asks, scene.Form(ground: new Ground.UnderExemption(full)) with { About = [], Purpose = "", Text = text })).Answer);
        Assert.IsType(answer, (await scene.Desk.Compose(Asks, scene.Form(ground: new Ground.UnderExemption(full with { Family = null })) with { Family = null, About = [], Purpose = "", Text = text })).Answer);
    }

    [Fact]
    public async Task Exemption_OfSomebodyWhomNoCardKnows_IsComposedAgreedAndReleasedThroughTheGate()
    {
        await using var scene = await DisclosureRoom.Start();
        var saved = (await Desk(scene).Save(Asks, null, null, await Typed(scene, ExemptionForm.Full, [.. Rest, ("kind", nameof(ExemptionKind.X1)), ("who", "a caller who gave no name"), ("to-whom", "Example Primary")]))).OrThrow();
        var exemption = (await scene.Desk.ExemptionOf(Asks, null, saved.Id))!;
        Assert.Null(await scene.Desk.ExemptionOf(Asks, scene.Family, saved.Id));
        var form = scene.Form(ground: new Ground.UnderExemption(exemption)) with { Family = null, About = [], Purpose = "", Text = "About a caller who gave no name: the child is called Jo.", TextScopes = ["social-care"] };
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Decide(Asks, form)).Answer);
        (await scene.Desk.Agree(Signs, form.Id, "Necessary.")).OrThrow();
        // Another word is another request, and nobody agreed to it.
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Compose(Asks, form with { Text = "More." })).Answer);
        var gone = await scene.Sent(form);
        Assert.Contains("the child is called Jo", gone.Outlet.Content, StringComparison.Ordinal);
        Assert.Equal((GroundKind.X1, saved.Id), (gone.Record.Ground, gone.Record.Exemption));
        Assert.Equal(Envelopes.ExemptionDone, (await scene.Room.Keeper.Envelope(saved.Id))!.State);
    }

    [Fact]
    public async Task Urgent_WithNoFamily_WithABrokenPermission_OrWithAClosedFamily_GoesAllTheSame()
    {
        await using var scene = await DisclosureRoom.Start();
        var alone = (await Goes(scene, null, Five)).Released!;
        Assert.Equal((null, "the front door", DisclosureAnswer.Allowed), (alone.Record.Family, alone.Record.Body.Name, alone.Record.Answer));
        Assert.Contains(AllowedMark.SignOffOwed, alone.Record.Marks);

        var permission = await scene.Agreed(PermissionKind.Share, "child-name");
        Disk.Run(scene.Room.Room, "records.db", "UPDATE content SET sealed=zeroblob(80) WHERE unit=$id", permission);
        Assert.Equal(scene.Family, (await Goes(scene, scene.Family, Five)).Released!.Record.Family);

        // Closed to this colleague: what they know goes, and nothing is said of the record.
        await scene.Room.Keeper.Do(new Act(Asks, AuditAction.NeedToKnowChanged, [new DeclareConflict(scene.Family, StrongroomFixture.Adviser.Id)]));
        Assert.Null((await Goes(scene, scene.Family, Five)).Released!.Record.Family);
    }

    [Fact]
    public async Task Signature_NeedsTheRestOfTheForm_AndIsNeverTheAskers()
    {
        await using var scene = await DisclosureRoom.Start();
        var id = (await Goes(scene, scene.Family, Five)).Exemption;
        Assert.Contains((await Desk(scene).Sign(Signs, id, true, null)).Problems, problem => problem.Field == "exemption.hook");
        Assert.True((await Desk(scene).Save(Asks, null, id, await Typed(scene, ExemptionForm.Full, Rest))).Accepted);
        // The officer signs only where no lead but the asker is there.
        Assert.False((await Desk(scene).Sign(Officer, id, true, null)).Accepted);
        Assert.Equal(["exemption.learnt"], (await Desk(scene).Sign(Signs, id, false, " ")).Problems.Select(problem => problem.Field));
        var signed = (await Desk(scene).Sign(Signs, id, false, "The early help hub would have done.")).OrThrow();
        Assert.Equal((false, StrongroomFixture.Lead.Id), (signed.SignOff!.Agreed, signed.SignOff.By));
        Assert.Equal(("Ola, six", "the front door"), (signed.Who, signed.ToWhom));
        // What went stays as it went.
        Assert.False((await Desk(scene).Save(Asks, null, id, await Typed(scene, ExemptionForm.Full, [.. Rest, ("who", "somebody else")]))).Accepted);
        Assert.Equal(DisclosureAnswer.Allowed, Assert.Single(await scene.Desk.OfFamily(Asks, scene.Family)).Answer);
    }

    [Fact]
    public async Task Deputy_OnDutyThatDay_SignsInsteadOfTheLeadAndTheOfficerWhereTheyAsked()
    {
        await using var scene = await DisclosureRoom.Start();
        var deputy = StrongroomFixture.OtherAdviser with { Roles = [Role.Adviser, Role.TeamLead], DeputyFor = [StrongroomFixture.Lead.Id] };
        var desk = ActivatorUtilities.CreateInstance<ExemptionDesk>(scene.Room.Room.Services, new OnDuty([StrongroomFixture.Adviser, deputy, StrongroomFixture.Lead, StrongroomFixture.Officer]));
        var asked = (await Desk(scene).Open(Signs, (await Goes(scene, scene.Family, Five)).Exemption)).Record!;
        Assert.Equal([deputy.Id], (await desk.WhoMaySign(asked)).Select(one => one.Id));
        Assert.Equal([StrongroomFixture.Officer.Id], (await desk.WhoMaySign(asked with { AskedBy = deputy.Id })).Select(one => one.Id));
        Assert.Equal([StrongroomFixture.Lead.Id], (await Desk(scene).WhoMaySign(asked)).Select(one => one.Id));
    }

    private sealed class OnDuty(Colleague[] all) : IColleagues
    {
        public Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => Task.FromResult(all.FirstOrDefault(one => one.Id == id));

        public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Colleague>>(all);
    }

    [Fact]
    public async Task Lead_WhoAskedThemselves_LeavesTheSignatureToTheOfficer()
    {
        await using var scene = await DisclosureRoom.Start();
        var draft = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(Signs, draft, ExemptionForm.Urgent, Five.ToDictionary(one => one.Item1, one => one.Item2));
        var id = (await Desk(scene).Urgent(Signs, scene.Family, draft, UnitId.Create(scene.Room.Room.Clock))).Exemption;
        var rest = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(Signs, rest, ExemptionForm.Full, Rest.ToDictionary(one => one.Item1, one => one.Item2));
        (await Desk(scene).Save(Signs, null, id, rest)).OrThrow();
        Assert.False((await Desk(scene).Sign(Signs, id, true, null)).Accepted);
        Assert.True((await Desk(scene).Sign(Officer, id, true, null)).Accepted);
        // Signed, it is closed to the officer again.
        Assert.Null((await Desk(scene).Open(Officer, id)).Record);
    }

    [Fact]
    public async Task Officer_OpensWhatWaitsAndNothingElse_NeverTheCard()
    {
        await using var scene = await DisclosureRoom.Start();
        var id = (await Goes(scene, scene.Family, Five)).Exemption;
        var sent = Assert.Single(await scene.Desk.OfFamily(Asks, scene.Family));
        Assert.NotNull((await Desk(scene).Open(Officer, id)).Record);
        Assert.Null((await scene.Desk.Open(Officer, sent.Id)).Record);
        Assert.IsType<Opening<Wdfis.Domain.Families.FamilyCard>.Refused>(await scene.Room.Keeper.Open<Wdfis.Domain.Families.FamilyCard>(Officer, scene.Family));
        var waiting = scene.Form(ground: new Ground.UnderExemption(scene.Full(ExemptionKind.X2))) with { Text = "The enquiry was on 3 March.", TextScopes = ["helped"] };
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Decide(scene.Adviser, waiting)).Answer);
        var shown = await scene.Desk.Open(Officer, waiting.Id);
        Assert.Equal((true, null), (shown.Record is not null, shown.Card));
        Assert.True((await scene.Desk.Agree(Officer, waiting.Id, "Necessary, and no more.")).Accepted);
        Assert.Null((await scene.Desk.Open(Officer, waiting.Id)).Record);
    }

    [Fact]
    public void Access_OfTheOfficer_OverEveryKindStateAndPurpose_IsWhatWaitsAndRightsAlone()
    {
        string[] states = ["", "open", "counts", "done", "agreed", "to-complete", "refused", AccessDecision.WaitsForSecond, AccessDecision.WaitsForSignOff];
        foreach (var (kind, state, purpose, special) in
            from kind in Enum.GetValues<UnitKind>()
            from state in states
            from purpose in Enum.GetValues<Purpose>()
            from special in (bool[])[true, false]
            select (kind, state, purpose, special))
        {
            var one = new AccessFacts { Who = StrongroomFixture.Officer, Purpose = purpose, Unit = new UnitId(Guid.NewGuid()), Kind = kind, Marking = Marking.Official, State = state, SpecialHandling = special };
            var waits = (kind, state) is (UnitKind.Disclosure, AccessDecision.WaitsForSecond) or (UnitKind.Exemption, AccessDecision.WaitsForSecond or AccessDecision.WaitsForSignOff);
            var opens = (kind, purpose) switch
            {
                // An answer reads the registers that no family leads to.
                (UnitKind.RightsRequest or UnitKind.RightsPack or UnitKind.Breach or UnitKind.CopyRequest, Purpose.RightsRequest) => true,
                (UnitKind.Breach, _) => purpose == Purpose.Breach || state.Length == 0 && purpose is not (Purpose.Unknown or Purpose.Statistics),
                (UnitKind.Schedule or UnitKind.DisposalList or UnitKind.DisposalCertificate, Purpose.RetentionReview) => true,
                (UnitKind.PolicyEdition or UnitKind.PolicyReview, Purpose.QualityReview) => true,
                (UnitKind.Alert or UnitKind.MonthlyLook, Purpose.QualityReview) => state.Length > 0,
                (_, Purpose.Share or Purpose.Safeguarding) => waits,
                _ => false,
            };
            Assert.True(AccessDecision.Decide(one) is AccessDecision.Allowed == (opens && !special), $"{kind} {state} {purpose} {special}");
        }
    }

    [Fact]
    public async Task Transfer_ToSwitzerland_GoesOnTheOfficersGroundAndAgreement()
    {
        await using var scene = await DisclosureRoom.Start("CH");
        var saved = (await Desk(scene).Save(Asks, scene.Family, null, await Typed(scene, ExemptionForm.Full, [.. Rest, ("who", "Ola"), ("to-whom", "the school")]))).OrThrow();
        DisclosureForm With(Exemption exemption) => scene.Form(ground: new Ground.UnderExemption(exemption)) with { Text = "She moved there.", TextScopes = ["social-care"] };
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, With(saved))).Answer).Reasons, reason => reason.Rule is OutsideUkAndEeaStops);
        Assert.False((await Desk(scene).StateTransfer(Signs, saved.Id, "Because.")).Accepted);
        var stated = (await Desk(scene).StateTransfer(Officer with { Purpose = Purpose.Share }, saved.Id, "Article 49(1)(d): important reasons of public interest.")).OrThrow();
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Compose(scene.Adviser, With(stated))).Answer);
    }

    [Fact]
    public async Task Telling_IsRecordedInWhatWentToo()
    {
        await using var scene = await DisclosureRoom.Start();
        var id = (await Goes(scene, scene.Family, Five)).Exemption;
        var told = new Dictionary<string, string> { [ExemptionForm.Family] = nameof(FamilyTold.Told), [ExemptionForm.FamilyOn] = scene.Room.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal([DisclosureFields.ToldWords], (await Desk(scene).Tell(Asks, id, told)).Problems.Select(problem => problem.Field));
        Assert.True((await Desk(scene).Tell(Asks, id, new Dictionary<string, string>(told) { [ExemptionForm.FamilyWords] = "On the telephone." })).Accepted);
        Assert.Equal(FamilyTold.Told, Assert.Single(await scene.Desk.OfFamily(Asks, scene.Family)).ToldFamily.State);
    }

    [Fact]
    public async Task Register_CountsForLeads_AndShowsTheOfficerOnlyWhatWaits()
    {
        await using var scene = await DisclosureRoom.Start();
        await Goes(scene, scene.Family, Five);
        await Goes(scene, null, [.. Five, ("kind", nameof(ExemptionKind.LifeAtRisk))]);
        (await Desk(scene).Save(Asks, scene.Family, null, await Typed(scene, ExemptionForm.Full, [.. Rest, ("who", "Ola"), ("decision", nameof(ExemptionDecision.NotToShare))]))).OrThrow();
        var review = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview);
        var register = await Desk(scene).Register(review, new DateOnly(scene.Room.Today.Year, scene.Room.Today.Month, 1));
        Assert.Equal([(ExemptionKind.X1, ExemptionOutcome.WentUnsigned), (ExemptionKind.X1, ExemptionOutcome.NotShared), (ExemptionKind.LifeAtRisk, ExemptionOutcome.WentUnsigned)], register.Rows.Select(row => (row.Kind, row.Outcome)));
        Assert.Equal([(GroundKind.X1, 1L), (GroundKind.LifeAtRisk, 1L)], register.Went.ToArray());
        Assert.Empty((await Desk(scene).Register(review, new DateOnly(scene.Room.Today.Year, scene.Room.Today.Month, 1).AddMonths(-1))).Lines);
        var officers = await Desk(scene).Register(StrongroomFixture.For(StrongroomFixture.Officer, Purpose.QualityReview), null);
        Assert.Equal((2, 0), (officers.Lines.Length, officers.Lines.Count(line => line.Exemption is not null)));
    }
}
