using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features.Families;

namespace Wdfis.Tests.Features.Families;

public class FamilyPartsTests
{
    private static readonly Stamp Now = new(new ColleagueId(Guid.Parse("0198f000-0000-7000-8000-0000000000aa")), new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private static readonly PersonId Magda = new(Guid.Parse("0198f000-0000-7000-8000-000000000001"));
    private static readonly PersonId Fresh = new(Guid.Parse("0198f000-0000-7000-8000-000000000009"));

    private static FamilyCard Card(string? forename = "Magda", params string[] numbers) => FamilyCard.Create(
        [new Carer { Id = Magda, Ladder = Ladder.Named, Forename = forename, Surname = "Testowska", Contacts = [.. numbers.Select(number => new ContactPoint { Kind = ContactKind.Mobile, Value = number, Source = Source.Themselves })], Source = Source.Themselves }],
        [new Child { Id = new PersonId(Guid.Parse("0198f000-0000-7000-8000-000000000002")), Ladder = Ladder.Named, Forename = "Zofia", Birth = new Birth.OnDate(new DateOnly(2019, 3, 12)), Source = Source.Themselves }],
        Now.On, Now.By).OrThrow();

    private static FamilyPart Part(string code, string? which, FamilyCard card, Purpose purpose = Purpose.Advise, int rows = 0) => FamilyParts.Of(code, which, card, Fresh, purpose, rows, Now)!;

    private static Dictionary<string, string> Over(FamilyPart part, params (string Name, string Value)[] typed) => new Dictionary<string, string>(part.Values).With(typed.ToDictionary(field => field.Name, field => field.Value));

    [Theory]
    [InlineData("carer", "0198f000000070008000000000000009")]
    [InlineData("child", "0198f000000070008000000000000001")]
    [InlineData("carer", "nonsense")]
    [InlineData("order", "0")]
    [InlineData("order", "-1")]
    [InlineData("told", null)]
    public void Part_ThatIsNotOnTheCard_IsNone(string code, string? which) => Assert.Null(FamilyParts.Of(code, which, Card(), Fresh, Purpose.Advise, 0, Now));

    [Fact]
    public void Fields_ThatThePurposeDoesNotNeed_AreNeitherShownNorTakenOver()
    {
        var card = Card().SetAddress(new Address { Lines = "1 Sample Row", Postcode = "WF1 2AB", Source = Source.Themselves }, Now.On).OrThrow();
        var part = Part("address", null, card, Purpose.GiveInformation);
        Assert.DoesNotContain(part.Fields, field => field.Catalogue == "family.address.lines");
        var saved = part.Apply(card, Over(part, ("lines", "forged"), ("postcode", "WF2 2AB"))).OrThrow();
        Assert.Equal(("1 Sample Row", "WF2 2AB"), (saved.Address!.Lines, saved.Address.Postcode));
    }

    [Fact]
    public void Carer_YoungerThanTheChild_IsRefusedBesideTheBirthThatIsTyped()
    {
        var part = Part("carer", FamilyParts.New, Card());
        Assert.Equal("birth", Assert.Single(part.Apply(Card(), Over(part, ("birth", "1/1/2020"))).Problems).Field);
    }

    [Fact]
    public void Contacts_OneWrongNumber_IsMarkedInItsOwnRowAlone()
    {
        var card = Card(numbers: ["07700 900111", "07700 900112"]);
        var part = Part("carer", Magda.ToString(), card);
        Assert.Equal("contact.1.value", Assert.Single(part.Apply(card, Over(part, ("contact.1.value", "12"))).Problems).Field);
    }

    [Theory]
    [InlineData("9", true)]
    [InlineData("9:30", true)]
    [InlineData("9.30", true)]
    [InlineData("25:00", false)]
    [InlineData("nine", false)]
    public void SafeWay_Time_IsReadOrRefusedInWords(string typed, bool read)
    {
        var part = Part("safe", null, Card());
        var made = part.Apply(Card(), Over(part, ("way.0.channel", "Mobile"), ("way.0.from", typed)));
        Assert.Equal(read, made.Accepted);
        Assert.Equal(read ? [] : ["way.0.from"], made.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Versions_OfWhatBothChanged_SayAllThree_AndTakeTheChoice()
    {
        var part = Part("carer", Magda.ToString(), Card());
        var theirs = Part("carer", Magda.ToString(), Card("Theirs")).Values;
        var mine = Over(part, ("forename", "Mine"));
        var difference = Assert.Single(Versions.Between(part.Fields, part.Values, theirs, mine));
        Assert.Equal(("forename", "Magda", "Theirs", "Mine", null), (difference.Key, difference.Was, difference.Theirs, difference.Mine, difference.Proposed));
        foreach (var (kept, value) in new[] { (Kept.Theirs, "Theirs"), (Kept.Mine, "Mine") })
            Assert.Equal(value, Versions.Choose(part.Fields, theirs, mine, new Dictionary<string, Kept> { ["forename"] = kept })["forename"]);
    }

    [Fact]
    public void Versions_OfWhatOneAloneChanged_ProposeThatSide()
    {
        var part = Part("carer", Magda.ToString(), Card());
        var found = Versions.Between(part.Fields, part.Values, Part("carer", Magda.ToString(), Card("Theirs")).Values, Over(part, ("surname", "Mine")));
        Assert.Equal([("surname", Kept.Mine), ("forename", Kept.Theirs)], found.Select(one => (one.Key, one.Proposed!.Value)));
    }

    [Fact]
    public void Versions_OfOneRowAddedByBoth_KeepBothRows()
    {
        var before = Part("carer", Magda.ToString(), Card(), rows: 3);
        var card = Card(numbers: "07700 900122");
        var latest = Part("carer", Magda.ToString(), card, rows: 3);
        var mine = Over(before, ("contact.0.value", "07700 900121"));
        Assert.True(Assert.Single(Versions.Between(latest.Fields, before.Values, latest.Values, mine)).CanBoth);
        var merged = Versions.Choose(latest.Fields, latest.Values, mine, new Dictionary<string, Kept> { ["contact.0"] = Kept.Both });
        var part = Part("carer", Magda.ToString(), card, rows: Versions.RowsIn(merged.Keys));
        Assert.Equal(["07700 900122", "07700 900121"], part.Apply(card, merged).OrThrow().Carers[0].Contacts.Select(point => point.Value));
    }
}
