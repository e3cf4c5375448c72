using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Breaches;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Recipients;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features;

/// <summary>
/// The one place where a record becomes the coarse facts on its envelope: marking, keep-until date with its reason (D5),
/// states and dates for worklists. Whatever saves a record asks here, so that a date is never worked out twice in two ways.
/// </summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed class Envelopes(ScheduleShelf schedules, PolicyShelf policy, string descriptor)
{
    /// <summary>OFFICIAL-SENSITIVE with the council's descriptor (<c>Marking:Descriptor</c>). What is marked already keeps the one that it has.</summary>
    public Marking Sensitive { get; } = Marking.OfficialSensitive(descriptor);

    /// <summary>Of a family card. It is kept as long as the latest of what leans on it: none is left without the people it is about.</summary>
    public Envelope Of(FamilyCard card, UnitId id, Service service, ColleagueId owner, Envelope? before, DateOnly lastContactOn, IEnumerable<KeepUntil> leaning, DateOnly today)
    {
        var createdOn = before?.CreatedOn ?? today;
        var keep = KeptFamily(createdOn, lastContactOn, leaning).Under(before?.KeepUntil, before?.OnHold == true);
        var first = before ?? New(id, UnitKind.Family, service, Marking.Official, keep, owner, "open", today);
        return first with
        {
            Family = id,
            // A marking is never lowered by a save.
            Marking = FieldItem.Of(card).Select(item => item.Field.Marking).Aggregate(first.Marking, Marking.Stricter).Described(descriptor),
            KeepUntil = keep,
            District = card.District,
            DueOn = card.CheckDueOn,
            NotTold = card.StillToTell(policy.Versions, today).Any(),
            TouchedOn = today,
        };
    }

    /// <summary>Until when a family card is kept: two years from the last contact, or as long as the latest of what leans on it (D5).</summary>
    public KeepUntil KeptFamily(DateOnly createdOn, DateOnly lastContactOn, IEnumerable<KeepUntil> leaning) =>
        schedules.Current.KeepUntil(RetentionCodes.FamilyCard, new RetentionFacts { OpenedOn = createdOn, LastContactOn = lastContactOn }, leaning);

    /// <summary>
    /// The one place where a record's keep-until date is worked out for its envelope: by the schedule in force, never below what a lead
    /// decided, and never below what stood while a hold binds.
    /// </summary>
    private KeepUntil Kept(string code, RetentionFacts facts, Envelope? before) =>
        schedules.Current.KeepUntil(code, facts).Under(before?.KeepUntil, before?.OnHold == true);

    /// <summary>
    /// Facts changed on which several keep-until dates of a family rest: a corrected birth date, a new contact, and whatever brings records to
    /// another family. Gives the change that works out each of them anew in the same act, and what leans on the family's card then. Opens nothing.
    /// </summary>
    /// <param name="keeper">For the family's envelopes.</param>
    /// <param name="family">Whose records.</param>
    /// <param name="change">The facts as they are now; those of one record, by its class, go in.</param>
    /// <param name="saving">What is saved in the same act, and so is right already.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<(ImmutableArray<Change> Changes, IReadOnlyList<KeepUntil> Leaning)> Recounted(Keeper keeper, UnitId family, Func<RetentionClass, RetentionFacts, RetentionFacts> change, Envelope? saving = null, CancellationToken cancel = default)
    {
        KeepUntil Again(Envelope unit) => this.Again(unit, change);
        var others = (await Leaning(keeper, family, cancel)).Where(envelope => envelope.Id != saving?.Id).ToArray();
        var moved = others.Where(envelope => Again(envelope) != envelope.KeepUntil).Select(envelope => envelope.Id).ToImmutableArray();
        return (moved.IsEmpty ? [] : [new Recount(moved, (unit, _) => Again(unit))], [.. others.Select(Again), .. saving is null ? Array.Empty<KeepUntil>() : [saving.KeepUntil]]);
    }

    /// <summary>One record's keeping by the schedule in force from facts that changed; as it was where they did not, or were not kept.</summary>
    public KeepUntil Again(Envelope unit, Func<RetentionClass, RetentionFacts, RetentionFacts> change) =>
        schedules.Current is var schedule && unit.KeepUntil.Facts is { } facts && schedule.Find(unit.KeepUntil.ClassCode) is { } line && change(line, facts) is var now && now != facts
            ? schedule.Again(unit.KeepUntil with { Facts = now }, unit.OnHold) : unit.KeepUntil;

    /// <summary>They were in touch on this day: the new facts of what counts from the last contact.</summary>
    public static Func<RetentionClass, RetentionFacts, RetentionFacts> InTouch(DateOnly on) => (line, facts) =>
        line.Trigger == RetentionTrigger.LastContact && !(facts.LastContactOn >= on) ? facts with { LastContactOn = on } : facts;

    /// <summary>The birth dates of the children are these: the new facts of what counts from the youngest child's birth.</summary>
    public static Func<RetentionClass, RetentionFacts, RetentionFacts> Born(YoungestBorn youngest) => (line, facts) =>
        line.Trigger == RetentionTrigger.YoungestChildBirth
            ? facts with { YoungestBorn = youngest.On is { } on ? SchoolYear.EndOf(on) : null, AnyBirthUnknown = !youngest.Known } : facts;

    /// <summary>Everything that leans on a family's card, so that none of it is left without the people it is about.</summary>
    private static async Task<IEnumerable<Envelope>> Leaning(Keeper keeper, UnitId family, CancellationToken cancel) =>
        (await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = int.MaxValue }, cancel)).Where(envelope => Schedule.Leans(envelope.Kind));

    /// <summary>The family of something that is about to be saved: they were in touch today, and its card is kept as long as what leans on it (D5). Opens nothing.</summary>
    public async Task<ImmutableArray<Change>> Touched(Keeper keeper, Envelope family, Envelope? saving, DateOnly today, CancellationToken cancel = default)
    {
        var (changes, leaning) = await Recounted(keeper, family.Id, InTouch(today), saving, cancel);
        var keep = KeptFamily(family.CreatedOn, today, leaning).Under(family.KeepUntil, family.OnHold);
        // Whoever was last in touch before an edition that everybody is told of has not been told of it.
        var again = policy.ToldAgainFrom(today);
        return changes.Insert(0, new Mark(family.Id, family.Version, before => before with { KeepUntil = keep, NotTold = before.NotTold || before.TouchedOn < again, TouchedOn = today }));
    }

    /// <summary>The states of the envelope of somebody of whom others told us: word is owed; told, decided, or owed no more.</summary>
    public const string HeardOfOwed = "owed", HeardOfOver = "over";

    /// <summary>Of somebody of whom others told us; due on the last day to tell them. Neither who nor why not.</summary>
    public Envelope Of(HeardOf heard, Envelope? before, Envelope? family, DateOnly today)
    {
        var keep = Kept(RetentionCodes.Disclosure, new RetentionFacts { OpenedOn = heard.HeardOn }, before);
        var first = before ?? New(heard.Id, UnitKind.HeardOf, family!.Service, Sensitive, keep, family.Owner, HeardOfOwed, today) with { Family = family.Id, SpecialHandling = family.SpecialHandling };
        return first with { KeepUntil = keep, State = heard.Settled is null ? HeardOfOwed : HeardOfOver, DueOn = heard.Settled is null ? heard.DueOn : null, TouchedOn = today };
    }

    /// <summary>
    /// What a card that is about to be saved changes in the word owed to people of whom others told us: whoever came onto it is owed word, and
    /// whoever was told since, came to us themselves or left it is not.
    /// </summary>
    public async Task<ImmutableArray<Change>> HeardOf(Keeper keeper, Errand<May.TakeRights> errand, FamilyCard card, Envelope family, DateOnly today, CancellationToken cancel = default)
    {
        var owed = card.OwedWord.Select(person => Wdfis.Domain.Families.HeardOf.Of(person, today)).ToDictionary(heard => heard.Id);
        var known = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.HeardOf, Family = family.Id, Take = int.MaxValue }, cancel);
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.AddRange(known.Where(line => line.State == HeardOfOwed && !owed.ContainsKey(line.Id)).Select(line => new Mark(line.Id, line.Version, before => before with { State = HeardOfOver, DueOn = null })));
        // The officer, whom an open request lets in, begins nothing beside what it asked for: the next colleague who saves the card does.
        foreach (var heard in owed.Values.Where(heard => errand.Who.May(Entitlement.WorkWithFamilies) && known.All(line => line.Id != heard.Id)))
        {
            // One that was kept for its time and destroyed is not begun anew.
            if (await keeper.Open<HeardOf>(errand, heard.Id, cancel) is Opening<HeardOf>.Missing)
                changes.Add(new Put<HeardOf>(Of(heard, null, family, today), heard, 0));
        }
        return changes.ToImmutable();
    }

    /// <summary>Of an enquiry. What binds its family binds it; a marking is never lowered by a save.</summary>
    public Envelope Of(Enquiry enquiry, ColleagueId owner, Envelope? before, Envelope? family, YoungestBorn? youngest, DateOnly lastContactOn, DateOnly today)
    {
        var keep = Kept(enquiry.RetentionClass, new RetentionFacts
        {
            OpenedOn = enquiry.OpenedOn,
            ClosedOn = enquiry.ClosedOn,
            LastContactOn = lastContactOn,
            YoungestBorn = youngest?.On,
            AnyBirthUnknown = youngest is not { Known: true },
        }, before);
        var first = before ?? New(enquiry.Id, UnitKind.Enquiry, enquiry.Service, enquiry.Marking, keep, owner, enquiry.State.Code(), today);
        return first with
        {
            Family = enquiry.Family,
            Marking = Marking.Stricter(first.Marking, enquiry.Marking).Described(descriptor),
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || family?.SpecialHandling == true,
            State = enquiry.State.Code(),
            Topic = enquiry.Topic,
            Channel = enquiry.Channel,
            Outcome = enquiry.Outcome,
            Level = enquiry.HighestLevel,
            District = family?.District ?? first.District,
            DueOn = enquiry.FollowUp?.On,
            PrivatePromised = enquiry.PrivateTalk is { Owed: true },
            Reference = enquiry.Reference?.Format(),
            TouchedOn = today,
        };
    }

    /// <summary>The state of a permission's envelope while a late entry waits for a lead: the worklist of leads asks for it.</summary>
    public const string WaitsForLead = "waits-for-lead";

    /// <summary>The state of an ended permission's envelope while somebody who was told on it has not been told that it ended.</summary>
    public const string NoticeOwed = "notice-owed";

    /// <summary>
    /// Of a permission: its state as of today and the day on which somebody has to look. What binds its family binds it. Its end is known
    /// from the beginning, so that the evidence has a date from the beginning; a hold binds that date, never the taking back.
    /// </summary>
    public Envelope Of(Permission permission, ColleagueId owner, Envelope? before, Envelope? family, DateOnly? transferOn, DateOnly today)
    {
        var state = permission.StateOn(today, transferOn);
        var waits = permission.NeedsLead && !permission.Ended;
        var said = permission.LastGrant is not null && !permission.Ended && state != PermissionState.Refused;
        var until = permission.Until ?? permission.Terms.Until;
        var keep = Kept(RetentionCodes.Permission, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, EndedOn = said && until > today ? until : today }, before);
        var marking = IsSpecial(permission.Terms) ? Sensitive : Marking.Official;
        var first = before ?? New(permission.Id, UnitKind.Permission, family!.Service, marking, keep, owner, state.Code(), today);
        return first with
        {
            Family = permission.Family,
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || family?.SpecialHandling == true,
            State = waits ? WaitsForLead : state.Code(),
            DueOn = waits ? today : said ? DueOn(permission, until, transferOn) : null,
            TouchedOn = today,
        };
    }

    /// <summary>The state of the envelope of special handling in force; its date is that of the next review.</summary>
    public const string SpecialHandling = "special-handling";

    /// <summary>The state of a conflict that was declared and that no lead has looked at.</summary>
    public const string ConflictDeclared = "conflict-declared";

    /// <summary>Of a note about who may see a family. Marked as what need to know is (field-guide.md section 5).</summary>
    public Envelope Of(HandlingNote note, ColleagueId owner, Envelope? before, Envelope family, DateOnly today, DateOnly? reviewBy = null)
    {
        var keep = Kept(RetentionCodes.Handling, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, EndedOn = note.EndedOn }, before);
        var first = before ?? New(note.Id, UnitKind.Handling, family.Service, Sensitive, keep, owner, "", today);
        return first with
        {
            Family = family.Id,
            KeepUntil = keep,
            State = !note.InForce ? "ended" : note.Kind == HandlingKind.SpecialHandling ? SpecialHandling : note.Kind == HandlingKind.Emergency ? HandlingNote.Unreviewed : note.WaitsForLead ? ConflictDeclared : "conflict",
            DueOn = note.WaitsForLead ? reviewBy ?? today : note.ReviewOn,
            TouchedOn = today,
        };
    }

    /// <summary>The states of an alert's and a month's envelope: it waits for somebody to look; it was looked at.</summary>
    public const string AlertOpen = "open", AlertClosed = "closed", MonthOpen = "open", MonthLooked = "looked";

    /// <summary>Of an alert: that there is one about a colleague, neither for what nor of which family.</summary>
    public Envelope Of(Alert alert, Envelope? before, Service service, DateOnly today)
    {
        var keep = Kept(RetentionCodes.Handling, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, EndedOn = alert.Closing?.Made.On }, before);
        return (before ?? New(alert.Id, UnitKind.Alert, service, Sensitive, keep, alert.About, AlertOpen, today)) with { KeepUntil = keep, State = alert.Closing is null ? AlertOpen : AlertClosed, TouchedOn = today };
    }

    /// <summary>Of a month that a lead looks through, due until it was; its reference stands once. Its owner is whoever left their own openings to another.</summary>
    public Envelope Of(MonthlyLook look, Envelope? before, DateOnly? dueOn, DateOnly today)
    {
        var keep = Kept(RetentionCodes.Handling, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, EndedOn = look.IsOver ? (look.LeftLooked ?? look.Looked)?.On : null }, before);
        return (before ?? New(look.Id, UnitKind.MonthlyLook, Service.FamiliesInformation, Sensitive, keep, ColleagueId.Portal, MonthOpen, today)) with
        {
            KeepUntil = keep,
            Owner = look.WaitsFor ?? ColleagueId.Portal,
            State = look.IsOver ? MonthLooked : MonthOpen,
            Topic = Month.Of(look.Month).Format(),
            Reference = ReferenceOf(Month.Of(look.Month)),
            DueOn = look.IsOver ? null : dueOn,
            TouchedOn = today,
        };
    }

    /// <summary>The number of a month's list: <c>M-2026-10</c>.</summary>
    public static string ReferenceOf(Month month) => $"M-{month}";

    /// <summary>Of where a colleague lives: that they said so.</summary>
    public Envelope Of(OwnHome home, Colleague who, DateOnly today) =>
        New(home.Id, UnitKind.OwnHome, who.Services.Order().First(), Sensitive, Kept(RetentionCodes.Handling, new RetentionFacts { OpenedOn = today }, null), who.Id, "said", today);

    /// <summary>The states of a disclosure's envelope: somebody has to say what became of it; nothing is open; refused; waits for a second person; agreed and not yet released.</summary>
    public const string DisclosureOpen = "to-complete", DisclosureDone = "done", DisclosureRefused = "refused", DisclosureWaits = AccessDecision.WaitsForSecond, DisclosureAgreed = "agreed";

    /// <summary>
    /// Of what the gate answered and what went. The ground never stands in the open: that a family was spoken of under an exemption may say
    /// more than anybody told us. Without a family it is a general question.
    /// </summary>
    public Envelope Of(DisclosureRecord record, ColleagueId owner, Envelope? before, Envelope? family, Service service, WorkingDays days, DateOnly today)
    {
        var state = record.Answer switch
        {
            DisclosureAnswer.Refused => DisclosureRefused,
            DisclosureAnswer.Waiting => record.Approval is null ? DisclosureWaits : DisclosureAgreed,
            DisclosureAnswer.Allowed => record.Unanswered ? DisclosureOpen : DisclosureDone,
        };
        var keep = Kept(RetentionCodes.Disclosure, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today }, before);
        var first = before ?? New(record.Id, UnitKind.Disclosure, family?.Service ?? service, record.Marking, keep, owner, state, today);
        return first with
        {
            Family = record.Family,
            Marking = Marking.Stricter(first.Marking, record.Marking),
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || family?.SpecialHandling == true,
            State = state,
            DueOn = record.Answer switch
            {
                DisclosureAnswer.Allowed => record.DueOn(days),
                DisclosureAnswer.Waiting => today,
                DisclosureAnswer.Refused => null,
            },
            TouchedOn = today,
        };
    }

    /// <summary>Of what is made good: on the desk while anybody is owed word of it. Neither of what nor which way it went wrong stands in the open.</summary>
    public Envelope Of(Amends amends, bool owed, Envelope? before, Envelope? family, Service service, DateOnly today)
    {
        var keep = Kept(RetentionCodes.Disclosure, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today }, before);
        var first = before ?? New(amends.Id, UnitKind.Amends, family?.Service ?? service, Sensitive, keep, amends.By, "", today);
        return first with
        {
            Family = amends.Family,
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || family?.SpecialHandling == true,
            State = owed ? NoticeOwed : DisclosureDone,
            DueOn = owed ? first.DueOn ?? today : null,
            TouchedOn = today,
        };
    }

    /// <summary>Of a hold: that it binds, and when somebody has to look. Neither why nor of what kind.</summary>
    public Envelope Of(Hold hold, ColleagueId owner, Envelope? before, Envelope? held, DateOnly today)
    {
        // Its own record is bound by nothing but its own binding, which ends with it.
        var keep = Kept(RetentionCodes.Hold, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, ClosedOn = hold.LiftedOn }, before is null ? null : before with { OnHold = false });
        var first = before ?? New(hold.Id, UnitKind.Hold, held?.Service ?? Service.FamiliesInformation, Marking.OfficialSensitive(descriptor), keep, owner, "", today);
        return first with
        {
            Family = held?.Family ?? first.Family,
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || held?.SpecialHandling == true,
            State = hold.Binds ? HoldBinds : "lifted",
            DueOn = hold.ReviewOn,
            TouchedOn = today,
        };
    }

    /// <summary>Of a disposal list: where it stands, and until when it cools off.</summary>
    public Envelope Of(DisposalList list, Envelope? before, DateOnly today)
    {
        var keep = Kept(RetentionCodes.Disposal, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, ClosedOn = list.EndedAt is { } ended ? London.DateOf(ended) : null }, before);
        var first = before ?? New(list.Id, UnitKind.DisposalList, list.Service, Marking.Official, keep, list.PreparedBy, "", today);
        return first with
        {
            KeepUntil = keep,
            State = list.Stage.Code(),
            Reference = list.Number,
            DueOn = list.Stage is DisposalStage.Approved or DisposalStage.Destroying ? London.DateOf(list.CoolsUntil!.Value) : null,
            TouchedOn = today,
        };
    }

    /// <summary>Of a certificate. Its number stands once: no list ends twice.</summary>
    public Envelope Of(DisposalCertificate certificate, DateOnly today) =>
        New(certificate.Id, UnitKind.DisposalCertificate, certificate.Service, Marking.Official,
            Kept(RetentionCodes.Disposal, new RetentionFacts { OpenedOn = today, ClosedOn = today }, null), ColleagueId.Portal, "certified", today) with
        {
            Reference = CertificateOf(certificate.Number),
        };

    /// <summary>The number of a list's certificate: <c>C-2026-014</c> for <c>D-2026-014</c>.</summary>
    public static string CertificateOf(string list) => $"C{list[1..]}";

    /// <summary>The states of an exemption's envelope: waits for agreement beforehand; went at once and waits for the sign-off; nothing is open.</summary>
    public const string ExemptionWaits = AccessDecision.WaitsForSecond, ExemptionUnsigned = AccessDecision.WaitsForSignOff, ExemptionDone = "done";

    /// <summary>Of the use of an exemption, or the decision against it. Which one never stands in the open.</summary>
    public Envelope Of(Exemption exemption, Envelope? before, Envelope? family, Service service, WorkingDays days, DateOnly today)
    {
        var state = exemption.GoesAtOnce ? exemption.SignOff is null ? ExemptionUnsigned : ExemptionDone
            : exemption.Decision == ExemptionDecision.Share && exemption.Approval is null ? ExemptionWaits : ExemptionDone;
        var closedOn = state != ExemptionDone ? (DateOnly?)null : London.DateOf(exemption.SignOff?.At ?? exemption.Approval?.At ?? exemption.AskedAt);
        var keep = Kept(RetentionCodes.Exemption, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, ClosedOn = closedOn }, before);
        var first = before ?? New(exemption.Id, UnitKind.Exemption, family?.Service ?? service, Sensitive, keep, exemption.AskedBy, state, today);
        return first with
        {
            Family = exemption.Family,
            KeepUntil = keep,
            SpecialHandling = first.SpecialHandling || family?.SpecialHandling == true,
            State = state,
            DueOn = state == ExemptionUnsigned ? exemption.SignOffDueOn(days) : state == ExemptionWaits ? today
                : exemption.ToldFamily.RevisitOn is { } look && (exemption.ReviewOn is null || look < exemption.ReviewOn) ? look : exemption.ReviewOn,
            TouchedOn = today,
        };
    }

    /// <summary>Of a lead's finding; kept as the permissions are that it decides between.</summary>
    public Envelope Of(AuthorityFinding finding, UnitId id, Envelope family, DateOnly today) =>
        New(id, UnitKind.Finding, family.Service, Sensitive, Kept(RetentionCodes.Finding, new RetentionFacts { OpenedOn = today }, null), finding.By, "found", today) with
        {
            Family = family.Id,
            SpecialHandling = family.SpecialHandling,
        };

    /// <summary>The state of a rights request's envelope once it is closed; before, the state of its clock.</summary>
    public const string RightsClosed = "closed";

    /// <summary>The state of an erasure's envelope once it was granted, until it is closed: a lead carries it out.</summary>
    public const string RightsGranted = "granted";

    /// <summary>
    /// Of a rights request: what is asked for, how its clock stands, by when, and how it ended. It names no family: what it is about is sealed.
    /// Its day of making is that of receipt, and once closed it was touched on the day of its end.
    /// </summary>
    public Envelope Of(RightsRequest request, Envelope? before, Service service, WorkingDays days, DateOnly today)
    {
        var reading = request.Read(days, today);
        // It holds others while it is open, and itself by doing so; what it holds goes free with it.
        var keep = Kept(RetentionCodes.RightsRequest, new RetentionFacts { OpenedOn = request.ReceivedOn, ClosedOn = request.End?.On }, before is null ? null : before with { OnHold = false });
        var first = before ?? New(request.Id, UnitKind.RightsRequest, service, Sensitive, keep, request.TakenBy, RightsClosed, today);
        return first with
        {
            KeepUntil = keep,
            State = !request.IsOpen ? RightsClosed : request.IsGranted ? RightsGranted : StateOf(reading.State),
            Topic = request.Kind.Code(),
            Outcome = request.Outcome?.ToString().ToLowerInvariant(),
            // While it is paused the date moves on with each day: it is worked out where it is shown.
            DueOn = request.IsOpen && reading.State is not (ClockState.Paused or ClockState.Answered) ? reading.DueOn : null,
            CreatedOn = request.ReceivedOn,
            TouchedOn = request.End?.On ?? today,
        };
    }

    /// <summary>The states of an answer's envelope: decided on; waits for a second person; agreed; released.</summary>
    public const string PackOpen = "open", PackWaits = AccessDecision.WaitsForSecond, PackAgreed = "agreed", PackReleased = "released";

    /// <summary>Of the answer to a rights request; its copy is kept as long as somebody may complain about it.</summary>
    public Envelope Of(RightsPack pack, ColleagueId owner, Envelope? before, Service service, DateOnly today)
    {
        var keep = schedules.Current.KeepUntil(RetentionCodes.RightsPack, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, ClosedOn = pack.ReleasedOn });
        var first = before ?? New(pack.Id, UnitKind.RightsPack, service, Sensitive, keep, owner, PackOpen, today);
        return first with
        {
            KeepUntil = keep,
            State = pack.Copy is not { } copy ? PackOpen : copy.ReleasedAt is not null ? PackReleased : copy.Approval is null ? PackWaits : PackAgreed,
            TouchedOn = today,
        };
    }

    /// <summary>The state of an open request's envelope: overdue is not among them, the date says it.</summary>
    public static string StateOf(ClockState state) => state switch
    {
        ClockState.NoClock => "no-clock",
        ClockState.WaitsForIdentity => "waits-for-identity",
        ClockState.Running or ClockState.Overdue => "running",
        ClockState.Paused => "paused",
        ClockState.Extended => "extended",
        ClockState.Answered => "answered",
    };

    /// <summary>The state of a hold's envelope while it binds.</summary>
    public const string HoldBinds = "binds";

    /// <summary>True when something specially protected is named: such a permission is OFFICIAL-SENSITIVE.</summary>
    public static bool IsSpecial(PermissionTerms terms) => terms.Items.Any(code => ScopeItems.Find(code) is { SpecialCategory: true });

    // The end, two years after the yes, or the summer in which a young person takes over: whichever comes first. That summer's day comes
    // from a birth date, so it is rounded up to 31 August before it stands in the open; the page itself counts to the day.
    private static DateOnly DueOn(Permission permission, DateOnly until, DateOnly? transferOn)
    {
        var grant = permission.LastGrant!;
        var twoYears = grant.GivenOn.AddMonths(24);
        var due = until < twoYears ? until : twoYears;
        return transferOn is { } transfer && grant.Capacity == GrantCapacity.ParentWithResponsibility && SchoolYear.EndOf(transfer) < due ? SchoolYear.EndOf(transfer) : due;
    }

    /// <summary>Of an entry of the directory; due when somebody should look whether it is still right. A person's is OFFICIAL-SENSITIVE.</summary>
    public Envelope Of(Recipient recipient, Colleague who, Envelope? before, DateOnly today)
    {
        var createdOn = before?.CreatedOn ?? today;
        var keep = Kept(RetentionCodes.Recipient, new RetentionFacts { OpenedOn = createdOn, EndedOn = recipient.End?.On }, before);
        var marking = recipient.IsPersonal ? Sensitive : Marking.Official;
        var first = before ?? New(new UnitId(recipient.Id.Value), UnitKind.Recipient, who.Services.Order().First(), marking, keep, who.Id, "open", today);
        return first with
        {
            Marking = Marking.Stricter(first.Marking, marking),
            KeepUntil = keep,
            State = recipient.End is not { } end ? "open" : end.How == RecipientEnding.Merged ? "merged" : "closed",
            DueOn = recipient.CheckDueOn(createdOn),
            TouchedOn = today,
        };
    }

    /// <summary>The states of an edition's envelope; its topic is the number.</summary>
    public const string EditionDraft = "draft", EditionApproved = "approved", EditionPublished = "published";

    /// <summary>The state of a review's envelope while it is open; and once it is signed, due on the next review's day.</summary>
    public const string ReviewOpen = "open", ReviewSigned = "signed";

    /// <summary>The state of a copy's envelope while it is owed; and once it went.</summary>
    public const string CopyOwed = "owed", CopySent = "sent";

    /// <summary>Of an edition of the policy. OFFICIAL: it is, or will be, public.</summary>
    public Envelope Of(PolicyEdition edition, UnitId id, Colleague who, Envelope? before, DateOnly today) =>
        (before ?? OfPolicy(id, UnitKind.PolicyEdition, who, today)) with
        {
            State = edition.State switch { EditionState.Draft => EditionDraft, EditionState.Approved => EditionApproved, EditionState.Published => EditionPublished },
            Topic = edition.Number.ToString(),
            DueOn = edition.PublishedOn,
            TouchedOn = today,
        };

    /// <summary>Of a review of the policy.</summary>
    public Envelope Of(PolicyReview review, Colleague who, Envelope? before, DateOnly today) =>
        (before ?? OfPolicy(review.Id, UnitKind.PolicyReview, who, today)) with { State = review.Signed is null ? ReviewOpen : ReviewSigned, Topic = review.Edition.ToString(), DueOn = review.NextOn, TouchedOn = today };

    /// <summary>Of a colleague's word that they read an edition.</summary>
    public Envelope Of(Acknowledgement read, Colleague who, DateOnly today) =>
        OfPolicy(read.Id, UnitKind.Acknowledgement, who, today) with { State = "read", Topic = read.Edition.ToString() };

    /// <summary>Of a request for a copy; due on the last day to send it.</summary>
    public Envelope Of(CopyRequest copy, Colleague who, Envelope? before, DateOnly dueOn, DateOnly today)
    {
        var keep = Kept(RetentionCodes.PolicyCopy, new RetentionFacts { OpenedOn = before?.CreatedOn ?? today, ClosedOn = copy.Sent?.On }, before);
        var first = before ?? New(copy.Id, UnitKind.CopyRequest, who.Services.Order().First(), Marking.Official, keep, who.Id, CopyOwed, today);
        return first with { KeepUntil = keep, State = copy.Sent is null ? CopyOwed : CopySent, DueOn = copy.Sent is null ? dueOn : null, TouchedOn = today };
    }

    /// <summary>The states of a breach's envelope: the 72 hours run or are over; decided or notified, and still open; closed.</summary>
    public const string BreachCounts = "counts", BreachDecided = "decided", BreachClosed = "closed";

    /// <summary>Of a breach. It names nothing that it concerns; while its hours run, the topic is the minute in which they end, rounded down.</summary>
    public Envelope Of(Breach breach, Envelope? before, Service service, DateOnly today)
    {
        // As a request, it holds itself by holding others.
        var keep = Kept(RetentionCodes.Breach, new RetentionFacts { OpenedOn = London.DateOf(breach.ReportedAt), ClosedOn = breach.End is { } end ? London.DateOf(end.At) : null }, before is null ? null : before with { OnHold = false });
        var first = before ?? New(breach.Id, UnitKind.Breach, service, Sensitive, keep, breach.By, "", today);
        return first with
        {
            KeepUntil = keep,
            State = breach.Counts ? BreachCounts : breach.IsOpen ? BreachDecided : BreachClosed,
            Topic = breach.Counts ? breach.NotifyBy.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture) : null,
            DueOn = breach.Counts ? London.DateOf(breach.NotifyBy) : null,
            TouchedOn = today,
        };
    }

    /// <summary>When the hours of a breach end, from its envelope; null when none run.</summary>
    public static DateTimeOffset? NotifyBy(Envelope breach) =>
        DateTimeOffset.TryParseExact(breach.Topic, Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private const string Minute = "yyyy-MM-dd'T'HH:mm'Z'";

    private Envelope OfPolicy(UnitId id, UnitKind kind, Colleague who, DateOnly today) =>
        New(id, kind, who.Services.Order().First(), Marking.Official, Kept(RetentionCodes.Policy, new RetentionFacts { OpenedOn = today }, null), who.Id, "", today);

    private static Envelope New(UnitId id, UnitKind kind, Service service, Marking marking, KeepUntil keep, ColleagueId owner, string state, DateOnly today) => new()
    {
        Id = id,
        Kind = kind,
        Service = service,
        Marking = marking,
        KeepUntil = keep,
        Owner = owner,
        State = state,
        CreatedOn = today,
        TouchedOn = today,
    };
}
