using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Colleagues;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Jobs;

/// <summary>Mail against a real relay that nobody here wrote: what it says, when, and what happens while the relay is away.</summary>
public sealed class MailLeadsTests : IAsyncLifetime
{
    private FamilyRoom room = default!;
    private Relay relay = default!;
    private UnitId family;

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        relay = await Relay.Start();
        family = await room.Save(room.Card([room.Carer("Canary", "Wheatear")], []));
    }

    public async Task DisposeAsync()
    {
        await relay.DisposeAsync();
        await room.DisposeAsync();
    }

    private MailLeads Job(int? port = null, SecureSocketOptions security = SecureSocketOptions.None) => ActivatorUtilities.CreateInstance<MailLeads>(room.Room.Services, new MailOptions
    {
        Server = "127.0.0.1",
        Port = port ?? relay.Port,
        Security = security,
        From = "wdfis@example.org",
        Leads = ["lead@example.org"],
        Deputies = ["deputy@example.org"],
        Patience = TimeSpan.FromSeconds(10),
    });

    private Task<string> Run(MailLeads? job = null) => (job ?? Job()).Run(default);

    /// <summary>Something that waits for a lead: what a conflict leaves.</summary>
    private async Task<UnitId> Waits(UnitKind kind = UnitKind.Exemption, string state = Envelopes.ExemptionUnsigned)
    {
        var envelope = room.Room.Envelope(UnitKind.Enquiry, family) with { State = state };
        await Saved(envelope, kind, 0);
        return envelope.Id;
    }

    // The envelope's kind alone decides on which list it stands.
    private async Task Saved(Envelope envelope, UnitKind kind, int version)
    {
        Strongroom.Disk.Run(room.Room, "records.db", $"UPDATE unit SET kind={(int)UnitKind.Enquiry} WHERE id=$id", envelope.Id);
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created, [new Put<Slip>(envelope with { Kind = UnitKind.Enquiry }, new Slip("Canary Wheatear"), version)])));
        Strongroom.Disk.Run(room.Room, "records.db", $"UPDATE unit SET kind={(int)kind} WHERE id=$id", envelope.Id);
    }

    [Fact]
    public async Task Breach_ThatSomebodyKeepsWorkingOn_IsToldOnce_AndItsHoursRunOn()
    {
        await Run();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        var breach = await Waits(UnitKind.Breach, Envelopes.BreachCounts);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 mail sent", await Run());
        relay.Next();
        room.Room.Clock.Advance(TimeSpan.FromHours(3));
        await Saved((await room.Keeper.Envelope(breach))!, UnitKind.Breach, 1);
        Assert.Equal("nothing to tell", await Run());
        room.Room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1 mail sent", await Run());
        Assert.Equal("deputy@example.org", Assert.Single(relay.Next().To));
    }

    [Fact]
    public async Task SecondPerson_IsToldAtOnce_OfADisposalListHandedOver_AndOfARoleThatWaits()
    {
        await Run();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        var list = await Waits(UnitKind.DisposalList, DisposalStage.Prepared.Code());
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("nothing to tell", await Run());
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        await Saved((await room.Keeper.Envelope(list))! with { State = DisposalStage.Reviewed.Code() }, UnitKind.DisposalList, 1);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 mail sent", await Run());
        Assert.Contains("1 item needs a lead today", relay.Next().Text, StringComparison.Ordinal);

        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        var table = ActivatorUtilities.CreateInstance<ColleagueTable>(room.Room.Services);
        var newcomer = await table.Arrived("tenant", "newcomer", "newcomer");
        Assert.Empty(await table.Grant(FamilyRoom.Lead, newcomer, Role.Adviser, [Service.FamiliesInformation], room.Today, null, null));
        var second = room.Get<WaitingForSecond>();
        // Whoever granted it is not the one who is waited for.
        Assert.Equal((0, 1), (second.Roles(FamilyRoom.Lead), second.Roles(StrongroomFixture.For(StrongroomFixture.Officer))));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 mail sent", await Run());
        Assert.Contains("2 items need a lead today", relay.Next().Text, StringComparison.Ordinal);
        Assert.Equal("nothing to tell", await Run());
        Assert.Empty(await table.Approve(StrongroomFixture.For(StrongroomFixture.Officer), (await table.Everybody(FamilyRoom.Lead)).Single().Rows.Single()));
        Assert.Equal(0, second.Roles(StrongroomFixture.For(StrongroomFixture.Officer)));
        Assert.Empty(second.Since(default));
    }

    [Fact]
    public async Task WhatNeedsALead_IsToldAtOnce_ThenToADeputy_OtherwiseOnceADay_AndNothingOfIt()
    {
        // Monday, after the hour of the digest.
        Assert.Equal("nothing to tell", await Run());
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        await Waits();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 mail sent", await Run());
        var mail = relay.Next();
        Assert.Equal(("wdfis@example.org", "lead@example.org"), (mail.From, Assert.Single(mail.To)));
        Assert.Contains("Subject: WDFIS: 1 item needs a lead today\r\n", mail.Text, StringComparison.Ordinal);
        var machine = System.Net.Dns.GetHostName();
        foreach (var never in (string[])["Wheatear", "Canary", family.ToString()[..12], machine, "exemption", "Exemption"])
            Assert.DoesNotContain(never, mail.Text + mail.Hello, StringComparison.Ordinal);

        // Told once, not at every look.
        room.Room.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("nothing to tell", await Run());
        // From 10:02 four working hours: the deputy, once.
        room.Room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1 mail sent", await Run());
        mail = relay.Next();
        Assert.Equal("deputy@example.org", Assert.Single(mail.To));
        Assert.Contains("Subject: WDFIS: 1 item still needs a lead\r\n", mail.Text, StringComparison.Ordinal);
        room.Room.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("nothing to tell", await Run());

        // Next morning one sum, whatever the number of looks; none on a Saturday.
        room.Room.Clock.Set(new DateTimeOffset(2026, 3, 10, 8, 31, 0, TimeSpan.Zero));
        Assert.Equal("1 mail sent", await Run());
        Assert.Contains("Subject: WDFIS: 1 item waits for a lead\r\n", relay.Next().Text, StringComparison.Ordinal);
        Assert.Equal("nothing to tell", await Run());
        room.Room.Clock.Set(new DateTimeOffset(2026, 3, 13, 17, 0, 0, TimeSpan.Zero));
        await Run();
        relay.Next();
        room.Room.Clock.Set(new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal("nothing to tell", await Run());
        Assert.Empty(relay.Taken);
    }

    [Fact]
    public async Task Relay_Away_LosesNothing_SaysSo_AndIsTriedAgain()
    {
        await Run();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        await Waits();
        var job = Job();
        await relay.DisposeAsync();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        var said = await Run(job);
        Assert.StartsWith(MailLeads.NotSent, said, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", said, StringComparison.Ordinal);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(job.Due(room.Room.Clock.GetUtcNow() - TimeSpan.FromMinutes(5), room.Room.Clock.GetUtcNow()));
        relay = await Relay.Start();
        Assert.Equal("1 mail sent", await Run(Job(relay.Port)));
        Assert.Contains("1 item needs a lead today", relay.Next().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relay_ThatDoesNotEncrypt_OrThatNobodyTrusts_GetsNothing_WhereEncryptionIsAsked()
    {
        await Run();
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        await Waits();
        await using var untrusted = await Relay.Start(secure: true);
        room.Room.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var port in (int[])[relay.Port, untrusted.Port])
            Assert.StartsWith(MailLeads.NotSent, await Run(Job(port, SecureSocketOptions.StartTls)), StringComparison.Ordinal);
        Assert.Empty(relay.Taken);
        Assert.Empty(untrusted.Taken);
    }

    [Fact]
    public void Mail_IsOffUnlessAServerIsNamed_AndWrongSettingsStopTheStart()
    {
        static MailOptions Read(params (string Key, string Value)[] settings) =>
            MailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Reverse().DistinctBy(one => one.Key).Select(one => KeyValuePair.Create($"Mail:{one.Key}", (string?)one.Value))).Build());
        (string, string)[] right = [("Server", "relay.example.org"), ("From", "wdfis@example.org"), ("Leads:0", "lead@example.org")];
        Assert.False(MailOptions.Read(Shipped.Settings()).On);
        Assert.True(Read(right).On);
        Assert.Equal(SecureSocketOptions.StartTls, Read(right).Security);
        Assert.Throws<StartRefused>(() => Read(right[..2]));
        Assert.Throws<StartRefused>(() => Read([.. right, ("From", "nobody")]));
        Assert.Throws<StartRefused>(() => Read([.. right, ("EscalateAfterHours", "0")]));
        Assert.Throws<StartRefused>(() => Read([.. right, ("Security", "None"), ("UserName", "wdfis")]));
        Assert.Throws<StartRefused>(() => Read([.. right, ("Port", "many")]));
    }

    [Theory]
    [InlineData("2026-03-09T10:00Z", "2026-03-09T12:30Z", 2.5)]
    // Friday afternoon to Monday morning.
    [InlineData("2026-03-13T16:00Z", "2026-03-16T10:00Z", 2)]
    // Good Friday and Easter Monday between; London is an hour ahead by then.
    [InlineData("2026-04-02T15:00Z", "2026-04-07T09:00Z", 2)]
    [InlineData("2026-03-09T03:00Z", "2026-03-09T08:00Z", 0)]
    [InlineData("2026-03-09T12:00Z", "2026-03-09T11:00Z", 0)]
    public void OfficeHours_BetweenTwoInstants_LeaveNightsWeekendsAndBankHolidaysOut(string from, string to, double hours) =>
        Assert.Equal(hours, room.Get<WorkingDays>().Hours(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture)).TotalHours);
}
