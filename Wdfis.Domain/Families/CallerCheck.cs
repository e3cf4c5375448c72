using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;

namespace Wdfis.Domain.Families;

/// <summary>A fact that a caller can supply and that not everybody knows. Numbers are stored: never reuse one.</summary>
public enum KnownFact
{
    /// <summary>A child's date of birth.</summary>
    ChildBirth = 1,
    /// <summary>The postcode.</summary>
    Postcode = 2,
    /// <summary>A child's setting.</summary>
    Setting = 3,
    /// <summary>What we spoke about last, or when.</summary>
    LastContact = 4,
    /// <summary>A telephone number or e-mail that we hold.</summary>
    HeldContact = 5,
    /// <summary>Their own reference.</summary>
    Reference = 6,
}

/// <summary>How it was made sure that a caller is who they say (U1): a closed family. Nothing is read out to one who is not confirmed.</summary>
public abstract record CallerCheck
{
    private CallerCheck() { }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed);

    /// <summary>They said the safe word.</summary>
    public sealed record SafeWord : CallerCheck
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed) => safeWord();
    }

    /// <summary>They supplied two different facts themselves.</summary>
    public sealed record TwoFacts : CallerCheck
    {
        private TwoFacts(KnownFact first, KnownFact second) => (First, Second) = (first, second);

        /// <summary>One fact.</summary>
        public KnownFact First { get; }
        /// <summary>The other.</summary>
        public KnownFact Second { get; }

        /// <summary>Two different facts; the same one twice is refused.</summary>
        public static Checked<CallerCheck> Create(KnownFact first, KnownFact second) =>
            !Enum.IsDefined(first) || !Enum.IsDefined(second) || first == second
                ? new Problem("enquiry.caller-check", "Choose two different facts that the caller supplied.")
                : new TwoFacts(first, second);

        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed) => twoFacts(First, Second);
    }

    /// <summary>We called back to the number that we held before this call.</summary>
    public sealed record CallBack : CallerCheck
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed) => callBack();
    }

    /// <summary>The colleague knows the voice from working with them.</summary>
    public sealed record KnownVoice : CallerCheck
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed) => knownVoice();
    }

    /// <summary>Not confirmed: nothing is read out, and the family side shows safety warnings only.</summary>
    public sealed record NotConfirmed : CallerCheck
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<TResult> safeWord, Func<KnownFact, KnownFact, TResult> twoFacts, Func<TResult> callBack, Func<TResult> knownVoice, Func<TResult> notConfirmed) => notConfirmed();
    }

    /// <summary>
    /// Why nothing may be read out; null when the caller is confirmed. Where a safe word was agreed only the word confirms, and under
    /// danger facts and voices confirm nobody: whoever lived with them knows the birthdays and the postcode (field-guide.md section 7).
    /// </summary>
    public string? WhyNot(SafeContact? safe) => Match(
        () => safe?.SafeWord is null ? "No safe word was agreed with this family. Confirm the caller in another way." : null,
        (_, _) => Weak(safe),
        () => safe?.SafeWord is not null || safe?.Danger == true ? "Ask for the safe word: somebody else may answer that telephone." : null,
        () => Weak(safe),
        () => "The caller is not confirmed, so nothing is read out.");

    /// <summary>The way as the enquiry keeps it.</summary>
    public CallerConfirmation Confirmation => Match(
        () => CallerConfirmation.SafeWord, (_, _) => CallerConfirmation.TwoFacts, () => CallerConfirmation.CallBack, () => CallerConfirmation.KnownVoice, () => CallerConfirmation.NotConfirmed);

    /// <summary>True when something may be read out to the caller.</summary>
    public bool Confirms(SafeContact? safe) => WhyNot(safe) is null;

    private static string? Weak(SafeContact? safe) =>
        safe?.SafeWord is not null ? "A safe word was agreed with this family. Ask for it."
        : safe?.Danger == true ? "There is a danger in this family, and others may know these facts. Ask a lead before you read anything out."
        : null;
}
