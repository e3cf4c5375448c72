using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

/// <summary>A strongroom with records at every age, the columns fed, and screens over it.</summary>
internal sealed class RetentionRoom : IAsyncDisposable
{
    public static readonly Errand Lead = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.RetentionReview);
    public static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RetentionReview);

    private RetentionRoom(FamilyRoom families) => Families = families;

    public FamilyRoom Families { get; }
    public StrongroomFixture Room => Families.Room;
    public EnvelopeColumns Columns => Families.Get<EnvelopeColumns>();
    public RetentionDesk Desk => new(Room.Keeper, Columns, Families.Get<ScheduleShelf>(), new Names(), Room.Clock);

    public EnvelopeExport Exports => new(Desk, Room.Keeper, Families.Get<WorkingDays>(), Room.Clock);

    public static async Task<RetentionRoom> Start(bool filled = true, string? folder = null)
    {
        var room = new RetentionRoom(await FamilyRoom.Start(folder));
        if (filled)
            room.Fill();
        return room;
    }

    public void Fill()
    {
        Room.Keeper.Subscribe(Columns.Take);
        Columns.Fill(Room.Keeper.EveryEnvelope());
    }

    /// <summary>A record of a kind that is kept until so many days from today.</summary>
    public async Task<UnitId> Keep(int? days, Func<Envelope, Envelope>? change = null)
    {
        var family = await Families.Save(Families.Card([Families.Carer("Magda", "Testowska")], []), envelope =>
            (change ?? (e => e))(envelope with { KeepUntil = new KeepUntil(days is { } ahead ? Room.Today.AddDays(ahead) : null, "family-card", "family cards are kept two years from the last contact"), District = "WF1" }));
        return family;
    }

    public IEnumerable<AuditEntry> Entries()
    {
        using var records = new RecordsFile(Pragmas.Open(Path.Combine(Room.Folder, "records.db")));
        return [.. records.Chain().Select(link => AuditEntry.FromBytes(link.Entry))];
    }

    public BunitContext Screens(Colleague who)
    {
        var screens = new BunitContext();
        screens.JSInterop.Mode = JSRuntimeMode.Loose;
        screens.Services.AddSingleton(Desk);
        screens.Services.AddSingleton(Exports);
        screens.Services.AddSingleton(Families.Get<OutletDoor>());
        screens.Services.AddSingleton(Families.Get<HoldDesk>());
        screens.Services.AddSingleton(Families.Get<DisposalDesk>());
        screens.Services.AddSingleton(Families.Get<Disposer>());
        screens.Services.AddSingleton(Families.Get<WorklistDesk>());
        screens.Services.AddSingleton(Families.Get<EnquiryLists>());
        screens.Open(Room, new SignedIn(() => who));
        screens.Services.AddSingleton<IColleagues>(new Names());
        return screens;
    }

    public ValueTask DisposeAsync() => Families.DisposeAsync();

    private sealed class Names : IColleagues
    {
        private static readonly Colleague[] All = [StrongroomFixture.Adviser, StrongroomFixture.OtherAdviser, StrongroomFixture.Lead, StrongroomFixture.Officer, StrongroomFixture.Manager];

        public Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => Task.FromResult(All.FirstOrDefault(one => one.Id == id));

        public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Colleague>>(All);
    }
}
