using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Support;

/// <summary>
/// The process that a kill loop kills: it hosts storage and strongroom alone, saves, destroys and anonymises as fast as it can,
/// and says on a line of its own what it is about to do and what was acknowledged. Run by <c>dotnet Wdfis.Tests.dll kill-child FOLDER SEED</c>.
/// </summary>
internal static class KillChild
{
    private const int Writers = 50;

    public static async Task<int> Main(string[] args)
    {
        if (args is ["full-disk", .. var what])
            return await Storage.FullDiskTests.Child(what);
        if (args is ["backup-child", var job, var where, var dies])
            return await Strongroom.BackupTests.Child(job, where, int.Parse(dies, System.Globalization.CultureInfo.InvariantCulture));
        if (args is ["schedule-child", var records])
            return await Features.Retention.ScheduleTests.Child(records);
        if (args is ["disposal-child", var of, var number])
            return await Features.Retention.DisposalKillTests.Child(of, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        if (args is ["lock-child", var file])
            return await Storage.FaultTests.Child(file);
        if (args is not ["kill-child", var folder, var seed])
            return 0;
        await using var room = Prepare(folder: folder);
        room.Clock.Set(TimeProvider.System.GetUtcNow());
        await room.Start();
        Say("ready");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(room, new Random(int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture) * Writers + writer)))));
        return 0;
    }

    private static async Task Write(StrongroomFixture room, Random random)
    {
        var mine = new List<UnitId>();
        for (var number = 0; ; number++)
        {
            var unit = mine.Count > 0 ? mine[random.Next(mine.Count)] : default;
            switch (random.Next(mine.Count < 5 ? 1 : 5))
            {
                case 0 or 1:
                    var made = room.Envelope();
                    await Do(room, $"save {made.Id} first-{number}", AuditAction.Created, Put(made, $"first-{number}"));
                    mine.Add(made.Id);
                    break;
                case 2:
                    var envelope = (await room.Keeper.Envelope(unit))!;
                    await Do(room, $"save {unit} again-{number}", AuditAction.Saved, Put(envelope, $"again-{number}", envelope.Version));
                    break;
                case 3:
                    await Do(room, $"erase {unit}", AuditAction.Erased, new Destroy(unit, "test"));
                    mine.Remove(unit);
                    break;
                default:
                    var kept = room.Envelope();
                    await Do(room, $"swap {unit} {kept.Id} kept-{number}", AuditAction.Anonymised, Put(kept, $"kept-{number}"), new Destroy(unit, "anonymised"));
                    mine.Remove(unit);
                    mine.Add(kept.Id);
                    break;
            }
        }
    }

    private static async Task Do(StrongroomFixture room, string what, AuditAction action, params Change[] changes)
    {
        Say("try " + what);
        var outcome = await room.Do(Adviser, action, [.. changes]);
        Say((outcome is Outcome.Done ? "done " : $"failed {outcome.GetType().Name} ") + what);
    }

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
