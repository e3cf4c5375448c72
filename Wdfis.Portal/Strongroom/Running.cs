using Wdfis.Domain.Sealing;

namespace Wdfis.Portal.Strongroom;

/// <summary>How the portal's files stand. About nobody.</summary>
/// <param name="Records">Bytes of the record file and its journal.</param>
/// <param name="Keys">Bytes of the key file and its journal.</param>
/// <param name="Free">Bytes that are free where they stand.</param>
/// <param name="BallastGone">The disk was full, and nothing is saved until there is room.</param>
/// <param name="KeysClosed">Why nothing can be opened; null when all is well.</param>
/// <param name="BackedUpAt">The newest backup, which counts only because it verified; null for none.</param>
/// <param name="BackupPlaces">Where backups go.</param>
internal sealed record RunningStands(long Records, long Keys, long Free, bool BallastGone, string? KeysClosed, DateTimeOffset? BackedUpAt, IReadOnlyList<string> BackupPlaces);

/// <summary>Looks at the portal's own files, for the operator's page.</summary>
internal sealed class Running(DataFolder folder, KeyRing ring, Backups backups)
{
    public RunningStands Stands() => new(
        Storage.Sqlite.Copies.Size(folder.RecordsPath), Storage.Sqlite.Copies.Size(folder.KeysPath), new DriveInfo(folder.Path).AvailableFreeSpace,
        folder.BallastGone, ring.Fault, backups.Kept(BackupPart.Records).FirstOrDefault()?.Header.TakenAt, [.. folder.Backups.Values]);
}
