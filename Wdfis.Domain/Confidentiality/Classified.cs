namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// A whole record with its confidentiality marking and its retention date: the only shape in which content travels (S2, D5).
/// It gives the content out against a clearance for this very unit and in no other way: it has no public content member,
/// no parameterless constructor for a serializer, and its <see cref="ToString"/> shows type, marking and date alone.
/// Compares by reference.
/// </summary>
public sealed class Classified<T> where T : class
{
    private readonly T content;

    private Classified(UnitId unit, T content, Marking marking, KeepUntil keepUntil)
    {
        Unit = unit;
        this.content = content;
        Marking = marking;
        KeepUntil = keepUntil;
    }

    /// <summary>The unit that the content is of.</summary>
    public UnitId Unit { get; }

    /// <summary>Its marking; <see cref="Marking.Unknown"/> is handled as the strictest.</summary>
    public Marking Marking { get; }

    /// <summary>Until when it is kept, and why.</summary>
    public KeepUntil KeepUntil { get; }

    /// <summary>Wraps content. Nothing is left out: a record without a marking or retention reason cannot be wrapped.</summary>
    public static Classified<T> Wrap(UnitId unit, T content, Marking marking, KeepUntil keepUntil)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(keepUntil);
        if (unit.IsEmpty)
            throw new ArgumentException("A record belongs to a unit.", nameof(unit));
        return new Classified<T>(unit, content, marking, keepUntil);
    }

    /// <summary>Gives the content out.</summary>
    /// <exception cref="UnauthorizedAccessException">The clearance is for another unit.</exception>
    public T Open(Clearance clearance)
    {
        ArgumentNullException.ThrowIfNull(clearance);
        if (clearance.Unit != Unit)
            throw new UnauthorizedAccessException("The clearance is for another unit.");
        return content;
    }

    /// <summary>Type, marking and date: never content.</summary>
    public override string ToString() => $"{typeof(T).Name} {Marking}, {(KeepUntil.On is { } on ? on.ToString("O") : "open")}";
}
