using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;

namespace Wdfis.Tests.Domain.Families;

/// <summary>Synthetic cards for tests: a plain one by hand, and arbitrary sound ones from a seed.</summary>
internal static class Card
{
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 42, 0, TimeSpan.Zero);
    public static readonly ColleagueId Ada = new(new Guid("01900000-0000-7000-8000-00000000000a"));

    public static PersonId Id(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static Carer Magda => new()
    {
        Id = Id(1),
        Ladder = Ladder.Named,
        Forename = "Magda",
        Surname = "Testowska",
        Relationship = "mother",
        Contacts = [new ContactPoint { Kind = ContactKind.Mobile, Value = "07700 900123", Source = Source.Themselves }],
        Source = Source.Themselves,
    };

    public static Child Ola => new() { Id = Id(2), Ladder = Ladder.Named, Forename = "Ola", Birth = new Birth.OnDate(new(2022, 3, 4)), Source = Source.FamilyMember };

    public static FamilyCard Plain(SafeContact? safe = null, params IEnumerable<CourtOrder> orders) => FamilyCard.Create([Magda], [Ola], Today, Ada,
        orders, new Address { Lines = "1 Made-up Street\nOssett", Postcode = "wf5 9xx", Source = Source.Themselves }, safeContact: safe).OrThrow();

    public static SafeContact Safe(params ImmutableArray<SafeWay> ways) => new() { Ways = ways, ReviewedOn = Today, SetBy = Ada, Source = Source.Themselves };

    /// <summary>An arbitrary card that is sound, the same for the same seed, using every member somewhere.</summary>
    public static FamilyCard From(int seed)
    {
        var r = new Random(seed);
        string[] texts = ["Ł\u00f3\u017a O\u2019Brien", "\u5c0f\u660e", "Zo\u00eb-Anne \"Zed\" <b>", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "a", "back\\slash\u00a0and 'quote'"];
        bool Coin() => r.Next(2) == 0;
        string Text() => texts[r.Next(texts.Length)];
        string? Maybe() => Coin() ? Text() : null;
        T One<T>() where T : struct, Enum => Enum.GetValues<T>()[r.Next(Enum.GetValues<T>().Length)];
        string Code(IEnumerable<string> codes) => codes.Order(StringComparer.Ordinal).ElementAt(r.Next(codes.Count()));
        DateOnly Past() => Today.AddDays(-r.Next(3_000));
        ImmutableArray<T> Some<T>(Func<T> make) => [.. Enumerable.Range(0, r.Next(3)).Select(_ => make())];
        OtherName Other() => new(Text(), One<OtherNameKind>());
        Ladder Rungs() => r.Next(4) switch
        {
            0 => Ladder.Anonymous(AnonymousReference.Draw(r.Next)),
            1 => Ladder.Handle(AnonymousReference.Draw(r.Next)),
            2 => Ladder.Anonymous(AnonymousReference.Draw(r.Next)).Climb(new(Rung.Handle, One<AgreedHow>(), Now.AddDays(-2), Ada), Now).OrThrow()
                .Climb(new(Rung.Named, One<AgreedHow>(), Now.AddDays(-1), Ada), Now).OrThrow(),
            _ => Ladder.Named,
        };
        Birth Born(Rung rung) => rung != Rung.Named ? Birth.NotKnown : r.Next(4) switch
        {
            0 => new Birth.OnDate(Past()),
            1 => new Birth.InYear(Today.Year - r.Next(10)),
            2 => new Birth.Expected(Coin() ? Today.AddDays(r.Next(200)) : null),
            _ => Birth.NotKnown,
        };
        ContactPoint Point()
        {
            var kind = One<ContactKind>();
            return new ContactPoint
            {
                Kind = kind,
                Value = kind switch
                {
                    ContactKind.Mobile => $"07700 900{r.Next(1000):000}",
                    ContactKind.Landline => $"01632 960{r.Next(1000):000}",
                    ContactKind.Email => $"person{r.Next(1000)}@example.org",
                    ContactKind.Post or ContactKind.Other => Text(),
                    _ => throw new InvalidOperationException(),
                },
                Note = Maybe(),
                SomebodyElses = Coin(),
                Unsafe = Coin(),
                Source = One<Source>(),
            };
        }

        var children = Enumerable.Range(0, r.Next(4)).Select(n =>
        {
            var ladder = Rungs();
            var named = ladder.Rung == Rung.Named;
            return new Child
            {
                Id = Id(100 + n),
                Ladder = ladder,
                Forename = named ? Maybe() : null,
                Surname = named ? Maybe() : null,
                Handle = ladder.Rung != Rung.Anonymous ? Maybe() : null,
                KnownAs = named ? Some(Other) : [],
                Birth = Born(ladder.Rung),
                Setting = Maybe(),
                SenStage = Coin() ? Code(FamilyCodes.SenStages.Keys) : null,
                Facts = [.. Some(One<ChildFact>).Distinct()],
                Source = One<Source>(),
            };
        }).ToList();
        var carers = Enumerable.Range(0, r.Next(4)).Select(n =>
        {
            var ladder = Rungs();
            var named = ladder.Rung == Rung.Named;
            return new Carer
            {
                Id = Id(1 + n),
                Ladder = ladder,
                Forename = named ? Maybe() : null,
                Surname = named ? Maybe() : null,
                Handle = ladder.Rung != Rung.Anonymous ? Maybe() : null,
                KnownAs = named ? Some(Other) : [],
                Birth = named && Coin() ? new Birth.OnDate(new DateOnly(1960 + r.Next(40), 2, 28)) : Birth.NotKnown,
                Relationship = Coin() ? Code(FamilyCodes.Relationships.Keys) : null,
                Contacts = ladder.Rung != Rung.Anonymous ? Some(Point) : [],
                Responsibilities =
                [
                    .. children.Where(_ => Coin()).Select(c => new ParentalResponsibility { Child = c.Id, State = One<Responsibility>(), EvidenceSeen = "Birth certificate", SeenOn = Past(), Source = One<Source>() }),
                    .. Coin() ? (ParentalResponsibility[])[new() { State = One<Responsibility>(), Source = One<Source>() }] : [],
                ],
                Source = One<Source>(),
            };
        }).ToList();
        CourtOrder Order()
        {
            var made = Past();
            return new()
            {
                Kind = Code(FamilyCodes.Orders.Keys),
                MadeOn = made,
                Binds = [.. carers.Where(_ => Coin()).Select(c => c.Id)],
                OnContact = One<OrderEffect>(),
                OnSharing = One<OrderEffect>(),
                Words = Maybe(),
                CopySeenOn = Coin() ? Today : null,
                EndsOn = Coin() ? made.AddDays(r.Next(900)) : null,
                Source = One<Source>(),
            };
        }
        SafeWay Way() => new()
        {
            Channel = One<ContactChannel>(),
            Address = Maybe(),
            From = Coin() ? new TimeOnly(9, r.Next(60)) : null,
            Until = Coin() ? new TimeOnly(15, r.Next(60)) : null,
            Note = Maybe(),
        };
        var card = FamilyCard.Create(carers, children, Today, Ada, Some(Order),
            Coin() ? new Address { Lines = Maybe(), Postcode = Coin() ? "WF1 2EB" : null, Source = One<Source>() } : null,
            Coin() ? new Communication { Languages = Some(Text), Interpreter = Maybe(), Formats = Coin() ? ["braille"] : [], Source = One<Source>() } : null,
            Coin() ? new SafeContact
            {
                Danger = Coin(),
                Ways = Some(Way),
                Voicemail = Coin(),
                MaySay = Maybe(),
                SafeWord = Maybe(),
                UnsafeAddresses = Coin() ? ["01632 960111"] : [],
                NeverDiscloseTo = Some(Text),
                ReviewedOn = Past(),
                SetBy = Ada,
                Source = One<Source>(),
            } : null).OrThrow();
        foreach (var (person, _) in card.People.ToList().Where(_ => Coin()))
        {
            card = card.SetRepresentatives(card.Standing.Representatives.Add(new Representative
            {
                Person = person,
                Who = Id(200 + r.Next(3)),
                Name = Text(),
                Contact = Maybe(),
                Capacity = One<RepresentativeCapacity>(),
                Document = Text(),
                SeenOn = Past(),
                From = Coin() ? Past() : null,
                Until = Coin() ? Today : null,
                Receives = Coin(),
                Decides = Coin(),
                Limits = Maybe(),
                Source = One<Source>(),
            }), Today).OrThrow();
            card = card.SetKeptFrom(card.Standing.KeptFrom.Add(new KeptFrom { Person = Coin() ? person : null, How = One<KeptHow>(), Body = Coin() ? new(Id(300 + r.Next(9)).Value) : default, Name = Text(), SetOn = Past(), Source = One<Source>() }), Today).OrThrow();
            card = card.Restrict(person, One<RestrictionGround>(), Text(), new(Ada, Now), Coin() ? new UnitId(Id(400).Value) : null).OrThrow();
            if (Coin())
                card = card.LiftRestriction(person, Today, Text(), new(Ada, Now)).OrThrow();
            if (card.FindChild(person) is not null)
                card = card.Assess(new Competence { Person = person, For = One<CompetenceFor>(), Able = Coin(), Decision = Text(), AssessedOn = Past(), By = Ada, Note = Text() }, Today).OrThrow();
        }
        return card.RecordTold(card.People.Where(_ => Coin()).Select(p => new Telling
        {
            Person = p.Id,
            Version = new PolicyNumber(2026, 1 + r.Next(3)),
            What = One<ToldWhat>(),
            How = One<ToldHow>(),
            At = Now.AddMinutes(-r.Next(10_000)),
            By = Ada,
            Language = Maybe(),
            Interpreter = Coin(),
        }), Now).OrThrow();
    }
}
