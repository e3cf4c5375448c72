using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.Families;

/// <summary>Everything that can be wrong with a card as typed. Each rule is a sentence for the screen and repeats nothing typed.</summary>
internal static class CardRules
{
    /// <summary>Nobody alive is older, in years.</summary>
    private const int OldestYears = 120;

    internal static IEnumerable<Problem?> Problems(FamilyCard card, DateOnly today) =>
    [
        TooMany("family.carer.surname", card.Carers.Length),
        TooMany("family.child.forename", card.Children.Length),
        TooMany("family.order.kind", card.CourtOrders.Length),
        .. card.People.GroupBy(p => p.Id).Where(g => g.Count() > 1 || g.Key == default).Select(g => new Problem(FamilyCard.At("family.person", g.Key), "This person is on the card already.")),
        // A list that is too long is refused before each of its entries is looked at.
        .. card.Carers.Take(FamilyCard.ListLimit).SelectMany(c => OfCarer(c, card, today)),
        .. card.Children.Take(FamilyCard.ListLimit).SelectMany(c => OfChild(c, card, today)),
        .. card.CourtOrders.Take(FamilyCard.ListLimit).SelectMany(o => OfOrder(o, card, today)),
        .. OfAddress(card.Address),
        .. OfCommunication(card.Communication),
        .. OfSafeContact(card.SafeContact, today),
        .. OfStanding(card, today),
        card.CheckedOn > today ? new Problem("family.checked-on", "It cannot have been checked in the future.") : null,
    ];

    private static IEnumerable<Problem?> OfCarer(Carer c, FamilyCard card, DateOnly today)
    {
        string At(string field) => FamilyCard.At(field, c.Id);
        return
        [
            .. OfNames("family.carer", c.Id, c.Ladder, c.Forename, c.Surname, c.Handle, c.KnownAs),
            Undefined(At("family.source"), c.Source),
            Code(At("family.carer.relationship"), c.Relationship, FamilyCodes.Relationships),
            .. OfBirth(At("family.carer.birth"), c.Birth, today),
            c.Birth is Birth.Expected ? new Problem(At("family.carer.birth"), "A carer has been born already. Enter the date or year, or leave it empty.") : null,
            c.Ladder.Rung != Rung.Named && c.Birth is not Birth.Unknown ? TooKnown(At("family.carer.birth")) : null,
            c.Ladder.Rung == Rung.Anonymous && c.Contacts is not [] ? TooKnown(At("family.contact.value")) : null,
            TooMany(At("family.contact.value"), c.Contacts.Length),
            .. c.Contacts.Take(FamilyCard.ListLimit).SelectMany(p => OfContact(p, At)),
            c.Responsibilities.GroupBy(r => r.Child).Any(g => g.Count() > 1) ? new Problem(At("family.carer.responsibility"), "Parental responsibility is entered twice for the same child. Keep one of the two.") : null,
            TooMany(At("family.carer.responsibility"), c.Responsibilities.Length),
            .. c.Responsibilities.Take(FamilyCard.ListLimit).SelectMany(r => OfResponsibility(r, card, At, today)),
        ];
    }

    private static IEnumerable<Problem?> OfContact(ContactPoint p, Func<string, string> at) =>
    [
        Undefined(at("family.contact.kind"), p.Kind),
        Undefined(at("family.source"), p.Source),
        string.IsNullOrWhiteSpace(p.Value) ? new Problem(at("family.contact.value"), "Enter the number or address, or take this line out.") : null,
        TypedText.Check(at("family.contact.value"), p.Value, lines: p.Kind == ContactKind.Post) ?? p.Kind switch
        {
            ContactKind.Mobile or ContactKind.Landline => TelephoneNumber.Check(at("family.contact.value"), p.Value),
            ContactKind.Email => EmailAddress.Check(at("family.contact.value"), p.Value),
            ContactKind.Post or ContactKind.Other => null,
            _ => null,
        },
        TypedText.Check(at("family.contact.note"), p.Note),
    ];

