using Wdfis.Domain.FreeText;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Tests.Domain.FreeText;

/// <summary>Where each reader begins, ends and leaves off: one sign before its bound, on it and after it (C2, D3; field-guide.md section 6).</summary>
public sealed class GuardBounds
{
    private static readonly FreeTextGuard Guard = new([TelephoneNumber.Parse("01632 960999")]);
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static string Found(string text, bool today = true) =>
        string.Join(" | ", Guard.Scan(text, today ? Today : null).Select(f => $"{string.Join('+', f.Kinds)}:{text.Substring(f.Start, f.Length)}"));

    private static string Date(string text) => $"DateOfBirth:{text}";

    /// <summary>What is written between the marks « and » is found as the kind named, and nothing else.</summary>
    private static void Only(string kind, params string[] texts) => Assert.All(texts, marked =>
    {
        var text = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var parts = marked.Split('«', '»');
        Assert.Equal((text, parts.Length == 1 ? "" : $"{kind}:{parts[1]}"), (text, Found(text)));
    });

    [Fact]
    public void Dates_InFigures() => Only("DateOfBirth",
        "«1/2/15»", "«01.02.10»", "1.2.10", "1.02.10", "01.2.10", "«1-2-10»", "«1/2/2015»", "«1.2.2015»", "«1 2 2015»", "1 2 10", "«2015/4/3»", "«2015-04-03»", "2015/004/3", "2015/4/003", "123/4/2015", "1/234/2015", "1/2/015", "1/2-2015", "1//2/2015", "«1 / 2 / 2015»", "1  / 2/2015 x", "1/2", "1/2/",
        "«29/2/2024»", "29/2/2023", "«31/12/2015»", "31/4/2015", "«4/13/2015»", "13/13/2015", "0/1/2015", "1/0/2015", "«1/1/1900»", "1/1/1899", "«1/2/32»", "1/2/31", "«1/2/26»", "«22/11/2026»", "23/11/2026", "«1/2/00»", "x «1/2/2015», y", "1\n2\n2015", "«1/\u200B2/2015»");

    [Fact]
    public void Dates_WithoutToday_AreTakenFarAheadAndNoFurther()
    {
        Assert.Equal((Date("1/1/2099"), ""), (Found("1/1/2099", today: false), Found("1/1/2100", today: false)));
        Assert.Equal(Date("23/11/2026"), Found("23/11/2026", today: false));
    }

    [Fact]
    public void Dates_InWords() => Only("DateOfBirth",
        "«3 April 2015»", "«3rd April 2015»", "«3 of April 2015»", "«3rd of April, 2015»", "«22nd Apr 2015»", "«1st Sept 2015»", "«11th september 2015»", "«April 3 2015»", "«April 3rd 2015»", "«April 3, 2015»", "«3 April '15»", "«3 April ’15»", "«3 April 15»", "3 April 201", "3 April 20155", "300 April 2015",
        "0 April 2015", "31 April 2015", "«29 February 2024»", "29 February 2023", "3 Ap 2015", "3 Aprilx 2015", "3 Septe 2015", "«3 mar 2015»", "3 Mart 2015", "«3 April   2015»", "3 April    2015", "«3 April, '   15»", "3 April, '    15", "3 April", "3rd April", "«3 DECEMBER 2015»", "«31 jan 2015»", "April 300 2015", "«3 April 1900»", "3 April 1899", "23 November 2026", "«22 November 2026»");

    [Fact]
    public void Dates_NearABirth_AreOneWithoutAYearOrAhead()
    {
        Only("DateOfBirth", "born «3 April»", "dob «3 April»", "birth «3 April»", "birthday «3 April»", "birthdate «3 April»", "d.o.b «3 April»", "D.O.B. «3 April»", "d o b 3 April", "d.o 3 April", "born «29 February»", "born 30 February", "born 31 April", "«April 3rd», born", "born «April 3»", "born on the «3rd of April» then", "boring 3 April");
        string Before(int gap) => "born" + new string(' ', gap - 4) + "12/12/2026";
        string After(int gap) => "12/12/2026" + new string(' ', gap - 10) + "born";
        Assert.Equal((Date("12/12/2026"), "", Date("12/12/2026"), ""), (Found(Before(40)), Found(Before(41)), Found(After(40)), Found(After(41))));
        // The nearest of several counts, on either side.
        Assert.Equal(Date("12/12/2026"), Found("born" + new string(' ', 100) + "born 12/12/2026" + new string(' ', 100) + "born"));
        Assert.Equal("", Found("born" + new string(' ', 100) + "12/12/2026" + new string(' ', 100) + "born"));
        Assert.Equal(Date("12/12/2026"), Found("born" + new string(' ', 100) + "12/12/2026 born"));
    }

