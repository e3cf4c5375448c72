using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Identifiers;
using Wdfis.Portal.Components;
using static Wdfis.Portal.Features.Families.PartKind;

namespace Wdfis.Portal.Features.Families;

/// <summary>Every part of a family card that has a form: data, so that forms, the conflict screen and the purpose check agree.</summary>
internal static class FamilyParts
{
    public const string New = "new";

    /// <summary>The most rows that a form shows of one list.</summary>
    private const int MostRows = FamilyCard.ListLimit;

    /// <summary>
    /// The form of one part, or null when there is no such part, or when the person or order is not on the card (any more).
    /// </summary>
    /// <param name="code">carer, child, order, address, communication, safe, representative, kept-from, competence or restriction.</param>
    /// <param name="which">The person's id, the place in the list, or <c>new</c>.</param>
    /// <param name="card">The card.</param>
    /// <param name="fresh">The id of a person who is new.</param>
    /// <param name="purpose">What it is for: fields that it does not need are left out.</param>
    /// <param name="rows">How many rows of lists to show at least.</param>
    /// <param name="now">The colleague and the day.</param>
    public static FamilyPart? Of(string code, string? which, FamilyCard card, PersonId fresh, Purpose purpose, int rows, Stamp now) => code switch
    {
        "carer" => Person(which, fresh) is { } id && (which == New || card.FindCarer(id) is not null) ? CarerPart(card, id, purpose, rows, now.On) : null,
        "child" => Person(which, fresh) is { } id && (which == New || card.FindChild(id) is not null) ? ChildPart(card, id, purpose, now.On) : null,
        "order" => At(which, card.CourtOrders.Length) is { } at ? OrderPart(card, at, purpose, now.On) : null,
        "address" => AddressPart(card, purpose, now.On),
        "communication" => CommunicationPart(card, purpose, now.On),
        "safe" => SafePart(card, purpose, rows, now),
        "representative" => At(which, card.Standing.Representatives.Length) is { } at ? RepresentativePart(card, at, fresh, purpose, now.On) : null,
        "kept-from" => At(which, card.Standing.KeptFrom.Length) is { } at ? KeptFromPart(card, at, purpose, now.On) : null,
        "competence" => Person(which, default) is { } id && card.FindChild(id) is { } child ? CompetencePart(child, purpose, now) : null,
        "restriction" => Person(which, default) is { } id && card.People.Any(person => person.Id == id) ? RestrictionPart(card, id, purpose, now) : null,
        _ => null,
    };

    /// <summary>True when the purpose needs something of this part beside where we have it from (D3).</summary>
    public static bool Asks(string code, Purpose purpose) =>
        FieldCatalogue.All.Any(field => field.Id.StartsWith($"family.{code}.", StringComparison.Ordinal) && FieldCatalogue.Permits(field.Id, purpose));

