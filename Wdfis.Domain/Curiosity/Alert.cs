using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Curiosity;

/// <summary>What an opening, or the attempt, was noticed for. Numbers are stored: never reuse one.</summary>
public enum AlertKind
{
    /// <summary>A family that the colleague declared a conflict with was asked for, and refused.</summary>
    Conflict = 1,
    /// <summary>Somebody on the card bears the colleague's name.</summary>
    OwnName = 2,
    /// <summary>The family lives where the colleague said that they live.</summary>
    OwnAddress = 3,
    /// <summary>More families in a day than is usual for the role.</summary>
    ManyFamilies = 4,
    /// <summary>A family that was closed to the officer opened because they named it in a rights request, for a reason that they typed.</summary>
    NamedThemselves = 5,
}

/// <summary>What a lead made of an alert. Numbers are stored: never reuse one.</summary>
public enum AlertEnd
{
    /// <summary>There was a reason.</summary>
    Explained = 1,
    /// <summary>It goes on elsewhere: with the colleague's manager, as a breach.</summary>
    TakenFurther = 2,
}

/// <summary>How an alert was closed. Shows no content.</summary>
/// <param name="How">Explained or taken further.</param>
/// <param name="Note">What came of it, as typed.</param>
/// <param name="Made">By whom and when; never by the one whom it is about.</param>
public sealed record AlertClosing([property: Field("alert.end")] AlertEnd How, [property: Field("alert.note")] string Note, [property: Field("alert.closed")] Stamp Made)
{
    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(AlertClosing);
}

/// <summary>
/// That a colleague's openings want to be looked at. It holds ids and codes, and what a lead wrote in the end. It accuses nobody.
/// Compares by reference; shows no content.
/// </summary>
public sealed record Alert
{
    private Alert() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>What for.</summary>
    [Field("alert.kind")]
    public AlertKind Kind { get; private init; }
    /// <summary>Whose opening it was.</summary>
    public ColleagueId About { get; private init; }
    /// <summary>The family; null where it was no single one.</summary>
    public UnitId? Family { get; private init; }
    /// <summary>When, UTC.</summary>
    [Field("alert.at")]
    public DateTimeOffset At { get; private init; }
    /// <summary>How it was closed; null while it is open.</summary>
    public AlertClosing? Closing { get; private init; }

    /// <summary>Brings it back from storage, or makes one.</summary>
    public static Alert Restore(UnitId id, AlertKind kind, ColleagueId about, UnitId? family, DateTimeOffset at, AlertClosing? closing = null) =>
        new() { Id = id, Kind = kind, About = about, Family = family, At = at, Closing = closing };

    /// <summary>A lead or the officer closes it. Refused to the one whom it is about, a second time, and without saying what came of it.</summary>
    public Checked<Alert> Close(AlertEnd how, string? note, Stamp now) => Checked<Alert>.From(
        [
            now.By == About ? new Problem("", RefusalReason.AboutYourself.Words()) : null,
            Closing is null ? null : new Problem("", "This alert is closed already."),
            Enum.IsDefined(how) ? null : new Problem("", "Say whether it is explained or taken further."),
            string.IsNullOrWhiteSpace(note) ? new Problem("alert.note", "Say what came of it, in a sentence or two.") : TypedText.Check("alert.note", note, TypedText.NoteLimit, lines: true),
        ],
        () => this with { Closing = new AlertClosing(how, TypedText.Clean(note)!, now) });

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Alert);

    /// <inheritdoc/>
    public bool Equals(Alert? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The words of alerts.</summary>
public static class AlertWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this AlertKind kind) => kind switch
    {
        AlertKind.Conflict => "Asked for a family of a declared conflict, and was refused",
        AlertKind.OwnName => "Opened a family in which somebody bears their own name",
        AlertKind.OwnAddress => "Opened a family at their own address",
        AlertKind.ManyFamilies => "Opened more families in a day than is usual for their role",
        AlertKind.NamedThemselves => "Named a family in a rights request themselves, so that it opened to them",
    };

    /// <summary>As on the screen.</summary>
    public static string Words(this AlertEnd end) => end switch
    {
        AlertEnd.Explained => "Explained",
        AlertEnd.TakenFurther => "Taken further",
    };
}
