using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>Who speaks for whom, who decides, what is only stored and from whom somebody is kept: written on the card's forms, bound by the gate.</summary>
public class StandingTests
{
    private static readonly PersonId Fresh = new(Guid.Parse("01900000-0000-7000-8000-0000000000f1"));

    /// <summary>Types into the form of a part, as the page would save it.</summary>
    private static Func<FamilyCard, Checked<FamilyCard>> Typed(DisclosureRoom scene, string part, string which, params (string Field, string Value)[] typed) => card =>
    {
        var form = FamilyParts.Of(part, which, card, Fresh, Purpose.Advise, 1, Stamp.Now(StrongroomFixture.Adviser.Id, scene.Room.Room.Clock))!;
        Assert.Empty(typed.Select(one => one.Field).Except(form.Fields.Select(field => field.Name)));
        return form.Apply(card, new Dictionary<string, string>(form.Values).With(typed.ToDictionary(one => one.Field, one => one.Value)));
    };

    private static string Words(Released released) => Assert.IsType<Released.Not>(released).Words;

    [Fact]
    public async Task Representative_BeforeProofWhileProvedAndAfterTheEnd_GetsItOnlyWhileProved()
    {
        await using var scene = await DisclosureRoom.Start();
        var statements = scene.Room.Get<StatementDesk>();
        (string, string)[] solicitor =
        [
            ("person", scene.Mother.Id.ToString()), ("who", "other"), ("name", "Jo Sample, Sample Solicitors"), ("capacity", nameof(RepresentativeCapacity.Solicitor)), ("receives", "yes"), ("decides", "yes"),
        ];
        await scene.Standing(Typed(scene, "representative", "new", solicitor));
        Task<Released> Give() => scene.Desk.Give(scene.Adviser, scene.Family, scene.Mother.Id, "rung back", "the sheet", Marking.Official, statement: new StatementCopy(Fresh));
        Assert.Contains("Nobody has seen what the representative's authority rests on. See the document", Words(await Give()), StringComparison.Ordinal);
        Assert.DoesNotContain((await statements.Preview(scene.Adviser, scene.Family, scene.Mother.Id)).Receivers, one => one.Id == Fresh);

        await scene.Standing(Typed(scene, "representative", "0", ("document", "Letter of authority"), ("seen-on", scene.Room.Today.ToString("d/M/yyyy")), ("until", scene.Room.Today.AddDays(1).ToString("d/M/yyyy"))));
        var preview = await statements.Preview(scene.Adviser, scene.Family, scene.Mother.Id, Fresh);
        Assert.Equal((Fresh, "Jo Sample, Sample Solicitors"), Assert.Single(preview.Receivers, one => one.Id == Fresh));
        var sent = Assert.IsType<Released.Out>(await statements.Release(scene.Adviser, scene.Family, scene.Mother.Id, Fresh, "rung back"));
        Assert.Equal((Fresh, "Jo Sample, Sample Solicitors"), (sent.Record.Recipient, sent.Record.Body.Name));
        // For the mother alone: nothing says that they speak for the child.
        Assert.Contains("not proved to represent", Words(await scene.Desk.Give(scene.Adviser, scene.Family, scene.Child.Id, "rung back", "the sheet", Marking.Official, statement: new StatementCopy(Fresh))), StringComparison.Ordinal);

        scene.Room.Room.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains("authority ended", Words(await Give()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Representative_WhoMayDecide_GivesAPermissionThatEndsWithTheAuthority()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Standing(card => card.SetRepresentatives([new Representative
        {
            Person = scene.Child.Id, Who = Fresh, Name = "Jo Sample", Capacity = RepresentativeCapacity.Attorney, Document = "Order", SeenOn = scene.Room.Today, Until = scene.Room.Today.AddDays(3), Decides = true, Source = Source.Record,
        }], scene.Room.Today));
        var grant = scene.Grant() with { By = Fresh, Capacity = GrantCapacity.Representative };
        var both = await scene.Room.Get<PermissionDesk>().Record(Consent.FamilyRoom.Adviser, scene.Family,
            PermissionTerms.Create(scene.Both, scene.School.Named(), PermissionKind.Share, DisclosureRoom.WhatFor, ["sen"], ["email"], scene.Room.Today, scene.Room.Today.AddMonths(5)).OrThrow(), grant);
        Assert.Equal(PermissionFields.Capacity, Assert.Single(both.Problems).Field);

        await scene.Agreed(PermissionKind.Share, grant, [scene.Child.Id], "child-name", "sen");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.sen-stage");
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        scene.Room.Room.Clock.Advance(TimeSpan.FromDays(4));
        var no = Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, form with { Id = UnitId.Create(scene.Room.Room.Clock) })).Answer);
        Assert.Contains(no.Reasons, reason => reason.Rule is PermissionComesFromOneWhoMayGiveIt && reason.Sentence.Contains("ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Competence_AssessedAtSix_MakesTheirOwnAnswerCountAndTheMothersNot()
    {
        await using var scene = await DisclosureRoom.Start();
        var desk = scene.Room.Get<PermissionDesk>();
        var terms = PermissionTerms.Create([scene.Child.Id], scene.School.Named(), PermissionKind.Share, DisclosureRoom.WhatFor, ["sen"], ["email"], scene.Room.Today, scene.Room.Today.AddMonths(5)).OrThrow();
        var own = scene.Grant() with { By = scene.Child.Id, Capacity = GrantCapacity.YoungPerson };
        Assert.Contains("whatever their age", Assert.Single((await desk.Record(Consent.FamilyRoom.Adviser, scene.Family, terms, own)).Problems).Sentence, StringComparison.Ordinal);
        await scene.Agreed(PermissionKind.Share, scene.Grant(), [scene.Child.Id], "sen");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.sen-stage");
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);

        await scene.Standing(Typed(scene, "competence", scene.Child.Id.ToString(), ("for", nameof(CompetenceFor.Permissions)), ("able", "yes"), ("decision", "whether the school may know"), ("note", "Said it back in her own words.")));
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, form)).Answer).Reasons, reason => reason.Sentence.StartsWith("This young person decides for themselves", StringComparison.Ordinal));
        Assert.Contains("decides for themselves", Assert.Single((await desk.Record(Consent.FamilyRoom.Adviser, scene.Family, terms, scene.Grant())).Problems).Sentence, StringComparison.Ordinal);
        Assert.True((await desk.Record(Consent.FamilyRoom.Adviser, scene.Family, terms, own)).Accepted);
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);

        // Asking for what is held is another decision: until they were found able to, the mother asks for them.
        Assert.Contains((await scene.Room.Get<StatementDesk>().Preview(scene.Adviser, scene.Family, scene.Child.Id)).Receivers, one => one.Id == scene.Mother.Id);
        await scene.Standing(card => card.Assess(scene.Found(able: true, CompetenceFor.OwnInformation), scene.Room.Today));
        Assert.Equal(scene.Child.Id, Assert.Single((await scene.Room.Get<StatementDesk>().Preview(scene.Adviser, scene.Family, scene.Child.Id)).Receivers).Id);
    }

    [Fact]
    public async Task Restriction_OfOnePerson_BindsTheGateAndTheFormsUntilALeadLiftsItAfterTelling()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "name", "child-name", "setting", "contact-details");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        var desk = scene.Room.Get<FamilyDesk>();
        var request = UnitId.Create(scene.Room.Room.Clock);
        Assert.IsType<FamilyAnswer.Done>(await desk.Restrict(DisclosureRoom.Advising, scene.Family, scene.Child.Id, RestrictionGround.Accuracy, "The setting is said to be wrong.", request));
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, form)).Answer).Reasons, reason => reason.Rule is ARestrictionBindsEvenALivePermission);
        // The mother's own is not the child's.
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, await scene.Ticked(scene.Form() with { About = [scene.Mother.Id] }, "family.carer.forename"))).Answer);

        Checked<FamilyCard> Moved(FamilyCard card) => card.CorrectChild(card.FindChild(scene.Child.Id)! with { Setting = "Sample Academy" }, scene.Room.Today);
        Assert.Equal(FamilyDesk.StoredOnly, Assert.IsType<FamilyAnswer.Trouble>(await scene.Standing(Moved, DisclosureRoom.Advising)).Words);
        Assert.Equal(FamilyDesk.StoredOnly, Assert.IsType<FamilyAnswer.Trouble>(await scene.Standing(card => card.RemovePerson(scene.Child.Id, scene.Room.Today), DisclosureRoom.Advising)).Words);
        Assert.IsType<FamilyAnswer.Done>(await scene.Standing(Moved, StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Safeguarding)));

        var lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Advise);
        Assert.Contains("A team lead lifts", Assert.IsType<FamilyAnswer.Trouble>(await desk.LiftRestriction(DisclosureRoom.Advising, scene.Family, scene.Child.Id, scene.Room.Today, "by telephone")).Words, StringComparison.Ordinal);
        Assert.Equal("family.restriction.told-on", Assert.Single(Assert.IsType<FamilyAnswer.Wrong>(await desk.LiftRestriction(lead, scene.Family, scene.Child.Id, null, "by telephone")).Problems).Field);
        Assert.IsType<FamilyAnswer.Wrong>(await scene.Standing(Typed(scene, "restriction", scene.Child.Id.ToString()), lead));
        Assert.IsType<FamilyAnswer.Done>(await desk.LiftRestriction(lead, scene.Family, scene.Child.Id, scene.Room.Today, "by telephone"));
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        var card = Assert.IsType<Opening<FamilyCard>.Opened>(await desk.Open(DisclosureRoom.Advising, scene.Family)) is var found ? found.Record.Open(found.Clearance) : null!;
        Assert.Equal((request, scene.Room.Today, StrongroomFixture.Lead.Id), Assert.Single(card.Standing.Restrictions) is var one ? (one.Request, one.LiftedOn, one.LiftedBy) : default);
    }

    [Theory]
    [InlineData(KeptHow.NotNamed)]
    [InlineData(KeptHow.NeverTold)]
    public async Task KeptFrom_AnEntryOfTheDirectory_BindsForThatPersonAndFollowsAMerger(KeptHow how)
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "name", "child-name", "setting");
        var child = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        var mother = await scene.Ticked(scene.Form() with { About = [scene.Mother.Id] }, "family.carer.forename");
        var old = (await scene.Room.Get<RecipientDesk>().Add(Consent.FamilyRoom.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = "Old Example Infants" }, [])).OrThrow();
        await scene.Standing(Typed(scene, "kept-from", "new", ("person", scene.Child.Id.ToString()), ("how", how.ToString()), ("name", old.Name), ("name-id", old.Id.ToString())));
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, child)).Answer);
        var ended = await scene.Room.Get<RecipientDesk>().Finish(StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Contact), old.Id, RecipientEnding.Merged, scene.Room.Today, scene.School.Id);
        Assert.Empty(ended.Problems);
        var no = Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, child)).Answer);
        Assert.Contains(no.Reasons, reason => reason.Rule is ARequestNotToBeNamedBinds);
        Assert.Equal(how == KeptHow.NeverTold, no.Reasons.Any(reason => reason.Rule is NeverDiscloseToBinds));
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, mother)).Answer);
    }

    [Fact]
    public async Task Seal_OfADisclosure_WithARestrictionInBetween_DoesNotGo()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        var allowed = Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        await scene.Standing(card => card.Restrict(scene.Child.Id, RestrictionGround.Objection, "Objects.", Stamp.Now(StrongroomFixture.Adviser.Id, scene.Room.Room.Clock)));
        Assert.IsType<Refused>(Assert.IsType<Released.Not>(await scene.Desk.Release(scene.Adviser, form, allowed.AsDecided)).Now.Answer);
    }
}
