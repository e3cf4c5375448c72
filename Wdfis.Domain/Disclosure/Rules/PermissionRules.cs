using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Disclosure.Rules;

/// <summary>What acts on permission have to keep (U2, U3). They look at nothing else.</summary>
public abstract class PermissionRule : DisclosureRule
{
    private protected PermissionRule(params System.Collections.Immutable.ImmutableArray<string> clauses) : base(clauses) { }

    private protected const string WaysForward = "Ask now, ask a lead, see whether an exemption applies, or ask in general without naming anybody.";

    private protected static string Scope(string? code) => ScopeItems.Find(code ?? "")?.Label ?? "this";

    internal sealed override void Check(Look look)
    {
        if (look.OnPermission)
            CheckPermission(look);
    }

    private protected abstract void CheckPermission(Look look);
}

/// <summary>Live today, for that named body, purpose and scope, for each person whose items are ticked.</summary>
public sealed class PermissionMustBeLiveForThatBodyPurposeAndScope() : PermissionRule("U2", "U3")
{
    private protected override void CheckPermission(Look look)
    {
        if (look.Subjects.IsEmpty)
            look.Refuse(this, "A permission is about somebody, and this says about nobody.", "Say whom it is about, or ask in general.");
        foreach (var s in look.Searches)
        {
            if (s.Gap == Gap.None)
                look.RestOn(s.Nearest!.Id);
            else if (s.Gap >= Gap.Nothing)
                look.Refuse(this, "They were never asked about this body.", WaysForward, s.Person);
            else if (s.Gap.HasFlag(Gap.NotLive))
                look.Refuse(this, NotLive(s, look), WaysForward, s.Person);
            if (s.Gap >= Gap.Kind)
                continue;
            if (s.Gap.HasFlag(Gap.Purpose))
                look.Refuse(this, "The permission was given for another purpose.", "Choose the purpose that was agreed, or ask again for this one.", s.Person);
            if (s.Gap.HasFlag(Gap.Channel))
                look.Refuse(this, "The permission does not name this way of sending.", "Choose a way that was agreed, or ask again.", s.Person);
            if (s.Gap.HasFlag(Gap.Scope) && ScopeItems.Find(s.Scope!)?.SpecialCategory == false)
                look.Refuse(this, $"The permission does not name this item: {Scope(s.Scope)}.", "Leave it out, or ask for a permission that names it.", s.Person);
        }
        foreach (var item in look.Request.Items)
        {
            if (item.Scopes.IsEmpty && item.Category is ItemCategory.Ordinary or ItemCategory.Special)
                look.Refuse(this, "A permission cannot name this kind of item.", "Write what is needed in your own words, under an item that the permission names.");
        }
    }

    private static string NotLive(PermissionSearch s, Look look) => s.State switch
    {
        PermissionState.Expired => $"The permission ended {s.Nearest!.Until!.Value.Words()}.",
        PermissionState.Refused => "They said no.",
        PermissionState.Requested => s.Nearest!.NeedsLead ? "The permission was entered late, and waits for a lead." : "They were asked and have not answered yet.",
        PermissionState.Superseded => "The young person decides now.",
        PermissionState.Revoked => "The permission was revoked.",
        PermissionState.Invalidated => "The permission was found not to be valid.",
        PermissionState.Unknown => s.Nearest!.Terms.From > look.On ? $"The permission begins {s.Nearest.Terms.From.Words()}." : "They were never asked about this body.",
        PermissionState.Given or PermissionState.Renewed or PermissionState.Withdrawn => throw new InvalidOperationException("Such a permission is told by another rule."),
    };
}

/// <summary>A permission for another body, be it of the same council, is none for this one.</summary>
public sealed class ATickForTheCouncilOpensNoOtherDoor() : PermissionRule("U2", "U3")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.Gap is >= Gap.Body and < Gap.Nothing)
                look.Refuse(this, "They agreed to another body, not to this one.", WaysForward, s.Person);
        }
    }
}

/// <summary>To contact is one permission, to share another.</summary>
public sealed class ContactAndShareAreTwoPermissions() : PermissionRule("U2", "U3")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.Gap is >= Gap.Kind and < Gap.Body)
                look.Refuse(this, look.Request.Act == OutwardAct.Contact ? "They agreed to sharing with this body, not to contacting it." : "They agreed to contacting this body, not to sharing with it.", WaysForward, s.Person);
        }
    }
}

