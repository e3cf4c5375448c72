using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// A statement for one person, not for a family (U1): what we hold about them, who opened it, whom we told on what ground, and how long it
/// is kept. What has to stay out leaves no trace: no count, no gap, no date that would come from it.
/// </summary>
internal sealed class StatementDesk(Keeper keeper, DisclosureDesk disclosures, SheetRenderer sheets, IColleagues colleagues, EnquiryLists lists, FreeTextGuard guard, TimeProvider clock)
{
    private const int MostOfOneFamily = 2_000;
    private const string Card = "The family's details are kept as long as anything that belongs to them, and at least two years from when you were last in touch.";

    /// <summary>What the statement would say, for the preview; and where it stands when somebody else has to agree.</summary>
    public async Task<PersonStatement> Preview(Errand<May.WorkWithFamilies> errand, UnitId family, PersonId person, PersonId to = default, CancellationToken cancel = default)
    {
        var (facts, card, around, _, trouble) = await disclosures.Gather(errand, family, cancel);
        if (facts is null)
            return PersonStatement.Not(trouble!);
        if (card!.People.All(one => one.Id != person))
            return PersonStatement.Not("They are not on the family's card. Look at it again.");
        var today = London.Today(clock);
        // Themselves, or whoever may be given it instead of them; the gate asks again.
        var about = facts.People.First(one => one.Id == person);
        ImmutableArray<PersonId> receivers = [person, .. card.Receivers.Where(one => one != person && about.MayReceive(one, today))];
        if (to == default || !receivers.Contains(to))
            to = receivers[0];
        var answers = await disclosures.OfFamily((Errand)errand, family, cancel);
        var units = (await keeper.Envelopes(new EnvelopeQuery { Family = family, Take = MostOfOneFamily }, cancel)).ToDictionary(unit => unit.Id);
        var enquiries = await Opened<Enquiry>(errand, units.Values, UnitKind.Enquiry, cancel);
        if (enquiries is null)
            return PersonStatement.Not("A record of this family cannot be opened here, so that the statement would not be whole. Ask your team lead to make it.");
        // An exemption that cannot be opened here is one more reason for two; it names nobody to leave out.
        var exemptions = await Opened<Exemption>(errand, units.Values.Where(unit => unit.Kind == UnitKind.Exemption), UnitKind.Exemption, cancel) ?? [];
        // A child's own confidence shows in no statement that somebody else gets, also not in one about the child.
        var lines = answers.Where(answer => Statement.Shows(person, answer) && (answer.ConfidenceOf is null || answer.ConfidenceOf == to)).ToList();
        var parts = new StatementParts(card, person, to, lists, guard, Untold(answers, exemptions), today);
        var shown = new List<UnitId> { family };
        var records = ImmutableArray.CreateBuilder<StatementPart>();
        var kept = ImmutableArray.CreateBuilder<(string What, string Sentence)>();
        kept.Add(("What stands above", Card));
        void Add(StatementPart? part, UnitId unit)
        {
            if (part is null)
                return;
            shown.Add(unit);
            records.Add(part);
            kept.Add((part.Heading, units[unit].KeepUntil.Sentence));
        }
        foreach (var enquiry in enquiries.OrderBy(one => one.Id))
            Add(parts.Of(enquiry), enquiry.Id);
        foreach (var permission in facts.Permissions.OrderBy(one => one.Id))
            Add(parts.Of(permission), permission.Id);
        foreach (var amends in (await Opened<Amends>(errand, units.Values, UnitKind.Amends, cancel) ?? []).Where(one => lines.Exists(line => one.Of.Contains(line.Id))).OrderBy(one => one.Id))
            Add(parts.Of(amends), amends.Id);
        if (parts.Told() is { } told)
            records.Add(told);
        foreach (var line in lines.AsEnumerable().Reverse())
            kept.Add(($"What we told on {London.DateOf(line.DoneAt ?? line.DecidedAt).Long()}", units[line.Id].KeepUntil.Sentence));
        // An address is not theirs to be told where somebody must not find another.
        var apart = card.Carers.Length > 1 && (card.SafeContact?.Danger == true || card.NeverTold.Any() || !card.CourtOrders.IsEmpty);
        return new PersonStatement
        {
            Name = FamilyWords.NameOf(card, person),
            To = to,
            Receivers = [.. receivers.Select(one => (one, FamilyWords.NameOf(card, one)))],
            Items = parts.Card(apart),
            Records = records.ToImmutable(),
            OpenedBy = await Roles((Errand)errand, shown, cancel),
            Told = Statement.Lines(person, lines),
            Kept = kept.ToImmutable(),
            // The marking of what is on the sheet: nothing of what stays out shows in it.
            Marking = SharedItems.Of(card, [person]).Select(item => FieldCatalogue.Get(item.Item.FieldId).Marking).Append(around!.Marking)
                .Concat(enquiries.Where(one => parts.Of(one) is not null).Select(one => one.Marking)).Aggregate(Marking.Official, Marking.Stricter),
            On = today,
            ByTwo = await disclosures.NeedsTwo(errand, family, cancel),
            Waiting = answers.FirstOrDefault(answer => answer is { Answer: DisclosureAnswer.Waiting, Act: OutwardAct.Copy, Ground: GroundKind.ToThemselves } && answer.By == errand.Who.Id && answer.About.Contains(person)),
        };
    }

