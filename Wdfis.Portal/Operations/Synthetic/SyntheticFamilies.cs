using System.Buffers.Binary;
using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Operations.Synthetic;

/// <summary>One family that nobody is: its card, and the enquiries and permissions that go with it.</summary>
internal sealed record SyntheticFamily
{
    internal required UnitId Id { get; init; }
    internal required Service Service { get; init; }
    internal required FamilyCard Card { get; init; }
    internal required ImmutableArray<Enquiry> Enquiries { get; init; }
    internal required ImmutableArray<Permission> Permissions { get; init; }
    internal required bool SpecialHandling { get; init; }
    internal required DateOnly CreatedOn { get; init; }
    internal required DateOnly LastContactOn { get; init; }

    public override string ToString() => nameof(SyntheticFamily);
}

/// <summary>
/// People for trying the portal out: names as common in the district, numbers from the ranges kept for drama and tests, addresses at
/// example.org, invented streets. The same families, seed and day give the same people, ids included.
/// </summary>
internal static class SyntheticFamilies
{
    private static readonly (string Group, int Share, string? Language)[] Groups =
    [
        ("english", 700, null), ("pakistani", 80, "Urdu"), ("polish", 80, "Polish"), ("irish", 30, null), ("romanian", 25, "Romanian"), ("kurdish", 20, "Kurdish (Sorani)"),
        ("ukrainian", 15, "Ukrainian"), ("indian", 12, "Punjabi"), ("lithuanian", 10, "Lithuanian"), ("latvian", 8, "Latvian"), ("slovak", 8, "Slovak"), ("vietnamese", 6, "Vietnamese"),
        ("turkish", 4, "Turkish"), ("hungarian", 2, "Hungarian"),
    ];

    /// <summary>For how long the service has known families.</summary>
    private const int Days = 900;

    private static readonly string[] Handles = ["Robin", "Sky", "Ash", "Rowan", "River", "Morgan", "Jay", "Wren", "Heather", "Bracken"];
    private static readonly string[] Streets = ["Test Row", "Sample Street", "Example Lane", "Specimen Road", "Pattern Close", "Model Avenue", "Trial Terrace", "Demo Drive"];
    private static readonly string[] Towns = ["Wakefield", "Wakefield", "Wakefield", "Wakefield", "Ossett", "Wakefield", "Pontefract", "Pontefract", "Pontefract", "Castleford", "Knottingley", "Mirfield", "Dewsbury", "Heckmondwike", "Liversedge", "Batley", "Batley"];
    private static readonly string[] Settings = ["Synthetic Primary School", "Example Academy", "Sample Nursery", "Pattern High School", "Model Infant School"];
    private static readonly string[] Relationships = ["mother", "mother", "mother", "father", "father", "grandparent", "special-guardian", "foster-carer"];
    private static readonly string[] SenStages = ["worried", "sen-support", "sen-support", "ehc-requested", "ehc-plan"];
    private static readonly string[] Orders = ["child-arrangements", "prohibited-steps", "non-molestation", "special-guardianship"];
    private static readonly ColleagueId Colleague = ColleagueId.Portal;
    private static readonly Dictionary<string, Names> NamesOf = ReadNames();

    /// <summary>That many families in the order in which they became known, so that ids, which begin with their day, come in order: rows and indexes grow at their end.</summary>
    internal static IEnumerable<SyntheticFamily> Make(int families, int seed, DateOnly today)
    {
        var draw = new Draw((ulong)seed);
        for (var i = 0; i < families; i++)
            yield return One(ref draw, today.AddDays(-(int)(Days * (families - 1L - i) / families)), today);
    }

