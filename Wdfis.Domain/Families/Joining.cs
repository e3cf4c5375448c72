using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;

namespace Wdfis.Domain.Families;

public sealed partial record FamilyCard
{
    private const string Differ = "The two cards differ here. Find out which is right and correct the other; then join.";

    /// <summary>
    /// Joins another card of the same family, entered twice, into this one: everything of both is united, and nothing that protects somebody
    /// is dropped or weakened. Refused, for every reason, wherever somebody would have to choose between the two or something would be lost:
    /// the cards are made to agree first (D4).
    /// </summary>
    /// <param name="other">The card that becomes part of this one.</param>
    /// <param name="same">For each person of the other card who is on this one already: who they are here. Everybody else is added with their id.</param>
    /// <param name="today">Today in London.</param>
    public Checked<FamilyCard> Join(FamilyCard other, IReadOnlyDictionary<PersonId, PersonId> same, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(same);
        var against = new List<Problem>();
        if (same.Keys.Except(other.People.Select(p => p.Id)).Any() || same.Values.Distinct().Count() != same.Count
            || same.Any(pair => other.FindCarer(pair.Key) is null ? FindChild(pair.Value) is null : FindCarer(pair.Value) is null))
            return new Problem("family.person", "Somebody is chosen twice, a parent or carer as a child, or somebody who is on neither card. Choose again who is who.");
        var theirs = other.Renamed(same);
        var joined = this with
        {
            Carers = [.. Carers.Select(c => theirs.FindCarer(c.Id) is { } one ? Joined(c, one, against) : c), .. theirs.Carers.Where(c => FindCarer(c.Id) is null)],
            Children = [.. Children.Select(c => theirs.FindChild(c.Id) is { } one ? Joined(c, one, against) : c), .. theirs.Children.Where(c => FindChild(c.Id) is null)],
            CourtOrders = [.. CourtOrders, .. theirs.CourtOrders.Where(order => !CourtOrders.Any(held => Same(held, order)))],
            Address = One("family.address.lines", Address, theirs.Address, against),
            Communication = One("family.communication.language", Communication, theirs.Communication, against,
                (a, b) => a with { Languages = [], Formats = [] } == b with { Languages = [], Formats = [] } && a.Languages.SequenceEqual(b.Languages) && a.Formats.ToHashSet().SetEquals(b.Formats)),
            SafeContact = Joined(SafeContact, theirs.SafeContact, against),
            Standing = new Standing
            {
                Representatives = Both(Standing.Representatives, theirs.Standing.Representatives),
                Competences = Both(Standing.Competences, theirs.Standing.Competences),
                Restrictions = Both(Standing.Restrictions, theirs.Standing.Restrictions),
                KeptFrom = Both(Standing.KeptFrom, theirs.Standing.KeptFrom),
            },
            Told = [.. Both(Told, theirs.Told).OrderBy(line => line.At)],
            // What is known is no better checked than the worse of the two (D4).
            CheckedOn = theirs.CheckedOn < CheckedOn ? theirs.CheckedOn : CheckedOn,
            CheckedBy = theirs.CheckedOn < CheckedOn ? theirs.CheckedBy : CheckedBy,
        };
        against.AddRange(Responsibilities(theirs));
        if (joined.Told.Length > LedgerLimit)
            against.Add(new("family.told.what", $"The two told-ledgers together have more than {LedgerLimit:N0} lines. These cards stay two: tell the information-governance officer."));
        if (Kept(this, theirs) || Kept(theirs, this))
            against.Add(new("family.safe.never-disclose-to", "One card says that somebody on the other must never learn of this family. These stay two families: speak to whoever agreed it with them."));
        var sound = joined.IfSound(today, this);
        return against.Count == 0 ? sound : Checked<FamilyCard>.From([.. against, .. sound.Problems], () => joined);
    }

