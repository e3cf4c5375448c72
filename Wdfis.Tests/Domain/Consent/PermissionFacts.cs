using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Consent;

public sealed class PermissionFacts
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly ColleagueId Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    private static readonly PersonId Mother = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));
    private static readonly PersonId Child = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly DateOnly First = new(2026, 6, 1);

    private static Stamp Day(int day, ColleagueId? by = null) => new(by ?? Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static NamedBody School(string name = "Example Primary") => NamedBody.Create(BodyKind.School, name).OrThrow();

    private static PermissionTerms Terms(PermissionKind kind = PermissionKind.Contact, bool send = false, NamedBody? body = null, int until = 100) => PermissionTerms.Create(
        [Mother, Child], body ?? School(), kind, "so that support can be planned", kind == PermissionKind.Share ? ["sen", "name"] : [], ["phone"], First, First.AddDays(until), send).OrThrow();

    private static Grant Yes(int day = 0) => new()
    {
        By = Mother,
        Capacity = GrantCapacity.ParentWithResponsibility,
        Evidence = "birth certificate seen",
        How = GivenHow.Spoken,
        TextVersion = PermissionRequest.Version,
        GivenAt = Day(day).At,
    };

    private static Permission Given(PermissionTerms? terms = null) => Permission.Record(Unit, Family, terms ?? Terms(), Yes(), Day(0)).OrThrow();

    [Fact]
    public void Terms_ContactWithMoreThanTheMinimum_IsSharing()
    {
        var terms = PermissionTerms.Create([Child], School(), PermissionKind.Contact, "x", ["name", "sen"], ["phone"], First, First);
        Assert.Equal(PermissionFields.Items, Assert.Single(terms.Problems).Field);
        Assert.Equal(ScopeItems.ContactMinimum.AsEnumerable(), Terms().Items.AsEnumerable());
    }

    [Fact]
    public void Terms_ShareWithoutItems_Refused() =>
        Assert.Equal(PermissionFields.Items, Assert.Single(PermissionTerms.Create([Child], School(), PermissionKind.Share, "x", [], ["phone"], First, First).Problems).Field);

    [Fact]
    public void Terms_SpecialItem_CountsOnlyWhenNamed()
    {
        Assert.True(Terms(PermissionKind.Share).Names("sen"));
        Assert.False(Terms(PermissionKind.Share).Names("health"));
    }

    [Fact]
    public void Terms_AllWrongAtOnce_EveryProblemIsSaid() =>
        Assert.Equal(
            [PermissionFields.About, PermissionFields.Purpose, PermissionFields.Items, PermissionFields.Channels, PermissionFields.Until],
            PermissionTerms.Create([], School(), PermissionKind.Share, "", [], [], First, First.AddDays(-1)).Problems.Select(p => p.Field));

    [Fact]
    public void Grant_WithoutEvidenceOfAuthority_Refused() =>
        Assert.Equal(PermissionFields.Evidence, Assert.Single(Permission.Record(Unit, Family, Terms(), Yes() with { Evidence = " " }, Day(0)).Problems).Field);

    [Fact]
    public void Grant_OfAnAdultForThemselves_DoesNotCoverTheChild() =>
        Assert.Contains(Permission.Record(Unit, Family, Terms(), Yes() with { Capacity = GrantCapacity.AdultForThemselves }, Day(0)).Problems, p => p.Field == PermissionFields.Capacity);

    [Fact]
    public void Grant_OfTomorrow_Refused() =>
        Assert.Equal(PermissionFields.GivenAt, Assert.Single(Permission.Record(Unit, Family, Terms(), Yes(1), Day(0)).Problems).Field);

    [Fact]
    public void Given_OnItsLastDay_CountsAndTheDayAfterIsExpired()
    {
        Assert.Equal(PermissionState.Given, Given().StateOn(First.AddDays(100)));
        Assert.Equal(PermissionState.Expired, Given().StateOn(First.AddDays(101)));
    }

    [Fact]
    public void Given_BeforeItsFirstDayOrItsGiving_DoesNotCount()
    {
        Assert.Equal(PermissionState.Unknown, Given().StateOn(First.AddDays(-1)));
        Assert.False(Given().StateAt(Day(0).At.AddMinutes(-1), First).Counts());
        Assert.True(Given().StateAt(Day(0).At, First).Counts());
    }

    [Fact]
    public void Given_RecordedTheDayAfter_WaitsForALeadWhoIsSomebodyElse()
    {
        var late = Permission.Record(Unit, Family, Terms(), Yes(0), Day(1)).OrThrow();
        Assert.True(late.NeedsLead);
        Assert.Equal(PermissionState.Requested, late.StateOn(Day(1).On));
        Assert.Contains(PermissionPrompt.NeedsLead, late.PromptsOn(Day(1).On));
        Assert.False(late.AgreeLate(Day(1)).Accepted);
        var agreed = late.AgreeLate(Day(1, Lead)).OrThrow();
        Assert.Equal(PermissionState.Given, agreed.StateOn(Day(1).On));
        Assert.True(agreed.Events[0].Late);
    }

    [Fact]
    public void Withdrawn_Now_EndsItAtOnceAndForGood()
    {
        var withdrawn = Given().Withdraw(Mother, Day(5)).OrThrow();
        Assert.Equal(PermissionState.Withdrawn, withdrawn.StateOn(Day(5).On));
        Assert.True(withdrawn.StateAt(Day(5).At.AddSeconds(-1), Day(5).On).Counts());
        Assert.Equal(PermissionState.Given, withdrawn.StateOn(Day(4).On));
        Assert.False(withdrawn.Renew(Yes(6), First.AddDays(300), Day(6)).Accepted);
        Assert.False(withdrawn.Give(Yes(6), Day(6)).Accepted);
    }

    [Fact]
    public void Renewed_AfterItsEnd_CountsFromTheRenewalOnly()
    {
        var renewed = Given().Renew(Yes(120), First.AddDays(200), Day(120)).OrThrow();
        Assert.Equal(PermissionState.Expired, renewed.StateOn(First.AddDays(110)));
        Assert.Equal(PermissionState.Renewed, renewed.StateOn(First.AddDays(200)));
        Assert.Equal(PermissionState.Expired, renewed.StateOn(First.AddDays(201)));
        Assert.False(Given().Renew(Yes(1), First.AddDays(50), Day(1)).Accepted);
    }

    [Fact]
    public void Refused_AfterAYes_Binds() => Assert.Equal(PermissionState.Refused, Given().Refuse(Mother, Day(2)).OrThrow().StateOn(Day(3).On));

    [Fact]
    public void Requested_AskedAgainWhileGiven_StaysGiven() => Assert.Equal(PermissionState.Given, Given().AskAgain(Day(2)).OrThrow().StateOn(Day(3).On));

    [Fact]
    public void Ends_EachWithItsOwnStateAndReason()
    {
        Assert.Equal(PermissionState.Revoked, Given().Revoke("court order", Day(1)).OrThrow().StateOn(Day(1).On));
        Assert.Equal(PermissionState.Invalidated, Given().Invalidate("no authority", Day(1)).OrThrow().StateOn(Day(1).On));
        Assert.Equal(PermissionState.Superseded, Given().Supersede(Child, "own decision", Day(1)).OrThrow().StateOn(Day(1).On));
        Assert.Equal(PermissionFields.Why, Assert.Single(Given().Revoke(null, Day(1)).Problems).Field);
    }

    [Fact]
    public void SendMatter_ParentsGrant_StopsCountingAfterTheTransferDate()
    {
        var send = Given(Terms(send: true));
        var transfer = new DateOnly(2026, 6, 26);
        Assert.Equal(PermissionState.Given, send.StateOn(transfer, transfer));
        Assert.Equal(PermissionState.Superseded, send.StateOn(transfer.AddDays(1), transfer));
        Assert.Equal(PermissionState.Given, Given().StateOn(transfer.AddDays(1), transfer));
        var own = Permission.Record(Unit, Family, Terms(send: true), Yes() with { By = Child, Capacity = GrantCapacity.YoungPerson }, Day(0)).OrThrow();
        Assert.Equal(PermissionState.Given, own.StateOn(transfer.AddDays(1), transfer));
        Assert.Contains(PermissionPrompt.YoungPersonDecidesSoon, send.PromptsOn(First, transfer));
    }

    [Fact]
    public void Prompts_ThirtyDaysBefore_AtTwentyFourMonths_AndOnChange()
    {
        Assert.Empty(Given().PromptsOn(First.AddDays(69)));
        Assert.Equal([PermissionPrompt.EndsSoon], Given().PromptsOn(First.AddDays(70)).AsEnumerable());
        Assert.Empty(Given().PromptsOn(First.AddDays(101)));
        var two = Given(Terms(until: 1000));
        Assert.Empty(two.PromptsOn(new DateOnly(2028, 5, 31)));
        Assert.Equal([PermissionPrompt.TwoYearsOld], two.PromptsOn(new DateOnly(2028, 6, 1)).AsEnumerable());
        Assert.Equal(
            [PermissionPrompt.PurposeChanged, PermissionPrompt.BodyChanged, PermissionPrompt.AuthorityChanged],
            Given().PromptsOn(First, null, new PermissionCircumstances(true, true, true)).AsEnumerable());
    }

    [Theory]
    [InlineData(PermissionState.Unknown, false)]
    [InlineData(PermissionState.Requested, false)]
    [InlineData(PermissionState.Given, true)]
    [InlineData(PermissionState.Renewed, true)]
    [InlineData(PermissionState.Refused, false)]
    [InlineData(PermissionState.Expired, false)]
    [InlineData(PermissionState.Withdrawn, false)]
    [InlineData(PermissionState.Revoked, false)]
    [InlineData(PermissionState.Invalidated, false)]
    [InlineData(PermissionState.Superseded, false)]
    public void Counts_GivenAndRenewed_NothingElse(PermissionState state, bool counts) => Assert.Equal(counts, state.Counts());

    // Any life at all, whether the acts could make it or not: the state must be safe on what storage might hold.
    private static Gen<PermissionEvent> AnyEvent { get; } =
        from kind in Gen.Elements(Enum.GetValues<PermissionEventKind>())
        from day in Gen.Choose(0, 40)
        from delay in Gen.Choose(0, 2)
        from led in Gen.Elements(true, false)
        from until in Gen.Choose(0, 60)
        let yes = kind is PermissionEventKind.Given or PermissionEventKind.Renewed
        select new PermissionEvent
        {
            Kind = kind,
            At = Day(day).At,
            RecordedAt = Day(day + delay).At,
            RecordedBy = Ann,
            Grant = yes ? Yes(day) : null,
            Until = kind == PermissionEventKind.Renewed ? First.AddDays(until) : null,
            Lead = led ? Lead : null,
        };

    private static Gen<Permission> AnyLife { get; } =
        from events in AnyEvent.NonEmptyListOf()
        from until in Gen.Choose(0, 60)
        select Permission.Restore(Unit, Family, Terms(until: until), events);

    private static Permission With(Permission life, PermissionEvent more) => Permission.Restore(Unit, Family, life.Terms, life.Events.Add(more));

    [Theory]
    [InlineData(PermissionEventKind.Withdrawn)]
    [InlineData(PermissionEventKind.Revoked)]
    [InlineData(PermissionEventKind.Invalidated)]
    [InlineData(PermissionEventKind.Superseded)]
    public void State_WithAnEndAdded_NeverCountsFromThatDay(PermissionEventKind end) =>
        Prop.ForAll((from life in AnyLife from e in AnyEvent from later in Gen.Choose(0, 60) select (life, e, later)).ToArbitrary(), t =>
        {
            var ended = With(t.life, t.e with { Kind = end, Grant = null, Until = null });
            return !ended.StateOn(t.e.On.AddDays(t.later)).Counts();
        }).Hold();

    [Fact]
    public void State_WithARefusalAdded_NeverStartsToCount() =>
        Prop.ForAll((from life in AnyLife from e in AnyEvent from day in Gen.Choose(-5, 80) select (life, e, day)).ToArbitrary(), t =>
        {
            var on = First.AddDays(t.day);
            var refused = With(t.life, t.e with { Kind = PermissionEventKind.Refused, Grant = null, Until = null });
            return t.life.StateOn(on).Counts() || !refused.StateOn(on).Counts();
        }).Hold();

    [Fact]
    public void State_EventsInAnyOrder_IsTheSame() =>
        Prop.ForAll((from life in AnyLife from order in Gen.Shuffle(life.Events.ToArray()) from day in Gen.Choose(-5, 80) select (life, order, day)).ToArbitrary(), t =>
        {
            // Two events of one instant keep the order in which they were recorded; without such ties any order gives one state.
            if (t.life.Events.Select(e => (e.At, e.RecordedAt)).Distinct().Count() < t.life.Events.Length)
                return true;
            return Permission.Restore(Unit, Family, t.life.Terms, t.order).StateOn(First.AddDays(t.day)) == t.life.StateOn(First.AddDays(t.day));
        }).Hold();

    [Fact]
    public void State_WithoutAYesThatIsHeard_NeverCounts() =>
        Prop.ForAll((from life in AnyLife from day in Gen.Choose(-5, 80) select (life, day)).ToArbitrary(), t =>
        {
            var on = First.AddDays(t.day);
            return !t.life.StateOn(on).Counts() || t.life.Events.Any(e => e.Grant is not null && !e.NeedsLead && e.On <= on);
        }).Hold();

    [Fact]
    public void State_AfterTheLastEventAndEveryEnd_NeverCountsAgain() =>
        Prop.ForAll((from life in AnyLife from more in Gen.Choose(1, 400) select (life, more)).ToArbitrary(), t =>
        {
            var last = t.life.Events.Select(e => e.Until ?? t.life.Terms.Until).Append(t.life.Events[^1].On).Append(t.life.Terms.Until).Max();
            return !t.life.StateOn(last.AddDays(t.more)).Counts();
        }).Hold();

    [Fact]
    public void Body_SameByIdElseByNameAndKind()
    {
        var id = new BodyId(Guid.Parse("00000000-0000-7000-8000-0000000000aa"));
        Assert.True(School("EXAMPLE primary").IsSameAs(School()));
        Assert.False(NamedBody.Create(BodyKind.Gp, "Example Primary").OrThrow().IsSameAs(School()));
        Assert.True(NamedBody.Create(BodyKind.School, "New name", "GB", id).OrThrow().IsSameAs(NamedBody.Create(BodyKind.School, "Old", "GB", id).OrThrow()));
        Assert.False(NamedBody.Create(BodyKind.School, "x", "uk").Accepted);
    }

    [Fact]
    public void Summary_OfAFamily_ReadsAsSentences()
    {
        var until = Permission.Record(Unit, Family, PermissionTerms.Create([Child], School(), PermissionKind.Contact, "x", [], ["phone"], First, new DateOnly(2027, 7, 31)).OrThrow(), Yes(), Day(0)).OrThrow();
        Assert.Equal(["School: contact until 31 July 2027.", "Council teams: never asked."], PermissionSummary.Sentences([until], First).AsEnumerable());
        var share = Given(Terms(PermissionKind.Share)).Withdraw(Mother, Day(2)).OrThrow();
        Assert.Equal("School: contact until 31 July 2027, share withdrawn 3 June 2026.", PermissionSummary.Sentences([share, until], Day(3).On)[0]);
        var other = Given(Terms(body: School("Other Academy")));
        Assert.Equal("School: Example Primary contact until 31 July 2027; Other Academy contact ended 9 September 2026.", PermissionSummary.Sentences([until, other], First.AddDays(101))[0]);
        Assert.Equal(["School: never asked.", "Council teams: never asked."], PermissionSummary.Sentences([], First).AsEnumerable());
    }

    [Fact]
    public void Phrase_OfEveryState_HasWords() =>
        Prop.ForAll((from life in AnyLife from day in Gen.Choose(-5, 80) select (life, day)).ToArbitrary(), t => PermissionSummary.Phrase(t.life, First.AddDays(t.day)).Length > 6).Hold();

    [Fact]
    public void Request_Words_NameBodyItemsEndAndTheWayBack()
    {
        var words = PermissionRequest.Words(Terms(PermissionKind.Share));
        Assert.Contains("Example Primary", words, StringComparison.Ordinal);
        Assert.Contains("your name and your child's special educational needs", words, StringComparison.Ordinal);
        Assert.Contains("9 September 2026", words, StringComparison.Ordinal);
        Assert.Contains("take it back", words, StringComparison.Ordinal);
        Assert.DoesNotContain("health", words, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfEveryPart_ShowsNothingTyped()
    {
        var permission = Given().Revoke("Zyxwvut", Day(1)).OrThrow();
        object[] parts = [permission, permission.Terms, permission.Terms.Body, permission.LastGrant!, permission.Events[0], permission.Events[1]];
        Assert.All(parts, p => Assert.DoesNotMatch("Zyxwvut|Example|birth|support", p.ToString()));
    }
}