    /// <summary>The form of a family that is being entered: the few fields that a first contact needs (D3).</summary>
    public static FamilyPart NewFamily(PersonId carer, Purpose purpose, int rows, Stamp now, TimeProvider clock)
    {
        var children = Math.Clamp(rows, 1, MostRows);
        List<(PartField, string?)> fields =
        [
            (new("surname", "Surname", "family.carer.surname"), null),
            (new("forename", "Forename", "family.carer.forename"), null),
            (Choice("relationship", "Relationship to the child", "family.carer.relationship", Codes(FamilyCodes.Relationships)), null),
            (new("telephone", "Telephone", "family.contact.value"), null),
            (new("email", "E-mail", "family.contact.value"), null),
            (new("postcode", "Postcode", "family.address.postcode"), null),
            (new("language", "Language, if not English", "family.communication.language"), null),
            (Sources(), nameof(Source.Themselves)),
        ];
        for (var i = 0; i < children; i++)
        {
            var (group, words) = ($"child.{i}", i == 0 ? "Child" : $"Child {i + 1}");
            fields.Add((new($"child.{i}.forename", "Forename", "family.child.forename") { Group = group, GroupLabel = words }, null));
            fields.Add((new($"child.{i}.surname", "Surname, if another", "family.child.surname") { Group = group, GroupLabel = words }, null));
            fields.Add((new($"child.{i}.birth", "Date of birth", "family.child.birth") { Group = group, GroupLabel = words, Hint = BirthHint }, null));
        }
        return new FamilyPart("New family", purpose, fields, (_, v) =>
        {
            var source = v.One("source", Source.Themselves);
            if (v.Text("surname") is null && v.Text("forename") is null)
                v.Check(new Problem("surname", "Enter a surname or a forename. Somebody who gives no name is taken as an anonymous enquiry."));
            var contacts = ImmutableArray.CreateBuilder<ContactPoint>();
            if (v.Text("telephone") is { } telephone)
            {
                v.Check(Line("telephone", telephone) ?? TelephoneNumber.Check("telephone", telephone));
                var mobile = TelephoneNumber.TryParse(telephone, out var number) && number.Digits.StartsWith("07", StringComparison.Ordinal);
                contacts.Add(new ContactPoint { Kind = mobile ? ContactKind.Mobile : ContactKind.Landline, Value = telephone, Source = source });
            }
            if (v.Text("email") is { } email)
            {
                v.Check(Line("email", email) ?? EmailAddress.Check("email", email));
                contacts.Add(new ContactPoint { Kind = ContactKind.Email, Value = email, Source = source });
            }
            var who = new Carer
            {
                Id = carer,
                Ladder = Ladder.Named,
                Surname = v.Text("surname"),
                Forename = v.Text("forename"),
                Relationship = v.Text("relationship"),
                Contacts = contacts.ToImmutable(),
                Source = source,
            };
            var born = new List<Child>();
            for (var i = 0; i < children; i++)
            {
                if (v.Text($"child.{i}.forename") is null && v.Text($"child.{i}.surname") is null && v.Text($"child.{i}.birth") is null)
                    continue;
                var child = new Child
                {
                    Id = PersonId.Create(clock),
                    Ladder = Ladder.Named,
                    Forename = v.Text($"child.{i}.forename"),
                    Surname = v.Text($"child.{i}.surname"),
                    Birth = v.Birth($"child.{i}.birth", Birth.NotKnown),
                    Source = source == Source.Themselves ? Source.FamilyMember : source,
                };
                born.Add(child);
                // Each child by itself first, so that a problem stands beside this child's field.
                foreach (var problem in FamilyCard.Create([], [child], now.On, now.By).Problems)
                    v.Check(problem with { Field = $"child.{i}.{problem.Field.Split('#')[0].Split('.')[^1]}" });
            }
            return FamilyCard.Create([who], born, now.On, now.By,
                address: v.Text("postcode") is { } postcode ? new Address { Postcode = postcode, Source = source } : null,
                communication: v.Text("language") is { } language ? new Communication { Languages = [language], Source = source } : null);
        });
    }

    private const string BirthHint = "12/3/2019, or the year, or “expected”";
    private const string DateHint = "12/3/2026";