    private static IEnumerable<Problem?> OfResponsibility(ParentalResponsibility r, FamilyCard card, Func<string, string> at, DateOnly today) =>
    [
        Undefined(at("family.carer.responsibility"), r.State),
        Undefined(at("family.source"), r.Source),
        r.Child is { } child && card.FindChild(child) is null ? new Problem(at("family.carer.responsibility"), "The child of this line is no longer on the card. Take the line out.") : null,
        TypedText.Check(at("family.carer.responsibility-evidence"), r.EvidenceSeen),
        string.IsNullOrWhiteSpace(r.EvidenceSeen) != r.SeenOn is null ? new Problem(at("family.carer.responsibility-seen-on"), "Say both what was seen and on which day, or neither.") : null,
        Future(at("family.carer.responsibility-seen-on"), r.SeenOn, today),
    ];

    private static IEnumerable<Problem?> OfChild(Child c, FamilyCard card, DateOnly today)
    {
        string At(string field) => FamilyCard.At(field, c.Id);
        return
        [
            .. OfNames("family.child", c.Id, c.Ladder, c.Forename, c.Surname, c.Handle, c.KnownAs),
            Undefined(At("family.source"), c.Source),
            .. OfBirth(At("family.child.birth"), c.Birth, today),
            c.Ladder.Rung != Rung.Named && c.Birth is Birth.OnDate ? TooKnown(At("family.child.birth")) : null,
            c.Birth.Latest is { } born && card.Carers.Any(k => k.Birth.Earliest > born)
                ? new Problem(At("family.child.birth"), "This child would be older than the carer. Check both dates of birth.") : null,
            TypedText.Check(At("family.child.setting"), c.Setting),
            Code(At("family.child.sen-stage"), c.SenStage, FamilyCodes.SenStages),
            .. c.Facts.Select(f => Undefined(At("family.child.fact"), f)),
        ];
    }

    private static IEnumerable<Problem?> OfNames(string prefix, PersonId id, Ladder ladder, string? forename, string? surname, string? handle, ImmutableArray<OtherName> others)
    {
        string At(string field) => FamilyCard.At($"{prefix}.{field}", id);
        return
        [
            TypedText.Check(At("forename"), forename),
            TypedText.Check(At("surname"), surname),
            TypedText.Check(At("handle"), handle),
            TooMany(At("known-as"), others.Length),
            .. others.Take(FamilyCard.ListLimit).SelectMany(o => new[] { TypedText.Check(At("known-as"), o.Name), Undefined(At("known-as"), o.Kind) }),
            ladder.Rung != Rung.Named && Given(forename) ? TooKnown(At("forename")) : null,
            ladder.Rung != Rung.Named && Given(surname) ? TooKnown(At("surname")) : null,
            ladder.Rung != Rung.Named && others.Any(o => Given(o.Name)) ? TooKnown(At("known-as")) : null,
            ladder.Rung == Rung.Anonymous && Given(handle) ? TooKnown(At("handle")) : null,
        ];
    }

    private static IEnumerable<Problem?> OfBirth(string field, Birth birth, DateOnly today) => birth.Match<IEnumerable<Problem?>>(
        on => [Future(field, on, today), on < today.AddYears(-OldestYears) ? TooOld(field) : null],
        year => [year > today.Year ? new Problem(field, "This year is in the future. For a child not yet born, write: expected.") : null, year < today.Year - OldestYears ? TooOld(field) : null],
        due => [
            due < today.AddMonths(-1) ? new Problem(field, "The child was due more than a month ago. Enter the date or year of birth, or leave it empty.") : null,
            due > today.AddMonths(10) ? new Problem(field, "The child cannot be due so late. Check the date.") : null],
        () => []);

