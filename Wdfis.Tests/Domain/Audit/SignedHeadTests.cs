using System.Security.Cryptography;
using Wdfis.Domain.Audit;

namespace Wdfis.Tests.Domain.Audit;

public sealed class SignedHeadTests
{
    private static ChainPoint Point(long sequence = 42) => new(1, sequence, SHA256.HashData([1]));

    [Fact]
    public void Head_AsALine_ComesBackAndIsSound()
    {
        using var signer = HeadSigner.Generate();
        using var verifier = new HeadVerifier([signer.PublicKey]);
        var head = signer.Sign(Point(), Chains.Start.AddTicks(1));
        Assert.True(SignedHead.TryParse(head.ToLine(), out var read));
        Assert.Equal(head, read);
        Assert.True(verifier.IsSound(read));
        Assert.Equal("SignedHead 1/42", head.ToString());
    }

    [Fact]
    public void Line_WithAnyCharacterChanged_IsNoSoundHead()
    {
        using var signer = HeadSigner.Generate();
        using var verifier = new HeadVerifier([signer.PublicKey]);
        var line = signer.Sign(Point(), Chains.Start).ToLine();
        for (var at = 0; at < line.Length; at++)
        {
            foreach (var letter in "0a9Zz +=/-\n")
            {
                if (line[at] != letter)
                    Assert.False(SignedHead.TryParse(line[..at] + letter + line[(at + 1)..], out var read) && verifier.IsSound(read));
            }
            Assert.False(SignedHead.TryParse(line[..at], out _));
        }
        foreach (var spelling in new[] { " " + line, line + " ", line + "\n", line.ToUpperInvariant(), line.Replace(" 42 ", " 042 ", StringComparison.Ordinal), new string(' ', 300), "wdfis-head-1", "" })
            Assert.False(SignedHead.TryParse(spelling, out _));
        Assert.False(SignedHead.TryParse(null, out _));
    }

    [Fact]
    public void TenThousandForgedHeads_Verified_NoneIsAccepted()
    {
        using var signer = HeadSigner.Generate();
        using var stranger = HeadSigner.Generate();
        using var verifier = new HeadVerifier([signer.PublicKey]);
        var random = new Random(20260331);
        var real = signer.Sign(Point(), Chains.Start);
        var later = signer.Sign(Point(43), Chains.Start);
        var rows = Chains.Make(3);
        var opening = Chains.Opening(signer, rows.Point(), rows.Point()).Opening!;
        var accepted = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var noise = new byte[64];
            random.NextBytes(noise);
            var flipped = real.Signature.ToArray();
            flipped[i / 8 % 64] ^= (byte)(1 << (i % 8));
            var hash = real.Hash.ToArray();
            hash[i % 32] ^= (byte)(1 + i % 255);
            var forged = (i % 12) switch
            {
                0 => new SignedHead(real.Point, real.At, real.PublicKeyId, noise),
                1 => new SignedHead(real.Point, real.At, real.PublicKeyId, flipped),
                2 => new SignedHead(new ChainPoint(1, 1 + random.Next(41), real.Hash), real.At, real.PublicKeyId, real.Signature),
                3 => new SignedHead(new ChainPoint(1, 43 + random.NextInt64(1L << 40), real.Hash), real.At, real.PublicKeyId, real.Signature),
                4 => new SignedHead(new ChainPoint(2 + random.Next(1000), 42, real.Hash), real.At, real.PublicKeyId, real.Signature),
                5 => new SignedHead(new ChainPoint(1, 42, hash), real.At, real.PublicKeyId, real.Signature),
                6 => new SignedHead(real.Point, real.At.AddTicks(1 + random.Next()), real.PublicKeyId, real.Signature),
                7 => new SignedHead(real.Point, real.At, stranger.PublicKeyId, real.Signature),
                8 => new SignedHead(real.Point, real.At, real.PublicKeyId, later.Signature),
                // Signed by us, but as something else.
                9 => new SignedHead(rows.Point(), opening.Continued.Sequence == 3 ? Chains.Start.AddDays(1) : default, real.PublicKeyId, opening.Signature),
                10 => Odd(i % 3 == 0 ? new byte[64] : [.. new byte[32], .. real.Signature[32..]]),
                _ => Odd(stranger.SignBytes(SignedHead.SignedBytes(real.Point, real.At.AddSeconds(i), real.PublicKeyId))),
            };
            if (verifier.IsSound(forged))
                accepted++;

            SignedHead Odd(byte[] signature) => new(real.Point, real.At, real.PublicKeyId, signature);
        }
        Assert.Equal(0, accepted);
        Assert.True(verifier.IsSound(real));
    }

    [Fact]
    public void SigningKey_WrittenAndRead_SignsUnderTheSameId()
    {
        using var signer = HeadSigner.Generate();
        using var again = HeadSigner.FromPkcs8(signer.ToPkcs8());
        using var verifier = new HeadVerifier([signer.PublicKey]);
        Assert.Equal(signer.PublicKeyId, again.PublicKeyId);
        Assert.True(verifier.IsSound(again.Sign(Point(), Chains.Start)));
    }

    [Fact]
    public void SigningKey_OfAnotherKind_IsRefused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = HeadSigner.Generate();
        Assert.Throws<CryptographicException>(() => HeadSigner.FromPkcs8(p384.ExportPkcs8PrivateKey()));
        Assert.Throws<CryptographicException>(() => HeadSigner.FromPkcs8([.. p256.ToPkcs8(), 0]));
        Assert.ThrowsAny<CryptographicException>(() => HeadSigner.FromPkcs8([1, 2, 3]));
        Assert.Throws<CryptographicException>(() => new HeadVerifier([p384.ExportSubjectPublicKeyInfo()]));
        Assert.Equal("HeadSigner", p256.ToString());
    }

    [Fact]
    public void TwoKnownKeys_EachOnesHead_IsSound()
    {
        using var old = HeadSigner.Generate();
        using var now = HeadSigner.Generate();
        using var verifier = new HeadVerifier([old.PublicKey, now.PublicKey]);
        Assert.True(verifier.IsSound(old.Sign(Point(), Chains.Start)));
        Assert.True(verifier.IsSound(now.Sign(Point(), Chains.Start)));
    }
}
