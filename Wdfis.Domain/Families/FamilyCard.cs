using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;
using Wdfis.Domain.Policy;

namespace Wdfis.Domain.Families;

/// <summary>What the retention schedule needs to know of the children: the youngest one's birth and whether it can be relied on (D5).</summary>
/// <param name="On">The last day on which the youngest can have been or will be born; null when there is no child whose birth is known at all.</param>
/// <param name="Known">True when the family has a child and every child's birth is a date: else the date is "review by".</param>
public sealed record YoungestBorn(DateOnly? On, bool Known)
{
    /// <summary>The type's name: the date is a birthday.</summary>
    public override string ToString() => nameof(YoungestBorn);
}

/// <summary>
/// A family: its people, how to reach them safely, the orders that bind them and what they were told. Almost nothing is compulsory (D3).
/// Immutable: each act gives a new card, or every reason why not; problems carry the field's id with the person's id behind a <c>#</c>.
/// Compares by reference; shows no content.
/// </summary>
public sealed partial record FamilyCard
{
    /// <summary>The most people, orders, contact points or names in one list; the ledger takes <see cref="LedgerLimit"/>.</summary>
    public const int ListLimit = 40;

    /// <summary>The most lines of the told-ledger.</summary>
    public const int LedgerLimit = 2_000;

    private FamilyCard() { }

    /// <summary>Parents, carers, young people in their own right.</summary>
    public ImmutableArray<Carer> Carers { get; private init; } = [];
    /// <summary>Children, born and expected.</summary>
    public ImmutableArray<Child> Children { get; private init; } = [];
    /// <summary>Court orders.</summary>
    public ImmutableArray<CourtOrder> CourtOrders { get; private init; } = [];
    /// <summary>Where they live; null when not asked.</summary>
    public Address? Address { get; private init; }
    /// <summary>Languages, interpreter and formats; null when not asked.</summary>
    public Communication? Communication { get; private init; }
    /// <summary>What was agreed about safe contact; null when nothing was.</summary>
    public SafeContact? SafeContact { get; private init; }
    /// <summary>Who speaks for whom, who decides, what is only stored, and from whom somebody is kept.</summary>
    public Standing Standing { get; private init; } = Standing.None;
    /// <summary>The told-ledger, in the order of entry.</summary>
    public ImmutableArray<Telling> Told { get; private init; } = [];
    /// <summary>The day on which the card was last checked with the family, London (D4).</summary>
    [Field("family.checked-on")]
    public DateOnly CheckedOn { get; private init; }
    /// <summary>Who checked.</summary>
    public ColleagueId CheckedBy { get; private init; }

    /// <summary>The day on which it is due to be checked again: a year later (D4).</summary>
    public DateOnly CheckDueOn => CheckedOn.AddYears(1);

    /// <summary>Everybody on the card with their ladder, carers first.</summary>
    public IEnumerable<(PersonId Id, Ladder Ladder)> People => Carers.Select(c => (c.Id, c.Ladder)).Concat(Children.Select(c => (c.Id, c.Ladder)));

    /// <summary>The outward postcode for the envelope, such as <c>WF1</c>; null without a postcode that can be read.</summary>
    public string? District => Postcode.TryParse(Address?.Postcode, out var postcode) ? postcode.District : null;

    /// <summary>Everybody who can be given something: those on the card, and who was entered as speaking for one of them.</summary>
    public IEnumerable<PersonId> Receivers => People.Select(p => p.Id).Concat(Standing.Representatives.Select(r => r.Who)).Distinct();

    /// <summary>Names of those who must not learn anything of the family or of somebody in it.</summary>
    public IEnumerable<string> NeverTold => (SafeContact?.NeverDiscloseTo ?? []).Concat(Standing.KeptFrom.Where(k => k.How == KeptHow.NeverTold).Select(k => k.Name));

