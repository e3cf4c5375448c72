using System.Collections.Concurrent;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>Where it is written down that families were found. Each call is durable when its task ends; a failure is thrown.</summary>
internal interface IFoundLog
{
    /// <summary>One entry for one settled search: who, for what, and the families shown (none is an entry too). Never the words.</summary>
    Task Found(Errand errand, IReadOnlyList<UnitId> shown);

    /// <summary>Families that matched and are hidden from this colleague, for the lead's list.</summary>
    Task Hidden(Errand errand, IReadOnlyList<UnitId> families);
}

/// <summary>The one access decision, asked for a family card while a search runs: from memory, at once, true when it may be shown.</summary>
internal delegate bool MaySee(Errand errand, UnitId family, bool specialHandling);

/// <summary>The enquiry of somebody without a name, by their whole reference alone (C2); null when there is none that this colleague may open.</summary>
internal delegate UnitId? EnquiryUnder(Errand errand, AnonymousReference reference);

/// <summary>
/// Search as colleagues use it: waits until the typing settles, asks the board, writes down what was found and only then gives it
/// out (U1, C2). What was typed is neither kept nor logged.
/// </summary>
internal sealed class FamilySearch(FamilyBoard board, IFoundLog log, MaySee maySee, TimeProvider clock, EnquiryUnder? enquiryUnder = null)
{
    /// <summary>This long without a key, and a search has settled.</summary>
    internal static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    /// <summary>So many searches of one colleague in one second; nobody types faster, a script does.</summary>
    internal const int MostASecond = 10;

    private readonly ConcurrentDictionary<ColleagueId, Queue<DateTimeOffset>> lately = new();

    /// <summary>Counts one more search of the colleague's.</summary>
    /// <exception cref="TooFastException">It is one too many within a second; nothing was looked for.</exception>
    internal void Count(ColleagueId who)
    {
        var times = lately.GetOrAdd(who, static _ => new Queue<DateTimeOffset>(MostASecond));
        lock (times)
        {
            var now = clock.GetUtcNow();
            // A clock that went back frees whoever waits for it.
            while (times.TryPeek(out var first) && (now - first).Duration() >= TimeSpan.FromSeconds(1))
                times.Dequeue();
            if (times.Count >= MostASecond)
                throw new TooFastException();
            times.Enqueue(now);
        }
    }

    /// <summary>Searches. A next key cancels; <paramref name="atOnce"/> is for Enter, which does not wait.</summary>
    /// <exception cref="OperationCanceledException">The typing went on, or (<see cref="TooFastException"/>) more was asked than a colleague types.</exception>
    internal Task<BoardAnswer> Search(Errand errand, string text, CancellationToken cancellation, bool atOnce = false) =>
        string.IsNullOrWhiteSpace(text)
            ? Task.FromResult(new BoardAnswer { GettingReady = board.Ready < 100 ? board.Ready : null })
            : Settled(errand, sees => board.Find(text, sees, London.Today(clock)) with { Enquiry = AnonymousReference.TryParse(text, out var reference) ? enquiryUnder?.Invoke(errand, reference) : null }, atOnce, cancellation);

    /// <summary>Families like the one being entered.</summary>
    /// <exception cref="OperationCanceledException">The typing went on.</exception>
    internal Task<BoardAnswer> Duplicates(Errand errand, FamilyFacts facts, CancellationToken cancellation) =>
        Settled(errand, sees => board.Duplicates(facts, sees), atOnce: false, cancellation);

    private async Task<BoardAnswer> Settled(Errand errand, Func<Sees, BoardAnswer> find, bool atOnce, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(errand);
        if (!atOnce)
            await Task.Delay(Settle, clock, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Count(errand.Who.Id);
        var answer = find((family, special) => maySee(errand, family, special));
        // From here on nothing is cancelled: what is about to be shown is written down first.
        if (answer.HiddenMatches.Count > 0)
            await log.Hidden(errand, answer.HiddenMatches);
        await log.Found(errand, [.. answer.Rows.Select(static row => row.Family).Concat(answer.Enquiry is { } enquiry ? [enquiry] : Array.Empty<UnitId>()).Take(FamilyBoard.MostRows)]);
        return answer with { HiddenMatches = [] };
    }
}

/// <summary>More searches in a second than a colleague types: nothing was looked for, and nothing typed is lost.</summary>
internal sealed class TooFastException() : OperationCanceledException(Sentence)
{
    internal const string Sentence = "That was more than ten searches in a second. What you typed is still here: wait a moment, then press Enter.";
}
