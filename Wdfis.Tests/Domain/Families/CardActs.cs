using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;
using Standing = Wdfis.Domain.Families.Standing;

namespace Wdfis.Tests.Domain.Families;

/// <summary>What each act on a card changes and leaves, and what is read from it (C2, C5, D1, D6, U1; field-guide.md sections 1.4, 1.5, 2 and 7).</summary>
public sealed class CardActs
{
    private static readonly AnonymousReference Reference = AnonymousReference.Parse("K7-QFM2");
    private static readonly Carer Father = new() { Id = Id(3), Ladder = Ladder.Named, Forename = "Viktor", Surname = "Falsowski", Relationship = "father", Source = Source.FamilyMember };
    private static readonly Telling Told = new() { Person = Id(1), Version = new(2026, 2), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Now, By = Ada, Language = "Polish" };
    private static readonly Representative Jo = new() { Person = Id(1), Who = Id(9), Name = "Jo Sample", Capacity = RepresentativeCapacity.Solicitor, Source = Source.Professional };

    private static ContactPoint Point(string value, bool shared = false, bool notSafe = false) => new() { Kind = ContactKind.Mobile, Value = value, SomebodyElses = shared, Unsafe = notSafe, Source = Source.Themselves };

    private static FamilyCard Two() => FamilyCard.Create([Magda with { Handle = "Mags", Responsibilities = [new() { Child = Id(2), State = Responsibility.Yes, Source = Source.Themselves }, new() { State = Responsibility.No, Source = Source.Themselves }] }, Father], [Ola with { Handle = "O." }, Ola with { Id = Id(4), Forename = "Jan" }], Today, Ada,
        [new CourtOrder { Kind = "care", Words = "x", Binds = [Id(1), Id(3)], Source = Source.Record }, new CourtOrder { Kind = "other", Words = "y", Binds = [Id(3)], Source = Source.Record }], new Address { Postcode = "WF1 2AB", Source = Source.Record }).OrThrow()
        .RecordTold([Told, Told with { Person = Id(3) }], Now).OrThrow()
        .SetRepresentatives([Jo, Jo with { Person = Id(2), Who = Id(1), Name = null }, Jo with { Person = Id(3) }], Today).OrThrow()
        .Assess(new Competence { Person = Id(2), For = CompetenceFor.Permissions, Able = true, Decision = "x", AssessedOn = Today, By = Ada, Note = "x" }, Today).OrThrow()
        .SetKeptFrom([new KeptFrom { Person = Id(1), How = KeptHow.NeverTold, Name = "one", SetOn = Today, Source = Source.Record }, new KeptFrom { How = KeptHow.NotNamed, Name = "two", SetOn = Today, Source = Source.Record }], Today).OrThrow()
        .Restrict(Id(1), RestrictionGround.Accuracy, "x", new(Ada, Now)).OrThrow().LiftRestriction(Id(1), Today, " by telephone ", new(Ada, Now)).OrThrow().Restrict(Id(1), RestrictionGround.LegalClaim, "y", new(Ada, Now), new UnitId(Id(40).Value)).OrThrow();

    private static Descent.Done Down(Rung to) => (Descent.Done)Descent.Decide(new DescentFacts { From = Rung.Named, To = to });

    [Fact]
    public void Removed_TheyAreNowhereAnyMore_AndTheOthersAreAsTheyWere()
    {
        var left = Two().RemovePerson(Id(1), Today).OrThrow();
        Assert.Equal([Id(3), Id(2), Id(4)], left.People.Select(one => one.Id));
        Assert.Equal([1, 1], left.CourtOrders.Select(order => order.Binds.Length));
        Assert.Equal(Id(3), Assert.Single(left.Told).Person);
        Assert.Equal([Id(3)], left.Standing.Representatives.Select(one => one.Person));
        Assert.Equal("two", Assert.Single(left.Standing.KeptFrom).Name);
        Assert.Empty(left.Standing.Restrictions);
        Assert.Single(left.Standing.Competences);
        var childless = Two().RemovePerson(Id(2), Today).OrThrow();
        Assert.Equal((Id(4), null), (Assert.Single(childless.Children).Id, Assert.Single(childless.Carers[0].Responsibilities).Child));
        Assert.Empty(childless.Standing.Competences);
        Assert.Equal(2, childless.Standing.Restrictions.Length);
    }