    /// <summary>The youngest child's birth, for the retention schedule.</summary>
    public YoungestBorn YoungestBorn => new(Children.Max(c => c.Birth.Latest), Children is not [] && Children.All(c => c.Birth is Birth.OnDate));

    /// <summary>The carer of this id; null for none.</summary>
    public Carer? FindCarer(PersonId id) => Carers.FirstOrDefault(c => c.Id == id);

    /// <summary>The child of this id; null for none.</summary>
    public Child? FindChild(PersonId id) => Children.FirstOrDefault(c => c.Id == id);

    /// <summary>Whether this carer holds parental responsibility for this child: the child's own line first, then the line for all; unknown without either.</summary>
    public Responsibility ResponsibilityOf(PersonId carer, PersonId child)
    {
        var lines = FindCarer(carer)?.Responsibilities ?? [];
        return (lines.FirstOrDefault(l => l.Child == child) ?? lines.FirstOrDefault(l => l.Child is null))?.State ?? Responsibility.Unknown;
    }

    /// <summary>What this person was told and is still to be told (C1, C3).</summary>
    public ToldState ToldStateOf(PersonId person, IEnumerable<PolicyVersion> versions, DateOnly today) => ToldState.For(person, Told, versions, today);

    /// <summary>The carers who have been in contact themselves and are still to be told something (C1); people whom others told us about are not in it.</summary>
    public IEnumerable<PersonId> StillToTell(IEnumerable<PolicyVersion> versions, DateOnly today)
    {
        var published = versions.ToList();
        return Carers.Where(c => c.Source == Source.Themselves && !ToldStateOf(c.Id, published, today).Complete).Select(c => c.Id);
    }

    /// <summary>The named carers of whom others told us, who have not been told of anything: they are owed word of it (Article 14, D1).</summary>
    public IEnumerable<PersonId> OwedWord => Carers.Where(c => c.Source != Source.Themselves && c.Ladder.Rung == Rung.Named && Told.All(t => t.Person != c.Id)).Select(c => c.Id);

