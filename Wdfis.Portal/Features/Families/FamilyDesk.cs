using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Families;

/// <summary>
/// Opens and saves family cards. What the purpose at hand does not permit is refused here, whatever form it came from (D3), and a save
/// against an older version changes nothing: both versions go back to the screen.
/// </summary>
internal sealed class FamilyDesk(Keeper keeper, Envelopes envelopes, CuriosityDesk curiosity, TimeProvider clock)
{
    private const int Tries = 5;
    private const int MostUnits = 1_000;
    internal const string StoredOnly = "They asked us to store what we hold and do nothing else with it, so it is neither shown nor changed. Open it for safeguarding, or ask a lead to lift the restriction.";
    internal const string Busy = "The portal is busy with this record. Nothing was lost: try again in a moment.";

    /// <summary>
    /// Opens a card to look at; that it was opened, or refused, is durable before. Where no work of the colleague's is the reason, they say one
    /// first. <paramref name="during"/>: the enquiry in which the family is looked up.
    /// </summary>
    public async Task<Opening<FamilyCard>> Open(Errand<May.TakeRights> errand, UnitId id, UnitId? during = null, CancellationToken cancel = default) =>
        !errand.Who.May(Entitlement.WorkWithFamilies) && !AnswersRights(errand) ? new Opening<FamilyCard>.Refused([RefusalReason.NotYourRole])
        : keeper.MayOpen(errand, id) is AccessDecision.Allowed && await curiosity.Asks((Errand)errand, id, during, cancel) ? new Opening<FamilyCard>.Refused([RefusalReason.NoReason])
        : await keeper.Open<FamilyCard>(errand, id, cancel);

    /// <summary>Saves a new family, and ends the draft that it was typed in.</summary>
    public async Task<FamilyAnswer> Create(Errand<May.WorkWithFamilies> errand, FamilyCard card, Service service, UnitId? draft = null, CancellationToken cancel = default)
    {
        if (Unneeded(errand, null, card) is { } wrong)
            return wrong;
        var today = London.Today(clock);
        var id = UnitId.Create(clock);
        var envelope = envelopes.Of(card, id, service, errand.Who.Id, null, today, [], today);
        return await Do(errand, AuditAction.Created, envelope, card, 0, draft, cancel);
    }

    /// <summary>
    /// Changes the card that was read in <paramref name="expectedVersion"/>. A change may run more than once and must not lean on anything but its card.
    /// </summary>
    public async Task<FamilyAnswer> Change(Errand<May.WorkWithFamilies> errand, UnitId id, int expectedVersion, Func<FamilyCard, Checked<FamilyCard>> change, UnitId? draft = null, CancellationToken cancel = default) =>
        await Read(errand, id, cancel) is var (card, envelope, trouble) && card is null ? trouble!
        : envelope!.Version != expectedVersion ? new FamilyAnswer.Conflict(card, envelope)
        : await Save(errand, AuditAction.Saved, card, envelope, change(card), draft, cancel);

    /// <summary>Writes into the told-ledger (C1). Tellings only add, so whoever saved in between is no obstacle.</summary>
    public Task<FamilyAnswer> RecordTold(Errand<May.WorkWithFamilies> errand, UnitId id, IReadOnlyCollection<Telling> tellings, CancellationToken cancel = default) =>
        Add(errand, AuditAction.Told, id, card => card.RecordTold(tellings, clock.GetUtcNow()), cancel);

