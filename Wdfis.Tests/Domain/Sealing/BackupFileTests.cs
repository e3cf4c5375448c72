using System.Buffers.Binary;
using Wdfis.Domain.Sealing;

namespace Wdfis.Tests.Domain.Sealing;

public class BackupFileTests
{
    private const int Header = 78;
    private const int Chunk = BackupFile.ChunkLength + 16;

    private static readonly KeyEncryptionKey Kek = KeyEncryptionKey.Generate();
    private static readonly DateTimeOffset At = new(2026, 3, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Plain = Bytes(2 * BackupFile.ChunkLength + 4711);

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Close(byte[] plain, BackupPart part = BackupPart.Records)
    {
        using var to = new MemoryStream();
        BackupFile.Close(Kek, part, At, new MemoryStream(plain), to);
        return to.ToArray();
    }

    private static (BackupHeader Header, byte[] Plain) Open(byte[] closed, KeyEncryptionKey? kek = null)
    {
        using var to = new MemoryStream();
        return (BackupFile.Open(kek ?? Kek, new MemoryStream(closed), to), to.ToArray());
    }

    private static BackupBreak Broken(byte[] closed, KeyEncryptionKey? kek = null) => Assert.Throws<BackupBrokenException>(() => Open(closed, kek)).Reason;

    [Theory]
    [InlineData(1)]
    [InlineData(BackupFile.ChunkLength - 1)]
    [InlineData(BackupFile.ChunkLength)]
    [InlineData(BackupFile.ChunkLength + 1)]
    [InlineData(3 * BackupFile.ChunkLength + 7)]
    public void File_OfAnyLength_ComesBackAsItWas(int length)
    {
        var (header, plain) = Open(Close(Bytes(length), BackupPart.Keys));
        Assert.Equal(new BackupHeader(BackupPart.Keys, At, length), header);
        Assert.Equal(Bytes(length), plain);
    }

    [Fact]
    public void File_WithABitFlippedAnywhere_IsRefused()
    {
        var closed = Close(Plain);
        var random = new Random(20260323);
        // Each bit of the header, the edges of the chunks, and seeded places elsewhere.
        var places = Enumerable.Range(0, Header * 8).Select(bit => (At: bit / 8, Bit: bit % 8))
            .Concat(Enumerable.Range(0, 2).SelectMany(chunk => Enumerable.Range(-20, 40).Select(near => (Header + (chunk + 1) * Chunk + near, near & 7))))
            .Concat(Enumerable.Range(0, 150).Select(_ => (random.Next(Header, closed.Length), random.Next(8))));
        foreach (var (at, bit) in places)
        {
            closed[at] ^= (byte)(1 << bit);
            Assert.True(Record.Exception(() => Open(closed)) is BackupBrokenException, $"Byte {at}, bit {bit}.");
            closed[at] ^= (byte)(1 << bit);
        }
        Assert.Equal(Plain, Open(closed).Plain);
    }

    [Fact]
    public void File_CutOrLengthenedAnywhere_IsRefused()
    {
        var closed = Close(Plain);
        var random = new Random(20260324);
        foreach (var length in Enumerable.Range(0, Header + 2).Concat(Enumerable.Range(0, 60).Select(_ => random.Next(Header, closed.Length))).Append(Header + Chunk).Append(closed.Length - 1))
            Assert.True(Broken(closed[..length]) is BackupBreak.NoBackup or BackupBreak.Cut, $"{length} bytes.");
        Assert.Equal(BackupBreak.Cut, Broken([.. closed, 0]));
        // Cut at a chunk's end, and the length said to be so: authentic chunks, another header.
        var shorter = closed[..(Header + Chunk)];
        BinaryPrimitives.WriteInt64BigEndian(shorter.AsSpan(22), BackupFile.ChunkLength);
        Assert.Equal(BackupBreak.Changed, Broken(shorter));
    }

    [Fact]
    public void Chunks_ReOrderedRepeatedOrOfAnotherFile_AreRefused()
    {
        var (closed, other) = (Close(Plain), Close(Plain));
        Span<byte> Of(byte[] file, int chunk) => file.AsSpan(Header + chunk * Chunk, Chunk);
        void Refused(Action<byte[]> change)
        {
            var changed = closed.ToArray();
            change(changed);
            Assert.Equal(BackupBreak.Changed, Broken(changed));
        }
        Refused(file =>
        {
            Of(closed, 1).CopyTo(Of(file, 0));
            Of(closed, 0).CopyTo(Of(file, 1));
        });
        Refused(file => Of(closed, 0).CopyTo(Of(file, 1)));
        Refused(file => Of(other, 1).CopyTo(Of(file, 1)));
    }

    [Fact]
    public void File_UnderAnotherKey_SaysSo_AndWhatIsNone_SaysThat()
    {
        using var stranger = KeyEncryptionKey.Generate();
        Assert.Equal(BackupBreak.WrongKey, Broken(Close(Plain), stranger));
        Assert.Equal(BackupBreak.NoBackup, Broken("SQLite format 3\0"u8.ToArray()));
        Assert.Equal(BackupBreak.NoBackup, Broken([]));
        var newer = Close([1]);
        newer[12] = 2;
        Assert.Equal(BackupBreak.UnknownFormat, Broken(newer));
    }
}
