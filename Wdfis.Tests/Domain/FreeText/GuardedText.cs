using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Identifiers;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.FreeText;

public sealed class GuardedText
{
    private static readonly FreeTextGuard Guard = new([TelephoneNumber.Parse("01632 960999")]);
    private static readonly DateOnly Today = new(2026, 11, 22);

    /// <summary>What was found, as "kind+kind:text", in order.</summary>
    private static string Found(string text, DateOnly? today = null) =>
        string.Join(" | ", Guard.Scan(text, today).Select(f => $"{string.Join('+', f.Kinds)}:{text.Substring(f.Start, f.Length)}"));

    [Theory]
    [InlineData("NHS no. 943 476 5919.", "NhsNumber:943 476 5919")]
    [InlineData("nhs943-476-5919", "NhsNumber:943-476-5919")]
    [InlineData("9434765917 and 1111111111", "")]
    [InlineData("ULN 9434765918", "Uln:9434765918")]
    [InlineData("UPN b801200005001!", "Upn:b801200005001")]
    [InlineData("UPN B801200005002", "")]
    [InlineData("NI: AB 12 34 56 C", "NationalInsuranceNumber:AB 12 34 56 C")]
    [InlineData("ab123456c", "NationalInsuranceNumber:ab123456c")]
    [InlineData("has AB123456 only", "NationalInsuranceNumber:AB123456")]
    [InlineData("OO 12 34 56 and TN010190M", "NationalInsuranceNumber:OO 12 34 56 | NationalInsuranceNumber:TN010190M")]
    [InlineData("BV123456C", "")]
    [InlineData("lives at wf1 2eb, moving", "Postcode:wf1 2eb")]
    [InlineData("WF12EB/WF1 - 2EB", "Postcode:WF12EB")]
    [InlineData("W\u200BF1 2\u200BEB", "Postcode:W\u200BF1 2\u200BEB")]
    [InlineData("somewhere in WF1 or WF10", "")]
    [InlineData("at 10 9 in the morning", "")]
    [InlineData("call 07700 900123 today", "Telephone:07700 900123")]
    [InlineData("+44 (0)7700.900.123", "Telephone:+44 (0)7700.900.123")]
    [InlineData("0044 7700 900123, or 0163296012", "Telephone:0044 7700 900123 | Telephone:0163296012")]
    [InlineData("0770\u200B0900\u2011123", "Telephone:0770\u200B0900\u2011123")]
    [InlineData("ring Childline 0800 1111 24 hours a day, or us on (01632) 960999", "")]
    [InlineData("call 999 or 111 about 30 hours for 2 children in 2026", "")]
    [InlineData("Mail MARA.Okafor@Example.org.", "Email:MARA.Okafor@Example.org")]
    [InlineData("(mara@example.org), 'jaz@example.com'", "Email:mara@example.org | Email:jaz@example.com")]
    [InlineData("twins @ home", "")]
    public void Identifier_InFreeText_IsFoundByItsRule(string text, string found) => Assert.Equal(found, Found(text));

    [Theory]
    [InlineData("DOB 03/04/2015", "DateOfBirth:03/04/2015")]
    [InlineData("3.4.2015 or 03-04-15", "DateOfBirth:3.4.2015 | DateOfBirth:03-04-15")]
    [InlineData("2015-04-03", "DateOfBirth:2015-04-03")]
    [InlineData("03 04 2015", "DateOfBirth:03 04 2015")]
    [InlineData("on the 3rd of April 2015", "DateOfBirth:3rd of April 2015")]
    [InlineData("April 3rd, 2015", "DateOfBirth:April 3rd, 2015")]
    [InlineData("3 sept '15", "DateOfBirth:3 sept '15")]
    [InlineData("born 3 April", "DateOfBirth:3 April")]
    [InlineData("his birthday is on 3 April", "DateOfBirth:3 April")]
    [InlineData("d.o.b. 3 May", "DateOfBirth:3 May")]
    [InlineData("appeal on 12/12/2026", "")]
    [InlineData("baby to be born 12/12/2026", "DateOfBirth:12/12/2026")]
    [InlineData("meets on 3 April, section 1.2.10, at 10:30, 31/02/2015", "")]
    [InlineData("I may be 15 minutes late", "")]
    public void DateOfBirth_InFreeText_IsFoundUnlessItLiesAhead(string text, string found) => Assert.Equal(found, Found(text, Today));

    [Fact]
    public void DateOfBirth_WithoutToday_IsAnyDate() => Assert.Equal("DateOfBirth:12/12/2026", Found("appeal on 12/12/2026"));

    [Theory]
    [InlineData("spoke to Mrs Okafor-Lind about it", "Name:Mrs Okafor-Lind")]
    [InlineData("mr okafor rang", "Name:mr okafor")]
    [InlineData("Dr. A. O'Brien said", "Name:Dr. A. O'Brien")]
    [InlineData("Ms van der Berg", "Name:Ms van der Berg")]
    [InlineData("MISS ÓBRIEN", "Name:MISS ÓBRIEN")]
    [InlineData("my son Jaz is four", "Name:my son Jaz")]
    [InlineData("her daughter, called Żaneta Nowak,", "Name:her daughter, called Żaneta Nowak")]
    [InlineData("the boy is called Jaz", "Name:the boy is called Jaz")]
    [InlineData("my name is Mara", "Name:name is Mara")]
    [InlineData("I miss Wakefield; my son starts Monday; the dr said so", "")]
    [InlineData("my son SEND support, her child EHCP, mr and mrs", "")]
    [InlineData("I called Childline", "")]
    public void Name_GivenAwayByTheWordsBefore_IsFound(string text, string found) => Assert.Equal(found, Found(text));

