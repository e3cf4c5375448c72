using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Identifiers;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Identifiers;

public sealed class ContactPointSpellings
{
    [Theory]
    [InlineData("WF1 2EB", "WF1 2EB", "WF1")]
    [InlineData("wf12eb", "WF1 2EB", "WF1")]
    [InlineData(" w f 1 - 2 e b ", "WF1 2EB", "WF1")]
    [InlineData("M1 1AE", "M1 1AE", "M1")]
    [InlineData("B33 8TH", "B33 8TH", "B33")]
    [InlineData("CR2 6XH", "CR2 6XH", "CR2")]
    [InlineData("DN55 1PT", "DN55 1PT", "DN55")]
    [InlineData("W1P 1HQ", "W1P 1HQ", "W1P")]
    [InlineData("EC1A 1BB", "EC1A 1BB", "EC1A")]
    [InlineData("gir0aa", "GIR 0AA", "GIR")]
    [InlineData("ZZ99 3VZ", "ZZ99 3VZ", "ZZ99")]
    [InlineData("ＷＦ１\u00A02EB\u200E", "WF1 2EB", "WF1")]
    public void Postcode_AnySpelling_HasOneForm(string text, string formatted, string district)
    {
        var postcode = Postcode.Parse(text);
        Assert.Equal(formatted, postcode.Format());
        Assert.Equal(district, postcode.District);
        Assert.Equal(formatted.Replace(" ", ""), postcode.Canonical);
        Assert.Null(Postcode.Check("postcode", text));
    }