/// <summary>A contact says the name, the child's name, that we help and the topic, and nothing more.</summary>
public sealed class MayContactCarriesItsMinimum() : PermissionRule("U3")
{
    private protected override void CheckPermission(Look look)
    {
        if (look.Request.Act != OutwardAct.Contact)
            return;
        foreach (var item in look.Request.Items)
        {
            if (item.Scopes.Any(scope => !ScopeItems.ContactMinimum.Contains(scope)))
                look.Refuse(this, "A permission to contact carries the name, the child, that we help and the topic.", "Leave the rest out, or ask for a permission to share it.");
        }
    }
}

/// <summary>Given before the act: a yes that comes after does not cure it.</summary>
public sealed class PermissionIsGivenBefore() : PermissionRule("U2", "U3")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.Gap < Gap.Kind && s.Gap.HasFlag(Gap.GivenAfter))
                look.Refuse(this, "The permission was given after this was done.", "Tell a lead: it went without permission.", s.Person);
        }
    }
}

/// <summary>Withdrawn means now, also for what is waiting to be sent.</summary>
public sealed class WithdrawnMeansNow() : PermissionRule("U2", "U3")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.Gap < Gap.Kind && s.Gap.HasFlag(Gap.Withdrawn))
                look.Refuse(this, $"The permission was withdrawn {s.Nearest!.Events.Last(e => e.Kind == PermissionEventKind.Withdrawn).On.Words()}.", WaysForward, s.Person);
            if (s.GiverTookItBack)
                look.Refuse(this, "Who gave the permission has said no since.", WaysForward, s.Person);
        }
    }
}

/// <summary>From one holder of authority for each child, and from each adult for themselves.</summary>
public sealed class PermissionComesFromOneWhoMayGiveIt() : PermissionRule("U2")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var person in look.Subjects)
        {
            if (look.Find(person) is null)
                look.Refuse(this, "Somebody whom it is about is not on the card, so nobody can be found who may agree.", "Add them to the card first.", person);
        }
        foreach (var s in look.Searches)
        {
            if (s.Gap < Gap.Kind && s.Gap.HasFlag(Gap.Authority))
            {
                var (sentence, next) = Why(look.Find(s.Person), s.Giver, look.On);
                look.Refuse(this, sentence, next, s.Person);
            }
        }
    }

    private static (string Sentence, string Next) Why(PersonFacts? person, PersonId giver, DateOnly on) => person switch
    {
        not null when person.AuthorityOf(giver, on, deciding: true) is { State: not (Authority.None or Authority.Stands) } authority => RepresentativeWords.Against(authority),
        { Child: true, DecidesForThemselves: true } when giver != person.Id => ("This young person decides for themselves, and somebody else gave the permission.", "Ask them, and record their own answer."),
        { Child: true } when giver == person.Id => ("It is not on record that this child can decide about it.", "Look with them whether they can, whatever their age, and record it on the family's card; or ask who holds parental responsibility."),
        _ => ("Who gave the permission is not known to be allowed to give it for this person.", "Record what their authority rests on, or ask somebody who holds it."),
    };
}

/// <summary>What a child told us in confidence from their parents goes on their own permission, and to no parent (C2, field-guide.md section 1.4).</summary>
public sealed class AChildsOwnConfidenceIsTheirs() : DisclosureRule("U1", "U2")
{
    internal override void Check(Look look)
    {
        if (look.Request.ConfidenceOf is not { } child)
            return;
        if (look.OnPermission && look.Searches.Any(s => s.Nearest is not null && s.Giver != child))
            look.Refuse(this, "They told us this in confidence, and somebody else gave the permission.", "Leave it out, or ask them themselves when they are able to decide.", child);
        if (look.Ground == GroundKind.ToThemselves && look.Request.Recipient.Person != child)
            look.Refuse(this, "They told us this in confidence.", "Leave it out, or give it to them themselves.", child);
    }
}

/// <summary>Special-category items, SEN and what is handled alike, count only when named in the words of the permission.</summary>
public sealed class SpecialItemsAreNamedInTheWords() : PermissionRule("U2")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.Gap < Gap.Kind && s.Gap.HasFlag(Gap.Scope) && ScopeItems.Find(s.Scope!)?.SpecialCategory != false)
                look.Refuse(this, $"This has to be named in the words of the permission: {Scope(s.Scope)}.", "Leave it out, or ask for a permission that names it.", s.Person);
        }
        foreach (var item in look.Request.Items)
        {
            if (item.Category == ItemCategory.Special && !item.Scopes.IsEmpty && item.Scopes.All(scope => ScopeItems.Find(scope)?.SpecialCategory == false))
                look.Refuse(this, "This item is of a special category, and is ticked under an ordinary heading.", "Tick under which special heading it falls.");
        }
    }
}

