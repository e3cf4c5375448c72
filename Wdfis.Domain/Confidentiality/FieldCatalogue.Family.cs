using static Wdfis.Domain.Confidentiality.AboutWhom;
using static Wdfis.Domain.Confidentiality.FieldClass;
using P = Wdfis.Domain.Confidentiality.Purpose;

namespace Wdfis.Domain.Confidentiality;

/// <content>The family card.</content>
public static partial class FieldCatalogue
{
    private static IEnumerable<CatalogueField> FamilyLines() =>
    [
        F("family.source", "Source", Working, AboutWhom.Service, Always, "Where we have it from"),
        F("family.checked-on", "Last checked", Working, AboutWhom.Service, Always, "Last checked"),

        F("family.person.rung", "Anonymity", Working, Person, Always, "How they wish to be known"),
        F("family.person.reference", "Reference", Personal, Person, Always, "Reference"),
        F("family.person.rung-agreement", "Agreement to be known", Working, Person, Always, "When they agreed to be known"),

        F("family.carer.forename", "Forename", Personal, Person, ToReach, "Forename"),
        F("family.carer.surname", "Surname", Personal, Person, ToReach, "Surname"),
        F("family.carer.handle", "A name they choose", Personal, Person, ToReach, "Name chosen"),
        F("family.carer.known-as", "Also known as", Personal, Person, ToReach, "Also known as"),
        F("family.carer.birth", "Date of birth", Personal, Person, ToJudge, "Date of birth"),
        F("family.carer.relationship", "Relationship", Personal, Person, ToReach, "Relationship to the child"),
        F("family.carer.responsibility", "Parental responsibility", Personal, Person, ToAdvise, "Parental responsibility"),
        F("family.carer.responsibility-evidence", "Evidence seen", Personal, Person, ToAdvise, "Evidence of parental responsibility"),
        F("family.carer.responsibility-seen-on", "Evidence seen on", Working, Person, ToAdvise, "Evidence seen on"),

        F("family.contact.kind", "Kind of contact", Personal, Person, ToReach, "Kind of contact"),
        F("family.contact.value", "Number or address", Personal, Person, ToReach, "Number or address"),
        F("family.contact.note", "Note on the contact", Personal, Person, ToReach),
        F("family.contact.somebody-elses", "Somebody else's", Personal, Other, ToReach),
        F("family.contact.unsafe", "Not safe", Safety, Person, Always),

        F("family.child.forename", "Child's forename", Personal, Child, ToReach, "Child's forename"),
        F("family.child.surname", "Child's surname", Personal, Child, ToReach, "Child's surname"),
        F("family.child.handle", "A name chosen for the child", Personal, Child, ToReach, "Name chosen for the child"),
        F("family.child.known-as", "Child also known as", Personal, Child, ToReach, "Child also known as"),
        F("family.child.birth", "Child's date of birth", Personal, Child, ToReach.Add(P.RetentionReview), "Child's date of birth"),
        F("family.child.setting", "School or setting", Personal, Child, ToReach, "School or setting"),
        F("family.child.sen-stage", "Stage of special educational needs", AsSpecial, Child, ToAdvise, "Stage of special educational needs"),
        F("family.child.fact", "Disability, care status", Special, Child, ToAdvise, "Disability or care status"),

        F("family.order.kind", "Kind of order", AsSpecial, Other, ToJudge, "Court order"),
        F("family.order.made-on", "Order made on", AsSpecial, Other, ToJudge, "Order made on"),
        F("family.order.on-contact", "Effect on contact", AsSpecial, Other, ToJudge, "Effect on contact"),
        F("family.order.on-sharing", "Effect on sharing", AsSpecial, Other, ToJudge, "Effect on sharing"),
        F("family.order.words", "Effect in words", AsSpecial, Other, ToJudge, "Effect of the order"),
        F("family.order.copy-seen-on", "Copy seen on", Working, Other, ToJudge, "Copy of the order seen on"),
        F("family.order.ends-on", "Order ends on", AsSpecial, Other, ToJudge, "Order ends on"),

        F("family.address.lines", "Address", Personal, Person, ToAdvise, "Address"),
        F("family.address.postcode", "Postcode", Personal, Person, ToReach, "Postcode"),

        F("family.communication.language", "Language", Personal, Person, ToReach, "Language"),
        F("family.communication.interpreter", "Interpreter", Personal, Person, ToReach, "Interpreter"),
        F("family.communication.format", "Accessible format", AsSpecial, Person, ToReach, "Accessible format"),

        F("family.safe.danger", "Danger", Safety, Person, Always),
        F("family.safe.channel", "Safe way", Safety, Person, Always),
        F("family.safe.address", "Safe number or address", Safety, Person, Always),
        F("family.safe.from", "Safe from", Safety, Person, Always),
        F("family.safe.until", "Safe until", Safety, Person, Always),
        F("family.safe.note", "Note on the safe way", Safety, Person, Always),
        F("family.safe.voicemail", "Voicemail agreed", Safety, Person, Always),
        F("family.safe.may-say", "What may be said", Safety, Person, Always),
        F("family.safe.word", "Safe word", Safety, Person, Always),
        F("family.safe.unsafe-address", "Unsafe number or address", Safety, Person, Always),
        F("family.safe.never-disclose-to", "Never disclose to", Safety, Other, Always),
        F("family.safe.reviewed-on", "Safe contact reviewed on", Safety, Person, Always),

        F("family.representative.name", "Representative", Personal, Other, ToAdvise, "Who speaks for you"),
        F("family.representative.contact", "How to reach the representative", Personal, Other, ToAdvise),
        F("family.representative.capacity", "Capacity of the representative", Personal, Person, ToAdvise, "In what capacity"),
        F("family.representative.document", "Authority seen", Personal, Person, ToAdvise, "What proves it"),
        F("family.representative.seen-on", "Authority seen on", Working, Person, ToAdvise, "Seen on"),
        F("family.representative.from", "Authority from", Working, Person, ToAdvise, "From"),
        F("family.representative.until", "Authority until", Working, Person, ToAdvise, "Until"),
        F("family.representative.receives", "May be given what is held", Working, Person, ToAdvise, "May be given what we hold"),
        F("family.representative.decides", "May decide about permissions", Working, Person, ToAdvise, "May decide about permissions"),
        F("family.representative.limits", "Limits of the authority", Personal, Person, ToAdvise, "Limits"),

        F("family.competence.for", "Kind of decision", Working, Child, ToAdvise, "What was looked at"),
        F("family.competence.able", "Able to decide", Working, Child, ToAdvise, "Able to decide"),
        F("family.competence.decision", "Decision looked at", AsSpecial, Child, ToAdvise),
        F("family.competence.assessed-on", "Competence assessed on", Working, Child, ToAdvise, "Looked at on"),
        F("family.competence.note", "Note on competence", AsSpecial, Child, ToAdvise),

        F("family.restriction.ground", "Ground of restriction", Working, Person, Always, "Ground of restriction"),
        F("family.restriction.reason", "Reason for restriction", AsSpecial, Person, Always),
        F("family.restriction.placed-on", "Restricted from", Working, Person, Always, "Restricted from"),
        F("family.restriction.told-on", "Told of lifting on", Working, Person, Always, "Told of lifting on"),
        F("family.restriction.told-how", "How they were told of lifting", Personal, Person, Always, "How you were told of lifting"),
        F("family.restriction.lifted-on", "Restriction lifted on", Working, Person, Always, "Lifted on"),

        F("heard-of.on", "Others told us of them on", Working, Person, Always, "When we heard of you"),
        F("heard-of.told-on", "Told on", Working, Person, Always, "Told on"),
        F("heard-of.told-how", "How they were told", Personal, Person, Always, "How you were told"),
        F("heard-of.because", "Ground for not telling them", AsSpecial, Person, Always, "Why you were not told"),
        F("heard-of.reason", "Why they were not told", AsSpecial, Other, Always, "Our reason"),
        F("heard-of.settled", "Who told them or decided, and when", Working, Person, Always),

        F("family.kept-from.how", "Not named, or never told", Safety, Person, Always),
        F("family.kept-from.body-id", "Recipient of the directory from whom they are kept", Safety, Other, Always),
        F("family.kept-from.name", "Recipient from whom they are kept", Safety, Other, Always),
        F("family.kept-from.set-on", "Kept from a recipient since", Safety, Person, Always),

        F("family.told.version", "Policy version told", Working, Person, Always, "Policy version"),
        F("family.told.what", "What was told", Working, Person, Always, "What we told you"),
        F("family.told.how", "How it was told", Working, Person, Always, "How we told you"),
        F("family.told.at", "When it was told", Working, Person, Always, "When we told you"),
        F("family.told.language", "Language in which it was told", Working, Person, Always, "Language"),
        F("family.told.interpreter", "Interpreter present", Working, Person, Always, "Interpreter present"),
    ];
}
