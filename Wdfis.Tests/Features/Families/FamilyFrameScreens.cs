using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Handling;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Audit;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Shell;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Families;

/// <summary>What stands before a page whose address names a family: the question, or the page.</summary>
public sealed class FamilyFrameScreens : IAsyncLifetime
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.OtherAdviser, Purpose.Advise);
    private readonly BunitContext screens = new();
    private FamilyRoom room = default!;
    private UnitId family;
    private Colleague who = StrongroomFixture.OtherAdviser;
    private IRenderedComponent<Around> shown = default!;

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(room.Get<CuriosityDesk>());
        screens.Services.AddSingleton(room.Get<FamilyDesk>());
        screens.Services.AddSingleton(room.Get<IColleagues>());
        screens.Open(room.Room, new SignedIn(() => who));
        family = await Family();
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await room.DisposeAsync();
    }

    private Task<UnitId> Family(Func<Envelope, Envelope>? with = null) => room.Save(room.Card([room.Carer("Magda", "Testowska")], []), with ?? (envelope => envelope));

    // As the router gives it.
    private sealed class Around : ComponentBase
    {
        [Parameter] public RouteData? Route { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<ShownPage>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), (ShownPage)(() => Route));
            builder.AddComponentParameter(3, nameof(CascadingValue<>.IsFixed), true);
            builder.AddComponentParameter(2, nameof(CascadingValue<>.ChildContent), (RenderFragment)(inner =>
            {
                inner.OpenComponent<FamilyFrame>(0);
                inner.AddComponentParameter(1, nameof(FamilyFrame.ChildContent), (RenderFragment)(page => page.AddMarkupContent(0, "<p id=\"page\">Here.</p>")));
                inner.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }

    /// <summary>Goes to the page at this address; whether it is shown, or else the question.</summary>
    private bool Goes(Type page, string address)
    {
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var route = new RouteData(page, address.Split('?')[0].Split('/').Index().ToDictionary(part => $"part-{part.Index}", part => (object?)Uri.UnescapeDataString(part.Item)));
        if (shown is null)
            shown = screens.Render<Around>(around => around.Add(one => one.Route, route));
        else
            shown.Render(around => around.Add(one => one.Route, route));
        return Shown();
    }

    private bool Shown()
    {
        var (page, question) = (shown.FindAll("#page").Count == 1, shown.FindAll("#why-opened").Count == 1);
        Assert.NotEqual(page, question);
        return page;
    }

    // Of two families the other asks then.
    private void Say(bool another = false)
    {
        var about = shown.Find(".head a").GetAttribute("href");
        shown.Find("[data-key='2']").Click();
        shown.WaitForAssertion(() =>
        {
            Assert.Equal(!another, Shown());
            Assert.True(!another || shown.Find(".head a").GetAttribute("href") != about);
        });
    }

    public static TheoryData<string> Pages => [.. typeof(FamilyFrame).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute)) && type.IsDefined(typeof(RequiresAttribute))).Select(type => type.FullName!)];

    // A page that is new asks, as long as nobody says here why it need not.
    private static readonly string[] Unasked =
    [
        nameof(AnonymisationPage), nameof(AuditRoomPage), nameof(ConflictPage), nameof(EmergencyPage), nameof(EnquiryPage), nameof(FamilyPage), nameof(FamilyPartPage),
        nameof(HoldPage), nameof(HoldsPage), nameof(LiveEnquiryPage), nameof(PackPage), nameof(RequestPage), nameof(UnfinishedPage), nameof(UrgentPage),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_ThatNamesAFamily_IsShownAfterTheQuestion_ToWhoeverMaySeeIt(string name)
    {
        var page = typeof(FamilyFrame).Assembly.GetType(name)!;
        foreach (var one in (Colleague[])[StrongroomFixture.OtherAdviser, StrongroomFixture.Lead, StrongroomFixture.Officer])
        {
            (who, shown) = (one, null!);
            var asks = one.May(Entitlement.WorkWithFamilies) && one.May(page.GetCustomAttribute<RequiresAttribute>()!.Entitlement) && !Unasked.Contains(page.Name);
            Assert.Equal(!asks, Goes(page, $"somewhere/{family}"));
            Assert.Equal(!asks, Goes(page, $"somewhere?of={family}"));
            Assert.Equal(!asks, Goes(page, $"somewhere/%7B{family.Value}%7D"));
            Assert.Equal(!asks, Goes(page, $"somewhere#?of={family}"));
        }
    }

    [Fact]
    public void Answer_OpensThePage_IsOnRecord_AndTakesNoFormAwayLater()
    {
        Assert.False(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        Assert.Equal("families/" + family + "/conflict", shown.Find(".head a").GetAttribute("href"));
        Say();
        shown.WaitForAssertion(() => Assert.Equal("main h1:not([data-focus-elsewhere])", Assert.Single(screens.JSInterop.Invocations["wdfis.focus"]).Arguments[0]));
        Assert.Equal(AuditAction.Opened, Assert.Single(room.Get<AuditTrail>().Since(new AuditQuestion { From = room.Today, Who = who.Id })).Action);
        // In this window no page of the family asks, for a quarter of an hour.
        Assert.True(Goes(typeof(DisclosuresPage), $"families/{family}/disclosures"));
        Assert.True(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        room.Room.Clock.Advance(TimeSpan.FromMinutes(15));
        // Nobody is asked in the middle of a form, nor on the way from it to another page of the family; whoever left the family is.
        Assert.True(Goes(typeof(ComposePage), $"families/{family}/disclose?draft={UnitId.Create(room.Room.Clock)}"));
        Assert.True(Goes(typeof(DisclosuresPage), $"families/{family}/disclosures"));
        Assert.True(Goes(typeof(FamiliesPage), "families"));
        Assert.False(Goes(typeof(DisclosuresPage), $"families/{family}/disclosures"));
        // A page without a family takes the question away.
        Assert.True(Goes(typeof(FamiliesPage), "families"));
        Assert.Single(screens.JSInterop.Invocations["wdfis.focus"]);
    }

    [Fact]
    public async Task Families_Two_EachAsk()
    {
        var second = await Family();
        who = StrongroomFixture.Lead;
        Assert.False(Goes(typeof(JoinPage), $"families/{family}/join?with={second}"));
        Say(another: true);
        Assert.Equal("The other family", shown.Find("h1").TextContent);
        shown.WaitForAssertion(() => Assert.Single(screens.JSInterop.Invocations["wdfis.focus"]));
        Say();
    }

    [Fact]
    public async Task Page_ThatWasRefused_ShowsNothingToGoOnFrom()
    {
        // The router refuses a page for leads.
        Assert.True(Goes(typeof(HandlingPage), $"families/{family}/handling"));
        Assert.False(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        var closed = await Family(envelope => envelope with { SpecialHandling = true });
        Assert.True(Goes(typeof(ComposePage), $"families/{closed}/disclose"));
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Advise), AuditAction.Saved, [new Mark(closed, (await room.Keeper.Envelope(closed))!.Version, one => one with { SpecialHandling = false })])));
        Assert.False(Goes(typeof(DisclosuresPage), $"families/{closed}/disclosures"));
    }

    [Fact]
    public async Task WhatTheAddressNames_OnAnyListOfTheirs_IsTheirWork()
    {
        var talk = room.Room.Envelope(UnitKind.Enquiry, family) with { State = "closed", PrivatePromised = true };
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(talk, "Wants to talk alone")));
        Assert.False(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        Assert.True(Goes(typeof(HeardOfPage), $"heard-of/{talk.Id}"));
        var exemption = room.Room.Envelope(UnitKind.Exemption, family);
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Created,
            [new Put<Exemption>(exemption, new Exemption { Id = exemption.Id, AskedBy = exemption.Owner, AskedAt = room.Room.Clock.GetUtcNow(), Kind = ExemptionKind.X1 }, 0)])));
        shown = null!;
        Assert.False(Goes(typeof(SignOffPage), $"exemptions/{exemption.Id}"));
        (who, shown) = (StrongroomFixture.Lead, null!);
        Assert.True(Goes(typeof(SignOffPage), $"exemptions/{exemption.Id}"));
    }

    [Fact]
    public async Task WhatBelongsToAFamily_Asks_AndOwnWorkDoesNot()
    {
        var enquiry = room.Room.Envelope(UnitKind.Enquiry, family, owner: StrongroomFixture.OtherAdviser) with { State = "open" };
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.OtherAdviser, AuditAction.Created, StrongroomFixture.Put(enquiry, "Rang about a place")));
        Assert.True(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        (who, shown) = (StrongroomFixture.Lead, null!);
        Assert.False(Goes(typeof(PermissionPage), $"permissions/{enquiry.Id}"));
        Assert.True(Goes(typeof(PermissionPage), $"permissions/{UnitId.Create(room.Room.Clock)}"));
    }

    [Fact]
    public async Task Page_GoesWhenTheFamilyCloses_AndSaysWhy()
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(Adviser, draft, HandlingDesk.Form, new Dictionary<string, string> { [HandlingDesk.TieField] = nameof(ConflictTie.Neighbour) });
        Assert.False(Goes(typeof(ComposePage), $"families/{family}/disclose"));
        Say();
        // In another window.
        Assert.Empty(await room.Get<HandlingDesk>().Declare(Adviser, family, draft));
        shown.WaitForAssertion(() => Assert.Equal(RefusalReason.Conflict.Words(), shown.Find("[role=alert]").TextContent));
        Assert.Empty(shown.FindAll("#page"));
        Assert.Empty(shown.FindAll("[data-key=e]"));
        // Not on the same page without the family.
        Assert.True(Goes(typeof(ComposePage), "ask"));
        var other = await Family();
        Assert.False(Goes(typeof(ComposePage), $"families/{other}/disclose"));
        Say();
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(Adviser, AuditAction.Saved, [new Mark(other, (await room.Keeper.Envelope(other))!.Version, one => one with { SpecialHandling = true })])));
        shown.WaitForAssertion(() => Assert.Equal($"families/{other}/emergency", shown.Find("[data-key=e]").GetAttribute("href")));
        Assert.Empty(shown.FindAll("#page"));
    }

    [Fact]
    public async Task StoreOnly_AsksForWhatOpensIt_AndWhatIsClosedAsksNothing()
    {
        var stored = await Family(envelope => envelope with { Restricted = true });
        Assert.False(Goes(typeof(ComposePage), $"families/{stored}/disclose"));
        Say();
        Assert.Equal(Purpose.Safeguarding, Assert.Single(room.Get<AuditTrail>().Since(new AuditQuestion { From = room.Today, Who = who.Id })).Purpose);
        // Its page refuses, and says whom to ask.
        Assert.True(Goes(typeof(ComposePage), $"families/{await Family(envelope => envelope with { SpecialHandling = true })}/disclose"));
    }
}
