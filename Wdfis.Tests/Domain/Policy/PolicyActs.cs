using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Policy;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;
using Standing = Wdfis.Domain.Policy.Standing;

namespace Wdfis.Tests.Domain.Policy;

/// <summary>Each act on an edition, a review, a copy and the ledger at its bounds (A1, C1, C4, R1).</summary>
public sealed class PolicyActs
{
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly Stamp Author = new(Ada, Now), Second = new(new(Id(7).Value), Now.AddMinutes(1));
    private static readonly PolicyNumber Number = new(2026, 2);
    private static readonly Dictionary<string, string> Same = [];

    private static string Text => ShippedPolicy.Text.Markdown;

    private static Checked<PolicyEdition> Draft(PolicyNumber? number = null, string? text = null, IReadOnlyDictionary<string, string>? said = null, string? changed = "U2 says more.") =>
        PolicyEdition.Create(number ?? Number, text ?? Text, said ?? Same, true, changed, Author);

    private static PolicyEdition Published(int year, int issue, int day) => PolicyEdition.Restore(new(year, issue), ShippedPolicy.Text, Script.Draft, false, "x", Author, Second, Today.AddDays(day));

    [Fact]
    public void Edition_OneFaultAtATime()
    {
        foreach (var (got, fields) in new (Checked<PolicyEdition>, string)[]
        {
            (Draft(), ""), (Draft(default(PolicyNumber)), "policy.version"), (Draft(text: " "), "policy.text"), (Draft(text: Text.Replace("**U2**", "", StringComparison.Ordinal)), "policy.text"), (Draft(changed: " "), "policy.what-changed"),
            (Draft(changed: new string('x', 2_000)), ""), (Draft(changed: new string('x', 2_001)), "policy.what-changed"), (Draft(changed: "two\nlines"), ""), (Draft(said: new Dictionary<string, string> { ["in-private"] = new string('x', Script.LongestLine) }), ""),
            (Draft(said: new Dictionary<string, string> { ["in-private"] = new string('x', Script.LongestLine + 1) }), "policy.script.in-private"), (Draft(said: new Dictionary<string, string> { ["in-private"] = " " }), "policy.script.in-private"), (Draft(said: new Dictionary<string, string> { ["x"] = "y" }), "policy.script"),
        })
            Assert.Equal(fields, got.Fields());
        var draft = Draft(changed: " U2\r\nsays ").OrThrow();
        Assert.Equal((Number, true, "U2\nsays", Author, EditionState.Draft, "2026.2", "2026.2"), (draft.Number, draft.MaterialChange, draft.WhatChanged, draft.Drafted, draft.State, draft.Text.Version, draft.Script.Version));
        Assert.Throws<InvalidOperationException>(() => draft.Version);
    }

    [Fact]
    public void Edition_IsPublishedAfterASecondPerson_FromTodayOn_AfterAllBefore()
    {
        var approved = Draft().OrThrow().Approve(Second).OrThrow();
        Assert.Equal((EditionState.Approved, Second), (approved.State, approved.Approved!.Value));
        // Who drafted it last cannot approve it, whoever wrote it first.
        Assert.Equal("policy.approved-by", approved.Rewrite(Text, Same, false, "x", Second).OrThrow().Approve(Second).Fields());
        Assert.Equal("policy.approved-by", Draft().OrThrow().Publish(Today, [], Second).Fields());
        foreach (var (on, before, fields) in new (int, PolicyEdition[], string)[]
        {
            (0, [], ""), (-1, [], "policy.published-on"), (0, [Published(2026, 1, 0)], ""), (0, [Published(2026, 1, 1)], "policy.published-on"), (1, [Published(2026, 1, 1)], ""), (0, [Published(2026, 3, 0)], "policy.version"), (0, [Published(2026, 2, 9)], ""), (0, [Published(2027, 1, -9)], "policy.version"),
            (0, [Draft(new(2027, 1)).OrThrow()], ""),
        })
            Assert.Equal(fields, approved.Publish(Today.AddDays(on), before, Second).Fields());
        var published = approved.Publish(Today, [], Second).OrThrow();
        Assert.Equal((EditionState.Published, Today, new PolicyVersion(Number, Today, true)), (published.State, published.PublishedOn!.Value, published.Version));
        foreach (var again in new[] { published.Publish(Today, [], Second), published.Approve(Second), published.Rewrite(Text, Same, false, "x", Author) })
            Assert.True(again.NotItsTurn());
        Assert.Throws<ArgumentException>(() => PolicyEdition.Restore(Number, ShippedPolicy.Text, Script.Draft, false, "x", Author, Author, null));
        Assert.Throws<ArgumentException>(() => PolicyEdition.Restore(Number, ShippedPolicy.Text, Script.Draft, false, "x", Author, null, Today));
        // Of two published from one day the later number is in force.
        Assert.Equal(new(2026, 3), PolicyEdition.InForce([Published(2026, 3, 0), Published(2026, 2, 0), Published(2026, 9, 1)], Today)!.Number);
    }

