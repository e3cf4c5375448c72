using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

/// <summary>One fault at a time on a sound card: it is refused beside its own field and nothing else is; one step back, it is taken (D3, D4).</summary>
public sealed class CardFaults
{
    private const int Many = FamilyCard.ListLimit, TooMany = Many + 1;
    private const string Turned = "a\u202Eb", Lines = "a\nb";

    private static readonly Ladder Handle = Ladder.Handle(AnonymousReference.Parse("K7-QFM2")), Anonymous = Ladder.Anonymous(AnonymousReference.Parse("K7-QFM2"));
    private static readonly CourtOrder Order = new() { Kind = "care", Source = Source.Record };
    private static readonly ParentalResponsibility Holds = new() { State = Responsibility.Yes, Source = Source.Record };
    private static readonly Address Home = new() { Lines = "1 Made-up Street", Source = Source.Record };
    private static readonly Communication Speaks = new() { Source = Source.Record };
    private static readonly SafeWay Way = new() { Channel = ContactChannel.Mobile };
    private static readonly Representative Jo = new() { Person = Id(1), Who = Id(9), Name = "Jo", Capacity = RepresentativeCapacity.Other, Source = Source.Record };
    private static readonly Competence Found = new() { Person = Id(2), For = CompetenceFor.Permissions, Able = true, Decision = "x", AssessedOn = Today, By = Ada, Note = "x" };
    private static readonly KeptFrom Kept = new() { How = KeptHow.NeverTold, Name = "x", SetOn = Today, Source = Source.Record };
    private static readonly Telling Told = new() { Person = Id(1), Version = new(2026, 2), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Now, By = Ada };

    private static string Of<T>(Checked<T> got) where T : class => string.Join(' ', got.Problems.Select(problem => problem.Field.Split('#')[0]));

    private static void Each(params (string Field, Checked<FamilyCard> Got)[] cases) => Assert.All(cases, one => Assert.Equal((one.Field, one.Field.Length == 0), (Of(one.Got), one.Got.Accepted)));

    private static Checked<FamilyCard> Carer(Func<Carer, Carer> change) => FamilyCard.Create([change(Magda)], [Ola], Today, Ada);
    private static Checked<FamilyCard> Child(Func<Child, Child> change) => FamilyCard.Create([Magda], [change(Ola)], Today, Ada);
    private static Checked<FamilyCard> Contact(Func<ContactPoint, ContactPoint> change) => Carer(c => c with { Contacts = [change(c.Contacts[0])] });
    private static Checked<FamilyCard> Responsible(params ImmutableArray<ParentalResponsibility> lines) => Carer(c => c with { Responsibilities = lines });
    private static Checked<FamilyCard> Bound(Func<CourtOrder, CourtOrder> change) => Plain().AddCourtOrder(change(Order), Today);
    private static Checked<FamilyCard> Lives(Func<Address, Address> change) => Plain().SetAddress(change(Home), Today);
    private static Checked<FamilyCard> Speaking(Func<Communication, Communication> change) => Plain().SetCommunication(change(Speaks), Today);
    private static Checked<FamilyCard> Safely(Func<SafeContact, SafeContact> change) => Plain().SetSafeContact(change(Safe(Way)), Today);
    private static Checked<FamilyCard> Spoken(Func<Representative, Representative> change) => Plain().SetRepresentatives([change(Jo)], Today);
    private static Checked<FamilyCard> Assessed(Func<Competence, Competence> change) => Plain().Assess(change(Found), Today);
    private static Checked<FamilyCard> KeptAway(Func<KeptFrom, KeptFrom> change) => Plain().SetKeptFrom([change(Kept)], Today);

