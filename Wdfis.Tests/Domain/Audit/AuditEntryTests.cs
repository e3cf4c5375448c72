using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Audit;

public sealed class AuditEntryTests
{
    private static readonly AuditEntry Full = Chains.Entry(7) with
    {
        Action = AuditAction.Refused,
        RefusalReason = RefusalReason.Conflict,
        Units = [Chains.Unit(1), Chains.Unit(2)],
        ContentHash = [.. Enumerable.Range(1, 32).Select(i => (byte)i)],
        ReasonHash = [.. Enumerable.Range(101, 32).Select(i => (byte)i)],
    };

    [Fact]
    public void AnyEntry_WrittenAndRead_IsTheSame()
    {
        using var signer = HeadSigner.Generate();
        var link = SegmentLink.Sign(signer, Chains.Start, new ChainPoint(1, 1, new byte[32]), new ChainPoint(2, 9, new byte[32]));
        var some =
            from sequence in Gen.Choose(1, int.MaxValue)
            from epoch in Gen.Choose(1, 9)
            from seconds in Gen.Choose(0, int.MaxValue)
            from action in Gen.Elements(Enum.GetValues<AuditAction>())
            from purpose in Gen.Elements(Enum.GetValues<Purpose>())
            from circuit in Gen.Elements("", "a", "k7-QFM2_", "0123456789abcdef")
            from units in Gen.Choose(0, AuditEntry.MostFound)
            from content in Gen.Elements(0, 32)
            from reason in Gen.Elements(0, 32)
            where action != AuditAction.EpochOpened || epoch == 1
            select new AuditEntry
            {
                Sequence = sequence,
                Epoch = epoch,
                At = Chains.Start.AddSeconds(seconds),
                Who = Chains.Ada,
                Action = action,
                Purpose = purpose,
                Circuit = circuit,
                Units = [.. Enumerable.Range(1, units).Select(Chains.Unit)],
                ContentHash = new byte[content],
                ReasonHash = new byte[reason],
                RefusalReason = action == AuditAction.Refused ? RefusalReason.Conflict : null,
                Link = action == AuditAction.SegmentDropped ? link : null,
            };
        Prop.ForAll(some.ToArbitrary(), entry =>
        {
            var bytes = entry.ToBytes();
            var read = AuditEntry.FromBytes(bytes);
            return read.Equals(entry) && read.ToBytes().AsSpan().SequenceEqual(bytes)
                && read.Units.SequenceEqual(entry.Units) && read.At == entry.At && read.Circuit == entry.Circuit
                && read.Purpose == entry.Purpose && read.RefusalReason == entry.RefusalReason && read.Who == entry.Who;
        }).Hold();
    }

    [Fact]
    public void AnyByte_Changed_GivesAnotherEntryOrNone()
    {
        var bytes = Full.ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << bit);
                try
                {
                    var read = AuditEntry.FromBytes(changed);
                    Assert.NotEqual(Full, read);
                    Assert.Equal(changed, read.ToBytes());
                }
                catch (FormatException)
                {
                    // Refused by name is as good.
                }
            }
        }
    }

    [Fact]
    public void AnyOtherLength_Read_IsRefused()
    {
        var bytes = Full.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => AuditEntry.FromBytes(bytes.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => AuditEntry.FromBytes([.. bytes, 0]));
    }

    [Fact]
    public void RandomBytes_Read_AreRefusedByNameOrCanonical()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            try
            {
                return AuditEntry.FromBytes(bytes).ToBytes().AsSpan().SequenceEqual(bytes);
            }
            catch (FormatException)
            {
                return true;
            }
        }).Hold();
    }

    [Theory]
    [InlineData("Zebedee Canary")]
    [InlineData("a@example.org")]
    [InlineData("0123456789abcdef0")]
    [InlineData("ł")]
    [InlineData("a b")]
    [InlineData("a\0")]
    public void Circuit_ThatIsNoShortOpaqueId_IsRefused(string circuit) =>
        Assert.Throws<ArgumentException>(() => Full with { Circuit = circuit });

    [Fact]
    public void Values_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Full with { ContentHash = new byte[31] });
        Assert.Throws<ArgumentException>(() => Full with { ReasonHash = new byte[33] });
        AuditEntry[] wrong =
        [
            Full with { Sequence = 0 },
            Full with { Epoch = 0 },
            Full with { Who = default },
            Full with { Action = 0 },
            Full with { Action = (AuditAction)19 },
            Full with { Action = AuditAction.Opened },
            Full with { RefusalReason = (RefusalReason)99 },
            Full with { Purpose = (Purpose)99 },
            Full with { Units = [default] },
            Full with { Units = Many(AuditEntry.MostUnits + 1) },
            Full with { Action = AuditAction.Found, RefusalReason = null, Units = Many(AuditEntry.MostFound + 1) },
            Full with { Action = AuditAction.EpochOpened, RefusalReason = null, Epoch = 2 },
        ];
        foreach (var entry in wrong)
            Assert.Throws<ArgumentException>(() => entry.ToBytes());
        (Full with { Units = Many(AuditEntry.MostUnits) }).ToBytes();
        (Full with { Action = AuditAction.Found, RefusalReason = null, Units = Many(AuditEntry.MostFound) }).ToBytes();

        static ImmutableArray<UnitId> Many(int count) => [.. Enumerable.Range(1, count).Select(Chains.Unit)];
    }

    [Fact]
    public void OpeningOfAnEpoch_OnAnyOtherEntry_IsRefused()
    {
        using var signer = HeadSigner.Generate();
        var rows = Chains.Make(3);
        var opening = Chains.Opening(signer, rows.Point(), rows.Point());
        Assert.Equal(opening, AuditEntry.FromBytes(opening.ToBytes()));
        Assert.Throws<ArgumentException>(() => (opening with { Action = AuditAction.Opened }).ToBytes());
        Assert.Throws<ArgumentException>(() => (opening with { Epoch = 1 }).ToBytes());
        Assert.Throws<ArgumentException>(() => (opening with { Opening = null }).ToBytes());
    }

    [Fact]
    public void Instant_OfAnotherZone_IsKeptInUtc()
    {
        var entry = Full with { At = new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.FromHours(1)) };
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 9, 0, 0, TimeSpan.Zero), AuditEntry.FromBytes(entry.ToBytes()).At);
        Assert.Equal(TimeSpan.Zero, entry.At.Offset);
    }

    [Fact]
    public void Actions_AsNumbers_AreAllDifferent() =>
        Assert.Equal(Enum.GetNames<AuditAction>().Length, Enum.GetValues<AuditAction>().Distinct().Count());

    [Fact]
    public void Entry_InWords_IsSequenceEpochAndAction() =>
        Assert.Equal("AuditEntry 7 of epoch 1: Refused", Full.ToString());

    [Fact]
    public void Entry_OfAllItsProperties_HasNoRoomForFreeText()
    {
        var text = typeof(AuditEntry).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name);
        Assert.Equal(["Circuit"], text);
    }
}
