using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Enquiries;

/// <summary>How we know that callers are who they say they are. Numbers are stored; <c>default</c> is "not confirmed": nothing is read out (U1).</summary>
public enum CallerConfirmation
{
    /// <summary>Not confirmed: nothing is read out.</summary>
    NotConfirmed = 0,
    /// <summary>They gave the safe word.</summary>
    SafeWord = 1,
    /// <summary>They supplied two facts themselves.</summary>
    TwoFacts = 2,
    /// <summary>We rang the number that we hold.</summary>
    CallBack = 3,
    /// <summary>A colleague knows the voice.</summary>
    KnownVoice = 4,
}

/// <summary>
/// Who callers say they are, on the anonymity ladder (C2): anonymous, a name that they choose, or a person of a family.
/// Shows no content.
/// </summary>
public abstract record Caller
{
    private Caller(PersonId person) => Person = person;

    /// <summary>The person; of a caller who is on no card a random id, so that what they were told goes with them when they choose to be named.</summary>
    public PersonId Person { get; }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named);

    /// <summary>Nothing known but the random reference that the caller was given, such as <c>K7-QFM2</c>.</summary>
    public sealed record Anonymous : Caller
    {
        internal Anonymous(PersonId person, AnonymousReference reference) : base(person) => Reference = reference;
        /// <summary>The reference.</summary>
        [Field("enquiry.caller.reference")]
        public AnonymousReference Reference { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named) => anonymous(this);
        /// <inheritdoc/>
        public override string ToString() => nameof(Anonymous);
    }

    /// <summary>A name that the caller chose to be called by, with the reference.</summary>
    public sealed record Handle : Caller
    {
        internal Handle(PersonId person, AnonymousReference reference, string name) : base(person) => (Reference, Name) = (reference, name);
        /// <summary>The reference.</summary>
        [Field("enquiry.caller.reference")]
        public AnonymousReference Reference { get; }
        /// <summary>The name that they chose.</summary>
        [Field("enquiry.caller.name")]
        public string Name { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named) => handle(this);
        /// <inheritdoc/>
        public override string ToString() => nameof(Handle);
    }

    /// <summary>A person on a family card, under whatever name the card knows them.</summary>
    public sealed record Named : Caller
    {
        internal Named(UnitId family, PersonId person) : base(person) => Family = family;
        /// <summary>The family card.</summary>
        public UnitId Family { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named) => named(this);
        /// <inheritdoc/>
        public override string ToString() => nameof(Named);
    }

    /// <summary>An anonymous caller.</summary>
    /// <exception cref="ArgumentException">Nobody, or no reference.</exception>
    public static Caller CreateAnonymous(PersonId person, AnonymousReference reference) => new Anonymous(Somebody(person), Given(reference));

    /// <summary>A caller under a chosen name of at most 60 characters. Refuses an empty name.</summary>
    /// <exception cref="ArgumentException">Nobody, or no reference.</exception>
    public static Checked<Caller> CreateHandle(PersonId person, AnonymousReference reference, string? name) =>
        Checked<Caller>.From(
            [string.IsNullOrWhiteSpace(name) ? new Problem(EnquiryFields.Caller, "Give the name that the caller chose.") : TypedText.Check(EnquiryFields.Caller, name, 60)],
            () => new Handle(Somebody(person), Given(reference), TypedText.Clean(name)!));

    /// <summary>Brings a caller under a chosen name back from storage.</summary>
    /// <exception cref="ArgumentException">Nobody, no reference, or no name.</exception>
    public static Caller RestoreHandle(PersonId person, AnonymousReference reference, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Handle(Somebody(person), Given(reference), name);
    }

    /// <summary>A person of a family.</summary>
    /// <exception cref="ArgumentException">Without a family or a person.</exception>
    public static Caller CreateNamed(UnitId family, PersonId person) =>
        family.IsEmpty ? throw new ArgumentException("A named caller is a person of a family.", nameof(family)) : new Named(family, Somebody(person));

    private static PersonId Somebody(PersonId person) => person == default ? throw new ArgumentException("A caller is somebody.", nameof(person)) : person;

    private static AnonymousReference Given(AnonymousReference reference) => reference.IsEmpty ? throw new ArgumentException("A caller without a name has a reference.", nameof(reference)) : reference;
}
