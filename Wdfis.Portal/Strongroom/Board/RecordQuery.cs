using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>What a list of records is sorted or grouped by.</summary>
public enum RecordColumn
{
    /// <summary>The order of making.</summary>
    Made = 1,
    Kind = 2,
    Service = 3,
    Marking = 4,
    /// <summary>The class of the retention schedule.</summary>
    Class = 5,
    KeptUntil = 6,
    State = 7,
    Owner = 8,
}

/// <summary>Which records; every condition that is set must hold.</summary>
public sealed record RecordFilter
{
    /// <summary>For <see cref="Due"/>: the keep-until date has passed.</summary>
    public const int Overdue = -1;

    public UnitKind? Kind { get; init; }
    public Service? Service { get; init; }
    public Classification? Classification { get; init; }
    /// <summary>The code of a schedule class.</summary>
    public string? Class { get; init; }
    public ColleagueId? Owner { get; init; }
    /// <summary><see cref="Overdue"/>, or kept until today or at most so many days from now.</summary>
    public int? Due { get; init; }
    /// <summary>Kept until a day of this month, today included but nothing that is overdue.</summary>
    public Month? Month { get; init; }
    public bool OnHold { get; init; }
    /// <summary>A person has to look, because a date is missing.</summary>
    public bool Review { get; init; }
}

/// <summary>A place in a sorted list, between the records: the key of one of them.</summary>
public readonly record struct RecordPlace(long Key, UnitId Unit) : IComparable<RecordPlace>
{
    public int CompareTo(RecordPlace other) => Key != other.Key ? Key.CompareTo(other.Key) : Unit.CompareTo(other.Unit);
}

/// <summary>From where a page goes.</summary>
public enum PageFrom { First, After, Before, Last }

/// <summary>One page of a list. Records that are equal in the column follow each other in the order of their making.</summary>
public sealed record RecordQuery
{
    public RecordFilter Filter { get; init; } = new();
    public RecordColumn Sort { get; init; } = RecordColumn.KeptUntil;
    public bool Descending { get; init; }
    public RecordColumn? Group { get; init; }
    public int Size { get; init; } = 50;
    public PageFrom From { get; init; } = PageFrom.First;
    /// <summary>For <see cref="PageFrom.After"/> and <see cref="PageFrom.Before"/>.</summary>
    public RecordPlace Place { get; init; }
}

/// <summary>The units of a page, how many go before it, how many there are, and for each group on it how many it has.</summary>
public sealed record RecordPage(ImmutableArray<RecordPlace> Rows, int Before, int Count, IReadOnlyDictionary<int, int> Groups)
{
    /// <summary>The group of a row: the number by which <see cref="Groups"/> knows it.</summary>
    public static int GroupOf(RecordPlace row) => (int)(row.Key >> 32);
}

/// <summary>One line of a breakdown: of the records of this filter, how many there are, are due in 90 days, overdue, on hold.</summary>
internal sealed record RecordLine(RecordFilter Which, int Records, int Due, int Overdue, int OnHold);

/// <summary>The dashboard's figures as of one day.</summary>
internal sealed record RecordFigures
{
    /// <summary>Months ahead in <see cref="Months"/>, this month included.</summary>
    public const int MonthsAhead = 24;

    public required DateOnly Today { get; init; }
    public int Records { get; init; }
    /// <summary>On hold or not.</summary>
    public int Overdue { get; init; }
    public int OverdueOnHold { get; init; }
    /// <summary>The earliest date that has passed.</summary>
    public DateOnly? Oldest { get; init; }
    public int In30 { get; init; }
    public int In60 { get; init; }
    public int In90 { get; init; }
    public int OnHold { get; init; }
    public int Review { get; init; }
    public required ImmutableArray<int> Months { get; init; }
    public required ImmutableArray<RecordLine> ByService { get; init; }
    public required ImmutableArray<RecordLine> ByKind { get; init; }
    public required ImmutableArray<RecordLine> ByClass { get; init; }
    public required ImmutableArray<RecordLine> ByMarking { get; init; }
    public required ImmutableArray<RecordLine> ByOwner { get; init; }
}

/// <summary>What another schedule does to the records of one class.</summary>
/// <param name="Class">Its code.</param>
/// <param name="Records">How many there are.</param>
/// <param name="Earlier">Would be kept shorter.</param>
/// <param name="Later">Would be kept longer.</param>
/// <param name="AtOnce">Would be overdue today, and are not so now; none that is held or has to be looked at.</param>
/// <param name="Look">A person would have to look.</param>
/// <param name="Held">Would be kept shorter, but a hold binds them.</param>
/// <param name="Unknown">Stay as they are until they are next saved: from what they were counted was not kept.</param>
internal sealed record ScheduleEffect(string Class, int Records, int Earlier, int Later, int AtOnce, int Look, int Held, int Unknown);