    private static Checked<PolicyReview> Open(ReviewTrigger trigger = ReviewTrigger.Law, string? because = "An Act", PolicyNumber? edition = null, DateOnly? reviewOn = null) => PolicyReview.Open(Unit, trigger, because, edition ?? Number, reviewOn, Author);

    private static PolicyReview Said(bool kept = true) => PolicyClauses.All.Aggregate(Open().OrThrow(), (review, clause) => review.Say(clause, kept, kept ? null : "x").OrThrow());

    [Fact]
    public void Review_OneFaultAtATime()
    {
        foreach (var (got, fields) in new (Checked<PolicyReview>, string)[]
        {
            (Open(), ""), (Open((ReviewTrigger)9), "policy.review.trigger"), (Open(because: " "), "policy.review.because"), (Open(because: new string('x', 1_001)), "policy.review.because"), (Open(because: "a\nb"), ""), (Open(edition: default(PolicyNumber)), "policy.version"),
            (Open(ReviewTrigger.Yearly, null), ""), (Open(ReviewTrigger.Yearly, null, reviewOn: Today.AddDays(60)), ""), (Open(ReviewTrigger.Yearly, null, reviewOn: Today.AddDays(61)), "policy.review.trigger"), (Open(reviewOn: Today.AddDays(61)), ""),
            (Open().OrThrow().Say("Z9", true, null), "policy.review.clause"), (Open().OrThrow().Say("U2", false, " "), "policy.review.U2"), (Open().OrThrow().Say("U2", true, new string('x', 2_001)), "policy.review.U2"), (Open().OrThrow().Say("U2", true, "a\nb"), ""),
            (Said().Sign([], Today, Author), "policy.review.next-on"), (Said().Sign([], Today.AddDays(1), Author), ""), (Said().Sign([], Today.AddYears(1).AddDays(61), Author), ""), (Said().Sign([], Today.AddYears(1).AddDays(62), Author), "policy.review.next-on"),
        })
            Assert.Equal(fields, got.Fields());
        var open = Open(because: " An\r\nAct ").OrThrow();
        Assert.Equal((Unit, ReviewTrigger.Law, "An\nAct", Number, Author, null, false), (open.Id, open.Trigger, open.Because, open.Edition, open.Opened, open.Signed, open.NoChange));
        Assert.Equal(PolicyClauses.All.Select(clause => new ClauseVerdict(clause, null, null)), open.Verdicts);
        Assert.Null(Open(ReviewTrigger.Yearly, "ignored").OrThrow().Because);
        Assert.Equal(new ClauseVerdict("U2", false, "x"), open.Say("U2", false, " x ").OrThrow().Verdicts.Single(verdict => verdict.Kept is not null));
        var signed = Said().Sign([new("x", Today, 3)], Today.AddDays(9), Second).OrThrow();
        Assert.Equal((Second, Today.AddDays(9), true, 3), (signed.Signed!.Value, signed.NextOn!.Value, signed.NoChange, Assert.Single(signed.Figures).Value));
        Assert.True(signed.Sign([], Today.AddDays(9), Second).NotItsTurn());
        Assert.True(signed.Say("U2", true, null).NotItsTurn());
        Assert.False(Said(kept: false).NoChange);
        Assert.Equal(PolicyClauses.All.Length, Open().OrThrow().Sign([], Today.AddDays(9), Second).Problems.Length);
        Assert.Equal(Today.AddDays(-60), PolicyReview.OpensOn(Today));
    }

