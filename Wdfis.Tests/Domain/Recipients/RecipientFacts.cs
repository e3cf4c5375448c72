using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Storage.Records;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Recipients;

public class RecipientFacts
{
    private static readonly BodyId Id = new(new Guid("00000000-0000-7000-8000-0000000000b1")), Other = new(new Guid("00000000-0000-7000-8000-0000000000b2"));
    private static readonly ColleagueId First = new(new Guid("00000000-0000-7000-8000-0000000000a1")), Second = new(new Guid("00000000-0000-7000-8000-0000000000a2"));

    private static Stamp On(int year, int month, int day, ColleagueId? by = null) => new(by ?? First, new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));

    private static RecipientContact Phone(string number = "01632 960123") => new() { Way = ContactWay.Telephone, Value = number };
    private static RecipientContact Mail(string address = "office@example.org") => new() { Way = ContactWay.Email, Value = address };
    private static RecipientDetails School(string name = "Example Primary") => new() { Kind = BodyKind.School, Name = name, AskFor = "Headteacher", Urn = 900_001 };

    private static Recipient Made(params RecipientContact[] contacts) => Recipient.Create(Id, School(), contacts, On(2026, 3, 1)).OrThrow();

    [Fact]
    public void Countries_AreThePublishedList_WithTheCrownDependenciesApart()
    {
        Assert.Equal(249, Countries.All.Length);
        Assert.All(Countries.All, country => Assert.True(country.Code.Length == 2 && country.Code.All(char.IsAsciiLetterUpper) && country.Name.Length > 2));
        Assert.All(["GB", "JE", "GG", "IM", "GI", "CH", "GR"], code => Assert.True(Countries.IsKnown(code)));
        Assert.All(["UK", "EL", "XX", "EU", "gb", "", null], code => Assert.False(Countries.IsKnown(code)));
        Assert.False(NamedBody.Create(BodyKind.School, "x", "XX").Accepted);
    }

    [Fact]
    public void Kinds_StoredNumbersStay_AndEveryKindIsOffered()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6], new[] { BodyKind.School, BodyKind.Nursery, BodyKind.Gp, BodyKind.CouncilTeam, BodyKind.Health, BodyKind.Other }.Select(kind => (int)kind));
        Assert.Equal(Enum.GetValues<BodyKind>().Order(), BodyKinds.All.Order());
        Assert.Equal(BodyKinds.All.Length, BodyKinds.All.Select(kind => kind.One()).Distinct().Count());
    }

    [Fact]
    public void Create_WithEverythingWrong_SaysAllOfIt()
    {
        var wrong = Recipient.Create(Id, new RecipientDetails { Kind = BodyKind.Processor, Name = " ", Country = "XX", Urn = 12, AskFor = "a\u202Eb" },
            [Phone("999"), Mail("nobody"), new RecipientContact { Way = ContactWay.Website, Value = "javascript:alert(1)" }], On(2026, 3, 1));
        Assert.Equal(
            [RecipientFields.AskFor, RecipientFields.Contact, RecipientFields.ContractUntil, RecipientFields.Country, RecipientFields.Name, RecipientFields.Urn],
            wrong.Problems.Select(problem => problem.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(3, wrong.Problems.Count(problem => problem.Field == RecipientFields.Contact));
    }

    [Fact]
    public void Change_OfOneContact_LeavesTheOthersCheckAlone()
    {
        var before = Made(Phone(), Mail());
        var after = before.Change(School("New name"), [Phone("+44 1632 960123"), Mail("new@example.org")], On(2026, 9, 1, Second)).OrThrow();
        Assert.Equal((new DateOnly(2026, 3, 1), First), (after.Contacts[0].CheckedOn, after.Contacts[0].CheckedBy));
        Assert.Equal((new DateOnly(2026, 9, 1), Second), (after.Contacts[1].CheckedOn, after.Contacts[1].CheckedBy));
        Assert.Equal(new DateOnly(2026, 3, 1), after.CheckedOn);
    }

    [Fact]
    public void NeedsCheck_FromTheDayAYearLater_UntilSomebodyLooks()
    {
        var made = Made(Phone());
        Assert.False(made.NeedsCheck(new DateOnly(2027, 2, 28)));
        Assert.True(made.NeedsCheck(new DateOnly(2027, 3, 1)));
        var looked = made.Confirm(On(2027, 3, 1, Second)).OrThrow();
        Assert.False(looked.NeedsCheck(new DateOnly(2028, 2, 29)));
        Assert.Equal(Second, looked.Contacts[0].CheckedBy);
        Assert.True(Made().NeedsCheck(new DateOnly(2026, 3, 1)));
        Assert.False(Made().Confirm(On(2026, 3, 2)).Accepted);
    }

    [Fact]
    public void Finish_NeedsASuccessorForAMergerAndNeverItself_AndReopenUndoesIt()
    {
        var made = Made(Phone());
        Assert.False(made.Finish(RecipientEnding.Merged, new(2026, 3, 1), null, On(2026, 3, 1)).Accepted);
        Assert.False(made.Finish(RecipientEnding.Closed, new(2026, 3, 1), Id, On(2026, 3, 1)).Accepted);
        Assert.False(made.Finish(RecipientEnding.Closed, new(2026, 3, 2), null, On(2026, 3, 1)).Accepted);
        var merged = made.Finish(RecipientEnding.Merged, new(2026, 3, 1), Other, On(2026, 3, 1)).OrThrow();
        Assert.False(merged.NeedsCheck(new(2030, 1, 1)));
        Assert.False(merged.Finish(RecipientEnding.Closed, new(2026, 3, 1), null, On(2026, 3, 1)).Accepted);
        Assert.False(merged.Confirm(On(2026, 3, 1)).Accepted);
        Assert.True(merged.Reopen().OrThrow().IsOpen);
    }

    [Fact]
    public void UnderContract_UntilItsLastDayIncluded()
    {
        var processor = Recipient.Create(Id, new() { Kind = BodyKind.Processor, Name = "Example Interpreters", ContractUntil = new(2026, 12, 31), ContractFor = "interpreting" }, [], On(2026, 3, 1)).OrThrow();
        Assert.True(processor.UnderContract(new(2026, 12, 31)));
        Assert.False(processor.UnderContract(new(2027, 1, 1)));
        Assert.False(Made().UnderContract(new(2026, 12, 31)));
    }

    [Fact]
    public void Listed_OfAPerson_HoldsNoWayToReachThem_AndNothingPrintsContent()
    {
        var person = Recipient.Create(Id, new() { Kind = BodyKind.Individual, Name = "Zyxwvut" }, [Phone()], On(2026, 3, 1)).OrThrow();
        Assert.DoesNotContain("960123", System.Text.Encoding.UTF8.GetString(new RecipientFormat().Write(person.Listed())), StringComparison.Ordinal);
        Assert.Equal(person.CheckedOn, person.Listed().CheckedOn);
        Assert.Equal("Recipient RecipientDetails RecipientContact Telephone", $"{person} {person.Details} {person.Contacts[0]}");
    }

    [Fact]
    public void Format_AnyRecipient_ComesBackTheSame()
    {
        var text = Gen.Elements("Ossett", "Zoë's \"Nursery\"", "学校", "a\nb");
        var recipients =
            from kind in Gen.Elements(BodyKinds.All.ToArray())
            from name in text
            from urgent in Gen.Elements(true, false)
            from ended in Gen.Elements(true, false)
            from phone in Gen.Choose(0, 999)
            select Make(kind, name.ReplaceLineEndings(" "), urgent, ended, $"07700 900{phone:000}");
        Prop.ForAll(recipients.ToArbitrary(), recipient =>
        {
            var format = new RecipientFormat();
            var bytes = format.Write(recipient);
            Assert.Equal(bytes, format.Write(format.Read(bytes)));
            Assert.Equivalent(recipient, format.Read(bytes), strict: true);
        }).Hold();

        static Recipient Make(BodyKind kind, string name, bool urgent, bool ended, string phone)
        {
            var made = Recipient.Create(Id, new() { Kind = kind, Name = name, Country = "JE", Urgent = urgent, Urn = 900_000, Head = name, ContractUntil = new(2027, 1, 1), ContractFor = "IT" },
                [Phone(phone), new() { Way = ContactWay.Letter, Value = "1 Example Street\nWakefield", Note = name, Registered = urgent }], On(2026, 3, 1)).OrThrow();
            return ended ? made.Finish(RecipientEnding.Closed, new(2026, 2, 1), urgent ? Other : null, On(2026, 3, 1)).OrThrow() : made;
        }
    }

    [Fact]
    public void Format_Golden_OpensAndIsWrittenTheSame()
    {
        var made = Recipient.Create(Id, School() with { Head = "Dr A. Example", Sort = "Academy converter", Urgent = true }, [Phone() with { Note = "office", Registered = true }, Mail()], On(2026, 3, 1)).OrThrow()
            .Finish(RecipientEnding.Merged, new(2026, 2, 28), Other, On(2026, 3, 1)).OrThrow();
        const string golden =
            """
            {"v":1,"id":"00000000-0000-7000-8000-0000000000b1","kind":"School","name":"Example Primary","country":"GB","askFor":"Headteacher","head":"Dr A. Example","sort":"Academy converter","urgent":true,"urn":900001,"contacts":[{"way":"Telephone","value":"01632 960123","note":"office","registered":true,"checkedOn":"2026-03-01","checkedBy":"00000000-0000-7000-8000-0000000000a1"},{"way":"Email","value":"office@example.org","registered":false,"checkedOn":"2026-03-01","checkedBy":"00000000-0000-7000-8000-0000000000a1"}],"end":{"how":"Merged","on":"2026-02-28","successor":"00000000-0000-7000-8000-0000000000b2"}}
            """;
        Assert.Equal(golden, System.Text.Encoding.UTF8.GetString(new RecipientFormat().Write(made)));
        Assert.Equivalent(made, new RecipientFormat().Read(System.Text.Encoding.UTF8.GetBytes(golden)), strict: true);
    }
}