    /// <summary>Down the ladder: what the rung does not allow is gone, of this person alone.</summary>
    [Fact]
    public void Descended_TheyKeepWhatTheRungAllows()
    {
        var handle = Two().Descend(Id(1), Down(Rung.Handle), Reference);
        var carer = handle.FindCarer(Id(1))!;
        Assert.Equal((Rung.Handle, Reference, "Mags", "mother", Source.Themselves), (carer.Ladder.Rung, carer.Ladder.Reference, carer.Handle, carer.Relationship, carer.Source));
        Assert.Equal((null, null, 0, 0), (carer.Forename, carer.Surname, carer.Contacts.Length, carer.Responsibilities.Length));
        Assert.Null(Two().Descend(Id(1), Down(Rung.Anonymous), Reference).FindCarer(Id(1))!.Handle);
        Assert.Equal(("O.", null), (Two().Descend(Id(2), Down(Rung.Handle), Reference).FindChild(Id(2))!.Handle, Two().Descend(Id(2), Down(Rung.Anonymous), Reference).FindChild(Id(2))!.Handle));
        Assert.Equal("Viktor", handle.FindCarer(Id(3))!.Forename);
        Assert.Equal([null, "y"], handle.CourtOrders.Select(order => order.Words));
        Assert.Equal([null, "Polish"], handle.Told.Select(line => line.Language));
        Assert.Equal([Id(3)], handle.Standing.Representatives.Select(one => one.Person));
        Assert.Equal("two", Assert.Single(handle.Standing.KeptFrom).Name);
        // What they asked us to store only stays so, without its words.
        Assert.Equal([(RestrictionGround.Accuracy, null, null), (RestrictionGround.LegalClaim, null, null)], handle.Standing.Restrictions.Select(one => (one.Ground, one.Reason, one.ToldHow)));
        Assert.NotNull(handle.Address);
        var other = Two().Descend(Id(3), Down(Rung.Handle), Reference);
        Assert.Equal(["x", "y"], other.Standing.Restrictions.Select(one => one.Reason));
        Assert.Equal("by telephone", other.Standing.Restrictions[0].ToldHow);
        var nobody = new[] { Id(1), Id(3), Id(2), Id(4) }.Aggregate(Two().SetCommunication(new Communication { Languages = ["Polish"], Source = Source.Record }, Today).OrThrow().SetSafeContact(Safe(), Today).OrThrow(), (card, id) => card.Descend(id, Down(Rung.Handle), Reference));
        Assert.Equal((null, 0, null, null, 0, 2), (nobody.Address, nobody.CourtOrders.Length, nobody.Communication, nobody.SafeContact, nobody.Standing.KeptFrom.Length, nobody.Standing.Restrictions.Length));
        Assert.Throws<ArgumentException>(() => Two().Descend(Id(99), Down(Rung.Handle), Reference));
    }

    [Fact]
    public void Climbed_OrRecognised_ByTheirAgreementAlone()
    {
        var card = FamilyCard.Create([new Carer { Id = Id(1), Ladder = Ladder.Anonymous(Reference), Source = Source.Themselves }, Father], [], Today, Ada).OrThrow();
        RungAgreement agreed = new(Rung.Handle, AgreedHow.Spoken, Now, Ada);
        var climbed = card.Climb(Id(1), agreed, Now).OrThrow();
        Assert.Equal((Rung.Handle, Rung.Named), (climbed.FindCarer(Id(1))!.Ladder.Rung, climbed.FindCarer(Id(3))!.Ladder.Rung));
        Assert.Equal(("family.person.rung", "family.person"), (Field(card.Climb(Id(3), agreed, Now)), Field(card.Climb(Id(9), agreed, Now))));
        RungAgreement named = new(Rung.Named, AgreedHow.Spoken, Now, Ada);
        var known = card.Recognise(Id(3), Reference, named, Now).OrThrow();
        Assert.Equal((Rung.Named, Reference, named), known.FindCarer(Id(3))!.Ladder is var ladder ? (ladder.Rung, ladder.Reference, Assert.Single(ladder.Agreements)) : default);
        Assert.Same(card, card.Recognise(Id(1), AnonymousReference.Parse("2346-79"), named, Now).OrThrow());
        Assert.Equal(("family.person", "family.person.rung-agreement"), (Field(card.Recognise(Id(9), Reference, named, Now)), Field(card.Recognise(Id(3), Reference, named, Now.AddMinutes(-1)))));
    }

    private static string Field(Checked<FamilyCard> got) => Assert.Single(got.Problems).Field.Split('#')[0];

