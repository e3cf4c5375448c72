using System.Collections.Immutable;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Audit;
using Wdfis.Portal.Features.Colleagues;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Features.Audit;

public sealed class AuditDeskTests : IAsyncLifetime
{
    private static readonly Errand ByLead = For(Lead, Purpose.QualityReview, "window-9");
    private static readonly Errand ByOfficer = For(Officer, Purpose.QualityReview, "window-8");
    private FamilyRoom room = default!;
    private UnitId family, other;

    private AuditDesk Desk => room.Get<AuditDesk>();

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        family = await room.Save(room.Card([room.Carer("Magda", "Testowska")], []));
        other = await room.Save(room.Card([room.Carer("Juno", "Quillfeather")], []));
        await room.Room.Save("of the first", envelope => envelope with { Family = family });
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task Question_WhateverIsAsked_FindsWhatTheWholeChainHolds_PageByPage()
    {
        var random = new Random(20);
        Colleague[] people = [Adviser, OtherAdviser, Lead];
        AuditAction[] actions = [AuditAction.Opened, AuditAction.Found, AuditAction.BreakGlass, AuditAction.Told, AuditAction.Refused];
        // A card that became part of the second family, and one that had become part of that one.
        UnitId[] units = [family, other, UnitId.Create(room.Room.Clock), UnitId.Create(room.Room.Clock)];
        await room.Keeper.Note(For(Adviser), AuditAction.Joined, [units[2], units[3]]);
        await room.Keeper.Note(For(Adviser), AuditAction.Joined, [other, units[2]]);
        for (var i = 0; i < 400; i++)
        {
            // The clock of a machine goes back too.
            room.Room.Clock.Advance(TimeSpan.FromHours(random.Next(-3, 24)));
            await room.Keeper.Note(For(people[random.Next(3)]), actions[random.Next(5)], random.Next(3) == 0 ? [] : [units[random.Next(4)]]);
        }
        var members = new HashSet<UnitId>(room.Room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.Envelopes(new EnvelopeQuery { Family = family, Take = 100 })).Select(unit => unit.Id)) { family };
        var days = Log.Of(room.Room).Select(entry => London.DateOf(entry.At)).Distinct().ToList();
        for (var i = 0; i < 60; i++)
        {
            T? Perhaps<T>(T value) where T : struct => random.Next(2) == 0 ? value : null;
            var asked = new AuditQuestion
            {
                About = Perhaps(units[random.Next(4)]),
                Who = Perhaps(people[random.Next(3)].Id),
                Action = Perhaps(actions[random.Next(5)]),
                From = Perhaps(days[random.Next(days.Count)]),
                Until = Perhaps(days[random.Next(days.Count)]),
                Refused = Perhaps(random.Next(2) == 0),
                Openings = random.Next(4) == 0,
            };
            var expected = Log.Of(room.Room).Where(entry =>
                (asked.About is not { } about || entry.Units.Any(unit => about == family ? members.Contains(unit) : units[Array.IndexOf(units, about)..].Contains(unit)))
                && (asked.Who is null || entry.Who == asked.Who) && (asked.Action is null || entry.Action == asked.Action)
                && (asked.From is null || London.DateOf(entry.At) >= asked.From) && (asked.Until is null || London.DateOf(entry.At) <= asked.Until)
                && (asked.Refused is not { } refused || (entry.Action == AuditAction.Refused) == refused)
                && (!asked.Openings || entry.Action is AuditAction.Opened or AuditAction.BreakGlass)).Select(entry => entry.Sequence).OrderDescending().ToList();
            var found = new List<long>();
            long? below = null;
            do
            {
                var page = await Desk.Ask(ByLead, asked, below);
                Assert.Null(page.Trouble);
                found.AddRange(page.Lines.Select(line => line.Entry.Sequence));
                below = page.Below;
            }
            while (below is not null);
            Assert.Equal(expected, found);
        }
        Assert.True((await room.Room.Verify()).IsSound);
    }

    [Fact]
    public async Task Looking_IsItselfOnRecord_AndIsForLeadsAndOfficersAlone()
    {
        var shown = await Desk.Ask(ByOfficer, new AuditQuestion { About = family, Who = Adviser.Id }, null);
        Assert.NotEmpty(shown.Lines);
        var looked = Log.Of(room.Room)[^1];
        Assert.Equal((AuditAction.AuditRead, Officer.Id), (looked.Action, looked.Who));
        Assert.Equal(new[] { family, new UnitId(Adviser.Id.Value) }, looked.Units.AsEnumerable());
        Assert.DoesNotContain(shown.Lines, line => line.Entry.Sequence == looked.Sequence);
        foreach (var outsider in (Colleague[])[Adviser, Manager])
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Desk.Ask(For(outsider), new AuditQuestion(), null));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Desk.Export(For(outsider), new AuditQuestion()));
            Assert.Throws<UnauthorizedAccessException>(() => Desk.Stands(StrongroomFixture.For(outsider)));
        }
    }

    [Fact]
    public async Task Entries_OnScreenAndInTheFile_NameColleaguesAndNoFamily_AndLinkOnlyWhatOpens()
    {
        await room.Keeper.Open<Wdfis.Domain.Families.FamilyCard>(FamilyRoom.Adviser, family);
        var lead = await Desk.Ask(ByLead, new AuditQuestion { About = family, Openings = true }, null);
        var line = Assert.Single(lead.Lines);
        Assert.Equal((Adviser.DisplayName, $"families/{family}"), (line.Who, Assert.Single(line.Units).Link));
        Assert.Null(Assert.Single(Assert.Single((await Desk.Ask(ByOfficer, new AuditQuestion { About = family, Openings = true }, null)).Lines).Units).Link);
        var exported = await Desk.Export(ByOfficer, new AuditQuestion());
        Assert.NotNull(exported.Outlet);
        Assert.Equal(AuditAction.Exported, Log.Of(room.Room)[^1].Action);
        foreach (var name in (string[])["Testowska", "Quillfeather", "Magda", "Juno"])
        {
            Assert.DoesNotContain(name, exported.Outlet.Content, StringComparison.Ordinal);
            Assert.DoesNotContain(lead.Lines.SelectMany(one => one.Units), unit => unit.Words.Contains(name, StringComparison.Ordinal));
        }
        Assert.Contains(Adviser.DisplayName, exported.Outlet.Content, StringComparison.Ordinal);
        Assert.All(exported.Outlet.Content.TrimEnd().Split("\r\n"), row => Assert.Equal(7, row.Split("\",\"").Length - 1));
    }

    [Fact]
    public async Task Export_InWhichARecordSaysMoreThanItsOwnReference_IsStoppedAtTheGate()
    {
        // References as they are made.
        foreach (var reference in (string[])["K7-QFM2", Wdfis.Portal.Features.Envelopes.ReferenceOf(Month.Of(room.Today)), "D-2026-001", "C-2026-999"])
            await room.Room.Save("of the first", envelope => envelope with { Family = family, Reference = reference });
        Assert.Null((await Desk.Export(ByOfficer, new AuditQuestion())).Trouble);
        await room.Room.Save("of the first", envelope => envelope with { Family = family, Reference = "07700 900456" });
        var stopped = await Desk.Export(ByOfficer, new AuditQuestion());
        Assert.Null(stopped.Outlet);
        Assert.Contains("looks like a name, a number", stopped.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reason_TypedWithAnAct_ShowsOnlyToWhomItsRecordOpens()
    {
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Lead, AuditAction.NeedToKnowChanged, [new Assign(family, OtherAdviser.Id)]) { Reason = new Reason(family, "Their neighbour asked") }));
        var entry = Assert.Single((await Desk.Ask(ByLead, new AuditQuestion { Action = AuditAction.NeedToKnowChanged }, null)).Lines).Entry;
        Assert.Equal("Their neighbour asked", (await Desk.Why(ByLead, entry)).Text);
        var refused = await Desk.Why(ByOfficer, entry);
        Assert.Null(refused.Text);
        Assert.Equal(RefusalReason.NotYourRole.Words(), refused.Trouble);
        Assert.Contains(Log.Of(room.Room), one => one is { Action: AuditAction.Opened, Purpose: Purpose.QualityReview } && one.Who == Lead.Id);
    }

    [Fact]
    public async Task Lead_WithADeclaredConflict_DoesNotLookAfterThatFamilyHereEither()
    {
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Lead, AuditAction.NeedToKnowChanged, [new DeclareConflict(family, Lead.Id)])));
        var page = await Desk.Ask(ByLead, new AuditQuestion { About = family }, null);
        Assert.Equal((0, RefusalReason.Conflict.Words()), (page.Lines.Length, page.Trouble));
        Assert.Null((await Desk.Export(ByLead, new AuditQuestion { About = family })).Outlet);
        Assert.Equal(AuditAction.Refused, Log.Of(room.Room)[^1].Action);
        Assert.NotEmpty((await Desk.Ask(ByOfficer, new AuditQuestion { About = family }, null)).Lines);

        // Nor by another question, nor what became part of it; what names others too shows those.
        var joined = UnitId.Create(room.Room.Clock);
        await room.Keeper.Note(For(Adviser), AuditAction.Opened, [joined]);
        await room.Keeper.Note(For(Adviser), AuditAction.Joined, [family, joined]);
        await room.Keeper.Note(For(Adviser), AuditAction.Found, [family, other]);
        Assert.Equal(RefusalReason.Conflict.Words(), (await Desk.Ask(ByLead, new AuditQuestion { About = joined }, null)).Trouble);
        var theirs = new AuditQuestion { Who = Adviser.Id };
        var all = await Desk.Ask(ByOfficer, theirs, null);
        var some = await Desk.Ask(ByLead, theirs, null);
        var members = room.Room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.Envelopes(new EnvelopeQuery { Family = family, Take = 100 })).Select(unit => unit.Id).Append(family).Append(joined).ToHashSet();
        var closed = all.Lines.Count(line => line.Entry.Units.Length > 0 && line.Entry.Units.All(members.Contains));
        Assert.True(closed > 3);
        Assert.Equal((0, closed, all.Lines.Length - closed), (all.LeftOut, some.LeftOut, some.Lines.Length));
        Assert.Equal(other, Assert.Single(some.Lines.Single(line => line.Entry.Action == AuditAction.Found).Units).Id);
        var exported = await Desk.Export(ByLead, theirs);
        Assert.Equal((closed, some.Lines.Length), (exported.LeftOut, exported.Records));
        Assert.All(members, unit => Assert.DoesNotContain(unit.ToString(), exported.Outlet!.Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alert_AboutWhoeverLooks_ShowsInNoEntryAndNoCount()
    {
        var named = Lead with { DisplayName = "Magda Testowska" };
        Assert.IsType<Opening<Wdfis.Domain.Families.FamilyCard>.Opened>(await room.Keeper.Open<Wdfis.Domain.Families.FamilyCard>(For(named, Purpose.RightsRequest), family));
        var alert = Assert.Single(await room.Get<Wdfis.Portal.Features.Curiosity.CuriosityDesk>().Alerts(ByOfficer));
        var made = new AuditQuestion { Who = ColleagueId.Portal, Action = AuditAction.Created };
        Assert.Equal(alert.Id, Assert.Single(Assert.Single((await Desk.Ask(ByOfficer, made, null)).Lines).Units).Id);
        foreach (var question in (AuditQuestion[])[made, new AuditQuestion { About = alert.Id }])
        {
            var page = await Desk.Ask(ByLead, question, null);
            Assert.Equal((0, 0, null), (page.Lines.Count(line => line.Units.Any(unit => unit.Id == alert.Id)), page.LeftOut, page.Trouble));
        }
        Assert.DoesNotContain(alert.Id.ToString(), (await Desk.Export(ByLead, made)).Outlet!.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", false, true)]
    [InlineData("Production", true, false)]
    [InlineData("Development", false, false)]
    public async Task SecondPlaceOfHeads_ThatIsNone_IsSaidOnTheChainsPageAndTheOperators(string environment, bool apart, bool said)
    {
        var place = Directory.CreateTempSubdirectory("wdfis-heads-").FullName;
        try
        {
            room.Room.Settings["Audit:HeadsFile"] = apart ? Path.Combine(place, "heads.txt") : "";
            await room.Room.Restart();
            await using var screens = new BunitContext();
            var table = ActivatorUtilities.CreateInstance<ColleagueTable>(room.Room.Services);
            var sessions = ActivatorUtilities.CreateInstance<Sessions>(room.Room.Services, new SessionLimits());
            var signedIn = new SignedIn(() => Lead);
            screens.Services.AddSingleton(Desk).AddSingleton(room.Get<Running>()).AddSingleton(new MailOptions()).AddSingleton(room.Room.Lane).AddSingleton<TimeProvider>(room.Room.Clock)
                .AddSingleton(ActivatorUtilities.CreateInstance<JobRunner>(room.Room.Services)).AddSingleton(ActivatorUtilities.CreateInstance<Circuits>(room.Room.Services, sessions, table, ActivatorUtilities.CreateInstance<Sockets>(room.Room.Services, sessions)))
                .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment })
                .AddSingleton<IColleagues>(signedIn).AddSingleton<AuthenticationStateProvider>(signedIn).AddScoped<CircuitName>().AddScoped<Errands>();
            var chain = screens.Render<ChainPage>();
            Assert.Contains("Last signed head", chain.WaitForElement("section[aria-labelledby=chain]").TextContent, StringComparison.Ordinal);
            Assert.Equal(apart, chain.Find(".head").TextContent.Contains("stands in another place", StringComparison.Ordinal));
            var operations = screens.Render<Wdfis.Portal.Features.Operations.OperationsPage>();
            operations.WaitForElement("section[aria-labelledby=state]");
            foreach (var page in (string[])[chain.Markup, operations.Markup])
                Assert.Equal(said, page.Contains("There is no second place", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Theory]
    [InlineData("families/{0}/handling")]
    [InlineData("http://localhost/families/{0}?for=Safeguarding")]
    [InlineData(" {0} ")]
    public async Task Record_MeantByItsAddressOrId_IsFound(string typed) =>
        Assert.Equal(family, await Desk.Find(StrongroomFixture.For(Lead), string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, family)));

    [Fact]
    public async Task Verification_OnDemand_SaysHowFarItIs_CanBeStopped_AndHoldsNobodyUp()
    {
        var run = Desk.Verification;
        var steps = new List<string>();
        var ended = new TaskCompletionSource<VerificationStands>();
        var hold = new TaskCompletionSource();
        run.Changed += () =>
        {
            steps.Add(run.Stands!.Step);
            if (run.Stands.EndedAt is not null)
                ended.TrySetResult(run.Stands);
            else if (!hold.Task.IsCompleted && run.Stands.Step.StartsWith("Checking the audit", StringComparison.Ordinal))
                hold.Task.Wait(Patience);
        };
        await Desk.Verify(ByLead);
        // It stands in the middle: whoever saves and opens goes on.
        await room.Room.Save("meanwhile");
        Assert.Null(run.Stands!.EndedAt);
        await Desk.Verify(ByOfficer);
        Desk.StopVerifying(StrongroomFixture.For(Officer));
        hold.SetResult();
        Assert.Null((await ended.Task.WaitAsync(Patience)).Report);
        Assert.Equal(1, Log.Of(room.Room).Count(entry => entry.Action == AuditAction.VerifiedNow));

        ended = new TaskCompletionSource<VerificationStands>();
        await Desk.Verify(ByOfficer);
        Assert.True((await ended.Task.WaitAsync(Patience)).Report!.IsSound);
        Assert.Contains("Opening every sealed value", steps);
        room.Get<Heads>().SignHead();
        var stands = Desk.Stands(StrongroomFixture.For(Lead));
        Assert.Equal((stands.Last, 0, Path.Combine(room.Room.Folder, "heads.txt")), (stands.Head!.Sequence, stands.SinceHead, stands.Place));
    }

    [Fact]
    public async Task Year_WhoseTimeIsOver_IsAskedForByOneAndAgreedToByAnother_OnTheChainsPage()
    {
        await using var screens = new BunitContext();
        screens.Services.AddSingleton(Desk).AddScoped<CircuitName>().AddScoped<Errands>().AddSingleton(room.Room.Lane).AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        var who = Lead;
        var signedIn = new SignedIn(() => who);
        screens.Services.AddSingleton<IColleagues>(signedIn).AddSingleton<AuthenticationStateProvider>(signedIn);
        var until = AuditYears.KeepUntil(Shipped.Schedule, 2026).On!.Value;
        room.Room.Clock.Set(London.At(until, new TimeOnly(12, 0)));
        Assert.Contains("None", screens.Render<ChainPage>().WaitForElement("section[aria-labelledby=due] .empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("is kept until", await Desk.Drop(ByLead, 2026, agree: false), StringComparison.Ordinal);
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Desk.Drop(For(Adviser), 2026, agree: false));

        var page = screens.Render<ChainPage>();
        page.WaitForElement("section[aria-labelledby=due] button").Click();
        page.WaitForAssertion(() => Assert.Contains("Waits for another", page.Find("section[aria-labelledby=due] tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("section[aria-labelledby=due] button"));
        // It stands in the menu of whoever may agree, and is told by mail.
        var second = room.Get<WaitingForSecond>();
        Assert.Equal((0, 1, 1), (second.Years(ByLead), second.Years(ByOfficer), second.Since(default).Count()));
        who = Officer;
        page = screens.Render<ChainPage>();
        page.WaitForElement("section[aria-labelledby=due] button").Click();
        page.WaitForAssertion(() => Assert.Contains(Officer.DisplayName, page.Find("section[aria-labelledby=due] tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("section[aria-labelledby=due] button"));
        Assert.Equal((0, 0), (second.Years(ByOfficer), second.Since(default).Count()));
        Assert.Equal([Lead.Id, Officer.Id], Log.Of(room.Room).Where(entry => entry.Action is AuditAction.SegmentAsked or AuditAction.SegmentAgreed).Select(entry => entry.Who));
        Assert.True((await room.Room.Verify()).IsSound);
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
}
