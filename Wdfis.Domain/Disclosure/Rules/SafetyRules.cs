using Wdfis.Domain.Calendar;
using Wdfis.Domain.Families;

namespace Wdfis.Domain.Disclosure.Rules;

/// <summary>A number or address that they told us is not safe is never used, on any ground.</summary>
public sealed class UnsafeAddressesBind() : DisclosureRule("C5", "U1")
{
    internal override void Check(Look look)
    {
        if (Unsafe(look, look.Request.Address) || Unsafe(look, look.Request.Attempt?.Address))
            look.Refuse(this, "They told us that this number or address is not safe.", "Use another, checked with them or from the directory.");
    }

    private static bool Unsafe(Look look, string? address) => !string.IsNullOrWhiteSpace(address)
        && (look.Facts.UnsafeAddresses.Any(a => SafeContact.Same(a, address)) || look.Facts.SafeContact?.UnsafeAddresses.Any(a => SafeContact.Same(a, address)) == true);
}

/// <summary>Who must not learn anything is told nothing, not even that the family is known.</summary>
public sealed class NeverDiscloseToBinds() : DisclosureRule("U1")
{
    internal override void Check(Look look)
    {
        if (look.Ground == GroundKind.NamesNobody)
            return;
        var to = look.Request.Recipient;
        var kept = look.Facts.SafeContact is { } safe && safe.NeverDiscloseTo.Any(name => KeptFrom.Means(to.Body.Name, name) || KeptFrom.Means(to.Attention, name))
            || look.Facts.People.Any(p => p.KeptFrom.Any(k => k.How == KeptHow.NeverTold && k.Binds(to.Body, to.Attention, to.Before) && (k.Person is null || look.Subjects.Contains(p.Id))));
        if (kept)
            look.Refuse(this, "The family told us never to let this recipient know anything.", "Speak to a lead. Do not say that the family is known to us.");
    }
}

/// <summary>Somebody of the family is reached in the ways that were agreed with them; under danger a lead minds every act.</summary>
public sealed class SafeContactBinds() : DisclosureRule("C5")
{
    internal override void Check(Look look)
    {
        var r = look.Request;
        if (r.Recipient.Person is { } person && !look.SpeaksFromOutside(person) || r.Attempt is not null)
        {
            if (r.Attempt is not { } attempt)
            {
                // Only what is handed over in a meeting with them needs no number or address.
                if (!r.FaceToFace || !string.IsNullOrWhiteSpace(r.Address))
                    look.Refuse(this, "It is not said how it reaches them.", "Say which number or address you mean to use, and when.");
            }
            else
            {
                var words = SafeContact.MayContact(look.Facts.SafeContact, attempt, look.Today, look.Facts.Answering).Match<string?>(_ => null, no => no.Words, danger => danger.Words);
                if (words is not null)
                    look.Refuse(this, words, "Keep to what was agreed, or agree it with them first.");
            }
        }
        else if (look.Facts.SafeContact?.Danger == true && look.Ground is GroundKind.Permission or GroundKind.UnderContract or GroundKind.ToThemselves)
        {
            look.Ask(this, AuthoriserKind.LeadOrOfficer, "There is a sign of danger in this family.", "Speak to a lead before anything goes to anybody.");
        }
    }
}

/// <summary>What keeps somebody safe (safe ways, unsafe addresses, names never to disclose to) goes out in no form.</summary>
public sealed class WhatKeepsThemSafeNeverGoesOut() : DisclosureRule("U1", "C5")
{
    internal override void Check(Look look)
    {
        for (var i = 0; i < look.Request.Items.Length; i++)
        {
            if (look.Request.Items[i].Category != ItemCategory.Safety)
                continue;
            look.MaskItem(i);
            look.Refuse(this, "One of the items keeps somebody safe, and never goes out.", "Take it off; if it has to be known, say it in your own words under an exemption.");
        }
    }
}

/// <summary>Anybody merely mentioned is masked.</summary>
public sealed class WhoeverIsMerelyMentionedIsMasked() : DisclosureRule("U1", "U2")
{
    internal override void Check(Look look)
    {
        foreach (var item in look.Request.Items)
        {
            foreach (var person in item.Mentions)
            {
                if (!look.Subjects.Contains(person))
                    look.MaskPerson(person);
            }
        }
    }
}

/// <summary>Nobody is confirmed as a user of the service without a ground: a text that claims to name nobody identifies nobody.</summary>
public sealed class NobodyIsConfirmedAsAUser() : DisclosureRule("U1")
{
    internal override void Check(Look look)
    {
        var r = look.Request;
        if (look.Ground != GroundKind.NamesNobody)
        {
            // Of somebody whom no card knows, the exemption's form says who it is (X1 to X3).
            if (r.Items.Any(i => i.About.IsEmpty && i.Category != ItemCategory.Nothing) && (look.Exemption is null || !look.Facts.People.IsEmpty))
                look.Refuse(this, "An item says something about the family, and not about whom.", "Say whom it is about: their permission is needed for it.");
            return;
        }
        if (!look.Subjects.IsEmpty || r.Items.Any(i => i.Category != ItemCategory.Nothing))
            look.Refuse(this, "Somebody is named or can be recognised in it.", "Take out who it is about, or choose the ground on which it may go.");
        if (r.Act == OutwardAct.Contact)
            look.Refuse(this, "To contact a body about a family confirms that we know them.", "Ask in general, or ask the family for permission to contact.");
    }
}

