using Wdfis.Domain.Calendar;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Disclosure.Rules;

/// <summary>An exemption has its whole form, or the five fields when it goes at once.</summary>
public sealed class AnExemptionHasItsWholeForm() : DisclosureRule("X1", "X2", "X3")
{
    internal override void Check(Look look)
    {
        if (look.Exemption is not { } exemption)
            return;
        if (exemption.Decision != ExemptionDecision.Share)
            look.Refuse(this, "It was decided not to share.", "Record a new decision if that has changed.");
        if (exemption.Urgent && !exemption.Kind.MayBeUrgent())
            look.Refuse(this, "Only child protection and a life at risk go at once.", "Fill the whole form and ask a lead.");
        if (exemption.AskedBy != look.Request.Now.By)
            look.Refuse(this, "Another colleague asked for this exemption.", "Ask for it yourself, or let them act.");
        foreach (var problem in exemption.Missing(look.Today))
            look.Refuse(this, problem.Sentence, "Complete the form.");
    }
}

/// <summary>X1 and X3 that can wait are agreed by somebody else before they go.</summary>
public sealed class AnExemptionIsAgreedByAnotherPerson() : DisclosureRule("X1", "X3")
{
    internal override void Check(Look look)
    {
        if (look.Exemption is { Kind: not ExemptionKind.X2 } && !look.GoesAtOnce)
            look.Ask(this, AuthoriserKind.LeadOrOfficer, "An exemption that can wait is agreed by a second person.", "Ask a lead. If it cannot wait, say so: child protection goes at once.");
    }
}

/// <summary>X2 waits for an authoriser who is not the asker, always.</summary>
public sealed class X2WaitsForAnotherPerson() : DisclosureRule("X2")
{
    internal override void Check(Look look)
    {
        if (look.Exemption is { Kind: ExemptionKind.X2 })
            look.Ask(this, AuthoriserKind.LeadOrOfficer, "A request connected with crime or taxation waits for somebody other than the asker.", "Ask a lead; nothing compels us to answer at once.");
    }
}

/// <summary>X3 gives the provider's facts and leaves out who the parent is, unless the form says why not.</summary>
public sealed class X3LeavesOutTheParent() : DisclosureRule("X3")
{
    private const string Next = "Give the provider's facts alone, or say on the form why the family has to be named.";

    internal override void Check(Look look)
    {
        if (look.Exemption is not { Kind: ExemptionKind.X3, WhyNamed: var why } || !string.IsNullOrWhiteSpace(why))
            return;
        foreach (var person in look.Subjects)
            look.Refuse(this, "It tells who the family is.", Next, person);
        if (look.Request.Scan is not (TextScan.Clean or TextScan.ReadAndPassed))
            look.Refuse(this, "The text holds what looks like a name, a number or a date of birth.", "Take it out, or read it and say that it is about no family.");
    }
}

/// <summary>What cannot wait goes at once, and is signed the next working day.</summary>
public sealed class WhatCannotWaitGoesAtOnceAndIsSignedAfter() : DisclosureRule("X1")
{
    internal override void Check(Look look)
    {
        if (!look.GoesAtOnce)
            return;
        look.Mark(AllowedMark.SignOffOwed);
        look.SignOffBy(look.Facts.WorkingDays.Add(look.On, 1).On);
    }
}

/// <summary>What is theirs goes to them, or to who was proved to represent them, and nothing of anybody else's.</summary>
public sealed class WhatIsTheirsGoesToThemOrTheirProvedRepresentative() : DisclosureRule("D6", "U1")
{
    internal override void Check(Look look)
    {
        if (look.Request.Ground is not Ground.ToThemselves own)
            return;
        if (string.IsNullOrWhiteSpace(own.Proof))
            look.Refuse(this, "It is not said what proved who the recipient is.", "Check who they are, and record how.");
        var recipient = look.Request.Recipient.Person;
        if (recipient is null || look.Find(recipient.Value) is null && !look.SpeaksFromOutside(recipient.Value))
            look.Refuse(this, "The recipient is nobody of the family's card.", "Choose the person, or record who represents them and on what proof.");
        else if (recipient != own.Person && look.Find(own.Person)?.IsAskedForBy(recipient.Value) != true)
        {
            var authority = look.Find(own.Person)?.AuthorityOf(recipient.Value, look.On, deciding: false) ?? default;
            if (authority.State != Authority.Stands)
            {
                var (sentence, next) = RepresentativeWords.Against(authority);
                look.Refuse(this, sentence, next, own.Person);
            }
            else if (authority.Limited)
                look.Ask(this, AuthoriserKind.LeadOrOfficer, "Their authority is limited in words.", "Ask a lead to read with you whether it covers this.");
        }
        foreach (var subject in look.Subjects)
        {
            if (subject != own.Person)
                look.Refuse(this, "An item is about somebody else.", "Take it off, or mask them in it.", subject);
        }
        if (look.Request.Act is OutwardAct.Contact)
            look.Refuse(this, "To contact a body about somebody is not giving them their own.", "Ask for permission to contact.");
    }
}

