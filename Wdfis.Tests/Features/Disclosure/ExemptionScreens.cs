using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
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
    private TaskCompletionSource held = new();

    public async Task InitializeAsync()
    {
        scene = await DisclosureRoom.Start();
        held.SetResult();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(scene.Room.Get<ExemptionDesk>());
        screens.Services.AddSingleton(scene.Room.Get<DisclosureDesk>());
        screens.Services.AddSingleton(scene.Room.Get<AmendsDesk>());
        screens.Services.AddSingleton(scene.Room.Get<OutletDoor>());
        screens.Services.AddSingleton(scene.Room.Get<DraftDesk>());
        screens.Services.AddTransient<PageDraft>();
        screens.Services.AddSingleton(scene.Room.Get<RecipientDirectory>());
        screens.Services.AddSingleton(scene.Room.Get<Envelopes>());
        screens.Services.AddSingleton(scene.Room.Get<WorkingDays>());
        screens.Services.AddSingleton(scene.Room.Get<IColleagues>());
        screens.Open(scene.Room.Room, new SignedIn(() => held.Task, () => who));
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
    public async Task Record_ForItsAsker_HasNoSignature_ForALeadHasOne()
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

    [Fact]
    public async Task Compose_WhileItLoadsThenEmptyThenAllowed_SaysEachInWords()
    {
        held = new();
        var page = Compose("act=share");
        Assert.Equal("Opening…", page.Find(".wait").TextContent);
        held.SetResult();
        page.WaitForAssertion(() => Assert.Contains("Choose to whom it goes.", page.Find("[role=status] .notice").TextContent, StringComparison.Ordinal));
        Assert.Contains("Tick whom it is about", page.Find(".empty").TextContent, StringComparison.Ordinal);

        await scene.Agreed(PermissionKind.Share, "name", "child-name", "setting");
        page = Compose($"act=share&body={scene.School.Id}");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("fieldset legend").Count(legend => legend.TextContent is "Magda Testowska" or "Ola Testowska")));
        Assert.Contains("✓ May share", page.Markup, StringComparison.Ordinal);
        page.Find("input[name^='pick|family.child.setting']").Change(true);
        page.WaitForAssertion(() => Assert.Contains("✓ Allowed: permission", page.Find("aside").TextContent, StringComparison.Ordinal));
        Assert.Contains("School or setting: Example Primary", page.Find(".sheet-text").TextContent, StringComparison.Ordinal);
        // What no permission names turns it into a no with its reason and way on.
        page.Find("input[name^='pick|family.child.sen-stage']").Change(true);
        page.WaitForAssertion(() => Assert.Contains("named in the words of the permission", page.Find("aside .notice.late").TextContent, StringComparison.Ordinal));
        Assert.Equal($"families/{scene.Family}/permissions/new", page.Find("aside .reasons a").GetAttribute("href"));
    }

    [Fact]
    public async Task Disclosures_WhileTheyLoadThenEmptyThenRows_SayEachInWords()
    {
        held = new();
        var page = screens.Render<DisclosuresPage>(one => one.Add(list => list.Id, scene.Family.ToString()));
        Assert.Equal("Opening…", page.Find(".wait").TextContent);
        held.SetResult();
        page.WaitForAssertion(() => Assert.Contains("nobody was told anything", page.Find(".empty").TextContent, StringComparison.Ordinal));
        var sent = await Sent();
        page = screens.Render<DisclosuresPage>(one => one.Add(list => list.Id, scene.Family.ToString()));
        page.WaitForAssertion(() => Assert.Equal($"disclosures/{sent}", page.Find("tbody a").GetAttribute("href")));
        Assert.Contains("Nobody has said", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disclosure_InEachState_ShowsWhatBecameOfItAndLeadsToWhatWentWrong()
    {
        var sent = await Sent();
        held = new();
        var page = Disclosure(sent.ToString());
        Assert.Equal("Opening…", page.Find(".wait").TextContent);
        held.SetResult();
        page.WaitForAssertion(() => Assert.Equal($"disclosures/{sent}/wrong", page.Find("[data-key=x]").GetAttribute("href")));
        Assert.Contains("What became of it?", page.Markup, StringComparison.Ordinal);
        page = Disclosure("nothing");
        page.WaitForAssertion(() => Assert.Contains("There is nothing here.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Amends_InEachState_ListWhoIsOwedWord()
    {
        var sent = await Sent();
        var amends = (await scene.Room.Get<AmendsDesk>().Report(scene.Adviser, sent, NoticeKind.WrongRecipient, [], null, "It went astray.", null, default)).OrThrow();
        held = new();
        var page = Amends(amends.Id.ToString());
        Assert.Equal("Opening…", page.Find(".wait").TextContent);
        held.SetResult();
        page.WaitForAssertion(() => Assert.Equal($"disclosures/{sent}/notice?amends={amends.Id}", page.Find(".told-lines .btn").GetAttribute("href")));
        Assert.Equal("Word is owed", page.Find(".head .mark.due").TextContent);
        page.FindAll(".told-lines button")[0].Click();
        page.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Say how they were told.", page.Find(".problems").TextContent, StringComparison.Ordinal));
        page = Amends("nothing");
        page.WaitForAssertion(() => Assert.Contains("There is nothing here.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Register_WhileItLoadsThenRows_LeadsToEach()
    {
        var exemption = scene.Urgent();
        await scene.Sent(scene.Form(ground: new Ground.UnderExemption(exemption)) with { Text = "x", TextScopes = ["social-care"] });
        As(StrongroomFixture.Lead);
        held = new();
        var page = screens.Render<ExemptionRegisterPage>();
        Assert.NotEmpty(page.FindAll(".wait"));
        held.SetResult();
        page.WaitForAssertion(() => Assert.Equal($"exemptions/{exemption.Id}", page.Find("tbody a").GetAttribute("href")));
        Assert.Contains("Went at once, not signed yet", page.Markup, StringComparison.Ordinal);
        held = new();
        var record = Shown(exemption.Id);
        Assert.Equal("Opening…", record.Find(".wait").TextContent);
        held.SetResult();
        record.WaitForAssertion(() => Assert.NotEmpty(record.FindAll("#f-exemption-learnt")));
    }

    /// <summary>A page opened anew with what was typed into it before: after a restart, a cut, or from the desk.</summary>
    private async Task<UnitId> Typed(Wdfis.Portal.Strongroom.Errand who, string address, params (string Field, string Text)[] fields)
    {
        var draft = UnitId.Create(scene.Room.Room.Clock);
        Assert.Equal(DraftAnswer.Kept, await scene.Room.Get<DraftDesk>().Keep(who, draft, "form", fields.ToDictionary(one => one.Field, one => one.Text)));
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"{address}?draft={draft}");
        return draft;
    }

    [Fact]
    public async Task Forms_TypedIntoBefore_HoldItAgain()
    {
        var sent = await Sent();
        await Typed(scene.Adviser, $"disclosures/{sent}", ("outcome-words", "Rang twice."), ("told-words", "By telephone."));
        var page = Disclosure(sent.ToString());
        Assert.Equal("Rang twice.", page.WaitForElement("#f-disclosure-outcome-words").GetAttribute("value"));
        Assert.Equal("By telephone.", page.Find($"#{ProblemFor.FieldId(DisclosureFields.ToldWords)}").GetAttribute("value"));
        var amends = (await scene.Room.Get<AmendsDesk>().Report(scene.Adviser, sent, NoticeKind.WrongRecipient, [], null, "It went astray.", null, default)).OrThrow();
        var person = amends.People[0];
        await Typed(scene.Adviser, $"amends/{amends.Id}", ($"words-{person}", "Rang them."));
        Assert.Equal("Rang them.", Amends(amends.Id.ToString()).WaitForElement("#f-amends-told-words").GetAttribute("value"));
    }

    [Fact]
    public async Task Record_TypedIntoBefore_IsSavedWithIt_AndTheDraftGoes()
    {
        var exemption = scene.Urgent();
        await scene.Sent(scene.Form(ground: new Ground.UnderExemption(exemption)) with { Text = "x", TextScopes = ["social-care"] });
        var draft = await Typed(scene.Adviser, $"exemptions/{exemption.Id}", ("told-words", "Rang the mother."));
        var page = Shown(exemption.Id);
        page.WaitForElement("[aria-labelledby=told] .btn:not([data-key])").Click();
        page.WaitForAssertion(() => Assert.Equal("Rang the mother.", page.Find("[aria-labelledby=told] .typed").TextContent));
        Assert.Null(await scene.Room.Keeper.Envelope(draft));
    }

    private async Task<UnitId> Sent()
    {
        await scene.Agreed(PermissionKind.Share, "child-name", "setting");
        return (await scene.Sent(await scene.Ticked(scene.Form() with { About = [scene.Child.Id] }, "family.child.setting"))).Record.Id;
    }

    [Fact]
    public void Compose_GoneOnToFromAFamily_TakesNothingOfItAlong()
    {
        const string name = "Ola Testowska";
        var page = Compose("act=share");
        page.WaitForAssertion(() => Assert.Contains(name, page.Markup, StringComparison.Ordinal));
        var navigation = screens.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"ask?draft={UnitId.Create(scene.Room.Room.Clock)}");
        page.Render(again => again.Add(one => one.Family, null));
        page.WaitForAssertion(() => Assert.Equal("Ask in general", page.Find("h1").TextContent));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-key-submit]")));
        Assert.DoesNotContain(name, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Family.ToString(), page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<ComposePage> Compose(string query)
    {
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/{scene.Family}/disclose?draft={UnitId.Create(scene.Room.Room.Clock)}&{query}");
        return screens.Render<ComposePage>(page => page.Add(one => one.Family, scene.Family.ToString()));
    }

    private IRenderedComponent<DisclosurePage> Disclosure(string id) => screens.Render<DisclosurePage>(page => page.Add(one => one.Id, id));

    private IRenderedComponent<AmendsPage> Amends(string id) => screens.Render<AmendsPage>(page => page.Add(one => one.Id, id));

    private void As(Colleague colleague) => who = colleague;

    private static UnitId Draft(string text) => UnitId.TryParse(text, out var id) ? id : throw new FormatException();

    private IRenderedComponent<SignOffPage> Shown(UnitId id) => screens.Render<SignOffPage>(page => page.Add(one => one.Id, id.ToString()));

    private IRenderedComponent<FindingPage> Finding()
    {
        screens.Services.GetRequiredService<NavigationManager>().NavigateTo($"families/{scene.Family}/authority?draft={UnitId.Create(scene.Room.Room.Clock)}");
        return screens.Render<FindingPage>(page => page.Add(one => one.Family, scene.Family.ToString()));
    }

    // While it is held back, nobody is known yet and every page is loading.
    private sealed class SignedIn(Func<Task> held, Func<Colleague> who) : AuthenticationStateProvider
    {
        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            await held();
            return new AuthenticationState(SignIn.PrincipalOf(who()));
        }
    }
}