/// <summary>Two holders of authority who answer differently: a lead records which prevails.</summary>
public sealed class WhereHoldersDifferALeadRecordsWhichPrevails() : PermissionRule("U2")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var s in look.Searches)
        {
            if (s.AnotherDiffers)
                look.Refuse(this, "Somebody else who may decide said no.", "Ask a lead to record whose answer prevails. Where the no binds, only an exemption or the law's own grounds remain.", s.Person);
        }
    }
}

/// <summary>Of an anonymous person, what is known may go under X1 to X3, never on permission.</summary>
public sealed class AnAnonymousPersonIsNeverSharedOnPermission() : PermissionRule("C2", "U2")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var person in look.Subjects)
        {
            if (look.Find(person) is { Rung: not Rung.Named })
                look.Refuse(this, "They are anonymous with us, so no permission can be for them.", "Raise the matter without identifying anybody, or ask them whether they want to be named.", person);
        }
    }
}

/// <summary>Known to us, but not named to this body.</summary>
public sealed class ARequestNotToBeNamedBinds() : PermissionRule("C2")
{
    private protected override void CheckPermission(Look look)
    {
        foreach (var person in look.Subjects)
        {
            if (look.Find(person)?.KeptFrom.Any(k => k.Binds(look.Request.Recipient.Body, look.Request.Recipient.Attention, look.Request.Recipient.Before)) == true)
                look.Refuse(this, "They asked not to be named to this body.", "Raise the matter without identifying anybody, or ask them again.", person);
        }
    }
}

/// <summary>A court order binds even when a permission is live; one that nobody has read for this binds as the strictest.</summary>
public sealed class ACourtOrderBindsEvenALivePermission() : DisclosureRule("U2", "U3")
{
    internal override void Check(Look look)
    {
        if (look.Ground is not (GroundKind.Permission or GroundKind.ToThemselves or GroundKind.UnderContract))
            return;
        foreach (var order in look.Facts.Orders)
        {
            if (!order.InForceOn(look.On) || !Touches(order, look))
                continue;
            var effect = Stricter(order.OnSharing, look.Request.Act == OutwardAct.Contact ? order.OnContact : OrderEffect.None);
            if (effect is OrderEffect.Forbids or OrderEffect.Unknown)
                look.Refuse(this, effect == OrderEffect.Forbids ? "A court order forbids it." : "A court order is on record, and nobody has read what it does to this.", "Read the order with a lead, and record its effect if it is another.");
            else if (effect == OrderEffect.Limits)
                look.Ask(this, AuthoriserKind.LeadOrOfficer, "A court order limits it.", "Ask a lead to read the order with you.");
        }
    }

    // Relevant unless it binds only people who have nothing to do with this.
    private static bool Touches(CourtOrder order, Look look) => order.Binds.IsEmpty || order.Binds.Any(bound =>
        look.Subjects.Contains(bound) || look.Request.Recipient.Person == bound
        || look.Searches.Any(s => s.Giver == bound)
        || look.Subjects.Any(s => look.Find(s) is not { } person || person.Holders.Any(h => h.Person == bound)));

    private static OrderEffect Stricter(OrderEffect a, OrderEffect b) => Rank(a) >= Rank(b) ? a : b;

    private static int Rank(OrderEffect effect) => effect switch
    {
        OrderEffect.None => 0,
        OrderEffect.Limits => 1,
        OrderEffect.Forbids => 2,
        OrderEffect.Unknown => 3,
    };
}

/// <summary>Restricted under Article 18: stored, and nothing else, whatever was permitted.</summary>
public sealed class ARestrictionBindsEvenALivePermission() : DisclosureRule("Article 18")
{
    internal override void Check(Look look)
    {
        if (look.Ground is not (GroundKind.Permission or GroundKind.UnderContract or GroundKind.NamesNobody) || look.Request.Act == OutwardAct.GeneralQuestion)
            return;
        if (look.Facts.Restricted || look.Subjects.Any(s => look.Find(s) is { Restricted: true }))
            look.Refuse(this, "They asked us to store what we hold and do nothing else with it.", "Ask the information-governance officer; they are told before it is lifted.");
    }
}
