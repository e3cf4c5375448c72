using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>A family, its bodies, and one request that passes; and arbitrary ones from a seed, over the whole space of facts.</summary>
internal static class World
{
    public const string Support = "so that the school can plan support";
    public const string Transport = "so that transport can be arranged";

    // A Monday, 10:42 in London.
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 42, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    public static readonly ColleagueId Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    public static readonly PersonId Mother = Person(1);
    public static readonly PersonId Father = Person(2);
    public static readonly PersonId Ola = Person(3);
    public static readonly PersonId Sibling = Person(4);
    public static readonly UnitId Family = Unit(1);

    public static readonly NamedBody School = Body(BodyKind.School, "Example Primary");
    public static readonly NamedBody OtherSchool = Body(BodyKind.School, "Sample Academy");
    public static readonly NamedBody Admissions = Body(BodyKind.CouncilTeam, "School admissions");
    public static readonly NamedBody SwissSchool = Body(BodyKind.School, "Beispielschule", "CH");

    public static PersonId Person(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static UnitId Unit(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 2));

    private static NamedBody Body(BodyKind kind, string name, string country = "GB") => NamedBody.Create(kind, name, country).OrThrow();

    public static PermissionTerms Terms(PermissionKind kind = PermissionKind.Share, NamedBody? body = null, string purpose = Support, string[]? items = null, PersonId[]? about = null, string[]? channels = null,
        DateOnly? from = null, DateOnly? until = null, bool send = false) =>
        PermissionTerms.Create(about ?? [Mother, Ola], body ?? School, kind, purpose, kind == PermissionKind.Contact ? [] : items ?? ["name", "child-name", "helped", "topic", "sen"], channels ?? ["phone", "email"],
            from ?? Today.AddDays(-100), until ?? Today.AddDays(100), send).OrThrow();

    public static Grant Yes(PersonId? by = null, GrantCapacity capacity = GrantCapacity.ParentWithResponsibility, DateTimeOffset? at = null) => new()
    {
        By = by ?? Mother,
        Capacity = capacity,
        Evidence = "birth certificate seen",
        How = GivenHow.Spoken,
        TextVersion = PermissionRequest.Version,
        GivenAt = at ?? Monday.AddDays(-10),
    };

    public static PermissionEvent Event(PermissionEventKind kind, DateTimeOffset at, PersonId? person = null, Grant? grant = null) => new()
    {
        Kind = kind,
        At = at,
        RecordedAt = at,
        RecordedBy = Ann,
        Person = person ?? grant?.By,
        Grant = grant,
    };

    public static Permission Given(PermissionTerms? terms = null, Grant? grant = null, int id = 10, params PermissionEvent[] then)
    {
        grant ??= Yes();
        return Permission.Restore(Unit(id), Family, terms ?? Terms(), [Event(PermissionEventKind.Given, grant.GivenAt, grant: grant), .. then]);
    }

    public static Permission No(PersonId by, DateTimeOffset? at = null, PermissionTerms? terms = null, int id = 20) =>
        Permission.Restore(Unit(id), Family, terms ?? Terms(about: [Ola]), [Event(PermissionEventKind.Refused, at ?? Monday.AddDays(-5), by)]);

    public static WorkingDays Days { get; } = new(BankHolidays.Published);

    public static DisclosureFacts Facts(params ImmutableArray<Permission> permissions) => new()
    {
        WorkingDays = Days,
        People =
        [
            new() { Id = Mother },
            new() { Id = Father },
            new() { Id = Ola, Child = true, Holders = [new(Mother, Responsibility.Yes), new(Father, Responsibility.Yes)] },
            new() { Id = Sibling, Child = true, Holders = [new(Mother, Responsibility.Yes)] },
        ],
        Permissions = permissions.IsEmpty ? [Given()] : permissions,
    };

    /// <summary>Somebody outside the family, whom a solicitor's letter names.</summary>
    public static readonly PersonId Solicitor = Person(9);

    public static Representative SpeaksFor(PersonId person, PersonId? who = null) => new()
    {
        Person = person,
        Who = who ?? Solicitor,
        Name = "Jo Sample, Sample Solicitors",
        Capacity = RepresentativeCapacity.Solicitor,
        Document = "letter of authority",
        SeenOn = Today.AddDays(-40),
        Receives = true,
        Decides = true,
        Source = Source.Professional,
    };

