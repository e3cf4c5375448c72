using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Bench;

/// <summary>One family with 50 permissions and 200 disclosures: what one decision of the gate costs, and what the family's page asks for.</summary>
internal static class DisclosureBench
{
    private const int Permissions = 50, Disclosures = 200;

    public static async Task Run(WebApplication app, Colleague who, Report report)
    {
        var services = app.Services;
        var (keeper, envelopes, days) = (services.GetRequiredService<Keeper>(), services.GetRequiredService<Envelopes>(), services.GetRequiredService<WorkingDays>());
        var today = London.Today(TimeProvider.System);
        Errand For(string circuit, Purpose purpose = Purpose.Share) => new(who, purpose, circuit);

        var mother = new Carer { Id = PersonId.Create(TimeProvider.System), Ladder = Ladder.Named, Forename = "Bench", Surname = "Testowska", Source = Source.Themselves };
        var child = new Child { Id = PersonId.Create(TimeProvider.System), Ladder = Ladder.Named, Forename = "Ola", Birth = new Birth.OnDate(today.AddYears(-6)), Source = Source.FamilyMember };
        var card = FamilyCard.Create([mother with { Responsibilities = [new ParentalResponsibility { State = Responsibility.Yes, EvidenceSeen = "birth certificate", SeenOn = today, Source = Source.Record }] }], [child], today, who.Id).OrThrow();
        var family = UnitId.Create(TimeProvider.System);
        var around = envelopes.Of(card, family, Service.FamiliesInformation, who.Id, null, today, [], today);
        Sure(await keeper.Do(new Act(For("fill"), AuditAction.Created, [new Put<FamilyCard>(around, card, 0)])));
        around = (await keeper.Envelope(family))!;

        var stamp = Stamp.Now(who.Id, TimeProvider.System);
        var permissions = Enumerable.Range(0, Permissions).Select(i => Permission.Record(UnitId.Create(TimeProvider.System), family,
            PermissionTerms.Create([mother.Id, child.Id], NamedBody.Create(BodyKind.School, $"Example Primary {i / 2}").OrThrow(), i % 2 == 0 ? PermissionKind.Contact : PermissionKind.Share,
                "so that support can be planned", i % 2 == 0 ? [] : ["name", "child-name", "setting"], ["email", "phone"], today, today.AddDays(100)).OrThrow(),
            new Grant { By = mother.Id, Capacity = GrantCapacity.ParentWithResponsibility, Evidence = "birth certificate seen", How = GivenHow.Spoken, TextVersion = PermissionRequest.Version, GivenAt = stamp.At }, stamp).OrThrow()).ToArray();
        Sure(await keeper.Do(new Act(For("fill"), AuditAction.Created, [.. permissions.Select(one => (Change)new Put<Permission>(envelopes.Of(one, who.Id, null, around, null, today), one, 0))])));
        var told = Enumerable.Range(0, Disclosures).Select(i => new DisclosureRecord
        {
            Id = UnitId.Create(TimeProvider.System),
            Family = family,
            Act = OutwardAct.Share,
            Body = permissions[i % Permissions].Terms.Body,
            Ground = GroundKind.Permission,
            Answer = DisclosureAnswer.Allowed,
            About = [mother.Id, child.Id],
            Items = [DisclosureItem.Of("setting", child.Id)],
            Permissions = [permissions[i % Permissions].Id],
            Shown = new string('x', 1_500),
            Marking = Marking.Official,
            Fingerprint = new string('0', 64),
            DecidedAt = stamp.At,
            By = who.Id,
        }).ToArray();
        Sure(await keeper.Do(new Act(For("fill"), AuditAction.Disclosed, [.. told.Select(one => (Change)new Put<DisclosureRecord>(envelopes.Of(one, who.Id, null, around, Service.FamiliesInformation, days, today), one, 0))])));

        var facts = DisclosureFacts.Of(card, permissions, days, today);
        var request = new DisclosureRequest
        {
            Id = UnitId.Create(TimeProvider.System),
            Act = OutwardAct.Share,
            Recipient = new RecipientFacts { Body = permissions[^1].Terms.Body },
            About = [mother.Id, child.Id],
            Items = [DisclosureItem.Of("name", mother.Id), DisclosureItem.Of("child-name", child.Id), DisclosureItem.Of("setting", child.Id)],
            Purpose = "so that support can be planned",
            Channel = "email",
            Address = "office@example.org",
            Ground = new Ground.OnPermission(),
            Content = DisclosureText.Hash("x"),
            Scan = TextScan.Clean,
            Now = stamp,
        };
        if (DisclosureGate.Decide(request, facts) is not Allowed)
            throw new InvalidOperationException("The gate did not allow what was agreed to.");
        var decided = await Times.Of(5_000, _ =>
        {
            DisclosureGate.Decide(request, facts);
            return Task.CompletedTask;
        }, warmUp: 5_000);
        report.Add($"One decision of the gate, {Permissions} permissions", decided, null, 0.1);

        // As the page asks, each time from a circuit of its own, so that every opening is written down.
        var (families, consent, desk) = (services.GetRequiredService<FamilyDesk>(), services.GetRequiredService<PermissionDesk>(), services.GetRequiredService<DisclosureDesk>());
        var page = await Times.Of(150, async i =>
        {
            var errand = For($"page-{i}", Purpose.Advise);
            await families.Open(errand, family);
            await families.Of(errand, family, UnitKind.Enquiry);
            var gate = desk.Read(errand, family);
            var panel = consent.ForFamily(errand, family);
            if ((await gate).Bodies.Length != Permissions / 2 || (await panel).All.Length != Permissions)
                throw new InvalidOperationException("The page was not read whole.");
        });
        report.Add($"The page of a family with {Disclosures} disclosures and {Permissions} permissions", page, null, 50);
        var list = await Times.Of(150, async i =>
        {
            if ((await desk.OfFamily(For($"list-{i}"), family)).Length != Disclosures)
                throw new InvalidOperationException("The list was not read whole.");
        });
        report.Add($"The list of its {Disclosures} disclosures", list, null, 50);
    }

    private static void Sure(Outcome outcome)
    {
        if (outcome is not Outcome.Done)
            throw new InvalidOperationException($"The bench could not be filled: {outcome}.");
    }
}