    /// <summary>Who is owed word that others told us of them: named, and told of nothing yet (Article 14).</summary>
    [Fact]
    public void OwedWord_IsTheNamedOfWhomOthersToldUs_UntilTheyAreToldOfAnything()
    {
        var card = FamilyCard.Create([Magda, Father, Father with { Id = Id(5) }, new Carer { Id = Id(6), Ladder = Ladder.Handle(Reference), Handle = "x", Source = Source.Professional }], [Ola], Today, Ada).OrThrow().RecordTold([Told with { Person = Id(5) }], Now).OrThrow();
        Assert.Equal([Id(3)], card.OwedWord);
        Assert.Empty(card.RecordTold([Told with { Person = Id(3) }], Now).OrThrow().OwedWord);
        Assert.Equal([Id(1)], card.StillToTell([new PolicyVersion(new(2026, 2), Today, true)], Today));
        Assert.Equal([Id(1), Id(3), Id(2), Id(4), Id(9)], Two().Receivers);
        Assert.Equal(["one"], Two().NeverTold);
        Assert.Equal(["a", "one"], Two().SetSafeContact(Safe() with { NeverDiscloseTo = ["a"] }, Today).OrThrow().NeverTold);
    }

    [Fact]
    public void Number_ThatIsSomebodyElses_IsAgreedFirst()
    {
        var card = FamilyCard.Create([Magda with { Contacts = [Point("07700 900123"), Point("07700 900124", shared: true)] }, Father with { Contacts = [Point("07700 900125"), Point("07700 900123")] }], [], Today, Ada).OrThrow();
        foreach (var (number, person, somebodys) in new[] { ("+44 7700 900123", 1, false), ("07700 900123", 3, false), ("07700 900124", 1, true), ("07700 900125", 1, true), ("07700 900125", 3, false), ("07700 900126", 1, false) })
            Assert.Equal(somebodys, card.IsSomebodyElses(number, Id(person)));
        ContactAnswer Ask(FamilyCard of, string number) => of.MayContact(new() { Channel = ContactChannel.Mobile, Address = number, At = new(10, 0) }, Today, new EnquiryContext { CameBy = ContactChannel.Mobile, Address = number, LastOn = Today });
        Assert.IsType<ContactAnswer.Yes>(Ask(card, "07700 900125"));
        Assert.IsType<ContactAnswer.No>(Ask(card, "07700 900124"));
        var safe = card.SetSafeContact(Safe(new SafeWay { Channel = ContactChannel.Mobile }), Today).OrThrow().CorrectCarer(card.Carers[1] with { Contacts = [Point("07700 900125", notSafe: true)] }, Today).OrThrow();
        Assert.IsType<ContactAnswer.No>(Ask(safe, "07700 900125"));
        Assert.IsType<ContactAnswer.Yes>(Ask(safe, "07700 900123"));
    }

    /// <summary>What is stored only is read for few purposes and changed for none of the others; who speaks for them may always be written down (Article 18).</summary>
    [Fact]
    public void Stored_IsTouchedByANameAWayOrABirth_AndNotByTheRest()
    {
        var card = Two();
        foreach (var (change, touches) in new (Func<FamilyCard, Checked<FamilyCard>>, bool)[]
        {
            (c => c, false), (c => c.CorrectCarer(c.Carers[0] with { Forename = "M." }, Today), true), (c => c.CorrectCarer(c.Carers[0] with { Contacts = [] }, Today), true), (c => c.CorrectCarer(c.Carers[1] with { Forename = "V." }, Today), false),
            (c => c.CorrectChild(c.Children[0] with { Forename = "O" }, Today), false), (c => c.SetRepresentatives([], Today), false), (c => c.SetKeptFrom([], Today), false), (c => c.RecordTold([Told], Now), false), (c => c.RemovePerson(Id(1), Today), true),
        })
            Assert.Equal((touches, false), (card.TouchesStored(change(card).OrThrow(), Purpose.Advise), card.TouchesStored(change(card).OrThrow(), Purpose.Safeguarding)));
        Assert.False(card.LiftRestriction(Id(1), Today, "x", new(Ada, Now)).OrThrow().TouchesStored(Plain(), Purpose.Advise));
        var child = Two().Restrict(Id(2), RestrictionGround.Accuracy, "x", new(Ada, Now)).OrThrow();
        Assert.True(child.TouchesStored(child.CorrectChild(child.Children[0] with { Birth = Birth.NotKnown }, Today).OrThrow(), Purpose.Advise));
        Assert.Equal((true, false, false), (card.IsStoredOnly(Id(1), Purpose.Advise), card.IsStoredOnly(Id(3), Purpose.Advise), card.IsStoredOnly(Id(1), Purpose.RightsRequest)));
        var lifted = card.Standing.Restrictions[0];
        Assert.Equal((Today, "by telephone", Today, Ada, false), (lifted.ToldOn!.Value, lifted.ToldHow, lifted.LiftedOn!.Value, lifted.LiftedBy!.Value, lifted.Stands));
        Assert.Equal((Today, Ada, new UnitId(Id(40).Value), true), card.Standing.Restrictions[1] is var stands ? (stands.PlacedOn, stands.PlacedBy, stands.Request!.Value, stands.Stands) : default);
        Assert.Equal(("family.restriction.told-on", "family.restriction.told-how", "family.restriction.told-how"), (Field(card.LiftRestriction(Id(3), Today, "x", new(Ada, Now))), Field(card.LiftRestriction(Id(1), Today, " ", new(Ada, Now))), Field(card.LiftRestriction(Id(1), Today, "a\nb", new(Ada, Now)))));
        Assert.Equal("family.restriction.ground", Field(card.Restrict(Id(1), RestrictionGround.Accuracy, "x", new(Ada, Now))));
    }

