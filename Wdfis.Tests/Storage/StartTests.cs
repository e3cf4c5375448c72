using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Storage;

public class StartTests
{
    [Theory]
    [InlineData("Development", "Production", "synthetic")]
    [InlineData("Production", "Development", "real")]
    [InlineData("Staging", "Development", "real")]
    public async Task Database_OfTheOtherKind_IsRefusedAndLeftAsItWas(string made, string opened, string kind)
    {
        await using var room = StrongroomFixture.Prepare();
        room.Environment = made;
        await room.Start();
        await room.Stop();
        var before = await File.ReadAllBytesAsync(Path.Combine(room.Folder, "records.db"));
        room.Environment = opened;
        var refused = await Assert.ThrowsAsync<StartRefused>(room.Start);
        Assert.Contains(kind, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(room.Folder, "records.db")));
        room.Environment = made;
        await room.Start();
    }

    [Fact]
    public async Task Folder_InUse_IsRefusedUntilTheOtherEnds()
    {
        await using var room = await StrongroomFixture.Start();
        await using var second = StrongroomFixture.Prepare(folder: room.Folder);
        var refused = await Assert.ThrowsAsync<StartRefused>(second.Start);
        Assert.Contains("Another process", refused.Message, StringComparison.Ordinal);
        await room.Stop();
        await second.Start();
    }

    [Fact]
    public async Task Folder_ThatCannotBeWrittenTo_IsOneClearSentence()
    {
        var file = Path.GetTempFileName();
        await using var room = StrongroomFixture.Prepare(folder: Path.Combine(file, "data"));
        var refused = await Assert.ThrowsAsync<StartRefused>(room.Start);
        Assert.Contains("cannot be written to", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        File.Delete(file);
    }

    /// <summary>Also in a folder that was there before, open to everybody, with databases of an older mode.</summary>
    [Fact]
    public async Task Files_AreForTheirOwnerAlone()
    {
        await using var room = await StrongroomFixture.Start();
        Assert.Equal(16 * 1024 * 1024, new FileInfo(Path.Combine(room.Folder, "ballast")).Length);
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        void AreClosed()
        {
            foreach (var file in (string[])["records.db", "records.db-wal", "keys.db", "keys.db-wal", Path.Combine("keys", "kek")])
                Assert.Equal((file, Owner), (file, File.GetUnixFileMode(Path.Combine(room.Folder, file))));
            foreach (var folder in (string[])["", "keys"])
                Assert.Equal((folder, Owner | UnixFileMode.UserExecute), (folder, File.GetUnixFileMode(Path.Combine(room.Folder, folder))));
        }
        await room.Save("one");
        AreClosed();
        await room.Stop();
        foreach (var path in (string[])["records.db", "keys.db", "", "keys"])
            File.SetUnixFileMode(Path.Combine(room.Folder, path), Owner | Others | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        await room.Start();
        await room.Save("two");
        AreClosed();
    }

    [Fact]
    public async Task Folder_OpenToOthersWithFilesOfTheirs_IsRefusedAndLeftAsItWas()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var room = StrongroomFixture.Prepare();
        await File.WriteAllTextAsync(Path.Combine(room.Folder, "theirs.txt"), "of somebody else");
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(room.Folder, mode);
        Assert.Contains("open to other accounts", (await Assert.ThrowsAsync<StartRefused>(room.Start)).Message, StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(room.Folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyEncryptionKey_MissingOrWrong_IsNamedAndEnvelopesStillShow(bool wrong)
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("sealed");
        await room.Stop();
        var kek = Path.Combine(room.Folder, "keys", "kek");
        var right = await File.ReadAllTextAsync(kek);
        File.Delete(kek);
        if (wrong)
        {
            using var other = KeyEncryptionKey.Generate();
            room.Settings["Storage:KeyEncryptionKey"] = other.ToBase64();
        }
        await room.Start();
        Assert.False(File.Exists(kek));
        Assert.NotNull(await room.Keeper.Envelope(unit));
        Assert.Contains("key-encryption key", Assert.IsType<Opening<Slip>.Damaged>(await room.Keeper.Open<Slip>(For(Adviser), unit)).What, StringComparison.Ordinal);
        Assert.IsType<Outcome.Damaged>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(), "new")));
        Assert.Contains("key-encryption key", Assert.Single((await room.Verify()).Faults), StringComparison.Ordinal);
        room.Settings["Storage:KeyEncryptionKey"] = right;
        await room.Restart();
        Assert.Equal("sealed", await room.Read(unit));
    }

    [Theory]
    [InlineData("records.db")]
    [InlineData("keys.db")]
    public async Task File_MissingBesideTheOther_IsRefused(string file)
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("one");
        await room.Stop();
        File.Move(Path.Combine(room.Folder, file), Path.Combine(room.Folder, "aside"));
        Assert.Contains(file, (await Assert.ThrowsAsync<StartRefused>(room.Start)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(room.Folder, file)));
    }

    [Fact]
    public async Task File_ThatIsNoDatabase_IsRefused()
    {
        await using var room = StrongroomFixture.Prepare();
        await File.WriteAllTextAsync(Path.Combine(room.Folder, "records.db"), new string('x', 5000));
        Assert.Contains("records.db", (await Assert.ThrowsAsync<StartRefused>(room.Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_KilledHalfWay_IsTakenUpAgain()
    {
        await using var room = StrongroomFixture.Prepare();
        foreach (var file in new[] { "records.db", "keys.db" })
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(room.Folder, file)};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01 00:00:00+00:00');";
            command.ExecuteNonQuery();
        }
        await room.Start().WaitAsync(TimeSpan.FromSeconds(60));
        await room.Save("works");
    }

    [Fact]
    public async Task Model_OfEachContext_HasItsMigration_AndEveryColumnItsSensitivity()
    {
        await using var room = await StrongroomFixture.Start();
        DbContext[] contexts =
        [
            await room.Services.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContextAsync(),
            await room.Services.GetRequiredService<IDbContextFactory<KeysContext>>().CreateDbContextAsync(),
        ];
        foreach (var context in contexts)
        {
            await using (context)
            {
                Assert.False(context.Database.HasPendingModelChanges());
                var design = context.GetService<Microsoft.EntityFrameworkCore.Metadata.IDesignTimeModel>().Model;
                var unsaid = design.GetEntityTypes().SelectMany(type => type.GetProperties())
                    .Where(property => !Enum.TryParse<Sensitivity>(property.GetComment(), out _)).Select(property => property.Name);
                Assert.Empty(unsaid);
            }
        }
    }

    [Fact]
    public async Task Connection_OfEf_HasThePragmas()
    {
        await using var room = await StrongroomFixture.Start();
        await using var context = await room.Services.GetRequiredService<IDbContextFactory<KeysContext>>().CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        foreach (var (pragma, value) in new[] { ("secure_delete", "1"), ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000") })
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA " + pragma;
            Assert.Equal(value, Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Disk_Full_RefusesRecords_KeepsReadingAndWritesDownFromTheBallast()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("before");
        var big = new string('x', 200_000);
        // A limit on the file's pages answers as a full disk does; the ballast's end lifts it a little.
        void Limit(string pages) => room.Lane.Records.Run("PRAGMA max_page_count=" + pages);
        var now = (long)Disk.Ask(room, "records.db", "PRAGMA page_count")!;
        Limit((now + 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        room.Lane.Step = step =>
        {
            if (step == "ballast")
                Limit((now + 200).ToString(System.Globalization.CultureInfo.InvariantCulture));
        };
        Assert.IsType<Outcome.NoRoom>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(), big)));
        Assert.False(File.Exists(Path.Combine(room.Folder, "ballast")));
        // Room there is now, but not for records.
        Assert.IsType<Outcome.NoRoom>(await room.Do(Adviser, AuditAction.Created, Put(room.Envelope(), "small")));
        Assert.Equal("before", await room.Read(unit));
        await room.Keeper.Note(For(Adviser), AuditAction.Found, [unit]);
        Assert.IsType<Outcome.Done>(await room.Do(Adviser, AuditAction.Erased, new Destroy(unit, "test")));
        room.Lane.Step = null;
        Limit("1000000");
        room.Clock.Advance(TimeSpan.FromSeconds(6));
        await room.Save("after");
        Assert.True(File.Exists(Path.Combine(room.Folder, "ballast")));
        Assert.True((await room.Verify()).IsSound);
    }

    [Fact]
    public async Task Disk_FullToTheLastByte_RefusesContentAndStillShowsEnvelopes()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("before");
        room.Lane.Records.Run("PRAGMA max_page_count=1");
        // Free space inside the last pages is used up first.
        Opening<Slip> opening;
        var circuits = 0;
        do
            opening = await room.Keeper.Open<Slip>(For(Adviser, circuit: $"window-{circuits++}"), unit);
        while (opening is Opening<Slip>.Opened && circuits < 1000);
        Assert.IsType<Opening<Slip>.NoRoom>(opening);
        Assert.NotNull(await room.Keeper.Envelope(unit));
        await Assert.ThrowsAsync<NoRoomException>(() => room.Keeper.Note(For(Adviser), AuditAction.Asked, [unit]));
    }
}
