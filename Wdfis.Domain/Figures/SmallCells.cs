using System.Collections.Immutable;

namespace Wdfis.Domain.Figures;

/// <summary>
/// A table of counts with its sums, in which small counts do not show (field-guide.md section 7): whoever knows that one family asked could
/// learn from a count of one what they asked. Holds nobody.
/// </summary>
public sealed class SmallCells
{
    /// <summary>The smallest count that shows, but for nought.</summary>
    public const int Fewest = 5;

    private readonly long[,] cells;
    private readonly bool[,] hidden;

    private SmallCells(ImmutableArray<string> rows, ImmutableArray<string> columns, long[,] cells, bool[,] hidden) =>
        (Rows, Columns, this.cells, this.hidden) = (rows, columns, cells, hidden);

    /// <summary>What the rows are; the row behind the last is their sum.</summary>
    public ImmutableArray<string> Rows { get; }

    /// <summary>What the columns are; the column behind the last is their sum.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The count, or null where it does not show. Row and column count from 0; one behind the last is the sum.</summary>
    public long? this[int row, int column] => hidden[row, column] ? null : cells[row, column];

    /// <summary>One table by itself; see <see cref="Stacked"/>.</summary>
    /// <exception cref="ArgumentException">A count is below nought.</exception>
    public static SmallCells Of(ImmutableArray<string> rows, ImmutableArray<string> columns, Func<int, int, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return Stacked(1, rows, columns, (_, row, column) => count(row, column))[0];
    }

    /// <summary>
    /// Tables of the same rows and columns, one for each part, and behind them that of all parts together (one part alone: just it). Hides
    /// every count from 1 to 4, and then others, the smallest first, until no hidden count can be worked out from the sum of its row, of its
    /// column, or of the parts: in no such line does one stand hidden alone. The sums of the columns are looked at first and by themselves,
    /// so that tables that split the same counts in other ways hide the same sums, and give nothing away beside one another.
    /// </summary>
    /// <param name="parts">How many parts, from 1.</param>
    /// <param name="rows">What the rows are.</param>
    /// <param name="columns">What the columns are.</param>
    /// <param name="count">The count of a part, a row and a column, each from 0.</param>
    /// <exception cref="ArgumentException">A count is below nought.</exception>
    public static ImmutableArray<SmallCells> Stacked(int parts, ImmutableArray<string> rows, ImmutableArray<string> columns, Func<int, int, int, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        var (all, height, width) = (parts == 1 ? 0 : parts, rows.Length, columns.Length);
        ImmutableArray<SmallCells> tables = [.. Enumerable.Range(0, all + 1).Select(_ => new SmallCells(rows, columns, new long[height + 1, width + 1], new bool[height + 1, width + 1]))];
        for (var part = 0; part < parts; part++)
        {
            for (var row = 0; row < height; row++)
            {
                for (var column = 0; column < width; column++)
                {
                    var value = count(part, row, column);
                    ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(count));
                    foreach (var table in new[] { tables[part], tables[all] }.Distinct())
                    {
                        foreach (var (r, c) in new[] { (row, column), (row, width), (height, column), (height, width) })
                            table.cells[r, c] += value;
                    }
                }
            }
        }
        foreach (var table in tables)
        {
            for (var row = 0; row <= height; row++)
            {
                for (var column = 0; column <= width; column++)
                    table.hidden[row, column] = table.cells[row, column] is > 0 and < Fewest;
            }
        }
        var lines = Lines(all, height, width).Where(line => line.Length > 1).ToList();
        Hide(lines.Where(line => line.All(at => at.Row == height)).ToList());
        Hide(lines);
        return tables;

        void Hide(List<(int Part, int Row, int Column)[]> among)
        {
            // Each turn but the last hides one more, so that it ends.
            for (var again = true; again;)
            {
                again = false;
                foreach (var line in among.Where(line => line.Count(at => tables[at.Part].hidden[at.Row, at.Column]) == 1))
                {
                    var (part, row, column) = line.Where(at => !tables[at.Part].hidden[at.Row, at.Column])
                        .OrderBy(at => at.Row == height).ThenBy(at => tables[at.Part].cells[at.Row, at.Column] == 0).ThenBy(at => tables[at.Part].cells[at.Row, at.Column]).First();
                    tables[part].hidden[row, column] = again = true;
                }
            }
        }
    }

    /// <summary>The sums of the columns of stacked tables as a table of its own: a row for each part, all together behind the last. It hides what they hide.</summary>
    public static SmallCells Sums(ImmutableArray<string> parts, ImmutableArray<SmallCells> stacked)
    {
        var (height, columns) = (stacked[0].Rows.Length, stacked[0].Columns);
        var sums = new SmallCells(parts, columns, new long[stacked.Length, columns.Length + 1], new bool[stacked.Length, columns.Length + 1]);
        for (var part = 0; part < stacked.Length; part++)
        {
            for (var column = 0; column <= columns.Length; column++)
                (sums.cells[part, column], sums.hidden[part, column]) = (stacked[part].cells[height, column], stacked[part].hidden[height, column]);
        }
        return sums;
    }

    // In each of these the last is the sum of the others.
    internal static IEnumerable<(int Part, int Row, int Column)[]> Lines(int all, int height, int width)
    {
        var (parts, rows, columns) = (Enumerable.Range(0, all + 1).ToArray(), Enumerable.Range(0, height + 1).ToArray(), Enumerable.Range(0, width + 1).ToArray());
        return
        [
            .. from part in parts from row in rows select columns.Select(column => (part, row, column)).ToArray(),
            .. from part in parts from column in columns select rows.Select(row => (part, row, column)).ToArray(),
            .. from row in rows from column in columns select parts.Select(part => (part, row, column)).ToArray(),
        ];
    }
}
