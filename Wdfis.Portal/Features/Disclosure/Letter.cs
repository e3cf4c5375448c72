using System.Text;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Shell;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>The text as the recipient gets it: its marking first, then to whom, about whom, and item by item what was ticked.</summary>
internal static class Letter
{
    public static string Compose(DisclosureForm form, RecipientFacts recipient, FamilyCard? card, IReadOnlyCollection<SharedItem> items, string text, Marking marking, ServiceIdentity service, DateOnly on)
    {
        var to = new StringBuilder();
        void Line(string words) => to.Append(words).Append('\n');
        Line(marking.ToString());
        Line("");
        Line(on.Long());
        Line($"To: {recipient.Body.Name}{(recipient.Attention is { } attention ? $", for {attention}" : "")}");
        Line($"From: {service.Name}, telephone {service.Telephone}");
        var named = card is null ? [] : form.About.Where(person => Named(card, person)).ToList();
        if (form.Act is OutwardAct.Contact or OutwardAct.Share or OutwardAct.Copy && card is not null && named.Count > 0)
            Line($"About: {string.Join(", ", named.Select(person => FamilyWords.NameOf(card, person)))}");
        if (form.Purpose.Length > 0 && form.Ground is Ground.OnPermission)
            Line($"What for: {form.Purpose}");
        Line("");
        foreach (var group in items.GroupBy(item => item.Item.About is [var one] ? (PersonId?)one : null))
        {
            if (items.Any(item => item.Item.About != items.First().Item.About) && group.Key is { } person && card is not null && named.Contains(person))
                Line($"{FamilyWords.NameOf(card, person)}:");
            foreach (var item in group)
                Line($"{item.Label}: {item.Words}");
            Line("");
        }
        if (form.Act == OutwardAct.Contact)
            Line(text.Length > 0 ? "We are helping them, and get in touch with you for this:" : "We are helping them.\n");
        if (text.Length > 0)
        {
            Line(text);
            Line("");
        }
        Line(Ending(form));
        return to.ToString().TrimEnd('\n') + "\n";
    }

    private static string Ending(DisclosureForm form) => form.Ground.Match(
        onPermission: () => "The family agreed to this for the purpose named. Use it for nothing else, and do not pass it on without asking us.",
        underExemption: _ => "This is confidential. It is given to you because the law allows or asks it, without the family's permission. Keep it to those who need to know, and ask us before you speak of it to the family.",
        toThemselves: _ => "This is what you asked us for. Tell us if any of it is wrong.",
        requiredByLaw: law => $"Given as required: {law.Document}.",
        noticeOwed: notice => notice.Why switch
        {
            NoticeKind.Withdrawal => "The permission on which we told you has been taken back. Do not use what we told you any further, and tell us what you have done.",
            NoticeKind.Rectification => "What we told you was not right, and has been put right as above. Correct what you hold, and tell us that you did.",
            NoticeKind.WrongRecipient => "This reached you by mistake. Destroy it, keep no copy, and tell us that you did.",
        },
        underContract: () => "Given to you under your contract with the council. Use it for that work alone.",
        namesNobody: () => "This is a general question. It is about nobody in particular.");

    private static bool Named(FamilyCard card, PersonId person) => card.People.Any(one => one.Id == person && one.Ladder.Rung != Rung.Anonymous);
}