    [Fact]
    public void TenDigits_ThatCouldBeSeveralThings_ListThemAll()
    {
        var several = Enumerable.Range(0, 100_000).Select(i => $"01632{i:00000}").First(digits => NhsNumber.TryParse(digits, out _) && Uln.TryParse(digits, out _) | TelephoneNumber.TryParse(digits, out _));
        var finding = Assert.Single(Guard.Scan($"about {several}."));
        Assert.Contains(IdentifierKind.NhsNumber, finding.Kinds);
        Assert.Contains(IdentifierKind.Telephone, finding.Kinds);
        Assert.Equal(Uln.TryParse(several, out _), finding.Kinds.Contains(IdentifierKind.Uln));
        Assert.StartsWith("This looks like an NHS number or ", finding.Sentence);
    }

    [Fact]
    public void Finding_InWords_WarnsAndPromisesNothing()
    {
        Assert.Equal("This looks like a telephone number. Leave it out unless it is needed.", Guard.Scan("07700 900123")[0].Sentence);
        foreach (var kind in Enum.GetValues<IdentifierKind>())
        {
            var sentence = new Finding(0, 1, [kind]).Sentence;
            Assert.StartsWith("This looks like a", sentence);
            Assert.DoesNotContain("safe", sentence);
            Assert.DoesNotContain("anonymous", sentence);
        }
        Assert.Equal("Finding", Guard.Scan("07700 900123")[0].ToString());
        Assert.Empty(Guard.Scan("Asked when the hours open."));
        Assert.Empty(Guard.Scan(null));
    }

    [Fact]
    public void Guard_WithoutNumbersOfItsOwn_StillLetsHelplinesPass()
    {
        Assert.Empty(new FreeTextGuard().Scan("0800-1111 or +44 800 1111"));
        Assert.Single(new FreeTextGuard().Scan("01632 960999"));
        Assert.Empty(Guard.Scan("+44 1632 960999"));
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("0")]
    [InlineData("0 ")]
    [InlineData("+0 ")]
    [InlineData("7-")]
    [InlineData("A1 ")]
    [InlineData("A ")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("@")]
    [InlineData("@.")]
    [InlineData("W\u200B")]
    [InlineData("\u200B")]
    [InlineData("1\u200B")]
    [InlineData("mr ")]
    [InlineData("Mr A. ")]
    [InlineData("my son, ")]
    [InlineData("van ")]
    [InlineData("born ")]
    [InlineData("born 3 May ")]
    [InlineData("1/")]
    [InlineData("1/1/1 ")]
    [InlineData("Mrs Okafor 07700 900123 wf1 2eb ")]
    [InlineData("o'")]
    [InlineData("-")]
    public void Guard_OnTwentyThousandNastySigns_LooksAtEachABoundedNumberOfTimes(string pattern)
    {
        long Looks(int length)
        {
            Guard.Scan(string.Concat(Enumerable.Repeat(pattern, length / pattern.Length + 1))[..length], Today, out var looks);
            return looks;
        }

        Assert.InRange(Looks(20_000), 0, 20_000L * 200);
        // Twice the text, twice the looks: nothing grows faster than the text.
        Assert.InRange(Looks(20_000), 0, Looks(10_000) * 21 / 10 + 1_000);
    }

    [Fact]
    public void Guard_OnAnyText_FindsPlacesInsideItInOrderWithoutOverlap() =>
        Prop.ForAll(Texts(), text =>
        {
            var findings = Guard.Scan(text, Today);
            return findings.All(f => f.Start >= 0 && f.Length > 0 && f.Start + f.Length <= text.Length && f.Kinds.Length > 0 && f.Kinds.Distinct().Count() == f.Kinds.Length)
                && findings.Zip(findings.Skip(1)).All(pair => pair.First.Start + pair.First.Length <= pair.Second.Start);
        }).Hold();

    [Fact]
    public void Guard_OnAnyTextWithATelephoneNumberInIt_FindsIt() =>
        Prop.ForAll(Texts(), Texts(), (before, after) =>
        {
            var text = $"{before}\n07700 900123\n{after}";
            var at = before.Length + 1;
            return Guard.Scan(text).Any(f => f.Kinds.Contains(IdentifierKind.Telephone) && f.Start <= at && f.Start + f.Length >= at + 12);
        }).Hold();

    [Fact]
    public void Guard_OnEveryPostcodeThatParses_FindsItWritten()
    {
        var letters = Gen.Elements("ABDEFGHJLNPQRSTUWXYZ".ToCharArray());
        var postcodes = Gen.Elements("WF1", "M60", "W1A", "EC1A", "DN55", "CR2").Zip(Gen.Choose(0, 9)).Zip(letters.Zip(letters)).ToArbitrary();
        Prop.ForAll(postcodes, p =>
        {
            var text = $"{p.Item1.Item1} {p.Item1.Item2}{p.Item2.Item1}{p.Item2.Item2}";
            return Guard.Scan($"in {text}, she said") is [{ Kinds: [IdentifierKind.Postcode] } f] && f.Length == text.Length
                && Postcode.Parse(text).Format() == text;
        }).Hold();
    }

    private static Arbitrary<string> Texts() =>
        Gen.ArrayOf(Gen.Elements(
            "Mr ", "my son ", "Jaz ", "O'", "@", "a", ".", "example.org", "0", "07700", " ", "  ", "-", "\n", "\u200B", "WF1", "2EB", "AB", "12", "34", "/", "2015", "April", "born ", "3rd",
            "é", "\uD83D\uDE00", "\uD800", "+44", "(", ")", "943", "476", "5919", "’", ",")).Select(parts => string.Concat(parts)).ToArbitrary();
}