    private static FamilyPart CarerPart(FamilyCard card, PersonId id, Purpose purpose, int rows, DateOnly today)
    {
        var held = card.FindCarer(id) ?? new Carer { Id = id, Ladder = Ladder.Named, Source = Source.Themselves };
        List<(PartField, string?)> fields = [];
        if (held.Ladder.Rung == Rung.Named)
        {
            fields.Add((new("surname", "Surname", "family.carer.surname"), held.Surname));
            fields.Add((new("forename", "Forename", "family.carer.forename"), held.Forename));
            fields.Add((new("known-as", "Also known as", "family.carer.known-as", Area) { Hint = "one name a line" }, Lines(held.KnownAs.Select(name => name.Name))));
        }
        if (held.Ladder.Rung == Rung.Handle)
            fields.Add((new("handle", "The name they choose", "family.carer.handle"), held.Handle));
        fields.Add((Choice("relationship", "Relationship to the child", "family.carer.relationship", Codes(FamilyCodes.Relationships)), held.Relationship));
        if (held.Ladder.Rung == Rung.Named)
            fields.Add((new("birth", "Date of birth", "family.carer.birth") { Hint = "12/3/1988, or the year" }, held.Birth.Format()));
        fields.Add((Sources(), held.Source.ToString()));
        var contacts = held.Ladder.Rung == Rung.Anonymous ? 0 : Rows(held.Contacts.Length, rows);
        for (var i = 0; i < contacts; i++)
        {
            var point = i < held.Contacts.Length ? held.Contacts[i] : null;
            PartField At(string name, string label, string catalogue, PartKind kind = PartKind.Line) =>
                new($"contact.{i}.{name}", label, catalogue, kind) { Group = $"contact.{i}", GroupLabel = point is null ? "Another way to reach them" : $"Way to reach them {i + 1}" };
            fields.Add((At("kind", "Kind", "family.contact.kind", PartKind.Choice) with { Options = Enums<ContactKind>(kind => kind.Words()) }, point?.Kind.ToString()));
            fields.Add((At("value", "Number or address", "family.contact.value"), point?.Value));
            fields.Add((At("note", "Note", "family.contact.note"), point?.Note));
            fields.Add((At("elses", "It is somebody else's, or shared", "family.contact.somebody-elses", PartKind.Check), Yes(point?.SomebodyElses)));
            fields.Add((At("unsafe", "It is not safe", "family.contact.unsafe", PartKind.Check), Yes(point?.Unsafe)));
        }
        (string Name, string Words, PersonId? Child)[] about = [("all", "for every child", null), .. card.Children.Select(child => (child.Id.ToString(), $"for {FamilyWords.NameOf(child)}", (PersonId?)child.Id))];
        foreach (var (name, words, child) in about)
        {
            var line = held.Responsibilities.FirstOrDefault(one => one.Child == child);
            PartField At(string field, string label, string catalogue, PartKind kind = PartKind.Line) =>
                new($"pr.{name}.{field}", label, catalogue, kind) { Group = $"pr.{name}", GroupLabel = $"Parental responsibility {words}" };
            fields.Add((At("state", "Held", "family.carer.responsibility", PartKind.Choice) with { Options = Enums<Responsibility>(state => state.Words()) }, line?.State.ToString()));
            fields.Add((At("evidence", "Evidence seen", "family.carer.responsibility-evidence"), line?.EvidenceSeen));
            fields.Add((At("seen-on", "Seen on", "family.carer.responsibility-seen-on") with { Hint = DateHint }, Day(line?.SeenOn)));
        }
        return new FamilyPart(card.FindCarer(id) is null ? "Add a parent or carer" : "Parent or carer", purpose, fields, (now, v) =>
        {
            var carer = now.FindCarer(id) ?? held;
            var points = ImmutableArray.CreateBuilder<ContactPoint>();
            for (var i = 0; i < contacts; i++)
            {
                var at = $"contact.{i}.";
                if (v.Text(at + "value") is not { } value)
                    continue;
                var before = i < carer.Contacts.Length ? carer.Contacts[i] : null;
                var kind = v.One(at + "kind", value.Contains('@', StringComparison.Ordinal) ? ContactKind.Email : TelephoneNumber.TryParse(value, out var number) ? number.Digits.StartsWith("07", StringComparison.Ordinal) ? ContactKind.Mobile : ContactKind.Landline : ContactKind.Other);
                v.Check(Line(at + "value", value) ?? kind switch
                {
                    ContactKind.Mobile or ContactKind.Landline => TelephoneNumber.Check(at + "value", value),
                    ContactKind.Email => EmailAddress.Check(at + "value", value),
                    ContactKind.Post or ContactKind.Other => null,
                });
                v.Check(Line(at + "note", v.Text(at + "note")));
                points.Add(new ContactPoint
                {
                    Kind = kind,
                    Value = value,
                    Note = v.Text(at + "note", before?.Note),
                    SomebodyElses = v.Yes(at + "elses", before?.SomebodyElses ?? false),
                    Unsafe = v.Yes(at + "unsafe", before?.Unsafe ?? false),
                    Source = before?.Source ?? v.One("source", carer.Source),
                });
            }
            var responsibilities = ImmutableArray.CreateBuilder<ParentalResponsibility>();
            foreach (var (name, _, child) in about)
            {
                var before = carer.Responsibilities.FirstOrDefault(one => one.Child == child);
                var state = v.One($"pr.{name}.state", before?.State ?? Responsibility.Unknown);
                var evidence = v.Text($"pr.{name}.evidence", before?.EvidenceSeen);
                var seenOn = v.Date($"pr.{name}.seen-on", before?.SeenOn);
                if (state != Responsibility.Unknown || evidence is not null || seenOn is not null)
                    responsibilities.Add(new ParentalResponsibility { Child = child, State = state, EvidenceSeen = evidence, SeenOn = seenOn, Source = before?.Source ?? v.One("source", carer.Source) });
            }
            var next = carer with
            {
                Surname = v.Text("surname", carer.Surname),
                Forename = v.Text("forename", carer.Forename),
                Handle = v.Text("handle", carer.Handle),
                KnownAs = Names(v, carer.KnownAs),
                Relationship = v.Text("relationship", carer.Relationship),
                Birth = v.Birth("birth", carer.Birth),
                Source = v.One("source", carer.Source),
                Contacts = points.ToImmutable(),
                Responsibilities = responsibilities.ToImmutable(),
            };
            return now.FindCarer(id) is null ? now.AddCarer(next, today) : now.CorrectCarer(next, today);
        });
    }

