namespace Wdfis.Portal.Features.Curiosity;

/// <summary>A page that is shown although its address names something of a family and nobody was asked why (S2); with the reason why it may be.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OpensUnaskedAttribute(string because) : Attribute
{
    /// <summary>It asks on the page itself, with what the service answers, and goes on where it was.</summary>
    public const string AsksItself = "It asks for itself when its service does.";
    /// <summary>What a right, a hold or an erasure needs is the work itself.</summary>
    public const string WorkIsTheReason = "The purpose of all that it opens names the work, which is the reason.";
    /// <summary>Nothing of the family is shown.</summary>
    public const string ShowsNothing = "It shows counts at most of the family, and nobody.";
    /// <summary>The caller is who asks, and what they confirmed is what opens the family.</summary>
    public const string OwnCall = "It is the colleague's own call: what the caller confirms opens the family, and the call is the reason.";
    /// <summary>The colleague's own typing.</summary>
    public const string OwnTyping = "It shows what the colleague typed themselves, and nothing else.";

    /// <summary>Why nobody is asked.</summary>
    public string Because { get; } = because;
}
