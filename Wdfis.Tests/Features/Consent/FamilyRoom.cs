using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Consent;

/// <summary>A strongroom with the features' services, and families in it.</summary>
internal sealed class FamilyRoom : IAsyncDisposable
{
    private FamilyRoom(StrongroomFixture room) => Room = room;

    public StrongroomFixture Room { get; }
    public Keeper Keeper => Room.Keeper;
    public DateOnly Today => London.Today(Room.Clock);
    public static Errand Adviser { get; } = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise);
    public static Errand Lead { get; } = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Advise, "window-2");

    public T Get<T>() where T : notnull => Room.Services.GetRequiredService<T>();

    public FamilyBoard Board => Get<FamilyBoard>();

    public static async Task<FamilyRoom> Start(string? folder = null, IConfiguration? settings = null)
    {
        var fixture = StrongroomFixture.Prepare(services => services.AddFeatures(settings ?? Shipped.Settings()).AddBoard().AddSingleton<IColleagues, Known>(), folder);
        await fixture.Start();
        var room = new FamilyRoom(fixture);
        // The fixture runs no hosted services: the change feed is brought to the board here.
        room.Keeper.Subscribe(change =>
        {
            if (change.Kind == UnitKind.Family && change.Gone)
                room.Board.Forget(change.Unit);
            else if (change.Kind == UnitKind.Family && !change.Card.IsEmpty)
                room.Board.Put(SearchCard.Read(change.Card.Span));
        });
        room.Board.Opened();
        return room;
    }

    public Carer Carer(string forename, string surname, Ladder? ladder = null) => new()
    {
        Id = PersonId.Create(Room.Clock),
        Ladder = ladder ?? Ladder.Named,
        Forename = forename,
        Surname = surname,
        Relationship = "mother",
        Contacts = [new ContactPoint { Kind = ContactKind.Mobile, Value = "07700 900123", Source = Source.Themselves }],
        Source = Source.Themselves,
    };

    public Child Child(string forename, DateOnly bornOn) => new()
    {
        Id = PersonId.Create(Room.Clock),
        Ladder = Ladder.Named,
        Forename = forename,
        Birth = new Birth.OnDate(bornOn),
        Source = Source.FamilyMember,
    };

    /// <summary>Saves a family and gives its id.</summary>
    public async Task<UnitId> Save(FamilyCard card, Func<Envelope, Envelope>? change = null)
    {
        var envelope = Room.Envelope(UnitKind.Family) with { KeepUntil = Shipped.Schedule.KeepUntil(RetentionCodes.FamilyCard, new RetentionFacts { OpenedOn = Today }), Marking = Marking.Official };
        Assert.IsType<Outcome.Done>(await Keeper.Do(new Act(Adviser, AuditAction.Created, [new Put<FamilyCard>(change?.Invoke(envelope) ?? envelope, card, 0)])));
        return envelope.Id;
    }

    public FamilyCard Card(ImmutableArray<Carer> carers, ImmutableArray<Child> children, SafeContact? safe = null) =>
        FamilyCard.Create(carers, children, Today, StrongroomFixture.Adviser.Id, safeContact: safe).OrThrow();

    public ValueTask DisposeAsync() => Room.DisposeAsync();

    private sealed class Known : IColleagues
    {
        private static readonly Colleague[] All = [StrongroomFixture.Adviser, StrongroomFixture.OtherAdviser, StrongroomFixture.Lead, StrongroomFixture.Officer, StrongroomFixture.Manager];

        public Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => Task.FromResult(All.FirstOrDefault(one => one.Id == id));

        public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Colleague>>(All);
    }
}
