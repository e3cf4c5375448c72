using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Stamp = Wdfis.Portal.Storage.Sqlite.Stamp;

namespace Wdfis.Portal.Strongroom;

/// <summary>What somebody asks of a restore.</summary>
internal sealed record RestoreAsked
{
    /// <summary>The record backup; the newest in its place when left out.</summary>
    public string? Records { get; init; }
    /// <summary>The key backup; the newest in its place when left out.</summary>
    public string? Keys { get; init; }
    /// <summary>Over what is there, after a safety copy.</summary>
    public bool Replace { get; init; }
    /// <summary>Over what is there although no safety copy can be made of it: the files are kept beside as they are.</summary>
    public bool SetAside { get; init; }
}

/// <summary>What a restore came to.</summary>
/// <param name="TakenAt">The moment that the records are of.</param>
/// <param name="StayDestroyed">How many units of the backup were destroyed since, and stay so.</param>
/// <param name="LonelyKeys">How many keys had no record any more and were destroyed.</param>
/// <param name="Carried">How many audit entries from after that moment came along.</param>
/// <param name="HoldsLost">How many holds that bound until now the backup does not know: they bind nothing any more. Null when the files that were there could not say.</param>
/// <param name="Kept">The safety copy, or the folder with the files that were set aside; null when nothing was there.</param>
/// <param name="Report">Of the restored files.</param>
internal sealed record RestoreDone(DateTimeOffset TakenAt, int StayDestroyed, int LonelyKeys, long Carried, int? HoldsLost, string? Kept, VerifyReport Report);

/// <summary>
/// Brings records back from a backup and nobody whom the portal has destroyed. Everything is completed and verified in a folder beside the
/// files that are there, which stay as they are until the very last step (<see cref="RestoreSwap"/>).
/// </summary>
internal sealed class Restore(DataFolder folder, KeyRing ring, Backups backups, TimeProvider clock, IHostEnvironment environment, IServiceProvider services)
{
    private const long Margin = 32L * 1024 * 1024;

    /// <summary>Called at each step, so that tests can stop there.</summary>
    internal Action<string>? Step { get; set; }

    private string Side => RestoreSwap.Side(folder.Path);

    /// <exception cref="StartRefused">With the sentence for whoever restores; what was there is as it was.</exception>
    public async Task<RestoreDone> Run(RestoreAsked asked, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        folder.Take(ballast: false);
        try
        {
            return await BringBack(asked, progress ?? new Progress<string>(), cancel);
        }
        catch (BackupBrokenException broken)
        {
            throw new StartRefused(Sentence(broken.Reason));
        }
        catch (KeyRingClosedException closed)
        {
            throw new StartRefused($"{closed.Message} A backup opens only with the key-encryption key that it was made under: put it into {folder.KeyEncryptionKeyPath}, or give it in Storage:KeyEncryptionKey.");
        }
        catch (SqliteException trouble) when (!Copies.IsFull(trouble, folder.Path))
        {
            throw new StartRefused($"The backup cannot be completed (SQLite {trouble.SqliteExtendedErrorCode}). What was there is as it was.");
        }
        catch (Exception trouble) when (Copies.IsFull(trouble, folder.Path))
        {
            throw new StartRefused($"The disk of {folder.Path} is full. Make room and begin again; what was there is as it was.");
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException)
        {
            throw new StartRefused($"A file of the backup cannot be read, or {folder.Path} cannot be written to. What was there is as it was.");
        }
        finally
        {
            if (!RestoreSwap.IsReady(folder.Path) && Directory.Exists(Side))
                Directory.Delete(Side, recursive: true);
        }
    }

