using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

public class FamilyCardTests
{
    private static string[] Fields(Checked<FamilyCard> answer) => [.. answer.Problems.Select(p => p.Field.Split('#')[0]).Distinct()];

    [Fact]
    public void Create_NothingButAPerson_IsEnough() =>
        Assert.True(FamilyCard.Create([new Carer { Id = Id(1), Ladder = Ladder.Anonymous(AnonymousReference.Create()), Source = Source.Themselves }], [], Today, Ada).Accepted);

    [Fact]
    public void Create_TextsWithSpace_AreTidied()
    {
        var card = FamilyCard.Create([Magda with { Surname = "  Testowska ", Handle = "   " }], [], Today, Ada).OrThrow();
        Assert.Equal("Testowska", card.Carers[0].Surname);
        Assert.Null(card.Carers[0].Handle);
    }

    [Fact]
    public void Child_OlderThanCarer_IsRefused() => Assert.Equal(["family.child.birth"],
        Fields(FamilyCard.Create([Magda with { Birth = new Birth.OnDate(new(2023, 1, 1)) }], [Ola], Today, Ada)));

    [Fact]
    public void Child_InTheSameUncertainYearAsCarer_IsNotCalledOlder() => Assert.True(
        FamilyCard.Create([Magda with { Birth = new Birth.InYear(2022) }], [Ola], Today, Ada).Accepted);

    [Fact]
    public void Child_BornTomorrow_IsRefusedAndBornTodayIsNot()
    {
        Assert.Equal(["family.child.birth"], Fields(Plain().CorrectChild(Ola with { Birth = new Birth.OnDate(Today.AddDays(1)) }, Today)));
        Assert.True(Plain().CorrectChild(Ola with { Birth = new Birth.OnDate(Today) }, Today).Accepted);
        Assert.Equal(["family.child.birth"], Fields(Plain().CorrectChild(Ola with { Birth = new Birth.InYear(Today.Year + 1) }, Today)));
    }

    [Theory]
    [InlineData(-32, false)]
    [InlineData(-10, true)]
    [InlineData(300, true)]
    [InlineData(310, false)]
    public void Child_Expected_IsTakenFromAMonthAgoToTenMonthsAhead(int days, bool taken) =>
        Assert.Equal(taken, Plain().CorrectChild(Ola with { Birth = new Birth.Expected(Today.AddDays(days)) }, Today).Accepted);

    [Fact]
    public void Child_DueLongAgo_IsAReminderAndStopsNoOtherChange()
    {
        var due = new Birth.Expected(Today.AddDays(20));
        var card = Plain().CorrectChild(Ola with { Birth = due }, Today).OrThrow();
        var later = Today.AddDays(100);
        Assert.Equal("family.child.birth", Assert.Single(card.OutOfDate(later)).Field.Split('#')[0]);
        Assert.True(card.SetAddress(new Address { Postcode = "WF1 2AB", Source = Source.Themselves }, later).Accepted);
        Assert.True(card.CorrectChild(card.Children[0] with { Setting = "Sample Nursery" }, later).Accepted);
        // What a change brings is refused, also where the same was wrong before.
        Assert.Equal(["family.child.birth"], Fields(card.CorrectChild(card.Children[0] with { Birth = new Birth.Expected(Today.AddDays(21)) }, later)));
        Assert.Equal(["family.child.birth"], Fields(card.AddChild(Ola with { Id = Id(77), Birth = due }, later)));
        Assert.Equal(["family.address.postcode"], Fields(card.SetAddress(new Address { Postcode = "nowhere", Source = Source.Themselves }, later)));
    }

