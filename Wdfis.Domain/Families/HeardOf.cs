using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Families;

/// <summary>Why somebody of whom others told us is not told of it (Article 14(5); Schedules 2 and 3). Numbers are stored by name: never rename one.</summary>
public enum NotToldBecause
{
    /// <summary>They know it already.</summary>
    Knows = 1,
    /// <summary>Impossible, or out of all proportion.</summary>
    Disproportionate = 2,
    /// <summary>It would endanger a child or somebody else.</summary>
    Danger = 3,
    /// <summary>It was told us in confidence, and telling them would give that away.</summary>
    Confidence = 4,
    /// <summary>The law says that we hold it, and protects them otherwise.</summary>
    Law = 5,
}

/// <summary>
/// Somebody of whom others told us, and the word that is owed to them within a month of our hearing (Article 14; D1, field-guide.md section
/// 1.5): told, or the reason why not. Which colleague heard it from whom stands on the family's card. Shows no content.
/// </summary>
public sealed record HeardOf
{
    private HeardOf() { }

    /// <summary>The unit.</summary>
    public UnitId Id => IdOf(Person);
    /// <summary>Who.</summary>
    public PersonId Person { get; private init; }
    /// <summary>The London day on which they came onto the card.</summary>
    [Field("heard-of.on")]
    public DateOnly HeardOn { get; private init; }
    /// <summary>The London day on which they were told; null while they were not.</summary>
    [Field("heard-of.told-on")]
    public DateOnly? ToldOn { get; private init; }
    /// <summary>How they were told.</summary>
    [Field("heard-of.told-how")]
    public string? ToldHow { get; private init; }
    /// <summary>Why they are not told; null for no such decision.</summary>
    [Field("heard-of.because")]
    public NotToldBecause? Because { get; private init; }
    /// <summary>The same in words.</summary>
    [Field("heard-of.reason")]
    public string? Reason { get; private init; }
    /// <summary>Who told them, or decided, and when; null while it is owed.</summary>
    [Field("heard-of.settled")]
    public Stamp? Settled { get; private init; }

    /// <summary>The last day on which to tell them, included: the same day number a month on, or the month's last; never rolled to a later one.</summary>
    public DateOnly DueOn => CorrespondingDate.AddMonths(HeardOn, 1);

    /// <summary>The unit of a person: each has one, and it is found without a list.</summary>
    public static UnitId IdOf(PersonId person)
    {
        var bytes = new UnitId(person.Value).ToBytes();
        bytes[^1] ^= 1;
        return UnitId.FromBytes(bytes);
    }

    /// <summary>We heard of them on this day.</summary>
    public static HeardOf Of(PersonId person, DateOnly heardOn) => new() { Person = person, HeardOn = heardOn };

    /// <summary>From storage.</summary>
    public static HeardOf Restore(PersonId person, DateOnly heardOn, DateOnly? toldOn, string? toldHow, NotToldBecause? because, string? reason, Stamp? settled) =>
        new() { Person = person, HeardOn = heardOn, ToldOn = toldOn, ToldHow = toldHow, Because = because, Reason = reason, Settled = settled };

    /// <summary>They were told, also where it was decided before that they are not. Refused without a day or a way, for a day to come, and a second time.</summary>
    public Checked<HeardOf> Tell(DateOnly? on, string? how, Stamp now) => Checked<HeardOf>.From(
        [
            ToldOn is not null ? new Problem("", "They were told already.") : null,
            on is { } day ? now.RefuseFuture("heard-of.told-on", day) : new Problem("heard-of.told-on", "Give the day on which they were told."),
            string.IsNullOrWhiteSpace(how) ? new Problem("heard-of.told-how", "Say how they were told.") : TypedText.Check("heard-of.told-how", how),
        ],
        () => this with { ToldOn = on, ToldHow = TypedText.Clean(how), Because = null, Reason = null, Settled = now });

    /// <summary>They are not told, and why. Refused without a ground or its words, and once they were told.</summary>
    public Checked<HeardOf> LeaveUntold(NotToldBecause? because, string? reason, Stamp now) => Checked<HeardOf>.From(
        [
            ToldOn is not null ? new Problem("", "They were told already.") : null,
            because is { } ground && Enum.IsDefined(ground) ? null : new Problem("heard-of.because", "Choose why they are not told."),
            string.IsNullOrWhiteSpace(reason) ? new Problem("heard-of.reason", "Say why, for this person.") : TypedText.Check("heard-of.reason", reason, TypedText.NoteLimit, lines: true),
        ],
        () => this with { Because = because, Reason = TypedText.Clean(reason), Settled = now });

    /// <summary>The same person was heard of on two cards that are joined: since the earlier day, settled as one of them was. Refused where both were, each in its own way.</summary>
    public Checked<HeardOf> Join(HeardOf other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Settled is not null && other.Settled is not null)
            return new Problem(FamilyCard.At("family.person", Person), "That others told us of them was settled on both cards. Leave them as two people, so that neither is lost.");
        var kept = Settled is null ? other : this;
        return kept with { Person = Person, HeardOn = HeardOn < other.HeardOn ? HeardOn : other.HeardOn };
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(HeardOf);
}
