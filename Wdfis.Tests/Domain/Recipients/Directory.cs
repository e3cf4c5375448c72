using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Recipients;

/// <summary>An entry of the directory at its bounds, and what the schools register brings to it (S3, D4, D8).</summary>
public class Directory
{
    private static readonly BodyId Id = new(new Guid("00000000-0000-7000-8000-0000000000b1")), Other = new(new Guid("00000000-0000-7000-8000-0000000000b2"));
    private static readonly Stamp Now = new(new(new Guid("00000000-0000-7000-8000-0000000000a1")), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly RecipientDetails School = new() { Kind = BodyKind.School, Name = "Example Primary" };

    private static RecipientContact Way(ContactWay way, string value, bool registered = false) => new() { Way = way, Value = value, Registered = registered };

    private static Checked<Recipient> Make(Func<RecipientDetails, RecipientDetails>? change = null, params RecipientContact[] contacts) => Recipient.Create(Id, (change ?? (one => one))(School), contacts, Now);

    [Fact]
    public void Entry_OneFaultAtATime()
    {
        foreach (var (got, fields) in new (Checked<Recipient>, string)[]
        {
            (Make(), ""), (Make(d => d with { Kind = (BodyKind)99 }), "recipient.kind"), (Make(d => d with { Name = "a\nb" }), "recipient.name"), (Make(d => d with { Country = "XX" }), "recipient.country"), (Make(d => d with { AskFor = "a\nb" }), "recipient.ask-for"), (Make(d => d with { Head = "a\nb" }), "recipient.head"),
            (Make(d => d with { Sort = "a\nb" }), "recipient.sort"), (Make(d => d with { ContractFor = "a\nb" }), "recipient.contract-for"), (Make(d => d with { Urn = 99_999 }), "recipient.urn"), (Make(d => d with { Urn = 100_000 }), ""), (Make(d => d with { Urn = 999_999 }), ""), (Make(d => d with { Urn = 1_000_000 }), "recipient.urn"),
            (Make(d => d with { Kind = BodyKind.Processor }), "recipient.contract-until"), (Make(null, Way((ContactWay)9, "x")), "recipient.contact"), (Make(null, Way(ContactWay.Letter, "1 Street\nTown")), ""), (Make(null, Way(ContactWay.Letter, new string('x', 401))), "recipient.contact"),
            (Make(null, Way(ContactWay.Letter, "x") with { Note = "a\nb" }), "recipient.contact"), (Make(null, Way(ContactWay.Website, "www.example.org")), ""), (Make(null, Way(ContactWay.Website, "http://www.example.org/a")), ""), (Make(null, Way(ContactWay.Website, "ftp://www.example.org")), "recipient.contact"),
            (Make(null, Way(ContactWay.Website, "localhost")), "recipient.contact"), (Make(null, Way(ContactWay.Website, "not a page")), "recipient.contact"), (Make(null, [.. Enumerable.Range(0, 12).Select(i => Way(ContactWay.Letter, $"{i} Street"))]), ""), (Make(null, [.. Enumerable.Range(0, 13).Select(i => Way(ContactWay.Letter, $"{i} Street"))]), "recipient.contact"),
            (Make().OrThrow().Finish((RecipientEnding)9, new(2026, 3, 1), null, Now), "recipient.end"), (Make().OrThrow().Finish(RecipientEnding.Closed, new(2026, 3, 1), Other, Now), ""), (Make().OrThrow().Finish(RecipientEnding.Merged, new(2026, 3, 1), null, Now), "recipient.successor"), (Make().OrThrow().Finish(RecipientEnding.Closed, new(2026, 3, 2), null, Now), "recipient.ended-on"),
        })
            Assert.Equal(fields, got.Fields());
        Assert.True(Make().OrThrow().Reopen().NotItsTurn());
        Assert.Throws<ArgumentException>(() => Recipient.Create(default, School, [], Now));
        foreach (var broken in (Action[])[() => Recipient.Restore(default, School, [], null), () => Recipient.Restore(Id, School with { Kind = (BodyKind)99 }, [], null), () => Recipient.Restore(Id, School with { Name = "" }, [], null)])
            Assert.Throws<ArgumentException>(broken);
    }

    [Fact]
    public void Entry_IsCleaned_AndKeepsAContractOfAProcessorAlone()
    {
        var made = Make(d => d with { Name = " Example ", AskFor = " Head ", ContractUntil = new(2027, 1, 1), ContractFor = "IT" }, Way(ContactWay.Telephone, " 01632960123 "), Way(ContactWay.Telephone, "+44 1632 960123"), Way(ContactWay.Email, "OFFICE@Example.org"), Way(ContactWay.Letter, " ")).OrThrow();
        Assert.Equal(("Example", "Head", null, null), (made.Name, made.Details.AskFor, made.Details.ContractUntil, made.Details.ContractFor));
        Assert.Equal(["01632 960123", "office@example.org"], made.Contacts.Select(contact => contact.Value));
        var processor = Make(d => d with { Kind = BodyKind.Processor, ContractUntil = new(2027, 1, 1), ContractFor = " IT " }).OrThrow();
        Assert.Equal((new DateOnly(2027, 1, 1), "IT"), (processor.Details.ContractUntil!.Value, processor.Details.ContractFor));
        Assert.False(processor.Finish(RecipientEnding.Closed, new(2026, 3, 1), null, Now).OrThrow().UnderContract(new(2026, 3, 1)));
        Assert.Equal((Id, BodyKind.Processor, "Example Primary", "GB"), processor.Named() is var named ? (named.Id, named.Kind, named.Name, named.Country) : default);
    }

    [Fact]
    public void Check_IsDueAYearAfterTheOldest_ElseAtOnce_AndNeverOfWhatEnded()
    {
        var added = new DateOnly(2026, 2, 1);
        var made = Make(null, Way(ContactWay.Telephone, "01632 960123")).OrThrow();
        Assert.Equal((new DateOnly(2027, 3, 1), added, null), (made.CheckDueOn(added)!.Value, Make().OrThrow().CheckDueOn(added)!.Value, made.Finish(RecipientEnding.Closed, new(2026, 3, 1), null, Now).OrThrow().CheckDueOn(added)));
        var later = made.Change(School, [made.Contacts[0], Way(ContactWay.Email, "office@example.org")], Now with { At = Now.At.AddDays(9) }).OrThrow();
        Assert.Equal(new DateOnly(2026, 3, 1), later.CheckedOn);
        Assert.Equal([BodyKind.Childminder, BodyKind.Individual], Enum.GetValues<BodyKind>().Where(kind => (made with { }).IsPersonal || Make(d => d with { Kind = kind, ContractUntil = new(2027, 1, 1) }).OrThrow().IsPersonal).Order());
        Assert.Equal("01632 960123", made.Listed().Contacts[0].Value);
        Assert.Equal(("", null), Make(d => d with { Kind = BodyKind.Childminder }, Way(ContactWay.Telephone, "01632 960123") with { Note = "home" }).OrThrow().Listed().Contacts[0] is var hidden ? (hidden.Value, hidden.Note) : default);
    }

    private static readonly RegisterEntry Entry = new() { Urn = 900_001, Name = "Example Primary", Sort = "Academy converter", HeadRole = "Headteacher", Head = "Dr A. Example", Address = "1 Street\nTown", Telephone = "01632 960123", Website = "www.example.org" };

    /// <summary>The register brings its own ways and names; what colleagues entered by hand stays.</summary>
    [Fact]
    public void Register_BringsWhatItKnows_AndLeavesWhatColleaguesEntered()
    {
        var made = Entry.ToRecipient(Id, Now).OrThrow();
        Assert.Equal((900_001, "Example Primary", "Academy converter", "Dr A. Example", "Headteacher", BodyKind.School), (made.Details.Urn!.Value, made.Name, made.Details.Sort, made.Details.Head, made.Details.AskFor, made.Kind));
        Assert.Equal([(ContactWay.Telephone, "01632 960123", true), (ContactWay.Letter, "1 Street\nTown", true), (ContactWay.Website, "www.example.org", true)], made.Contacts.Select(contact => (contact.Way, contact.Value, contact.Registered)));
        var byHand = made.Change(made.Details with { AskFor = "the office", Urgent = true }, [.. made.Contacts, Way(ContactWay.Email, "office@example.org")], Now).OrThrow();
        var updated = (Entry with { Name = "New name", Head = "Ms B. Example", HeadRole = "Principal", Telephone = "01632 960124", Website = " ", Address = null }).Update(byHand, Now).OrThrow();
        Assert.Equal(("New name", "Ms B. Example", "the office", true), (updated.Name, updated.Details.Head, updated.Details.AskFor, updated.Details.Urgent));
        Assert.Equal([("01632 960124", true), ("office@example.org", false)], updated.Contacts.Select(contact => (contact.Value, contact.Registered)));
        Assert.Equal(
            [("Name", "Example Primary", "New name"), ("Head", "Dr A. Example", "Ms B. Example"), ("Telephone", "01632 960123", "01632 960124"), ("Post", "1 Street, Town", null), ("Website", "www.example.org", null)],
            RegisterEntry.Differences(byHand, updated).AsEnumerable());
        Assert.Equal([("Sort", "Academy converter", "x"), ("Ask for", "Headteacher", "y"), ("Closed", null, "Closed")],
            RegisterEntry.Differences(made, made.Change(made.Details with { Sort = "x", AskFor = "y" }, made.Contacts, Now).OrThrow().Finish(RecipientEnding.Closed, new(2026, 3, 1), null, Now).OrThrow()).AsEnumerable());
        Assert.Empty(RegisterEntry.Differences(made, made.Confirm(Now with { At = Now.At.AddDays(9) }).OrThrow()));
        // Two numbers in another order are no difference.
        var two = Make(null, Way(ContactWay.Telephone, "01632 960123"), Way(ContactWay.Telephone, "01632 960124")).OrThrow();
        Assert.Empty(RegisterEntry.Differences(two, Make(null, Way(ContactWay.Telephone, "01632 960124"), Way(ContactWay.Telephone, "01632 960123")).OrThrow()));
        Assert.Equal(("01632 960123; 01632 960124", null), RegisterEntry.Differences(two, Make().OrThrow()).Single() is var gone ? (gone.Before, gone.After) : default);
        Assert.Equal([BodyKind.Nursery, BodyKind.School, BodyKind.School], new[] { "Local authority NURSERY school", "Academy", null }.Select(sort => (Entry with { Sort = sort }).Kind));
        Assert.Equal([true, true, false, false], new[] { "www.example.org", "https://example.org", "javascript:alert(1)", "x" }.Select(RegisterEntry.IsWebsite));
    }

    [Fact]
    public void Countries_AreListedByName_AndFoundByCode()
    {
        Assert.Equal(Countries.All.Select(country => country.Name).Order(StringComparer.Ordinal), Countries.All.Select(country => country.Name));
        Assert.Equal(("Ireland", "XX"), (Countries.NameOf("IE"), Countries.NameOf("XX")));
    }
}
