using System.Collections.Immutable;

using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Consent;

/// <summary>
/// A permission, as the policy calls consent (U2, U3; field-guide.md section 2): its terms and what happened to it. The state
/// is never stored but computed for a day. Immutable; shows no content.
/// </summary>
public sealed record Permission
{
    private Permission() { }

    /// <summary>The unit: the permission with its evidence.</summary>
    public UnitId Id { get; private init; }
    /// <summary>The family to which it belongs.</summary>
    public UnitId Family { get; private init; }
    /// <summary>What is permitted.</summary>
    public PermissionTerms Terms { get; private init; } = null!;
    /// <summary>What happened, in order of when it happened, then of when it was recorded. Never empty.</summary>
    public ImmutableArray<PermissionEvent> Events { get; private init; } = [];

    /// <summary>True while a late entry waits for a lead.</summary>
    public bool NeedsLead => Events.Any(e => e.NeedsLead);

    /// <summary>True when it was withdrawn, revoked, invalidated or superseded: such a permission is never revived, a new one is asked for.</summary>
    public bool Ended => Events.Any(IsEnd);

    /// <summary>The yes that was given last, counting or not; null when there was none.</summary>
    public Grant? LastGrant => Events.LastOrDefault(e => e.Grant is not null)?.Grant;

    /// <summary>The last day that was agreed last, included; null when nothing was given.</summary>
    public DateOnly? Until => Events.LastOrDefault(e => e.Grant is not null && !e.NeedsLead) is { } yes ? yes.Until ?? Terms.Until : null;

    /// <summary>Asked for; no answer yet.</summary>
    public static Checked<Permission> Request(UnitId id, UnitId family, PermissionTerms terms, Stamp now) =>
        New(id, family, terms, Happened(PermissionEventKind.Requested, now), []);

    /// <summary>Given. Refuses a yes of the future, and one without the facts that prove it. A late one counts when a lead agreed.</summary>
    public static Checked<Permission> Record(UnitId id, UnitId family, PermissionTerms terms, Grant grant, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(grant);
        return New(id, family, terms, Yes(PermissionEventKind.Given, grant, null, now), grant.Faults(terms, now));
    }

    /// <summary>Refused when first asked.</summary>
    public static Checked<Permission> RecordRefusal(UnitId id, UnitId family, PermissionTerms terms, PersonId by, Stamp now) =>
        New(id, family, terms, Happened(PermissionEventKind.Refused, now) with { Person = by }, []);

    private static Checked<Permission> New(UnitId id, UnitId family, PermissionTerms terms, PermissionEvent first, IEnumerable<Problem?> problems)
    {
        if (id.IsEmpty || family.IsEmpty)
            throw new ArgumentException("A permission is a unit of its own and belongs to a family.", nameof(id));
        return Checked<Permission>.From(problems, () => new Permission { Id = id, Family = family, Terms = terms, Events = [first] });
    }

    /// <summary>Asks again.</summary>
    public Checked<Permission> AskAgain(Stamp now) => Add([RefuseEnded()], Happened(PermissionEventKind.Requested, now));

    /// <summary>Records the yes to what was asked. Refused when it was given already (that is a renewal) or has ended.</summary>
    public Checked<Permission> Give(Grant grant, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Add(
            [RefuseEnded() ?? (LastGrant is null ? null : new Problem("", "This permission was given already. Renew it.")), .. grant.Faults(Terms, now)],
            Yes(PermissionEventKind.Given, grant, null, now));
    }

    /// <summary>Records a no. It binds from now, also where there was a yes before.</summary>
    public Checked<Permission> Refuse(PersonId by, Stamp now) => Add([RefuseEnded()], Happened(PermissionEventKind.Refused, now) with { Person = by });

    /// <summary>Given again until a new last day. Refused when nothing was given before, when it has ended, and when the day is not after the one agreed.</summary>
    public Checked<Permission> Renew(Grant grant, DateOnly until, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Add(
            [
                RefuseEnded() ?? (LastGrant is null ? new Problem("", "Nothing was given that could be renewed.") : null),
                until <= (Until ?? Terms.From) || until < grant.GivenOn ? new Problem(PermissionFields.Until, "Choose a last day after the one agreed before.")
                    : until > grant.GivenOn.AddMonths(PermissionTerms.LongestMonths) ? new Problem(PermissionFields.Until, "This is longer than five years. Agree an earlier last day.") : null,
                .. grant.Faults(Terms, now),
            ],
            Yes(PermissionEventKind.Renewed, grant, until, now));
    }

