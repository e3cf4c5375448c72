using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Audit;

/// <summary>One record that an entry names, in words that say who nobody is; a link where this colleague could open it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Words">Its kind and reference, or whose it is.</param>
/// <param name="Link">Where it is.</param>
/// <param name="Reference">Its reference, unless it is an anonymous caller's.</param>
internal sealed record AuditUnit(UnitId Id, string Words, string? Link, string? Reference = null);

/// <summary>One entry as the room shows it, and how many more records it names.</summary>
internal sealed record AuditLine(AuditEntry Entry, string Who, ImmutableArray<AuditUnit> Units, int More);

/// <summary>A page of entries, newest first, or the sentence that says why there is none.</summary>
/// <param name="LeftOut">Entries of it that do not show, for a conflict that was declared.</param>
internal sealed record AuditPage(ImmutableArray<AuditLine> Lines, long? Below, string? Trouble = null, int LeftOut = 0);

/// <summary>
/// The audit room (D7): who did what, when and for what. Entries hold ids and no content, so it shows no name of a family; each look is itself
/// an entry. A lead who declared a conflict about a family does not look after it here either, by whatever question; and nobody sees here that
/// there is an alert about themselves.
/// </summary>
internal sealed class AuditDesk(AuditTrail trail, AuditYears years, ScheduleShelf schedules, VerificationRun verification, Keeper keeper, IColleagues colleagues, WorkingDays days, TimeProvider clock)
{
    public const int Rows = 50;

    /// <summary>Of one entry as many records are shown; the file names them all.</summary>
    public const int UnitsShown = 3;

    /// <summary>More is no list that anybody reads.</summary>
    internal const int MostExported = 20_000;

    public VerificationRun Verification => verification;

    public async Task<AuditPage> Ask(Errand<May.SeeAudit> errand, AuditQuestion asked, long? below, CancellationToken cancel = default)
    {
        if (await Closed(errand, asked, cancel) is { } closed)
            return new AuditPage([], null, closed);
        try
        {
            var found = await trail.Ask(errand, asked, below, Rows, cancel);
            var (lines, leftOut) = Lines(errand, found.Entries, await colleagues.Names(cancel), UnitsShown);
            return new AuditPage(lines, found.Below, null, leftOut);
        }
        catch (NoRoomException)
        {
            return new AuditPage([], null, NoRoomException.NotShown);
        }
    }

    /// <summary>Everybody who is or was here, by name.</summary>
    public async Task<IReadOnlyList<(ColleagueId Id, string Name)>> Everybody(Errand<May.SeeAudit> errand, CancellationToken cancel = default)
    {
        return [.. (await colleagues.Names(cancel)).Select(one => (one.Key, one.Value)).OrderBy(one => one.Value, StringComparer.Ordinal), (ColleagueId.Portal, "The portal")];
    }

    /// <summary>The record that somebody means by its address, its id, or a reference or number; null for none.</summary>
    public async Task<UnitId?> Find(Errand<May.SeeAudit> errand, string typed, CancellationToken cancel = default)
    {
        var said = typed.Trim();
        // Of an address the first id in it: families/ID/handling.
        foreach (var part in said.Split('/', '?', '#'))
        {
            if (UnitId.TryParse(part, out var unit))
                return unit;
        }
        var reference = AnonymousReference.TryParse(said, out var anonymous) ? anonymous.Format() : said.ToUpperInvariant();
        return said.Length == 0 ? null : (await keeper.Envelopes(new EnvelopeQuery { Reference = reference, Take = 1 }, cancel)) is [var envelope] ? envelope.Id : null;
    }

    /// <summary>The reason that was typed with an act, when this colleague may open what it concerns: an opening like any other. Else why not.</summary>
    public async Task<(string? Text, string? Trouble)> Why(Errand<May.SeeAudit> errand, AuditEntry entry, CancellationToken cancel = default)
    {
        return entry is not { ReasonHash.Length: > 0, Units: [var unit] } ? (null, "No reason was typed with this.") : (await keeper.Reasons(errand, unit, cancel)).Match<(string?, string?)>(
            opened: found => found.Record.Open(found.Clearance).Given.FirstOrDefault(one => one.At == entry.At && one.Who == entry.Who && one.Action == entry.Action) is { } given
                ? (given.Text, null) : (null, "The reason is not there any more."),
            refused: no => (null, no.Reasons.Words()),
            missing: _ => (null, "The record that it concerns is not there any more."),
            erased: _ => (null, "It went with the record that it concerned."),
            damaged: broken => (null, $"It cannot be opened. {broken.What}"),
            noRoom: _ => (null, NoRoomException.NotShown));
    }