/// <summary>Why somebody who says that they represent a person is not believed yet, and what to do.</summary>
internal static class RepresentativeWords
{
    public static (string Sentence, string Next) Against((Authority State, DateOnly? Until, bool Limited) authority) => authority.State switch
    {
        Authority.None => ("The recipient was not proved to represent this person.", "Record the proof on the family's card, or give it to the person themselves."),
        Authority.NotProved => ("Nobody has seen what the representative's authority rests on.", "See the document, and record on the family's card which it is and on which day you saw it."),
        Authority.NotYet => ("The representative's authority has not begun.", "Wait for its first day, or speak to the person themselves."),
        Authority.Ended => ($"The representative's authority ended {authority.Until!.Value.Words()}.", "See whether there is a new one and record it, or speak to the person themselves."),
        Authority.Elsewhere => ("The representative's authority does not cover this.", "Read the document again and record what it covers, or speak to the person themselves."),
        Authority.Stands => throw new InvalidOperationException("What stands is not refused."),
    };
}

/// <summary>A statement is released by two where an exemption is on record. Its words are the same whatever the reason, so that they give no hint.</summary>
public sealed class AStatementOfThisKindIsReleasedByTwo() : DisclosureRule("X1", "X2", "U1")
{
    internal override void Check(Look look)
    {
        if (look.Facts.ByTwo && look.Request.Ground is Ground.ToThemselves)
            look.Ask(this, AuthoriserKind.LeadOrOfficer, "Every statement of this kind is released by two.", "A team lead or the information-governance officer reads it first.");
    }
}

/// <summary>Required by law: the document, the power and the officer are named, and the information-governance officer reads it first.</summary>
public sealed class TheLawNamesDocumentPowerAndOfficer() : DisclosureRule("U2")
{
    internal override void Check(Look look)
    {
        if (look.Request.Ground is not Ground.RequiredByLaw law)
            return;
        if (string.IsNullOrWhiteSpace(law.Document) || string.IsNullOrWhiteSpace(law.Power) || string.IsNullOrWhiteSpace(law.Officer))
            look.Refuse(this, "The document, the power and the officer who requires it are not all named.", "See the document, and write down all three. A letter that only asks is crime or taxation (X2).");
        look.Ask(this, AuthoriserKind.Officer, "What the law requires is read by the information-governance officer first.", "Show the document to the officer.");
    }
}

/// <summary>A notice goes to whom we told, and tells nothing new.</summary>
public sealed class ANoticeGoesToWhomWeToldAndTellsNothingNew() : DisclosureRule("U2", "D4")
{
    internal override void Check(Look look)
    {
        if (look.Request.Ground is not Ground.NoticeOwed notice)
            return;
        var told = look.Facts.ToldBefore.FirstOrDefault(t => t.Id == notice.Of);
        var to = look.Request.Recipient.Body;
        if (told is null || !told.Body.IsSameAs(to) && !told.OrTo.Any(other => other.IsSameAs(to)))
            look.Refuse(this, "This recipient was not told anything that a notice could be about.", "Choose the disclosure that it is about.");
        else if (look.Subjects.Any(s => !told.About.Contains(s)) || look.Request.Items.Any(i => i.Category == ItemCategory.Special && i.Scopes.IsEmpty || i.Scopes.Any(s => !told.Scopes.Contains(s))))
            look.Refuse(this, "The notice tells more than was told before.", "Keep to what they have already, and what changed about it.");
    }
}

/// <summary>A processor works under a contract in force.</summary>
public sealed class AProcessorHasAContractInForce() : DisclosureRule("U2")
{
    internal override void Check(Look look)
    {
        if (look.Ground == GroundKind.UnderContract && !(look.Request.Recipient.ContractUntil >= look.On))
            look.Refuse(this, "This recipient has no contract in force.", "Ask the information-governance officer, or ask the family for permission.");
    }
}
