using System.Text.RegularExpressions;

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
public abstract partial record Caller
{
    private Caller(PersonId person) => Person = person;

    /// <summary>The person; of a caller who is on no card a random id, so that what they were told goes with them when they choose to be named.</summary>
    public PersonId Person { get; }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named);

    /// <summary>Nothing known but the random reference that the caller was given, such as <c>K7-QFM2</c>.</summary>
    public sealed record Anonymous : Caller
    {
        internal Anonymous(PersonId person, string reference) : base(person) => Reference = reference;
        /// <summary>The reference.</summary>
        public string Reference { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Anonymous, TResult> anonymous, Func<Handle, TResult> handle, Func<Named, TResult> named) => anonymous(this);
        /// <inheritdoc/>
        public override string ToString() => nameof(Anonymous);
    }

    /// <summary>A name that the caller chose to be called by, with the reference.</summary>
    public sealed record Handle : Caller
    {
        internal Handle(PersonId person, string reference, string name) : base(person) => (Reference, Name) = (reference, name);
        /// <summary>The reference.</summary>
        public string Reference { get; }
        /// <summary>The name that they chose.</summary>
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

    /// <summary>An anonymous caller. Refuses a text that has not the shape of a reference.</summary>
    public static Checked<Caller> CreateAnonymous(PersonId person, string? reference) =>
        Checked<Caller>.From([CheckReference(reference)], () => new Anonymous(Somebody(person), reference!));

    /// <summary>A caller under a chosen name (at most 60 characters).</summary>
    public static Checked<Caller> CreateHandle(PersonId person, string? reference, string? name) =>
        Checked<Caller>.From(
            [
                CheckReference(reference),
                string.IsNullOrWhiteSpace(name) ? new Problem(EnquiryFields.Caller, "Give the name that the caller chose.") : TypedText.Check(EnquiryFields.Caller, name, 60),
            ],
            () => new Handle(Somebody(person), reference!, TypedText.Clean(name)!));

    /// <summary>A person of a family.</summary>
    /// <exception cref="ArgumentException">Without a family or a person.</exception>
    public static Caller CreateNamed(UnitId family, PersonId person) =>
        family.IsEmpty ? throw new ArgumentException("A named caller is a person of a family.", nameof(family)) : new Named(family, Somebody(person));

    private static PersonId Somebody(PersonId person) => person == default ? throw new ArgumentException("A caller is somebody.", nameof(person)) : person;

    private static Problem? CheckReference(string? reference) =>
        reference is not null && ReferencePattern().IsMatch(reference)
            ? null
            : new Problem(EnquiryFields.Caller, "This is not a reference of ours. They look like K7-QFM2.");

    [GeneratedRegex("^[A-Z0-9]{2,4}(?:-[A-Z0-9]{2,8}){1,3}\\z")]
    private static partial Regex ReferencePattern();
}
