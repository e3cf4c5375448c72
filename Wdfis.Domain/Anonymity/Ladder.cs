using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Anonymity;

/// <summary>How much a person lets us know about who they are (C2). Numbers are stored: never reuse one. Higher tells more.</summary>
public enum Rung
{
    /// <summary>Known by a random reference only.</summary>
    Anonymous = 1,
    /// <summary>Known by a name that they chose.</summary>
    Handle = 2,
    /// <summary>Known by name.</summary>
    Named = 3,
}

/// <summary>How an agreement was expressed. Numbers are stored: never reuse one.</summary>
public enum AgreedHow
{
    /// <summary>In speech, after the script was read.</summary>
    Spoken = 1,
    /// <summary>In writing on paper.</summary>
    Written = 2,
    /// <summary>By e-mail, text or form.</summary>
    Electronic = 3,
}

/// <summary>That a person agreed to stand on a higher rung: to which, how, when and who heard it.</summary>
/// <param name="To">The rung agreed to.</param>
/// <param name="How">How they agreed.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The colleague who heard it.</param>
public sealed record RungAgreement(Rung To, AgreedHow How, DateTimeOffset At, ColleagueId By)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(RungAgreement);
}

/// <summary>
/// Where one person stands on the ladder anonymous, handle, named, and by which agreements they climbed (C2). Somebody who comes
/// with their name begins named and never climbed. Up only by <see cref="Climb"/>, down only by <see cref="Descend"/>.
/// Compares by rung, reference and the agreements in order.
/// </summary>
public sealed class Ladder : IEquatable<Ladder>
{
    private Ladder(Rung rung, AnonymousReference reference, ImmutableArray<RungAgreement> agreements)
    {
        Rung = rung;
        Reference = reference;
        Agreements = agreements;
    }

    /// <summary>Where they stand.</summary>
    [Field("family.person.rung")]
    public Rung Rung { get; }

    /// <summary>The reference that they hold; empty for somebody who began named. It stays theirs when they climb.</summary>
    [Field("family.person.reference")]
    public AnonymousReference Reference { get; }

    /// <summary>The agreements by which they climbed, oldest first.</summary>
    [Field("family.person.rung-agreement")]
    public ImmutableArray<RungAgreement> Agreements { get; }

    /// <summary>Somebody who came with their name, or was named to us by their family.</summary>
    public static Ladder Named { get; } = new(Rung.Named, default, []);

    /// <summary>Somebody who begins anonymous with a reference.</summary>
    /// <exception cref="ArgumentException">The reference is empty.</exception>
    public static Ladder Anonymous(AnonymousReference reference) => new(Rung.Anonymous, Given(reference), []);

    /// <summary>Somebody who begins with a name that they chose; the reference is theirs too.</summary>
    /// <exception cref="ArgumentException">The reference is empty.</exception>
    public static Ladder Handle(AnonymousReference reference) => new(Rung.Handle, Given(reference), []);

    /// <summary>From storage.</summary>
    /// <exception cref="ArgumentException">No such rung, or a rung below named without a reference.</exception>
    public static Ladder Restore(Rung rung, AnonymousReference reference, ImmutableArray<RungAgreement> agreements) =>
        !Enum.IsDefined(rung) || rung != Rung.Named && reference.IsEmpty
            ? throw new ArgumentException("A ladder has a rung, and a reference below named.", nameof(rung))
            : new(rung, reference, agreements);

    /// <summary>Climbs by a recorded agreement: refused to the same or a lower rung, for an agreement to another rung, without a colleague, or dated after <paramref name="now"/>.</summary>
    public Checked<Ladder> Climb(RungAgreement? agreement, DateTimeOffset now)
    {
        const string field = "family.person.rung";
        if (agreement is null || agreement.By == default || !Enum.IsDefined(agreement.How) || !Enum.IsDefined(agreement.To))
            return new Problem(field, "Record first that they agreed: how, when and who heard it.");
        if (agreement.To <= Rung)
            return new Problem(field, "They already let us know this much. To take something away, use anonymity.");
        if (agreement.At > now)
            return new Problem("family.person.rung-agreement", "The agreement is dated in the future. Give the time at which they agreed.");
        if (Agreements is [.., var last] && agreement.At < last.At)
            return new Problem("family.person.rung-agreement", "The agreement is dated before the one they climbed by last. Give the time at which they agreed.");
        return new Ladder(agreement.To, Reference, Agreements.Add(agreement));
    }

    /// <summary>
    /// Comes down: takes the proof that it was decided (<see cref="Descent.Done"/>). Agreements to rungs above are dropped; somebody
    /// who never had a reference gets the new one given here.
    /// </summary>
    /// <exception cref="InvalidOperationException">The decision was about another rung.</exception>
    public Ladder Descend(Descent.Done decided, AnonymousReference reference)
    {
        ArgumentNullException.ThrowIfNull(decided);
        if (decided.From != Rung)
            throw new InvalidOperationException("The decision was about another rung.");
        return new(decided.To, Reference.IsEmpty ? Given(reference) : Reference, [.. Agreements.Where(a => a.To <= decided.To)]);
    }

    /// <inheritdoc/>
    public bool Equals(Ladder? other) => other is not null && Rung == other.Rung && Reference == other.Reference && Agreements.SequenceEqual(other.Agreements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ladder);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rung, Reference, Agreements.Length);

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Ladder);

    private static AnonymousReference Given(AnonymousReference reference) =>
        reference.IsEmpty ? throw new ArgumentException("Below named, a person holds a reference.", nameof(reference)) : reference;
}

/// <summary>The words for rungs and ways of agreeing.</summary>
public static class LadderWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this Rung rung) => rung switch
    {
        Rung.Anonymous => "Anonymous",
        Rung.Handle => "A name they choose",
        Rung.Named => "Named",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this AgreedHow how) => how switch
    {
        AgreedHow.Spoken => "spoken",
        AgreedHow.Written => "in writing",
        AgreedHow.Electronic => "electronically",
    };
}