    [Fact]
    public void Carer_OneFaultAtATime() => Each(
        ("", Carer(c => c)),
        ("family.carer.forename", Carer(c => c with { Forename = Turned })), ("family.carer.surname", Carer(c => c with { Surname = Turned })), ("family.carer.handle", Carer(c => c with { Handle = Turned })),
        ("family.carer.known-as", Carer(c => c with { KnownAs = [new(Turned, OtherNameKind.Maiden)] })), ("family.carer.known-as", Carer(c => c with { KnownAs = [new("x", (OtherNameKind)9)] })),
        ("", Carer(c => c with { KnownAs = [.. Enumerable.Repeat(new OtherName("x", OtherNameKind.Other), Many)] })), ("family.carer.known-as", Carer(c => c with { KnownAs = [.. Enumerable.Repeat(new OtherName("x", OtherNameKind.Other), TooMany)] })),
        ("family.source", Carer(c => c with { Source = 0 })), ("family.carer.relationship", Carer(c => c with { Relationship = "uncle" })), ("", Carer(c => c with { Relationship = " father " })), ("", Carer(c => c with { Relationship = null })),
        ("", Carer(c => c with { Birth = new Birth.OnDate(Today.AddYears(-120)) })), ("family.carer.birth", Carer(c => c with { Birth = new Birth.OnDate(Today.AddYears(-120).AddDays(-1)) })),
        ("", Carer(c => c with { Birth = new Birth.InYear(Today.Year - 120) })), ("family.carer.birth", Carer(c => c with { Birth = new Birth.InYear(Today.Year - 121) })),
        ("family.carer.birth", Carer(c => c with { Birth = new Birth.Expected(null) })), ("family.carer.birth family.child.birth", Carer(c => c with { Birth = new Birth.OnDate(Today.AddDays(1)) })),
        ("family.carer.forename family.carer.surname family.carer.known-as family.carer.birth", Carer(c => c with { Ladder = Handle, KnownAs = [new("x", OtherNameKind.Other)], Birth = new Birth.InYear(1990) })),
        ("", Carer(c => new() { Id = c.Id, Ladder = Handle, Handle = "Mags", KnownAs = [new(" ", OtherNameKind.Other)], Contacts = c.Contacts, Source = c.Source })),
        ("family.carer.handle family.contact.value", Carer(c => new() { Id = c.Id, Ladder = Anonymous, Handle = "Mags", Contacts = c.Contacts, Source = c.Source })), ("", Carer(c => new() { Id = c.Id, Ladder = Anonymous, Handle = " ", Source = c.Source })),
        ("family.person", FamilyCard.Create([Magda], [Ola with { Id = Id(1) }], Today, Ada)), ("family.person", FamilyCard.Create([Magda with { Id = default }], [], Today, Ada)),
        ("", FamilyCard.Create(Enumerable.Range(10, Many).Select(n => Magda with { Id = Id(n) }), [], Today, Ada)), ("family.carer.surname", FamilyCard.Create(Enumerable.Range(10, TooMany).Select(n => Magda with { Id = Id(n) }), [], Today, Ada)),
        ("", FamilyCard.Create([], Enumerable.Range(10, Many).Select(n => Ola with { Id = Id(n) }), Today, Ada)), ("family.child.forename", FamilyCard.Create([], Enumerable.Range(10, TooMany).Select(n => Ola with { Id = Id(n) }), Today, Ada)));

    [Fact]
    public void ContactPoint_OneFaultAtATime() => Each(
        ("family.contact.kind", Contact(p => p with { Kind = (ContactKind)9 })), ("family.source", Contact(p => p with { Source = 0 })), ("family.contact.value", Contact(p => p with { Value = "12" })),
        ("family.contact.value", Contact(p => p with { Kind = ContactKind.Landline, Value = "12" })), ("", Contact(p => p with { Kind = ContactKind.Landline, Value = "01632 960123" })), ("family.contact.value", Contact(p => p with { Kind = ContactKind.Email, Value = "12" })),
        ("", Contact(p => p with { Kind = ContactKind.Email, Value = "m@example.org" })), ("", Contact(p => p with { Kind = ContactKind.Post, Value = Lines })), ("family.contact.value", Contact(p => p with { Kind = ContactKind.Other, Value = Lines })),
        ("", Contact(p => p with { Kind = ContactKind.Other, Value = "the bell" })), ("family.contact.value", Contact(p => p with { Kind = ContactKind.Other, Value = " " })), ("family.contact.note", Contact(p => p with { Note = Turned })),
        ("", Carer(c => c with { Contacts = [.. Enumerable.Repeat(c.Contacts[0], Many)] })), ("family.contact.value", Carer(c => c with { Contacts = [.. Enumerable.Repeat(c.Contacts[0], TooMany)] })));