    [Fact]
    public void Copy_OneFaultAtATime()
    {
        Checked<CopyRequest> Ask(CopyFormat? format = CopyFormat.Paper, string? language = null, string? to = "A made-up person", int day = 0) => CopyRequest.Create(Unit, format, language, to, Today.AddDays(day), Author);
        foreach (var (got, fields) in new (Checked<CopyRequest>, string)[]
        {
            (Ask(), ""), (Ask(null), "copy.format"), (Ask((CopyFormat)9), "copy.format"), (Ask(CopyFormat.OtherLanguage), "copy.language"), (Ask(CopyFormat.OtherLanguage, "Polish"), ""), (Ask(language: new string('x', 101)), "copy.language"), (Ask(language: "a\nb"), "copy.language"),
            (Ask(to: " "), "copy.to"), (Ask(to: "a\nb"), ""), (Ask(to: new string('x', 1_001)), "copy.to"), (Ask(day: 1), "copy.asked-on"),
        })
            Assert.Equal(fields, got.Fields());
        var asked = Ask(CopyFormat.OtherLanguage, " Polish ", " A\r\nB ", -1).OrThrow();
        Assert.Equal((Unit, CopyFormat.OtherLanguage, "Polish", "A\nB", Today.AddDays(-1), null), (asked.Id, asked.Format, asked.Language, asked.To, asked.AskedOn, asked.Sent));
        Assert.Equal((Second, true), (asked.Send(Second).OrThrow().Sent!.Value, asked.Send(Second).OrThrow().Send(Second).NotItsTurn()));
        // A Sunday; five working days after it is the Friday.
        Assert.Equal(new DateOnly(2026, 11, 27), asked.DueOn(new(BankHolidays.Published), 5).On);
    }

    /// <summary>What counts of what a person was told: since the last material change, of each thing the latest (C1, C3, D1).</summary>
    [Fact]
    public void Told_OfOneThingTwice_TheLatestCounts()
    {
        Telling At(int minutes, ToldWhat what = ToldWhat.ConfidentialityPolicy, int issue = 1) => new() { Person = Id(1), Version = new(2026, issue), What = what, How = ToldHow.Letter, At = Now.AddMinutes(minutes), By = Ada };
        PolicyVersion Version(int issue, int day, bool material) => new(new(2026, issue), Today.AddDays(day), material);
        var state = ToldState.For(Id(1), [At(0), At(5), At(3)], [Version(1, -9, true)], Today);
        Assert.Equal(Now.AddMinutes(5), state.Counting[ToldWhat.ConfidentialityPolicy].At);
        Assert.Equal((2, false), (state.StillToTell.Length, state.Complete));
        // Two editions of one day: the later number is the one in force, and a material change in it asks again.
        Assert.Equal(new(2026, 2), ToldState.For(Id(1), [], [Version(2, -1, true), Version(1, -1, false)], Today).Current);
        Assert.Equal(3, ToldState.For(Id(1), [At(0)], [Version(2, -1, true), Version(1, -1, false)], Today).StillToTell.Length);
        Assert.Equal(2, ToldState.For(Id(1), [At(0)], [Version(2, -1, false), Version(1, -1, true)], Today).StillToTell.Length);
        Assert.Equal(2, ToldState.For(Id(1), [At(0, issue: 2)], [Version(2, 0, true), Version(1, -1, false)], Today).StillToTell.Length);
    }

    [Theory]
    [InlineData("1996.1", false)]
    [InlineData("1997.1", true)]
    [InlineData("2026.999", true)]
    [InlineData("2026.1000", false)]
    [InlineData("2026.0", false)]
    [InlineData("20260.1", false)]
    [InlineData("2026.+1", false)]
    public void Number_AtItsBounds(string text, bool reads)
    {
        Assert.Equal(reads, PolicyNumber.TryParse(text, out var number));
        Assert.Equal(reads ? text : "0000.0", number.ToString());
        Assert.Equal(reads, Record.Exception(() => PolicyNumber.Parse(text)) is null);
    }

    [Theory]
    [InlineData("Z12345", 1, "")]
    [InlineData("Z1234", 1, "policy.registration.number")]
    [InlineData("za 1234567 8", 3, "")]
    [InlineData("ZB123456789", 2, "policy.registration.number")]
    [InlineData("AZ12345", 1, "policy.registration.number")]
    [InlineData("ZZ12345", 1, "policy.registration.number")]
    [InlineData(null, 1, "policy.registration.number")]
    [InlineData("Z12345", 0, "policy.registration.tier")]
    [InlineData("Z12345", 4, "policy.registration.tier")]
    public void Registration_OneFaultAtATime(string? number, int tier, string field) => Assert.Equal(field, Registration.Create(number, Today, tier).Fields());

