using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Families;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>One record of a statement: what it is, and its values under the names under which they go out.</summary>
public sealed record StatementPart(string Heading, ImmutableArray<(string Label, string Words)> Items)
{
    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(StatementPart);
}

/// <summary>
/// What is held about one person, record by record, field by field of the catalogue (U1, D6): everybody else is masked, ways to reach others
/// are left out, and a text that names a recipient of whom nothing is told yet stays out altogether.
/// </summary>
/// <param name="untold">Names of recipients that must not show.</param>
internal sealed class StatementParts(FamilyCard card, PersonId person, PersonId to, EnquiryLists lists, FreeTextGuard guard, IReadOnlyCollection<string> untold, DateOnly today)
{
    internal const string LeftOut = "[left out]";

    private readonly HashSet<string> own =
    [
        .. SharedItems.NamesOf(card, person).SelectMany(name => name.Split(' ')).Select(Plain),
        .. (card.FindCarer(person)?.Contacts ?? []).Where(contact => !contact.SomebodyElses).Select(contact => Plain(contact.Value)),
        .. card.Address?.Postcode is { } postcode ? new[] { Plain(postcode) } : [],
    ];

    /// <summary>The card: theirs, and of what stands for the family as a whole only what they share.</summary>
    public ImmutableArray<(string Label, string Words)> Card(bool apart)
    {
        var elses = card.Carers.SelectMany(carer => carer.Contacts).Where(contact => contact.SomebodyElses).Select(contact => contact.Value).ToHashSet(StringComparer.Ordinal);
        return Lines(FieldItem.Of(card).Where(item => !item.Field.Id.StartsWith("family.told.", StringComparison.Ordinal) && (item.Person == person
            ? item.Field.Id != "family.contact.kind" && !(item.Field.Id == "family.contact.value" && item.Value is string value && elses.Contains(value))
            : item.Person is null && (!apart && item.Field.Id.StartsWith("family.address.", StringComparison.Ordinal) || item.Field.Id.StartsWith("family.communication.", StringComparison.Ordinal)))), together: false);
    }

    /// <summary>The told-ledger: a line for each time.</summary>
    public StatementPart? Told()
    {
        var told = card.Told.Where(one => one.Person == person).OrderBy(one => one.At).Select(one => (one.What.Words(),
            $"{one.At.Moment()}, {one.How.Words()}, version {one.Version}{(one.Language is null ? "" : $", in {one.Language}")}{(one.Interpreter ? ", with an interpreter" : "")}")).ToImmutableArray();
        return told.IsEmpty ? null : new StatementPart("What we told you", told);
    }

    /// <summary>
    /// An enquiry: their own (or of whoever gets this, about them) in full; of one that somebody else made about them, what we and others
    /// noted. Null where it is not about them, or a child's own confidence.
    /// </summary>
    public StatementPart? Of(Enquiry enquiry)
    {
        var caller = (enquiry.Caller as Caller.Named)?.Person;
        if (caller != person && !enquiry.About.Contains(person) || caller is { } child && child != to && card.FindChild(child) is not null)
            return null;
        var full = caller == person || caller == to;
        var items = ImmutableArray.CreateBuilder<(string, string)>();
        if (full)
            items.AddRange(Lines(FieldItem.Of(enquiry).Where(item => !item.Field.Id.StartsWith("enquiry.note", StringComparison.Ordinal))));
        // A note does not say which child told it in confidence: it is shown to the only one that the call is about, and to nobody where there are two.
        var confided = enquiry.About.Append(caller ?? default).Distinct().Where(one => card.FindChild(one) is not null).ToArray();
        foreach (var note in enquiry.Notes.Where(note => (full || note.Source is not (NoteSource.Caller or NoteSource.FamilyMember)) && (!note.Confidence || confided is [var only] && only == to)))
        {
            if (Text(note.Text) is { } words)
                items.Add(($"Note, {note.At.Moment()}, from {note.Source.Words()}", words));
        }
        return items.Count == 0 ? null : new StatementPart($"{(full ? "Your enquiry" : "What was noted about you")} of {enquiry.OpenedOn.Long()}", items.ToImmutable());
    }

    /// <summary>A permission that is about them. Null for one that is not, and for a child's own answer where somebody else gets the statement.</summary>
    public StatementPart? Of(Permission permission)
    {
        if (!permission.Terms.About.Contains(person) && permission.LastGrant?.By != person
            || permission.Events.Any(e => (e.Person ?? e.Grant?.By) is { } who && who != to && card.FindChild(who) is not null) || IsUntold(permission.Terms.Body.Name))
            return null;
        var kind = permission.Terms.Kind == PermissionKind.Contact ? "contact" : "share with";
        return new StatementPart($"Permission to {kind} {permission.Terms.Body.Name}", Lines(FieldItem.Of(permission).Where(item => item.Field.Id is not ("permission.body" or "permission.kind"))));
    }

    /// <summary>What went wrong with what we told, once they were told so themselves; null before, and where it is not about them.</summary>
    public StatementPart? Of(Amends amends) =>
        amends.Told.FirstOrDefault(one => one.Person == person && one.Told) is { } told && Text(amends.Words) is { } words
            ? new StatementPart("What went wrong with what we told", [("What happened", words), ("When you were told", told.At.Moment())])
            : null;

    /// <summary>A text with everybody else masked and ways to reach others left out; null where it names a recipient of whom nothing is told yet.</summary>
    public string? Text(string text)
    {
        if (IsUntold(text))
            return null;
        var (masked, _) = SharedItems.Mask(text, card, [person]);
        foreach (var found in guard.Scan(masked, today).OrderByDescending(found => found.Start))
        {
            var words = masked.AsSpan(found.Start, found.Length).ToString();
            if (!words.Contains(SharedItems.Masked, StringComparison.Ordinal) && !own.Contains(Plain(words)) && !words.Split(' ').Select(Plain).Any(own.Contains))
                masked = string.Concat(masked.AsSpan(0, found.Start), LeftOut, masked.AsSpan(found.Start + found.Length));
        }
        return masked;
    }

    private bool IsUntold(string text) => untold.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    // A field with no name to go out under is for nobody outside; what is about our own work says nothing of them.
    private ImmutableArray<(string, string)> Lines(IEnumerable<FieldItem> items, bool together = true)
    {
        var lines = new List<(string Label, string Words)>();
        foreach (var item in items)
        {
            if (item.Field is not { OutName: { } label, Class: not FieldClass.Safety, About: not AboutWhom.Service } || Words(item) is not { Length: > 0 } words)
                continue;
            if (together && lines.FindIndex(line => line.Label == label) is var at and >= 0)
                lines[at] = (label, item.Value is not (DateTimeOffset or PermissionEventKind) && lines[at].Words.Split("; ").Contains(words) ? lines[at].Words : $"{lines[at].Words}; {words}");
            else
                lines.Add((label, words));
        }
        return [.. lines];
    }

    private string? Words(FieldItem item) => item.Value switch
    {
        PersonId who => who == person ? FamilyWords.NameOf(card, person) : SharedItems.Masked,
        // A code is no text: nobody is named in it.
        string text when SharedItems.Words(item, lists) is var words => words != text ? words
            : item.Field.Id.StartsWith("enquiry.", StringComparison.Ordinal) || item.Field.Id.StartsWith("permission.", StringComparison.Ordinal) ? Text(text)
            : SharedItems.Mask(text, card, [person]).Text,
        _ => SharedItems.Words(item, lists),
    };

    // Numbers are written in many ways; the same digits are the same number.
    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpper(CultureInfo.InvariantCulture);
}