    [Fact]
    public void Responsibility_OneFaultAtATime() => Each(
        ("", Responsible(Holds, Holds with { Child = Id(2), State = Responsibility.No })), ("family.carer.responsibility", Responsible(Holds, Holds)), ("family.carer.responsibility", Responsible(Holds with { Child = Id(9) })),
        ("family.carer.responsibility", Responsible(Holds with { State = (Responsibility)9 })), ("family.source", Responsible(Holds with { Source = 0 })), ("family.carer.responsibility-evidence", Responsible(Holds with { EvidenceSeen = Turned, SeenOn = Today })),
        ("family.carer.responsibility-seen-on", Responsible(Holds with { EvidenceSeen = "x" })), ("family.carer.responsibility-seen-on", Responsible(Holds with { SeenOn = Today })), ("", Responsible(Holds with { EvidenceSeen = "x", SeenOn = Today })),
        ("family.carer.responsibility-seen-on", Responsible(Holds with { EvidenceSeen = "x", SeenOn = Today.AddDays(1) })),
        ("family.carer.responsibility", FamilyCard.Create([Magda with { Responsibilities = [Holds, .. Enumerable.Range(10, Many).Select(n => Holds with { Child = Id(n) })] }], Enumerable.Range(10, Many).Select(n => Ola with { Id = Id(n) }), Today, Ada)),
        ("", FamilyCard.Create([Magda with { Responsibilities = [.. Enumerable.Range(10, Many).Select(n => Holds with { Child = Id(n) })] }], Enumerable.Range(10, Many).Select(n => Ola with { Id = Id(n) }), Today, Ada)));

    [Fact]
    public void Child_OneFaultAtATime() => Each(
        ("family.child.forename", Child(c => c with { Forename = Turned })), ("family.child.surname", Child(c => c with { Surname = Turned })), ("family.child.handle", Child(c => c with { Handle = Turned })), ("family.source", Child(c => c with { Source = 0 })),
        ("family.child.known-as", Child(c => c with { KnownAs = [new(Turned, OtherNameKind.Maiden)] })), ("family.child.setting", Child(c => c with { Setting = Turned })), ("family.child.sen-stage", Child(c => c with { SenStage = "x" })), ("", Child(c => c with { SenStage = "ehc-plan" })),
        ("family.child.fact", Child(c => c with { Facts = [(ChildFact)99] })), ("", Child(c => c with { Birth = new Birth.Expected(null) })), ("", Child(c => c with { Birth = new Birth.Expected(Today.AddMonths(-1)) })),
        ("family.child.birth", Child(c => c with { Birth = new Birth.Expected(Today.AddMonths(-1).AddDays(-1)) })), ("", Child(c => c with { Birth = new Birth.Expected(Today.AddMonths(10)) })), ("family.child.birth", Child(c => c with { Birth = new Birth.Expected(Today.AddMonths(10).AddDays(1)) })),
        ("", Child(c => c with { Birth = new Birth.InYear(Today.Year) })), ("family.child.birth", Child(c => new() { Id = c.Id, Ladder = Handle, Birth = new Birth.OnDate(Today), Source = c.Source })), ("", Child(c => new() { Id = c.Id, Ladder = Anonymous, Birth = new Birth.InYear(2020), Source = c.Source })),
        ("", FamilyCard.Create([Magda with { Birth = new Birth.OnDate(new(2022, 3, 4)) }], [Ola], Today, Ada)), ("family.child.birth", FamilyCard.Create([Magda, Magda with { Id = Id(3), Birth = new Birth.OnDate(new(2022, 3, 5)) }], [Ola], Today, Ada)));

    [Fact]
    public void Order_OneFaultAtATime() => Each(
        ("", Bound(o => o)), ("family.order.kind", Bound(o => o with { Kind = " " })), ("family.source", Bound(o => o with { Source = 0 })), ("family.order.on-contact", Bound(o => o with { OnContact = (OrderEffect)9 })), ("family.order.on-sharing", Bound(o => o with { OnSharing = (OrderEffect)9 })),
        ("", Bound(o => o with { Words = Lines })), ("family.order.words", Bound(o => o with { Words = Turned })), ("family.order.made-on", Bound(o => o with { MadeOn = Today.AddDays(1) })), ("family.order.copy-seen-on", Bound(o => o with { CopySeenOn = Today.AddDays(1) })),
        ("", Bound(o => o with { MadeOn = Today, CopySeenOn = Today, EndsOn = Today })), ("family.order.kind", Bound(o => o with { Binds = [Id(1), Id(9)] })), ("", Bound(o => o with { Binds = [Id(1), Id(2)] })),
        ("", Plain().SetCourtOrders(Enumerable.Repeat(Order, Many), Today)), ("family.order.kind", Plain().SetCourtOrders(Enumerable.Repeat(Order, TooMany), Today)));

