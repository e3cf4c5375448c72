using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>A strongroom with overdue records in it, two leads and the portal that disposes.</summary>
internal sealed class DisposalRoom : IAsyncDisposable
{
    public static readonly Colleague SecondLead = StrongroomFixture.Lead with { Id = new ColleagueId(new Guid("00000000-0000-7000-8000-000000000033")) };
    public static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.RetentionReview);
    public static readonly Errand Second = StrongroomFixture.For(SecondLead, Purpose.RetentionReview, "window-2");
    public static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RetentionReview, "window-3");

    private DisposalRoom(FamilyRoom families) => Families = families;

    public FamilyRoom Families { get; }
    public StrongroomFixture Room => Families.Room;
    public Keeper Keeper => Room.Keeper;
    public DisposalDesk Desk => Families.Get<DisposalDesk>();
    public Disposer Disposer => Families.Get<Disposer>();

    public static async Task<DisposalRoom> Start(string? folder = null)
    {
        var room = new DisposalRoom(await FamilyRoom.Start(folder));
        room.Disposer.Tries = 1;
        return room;
    }

    public Envelope Overdue(string keepClass, UnitId? family = null, UnitKind kind = UnitKind.Enquiry) => Room.Envelope(kind, family) with
    {
        KeepUntil = new KeepUntil(Room.Today.AddDays(-40), keepClass, "of the test"),
        State = "closed",
        Topic = "childcare",
        CreatedOn = Room.Today.AddYears(-3),
        TouchedOn = Room.Today.AddDays(-60),
    };

    /// <summary>Records of a class whose last day has passed: slips, because the lane does not look into them.</summary>
    public async Task<ImmutableArray<UnitId>> Records(int count, string keepClass = "pp-case", UnitId? family = null)
    {
        var made = ImmutableArray.CreateBuilder<UnitId>();
        for (var i = 0; i < count; i++)
        {
            var envelope = Overdue(keepClass, family);
            Assert.IsType<Outcome.Done>(await Room.Do(StrongroomFixture.Adviser, AuditAction.Created, StrongroomFixture.Put(envelope, $"Whitethroat {i}")));
            made.Add(envelope.Id);
        }
        return made.ToImmutable();
    }

    /// <summary>A family whose last contact is long ago.</summary>
    public Task<UnitId> Family() => Families.Save(Families.Card([Families.Carer("Magda", "Testowska")], []), made => Overdue("family-card", kind: UnitKind.Family) with { Id = made.Id, Family = made.Id });

    public async Task<UnitId> Prepared(IEnumerable<UnitId> units, DisposalCause cause = DisposalCause.DatePassed)
    {
        var (lists, problems) = await Desk.Prepare(Lead, units, cause);
        Assert.Empty(problems);
        return Assert.Single(lists);
    }

    public async Task<DisposalList> List(UnitId id) => (await Desk.Open(Lead, id)).List!;

    public async Task Decide(UnitId id, DisposalDecision decision, Func<DisposalItem, bool>? which = null, DateOnly? until = null, Errand? errand = null) =>
        Assert.Empty(await Desk.Decide(errand ?? Lead, id, [.. (await List(id)).Items.Where(which ?? (item => item.Decision is null))], decision, until, decision is DisposalDecision.Keep ? "a claim may come" : null));

    /// <summary>Decides what is left to go, hands over, has the second lead agree, and lets the cooling off pass.</summary>
    public async Task Approved(UnitId id)
    {
        if ((await List(id)).Items.Any(item => item.Decision is null) && !(await List(id)).ShortRoad)
            await Decide(id, DisposalDecision.Dispose);
        Assert.Empty(await Desk.HandOver(Lead, id));
        Assert.Empty(await Desk.Approve(Second, id, "looked through"));
        Room.Clock.Advance(TimeSpan.FromDays(7));
    }

    public async Task<DisposalCertificate?> Certificate(UnitId list) =>
        Desk.CertificateOf((await List(list)).Number) is { } id ? (await Desk.Certificate(Lead, id)).Certificate : null;

    public ValueTask DisposeAsync() => Families.DisposeAsync();
}