    [Fact]
    public void Codes_WithGapsWherePeoplePutThem()
    {
        Only("NationalInsuranceNumber", "«AB123456C»", "«AB 12 34 56 C»", "«AB 123456 C»", "«AB123456 C»", "«AB12 3456C»", "«AB 12 34 56»", "A B123456C", "AB1 23456C", "AB12 3 456C", "«ab123456c»", "ab123456", "ab 12 34 56 c", "«ab12 34 56 c»", "xAB123456C", "AB123456Cx", "«AB-12-34-56-C»", "«AB  12  34  56»", "AB   123456");
        Only("Postcode", "«WF1 2EB»", "«WF12EB»", "«wf1 2eb»", "«WF 1 2EB»", "wf 1 2eb", "wf 12eb", "«WF 12EB»", "WF1 2E B", "W «F1 2EB»", "«WF1  2EB»", "WF1   2EB", "xWF1 2EB", "WF1 2EBx", "(«WF1 2EB»)", "«M1 1AA»", "«EC1A 1BB»", "«DN55 1PT»", "WF1\n2EB", "«W\u200BF1 2EB»\u200B.", "WF1 2CB");
        Only("Upn", "«B801200005001»", "«B8012 0000 5001»", "B80120000500", "B8012000050011", "xB801200005001");
    }

    [Fact]
    public void Emails_FromTheirFirstSignToTheirLast()
    {
        Only("Email", "«m@example.org»", "<«m@example.org»>", "'«m@example.org»'", "«m@example.org».", "«m@example.org»-", "a..«b@example.org»", ".«b@example.org»", "*«b@example.org»*", "=«b@example.org»", "m@example", "m@", "@example.org", "m@example..org", "«m.n+o@example.co.uk»/", "«a'b@example.org»", "m @example.org");
        var local = new string('a', 64);
        Only("Email", $"«{local}@example.org»", $"a«{local}@example.org»");
        Assert.Equal("Email:a@example.org | Email:b@example.org", Found("a@example.org b@example.org"));
    }

    [Fact]
    public void Numbers_TogetherAsLongAsTheyAreJoined()
    {
        Only("Telephone", "«07700 900123»", "«07700   900123»", "07700    900123", "(«01632) 960123»", "«07700.900.123»", "07700/900123", "«+447700900123»", "«0044 7700 900123»", "«447700900123»", "07700\n900123", "x«07700 900123»y", "770 090", "«07700 900123» 5");
        // After a plus the digits are a telephone number and nothing else.
        Assert.Equal(("Uln+Telephone:7700 900123", "Telephone:+9434765919"), (Found("7700 900123"), Found("+9434765919")));
        Only("NhsNumber", "«943 476 5919»", "«9434765919»", "943 476 5917", "943 476 591", "943    476 5919");
        // A helpline is let pass as a whole, and what follows it is looked at for itself.
        Only("Telephone", "0800 1111", "0800 1111 and «07700 900123»", "01632 960999", "«01632 960998»");
    }

    [Fact]
    public void Names_AfterWhatGivesThemAway()
    {
        Only("Name", "«Mrs Okafor»", "«mrs okafor»", "mrs o", "mrs the", "mrs, okafor", "«Mr. Okafor»", "«Dr A. Okafor»", "«Dr A Okafor»", "«Prof. Example»", "«Miss Example»", "miss Example", "Miss example", "«Sir Ian»", "sir Ian", "«Master Jaz»", "master Jaz", "dr okafor", "«dr Okafor»", "«Dr SEND»",
            "«my son Jaz»", "«her daughter is called Jaz»", "«his wife, named Jaz»", "son Jaz", "a son Jaz", "my son jaz", "my son SEND", "«my son was Jaz»", "my son    Jaz", "«the girl named Jaz»", "«girl called Jaz»", "he «is called Jaz»", "he «was named Jaz»", "«am called Jaz»", "they called Jaz",
            "my «name is Mara»", "«name: Mara»", "«name was Mara»", "name Mara", "name is mara", "«my son Jaz van der Berg» rang", "«my son Jaz O'Brien-Lind»", "my son Monday", "«Ms van der Berg»", "Ms van der", "«Mr One Two Three Four Five Six» Seven", "«my mum Ann» and Bea", "«Mr Łukasz» ok");
        Assert.Equal("Name:Mrs Okafor | Name:my son Jaz", Found("Mrs Okafor with my son Jaz"));
    }

    [Fact]
    public void Findings_ThatOverlap_AreOneWithEachKindOnce()
    {
        var found = Guard.Scan("Mr Okafor@example.org");
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length <= pair.Second.Start));
        Assert.Equal("Email+Name:Mr Okafor@example.org", Found("Mr Okafor@example.org"));
        Assert.Equal("Telephone:07700 900123 | Telephone:07700 900124", Found("07700 900123, 07700 900124"));
    }
}