    [Fact]
    public void HomeAndLanguages_OneFaultAtATime() => Each(
        ("family.source", Lives(a => a with { Source = 0 })), ("", Lives(a => a with { Lines = new string('x', 500) })), ("family.address.lines", Lives(a => a with { Lines = new string('x', 501) })), ("", Lives(a => a with { Lines = Lines, Postcode = null })),
        ("family.address.postcode", Lives(a => a with { Postcode = Turned })), ("", Lives(a => a with { Postcode = "wf12ab" })), ("", Plain().SetAddress(null, Today)),
        ("family.source", Speaking(c => c with { Source = 0 })), ("family.communication.language", Speaking(c => c with { Languages = ["Polish", Turned] })), ("family.communication.interpreter", Speaking(c => c with { Interpreter = Turned })),
        ("family.communication.format", Speaking(c => c with { Formats = ["braille", "tablet"] })), ("", Speaking(c => c with { Formats = ["braille", "bsl"] })), ("", Speaking(c => c with { Languages = [.. Enumerable.Repeat("x", Many)] })),
        ("family.communication.language", Speaking(c => c with { Languages = [.. Enumerable.Repeat("x", TooMany)] })), ("", Plain().SetCommunication(null, Today)));

    [Fact]
    public void SafeContact_OneFaultAtATime() => Each(
        ("", Safely(s => s)), ("family.source", Safely(s => s with { Source = 0 })), ("family.safe.channel", Safely(s => s with { Ways = [Way with { Channel = (ContactChannel)9 }] })), ("family.safe.address", Safely(s => s with { Ways = [Way with { Address = Turned }] })),
        ("family.safe.note", Safely(s => s with { Ways = [Way with { Note = Lines }] })), ("family.safe.until", Safely(s => s with { Ways = [Way with { From = new(9, 0), Until = new(9, 0) }] })), ("", Safely(s => s with { Ways = [Way with { From = new(9, 0), Until = new(9, 1) }] })),
        ("", Safely(s => s with { Ways = [Way with { From = new(9, 0) }, Way with { Until = new(9, 0) }] })), ("family.safe.address", Safely(s => s with { Ways = [Way with { Address = "07700 900123" }], UnsafeAddresses = ["01632 960123", "+44 7700 900123"] })),
        ("", Safely(s => s with { Ways = [Way with { Address = "07700 900123" }], UnsafeAddresses = ["07700 900124"] })), ("", Safely(s => s with { MaySay = new string('x', 1_000) })), ("family.safe.may-say", Safely(s => s with { MaySay = new string('x', 1_001) })),
        ("", Safely(s => s with { MaySay = Lines })), ("family.safe.word", Safely(s => s with { SafeWord = Lines })), ("", Safely(s => s with { UnsafeAddresses = [Lines] })), ("family.safe.unsafe-address", Safely(s => s with { UnsafeAddresses = [Turned] })),
        ("family.safe.never-disclose-to", Safely(s => s with { NeverDiscloseTo = [Lines] })), ("family.safe.reviewed-on", Safely(s => s with { ReviewedOn = Today.AddDays(1) })),
        ("", Safely(s => s with { Ways = [.. Enumerable.Repeat(Way, Many)], UnsafeAddresses = [.. Enumerable.Repeat("x", Many)], NeverDiscloseTo = [.. Enumerable.Repeat("x", Many)] })), ("family.safe.channel", Safely(s => s with { Ways = [.. Enumerable.Repeat(Way, TooMany)] })),
        ("family.safe.unsafe-address", Safely(s => s with { UnsafeAddresses = [.. Enumerable.Repeat("x", TooMany)] })), ("family.safe.never-disclose-to", Safely(s => s with { NeverDiscloseTo = [.. Enumerable.Repeat("x", TooMany)] })));

