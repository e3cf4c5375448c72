using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Sealing;

public sealed class SealTests
{
    private static readonly SealContext Place = new(SealedKind.Content, UnitId.Create(TimeProvider.System), KeyId.Create(TimeProvider.System), 1);

    private static readonly byte[] Canary = Encoding.UTF8.GetBytes("Zebedee Canary, 07700 900123");

    [Fact]
    public void AnyBytes_SealedAndOpened_AreTheSame()
    {
        using var key = DataKey.Generate();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), plain => Seal.Open(key, Place, Seal.Close(key, Place, plain)).AsSpan().SequenceEqual(plain))
            .Hold();
    }

    [Fact]
    public void EveryLengthAroundABlock_Sealed_ShowsOnlyTheBlock()
    {
        using var key = DataKey.Generate();
        for (var length = 0; length <= 3 * Seal.Block; length++)
        {
            var plain = new byte[length];
            Array.Fill(plain, (byte)0xA5);
            var closed = Seal.Close(key, Place, plain);
            Assert.Equal(29 + (length + 4 + 63) / 64 * 64, closed.Length);
            Assert.Equal(plain, Seal.Open(key, Place, closed));
        }
    }

    [Fact]
    public void EveryByte_EveryBitOfIt_Changed_IsFound()
    {
        using var key = DataKey.Generate();
        var closed = Seal.Close(key, Place, Canary);
        for (var at = 0; at < closed.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                closed[at] ^= (byte)(1 << bit);
                var broken = Assert.Throws<SealBrokenException>(() => Seal.Open(key, Place, closed));
                Assert.Equal(at == 0 ? SealBreak.UnknownFormat : SealBreak.WrongKeyOrChanged, broken.Reason);
                Assert.Equal(Place, broken.Context);
                closed[at] ^= (byte)(1 << bit);
            }
        }
        Assert.Equal(Canary, Seal.Open(key, Place, closed));
    }

    [Fact]
    public void EveryLengthButItsOwn_Opened_IsRefused()
    {
        using var key = DataKey.Generate();
        var closed = Seal.Close(key, Place, Canary);
        for (var length = 0; length < closed.Length; length++)
            Assert.Equal(SealBreak.TooShort, Assert.Throws<SealBrokenException>(() => Seal.Open(key, Place, closed.AsSpan(0, length))).Reason);
        foreach (var more in new[] { 1, 63, 64, 128 })
            Assert.Equal(SealBreak.WrongKeyOrChanged, Assert.Throws<SealBrokenException>(() => Seal.Open(key, Place, [.. closed, .. new byte[more]])).Reason);
    }

    [Fact]
    public void AnotherPlace_InAnyOneField_DoesNotOpen()
    {
        using var key = DataKey.Generate();
        var closed = Seal.Close(key, Place, Canary);
        SealContext[] others =
        [
            Place with { Kind = SealedKind.SearchCard },
            Place with { Kind = SealedKind.Reason },
            Place with { Record = UnitId.Create(TimeProvider.System) },
            Place with { Record = default },
            Place with { Key = KeyId.Create(TimeProvider.System) },
            Place with { Key = default },
            Place with { KeyVersion = 2 },
            Place with { KeyVersion = 0 },
            // Record and key ids changed about: the layout must keep them apart.
            Place with { Record = new UnitId(Place.Key.Value), Key = new KeyId(Place.Record.Value) },
        ];
        foreach (var other in others)
        {
            var broken = Assert.Throws<SealBrokenException>(() => Seal.Open(key, other, closed));
            Assert.Equal(SealBreak.WrongKeyOrChanged, broken.Reason);
            Assert.Equal(other, broken.Context);
        }
    }

    [Fact]
    public void AnotherKey_DoesNotOpen()
    {
        using var key = DataKey.Generate();
        using var other = DataKey.Generate();
        var closed = Seal.Close(key, Place, Canary);
        Assert.Equal(SealBreak.WrongKeyOrChanged, Assert.Throws<SealBrokenException>(() => Seal.Open(other, Place, closed)).Reason);
    }

    [Fact]
    public void SameText_SealedOften_NeverHasTheSameNonceOrBytes()
    {
        using var key = DataKey.Generate();
        var nonces = new HashSet<string>();
        var hashes = new HashSet<string>();
        for (var i = 0; i < 20_000; i++)
        {
            var closed = Seal.Close(key, Place, Canary);
            Assert.True(nonces.Add(Convert.ToHexString(closed.AsSpan(1, 12))));
            Assert.True(hashes.Add(Convert.ToHexString(Seal.Hash(closed))));
        }
    }

    [Fact]
    public void SealedBytes_Searched_HoldNoPlainText()
    {
        using var key = DataKey.Generate();
        Assert.Equal(-1, Seal.Close(key, Place, Canary).AsSpan().IndexOf("Canary"u8));
    }

    [Fact]
    public void AuthenticBytes_ThatWereNotPaddedOurWay_AreAnUnknownFormat()
    {
        using var key = DataKey.Generate();
        byte[][] inners = [Inner(-1), Inner(61), Inner(int.MaxValue), Inner(4, dirtyTail: true), [.. Inner(4), .. new byte[64]]];
        foreach (var inner in inners)
        {
            var closed = Seal.WrapKey(key.Secret, Place, inner);
            Assert.Equal(SealBreak.UnknownFormat, Assert.Throws<SealBrokenException>(() => Seal.Open(key, Place, closed)).Reason);
        }
        Assert.Equal(new byte[4], Seal.Open(key, Place, Seal.WrapKey(key.Secret, Place, Inner(4))));

        static byte[] Inner(int length, bool dirtyTail = false)
        {
            var inner = new byte[64];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(inner, length);
            inner[^1] = dirtyTail ? (byte)1 : (byte)0;
            return inner;
        }
    }

    [Theory]
    [InlineData(SealedKind.RootKey)]
    [InlineData(SealedKind.DataKey)]
    [InlineData((SealedKind)0)]
    [InlineData((SealedKind)99)]
    public void KindsThatAreNotContent_Closed_AreRefused(SealedKind kind)
    {
        using var key = DataKey.Generate();
        Assert.Throws<ArgumentException>(() => Seal.Close(key, Place with { Kind = kind }, Canary));
    }

    [Fact]
    public void ContentWithoutRecordOrKey_Closed_IsRefused()
    {
        using var key = DataKey.Generate();
        Assert.Throws<ArgumentException>(() => Seal.Close(key, Place with { Record = default }, Canary));
        Assert.Throws<ArgumentException>(() => Seal.Close(key, Place with { Key = default }, Canary));
        // The portal's own things have neither.
        Seal.Close(key, new SealContext(SealedKind.Ring, default, default, 1), Canary);
    }

    [Fact]
    public void BrokenSeal_InWords_NamesIdsAndNothingElse()
    {
        using var key = DataKey.Generate();
        var closed = Seal.Close(key, Place, Canary);
        closed[^1] ^= 1;
        var words = Assert.Throws<SealBrokenException>(() => Seal.Open(key, Place, closed)).ToString();
        Assert.Contains(Place.Record.ToString(), words, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", words, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(key.Secret.Bytes), words, StringComparison.Ordinal);
    }

    [Fact]
    public void OneKey_UsedByManyThreads_OpensEachOnesText()
    {
        using var key = DataKey.Generate();
        Parallel.For(0, 500, i =>
        {
            var plain = BitConverter.GetBytes(i);
            Assert.Equal(plain, Seal.Open(key, Place, Seal.Close(key, Place, plain)));
        });
    }
}
