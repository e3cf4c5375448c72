using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Families;

public class FamilyDeskTests
{
    private static async Task<StrongroomFixture> Start()
    {
        var fixture = StrongroomFixture.Prepare(services =>
        {
            services.AddSingleton<IRecordFormat<FamilyCard>, FamilyCardFormat>();
            services.AddSingleton<IRecordFormat<PolicyEdition>, PolicyEditionFormat>();
            services.AddSingleton<PolicyShelf>();
            services.AddSingleton(sp => new Envelopes(new ScheduleShelf(Shipped.Schedule), sp.GetRequiredService<PolicyShelf>(), "PERSONAL"));
            services.AddSingleton(new ScheduleShelf(Shipped.Schedule));
            services.AddSingleton<DraftDesk>();
            services.AddSingleton(CuriositySettings.Read(Shipped.Settings()));
            services.AddSingleton<CuriosityDesk>();
            services.AddSingleton<FamilyDesk>();
        });
        await fixture.Start();
        return fixture;
    }

    private static FamilyDesk Desk(StrongroomFixture fixture) => fixture.Services.GetRequiredService<FamilyDesk>();

    private static FamilyCard Card(StrongroomFixture fixture, string surname = "Testowska") => FamilyCard.Create(
        [new Carer { Id = PersonId.Create(fixture.Clock), Ladder = Ladder.Named, Forename = "Magda", Surname = surname, Source = Source.Themselves }],
        [], fixture.Today, StrongroomFixture.Adviser.Id, address: new Address { Postcode = "WF5 9AA", Source = Source.Themselves }).OrThrow();

    private static Errand Adviser(Purpose purpose = Purpose.GiveInformation) => StrongroomFixture.For(StrongroomFixture.Adviser, purpose);