    /// <summary>Withdraws it, now and without a reason: as easy as it was to give. Refused only when it has ended already.</summary>
    public Checked<Permission> Withdraw(PersonId by, Stamp now) => Add([RefuseEnded()], Happened(PermissionEventKind.Withdrawn, now) with { Person = by });

    /// <summary>Ends it because somebody else may: a court, another holder of responsibility as a lead decided.</summary>
    public Checked<Permission> Revoke(string? why, Stamp now) => End(PermissionEventKind.Revoked, null, why, now);

    /// <summary>Ends it because it never was valid.</summary>
    public Checked<Permission> Invalidate(string? why, Stamp now) => End(PermissionEventKind.Invalidated, null, why, now);

    /// <summary>Ends it because the young person decides now.</summary>
    public Checked<Permission> Supersede(PersonId youngPerson, string? why, Stamp now) => End(PermissionEventKind.Superseded, youngPerson, why, now);

    /// <summary>A lead agrees to the late entries. Refused when none waits, and to the colleague who recorded one of them.</summary>
    public Checked<Permission> AgreeLate(Stamp lead) => Checked<Permission>.From(
        [
            !NeedsLead ? new Problem(PermissionFields.Lead, "No late entry waits for a lead.")
            : Events.Any(e => e.NeedsLead && e.RecordedBy == lead.By) ? new Problem(PermissionFields.Lead, "Somebody other than the colleague who recorded it has to agree.")
            : null,
        ],
        () => this with { Events = [.. Events.Select(e => e.NeedsLead ? e with { Lead = lead.By } : e)] });

    private Checked<Permission> End(PermissionEventKind kind, PersonId? person, string? why, Stamp now) => Add(
        [
            RefuseEnded(),
            string.IsNullOrWhiteSpace(why) ? new Problem(PermissionFields.Why, "Say why it ends.") : TypedText.Check(PermissionFields.Why, why, 1000, lines: true),
        ],
        Happened(kind, now) with { Person = person, Why = TypedText.Clean(why) });

    private Checked<Permission> Add(IEnumerable<Problem?> problems, PermissionEvent happened) =>
        Checked<Permission>.From(problems, () => this with { Events = Ordered(Events.Add(happened)) });

    private Problem? RefuseEnded() => Ended ? new Problem("", "This permission has ended. Ask for a new one.") : null;

    private static PermissionEvent Happened(PermissionEventKind kind, Stamp now) =>
        new() { Kind = kind, At = now.At, RecordedAt = now.At, RecordedBy = now.By };

    private static PermissionEvent Yes(PermissionEventKind kind, Grant grant, DateOnly? until, Stamp now) => Happened(kind, now) with
    {
        At = grant.GivenAt,
        Person = grant.By,
        Until = until,
        Grant = grant with { Evidence = TypedText.Clean(grant.Evidence), Words = TypedText.Clean(grant.Words) },
    };

    /// <summary>
    /// The state at the end of a London day, from what had happened by then. An end is final whatever else is on record; a late
    /// yes without a lead is not heard; before its first day and after its last it does not count.
    /// </summary>
    /// <param name="today">The day, London.</param>
    /// <param name="transferOn">
    /// The last day on which a parent decides in SEND matters, for the eldest child whom it is about; null when unknown or none.
    /// On that day the parent's grant still counts.
    /// </param>
    public PermissionState StateOn(DateOnly today, DateOnly? transferOn = null) => State(Events.Where(e => e.On <= today), today, transferOn);

    /// <summary>The state at an instant of a London day: what was given later that day does not count yet ("beforehand", U2).</summary>
    public PermissionState StateAt(DateTimeOffset at, DateOnly on, DateOnly? transferOn = null) => State(Events.Where(e => e.At <= at && e.On <= on), on, transferOn);

