using System.Net;
using Microsoft.Extensions.Configuration;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Policy;

/// <summary>Reviews, copies and the council's website (A1, C4, R1).</summary>
public sealed class PolicyLifeTests : IAsyncLifetime
{
    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.QualityReview);
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.QualityReview);

    private FamilyRoom room = default!;

    public async Task InitializeAsync() => room = await FamilyRoom.Start();

    public async Task DisposeAsync() => await room.DisposeAsync();

    private async Task<UnitId> Typed(Errand errand, string form, params (string Field, string Text)[] fields)
    {
        var draft = UnitId.Create(room.Room.Clock);
        await room.Get<DraftDesk>().Keep(errand, draft, form, fields.ToDictionary(one => one.Field, one => one.Text));
        return draft;
    }

    private async Task Publish()
    {
        var desk = room.Get<PolicyDesk>();
        Assert.Empty(await desk.Write(Officer, null, 0, await Typed(Officer, PolicyDesk.Form, (PolicyDesk.ChangedField, "The first."))));
        var number = room.Get<PolicyShelf>().Editions[0].Record.Number;
        Assert.Empty(await desk.Approve(Lead, number, room.Get<PolicyShelf>().Find(number)!.Envelope.Version));
        Assert.Empty(await desk.Publish(Officer, number, room.Get<PolicyShelf>().Find(number)!.Envelope.Version, room.Today));
    }

    [Fact]
    public async Task YearlyReview_OpensSixtyDaysBefore_IsSignedWithFigures_AndSetsTheNextDate()
    {
        var (desk, shelf) = (room.Get<ReviewDesk>(), room.Get<PolicyShelf>());
        await Publish();
        var due = shelf.ReviewOn!.Value;
        Assert.Equal(PolicyReview.NextAfter(room.Today), due);
        Assert.NotEmpty((await desk.Begin(Officer, await Typed(Officer, ReviewDesk.Form, (ReviewDesk.TriggerField, nameof(ReviewTrigger.Yearly))))).Problems);
        room.Room.Clock.Advance(TimeSpan.FromDays(PolicyReview.OpensOn(due).DayNumber - room.Today.DayNumber));
        var (id, none) = await desk.Begin(Officer, await Typed(Officer, ReviewDesk.Form, (ReviewDesk.TriggerField, nameof(ReviewTrigger.Yearly))));
        Assert.Empty(none);
        Assert.Contains(await desk.Save(Officer, id, await Typed(Officer, ReviewDesk.Form), sign: true), problem => problem.Field == "policy.review.U2");
        (string, string)[] kept = [.. PolicyClauses.All.Select(clause => (ReviewDesk.KeptField + clause, "yes"))];
        Assert.Empty(await desk.Save(Officer, id, await Typed(Officer, ReviewDesk.Form, kept), sign: true));
        var (review, _, _) = await desk.Open(Lead, id);
        Assert.True(review!.NoChange);
        Assert.Contains(review.Figures, figure => figure.Name == "conformance/colleagues" && figure.Value == 5);
        Assert.Equal(PolicyReview.NextAfter(due), shelf.ReviewOn);
        Assert.NotEmpty(await desk.Save(Officer, id, await Typed(Officer, ReviewDesk.Form, (ReviewDesk.KeptField + "U2", "no"), (ReviewDesk.WhyField + "U2", "x")), sign: false));
    }

    [Fact]
    public async Task OverdueReview_IsSaidToEverybody_TheRestToLeadsAndOfficers()
    {
        await Publish();
        room.Room.Clock.Advance(TimeSpan.FromDays(room.Get<PolicyShelf>().ReviewOn!.Value.DayNumber - room.Today.DayNumber + 1));
        var registration = new Registration("ZA123456", room.Today.AddDays(7), 3);
        Assert.True(Assert.Single(await room.Get<PolicyDesk>().Notices(StrongroomFixture.For(StrongroomFixture.Adviser), registration, null, "no answer")).Late);
        var lead = await room.Get<PolicyDesk>().Notices(StrongroomFixture.For(StrongroomFixture.Lead), registration, null, "no answer");
        Assert.Contains(lead, notice => notice.Words.Contains("registration", StringComparison.Ordinal) && notice.Late);
        Assert.Contains(lead, notice => notice.Words.Contains("website: no answer", StringComparison.Ordinal));
        Assert.Contains(lead, notice => notice.Words.StartsWith("5 colleagues have not read", StringComparison.Ordinal));
    }

    /// <summary>The appropriate policy document has a review of its own: officers and leads hear of it from sixty days before, and until its date is moved.</summary>
    [Theory]
    [InlineData(61, null, false)]
    [InlineData(60, "is due on", false)]
    [InlineData(0, "is due on", false)]
    [InlineData(-1, "was due on", true)]
    public async Task PolicyDocument_NearItsReviewOrPast_IsSaidToOfficersAndLeads(int days, string? says, bool late)
    {
        await Publish();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Processing:PolicyDocument:ReviewOn", room.Today.AddDays(days).ToString("O", System.Globalization.CultureInfo.InvariantCulture))]).Build();
        async Task<IEnumerable<(string Words, string Link, bool Late)>> Said(Colleague who) => (await room.Get<PolicyDesk>().Notices(StrongroomFixture.For(who), null, Wdfis.Portal.Features.Processing.Controller.ReviewOn(settings), null))
            .Where(notice => notice.Words.Contains("appropriate policy document", StringComparison.Ordinal));
        foreach (var who in new[] { StrongroomFixture.Officer, StrongroomFixture.Lead })
        {
            var said = await Said(who);
            Assert.Equal(says is null ? [] : [("processing", late)], said.Select(notice => (notice.Link, notice.Late)));
            Assert.All(said, notice => Assert.Contains($"{says} {room.Today.AddDays(days).Words()}", notice.Words, StringComparison.Ordinal));
        }
        Assert.Empty(await Said(StrongroomFixture.Adviser));
    }

    [Fact]
    public async Task Copy_AskedForAndSent_IsDueInFiveWorkingDaysAndCounted()
    {
        var desk = room.Get<CopyDesk>();
        Assert.Contains(await desk.Take(FamilyRoom.Adviser, await Typed(FamilyRoom.Adviser, CopyDesk.Form, (CopyDesk.FormatField, nameof(CopyFormat.OtherLanguage)), (CopyDesk.ToField, "A made-up person"))), problem => problem.Field == "copy.language");
        Assert.Contains(await desk.Take(FamilyRoom.Adviser, await Typed(FamilyRoom.Adviser, CopyDesk.Form, (CopyDesk.FormatField, nameof(CopyFormat.Paper)))), problem => problem.Field == "copy.to");
        Assert.Empty(await desk.Take(FamilyRoom.Adviser, await Typed(FamilyRoom.Adviser, CopyDesk.Form, (CopyDesk.FormatField, nameof(CopyFormat.LargePrint)), (CopyDesk.ToField, "A made-up person, 1 Nowhere Lane"))));
        var owed = Assert.Single(await desk.Owed());
        Assert.Equal(room.Get<WorkingDays>().Add(room.Today, 5).On, owed.DueOn);
        Assert.Empty(await desk.Send(FamilyRoom.Adviser, owed.Id));
        Assert.NotEmpty(await desk.Send(FamilyRoom.Adviser, owed.Id));
        Assert.Empty(await desk.Owed());
        Assert.Equal(1, await room.Keeper.Figure($"policy-copies/{(int)CopyFormat.LargePrint}", Month.Of(room.Today).First));
    }

    [Fact]
    public async Task Conformance_CountsEveryFigure_KeepsAMonthOnce_AndIsNotForAdvisers()
    {
        await Publish();
        await room.Save(room.Card([room.Carer("Magda", "Testowska")], []), envelope => envelope with { NotTold = true });
        room.Get<Wdfis.Portal.Strongroom.Board.EnvelopeColumns>().Fill(room.Keeper.EveryEnvelope());
        var desk = room.Get<ConformanceDesk>();
        var clauses = await desk.Now(StrongroomFixture.For(StrongroomFixture.Manager));
        Assert.Equal(Standing.Broken, clauses.Single(clause => clause.About.Clause == "C1").Standing);
        // No job ran in this room, and its settings do not register anybody.
        Assert.Subset(new HashSet<string> { "hours-since-head", "days-since-backup", "registration-ends" },
            clauses.SelectMany(clause => clause.About.Measures.Zip(clause.Values)).Where(pair => pair.Second is null).Select(pair => pair.First.Id).ToHashSet());
        Assert.NotEqual(0, await desk.Keep());
        Assert.Equal(0, await desk.Keep());
        Assert.Equal(1, Assert.Single(desk.Trend("not-told")).Value);
        // A month of nought is a month, not a gap; what went under each exemption is there for the yearly review.
        Assert.Equal(0, Assert.Single(desk.Trend("rights-overdue")).Value);
        Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(FamilyRoom.Adviser, AuditAction.Counted, [new Count($"disclosures/{(int)GroundKind.X1}", Month.Of(room.Today).First), new Count($"disclosures/{(int)GroundKind.X1}", Month.Of(room.Today).Add(-12).First)])));
        Assert.Equal(["conformance/went-x1=1", "conformance/went-x2=0", "conformance/went-x3=0"], (await desk.Snapshot()).Where(figure => figure.Name.Contains("went-", StringComparison.Ordinal)).Select(figure => $"{figure.Name}={figure.Value}"));
        // Each figure leads to a page that there is.
        var pages = typeof(ConformancePage).Assembly.GetTypes().SelectMany(page => page.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), false).Cast<Microsoft.AspNetCore.Components.RouteAttribute>()).Select(route => route.Template.TrimStart('/')).ToHashSet();
        Assert.All(clauses.SelectMany(clause => clause.About.Measures).Select(measure => measure.Link?.Split('?')[0]).OfType<string>(), link =>
            Assert.True(link.StartsWith("worklists/", StringComparison.Ordinal) ? Wdfis.Portal.Features.Desk.Worklist.Find(link["worklists/".Length..]) is not null : pages.Contains(link), link));
    }

    [Fact]
    public void Website_WithItsOwnFurniture_IsTheSame_AndAChangedClauseIsNamed()
    {
        var page = $"<html><script>var a = '**U2**';</script><nav>Council</nav>{PolicyRenderer.ToHtml(ShippedPolicy.Text.Markdown).Replace("'", "&rsquo;", StringComparison.Ordinal)}<footer>Cookies</footer></html>";
        Assert.Empty(WebsiteCheck.Missing(page, ShippedPolicy.Text));
        var clause = ShippedPolicy.Text.Clauses()["U2"].Split(' ').First(word => word.Length > 6);
        Assert.Contains("U2", WebsiteCheck.Missing(page.Replace(clause, "perhaps", StringComparison.Ordinal), ShippedPolicy.Text));
    }

    [Fact]
    public async Task WebsiteCheck_OfASiteThatIsDownOrOld_SaysSo()
    {
        await Publish();
        var site = new Site();
        var check = new WebsiteCheck(room.Get<PolicyShelf>(), site, new ConfigurationBuilder().AddInMemoryCollection([new("Policy:PublicAddress", "https://www.example.org/policy")]).Build());
        Assert.Equal("no answer", await check.Run(default));
        site.Page = (HttpStatusCode.NotFound, "");
        Assert.Equal("no answer: the website says 404", await check.Run(default));
        site.Page = (HttpStatusCode.OK, "<p>An old policy</p>");
        Assert.StartsWith($"differs from {room.Get<PolicyShelf>().Number}: S1", await check.Run(default), StringComparison.Ordinal);
        site.Page = (HttpStatusCode.OK, PolicyRenderer.ToHtml(ShippedPolicy.Text.Markdown));
        Assert.StartsWith(WebsiteCheck.Same, await check.Run(default), StringComparison.Ordinal);
    }

    private sealed class Site : HttpMessageHandler, IHttpClientFactory
    {
        public (HttpStatusCode Status, string Body)? Page { get; set; }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Page is { } page
            ? Task.FromResult(new HttpResponseMessage(page.Status) { Content = new StringContent(page.Body) })
            : throw new HttpRequestException("refused");
    }
}
