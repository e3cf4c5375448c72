using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Disclosure;

/// <summary>Somebody of the family was told of what went wrong, or it was decided that they are not. Shows no content.</summary>
public sealed record AmendsTold
{
    /// <summary>Whom it concerns.</summary>
    public required PersonId Person { get; init; }
    /// <summary>True when they were told, false when it was decided otherwise.</summary>
    [Field("amends.told")]
    public required bool Told { get; init; }
    /// <summary>How they were told, or why not.</summary>
    [Field("amends.told-words")]
    public required string Words { get; init; }
    /// <summary>When that was recorded, UTC.</summary>
    [Field("amends.told-at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>By whom.</summary>
    public required ColleagueId By { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(AmendsTold);
}

/// <summary>
/// What is made good after something that we told was not right (Article 19), or reached the wrong body (D4, U2): every body that has it is
/// owed a notice, and after a wrong recipient so is everybody whom it was about. Which notices went is read from the disclosures themselves
/// (<see cref="Notices"/>). Immutable; shows no content.
/// </summary>
public sealed record Amends
{
    private Amends() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The family; null where what was told came of none.</summary>
    public UnitId? Family { get; private init; }
    /// <summary>Put right, or gone to the wrong body; never a withdrawal, which stands with its permission.</summary>
    [Field("amends.why")]
    public NoticeKind Why { get; private init; }
    /// <summary>What was not right and what is; or what happened.</summary>
    [Field("amends.words")]
    public string Words { get; private init; } = "";
    /// <summary>The disclosures that have to be made good, the reported one first.</summary>
    public ImmutableArray<UnitId> Of { get; private init; } = [];
    /// <summary>Who got it by mistake, where that is not whom the disclosure names; null else.</summary>
    public NamedBody? Reached { get; private init; }
    /// <summary>Who of the family is owed word of it; empty after a rectification.</summary>
    [Field("amends.people")]
    public ImmutableArray<PersonId> People { get; private init; } = [];
    /// <summary>When we became aware of it, UTC: a breach's clock starts here.</summary>
    [Field("amends.aware-at")]
    public DateTimeOffset AwareAt { get; private init; }
    /// <summary>Who reported it.</summary>
    public ColleagueId By { get; private init; }
    /// <summary>Who was told of it, in order.</summary>
    public ImmutableArray<AmendsTold> Told { get; private init; } = [];

    /// <summary>Who is still owed word of it.</summary>
    public ImmutableArray<PersonId> StillToTell => [.. People.Where(person => Told.All(one => one.Person != person))];

    /// <summary>
    /// It reached the wrong body: the one that the disclosure names, or <paramref name="reached"/>. Refuses what nobody was told, no words,
    /// and an awareness ahead of now or before it was sent.
    /// </summary>
    public static Checked<Amends> WrongRecipient(UnitId id, DisclosureRecord told, NamedBody? reached, string? words, DateTimeOffset awareAt, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(told);
        return Make(id, NoticeKind.WrongRecipient, told, [told.Id], words, "Say what happened.", awareAt, now,
            made => made with { Reached = reached is not null && !reached.IsSameAs(told.Body) ? reached : null, People = told.About });
    }

    /// <summary>
    /// Something in it was not right and has been put right: every other body that was told the same of the same people is owed the same.
    /// Refuses what nobody was told, headings that it did not tell, and no words.
    /// </summary>
    public static Checked<Amends> Rectification(UnitId id, DisclosureRecord told, IReadOnlyCollection<string> scopes, IEnumerable<DisclosureRecord> family, string? words, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(family);
        if (scopes.Count == 0 || scopes.Any(scope => !told.AsToldBefore.Scopes.Contains(scope)))
            return new Problem("amends.scopes", "Tick what of it was not right.");
        var also = family.Where(one => one.Id != told.Id && one.WentOutside
            && one.Items.Any(item => item.Scopes.Any(scopes.Contains) && item.About.Any(told.About.Contains))).Select(one => one.Id);
        return Make(id, NoticeKind.Rectification, told, [told.Id, .. also], words, "Say what was not right, and what is.", now.At, now, made => made);
    }

    /// <summary>Somebody of the family was told, or it was decided that they are not. Refuses who is owed nothing, a second time, and no words.</summary>
    public Checked<Amends> Tell(PersonId person, bool told, string? words, Stamp now) => Checked<Amends>.From(
        [
            StillToTell.Contains(person) ? null : new Problem("amends.told", "They are owed nothing, or it is recorded already."),
            string.IsNullOrWhiteSpace(words) ? new Problem("amends.told-words", told ? "Say how they were told." : "Say why they are not told.") : TypedText.Check("amends.told-words", words, 1_000, lines: true),
        ],
        () => this with { Told = Told.Add(new AmendsTold { Person = person, Told = told, Words = TypedText.Clean(words)!, At = now.At, By = now.By }) });

    /// <summary>Brings it back from storage.</summary>
    /// <exception cref="ArgumentException">A withdrawal, or of nothing.</exception>
    public static Amends Restore(UnitId id, UnitId? family, NoticeKind why, string words, IEnumerable<UnitId> of, NamedBody? reached, IEnumerable<PersonId> people, DateTimeOffset awareAt, ColleagueId by, IEnumerable<AmendsTold> told)
    {
        var made = new Amends { Id = id, Family = family, Why = why, Words = words, Of = [.. of], Reached = reached, People = [.. people], AwareAt = awareAt, By = by, Told = [.. told] };
        return made.Of.IsEmpty || why is not (NoticeKind.Rectification or NoticeKind.WrongRecipient) ? throw new ArgumentException("Amends are of something that was told.", nameof(of)) : made;
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Amends);

    private static Checked<Amends> Make(UnitId id, NoticeKind why, DisclosureRecord told, ImmutableArray<UnitId> of, string? words, string needed, DateTimeOffset awareAt, Stamp now, Func<Amends, Amends> rest) =>
        Checked<Amends>.From(
            [
                told.WentOutside ? null : new Problem("", "Nobody outside was told this, so there is nothing to make good."),
                string.IsNullOrWhiteSpace(words) ? new Problem("amends.words", needed) : TypedText.Check("amends.words", words, TypedText.NoteLimit, lines: true),
                now.RefuseFuture("amends.aware-at", awareAt) ?? (awareAt < told.DecidedAt ? new Problem("amends.aware-at", "This is before it was sent. Give the time at which you heard of it.") : null),
            ],
            () => rest(new Amends { Id = id, Family = told.Family, Why = why, Words = TypedText.Clean(words)!, Of = of, AwareAt = awareAt, By = now.By }));
}
