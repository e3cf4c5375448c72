using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>What is asked of the audit: everything that is given holds of each entry found.</summary>
internal sealed record AuditQuestion
{
    /// <summary>A record; a family's card with everything of it that is still there.</summary>
    public UnitId? About { get; init; }
    public ColleagueId? Who { get; init; }
    public AuditAction? Action { get; init; }
    /// <summary>The first day, London's, included.</summary>
    public DateOnly? From { get; init; }
    /// <summary>The last day, London's, included.</summary>
    public DateOnly? Until { get; init; }
    /// <summary>True for refused attempts alone, false for all but those.</summary>
    public bool? Refused { get; init; }
    /// <summary>Openings alone, emergencies among them.</summary>
    public bool Openings { get; init; }
}

/// <summary>Some entries, newest first, and below which sequence the next are; null when these were the last.</summary>
internal sealed record AuditFound(ImmutableArray<AuditEntry> Entries, long? Below);

/// <summary>How the chain stands: its entries, and the last head that stands outside, unless the second place is none. Heads are null while none was sent.</summary>
internal sealed record ChainStands(long First, long Last, DateTimeOffset? LastAt, SignedHead? Head, string? Place, bool Apart)
{
    public long Entries => Last == 0 ? 0 : Last - First + 1;

    /// <summary>Entries that rest on the store alone.</summary>
    public long SinceHead => Last - (Head?.Sequence ?? 0);
}

/// <summary>Reads the audit for people. That somebody looked, and for what, is durable before they see anything.</summary>
internal sealed class AuditTrail(DataFolder folder, WriteLane lane, Heads heads)
{
    // So many entries are looked at in one go: between two of them a search can be given up.
    private const int Stretch = 100_000;
    // From a day on, few entries too many are looked at.
    private const int Step = 10_000;

    /// <exception cref="NoRoomException">The disk is full, so that the looking cannot be written down.</exception>
    public async Task<AuditFound> Ask(Errand errand, AuditQuestion asked, long? below, int take, CancellationToken cancel = default, AuditAction noted = AuditAction.AuditRead)
    {
        var before = below ?? folder.Records.Use(records => records.ChainHead())?.Sequence + 1 ?? 1;
        await lane.Note(new Line(errand, noted, [.. new[] { asked.About, asked.Who is { } who ? new UnitId(who.Value) : null }.OfType<UnitId>()]), cancel);
        return await Task.Run(() => Read(asked, before, take, cancel), cancel);
    }

    /// <summary>When a unit was first and last saved; null when the audit does not know.</summary>
    public (DateTimeOffset First, DateTimeOffset Last)? SavedAt(UnitId unit) => Entries(unit).Where(entry => entry.ContentHash.Length > 0).ToList() is { Count: > 0 } saved ? (saved[^1].At, saved[0].At) : null;

    /// <summary>Rows of the role table that wait for a second person: whose each is and who granted it.</summary>
    public IReadOnlyList<(ColleagueId Colleague, ColleagueId GrantedBy)> RolesWaiting() => folder.Records.Use(records => records.RolesWaiting());

    /// <summary>When a colleague last changed the rows of another; null when the audit does not know.</summary>
    public DateTimeOffset? RolesChangedAt(ColleagueId colleague, ColleagueId by) => Entries(new UnitId(colleague.Value)).FirstOrDefault(entry => entry.Action == AuditAction.RoleChanged && entry.Who == by)?.At;

    private IEnumerable<AuditEntry> Entries(UnitId unit) => folder.Records.Use(records => records.Entries(unit)).Select(bytes => AuditEntry.FromBytes(bytes));

    /// <summary>Entries from a day on (<see cref="AuditQuestion.From"/>), newest first, for the portal's own count: nothing is written down.</summary>
    internal IEnumerable<AuditEntry> Since(AuditQuestion asked)
    {
        var begin = London.At(asked.From!.Value, TimeOnly.MinValue);
        var start = folder.Records.Use(records => records.ChainStart());
        for (var below = folder.Records.Use(records => records.ChainHead())?.Sequence + 1 ?? 1; below > start;)
        {
            var from = Math.Max(start, below - Step);
            foreach (var entry in folder.Records.Use(records => records.Audit(asked, below, from, int.MaxValue)))
                yield return entry;
            if (folder.Records.Use(records => records.Audit(new AuditQuestion(), from + 1, from, 1)) is [var first] && first.At < begin)
                yield break;
            below = from;
        }
    }

    public ChainStands Stands()
    {
        var last = folder.Records.Use(records => records.ChainHead());
        var sent = heads.Last();
        return new ChainStands(folder.Records.Use(records => records.ChainStart()), last?.Sequence ?? 0, last is { } head ? AuditEntry.FromBytes(head.Entry).At : null, sent?.Head, sent?.Place, folder.HeadsApart);
    }

    private AuditFound Read(AuditQuestion asked, long below, int take, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<AuditEntry>();
        var start = folder.Records.Use(records => records.ChainStart());
        while (below > start && found.Count < take)
        {
            cancel.ThrowIfCancellationRequested();
            // What is about one record is found over the index, at once.
            var from = asked.About is null ? Math.Max(start, below - Stretch) : start;
            found.AddRange(folder.Records.Use(records => records.Audit(asked, below, from, take - found.Count)));
            below = from;
        }
        return new AuditFound(found.ToImmutable(), found.Count == take ? found[^1].Sequence : null);
    }
}
