using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Desk;

/// <summary>Whose work a list shows.</summary>
internal enum WorkOf
{
    /// <summary>The colleague's own.</summary>
    Own,
    /// <summary>The colleague's own; a lead sees that of everybody in their services.</summary>
    OwnOrLed,
    /// <summary>Of the services that the colleague works in.</summary>
    Services,
    /// <summary>Of the services; shown to leads alone.</summary>
    Led,
}

/// <summary>One worklist, made of envelopes alone: it opens nothing and says who nobody is.</summary>
/// <param name="Code">In the address: <c>/worklists/follow-ups</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Empty">What is said when there is nothing on it.</param>
/// <param name="Whose">Whose work it shows.</param>
/// <param name="Due">The heading of the date, or null where no date matters.</param>
/// <param name="Queries">What is asked of the envelopes, for today; one that belongs to several is counted once for each, so they must not overlap.</param>
internal sealed record Worklist(string Code, string Title, string Empty, WorkOf Whose, string? Due, Func<DateOnly, ImmutableArray<EnvelopeQuery>> Queries)
{
    public const string Follow = "follow-ups";
    public const string NotTold = "not-told";
    public const string Ending = "permissions-ending";
    public const string Ended = "permissions-ended";
    public const string Open = "open-enquiries";
    public const string Unfinished = "unfinished";
    public const string SecondPerson = "waits-for-second";
    public const string SignOffs = "sign-offs";
    public const string Answers = "rights-answers";
    public const string Disposals = "disposals-to-approve";
    public const string Alerts = "alerts";
    public const string Monthly = "monthly";

    private const int EndingDays = 30;