    /// <summary>Notes that the card was gone through with the family and is right (D4).</summary>
    public Task<FamilyAnswer> CheckedRight(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        Add(errand, AuditAction.Saved, id, card => card.CheckedRight(London.Today(clock), errand.Who.Id), cancel);

    /// <summary>Switches to do-not-contact at a sign of danger, over whatever was saved in between: safety does not wait.</summary>
    public Task<FamilyAnswer> MarkDanger(Errand<May.WorkWithFamilies> errand, UnitId id, Source source, CancellationToken cancel = default) =>
        Add(errand, AuditAction.Saved, id, card => card.MarkDanger(London.Today(clock), errand.Who.Id, source), cancel);

    /// <summary>
    /// Stores what is somebody's and does nothing else with it from today (Article 18), whoever saved in between. The request is the rights
    /// request that asked for it.
    /// </summary>
    public Task<FamilyAnswer> Restrict(Errand<May.TakeRights> errand, UnitId id, PersonId person, RestrictionGround ground, string? reason, UnitId? request = null, CancellationToken cancel = default) =>
        Add(errand, AuditAction.RestrictionChanged, id, card => card.Restrict(person, ground, reason, Stamp.Now(errand.Who.Id, clock), request), cancel);

    /// <summary>Lifts a restriction. Team leads, and whoever works an open request that names the family; only after they were told (Article 18(3)).</summary>
    public Task<FamilyAnswer> LiftRestriction(Errand<May.TakeRights> errand, UnitId id, PersonId person, DateOnly? toldOn, string? toldHow, CancellationToken cancel = default) =>
        Add(errand, AuditAction.RestrictionChanged, id, card => card.LiftRestriction(person, toldOn, toldHow, Stamp.Now(errand.Who.Id, clock)), cancel);

    /// <summary>They were in touch: the keep-until date is worked out anew from today and from what belongs to the family (D5). Opens nothing.</summary>
    public async Task<FamilyAnswer> Touch(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await keeper.Envelope(id, cancel) is not { Kind: UnitKind.Family } envelope)
                return new FamilyAnswer.Gone();
            var today = London.Today(clock);
            var outcome = await keeper.Do(new Act(errand, AuditAction.KeepUntilChanged, await envelopes.Touched(keeper, envelope, null, today, cancel)), cancel);
            if (outcome is not Outcome.Conflict)
                return Answer(outcome, id);
        }
        return new FamilyAnswer.Trouble(Busy);
    }

    /// <summary>Who opened the family's record, newest first; for team leads, nobody else gets a line.</summary>
    public async Task<IReadOnlyList<OpenedBy>> WhoOpened(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        errand.Who.Is(Role.TeamLead) ? await keeper.WhoOpened(errand, id, cancel) : [];

    /// <summary>Whether a family that is on the screen is still open to the colleague, and until when where only the minutes of an emergency keep it so. Opens nothing.</summary>
    public (AccessDecision? Decision, DateTimeOffset? Until) Stands(Errand<May.WorkWithFamilies> errand, UnitId id) => keeper.Stands(errand, id);

    /// <summary>Calls back at every change of the family and of what belongs to it, until disposed.</summary>
    [OpenToAll(OpenBecause.ToldThat)]
    public IDisposable Watch(UnitId family, Action changed) => keeper.Subscribe(change =>
    {
        if (change.Family == family || change.Unit == family)
            changed();
    });

    /// <summary>The family that this one, erased since, became part of; null when it did not.</summary>
    public UnitId? JoinedInto(Errand<May.WorkWithFamilies> errand, UnitId gone) => keeper.JoinedInto(gone);

    /// <summary>What belongs to the family, newest first: envelopes alone, and only those that this colleague may open.</summary>
    public async Task<IReadOnlyList<Envelope>> Of(Errand<May.WorkWithFamilies> errand, UnitId id, UnitKind kind, CancellationToken cancel = default) =>
        [.. (await keeper.Envelopes(new EnvelopeQuery { Kind = kind, Family = id, Take = MostUnits }, cancel))
            .Where(envelope => keeper.MayOpen(errand, envelope.Id) is AccessDecision.Allowed).Reverse()];

    // What an open request names is open to the officer for it, and for nothing else: the access decision says which.
    private static bool AnswersRights(Errand errand) => errand.Purpose == Purpose.RightsRequest && errand.Who.May(Entitlement.AnswerRights);

    private async Task<FamilyAnswer> Add(Errand errand, AuditAction action, UnitId id, Func<FamilyCard, Checked<FamilyCard>> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (card, envelope, trouble) = await Read(errand, id, cancel);
            if (card is null)
                return trouble!;
            var answer = await Save(errand, action, card, envelope!, change(card), null, cancel);
            if (answer is not FamilyAnswer.Conflict)
                return answer;
        }
        return new FamilyAnswer.Trouble(Busy);
    }

    private async Task<FamilyAnswer> Save(Errand errand, AuditAction action, FamilyCard before, Envelope envelope, Checked<FamilyCard> changed, UnitId? draft, CancellationToken cancel)
    {
        if (!changed.Accepted)
            return new FamilyAnswer.Wrong(changed.Problems);
        if (Unneeded(errand, before, changed.Value) is { } wrong)
            return wrong;
        if (before.TouchesStored(changed.Value, errand.Purpose))
            return new FamilyAnswer.Trouble(StoredOnly);
        var restrictions = (before.Standing.Restrictions, changed.Value.Standing.Restrictions);
        if (restrictions.Item1.Count(one => one.Stands) > restrictions.Item2.Count(one => one.Stands) && !errand.Who.May(Entitlement.Lead) && !AnswersRights(errand))
            return new FamilyAnswer.Trouble("A team lead lifts a restriction. Tell them that the person was told, and when.");
        if (restrictions.Item1 != restrictions.Item2)
            action = AuditAction.RestrictionChanged;
        var today = London.Today(clock);
        // A birth date that is corrected moves what counts from it, at once.
        var born = Envelopes.Born(changed.Value.YoungestBorn);
        var touched = Envelopes.InTouch(today);
        var (recounted, leaning) = await envelopes.Recounted(keeper, envelope.Id, (line, facts) => touched(line, changed.Value.YoungestBorn == before.YoungestBorn ? facts : born(line, facts)), cancel: cancel);
        var next = envelopes.Of(changed.Value, envelope.Id, envelope.Service, envelope.Owner, envelope, today, leaning, today);
        return await Do(errand, action, next, changed.Value, envelope.Version, draft, cancel, recounted);
    }

    private async Task<FamilyAnswer> Do(Errand errand, AuditAction action, Envelope envelope, FamilyCard card, int expectedVersion, UnitId? draft, CancellationToken cancel, ImmutableArray<Change> recounted = default)
    {
        var changes = ImmutableArray.Create<Change>(new Put<FamilyCard>(envelope, card, expectedVersion)).AddRange(recounted.IsDefault ? [] : recounted);
        changes = changes.AddRange(await envelopes.HeardOf(keeper, errand, card, envelope, London.Today(clock), cancel));
        if (draft is { } typed && await keeper.Envelope(typed, cancel) is not null)
            changes = changes.Add(DraftDesk.Dropping(typed));
        var outcome = await keeper.Do(new Act(errand, action, changes), cancel);
        if (outcome is not Outcome.Conflict)
            return Answer(outcome, envelope.Id);
        var (theirs, now, trouble) = await Read(errand, envelope.Id, cancel);
        return theirs is null ? trouble! : new FamilyAnswer.Conflict(theirs, now!);
    }

    private async Task<(FamilyCard? Card, Envelope? Envelope, FamilyAnswer? Trouble)> Read(Errand errand, UnitId id, CancellationToken cancel) =>
        (await keeper.Open<FamilyCard>(errand, id, cancel)).Match<(FamilyCard?, Envelope?, FamilyAnswer?)>(
            opened: found => (found.Record.Open(found.Clearance), found.Envelope, null),
            refused: no => (null, null, Refused(no.Reasons)),
            missing: _ => (null, null, new FamilyAnswer.Gone()),
            erased: _ => (null, null, new FamilyAnswer.Gone()),
            damaged: broken => (null, null, Broken(broken.What)),
            noRoom: _ => (null, null, new FamilyAnswer.Trouble(NoRoomException.TypedStays)));

    private static FamilyAnswer.Wrong? Unneeded(Errand errand, FamilyCard? before, FamilyCard after) =>
        FamilyCard.RefuseForPurpose(errand.Purpose, after.FieldsAdded(before)) is { Count: > 0 } problems ? new FamilyAnswer.Wrong([.. problems]) : null;

    private static FamilyAnswer Answer(Outcome outcome, UnitId family) => outcome.Match<FamilyAnswer>(
        done: done => new FamilyAnswer.Done(family, done.Versions[family]),
        conflict: _ => new FamilyAnswer.Trouble(Busy),
        gone: _ => new FamilyAnswer.Gone(),
        refused: no => Refused(no.Reasons),
        noRoom: _ => new FamilyAnswer.Trouble(NoRoomException.TypedStays),
        onHold: _ => new FamilyAnswer.Trouble("This record is on hold and cannot be changed so. Ask the information-governance officer."),
        damaged: broken => Broken(broken.What));

    private static FamilyAnswer.Trouble Refused(ImmutableArray<RefusalReason> reasons) => new(reasons.Words());

    private static FamilyAnswer.Trouble Broken(string what) => new($"This family's record cannot be opened. {what} Tell your team lead; everything else works on.");
}
