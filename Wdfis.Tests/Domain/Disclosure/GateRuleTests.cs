using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Families;
using static Wdfis.Tests.Domain.Disclosure.World;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>Each rule in the circumstances in which it speaks: the rule is asserted, not its message. What each case starts from passes.</summary>
public class GateRuleTests
{
    private static readonly DisclosureFacts Plain = Facts();
    private static readonly DisclosureRequest Contact = Share(null, DisclosureItem.Of("name", Mother), DisclosureItem.Of("child-name", Ola), DisclosureItem.Of("topic", Ola)) with { Act = OutwardAct.Contact };
    private static readonly DisclosureFacts MayContact = Facts(Given(Terms(PermissionKind.Contact)));
    private static readonly DisclosureRequest Own = Share(null, DisclosureItem.Of("advice", Mother)) with
    {
        Act = OutwardAct.Copy,
        Recipient = new() { Body = School, Person = Mother },
        Address = null,
        Channel = DisclosureRequest.Meeting,
        Ground = new Ground.ToThemselves(Mother, "passport seen"),
    };
    private static readonly DisclosureRequest Order = Share() with { Ground = new Ground.RequiredByLaw("order of 3 May 2026", "section 1", "the usher of the court") };
    private static readonly DisclosureFacts Told = Plain with { ToldBefore = [new(Unit(300), School, [Mother, Ola], ["name", "sen"])] };
    private static readonly DisclosureRequest Notice = Share() with { Ground = new Ground.NoticeOwed(NoticeKind.Withdrawal, Unit(300)) };
    private static readonly DisclosureRequest Interpreter = Share() with { Ground = new Ground.UnderContract(), Recipient = new() { Body = OtherSchool, ContractUntil = Today } };
    private static readonly DisclosureFacts None = Plain with { Permissions = [] };

    private static DisclosureItem Item(string scope, params ImmutableArray<PersonId> about) => DisclosureItem.Of(scope, about);

    private static DisclosureRequest Solicited(PersonId? to = null, PersonId? of = null) => Own with
    {
        Recipient = new() { Body = School, Person = to ?? Solicitor },
        Ground = new Ground.ToThemselves(of ?? Mother, "their letter and a call back"),
        Items = [DisclosureItem.Of("advice", of ?? Mother)],
        About = [],
    };

    private static DisclosureFacts Spoken(Func<Representative, Representative> change) => Plain.With(Mother, p => p with { Representatives = [change(SpeaksFor(Mother))] });

    private static DisclosureFacts BySolicitor(Func<Representative, Representative> change) =>
        Facts(Given(Terms(about: [Ola]), Yes(Solicitor, GrantCapacity.Representative))).With(Ola, p => p with { Representatives = [change(SpeaksFor(Ola))] });

    private static DisclosureFacts ByChild(bool able) =>
        Facts(Given(Terms(about: [Ola]), Yes(Ola, GrantCapacity.YoungPerson))).With(Ola, p => p with { DecidesForThemselves = able });

    private static NamedBody Listed(int n) => NamedBody.Create(BodyKind.School, $"Listed School {n}", id: new(Guid.Parse($"00000000-0000-7000-8000-{n:x12}"))).OrThrow();

    private static DisclosureFacts Ordered(OrderEffect sharing, params ImmutableArray<PersonId> binds) =>
        Plain with { Orders = [new() { Kind = "other", Binds = binds, OnContact = OrderEffect.None, OnSharing = sharing, Source = Source.Record }] };

    private static DisclosureFacts Safe(bool danger = false, string[]? never = null, params ImmutableArray<string> notSafe) => Plain with
    {
        SafeContact = new() { Danger = danger, NeverDiscloseTo = [.. never ?? []], UnsafeAddresses = notSafe, ReviewedOn = Today, SetBy = Ann, Source = Source.Themselves },
    };