    private static SyntheticFamily One(ref Draw draw, DateOnly createdOn, DateOnly today)
    {
        var contactOn = createdOn.AddDays(draw.Below(today.DayNumber - createdOn.DayNumber + 1));
        var id = new UnitId(draw.Id(createdOn));
        var service = draw.Below(10) switch { < 6 => Service.FamiliesInformation, < 8 => Service.ParentPartnership, _ => Service.ChoiceAdvice };
        var (group, language) = PickGroup(ref draw);
        var names = NamesOf[group];
        var inTwenty = draw.Below(100);
        var rung = inTwenty == 0 ? Rung.Anonymous : inTwenty < 4 ? Rung.Handle : Rung.Named;

        var root = draw.Below(names.Surnames.Length);
        var carers = ImmutableArray.CreateBuilder<Carer>(2);
        carers.Add(Carer(ref draw, names, root, rung, createdOn, first: true));
        if (rung == Rung.Named && draw.Below(3) == 0)
            carers.Add(Carer(ref draw, names, root, Rung.Named, createdOn, first: false));
        var children = ImmutableArray.CreateBuilder<Child>(4);
        var childCount = rung == Rung.Anonymous ? 0 : 1 + draw.Below(100) switch { < 45 => 0, < 82 => 1, < 95 => 2, _ => 3 };
        for (var i = 0; i < childCount; i++)
            children.Add(Child(ref draw, names, carers[0], rung, service, createdOn, today));

        Address? address = null;
        if (rung == Rung.Named && draw.Below(10) < 8)
        {
            var district = draw.Below(17);
            const string letters = "ABDEFGHJLNPQRSTUWXYZ";
            address = new Address
            {
                Lines = $"{1 + draw.Below(180)} {draw.Of(Streets)}\n{Towns[district]}",
                Postcode = $"WF{district + 1} {draw.Below(10)}{letters[draw.Below(20)]}{letters[draw.Below(20)]}",
                Source = Source.Themselves,
            };
        }
        var special = draw.Below(200) == 0;
        var safe = rung == Rung.Named && (special || draw.Below(25) == 0) ? Safe(ref draw, names, createdOn) : null;
        ImmutableArray<CourtOrder> orders = rung == Rung.Named && draw.Below(60) == 0
            ? [new CourtOrder { Kind = draw.Of(Orders), MadeOn = createdOn.AddDays(-draw.Below(400)), Binds = [carers[^1].Id], OnContact = OrderEffect.Limits, OnSharing = OrderEffect.Unknown, CopySeenOn = draw.Below(2) == 0 ? createdOn : null, Source = Source.Record }]
            : [];
        var communication = language is not null && rung == Rung.Named && draw.Below(2) == 0
            ? new Communication { Languages = [language, "English"], Interpreter = draw.Below(3) == 0 ? $"{language}, by telephone" : null, Source = Source.Themselves }
            : null;
        var card = FamilyCard.Restore(carers.ToImmutable(), children.ToImmutable(), orders, address, communication, safe, [], createdOn.AddDays(draw.Below(contactOn.DayNumber - createdOn.DayNumber + 1)), Colleague);

        var enquiries = ImmutableArray.CreateBuilder<Enquiry>(3);
        for (var left = draw.Below(4); left > 0; left--)
            enquiries.Add(Enquiry(ref draw, id, service, card, createdOn, contactOn));
        var permissions = ImmutableArray.CreateBuilder<Permission>(2);
        if (rung == Rung.Named)
            for (var left = draw.Below(10) switch { < 6 => 0, < 9 => 1, _ => 2 }; left > 0; left--)
                permissions.Add(Permission(ref draw, id, card, createdOn, contactOn));
        return new SyntheticFamily
        {
            Id = id,
            Service = service,
            Card = card,
            Enquiries = enquiries.ToImmutable(),
            Permissions = permissions.ToImmutable(),
            SpecialHandling = special,
            CreatedOn = createdOn,
            LastContactOn = contactOn,
        };
    }

    private static Carer Carer(ref Draw draw, Names names, int root, Rung rung, DateOnly on, bool first)
    {
        var id = new PersonId(draw.Id(on));
        var relationship = first ? draw.Of(Relationships) : "father";
        if (rung != Rung.Named)
        {
            var reference = Reference(ref draw);
            return new Carer { Id = id, Ladder = rung == Rung.Handle ? Ladder.Handle(reference) : Ladder.Anonymous(reference), Handle = rung == Rung.Handle ? draw.Of(Handles) : null, Relationship = relationship, Source = Source.Themselves };
        }
        var woman = relationship != "father";
        var forename = draw.Of(woman ? names.Women : names.Men);
        var surname = woman ? names.Surnames[root].Woman : names.Surnames[root].Man;
        if (first && draw.Below(20) == 0)
        {
            var other = draw.Of(names.Surnames);
            surname = $"{surname}-{(woman ? other.Woman : other.Man)}";
        }
        var contacts = ImmutableArray.CreateBuilder<ContactPoint>(2);
        if (draw.Below(10) < 9)
        {
            var mobile = draw.Below(4) > 0;
            contacts.Add(new ContactPoint
            {
                Kind = mobile ? ContactKind.Mobile : ContactKind.Landline,
                Value = mobile ? $"07700 900{draw.Below(1000):000}" : draw.Below(8) == 0 ? $"020 7946 0{draw.Below(1000):000}" : $"01632 960{draw.Below(1000):000}",
                SomebodyElses = draw.Below(60) == 0,
                Source = Source.Themselves,
            });
        }
        if (draw.Below(10) < 4)
            contacts.Add(new ContactPoint { Kind = ContactKind.Email, Value = $"{Ascii(forename)}.{Ascii(surname)}{draw.Below(10_000)}@example.org", Source = Source.Themselves });
        return new Carer
        {
            Id = id,
            Ladder = Ladder.Named,
            Forename = forename,
            Surname = surname,
            KnownAs = woman && draw.Below(25) == 0 ? [new OtherName(draw.Of(names.Surnames).Woman, OtherNameKind.Maiden)] : [],
            Birth = draw.Below(10) == 0 ? new Birth.OnDate(on.AddDays(-365 * 22 - draw.Below(365 * 25))) : Birth.NotKnown,
            Relationship = relationship,
            Contacts = contacts.ToImmutable(),
            Responsibilities = draw.Below(2) == 0 ? [new ParentalResponsibility { State = Responsibility.Yes, Source = Source.Themselves }] : [],
            Source = first ? Source.Themselves : Source.FamilyMember,
        };
    }

