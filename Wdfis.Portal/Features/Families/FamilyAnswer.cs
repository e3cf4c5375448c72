using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Features.Families;

/// <summary>What became of saving a family card.</summary>
internal abstract record FamilyAnswer
{
    private FamilyAnswer() { }

    public abstract TResult Match<TResult>(
        Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble);

    /// <summary>Durable, in this version.</summary>
    internal sealed record Done(UnitId Family, int Version) : FamilyAnswer
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble) => done(this);
    }

    /// <summary>Somebody saved in between: the card as it is now, with its envelope. Nothing was changed.</summary>
    internal sealed record Conflict(FamilyCard Theirs, Envelope Envelope) : FamilyAnswer
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble) => conflict(this);
        public override string ToString() => nameof(Conflict);
    }

    /// <summary>The family is not there any more; nothing was changed.</summary>
    internal sealed record Gone : FamilyAnswer
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble) => gone(this);
    }

    /// <summary>What is wrong with what was typed; nothing was changed.</summary>
    internal sealed record Wrong(ImmutableArray<Problem> Problems) : FamilyAnswer
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble) => wrong(this);
    }

    /// <summary>Refused, no room, on hold or damaged: why, and what to do next. Nothing was changed.</summary>
    internal sealed record Trouble(string Words) : FamilyAnswer
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Wrong, TResult> wrong, Func<Trouble, TResult> trouble) => trouble(this);
    }
}
