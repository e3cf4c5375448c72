using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// The audit in calendar years, London's: each is closed with a signed head at its last entry once it is over, and can be dropped whole, the
/// oldest first, when its time is over (D5).
/// </summary>
internal sealed class AuditYears(DataFolder folder, WriteLane lane, KeyRing ring, Heads heads, Verification verification, TimeProvider clock)
{
    private int closed;

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

    /// <summary>Drops a year and whatever comes before it; gives how many entries went. What stays verifies before and after.</summary>
    /// <param name="year">Which.</param>
    /// <param name="keep">Until when the schedule has that year kept.</param>
    /// <exception cref="StartRefused">Why not, in one sentence; nothing was dropped.</exception>
    public async Task<long> Drop(int year, KeepUntil keep, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        if (year >= today.Year)
            throw new StartRefused($"The year {year} is not over.");
        if (keep.On is not { } on || on >= today)
            throw new StartRefused($"The audit of {year} is kept until {keep.On?.Words() ?? "a date that is not known"}: {keep.Because}.");
        if (ring.Fault is { } fault)
            throw new StartRefused(fault);
        var first = folder.Records.Use(records => records.ChainAfter(0).Select(row => new ChainPoint(AuditEntry.FromBytes(row.Entry).Epoch, row.Sequence, row.Hash)).FirstOrDefault());
        if (first is null || End(year) is not { } end || end.Sequence < first.Sequence)
            throw new StartRefused($"Nothing of {year} or before is in the audit.");
        if (heads.Closing(end) is null)
            throw new StartRefused($"No signed head in {Path.GetFileName(folder.Heads)} closes {year} at entry {end.Sequence}, so that nothing could be proved of what was dropped. Start the portal once, which signs it, unless verify says what is wrong.");
        if (folder.Records.Use(records => records.IsHeld(end.Sequence)))
            throw new StartRefused($"A hold, an open rights request or an open breach binds the audit or a record that entries of {year} or before name. Nothing is dropped until it is lifted.");
        if (await verification.Verify(progress, cancel) is { IsSound: false } report)
            throw new StartRefused($"Something does not verify, so nothing is dropped: {report.Faults[0]}");
        var dropped = await lane.DropAudit(first, end, ring.Signer, cancel);
        heads.SignHead();
        return dropped;
    }

    private ChainPoint? End(int year) => folder.Records.Use(records => records.LastBefore(London.At(new DateOnly(year + 1, 1, 1), TimeOnly.MinValue)));

    private int FirstYear() => folder.Records.Use(records => records.ChainAfter(0).Select(row => London.DateOf(AuditEntry.FromBytes(row.Entry).At).Year).FirstOrDefault(int.MaxValue));
}
