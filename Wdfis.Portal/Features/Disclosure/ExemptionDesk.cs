using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// The exemptions (X1–X3, an adult's life at risk): what cannot wait goes at once on five fields, the whole form for what can, signatures,
/// the officer's transfer ground, whether the family was told, and the register.
/// </summary>
internal sealed class ExemptionDesk(
    Keeper keeper, Envelopes envelopes, DraftDesk drafts, DisclosureDesk disclosures, RecipientDirectory directory, IColleagues colleagues, WorkingDays workingDays, TimeProvider clock)
{
    private const int Tries = 5;
    private const string Busy = "Somebody is changing this at this moment. Nothing was changed: try again.";
    private const string Ended = "It was signed or agreed already, so it stays as it is.";

    /// <summary>For what an exemption is opened: what went at once is safeguarding, so that a restriction does not stand in the way of its signature.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<Purpose> PurposeOf(UnitId id, CancellationToken cancel = default) =>
        await keeper.Envelope(id, cancel) is { State: Envelopes.ExemptionUnsigned } ? Purpose.Safeguarding : Purpose.Share;

    /// <summary>
    /// Lets go at once what cannot wait: five fields, and nothing but an empty one stops it (X1). The sign-off is due the next working day.
    /// Where the family's record is closed to this colleague or broken, it goes on what was typed.
    /// </summary>
    public async Task<UrgentDone> Urgent(Errand<May.WorkWithFamilies> errand, UnitId? family, UnitId draft, UnitId request, CancellationToken cancel = default)
    {
        var typed = await Typed(errand, draft, cancel);
        var now = Stamp.Now(errand.Who.Id, clock);
        var line = Guid.TryParse(typed.GetValueOrDefault(ExemptionForm.Body), out var chosen) ? directory.Find(new BodyId(chosen)) : null;
        if (line?.Recipient.IsOpen == false)
            line = null;
        var kind = ExemptionForm.KindOf(typed);
        var of = family is { } asked && keeper.MayOpen(errand, asked) is AccessDecision.Allowed ? family : null;
        var exemption = new Exemption
        {
            Id = UnitId.Create(clock),
            Family = of,
            AskedBy = errand.Who.Id,
            AskedAt = now.At,
            Kind = kind.MayBeUrgent() ? kind : ExemptionKind.X1,
            Urgent = true,
            Who = TypedText.Clean(typed.GetValueOrDefault(ExemptionForm.Who)),
            Feared = TypedText.Clean(typed.GetValueOrDefault(ExemptionForm.Feared)),
            ToWhom = line?.Recipient.Name ?? TypedText.Clean(typed.GetValueOrDefault(ExemptionForm.ToWhom)),
            WhatIsTold = TypedText.Clean(typed.GetValueOrDefault(ExemptionForm.Told)),
            WhyNow = TypedText.Clean(typed.GetValueOrDefault(ExemptionForm.WhyNow)),
        };
        var missing = exemption.MissingFive().ToImmutableArray();
        if (!missing.IsEmpty)
            return new UrgentDone(null, missing);
        var contact = line?.Recipient.Contacts.OrderBy(way => way.Way).FirstOrDefault(way => way.Value.Length > 0 && way.Way != ContactWay.Website);
        var form = new DisclosureForm
        {
            Id = request,
            Family = of,
            Act = OutwardAct.Share,
            Body = line?.Recipient.Id ?? default,
            Attention = line?.Recipient.Details.AskFor,
            Text = $"Who: {exemption.Who}\n\n{exemption.WhatIsTold}",
            TextScopes = ["social-care"],
            TextRead = true,
            Channel = contact?.Way switch { ContactWay.Email => "email", ContactWay.Letter => "letter", _ => "phone" },
            Address = contact?.Value,
            Ground = new Ground.UnderExemption(exemption),
            Draft = draft,
        };
        var composed = await disclosures.Compose(errand, form, cancel);
        if (composed.Card is { } card)
        {
            // Whoever is named in it is meant; where nobody is, the children are.
            var named = SharedItems.Mask(form.Text, card, []).Mentioned;
            form = form with { About = !named.IsEmpty ? named : !card.Children.IsEmpty ? [.. card.Children.Select(child => child.Id)] : [.. card.People.Select(person => person.Id)] };
            composed = await disclosures.Compose(errand, form, cancel);
        }
        if (composed.Answer is not Allowed allowed)
            return new UrgentDone(null, composed.Problems.IsEmpty ? [new Problem("", composed.Trouble ?? "It went out already. Open the desk.")] : composed.Problems);
        return (await disclosures.Release(errand, form, allowed.AsDecided, OutletForm.Paste, cancel)).Match(
            released => new UrgentDone(released, []) { Exemption = exemption.Id, To = line?.Recipient },
            not => new UrgentDone(null, [new Problem("", not.Words)]));
    }

    /// <summary>
    /// Saves the whole form from its draft, when nothing is missing: a new one, or the rest of one that is not signed or agreed yet. A decision
    /// not to share is recorded too.
    /// </summary>
    public async Task<Checked<Exemption>> Save(Errand<May.WorkWithFamilies> errand, UnitId? family, UnitId? existing, UnitId draft, CancellationToken cancel = default)
    {
        var typed = await Typed(errand, draft, cancel);
        if (existing is { } id)
        {
            return await Change(errand, id, AuditAction.Saved, (held, now) => held.AskedBy != errand.Who.Id && !errand.Who.May(Entitlement.Lead)
                ? new Problem("", "Who asked for it, or a team lead, completes it.")
                : held.SignOff is not null || held.Approval is not null ? new Problem("", Ended) : ExemptionForm.Read(held, ExemptionForm.Of(held).SetItems(typed), now), draft, cancel);
        }
        var stamp = Stamp.Now(errand.Who.Id, clock);
        var read = ExemptionForm.Read(new Exemption { Id = UnitId.Create(clock), Family = family, AskedBy = stamp.By, AskedAt = stamp.At, Kind = ExemptionKind.X1 }, typed, stamp);
        if (!read.Accepted)
            return read;
        var made = read.Value;
        Envelope? around = null;
        if (family is { } of)
        {
            var (facts, _, held, _, trouble) = await disclosures.Gather(errand, of, cancel);
            if (trouble is not null)
                return new Problem("", trouble);
            around = held;
            made = made with { LinkedRefusals = [.. facts!.Permissions.Where(one => one.StateOn(stamp.On, null) is PermissionState.Refused or PermissionState.Withdrawn).Select(one => one.Id)] };
        }
        var service = errand.Who.Services.Order().FirstOrDefault(Service.FamiliesInformation);
        var outcome = await keeper.Do(new Act(errand, AuditAction.Created,
            [new Put<Exemption>(envelopes.Of(made, null, around, service, workingDays, stamp.On), made, 0), .. await keeper.Dropping(draft, cancel)]), cancel);
        return outcome is Outcome.Done ? made : new Problem("", outcome.Words(busy: Busy));
    }

    /// <summary>Opens one, with what went under it as far as this colleague may open that.</summary>
    public async Task<ShownExemption> Open(Errand<May.TypeForms> errand, UnitId id, CancellationToken cancel = default)
    {
        var (record, envelope, trouble) = (await keeper.Open<Exemption>(errand, id, cancel)).Read("There is nothing here. Look at the address, or open the list of exemptions.", "This was erased. Nothing of it can be read any more.");
        return new ShownExemption(record, envelope, trouble);
    }

    /// <summary>Who may sign this one today: the leads, for one who is away their deputy, else the officers; never who asked. By name.</summary>
    [OpenToAll(OpenBecause.Colleagues)]
    public async Task<ImmutableArray<Colleague>> WhoMaySign(Exemption exemption, CancellationToken cancel = default)
    {
        var today = await colleagues.Today(cancel);
        var on = London.Today(clock);
        var may = SignOffs.WhoMaySign(today.Where(one => one.Is(Role.TeamLead)).Select(one => one.Id),
            today.SelectMany(one => one.DeputyFor.Select(lead => new LeadDeputy(lead, one.Id, on, on))), today.Where(one => one.Is(Role.InformationGovernance)).Select(one => one.Id),
            exemption.AskedBy, on);
        return [.. today.Where(one => may.Contains(one.Id))];
    }

    /// <summary>Signs what went at once: agrees, or says what was learnt. What went stays done.</summary>
    public async Task<Checked<Exemption>> Sign(Errand<May.SignOff> errand, UnitId id, bool agreed, string? learnt, CancellationToken cancel = default)
    {
        if (await Open((Errand)errand, id, cancel) is not { Record: { } shown })
            return new Problem("", RefusalReason.NotYourRole.Words());
        var who = await WhoMaySign(shown, cancel);
        return who.All(one => one.Id != errand.Who.Id)
            ? new Problem("", who.IsEmpty ? "Nobody else is there to sign. It stays on the list." : $"{string.Join(" or ", who.Select(one => one.DisplayName))} signs this.")
            : await Change(errand, id, AuditAction.SignedOff, (held, now) => held.Sign(agreed, learnt, now), default, cancel);
    }

    /// <summary>The officer states on what ground it may leave the UK and the EEA (D8).</summary>
    public async Task<Checked<Exemption>> StateTransfer(Errand<May.SignOff> errand, UnitId id, string? words, CancellationToken cancel = default) =>
        !errand.Who.Is(Role.InformationGovernance) ? new Problem("", "The information-governance officer states the ground. Tell them that this waits.")
        : string.IsNullOrWhiteSpace(words) ? new Problem("exemption.transfer-ground", "Say on what ground it may leave the UK and the EEA.")
        : TypedText.Check("exemption.transfer-ground", words, TypedText.NoteLimit, lines: true) is { } problem ? problem
        : await Change(errand, id, AuditAction.SignedOff, (held, now) => held.AskedBy == now.By
            ? new Problem("", "Somebody other than the colleague who asked has to state it.")
            : held with { Transfer = new TransferGround { Words = TypedText.Clean(words)!, By = now.By, At = now.At } }, default, cancel);

    /// <summary>Records whether the family was told, here and in what went under it.</summary>
    public async Task<Checked<Exemption>> Tell(Errand<May.WorkWithFamilies> errand, UnitId id, IReadOnlyDictionary<string, string> typed, CancellationToken cancel = default)
    {
        var told = ExemptionForm.Telling(typed, Stamp.Now(errand.Who.Id, clock));
        if (!told.Accepted || told.Value.State == FamilyTold.NotSaid)
            return told.Match<Checked<Exemption>>(_ => new Problem(ExemptionForm.FieldOf(ExemptionForm.Family), "Say whether the family is told."), problems => Checked<Exemption>.From(problems, () => null!));
        var changed = await Change(errand, id, AuditAction.Told, (held, _) => held with { ToldFamily = told.Value }, default, cancel);
        if (changed is { Accepted: true, Value.Family: { } family })
        {
            foreach (var sent in (await disclosures.OfFamily((Errand)errand, family, cancel)).Where(sent => sent.Exemption == id))
            {
                var also = await disclosures.Tell(errand, sent.Id, _ => told, cancel);
                if (!also.Accepted)
                    return Checked<Exemption>.From(also.Problems, () => changed.Value);
            }
        }
        return changed;
    }

    /// <summary>
    /// The register of a month, or of all: leads read the records for their quality review (A1); the officer sees what waits, and counts that
    /// hold nobody.
    /// </summary>
    public async Task<Register> Register(Errand<May.SignOff> errand, DateOnly? month, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var found = (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Exemption, Take = int.MaxValue }, cancel))
            .Where(one => month is not { } first || one.CreatedOn >= first && one.CreatedOn < first.AddMonths(1)).Reverse().ToList();
        var outside = keeper.Figures("disclosures/", month ?? default).Where(figure => month is null || figure.Month == month)
            .Select(figure => (Ground: (GroundKind)int.Parse(figure.Name["disclosures/".Length..], CultureInfo.InvariantCulture), figure.Value))
            .GroupBy(figure => figure.Ground, figure => figure.Value).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum())).ToImmutableArray();
        if (!errand.Who.May(Entitlement.Lead))
            return new Register([.. found.Where(one => one.State != Envelopes.ExemptionDone).Select(one => new RegisterLine(one, null))], [], outside, 0);
        var openings = await Task.WhenAll(found.Select(one => keeper.Open<Exemption>(errand, one.Id, cancel)));
        var opened = openings.OfType<Opening<Exemption>.Opened>().Select(one => new RegisterLine(one.Envelope, one.Record.Open(one.Clearance))).ToImmutableArray();
        return new Register(opened, ExemptionRegister.Count(opened.Select(line => line.Exemption!), today, workingDays), outside, openings.Length - opened.Length);
    }

    private async Task<Checked<Exemption>> Change(Errand errand, UnitId id, AuditAction action, Func<Exemption, Stamp, Checked<Exemption>> change, UnitId draft, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Open(errand, id, cancel);
            if (shown is not { Record: { } held, Envelope: { } around })
                return new Problem("", shown.Trouble!);
            var changed = change(held, Stamp.Now(errand.Who.Id, clock));
            if (!changed.Accepted)
                return changed;
            var envelope = envelopes.Of(changed.Value, around, null, around.Service, workingDays, London.Today(clock));
            var outcome = await keeper.Do(new Act(errand, action, [new Put<Exemption>(envelope, changed.Value, around.Version), .. await keeper.Dropping(draft, cancel)]), cancel);
            if (outcome is Outcome.Done)
                return changed;
            if (outcome is not Outcome.Conflict)
                return new Problem("", outcome.Words(busy: Busy));
        }
        return new Problem("", Busy);
    }

    private async Task<IReadOnlyDictionary<string, string>> Typed(Errand errand, UnitId draft, CancellationToken cancel) =>
        (await drafts.Open(errand, draft, cancel))?.Fields ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty;
}

/// <summary>What became of an urgent form: the way out, or every empty field. Content: shows nothing of itself.</summary>
internal sealed record UrgentDone(Released.Out? Released, ImmutableArray<Problem> Problems)
{
    /// <summary>The exemption's record, on the leads' list now.</summary>
    public UnitId Exemption { get; init; }
    /// <summary>The directory's entry, with its numbers; null for a recipient that is not in it.</summary>
    public Recipient? To { get; init; }

    public override string ToString() => nameof(UrgentDone);
}

/// <summary>An exemption for its page, or why it cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownExemption(Exemption? Record, Envelope? Envelope, string? Trouble = null)
{
    public override string ToString() => nameof(ShownExemption);
}

/// <summary>A line of the register; without its exemption for who may not read it.</summary>
internal sealed record RegisterLine(Envelope Envelope, Exemption? Exemption)
{
    public override string ToString() => nameof(RegisterLine);
}

/// <summary>The register: its lines, newest first; counts of them; how much went on each ground; how many could not be opened.</summary>
internal sealed record Register(ImmutableArray<RegisterLine> Lines, ImmutableArray<RegisterRow> Rows, ImmutableArray<(GroundKind Ground, long Count)> Went, int Closed);
