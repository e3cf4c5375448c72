using System.Globalization;
using Microsoft.Data.Sqlite;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary><c>Backup</c>: for how many days each part is kept. Where they go: <see cref="DataFolder.Backups"/>.</summary>
internal sealed record BackupOptions
{
    public int KeepRecordsDays { get; init; } = 35;
    public int KeepKeysDays { get; init; } = 7;
}

/// <summary>A backup file that stands in its place.</summary>
internal sealed record StoredBackup(string Path, BackupHeader Header);

/// <summary>What one backup came to.</summary>
internal sealed record BackupTaken(StoredBackup Records, StoredBackup Keys, VerifyReport Report);

/// <summary>
/// Backups of the two files: taken while others work, records first and keys second, verified before they count, sealed whole, kept apart and each
/// for its own time. Reads the data folder and writes nothing there, so that it needs no lock.
/// </summary>
internal sealed class Backups(DataFolder folder, KeyRing ring, TimeProvider clock, IConfiguration configuration, IServiceProvider services)
{
    private const string Ending = ".backup";
    private const string Part = ".part";
    private const string Making = "making";
    private const long Margin = 16L * 1024 * 1024;

    private readonly BackupOptions options = configuration.GetSection("Backup").Get<BackupOptions>() ?? new();
    private volatile bool running;

    /// <summary>Called at each step, so that tests can stop there.</summary>
    internal Action<string>? Step { get; set; }

    /// <summary>The backups of one part that stand in its place, newest first.</summary>
    public IReadOnlyList<StoredBackup> Kept(BackupPart part) => In(folder.Backups[part], part);

    /// <summary>The same for any place.</summary>
    public static IReadOnlyList<StoredBackup> In(string place, BackupPart part) => !Directory.Exists(place) ? [] :
        [.. Directory.EnumerateFiles(place, "*" + Ending).Select(Peek).OfType<StoredBackup>().Where(backup => backup.Header.Part == part).OrderByDescending(backup => backup.Header.TakenAt)];

    public static StoredBackup? Peek(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return BackupFile.Peek(file) is { } header ? new StoredBackup(path, header) : null;
    }

    /// <summary>
    /// The day from which no backup here holds a key that is destroyed now, as certificates of disposal quote it; null when there is none that does.
    /// The newest key backup is kept until a newer one has verified: while backups fail, the day moves on.
    /// </summary>
    public DateOnly? LastKeyBackupGoneOn()
    {
        var newest = running ? clock.GetUtcNow() : Kept(BackupPart.Keys).FirstOrDefault()?.Header.TakenAt;
        return newest is { } at ? London.DateOf(at).AddDays(options.KeepKeysDays + 1) : null;
    }

