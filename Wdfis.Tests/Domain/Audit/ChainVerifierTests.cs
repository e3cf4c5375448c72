using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Audit;

public sealed class ChainVerifierTests : IDisposable
{
    private const int Count = 60;
    private readonly HeadSigner signer = HeadSigner.Generate();

    public void Dispose() => signer.Dispose();

    [Fact]
    public void ChainMadeByTheRules_WithHeads_IsSound()
    {
        var rows = Chains.Make(Count);
        var report = rows.Verify(signer, Head(rows, 60), Head(rows, 1), Head(rows, 30), Head(rows, 30));
        Assert.True(report.IsSound);
        Assert.Equal((Count, 4), (report.Entries, report.HeadsCompared));
        Assert.Equal(rows.Point(), report.Head);
    }

    [Fact]
    public void NoEntriesAndNoHeads_AreASoundBeginning()
    {
        var report = Array.Empty<Row>().Verify(signer);
        Assert.True(report.IsSound);
        Assert.Equal(new ChainPoint(1, 0, AuditChain.Genesis(1)), report.Head);
    }

    [Fact]
    public void AnyBitOfAnyEntry_Changed_IsFoundAtThatEntry()
    {
        var rows = Chains.Make(12);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var bit = 0; bit < 8 * rows[row].Entry.Length; bit++)
            {
                var damaged = rows.ToList();
                var bytes = rows[row].Entry.ToArray();
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                damaged[row] = rows[row] with { Entry = bytes };
                var fault = Assert.Single(damaged.Verify(signer).Faults);
                Assert.Equal(row + 1, fault.Sequence);
                // A changed sequence reads as an entry from elsewhere; everything else as an edit.
                if (bit / 8 is < 1 or > 8)
                    Assert.Equal(ChainFaultKind.Edited, fault.Kind);
            }
        }
    }

    [Fact]
    public void AnyBitOfAnyHash_Changed_IsFound()
    {
        var rows = Chains.Make(8);
        var head = Head(rows, 8);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var bit = 0; bit < 256; bit++)
            {
                var damaged = rows.ToList();
                var hash = rows[row].Hash.ToArray();
                hash[bit / 8] ^= (byte)(1 << (bit % 8));
                damaged[row] = rows[row] with { Hash = hash };
                var report = damaged.Verify(signer, head);
                Assert.Equal(new ChainFault(ChainFaultKind.Edited, row + 1), report.Faults[0]);
            }
        }
        rows[3] = rows[3] with { Hash = [] };
        Assert.False(rows.Verify(signer).IsSound);
    }

    [Fact]
    public void EveryPossibleEntryDeleted_IsAGapOrACutTail()
    {
        var rows = Chains.Make(Count);
        var head = Head(rows, Count);
        for (var row = 0; row < Count; row++)
        {
            var damaged = rows.ToList();
            damaged.RemoveAt(row);
            var kind = row == Count - 1 ? ChainFaultKind.TailCut : ChainFaultKind.Gap;
            Assert.Equal(Chains.Faults((kind, row + 1)), damaged.Verify(signer, head).Faults);
        }
    }

    [Fact]
    public void AnyTwoRowsChangedAbout_AreFound()
    {
        var rows = Chains.Make(10);
        for (var a = 0; a < 10; a++)
        {
            for (var b = a + 1; b < 10; b++)
            {
                var damaged = rows.ToList();
                damaged[a] = rows[b] with { Sequence = a + 1 };
                damaged[b] = rows[a] with { Sequence = b + 1 };
                var faults = damaged.Verify(signer).Faults;
                Assert.Contains(new ChainFault(ChainFaultKind.ReOrdered, a + 1), faults);
                Assert.Contains(new ChainFault(ChainFaultKind.ReOrdered, b + 1), faults);
            }
        }
    }

    [Fact]
    public void RowsFedInAnotherOrder_AreFound()
    {
        var rows = Chains.Make(10);
        (rows[3], rows[4]) = (rows[4], rows[3]);
        var faults = rows.Verify(signer).Faults;
        Assert.Contains(new ChainFault(ChainFaultKind.ReOrdered, 4), faults);
    }

    [Fact]
    public void EntryRepeated_UnderItsOwnOrANewSequence_IsAReplay()
    {
        var rows = Chains.Make(Count);
        var twice = rows.ToList();
        twice.Insert(20, rows[9]);
        Assert.Equal(Chains.Faults((ChainFaultKind.Replayed, 10)), twice.Verify(signer).Faults);

        // Hashed into the chain as if it were new.
        var appended = rows.ToList();
        appended.Add(new Row(Count + 1, rows[9].Entry, []));
        appended.Forge(Count);
        Assert.Equal(Chains.Faults((ChainFaultKind.Replayed, Count + 1)), appended.Verify(signer).Faults);
    }

    [Fact]
    public void EntryInserted_WithTheRestMovedOn_IsFound()
    {
        var rows = Chains.Make(Count);
        var damaged = rows.Take(20).ToList();
        damaged.Append(Chains.Entry(21) with { Who = ColleagueId.Portal });
        damaged.AddRange(rows.Skip(20).Select(row => row with { Sequence = row.Sequence + 1 }));
        Assert.False(damaged.Verify(signer).IsSound);
    }

    [Fact]
    public void TailCut_ByAnyLength_IsFoundByAHead()
    {
        var rows = Chains.Make(Count);
        var head = Head(rows, Count);
        for (var left = 0; left < Count; left++)
            Assert.Equal(Chains.Faults((ChainFaultKind.TailCut, left + 1)), rows.Take(left).Verify(signer, head).Faults);
    }

    [Fact]
    public void ChainForgedFromAnyEntryOn_WithAllHashesMadeAnew_IsFoundByAHead()
    {
        var rows = Chains.Make(Count);
        var heads = new[] { Head(rows, 30), Head(rows, Count) };
        for (var row = 0; row < Count; row++)
        {
            var forged = rows.ToList();
            forged[row] = rows[row] with { Entry = (Chains.Entry(row + 1) with { Who = ColleagueId.Portal }).ToBytes() };
            forged.Forge(row);
            Assert.True(forged.Verify(signer).IsSound, "Without a head nobody could tell.");
            Assert.Equal(
                row < 30 ? Chains.Faults((ChainFaultKind.Rewritten, 30), (ChainFaultKind.Rewritten, Count)) : Chains.Faults((ChainFaultKind.Rewritten, Count)),
                forged.Verify(signer, heads).Faults);
        }
    }

    [Fact]
    public void ForgedHead_IsNamed_AndNeitherExcusesNorAccuses()
    {
        using var stranger = HeadSigner.Generate();
        var rows = Chains.Make(Count);
        var beyond = stranger.Sign(new ChainPoint(1, 1000, new byte[32]), Chains.Start);
        Assert.Equal(Chains.Faults((ChainFaultKind.HeadForged, 1000)), rows.Verify(signer, beyond).Faults);
        var copied = new SignedHead(new ChainPoint(1, 40, rows[39].Hash), Chains.Start, signer.PublicKeyId, Head(rows, 30).Signature);
        Assert.Equal(Chains.Faults((ChainFaultKind.HeadForged, 40)), rows.Verify(signer, copied).Faults);
    }

    [Fact]
    public void NewEpoch_SignedAndNamingBothHeads_IsSoundAndExcusesWhatWasLost()
    {
        var whole = Chains.Make(Count);
        var lost = new[] { Head(whole, 30), Head(whole, 50), Head(whole, Count) };
        var rows = Restored(whole, 40, whole.Point());
        var report = rows.Verify(signer, [.. lost, signer.Sign(rows.Point(2), Chains.Start.AddDays(2))]);
        Assert.Empty(report.Faults);
        Assert.Equal(2, report.HeadsCompared);
        Assert.Equal(2, report.Head.Epoch);
    }

    [Fact]
    public void NewEpoch_WithNothingLost_IsSound()
    {
        var whole = Chains.Make(Count);
        var rows = Restored(whole, Count, whole.Point());
        Assert.True(rows.Verify(signer, Head(whole, Count)).IsSound);
    }

    [Fact]
    public void NewEpoch_AfterALostEpoch_ExcusesBoth()
    {
        var whole = Chains.Make(Count);
        var second = Restored(whole, 50, whole.Point());
        // The second restore goes back behind the first, so that epoch 2 is wholly gone.
        var rows = Restored(whole, 40, second.Point(2));
        Assert.Equal(3, AuditEntry.FromBytes(rows[40].Entry).Epoch);
        Assert.Empty(rows.Verify(signer, Head(whole, 45), Head(whole, Count), signer.Sign(second.Point(2), Chains.Start)).Faults);
    }

    [Fact]
    public void NewEpoch_AfterTotalLoss_IsSound()
    {
        var whole = Chains.Make(Count);
        var rows = new List<Row>();
        rows.Append(Chains.Opening(signer, new ChainPoint(1, 0, AuditChain.Genesis(1)), whole.Point()));
        Assert.Empty(rows.Verify(signer, Head(whole, 30), Head(whole, Count)).Faults);
    }

    [Fact]
    public void NewEpoch_OwningToLessThanWasLost_IsACutTail()
    {
        var whole = Chains.Make(Count);
        var rows = Restored(whole, 40, new ChainPoint(1, 50, whole[49].Hash));
        Assert.Equal(Chains.Faults((ChainFaultKind.TailCut, 41)), rows.Verify(signer, Head(whole, 50), Head(whole, Count)).Faults);
    }

    [Fact]
    public void NewEpoch_NamingALostHeadFalsely_IsFound()
    {
        var whole = Chains.Make(Count);
        var rows = Restored(whole, 40, new ChainPoint(1, Count, whole[3].Hash));
        Assert.Equal(Chains.Faults((ChainFaultKind.Rewritten, Count)), rows.Verify(signer, Head(whole, Count)).Faults);
    }

    [Fact]
    public void NewEpoch_WithoutASignedOpening_IsBroken()
    {
        var rows = Chains.Make(10);
        rows.Append(Chains.Entry(11, epoch: 2));
        Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 11)), rows.Verify(signer).Faults);
        // The same, hashed on from the genesis of epoch 2.
        rows[10] = rows[10] with { Hash = AuditChain.Link(AuditChain.Genesis(2), rows[10].Entry) };
        Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 11)), rows.Verify(signer).Faults);
    }

    [Fact]
    public void NewEpoch_SignedByAStranger_IsBrokenAndExcusesNothing()
    {
        using var stranger = HeadSigner.Generate();
        var whole = Chains.Make(Count);
        var rows = whole.Take(40).ToList();
        rows.Append(Chains.Opening(stranger, rows.Point(), whole.Point()));
        Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 41), (ChainFaultKind.TailCut, 41)), rows.Verify(signer, Head(whole, Count)).Faults);
    }

    [Fact]
    public void NewEpoch_WithAnOpeningMovedFromElsewhere_IsBroken()
    {
        var whole = Chains.Make(Count);
        var other = whole.Take(39).ToList();
        var opening = Chains.Opening(signer, other.Point(), whole.Point());
        // A true opening after entry 39, set after entry 40 where it would hide one more.
        var rows = whole.Take(40).ToList();
        rows.Append(opening with { Sequence = 41 });
        Assert.Contains(new ChainFault(ChainFaultKind.EpochBroken, 41), rows.Verify(signer, Head(whole, Count)).Faults);
        // The same place with another past.
        var forged = whole.Take(39).ToList();
        forged[5] = forged[5] with { Entry = (Chains.Entry(6) with { Who = ColleagueId.Portal }).ToBytes() };
        forged.Forge(5);
        forged.Append(opening);
        Assert.Contains(new ChainFault(ChainFaultKind.EpochBroken, 40), forged.Verify(signer).Faults);
        // The same heads at another instant, epoch or sequence.
        foreach (var changed in new[] { opening with { At = opening.At.AddTicks(1) }, opening with { Epoch = 3 } })
        {
            var later = whole.Take(39).ToList();
            later.Append(changed);
            Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 40)), later.Verify(signer).Faults);
        }
    }

    [Fact]
    public void AnyBitOfAnOpening_Changed_EvenWithTheHashMadeAnew_IsFound()
    {
        var whole = Chains.Make(6);
        var rows = Restored(whole, 4, whole.Point());
        rows.RemoveRange(5, rows.Count - 5);
        for (var bit = 0; bit < 8 * rows[4].Entry.Length; bit++)
        {
            // Who did it and on which circuit is not under the signature, only under the chain.
            if (bit / 8 is >= 21 and < 43)
                continue;
            var bytes = rows[4].Entry.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var damaged = rows.ToList();
            var epoch = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(9));
            damaged[4] = new Row(5, bytes, AuditChain.Link(epoch < 1 ? rows[3].Hash : AuditChain.Genesis(epoch), bytes));
            Assert.False(damaged.Verify(signer).IsSound, $"byte {bit / 8}");
        }
    }

    [Fact]
    public void NewEpoch_AtTheEndOfTheNumbers_IsBrokenAndDoesNotStopTheVerifier()
    {
        var rows = Chains.Make(3);
        var opening = EpochOpening.Sign(signer, Chains.Start, rows.Point(), new ChainPoint(int.MaxValue, long.MaxValue, new byte[32]));
        rows.Append(Chains.Entry(4, int.MaxValue) with { Action = AuditAction.EpochOpened, Opening = opening });
        Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 4)), rows.Verify(signer).Faults);
        rows.Add(new Row(long.MaxValue, rows[3].Entry, rows[3].Hash));
        rows.Add(new Row(long.MinValue, [], []));
        Assert.False(rows.Verify(signer).IsSound);
    }

    [Fact]
    public void AnythingFed_IsJudged_AndNeverStopsTheVerifier()
    {
        var good = Chains.Make(3);
        var rows = from sequence in Gen.Elements(-1L, 0, 1, 2, 3, 4, long.MaxValue)
                   from entry in Gen.OneOf(ArbMap.Default.GeneratorFor<byte[]>(), Gen.Elements(good[0].Entry, good[1].Entry, good[2].Entry))
                   from hash in Gen.Elements([], new byte[32], good[0].Hash, AuditChain.Link(good[0].Hash, entry), AuditChain.Link(AuditChain.Genesis(1), entry))
                   select new Row(sequence, entry, hash);
        Prop.ForAll(rows.ListOf().ToArbitrary(), fed => fed.Verify(signer).Entries == fed.Count()).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void ReopeningAnEpochInItsMiddle_IsBroken()
    {
        var rows = Chains.Make(10);
        rows.Append(Chains.Entry(11) with { Action = AuditAction.EpochOpened, Purpose = Purpose.Unknown });
        Assert.Equal(Chains.Faults((ChainFaultKind.EpochBroken, 11)), rows.Verify(signer).Faults);
    }

    [Fact]
    public void Segment_DroppedWithASignedLink_LeavesTheRestSound()
    {
        var rows = Chains.Make(Count);
        var (from, to) = (new ChainPoint(1, 1, rows[0].Hash), new ChainPoint(1, 30, rows[29].Hash));
        using var verifier = new HeadVerifier([signer.PublicKey]);
        using var stranger = HeadSigner.Generate();
        rows.Append(Dropped(signer, to));
        Assert.Empty(Rest(Dropped(signer, to), rows).Faults);
        Assert.Contains(new ChainFault(ChainFaultKind.Gap, 30), Rest(Dropped(signer, new ChainPoint(1, 29, rows[28].Hash)), rows).Faults);
        Assert.Contains(new ChainFault(ChainFaultKind.DropForged, 31), Rest(Dropped(stranger, to), rows).Faults);
        Assert.Contains(new ChainFault(ChainFaultKind.DropForged, 31), Rest(Dropped(signer, to) with { At = Chains.Start }, rows).Faults);
        Assert.Contains(new ChainFault(ChainFaultKind.Gap, 1), Rest(null, rows).Faults);
        Assert.Equal(30, Dropped(signer, to).Link!.Count);
        Assert.Throws<ArgumentException>(() => (Chains.Entry(3) with { Link = Dropped(signer, to).Link }).ToBytes());
        Assert.Throws<ArgumentException>(() => (Chains.Entry(3) with { Action = AuditAction.SegmentDropped }).ToBytes());
        var entry = Dropped(signer, to);
        Assert.Equal(entry, AuditEntry.FromBytes(entry.ToBytes()));
        // Whatever becomes of one entry that is left: found.
        Prop.ForAll((from at in Gen.Choose(30, rows.Count - 1) from kind in Gen.Choose(0, 2) select (at, kind)).ToArbitrary(), damage =>
        {
            var damaged = rows.ToList();
            if (damage.kind == 0)
                damaged.RemoveAt(damage.at);
            else if (damage.kind == 1)
                damaged[damage.at] = damaged[damage.at] with { Entry = (Chains.Entry(damage.at + 1) with { Who = ColleagueId.Portal }).ToBytes() };
            else
                damaged.Insert(30, damaged[damage.at]);
            return !Rest(Dropped(signer, to), damaged, rows).IsSound;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

        AuditEntry Dropped(HeadSigner by, ChainPoint end) => new()
        {
            Sequence = Count + 1,
            Epoch = 1,
            At = Chains.Start.AddDays(1),
            Who = ColleagueId.Portal,
            Action = AuditAction.SegmentDropped,
            Link = SegmentLink.Sign(by, Chains.Start.AddDays(1), from, end),
        };
        ChainReport Rest(AuditEntry? dropped, List<Row> left, List<Row>? headed = null)
        {
            var chain = new ChainVerifier(verifier, [Head(headed ?? left, 10), Head(headed ?? left, 30), Head(headed ?? left, Count + 1)], dropped);
            foreach (var row in left.Skip(30))
                chain.Add(row.Sequence, row.Entry, row.Hash);
            return chain.Finish();
        }
    }

    [Fact]
    public void BytesOfNoKnownFormat_HashedRightly_AreUnreadable()
    {
        var rows = Chains.Make(3);
        rows.Add(new Row(4, [2, 0, 0], []));
        rows.Forge(3);
        Assert.Equal(Chains.Faults((ChainFaultKind.Unreadable, 4)), rows.Verify(signer).Faults);
    }

    [Fact]
    public void OneEntryGoneWrong_IsOneFault_AndTheRestIsStillJudged()
    {
        var rows = Chains.Make(Count);
        rows[9] = rows[9] with { Entry = (Chains.Entry(10) with { Who = ColleagueId.Portal }).ToBytes() };
        rows[49] = rows[49] with { Entry = [.. rows[49].Entry, 0] };
        rows.RemoveAt(29);
        Assert.Equal(
            Chains.Faults((ChainFaultKind.Edited, 10), (ChainFaultKind.Gap, 30), (ChainFaultKind.Edited, 50)),
            rows.Verify(signer, Head(rows, Count - 1)).Faults);
    }

    [Fact]
    public void AnyDamageOrMixture_IsNeverSound()
    {
        var rows = Chains.Make(20);
        var head = Head(rows, 20);
        var damage = from kind in Gen.Choose(0, 5) from a in Gen.Choose(0, 19) from b in Gen.Choose(0, 19) from remake in Gen.Elements(true, false) select (kind, a, b, remake);
        Prop.ForAll(damage.NonEmptyListOf().ToArbitrary(), acts =>
        {
            var damaged = rows.ToList();
            foreach (var (kind, first, second, remake) in acts)
            {
                if (damaged.Count < 2)
                    break;
                int a = first % damaged.Count, b = second % damaged.Count;
                if (kind == 0)
                    damaged.RemoveAt(a);
                else if (kind == 1)
                    damaged.Insert(a, damaged[b]);
                else if (kind == 2)
                    (damaged[a], damaged[b]) = (damaged[b], damaged[a]);
                else if (kind == 3)
                    damaged[a] = damaged[a] with { Entry = damaged[b].Entry };
                else if (kind == 4)
                    damaged[a] = damaged[a] with { Entry = (AuditEntry.FromBytes(damaged[a].Entry) with { Purpose = Purpose.Contact }).ToBytes() };
                else
                    damaged.RemoveRange(a, damaged.Count - a);
                if (remake)
                    damaged.Forge(0);
            }
            var same = damaged.Count == rows.Count && damaged.Zip(rows).All(pair => pair.First.Sequence == pair.Second.Sequence
                && pair.First.Entry.AsSpan().SequenceEqual(pair.Second.Entry) && pair.First.Hash.AsSpan().SequenceEqual(pair.Second.Hash));
            return damaged.Verify(signer, head).IsSound == same;
        }).Hold();
    }

    [Fact]
    public void TenThousandFaults_AreCounted_AndTheFirstThousandListed()
    {
        var rows = Chains.Make(10_000).Select(row => row with { Hash = new byte[32] }).ToList();
        var report = rows.Verify(signer);
        Assert.Equal(10_000, report.FaultCount);
        Assert.Equal(ChainVerifier.MostFaults, report.Faults.Length);
        Assert.All(report.Faults.Take(3), fault => Assert.NotEmpty(fault.Sentence));
    }

    [Fact]
    public void LongChain_Verified_AllocatesNothingPerEntry()
    {
        var rows = Chains.Make(20_000);
        using var verifier = new HeadVerifier([signer.PublicKey]);
        var chain = new ChainVerifier(verifier, []);
        chain.Add(1, rows[0].Entry, rows[0].Hash);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < rows.Count; i++)
            chain.Add(rows[i].Sequence, rows[i].Entry, rows[i].Hash);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.True(chain.Finish().IsSound);
    }

    private SignedHead Head(List<Row> rows, int sequence)
    {
        var row = rows.Find(row => row.Sequence == sequence) ?? rows[^1];
        return signer.Sign(new ChainPoint(1, row.Sequence, row.Hash), Chains.Start.AddSeconds(sequence));
    }

    /// <summary>As after a restore of the first rows: an opening, then five more entries.</summary>
    private List<Row> Restored(List<Row> whole, int kept, ChainPoint abandoned)
    {
        var rows = whole.Take(kept).ToList();
        var opening = Chains.Opening(signer, rows.Point(), abandoned);
        rows.Append(opening);
        for (var i = 1; i <= 5; i++)
            rows.Append(Chains.Entry(kept + 1 + i, opening.Epoch));
        return rows;
    }
}
