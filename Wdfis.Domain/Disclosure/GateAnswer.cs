using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>One reason of the gate: the rule that speaks, why, and what to do next. Its words name nobody.</summary>
/// <param name="Rule">The rule, with the clauses that it keeps.</param>
/// <param name="Sentence">Why.</param>
/// <param name="NextStep">What to do next.</param>
/// <param name="About">Whom it concerns; null for the whole.</param>
public sealed record GateReason(DisclosureRule Rule, string Sentence, string NextStep, PersonId? About = null)
{
    /// <summary>The rule's name alone.</summary>
    public override string ToString() => Rule.Name;
}

/// <summary>What is to be kept in mind with a yes.</summary>
public enum AllowedMark
{
    /// <summary>Entered late, on the same working day: normal.</summary>
    LateEntrySameDay = 1,
    /// <summary>Entered later than that, and a lead agreed.</summary>
    LateEntryAgreed = 2,
    /// <summary>Went at once: the rest of the form and a lead's signature are owed.</summary>
    SignOffOwed = 3,
    /// <summary>Went outside the UK and the EEA at once: the officer's transfer ground is owed.</summary>
    TransferGroundOwed = 4,
    /// <summary>The scan found something in the text, and a colleague read it.</summary>
    TextReadAndPassed = 5,
}

/// <summary>Who may agree.</summary>
public enum AuthoriserKind
{
    /// <summary>A team lead or the information-governance officer.</summary>
    LeadOrOfficer = 1,
    /// <summary>The information-governance officer.</summary>
    Officer = 2,
}

/// <summary>
/// The gate's answer: a closed family. Compares by reference, cannot be copied, shows no content: a yes is a thing of its own.
/// </summary>
public abstract class GateAnswer
{
    private protected GateAnswer(DisclosureRequest request, string fingerprint) => (Request, Fingerprint) = (request, fingerprint);

    /// <summary>What was asked.</summary>
    public DisclosureRequest Request { get; }
    /// <summary>The fingerprint of what was asked: an <see cref="Approval"/> is of this, and a release has to be of this.</summary>
    public string Fingerprint { get; }
    /// <summary>For bringing the answer back at release.</summary>
    public DecidedBefore AsDecided => new(Request.Id, Fingerprint);

    /// <summary>Takes the case that holds.</summary>
    public abstract T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused, Func<NeedsAuthoriser, T> needsAuthoriser);

    /// <summary>The case alone.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Allowed, on a complete ground. Only the gate makes one, and it opens the outlet once.</summary>
public sealed class Allowed : GateAnswer
{
    private int spent;

    // Named only by the gate; a test reads the sources for any other use.
    internal Allowed(DisclosureRequest request, string fingerprint, Verdict verdict) : base(request, fingerprint)
    {
        Ground = request.Ground.Kind;
        MaskedPeople = verdict.MaskedPeople;
        MaskedItems = verdict.MaskedItems;
        SignOffDueOn = verdict.SignOffDueOn;
        Marks = verdict.Marks;
        Warnings = verdict.Reasons;
        Permissions = verdict.Permissions;
    }

    /// <summary>The ground.</summary>
    public GroundKind Ground { get; }
    /// <summary>True when it is counted as outside the policy's text.</summary>
    public bool OutsidePolicyText => Ground.IsOutsidePolicyText();
    /// <summary>Who must not be recognisable in what goes.</summary>
    public ImmutableArray<PersonId> MaskedPeople { get; }
    /// <summary>Positions in <see cref="DisclosureRequest.Items"/> of items that must be left out.</summary>
    public ImmutableArray<int> MaskedItems { get; }
    /// <summary>The day on which the sign-off is due, London; null when none is owed.</summary>
    public DateOnly? SignOffDueOn { get; }
    /// <summary>What is to be kept in mind, each once.</summary>
    public ImmutableArray<AllowedMark> Marks { get; }
    /// <summary>What would have stopped it, had it not been urgent: shown to who acts and to the lead.</summary>
    public ImmutableArray<GateReason> Warnings { get; }
    /// <summary>The permissions on which it rests, each once; empty on other grounds.</summary>
    public ImmutableArray<UnitId> Permissions { get; }
    /// <summary>True once it was spent.</summary>
    public bool IsSpent => Volatile.Read(ref spent) != 0;

    /// <summary>Spends it: the outlet does so before it yields a byte.</summary>
    /// <exception cref="InvalidOperationException">It was spent before, or is a late entry, of which nothing goes out any more: ask the gate again.</exception>
    public void Spend()
    {
        if (Request.DoneAt is not null)
            throw new InvalidOperationException("A late entry is of what was done, and opens no way out.");
        if (Interlocked.Exchange(ref spent, 1) != 0)
            throw new InvalidOperationException("A decision opens the way out once. Ask the gate again.");
    }

    /// <inheritdoc/>
    public override T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused, Func<NeedsAuthoriser, T> needsAuthoriser) => allowed(this);
}

/// <summary>Refused, for all the reasons there are.</summary>
public sealed class Refused : GateAnswer
{
    internal Refused(DisclosureRequest request, string fingerprint, Verdict verdict) : base(request, fingerprint) =>
        Reasons = [.. verdict.Reasons, .. verdict.Asks.Select(a => a.Reason)];

    /// <summary>Every reason with its next step, and last who else would have to agree; never empty.</summary>
    public ImmutableArray<GateReason> Reasons { get; }

    /// <inheritdoc/>
    public override T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused, Func<NeedsAuthoriser, T> needsAuthoriser) => refused(this);
}

/// <summary>Nothing stands against it but that somebody else has to agree first.</summary>
public sealed class NeedsAuthoriser : GateAnswer
{
    internal NeedsAuthoriser(DisclosureRequest request, string fingerprint, Verdict verdict) : base(request, fingerprint) =>
        (Who, Reasons) = (verdict.Asks.Max(a => a.Who), [.. verdict.Asks.Select(a => a.Reason)]);

    /// <summary>Who may agree: never the asker.</summary>
    public AuthoriserKind Who { get; }
    /// <summary>Why; never empty.</summary>
    public ImmutableArray<GateReason> Reasons { get; }

    /// <inheritdoc/>
    public override T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused, Func<NeedsAuthoriser, T> needsAuthoriser) => needsAuthoriser(this);
}

/// <summary>What the rules said together.</summary>
internal sealed record Verdict(ImmutableArray<GateReason> Reasons, ImmutableArray<(AuthoriserKind Who, GateReason Reason)> Asks, ImmutableArray<PersonId> MaskedPeople,
    ImmutableArray<int> MaskedItems, DateOnly? SignOffDueOn, ImmutableArray<AllowedMark> Marks, ImmutableArray<UnitId> Permissions);
