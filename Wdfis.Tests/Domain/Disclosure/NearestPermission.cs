using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Disclosure.World;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>Which permission carries an item, or comes nearest and what it lacks (U2, U3), and who spoke against it: every permission is weighed here, and the least lacking taken.</summary>
public class NearestPermission
{
    private sealed record Found(UnitId? Nearest, Gap Gap, PersonId Giver, bool TookItBack, bool AnotherDiffers);

    private static Found Expected(Look look, PersonId person, string? scope)
    {
        var (r, f) = (look.Request, look.Facts);
        var at = r.DoneAt ?? r.Now.At;
        var kind = r.Act == OutwardAct.Contact ? PermissionKind.Contact : PermissionKind.Share;
        bool Here(Permission p) => p.Terms.Body.IsSameAs(r.Recipient.Body) && p.Terms.Kind == kind;
        bool Covers(Permission p) => p.Terms.About.Contains(person) || p.LastGrant?.By == person;
        bool Names(Permission p) => scope is null || p.Terms.Items.Contains(scope);
        bool ForThis(Permission p) => p.Terms.PurposeWords.Equals(r.Purpose, StringComparison.OrdinalIgnoreCase);
        Grant? Yes(Permission p) => p.Events.LastOrDefault(e => e.Grant is not null && !e.NeedsLead && e.At <= at)?.Grant;

        Gap Lacks(Permission p)
        {
            var transfer = p.Terms.SendMatter ? f.People.Where(x => x.Child && p.Terms.About.Contains(x.Id)).Min(x => x.TransferOn) : null;
            var state = p.StateAt(at, Wdfis.Domain.Calendar.London.DateOf(at), transfer);
            return (p.Terms.Body.IsSameAs(r.Recipient.Body) ? 0 : Gap.Body) | (p.Terms.Kind == kind ? 0 : Gap.Kind) | (Names(p) ? 0 : Gap.Scope) | (ForThis(p) ? 0 : Gap.Purpose) | (p.Terms.Channels.Contains(r.Channel) ? 0 : Gap.Channel)
                | (state.Counts() ? PermissionSearch.MayGive(look.Find(person), Yes(p)!, look.On) ? 0 : Gap.Authority
                    : state == PermissionState.Withdrawn ? Gap.Withdrawn : p.Events.Any(e => e.Grant is not null && e.At > at) ? Gap.GivenAfter : Gap.NotLive);
        }

        // Everybody's answers about this body, kind and item: when, a no or not, and whether to this purpose.
        var answers = new List<(PersonId Who, DateTimeOffset At, bool No, bool Same)>();
        foreach (var p in f.Permissions.Where(p => Here(p) && Covers(p) && Names(p)))
        {
            PersonId giver = default;
            foreach (var e in p.Events.Where(e => e.At <= at && !e.NeedsLead))
            {
                giver = e.Grant?.By ?? giver;
                if (e.Grant is not null)
                    answers.Add((giver, e.At, false, ForThis(p)));
                else if (e.Kind is PermissionEventKind.Refused or PermissionEventKind.Withdrawn && (e.Person ?? giver) is var who && who != default)
                    answers.Add((who, e.At, true, ForThis(p)));
            }
        }
        // Of two answers of one instant the no counts.
        bool SaidNo(IEnumerable<(PersonId Who, DateTimeOffset At, bool No, bool Same)> of) => of.OrderBy(a => a.At).ThenBy(a => a.No).LastOrDefault().No;

        bool IsHeard(PersonId who) => look.Find(person) is not { } facts || who == person || (facts.Child ? !facts.Holders.Contains(new(who, Responsibility.No)) : facts.Representatives.Any(one => one.Who == who));

        Found Of(Permission p, Gap gap)
        {
            var giver = Yes(p)?.By ?? default;
            if (gap != Gap.None)
                return new(p.Id, gap, giver, false, false);
            var finding = f.Findings.Where(x => x.Child == person && x.Body.IsSameAs(r.Recipient.Body) && x.At <= r.Now.At).OrderBy(x => x.At).ThenBy(x => x.Prevails != giver).LastOrDefault();
            var differs = answers.GroupBy(a => a.Who).Any(own => own.Key != giver && SaidNo(own) && IsHeard(own.Key) && !(finding?.Prevails == giver && finding.At >= own.Max(a => a.At)));
            return new(p.Id, gap, giver, SaidNo(answers.Where(a => a.Who == giver && a.Same)), differs);
        }

        return f.Permissions.Where(Covers).Select(p => (Permission: p, Found: Of(p, Lacks(p))))
            .OrderBy(x => x.Found.Gap).ThenBy(x => x.Found.TookItBack || x.Found.AnotherDiffers).ThenByDescending(x => x.Permission.Events[^1].At).ThenBy(x => x.Permission.Id)
            .Select(x => x.Found).FirstOrDefault() ?? new Found(null, Gap.Nothing, default, false, false);
    }

