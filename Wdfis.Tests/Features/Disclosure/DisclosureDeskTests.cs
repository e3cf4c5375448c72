using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Families;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>The way to the gate and out of it (U1–U3, X1–X3, D8), on a real database.</summary>
public sealed class DisclosureDeskTests
{
    [Fact]
    public async Task Share_OnALivePermission_GoesOnceWithWhatWasTickedAndIsOnRecord()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting", "family.child.forename");
        var sent = await scene.Sent(form);
        Assert.Contains("School or setting: Example Primary", sent.Outlet.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Magda", sent.Outlet.Content, StringComparison.Ordinal);
        var kept = Assert.Single(await scene.Desk.OfFamily(scene.Adviser, scene.Family));
        Assert.Equal((DisclosureAnswer.Allowed, sent.Outlet.Content, GroundKind.Permission), (kept.Answer, kept.Shown, kept.Ground));
        Assert.Equal(Envelopes.DisclosureOpen, (await scene.Room.Keeper.Envelope(form.Id))!.State);
        var again = Assert.IsType<Released.Not>(await scene.Desk.Release(scene.Adviser, form, new DecidedBefore(form.Id, kept.Fingerprint)));
        Assert.Contains(Assert.IsType<Refused>(again.Now.Answer).Reasons, reason => reason.Rule is ADecisionIsUsedOnce);
    }

    public static TheoryData<string> Forgeries => ["recipient", "item", "text", "address", "channel", "about", "ground"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Release_OfAnythingElseThanWasDecided_IsRefusedAndOnRecord(string what)
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting", "name");
        var other = (await scene.Room.Get<Wdfis.Portal.Features.Recipients.RecipientDesk>().Add(scene.Adviser, new() { Kind = BodyKind.School, Name = "Other Primary" }, [])).OrThrow();
        var form = await scene.Ticked(scene.Form(), "family.child.setting");
        var allowed = Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        var more = await scene.Ticked(form, "family.child.setting", "family.child.forename");
        var forged = what switch
        {
            "recipient" => form with { Body = other.Id },
            "item" => form with { Items = more.Items },
            "text" => form with { Text = "And more.", TextScopes = ["setting"] },
            "address" => form with { Address = "elsewhere@example.org" },
            "channel" => form with { Channel = "phone" },
            "about" => form with { About = [scene.Child.Id] },
            _ => form with { Ground = new Ground.UnderExemption(scene.Urgent()) },
        };
        var not = Assert.IsType<Released.Not>(await scene.Desk.Release(scene.Adviser, forged, allowed.AsDecided));
        Assert.Contains(Assert.IsType<Refused>(not.Now.Answer).Reasons, reason => reason.Rule is WhatGoesIsWhatWasDecided);
        Assert.Empty(await scene.Desk.OfFamily(scene.Adviser, scene.Family));
        Assert.Contains(Log.Of(scene.Room.Room), entry => entry.Action == AuditAction.DisclosureStopped);
    }