    /// <summary>Releases it as it stands now; or, when two release it, asks the second person to read exactly this.</summary>
    public async Task<Released> Release(Errand<May.WorkWithFamilies> errand, UnitId family, PersonId person, PersonId to, string? proof, CancellationToken cancel = default)
    {
        var statement = await Preview(errand, family, person, to, cancel);
        if (statement.Trouble is { } trouble)
            return new Released.Not(new Composed { Trouble = trouble }, trouble);
        if (statement.To != to)
            return new Released.Not(new Composed(), "Choose who gets it: the person, whoever holds parental responsibility for a child, or who was proved to represent them.");
        var sheet = await sheets.Render<StatementSheet>("What we hold", statement.Marking, new() { [nameof(StatementSheet.Statement)] = statement, [nameof(StatementSheet.Whole)] = true });
        return await disclosures.Give(errand, family, person, proof, sheet, statement.Marking, cancel, new StatementCopy(to));
    }

    /// <summary>Releases what was asked for before, to the letter as the second person read it.</summary>
    public Task<Released> ReleaseAgreed(Errand<May.WorkWithFamilies> errand, DisclosureRecord waiting, PersonId person, CancellationToken cancel = default) =>
        disclosures.Give(errand, waiting.Family!.Value, person, waiting.GroundWords, waiting.Shown, waiting.Marking, cancel, new StatementCopy(waiting.Recipient!.Value, waiting.Id));

    // Whom nobody of the family was told about: what went, what waits, and what was weighed.
    private static string[] Untold(IEnumerable<DisclosureRecord> answers, IEnumerable<Exemption> exemptions) =>
    [
        .. answers.Where(answer => answer.ToldFamily.State == FamilyTold.NotTold || answer.ToldFamily.State != FamilyTold.Told && answer.Ground is GroundKind.X1 or GroundKind.X2).Select(answer => answer.Body.Name)
            .Concat(exemptions.Where(one => one.ToldFamily.State != FamilyTold.Told).Select(one => one.ToWhom).OfType<string>()).Where(name => name.Length > 2).Distinct(),
    ];

    private async Task<List<T>?> Opened<T>(Errand errand, IEnumerable<Envelope> units, UnitKind kind, CancellationToken cancel) where T : class
    {
        var openings = await Task.WhenAll(units.Where(unit => unit.Kind == kind).Select(unit => keeper.Open<T>(errand, unit.Id, cancel)));
        var opened = openings.OfType<Opening<T>.Opened>().Select(found => found.Record.Open(found.Clearance)).ToList();
        return opened.Count == openings.Length ? opened : null;
    }

    /// <summary>The roles of whoever opened any of these.</summary>
    internal async Task<ImmutableArray<string>> Roles(Errand<May.TypeForms> errand, IEnumerable<UnitId> units, CancellationToken cancel)
    {
        var roles = new SortedSet<Role>();
        var former = false;
        foreach (var id in (await Task.WhenAll(units.Select(unit => keeper.EverOpened(errand, unit, cancel)))).SelectMany(who => who).Distinct())
        {
            if (await colleagues.Find(id, cancel) is { } colleague)
                roles.UnionWith(colleague.Roles);
            else
                former |= id != ColleagueId.Portal;
        }
        return [.. roles.Select(role => role switch
        {
            Role.Adviser => "advisers",
            Role.TeamLead => "team leads",
            Role.InformationGovernance => "the information-governance officer",
            Role.Manager => "managers",
        }), .. former ? ["former colleagues"] : ImmutableArray<string>.Empty];
    }
}

/// <summary>A statement as it would be given now, or why it cannot be made. Content: shows nothing of itself.</summary>
public sealed record PersonStatement
{
    /// <summary>Whom it is about.</summary>
    public string Name { get; init; } = "";
    /// <summary>Who gets it.</summary>
    public PersonId To { get; init; }
    /// <summary>Who may get it.</summary>
    public ImmutableArray<(PersonId Id, string Name)> Receivers { get; init; } = [];
    /// <summary>What we hold.</summary>
    public ImmutableArray<(string Label, string Words)> Items { get; init; } = [];
    /// <summary>What we hold, record by record: enquiries, permissions, what they were told.</summary>
    public ImmutableArray<StatementPart> Records { get; init; } = [];
    /// <summary>Roles that opened it.</summary>
    public ImmutableArray<string> OpenedBy { get; init; } = [];
    /// <summary>Whom we told.</summary>
    public ImmutableArray<StatementLine> Told { get; init; } = [];
    /// <summary>How long each record is kept, in a sentence.</summary>
    public ImmutableArray<(string What, string Sentence)> Kept { get; init; } = [];
    /// <summary>The marking that it carries.</summary>
    public Marking Marking { get; init; } = Marking.Unknown;
    /// <summary>The day, London.</summary>
    public DateOnly On { get; init; }
    /// <summary>True when it is released by two.</summary>
    public bool ByTwo { get; init; }
    /// <summary>The one that this colleague asked a second person to read; null for none.</summary>
    public DisclosureRecord? Waiting { get; init; }
    /// <summary>Why there is none.</summary>
    public string? Trouble { get; init; }

    internal static PersonStatement Not(string trouble) => new() { Trouble = trouble };

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(PersonStatement);
}
