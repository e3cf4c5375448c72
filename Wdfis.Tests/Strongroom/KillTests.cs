using System.Diagnostics;
using System.Globalization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class KillTests
{
    private const string Erased = "(erased)";

    /// <summary>Kill −9 at random moments, from a fixed seed; WDFIS_KILLS asks for more than the twenty of an ordinary run.</summary>
    [Fact]
    public async Task Process_KilledAgainAndAgain_LosesNothingAcknowledgedAndLeavesNothingHalfErased()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("WDFIS_KILLS") ?? "20", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("wdfis-kill-").FullName;
        try
        {
            var random = new Random(20260309);
            var known = new Dictionary<string, string>();
            var acknowledged = 0;
            for (var cycle = 0; cycle < kills; cycle++)
            {
                var lines = await RunAndKill(folder, cycle, TimeSpan.FromMilliseconds(random.Next(1, 400)));
                Assert.DoesNotContain(lines, line => line.StartsWith("failed", StringComparison.Ordinal));
                var open = new HashSet<string>();
                foreach (var line in lines.Where(line => line.StartsWith("try ", StringComparison.Ordinal)))
                    open.Add(line[4..]);
                foreach (var done in lines.Where(line => line.StartsWith("done ", StringComparison.Ordinal)).Select(line => line[5..]))
                {
                    open.Remove(done);
                    foreach (var (unit, state) in Effects(done))
                        known[unit] = state;
                    acknowledged++;
                }
                await using var room = await StrongroomFixture.Start(folder: folder);
                var report = await room.Verify();
                Assert.True(report.IsSound, $"After kill {cycle}: {string.Join('\n', report.Faults)}");
                // What was under way may have happened or not, but wholly.
                foreach (var under in open)
                {
                    var effects = Effects(under);
                    var happened = new List<bool>();
                    foreach (var (unit, state) in effects)
                        happened.Add(await State(room, unit) == state);
                    Assert.True(happened.TrueForAll(did => did) || happened.TrueForAll(did => !did), $"After kill {cycle}, half done: {under}");
                    if (happened[0])
                    {
                        foreach (var (unit, state) in effects)
                            known[unit] = state;
                    }
                }
                foreach (var (unit, state) in known)
                    Assert.True(await State(room, unit) == state, $"After kill {cycle}: {unit} is not {state}.");
            }
            Assert.True(acknowledged > kills, $"The loop has to do something: {acknowledged} acts.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Unit, string State)[] Effects(string act) => act.Split(' ') switch
    {
        ["save", var unit, var text] => [(unit, text)],
        ["erase", var unit] => [(unit, Erased)],
        ["swap", var old, var made, var text] => [(made, text), (old, Erased)],
        _ => throw new InvalidOperationException(act),
    };

    private static async Task<string?> State(StrongroomFixture room, string unit)
    {
        Assert.True(UnitId.TryParse(unit, out var id));
        return (await room.Keeper.Open<Slip>(For(Adviser), id)).Match<string?>(
            opened => opened.Record.Open(opened.Clearance).Text,
            refused => "(refused)",
            missing => null,
            erased => Erased,
            damaged => "(damaged)",
            noRoom => "(no room)");
    }

    private static async Task<List<string>> RunAndKill(string folder, int seed, TimeSpan after)
    {
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                ArgumentList = { typeof(KillChild).Assembly.Location, "kill-child", folder, seed.ToString(CultureInfo.InvariantCulture) },
            },
        };
        child.Start();
        var lines = new List<string>();
        var reading = Task.Run(async () =>
        {
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                lines.Add(line);
                if (line == "ready")
                    _ = KillAfter(child, after);
            }
        });
        await reading.WaitAsync(TimeSpan.FromSeconds(120));
        await child.WaitForExitAsync();
        Assert.Contains("ready", lines);
        return lines;
    }

    private static async Task KillAfter(Process child, TimeSpan after)
    {
        // A real wait: the moment of the kill is what is being tried.
        await Task.Delay(after);
        child.Kill();
    }
}
