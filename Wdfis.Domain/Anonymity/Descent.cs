using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Anonymity;

/// <summary>The facts on which a request to be less known, or not known at all, is decided; nothing else is looked at.</summary>
public sealed record DescentFacts
{
    /// <summary>Where the person stands.</summary>
    public required Rung From { get; init; }
    /// <summary>Where they want to stand.</summary>
    public required Rung To { get; init; }
    /// <summary>True while a rights request covers them: altering what was asked for is an offence (DPA 2018 s.173, field-guide.md 1.3).</summary>
    public bool RightsRequestOpen { get; init; }
    /// <summary>True while a complaint, claim, appeal or tribunal about them is open.</summary>
    public bool ClaimOpen { get; init; }
    /// <summary>True while a hold binds the record and its kind, which is never plain, is not known here.</summary>
    public bool OnHold { get; init; }
    /// <summary>True while the law or an inquiry forbids destruction (field-guide.md section 4, holds).</summary>
    public bool HeldByLaw { get; init; }
    /// <summary>A note reworded by a colleague that may stay; null for none, which is the default. Whether it still identifies is looked at by the free-text guard, which warns.</summary>
    public string? RewordedNote { get; init; }
    /// <summary>How many disclosures about them were sent to somebody.</summary>
    public int DisclosuresSent { get; init; }
    /// <summary>How many other records name them and are kept for a reason of their own (evidence of a permission, another person's file).</summary>
    public int KeptElsewhere { get; init; }
    /// <summary>The last day on which a backup that still holds the key exists, included; null when no backup was made.</summary>
    public DateOnly? BackupsUntil { get; init; }

    /// <summary>The type's name: the note is content.</summary>
    public override string ToString() => nameof(DescentFacts);
}

/// <summary>Where something about a person remains after they came down, and until when.</summary>
/// <param name="Where">The place, by its code: <c>backups</c>, <c>sent</c>, <c>elsewhere</c>, <c>audit</c>.</param>
/// <param name="Words">A sentence that can be read to the person.</param>
/// <param name="Until">The last day, included; null where there is none.</param>
public sealed record Remaining(
    [property: Field("anonymisation.remains-where")] string Where,
    [property: Field("anonymisation.remains-words")] string Words,
    [property: Field("anonymisation.remains-until")] DateOnly? Until = null)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(Remaining);
}

/// <summary>
/// The answer to "please forget who I am" (C2): done, with what is destroyed, what stays and what remains elsewhere; deferred until
/// something ends; or refused. Each has words for the screen and for the person.
/// </summary>
public abstract record Descent
{
    private Descent() { }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<Done, TResult> done, Func<Deferred, TResult> deferred, Func<Refused, TResult> refused);

    /// <summary>To be done now. Made only by <see cref="Decide"/>, and what <see cref="Ladder.Descend"/> asks for.</summary>
    public sealed record Done : Descent
    {
        internal Done(DescentFacts facts, ImmutableArray<Remaining> remains)
        {
            From = facts.From;
            To = facts.To;
            Note = TypedText.Clean(facts.RewordedNote);
            Remains = remains;
        }

        /// <summary>The rung left.</summary>
        public Rung From { get; }
        /// <summary>The rung reached.</summary>
        public Rung To { get; }
        /// <summary>The reworded note that stays; null for none.</summary>
        public string? Note { get; }
        /// <summary>What is destroyed, in words.</summary>
        public ImmutableArray<string> Destroyed => To == Rung.Anonymous
            ? ["Their names, the name they chose, telephone numbers, addresses and every other way to reach them", "Every free text: what they asked, what we answered, notes"]
            : ["Their names, telephone numbers, addresses and every other way to reach them", "Every free text: what they asked, what we answered, notes"];
        /// <summary>What stays, in words.</summary>
        public ImmutableArray<string> Stays => Note is null
            ? ["The coded statistic: service, topic, outcome, month, district"]
            : ["The coded statistic: service, topic, outcome, month, district", "The note that a colleague reworded"];
        /// <summary>What remains where, never empty.</summary>
        public ImmutableArray<Remaining> Remains { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Deferred, TResult> deferred, Func<Refused, TResult> refused) => done(this);
        /// <summary>The type's name: the note is content.</summary>
        public override string ToString() => nameof(Done);
    }

    /// <summary>Not yet: something open must end first. The request stays on the worklist.</summary>
    /// <param name="Words">Why and what comes next, to be read to the person.</param>
    public sealed record Deferred(string Words) : Descent
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Deferred, TResult> deferred, Func<Refused, TResult> refused) => deferred(this);
    }

    /// <summary>No.</summary>
    /// <param name="Words">Why and what they can do, to be read to the person.</param>
    public sealed record Refused(string Words) : Descent
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Deferred, TResult> deferred, Func<Refused, TResult> refused) => refused(this);
    }

    /// <summary>Decides, from the facts alone. What the law holds is refused, what is open defers, and the rest is done.</summary>
    public static Descent Decide(DescentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (!Enum.IsDefined(facts.From) || !Enum.IsDefined(facts.To) || facts.To >= facts.From)
            return new Refused("We already know no more than this, so there is nothing to take away.");
        if (TypedText.Check("anonymity.note", facts.RewordedNote, TypedText.NoteLimit, lines: true) is { } problem)
            return new Refused($"The reworded note cannot be kept as it is. {problem.Sentence}");
        if (facts.HeldByLaw)
            return new Refused("The law forbids us to destroy this record at present. It is locked away meanwhile, and you can complain to us or to the data-protection regulator.");
        if (facts.RightsRequestOpen)
            return new Deferred("You have asked to see or change what we hold, and the law forbids us to alter it before that is answered. We remove your identity as soon as it is.");
        if (facts.ClaimOpen)
            return new Deferred("A complaint, appeal or claim about this is open and needs the record. We remove your identity as soon as it ends.");
        if (facts.OnHold)
            return new Deferred("Something that is open (a request to see or change what we hold, a complaint, an appeal or a claim) needs this record as it is, and the law forbids us to alter it meanwhile. We remove your identity as soon as it ends.");
        var remains = ImmutableArray.CreateBuilder<Remaining>();
        if (facts.BackupsUntil is { } until)
            remains.Add(new("backups", $"Backups hold a sealed copy until {until.Words()}. Nobody reads them, and a restore does not bring you back.", until));
        if (facts.DisclosuresSent > 0)
            remains.Add(new("sent", facts.DisclosuresSent == 1
                ? "What we sent to somebody once, as you were told, is with them and cannot be called back."
                : $"What we sent to others on {facts.DisclosuresSent} occasions is with them and cannot be called back."));
        if (facts.KeptElsewhere > 0)
            remains.Add(new("elsewhere", facts.KeptElsewhere == 1
                ? "One other record names you and is kept for a reason of its own."
                : $"{facts.KeptElsewhere} other records name you and are kept for reasons of their own."));
        remains.Add(new("audit", "The audit log keeps which record was opened when and by which colleague. It never held a name."));
        return new Done(facts, remains.ToImmutable());
    }
}