    private static Child Child(ref Draw draw, Names names, Carer carer, Rung rung, Service service, DateOnly on, DateOnly today)
    {
        var id = new PersonId(draw.Id(on));
        if (rung != Rung.Named)
            return new Child { Id = id, Ladder = Ladder.Handle(Reference(ref draw)), Handle = draw.Of(Handles), Source = Source.FamilyMember };
        var girl = draw.Below(2) == 0;
        // Nobody is older than the carer's twenty-second year allows.
        var bornOn = on.AddDays(-draw.Below(365 * 17));
        Birth birth = draw.Below(100) switch
        {
            < 86 => new Birth.OnDate(bornOn),
            < 91 => new Birth.InYear(bornOn.Year),
            < 93 => new Birth.Expected(today.AddDays(10 + draw.Below(200))),
            _ => Birth.NotKnown,
        };
        var born = birth is not Birth.Expected;
        return new Child
        {
            Id = id,
            Ladder = Ladder.Named,
            Forename = born ? draw.Of(girl ? names.Women : names.Men) : null,
            Surname = draw.Below(6) > 0 ? null : girl ? draw.Of(names.Surnames).Woman : draw.Of(names.Surnames).Man,
            Birth = carer.Birth is Birth.OnDate(var parent) && birth.Earliest is { } earliest && earliest < parent.AddYears(15) ? Birth.NotKnown : birth,
            Setting = born && draw.Below(2) == 0 ? draw.Of(Settings) : null,
            SenStage = born && service == Service.ParentPartnership ? draw.Of(SenStages) : null,
            Source = Source.FamilyMember,
        };
    }

    private static SafeContact Safe(ref Draw draw, Names names, DateOnly on) => draw.Below(5) == 0
        ? new SafeContact { Danger = true, ReviewedOn = on, SetBy = Colleague, Source = Source.Themselves }
        : new SafeContact
        {
            Ways = [new SafeWay { Channel = ContactChannel.Mobile, Until = new TimeOnly(15, 0) }],
            SafeWord = draw.Below(2) == 0 ? "bluebell" : null,
            NeverDiscloseTo = draw.Below(2) == 0 ? [$"{draw.Of(names.Men)} {draw.Of(names.Surnames).Man}"] : [],
            ReviewedOn = on,
            SetBy = Colleague,
            Source = Source.Themselves,
        };

    private static Enquiry Enquiry(ref Draw draw, UnitId family, Service service, FamilyCard card, DateOnly from, DateOnly until)
    {
        var on = from.AddDays(draw.Below(until.DayNumber - from.DayNumber + 1));
        var at = London.At(on, new TimeOnly(9 + draw.Below(8), draw.Below(60)));
        var closed = draw.Below(5) > 0;
        var lists = Choices[service];
        var opening = new EnquiryOpening
        {
            Id = new UnitId(draw.Id(from)),
            Service = service,
            Channel = draw.Of(lists.Channels),
            Topic = draw.Of(lists.Topics),
            Caller = Caller.CreateNamed(family, card.Carers[0].Id),
            Confirmation = CallerConfirmation.NotConfirmed,
            On = on,
        };
        var opened = new EnquiryEvent(EnquiryEventKind.Opened, on, at, Colleague);
        return Wdfis.Domain.Enquiries.Enquiry.Restore(
            opening,
            "Asked about what is on offer nearby.",
            closed ? "Went through the choices and sent the list." : null,
            closed ? draw.Of(lists.Outcomes) : null,
            card.Children is [var child, ..] ? [child.Id] : [],
            service == Service.ParentPartnership ? [new LevelChange(1 + draw.Below(2), on, Colleague)] : [],
            closed || draw.Below(2) == 0 ? null : new FollowUp(until.AddDays(draw.Below(30)), "Ring back"),
            [new EnquiryNote(at, Colleague, "Synthetic note: nobody said this.", NoteSource.Colleague)],
            PrivacyAsked.CanTalk,
            null,
            [],
            closed ? [opened, new EnquiryEvent(EnquiryEventKind.Closed, on, at.AddMinutes(20), Colleague)] : [opened]);
    }