    [Fact]
    public void Searches_OfAnyRequest_FindTheLeastLacking() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Agree).Hold();

    /// <summary>The same for two thousand worlds that are the same in every run.</summary>
    [Fact]
    public void Searches_OfFixedRequests_FindTheLeastLacking() => Assert.All(Enumerable.Range(0, 2_000), seed => Assert.True(Agree(seed)));

    private static bool Agree(int seed)
    {
        var (request, facts) = From(seed);
        if (seed % 3 == 0)
            (request, facts) = Crowded(request, facts, new Random(seed));
        var look = new Look(request with { Ground = new Ground.OnPermission() }, facts, "");
        var searches = PermissionSearch.All(look);
        var wanted = look.Subjects.SelectMany(person => request.Items.Where(i => i.About.Contains(person)).SelectMany(i => i.Scopes.Cast<string?>()).Distinct().DefaultIfEmpty(null).Select(scope => (person, scope))).ToList();
        Assert.Equal(wanted, searches.Select(s => (s.Person, s.Scope)));
        Assert.All(searches, s =>
        {
            Assert.Equal(Expected(look, s.Person, s.Scope), new Found(s.Nearest?.Id, s.Gap, s.Giver, s.GiverTookItBack, s.AnotherDiffers));
            Assert.Equal(s.Nearest is null ? PermissionState.Unknown : s.Nearest.StateAt(look.At, look.On, PermissionSearch.TransferOn(s.Nearest, facts)), s.State);
        });
        return PermissionSearch.All(new Look(request with { Ground = new Ground.NamesNobody() }, facts, "")).Count == 0;
    }

    // Many answers of one matter on few moments, so that the parents differ, and that things happen at once.
    private static (DisclosureRequest, DisclosureFacts) Crowded(DisclosureRequest request, DisclosureFacts facts, Random r)
    {
        static DateTimeOffset Coarse(DateTimeOffset at) => Monday.AddDays(-4 * (int)((Monday - at).TotalDays / 4));
        DateTimeOffset Past() => Monday.AddDays(-4 * r.Next(6));
        return (request with { DoneAt = request.DoneAt is { } done ? Coarse(done) : null, Items = [DisclosureItem.Of(r.Next(4) == 0 ? "topic" : "sen", Ola)], Recipient = request.Recipient with { Body = School }, Act = OutwardAct.Share },
            facts with
            {
                Permissions = [.. facts.Permissions.Select(p => Permission.Restore(p.Id, p.Family, Terms(about: [Ola], body: p.Terms.Body, items: r.Next(5) == 0 ? ["name"] : ["name", "sen"], send: p.Terms.SendMatter, purpose: p.Terms.PurposeWords), p.Events.Select(e => e with { At = Coarse(e.At), RecordedAt = Coarse(e.RecordedAt) })))],
                Findings = [.. Enumerable.Range(0, r.Next(4)).Select(_ => new AuthorityFinding { Child = r.Next(5) == 0 ? Sibling : Ola, Body = r.Next(5) == 0 ? OtherSchool : School, Prevails = r.Next(2) == 0 ? Mother : Father, Why = "seen", By = Lead, At = r.Next(5) == 0 ? Monday.AddDays(1) : Past() })],
            });
    }

    /// <summary>A button tells of the permission touched last; a lead is named where one is needed; and asking the family is offered only where their answer is what is missing.</summary>
    [Fact]
    public void Button_TellsOfTheOneTouchedLast_AndOfferTheWaysThatHelp()
    {
        GateReading Of(DisclosureFacts facts) => GateReading.Of(new() { Body = School }, OutwardAct.Share, facts, new(Ann, Monday));
        Permission no = No(Mother, Monday.AddDays(-3), id: 30), earlier = No(Mother, Monday.AddDays(-9), id: 31), same = No(Mother, Monday.AddDays(-3), id: 29);
        foreach (var (permissions, told) in new (Permission[], int)[] { ([no, earlier], 30), ([earlier, no], 30), ([no, same], 29), ([same, no], 29) })
            Assert.Equal(Unit(told), Of(Facts([.. permissions])).Permission);
        var twice = Permission.Restore(Unit(30), Family, Terms(), [Event(PermissionEventKind.Refused, Monday.AddDays(-9), Mother), Event(PermissionEventKind.Refused, Monday.AddDays(-1), Mother)]);
        Assert.Equal("refused yesterday", Of(Facts(twice)).Words);
        Assert.Equal("entered late, waits for a lead", Of(Facts(Permission.Record(Unit(30), Family, Terms(), Yes(at: Monday.AddDays(-3)), new(Ann, Monday)).OrThrow())).Words);
        Assert.EndsWith("a lead has to agree first", Of(Facts(Given()) with { SafeContact = new() { Danger = true, ReviewedOn = Today, SetBy = Ann, Source = Source.Themselves } }).Words, StringComparison.Ordinal);
        WayForward[] all = [WayForward.AskNow, WayForward.AskLead, WayForward.Exemption, WayForward.AskInGeneral];
        Assert.Equal(all, Of(Facts(twice)).Ways.AsEnumerable());
        Assert.Equal(all, Of(Facts(Given()).With(Ola, p => p with { DecidesForThemselves = true })).Ways.AsEnumerable());
        foreach (var stopped in new[] { Facts(Given()) with { Restricted = true }, Facts(Given(), No(Father)), Facts(Given()).With(Ola, p => p with { Rung = Wdfis.Domain.Anonymity.Rung.Anonymous }) })
            Assert.Equal(all[1..], Of(stopped).Ways.AsEnumerable());
        // A no of somebody else beside what is missing of the family itself: their answer alone helps nobody.
        Assert.Equal(all[1..], Of((Facts(Given()) with { Restricted = true }).With(Ola, p => p with { DecidesForThemselves = true })).Ways.AsEnumerable());
    }

    [Fact]
    public void Answer_IsOfAWholeRequest_AndSpentOnce()
    {
        foreach (var broken in new[] { Share() with { Id = default }, Share() with { Now = new(default, Monday) }, Share() with { Act = 0 } })
            Assert.Throws<ArgumentException>(() => DisclosureGate.Decide(broken, Facts()));
        var yes = Assert.IsType<Allowed>(DisclosureGate.Decide(Share(), Facts()));
        Assert.False(yes.IsSpent);
        yes.Spend();
        Assert.True(yes.IsSpent);
        Assert.Null(DisclosureGate.Find("ARuleThatIsGone"));
        // Where both have to agree, the officer does.
        Assert.Equal(AuthoriserKind.Officer, Assert.IsType<NeedsAuthoriser>(DisclosureGate.Decide(Share() with { Ground = new Ground.RequiredByLaw("x", "y", "z"), DoneAt = Monday.AddDays(-5) }, Facts())).Who);
        var masked = DisclosureGate.Decide(Share(null, DisclosureItem.Of("sen", Ola) with { Mentions = [Sibling] }, DisclosureItem.Of("name", Mother) with { Mentions = [Father, Sibling] }), Facts());
        Assert.Equal([Father, Sibling], Assert.IsType<Allowed>(masked).MaskedPeople.AsEnumerable());
    }

    /// <summary>Who may say yes for whom (field-guide.md section 1.4): a person of the card by every capacity, child or not, deciding or not.</summary>
    [Fact]
    public void MayGive_ByCapacityAndStanding()
    {
        foreach (var capacity in Enum.GetValues<GrantCapacity>())
        {
            foreach (var (child, decides) in new[] { (false, false), (true, false), (true, true) })
            {
                var ola = new PersonFacts { Id = Ola, Child = child, DecidesForThemselves = decides, Holders = [new(Mother, Responsibility.Yes), new(Father, Responsibility.SharedWithCouncil), new(Sibling, Responsibility.No)], Representatives = [SpeaksFor(Ola), SpeaksFor(Ola, Father) with { Decides = false }] };
                PersonId[] may = capacity switch
                {
                    GrantCapacity.Representative => [Solicitor],
                    _ when !child => [Ola],
                    GrantCapacity.ParentWithResponsibility => decides ? [] : [Mother],
                    _ => decides ? [Ola] : [],
                };
                Assert.Equal(may, new[] { Mother, Father, Ola, Sibling, Solicitor }.Where(who => PermissionSearch.MayGive(ola, Yes(who, capacity), Today)));
                Assert.False(PermissionSearch.MayGive(null, Yes(Ola, capacity), Today));
            }
        }
    }

    /// <summary>In SEND matters the first child to decide ends the parent's word for all whom the permission is about.</summary>
    [Fact]
    public void Transfer_IsTheFirstOfTheChildrenWhomItIsAbout()
    {
        DisclosureFacts With(params (PersonId Child, int? Days)[] transfers) => transfers.Aggregate(Facts(), (facts, one) => facts.With(one.Child, p => p with { TransferOn = one.Days is { } days ? Today.AddDays(days) : null }));
        var send = Given(Terms(about: [Mother, Ola, Sibling], send: true));
        Assert.Equal(Today.AddDays(3), PermissionSearch.TransferOn(send, With((Ola, 3), (Sibling, 9))));
        Assert.Equal(Today.AddDays(3), PermissionSearch.TransferOn(send, With((Ola, 9), (Sibling, 3))));
        Assert.Equal(Today.AddDays(9), PermissionSearch.TransferOn(send, With((Ola, 9))));
        Assert.Null(PermissionSearch.TransferOn(send, With((Mother, 3))));
        Assert.Null(PermissionSearch.TransferOn(Given(Terms(about: [Ola], send: true)), With((Sibling, 3))));
        Assert.Null(PermissionSearch.TransferOn(Given(Terms(about: [Ola])), With((Ola, 3))));
    }

    /// <summary>Of two findings of one moment neither parent prevails: the lead records it again (field-guide.md section 1.4).</summary>
    [Fact]
    public void Finding_TheLastSpeaks_AndOfTwoOfOneMomentTheOneAgainstTheGiver()
    {
        AuthorityFinding For(PersonId prevails, int hours) => new() { Child = Ola, Body = School, Prevails = prevails, Why = "seen", By = Lead, At = Monday.AddHours(hours) };
        foreach (var (findings, differs) in new (AuthorityFinding[], bool)[]
        {
            ([], true), ([For(Mother, -1)], false), ([For(Father, -1)], true), ([For(Mother, -1), For(Father, -1)], true), ([For(Father, -1), For(Mother, -1)], true), ([For(Father, -2), For(Mother, -1)], false), ([For(Mother, -1), For(Father, -2)], false), ([For(Mother, -2), For(Father, -1)], true),
            ([For(Mother, 1)], true), ([For(Mother, 0)], false), ([For(Mother, -121)], true), ([For(Mother, -120)], false), ([For(Mother, -1) with { Child = Sibling }], true), ([For(Mother, -1) with { Body = OtherSchool }], true),
        })
        {
            var look = new Look(Share(null, DisclosureItem.Of("sen", Ola)), Facts(Given(), No(Father)) with { Findings = [.. findings] }, "");
            Assert.Equal(differs, Assert.Single(PermissionSearch.All(look)).AnotherDiffers);
        }
    }

    /// <summary>The facts of a card are each person's own: who speaks for them, from whom they are kept, what is only stored.</summary>
    [Fact]
    public void Facts_OfACard_AreEachPersonsOwn()
    {
        var (carer, child) = (Families.Card.Id(1), Families.Card.Id(2));
        Representative Speaks(PersonId person) => new() { Person = person, Who = Families.Card.Id(9), Name = "Jo", Capacity = RepresentativeCapacity.Other, Source = Source.Record };
        KeptFrom Kept(PersonId? person, string name) => new() { Person = person, How = KeptHow.NotNamed, Name = name, SetOn = Families.Card.Today, Source = Source.Record };
        var card = Families.Card.Plain().SetRepresentatives([Speaks(child)], Families.Card.Today).OrThrow().SetKeptFrom([Kept(null, "all"), Kept(carer, "hers")], Families.Card.Today).OrThrow()
            .Restrict(carer, RestrictionGround.Accuracy, "x", new(Ann, Families.Card.Now)).OrThrow()
            .CorrectCarer(Families.Card.Magda with { Contacts = [Families.Card.Magda.Contacts[0], new() { Kind = ContactKind.Mobile, Value = "07700 900124", Unsafe = true, Source = Source.Record }] }, Families.Card.Today).OrThrow();
        var facts = DisclosureFacts.Of(card, [Given()], World.Days, Families.Card.Today);
        Assert.Equal([("all hers", 0, true), ("all", 1, false)], facts.People.Select(one => (string.Join(' ', one.KeptFrom.Select(kept => kept.Name)), one.Representatives.Length, one.Restricted)));
        Assert.Equal(("07700 900124", 1), (Assert.Single(facts.UnsafeAddresses), facts.Permissions.Length));
    }

    /// <summary>Of several who were entered for one person, the one whose word reaches furthest speaks.</summary>
    [Fact]
    public void Authority_OfOneEnteredTwice_IsTheBest()
    {
        var stands = SpeaksFor(Ola);
        (Authority, DateOnly?, bool) Of(params Representative[] all) => new PersonFacts { Id = Ola, Representatives = [.. all] }.AuthorityOf(Solicitor, Today, deciding: false);
        Assert.Equal((Authority.None, null, false), Of());
        Assert.Equal((Authority.None, null, false), Of(stands with { Who = Father }));
        foreach (var (worse, better) in new[]
        {
            (stands with { Until = Today.AddDays(-1) }, stands), (stands with { Document = null }, stands with { Until = Today.AddDays(-1) }), (stands with { Limits = "the appeal" }, stands), (stands with { Limits = "the appeal" }, stands with { Until = Today }),
            (stands with { Until = Today }, stands with { Until = Today.AddDays(1) }), (stands with { Until = Today }, stands), (stands with { Receives = false }, stands with { Limits = "x" }), (stands with { From = Today.AddDays(1) }, stands with { Receives = false }),
        })
        {
            Assert.Equal(Of(better), Of(worse, better));
            Assert.Equal(Of(better), Of(better, worse));
            Assert.NotEqual(Of(better), Of(worse));
        }
        var child = new PersonFacts { Id = Ola, Child = true, Holders = [new(Mother, Responsibility.Yes), new(Father, Responsibility.SharedWithCouncil)], Representatives = [stands] };
        Assert.Equal([Mother, Solicitor], new[] { Mother, Father, Sibling, Solicitor }.Where(who => child.MayReceive(who, Today)));
        Assert.Equal([Solicitor], new[] { Mother, Father, Sibling, Solicitor }.Where(who => (child with { AsksForThemselves = true }).MayReceive(who, Today)));
        Assert.Equal([Solicitor], new[] { Mother, Father, Sibling, Solicitor }.Where(who => (child with { Child = false }).MayReceive(who, Today)));
        Assert.False(child.MayReceive(Solicitor, Today.AddDays(-41)));
    }

    /// <summary>An agreement is to one request to the letter: whatever is another in it makes another fingerprint, the order of things does not.</summary>
    [Fact]
    public void Fingerprint_OfAnythingThatIsDecidedOn_IsItsOwn()
    {
        var item = DisclosureItem.Of("name", Mother);
        var one = Share(null, item) with { Attempt = new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(10, 0) } };
        NamedBody Named(BodyKind kind, string name, string country, int id) => NamedBody.Create(kind, name, country, new(Person(id).Value)).OrThrow();
        DisclosureRequest To(NamedBody body) => one with { Recipient = new() { Body = body } };
        DisclosureRequest On(Ground ground) => one with { Ground = ground };
        DisclosureRequest[] all =
        [
            one, one with { Id = Unit(9) }, one with { Act = OutwardAct.Copy }, To(Named(BodyKind.School, "x", "GB", 1)), To(Named(BodyKind.School, "x", "GB", 2)), To(Named(BodyKind.Gp, "x", "GB", 1)), To(Named(BodyKind.School, "y", "GB", 1)), To(Named(BodyKind.School, "x", "IE", 1)),
            one with { Recipient = one.Recipient with { Person = Mother } }, one with { Recipient = one.Recipient with { Attention = "x" } }, one with { Purpose = "x" }, one with { Channel = "x" }, one with { Address = "x" }, one with { Address = null },
            one with { Attempt = null }, one with { Attempt = one.Attempt with { Address = "x" } }, one with { Attempt = one.Attempt with { Channel = ContactChannel.Text } }, one with { Attempt = one.Attempt with { Voicemail = true } }, one with { Content = "x" },
            one with { Now = new(Lead, Monday) }, one with { DoneAt = Monday }, one with { DoneAt = Monday.AddTicks(1) }, one with { About = [Ola] }, one with { About = [Father] }, one with { Items = [] }, one with { Items = [item, item] }, one with { Items = [item with { FieldId = "x" }] },
            one with { Items = [item with { About = [Mother, Ola] }], About = [Ola] }, one with { Items = [item with { Mentions = [Ola] }] }, one with { Items = [item with { Mentions = [Father] }] }, one with { Items = [item with { Scopes = ["topic"] }] }, one with { Items = [item with { Scopes = [] }] },
            On(new Ground.ToThemselves(Mother, "x")), On(new Ground.ToThemselves(Mother, "y")), On(new Ground.ToThemselves(Ola, "x")), On(new Ground.RequiredByLaw("x", "y", "z")), On(new Ground.RequiredByLaw("w", "y", "z")), On(new Ground.RequiredByLaw("x", "w", "z")), On(new Ground.RequiredByLaw("x", "y", "w")),
            On(new Ground.NoticeOwed(NoticeKind.Withdrawal, Unit(1))), On(new Ground.NoticeOwed(NoticeKind.Rectification, Unit(1))), On(new Ground.NoticeOwed(NoticeKind.Withdrawal, Unit(2))), On(new Ground.UnderContract()), On(new Ground.NamesNobody()), one with { ConfidenceOf = Ola }, one with { ConfidenceOf = Mother },
            .. new Func<Exemption, Exemption>[]
            {
                e => e, e => e with { Id = Unit(8) }, e => e with { Kind = ExemptionKind.X3 }, e => e with { Urgent = true }, e => e with { Decision = ExemptionDecision.NotToShare }, e => e with { Who = "2" }, e => e with { Feared = "2" }, e => e with { ToWhom = "2" }, e => e with { WhatIsTold = "2" }, e => e with { WhyNow = "2" },
                e => e with { Hook = "2" }, e => e with { NoPermission = null }, e => e with { NoPermissionWords = "2" }, e => e with { Facts = "2" }, e => e with { Opinion = "2" }, e => e with { Risk = "2" }, e => e with { Necessity = "2" }, e => e with { Minimum = "2" }, e => e with { Prejudice = "2" }, e => e with { Matter = "2" },
                e => e with { Views = "2" }, e => e with { RecipientCheck = "2" }, e => e with { WhyNamed = "2" }, e => e with { Transfer = new() { Words = "2", By = Lead, At = Monday } },
            }.Select(change => On(new Ground.UnderExemption(change(Form())))),
        ];
        var prints = all.Select(request => DisclosureGate.Decide(request, Facts()).Fingerprint).ToList();
        Assert.Equal(all.Length, prints.Distinct().Count());
        string Ordered(PersonId[] people, string[] scopes, bool turned)
        {
            var both = new[] { item with { About = [.. people], Mentions = [.. people], Scopes = [.. scopes] }, DisclosureItem.Of("topic", Ola) };
            return DisclosureGate.Decide(one with { About = [.. people], Items = [.. turned ? both.Reverse() : both] }, Facts()).Fingerprint;
        }
        Assert.Equal(Ordered([Mother, Father, Ola], ["name", "sen", "health"], false), Ordered([Ola, Mother, Father], ["sen", "health", "name"], true));
    }
}
