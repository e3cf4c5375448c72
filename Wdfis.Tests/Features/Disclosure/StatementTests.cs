using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
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
        var told = await scene.Ticked(scene.Form() with { About = [scene.Child.Id], ConfidenceOf = scene.Child.Id }, "family.child.setting");
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, told)).Answer).Reasons, reason => reason.Rule is AChildsOwnConfidenceIsTheirs);
        await scene.Standing(card => card.Assess(scene.Found(able: true), scene.Room.Today));
        await scene.Agreed(PermissionKind.Share, scene.Grant() with { By = scene.Child.Id, Capacity = GrantCapacity.YoungPerson }, [scene.Child.Id], "child-name", "setting");
        await scene.Sent(told);
        Assert.Single((await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Child.Id)).Told);
        var parents = await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Mother.Id);
        Assert.Empty(parents.Told);
        Assert.Equal(scene.Mother.Id, parents.To);
        Assert.DoesNotContain(parents.Kept, line => line.What.StartsWith("What we told", StringComparison.Ordinal));
        Assert.DoesNotContain(parents.Items, item => item.Words == "07700 900123");
        Assert.IsType<Released.Out>(await desk.Release(scene.Adviser, scene.Family, scene.Child.Id, scene.Mother.Id, "known voice"));
    }

    private static async Task<Enquiry> Called(DisclosureRoom scene, PersonId caller, string asked, string answered, params (NoteSource Source, string Text)[] notes)
    {
        var now = Stamp.Now(StrongroomFixture.Adviser.Id, scene.Room.Room.Clock);
        var enquiry = Enquiry.Open(new EnquiryOpening { Id = UnitId.Create(scene.Room.Room.Clock), Service = Service.FamiliesInformation, Channel = "phone", Topic = "childcare-search", Caller = Caller.CreateNamed(scene.Family, caller) }, EnquiryLists.Defaults, now).OrThrow()
            .Ask(asked).OrThrow().Answer(answered).OrThrow().Concerns([scene.Child.Id]).OrThrow();
        foreach (var (source, text) in notes)
            enquiry = enquiry.AddNote(new EnquiryNote(now.At, now.By, text, source), now).OrThrow();
        var envelope = scene.Room.Room.Envelope(UnitKind.Enquiry) with { Id = enquiry.Id, Family = scene.Family, KeepUntil = Shipped.Schedule.KeepUntil("fis-enquiry", new() { OpenedOn = now.On }) };
        Assert.IsType<Outcome.Done>(await scene.Room.Keeper.Do(new Act(scene.Adviser, Wdfis.Domain.Audit.AuditAction.Created, [new Put<Enquiry>(envelope, enquiry, 0)])));
        return enquiry;
    }

    [Fact]
    public async Task Note_ThatAChildToldInConfidence_ShowsInTheChildsStatementAlone()
    {
        await using var scene = await DisclosureRoom.Start();
        var enquiry = await Called(scene, scene.Mother.Id, "A place.", "The list.");
        var draft = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(scene.Adviser, draft, "enquiry-note", new Dictionary<string, string> { ["note"] = "Does not want the school to be told at home." });
        Assert.IsType<SaveAnswer.Saved>(await scene.Room.Get<EnquiryDesk>().AddNote(DisclosureRoom.Advising, enquiry.Id, draft, NoteSource.Professional, confidence: true));
        foreach (var (person, to, shows) in new[] { (scene.Mother.Id, scene.Mother.Id, false), (scene.Child.Id, scene.Mother.Id, false), (scene.Child.Id, scene.Child.Id, true) })
        {
            var statement = await scene.Room.Get<StatementDesk>().Preview(scene.Adviser, scene.Family, person, to);
            Assert.Equal(to, statement.To);
            Assert.Equal(shows, All(statement).Contains("told at home", StringComparison.Ordinal));
        }
    }

    private static string All(PersonStatement statement) => string.Join('\n', statement.Records.SelectMany(part => part.Items.Select(item => $"{part.Heading}: {item.Label}: {item.Words}")));

    [Fact]
    public async Task Statement_OfTheMother_HoldsHerCallsHerPermissionsAndWhatSheWasTold_WithEverybodyElseMasked()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var enquiry = await Called(scene, scene.Mother.Id, "Ola needs a place. Ring my sister on 07700 900777, or me on 07700900123.", "We told her about the 30 hours.",
            (NoteSource.Professional, "The head, Mrs Jones, says that Magda rang them too."));
        var statement = await scene.Room.Get<StatementDesk>().Preview(scene.Adviser, scene.Family, scene.Mother.Id);
        var words = All(statement);
        Assert.Contains("What you asked: [another person] needs a place. Ring my sister on [left out], or me on 07700900123.", words, StringComparison.Ordinal);
        Assert.Contains("What we answered: We told her about the 30 hours.", words, StringComparison.Ordinal);
        Assert.Contains("says that Magda rang them too.", words, StringComparison.Ordinal);
        Assert.Contains("Permission to share with Example Primary: What for: so that support can be planned", words, StringComparison.Ordinal);
        Assert.Contains("What may be shared: your child's name", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Ola", words, StringComparison.Ordinal);
        Assert.DoesNotContain("900777", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Jones", words, StringComparison.Ordinal);
        // Whatever of the catalogue may go out and is about people is there, under its name.
        var facts = (await scene.Desk.Gather(scene.Adviser, scene.Family)).Facts!;
        var shown = statement.Records.SelectMany(part => part.Items.Select(item => item.Label)).ToHashSet();
        foreach (var item in FieldItem.Of(enquiry).Concat(facts.Permissions.SelectMany(FieldItem.Of)).Where(item => item.Field is { OutName: not null, About: not AboutWhom.Service, Class: not FieldClass.Safety }))
            Assert.True(item.Field.Id is "enquiry.note" or "permission.body" or "permission.kind" || shown.Contains(item.Field.OutName!), item.Field.Id);
        // Each record has its sentence.
        Assert.All(statement.Records, part => Assert.Contains(statement.Kept, line => line.What == part.Heading && line.Sentence.Length > 20));
    }

    [Fact]
    public async Task Statement_OfTheChild_ForTheMother_LeavesOutWhatTheChildSaidAndWhatAnotherCarerSaid()
    {
        await using var scene = await DisclosureRoom.Start();
        await Called(scene, scene.Child.Id, "I am afraid at home.", "We listened.", (NoteSource.Colleague, "A brave call."));
        await Called(scene, scene.Mother.Id, "Is there a place for Ola?", "There is.");
        var desk = scene.Room.Get<StatementDesk>();
        var parents = All(await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Mother.Id));
        Assert.Contains("Is there a place for Ola?", parents, StringComparison.Ordinal);
        Assert.DoesNotContain("afraid", parents, StringComparison.Ordinal);
        Assert.DoesNotContain("brave", parents, StringComparison.Ordinal);
        var own = await desk.Preview(scene.Adviser, scene.Family, scene.Child.Id, scene.Child.Id);
        Assert.Contains("I am afraid at home.", All(own), StringComparison.Ordinal);
        Assert.DoesNotContain("Is there a place", All(own), StringComparison.Ordinal);
        Assert.DoesNotContain(own.Kept, line => line.What.StartsWith("Your enquiry", StringComparison.Ordinal) && !own.Records.Any(part => part.Heading == line.What));
    }

    [Fact]
    public async Task Statement_WithANoteThatNamesWhomNobodyWasToldOf_IsTheSameAsWithoutIt_UntilTheyAre()
    {
        await using var scene = await DisclosureRoom.Start();
        await using var other = await DisclosureRoom.Start();
        foreach (var (room, notes) in new[] { (scene, new[] { (NoteSource.Colleague, "Spoke to Example Primary about her.") }), (other, []) })
            await Called(room, room.Mother.Id, "A place, please.", "There is one.", notes);
        var sent = await scene.Sent(scene.Form(ground: new Ground.UnderExemption(scene.Urgent())) with { Text = "She is afraid to go home.", TextScopes = ["social-care"] });
        async Task<string> Of(DisclosureRoom room) => All(await room.Room.Get<StatementDesk>().Preview(room.Adviser, room.Family, room.Mother.Id));
        Assert.Equal(await Of(other), await Of(scene));
        (await scene.Room.Get<ExemptionDesk>().Tell(scene.Adviser, sent.Record.Exemption!.Value, new Dictionary<string, string>
        {
            [ExemptionForm.Family] = nameof(FamilyTold.Told),
            [ExemptionForm.FamilyOn] = scene.Room.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [ExemptionForm.FamilyWords] = "by telephone",
        })).OrThrow();
        Assert.Contains("Spoke to Example Primary", await Of(scene), StringComparison.Ordinal);
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
