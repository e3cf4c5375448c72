using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Identifiers;

/// <summary>An identifier that was never given is nothing, and one that was is itself (D4).</summary>
public sealed class Nothing
{
    [Fact]
    public void Identifier_NeverGiven_IsEmpty_AndAGivenOneIsNot()
    {
        Assert.True(NhsNumber.TryParse("943 476 5919", out var nhs) & Uln.TryParse("9434765918", out var uln) & Upn.TryParse("B801200005001", out var upn) & NationalInsuranceNumber.TryParse("AB123456C", out var insurance));
        (bool Empty, string Text)[] given =
        [
            (nhs.IsEmpty, nhs.Canonical), (uln.IsEmpty, uln.Canonical), (upn.IsEmpty, upn.Canonical), (insurance.IsEmpty, insurance.Canonical), (EmailAddress.Parse("m@example.org").IsEmpty, EmailAddress.Parse("m@example.org").Canonical),
            (TelephoneNumber.Parse("01632 960123").IsEmpty, TelephoneNumber.Parse("01632 960123").Digits), (Postcode.Parse("WF1 2EB").IsEmpty, Postcode.Parse("WF1 2EB").Canonical),
        ];
        Assert.Equal(["9434765919", "9434765918", "B801200005001", "AB123456C", "m@example.org", "441632960123", "WF12EB"], given.Select(one => one.Text));
        Assert.All(given, one => Assert.False(one.Empty));
        Assert.All([default(NhsNumber).IsEmpty, default(Uln).IsEmpty, default(Upn).IsEmpty, default(NationalInsuranceNumber).IsEmpty, default(EmailAddress).IsEmpty, default(TelephoneNumber).IsEmpty, default(Postcode).IsEmpty], Assert.True);
        Assert.All([default(NhsNumber).Canonical, default(Uln).Canonical, default(Upn).Canonical, default(NationalInsuranceNumber).Canonical, default(EmailAddress).Canonical, default(TelephoneNumber).Digits, default(Postcode).Canonical, default(NhsNumber).Format(), default(NationalInsuranceNumber).Format(), default(Postcode).Format()], Assert.Empty);
        Assert.Equal(("943 476 5919", "AB 12 34 56 C"), (nhs.Format(), insurance.Format()));
        Assert.All([NhsNumber.TryParse("9434765918", out _), Uln.TryParse("9434765919", out _), Upn.TryParse("B801200005002", out _), EmailAddress.TryParse(null, out _), EmailAddress.TryParse("m@" + new string('a', 300) + ".org", out _), Postcode.TryParse("WF1", out _)], Assert.False);
        Assert.Equal((true, false), (Postcode.Parse("ZZ99 3VZ").IsPseudo, Postcode.Parse("WF1 2EB").IsPseudo));
    }

    [Fact]
    public void Unit_IsReadFromItsDigits_AndNoughtIsNone()
    {
        var unit = new UnitId(Id(7).Value);
        Assert.True(UnitId.TryParse(unit.ToString(), out var read) && read == unit && UnitId.FromBytes(unit.ToBytes()) == unit);
        foreach (var text in (string?[])[null, "x", Guid.Empty.ToString()])
            Assert.False(UnitId.TryParse(text, out var none) || !none.IsEmpty);
    }

    [Fact]
    public void Marking_WithADescriptor_WhereOneIsStillToBeSaid()
    {
        Assert.Equal((Marking.OfficialSensitive("PERSONAL"), Marking.Official), (Marking.Sensitive.Described("PERSONAL"), Marking.Official.Described("PERSONAL")));
        Assert.Equal([true, true, true, false, false, false, false], new[] { "PERSONAL", "A-1", "TWO WORDS", "personal", " ", null, "A_B" }.Select(Marking.IsDescriptor));
        var kept = new KeepUntil(Today, "x", "y");
        var wrapped = Classified<string>.Wrap(new(Id(7).Value), "content", Marking.Official, kept);
        Assert.Equal((new UnitId(Id(7).Value), Marking.Official, kept), (wrapped.Unit, wrapped.Marking, wrapped.KeepUntil));
        Assert.Throws<ArgumentException>(() => Classified<string>.Wrap(default, "content", Marking.Official, kept));
    }
}