    [Fact]
    public void Contacts_WrongShapes_AreRefusedWithoutRepeatingThem()
    {
        var answer = Plain().CorrectCarer(Magda with
        {
            Contacts =
            [
                new() { Kind = ContactKind.Mobile, Value = "07700 CANARY", Source = Source.Themselves },
                new() { Kind = ContactKind.Email, Value = "canary-at-example", Source = Source.Themselves },
                new() { Kind = ContactKind.Other, Value = " ", Source = Source.Themselves },
            ],
        }, Today);
        Assert.Equal(3, answer.Problems.Length);
        Assert.DoesNotContain(answer.Problems, p => p.Sentence.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Texts_BrokenHidingOrHuge_AreRefusedBesideTheirField()
    {
        foreach (var bad in (string[])["a\0b", "a\u202eb", "a\ud83d", new string('x', 10_000_000)])
        {
            Assert.Equal(["family.carer.surname"], Fields(Plain().CorrectCarer(Magda with { Surname = bad }, Today)));
            Assert.Contains("family.address.lines", Fields(Plain().SetAddress(new Address { Lines = bad, Source = Source.Themselves }, Today)));
            Assert.Contains("family.safe.unsafe-address", Fields(Plain().SetSafeContact(Safe(new SafeWay { Channel = ContactChannel.Email, Address = "a@example.org" }) with { UnsafeAddresses = [bad] }, Today)));
        }
    }

    [Fact]
    public void Postcode_Unreadable_IsRefused() =>
        Assert.Equal(["family.address.postcode"], Fields(Plain().SetAddress(new Address { Postcode = "WAKEFIELD", Source = Source.Themselves }, Today)));

    [Fact]
    public void District_OfAPostcodeInAnySpelling_IsTheOutwardPart() => Assert.Equal("WF5", Plain().District);

    [Fact]
    public void Lists_TooLong_AreRefused() => Assert.Contains("family.child.forename",
        Fields(FamilyCard.Create([], Enumerable.Range(0, 100_000).Select(n => Ola with { Id = Id(10 + n) }), Today, Ada)));

    [Fact]
    public void Orders_ImpossibleDatesOrStrangers_AreRefused()
    {
        var order = new CourtOrder { Kind = "non-molestation", MadeOn = Today, Source = Source.Record };
        Assert.True(Plain().AddCourtOrder(order with { Binds = [Id(1)], CopySeenOn = Today, EndsOn = Today }, Today).Accepted);
        Assert.Equal(["family.order.kind"], Fields(Plain().AddCourtOrder(order with { Binds = [Id(99)] }, Today)));
        Assert.Equal(["family.order.made-on"], Fields(Plain().AddCourtOrder(order with { MadeOn = Today.AddDays(1) }, Today)));
        Assert.Equal(["family.order.ends-on"], Fields(Plain().AddCourtOrder(order with { EndsOn = Today.AddDays(-1) }, Today)));
        Assert.Equal(["family.order.copy-seen-on"], Fields(Plain().AddCourtOrder(order with { CopySeenOn = Today.AddDays(-1) }, Today)));
        Assert.Equal(["family.order.kind"], Fields(Plain().AddCourtOrder(order with { Kind = "spell" }, Today)));
    }

    [Fact]
    public void Order_InForce_IncludesFirstAndLastDay()
    {
        var order = new CourtOrder { Kind = "care", MadeOn = Today, EndsOn = Today.AddDays(2), Source = Source.Record };
        Assert.Equal([false, true, true, true, false], Enumerable.Range(-1, 5).Select(d => order.InForceOn(Today.AddDays(d))));
    }

    [Fact]
    public void Responsibility_ChildsOwnLine_GoesBeforeTheLineForAll()
    {
        var other = Ola with { Id = Id(3), Forename = "Jan" };
        var card = Plain().AddChild(other, Today).OrThrow().CorrectCarer(Magda with
        {
            Responsibilities = [new() { State = Responsibility.Yes, Source = Source.Themselves }, new() { Child = other.Id, State = Responsibility.RestrictedByOrder, Source = Source.Record }],
        }, Today).OrThrow();
        Assert.Equal(Responsibility.Yes, card.ResponsibilityOf(Id(1), Ola.Id));
        Assert.Equal(Responsibility.RestrictedByOrder, card.ResponsibilityOf(Id(1), other.Id));
        Assert.Equal(Responsibility.Unknown, card.ResponsibilityOf(Id(77), Ola.Id));
    }

    [Fact]
    public void Responsibility_EvidenceWithoutDay_IsRefused() => Assert.Equal(["family.carer.responsibility-seen-on"], Fields(Plain().CorrectCarer(
        Magda with { Responsibilities = [new() { State = Responsibility.Yes, EvidenceSeen = "Birth certificate", Source = Source.Themselves }] }, Today)));

    [Fact]
    public void Names_BelowNamed_AreRefused()
    {
        var ladder = Ladder.Handle(AnonymousReference.Create());
        Assert.Equal(["family.carer.forename", "family.carer.surname"], Fields(Plain().AddCarer(Magda with { Id = Id(5), Ladder = ladder }, Today)));
        Assert.True(Plain().AddCarer(new Carer { Id = Id(5), Ladder = ladder, Handle = "Robin", Source = Source.Themselves }, Today).Accepted);
        Assert.Equal(["family.carer.handle"], Fields(Plain().AddCarer(
            new Carer { Id = Id(5), Ladder = Ladder.Anonymous(AnonymousReference.Create()), Handle = "Robin", Source = Source.Themselves }, Today)));
    }

    [Fact]
    public void Ladder_MovedByACorrection_IsRefused() => Assert.Equal(["family.person.rung"],
        Fields(Plain().CorrectChild(Ola with { Ladder = Ladder.Handle(AnonymousReference.Create()), Forename = null, Birth = Birth.NotKnown }, Today)));

    [Fact]
    public void Correction_OfSomebodyGone_IsRefused()
    {
        var card = Plain().RemovePerson(Ola.Id, Today).OrThrow();
        Assert.Equal(["family.person"], Fields(card.CorrectChild(Ola, Today)));
        Assert.Equal(["family.person"], Fields(card.RemovePerson(Ola.Id, Today)));
    }

    [Fact]
    public void Descend_LastNamedPerson_LeavesNothingThatIdentifies()
    {
        var card = Plain(Safe() with { SafeWord = "canary" }, new CourtOrder { Kind = "care", Words = "canary", Binds = [Id(1)], Source = Source.Record });
        foreach (var person in (PersonId[])[Id(1), Id(2)])
            card = card.Descend(person, Assert.IsType<Descent.Done>(Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Anonymous })), AnonymousReference.Create());
        Assert.Equal(["family.carer.relationship", "family.checked-on", "family.person.reference", "family.person.rung", "family.source"],
            card.FieldsAdded(null));
    }

