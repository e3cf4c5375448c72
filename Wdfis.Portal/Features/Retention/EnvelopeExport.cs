using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.FreeText;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Retention;

/// <summary>A list on its way out, or the sentence that says why not.</summary>
internal sealed record Exported(Outlet? Outlet, int Records, string? Trouble)
{
    /// <summary>How many rows are not in it, for a conflict that was declared.</summary>
    public int LeftOut { get; init; }

    public override string ToString() => nameof(Exported);
}

/// <summary>
/// A list of envelopes as a file for the colleague's own spreadsheet (D5): through the gate, as a text about nobody, since it holds neither ids
/// nor anything that was typed; and on record for each record in it before it can be fetched.
/// </summary>
internal sealed class EnvelopeExport(RetentionDesk desk, Keeper keeper, WorkingDays days, TimeProvider clock)
{
    /// <summary>More is no list that anybody reads.</summary>
    internal const int Most = 20_000;

    public async Task<Exported> Make(Errand<May.SeeRetention> errand, RecordQuery query, CancellationToken cancel = default)
    {
        var list = await desk.Page(errand, query with { From = PageFrom.First, Size = Most }, cancel);
        if (list.Page.Count > Most)
            return new Exported(null, list.Page.Count, $"A list of at most {Most:N0} records can be saved. Choose fewer above.");
        var text = EnvelopeCsv.Write(list.Rows.Select(row => (row.Envelope, row.MayOpen)), ids: false, await desk.Names(cancel), desk.Today);
        var (allowed, trouble) = Pass(errand.Who, text, list.Rows.Select(row => row.Envelope.KeepUntil.Because), days, clock);
        if (allowed is null)
            return new Exported(null, list.Page.Count, trouble);
        foreach (var some in list.Rows.Select(row => row.Envelope.Id).Chunk(AuditEntry.MostUnits))
            await keeper.Note(errand, AuditAction.Exported, [.. some], cancel);
        return new Exported(new Outlet(allowed, OutletForm.Csv, text), list.Rows.Length, null);
    }

    private static readonly FreeTextGuard Guard = new();

    /// <summary>
    /// Asks the gate whether a table about the portal's own work may go to a colleague's spreadsheet; its yes, or why not. It says which
    /// colleague did what with which record, and nothing about anybody of a family, which is what the gate is asked for.
    /// </summary>
    /// <param name="who">Who takes it.</param>
    /// <param name="text">The table.</param>
    /// <param name="written">What in it is no word of the portal's, no date, no id and no colleague's name: what somebody could have typed there. The gate has it scanned.</param>
    internal static (Allowed? Allowed, string? Trouble) Pass(Colleague who, string text, IEnumerable<string> written, WorkingDays days, TimeProvider clock)
    {
        var answer = DisclosureGate.Decide(
            new DisclosureRequest
            {
                Id = UnitId.Create(clock),
                Act = OutwardAct.Export,
                Recipient = new RecipientFacts { Body = NamedBody.Create(BodyKind.Other, who.DisplayName).OrThrow() },
                Channel = "file",
                Purpose = "to look after who does what with which record; colleagues are named",
                Ground = new Ground.NamesNobody(),
                Content = DisclosureText.Hash(text),
                Scan = written.Distinct().Any(one => Guard.Scan(one).Count > 0) ? TextScan.Found : TextScan.Clean,
                Now = Domain.Confidentiality.Stamp.Now(who.Id, clock),
            },
            new DisclosureFacts { WorkingDays = days });
        return answer.Match<(Allowed?, string?)>(
            yes => (yes, null),
            no => (null, string.Join(" ", no.Reasons.Select(reason => reason.Sentence))),
            waits => (null, string.Join(" ", waits.Reasons.Select(reason => reason.Sentence))));
    }
}
