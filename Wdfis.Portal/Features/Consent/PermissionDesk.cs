using System.Collections.Immutable;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Consent;

/// <summary>
/// Records what families permit, refuse and take back (U2, U3). Each permission is a unit of its own, so that the evidence outlives the
/// enquiry in which it was given. Whom it is about and who gave it must be on the family's card: the card is opened for it.
/// </summary>
internal sealed class PermissionDesk(Keeper keeper, Envelopes envelopes, DisclosureDesk disclosures, SheetRenderer sheets, RecipientDirectory directory, TimeProvider clock)
{
    private const int Tries = 5;
    private const int MostOfOneFamily = 500;

    /// <summary>Records a yes. One of an earlier day is kept and does not count until a second colleague, a lead, agrees.</summary>
    public Task<Checked<Permission>> Record(Errand<May.WorkWithFamilies> errand, UnitId family, PermissionTerms terms, Grant grant, CancellationToken cancel = default, UnitId draft = default) =>
        Make(errand, family, terms, grant, AuditAction.PermissionGiven, (id, now) => Permission.Record(id, family, terms, grant, now), draft, cancel);

    /// <summary>Records a no to what was asked.</summary>
    public Task<Checked<Permission>> RecordRefusal(Errand<May.WorkWithFamilies> errand, UnitId family, PermissionTerms terms, PersonId by, CancellationToken cancel = default, UnitId draft = default) =>
        Make(errand, family, terms, null, AuditAction.PermissionEnded, (id, now) => Permission.RecordRefusal(id, family, terms, by, now), draft, cancel);

    /// <summary>Records that it was asked for; the answer comes later, by <see cref="Give"/> or <see cref="Refuse"/>.</summary>
    public Task<Checked<Permission>> Ask(Errand<May.WorkWithFamilies> errand, UnitId family, PermissionTerms terms, CancellationToken cancel = default, UnitId draft = default) =>
        Make(errand, family, terms, null, AuditAction.Created, (id, now) => Permission.Request(id, family, terms, now), draft, cancel);

    /// <summary>Records the yes to what was asked before.</summary>
    public Task<Checked<Permission>> Give(Errand<May.WorkWithFamilies> errand, UnitId id, Grant grant, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.PermissionGiven, grant, (permission, now) => permission.Give(grant, now), cancel);

    /// <summary>Records a no. It binds from now.</summary>
    public Task<Checked<Permission>> Refuse(Errand<May.WorkWithFamilies> errand, UnitId id, PersonId by, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.PermissionEnded, null, (permission, now) => permission.Refuse(by, now), cancel);

    /// <summary>Gives it again until a later day.</summary>
    public Task<Checked<Permission>> Renew(Errand<May.WorkWithFamilies> errand, UnitId id, Grant grant, DateOnly until, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.PermissionGiven, grant, (permission, now) => permission.Renew(grant, until, now), cancel);

    /// <summary>Takes it back, effective now; nobody is asked why.</summary>
    public Task<Checked<Permission>> Withdraw(Errand<May.WorkWithFamilies> errand, UnitId id, PersonId by, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.PermissionEnded, null, (permission, now) => permission.Withdraw(by, now), cancel);

    /// <summary>Ends it because the young person decides now.</summary>
    public Task<Checked<Permission>> Supersede(Errand<May.WorkWithFamilies> errand, UnitId id, PersonId youngPerson, string? why, CancellationToken cancel = default) =>
        Change(errand, id, AuditAction.PermissionEnded, null, (permission, now) => permission.Supersede(youngPerson, why, now), cancel);

    /// <summary>A lead who did not record it agrees to a late entry.</summary>
    public async Task<Checked<Permission>> AgreeLate(Errand<May.Lead> errand, UnitId id, CancellationToken cancel = default) =>
        await Change(errand, id, AuditAction.SignedOff, null, (permission, now) => permission.AgreeLate(now), cancel);

    /// <summary>Opens one permission with the family's card, for its page and its print.</summary>
    public async Task<ShownPermission> Open(Errand<May.WorkWithFamilies> errand, UnitId id, CancellationToken cancel = default)
    {
        var opening = await keeper.Open<Permission>(errand, id, cancel);
        var shown = opening.Match(
            opened: found => new ShownPermission(found.Record.Open(found.Clearance), found.Envelope),
            refused: no => ShownPermission.Not(no.Reasons.Words()),
            missing: _ => ShownPermission.Not("There is no such permission. Look at the address, or open the family."),
            erased: at => ShownPermission.Not($"This permission was erased on {London.DateOf(at.At).Long()}. Nothing of it can be read any more."),
            damaged: broken => ShownPermission.Not($"This permission cannot be opened. {broken.What} Tell your team lead; everything else works on."),
            noRoom: _ => ShownPermission.Not(NoRoomException.Sentence));
        if (shown.Permission is not { } permission)
            return shown;
        var (card, trouble) = await Card(errand, permission.Family, cancel);
        return shown with { Card = card, CardTrouble = trouble, TransferOn = TransferOn(permission.Terms, card), Today = London.Today(clock), Body = directory.ChangeOf(permission.Terms.Body) };
    }

