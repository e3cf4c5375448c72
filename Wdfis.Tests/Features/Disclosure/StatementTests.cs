using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>Notices owed, and statements for one person (U1, U2, X1), on a real database.</summary>
public sealed class StatementTests
{
    private static DisclosureForm Notice(DisclosureRoom scene, DisclosureRecord told) => scene.Form(ground: new Ground.NoticeOwed(NoticeKind.Withdrawal, told.Id)) with
    {
        Purpose = "",
        About = told.About,
        Text = "They have taken it back.",
        TextScopes = told.AsToldBefore.Scopes,
    };

    [Fact]
    public async Task Withdrawal_AfterSomebodyWasTold_IsOnTheDeskUntilTheNoticeWent()
    {
        await using var scene = await DisclosureRoom.Start();
        var permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var told = (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"))).Record;
        async Task<string> State() => (await scene.Room.Keeper.Envelope(permission))!.State;
        Assert.Equal("given", await State());
        var ended = (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, permission, scene.Mother.Id)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State());
        Assert.Null(Assert.Single(Notices.OwedAfter(ended, await scene.Desk.OfFamily(scene.Adviser, scene.Family))).TickedBy);

        // To anybody else it is no notice, and it tells nothing new.
        var other = (await scene.Room.Get<Wdfis.Portal.Features.Recipients.RecipientDesk>().Add(scene.Adviser, new() { Kind = BodyKind.School, Name = "Other Primary" }, [])).OrThrow();
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, Notice(scene, told) with { Body = other.Id })).Answer);
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, Notice(scene, told) with { TextScopes = ["sen"] })).Answer);

        var notice = (await scene.Sent(Notice(scene, told))).Record;
        Assert.Equal("withdrawn", await State());
        Assert.Equal(notice.Id, Assert.Single(Notices.OwedAfter(ended, await scene.Desk.OfFamily(scene.Adviser, scene.Family))).TickedBy);

        // One that never went is no tick.
        (await scene.Desk.Complete(scene.Adviser, notice.Id, OutcomeKind.NotSent, scene.Room.Room.Clock.GetUtcNow(), "The address bounced.", null)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State());
    }

    [Fact]
    public async Task Withdrawal_WhenNobodyWasTold_OwesNothing()
    {
        await using var scene = await DisclosureRoom.Start();
        var permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, permission, scene.Mother.Id)).OrThrow();
        Assert.Equal("withdrawn", (await scene.Room.Keeper.Envelope(permission))!.State);
    }

    [Fact]
    public async Task Statement_OfTheMother_HoldsWhatIsHersAndNothingElse()
    {
        await using var scene = await DisclosureRoom.Start(safe: null);
        var desk = scene.Room.Get<StatementDesk>();
        await scene.Agreed(PermissionKind.Share, "name", "child-name", "setting");
        await scene.Sent(await scene.Ticked(scene.Form(), "family.carer.forename", "family.child.setting"));
        var statement = await desk.Preview(scene.Adviser, scene.Family, scene.Mother.Id);
        Assert.Contains(statement.Items, item => item.Words == "07700 900123");
        Assert.DoesNotContain(statement.Items, item => item.Words.Contains("Ola", StringComparison.Ordinal) || item.Words.Contains("Example Primary", StringComparison.Ordinal));
        Assert.Equal("advisers", Assert.Single(statement.OpenedBy));
        var line = Assert.Single(statement.Told);
        Assert.Equal(("Example Primary", GroundKind.Permission), (line.Body, line.Ground));
        Assert.DoesNotContain(line.Items, item => item.Contains("setting", StringComparison.OrdinalIgnoreCase));
        var given = Assert.IsType<Released.Out>(await desk.Release(scene.Adviser, scene.Family, scene.Mother.Id, scene.Mother.Id, "passport seen"));
        Assert.Contains("What we hold about Magda Testowska", given.Outlet.Content, StringComparison.Ordinal);
        Assert.Contains("What we hold about Magda Testowska\nAs of", SheetRenderer.Words(given.Outlet.Content), StringComparison.Ordinal);
        Assert.DoesNotContain('<', SheetRenderer.Words(given.Outlet.Content));
        Assert.Equal((GroundKind.ToThemselves, "passport seen"), (given.Record.Ground, given.Record.GroundWords));
    }

    [Fact]
    public async Task Statement_AfterAnUrgentDisclosure_IsTheSameToTheLetterAndWaitsForTwo()
    {
        await using var scene = await DisclosureRoom.Start();
        var desk = scene.Room.Get<StatementDesk>();
        async Task<string> Sheet() => await scene.Room.Get<SheetRenderer>().Render<StatementSheet>("x", Marking.Official, new()
        {
            ["Statement"] = await desk.Preview(scene.Adviser, scene.Family, scene.Mother.Id),
            ["Whole"] = true,
        });
        var before = await Sheet();
        await scene.Sent(scene.Form(ground: new Ground.UnderExemption(scene.Urgent())) with { Text = "She is afraid to go home.", TextScopes = ["social-care"] });
        Assert.Equal(before, await Sheet());

        var asked = Assert.IsType<Released.Not>(await desk.Release(scene.Adviser, scene.Family, scene.Mother.Id, scene.Mother.Id, "known voice"));
        Assert.Equal("Every statement of this kind is released by two.", asked.Words);
        var waiting = (await desk.Preview(scene.Adviser, scene.Family, scene.Mother.Id)).Waiting!;
        Assert.Equal(Envelopes.DisclosureWaits, (await scene.Room.Keeper.Envelope(waiting.Id))!.State);
        Assert.IsType<NeedsAuthoriser>(Assert.IsType<Released.Not>(await desk.ReleaseAgreed(scene.Adviser, waiting, scene.Mother.Id)).Now.Answer);
        Assert.False((await scene.Desk.Agree(scene.Adviser, waiting.Id, "I agree with myself.")).Accepted);
        waiting = (await scene.Desk.Agree(scene.Lead, waiting.Id, "Nothing of it hints at anything.")).OrThrow();
        var out1 = Assert.IsType<Released.Out>(await desk.ReleaseAgreed(scene.Adviser, waiting, scene.Mother.Id));
        Assert.Equal((waiting.Shown, waiting.Id, StrongroomFixture.Lead.Id), (out1.Outlet.Content, out1.Record.Id, out1.Record.Approval!.By));
        Assert.Contains(Assert.IsType<Refused>(Assert.IsType<Released.Not>(await desk.ReleaseAgreed(scene.Adviser, waiting, scene.Mother.Id)).Now.Answer).Reasons, reason => reason.Rule is ADecisionIsUsedOnce);
    }

    [Fact]
    public async Task Statement_OfAChildForTheParent_LeavesTheChildsConfidenceOut()
    {
        await using var scene = await DisclosureRoom.Start();
        var desk = scene.Room.Get<StatementDesk>();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id], ConfidenceOf = scene.Child.Id }, "family.child.setting"));
        Assert.Single((await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Child.Id)).Told);
        var parents = await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Mother.Id);
        Assert.Empty(parents.Told);
        Assert.Equal(scene.Mother.Id, parents.To);
        Assert.DoesNotContain(parents.Kept, line => line.What.StartsWith("What we told", StringComparison.Ordinal));
        Assert.DoesNotContain(parents.Items, item => item.Words == "07700 900123");
        Assert.IsType<Released.Out>(await desk.Release(scene.Adviser, scene.Family, scene.Child.Id, scene.Mother.Id, "known voice"));
    }

    [Fact]
    public async Task Statement_OfOneOfTwoCarersWithADanger_GivesNobodysWhereaboutsAway()
    {
        await using var room = await Consent.FamilyRoom.Start();
        var (mother, father) = (room.Carer("Magda", "Testowska"), room.Carer("Piotr", "Testowski"));
        var card = FamilyCard.Create([mother, father], [], room.Today, StrongroomFixture.Adviser.Id, address: new Address { Lines = "1 Made-up Street", Source = Source.Themselves },
            safeContact: new SafeContact { NeverDiscloseTo = ["Piotr Testowski"], ReviewedOn = room.Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves }).OrThrow();
        var family = await room.Save(card);
        var statement = await room.Get<StatementDesk>().Preview(StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Share), family, father.Id);
        Assert.NotEmpty(statement.Items);
        Assert.DoesNotContain(statement.Items, item => item.Words.Contains("Made-up", StringComparison.Ordinal) || item.Words.Contains("Magda", StringComparison.Ordinal));
    }
}