    [Fact]
    public void Standing_OneFaultAtATime() => Each(
        ("", Spoken(r => r)), ("family.representative.person", Spoken(r => r with { Person = Id(8) })), ("family.representative.name", Spoken(r => r with { Who = default })), ("family.representative.name", Spoken(r => r with { Who = Id(1) })),
        ("family.representative.name", Spoken(r => r with { Name = " " })), ("", Spoken(r => r with { Person = Id(2), Who = Id(1), Name = null })), ("family.representative.name", Spoken(r => r with { Name = Turned })),
        ("", Spoken(r => r with { Contact = new string('x', 400) })), ("family.representative.contact", Spoken(r => r with { Contact = new string('x', 401) })), ("", Spoken(r => r with { Contact = Lines })), ("family.representative.document", Spoken(r => r with { Document = Turned, SeenOn = Today })),
        ("", Spoken(r => r with { Limits = new string('x', 1_000) })), ("family.representative.limits", Spoken(r => r with { Limits = new string('x', 1_001) })), ("", Spoken(r => r with { Limits = Lines })), ("family.representative.capacity", Spoken(r => r with { Capacity = 0 })),
        ("family.source", Spoken(r => r with { Source = 0 })), ("family.representative.seen-on", Spoken(r => r with { Document = "x" })), ("family.representative.seen-on", Spoken(r => r with { SeenOn = Today })), ("", Spoken(r => r with { Document = "x", SeenOn = Today })),
        ("family.representative.seen-on", Spoken(r => r with { Document = "x", SeenOn = Today.AddDays(1) })), ("", Spoken(r => r with { From = Today, Until = Today })), ("family.representative.until", Spoken(r => r with { From = Today, Until = Today.AddDays(-1) })),
        ("", Plain().SetRepresentatives(Enumerable.Repeat(Jo, Many), Today)), ("family.representative.name", Plain().SetRepresentatives(Enumerable.Repeat(Jo, TooMany), Today)),
        ("", Assessed(c => c)), ("family.competence.note", Assessed(c => c with { Person = Id(1) })), ("family.competence.for", Assessed(c => c with { For = 0 })), ("family.competence.decision", Assessed(c => c with { Decision = " " })), ("family.competence.decision", Assessed(c => c with { Decision = Lines })),
        ("family.competence.note", Assessed(c => c with { Note = null })), ("", Assessed(c => c with { Note = Lines })), ("family.competence.note", Assessed(c => c with { Note = Turned })), ("family.competence.assessed-on", Assessed(c => c with { AssessedOn = Today.AddDays(1) })),
        ("", KeptAway(k => k)), ("", KeptAway(k => k with { Person = Id(2) })), ("family.kept-from.person", KeptAway(k => k with { Person = Id(9) })), ("family.kept-from.how", KeptAway(k => k with { How = 0 })), ("family.source", KeptAway(k => k with { Source = 0 })),
        ("family.kept-from.name", KeptAway(k => k with { Name = " " })), ("family.kept-from.name", KeptAway(k => k with { Name = Turned })), ("", Plain().SetKeptFrom(Enumerable.Repeat(Kept, Many), Today)), ("family.kept-from.name", Plain().SetKeptFrom(Enumerable.Repeat(Kept, TooMany), Today)),
        ("family.restriction.ground", Plain().Restrict(Id(9), RestrictionGround.Accuracy, "x", new(Ada, Now))), ("family.restriction.ground", Plain().Restrict(Id(1), (RestrictionGround)9, "x", new(Ada, Now))), ("family.restriction.reason", Plain().Restrict(Id(1), RestrictionGround.Accuracy, " ", new(Ada, Now))),
        ("", Plain().Restrict(Id(1), RestrictionGround.Accuracy, Lines, new(Ada, Now))), ("family.restriction.reason", Plain().Restrict(Id(1), RestrictionGround.Accuracy, Turned, new(Ada, Now))),
        ("", FamilyCard.Create([new Carer { Id = Id(1), Ladder = Anonymous, Source = Source.Themselves }], [], Today, Ada).OrThrow().Restrict(Id(1), RestrictionGround.Accuracy, null, new(Ada, Now))));

    /// <summary>Assessments, restrictions and the told-ledger are histories: long ones are kept, endless ones refused.</summary>
    [Fact]
    public void Histories_AtTheirLimit()
    {
        FamilyCard With(int competences, int restrictions, int told) => FamilyCard.Restore([Magda], [Ola], [], null, null, null, [.. Enumerable.Repeat(Told, told)], Today, Ada, new Wdfis.Domain.Families.Standing
        {
            Competences = [.. Enumerable.Repeat(Found, competences)],
            Restrictions = [.. Enumerable.Repeat(new PersonRestriction { Person = Id(1), Ground = RestrictionGround.Accuracy, Reason = "x", PlacedOn = Today, PlacedBy = Ada, LiftedOn = Today }, restrictions)],
        });
        Each(
            ("", With(FamilyCard.LedgerLimit - 1, 0, 0).Assess(Found, Today)), ("family.competence.note", With(FamilyCard.LedgerLimit, 0, 0).Assess(Found, Today)),
            ("", With(0, FamilyCard.LedgerLimit - 1, 0).Restrict(Id(1), RestrictionGround.Accuracy, "x", new(Ada, Now))), ("family.restriction.reason", With(0, FamilyCard.LedgerLimit, 0).Restrict(Id(1), RestrictionGround.Accuracy, "x", new(Ada, Now))),
            ("", With(0, 0, FamilyCard.LedgerLimit - 1).RecordTold([Told], Now)), ("family.told.what", With(0, 0, FamilyCard.LedgerLimit).RecordTold([Told], Now)),
            ("family.told.language", Plain().RecordTold([Told with { Language = Lines }], Now)));
        Assert.Equal("Polish", Plain().RecordTold([Told with { Language = " Polish " }], Now).OrThrow().Told[0].Language);
        Assert.Throws<ArgumentException>(() => FamilyCard.Restore([Magda], [Ola with { Id = Id(1) }], [], null, null, null, [], Today, Ada));
    }

