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
            return SmallCells.Lines(counts.Length, counts[0].Length).All(line => line.Count(at => table[at.Row, at.Column] is null) != 1);
        }).Hold();
    }
}