    private static FamilyPart ChildPart(FamilyCard card, PersonId id, Purpose purpose, DateOnly today)
    {
        var held = card.FindChild(id) ?? new Child { Id = id, Ladder = Ladder.Named, Source = Source.FamilyMember };
        List<(PartField, string?)> fields = [];
        if (held.Ladder.Rung == Rung.Named)
        {
            fields.Add((new("forename", "Forename", "family.child.forename"), held.Forename));
            fields.Add((new("surname", "Surname, if another", "family.child.surname"), held.Surname));
            fields.Add((new("known-as", "Also known as", "family.child.known-as", Area) { Hint = "one name a line" }, Lines(held.KnownAs.Select(name => name.Name))));
        }
        if (held.Ladder.Rung == Rung.Handle)
            fields.Add((new("handle", "The name chosen for the child", "family.child.handle"), held.Handle));
        fields.Add((new("birth", "Date of birth", "family.child.birth") { Hint = BirthHint }, held.Birth.Format()));
        fields.Add((new("setting", "School or setting", "family.child.setting"), held.Setting));
        fields.Add((Choice("sen-stage", "Special educational needs", "family.child.sen-stage", Codes(FamilyCodes.SenStages)), held.SenStage));
        foreach (var fact in Enum.GetValues<ChildFact>())
            fields.Add((new($"fact.{fact}", fact.Words(), "family.child.fact", Check) { Group = "fact", GroupLabel = "What applies" }, Yes(held.Facts.Contains(fact))));
        fields.Add((Sources(), held.Source.ToString()));
        return new FamilyPart(card.FindChild(id) is null ? "Add a child" : "Child", purpose, fields, (now, v) =>
        {
            var child = now.FindChild(id) ?? held;
            var next = child with
            {
                Forename = v.Text("forename", child.Forename),
                Surname = v.Text("surname", child.Surname),
                Handle = v.Text("handle", child.Handle),
                KnownAs = Names(v, child.KnownAs),
                Birth = v.Birth("birth", child.Birth),
                Setting = v.Text("setting", child.Setting),
                SenStage = v.Text("sen-stage", child.SenStage),
                Facts = [.. Enum.GetValues<ChildFact>().Where(fact => v.Yes($"fact.{fact}", child.Facts.Contains(fact)))],
                Source = v.One("source", child.Source),
            };
            return now.FindChild(id) is null ? now.AddChild(next, today) : now.CorrectChild(next, today);
        });
    }

    private static FamilyPart OrderPart(FamilyCard card, int at, Purpose purpose, DateOnly today)
    {
        var held = at < card.CourtOrders.Length ? card.CourtOrders[at] : new CourtOrder { Kind = "", Source = Source.Themselves };
        var effects = Enums<OrderEffect>(effect => effect.Words());
        List<(PartField, string?)> fields =
        [
            (Choice("kind", "Kind of order", "family.order.kind", Codes(FamilyCodes.Orders)), held.Kind),
            (new("made-on", "Made on", "family.order.made-on") { Hint = DateHint }, Day(held.MadeOn)),
            .. card.People.Select(person => ((PartField, string?))(new($"binds.{person.Id}", FamilyWords.NameOf(card, person.Id), "family.order.kind", Check) { Group = "binds", GroupLabel = "Whom it binds" }, Yes(held.Binds.Contains(person.Id)))),
            (Choice("on-contact", "Effect on contact", "family.order.on-contact", effects), held.OnContact.ToString()),
            (Choice("on-sharing", "Effect on sharing", "family.order.on-sharing", effects), held.OnSharing.ToString()),
            (new("words", "Effect in words", "family.order.words", Area), held.Words),
            (new("copy-seen-on", "Copy seen on", "family.order.copy-seen-on") { Hint = DateHint }, Day(held.CopySeenOn)),
            (new("ends-on", "Ends on", "family.order.ends-on") { Hint = DateHint }, Day(held.EndsOn)),
            (Sources(), held.Source.ToString()),
        ];
        return new FamilyPart(at < card.CourtOrders.Length ? "Court order" : "Add a court order", purpose, fields, (now, v) =>
        {
            var order = at < now.CourtOrders.Length ? now.CourtOrders[at] : held;
            var next = order with
            {
                Kind = v.Text("kind", order.Kind) ?? "",
                MadeOn = v.Date("made-on", order.MadeOn),
                Binds = [.. now.People.Select(person => person.Id).Where(person => v.Yes($"binds.{person}", order.Binds.Contains(person)))],
                OnContact = v.One("on-contact", order.OnContact),
                OnSharing = v.One("on-sharing", order.OnSharing),
                Words = v.Text("words", order.Words),
                CopySeenOn = v.Date("copy-seen-on", order.CopySeenOn),
                EndsOn = v.Date("ends-on", order.EndsOn),
                Source = v.One("source", order.Source),
            };
            return at < now.CourtOrders.Length ? now.SetCourtOrders(now.CourtOrders.SetItem(at, next), today) : now.AddCourtOrder(next, today);
        });
    }

