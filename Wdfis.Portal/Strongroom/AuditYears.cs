using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Strongroom;

/// <summary>A year of the audit whose time is over, and who asked for it to be dropped and who else agreed.</summary>
internal sealed record AuditYear(int Year, KeepUntil Keep, AuditEntry? Asked, AuditEntry? Agreed);

/// <summary>
/// The audit in calendar years, London's: each is closed with a signed head at its last entry once it is over, and can be dropped whole, the
/// oldest first, when its time is over and two people said so (D5).
/// </summary>
internal sealed class AuditYears(DataFolder folder, WriteLane lane, KeyRing ring, Heads heads, Verification verification, TimeProvider clock)
{
    private readonly Lock gate = new();
    private Known? known;
    private int closed;

    // Every lead's menu asks, and the answer takes a look at the whole audit.
    private sealed record Known(DateOnly On, Schedule Schedule, ImmutableArray<AuditYear> Due);

    /// <summary>Closes every year that is over and has no head at its end yet. Looks once in each year, and after each start.</summary>
    public async Task Close(CancellationToken cancel = default)
    {
        var now = London.Today(clock).Year;
        if (closed == now)
            return;
        for (var year = FirstYear(); year < now; year++)
        {
            if (End(year) is { } end && heads.SignEnd(end))
                await lane.Note(new Line(WriteLane.Portal, AuditAction.SegmentClosed, []) { ContentHash = end.Hash }, cancel);
        }
        closed = now;
    }

    /// <summary>Until when the schedule has a year of the audit kept.</summary>
    public static KeepUntil KeepUntil(Schedule schedule, int year) =>
        schedule.KeepUntil(RetentionCodes.Audit, new RetentionFacts { OpenedOn = new DateOnly(year, 1, 1), ClosedOn = new DateOnly(year, 12, 31) });

    /// <summary>The years still there that the schedule has no longer kept, oldest first.</summary>
    public ImmutableArray<AuditYear> Due(Schedule schedule)
    {
        lock (gate)
        {
            var today = London.Today(clock);
            if (known is { } still && still.On == today && ReferenceEquals(still.Schedule, schedule))
                return still.Due;
            var due = ImmutableArray.CreateBuilder<AuditYear>();
            for (var year = FirstYear(); year < today.Year && KeepUntil(schedule, year) is var keep && Kept(year, keep) is null; year++)
            {
                var (asked, agreed) = Said(End(year)!);
                due.Add(new AuditYear(year, keep, asked, agreed));
            }
            return (known = new Known(today, schedule, due.ToImmutable())).Due;
        }
    }

    /// <summary>Asks for a year and whatever comes before it to be dropped. Gives why not.</summary>
    public Task<string?> Ask(Errand errand, int year, KeepUntil keep, CancellationToken cancel = default) =>
        Say(errand, AuditAction.SegmentAsked, year, keep, (asked, _) => asked is null ? null : "Somebody asked for it already.", cancel);

    /// <summary>Agrees to what somebody else asked for. Gives why not.</summary>
    public Task<string?> Agree(Errand errand, int year, KeepUntil keep, CancellationToken cancel = default) =>
        Say(errand, AuditAction.SegmentAgreed, year, keep, (asked, agreed) => asked is null ? "Nobody asked for it yet."
            : agreed is not null ? "Somebody agreed to it already."
            : asked.Who == errand.Who.Id ? "You asked for it yourself, so somebody else agrees: another lead or the information-governance officer." : null, cancel);

    /// <summary>Drops a year and whatever comes before it; gives how many entries went. What stays verifies before and after.</summary>
    /// <param name="year">Which.</param>
    /// <param name="keep">Until when the schedule has that year kept.</param>
    /// <exception cref="StartRefused">Why not, in one sentence; nothing was dropped.</exception>
    public async Task<long> Drop(int year, KeepUntil keep, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        if (Kept(year, keep) is { } kept)
            throw new StartRefused(kept);
        if (ring.Fault is { } fault)
            throw new StartRefused(fault);
        var first = folder.Records.Use(records => records.ChainAfter(0).Select(row => new ChainPoint(AuditEntry.FromBytes(row.Entry).Epoch, row.Sequence, row.Hash)).FirstOrDefault());
        if (first is null || End(year) is not { } end || end.Sequence < first.Sequence)
            throw new StartRefused($"Nothing of {year} or before is in the audit.");
        if (Said(end) is { Agreed: null, Asked: var asked })
            throw new StartRefused($"{(asked is null ? $"Nobody asked for {year} to be dropped" : $"Somebody asked for {year} to be dropped, and nobody else agreed")}. A lead or the officer asks on the page State of the audit, and another agrees there.");
        if (heads.Closing(end) is null)
            throw new StartRefused($"No signed head in {Path.GetFileName(folder.Heads)} closes {year} at entry {end.Sequence}, so that nothing could be proved of what was dropped. Start the portal once, which signs it, unless verify says what is wrong.");
        if (folder.Records.Use(records => records.IsHeld(end.Sequence)))
            throw new StartRefused($"A hold, an open rights request or an open breach binds the audit or a record that entries of {year} or before name. Nothing is dropped until it is lifted.");
        if (await verification.Verify(progress, cancel) is { IsSound: false } report)
            throw new StartRefused($"Something does not verify, so nothing is dropped: {report.Faults[0]}");
        var dropped = await lane.DropAudit(first, end, ring.Signer, cancel);
        Forget();
        heads.SignHead();
        return dropped;
    }

    private string? Kept(int year, KeepUntil keep)
    {
        var today = London.Today(clock);
        return year >= today.Year ? $"The year {year} is not over."
            : keep.On is { } on && on < today ? null
            : $"The audit of {year} is kept until {keep.On?.Words() ?? "a date that is not known"}: {keep.Because}.";
    }

    private async Task<string?> Say(Errand errand, AuditAction action, int year, KeepUntil keep, Func<AuditEntry?, AuditEntry?, string?> not, CancellationToken cancel)
    {
        if (Kept(year, keep) is { } kept)
            return kept;
        if (End(year) is not { } end)
            return $"Nothing of {year} or before is in the audit.";
        var (asked, agreed) = Said(end);
        if (not(asked, agreed) is { } why)
            return why;
        await lane.Note(new Line(errand, action, []) { ContentHash = end.Hash }, cancel);
        Forget();
        return null;
    }

    private void Forget()
    {
        lock (gate)
            known = null;
    }

    // Who asked first for exactly what ends here, and who else agreed since: the chain is the one place where that stands.
    private (AuditEntry? Asked, AuditEntry? Agreed) Said(ChainPoint end)
    {
        var asked = Of(AuditAction.SegmentAsked).LastOrDefault();
        return (asked, asked is null ? null : Of(AuditAction.SegmentAgreed).LastOrDefault(one => one.Sequence > asked.Sequence && one.Who != asked.Who));

        IEnumerable<AuditEntry> Of(AuditAction action) =>
            folder.Records.Use(records => records.Audit(new AuditQuestion { Action = action }, long.MaxValue, end.Sequence, int.MaxValue)).Where(one => one.ContentHash.AsSpan().SequenceEqual(end.Hash));
    }

    private ChainPoint? End(int year) => folder.Records.Use(records => records.LastBefore(London.At(new DateOnly(year + 1, 1, 1), TimeOnly.MinValue)));

    private int FirstYear() => folder.Records.Use(records => records.ChainAfter(0).Select(row => London.DateOf(AuditEntry.FromBytes(row.Entry).At).Year).FirstOrDefault(int.MaxValue));
}