    [Fact]
    public void Card_IsCheckedAYearLater_AndNeverBackwards()
    {
        Assert.Equal(["family.checked-on"], Plain().OutOfDate(Today.AddDays(-1)).Select(problem => problem.Field));
        Assert.Equal(Today.AddYears(1), Plain().CheckDueOn);
        Assert.Equal("family.checked-on", Of(Plain().CheckedRight(Today.AddDays(-1), Ada)));
        var checkedAgain = Plain().CheckedRight(Today, Ada).OrThrow().CheckedRight(Today.AddDays(1), new(Id(7).Value)).OrThrow();
        Assert.Equal((Today.AddDays(1), new ColleagueId(Id(7).Value)), (checkedAgain.CheckedOn, checkedAgain.CheckedBy));
    }

    /// <summary>Space around texts is nobody's fact: with it or without, the card is the same.</summary>
    [Fact]
    public void Texts_WithSpaceAround_MakeTheSameCard()
    {
        FamilyCard Typed(string p, string q) => FamilyCard.Create(
            [Magda with { Forename = p + "Magda" + q, Surname = p + "T" + q, Handle = p + "M" + q, Relationship = p + "mother" + q, KnownAs = [new(p + "P" + q, OtherNameKind.Maiden), .. p.Length == 0 ? (OtherName[])[] : [new(p, OtherNameKind.Other)]],
                Contacts = [new() { Kind = ContactKind.Other, Value = p + "bell" + q, Note = p + "n" + q, Source = Source.Record }], Responsibilities = [Holds with { EvidenceSeen = p + "e" + q, SeenOn = Today }] }],
            [Ola with { Forename = p + "Ola" + q, Surname = p + "T" + q, Handle = p + "O" + q, KnownAs = [new(p + "P" + q, OtherNameKind.Other)], Setting = p + "s" + q, SenStage = p + "none" + q, Facts = p.Length == 0 ? [ChildFact.Disability] : [ChildFact.Disability, ChildFact.Disability] }],
            Today, Ada, [Order with { Words = p + "w" + q, Binds = p.Length == 0 ? [Id(1)] : [Id(1), Id(1)] }], new Address { Lines = p + "1 Made-up Street" + q, Postcode = p + "WF1 2AB" + q, Source = Source.Record },
            new Communication { Languages = p.Length == 0 ? ["Polish"] : [p + "Polish" + q, " "], Interpreter = p + "i" + q, Formats = p.Length == 0 ? ["bsl"] : ["bsl", "bsl"], Source = Source.Record },
            Safe(Way with { Address = p + "07700 900123" + q, Note = p + "n" + q }) with { MaySay = p + "m" + q, SafeWord = p + "heron" + q, UnsafeAddresses = [p + "u" + q], NeverDiscloseTo = [p + "n" + q] }).OrThrow()
            .SetRepresentatives([Jo with { Name = p + "Jo" + q, Contact = p + "c" + q, Document = p + "d" + q, SeenOn = Today, Limits = p + "l" + q }], Today).OrThrow()
            .Assess(Found with { Decision = p + "x" + q, Note = p + "x" + q }, Today).OrThrow().SetKeptFrom([Kept with { Name = p + "x" + q }], Today).OrThrow()
            .Restrict(Id(1), RestrictionGround.Accuracy, p + "r" + q, new(Ada, Now)).OrThrow();
        Assert.Empty(Deep.Differences(Typed("", ""), Typed(" ", "  ")));
    }
}
