using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;

namespace Wdfis.Tests.Domain.Sealing;

public sealed class KeyTests
{
    private static readonly KeyId Id = KeyId.Create(TimeProvider.System);
    private static readonly UnitId Unit = UnitId.Create(TimeProvider.System);
    private static readonly SealContext Place = new(SealedKind.Content, Unit, Id, 1);

    [Fact]
    public void KeyFromOutside_WrittenAndRead_UnwrapsTheSameRoot()
    {
        using var kek = KeyEncryptionKey.Generate();
        Assert.True(KeyEncryptionKey.TryParse($" {kek.ToBase64()}\n", out var again));
        using var root = RootKey.Generate();
        using var reopened = RootKey.Unwrap(again, root.Wrap(kek));
        Assert.Equal(root.Derive("ring", 32), reopened.Derive("ring", 32));
        again.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw==")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh")]
    public void KeyFromOutside_OfAnotherShape_IsRefused(string? text) => Assert.False(KeyEncryptionKey.TryParse(text, out _));

    [Fact]
    public void WrappedRoot_UnderAnotherKey_IsNamedAsBroken()
    {
        using var kek = KeyEncryptionKey.Generate();
        using var other = KeyEncryptionKey.Generate();
        using var root = RootKey.Generate();
        var broken = Assert.Throws<SealBrokenException>(() => RootKey.Unwrap(other, root.Wrap(kek)));
        Assert.Equal(SealBreak.WrongKeyOrChanged, broken.Reason);
        Assert.Equal(SealedKind.RootKey, broken.Context.Kind);
    }

    [Fact]
    public void WrappedRootAndDataKey_EveryByteChanged_AreRefused()
    {
        using var kek = KeyEncryptionKey.Generate();
        using var root = RootKey.Generate();
        using var key = DataKey.Generate();
        var wrappedRoot = root.Wrap(kek);
        var wrappedKey = key.Wrap(root, Id, Unit);
        Assert.Equal(61, wrappedRoot.Length);
        Assert.Equal(61, wrappedKey.Length);
        for (var at = 0; at < 61; at++)
        {
            wrappedRoot[at] ^= 1;
            wrappedKey[at] ^= 1;
            Assert.Throws<SealBrokenException>(() => RootKey.Unwrap(kek, wrappedRoot));
            Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, Id, Unit, wrappedKey));
            wrappedRoot[at] ^= 1;
            wrappedKey[at] ^= 1;
            Assert.Throws<SealBrokenException>(() => RootKey.Unwrap(kek, wrappedRoot.AsSpan(0, at)));
            Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, Id, Unit, wrappedKey.AsSpan(0, at)));
        }
        Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, Id, Unit, [.. wrappedKey, 0]));
    }

    [Fact]
    public void WrappedDataKey_ForItsKeyAndUnit_OpensWhatItSealed()
    {
        using var root = RootKey.Generate();
        using var key = DataKey.Generate();
        using var again = DataKey.Unwrap(root, Id, Unit, key.Wrap(root, Id, Unit));
        Assert.Equal([1, 2, 3], Seal.Open(again, Place, Seal.Close(key, Place, [1, 2, 3])));
    }

    [Fact]
    public void WrappedDataKey_ForAnotherKeyIdUnitOrRoot_IsRefused()
    {
        using var root = RootKey.Generate();
        using var otherRoot = RootKey.Generate();
        using var key = DataKey.Generate();
        var wrapped = key.Wrap(root, Id, Unit);
        Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(otherRoot, Id, Unit, wrapped));
        Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, KeyId.Create(TimeProvider.System), Unit, wrapped));
        Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, Id, UnitId.Create(TimeProvider.System), wrapped));
        Assert.Throws<SealBrokenException>(() => DataKey.Unwrap(root, new KeyId(Unit.Value), new UnitId(Id.Value), wrapped));
    }

    [Fact]
    public void WrappedDataKey_WithoutIdOrUnit_IsNotMade()
    {
        using var root = RootKey.Generate();
        using var key = DataKey.Generate();
        Assert.Throws<ArgumentException>(() => key.Wrap(root, default, Unit));
        Assert.Throws<ArgumentException>(() => key.Wrap(root, Id, default));
    }

    [Fact]
    public void DerivedKeys_OfTwoLabelsOrRoots_AreUnrelated()
    {
        using var root = RootKey.Generate();
        using var other = RootKey.Generate();
        Assert.Equal(root.Derive("ring", 32), root.Derive("ring", 32));
        Assert.NotEqual(root.Derive("ring", 32), root.Derive("heads", 32));
        Assert.NotEqual(root.Derive("ring", 32), other.Derive("ring", 32));
        Assert.NotEqual(root.Wrapping.Bytes.ToArray(), root.Derive("wrap", 32));
        Assert.Equal(48, root.Derive("ring", 48).Length);
        using var key = root.DeriveKey("ring");
        Assert.Equal(root.Derive("ring", 32), key.Secret.Bytes.ToArray());
    }

    [Theory]
    [InlineData("", 32)]
    [InlineData("Ring", 32)]
    [InlineData("a/b", 32)]
    [InlineData("ring", 15)]
    [InlineData("ring", 65)]
    public void DerivedKey_OfAnUnfitLabelOrLength_IsRefused(string label, int length)
    {
        using var root = RootKey.Generate();
        Assert.ThrowsAny<ArgumentException>(() => root.Derive(label, length));
    }

    [Fact]
    public void Keys_DisposedOf_AreZeroAndRefuseToWork()
    {
        var key = DataKey.Generate();
        var bytes = key.Secret.Bytes;
        key.Dispose();
        Assert.False(bytes.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => Seal.Close(key, Place, [1]));
        using var kek = KeyEncryptionKey.Generate();
        var root = RootKey.Generate();
        var wrapping = root.Wrapping.Bytes;
        root.Dispose();
        Assert.False(wrapping.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => root.Wrap(kek));
        Assert.Throws<ObjectDisposedException>(() => root.Derive("ring", 32));
        kek.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kek.ToBase64());
    }

    [Fact]
    public void Keys_InWords_AreTheirTypesOnly()
    {
        using var kek = KeyEncryptionKey.Generate();
        using var root = RootKey.Generate();
        using var key = DataKey.Generate();
        Assert.Equal("KeyEncryptionKey", kek.ToString());
        Assert.Equal("RootKey", root.ToString());
        Assert.Equal("DataKey", key.ToString());
        Assert.Equal("Found", new KeyAnswer.Found(key).ToString());
        foreach (var type in new[] { typeof(KeyEncryptionKey), typeof(RootKey), typeof(DataKey) })
            Assert.Empty(type.GetProperties());
    }

    [Fact]
    public void TheThreeAnswers_Matched_AreTold_Apart()
    {
        using var key = DataKey.Generate();
        var at = new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.Zero);
        static string Say(KeyAnswer answer) => answer.Match(_ => "found", at => $"erased {at:O}", () => "not made");
        Assert.Equal("found", Say(new KeyAnswer.Found(key)));
        Assert.Equal($"erased {at:O}", Say(new KeyAnswer.Erased(at)));
        Assert.Equal("not made", Say(new KeyAnswer.NotMade()));
    }

    [Fact]
    public void KeyId_AsBytes_IsBigEndianAndComesBack()
    {
        var id = new KeyId(new Guid("01234567-89ab-7def-8123-456789abcdef"));
        Assert.Equal(Convert.FromHexString("0123456789ab7def8123456789abcdef"), id.ToBytes());
        Assert.Equal(id, KeyId.FromBytes(id.ToBytes()));
        Assert.True(default(KeyId).IsEmpty);
        Assert.Throws<ArgumentException>(() => KeyId.FromBytes(new byte[15]));
    }
}