    /// <summary>The same card with other ids for some of its people, wherever they stand.</summary>
    private FamilyCard Renamed(IReadOnlyDictionary<PersonId, PersonId> same)
    {
        PersonId Now(PersonId id) => same.TryGetValue(id, out var here) ? here : id;
        PersonId? NowOrNone(PersonId? id) => id is { } one ? Now(one) : null;
        return this with
        {
            Carers = [.. Carers.Select(c => c with { Id = Now(c.Id), Responsibilities = [.. c.Responsibilities.Select(r => r with { Child = NowOrNone(r.Child) })] })],
            Children = [.. Children.Select(c => c with { Id = Now(c.Id) })],
            CourtOrders = [.. CourtOrders.Select(o => o with { Binds = [.. o.Binds.Select(Now)] })],
            Standing = new Standing
            {
                Representatives = [.. Standing.Representatives.Select(r => r with { Person = Now(r.Person), Who = Now(r.Who) })],
                Competences = [.. Standing.Competences.Select(c => c with { Person = Now(c.Person) })],
                Restrictions = [.. Standing.Restrictions.Select(r => r with { Person = Now(r.Person) })],
                KeptFrom = [.. Standing.KeptFrom.Select(k => k with { Person = NowOrNone(k.Person) })],
            },
            Told = [.. Told.Select(t => t with { Person = Now(t.Person) })],
        };
    }

    private static Carer Joined(Carer mine, Carer theirs, List<Problem> against)
    {
        string Field(string field) => At(field, mine.Id);
        return mine with
        {
            Ladder = Joined(mine.Id, mine.Ladder, theirs.Ladder, against),
            Forename = One(Field("family.carer.forename"), mine.Forename, theirs.Forename, against),
            Surname = One(Field("family.carer.surname"), mine.Surname, theirs.Surname, against),
            Handle = One(Field("family.carer.handle"), mine.Handle, theirs.Handle, against),
            KnownAs = Both(mine.KnownAs, theirs.KnownAs),
            Birth = One(Field("family.carer.birth"), mine.Birth, theirs.Birth, against)!,
            Relationship = One(Field("family.carer.relationship"), mine.Relationship, theirs.Relationship, against),
            Contacts = Both(mine.Contacts, theirs.Contacts),
            Responsibilities = Both(mine.Responsibilities, theirs.Responsibilities),
            Source = One(Field("family.source"), mine.Source, theirs.Source, against),
        };
    }

    private static Child Joined(Child mine, Child theirs, List<Problem> against)
    {
        string Field(string field) => At(field, mine.Id);
        return mine with
        {
            Ladder = Joined(mine.Id, mine.Ladder, theirs.Ladder, against),
            Forename = One(Field("family.child.forename"), mine.Forename, theirs.Forename, against),
            Surname = One(Field("family.child.surname"), mine.Surname, theirs.Surname, against),
            Handle = One(Field("family.child.handle"), mine.Handle, theirs.Handle, against),
            KnownAs = Both(mine.KnownAs, theirs.KnownAs),
            Birth = One(Field("family.child.birth"), mine.Birth, theirs.Birth, against)!,
            Setting = One(Field("family.child.setting"), mine.Setting, theirs.Setting, against),
            SenStage = One(Field("family.child.sen-stage"), mine.SenStage, theirs.SenStage, against),
            Facts = Both(mine.Facts, theirs.Facts),
            Source = One(Field("family.source"), mine.Source, theirs.Source, against),
        };
    }

    // Somebody keeps the reference that they hold: two would make one of them lead nowhere.
    private static Ladder Joined(PersonId person, Ladder mine, Ladder theirs, List<Problem> against)
    {
        if (mine.Rung != theirs.Rung)
            against.Add(new(At("family.person.rung", person), "They let us know more on one card than on the other. Bring both to the same by their agreement; then join."));
        if (!mine.Reference.IsEmpty && !theirs.Reference.IsEmpty && mine.Reference != theirs.Reference)
            against.Add(new(At("family.person.reference", person), "They hold a reference from each card, and one of them would lead nowhere. Leave them as two people."));
        return Ladder.Restore(mine.Rung, mine.Reference.IsEmpty ? theirs.Reference : mine.Reference, [.. Both(mine.Agreements, theirs.Agreements).OrderBy(agreement => agreement.At)]);
    }