    /// <summary>Every permission of a family that this colleague may open, as of today; the card is opened too unless it is given.</summary>
    public async Task<FamilyPermissions> ForFamily(Errand<May.WorkWithFamilies> errand, UnitId family, FamilyCard? card = null, CancellationToken cancel = default)
    {
        var today = London.Today(clock);
        var envelopes = await keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.Permission, Family = family, Take = MostOfOneFamily }, cancel);
        if (envelopes.Count > 0 && card is null)
        {
            (card, var trouble) = await Card(errand, family, cancel);
            if (trouble is not null)
                return new FamilyPermissions(today, [], null, trouble);
        }
        var open = ImmutableArray.CreateBuilder<Permission>();
        var closed = 0;
        // All at once: their entries become durable together.
        foreach (var opening in await Task.WhenAll(envelopes.Select(envelope => keeper.Open<Permission>(errand, envelope.Id, cancel))))
        {
            if (opening is Opening<Permission>.Opened found)
                open.Add(found.Record.Open(found.Clearance));
            else
                closed++;
        }
        return new FamilyPermissions(today, open.ToImmutable(), card, closed switch
        {
            0 => null,
            1 => "One permission of this family cannot be opened here. Ask your team lead before you rely on the rest.",
            _ => $"{closed} permissions of this family cannot be opened here. Ask your team lead before you rely on the rest.",
        })
        {
            BodyChanged = [.. open.Where(permission => directory.ChangeOf(permission.Terms.Body) is not null).Select(permission => permission.Id)],
        };
    }

    /// <summary>
    /// The last day on which a parent decides for the eldest child whom the terms are about; null when no birth date is known, or where it
    /// is no SEND matter.
    /// </summary>
    internal static DateOnly? TransferOn(PermissionTerms terms, FamilyCard? card) => !terms.SendMatter ? null : card?.Children
        .Where(child => terms.About.Contains(child.Id))
        .Select(child => child.Birth.Match<DateOnly?>(on => SendTransfer.On(on), _ => null, _ => null, () => null))
        .Min();

    /// <summary>Half a page for whoever gave it, through the gate like everything that leaves: what proved who they are stands on record.</summary>
    public async Task<Released> Give(Errand<May.WorkWithFamilies> errand, UnitId id, PersonId to, string? proof, CancellationToken cancel = default)
    {
        var shown = await Open(errand, id, cancel);
        if (shown is not { Permission: { } permission, Envelope: { } around, Card: not null })
            return new Released.Not(new Composed(), shown.Trouble ?? shown.CardTrouble ?? Words.NoFamily);
        if (permission.Events.All(happened => happened.Person != to))
            return new Released.Not(new Composed { Card = shown.Card }, "This sheet is for whoever answered. Choose them.");
        var sheet = await sheets.Render<PermissionSheet>("What you agreed to", around.Marking, new()
        {
            [nameof(PermissionSheet.Permission)] = permission,
            [nameof(PermissionSheet.Card)] = shown.Card,
            [nameof(PermissionSheet.Today)] = shown.Today,
            [nameof(PermissionSheet.TransferOn)] = shown.TransferOn,
        });
        return await disclosures.Give(errand, permission.Family, to, proof, sheet, around.Marking, cancel);
    }

    /// <summary>The card of a family, to choose from; or why it cannot be opened.</summary>
    public async Task<(FamilyCard? Card, string? Trouble)> FamilyOf(Errand<May.WorkWithFamilies> errand, UnitId family, CancellationToken cancel = default) =>
        await Card(errand, family, cancel);

    private async Task<(FamilyCard? Card, string? Trouble)> Card(Errand errand, UnitId family, CancellationToken cancel) =>
        (await keeper.Open<FamilyCard>(errand, family, cancel)).Match<(FamilyCard?, string?)>(
            opened: found => (found.Record.Open(found.Clearance), null),
            refused: no => (null, no.Reasons.Words()),
            missing: _ => (null, Words.NoFamily),
            erased: _ => (null, Words.NoFamily),
            damaged: broken => (null, $"The family's card cannot be opened. {broken.What} Tell your team lead."),
            noRoom: _ => (null, NoRoomException.Sentence));

    private async Task<Checked<Permission>> Make(Errand errand, UnitId family, PermissionTerms terms, Grant? grant, AuditAction action,
        Func<UnitId, Stamp, Checked<Permission>> make, UnitId draft, CancellationToken cancel)
    {
        if (await keeper.Envelope(family, cancel) is not { Kind: UnitKind.Family } around)
            return new Problem("", Words.NoFamily);
        var (card, trouble) = await Card(errand, family, cancel);
        if (card is null)
            return new Problem("", trouble!);
        var now = Stamp.Now(errand.Who.Id, clock);
        var made = Checked<Permission>.From(
            [.. Strangers(terms, card), .. grant is null ? [] : Authority(terms, grant, card), .. make(UnitId.Create(clock), now).Problems],
            () => make(UnitId.Create(clock), now).OrThrow());
        if (!made.Accepted)
            return made;
        var envelope = envelopes.Of(made.Value, errand.Who.Id, null, around, TransferOn(terms, card), now.On);
        return Answer(await keeper.Do(new Act(errand, action, [.. await envelopes.Touched(keeper, around, envelope, now.On, cancel), new Put<Permission>(envelope, made.Value, 0), .. await keeper.Dropping(draft, cancel)]), cancel), made) ?? new Problem("", Words.Busy);
    }

    private async Task<ImmutableArray<Change>> Family(Envelope saving, DateOnly today, CancellationToken cancel) =>
        saving.Family is { } id && await keeper.Envelope(id, cancel) is { } family ? await envelopes.Touched(keeper, family, saving, today, cancel) : [];

    private async Task<Checked<Permission>> Change(Errand errand, UnitId id, AuditAction action, Grant? grant, Func<Permission, Stamp, Checked<Permission>> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var shown = await Open(errand, id, cancel);
            if (shown is not { Permission: { } permission, Envelope: { } around })
                return new Problem("", shown.Trouble!);
            var now = Stamp.Now(errand.Who.Id, clock);
            var changed = change(permission, now);
            // What a yes needs of the card holds whenever one is given; an end never waits for it.
            if (grant is not null && shown.CardTrouble is { } closed)
                return new Problem("", closed);
            if (grant is not null && shown.Card is { } card && Authority(permission.Terms, grant, card).ToImmutableArray() is { IsEmpty: false } problems)
                return Checked<Permission>.From([.. problems, .. changed.Problems], () => permission);
            if (!changed.Accepted)
                return changed;
            var envelope = envelopes.Of(changed.Value, around.Owner, around, null, shown.TransferOn, now.On);
            if (Answer(await keeper.Do(new Act(errand, action, [.. await Family(envelope, now.On, cancel), new Put<Permission>(envelope, changed.Value, around.Version)]), cancel), changed) is { } answer)
            {
                // After the end is durable: whatever went before it is on record by now, and nothing goes any more.
                if (answer.Accepted && grant is null)
                    await disclosures.LookForNotices(errand, permission.Family, [permission.Id], cancel);
                return answer;
            }
        }
        return new Problem("", Words.Busy);
    }

    private static IEnumerable<Problem> Strangers(PermissionTerms terms, FamilyCard card) =>
        terms.About.All(about => card.People.Any(person => person.Id == about))
            ? [] : [new Problem(PermissionFields.About, "Somebody whom it is about is no longer on the family's card. Choose again.")];

    // Who may say yes, as far as the card knows (field-guide.md section 1.4): an unknown responsibility rests on the evidence that the form asks for.
    private static IEnumerable<Problem> Authority(PermissionTerms terms, Grant grant, FamilyCard card)
    {
        if (grant.By != default && !card.Receivers.Contains(grant.By))
            yield return new Problem(PermissionFields.By, "Who gave it is no longer on the family's card. Choose again.");
        if (grant.Capacity == GrantCapacity.Representative && terms.About.Any(about => card.Standing.Representatives.All(one => one.Who != grant.By || one.Person != about || one.On(grant.GivenOn, deciding: true) is not Domain.Families.Authority.Stands)))
            yield return new Problem(PermissionFields.Capacity, "They are not proved to decide for everybody whom it is about. See the document, and record it on the family's card first.");
        if (grant.Capacity == GrantCapacity.YoungPerson && card.FindChild(grant.By) is { } young && !card.Standing.Decides(young.Id, CompetenceFor.Permissions, young.Birth.Latest, grant.GivenOn))
            yield return new Problem(PermissionFields.Capacity, "It is not on record that they can decide this themselves. Look at it with them, whatever their age, and record what was found on the family's card first.");
        if (grant.Capacity != GrantCapacity.ParentWithResponsibility)
            yield break;
        if (card.FindCarer(grant.By) is not null && card.Children.Any(child => terms.About.Contains(child.Id)
            && card.ResponsibilityOf(grant.By, child.Id) is Responsibility.No or Responsibility.RestrictedByOrder))
            yield return new Problem(PermissionFields.Capacity, "The card says that they hold no parental responsibility here, or that an order restricts it. Ask your team lead who may give this.");
        if (TransferOn(terms, card) is { } transfer && grant.GivenOn > transfer)
            yield return new Problem(PermissionFields.Capacity, "In special educational needs matters the young person decides for themselves now. Ask them.");
        else if (card.Children.Any(child => terms.About.Contains(child.Id) && card.Standing.Decides(child.Id, CompetenceFor.Permissions, child.Birth.Latest, grant.GivenOn)))
            yield return new Problem(PermissionFields.Capacity, "A young person whom it is about decides for themselves. Ask them, and record their own answer.");
    }

    // Null: somebody saved it in between, try again.
    private static Checked<Permission>? Answer(Outcome outcome, Checked<Permission> made) => outcome.Match<Checked<Permission>?>(
        done: _ => made,
        conflict: _ => null,
        gone: _ => new Problem("", Words.NoFamily),
        refused: no => new Problem("", no.Reasons.Words()),
        noRoom: _ => new Problem("", NoRoomException.Sentence),
        onHold: _ => new Problem("", "A hold binds this record: it cannot be kept shorter than before. Ask your team lead."),
        damaged: broken => new Problem("", $"It cannot be saved. {broken.What} Tell your team lead."));

    private static class Words
    {
        public const string NoFamily = "This family is not there any more. Search again.";
        public const string Busy = "The portal is busy with this record. Nothing was changed: try again in a moment.";
    }
}