    private static IEnumerable<Problem?> OfOrder(CourtOrder o, FamilyCard card, DateOnly today) =>
    [
        string.IsNullOrWhiteSpace(o.Kind) ? new Problem("family.order.kind", "Choose the kind of order.") : Code("family.order.kind", o.Kind, FamilyCodes.Orders),
        Undefined("family.source", o.Source),
        Undefined("family.order.on-contact", o.OnContact),
        Undefined("family.order.on-sharing", o.OnSharing),
        TypedText.Check("family.order.words", o.Words, TypedText.NoteLimit, lines: true),
        Future("family.order.made-on", o.MadeOn, today),
        Future("family.order.copy-seen-on", o.CopySeenOn, today),
        o.CopySeenOn < o.MadeOn ? new Problem("family.order.copy-seen-on", "A copy cannot have been seen before the order was made. Check both dates.") : null,
        o.EndsOn < o.MadeOn ? new Problem("family.order.ends-on", "The order ends before it was made. Check both dates.") : null,
        o.Binds.Any(b => card.People.All(p => p.Id != b)) ? new Problem("family.order.kind", "Somebody whom the order binds is no longer on the card. Choose again.") : null,
    ];

    private static IEnumerable<Problem?> OfAddress(Address? a) => a is null ? [] :
    [
        Undefined("family.source", a.Source),
        TypedText.Check("family.address.lines", a.Lines, 500, lines: true),
        TypedText.Check("family.address.postcode", a.Postcode) ?? Postcode.Check("family.address.postcode", a.Postcode),
    ];

    private static IEnumerable<Problem?> OfCommunication(Communication? c) => c is null ? [] :
    [
        Undefined("family.source", c.Source),
        TooMany("family.communication.language", c.Languages.Length),
        .. c.Languages.Take(FamilyCard.ListLimit).Select(l => TypedText.Check("family.communication.language", l)),
        TypedText.Check("family.communication.interpreter", c.Interpreter),
        .. c.Formats.Take(FamilyCard.ListLimit).Select(f => Code("family.communication.format", f, FamilyCodes.Formats)),
    ];

    private static IEnumerable<Problem?> OfSafeContact(SafeContact? s, DateOnly today) => s is null ? [] :
    [
        Undefined("family.source", s.Source),
        TooMany("family.safe.channel", s.Ways.Length),
        TooMany("family.safe.unsafe-address", s.UnsafeAddresses.Length),
        TooMany("family.safe.never-disclose-to", s.NeverDiscloseTo.Length),
        .. s.Ways.Take(FamilyCard.ListLimit).SelectMany(w => new[]
        {
            Undefined("family.safe.channel", w.Channel),
            TypedText.Check("family.safe.address", w.Address, lines: true),
            TypedText.Check("family.safe.note", w.Note),
            w.From is { } from && from == w.Until ? new Problem("family.safe.until", "These two times are the same. Leave both empty if any time is safe.") : null,
            w.Address is { } address && s.UnsafeAddresses.Any(u => SafeContact.Same(u, address)) ? new Problem("family.safe.address", "This number or address is entered as safe and as unsafe. Keep one of the two.") : null,
        }),
        TypedText.Check("family.safe.may-say", s.MaySay, 1_000, lines: true),
        TypedText.Check("family.safe.word", s.SafeWord),
        .. s.UnsafeAddresses.Take(FamilyCard.ListLimit).Select(u => TypedText.Check("family.safe.unsafe-address", u, lines: true)),
        .. s.NeverDiscloseTo.Take(FamilyCard.ListLimit).Select(n => TypedText.Check("family.safe.never-disclose-to", n)),
        Future("family.safe.reviewed-on", s.ReviewedOn, today),
    ];

