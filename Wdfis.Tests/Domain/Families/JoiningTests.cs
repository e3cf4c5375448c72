using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Families;

/// <summary>Two cards of one family become one: nothing of either is missing, nothing that protects is weakened, and where somebody would have to choose it is refused.</summary>
public class JoiningTests
{
    private static readonly ImmutableDictionary<PersonId, PersonId> Nobody = ImmutableDictionary<PersonId, PersonId>.Empty;

    // Said once for both cards: when and by whom it was checked or gone through is that of the worse of the two.
    private static readonly string[] OfTheOlder = ["family.checked-on", "family.safe.reviewed-on"];

    /// <summary>The same card with people of their own ids, and who they are.</summary>
    private static (FamilyCard Card, ImmutableDictionary<PersonId, PersonId> Same) Again(FamilyCard card)
    {
        var ids = card.People.Select(p => p.Id).ToDictionary(id => id.Value, id => new Guid([.. id.Value.ToByteArray().Take(15), 0xEE]));
        return (((IRecordFormat<FamilyCard>)new FamilyCardFormat()).Renamed(card, ids), ids.ToImmutableDictionary(pair => new PersonId(pair.Value), pair => new PersonId(pair.Key)));
    }

    private static FamilyCard With(FamilyCard card, SafeContact? safe, bool bare = false) => FamilyCard.Restore(
        bare ? [.. card.Carers.Select(c => c with { Responsibilities = [.. c.Responsibilities.Where(r => r.Child is not null)] })] : card.Carers,
        card.Children, card.CourtOrders, bare ? null : card.Address, bare ? null : card.Communication, safe, card.Told, card.CheckedOn, card.CheckedBy, card.Standing);

    private static bool Holds(FamilyCard joined, FamilyCard card, ImmutableDictionary<PersonId, PersonId> same)
    {
        var there = FieldItem.Of(joined).ToHashSet();
        // Whose word the review of safe contact was goes with the older review.
        return FieldItem.Of(card).Where(item => !OfTheOlder.Contains(item.Field.Id) && (item.Field.Id != "family.source" || item.Person is not null))
            .All(item => there.Contains(item.Person is { } person ? item with { Person = same.GetValueOrDefault(person, person) } : item));
    }

    private static bool Protects(FamilyCard joined, FamilyCard card, ImmutableDictionary<PersonId, PersonId> same) =>
        card.People.All(p => !card.Standing.IsRestricted(p.Id) || joined.Standing.IsRestricted(same.GetValueOrDefault(p.Id, p.Id)))
        && card.NeverTold.All(joined.NeverTold.Contains)
        && (card.SafeContact is not { Danger: true } || joined.SafeContact is { Danger: true })
        && card.CourtOrders.All(order => joined.CourtOrders.Any(there => there.OnContact == order.OnContact && there.OnSharing == order.OnSharing && there.Words == order.Words && order.Binds.All(b => there.Binds.Contains(same.GetValueOrDefault(b, b)))))
        && joined.Carers.SelectMany(c => c.Contacts).Select(p => p.Value).Append("07700 900999").SelectMany(value => Enum.GetValues<ContactChannel>().Select(channel => new ContactAttempt { Channel = channel, Address = value, At = new TimeOnly(11, 0) }))
            .All(attempt => joined.MayContact(attempt, Today) is not ContactAnswer.Yes || card.Carers.All(c => c.Contacts.All(p => p.Value != attempt.Address)) || card.MayContact(attempt, Today) is ContactAnswer.Yes);