    [Fact]
    public void Descend_OneOfANamedFamily_LeavesTheOthersAsTheyWere()
    {
        var card = Plain().Descend(Id(1), (Descent.Done)Descent.Decide(new DescentFacts { From = Rung.Named, To = Rung.Anonymous }), AnonymousReference.Create());
        Assert.Null(card.Carers[0].Surname);
        Assert.Empty(card.Carers[0].Contacts);
        Assert.Equal("Ola", card.Children[0].Forename);
        Assert.NotNull(card.Address);
    }

    [Fact]
    public void Climb_WithAgreement_LetsTheNameIn()
    {
        var carer = new Carer { Id = Id(1), Ladder = Ladder.Anonymous(AnonymousReference.Create()), Source = Source.Themselves };
        var card = FamilyCard.Create([carer], [], Today, Ada).OrThrow();
        Assert.False(card.Climb(Id(1), null, Now).Accepted);
        var climbed = card.Climb(Id(1), new RungAgreement(Rung.Named, AgreedHow.Spoken, Now, Ada), Now).OrThrow();
        Assert.True(climbed.CorrectCarer(climbed.Carers[0] with { Surname = "Testowska" }, Today).Accepted);
    }

    [Fact]
    public void YoungestBorn_WithAYearOrNobody_IsNotKnown()
    {
        Assert.Equal(new YoungestBorn(new(2022, 3, 4), true), Plain().YoungestBorn);
        Assert.Equal(new YoungestBorn(new(2024, 12, 31), false), Plain().AddChild(Ola with { Id = Id(3), Birth = new Birth.InYear(2024) }, Today).OrThrow().YoungestBorn);
        Assert.Equal(new YoungestBorn(null, false), FamilyCard.Create([Magda], [], Today, Ada).OrThrow().YoungestBorn);
    }

