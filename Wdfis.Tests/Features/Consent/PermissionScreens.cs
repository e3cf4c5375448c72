using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Consent;

/// <summary>What the screens about permission and anonymity show in each state, over a real strongroom.</summary>
public sealed class PermissionScreens : IAsyncLifetime
{
    private readonly BunitContext screens = new();
    private FamilyRoom room = default!;
    private Carer mother = default!;
    private Child child = default!;
    private UnitId family;

    public async Task InitializeAsync()
    {
        room = await FamilyRoom.Start();
        mother = room.Carer("Magda", "Testowska");
        child = room.Child("Ola", room.Today.AddYears(-6));
        family = await room.Save(room.Card([mother], [child]));
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(room.Get<PermissionDesk>());
        screens.Services.AddSingleton(room.Get<DisclosureDesk>());
        screens.Services.AddSingleton(room.Get<OutletDoor>());
        screens.Services.AddSingleton(room.Get<AnonymityDesk>());
        screens.Services.AddSingleton(room.Get<Wdfis.Portal.Features.Disclosure.OutletDoor>());
        screens.Services.AddSingleton(room.Get<AskedDesk>());
        screens.Services.AddSingleton(room.Get<Wdfis.Portal.Features.Drafts.DraftDesk>());
        screens.Services.AddTransient<Wdfis.Portal.Features.Drafts.PageDraft>();
        As(StrongroomFixture.Adviser);
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await room.DisposeAsync();
    }

    [Fact]
    public void Panel_NothingAsked_SaysSoAndOffersToAsk()
    {
        var panel = Panel();
        panel.WaitForAssertion(() => Assert.Equal(["School: never asked.", "Council teams: never asked."], panel.FindAll("li").Select(line => line.TextContent)));
        Assert.Equal($"families/{family}/permissions/new", panel.Find("header a").GetAttribute("href"));
    }

    [Fact]
    public async Task Panel_WithARecord_LeadsToItWithItsStateInWords()
    {
        var id = await Record();
        var panel = Panel();
        panel.WaitForAssertion(() => Assert.Equal("Given", panel.Find("details .mark.good").TextContent));
        Assert.Equal($"permissions/{id}", panel.Find("details a").GetAttribute("href"));
    }

    [Fact]
    public void Page_UnknownPermission_SaysSoAndOffersNothing()
    {
        var page = screens.Render<PermissionPage>(parameters => parameters.Add(p => p.Id, UnitId.Create(room.Room.Clock).ToString()));
        page.WaitForAssertion(() => Assert.Contains("There is no such permission", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task Page_LateEntry_OffersTheAgreementToALeadAlone()
    {
        var id = await Record(daysAgo: 1);
        var page = screens.Render<PermissionPage>(parameters => parameters.Add(p => p.Id, id.ToString()));
        page.WaitForAssertion(() => Assert.Contains("Waits for a lead", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Agree to the late entry", page.Markup, StringComparison.Ordinal);
        As(StrongroomFixture.Lead);
        var leads = screens.Render<PermissionPage>(parameters => parameters.Add(p => p.Id, id.ToString()));
        leads.WaitForElement("button:contains('Agree to the late entry')").Click();
        leads.WaitForAssertion(() => Assert.Equal("Given", leads.Find(".head .mark.good").TextContent));
    }

    [Fact]
    public void Proof_Shown_NamesPlacesAndWhatRemains()
    {
        var proof = Anonymisation.Restore(UnitId.Create(room.Room.Clock), room.Room.Clock.GetUtcNow(), StrongroomFixture.Adviser.Id, Rung.Anonymous, 1, noteStays: true,
            [new Searched(SearchedPlace.Enquiries, 3, 2)], [new Remaining("paper", "Paper is not in this system.")]);
        var shown = screens.Render<SearchedAndDestroyed>(parameters => parameters.Add(p => p.Proof, proof).Add(p => p.KeepUntil, new KeepUntil(room.Today, "anonymisation", "of this")));
        Assert.Equal(["Enquiries and their notes", "3", "2"], shown.FindAll("td").Select(cell => cell.TextContent));
        Assert.Contains("a colleague reworded", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("Paper is not in this system.", shown.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<PermissionPanel> Panel() => screens.Render<PermissionPanel>(parameters => parameters.Add(p => p.Family, family));

    private async Task<UnitId> Record(int daysAgo = 0)
    {
        var terms = PermissionTerms.Create([child.Id], NamedBody.Create(BodyKind.School, "Example Primary").OrThrow(), PermissionKind.Contact, "x", [], ["phone"], room.Today.AddDays(-2), room.Today.AddDays(99)).OrThrow();
        return (await room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, family, terms, new Grant
        {
            By = mother.Id,
            Capacity = GrantCapacity.ParentWithResponsibility,
            Evidence = "said so",
            How = GivenHow.Spoken,
            TextVersion = PermissionRequest.Version,
            GivenAt = room.Room.Clock.GetUtcNow().AddDays(-daysAgo),
        })).OrThrow().Id;
    }

    private Colleague who = StrongroomFixture.Adviser;

    private void As(Colleague colleague)
    {
        who = colleague;
        if (screens.Services.Any(service => service.ServiceType == typeof(IColleagues)))
            return;
        var signedIn = new SignedIn(() => who);
        screens.Services.AddSingleton<IColleagues>(signedIn);
        screens.Open(room.Room, signedIn);
    }
}
