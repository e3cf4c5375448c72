using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>Takes up word that something we told reached the wrong body, in the same act: the register of personal-data breaches begins its clock here.</summary>
internal interface IWrongRecipientHeard
{
    /// <summary>What goes on record beside the report. An exception stops the report too.</summary>
    Task<ImmutableArray<Change>> Heard(Errand<May.ReportBreach> errand, Amends report, DisclosureRecord told, CancellationToken cancel);
}

/// <summary>
/// Makes good what was told and was not right (Article 19), or reached the wrong body: any adviser reports it in a minute, and it stays on
/// the desk until every body and everybody whom it was about knows.
/// </summary>
internal sealed class AmendsDesk(Keeper keeper, Envelopes envelopes, DisclosureDesk disclosures, IEnumerable<IWrongRecipientHeard> heard, TimeProvider clock)
{
    private const int Tries = 5;
    private const string Busy = "Somebody is changing this at this moment. Nothing was changed: try again.";

    /// <summary>Reports it. For a rectification <paramref name="scopes"/> are the headings that were not right; for a wrong recipient <paramref name="reached"/> is who got it, null for whom the disclosure names.</summary>
    public async Task<Checked<Amends>> Report(Errand<May.WorkWithFamilies> errand, UnitId disclosure, NoticeKind why, IReadOnlyCollection<string> scopes, NamedBody? reached, string? words, DateTimeOffset? awareAt, UnitId draft, CancellationToken cancel = default)
    {
        var shown = await disclosures.Open((Errand)errand, disclosure, cancel);
        if (shown is not { Record: { } told, Envelope: { } envelope })
            return new Problem("", shown.Trouble!);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = why == NoticeKind.WrongRecipient
            ? Amends.WrongRecipient(UnitId.Create(clock), told, reached, words, awareAt ?? now.At, now)
            : Amends.Rectification(UnitId.Create(clock), told, scopes, told.Family is { } family ? await disclosures.OfFamily((Errand)errand, family, cancel) : [], words, now);
        if (!made.Accepted)
            return made;
        var amends = made.Value;
        var around = told.Family is { } of ? await keeper.Envelope(of, cancel) : null;
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(new Put<Amends>(envelopes.Of(amends, true, null, around, envelope.Service, now.On), amends, 0));
        if (why == NoticeKind.WrongRecipient)
        {
            foreach (var one in heard)
                changes.AddRange(await one.Heard((Errand)errand, amends, told, cancel));
        }
        changes.AddRange(await keeper.Dropping(draft, cancel));
        var outcome = await keeper.Do(new Act(errand, why == NoticeKind.WrongRecipient ? AuditAction.BreachRecorded : AuditAction.Rectified, changes.ToImmutable()), cancel);
        return outcome is Outcome.Done ? amends : new Problem("", outcome.Words(busy: DisclosureDesk.Busy));
    }

    /// <summary>Opens one with who was told and who still has to be.</summary>
    public async Task<ShownAmends> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        var (record, envelope, trouble) = (await keeper.Open<Amends>(errand, id, cancel)).Read("There is nothing here. Look at the address, or open the desk.", "This was erased. Nothing of it can be read any more.");
        var shown = new ShownAmends(record, envelope, trouble);
        if (record is not { } amends)
            return shown;
        var card = amends.Family is { } family && await keeper.Open<FamilyCard>(errand, family, cancel) is Opening<FamilyCard>.Opened found ? found.Record.Open(found.Clearance) : null;
        return shown with { Card = card, Lines = Notices.OwedAfter(amends, await disclosures.About(errand, amends, cancel)) };
    }

    /// <summary>Somebody of the family was told of it, or it was decided that they are not, with the reason.</summary>
    public async Task<Checked<Amends>> Tell(Errand<May.WorkWithFamilies> errand, UnitId id, PersonId person, bool told, string? words, CancellationToken cancel = default)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Open(errand, id, cancel);
            if (shown is not { Record: { } held, Envelope: { } around })
                return new Problem("", shown.Trouble!);
            var changed = held.Tell(person, told, words, Stamp.Now(errand.Who.Id, clock));
            if (!changed.Accepted)
                return changed;
            var owed = !changed.Value.StillToTell.IsEmpty || shown.Lines.Any(line => line.Owed);
            var outcome = await keeper.Do(new Act(errand, AuditAction.Told, [new Put<Amends>(envelopes.Of(changed.Value, owed, around, null, around.Service, London.Today(clock)), changed.Value, around.Version)]), cancel);
            if (outcome is Outcome.Done)
                return changed;
            if (outcome is not Outcome.Conflict)
                return new Problem("", outcome.Words(busy: DisclosureDesk.Busy));
        }
        return new Problem("", Busy);
    }
}

/// <summary>Amends for their page, or why they cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownAmends(Amends? Record, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>The family's card, for names; null where it cannot be opened or there is none.</summary>
    public FamilyCard? Card { get; init; }

    /// <summary>Who is owed a notice, or got one.</summary>
    public ImmutableArray<NoticeLine> Lines { get; init; } = [];

    public static ShownAmends Not(string trouble) => new(null, null, trouble);

    public override string ToString() => nameof(ShownAmends);
}