    /// <summary>Whom a name keeps out: every word of it stands in the recipient's, or the entry of the directory is the same or was merged into it (U1, C2).</summary>
    [Fact]
    public void Kept_FromABody_ByEntryOrByName()
    {
        NamedBody Body(string name, int id = 0) => NamedBody.Create(BodyKind.School, name, id: id == 0 ? default : new(Id(id).Value)).OrThrow();
        KeptFrom Kept(string name, int id = 0) => new() { How = KeptHow.NeverTold, Name = name, Body = id == 0 ? default : new(Id(id).Value), SetOn = Today, Source = Source.Record };
        foreach (var (kept, body, attention, before, binds) in new (KeptFrom, NamedBody, string?, int[], bool)[]
        {
            (Kept("Example Primary", 30), Body("Other", 30), null, [], true), (Kept("Example Primary", 30), Body("Other", 31), null, [30], true), (Kept("Example Primary", 30), Body("Example Primary", 31), null, [], false), (Kept("Example Primary", 30), Body("The Example Primary School"), null, [], true),
            (Kept("Example Primary"), Body("example primary (North)", 31), null, [], true), (Kept("Example Primary"), Body("Example Academy"), null, [], false), (Kept("John Testman"), Body("Sample Surgery", 31), "Mr John Testman", [], true), (Kept("John Testman", 30), Body("Sample Surgery", 31), "Dr Testman, John", [], true),
            (Kept("John Testman"), Body("Sample Surgery"), "Jane Testman", [], false), (Kept("John-Paul Testman"), Body("x"), "john paul testman", [], true), (Kept(" - "), Body("x"), "x", [], false), (Kept("x"), Body("y"), " ", [], false),
        })
            Assert.Equal(binds, kept.Binds(body, attention, [.. before.Select(id => new BodyId(Id(id).Value))]));
    }

    /// <summary>How far somebody's authority reaches: seen, begun, not ended, and for this (field-guide.md sections 1.4 and 2).</summary>
    [Fact]
    public void Authority_OnTheDaysAroundItsBounds()
    {
        var one = Jo with { Document = "letter", SeenOn = Today, From = Today.AddDays(2), Until = Today.AddDays(4), Receives = true };
        Assert.Equal([Authority.NotProved, Authority.NotYet, Authority.NotYet, Authority.Stands, Authority.Stands, Authority.Stands, Authority.Ended], Enumerable.Range(-1, 7).Select(day => one.On(Today.AddDays(day), deciding: false)));
        Assert.Equal((Authority.Elsewhere, Authority.Stands), ((one with { Decides = false }).On(Today.AddDays(3), deciding: true), (one with { Decides = true, Receives = false }).On(Today.AddDays(3), deciding: true)));
        Assert.Equal([Authority.NotProved, Authority.NotProved, Authority.Stands], new[] { one with { Document = " " }, one with { SeenOn = null }, one with { From = null, Until = null } }.Select(other => other.On(Today, deciding: false)));
        Assert.Equal((true, false), (new Standing { Restrictions = [new() { Person = Id(1), Ground = RestrictionGround.Accuracy, Reason = "x", PlacedOn = Today, PlacedBy = Ada }] }.IsRestricted(Id(1)), Standing.None.IsRestricted(Id(1))));
    }

