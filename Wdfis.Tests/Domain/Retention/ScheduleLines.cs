using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Retention;

/// <summary>Lines of the schedule at their bounds, and from which date a record without one is looked at (D5; field-guide.md section 4).</summary>
public sealed class ScheduleLines
{
    private static readonly DateOnly Day = new(2020, 2, 3);
    private static readonly RetentionClass Case = Shipped.Schedule.Find("pp-case")!;

    private static KeepUntil Of(RetentionClass line, RetentionFacts facts) => Schedule.Create(line.Since, [line]).KeepUntil(line.Code, facts);

    [Theory]
    [InlineData("9999 days", true)]
    [InlineData("10000 days", false)]
    [InlineData("1 day", true)]
    [InlineData(" 2   months ", true)]
    [InlineData("2 Years", false)]
    [InlineData("2 years more", false)]
    public void Period_AtTheBoundsOfWhatIsRead(string text, bool reads) => Assert.Equal(reads, RetentionPeriod.TryParse(text, out _));

    [Fact]
    public void Period_MadeOrSaidAtItsBounds()
    {
        Assert.Equal("one nineteen twenty twenty-one ninety ninety-nine 100 1,000", string.Join(' ', new[] { 1, 19, 20, 21, 90, 99, 100, 1_000 }.Select(count => RetentionPeriod.Create(count, PeriodUnit.Days).Words().Split(' ')[0])));
        foreach (var broken in (Action[])[() => RetentionPeriod.Create(0, PeriodUnit.Days), () => RetentionPeriod.Create(10_000, PeriodUnit.Days), () => RetentionPeriod.Create(1, 0), () => RetentionPeriod.Create(1, (PeriodUnit)9)])
            Assert.Throws<ArgumentOutOfRangeException>(broken);
        Assert.Equal((true, false, 9_999), (default(RetentionPeriod).IsEmpty, RetentionPeriod.Years(1).IsEmpty, RetentionPeriod.Create(9_999, PeriodUnit.Days).Count));
        Assert.Equal([Day.AddDays(2), Day.AddMonths(2), Day.AddYears(2)], Enum.GetValues<PeriodUnit>().Select(unit => RetentionPeriod.Create(2, unit).From(Day)));
    }

    /// <summary>A birthday is said as people say it, the teens with -th.</summary>
    [Fact]
    public void Birthday_InWords() => Assert.Equal("1st 2nd 3rd 4th 10th 11th 12th 13th 14th 21st 22nd 23rd 100th 101st 111th 113th 114th",
        string.Join(' ', new[] { 1, 2, 3, 4, 10, 11, 12, 13, 14, 21, 22, 23, 100, 101, 111, 113, 114 }.Select(age => Schedule.Create(1, [Case with { Period = RetentionPeriod.Years(age) }], new(RetentionPeriod.Years(1), RetentionPeriod.Years(200))).KeepUntil(Case.Code, new RetentionFacts { OpenedOn = Day, ClosedOn = Day, YoungestBorn = Day }).Because.Split("child's ")[1].Split(' ')[0])));

    [Fact]
    public void ClassThatIsGone_IsLookedAtSinceTheLatestFact()
    {
        var facts = new RetentionFacts { OpenedOn = Day };
        foreach (var (with, on) in new[] { (facts, Day), (facts with { LastContactOn = Day.AddDays(1) }, Day.AddDays(1)), (facts with { LastContactOn = Day.AddDays(9), ClosedOn = Day.AddDays(2) }, Day.AddDays(2)), (facts with { LastContactOn = Day.AddDays(9), ClosedOn = Day.AddDays(8), EndedOn = Day.AddDays(3) }, Day.AddDays(3)) })
            Assert.Equal((on, true), Shipped.Schedule.KeepUntil("telex", with) is var keep ? (keep.On!.Value, keep.ReviewBy) : default);
        // What no class says may still be a birth that another class will count from.
        Assert.Equal(SchoolYear.EndOf(Day), Shipped.Schedule.KeepUntil("telex", facts with { YoungestBorn = Day }).Facts!.YoungestBorn);
    }

    /// <summary>With a birth date missing the later of the known birthday and six years after closing counts, and says which it is.</summary>
    [Fact]
    public void UnknownBirth_TakesTheLaterOfTheTwo()
    {
        var closed = new DateOnly(2026, 8, 31);
        RetentionFacts Facts(int born) => new() { OpenedOn = Day, ClosedOn = closed, YoungestBorn = new DateOnly(born, 8, 31), AnyBirthUnknown = true };
        var (same, later) = (Of(Case, Facts(2007)), Of(Case, Facts(2008)));
        Assert.Equal((new DateOnly(2032, 8, 31), true, new DateOnly(2033, 8, 31), true), (same.On!.Value, same.ReviewBy, later.On!.Value, later.ReviewBy));
        Assert.Contains("six years", same.Because, StringComparison.Ordinal);
        Assert.Contains("birthday", later.Because, StringComparison.Ordinal);
        Assert.Equal((null, true), Of(Case, Facts(2008) with { ClosedOn = null }) is var open ? (open.On, open.ReviewBy) : default);
    }

    /// <summary>What keeps a family's card: the records that would be left without the people they are about.</summary>
    [Fact]
    public void Leaning_AreTheRecordsAboutPeople()
    {
        UnitKind[] lean = [UnitKind.Enquiry, UnitKind.Permission, UnitKind.Disclosure, UnitKind.Exemption, UnitKind.Finding, UnitKind.Amends];
        Assert.Equal(lean.Order(), Enum.GetValues<UnitKind>().Where(Schedule.Leans).Order());
    }

    [Fact]
    public void Hold_MayBeExplainedInSeveralLines()
    {
        var now = new Stamp(new(Guid.Parse("00000000-0000-7000-8000-0000000000aa")), new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        Checked<Hold> Place(string why, string? reference = null, string? confirmed = null) => Hold.Place(new(Guid.NewGuid()), HoldKind.Claim, null, "audit", why, now.On.AddDays(1), reference, confirmed, now);
        Assert.Equal(("", "hold.why", "hold.reference", "hold.confirmed-by"), (Place("a\nb").Fields(), Place(new string('x', TypedText.NoteLimit + 1)).Fields(), Place("x", "a\nb").Fields(), Place("x", null, "a\nb").Fields()));
        Assert.Equal((1, now.At, now.By, "a\nb"), Place(" a\r\nb ").OrThrow() is var hold ? (hold.Steps.Length, hold.Steps[0].At, hold.Steps[0].By, hold.Steps[0].Why) : default);
    }
}
