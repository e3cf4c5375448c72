using System.Text.RegularExpressions;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>A hold binds every path that deletes, shortens or overwrites (D5).</summary>
public class HoldTests
{
    private static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.RetentionReview);
    private static readonly Errand Portal = new(new Colleague(ColleagueId.Portal, "", [], []), Purpose.Unknown, "");

    /// <summary>
    /// Every kind of change that the lane knows, and what a held record has to say to it. A new one fails the test below until it stands here:
    /// null means that it neither deletes, shortens nor overwrites.
    /// </summary>
    private static readonly Dictionary<Type, Func<StrongroomFixture, Envelope, Task>?> Paths = new()
    {
        [typeof(Put<>)] = async (room, held) =>
        {
            // A save that shortens is refused; a save that does not is done, and what it overwrote can still be read.
            Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Adviser, AuditAction.Saved, StrongroomFixture.Put(Shorter(held), "shortened", held.Version)));
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Adviser, AuditAction.Saved, StrongroomFixture.Put(held with { OnHold = false }, "written over", held.Version)));
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Adviser, AuditAction.Saved, StrongroomFixture.Put(held, "and again", held.Version + 1)));
            Assert.Equal([held.Version, held.Version + 1], room.Keeper.EarlierVersions(held.Id));
            foreach (var (version, text) in new[] { (held.Version, "as it was"), (held.Version + 1, "written over") })
            {
                var earlier = Assert.IsType<Opening<Slip>.Opened>(await room.Keeper.OpenEarlier<Slip>(Lead, held.Id, version));
                Assert.Equal(text, earlier.Record.Open(earlier.Clearance).Text);
            }
            // Into another class, or out of the family: the hold goes with it.
            var away = held with { Family = null, KeepUntil = held.KeepUntil with { ClassCode = "pp-level1", On = held.KeepUntil.On!.Value.AddYears(1) } };
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Adviser, AuditAction.Saved, StrongroomFixture.Put(away, "moved", held.Version + 2)));
            Assert.True((await room.Keeper.Envelope(held.Id))!.OnHold);
        },
        [typeof(Destroy)] = async (room, held) =>
        {
            // Dropped, anonymised, erased on request, disposed of by a job: alone, with what would stay, by a colleague, a lead or the portal.
            foreach (var why in Reasons())
            {
                Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Adviser, AuditAction.Erased, new Destroy(held.Id, why)));
                Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Lead, AuditAction.Anonymised, StrongroomFixture.Put(room.Envelope(), "what stays"), new Destroy(held.Id, why)));
                Assert.IsType<Outcome.OnHold>(await room.Keeper.Do(new Act(Portal, AuditAction.Erased, [new Destroy(held.Id, why)])));
            }
        },
        [typeof(Mark)] = async (room, held) =>
        {
            // A decision, or a schedule that changed: by a colleague or by the portal, also together with clearing the hold's own mark.
            Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, new Mark(held.Id, held.Version, Shorter)));
            Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Lead, AuditAction.KeepUntilChanged, new Mark(held.Id, held.Version, e => Shorter(e) with { OnHold = false })));
            Assert.IsType<Outcome.OnHold>(await room.Keeper.Do(new Act(Portal, AuditAction.KeepUntilChanged, [new Mark(held.Id, held.Version, Shorter)])));
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Lead, AuditAction.Saved, new Mark(held.Id, held.Version, e => e with { OnHold = false })));
        },
        [typeof(Release)] = async (room, held) =>
        {
            // Only a lead lifts, and only the hold that is named.
            Assert.IsType<Outcome.Refused>(await room.Do(StrongroomFixture.Adviser, AuditAction.HoldLifted, new Release(held.Id)));
            Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Lead, AuditAction.HoldLifted, new Release(held.Id)));
        },
        [typeof(Recount)] = async (room, held) =>
        {
            // A schedule that would shorten leaves what is held as it is, whoever else is in the batch.
            var recount = new Recount([held.Id], (envelope, _) => Shorter(envelope).KeepUntil);
            // Worked out here, or beforehand: the hold may have come after that.
            foreach (var some in new[] { recount, room.Keeper.Ahead(recount) })
            {
                Assert.IsType<Outcome.Done>(await room.Keeper.Do(new Act(Portal, AuditAction.Recounted, [some])));
                Assert.Equal(held, await room.Keeper.Envelope(held.Id));
            }
        },
        // Rows of colleagues: of no record.
        [typeof(Enter)] = null,
        [typeof(Bind)] = null,
        [typeof(Count)] = null,
        [typeof(Assign)] = null,
        [typeof(DeclareConflict)] = null,
        [typeof(Unchanged)] = null,
    };

    /// <summary>Where the portal makes a destruction: a new place fails until somebody has looked that it goes through the lane as these do.</summary>
    private static readonly string[] Destroying =
    [
        "Wdfis.Portal/Features/Anonymity/AnonymityDesk.cs", "Wdfis.Portal/Features/Curiosity/CuriosityDesk.cs", "Wdfis.Portal/Features/Drafts/DraftDesk.cs", "Wdfis.Portal/Features/Families/JoiningDesk.cs", "Wdfis.Portal/Features/Retention/Disposer.cs", "Wdfis.Portal/Features/Retention/ScheduleDesk.cs",
        "Wdfis.Portal/Features/Rights/RightsDesk.cs", "Wdfis.Portal/Jobs/Dispose.cs",
    ];

    /// <summary>What deletes or overwrites in the record file's own words. Rows of a unit go in Delete alone, which only the lane calls, after the intent that a hold refuses, and a backup on its own copy; entries of the audit by whole years, which AuditYears refuses while anything that they name is held.</summary>
    private static readonly string[] Statements =
    [
        "DELETE FROM assignment", "DELETE FROM audit", "DELETE FROM audit_unit", "DELETE FROM card", "DELETE FROM conflict", "DELETE FROM content", "DELETE FROM earlier", "DELETE FROM erasure", "DELETE FROM held", "DELETE FROM reason", "DELETE FROM session", "DELETE FROM unit",
        "INSERT INTO card", "INSERT INTO content", "UPDATE unit",
    ];

    /// <summary>What destroys keys: by the lane after the intent that a hold refuses, on a backup's own copy, and in a restore beside the files that are there, from tombstones and for what has no record.</summary>
    private static readonly string[] KeyStatements = ["Copies.cs: UPDATE main.key", "Copies.cs: UPDATE main.key", "KeysFile.cs: DELETE FROM key", "KeysFile.cs: UPDATE key"];

    [Fact]
    public void Paths_AreAllThatThereAre()
    {
        var changes = typeof(Change).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Change)) && !type.IsAbstract);
        Assert.Equal(changes.Select(type => type.Name).Order(), Paths.Keys.Select(type => type.Name).Order());
        var destroying = Sources("Wdfis.Portal").Where(file => Regex.IsMatch(File.ReadAllText(file.Full), @"\bnew Destroy\(")).Select(file => file.Name);
        Assert.Equal(Destroying, destroying.Order());
        var statements = Sources("Wdfis.Portal/Storage/Sqlite").Where(file => !file.Name.Contains("/Migrations/", StringComparison.Ordinal) && !file.Name.EndsWith("KeysFile.cs", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file.Full), @"DELETE FROM \w+|UPDATE unit|INSERT INTO (content|card)\b|REPLACE INTO \w+").Select(match => match.Value)).Distinct();
        Assert.Equal(Statements, statements.Order());
        var keys = Sources("Wdfis.Portal").SelectMany(file => Regex.Matches(File.ReadAllText(file.Full), @"(DELETE FROM|UPDATE|REPLACE INTO) (\w+\.)?(key|root)\b").Select(match => $"{Path.GetFileName(file.Name)}: {match.Value}"));
        Assert.Equal(KeyStatements, keys.Order());
    }

    [Fact]
    public async Task Hold_OfEveryKindAndOnEveryScope_BindsEveryPath_AndNothingOnceLifted()
    {
        // Slips stand for records of any kind, a family's card too: the lane does not look into them.
        await using var room = await StrongroomFixture.Start();
        foreach (var kind in Enum.GetValues<HoldKind>())
        {
            foreach (var scope in new[] { "record", "family", "class", "family, made later", "class, made later" })
            {
                foreach (var (type, path) in Paths.Where(path => path.Value is not null))
                {
                    var keepClass = $"class-{(int)kind}-{scope.Length}-{type.Name.TrimEnd('`', '1').ToLowerInvariant()}";
                    var family = await room.Save("a family");
                    var later = scope.EndsWith("later", StringComparison.Ordinal);
                    var made = room.Envelope(family: family) with { KeepUntil = new KeepUntil(room.Today.AddYears(3), keepClass, "of the test") };
                    async Task Make() => Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(made, "as it was")));
                    if (!later)
                        await Make();
                    UnitId? unit = scope == "record" ? made.Id : scope.StartsWith("family", StringComparison.Ordinal) ? family : null;
                    var hold = Hold.Place(UnitId.Create(room.Clock), kind, unit, unit is null ? keepClass : null, "asked for", room.Today.AddMonths(6), "IGG/1", "the officer", Stamp.Now(StrongroomFixture.Lead.Id, room.Clock)).OrThrow();
                    Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Lead, AuditAction.HoldPlaced, new Bind(hold.Id, hold.Unit, hold.Class)));
                    // A second one: the first to be lifted lifts nothing.
                    var second = await room.Hold(unit, unit is null ? keepClass : null);
                    if (later)
                        await Make();
                    var held = (await room.Keeper.Envelope(made.Id))!;
                    Assert.True(held.OnHold);
                    await path!(room, held);
                    await room.Do(StrongroomFixture.Lead, AuditAction.HoldLifted, new Release(second));
                    Assert.True((await room.Keeper.Envelope(made.Id))!.OnHold);
                    Assert.IsType<Outcome.OnHold>(await room.Do(StrongroomFixture.Adviser, AuditAction.Erased, new Destroy(made.Id, "after one of two")));
                    await room.Do(StrongroomFixture.Lead, AuditAction.HoldLifted, new Release(hold.Id));
                    Assert.False((await room.Keeper.Envelope(made.Id))!.OnHold);
                    Assert.Empty(room.Keeper.EarlierVersions(made.Id));
                }
            }
        }
    }

    [Fact]
    public async Task Desk_PlacesLooksAndLifts_AndThePlainPartSaysNeitherWhyNorOfWhatKind()
    {
        await using var room = await RetentionRoom.Start();
        var family = await room.Keep(-5);
        var desk = room.Families.Get<HoldDesk>();
        Assert.Contains(await Place(StrongroomFixture.Lead, ("kind", "Inquiry"), ("why", "evidence"), ("review", "2026-12-01")), problem => problem.Field == "hold.reference");
        Assert.Contains(await Place(StrongroomFixture.Lead, ("kind", "Police"), ("why", "evidence"), ("review", "2027-03-10")), problem => problem.Field == "hold.review");
        Assert.Empty(await Place(StrongroomFixture.Lead, ("kind", "Inquiry"), ("why", "evidence"), ("review", "2026-12-01"), ("reference", "IGG/77"), ("confirmed-by", "the officer")));
        var placed = Assert.Single(await desk.Holds(StrongroomFixture.For(StrongroomFixture.Officer)));
        Assert.Equal(new DateOnly(2026, 12, 1), placed.DueOn);
        Assert.DoesNotContain("nquiry", placed.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (room.Desk.Figures(StrongroomFixture.For(StrongroomFixture.Lead)).OnHold, room.Desk.Figures(StrongroomFixture.For(StrongroomFixture.Lead)).OverdueOnHold));
        // An adviser does not open it for any purpose.
        Assert.IsType<Opening<Hold>.Refused>(await room.Room.Keeper.Open<Hold>(StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.CaseWork), placed.Id));
        Assert.IsType<Outcome.OnHold>(await room.Room.Do(StrongroomFixture.Lead, AuditAction.Erased, new Destroy(placed.Id, "its own record")));
        room.Room.Clock.Advance(TimeSpan.FromDays(270));
        Assert.Equal(1, await desk.ToLookAt(room.Room.Today));
        Assert.Empty(await desk.Change(Lead, placed.Id, await Draft(StrongroomFixture.Lead, ("why", "still open"), ("review", "2027-06-01")), lift: false));
        Assert.Equal(0, await desk.ToLookAt(room.Room.Today));
        Assert.Contains(await desk.Change(Lead, placed.Id, default, lift: true), problem => problem.Field == "hold.why");
        Assert.Empty(await desk.Change(Lead, placed.Id, await Draft(StrongroomFixture.Lead, ("why", "it closed")), lift: true));
        Assert.Empty(await desk.Holds(StrongroomFixture.For(StrongroomFixture.Lead)));
        Assert.Equal(0, room.Desk.Figures(StrongroomFixture.For(StrongroomFixture.Lead)).OnHold);
        var (hold, envelope, _) = await desk.Open(Lead, placed.Id);
        Assert.Equal(["evidence", "still open", "it closed"], hold!.Steps.Select(step => step.Why));
        Assert.Equal(room.Room.Today.AddYears(6), envelope!.KeepUntil.On);
        Assert.Equal(new[] { AuditAction.HoldPlaced, AuditAction.HoldLifted }, room.Entries().Select(entry => entry.Action).Where(action => action is AuditAction.HoldPlaced or AuditAction.HoldLifted).Distinct());

        async Task<IReadOnlyList<Problem>> Place(Colleague who, params (string Name, string Value)[] typed) => await desk.Place(StrongroomFixture.For(who, Purpose.RetentionReview), family, null, await Draft(who, typed));

        async Task<UnitId> Draft(Colleague who, params (string Name, string Value)[] typed)
        {
            var draft = UnitId.Create(room.Room.Clock);
            await room.Families.Get<DraftDesk>().Keep(StrongroomFixture.For(who), draft, HoldDesk.Form, typed.ToDictionary(field => field.Name, field => field.Value));
            return draft;
        }
    }

    [Fact]
    public async Task Desk_PlacesOnAClass_BindsItsRecordsAndThoseMadeLater_AndNoOthers()
    {
        await using var room = await RetentionRoom.Start();
        var (held, other) = (await room.Keep(-5), await room.Keep(-5, envelope => envelope with { KeepUntil = envelope.KeepUntil with { ClassCode = "fis-enquiry" } }));
        var draft = UnitId.Create(room.Room.Clock);
        await room.Families.Get<DraftDesk>().Keep(Lead, draft, HoldDesk.Form, new Dictionary<string, string> { ["kind"] = "Manual", ["why"] = "evidence", ["review"] = "2026-12-01" });
        Assert.Empty(await room.Families.Get<HoldDesk>().Place(Lead, null, RetentionCodes.FamilyCard, draft));
        foreach (var unit in new[] { held, await room.Keep(-5) })
            Assert.IsType<Outcome.OnHold>(await room.Room.Do(StrongroomFixture.Lead, AuditAction.Erased, new Destroy(unit, "test")));
        Assert.IsType<Outcome.Done>(await room.Room.Do(StrongroomFixture.Lead, AuditAction.Erased, new Destroy(other, "test")));
        Assert.Null(await room.Room.Keeper.Envelope(draft));
        Assert.Equal(2, room.Desk.Figures(StrongroomFixture.For(StrongroomFixture.Lead)).OnHold);
    }

    private static Envelope Shorter(Envelope envelope) => envelope with { KeepUntil = envelope.KeepUntil with { On = envelope.KeepUntil.On!.Value.AddDays(-1) } };

    // Every code with which the portal destroys today.
    private static IEnumerable<string> Reasons() => Sources("Wdfis.Portal").SelectMany(file => Regex.Matches(File.ReadAllText(file.Full), "new Destroy\\([^\"]*\"([^\"]+)\"").Select(match => match.Groups[1].Value)).Append("disposed").Distinct();

    private static IEnumerable<(string Full, string Name)> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => (file, Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/')))
        .Where(file => !file.Item2.Contains("/obj/", StringComparison.Ordinal) && !file.Item2.Contains("/bin/", StringComparison.Ordinal));
}
