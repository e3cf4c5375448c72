using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Enquiries;

/// <summary>Each act on an enquiry: what it sets, what it refuses and beside which field, and the life that storage may hold (S1, C1, C2, C5, D3; field-guide.md section 7).</summary>
public sealed class EnquiryActs
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), Bea = new(Guid.Parse("00000000-0000-7000-8000-00000000000f"));
    private static readonly EnquiryLists Lists = EnquiryLists.Defaults;
    private static readonly PersonId Mother = new(Guid.Parse("00000000-0000-7000-8000-00000000000b")), Child = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe")), Moved = new(Guid.Parse("00000000-0000-7000-8000-0000000000fd"));
    private static readonly AnonymousReference Reference = AnonymousReference.Parse("K7-QFM2");
    private static readonly Caller Named = Caller.CreateNamed(Family, Mother), Nobody = Caller.CreateAnonymous(Mother, Reference);
    private static readonly string Long = new('x', TypedText.NoteLimit + 1);

    private static Stamp Day(int day, ColleagueId? by = null) => new(by ?? Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static EnquiryOpening Opening(Service service = Service.ParentPartnership, Caller? caller = null) => new() { Id = Unit, Service = service, Channel = "phone", Topic = "post-16", Caller = caller ?? Named, Confirmation = CallerConfirmation.TwoFacts };

    private static Enquiry Open(Service service = Service.ParentPartnership, Caller? caller = null) => Enquiry.Open(Opening(service, caller), Lists, Day(0)).OrThrow();

    private static Enquiry Closed() => Open().Close(Day(2).On, "advice-given", Lists, Day(2, Bea)).OrThrow();

    private static Telling Told(int day = 0) => new() { Person = Mother, Version = new(2026, 1), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Day(day).At, By = Ann, Language = "Polish" };

    [Fact]
    public void Opening_SetsWhatWasSaid_AndALevelOnlyForParentPartnership()
    {
        var open = Enquiry.Open(Opening() with { On = Day(-1).On, CameFrom = " 07700 900456 " }, Lists, Day(0)).OrThrow();
        Assert.Equal((Unit, Service.ParentPartnership, "phone", "post-16", Named, CallerConfirmation.TwoFacts, "07700 900456"), (open.Id, open.Service, open.Channel, open.Topic, open.Caller, open.Confirmation, open.CameFrom));
        Assert.Equal([new LevelChange(1, Day(-1).On, Ann)], open.Levels.AsEnumerable());
        Assert.Equal([new EnquiryEvent(EnquiryEventKind.Opened, Day(-1).On, Day(0).At, Ann)], open.History.AsEnumerable());
        Assert.Equal((Day(-1).On, null, EnquiryState.Open, Family, null, 1), (open.OpenedOn, open.ClosedOn, open.State, open.Family!.Value, open.Reference, open.HighestLevel!.Value));
        Assert.Equal((Day(0).On, null), (Open(Service.ChoiceAdvice).OpenedOn, Open(Service.ChoiceAdvice).HighestLevel));
        foreach (var (opening, fields) in new (EnquiryOpening, string)[]
        {
            (Opening() with { Topic = null }, ""), (Opening() with { Topic = "pigeons" }, "enquiry.topic"), (Opening() with { Channel = "" }, "enquiry.channel"), (Opening() with { On = Day(1).On }, "enquiry.when"), (Opening() with { On = Day(0).On }, ""),
            (Opening(caller: Nobody) with { CameFrom = "07700 900456" }, "enquiry.came-from"), (Opening(caller: Caller.CreateHandle(Mother, Reference, "Robin").OrThrow()) with { CameFrom = "07700 900456" }, "enquiry.came-from"),
        })
            Assert.Equal(fields, Enquiry.Open(opening, Lists, Day(0)).Fields());
    }

    [Fact]
    public void Acts_OneFaultAtATime()
    {
        var open = Open();
        foreach (var (got, fields) in new (Checked<Enquiry>, string)[]
        {
            (open.SetTopic("ehc-plan", Lists), ""), (open.SetTopic("funded-2", Lists), "enquiry.topic"), (open.SetTopic("", Lists), "enquiry.topic"), (open.SetChannel("email", Lists), ""), (open.SetChannel("pigeon", Lists), "enquiry.channel"),
            (open.SetOutcome("declined", Lists), ""), (open.SetOutcome("x", Lists), "enquiry.outcome"), (open.Ask(Long), "enquiry.requirement"), (open.Ask("a\nb"), ""), (open.Answer(Long), "enquiry.response"), (open.Answer("a\nb"), ""),
            (open.RaiseLevel(2, Day(1)), ""), (open.RaiseLevel(1, Day(1)), "enquiry.level"), (open.RaiseLevel(0, Day(1)), "enquiry.level"), (open.RaiseLevel(4, Day(1)), ""), (open.RaiseLevel(5, Day(1)), "enquiry.level"), (Open(Service.ChoiceAdvice).RaiseLevel(2, Day(1)), "enquiry.level"),
            (open.FollowUpOn(Day(1).On, null, Day(1)), ""), (open.FollowUpOn(Day(0).On, null, Day(1)), "enquiry.follow-up"), (open.FollowUpOn(Day(1).On, "a\nb", Day(1)), "enquiry.follow-up"),
            (open.AddNote(new(Day(1).At, Ann, "a\nb", NoteSource.Caller), Day(1)), ""), (open.AddNote(new(Day(1).At, Ann, " ", NoteSource.Caller), Day(1)), "enquiry.note"), (open.AddNote(new(Day(1).At, Ann, Long, NoteSource.Caller), Day(1)), "enquiry.note"), (open.AddNote(new(Day(1).At.AddTicks(1), Ann, "x", NoteSource.Caller), Day(1)), "enquiry.note"),
            (open.Tell(Told(), Day(0)), "enquiry.told"), (Open(caller: Nobody).Tell(Told(), Day(0)), ""), (Open(caller: Nobody).Tell(Told() with { Person = Child }, Day(0)), "enquiry.told"), (Open(caller: Nobody).Tell(Told(1), Day(0)), "enquiry.told"),
            (open.PromisePrivateTalk(null, null, Day(1)), ""), (open.PromisePrivateTalk(Day(1).At, null, Day(1)), ""), (open.PromisePrivateTalk(Day(1).At.AddTicks(-1), null, Day(1)), "enquiry.privacy"), (open.PromisePrivateTalk(null, "a\nb", Day(1)), "enquiry.privacy"),
            (open.PromisePrivateTalk(null, null, Day(1)).OrThrow().PromisePrivateTalk(null, null, Day(1)), "enquiry.privacy"), (open.SettlePrivateTalk(true, Day(1)), "enquiry.privacy"), (open.Concerns([Child]), ""), (Open(caller: Nobody).Concerns([Child]), "enquiry.caller"), (Open(caller: Nobody).Concerns([]), ""),
            (open.Close(Day(1).On, "declined", Lists, Day(1)), ""), (open.Close(Day(0).On, "declined", Lists, Day(1)), ""), (open.Close(Day(-1).On, "declined", Lists, Day(1)), "enquiry.when"), (open.Close(Day(2).On, "declined", Lists, Day(1)), "enquiry.when"), (open.Close(Day(1).On, null, Lists, Day(1)), "enquiry.outcome"),
            (Enquiry.Open(Opening() with { Topic = null }, Lists, Day(0)).OrThrow().Close(Day(1).On, "declined", Lists, Day(1)), "enquiry.topic"),
            (Closed().Reopen(Day(2).On, "why", Day(3)), ""), (Closed().Reopen(Day(1).On, "why", Day(3)), "enquiry.when"), (Closed().Reopen(Day(4).On, "why", Day(3)), "enquiry.when"), (Closed().Reopen(Day(3).On, "a\nb", Day(3)), "enquiry.why"), (open.Reopen(Day(3).On, "why", Day(3)), "enquiry.when"),
        })
            Assert.Equal((fields, fields.Length == 0), (got.Fields(), got.Accepted));
    }

    [Fact]
    public void Acts_SetWhatTheySayAndNothingElse()
    {
        var open = Open();
        Assert.Equal(("email", "ehc-plan", "declined"), (open.SetChannel("email", Lists).OrThrow().Channel, open.SetTopic("ehc-plan", Lists).OrThrow().Topic, open.SetOutcome("declined", Lists).OrThrow().Outcome));
        Assert.Equal(("a\nb", null), (open.Ask(" a\r\nb ").OrThrow().Requirement, open.Ask("x").OrThrow().Ask(" ").OrThrow().Requirement));
        Assert.Equal(("a\nb", null), (open.Answer(" a\r\nb ").OrThrow().Response, open.Answer("x").OrThrow().Answer(null).OrThrow().Response));
        Assert.Equal(new LevelChange(3, Day(4).On, Bea), open.RaiseLevel(3, Day(4, Bea)).OrThrow().Levels[^1]);
        Assert.Equal((new FollowUp(Day(2).On, "ring"), null), (open.FollowUpOn(Day(2).On, " ring ", Day(1)).OrThrow().FollowUp, open.FollowUpOn(Day(2).On, "x", Day(1)).OrThrow().ClearFollowUp().OrThrow().FollowUp));
        Assert.Equal([(PrivacyAsked.CanTalk, null), (PrivacyAsked.CannotTalk, (PrivateTalk?)null)], new[] { true, false }.Select(can => (open.AskedInPrivate(can).OrThrow().Privacy, open.AskedInPrivate(can).OrThrow().PrivateTalk)));
        var promised = open.PromisePrivateTalk(Day(3).At, " ring back ", Day(1, Bea)).OrThrow();
        Assert.Equal((PrivacyAsked.CannotTalk, new PrivateTalk(Day(1).At, Bea, Day(3).At, "ring back"), true), (promised.Privacy, promised.PrivateTalk, promised.PrivateTalk!.Owed));
        foreach (var held in (bool[])[true, false])
        {
            var settled = promised.SettlePrivateTalk(held, Day(4)).OrThrow().PrivateTalk!;
            Assert.Equal((Day(4).At, held, false), (settled.SettledAt!.Value, settled.Held, settled.Owed));
            Assert.True(promised.SettlePrivateTalk(held, Day(4)).OrThrow().PromisePrivateTalk(null, null, Day(5)).Accepted);
        }
        Assert.Equal([Told()], Open(caller: Nobody).Tell(Told(), Day(0)).OrThrow().Tellings.AsEnumerable());
        Assert.Equal([Child, Mother], open.Concerns([Child, Mother, Child]).OrThrow().About.AsEnumerable());
        var closed = Closed();
        Assert.Equal(("advice-given", new EnquiryEvent(EnquiryEventKind.Closed, Day(2).On, Day(2).At, Bea), Day(2).On, EnquiryState.Closed), (closed.Outcome, closed.History[^1], closed.ClosedOn!.Value, closed.State));
        Assert.Equal(new EnquiryEvent(EnquiryEventKind.Reopened, Day(3).On, Day(4).At, Ann, "rang"), closed.Reopen(Day(3).On, " rang ", Day(4)).OrThrow().History[^1]);
        // Of two notes of one moment the one that was written first stays first.
        var notes = open.AddNote(new(Day(0).At, Ann, " one ", NoteSource.Caller), Day(1)).OrThrow().AddNote(new(Day(0).At, Bea, "two", NoteSource.Caller), Day(1)).OrThrow().AddNote(new(Day(-1).At, Bea, "nought", NoteSource.Caller), Day(1)).OrThrow();
        Assert.Equal(["nought", "one", "two"], notes.Notes.Select(note => note.Text));
        var other = open.Concerns([Child]).OrThrow().IsFrom(Nobody, CallerConfirmation.KnownVoice).OrThrow();
        Assert.Equal((Nobody, CallerConfirmation.KnownVoice, 0, Reference), (other.Caller, other.Confirmation, other.About.Length, other.Reference));
        Assert.Equal(Reference, Open(caller: Caller.CreateHandle(Mother, Reference, "Robin").OrThrow()).Reference);
        Assert.Equal((Moved, Mother), (open.MoveTo(Moved).Family!.Value, open.MoveTo(Moved).Caller.Person));
        Assert.Same(Nobody, Open(caller: Nobody).MoveTo(Moved).Caller);
    }

    /// <summary>What stays when identity goes is coded: every free text is gone, and every date stays (C2).</summary>
    [Fact]
    public void WithoutIdentity_KeepsCodesAndDatesAlone()
    {
        var whole = Open(caller: Nobody).Tell(Told(), Day(0)).OrThrow().IsFrom(Named, CallerConfirmation.SafeWord).OrThrow().Concerns([Child]).OrThrow().Ask("x").OrThrow().Answer("x").OrThrow().RaiseLevel(2, Day(1)).OrThrow()
            .AddNote(new(Day(0).At, Ann, "x", NoteSource.Caller), Day(1)).OrThrow().PromisePrivateTalk(Day(3).At, "x", Day(1)).OrThrow().SettlePrivateTalk(true, Day(3)).OrThrow()
            .Close(Day(3).On, "advice-given", Lists, Day(3)).OrThrow().Reopen(Day(4).On, "x", Day(4)).OrThrow().FollowUpOn(Day(9).On, "x", Day(4)).OrThrow();
        var note = new EnquiryNote(Day(5).At, Ann, "no names", NoteSource.Colleague, true);
        var left = whole.WithoutIdentity(Moved, Nobody, [Mother], note);
        Assert.Equal((Moved, Nobody, CallerConfirmation.NotConfirmed, null, null, null), (left.Id, left.Caller, left.Confirmation, left.CameFrom, left.Requirement, left.Response));
        Assert.Equal((whole.Topic, whole.Outcome, whole.Channel, whole.Levels, whole.Privacy), (left.Topic, left.Outcome, left.Channel, left.Levels, left.Privacy));
        Assert.Equal((new FollowUp(Day(9).On, null), whole.PrivateTalk! with { How = null }), (left.FollowUp, left.PrivateTalk));
        Assert.Equal([note], left.Notes.AsEnumerable());
        Assert.Equal([Mother], left.About.AsEnumerable());
        Assert.Equal([Told() with { Language = null }], left.Tellings.AsEnumerable());
        Assert.Equal(whole.History.Select(one => one with { Why = null }), left.History);
        var bare = Open().WithoutIdentity(Moved, Nobody, [], null);
        Assert.Equal((null, null, 0), (bare.FollowUp, bare.PrivateTalk, bare.Notes.Length));
        Assert.Throws<ArgumentException>(() => whole.WithoutIdentity(Unit, Nobody, [], null));
        Assert.Throws<ArgumentException>(() => whole.WithoutIdentity(default, Nobody, [], null));
    }

    [Fact]
    public void Stored_ThatNoActMakes_IsRefused()
    {
        EnquiryEvent Event(EnquiryEventKind kind, int day = 0) => new(kind, Day(day).On, Day(day).At, Ann);
        Enquiry Stored(Func<EnquiryOpening, EnquiryOpening>? change = null, LevelChange[]? levels = null, PrivacyAsked privacy = default, params EnquiryEvent[] history) =>
            Enquiry.Restore((change ?? (one => one))(Opening()), null, null, null, [], levels ?? [], null, [], privacy, null, [], history.Length == 0 ? [Event(EnquiryEventKind.Opened)] : history.Where(one => one.By != Bea));
        foreach (var sound in (Action[])
        [
            () => Stored(), () => Stored(history: [Event(EnquiryEventKind.Opened), Event(EnquiryEventKind.Closed), Event(EnquiryEventKind.Reopened), Event(EnquiryEventKind.Closed, 1)]), () => Stored(levels: [new(1, Day(0).On, Ann), new(4, Day(0).On, Ann)]),
        ])
            sound();
        foreach (var broken in (Action[])
        [
            () => Stored(one => one with { Id = default }), () => Stored(one => one with { Service = (Service)9 }), () => Stored(one => one with { Confirmation = (CallerConfirmation)9 }), () => Stored(privacy: (PrivacyAsked)9),
            () => Stored(history: [Event(EnquiryEventKind.Opened) with { By = Bea }]), () => Stored(history: [Event(EnquiryEventKind.Reopened)]), () => Stored(history: [Event(EnquiryEventKind.Opened), Event(EnquiryEventKind.Reopened)]), () => Stored(history: [Event(EnquiryEventKind.Opened), Event(EnquiryEventKind.Opened)]),
            () => Stored(history: [Event(EnquiryEventKind.Opened), Event(EnquiryEventKind.Closed), Event(EnquiryEventKind.Closed)]), () => Stored(history: [Event(EnquiryEventKind.Opened, 1), Event(EnquiryEventKind.Closed)]), () => Stored(history: [Event(EnquiryEventKind.Opened), Event(EnquiryEventKind.Closed, 2), Event(EnquiryEventKind.Reopened, 1)]),
            () => Stored(levels: [new(0, Day(0).On, Ann)]), () => Stored(levels: [new(1, Day(0).On, Ann), new(5, Day(0).On, Ann)]), () => Stored(one => one with { Service = Service.ChoiceAdvice }, [new(1, Day(0).On, Ann)]),
            () => Caller.CreateNamed(default, Mother), () => Caller.CreateNamed(Family, default), () => Caller.CreateAnonymous(default, Reference), () => Caller.RestoreHandle(default, Reference, "x"), () => Caller.RestoreHandle(Mother, default, "x"), () => Caller.RestoreHandle(Mother, Reference, ""),
            () => AskedAbout.Restore(default, Service.ChoiceAdvice, "phone", null, "x", null, true, Day(0).At, Ann, []), () => AskedAbout.Restore(Unit, Service.ChoiceAdvice, "phone", null, "", null, true, Day(0).At, Ann, []),
        ])
            Assert.ThrowsAny<ArgumentException>(broken);
        Assert.Equal("Robin", ((Caller.Handle)Caller.RestoreHandle(Mother, Reference, "Robin")).Name);
        Assert.Equal(("", "enquiry.caller", "enquiry.caller", ""), (Caller.CreateHandle(Mother, Reference, new string('x', 60)).Fields(), Caller.CreateHandle(Mother, Reference, new string('x', 61)).Fields(), Caller.CreateHandle(Mother, Reference, " ").Fields(), Caller.CreateHandle(Mother, Reference, " Robin ").Fields()));
    }

    /// <summary>Marking, class and purpose follow the service and the level reached (S2, D2, D5): casework is Parent Partnership from level 2.</summary>
    [Fact]
    public void Rules_ForEveryServiceAndLevel()
    {
        foreach (var service in Enum.GetValues<Service>())
        {
            foreach (var level in new int?[] { null, 1, 2, 3, 4 })
            {
                var casework = service == Service.ParentPartnership && level > 1;
                Assert.Equal(casework, EnquiryRules.IsCasework(service, level));
                Assert.Equal(casework ? Purpose.CaseWork : service == Service.FamiliesInformation ? Purpose.GiveInformation : Purpose.Advise, EnquiryRules.PurposeOf(service, level));
                Assert.Equal(casework ? Classification.OfficialSensitive : Classification.Official, EnquiryRules.MarkingOf(service, level).Classification);
            }
        }
        Assert.Equal((Purpose.CaseWork, "pp-case", Classification.OfficialSensitive), Open().RaiseLevel(2, Day(1)).OrThrow() is var raised ? (raised.Purpose, raised.RetentionClass, raised.Marking.Classification) : default);
        Assert.Equal(["fis-anonymous", "fis-enquiry", "fis-enquiry"], new[] { Nobody, Caller.CreateHandle(Mother, Reference, "Robin").OrThrow(), Named }.Select(caller => Open(Service.FamiliesInformation, caller).RetentionClass));
    }

    [Fact]
    public void Lists_FromConfiguration_NameTheLineThatIsWrong()
    {
        Choice good = new("a-1", "A", [.. Enum.GetValues<Service>()]);
        Checked<EnquiryLists> With(params Choice[] topics) => EnquiryLists.Create(topics, [good], [good]);
        foreach (var (choice, fields) in new (Choice, string)[]
        {
            (good, ""), (good with { Code = new string('a', 40) }, ""), (good with { Code = new string('a', 41) }, "topics:0"), (good with { Code = "-a" }, "topics:0"), (good with { Code = "a-" }, "topics:0"), (good with { Code = "A" }, "topics:0"), (good with { Code = "a\n" }, "topics:0"), (good with { Code = null! }, "topics:0"),
            (good with { Label = new string('x', 80) }, ""), (good with { Label = new string('x', 81) }, "topics:0"), (good with { Label = " " }, "topics:0"), (good with { Services = [] }, "topics:0"), (good with { Services = default }, "topics:0"), (good with { Services = [Service.ChoiceAdvice, (Service)9] }, "topics:0"),
        })
            Assert.Equal(fields, With(choice).Fields());
        Assert.Equal("topics:1", With(good, good).Fields());
        Assert.Equal("topics channels outcomes", EnquiryLists.Create([], [], []).Fields());
        Assert.Equal("topics:0 topics:0 topics:0", With(new Choice("A", "", [])).Fields());
        var one = With(good with { Services = [Service.ChoiceAdvice] }).OrThrow();
        Assert.Equal((1, 0, 1, 1), (one.TopicsOf(Service.ChoiceAdvice).Length, one.TopicsOf(Service.ParentPartnership).Length, one.ChannelsOf(Service.ParentPartnership).Length, one.OutcomesOf(Service.ParentPartnership).Length));
        Assert.Equal(("A", "gone"), (EnquiryLists.LabelOf(one.Topics, "a-1"), EnquiryLists.LabelOf(one.Topics, "gone")));
        Assert.Equal(("enquiry.topic", "enquiry.topic", null), (one.CheckTopic(Service.ChoiceAdvice, "")!.Field, one.CheckTopic(Service.ParentPartnership, "a-1")!.Field, one.CheckTopic(Service.ChoiceAdvice, "a-1")));
    }

    [Fact]
    public void Counts_AreOfThreeDimensionsAtMost_AndOfTheMonthAlone()
    {
        var quick = QuickEnquiry.Create(Service.FamiliesInformation, "post-16", "declined", "phone", Lists, new DateOnly(2026, 11, 22)).OrThrow();
        Assert.Equal((Service.FamiliesInformation, "post-16", "declined", "phone", new DateOnly(2026, 11, 1)), (quick.Service, quick.Topic, quick.Outcome, quick.Channel, quick.Month));
        Assert.Equal(["topic/post-16", "outcome/declined", "channel/phone"], quick.Figures.Select(figure => figure.Name["enquiries/families-information/".Length..]));
        Assert.Equal(("enquiry.topic", "enquiry.outcome", "enquiry.channel"), (QuickEnquiry.Create(Service.FamiliesInformation, null, "declined", null, Lists, default).Fields(), QuickEnquiry.Create(Service.FamiliesInformation, "post-16", null, null, Lists, default).Fields(), QuickEnquiry.Create(Service.FamiliesInformation, "post-16", "declined", "x", Lists, default).Fields()));
        Assert.Equal(["level/2", "district/WF1"], EnquiryFigures.Of(Service.ChoiceAdvice, null, null, null, new DateOnly(2026, 2, 28), 2, "WF1").Select(figure => figure.Name["enquiries/choice-advice/".Length..]));
        Assert.All(EnquiryFigures.Of(Service.ChoiceAdvice, "t", null, null, new DateOnly(2026, 2, 28), 2), figure => Assert.Equal(new DateOnly(2026, 2, 1), figure.Month));
    }

    [Fact]
    public void AskedAbout_OneFaultAtATime()
    {
        Checked<AskedAbout> Ask(string? channel = "phone", string? asker = "A school", string? words = "Is Robin with you?", string? back = "01632 960001", int day = 0) => AskedAbout.Create(Unit, Service.ChoiceAdvice, channel, asker, words, back, true, Day(day).At, [Family, Family, Moved], Lists, Day(0, Bea));
        foreach (var (got, fields) in new (Checked<AskedAbout>, string)[]
        {
            (Ask(), ""), (Ask(channel: null), "asked.channel"), (Ask(channel: "pigeon"), "asked.channel"), (Ask(asker: "a\nb"), "asked.asker"), (Ask(words: null), "asked.words"), (Ask(words: Long), "asked.words"), (Ask(words: "a\nb"), ""), (Ask(back: "a\nb"), "asked.call-back"), (Ask(day: 1), "asked.when"), (Ask(asker: null, back: null), ""),
        })
            Assert.Equal(fields, got.Fields());
        var asked = Ask(asker: " x ", words: " a\r\nb ", back: " y ", day: -1).OrThrow();
        Assert.Equal((Unit, Service.ChoiceAdvice, "phone", "x", "a\nb", "y", true), (asked.Id, asked.Service, asked.Channel, asked.Asker, asked.Words, asked.CallBack, asked.SentenceGiven));
        Assert.Equal((Day(-1).At, Bea, 2), (asked.AskedAt, asked.By, asked.NeverDiscloseMatches.Length));
    }
}
