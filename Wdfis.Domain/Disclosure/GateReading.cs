using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure.Rules;

namespace Wdfis.Domain.Disclosure;

/// <summary>A way forward where a button is grey.</summary>
public enum WayForward
{
    /// <summary>Ask the family now.</summary>
    AskNow = 1,
    /// <summary>Ask a lead.</summary>
    AskLead = 2,
    /// <summary>See whether an exemption applies.</summary>
    Exemption = 3,
    /// <summary>Ask in general, naming nobody.</summary>
    AskInGeneral = 4,
}

/// <summary>What a button of the family's page says: ready, or grey with the reason in words, and the ways forward. Its words name nobody.</summary>
/// <param name="Ready">True when the gate would let some act of this kind pass.</param>
/// <param name="Words">"until 31 July 2027", "permission ended 3 May", "withdrawn yesterday", "never asked".</param>
/// <param name="Ways">Ways forward; empty when ready.</param>
/// <param name="Permission">The permission that it speaks of; null for none.</param>
public sealed record GateReading(bool Ready, string Words, ImmutableArray<WayForward> Ways, UnitId? Permission)
{
    /// <summary>Reads the gate for one recipient and one act (contact or share): it asks the gate itself, so that a button never promises more.</summary>
    public static GateReading Of(RecipientFacts recipient, OutwardAct act, DisclosureFacts facts, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(facts);
        var kind = PermissionSearch.KindOf(act);
        Permission? telling = null;
        ImmutableArray<GateReason> against = [];
        foreach (var permission in facts.Permissions.Where(p => p.Terms.Kind == kind && p.Terms.Body.IsSameAs(recipient.Body)).OrderByDescending(p => p.Events[^1].At).ThenBy(p => p.Id))
        {
            var counts = permission.StateAt(now.At, now.On, PermissionSearch.TransferOn(permission, facts)).Counts();
            if (!counts)
            {
                telling ??= permission;
                continue;
            }
            var answer = DisclosureGate.Decide(new()
            {
                Id = permission.Id,
                Act = act,
                Recipient = recipient,
                About = permission.Terms.About,
                Purpose = permission.Terms.PurposeWords,
                Channel = permission.Terms.Channels[0],
                Ground = new Ground.OnPermission(),
                Now = now,
            }, facts);
            var until = $"until {permission.Until?.Words()}";
            if (answer.Match<string?>(_ => until, _ => null, _ => $"{until}; a lead has to agree first") is { } ready)
                return new(true, ready, [], permission.Id);
            if (against.IsEmpty)
                (telling, against) = (permission, answer.Match<ImmutableArray<GateReason>>(_ => [], no => no.Reasons, _ => []));
        }
        return against.IsEmpty
            ? new(false, Past(telling, facts, now), [WayForward.AskNow, WayForward.AskLead, WayForward.Exemption, WayForward.AskInGeneral], telling?.Id)
            : new(false, Lower(against[0].Sentence), WaysPast(against), telling?.Id);
    }

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    // Asking the family helps only where their answer is what is missing.
    private static ImmutableArray<WayForward> WaysPast(ImmutableArray<GateReason> against) => against.Any(r => r.Rule is AnAnonymousPersonIsNeverSharedOnPermission or OutsideUkAndEeaStops
        or ARestrictionBindsEvenALivePermission or ACourtOrderBindsEvenALivePermission or TheRecipientIsStillThere or NeverDiscloseToBinds or WhereHoldersDifferALeadRecordsWhichPrevails)
        ? [WayForward.AskLead, WayForward.Exemption, WayForward.AskInGeneral]
        : [WayForward.AskNow, WayForward.AskLead, WayForward.Exemption, WayForward.AskInGeneral];

    private static string Past(Permission? telling, DisclosureFacts facts, Stamp now)
    {
        if (telling is null)
            return "never asked";
        return telling.StateAt(now.At, now.On, PermissionSearch.TransferOn(telling, facts)) switch
        {
            PermissionState.Requested => telling.NeedsLead ? "entered late, waits for a lead" : "asked, no answer yet",
            PermissionState.Refused => $"refused {Day(Last(telling, PermissionEventKind.Refused), now.On)}",
            PermissionState.Withdrawn => $"withdrawn {Day(Last(telling, PermissionEventKind.Withdrawn), now.On)}",
            PermissionState.Revoked => $"revoked {Day(Last(telling, PermissionEventKind.Revoked), now.On)}",
            PermissionState.Expired => $"permission ended {Day(telling.Until!.Value, now.On)}",
            PermissionState.Invalidated => "found not to be valid",
            PermissionState.Superseded => "the young person decides now",
            PermissionState.Unknown => telling.Terms.From > now.On && telling.LastGrant is not null ? $"permission begins {Day(telling.Terms.From, now.On)}" : "never asked",
            PermissionState.Given or PermissionState.Renewed => throw new InvalidOperationException("A permission that counts was asked about at the gate."),
        };
    }

    private static DateOnly Last(Permission permission, PermissionEventKind kind) => permission.Events.Last(e => e.Kind == kind).On;

    private static string Day(DateOnly on, DateOnly today) => on == today ? "today" : on == today.AddDays(-1) ? "yesterday" : on.ToString(on.Year == today.Year ? "d MMMM" : "d MMMM yyyy", British);

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