    private async Task<RestoreDone> BringBack(RestoreAsked asked, IProgress<string> progress, CancellationToken cancel)
    {
        var there = File.Exists(folder.RecordsPath) || File.Exists(folder.KeysPath);
        if (there && !asked.Replace)
            throw new StartRefused($"{folder.Path} holds databases. Give --replace to restore over them, which makes a safety copy first, or name an empty folder with --data.");
        var records = Choose(asked.Records, BackupPart.Records) ?? throw new StartRefused($"There is no record backup in {folder.Backups[BackupPart.Records]}. Name one with --records.");
        var living = Living();
        var keys = Choose(asked.Keys, BackupPart.Keys);
        RequireNewest(records, keys, living);

        var room = records.Header.Length * 11 / 10 + 2 * ((keys?.Header.Length ?? 0) + (living ? Copies.Size(folder.KeysPath) : 0)) + Margin;
        if (new DriveInfo(folder.Path).AvailableFreeSpace is var free && free < room)
            throw new StartRefused($"There is no room to restore in {folder.Path}: it takes {room >> 20:N0} MB beside what is there, and {free >> 20:N0} MB are free.");

        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Side);
        else
            Directory.CreateDirectory(Side, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (sideRecords, sideKeys, otherKeys) = (Path.Combine(Side, "records.db"), Path.Combine(Side, "keys.db"), Path.Combine(Side, "other.db"));
        progress.Report("Opening the backup");
        Open(records, sideRecords);
        Step?.Invoke("opened");
        if (living)
            Copies.Take(folder.KeysPath, sideKeys);
        if (keys is not null)
            Open(keys, living ? otherKeys : sideKeys);
        Step?.Invoke("keys");

        RestoreDone done;
        await using (var side = StrongroomSetup.Beside(services, Side, folder.Heads))
        {
            await Migrate(side, [sideRecords, sideKeys], cancel);
            done = await Complete(side, records.Header.TakenAt, living && keys is not null ? otherKeys : null, progress, cancel);
        }
        Step?.Invoke("verified");
        string? kept = null;
        if (there)
            kept = asked.SetAside ? Path.Combine(folder.Path, $"replaced-{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}") : await SafetyCopy(progress, cancel);
        Step?.Invoke("kept");
        progress.Report("Putting the restored files in their place");
        RestoreSwap.MarkReady(folder.Path, asked.SetAside ? kept : null);
        Step?.Invoke("ready");
        folder.Records.Dispose();
        folder.Keys.Dispose();
        RestoreSwap.Finish(folder.Path, Step);
        return done with { Kept = kept };
    }

    // A key file that is there and opens is the newest there is, whatever became of the records beside it.
    private bool Living()
    {
        if (!File.Exists(folder.KeysPath))
            return false;
        try
        {
            ring.Load(create: false);
            if (ring.Fault is null)
            {
                using var file = new KeysFile(Pragmas.Open(folder.KeysPath));
                return file.One<string>("PRAGMA integrity_check(1)") == "ok";
            }
        }
        catch (SqliteException)
        {
            return false;
        }
        throw new StartRefused($"The keys in {folder.Path} are under another key-encryption key than the one given ({ring.Fault}) Put the right one back, or name an empty folder with --data.");
    }

    private StoredBackup? Choose(string? path, BackupPart part)
    {
        if (path is null)
            return backups.Kept(part).FirstOrDefault();
        if (!File.Exists(path))
            throw new StartRefused($"There is no file {path}.");
        if (Backups.Peek(path) is { } backup)
        {
            return backup.Header.Part == part ? backup
                : throw new StartRefused($"{path} is a backup of the {(part == BackupPart.Keys ? "records, not of the keys" : "keys, not of the records")}.");
        }
        // Says what is wrong with it.
        Open(new StoredBackup(path, new BackupHeader(part, default, 0)), null);
        throw new StartRefused($"{path} is no backup.");
    }

    // Old records beside new keys bring nobody back; new records beside old keys would, and would lack keys.
    private void RequireNewest(StoredBackup records, StoredBackup? keys, bool living)
    {
        if (keys is null)
        {
            if (!living)
                throw new StartRefused($"There is no key backup in {folder.Backups[BackupPart.Keys]}, and no key file that opens in {folder.Path}. Name a key backup with --keys.");
            return;
        }
        if (backups.Kept(BackupPart.Keys).Concat(Backups.In(Path.GetDirectoryName(Path.GetFullPath(keys.Path))!, BackupPart.Keys)).FirstOrDefault(other => other.Header.TakenAt > keys.Header.TakenAt) is { } newer)
            throw new StartRefused($"{newer.Path} is a newer key backup. Whoever was destroyed since {keys.Path} would come back with the older one: name the newer, or leave --keys out.");
        if (!living && keys.Header.TakenAt < records.Header.TakenAt)
            throw new StartRefused($"The newest key backup, {keys.Path}, is older than the records in {records.Path}, and may lack keys and destructions. Restore records that are as old as the keys.");
    }

