using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>One line of the directory: the recipient as lists show it, and its envelope as of that save.</summary>
internal sealed record Listed(Recipient Recipient, Envelope Envelope)
{
    /// <summary>The first London day on which somebody should look whether it is still right; null once it has ended.</summary>
    public DateOnly? CheckDueOn => Recipient.CheckDueOn(Envelope.CreatedOn);

    /// <summary>What it is found by, folded.</summary>
    public string[] Words { get; } = [.. new[] { Recipient.Name, Recipient.Kind.One(), Recipient.Details.Sort, Recipient.Details.AskFor, Recipient.Details.Head, Recipient.Details.Urn?.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        .Concat(Recipient.Contacts.Select(contact => contact.Value)).OfType<string>().SelectMany(Folding.Terms).Distinct()];

    public override string ToString() => nameof(Listed);
}

/// <summary>Which part of the directory.</summary>
internal enum DirectoryView
{
    Open = 1,
    ToCheck = 2,
    Urgent = 3,
    Ended = 4,
}

/// <summary>
/// The directory in memory: read from the sealed cards when it is first asked for, and kept by the change feed from then on. A few hundred
/// lines, so that filtering is one pass. Holds nothing by which a person is reached.
/// </summary>
[OpenToAll(OpenBecause.Directory)]
internal sealed class RecipientDirectory : IDisposable
{
    private readonly CardShelf<Recipient> shelf;
    private readonly Lock gate = new();
    private ImmutableDictionary<UnitId, Shelved<Recipient>>? from;
    private ImmutableDictionary<UnitId, Listed> lines = ImmutableDictionary<UnitId, Listed>.Empty;
    private ImmutableArray<Listed> byName = [];

    public RecipientDirectory(Keeper keeper, IRecordFormat<Recipient> format, ILogger<RecipientDirectory> log) => shelf = new(keeper, format, log);

    /// <summary>Every line, by name. The first to ask waits until all are read.</summary>
    public ImmutableArray<Listed> All
    {
        get
        {
            Read();
            lock (gate)
                return byName;
        }
    }

    /// <summary>The line of a body; null when the directory does not have it.</summary>
    public Listed? Find(BodyId id)
    {
        Read();
        lock (gate)
            return lines.GetValueOrDefault(new UnitId(id.Value));
    }

    /// <summary>Those of a view in which every typed word begins a word, by name; those whose name begins with what was typed come first.</summary>
    public ImmutableArray<Listed> Find(string? typed, DateOnly today, DirectoryView view = DirectoryView.Open, BodyKind? kind = null)
    {
        var words = Folding.Words(typed ?? "");
        var whole = Folding.Whole(typed ?? "");
        var found = All.Where(line => (kind is null || line.Recipient.Kind == kind) && (view switch
        {
            DirectoryView.Open => line.Recipient.IsOpen,
            DirectoryView.ToCheck => line.Recipient.NeedsCheck(today),
            DirectoryView.Urgent => line.Recipient is { IsOpen: true, Details.Urgent: true },
            DirectoryView.Ended => !line.Recipient.IsOpen,
        }) && Array.TrueForAll(words, word => Array.Exists(line.Words, has => has.StartsWith(word, StringComparison.Ordinal))));
        return [.. words.Length == 0 ? found : found.OrderByDescending(line => Folding.Whole(line.Recipient.Name).StartsWith(whole, StringComparison.Ordinal))];
    }

    /// <summary>
    /// The body that a permission is to name: the one chosen while its name still stands there, else the only open one of that name and kind,
    /// else what was typed, by name alone.
    /// </summary>
    public Checked<NamedBody> Named(BodyKind kind, string? typed, BodyId chosen = default)
    {
        var name = typed?.Trim() ?? "";
        bool Same(Listed line) => line.Recipient.IsOpen && string.Equals(line.Recipient.Name, name, StringComparison.OrdinalIgnoreCase);
        if (chosen != default && Find(chosen) is { } line && Same(line))
            return line.Recipient.Named();
        return All.Where(other => Same(other) && other.Recipient.Kind == kind).Take(2).ToArray() is [var only]
            ? only.Recipient.Named()
            : NamedBody.Create(kind, typed);
    }

    /// <summary>What became of the body that a permission names: it closed, was merged or has another name now; null when nothing did.</summary>
    public BodyChange? ChangeOf(NamedBody body)
    {
        if (body.Id == default || Find(body.Id) is not { Recipient: var now })
            return null;
        if (now.End is { } end)
            return new BodyChange(now, end.Successor is { } next ? Current(next) : null);
        return string.Equals(now.Name, body.Name, StringComparison.OrdinalIgnoreCase) && now.Details.Country == body.Country ? null : new BodyChange(now, null);
    }

    /// <summary>A body, or whoever took over from it in the end; null when the directory does not have it.</summary>
    public Recipient? Current(BodyId id)
    {
        var at = Find(id)?.Recipient;
        // Only open bodies become successors, so that the way has an end; the count is for a damaged one.
        for (var steps = 0; steps < 50 && at?.End?.Successor is { } next && Find(next) is { Recipient: var successor }; steps++)
            at = successor;
        return at;
    }

    /// <summary>What the gate needs to know of an entry, with those that were merged into it.</summary>
    public RecipientFacts Facts(Recipient recipient, string? attention = null) => RecipientFacts.Of(recipient, attention) with
    {
        Before = [.. All.Where(line => line.Recipient.End is { Successor: not null } && Current(line.Recipient.Id)?.Id == recipient.Id).Select(line => line.Recipient.Id)],
    };

    public void Dispose() => shelf.Dispose();

    // A line that did not change keeps what it is found by.
    private void Read()
    {
        var now = shelf.All;
        lock (gate)
        {
            if (ReferenceEquals(from, now))
                return;
            lines = now.ToImmutableDictionary(one => one.Key, one => lines.TryGetValue(one.Key, out var line) && line.Envelope == one.Value.Envelope ? line : new Listed(one.Value.Record, one.Value.Envelope));
            byName = [.. lines.Values.OrderBy(line => line.Recipient.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(line => line.Envelope.Id)];
            from = now;
        }
    }
}

/// <summary>A body that is not as a permission names it any more, and who took over.</summary>
internal sealed record BodyChange(Recipient Now, Recipient? Successor)
{
    /// <summary>One or two sentences for the screen, with what to do next.</summary>
    public string Words => Now.End switch
    {
        null => $"The body is called {Now.Name}{(Now.Details.Country == Domain.Recipients.Countries.UnitedKingdom ? "" : $" ({Domain.Recipients.Countries.NameOf(Now.Details.Country)})")} now. If it is still the one that they meant, ask for a new permission by that name.",
        { How: RecipientEnding.Merged } => $"{Now.Name} was merged into {Successor?.Name ?? "another body"}. This permission does not go over to it: ask for a new one.",
        _ => $"{Now.Name} has closed.{(Successor is null ? "" : $" {Successor.Name} took over; this permission does not go over to it: ask for a new one.")}",
    };

    public override string ToString() => nameof(BodyChange);
}
