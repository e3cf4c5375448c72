using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Disclosure;

/// <summary>What a permission lacks for one person and one item. The order of the numbers is their weight: the nearest permission is the one with the lowest sum.</summary>
[Flags]
internal enum Gap
{
    None = 0,
    Channel = 1,
    Purpose = 2,
    GivenAfter = 4,
    NotLive = 8,
    Withdrawn = 16,
    Authority = 32,
    Scope = 64,
    Kind = 128,
    Body = 256,
    Nothing = 512,
}

/// <summary>
/// What the permissions on record say for one person and one item (null: for being identified at all): the permission that carries it, or
/// the nearest one and what that lacks; and which answers of others stand against it.
/// </summary>
internal sealed record PermissionSearch(PersonId Person, string? Scope, Permission? Nearest, PermissionState State, Gap Gap, PersonId Giver)
{
    /// <summary>True when the giver's own latest answer for this purpose is a no.</summary>
    public bool GiverTookItBack { get; private init; }
    /// <summary>True when somebody else who may answer said no last, and no finding of a lead lets the giver prevail.</summary>
    public bool AnotherDiffers { get; private init; }

    public static List<PermissionSearch> All(Look look)
    {
        var found = new List<PermissionSearch>();
        if (!look.OnPermission)
            return found;
        var kind = KindOf(look.Request.Act);
        var heads = new List<Head>(look.Facts.Permissions.Length);
        foreach (var permission in look.Facts.Permissions)
            heads.Add(new(permission, kind, look));
        foreach (var person in look.Subjects)
        {
            var scopes = new List<string?>();
            foreach (var item in look.Request.Items)
            {
                if (!item.About.Contains(person))
                    continue;
                foreach (var scope in item.Scopes)
                {
                    if (!scopes.Contains(scope))
                        scopes.Add(scope);
                }
            }
            if (scopes.Count == 0)
                scopes.Add(null);
            foreach (var scope in scopes)
                found.Add(For(look, heads, person, scope));
        }
        return found;
    }

    public static PermissionKind KindOf(OutwardAct act) => act == OutwardAct.Contact ? PermissionKind.Contact : PermissionKind.Share;

    /// <summary>What of a permission is the same for everybody and every item; worked out once, the state only when it comes to that.</summary>
    private sealed class Head
    {
        private (PermissionState State, PermissionEvent? Yes)? state;
        private readonly Look look;

        public Head(Permission permission, PermissionKind kind, Look look)
        {
            (Permission, this.look) = (permission, look);
            if (!permission.Terms.Body.IsSameAs(look.Request.Recipient.Body))
                Gap = Gap.Body;
            if (permission.Terms.Kind != kind)
                Gap |= Gap.Kind;
            Wrong = Gap | (SamePurpose ? Gap.None : Gap.Purpose) | (permission.Terms.Channels.Contains(look.Request.Channel) ? Gap.None : Gap.Channel);
        }

        public Permission Permission { get; }
        /// <summary>Another body or kind.</summary>
        public Gap Gap { get; }
        /// <summary>That, and another purpose or channel.</summary>
        public Gap Wrong { get; }
        public bool SamePurpose => string.Equals(Permission.Terms.PurposeWords, look.Request.Purpose, StringComparison.OrdinalIgnoreCase);
        public PermissionState State => Known.State;
        public PermissionEvent? Yes => Known.Yes;

        private (PermissionState State, PermissionEvent? Yes) Known => state ??= (Permission.StateAt(look.At, look.On, TransferOn(Permission, look.Facts)), LastYes(Permission, look.At));
    }

    private static PermissionSearch For(Look look, List<Head> heads, PersonId person, string? scope)
    {
        PermissionSearch nearest = new(person, scope, null, PermissionState.Unknown, Gap.Nothing, default);
        var facts = look.Find(person);
        Dictionary<PersonId, Answers>? answers = null;
        foreach (var head in heads)
        {
            var permission = head.Permission;
            var gap = head.Wrong;
            if (gap > nearest.Gap || !Covers(permission, person))
                continue;
            if (scope is not null && !permission.Terms.Names(scope))
                gap |= Gap.Scope;
            if (gap > nearest.Gap)
                continue;
            var (state, yes) = (head.State, head.Yes);
            if (!state.Counts())
                gap |= state == PermissionState.Withdrawn ? Gap.Withdrawn : permission.Events.Any(e => e.Grant is not null && e.At > look.At) ? Gap.GivenAfter : Gap.NotLive;
            else if (yes?.Grant is not { } grant || !MayGive(facts, grant, look.On))
                gap |= Gap.Authority;
            if (gap > nearest.Gap)
                continue;
            var search = new PermissionSearch(person, scope, permission, state, gap, yes?.Grant?.By ?? default);
            if (gap == Gap.None)
                search = search.Hear(look, facts, answers ??= AnswersOf(look, heads, person, scope));
            if (gap < nearest.Gap || search.IsBetterThan(nearest))
                nearest = search;
        }
        return nearest;
    }

