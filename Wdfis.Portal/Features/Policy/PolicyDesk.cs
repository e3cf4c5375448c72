using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Policy;

/// <summary>An edition that a colleague has still to read, and the last day for it, included.</summary>
internal sealed record OwedReading(PolicyEdition Edition, DateOnly DueOn, bool MayStart);

/// <summary>The policy's life (A1, C4): written by the officer, approved by a second person, published on a day, read by every colleague.</summary>
internal sealed class PolicyDesk(Keeper keeper, PolicyShelf shelf, DraftDesk drafts, Envelopes envelopes, IColleagues colleagues, WorkingDays days, TimeProvider clock)
{
    public const string Form = "policy";
    public const string NumberField = "number";
    public const string TextField = "text";
    public const string SaidField = "said.";
    public const string MaterialField = "material";
    public const string ChangedField = "what-changed";

    private const string Gone = "This edition is not there any more. Open the list again.";

    /// <summary>The number that the next edition would take: the next of the year, after every edition that there is.</summary>
    public PolicyNumber Next
    {
        get
        {
            var year = London.Today(clock).Year;
            return shelf.Editions is [var last, ..] && last.Record.Number.Year >= year ? last.Record.Number with { Issue = last.Record.Number.Issue + 1 } : new PolicyNumber(year, 1);
        }
    }

    /// <summary>Writes an edition that is not published yet, or makes it, from the draft of the form. Nothing when done, else everything wrong.</summary>
    public async Task<ImmutableArray<Problem>> Write(Errand<May.KeepPolicy> errand, PolicyNumber? number, int shownVersion, UnitId draft, CancellationToken cancel = default)
    {
        var typed = await drafts.Open((Errand)errand, draft, cancel);
        var before = number is { } known ? shelf.Find(known) : null;
        if (number is not null && before is null)
            return [new Problem("", Gone)];
        // The draft holds what was typed; the rest stands as the form showed it.
        string Typed(string field, string? shown) => typed?.Fields.GetValueOrDefault(field) ?? shown ?? "";
        var said = (before?.Record.Script ?? shelf.Script).Lines.ToDictionary(line => line.Id, line => Typed(SaidField + line.Id, line.Words));
        var (text, changed) = (Typed(TextField, (before?.Record.Text ?? shelf.Text).Markdown), Typed(ChangedField, before?.Record.WhatChanged));
        var (material, now) = (Typed(MaterialField, before?.Record.MaterialChange == true ? "yes" : "") == "yes", Stamp.Now(errand.Who.Id, clock));
        PolicyNumber.TryParse(Typed(NumberField, Next.ToString()), out var fresh);
        var made = before is not null ? before.Record.Rewrite(text, said, material, changed, now)
            : shelf.Find(fresh) is not null ? new Problem("policy.version", "There is an edition with this number already. Give this one the next.")
            : PolicyEdition.Create(fresh, text, said, material, changed, now);
        return await Save(errand, made, before, shownVersion, AuditAction.Saved, await keeper.Dropping(draft, cancel), cancel);
    }

    /// <summary>A second person agrees to exactly what they saw.</summary>
    public async Task<ImmutableArray<Problem>> Approve(Errand<May.ApprovePolicy> errand, PolicyNumber number, int shownVersion, CancellationToken cancel = default) =>
        shelf.Find(number) is not { } before ? [new Problem("", Gone)]
        : await Save(errand, before.Record.Approve(Stamp.Now(errand.Who.Id, clock)), before, shownVersion, AuditAction.SignedOff, [], cancel);

    /// <summary>Publishes it from a day on, as it was shown.</summary>
    public async Task<ImmutableArray<Problem>> Publish(Errand<May.KeepPolicy> errand, PolicyNumber number, int shownVersion, DateOnly? on, CancellationToken cancel = default) =>
        shelf.Find(number) is not { } before ? [new Problem("", Gone)]
        : on is not { } day ? [new Problem("policy.published-on", "Give the first day on which it is the policy.")]
        : await Save(errand, before.Record.Publish(day, shelf.Editions.Select(one => one.Record), Stamp.Now(errand.Who.Id, clock)), before, shownVersion, AuditAction.PolicyChanged, [], cancel);

    /// <summary>What a colleague has still to read of the edition in force; null when nothing.</summary>
    public async Task<OwedReading?> Owed(Errand<May.UseDesk> errand, CancellationToken cancel = default)
    {
        if (shelf.InForce is not { PublishedOn: { } published } edition || (await ReadBy(edition.Number, errand.Who.Id, cancel)).ContainsKey(errand.Who.Id))
            return null;
        var due = Acknowledging.DueOn(published, await colleagues.StartedOn(errand.Who.Id, cancel) ?? published, days).On;
        return new OwedReading(edition, due, Acknowledging.MayStart(acknowledged: false, due, London.Today(clock)));
    }

    /// <summary>The colleague says that they have read the edition in force. Said twice, it stays as it was.</summary>
    public async Task<ImmutableArray<Problem>> Acknowledge(Errand<May.UseDesk> errand, PolicyNumber number, CancellationToken cancel = default)
    {
        if (shelf.InForce is not { } edition || edition.Number != number)
            return [new Problem("", "Another edition is in force by now. Read that one.")];
        if ((await ReadBy(number, errand.Who.Id, cancel)).Count > 0)
            return [];
        var read = new Acknowledgement(UnitId.Create(clock), number, Stamp.Now(errand.Who.Id, clock));
        return (await keeper.Do(new Act(errand, AuditAction.SignedOff, [new Put<Acknowledgement>(envelopes.Of(read, errand.Who, read.Made.On), read, 0)]), cancel)).Problems(Gone);
    }

