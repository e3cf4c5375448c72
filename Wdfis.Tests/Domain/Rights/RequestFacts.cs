using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Rights;

/// <summary>A request's life: what is taken, what each step needs, and how it may end (D6; field-guide.md sections 1.1, 1.4, 1.5).</summary>
public sealed class RequestFacts
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);
    private static readonly ColleagueId Officer = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly RightsSubject Mother = new(new(Guid.Parse("00000000-0000-7000-8000-0000000000fe")), new(Guid.Parse("00000000-0000-7000-8000-00000000000b")));

    private static Stamp At(string iso) => new(Officer, new DateTimeOffset(DateTime.Parse(iso + "T10:00:00", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero));

    private static RightsIntake Intake(RightKind kind = RightKind.Access, string receivedOn = "2026-09-01") => new() { Kind = kind, ReceivedOn = DateOnly.Parse(receivedOn, System.Globalization.CultureInfo.InvariantCulture), How = "phone", About = [Mother] };

    private static RightsRequest Taken(RightKind kind = RightKind.Access, Func<RightsIntake, RightsIntake>? change = null) =>
        RightsRequest.Take(Unit, (change ?? (intake => intake))(Intake(kind)), At("2026-09-01")).OrThrow();

    private static RightsRequest With(RightsRequest request, RightsEvent what, string on, string? words = "as said", string? code = null) =>
        request.With(what, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), words, code, Working, At(on)).OrThrow();

    private static string[] Refused(RightsRequest request, RightsEvent what, string on, string now, string? words = "as said", string? code = null) =>
        [.. request.With(what, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), words, code, Working, At(now)).Problems.Select(problem => problem.Field)];

    [Fact]
    public void Taking_OfTheFutureOrOfNobody_IsRefused()
    {
        Assert.Equal([RightsFields.Received], RightsRequest.Take(Unit, Intake(receivedOn: "2026-09-02"), At("2026-09-01")).Problems.Select(problem => problem.Field));
        Assert.Equal([RightsFields.AskerName], RightsRequest.Take(Unit, Intake() with { About = [] }, At("2026-09-01")).Problems.Select(problem => problem.Field));
        Assert.Equal([RightsFields.AskerName], RightsRequest.Take(Unit, Intake() with { Asker = Asker.Representative }, At("2026-09-01")).Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Clarification_AnsweredBeforeItWasAsked_IsRefused()
    {
        var asked = With(Taken(), RightsEvent.ClarificationAsked, "2026-09-10");
        Assert.Equal([RightsFields.Clarification], Refused(asked, RightsEvent.ClarificationCame, "2026-09-09", "2026-09-12"));
        Assert.Equal([RightsFields.Clarification], Refused(Taken(), RightsEvent.ClarificationCame, "2026-09-09", "2026-09-12"));
        Assert.Equal(ClockState.Paused, asked.Read(Working, new DateOnly(2026, 9, 12)).State);
        Assert.Equal(ClockState.Running, With(asked, RightsEvent.ClarificationCame, "2026-09-12").Read(Working, new DateOnly(2026, 9, 12)).State);
    }

    [Fact]
    public void Extension_AfterTheMonth_IsRefused()
    {
        Assert.Equal([RightsFields.Extension], Refused(Taken(), RightsEvent.Extended, "2026-10-02", "2026-10-02"));
        Assert.Equal(ClockState.Extended, With(Taken(), RightsEvent.Extended, "2026-10-01").Read(Working, new DateOnly(2026, 10, 1)).State);
    }

    /// <summary>Beside the field stands what asking does to the date; and after the date it can be asked for, and moves nothing.</summary>
    [Fact]
    public void Identity_IsAskedForWhileItIsNew_AndSaysWhatItMoves()
    {
        static string Said(RightsRequest request, int month, int day) => RightsWords.IdentityMoves(request, request.Read(Working, new DateOnly(2026, month, day)), new DateOnly(2026, month, day));
        Assert.Equal("Ask at once, while it is new: the month starts when the proof arrives. Asked after 1 October 2026, it moves nothing.", Said(Taken(), 9, 2));
        Assert.Contains("the date stays as it is", Said(Taken(), 10, 2), StringComparison.Ordinal);
        Assert.Contains("the date stays as it is", Said(With(Taken(), RightsEvent.Extended, "2026-09-20"), 9, 21), StringComparison.Ordinal);
        var late = With(With(Taken(), RightsEvent.IdentityAsked, "2026-10-02"), RightsEvent.IdentityCame, "2026-10-05").Read(Working, new DateOnly(2026, 10, 5));
        Assert.Equal((ClockState.Overdue, new DateOnly(2026, 10, 1)), (late.State, late.DueOn!.Value));
        Assert.Contains(late.Steps, step => step.Words.Contains("too late", StringComparison.Ordinal));
        Assert.True(With(With(Taken(), RightsEvent.Extended, "2026-09-20"), RightsEvent.IdentityAsked, "2026-09-21").Read(Working, new DateOnly(2026, 9, 21)).State == ClockState.Extended);
    }

    /// <summary>Whatever is typed in whatever order, a request that stands is one that its clock accepts, and nothing follows its end.</summary>
    [Fact]
    public void Steps_InAnyOrder_LeaveARequestThatItsClockAccepts() => Prop.ForAll(
        ArbMap.Default.ArbFor<(int What, int Day)[]>(), steps =>
        {
            var today = new DateOnly(2026, 12, 31);
            var request = Taken();
            foreach (var (what, day) in steps)
            {
                var kinds = Enum.GetValues<RightsEvent>();
                var kind = kinds[(int)((uint)what % kinds.Length)];
                var next = request.With(kind, new DateOnly(2026, 8, 25).AddDays((int)((uint)day % 120)), "words", kind == RightsEvent.BasisFound ? "Consent" : kind == RightsEvent.Closed ? "Done" : "Paper:Held", Working, At("2026-12-20"), Mother);
                if (next.Accepted && !request.IsOpen)
                    return false;
                request = next.Value ?? request;
            }
            var read = request.Read(Working, today);
            return RightsClock.Check(request.Clock, Working, today).IsEmpty && (read.DueOn is null || read.DueOn >= request.ReceivedOn) && read.Steps[0].On == request.ReceivedOn;
        }).Hold();

    [Fact]
    public void Representative_WithoutAuthority_GetsNothing()
    {
        var request = Taken(RightKind.Rectification, intake => intake with { Asker = Asker.Representative, AskerName = "Example & Co" });
        request = With(request, RightsEvent.Corrected, "2026-09-02");
        Assert.True(request.AuthorityMissing);
        Assert.Equal([RightsFields.Outcome], request.Close(RightsOutcome.Done, null, Working, At("2026-09-03")).Problems.Select(problem => problem.Field));
        Assert.True(With(request, RightsEvent.AuthoritySeen, "2026-09-03").Close(RightsOutcome.Done, null, Working, At("2026-09-03")).Accepted);
    }

    [Fact]
    public void Refusal_CarriesItsReasons()
    {
        var request = Taken(RightKind.Erasure);
        Assert.Contains(RightsFields.Basis, request.Close(RightsOutcome.Refused, "The law obliges us.", Working, At("2026-09-03")).Problems.Select(problem => problem.Field));
        request = With(request, RightsEvent.BasisFound, "2026-09-02", null, nameof(LawfulBasis.PublicTask));
        Assert.Equal([RightsFields.Reasons], request.Close(RightsOutcome.Refused, " ", Working, At("2026-09-03")).Problems.Select(problem => problem.Field));
        var closed = request.Close(RightsOutcome.Refused, "We hold it for a public task.", Working, At("2026-09-03")).OrThrow();
        // The reasons alone: under them the letter names the regulator of the day. One that ended when they stood together reads the same.
        var once = RightsRequest.Restore(Unit, closed.Kind, closed.ReceivedOn, closed.How, closed.Asker, null, null, null, null, null, Officer,
            closed.Steps.SetItem(closed.Steps.Length - 1, closed.End! with { Words = "We hold it for a public task.\nYou may ask us to look at this again, complain to us or to the Information Commissioner, and ask a court to decide." }));
        Assert.Equal((closed.Outcome, closed.Reasons), (once.Outcome, once.Reasons));
        Assert.Equal((RightsOutcome.Refused, "We hold it for a public task."), (closed.Outcome, closed.Reasons));
        Assert.False(closed.With(RightsEvent.Noted, null, "later", null, Working, At("2026-09-04")).Accepted);
    }

    [Theory]
    [InlineData(RightKind.Erasure, LawfulBasis.Consent, true)]
    [InlineData(RightKind.Erasure, LawfulBasis.PublicTask, false)]
    [InlineData(RightKind.Erasure, LawfulBasis.LegalObligation, false)]
    [InlineData(RightKind.Objection, LawfulBasis.PublicTask, true)]
    [InlineData(RightKind.Objection, LawfulBasis.LegalObligation, false)]
    [InlineData(RightKind.Objection, LawfulBasis.Consent, false)]
    [InlineData(RightKind.Rectification, LawfulBasis.LegalObligation, true)]
    public void Rights_FollowTheLawfulBasis(RightKind kind, LawfulBasis basis, bool granted) => Assert.Equal(granted, RightsWords.Grants(kind, basis).Granted);

    [Fact]
    public void Complaint_Acknowledged_KeptItsClock()
    {
        var complaint = Taken(RightKind.Complaint);
        Assert.Equal(new DateOnly(2026, 10, 1), complaint.Read(Working, new DateOnly(2026, 9, 1)).DueOn);
        Assert.Equal(ClockState.Answered, With(complaint, RightsEvent.Acknowledged, "2026-09-20").Read(Working, new DateOnly(2026, 12, 1)).State);
        Assert.Equal(ClockState.Overdue, complaint.Read(Working, new DateOnly(2026, 10, 2)).State);
    }

    [Fact]
    public void Child_At12And16_IsPromptedAndNeverGated()
    {
        var request = Taken();
        Assert.Single(RightsWords.Prompts(request, new DateOnly(2014, 9, 2), new DateOnly(2026, 9, 1)));
        Assert.NotEqual(RightsWords.Prompts(request, new DateOnly(2014, 9, 2), new DateOnly(2026, 9, 1))[0], RightsWords.Prompts(request, new DateOnly(2014, 9, 1), new DateOnly(2026, 9, 1))[0]);
        Assert.Equal(2, RightsWords.Prompts(request, new DateOnly(2010, 8, 31), new DateOnly(2026, 9, 1)).Length);
        Assert.Empty(RightsWords.Prompts(request, new DateOnly(2008, 9, 1), new DateOnly(2026, 9, 1)));
        var unable = new Wdfis.Domain.Families.Competence { Person = Mother.Person, For = Wdfis.Domain.Families.CompetenceFor.OwnInformation, Able = false, Decision = "asking", AssessedOn = new DateOnly(2026, 3, 1), By = Officer, Note = "said" };
        Assert.Empty(RightsWords.Prompts(request, new DateOnly(2014, 1, 1), new DateOnly(2026, 9, 1), unable));
        Assert.NotEqual(RightsWords.Prompts(request, new DateOnly(2010, 8, 31), new DateOnly(2026, 9, 1))[0], RightsWords.Prompts(request, new DateOnly(2010, 8, 31), new DateOnly(2026, 9, 1), unable)[0]);
        Assert.Empty(RightsWords.Prompts(With(request, RightsEvent.Competence, "2026-09-01"), new DateOnly(2014, 1, 1), new DateOnly(2026, 9, 1)));
    }

    [Fact]
    public void Places_SaidTwice_CountAsSaidLast()
    {
        var request = With(With(Taken(), RightsEvent.PlaceSearched, "2026-09-02", "their name", "Paper:Held"), RightsEvent.PlaceSearched, "2026-09-03", "burnt", "Paper:NotSearchable");
        Assert.Equal((OtherPlace.Paper, SearchResult.NotSearchable), (Assert.Single(request.Places).Place, request.Places.Single().Result));
        Assert.NotEmpty(Refused(request, RightsEvent.PlaceSearched, "2026-09-03", "2026-09-03", "x", "Attic:Held"));
    }
}