    private static Permission Permission(ref Draw draw, UnitId family, FamilyCard card, DateOnly from, DateOnly on)
    {
        var at = London.At(on, new TimeOnly(10, draw.Below(60)));
        var share = draw.Below(2) == 0;
        var terms = PermissionTerms.Create(
            [card.Children is [var child, ..] ? child.Id : card.Carers[0].Id],
            Schools[draw.Below(Schools.Length)],
            share ? PermissionKind.Share : PermissionKind.Contact,
            "so that support can be planned together",
            share ? ["child-name", "setting", "request"] : [],
            ["phone", "email"],
            on,
            on.AddMonths(12)).OrThrow();
        var grant = new Grant
        {
            By = card.Carers[0].Id,
            Capacity = GrantCapacity.ParentWithResponsibility,
            Evidence = "their word",
            How = GivenHow.Spoken,
            TextVersion = PermissionRequest.Version,
            GivenAt = at,
        };
        return Wdfis.Domain.Consent.Permission.Record(new UnitId(draw.Id(from)), family, terms, grant, new Stamp(Colleague, at.AddMinutes(5))).OrThrow();
    }

    private static AnonymousReference Reference(ref Draw draw)
    {
        // A delegate cannot hold the generator itself, so it goes on from one drawn number.
        var own = new Draw(draw.Next());
        return AnonymousReference.Draw(below => own.Below(below));
    }

    private static (string Group, string? Language) PickGroup(ref Draw draw)
    {
        var at = draw.Below(1000);
        foreach (var (group, share, language) in Groups)
            if ((at -= share) < 0)
                return (group, language);
        return (Groups[0].Group, null);
    }

    private static string Ascii(string name) => Strongroom.Board.Folding.Whole(name);

    private static readonly NamedBody[] Schools = [.. Settings.Select(static name => NamedBody.Create(BodyKind.School, name).OrThrow())];

    private static readonly Dictionary<Service, (string[] Topics, string[] Channels, string[] Outcomes)> Choices = Enum.GetValues<Service>().ToDictionary(
        static service => service,
        static service => (Codes(EnquiryLists.Defaults.TopicsOf(service)), Codes(EnquiryLists.Defaults.ChannelsOf(service)), Codes(EnquiryLists.Defaults.OutcomesOf(service))));

    private static string[] Codes(ImmutableArray<Choice> choices) => [.. choices.Select(static choice => choice.Code)];

    private static Dictionary<string, Names> ReadNames()
    {
        var forenames = Lines("forenames.csv").ToLookup(static line => (line[0], line[1]), static line => line[2]);
        var surnames = Lines("surnames.csv").ToLookup(static line => line[0]);
        return Groups.ToDictionary(static group => group.Group, group =>
        {
            var both = surnames[group.Group].Where(static line => line[1] == "B").Select(static line => new Surname(line[2], line[2]));
            var men = surnames[group.Group].Where(static line => line[1] == "M").Select(static line => line[2]);
            var women = surnames[group.Group].Where(static line => line[1] == "F").Select(static line => line[2]);
            return new Names([.. forenames[(group.Group, "F")]], [.. forenames[(group.Group, "M")]], [.. both, .. men.Zip(women, static (man, woman) => new Surname(woman, man))]);
        });
    }

    private static List<string[]> Lines(string file)
    {
        using var stream = typeof(SyntheticFamilies).Assembly.GetManifestResourceStream($"Wdfis.Portal.Operations.Synthetic.names.{file}")
            ?? throw new InvalidOperationException($"The list {file} is not in the program.");
        using var reader = new StreamReader(stream);
        var lines = new List<string[]>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            lines.Add(line.Split(','));
        return lines;
    }

    private readonly record struct Surname(string Woman, string Man);

    private sealed record Names(string[] Women, string[] Men, Surname[] Surnames);

    /// <summary>SplitMix64: small, fast, and the same in every version of the runtime. For synthetic people only.</summary>
    private struct Draw(ulong state)
    {
        private ulong state = state;

        internal ulong Next()
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        internal int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

        internal T Of<T>(T[] from) => from[Below(from.Length)];

        /// <summary>A UUID of version 7 of that day.</summary>
        internal Guid Id(DateOnly on)
        {
            Span<byte> bytes = stackalloc byte[16];
            var milliseconds = (ulong)(on.DayNumber - 719_162) * 86_400_000 + (ulong)Below(86_400_000);
            BinaryPrimitives.WriteUInt64BigEndian(bytes, milliseconds << 16 | Next() & 0xFFF | 0x7000);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000);
            return new Guid(bytes, bigEndian: true);
        }
    }
}