    /// <summary>Takes a backup of both files, verifies it, and lets those go whose time is over.</summary>
    /// <exception cref="StartRefused">It did not come about, in one sentence; nothing counts that was written.</exception>
    public async Task<BackupTaken> Take(IProgress<string>? progress = null, bool age = true, CancellationToken cancel = default)
    {
        if (options is not { KeepRecordsDays: >= 1, KeepKeysDays: >= 1 })
            throw new StartRefused("Backup:KeepRecordsDays and Backup:KeepKeysDays are numbers of days, from 1.");
        if (!File.Exists(folder.RecordsPath) || !File.Exists(folder.KeysPath))
            throw new StartRefused($"There is nothing to back up in {folder.Path}. Name the data folder with --data.");
        if (RestoreSwap.IsReady(folder.Path))
            throw new StartRefused("A restore was interrupted in its last step. Start the portal once, which finishes it, and then back up.");
        var (records, keys) = (folder.Backups[BackupPart.Records], folder.Backups[BackupPart.Keys]);
        var making = Path.Combine(records, Making);
        var files = (Records: Path.Combine(making, "records.db"), Keys: Path.Combine(making, "keys.db"));
        try
        {
            MakePlace(records);
            MakePlace(keys);
            using var turn = TakeTurn();
            Clear();
            running = true;
            try
            {
                var (large, small) = (Copies.Size(folder.RecordsPath), Copies.Size(folder.KeysPath));
                RequireRoom(records, 2 * large + 2 * small + Margin);
                RequireRoom(keys, small + Margin);
                MakePlace(making);
                // To the second: it is in the names. A head that was signed before the copy is met in it.
                var at = new DateTimeOffset(clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
                foreach (var (from, to) in new[] { (folder.Heads, "heads.txt"), (folder.HeadKeys, "heads.txt.pub") }.Where(head => File.Exists(head.Item1)))
                    File.Copy(from, Path.Combine(making, to));
                Step?.Invoke("heads");
                progress?.Report($"Copying the records ({large >> 20:N0} MB)");
                await Behind.Run(() => Copies.Take(folder.RecordsPath, files.Records), cancel);
                Step?.Invoke("records");
                cancel.ThrowIfCancellationRequested();
                progress?.Report("Copying the keys");
                await Behind.Run(() => Copies.Take(folder.KeysPath, files.Keys), cancel);
                Step?.Invoke("keys");
                await Behind.Run(() => Copies.Prune(files.Records, files.Keys, at), cancel);
                var report = await Verify(making, progress, cancel);
                Step?.Invoke("verified");
                var closed = new List<StoredBackup>();
                // Keys first: a record backup is there only with the keys that it needs.
                foreach (var (part, place, file) in new[] { (BackupPart.Keys, keys, files.Keys), (BackupPart.Records, records, files.Records) })
                    closed.Add(await Behind.Run(() => Close(part, at, place, file, progress), cancel));
                foreach (var backup in closed)
                {
                    File.Move(backup.Path + Part, backup.Path);
                    Step?.Invoke("counts");
                }
                if (age)
                    Age();
                return new BackupTaken(closed[1], closed[0], report);
            }
            finally
            {
                running = false;
                Clear();
            }
        }
        catch (KeyRingClosedException closed)
        {
            throw new StartRefused($"No backup was made. {closed.Message}");
        }
        catch (Exception trouble) when (Copies.IsFull(trouble, folder.Backups.Values))
        {
            throw new StartRefused($"No backup was made: the disk of {records} or {keys} is full. Make room, or name other places in Backup:Records and Backup:Keys.");
        }
        catch (SqliteException trouble)
        {
            throw new StartRefused($"No backup was made: the databases in {folder.Path} cannot be copied (SQLite {trouble.SqliteExtendedErrorCode}). Run verify.");
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException)
        {
            throw new StartRefused($"No backup was made: {records} or {keys} cannot be written to. Give this account the right to write there, or name other places in Backup:Records and Backup:Keys.");
        }
    }

    /// <summary>Removes what a stop left of an unfinished backup. Nothing happens while one is being made.</summary>
    public void ClearUnfinished()
    {
        if (!folder.Backups.Values.Any(Directory.Exists))
            return;
        try
        {
            using var turn = TakeTurn();
            Clear();
        }
        catch (Exception trouble) when (trouble is StartRefused or IOException or UnauthorizedAccessException)
        {
            // It is cleared before the next one is made.
        }
    }

    /// <summary>Lets backups go whose time is over; of each part the newest stays.</summary>
    public void Age()
    {
        var today = London.Today(clock);
        foreach (var (part, days) in new[] { (BackupPart.Records, options.KeepRecordsDays), (BackupPart.Keys, options.KeepKeysDays) })
        {
            foreach (var old in Kept(part).Skip(1).Where(backup => London.DateOf(backup.Header.TakenAt).AddDays(days) < today))
                File.Delete(old.Path);
        }
    }

    private async Task<VerifyReport> Verify(string making, IProgress<string>? progress, CancellationToken cancel)
    {
        await using var side = StrongroomSetup.Beside(services, making, Path.Combine(making, "heads.txt"));
        var report = await side.GetRequiredService<Verification>().Verify(progress, cancel);
        if (!report.IsSound)
            throw new StartRefused($"No backup was made: what it would hold does not verify. {report.Faults[0]} Run verify.");
        return report;
    }

    // Written, on the disk, and read back to its end before it gets its name.
    private StoredBackup Close(BackupPart part, DateTimeOffset at, string place, string file, IProgress<string>? progress)
    {
        var path = Path.Combine(place, $"wdfis-{(part == BackupPart.Keys ? "keys" : "records")}-{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}{Ending}");
        if (File.Exists(path))
            throw new StartRefused($"{path} is there already.");
        if (Copies.Size(file) != new FileInfo(file).Length)
            throw new InvalidOperationException("The copy still has a journal.");
        var said = -1;
        void Say(double done)
        {
            if ((int)(done * 10) is var tenths && tenths != said)
                progress?.Report($"Sealing {Path.GetFileName(path)}: {(said = tenths) * 10} %");
        }
        return ring.WithKey(kek =>
        {
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows())
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var to = new FileStream(path + Part, create);
            using (var plain = new FileStream(file, FileMode.Open, FileAccess.Read))
                BackupFile.Close(kek, part, at, plain, to, Say);
            to.Flush(flushToDisk: true);
            Step?.Invoke("closed");
            to.Position = 0;
            return new StoredBackup(path, BackupFile.Open(kek, to, Stream.Null));
        });
    }

    // One at a time, whatever process it is in.
    private FileStream TakeTurn()
    {
        try
        {
            return new FileStream(Path.Combine(folder.Backups[BackupPart.Records], "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException trouble) when (!Copies.IsFull(trouble))
        {
            throw new StartRefused($"Another backup is being made in {folder.Backups[BackupPart.Records]}. Wait until it is done.");
        }
    }

    private void Clear()
    {
        var making = Path.Combine(folder.Backups[BackupPart.Records], Making);
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        foreach (var part in folder.Backups.Values.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFiles(place, "*" + Ending + Part)))
            File.Delete(part);
    }

    private static void RequireRoom(string place, long bytes)
    {
        if (new DriveInfo(place).AvailableFreeSpace is var free && free < bytes)
            throw new StartRefused($"There is no room for a backup in {place}: it takes {bytes >> 20:N0} MB while it is being made, and {free >> 20:N0} MB are free. Make room, or name another place in Backup:Records and Backup:Keys.");
    }

    private static void MakePlace(string place)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(place);
        else
            Directory.CreateDirectory(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
