using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Strongroom.Board;

public sealed class SearchCardsTests
{
    private static readonly AnonymousReference Reference = AnonymousReference.Parse("K7-QFM2");

    private static PersonId Person(int n) => new(Cards.Id(n).Value);

    private static readonly Envelope Envelope = new()
    {
        Id = Cards.Id(1),
        Kind = UnitKind.Family,
        Service = Service.FamiliesInformation,
        Marking = Marking.Official,
        KeepUntil = new KeepUntil(null, "fis-enquiry", "it is open"),
        Owner = new ColleagueId(Cards.Id(500).Value),
        State = "open",
        CreatedOn = new DateOnly(2026, 1, 1),
        TouchedOn = new DateOnly(2026, 3, 3),
        Version = 4,
    };

    private static SearchCard From(ImmutableArray<Carer> carers, ImmutableArray<Child> children = default, SafeContact? safe = null) => SearchCards.From(
        FamilyCard.Create(carers, children.IsDefault ? [] : children, Cards.Today, Envelope.Owner, address: new Address { Postcode = "wf5 8ab", Source = Source.Themselves }, safeContact: safe).OrThrow(),
        Envelope);

    private static readonly Carer Magda = new()
    {
        Id = Person(1),
        Ladder = Ladder.Named,
        Forename = "Magda",
        Surname = "Kowalczyk",
        KnownAs = [new OtherName("Nowak", OtherNameKind.Maiden)],
        Contacts =
        [
            new ContactPoint { Kind = ContactKind.Mobile, Value = "+44 7700 900123", Source = Source.Themselves },
            new ContactPoint { Kind = ContactKind.Email, Value = "Magda@Example.org", Source = Source.Themselves },
            new ContactPoint { Kind = ContactKind.Post, Value = "1 Test Row", Source = Source.Themselves },
        ],
        Source = Source.Themselves,
    };

    [Fact]
    public void Card_OfANamedFamily_HasWhatCanBeSearched()
    {
        var card = From([Magda], [new Child { Id = Person(2), Ladder = Ladder.Named, Forename = "Zofia", Birth = new Birth.OnDate(new DateOnly(2019, 4, 3)), Source = Source.Themselves }]);
        Assert.Equal((Cards.Id(1), 4, "Kowalczyk, Magda", 1, "WF5", "WF58AB"), (card.Family, card.Version, card.CarerLabel, card.ChildCount, card.District, card.Postcode));
        Assert.Equal(["447700900123"], card.Telephones);
        Assert.Equal(["magda@example.org"], card.Emails);
        using var board = Cards.BoardOf(card);
        foreach (var text in (string[])["magda kowalczyk", "nowak", "nowak magda", "zofia kowalczyk", "3/4/2019", "wf5", "07700900123"])
            Assert.Single(board.Find(text, Cards.All, Cards.Today).Rows);
    }

    [Fact]
    public void Card_OfAPersonWithAChosenName_HoldsItAndNoOther()
    {
        var card = From([new Carer { Id = Person(1), Ladder = Ladder.Handle(Reference), Handle = "Robin", Source = Source.Themselves }]);
        var person = Assert.Single(card.People);
        Assert.Equal((null, null, "Robin", "Robin"), (person.Forename, person.Surname, person.Handle, card.CarerLabel));
        Assert.Equal(["K7-QFM2"], card.References);
    }

    [Fact]
    public void Card_OfAnAnonymousPerson_IsFoundByTheReferenceAlone()
    {
        var card = From([new Carer { Id = Person(1), Ladder = Ladder.Anonymous(Reference), Source = Source.Themselves }]);
        Assert.Empty(card.People);
        Assert.Equal("K7-QFM2", card.CarerLabel);
        using var board = Cards.BoardOf(card);
        Assert.Single(board.Find("k7 qfm2", Cards.All, Cards.Today).Rows);
    }

    [Fact]
    public void Card_OfAFirstNameOnly_IsFoundByIt()
    {
        using var board = Cards.BoardOf(From([new Carer { Id = Person(1), Ladder = Ladder.Named, Forename = "Magda", Source = Source.Themselves }]));
        Assert.Equal("Magda", Assert.Single(board.Find("magda", Cards.All, Cards.Today).Rows).Label);
    }

    [Fact]
    public void Card_OfAFamilyThatHides_WarnsAndSaysNotWhereNorFromWhom()
    {
        var card = From([Magda], safe: new SafeContact { NeverDiscloseTo = ["Piotr Secretname"], SafeWord = "bluebell", ReviewedOn = Cards.Today, SetBy = Envelope.Owner, Source = Source.Themselves });
        Assert.Equal((null, null), (card.Postcode, card.District));
        Assert.StartsWith("Safe contact:", card.SafetyWarning, StringComparison.Ordinal);
        var text = System.Text.Encoding.UTF8.GetString(card.Write());
        Assert.DoesNotContain("Secretname", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bluebell", text, StringComparison.OrdinalIgnoreCase);
    }
}