    private static readonly (string Name, DisclosureRequest Request, DisclosureFacts Facts)[] Passing =
    [
        ("share", Share(), Plain),
        ("contact", Contact, MayContact),
        ("question", Question(), None),
        ("raise", Question() with { Act = OutwardAct.Raise }, None),
        ("question to Switzerland", Question() with { Recipient = new() { Body = SwissSchool } }, None),
        ("own", Own, None),
        ("own, abroad", Own with { Recipient = new() { Body = SwissSchool, Person = Mother } }, None),
        ("own, to the representative", Own with { Recipient = new() { Body = School, Person = Father } }, Plain.With(Mother, p => p with { Representatives = [SpeaksFor(Mother, Father)] })),
        ("own, to the solicitor on the last day", Solicited(), Spoken(one => one with { Until = Today })),
        ("the child's, to the mother", Solicited(Mother, Ola), None),
        ("on the solicitor's permission", Share(null, Item("sen", Ola)), BySolicitor(one => one)),
        ("on the permission of a child who was found able", Share(null, Item("sen", Ola)), ByChild(true)),
        ("a child's confidence on their own permission", Share(null, Item("sen", Ola)) with { ConfidenceOf = Ola }, ByChild(true)),
        ("a child's confidence under X1", (Under(Form()) with { ConfidenceOf = Ola }).Agreed(None), None),
        ("a sibling's not being named does not bind", Share(), Plain.With(Sibling, p => p with { KeptFrom = [Kept(KeptHow.NeverTold, School, Sibling)] })),
        ("law", Order.Agreed(None), None),
        ("notice", Notice, Told),
        ("notice to the successor", Notice with { Recipient = new() { Body = OtherSchool } }, Told with { ToldBefore = [Told.ToldBefore[0] with { OrTo = [OtherSchool] }] }),
        ("X1 of somebody whom no card knows", Under(Form(), Item("social-care")).Agreed(None with { People = [] }), None with { People = [] }),
        ("contract, on its last day", Interpreter, None),
        ("X1", Under(Form()).Agreed(None), None),
        ("X1 at once", Under(Urgent()), None),
        ("life at risk at once", Under(Urgent(ExemptionKind.LifeAtRisk)), None),
        ("X2", Under(Form(ExemptionKind.X2)).Agreed(None), None),
        ("X3 without the family", Under(Form(ExemptionKind.X3), DisclosureItem.NoFamilyFact).Agreed(None), None),
        ("X3 with the family, said why", Under(Form(ExemptionKind.X3) with { WhyNamed = "nobody else saw it" }).Agreed(None), None),
        ("X1 of an anonymous person", Under(Form()).Agreed(None.With(Ola, p => p with { Rung = Rung.Anonymous })), None.With(Ola, p => p with { Rung = Rung.Anonymous })),
        ("X1 to Switzerland with the officer's ground", Switzerland(Form() with { Transfer = new() { Words = "Article 49", By = Lead, At = Monday } }).Agreed(None), None),
        ("the father agrees too", Share(), Facts(Given(), Given(grant: Yes(Father), terms: Terms(about: [Ola]), id: 11))),
        ("the father refused before, and agreed later", Share(), Facts(Given(), Given(grant: Yes(Father, at: Monday.AddDays(-2)), terms: Terms(about: [Ola]), id: 11), No(Father))),
        ("they differ, and a lead found that the mother's prevails", Share(), Facts(Given(), No(Father)) with { Findings = [Finding(Mother, -1)] }),
        ("somebody without responsibility said no", Share(), Facts(Given(), No(Father)).With(Ola, p => p with { Holders = [new(Mother, Responsibility.Yes), new(Father, Responsibility.No)] })),
        ("a young person for themselves", Share(null, Item("sen", Ola)), Facts(Given(Terms(about: [Ola]), Yes(Ola, GrantCapacity.YoungPerson))).With(Ola, p => p with { DecidesForThemselves = true })),
        ("an order that is none of theirs", Share(), Ordered(OrderEffect.Forbids, Person(9))),
        ("an order that does nothing to it", Share(), Ordered(OrderEffect.None, Mother)),
        ("an order that limits, and a lead has read it", Share().Agreed(Ordered(OrderEffect.Limits, Father), Role.TeamLead), Ordered(OrderEffect.Limits, Father)),
        ("two permissions, one item each", Share(), Facts(Given(Terms(items: ["name"])), Given(Terms(items: ["sen"]), id: 11))),
        ("withdrawn after it was done", Share() with { DoneAt = Monday.AddHours(-2) }, Facts(Given(then: Event(PermissionEventKind.Withdrawn, Monday.AddHours(-1), Mother)))),
        ("withdrawn, and given again since", Share(), Facts(Given(then: Event(PermissionEventKind.Withdrawn, Monday.AddDays(-3), Mother)), Given(grant: Yes(at: Monday.AddDays(-1)), id: 11))),
        ("decided before, and the same", Share() with { Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }, Plain),
        ("the SENCo is nobody who must not know", Share(), Safe(never: ["Jo Example"]) with { }),
    ];

