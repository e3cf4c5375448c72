using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Identifiers;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Identifiers;

public sealed class CheckedNumbers
{
    private const string UpnAlphabet = "ABCDEFGHJKLMNPQRTUVWXYZ";

    private static readonly Arbitrary<string> NineDigits =
        Gen.ArrayOf(Gen.Choose(0, 9), 9).Select(digits => string.Concat(digits)).ToArbitrary();

    [Theory]
    [InlineData("9434765919", true)]
    [InlineData("943 476 5919", true)]
    [InlineData("943-476-5919", true)]
    [InlineData("9434765918", false)]
    [InlineData("943476591", false)]
    [InlineData("94347659190", false)]
    [InlineData("943476591X", false)]
    public void NhsNumber_OfTheVectors_IsReadByItsCheckDigit(string text, bool valid)
    {
        Assert.Equal(valid, NhsNumber.TryParse(text, out var number));
        Assert.Equal(valid ? "943 476 5919" : "", number.Format());
    }

    [Fact]
    public void NhsNumber_OfOneRepeatedDigit_PassesTheSumAndIsRefused()
    {
        for (var digit = '0'; digit <= '9'; digit++)
        {
            var text = new string(digit, 10);
            Assert.Equal((11 - Enumerable.Range(0, 9).Sum(i => (digit - '0') * (10 - i)) % 11) % 11, digit - '0');
            Assert.False(NhsNumber.TryParse(text, out _));
        }
    }

    [Fact]
    public void NhsNumber_OfAnyNineDigits_HasAtMostOneCheckDigit_AndNoneWhenItWouldBeTen() =>
        Prop.ForAll(NineDigits, nine =>
        {
            var check = 11 - nine.Select((digit, i) => (digit - '0') * (10 - i)).Sum() % 11;
            var fits = Enumerable.Range(0, 10).Where(last => NhsNumber.TryParse($"{nine}{last}", out _)).ToList();
            var repeated = nine.Distinct().Count() == 1;
            return check == 10 || repeated ? fits.Count == 0 : fits is [var only] && only == check % 11;
        }).Hold();

    [Fact]
    public void NhsNumber_WithOneDigitWrong_IsRefused()
    {
        var slips = Gen.Choose(0, 9).Zip(Gen.Choose(1, 9)).ToArbitrary();
        Prop.ForAll(slips, slip =>
        {
            var signs = "9434765919".ToCharArray();
            signs[slip.Item1] = (char)('0' + (signs[slip.Item1] - '0' + slip.Item2) % 10);
            return !NhsNumber.TryParse(new string(signs), out _);
        }).Hold();
    }

    [Fact]
    public void Uln_OfAnyNineDigits_HasTheCheckDigitTenLessTheRemainder_AndNoneForRemainderNought() =>
        Prop.ForAll(NineDigits, nine =>
        {
            var rest = nine.Select((digit, i) => (digit - '0') * (10 - i)).Sum() % 11;
            var fits = Enumerable.Range(0, 10).Where(last => Uln.TryParse($"{nine}{last}", out _)).ToList();
            return rest == 0 ? fits.Count == 0 : fits is [var only] && only == 10 - rest;
        }).Hold();

    [Theory]
    [InlineData("B801200005001", true)]
    [InlineData("b801 2000 05001", true)]
    [InlineData("P207000016049", true)]
    [InlineData("Q207000016049", false)]
    [InlineData("B207000016049", false)]
    [InlineData("I801200005001", false)]
    [InlineData("B80120000500", false)]
    [InlineData("B80120000500I", false)]
    public void Upn_OfTheVectors_IsReadByItsCheckLetter(string text, bool valid) => Assert.Equal(valid, Upn.TryParse(text, out _));

    [Fact]
    public void Upn_PermanentOrTemporary_HasExactlyOneCheckLetter()
    {
        var bodies = Gen.ArrayOf(Gen.Choose(0, 9), 11).Zip(Gen.Elements(("0123456789" + UpnAlphabet).ToCharArray())).ToArbitrary();
        Prop.ForAll(bodies, body =>
        {
            var rest = string.Concat(body.Item1) + body.Item2;
            var fits = Enumerable.Range('A', 26).Select(c => (char)c).Where(letter => Upn.TryParse(letter + rest, out _)).ToList();
            return fits is [var only] && UpnAlphabet.Contains(only)
                && Upn.TryParse(only + rest, out var upn) && upn.IsTemporary == char.IsAsciiLetter(body.Item2);
        }).Hold();
    }

    [Theory]
    [InlineData("AB123456C", true)]
    [InlineData("ab 12 34 56 d", true)]
    [InlineData("AB123456E", false)]
    [InlineData("AB123456", false)]
    [InlineData("DB123456C", false)]
    [InlineData("AV123456C", false)]
    [InlineData("AO123456C", false)]
    [InlineData("BG123456C", false)]
    [InlineData("GB123456C", false)]
    [InlineData("KN123456C", false)]
    [InlineData("NK123456C", false)]
    [InlineData("NT123456C", false)]
    [InlineData("TN123456C", false)]
    [InlineData("ZZ123456C", false)]
    [InlineData("OO123456C", false)]
    public void NationalInsuranceNumber_OfTheRules_IsReadByItsShape(string text, bool valid)
    {
        Assert.Equal(valid, NationalInsuranceNumber.TryParse(text, out var number));
        if (valid)
            Assert.Equal(number, NationalInsuranceNumber.TryParse(number.Format(), out var again) ? again : default);
    }

    [Fact]
    public void Numbers_InWordsForLogs_ShowNothing()
    {
        Assert.True(NhsNumber.TryParse("9434765919", out var nhs) & Upn.TryParse("B801200005001", out var upn) & NationalInsuranceNumber.TryParse("AB123456C", out var nino));
        Assert.Equal("NhsNumber Upn NationalInsuranceNumber Uln", $"{nhs} {upn} {nino} {default(Uln)}");
    }
}
