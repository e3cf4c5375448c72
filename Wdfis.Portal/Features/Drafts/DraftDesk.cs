using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Drafts;

/// <summary>Keeps what is being typed, for the colleague who types it and for nobody else.</summary>
internal sealed class DraftDesk(Keeper keeper, ScheduleShelf schedules, TimeProvider clock)
{
    /// <summary>Merges changed fields into the draft; the first call makes it. Durable when it returns.</summary>
    public async Task<DraftAnswer> Keep(Errand<May.TypeForms> errand, UnitId id, string form, IReadOnlyDictionary<string, string> changed, CancellationToken cancel = default)
    {
        if (changed.Any(field => field.Key.Length > 80 || field.Value.Length > Draft.FieldLimit(form)))
            return DraftAnswer.TooLong;
        // Two windows may type into one draft: each save is merged into what is there, never over it.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var (opening, record) = await Read(errand, id, cancel);
            if (opening is not null)
                return opening.Value;
            if (record is null && await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Draft, Owner = errand.Who.Id }, cancel) >= Draft.MostPerOwner)
                return DraftAnswer.TooMany;
            var (envelope, draft) = record ?? (NewEnvelope(errand, id, form), new Draft(form, ImmutableSortedDictionary<string, string>.Empty));
            draft = draft.With(changed);
            if (!draft.Fits)
                return DraftAnswer.TooLong;
            var outcome = await keeper.Do(new Act(errand, AuditAction.Saved, [new Put<Draft>(envelope with { TouchedOn = London.Today(clock) }, draft, envelope.Version)]), cancel);
            var answer = outcome.Match(
                done: _ => DraftAnswer.Kept,
                conflict: _ => (DraftAnswer?)null,
                gone: _ => DraftAnswer.Gone,
                refused: _ => DraftAnswer.NotYours,
                noRoom: full => full.Held ? DraftAnswer.Busy : DraftAnswer.NoRoom,
                onHold: _ => DraftAnswer.Gone,
                damaged: _ => DraftAnswer.Damaged);
            if (answer is { } given)
                return given;
        }
        return DraftAnswer.Busy;
    }

    /// <summary>What was typed so far; null when nothing was, or when it does not open.</summary>
    public async Task<Draft?> Open(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default) => (await Look(errand, id, cancel)).Draft;

    /// <summary>What was typed so far, null when nothing was; or why it does not open.</summary>
    public async Task<(Draft? Draft, DraftAnswer? Refused)> Look(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default) =>
        await Read(errand, id, cancel) is var (refused, record) ? (record?.Draft, refused) : default;

    /// <summary>True when this colleague can type into it: it is theirs, or is not there yet.</summary>
    public async Task<bool> Usable(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default) => (await Read(errand, id, cancel)).Refused is null;

    /// <summary>How often this colleague's own draft was saved, asked without opening it; 0 while there is none.</summary>
    public async Task<int> Version(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default) =>
        await keeper.Envelope(id, cancel) is { Kind: UnitKind.Draft } envelope && envelope.Owner == errand.Who.Id ? envelope.Version : 0;

    /// <summary>Destroys the draft: its key first. Nothing of it can be read afterwards.</summary>
    public async Task Drop(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default)
    {
        if (await keeper.Envelope(id) is not null)
            await keeper.Do(new Act(errand, AuditAction.Erased, [Dropping(id)]), cancel);
    }

    /// <summary>The change that ends a draft, to stand in one act with the record that it became.</summary>
    public static Change Dropping(UnitId id) => new Destroy(id, "draft-saved-or-dropped");

    /// <summary>The colleague's own unfinished work, newest first: envelopes alone.</summary>
    public async Task<IReadOnlyList<Envelope>> Mine(Errand<May.TypeForms> errand, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Draft, Owner = errand.Who.Id, Take = 50 }, cancel)).OrderByDescending(envelope => envelope.Id)];

    private async Task<(DraftAnswer? Refused, (Envelope Envelope, Draft Draft)? Record)> Read(Errand errand, UnitId id, CancellationToken cancel)
    {
        var opening = await keeper.Open<Draft>(errand, id, cancel);
        return opening.Match<(DraftAnswer?, (Envelope, Draft)?)>(
            opened: found => (null, (found.Envelope, found.Record.Open(found.Clearance))),
            refused: _ => (DraftAnswer.NotYours, null),
            missing: _ => (null, null),
            erased: _ => (DraftAnswer.Gone, null),
            damaged: _ => (DraftAnswer.Damaged, null),
            noRoom: full => (full.Held ? DraftAnswer.Busy : DraftAnswer.NoRoom, null));
    }

    private Envelope NewEnvelope(Errand errand, UnitId id, string form)
    {
        var today = London.Today(clock);
        return new Envelope
        {
            Id = id,
            Kind = UnitKind.Draft,
            Service = errand.Who.Services.Order().First(),
            // Nobody has looked at it yet: handled as the strictest.
            Marking = Marking.Unknown,
            KeepUntil = schedules.Current.KeepUntil(RetentionCodes.Draft, new RetentionFacts { OpenedOn = today }),
            Owner = errand.Who.Id,
            State = DraftForms.Code(form),
            CreatedOn = today,
            TouchedOn = today,
        };
    }
}

/// <summary>What became of an attempt to keep a draft.</summary>
internal enum DraftAnswer
{
    Kept,
    TooLong,
    TooMany,
    NotYours,
    Gone,
    Busy,
    NoRoom,
    Damaged,
}

internal static class DraftActs
{
    /// <summary>Why a draft does not open, in words; null says that there is none.</summary>
    public static string Words(this DraftAnswer? refused) => refused switch
    {
        DraftAnswer.Damaged => "What was typed here cannot be opened: it is damaged, or was kept in a form that this portal does not know. Nothing was changed. Tell your team lead before you drop it.",
        DraftAnswer.NoRoom or DraftAnswer.Busy => "What was typed here is kept, but cannot be opened at present: the portal's disk is full, or another program holds its files. Tell your team lead, and try again later.",
        DraftAnswer.NotYours => "This is another colleague's unsaved work.",
        _ => "This was saved or dropped already.",
    };

    /// <summary>What was typed becomes the record: the draft, where there is one, goes in the same act.</summary>
    public static async Task<Change[]> Dropping(this Keeper keeper, UnitId draft, CancellationToken cancel = default) =>
        !draft.IsEmpty && await keeper.Envelope(draft, cancel) is { Kind: UnitKind.Draft } ? [DraftDesk.Dropping(draft)] : [];
}