    private static async Task<UnitId> Made(StrongroomFixture fixture) =>
        Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).Create(Adviser(), Card(fixture), Service.FamiliesInformation)).Family;

    private static async Task<FamilyCard> Read(StrongroomFixture fixture, UnitId id)
    {
        var opened = Assert.IsType<Opening<FamilyCard>.Opened>(await Desk(fixture).Open(Adviser(), id));
        return opened.Record.Open(opened.Clearance);
    }

    [Fact]
    public async Task Create_OfAFamily_WritesItsCoarseFactsOnTheEnvelope()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        var envelope = await fixture.Keeper.Envelope(id);
        Assert.NotNull(envelope);
        Assert.Equal("WF5", envelope.District);
        Assert.True(envelope.NotTold);
        Assert.Equal(fixture.Today.AddYears(1), envelope.DueOn);
        Assert.Equal(fixture.Today.AddYears(2), envelope.KeepUntil.On);
        Assert.Equal(Marking.Official, envelope.Marking);
    }

    [Fact]
    public async Task Create_WithAFieldThatThePurposeDoesNotNeed_IsRefusedAndSavesNothing()
    {
        await using var fixture = await Start();
        var card = Card(fixture).SetAddress(new Address { Lines = "1 Test Row", Postcode = "WF5 9AA", Source = Source.Themselves }, fixture.Today).OrThrow();
        var wrong = Assert.IsType<FamilyAnswer.Wrong>(await Desk(fixture).Create(Adviser(), card, Service.FamiliesInformation));
        Assert.Equal("family.address.lines", Assert.Single(wrong.Problems).Field);
        Assert.Equal(0, await fixture.Keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }));
        Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).Create(Adviser(Purpose.Advise), card, Service.ChoiceAdvice));
    }

    [Fact]
    public async Task Change_AgainstAnOlderVersion_GivesTheirsBackAndChangesNothing()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        Checked<FamilyCard> Postcode(FamilyCard card, string postcode) => card.SetAddress(new Address { Postcode = postcode, Source = Source.Themselves }, fixture.Today);
        Assert.Equal(2, Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).Change(Adviser(), id, 1, card => Postcode(card, "WF1 2AB"))).Version);
        var other = StrongroomFixture.For(StrongroomFixture.OtherAdviser);
        var conflict = Assert.IsType<FamilyAnswer.Conflict>(await Desk(fixture).Change(other, id, 1, card => Postcode(card, "WF2 2AB")));
        Assert.Equal("WF1 2AB", conflict.Theirs.Address!.Postcode);
        Assert.Equal(2, conflict.Envelope.Version);
        Assert.Equal("WF1 2AB", (await Read(fixture, id)).Address!.Postcode);
    }

    [Fact]
    public async Task Change_ThatTheDomainRefuses_SavesNothing()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        var tomorrow = fixture.Today.AddDays(1);
        var wrong = Assert.IsType<FamilyAnswer.Wrong>(await Desk(fixture).Change(Adviser(), id, 1, card =>
            card.AddChild(new Child { Id = PersonId.Create(fixture.Clock), Ladder = Ladder.Named, Birth = new Birth.OnDate(tomorrow), Source = Source.Themselves }, fixture.Today)));
        Assert.NotEmpty(wrong.Problems);
        Assert.Equal(1, (await fixture.Keeper.Envelope(id))!.Version);
    }

    [Fact]
    public async Task Change_OfAnErasedFamily_SaysThatItIsGone()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        await fixture.Keeper.Do(new Act(Adviser(), Wdfis.Domain.Audit.AuditAction.Erased, [new Destroy(id, "test")]));
        Assert.IsType<FamilyAnswer.Gone>(await Desk(fixture).Change(Adviser(), id, 1, card => card));
    }

    [Fact]
    public async Task RecordTold_FromManyWindowsAtOnce_LosesNoLine()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        var person = (await Read(fixture, id)).Carers[0].Id;
        Telling Told(ToldWhat what) => new() { Person = person, Version = new PolicyNumber(2026, 1), What = what, How = ToldHow.ReadAloud, At = fixture.Clock.GetUtcNow(), By = StrongroomFixture.Adviser.Id };
        var answers = await Task.WhenAll(ToldState.Everything.Select(what => Desk(fixture).RecordTold(Adviser(), id, [Told(what)])));
        Assert.All(answers, answer => Assert.IsType<FamilyAnswer.Done>(answer));
        Assert.Equal(ToldState.Everything.Length, (await Read(fixture, id)).Told.Length);
        Assert.False((await fixture.Keeper.Envelope(id))!.NotTold);
    }

    [Fact]
    public async Task Touch_AfterAYear_KeepsTheCardTwoYearsFromThen()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        fixture.Clock.Advance(TimeSpan.FromDays(365));
        Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).Touch(Adviser(), id));
        var envelope = (await fixture.Keeper.Envelope(id))!;
        Assert.Equal(London.Today(fixture.Clock), envelope.TouchedOn);
        Assert.Equal(London.Today(fixture.Clock).AddYears(2), envelope.KeepUntil.On);
    }

    [Fact]
    public async Task Touch_WithAnOpenEnquiry_KeepsTheCardOpen()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        await fixture.Save("slip", envelope => envelope with { Family = id, KeepUntil = new KeepUntil(null, "fis-enquiry", "it is open") });
        Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).Touch(Adviser(), id));
        Assert.Null((await fixture.Keeper.Envelope(id))!.KeepUntil.On);
    }

    [Fact]
    public async Task WhoOpened_ForALead_NamesTheOpeningOnce_ForAnAdviserNothing()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        await Read(fixture, id);
        await Read(fixture, id);
        Assert.Equal(StrongroomFixture.Adviser.Id, Assert.Single(await Desk(fixture).WhoOpened(StrongroomFixture.For(StrongroomFixture.Lead), id)).Who);
        Assert.Empty(await Desk(fixture).WhoOpened(Adviser(), id));
    }

    [Fact]
    public async Task Change_WithSafetyFields_RaisesTheMarkingForGood()
    {
        await using var fixture = await Start();
        var id = await Made(fixture);
        Assert.IsType<FamilyAnswer.Done>(await Desk(fixture).MarkDanger(Adviser(), id, Source.Themselves));
        Assert.Equal(Classification.OfficialSensitive, (await fixture.Keeper.Envelope(id))!.Marking.Classification);
    }
}