    private PermissionState State(IEnumerable<PermissionEvent> happened, DateOnly on, DateOnly? transferOn)
    {
        var state = PermissionState.Unknown;
        PermissionEvent? yes = null;
        foreach (var e in happened)
        {
            if (IsEnd(e))
                return EndState(e.Kind);
            if (e.Kind == PermissionEventKind.Refused)
                (state, yes) = (PermissionState.Refused, null);
            else if (e.Kind == PermissionEventKind.Requested || e.NeedsLead)
                state = state is PermissionState.Unknown ? PermissionState.Requested : state;
            else
                (state, yes) = (e.Kind == PermissionEventKind.Renewed ? PermissionState.Renewed : PermissionState.Given, e);
        }
        if (yes is null)
            return state;
        if (on < Terms.From)
            return PermissionState.Unknown;
        if (Terms.SendMatter && yes.Grant!.Capacity == GrantCapacity.ParentWithResponsibility && on > transferOn)
            return PermissionState.Superseded;
        return on > (yes.Until ?? Terms.Until) ? PermissionState.Expired : state;
    }

    /// <summary>What somebody should look at today; empty when it does not count today and nothing waits.</summary>
    public ImmutableArray<PermissionPrompt> PromptsOn(DateOnly today, DateOnly? transferOn = null, PermissionCircumstances changed = default)
    {
        var prompts = ImmutableArray.CreateBuilder<PermissionPrompt>();
        if (NeedsLead && !Ended)
            prompts.Add(PermissionPrompt.NeedsLead);
        if (!StateOn(today, transferOn).Counts())
            return prompts.ToImmutable();
        var yes = Events.Last(e => e.Grant is not null && !e.NeedsLead && e.On <= today);
        if ((yes.Until ?? Terms.Until) <= today.AddDays(30))
            prompts.Add(PermissionPrompt.EndsSoon);
        if (yes.On.AddMonths(24) <= today)
            prompts.Add(PermissionPrompt.TwoYearsOld);
        if (Terms.SendMatter && yes.Grant!.Capacity == GrantCapacity.ParentWithResponsibility && transferOn <= today.AddDays(30))
            prompts.Add(PermissionPrompt.YoungPersonDecidesSoon);
        if (changed.PurposeChanged)
            prompts.Add(PermissionPrompt.PurposeChanged);
        if (changed.BodyChanged)
            prompts.Add(PermissionPrompt.BodyChanged);
        if (changed.AuthorityChanged)
            prompts.Add(PermissionPrompt.AuthorityChanged);
        return prompts.ToImmutable();
    }

    private static bool IsEnd(PermissionEvent e) =>
        e.Kind is PermissionEventKind.Withdrawn or PermissionEventKind.Revoked or PermissionEventKind.Invalidated or PermissionEventKind.Superseded;

    private static PermissionState EndState(PermissionEventKind kind) => kind switch
    {
        PermissionEventKind.Withdrawn => PermissionState.Withdrawn,
        PermissionEventKind.Revoked => PermissionState.Revoked,
        PermissionEventKind.Invalidated => PermissionState.Invalidated,
        PermissionEventKind.Superseded => PermissionState.Superseded,
        PermissionEventKind.Requested or PermissionEventKind.Given or PermissionEventKind.Refused or PermissionEventKind.Renewed
            => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static ImmutableArray<PermissionEvent> Ordered(IEnumerable<PermissionEvent> events) => [.. events.OrderBy(e => e.At).ThenBy(e => e.RecordedAt)];

    /// <summary>Brings a permission back from storage; events are put in order.</summary>
    /// <exception cref="ArgumentException">No event, or a yes without its grant.</exception>
    public static Permission Restore(UnitId id, UnitId family, PermissionTerms terms, IEnumerable<PermissionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var ordered = Ordered(events);
        if (id.IsEmpty || family.IsEmpty || ordered.IsEmpty)
            throw new ArgumentException("A permission has an id, a family and at least one event.", nameof(events));
        if (ordered.Any(e => !Enum.IsDefined(e.Kind) || (e.Grant is not null) != (e.Kind is PermissionEventKind.Given or PermissionEventKind.Renewed)))
            throw new ArgumentException("A yes has its grant, and nothing else has one.", nameof(events));
        return new Permission { Id = id, Family = family, Terms = terms, Events = ordered };
    }

    /// <summary>The same permission of a family that has become a new unit.</summary>
    public Permission MoveTo(UnitId family) => this with { Family = family };

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Permission);
}
