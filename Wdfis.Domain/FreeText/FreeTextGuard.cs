using System.Collections.Frozen;
using System.Collections.Immutable;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.FreeText;

/// <summary>
/// Finds in free text what looks identifying (C2, D3; field-guide.md section 10), so that the writer is warned. It never blocks, and an
/// empty answer proves nothing: names without a title, schools and streets pass it by. Takes a time proportional to the text's length,
/// whatever the text.
/// </summary>
public sealed class FreeTextGuard
{
    /// <summary>Helplines that may always be written down: Childline.</summary>
    public static readonly ImmutableArray<TelephoneNumber> Helplines = [TelephoneNumber.Parse("0800 1111")];

    private readonly FrozenSet<string> allowed;

    /// <summary>A guard that lets the <see cref="Helplines"/> pass, and these numbers of the service's own.</summary>
    public FreeTextGuard(IEnumerable<TelephoneNumber>? allowed = null) =>
        this.allowed = Helplines.Concat(allowed ?? []).Select(number => number.Digits).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The places that look identifying, in the text's order, none overlapping. With <paramref name="today"/>, later dates count as dates of
    /// birth only beside a word such as "born".
    /// </summary>
    public IReadOnlyList<Finding> Scan(string? text, DateOnly? today = null) => Scan(text, today, out _);

    /// <summary>As <see cref="Scan(string?, DateOnly?)"/>, counting the looks that it took.</summary>
    internal IReadOnlyList<Finding> Scan(string? text, DateOnly? today, out long looks)
    {
        looks = 0;
        if (string.IsNullOrEmpty(text))
            return [];
        var marks = new Marks(text);
        new NumberReader(marks, allowed).Read();
        new CodeReader(marks).Read();
        new EmailReader(marks).Read();
        var words = new Words(marks);
        new DateReader(marks, words, today).Read();
        new NameReader(marks, words).Read();
        looks = marks.Looks;
        return marks.Merged();
    }
}
