using FsCheck;
using FsCheck.Fluent;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Support;

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
        }).Hold();

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

    // A choice of Stephen Woodbridge's list of surnames, which libraries test this algorithm against: name, first and second code, four signs
    // at most. Left out are the three of his thousand that our silent p changes (Compton, Empson, Thompson).
    private const string Reference = """
        Smith SM0 XMT, Angier ANJ ANJR, Bachelor PXLR PKLR, Barlow PRL PRLF, Beauchamp PXMP PKMP, Belcher PLXR PLKR, Bergen PRJN PRKN, Bigelow PJL
        PKLF, Bosworth PSR0 PSRT, Bouchier PX PKR, Brzozowski PRSS PRTS, Burge PRJ PRK, Chevalier XFL XFLR, Church XRX XRK, Collier KL KLR,
        Copperthwaite KPR0 KPRT, Crew KR KRF, Eglinton AKLN ALNT, Fischer FXR FSKR, Folger FLKR FLJR, French FRNX FRNK, Frier FR FRR, Frothingham
        FR0N FRTN, Gage KJ KK, George JRJ KRK, Gerken KRKN JRKN, Giffard JFRT KFRT, Gilbert KLPR JLPR, Hathaway H0 HT, Northend NR0N NRTN, Rogers
        RKRS RJRS, Sturgis STRJ STRK, Thember 0MPR TMPR, Wandesford ANTS FNTS, geithain K0N JTN, Clothilde KL0L KLTL, Cutha K0 KT, Dow T TF, Knight
        NT NT, Wright RT RT, Jackson JKSN AKSN, McNair MKNR MKNR, McConnell MKNL MKNL, MacAlpin MKLP MKLP, Christie KRST KRST, Elizabeth ALSP ALSP,
        Sharply XRPL XRPL, Shaw X XF, Vaughan FKN FKN, Jones JNS ANS, Cunningham KNNK KNNK, Braham PRHM PRHM, Gorham KRM KRM, Brigham PRM PRM,
        Eberhard APRR APRR, Cornwallis KRNL KRNL, Deekindaugh TKNT TKNT, Hawkhurst HKRS HKRS, Beech PK PK, Casey KS KS, Dexter TKST TKST, Foxwell
        FKSL FKSL, Taber TPR TPR, Blennerhasset PLNR PLNR
        """;

    [Fact]
    public void Sound_OfTheReferenceList_IsItsCodeUpToFourSigns()
    {
        static string Four(string code) => code[..Math.Min(4, code.Length)];
        Assert.All(Reference.ReplaceLineEndings(" ").Split(',', StringSplitOptions.TrimEntries), line =>
        {
            var (first, second) = DoubleMetaphone.Of(Folding.Whole(line.Split(' ')[0]));
            Assert.Equal(line, $"{line.Split(' ')[0]} {Four(first)} {Four(second)}");
        });
    }

    // Worked out by hand from the algorithm's rules: names from abroad, and codes longer than four signs.
    [Theory]
    [InlineData("Schmidt", "XMT", "SMT")]
    [InlineData("Nguyen", "NKN", "NKN")]
    [InlineData("Catherine", "K0RN", "KTRN")]
    [InlineData("Michael", "MKL", "MXL")]
    [InlineData("Jose", "HS", "HS")]
    [InlineData("Caesar", "SSR", "SSR")]
    [InlineData("Xavier", "SF", "SFR")]
    [InlineData("Philip", "FLP", "FLP")]
    [InlineData("Filipowicz", "FLPTS", "FLPFX")]
    [InlineData("Zhao", "J", "J")]
    [InlineData("Czerny", "SRN", "XRN")]
    [InlineData("Thompson", "TMSN", "TMSN")]
    public void Sound_OfANameWorkedOutByHand_IsThatCode(string name, string first, string second) =>
        Assert.Equal((first, second), DoubleMetaphone.Of(Folding.Whole(name)));

    [Fact]
    public void Sound_OfAnyWord_IsFoundAndShort() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var (first, second) = DoubleMetaphone.Of(Folding.Whole(text ?? ""));
            return first.Length <= 6 && second.Length <= 6;
        }).Hold();
}