    private static FamilyPart AddressPart(FamilyCard card, Purpose purpose, DateOnly today) => new("Address", purpose,
        [
            (new("lines", "Address", "family.address.lines", Area), card.Address?.Lines),
            (new("postcode", "Postcode", "family.address.postcode"), card.Address?.Postcode),
            (Sources(), (card.Address?.Source ?? Source.Themselves).ToString()),
        ],
        (now, v) =>
        {
            var (lines, postcode) = (v.Text("lines", now.Address?.Lines), v.Text("postcode", now.Address?.Postcode));
            return now.SetAddress(lines is null && postcode is null ? null : new Address { Lines = lines, Postcode = postcode, Source = v.One("source", now.Address?.Source ?? Source.Themselves) }, today);
        });

    private static FamilyPart CommunicationPart(FamilyCard card, Purpose purpose, DateOnly today) => new("Language and format", purpose,
        [
            (new("languages", "Languages", "family.communication.language", Area) { Hint = "one a line, the one to use first" }, Lines(card.Communication?.Languages ?? [])),
            (new("interpreter", "Interpreter", "family.communication.interpreter") { Hint = "“Urdu, by telephone”" }, card.Communication?.Interpreter),
            .. FamilyCodes.Formats.OrderBy(format => format.Value, StringComparer.Ordinal).Select(format =>
                ((PartField, string?))(new($"format.{format.Key}", format.Value, "family.communication.format", Check) { Group = "format", GroupLabel = "Formats" }, Yes(card.Communication?.Formats.Contains(format.Key)))),
            (Sources(), (card.Communication?.Source ?? Source.Themselves).ToString()),
        ],
        (now, v) =>
        {
            var held = now.Communication ?? new Communication { Source = Source.Themselves };
            var next = held with
            {
                Languages = v.Lines("languages", held.Languages),
                Interpreter = v.Text("interpreter", held.Interpreter),
                Formats = [.. FamilyCodes.Formats.Keys.Order(StringComparer.Ordinal).Where(format => v.Yes($"format.{format}", held.Formats.Contains(format)))],
                Source = v.One("source", held.Source),
            };
            return now.SetCommunication(next.Languages.IsEmpty && next.Formats.IsEmpty && next.Interpreter is null ? null : next, today);
        });

