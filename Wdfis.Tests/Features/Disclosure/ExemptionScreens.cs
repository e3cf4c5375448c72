using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>What the screens of exemptions show in each state, over a real strongroom.</summary>
public sealed class ExemptionScreens : IAsyncLifetime
{
    private readonly BunitContext screens = new();
    private DisclosureRoom scene = default!;
    private Colleague who = StrongroomFixture.Adviser;

    public async Task InitializeAsync()
    {
        scene = await DisclosureRoom.Start();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(scene.Room.Get<ExemptionDesk>());
        screens.Services.AddSingleton(scene.Room.Get<DisclosureDesk>());
        screens.Services.AddSingleton(scene.Room.Get<DraftDesk>());
        screens.Services.AddSingleton(scene.Room.Get<RecipientDirectory>());
        screens.Services.AddSingleton(scene.Room.Get<Envelopes>());
        screens.Services.AddSingleton(scene.Room.Get<WorkingDays>());
        screens.Services.AddSingleton(scene.Room.Get<IColleagues>());
        screens.Services.AddSingleton<TimeProvider>(scene.Room.Room.Clock);
        screens.Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(() => who));
        screens.Services.AddScoped<CircuitName>();
        screens.Services.AddScoped<Errands>();
    }

    public async Task DisposeAsync()
    {
        await screens.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public void Authority_BeforeAnybodyWasAsked_SaysSoAndOffersNoForm()
    {
        As(StrongroomFixture.Lead);
        var page = Finding();
        page.WaitForAssertion(() => Assert.Contains("no answers differ", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("select"));
    }

    [Fact]
    public async Task Authority_WithAnswersOnRecord_OffersTheirBodiesAndRecordsWhatALeadFound()
    {
        As(StrongroomFixture.Lead);
        await scene.Agreed(PermissionKind.Share, "child-name");
        var page = Finding();
        page.WaitForElement("select#f-finding-body");
        Assert.Equal(["Choose…", "Example Primary"], page.FindAll("#f-finding-body option").Select(option => option.TextContent));
        await page.Find("[data-key-submit]").ClickAsync(new());
        Assert.Equal(3, page.FindAll(".problems li").Count);
        var draft = Draft(screens.Services.GetRequiredService<NavigationManager>().Uri.Split("draft=")[1]);
        Assert.Equal(DraftAnswer.Kept, await scene.Room.Get<DraftDesk>().Keep(scene.Lead, draft, ExemptionForm.Authority, new Dictionary<string, string>
        {
            ["child"] = scene.Child.Id.ToString(),
            ["body"] = scene.School.Id.ToString(),
            ["prevails"] = scene.Mother.Id.ToString(),
            ["why"] = "The order of 3 March, seen.",
        }));
        await page.Find("[data-key-submit]").ClickAsync(new());
        Assert.Equal([], page.FindAll(".problems li").Select(line => line.TextContent.Trim()));
        Assert.Equal(scene.Mother.Id, Assert.Single((await scene.Desk.Gather(scene.Lead, scene.Family)).Facts!.Findings).Prevails);
        Assert.Null(await scene.Room.Keeper.Envelope(draft));
    }

    [Fact]
    public async Task Record_ForItsAsker_HasNoSignature_ForALeadHasOne_ForAManagerIsRefused()
    {
        var exemption = scene.Urgent();
        await scene.Sent(scene.Form(ground: new Ground.UnderExemption(exemption)) with { Text = "Ola said so.", TextScopes = ["social-care"] });
        As(StrongroomFixture.Adviser);
        var page = Shown(exemption.Id);
        page.WaitForAssertion(() => Assert.Contains("signs this", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-key-submit]"));
        As(StrongroomFixture.Lead);
        page = Shown(exemption.Id);
        page.WaitForElement("[data-key-submit]");
        // The form is not complete: signing says what is missing.
        await page.Find("[data-key-submit]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".problems li")));
        As(StrongroomFixture.Manager);
        page = Shown(exemption.Id);
        page.WaitForAssertion(() => Assert.Contains(RefusalReason.NotYourRole.Words(), page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("harm at home", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_Empty_SaysSo()
    {
        As(StrongroomFixture.Lead);
        var page = screens.Render<ExemptionRegisterPage>();
        page.WaitForAssertion(() => Assert.Contains("No exemption was used", page.Markup, StringComparison.Ordinal));
        As(StrongroomFixture.Officer);
        page = screens.Render<ExemptionRegisterPage>();
        page.WaitForAssertion(() => Assert.Contains("Nothing waits", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Counted</h2>", page.Markup, StringComparison.Ordinal);
    }

    private void As(Colleague colleague) => who = colleague;

    private static UnitId Draft(string text) => UnitId.TryParse(text, out var id) ? id : throw new FormatException();

    private IRenderedComponent<SignOffPage> Shown(UnitId id) => screens.Render<SignOffPage>(page => page.Add(one => one.Id, id.ToString()));

    private IRenderedComponent<FindingPage> Finding()
    {
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/{scene.Family}/authority?draft={UnitId.Create(scene.Room.Room.Clock)}");
        return screens.Render<FindingPage>(page => page.Add(one => one.Family, scene.Family.ToString()));
    }

    private sealed class SignedIn(Func<Colleague> who) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(SignIn.PrincipalOf(who())));
    }
}