    public static KeptFrom Kept(KeptHow how, NamedBody from, PersonId? person = null) => new() { Person = person, How = how, Body = from.Id, Name = from.Name, SetOn = Today, Source = Source.Themselves };

    public static DisclosureFacts With(this DisclosureFacts facts, PersonId person, Func<PersonFacts, PersonFacts> change) =>
        facts with { People = [.. facts.People.Select(p => p.Id == person ? change(p) : p)] };

    public static DisclosureRequest Share(NamedBody? to = null, params ImmutableArray<DisclosureItem> items) => new()
    {
        Id = Unit(100),
        Act = OutwardAct.Share,
        Recipient = new() { Body = to ?? School },
        Items = items.IsEmpty ? [DisclosureItem.Of("name", Mother), DisclosureItem.Of("sen", Ola)] : items,
        Purpose = Support,
        Channel = "email",
        Address = "office@example.org",
        Ground = new Ground.OnPermission(),
        Content = DisclosureText.Hash("the text"),
        Scan = TextScan.Clean,
        Now = new(Ann, Monday),
    };

    public static DisclosureRequest Question(string? to = null) => Share() with { Act = OutwardAct.GeneralQuestion, Items = [DisclosureItem.NoFamilyFact], Ground = new Ground.NamesNobody(), Purpose = to ?? "" };

    public static Exemption Form(ExemptionKind kind = ExemptionKind.X1) => new()
    {
        Id = Unit(50),
        Family = Family,
        AskedBy = Ann,
        AskedAt = Monday,
        Kind = kind,
        Who = "the child",
        ToWhom = "the front door",
        Hook = kind switch { ExemptionKind.X2 => "dpa-sch2-2", ExemptionKind.X3 => "dpa-sch2-7", ExemptionKind.X1 or ExemptionKind.LifeAtRisk => "dpa-sch1-18" },
        NoPermission = NoPermissionReason.AskingWouldPrejudice,
        Facts = "what was said",
        Risk = "harm",
        Necessity = "nobody else knows",
        Minimum = "name and worry",
        Prejudice = "the enquiry",
        Matter = "the failing",
        Views = "not known",
        RecipientCheck = "rung back by the number of the directory",
        ToldFamily = ToldFamily.NotTold("it would put the child at risk", Today.AddDays(7), new(Ann, Monday)).OrThrow(),
        ReviewOn = Today.AddMonths(1),
    };

    public static Exemption Urgent(ExemptionKind kind = ExemptionKind.X1) => new()
    {
        Id = Unit(51),
        AskedBy = Ann,
        AskedAt = Monday,
        Kind = kind,
        Urgent = true,
        Who = "the child",
        Feared = "harm tonight",
        ToWhom = "the front door",
        WhatIsTold = "what was said",
        WhyNow = "they go home at four",
    };

    public static DisclosureRequest Under(Exemption exemption, params ImmutableArray<DisclosureItem> items) => Share(Admissions, items) with { Ground = new Ground.UnderExemption(exemption) };

    /// <summary>The same, agreed to by somebody else, exactly as it is.</summary>
    public static DisclosureRequest Agreed(this DisclosureRequest request, DisclosureFacts facts, Role role = Role.InformationGovernance) => request with
    {
        Approval = Approval.Create(DisclosureGate.Decide(request, facts).Fingerprint, Ann, role, "it is needed", Monday.AddDays(1), new(Lead, Monday)).OrThrow(),
    };

    public static ImmutableArray<GateReason> Reasons(this GateAnswer answer) => answer.Match(yes => yes.Warnings, no => no.Reasons, waits => waits.Reasons);

    /// <summary>2 for a yes, 1 for waiting, 0 for a no.</summary>
    public static int Rank(this GateAnswer answer) => answer.Match(_ => 2, _ => 0, _ => 1);

