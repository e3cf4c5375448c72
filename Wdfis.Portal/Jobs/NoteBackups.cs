using Wdfis.Domain.Audit;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary>Writes backups down that the verb took beside the running portal: it must not write to the audit itself. The nightly job notes its own.</summary>
internal sealed class NoteBackups(Backups backups, JobLog jobs, WriteLane lane) : IJob
{
    private const string Mark = "backups-seen";

    // A backup's instant is cut to the second.
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(1);

    public string Name => "note-backups";

    public bool ByTheClock => false;

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => Newest() is { } newest && newest > (jobs.Last(Mark)?.StartedAt ?? DateTimeOffset.MinValue);

    public async Task<string> Run(CancellationToken cancel)
    {
        var nightly = jobs.Last("backup");
        var newest = Newest();
        // Where nights were backed up before anybody looked so, nothing is made up of what they left.
        var seen = jobs.Last(Mark)?.StartedAt ?? (nightly is null ? DateTimeOffset.MinValue : newest ?? DateTimeOffset.MinValue);
        var unseen = backups.Kept(BackupPart.Records).Count(backup => backup.Header.TakenAt > seen
            && !(nightly is { StartedAt: { } began, EndedAt: { } ended } && backup.Header.TakenAt > began - Cut && backup.Header.TakenAt <= ended));
        for (var i = 0; i < unseen; i++)
            await lane.Note(new Line(WriteLane.Portal, AuditAction.BackedUp, []), cancel);
        await lane.Alone(records => JobTable.Put(records, new JobRow { Name = Mark, StartedAt = newest, EndedAt = newest }), cancel);
        return $"{unseen:N0} backups of the verb written down";
    }

    private DateTimeOffset? Newest() => backups.Kept(BackupPart.Records).FirstOrDefault()?.Header.TakenAt;
}
