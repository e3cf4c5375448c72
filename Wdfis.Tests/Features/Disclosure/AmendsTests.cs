using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>Notices owed after a rectification, a wrong recipient and to a body that is gone (U2, D4), on a real database.</summary>
public sealed class AmendsTests : IAsyncLifetime
{
    private readonly Register register = new();
    private DisclosureRoom scene = default!;
    private DisclosureRecord told = default!;
    private UnitId permission;

    public async Task InitializeAsync()
    {
        scene = await DisclosureRoom.Start();
        permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        told = (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting", "family.child.forename"))).Record;
    }

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private AmendsDesk Desk => new(scene.Room.Keeper, scene.Room.Get<Envelopes>(), scene.Desk, [register], scene.Room.Room.Clock);

    private DisclosureForm Notice(Amends amends, UnitId of, Recipient to) => scene.Form(ground: new Ground.NoticeOwed(amends.Why, of)) with
    {
        Body = to.Id,
        Purpose = "",
        About = told.About,
        Text = amends.Words,
        TextScopes = told.AsToldBefore.Scopes,
        Amends = amends.Id,
    };

    private async Task<Recipient> Body(string name, BodyKind kind = BodyKind.School) => (await scene.Room.Get<RecipientDesk>().Add(scene.Adviser, new() { Kind = kind, Name = name }, [])).OrThrow();

    private async Task<string> State(UnitId id) => (await scene.Room.Keeper.Envelope(id))!.State;

    [Fact]
    public async Task Rectification_ListsEverybodyWhoWasToldTheSame_AndTicksEachByItsNotice()
    {
        // Another body was told the same on the officer's word, a third something else.
        var (team, other) = (await Body("SEN casework", BodyKind.CouncilTeam), await Body("Other Primary"));
        foreach (var (body, scopes) in new[] { (team, "setting"), (other, "sen") })
        {
            var full = scene.Full(ExemptionKind.X1) with { ToWhom = body.Name };
            await Exempted(scene.Form(ground: new Ground.UnderExemption(full)) with { Body = body.Id, About = [scene.Child.Id], Text = "It is so.", TextScopes = [scopes] });
        }
        Assert.Equal("amends.scopes", Assert.Single((await Desk.Report(scene.Adviser, told.Id, NoticeKind.Rectification, [], null, "The school is another.", null, default)).Problems).Field);
        Assert.Equal("amends.words", Assert.Single((await Desk.Report(scene.Adviser, told.Id, NoticeKind.Rectification, ["setting"], null, " ", null, default)).Problems).Field);
        var amends = (await Desk.Report(scene.Adviser, told.Id, NoticeKind.Rectification, ["setting"], null, "The school is Sample Primary.", null, default)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State(amends.Id));
        Assert.Equal(["Example Primary", "SEN casework"], (await Desk.Open(scene.Adviser, amends.Id)).Lines.Select(line => line.Body.Name).Order(StringComparer.Ordinal));
        Assert.Empty(register.Heard);

        // To each what they have already and what changed, and to nobody else.
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, Notice(amends, told.Id, other))).Answer);
        foreach (var (line, to) in (await Desk.Open(scene.Adviser, amends.Id)).Lines.Select(line => (line, line.Body.Name == team.Name ? team : scene.School)))
            Assert.Contains("Correct what you hold", (await scene.Sent(Notice(amends, line.Of, to) with { TextScopes = ["setting"] })).Outlet.Content, StringComparison.Ordinal);
        Assert.All((await Desk.Open(scene.Adviser, amends.Id)).Lines, line => Assert.NotNull(line.TickedBy));
        Assert.Equal(Envelopes.DisclosureDone, await State(amends.Id));

        // A notice of one kind ticks no other.
        (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, permission, scene.Mother.Id)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State(permission));
    }

    [Fact]
    public async Task WrongRecipient_LeadsToRetrievalWordToThePersonAndTheRegister_InOneAct()
    {
        var wrong = await Body("Example Secondary");
        var amends = (await Desk.Report(scene.Adviser, told.Id, NoticeKind.WrongRecipient, [], wrong.Named(), "The address had two letters swapped.", null, default)).OrThrow();
        Assert.Equal([amends.Id], register.Heard);
        Assert.NotNull(await scene.Room.Keeper.Envelope(register.Row));
        var line = Assert.Single((await Desk.Open(scene.Adviser, amends.Id)).Lines);
        Assert.Equal(("Example Secondary", true), (line.Body.Name, line.Owed));

        // Whoever got it is asked to destroy it: a body that no report names is not.
        var another = await Body("Somebody Else");
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, Notice(amends, told.Id, another))).Answer);
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, Notice(amends, told.Id, wrong) with { Amends = null })).Answer);
        var notice = await scene.Sent(Notice(amends, told.Id, wrong));
        Assert.Contains("Destroy it, keep no copy", notice.Outlet.Content, StringComparison.Ordinal);
        Assert.Equal(Envelopes.NoticeOwed, await State(amends.Id));
        Assert.False((await Desk.Tell(scene.Adviser, amends.Id, scene.Child.Id, true, "")).Accepted);
        Assert.False((await Desk.Tell(scene.Adviser, amends.Id, scene.Mother.Id, true, "She was rung.")).Accepted);
        (await Desk.Tell(scene.Adviser, amends.Id, scene.Child.Id, true, "The mother was rung.")).OrThrow();
        Assert.Equal(Envelopes.DisclosureDone, await State(amends.Id));
        (await scene.Desk.Complete(scene.Adviser, notice.Record.Id, OutcomeKind.NotSent, scene.Room.Room.Clock.GetUtcNow(), "It bounced.", null)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State(amends.Id));
        // What the child was told of it stands in the child's statement.
        var statement = await scene.Room.Get<StatementDesk>().Preview(scene.Adviser, scene.Family, scene.Child.Id);
        Assert.Contains(statement.Records.SelectMany(part => part.Items), item => item.Words == "The address had two letters swapped.");
    }

    [Fact]
    public async Task WrongRecipient_WhereTheRegisterCannotTakeIt_IsNotReportedEither()
    {
        register.Full = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Desk.Report(scene.Adviser, told.Id, NoticeKind.WrongRecipient, [], null, "It went astray.", null, default));
        Assert.Equal(0, await scene.Room.Keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Amends }));
    }

    [Fact]
    public async Task Notice_ToAMergedBody_GoesToItsSuccessor_AndAClosedOneIsTickedWithTheReason()
    {
        (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, permission, scene.Mother.Id)).OrThrow();
        var successor = await Body("Sample Academy");
        var desk = scene.Room.Get<RecipientDesk>();
        (await desk.Finish(Consent.FamilyRoom.Lead, scene.School.Id, RecipientEnding.Merged, scene.Room.Today, successor.Id)).OrThrow();
        DisclosureForm To(Recipient body) => scene.Form(ground: new Ground.NoticeOwed(NoticeKind.Withdrawal, told.Id)) with { Body = body.Id, Purpose = "", About = told.About, Text = "They have taken it back.", TextScopes = told.AsToldBefore.Scopes };
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, To(scene.School))).Answer);
        var notice = (await scene.Sent(To(successor))).Record;
        Assert.Equal("withdrawn", await State(permission));
        (await scene.Desk.Complete(scene.Adviser, notice.Id, OutcomeKind.NotSent, scene.Room.Room.Clock.GetUtcNow(), "It came back.", null)).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State(permission));

        Assert.False((await scene.Desk.Settle(scene.Adviser, told.Id, NoticeKind.Withdrawal, " ")).Accepted);
        (await scene.Desk.Settle(scene.Adviser, told.Id, NoticeKind.Rectification, "Another matter.")).OrThrow();
        Assert.Equal(Envelopes.NoticeOwed, await State(permission));
        (await scene.Desk.Settle(scene.Adviser, told.Id, NoticeKind.Withdrawal, "The body closed: nobody to tell.")).OrThrow();
        Assert.Equal("withdrawn", await State(permission));
    }

    private async Task Exempted(DisclosureForm form)
    {
        var asked = await scene.Desk.Decide(scene.Adviser, form);
        Assert.IsType<NeedsAuthoriser>(asked.Answer);
        (await scene.Desk.Agree(scene.Lead, form.Id, "Necessary.")).OrThrow();
        var exemption = (await scene.Desk.ExemptionOf(scene.Adviser, form.Family, ((Ground.UnderExemption)form.Ground).Exemption.Id))!;
        await scene.Sent(form with { Ground = new Ground.UnderExemption(exemption) });
    }

    /// <summary>A register that takes up reports: here a figure's worth of content stands for its row.</summary>
    private sealed class Register : IWrongRecipientHeard
    {
        public List<UnitId> Heard { get; } = [];
        public UnitId Row { get; private set; }
        public bool Full { get; set; }

        Task<ImmutableArray<Change>> IWrongRecipientHeard.Heard(Errand<May.ReportBreach> errand, Amends report, DisclosureRecord told, CancellationToken cancel)
        {
            if (Full)
                throw new InvalidOperationException("Full.");
            Heard.Add(report.Id);
            Row = UnitId.Create(TimeProvider.System);
            var envelope = new Envelope
            {
                Id = Row,
                Kind = UnitKind.Exemption,
                Service = Service.FamiliesInformation,
                Marking = Marking.Official,
                KeepUntil = Shipped.Schedule.KeepUntil("exemption", new() { OpenedOn = report.AwareAt is var at ? DateOnly.FromDateTime(at.Date) : default }),
                Owner = errand.Who.Id,
                State = "x",
                CreatedOn = DateOnly.FromDateTime(report.AwareAt.Date),
                TouchedOn = DateOnly.FromDateTime(report.AwareAt.Date),
            };
            return Task.FromResult<ImmutableArray<Change>>([new Put<Exemption>(envelope, new Exemption { Id = Row, AskedBy = errand.Who.Id, AskedAt = report.AwareAt, Kind = ExemptionKind.X1 }, 0)]);
        }
    }
}
