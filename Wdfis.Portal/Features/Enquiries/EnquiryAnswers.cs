using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>A call taken up again: what was typed, or why there is nothing to go on with.</summary>
internal sealed record ResumedCall(ImmutableDictionary<string, string> Fields, string? Trouble = null)
{
    /// <summary>The enquiry that the call became, where it was saved and this colleague may open it.</summary>
    public UnitId? Saved { get; init; }

    public override string ToString() => nameof(ResumedCall);
}

/// <summary>What came of saving.</summary>
internal abstract record SaveAnswer
{
    private SaveAnswer() { }

    public abstract TResult Match<TResult>(Func<Saved, TResult> saved, Func<Refused, TResult> refused, Func<Trouble, TResult> trouble);

    /// <summary>Durable.</summary>
    internal sealed record Saved(UnitId Enquiry, EnquiryState State, KeepUntil KeepUntil, string? Reference) : SaveAnswer
    {
        public override TResult Match<TResult>(Func<Saved, TResult> saved, Func<Refused, TResult> refused, Func<Trouble, TResult> trouble) => saved(this);
        public override string ToString() => nameof(Saved);
    }

    /// <summary>Something typed is missing or wrong; nothing was changed.</summary>
    internal sealed record Refused(ImmutableArray<Problem> Problems) : SaveAnswer
    {
        public override TResult Match<TResult>(Func<Saved, TResult> saved, Func<Refused, TResult> refused, Func<Trouble, TResult> trouble) => refused(this);
    }

    /// <summary>It could not be done, in words for the screen; nothing was changed and what was typed is kept.</summary>
    internal sealed record Trouble(string Words) : SaveAnswer
    {
        public override TResult Match<TResult>(Func<Saved, TResult> saved, Func<Refused, TResult> refused, Func<Trouble, TResult> trouble) => trouble(this);
    }
}

/// <summary>
/// The family as the call may see it. Without a card nothing was opened, or nothing may be read out, and <see cref="Words"/> say why;
/// the safety warning shows all the same.
/// </summary>
/// <param name="Words">Why there is no card.</param>
/// <param name="Warning">What to mind for safety, without content.</param>
/// <param name="Card">The card, once the caller is confirmed.</param>
/// <param name="KeepUntil">Until when the family is kept.</param>
public sealed record FamilySide(string? Words, string? Warning, FamilyCard? Card = null, KeepUntil? KeepUntil = null)
{
    /// <summary>Permissions as of today, a sentence for each kind of body.</summary>
    public ImmutableArray<string> Permissions { get; init; } = [];

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(FamilySide);
}

/// <summary>A saved enquiry for its page, or why it cannot be shown.</summary>
internal sealed record ShownEnquiry(Enquiry? Enquiry, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>The family of which somebody says first why they open it; null when it is open, or not for want of a reason.</summary>
    public UnitId? Asks { get; init; }

    public override string ToString() => nameof(ShownEnquiry);
}

/// <summary>A family made in a call: its id, who of it is calling, and how the call names it.</summary>
internal sealed record EnteredFamily(UnitId Family, PersonId Caller, string Label)
{
    public override string ToString() => nameof(EnteredFamily);
}
