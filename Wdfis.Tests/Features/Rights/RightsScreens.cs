using System.Collections.Immutable;
using Bunit;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features.Rights;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Rights;

/// <summary>What the family's card says beside a request about a child: who speaks, who decides, what a court ordered, where nothing may go.</summary>
public sealed class RightsScreens
{
    private static readonly DateOnly Today = new(2026, 9, 1);
    private static readonly Stamp Now = new(StrongroomFixture.Officer.Id, new DateTimeOffset(2026, 9, 1, 10, 0, 0, TimeSpan.Zero));
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));

    private static PersonId Person(int last) => new(Guid.Parse($"00000000-0000-7000-8000-{last:x12}"));

    private static ShownRequest Shown(Func<Representative, Representative>? speaks)
    {
        var child = new Child { Id = Person(1), Ladder = Ladder.Named, Forename = "Ola", Birth = new Birth.OnDate(new DateOnly(2011, 8, 31)), Source = Source.FamilyMember };
        var mother = new Carer { Id = Person(2), Ladder = Ladder.Named, Forename = "Magda", Surname = "Testowska", Source = Source.Themselves, Contacts = [new ContactPoint { Kind = ContactKind.Mobile, Value = "07700 900123", Unsafe = true, Source = Source.Themselves }] };
        var card = FamilyCard.Create([mother], [child], Today, StrongroomFixture.Adviser.Id,
            orders: [new CourtOrder { Kind = "prohibited-steps", MadeOn = new DateOnly(2026, 1, 5), Binds = [mother.Id], OnSharing = OrderEffect.Limits, Words = "No school is told.", Source = Source.Record }],
            safeContact: new SafeContact { ReviewedOn = Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves, UnsafeAddresses = ["12 Hidden Lane"] }).OrThrow()
            .Assess(new Competence { Person = child.Id, For = CompetenceFor.OwnInformation, Able = true, Decision = "asking for a copy", AssessedOn = Today, By = StrongroomFixture.Adviser.Id, Note = "understood it" }, Today).OrThrow();
        if (speaks is not null)
            card = card.SetRepresentatives([speaks(new Representative { Person = child.Id, Who = Person(3), Name = "Jo Example", Capacity = RepresentativeCapacity.Solicitor, Document = "signed authority", SeenOn = Today, Receives = true, Source = Source.Record })], Today).OrThrow();
        return new ShownRequest
        {
            Request = RightsRequest.Take(new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), new RightsIntake { Kind = RightKind.Access, ReceivedOn = Today, How = "phone", Asker = Asker.Representative, AskerName = "Jo Example", About = [new(Family, child.Id)] }, Now).OrThrow(),
            Today = Today,
            Cards = ImmutableDictionary<UnitId, FamilyCard>.Empty.Add(Family, card),
        };
    }

    [Fact]
    public async Task Card_BesideARequest_SaysWhoDecidesWhatIsOrderedAndWhereNothingGoes()
    {
        await using var screens = new BunitContext();
        var text = screens.Render<RequestStanding>(parameters => parameters.Add(one => one.Shown, Shown(null))).Find("section").TextContent;
        foreach (var part in new[] { "They decide themselves", "Prohibited steps, binds Magda Testowska. Sharing: limits it.", "No school is told.", "07700 900123, 12 Hidden Lane", "pass to them after 25 June 2027", "Jo Example asks as a representative, and nobody of that name stands on the card" })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Representative_OnTheCard_IsNotedWhereProvedAndToldWhereNot()
    {
        await using var screens = new BunitContext();
        foreach (var (speaks, says) in new (Func<Representative, Representative>, string)[]
        {
            (one => one with { Document = null, SeenOn = null }, "nobody has seen on what that authority rests"),
            (one => one with { Until = Today.AddDays(-1), From = Today.AddDays(-9), SeenOn = Today.AddDays(-9) }, "the authority on the card has ended"),
            (one => one with { Receives = false, Decides = true }, "does not cover being given what is held"),
        })
        {
            var section = screens.Render<RequestStanding>(parameters => parameters.Add(one => one.Shown, Shown(speaks))).Find("section");
            Assert.Contains(says, section.TextContent, StringComparison.Ordinal);
            Assert.Empty(section.QuerySelectorAll("button"));
        }
        var noted = "";
        var proved = screens.Render<RequestStanding>(parameters => parameters.Add(one => one.Shown, Shown(one => one)).Add(one => one.OnProved, (string words) => noted = words));
        proved.Find("button").Click();
        Assert.Equal("signed authority, seen 1 September 2026, on the family's card.", noted);
    }
}
