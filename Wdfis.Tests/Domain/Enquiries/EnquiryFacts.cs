using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Policy;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Enquiries;

public sealed class EnquiryFacts
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly EnquiryLists Lists = EnquiryLists.Defaults;
    private static readonly PersonId Somebody = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));
    private static readonly AnonymousReference Reference = AnonymousReference.Parse("K7-QFM2");
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));

    private static Stamp Day(int day) => new(Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static Enquiry Open(Service service = Service.FamiliesInformation, string topic = "post-16", Caller? caller = null) => Enquiry.Open(
        new EnquiryOpening
        {
            Id = new UnitId(Guid.Parse("00000000-0000-7000-8000-0000000000ff")),
            Service = service,
            Channel = "phone",
            Topic = topic,
            Caller = caller ?? Caller.CreateNamed(Family, Somebody),
        }, Lists, Day(0)).OrThrow();

    private static Enquiry Closed() => Open().Close(Day(1).On, "information-given", Lists, Day(1)).OrThrow();

    [Fact]
    public void Open_UnknownChannel_RefusedAtTheField()
    {
        var opening = new EnquiryOpening { Id = Open().Id, Service = Service.ChoiceAdvice, Channel = "pigeon", Caller = Open().Caller };
        Assert.Equal(EnquiryFields.Channel, Assert.Single(Enquiry.Open(opening, Lists, Day(0)).Problems).Field);
    }

    [Fact]
    public void Open_TopicOfAnotherService_Refused() =>
        Assert.False(Open(Service.ChoiceAdvice).SetTopic("funded-2", Lists).Accepted);

    [Fact]
    public void Open_Tomorrow_Refused()
    {
        var opening = new EnquiryOpening { Id = Open().Id, Service = Service.ChoiceAdvice, Channel = "phone", Caller = Open().Caller, On = Day(1).On };
        Assert.Equal(EnquiryFields.When, Assert.Single(Enquiry.Open(opening, Lists, Day(0)).Problems).Field);
    }

    [Fact]
    public void Text_OfTenMegabytes_RefusedWithItsLengthAndNothingOfIt()
    {
        var problem = Assert.Single(Open().Ask(new string('x', 10_000_000)).Problems);
        Assert.Equal(EnquiryFields.Requirement, problem.Field);
        Assert.DoesNotContain("xxx", problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u202Eb")]
    public void Text_WithHiddenSigns_Refused(string text) => Assert.False(Open().Answer(text).Accepted);

    [Fact]
    public void Text_WithEmojiAndLines_KeptAsTyped() => Assert.Equal("Zoë 👶\nzwei", Open().Answer("Zoë 👶\r\nzwei").OrThrow().Response);

    [Fact]
    public void Notes_AddedOutOfOrder_StandInTimeOrder()
    {
        var enquiry = Open()
            .AddNote(new EnquiryNote(Day(2).At, Ann, "second", NoteSource.Caller), Day(3)).OrThrow()
            .AddNote(new EnquiryNote(Day(1).At, Ann, "first", NoteSource.Colleague), Day(3)).OrThrow();
        Assert.Equal(["first", "second"], enquiry.Notes.Select(n => n.Text));
    }

    [Fact]
    public void Note_OfTheFuture_Refused() =>
        Assert.False(Open().AddNote(new EnquiryNote(Day(2).At, Ann, "x", NoteSource.Caller), Day(1)).Accepted);

    [Fact]
    public void Level_OutsideParentPartnership_Refused() => Assert.False(Open().RaiseLevel(2, Day(0)).Accepted);

    [Fact]
    public void Level_Raised_HighestIsReportedAndHistoryKept()
    {
        var enquiry = Open(Service.ParentPartnership).RaiseLevel(3, Day(1)).OrThrow();
        Assert.Equal(3, enquiry.HighestLevel);
        Assert.Equal([1, 3], enquiry.Levels.Select(l => l.Level));
        Assert.False(enquiry.RaiseLevel(2, Day(2)).Accepted);
        Assert.False(enquiry.RaiseLevel(5, Day(2)).Accepted);
    }

    [Theory]
    [InlineData(Service.FamiliesInformation, null, false, "fis-enquiry", Classification.Official)]
    [InlineData(Service.FamiliesInformation, null, true, "fis-anonymous", Classification.Official)]
    [InlineData(Service.ChoiceAdvice, null, false, "choice-advice-enquiry", Classification.Official)]
    [InlineData(Service.ParentPartnership, 1, false, "pp-level1", Classification.Official)]
    [InlineData(Service.ParentPartnership, 2, false, "pp-case", Classification.OfficialSensitive)]
    [InlineData(Service.ParentPartnership, 4, true, "pp-case", Classification.OfficialSensitive)]
    public void Rules_ByServiceAndLevel_ClassAndMarking(Service service, int? level, bool anonymous, string expected, Classification marking)
    {
        Assert.Equal(expected, EnquiryRules.RetentionClassOf(service, level, anonymous));
        Assert.Equal(marking, EnquiryRules.MarkingOf(service, level).Classification);
    }

    [Fact]
    public void FollowUp_Yesterday_Refused() => Assert.False(Open().FollowUpOn(Day(0).On, null, Day(1)).Accepted);

    [Fact]
    public void Close_WithAFollowUpOrPrivateTalkOwed_RefusedForBoth()
    {
        var enquiry = Open().FollowUpOn(Day(5).On, "ring", Day(0)).OrThrow().PromisePrivateTalk(null, "ring back", Day(0)).OrThrow();
        Assert.Equal([EnquiryFields.Privacy, EnquiryFields.FollowUp], enquiry.Close(Day(1).On, "information-given", Lists, Day(1)).Problems.Select(p => p.Field));
        Assert.True(enquiry.ClearFollowUp().OrThrow().SettlePrivateTalk(true, Day(1)).OrThrow().Close(Day(1).On, "information-given", Lists, Day(1)).Accepted);
    }

    [Fact]
    public void Close_TomorrowOrBeforeOpening_Refused()
    {
        Assert.False(Open().Close(Day(2).On, "information-given", Lists, Day(1)).Accepted);
        Assert.False(Open().Close(Day(-1).On, "information-given", Lists, Day(1)).Accepted);
    }

    [Fact]
    public void Reopen_NeedsAReasonAndKeepsHistory()
    {
        Assert.Equal(EnquiryFields.Why, Assert.Single(Closed().Reopen(Day(2).On, " ", Day(2)).Problems).Field);
        var again = Closed().Reopen(Day(2).On, "She rang again", Day(2)).OrThrow();
        Assert.Equal(EnquiryState.Reopened, again.State);
        Assert.Null(again.ClosedOn);
        Assert.Equal(3, again.History.Length);
        Assert.False(again.Reopen(Day(3).On, "twice", Day(3)).Accepted);
    }

    [Fact]
    public void Closed_WhateverIsTriedButReopen_StaysAsItIs()
    {
        var acts = new Func<Enquiry, Checked<Enquiry>>[]
        {
            e => e.Ask("x"), e => e.Answer("x"), e => e.SetTopic("other", Lists), e => e.SetChannel("email", Lists), e => e.SetOutcome("declined", Lists),
            e => e.RaiseLevel(2, Day(2)), e => e.FollowUpOn(Day(9).On, null, Day(2)), e => e.ClearFollowUp(), e => e.AskedInPrivate(true),
            e => e.AddNote(new EnquiryNote(Day(1).At, Ann, "x", NoteSource.Caller), Day(2)), e => e.PromisePrivateTalk(null, null, Day(2)),
            e => e.SettlePrivateTalk(true, Day(2)), e => e.Concerns([Somebody]), e => e.Tell(Told(Somebody), Day(2)), e => e.IsFrom(e.Caller, CallerConfirmation.SafeWord),
            e => e.Close(Day(2).On, "declined", Lists, Day(2)),
        };
        Prop.ForAll(Gen.Choose(0, acts.Length - 1).ListOf().ToArbitrary(), tried =>
        {
            var closed = Closed();
            return tried.All(i => acts[i](closed) is { Accepted: false, Problems: [{ Field: "" }] }) && closed.State == EnquiryState.Closed;
        }).Hold();
        Assert.All(acts, act => Assert.False(act(Closed()).Accepted));
    }

    [Fact]
    public void Caller_FoundOnAnotherCard_DropsWhomItWasAbout()
    {
        var about = Open().Concerns([Somebody]).OrThrow();
        var other = Caller.CreateNamed(new UnitId(Guid.Parse("00000000-0000-7000-8000-00000000000d")), Somebody);
        Assert.Empty(about.IsFrom(other, CallerConfirmation.TwoFacts).OrThrow().About);
        Assert.Single(about.IsFrom(about.Caller, CallerConfirmation.TwoFacts).OrThrow().About);
    }

    [Fact]
    public void Anonymous_BelongsToNoFamilyAndConcernsNobody()
    {
        var enquiry = Open(caller: Caller.CreateAnonymous(Somebody, Reference));
        Assert.Null(enquiry.Family);
        Assert.Equal(Reference, enquiry.Reference);
        Assert.Equal("fis-anonymous", enquiry.RetentionClass);
        Assert.False(enquiry.Concerns([Somebody]).Accepted);
    }

    [Fact]
    public void Caller_WithoutAName_NeedsAReference() => Assert.Throws<ArgumentException>(() => Caller.CreateAnonymous(Somebody, default));

    private static Telling Told(PersonId person, int day = 0) => new() { Person = person, Version = PolicyNumber.Parse("2026.1"), What = ToldWhat.ConfidentialityPolicy, How = ToldHow.ReadAloud, At = Day(day).At, By = Ann };

    [Fact]
    public void Tell_AnAnonymousCaller_KeptWithTheEnquiry()
    {
        var enquiry = Open(caller: Caller.CreateAnonymous(Somebody, Reference));
        Assert.Single(enquiry.Tell(Told(Somebody), Day(0)).OrThrow().Tellings);
        Assert.False(enquiry.Tell(Told(Somebody, 1), Day(0)).Accepted);
        Assert.False(enquiry.Tell(Told(new PersonId(Guid.Parse("00000000-0000-7000-8000-0000000000ab"))), Day(0)).Accepted);
        Assert.False(Open().Tell(Told(Somebody), Day(0)).Accepted);
    }

    [Fact]
    public void Fields_OfAnEnquiry_AreAllInTheCatalogue()
    {
        var enquiry = Open(caller: Caller.CreateHandle(Somebody, Reference, "Robin").OrThrow()).Ask("x").OrThrow();
        Assert.Equal(
            ["enquiry.caller.name", "enquiry.caller.reference", "enquiry.channel", "enquiry.event", "enquiry.event-at", "enquiry.requirement", "enquiry.service", "enquiry.topic", "enquiry.when"],
            FieldItem.Added(null, enquiry));
    }

    [Theory]
    [InlineData("07700 900456", true)]
    [InlineData("m@example.org", true)]
    [InlineData(" ", true)]
    [InlineData("the blue phone", false)]
    [InlineData("07700\u202E900456", false)]
    public void CameFrom_OfANamedCaller_IsANumberAnEmailOrNothing(string typed, bool good)
    {
        var named = new EnquiryOpening { Id = Open().Id, Service = Service.FamiliesInformation, Channel = "phone", Caller = Open().Caller, CameFrom = typed };
        var opened = Enquiry.Open(named, Lists, Day(0));
        Assert.Equal(good ? [] : [EnquiryFields.CameFrom], opened.Problems.Select(p => p.Field));
        Assert.All(opened.Problems, problem => Assert.DoesNotContain(typed, problem.Sentence, StringComparison.Ordinal));
        Assert.Equal(string.IsNullOrWhiteSpace(typed), Enquiry.Open(named with { Caller = Caller.CreateAnonymous(Somebody, Reference) }, Lists, Day(0)).Accepted);
        if (opened.Value is { } kept)
            Assert.Null(kept.WithoutIdentity(new UnitId(Guid.Parse("00000000-0000-7000-8000-0000000000ac")), Caller.CreateAnonymous(Somebody, Reference), [], null).CameFrom);
    }

    [Fact]
    public void ToString_OfEveryPart_ShowsNothingTyped()
    {
        const string secret = "Zyxwvut";
        var enquiry = Open(caller: Caller.CreateHandle(Somebody, Reference, secret).OrThrow()).Ask(secret).OrThrow().Answer(secret).OrThrow()
            .FollowUpOn(Day(3).On, secret, Day(0)).OrThrow().PromisePrivateTalk(null, secret, Day(0)).OrThrow()
            .AddNote(new EnquiryNote(Day(0).At, Ann, secret, NoteSource.Caller), Day(0)).OrThrow();
        object[] parts = [enquiry, enquiry.Caller, enquiry.FollowUp!, enquiry.PrivateTalk!, enquiry.Notes[0], new EnquiryEvent(EnquiryEventKind.Reopened, Day(0).On, Day(0).At, Ann, secret)];
        Assert.All(parts, p => Assert.DoesNotContain(secret, p.ToString()!, StringComparison.Ordinal));
    }

    [Fact]
    public void Restore_LifeThatNoActMakes_Throws()
    {
        var opening = new EnquiryOpening { Id = Open().Id, Service = Service.ChoiceAdvice, Channel = "phone", Caller = Open().Caller };
        Assert.Throws<ArgumentException>(() => Enquiry.Restore(opening, null, null, null, [], [], null, [], default, null, [], [new(EnquiryEventKind.Closed, Day(0).On, Day(0).At, Ann)]));
    }

    [Fact]
    public void Lists_FromConfiguration_RefuseDoublesAndStrangeCodes()
    {
        var all = Enum.GetValues<Service>();
        var ok = new Choice("a", "A", [.. all]);
        Assert.False(EnquiryLists.Create([ok, ok], [ok], [ok]).Accepted);
        Assert.False(EnquiryLists.Create([ok with { Code = "A b" }], [ok], [ok]).Accepted);
        Assert.False(EnquiryLists.Create([ok with { Services = [] }], [ok], [ok]).Accepted);
        Assert.False(EnquiryLists.Create([], [ok], [ok]).Accepted);
        Assert.True(EnquiryLists.Create([ok], [ok], [ok]).Accepted);
    }

    [Fact]
    public void Lists_Defaults_OfferEveryServiceATopicAndAnOutcome() => Assert.All(Enum.GetValues<Service>(), s =>
    {
        Assert.NotEmpty(Lists.TopicsOf(s));
        Assert.NotEmpty(Lists.OutcomesOf(s));
        Assert.Equal(12, Lists.ChannelsOf(s).Length);
    });

    [Fact]
    public void QuickEnquiry_Counted_LeavesMonthServiceAndOneMore()
    {
        var figures = QuickEnquiry.Create(Service.FamiliesInformation, "funded-3-4", "information-given", null, Lists, new DateOnly(2026, 11, 22)).OrThrow().Figures;
        Assert.Equal(["enquiries/families-information/topic/funded-3-4", "enquiries/families-information/outcome/information-given"], figures.Select(f => f.Name));
        Assert.All(figures, f => Assert.Equal(new DateOnly(2026, 11, 1), f.Month));
        Assert.False(QuickEnquiry.Create(Service.FamiliesInformation, "funded-3-4", null, null, Lists, new DateOnly(2026, 11, 22)).Accepted);
    }

    [Fact]
    public void AskedAbout_WithoutWordsOrOfTomorrow_Refused()
    {
        var problems = AskedAbout.Create(Open().Id, Service.ChoiceAdvice, "phone", null, " ", null, true, Day(1).At, [], Lists, Day(0)).Problems;
        Assert.Equal([AskedFields.Words, AskedFields.When], problems.Select(p => p.Field));
    }

    [Fact]
    public void AskedAbout_Recorded_ShowsNothing() => Assert.Equal(nameof(AskedAbout),
        AskedAbout.Create(Open().Id, Service.ChoiceAdvice, "phone", "A school", "Is Zyx with you?", "01632 960001", true, Day(0).At, [Family, Family], Lists, Day(0)).OrThrow().ToString());
}
