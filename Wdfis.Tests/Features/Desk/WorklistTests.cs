using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Desk;

/// <summary>What stands on the lists of the desk, and from which day to which.</summary>
public sealed class WorklistTests : IAsyncLifetime
{
    private FamilyRoom room = default!;

    public async Task InitializeAsync() => room = await FamilyRoom.Start();

    public async Task DisposeAsync() => await room.DisposeAsync();

    private async Task<IEnumerable<UnitId>> Rows(string list, Colleague? who = null)
    {
        var (errand, found) = (StrongroomFixture.For(who ?? StrongroomFixture.Adviser), Worklist.Find(list)!);
        var rows = await room.Get<WorklistDesk>().Rows(errand, found, 10);
        Assert.Equal(rows.Count, await room.Get<WorklistDesk>().Count(errand, found));
        return rows.Select(row => row.Id);
    }

    [Fact]
    public async Task Watch_ByManyWindows_TellsEveryOne_AndOnceMoreWhatChangedMeanwhile()
    {
        const int Windows = 35;
        var desk = room.Get<WorklistDesk>();
        var (heard, all) = (new int[Windows], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Task Hear(int window)
        {
            // The last to hear of the first change makes the second.
            if (Interlocked.Increment(ref heard[window]) == 1 && window == Windows - 1)
                return room.Room.Save("second");
            if (heard.All(times => times >= 2))
                all.TrySetResult();
            return Task.CompletedTask;
        }
        var windows = Enumerable.Range(0, Windows).Select(window => desk.Watch(() => Hear(window))).ToList();
        var disturbed = 0;
        using var other = desk.Watch(() => Task.FromResult(Interlocked.Increment(ref disturbed)), UnitKind.PolicyEdition);
        await room.Room.Save("first");
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        windows.ForEach(window => window.Dispose());
        Assert.Equal(0, disturbed);
    }

    [Fact]
    public async Task OpenEnquiries_AreTheColleaguesOwn_OpenOrOpenedAgain_FirstDueFirst()
    {
        var later = await room.Room.Save("later", envelope => envelope with { DueOn = room.Today.AddDays(9) });
        var undated = await room.Room.Save("undated");
        var again = await room.Room.Save("again", envelope => envelope with { State = "reopened", DueOn = room.Today.AddDays(2) });
        await room.Room.Save("closed", envelope => envelope with { State = "closed" });
        var other = await room.Room.Save("somebody else's", who: StrongroomFixture.OtherAdviser);
        Assert.Equal([again, later, undated], await Rows(Worklist.Open));
        Assert.Equal([other], await Rows(Worklist.Open, StrongroomFixture.OtherAdviser));
        // A lead's own are none of these.
        Assert.Empty(await Rows(Worklist.Open, StrongroomFixture.Lead));
    }

    [Fact]
    public async Task PermissionsEnding_AreThoseOfToday_UntilTheThirtiethDay()
    {
        var mother = room.Carer("Magda", "Testowska");
        var family = await room.Save(room.Card([mother], []));
        async Task<UnitId> Ending(int days) => (await room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, family,
            PermissionTerms.Create([mother.Id], NamedBody.Create(BodyKind.School, $"Example Primary {days}").OrThrow(), PermissionKind.Contact, "so that support can be planned", [], ["phone"], room.Today, room.Today.AddDays(days), false).OrThrow(),
            new Grant { By = mother.Id, Capacity = GrantCapacity.AdultForThemselves, Evidence = "said so", How = GivenHow.Spoken, TextVersion = PermissionRequest.Version, GivenAt = room.Room.Clock.GetUtcNow() })).OrThrow().Id;
        var (on0, on30, on31) = (await Ending(10), await Ending(40), await Ending(41));
        room.Room.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal([on0, on30], await Rows(Worklist.Ending));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([on30, on31], await Rows(Worklist.Ending));
        // What ended and was not renewed stands on a list of its own from the day after, until somebody takes it back or renews it.
        Assert.Equal([on0], await Rows(Worklist.Ended));
        await room.Get<PermissionDesk>().Withdraw(FamilyRoom.Adviser, on0, mother.Id);
        Assert.Empty(await Rows(Worklist.Ended));
        await room.Get<PermissionDesk>().Withdraw(FamilyRoom.Adviser, on30, mother.Id);
        Assert.Equal([on31], await Rows(Worklist.Ending));
    }

    [Fact]
    public async Task AccuracyCheck_IsDueAYearAfterTheLast_AndNotTheDayBefore()
    {
        var made = room.Card([room.Carer("Magda", "Testowska")], []);
        Assert.Equal(new DateOnly(2027, 3, 9), made.CheckDueOn);
        var family = Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Create(FamilyRoom.Adviser, made, Service.FamiliesInformation)).Family;
        room.Room.Clock.Set(new DateTimeOffset(2027, 3, 8, 12, 0, 0, TimeSpan.Zero));
        Assert.Empty(await Rows("accuracy-checks"));
        room.Room.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([family], await Rows("accuracy-checks"));
        Assert.Equal([family], await Rows("accuracy-checks", StrongroomFixture.Lead));
        Assert.Empty(await Rows("accuracy-checks", StrongroomFixture.OtherAdviser));
        // Gone through with the family: a year from then.
        Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().CheckedRight(FamilyRoom.Adviser, family));
        Assert.Empty(await Rows("accuracy-checks"));
        Assert.Equal(new DateOnly(2028, 3, 9), (await room.Keeper.Envelope(family))!.DueOn);
    }
}