    /// <summary>May we get in touch this way, now? See <see cref="SafeContact.MayContact"/>; contact points marked unsafe or as somebody else's are minded too.</summary>
    public ContactAnswer MayContact(ContactAttempt attempt, DateOnly today, EnquiryContext? enquiry = null)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var held = Carers.SelectMany(c => c.Contacts).Where(p => SafeContact.Same(p.Value, attempt.Address)).ToList();
        var safe = SafeContact;
        if (held.Any(p => p.Unsafe))
            safe = (safe ?? new SafeContact { ReviewedOn = CheckedOn, SetBy = CheckedBy, Source = Source.Record }) is var s ? s with { UnsafeAddresses = s.UnsafeAddresses.Add(attempt.Address) } : null;
        return SafeContact.MayContact(safe, held.Any(p => p.SomebodyElses) ? attempt with { SomebodyElses = true } : attempt, today, enquiry);
    }

    /// <summary>True for a number or address that the card has as somebody else's or shared, or as another carer's alone: to reach this person there is agreed first (C5).</summary>
    public bool IsSomebodyElses(string address, PersonId person)
    {
        var held = Carers.SelectMany(c => c.Contacts.Where(p => SafeContact.Same(p.Value, address)).Select(p => (Owner: c.Id, p.SomebodyElses))).ToList();
        return held.Any(p => p.SomebodyElses) || held.Count > 0 && held.TrueForAll(p => p.Owner != person);
    }

    /// <summary>The ids of fields that this card adds to an earlier one (to nothing when null): what <see cref="RefuseForPurpose"/> is asked about.</summary>
    public IReadOnlyList<string> FieldsAdded(FamilyCard? before) => FieldItem.Added(before, this);

    /// <summary>One problem for each of the fields that the purpose at hand does not need (D3): neither asked nor accepted.</summary>
    public static IReadOnlyList<Problem> RefuseForPurpose(Purpose purpose, IEnumerable<string> changedFields) => FieldCatalogue.Refuse(purpose, changedFields);

    /// <summary>What is wrong with the card as of a day. A stored card was sound when it was saved, so it is what time has overtaken: to be asked about, and no obstacle to changes elsewhere (D4).</summary>
    public IReadOnlyList<Problem> OutOfDate(DateOnly today) => [.. CardRules.Problems(this, today).OfType<Problem>()];

    /// <summary>A new card, checked with the family today.</summary>
    public static Checked<FamilyCard> Create(IEnumerable<Carer> carers, IEnumerable<Child> children, DateOnly today, ColleagueId by,
        IEnumerable<CourtOrder>? orders = null, Address? address = null, Communication? communication = null, SafeContact? safeContact = null) => new FamilyCard
        {
            Carers = [.. carers],
            Children = [.. children],
            CourtOrders = [.. orders ?? []],
            Address = address,
            Communication = communication,
            SafeContact = safeContact,
            CheckedOn = today,
            CheckedBy = by,
        }.IfSound(today);

    /// <summary>From storage. Rules that change with time are not asked again.</summary>
    /// <exception cref="ArgumentException">Two people have one id. The message names nobody.</exception>
    public static FamilyCard Restore(ImmutableArray<Carer> carers, ImmutableArray<Child> children, ImmutableArray<CourtOrder> orders, Address? address,
        Communication? communication, SafeContact? safeContact, ImmutableArray<Telling> told, DateOnly checkedOn, ColleagueId checkedBy, Standing? standing = null)
    {
        var card = new FamilyCard
        {
            Carers = carers,
            Children = children,
            CourtOrders = orders,
            Address = address,
            Communication = communication,
            SafeContact = safeContact,
            Standing = standing ?? Standing.None,
            Told = told,
            CheckedOn = checkedOn,
            CheckedBy = checkedBy,
        };
        return card.People.Select(p => p.Id).Distinct().Count() == carers.Length + children.Length
            ? card
            : throw new ArgumentException("Two people have one id.", nameof(carers));
    }

    /// <summary>Adds a carer.</summary>
    public Checked<FamilyCard> AddCarer(Carer carer, DateOnly today) => (this with { Carers = Carers.Add(carer) }).IfSound(today, this);

    /// <summary>Corrects a carer who is on the card. The ladder is moved by <see cref="Climb"/> and <see cref="Descend"/> alone.</summary>
    public Checked<FamilyCard> CorrectCarer(Carer carer, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(carer);
        if (FindCarer(carer.Id) is not { } held)
            return Gone(carer.Id);
        return held.Ladder.Equals(carer.Ladder) ? (this with { Carers = Carers.Replace(held, carer) }).IfSound(today, this) : LadderMoved(carer.Id);
    }

    /// <summary>Adds a child.</summary>
    public Checked<FamilyCard> AddChild(Child child, DateOnly today) => (this with { Children = Children.Add(child) }).IfSound(today, this);

    /// <summary>Corrects a child who is on the card. The ladder is moved by <see cref="Climb"/> and <see cref="Descend"/> alone.</summary>
    public Checked<FamilyCard> CorrectChild(Child child, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (FindChild(child.Id) is not { } held)
            return Gone(child.Id);
        return held.Ladder.Equals(child.Ladder) ? (this with { Children = Children.Replace(held, child) }).IfSound(today, this) : LadderMoved(child.Id);
    }

    /// <summary>Takes somebody who does not belong here off the card, with their ledger lines and from the orders. Refused for somebody who is not on it.</summary>
    public Checked<FamilyCard> RemovePerson(PersonId person, DateOnly today) =>
        People.All(p => p.Id != person)
            ? Gone(person)
            : (this with
            {
                Carers = [.. Carers.Where(c => c.Id != person).Select(c => c with { Responsibilities = [.. c.Responsibilities.Where(r => r.Child != person)] })],
                Children = Children.RemoveAll(c => c.Id == person),
                CourtOrders = [.. CourtOrders.Select(o => o with { Binds = o.Binds.Remove(person) })],
                Standing = Standing.Without(person),
                Told = Told.RemoveAll(t => t.Person == person),
            }).IfSound(today, this);

    /// <summary>Adds an order of a court.</summary>
    public Checked<FamilyCard> AddCourtOrder(CourtOrder order, DateOnly today) => SetCourtOrders(CourtOrders.Add(order), today);

    /// <summary>Replaces all orders.</summary>
    public Checked<FamilyCard> SetCourtOrders(IEnumerable<CourtOrder> orders, DateOnly today) => (this with { CourtOrders = [.. orders] }).IfSound(today, this);

    /// <summary>Sets or, with null, forgets the address.</summary>
    public Checked<FamilyCard> SetAddress(Address? address, DateOnly today) => (this with { Address = address }).IfSound(today, this);

    /// <summary>Sets or, with null, forgets languages and formats.</summary>
    public Checked<FamilyCard> SetCommunication(Communication? communication, DateOnly today) => (this with { Communication = communication }).IfSound(today, this);

    /// <summary>Sets what was agreed about safe contact (C5).</summary>
    public Checked<FamilyCard> SetSafeContact(SafeContact safeContact, DateOnly today) =>
        (this with { SafeContact = safeContact ?? throw new ArgumentNullException(nameof(safeContact)) }).IfSound(today, this);

    /// <summary>Replaces who speaks for whom (D6).</summary>
    public Checked<FamilyCard> SetRepresentatives(IEnumerable<Representative> representatives, DateOnly today) =>
        (this with { Standing = Standing with { Representatives = [.. representatives] } }).IfSound(today, this);

    /// <summary>Adds an assessment of what a child can decide; earlier ones stay.</summary>
    public Checked<FamilyCard> Assess(Competence competence, DateOnly today) =>
        (this with { Standing = Standing with { Competences = Standing.Competences.Add(competence) } }).IfSound(today, this);

    /// <summary>Replaces from whom somebody is kept (C2, U1).</summary>
    public Checked<FamilyCard> SetKeptFrom(IEnumerable<KeptFrom> keptFrom, DateOnly today) =>
        (this with { Standing = Standing with { KeptFrom = [.. keptFrom] } }).IfSound(today, this);

    /// <summary>Stores what is this person's and does nothing else with it from today (Article 18). Refused for somebody of whom it is so already.</summary>
    public Checked<FamilyCard> Restrict(PersonId person, RestrictionGround ground, string? reason, Stamp now, UnitId? request = null) =>
        Standing.IsRestricted(person)
            ? new Problem("family.restriction.ground", "It is restricted already.")
            : (this with
            {
                Standing = Standing with
                {
                    Restrictions = Standing.Restrictions.Add(new() { Person = person, Ground = ground, Reason = reason, PlacedOn = now.On, PlacedBy = now.By, Request = request }),
                },
            }).IfSound(now.On, this);

    /// <summary>Lifts a restriction. Refused unless they were told before, and for somebody of whom nothing is restricted (Article 18(3)).</summary>
    public Checked<FamilyCard> LiftRestriction(PersonId person, DateOnly? toldOn, string? toldHow, Stamp now)
    {
        if (Standing.Restrictions.FirstOrDefault(r => r.Person == person && r.Stands) is not { } held)
            return new Problem("family.restriction.told-on", "Nothing of theirs is restricted.");
        return Checked<FamilyCard>.From(
            [
                toldOn is not { } on ? new Problem("family.restriction.told-on", "Tell them before it is lifted, and give the day on which you did.")
                    : on < held.PlacedOn ? new Problem("family.restriction.told-on", "This is before it was placed. Give the day on which they were told that it is lifted.")
                    : now.RefuseFuture("family.restriction.told-on", on),
                string.IsNullOrWhiteSpace(toldHow) ? new Problem("family.restriction.told-how", "Say how they were told.") : TypedText.Check("family.restriction.told-how", toldHow),
            ],
            () => this with { Standing = Standing with { Restrictions = Standing.Restrictions.Replace(held, held with { ToldOn = toldOn, ToldHow = TypedText.Clean(toldHow), LiftedOn = now.On, LiftedBy = now.By }) } });
    }

    /// <summary>True when what is this person's may not be read for this purpose (Article 18): it is stored, and read for rights, safeguarding and breaches alone.</summary>
    public bool IsStoredOnly(PersonId person, Purpose purpose) => Standing.IsRestricted(person) && !AccessDecision.ReadsRestricted(purpose);

    /// <summary>True when a later card touches what is stored only for this purpose: a name, a way to reach them, a birth, who they are to whom. Who speaks for them and from whom they are kept may always be recorded.</summary>
    public bool TouchesStored(FamilyCard later, Purpose purpose)
    {
        ArgumentNullException.ThrowIfNull(later);
        var stored = People.Select(p => p.Id).Where(p => IsStoredOnly(p, purpose)).ToHashSet();
        return stored.Count > 0 && !Theirs(this).SequenceEqual(Theirs(later));

        List<FieldItem> Theirs(FamilyCard card) => [.. FieldItem.Of(card).Where(i => i.Person is { } p && stored.Contains(p)
            && (i.Field.Id.StartsWith("family.carer.", StringComparison.Ordinal) || i.Field.Id.StartsWith("family.child.", StringComparison.Ordinal) || i.Field.Id.StartsWith("family.contact.", StringComparison.Ordinal)))];
    }

    /// <summary>Switches to do-not-contact at a sign of danger. Never refused: safety does not wait for a form.</summary>
    public FamilyCard MarkDanger(DateOnly today, ColleagueId by, Source source) => this with
    {
        SafeContact = (SafeContact ?? new SafeContact { ReviewedOn = today, SetBy = by, Source = source }) with { Danger = true, ReviewedOn = today, SetBy = by },
    };

    /// <summary>Writes lines into the told-ledger (C1): refused for somebody who is not on the card and for a time after <paramref name="now"/>.</summary>
    public Checked<FamilyCard> RecordTold(IEnumerable<Telling> tellings, DateTimeOffset now)
    {
        ImmutableArray<Telling> lines = [.. tellings];
        return Checked<FamilyCard>.From(
        [
            .. lines.Select(t => People.Any(p => p.Id == t.Person) ? null : new Problem(At("family.told.what", t.Person), "This person is no longer on the card. Open it again.")),
            .. lines.Select(t => t.At > now ? new Problem(At("family.told.at", t.Person), "They cannot have been told in the future. Correct the time.") : null),
            .. lines.Select(t => TypedText.Check(At("family.told.language", t.Person), t.Language)),
            Told.Length + lines.Length > LedgerLimit ? new Problem("family.told.what", $"The ledger of this family is full at {LedgerLimit:N0} lines. Tell your team lead.") : null,
        ], () => this with { Told = Told.AddRange(lines.Select(t => t with { Language = TypedText.Clean(t.Language) })) });
    }

    /// <summary>Notes that the card was gone through with the family and is right (D4).</summary>
    public Checked<FamilyCard> CheckedRight(DateOnly today, ColleagueId by) =>
        today < CheckedOn ? new Problem("family.checked-on", "It was checked on a later day already.") : this with { CheckedOn = today, CheckedBy = by };

    /// <summary>Lets a person up the ladder by their recorded agreement (C2). Names are entered afterwards, by correcting them.</summary>
    public Checked<FamilyCard> Climb(PersonId person, RungAgreement? agreement, DateTimeOffset now) =>
        People.FirstOrDefault(p => p.Id == person).Ladder is not { } ladder
            ? Gone(person)
            : ladder.Climb(agreement, now).Match<Checked<FamilyCard>>(climbed => WithLadder(person, climbed), problems => problems[0] with { Field = At(problems[0].Field, person) });

    /// <summary>Somebody who came without a name agreed to be known as this person of the card (C2): their reference and agreement stand on the ladder from now. A person who holds a reference already keeps it.</summary>
    public Checked<FamilyCard> Recognise(PersonId person, AnonymousReference reference, RungAgreement agreement, DateTimeOffset now) =>
        People.FirstOrDefault(p => p.Id == person).Ladder is not { } ladder ? Gone(person)
        : !ladder.Reference.IsEmpty ? this
        : Ladder.Anonymous(reference).Climb(agreement, now).Match<Checked<FamilyCard>>(climbed => WithLadder(person, climbed), problems => problems[0] with { Field = At(problems[0].Field, person) });

    /// <summary>
    /// Takes a person down the ladder (C2): what the rung does not allow is gone from the new card: names, ways to reach them, birth, setting.
    /// With the last named person go the address, the orders and everything about contact. The old unit is destroyed by whoever stores the new one.
    /// </summary>
    /// <exception cref="ArgumentException">Nobody of this id.</exception>
    public FamilyCard Descend(PersonId person, Descent.Done decided, AnonymousReference reference)
    {
        ArgumentNullException.ThrowIfNull(decided);
        var ladder = (People.FirstOrDefault(p => p.Id == person).Ladder ?? throw new ArgumentException("Nobody of this id.", nameof(person))).Descend(decided, reference);
        var card = this with
        {
            Carers = [.. Carers.Select(c => c.Id != person ? c : new Carer
            {
                Id = c.Id,
                Ladder = ladder,
                Handle = decided.To == Rung.Handle ? c.Handle : null,
                Relationship = c.Relationship,
                Source = c.Source,
            })],
            Children = [.. Children.Select(c => c.Id != person ? c : new Child
            {
                Id = c.Id,
                Ladder = ladder,
                Handle = decided.To == Rung.Handle ? c.Handle : null,
                Source = c.Source,
            })],
            // An order's words name people; those that bind this person stay with what they forbid alone.
            CourtOrders = [.. CourtOrders.Select(o => o.Binds.Contains(person) ? o with { Words = null } : o)],
            Standing = Standing.Unnamed(person),
            Told = [.. Told.Select(t => t.Person == person ? t with { Language = null } : t)],
        };
        return card.People.Any(p => p.Ladder.Rung == Rung.Named) ? card : card with
        {
            Address = null,
            CourtOrders = [],
            Communication = null,
            SafeContact = null,
            Standing = new Standing { Restrictions = card.Standing.Restrictions },
        };
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(FamilyCard);

    /// <inheritdoc/>
    public bool Equals(FamilyCard? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private FamilyCard WithLadder(PersonId person, Ladder ladder) => this with
    {
        Carers = [.. Carers.Select(c => c.Id == person ? c with { Ladder = ladder } : c)],
        Children = [.. Children.Select(c => c.Id == person ? c with { Ladder = ladder } : c)],
    };

    private Checked<FamilyCard> IfSound(DateOnly today, FamilyCard? before = null) => Checked<FamilyCard>.From(Brought(before, today), Tidied);

    // What time made wrong (a child's due date passed) and the change left as it was is no reason to refuse it.
    private IEnumerable<Problem> Brought(FamilyCard? before, DateOnly today)
    {
        var found = OutOfDate(today);
        if (before is null || found.Count == 0)
            return found;
        var known = before.OutOfDate(today).GroupBy(problem => problem).ToDictionary(same => same.Key, same => same.Count());
        var held = FieldItem.Of(before).ToHashSet();
        var changed = FieldItem.Of(this).Where(item => !held.Contains(item)).Select(item => item.Person is { } person ? At(item.Field.Id, person) : item.Field.Id).ToHashSet(StringComparer.Ordinal);
        return found.Where(problem => changed.Contains(problem.Field) || !known.TryGetValue(problem, out var left) || (known[problem] = left - 1) < 0);
    }

    // Texts are cleaned only once they are known to be sound: broken ones cannot be.
    private FamilyCard Tidied() => this with
    {
        Carers = [.. Carers.Select(Tidied)],
        Children = [.. Children.Select(Tidied)],
        CourtOrders = [.. CourtOrders.Select(Tidied)],
        Address = Tidied(Address),
        Communication = Tidied(Communication),
        SafeContact = Tidied(SafeContact),
        Standing = Tidied(Standing),
    };

    internal static string At(string field, PersonId person) => $"{field}#{person}";

    private static Problem Gone(PersonId person) => new(At("family.person", person), "This person is no longer on the card. Open it again.");

    private static Problem LadderMoved(PersonId person) => new(At("family.person.rung", person), "How much they let us know is changed by their agreement, not by a correction.");

    private static Carer Tidied(Carer c) => c with
    {
        Forename = TypedText.Clean(c.Forename),
        Surname = TypedText.Clean(c.Surname),
        Handle = TypedText.Clean(c.Handle),
        Relationship = TypedText.Clean(c.Relationship),
        KnownAs = Tidied(c.KnownAs),
        Contacts = [.. c.Contacts.Select(p => p with { Value = TypedText.Clean(p.Value) ?? "", Note = TypedText.Clean(p.Note) })],
        Responsibilities = [.. c.Responsibilities.Select(r => r with { EvidenceSeen = TypedText.Clean(r.EvidenceSeen) })],
    };

    private static Child Tidied(Child c) => c with
    {
        Forename = TypedText.Clean(c.Forename),
        Surname = TypedText.Clean(c.Surname),
        Handle = TypedText.Clean(c.Handle),
        KnownAs = Tidied(c.KnownAs),
        Setting = TypedText.Clean(c.Setting),
        SenStage = TypedText.Clean(c.SenStage),
        Facts = [.. c.Facts.Distinct()],
    };

    private static ImmutableArray<OtherName> Tidied(ImmutableArray<OtherName> names) => [.. names.Select(n => n with { Name = TypedText.Clean(n.Name) ?? "" }).Where(n => n.Name.Length > 0)];

    private static CourtOrder Tidied(CourtOrder o) => o with { Words = TypedText.Clean(o.Words), Binds = [.. o.Binds.Distinct()] };

    private static Standing Tidied(Standing s) => s with
    {
        Representatives = [.. s.Representatives.Select(r => r with { Name = TypedText.Clean(r.Name), Contact = TypedText.Clean(r.Contact), Document = TypedText.Clean(r.Document), Limits = TypedText.Clean(r.Limits) })],
        Competences = [.. s.Competences.Select(c => c with { Decision = TypedText.Clean(c.Decision)!, Note = TypedText.Clean(c.Note) })],
        Restrictions = [.. s.Restrictions.Select(r => r with { Reason = TypedText.Clean(r.Reason) })],
        KeptFrom = [.. s.KeptFrom.Select(k => k with { Name = TypedText.Clean(k.Name)! })],
    };

    private static Address? Tidied(Address? a) => a is null ? null : a with { Lines = TypedText.Clean(a.Lines), Postcode = TypedText.Clean(a.Postcode) };

    private static Communication? Tidied(Communication? c) => c is null ? null : c with { Languages = Tidied(c.Languages), Interpreter = TypedText.Clean(c.Interpreter), Formats = [.. c.Formats.Distinct()] };

    private static SafeContact? Tidied(SafeContact? s) => s is null ? null : s with
    {
        Ways = [.. s.Ways.Select(w => w with { Address = TypedText.Clean(w.Address), Note = TypedText.Clean(w.Note) })],
        MaySay = TypedText.Clean(s.MaySay),
        SafeWord = TypedText.Clean(s.SafeWord),
        UnsafeAddresses = Tidied(s.UnsafeAddresses),
        NeverDiscloseTo = Tidied(s.NeverDiscloseTo),
    };

    private static ImmutableArray<string> Tidied(ImmutableArray<string> texts) => [.. texts.Select(TypedText.Clean).OfType<string>()];
}