    private void Open(StoredBackup backup, string? to) => ring.WithKey(kek =>
    {
        using var from = new FileStream(backup.Path, FileMode.Open, FileAccess.Read);
        using Stream plain = to is null ? Stream.Null : new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        try
        {
            return BackupFile.Open(kek, from, plain);
        }
        catch (BackupBrokenException broken)
        {
            throw new StartRefused($"{backup.Path}: {Sentence(broken.Reason)}");
        }
    });

    private async Task Migrate(ServiceProvider side, string[] files, CancellationToken cancel)
    {
        var kind = environment.IsDevelopment() ? Stamp.Synthetic : Stamp.Real;
        foreach (var file in files)
        {
            if (Copies.StampOf(file) is { } stamped && stamped != kind)
                throw new StartRefused($"The backup is of {stamped} people, and this environment opens {kind} ones only.");
        }
        await Guarded<RecordsContext>();
        await Guarded<KeysContext>();

        async Task Guarded<T>() where T : DbContext
        {
            var contexts = side.GetRequiredService<IDbContextFactory<T>>();
            await using (var context = await contexts.CreateDbContextAsync(cancel))
            {
                if (Copies.IsNewer(context.Database.GetDbConnection().DataSource, context.Database.GetMigrations()))
                    throw new StartRefused("The backup was made by a newer version of the portal. Restore it with that version.");
            }
            await Migrating.Run(contexts, cancel);
        }
    }

    private async Task<RestoreDone> Complete(ServiceProvider side, DateTimeOffset takenAt, string? otherKeys, IProgress<string> progress, CancellationToken cancel)
    {
        var sideFolder = side.GetRequiredService<DataFolder>();
        var sideRing = side.GetRequiredService<KeyRing>();
        sideRing.Load(create: false);
        if (sideRing.Fault is { } fault)
            throw new StartRefused(fault);
        if (otherKeys is not null)
            RequireSameRoot(sideRing, otherKeys);

        progress.Report("Applying every destruction since");
        var (sent, foreign) = side.GetRequiredService<ErasureLedger>().Read();
        if (foreign.Count > 0)
            throw new StartRefused($"{Path.GetFileName(folder.Erased)}, line {foreign[0]} was not written by the portal whose keys these are. Look at the file before restoring.");
        int lonely;
        List<UnitId> destroyed;
        using (var keys = new KeysFile(Pragmas.Open(sideFolder.KeysPath)))
        {
            if (otherKeys is not null)
                Copies.Unite(keys, otherKeys, sideFolder.RecordsPath);
            (destroyed, lonely) = Copies.Condemn(keys, sideFolder.RecordsPath, sent, clock.GetUtcNow());
        }
        Step?.Invoke("united");

        // Recovery at the lane's start finishes each, with its audit entry.
        byte[] standsAt;
        long carried;
        ChainPoint? replaced;
        int? holdsLost;
        using (var file = new RecordsFile(Pragmas.Open(sideFolder.RecordsPath)))
        {
            var head = file.ChainHead();
            standsAt = head?.Hash ?? AuditChain.Genesis(1);
            file.Begin();
            foreach (var unit in destroyed)
                file.Intend(unit, "destroyed after the backup", clock.GetUtcNow());
            file.Commit();
            (carried, replaced) = Carry(file, head?.Sequence ?? 0, standsAt);
            holdsLost = HoldsLost(file);
        }
        Step?.Invoke("carried");
        var heads = side.GetRequiredService<Heads>();
        side.GetRequiredService<WriteLane>().Start((continued, at) => heads.Open(continued, replaced, at), standsAt);
        Step?.Invoke("recovered");
        var report = await side.GetRequiredService<Verification>().Verify(progress, cancel);
        if (!report.IsSound)
            throw new StartRefused($"What the backup gives does not verify: {report.Faults[0]}{(report.Faults.Length > 1 ? $" There are {report.Faults.Length - 1:N0} more faults." : "")} What was there is as it was.");
        return new RestoreDone(takenAt, destroyed.Count, lonely, carried, holdsLost, null, report);
    }

