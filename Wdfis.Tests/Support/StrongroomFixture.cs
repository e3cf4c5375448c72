using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Tests.Support;

/// <summary>The strongroom on a temporary folder with real SQLite and a clock in the test's hand. Starts again on what is there.</summary>
internal sealed class StrongroomFixture : IAsyncDisposable
{
    public static readonly Colleague Adviser = Make(0x21, Role.Adviser);
    public static readonly Colleague OtherAdviser = Make(0x22, Role.Adviser);
    public static readonly Colleague Lead = Make(0x23, Role.TeamLead);
    public static readonly Colleague Officer = Make(0x24, Role.InformationGovernance);
    public static readonly Colleague Manager = Make(0x25, Role.Manager);

    private readonly Action<IServiceCollection>? more;
    private readonly bool ownsFolder;
    private ServiceProvider? services;

    private StrongroomFixture(string folder, bool ownsFolder, Action<IServiceCollection>? more)
    {
        Folder = folder;
        this.ownsFolder = ownsFolder;
        this.more = more;
    }

    public string Folder { get; }
    public TestClock Clock { get; } = new();
    public string Environment { get; set; } = Environments.Development;
    public Dictionary<string, string?> Settings { get; } = [];
    public IServiceProvider Services => services ?? throw new InvalidOperationException("Not started.");
    public Keeper Keeper => Services.GetRequiredService<Keeper>();
    public WriteLane Lane => Services.GetRequiredService<WriteLane>();
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Starts on a new folder, or on the one given.</summary>
    public static async Task<StrongroomFixture> Start(Action<IServiceCollection>? more = null, string? folder = null)
    {
        var fixture = Prepare(more, folder);
        await fixture.Start();
        return fixture;
    }

    /// <summary>Everything but the start.</summary>
    public static StrongroomFixture Prepare(Action<IServiceCollection>? more = null, string? folder = null) =>
        new(folder ?? Directory.CreateTempSubdirectory("wdfis-").FullName, folder is null, more);

    public async Task Start()
    {
        Build();
        try
        {
            await Services.StartStrongroom();
        }
        catch
        {
            await Stop();
            throw;
        }
    }

    /// <summary>Everything registered, nothing started: as a verb that only reads.</summary>
    public void Build()
    {
        Settings["Storage:Folder"] = Folder;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environment });
        collection.AddStrongroom();
        collection.AddSingleton<IRecordFormat<Slip>, SlipFormat>();
        collection.AddSingleton<ISearchCardFormat<Slip>, SlipFormat>();
        collection.AddSingleton<IRecordFormat<Scrap>, ScrapFormat>();
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public async Task Stop()
    {
        if (services is not null)
            await services.DisposeAsync();
        services = null;
    }

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public Task<VerifyReport> Verify() => Services.GetRequiredService<Verification>().Verify();

    public static Errand For(Colleague who, Purpose purpose = Purpose.GiveInformation, string circuit = "window-1") => new(who, purpose, circuit);

    public Envelope Envelope(UnitKind kind = UnitKind.Enquiry, UnitId? family = null, UnitId? id = null, Colleague? owner = null)
    {
        // Ids are in order of their making only from one millisecond to the next.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var unit = id ?? UnitId.Create(Clock);
        return new Envelope
        {
            Id = unit,
            Kind = kind,
            Family = kind == UnitKind.Family ? unit : family,
            Service = Service.FamiliesInformation,
            Marking = Marking.OfficialSensitive("PERSONAL"),
            KeepUntil = new KeepUntil(new DateOnly(2029, 3, 31), "fis-enquiry", "Families Information enquiries are kept two years"),
            Owner = (owner ?? Adviser).Id,
            State = "open",
            CreatedOn = Today,
            TouchedOn = Today,
        };
    }

    /// <summary>Saves a slip as a new unit and gives its id.</summary>
    public async Task<UnitId> Save(string text, Func<Envelope, Envelope>? change = null, Colleague? who = null)
    {
        var envelope = Envelope(owner: who);
        envelope = change?.Invoke(envelope) ?? envelope;
        var outcome = await Keeper.Do(new Act(For(who ?? Adviser), AuditAction.Created, [Put(envelope, text)]));
        Assert.IsType<Outcome.Done>(outcome);
        return envelope.Id;
    }

    public Task<Outcome> Do(Colleague who, AuditAction action, params ImmutableArray<Change> changes) => Keeper.Do(new Act(For(who), action, changes));

    public static Change Put(Envelope envelope, string text, int expected = 0) =>
        envelope.Kind == UnitKind.Enquiry ? new Put<Slip>(envelope, new Slip(text), expected) : new Put<Scrap>(envelope, new Scrap(text), expected);

    /// <summary>Holds a unit, or a schedule class, without a record of the hold; gives the hold's id.</summary>
    public async Task<UnitId> Hold(UnitId? unit, string? keepClass = null)
    {
        var hold = UnitId.Create(Clock);
        Assert.IsType<Outcome.Done>(await Do(Lead, AuditAction.HoldPlaced, new Bind(hold, unit, keepClass)));
        return hold;
    }

    /// <summary>The text of a slip as somebody reads it.</summary>
    public async Task<string> Read(UnitId unit, Colleague? who = null)
    {
        var opening = await Keeper.Open<Slip>(For(who ?? Adviser), unit);
        var opened = Assert.IsType<Opening<Slip>.Opened>(opening);
        return opened.Record.Open(opened.Clearance).Text;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (ownsFolder && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private static Colleague Make(byte number, Role role) =>
        new(new ColleagueId(new Guid($"00000000-0000-7000-8000-0000000000{number:x2}")), $"Colleague {number}", [role], [.. Enum.GetValues<Service>()]);
}

/// <summary>A record for tests of the strongroom alone: an enquiry with a text and a search card.</summary>
internal sealed record Slip(string Text)
{
    public override string ToString() => nameof(Slip);
}

/// <summary>A draft for tests of the strongroom alone.</summary>
internal sealed record Scrap(string Text)
{
    public override string ToString() => nameof(Scrap);
}

internal sealed class SlipFormat : IRecordFormat<Slip>, ISearchCardFormat<Slip>
{
    public UnitKind Kind => UnitKind.Enquiry;

    public byte[] Write(Slip record) => Encoding.UTF8.GetBytes(record.Text);

    public Slip Read(ReadOnlySpan<byte> utf8) => new(Encoding.UTF8.GetString(utf8));

    public byte[] WriteCard(Slip record, Envelope envelope) => Encoding.UTF8.GetBytes("card of " + record.Text);
}

internal sealed class ScrapFormat : IRecordFormat<Scrap>
{
    public UnitKind Kind => UnitKind.Draft;

    public byte[] Write(Scrap record) => Encoding.UTF8.GetBytes(record.Text);

    public Scrap Read(ReadOnlySpan<byte> utf8) => new(Encoding.UTF8.GetString(utf8));
}