    // Nothing agreed counts as an agreement to nothing: what one card allows and the other does not is asked again, never assumed (C5).
    private static SafeContact? Joined(SafeContact? mine, SafeContact? theirs, List<Problem> against)
    {
        if (mine is null && theirs is null)
            return null;
        var nothing = new SafeContact { ReviewedOn = DateOnly.MaxValue, SetBy = default, Source = Source.Record };
        var (a, b) = (mine ?? nothing, theirs ?? nothing);
        if (!a.Ways.ToHashSet().SetEquals(b.Ways) || a.Voicemail != b.Voicemail || a.MaySay != b.MaySay || a.SafeWord != b.SafeWord)
            against.Add(new("family.safe.channel", "What was agreed about safe contact is not the same on both cards. Agree it with them and enter it on both; then join."));
        return (b.ReviewedOn < a.ReviewedOn ? b : a) with
        {
            Danger = a.Danger || b.Danger,
            UnsafeAddresses = Both(a.UnsafeAddresses, b.UnsafeAddresses),
            NeverDiscloseTo = Both(a.NeverDiscloseTo, b.NeverDiscloseTo),
        };
    }

    // One line for every child must not reach a child of whom nobody said it, and for one child two cards must not say two things.
    private IEnumerable<Problem> Responsibilities(FamilyCard theirs) =>
    [
        .. Wide(this, theirs),
        .. Wide(theirs, this),
        .. from carer in Carers
           from child in Children
           where theirs.FindChild(child.Id) is not null && Line(this, carer.Id, child.Id) is { } mine && Line(theirs, carer.Id, child.Id) is { } other && mine.State != other.State
           select new Problem(At("family.carer.responsibility", carer.Id), "The two cards say different things about parental responsibility for one child. Find out which is right and correct the other; then join."),
    ];

    private static IEnumerable<Problem> Wide(FamilyCard card, FamilyCard beside) => beside.Children.All(child => card.FindChild(child.Id) is not null) ? [] : card.Carers
        .Where(carer => carer.Responsibilities.Any(line => line.Child is null))
        .Select(carer => new Problem(At("family.carer.responsibility", carer.Id), "Parental responsibility is entered for every child at once, and the other card has more children. Enter it for each child; then join."));

    private static ParentalResponsibility? Line(FamilyCard card, PersonId carer, PersonId child) =>
        (card.FindCarer(carer)?.Responsibilities ?? []) is var lines ? lines.FirstOrDefault(line => line.Child == child) ?? lines.FirstOrDefault(line => line.Child is null) : null;

    private static bool Kept(FamilyCard card, FamilyCard beside) => card.NeverTold.Any(name => Names(beside).Any(other => KeptFrom.Means(other, name) || other.Contains(' ', StringComparison.Ordinal) && KeptFrom.Means(name, other)));

    private static IEnumerable<string> Names(FamilyCard card) => card.Carers.SelectMany(c => Names(c.Forename, c.Surname, c.Handle, c.KnownAs)).Concat(card.Children.SelectMany(c => Names(c.Forename, c.Surname, c.Handle, c.KnownAs)));

    private static IEnumerable<string> Names(string? forename, string? surname, string? handle, ImmutableArray<OtherName> others) =>
        [.. others.Select(other => other.Name), .. new[] { $"{forename} {surname}".Trim(), handle ?? "" }.Where(name => name.Length > 0)];

    private static bool Same(CourtOrder a, CourtOrder b) => a with { Binds = [] } == b with { Binds = [] } && a.Binds.ToHashSet().SetEquals(b.Binds);

    private static ImmutableArray<T> Both<T>(ImmutableArray<T> mine, ImmutableArray<T> theirs) => [.. mine, .. theirs.Where(one => !mine.Contains(one))];

    private static T? One<T>(string field, T? mine, T? theirs, List<Problem> against, Func<T, T, bool>? same = null)
    {
        if (IsNothing(theirs) || IsNothing(mine))
            return IsNothing(mine) ? theirs : mine;
        if (!(same?.Invoke(mine!, theirs!) ?? mine!.Equals(theirs)))
            against.Add(new(field, Differ));
        return mine;
    }

    private static bool IsNothing<T>(T? value) => value is null or IMayBeNothing { IsNothing: true };
}