    private static FamilyPart SafePart(FamilyCard card, Purpose purpose, int rows, Stamp now)
    {
        var held = card.SafeContact;
        List<(PartField, string?)> fields = [(new("danger", "There is danger: do not contact in any way", "family.safe.danger", Check), Yes(held?.Danger))];
        var ways = Rows(held?.Ways.Length ?? 0, rows);
        for (var i = 0; i < ways; i++)
        {
            var way = held is not null && i < held.Ways.Length ? held.Ways[i] : null;
            PartField At(string name, string label, string catalogue, PartKind kind = PartKind.Line) =>
                new($"way.{i}.{name}", label, catalogue, kind) { Group = $"way.{i}", GroupLabel = way is null ? "Another safe way" : $"Safe way {i + 1}" };
            fields.Add((At("channel", "By", "family.safe.channel", PartKind.Choice) with { Options = Enums<ContactChannel>(channel => Upper(channel.Words())) }, way?.Channel.ToString()));
            fields.Add((At("address", "Number or address", "family.safe.address") with { Hint = "empty: any of theirs that we hold" }, way?.Address));
            fields.Add((At("from", "From", "family.safe.from") with { Hint = "09:00" }, Clock(way?.From)));
            fields.Add((At("until", "Until", "family.safe.until") with { Hint = "15:00" }, Clock(way?.Until)));
            fields.Add((At("note", "Note", "family.safe.note"), way?.Note));
        }
        fields.Add((new("voicemail", "They agreed to voicemail and messages", "family.safe.voicemail", Check), Yes(held?.Voicemail)));
        fields.Add((new("may-say", "What may be said to whoever answers", "family.safe.may-say"), held?.MaySay));
        fields.Add((new("word", "Safe word", "family.safe.word"), held?.SafeWord));
        fields.Add((new("unsafe", "Never use these numbers or addresses", "family.safe.unsafe-address", Area) { Hint = "one a line" }, Lines(held?.UnsafeAddresses ?? [])));
        fields.Add((new("never", "Never disclose to", "family.safe.never-disclose-to", Area) { Hint = "one name a line" }, Lines(held?.NeverDiscloseTo ?? [])));
        fields.Add((Sources(), (held?.Source ?? Source.Themselves).ToString()));
        return new FamilyPart("Safe contact", purpose, fields, (latest, v) =>
        {
            var before = latest.SafeContact ?? new SafeContact { ReviewedOn = now.On, SetBy = now.By, Source = Source.Themselves };
            var agreed = ImmutableArray.CreateBuilder<SafeWay>();
            for (var i = 0; i < ways; i++)
            {
                var at = $"way.{i}.";
                var typed = v.Text(at + "address") ?? v.Text(at + "from") ?? v.Text(at + "until") ?? v.Text(at + "note");
                if (!Enum.TryParse<ContactChannel>(v.Text(at + "channel"), out var channel))
                {
                    if (typed is not null)
                        v.Check(new Problem(at + "channel", "Choose by which way, or empty this line."));
                    continue;
                }
                v.Check(Line(at + "address", v.Text(at + "address")) ?? Line(at + "note", v.Text(at + "note")));
                agreed.Add(new SafeWay { Channel = channel, Address = v.Text(at + "address"), From = v.Time(at + "from", null), Until = v.Time(at + "until", null), Note = v.Text(at + "note") });
            }
            return latest.SetSafeContact(before with
            {
                Danger = v.Yes("danger", before.Danger),
                Ways = agreed.ToImmutable(),
                Voicemail = v.Yes("voicemail", before.Voicemail),
                MaySay = v.Text("may-say", before.MaySay),
                SafeWord = v.Text("word", before.SafeWord),
                UnsafeAddresses = v.Lines("unsafe", before.UnsafeAddresses),
                NeverDiscloseTo = v.Lines("never", before.NeverDiscloseTo),
                ReviewedOn = now.On,
                SetBy = now.By,
                Source = v.One("source", before.Source),
            }, now.On);
        });
    }