    private static DisclosureRequest Switzerland(Exemption exemption) => Under(exemption) with { Recipient = new() { Body = SwissSchool } };

    private static AuthorityFinding Finding(PersonId prevails, int days) => new() { Child = Ola, Body = School, Prevails = prevails, Why = "seen", By = Lead, At = Monday.AddDays(days) };

    private static (Type, string, DisclosureRequest, DisclosureFacts) Case<T>(string name, DisclosureRequest request, DisclosureFacts? facts = null) where T : DisclosureRule => (typeof(T), name, request, facts ?? Plain);

    private static readonly (Type Rule, string Name, DisclosureRequest Request, DisclosureFacts Facts)[] Speaking =
    [
        Case<WhatGoesIsWhatWasDecided>("another recipient", Share(OtherSchool) with { Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }),
        Case<WhatGoesIsWhatWasDecided>("an item more", Share(null, Item("name", Mother), Item("sen", Ola), Item("topic", Ola)) with { Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }),
        Case<WhatGoesIsWhatWasDecided>("another text", Share() with { Content = DisclosureText.Hash("x"), Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }),
        Case<WhatGoesIsWhatWasDecided>("another address", Share() with { Address = "x@example.org", Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }),
        Case<WhatGoesIsWhatWasDecided>("another's decision", Share() with { Decided = DisclosureGate.Decide(Share() with { Now = new(Lead, Monday) }, Plain).AsDecided }),
        Case<WhatGoesIsWhatWasDecided>("urgent, to another", Under(Urgent()) with { Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }),
        Case<ADecisionIsUsedOnce>("again", Share(), Plain with { Released = true }),
        Case<ADecisionIsUsedOnce>("urgent, again", Under(Urgent()), Plain with { Released = true }),
        Case<NobodyIsConfirmedAsAUser>("named without a ground", Question() with { About = [Ola] }),
        Case<NobodyIsConfirmedAsAUser>("said to be helped", Share(null, Item("helped")) with { Ground = new Ground.NamesNobody() }),
        Case<NobodyIsConfirmedAsAUser>("contact that names nobody", Question() with { Act = OutwardAct.Contact }),
        Case<NobodyIsConfirmedAsAUser>("an item about nobody known", Share(null, Item("sen", Ola), Item("health"))),
        Case<AGeneralQuestionCarriesNoFamilyFact>("a topic of theirs", Question() with { Items = [Item("topic", Ola)] }),
        Case<AGeneralQuestionCarriesNoFamilyFact>("somebody mentioned", Question() with { Items = [DisclosureItem.NoFamilyFact with { Mentions = [Ola] }] }),
        Case<AGeneralQuestionCarriesNoFamilyFact>("with permission or not", Share() with { Act = OutwardAct.Raise }),
        Case<AGeneralQuestionCarriesNoFamilyFact>("not scanned", Question() with { Scan = TextScan.NotScanned }),
        Case<AGeneralQuestionCarriesNoFamilyFact>("found something", Question() with { Scan = TextScan.Found }),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("never asked", Share(), None),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("asked", Share(), Facts(Permission.Request(Unit(10), Family, Terms(), new(Ann, Monday)).OrThrow())),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("ended yesterday", Share(), Facts(Given(Terms(until: Today.AddDays(-1))))),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("begins tomorrow", Share(), Facts(Given(Terms(from: Today.AddDays(1))))),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("another purpose", Share() with { Purpose = Transport }),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("another way", Share() with { Channel = "letter" }),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("an item that is not named", Share(null, Item("setting", Ola))),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("the sibling's item", Share(null, Item("sen", Ola), Item("name", Sibling))),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("the other parent's item", Share(null, Item("name", Father))),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("an item under no heading", Share(null, new DisclosureItem { FieldId = "enquiry.note", About = [Ola] })),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("about nobody", Share(null, DisclosureItem.NoFamilyFact)),
        Case<PermissionMustBeLiveForThatBodyPurposeAndScope>("the young person decides in SEND matters", Share(), Facts(Given(Terms(send: true))).With(Ola, p => p with { TransferOn = Today.AddDays(-1) })),
        Case<ATickForTheCouncilOpensNoOtherDoor>("another school", Share(OtherSchool)),
        Case<ATickForTheCouncilOpensNoOtherDoor>("a team of the same council", Share(Admissions), Facts(Given(Terms(body: NamedBody.Create(BodyKind.CouncilTeam, "SEN casework").OrThrow())))),
        Case<ContactAndShareAreTwoPermissions>("to contact is not to share", Share(), MayContact),
        Case<ContactAndShareAreTwoPermissions>("to share is not to contact", Contact),
        Case<MayContactCarriesItsMinimum>("SEN by the way", Contact with { Items = [Item("sen", Ola)] }, MayContact),
        Case<PermissionIsGivenBefore>("given an hour after the call", Share() with { DoneAt = Monday.AddHours(-2) }, Facts(Given(grant: Yes(at: Monday.AddHours(-1))))),
        Case<WithdrawnMeansNow>("withdrawn this minute", Share(), Facts(Given(then: Event(PermissionEventKind.Withdrawn, Monday, Mother)))),
        Case<WithdrawnMeansNow>("withdrawn, waiting to be sent", Share() with { Decided = DisclosureGate.Decide(Share(), Plain).AsDecided }, Facts(Given(then: Event(PermissionEventKind.Withdrawn, Monday, Mother)))),
        Case<WithdrawnMeansNow>("the same person's later no", Share(), Facts(Given(), No(Mother))),
        Case<PermissionComesFromOneWhoMayGiveIt>("responsibility unknown", Share(), Plain.With(Ola, p => p with { Holders = [new(Mother, Responsibility.Unknown)] })),
        Case<PermissionComesFromOneWhoMayGiveIt>("one adult for another", Share(null, Item("name", Father)), Facts(Given(Terms(about: [Father])))),
        Case<PermissionComesFromOneWhoMayGiveIt>("a young person who decides", Share(), Plain.With(Ola, p => p with { DecidesForThemselves = true })),
        Case<PermissionComesFromOneWhoMayGiveIt>("a child who does not", Share(null, Item("sen", Ola)), Facts(Given(Terms(about: [Ola]), Yes(Ola, GrantCapacity.YoungPerson)))),
        Case<PermissionComesFromOneWhoMayGiveIt>("an unproved representative", Share(null, Item("sen", Ola)), Facts(Given(grant: Yes(Father, GrantCapacity.Representative), terms: Terms(about: [Ola])))),
        Case<PermissionComesFromOneWhoMayGiveIt>("somebody who is not on the card", Share(null, Item("sen", Person(9))), Facts(Given(Terms(about: [Person(9)])))),
        Case<SpecialItemsAreNamedInTheWords>("health beside SEN", Share(null, Item("sen", Ola), Item("health", Ola))),
        Case<SpecialItemsAreNamedInTheWords>("SEN in a text about the topic", Share(null, Item("topic", Ola) with { Scopes = ["topic", "sen"] }), Facts(Given(Terms(items: ["topic"])))),
        Case<SpecialItemsAreNamedInTheWords>("a special field under an ordinary heading", Share(null, Item("topic", Ola) with { FieldId = "family.child.fact" })),
        Case<WhereHoldersDifferALeadRecordsWhichPrevails>("the father refused", Share(), Facts(Given(), No(Father))),
        Case<WhereHoldersDifferALeadRecordsWhichPrevails>("the father withdrew his", Share(), Facts(Given(), Given(grant: Yes(Father), terms: Terms(about: [Ola]), id: 11, then: Event(PermissionEventKind.Withdrawn, Monday.AddDays(-1), Father)))),
        Case<WhereHoldersDifferALeadRecordsWhichPrevails>("the father's prevails", Share(), Facts(Given(), No(Father)) with { Findings = [Finding(Mother, -2), Finding(Father, -1)] }),
        Case<WhereHoldersDifferALeadRecordsWhichPrevails>("he said no again after the finding", Share(), Facts(Given(), No(Father)) with { Findings = [Finding(Mother, -6)] }),
        Case<AnAnonymousPersonIsNeverSharedOnPermission>("anonymous", Share(), Plain.With(Ola, p => p with { Rung = Rung.Anonymous })),
        Case<AnAnonymousPersonIsNeverSharedOnPermission>("by a name they chose", Share(), Plain.With(Mother, p => p with { Rung = Rung.Handle })),
        Case<ARequestNotToBeNamedBinds>("not to the school", Share(), Plain.With(Ola, p => p with { KeptFrom = [Kept(KeptHow.NotNamed, School, Ola)] })),
        Case<ACourtOrderBindsEvenALivePermission>("forbids", Share(), Ordered(OrderEffect.Forbids, Father)),
        Case<ACourtOrderBindsEvenALivePermission>("nobody read it", Share(), Ordered(OrderEffect.Unknown)),
        Case<ACourtOrderBindsEvenALivePermission>("limits", Share(), Ordered(OrderEffect.Limits, Mother)),
        Case<ACourtOrderBindsEvenALivePermission>("binds who represents them", Own, Ordered(OrderEffect.Forbids, Mother)),
        Case<ARestrictionBindsEvenALivePermission>("the child's", Share(), Plain.With(Ola, p => p with { Restricted = true })),
        Case<ARestrictionBindsEvenALivePermission>("the family's", Interpreter, Plain with { Restricted = true }),
        Case<UnsafeAddressesBind>("in the agreement", Share(), Safe(notSafe: "OFFICE@example.org")),
        Case<UnsafeAddressesBind>("beside it", Under(Form()).Agreed(None), None with { UnsafeAddresses = ["office@example.org"] }),
        Case<UnsafeAddressesBind>("their own by letter", Own with { Attempt = new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(9, 0) } }, Safe(notSafe: "07700 900 123")),
        Case<NeverDiscloseToBinds>("by name", Share() with { Recipient = new() { Body = School, Attention = "Ms Jo EXAMPLE" } }, Safe(never: ["Jo Example"])),
        Case<NeverDiscloseToBinds>("under X2", Under(Form(ExemptionKind.X2)) with { Recipient = new() { Body = NamedBody.Create(BodyKind.Other, "Jo Example").OrThrow() } }, Safe(never: ["Jo Example"])),
        Case<SafeContactBinds>("danger, to them", Own with { Attempt = new() { Channel = ContactChannel.Mobile, Address = "07700 900123", At = new(9, 0) } }, Safe(danger: true)),
        Case<SafeContactBinds>("danger, to the school", Share(), Safe(danger: true)),
        Case<SafeContactBinds>("not agreed", Own with { Attempt = new() { Channel = ContactChannel.Post, Address = "1 Made-up Street", At = new(9, 0) } }),
        Case<SafeContactBinds>("not said how", Own with { Address = "1 Made-up Street" }),
        Case<SafeContactBinds>("by e-mail, without an address", Own with { Channel = "email" }),
        Case<WhatKeepsThemSafeNeverGoesOut>("the safe word", Share(null, Item("name", Mother), Item("topic", Mother) with { FieldId = "family.safe.word" })),
        Case<WhatKeepsThemSafeNeverGoesOut>("a field that nobody knows", Under(Form(), Item("topic", Ola) with { FieldId = "nothing" })),
        Case<TheRecipientIsStillThere>("merged", Share() with { Recipient = new() { Body = School, State = RecipientState.Gone } }),
        Case<OutsideUkAndEeaStops>("Switzerland, permission live", Share(SwissSchool), Facts(Given(Terms(body: SwissSchool)))),
        Case<OutsideUkAndEeaStops>("X1 that can wait, no transfer ground", Switzerland(Form()).Agreed(None), None),
        Case<OutsideUkAndEeaStops>("what the law requires", Order with { Recipient = new() { Body = SwissSchool } }),
        Case<AStatementOfThisKindIsReleasedByTwo>("something is on record", Own, Plain with { ByTwo = true }),
        Case<AnOlderLateEntryNeedsALead>("Friday's call", Share() with { DoneAt = Monday.AddDays(-3) }),
        Case<AnOlderLateEntryNeedsALead>("tomorrow's call", Share() with { DoneAt = Monday.AddDays(1) }),
        Case<AnExemptionHasItsWholeForm>("no hook", Under(Form() with { Hook = null }), None),
        Case<AnExemptionHasItsWholeForm>("a hook that is not in force", Under(Form() with { Hook = "ca2004-16la" }), None),
        Case<AnExemptionHasItsWholeForm>("none of the three reasons", Under(Form() with { NoPermission = null }), None),
        Case<AnExemptionHasItsWholeForm>("four of five", Under(Urgent() with { WhyNow = " " }), None),
        Case<AnExemptionHasItsWholeForm>("X2 at once", Under(Urgent(ExemptionKind.X2)), None),
        Case<AnExemptionHasItsWholeForm>("decided not to share", Under(Form() with { Decision = ExemptionDecision.NotToShare }), None),
        Case<AnExemptionHasItsWholeForm>("a colleague's", Under(Form() with { AskedBy = Lead }), None),
        Case<AnExemptionIsAgreedByAnotherPerson>("X1 that can wait", Under(Form()), None),
        Case<AnExemptionIsAgreedByAnotherPerson>("X3", Under(Form(ExemptionKind.X3), DisclosureItem.NoFamilyFact), None),
        Case<X2WaitsForAnotherPerson>("nobody agreed", Under(Form(ExemptionKind.X2)), None),
        Case<X2WaitsForAnotherPerson>("agreed to something else", Under(Form(ExemptionKind.X2)) with { Approval = Under(Form(ExemptionKind.X2), Item("name", Mother)).Agreed(None).Approval }, None),
        Case<X2WaitsForAnotherPerson>("the form was changed since", Under(Form(ExemptionKind.X2) with { Facts = "more" }) with { Approval = Under(Form(ExemptionKind.X2)).Agreed(None).Approval }, None),
        Case<X2WaitsForAnotherPerson>("the agreement is over", Under(Form(ExemptionKind.X2)).Agreed(None) with { Now = new(Ann, Monday.AddDays(1)) }, None),
        Case<NobodyIsConfirmedAsAUser>("X1 of nobody in particular, of a family that is known", Under(Form(), Item("social-care")).Agreed(None), None),
        Case<X3LeavesOutTheParent>("the text names somebody", (Under(Form(ExemptionKind.X3), DisclosureItem.NoFamilyFact) with { Scan = TextScan.Found }).Agreed(None), None),
        Case<X3LeavesOutTheParent>("the family is named", Under(Form(ExemptionKind.X3)).Agreed(None), None),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("no proof", Own with { Ground = new Ground.ToThemselves(Mother, " ") }),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("somebody else of the card", Own with { Recipient = new() { Body = School, Person = Father } }),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a solicitor whose letter nobody saw", Solicited(), Spoken(one => one with { Document = null, SeenOn = null })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a solicitor whose authority ended yesterday", Solicited(), Spoken(one => one with { Until = Today.AddDays(-1) })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a solicitor whose authority begins tomorrow", Solicited(), Spoken(one => one with { From = Today.AddDays(1) })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a solicitor who may decide and be given nothing", Solicited(), Spoken(one => one with { Receives = false })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a solicitor whose authority is limited", Solicited(), Spoken(one => one with { Limits = "the appeal alone" })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("a mother whose child asks themselves", Solicited(Mother, Ola), Plain.With(Ola, p => p with { AsksForThemselves = true })),
        Case<PermissionComesFromOneWhoMayGiveIt>("a representative whose authority ended", Share(null, Item("sen", Ola)), BySolicitor(one => one with { Until = Today.AddDays(-1) })),
        Case<PermissionComesFromOneWhoMayGiveIt>("a child of whom nobody found that they can decide", Share(null, Item("sen", Ola)), ByChild(false)),
        Case<PermissionComesFromOneWhoMayGiveIt>("a mother whose child decides", Share(null, Item("sen", Ola)), Plain.With(Ola, p => p with { DecidesForThemselves = true })),
        Case<AChildsOwnConfidenceIsTheirs>("on the mother's permission", Share() with { ConfidenceOf = Ola }),
        Case<AChildsOwnConfidenceIsTheirs>("to the mother", Solicited(Mother, Ola) with { ConfidenceOf = Ola }),
        Case<ARequestNotToBeNamedBinds>("not to a body that was merged into the school", Share() with { Recipient = new() { Body = Listed(1), Before = [new(Guid.Parse("00000000-0000-7000-8000-000000000002"))] } },
            Facts(Given(Terms(body: Listed(1)))).With(Ola, p => p with { KeptFrom = [Kept(KeptHow.NotNamed, Listed(2), Ola)] })),
        Case<NeverDiscloseToBinds>("one person's, under X2", Under(Form(ExemptionKind.X2)).Agreed(None), None.With(Ola, p => p with { KeptFrom = [Kept(KeptHow.NeverTold, Admissions, Ola)] })),
        Case<NeverDiscloseToBinds>("everybody's, who is to read it", Share() with { Recipient = new() { Body = School, Attention = "Mr Robin Sample" } }, Plain.With(Sibling, p => p with { KeptFrom = [Kept(KeptHow.NeverTold, NamedBody.Create(BodyKind.Individual, "Robin Sample", id: new(Guid.NewGuid())).OrThrow())] })),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("an outsider", Own with { Recipient = new() { Body = School } }),
        Case<WhatIsTheirsGoesToThemOrTheirProvedRepresentative>("the child's beside it", Own with { Items = [Item("advice", Mother), Item("sen", Ola)] }),
        Case<TheLawNamesDocumentPowerAndOfficer>("no power", Share() with { Ground = new Ground.RequiredByLaw("a letter", "", "an officer") }),
        Case<TheLawNamesDocumentPowerAndOfficer>("a lead agreed, not the officer", Order.Agreed(None, Role.TeamLead), None),
        Case<ANoticeGoesToWhomWeToldAndTellsNothingNew>("never told", Notice with { Recipient = new() { Body = OtherSchool } }, Told),
        Case<ANoticeGoesToWhomWeToldAndTellsNothingNew>("something new", Notice with { Items = [Item("health", Ola)] }, Told),
        Case<AProcessorHasAContractInForce>("ended yesterday", Interpreter with { Recipient = new() { Body = OtherSchool, ContractUntil = Today.AddDays(-1) } }),
        Case<AProcessorHasAContractInForce>("none", Interpreter with { Recipient = new() { Body = OtherSchool } }),
    ];

    // They only mask or mark a yes, and are asserted on what they do to it below.
    private static readonly Type[] Silent = [typeof(WhoeverIsMerelyMentionedIsMasked), typeof(WhatCannotWaitGoesAtOnceAndIsSignedAfter)];

    public static TheoryData<string> Passes => [.. Passing.Select(c => c.Name)];

    public static TheoryData<string, string> Speaks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var c in Speaking)
                data.Add(c.Rule.Name, c.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void Request_ThatKeepsEveryRule_IsAllowed(string name)
    {
        var (_, request, facts) = Passing.Single(c => c.Name == name);
        var answer = DisclosureGate.Decide(request, facts);
        Assert.True(answer is Allowed, $"{answer}: {string.Join(", ", answer.Reasons())}");
        Assert.Empty(answer.Reasons());
    }

    [Theory]
    [MemberData(nameof(Speaks))]
    public void Rule_InItsCircumstances_Speaks(string rule, string name)
    {
        var (type, _, request, facts) = Speaking.Single(c => c.Rule.Name == rule && c.Name == name);
        var answer = DisclosureGate.Decide(request, facts);
        Assert.IsNotType<Allowed>(answer);
        Assert.Contains(type, answer.Reasons().Select(r => r.Rule.GetType()));
    }

    [Fact]
    public void Rules_EachOfThem_HasItsCircumstances() => Assert.Equal(
        DisclosureGate.Rules.Select(r => r.Name).Order(StringComparer.Ordinal),
        Speaking.Select(c => c.Rule.Name).Concat(Silent.Select(t => t.Name)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Rules_OfTheAssembly_AreAllAsked() => Assert.Equal(
        typeof(DisclosureRule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DisclosureRule)) && !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal),
        DisclosureGate.Rules.Select(r => r.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("U1"), InlineData("U2"), InlineData("U3"), InlineData("X1"), InlineData("X2"), InlineData("X3"), InlineData("D8")]
    public void Clause_OfThePolicy_IsKeptByARuleThatSpeaks(string clause) =>
        Assert.Contains(Speaking, c => DisclosureGate.Find(c.Rule.Name)!.Clauses.Contains(clause));

    [Fact]
    public void Rules_TheirNames_ReadAsSentences()
    {
        Assert.Equal("A tick for the council opens no other door.", new ATickForTheCouncilOpensNoOtherDoor().Sentence);
        Assert.Equal("X2 waits for another person.", new X2WaitsForAnotherPerson().Sentence);
        Assert.All(DisclosureGate.Rules, r => Assert.NotEmpty(r.Clauses));
    }

    [Fact]
    public void Refusal_OfManyReasons_SaysThemAll()
    {
        var answer = DisclosureGate.Decide(Share(SwissSchool, Item("health", Ola)), Safe(notSafe: "office@example.org") with { Restricted = true });
        var reasons = Assert.IsType<Refused>(answer).Reasons.Select(r => r.Rule.GetType()).ToList();
        Assert.All([typeof(OutsideUkAndEeaStops), typeof(UnsafeAddressesBind), typeof(ARestrictionBindsEvenALivePermission), typeof(ATickForTheCouncilOpensNoOtherDoor)], rule => Assert.Contains(rule, reasons));
    }

    [Fact]
    public void Mentioned_Merely_IsMasked()
    {
        var answer = Assert.IsType<Allowed>(DisclosureGate.Decide(Share(null, Item("sen", Ola) with { Mentions = [Sibling, Ola] }), Plain));
        Assert.Equal([Sibling], answer.MaskedPeople.AsEnumerable());
    }

    [Fact]
    public void Urgent_OnFiveFields_GoesAtOnceWithWarningsMasksAndASignOffNextWorkingDay()
    {
        var facts = Safe(notSafe: "office@example.org") with { Restricted = true };
        var answer = Assert.IsType<Allowed>(DisclosureGate.Decide(Switzerland(Urgent()) with { Items = [Item("topic", Ola) with { FieldId = "family.safe.word" }], Now = new(Ann, Monday.AddDays(4)) }, facts));
        Assert.Equal(new DateOnly(2026, 11, 30), answer.SignOffDueOn);
        Assert.Equal([AllowedMark.TransferGroundOwed, AllowedMark.SignOffOwed], answer.Marks.AsEnumerable());
        Assert.Equal([0], answer.MaskedItems.AsEnumerable());
        Assert.Equal([typeof(UnsafeAddressesBind), typeof(WhatKeepsThemSafeNeverGoesOut)], answer.Warnings.Select(w => w.Rule.GetType()));
        Assert.False(answer.OutsidePolicyText);
    }

    [Fact]
    public void LateEntry_OfTheWeekendOnMonday_IsMarkedAndOpensNoWayOut()
    {
        var answer = Assert.IsType<Allowed>(DisclosureGate.Decide(Share() with { DoneAt = Monday.AddDays(-1) }, Plain));
        Assert.Equal([AllowedMark.LateEntrySameDay], answer.Marks.AsEnumerable());
        Assert.Throws<InvalidOperationException>(answer.Spend);
    }

    [Fact]
    public void Allowed_SpentTwice_Throws()
    {
        var answer = Assert.IsType<Allowed>(DisclosureGate.Decide(Share(), Plain));
        Assert.Equal([Unit(10)], answer.Permissions.AsEnumerable());
        answer.Spend();
        Assert.Throws<InvalidOperationException>(answer.Spend);
    }

    [Fact]
    public void Allowed_FromOutside_CannotBeMadeOrCopied()
    {
        Assert.Empty(typeof(Allowed).GetConstructors());
        Assert.DoesNotContain(typeof(Allowed).GetMethods(), m => m.Name == "<Clone>$");
    }

    [Fact]
    public void Grounds_OutsideThePolicysText_AreFive() => Assert.Equal(
        [GroundKind.ToThemselves, GroundKind.RequiredByLaw, GroundKind.LifeAtRisk, GroundKind.NoticeOwed, GroundKind.UnderContract],
        Enum.GetValues<GroundKind>().Where(g => g.IsOutsidePolicyText()));

    [Fact]
    public void Territory_OfTheRule_IsTheUnitedKingdomAndThirtyOthers()
    {
        Assert.Equal(30, Territory.Eea.Count);
        Assert.All(["GB", "IE", "NO", "IS", "LI", "GR"], c => Assert.True(Territory.IsInside(c)));
        Assert.All(["CH", "JE", "GG", "IM", "GI", "AD", "MC", "SM", "VA", "UK", "EL", "gb", "", null], c => Assert.False(Territory.IsInside(c)));
    }

    [Fact]
    public void Approval_ByTheAsker_IsRefused()
    {
        Assert.False(Approval.Create("x", Ann, Role.TeamLead, "yes", Monday.AddDays(1), new(Ann, Monday)).Accepted);
        Assert.False(Approval.Create("x", Ann, Role.Adviser, "yes", Monday.AddDays(1), new(Lead, Monday)).Accepted);
        Assert.Throws<ArgumentException>(() => Approval.Restore("x", Ann, Ann, Role.TeamLead, "yes", Monday, Monday.AddDays(1)));
    }
}