    [Theory]
    [InlineData("LS1")]
    [InlineData("LS1 2E")]
    [InlineData("QF1 2EB")]
    [InlineData("VF1 2EB")]
    [InlineData("XF1 2EB")]
    [InlineData("WI1 2EB")]
    [InlineData("WJ1 2EB")]
    [InlineData("WZ1 2EB")]
    [InlineData("WF1 2CB")]
    [InlineData("WF1 2BV")]
    [InlineData("WF1 2OB")]
    [InlineData("WF111 2EB")]
    [InlineData("WFA 2EB")]
    [InlineData("W1AA 2EB")]
    [InlineData("GIR 0AB")]
    [InlineData("WF1 EEB")]
    [InlineData("WF1 2EB!")]
    [InlineData("WF1\0 2EB")]
    public void Postcode_OfAnotherShape_IsRefusedInWordsWithoutRepeatingIt(string text)
    {
        Assert.False(Postcode.TryParse(text, out var none));
        Assert.True(none.IsEmpty);
        Assert.DoesNotContain(text, Postcode.Check("postcode", text)!.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(text, Assert.Throws<FormatException>(() => Postcode.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("07700900123")]
    [InlineData("07700 900 123")]
    [InlineData("07700-900-123")]
    [InlineData("07700.900.123")]
    [InlineData("+447700900123")]
    [InlineData("+44 (0)7700 900123")]
    [InlineData("0044 7700 900123")]
    [InlineData("00 44 (0) 7700 900 123")]
    [InlineData("44 7700 900123")]
    [InlineData("7700900123")]
    [InlineData("(07700) 900123")]
    [InlineData("\u202A+44\u00A07700\u2011900123\u202C")]
    [InlineData("٠٧٧٠٠٩٠٠١٢٣")]
    [InlineData("０７７００９００１２３")]
    public void TelephoneNumber_AnySpelling_HasOneForm(string text)
    {
        var number = TelephoneNumber.Parse(text);
        Assert.Equal("447700900123", number.Digits);
        Assert.Equal("07700 900123", number.Format());
        Assert.True(number.IsMobile);
        Assert.Equal(TelephoneNumber.Parse("07700 900123"), number);
    }

    [Theory]
    [InlineData("02079460123", "020 7946 0123")]
    [InlineData("01632960123", "01632 960123")]
    [InlineData("0163296012", "01632 96012")]
    [InlineData("01134960123", "0113 496 0123")]
    [InlineData("01214960123", "0121 496 0123")]
    [InlineData("08001111", "0800 1111")]
    [InlineData("0800123456", "0800 123 456")]
    [InlineData("03069990123", "0306 999 0123")]
    [InlineData("0033 1 42 27 81 86", "+33142278186")]
    public void TelephoneNumber_OfEachKind_IsWrittenAsPeopleReadIt(string text, string formatted)
    {
        var number = TelephoneNumber.Parse(text);
        Assert.Equal(formatted, number.Format());
        Assert.Equal(number, TelephoneNumber.Parse(formatted));
        Assert.False(number.IsMobile);
    }

    [Theory]
    [InlineData("999")]
    [InlineData("01632")]
    [InlineData("04632 960123")]
    [InlineData("05632 960123")]
    [InlineData("00000 000000")]
    [InlineData("0770090012")]
    [InlineData("077009001234")]
    [InlineData("+44 0800")]
    [InlineData("+0 7700 900123")]
    [InlineData("07700 900123 ext 4")]
    [InlineData("07700+900123")]
    [InlineData("+")]
    [InlineData("()")]
    [InlineData("seven")]
    public void TelephoneNumber_ThatIsNone_IsRefusedInWords(string text)
    {
        Assert.False(TelephoneNumber.TryParse(text, out _));
        Assert.NotNull(TelephoneNumber.Check("telephone", text));
    }

    [Theory]
    [InlineData("Mara.Okafor@Example.ORG", "mara.okafor@example.org")]
    [InlineData(" <mailto:mara@example.org> ", "mara@example.org")]
    [InlineData("o'brien+call@sub.example.com", "o'brien+call@sub.example.com")]
    [InlineData("żaneta@example.org", "żaneta@example.org")]
    [InlineData("post@bücher.example", "post@xn--bcher-kva.example")]
    public void EmailAddress_AnySpelling_HasOneForm(string text, string canonical)
    {
        Assert.Equal(canonical, EmailAddress.Parse(text).Canonical);
        Assert.Equal(EmailAddress.Parse(text), EmailAddress.Parse(canonical));
        Assert.Null(EmailAddress.Check("email", text));
    }

    [Theory]
    [InlineData("mara")]
    [InlineData("mara@")]
    [InlineData("@example.org")]
    [InlineData("mara@example")]
    [InlineData("mara@example..org")]
    [InlineData("mara@-example.org")]
    [InlineData("mara@example.org.")]
    [InlineData("mara@10.0.0.1")]
    [InlineData(".mara@example.org")]
    [InlineData("ma..ra@example.org")]
    [InlineData("ma ra@example.org")]
    [InlineData("ma@ra@example.org")]
    [InlineData("mara@exa mple.org")]
    [InlineData("mara\0@example.org")]
    [InlineData("mara\uD800@example.org")]
    [InlineData("mara@\uD800.org")]
    public void EmailAddress_ThatIsNone_IsRefusedInWords(string text)
    {
        Assert.False(EmailAddress.TryParse(text, out _));
        Assert.NotNull(EmailAddress.Check("email", text));
    }

    [Fact]
    public void ContactPoints_Empty_AreNotAProblemAndHoldNothing()
    {
        Assert.Null(Postcode.Check("f", " "));
        Assert.Null(TelephoneNumber.Check("f", null));
        Assert.Null(EmailAddress.Check("f", ""));
        Assert.Equal("", default(Postcode).Format() + default(Postcode).Canonical + default(Postcode).District);
        Assert.Equal("", default(TelephoneNumber).Format() + default(TelephoneNumber).Digits);
        Assert.Equal("", default(EmailAddress).Format());
    }

    [Fact]
    public void ContactPoints_InWordsForLogs_ShowNothing()
    {
        Assert.Equal("Postcode", $"{Postcode.Parse("WF1 2EB")}");
        Assert.Equal("TelephoneNumber", $"{TelephoneNumber.Parse("07700 900123")}");
        Assert.Equal("EmailAddress", $"{EmailAddress.Parse("mara@example.org")}");
    }

    [Fact]
    public void ContactPoints_OfAnyText_ParseToAFormThatParsesToItself() =>
        Prop.ForAll<string?>(text =>
        {
            var telephone = !TelephoneNumber.TryParse(text, out var t) || TelephoneNumber.Parse(t.Format()) == t && TelephoneNumber.Parse("+" + t.Digits) == t;
            var postcode = !Postcode.TryParse(text, out var p) || Postcode.Parse(p.Format()) == p && Postcode.Parse(p.Canonical) == p;
            var mail = !EmailAddress.TryParse(text, out var e) || EmailAddress.Parse(e.Canonical) == e;
            return telephone && postcode && mail;
        }).Hold();

    [Fact]
    public void TelephoneNumber_PunctuatedAnyhow_IsTheSameNumber()
    {
        var punctuation = Gen.ArrayOf(Gen.Elements("", " ", "-", ".", "  ", "\u00A0"), 11);
        Prop.ForAll(punctuation.ToArbitrary(), between =>
            TelephoneNumber.Parse(string.Concat("01632960123".Zip(between, (digit, gap) => digit + gap))).Digits == "441632960123")
            .Hold();
    }
}