    private static FamilyPart RepresentativePart(FamilyCard card, int at, PersonId fresh, Purpose purpose, DateOnly today)
    {
        var held = at < card.Standing.Representatives.Length ? card.Standing.Representatives[at] : null;
        var outside = held is not null && card.FindCarer(held.Who) is null ? held.Who : fresh;
        List<(PartField, string?)> fields =
        [
            (Choice("person", "Speaks for", "family.representative.capacity", People(card)), held?.Person.ToString()),
            (Choice("who", "Who", "family.representative.capacity", [.. card.Carers.Select(carer => (carer.Id.ToString(), FamilyWords.NameOf(carer))), ("other", "Somebody else")]), held is null || outside == held.Who ? "other" : held.Who.ToString()),
            (new("name", "Name", "family.representative.name") { Hint = "and firm or service" }, held?.Name),
            (new("contact", "How to reach them", "family.representative.contact", Area), held?.Contact),
            (Choice("capacity", "In what capacity", "family.representative.capacity", Enums<RepresentativeCapacity>(capacity => capacity.Words())), held?.Capacity.ToString()),
            (new("document", "Which document was seen", "family.representative.document") { Hint = "if seen" }, held?.Document),
            (new("seen-on", "Seen on", "family.representative.seen-on") { Hint = DateHint }, Day(held?.SeenOn)),
            (new("from", "From", "family.representative.from") { Hint = "if later" }, Day(held?.From)),
            (new("until", "Until", "family.representative.until") { Hint = "its last day" }, Day(held?.Until)),
            (new("receives", "They may be given what we hold", "family.representative.receives", Check) { Group = "scope", GroupLabel = "What the document covers" }, Yes(held?.Receives)),
            (new("decides", "They may decide about permissions", "family.representative.decides", Check) { Group = "scope", GroupLabel = "What the document covers" }, Yes(held?.Decides)),
            (new("limits", "Limits, in words", "family.representative.limits", Area), held?.Limits),
            (Sources(), (held?.Source ?? Source.Themselves).ToString()),
        ];
        return new FamilyPart(held is null ? "Add who speaks for somebody" : "Who speaks for somebody", purpose, fields, (now, v) =>
        {
            var all = now.Standing.Representatives;
            var before = at < all.Length ? all[at] : null;
            var who = Guid.TryParse(v.Text("who"), out var carer) ? new PersonId(carer) : outside;
            if (!Enum.TryParse<RepresentativeCapacity>(v.Text("capacity", before?.Capacity.ToString()), out var capacity))
                v.Check(new Problem("capacity", "Choose in what capacity they speak for them."));
            if (!Guid.TryParse(v.Text("person", before?.Person.ToString()), out var person))
                v.Check(new Problem("person", "Choose for whom they speak."));
            if (v.Problems.Count > 0)
                return now;
            var next = new Representative
            {
                Person = new(person),
                Who = who,
                Name = who == outside ? v.Text("name", before?.Name) : null,
                Contact = who == outside ? v.Text("contact", before?.Contact) : null,
                Capacity = capacity,
                Document = v.Text("document", before?.Document),
                SeenOn = v.Date("seen-on", before?.SeenOn),
                From = v.Date("from", before?.From),
                Until = v.Date("until", before?.Until),
                Receives = v.Yes("receives", before?.Receives ?? false),
                Decides = v.Yes("decides", before?.Decides ?? false),
                Limits = v.Text("limits", before?.Limits),
                Source = v.One("source", before?.Source ?? Source.Themselves),
            };
            return now.SetRepresentatives(before is null ? all.Add(next) : all.SetItem(at, next), today);
        });
    }

    private static FamilyPart KeptFromPart(FamilyCard card, int at, Purpose purpose, DateOnly today)
    {
        var held = at < card.Standing.KeptFrom.Length ? card.Standing.KeptFrom[at] : null;
        List<(PartField, string?)> fields =
        [
            (Choice("person", "Who", "family.kept-from.how", [("all", "Everybody of the family"), .. People(card)]), held is null ? null : held.Person?.ToString() ?? "all"),
            (Choice("how", "What they asked", "family.kept-from.how", Enums<KeptHow>(how => how.Words())), held?.How.ToString()),
            (new("name", "From whom", "family.kept-from.name", Body) { Hint = "from the directory, or a name" }, held?.Name),
            (new("name-id", "", "family.kept-from.body-id", PartKind.Kept), held is null || held.Body == default ? null : held.Body.ToString()),
            (Sources(), (held?.Source ?? Source.Themselves).ToString()),
        ];
        return new FamilyPart(held is null ? "Keep somebody from a recipient" : "Kept from a recipient", purpose, fields, (now, v) =>
        {
            var all = now.Standing.KeptFrom;
            var before = at < all.Length ? all[at] : null;
            var who = v.Text("person");
            if (who is null)
                v.Check(new Problem("person", "Choose who is kept from them."));
            if (!Enum.TryParse<KeptHow>(v.Text("how"), out var how))
                v.Check(new Problem("how", "Choose what they asked."));
            if (v.Problems.Count > 0)
                return now;
            var next = new KeptFrom
            {
                Person = Guid.TryParse(who, out var person) ? new PersonId(person) : null,
                How = how,
                Body = new(Guid.TryParse(v.Text("name-id"), out var body) ? body : Guid.Empty),
                Name = v.Text("name") ?? "",
                SetOn = before?.SetOn ?? today,
                Source = v.One("source", before?.Source ?? Source.Themselves),
            };
            return now.SetKeptFrom(before is null ? all.Add(next) : all.SetItem(at, next), today);
        });
    }

