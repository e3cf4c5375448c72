using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>
/// Somebody asks about a person (U1). The question is written down; whoever took it learns nothing about whether the person is known.
/// <para>
/// Owners are told without anybody's card being opened: names that must not be told stand on the card alone, neither in the search card
/// nor in any index, and nobody may open a card to compare. So the board is asked, unseen, which families the person could be of; each of
/// those that has an agreement about safe contact (only such a card can hold a name that must not be told) gets a notice for its owner.
/// The names are compared when the owner opens the notice, as the owner, written down as every opening. That tells an owner once too
/// often, and never once too seldom; a keyed hash in the search card would be narrower and would keep a secret in a second place.
/// </para>
/// </summary>
internal sealed class AskedDesk(Keeper keeper, FamilyBoard board, ScheduleShelf schedules, Envelopes envelopes, EnquiryLists lists, TimeProvider clock)
{
    /// <summary>The state of the envelope of what was asked.</summary>
    public const string Written = "asked";

    /// <summary>Asked while the board was still filling, so that nobody was told: the lead looks.</summary>
    public const string NotCompared = "not-compared";

    /// <summary>More families could be meant than owners are told at once: the lead looks at the rest.</summary>
    public const string TooMany = "too-many";

    /// <summary>The most owners told of one question.</summary>
    internal const int MostNotices = 200;

    /// <summary>The state of a notice that its owner has not seen to; the desk of its owner lists it.</summary>
    public const string Notice = "notice";

    /// <summary>The state of a notice that was seen to.</summary>
    public const string Seen = "seen";

    // No person: it writes notices for owners and opens nothing. A lead's role, because a family under special handling needs its notice most.
    private static readonly Colleague Portal = new(ColleagueId.Portal, "The portal", [Role.TeamLead], [.. Enum.GetValues<Service>()]);

    /// <summary>Writes the question down. Null when it is durable; everything wrong with it otherwise.</summary>
    public async Task<Checked<AskedAbout>> Record(Errand<May.WorkWithFamilies> errand, AskedQuestion question, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var service = errand.Who.Services.Order().FirstOrDefault(Service.FamiliesInformation);
        var now = Stamp.Now(errand.Who.Id, clock);
        var asked = Make(UnitId.Create(clock), service, question, [], now);
        if (!asked.Accepted)
            return asked;
        var could = board.Warned(question.About, now.On, MostNotices);
        // The notices first: after a stop in between, one too many is better than one that is missing.
        foreach (var row in could.Rows)
        {
            if (await keeper.Envelope(row.Family, cancel) is not { Kind: UnitKind.Family } family)
                continue;
            var told = Make(UnitId.Create(clock), family.Service, question, [family.Id], now).OrThrow();
            var notice = EnvelopeOf(told, family.Service, family.Owner, Notice, now) with { Family = family.Id, SpecialHandling = family.SpecialHandling, DueOn = now.On };
            if (await keeper.Do(new Act(new Errand(Portal, Purpose.Safeguarding, "portal"), AuditAction.Asked, [new Put<AskedAbout>(notice, told, 0)]), cancel) is Outcome.NoRoom)
                return new Problem("", NoRoomException.OnPaper);
        }
        var state = could.GettingReady is not null ? NotCompared : could.More ? TooMany : Written;
        var envelope = EnvelopeOf(asked.Value, service, errand.Who.Id, state, now) with { DueOn = state == Written ? null : now.On };
        return (await keeper.Do(new Act(errand, AuditAction.Asked, [new Put<AskedAbout>(envelope, asked.Value, 0)]), cancel)).Match<Checked<AskedAbout>>(
            done: _ => asked,
            conflict: _ => new Problem("", Busy),
            gone: _ => new Problem("", Busy),
            refused: no => new Problem("", no.Reasons.Words()),
            noRoom: _ => new Problem("", NoRoomException.OnPaper),
            onHold: _ => new Problem("", Busy),
            damaged: broken => new Problem("", $"It cannot be written down. {broken.What}"));
    }

