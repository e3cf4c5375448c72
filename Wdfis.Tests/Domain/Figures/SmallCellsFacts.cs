using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Figures;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Figures;

public class SmallCellsFacts
{
    private static SmallCells Of(long[][] counts) =>
        SmallCells.Of([.. counts.Select((_, i) => $"r{i}")], [.. counts[0].Select((_, i) => $"c{i}")], (row, column) => counts[row][column]);

    [Fact]
    public void SmallCount_Alone_TakesAnotherWithIt()
    {
        var table = Of([[3, 10, 20], [30, 40, 50], [60, 70, 80]]);
        Assert.Null(table[0, 0]);
        // The row, the column and the corner where they meet.
        Assert.Null(table[0, 1]);
        Assert.Null(table[1, 0]);
        Assert.Null(table[1, 1]);
        Assert.Equal(20, table[0, 2]);
        Assert.Equal(363, table[3, 3]);
    }

    [Fact]
    public void Nought_AndCountsFromFive_Show()
    {
        var table = Of([[0, 5], [7, 0]]);
        Assert.Equal([0, 5, 7, 0, 12], [table[0, 0]!.Value, table[0, 1]!.Value, table[1, 0]!.Value, table[1, 1]!.Value, table[2, 2]!.Value]);
    }

    [Fact]
    public void AnyTable_HidesEverySmallCount_AndNoneAloneInARowOrColumn()
    {
        var tables = from height in Gen.Choose(1, 6)
                     from width in Gen.Choose(1, 6)
                     from counts in Gen.ArrayOf(Gen.Frequency((3, Gen.Choose(0, 9)), (1, Gen.Choose(10, 60))), height * width)
                     select Enumerable.Range(0, height).Select(row => counts.Skip(row * width).Take(width).Select(count => (long)count).ToArray()).ToArray();
        Prop.ForAll(tables.ToArbitrary(), counts =>
        {
            var table = Of(counts);
            for (var row = 0; row <= counts.Length; row++)
            {
                for (var column = 0; column <= counts[0].Length; column++)
                {
                    if (table[row, column] is > 0 and < SmallCells.Fewest)
                        return false;
                }
            }
            return SmallCells.Lines(0, counts.Length, counts[0].Length).Where(line => line.Length > 1).All(line => line.Count(at => table[at.Row, at.Column] is null) != 1);
        }).Hold();
    }

    [Fact]
    public void Part_WithASmallCount_IsNotWorkedOutFromTheOthersAndAllTogether()
    {
        // 3 of the first service is 19 of all less 9 and 7 of the others.
        var tables = SmallCells.Stacked(3, ["one", "two"], ["month"], (part, row, _) => row == 0 ? ((long[])[3, 9, 7])[part] : 20);
        Assert.Null(tables[0][0, 0]);
        Assert.Contains(Enumerable.Range(1, 3), part => tables[part][0, 0] is null);
    }

    private static Gen<long[][][]> Stacks => from parts in Gen.Choose(1, 3)
                                             from height in Gen.Choose(1, 4)
                                             from width in Gen.Choose(1, 4)
                                             from counts in Gen.ArrayOf(Gen.Frequency((3, Gen.Choose(0, 9)), (1, Gen.Choose(10, 60))), parts * height * width)
                                             select Enumerable.Range(0, parts).Select(part => Enumerable.Range(0, height).Select(row => counts.Skip((part * height + row) * width).Take(width).Select(count => (long)count).ToArray()).ToArray()).ToArray();

    private static ImmutableArray<SmallCells> Stacked(long[][][] counts) =>
        SmallCells.Stacked(counts.Length, [.. counts[0].Select((_, i) => $"r{i}")], [.. counts[0][0].Select((_, i) => $"c{i}")], (part, row, column) => counts[part][row][column]);

    [Fact]
    public void AnyStack_HidesNoneAloneInARowAColumnOrAmongTheParts() => Prop.ForAll(Stacks.ToArbitrary(), counts =>
    {
        var tables = Stacked(counts);
        return SmallCells.Lines(tables.Length - 1, counts[0].Length, counts[0][0].Length).Where(line => line.Length > 1)
            .All(line => line.Count(at => tables[at.Part][at.Row, at.Column] is null) != 1 && line.All(at => tables[at.Part][at.Row, at.Column] is not (> 0 and < SmallCells.Fewest)));
    }).Hold();

    /// <summary>By topic or by channel, the same enquiries: what one table hides of their sums, the other does not tell.</summary>
    [Fact]
    public void AnyStack_SplitInAnotherWay_HidesTheSameSums() => Prop.ForAll(Stacks.ToArbitrary(), counts =>
    {
        var other = counts.Select(part => new[] { part[0].Select((_, column) => part.Sum(row => row[column] / 2)).ToArray(), part[0].Select((_, column) => part.Sum(row => row[column] - row[column] / 2)).ToArray() }).ToArray();
        var (one, two) = (SmallCells.Sums([.. counts.Select((_, i) => $"p{i}")], Stacked(counts)), SmallCells.Sums([.. counts.Select((_, i) => $"p{i}")], Stacked(other)));
        return Enumerable.Range(0, one.Rows.Length).All(row => Enumerable.Range(0, one.Columns.Length + 1).All(column => one[row, column] == two[row, column]));
    }).Hold();
}