    private static FamilyPart CompetencePart(Child child, Purpose purpose, Stamp now) => new($"What {FamilyWords.NameOf(child)} can decide", purpose,
        [
            (Choice("for", "What was looked at", "family.competence.for", Enums<CompetenceFor>(kind => kind.Words())), null),
            (Choice("able", "What was found", "family.competence.able", [("yes", "They understand enough to decide this themselves"), ("no", "They do not yet, or not now")]), null),
            (new("decision", "Which decision", "family.competence.decision") { Hint = "“whether the school may know about the diagnosis”" }, null),
            (new("assessed-on", "Looked at on", "family.competence.assessed-on") { Hint = DateHint }, now.On.Long()),
            (new("note", "What the finding rests on", "family.competence.note", Area) { Hint = "what they understood, in which words; never their age alone" }, null),
        ],
        (latest, v) =>
        {
            if (!Enum.TryParse<CompetenceFor>(v.Text("for"), out var kind))
                v.Check(new Problem("for", "Choose what was looked at."));
            if (v.Text("able") is null)
                v.Check(new Problem("able", "Say what was found."));
            if (v.Date("assessed-on", null) is not { } on)
                return v.Problems.Count > 0 ? latest : new Problem("assessed-on", "Give the day on which it was looked at.");
            return v.Problems.Count > 0 ? latest : latest.Assess(new Competence
            {
                Person = child.Id,
                For = kind,
                Able = v.Text("able") == "yes",
                Decision = v.Text("decision") ?? "",
                AssessedOn = on,
                By = now.By,
                Note = v.Text("note"),
            }, now.On);
        });

    // The same address places a restriction and, while one stands, lifts it.
    private static FamilyPart RestrictionPart(FamilyCard card, PersonId person, Purpose purpose, Stamp now) => card.Standing.IsRestricted(person)
        ? new("Lift the restriction", purpose,
            [
                (new("told-on", "Told that it is lifted, on", "family.restriction.told-on") { Hint = "tell them first; " + DateHint }, null),
                (new("told-how", "How they were told", "family.restriction.told-how") { Hint = "“by telephone, spoke to them”" }, null),
            ],
            (latest, v) => v.Date("told-on", null) is var on && v.Problems.Count > 0 ? latest : latest.LiftRestriction(person, on, v.Text("told-how"), now))
        : new("Store only: restrict what is held", purpose,
            [
                (Choice("ground", "Why they may ask it", "family.restriction.ground", Enums<RestrictionGround>(ground => ground.Words())), null),
                (new("reason", "What they asked, and why", "family.restriction.reason", Area), null),
            ],
            (latest, v) => Enum.TryParse<RestrictionGround>(v.Text("ground"), out var ground)
                ? latest.Restrict(person, ground, v.Text("reason"), now)
                : new Problem("ground", "Choose on which ground."));

    private static ImmutableArray<(string, string)> People(FamilyCard card) => [.. card.People.Select(person => (person.Id.ToString(), FamilyWords.NameOf(card, person.Id)))];

    private static int? At(string? which, int length) => which == New ? length : int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < length ? at : null;

    private static PersonId? Person(string? which, PersonId fresh) => which == New ? fresh : Guid.TryParse(which, out var id) && id != Guid.Empty ? new PersonId(id) : null;

    // One empty row waits at the end.
    private static int Rows(int held, int asked) => Math.Min(Math.Max(held + 1, asked), MostRows);

    private static Problem? Line(string field, string? text) => TypedText.Check(field, text);

    private static ImmutableArray<OtherName> Names(Typed v, ImmutableArray<OtherName> held)
    {
        var names = v.Lines("known-as", [.. held.Select(name => name.Name)]);
        return [.. names.Select(name => held.FirstOrDefault(one => one.Name == name) ?? new OtherName(name, OtherNameKind.Other))];
    }

    private static PartField Sources() => Choice("source", "Where we have it from", "family.source", Enums<Source>(source => source.Words()));

    private static PartField Choice(string name, string label, string catalogue, ImmutableArray<(string, string)> options) => new(name, label, catalogue, PartKind.Choice) { Options = options };

    private static ImmutableArray<(string, string)> Codes(ImmutableDictionary<string, string> codes) => [.. codes.OrderBy(code => code.Value, StringComparer.Ordinal).Select(code => (code.Key, code.Value))];

    private static ImmutableArray<(string, string)> Enums<T>(Func<T, string> words) where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => (value.ToString(), words(value)))];

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Yes(bool? yes) => yes == true ? "yes" : "";

    private static string? Day(DateOnly? on) => on?.Long();

    private static string? Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
