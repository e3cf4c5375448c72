using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>The data folder: where its files are, the lock that lets one process write, and the ballast.</summary>
internal sealed class DataFolder : IDisposable
{
    internal const int BallastLength = 16 * 1024 * 1024;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan BallastPause = TimeSpan.FromSeconds(5);

    private readonly TimeProvider clock;
    private FileStream? held;
    private DateTimeOffset triedAt;

    public DataFolder(IConfiguration configuration, TimeProvider clock, SettingsFolder? settings = null)
    {
        this.clock = clock;
        string Resolve(string path) => settings?.Resolve(path) ?? System.IO.Path.GetFullPath(path);
        Path = Resolve(configuration["Storage:Folder"] ?? "./data");
        Heads = configuration["Audit:HeadsFile"] is { Length: > 0 } heads ? Resolve(heads) : In("heads.txt");
        KeyEncryptionKeyPath = configuration["Storage:KeyEncryptionKeyFile"] is { Length: > 0 } kek ? Resolve(kek) : In("keys", "kek");
        Backups = new Dictionary<BackupPart, string>
        {
            [BackupPart.Records] = Resolve(configuration["Backup:Records"] is { Length: > 0 } records ? records : Path + "-backups/records"),
            [BackupPart.Keys] = Resolve(configuration["Backup:Keys"] is { Length: > 0 } keys ? keys : Path + "-backups/keys"),
        };
        Records = new Pool<RecordsFile>(() => new RecordsFile(Pragmas.Open(RecordsPath)));
        Keys = new Pool<KeysFile>(() => new KeysFile(Pragmas.Open(KeysPath)));
    }

    public string Path { get; }
    public string RecordsPath => In("records.db");
    public string KeysPath => In("keys.db");
    public string KeyEncryptionKeyPath { get; }
    public string Ballast => In("ballast");
    /// <summary>What tells the sealed values that were destroyed since the record file was last written anew.</summary>
    public string Remnants => In("remnants");
    /// <summary>Where signed heads go; for real use a place that the portal's own machine cannot rewrite.</summary>
    public string Heads { get; }
    /// <summary>False while heads go into the data folder itself, where whoever can rewrite the audit can rewrite them too.</summary>
    public bool HeadsApart => System.IO.Path.GetRelativePath(Path, Heads) is var way && (way.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(way));
    /// <summary>The public keys that heads are signed with, beside them.</summary>
    public string HeadKeys => Heads + ".pub";
    /// <summary>The ids of what was destroyed, beside the heads.</summary>
    public string Erased => Heads + ".erased";
    /// <summary>Where the two parts of a backup go: for real use two places, neither on this disk.</summary>
    public IReadOnlyDictionary<BackupPart, string> Backups { get; }

    public Pool<RecordsFile> Records { get; }
    public Pool<KeysFile> Keys { get; }

    public bool BallastGone { get; private set; }

    /// <summary>Makes the folder, takes the lock for as long as this process lives, and finishes or drops a restore that a stop interrupted.</summary>
    /// <exception cref="StartRefused">No right to write, another process holds it, or others use it.</exception>
    public void Take(bool ballast = true)
    {
        if (held is not null)
            return;
        try
        {
            foreach (var folder in new[] { Path, In("keys") })
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(folder);
                else
                    Close(Directory.CreateDirectory(folder, Owner));
            }
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Heads)!);
            var probe = In("write-test");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException)
        {
            throw new StartRefused($"The data folder {Path} cannot be written to ({Cause(trouble)}). Give this account the right to write there, or name another folder in Storage:Folder.");
        }
        try
        {
            held = new FileStream(In("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartRefused($"Another process of the portal is using the data folder {Path}. Stop the running portal first, or name another folder in Storage:Folder.");
        }
        RestoreSwap.Finish(Path);
        if (ballast)
            RemakeBallast();
    }

    /// <summary>Takes from other accounts what the databases were made with; what they make beside themselves later takes their mode.</summary>
    public void CloseFiles()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.EnumerateFiles(Path, "*.db*"))
            File.SetUnixFileMode(file, Owner & ~UnixFileMode.UserExecute);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void Close(DirectoryInfo folder)
    {
        if ((folder.UnixFileMode & ~Owner) == 0)
            return;
        // Not one that was named by mistake and holds what others use.
        if (!File.Exists(RecordsPath) && folder.EnumerateFileSystemInfos().Any(entry => entry.Name is not ("keys" or "kek") && !entry.Name.StartsWith(System.IO.Path.GetFileName(Heads), StringComparison.Ordinal)))
            throw new StartRefused($"The data folder {Path} is open to other accounts and holds files that are not the portal's. Name a folder of the portal's own in Storage:Folder, or close this one to them (chmod 700).");
        folder.UnixFileMode = Owner;
    }

    /// <summary>Makes room for audit entries and destruction; false when it was given up before.</summary>
    public bool GiveUpBallast()
    {
        if (BallastGone)
            return false;
        BallastGone = true;
        triedAt = clock.GetUtcNow();
        if (!File.Exists(Ballast))
            return false;
        File.Delete(Ballast);
        return true;
    }

    /// <summary>True when the ballast is there, or could be made again because there is room for twice as much.</summary>
    public bool RemakeBallast()
    {
        if (!BallastGone && File.Exists(Ballast))
            return true;
        if (BallastGone && clock.GetUtcNow() - triedAt < BallastPause)
            return false;
        triedAt = clock.GetUtcNow();
        BallastGone = true;
        try
        {
            if (new DriveInfo(Path).AvailableFreeSpace < 2L * BallastLength)
                return false;
            using (var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                // Written, not only reserved: a sparse file would hold no room.
                var block = new byte[1024 * 1024];
                Random.Shared.NextBytes(block);
                for (var i = 0; i < BallastLength / block.Length; i++)
                    file.Write(block);
            }
            BallastGone = false;
            return true;
        }
        catch (IOException)
        {
            File.Delete(Ballast);
            return false;
        }
    }

    public void Dispose()
    {
        Records.Dispose();
        Keys.Dispose();
        held?.Dispose();
        held = null;
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Join([Path, .. parts]);

    private static string Cause(Exception trouble) => trouble is UnauthorizedAccessException ? "no permission" : "input/output error";
}