    // Among equals: the one against which nobody spoke, then the one touched last, so that the order on the list does not matter.
    private bool IsBetterThan(PermissionSearch other)
    {
        if (Spoken != other.Spoken)
            return other.Spoken;
        var later = Nearest!.Events[^1].At.CompareTo(other.Nearest?.Events[^1].At ?? default);
        return later != 0 ? later > 0 : other.Nearest is null || Nearest.Id.CompareTo(other.Nearest.Id) < 0;
    }

    private bool Spoken => GiverTookItBack || AnotherDiffers;

    /// <summary>The latest answer of somebody: to any purpose, and to this one.</summary>
    private readonly record struct Answers(Answer Any, Answer Same);

    private readonly record struct Answer(DateTimeOffset At, bool No)
    {
        public Answer Or(DateTimeOffset at, bool no) => at > At || at == At && no ? new(at, no) : this;
    }

    private static Dictionary<PersonId, Answers> AnswersOf(Look look, List<Head> heads, PersonId person, string? scope)
    {
        var latest = new Dictionary<PersonId, Answers>();
        foreach (var head in heads)
        {
            var permission = head.Permission;
            if (head.Gap != Gap.None || !Covers(permission, person) || scope is not null && !permission.Terms.Names(scope))
                continue;
            var same = head.SamePurpose;
            PersonId giver = default;
            foreach (var e in permission.Events)
            {
                if (e.At > look.At || e.NeedsLead)
                    continue;
                if (e.Grant is { } grant)
                    giver = grant.By;
                var (who, no) = e.Kind switch
                {
                    PermissionEventKind.Given or PermissionEventKind.Renewed => (giver, false),
                    PermissionEventKind.Refused or PermissionEventKind.Withdrawn => (e.Person ?? giver, true),
                    PermissionEventKind.Requested or PermissionEventKind.Revoked or PermissionEventKind.Invalidated or PermissionEventKind.Superseded => (default, false),
                };
                if (who == default)
                    continue;
                var before = latest.GetValueOrDefault(who);
                latest[who] = new(before.Any.Or(e.At, no), same ? before.Same.Or(e.At, no) : before.Same);
            }
        }
        return latest;
    }

    // What the giver said of another purpose does not touch this one; what others said does.
    private PermissionSearch Hear(Look look, PersonFacts? facts, Dictionary<PersonId, Answers> answers)
    {
        var differs = false;
        foreach (var (who, answer) in answers)
            differs |= answer.Any.No && who != Giver && MayAnswer(facts, who) && !Prevails(look, answer.Any.At);
        return this with { GiverTookItBack = answers.GetValueOrDefault(Giver).Same.No, AnotherDiffers = differs };
    }

    // The last finding for this child and body speaks; answers after it are not covered by it.
    private bool Prevails(Look look, DateTimeOffset answeredAt)
    {
        AuthorityFinding? last = null;
        foreach (var finding in look.Facts.Findings)
        {
            if (finding.Child == Person && finding.At <= look.Request.Now.At && finding.Body.IsSameAs(look.Request.Recipient.Body) && (last is null || finding.At > last.At || finding.At == last.At && finding.Prevails != Giver))
                last = finding;
        }
        return last is not null && last.Prevails == Giver && last.At >= answeredAt;
    }

    // Somebody of whom it is not known that they hold no authority is heard when they say no.
    private static bool MayAnswer(PersonFacts? facts, PersonId who) =>
        facts is null || who == facts.Id || (facts.Child ? !facts.Holders.Any(h => h.Person == who && h.State == Responsibility.No) : facts.Representatives.Any(r => r.Who == who));

    /// <summary>Whether the giver of a yes may give it for this person (field-guide.md section 1.4).</summary>
    public static bool MayGive(PersonFacts? person, Grant grant, DateOnly on) => person is not null && (person, grant.Capacity) switch
    {
        (_, GrantCapacity.Representative) => person.AuthorityOf(grant.By, on, deciding: true).State == Authority.Stands,
        ({ Child: false }, _) => grant.By == person.Id,
        (_, GrantCapacity.ParentWithResponsibility) => !person.DecidesForThemselves && person.Holders.Any(h => h.Person == grant.By && h.State == Responsibility.Yes),
        (_, GrantCapacity.YoungPerson or GrantCapacity.AdultForThemselves) => grant.By == person.Id && person.DecidesForThemselves,
    };

    // "Your name", said to who gives it, is theirs: the giver is covered beside those whom the terms are about.
    private static bool Covers(Permission permission, PersonId person) => permission.Terms.About.Contains(person) || permission.LastGrant?.By == person;

    private static PermissionEvent? LastYes(Permission permission, DateTimeOffset at)
    {
        for (var i = permission.Events.Length - 1; i >= 0; i--)
        {
            if (permission.Events[i] is { Grant: not null, NeedsLead: false } yes && yes.At <= at)
                return yes;
        }
        return null;
    }

    internal static DateOnly? TransferOn(Permission permission, DisclosureFacts facts)
    {
        if (!permission.Terms.SendMatter)
            return null;
        DateOnly? first = null;
        foreach (var person in facts.People)
        {
            if (person.Child && person.TransferOn is { } on && permission.Terms.About.Contains(person.Id) && !(first <= on))
                first = on;
        }
        return first;
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(PermissionSearch);
}
