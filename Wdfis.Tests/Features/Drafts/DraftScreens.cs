using System.Collections.Immutable;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Drafts;

/// <summary>What a colleague sees of a draft that was kept before: all of it, or why not.</summary>
public sealed class DraftScreens : IAsyncLifetime
{
    private readonly BunitContext screens = new();
    private FamilyRoom room = default!;

    private DraftDesk Desk => room.Get<DraftDesk>();

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(Desk);
        screens.Services.AddSingleton<IColleagues>(room.Get<IColleagues>());
        screens.Open(room.Room, new SignedIn(() => StrongroomFixture.Adviser));
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await room.DisposeAsync();
    }

    /// <summary>A call as an older form sent it, with a field that none asks today.</summary>
    private async Task<UnitId> Kept()
    {
        var id = UnitId.Create(room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await Desk.Keep(FamilyRoom.Adviser, id, "family-child", new Dictionary<string, string> { ["at"] = $"families/{UnitId.Create(room.Room.Clock)}/edit/child/new", ["nursery-name"] = "Sample Nursery" }));
        return id;
    }

    /// <summary>The same as a later build would have kept it.</summary>
    private async Task<UnitId> Newer()
    {
        var id = await Kept();
        var envelope = (await room.Keeper.Envelope(id))!;
        var keeper = ActivatorUtilities.CreateInstance<Keeper>(room.Room.Services, (IServiceProvider)new LaterFormat());
        Assert.IsType<Outcome.Done>(await keeper.Do(new Act(FamilyRoom.Adviser, Wdfis.Domain.Audit.AuditAction.Saved, [new Put<Draft>(envelope, (await Desk.Open(FamilyRoom.Adviser, id))!, envelope.Version)])));
        return id;
    }

    private IRenderedComponent<UnfinishedPage> Unfinished(UnitId id) => screens.Render<UnfinishedPage>(page => page.Add(one => one.Id, id.ToString()));

    [Fact]
    public async Task Form_WithAFieldThatNoFormAsksAnyMore_ShowsItOnAsking_AndDropsItAll()
    {
        var id = await Kept();
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/x/edit/child/new?draft={id}");
        var line = screens.Render<Resumed>();
        line.WaitForElement("button[aria-expanded=false]").Click();
        Assert.Equal(["Nursery name", "Sample Nursery"], line.WaitForElements("dl > *").Select(one => one.TextContent));
        line.Find("button.danger").Click();
        line.WaitForState(() => room.Keeper.Envelope(id).Result is null);
    }

    [Fact]
    public async Task Form_OnADraftThatIsBegunWhileItIsOpen_SaysNothingOfBefore()
    {
        var id = UnitId.Create(room.Room.Clock);
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/x/edit/child/new?draft={id}");
        var line = screens.Render<Resumed>();
        await Desk.Keep(FamilyRoom.Adviser, id, "family-child", new Dictionary<string, string> { ["forename"] = "Sam" });
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/x/edit/child/new?draft={id}&for=Advise");
        Assert.Equal("", line.Markup.Trim());
    }

    [Fact]
    public async Task Draft_OfAFormThatThisPortalDoesNotKnow_IsExplained_AndStays()
    {
        var id = await Newer();
        var page = Unfinished(id);
        page.WaitForAssertion(() => Assert.Contains("kept in a form that this portal does not know", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.NotNull(await room.Keeper.Envelope(id));
        page.Find("button.danger").Click();
        page.WaitForAssertion(() => Assert.Contains("saved or dropped already", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Null(await room.Keeper.Envelope(id));
    }

    [Fact]
    public async Task Page_OnADraftThatDoesNotOpen_LeadsToTheExplanation_AndNotToAnEmptyForm()
    {
        var id = await Newer();
        var navigation = screens.Services.GetRequiredService<NavigationManager>();
        var draft = new PageDraft(Desk, screens.Services.GetRequiredService<IJSRuntime>(), navigation, room.Room.Clock);
        Assert.False(await draft.Open(FamilyRoom.Adviser, id.ToString()));
        Assert.EndsWith($"unfinished/{id}", navigation.Uri, StringComparison.Ordinal);
        Assert.True(draft.Id.IsEmpty);
    }

    [Fact]
    public async Task Act_OnWhatIsNotOnTheServersDisk_SaysSo_AndASecondOneWaitsForTheFirst()
    {
        var sent = screens.JSInterop.Setup<string>("wdfis.flushDraft", _ => true);
        var draft = new PageDraft(Desk, screens.Services.GetRequiredService<IJSRuntime>(), screens.Services.GetRequiredService<NavigationManager>(), room.Room.Clock);
        draft.Begin();
        var (begun, said, followed) = (0, new List<ImmutableArray<Problem>>(), 0);
        var under = new TaskCompletionSource<ImmutableArray<Problem>>();
        Task Press() => draft.Act(() => Task.FromResult(FamilyRoom.Adviser), _ => { begun++; return under.Task; }, said.Add, _ => { followed++; return Task.CompletedTask; });

        sent.SetResult("Not kept yet.");
        await Press();
        Assert.Equal("Not kept yet.", Assert.Single(Assert.Single(said)).Sentence);
        Assert.Equal((0, 0, false), (begun, followed, draft.Busy));

        sent.SetResult("");
        var first = Press();
        await Press();
        Assert.True(draft.Busy);
        under.SetResult([]);
        await first;
        Assert.Empty(said[^1]);
        Assert.Equal((1, 1, 2, false), (begun, followed, said.Count, draft.Busy));
    }

    /// <summary>Writes what today's build cannot read.</summary>
    private sealed class LaterFormat : IRecordFormat<Draft>, IServiceProvider
    {
        public object? GetService(Type service) => service == typeof(IRecordFormat<Draft>) ? this : null;

        public UnitKind Kind => UnitKind.Draft;

        public byte[] Write(Draft record) => [.. System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(new DraftFormat().Write(record)).Replace("\"v\":1", "\"v\":99", StringComparison.Ordinal))];

        public Draft Read(ReadOnlySpan<byte> utf8) => throw new NotSupportedException();
    }
}
