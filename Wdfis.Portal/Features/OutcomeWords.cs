using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features;

/// <summary>Why an act came to nothing, a record does not open or the gate stays closed, in words, and what to do next.</summary>
internal static class OutcomeWords
{
    /// <summary>Whom the leads and the officer tell, whom everybody else tells.</summary>
    public const string WhoeverRunsIt = "whoever runs the portal";

    /// <summary>Empty when it was done.</summary>
    /// <param name="outcome">What the act came to.</param>
    /// <param name="gone">What is not there any more.</param>
    /// <param name="busy">What somebody else changed.</param>
    public static string Words(this Outcome outcome, string? gone = null, string? busy = null) => outcome.Match(
        done: _ => "",
        conflict: _ => busy ?? "Somebody changed this in between. Open the page again to see what it says now; what you typed is kept as a draft.",
        gone: _ => gone ?? "This is not there any more. Search again.",
        refused: no => no.Reasons.Words(),
        noRoom: _ => NoRoomException.Sentence,
        onHold: _ => "A hold binds this: it can neither go nor be kept shorter than before. Ask a team lead.",
        damaged: broken => $"It cannot be saved. {broken.What} Tell your team lead.");

    /// <summary>The same as a problem of no field; none when it was done.</summary>
    public static ImmutableArray<Problem> Problems(this Outcome outcome, string? gone = null, string? busy = null) =>
        outcome is Outcome.Done ? [] : [new Problem("", outcome.Words(gone, busy))];

    /// <summary>What the gate has against it, each with what to do next; none when it allows it.</summary>
    public static ImmutableArray<Problem> Problems(this GateAnswer answer) =>
        [.. answer.Match<ImmutableArray<GateReason>>(_ => [], no => no.Reasons, waits => waits.Reasons).Select(reason => new Problem("", $"{reason.Sentence} {reason.NextStep}"))];

    /// <summary>The record and its envelope, or why it does not open, in words.</summary>
    /// <param name="opening">What came of asking for it.</param>
    /// <param name="missing">There is none.</param>
    /// <param name="erased">There was one.</param>
    /// <param name="tell">Whom to tell, where it is the portal that fails.</param>
    public static (T? Record, Envelope? Envelope, string? Trouble) Read<T>(this Opening<T> opening, string missing, string erased, string tell = "your team lead") where T : class =>
        opening.Match<(T?, Envelope?, string?)>(
            opened: found => (found.Record.Open(found.Clearance), found.Envelope, null),
            refused: no => (null, null, no.Reasons.Words()),
            missing: _ => (null, null, missing),
            erased: _ => (null, null, erased),
            damaged: broken => (null, null, $"This cannot be opened. {broken.What} Tell {tell}."),
            noRoom: _ => (null, null, $"{NoRoomException.Nothing} Tell {tell}."));
}
