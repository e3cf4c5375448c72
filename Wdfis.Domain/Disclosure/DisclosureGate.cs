using System.Collections.Immutable;
using Wdfis.Domain.Disclosure.Rules;

namespace Wdfis.Domain.Disclosure;

/// <summary>
/// The one decision in front of every outward act (U1–U3, X1–X3, D8): pure, from the request and what is on record alone. Asked again at
/// release, inside the transaction that logs it, with <see cref="DisclosureRequest.Decided"/> set.
/// </summary>
public static class DisclosureGate
{
    /// <summary>Every rule. All of them speak, always: an answer holds all the reasons there are.</summary>
    public static ImmutableArray<DisclosureRule> Rules { get; } =
    [
        new WhatGoesIsWhatWasDecided(),
        new ADecisionIsUsedOnce(),
        new NobodyIsConfirmedAsAUser(),
        new AGeneralQuestionCarriesNoFamilyFact(),
        new PermissionMustBeLiveForThatBodyPurposeAndScope(),
        new ATickForTheCouncilOpensNoOtherDoor(),
        new ContactAndShareAreTwoPermissions(),
        new MayContactCarriesItsMinimum(),
        new PermissionIsGivenBefore(),
        new WithdrawnMeansNow(),
        new PermissionComesFromOneWhoMayGiveIt(),
        new AChildsOwnConfidenceIsTheirs(),
        new SpecialItemsAreNamedInTheWords(),
        new WhereHoldersDifferALeadRecordsWhichPrevails(),
        new AnAnonymousPersonIsNeverSharedOnPermission(),
        new ARequestNotToBeNamedBinds(),
        new ACourtOrderBindsEvenALivePermission(),
        new ARestrictionBindsEvenALivePermission(),
        new UnsafeAddressesBind(),
        new NeverDiscloseToBinds(),
        new SafeContactBinds(),
        new WhatKeepsThemSafeNeverGoesOut(),
        new WhoeverIsMerelyMentionedIsMasked(),
        new TheRecipientIsStillThere(),
        new OutsideUkAndEeaStops(),
        new AnOlderLateEntryNeedsALead(),
        new AnExemptionHasItsWholeForm(),
        new AnExemptionIsAgreedByAnotherPerson(),
        new X2WaitsForAnotherPerson(),
        new X3LeavesOutTheParent(),
        new WhatCannotWaitGoesAtOnceAndIsSignedAfter(),
        new WhatIsTheirsGoesToThemOrTheirProvedRepresentative(),
        new AStatementOfThisKindIsReleasedByTwo(),
        new TheLawNamesDocumentPowerAndOfficer(),
        new ANoticeGoesToWhomWeToldAndTellsNothingNew(),
        new AProcessorHasAContractInForce(),
    ];

    /// <summary>The rule of a name that was stored; null for one that is gone.</summary>
    public static DisclosureRule? Find(string name) => Rules.FirstOrDefault(r => r.Name == name);

    /// <summary>
    /// Decides. A refusal comes before the need of a second person; what goes at once on five fields is stopped by nothing but a forged or
    /// repeated release, and everything else that would have stopped it becomes a warning.
    /// </summary>
    public static GateAnswer Decide(DisclosureRequest request, DisclosureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        if (request.Id.IsEmpty || request.Now.By == default || !Enum.IsDefined(request.Act))
            throw new ArgumentException("A request has an id, an act and an asker.", nameof(request));
        var fingerprint = Fingerprint.Of(request);
        var look = new Look(request, facts, fingerprint);
        foreach (var rule in Rules)
            rule.Check(look);
        var verdict = look.Verdict();
        if (look.GoesAtOnce)
            return verdict.Reasons.Any(r => r.Rule is WhatGoesIsWhatWasDecided or ADecisionIsUsedOnce) ? new Refused(request, fingerprint, verdict) : new Allowed(request, fingerprint, verdict);
        return !look.Stands ? new Refused(request, fingerprint, verdict)
            : look.Waits ? new NeedsAuthoriser(request, fingerprint, verdict)
            : new Allowed(request, fingerprint, verdict);
    }
}