    private void RequireSameRoot(KeyRing sideRing, string otherKeys)
    {
        using var other = new KeysFile(Pragmas.Open(otherKeys));
        using var root = ring.WithKey(kek => RootKey.Unwrap(kek, other.Root(KeyRing.RootName) ?? []));
        if (!root.Derive("same-portal", 32).AsSpan().SequenceEqual(sideRing.Root.Derive("same-portal", 32)))
            throw new StartRefused($"{folder.Path} holds the keys of another portal than the backup. Name an empty folder with --data.");
    }

    /// <summary>
    /// Brings the entries over that were written after the backup, when the audit that is there goes on from it: who opened what stays known.
    /// Gives how many, and the head of the audit that is replaced, as far as it can be read.
    /// </summary>
    private (long Carried, ChainPoint? Replaced) Carry(RecordsFile to, long sequence, byte[] hash)
    {
        if (!File.Exists(folder.RecordsPath))
            return (0, null);
        var carried = 0L;
        ChainPoint? replaced = null;
        try
        {
            using var from = new RecordsFile(Pragmas.Open(folder.RecordsPath));
            if (from.ChainHead() is { } head)
                replaced = new ChainPoint(AuditEntry.FromBytes(head.Entry).Epoch, head.Sequence, head.Hash);
            if (sequence == 0 || from.ChainHash(sequence)?.AsSpan().SequenceEqual(hash) != true)
                return (0, replaced);
            to.Begin();
            foreach (var (at, bytes, link) in from.ChainAfter(sequence))
            {
                var entry = AuditEntry.FromBytes(bytes);
                var before = entry is { Action: AuditAction.EpochOpened, Epoch: > 1 } ? AuditChain.Genesis(entry.Epoch) : hash;
                if (at != ++sequence || entry.Sequence != at || !AuditChain.Link(before, bytes).AsSpan().SequenceEqual(link))
                    break;
                to.Append(at, bytes, link, entry.Units);
                hash = link;
                carried++;
            }
            to.Commit();
            return (carried, replaced);
        }
        catch (Exception trouble) when (trouble is FormatException || trouble is SqliteException && !Copies.IsFull(trouble))
        {
            // What cannot be read is owned to as lost, by the heads that the second place has.
            to.Rollback();
            return (0, replaced);
        }
    }

    private int? HoldsLost(RecordsFile to)
    {
        if (!File.Exists(folder.RecordsPath))
            return 0;
        try
        {
            using var from = new RecordsFile(Pragmas.Open(folder.RecordsPath));
            return from.Holds().Except(to.Holds()).Count();
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private async Task<string> SafetyCopy(IProgress<string> progress, CancellationToken cancel)
    {
        progress.Report("Making a safety copy of what is there");
        try
        {
            return (await backups.Take(progress, age: false, cancel)).Records.Path;
        }
        catch (StartRefused refused)
        {
            throw new StartRefused($"No safety copy of what is there could be made, so nothing was replaced. {refused.Message} Give --set-aside as well to keep the files as they are in a folder beside, and restore all the same.");
        }
    }

    private static string Sentence(BackupBreak reason) => reason switch
    {
        BackupBreak.NoBackup => "This is no backup.",
        BackupBreak.UnknownFormat => "This backup is of a newer format. Restore it with the version of the portal that made it.",
        BackupBreak.WrongKey => "This backup was made under another key-encryption key. Put that one in place.",
        BackupBreak.Cut => "This backup is not whole: it was cut, or is still being copied.",
        BackupBreak.Changed => "This backup is damaged, or somebody changed it.",
    };
}
