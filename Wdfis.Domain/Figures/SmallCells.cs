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

    /// <summary>
    /// Hides every count from 1 to 4, and then others, the smallest first, until no hidden count can be worked out from the sum of its row or
    /// column: in no line does one stand hidden alone.
    /// </summary>
    /// <exception cref="ArgumentException">The counts are not as many as rows times columns, or one is below nought.</exception>
    public static SmallCells Of(ImmutableArray<string> rows, ImmutableArray<string> columns, Func<int, int, long> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        var (height, width) = (rows.Length, columns.Length);
        var (cells, hidden) = (new long[height + 1, width + 1], new bool[height + 1, width + 1]);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var value = count(row, column);
                ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(count));
                cells[row, column] = value;
                cells[row, width] += value;
                cells[height, column] += value;
                cells[height, width] += value;
            }
        }
        for (var row = 0; row <= height; row++)
        {
            for (var column = 0; column <= width; column++)
                hidden[row, column] = cells[row, column] is > 0 and < Fewest;
        }
        // Each round hides one more, so that it ends.
        while (Lines(height, width).Select(line => line.ToList()).FirstOrDefault(line => line.Count(at => hidden[at.Row, at.Column]) == 1 && line.Count > 1) is { } line)
        {
            var (hideRow, hideColumn) = line.Where(at => !hidden[at.Row, at.Column]).OrderBy(at => cells[at.Row, at.Column] == 0).ThenBy(at => cells[at.Row, at.Column]).First();
            hidden[hideRow, hideColumn] = true;
        }
        return new SmallCells(rows, columns, cells, hidden);
    }

    // In each of these the last is the sum of the others.
    internal static IEnumerable<IEnumerable<(int Row, int Column)>> Lines(int height, int width) =>
    [
        .. Enumerable.Range(0, height + 1).Select(row => Enumerable.Range(0, width + 1).Select(column => (row, column))),
        .. Enumerable.Range(0, width + 1).Select(column => Enumerable.Range(0, height + 1).Select(row => (row, column))),
    ];
}
