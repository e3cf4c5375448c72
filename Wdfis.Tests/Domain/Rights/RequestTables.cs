using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Rights;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Rights;

/// <summary>What a rights request takes, step by step, and how each kind may end (D6; field-guide.md sections 1.3 to 1.5).</summary>
public sealed class RequestTables
{
    private static readonly WorkingDays Working = new(BankHolidays.Published);
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly RightsSubject Mother = new(Family, Id(1)), Stranger = new(new(Guid.Parse("00000000-0000-7000-8000-0000000000fd")), Id(2));

    private static DateOnly Date(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Stamp At(string iso = "2026-09-10") => new(Ada, new DateTimeOffset(Date(iso), new TimeOnly(10, 0), TimeSpan.Zero));

    private static RightsIntake Intake(RightKind? kind = RightKind.Access) => new() { Kind = kind, ReceivedOn = Date("2026-09-01"), How = "phone", About = [Mother] };

    private static RightsRequest Taken(RightKind kind = RightKind.Access, Asker asker = Asker.Themselves) =>
        RightsRequest.Take(Unit, Intake(kind) with { Asker = asker, AskerName = asker == Asker.Representative ? "Example & Co" : null }, At("2026-09-01")).OrThrow();

    private static Checked<RightsRequest> Try(RightsRequest request, RightsEvent what, string? code = null, string? words = "as said", RightsSubject? subject = null, string? on = null) =>
        request.With(what, on is null ? null : Date(on), words, code, Working, At(), subject);

    private static RightsRequest With(RightsRequest request, RightsEvent what, string? code = null, RightsSubject? subject = null) => Try(request, what, code, "as said", subject).OrThrow();

    [Fact]
    public void Taking_NamesWhatIsMissing()
    {
        foreach (var (intake, fields) in new (RightsIntake, string)[]
        {
            (Intake(), ""),
            (Intake(null), RightsFields.Kind), (Intake((RightKind)99), RightsFields.Kind),
            (Intake() with { ReceivedOn = null }, RightsFields.Received), (Intake() with { ReceivedOn = Date("2026-09-11") }, RightsFields.Received), (Intake() with { ReceivedOn = Date("2026-09-10") }, ""),
            (Intake() with { How = null }, RightsFields.How), (Intake() with { How = "pigeon" }, RightsFields.How), (Intake() with { Asker = (Asker)9 }, RightsFields.Asker),
            (Intake() with { AskerName = "a\0" }, RightsFields.AskerName), (Intake() with { Reach = "a\0" }, RightsFields.Reach), (Intake() with { Words = "a\nb" }, ""), (Intake() with { Words = new string('x', 4001) }, RightsFields.Words),
            (Intake() with { Words = new string('x', 4000) }, ""), (Intake() with { About = [] }, RightsFields.AskerName), (Intake() with { About = [], AskerName = "Zoë" }, ""), (Intake() with { About = [], Reference = "K7-QFM2" }, ""),
            (Intake() with { About = [], AskerName = " ", Reference = " " }, RightsFields.AskerName), (Intake() with { Asker = Asker.Representative, AskerName = " " }, RightsFields.AskerName), (Intake() with { Asker = Asker.Parent }, ""),
            (Intake() with { AgreedOn = Date("2026-10-01") }, RightsFields.Agreed), (Intake(RightKind.Corporate) with { AgreedOn = Date("2026-09-01") }, ""), (Intake(RightKind.Corporate) with { AgreedOn = Date("2026-08-31") }, RightsFields.Agreed),
            (Intake(RightKind.Corporate), ""),
        })
            Assert.Equal(fields, RightsRequest.Take(Unit, intake, At()).Fields());
        var taken = RightsRequest.Take(Unit, Intake(RightKind.Corporate) with { Asker = Asker.Council, AskerName = " Desk ", Reach = " post ", Words = " all\r\nof it ", Reference = " K7 ", AgreedOn = Date("2026-10-01"), About = [Mother, Mother, Stranger] }, At()).OrThrow();
        Assert.Equal((Unit, RightKind.Corporate, Date("2026-09-01"), "phone", Asker.Council, "Desk", "post"), (taken.Id, taken.Kind, taken.ReceivedOn, taken.How, taken.Asker, taken.AskerName, taken.Reach));
        Assert.Equal(("all\nof it", "K7", Date("2026-10-01"), Ada, true), (taken.Words, taken.Reference, taken.AgreedOn!.Value, taken.TakenBy, taken.IsOpen));
        Assert.Equal([Mother, Stranger], taken.About);
        Assert.All(taken.Steps, step => Assert.Equal((RightsEvent.Named, At().On, At().At, Ada), (step.What, step.On, step.At, step.By)));
    }

    /// <summary>The council's own desk learns nothing of it, whatever it asks for (S3, U1).</summary>
    [Fact]
    public void Councils_ByKindOrByAsker()
    {
        foreach (var kind in Enum.GetValues<RightKind>())
            foreach (var asker in Enum.GetValues<Asker>())
                Assert.Equal(kind == RightKind.Corporate || asker == Asker.Council, Taken(kind, asker).IsCouncils);
    }

    private static readonly RightsEvent[] WithoutWords = [RightsEvent.Named, RightsEvent.BasisFound, RightsEvent.Acknowledged, RightsEvent.Released, RightsEvent.Closed, RightsEvent.RegistersSearched, RightsEvent.FoundInRegister];

    /// <summary>Every step that rests on a judgement carries it in words; the rest need none.</summary>
    [Fact]
    public void Steps_ThatRestOnAJudgement_NeedItsWords()
    {
        foreach (var what in Enum.GetValues<RightsEvent>())
        {
            var request = what switch
            {
                RightsEvent.IdentityCame => Try(Taken(), RightsEvent.IdentityAsked, on: "2026-09-01").OrThrow(),
                RightsEvent.ClarificationCame => Try(Taken(), RightsEvent.ClarificationAsked, on: "2026-09-01").OrThrow(),
                RightsEvent.Acknowledged => Taken(RightKind.Complaint),
                RightsEvent.Granted => With(Taken(RightKind.Erasure), RightsEvent.BasisFound, nameof(LawfulBasis.Consent)),
                _ => Taken(),
            };
            var code = what switch { RightsEvent.PlaceSearched => "Paper:Held", RightsEvent.BasisFound => "PublicTask", _ => null };
            var field = what switch
            {
                RightsEvent.IdentityAsked or RightsEvent.IdentityCame => "rights.identity",
                RightsEvent.ClarificationAsked or RightsEvent.ClarificationCame => "rights.clarification",
                RightsEvent.Extended => "rights.extension",
                RightsEvent.Closed => "rights.outcome",
                RightsEvent.BasisFound => "rights.basis",
                _ => "rights." + what.ToString().ToLowerInvariant(),
            };
            Assert.Equal(WithoutWords.Contains(what) ? "" : field, Try(request, what, code, " ", Stranger).Fields());
            var next = Try(request, what, code, " a\r\nb ", Stranger, "2026-09-05").OrThrow().Steps[^1];
            Assert.Equal((what, Date("2026-09-05"), At().At, Ada, "a\nb", code, Stranger.Unit, Stranger.Person), (next.What, next.On, next.At, next.By, next.Words, next.Code, next.Unit!.Value, next.Person!.Value));
            Assert.Equal(At().On, Try(request, what, code, "x", Stranger).OrThrow().Steps[^1].On);
            Assert.Equal(field, Try(request, what, code, new string('x', 4001), Stranger).Fields());
            Assert.Equal(field, Try(request, what, code, "x", Stranger, "2026-08-31").Fields());
            Assert.Equal(field, Try(request, what, code, "x", Stranger, "2026-09-11").Fields());
            Assert.Equal(what is RightsEvent.Named or RightsEvent.NotTheSame or RightsEvent.LookedAt or RightsEvent.FoundInRegister ? field : "", Try(request, what, code).Fields());
        }
    }

    [Fact]
    public void Steps_OutOfTheirTurn_AreRefused()
    {
        RightsRequest asked = With(Taken(), RightsEvent.IdentityAsked), came = With(asked, RightsEvent.IdentityCame), question = With(Taken(), RightsEvent.ClarificationAsked);
        foreach (var (got, field) in new (Checked<RightsRequest>, string)[]
        {
            (Try(Taken(), RightsEvent.Named, subject: Mother), "rights.named"), (Try(Taken(), RightsEvent.Named, subject: Stranger with { Person = default }), "rights.named"), (Try(Taken(), RightsEvent.Named, subject: Mother with { Person = Id(9) }), ""),
            (Try(asked, RightsEvent.IdentityAsked), RightsFields.Identity), (Try(Taken(), RightsEvent.IdentityCame), RightsFields.Identity), (Try(came, RightsEvent.IdentityCame), RightsFields.Identity),
            (Try(question, RightsEvent.ClarificationAsked), RightsFields.Clarification), (Try(With(question, RightsEvent.ClarificationCame), RightsEvent.ClarificationAsked), ""), (Try(Taken(), RightsEvent.ClarificationCame), RightsFields.Clarification),
            (Try(With(question, RightsEvent.ClarificationCame), RightsEvent.ClarificationCame), RightsFields.Clarification), (Try(With(Taken(), RightsEvent.Extended), RightsEvent.Extended), RightsFields.Extension),
            (Try(Taken(), RightsEvent.PlaceSearched, "Paper"), "rights.placesearched"), (Try(Taken(), RightsEvent.PlaceSearched, "Paper:Lost"), "rights.placesearched"), (Try(Taken(), RightsEvent.PlaceSearched, "9:Held"), "rights.placesearched"),
            (Try(Taken(), RightsEvent.PlaceSearched, "Paper:9"), "rights.placesearched"), (Try(Taken(), RightsEvent.PlaceSearched, "Paper:Held:x"), "rights.placesearched"), (Try(Taken(), RightsEvent.PlaceSearched), "rights.placesearched"),
            (Try(Taken(), RightsEvent.BasisFound, "Habit"), RightsFields.Basis), (Try(Taken(), RightsEvent.BasisFound), RightsFields.Basis), (Try(Taken(), RightsEvent.Acknowledged), "rights.acknowledged"),
            (Try(Taken(RightKind.Objection), RightsEvent.Granted), "rights.granted"), (Try(Taken(RightKind.Erasure), RightsEvent.Granted), RightsFields.Basis),
            (Try(With(Taken(RightKind.Erasure), RightsEvent.BasisFound, nameof(LawfulBasis.PublicTask)), RightsEvent.Granted), RightsFields.Basis),
            (Try(With(With(Taken(RightKind.Erasure), RightsEvent.BasisFound, nameof(LawfulBasis.Consent)), RightsEvent.Granted), RightsEvent.Granted), "rights.granted"),
            (Try(Taken().Close(RightsOutcome.TakenBack, null, Working, At()).OrThrow(), RightsEvent.Noted), ""),
        })
            Assert.Equal((field, field.Length == 0 && got.Problems.IsEmpty), (got.Fields(), got.Accepted));
        Assert.True(Try(Taken().Close(RightsOutcome.TakenBack, null, Working, At()).OrThrow(), RightsEvent.Noted).NotItsTurn());
    }

    private static RightsRequest Prepared(RightKind kind, string how)
    {
        var request = Taken(kind, how.Contains("representative", StringComparison.Ordinal) ? Asker.Representative : Asker.Themselves);
        foreach (var word in how.Split(' '))
        {
            request = word switch
            {
                "released" => With(request, RightsEvent.Released),
                "corrected" => With(request, RightsEvent.Corrected),
                "consent" => With(request, RightsEvent.BasisFound, nameof(LawfulBasis.Consent)),
                "task" => With(request, RightsEvent.BasisFound, nameof(LawfulBasis.PublicTask)),
                "granted" => With(request, RightsEvent.Granted),
                "seen" => With(request, RightsEvent.AuthoritySeen),
                _ => request,
            };
        }
        return request;
    }

    /// <summary>How each kind ends, with what has to stand on record before: the reasons are given everywhere here.</summary>
    [Theory]
    [InlineData(RightKind.Access, "", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Access, "released", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Access, "released representative", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Access, "released representative seen", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Corporate, "", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Corporate, "released", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Rectification, "", "InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Rectification, "corrected", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Rectification, "corrected representative", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Erasure, "", "TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Erasure, "task", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Erasure, "consent", "Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Erasure, "consent granted", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Objection, "", "TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Objection, "task", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Restriction, "", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Other, "", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    [InlineData(RightKind.Complaint, "", "Done InPart Refused TakenBack NoAnswer NothingHeld")]
    public void End_OfAKind_WithWhatIsOnRecord(RightKind kind, string how, string ends)
    {
        var request = Prepared(kind, how);
        Assert.Equal(ends, string.Join(' ', Enum.GetValues<RightsOutcome>().Where(outcome => request.Close(outcome, "because", Working, At()).Accepted)));
        // Who is told that something was not done is told why (Article 12(4)).
        Assert.Equal(string.Join(' ', ends.Split(' ').Except(["InPart", "Refused", "NoAnswer"])), string.Join(' ', Enum.GetValues<RightsOutcome>().Where(outcome => request.Close(outcome, " ", Working, At()).Accepted)));
    }

    [Fact]
    public void End_WithNothingChosen_OrWithEverythingMissing_NamesEachField()
    {
        Assert.Equal(RightsFields.Outcome, Taken().Close(null, "x", Working, At()).Fields());
        Assert.Equal(RightsFields.Outcome, Taken().Close((RightsOutcome)99, "x", Working, At()).Fields());
        Assert.Equal($"{RightsFields.Reasons} {RightsFields.Outcome} {RightsFields.Basis}", Prepared(RightKind.Erasure, "representative").Close(RightsOutcome.InPart, null, Working, At()).Fields());
        Assert.Equal($"{RightsFields.Outcome} {RightsFields.Outcome}", Prepared(RightKind.Access, "representative").Close(RightsOutcome.Done, null, Working, At()).Fields());
        var ended = Taken().Close(RightsOutcome.NoAnswer, " no\r\nanswer ", Working, At()).OrThrow();
        Assert.Equal((RightsOutcome.NoAnswer, "no\nanswer", At().On, false), (ended.Outcome, ended.Reasons, ended.End!.On, ended.IsOpen));
        var bare = Taken().Close(RightsOutcome.TakenBack, null, Working, At()).OrThrow();
        Assert.Equal((RightsOutcome.TakenBack, null, null), (bare.Outcome, bare.Reasons, bare.End!.Words));
        Assert.Equal((null, null, null), (Taken().Outcome, Taken().Reasons, Taken().End));
    }

    /// <summary>What the law grants rests on why we hold it (section 1.5, Articles 17 and 21).</summary>
    [Fact]
    public void Grants_EveryKindOnEveryBasis()
    {
        var erased = new[] { LawfulBasis.Consent, LawfulBasis.LegitimateInterests, LawfulBasis.RecognisedInterest };
        var stopped = new[] { LawfulBasis.PublicTask, LawfulBasis.RecognisedInterest, LawfulBasis.LegitimateInterests };
        foreach (var kind in Enum.GetValues<RightKind>())
            foreach (var basis in Enum.GetValues<LawfulBasis>())
                Assert.Equal(kind switch { RightKind.Erasure => erased.Contains(basis), RightKind.Objection => stopped.Contains(basis), _ => true }, RightsWords.Grants(kind, basis).Granted);
    }

    [Fact]
    public void WhatIsKnown_IsReadFromTheSteps()
    {
        var request = With(With(With(Taken(), RightsEvent.LookedAt, subject: Stranger), RightsEvent.RegistersSearched, "3:1"), RightsEvent.FoundInRegister, subject: Stranger);
        Assert.Equal((true, (3, 1), Stranger.Unit), (request.RegistersSearched, request.UnreadInRegisters, Assert.Single(request.InRegisters)));
        Assert.Equal((false, (0, 0)), (Taken().RegistersSearched, Taken().UnreadInRegisters));
        Assert.Equal((0, 2), With(request, RightsEvent.RegistersSearched, "0:2").UnreadInRegisters);
        Assert.Equal((0, 0), With(request, RightsEvent.RegistersSearched, "some").UnreadInRegisters);
        Assert.Single(With(request, RightsEvent.FoundInRegister, subject: Stranger).InRegisters);
        Assert.Equal([Mother.Unit, Stranger.Unit], request.Units);
        Assert.Equal([Stranger.Unit], With(request, RightsEvent.LookedAt, subject: Stranger).Undecided);
        Assert.Empty(With(request, RightsEvent.NotTheSame, subject: Stranger).Undecided);
        Assert.Empty(With(request, RightsEvent.Named, subject: Stranger).Undecided);
        Assert.Single(With(request, RightsEvent.NotTheSame, subject: Mother).Undecided);
        Assert.Equal((null, LawfulBasis.Consent), (Taken().Basis, With(With(Taken(), RightsEvent.BasisFound, "PublicTask"), RightsEvent.BasisFound, "Consent").Basis));
        Assert.Equal((false, true, false), (Taken().AuthorityMissing, Taken(asker: Asker.Representative).AuthorityMissing, With(Taken(asker: Asker.Representative), RightsEvent.AuthoritySeen).AuthorityMissing));
        var searched = With(With(With(Taken(), RightsEvent.PlaceSearched, "Paper:Held"), RightsEvent.PlaceSearched, "Mailbox:NothingHeld"), RightsEvent.PlaceSearched, "Paper:NothingHeld").Places.ToList();
        Assert.Equal([(OtherPlace.Paper, SearchResult.NothingHeld, "as said", At().On, Ada), (OtherPlace.Mailbox, SearchResult.NothingHeld, "as said", At().On, Ada)], searched.Select(one => (one.Place, one.Result, one.Terms, one.On, one.By)));
    }

    [Fact]
    public void Clock_OfARequest_GoesByItsSteps()
    {
        var clock = Taken(RightKind.Corporate, Asker.Council).Clock;
        Assert.Equal((RightKind.Corporate, Date("2026-09-01"), null, null, null, null), (clock.Kind, clock.ReceivedOn, clock.Identity, clock.ExtensionToldOn, clock.AgreedOn, clock.AnsweredOn));
        var asked = Try(Taken(), RightsEvent.IdentityAsked, on: "2026-09-02").OrThrow();
        Assert.Equal(new Asked(Date("2026-09-02"), null), asked.Clock.Identity);
        Assert.Equal(new Asked(Date("2026-09-02"), Date("2026-09-03")), Try(asked, RightsEvent.IdentityCame, on: "2026-09-03").OrThrow().Clock.Identity);
        var twice = Try(Try(Try(Taken(), RightsEvent.ClarificationAsked, on: "2026-09-02").OrThrow(), RightsEvent.ClarificationCame, on: "2026-09-04").OrThrow(), RightsEvent.ClarificationAsked, on: "2026-09-05").OrThrow();
        Assert.Equal([new Asked(Date("2026-09-02"), Date("2026-09-04")), new Asked(Date("2026-09-05"), null)], twice.Clock.Clarifications.AsEnumerable());
        Assert.Equal(Date("2026-09-04"), Try(Taken(), RightsEvent.Extended, on: "2026-09-04").OrThrow().Clock.ExtensionToldOn);
        Assert.Equal(Date("2026-10-01"), RightsRequest.Take(Unit, Intake(RightKind.Corporate) with { AgreedOn = Date("2026-10-01") }, At()).OrThrow().Clock.AgreedOn);
        // A complaint's clock is its acknowledgement's, any other that of the last answer that went, else of the end.
        var complaint = Try(Try(Taken(RightKind.Complaint), RightsEvent.Acknowledged, on: "2026-09-03").OrThrow(), RightsEvent.Released, on: "2026-09-05").OrThrow();
        Assert.Equal(Date("2026-09-03"), Try(complaint, RightsEvent.Acknowledged, on: "2026-09-06").OrThrow().Clock.AnsweredOn);
        var released = Try(Try(Taken(), RightsEvent.Released, on: "2026-09-03").OrThrow(), RightsEvent.Released, on: "2026-09-05").OrThrow();
        Assert.Equal((Date("2026-09-05"), At().On), (released.Clock.AnsweredOn!.Value, Taken().Close(RightsOutcome.NothingHeld, null, Working, At()).OrThrow().Clock.AnsweredOn!.Value));
        Assert.Equal(Date("2026-09-05"), released.Close(RightsOutcome.Done, null, Working, At()).OrThrow().Clock.AnsweredOn);
    }

    [Fact]
    public void SpeaksFor_IsWhoeverOfTheCardBearsTheAskersName()
    {
        var solicitor = new Representative { Person = Id(1), Who = Id(9), Name = "Jo Sample", Capacity = RepresentativeCapacity.Solicitor, Document = "letter", SeenOn = Date("2026-09-01"), Receives = true, Source = Source.Professional };
        var carer = solicitor with { Who = Id(1), Person = Id(2), Name = null };
        var card = Plain().SetRepresentatives([solicitor, carer], Today).OrThrow();
        RightsRequest By(string? name, params RightsSubject[] about) => RightsRequest.Take(Unit, Intake() with { Asker = name is null ? Asker.Themselves : Asker.Representative, AskerName = name, About = [.. about] }, At()).OrThrow();
        foreach (var (name, about, speaks) in new (string?, RightsSubject, PersonId[])[]
        {
            ("Jo Sample", Mother, [Id(9)]), ("Ms Jo Sample, Sample & Co", Mother, [Id(9)]), ("jo", Mother, [Id(9)]), ("Other Person", Mother, []), (null, Mother, []), ("Jo Sample", Stranger, []), ("Magda Testowska", Stranger, [Id(1)]),
        })
            Assert.Equal(speaks, By(name, about).SpeakOn(card, At().On).Select(one => one.Who.Who));
        Assert.Equal(Authority.Stands, Assert.Single(By("Jo Sample", Mother).SpeakOn(card, At().On)).State);
        Assert.Equal(Authority.NotProved, Assert.Single(By("Jo Sample", Mother).SpeakOn(card, Date("2026-08-31"))).State);
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        var step = Taken().Steps[0];
        var end = Taken().Close(RightsOutcome.TakenBack, null, Working, At()).OrThrow().End!;
        RightsRequest Stored(UnitId? id = null, RightKind kind = RightKind.Access, Asker asker = Asker.Parent, params RightsStep[] steps) =>
            RightsRequest.Restore(id ?? Unit, kind, Date("2026-09-01"), "phone", asker, null, null, null, null, null, Ada, [.. steps]);
        Assert.False(Stored(steps: [step, end]).IsOpen);
        foreach (var broken in (Action[])[() => Stored(default(UnitId)), () => Stored(kind: (RightKind)99), () => Stored(asker: (Asker)9), () => Stored(steps: [end, step]), () => Stored(steps: [end, end])])
            Assert.Throws<ArgumentException>(broken);
    }

    /// <summary>Twelve, sixteen, eighteen and the SEND transfer: each a day before and on it, and for somebody born on a leap day.</summary>
    [Theory]
    [InlineData("2014-09-11", "2026-09-10", 1, false)]
    [InlineData("2014-09-10", "2026-09-10", 1, true)]
    [InlineData("2016-02-29", "2028-02-28", 1, false)]
    [InlineData("2016-02-29", "2028-02-29", 1, true)]
    [InlineData("2012-02-29", "2030-02-28", 2, null)]
    [InlineData("2012-02-29", "2030-03-01", 0, null)]
    [InlineData("2010-07-15", "2026-06-25", 1, true)]
    [InlineData("2010-07-15", "2026-06-26", 2, true)]
    public void Prompts_AtEachAge(string born, string today, int prompts, bool? twelve)
    {
        var said = RightsWords.Prompts(Taken(), Date(born), Date(today));
        Assert.Equal(prompts, said.Length);
        if (twelve is { } over)
            Assert.Equal(over, said[0].StartsWith("They are 12", StringComparison.Ordinal));
        Assert.Empty(RightsWords.Prompts(Taken(), null, Date(today)));
    }

    [Fact]
    public void Prompts_OnceLookedAt_AreGoneUntilSixteen_AndSayThenWhatWasFound()
    {
        var found = new Competence { Person = Id(2), For = CompetenceFor.OwnInformation, Able = true, Decision = "asking", AssessedOn = Date("2026-03-01"), By = Ada, Note = "said" };
        var noted = With(Taken(), RightsEvent.Competence);
        foreach (var born in (string[])["2020-01-01", "2014-01-01"])
        {
            Assert.Single(RightsWords.Prompts(Taken(), Date(born), At().On));
            Assert.Empty(RightsWords.Prompts(noted, Date(born), At().On));
            Assert.Empty(RightsWords.Prompts(Taken(), Date(born), At().On, found));
        }
        string Sixteen(RightsRequest request, Competence? competence) => RightsWords.Prompts(request, Date("2010-09-10"), At().On, competence)[0];
        Assert.Equal(Sixteen(Taken(), null), Sixteen(noted, found));
        Assert.NotEqual(Sixteen(Taken(), null), Sixteen(Taken(), found with { Able = false }));
        Assert.NotEqual(RightsWords.Prompts(Taken(), Date("2010-09-11"), At().On)[0], Sixteen(Taken(), null));
    }

    [Theory]
    [InlineData("access", "A copy of what we hold")]
    [InlineData("Corporate", "A corporate request: council desk, audit, Ofsted")]
    [InlineData("99", "Rights request")]
    [InlineData("pigeon", "Rights request")]
    [InlineData(null, "Rights request")]
    public void Kind_OfACode_InWords(string? code, string words) => Assert.Equal(words, RightsWords.KindOf(code));
}