/// <summary>A permission for its page, or why it cannot be shown. Content: shows nothing of itself.</summary>
internal sealed record ShownPermission(Permission? Permission, Envelope? Envelope, string? Trouble = null)
{
    /// <summary>The family's card, for names; null where it cannot be opened.</summary>
    public FamilyCard? Card { get; init; }

    /// <summary>Why there is no card.</summary>
    public string? CardTrouble { get; init; }

    /// <summary>The last day on which a parent decides; null when unknown or where it is no SEND matter.</summary>
    public DateOnly? TransferOn { get; init; }

    /// <summary>The day as of which states are said, London.</summary>
    public DateOnly Today { get; init; }

    /// <summary>What became of the body; null when it is as it was named.</summary>
    public BodyChange? Body { get; init; }

    /// <summary>What somebody should look at today.</summary>
    public ImmutableArray<PermissionPrompt> Prompts => Permission!.PromptsOn(Today, TransferOn, new(BodyChanged: Body is not null));

    public static ShownPermission Not(string trouble) => new(null, null, trouble);

    public override string ToString() => nameof(ShownPermission);
}

/// <summary>A family's permissions as of one day. <see cref="Trouble"/> says what could not be opened. Content: shows nothing of itself.</summary>
internal sealed record FamilyPermissions(DateOnly Today, ImmutableArray<Permission> All, FamilyCard? Card, string? Trouble)
{
    /// <summary>"School: contact until 31 July 2027." "Council teams: never asked."</summary>
    public ImmutableArray<string> Sentences => PermissionSummary.Sentences(All, Today, TransferOn);

    /// <summary>The state today.</summary>
    public PermissionState StateOf(Permission permission) => permission.StateOn(Today, TransferOn(permission));

    /// <summary>What somebody should look at today.</summary>
    public ImmutableArray<PermissionPrompt> PromptsOf(Permission permission) => permission.PromptsOn(Today, TransferOn(permission), new(BodyChanged: BodyChanged.Contains(permission.Id)));

    /// <summary>The permissions whose body closed, was merged or has another name now.</summary>
    public ImmutableHashSet<UnitId> BodyChanged { get; init; } = [];

    private DateOnly? TransferOn(Permission permission) => PermissionDesk.TransferOn(permission.Terms, Card);

    public override string ToString() => nameof(FamilyPermissions);
}