    /// <summary>An arbitrary request with arbitrary facts, the same for the same seed; near enough to what passes that many do.</summary>
    public static (DisclosureRequest Request, DisclosureFacts Facts) From(int seed)
    {
        var r = new Random(seed);
        bool Chance(int percent) => r.Next(100) < percent;
        T One<T>(params T[] all) => all[r.Next(all.Length)];
        T Mostly<T>(T usual, params T[] others) => Chance(80) ? usual : One(others);
        T AnyOf<T>() where T : struct, Enum => One(Enum.GetValues<T>());
        ImmutableArray<T> Some<T>(IEnumerable<T> all, int percent) => [.. all.Where(_ => Chance(percent))];
        DateTimeOffset Past() => Monday.AddMinutes(-r.Next(30_000));
        PersonId Anybody() => One(Mother, Father, Ola, Sibling);

        ImmutableArray<PersonFacts> people = [.. new[] { Mother, Father, Ola, Sibling }.Where(_ => Chance(98)).Select(id => new PersonFacts
        {
            Id = id,
            Child = id == Ola || id == Sibling,
            Rung = Mostly(Rung.Named, Rung.Named, Rung.Anonymous, Rung.Handle),
            DecidesForThemselves = Chance(15),
            Holders = id == Ola || id == Sibling ? [new(Mother, Mostly(Responsibility.Yes, Enum.GetValues<Responsibility>())), new(Father, AnyOf<Responsibility>())] : [],
            AsksForThemselves = Chance(15),
            Representatives = Chance(20) ? [.. Enumerable.Range(0, r.Next(1, 3)).Select(_ => SpeaksFor(id, Mostly(Solicitor, Mother, Father)) with
            {
                Document = Chance(85) ? "letter of authority" : null,
                From = Chance(20) ? Today.AddDays(r.Next(-3, 3)) : null,
                Until = Chance(40) ? Today.AddDays(r.Next(-3, 30)) : null,
                Receives = Chance(85),
                Decides = Chance(70),
                Limits = Chance(15) ? "the appeal alone" : null,
            })] : [],
            TransferOn = Chance(30) ? Today.AddDays(r.Next(-10, 10)) : null,
            Restricted = Chance(4),
            KeptFrom = Chance(6) ? [Kept(AnyOf<KeptHow>(), One(School, OtherSchool, Admissions), Chance(80) ? id : null)] : [],
        })];

        Permission Permission(int id)
        {
            var kind = Mostly(PermissionKind.Share, PermissionKind.Contact);
            var giver = Mostly(Mother, Father, Ola, Sibling, Solicitor);
            var from = Mostly(-100, 1, 0);
            var terms = PermissionTerms.Restore(One<PersonId[]>([Mother, Ola], [Ola], [Mother, Ola, Sibling], [Father], [Mother]), Mostly(School, OtherSchool, Admissions, SwissSchool), kind, Mostly(Support, Transport),
                kind == PermissionKind.Contact ? ScopeItems.ContactMinimum : ScopeItems.All.Select(i => i.Code).Where(c => c == "name" || Chance(93)), One<string[]>(["phone", "email"], ["email"], ["phone"]),
                Today.AddDays(from), Today.AddDays(Math.Max(from, Mostly(100, 0, -1))), Chance(20));
            var events = new List<PermissionEvent>();
            for (var n = Mostly(1, 2, 3); n > 0; n--)
            {
                var happened = Mostly(PermissionEventKind.Given, Enum.GetValues<PermissionEventKind>());
                var at = Past();
                var late = Chance(5);
                events.Add(happened is PermissionEventKind.Given or PermissionEventKind.Renewed
                    ? Event(happened, at, grant: Yes(giver, Mostly(GrantCapacity.ParentWithResponsibility, Enum.GetValues<GrantCapacity>()), at)) with { RecordedAt = late ? at.AddDays(2) : at, Until = happened == PermissionEventKind.Renewed ? Today.AddDays(r.Next(-5, 200)) : null }
                    : Event(happened, at, Mostly(giver, Anybody())));
            }
            return Wdfis.Domain.Consent.Permission.Restore(Unit(id), Family, terms, events);
        }

        var facts = new DisclosureFacts
        {
            WorkingDays = Days,
            People = people,
            Permissions = [.. Enumerable.Range(200, r.Next(9)).Select(Permission)],
            Findings = Chance(30) ? [new() { Child = One(Ola, Sibling), Body = Mostly(School, OtherSchool), Prevails = Mostly(Mother, Father), Why = "seen", By = Lead, At = Past() }] : [],
            Orders = Chance(10) ? [Order(r)] : [],
            SafeContact = Chance(15) ? new()
            {
                Danger = Chance(20),
                UnsafeAddresses = Chance(30) ? ["office@example.org"] : [],
                NeverDiscloseTo = Chance(30) ? ["Jo Example"] : [],
                ReviewedOn = Today,
                SetBy = Ann,
                Source = Source.Themselves,
            } : null,
            UnsafeAddresses = Chance(3) ? ["OFFICE@example.org"] : [],
            Restricted = Chance(2),
            ToldBefore = Chance(50) ? [new(Unit(300), School, [Mother, Ola], ["name", "sen", "topic"])] : [],
            Released = Chance(2),
            ByTwo = Chance(20),
        };

        var exemption = (Chance(50) ? Form(AnyOf<ExemptionKind>()) : Urgent(AnyOf<ExemptionKind>())) with { Urgent = Chance(30) };
        exemption = r.Next(12) switch
        {
            0 => exemption with { Who = " " },
            1 => exemption with { Hook = "ca2004-16la" },
            2 => exemption with { Decision = ExemptionDecision.NotToShare },
            >= 3 and <= 8 => exemption with { WhyNamed = "nobody else could say it", Transfer = new() { Words = "Article 49", By = Lead, At = Monday } },
            _ => exemption,
        };
        var act = Mostly(OutwardAct.Share, Enum.GetValues<OutwardAct>());
        Ground ground = r.Next(10) switch
        {
            < 4 => new Ground.OnPermission(),
            4 or 5 => new Ground.UnderExemption(exemption),
            6 => new Ground.ToThemselves(Anybody(), Mostly("passport seen", "")),
            7 => Chance(50) ? new Ground.RequiredByLaw(Mostly("order of 3 May", ""), "section 1", "the usher") : new Ground.UnderContract(),
            8 => new Ground.NoticeOwed(AnyOf<NoticeKind>(), Unit(One(300, 301))),
            _ => new Ground.NamesNobody(),
        };
        var recipient = ground is Ground.ToThemselves own
            ? new RecipientFacts { Body = School, Person = Mostly(own.Person, Anybody(), Solicitor) }
            : new RecipientFacts
            {
                Body = Mostly(School, OtherSchool, Admissions, SwissSchool),
                State = Chance(3) ? AnyOf<RecipientState>() : RecipientState.Open,
                Attention = Chance(15) ? One("the SENCo", "Ms Jo Example") : null,
                ContractUntil = Chance(40) ? Today.AddDays(r.Next(-2, 3)) : null,
            };
        DisclosureItem Item() => DisclosureItem.Of(Mostly(One("name", "topic", "sen", "child-name"), [.. ScopeItems.All.Select(i => i.Code)]), ground is Ground.ToThemselves o ? [o.Person] : [One(Mother, Ola, Ola, Anybody())]) with
        {
            Mentions = Chance(10) ? [Anybody()] : [],
            FieldId = Chance(90) ? DisclosureFields.Text : One("family.safe.word", "family.child.fact", "enquiry.topic", "nothing"),
        };
        var bare = ground is Ground.NamesNobody && Chance(80);
        var reached = recipient.Person is not null && Chance(30);
        var request = new DisclosureRequest
        {
            Id = Unit(100),
            Act = bare ? One(OutwardAct.GeneralQuestion, OutwardAct.Raise) : act,
            Recipient = recipient,
            About = bare ? [] : Some([Mother, Ola], 30),
            Items = bare ? [DisclosureItem.NoFamilyFact] : [.. Enumerable.Range(0, r.Next(1, 3)).Select(_ => Item())],
            Purpose = Mostly(Support, Transport),
            Channel = recipient.Person is not null && !reached ? Mostly(DisclosureRequest.Meeting, "email") : Mostly("email", "phone", "letter"),
            Address = recipient.Person is null ? "office@example.org" : null,
            Attempt = reached ? new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(10, 0) } : null,
            Ground = ground,
            Content = "c",
            Scan = Mostly(TextScan.Clean, Enum.GetValues<TextScan>()),
            Now = new(Ann, Monday),
            DoneAt = Chance(10) ? Past() : null,
            ConfidenceOf = Chance(5) ? One(Ola, Sibling) : null,
        };
        return (Chance(65) ? request.Agreed(facts, One(Role.TeamLead, Role.InformationGovernance)) : request, facts);
    }

    public static CourtOrder Order(Random r) => new()
    {
        Kind = "other",
        MadeOn = Today.AddDays(r.Next(-10, 2)),
        Binds = r.Next(3) switch { 0 => [], 1 => [Father], _ => [Mother, Ola] },
        OnContact = (OrderEffect)r.Next(4),
        OnSharing = (OrderEffect)r.Next(4),
        Source = Source.Record,
    };
}