    /// <summary>Prompts at twelve and sixteen, a day before and on it, until eighteen; never for somebody whose birth nobody knows.</summary>
    [Theory]
    [InlineData(12, -1, null, null)]
    [InlineData(12, 0, null, "12")]
    [InlineData(12, 0, 0, null)]
    [InlineData(16, -1, null, "12")]
    [InlineData(16, 0, null, "16")]
    [InlineData(16, 0, -1, "16")]
    [InlineData(16, 0, 0, null)]
    [InlineData(18, -1, null, "16")]
    [InlineData(18, 0, null, null)]
    public void Prompt_AtEachAge(int years, int days, int? assessed, string? begins)
    {
        var born = Today.AddYears(-years).AddDays(-days);
        var standing = new Standing { Competences = assessed is { } on ? [new() { Person = Ola.Id, For = CompetenceFor.Permissions, Able = true, Decision = "x", AssessedOn = Today.AddDays(on), By = Ada, Note = "x" }] : [] };
        var said = standing.Prompt(Ola with { Birth = new Birth.OnDate(born) }, Today);
        Assert.Equal(begins, said?[..2]);
        Assert.Null(standing.Prompt(Ola with { Birth = Birth.NotKnown }, Today));
    }

    [Theory]
    [InlineData("due on 04/02/2027", true)]
    [InlineData("DUE ON 4 February 2027", true)]
    [InlineData("expected                 4 February 2027", true)]
    [InlineData("expected                  4 February 2027", false)]
    [InlineData("due ", true)]
    [InlineData("0001", true)]
    public void Birth_AtTheBoundsOfWhatIsRead(string typed, bool reads) => Assert.Equal(reads, Birth.TryParse(typed, out _));

    [Fact]
    public void Caller_ConfirmedByTwoFactsThatThereAre()
    {
        foreach (var first in Enum.GetValues<KnownFact>().Append((KnownFact)99))
        {
            foreach (var second in Enum.GetValues<KnownFact>().Append((KnownFact)99))
                Assert.Equal(first != second && Enum.IsDefined(first) && Enum.IsDefined(second), CallerCheck.TwoFacts.Create(first, second).Accepted);
        }
        CallerCheck[] ways = [new CallerCheck.SafeWord(), CallerCheck.TwoFacts.Create(KnownFact.ChildBirth, KnownFact.Postcode).OrThrow(), new CallerCheck.CallBack(), new CallerCheck.KnownVoice(), new CallerCheck.NotConfirmed()];
        Assert.Equal("SafeWord TwoFacts CallBack KnownVoice NotConfirmed", string.Join(' ', ways.Select(way => way.Confirmation)));
        // With a safe word only the word; under danger neither facts nor voices nor a number; else all but nothing.
        foreach (var (safe, confirms) in new (SafeContact?, string)[] { (null, "TwoFacts CallBack KnownVoice"), (Safe(), "TwoFacts CallBack KnownVoice"), (Safe() with { SafeWord = "heron" }, "SafeWord"), (Safe() with { Danger = true }, ""), (Safe() with { Danger = true, SafeWord = "heron" }, "SafeWord") })
            Assert.Equal(confirms, string.Join(' ', ways.Where(way => way.Confirms(safe)).Select(way => way.Confirmation)));
    }

