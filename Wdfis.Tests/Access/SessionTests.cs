using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal;
using Wdfis.Portal.Access;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Access;

/// <summary>Sessions, the role table and open circuits on the real storage, with the clock in the test's hand.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private StrongroomFixture room = default!;

    private Sessions Sessions => room.Services.GetRequiredService<Sessions>();
    private ColleagueTable Table => room.Services.GetRequiredService<ColleagueTable>();
    private Circuits Circuits => room.Services.GetRequiredService<Circuits>();

    // The ids that the role table gave.
    private Colleague lead = Lead, officer = Officer, adviser = Adviser;

    public async Task InitializeAsync()
    {
        room = await StrongroomFixture.Start(services => services
            .AddSingleton(new SessionLimits { Look = TimeSpan.FromMilliseconds(20) }).AddSingleton<ColleagueTable>().AddSingleton<IColleagues>(all => all.GetRequiredService<ColleagueTable>()).AddSingleton<Sessions>().AddSingleton<Sockets>().AddSingleton<Circuits>());
        await Table.Begin("tenant", [("lead", Role.TeamLead), ("officer", Role.InformationGovernance)]);
        var first = await Table.Today();
        (lead, officer) = (first.Single(one => one.Is(Role.TeamLead)), first.Single(one => one.Is(Role.InformationGovernance)));
        adviser = await Assign("adviser", Role.Adviser);
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    private async Task<Colleague> Assign(string directoryId, Role role)
    {
        var id = await Table.Arrived("tenant", directoryId, directoryId);
        Assert.Empty(await Table.Grant(For(lead), id, role, [Service.ChoiceAdvice], room.Today, null, null));
        Assert.Empty(await Table.Approve(For(officer), (await Rows(id)).Single(row => row.Waits)));
        return (await Table.Find(id))!;
    }

    private async Task<IReadOnlyList<Wdfis.Domain.Colleagues.RoleGrant>> Rows(ColleagueId id) => [.. (await Table.Everybody(StrongroomFixture.For(lead))).Single(one => one.Id == id).Rows];

    private CircuitName Open(Colleague who, SessionId session)
    {
        var name = new CircuitName();
        Circuits.Open(name, SignIn.PrincipalOf(who, session)).GetAwaiter().GetResult();
        return name;
    }

    private IReadOnlyList<AuditEntry> Entries()
    {
        using var records = new RecordsFile(Pragmas.Open(Path.Combine(room.Folder, "records.db")));
        return [.. records.Chain().Select(link => AuditEntry.FromBytes(link.Entry))];
    }

    [Fact]
    public async Task Session_Idle_LocksAfterFifteenMinutesAndNoSignOpensItAgain()
    {
        var id = await Sessions.Begin(adviser);
        room.Clock.Advance(TimeSpan.FromMinutes(10));
        Sessions.Active(id);
        room.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal((Standing.Open, TimeSpan.FromSeconds(1)), Sessions.Look(id));
        room.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Standing.Locked, Sessions.Look(id).Standing);
        Sessions.Active(id);
        using (Sessions.InCall(id))
            Assert.Equal(Standing.Locked, Sessions.Look(id).Standing);
        room.Clock.Advance(TimeSpan.FromMinutes(-1));
        Assert.Equal(Standing.Locked, Sessions.Look(id).Standing);
    }

    [Fact]
    public async Task Session_WithALiveEnquiryOpen_LocksAfterSixtyMinutes()
    {
        var id = await Sessions.Begin(adviser);
        var call = Sessions.InCall(id);
        room.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(Standing.Open, Sessions.Look(id).Standing);
        call.Dispose();
        call.Dispose();
        Assert.Equal(Standing.Locked, Sessions.Look(id).Standing);
        Assert.True(await Sessions.Unlock(id, adviser));
        using var another = Sessions.InCall(id);
        room.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(Standing.Locked, Sessions.Look(id).Standing);
    }

    [Fact]
    public async Task Act_WhileLocked_WaitsForTheSameColleagueAndNotForAnother()
    {
        var id = await Sessions.Begin(adviser);
        var circuit = Open(adviser, id);
        await circuit.Admitted();
        room.Clock.Advance(TimeSpan.FromMinutes(15));
        var act = circuit.Admitted();
        Assert.False(await Sessions.Unlock(id, lead));
        Assert.False(act.IsCompleted);
        Assert.Equal(AuditAction.Refused, Entries()[^1].Action);
        Assert.Equal(lead.Id, Entries()[^1].Who);
        Assert.True(await Sessions.Unlock(id, adviser));
        await act.WaitAsync(TimeSpan.FromSeconds(30));
        room.Clock.Advance(TimeSpan.FromMinutes(15));
        var left = circuit.Admitted();
        circuit.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Session_TwelveHoursOld_EndsWhateverIsDoneInIt()
    {
        var id = await Sessions.Begin(adviser);
        var circuit = Open(adviser, id);
        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            Assert.Equal(Standing.Open, Sessions.Look(id).Standing);
            Sessions.Active(id);
            room.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.Equal(Standing.Ended, Sessions.Look(id).Standing);
        await Sessions.WriteDown();
        await Circuits.Look();
        Assert.Equal(CircuitEnd.SessionEnded, circuit.Ended);
        Assert.Equal(ColleagueId.Portal, Assert.Single(Sessions.Of(adviser, adviser.Id)).EndedBy);
        Assert.Equal(AuditAction.SignedOut, Entries()[^1].Action);
        Assert.False(await Sessions.Unlock(id, adviser));
    }

    [Fact]
    public async Task Session_OverARestart_IsWhatItWas()
    {
        var kept = await Sessions.Begin(adviser);
        var ended = await Sessions.Begin(adviser);
        await Sessions.End(ended, adviser);
        room.Clock.Advance(TimeSpan.FromMinutes(10));
        Sessions.Active(kept);
        await Sessions.WriteDown();
        await room.Restart();
        Assert.Equal((Standing.Open, TimeSpan.FromMinutes(15)), Sessions.Look(kept));
        Assert.Equal(Standing.Ended, Sessions.Look(ended).Standing);
        room.Clock.Advance(TimeSpan.FromMinutes(15));
        await room.Restart();
        Assert.Equal(Standing.Locked, Sessions.Look(kept).Standing);
        Assert.Equal(Standing.Ended, Sessions.Look(new SessionId(Guid.NewGuid())).Standing);
    }

    [Fact]
    public async Task Session_OfARestoredStore_IsEnded()
    {
        var id = await Sessions.Begin(adviser);
        await room.Stop();
        room.Build();
        await room.Services.StartStrongroom(restored: new Restored(null));
        Assert.Equal(Standing.Ended, Sessions.Look(id).Standing);
    }

    [Fact]
    public async Task Sessions_OfAnother_AreEndedByLeadsAndOfficersAlone()
    {
        var first = await Sessions.Begin(adviser);
        room.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await Sessions.Begin(adviser);
        var other = await Assign("other", Role.Adviser);
        var manager = await Assign("manager", Role.Manager);
        foreach (var curious in (Colleague[])[other, manager])
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Sessions.End(first, curious));
            Assert.Throws<UnauthorizedAccessException>(() => Sessions.Of(curious, adviser.Id));
        }
        await Sessions.End(first, lead);
        Assert.Equal(Standing.Open, Sessions.Look(second).Standing);
        await Sessions.EndAll(adviser.Id, adviser);
        Assert.Equal([adviser.Id, lead.Id], Sessions.Of(officer, adviser.Id).Select(row => row.EndedBy));
    }

    [Fact]
    public async Task Sessions_TwentyOneOpen_AreAllShownAndEndedEverywhereAtOnce_AndNotKeptInMemory()
    {
        var ids = new List<SessionId>();
        for (var i = 0; i < 21; i++)
        {
            ids.Add(await Sessions.Begin(adviser));
            room.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(21, Sessions.Of(adviser, adviser.Id).Count);
        await Sessions.EndAll(adviser.Id, adviser);
        Assert.All(ids, id => Assert.Equal(Standing.Ended, Sessions.Look(id).Standing));
        Assert.Equal(0, Sessions.Count);
        Assert.Equal(20, Sessions.Of(adviser, adviser.Id).Count);
    }

    [Fact]
    public async Task Session_BegunInABrowserThatHadOne_EndsThatOne()
    {
        var former = await Sessions.Begin(adviser);
        var circuit = Open(adviser, former);
        var fresh = await Sessions.Begin(lead, former);
        await Circuits.Look();
        Assert.Equal((Standing.Ended, Standing.Open), (Sessions.Look(former).Standing, Sessions.Look(fresh).Standing));
        Assert.Equal(CircuitEnd.SessionEnded, circuit.Ended);
        Assert.Equal(adviser.Id, Sessions.Of(lead, adviser.Id).Single().EndedBy);
    }

    [Fact]
    public async Task Circuit_WhoseRowOrSessionIsEndedOrChanged_IsClosedAtTheNextLook()
    {
        var id = await Sessions.Begin(adviser);
        var (here, elsewhere) = (Open(adviser, id), Open(lead, await Sessions.Begin(lead)));
        await Circuits.Look();
        Assert.Null(here.Ended);
        Assert.Empty(await Table.Grant(For(officer), adviser.Id, Role.Manager, [Service.ChoiceAdvice], room.Today, null, null));
        await Circuits.Look();
        Assert.Null(here.Ended);
        Assert.Empty(await Table.Approve(For(lead), (await Rows(adviser.Id)).Single(row => row.Waits)));
        await Circuits.Look();
        Assert.Equal(CircuitEnd.RowsChanged, here.Ended);
        await Assert.ThrowsAsync<NotAssignedException>(here.Admitted);
        var again = Open(adviser, id);
        await Sessions.End(id, lead);
        await Circuits.Look();
        Assert.Equal(CircuitEnd.SessionEnded, again.Ended);
        Assert.Null(elsewhere.Ended);
        // A page that is opened over a connection from before is drawn, and nothing is let through.
        var late = Open(adviser, id);
        Assert.Equal(CircuitEnd.SessionEnded, late.Ended);
        await Assert.ThrowsAsync<NotAssignedException>(late.Admitted);
    }

    [Fact]
    public async Task Circuit_FoundAgainByAnothersCookie_IsClosedAndActsForNobody()
    {
        // The framework's own: it gives a circuit that is found again the user of the connection that found it.
        var found = new ServerAuthenticationStateProvider();
        void By(Colleague who, SessionId session) => found.SetAuthenticationState(Task.FromResult(new AuthenticationState(SignIn.PrincipalOf(who, session))));
        async Task<(CircuitName, Errands)> Opened(SessionId session)
        {
            By(adviser, session);
            var name = new CircuitName();
            await new CircuitWatch(name, Circuits, found).OnCircuitOpenedAsync(null!, default);
            return (name, new Errands(found, Table, name, room.Lane));
        }
        var (own, others) = (await Sessions.Begin(adviser), await Sessions.Begin(lead));
        var (name, errands) = await Opened(own);
        By(adviser, own);
        Assert.Equal(adviser.Id, (await errands.Who()).Id);
        By(lead, others);
        Assert.Equal(CircuitEnd.SessionEnded, name.Ended);
        await Assert.ThrowsAsync<NotAssignedException>(errands.Who);

        // The same while an act of the first waits for the lock.
        (name, errands) = await Opened(own);
        room.Clock.Advance(TimeSpan.FromMinutes(15));
        var act = errands.Who();
        By(lead, others);
        Assert.True(await Sessions.Unlock(own, adviser));
        await Assert.ThrowsAsync<NotAssignedException>(() => act.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Circuits_WhileNothingCanBeWrittenDown_AreClosedAllTheSame()
    {
        var circuit = Open(adviser, await Sessions.Begin(adviser));
        await room.Lane.Alone(records => records.Run("ALTER TABLE session RENAME TO away"));
        await Assert.ThrowsAnyAsync<Exception>(() => Sessions.WriteDown());
        await Circuits.StartAsync(default);
        Assert.Null(circuit.Ended);
        room.Clock.Advance(TimeSpan.FromHours(12));
        Assert.True(SpinWait.SpinUntil(() => circuit.Ended == CircuitEnd.SessionEnded, TimeSpan.FromSeconds(30)));
        await Circuits.StopAsync(default);
    }

    [Fact]
    public async Task Circuit_OfADeputyForOneMore_IsClosed()
    {
        var third = await Assign("third", Role.TeamLead);
        var circuit = Open(third, await Sessions.Begin(third));
        Assert.Empty(await Table.Grant(For(officer), third.Id, Role.TeamLead, [Service.ChoiceAdvice], room.Today, room.Today, lead.Id));
        Assert.Empty(await Table.Approve(For(lead), (await Rows(third.Id)).Single(row => row.Waits)));
        await Circuits.Look();
        Assert.Equal(CircuitEnd.RowsChanged, circuit.Ended);
    }

    [Fact]
    public async Task Circuit_OfARowThatIsOver_IsClosedThoughNobodyDidAnything()
    {
        var deputy = await Table.Arrived("tenant", "deputy", "deputy");
        Assert.Empty(await Table.Grant(For(officer), deputy, Role.TeamLead, [Service.ChoiceAdvice], room.Today, room.Today, lead.Id));
        var third = await Assign("third", Role.TeamLead);
        Assert.Empty(await Table.Approve(For(third), (await Rows(deputy)).Single()));
        var who = (await Table.Find(deputy))!;
        Assert.True(who.Is(Role.TeamLead));
        Assert.Equal([lead.Id], who.DeputyFor);
        var circuit = Open(who, await Sessions.Begin(who));
        room.Clock.Advance(TimeSpan.FromHours(11));
        Sessions.Active(Sessions.Of(who, deputy)[0].Id);
        await Circuits.Look();
        Assert.Null(circuit.Ended);
        // London is not ahead of UTC in March.
        room.Clock.Set(new DateTimeOffset(room.Today.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        Table.Forget();
        await Circuits.Look();
        Assert.NotNull(circuit.Ended);
    }

    [Fact]
    public async Task Circuits_OfOneColleague_AreFiveAndOneThatWasCutOffMakesRoom()
    {
        var id = await Sessions.Begin(adviser);
        var five = Enumerable.Range(0, 5).Select(_ => Open(adviser, id)).ToList();
        Assert.All(five, circuit => Assert.Null(circuit.Ended));
        Assert.Equal(CircuitEnd.TooMany, Open(adviser, id).Ended);
        Assert.Null(Open(lead, await Sessions.Begin(lead)).Ended);
        Circuits.Connected(five[2], false);
        Assert.Null(Open(adviser, id).Ended);
        Assert.Equal(CircuitEnd.TooMany, five[2].Ended);
        Circuits.Close(five[0]);
        Assert.Null(Open(adviser, id).Ended);
    }

    [Fact]
    public async Task Row_GrantedAndNotApproved_OpensNothing()
    {
        var id = await Table.Arrived("tenant", "newcomer", "newcomer");
        Assert.Empty(await Table.Grant(For(lead), id, Role.Adviser, [Service.ChoiceAdvice], room.Today, null, null));
        Assert.Null(await Table.Find(id));
        var row = (await Rows(id)).Single();
        Assert.NotEmpty(await Table.Approve(For(lead), row));
        foreach (var curious in (Colleague[])[adviser, await Assign("manager", Role.Manager)])
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Table.Approve(For(curious), row));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Table.Grant(For(curious), id, Role.Adviser, [Service.ChoiceAdvice], room.Today, null, null));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Table.End(For(curious), row));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Table.Everybody(StrongroomFixture.For(curious)));
        }
        Assert.Empty(await Table.Approve(For(officer), row));
        Assert.NotEmpty(await Table.Approve(For(officer), row));
        Assert.Equal("newcomer", (await Table.Find(id))!.DisplayName);
        Assert.Contains(Entries(), entry => entry.Action == AuditAction.RoleChanged && entry.Who == officer.Id && entry.Units.Contains(new UnitId(id.Value)));
        Assert.Empty((await room.Verify()).Faults);
    }

    [Fact]
    public async Task Approval_ForgedInTheRequest_IsRefusedWhereItIsWritten()
    {
        // The screen's copy says that somebody else granted it; the stored row does not.
        var id = await Table.Arrived("tenant", "newcomer", "newcomer");
        Assert.Empty(await Table.Grant(For(lead), id, Role.Adviser, [Service.ChoiceAdvice], room.Today, null, null));
        var row = (await Rows(id)).Single();
        var forged = Wdfis.Domain.Colleagues.RoleGrant.Restore(row.Id, row.Colleague, row.Role, row.Services, row.From, row.Until, null, officer.Id, null, null, null);
        Assert.NotEmpty(await Table.Approve(For(lead), forged));
        Assert.Null(await Table.Find(id));
    }

    [Fact]
    public async Task Row_EndedOfTheLastTwo_IsRefusedUntilThereIsAnother()
    {
        var own = (await Rows(officer.Id)).Single();
        Assert.NotEmpty(await Table.End(For(lead), own));
        Assert.NotNull(await Table.Find(officer.Id));
        // One whose row runs out does not stay, and need not.
        var deputy = await Table.Arrived("tenant", "deputy", "deputy");
        Assert.Empty(await Table.Grant(For(officer), deputy, Role.TeamLead, [Service.ChoiceAdvice], room.Today, room.Today.AddDays(1), lead.Id));
        Assert.Empty(await Table.Approve(For(lead), (await Rows(deputy)).Single()));
        Assert.NotEmpty(await Table.End(For(lead), own));
        Assert.Empty(await Table.End(For(lead), (await Rows(deputy)).Single()));
        await Assign("second lead", Role.TeamLead);
        Assert.Empty(await Table.End(For(lead), own));
        Assert.Null(await Table.Find(officer.Id));
    }

    [Fact]
    public async Task First_NamedInTheConfigurationLater_ChangesNothingWhileSomebodyLeads()
    {
        await Table.Begin("tenant", [("usurper", Role.TeamLead), ("another", Role.InformationGovernance)]);
        Assert.DoesNotContain(await Table.Everybody(StrongroomFixture.For(lead)), one => one.DisplayName.Contains("First", StringComparison.Ordinal) && one.Id != lead.Id && one.Id != officer.Id);
    }

    [Theory]
    [InlineData("Idle", "00:15:01")]
    [InlineData("IdleInCall", "01:00:01")]
    [InlineData("Longest", "12:00:01")]
    [InlineData("Look", "00:01:00")]
    [InlineData("Idle", "-00:01:00")]
    [InlineData("Idle", "soon")]
    [InlineData("Circuits", "6")]
    public void Limits_LongerThanPromised_StopTheStart(string name, string value)
    {
        var refused = Assert.Throws<StartRefused>(() => SessionLimits.Read(new ConfigurationBuilder().AddInMemoryCollection([new($"Access:Sessions:{name}", value)]).Build()));
        Assert.Contains($"Access:Sessions:{name}", refused.Message, StringComparison.Ordinal);
    }
}