    /// <summary>Every colleague of today with the day on which they acknowledged an edition; null while they have not.</summary>
    public async Task<IReadOnlyList<(Colleague Who, DateOnly? ReadOn)>> Readers(Errand<May.ApprovePolicy> errand, PolicyNumber number, CancellationToken cancel = default)
    {
        var read = await ReadBy(number, null, cancel);
        return [.. (await colleagues.Today(cancel)).Select(one => (one, read.TryGetValue(one.Id, out var on) ? on : (DateOnly?)null)).OrderBy(line => line.Item2 is not null).ThenBy(line => line.one.DisplayName, StringComparer.Ordinal)];
    }

    /// <summary>The synthetic colleagues of Development write, approve, publish and read the draft that ships.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    public async Task SeedDevelopment()
    {
        Errand For(Role role) => new(DevelopmentColleagues.All.First(one => one.Is(role)), Purpose.QualityReview, "seed");
        var (officer, lead, now) = (For(Role.InformationGovernance), For(Role.TeamLead), clock.GetUtcNow());
        var edition = PolicyEdition.Create(PolicyShelf.Shipped, ShippedPolicy.Text.Markdown, ImmutableDictionary<string, string>.Empty, materialChange: true, "The first edition.", new Stamp(officer.Who.Id, now)).OrThrow()
            .Approve(new Stamp(lead.Who.Id, now)).OrThrow().Publish(London.DateOf(now), [], new Stamp(officer.Who.Id, now)).OrThrow();
        await Save(officer, edition, null, 0, AuditAction.PolicyChanged, [], CancellationToken.None);
        foreach (var colleague in DevelopmentColleagues.All)
            await Acknowledge(officer with { Who = colleague }, edition.Number);
    }

    /// <summary>How many colleagues have not read the edition in force though their time is over.</summary>
    [OpenToAll(OpenBecause.EnvelopesAlone)]
    public async Task<int> Overdue(CancellationToken cancel = default)
    {
        if (shelf.InForce is not { PublishedOn: { } published } edition)
            return 0;
        var (read, late) = (await ReadBy(edition.Number, null, cancel), 0);
        foreach (var colleague in (await colleagues.Today(cancel)).Where(one => !read.ContainsKey(one.Id)))
        {
            if (Acknowledging.DueOn(published, await colleagues.StartedOn(colleague.Id, cancel) ?? published, days).On < London.Today(clock))
                late++;
        }
        return late;
    }

    /// <summary>What of the policy waits for somebody, as sentences with where they lead: everybody hears of an overdue review, leads and officers of the rest (A1, C4, R1).</summary>
    public async Task<ImmutableArray<(string Words, string Link, bool Late)>> Notices(Errand<May.UseDesk> errand, Registration? registration, DateOnly? documentOn, string? website, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var notices = ImmutableArray.CreateBuilder<(string, string, bool)>();
        if (shelf.ReviewOn is { } review && review < today)
            notices.Add(($"The yearly review of the policy was due on {review.Words()}.", "editions", true));
        if (!errand.Who.May(Entitlement.ApprovePolicy))
            return notices.ToImmutable();
        if (shelf.ReviewOn is { } coming && coming >= today && PolicyReview.OpensOn(coming) <= today)
            notices.Add(($"The yearly review of the policy is open until {coming.Words()}.", "editions", false));
        if (shelf.InForce is null)
            notices.Add(("No edition of the policy is published.", "editions", true));
        if (registration?.WarningOn(today) is { } left)
            notices.Add(left == 0 ? ($"The registration with the regulator ended on {registration.ExpiresOn.Words()}.", "conformance#R1", true) : ($"The registration with the regulator ends on {registration.ExpiresOn.Words()}.", "conformance#R1", left == Registration.WarnAt[^1]));
        if (documentOn is { } document && PolicyReview.OpensOn(document) <= today)
            notices.Add(document < today ? ($"The review of the appropriate policy document was due on {document.Words()}.", "processing", true) : ($"The review of the appropriate policy document is due on {document.Words()}.", "processing", false));
        if (website is not null && !website.StartsWith(WebsiteCheck.Same, StringComparison.Ordinal))
            notices.Add(($"The policy on the council's website: {website}.", "editions", true));
        if (await Overdue(cancel) is > 0 and var unread)
            notices.Add(($"{unread} {(unread == 1 ? "colleague has" : "colleagues have")} not read the edition in force in time.", "editions", true));
        return notices.ToImmutable();
    }

    private async Task<IReadOnlyDictionary<ColleagueId, DateOnly>> ReadBy(PolicyNumber number, ColleagueId? who, CancellationToken cancel) =>
        (await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Acknowledgement, Owner = who, Take = int.MaxValue }, cancel))
            .Where(envelope => envelope.Topic == number.ToString()).GroupBy(envelope => envelope.Owner).ToDictionary(group => group.Key, group => group.Min(envelope => envelope.CreatedOn));

    private async Task<ImmutableArray<Problem>> Save(Errand errand, Checked<PolicyEdition> made, Shelved<PolicyEdition>? before, int shownVersion, AuditAction action, Change[] more, CancellationToken cancel)
    {
        if (!made.Accepted)
            return made.Problems;
        var id = before?.Envelope.Id ?? UnitId.Create(clock);
        return (await keeper.Do(new Act(errand, action,
            [new Put<PolicyEdition>(envelopes.Of(made.Value, id, errand.Who, before?.Envelope, London.Today(clock)), made.Value, before is null ? 0 : shownVersion), .. more]), cancel)).Problems(Gone);
    }
}