    [Fact]
    public void Join_OfAFamilyEnteredTwice_HasEverythingOfBoth_AndProtectsAsEitherDid()
    {
        var joinedOnes = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var mine = From(seed);
            var (theirs, same) = Again(mine);
            if (theirs.SafeContact is { } safe)
                theirs = With(theirs, safe with { Danger = true, UnsafeAddresses = [.. safe.UnsafeAddresses, "01632 960999"], NeverDiscloseTo = [.. safe.NeverDiscloseTo, "Quentin Falsowski"], ReviewedOn = Today.AddYears(-9) });
            if (theirs.People.Select(p => p.Id).FirstOrDefault(id => !theirs.Standing.IsRestricted(id)) is var free && free != default)
                theirs = theirs.Restrict(free, RestrictionGround.Accuracy, "They say that it is wrong.", new(Ada, Now)).OrThrow();
            var joined = mine.Join(theirs, same, Today);
            // A made-up card may name one of its own people as somebody who must never learn of it.
            if (!joined.Accepted)
                return joined.Problems.All(problem => problem.Field == "family.safe.never-disclose-to");
            joinedOnes++;
            return joined.Value.People.Count() == mine.People.Count() && joined.Value.CheckedOn == mine.CheckedOn && joined.Value.SafeContact?.ReviewedOn == theirs.SafeContact?.ReviewedOn
                && Holds(joined.Value, mine, Nobody) && Holds(joined.Value, theirs, same) && Protects(joined.Value, mine, Nobody) && Protects(joined.Value, theirs, same);
        }).QuickCheckThrowOnFailure();
        Assert.True(joinedOnes > 20, $"Only {joinedOnes} were joined: the property says little.");
    }

    [Fact]
    public void Join_WithNobodyInCommon_KeepsBothSets()
    {
        var joinedOnes = 0;
        Prop.ForAll(Gen.Choose(0, 1_000_000).Two().ToArbitrary(), seeds =>
        {
            var mine = From(seeds.Item1);
            var same = mine.SafeContact;
            mine = With(mine, same, bare: true);
            var (theirs, _) = Again(With(From(seeds.Item2), same is null ? null : same with { Danger = false, UnsafeAddresses = ["01632 960998"], NeverDiscloseTo = [] }, bare: true));
            var joined = mine.Join(theirs, Nobody, Today);
            if (!joined.Accepted)
                return joined.Problems.All(problem => problem.Field is "family.safe.never-disclose-to" || problem.Field.StartsWith("family.child.birth", StringComparison.Ordinal));
            joinedOnes++;
            return joined.Value.People.Select(p => p.Id).SequenceEqual([.. mine.Carers.Select(c => c.Id), .. theirs.Carers.Select(c => c.Id), .. mine.Children.Select(c => c.Id), .. theirs.Children.Select(c => c.Id)])
                && Holds(joined.Value, mine, Nobody) && Holds(joined.Value, theirs, Nobody) && Protects(joined.Value, mine, Nobody) && Protects(joined.Value, theirs, Nobody);
        }).QuickCheckThrowOnFailure();
        Assert.True(joinedOnes > 20, $"Only {joinedOnes} were joined: the property says little.");
    }

    private static ParentalResponsibility Holder(Responsibility state, PersonId? child = null) => new() { Child = child, State = state, Source = Source.Record };

    private static Ladder Climbed(AnonymousReference reference) => Ladder.Restore(Rung.Named, reference, []);

    /// <summary>What was changed on one of two equal cards of Magda and Ola, and the field in which it is refused.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { "forename", "family.carer.forename#1" }, { "surname", "family.child.surname#2" }, { "birth", "family.child.birth#2" }, { "source", "family.source#1" }, { "setting", "family.child.setting#2" },
        { "rung", "family.person.rung#2" }, { "references", "family.person.reference#1" }, { "address", "family.address.lines" }, { "communication", "family.communication.language" },
        { "ways", "family.safe.channel" }, { "word", "family.safe.channel" }, { "never", "family.safe.never-disclose-to" }, { "never by half", "family.safe.never-disclose-to" },
        { "responsibility", "family.carer.responsibility#1" }, { "responsibility for all", "family.carer.responsibility#1" }, { "more children", "family.carer.responsibility#1" },
        { "evidence", "family.carer.responsibility#1" }, { "contacts", "family.contact.value#1" }, { "ledger", "family.told.what" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Join_WhereSomebodyWouldHaveToChoose_OrSomethingWouldBeLost_IsRefused(string what, string field)
    {
        FamilyCard Of(Func<Carer, Carer>? carer = null, Func<Child, Child>? child = null, SafeContact? safe = null, Func<FamilyCard, Checked<FamilyCard>>? change = null)
        {
            var card = FamilyCard.Create([(carer ?? (c => c))(Magda)], [(child ?? (c => c))(Ola)], Today, Ada, safeContact: safe).OrThrow();
            return change is null ? card : change(card).OrThrow();
        }
        Child Sister(PersonId id) => Ola with { Id = id, Forename = "Ida" };
        Telling Told(int minute) => new() { Person = Magda.Id, Version = new PolicyNumber(2026, 1), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Now.AddMinutes(-minute), By = Ada };
        ContactPoint Number(int n) => new() { Kind = ContactKind.Mobile, Value = $"07700 900{n:000}", Source = Source.Themselves };
        var (mine, theirs) = what switch
        {
            "forename" => (Of(), Of(c => c with { Forename = "Maggie" })),
            "surname" => (Of(child: c => c with { Surname = "Testowska" }), Of(child: c => c with { Surname = "Falsowska" })),
            "birth" => (Of(), Of(child: c => c with { Birth = new Birth.OnDate(new(2022, 3, 5)) })),
            "source" => (Of(), Of(c => c with { Source = Source.Professional })),
            "setting" => (Of(child: c => c with { Setting = "Example Primary" }), Of(child: c => c with { Setting = "Sample Nursery" })),
            "rung" => (Of(), Of(child: c => new Child { Id = c.Id, Ladder = Ladder.Anonymous(AnonymousReference.Draw(_ => 3)), Source = c.Source })),
            "references" => (Of(c => c with { Ladder = Climbed(AnonymousReference.Draw(_ => 3)) }), Of(c => c with { Ladder = Climbed(AnonymousReference.Draw(_ => 4)) })),
            "address" => (Of(change: c => c.SetAddress(new Address { Lines = "1 Test Row", Source = Source.Themselves }, Today)), Of(change: c => c.SetAddress(new Address { Lines = "2 Test Row", Source = Source.Themselves }, Today))),
            "communication" => (Of(change: c => c.SetCommunication(new Communication { Languages = ["Polish"], Source = Source.Themselves }, Today)), Of(change: c => c.SetCommunication(new Communication { Languages = ["Polish", "English"], Source = Source.Themselves }, Today))),
            "ways" => (Of(), Of(safe: Safe(new SafeWay { Channel = ContactChannel.Mobile }))),
            "word" => (Of(safe: Safe() with { SafeWord = "heron" }), Of(safe: Safe() with { SafeWord = "egret" })),
            "never" => (Of(safe: Safe() with { NeverDiscloseTo = ["Mr Jan Testowski"] }), Of(change: c => c.AddCarer(Magda with { Id = Id(9), Forename = "Jan", Surname = "Testowski" }, Today))),
            "never by half" => (Of(change: c => c.AddCarer(Magda with { Id = Id(9), Forename = "Jan", Surname = "Testowski" }, Today)), Of(change: c => c.SetKeptFrom([new KeptFrom { How = KeptHow.NeverTold, Name = "Testowski", SetOn = Today, Source = Source.Themselves }], Today))),
            "responsibility" => (Of(c => c with { Responsibilities = [Holder(Responsibility.Yes)] }), Of(c => c with { Responsibilities = [Holder(Responsibility.No, Ola.Id)] })),
            "responsibility for all" => (Of(c => c with { Responsibilities = [Holder(Responsibility.Yes)] }), Of(c => c with { Responsibilities = [Holder(Responsibility.Unknown)] })),
            "more children" => (Of(c => c with { Responsibilities = [Holder(Responsibility.Yes)] }), Of(change: c => c.AddChild(Sister(Id(9)), Today))),
            "evidence" => (Of(c => c with { Responsibilities = [Holder(Responsibility.Yes) with { EvidenceSeen = "order", SeenOn = Today }] }), Of(c => c with { Responsibilities = [Holder(Responsibility.Yes)] })),
            "contacts" => (Of(c => c with { Contacts = [.. Enumerable.Range(100, 30).Select(Number)] }), Of(c => c with { Contacts = [.. Enumerable.Range(200, 30).Select(Number)] })),
            "ledger" => (Of(change: c => c.RecordTold(Enumerable.Range(0, 1_500).Select(Told), Now)), Of(change: c => c.RecordTold(Enumerable.Range(1_500, 1_500).Select(Told), Now))),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        var person = field.Split('#') is [_, var n] ? $"#{Id(int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))}" : "";
        var pairs = new Dictionary<PersonId, PersonId>();
        var (other, same) = Again(theirs);
        foreach (var (from, to) in same.Where(pair => pair.Value == Magda.Id || pair.Value == Ola.Id))
            pairs[from] = to;
        Assert.Contains(mine.Join(other, pairs, Today).Problems, problem => problem.Field == field.Split('#')[0] + person);
        // The other way round it is refused as well.
        Assert.False(other.Join(mine, pairs.ToDictionary(pair => pair.Value, pair => pair.Key), Today).Accepted);
    }

    [Fact]
    public void Join_OfACarerWithAChild_OrOfOnePersonTwice_IsRefused()
    {
        var (theirs, same) = Again(Plain());
        var (carer, child) = (theirs.Carers[0].Id, theirs.Children[0].Id);
        foreach (var wrong in new Dictionary<PersonId, PersonId>[] { new() { [carer] = Ola.Id }, new() { [child] = Magda.Id }, new() { [carer] = Magda.Id, [child] = Magda.Id }, new() { [carer] = Id(77) }, new() { [Id(77)] = Magda.Id } })
            Assert.Equal("family.person", Assert.Single(Plain().Join(theirs, wrong, Today).Problems).Field);
        Assert.True(Plain().Join(theirs, same, Today).Accepted);
    }

    [Fact]
    public void Join_WhereOneCardIsSilent_TakesWhatTheOtherSays()
    {
        var (theirs, same) = Again(FamilyCard.Create([Magda with { Forename = null, Relationship = null, Contacts = [] }], [Ola with { Birth = Birth.NotKnown, Setting = "Example Primary" }], Today.AddYears(-1), Ada).OrThrow());
        var joined = Plain().Join(theirs, same, Today).OrThrow();
        Assert.Equal(("Magda", "mother", "Example Primary", Ola.Birth), (joined.Carers[0].Forename, joined.Carers[0].Relationship, joined.Children[0].Setting, joined.Children[0].Birth));
        Assert.NotNull(joined.Address);
        // No better checked than the worse of the two.
        Assert.Equal(Today.AddYears(-1), joined.CheckedOn);
    }
}
