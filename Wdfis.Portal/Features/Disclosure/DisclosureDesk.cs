using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Shell;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// The way to the gate and out of it (U1–U3, X1–X3, D8): gathers what is on record, asks the gate, keeps every answer, and opens the
/// <see cref="Outlet"/> only for what the gate allows on facts that still stand in the very transaction that logs it.
/// </summary>
internal sealed class DisclosureDesk(
    Keeper keeper, Envelopes envelopes, RecipientDirectory directory, FreeTextGuard guard, WorkingDays workingDays, IOptions<ServiceIdentity> service, TimeProvider clock)
{
    private const int Tries = 5;
    private const int MostOfOneFamily = 2_000;
    private const int MostToAnswer = 5;
    private static readonly TimeSpan ApprovalStands = TimeSpan.FromDays(7);

    /// <summary>For what an act opens the family: the purpose that stands in the audit beside it.</summary>
    public static Purpose PurposeOf(DisclosureForm form) => form.Ground switch
    {
        Ground.UnderExemption { Exemption.Kind: ExemptionKind.X1 or ExemptionKind.LifeAtRisk } => Purpose.Safeguarding,
        _ => form.Act is OutwardAct.Contact or OutwardAct.GeneralQuestion ? Purpose.Contact : Purpose.Share,
    };

    /// <summary>What the form amounts to now, and what the gate says of it. Keeps nothing; for previews and buttons.</summary>
    public Task<Composed> Compose(Errand<May.WorkWithFamilies> errand, DisclosureForm form, CancellationToken cancel = default) => Compose(errand, form, null, cancel);

    /// <summary>Asks the gate for good: a refusal and a wait stay on record, with the form's exemption. A yes is kept at its release.</summary>
    public async Task<Composed> Decide(Errand<May.WorkWithFamilies> errand, DisclosureForm form, CancellationToken cancel = default)
    {
        var composed = await Compose(errand, form, null, cancel);
        if (composed.Answer is null or Allowed || !composed.Problems.IsEmpty)
            return composed;
        var record = DisclosureRecord.Of(composed.Answer, form.Family, composed.Text, composed.Marking);
        // What waits is released under its own id; a refusal is a record beside it, so that a later yes does not overwrite it.
        var waits = record.Answer == DisclosureAnswer.Waiting;
        if (!waits)
            record = record with { Id = UnitId.Create(clock) };
        var before = waits ? composed.BeforeEnvelope : null;
        var today = London.Today(clock);
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(new Put<DisclosureRecord>(envelopes.Of(record, errand.Who.Id, before, composed.FamilyEnvelope, ServiceOf(errand), workingDays, today), record, before?.Version ?? 0));
        if (waits)
            changes.AddRange(await Exemption(errand, form, composed, null, cancel));
        var outcome = await keeper.Do(new Act(errand, waits ? AuditAction.DisclosureAsked : AuditAction.DisclosureStopped, changes.ToImmutable()), cancel);
        return outcome is Outcome.Done ? composed : composed with { Trouble = outcome.Words(busy: Busy) };
    }

    /// <summary>
    /// Releases what was decided: the gate is asked again, with what was decided before, on facts that must still stand in the transaction
    /// that logs it. A swapped recipient, an added item, another text or a second use is refused and on record.
    /// </summary>
    public async Task<Released> Release(Errand<May.WorkWithFamilies> errand, DisclosureForm form, DecidedBefore decided, OutletForm how = OutletForm.Paste, CancellationToken cancel = default)
    {
        if (form.DoneAt is not null)
            throw new ArgumentException("A late entry opens no way out.", nameof(form));
        var (allowed, record, not) = await Log(errand, form, decided, cancel);
        return not is null ? new Released.Out(record!, new Outlet(allowed!, how, record!.Shown)) : not;
    }

    /// <summary>Puts on record what was done already, by the same gate: nothing goes out of it.</summary>
    public async Task<Checked<DisclosureRecord>> Enter(Errand<May.WorkWithFamilies> errand, DisclosureForm form, DecidedBefore decided, CancellationToken cancel = default)
    {
        if (form.DoneAt is null)
            throw new ArgumentException("A late entry says when it was done.", nameof(form));
        var (_, record, not) = await Log(errand, form, decided, cancel);
        return not is null ? record! : new Problem("", not.Words);
    }

    private async Task<(Allowed? Allowed, DisclosureRecord? Record, Released.Not? Not)> Log(Errand errand, DisclosureForm form, DecidedBefore decided, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(decided);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var composed = await Compose(errand, form, decided, cancel);
            if (composed.Answer is not Allowed allowed)
            {
                if (composed.Answer is Refused)
                    await keeper.Note(errand, AuditAction.DisclosureStopped, form.Family is { } of ? [of] : [], cancel);
                return (null, null, new Released.Not(composed, composed.Trouble ?? "Nothing was released."));
            }
            var record = DisclosureRecord.Of(allowed, form.Family, composed.Text, composed.Marking);
            var today = London.Today(clock);
            var envelope = envelopes.Of(record, errand.Who.Id, composed.BeforeEnvelope, composed.FamilyEnvelope, ServiceOf(errand), workingDays, today);
            var changes = ImmutableArray.CreateBuilder<Change>();
            changes.Add(composed.Seen!);
            changes.Add(new Put<DisclosureRecord>(envelope, record, composed.BeforeEnvelope?.Version ?? 0));
            changes.AddRange(await Exemption(errand, form, composed, record.Approval, cancel));
            changes.Add(new Count($"disclosures/{(int)record.Ground}", Month.Of(today).First));
            changes.AddRange(await keeper.Dropping(form.Draft, cancel));
            var outcome = await keeper.Do(new Act(errand, allowed.Ground is GroundKind.Permission or GroundKind.NamesNobody ? AuditAction.Disclosed : AuditAction.GroundReliedOn, changes.ToImmutable()), cancel);
            if (outcome is Outcome.Done)
            {
                await LookForNotices(errand, record, cancel);
                return (allowed, record, null);
            }
            // Something on which it rests was changed in between: look again, the answer may be another.
            if (outcome is not Outcome.Conflict)
                return (null, null, new Released.Not(composed, outcome.Words(busy: Busy)));
        }
        return (null, null, new Released.Not(new Composed(), Busy));
    }

    /// <summary>An exemption of this family, or of somebody whom no card knows, that this colleague asked for; null for any other, and for what went at once: that is spent.</summary>
    public async Task<Exemption?> ExemptionOf(Errand<May.WorkWithFamilies> errand, UnitId? family, UnitId id, CancellationToken cancel = default) =>
        await keeper.Open<Exemption>(errand, id, cancel) is Opening<Exemption>.Opened found && found.Record.Open(found.Clearance) is { } exemption
        && exemption is { GoesAtOnce: false } && exemption.Family == family && exemption.AskedBy == errand.Who.Id ? exemption : null;

    /// <summary>True when this request went already, so that its record is the place to be.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<bool> Went(UnitId request, CancellationToken cancel = default) =>
        await keeper.Envelope(request, cancel) is { Kind: UnitKind.Disclosure, State: Envelopes.DisclosureOpen or Envelopes.DisclosureDone };

    /// <summary>
    /// Gives somebody of the family a sheet of their own: what they agreed to, what we hold. What proved who they are is typed; the sheet
    /// is the sealed copy. One that a second person reads first waits on record, and goes as it was read.
    /// </summary>
    public async Task<Released> Give(Errand<May.WorkWithFamilies> errand, UnitId family, PersonId person, string? proof, string sheet, Marking marking, CancellationToken cancel = default, StatementCopy? statement = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (facts, card, around, seen, trouble) = await Gather(errand, family, cancel);
            if (trouble is not null)
                return new Released.Not(new Composed { Trouble = trouble }, trouble);
            var to = statement?.To ?? person;
            if (card!.People.All(one => one.Id != person) || !card.Receivers.Contains(to))
                return new Released.Not(new Composed { Card = card }, "They are no longer on the family's card. Look at it again.");
            var (before, beforeEnvelope) = statement is { Waiting: { IsEmpty: false } waiting } ? await Before(errand, waiting, cancel) : default;
            if (before is not null)
                (sheet, marking, proof) = (before.Shown, before.Marking, before.GroundWords);
            var now = Stamp.Now(errand.Who.Id, clock);
            var answer = DisclosureGate.Decide(
                new DisclosureRequest
                {
                    Id = before?.Id ?? UnitId.Create(clock),
                    Act = OutwardAct.Copy,
                    Recipient = new RecipientFacts { Body = NamedBody.Create(BodyKind.Other, FamilyWords.NameOf(card, to)).OrThrow(), Person = to },
                    About = [person],
                    Items = [new DisclosureItem { FieldId = DisclosureFields.Text, About = [person] }],
                    Channel = DisclosureRequest.Meeting,
                    Ground = new Ground.ToThemselves(person, TypedText.Clean(proof)),
                    Content = DisclosureText.Hash(sheet),
                    Scan = TextScan.ReadAndPassed,
                    Now = now,
                    Approval = before?.Approval,
                    Decided = before is null ? null : new DecidedBefore(before.Id, before.Fingerprint),
                },
                facts! with { ByTwo = statement is not null && await NeedsTwo(errand, family, cancel), Released = before?.Answer == DisclosureAnswer.Allowed });
            var composed = new Composed { Answer = answer, Text = sheet, Marking = marking, Card = card };
            Envelope EnvelopeOf(DisclosureRecord record) => envelopes.Of(record, errand.Who.Id, beforeEnvelope, around, ServiceOf(errand), workingDays, now.On);
            if (answer is not Allowed allowed)
            {
                var words = answer.Match(_ => "", no => string.Join(" ", no.Reasons.Select(reason => $"{reason.Sentence} {reason.NextStep}")), waits => string.Join(" ", waits.Reasons.Select(reason => reason.Sentence)));
                if (answer is NeedsAuthoriser && statement is not null && before is null)
                {
                    var asked = DisclosureRecord.Of(answer, family, sheet, marking);
                    var kept = await keeper.Do(new Act(errand, AuditAction.DisclosureAsked, [new Put<DisclosureRecord>(EnvelopeOf(asked), asked, 0)]), cancel);
                    return new Released.Not(composed, kept is Outcome.Done ? words : kept.Words(busy: Busy));
                }
                await keeper.Note(errand, AuditAction.DisclosureStopped, [family], cancel);
                return new Released.Not(composed, words);
            }
            // Handed over here and now: nothing is left to say about what became of it.
            var record = DisclosureRecord.Of(allowed, family, sheet, marking).Complete(OutcomeKind.SentAsShown, now.At, null, null, now).OrThrow();
            var outcome = await keeper.Do(new Act(errand, AuditAction.Printed,
                [seen!, new Put<DisclosureRecord>(EnvelopeOf(record), record, beforeEnvelope?.Version ?? 0), new Count($"disclosures/{(int)record.Ground}", Month.Of(now.On).First)]), cancel);
            if (outcome is Outcome.Done)
                return new Released.Out(record, new Outlet(allowed, OutletForm.Print, sheet));
            if (outcome is not Outcome.Conflict)
                return new Released.Not(composed, outcome.Words(busy: Busy));
        }
        return new Released.Not(new Composed(), Busy);
    }

    /// <summary>True when a statement of somebody of this family is released by two. What cannot be opened here could be the reason, so it counts.</summary>
    public async Task<bool> NeedsTwo(Errand<May.WorkWithFamilies> errand, UnitId family, CancellationToken cancel = default)
    {
        if (await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Exemption, Family = family }, cancel) > 0)
            return true;
        var told = await All<DisclosureRecord>(errand, family, UnitKind.Disclosure, cancel);
        return told.Closed > 0 || Statement.NeedsTwo([], told.Records);
    }

    /// <summary>
    /// What each body that a permission of the family names may be told now, as the gate itself reads it (U2, U3); the one named last comes
    /// first, and stays there whatever becomes of its permission.
    /// </summary>
    public async Task<FamilyGate> Read(Errand<May.WorkWithFamilies> errand, UnitId family, CancellationToken cancel = default)
    {
        var (facts, _, _, _, trouble) = await Gather(errand, family, cancel);
        if (facts is null)
            return new FamilyGate([], trouble);
        var now = Stamp.Now(errand.Who.Id, clock);
        var named = new List<Permission>();
        foreach (var permission in facts.Permissions.OrderByDescending(one => one.Id))
        {
            if (named.TrueForAll(one => !one.Terms.Body.IsSameAs(permission.Terms.Body)))
                named.Add(permission);
        }
        return new FamilyGate(
            [
                .. named.Select(permission =>
                {
                    var to = directory.Find(permission.Terms.Body.Id) is { } line ? directory.Facts(line.Recipient) : new RecipientFacts { Body = permission.Terms.Body };
                    return new BodyGate(permission.Id, to.Body, GateReading.Of(to, OutwardAct.Contact, facts, now), GateReading.Of(to, OutwardAct.Share, facts, now));
                }),
            ],
            null);
    }

    /// <summary>Calls back when something changed on which the gate decides for a family, until disposed. On the lane: the callback must be quick.</summary>
    [OpenToAll(OpenBecause.ToldThat)]
    public IDisposable Watch(UnitId family, Action changed) => keeper.Subscribe(change =>
    {
        if (change.Family == family && change.Kind is UnitKind.Family or UnitKind.Permission or UnitKind.Finding)
            changed();
    });

    /// <summary>Puts ended permissions on the desk while somebody who was told on them has not been told that they ended, and takes them off.</summary>
    public async Task LookForNotices(Errand<May.WorkWithFamilies> errand, UnitId family, IReadOnlyCollection<UnitId> permissions, CancellationToken cancel = default)
    {
        var told = await OfFamily((Errand)errand, family, cancel);
        foreach (var id in permissions)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (await keeper.Open<Permission>(errand, id, cancel) is not Opening<Permission>.Opened opened)
                    break;
                var (permission, around, today) = (opened.Record.Open(opened.Clearance), opened.Envelope, London.Today(clock));
                var owed = Notices.OwedAfter(permission, told).Any(line => line.Owed);
                if (owed == (around.State == Envelopes.NoticeOwed))
                    break;
                var state = owed ? Envelopes.NoticeOwed : permission.StateOn(today, null).Code();
                if (await keeper.Do(new Act(errand, AuditAction.Saved, [new Mark(id, around.Version, before => before with { State = state, DueOn = owed ? today : null, TouchedOn = today })]), cancel) is not Outcome.Conflict)
                    break;
            }
        }
    }

    /// <summary>Puts what is made good on the desk while anybody is owed word of it, and takes it off.</summary>
    public async Task LookForAmends(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await keeper.Open<Amends>(errand, id, cancel) is not Opening<Amends>.Opened opened)
                return;
            var (amends, around, today) = (opened.Record.Open(opened.Clearance), opened.Envelope, London.Today(clock));
            var owed = !amends.StillToTell.IsEmpty || Notices.OwedAfter(amends, await About(errand, amends, cancel)).Any(line => line.Owed);
            if (owed == (around.State == Envelopes.NoticeOwed))
                return;
            var next = envelopes.Of(amends, owed, around, null, around.Service, today);
            if (await keeper.Do(new Act(errand, AuditAction.Saved, [new Mark(id, around.Version, before => before with { State = next.State, DueOn = next.DueOn, TouchedOn = today })]), cancel) is not Outcome.Conflict)
                return;
        }
    }

    /// <summary>The disclosures that amends are of, with the family's notices.</summary>
    public async Task<ImmutableArray<DisclosureRecord>> About(Errand<May.WorkWithFamilies> errand, Amends amends, CancellationToken cancel = default) => amends.Family is { } family
        ? await OfFamily((Errand)errand, family, cancel)
        : [.. (await Task.WhenAll(amends.Of.Select(of => Before(errand, of, cancel)))).Select(found => found.Record).OfType<DisclosureRecord>()];

    /// <summary>No notice of it can go, or it was told otherwise: with the reason, which ticks it.</summary>
    public Task<Checked<DisclosureRecord>> Settle(Errand<May.WorkWithFamilies> errand, UnitId id, NoticeKind why, string? words, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (record, now) => record.Settle(why, words, now), cancel, LookForNotices);

    /// <summary>Opens the record of one answer with the family's card, for its page.</summary>
    public async Task<ShownDisclosure> Open(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default)
    {
        var (record, envelope, trouble) = (await keeper.Open<DisclosureRecord>(errand, id, cancel)).Read("There is nothing here. Look at the address, or open the family.", "This was erased. Nothing of it can be read any more.");
        var shown = new ShownDisclosure(record, envelope, trouble);
        // The officer sees what waits, and never the card.
        return shown.Record?.Family is { } family && errand.Who.May(Entitlement.WorkWithFamilies) && await keeper.Open<FamilyCard>(errand, family, cancel) is Opening<FamilyCard>.Opened card
            ? shown with { Card = card.Record.Open(card.Clearance) }
            : shown;
    }

    /// <summary>Every answer about a family that this colleague may open, newest first.</summary>
    public async Task<ImmutableArray<DisclosureRecord>> OfFamily(Errand<May.TypeForms> errand, UnitId family, CancellationToken cancel = default) =>
        [.. (await All<DisclosureRecord>(errand, family, UnitKind.Disclosure, cancel)).Records.Reverse()];

    /// <summary>What became of it: sent as shown, changed, not sent, reached, no message left, ring back.</summary>
    public Task<Checked<DisclosureRecord>> Complete(Errand<May.WorkWithFamilies> errand, UnitId id, OutcomeKind kind, DateTimeOffset at, string? words, DateOnly? callBackOn, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Saved, (record, now) => record.Complete(kind, at, words, callBackOn, now), cancel, LookForNotices);

    /// <summary>Whether the family was told of it.</summary>
    public Task<Checked<DisclosureRecord>> Tell(Errand<May.WorkWithFamilies> errand, UnitId id, Func<Stamp, Checked<ToldFamily>> told, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.Told, (record, now) => told(now).Match<Checked<DisclosureRecord>>(yes => record.Telling(yes), problems => Checked<DisclosureRecord>.From(problems, () => record)), cancel);

    /// <summary>A second person agrees to exactly what waits. The asker releases it afterwards; agreement stands seven days.</summary>
    public async Task<Checked<DisclosureRecord>> Agree(Errand<May.SignOff> errand, UnitId id, string? reason, CancellationToken cancel = default)
    {
        var role = errand.Who.Is(Role.InformationGovernance) ? Role.InformationGovernance : Role.TeamLead;
        return await Change(errand, id, AuditAction.SignedOff, (record, now) => record.Answer != DisclosureAnswer.Waiting
            ? new Problem("", "This does not wait for anybody.")
            : Approval.Create(record.Fingerprint, record.By, role, reason, now.At + ApprovalStands, now).Match<Checked<DisclosureRecord>>(
                yes => record with { Approval = yes }, problems => Checked<DisclosureRecord>.From(problems, () => record)), cancel);
    }

    /// <summary>A lead's finding on whose answer prevails for a child and a body, where holders of authority differ (U2).</summary>
    public async Task<Problem?> Find(Errand<May.Lead> errand, UnitId family, PersonId child, NamedBody body, PersonId prevails, string? why, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(why) || TypedText.Check("finding.why", why, 1_000, lines: true) is not null)
            return string.IsNullOrWhiteSpace(why) ? new Problem("finding.why", "Say what the authority rests on.") : TypedText.Check("finding.why", why, 1_000, lines: true);
        if (await keeper.Envelope(family, cancel) is not { Kind: UnitKind.Family } around)
            return new Problem("", "This family is not there any more. Search again.");
        if (await keeper.Open<FamilyCard>(errand, family, cancel) is not Opening<FamilyCard>.Opened opened || opened.Record.Open(opened.Clearance) is not { } card
            || card.FindChild(child) is null || card.FindCarer(prevails) is null)
            return new Problem("", "Choose a child and a carer of the family's card.");
        var finding = new AuthorityFinding { Child = child, Body = body, Prevails = prevails, Why = TypedText.Clean(why)!, By = errand.Who.Id, At = clock.GetUtcNow() };
        var id = UnitId.Create(clock);
        var outcome = await keeper.Do(new Act(errand, AuditAction.SignedOff, [new Put<AuthorityFinding>(envelopes.Of(finding, id, around, London.Today(clock)), finding, 0)]), cancel);
        return outcome is Outcome.Done ? null : new Problem("", outcome.Words(busy: Busy));
    }

    /// <summary>What is on record about a family today, as the gate needs it, with what was seen of it; or why it cannot be opened.</summary>
    public async Task<(DisclosureFacts? Facts, FamilyCard? Card, Envelope? Family, Unchanged? Seen, string? Trouble)> Gather(
        Errand<May.WorkWithFamilies> errand, UnitId family, CancellationToken cancel = default)
    {
        var opening = await keeper.Open<FamilyCard>(errand, family, cancel);
        if (opening is not Opening<FamilyCard>.Opened opened)
            return (null, null, null, null, FamilyPage.WordsOf(opening));
        var card = opened.Record.Open(opened.Clearance);
        var permissions = await All<Permission>(errand, family, UnitKind.Permission, cancel);
        var findings = await All<AuthorityFinding>(errand, family, UnitKind.Finding, cancel);
        // What cannot be read could be a no: without all of it there is no answer.
        if (permissions.Closed + findings.Closed > 0)
            return (null, card, opened.Envelope, null, "A permission of this family cannot be opened here, and it could be a no. Ask your team lead before anything goes.");
        var facts = DisclosureFacts.Of(card, permissions.Records, workingDays, London.Today(clock)) with
        {
            Findings = findings.Records,
            Restricted = opened.Envelope.Restricted,
        };
        var seen = permissions.Seen.AddRange(findings.Seen).SetItem(family, opened.Envelope.Version);
        return (facts, card, opened.Envelope, new Unchanged(family, seen), null);
    }

    private async Task<Composed> Compose(Errand errand, DisclosureForm form, DecidedBefore? decided, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (facts, card, around, seen, trouble) = form.Family is { } family
            ? await Gather(errand, family, cancel)
            : (new DisclosureFacts { WorkingDays = workingDays }, null, null, new Unchanged(null, ImmutableDictionary<UnitId, int>.Empty), null);
        // What goes at once is stopped by no card or permission that cannot be opened: it goes on what is typed (X1).
        if (trouble is not null && form.Ground is Ground.UnderExemption { Exemption.GoesAtOnce: true })
        {
            facts = card is null ? new DisclosureFacts { WorkingDays = workingDays } : DisclosureFacts.Of(card, [], workingDays, London.Today(clock));
            (around, seen, trouble) = (around ?? await keeper.Envelope(form.Family!.Value, cancel), new Unchanged(null, ImmutableDictionary<UnitId, int>.Empty), null);
        }
        if (trouble is not null)
            return new Composed { Trouble = trouble, Card = card };
        var (recipient, listed) = Recipient(form, card);
        if (listed is not null)
            seen = seen! with { Seen = seen.Seen.SetItem(listed.Envelope.Id, listed.Envelope.Version) };
        if (await Answering(errand, form, card, cancel) is ({ } answering, { } enquiry))
            (facts, seen) = (facts! with { Answering = answering }, seen! with { Seen = seen.Seen.SetItem(enquiry.Id, enquiry.Version) });
        var problems = Problems(form, recipient);
        var offered = card is null ? [] : SharedItems.Of(card, form.About);
        if (recipient is null || !problems.IsEmpty)
            return new Composed { Card = card, Facts = facts, Offered = offered, Problems = problems };
        var (before, beforeEnvelope) = await Before(errand, form.Id, cancel);
        var ticked = offered.Where(item => form.Items.Contains(item.Key)).ToImmutableArray();
        var typed = TypedText.Clean(form.Text) ?? "";
        var (text, mentioned) = card is null ? (typed, []) : SharedItems.Mask(typed, card, form.About);
        var items = Items(form, ticked, text, mentioned);
        var now = Stamp.Now(errand.Who.Id, clock);
        var marking = ticked.Select(item => FieldCatalogue.Get(item.Item.FieldId).Marking)
            .Concat(items.Where(item => item.Category == ItemCategory.Special).Select(_ => envelopes.Sensitive))
            .Append(form.Ground is Ground.UnderExemption ? envelopes.Sensitive : Marking.Official)
            .Aggregate(Marking.Official, Marking.Stricter);
        var shown = Letter.Compose(form, recipient, card, ticked, text, marking, service.Value, DayOf(form.Id));
        var findings = guard.Scan(text, now.On);
        if (form.Ground is Ground.NoticeOwed notice && form.Family is not null && (await Before(errand, notice.Of, cancel)).Record is { } told)
            facts = facts! with { ToldBefore = [told.AsToldBefore with { OrTo = await StandIn(errand, told, form, cancel) }] };
        var answer = DisclosureGate.Decide(
            new DisclosureRequest
            {
                Id = form.Id,
                Act = form.Act,
                Recipient = recipient,
                About = form.About,
                Items = items,
                Purpose = form.Purpose.Trim(),
                Channel = form.Channel,
                Address = TypedText.Clean(form.Address),
                // Who speaks for them from outside is reached as any outsider is.
                Attempt = form.Person is { } theirs && card?.People.Any(one => one.Id == theirs) == true && TypedText.Clean(form.Address) is { } address
                    ? new ContactAttempt { Channel = DisclosureForm.ChannelOf(form.Channel), Address = address, At = TimeOnly.FromDateTime(London.Local(now.At).DateTime), Voicemail = form.Voicemail, SomebodyElses = card.IsSomebodyElses(address, theirs) }
                    : null,
                Ground = form.Ground,
                Content = DisclosureText.Hash(shown),
                Scan = findings.Count == 0 ? TextScan.Clean : form.TextRead ? TextScan.ReadAndPassed : TextScan.Found,
                Now = now,
                DoneAt = form.DoneAt,
                ConfidenceOf = form.ConfidenceOf,
                Approval = before?.Approval,
                Decided = decided,
            },
            facts! with { Released = before?.Answer == DisclosureAnswer.Allowed });
        return new Composed
        {
            Answer = answer,
            Text = shown,
            Marking = marking,
            Card = card,
            Facts = facts,
            Offered = offered,
            Findings = [.. findings],
            Seen = seen,
            FamilyEnvelope = around,
            Before = before,
            BeforeEnvelope = beforeEnvelope,
        };
    }

    // The newest enquiry that this person made by this way, while it may be answered where they made it. None is opened where agreed ways or danger decide.
    private async Task<(EnquiryContext? Context, Envelope? Enquiry)> Answering(Errand errand, DisclosureForm form, FamilyCard? card, CancellationToken cancel)
    {
        var (channel, today) = (DisclosureForm.ChannelOf(form.Channel), London.Today(clock));
        if (form is not { Family: { } family, Person: { } person } || card?.People.Any(one => one.Id == person) != true || card.SafeContact is { Danger: true } or { Ways: not [] }
            || channel is ContactChannel.Post or ContactChannel.Other)
            return default;
        var found = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Enquiry, Family = family, Take = MostOfOneFamily }, cancel);
        foreach (var envelope in found.Where(one => one.Channel is { } by && DisclosureForm.ChannelOf(by) == channel && EnquiryContext.Last(one.CreatedOn, workingDays) >= today).OrderByDescending(one => one.Id).Take(MostToAnswer))
        {
            if (await keeper.Open<Enquiry>(errand, envelope.Id, cancel) is Opening<Enquiry>.Opened opened
                && opened.Record.Open(opened.Clearance) is { CameFrom: { } address, Caller: Caller.Named caller } enquiry && caller.Person == person)
                return (EnquiryContext.For(channel, address, enquiry.OpenedOn, workingDays), opened.Envelope);
        }
        return default;
    }

    // Who followed a body that is gone; and who got it by mistake, as it was reported.
    private async Task<ImmutableArray<NamedBody>> StandIn(Errand errand, DisclosureRecord told, DisclosureForm form, CancellationToken cancel)
    {
        var others = ImmutableArray.CreateBuilder<NamedBody>();
        if (directory.ChangeOf(told.Body)?.Successor is { } successor)
            others.Add(successor.Named());
        if (form.Amends is { } id && await keeper.Open<Amends>(errand, id, cancel) is Opening<Amends>.Opened opened && opened.Record.Open(opened.Clearance) is { Reached: { } reached } amends && amends.Of.Contains(told.Id))
            others.Add(reached);
        return others.ToImmutable();
    }

    private (RecipientFacts? Facts, Listed? Line) Recipient(DisclosureForm form, FamilyCard? card)
    {
        var attention = TypedText.Clean(form.Attention);
        if (form.Person is { } person && card is not null && card.Receivers.Contains(person))
            return (new RecipientFacts { Body = NamedBody.Create(BodyKind.Other, FamilyWords.NameOf(card, person)).OrThrow(), Person = person, Attention = attention }, null);
        // Nor by a directory that does not have the recipient yet.
        if (form is { Person: null, Ground: Ground.UnderExemption { Exemption: { GoesAtOnce: true, ToWhom: { } typed } } } && directory.Find(form.Body) is null)
            return NamedBody.Create(BodyKind.Other, typed).Match<(RecipientFacts?, Listed?)>(body => (new RecipientFacts { Body = body, Attention = attention }, null), _ => (null, null));
        return form.Person is null && form.Body != default && directory.Find(form.Body) is { } line ? (directory.Facts(line.Recipient, attention), line) : (null, null);
    }

    private static ImmutableArray<Problem> Problems(DisclosureForm form, RecipientFacts? recipient) =>
    [
        .. new[]
        {
            recipient is null ? new Problem("disclosure.recipient", "Choose to whom it goes. A body that is not in the directory is added there first.") : null,
            TypedText.Check("disclosure.text", form.Text, TypedText.NoteLimit, lines: true),
            TypedText.Check("disclosure.purpose", form.Purpose),
            TypedText.Check("disclosure.attention", form.Attention),
            TypedText.Check("disclosure.address", form.Address),
            form.Channel.Length == 0 ? new Problem("disclosure.channel", "Choose how it goes.") : null,
            string.IsNullOrWhiteSpace(form.Text) && form.Items.IsEmpty && form.Act is not OutwardAct.Contact
                ? new Problem("disclosure.text", form.Act == OutwardAct.GeneralQuestion ? "Write your question." : form.Family is null ? "Write what goes." : "Tick what goes, or write it.") : null,
        }.OfType<Problem>(),
    ];

    private static ImmutableArray<DisclosureItem> Items(DisclosureForm form, ImmutableArray<SharedItem> ticked, string text, ImmutableArray<PersonId> mentioned)
    {
        var items = ImmutableArray.CreateBuilder<DisclosureItem>();
        items.AddRange(ticked.Select(item => item.Item with { Mentions = item.Mentioned }));
        var general = form.Act is OutwardAct.GeneralQuestion or OutwardAct.Raise || form.ProviderAlone;
        if (form.Act == OutwardAct.Contact)
            items.AddRange(ScopeItems.ContactMinimum.Select(scope => DisclosureItem.Of(scope, form.About)));
        if (general)
            items.Add(DisclosureItem.NoFamilyFact);
        else if (text.Length > 0 && (form.Act != OutwardAct.Contact || !form.TextScopes.IsEmpty))
            items.Add(new DisclosureItem { FieldId = DisclosureFields.Text, About = form.About, Mentions = mentioned, Scopes = form.TextScopes });
        return items.ToImmutable();
    }

    private async Task<ImmutableArray<Change>> Exemption(Errand errand, DisclosureForm form, Composed composed, Approval? approval, CancellationToken cancel)
    {
        if (form.Ground is not Ground.UnderExemption { Exemption: { } exemption })
            return [];
        var before = await keeper.Envelope(exemption.Id, cancel);
        exemption = exemption with { Family = form.Family, Approval = approval ?? exemption.Approval };
        return [new Put<Exemption>(envelopes.Of(exemption, before, composed.FamilyEnvelope, ServiceOf(errand), workingDays, London.Today(clock)), exemption, before?.Version ?? 0)];
    }

    private async Task<(DisclosureRecord? Record, Envelope? Envelope)> Before(Errand errand, UnitId id, CancellationToken cancel) =>
        await keeper.Envelope(id, cancel) is { Kind: UnitKind.Disclosure } && await keeper.Open<DisclosureRecord>(errand, id, cancel) is Opening<DisclosureRecord>.Opened found
            ? (found.Record.Open(found.Clearance), found.Envelope)
            : (null, null);

    private async Task<Checked<DisclosureRecord>> Change(Errand errand, UnitId id, AuditAction action, Func<DisclosureRecord, Stamp, Checked<DisclosureRecord>> change, CancellationToken cancel,
        Func<Errand, DisclosureRecord, CancellationToken, Task>? after = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Open(errand, id, cancel);
            if (shown is not { Record: { } record, Envelope: { } around })
                return new Problem("", shown.Trouble!);
            var changed = change(record, Stamp.Now(errand.Who.Id, clock));
            if (!changed.Accepted)
                return changed;
            var envelope = envelopes.Of(changed.Value, around.Owner, around, null, around.Service, workingDays, London.Today(clock));
            var outcome = await keeper.Do(new Act(errand, action, [new Put<DisclosureRecord>(envelope, changed.Value, around.Version)]), cancel);
            if (outcome is Outcome.Done)
            {
                if (after is not null)
                    await after(errand, changed.Value, cancel);
                return changed;
            }
            if (outcome is not Outcome.Conflict)
                return new Problem("", outcome.Words(busy: Busy));
        }
        return new Problem("", Busy);
    }

    // A notice that went, and word that something never went, change what is owed on what stands behind it.
    private async Task LookForNotices(Errand errand, DisclosureRecord record, CancellationToken cancel)
    {
        var behind = record.NoticeOf is { } of && (await Before(errand, of, cancel)).Record is { } told ? told : record;
        if (record.Family is { } family && !behind.Permissions.IsEmpty)
            await LookForNotices(errand, family, behind.Permissions, cancel);
        if (record.NoticeOf is null && record.Settled.IsEmpty && record.Outcomes.IsEmpty)
            return;
        foreach (var amends in await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Amends, Family = record.Family, Take = MostOfOneFamily }, cancel))
        {
            if (amends.Family == record.Family)
                await LookForAmends(errand, amends.Id, cancel);
        }
    }

    // All at once: their entries become durable together.
    private async Task<(ImmutableArray<T> Records, int Closed, ImmutableDictionary<UnitId, int> Seen)> All<T>(Errand errand, UnitId family, UnitKind kind, CancellationToken cancel) where T : class
    {
        var found = await keeper.Envelopes(new EnvelopeQuery { Kind = kind, Family = family, Take = MostOfOneFamily }, cancel);
        var openings = await Task.WhenAll(found.Select(envelope => keeper.Open<T>(errand, envelope.Id, cancel)));
        var opened = openings.OfType<Opening<T>.Opened>().ToList();
        return ([.. opened.Select(one => one.Record.Open(one.Clearance))], openings.Length - opened.Count, opened.ToImmutableDictionary(one => one.Envelope.Id, one => one.Envelope.Version));
    }

    private static Service ServiceOf(Errand errand) => errand.Who.Services.Order().FirstOrDefault(Service.FamiliesInformation);

    /// <summary>The London day on which a request was begun: the letter's date, so that what was agreed to stays the same overnight.</summary>
    private static DateOnly DayOf(UnitId id) => London.DateOf(DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString()[..12], 16)));

    internal const string Busy = "The portal is busy with this family. Nothing left: try again in a moment.";
}