    /// <summary>All of them, in the order of the desk.</summary>
    public static ImmutableArray<Worklist> All { get; } =
    [
        new(Unfinished, "Unfinished calls and forms", "Nothing unfinished: everything that you typed was saved or dropped.", WorkOf.Own, null,
            _ => [new() { Kind = UnitKind.Draft }]),
        new(Open, "My open enquiries", "No open enquiries of yours.", WorkOf.Own, "Follow up",
            _ => [new() { Kind = UnitKind.Enquiry, State = "open" }, new() { Kind = UnitKind.Enquiry, State = "reopened" }]),
        new(Follow, "Follow-ups due", "Nothing to follow up today.", WorkOf.OwnOrLed, "Due",
            today => [new() { Kind = UnitKind.Enquiry, State = "open", DueOnOrBefore = today }, new() { Kind = UnitKind.Enquiry, State = "reopened", DueOnOrBefore = today }]),
        new("private-talks", "Private talks promised", "Nobody waits for a talk in private.", WorkOf.Services, "Follow up",
            _ => [new() { Kind = UnitKind.Enquiry, PrivatePromised = true }]),
        new(NotTold, "Not yet told of the policy", "Everybody has been told of the policy.", WorkOf.Services, null,
            _ => [new() { Kind = UnitKind.Family, NotTold = true }]),
        new("heard-of", "Others told us of them, not told yet", "Of everybody of whom others told us, they know it, or it is written down why not.", WorkOf.Services, "Tell by",
            _ => [new() { Kind = UnitKind.HeardOf, State = Envelopes.HeardOfOwed }]),
        new(Ending, "Permissions ending in 30 days", "No permission ends in the next 30 days.", WorkOf.Services, "Ends or asks for a look",
            today => [.. ((string[])["given", "renewed"]).Select(state => new EnvelopeQuery { Kind = UnitKind.Permission, State = state, DueOnOrAfter = today, DueOnOrBefore = today.AddDays(EndingDays) })]),
        new(Ended, "Permissions that ended and were not renewed", "Every permission that ended was renewed, or taken back.", WorkOf.Services, "Ended, or asked for a look",
            today => [.. ((string[])["given", "renewed"]).Select(state => new EnvelopeQuery { Kind = UnitKind.Permission, State = state, DueOnOrBefore = today.AddDays(-1) })]),
        new("late-permissions", "Late entries that wait for a lead", "No late entry waits.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.Permission, State = Envelopes.WaitsForLead }]),
        new("conflicts", "Conflicts declared", "No conflict waits for a lead.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.Handling, State = Envelopes.ConflictDeclared }]),
        new("emergencies", "Opened in an emergency", "Nobody opened a family in an emergency, or a lead has looked at each.", WorkOf.Led, "Review by",
            _ => [new() { Kind = UnitKind.Handling, State = HandlingNote.Unreviewed }]),
        new(Alerts, "Alerts about openings", "No alert waits for a lead.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.Alert, State = Envelopes.AlertOpen }]),
        new(Monthly, "Months to look through", "Every month was looked through.", WorkOf.Led, "Look by",
            _ => [new() { Kind = UnitKind.MonthlyLook, State = Envelopes.MonthOpen }]),
        new("special-handling", "Special handling to review", "No special handling is due for its review.", WorkOf.Led, "Due",
            today => [new() { Kind = UnitKind.Handling, State = Envelopes.SpecialHandling, DueOnOrBefore = today }]),
        new("asked", "Somebody asked about a person", "Nobody asked about anybody of yours.", WorkOf.OwnOrLed, "Due",
            _ => [new() { Kind = UnitKind.Asked, State = AskedDesk.Notice }]),
        new("asked-unseen", "Questions to compare by hand", "Every question was compared with the names that must not be told.", WorkOf.Led, "Due",
            _ => [new() { Kind = UnitKind.Asked, State = AskedDesk.NotCompared }, new() { Kind = UnitKind.Asked, State = AskedDesk.TooMany }]),
        new("notices-owed", "Notices owed to whom we told", "Everybody who was told knows what was taken back, put right or gone astray.", WorkOf.Services, "Since",
            _ => [new() { Kind = UnitKind.Permission, State = Envelopes.NoticeOwed }, new() { Kind = UnitKind.Amends, State = Envelopes.NoticeOwed }]),
        new("to-complete", "What became of it?", "Of everything that was released somebody said what became of it.", WorkOf.OwnOrLed, "Due",
            today => [new() { Kind = UnitKind.Disclosure, State = Envelopes.DisclosureOpen, DueOnOrBefore = today }]),
        new("agreed", "Agreed, ready to go", "Nothing that was agreed waits to be released.", WorkOf.Own, null,
            _ => [new() { Kind = UnitKind.Disclosure, State = Envelopes.DisclosureAgreed }]),
        new(SecondPerson, "Disclosures that wait for a second person", "Nothing waits for a second person.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.Disclosure, State = Envelopes.DisclosureWaits }]),
        new(Answers, "Answers to rights requests to read", "No answer waits for a second person.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.RightsPack, State = Envelopes.PackWaits }]),
        new("erasures", "Erasures granted, to carry out", "Nothing that was granted waits to be erased.", WorkOf.Led, "Due",
            _ => [new() { Kind = UnitKind.RightsRequest, State = Envelopes.RightsGranted }]),
        new(SignOffs, "Urgent acts to sign", "Everything that went at once is signed.", WorkOf.Led, "Due",
            _ => [new() { Kind = UnitKind.Exemption, State = Envelopes.ExemptionUnsigned }]),
        new("disposals-to-review", "Disposal lists to review", "No disposal list waits for its review.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.DisposalList, State = DisposalStage.Prepared.Code() }]),
        new(Disposals, "Disposal lists that wait for a second person", "No disposal list waits for a second person.", WorkOf.Led, null,
            _ => [new() { Kind = UnitKind.DisposalList, State = DisposalStage.Reviewed.Code() }]),
        new("exemption-reviews", "Exemptions to look at again", "No exemption is due for another look.", WorkOf.OwnOrLed, "Due",
            today => [new() { Kind = UnitKind.Exemption, State = Envelopes.ExemptionDone, DueOnOrBefore = today }]),
        new("copies", "Copies of the policy to send", "Nobody waits for a copy of the policy.", WorkOf.Services, "Due",
            _ => [new() { Kind = UnitKind.CopyRequest, State = Envelopes.CopyOwed }]),
        new("accuracy-checks", "Accuracy checks due", "No family's details are due for a check.", WorkOf.OwnOrLed, "Due",
            today => [new() { Kind = UnitKind.Family, DueOnOrBefore = today }]),
    ];

    /// <summary>The list of a code; null when there is none.</summary>
    public static Worklist? Find(string? code) => All.FirstOrDefault(list => list.Code == code);

    /// <summary>Those that a colleague works from; the officer, from their own unfinished forms and what waits for a second person or a signature.</summary>
    public static IEnumerable<Worklist> For(Colleague who) =>
        who.May(Entitlement.WorkWithFamilies) ? All.Where(list => list.Whose != WorkOf.Led || who.May(Entitlement.Lead))
        : who.May(Entitlement.SignOff) ? All.Where(list => list.Code is Unfinished or SecondPerson or Answers or SignOffs or Disposals or Alerts or Monthly)
        : [];

    internal IEnumerable<EnvelopeQuery> Asked(Colleague who, DateOnly today)
    {
        var own = Whose == WorkOf.Own || Whose == WorkOf.OwnOrLed && !who.May(Entitlement.Lead);
        // Nobody sees that there is an alert about themselves, and a month of which only their own openings are left is another's.
        var queries = Queries(today).Select(query => query.Kind is UnitKind.Alert or UnitKind.MonthlyLook ? query with { NotOwner = who.Id } : query);
        if (own)
            return queries.Select(query => query with { Owner = who.Id });
        return who.Services.Count == Enum.GetValues<Service>().Length
            ? queries
            : who.Services.Order().SelectMany(service => queries.Select(query => query with { Service = service }));
    }
}
