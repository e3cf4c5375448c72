using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>What the buttons of the family's page show in each state, over a real strongroom.</summary>
public sealed class GateScreens : IAsyncLifetime
{
    private readonly BunitContext screens = new();
    private DisclosureRoom scene = default!;
    private readonly Colleague who = StrongroomFixture.Adviser;

    public async Task InitializeAsync()
    {
        scene = await DisclosureRoom.Start();
        screens.Services.AddSingleton(scene.Desk);
        var signedIn = new SignedIn(() => who);
        screens.Services.AddSingleton<IColleagues>(signedIn);
        screens.Open(scene.Room.Room, signedIn);
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public void Panel_NobodyNamed_SaysSoAndOffersAnotherBody()
    {
        var panel = Panel();
        panel.WaitForAssertion(() => Assert.Contains("nobody may be told anything", panel.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.Equal($"families/{scene.Family}/disclose", panel.Find(".ways a").GetAttribute("href"));
    }

    [Fact]
    public async Task Panel_WithdrawnElsewhere_TurnsGreyWithoutAnybodyAsking()
    {
        var permission = await scene.Agreed(PermissionKind.Contact);
        var panel = Panel();
        panel.WaitForAssertion(() => Assert.Equal($"families/{scene.Family}/disclose?act=contact&body={scene.School.Id}", panel.Find(".gate a").GetAttribute("href")));
        // To share was never asked: grey, with its reason beside it and the ways forward.
        var share = panel.Find("button[aria-disabled=true]");
        Assert.Equal("never asked", panel.Find($"[id='{share.GetAttribute("aria-describedby")}']").TextContent);
        Assert.Equal($"families/{scene.Family}/permissions/new?kind=share&like={permission}", panel.Find("li .ways a").GetAttribute("href"));
        Assert.Equal(["Ask now", "Ask a lead", "Exemption", "Ask in general"], panel.FindAll("li .ways a").Select(way => way.TextContent.Split(" for ")[0]));

        (await scene.Room.Get<PermissionDesk>().Withdraw(scene.Lead, permission, scene.Mother.Id)).OrThrow();
        panel.WaitForAssertion(() => Assert.Equal("withdrawn today", panel.Find($"[id='contact-{permission}']").TextContent));
        Assert.Empty(panel.FindAll(".gate a"));
        Assert.Equal("What may be said to whom has changed.", panel.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Panel_BodyThatClosed_IsGreyAlthoughPermissionIsLive()
    {
        await scene.Agreed(PermissionKind.Contact);
        (await scene.Room.Get<RecipientDesk>().Finish(scene.Lead, scene.School.Id, RecipientEnding.Closed, scene.Room.Today, null)).OrThrow();
        var panel = Panel();
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("button[aria-disabled=true]").Count));
        Assert.Empty(panel.FindAll(".gate a"));
    }

    private IRenderedComponent<GateButtons> Panel() => screens.Render<GateButtons>(parameters => parameters.Add(p => p.Family, scene.Family));
}