/// <summary>What is given as a person's statement: to whom, and the record under which it waits; default when it does not wait yet.</summary>
internal sealed record StatementCopy(PersonId To, UnitId Waiting = default);

/// <summary>What the gate says now of everybody whom a family's permissions name, or why it cannot be read. Content: shows nothing of itself.</summary>
internal sealed record FamilyGate(ImmutableArray<BodyGate> Bodies, string? Trouble)
{
    public override string ToString() => nameof(FamilyGate);
}

/// <summary>One body: whether it may be contacted, and whether something may be shared with it.</summary>
/// <param name="Like">A permission that names it.</param>
/// <param name="Body">As the directory has it, else as the permission names it.</param>
/// <param name="Contact">The reading for contact.</param>
/// <param name="Share">The reading for sharing.</param>
internal sealed record BodyGate(UnitId Like, NamedBody Body, GateReading Contact, GateReading Share)
{
    public override string ToString() => nameof(BodyGate);
}

/// <summary>The record of one answer for its page, or why it cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownDisclosure(DisclosureRecord? Record, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>The family's card, for names; null where it cannot be opened or there is none.</summary>
    public FamilyCard? Card { get; init; }

    public static ShownDisclosure Not(string trouble) => new(null, null, trouble);

    public override string ToString() => nameof(ShownDisclosure);
}