    /// <summary>Two cards of one family: checked as the worse of the two, told in the order of time, and nobody chosen who is not there (D4).</summary>
    [Fact]
    public void Joined_IsCheckedAsTheWorse_AndToldInTheOrderOfTime()
    {
        ColleagueId bea = new(Id(70).Value);
        Dictionary<PersonId, PersonId> same = new() { [Id(11)] = Id(1) };
        FamilyCard Other(int days, params Carer[] carers) => FamilyCard.Create(carers.Length == 0 ? [Magda with { Id = Id(11) }] : carers, [], Today.AddDays(days), bea).OrThrow();
        foreach (var (days, on, by) in new[] { (-1, Today.AddDays(-1), bea), (0, Today, Ada) })
        {
            var joined = Plain().Join(Other(days), same, Today).OrThrow();
            Assert.Equal((on, by), (joined.CheckedOn, joined.CheckedBy));
        }
        var mine = Plain().RecordTold([Told with { At = Now.AddMinutes(-1) }], Now).OrThrow();
        var theirs = Other(0).RecordTold([Told with { Person = Id(11), At = Now.AddMinutes(-2) }, Told with { Person = Id(11), At = Now }], Now).OrThrow();
        Assert.Equal([-2, -1, 0], mine.Join(theirs, same, Today).OrThrow().Told.Select(line => (int)(line.At - Now).TotalMinutes));
        Assert.All(mine.Join(theirs, same, Today).OrThrow().Told, line => Assert.Equal(Id(1), line.Person));
        var two = Other(0, Magda with { Id = Id(11) }, Magda with { Id = Id(12) });
        foreach (var wrong in new Dictionary<PersonId, PersonId>[] { new() { [Id(99)] = Id(1) }, new() { [Id(11)] = Id(99) }, new() { [Id(11)] = Id(2) }, new() { [Id(11)] = Id(1), [Id(12)] = Id(1) } })
            Assert.Equal("family.person", Field(Plain().Join(two, wrong, Today)));
    }

    /// <summary>The same fault twice is one fault more than it was once: a second one is not let in by the first (D4).</summary>
    [Fact]
    public void Fault_ThatTimeBrought_LetsNoSecondOneIn()
    {
        var later = Today.AddDays(100);
        CourtOrder gone = new() { Kind = "care", Binds = [Id(9)], Source = Source.Record };
        var held = FamilyCard.Restore([Magda], [Ola], [gone], null, null, null, [], Today, Ada);
        Assert.True(held.SetAddress(new Address { Postcode = "WF1 2AB", Source = Source.Record }, later).Accepted);
        Assert.Equal("family.order.kind", Field(held.SetCourtOrders([gone, gone], later)));
    }

    /// <summary>Safe contact: which ways, at which minutes, and which spellings are one address (C5; section 7).</summary>
    [Fact]
    public void Way_HoldsFromItsFirstMinuteToBeforeItsLast()
    {
        bool At(TimeOnly? from, TimeOnly? until, int hour, int minute) => new SafeWay { Channel = ContactChannel.Mobile, From = from, Until = until }.Holds(new(hour, minute));
        TimeOnly nine = new(9, 0), ten = new(10, 0);
        Assert.Equal([false, true, true, false], new[] { (8, 59), (9, 0), (9, 59), (10, 0) }.Select(at => At(nine, ten, at.Item1, at.Item2)));
        Assert.Equal([true, false, false, true], new[] { (8, 59), (9, 0), (9, 59), (10, 0) }.Select(at => At(ten, nine, at.Item1, at.Item2)));
        Assert.Equal((false, true, true, false, true), (At(nine, null, 8, 59), At(nine, null, 9, 0), At(null, ten, 9, 59), At(null, ten, 10, 0), At(null, null, 3, 0)));
        foreach (var (a, b, same) in new[] { ("07700 900123", "+44 7700 900123", true), ("m@Example.org", "m@example.org", true), ("1 Street", "1, street.", true), ("1 Street", "2 Street", false), ("--", "..", false), ("a\u202E", "a\u202E", true), ("a\u202E", "a", false), ("a", "a\u202E", false), ("07700 900123", "07700 900124", false) })
            Assert.Equal(same, SafeContact.Same(a, b));
        ContactAttempt ring = new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(10, 0) };
        EnquiryContext came = new() { CameBy = ContactChannel.Mobile, Address = "07700 900123", LastOn = Today };
        bool Yes(SafeContact? agreed, ContactAttempt attempt) => SafeContact.MayContact(agreed, attempt, Today, came) is ContactAnswer.Yes;
        Assert.Equal((true, false, false, true, false), (Yes(null, ring), Yes(null, ring with { Address = " " }), Yes(null, ring with { Channel = (ContactChannel)9 }), Yes(Safe() with { Voicemail = true }, ring with { Voicemail = true }), Yes(Safe(), ring with { Voicemail = true })));
        // Of two ways of one channel the one that holds now is taken, whichever comes first.
        Assert.True(Yes(Safe(new SafeWay { Channel = ContactChannel.Mobile, Until = nine }, new SafeWay { Channel = ContactChannel.Mobile, From = nine }), ring));
        Assert.Equal("Safe contact: mobile, before 9 am; text, see the note, no voicemail", Safe(new SafeWay { Channel = ContactChannel.Mobile, Until = nine }, new SafeWay { Channel = ContactChannel.Text, Note = "x" }).Summary);
    }
}