    [Fact]
    public async Task Withdrawal_BetweenDecisionAndRelease_StopsIt()
    {
        await using var scene = await DisclosureRoom.Start();
        var permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        var allowed = Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Adviser, permission, scene.Mother.Id)).OrThrow();
        var not = Assert.IsType<Released.Not>(await scene.Desk.Release(scene.Adviser, form, allowed.AsDecided));
        Assert.Contains(Assert.IsType<Refused>(not.Now.Answer).Reasons, reason => reason.Rule is WithdrawnMeansNow);
    }

    [Fact]
    public async Task Facts_ChangedInsideTheTransaction_AreNoticedByTheLane()
    {
        await using var scene = await DisclosureRoom.Start();
        var (_, _, _, seen, _) = await scene.Desk.Gather(scene.Adviser, scene.Family);
        await scene.Agreed(PermissionKind.Contact);
        var outcome = await scene.Room.Keeper.Do(new Act(scene.Adviser, AuditAction.Disclosed, [seen!, new Count("x", scene.Room.Today)]));
        Assert.IsType<Outcome.Conflict>(outcome);
        (_, _, _, seen, _) = await scene.Desk.Gather(scene.Adviser, scene.Family);
        Assert.IsType<Outcome.Done>(await scene.Room.Keeper.Do(new Act(scene.Adviser, AuditAction.Disclosed, [seen!, new Count("x", scene.Room.Today)])));
    }

    [Fact]
    public async Task Share_WithoutPermission_IsRefusedWithANextStepAndTheNoIsKept()
    {
        await using var scene = await DisclosureRoom.Start();
        var form = await scene.Ticked(scene.Form(), "family.child.setting");
        var refused = Assert.IsType<Refused>((await scene.Desk.Decide(scene.Adviser, form)).Answer);
        Assert.All(refused.Reasons, reason => Assert.NotEmpty(reason.NextStep));
        var kept = Assert.Single(await scene.Desk.OfFamily(scene.Adviser, scene.Family));
        Assert.Equal((DisclosureAnswer.Refused, Envelopes.DisclosureRefused), (kept.Answer, (await scene.Room.Keeper.Envelope(kept.Id))!.State));
    }

    [Fact]
    public async Task Urgent_ChildProtection_GoesAtOnceOnFiveFieldsAndWaitsForASignature()
    {
        await using var scene = await DisclosureRoom.Start();
        var exemption = scene.Urgent();
        var form = scene.Form(ground: new Ground.UnderExemption(exemption)) with { Text = "Ola said she is afraid to go home.", TextScopes = ["social-care"] };
        var sent = await scene.Sent(form);
        Assert.Contains(AllowedMark.SignOffOwed, sent.Record.Marks);
        Assert.StartsWith("OFFICIAL-SENSITIVE", sent.Outlet.Content, StringComparison.Ordinal);
        var envelope = (await scene.Room.Keeper.Envelope(exemption.Id))!;
        Assert.Equal((Envelopes.ExemptionUnsigned, UnitKind.Exemption), (envelope.State, envelope.Kind));
    }

    [Fact]
    public async Task CrimeRequest_WaitsForAnotherPersonAndGoesAfterThatAgreementAlone()
    {
        await using var scene = await DisclosureRoom.Start();
        var form = scene.Form(ground: new Ground.UnderExemption(scene.Full(ExemptionKind.X2))) with { Text = "The enquiry was on 3 March.", TextScopes = ["helped"] };
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Decide(scene.Adviser, form)).Answer);
        Assert.True((await scene.Desk.Agree(scene.Lead, form.Id, "Necessary and no more.")).Accepted);
        // Agreement to one text is agreement to no other.
        Assert.IsType<NeedsAuthoriser>((await scene.Desk.Compose(scene.Adviser, form with { Text = "The enquiry was on 4 March." })).Answer);
        var sent = await scene.Sent(form);
        Assert.Equal(StrongroomFixture.Lead.Id, sent.Record.Approval!.By);
    }

    [Fact]
    public async Task School_InSwitzerland_IsRefusedEvenOnPermission()
    {
        await using var scene = await DisclosureRoom.Start("CH");
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, form)).Answer).Reasons, reason => reason.Rule is OutsideUkAndEeaStops);
    }

    [Fact]
    public async Task GeneralQuestion_WithATelephoneNumberInIt_IsStoppedUntilReadAndNeedsNoPermission()
    {
        await using var scene = await DisclosureRoom.Start();
        var form = scene.Form(OutwardAct.GeneralQuestion, new Ground.NamesNobody()) with { About = [], Text = "Do you have places on Fridays? Ring 07700 900456." };
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, form)).Answer);
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form with { TextRead = true })).Answer);
        Assert.IsType<Allowed>((await scene.Desk.Compose(scene.Adviser, form with { Text = "Do you have places on Fridays?" })).Answer);
    }

    [Fact]
    public async Task Answer_WhereTheyRangFrom_IsAllowedUntilTheTenthWorkingDayAndNowhereElse()
    {
        await using var scene = await DisclosureRoom.Start();
        scene.Room.Room.Clock.Set(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));
        await Rang(scene, "07700 900456");
        var form = await Own(scene, "+44 7700 900456");
        async Task<bool> Goes(DisclosureForm one) => (await scene.Desk.Compose(scene.Adviser, one)).Answer switch
        {
            Allowed => true,
            Refused { Reasons: [{ Rule: SafeContactBinds }] } => false,
            Refused no => throw new InvalidOperationException(no.Reasons[0].Sentence),
            var other => throw new InvalidOperationException(other?.GetType().Name),
        };
        Assert.True(await Goes(form));
        Assert.False(await Goes(form with { Address = "07700 900123" }));
        Assert.False(await Goes(form with { Voicemail = true }));
        Assert.False(await Goes(form with { Channel = "email", Address = "m@example.org" }));
        // Good Friday and Easter Monday do not count.
        scene.Room.Room.Clock.Set(new DateTimeOffset(2026, 4, 17, 9, 0, 0, TimeSpan.Zero));
        Assert.True(await Goes(form));
        scene.Room.Room.Clock.Set(new DateTimeOffset(2026, 4, 20, 9, 0, 0, TimeSpan.Zero));
        Assert.False(await Goes(form));
        // They ring again: ten days more, released as decided. Then the card says whose it is.
        await Rang(scene, "07700 900456");
        await scene.Sent(form);
        await scene.Standing(card => card.CorrectCarer(scene.Mother with { Contacts = scene.Mother.Contacts.Add(scene.Mother.Contacts[0] with { Value = "07700900456", SomebodyElses = true }) }, scene.Room.Today));
        Assert.False(await Goes(form with { Id = UnitId.Create(scene.Room.Room.Clock) }));
    }

    [Fact]
    public async Task Answer_ToAnUnsafeNumber_IsRefused()
    {
        await using var scene = await DisclosureRoom.Start(safe: Said() with { UnsafeAddresses = ["07700900456"] });
        await Rang(scene, "07700 900456");
        Assert.Contains(Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, await Own(scene, "07700 900456"))).Answer).Reasons, reason => reason.Rule is SafeContactBinds);
    }

    [Fact]
    public async Task Answer_WhereWaysWereAgreed_GoesByThemAloneAndOpensNoEnquiry()
    {
        await using var scene = await DisclosureRoom.Start(safe: Said() with { Ways = [new SafeWay { Channel = ContactChannel.Email }] });
        var enquiry = await Rang(scene, "07700 900456");
        Assert.IsType<Refused>((await scene.Desk.Compose(scene.Adviser, await Own(scene, "07700 900456"))).Answer);
        Assert.Empty(await scene.Room.Keeper.WhoOpened(FamilyRoom.Lead, enquiry));
    }

    private static SafeContact Said() => new() { ReviewedOn = new(2026, 3, 9), SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves };

    // The mother's own forename, to herself by telephone.
    private static Task<DisclosureForm> Own(DisclosureRoom scene, string address) => scene.Ticked(
        scene.Form(OutwardAct.Copy, new Ground.ToThemselves(scene.Mother.Id, "known voice")) with { Body = default, Person = scene.Mother.Id, About = [scene.Mother.Id], Channel = "phone", Address = address },
        "family.carer.forename");

    private static async Task<UnitId> Rang(DisclosureRoom scene, string from)
    {
        var draft = UnitId.Create(scene.Room.Room.Clock);
        await scene.Room.Get<DraftDesk>().Keep(FamilyRoom.Adviser, draft, CallFields.Form, new Dictionary<string, string>
        {
            [CallFields.Family] = scene.Family.ToString(),
            [CallFields.Caller] = scene.Mother.Id.ToString(),
            [CallFields.Confirmed] = "known-voice",
            [CallFields.CameFrom] = from,
        });
        return Assert.IsType<SaveAnswer.Saved>(await scene.Room.Get<EnquiryDesk>().Save(FamilyRoom.Adviser, draft, close: false)).Enquiry;
    }

    [Fact]
    public async Task Names_OfWhoeverItIsNotAbout_AreMasked()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "advice");
        var composed = await scene.Desk.Compose(scene.Adviser, scene.Form() with { About = [scene.Child.Id], Text = "Magda asked; Magdalena is somebody else.", TextScopes = ["advice"] });
        Assert.Contains("[another person] asked; Magdalena is somebody else.", composed.Text, StringComparison.Ordinal);
        Assert.Equal(scene.Mother.Id, Assert.Single(Assert.IsType<Allowed>(composed.Answer).MaskedPeople));
    }

    [Fact]
    public async Task Outlet_ForOtherWordsOrASecondTime_DoesNotOpen()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var form = await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting");
        var composed = await scene.Desk.Compose(scene.Adviser, form);
        var allowed = Assert.IsType<Allowed>(composed.Answer);
        Assert.Throws<InvalidOperationException>(() => new Outlet(allowed, OutletForm.Paste, composed.Text + " "));
        Assert.NotEmpty(new Outlet(allowed, OutletForm.Paste, composed.Text).Bytes);
        Assert.Throws<InvalidOperationException>(() => new Outlet(allowed, OutletForm.Paste, composed.Text));
    }

    [Fact]
    public async Task Door_GivesAnOutletOnceAndToItsColleagueAlone()
    {
        await using var scene = await DisclosureRoom.Start();
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        var sent = await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"));
        var door = scene.Room.Get<OutletDoor>();
        var ticket = door.Hand(scene.Adviser.Who.Id, sent.Outlet)["out/".Length..];
        Assert.Null(door.Take(ticket, scene.Lead.Who.Id));
        Assert.Same(sent.Outlet, door.Take(ticket, scene.Adviser.Who.Id));
        Assert.Null(door.Take(ticket, scene.Adviser.Who.Id));
        var late = door.Hand(scene.Adviser.Who.Id, sent.Outlet)["out/".Length..];
        scene.Room.Room.Clock.Advance(OutletDoor.Waits);
        Assert.Null(door.Take(late, scene.Adviser.Who.Id));
    }

    [Fact]
    public async Task Permission_ThatCannotBeOpened_LeavesNoAnswer()
    {
        await using var scene = await DisclosureRoom.Start();
        var permission = await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        Disk.Run(scene.Room.Room, "records.db", "UPDATE content SET sealed=CAST(substr(sealed,1,40)||CASE WHEN substr(sealed,41,1)=x'00' THEN x'01' ELSE x'00' END||substr(sealed,42) AS BLOB) WHERE unit=$id", permission);
        var composed = await scene.Desk.Compose(scene.Adviser, scene.Form() with { Text = "x" });
        Assert.Null(composed.Answer);
        Assert.NotNull(composed.Trouble);
    }
}