    [Fact]
    public void Told_StrangerOrFuture_IsRefused()
    {
        var telling = new Telling { Person = Id(1), Version = new(2026, 2), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Now, By = Ada };
        Assert.Single(Plain().RecordTold([telling], Now).OrThrow().Told);
        Assert.Equal(["family.told.what"], Fields(Plain().RecordTold([telling with { Person = Id(9) }], Now)));
        Assert.Equal(["family.told.at"], Fields(Plain().RecordTold([telling with { At = Now.AddSeconds(1) }], Now)));
    }

    [Fact]
    public void StillToTell_PeopleOthersToldUsAbout_AreNotInIt()
    {
        var card = Plain().AddCarer(Magda with { Id = Id(4), Source = Source.FamilyMember }, Today).OrThrow();
        Assert.Equal([Id(1)], card.StillToTell([new PolicyVersion(new(2026, 1), Today, true)], Today));
    }

    [Fact]
    public void MarkDanger_OnAnyCard_StopsContact()
    {
        var card = Plain().MarkDanger(Today, Ada, Source.Professional);
        Assert.IsType<ContactAnswer.DoNotContact>(card.MayContact(new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(10, 0) }, Today,
            new EnquiryContext { CameBy = ContactChannel.Mobile, Address = "07700900123", LastOn = Today }));
    }

    [Fact]
    public void MayContact_PointMarkedUnsafe_IsNoEvenAsAnAnswer()
    {
        var card = Plain().CorrectCarer(Magda with { Contacts = [Magda.Contacts[0] with { Unsafe = true }] }, Today).OrThrow();
        Assert.IsType<ContactAnswer.No>(card.MayContact(new() { Channel = ContactChannel.Mobile, Address = "+44 7700 900123", At = new(10, 0) }, Today,
            new EnquiryContext { CameBy = ContactChannel.Mobile, Address = "07700900123", LastOn = Today }));
    }

    [Fact]
    public void Purpose_ThatDoesNotNeedAField_RefusesIt()
    {
        var before = Plain();
        var after = before.AddCourtOrder(new CourtOrder { Kind = "care", MadeOn = Today, Source = Source.Record }, Today).OrThrow();
        Assert.Equal(["family.order.kind", "family.order.made-on", "family.source"], after.FieldsAdded(before));
        Assert.Equal(["family.order.kind", "family.order.made-on"], FamilyCard.RefuseForPurpose(Purpose.GiveInformation, after.FieldsAdded(before)).Select(p => p.Field));
        Assert.Empty(FamilyCard.RefuseForPurpose(Purpose.CaseWork, after.FieldsAdded(before)));
        Assert.Empty(FamilyCard.RefuseForPurpose(Purpose.GiveInformation, before.FieldsAdded(after)));
    }

    [Fact]
    public void Cards_Arbitrary_ShowNoContentAnywhere() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var card = From(seed);
        object?[] parts = [card, .. card.Carers, .. card.Children, .. card.CourtOrders, card.Address, card.Communication, card.SafeContact, .. card.Told, card.YoungestBorn,
            .. card.Carers.SelectMany(c => c.Contacts), .. card.Carers.SelectMany(c => c.KnownAs), .. card.Carers.SelectMany(c => c.Responsibilities), .. card.Children.Select(c => c.Birth),
            .. card.People.Select(p => p.Ladder), .. card.People.SelectMany(p => p.Ladder.Agreements), .. card.SafeContact?.Ways ?? []];
        return parts.OfType<object>().All(p => p.ToString() == p.GetType().Name || p is Birth && p.ToString() == nameof(Birth));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Cards_Arbitrary_AddNothingToThemselvesAndEverythingToNothing() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        From(seed).FieldsAdded(From(seed)).Count == 0 && From(seed).FieldsAdded(null).All(f => FieldCatalogue.Permits(f, Purpose.Safeguarding))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
}