/// <summary>A general question carries no family fact and needs no permission; its note is scanned, as is a matter raised without identifying anybody.</summary>
public sealed class AGeneralQuestionCarriesNoFamilyFact() : DisclosureRule("U3", "U1")
{
    internal override void Check(Look look)
    {
        var r = look.Request;
        if (r.Act is OutwardAct.GeneralQuestion or OutwardAct.Raise && (!look.Subjects.IsEmpty || r.Items.Any(i => i.Category != ItemCategory.Nothing)))
            look.Refuse(this, "A general question carries no family fact.", "Take the person and the items off, or contact the body with permission.");
        if (look.Ground != GroundKind.NamesNobody && r.Act is not (OutwardAct.GeneralQuestion or OutwardAct.Raise))
            return;
        if (r.Scan is not (TextScan.Clean or TextScan.ReadAndPassed))
            look.Refuse(this, r.Scan == TextScan.Found ? "The text holds what looks like a name, a number or a date of birth." : "The text was not scanned yet.", "Take it out, or read it and say that it is about no family.");
        else if (r.Scan == TextScan.ReadAndPassed)
            look.Mark(AllowedMark.TextReadAndPassed);
    }
}

/// <summary>A permission names one body: one that closed or was merged is not that body any more.</summary>
public sealed class TheRecipientIsStillThere() : DisclosureRule("U2", "U3")
{
    internal override void Check(Look look)
    {
        if (look.Request.Recipient.State != RecipientState.Open)
            look.Refuse(this, "This recipient is closed, merged or not checked.", "Look up who followed it; a permission for that one is needed.");
    }
}

/// <summary>An organisation outside the United Kingdom and the EEA: the gate stops.</summary>
public sealed class OutsideUkAndEeaStops() : DisclosureRule("D8")
{
    internal override void Check(Look look)
    {
        // Their own information for a person abroad is no such sending, and a text about nobody holds no personal information.
        if (Territory.IsInside(look.Request.Recipient.Body.Country) || look.Ground is GroundKind.ToThemselves or GroundKind.NamesNobody)
            return;
        if (look.Exemption is { } exemption)
        {
            if (!string.IsNullOrWhiteSpace(exemption.Transfer?.Words) && exemption.Transfer.By != default)
                return;
            if (look.GoesAtOnce)
            {
                look.Mark(AllowedMark.TransferGroundOwed);
                return;
            }
            look.Refuse(this, "This recipient is outside the United Kingdom and the EEA, and no transfer ground is stated.", "Ask the information-governance officer to state the transfer ground.");
            return;
        }
        look.Refuse(this, "This recipient is outside the United Kingdom and the EEA.", "Only an exemption with the information-governance officer's transfer ground lets it pass. Ask the officer.");
    }
}

/// <summary>The same working day's late entry is normal and marked; an older one needs a lead.</summary>
public sealed class AnOlderLateEntryNeedsALead() : DisclosureRule("U2", "U3")
{
    internal override void Check(Look look)
    {
        if (look.Request.DoneAt is not { } done)
            return;
        if (done > look.Request.Now.At)
        {
            look.Refuse(this, "The time is in the future.", "Give the time at which it was done.");
            return;
        }
        if (look.Today <= look.Facts.WorkingDays.NextOrSame(look.On).On)
        {
            look.Mark(AllowedMark.LateEntrySameDay);
            return;
        }
        look.Ask(this, AuthoriserKind.LeadOrOfficer, "It was done on an earlier working day.", "Ask a lead to agree to the late entry.");
        look.Mark(AllowedMark.LateEntryAgreed);
    }
}

/// <summary>What goes is what was decided: a swapped recipient, an added item, another text is another request.</summary>
public sealed class WhatGoesIsWhatWasDecided() : DisclosureRule("U1", "U2")
{
    internal override void Check(Look look)
    {
        if (look.Request.Decided is { } before && (before.Id != look.Request.Id || before.Fingerprint != look.Fingerprint))
            look.Refuse(this, "This is not what was decided: something was changed since.", "Have it decided again as it is now.");
    }
}

/// <summary>A decision opens the way out once.</summary>
public sealed class ADecisionIsUsedOnce() : DisclosureRule("U1", "U2")
{
    internal override void Check(Look look)
    {
        if (look.Facts.Released)
            look.Refuse(this, "This went out already.", "Begin another one: each sending is decided for itself.");
    }
}
