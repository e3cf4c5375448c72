using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class MetersTests
{
    [Fact]
    public async Task Meters_WhateverIsDone_CountIt_AndNameNobodyAndNoRecord()
    {
        var seen = new ConcurrentBag<(string Instrument, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Meters.Name)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        void Take<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? _) where T : struct =>
            seen.Add((instrument.Name, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        listener.SetMeasurementEventCallback<long>(Take);
        listener.SetMeasurementEventCallback<int>(Take);
        listener.SetMeasurementEventCallback<double>(Take);
        listener.Start();

        await using var room = await StrongroomFixture.Start(services => services.AddSingleton(new SessionLimits()).AddSingleton<ColleagueTable>().AddSingleton<IColleagues>(all => all.GetRequiredService<ColleagueTable>()).AddSingleton<Sessions>().AddSingleton<Sockets>().AddSingleton<Circuits>());
        var table = room.Services.GetRequiredService<ColleagueTable>();
        await table.Begin("tenant", [("lead", Role.TeamLead), ("officer", Role.InformationGovernance)]);
        var lead = (await table.Today()).Single(one => one.Is(Role.TeamLead));
        using var window = new CircuitName();
        var circuits = room.Services.GetRequiredService<Circuits>();
        await circuits.Open(window, SignIn.PrincipalOf(lead, await room.Services.GetRequiredService<Sessions>().Begin(lead)));
        circuits.Close(window);
        var unit = await room.Save("Canary Wheatear of 07700 900123");
        await room.Read(unit);
        await room.Keeper.Note(For(Adviser), AuditAction.Found, [unit]);
        Assert.IsType<Opening<Slip>.Refused>(await room.Keeper.Open<Slip>(For(Manager), unit));
        await room.Keeper.Do(new Act(For(Lead), AuditAction.RoleChanged, [new Assign(unit, Adviser.Id)]) { Reason = new Reason(unit, "Canary Wheatear asked") });

        Assert.Superset(new HashSet<string>(["wdfis.searches", "wdfis.openings", "wdfis.saves", "wdfis.refusals", "wdfis.lane.queue", "wdfis.lane.latency"]), seen.Select(one => one.Instrument).ToHashSet());
        Assert.Contains(seen, one => one is { Instrument: "wdfis.circuits", Value: 1 });
        Assert.Contains(seen, one => one is { Instrument: "wdfis.circuits", Value: -1 });
        Assert.Contains(seen, one => one is { Instrument: "wdfis.openings", Tags: "purpose=GiveInformation" });
        Assert.Contains(seen, one => one is { Instrument: "wdfis.refusals", Tags: "reason=NotYourRole" });
        Assert.All(seen.Where(one => one.Instrument == "wdfis.lane.latency"), one => Assert.InRange(one.Value, 0, 60_000));
        // Other tests count beside this one; not one tag of theirs is more than a word either.
        var words = Enum.GetNames<Purpose>().Select(name => $"purpose={name}").Concat(Enum.GetNames<RefusalReason>().Select(name => $"reason={name}")).Concat(["", "reason="]).ToHashSet();
        Assert.All(seen, one => Assert.Contains(one.Tags, words));
    }
}