    /// <summary>Opens what was asked: for whoever took it, the owner of a notice, and leads.</summary>
    public async Task<ShownAsked> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        if (await keeper.Envelope(id, cancel) is { Kind: UnitKind.Asked } around && around.Owner != errand.Who.Id && !errand.Who.Is(Role.TeamLead))
            return new ShownAsked(null, null, "This was asked of a colleague. Ask your team lead.");
        var (record, envelope, trouble) = (await keeper.Open<AskedAbout>(errand, id, cancel)).Read("There is nothing here. Look at the address, or go to the desk.", "This was erased. Nothing of it can be read any more.");
        var shown = new ShownAsked(record, envelope, trouble);
        if (shown is not { Asked: { } asked, Envelope.Family: { } family })
            return shown;
        return await keeper.Open<FamilyCard>(errand, family, cancel) is Opening<FamilyCard>.Opened card
            ? shown with { AskerMustNotKnow = Matches(asked.Asker, card.Record.Open(card.Clearance).NeverTold) }
            : shown;
    }

    /// <summary>The owner has seen to a notice: it leaves the worklist and stays on record.</summary>
    public async Task<bool> SeenTo(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default) =>
        await keeper.Envelope(id, cancel) is { Kind: UnitKind.Asked, State: Notice or NotCompared or TooMany } around && (around is { State: Notice } && around.Owner == errand.Who.Id || errand.Who.Is(Role.TeamLead))
        && await keeper.Do(new Act(errand, AuditAction.Saved, [new Mark(id, around.Version, envelope => envelope with { State = Seen, DueOn = null })]), cancel) is Outcome.Done;

    /// <summary>
    /// True when the asker's name could be one of these: every word of the shorter one stands in the longer, without regard to accents, case
    /// and order. A first name alone is no match, unless it is all that was written down.
    /// </summary>
    internal static bool Matches(string? asker, IEnumerable<string> never)
    {
        var asking = Folding.Words(asker ?? "").ToHashSet(StringComparer.Ordinal);
        return asking.Count > 0 && never.Select(Folding.Words).Any(name => name.Length > 0 && (name.All(asking.Contains) || asking.Count > 1 && asking.All(name.Contains)));
    }

    private const string Busy = "The portal is busy. Nothing was lost: try again in a moment.";

    private Checked<AskedAbout> Make(UnitId id, Service service, AskedQuestion question, IEnumerable<UnitId> matches, Stamp now)
    {
        var about = TypedText.Clean(question.About);
        var made = AskedAbout.Create(id, service, question.Channel, Line(question.Asker, question.Organisation), about is null ? question.Words : $"{about}\n{question.Words}".Trim(),
            question.CallBack, sentenceGiven: question.SentenceGiven, now.At, matches, lists, now);
        return Checked<AskedAbout>.From(
            [
                about is null ? new Problem(AskedQuestion.AboutField, "Write down about whom they asked, as they named them.") : TypedText.Check(AskedQuestion.AboutField, question.About),
                question.SentenceGiven ? null : new Problem(AskedQuestion.SaidField, "Read the sentence out first, whatever they ask."),
                .. about is null ? made.Problems.Where(problem => problem.Field != AskedFields.Words) : made.Problems,
            ],
            made.OrThrow);
    }

    private static string? Line(string? asker, string? organisation) =>
        string.Join(", ", new[] { asker, organisation }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } line ? line : null;

    private Envelope EnvelopeOf(AskedAbout asked, Service service, ColleagueId owner, string state, Stamp now) => new()
    {
        Id = asked.Id,
        Kind = UnitKind.Asked,
        Service = service,
        // It names a person and says that somebody looks for them.
        Marking = envelopes.Sensitive,
        KeepUntil = schedules.Current.KeepUntil(RetentionCodes.AskedAbout, new RetentionFacts { OpenedOn = now.On }),
        Owner = owner,
        State = state,
        Channel = asked.Channel,
        CreatedOn = now.On,
        TouchedOn = now.On,
    };
}

/// <summary>What was typed about somebody who asks. Content: shows nothing of itself.</summary>
internal sealed record AskedQuestion
{
    public const string AboutField = "asked.about";
    public const string SaidField = "asked.said";

    public string? Asker { get; init; }
    public string? Organisation { get; init; }
    public string? CallBack { get; init; }
    public string? About { get; init; }
    public string? Words { get; init; }
    public string? Channel { get; init; }
    public bool SentenceGiven { get; init; }

    public override string ToString() => nameof(AskedQuestion);
}

/// <summary>
/// What was asked, for whoever may see it. For a notice, <see cref="AskerMustNotKnow"/> says whether the asker's name is one that must not
/// be told anything; null where the card did not open. Content: shows nothing of itself.
/// </summary>
internal sealed record ShownAsked(AskedAbout? Asked, Envelope? Envelope, string? Trouble = null, bool? AskerMustNotKnow = null)
{
    public override string ToString() => nameof(ShownAsked);
}
