using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Strongroom;

public class VerificationTests
{
    private static async Task<string> OneFault(StrongroomFixture room)
    {
        var report = await room.Verify();
        Assert.False(report.IsSound);
        return Assert.Single(report.Faults);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("card")]
    public async Task SealedValue_Flipped_IsNamedByTableAndUnit(string table)
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("whole");
        var unit = await room.Save("to be flipped");
        Disk.Run(room, "records.db", $"UPDATE {table} SET sealed=CAST(substr(sealed,1,40)||CASE WHEN substr(sealed,41,1)=x'00' THEN x'01' ELSE x'00' END||substr(sealed,42) AS BLOB) WHERE unit=$id", unit);
        var fault = await OneFault(room);
        Assert.Contains($"table {table}", fault, StringComparison.Ordinal);
        Assert.Contains(unit.ToString(), fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_Flipped_IsDamagedAndNeverOtherText()
    {
        await using var room = await StrongroomFixture.Start();
        var whole = await room.Save("whole");
        var unit = await room.Save("to be flipped");
        Disk.Run(room, "records.db", "UPDATE content SET sealed=CAST(substr(sealed,1,40)||CASE WHEN substr(sealed,41,1)=x'00' THEN x'01' ELSE x'00' END||substr(sealed,42) AS BLOB) WHERE unit=$id", unit);
        Assert.Equal((unit, Keeper.Broken), (Assert.IsType<Opening<Slip>.Damaged>(await room.Keeper.Open<Slip>(For(Adviser), unit)) is var damaged ? damaged.Unit : default, damaged.What));
        Assert.Equal("whole", await room.Read(whole));
    }

    [Fact]
    public async Task Unit_PutBackToItsOlderValue_Opens_ButIsFound()
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("without consent");
        Disk.Run(room, "records.db", "CREATE TABLE kept AS SELECT * FROM content WHERE unit=$id", unit);
        var envelope = (await room.Keeper.Envelope(unit))!;
        await room.Do(Adviser, AuditAction.Saved, Put(envelope, "with consent", 1));
        Assert.True((await room.Verify()).IsSound);
        Disk.Run(room, "records.db", "UPDATE content SET sealed=(SELECT sealed FROM kept) WHERE unit=$id", unit);
        Assert.Equal("without consent", await room.Read(unit));
        var fault = await OneFault(room);
        Assert.Contains("older value", fault, StringComparison.Ordinal);
        Assert.Contains(unit.ToString(), fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Missing_IsNamedAndTheRestWorks()
    {
        await using var room = await StrongroomFixture.Start();
        var whole = await room.Save("whole");
        var unit = await room.Save("keyless");
        Disk.Run(room, "keys.db", "DELETE FROM key WHERE unit=$id", unit);
        var opening = Assert.IsType<Opening<Slip>.Damaged>(await room.Keeper.Open<Slip>(For(Adviser), unit));
        Assert.Equal((unit, Keeper.MissingKey), (opening.Unit, opening.What));
        Assert.IsType<Outcome.Damaged>(await room.Do(Adviser, AuditAction.Saved, Put((await room.Keeper.Envelope(unit))!, "new", 1)));
        Assert.Equal("whole", await room.Read(whole));
        Assert.Contains($"unit {unit} has no key", await OneFault(room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfAnotherUnit_DoesNotOpen()
    {
        await using var room = await StrongroomFixture.Start();
        var whole = await room.Save("whole");
        var unit = await room.Save("mixed up");
        Disk.Run(room, "keys.db", $"UPDATE key SET wrapped=(SELECT wrapped FROM key WHERE hex(unit)='{whole.ToString().ToUpperInvariant()}') WHERE unit=$id", unit);
        Assert.Equal(Keeper.WrongKey, Assert.IsType<Opening<Slip>.Damaged>(await room.Keeper.Open<Slip>(For(Adviser), unit)).What);
        Assert.Contains("does not open", await OneFault(room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_WhoseKeyIsDestroyed_AndKeysWithoutRows_AreFound()
    {
        await using var room = await StrongroomFixture.Start();
        var rowOnly = await room.Save("row only");
        var keyOnly = await room.Save("key only");
        Disk.Run(room, "keys.db", "UPDATE key SET wrapped=NULL, erased_at=1 WHERE unit=$id", rowOnly);
        Disk.Run(room, "records.db", "DELETE FROM content WHERE unit=$id", keyOnly);
        Disk.Run(room, "records.db", "DELETE FROM card WHERE unit=$id", keyOnly);
        Disk.Run(room, "records.db", "DELETE FROM unit WHERE id=$id", keyOnly);
        var faults = (await room.Verify()).Faults;
        Assert.Contains(faults, fault => fault.Contains($"unit {rowOnly} is still there", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains($"the key of unit {keyOnly} belongs to no record", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind", "0")]
    [InlineData("service", "'x'")]
    [InlineData("classification", "4")]
    [InlineData("descriptor", "NULL")]
    [InlineData("descriptor", "'police'")]
    [InlineData("keep_until_on", "'2029-02-31'")]
    [InlineData("keep_until_on", "2462000.5")]
    [InlineData("keep_class", "'ever and ever'")]
    [InlineData("keep_because", "''")]
    [InlineData("special_handling", "2")]
    [InlineData("state", "''")]
    [InlineData("level", "5")]
    [InlineData("created_on", "'yesterday'")]
    [InlineData("version", "0")]
    public async Task Envelope_WithAValueThatNoneMayHave_IsNamedByColumnAndUnit(string column, string value)
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("whole");
        var unit = await room.Save("mislabelled");
        Disk.Run(room, "records.db", $"UPDATE unit SET {column}={value} WHERE id=$id", unit);
        Assert.Equal($"records.db, table unit: unit {unit} has in the column {column} what no envelope may have.", await OneFault(room));
    }

    [Theory]
    [InlineData("content", "INSERT INTO content VALUES($id, x'00')")]
    [InlineData("card", "INSERT INTO card VALUES($id, x'00')")]
    [InlineData("assignment", "INSERT INTO assignment VALUES($id, $id)")]
    [InlineData("conflict", "INSERT INTO conflict VALUES($id, $id)")]
    public async Task Row_OfAUnitWithoutEnvelope_IsNamed(string table, string sql)
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("whole");
        var unit = UnitId.Create(room.Clock);
        Disk.Run(room, "records.db", sql, unit);
        Assert.Equal($"records.db, table {table}: unit {unit} has no envelope.", await OneFault(room));
    }

    [Fact]
    public async Task Envelope_WithoutContent_AndContentWithoutEnvelope_AreNamed()
    {
        await using var room = await StrongroomFixture.Start();
        var empty = await room.Save("its content is taken");
        var bare = await room.Save("its envelope is taken");
        Disk.Run(room, "records.db", "DELETE FROM content WHERE unit=$id", empty);
        Disk.Run(room, "records.db", "DELETE FROM unit WHERE id=$id", bare);
        var faults = (await room.Verify()).Faults;
        Assert.Contains($"records.db, table content: unit {empty} has no content.", faults);
        Assert.Contains($"records.db, table content: unit {bare} has no envelope.", faults);
        Assert.Contains($"keys.db, table key: the key of unit {bare} belongs to no record.", faults);
    }

    [Theory]
    [InlineData("records.db", "unit", "UPDATE unit SET id=x'01' WHERE id=$id")]
    [InlineData("records.db", "audit_unit", "UPDATE audit_unit SET unit='x' WHERE unit=$id")]
    [InlineData("keys.db", "key", "UPDATE key SET id=x'' WHERE unit=$id")]
    public async Task Id_ThatIsNone_IsNamedByColumn(string file, string table, string sql)
    {
        await using var room = await StrongroomFixture.Start();
        var unit = await room.Save("whole");
        Disk.Run(room, file, sql, unit);
        Assert.StartsWith($"{file}, table {table}: 1 rows", await OneFault(room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexBesideTheChain_SayingMoreOrLess_IsNamedEachWay()
    {
        await using var room = await StrongroomFixture.Start();
        var first = await room.Save("first");
        var second = await room.Save("second");
        await room.Keeper.Note(For(Adviser), AuditAction.Found, [second, first, second]);
        Assert.True((await room.Verify()).IsSound);
        Disk.Run(room, "records.db", "DELETE FROM audit_unit WHERE unit=$id AND seq=3", first);
        Assert.Equal($"records.db, table audit_unit: entry 3 names unit {first}, and the index does not say so.", await OneFault(room));
        Disk.Run(room, "records.db", "INSERT INTO audit_unit VALUES($id,3)", first);
        Disk.Run(room, "records.db", "INSERT INTO audit_unit VALUES($id,1)", second);
        Assert.Equal($"records.db, table audit_unit: the index says that entry 1 names unit {second}, and it does not.", await OneFault(room));
    }

    [Fact]
    public async Task Audit_Edited_OrCutBehindASignedHead_IsFound()
    {
        await using var room = await StrongroomFixture.Start();
        for (var i = 0; i < 5; i++)
            await room.Save($"record {i}");
        room.Services.GetRequiredService<Heads>().SignHead();
        Assert.Equal(1, (await room.Verify()).HeadsCompared);
        Disk.Run(room, "records.db", "CREATE TABLE kept AS SELECT * FROM audit");
        Disk.Run(room, "records.db", "DELETE FROM audit WHERE seq=5");
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("table audit", StringComparison.Ordinal) && fault.Contains("from 5 on", StringComparison.Ordinal));
        Disk.Run(room, "records.db", "INSERT INTO audit SELECT * FROM kept WHERE seq=5");
        Assert.True((await room.Verify()).IsSound);
        Disk.Run(room, "records.db", "UPDATE audit SET bytes=(SELECT bytes FROM kept WHERE seq=2) WHERE seq=3");
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("At 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SigningKey_Exchanged_IsNamed_SignsNothing_AndItsHeadsAreForged()
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("one");
        room.Services.GetRequiredService<Heads>().SignHead();
        await room.Save("two");
        await room.Stop();
        var heads = Path.Combine(room.Folder, "heads.txt");
        var before = await File.ReadAllTextAsync(heads);
        // As by somebody who holds both databases and the key-encryption key: a key of their own.
        Disk.Run(room, "keys.db", "DELETE FROM root WHERE name='head-signer'");
        room.Build();
        Assert.Contains("the key that signs heads is missing", await OneFault(room), StringComparison.Ordinal);
        await room.Restart();
        await room.Save("three");
        room.Services.GetRequiredService<Heads>().SignHead();
        Assert.Equal(before, await File.ReadAllTextAsync(heads));
        Assert.Contains("keys.db, table root: the key that signs heads is not one that heads.txt.pub knows", await OneFault(room), StringComparison.Ordinal);
        var (sequence, _, hash) = room.Services.GetRequiredService<DataFolder>().Records.Use(records => records.ChainHead())!.Value;
        await File.AppendAllTextAsync(heads, room.Services.GetRequiredService<KeyRing>().Signer.Sign(new ChainPoint(1, sequence, hash), room.Clock.GetUtcNow()).ToLine() + "\n");
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains($"A head for entry {sequence} is not signed by a key that we know", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PublicKeyBesideTheHeads_LostOrTorn_IsNamed_AndWrittenAgainOnlyForTheKeyThatSignedThem()
    {
        await using var room = await StrongroomFixture.Start();
        await room.Save("one");
        room.Services.GetRequiredService<Heads>().SignHead();
        var file = Path.Combine(room.Folder, "heads.txt.pub");
        var before = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, before[..40]);
        Assert.Contains("heads.txt.pub, line 1 is no public key", (await room.Verify()).Faults[0], StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("heads.txt.pub is missing", await OneFault(room), StringComparison.Ordinal);
        await room.Restart();
        Assert.Equal(before, await File.ReadAllTextAsync(file));
        Assert.True((await room.Verify()).IsSound);
        await room.Stop();
        File.Delete(file);
        Disk.Run(room, "keys.db", "DELETE FROM root WHERE name='head-signer'");
        await room.Start();
        Assert.False(File.Exists(file));
        Assert.Contains((await room.Verify()).Faults, fault => fault.Contains("heads.txt.pub is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_Damaged_IsNamed()
    {
        await using var room = await StrongroomFixture.Start();
        for (var i = 0; i < 50; i++)
            await room.Save(new string('x', 2000));
        await room.Stop();
        var path = Path.Combine(room.Folder, "records.db");
        using (var file = File.OpenWrite(path))
        {
            file.Seek(file.Length / 2 / 4096 * 4096, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xAA, 4096).ToArray());
        }
        room.Build();
        Assert.Contains((await room.Verify()).Faults, fault => fault.StartsWith("records.db", StringComparison.Ordinal));
    }
}
