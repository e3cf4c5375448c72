using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// What came of typed input or of an act that can be refused: the value, or every problem found (not the first alone).
/// Compares by reference; shows no content.
/// </summary>
public sealed class Checked<T> where T : class
{
    private Checked(T? value, ImmutableArray<Problem> problems)
    {
        Value = value;
        Problems = problems;
    }

    /// <summary>The value; null when there are problems.</summary>
    public T? Value { get; }

    /// <summary>All problems; empty when there is a value.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Accepted => Value is not null;

    /// <summary>Takes the case that holds.</summary>
    public TResult Match<TResult>(Func<T, TResult> accepted, Func<ImmutableArray<Problem>, TResult> refused)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(refused);
        return Value is { } value ? accepted(value) : refused(Problems);
    }

    /// <summary>The value, where a refusal would be a mistake of the program.</summary>
    /// <exception cref="InvalidOperationException">Refused; the message names fields, never what was typed.</exception>
    public T OrThrow() => Value ?? throw new InvalidOperationException($"{typeof(T).Name} refused: {string.Join(", ", Problems.Select(p => p.Field))}.");

    /// <summary>Accepted when no problem was found, refused with all of them otherwise; the value is made only when accepted.</summary>
    public static Checked<T> From(IEnumerable<Problem?> problems, Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(make);
        var found = problems.OfType<Problem>().ToImmutableArray();
        return found.IsEmpty ? new(make(), []) : new(null, found);
    }

    /// <summary>Accepted.</summary>
    public static implicit operator Checked<T>(T value) => new(value ?? throw new ArgumentNullException(nameof(value)), []);

    /// <summary>Refused for one reason.</summary>
    public static implicit operator Checked<T>(Problem problem) => new(null, [problem ?? throw new ArgumentNullException(nameof(problem))]);

    /// <summary>Type and outcome, no content.</summary>
    public override string ToString() => $"{typeof(T).Name} {(Accepted ? "accepted" : "refused")}";
}
