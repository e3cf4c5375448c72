using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>Keeps the directory of recipients: each a unit of its own, saved through the keeper like any other record.</summary>
internal sealed class RecipientDesk(Keeper keeper, RecipientDirectory directory, Envelopes envelopes, TimeProvider clock)
{
    private const string Busy = "A colleague changed this entry in between. Look at it again; what you typed is kept as a draft.";

    /// <summary>Part of the directory, by name. Opens nothing and says nothing about families.</summary>
    public ImmutableArray<Listed> Find(Errand<May.KeepDirectory> errand, string? typed, DirectoryView view = DirectoryView.Open, BodyKind? kind = null) =>
        directory.Find(typed, London.Today(clock), view, kind);

    /// <summary>Opens one entry in full: what a person is reached by too, so that it is on record.</summary>
    public async Task<ShownRecipient> Open(Errand<May.KeepDirectory> errand, BodyId id, CancellationToken cancel = default)
    {
        var (recipient, envelope, trouble) = (await keeper.Open<Recipient>(errand, new UnitId(id.Value), cancel)).Read("There is no such entry. Look for it in the directory.", "This entry was erased.");
        return new ShownRecipient(recipient, envelope, trouble);
    }

    /// <summary>Adds an entry; its contact points count as checked today.</summary>
    public async Task<Checked<Recipient>> Add(Errand<May.KeepDirectory> errand, RecipientDetails details, IEnumerable<RecipientContact> contacts, UnitId draft = default, CancellationToken cancel = default)
    {
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = Recipient.Create(new BodyId(UnitId.Create(clock).Value), details, contacts, now);
        return made.Accepted ? await Save(errand, AuditAction.Created, made.Value, null, draft, cancel) : made;
    }

    /// <summary>Changes an entry that was read at <paramref name="version"/>; a save in between is said, never overwritten.</summary>
    public Task<Checked<Recipient>> Change(Errand<May.KeepDirectory> errand, BodyId id, int version, RecipientDetails details, IEnumerable<RecipientContact> contacts, UnitId draft = default, CancellationToken cancel = default) =>
        Alter(errand, id, (held, now) => held.Change(details, contacts, now), version, draft, cancel);

    /// <summary>Checked today, still right.</summary>
    public Task<Checked<Recipient>> Confirm(Errand<May.KeepDirectory> errand, BodyId id, CancellationToken cancel = default) => Alter(errand, id, (held, now) => held.Confirm(now), cancel: cancel);

    /// <summary>Closed, or merged into another that is in the directory and open. Leads only.</summary>
    public async Task<Checked<Recipient>> Finish(Errand<May.CloseRecipients> errand, BodyId id, RecipientEnding how, DateOnly on, BodyId? successor, CancellationToken cancel = default)
    {
        if (successor is { } next && next != id && directory.Find(next) is not { Recipient.IsOpen: true })
            return new Problem(RecipientFields.Successor, "The successor has to be in the directory and open. Add it first.");
        return await Alter(errand, id, (held, now) => held.Finish(how, on, successor, now), cancel: cancel);
    }

    /// <summary>It had not ended after all. Leads only.</summary>
    public async Task<Checked<Recipient>> Reopen(Errand<May.CloseRecipients> errand, BodyId id, CancellationToken cancel = default) =>
        await Alter(errand, id, (held, _) => held.Reopen(), cancel: cancel);

    /// <summary>What an import changes, all of it or nothing; null when it is done, else why nothing was.</summary>
    internal async Task<Problem?> Apply(Errand<May.CloseRecipients> errand, IEnumerable<(Recipient After, Listed? Before)> changes, CancellationToken cancel = default)
    {
        var puts = changes.Select(change => Putting(errand, change.After, change.Before?.Envelope)).ToImmutableArray();
        return puts.IsEmpty ? null : (await keeper.Do(new Act(errand, AuditAction.Saved, puts), cancel)).Problems(busy: Busy).FirstOrDefault();
    }

    private async Task<Checked<Recipient>> Alter(Errand errand, BodyId id, Func<Recipient, Stamp, Checked<Recipient>> change, int? version = null, UnitId draft = default, CancellationToken cancel = default)
    {
        var shown = await Open(errand, id, cancel);
        if (shown is not { Recipient: { } held, Envelope: { } around })
            return new Problem("", shown.Trouble!);
        if (version is { } read && read != around.Version)
            return new Problem("", Busy);
        var made = change(held, Stamp.Now(errand.Who.Id, clock));
        return made.Accepted ? await Save(errand, AuditAction.Saved, made.Value, around, draft, cancel) : made;
    }

    private async Task<Checked<Recipient>> Save(Errand errand, AuditAction action, Recipient made, Envelope? before, UnitId draft, CancellationToken cancel)
    {
        var dropping = await keeper.Dropping(draft, cancel);
        return (await keeper.Do(new Act(errand, action, [Putting(errand, made, before), .. dropping]), cancel)).Problems(busy: Busy) is [var refused] ? refused : made;
    }

    private Change Putting(Errand errand, Recipient made, Envelope? before) =>
        new Put<Recipient>(envelopes.Of(made, errand.Who, before, London.Today(clock)), made, before?.Version ?? 0);
}

/// <summary>One entry in full, or why it cannot be shown.</summary>
internal sealed record ShownRecipient(Recipient? Recipient, Envelope? Envelope, string? Trouble = null)
{
    public override string ToString() => nameof(ShownRecipient);
}