    /// <summary>Warnings come at 60, 30 and 7 days (R1): a day before, on and after each, and once it has ended.</summary>
    [Fact]
    public void Registration_WarnsFromSixtyThirtyAndSevenDays()
    {
        var registration = Registration.Create("Z12345", Today, 1).OrThrow();
        foreach (var (left, warning) in new (int, int?)[] { (61, null), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0) })
            Assert.Equal(warning, registration.WarningOn(Today.AddDays(-left)));
    }

    [Fact]
    public void Measure_AtItsThresholds_AndWhatItSaysOfThem()
    {
        ClauseMeasure Of(long? watch, long? broken) => new("x", "x", null, watch, broken);
        foreach (var (measure, value, standing) in new (ClauseMeasure, long?, Standing)[]
        {
            (Of(2, 5), null, Standing.Watch), (Of(2, 5), 1, Standing.Kept), (Of(2, 5), 2, Standing.Watch), (Of(2, 5), 4, Standing.Watch), (Of(2, 5), 5, Standing.Broken), (Of(null, 1), 0, Standing.Kept), (Of(null, 1), 1, Standing.Broken), (Of(2, null), 9, Standing.Watch), (Of(null, null), 9, Standing.Kept),
        })
            Assert.Equal(standing, measure.Of(value));
        Assert.Equal([null, "to be looked at from 2", "not kept from 5", "not kept from 3", "to be looked at from 2, not kept from 5"], new[] { Of(null, null), Of(2, null), Of(null, 5), Of(3, 3), Of(2, 5) }.Select(measure => measure.Thresholds));
        Assert.Equal("1,234", Of(1, 2).Said(1234));
    }

    /// <summary>A clause's words go on until the next clause or heading; what stands before the first belongs to none.</summary>
    [Fact]
    public void Clauses_OfAText_EndAtTheNextClauseOrHeading()
    {
        var text = PolicyText.Create(" 2026.1 ", "before\n" + string.Join("\n", PolicyClauses.All.Select(id => $"x **{id}** of {id}\r\nmore {id}\n# Heading\nafter"))).OrThrow();
        var clauses = text.Clauses();
        Assert.Equal("2026.1", text.Version);
        Assert.Equal([.. PolicyClauses.All.Append("").Order()], clauses.Keys.Order().ToArray());
        Assert.Equal(" of U2\nmore U2\n", clauses["U2"]);
        Assert.StartsWith("before\n# Heading\nafter\n# Heading\n", clauses[""], StringComparison.Ordinal);
        Assert.Equal("policy.version", PolicyText.Create(" ", text.Markdown).Fields());
        Assert.Equal("policy.version", PolicyText.Create(new string('1', 41), text.Markdown).Fields());
    }

    /// <summary>What is shown as gone or new is as little as can be: common words stay, also in the middle and beyond the limit at both ends.</summary>
    [Theory]
    [InlineData("a b c", "a x c", "=a -b +x =c")]
    [InlineData("a b c d e", "a c x e", "=a -b =c -d +x =e")]
    [InlineData("a b", "a b", "=a b")]
    [InlineData("", "a", "+a")]
    [InlineData("a", "", "-a")]
    [InlineData("a a", "a", "=a -a")]
    [InlineData("a", "a a", "=a +a")]
    [InlineData("x a b y", "p a b q", "-x +p =a b -y +q")]
    [InlineData("b c a", "a b c", "+a =b c -a")]
    public void Comparison_ShowsTheLeast(string before, string after, string runs) =>
        Assert.Equal(runs, string.Join(' ', PolicyComparison.Compare(before, after).Select(run => (run.Are switch { WordsAre.Kept => "=", WordsAre.Gone => "-", _ => "+" }) + run.Text)));

    /// <summary>As many words stay as can stay in both, for all texts of up to four of three words.</summary>
    [Fact]
    public void Comparison_OfEveryShortText_KeepsAsMuchAsCanBeKept()
    {
        static int Common(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.IsEmpty || b.IsEmpty ? 0 : a[0] == b[0] ? 1 + Common(a[1..], b[1..]) : Math.Max(Common(a[1..], b), Common(a, b[1..]));
        List<string> texts = [""];
        for (var from = 0; texts[from].Length < 4; from++)
            texts.AddRange("abc".Select(letter => texts[from] + letter));
        foreach (var (a, b) in from a in texts from b in texts select (a, b))
            Assert.Equal(Common(a, b), PolicyComparison.Compare(string.Join(' ', a.AsEnumerable()), string.Join(' ', b.AsEnumerable())).Where(run => run.Are == WordsAre.Kept).Sum(run => run.Text.Split(' ').Length));
        Assert.Equal([.. PolicyClauses.All, ""], PolicyComparison.Between(ShippedPolicy.Text, ShippedPolicy.Text).Select(clause => clause.Clause));
    }

    [Fact]
    public void Comparison_OfVeryLongTexts_KeepsBeginningAndEndAndReplacesTheMiddle()
    {
        string Long(string word) => "first " + string.Join(' ', Enumerable.Range(0, 2_100).Select(i => $"{word}{i} same")) + " last";
        Assert.Equal([WordsAre.Kept, WordsAre.Gone, WordsAre.New, WordsAre.Kept], PolicyComparison.Compare(Long("a"), Long("b")).Select(run => run.Are));
        Assert.Equal("same last", PolicyComparison.Compare(Long("a"), Long("b"))[^1].Text);
    }
}
