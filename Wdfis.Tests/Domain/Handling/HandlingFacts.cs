using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Handling;

namespace Wdfis.Tests.Domain.Handling;

public class HandlingFacts
{
    private static readonly UnitId Id = new(Guid.Parse("00000000-0000-7000-8000-0000000000bb"));
    private static readonly ColleagueId Me = new(Guid.Parse("00000000-0000-7000-8000-0000000000aa")), Lead = new(Guid.Parse("00000000-0000-7000-8000-0000000000ab"));

    private static Stamp On(int month, int day, ColleagueId? by = null) => new(by ?? Me, new DateTimeOffset(2026, month, day, 12, 0, 0, TimeSpan.Zero));

    private static string? Field(Checked<HandlingNote> got) => got.Match<string?>(_ => null, problems => Assert.Single(problems).Field);

    [Fact]
    public void SpecialHandling_IsLookedAtEverySixMonthsUntilItIsLifted()
    {
        Assert.Equal("handling.why", Field(HandlingNote.SetSpecial(Id, " ", On(1, 31))));
        var note = HandlingNote.SetSpecial(Id, " They fled ", On(1, 31)).OrThrow();
        Assert.Equal((HandlingKind.SpecialHandling, null, null, new DateOnly(2026, 7, 31), true, false, null), (note.Kind, note.Tie, note.Colleague, note.ReviewOn, note.InForce, note.WaitsForLead, note.EndedOn));
        Assert.Equal(("They fled", Me, HandlingEvent.Begun), (note.Steps[0].Why, note.Steps[0].By, note.Steps[0].What));
        Assert.Equal("handling.why", Field(note.Review(null, On(7, 1))));
        var looked = note.Review("Still", On(7, 1, Lead)).OrThrow();
        Assert.Equal((new DateOnly(2027, 1, 1), true), (looked.ReviewOn!.Value, looked.InForce));
        Assert.Equal("handling.why", Field(looked.End("", On(8, 2))));
        var ended = looked.End("Moved away", On(8, 2, Lead)).OrThrow();
        Assert.Equal((null, false, new DateOnly(2026, 8, 2)), (ended.ReviewOn, ended.InForce, ended.EndedOn!.Value));
        Assert.Equal([HandlingEvent.Begun, HandlingEvent.Reviewed, HandlingEvent.Ended], ended.Steps.Select(step => step.What));
        Assert.Equal("", Field(ended.End("Again", On(8, 3))));
        Assert.Equal("", Field(ended.Review("Again", On(8, 3))));
        Assert.True(looked.InForce);
    }

    [Fact]
    public void Conflict_BindsWhoDeclaredIt_AndWaitsForALead()
    {
        Assert.Equal("handling.tie", Field(HandlingNote.DeclareConflict(Id, null, "x", On(1, 1))));
        Assert.Equal("handling.tie", Field(HandlingNote.DeclareConflict(Id, (ConflictTie)9, "x", On(1, 1))));
        Assert.Equal("handling.why", Field(HandlingNote.DeclareConflict(Id, ConflictTie.Other, null, On(1, 1))));
        var note = HandlingNote.DeclareConflict(Id, ConflictTie.Neighbour, null, On(1, 1)).OrThrow();
        Assert.Equal((HandlingKind.Conflict, ConflictTie.Neighbour, Me, true, null, null), (note.Kind, note.Tie!.Value, note.Colleague!.Value, note.WaitsForLead, note.ReviewOn, note.Steps[0].Why));
        Assert.False(note.Review(null, On(1, 2, Lead)).OrThrow().WaitsForLead);
        Assert.False(note.End("Moved", On(1, 2, Lead)).OrThrow().WaitsForLead);
    }

    [Fact]
    public void Emergency_HasAReason_AndWaitsForALead()
    {
        Assert.Equal("handling.why", Field(HandlingNote.OpenInEmergency(Id, null, On(1, 1))));
        var note = HandlingNote.OpenInEmergency(Id, "At the door", On(1, 1)).OrThrow();
        Assert.Equal((HandlingKind.Emergency, null, Me, true, null), (note.Kind, note.Tie, note.Colleague!.Value, note.WaitsForLead, note.ReviewOn));
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused()
    {
        HandlingStep Step(HandlingEvent what) => new(what, On(1, 1).At, Me, null);
        HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Begun), Step(HandlingEvent.Reviewed), Step(HandlingEvent.Ended)]);
        HandlingNote.Restore(Id, HandlingKind.Emergency, null, Me, [Step(HandlingEvent.Begun)]);
        foreach (var broken in (Action[])
        [
            () => HandlingNote.Restore(default, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, null, []),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Reviewed)]),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Begun), Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, null, [Step(HandlingEvent.Begun), Step(HandlingEvent.Ended), Step(HandlingEvent.Reviewed)]),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, ConflictTie.Other, null, [Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.SpecialHandling, null, Me, [Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.Conflict, null, Me, [Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.Conflict, ConflictTie.Other, null, [Step(HandlingEvent.Begun)]),
            () => HandlingNote.Restore(Id, HandlingKind.Emergency, null, null, [Step(HandlingEvent.Begun)]),
        ])
            Assert.Throws<ArgumentException>(broken);
    }
}