    private static IEnumerable<Problem?> OfStanding(FamilyCard card, DateOnly today)
    {
        var s = card.Standing;
        bool Here(PersonId person) => card.People.Any(p => p.Id == person);
        return
        [
            TooMany("family.representative.name", s.Representatives.Length),
            TooMany("family.kept-from.name", s.KeptFrom.Length),
            // Assessments and restrictions are a history, and only ever added to.
            s.Competences.Length > FamilyCard.LedgerLimit ? new Problem("family.competence.note", "There are too many assessments. Tell your team lead.") : null,
            s.Restrictions.Length > FamilyCard.LedgerLimit ? new Problem("family.restriction.reason", "There are too many restrictions. Tell your team lead.") : null,
            .. s.Representatives.Take(FamilyCard.ListLimit).SelectMany(r => new[]
            {
                Here(r.Person) ? null : new Problem("family.representative.person", "Choose for whom they speak: somebody of the card."),
                r.Who == default || r.Who == r.Person ? new Problem("family.representative.name", "Nobody represents themselves. Choose somebody else.") : null,
                card.FindCarer(r.Who) is null && !Given(r.Name) ? new Problem("family.representative.name", "Give the name, or choose somebody of the card.") : null,
                TypedText.Check("family.representative.name", r.Name),
                TypedText.Check("family.representative.contact", r.Contact, 400, lines: true),
                TypedText.Check("family.representative.document", r.Document),
                TypedText.Check("family.representative.limits", r.Limits, 1_000, lines: true),
                Undefined("family.representative.capacity", r.Capacity),
                Undefined("family.source", r.Source),
                Given(r.Document) != r.SeenOn is not null ? new Problem("family.representative.seen-on", "Say both which document was seen and on which day, or neither while it was not.") : null,
                Future("family.representative.seen-on", r.SeenOn, today),
                r.Until < r.From ? new Problem("family.representative.until", "It ends before it begins. Check both dates.") : null,
            }),
            .. s.Competences.Take(FamilyCard.LedgerLimit).SelectMany(c => new[]
            {
                card.FindChild(c.Person) is null ? new Problem("family.competence.note", "This is for a child or young person of the card.") : null,
                Undefined("family.competence.for", c.For),
                !Given(c.Decision) ? new Problem("family.competence.decision", "Say which decision was looked at.") : TypedText.Check("family.competence.decision", c.Decision),
                !Given(c.Note) ? new Problem("family.competence.note", "Say what the finding rests on.") : TypedText.Check("family.competence.note", c.Note, TypedText.NoteLimit, lines: true),
                Future("family.competence.assessed-on", c.AssessedOn, today),
            }),
            .. s.Restrictions.Take(FamilyCard.LedgerLimit).SelectMany(r => new[]
            {
                Here(r.Person) ? null : new Problem("family.restriction.ground", "This person is no longer on the card. Open it again."),
                Undefined("family.restriction.ground", r.Ground),
                !Given(r.Reason) && card.People.Any(p => p.Id == r.Person && p.Ladder.Rung == Rung.Named) ? new Problem("family.restriction.reason", "Say what they asked, and why.") : TypedText.Check("family.restriction.reason", r.Reason, TypedText.NoteLimit, lines: true),
            }),
            .. s.KeptFrom.Take(FamilyCard.ListLimit).SelectMany(k => new[]
            {
                k.Person is { } person && !Here(person) ? new Problem("family.kept-from.person", "This person is no longer on the card. Choose again.") : null,
                Undefined("family.kept-from.how", k.How),
                Undefined("family.source", k.Source),
                !Given(k.Name) ? new Problem("family.kept-from.name", "Choose the recipient from the directory, or write the name.") : TypedText.Check("family.kept-from.name", k.Name),
            }),
        ];
    }

    private static bool Given(string? text) => !string.IsNullOrWhiteSpace(text);

    private static Problem? TooMany(string field, int count) =>
        count > FamilyCard.ListLimit ? new Problem(field, $"There are {count:N0} entries here. Keep it to {FamilyCard.ListLimit}.") : null;

    private static Problem TooKnown(string field) =>
        new(field, "They have not agreed to let us know this. Record their agreement first, or leave it empty.");

    private static Problem TooOld(string field) => new(field, $"That is more than {OldestYears} years ago. Check the date.");

    private static Problem? Future(string field, DateOnly? on, DateOnly today) => on > today ? new Problem(field, "This date is in the future. Check it.") : null;

    private static Problem? Undefined<T>(string field, T value) where T : struct, Enum => Enum.IsDefined(value) ? null : new Problem(field, "Choose one of the list.");

    private static Problem? Code(string field, string? code, ImmutableDictionary<string, string> codes) =>
        string.IsNullOrWhiteSpace(code) || codes.ContainsKey(code.Trim()) ? null : new Problem(field, "Choose one of the list.");
}
