using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Strongroom.Board;

public sealed class SearchCardTests
{
    // The bytes of format 1. A build that writes others breaks every stored card: add a format instead.
    private const string Golden = "0100000007000070008000000000000000AC0201114B6F77616C637A796B2C204D6167646101045746350757463538414201084B372D51464D32174E65766572206C656176652061206D6573736167652EAF8505010D34343737303039303031323301126D61676461406578616D706C652E6F7267040000000100007000800000000000000000064D616764610A4B6F77616C637A796B01064E6F77616B0000C60F0000000200007000800000000000000001055A6FC59B000000D1F10400000000030000700080000000000000000000000006526F62696E00000000000400007000800000000000000002000000000000";

    private static SearchCard Full() => new()
    {
        Family = Cards.Id(7),
        Version = 300,
        SpecialHandling = true,
        CarerLabel = "Kowalczyk, Magda",
        ChildCount = 1,
        District = "WF5",
        Postcode = "WF58AB",
        References = ["K7-QFM2"],
        SafetyWarning = "Never leave a message.",
        LastContactOn = new DateOnly(2026, 3, 3),
        Telephones = ["447700900123"],
        Emails = ["magda@example.org"],
        People =
        [
            new SearchPerson { Id = new PersonId(Cards.Id(1).Value), Forename = "Magda", Surname = "Kowalczyk", OtherNames = ["Nowak"], BornYear = 1990 },
            new SearchPerson { Id = new PersonId(Cards.Id(2).Value), IsChild = true, Forename = "Zoś", BornOn = new DateOnly(2019, 4, 3) },
            new SearchPerson { Id = new PersonId(Cards.Id(3).Value), Handle = "Robin" },
            new SearchPerson { Id = new PersonId(Cards.Id(4).Value), Anonymous = true },
        ],
    };

    [Fact]
    public void Card_Written_IsTheGoldenBytes() => Assert.Equal(Golden, Convert.ToHexString(Full().Write()));

    [Fact]
    public void Card_ReadFromTheGoldenBytes_HasEveryField()
    {
        var read = SearchCard.Read(Convert.FromHexString(Golden));
        var full = Full();
        Assert.Equivalent(full, read);
        Assert.Equal((full.Family, full.Version, full.SpecialHandling, full.CarerLabel, full.ChildCount, full.District), (read.Family, read.Version, read.SpecialHandling, read.CarerLabel, read.ChildCount, read.District));
        Assert.Equal((full.Postcode, full.SafetyWarning, full.LastContactOn), (read.Postcode, read.SafetyWarning, read.LastContactOn));
        Assert.Equal(full.Telephones, read.Telephones);
        Assert.Equal(full.Emails, read.Emails);
        Assert.Equal(full.References, read.References);
        Assert.Equal(
            full.People.Select(p => (p.Id, p.IsChild, p.Forename, p.Surname, string.Join('|', p.OtherNames), p.Handle, p.BornOn, p.BornYear, p.Anonymous)),
            read.People.Select(p => (p.Id, p.IsChild, p.Forename, p.Surname, string.Join('|', p.OtherNames), p.Handle, p.BornOn, p.BornYear, p.Anonymous)));
    }

    [Fact]
    public void Card_CutShortAnywhere_IsRefusedWithoutContent()
    {
        var bytes = Full().Write();
        for (var length = 0; length < bytes.Length; length++)
        {
            var refusal = Assert.Throws<InvalidDataException>(() => SearchCard.Read(bytes.AsSpan(0, length)));
            Assert.DoesNotContain("Kowalczyk", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Card_FollowedByMore_IsRefused() => Assert.Throws<InvalidDataException>(() => SearchCard.Read([.. Full().Write(), 0]));

    [Fact]
    public void Card_OfALaterFormat_IsNamed()
    {
        var bytes = Full().Write();
        bytes[0] = 2;
        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => SearchCard.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_AsText_ShowsNothing()
    {
        var card = Full();
        using var board = Cards.BoardOf(card);
        var answer = board.Find("kowalczyk", Cards.All, Cards.Today);
        object[] all = [card, card.People[0], answer, answer.Rows[0], new RestrictedHit("Magda"), new FamilyFacts { Surname = "Kowalczyk" }, BoardQuery.Parse("kowalczyk", Cards.Today)];
        Assert.All(all, one => Assert.Equal(one.GetType().Name, one.ToString()));
    }
}
