using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features;

/// <summary>Why an act came to nothing, in words, and what to do next.</summary>
internal static class OutcomeWords
{
    /// <summary>Empty when it was done.</summary>
    /// <param name="outcome">What the act came to.</param>
    /// <param name="gone">What is not there any more.</param>
    /// <param name="busy">What somebody else changed.</param>
    public static string Words(this Outcome outcome, string? gone = null, string? busy = null) => outcome.Match(
        done: _ => "",
        conflict: _ => busy ?? "Somebody changed this in between. Open the page again to see what it says now; what you typed is kept as a draft.",
        gone: _ => gone ?? "This is not there any more. Search again.",
        refused: no => no.Reasons.Words(),
        noRoom: _ => "The portal's disk is full, so nothing can be opened or saved at present. Tell your team lead.",
        onHold: _ => "A hold binds this: it can neither go nor be kept shorter than before. Ask a team lead.",
        damaged: broken => $"It cannot be saved. {broken.What} Tell your team lead.");

    /// <summary>The same as a problem of no field; none when it was done.</summary>
    public static ImmutableArray<Problem> Problems(this Outcome outcome, string? gone = null, string? busy = null) =>
        outcome is Outcome.Done ? [] : [new Problem("", outcome.Words(gone, busy))];
}