    /// <summary>What a question finds as a file for a spreadsheet, through the gate; that it was taken is on record before it can be fetched.</summary>
    public async Task<Exported> Export(Errand<May.SeeAudit> errand, AuditQuestion asked, CancellationToken cancel = default)
    {
        if (await Closed(errand, asked, cancel) is { } closed)
            return new Exported(null, 0, closed);
        try
        {
            var found = await trail.Ask(errand, asked, null, MostExported, cancel, AuditAction.Exported);
            if (found.Below is not null)
                return new Exported(null, MostExported, $"A file of at most {MostExported:N0} entries can be saved. Ask for fewer.");
            var (lines, leftOut) = Lines(errand, found.Entries, await colleagues.Names(cancel), int.MaxValue);
            var text = EnvelopeCsv.Text(
            [
                ["Entry", "When", "Colleague", "What", "For", "Refused because", "Records", "Window"],
                .. lines.Select(line => (string[])
                [
                    line.Entry.Sequence.ToString(CultureInfo.InvariantCulture),
                    London.Local(line.Entry.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    line.Who,
                    line.Entry.Action.Words(),
                    For(line.Entry),
                    line.Entry.RefusalReason?.Words() ?? "",
                    string.Join("; ", line.Units.Select(unit => $"{unit.Words} {unit.Id}")),
                    line.Entry.Circuit,
                ]),
            ]);
            var (allowed, trouble) = EnvelopeExport.Pass(errand.Who, text, lines.SelectMany(line => line.Units).Select(unit => unit.Reference).OfType<string>(), days, clock);
            return allowed is null ? new Exported(null, lines.Length, trouble) : new Exported(new Outlet(allowed, OutletForm.Csv, text), lines.Length, null) { LeftOut = leftOut };
        }
        catch (NoRoomException)
        {
            return new Exported(null, 0, NoRoomException.NotShown);
        }
    }

    public ChainStands Stands(Errand<May.SeeAudit> errand)
    {
        return trail.Stands();
    }

    /// <summary>The years that the schedule has no longer kept, with who asked for each to be dropped and who agreed, by name.</summary>
    public async Task<ImmutableArray<(AuditYear Year, string? Asked, string? Agreed)>> Due(Errand<May.SeeAudit> errand, CancellationToken cancel = default)
    {
        var due = years.Due(schedules.Current);
        var names = due.IsEmpty ? ImmutableDictionary<ColleagueId, string>.Empty : await colleagues.Names(cancel);
        return [.. due.Select(year => (year, Named(year.Asked), Named(year.Agreed)))];

        string? Named(AuditEntry? said) => said is null ? null : $"{RetentionDesk.NameOf(names, said.Who)}, {said.At.Moment()}";
    }

    /// <summary>Asks for a year to be dropped, or agrees to what another asked for: one alone cannot have it dropped. Gives why not.</summary>
    public async Task<string?> Drop(Errand<May.SignOff> errand, int year, bool agree, CancellationToken cancel = default)
    {
        try
        {
            var keep = AuditYears.KeepUntil(schedules.Current, year);
            return await (agree ? years.Agree(errand, year, keep, cancel) : years.Ask(errand, year, keep, cancel));
        }
        catch (NoRoomException)
        {
            return NoRoomException.ForLeads;
        }
    }

    /// <summary>Has everything that is stored verified, while everybody works on.</summary>
    public Task Verify(Errand<May.SeeAudit> errand, CancellationToken cancel = default)
    {
        return verification.Begin(errand, cancel);
    }

    public void StopVerifying(Errand<May.SeeAudit> errand)
    {
        verification.Stop();
    }

    public static string For(AuditEntry entry) => entry.Purpose == Purpose.Unknown ? "" : entry.Purpose.Words();

    private (ImmutableArray<AuditLine> Lines, int LeftOut) Lines(Errand errand, ImmutableArray<AuditEntry> entries, IReadOnlyDictionary<ColleagueId, string> names, int units)
    {
        var conflicts = keeper.Conflicting(errand, entries.SelectMany(entry => entry.Units).Distinct());
        var shown = keeper.Shown(errand, entries.SelectMany(entry => entry.Units.Where(unit => !conflicts.Contains(unit)).Take(units)).Distinct()).ToDictionary(one => one.Envelope.Id);
        var lines = ImmutableArray.CreateBuilder<AuditLine>();
        var leftOut = 0;
        foreach (var entry in entries)
        {
            var rest = entry.Units.RemoveAll(conflicts.Contains);
            // That there is an alert about whoever looks is told by no count either.
            var told = rest.RemoveAll(AboutThemselves);
            if (!told.IsEmpty || entry.Units.IsEmpty)
                lines.Add(new AuditLine(entry, RetentionDesk.NameOf(names, entry.Who), [.. told.Take(units).Select(unit => Of(unit, entry.Action))], Math.Max(0, told.Length - units)));
            else if (rest.IsEmpty)
                leftOut++;
        }
        return (lines.ToImmutable(), leftOut);

        bool AboutThemselves(UnitId id) => shown.TryGetValue(id, out var one) && one.Envelope.Kind == UnitKind.Alert && one.Envelope.Owner == errand.Who.Id;

        AuditUnit Of(UnitId id, AuditAction action) =>
            shown.TryGetValue(id, out var one) ? new AuditUnit(id, one.Envelope.Reference is { } reference ? $"{one.Envelope.Kind.Word()} {reference}" : $"{one.Envelope.Kind.Word()} {Short(id)}", one.MayOpen ? one.Envelope.Link() : null, AnonymousReference.TryParse(one.Envelope.Reference, out _) ? null : one.Envelope.Reference)
            : names.TryGetValue(new ColleagueId(id.Value), out var name) ? new AuditUnit(id, name, null)
            : action is AuditAction.SignedIn or AuditAction.SignedOut ? new AuditUnit(id, $"Session {Short(id)}", null)
            : new AuditUnit(id, $"No longer there {Short(id)}", null);
    }

    // The end of an id is the random part of it: enough to see that two entries are about one record.
    private static string Short(UnitId id) => $"…{id.ToString()[^6..]}";

    private async Task<string?> Closed(Errand errand, AuditQuestion asked, CancellationToken cancel)
    {
        if (asked.About is not { } unit || keeper.Conflicting(errand, [unit]).Count == 0)
            return null;
        await keeper.Note(errand, AuditAction.Refused, [unit], cancel);
        return RefusalReason.Conflict.Words();
    }
}
