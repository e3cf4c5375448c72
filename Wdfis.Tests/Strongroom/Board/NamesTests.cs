using FsCheck;
using FsCheck.Fluent;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Strongroom.Board;

public sealed class NamesTests
{
    [Theory]
    [InlineData("O'Brien", "obrien")]
    [InlineData("O’Brien", "obrien")]
    [InlineData("Oʼbrien", "obrien")]
    [InlineData("O´Brien", "obrien")]
    [InlineData("Óbrien", "obrien")]
    [InlineData("Małgorzata", "malgorzata")]
    [InlineData("Jørgensen", "jorgensen")]
    [InlineData("Weiß", "weiss")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Ştefănescu", "stefanescu")]
    [InlineData("Smith-Jones", "smithjones")]
    [InlineData("van der Berg", "vanderberg")]
    [InlineData("ＦＵＬＬ", "full")]
    public void Folding_OfOneName_BringsItsSpellingsTogether(string name, string whole) => Assert.Equal(whole, Folding.Whole(name));

    [Fact]
    public void Folding_OfADoubleBarrelledName_GivesEachPartAndTheWhole() =>
        Assert.Equal(["smith", "jones", "smithjones"], Folding.Terms("Smith–Jones"));

    [Fact]
    public void Folding_OfBrokenText_DropsWhatIsBroken() => Assert.Equal("ab", Folding.Whole("a\uD800b"));

    [Fact]
    public void Folding_OfWhatIsFolded_ChangesNothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var once = Folding.Whole(text ?? "");
            return Folding.Whole(once) == once;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("Smith", "Smyth")]
    [InlineData("Smith", "Schmidt")]
    [InlineData("Kowalczyk", "Kowalczik")]
    [InlineData("Thompson", "Thomson")]
    [InlineData("Philip", "Filip")]
    [InlineData("Catherine", "Katherine")]
    [InlineData("Wright", "Right")]
    [InlineData("Jackson", "Jaxon")]
    [InlineData("O'Brien", "OBrien")]
    [InlineData("Stephen", "Steven")]
    [InlineData("Hussain", "Hussein")]
    [InlineData("Mohammed", "Muhammad")]
    [InlineData("Knight", "Nite")]
    [InlineData("Reid", "Read")]
    public void Sound_OfNamesThatSoundAlike_SharesACode(string one, string other)
    {
        var a = DoubleMetaphone.Of(Folding.Whole(one));
        var b = DoubleMetaphone.Of(Folding.Whole(other));
        Assert.True(a.First == b.First || a.First == b.Second || a.Second == b.First, $"{a} {b}");
    }

    [Theory]
    [InlineData("Smith", "Jones")]
    [InlineData("Kowalczyk", "Kaminski")]
    [InlineData("Khan", "Brown")]
    [InlineData("Nguyen", "Tran")]
    public void Sound_OfNamesThatDoNot_SharesNone(string one, string other)
    {
        var a = DoubleMetaphone.Of(Folding.Whole(one));
        var b = DoubleMetaphone.Of(Folding.Whole(other));
        Assert.Empty(new[] { a.First, a.Second }.Intersect([b.First, b.Second]));
    }

    // Codes published with the algorithm.
    [Theory]
    [InlineData("Smith", "SM0", "XMT")]
    [InlineData("Schmidt", "XMT", "SMT")]
    [InlineData("Nguyen", "NKN", "NKN")]
    [InlineData("Catherine", "K0RN", "KTRN")]
    [InlineData("Michael", "MKL", "MXL")]
    [InlineData("Jose", "HS", "HS")]
    [InlineData("Caesar", "SSR", "SSR")]
    [InlineData("Xavier", "SF", "SFR")]
    [InlineData("Wright", "RT", "RT")]
    [InlineData("Philip", "FLP", "FLP")]
    [InlineData("Filipowicz", "FLPTS", "FLPFX")]
    [InlineData("Zhao", "J", "J")]
    [InlineData("Czerny", "SRN", "XRN")]
    [InlineData("Jackson", "JKSN", "AKSN")]
    [InlineData("Angier", "ANJ", "ANJR")]
    public void Sound_OfAKnownName_IsThePublishedCode(string name, string first, string second)
    {
        var code = DoubleMetaphone.Of(Folding.Whole(name));
        Assert.Equal((first, second), code);
    }

    [Fact]
    public void Sound_OfAnyWord_IsFoundAndShort() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var (first, second) = DoubleMetaphone.Of(Folding.Whole(text ?? ""));
            return first.Length <= 6 && second.Length <= 6;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
